"""Who does what is asked, on the shipped documents."""


def test_bodies_that_act_are_not_those_that_answer_for_it(ask):
    """Asked which departments examine together, the 责任单位 of the clause is no first sentence."""
    first = ask("上海哪些部门要一起联审存量资源改造项目").statements[0].text
    assert "责任单位是" not in first
    assert "消防等部门联审" in first


def test_who_answers_for_it_is_said_first(ask):
    """Asked who is responsible, the bodies named beside the text open the answer."""
    assert ask("重庆容积率奖励由谁负责").statements[0].text.startswith("重庆市：责任单位是市规划自然资源局。")
