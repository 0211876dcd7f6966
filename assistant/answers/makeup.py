"""What a document is made of (办法分几章, 一共多少条, 有几个附件, 主要讲了什么): its own numbering, read out.

Counted from the clauses, not sought: no sentence of a document says how many articles it has.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.answers.particulars import is_about_document, name
from assistant.answers.parts_named import parts_named, tables_named
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, documents_in, out_of_force
from assistant.questions.terms import content_terms
from assistant.types import Citation, Statement
from assistant.writing.citing import cite
from assistant.writing.findings import Finding, verified
from assistant.writing.writer import readable
from indexing.numerals import chinese_numeral, parse_numeral
from indexing.types import Clause, Document, Level
from prompts.library import fill


@dataclass(frozen=True, slots=True)
class _Unit:
    """A kind of piece that documents are numbered by, and how it is counted in words."""

    level: Level
    frame: str  # of the statement
    han: bool  # whether the count is printed as a Chinese numeral, as the marks are


_ARTICLES = _Unit(Level.ARTICLE, "makeup_articles", han=True)
_CHAPTERS = _Unit(Level.CHAPTER, "makeup_chapters", han=True)
_DIVISIONS = _Unit(Level.HEADING1, "makeup_divisions", han=True)
_ROWS = _Unit(Level.ROW, "makeup_rows", han=False)
_ANNEXES = _Unit(Level.PART, "makeup_annexes", han=False)

_N = r"(?:几|多少|哪几|哪些)"
_ASKED = (
    (_CHAPTERS, re.compile(rf"{_N}个?章(?!程)节?|章节(?=有?哪|是|怎)|目录|框架|大纲|提纲")),
    (_DIVISIONS, re.compile(rf"{_N}个?大?(?:部分|板块|块|方面的?内容)")),
    (_ARTICLES, re.compile(rf"{_N}条(?!件)(?:条款|规定|内容)?")),
    (_ROWS, re.compile(rf"{_N}[项行](?:政策|任务|内容|措施)?")),
    (_ANNEXES, re.compile(rf"{_N}[个份]?附件|附件(?:都|分别)?[有是](?:哪|什么|几|多少)[几些个份]*")),
)
# "主要讲了什么", "概括一下", "总结一下": of a document named and nothing else its outline
_IN_SHORT = re.compile(
    r"(?:都|主要|大概|大致|大体)*(?:讲|说|写|规定|包括|包含|涉及)(?:的|了)?(?:是)?(?:些)?(?:什么|哪些?)(?:内容|东西|方面)?(?:的|呢)?(?=[?？]?$)"
    r"|(?:主要|大致|核心)?内容(?:有|是|包括)?(?:什么|哪些?)|(?:概括|总结|归纳|概述|简述|梳理|介绍)(?:一?下|一遍|概括)?|主要内容|讲什么的"
)
# What stands around the count in a question on nothing but the document
_AROUND = re.compile(
    r"一共|总共|共计?|分别|分[为成]?|划分|包[括含]|由|组成|构成|都|有|是|含|带|附|列|写|里面?|中|的|了|叫|什么|怎么|哪些?|这[个份]?|那[个份]?|全文|正文|内容|(?<=分工)表|(?<=任务)表|(?<=清单)表|[?？,，。、]"
)
# A document is named by what it is: without that, 几项 counts something else
_NAMES = re.compile(r"办法|方案|文件|通知|全文|正文|意见|细则|条例|规定|清单|分工|目录|表(?!示|明|现)|政策")


def from_makeup(question: Question, scopes: Sequence[Scope], desk: Desk) -> Finding | None:
    """How many pieces the documents of the scopes have, and which; None where something else is asked.

    None too where a scope has no document that is named, or none with such pieces.
    """
    asked = [unit for unit, pattern in _ASKED if pattern.search(question.body)]
    in_short = not asked and _IN_SHORT.search(question.body) is not None
    held = any(reference.doc_ids for reference in question.references)
    if not (asked or in_short) or not (held or _NAMES.search(question.body)):
        return None
    words = _words(question, desk.library)
    if not words and not held and any(scope.code is None for scope in scopes):
        return None  # no place, no name: of which document?
    out: list[Statement] = []
    for scope in scopes:
        told = [
            one for document in _meant(words, scope, desk) for one in _told(asked, question, document, desk)
        ]
        if not told:
            return None
        out += told
    return verified(out, desk)


def _words(question: Question, library: Library) -> list[str]:
    """What a question names beside the count: words that a document's titles must have."""
    rest = _IN_SHORT.sub(" ", question.body)
    for _, pattern in _ASKED:
        rest = pattern.sub(" ", rest)
    left = replace(question, body=_AROUND.sub(" ", rest))
    return [term.surface for term in content_terms(left, library)]


