"""Facts stated in running text.

    综合体建筑面积520㎡，服务居民3200户，由街道直接指定运营单位

Three ways, the surest first: a label with a number behind it, a label with 为, 是 or 包括 behind
it, and the wordings the dictionary lists for a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from assistant.facts.dictionary import FactDictionary
from assistant.facts.types import FactKind, FactSpec
from indexing.folding import fold_aligned

MAX_SCANNED = 200_000  # characters; what is longer is a document, not a fact sheet

_NUMERIC = (FactKind.NUMBER, FactKind.AREA, FactKind.MONEY, FactKind.PERCENT, FactKind.DATE)
_NUMBER = (
    r"(?P<number>(?:\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?)"
    r"|[-负]?(?:\d[\d,，]*(?:\.\d+)?|百分之[一二三四五六七八九十百点]+"
    r"|[一二两三四五六七八九十][零一二两三四五六七八九十百千万亿点]*)"
    r"\s*(?:[年月日.\-/]\s*\d+\s*[月日.\-/]?)*"
    r"(?:\s*(?:[-~～—至到]\s*\d[\d.,]*)?\s*(?:[%‰]|万?(?:㎡|m2|m²|平方米|平米|平方)|公顷|亩|亿元?|[百千]?万元?|元"
    r"|万?户|万?人|个|张|份|项|岁|年|日|个?月|米)+)?"
    r"(?:\s*/\s*百户)?)"
)
_LINK = (
    r"(?:\s*(?:[:：=]|为|是|约|一共|总共|加起来|共计?|合计|达到?|总计|拟|计划|控制在|有|在|于"
    r"|\([^()]{0,12}\)|（[^（）]{0,12}）)\s*){0,4}\s*"
)
_SAYS = r"\s*(?:[:：]|为|是|系|包括|包含|采用|采取|选择|拟采用|拟采取|有)\s*(?P<words>[^。；;\n]{1,160})"
# what may stand right before a short label: nothing, a mark, or a word that only frames it
_FRAME = re.compile(
    r"(?:^|[，,。；;：:、（(\s\d.]|项目|其中|总|拟|计划|设施|本|该|的|改造后|建成后|共|预计|新建|改造"
    r"|和|及|与|且|并|现有|辖区|社区|平均)$"
)
# "基本公共服务类对应|工程总投资": of one part, not of the whole
_OF_A_PART = re.compile(r"类(?:功能|设施)?(?:对应|分摊)?的?$")
# "尚未|征求居民意见", "没有|经过居民投票": what follows is denied
_DENIED = re.compile(
    r"(?:未|没有?|不|并非|无需|拒绝|缺乏)(?:[^，。；,;]?|采用|采取|实行|选择|通过|按照?|设置|提供|引入|使用|属于)$"
)
# "拟|通过居民代表大会投票", "将|开展安全评估": not there yet
_PLANNED = re.compile(
    r"(?:拟|将|计划|准备|待|应当?|须|需要?|要)$|(?:拟(?!定)|将|计划|准备|正在)[^，。；,;、]{0,8}$"
)
# inside the words of a paper: it is not there, or not yet
_NOT_THERE = re.compile(
    r"未(?!来|成年|见|发现)|没有(?!任何|[^，。；]{0,8}(?:危险|污染|隐患))|尚无|暂无|^[^，。；]{0,6}(?:拟(?!定)|将要|计划于|准备|正在|待)"
)
# 稳评未开展, 需求清单、资源清单均已形成; 已编制资源清单: a paper or a step and whether it is there
_DONE = (
    r"(?:完成|编制|编好|编完|编|形成|取得|拿到|开展|签订|签|办理|办结|办妥|办|确定|落实|建立|设立|成立|通过|明确|提交|上报"
    r"|批复|批准|同意|下达|印发|出台|发布|备案|制定|拟定|拟好|出具|组织|安排|进行|收录|整理|梳理|摸清|列出|汇总|履行|报批|获批|具备|做|作|搞|走|报|交"
    r"|出|建|获得|征求|公示|纳入|录入|测算)"
)
_NOT = r"(?:尚?未(?!来|成年|见|发现)|没有?(?!问题)|暂未|还没有?|暂无|缺少?(?!陷)|无)"
_STATE = (
    rf"(?:(?:(?:均|都|也|业)?(?:已经?)|(?:均|都|也|尚|还|暂|仍)*{_NOT})(?:按规定|依法|全部|广泛|充分|全面|多次|进行|得到)?(?:经)?{_DONE}"
    rf"|(?:均|都|全部)?{_DONE}(?:[了好完成毕妥过\d]|到位|完毕)|(?:均|都|全部)(?:已)?{_DONE}"
    r"|(?:共|计|有)?[1-9]\d{0,3}(?:项|条|处|个|份|家|场|次)|详?见附[件表图]|附后|另附|(?:均|都|已|全部)(?:有|齐备?|齐全|具备)"
    r"|(?:均|都|也|还)(?:没有|无|未有)|齐全|齐备|(?:还|尚|仍)?(?:没有?|缺|未)(?=[，。；,;、]|$))"
)
# 选址安全评估|由市勘测院|完成, 国资批复|文号巴国资|〔2026〕: what shows behind its name that a paper is there
_BETWEEN_WORDS = r"(?:(?!未|没|无|尚|暂|缺|拟|将|待|正在|计划|准备|应|须|需|要|不|如)[^，。；,;、]){1,14}?"
_SHOWN = (
    rf"(?:已(?:经)?{_DONE}|(?:完成|编制|出具|做完|做好|开展|组织|印发|出台|获批|批复)"
    r"|[〔\[]\d{4}[〕\]]|\d{4}年)"
)
_LACKS = re.compile(r"未|没|暂无|缺|[均都也还]?无")
# "是否设宝宝屋", "有无微型消防站", "需不需要送餐": a question, which says nothing by itself
_QUESTION = re.compile(r"是否(?:已经?|拟|有|能够?)?|有无|有没有|能否|可否")
_ASKED = re.compile(r"(?:是否|有无|有没有|能否|可否)[^，。；,;]{0,8}$")
# "不存在|暂不具备条件的情形", "难以|建设综合体": the wording behind is denied though words stand between
_FAR_DENIED = re.compile(
    r"(?:不存在|不属于|并非|不涉及|不是|难以|无法|不够|不足以|不能|(?<!行动)(?<!腿脚)(?<!出行)不便|不具备|未能|不宜|尚未|没有|取消|拒绝)[^，。；,;、]{0,8}$"
)
# "不|属于国有房产", "没有|列入名单": a yes with a no right before it
_JUST_DENIED = re.compile(r"(?:不|未|没有?|非|并非|无)$")
# 同一街区|地块：不涉及, 列入名单|情况：否
_ANSWERED = re.compile(r"[^，。；：:]{0,6}[：:]\s*(?:不涉及|不适用|未知|待定|[-—/]|(?P<no>否|无|没有|未|不))")
_BRACKET = re.compile(r"\s*(?:（[^（）\n]{2,80}）|\([^()\n]{2,80}\))")
# "实施主体为A街道办事处，后期管护主体为B中心": where the value of the first ends
_NEXT_LABEL = re.compile(r"[，,][^，,：:]{2,16}(?:为|是|[：:])(?!了)")
_SHORT = 5  # labels of fewer characters are parts of other labels too


@dataclass(frozen=True, slots=True)
class Match:
    """Words of a text that state a fact; `value` where the dictionary says what they mean."""

    spec: FactSpec
    words: str  # the value as written
    context: str  # the words it was recognised by
    start: int
    end: int
    value: str | None = None
    is_saying: bool = False


_NOT_SAID = "×"  # no value a saying can have


def _as_meant(spec: FactSpec, value: str | None, text: str, at: int, end: int) -> str | None:
    """What a wording found at `text[at:end]` says where it stands; `_NOT_SAID` where it says nothing.

    不存在暂不具备条件的情形 says 否 of 暂不具备条件; 是否设置 asks; 尚未征求意见 is no consultation.
    """
    before = text[max(0, at - 16) : at]
    if _ASKED.search(before):
        return _NOT_SAID
    if value == "是" and (answer := _ANSWERED.match(text, end)):  # the wording was a label
        return "否" if answer["no"] else _NOT_SAID
    if value == "是" and _JUST_DENIED.search(before):
        return "否"
    if value not in ("否", "无") and (_DENIED.search(before[-6:]) or _FAR_DENIED.search(before)):
        return "否" if value == "是" and _FAR_DENIED.search(before) else _NOT_SAID
    if spec.kind is FactKind.EVIDENCE and value is None and _PLANNED.search(before):
        return _NOT_SAID
    return value


def _inside(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _up_to_next(words: str) -> str:
    """The words of a value without the next labelled statement of the same sentence."""
    cut = _NEXT_LABEL.search(words)
    return words[: cut.start()] if cut else words


class TextReader:
    """Finds facts in text with the labels and wordings of a dictionary; build one and keep it."""

    def __init__(self, dictionary: FactDictionary) -> None:
        self._dictionary = dictionary

    def matches(self, text: str) -> list[Match]:
        """Facts stated in `text`, in order; of long ones only the start is read. May be empty."""
        text = text[:MAX_SCANNED]
        found = list(self._labelled(text, self._numeric, "number"))
        taken = [(match.start, match.end) for match in found]
        found += [
            match
            for match in self._labelled(text, self._worded, "words")
            if not any(start < match.end and match.start < end for start, end in taken)
        ]
        found += self._papers(text, {match.spec.key for match in found})
        numbers = [(match.start, match.end) for match in found if match.spec.kind in _NUMERIC]
        found += self._sayings(text, {match.spec.key for match in found}, numbers)
        return sorted(found, key=lambda match: match.start)

    def sayings(self, text: str) -> list[Match]:
        """Only the wordings of the dictionary; for a text that is itself the value of a label."""
        text = text[:MAX_SCANNED]
        papers = self._papers(text, set())
        return papers + self._sayings(text, {match.spec.key for match in papers})

    def _labelled(self, text: str, pattern: re.Pattern[str], group: str) -> Iterator[Match]:
        folded, at = fold_aligned(text), 0
        while match := pattern.search(folded, at):
            at = match.end("label")
            label = self._dictionary.find(match["label"])
            if label is None or not self._stands_alone(folded, match.start(), match["label"]):
                continue
            start, end = match.span(group)
            words = text[start:end].rstrip("，, ")
            if label.spec.kind not in (FactKind.CHOICES, FactKind.NAMES, FactKind.EVIDENCE, FactKind.TABLE):
                words = re.split(r"[，,]", words)[0] if group == "words" else words
            if group == "words":
                words = _up_to_next(words)
            if {label.spec.unit, words.rstrip()[-1:]} == {"户", "人"}:  # 服务居民8600人 are no households
                continue
            at = start + len(words)  # the same sentence may go on with another label
            yield Match(
                label.spec, words, text[match.start() : start + len(words)], match.start(), start + len(words)
            )

    @staticmethod
    def _stands_alone(text: str, at: int, label: str) -> bool:
        """Whether a label is not the tail of a longer word: 食堂建筑面积200㎡ is not the project's."""
        before = text[max(0, at - 8) : at]
        if _OF_A_PART.search(before):
            return False
        return len(label) >= _SHORT or bool(_FRAME.search(before[-4:]))

    def _papers(self, text: str, stated: set[str]) -> list[Match]:
        """Papers and steps said to be there or not: the value is the words, or 无."""
        found: dict[str, Match] = {}
        folded = fold_aligned(text)
        for pattern in (self._paper_first, self._state_first, self._paper_shown):
            for match in pattern.finditer(folded):
                before = folded[max(0, match.start() - 6) : match.start()]
                if pattern is self._state_first and _PLANNED.search(before):
                    continue
                denied = pattern is self._state_first and _DENIED.search(before)
                for at, end in self._joined(folded, match, pattern is self._state_first):
                    label = self._dictionary.find(folded[at:end])
                    if label is None or label.spec.key in stated or label.spec.key in found:
                        continue
                    first, last = min(at, match.start("state")), max(end, match.end("state"))
                    words = text[first:last] if last - first <= 80 else text[at:end] + match["state"]
                    value = "无" if denied or _LACKS.search(match["state"]) else None
                    found[label.spec.key] = Match(label.spec, words, words, at, end, value, True)
        return list(found.values())

    def _joined(self, text: str, match: re.Match[str], goes_on: bool) -> Iterator[tuple[int, int]]:
        """Where the paper of a match stands, and those joined to it: 已形成需求清单、资源清单."""
        yield match.span("label")
        at = match.end("label")
        while goes_on and (further := self._further.match(text, at)):
            yield further.span("label")
            at = further.end()

    def _sayings(self, text: str, stated: set[str], numbers: Sequence[tuple[int, int]] = ()) -> list[Match]:
        """What the dictionary's wordings say; a number inside `numbers` already states another fact."""
        found: list[Match] = []
        for spec, pattern, value in self._patterns:
            if spec.key in stated:
                continue
            for match in pattern.finditer(text):
                if value is not None and any(
                    match.start() < each.end and each.start < match.end()
                    for each in found
                    if each.spec is spec
                ):
                    continue  # 未签订: the negative wording, listed first, holds its place
                said = _as_meant(spec, value, text, match.start(), match.end())
                if said is _NOT_SAID:
                    continue
                if value is None and spec.kind in _NUMERIC and _inside(match.span("v"), numbers):
                    continue
                words = match["v"] if value is None else match.group()
                if spec.kind is FactKind.EVIDENCE and value is None and _NOT_THERE.search(words):
                    continue
                end = match.end()
                if spec.kind is FactKind.EVIDENCE and (bracket := _BRACKET.match(text, end)):
                    words, end = words + bracket.group(), bracket.end()
                found.append(
                    Match(
                        spec, words.strip(), text[match.start() : end].strip(), match.start(), end, said, True
                    )
                )
        return found

    def flag_of_label(self, label: str) -> tuple[FactSpec, bool] | None:
        """The fact an unknown label asks for (是否设宝宝屋), and whether 是 affirms it."""
        asked = _QUESTION.sub("", label)
        if asked == label:
            return None
        for spec, pattern, value in self._patterns:
            if spec.kind is FactKind.FLAG and value in ("是", "否") and pattern.search(asked):
                return spec, value == "是"
        return None

    @cached_property
    def _patterns(self) -> tuple[tuple[FactSpec, re.Pattern[str], str | None], ...]:
        return tuple(
            (spec, re.compile(saying.pattern), saying.value)
            for spec in self._dictionary.stated
            for saying in spec.sayings
        )

    @cached_property
    def _paper_names(self) -> str:
        names = {
            fold_aligned(name)
            for spec in self._dictionary.stated
            if spec.kind is FactKind.EVIDENCE
            for name in (spec.label, *spec.aliases)
            if len(name) >= 3
        }
        return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))

    @cached_property
    def _paper_first(self) -> re.Pattern[str]:
        between = rf"(?:[、和及与](?:{self._paper_names}))*(?:情况|工作|报告|文件|手续|等)?"
        return re.compile(rf"(?P<label>{self._paper_names})(?={between}(?P<state>{_STATE}))")

    @cached_property
    def _further(self) -> re.Pattern[str]:
        return re.compile(rf"[、和及与]+(?P<label>{self._paper_names})")

    @cached_property
    def _paper_shown(self) -> re.Pattern[str]:
        return re.compile(rf"(?P<label>{self._paper_names})(?P<state>{_BETWEEN_WORDS}{_SHOWN})")

    @cached_property
    def _state_first(self) -> re.Pattern[str]:
        state = (
            rf"(?P<state>(?:已经?|{_NOT})(?:按规定|依法)?(?:{_DONE}(?:过|了)?)"
            r"|(?<![拟将应须待需可要])(?:形成|(?:开展|完成|进行|编制|制定|拟定|建立|设立|成立|取得|明确|收录|提出|出具|印发|出台|签订|签|办理|履行|梳理|列出|做|搞)[了过]|(?:整理|梳理|汇总|列|拿|提)(?:出|成)))"
        )
        return re.compile(rf"{state}(?:了)?[^,。;，；]{{0,6}}?(?P<label>{self._paper_names})")

    @cached_property
    def _numeric(self) -> re.Pattern[str]:
        return re.compile(f"(?P<label>{self._names(numeric=True)}){_LINK}{_NUMBER}")

    @cached_property
    def _worded(self) -> re.Pattern[str]:
        return re.compile(f"(?P<label>{self._names(numeric=False)}){_SAYS}")

    def _names(self, *, numeric: bool) -> str:
        names = {
            fold_aligned(name)
            for spec in self._dictionary.stated
            if (spec.kind in _NUMERIC) is numeric
            for name in (spec.label, *spec.aliases)
            if len(name) >= (2 if numeric else 3)
        }
        return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
