"""PolicyAssistant: what a doorway sees."""

import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest


def test_today_is_the_default_day(assistant):
    """Only here is a day filled in."""
    assert assistant.ask("北京补助多少？").as_of == date.today()


def test_stages_are_timed(assistant):
    """Milliseconds by stage, the whole last."""
    stages = dict(assistant.ask("北京市社区嵌入式服务设施项目补助多少？").timings_ms)
    assert list(stages)[-1] == "total"
    assert {"understand", "search", "judge", "write", "verify"} <= stages.keys()
    assert stages["total"] >= max(value for stage, value in stages.items() if stage != "total")


def test_ten_different_hits_at_most(assistant):
    """Hits are different clauses."""
    hits = assistant.ask("北京市社区嵌入式服务设施项目补助多少？").hits
    ids = [hit.clause.clause_id for hit in hits]
    assert 0 < len(ids) == len(set(ids)) <= 10
    assert ids[0] == "京发改规[2025]1号#第二十三条"


@pytest.mark.parametrize(
    "question", ["", " \n", "？", "补助" * 1000, "北" * 200_000, "\x00\ud800", "1" * 5000]
)
def test_odd_input_is_an_answer_never_an_exception(question, assistant):
    """Blank, over-long, unprintable: a status and, where nothing is answered, a sentence."""
    answer = assistant.ask(question)
    assert answer.statements or answer.missing


PROBE = """
import sys
from pathlib import Path
from assistant.service import PolicyAssistant
from indexing.settings import load_settings
assistant = PolicyAssistant.open(load_settings({"home": Path(sys.argv[1])}))
answer = assistant.ask("北京社区嵌入式服务设施项目補助多少？")
heavy = [name for name in ("torch", "gradio", "llama_index", "sentence_transformers") if name in sys.modules]
print(answer.status.value, heavy)
"""


def test_a_cold_process_stays_light(tmp_path):
    """Open and ask import no torch, gradio or llama-index."""
    run = subprocess.run(
        [sys.executable, "-c", PROBE, str(tmp_path / "home")],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).resolve().parent.parent.parent,
    )
    assert run.stdout.split() == ["ANSWERED", "[]"]
