"""The part of a sentence that rules the deed a question asks about, between its commas.

A rule on one thing does not decide what may be done to another: where no part says enough of the deed, or
the clause has a rule of its own for the case asked about, nothing is found.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.comparing.passages import Part, Passage, parts_of
from assistant.judging.binding import TELLING, amounts
from assistant.library import Library
from assistant.norms import Operator, read_norms
from assistant.norms.blocks import lead_in_at
from assistant.norms.units import comparable
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Statement
from indexing.folding import fold_tight

_LEAST_OR_EQUAL = frozenset({Operator.AT_LEAST, Operator.MORE_THAN, Operator.EQUAL})
_RUNS = re.compile(r"运营(?:单位|主体|商|方|机构|企业)")
_BUILDS = re.compile(r"(?:项目|建设|施工|开发)单位|实施主体|项目主体|开发商|建设方")
_DEED = 0.5  # share of the words on the deed asked about that the deciding part must say
# "涉及经营性用途的以协议出让方式办理": a case, and what holds for it
_CASE_RULED = re.compile(
    r"(?:涉及|属于|对于?|凡是?)(?P<case>[^,，。;；:]{2,16}?)的(?P<rule>[,，以按应可不由限须][^。;；]*)"
)


def ruling_on(
    statement: Statement,
    deeds: Sequence[Term],
    terms: Sequence[Term],
    library: Library,
    saying: re.Pattern[str] | None = None,
) -> tuple[Passage, int] | None:
    """The part between commas that says the deed, and most else of the question; its passage's focus.

    None where no part says enough of the deed: a rule on 仓库 does not decide what may be done to one.
    With `saying` only parts that match it count, and their sentence may say the deed.
    """
    total = sum(term.weight for term in deeds)
    best: tuple[tuple[float, float], Passage, int] | None = None  # most of the deed, then of all
    for citation in statement.citations:
        clause = library.clause(citation.doc_id, citation.path)
        if clause is None or total < TELLING:
            continue
        parts = parts_of(library.document(citation.doc_id).text, (citation.start, citation.end))
        for index, part in enumerate(parts):
            if saying is not None and not saying.search(part.folded):
                continue
            said = parts if saying is not None else (part,)
            share = (_share(said, deeds) / total, _share((part,), terms))
            if best is None or share > best[0]:
                lead_in = lead_in_at(library.document(citation.doc_id).text, citation.start)
                passage = Passage(
                    clause, clause, citation.start, citation.end, parts, (index,), share[0], lead_in=lead_in
                )
                best = (share, passage, index)
    return (best[1], best[2]) if best is not None and best[0][0] >= _DEED else None


def least_figure(statement: Statement, question: Question, library: Library) -> tuple[Passage, int] | None:
    """The part that lays down as a least figure what the question asks of it: 必须有三项吗; None for none."""
    asked = amounts(question.body)
    for citation in statement.citations if asked else ():
        clause = library.clause(citation.doc_id, citation.path)
        document = library.document(citation.doc_id)
        if clause is None:
            continue
        parts = parts_of(document.text, (citation.start, citation.end))
        for norm in read_norms(clause, document):
            if norm.operator not in _LEAST_OR_EQUAL or norm.value is None:
                continue
            if comparable(norm.value, norm.unit or "") not in asked:
                continue
            for index, part in enumerate(parts):
                if part.start <= norm.figure_start < part.end:
                    return Passage(clause, clause, citation.start, citation.end, parts, (index,), 1.0), index
    return None


def is_ruled_apart(passage: Passage, index: int, terms: Sequence[Term], library: Library) -> bool:
    """Whether the clause has a rule of its own for a case asked about: 涉及经营性用途的以协议出让方式.

    What it rules for all others does not decide that case.
    """
    said = passage.parts[index].folded
    for case in _CASE_RULED.finditer(fold_tight(library.unit(passage.clause).text)):
        is_asked = any(
            form in case["case"] and 2 * len(form) >= len(case["case"]) and form not in said
            for term in terms
            for form in term.forms
            if term.weight >= TELLING
        )
        if is_asked and said not in case["rule"]:
            return True
    return False


def rules_another_role(asked: str, sentence: str) -> bool:
    """Whether a folded sentence binds who builds where the question asks of who runs, or the other way round.

    项目单位编制…报告 does not say what 运营单位 has to hand in.
    """
    return any(
        mine.search(asked)
        and other.search(sentence)
        and not mine.search(sentence)
        and not other.search(asked)
        for mine, other in ((_RUNS, _BUILDS), (_BUILDS, _RUNS))
    )


def _share(parts: Sequence[Part], terms: Sequence[Term]) -> float:
    """Weight of the terms that parts say themselves, in any of their forms."""
    said = fold_tight("|".join(part.folded for part in parts))
    return sum(term.weight for term in terms if any(form in said for form in term.forms))
