"""Which clauses are kept for an answer, on the shipped documents."""

from assistant.judging.choosing import _are_alike


def test_one_wording_in_two_places_is_shown_for_both(ask):
    """A sentence that a city copied from the nation suffices in both, in whichever long article it stands."""
    answer = ask("政府建的设施几年不用变更土地用途")
    cited = {(c.doc_id, c.path) for statement in answer.statements for c in statement.citations}
    assert ("渝发改规范[2024]10号", "附件2/第十八条") in cited
    assert ("国办函[2023]121号", "三/（十）") in cited


def test_wordings_are_alike_but_for_a_few_characters():
    """Half a sentence, or the same length about something else, is another wording."""
    nation = "新建社区要按照“同步规划、同步建设”原则,加强配套设施建设"
    assert _are_alike(nation, nation.replace("要", ""))
    assert not _are_alike(nation, nation[: len(nation) // 2])
    assert not _are_alike(nation, nation.replace("规划", "验收").replace("建设", "运营"))


def test_the_next_row_of_a_table_is_no_second_answer_unless_as_likely(ask):
    """What a 养老服务站 gets stands in one row; the fund in the row before it is another matter."""
    answer = ask("重庆社区养老站一个给多少钱")
    assert {one.path for said in answer.statements for one in said.citations} == {"附件1-1/21"}
    both = ask("重庆街道养老服务中心和社区养老服务站分别补多少")
    assert "200万元" in both.text
    assert "20万元" in both.text
