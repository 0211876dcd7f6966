"""Papers and steps that running text says are there or not: 稳评未开展, 已编制资源清单."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cached_property

from assistant.facts.dictionary import FactDictionary
from assistant.facts.standing import DENIED, NOT_THE_CASE, PLANNED
from assistant.facts.types import FactKind, Match
from indexing.folding import fold_aligned

# 稳评未开展, 需求清单、资源清单均已形成; 已编制资源清单: a paper or a step and whether it is there
_DONE = (
    r"(?:完成|编制|编好|编完|编|形成|取得|拿到|开展|签订|签|办理|办结|办妥|办|确定|落实|建立|设立|成立|通过|明确|提交|上报"
    r"|批复|批准|同意|下达|印发|出台|发布|备案|制定|拟定|拟好|出具|组织|安排|进行|收录|整理|梳理|摸清|列出|汇总|履行|报批|获批|具备|做|作|搞|走|报|交"
    r"|出|建|获得|征求|公示|纳入|录入|测算|列[好出齐]|排[好出定]?|写[好出完]?|摸排|走访)"
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
# "需求清单、资源清单|两张清单|已列好"
_SO_MANY = r"(?:这?[一二两三四五六七1-9][张份项](?:清单|材料|文件|工作)?)?"
_LACKS = re.compile(r"未|没|暂无|缺|[均都也还]?无")


class PaperReader:
    """Finds the papers of a dictionary by their names and what is said of them; build one and keep it."""

    def __init__(self, dictionary: FactDictionary) -> None:
        self._dictionary = dictionary

    def matches(self, text: str, stated: set[str]) -> list[Match]:
        """Papers and steps said to be there or not: the value is the words, or 无."""
        found: dict[str, Match] = {}
        folded = fold_aligned(text)
        for pattern in (self._paper_first, self._state_first, self._paper_shown):
            for match in pattern.finditer(folded):
                before = folded[max(0, match.start() - 6) : match.start()]
                if NOT_THE_CASE.search(before) or (pattern is self._state_first and PLANNED.search(before)):
                    continue
                denied = pattern is self._state_first and DENIED.search(before)
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
        between = rf"(?:[、和及与](?:{self._paper_names}))*{_SO_MANY}(?:情况|工作|报告|文件|手续|等)?"
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
            r"|(?<![拟将应须待需可要])(?:形成|(?:开展|完成|进行|编制|制定|拟定|建立|设立|成立|取得|明确|收录|提出|出具|印发|出台|签订|签|办理|履行|梳理|列出|整理|编|列|建|开|做|搞)[了过]|(?<=月)(?:份)?(?:开展|完成|组织|编制|形成|进行|出具)|(?:做|搞|编|办)[完好]|(?:整理|梳理|汇总|列|拿|提)(?:出|成)))"
        )
        return re.compile(rf"{state}(?:了)?[^,。;，；]{{0,6}}?(?P<label>{self._paper_names})")
