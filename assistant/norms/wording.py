"""How binding a sentence is: the modal word that governs a figure, or the duty it stands in.

The closest word in the figure's own part of the sentence counts, then earlier parts (承前), then later
ones, then the lead-in of the list it stands in. What has no such word is a target under 到2027年 or
where it is only 左右, an obligation where it bounds, grants or fines, and otherwise a plain statement.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.norms.bounds import Bound
from assistant.norms.types import Operator, Strength
from indexing.types import Span

# 应急, 按需, 适宜, 老少皆宜, 宜建则建, 可持续 hold no modal; 不得低于 holds 不得, 不宜小于 holds 宜
_MODALS = re.compile(
    r"(?P<IN_PRINCIPLE>原则上)"
    r"|(?P<GENERALLY>一般(?=不|应(?!急)|为|按|在|可|由|情况下))"
    r"|(?P<SHOULD>不宜|(?<![适便事制时相合权皆不])宜(?![居昌宾兴春]|[一-龥]{1,2}则)|优先)"
    r"|(?P<MUST_NOT>不得|禁止|严禁|不准|不予|不再|不允许|不可(?!抗|分|避|或)|避免)"
    r"|(?P<MAY>可以|有权|允许"
    r"|(?<![不许认])可(?!持续|靠|行|能|及(?!时)|燃|回收|视|控|比|操作|追溯|循环|再生|用|承受|拓展|转换|感|喜|谓|见|量|信|以|证|降解|抗))"
    r"|(?P<ENCOURAGED>鼓励|倡导|提倡)"
    r"|(?P<SUPPORTED>(?<![策持金])支持(?!下|政策|力度|范围|资金|体系|性|的)|探索|推广)"
    r"|(?P<TARGET>力争|争取(?=到|在|实现)|目标(?=[是为:]))"
    r"|(?P<MUST>(?<![相对供适反响顺])应(?!急|对|用|届|答|变(?!更)|诉|征(?!求|询|集|得)|聘|税|付|收|纳(?!入)|缴|激|力|邀|运而|有(?:的|尽)|融|保)"
    r"|必须|务必|确保|(?<!无)须(?!知)|(?<![所急军按供刚确特内必无不如])需(?!求|要|方|量)"
    r"|(?<![需主重必紧首次不只还摘纲扼概提])要(?!求|素|点|件|领|务|闻|害|塞|么|约|是|不))"
)
BINDING = (
    Strength.MUST_NOT,
    Strength.MUST,
    Strength.IN_PRINCIPLE,
    Strength.GENERALLY,
    Strength.SHOULD,
    Strength.TARGET,
    Strength.MAY,
    Strength.STATED,
    Strength.SUPPORTED,
    Strength.ENCOURAGED,
)
"""From the most binding to the least; 目标, 可 and 陈述 stand between as what they are: other kinds."""
_TAIL_CHARS = 6  # 三十日内, 三十日期限内: what follows the comma is what is to be done by then
_RANKED = (Strength.IN_PRINCIPLE, Strength.GENERALLY)  # above any other word of the same part
_MILD = frozenset({Strength.ENCOURAGED, Strength.SUPPORTED})
# "不少于30平方米", "不超过30%"; not "不低于现状"
_BOUNDS = re.compile(r"不(?:少于|低于|小于|超过|高于|大于|多于)[\d一二两三四五六七八九十百千]")
_FINE = re.compile(r"[^,，。;；]{0,10}(?:罚款|罚金|滞纳金)")
_NEGATED = re.compile(r"[不未无没]")
_ACTS = re.compile(
    r"给予|补助|补贴|奖励|发放|支付|减免|缴纳|交纳|按照?|配备|配置|设置|建设|召开|开展|组织|报告|提交|公示|公布|公开|检查|办理|具备"
    r"|完成|落实|保存|安排|实行|处|罚|扣|记|加收|改造|配建|预留|选择|遴选"
)
# "支持新建项目，市政府固定资产投资给予30%补助": who gives is named again, so 支持 speaks of another thing
_GIVES = re.compile(r"(?:政府|财政|投资|部门|[委局厅])[^,，。;；]{0,24}给予")
_CONDITION_END = re.compile(r"(?:的|时|前提下|条件下|情况下|情形下|基础上)\s*$")
_APPROVED = re.compile(r"[\ue000\s]*经.*(?:同意|批准|参与表决)$", re.DOTALL)
_GOES_ON = re.compile(r"(?:并?且|或者?)")
_SEGMENT_END = re.compile(r"[，,：:；;。！？!?\n\t]")


def segments(text: str, start: int, end: int) -> list[Span]:
    """Spans of the parts of `text[start:end]` between commas and stronger marks, in order."""
    spans, position = [], start
    for match in _SEGMENT_END.finditer(text, start, end):
        if match.group() == "," and re.fullmatch(r"\d,\d{3}", text[match.start() - 1 : match.start() + 4]):
            continue  # 1,200
        spans.append((position, match.start()))
        position = match.end()
    spans.append((position, end))
    return spans


def strength(
    text: str, parts: Sequence[Span], figure: Span, bound: Bound, lead_in: str, *, is_target: bool
) -> Strength:
    """How binding the figure at `figure` is.

    Args:
        text: the folded text.
        parts: segments of the sentence the figure stands in, in order.
        figure: where the figure stands, its bounding words included.
        bound: how it is bounded.
        lead_in: the folded line that introduces the list the figure stands in, "" for none.
        is_target: whether 到2027年 governs the sentence.
    """
    own = next(index for index, (start, end) in enumerate(parts) if start <= figure[0] <= end)
    start, end = parts[own]
    if _FINE.match(text, figure[1]) and not _NEGATED.match(bound.word):
        is_permitted = (
            "可" in text[start : figure[0]]
            or _inherited(lead_in) is Strength.MAY
            or _is_second_fine(text, parts, own)
        )
        return Strength.MAY if is_permitted else Strength.MUST
    said = modals(text[start:end])
    before = [found for place, found in said if start + place <= figure[0] + len(bound.word)]
    is_condition = _is_condition(text, parts, own)
    if not is_condition or _NEGATED.match(bound.word):
        ranked = next((found for found in before if found in _RANKED), None)
        if ranked or before:
            return ranked or before[-1]
    found = _beyond(text, parts, own, bound, said, is_condition=is_condition)
    return found or _inherited(lead_in) or _unworded(text, parts[own], bound, is_target)


def _is_second_fine(text: str, parts: Sequence[Span], own: int) -> bool:
    """Whether a part goes on with what the part before permits: 可以对个人处…罚款，对单位处…罚款."""
    if not own or not text[slice(*parts[own])].startswith("对"):
        return False
    start, end = parts[own - 1]
    return text[end : end + 1] in ",，" and "可以对" in text[start:end]


def of_sentence(text: str, lead_in: str) -> Strength | None:
    """The first modal word of a folded sentence outside its conditions, else the lead-in's, else None."""
    said = _main(text, segments(text, 0, len(text)))
    if not said:
        return _inherited(lead_in)
    return next((found for found in said if found in _RANKED), said[0])


