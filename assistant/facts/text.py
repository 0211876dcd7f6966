"""Facts stated in running text.

    综合体建筑面积520㎡，服务居民3200户，由街道直接指定运营单位

Three ways, the surest first: a label with a number behind it, a label with 为, 是 or 包括 behind
it, and the wordings the dictionary lists for a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cached_property

from assistant.facts.dictionary import FactDictionary
from assistant.facts.enumerations import listed_functions
from assistant.facts.papers import PaperReader
from assistant.facts.standing import NOT_SAID, NOT_THERE, as_meant
from assistant.facts.types import FactKind, FactSpec, Match
from indexing.folding import fold_aligned

MAX_SCANNED = 60_000  # characters; what is longer is a document, not a fact sheet

_NUMERIC = (FactKind.NUMBER, FactKind.AREA, FactKind.MONEY, FactKind.PERCENT, FactKind.DATE)
_NUMBER = (
    r"(?P<number>(?:\d{4}\s*[年.\-/]\s*\d{1,2}\s*[月.\-/]\s*\d{1,2}\s*日?)"
    r"|[-负]?(?:\d[\d,，]*(?:\.\d+)?|百分之[一二三四五六七八九十百点]+"
    r"|[一二两三四五六七八九十][零一二两三四五六七八九十百千万亿点]*)"
    r"\s*[多余来]?\s*(?:[年月日.\-/]\s*\d+\s*[月日.\-/]?)*"
    r"(?:\s*(?:[-~～—至到]\s*\d[\d.,]*)?\s*(?:[%‰]|万?(?:㎡|m2|m²|平方米|平米|平方)|公顷|亩|亿元?|[百千]?万元?|元|[百千][户人]"
    r"|万?户|万?人|个|张|份|项|岁|年|日|个?月|米)+)?"
    r"(?:\s*/\s*百户)?)"
)
_LINK = (
    r"(?:\s*(?:[:：=]|为|是|约|一共|总共|加起来|共计?|合计|达到?|总计|拟|计划|控制在|有|在|于"
    r"|\([^()]{0,12}\)|（[^（）]{0,12}）)\s*){0,4}\s*"
)
_SAYS = r"\s*(?:[:：]|为|是|系|包括|包含|采用|采取|选择|拟采用|拟采取|有)\s*(?P<words>[^。；;\n]{1,160})"
# "后期管护责任主体和实施主体均为|A街道办事处"
_PAIR = re.compile(
    r"(?P<first>[\u4e00-\u9fff]{3,12})(?:和|与|及|、)(?P<second>[\u4e00-\u9fff]{3,12}?)(?:均|都)(?:为|是)"
    r"(?P<words>[^，,。；;\n]{2,40})"
)
# what may stand right before a short label: nothing, a mark, or a word that only frames it
_FRAME = re.compile(
    r"(?:^|[，,。；;：:、（(\s\d.]|项目|其中|总|拟|计划|设施|本|该|的|改造后|建成后|共|预计|新建|改造"
    r"|和|及|与|且|并|现有|辖区|社区|平均|规划|设计|服务|覆盖|惠及)$"
)
# "基本公共服务类对应|工程总投资": of one part, not of the whole
_OF_A_PART = re.compile(r"类(?:功能|设施)?(?:对应|分摊)?的?$")
# "1号楼|改造面积260平方米", "二期|建筑面积": of one building or stage
_OF_A_BUILDING = re.compile(
    r"(?<![共上下有是为设建\d])(?:\d+|[一二三四五六七八九东西南北甲乙丙])"
    r"(?:号楼|号院|栋|幢|层|楼|期|区块|地块)[^，。；]{0,3}$"
)
_BRACKET = re.compile(r"\s*(?:（[^（）\n]{2,80}）|\([^()\n]{2,80}\))")
# "实施主体为A街道办事处，后期管护主体为B中心": where the value of the first ends
_NEXT_LABEL = re.compile(r"[，,][^，,：:]{2,16}(?:为|是|[：:])(?!了)")
# "是否设宝宝屋", "有无微型消防站", "需不需要送餐": a question, which says nothing by itself
_QUESTION = re.compile(r"是否(?:已经?|拟|有|能够?)?|有无(?![偿障])|有没有|能否|可否")
# "走访居民320户、辖区单|位11家", "…、文化休闲|、儿童游憩"; no further than a denial
_REST_OF_LIST = re.compile(r"(?![未没不无])[^，,。；;\n未没不无]{1,60}")
# "加建|-|90㎡", "加建|80—|90㎡", "新增|不超过|200㎡", "200㎡|以内": the wording alone would take the number
_SIGN_OR_RANGE = re.compile(
    r"(?:\d[\d.,]*\s*(?:㎡|平方米|平米|万元|元)?\s*)?[-－−—~～至负]\s*$"
    r"|(?:不超过|超过|不[少低大高小]于|不足|不到|至少|至多|最多|低于|高于)\s*$"
)
_BOUND_BEHIND = re.compile(r"\s*(?:以上|以下|以内)")  # 3岁以下 is how ages are written
# "服务户数：|-|5户"; not "3—18岁", "——3200户"
_SIGN = re.compile(r"(?<![\d岁月年-])[-－−负]\s*$")
_SHORT = 5  # labels of fewer characters are parts of other labels too


def _inside(span: tuple[int, int], spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= span[0] and span[1] <= end for start, end in spans)


def _up_to_next(words: str) -> str:
    """The words of a value without the next labelled statement of the same sentence."""
    cut = _NEXT_LABEL.search(words)
    return words[: cut.start()] if cut else words


def _as_written(spec: FactSpec, text: str, match: re.Match[str]) -> str:
    """The words of a wording: an amount with its sign or range, a list to the end of its last item."""
    if spec.kind in (FactKind.AREA, FactKind.MONEY, FactKind.NUMBER):
        sign = _SIGN if spec.kind is FactKind.NUMBER else _SIGN_OR_RANGE  # 3—18岁 says two numbers
        before = sign.search(text[max(0, match.start("v") - 16) : match.start("v")])
        behind = None if spec.kind is FactKind.NUMBER else _BOUND_BEHIND.match(text, match.end("v"))
        return (before.group() if before else "") + match["v"] + (behind.group() if behind else "")
    if spec.kind is not FactKind.CHOICES:
        return match["v"]
    left_out = text[: match.start("v")].endswith("除")  # 除|家政便民外，其余都有: not what is there
    words = ("除" if left_out else "") + match["v"]
    rest = _REST_OF_LIST.match(text, match.end()) if match.end("v") == match.end() else None
    return words + (rest.group() if rest else "")


class TextReader:
    """Finds facts in text with the labels and wordings of a dictionary; build one and keep it."""

    def __init__(self, dictionary: FactDictionary) -> None:
        self._dictionary = dictionary
        self._papers = PaperReader(dictionary)

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
        found += self._paired_labels(text, {match.spec.key for match in found})
        found += self._papers.matches(text, {match.spec.key for match in found})
        numbers = [(match.start, match.end) for match in found if match.spec.kind in _NUMERIC]
        found += self._sayings(text, {match.spec.key for match in found}, numbers)
        found += (
            []
            if any(match.spec.key == "functions" and not match.is_saying for match in found)
            else self._listed(text)
        )
        return sorted(found, key=lambda match: match.start)

    def sayings(self, text: str) -> list[Match]:
        """Only the wordings of the dictionary; for a text that is itself the value of a label."""
        text = text[:MAX_SCANNED]
        papers = self._papers.matches(text, set())
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
            elif label.spec.kind in (FactKind.AREA, FactKind.MONEY):
                bound = _BOUND_BEHIND.match(text, start + len(words))
                words += bound.group() if bound else ""
            if {label.spec.unit, words.rstrip()[-1:]} == {"户", "人"}:  # 服务居民8600人 are no households
                continue
            at = start + len(words)  # the same sentence may go on with another label
            yield Match(
                label.spec, words, text[match.start() : start + len(words)], match.start(), start + len(words)
            )

    def _paired_labels(self, text: str, stated: set[str]) -> Iterator[Match]:
        """One value said of two labels at once: 后期管护主体和实施主体均为A街道办事处."""
        for match in _PAIR.finditer(fold_aligned(text)):
            labels = [self._dictionary.find(match[each]) for each in ("first", "second")]
            start, end = match.span("words")
            for label in labels:
                if label and label.spec.kind is FactKind.TEXT and label.spec.key not in stated:
                    yield Match(label.spec, text[start:end], text[match.start() : end], start, end)

    @staticmethod
    def _stands_alone(text: str, at: int, label: str) -> bool:
        """Whether a label is not the tail of a longer word: 食堂建筑面积200㎡ is not the project's."""
        before = text[max(0, at - 8) : at]
        if _OF_A_PART.search(before) or _OF_A_BUILDING.search(before):
            return False
        return len(label) >= _SHORT or bool(_FRAME.search(before[-4:]))

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
                said = as_meant(spec, value, text, match.start(), match.end())
                if said is NOT_SAID:
                    continue
                if value is None and spec.kind in _NUMERIC and _inside(match.span("v"), numbers):
                    continue
                if "每百户" in match.group() and "百户" not in spec.unit:
                    continue
                if spec.kind is FactKind.AREA and _OF_A_BUILDING.search(text[: match.start()][-8:]):
                    continue
                words = match.group() if value is not None else _as_written(spec, text, match)
                if spec.kind is FactKind.EVIDENCE and value is None and NOT_THERE.search(words):
                    continue
                end = match.end()
                if spec.kind is FactKind.EVIDENCE and (bracket := _BRACKET.match(text, end)):
                    words, end = words + bracket.group(), bracket.end()
                found.append(
                    Match(
                        spec,
                        words.strip(" \n：:、|"),
                        text[match.start() : end].strip(),
                        match.start(),
                        end,
                        said,
                        True,
                    )
                )
        return found

    def _listed(self, text: str) -> Iterator[Match]:
        """Functions listed in the text, whatever the verb."""
        spec = self._dictionary.spec("functions")
        for start, end in listed_functions(spec, text):
            yield Match(spec, text[start:end], text[start:end], start, end, None, True)

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
