"""The boundary vectors V1–V25 of the requirements, section B.6, each under its own number.

Two are decided otherwise than written there. V18 (a plan of a project that is not on the list) and V21
(a document past its last day) ask that nothing be drafted: we draft, as D.1 (3) allows, and the first
note names what is missing or expired. V14 asks for a warning; we say 不符合, which shows the same clause.
"""

import json
import re
from datetime import date

import pytest

from assistant.drafting.drafting import draft
from assistant.facts.types import FactSheet
from assistant.rules.verdicts import Verdict
from assistant.templates import find_template
from tests.assistant.drafting.conftest import shipped_library
from tests.assistant.drafting.test_gates import breaches_of
from tests.assistant.rule_sheets import finding, labelled, reading_of, report_on

# Number, place, facts, what the rules must say.
VECTORS = [
    ("V1", "CQ", "建设形态：综合体；综合体建筑面积：600㎡", {"CQ-07": "通过"}),
    ("V1", "CQ", "建设形态：综合体；综合体建筑面积：599.9㎡", {"CQ-07": "需说明理由"}),
    (
        "V2",
        "CQ",
        "社区有条件：是；综合体建筑面积：799㎡；每百户面积：79.9㎡",
        {"CQ-08": "建议", "CQ-06": "不符合", "CQ-07": "通过"},
    ),
    ("V2", "CQ", "综合体建筑面积：799㎡；每百户面积：79.9㎡", {"CQ-08": "无法判定", "CQ-06": "无法判定"}),
    ("V3", "CQ", "社区综合服务设施建筑面积：300㎡；服务户数：1000户", {"CQ-05": "通过"}),
    (
        "V3",
        "CQ",
        "社区综合服务设施建筑面积：299㎡；服务户数：1000户",
        {"CQ-05": "不符合", "GJ-06": "需说明理由"},
    ),
    ("V4", "CQ", "服务功能：社区助餐、家政便民、健康服务", {"CQ-15": "通过", "CQ-16": "需说明理由"}),
    (
        "V5",
        "CQ",
        "服务功能：养老服务、托育服务；暂不具备集中建设条件：是；综合体建筑面积：200㎡",
        {"CQ-17": "通过", "CQ-07": "不适用", "CQ-08": "不适用", "CQ-15": "不适用", "CQ-16": "不适用"},
    ),
    (
        "V5",
        "CQ",
        "服务功能：养老服务、托育服务；暂不具备集中建设条件：是；社区有条件：是",
        {"CQ-08": "不适用", "CQ-17": "通过"},
    ),
    (
        "V6",
        "BJ",
        "服务功能：社区助餐、儿童托管、家政便民",
        {"BJ-06": "通过", "BJ-07": "通过", "BJ-08": "需说明理由", "BJ-11": "不可引用"},
    ),
    (
        "V7",
        "BJ",
        "基本公共服务类投资：6000万元；普惠类投资：12000万元；基本类补助：1800万元；普惠类补助：3600万元",
        {"BJ-31": "通过", "BJ-32": "通过", "BJ-33": "不符合"},
    ),
    (
        "V8",
        "BJ",
        "基本公共服务类投资：6000万元；普惠类投资：12000万元；基本类补助：1800万元；普惠类补助：3200万元",
        {"BJ-31": "通过", "BJ-32": "通过", "BJ-33": "通过"},
    ),
    ("V9", "BJ", "基本公共服务类投资：100万元；基本类补助：29万元", {"BJ-31": "通过"}),
    ("V10", "BJ", "申请市政府固定资产投资：100万元；其他市级资金：1元", {"BJ-34": "不符合"}),
    (
        "V11",
        "BJ",
        "资金申请报告日期：2025-03-01；立项批复日期：2025-04-01；立项批复：西发改〔2025〕1号；造价深度：概算",
        {"BJ-35": "不符合"},
    ),
    ("V11", "BJ", "资金申请报告日期：2025-03-01；造价深度：概算", {"BJ-35": "无法判定"}),
    (
        "V12",
        "HZ",
        "社区类型：新建；是否试点：是；每百户面积：99.9㎡；民生幸福共同体面积：1000㎡",
        {"HZ-05": "不符合", "HZ-06": "通过", "HZ-07": "不适用"},
    ),
    (
        "V13",
        "HZ",
        "社区类型：既有；是否试点：是；每百户面积：60㎡；民生幸福共同体面积：600㎡",
        {"HZ-07": "通过", "HZ-08": "通过"},
    ),
    (
        "V13",
        "HZ",
        "是否试点：是；每百户面积：60㎡；民生幸福共同体面积：600㎡",
        {"HZ-05": "无法判定", "HZ-07": "无法判定", "HZ-08": "无法判定"},
    ),
    (
        "V14",
        "HZ",
        "区县：桐庐县；社区类型：新建；是否试点：是；每百户面积：50㎡；民生幸福共同体面积：500㎡",
        {"HZ-01": "不符合", "HZ-05": "不适用", "HZ-06": "不适用", "HZ-07": "不适用", "HZ-08": "不适用"},
    ),
    (
        "V15",
        "SH",
        "建设类型：存量改造；联审部门：发展改革、规划资源、住建；结构安全：是；消防安全：是",
        {"SH-05": "不可引用", "SH-04": "不符合"},
    ),
    (
        "V16",
        "SH",
        "建设类型：存量改造；联审部门：发展改革、规划资源、住建、消防；结构安全：是；消防安全：是；新增建筑面积：1㎡",
        {"SH-05": "通过", "SH-06": "不符合"},
    ),
    ("V18", "CQ", "是否入名单：否；实施主体：某某公司", {"CQ-64": "不适用"}),
    ("V20", "CQ", "试运营日期：2026-01-10；考核评估日期：2026-04-09", {"CQ-80": "不符合"}),
    ("V20", "CQ", "试运营日期：2026-01-10；考核评估日期：2026-04-10", {"CQ-80": "通过"}),
    ("V21", "BJ", "基准日期：2028-01-12", {"BJ-48": "通过"}),
    ("V21", "BJ", "基准日期：2028-01-13", {"BJ-48": "人工核对"}),
    ("V21", "BJ", "基准日期：2028-01-14", {"BJ-48": "不符合"}),
    ("V22", "CQ", "基准日期：2030-01-01", {"CQ-106": "人工核对"}),
    (
        "V23",
        "CQ",
        "是否入名单：是；技术指标：见表；投资估算：1500万元；概算：1500万元；资金来源：区财政1000万元、自筹500.02万元；造价深度：概算；资金流向：分期拨付",
        {"CQ-61": "不符合", "CQ-68": "不符合"},
    ),
    ("V24", "CQ", "社区综合服务设施建筑面积：300㎡", {"CQ-05": "无法判定", "GJ-06": "无法判定"}),
    ("V24", "HZ", "社区类型：新建；是否试点：是；社区综合服务设施建筑面积：3000㎡", {"HZ-05": "无法判定"}),
]


