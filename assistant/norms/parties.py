"""Whom a norm is about, what it measures, under which conditions, and who answers for it.

All are words of the clause: spans of the folded text, which hold in the text as issued.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.norms.bounds import Bound
from assistant.norms.units import COUNTERS
from indexing.types import Span

# Heads of what is measured; the words before them belong to it: 社区综合服务设施面积, 补助资金总额
_MEASURED = re.compile(
    r"(?:面积|比例|比率|占比|率|数量|人数|户数|总数|总量|数|总额|金额|额度|限额|额|资金|费用|费|价款|价格|租金|补助|补贴"
    r"|标准|期限|时限|时间|时长|有效期|任期|年限|年龄|距离|间距|高度|宽度|长度|厚度|深度|人口|功能|服务|次数|容积率"
    r"|密度|温度|投资|造价|注册资本|保证金|罚款|工资|收入|规模|用房|场地|床位|托位|学位|车位|限期|周期|频次|得分)$"
)
# Where the words of an indicator begin: after a verb, a preposition or 的
_STOP = re.compile(
    r"[\ue000】】)）]|应当|应(?!急|用)|不得|可以|可|必须|须|原则上|一般|不?宜|的|对|为|将|按照|按|以|在|于|从|由|把|给予|拥有|提供|达到|具有|具备|设置|配备"
    r"|其中|且|并|但|和|及|或者|或|落实|根据|包括|享受|确保|保证|超过|经(?!费|营)|占"
)
_TRAILING = re.compile(
    r"(?:应当|应|不得|可以|可|必须|须|原则上|一般|不?宜|要|平均|均|达到|达|为|是|按照|按|给予|以|在|于|的|每|累计|合计|共|总体|总计"
    r"|要求|安排|不再|优先|配置|支持|分别|设有|有|享受|提供|选择|遴选|选取|启动|先行|率先|开展|具备|分为|建设|召开|实现|允许|限期|中|自|经"
    r"|至少|不少|包括|之日起|起|进行|组织|设立|占|处以?|并)+$"
)
_LEADING = re.compile(
    r"^(?:[\ue000\s\d.、.()（）*#]|[【\[][^】\]]*[】\]]|其中|且|并且|并|但是|但|同时|另外|此外|以及|或者|如果|和|对于|对|由|将|把|按照|按|根据|在|到|凡|一次"
    r"|支持|鼓励|允许|落实|探索|应当|应|可以|可|原则上|不得|优先|重点)+"
)
_NOUN = re.compile(r"[一-龥]{2}$")
# "30%工程总投资补助", "五千元以下罚款", "15%左右比例"
_GRANTED = re.compile(
    r"的?([一-龥]{0,10}?(?:补助|补贴|奖励|奖补|罚款|罚金|资助|资金|滞纳金|比例|津贴|经费|保证金))(?![一-龥]*[率])"
)
_HEADS = {
    "平方米": "面积",
    "%": "比例|占比|费率|比率",
    "年": "期限|有效期|任期|年限",
    "月": "期限|时限",
    "日": "期限|时限",
    "岁": "年龄",
}
_MODAL = re.compile(
    r"应当|不得|可以|必须|原则上|一般不|应(?!急|用|对)|按照|不宜|宜(?=为)|拥有|(?<!不)具备(?!条件)|每|给予|分为|自[^，]{2,20}起"
)
_AFTER_STOP = re.compile(
    r"[^一-龥]|的|开展|进行|作为|建设|组成|以|参加|同意|提议|为|应|不|可|在|和|及|或|并|左右|标准|要求|成员单|实现|给予|由|不得|内|前|后|中|等"
)
_CONDITION = re.compile(
    r"(?:有条件的|具备条件的|暂不具备[^,，。;；]{0,10}?条件的|符合条件的|新建|既有|改建|扩建|改扩建|存量)"
    r"(?:[一-龥]{0,6}?(?:试点社区|社区|小区|城市|城区|地区|地方|居住区|住宅区|住宅|建筑|项目|设施|区县|单位))?"
)
# "综合考虑…因素", "在总结…基础上": no part of these says whom a figure is about
_CIRCUMSTANCE = re.compile(
    r"(?:综合|总结|结合|按照|根据|通过|在[^,，。;；]*基础上|为了?|依据|经|其中|逾期|情节|拒不|[^,，。;；]*\d)"
)
# "推广和优先建设一批综合体", "配置养老服务": what is done says nothing of whom a figure is about
_DEED = re.compile(
    r"(?:重点|大力|积极|加快|全面|优先|切实|进一步)*(?:推广|推进|推动|打造|加强|完善|加快|建立|开展|强化|优化|坚持|提升|健全|落实"
    r"|实施(?!主体|方案|单位|机构)|聚焦|配置)"
)
# "每个街道养老服务中心补助200万元"
_EACH = re.compile(r"每(?:一)?[个家处所](?P<name>[一-龥]{2,})")
_TAIL_CONDITION = re.compile(r"(?:的|时|后|前提下|条件下|情况下|情形下|批准|同意)$")
_NOT_CONDITION = re.compile(r"^(?:其中|具体|包括|以下|下列)")
_PER = re.compile(
    r"每(?:[\d零一二两三四五六七八九十百千万半]+)?"
    r"(?:(?:个|名|户|人|张|床|处|家|台|套|间|栋|幢|层|次|只|件|辆|平方米|亩|公顷|学期|学年|季度|小时|分钟|[年月日周天班所项条座位])|单元)"
    r"(?:每(?:年|月|天|日|次|床|人|户|平方米))?"
    r"(?:居民|[一-龥]{0,10}?(?=(?:至少|最|不|应|可|须|要|补[助贴]|给予|奖励|处|组织|开展|召开|提[供交]|配[备置]|设[置立]|建设|拥有|建筑面积"
    r"|社区综合|公布|公示|预留|保留|安排|新增|举办|举行|参加|进行|发放|的|按|约|超过|\d|[一二两三四五六七八九十][^一-龥]|[，,])|$))"
)
_BODY_END = (
    r"(?:委员会|办公室|办事处|居委会|业委会|人民政府|政府|部门|机关|机构|单位|主体|企业|中心|协会|筹备组|服务人"
    r"|管理人|经营者|委|局|厅|部|院|站)"
)
_ACTS = (
    r"(?:应当|应|必须|须|不得|可以|可|要|负责|双?牵头|会同|组织|责令|处|给予|指导|统筹|按照?|自|在|每年|定期|根据"
    r"|做好|完善|加强|参照|建立|制定|审核|批准)"
)
_ACTOR = re.compile(
    r"(?:\A|(?<=[,，。;；：,;:\n\ue000】\] 由*]))\s*由?"
    rf"(?P<body>[一-龥()（）、]{{1,40}}?{_BODY_END})(?={_ACTS})"
)
_NOT_BODY = re.compile(
    r"^(?:经|对|向|违反|未|将|与|在|按|根据|依照|本|其|该|所|报|到|从|通过|支持|鼓励|允许|引导|推动|因|提升|指导|督促|组织|压实|落实|强化|加强|明确|完善|协调|发挥|尊重|建立|协同|为|请|以)|宜布局|的|之日"
)
# 文化和旅游部 is one; 市发展改革委会同市住房城乡建设委 are two
_SPLIT = re.compile(r"、|和(?!旅游|城乡建设|自然资源|改革|信息化|社会保障|计划)|以及|及(?!其)|,|会同")


def per(text: str, start: int, end: int) -> Span | None:
    """Where the last base (每百户居民, 每人每月) in `text[start:end]` stands, None for none."""
    found = None
    for match in _PER.finditer(text, start, end):
        found = match
    return found.span() if found else None


def indicator(text: str, earlier: Sequence[Span], part: Span, bound: Bound, unit: str) -> Span | None:
    """What a figure measures or counts, None where the sentence does not say.

    Things counted follow their figure (50个左右城市) or precede it; sums and shares are named after it
    (30%工程总投资补助) or before; what is left out is looked for in earlier parts (建筑面积因地制宜设置).

    Args:
        text: the folded text.
        earlier: parts of the sentence before its own.
        part: its own part, from where an indicator may begin.
        bound: the figure with its bounding words.
        unit: the unit of the figure.
    """
    measured = _before(text, part[0], bound.start, _MEASURED)
    if unit in ("元", "%"):
        granted = _GRANTED.match(text, bound.end, part[1])
        return granted.span(1) if granted else measured or _named(text, earlier, unit)
    if measured is None and unit in COUNTERS:
        return _after(text, bound.end, part[1]) or _before(text, part[0], bound.start, _NOUN)
    return measured or _named(text, earlier, unit)


def _named(text: str, earlier: Sequence[Span], unit: str) -> Span | None:
    """The nearest earlier words for what this unit measures."""
    heads = _HEADS.get(unit)
    for start, end in reversed(earlier) if heads else ():
        found = [match.span() for match in re.finditer(rf"[一-龥]{{0,16}}?(?:{heads})", text[start:end])]
        if found:
            begin, stop = start + found[-1][0], start + found[-1][1]
            return _before(text, begin, stop, _MEASURED) or (begin, stop)
    return None


def _before(text: str, start: int, end: int, wanted: re.Pattern[str]) -> Span | None:
    trailing = _TRAILING.search(text[start:end].rstrip())
    stop = start + (trailing.start() if trailing else len(text[start:end].rstrip()))
    if not wanted.search(text[start:stop]):
        return None
    begin = start
    for match in _STOP.finditer(text, start, stop):
        if match.end() < stop and wanted.search(text[match.end() : stop]):
            begin = match.end()
    return (begin, stop) if stop - begin >= 1 else None


def _after(text: str, start: int, limit: int) -> Span | None:
    match = _AFTER_STOP.search(text, start, limit)
    stop = min(match.start() if match else limit, start + 12)
    return (start, stop) if stop - start >= 2 else None


def subject(text: str, earlier: Sequence[Span], own: Span) -> Span | None:
    """Whom or what a figure is about: the words before it in its own part, else in earlier parts.

    Args:
        text: the folded text.
        earlier: parts of the sentence before its own.
        own: its own part up to where the indicator or the figure begins.
    """
    found = _subject(text, *own)
    for start, end in reversed(earlier) if found is None else ():
        words = text[start:end].strip(" \ue000")
        if _CIRCUMSTANCE.match(words) or _DEED.match(words):
            continue
        found = _subject(text, start, end)
        if found is not None:
            return found
    return found


def _subject(text: str, start: int, end: int) -> Span | None:
    leading = _LEADING.match(text[start:end])
    if _DEED.match(text[start:end].strip(" \ue000")):
        return None
    begin = start + (leading.end() if leading else 0)
    modal = _MODAL.search(text, begin, end)
    stop = modal.start() if modal else end
    trailing = _TRAILING.search(text[begin:stop].rstrip())
    stop = begin + trailing.start() if trailing else begin + len(text[begin:stop].rstrip())
    words = text[begin:stop].rstrip("(（")
    return (
        (begin, begin + len(words)) if len(words) >= 2 and words not in ("有条件", "期限", "时限") else None
    )


def each(text: str, base: Span) -> Span | None:
    """Whom a base names one by one, 街道养老服务中心 of 每个街道养老服务中心; None for 每百户."""
    found = _EACH.match(text, *base)
    return found.span("name") if found else None


def conditions(text: str, parts: Sequence[Span], own: int, figure_start: int) -> list[Span]:
    """Where the conditions of a figure stand: whole parts that end in 的 or 前提下, and 有条件的社区."""
    spans: list[Span] = []
    for start, end in parts[:own]:
        part = text[start:end].strip(" \ue000")
        if part and _TAIL_CONDITION.search(part) and not _NOT_CONDITION.match(part):
            begin = text.index(part, start)
            spans.append((begin, begin + len(part)))
    spans += [match.span() for match in _CONDITION.finditer(text, parts[own][0], figure_start)]
    return spans


def bodies(text: str, start: int, end: int) -> list[str]:
    """Who acts in `text[start:end]`, as named, each once; empty where nobody is named."""
    found: dict[str, None] = {}
    for match in _ACTOR.finditer(text, start, end):
        if _NOT_BODY.search(match["body"]):
            continue
        for name in _SPLIT.split(match["body"]):
            if len(name) >= 2:
                found.setdefault(name.strip("()（）"))
    return list(found)
