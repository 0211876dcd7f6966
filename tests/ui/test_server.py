"""The web server: what it answers, what it refuses, and that no page of it names another site."""

import base64
import hashlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from indexing.settings import Settings
from tests.ui.fakes import FakeAssistant
from ui.ask_tab import MAX_TYPED_CHARS
from ui.guard import PAGE_ROUTES, PageGuard, content_security_policy, finish_page
from ui.server import address_of, bind, create_app, prepare_environment
from ui.usage import CallerMistake

ROOT = Path(__file__).resolve().parent.parent.parent
BASE = "http://127.0.0.1:7860"
FOREIGN = re.compile(r"""(?:https?:)?//(?!127\.0\.0\.1[:/"'])[a-zA-Z0-9-]+\.[a-zA-Z0-9.-]+""")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """The whole application over the invented library, addressed by a loopback name."""
    home = tmp_path_factory.mktemp("page") / "home"
    before = dict(os.environ)
    app = create_app(FakeAssistant(), Settings(home=home, corpus=home))  # type: ignore[arg-type]
    with TestClient(app, base_url=BASE, raise_server_exceptions=False) as opened:
        yield opened
    os.environ.clear()
    os.environ.update(before)


@pytest.fixture(scope="module")
def page(client: TestClient) -> str:
    """The HTML of the page."""
    return client.get("/").text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/", 200),
        ("/healthz", 200),
        ("/theme.css", 200),
        ("/favicon.ico", 200),
        ("/page/page.js", 200),
        ("/page/page.css", 200),
        ("/page/../guard.py", 404),
        ("/clause?doc=甲发改[2025]1号&path=第二条", 200),
        ("/clause", 404),
        ("/没有", 404),
        ("/gradio_api/file=/etc/passwd", 404),
    ],
)
def test_every_response_is_signed(client: TestClient, path: str, status: int) -> None:
    """Policy and headers stand on pages, files and refusals alike."""
    response = client.get(path)
    assert response.status_code == status
    policy = response.headers["content-security-policy"]
    for directive in (
        "default-src 'self'",
        "object-src 'none'",
        "frame-ancestors 'none'",
        "connect-src 'self'",
    ):
        assert directive in policy
    assert "unsafe-eval" not in policy
    assert "http" not in policy
    assert response.headers["x-content-type-options"] == "nosniff"
    assert response.headers["referrer-policy"] == "no-referrer"
    assert response.headers["cache-control"] == "no-store"


def test_files_of_gradio_may_be_cached(client: TestClient, page: str) -> None:
    """Their names change with their content."""
    asset = re.search(r'src="\./(assets/index-[^"]+\.js)"', page)
    assert asset is not None
    response = client.get(f"/{asset.group(1)}")
    assert response.status_code == 200
    assert "cache-control" not in response.headers
    assert response.headers["x-content-type-options"] == "nosniff"


def test_inline_scripts_run_by_hash_only(client: TestClient) -> None:
    """Each inline script of the page is named in the policy; 'unsafe-inline' is not."""
    response = client.get("/")
    scripts = response.headers["content-security-policy"].partition("script-src")[2].partition(";")[0]
    assert "unsafe-inline" not in scripts
    inline = re.findall(r"<script(?![^>]*\ssrc=)[^>]*>(.*?)</script>", response.text, re.DOTALL)
    assert len(inline) >= 4
    for script in inline:
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in scripts
    assert re.findall(r"<[^>]+\son\w+=", response.text) == []


def test_the_page_names_no_other_site(client: TestClient, page: str) -> None:
    """Neither the HTML, its configuration nor the theme holds an address that is not ours."""
    assert FOREIGN.findall(page) == []
    theme = client.get("/theme.css").text
    assert FOREIGN.findall(theme.replace("http://www.w3.org/2000/svg", "")) == []
    assert "@import" not in theme
    assert FOREIGN.findall(client.get("/config").text) == []


