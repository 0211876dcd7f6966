"""What a body has to do, on the shipped documents and an invented one."""

from datetime import date

import pytest

from assistant.answers.duties import asked_bodies
from assistant.library import Library
from assistant.questions.question import understand
from assistant.service import PolicyAssistant
from indexing.settings import load_settings

CHONGQING, HANGZHOU, BEIJING = "渝发改规范[2024]10号", "杭政办函[2024]11号", "京发改规[2025]1号"
NATION = "国办函[2023]121号"
NOTICE = """成都市人民政府办公室关于印发《成都市社区食堂管理办法》的通知

临政办发〔2025〕3号

各区县人民政府，市政府各部门：

现将《成都市社区食堂管理办法》印发给你们，请认真贯彻执行。

成都市人民政府办公室
2025年3月1日

# 成都市社区食堂管理办法

第一条 市民政局负责统筹社区食堂建设，会同市财政局拨付补助。

第二条 区民政局负责社区食堂的日常检查。

第三条 食堂应当将检查结果报市民政局备案。

第四条 市财政局的意见应当书面作出。
"""


@pytest.mark.parametrize(
    ("question", "bodies"),
    [
        ("市住建委负责什么？", ["市住建委"]),
        ("发改委和建委怎么分工", ["发改委", "建委"]),
        ("街道办事处的主要职责有哪些？", ["街道办事处"]),
        ("区县政府、街道办分别要做什么", ["区县政府", "街道办"]),
        ("养老服务由谁负责", []),
        ("街道办在选运营单位时负责签什么协议", []),
        ("哪些部门负责什么", []),
        ("综合体的任务是什么", []),
    ],
)
def test_only_questions_on_what_a_body_does_are_read_so(question, bodies):
    """Who does something, and what a body does in one matter, are questions for the search."""
    assert [body.name for body in asked_bodies(understand(question, Library((), ())))] == bodies


@pytest.mark.parametrize(
    ("question", "doc_id", "path", "said"),
    [
        ("重庆市住建委负责什么？", CHONGQING, "附件2/第四条", "指导区县实施项目建设、行业监管工作"),
        ("重庆区县住建部门负责什么？", CHONGQING, "附件2/第五条", "工程建设的质量安全监督管理"),
        ("重庆街道办事处的职责是什么", CHONGQING, "附件2/第五条", "直管单位"),
        ("北京区发改委负责哪些工作", BEIJING, "第二十七条", "指导并督促项目实施单位"),
        ("国家发展改革委负责什么", NATION, "三/（九）", "组织制定城市社区嵌入式服务设施建设导则"),
    ],
)
def test_the_sentences_a_body_acts_in_are_quoted(ask, question, doc_id, path, said):
    """Found by who acts, at the level asked about."""
    answer = ask(question)
    told = [one for one in answer.statements if said in one.text]
    assert any(c.doc_id == doc_id and c.path.startswith(path) for one in told for c in one.citations)


def test_the_level_asked_about_is_kept(ask):
    """What the districts' bodies do is no answer on the city's."""
    text = ask("重庆市住建委负责什么？").text
    assert "区县住房城乡建设部门负责" not in text


def test_each_of_several_bodies_is_told(ask):
    """A question on how two divide the work names both."""
    text = ask("重庆市住建委和市发改委怎么分工？").text
    assert "审定试点社区建设项目清单" in text
    assert "组织编制市级试点建设方案" in text


def test_matters_a_body_is_set_beside_are_listed(ask):
    """责任单位 brackets and columns say what a body answers for, and each matter is cited."""
    one = next(one for one in ask("上海市民政局要做什么").statements if "责任单位" in one.text)
    assert "充分发挥党群服务阵地功能；" in one.text
    assert {c.path for c in one.citations} >= {"二/（五）", "二/（六）", "三/（十）"}
    rows = ask("重庆市规划自然资源局负责什么").text
    assert "容积率奖励；" in rows
    row = ask("重庆市大数据局的职责是什么").statements[0]
    assert "牵头单位" in row.text
    assert "提升社区嵌入式服务信息化水平" in row.text


@pytest.mark.parametrize(
    ("question", "role", "rows"),
    [
        ("重庆支持政策清单里市商务委负责哪几项", "责任单位", {"附件1-1/8", "附件1-1/30", "附件1-1/33"}),
        (
            "重庆分工表里市住房城乡建委牵头的事项有哪些",
            "牵头单位",
            {f"附件1-2/{row}" for row in ("1.1", "2.1", "2.2", "5.1", "6.1", "7.4", "8.1")},
        ),
        (
            "重庆哪些任务由市委社会工作部牵头",
            "牵头单位",
            {f"附件1-2/{row}" for row in ("1.4", "3.1", "4.1", "8.1")},
        ),
        ("重庆需要市残联配合的工作有哪些", "配合单位", {"附件1-2/3.1", "附件1-2/4.1"}),
        ("重庆市规划自然资源局在分工表里牵头什么", "牵头单位", {"附件1-2/2.2", "附件1-2/7.3"}),
        ("上海市国资委参与哪项任务", "责任单位", {"一/（二）"}),
        ("杭州市财政局牵头什么", "责任单位", {"三/（二）/1", "三/（四）/2", "四/（二）/2"}),
    ],
)
def test_the_rows_of_a_body_are_all_listed(ask, question, role, rows):
    """Read from the column asked for, under every name the table has for the body; no row of another's."""
    (listed,) = [one for one in ask(question).statements if f"为{role}的事项" in one.text]
    assert {one.path.removesuffix("/第1段") for one in listed.citations} == rows


def test_a_table_named_is_read_alone(ask):
    """What the body does elsewhere is not asked for."""
    cited = {
        one.path
        for said in ask("重庆支持政策清单里哪些是市民政局负责的").statements
        for one in said.citations
    }
    assert len(cited) == 15
    assert all(path.startswith("附件1-1/") for path in cited)


def test_a_body_no_document_lets_act_is_not_made_up(ask):
    """The question then goes the way of any other."""
    assert not any("气象局" in one.text for one in ask("重庆市气象局负责什么").statements)


def test_an_added_document_is_read_the_same_way(tmp_path):
    """Nothing of it is reviewed; what is only reported to a body is not its duty."""
    notice = tmp_path / "notice.md"
    notice.write_text(NOTICE, encoding="utf-8")
    opened = PolicyAssistant.open(load_settings({"home": tmp_path / "home"}))
    opened.index.add([notice], lambda report: None)
    text = opened.ask("成都市民政局负责什么？", as_of=date(2026, 11, 23)).text
    opened.index.close()
    assert "统筹社区食堂建设" in text
    assert "日常检查" not in text
    assert "备案" not in text
