"""Fact sheets read from files: what is placed, where it came from, what is doubted, what is left over."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from assistant.errors import UnreadableFacts
from assistant.facts.dictionary import dictionary
from assistant.facts.entries import text_entries
from assistant.facts.export import form_specs, to_json, to_workbook, to_yaml
from assistant.facts.reading import read_entries, read_facts
from assistant.facts.running import MAX_FIELD_CHARS
from assistant.facts.schema import fact_model, json_schema, schema_issues
from assistant.facts.types import Fact, FactSheet, Reading, Severity, Source, Table
from assistant.rules.checking import check_facts
from assistant.rules.verdicts import Verdict

EXAMPLES = Path(__file__).resolve().parents[3] / "corpus" / "examples"
AS_OF = date(2026, 11, 22)


def read(tmp_path: Path, text: str, name: str = "表.txt") -> Reading:
    """A text saved under a name and read."""
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return read_facts(path)


def said(reading: Reading) -> str:
    """All issues as one text."""
    return "\n".join(f"{issue.severity.value} {issue.message}" for issue in reading.issues)


OFFICERS_OWN_WORDS = """重庆市渝中区某街道社区嵌入式服务设施
综合体建筑面积：520㎡；服务功能：养老服务、社区助餐共2项
拟申请市级补助6000万元；由街道直接指定运营单位
现有居民3200户、8600人，属于既有社区。尚未征求居民意见；消防验收合格。
"""


def test_officers_own_words_become_facts(tmp_path: Path) -> None:
    """Labels and running text, in one file, each with its place and words."""
    sheet = read(tmp_path, OFFICERS_OWN_WORDS).sheet
    assert sheet.value("complex_area_m2") == Decimal(520)
    assert sheet.value("functions") == ("养老服务", "社区助餐")
    assert sheet.value("city_fixed_asset_request") == Decimal(6000)
    assert sheet.value("operator_selection") == "直接指定"
    assert sheet.value("households") == Decimal(3200)
    assert sheet.value("population") == Decimal(8600)
    assert sheet.value("community_type") == "既有"
    assert sheet.value("resident_consultation") is False
    assert sheet.value("fire_safe") is True
    assert sheet.value("jurisdiction") == "500000"
    source = sheet.facts["operator_selection"].source
    assert (source.file, source.place) == ("表.txt", "第3行")
    assert "由街道直接指定" in source.words


RUNNING_TEXT = [
    ("总投资1.2亿元，其中基本公共服务类6000万元，普惠类5000万元", "inv_inclusive", Decimal(5000)),
    ("申请补助1800万元，其中基本公共服务类1000万元", "request_basic", Decimal(1000)),
    ("拟设置社区助餐、儿童托管、家政便民三项服务功能", "functions", ("社区助餐", "儿童托管", "家政便民")),
    ("暂不具备集中建设条件，拟分散建设", "lacks_centralised_conditions", True),
    ("具备集中建设条件", "lacks_centralised_conditions", False),
    ("社会稳定风险评估未开展", "social_risk_assessment", False),
    ("需求清单、资源清单、项目清单均已形成", "resource_list", "资源清单、项目清单均已形成"),
    ("运营方未经居民投票", "operator_vote", False),
    ("资金申请报告于2026年3月1日编制，达到概算深度", "cost_depth", "概算"),
    ("资金申请报告于2026年3月1日编制，达到概算深度", "fund_request_date", date(2026, 3, 1)),
    ("方案征求了利益相关人、社会公众意见", "consulted", ("利益相关人", "社会公众")),
    ("由九龙坡区人民政府组织编制", "plan_organiser", "九龙坡区人民政府"),
    ("资金来源为中央预算内投资800万元、区级财政700万元", "funding_sources",
     Table(("来源", "金额"), (("中央预算内投资", Decimal(800)), ("区级财政", Decimal(700))))),
    ("经发展改革、规划资源、住建、消防等部门联审", "joint_review",
     ("发展改革", "规划资源", "住房城乡建设管理", "消防")),
    ("未设置宝宝屋", "nursery_house", False),
    ("场地无偿提供给运营单位", "site_rent_terms", "免费"),
    ("每百户居民拥有面积28平方米", "area_per_100hh_stated", Decimal(28)),
    ("拟征求利益相关人意见", "consulted", None),  # not yet
    ("拟通过居民代表大会投票引入运营单位", "operator_vote", None),
    ("其中社区助餐600平方米、儿童托管400平方米", "func_details",
     Table(("功能", "建筑面积"), (("社区助餐", Decimal(600)), ("儿童托管", Decimal(400))))),
    ("社区食堂建筑面积200平方米", "complex_area_m2", None),  # the canteen's, not the project's
    ("下一步将征询512户意见", "households", None),
    ("建筑面积0.31万平米", "complex_area_m2", Decimal(3100)),
    ("每百户居民拥有社区综合服务设施面积28平方米", "households", None),  # a rate states no number of homes
    ("每百户居民拥有社区综合服务设施面积28平方米", "community_service_area_m2", None),
    ("项目位于新建试点社区", "district", None),
    ("条件不够建综合体，按分散方式新建", "build_form", "分散"),
    ("不采用公建民营等模式", "operation_mode", None),
    ("服务功能为七大类中缺儿童游憩、文化休闲，其余都有", "functions",
     ("养老服务", "婴幼儿托育", "社区助餐", "家政便民", "健康服务", "体育健身")),
    ("年度评估内容为除社会信誉外，其余六项均已评估", "eval_items",
     ("设施设备条件", "日常运营", "人员配备", "服务质量", "财务状况", "服务对象满意度")),
    ("居民代表大会投票选定运营单位", "resident_consultation", None),  # a vote is no consultation
    ("没有发问卷，居民需求建议清单也没有", "demand_list", False),
    ("运营方是自发组织，没有登记", "operator_type", "未登记的组织"),
    ("市民政局已给养老床位建设补贴60万元", "other_municipal_funding", Decimal(60)),
    ("周边没有危险源", "site_safety", "周边没有危险源"),
    ("“查漏补缺”设施清单9项", "gap_list", "“查漏补缺”设施清单9项"),
    ("街道免费提供给运营单位", "site_rent_terms", "免费"),
    ("立项批复由区民政局负责", "approval_authority", "区民政局"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "key", "value"), RUNNING_TEXT)
def test_facts_in_running_text(tmp_path: Path, text: str, key: str, value: object) -> None:
    """Wordings of real material, and two that only look like a fact."""
    assert read(tmp_path, text).sheet.value(key) == value


def test_what_cannot_be_placed_is_listed_with_the_nearest_labels(tmp_path: Path) -> None:
    """Nothing is dropped in silence; headings alone are no statements."""
    reading = read(tmp_path, "一、项目基本情况\n综合体使用面积：520㎡\n天气晴朗，宜于施工。\n")
    assert [each.source.place for each in reading.unplaced] == ["第2行", "第3行"]
    assert "综合体建筑面积" in reading.unplaced[0].nearest


def test_a_figure_beside_facts_that_were_read_is_not_dropped(tmp_path: Path) -> None:
    """A sentence of which only a part was understood names the rest."""
    reading = read(tmp_path, "现有居民3200户，绿地率35%，属于既有社区。")
    assert reading.sheet.value("households") == Decimal(3200)
    assert [each.source.words for each in reading.unplaced] == ["绿地率35%"]


def test_the_district_is_taken_from_the_words(tmp_path: Path) -> None:
    """桐庐 lies outside Hangzhou's scope, wherever it is named."""
    reading = read(
        tmp_path, "所属辖区：杭州市\n项目名称：桐庐县某社区民生幸福共同体\n是否试点：是\n社区类型：新建\n"
    )
    assert reading.sheet.value("district") == "桐庐县"
    verdict = {f.rule.rule_id: f.verdict for f in check_facts(reading.sheet, AS_OF).findings}
    assert verdict["HZ-01"] is Verdict.FAIL
    assert verdict["HZ-05"] is Verdict.NOT_APPLICABLE


