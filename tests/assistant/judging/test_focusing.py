"""As much of a clause is shown as the question wants: a definition, what decides, or the whole subject."""

import pytest


@pytest.mark.parametrize(
    ("question", "begins", "without"),
    [
        ("北京市普惠非基本公共服务类的含义", "普惠非基本公共服务类指", "基本公共服务类指纳入"),
        ("北京基本公共服务类是指什么", "基本公共服务类指", "普惠非基本公共服务类指"),
        ("北京说的便民商业类是指什么", "便民商业类指", "原则上不应少于3项"),
        ("重庆办法所称社区嵌入式服务设施是什么", "本办法所称", "工作适用本办法"),
    ],
)
def test_a_definition_is_the_sentence_that_defines(question, begins, without, ask):
    """What stands beside it in the article is not shown."""
    said = ask(question).statements[0].text.partition("：")[2]
    assert said.startswith(begins)
    assert without not in said


def test_yes_or_no_is_shown_with_what_decides_it(ask):
    """A limit on the size is not preceded by areas for each hundred households."""
    text = ask("重庆综合体面积有没有上限").statements[0].text
    assert text.startswith("重庆市：没有。")
    assert "不设置上限" in text
    assert "每百户" not in text


def test_what_may_be_done_is_shown_where_another_sentence_says_more_of_the_question(ask):
    """审查通过后报送报备 holds more of the words; 不得变更 answers."""
    assert "原则上不得变更" in ask("重庆实施方案通过以后还能改吗").statements[0].text


@pytest.mark.parametrize(
    ("question", "all_of"),
    [
        ("北京健康服务包括什么", ("家庭医生", "爱心助残", "24小时药事")),
        ("重庆社区老年食堂有哪些扶持", ("运营补助", "税费减免", "居民价格", "租金减免")),
        ("重庆对老年食堂有哪些扶持", ("运营补助", "税费减免", "居民价格", "租金减免")),
    ],
)
def test_a_list_of_the_very_subject_of_a_clause_is_whole(question, all_of, ask):
    """Each sentence of it adds a member; the other cells of a row are not part of it."""
    text = ask(question).statements[0].text
    assert all(one in text for one in all_of)
    assert "类型：" not in text
    assert "责任单位" not in text


def test_a_list_bound_to_a_figure_is_the_sentence_with_that_figure(ask):
    """Of all that 健康服务 offers, what is offered round the clock."""
    text = ask("北京健康服务可以24小时提供哪些服务").statements[0].text
    assert "药事、康复辅具租赁、急救" in text
    assert "家庭医生" not in text


def test_a_figure_is_told_with_the_year_it_stands_under(ask):
    """到2025年 heads a sentence before it; that sentence's own target is left out."""
    text = ask("杭州到2025年遴选多少个社区试点？").text
    assert "到 2025 年，市区遴选 80 个社区" in text
    assert "期限已过" in text


def test_the_year_asked_for_is_told_with_what_is_due(ask):
    """The sentence that names the year is not the one that names the target."""
    text = ask("杭州哪年要实现村社区共同体全覆盖").text
    assert "到 2027 年" in text
    assert "实现全市村（社区）民生幸福共同体全覆盖" in text


def test_what_goes_on_from_a_sentence_is_not_shown_alone(ask):
    """整改仍不合格的 supposes that time for it was given."""
    text = ask("重庆评估不合格马上解除合同吗").text
    assert "限期三个月整改。整改仍不合格的，解除运营服务合同。" in text


@pytest.mark.parametrize(
    ("question", "shown", "left_out"),
    [
        ("北京健康服务有条件的地方可以配置什么", "24小时药事", "家庭医生诊疗"),
        ("杭州没人用的功能怎么处理", "动态调整服务需求少、绩效考核差的功能设置", None),
        ("重庆备案过的社区嵌入式设施能享受什么减免", "用水、用电、用气", None),
        ("国家方案怎么对待创新", "鼓励各地先行先试、改革探索", None),  # not the label alone
        ("杭州社会力量啥时候能参与进来", "参与项目前期工作", None),
        ("国家的导则是谁来弄", "国家发展改革委组织制定", None),
        ("重庆托育有哪几种形式", "全日托、半日托、计时托、临时托等多样化托育服务", None),
        ("国家想让社区服务设施将来可持续，靠什么办法", "通过市场化择优、委托经营等方式", None),
    ],
)
def test_the_sentence_that_answers_is_among_those_shown(question, shown, left_out, ask):
    """The one that says most of the question; where none says half of it, a short paragraph is whole."""
    text = ask(question).text
    assert shown in text
    assert left_out is None or left_out not in text
