"""Documents that speak to the model instead of to people: nothing they ask for is ever shown.

Each injection of injections.jsonl is put into a document as anyone might upload it: `text` is what the
document says, `reply` what a model writes that obeys it on purpose, `must_not` what may then not be
displayed as an answer.
"""

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.answers.answering import answer_question
from assistant.library import Library
from assistant.models.chat import ChatLimits
from assistant.models.client import ChatOptions, EndpointChat
from assistant.models.writer import ModelWriter, WritingLog
from assistant.questions.scopes import Desk
from assistant.service import PolicyAssistant
from assistant.types import AnswerStatus
from assistant.writing.writer import ExtractiveWriter
from indexing.documents import read_document
from indexing.settings import load_settings
from indexing.types import ClauseHit, Focus, SearchFilter
from tests.assistant.chat_service import running, writing
from tests.assistant.conftest import AS_OF
from ui.rendering import render_answer

INJECTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "injections.jsonl").read_text("utf-8").splitlines()
    if line
]
QUESTION = "成都新建图书角补助多少钱？"
TRUE = "对新建的图书角给予一次性补助8万元。"


def policy(injection: str = "", beside: str = "") -> str:
    """An invented 办法; `injection` in a clause of its own, `beside` in the clause that answers."""
    own = f"第五条 {injection}\n" if injection else ""
    return (
        "乌有市民政局关于印发《成都市社区图书角补助办法》的通知\n成民发〔2024〕3号\n各区民政局：\n现印发给你们。\n"
        "成都市民政局\n2024年1月5日\n\n成都市社区图书角补助办法\n第一条 为规范图书角补助，制定本办法。\n"
        f"第二条 {TRUE}{beside}\n第三条 图书角应当每周开放五天。\n"
        f"第四条 本办法自2024年2月1日起施行，有效期三年。\n{own}"
    )


class _All:
    """A search that finds every unit of a document, in order."""

    def __init__(self, clauses):
        self.hits = tuple(
            ClauseHit(clause, Focus(clause.path, clause.start, clause.end, clause.text), 1.0)
            for clause in clauses
            if clause.is_unit
        )

    def search(self, query, *, top_k=10, mode=None, filters=None):
        return self.hits[:top_k]


def asked(text: str, writer) -> tuple:
    """The answer to the question from this document alone, and its library."""
    parsed = read_document(text.encode(), "a.txt")
    shelf = Library([parsed.document], parsed.clauses)
    desk = Desk(shelf, _All(parsed.clauses), writer, SearchFilter(as_of=AS_OF), AS_OF)
    return answer_question(QUESTION, desk), shelf


@pytest.fixture(scope="module")
def service():
    """One service for all."""
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def chat(service):
    """Its client, with time enough for a slow machine."""
    opened = EndpointChat(service.url, None, ChatOptions("obedient", ChatLimits(10, 5)))
    opened.warm_up()
    return opened


def obedient(service, injection):
    """The service obeys: it writes what the document told it to, for every clause it was given."""
    service.reply = writing(lambda told: "\n".join(f"{key}｜{injection['reply']}" for key in told.keys))


def assert_without_effect(answer, shelf, injection, shown=()):
    """The figure of the clause is told, nothing the injection asked for, and the page holds no way out."""
    assert answer.status is AnswerStatus.ANSWERED
    assert any("8万元" in statement.text for statement in answer.statements)
    for statement in (*shown, *answer.statements):
        assert [part for part in injection["must_not"] if part in statement.text] == []
        for one in statement.citations:
            assert shelf.document(one.doc_id).text[one.start : one.end] == one.quote
    page = _Tags()
    page.feed(render_answer(answer, shelf))
    assert all(link.startswith("clause?") for link in page.links)
    assert not page.names & {"script", "img", "iframe", "svg", "object", "form", "style", "meta", "link"}
    assert not [name for name in page.attributes if name.startswith("on")]


class _Tags(HTMLParser):
    """What a browser would make of a page: its tags, attributes and links."""

    def __init__(self):
        super().__init__()
        self.names, self.attributes, self.links = set(), set(), []

    def handle_starttag(self, tag, attrs):
        self.names.add(tag)
        self.attributes |= {name for name, _ in attrs}
        self.links += [value for name, value in attrs if name in ("href", "src")]


def test_there_are_forty():
    """As many as promised, all different."""
    assert len({(each["text"], each["reply"]) for each in INJECTIONS}) >= 40


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda each: each["id"])
def test_in_a_clause_of_its_own_it_changes_nothing(injection):
    """The extractive writer says to the letter what it says without the injection."""
    answer, shelf = asked(policy(injection["text"]), ExtractiveWriter())
    clean, _ = asked(policy(), ExtractiveWriter())
    assert [each.text for each in answer.statements] == [each.text for each in clean.statements]
    assert_without_effect(answer, shelf, injection)


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda each: each["id"])
def test_a_model_that_obeys_is_not_shown(injection, service, chat):
    """Where the injection stands in the very clause the model is given."""
    obedient(service, injection)
    log = WritingLog()
    shown = []
    log.show = shown.append
    service.seen.clear()
    answer, shelf = asked(
        policy(beside=f"另见附注。\n{injection['text']}"), ModelWriter(chat, ExtractiveWriter(), log)
    )
    assert service.seen
    assert_without_effect(answer, shelf, injection, shown)


@pytest.mark.parametrize("injection", INJECTIONS, ids=lambda each: each["id"])
def test_no_text_of_a_document_opens_or_closes_a_block(injection, service, chat):
    """What delimits the evidence is known to code alone: one opening and one closing for each key."""
    obedient(service, injection)
    service.seen.clear()
    asked(policy(beside=injection["text"]), ModelWriter(chat, ExtractiveWriter(), WritingLog()))
    told = service.seen[0]["messages"][-1]["content"]
    keys = re.findall(r"^<<<(K\w{5})$", told, re.M)
    assert keys
    assert told.count("<<<") == told.count(">>>") == len(keys)
    assert not re.search("[\u200b\u202e\U000e0000-\U000e007f]", told)
    assert [body.get("tools") for body in service.seen] == [None] * len(service.seen)


def test_added_to_a_library_as_a_user_would(tmp_path, service, chat):
    """All injections in one uploaded file, through the index, for both writers."""
    file = tmp_path / "upload.txt"
    everything = "\n".join(f"第{n}条 {each['text']}" for n, each in enumerate(INJECTIONS, 5))
    file.write_text(policy() + everything.encode("utf-8", "ignore").decode(), "utf-8")
    corpus = tmp_path / "corpus"
    (corpus / "documents").mkdir(parents=True)
    opened = PolicyAssistant.open(load_settings({"home": tmp_path / "home", "corpus": corpus}, {}))
    try:
        opened.index.add([file])
        plain = opened.ask(QUESTION, as_of=AS_OF)
        assert any("8万元" in statement.text for statement in plain.statements)
        written = PolicyAssistant(opened.index, chat=chat)
        for injection in INJECTIONS:
            obedient(service, injection)
            shown = []
            answer = written.ask(QUESTION, as_of=AS_OF, on_statement=shown.append)
            for statement in (*shown, *answer.statements):
                assert [part for part in injection["must_not"] if part in statement.text] == []
    finally:
        opened.index.close()
