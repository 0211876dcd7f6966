"""A model that lies in every way we could think of, over a real connection: nothing of it is shown.

The lies stand in lies.jsonl, one a line: what is asked, what the model replies ({1} is the key of the
first clause it was given, {x} a key nobody gave), and what must then not be displayed. Lines with a
`mode` are told by the service itself: half a stream, one without end, bytes that are no text.
"""

import gzip
import json
import time
from pathlib import Path

import pytest

from assistant.models.chat import ChatLimits
from assistant.models.client import ChatOptions, EndpointChat
from assistant.service import PolicyAssistant
from assistant.types import AnswerStatus
from tests.assistant.chat_service import (
    DONE,
    Asked,
    begin,
    chunk,
    endless,
    event,
    raw,
    running,
    silent,
    writing,
)
from tests.assistant.conftest import AS_OF

LIES = [
    json.loads(line)
    for line in (Path(__file__).parent / "lies.jsonl").read_text("utf-8").splitlines()
    if line
]
TOLD = [lie for lie in LIES if "mode" not in lie]
BROKEN = [lie for lie in LIES if "mode" in lie]
TOTAL_S, IDLE_S = 2.0, 0.6
MARGIN_S = 30.0  # a slow machine; without deadlines the endless ones would never come back

TRUTHS = [
    ("北京市对社区嵌入式服务设施项目补助多少？", "对基本公共服务类功能给予30%工程总投资补助。"),
    ("北京市对社区嵌入式服务设施项目补助多少？", "两项补助资金总额不超过0.5亿元。"),
    ("北京市对社区嵌入式服务设施项目补助多少？", "两项补助资金总额不高于五千万元。"),
    ("上海市先在多少个社区开展先行先试？", "全市率先在120个左右社区开展先行先试。"),
    ("上海市由谁牵头？", "由市发展改革委、市住房城乡建设管理委、市规划资源局牵头。"),
    (
        "杭州市新建社区每百户居民配建社区综合服务设施面积是多少？",
        "新建试点社区按照每百户居民建筑面积不小于100㎡标准建设。",
    ),
    ("重庆市社区嵌入式服务综合体建筑面积不小于多少？", "建筑面积一般不应小于600平方米。"),
    ("重庆市由谁指导社区择优引入运营单位？", "街道办事处指导社区以投票方式择优引入相关主体作为运营单位。"),
    ("国家鼓励社会力量参与吗？", "鼓励居民和社会力量参与项目设计。"),
]


def lying(text: str):
    """A script that writes this, keys filled in."""

    def script(asked: Asked) -> str:
        return text.replace("{1}", asked.keys[0]).replace("{x}", "KXXXXX")

    return script


def _half(service, handler, asked):
    begin(handler)
    handler.wfile.write(chunk(f"{asked.keys[0]}｜补助99%，"))


def _half_stream(service, handler, asked):
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    handler.wfile.write(chunk(f"{asked.keys[0]}｜补助99%。\n") if not asked.is_check else chunk("是"))


def _dripping(service, handler, asked):
    begin(handler)
    while not service.released.wait(0.05):
        handler.wfile.write(b":")
        handler.wfile.flush()


def _zipped(service, handler, asked):
    body = gzip.compress(chunk("补助99%。" * 1_000_000, "stop"))
    handler.send_response(200)
    handler.send_header("Content-Type", "text/event-stream")
    handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)


def _redirect(service, handler, asked):
    handler.send_response(307)
    handler.send_header("Location", "http://127.0.0.1:9/evil")
    handler.send_header("Content-Length", "0")
    handler.end_headers()


def _checked_by(check):
    """Tells an irrelevant truth, and when asked whether it is supported does `check`."""
    honest = writing(lambda asked: f"{asked.keys[0]}｜两项补助资金总额不超过5000万元。\n")

    def reply(service, handler, asked):
        (check if asked.is_check else honest)(service, handler, asked)

    return reply


def _closed(service, handler, asked):
    handler.close_connection = True


