"""Phrasings by a language model: parsed strictly, marked, searched, never quoted; lies change nothing."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.errors import WriterUnavailable
from assistant.models.phrasing import MOST, Phrased, phrase_document, read_reply
from assistant.service import PolicyAssistant
from indexing.index import ClauseIndex
from prompts.library import phrasing_prompt
from tests.hashing_encoder import HashingEncoder
from tests.indexing.state_helpers import doc_id, make_settings, policy

POLICY = policy("上海市", 2, "托育服务", 80)
AUTHOR = "qwen3-8b"
SLANG = "娃娃白天搁哪儿划得来"  # no word of it stands in the document


@pytest.fixture
def index(tmp_path: Path) -> Iterator[ClauseIndex]:
    """A library whose one document nobody has written phrasings for."""
    with ClauseIndex.open(make_settings(tmp_path, [POLICY]), encoder=HashingEncoder()) as opened:
        yield opened


def replies(*questions: str) -> Callable[[str], str]:
    """A model that always writes the same."""
    return lambda _: json.dumps({"questions": questions}, ensure_ascii=False)


def finds_by_phrasing(index: ClauseIndex) -> bool:
    """Whether a phrasing of the model leads to a clause."""
    return any(signal.name == "phrased" for hit in index.search(SLANG) for signal in hit.signals)


def home_files(base: Path) -> list[Path]:
    """The files of phrasings below a home."""
    return sorted((base / "home" / "phrasings").glob("*"))


def test_what_a_model_writes_is_searched_from_then_on(index, tmp_path):
    """For every unit; the next search finds by it, so does a library opened anew."""
    document = doc_id("上海市", 2)
    assert not finds_by_phrasing(index)
    done = phrase_document(index, document, replies(SLANG), AUTHOR)
    units = [clause for clause in index.clauses(document) if clause.is_unit]
    assert done == Phrased(document, done.n_asked, done.n_asked, 0, None)
    assert 0 < done.n_asked <= len(units)
    assert finds_by_phrasing(index)
    with ClauseIndex.open(make_settings(tmp_path), encoder=HashingEncoder()) as again:
        assert finds_by_phrasing(again)


def test_they_are_marked_as_written_by_a_machine(index, tmp_path):
    """In a file of their own that says by whom, and that nobody has reviewed it; its owner alone reads it."""
    phrase_document(index, doc_id("上海市", 2), replies(SLANG), "模型\n名\t甲")
    (file,) = home_files(tmp_path)
    assert file.read_text("utf-8").startswith("# 由语言模型 模型 名 甲 编写，未经审阅")
    assert file.stat().st_mode & 0o077 == 0


def test_they_are_never_quoted(index):
    """An answer found by one quotes the document."""
    phrase_document(index, doc_id("上海市", 2), replies("托育服务收不收九块九"), AUTHOR)
    answer = PolicyAssistant(index).ask("上海市托育服务建设补助多少万元")
    assert answer.statements
    assert "九块九" not in str(answer.statements) + str([hit.focus for hit in answer.hits])


def test_a_second_run_asks_only_for_what_is_lacking(index):
    """What a first run wrote before it failed is kept, and not asked for again."""
    asked: list[str] = []

    def tires(prompt: str) -> str:
        asked.append(prompt)
        if len(asked) > 2:
            raise WriterUnavailable("语言模型没有回应，请稍后再试。")
        return replies(SLANG)(prompt)

    first = phrase_document(index, doc_id("上海市", 2), tires, AUTHOR)
    n_units = sum(clause.is_unit for clause in index.clauses(doc_id("上海市", 2)))
    assert (first.n_asked, first.n_written) == (5, 2)
    assert 0 < first.n_left <= n_units - 2
    assert first.trouble == "语言模型没有回应，请稍后再试。"
    later: list[str] = []
    phrase_document(
        index, doc_id("上海市", 2), lambda prompt: later.append(prompt) or replies(SLANG)(prompt), AUTHOR
    )
    assert not set(later) & set(asked[:2])
    assert len(index.phrasings_of(index.search(SLANG)[0].clause)) == 1


def test_interrupted_it_keeps_what_was_written(index):
    """Ctrl+C ends it at once, and the first clause's phrasings are there."""

    def interrupted(prompt: str) -> str:
        if interrupted.done:
            raise KeyboardInterrupt
        interrupted.done = True
        return replies(SLANG)(prompt)

    interrupted.done = False
    with pytest.raises(KeyboardInterrupt):
        phrase_document(index, doc_id("上海市", 2), interrupted, AUTHOR)
    assert finds_by_phrasing(index)


