"""Statements on the page while a model still writes: at once, then at most five times a second."""

import threading

import pytest

from assistant.models.chat import ChatLimits
from assistant.models.client import ChatOptions, EndpointChat
from assistant.service import PolicyAssistant
from indexing.settings import load_settings
from tests.assistant.chat_service import DONE, begin, chunk, running
from tests.ui.fakes import answer_to
from ui.streaming import UPDATE_EVERY_S, Stopped, Stops, streamed

ANSWER = answer_to("补助多少？")
(SAID,) = ANSWER.statements
QUESTION = "北京市对社区嵌入式服务设施项目补助多少？"
LINE = "两项补助资金总额不超过5000万元。"
NEXT = "市政府固定资产投资支持的项目,其他渠道市级资金不再重复支持。"


def test_each_statement_is_there_before_the_answer():
    """The first is shown although the second has not come; both stand in the last update."""
    go_on = threading.Event()

    def ask(tell, stop):
        tell(SAID)
        assert go_on.wait(10)
        tell(SAID)
        return ANSWER

    updates = streamed(ask, every_s=0.0)
    assert next(updates) == (SAID,)
    go_on.set()
    *between, last = updates
    assert last is ANSWER
    assert between in ([], [(SAID, SAID)])


def test_five_updates_a_second_at_most():
    """However many statements come; the clock here is our own and stands still."""
    now = [0.0]

    def ask(tell, stop):
        for _ in range(50):
            tell(SAID)
        return ANSWER

    updates = list(streamed(ask, clock=lambda: now[0]))
    assert len(updates) == 2  # the first statement, then the answer
    assert UPDATE_EVERY_S >= 1 / 5


def test_what_waits_is_shown_when_its_time_comes():
    """A statement told right after an update is not kept back until the next one."""
    finish = threading.Event()

    def ask(tell, stop):
        tell(SAID)
        tell(SAID)
        assert finish.wait(10)
        return ANSWER

    updates = streamed(ask, every_s=0.05)
    assert next(updates) == (SAID,)
    assert next(updates) == (SAID, SAID)
    finish.set()
    assert next(updates) is ANSWER


def test_whoever_stops_listening_stops_the_asking():
    """A page that is closed costs the model nothing more."""
    stopped = threading.Event()

    def ask(tell, stop):
        tell(SAID)
        if stop.wait(10):
            stopped.set()
        return ANSWER

    updates = streamed(ask)
    next(updates)
    updates.close()
    assert stopped.wait(10)


def test_a_failure_is_raised_where_the_answer_is_waited_for():
    """As it is."""

    def ask(tell, stop):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(streamed(ask))


def test_the_first_statement_is_shown_while_the_model_still_writes(tmp_path):
    """Through the whole chain: the service goes on only when its first line was seen on the page."""
    seen = threading.Event()

    def reply(service, handler, asked):
        begin(handler)
        if asked.is_check:
            handler.wfile.write(chunk("是", "stop") + DONE)
            return
        handler.wfile.write(chunk(f"{asked.keys[0]}｜{LINE}\n"))
        if seen.wait(30):
            handler.wfile.write(chunk(f"{asked.keys[0]}｜{NEXT}\n", "stop") + DONE)

    base = PolicyAssistant.open(load_settings({"home": tmp_path / "home"}, {}))
    try:
        with running(reply) as service:
            chat = EndpointChat(service.url, None, ChatOptions("m", ChatLimits(60, 40)))
            talking = PolicyAssistant(base.index, chat=chat)
            updates = streamed(lambda tell, stop: talking.ask(QUESTION, on_statement=tell, cancel=stop))
            assert [said.text for said in next(updates)] == [f"北京市：{LINE}"]
            seen.set()
            *_, answer = updates
            assert [said.text for said in answer.statements] == [f"北京市：{LINE}", f"北京市：{NEXT}"]
            assert "m@" in answer.provenance.writer
    finally:
        base.index.close()


def test_a_stop_of_the_page_leaves_what_was_verified():
    """The model is stopped, nothing further is waited for, and what stood on the page stays."""
    stops, was_told = Stops(), threading.Event()

    def ask(tell, stop):
        tell(SAID)
        assert stop.wait(10)
        was_told.set()
        raise ValueError("cut off")

    with stops.running("page") as stop:
        updates = streamed(ask, every_s=0.0, stop=stop)
        assert next(updates) == (SAID,)
        stops.stop("another page")
        assert not stop.is_set()
        stops.stop("page")
        assert list(updates) == [Stopped((SAID,))]
        assert was_told.wait(10)
    stops.stop("page")  # what has ended cannot be stopped


def test_a_stop_before_the_first_statement_leaves_none():
    """Also while nothing comes at all."""
    stop, release = threading.Event(), threading.Event()

    def ask(tell, halt):
        assert release.wait(10)
        return ANSWER

    stop.set()
    assert list(streamed(ask, stop=stop)) == [Stopped(())]
    release.set()