@pytest.mark.parametrize(
    ("number", "place", "facts", "expected"), VECTORS, ids=[f"{v[0]}-{i}" for i, v in enumerate(VECTORS)]
)
def test_a_boundary(number: str, place: str, facts: str, expected: dict[str, str]) -> None:
    """What stands just on and just beside each limit of the five documents."""
    report = report_on(labelled(facts), place)
    found = {each.rule.rule_id: each.verdict.value for each in report.findings}
    assert {rule: found[rule] for rule in expected} == expected, number


def test_v17_shanghai_has_no_floor_area_and_no_number_of_functions() -> None:
    """What the text does not regulate is said to be so, and no other city's figure appears."""
    report = report_on(labelled("综合体建筑面积：500㎡；服务功能：养老服务"), "SH")
    said = json.dumps(
        [[f.message, f.remarks, [s.text for s in f.steps]] for f in report.findings], ensure_ascii=False
    )
    assert not re.search(r"600|800|3项|1000㎡", said.replace("1000000", ""))
    assert any("没有规定面积数值" in notice for notice in report.notices)
    assert any("没有规定服务功能项数" in notice for notice in report.notices)
    broken = {f.rule.rule_id for f in report.findings if f.verdict in (Verdict.FAIL, Verdict.EXPLAIN)}
    assert broken == set()