def test_a_label_with_nothing_behind_it_takes_the_lines_below(tmp_path: Path) -> None:
    """Lists under a heading with a colon."""
    reading = read(tmp_path, "服务功能：\n- 养老服务\n- 社区助餐\n服务户数：100户\n")
    assert reading.sheet.value("functions") == ("养老服务", "社区助餐")
    assert reading.sheet.value("households") == Decimal(100)


def test_yaml_with_groups_tables_and_units(tmp_path: Path) -> None:
    """Nested groups, lists, tables; values as written, not as YAML guesses them."""
    text = """
项目: {名称: 某综合体}
规模:
  服务户数: 2000
  总投资（亿元）: 0.15
服务功能: [养老服务, 社区助餐]
资金来源:
  - {来源: 区财政, 金额: 1000}
  - {来源: 自筹, 金额: 500万元}
立项批复: 渝中发改〔2026〕1号，2026年3月1日
是否试点:
"""
    sheet = read(tmp_path, text, "表.yaml").sheet
    assert sheet.value("project_name") == "某综合体"
    assert sheet.value("households") == Decimal(2000)
    assert sheet.value("total_investment") == Decimal(1500)
    assert sheet.value("functions") == ("养老服务", "社区助餐")
    rows = sheet.value("funding_sources")
    assert isinstance(rows, Table)
    assert rows.column("金额") == (Decimal(1000), Decimal(500))
    assert sheet.value("approval_date") == date(2026, 3, 1)
    assert sheet.facts["is_pilot"].value is None
    assert sheet.facts["households"].source.place == "第4行"


