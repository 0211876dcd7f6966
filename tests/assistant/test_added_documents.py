"""Documents a user adds are answered from as the shipped ones are, without any reviewed data."""

from datetime import date
from pathlib import Path

import pytest

from assistant.service import PolicyAssistant
from assistant.types import AnswerStatus
from indexing.settings import load_settings

REGULATION = """# 青岛市邻里停车条例
2024年3月29日 青岛市第十七届人民代表大会常务委员会第九次会议通过
第一条 为了规范停车秩序，制定本条例。
第二条 市交通主管部门负责停车管理工作。
第三条 新建居住区按照每百户不少于二十平方米的标准配建邻里驿站。
第四条 停车设施经营单位应当在经营前十五日内到区停车管理部门备案。
第五条 停车设施经营单位实行计时收费的，满一个计时单位后方可收取停车费，不足一个计时单位的不收取费用。
第六条 擅自将停车设施改变用途的，由城市管理综合执法部门处五千元以上三万元以下罚款。
第七条 福利彩票公益金百分之五十以上用于邻里驿站建设。
第八条 区级财政按照不低于市级补助1:1的比例配套。各区每季度末月25日前报送驿站建设进展。
（整改期不超过二个月。）家庭驿站每张床位一次性奖补3000元。奖补资金不得用于购置车辆。
第九条 驿站主体由街道办事处通过竞争性磋商等方式确定。任何单位和个人不得占用驿站。
第十条 驿站经营者应当是依法登记的企业或者社会组织。
第十一条 本条例自2024年5月1日起施行。
"""
OPINION = """国务院关于促进“邻里驿站”建设的若干意见
国发〔2018〕39号
各省、自治区、直辖市人民政府：
为促进“邻里驿站”建设，提出以下意见：
一、支持驿站稳定经营
（一）加大稳岗返还力度。对不裁员的驿站，可返还其上年度实际缴纳失业保险费的50%。（人力资源社会保障部、财政部负责。列第一位者为牵头单位，下同）
（二）支持创业培训。组织失业青年参加创业培训。（教育部、民政部负责）
图1 汽车号牌尺寸（单位：毫米）
国务院
2018年11月16日
"""
DUTIES = """海沙湾市邻里驿站管理办法
（2024年6月9日海沙湾市人民政府令第12号公布 自2024年7月1日起施行）
第一条 为了规范邻里驿站，制定本办法。
第二条 公安机关履行下列职责：
（一）查处驿站内的伤人事件；
（二）捕捉驿站周边的流浪犬。
第三条 床位在三百张以上的驿站应当设立保健室。驿站值班人员不得少于二人。
第四条 对独居老年人每两天巡访一次；接到求助后应当在三十分钟内到场。
第五条 驿站应当对每批次餐食留样，留样时间不少于48小时。
第六条 有下列行为之一的，由民政部门责令改正；情节严重的，处三万元以下罚款：
（一）挪用驿站用房的；
（二）隐瞒有关情况的。
第七条 安排未取得健康证明的人员上岗的，由民政部门给予警告；拒不改正的，处五百元以上三千元以下罚款。
第八条 未公示驿站收费标准的，由市场监督管理部门处一千元罚款。
擅自涂改驿站标牌的，由民政部门给予警告；拒不改正的，处一百元罚款。
第九条 驿站停车按下表收费：
区域\t白天（元/小时）\t夜间（元/次）
一类区域\t6\t5
二类区域\t4\t3
白天为8:00至20:00。
附件：邻里驿站年度建设任务表
附件
邻里驿站年度建设任务表
区\t2024年（个）\t2025年（个）\t补助资金（万元）
江西区\t40\t38\t7200
沙东区\t50\t45\t8600
"""
LIGHTS = """青岛市夜间照明管理办法
（2023年3月2日青岛市人民政府令第8号公布）
第一条 为了规范夜间照明，制定本办法。
第二条 本办法自2023年5月1日起施行。
"""


STATIONS = """舟山市邻里食堂建设运营细则
舟民规〔2025〕2号
第一条 为了规范邻里食堂，制定本细则。
第二条 到2026年底，邻里食堂社区覆盖率达到90%以上。
第三条 邻里食堂建设标准按照下表执行：
类型\t服务人口\t建筑面积\t工作人员
甲类\t2万人以上\t不小于900平方米\t不少于12人
乙类\t1万人至2万人\t不小于600平方米\t不少于8人
丙类\t1万人以下\t不小于300平方米\t不少于4人
第四条 邻里食堂应当设置在建筑物二层以下。
第五条 老旧城区确因场地受限的，面积可以适当降低，但不得低于标准的六成。
第六条 市级财政给予一次性建设补贴：甲类60万元、乙类40万元、丙类20万元。
第七条 本市户籍老年人可以享受八折优惠；持有居住证的非户籍老年人可以享受九折优惠。
第八条 本细则自2025年3月1日起施行。《舟山市社区食堂管理办法》（舟民发〔2018〕7号）同时废止。
"""


