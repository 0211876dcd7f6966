"""What a clause requires is read out of it with its bounds, strength, subject and place in the text."""

from datetime import date
from decimal import Decimal

import pytest

from assistant.norms import NormKind, Operator, Strength, read_norms
from tests.assistant.norms.clauses import document_of, figures_of, norms_of, read_text, shown


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("面积不少于30平方米。", ["≥30平方米"]),
        ("面积不低于二十㎡。", ["≥20平方米"]),
        ("占地至少3公顷，不大于50亩。", ["≥3公顷", "≤50亩"]),
        ("按30%给予补助，且不超过5000万元。", ["=30%", "≤50000000元"]),
        ("奖励总额最高1.5亿元。", ["≤150000000元"]),
        ("补助十五万元以下。", ["≤150000元"]),
        ("处五百元以上五千元以下罚款。", ["range500–5000元"]),
        ("投票期限不少于五日且不超过六十日。", ["≥5日", "≤60日"]),
        ("三年以上不满五年的。", ["≥3年", "<5年"]),
        ("服务期限为三至五年。", ["range3–5年"]),
        ("补助5至10万元。", ["range50000–100000元"]),
        ("按百分之五至百分之八交存。", ["range5–8%"]),
        ("为3~6岁儿童提供服务。", ["range3–6岁"]),
        ("选择两三个社区。", ["range2–3个"]),
        ("选择50个左右城市，约占三成。", ["≈50个", "≈30%"]),
        ("应当经三分之二以上业主同意。", ["≥66.6667%"]),
        ("应当经过半数业主同意，半数以上出席，超过半数参加。", [">50%", "≥50%", ">50%"]),
        ("按千分之三配置，加收万分之五的滞纳金。", ["=0.3%", "=0.05%"]),
        ("公示期不得少于十五个工作日。", ["≥15工作日"]),
        ("应当自收到之日起三十日内答复，提前六十日告知。", ["≤30日", "≥60日"]),
        ("任期届满九十日前换届，届满前三十日内续签。", ["≥90日", "≤30日"]),
        ("试运营3个月后考核，限期三个月整改。", ["≥3月", "≤3月"]),
        ("未满十六周岁的，年满六十周岁的，六十五岁以上的。", ["<16岁", "≥60岁", "≥65岁"]),
        ("机械化率分别达到65%和55%。", ["≥65%", "≥55%"]),
        ("低于3项的不予支持，高于5项的优先。", ["<3项", ">5项"]),
        ("每年至少召开一次，每户限养一只，每三年评估一次。", ["≥1次", "=1只", "=1次"]),
        ("载重零点七五吨以上。", ["≥0.75吨"]),
        ("达到１０００平方米的标准。", ["≥1000平方米"]),
        ("面积1,200平方米，共1,500,000元。", ["=1200平方米", "=1500000元"]),
        ("面积≥600㎡，比例＜15％。", ["≥600平方米", "<15%"]),
        ("等级分为优秀、良好、合格、不合格四个等级。", ["=4级"]),
        ("实现村（社区）服务全覆盖。", ["=100%"]),
        ("至少包括养老服务、社区助餐、婴幼儿托育、儿童托管服务功能中的2项。", ["≥2项"]),
        ("不超过原计容建筑面积 15%左右。", ["≤15%"]),
    ],
)
def test_figures_come_out_with_bound_value_and_unit(text: str, expected: list[str]) -> None:
    """Chinese and Arabic numerals, scales, ranges and every way to bound a figure."""
    assert [shown(norm) for norm in figures_of(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "依据国办函〔2023〕121号和第七条第二款、《三年行动方案》执行。",
        "打造“15分钟”生活圈、一刻钟便民生活圈，落实“四同步”“一老一小”“两不误”。",
        "第三批试点于2025年启动，第一、二项除外，前两项合并计算。",
        "一是加强领导，二是落实责任；上述三项工作、四个方面一并推进。",
        "贯彻党的二十大和十九届四中全会精神，执行GB/T 9704—2012。",
        "一个社区设立一个综合体，一名同志的意见，一次性办结。",
        "数百个社区、千家万户、几十名志愿者参与，红十字会协助。",
        "处理三起纠纷的人民群众十分满意，百年大计。",
        "2024年4月8日通过，12345政务热线受理。",
    ],
)
def test_names_numbers_of_clauses_and_dates_are_no_figures(text: str) -> None:
    """文号, 条号, 序数, named programmes and vague counts measure nothing."""
    assert figures_of(text) == []


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("服务功能原则上不应少于3项。", Strength.IN_PRINCIPLE),
        ("原则上提供服务不少于3项，其中养老服务不少于2项。", Strength.IN_PRINCIPLE),
        ("面积一般不应小于600平方米。", Strength.GENERALLY),
        ("面积不宜小于800平方米。", Strength.SHOULD),
        ("公示期不得少于七日。", Strength.MUST_NOT),
        ("应当在三十日内答复。", Strength.MUST),
        ("面积不少于30平方米。", Strength.MUST),
        ("允许5年内不变更用途。", Strength.MAY),
        ("支持有条件的城市达到不少于80平方米。", Strength.SUPPORTED),
        ("鼓励建设不少于5处。", Strength.ENCOURAGED),
        ("到2027年，覆盖率达到90%。", Strength.TARGET),
        ("有效期三年。", Strength.STATED),
        ("责令改正，可以处五百元以下罚款。", Strength.MAY),
        ("可以责令改正，处五百元以下罚款。", Strength.MUST),
        ("重点支持综合体建设，每百户面积不少于30平方米。", Strength.MUST),
        ("不得转包，服务期限不少于三年。", Strength.MUST),
        ("适宜步行范围内，可持续运营期限不少于三年。", Strength.MUST),
    ],
)
def test_strength_is_that_of_the_word_that_governs_the_figure(text: str, strength: Strength) -> None:
    """Words inside other words (适宜, 可持续) do not count, nor those that govern another part."""
    assert figures_of(text)[-1].strength is strength


