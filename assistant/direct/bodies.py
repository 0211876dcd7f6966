"""Who does what is asked: the part of a sentence that names them, or the bodies set beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.direct.parts import Choice, sentence_parts, share_of_terms
from assistant.judging.bearing import HEADED, heading_of
from assistant.judging.forms import asks_roles_only
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Citation, Statement
from assistant.writing.writer import readable
from indexing.holding import holds_body
from indexing.sentences import split_sentences
from prompts.library import fill

_NAMES_ENOUGH = 0.5  # share of the question that a part must say that names a body itself
# "归谁管", "哪些部门负责"; not "组长由谁担任"
_ASKS_DUTY = re.compile(r"部门|单位|负责|牵头|责任|主管|归|管|谁来|谁的|的事|机构|配合|哪个[局委]")
_ASKS_LEADING, _ASKS_HELPING = re.compile("牵头|主责"), re.compile("配合|协助")
_WHO = re.compile("谁|哪")
# "哪些部门联审": another doing than answering for it, so that 责任单位 would be the wrong bodies
_DUTY = re.compile(r"负责|牵头|责任|主管|归|管|谁来|谁的|的事|配合|协助")
_SOME_BODY = re.compile("部门|单位|机构|[局委办]|政府")
# "向服务运营主体提供场地": the body named is not the one that acts
_NO_ACTOR = re.compile(r"^(?:向|对|给|及时|鼓励|支持|引导|将|把|帮助|为|通过|根据|按|提供|加强|完善|经|报)")
# "由区发展改革部门上报": what is reported stands before it
_PASSIVE = re.compile(r"^\s*(?:应当?|须)?由|^\s*(?:负责|会同|并)")
# "(责任单位:市民政局、市教委)" of a text, 责任单位 as the head of a column
_ROLE = re.compile(
    r"[（(\[]\s*(?P<role>责任单位|牵头单位|配合单位)\s*[:：]\s*(?P<bodies>[^（(\[\n]+(?:[（(][^）)]*[）)][^（(\[\n]*)*)[）)\]]"
)


def bodies_asked(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> Choice | str | None:
    """Spans of the part that names who acts, or a sentence on the bodies beside it; None for neither."""
    if _ASKS_LEADING.search(question.body) and _ASKS_HELPING.search(question.body):
        return _bodies(question, statement, library)
    if len(_WHO.findall(question.body)) > 1:
        return None  # "市里谁牵头、区里谁牵头": half of it would mislead
    if asks_roles_only(tuple(terms)) and _is_headed(statement, terms, library):
        return None  # 【牵头部门】 on those of the city and of its districts: either alone would mislead
    named = None if _is_row(statement, library) else _naming_part(statement.citations, terms, library)
    if named is None and _tells_of_another_doing(question, statement, terms, library):
        return None
    return named or _bodies(question, statement, library)


def _is_headed(statement: Statement, terms: Sequence[Term], library: Library) -> bool:
    """Whether the clause cited first is headed by the role asked for."""
    clause = library.clause(statement.citations[0].doc_id, statement.citations[0].path)
    return clause is not None and share_of_terms(heading_of(clause), terms) >= HEADED


def _tells_of_another_doing(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> bool:
    """Whether a part of the quotes joins bodies to the doing asked about, which is no duty: 经…等部门联审."""
    asked = _SOME_BODY.split(question.folded)
    if _DUTY.search(question.body) or len(asked) < 2:
        return False
    doings = [form for term in terms for form in term.forms if term.surface in asked[-1]]
    for citation in statement.citations:
        if _ROLE.match(citation.quote):
            continue
        text = library.document(citation.doc_id).text
        for start, end in split_sentences(citation.quote):
            parts = sentence_parts(text, (citation.start + start, citation.start + end))
            if any(_SOME_BODY.search(p.folded) and any(d in p.folded for d in doings) for p in parts):
                return True
    return False


def _naming_part(citations: Sequence[Citation], terms: Sequence[Term], library: Library) -> Choice | None:
    """The part that names who does what is asked, with the one before where it only says by whom."""
    best: Choice | None = None
    for citation in citations:
        text = library.document(citation.doc_id).text
        if citation.doc_id != citations[0].doc_id or _ROLE.match(citation.quote):
            continue
        for start, end in split_sentences(citation.quote):
            parts = sentence_parts(text, (citation.start + start, citation.start + end))
            for at, part in enumerate(parts):
                spans = [(part.start, part.end)]
                said = part.folded
                if at and _PASSIVE.match(part.folded):
                    spans = [(parts[at - 1].start, parts[at - 1].end), *spans]
                    said = parts[at - 1].folded + said
                share = share_of_terms(said, terms)
                if _NO_ACTOR.match(part.folded) or not holds_body(part.folded):
                    continue
                if share >= _NAMES_ENOUGH and (not best or share > best.share):
                    best = Choice(tuple(spans), share)
    return best


def _bodies(question: Question, statement: Statement, library: Library) -> str | None:
    """责任单位是… as the quotes have it, in brackets or cells; None where no duty is asked about."""
    if not _ASKS_DUTY.search(question.body):
        return None
    named = dict.fromkeys(pair for one in statement.citations for pair in _roles(one, library))
    leading, helping = _ASKS_LEADING.search(question.body), _ASKS_HELPING.search(question.body)
    if bool(leading) != bool(helping):
        role = "牵头单位" if leading else "配合单位"
        named = {pair: None for pair in named if pair[0] in (role, "责任单位")}
    elif not leading:
        named = {pair: None for pair in named if pair[0] != "配合单位"}
    told = [fill("direct_bodies", role=role, bodies=readable(who).rstrip("。；; ")) for role, who in named]
    if not told or len({role for role, _ in named}) < len(named):
        return None
    return "；".join(told) + "。"


def _is_row(statement: Statement, library: Library) -> bool:
    clause = library.clause(statement.citations[0].doc_id, statement.citations[0].path)
    return clause is not None and bool(clause.cells)


def _roles(citation: Citation, library: Library) -> list[tuple[str, str]]:
    """The roles a quote names and who plays them, as it has them in brackets or in cells of a row."""
    found = [(match["role"], match["bodies"]) for match in _ROLE.finditer(citation.quote)]
    clause = library.clause(citation.doc_id, citation.path)
    cells = () if clause is None else clause.cells
    held = [(c, v) for c, v in cells if c.endswith("单位") and v.strip() and v in citation.quote]
    return found + held
