"""Several places: each asked alone, the silent ones named, figures ranked only on one basis."""

import pytest

from assistant.answers.compared_topic import topic_compared
from assistant.answers.comparisons import Form, form_of
from assistant.questions.question import understand
from assistant.types import AnswerStatus


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("北京、重庆、杭州三地对服务功能数量的要求有什么异同？", "服务功能数量的要求"),
        ("国家和杭州谁的每百户面积标准高？", "每百户面积标准"),
        ("和国家方案相比，上海列的功能场景多了哪几项？", "功能场景"),
        ("哪个城市的补助上限最高？", "补助上限"),
        ("上海和杭州谁的试点社区更多？", "试点社区数量"),
        ("五份文件里哪几份写了“一照多址”？", "一照多址"),
        ("哪几个城市把“一刻钟便民生活圈”写进了文件？", "一刻钟便民生活圈"),
        ("党建引领方面，杭州和上海分别提到什么", "党建引领"),
        ("除了重庆还有谁提到“一照多址”？", "一照多址"),
        ("国家、北京、上海、杭州、重庆是否都提到了专项债？", "专项债"),
        ("长护险是哪个城市的文件里说的？", "长护险"),
        ("志愿者和社会组织参与，上海、杭州、重庆怎么讲？", "志愿者和社会组织参与"),
        ("国家、北京、重庆关于国有房产用于社区服务的规定有何异同？", "国有房产用于社区服务的规定"),
        ("上海和杭州在党建引领上都写了些啥？", "党建引领"),
        ("错时使用，国家、上海、杭州都提了没？", "错时使用"),
        ("哪个城市补得多？", "补助"),
        ("上海和北京的功能场景，上海有而北京没有的是哪些？", "功能场景"),
        ("上海有而北京没有的功能场景是哪些？", "功能场景"),
        ("人才队伍建设，上海、杭州、重庆各有什么安排", "人才队伍建设"),
        ("结构加固，上海和杭州有没有写", "结构加固"),
        ("送餐上门，哪些城市有？", "送餐上门"),
        ("不动产登记，重庆和上海怎么规定", "不动产登记"),
        ("腾退出来的空间怎么用，国家、杭州、重庆各咋说", "腾退出来的空间怎么用"),
        ("几个城市写了要纳入国家重大建设项目库？", "纳入国家重大建设项目库"),
        ("北京和杭州关于中央资金的申请分别怎么写？", "中央资金的申请"),
    ],
)
def test_what_is_compared_is_read_without_places(question, topic, library):
    """Nor words that compare."""
    assert topic_compared(understand(question, library), library).removeprefix("城市的") == topic


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("哪些城市提到了长护险？", Form.WHICH),
        ("谁家要求一年内就得动工？", Form.WHICH),
        ("有几个城市写到无人机？", Form.COUNT),
        ("国家和上海都提到地方政府专项债券吗？", Form.ALL),
        ("四个市的牵头单位都是发改委吗？", Form.EACH),
        ("上海和杭州在党建引领上都写了些什么？", Form.EACH),
        ("跨社区共建，杭州和重庆的说法有没有差别？", Form.EACH),
        ("哪几个城市的上限最高？", Form.EACH),
    ],
)
def test_what_is_asked_of_all_places_together(question, form, library):
    """Which speak, how many, whether all; 都是…吗 asks each what it is."""
    assert form_of(understand(question, library)) is form


def test_what_cities_a_rule_is_for_the_nation_says(ask):
    """哪些城市优先推进 asks for a kind of city, not which documents speak."""
    (only,) = ask("哪些城市优先推进社区嵌入式服务设施建设？").statements
    assert only.text.startswith("国家层面：")
    assert "人口超过 100万人的大城市" in only.text


def test_all_but_one_are_asked(library):
    """除了重庆还有谁: the others, the nation's text among them; 哪些城市 leaves it out."""
    whose = understand("除了重庆还有谁提到“一照多址”？", library).jurisdictions
    assert whose == ("000000", "110000", "310000", "330100")
    assert understand("除了重庆，还有哪些城市提到？", library).jurisdictions == whose[1:]
    assert understand("除了重庆的老年食堂，还有谁管助餐？", library).jurisdictions == ("500000",)


def test_the_silent_are_named_and_nothing_is_lacking(ask):
    """One place speaks, three do not: the answer is whole."""
    answer = ask("哪些城市提到了长护险？")
    assert answer.status is AnswerStatus.ANSWERED
    assert answer.statements[0].text == "文件中有相关内容的：上海市。"
    assert [one.text.partition("：")[0] for one in answer.statements[1:]] == ["上海市"]
    assert [one.partition("：")[0] for one in answer.missing] == ["北京市、杭州市、重庆市"]
    assert all("未检出规定" in one for one in answer.missing)


def test_figures_of_one_basis_are_ranked(ask):
    """From the most to the least, each with the clause it stands in."""
    first = ask("上海、杭州和重庆的试点社区数量分别是多少？").statements[0]
    assert first.text == "试点社区数量从高到低：上海市（120个左右）、重庆市（100个左右）、杭州市（80个）。"
    assert {one.doc_id for one in first.citations} == {
        "沪府办发[2024]25号",
        "杭政办函[2024]11号",
        "渝发改规范[2024]10号",
    }


def test_of_two_the_greater_is_named_first(ask):
    """Whose 试点社区 are more: 谁 is one of the places, no body."""
    first = ask("上海和杭州谁的试点社区更多？").statements[0]
    assert first.text == "试点社区数量较多的是上海市（120个左右），其次是杭州市（80个）。"


