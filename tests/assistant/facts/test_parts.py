"""Several statements under one label: amounts with names of their own, further labels, notes, numbering."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from assistant.facts.dictionary import dictionary
from assistant.facts.parts import bare_part, parts_of
from assistant.facts.reading import read_facts
from assistant.facts.types import Reading, Severity

ISSUE_LINE = "服务功能：养老服务、社区助餐共2项；拟申请市级补助6000万元；由街道直接指定运营单位"
STATED = [
    # a part with a name is a fact of its own, the bare amount the label's
    ("社区综合服务设施建筑面积：1786㎡，其中共同体980㎡", "community_service_area_m2", Decimal(1786)),
    ("社区综合服务设施建筑面积：1786㎡，其中共同体980㎡", "complex_area_m2", Decimal(980)),
    ("综合体建筑面积：1,260㎡（其中加建90㎡）", "floor_area_increase_m2", Decimal(90)),
    ("综合体建筑面积：1,260㎡（其中加建90㎡）", "complex_area_m2", Decimal(1260)),
    ("建筑面积：综合体1020㎡，社区综合服务设施2180㎡", "complex_area_m2", Decimal(1020)),
    ("建筑面积：综合体1020㎡，社区综合服务设施2180㎡", "community_service_area_m2", Decimal(2180)),
    ("服务居民：3640户，9800人", "households", Decimal(3640)),
    ("服务居民：3640户，9800人", "population", Decimal(9800)),
    ("申请市级补助504万元（基本270万元，普惠234万元）", "request_inclusive", Decimal(234)),
    ("申请市政府固定资产投资：960万元，其中基本类300万元，普惠类660万元", "city_fixed_asset_request",
     Decimal(960)),
    ("总投资1980万元，其中基本公共服务类900万元，便民商业类300万元", "inv_commercial", Decimal(300)),
    # a number of something else beside the one with the unit
    ("综合体建筑面积：3层共860㎡", "complex_area_m2", Decimal(860)),
    # what is no part stays open
    ("总投资：一期500万元，二期300万元", "total_investment", None),
    ("服务户数：3200人", "population", None),
    ("服务户数：3200人", "households", None),
    # a label of its own inside the words of another
    ("放宽面积：申请放宽；论证报告：市建研院2026年2月出具", "relaxes_area_standard", True),
    ("放宽面积：申请放宽；论证报告：市建研院2026年2月出具", "scientific_argument_doc",
     "市建研院2026年2月出具"),
    # label and words as one sentence
    ("供应商：筛选要求和名录已列（12家）", "supplier_criteria", "筛选要求和名录已列（12家）"),
    ("报备：2026年5月8日报市发展改革委", "filed_with", "市发展改革委"),
    ("报备：2026年5月8日报市发展改革委", "filed_date", date(2026, 5, 8)),
    ("同一街区地块：不涉及", "same_block", False),
    # a label whose words say something else gives no false contradiction
    ("场地来源：转型一批\n场地：低偿提供", "site_source", ("转型",)),
    # that it is settled is not what it is
    ("实施主体：已明确", "implementing_entity", None),
    ("报备机关：已报备", "filed_with", None),
    ("权属方同意意见：区国资公司，尚未答复", "owner_consent", None),
    ("居民需求测算：未做", "demand_forecast", False),
    ("9. 居民服务需求测算情况：未做", "demand_forecast", False),
    ("10. 常住户数：1200户", "households", Decimal(1200)),
    ("交通：不便", "site_access", False),
    # a list is not cut in the middle of an item
    ("征求意见：走访居民320户、辖区单位11家，采纳意见9条", "consulted", ("周边居民", "辖区企业")),
    # what follows a list behind a semicolon is no item of it
    (ISSUE_LINE, "functions",
     ("养老服务", "社区助餐")),
    ("服务功能：养老服务；社区助餐；图书角；由街道直接指定运营单位", "functions",
     ("养老服务", "社区助餐", "文化休闲")),
    (ISSUE_LINE, "operator_selection",
     "直接指定"),
    (ISSUE_LINE,
     "city_fixed_asset_request", Decimal(6000)),
    (ISSUE_LINE, "operation_mode", None),
    # a bound is no number, and money that moved is no source
    ("拟新增面积不超过200㎡", "floor_area_increase_m2", None),
    ("项目新增建筑面积200㎡以内", "floor_area_increase_m2", None),
    ("申请市级资金：基本900万元、普惠950万元，合计1850万元", "funding_sources", None),
    ("资金到位：市级资金已下达300万元，已拨付项目单位280万元", "funding_sources", None),
    ("由街道自行运营", "operation_mode", ("自主运营",)),
    ("服务功能：共5项", "functions_stated", Decimal(5)),
    ("利用的存量资源：已梳理出23处", "stock_resource", None),
    ("所在地：陕西省西安市", "jurisdiction", "610100"),
    ("所在地：鼓楼区", "jurisdiction", None),
]  # fmt: skip


def read(tmp_path: Path, text: str, name: str = "表.yaml") -> Reading:
    """A text saved under a name and read."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_facts(path)


