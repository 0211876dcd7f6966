"""In a library with much else, places are compared on one matter."""

from datetime import date
from pathlib import Path

import pytest

from assistant.service import PolicyAssistant
from indexing.settings import load_settings

BURIALS = """上海市邻里墓园管理条例
（2024年6月9日公布 自2024年7月1日起施行）
第一条 为了规范邻里墓园，制定本条例。
第二条 墓园服务收费实行政府定价，与墓园服务有关的延伸服务收费实行政府指导价，收费项目和收费标准应当公示。
第三条 经营性墓园收费由民政部门指导规范，收费定价应当合理。
"""
LIGHTS = """青岛市夜间照明管理办法
（2023年3月2日青岛市人民政府令第8号公布 自2023年5月1日起施行）
第一条 为了规范夜间照明，制定本办法。
第二条 照明设施用电按照居民价格收取。路灯应当配备无障碍按钮。
"""


@pytest.fixture(scope="module")
def compared(tmp_path_factory):
    """Ask the shipped library with two documents on other matters."""
    folder: Path = tmp_path_factory.mktemp("matters")
    (folder / "a.txt").write_text(BURIALS, "utf-8")
    (folder / "b.txt").write_text(LIGHTS, "utf-8")
    opened = PolicyAssistant.open(load_settings({"home": folder / "cewen"}))
    opened.index.add([folder / "a.txt", folder / "b.txt"])
    yield lambda question: opened.ask(question, as_of=date(2026, 1, 1))
    opened.index.close()


def _said_by(answer):
    return {one.doc_id for statement in answer.statements for one in statement.citations}


def test_what_another_statute_of_a_place_says_is_no_answer(compared):
    """上海's statute on graves says much of fees, and is not what 重庆's rules are compared with."""
    assert _said_by(compared("收费定价，重庆和上海的规矩有什么不同？")) == {
        "渝发改规范[2024]10号",
        "沪府办发[2024]25号",
    }


def test_places_without_a_document_on_the_matter_are_counted_not_listed(compared):
    """Which cities: those that have one; how many have none is told."""
    answer = compared("水电气价格优惠，哪些城市给？")
    assert _said_by(answer) == {"渝发改规范[2024]10号", "沪府办发[2024]25号"}
    assert "库内另有1个地区，没有同一事项的文件，未列入比较。" in answer.missing


def test_a_place_named_is_heard_whatever_its_documents_are_on(compared):
    """青岛 is asked about, so it is said to be silent."""
    answer = compared("试点社区数量，重庆、杭州和青岛分别是多少？")
    assert any(line.startswith("青岛市：") for line in answer.missing)