@pytest.mark.parametrize(
    "question",
    [
        "五份文件里哪几份写了“一照多址”？",
        "重庆与国家：国有闲置房产提供给社区的表述一样不一样？",
        "北京对养老功能的要求比国家严吗？",
    ],
)
def test_the_nation_is_heard_where_it_is_one_of_those_compared(question, ask):
    """比国家, 与国家, and as one of all documents."""
    assert any(one.text.startswith("国家层面：") for one in ask(question).statements)


@pytest.mark.parametrize(
    ("question", "first"),
    [
        ("国家和上海都提到地方政府专项债券吗？", "各地文件中都有相关内容：国家层面、上海市。"),
        ("上海、重庆、杭州有没有提到无人机？", "文件中有相关内容的：重庆市。"),
        ("有几个城市写到无人机？", "文件中有相关内容的共一地：重庆市。"),
        (
            "国家、上海、北京是否都提到了专项债？",
            "只有部分文件有相关内容：国家层面、上海市。",
        ),
        (
            "北京、重庆、杭州谁最晚发文？",
            "成文日期从晚到早：北京市（2025年1月13日）、重庆市（2024年11月25日）、杭州市（2024年3月8日）。",
        ),
        (
            "哪个城市最早出台文件？",
            "成文日期从早到晚：杭州市（2024年3月8日）、重庆市（2024年11月25日）、上海市（2024年12月14日）、北京市（2025年1月13日）。",
        ),
    ],
)
def test_the_whole_begins_with_what_answers_it(question, first, ask):
    """Which places speak, or whose document came first; each with the clause that says it."""
    opening = ask(question).statements[0]
    assert opening.text == first
    assert len(opening.citations) == first.count("（") or len(opening.citations) == first.count("、") + 1


def test_an_annex_that_repeats_a_clause_is_not_shown_beside_it(ask):
    """附件1-2 says the same as 附件1 in other marks."""
    answer = ask("国家层面和重庆市在每百户面积上有没有差别？")
    said = [one.text for one in answer.statements if one.text.startswith("重庆市：")]
    assert len(said) == 1


def test_a_place_without_a_target_for_the_year_is_silent(ask):
    """What is to be reached by 2027 is no target for 2025."""
    answer = ask("国家、杭州、重庆到2025年分别要达到什么目标？")
    assert [one.text.partition("：")[0] for one in answer.statements] == ["杭州市", "重庆市"]
    assert "到 2027 年" not in answer.text
    assert any(one.startswith("国家层面：未检出规定") for one in answer.missing)


def test_equal_figures_are_said_to_be_equal(ask):
    """30 平方米 on the same basis in both."""
    first = ask("重庆每百户面积标准是不是比国家高？").statements[0].text
    assert first.startswith("每百户面积标准相同：重庆市（不少于30平方米）、国家层面（不少于30平方米）。")


def test_figures_of_other_bases_are_never_ranked(ask):
    """新建 beside 平均 is ⚠口径不同."""
    first = ask("国家和杭州谁的每百户面积标准高？").statements[0].text
    assert first.startswith("⚠口径不同")
    assert "高于" not in first


def test_a_place_not_held_is_missing(ask):
    """That is no silence of a text."""
    answer = ask("北京和深圳对项目的补助上限各是多少？")
    assert answer.status is AnswerStatus.PARTIAL
    assert any("深圳市" in one for one in answer.missing)


@pytest.mark.parametrize("question", ["北京和上海的停车费哪个高？", "杭州和上海的地铁票价一样吗"])
def test_where_all_are_silent_there_is_no_basis(question, ask):
    """Every place is named as silent, all in one sentence."""
    answer = ask(question)
    assert answer.status is AnswerStatus.NO_BASIS
    (only,) = answer.missing
    assert len(only.partition("：")[0].split("、")) == 2


@pytest.mark.parametrize(
    "question",
    ["北京的犬只怎么登记？", "北京的猫怎么登记？", "上海的电动车怎么上牌？", "杭州的驾照怎么考核？"],
)
def test_a_shared_deed_is_no_answer(question, ask):
    """登记 of an enterprise is not 登记 of a dog."""
    assert ask(question).status is AnswerStatus.NO_BASIS


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("杭州的试点社区数比上海少多少？", "（按所列数值计算，相差约40个，前者约是后者的1.5倍。）"),
        ("上海的试点社区数是杭州的几倍", "（按所列数值计算，相差约40个，前者约是后者的1.5倍。）"),
    ],
)
def test_how_far_two_figures_are_apart_is_reckoned_where_it_is_asked(question, told, ask):
    """From the figures as printed; 左右 keeps it about."""
    assert ask(question).statements[0].text.endswith(told)


def test_one_figure_is_no_times_and_only_the_silent_is_said_silent(ask):
    """北京 has no such figure; 杭州 has one, so it is not said to be silent."""
    answer = ask("杭州新建社区的每百户面积是北京的几倍？")
    assert answer.status is AnswerStatus.NO_BASIS
    assert [one.partition("：")[0] for one in answer.missing] == ["北京市"]


def test_other_cities_are_all_but_those_excepted(library):
    """除了北京，其他城市: the others; 重庆写了，别的城市写没写: 重庆 and the others."""
    others = understand("除了北京，其他城市有没有补助比例的规定", library).jurisdictions
    assert others == ("310000", "330100", "500000")
    beside = understand("福彩公益金用于养老，重庆写了，别的城市写没写？", library).jurisdictions
    assert beside == ("500000", "110000", "310000", "330100")


def test_three_municipalities_are_the_three_held(library):
    """天津 is meant by 各直辖市, not where three are named and three are held."""
    asked = understand("专项债，三个直辖市都提了吗？", library)
    assert asked.jurisdictions == ("110000", "310000", "500000")
    assert not asked.absent
    assert understand("专项债，各直辖市都提了吗？", library).absent