def test_the_page_is_chinese(page: str) -> None:
    """Language, title, question box."""
    assert 'lang="zh-CN"' in page
    config = json.loads(page.partition("window.gradio_config = ")[2].partition(";</script>")[0])
    assert config["title"] == "策问"
    labels = {component["props"].get("label") for component in config["components"]}
    assert "问题" in labels
    boxes = {
        each["props"]["elem_id"]: each["props"] for each in config["components"] if each["type"] == "textbox"
    }
    assert boxes["question"]["max_length"] == MAX_TYPED_CHARS
    assert all(box["max_length"] for box in boxes.values())
    names = {each["props"]["label"] for each in config["components"] if each["type"] == "tabitem"}
    assert {"提问", "对比", "起草"} <= names
    assert config["analytics_enabled"] is False
    assert config["run_history"] is False
    assert config["footer_links"] == []
    assert config["stylesheets"] == []
    assert {dependency["api_visibility"] for dependency in config["dependencies"]} == {"private"}
    assert {dependency["queue"] for dependency in config["dependencies"]} == {True}
    assert "page/page.js" in page


def test_a_clause_is_a_page_without_any_script(client: TestClient) -> None:
    """Only ours and Gradio's page runs scripts; a document's text is shown by none."""
    response = client.get("/clause", params={"doc": "甲发改[2025]1号", "path": "第二条"})
    assert "<script" not in response.text
    assert 'lang="zh-CN"' in response.text
    assert "page/page.css" in response.text
    scripts = response.headers["content-security-policy"].partition("script-src")[2].partition(";")[0]
    assert scripts.split() == ["'self'"]


def test_nothing_of_a_document_stands_in_the_page_before_it_is_asked_for(page: str) -> None:
    """The page's configuration is a script of its own; document text has no place in it."""
    assert "甲市社区设施管理办法" not in page


def test_it_says_that_it_runs(client: TestClient) -> None:
    """For whoever watches over it."""
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    "path",
    [
        "/docs",
        "/redoc",
        "/openapi.json",
        "/gradio_api/openapi.json",
        "/gradio_api/info",
        "/gradio_api/upload_progress",
        "/gradio_api/file=x",
        "/gradio_api/proxy=http://evil.example",
        "/gradio_api/component_server",
        "/gradio_api/runs",
        "/gradio_api/startup-events",
        "/gradio_api/vibe-code",
        "/login",
        "/monitoring",
        "/assets/../healthz/../docs",
        "/HEALTHZ",
    ],
)
def test_doors_the_page_does_not_use_are_closed(client: TestClient, path: str) -> None:
    """GET and POST alike."""
    assert client.get(path).status_code == 404
    assert client.post(path, content=b"{}").status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200),
        ("localhost", 200),
        ("LOCALHOST:1", 200),
        ("[::1]:7860", 200),
        ("evil.example", 400),
        ("127.0.0.1.evil.example", 400),
        ("192.168.0.1", 400),
        ("127.0.0.1:7860@evil.example", 400),
        ("", 400),
    ],
)
def test_only_loopback_names_are_answered(client: TestClient, host: str, status: int) -> None:
    """A foreign name that points here is DNS rebinding."""
    assert client.get("/healthz", headers={"host": host}).status_code == status


@pytest.mark.parametrize(
    "origin", ["http://evil.example", "null", "http://localhost:7860", "https://127.0.0.1"]
)
def test_another_site_cannot_ask(client: TestClient, origin: str) -> None:
    """A request that names another origin, even another port, is refused."""
    response = client.post("/gradio_api/queue/join", json={}, headers={"origin": origin})
    assert response.status_code == 403
    assert "其他网站" in response.text


def test_a_body_must_be_small_and_announced(client: TestClient) -> None:
    """A question is short; a body without a length could go on for ever."""
    join = "/gradio_api/queue/join"
    assert client.post(join, content=b" " * (1024 * 1024 + 1)).status_code == 413
    assert client.post(join, content=iter([b"{}"])).status_code == 413