def test_json_and_its_own_keys(tmp_path: Path) -> None:
    """Keys of the dictionary serve as labels; booleans and null are 是, 否 and 未知."""
    data = {"complex_area_m2": 520.5, "is_pilot": True, "on_list": False, "plan_conform": None}
    sheet = read(tmp_path, json.dumps(data), "表.json").sheet
    assert sheet.value("complex_area_m2") == Decimal("520.5")
    assert (sheet.value("is_pilot"), sheet.value("on_list")) == (True, False)
    assert "plan_conform" in sheet.facts
    assert sheet.value("plan_conform") is None


def test_a_workbook_with_heads_units_and_a_table(tmp_path: Path) -> None:
    """Two-column forms with unit and source columns; a second sheet that is a table."""
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.append(["指标", "数值", "单位", "来源"])
    page.append(["服务户数", 3200, "户", "社区台账"])
    page.append(["综合体建筑面积", 0.052, "公顷", "测绘"])
    page.append(["开工日期", date(2026, 3, 1), "", ""])
    extra = book.create_sheet("分功能明细")
    extra.append(["功能名称", "面积（平方米）", "技术方案"])
    extra.append(["日间照料", 200, "一层"])
    extra.append(["合计", 200, ""])
    book.save(tmp_path / "表.xlsx")
    sheet = read_facts(tmp_path / "表.xlsx").sheet
    assert sheet.value("complex_area_m2") == Decimal(520)
    assert sheet.value("schedule_start") == date(2026, 3, 1)
    assert sheet.facts["households"].source.place == "工作表“Sheet”B2"
    assert "社区台账" in sheet.facts["households"].source.words
    rows = sheet.value("func_details")
    assert isinstance(rows, Table)
    assert rows.rows == (("养老服务", Decimal(200), "一层"),)
    assert sheet.value("functions") == ("养老服务",)


def test_a_word_form_with_merged_cells_and_a_table(tmp_path: Path) -> None:
    """Label and value side by side, twice a row; a table under its title; running text after it."""
    form = docx.Document()
    form.add_paragraph("重庆市渝北区某社区申报表")
    grid = form.add_table(rows=2, cols=4)
    for cell, text in zip(
        grid.rows[0].cells, ("服务户数", "3000户", "综合体建筑面积（㎡）", "820"), strict=True
    ):
        cell.text = text
    merged = grid.rows[1].cells[1].merge(grid.rows[1].cells[3])
    grid.rows[1].cells[0].text, merged.text = "服务功能", "养老服务、托育服务"
    form.add_paragraph("资金来源")
    money = form.add_table(rows=0, cols=2)
    for row in (("资金来源", "金额（万元）"), ("区财政", "300"), ("合计", "300")):
        for cell, text in zip(money.add_row().cells, row, strict=True):
            cell.text = text
    form.add_paragraph("运营单位由居民代表大会投票产生，采用公建民营模式。")
    form.save(str(tmp_path / "表.docx"))
    sheet = read_facts(tmp_path / "表.docx").sheet
    assert sheet.value("complex_area_m2") == Decimal(820)
    assert sheet.value("functions") == ("养老服务", "婴幼儿托育")
    assert sheet.value("funding_sources") == Table(("来源", "金额"), (("区财政", Decimal(300)),))
    assert sheet.value("operation_mode") == ("公建民营",)
    assert sheet.facts["operation_mode"].source.place == "第3段"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("综合体建筑面积：-5㎡", "应大于 0"),
        ("综合体建筑面积：520万元", "单位不对"),
        ("服务户数：3200人", "单位不对"),
        ("综合体建筑面积：不足600㎡", "只是一个界限"),
        ("综合体建筑面积：520㎡\n综合体建筑面积：600㎡", "前后写法不一致"),
        ("服务户数：100户\n常住人口：2000人", "八倍"),
        ("综合体建筑面积：600㎡\n社区综合服务设施建筑面积：500㎡", "前者应包含后者"),
        ("总投资：1500万元\n资金来源：区财政1000万元、自筹400万元", "不相等"),
        ("发放问卷：10份\n回收问卷：20份", "多于发放"),
        ("竣工验收日期：2026-05-01\n交付使用日期：2026-04-01", "早于竣工验收"),
        ("服务户数：1000户\n社区综合服务设施建筑面积：300㎡\n每百户面积：35㎡", "不一致"),
        ("申请市级补助：2000万元\n总投资：1000万元", "大于总投资"),
        ("所属辖区：北京市\n所属辖区：重庆市", "前后写法不一致"),
        ("所属辖区：重庆市\n基本公共服务类投资：100万元", "只有北京市的文件用到"),
        ("联系人：张三 13800001234", "疑似手机号 138"),
        ("备注：身份证11010519491231002X", "疑似身份证号"),
        ("备注：身份证号：500103198001011234", "疑似身份证号"),  # its check digit is wrong
        ("密级：秘密", "密级标志"),
        ("机密★十年 某项目", "密级标志"),
    ],
)  # fmt: skip
def test_bad_input_is_named(tmp_path: Path, text: str, expected: str) -> None:
    """Wrong types and units, sums that do not add up, another place's facts, what should not be there."""
    reading = read(tmp_path, text)
    assert expected in said(reading)
    assert "00001234" not in said(reading)
    assert "19491231" not in said(reading)


