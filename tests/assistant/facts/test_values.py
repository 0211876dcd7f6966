"""Words into values: units, numerals, dates, tri-state, choices; and what is refused."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.facts.dictionary import dictionary
from assistant.facts.numbers import BadWords
from assistant.facts.showing import show
from assistant.facts.values import read_value

READ = [
    ("complex_area_m2", "520㎡", Decimal(520)),
    ("complex_area_m2", "520 m²", Decimal(520)),
    ("complex_area_m2", "五百二十平方米", Decimal(520)),
    ("complex_area_m2", "1,250.5平米", Decimal("1250.5")),
    ("complex_area_m2", "约520平方米（其中地下80平方米）", Decimal(520)),
    ("land_area_m2", "0.3公顷", Decimal(3000)),
    ("land_area_m2", "3亩", Decimal("2000.00")),
    ("city_fixed_asset_request", "6000万元", Decimal(6000)),
    ("city_fixed_asset_request", "0.6亿元", Decimal(6000)),
    ("city_fixed_asset_request", "六千万元", Decimal(6000)),
    ("city_fixed_asset_request", "60,000,000元", Decimal(6000)),
    ("city_fixed_asset_request", "五千万", Decimal(5000)),
    ("city_fixed_asset_request", "两千五百万", Decimal(2500)),
    ("care_age_min", "2岁半", Decimal("2.5")),
    ("use_years", "一年半", Decimal("1.5")),
    ("use_years", "半年", Decimal("0.5")),
    ("relaxes_area_standard", "申请放宽，已请专家论证", True),
    ("four_sync", "规划、建设同步，验收和交付要晚半年", ("规划", "建设")),
    ("checkup_loop", "调查、评估、提升做了，反馈还没建立", ("调查", "评估", "提升")),
    ("other_municipal_funding", "1元", Decimal("0.0001")),
    ("other_municipal_funding", "无", Decimal(0)),
    ("households", "3200户", Decimal(3200)),
    ("households", "0.32万户", Decimal(3200)),
    ("households", "三千二百户", Decimal(3200)),
    ("city_urban_pop", "1200万人", Decimal(12000000)),
    ("area_per_100hh_stated", "每百户29.9平方米", Decimal("29.9")),
    ("satisfaction", "百分之九十", Decimal(90)),
    ("use_years", "18个月", Decimal("1.5")),
    ("approval_date", "2025年3月1日", date(2025, 3, 1)),
    ("approval_date", "二〇二五年三月一日", date(2025, 3, 1)),
    ("approval_date", "20250301", date(2025, 3, 1)),
    ("uses_state_property", "是", True),
    ("uses_state_property", "否", False),
    ("uses_state_property", "未知", None),
    ("plan_conform", "不符合详细规划", False),
    ("ownership_unchanged", "所有权不变", True),
    ("resident_consultation", "未开展", False),
    ("approval_doc", "正在办理", None),
    ("approval_doc", "待定", None),
    ("accessibility_standard", "无障碍设计规范", "无障碍设计规范"),
    ("functions", "养老服务、社区助餐共2项", ("养老服务", "社区助餐")),
    ("functions", "日间照料中心、老年食堂和宝宝屋", ("养老服务", "社区助餐", "婴幼儿托育")),
    ("functions", "养老托育", ("养老服务", "婴幼儿托育")),
    ("functions", "养老服务、助餐，暂不设托育、儿童托管", ("养老服务", "社区助餐")),
    ("functions", "无", ()),
    ("joint_review", "发展改革、规划资源、住建（消防未审）", ("发展改革", "规划资源", "住房城乡建设管理")),
    ("operator_selection", "由街道直接指定运营单位", "直接指定"),
    ("operator_selection", "竞争性磋商", "市场化择优"),
    ("site_rent_terms", "无偿提供", "免费"),
    ("project_type", "既有建筑改造", "存量改造"),
    ("project_type", "改扩建", "改扩建"),
    ("jurisdiction", "杭州市余杭区", "330100"),
    ("jurisdiction", "北京", "110000"),
    ("communities", "石板坡社区、人和街社区", ("石板坡社区", "人和街社区")),
]


@pytest.mark.parametrize(("key", "words", "value"), READ)
def test_words_are_read(key: str, words: str, value: object) -> None:
    """As officers write them, in the unit of the dictionary."""
    assert read_value(dictionary().spec(key), words).value == value


REFUSED = [
    ("complex_area_m2", "-5㎡", "应大于"),
    ("office_area_m2", "-5㎡", "不能小于"),
    ("complex_area_m2", "500—600㎡", "范围"),
    ("complex_area_m2", "520万元", "单位不对"),
    ("complex_area_m2", "很大", "没有数字"),
    ("complex_area_m2", "地上520㎡、地下80㎡", "不止一个数"),
    ("households", "3200人", "单位不对"),
    ("households", "3200.5户", "整数"),
    ("city_fixed_asset_request", "6000000", "没有写单位"),
    ("satisfaction", "120%", "不能大于"),
    ("satisfaction", "0.9", "百分之几"),
    ("approval_date", "2025年2月30日", "不存在"),
    ("approval_date", "2025年", "不是完整的日期"),
    ("uses_state_property", "可能是", "看不出"),
    ("uses_state_property", "不好说", "看不出"),
    ("plan_conform", "大概", "看不出"),
    ("project_type", "新建和存量改造", "同时写了"),
    ("jurisdiction", "北京和重庆", "不止一个地区"),
    ("jurisdiction", "某地", "不是我们认得的地区"),
    ("functions", "……", "没有认出"),
]


@pytest.mark.parametrize(("key", "words", "said"), REFUSED)
def test_what_cannot_be_read_safely_is_refused(key: str, words: str, said: str) -> None:
    """With a sentence that says what was found; nothing is guessed."""
    with pytest.raises(BadWords, match=said):
        read_value(dictionary().spec(key), words)


@pytest.mark.parametrize(
    ("key", "words", "said"),
    [
        ("city_fixed_asset_request", "6000", "按万元"),
        ("complex_area_m2", "520", "按㎡"),
        ("complex_area_m2", "约520㎡", "约数"),
        ("functions", "养老服务、社区助餐等3项服务功能", "原文写3项"),
        ("functions", "养老服务、宠物寄养", "不在字典"),
        ("functions", "养老服务，暂不设托育", "未计入"),
        ("start_date", "2026年5月", "只写到月"),
    ],
)
def test_how_words_were_understood_is_said(key: str, words: str, said: str) -> None:
    """A unit taken for granted, a rough number, an item nobody listed."""
    assert any(said in remark for remark in read_value(dictionary().spec(key), words).remarks)


def test_a_unit_in_the_label_counts() -> None:
    """总投资（亿元）: 1.2 is twelve thousand 万元."""
    label = dictionary().find("总投资（亿元）")
    assert label is not None
    assert read_value(label.spec, "1.2", label.unit).value == Decimal(12000)


def test_values_are_shown_as_they_can_be_read_again() -> None:
    """What is printed states the same fact."""
    for key, words, value in READ:
        spec = dictionary().spec(key)
        assert read_value(spec, show(spec, value)).value == value, (key, words)  # type: ignore[arg-type]


def test_the_dictionary_is_well_formed() -> None:
    """Every name stands for one fact only, and every fact has a label, a group and a kind."""
    seen: dict[str, str] = {}
    for spec in dictionary().stated:
        assert spec.label
        assert spec.group
        for name in {spec.key, spec.label, *spec.aliases, *spec.labels}:
            assert seen.setdefault(name, spec.key) == spec.key, name
        for part in spec.parts:
            assert part.key in dictionary(), part.key
            assert part.pattern.pattern or part.unit


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("2. 综合体建筑面积（㎡）", "complex_area_m2"),
        ("（一）服务户数", "households"),
        ("本项目总投资", "total_investment"),
        ("拟申请市级补助", "city_fixed_asset_request"),
        ("60岁以上人口", "pop_60plus"),
        ("**运营单位**", "operator"),
        ("是否入名单", "on_list"),
        ("household_count", None),
        ("奇怪的标签", None),
    ],
)
def test_labels_as_officers_write_them(written: str, key: str | None) -> None:
    """With numbering, marks, units, and words that only frame them."""
    label = dictionary().find(written)
    assert (label.spec.key if label else None) == key


def test_an_unknown_label_gets_the_nearest_known() -> None:
    """So that a slip of the pen is mended in one step."""
    assert "综合体建筑面积" in dictionary().nearest("综合体使用面积")
    assert dictionary().nearest("zzzz") == ()