def test_an_item_takes_its_strength_from_the_line_that_introduces_the_list() -> None:
    """（一）…百分之二十以上业主提议的 under 业主委员会应当…： is an obligation."""
    text = "第一条 有下列情形之一的，可以召开会议：\n（一）百分之二十以上业主提议的；\n（二）其他。"
    document, clause = document_of(text)
    (norm,) = (norm for norm in read_norms(clause, document) if norm.is_figure)
    assert norm.strength is Strength.MAY


def test_an_elliptical_part_takes_over_what_is_measured_and_by_what() -> None:
    """支持有条件的城市达到不少于80平方米 is again per 100 households, and of the same area."""
    first, second = figures_of(
        "落实每百户居民拥有社区综合服务设施面积平均不少于30平方米要求，支持有条件的城市达到不少于80平方米。"
    )
    assert (first.per, first.indicator) == ("每百户居民", "社区综合服务设施面积")
    assert (second.per, second.indicator) == (first.per, first.indicator)
    assert second.conditions == ("有条件的城市",)
    assert (first.strength, second.strength) == (Strength.MUST, Strength.SUPPORTED)


def test_a_grant_for_each_is_about_what_each_is() -> None:
    """Of each centre and each station its own sum; the part before says only what is done."""
    norms = figures_of("推广以奖代补，对每个街道服务中心补助200万元，对每个社区服务站补助20万元。")
    assert [(norm.subject, norm.value) for norm in norms] == [
        ("街道服务中心", Decimal(2000000)),
        ("社区服务站", Decimal(200000)),
    ]


def test_a_deed_is_no_subject() -> None:
    """推广一批综合体 is not what an area a hundred households is measured of; 实施主体 is a noun."""
    (area,) = figures_of("推广一批服务综合体，每百户居民拥有社区综合服务设施面积不少于30平方米。")
    (start,) = figures_of("实施主体应当在1年内启动建设。")
    assert (area.subject, start.subject) == (None, "实施主体")


def test_new_and_existing_communities_stay_apart() -> None:
    """Each part keeps its own subject, base and condition; 其中 has no base."""
    norms = figures_of(
        "新建试点社区按照每百户居民建筑面积不小于100平方米标准建设社区综合服务设施，其中民生幸福共同体面积"
        "不小于1000平方米；既有试点社区按照每百户居民建筑面积不小于60平方米标准建设社区综合服务设施。"
    )
    assert [(norm.subject, norm.per, norm.value) for norm in norms] == [
        ("新建试点社区", "每百户居民", Decimal(100)),
        ("新建试点社区", None, Decimal(1000)),
        ("既有试点社区", "每百户居民", Decimal(60)),
    ]
    assert norms[2].conditions == ("既有试点社区",)


def test_two_bounds_of_one_grant_are_two_norms_of_it() -> None:
    """按30%给予补助，且不超过5000万元: a share and a cap, in 元, printed words kept."""
    share, cap = figures_of("对基本公共服务类功能按30%给予补助，且补助资金总额不超过5000万元。")
    assert (share.unit, share.operator) == ("%", Operator.EQUAL)
    assert (cap.unit, cap.value, cap.printed) == ("元", Decimal(50_000_000), "不超过5000万元")


def test_a_target_year_holds_for_the_sentences_after_it() -> None:
    """到2025年，…。遴选80个社区: 80 by the end of 2025; a 底前 holds for its own sentence only."""
    norms = norms_of("到2025年，建立政策体系。市区遴选80个社区开展试点。")
    assert [norm.kind for norm in norms] == [NormKind.DATE, NormKind.FIGURE]
    assert [norm.deadline and norm.deadline.day for norm in norms] == [date(2025, 12, 31)] * 2
    _, figure = norms_of("2024年12月底前出台办法。补助不超过20万元。")
    assert figure.deadline is None