def test_a_fact_sheet_may_be_larger_but_not_large(client: TestClient) -> None:
    """Only where files are uploaded, only from this page, and never without a length."""
    upload = "/gradio_api/upload"
    sheet = {"files": ("表.txt", b" " * (2 * 1024 * 1024))}
    assert client.post(upload, files=sheet, headers={"origin": BASE}).status_code == 200
    assert client.post(upload, files=sheet, headers={"origin": "http://evil.example"}).status_code == 403
    large = {"files": ("表.txt", b" " * (9 * 1024 * 1024))}
    assert client.post(upload, files=large, headers={"origin": BASE}).status_code == 413
    assert client.post(upload, content=iter([b"{}"])).status_code == 413


def test_a_browser_gets_a_key_once(client: TestClient) -> None:
    """With the page, not with what the page fetches."""
    fresh = TestClient(client.app, base_url=BASE)
    assert "cewen_who=" in fresh.get("/").headers["set-cookie"]
    assert "set-cookie" not in fresh.get("/").headers
    assert "set-cookie" not in TestClient(client.app, base_url=BASE).get("/healthz").headers


@pytest.mark.parametrize("position", [0, 4], ids=["button", "example"])
def test_the_page_answers_a_question(client: TestClient, position: int) -> None:
    """Through Gradio's queue, as the browser does it; an example also fills the box."""
    asking = client.get("/config").json()["dependencies"][position]
    body = {
        "data": ["补助多少？", [], "", None, None],
        "fn_index": asking["id"],
        "session_hash": "s",
        "trigger_id": None,
    }
    assert client.post("/gradio_api/queue/join", json=body, headers={"origin": BASE}).status_code == 200
    stream = client.get("/gradio_api/queue/data", params={"session_hash": "s"})
    messages = [json.loads(line[5:]) for line in stream.text.splitlines() if line.startswith("data:")]
    (done,) = [message for message in messages if message["msg"] == "process_completed"]
    assert done["success"]
    *filled, answer, earlier, _ = done["output"]["data"]
    assert filled == ([] if position == 0 else ["补助多少？"])
    assert "✔ 有依据" in answer
    assert "按建设费用的百分之三十给予补助" in answer
    assert "导出 Word" in earlier
    updates = [message for message in messages if message["msg"] == "process_generating"]
    assert 1 <= len(updates) <= 2


def test_an_error_of_ours_is_one_sentence() -> None:
    """With headers, without a traceback."""

    async def broken(scope: object, receive: object, send: object) -> None:
        raise ZeroDivisionError

    from fastapi import FastAPI

    from ui.server import _sorry

    app = FastAPI()
    app.add_exception_handler(Exception, _sorry)
    app.mount("/assets", broken)
    app.add_middleware(PageGuard, hosts={"127.0.0.1"})
    response = TestClient(app, base_url=BASE, raise_server_exceptions=False).get("/assets/x")
    assert response.status_code == 500
    assert response.text.startswith("程序遇到意外错误")
    assert "frame-ancestors 'none'" in response.headers["content-security-policy"]


def test_a_server_for_others_answers_to_addresses_but_not_to_names() -> None:
    """Names would open the way for DNS rebinding again."""

    async def ok(scope: object, receive: object, send: object) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})  # type: ignore[operator]
        await send({"type": "http.response.body", "body": b""})  # type: ignore[operator]

    client = TestClient(PageGuard(ok, {"localhost"}, any_address=True), base_url="http://10.0.0.7:7860")
    assert client.get("/").status_code == 200
    assert client.get("/", headers={"host": "[fe80::1]:7860"}).status_code == 200
    assert client.get("/", headers={"host": "evil.example"}).status_code == 400


def test_finishing_a_page_keeps_what_is_not_preview() -> None:
    """Only metadata for other sites goes."""
    html = (
        '<html\n\tlang="en"\n><meta charset="utf-8" />'
        '<meta property="og:url" content="https://x.example/" /><p>og:</p><script>1</script>'
    )
    finished, policy = finish_page(html)
    assert finished == '<html\n\tlang="zh-CN"\n><meta charset="utf-8" /><p>og:</p><script>1</script>'
    assert policy == content_security_policy(["1"])


def test_only_gradios_page_gets_our_script() -> None:
    """At the end of its head, once."""
    html, _ = finish_page("<head></head><script>window.gradio_config = 1</script></head>")
    assert html.count('<script src="page/page.js" defer></script>') == 1
    assert "page.js" not in finish_page("<head></head>")[0]


