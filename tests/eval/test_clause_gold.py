"""How the shipped documents are cut, counted against gold read off by hand."""

from dataclasses import replace

from eval.clause_gold import GoldClause, GoldDocument, ParseScore, parse_score, read_clause_gold
from eval.policy_draft import tight


def test_the_five_documents_come_out_as_noted(shipped) -> None:
    """Every clause of the gold, and no other."""
    gold = read_clause_gold()
    score = parse_score(gold, shipped.index.documents(), shipped.index.clauses())
    assert score.documents == 5
    assert score.expected == sum(len(document.clauses) for document in gold) > 300
    assert (score.exact, score.extra) == (score.expected, 0)


def test_what_differs_is_counted(shipped) -> None:
    """A clause cut short, one missing, one too many, a document the library lacks."""
    documents, clauses = shipped.index.documents(), list(shipped.index.clauses())
    (gold,) = [one for one in read_clause_gold() if one.file.startswith("002")]
    mine = [
        c for c in clauses if c.doc_id == "京发改规[2025]1号" and c.path in {p.path for p in gold.clauses}
    ]
    cut, gone, *rest = mine
    changed = [
        *(replace(one, text=one.text[:-1]) if one is cut else one for one in (cut, *rest)),
        replace(gone, path="第一百条"),
    ]
    n = len(gold.clauses)
    assert parse_score([gold], documents, changed) == ParseScore(1, n, n - 2, 1)
    absent = GoldDocument("没有.txt", (GoldClause("第一条", "为了", "办法。", 20),))
    assert parse_score([absent], documents, clauses) == ParseScore(1, 1, 0, 0)


def test_a_clause_is_compared_by_its_ends_and_its_length(shipped) -> None:
    """Not by its path alone; what was not noted is not compared."""
    clause = shipped.index.clause("京发改规[2025]1号", "第一条")
    text = tight(clause.text)
    noted = GoldClause("第一条", text[:12], text[-12:], len(text))
    assert noted.is_like(clause)
    assert not replace(noted, chars=len(text) + 1).is_like(clause)
    assert not replace(noted, first="第一条改了一个字而已").is_like(clause)
    assert GoldClause("第一条", None, None, None).is_like(clause)
