"""`cewen diff` and `cewen review`: what they print and write, one sentence for each mistake."""

import json

import docx
import pytest

from ui.cli import app

BEIJING, CHONGQING = "京发改规〔2025〕1号", "渝发改规范〔2024〕10号"


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home of this module alone, with the shipped documents."""
    return tmp_path_factory.mktemp("home") / "cewen"


@pytest.fixture
def cewen(home, runner):
    """Runs `cewen …` over the shipped documents."""
    return lambda *words: runner.invoke(app, [*words, "--home", str(home)])


def test_two_clauses_are_shown_with_what_differs(cewen):
    """Without colours what was taken out and put in stands in brackets."""
    shown = cewen("diff", "国办函〔2023〕121号#三/（九）", f"{BEIJING}#第三十二条").stdout
    assert "［删：" in shown
    assert "［增：" in shown
    assert "完善社区嵌入式服务" in shown


def test_differences_are_written_and_said_as_json(cewen, tmp_path):
    """The pieces make both texts again."""
    files = [tmp_path / "a.md", tmp_path / "a.docx"]
    result = cewen("diff", BEIJING, CHONGQING, "--md", str(files[0]), "--docx", str(files[1]), "--json")
    assert result.exit_code == 0
    record = json.loads(result.stdout.splitlines()[-1])
    assert record["counts"]["修改"] == sum(pair["kind"] == "修改" for pair in record["pairs"])
    for pair in record["pairs"]:
        before = "".join(one["text"] for one in pair["pieces"] if one["kind"] != "added")
        assert before == (pair["before"]["quote"] if pair["before"] else "")
    assert files[0].read_text("utf-8").startswith("# 条文比对")
    assert docx.Document(str(files[1])).paragraphs[0].text == "条文比对"


def test_a_cell_is_confirmed_corrected_and_taken_back(cewen):
    """The comparison shows it at once, and says who."""
    said = cewen("review", "消防", "--city", "北京", "--reviewer", "张三").stdout
    assert said == "北京市“消防”已核对（张三），现为：未规定。\n"
    table = json.loads(cewen("compare", "消防", "--cities", "北京,国家", "--json").stdout)
    assert [cell["reviewed_by"] for cell in table["rows"][0]["cells"]] == [
        "策问项目组（两遍通读，非发文机关）",
        "张三",
    ]
    words = ("review", "综合体建筑面积下限", "--documents", CHONGQING, "--reviewer", "李四")
    record = json.loads(cewen(*words, "--without", "不宜小于800平方米", "--json").stdout)
    assert (record["status"], record["reviewed_by"]) == ("有规定", "李四")
    shown = cewen("compare", "综合体建筑面积下限", "--cities", "重庆,国家").stdout
    assert "800" not in shown
    assert "已撤回核对" in cewen(*words, "--withdraw").stdout
    again = cewen("compare", "综合体建筑面积下限", "--cities", "重庆,国家").stdout
    assert "“有条件的不宜小于800平方米”" in again


def test_a_figure_is_corrected_with_its_history(cewen, home):
    """Who, when, old → new, in the cell and in the file; the shipped layer is untouched."""
    words = ("review", "服务功能数量下限", "--city", "重庆", "--reviewer", "王五")
    record = json.loads(cewen(*words, "--correct", "≥3项=>≥2项（应）", "--json").stdout)
    assert record["review_note"] == "更正数值：≥3项（原则上） → ≥2项（应）。"
    table = json.loads(cewen("compare", "服务功能数量下限", "--cities", "重庆,国家", "--json").stdout)
    cell = table["rows"][0]["cells"][1]
    assert (cell["reviewed_by"], cell["review_note"]) == ("王五", record["review_note"])
    assert [(one["value"], one["strength"]) for one in cell["figures"]] == [("2", "应")]
    kept = (home / "norms" / "reviewed.jsonl").read_text("utf-8").splitlines()
    assert json.loads(kept[-1])["note"] == record["review_note"]
    cewen(*words, "--withdraw")
    again = cewen("compare", "服务功能数量下限", "--cities", "重庆,国家").stdout
    assert "不少于3项" in again.replace("\n", "")


def test_rows_are_narrowed_as_on_the_page(cewen):
    """One condition or several; a note says how many topics were left out."""
    words = ("compare", "面积标准", "资金支持", "--cities", "国家,北京,重庆", "--json")
    shown = {
        only: [row["topic"]["name"] for row in json.loads(cewen(*words, "--only", only).stdout)["rows"]]
        for only in ("有数值", "有差异", "可比国家", "有数值，可比国家")
    }
    assert "财政补助比例与上限" in shown["有数值"]
    assert "重复支持的限制" not in shown["可比国家"]
    assert shown["有数值，可比国家"] == [name for name in shown["可比国家"] if name in shown["有数值"]]
    assert "略去" in cewen(*words[:-1], "--only", "有数值").stdout


def test_without_reviews_everything_is_extracted(cewen):
    """`--unreviewed`."""
    table = json.loads(cewen("compare", "消防", "--cities", "北京,国家", "--unreviewed", "--json").stdout)
    assert [cell["reviewed_by"] for cell in table["rows"][0]["cells"]] == [None, None]
    assert table["rows"][0]["cells"][1]["status"] == "未检出规定"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("diff",), "请给出一份或两份文件"),
        (("diff", "甲", "乙", "丙"), "请给出一份或两份文件"),
        (("diff", "没有的办法", BEIJING), "没有的办法"),
        (("diff", BEIJING), "只有一版"),
        (("diff", f"{BEIJING}@9", CHONGQING), "版本 9"),
        (("diff", BEIJING, CHONGQING, "--docx", "-"), "不能写到标准输出"),
        (("review",), "请写明主题、核对人"),
        (("review", "消防", "--city", "北京"), "请写明主题、核对人"),
        (("review", "消防", "--city", "火星", "--reviewer", "甲"), "不认识“火星”"),
        (("review", "消防", "--city", "成都", "--reviewer", "甲"), "没有成都的现行文件"),
        (("review", "消防", "--city", "北京", "--reviewer", "甲", "--status", "随便"), "--status 应是"),
        (
            ("review", "消防", "--city", "北京", "--reviewer", "甲", "--status", "未检出规定"),
            "请写 --status 未规定",
        ),
        (("review", "火箭发射", "--city", "北京", "--reviewer", "甲", "--status", "有规定"), "没有检出原文"),
        (("review", "面积标准", "--city", "北京", "--reviewer", "甲"), "不只一个主题"),
        (
            ("review", "消防", "--city", "北京", "--reviewer", "甲", "--correct", "随便"),
            "没有读懂要更正的数值",
        ),
        (
            ("review", "综合体建筑面积", "--city", "重庆", "--reviewer", "甲", "--correct", "5年→≥3年"),
            "没有数值写作“5年”",
        ),
        (
            ("review", "服务功能数量下限", "--city", "北京", "--reviewer", "甲", "--correct", "≥3项→≥9项"),
            "原文没有更正后的数",
        ),
        (("compare", "消防", "--only", "好看"), "--only 应是有差异、有数值、可比国家"),
    ],
)
def test_a_mistake_is_one_sentence(cewen, words, sentence):
    """On standard error, exit code 2."""
    result = cewen(*words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""
