"""What a body has to do (街道办事处负责什么): the sentences it acts in, and the matters it is set beside.

Sought by who acts, not by words: every clause on duties says 负责, and the wrong body's duty would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, documents_in, out_of_force
from assistant.types import Citation, Statement
from assistant.writing.citing import cite
from assistant.writing.findings import Finding, verified
from assistant.writing.writer import cell_spans, place_of, quoted_statement, readable, with_lists
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.jurisdictions import NATION
from indexing.sentences import split_sentences
from indexing.thesaurus import thesaurus
from indexing.types import Clause, Document, Level, Span
from prompts.library import fill

_MOST, _MOST_ANYWHERE = 4, 2
"""Clauses shown for one body of one place, and of each document where no place is named; matters it is set
beside are listed shortly and all."""
_BODY_END = r"(?:委|局|部|厅|办|府|办事处|部门|街道|乡镇|街镇|镇|居委会|委员会|组织|单位|主体|公司|机构)"
_FILLING = r"(?:之间|的|分别|各自?|主要|具体|都|一般|到底|究竟|这[块边里儿]|在[^,，]{0,12}[中里上内])*"
# "市住建委负责什么", "发改委和建委怎么分工", "街道办的职责是什么"
_ASKED = re.compile(
    rf"^(?P<bodies>.{{2,40}}?){_FILLING}(?:要|应该?|应当|需要?|得|有)?(?:"
    r"(?:负责|承担|管|做|干|履行|落实)(?:的是?)?(?:什么|哪些|啥|哪几[项样件])(?:样的?)?(?:事情?|工作|任务|职责|责任|内容|方面)?"
    r"|(?:什么|哪些|啥|哪几项)(?:主要|具体)?(?:职责|责任|任务|工作|义务)"
    r"|(?:工作)?(?:职责|责任|任务|分工)(?:分工)?(?:是|有|包括)?(?:什么|哪些|啥|怎么[^,，]{0,4}|如何[^,，]{0,4})"
    r"|(?:是)?(?:怎么|如何|咋)(?:个)?(?:分工|划分(?:职责|责任)?|区分职责)|起(?:到)?(?:什么|啥)作用"
    r")(?:的|呢|啊)?[?？]*$"
)
_AND = re.compile(r"以及|[和与跟同、及,，]")
_IS_BODY = re.compile(rf"(?!什么|哪|有关|相关|各?部门$|单位$)[\u4e00-\u9fff()]{{0,14}}{_BODY_END}")
_LEVEL = re.compile(
    r"^(?:(?P<nation>国家|国务院|中央)|(?P<province>省级?)|(?P<city>市级?)|(?P<district>各?区县?|县))"
)
_LEVEL_SAID = re.compile(
    r"(?:(?P<nation>国家|国务院)|(?P<province>省级?)|(?P<city>市级?|本市)|(?P<district>[区县]|自治县\)?))$"
)
# The names before one's own in the subject of a sentence: 由市发展改革委、…
_NAMES_BEFORE = re.compile(
    rf"(?:由|其中|同时|并由)?(?:(?!报|送|经|征|会同|向|给|按|将|把|请|与|指导)[^、,，。;；:：]{{1,24}}?{_BODY_END}"
    r"(?:[(（][^)）]{0,30}[)）])?(?:[、和与及]|以及))*"
    r"(?:各|相关|有关|所在地?|本市|市级?|区县?|县|省级?|国家|\(?自治县\)?|县级以上|地方|人民)*"
)
# Behind the name: what it does; not "…的意见", "…备案"
_NOT_ACTING = re.compile(r"^(?:的|同意|意见|备案|批准|审批|存档|[。;；]|$)")
_TAIL = re.compile(
    rf"^[\u4e00-\u9fff]{{0,4}}?{_BODY_END}?(?:[(（][^)）]{{0,30}}[)）])?(?:[、和与及][^,，。;；]{{2,160}}?(?:等[^,，。;；]{{0,10}}|{_BODY_END}))?"
)
_NAME_CHARS = 3  # a cell no longer than this is a number or a mark
_COMMA = re.compile(r"[,，]")
_ROLES = ("牵头单位", "责任单位", "配合单位")
_SUBJECT = re.compile(r"^[^，,；;。：:\n]{2,30}(?=[。：:])")


@dataclass(frozen=True, slots=True)
class Body:
    """A body asked about: how documents may call it, and its level where the question says one."""

    name: str
    forms: tuple[str, ...]
    level: str | None  # a group name of `_LEVEL`; None where not said


def from_duties(question: Question, scopes: Sequence[Scope], desk: Desk) -> Finding | None:
    """What the documents of the scopes say that the bodies asked about do.

    None where the question asks something else or no document lets one of them act: then the clauses are
    searched as for any question.
    """
    bodies = asked_bodies(question)
    if not bodies:
        return None
    statements: list[Statement] = []
    for body in bodies:
        told = [one for scope in scopes for one in _told(body, question, scope, desk)]
        if not told:
            return None
        statements += told
    return verified(statements, desk)


def asked_bodies(question: Question) -> tuple[Body, ...]:
    """The bodies whose duties a question asks for and nothing else, in order; empty for another question.

    >>> from assistant.library import Library
    >>> from assistant.questions.question import understand
    >>> [body.name for body in asked_bodies(understand("市住建委和街道办事处怎么分工？", Library((), ())))]
    ['市住建委', '街道办事处']
    """
    asked = _ASKED.match(question.body)
    names = [name for name in _AND.split(asked["bodies"]) if name] if asked else []
    if not names or not all(_IS_BODY.fullmatch(name) for name in names):
        return ()
    return tuple(_body(name) for name in names)


def _body(name: str) -> Body:
    level = _LEVEL.match(name)
    bare = name[level.end() :] if level and len(name) - level.end() > 1 else name
    known = thesaurus().get(bare)
    forms = dict.fromkeys((bare, *known.forms, *known.related) if known else (bare,))  # 卫健委: 卫生健康部门
    return Body(name, tuple(forms), level.lastgroup if level and bare != name else None)


def _told(body: Body, question: Question, scope: Scope, desk: Desk) -> list[Statement]:
    """Of one scope: the sentences the body acts in, then the matters it is set beside."""
    expired = {document.doc_id for document in out_of_force(scope, desk)}
    most = _MOST_ANYWHERE if scope.code is None else _MOST
    out: list[Statement] = []
    for document in documents_in(scope, desk):
        if document.doc_id not in expired:
            out += _acting(body, question, document, desk.library)[:most]
            out += _set_beside(body, document, desk.library)
    return out


def _acting(body: Body, question: Question, document: Document, library: Library) -> list[Statement]:
    """Statements on the clauses of a document in which the body acts, those of its own level alone."""
    found = [
        (clause, span, level)
        for clause in library.clauses(document.doc_id)
        if clause.is_unit and not clause.cells and clause.level is not Level.FRAME
        for span, level in _spans_acting(body, clause, library)
    ]
    wanted = body.level or (None if document.metadata.jurisdiction in (None, NATION) else "city")
    if any(level == wanted for _, _, level in found):
        found = [one for one in found if one[2] == wanted]
    elif body.level is not None:
        found = [one for one in found if one[2] is None]
    by_clause: dict[str, tuple[Clause, list[Span]]] = {}
    for clause, span, _ in found:
        by_clause.setdefault(clause.path, (clause, []))[1].append(span)
    whole = replace(question, kinds=question.kinds | {Kind.LIST})
    return [
        quoted_statement(
            document,
            clause,
            with_lists(whole, clause, document, spans, library),
            library,
            "statement",
            place=place_of(document),
        )
        for clause, spans in by_clause.values()
    ]


def _spans_acting(body: Body, clause: Clause, library: Library) -> Iterator[tuple[Span, str | None]]:
    """Sentences of a clause whose subject is the body, with the level it is named at."""
    for start, end, folded in library.sentences(clause):
        if folded.startswith(("(", "[")):  # (责任单位:市建委): listed by `_set_beside`
            continue
        for part in _COMMA.split(folded):
            named = _as_subject(body, part)
            if named is not None:
                yield (clause.start + start, clause.start + end), named or None
                break


def _as_subject(body: Body, part: str) -> str | None:
    """The level at which a part of a sentence begins with the body ("" where none is said); None for no."""
    for form in body.forms:
        at = part.find(form)
        if at < 0 or not _NAMES_BEFORE.fullmatch(part[:at]):
            continue
        tail = _TAIL.match(part[at + len(form) :])
        behind = part[at + len(form) + (tail.end() if tail else 0) :]
        if _NOT_ACTING.match(behind):
            continue
        said = _LEVEL_SAID.search(part[:at])
        return said.lastgroup or "" if said else ""
    return None


def _set_beside(body: Body, document: Document, library: Library) -> list[Statement]:
    """One statement a role: the matters at which a document sets the body in brackets or a column."""
    by_role: dict[str, list[tuple[str, str, Citation, Citation]]] = {}
    for clause in library.clauses(document.doc_id):
        for role, name, span in _roles(body, clause):
            subject = _subject(clause)
            if subject is not None:
                cited = (_cite(document, subject, clause, library), _cite(document, span, clause, library))
                matter = readable(document.text[slice(*subject)])
                by_role.setdefault(role, []).append((matter, name, *cited))
    out = []
    for role, found in by_role.items():
        matters = list(dict.fromkeys(matter for matter, _, _, _ in found))
        names = list(dict.fromkeys(name for _, name, _, _ in found))
        citations = tuple(dict.fromkeys(one for _, _, *both in found for one in both))
        listed = "；".join(matter.rstrip("。；") for matter in matters)
        text = fill(
            "duty_matters", place=place_of(document), body="、".join(names), role=role, matters=listed
        )
        out.append(Statement(text, citations))
    return out


def _roles(body: Body, clause: Clause) -> Iterator[tuple[str, str, Span]]:
    """(role, the body's name there, its span) for each 责任单位 of a clause's own that is the body."""
    if not clause.is_unit:
        return
    for name in clause.responsible:
        at = clause.text.rfind(name)
        if at < 0 or not _is_same(body, fold_tight(name)):
            continue
        column = next((c for c, value in clause.cells if c in _ROLES and name in value), None)
        yield column or "责任单位", name, (clause.start + at, clause.start + at + len(name))


def _is_same(body: Body, name: str) -> bool:
    """Whether a name in a list of bodies is the one asked about: 市住房城乡建委 is 住建委."""
    named = _LEVEL.match(name)
    if body.level and named and named.lastgroup != body.level:
        return False
    bare = name[named.end() :] if named else name
    return any(bare == form or (len(form) > 3 and bare.startswith(form)) for form in body.forms)


def _subject(clause: Clause) -> Span | None:
    """What a clause is about in its own words: its heading, or what a cell opens with; None for neither."""
    if clause.heading and clause.heading in clause.text:
        start = clause.start + clause.text.index(clause.heading)
        return start, start + len(clause.heading)
    cells = [
        (start, words)
        for start, end in (cell_spans(clause) if clause.cells else [])
        if len(words := clause.text[start - clause.start : end - clause.start]) > _NAME_CHARS
    ]
    for start, words in cells:  # "容积率奖励：对增加公共服务功能的…" names itself; its group stands before it
        if opening := _SUBJECT.match(words):
            return start, start + opening.end()
    return next(((start, start + split_sentences(words)[0][1]) for start, words in cells), None)


def _cite(document: Document, span: Span, clause: Clause, library: Library) -> Citation:
    return cite(document, library.narrowest(clause, span), *span)
