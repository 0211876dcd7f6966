"""What the page shows for a question, and for a failure."""

from pathlib import Path

import pytest

from assistant.types import AnswerStatus
from indexing.errors import HomeBusy
from tests.ui.fakes import FakeAssistant, answer_to
from ui.app import ASSETS
from ui.ask_tab import MAX_TYPED_CHARS, answer_question
from ui.guard import MAX_BODY_BYTES
from ui.rendering import render_failure
from ui.usage import BLANK_QUESTION, MAX_QUESTION_CHARS


def test_an_answer_fills_its_four_places(tmp_path: Path) -> None:
    """Answer, sources, and the clauses found in a closed box."""
    answer, sources, box, hits = answer_question(FakeAssistant(), tmp_path, "补助多少？")  # type: ignore[arg-type]
    assert "✔ 有依据" in str(answer["value"])
    assert (answer["visible"], answer["elem_classes"]) == (True, ["answered"])
    assert "按建设费用的百分之三十给予补助" in sources
    assert (box["visible"], box["open"], box["label"]) == (True, False, "检索到的条款")
    assert "第一条" in hits


def test_without_basis_the_box_opens_under_another_name(tmp_path: Path) -> None:
    """The nearest clauses are shown as such."""
    fake = FakeAssistant(answer_to("问", AnswerStatus.NO_BASIS))
    answer, sources, box, hits = answer_question(fake, tmp_path, "问")  # type: ignore[arg-type]
    assert "✖ 未找到依据" in str(answer["value"])
    assert answer["elem_classes"] == ["no_basis"]
    assert sources == ""
    assert (box["open"], box["label"]) == (True, "最接近的条款")
    assert "不构成对问题的回答" in hits


@pytest.mark.parametrize("question", ["", " \u3000\n", "？！", None])
def test_a_blank_question_asks_for_one(question: str | None, tmp_path: Path) -> None:
    """The assistant is not troubled."""
    fake = FakeAssistant()
    answer, *_ = answer_question(fake, tmp_path, question)  # type: ignore[arg-type]
    assert answer["value"] == render_failure(BLANK_QUESTION)
    assert fake.asked == []


def test_a_question_too_long_is_told_and_not_cut(tmp_path: Path) -> None:
    """The page says what the command line says; the box takes enough for that, and no more than is sent."""
    fake = FakeAssistant()
    answer, *_ = answer_question(fake, tmp_path, "补" * 3000)  # type: ignore[arg-type]
    assert answer["value"] == render_failure("问题有 3000 字，请缩短到 2000 字以内。")
    assert fake.asked == []
    assert MAX_QUESTION_CHARS * 10 < MAX_TYPED_CHARS
    assert len(("补" * MAX_TYPED_CHARS).encode()) < MAX_BODY_BYTES


def test_every_status_has_its_border() -> None:
    """The style sheet knows each class the answer may bear."""
    style = (ASSETS / "page.css").read_text(encoding="utf-8")
    for name in (*(status.value.lower() for status in AnswerStatus), "failed"):
        assert f"#answer.{name}" in style


def test_a_known_failure_is_its_sentence(tmp_path: Path) -> None:
    """Nothing is logged for it."""
    fake = FakeAssistant(error=HomeBusy("另一个进程正在更新，请稍后重试。"))
    answer, sources, box, hits = answer_question(fake, tmp_path, "问")  # type: ignore[arg-type]
    assert answer["value"] == render_failure("另一个进程正在更新，请稍后重试。")
    assert answer["elem_classes"] == ["failed"]
    assert (sources, hits, box["visible"]) == ("", "", False)


def test_an_unexpected_failure_is_logged_and_told(tmp_path: Path) -> None:
    """The page shows a sentence, the log the traceback."""
    fake = FakeAssistant(error=ZeroDivisionError("除以零"))
    answer, *_ = answer_question(fake, tmp_path, "问")  # type: ignore[arg-type]
    assert "程序遇到意外错误" in str(answer["value"])
    assert "除以零" not in str(answer["value"])
    assert "ZeroDivisionError: 除以零" in (tmp_path / "logs" / "cewen.log").read_text(encoding="utf-8")