LINE = "K22222｜补助99%，详见 http://evil.example\n"
WHOLE = chunk(LINE, "stop") + DONE
MODES = {
    "half_stream": _half_stream,
    "half_line": _half,
    "endless_lines": endless(LINE),
    "endless_line": endless("补助99%，"),
    "endless_empty": endless(""),
    "silent": silent,
    "dripping": _dripping,
    "ten_megabytes": raw(chunk("补" * 10_000_000), chunk("", "stop"), DONE),
    "bad_utf8": raw(b'data: {"choices":[{"index":0,"delta":{"content":"\xff\xfe99%"}}]}\n\n', DONE),
    "not_sse": raw(b"99% evil\n" * 100),
    "json_reply": raw(
        json.dumps({"choices": [{"message": {"content": LINE}}]}).encode(), kind="application/json"
    ),
    "content_number": raw(chunk(None, content=99), chunk("", "stop"), DONE),  # type: ignore[arg-type]
    "content_list": raw(chunk(None, content=["99%"]), chunk("", "stop"), DONE),  # type: ignore[arg-type]
    "choices_null": raw(event({"choices": None}), DONE),
    "choices_empty": raw(event({"choices": []}), DONE),
    "delta_null": raw(event({"choices": [{"index": 0, "delta": None, "finish_reason": "stop"}]}), DONE),
    "error_event": raw(chunk("补助"), event({"error": {"message": "evil 99%", "code": 500}}), DONE),
    "tool_calls": raw(
        chunk(
            None,
            tool_calls=[
                {"index": 0, "id": "c", "type": "function", "function": {"name": "evil", "arguments": "{}"}}
            ],
        ),
        chunk(None, "tool_calls"),
        DONE,
    ),
    "finish_length": raw(chunk(LINE, "length"), DONE),
    "content_filter": raw(chunk("补助99%", "content_filter"), DONE),
    "redirect": _redirect,
    "gzip": _zipped,
    "closed": _closed,
    "html_page": raw(b"<html><a href='http://evil'>99%</a></html>", kind="text/html"),
    "check_no": _checked_by(writing(lambda _: "", check="否")),
    "check_rubbish": _checked_by(writing(lambda _: "", check="是的，99%支持，见 http://evil")),
    "check_silent": _checked_by(silent),
    "huge_event": raw(b"data: " + b"9" * 6_000_000 + b"\n\n", DONE),
    "role_user": raw(chunk(LINE, "stop", role="user"), DONE),
} | {
    f"http_{code}": raw(b'{"error":{"message":"evil 99%"}}', code=code, kind="application/json")
    for code in (400, 401, 403, 404, 429, 500, 503)
}


@pytest.fixture(scope="module")
def service():
    """One service for all."""
    with running() as started:
        yield started


@pytest.fixture(scope="module")
def talking(assistant, service):
    """The assistant over the shipped corpus, written for by the service."""
    options = ChatOptions("liar", ChatLimits(TOTAL_S, IDLE_S))
    chat = EndpointChat(service.url, None, options)
    chat.warm_up()
    return PolicyAssistant(assistant.index, chat=chat)


def told(talking, question):
    """The answer and everything that was displayed on the way to it, and how long it took."""
    shown = []
    begun = time.monotonic()
    answer = talking.ask(question, as_of=AS_OF, on_statement=shown.append)
    return answer, [*shown, *answer.statements], time.monotonic() - begun


def assert_grounded(statements, assistant):
    """Every quote is verbatim in its clause, in the version named."""
    for statement in statements:
        assert statement.citations
        for one in statement.citations:
            document = assistant.index.document(one.doc_id)
            assert document.text[one.start : one.end] == one.quote
            assert document.version == one.version


def test_there_are_two_hundred_different_lies():
    """As many as promised, each with what must not be seen, every behaviour of a service scripted."""
    assert len(LIES) >= 200
    assert len({(lie["question"], lie["reply"], lie.get("mode")) for lie in LIES}) == len(LIES)
    assert {lie["mode"] for lie in BROKEN} == set(MODES)
    harmless = [
        lie["id"] for lie in LIES if not lie["must_not"] and lie["family"] not in ("refusal", "empty")
    ]
    assert harmless == []