def test_a_port_in_use_is_the_callers_mistake() -> None:
    """One sentence that names the port."""
    with bind("127.0.0.1", 0) as taken, pytest.raises(CallerMistake, match=r"端口已被占用.*--port"):
        bind("127.0.0.1", taken.getsockname()[1])


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "203.0.113.7"])
def test_an_address_others_reach_must_be_allowed(host: str) -> None:
    """There is no login, so nobody should listen to the network by accident."""
    with pytest.raises(CallerMistake, match="--allow-remote"):
        bind(host, 0)


def test_an_allowed_address_is_bound() -> None:
    """And shown as one that can be typed."""
    with bind("0.0.0.0", 0, allow_remote=True) as listener:
        assert address_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}"


@pytest.mark.parametrize("host", ["不存在的主机.invalid", "256.256.256.256", "a" * 300])
def test_an_unknown_address_is_the_callers_mistake(host: str) -> None:
    """Not a traceback of the resolver."""
    with pytest.raises(CallerMistake, match="不认识地址"):
        bind(host, 0)


SERVING = """
import signal
import assistant.service
from tests.ui.fakes import FakeAssistant
assistant.service.PolicyAssistant.open = lambda settings, **_: FakeAssistant()
from ui.cli import main
import sys
signal.signal(signal.SIGINT, getattr(signal, sys.argv[2]))
sys.argv = ["cewen", "serve", "--port", sys.argv[1], "--json"]
main()
"""


@pytest.mark.parametrize("found", ["default_int_handler", "SIG_IGN"])
def test_serve_opens_the_page_and_stops_when_interrupted(found: str, tmp_path: Path) -> None:
    """The address is printed once the page answers; Ctrl+C ends it with 0 and no traceback.

    A shell without job control starts what it puts in the background with the signal ignored.
    """
    environment = {**os.environ, "CEWEN_HOME": str(tmp_path / "home"), "GRADIO_SHARE": "True"}
    process = subprocess.Popen(
        [sys.executable, "-c", SERVING, "0", found],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        url = json.loads(process.stdout.readline())["url"]
        with urllib.request.urlopen(f"{url}/healthz", timeout=10) as response:
            assert json.load(response) == {"status": "ok"}
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate(timeout=20)
    finally:
        process.kill()
        process.wait()
    assert (process.returncode, errors.strip()) == (0, "已停止。")
    assert (tmp_path / "home" / "ui-tmp").stat().st_mode & 0o077 == 0


def test_a_read_only_home_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary files go to a private folder elsewhere, the same one each time; home is not touched."""
    home = tmp_path / "home"
    home.mkdir()
    before = dict(os.environ)
    monkeypatch.setattr("os.access", lambda path, mode: mode & os.W_OK == 0)
    try:
        prepare_environment(home)
        temporary = Path(os.environ["GRADIO_TEMP_DIR"])
        prepare_environment(home)
        assert os.environ["GRADIO_TEMP_DIR"] == str(temporary)
        assert not temporary.is_relative_to(home)
        assert temporary.stat().st_mode & 0o777 == 0o700
        assert list(home.iterdir()) == []
    finally:
        os.environ.clear()
        os.environ.update(before)


def test_serve_on_a_taken_port_is_one_sentence(tmp_path: Path) -> None:
    """Before anything heavy is loaded; exit code 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", "serve", "--port", port],
            cwd=ROOT,
            env={**os.environ, "CEWEN_HOME": str(tmp_path / "home")},
            capture_output=True,
            encoding="utf-8",
            timeout=30,
            check=False,
        )
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert f"端口 {port}" in done.stderr


def test_the_routes_of_the_guard_exist(client: TestClient) -> None:
    """Nothing is left open for a route that Gradio has since renamed."""
    for path in sorted(PAGE_ROUTES):
        response = client.request("OPTIONS" if path.startswith("/gradio_api") else "GET", path)
        assert "没有这个页面" not in response.text, path
        sentences = ("链接不完整", "没有这种文件")
        assert response.status_code != 404 or any(one in response.text for one in sentences), path
