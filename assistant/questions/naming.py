"""Documents a question names by title without 《》: 民法典第二十三条, 北京市养犬管理规定对…怎么规定.

A name ends in a 文种 and is more than a bare generic word (本办法, 北京的办法). It means the
held document whose title says most of its words; where none does, the document is not held.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice

from assistant.library import Library, title_core
from assistant.questions.unheld import MENTIONED
from assistant.questions.wording import question_words
from indexing import segmentation
from indexing.jurisdictions import library_jurisdiction
from indexing.numerals import NUMERAL
from indexing.query import places_in

_STATUTES = r"法典|条例|(?<![办方做看想说用合违执司立普书非依算手疗无守])法"
_RULES = r"办法|细则|规则|导则"
_LOOSE = r"规定|通知|意见|方案|规划|标准|决定|指引|指南|规程|纲要|预案|公告|通告"
_TRIAL = r"(?:\((?:试行|暂行|修订|草案)\))?"
_WITHIN = r"(?:的|里面?的?|中的?|内的?|[,:])?"
_HAN = "一二三四五六七八九十"
_FIRST_STEP = rf"(?:第(?:{NUMERAL})[条章节]|附件|[{_HAN}]+(?:、|\()|\([{_HAN}]+\))"
# "…办法第七条", "…规定(试行)的第5条": any 文种 will do where a clause number follows
_WITH_CLAUSE = re.compile(rf"(?P<kind>{_STATUTES}|{_RULES}|{_LOOSE}){_TRIAL}(?={_WITHIN}{_FIRST_STEP})")
# "…条例对…", "…办法怎么规定": without a number only the 文种 that are hardly ever common words
_SPEAKING = (
    r"(?:对|关于|和|与|跟|里|中|规定|怎么|怎样|如何|是|有|要求|说|讲|什么|哪|多少|允许|的(?:规定|内容|要求)"
    r"|[,。?!;:]|$)"
)
_WITHOUT_CLAUSE = re.compile(rf"(?P<kind>{_STATUTES}|{_RULES}){_TRIAL}(?={_SPEAKING})")
# 重庆市实施《…法》办法, 关于修改《…条例》的决定: the outer name is the document
_OUTER = re.compile(
    rf"(?P<before>[\u4e00-\u9fff]{{0,30}}(?:实施|施行|贯彻|执行|修改|废止|适用))《(?P<inner>[^《》]{{2,60}})》"
    rf"(?:的?若干|的)?(?P<kind>实施办法|{_RULES}|条例|{_LOOSE}){_TRIAL}"
)
_RUN_BEFORE = re.compile(r"(?:(?<=\d)号)?([\u4e00-\u9fff]{0,60})$")
_ASKING = re.compile(
    r"[哪谁几由有]|([能可要该会允])[不否]|什么|怎么|如何|多少|制定|出台|按照?|符合|可以|自己|是不是|[出搞写弄编]个"
)  # in no title, but in questions
_CLAUSE_END = re.compile(rf"^.*第(?:{NUMERAL})[条款项章节](?:和|与|及|以及|跟|同)?")
# What opens a question and belongs to no title; 查 of 检查 and 看 of 看护 stand inside
_LEAD = re.compile(
    r"^.*(?:根据|按照|依据|依照|参照|请问|想知道|想了解|想问|对照|查询|告诉我|符合|违反|落实|适用于)(?=.)"
    r"|^(?:请|问|麻烦|(?:给|帮)我?|我想?要|找一?下?|列出|提供|调出|查一?下?|看一?[下看]|解释一?下?|说明一?下?|说说|讲讲|在|那么?|按)+(?=.)"
)
_GENERIC = re.compile(
    r"中华人民共和国|实施|管理|工作|暂行|若干|运营|指导|试点|试行|建设|本|该|此|这[个份部项]?|那[个份部]?|上述|前述|我们"
    r"|的|和|与|及|市|省|区|县|政府|国家|地方|相关|有关|具体|文件|政策|里|中|对|关于|印发|转发|《|》"
)
_ASKS_ON = re.compile(r"[^,。;?]{2,16},.")
_FITS = 0.6  # share of a name's own characters that the title meant must say
_MOST = 8  # names read out of one question
_LEAST = 2  # characters of a name besides places and generic words where no clause number follows


@dataclass(frozen=True, slots=True)
class NamedDocument:
    """A name at `folded[start:end]` and the held documents it can mean, none when it is not held."""

    start: int
    end: int
    text: str
    doc_ids: tuple[str, ...]
    is_mention: bool
    is_cited: bool  # the library cites it but does not hold it
    has_clause: bool  # a clause number follows


def named_documents(folded: str, library: Library) -> tuple[NamedDocument, ...]:
    """Documents a folded question names without 《》 around the whole name, in order, never overlapping.

    Bare generic words (本办法, 重庆管理办法) name none; a held document named without a clause
    number is left out too, its words are the topic.
    """
    out: list[NamedDocument] = []
    for match in islice(_OUTER.finditer(folded), _MOST):
        start = _beginning(folded, match.start("before"), match.end("before"))
        out.append(_named(folded, start, match.end(), match.group("kind"), library, has_clause=True))
    for pattern, has_clause in ((_WITH_CLAUSE, True), (_WITHOUT_CLAUSE, False)):
        for match in pattern.finditer(folded):
            if len(out) >= _MOST:
                break
            if any(name.start < match.end() and match.start() < name.end for name in out):
                continue
            if folded[: match.start()].count("《") > folded[: match.start()].count("》"):
                continue  # inside a title, which has its own rule
            named = _by_kind(folded, match, library, has_clause=has_clause)
            out += [named] if named else []
    return tuple(sorted(out, key=lambda name: name.start))


def _beginning(folded: str, start: int, end: int) -> int:
    """Where a name that ends at `end` and reaches back to `start` at most begins."""
    for pattern in (_CLAUSE_END, _LEAD):
        cut = pattern.match(folded[start:end])
        start += cut.end() if cut and start + cut.end() < end else 0
    return start


def _by_kind(
    folded: str, match: re.Match[str], library: Library, *, has_clause: bool
) -> NamedDocument | None:
    run = _RUN_BEFORE.search(folded[max(0, match.start() - 64) : match.start()])
    start = _beginning(folded, match.start() - len(run.group(1)) if run else match.start(), match.start())
    if not has_clause:
        start = _formal_start(folded, start, match)
        if _ASKING.search(folded, start, match.start()):
            return None
    name, kind = folded[start : match.end()], match.group("kind")
    own = _own_words(folded[start : match.start()])
    is_statute = bool(re.fullmatch(_STATUTES, kind)) or kind == "法"
    if not own:
        if not (has_clause and is_statute and start < match.start()) or _generic_only(folded, start, match):
            return None
        return None if _holds_kind(kind, folded, library) else _unheld(folded, start, match.end(), library)
    if len(own) < _LEAST and not has_clause:
        return None
    named = _named(folded, start, match.end(), kind, library, has_clause=has_clause)
    if not has_clause and (named.doc_ids or _is_spoken_of(name, library)):
        return None
    return named


def _formal_start(folded: str, start: int, match: re.Match[str]) -> int:
    """The last place named before a 文种 opens the title: 请问一下北京市物业管理条例 → 北京市…."""
    run = folded[start : match.start()]
    starts = [place.start for place in places_in(run) if place.text.endswith(("市", "省", "区", "县"))]
    nation = run.rfind("中华人民共和国")
    if nation >= 0 or starts:
        return start + max(starts[-1] if starts else -1, nation)
    tail = run.rpartition("的")[2]
    return match.start() - len(tail)


def _is_spoken_of(name: str, library: Library) -> bool:
    """Whether the library's own texts use the words of a name that has no place in it as a common phrase."""
    return not places_in(name, library.own_places) and library.count(title_core(name)) > 0


