"""What the frame of a document says: to whom it is sent, whom it is copied to, whether it is public."""

import pytest

from assistant.types import AnswerStatus


@pytest.mark.parametrize(
    ("question", "path", "told"),
    [
        ("杭州抄送了哪些单位", "版记", "杭州警备区"),
        ("上海这份文件抄送了谁", "版记", "抄送：市委各部门"),
        ("杭州这个通知发给谁的", "主送", "的主送机关：各区、县（市）人民政府，市政府各部门、各直属单位。"),
        ("北京办法给谁发的", "主送", "的主送机关：各区发展改革委"),
        ("国办函121号主送哪些机关", "主送", "国务院各部委、各直属机构"),
        ("上海的文件公开吗", "附注", "此件公开发布"),
        ("上海文件抄送给市高院了吗", "版记", "：是的。抄送：市委各部门"),
        ("上海文件抄送给公安局了吗", "版记", "所引条款没有写明“公安局”"),
    ],
)
def test_the_frame_is_read_out(question, path, told, ask):
    """From the line that says it and no other."""
    (only,) = ask(question).statements
    assert told in only.text
    assert [one.path for one in only.citations] == [path]


@pytest.mark.parametrize(
    ("question", "paths"),
    [
        ("北京这份办法是根据什么定的", ["第一条"]),
        ("重庆的办法依据是什么", ["附件1/引言", "附件2/第一条"]),
        ("杭州的方案根据哪些文件制定的", ["引言"]),
    ],
)
def test_what_a_document_was_made_by_is_its_own_sentence(question, paths, ask):
    """One sentence of each text under the notice, with the document it goes by."""
    (only,) = ask(question).statements
    assert [one.path for one in only.citations] == paths
    assert "国办函〔2023〕121号" in only.text


def test_what_else_is_set_by_something_is_asked_of_the_rules(ask):
    """A price has its own article."""
    answer = ask("重庆收费标准依据什么定")
    assert {one.path.partition("/第")[0] for said in answer.statements for one in said.citations} == {"附件2"}


def test_what_is_not_printed_is_said_to_be_missing(ask):
    """北京's notice copies nobody and has no note on who may read it."""
    for question in ("北京的办法抄送谁", "北京办法公开了吗"):
        answer = ask(question)
        assert answer.status is AnswerStatus.NO_BASIS
        assert "未写明" in answer.missing[0]


def test_copies_of_something_else_are_asked_of_the_rules(ask):
    """Who gets the results of an evaluation stands in an article."""
    answer = ask("重庆评估结果抄送给谁")
    assert {one.path for said in answer.statements for one in said.citations} == {"附件2/第十五条/第一款"}
