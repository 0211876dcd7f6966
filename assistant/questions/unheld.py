"""Documents the library cites but does not hold, named in a question without 《》.

"社区嵌入式服务设施建设导则对面积怎么规定" names the tail of a cited title; a tail that also
ends the title of a held document, or a word the documents use by itself, names nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.library import Library
from indexing.folding import fold_tight

_KIND = re.compile(
    r"(?:导则|指引|指南|办法|条例|规定|意见|标准|规范|方案|细则|规划|目录|纲要|决定|预案|规程|清单|计划)$"
)
# What names of every subject have: "实施意见" alone names no document
_GENERIC = re.compile(r"实施|管理|工作|暂行|若干|运营|指导|的|试点")
_TRIAL = re.compile(r"[《》<>〈〉“”\"]|\((?:试行|暂行|修订)[^)]*\)$")
_LEAST = 2  # characters of a name besides its kind and generic words
MENTIONED = re.compile(
    r"(?:符合|按照?|依据|根据|落实|遵循|遵照|参照|引用|提到|依照|衔接|执行|满足|达到"
    r"|制定|编制|出台|修订|起草|发布|印发|[出编弄](?:一?[个份]|了))(?:了|国家|什么)?《?$"
)
"""Words after which a named document is a thing mentioned, not the one asked to speak."""
_MENTIONED_AFTER = re.compile(
    r"》?(?:要求|规定|标准)?的(?:项目|设施|社区|场所|机构|综合体)"
    # who is to make it is said by others: "导则由谁组织制定", "导则是哪家单位牵头编的"
    r"|》?[由是归](?:谁|哪[一几]?[个家些]?(?:单位|部门|机构|部委|委))(?:牵头|负责|组织|来)*(?:制定|编制|编写|编|起草|弄|搞|出的?|定的?)"
)


@dataclass(frozen=True, slots=True)
class UnheldName:
    """A cited document named: where in the folded question, and its title as cited."""

    start: int
    end: int
    title: str
    is_mention: bool


def unheld_names(folded: str, library: Library) -> tuple[UnheldName, ...]:
    """Cited documents the library lacks that a folded question names without 《》, longest name first kept.

    Names inside 《》 are left to the titles' own rule. Empty for most questions.
    """
    found: list[UnheldName] = []
    for title in library.cited_titles:
        core = _TRIAL.sub("", fold_tight(title))
        span = _named(folded, core, library) if _KIND.search(core) else None
        if span is not None:
            mention = _is_mention(folded, span)
            found.append(UnheldName(*span, title, mention))
    found.sort(key=lambda name: (-(name.end - name.start), name.start))
    kept: list[UnheldName] = []
    for each in found:
        if not any(each.start < other.end and other.start < each.end for other in kept):
            kept.append(each)
    return tuple(sorted(kept, key=lambda name: name.start))


def _named(folded: str, core: str, library: Library) -> tuple[int, int] | None:
    """Where the longest tail of a title that can name it stands."""
    kind = _KIND.search(core)
    assert kind is not None
    for begin in range(kind.start() + 1):
        tail = core[begin:]
        at = folded.find(tail)
        if at >= 0 and folded[:at].count("《") == folded[:at].count("》") and _can_name(tail, core, library):
            return at, at + len(tail)
    return None


def _can_name(tail: str, core: str, library: Library) -> bool:
    if library.is_title_tail(tail):
        return False
    own = _GENERIC.sub("", _KIND.sub("", tail))
    if len(own) >= _LEAST:
        return True
    if _KIND.fullmatch(tail):  # "导则": a name where the library's texts know no other
        longer = core[-len(tail) - 2 :]
        return library.count(tail) == library.count(longer)
    return False


def _is_mention(folded: str, span: tuple[int, int]) -> bool:
    return bool(MENTIONED.search(folded[: span[0]]) or _MENTIONED_AFTER.match(folded, span[1]))
