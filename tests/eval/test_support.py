"""Whether cited clauses support a statement, and which citations count: ALCE with a rule as judge."""

import itertools

import pytest

from eval.passages import passage_of
from eval.support import BOUNDS, citation_precision, citation_recall, supports, wording_share
from tests.eval.conftest import SU, WU

CLAUSE = "北京市|第二十三条|市政府固定资产投资给予30%补助，两项补助资金总额不超过5000万元，原则上每年一批。"


@pytest.mark.parametrize(
    ("statement", "is_supported"),
    [
        ("北京市：两项补助资金总额不超过5000万元。", True),
        ("北京市：两项补助资金总额不超过 ５０００ 万元。", True),
        ("北京市：两项补助资金总额不超过6000万元。", False),
        ("北京市：两项补助资金总额不超过500万元。", False),
        ("北京市：两项补助资金总额5000万元以上。", False),  # the direction is turned
        ("北京市：固定资产投资给予30%补助。", True),
        ("北京市：固定资产投资给予3%补助。", False),
        ("北京市：原则上每年一批。", True),
        ("北京市：应当每年一批。", False),
        ("第二十三条：给予30%补助。", True),
        ("第二十四条：给予30%补助。", False),
        ("《资金办法》规定给予30%补助。", False),
        ("北京市：“总额不超过5000万元”。", True),
        ("北京市：“总额为5000万元”。", False),
        ("北京市：给予30%补助，由街道办事处负责审批发放并接受监督检查。", False),  # most of it is not there
    ],
)
def test_a_clause_supports_what_it_says(statement: str, is_supported: bool) -> None:
    """Every figure, name and bound of the statement, and most of its wording."""
    assert supports(statement, [CLAUSE]) is is_supported


@pytest.mark.parametrize("bound", BOUNDS)
def test_each_bounding_word_must_be_the_clauses_own(bound: str) -> None:
    """A word that softens or limits is never added."""
    said = f"养老服务设施建筑面积{bound}三百平方米"
    assert supports(said, [said])
    assert not supports(said, ["养老服务设施建筑面积三百平方米，养老服务设施建筑面积宜适度"])


def test_nothing_supports_nothing() -> None:
    """A statement without passages is unsupported, whatever it says."""
    assert not supports("给予补助。", [])
    assert citation_recall("给予补助。", []) == 0.0


def test_wording_is_counted_in_pairs() -> None:
    """给予、予补、补助 against 给予 and 补助: two of three, by hand."""
    assert wording_share("给予补助", ["给予", "补助"]) == pytest.approx(2 / 3)
    assert wording_share("30%", ["任何"]) == 1.0


A, B, IDLE = "给予30%补助", "总额不超过5000万元", "本办法由市发展改革委负责解释"


def test_citations_that_carry_nothing_do_not_count() -> None:
    """Each needed citation counts, an idle one does not, and none of an unsupported statement does."""
    both = "给予30%补助，总额不超过5000万元。"
    assert citation_precision(both, [A, B]) == 1.0
    assert citation_precision(both, [A, B, IDLE]) == pytest.approx(2 / 3)
    assert citation_precision(both, [A, IDLE]) == 0.0
    assert citation_precision("给予30%补助。", [A, A + "。"]) == 1.0  # either would do alone
    with pytest.raises(ValueError, match="citations"):
        citation_precision(both, [])


def test_precision_agrees_with_the_paper_written_out() -> None:
    """§4 of the paper as two nested conditions, over every choice of three passages."""
    statement = "给予30%补助，总额不超过5000万元。"
    for n in (1, 2, 3):
        for passages in itertools.permutations([A, B, IDLE, A + B], n):
            good = 0
            for place in range(n):
                rest = [passage for other, passage in enumerate(passages) if other != place]
                if supports(statement, passages):
                    irrelevant = not supports(statement, [passages[place]]) and supports(statement, rest)
                    good += not irrelevant
            assert citation_precision(statement, passages) == pytest.approx(good / n)


def test_a_passage_is_the_clause_and_what_is_printed_around_it(invented) -> None:
    """Chapter, table columns, 文号 and dates support a statement too; a neighbour's text does not."""
    article = passage_of(invented.clause(SU, "第五条"), invented)
    assert "认定和修缮" in article
    assert "2020年5月1日" in article
    assert "民宿" not in article
    row = passage_of(invented.clause(WU, "附件/2"), invented)
    assert supports("武汉市：补助金额（万元）：30。", [row])
    assert not supports("武汉市：补助金额（万元）：50。", [row])
