"""What a body has to do (街道办事处负责什么): the sentences it acts in, and the matters it is set beside.

Sought by who acts, not by words: every clause on duties says 负责, and the wrong body's duty would be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answers.matters import ROLES, Body, body_named, set_beside
from assistant.answers.parts_named import tables_named
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.scopes import Desk, Scope, documents_in, out_of_force
from assistant.types import Statement
from assistant.writing.findings import Finding, verified
from assistant.writing.writer import place_of, quoted_statement, with_lists
from indexing.asking import Kind
from indexing.jurisdictions import NATION
from indexing.types import Clause, Document, Level, Span

_MOST, _MOST_ANYWHERE = 4, 2
"""Clauses shown for one body of one place, and of each document where no place is named; matters it is set
beside are listed shortly and all."""
_BODY_END = (
    r"(?:委|局|部|厅|办|府|办事处|部门|街道|乡镇|街镇|镇|居委会|委员会|工会|妇联|残联|工商联"
    r"|组织|单位|主体|公司|机构)"
)
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
_COMMA = re.compile(r"[,，]")

# "支持政策清单里", "重点任务分工表中,": where the rows asked for stand
_TABLE = r"[^,，?？]{0,14}?(?:清单|分工表?|任务表|安排表|附表)(?:当?中|里面?|上|内)?[,，]?"
_IN_TABLE = re.compile(rf"(?<=[^,，])在{_TABLE}")
_OF_TABLE = re.compile(rf"^(?:在|按照?|根据)?{_TABLE}的?")
_MATTER = r"(?:事项|任务|工作|政策措施|政策|内容|措施|条目|活儿?|事情?)"
_WHICH = (
    r"(?:都|分别|一共|总共)?(?:有|是|包括)*"
    r"(?:哪(?:些|一?[项个条件]|几[项个条件])?|什么|几[项个条件]|多少[项个条件])"
)
_ROLE = r"(?P<role>牵头|配合|负责|主责|参与|承担)(?:单位)?"
_BODY = r"(?P<body>[\u4e00-\u9fff()]{2,16}?)"
# "市商务委负责哪几项", "哪些任务由市委社会工作部牵头", "市住房城乡建委牵头的事项"
_ROWS_ASKED = (
    re.compile(
        rf"^(?:需要?|由|以)?{_BODY}(?:要|来|需要?|作?为|是)*{_ROLE}(?:的|了)?{_MATTER}?{_WHICH}{_MATTER}?(?:的|呢)?[?？]*$"
    ),
    re.compile(rf"^(?:需要?|由|以)?{_BODY}(?:要|来|需要?|作?为|是)*{_ROLE}的{_MATTER}[?？]*$"),
    re.compile(
        rf"^{_WHICH}(?:的)?{_MATTER}?(?:是|由|归|需要?|要|该)*{_BODY}(?:来|作?为|是|要)*{_ROLE}(?:的|了)?{_MATTER}?[?？]*$"
    ),
)
_ROLES_OF = {"牵头": ("牵头单位",), "配合": ("配合单位",)}  # else all: 负责


def from_duties(question: Question, scopes: Sequence[Scope], desk: Desk) -> Finding | None:
    """What the documents of the scopes say that the bodies asked about do.

    None where the question asks something else or no document lets one of them act: then the clauses are
    searched as for any question.
    """
    rows = asked_rows(question)
    if rows is not None:
        found = _of_rows(*rows, question, scopes, desk)
        if found:
            return verified(found, desk)
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
    return tuple(body_named(name) for name in names)


def asked_rows(question: Question) -> tuple[Body, tuple[str, ...]] | None:
    """The body whose rows or tasks are asked for, with the roles it may have in them; None for none.

    >>> from assistant.library import Library
    >>> from assistant.questions.question import understand
    >>> body, roles = asked_rows(understand("分工表里哪些任务由市委社会工作部牵头？", Library((), ())))
    >>> body.name, roles
    ('市委社会工作部', ('牵头单位',))
    """
    said, found = _IN_TABLE.subn("", question.body, count=1)
    said = said if found else _OF_TABLE.sub("", said, count=1)
    for pattern in _ROWS_ASKED:
        asked = pattern.match(said) or pattern.match(question.body)
        if asked and _IS_BODY.fullmatch(asked["body"]):
            return body_named(asked["body"]), _ROLES_OF.get(asked["role"], ROLES)
    return None


def _of_rows(
    body: Body, roles: tuple[str, ...], question: Question, scopes: Sequence[Scope], desk: Desk
) -> list[Statement]:
    """What each scope sets the body beside in these roles; of a table named, its rows alone.

    Sentences that say it leads come first where it is to lead and no table is named. A body that nothing
    sets there is told in the role it has: who asks what it 牵头 may mean 责任单位. Empty where a scope says
    nothing of it.
    """
    out: list[Statement] = []
    for scope in scopes:
        told: list[Statement] = []
        expired = {document.doc_id for document in out_of_force(scope, desk)}
        for document in documents_in(scope, desk):
            if document.doc_id in expired:
                continue
            parts = tables_named(question.body, document, desk.library)
            if not parts and roles != _ROLES_OF["配合"]:
                acting = _acting(body, question, document, desk.library)
                leads = roles == _ROLES_OF["牵头"]
                told += [one for one in acting if not leads or "牵头" in one.text][:_MOST]
            listed = set_beside(body, document, desk.library, roles=roles, parts=parts)
            told += listed or set_beside(body, document, desk.library, parts=parts)
        if not told:
            return []
        out += told
    return out


def _told(body: Body, question: Question, scope: Scope, desk: Desk) -> list[Statement]:
    """Of one scope: the sentences the body acts in, then the matters it is set beside."""
    expired = {document.doc_id for document in out_of_force(scope, desk)}
    most = _MOST_ANYWHERE if scope.code is None else _MOST
    out: list[Statement] = []
    for document in documents_in(scope, desk):
        if document.doc_id not in expired:
            out += _acting(body, question, document, desk.library)[:most]
            out += set_beside(body, document, desk.library)
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
        if folded.startswith(("(", "[")):  # (责任单位:市建委): listed by `set_beside`
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
