"""A short first sentence that answers: the figure with its subject, the day, or who is responsible.

Behind the document's own sentences stands what was asked; this sets it before them. It is made of
parts of one sentence, verbatim and in order: the part with the figure, the condition and the day it
depends on, and whose figure it is (`assistant.norms`). It is held against the quotes like any other
statement (`verifying`); where it does not hold, or would hardly be shorter, the sentences stand alone.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.direct.bodies import bodies_asked
from assistant.direct.figures import best_figures
from assistant.direct.parts import Choice
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Citation, Statement
from assistant.verification.verifying import first_doubt
from assistant.writing.writer import readable
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.holding import holds_date
from prompts.library import fill

_LEAST_CHARS = 45
"""A quote no longer than this is read at a glance."""
_SHORTER = 0.72  # of the quote at most
# "其中民生幸福共同体面积…": the part it leans on is not shown
_LEANS = re.compile(r"^\s*(?:其中|并且|且|并|但是|但|同时)[，,:：]?")


def with_direct(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> Statement:
    """The statement with a short sentence at its head that answers; as it was where none can be made.

    Args:
        question: of a figure, a day or a body; others are left alone.
        statement: a place, a colon and verbatim quotes.
        terms: what the question is about.
        library: the documents cited.
    """
    place, colon, said = statement.text.partition("：")
    if not colon or len(said) <= _LEAST_CHARS:
        return statement
    direct = _direct(question, statement, terms, library)
    if direct is None or len(direct) > _SHORTER * len(said) or direct in said[: len(direct) + 1]:
        return statement
    alone = Statement(f"{place}{colon}{direct}", statement.citations)
    if first_doubt(alone, library) is not None:
        return statement
    text = fill("direct", head=f"{place}{colon}", direct=direct, text=said)
    return Statement(text, statement.citations, denied=statement.denied)


def without_quotes(text: str) -> str | None:
    """The place and the short sentence of a statement's text; None where it has none.

    >>> without_quotes("北京市：补助总额不超过5000万元。原文：支持新建项目,补助总额不超过5000万元。")
    '北京市：补助总额不超过5000万元。'
    """
    head, mark, _ = text.partition(fill("direct", head="", direct="", text=""))
    return head if mark else None


def in_parts(text: str) -> tuple[str, str, str]:
    """A statement's text as what answers, the wording it was taken from, and the hint; "" where it has none.

    >>> in_parts("北京市：不超过5000万元。原文：给予补助,不超过5000万元。（提示：口径没有写明。）")
    ('北京市：不超过5000万元。', '给予补助,不超过5000万元。', '口径没有写明。')
    """
    mark = fill("remark", statement="", text="").removesuffix("）")
    hint = ""
    if mark in text and text.endswith("）"):
        text, _, hint = text.partition(mark)
        hint = hint.removesuffix("）").replace(f"）{mark}", "")
    direct = without_quotes(text)
    if direct is None:
        return text, "", hint
    return direct, text.removeprefix(direct).removeprefix(fill("direct", head="", direct="", text="")), hint


def _direct(question: Question, statement: Statement, terms: Sequence[Term], library: Library) -> str | None:
    if {Kind.FIGURE, Kind.DATE} & question.kinds:
        found: Choice | str | None = best_figures(question, statement.citations, terms, library)
    elif Kind.BODY in question.kinds:
        found = bodies_asked(question, statement, terms, library)
    else:
        return None
    direct = _joined(found, statement.citations, library) if isinstance(found, Choice) else found
    asks_day = Kind.DATE in question.kinds and direct is not None
    return None if asks_day and not holds_date(fold_tight(direct or ""), question.body) else direct


def _joined(choice: Choice, citations: Sequence[Citation], library: Library) -> str:
    """The spans as one sentence, parted by commas."""
    text = library.document(citations[0].doc_id).text
    pieces = [readable(text[start:end]) for start, end in choice.spans]
    return "，".join(_LEANS.sub("", piece).rstrip("，,；;。 ") for piece in pieces) + "。"