@pytest.mark.parametrize("name", ["表.txt", "表.yaml"])
@pytest.mark.parametrize(("text", "key", "value"), STATED)
def test_what_stands_under_one_label(tmp_path: Path, text: str, key: str, value: object, name: str) -> None:
    """The same in a text and in a form."""
    assert read(tmp_path, text, name).sheet.value(key) == value


def test_what_was_not_read_is_an_error(tmp_path: Path) -> None:
    """Two amounts of the same kind without names are not guessed between."""
    reading = read(tmp_path, "综合体建筑面积：1020㎡，2180㎡", "表.txt")
    assert [issue.severity for issue in reading.issues if issue.key == "complex_area_m2"] == [Severity.ERROR]


def test_a_part_out_of_bounds_is_an_error(tmp_path: Path) -> None:
    """A share that cannot be a share is named, and the label's own amount is kept."""
    reading = read(tmp_path, "综合体建筑面积：1260㎡，其中加建-90㎡", "表.txt")
    assert reading.sheet.value("floor_area_increase_m2") is None
    assert reading.has_errors
    assert read(tmp_path, "项目加建80—90㎡", "表.txt").sheet.value("floor_area_increase_m2") is None


def test_notes_beside_a_value_are_read(tmp_path: Path) -> None:
    """What stands in the column 备注 states facts of its own, and is listed where it does not."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    for row in (
        ["项目", "内容", "备注"],
        ["方案变更", "有", "经县政府重新审查"],
        ["户数", "900户", "按天气调整"],
    ):
        page.append(row)
    book.save(tmp_path / "表.xlsx")
    reading = read_facts(tmp_path / "表.xlsx")
    assert (reading.sheet.value("plan_changed"), reading.sheet.value("re_review")) == (True, True)
    assert reading.sheet.value("households") == Decimal(900)
    assert [each.source.words for each in reading.unplaced] == ["户数：按天气调整"]


def test_rows_of_a_markdown_table_are_labels_and_words(tmp_path: Path) -> None:
    """Without the bars, known label or not; the head states nothing."""
    text = (
        "| 内容 | 情况 |\n|---|---|\n| 用房 | 原街道办公楼（国有） |\n| 申报方案 | 涪陵区人民政府组织编制 |\n"
    )
    reading = read(tmp_path, text, "表.md")
    assert reading.sheet.value("stock_resource") == ("闲置办公用房",)
    assert reading.sheet.value("uses_state_property") is True
    assert reading.sheet.value("plan_organiser") == "涪陵区人民政府"
    assert reading.unplaced == ()


def test_of_alike_facts_the_places_own_is_kept(tmp_path: Path) -> None:
    """分散型 is a kind of 共同体 in Hangzhou and a layout elsewhere."""
    local = read(tmp_path, "地区：杭州市\n形态：分散型\n", "表.txt").sheet
    assert (local.value("complex_form"), local.value("build_form")) == ("分散型", None)
    other = read(tmp_path, "地区：重庆市\n形态：分散型\n", "表.txt").sheet
    assert (other.value("complex_form"), other.value("build_form")) == (None, "分散")


def test_parts_without_names() -> None:
    """No amount, one amount, two bare ones."""
    spec = dictionary().spec("complex_area_m2")
    assert parts_of("待定") == ()
    assert bare_part(spec, "待定") is None
    assert bare_part(spec, "1,786㎡") == "1,786㎡"
    assert bare_part(spec, "1020㎡，2180㎡") is None