def test_contradictions_leave_the_fact_unknown(tmp_path: Path) -> None:
    """Neither of two figures is chosen, and what depends on them is open."""
    reading = read(tmp_path, "所属辖区：重庆市\n综合体建筑面积：520㎡\n综合体建筑面积：700㎡\n")
    assert reading.sheet.value("complex_area_m2") is None
    verdict = {f.rule.rule_id: f.verdict for f in check_facts(reading.sheet, AS_OF).findings}
    assert verdict["CQ-07"] is Verdict.UNKNOWN


def test_a_key_given_twice_in_yaml_is_two_statements(tmp_path: Path) -> None:
    """YAML's last-one-wins would hide a contradiction."""
    assert "前后写法不一致" in said(read(tmp_path, "服务户数: 100\n服务户数: 200\n", "表.yaml"))


def test_a_heading_over_labels_of_its_own_is_no_fact(tmp_path: Path) -> None:
    """功能 over 功能配置 and 托育形式 groups them; 功能 over functions lists them."""
    grouped = "功能:\n  功能配置: 养老服务、社区助餐、健康服务\n  托育形式: 全日托\n"
    assert read(tmp_path, grouped, "表.yaml").sheet.value("functions") == ("养老服务", "社区助餐", "健康服务")
    listed = read(tmp_path, "功能:\n  养老服务: 二层\n  社区助餐: 一层\n", "表.yaml").sheet
    assert listed.value("functions") == ("养老服务", "社区助餐")


def test_yes_behind_the_name_of_a_list_answers_the_question(tmp_path: Path) -> None:
    """试点社区：是 names no community."""
    sheet = read(tmp_path, "试点社区: 是\n", "表.yaml").sheet
    assert sheet.value("is_pilot") is True
    assert sheet.value("communities") is None


def test_a_paper_that_does_not_concern_the_project_is_not_lacking(tmp_path: Path) -> None:
    """用地手续：不涉及 breaks no rule, and meets none."""
    sheet = read(tmp_path, "所属辖区：重庆市\n规划用地手续：不涉及\n").sheet
    assert sheet.value("land_procedure_plan") is None


def test_a_flat_refusal_is_no_consent(tmp_path: Path) -> None:
    """不同意, with nothing behind it, is the word of whoever was asked."""
    sheet = read(tmp_path, "所属辖区：上海市\n权属方意见：不同意\n").sheet
    assert sheet.value("owner_consent") is False


