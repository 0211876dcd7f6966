"""What each signal is worth: measured on the product's own rankings, written, read, drawn."""

from dataclasses import replace
from datetime import date

import pytest

from eval.ablation import PLOT, RESULTS, Condition, Score, groups_of, measure, read, write
from eval.ablation_plot import plot_ablation
from eval.cases import Split, case_files, read_cases, split_of
from eval.search_page import failing_block, measured_block, reviewed_block, signals_block
from indexing.fusion import Source
from indexing.settings import load_settings
from indexing.thesaurus import thesaurus
from indexing.weights import weights_for


@pytest.fixture(scope="module")
def some():
    """A few gold questions of every register, some of them without gold."""
    return read_cases(case_files())[::40]


@pytest.fixture(scope="module")
def run(some):
    """One run over them."""
    return measure(some, load_settings().corpus, date(2026, 1, 2))


def test_every_signal_is_left_out_and_heard_alone(run):
    """Each that has a weight is left out, each there is is heard alone, reviewed data is taken away."""
    of = {
        condition: [row.signal for row in run.rows if row.condition is condition] for condition in Condition
    }
    assert set(of[Condition.WITHOUT]) == {source.value for source in weights_for(reads_sentences=False)}
    assert set(of[Condition.ALONE]) == {source.value for source in Source}
    for condition in (
        Condition.FULL,
        Condition.NO_PHRASINGS,
        Condition.NO_THESAURUS,
        Condition.NO_REVIEWED,
    ):
        assert of[condition] == [None]
    assert run.rows[0].condition is Condition.FULL


def test_only_questions_with_gold_are_scored(run, some):
    """In all groups they belong to; the groups of registers part them."""
    n_gold = sum(bool(case.gold) for case in some)
    scores = run.rows[0].scores
    assert scores["all"].cases == n_gold < len(some)
    assert scores["formal"].cases + scores["everyday"].cases == n_gold
    assert {"all", "held"} <= set(groups_of(next(case for case in some if case.split is Split.HELD)))


def test_taking_data_away_is_felt_and_undone(run):
    """Phrasings alone find nothing where there are none; afterwards the thesaurus is whole again."""
    bare = next(row for row in run.rows if row.condition is Condition.NO_REVIEWED)
    assert bare.scores["everyday"].mrr < run.rows[0].scores["everyday"].mrr
    assert len(thesaurus()) > 2000


def test_scores_are_means_of_the_metrics(run, some):
    """No signal alone that finds no clause scores; all of them are shares."""
    alone = {row.signal: row.scores["all"] for row in run.rows if row.condition is Condition.ALONE}
    assert alone["place"] == Score(alone["place"].cases, 0.0, 0.0, 0.0)
    for row in run.rows:
        for score in row.scores.values():
            assert 0.0 <= score.recall_at_1 <= score.recall_at_5 <= 1.0
            assert 0.0 <= score.mrr <= 1.0


def test_held_questions_are_counted_and_never_shown(run):
    """Neither in a run nor in the committed results."""
    for told in (run, read()):
        assert all(split_of(one.case_id, one.question) is Split.TUNED for one in told.failures)


def test_a_run_is_read_as_it_was_written(run, tmp_path):
    """Every field; the committed results are such a file."""
    write(run, tmp_path / "run.json")
    assert read(tmp_path / "run.json") == run
    write(read(), tmp_path / "again.json")
    assert (tmp_path / "again.json").read_bytes() == RESULTS.read_bytes()


def test_the_committed_plot_shows_the_committed_results(run):
    """The same figures give the same bytes, other figures others."""
    committed = read()
    assert plot_ablation(committed) == PLOT.read_bytes()
    fewer = replace(committed, rows=(committed.rows[0], *run.rows[1:]))
    assert plot_ablation(fewer) != PLOT.read_bytes()


def test_the_page_tells_the_committed_results():
    """Each table has the figures of the file."""
    committed = read()
    full = committed.rows[0].scores["all"]
    assert f"| 全部 | {full.cases} | {100 * full.recall_at_1:.1f} |" in measured_block()
    assert committed.code[:12] in measured_block()
    assert "两样都去掉" in reviewed_block()
    assert signals_block().count("| 语义相近 |") == 2
    assert all(one.question in failing_block() for one in committed.failures[:20])
