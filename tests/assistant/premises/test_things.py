"""What a question adds to the clause is said to be unsaid: a name, a manner, a duty, another thing."""

import pytest

from assistant.premises.things import of_clefts
from assistant.premises.types import Premise
from assistant.questions.weighing import Term

_CARE = "支持引入更多面向失能失智老人的专业照护服务,符合条件的可纳入长护险支付范围"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("可以纳入长护险支付范围的是婴幼儿托育,对吧?", [Premise("婴幼儿托育", is_unsaid=True)]),
        ("可以纳入长护险支付范围的是老年照护,对吧?", []),
    ],
)
def test_what_stands_behind_the_copula(asked, found):
    """Unsaid where no word of it stands in the quotes."""
    assert of_clefts(asked, _CARE, ()) == found


def test_another_form_of_the_thing_counts():
    """照护 for 看护, by the thesaurus."""
    term = Term("看护", ("看护", "照护"), 3.0, True, True)
    assert of_clefts("纳入长护险的是看护,对吧?", _CARE, (term,)) == []


@pytest.mark.parametrize(
    ("question", "unsaid"),
    [
        ("北京的社区托育叫“宝宝屋”，对吧？", "宝宝屋"),
        ("北京资金是一次性提前拨付的，对吧？", "一次性"),
        ("重庆加装电梯的要满足日照间距，对吗？", "日照"),
    ],
)
def test_a_claim_beside_the_clause_is_said_to_be_unsaid(question, unsaid, ask):
    """The clause is quoted behind it; nothing is confirmed."""
    first = ask(question).statements[0]
    assert first.denied == unsaid
    assert f"所引条款没有写明“{unsaid}”" in first.text
