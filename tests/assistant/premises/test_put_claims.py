"""Claims put to be confirmed: no wrong one is ever confirmed, no true one denied.

Their verdicts were decided from the documents before they were asked; `claims.jsonl` holds what the answer
must show (one of each group) and what no statement may say.
"""

import json
from datetime import date
from pathlib import Path

import pytest

from indexing.folding import fold_tight

CLAIMS = [
    json.loads(line) for line in Path(__file__).with_name("claims.jsonl").read_text("utf-8").splitlines()
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim["question"])
def test_a_claim_is_told_as_it_is(ask, claim):
    """A wrong one gets no 是的 and a true one no denial; what must be shown is."""
    answer = ask(claim["question"], as_of=date(2026, 11, 23))
    told = "".join(statement.text for statement in answer.statements)
    shown = fold_tight(told + "".join(c.quote for one in answer.statements for c in one.citations))
    assert [word for word in claim["must_not"] if word in told] == []
    assert [group for group in claim["must"] if not any(fold_tight(word) in shown for word in group)] == []
