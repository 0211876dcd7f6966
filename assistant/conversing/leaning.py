"""Whether a question that leans on the one before it is answered by what that one was answered with.

编制报告要达到什么深度，如何上报？ is cut in two; the second names no subject of its own, and the
clause that answers the first says both. 补助多少，停车位怎么买？ is two, and nothing says the second.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from assistant.judging.nearness import nearness
from assistant.judging.passages import fits_kind
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Statement

UNSAID = 2.0
"""Most weight (inverse document frequency) that any word of a leaning question may have left unsaid.

手续 for 程序 leaves 0.8 and 点头 for 同意 1.3; 停车位, which nothing says, 3.6.
"""


def is_said(
    question: Question, terms: tuple[Term, ...], statements: Sequence[Statement], library: Library
) -> bool:
    """Whether statements say what a further question asks about; False without statements.

    They must hold the kind of thing it asks for (一个月多少钱: a sum of money), and their clauses its
    content words `terms`; one without any (由谁来定) asks about what was just said.
    """
    if not any(fits_kind(statement.text, question, needs_body=True) for statement in statements):
        return False
    if not terms:
        return True
    clauses = {
        (citation.doc_id, citation.path) for statement in statements for citation in statement.citations
    }
    found = [library.clause(doc_id, path) for doc_id, path in sorted(clauses)]
    text = "|".join(library.unit(clause).text for clause in found if clause is not None)
    weights = np.array([term.weight for term in terms])
    unsaid = weights * (1.0 - nearness().said(terms, (text,))[:, 0])
    return float(unsaid.max()) <= UNSAID
