"""The comparison tab without a browser: what its handlers show and keep, and the files it links to."""

import io
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import docx
import openpyxl
import pytest
from starlette.testclient import TestClient

from assistant.basket import read_basket
from assistant.service import PolicyAssistant
from indexing.settings import load_settings
from ui import compare_tab
from ui.compare_tab import AS_SHOWN, WITHDRAWN, Shown, beside_cell, compare, figures_of, review_cell, send_row
from ui.comparison_files import Choice, file_address, links
from ui.server import create_app


@pytest.fixture(scope="module")
def settings(tmp_path_factory):
    """A home of this module alone, with the shipped documents."""
    return load_settings({"home": tmp_path_factory.mktemp("home") / "cewen"})


@pytest.fixture(scope="module")
def assistant(settings):
    """The real assistant over it."""
    held = PolicyAssistant.open(settings)
    yield held
    held.index.close()


@pytest.fixture
def look(assistant, settings):
    """Compares as the button does; what is shown, the table, and the choices below it."""

    def compared(groups=(), topics=(), typed="", places=(), only=(), with_nation=True):
        return compare(assistant, settings.home, groups, topics, typed, places, only, with_nation)

    return compared


def test_groups_topics_and_free_text_are_compared_together(look):
    """A line of free text is a topic; the choices below are those of the table."""
    shown, table, rows, columns, *_ = look(
        ("面积标准",), ("消防",), "物业费\n\n便民食堂", ("000000", "110000")
    )
    assert "8个主题，2列" not in table
    assert "9个主题，2列" in table
    assert [name for name, _ in rows["choices"]][-2:] == ["物业费", "便民食堂"]
    assert columns["choices"] == ["国家", "北京市"]
    assert shown.choice.topics == ("面积标准", "消防", "物业费", "便民食堂")


def test_every_cell_links_to_its_clause_and_says_who_checked_it(look):
    """The quote is marked there; a silent cell has no link."""
    shown, table, *_ = look(topics=("综合体建筑面积下限",))
    row = shown.comparison.rows[0]
    for cell in row.cells:
        for quote in cell.quotes:
            cited = quote.citation
            assert f"quote={cited.start}-{cited.end}" in unescape(table)
    assert "相对国家：国家未规定" in table
    assert "已核：策问项目组" in table


def test_the_nation_can_be_left_out_and_rows_narrowed(look):
    """Without recomputing what is compared."""
    assert "相对国家" not in look(topics=("综合体建筑面积下限",), with_nation=False)[1]
    narrowed = look(("面积标准",), only=("figures",))[1]
    assert "按所选条件略去 3 个主题" in narrowed
    shown = look(("面积标准",))[0]
    again = compare_tab.show_again(None, shown, ["differences", "figures"], False)[1]
    assert "按所选条件略去 3 个主题" in again
    assert "相对国家：" not in again


@pytest.mark.parametrize(
    ("chosen", "sentence"),
    [
        ({"typed": "？？"}, "主题不能为空"),
        ({"places": ("110000",)}, "至少要有两个地区"),
        ({"typed": "\n".join(f"主题{n}" for n in range(200))}, "一次最多比对 100 个主题"),
        ({"typed": "长" * 200}, "请缩短到 100 字以内"),
    ],
)
def test_a_mistake_is_one_sentence_in_place_of_the_table(look, chosen, sentence):
    """And nothing is left to choose from."""
    shown, table, rows, *_ = look(**chosen)
    assert sentence in table
    assert (shown, rows["choices"]) == (Shown(), [])


def test_a_cell_is_checked_corrected_and_taken_back(look, assistant, settings):
    """The table drawn again says who; figures can be taken out."""
    shown = look(topics=("综合体建筑面积下限",))[0]
    topic = shown.comparison.rows[0].topic.id
    assert figures_of(assistant, settings.home, shown, topic, "重庆市")["choices"] == [
        "不应小于600平方米",
        "不宜小于800平方米",
    ]
    without = ["不宜小于800平方米"]
    after, table, told = review_cell(
        assistant, settings.home, shown, topic, "重庆市", AS_SHOWN, without, "", "张三", ""
    )
    assert "已核：张三" in table
    assert "≥800" not in table
    assert "已保存核对（张三）" in told
    _, table, told = review_cell(
        assistant, settings.home, after, topic, "重庆市", WITHDRAWN, [], "", "张三", ""
    )
    assert "已撤回核对" in told
    assert "≥800" in table


def test_what_cannot_be_kept_is_told_and_the_table_stays(look, assistant, settings):
    """No reviewer, nothing compared yet, a silent cell said to speak."""
    shown = look(topics=("消防",))[0]
    topic = shown.comparison.rows[0].topic.id
    words = [
        review_cell(assistant, settings.home, shown, topic, "北京市", AS_SHOWN, [], "", " ", "")[2],
        review_cell(assistant, settings.home, Shown(), None, None, AS_SHOWN, [], "", "张三", "")[2],
        review_cell(assistant, settings.home, shown, topic, "北京市", "有规定", [], "", "张三", "")[2],
    ]
    assert "请写明核对人" in words[0]
    assert "请先比对" in words[1]
    assert "没有检出原文" in words[2]