STANDARDS = """金华市关于推进完整社区建设的意见
金建发〔2025〕31号
一、建设标准
（一）邻里综合服务站。建筑面积以700平方米为宜，最低不小于450平方米。
（二）老年服务站。建筑面积不小于320平方米，可以与邻里综合服务站合建。
（三）幼儿园。服务半径不大于350米。
（四）托儿所。每个街道至少设置2处。
二、实施步骤
（一）摸底评估（2025年4月—6月）。以社区为单位开展评估。
（二）编制方案（2025年7月—9月）。各区编制实施方案，报市住房和城乡建设局备案。
三、管理
社区用房不得转租；确需改变用途的，应当经业主大会同意。
金华市住房和城乡建设局
2025年1月20日
（咨询电话：0579-87654321）
"""


@pytest.fixture(scope="module")
def added(tmp_path_factory):
    """The shipped library with six more documents, two of one place."""
    folder: Path = tmp_path_factory.mktemp("added")
    for name, text in (
        ("a.txt", REGULATION),
        ("b.txt", OPINION),
        ("c.txt", DUTIES),
        ("d.txt", LIGHTS),
        ("e.txt", STATIONS),
        ("f.txt", STANDARDS),
    ):
        (folder / name).write_text(text, "utf-8")
    opened = PolicyAssistant.open(load_settings({"home": folder / "cewen"}))
    opened.index.add([folder / f"{name}.txt" for name in "abcdef"])
    yield opened
    opened.index.close()


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("青岛新建居住区邻里驿站每百户配多少", "不少于二十平方米"),
        ("青岛停车设施经营前多少天要备案", "十五日"),
        ("青岛停车设施擅自改变用途罚多少", "五千元以上三万元以下"),
        ("青岛福利彩票公益金多少用于驿站", "百分之五十以上"),
        ("青岛区级配套比例是多少", "1:1"),
        ("青岛各区什么时候报驿站建设进展", "每季度末月25日前"),
        ("青岛谁来选驿站主体", "街道办事处"),
        ("青岛驿站整改期多长", "二个月"),
        ("青岛家庭驿站每张床位奖多少", "3000元"),
        ("青岛驿站奖补资金可以买车吗", "购置车辆"),
        ("青岛停车条例哪天开始实行", "2024年5月1日"),
        ("我是青岛一个街道的工作人员，领导让我写个材料，请问停车管理由哪个部门负责", "市交通主管部门"),
        ("加大稳岗返还力度由哪个部门牵头", "人力资源社会保障部"),
    ],
)
def test_added_documents_are_answered_from(added, question, said):
    """Figures in Chinese numerals, fines, shares, days, bodies in brackets: each is shown."""
    answer = added.ask(question, as_of=date(2026, 1, 1))
    assert answer.status is AnswerStatus.ANSWERED
    assert said in answer.statements[0].text


@pytest.mark.parametrize(
    "question",
    [
        "青岛停车一小时多少钱",
        "邻里驿站每个补助多少钱",
        "汽车号牌的尺寸是多少毫米",
        "青岛家庭驿站床位每月补贴多少",
    ],
)
def test_what_they_do_not_say_is_not_said(added, question):
    """A fine is no price, another place's money is not theirs, and a caption is no figure."""
    assert added.ask(question, as_of=date(2026, 1, 1)).status is AnswerStatus.NO_BASIS


def test_a_year_no_column_is_for_is_not_answered(added):
    """2024 and 2025 are told; 2027 is not."""
    assert added.ask("海沙湾江西区2027年建多少个", as_of=date(2026, 1, 1)).status is AnswerStatus.NO_BASIS


def test_everybody_is_nobody_in_particular(added):
    """任何单位和个人不得占用 does not say who may run one."""
    answer = added.ask("个人能在青岛当驿站经营者吗", as_of=date(2026, 1, 1))
    assert not any("任何单位和个人" in one.text for one in answer.statements)