def _generic_only(folded: str, start: int, match: re.Match[str]) -> bool:
    """本条例, 该法: words that point at a document without naming it."""
    return bool(
        re.fullmatch(r"(?:本|该|此|这[个份部项]?|那[个份部]?|上述|前述)", folded[start : match.start()])
    )


def _holds_kind(kind: str, folded: str, library: Library) -> bool:
    wanted = _homes(folded, library)
    return any(
        kind in title
        for document in library.documents
        if not wanted or document.metadata.jurisdiction in wanted
        for title in library.titles_of(document.doc_id)
    )


def _own_words(name: str) -> str:
    """A name without places, generic words and words that ask: what tells it from others."""
    bare, position = "", 0
    for place in places_in(name):
        bare += name[position : place.start]
        position = place.end
    bare += name[position:]
    return re.sub(r"\s+", "", _GENERIC.sub("", question_words().asking.sub("", bare)))


def _homes(text: str, library: Library) -> frozenset[str | None]:
    """Jurisdictions of the library that the places of a text belong to; None where one is not held."""
    return frozenset(
        library_jurisdiction(code, library.jurisdictions) if code in library.jurisdictions else None
        for place in places_in(text, library.own_places)
        for code in place.codes[:1]
    )


def _named(
    folded: str, start: int, end: int, kind: str, library: Library, *, has_clause: bool
) -> NamedDocument:
    name = folded[start:end]
    wanted = _homes(name, library) or _homes(folded, library)
    shares = {
        document.doc_id: _share(name, kind, library.titles_of(document.doc_id))
        for document in library.documents
        if not wanted or document.metadata.jurisdiction in wanted
    }
    best = max(shares.values(), default=0.0)
    doc_ids = tuple(doc_id for doc_id, share in shares.items() if share == best >= _FITS)
    if not doc_ids:
        return _unheld(folded, start, end, library, has_clause=has_clause)
    return NamedDocument(
        start, end, name, doc_ids, _is_mention(folded, start, end, has_clause), False, has_clause
    )


def _unheld(folded: str, start: int, end: int, library: Library, *, has_clause: bool = True) -> NamedDocument:
    name = folded[start:end]
    core = title_core(name)
    is_cited = any(title_core(title) == core for title in library.cited_titles)
    return NamedDocument(
        start, end, name, (), _is_mention(folded, start, end, has_clause), is_cited, has_clause
    )


def _is_mention(folded: str, start: int, end: int, has_clause: bool) -> bool:
    """Whether a name only opens the question: 根据劳动合同法第三十九条，北京…; a clause needs the comma."""
    asks_on = not has_clause or _ASKS_ON.match(folded, end) is not None
    return asks_on and bool(MENTIONED.search(folded[:start]))


def _share(name: str, kind: str, titles: tuple[str, ...]) -> float:
    """Share of a name's own characters that a title of the same 文种 says, by words; the best title's."""
    asked = title_core(name)
    own = _own_words(re.sub(rf"{re.escape(kind)}$", "", asked)) or asked
    words = [word for word in segmentation.cut(own) if word.strip()]
    shares = [0.0]
    for title in titles:
        if kind not in title and kind not in ("规定", "通知"):
            continue  # "…的规定第三条" is said of any document
        if asked == title or (len(asked) >= 8 and asked in title):
            return 1.0
        said = sum(len(word) for word in words if word in title)
        shares.append(said / max(1, sum(map(len, words))) * 0.99)
    return max(shares)
