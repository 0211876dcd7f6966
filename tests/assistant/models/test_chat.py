"""What bounds a model: deadlines on an injected clock, size, cancelling; and the whole reply at once."""

import threading
from collections.abc import Iterator

import pytest

from assistant.errors import WriterCancelled, WriterRefused, WriterTooSlow, WriterUnavailable
from assistant.models.chat import ChatLimits, Message, Role, bounded, complete, without_thoughts


def saying(*pieces: str):
    """A source that says these and ends."""

    def source(stop: threading.Event):
        yield from pieces

    return source


def waiting(*pieces: str):
    """A source that says these and then nothing until it is told to stop."""

    def source(stop: threading.Event):
        yield from pieces
        stop.wait(20)

    return source


class Steps:
    """A clock that is a second further on each time it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """A second later than before."""
        self.now += 1.0
        return self.now


def test_pieces_come_in_order_and_signs_of_life_are_kept_back():
    """An empty piece says only that the model is alive."""
    assert list(bounded(saying("三", "", "年"), ChatLimits())) == ["三", "年"]


@pytest.mark.parametrize(
    "limits",
    [ChatLimits(total_s=10, idle_s=1000), ChatLimits(total_s=1000, idle_s=10)],
    ids=["total", "idle"],
)
def test_a_deadline_that_passes_ends_the_reply(limits):
    """Whichever it is, also before the first piece; no real time is waited for."""
    read = bounded(waiting("三年"), limits, clock=Steps())
    assert next(read) == "三年"
    with pytest.raises(WriterTooSlow, match="没有及时"):
        next(read)
    with pytest.raises(WriterTooSlow):
        next(bounded(waiting(), limits, clock=Steps()))


def test_a_source_without_end_meets_its_limits():
    """By size where it writes, by time where it only shows signs of life."""

    def endless(text: str):
        def source(stop: threading.Event):
            while not stop.is_set():
                yield text

        return source

    with pytest.raises(WriterUnavailable, match="超过 100 字"):
        list(bounded(endless("补助"), ChatLimits(max_chars=100)))
    with pytest.raises(WriterTooSlow):
        list(bounded(endless(""), ChatLimits(total_s=50), clock=Steps()))


def test_whoever_cancels_or_leaves_stops_the_reading():
    """The thread is told, and ends."""
    stopped = []

    def source(stop: threading.Event):
        yield "一"
        stopped.append(stop.wait(20))

    cancel = threading.Event()
    read = bounded(source, ChatLimits(), cancel=cancel)
    assert next(read) == "一"
    cancel.set()
    with pytest.raises(WriterCancelled):
        next(read)
    left = bounded(source, ChatLimits())
    next(left)
    left.close()
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and thread.daemon:
            thread.join(5)
    assert stopped == [True, True]


def test_a_failure_of_the_source_is_ours_or_becomes_ours():
    """What we raise comes through as it is; anything else with one Chinese sentence and its cause."""

    def refusing(stop: threading.Event):
        yield "一"
        raise WriterRefused("密钥不对。")

    def broken(stop: threading.Event):
        yield "一"
        raise ZeroDivisionError

    with pytest.raises(WriterRefused, match="密钥不对"):
        list(bounded(refusing, ChatLimits()))
    with pytest.raises(WriterUnavailable, match="无法读取") as caught:
        list(bounded(broken, ChatLimits()))
    assert isinstance(caught.value.__cause__, ZeroDivisionError)


class Replying:
    """A model that gives the replies it was made with, one a question; an exception is raised."""

    name, limits = "假模型", ChatLimits()

    def __init__(self, *replies: str | Exception) -> None:
        self.replies, self.told = list(replies), []

    def stream(self, messages, *, limits=None, cancel=None) -> Iterator[str]:
        """The next reply."""
        self.told.append(list(messages))
        reply = self.replies.pop(0)
        if isinstance(reply, Exception):
            raise reply
        yield reply


def test_the_whole_reply_at_once():
    """System before user, thoughts and white space left out."""
    model = Replying("<think>先看</think> 三年。\n")
    assert complete(model, "多久？", system="你是…") == "三年。"
    assert model.told == [[Message(Role.SYSTEM, "你是…"), Message(Role.USER, "多久？")]]


def test_what_may_pass_is_tried_once_more():
    """A failure and a blank reply are; a refusal and a passed deadline are not."""
    assert complete(Replying(WriterUnavailable("忙。"), "三年。"), "多久？") == "三年。"
    assert complete(Replying(" ", "三年。"), "多久？") == "三年。"
    for once in (WriterRefused("不。"), WriterTooSlow("慢。"), WriterCancelled("停。")):
        with pytest.raises(type(once)):
            complete(Replying(once, "三年。"), "多久？")
    with pytest.raises(WriterUnavailable, match="没有写出内容"):
        complete(Replying("", "<think>还在想"), "多久？")
    with pytest.raises(WriterUnavailable, match="忙"):
        complete(Replying(WriterUnavailable("忙。"), "三年。"), "多久？", retries=0)


def test_thoughts_are_left_out_wherever_their_marks_stand():
    """Closed, unclosed, or opened before the reply began."""
    assert without_thoughts("a<think>b</think>c<think>d") == "ac"
    assert without_thoughts("b</think>c") == "c"
