"""Slips put into questions, and whether they are read as what was meant."""

from eval.spelling import Mistake, measure_spelling
from indexing.index import ClauseIndex
from indexing.settings import load_settings


def test_most_slips_are_read_as_what_was_meant(tmp_path):
    """Each kind is tried, alike each time; sound questions are left alone, next to none is misread."""
    questions = ["托育服务的补助标准是多少？", "社区助餐由谁负责", "养老服务包括什么", "申报条件有哪些"] * 5
    with ClauseIndex.open(load_settings({"home": tmp_path / "cewen"})) as index:
        first, again = measure_spelling(index, questions), measure_spelling(index, questions)
    assert first == again
    scores = {score.mistake: score for score in first}
    assert set(scores) == {mistake.value for mistake in Mistake}
    assert (scores["none"].right, scores["none"].otherwise) == (20, 0)
    tried = [score for score in first if score.mistake != "none"]
    assert all(score.right + score.otherwise <= score.questions <= 20 for score in tried)
    assert sum(score.right for score in tried) > 0.6 * sum(score.questions for score in tried)
    assert sum(score.otherwise for score in tried) < 0.1 * sum(score.questions for score in tried)
