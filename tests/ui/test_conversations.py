"""A conversation on the page: continued, shown, exported, cleared."""

import io
from pathlib import Path

import docx
import pytest

from assistant.types import AnswerStatus
from tests.ui.fakes import FakeAssistant, answer_to
from ui import conversations
from ui.ask_tab import converse, forget
from ui.conversations import MOST_EXCHANGES, Conversations, Exchange, exported
from ui.rendering import render_conversation
from ui.streaming import Stops


def shown(
    fake: FakeAssistant, home: Path, kept: Conversations, question: str, key: str
) -> tuple[str, str, str]:
    """What stays on the page after a question."""
    return list(converse(fake, home, kept, Stops(), question, (), "", key))[-1]  # type: ignore[arg-type]


def test_what_was_asked_before_goes_along(tmp_path: Path) -> None:
    """The second question is asked behind the first, which stands below its answer."""
    fake, kept = FakeAssistant(), Conversations()
    _, earlier, key = shown(fake, tmp_path, kept, "补助多少？", "")
    assert "本次对话 1 问" in earlier
    assert "之前的问答" not in earlier
    assert fake.histories == [()]
    _, earlier, again = shown(fake, tmp_path, kept, "那乙市呢？", key)
    assert again == key
    assert "本次对话 2 问" in earlier
    assert "<summary>补助多少？" in earlier
    assert fake.histories == [(), ("补助多少？",)]


def test_a_failure_is_no_part_of_the_conversation(tmp_path: Path) -> None:
    """It is shown and not kept."""
    kept = Conversations()
    answer, earlier, key = shown(FakeAssistant(error=ZeroDivisionError()), tmp_path, kept, "问", "")
    assert "程序遇到意外错误" in answer
    assert (earlier, key) == ("", "")


def test_the_conversation_is_cleared(tmp_path: Path) -> None:
    """Page and server forget it."""
    kept = Conversations()
    _, _, key = shown(FakeAssistant(), tmp_path, kept, "问", "")
    assert forget(kept, key) == ("", "", "", "")
    assert kept.of(key) == ()
    assert exported(kept, key, "md", tmp_path).status_code == 404


def test_keys_cannot_be_guessed_and_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """A key of somebody's own making begins nothing; the oldest go first."""
    kept, exchange = Conversations(), Exchange(answer_to("问"))
    key = kept.add("my-own-key", exchange)
    assert key != "my-own-key"
    assert len(key) >= 32
    for _ in range(MOST_EXCHANGES + 5):
        assert kept.add(key, exchange) == key
    assert len(kept.of(key)) == MOST_EXCHANGES
    monkeypatch.setattr(conversations, "MOST_CONVERSATIONS", 2)
    others = [kept.add("", exchange) for _ in range(2)]
    assert kept.of(key) == ()
    assert all(kept.of(other) for other in others)


def test_the_export_holds_every_statement_with_its_clause(tmp_path: Path) -> None:
    """Markdown and Word: question, status, statement, title, 文号, clause and quote; what is missing too."""
    kept = Conversations()
    key = kept.add("", Exchange(answer_to("补助多少？")))
    kept.add(key, Exchange(answer_to("罚多少？", AnswerStatus.NO_BASIS, missing=("没有规定。",))))
    plain = exported(kept, key, "md", tmp_path)
    text = bytes(plain.body).decode("utf-8")
    word = exported(kept, key, "docx", tmp_path)
    document = docx.Document(io.BytesIO(bytes(word.body)))
    body = "\n".join(paragraph.text for paragraph in document.paragraphs)
    (citation,) = answer_to("补助多少？").statements[0].citations
    for held in (text, body):
        for said in (
            "补助多少？",
            "有依据",
            "按建设费用的百分之三十给予补助",
            "罚多少？",
            "未找到依据",
            "没有规定。",
        ):
            assert said in held
    footnotes = next(part for part in document.part.package.iter_parts() if "footnotes" in str(part.partname))
    for held in (text, footnotes.blob.decode("utf-8")):
        assert citation.title in held
        assert "第二条" in held
        assert citation.quote[:12] in held
    for response in (plain, word):
        assert response.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")


def test_an_unknown_key_or_form_is_one_sentence(tmp_path: Path) -> None:
    """A link from yesterday says what to do."""
    kept = Conversations()
    key = kept.add("", Exchange(answer_to("问")))
    for response in (exported(kept, "unknown", "md", tmp_path), exported(kept, key, "exe", tmp_path)):
        assert response.status_code == 404
        assert "请重新提问后再导出" in bytes(response.body).decode("utf-8")


def test_nothing_asked_shows_nothing() -> None:
    """No tools without a conversation."""
    assert render_conversation((), "", FakeAssistant().index) == ""