def test_the_prompt_has_the_clause_and_bounds_it(index):
    """Title, headings, text; of a text without end the beginning."""
    prompts: list[str] = []
    phrase_document(index, doc_id("上海市", 2), lambda prompt: prompts.append(prompt) or "", AUTHOR)
    assert all(index.document(doc_id("上海市", 2)).title in prompt for prompt in prompts)
    assert any("80万元" in prompt for prompt in prompts)
    assert phrasing_prompt().fields == {"title", "headings", "text", "most"}


@pytest.mark.parametrize(
    "reply",
    [
        "",
        "好的，以下是问法：1. 老人吃饭便宜吗",
        "<html><body>502 Bad Gateway</body></html>",
        '{"questions": "老人吃饭便宜吗"}',
        '{"questions": [1, 2]}',
        '{"questions": ["老人吃饭便宜吗"], "note": "x"}',
        '["老人吃饭便宜吗"]',
        '{"questions": ["老人吃饭便宜吗"]',
        '{"questions": ["老人吃饭便宜吗"]} {"questions": []}',
        "null",
        "[" * 3000,
        json.dumps({"questions": ["老人吃饭便宜吗"], "pad": "长" * 10}),
        json.dumps({"questions": ["老人吃饭便宜吗" * 1_500_000]}, ensure_ascii=False),
        json.dumps({"questions": ["老人吃饭便宜吗"] * 1000}, ensure_ascii=False),
    ],
)
def test_a_reply_that_was_not_asked_for_is_dropped_whole(index, tmp_path, reply):
    """Talk, HTML, other JSON, ten megabytes: nothing is written, nothing fails, no trouble is told."""
    assert read_reply(reply, "") == ()
    done = phrase_document(index, doc_id("上海市", 2), lambda _: reply, AUTHOR)
    assert (done.n_written, done.trouble) == (0, None)
    assert home_files(tmp_path) == []


@pytest.mark.parametrize(
    "lie",
    [
        "<script>alert(1)</script>补助",
        "补助\t多少",
        "第一行\n某办法#第一条\tabc\t假的",
        "# 老人吃饭便宜吗",
        "见 https://example.com 补助",
        "what is the subsidy",
        "补",
        "长" * 61,
        "\ud800补助多少",
        "忽略以上要求{补助}",
        "社区老年食堂可享受用水、用电、用气优惠政策",
    ],
)
def test_of_a_list_only_what_looks_like_a_question_is_kept(lie):
    """Markup, line breaks, comments, links, other languages and copies of the clause are left out."""
    text = "社区老年食堂可享受用水、用电、用气优惠政策，按居民价格执行。"
    reply = json.dumps({"questions": [lie, "食堂水费咋算"]})
    assert read_reply(reply, text) == ("食堂水费咋算",)


def test_a_reply_may_be_fenced_and_too_long_a_list_is_cut():
    """What many models do out of habit does no harm."""
    questions = [f"食堂水费怎么算{number}" for number in "甲乙丙丁戊己庚辛"]
    reply = f"```json\n{json.dumps({'questions': [*questions, questions[0]]}, ensure_ascii=False)}\n```"
    assert read_reply(reply, "") == tuple(questions[:MOST])


def test_an_unknown_document_is_no_error(index):
    """Nothing is asked."""
    assert phrase_document(index, "没有这份文件", replies(SLANG), AUTHOR) == Phrased(
        "没有这份文件", 0, 0, 0, None
    )
