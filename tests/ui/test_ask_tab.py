"""What the page shows for a question, and for a failure."""

from datetime import date
from pathlib import Path
from threading import Event

import pytest

from assistant.types import Answer, AnswerStatus
from indexing.errors import HomeBusy
from indexing.types import SearchFilter
from tests.ui.fakes import FakeAssistant, answer_to
from ui.app import ASSETS
from ui.ask_tab import MAX_TYPED_CHARS, answer_question, places_in, refresh
from ui.guard import MAX_BODY_BYTES
from ui.rendering import render_failure
from ui.usage import BLANK_QUESTION, MAX_QUESTION_CHARS


def shown(fake: FakeAssistant, home: Path, question: str | None, places: tuple[str, ...] = ()) -> list[str]:
    """Everything that stands in the place of the answer, one after the other."""
    return list(answer_question(fake, home, question, places))  # type: ignore[arg-type]


def test_an_answer_follows_the_word_that_it_is_sought(tmp_path: Path) -> None:
    """Two updates a question: the first at once, the second the whole answer."""
    fake = FakeAssistant()
    updates = answer_question(fake, tmp_path, "补助多少？", ())  # type: ignore[arg-type]
    assert "正在查找" in next(updates)
    assert fake.asked == []
    (answer,) = updates
    for said in ("✔ 有依据", "按建设费用的百分之三十给予补助", "检索到的条款（3）", "第一条"):
        assert said in answer


def test_without_basis_the_nearest_clauses_are_shown_as_such(tmp_path: Path) -> None:
    """Under another name, open."""
    fake = FakeAssistant(answer_to("问", AnswerStatus.NO_BASIS))
    answer = shown(fake, tmp_path, "问")[-1]
    assert "✖ 未找到依据" in answer
    assert "不构成对问题的回答" in answer


def test_the_places_chosen_restrict_the_search_and_are_named(tmp_path: Path) -> None:
    """Their codes go to the assistant, their names onto the page; none chosen restricts nothing."""
    fake = FakeAssistant()
    assert "范围：北京市、杭州市；" in shown(fake, tmp_path, "问", ("110000", "330100"))[-1]
    assert "范围：全部文件；" in shown(fake, tmp_path, "问")[-1]
    assert [filters for _, _, filters in fake.asked] == [
        SearchFilter(jurisdictions=("110000", "330100")),
        SearchFilter(),
    ]


def test_the_places_offered_are_those_of_the_library() -> None:
    """Whatever it holds now, the nation first; no list in code."""
    fake = FakeAssistant()
    assert places_in(fake.index) == [("北京市", "110000"), ("杭州市", "330100")]  # type: ignore[arg-type]
    fake.index.remove("乙市实施方案|2024-03-08")
    assert places_in(fake.index) == [("北京市", "110000")]  # type: ignore[arg-type]


def test_a_page_just_opened_shows_the_library_as_it_is_now(tmp_path: Path) -> None:
    """Places and documents; a failure is its sentence, and the page stays usable."""
    fake = FakeAssistant()
    update, shelf = refresh(fake.index, tmp_path)  # type: ignore[arg-type]
    assert [code for _, code in update["choices"]] == ["110000", "330100"]  # type: ignore[index]
    assert "甲市社区设施管理办法" in shelf

    def broken() -> None:
        raise ZeroDivisionError

    fake.index.documents = broken  # type: ignore[assignment, method-assign]
    _, shelf = refresh(fake.index, tmp_path)  # type: ignore[arg-type]
    assert "程序遇到意外错误" in shelf


@pytest.mark.parametrize("question", ["", " \u3000\n", "？！", None])
def test_a_blank_question_asks_for_one(question: str | None, tmp_path: Path) -> None:
    """The assistant is not troubled."""
    fake = FakeAssistant()
    assert shown(fake, tmp_path, question) == [render_failure(BLANK_QUESTION)]
    assert fake.asked == []


def test_a_question_too_long_is_told_and_not_cut(tmp_path: Path) -> None:
    """The page says what the command line says; the box takes enough for that, and no more than is sent."""
    fake = FakeAssistant()
    assert shown(fake, tmp_path, "补" * 3000) == [render_failure("问题有 3000 字，请缩短到 2000 字以内。")]
    assert fake.asked == []
    assert MAX_QUESTION_CHARS * 10 < MAX_TYPED_CHARS
    assert len(("补" * MAX_TYPED_CHARS).encode()) < MAX_BODY_BYTES


@pytest.mark.parametrize("typed", ["2024-03-01", " 2024/3/1 ", "2024年3月1日", "２０２４－０３－０１"])
def test_the_day_typed_is_the_day_asked_about(typed: str, tmp_path: Path) -> None:
    """In any usual form; none typed is today."""
    fake = FakeAssistant()
    list(answer_question(fake, tmp_path, "问", (), typed_day=typed))  # type: ignore[arg-type]
    list(answer_question(fake, tmp_path, "问", ()))  # type: ignore[arg-type]
    assert [day for _, day, _ in fake.asked] == [date(2024, 3, 1), date.today()]


@pytest.mark.parametrize("typed", ["明天", "2026-11", "2026-02-30", "2026-13-01", "0000-01-01", "<b>1</b>"])
def test_what_is_no_day_is_told(typed: str, tmp_path: Path) -> None:
    """In one sentence that shows what to write; nothing is asked."""
    fake = FakeAssistant()
    (said,) = answer_question(fake, tmp_path, "问", (), typed_day=typed)  # type: ignore[arg-type]
    assert "不是有效的日期" in said
    assert "2026-11-23" in said
    assert "<b>1" not in said
    assert fake.asked == []


def test_every_status_has_its_border() -> None:
    """The style sheet knows each class the answer may bear."""
    style = (ASSETS / "page.css").read_text(encoding="utf-8")
    for name in (*(status.value.lower() for status in AnswerStatus), "failed", "pending"):
        assert f".answer.{name}" in style


def test_a_known_failure_is_its_sentence(tmp_path: Path) -> None:
    """In the place of the answer."""
    fake = FakeAssistant(error=HomeBusy("另一个进程正在更新，请稍后重试。"))
    assert shown(fake, tmp_path, "问")[-1] == render_failure("另一个进程正在更新，请稍后重试。")


def test_an_unexpected_failure_is_logged_and_told(tmp_path: Path) -> None:
    """The page shows a sentence, the log the traceback."""
    answer = shown(FakeAssistant(error=ZeroDivisionError("除以零")), tmp_path, "问")[-1]
    assert "程序遇到意外错误" in answer
    assert "除以零" not in answer
    assert "ZeroDivisionError: 除以零" in (tmp_path / "logs" / "cewen.log").read_text(encoding="utf-8")


def test_a_stopped_answer_says_so_and_is_not_kept(tmp_path: Path) -> None:
    """It is not whole: marked 已停止, no part of the conversation."""
    kept: list[Answer] = []
    halt = Event()
    halt.set()
    updates = answer_question(FakeAssistant(), tmp_path, "补助多少？", (), (), kept.append, halt)  # type: ignore[arg-type]
    last = list(updates)[-1]
    assert "■ 已停止" in last
    assert "可重新查询" in last
    assert kept == []