def test_a_field_of_five_megabytes_is_kept_whole_and_named(tmp_path: Path) -> None:
    """Nothing lost, nothing searched in it, and no long wait."""
    long = "很长的说明" * (5 * 1024 * 1024 // 15)
    reading = read(tmp_path, f"服务户数：100户\n预计收益：{long}\n", "表.txt")
    assert reading.sheet.value("revenue_forecast") == long
    assert len(long) > MAX_FIELD_CHARS
    assert "已整段保留" in said(reading)
    assert reading.sheet.value("households") == Decimal(100)
    assert all(len(issue.message) < 300 for issue in reading.issues)


@pytest.mark.parametrize(
    ("name", "data", "expected"),
    [
        ("表.pdf", b"%PDF", "格式暂不支持"),
        ("没有.txt", None, "找不到文件"),
        ("空.txt", b"", "空文件"),
        ("坏.xlsx", b"not a zip", "已损坏"),
        ("坏.docx", b"PK\x03\x04broken", "已损坏"),
        ("坏.yaml", b"a: [1, 2", "不是有效的 YAML"),
        ("坏.json", b'{"households": ', "不是有效的 JSON"),
        ("列表.json", b"[1, 2]", "应是一个对象"),
        ("深.yaml", ("{a: " * 40 + "1" + "}" * 40).encode(), "嵌套"),
        ("二进制.txt", bytes(range(256)) * 4, "不是可识别的文本文件"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes | None, expected: str) -> None:
    """One sentence that names the file and what to do."""
    if data is not None:
        (tmp_path / name).write_bytes(data)
    with pytest.raises(UnreadableFacts, match=expected):
        read_facts(tmp_path / name)


def test_gb18030_text_is_read(tmp_path: Path) -> None:
    """The encoding of older office machines."""
    (tmp_path / "表.txt").write_bytes("综合体建筑面积：520㎡，服务户数：3200户".encode("gb18030"))
    assert read_facts(tmp_path / "表.txt").sheet.value("households") == Decimal(3200)


@pytest.mark.parametrize("suffix", [".yaml", ".json", ".xlsx"])
@pytest.mark.parametrize("example", sorted(path.name for path in EXAMPLES.iterdir()))
def test_what_is_written_out_is_read_back(tmp_path: Path, example: str, suffix: str) -> None:
    """Every value survives the round trip, and its first source stands beside it."""
    before = read_facts(EXAMPLES / example).sheet
    out = tmp_path / f"另存{suffix}"
    out.write_bytes(
        to_workbook(before)
        if suffix == ".xlsx"
        else (to_yaml if suffix == ".yaml" else to_json)(before).encode()
    )
    after = read_facts(out).sheet
    assert {key: fact.value for key, fact in after.facts.items()} == {
        key: fact.value for key, fact in before.facts.items()
    }
    assert example in after.facts["households"].source.words


def test_a_workbook_never_holds_a_formula(tmp_path: Path) -> None:
    """What begins with = in a fact stays the words it is."""
    source = Source("表", "第1行", "=cmd()")
    sheet = FactSheet({"site_owner": Fact("site_owner", "=1+1", source)})
    (tmp_path / "出.xlsx").write_bytes(to_workbook(sheet))
    book = openpyxl.load_workbook(tmp_path / "出.xlsx")
    assert {cell.data_type for row in book.active.iter_rows() for cell in row if cell.value} == {"s"}
    assert read_facts(tmp_path / "出.xlsx").sheet.value("site_owner") == "=1+1"


def test_an_empty_form_states_nothing(tmp_path: Path) -> None:
    """What `cewen facts form` writes can be handed back unfilled."""
    (tmp_path / "空表.xlsx").write_bytes(to_workbook(FactSheet(), form_specs("500000", ("households",))))
    reading = read_facts(tmp_path / "空表.xlsx")
    assert reading.sheet.facts == {}
    assert not reading.has_errors


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("服务户数：-5户", "服务户数"),
        ("服务户数：−3200户", "服务户数"),
        ("服务常住人口：-9800人", "服务常住人口"),
        ("护理型床位数：－12张", "护理型床位数"),
    ],
)
def test_a_negative_count_is_refused_and_not_taken_without_its_sign(
    line: str, label: str, tmp_path: Path
) -> None:
    """Whatever sign it has; of who is counted as of areas and money."""
    path = tmp_path / "事实.txt"
    path.write_text(line, encoding="utf-8")
    reading = read_facts(path)
    assert all(fact.value is None for fact in reading.sheet.facts.values())
    assert any(label in issue.message and "写的是 -" in issue.message for issue in reading.issues)


def test_the_schema_knows_every_fact_and_refuses_strangers() -> None:
    """Typed values from a form or a program meet the same bounds."""
    assert json_schema()["properties"]["households"]["title"] == "服务户数"
    source = Source("表", "", "")
    wrong = FactSheet(
        {
            "household": Fact("household", Decimal(1), source),
            "households": Fact("households", Decimal(-1), source),
            "is_pilot": Fact("is_pilot", "是", source),
        }
    )
    messages = [issue.message for issue in schema_issues(wrong)]
    assert len(messages) == 3
    assert any("没有“household”这个事实" in message for message in messages)
    assert schema_issues(FactSheet()) == ()
    assert fact_model().model_validate({"households": Decimal(3)}) is not None


def test_the_examples_show_what_they_say() -> None:
    """One that breaks no rule, one that breaks several, one in plain words; none with a misread line."""
    broken = {}
    for path in EXAMPLES.iterdir():
        reading = read_facts(path)
        assert not reading.has_errors, path
        report = check_facts(reading.sheet, AS_OF)
        broken[path.name] = {f.rule.rule_id for f in report.findings if f.verdict is Verdict.FAIL}
    kept = {name for name, rules in broken.items() if not rules}
    assert kept == {"chongqing.yaml", "shanghai.txt", "hangzhou.yaml", "national.yaml"}
    assert {"BJ-28", "BJ-32", "BJ-33", "BJ-34", "BJ-35", "BJ-44"} <= broken["beijing.yaml"]


def test_the_words_of_the_issue_break_what_they_break(tmp_path: Path) -> None:
    """520 ㎡, two functions, an appointed operator: explained, explained, refused; Chongqing sets no cap."""
    report = check_facts(read(tmp_path, OFFICERS_OWN_WORDS).sheet, AS_OF)
    verdict = {f.rule.rule_id: f.verdict for f in report.findings}
    assert verdict["CQ-07"] is Verdict.EXPLAIN
    assert verdict["CQ-15"] is Verdict.EXPLAIN
    assert verdict["CQ-16"] is Verdict.PASS
    assert verdict["CQ-81"] is Verdict.FAIL
    assert any("没有规定项目建设补助" in notice for notice in report.notices)


def test_a_date_written_as_a_month_decides_only_what_both_ends_agree_on(tmp_path: Path) -> None:
    """May 2026 is more than a year after 1 March 2025; March 2026 may or may not be."""

    def verdict(month: str) -> Verdict:
        text = f"所属辖区：重庆市\n审查通过日期：2025年3月15日\n启动建设日期：{month}\n"
        report = check_facts(read(tmp_path, text).sheet, AS_OF)
        return next(f.verdict for f in report.findings if f.rule.rule_id == "CQ-79")

    assert verdict("2026年5月") is Verdict.EXPLAIN
    assert verdict("2026年3月") is Verdict.UNKNOWN
    assert verdict("2026年2月") is Verdict.PASS


def test_errors_come_with_their_place(tmp_path: Path) -> None:
    """So that the line can be mended."""
    issue = read(tmp_path, "服务户数：3200户\n综合体建筑面积：很大\n").issues[0]
    assert issue.severity is Severity.ERROR
    assert issue.message.startswith("第2行")


def test_a_book_is_not_read_for_facts_to_its_end(tmp_path: Path) -> None:
    """The first pages are read, and one sentence says where reading stopped; labels are read to the end."""
    path = tmp_path / "book.txt"
    lines = [
        "服务户数3200户。",
        *(f"第{number}页介绍社区历史沿革。" for number in range(20)),
        "介绍社区历史沿革" * 8_000,
    ]
    path.write_text("\n".join([*lines, "共有托位40个。", "项目名称：东风社区服务综合体"]), "utf-8")
    reading = read_facts(path)
    assert {"households", "project_name"} <= set(reading.sheet.facts)
    assert "nursery_places" not in reading.sheet.facts
    path.write_text("\n".join([lines[0], "共有托位40个。"]), "utf-8")
    assert "nursery_places" in read_facts(path).sheet.facts
    assert len([one for one in reading.issues if "其后的正文没有读" in one.message]) == 1


def facts_of(text: str) -> dict[str, object]:
    """What a text states, by key."""
    sheet = read_entries(text_entries(text, dictionary()), "表.txt").sheet
    return {key: fact.value for key, fact in sheet.facts.items()}


def test_a_label_cut_short_asked_or_turned_round_is_read() -> None:
    """计划完工 is a day, 是否在试点名单 a question, 集中建设条件：暂不具备 says it backwards."""
    facts = facts_of("计划完工：2027年5月1日\n是否在试点名单：是\n集中建设条件：暂不具备")
    assert facts["schedule_end"] == date(2027, 5, 1)
    assert facts["on_list"] is True
    assert facts["lacks_centralised_conditions"] is True


def test_what_is_under_way_or_denied_right_behind_is_not_there() -> None:
    """A paper being made up, a consultation still to come: neither is taken for done."""
    facts = facts_of("国资审批手续不全，正在补办。征求居民意见还没做。")
    assert facts.get("soa_procedure_doc") is None
    assert facts.get("consulted") is None
    assert facts.get("resident_consultation") is False


def test_a_day_without_a_year_takes_that_before_it_and_says_so() -> None:
    """Only in the same line, never backwards over the turn of the year."""
    reading = read_entries(
        text_entries("2026年9月18日审查通过，9月29日报市发展改革委报备。\n交付日期：1月5日", dictionary()),
        "表.txt",
    )
    assert reading.sheet.value("filed_date") == date(2026, 9, 29)
    assert reading.sheet.value("delivery_date") is None
    assert any("没有写年份" in issue.message for issue in reading.issues)


def test_odd_units_and_hedges_are_numbers() -> None:
    """2.1千户, 七百六十多万, 630平: what officers write for 2100, 7600000 and 630."""
    facts = facts_of("本中心2.1千户，城区常住人口七百六十多万。\n综合体面积：630平")
    assert facts["households"] == 2100
    assert facts["city_urban_pop"] == 7_600_000
    assert facts["complex_area_m2"] == 630


def test_a_date_of_completion_is_not_one_of_rectification():
    """2026年1月完成 says when the survey was done; only with 整改 before it is it one."""
    assert "rectification_date" not in facts_of("居民需求调研：2026年1月完成")
    assert "rectification_date" in facts_of("限期整改，2026年3月1日前完成。")


def test_what_longer_words_deny_is_not_read_from_a_piece_of_them(tmp_path: Path) -> None:
    """其余六类都具备 says nothing without 除家政便民外 before it."""
    sheet = read(tmp_path, "杭州市某社区。放到整个社区看，除家政便民外，七大类里其余六类都具备。\n").sheet
    functions = sheet.value("community_functions")
    assert isinstance(functions, tuple)
    assert "家政便民" not in functions
    assert {"社区助餐", "健康服务", "儿童游憩"} <= set(functions)


def test_one_building_is_not_the_whole(tmp_path: Path) -> None:
    """The areas of single buildings are nobody's; their sum, where it is said, is the project's."""
    buildings = "1号楼改造面积260平方米，2号楼改造面积190平方米，3号楼改造面积130平方米"
    assert read(tmp_path, f"{buildings}，三栋合计580平方米。\n").sheet.value("complex_area_m2") == Decimal(
        580
    )
    assert read(tmp_path, f"{buildings}。\n").sheet.value("complex_area_m2") is None


def test_a_range_of_ages_is_its_two_ends(tmp_path: Path) -> None:
    """A label whose lower and upper limits are facts of their own."""
    sheet = read(tmp_path, "托管年龄：2岁半至12岁\n").sheet
    assert (sheet.value("care_age_min"), sheet.value("care_age_max")) == (Decimal("2.5"), Decimal(12))
    assert read(tmp_path, "托管年龄：小学生\n").sheet.value("care_age_min") is None


def test_a_day_is_no_name_of_a_body(tmp_path: Path) -> None:
    """方案审查：2026年1月15日通过 says when the plan passed, not who reviewed it."""
    sheet = read(tmp_path, "方案审查：2026年1月15日通过\n").sheet
    assert sheet.value("review_pass_date") == date(2026, 1, 15)
    assert sheet.value("reviewer") is None
    assert read(tmp_path, "方案审查：渝中区人民政府\n").sheet.value("reviewer") == "渝中区人民政府"


def test_standards_named_in_two_places_are_all_kept(tmp_path: Path) -> None:
    """They add to each other; they are no contradiction."""
    refs = read(tmp_path, "指标依据：按京政发〔2015〕7号配建；同时执行建设导则\n").sheet.value(
        "standard_refs"
    )
    assert isinstance(refs, str)
    assert "京政发〔2015〕7号" in refs
    assert "导则" in refs


def test_several_lists_counted_together_are_all_there(tmp_path: Path) -> None:
    """三张清单都列好了 behind the three names."""
    sheet = read(tmp_path, "需求清单、资源清单、项目清单三张清单都列好了。\n").sheet
    assert all(
        sheet.value(key) not in (None, False) for key in ("demand_list", "resource_list", "project_list")
    )


def test_two_facts_below_one_heading_are_both_kept(tmp_path: Path) -> None:
    """内容 beside other labels is a fact of its own and drops none of them."""
    text = "申报方案:\n  组织编制: 万州区人民政府\n  内容: 实施范围、建设目标\n"
    sheet = read(tmp_path, text, "表.yaml").sheet
    assert sheet.value("plan_organiser") == "万州区人民政府"
    assert sheet.value("material_sections") == ("实施范围", "建设目标")


def test_a_denial_that_is_denied_is_none(tmp_path: Path) -> None:
    """不是没有征求居民意见 does not say that residents were not asked."""
    said = "不是没有征求居民意见，只是没有开听证会。\n"
    assert read(tmp_path, said).sheet.value("resident_consultation") is not False


def test_a_short_label_means_the_fact_with_that_choice(tmp_path: Path) -> None:
    """模式：民建民营; but 阶段：申报 may be the stage of anything."""
    sheet = read(tmp_path, "模式：民建民营\n阶段：申报\n").sheet
    assert sheet.value("operation_mode") == ("民建民营",)
    assert sheet.value("operator_involved_stage") is None


def test_with_and_without_pay_is_no_question(tmp_path: Path) -> None:
    """服务有无偿的、低偿的，也有有偿的: 有无 is no question there."""
    sheet = read(tmp_path, "服务有无偿的、低偿的，也有有偿的。\n").sheet
    assert sheet.value("service_price_types") == ("无偿", "低偿", "有偿")
    assert sheet.value("site_rent_terms") is None


def test_complete_alone_means_all_kinds(tmp_path: Path) -> None:
    """社区七大类：齐全 lists every one."""
    functions = read(tmp_path, "城市：杭州\n社区七大类：齐全\n").sheet.value("community_functions")
    assert isinstance(functions, tuple)
    assert {"社区助餐", "儿童游憩", "文化休闲"} <= set(functions)


def test_an_area_of_a_hundred_households_is_not_the_whole(tmp_path: Path) -> None:
    """每百户58㎡ under the label of the whole is the share, and 46百户 still a number of households."""
    sheet = read(tmp_path, "社区综合服务设施面积：每百户58㎡\n服务户数：46百户\n").sheet
    assert sheet.value("community_service_area_m2") is None
    assert sheet.value("area_per_100hh_stated") == Decimal(58)
    assert sheet.value("households") == Decimal(4600)


def test_a_source_that_is_denied_is_none(tmp_path: Path) -> None:
    """未列入市级 names no money of the city."""
    table = read(tmp_path, "财政：只列入区级财政预算，未列入市级\n").sheet.value("funding_sources")
    assert isinstance(table, Table)
    assert table.rows == (("只列入区级财政预算",),)


def test_one_value_of_two_labels_is_said_of_both(tmp_path: Path) -> None:
    """后期管护责任主体和实施主体均为…: two facts."""
    sheet = read(tmp_path, "后期管护责任主体和实施主体均为天通苑北街道办事处。\n").sheet
    assert sheet.value("maintenance_entity") == "天通苑北街道办事处"
    assert sheet.value("implementing_entity") == "天通苑北街道办事处"


def test_what_a_function_offers_stands_under_its_name(tmp_path: Path) -> None:
    """家政 and 健身 as labels add to the services offered; a denial or an area does not."""
    sheet = read(tmp_path, "家政：保洁、家电清洗\n健身：步道、器材\n助餐：不设\n").sheet
    assert sheet.value("scene_items") == ("保洁", "家电清洗", "步道", "器材")


def test_what_is_not_said_for_certain_states_nothing(tmp_path: Path) -> None:
    """也许 is no yes, 三千多 is a round number and said to be one, 123 is no service."""
    reading = read(
        tmp_path, "是否使用国有房产：也许\n服务户数：三千多\n服务功能：123\n本项目可能属于有条件的社区。\n"
    )
    sheet = reading.sheet
    assert sheet.value("uses_state_property") is None
    assert sheet.value("households") == Decimal(3000)
    assert "约数" in "".join(sheet.facts["households"].remarks)
    assert sheet.value("functions") is None
    assert sheet.value("community_has_conditions") is None


def test_a_position_without_a_place_does_not_hide_the_place(tmp_path: Path) -> None:
    """位置：紧邻地铁站 names no city; the one named elsewhere counts, stated or not."""
    for place in ("所属区域：北京市海淀区", "项目名称：北京市海淀区毛纺北社区综合体"):
        sheet = read(tmp_path, f"{place}\n位置：紧邻地铁站，交通便利\n").sheet
        assert sheet.value("jurisdiction") == "110000", place


def test_what_is_noted_beside_a_paper_is_part_of_it(tmp_path: Path) -> None:
    """已完成 with 结论：存在隐患 in the next column is no clean assessment."""
    book = openpyxl.Workbook()
    for row in (
        ("事项", "内容", "备注"),
        ("选址安全评估", "已完成", "结论：存在隐患"),
        ("服务户数", "900户", "含新建"),
    ):
        book.active.append(row)
    book.save(tmp_path / "表.xlsx")
    sheet = read_facts(tmp_path / "表.xlsx").sheet
    assert sheet.value("safety_assessment") == "已完成；结论：存在隐患"
    assert sheet.value("households") == Decimal(900)
    found = check_facts(sheet, AS_OF, "000000").findings
    assert next(each.verdict for each in found if each.rule.rule_id == "GJ-24") is Verdict.MANUAL