def test_a_corrected_figure_shows_what_it_was(look, assistant, settings):
    """Old → new beside who corrected it; a number the text does not say is refused and nothing changes."""
    shown, *_ = look(topics=("服务功能数量下限",), places=("000000", "500000"))
    topic = shown.comparison.rows[0].topic.id
    words = (assistant, settings.home, shown, topic, "重庆市", AS_SHOWN, [])
    after, table, told = review_cell(*words, "不少于3项→≥2项", "张三", "")
    assert "已保存核对（张三）" in told
    assert "更正数值：≥3项（原则上） → ≥2项（原则上）。" in table
    _, same, told = review_cell(*words, "≥3项→≥7项", "张三", "")
    assert "原文没有更正后的数" in told
    assert not isinstance(same, str)
    review_cell(assistant, settings.home, after, topic, "重庆市", WITHDRAWN, [], "", "张三", "")


def test_only_what_stands_beside_the_nation(look):
    """The third condition leaves rows in which a place is 严于, 等于 or 宽于."""
    _, table, *_ = look(("面积标准", "资金支持"), only=("nation",))
    assert "略去" in table
    assert all(word in table for word in ("每百户社区综合服务设施面积（基本标准）", "相对国家：等于"))
    assert "重复支持的限制" not in table


def test_two_cells_of_a_row_are_set_side_by_side(look, assistant, settings):
    """Character by character; silence has nothing to be set beside."""
    shown = look(topics=("消防",))[0]
    topic = shown.comparison.rows[0].topic.id
    found = beside_cell(assistant, settings.home, shown, topic, "国家", "重庆市")
    assert "<del>" in found
    assert "<ins>" in found
    assert "没有检出原文" in beside_cell(assistant, settings.home, shown, topic, "国家", "北京市")
    assert "两个不同的列" in beside_cell(assistant, settings.home, shown, topic, "国家", "国家")


def test_a_row_is_put_aside_for_a_draft(look, assistant, settings):
    """Each clause once; a row of silence gives nothing."""
    shown = look(topics=("新建社区同步配建",), typed="火箭发射许可")[0]
    rows = shown.comparison.rows
    first = send_row(assistant, settings.home, shown, rows[0].topic.id)
    quotes = sum(len(cell.quotes) for cell in rows[0].cells)
    assert f"{quotes} 条条款送入起草依据" in first
    assert len(read_basket(assistant.index.home)) == quotes
    assert "先前都已送入" in send_row(assistant, settings.home, shown, rows[0].topic.id)
    assert "没有可用的条款" in send_row(assistant, settings.home, shown, rows[1].topic.id)


def test_a_failure_of_ours_is_one_sentence_and_logged(look, assistant, settings, monkeypatch):
    """No traceback reaches the page."""

    def broken(*_args, **_named):
        raise ZeroDivisionError

    shown = look(topics=("消防",))[0]
    monkeypatch.setattr(compare_tab, "kept_of", broken)
    told = send_row(assistant, settings.home, shown, shown.comparison.rows[0].topic.id)
    assert "意外" in told
    assert "ZeroDivisionError" not in told


# ---- files ----


@pytest.fixture(scope="module")
def client(assistant, settings):
    """The application, asked as a browser on this machine asks."""
    return TestClient(create_app(assistant, settings), base_url="http://127.0.0.1")


def test_each_kind_of_file_is_served_as_an_attachment(client, look):
    """What the table links to can be opened; the choice is that of the table."""
    _, table, *_ = look(topics=("消防",), typed="物业费 & <b>", places=("000000", "330100"))
    found = {}
    for address in map(unescape, re.findall(r'class="export" href="([^"]+)"', table)):
        reply = client.get(f"/{address}")
        assert reply.status_code == 200
        assert reply.headers["content-disposition"].startswith("attachment;")
        assert reply.headers["content-security-policy"]
        found[parse_qs(urlsplit(address).query)["format"][0]] = reply
    assert sorted(found) == ["csv", "docx", "json", "md", "xlsx"]
    book = openpyxl.load_workbook(io.BytesIO(found["xlsx"].content))
    assert [row[1].value for row in book["矩阵"].iter_rows(min_row=2)] == ["消防", "物业费 & <b>"]
    assert docx.Document(io.BytesIO(found["docx"].content)).tables
    assert [one["label"] for one in found["json"].json()["columns"]] == ["国家", "杭州市"]


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ("/comparison?format=exe", "没有这种文件"),
        ("/comparison", "没有这种文件"),
        ("/comparison?format=md&city=110000", "至少要有两个地区"),
        ("/comparison?format=md&city=999999&city=110000", "库中没有"),
        ("/comparison?format=md&topic=%20", "主题不能为空"),
    ],
)
def test_a_link_that_leads_nowhere_is_one_sentence(client, address, sentence):
    """404, no traceback."""
    reply = client.get(address)
    assert reply.status_code == 404
    assert sentence in reply.text


def test_another_site_cannot_fetch_a_file(client):
    """As with every address of ours."""
    refused = client.get("/comparison?format=md", headers={"origin": "http://evil.example"})
    assert refused.status_code == 403


def test_a_choice_too_long_for_a_link_has_none():
    """The command line still writes it."""
    assert file_address(Choice(tuple(f"很长的主题{n}" * 5 for n in range(90))), "md") is None
    assert links(Choice(tuple(f"很长的主题{n}" * 5 for n in range(90)))) == []