def _is_condition(text: str, parts: Sequence[Span], own: int) -> bool:
    """Whether a part says when, not what: 逾期的, 经业主同意; or goes on in such a part, 且…的."""
    part = text[slice(*parts[own])]
    if _CONDITION_END.search(part) or _APPROVED.match(part):
        return True
    following = text[slice(*parts[own + 1])] if own + 1 < len(parts) else ""
    return bool(_GOES_ON.match(following) and _CONDITION_END.search(following))


def governing(text: str) -> Strength | None:
    """Which modal word governs a folded part of a sentence, None where it holds none.

    原则上不得 is 原则上; what is encouraged stays encouraged, however it is to be done; 可优先 permits.

    >>> [str(governing(text)) for text in ("原则上不得变更", "鼓励优先利用", "可优先转型", "不得优先")]
    ['原则上', '鼓励', '可', '不得']
    """
    said = [found for _, found in modals(text)]
    if not said:
        return None
    ranked = next((found for found in said if found in _RANKED), None)
    if ranked or said[0] in _MILD:
        return ranked or said[0]
    return min((found for found in said if found is not Strength.SHOULD), key=BINDING.index, default=said[0])


def stands_alone(text: str) -> bool:
    """Whether a folded part binds by itself, without a modal word: 面积不少于30平方米, 市财政给予补助."""
    return _BOUNDS.search(text) is not None or _GIVES.search(text) is not None


def modals(text: str) -> list[tuple[int, Strength]]:
    """Where the modal words of a folded text stand, and what they say."""
    return [(match.start(), Strength[match.lastgroup or "MUST"]) for match in _MODALS.finditer(text)]


def _beyond(
    text: str,
    parts: Sequence[Span],
    own: int,
    bound: Bound,
    said: Sequence[tuple[int, Strength]],
    *,
    is_condition: bool,
) -> Strength | None:
    """What other parts of the sentence say of the figure.

    A bound that stands by itself (面积不少于30平方米) takes over only 原则上 and 一般 of what comes before;
    鼓励 or 优先 there speaks of another thing.
    """
    own_text = text[slice(*parts[own])]
    is_at_end = len(own_text) + parts[own][0] - bound.end <= _TAIL_CHARS
    stands_alone = bool(_NEGATED.match(bound.word) or _GIVES.search(own_text)) and not is_condition
    if is_condition:
        return _later(text, parts[own + 1 :]) or _earlier(text, parts[:own])
    found = _earlier(text, parts[:own])
    if stands_alone:
        return found if found in _RANKED else None
    found = found or next((found for _, found in said), None)
    return found or (_later(text, parts[own + 1 :]) if is_at_end else None)


def _main(text: str, spans: Sequence[Span]) -> list[Strength]:
    return [
        found
        for start, end in spans
        if not _CONDITION_END.search(text[start:end])
        for _, found in modals(text[start:end])
    ]


def _earlier(text: str, spans: Sequence[Span]) -> Strength | None:
    """The word of the nearest earlier part that is no condition; a heading's colon ends the search."""
    for start, end in reversed(spans):
        if text[end : end + 1] in ":：":
            return None
        if _CONDITION_END.search(text[start:end]):
            continue
        said = [found for _, found in modals(text[start:end])]
        said = [found for found in said if found is not Strength.MUST_NOT]  # 不得 ends with its own part
        if said:
            return next((found for found in said if found in _RANKED), said[-1])
    return None


def _later(text: str, spans: Sequence[Span]) -> Strength | None:
    """The first word of the parts that follow, up to a semicolon or a 但, 且."""
    for start, end in spans:
        if text[start - 1 : start] in ";；" or text[start:end].lstrip().startswith(("但", "且", "并")):
            return None
        said = _main(text, [(start, end)])
        if said:
            return said[0]
    return None


def _inherited(lead_in: str) -> Strength | None:
    said = _main(lead_in, segments(lead_in, 0, len(lead_in))) if lead_in else []
    return said[-1] if said else None


def _unworded(text: str, part: Span, bound: Bound, is_target: bool) -> Strength:
    if is_target or bound.operator is Operator.ABOUT:
        return Strength.TARGET
    is_bounding = bound.operator is not Operator.EQUAL
    return Strength.MUST if is_bounding or _ACTS.search(text[slice(*part)]) else Strength.STATED
