"""Whole documents in styles the five do not have: what can be cited in each, and where."""

import pytest

from indexing.documents import read_document
from indexing.errors import ClauseParseError, UnreadableDocument

CASES = {
    # a plan by chapters without articles has a unit a chapter
    "guihua": (
        "某某市商业规划\n"
        "第一章 发展现状\n"
        "2023年全市共有商业网点1200个，每家补助5万元。\n"
        "第二章 发展目标\n"
        "到2030年，新增300个，每家补助8万元。\n",
        ["第一章", "第二章"],
    ),
    # a sentence with a figure above items is text, not a heading; web buttons go
    "items": (
        "某某市稳就业通知\n"
        "某人社发〔2024〕3号\n"
        "各区人社局：\n"
        "现通知如下：\n"
        "一、对吸纳就业的企业每人补贴2000元。\n"
        "（一）小微企业。\n"
        "（二）社会组织。\n"
        "二、强化服务。\n"
        "（一）对首次入库企业奖励5万元。详见实施细则。\n"
        "1. 材料齐全。\n"
        "某某市人力资源和社会保障局\n"
        "2024年6月1日\n"
        "扫一扫在手机打开当前页\n"
        "【打印本页】【关闭窗口】\n",
        ["主送", "引言", "一", "一/（一）", "一/（二）", "二/（一）", "二/（一）/1", "落款"],
    ),
    # an annex marked 附： below a signature
    "fu": (
        "某某市关于发放高温津贴的通知\n"
        "某人社发〔2024〕8号\n"
        "各单位：\n"
        "现就有关事项通知如下：\n"
        "一、发放时间为6月至9月。\n"
        "二、标准见附表。\n"
        "附：高温津贴发放标准表\n"
        "某某市人力资源和社会保障局\n"
        "2024年6月1日\n"
        "附：\n"
        "高温津贴发放标准表\n"
        "岗位\t标准\n"
        "室外\t300元\n"
        "室内\t200元\n",
        ["主送", "引言", "一", "二", "附件说明", "落款", "附件/行1", "附件/行2"],
    ),
    # a 解读 after the last article is no part of it
    "jiedu": (
        "某某市公租房管理办法\n"
        "第一条 为规范管理，制定本办法。\n"
        "第二条 租金按季缴纳。\n"
        "第三条 本办法自2024年1月1日起施行。\n"
        "\n"
        "政策解读\n"
        "一、起草背景\n"
        "为了解决住房问题，明确租金为市场价的70%。\n"
        "二、主要内容\n"
        "共三条。\n",
        ["第一条", "第二条", "第三条", "解读/一", "解读/二"],
    ),
    # 1 above 1.1
    "dec": (
        "某某市导则\n"
        "1 总则\n"
        "1.1 目的\n"
        "为了规范建设。\n"
        "1.2 范围\n"
        "本市范围。\n"
        "2 设施要求\n"
        "2.1 面积\n"
        "不小于600平方米。\n",
        ["1/1.1", "1/1.2", "2/2.1"],
    ),
    # a 合计 row takes nothing from above; a note keeps its numbers
    "heji": (
        "附件1\n"
        "补助表\n"
        "| 序号 | 类别 | 金额 | 单位 |\n"
        "|---|---|---|---|\n"
        "| 1 | 助餐 | 100元 | 民政局 |\n"
        "| 2 |  | 100元 | 民政局 |\n"
        "| 合计 |  | 200元 |  |\n"
        "备注：1.标准含税。\n"
        "2.按季发放。\n",
        ["附件1/1", "附件1/2", "附件1/行3", "附件1/第1段", "附件1/第2段"],
    ),
    # 一、四层 is a mark where 一、 is due
    "cenglou": (
        "某市关于加装电梯补贴的通知\n"
        "各区：\n"
        "补贴如下：\n"
        "附件1\n"
        "补贴标准\n"
        "一、四层至六层的，每台补贴8万元。\n"
        "二、七层以上的，每台补贴10万元。\n"
        "三、三级医院不补。\n",
        ["主送", "通知", "附件1/一", "附件1/二", "附件1/三"],
    ),
    # an order carries the regulation it publishes
    "ling": (
        "某某市人民政府令\n"
        "第152号\n"
        "《某某市养犬规定》已经2024年5月6日市政府常务会议通过，现予公布，自2024年7月1日起施行。\n"
        "市长　张三\n"
        "2024年5月10日\n"
        "某某市养犬规定\n"
        "第一条 为规范养犬，制定本规定。\n"
        "第二条 每户限养一只。\n",
        ["通知", "落款", "第一条", "第二条"],
    ),
    # annexes in Chinese numerals, listed and begun
    "fujian": (
        "云岭市人民政府关于做好社区服务工作的通知\n"
        "云政发〔2024〕9号\n"
        "各区人民政府：\n"
        "现就有关事项通知如下：\n"
        "一、提高认识。各区要高度重视。\n"
        "二、抓好落实。各区要制定方案。\n"
        "附件一：社区服务清单\n"
        "附件二：考核办法\n"
        "云岭市人民政府\n"
        "2024年5月6日\n"
        "附件一\n"
        "社区服务清单\n"
        "1、养老服务\n"
        "（1）助餐。\n"
        "（2）助浴。\n"
        "①上门助浴；\n"
        "②定点助浴。\n"
        "2、托育服务\n"
        "附件二：\n"
        "考核办法\n"
        "第一条 为了考核，制定本办法。\n"
        "第二条 考核分为：\n"
        "（一）日常考核；\n"
        "（二）年度考核。\n"
        "年度考核每年一次。\n",
        [
            "主送",
            "引言",
            "一",
            "二",
            "附件说明",
            "落款",
            "附件1/1/（1）",
            "附件1/1/（2）/①",
            "附件1/1/（2）/②",
            "附件1/2",
            "附件2/第一条",
            "附件2/第二条",
        ],
    ),
    # an announcement with a table without serials
    "gonggao": (
        "云岭市民政局关于公布2024年度社区食堂补贴标准的公告\n"
        "\n"
        "2024年第3号\n"
        "\n"
        "根据《云岭市养老服务条例》，现将补贴标准公告如下。\n"
        "\n"
        "| 类别 | 标准 | 备注 |\n"
        "|---|---|---|\n"
        "| 新建食堂 | 每个20万元 | 一次性 |\n"
        "| 改建食堂 | 每个10万元 |  |\n"
        "\n"
        "注：以上标准自2024年5月1日起执行，有效期两年。\n"
        "\n"
        "特此公告。\n"
        "\n"
        "云岭市民政局\n"
        "2024年4月3日\n",
        ["引言", "表/行1", "表/行2", "第1段", "第2段", "落款"],
    ),
    # parts and decimal marks
    "bufen": (
        "云岭市社区服务建设指南（试行）\n"
        "\n"
        "第一部分 总则\n"
        "\n"
        "1.1 适用范围\n"
        "本指南适用于社区。\n"
        "1.2 术语\n"
        "1.2.1 综合体\n"
        "指集中设置的设施。\n"
        "\n"
        "第二部分 设施\n"
        "\n"
        "2.1 选址\n"
        "应当安全。\n",
        ["第一部分/1.1", "第一部分/1.2/1.2.1", "第二部分/2.1"],
    ),
    # a letter-spaced banner, a signer beside the number, a tab in the imprint
    "hongtou": (
        "某 某 市 人 民 政 府 文 件\n"
        "某政发〔2022〕10号          签发人：李四\n"
        "────\n"
        "某某市人民政府\n"
        "关于加快养老服务发展的实施意见\n"
        "各区人民政府：\n"
        "现提出如下意见：\n"
        "一、加快建设。每区建设3个中心。\n"
        "二、加强保障。安排资金2000万元。\n"
        "某某市人民政府\n"
        "2022年3月1日\n"
        "抄送：市市场监管局。\n"
        "某某市人民政府办公室\t2022年3月2日印发\n",
        ["主送", "引言", "一", "二", "落款", "版记"],
    ),
    # footnotes below the signature
    "jiaozhu": (
        "某某市补贴通知\n"
        "一、标准为每人500元。\n"
        "二、按季发放。\n"
        "某某市民政局\n"
        "2024年1月5日\n"
        "①含物价补贴。\n"
        "②不含税。\n",
        ["一", "二", "落款", "文末"],
    ),
    # a table between trailing paragraphs: nothing is owned twice
    "tableclose": (
        "某市方案\n"
        "一、要求\n"
        "（三）加强评估督导。\n"
        "本方案自2024年4月8日起施行，由市发改委牵头。\n"
        "1\t甲\t乙\n"
        "市各民主党派。\n",
        ["一/（三）", "一/（三）/表/1"],
    ),
    # a lead-in with 下列, and 四、二级 where 四、 is due
    "xialie": (
        "某市通知\n三、下列人员可以申请补贴。\n（一）专职教师。\n（二）具有教师资格。\n四、二级医院。\n",
        ["三", "三/（一）", "三/（二）", "四"],
    ),
    # titles on the annex marks’ own lines
    "f1": (
        "某市公租房通知\n"
        "附件一：公租房租金标准\n"
        "一、租金为每平方米10元。\n"
        "附件二：租金减免表\n"
        "序号\t人群\t减免\n"
        "1\t低保户\t50%\n",
        ["附件1/一", "附件2/1"],
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_what_can_be_cited(name: str) -> None:
    """The units of each document, in order; every one of them holds its own words."""
    text, expected = CASES[name]
    parsed = read_document(text.encode(), f"{name}.txt")
    units = [clause for clause in parsed.clauses if clause.is_unit]
    assert [unit.path for unit in units] == expected
    assert all(parsed.document.text[unit.start : unit.end] == unit.text for unit in units)


@pytest.mark.parametrize("name", CASES)
def test_every_character_is_owned_once(name: str) -> None:
    """The clauses' own pieces cover the text without overlap, white space aside."""
    document = read_document(CASES[name][0].encode(), name)
    owned = sorted(span for clause in document.clauses for span in clause.own)
    covered = "".join(document.document.text[start:end] for start, end in owned)
    assert "".join(covered.split()) == "".join(document.document.text.split())


def test_every_sentence_of_a_body_lies_in_a_unit() -> None:
    """What cannot be found cannot be cited: no sentence stands outside all units."""
    for name, (text, _) in CASES.items():
        parsed = read_document(text.encode(), f"{name}.txt")
        spans = [(unit.start, unit.end) for unit in parsed.clauses if unit.is_unit]
        for clause in parsed.clauses:
            for start, end in clause.own:
                if parsed.document.text[start:end].endswith(("。", "；")) and len(clause.text) > 12:
                    heading = clause.heading is not None and clause.level.startswith("heading")
                    assert heading or any(first <= start and end <= last for first, last in spans), (
                        clause.path
                    )


@pytest.mark.parametrize("data", [b"", b"\0\0\0", "……".encode()])
def test_nothing_to_read_is_said_in_chinese(data: bytes) -> None:
    """One sentence with the file's name, and no document."""
    with pytest.raises((UnreadableDocument, ClauseParseError), match="空白"):
        read_document(data, "空白.txt")