def _meant(words: Sequence[str], scope: Scope, desk: Desk) -> list[Document]:
    """The documents of a scope that are in force and have the words in their titles."""
    expired = {document.doc_id for document in out_of_force(scope, desk)}
    return [
        document
        for document in documents_in(scope, desk)
        if document.doc_id not in expired and is_about_document(words, document, desk.library)
    ]


def _told(asked: Sequence[_Unit], question: Question, document: Document, desk: Desk) -> Iterator[Statement]:
    """One statement for each kind of piece asked for and each part of a document that has it."""
    library = desk.library
    clauses = library.clauses(document.doc_id)
    meant = parts_named(question, document, library)
    for unit in asked:
        if unit is _ANNEXES:
            yield from _annexes(document, clauses, library)
            continue
        if unit is _ROWS and not tables_named(question.body, document, library):
            continue  # 有哪几项建设任务 counts no rows
        parts = dict.fromkeys(one.part for one in clauses if one.level is unit.level)
        for part in parts if not meant else [part for part in meant if part in parts]:
            mine = [one for one in clauses if one.level is unit.level and one.part == part]
            yield from _counted(unit, mine, document, library)
    if not asked:
        for part in meant or dict.fromkeys(one.part for one in clauses):
            yield from _in_short([one for one in clauses if one.part == part], document, library)


def _in_short(clauses: Sequence[Clause], document: Document, library: Library) -> Iterator[Statement]:
    """The chapters or first headings of one part of a document."""
    for unit in (_CHAPTERS, _DIVISIONS):
        mine = [one for one in clauses if one.level is unit.level]
        if mine:
            yield from _counted(unit, mine, document, library)
            return


def _counted(
    unit: _Unit, pieces: Sequence[Clause], document: Document, library: Library
) -> Iterator[Statement]:
    """The statement on pieces numbered without a gap; none where their numbers skip or repeat."""
    numbers = [parse_numeral(re.sub(r"[第章节条、\s]", "", one.mark)) if one.mark else 0 for one in pieces]
    if numbers != list(range(1, len(pieces) + 1)) or len(pieces) < 2:
        return
    is_listed = unit in (_CHAPTERS, _DIVISIONS)
    shown = pieces if is_listed else (pieces[0], pieces[-1])
    cited = tuple(_headed(one, document) if is_listed else _marked(one, document) for one in shown)
    count = chinese_numeral(len(pieces)) if unit.han else str(len(pieces))
    members = "；".join(readable(one.quote) for one in cited)
    first, last = (readable(cited[at].quote) for at in (0, -1))
    title = name(document, library.part_title(pieces[0]))
    values = {"members": members} if is_listed else {"first": first, "last": last}
    titles = [] if title == name(document) else _title_over(pieces[0], document, library)
    yield Statement(fill(unit.frame, title=title, count=count, **values), (*cited, *titles))


def _title_over(clause: Clause, document: Document, library: Library) -> list[Citation]:
    """The title printed over the part that a clause stands in."""
    return [
        cite(document, one, one.start, one.end)
        for one in library.clauses(document.doc_id)
        if one.part == clause.part and one.path.endswith("标题")
    ]


def _annexes(document: Document, clauses: Sequence[Clause], library: Library) -> Iterator[Statement]:
    """What a notice and its parts say of the annexes that go with them."""
    for clause in clauses:
        if clause.level is Level.FRAME and clause.path.endswith("附件说明"):
            citation = cite(document, clause, clause.start, clause.end)
            title = name(document, library.part_title(clause))
            yield Statement(fill("makeup_annexes", title=title, quote=readable(citation.quote)), (citation,))


def _headed(clause: Clause, document: Document) -> Citation:
    """A piece's mark and heading, quoted as printed; its first line where it has none."""
    at = clause.text.find(clause.heading) if clause.heading else -1
    length = at + len(clause.heading or "") if at >= 0 else len(clause.text.partition("\n")[0])
    return cite(document, clause, clause.start, clause.start + length)


def _marked(clause: Clause, document: Document) -> Citation:
    """A piece's mark alone, quoted."""
    return cite(document, clause, clause.start, clause.start + len(clause.mark or ""))