def test_v19_the_deadline_of_a_rectification_is_computed_to_the_end_of_the_month() -> None:
    """Three months after 31 March is 30 June."""
    found = finding("CQ-93", labelled("评估等级：不合格；评估日期：2026-03-31"))
    assert found.verdict is Verdict.UNKNOWN
    assert any("2026年6月30日" in remark for remark in found.remarks)


def test_v22_the_trial_rules_of_chongqing_always_ask_for_their_validity() -> None:
    """A trial document that names no end is never called simply in force."""
    report = report_on({}, "CQ")
    assert any("试行" in notice and "有效期" in notice for notice in report.notices)


def test_v9_a_subsidy_below_the_granted_share_is_pointed_out() -> None:
    """29 of 30 percent is no breach, but worth a question."""
    found = finding("BJ-31", labelled("基本公共服务类投资：100万元；基本类补助：29万元"))
    assert any("低于30%" in remark for remark in found.remarks)


def test_v3_the_basis_of_an_average_is_told() -> None:
    """One community held against an average over a city or district: said with the verdict."""
    found = finding("CQ-05", labelled("社区综合服务设施建筑面积：299㎡；服务户数：1000户"))
    assert any("平均" in remark for remark in found.remarks)


def test_v6_what_is_only_commercial_gets_nothing() -> None:
    """The clause that lists what is subsidised names no 便民商业类."""
    found = finding("BJ-11", labelled("服务功能：社区助餐、儿童托管、家政便民"))
    assert found.verdict is Verdict.NOT_CITABLE
    assert "补助按0计" in found.message


def _notes(template: str, facts: str, day: date) -> str:
    sheet = reading_of(labelled(facts)).sheet
    return "\n".join(draft(find_template(template), sheet, shipped_library(), day).notes)


def test_v18_a_plan_of_a_project_off_the_list_says_so_first() -> None:
    """Drafted, with the precondition that is not met before everything else."""
    notes = _notes("CQ-D2", "所属辖区：重庆市；是否纳入试点社区建设名单：否", date(2026, 11, 22))
    assert notes.startswith("编制这份文书的前提没有写明或不具备：是否纳入试点社区建设名单")


@pytest.mark.parametrize(("day", "expired"), [(date(2028, 1, 12), False), (date(2028, 1, 14), True)])
def test_v21_a_document_past_its_last_day_is_not_cited(day: date, expired: bool) -> None:
    """Its last day is a person's to fix; the day after, no sentence of a draft rests on it."""
    sheet = FactSheet(reading_of({"所属辖区": "北京市"}).sheet.facts)
    made = draft(find_template("BJ-D3"), sheet, shipped_library(), day)
    cited = {one.doc_id for section in made.sections for one in section.citations}
    assert any("京发改规" in doc_id for doc_id in cited) is not expired


@pytest.mark.parametrize(
    ("text", "gate"),
    [
        ("本项目申请补助5000万元。", "数字"),
        ("本项目按1000平方米标准建设。", "数字"),
        ("本项目建设民生幸福共同体。", "辖区"),
    ],
)
def test_v25_another_citys_figure_or_term_is_caught(text: str, gate: str) -> None:
    """In a draft of Chongqing, where neither facts nor clauses have it."""
    assert gate in {each for each, _ in breaches_of({"place": "CQ", "text": text, "cites": []})}


def test_v24_a_draft_marks_the_households_nobody_stated() -> None:
    """The place of a fact that is missing is kept, with its name and unit."""
    sheet = reading_of(labelled("所属辖区：重庆市；综合体建筑面积：700㎡")).sheet
    made = draft(find_template("CQ-D1"), sheet, shipped_library(), date(2026, 11, 22))
    assert "【待补：服务户数（户）】" in {
        blank.shown for section in made.sections for blank in section.blanks
    }


def test_v7_nothing_is_cut_down_by_the_program() -> None:
    """Above the ceiling the amounts stay as stated, and whose they are to change is said."""
    facts = "基本公共服务类投资：6000万元；普惠类投资：12000万元；基本类补助：1800万元；普惠类补助：3600万元"
    found = finding("BJ-33", labelled(facts))
    assert any("5400" in step.text for step in found.steps)
    assert "由申报单位调整" in found.message
