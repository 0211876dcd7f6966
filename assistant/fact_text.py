"""Facts stated in running text: 综合体建筑面积520㎡，服务居民3200户，由街道直接指定运营单位。

Three ways, the surest first: a label with a number behind it, a label with 为, 是 or 包括 behind
it, and the wordings the dictionary lists for a fact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from assistant.fact_dictionary import FactDictionary
from assistant.fact_types import FactKind, FactSpec
from indexing.folding import fold_aligned

MAX_SCANNED = 200_000  # characters; what is longer is a document, not a fact sheet

_NUMERIC = (FactKind.NUMBER, FactKind.AREA, FactKind.MONEY, FactKind.PERCENT, FactKind.DATE)
_NUMBER = (
    r"(?P<number>[-负]?(?:\d[\d,，]*(?:\.\d+)?|百分之[一二三四五六七八九十百点]+|[一二两三四五六七八九十][零一二两三四五六七八九十百千万亿点]*)"
    r"\s*(?:[年月日.\-/]\s*\d+\s*[月日.\-/]?)*"
    r"(?:\s*(?:[-~～—至到]\s*\d[\d.,]*)?\s*(?:[㎡%‰]|m2|m²|平方米|平米|平方|公顷|亩|亿元?|[百千]?万元?|元|万?户|万?人|个|张|份|项|岁|年|日|个?月|米)+)?"
    r"(?:\s*/\s*百户)?)"
)
_LINK = r"(?:\s*(?:[:：=]|为|是|约|共计?|合计|达到?|总计|不少于|拟|计划|控制在|有|在|于|\([^()]{0,12}\)|（[^（）]{0,12}）)\s*){0,4}"
_SAYS = r"\s*(?:[:：]|为|是|系|包括|包含|采用|采取|选择|拟采用|拟采取|有)\s*(?P<words>[^。；;\n]{1,160})"
# what may stand right before a short label: nothing, a mark, or a word that only frames it
_FRAME = re.compile(r"(?:^|[，,。；;：:、（(\s\d.]|项目|其中|总|拟|计划|设施|本|该|的|改造后|建成后|共|预计|新建|改造|和|及|与|且|并|现有|辖区|社区|平均)$")
# "尚未|征求居民意见", "没有|经过居民投票": what follows is denied
_DENIED = re.compile(r"(?:未|没有|不|并非|无需|拒绝|缺乏)[^，。；,;]?$")
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


class TextReader:
    """Finds facts in text with the labels and wordings of a dictionary; build one and keep it."""

    def __init__(self, dictionary: FactDictionary) -> None:
        self._dictionary = dictionary

    def matches(self, text: str) -> list[Match]:
        """Facts stated in `text`, in order; empty when it states none. Long texts are read from the start only."""
        text = text[:MAX_SCANNED]
        found = list(self._labelled(text, self._numeric, "number"))
        taken = [(match.start, match.end) for match in found]
        found += [
            match
            for match in self._labelled(text, self._worded, "words")
            if not any(start < match.end and match.start < end for start, end in taken)
        ]
        found += self._sayings(text, {match.spec.key for match in found})
        return sorted(found, key=lambda match: match.start)

    def sayings(self, text: str) -> list[Match]:
        """Only the wordings of the dictionary; for a text that is itself the value of a label."""
        return self._sayings(text[:MAX_SCANNED], set())

    def _labelled(self, text: str, pattern: re.Pattern[str], group: str) -> Iterator[Match]:
        folded = fold_aligned(text)
        for match in pattern.finditer(folded):
            label = self._dictionary.find(match["label"])
            if label is None or not self._stands_alone(folded, match.start(), match["label"]):
                continue
            start, end = match.span(group)
            words = text[start:end].rstrip("，, ")
            if label.spec.kind not in (FactKind.CHOICES, FactKind.NAMES, FactKind.EVIDENCE):
                words = re.split(r"[，,]", words)[0] if group == "words" else words
            yield Match(label.spec, words, text[match.start() : end].strip(), match.start(), start + len(words))

    @staticmethod
    def _stands_alone(text: str, at: int, label: str) -> bool:
        """Whether a label is not the tail of a longer word: 食堂建筑面积200㎡ is not the project's."""
        return len(label) >= _SHORT or bool(_FRAME.search(text[max(0, at - 4) : at]))

    def _sayings(self, text: str, stated: set[str]) -> list[Match]:
        found: list[Match] = []
        for spec, pattern, value in self._patterns:
            if spec.key in stated:
                continue
            for match in pattern.finditer(text):
                if value is not None and any(match.start() < each.end and each.start < match.end() for each in found if each.spec is spec):
                    continue  # 未签订: the negative wording, listed first, holds its place
                if value not in ("否", "无") and _DENIED.search(text[max(0, match.start() - 4) : match.start()]):
                    continue
                words = match["v"] if value is None else match.group()
                found.append(Match(spec, words.strip(), match.group().strip(), match.start(), match.end(), value, True))
        return found

    @cached_property
    def _patterns(self) -> tuple[tuple[FactSpec, re.Pattern[str], str | None], ...]:
        return tuple(
            (spec, re.compile(saying.pattern), saying.value) for spec in self._dictionary.stated for saying in spec.sayings
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
            if (spec.kind in _NUMERIC) is numeric and spec.kind is not FactKind.TABLE
            for name in (spec.label, *spec.aliases)
            if len(name) >= (2 if numeric else 3)
        }
        return "|".join(re.escape(name) for name in sorted(names, key=lambda name: (-len(name), name)))