def test_a_condition_is_no_permission(added):
    """满一个计时单位后方可收取 does not say that it may be charged before."""
    answer = added.ask("青岛停车不满一个计时单位要不要收费", as_of=date(2026, 1, 1))
    assert "不收取费用" in answer.statements[0].text
    assert "可以。" not in answer.statements[0].text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("海沙湾挪用驿站用房最高罚多少钱", "三万元以下罚款"),
        ("海沙湾不公示驿站收费标准由谁处罚", "市场监督管理部门"),
        ("海沙湾江西区2025年要建几个驿站", "2025年（个）：38"),
        ("海沙湾市没有健康证的人上岗罚多少", "五百元以上三千元以下"),
        ("海沙湾涂改驿站标牌罚多少", "一百元"),
        ("海沙湾驿站周边的流浪犬归谁捕捉", "公安机关"),
        ("海沙湾多少床位以上的驿站要设保健室", "三百张"),
        ("海沙湾驿站值班人员至少几个人", "二人"),
        ("海沙湾对独居老人多久巡访一次", "每两天"),
        ("海沙湾接到求助多久要到场", "三十分钟"),
        ("海沙湾餐食留样要留多久", "48小时"),
        ("海沙湾江西区2025年建多少个", "2025年（个）：38"),
        ("海沙湾沙东区的补助资金是多少", "8600"),
        ("海沙湾二类区域白天停车每小时收多少", "二类区域。白天（元/小时）：4"),
    ],
)
def test_deeds_lists_and_tables_of_a_place_no_gazetteer_knows(added, question, said):
    """The figure in the line over a list, behind its deed or in a cell is told with what it is for."""
    answer = added.ask(question, as_of=date(2026, 11, 23))
    assert answer.status is AnswerStatus.ANSWERED
    assert all(statement.text.startswith("海沙湾市：") for statement in answer.statements)
    assert said in answer.statements[0].text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("舟山甲类邻里食堂面积多大", "建筑面积：不小于900平方米"),
        ("舟山乙类食堂要几个工作人员", "工作人员：不少于8人"),
        ("舟山服务人口不到1万人的食堂面积要求", "建筑面积：不小于300平方米"),
        ("舟山服务人口1.5万人的食堂要多大", "建筑面积：不小于600平方米"),
        ("舟山丙类食堂补贴多少", "丙类20万元"),
        ("舟山邻里食堂能开在三楼吗", "超过“二层以下”的上限"),
        ("舟山邻里食堂可以设在一楼吗", "没有超过“二层以下”的上限"),
        ("舟山老城区的食堂面积能降到多少", "不得低于标准的六成"),
        ("舟山外地老人去邻里食堂吃饭有优惠吗", "九折"),
        ("舟山邻里食堂覆盖率目标是多少", "90%以上"),
        ("舟山邻里食堂细则废止了哪个文件", "《舟山市社区食堂管理办法》"),
    ],
)
def test_tables_in_articles_floors_classes_and_repeals(added, question, said):
    """A row is found by the line above its table; class, floor and outsider are the ones asked of."""
    answer = added.ask(question, as_of=date(2026, 11, 23))
    assert answer.status is AnswerStatus.ANSWERED
    assert any(said in statement.text for statement in answer.statements)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("金华邻里综合服务站最小多大", "不小于450平方米"),
        ("金华综合服务站400平方米够不够", "达不到“不小于450平方米”"),
        ("金华老年服务站面积要求", "不小于320平方米"),
        ("金华幼儿园服务半径多大", "350米"),
        ("金华每个街道要有几处托儿所", "2处"),
        ("金华摸底评估什么时候做", "2025年4月"),
        ("金华社区用房改变用途要谁同意", "业主大会"),
        ("金华咨询电话是多少", "87654321"),
    ],
)
def test_a_figure_is_that_of_the_thing_in_the_heading(added, question, said):
    """Not of the item below another heading that only mentions it."""
    answer = added.ask(question, as_of=date(2026, 11, 23))
    assert answer.status is AnswerStatus.ANSWERED
    assert said in answer.statements[0].text


def test_the_fine_of_another_deed_is_not_told(added):
    """Each deed stands before its own fine."""
    answer = added.ask("海沙湾涂改驿站标牌罚多少", as_of=date(2026, 11, 23))
    assert not any("三千元" in one.text or "三万元" in one.text for one in answer.statements)


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        ("青岛的办法什么时候起施行", "2023年5月1日", "2024年5月1日"),
        ("青岛那个条例什么时候起施行", "2024年5月1日", "2023年5月1日"),
    ],
)
def test_of_several_documents_of_a_place_the_kind_named_speaks(added, question, said, unsaid):
    """上海的方案哪天印的 is not asked of its 条例."""
    text = added.ask(question, as_of=date(2026, 1, 1)).text
    assert said in text
    assert unsaid not in text