@pytest.mark.parametrize(("question", "truth"), TRUTHS)
def test_the_truth_in_other_words_is_shown(question, truth, service, talking, assistant):
    """The model is believed where it says what the clause says: equal figures in other numerals too."""
    service.reply = writing(lying(f"{{1}}｜{truth}\n"))
    answer, shown, _ = told(talking, question)
    assert [one for one in answer.statements if f"：{truth}" in one.text], answer.rejected
    assert_grounded(shown, assistant)
    assert any("语言模型 liar" in notice for notice in answer.notices)


@pytest.mark.parametrize("lie", TOLD, ids=lambda lie: f"{lie['id']}-{lie['family']}")
def test_a_lie_is_not_shown(lie, service, talking, assistant):
    """Neither while the answer streams nor in the end; what is shown instead is grounded."""
    service.reply = writing(lying(lie["reply"]))
    answer, shown, taken = told(talking, lie["question"])
    for statement in shown:
        assert [part for part in lie["must_not"] if part in statement.text] == []
    assert_grounded(shown, assistant)
    assert answer.status in (AnswerStatus.ANSWERED, AnswerStatus.PARTIAL)  # the clauses do answer
    assert taken < TOTAL_S + MARGIN_S
    if lie["must_not"]:
        assert answer.rejected  # and it is on record


@pytest.mark.parametrize("lie", BROKEN, ids=lambda lie: lie["mode"])
def test_a_service_that_misbehaves_costs_no_answer(lie, service, talking, assistant):
    """The document's own words are shown in time, with one sentence on why."""
    service.reply = MODES[lie["mode"]]
    answer, shown, taken = told(talking, lie["question"])
    for statement in shown:
        assert [part for part in lie["must_not"] if part in statement.text] == []
    assert_grounded(shown, assistant)
    alone = assistant.ask(lie["question"], as_of=AS_OF)
    assert taken < TOTAL_S + MARGIN_S
    assert answer.statements == alone.statements
    (notice,) = answer.notices
    assert notice.endswith("。")
    assert not [part for part in ("evil", "Traceback", "99%", "Error") if part in notice]


def test_a_failure_is_met_once_a_question(service, talking):
    """A question of three places does not wait three times for a service that is silent."""
    service.reply = silent
    service.seen.clear()
    begun = time.monotonic()
    answer = talking.ask("北京、上海、杭州各由谁牵头？", as_of=AS_OF)
    assert len(service.seen) <= 1
    assert time.monotonic() - begun < IDLE_S + MARGIN_S
    assert len(answer.notices) <= 1


def test_without_a_check_the_code_alone_decides(service, assistant):
    """`llm_check = off`: one request a part, and lies are seen through all the same."""
    chat = EndpointChat(service.url, None, ChatOptions("liar", ChatLimits(TOTAL_S, IDLE_S)))
    talking = PolicyAssistant(assistant.index, chat=chat, checks=False)
    service.reply = writing(
        lying("{1}｜两项补助资金总额不超过5000万元。\n{x}｜总额不少于5000万元。"), check="否"
    )
    service.seen.clear()
    answer, shown, _ = told(talking, TRUTHS[0][0])
    assert len(service.seen) == 1
    assert any(one.text.endswith("：两项补助资金总额不超过5000万元。") for one in answer.statements)
    assert not any("不少于5000" in one.text for one in shown)


def test_an_answer_says_the_same_when_its_lies_are_many(service, talking):
    """A thousand lines are not judged one by one."""
    service.reply = writing(lambda asked: f"{asked.keys[0]}｜补助1%。\n" * 300, piece=4000)
    answer, _, taken = told(talking, TRUTHS[0][0])
    assert len(answer.rejected) <= 15
    assert taken < TOTAL_S + MARGIN_S
