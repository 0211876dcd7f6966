"""Labels and sentences in an officer's own words, table by table; and words that only look like a fact."""

from pathlib import Path

import pytest

from assistant.facts.dictionary import FactDictionary, dictionary
from assistant.facts.labels import canonical, split_label
from assistant.facts.reading import read_facts
from assistant.facts.types import FactKind, FactSpec

SAME = (
    ("运营商遴选方式", "operator_selection"),
    ("运营单位的产生方式", "operator_selection"),
    ("立项批复单位", "approval_authority"),
    ("后期维护管理主体", None),
    ("居民意见征求", "resident_consultation"),
    ("拟配功能三项", "functions"),
    ("服务功能共4项", "functions"),
    ("竣工验收时间", "acceptance_date"),
    ("绿化率", None),
    ("建筑密度", None),
)
SENTENCES = (
    ("不存在暂不具备集中建设条件的情形", "lacks_centralised_conditions", False),
    ("暂不具备建设综合体的条件", "lacks_centralised_conditions", True),
    ("是否设宝宝屋：否\n所属辖区：上海市", "nursery_house", False),
    ("宝宝屋：因面积不足未设\n所属辖区：上海市", "nursery_house", False),
    ("有无微型消防站：有\n所属辖区：上海市", "micro_fire_station", True),
    ("需求清单、资源清单、项目清单：均已形成", "resource_list", "均已形成"),
    ("租金计算方式：未约定", "rent_formula", False),
    ("区存量资源统筹利用机制文件：区里尚未出台\n所属辖区：上海市", "district_stock_mechanism", False),
    ("场地租金按市场价的三成收取", "site_rent_terms", "低成本"),
    ("场地按市场价出租给运营单位", "site_rent_terms", "市场价"),
    ("房屋所有权：不变", "ownership_unchanged", True),
    ("运营单位性质：社会组织（民办非企业单位）", "operator_type", "社会组织"),
    ("选址安全评估：已完成，未发现隐患", "safety_assessment", "已完成，未发现隐患"),
    ("拟开展选址安全评估", "safety_assessment", None),
    (
        "实施主体为方庄街道办事处，后期管护责任主体为方庄街道服务中心",
        "maintenance_entity",
        "方庄街道服务中心",
    ),
)
AMOUNTS = (
    ("有居民4千户", "households", "4000"),
    ("服务2,450户、6,300人", "households", "2450"),
    ("申请市级补助：基本类900万元，普惠类2100万元，合计3000万元", "city_fixed_asset_request", "3000"),
    ("行政办公面积：无行政办公用房", "office_area_m2", "0"),
)


def read(tmp_path: Path, text: str):
    """The facts of a plain text."""
    path = tmp_path / "表.txt"
    path.write_text(text, encoding="utf-8")
    return read_facts(path).sheet


@pytest.mark.parametrize(("written", "key"), SAME)
def test_labels_go_by_other_names(written: str, key: str | None) -> None:
    """The same notion in other words; a label of something else is nobody's."""
    found = dictionary().find(written)
    assert (found.spec.key if found else None) == key


@pytest.mark.parametrize(("text", "key", "value"), SENTENCES)
def test_sentences_mean_what_they_say(tmp_path: Path, text: str, key: str, value: object) -> None:
    """Denials, questions, fractions of a price, two statements in one sentence."""
    assert read(tmp_path, text).value(key) == value


@pytest.mark.parametrize(("text", "key", "value"), AMOUNTS)
def test_amounts_as_people_write_them(tmp_path: Path, text: str, key: str, value: str) -> None:
    """千户, a thousands comma before 户, a total among parts, none at all."""
    assert str(read(tmp_path, text).value(key)) == value


def test_a_wording_two_facts_would_share_is_nobodys() -> None:
    """A wrong fact is worse than none."""
    one, other = (
        FactSpec(key, label, FactKind.TEXT, "甲") for key, label in (("a", "审批机关"), ("b", "审批单位"))
    )
    known = FactDictionary((one, other))
    assert canonical("审批机关") == canonical("审批单位")
    assert known.find("项目审批部门") is None
    found = known.find("审批单位")
    assert found is not None
    assert found.spec is other


def test_a_single_label_is_not_split() -> None:
    """和 inside a name, a list of one."""
    assert split_label("服务户数") == ()
    assert split_label("需求清单和资源清单") == ("需求清单", "资源清单")


def test_a_conflict_is_shown_with_both_sources(tmp_path: Path) -> None:
    """A label and a sentence that disagree: the label counts, and both are named."""
    path = tmp_path / "表.txt"
    path.write_text(
        "选址安全评估：无\n所属辖区：重庆市\n2026年5月完成选址安全评估，结论为适宜。", encoding="utf-8"
    )
    reading = read_facts(path)
    assert reading.sheet.value("safety_assessment") is False
    told = next(issue.message for issue in reading.issues if issue.key == "safety_assessment")
    assert "第1行" in told
    assert "第3行" in told