def test_days_without_figures_are_norms_of_their_own() -> None:
    """A deadline is ≤, a first day =; both carry the day and the words as printed."""
    (due,) = norms_of("2024年12月底前出台配套政策。")
    assert (due.kind, due.operator, due.strength) == (NormKind.DATE, Operator.AT_MOST, Strength.MUST)
    assert due.deadline is not None
    assert (due.deadline.text, due.deadline.day) == ("2024年12月底前", date(2024, 12, 31))
    (first,) = norms_of("本方案自 2024 年 4 月 8 日起施行。")
    assert (first.operator, first.deadline and first.deadline.day) == (Operator.EQUAL, date(2024, 4, 8))


def test_duties_carry_who_and_how_binding() -> None:
    """No figure and no day: the body and the strength; a sentence without a modal word is none."""
    (duty,) = norms_of("区发展改革部门、街道办事处应当定期检查。")
    assert (duty.kind, duty.strength) == (NormKind.DUTY, Strength.MUST)
    assert duty.bodies == ("区发展改革部门", "街道办事处")
    assert (duty.value, duty.unit, duty.figure_start) == (None, None, duty.figure_end)
    assert norms_of("社区服务设施建设取得成效。") == ()


def test_quotes_are_verbatim_and_the_narrowest_sentence() -> None:
    """Full-width digits and spaces stay as issued; the sentence ends at ；."""
    text = "概述。甲社区面积不少于 ６０ 平方米；乙社区不限。"
    document, clause = document_of(text)
    norm = read_norms(clause, document)[0]
    assert document.text[norm.start : norm.end] == "甲社区面积不少于 ６０ 平方米；"
    assert document.text[norm.figure_start : norm.figure_end] == norm.printed == "不少于 ６０ 平方米"
    assert (norm.clause_id, norm.text_hash) == (clause.clause_id, clause.text_hash)


def test_a_table_takes_units_from_its_heads_and_bodies_from_its_columns() -> None:
    """补助金额（万元） over 50 is 500000 元; 数量（个） over 50 another figure of the same row."""
    parsed = read_text(
        "关于公布补助名单的通知\n武科规〔2025〕6号\n各区：\n现公布如下。\n附件：名单\n市科学技术局\n2025年6月5日\n\n附件\n名单\n"
        "序号\t孵化器名称\t企业数量（个）\t补助金额（万元）\t责任单位\n1\t青桐孵化器\t50\t50\t市科技局\n2\t星火孵化器\t20\t30\t市科技局\n"
    )
    row = next(clause for clause in parsed.clauses if clause.text.startswith("1\t"))
    norms = [norm for norm in read_norms(row, parsed.document) if norm.is_figure]
    assert [shown(norm) for norm in norms] == ["=50个", "=500000元"]
    assert [norm.indicator for norm in norms] == ["企业数量", "补助金额"]
    assert {norm.subject for norm in norms} == {"青桐孵化器"}
    assert {norm.bodies for norm in norms} == {("市科技局",)}
    assert [parsed.document.text[norm.figure_start : norm.figure_end] for norm in norms] == ["50", "50"]


def test_titles_and_signatures_say_nothing() -> None:
    """A date under a notice and a figure in its title are no norms."""
    parsed = read_text(
        "关于建设100个社区的通知\n京发〔2025〕3号\n各区：\n现印发给你们，请执行。\n市发展改革委\n2025年1月13日\n"
    )
    frames = [clause for clause in parsed.clauses if clause.path in ("标题", "落款", "发文字号", "主送")]
    assert frames
    assert [norm for frame in frames for norm in read_norms(frame, parsed.document)] == []


def test_a_permitted_fine_permits_the_next_one_too() -> None:
    """可以对个人处…，对单位处…: both may be imposed; without 可以, both must."""
    fines = "对个人处五百元罚款，对单位处二千元罚款。"
    assert [norm.strength for norm in figures_of(f"可以{fines}")] == [Strength.MAY, Strength.MAY]
    assert [norm.strength for norm in figures_of(fines)] == [Strength.MUST, Strength.MUST]


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("不满七十周岁半价购买门票。", ["不满七十周岁"]),
        ("培训时间不少于三个月半。", ["不少于三个月半"]),
        ("12月18日晚8时40分发生震动，受损的76户应当搬迁。", ["76户"]),
        ("普及九年义务教育，免除三年学费。", ["三年"]),
    ],
)
def test_clock_times_and_half_prices_are_no_part_of_a_figure(text: str, printed: list[str]) -> None:
    """半价 is a price, 8时40分 a time of day, 九年义务教育 a name."""
    assert [norm.printed for norm in figures_of(text)] == printed
