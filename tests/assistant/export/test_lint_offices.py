"""Whole files as other offices write them: every fault told in one Chinese sentence that says where."""

from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from assistant.export.lint import Rule, lint_docx
from indexing.errors import UnreadableDocument

Words = list[str]
BODY = "我街道已建成嵌入式服务设施3处，总面积2600平方米，服务居民12000人。"


def _line(word: docx.document.Document, text: str, face: str, size: float, **form: object) -> None:
    para = word.add_paragraph(style=form.get("style"))
    run = para.add_run(text)
    run.font.name, run.font.size, run.bold = face, Pt(size), form.get("bold")
    run._element.rPr.rFonts.set(qn("w:eastAsia"), face)
    para.alignment = form.get("align", WD_ALIGN_PARAGRAPH.JUSTIFY)
    para.paragraph_format.line_spacing = Pt(form.get("pitch", 28.9))
    para.paragraph_format.space_after = Pt(0)
    if form.get("indent", True) and para.alignment == WD_ALIGN_PARAGRAPH.JUSTIFY:
        para.paragraph_format.first_line_indent = Pt(2 * size)


def _paper(word: docx.document.Document, top: float = 37, left: float = 28) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.left_margin = Mm(top), Mm(left)
    section.bottom_margin, section.right_margin = Mm(35), Mm(26)


def _as_word_has_it(word: docx.document.Document) -> None:
    """Everything as a new file of Word has it, text typed in."""
    word.add_heading("关于申报社区嵌入式服务设施项目的函", 0)
    lines = ("市发展改革委:", "  根据要求,现将情况函报如下。", "一.项目概况", "1、项目位于街道。", BODY, BODY)
    for text in (*lines, "附件:1.申报方案。", "区发展和改革委员会", "2026年05月08日"):
        word.add_paragraph(text)


def _as_a_street_has_it(word: docx.document.Document) -> None:
    """宋体四号, wide margins, headings numbered by Word, a title broken inside a word, empty lines, 〇."""
    _paper(word, 25.4, 31.8)
    _line(word, "关于社区嵌入式服\n务设施情况的报告", "宋体", 22, align=WD_ALIGN_PARAGRAPH.CENTER, bold=True)
    _line(word, "区人民政府：", "宋体", 14, indent=False)
    for text in ("基本情况", "存在问题", "下一步打算", "有关建议"):
        _line(word, text, "宋体", 14, style="List Number", bold=True, indent=False)
        _line(word, BODY, "宋体", 14, pitch=22)
    for _ in range(6):
        word.add_paragraph()
    _line(word, "街道办事处", "宋体", 14, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(word, "二〇二六年五月八日", "宋体", 14, align=WD_ALIGN_PARAGRAPH.RIGHT)


def _as_a_careful_one_has_it(word: docx.document.Document) -> None:
    """Nearly right: a gap in the headings, an annex nobody announced, a long table, a comment left."""
    _paper(word)
    for text in ("街道关于社区嵌入式服", "务设施申报情况的请示"):
        _line(word, text, "方正小标宋简体", 22, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(word, "区人民政府：", "仿宋_GB2312", 16, indent=False)
    _line(word, "一、基本情况", "黑体", 16)
    _line(word, BODY, "仿宋_GB2312", 16)
    _line(word, "三、有关请求", "黑体", 16)
    _line(word, "妥否，请批示。", "仿宋_GB2312", 16)
    table = word.add_table(rows=20, cols=2)
    table.cell(0, 0).text = "来源"
    _line(word, "街道办事处", "仿宋_GB2312", 16, align=WD_ALIGN_PARAGRAPH.RIGHT)
    _line(word, "2026年5月8日", "仿宋_GB2312", 16, align=WD_ALIGN_PARAGRAPH.RIGHT)
    word.add_page_break()
    _line(word, "附件", "黑体", 16, indent=False)
    _line(word, "资金来源表", "方正小标宋简体", 22, align=WD_ALIGN_PARAGRAPH.CENTER)
    _line(word, BODY, "仿宋_GB2312", 16)
    word.add_comment(word.paragraphs[2].runs[0], text="请核实")


OFFICES: list[tuple[Callable[[docx.document.Document], None], dict[Rule, str]]] = [
    (
        _as_word_has_it,
        {
            Rule.PAGE_SIZE: "216×279毫米",
            Rule.PAGE_NUMBER: "没有页码",
            Rule.GRID: "文档网格",
            Rule.TITLE_PLACE: "没有居中",
            Rule.THEME_FACE: "主题",
            Rule.SIZE: "等",
            Rule.SPACES_AS_INDENT: "2个空格",
            Rule.HEADING_MARK: "应写作“一、”",
            Rule.RECIPIENT_COLON: "全角冒号",
            Rule.ATTACHMENT_NOTE: "附件：",
            Rule.DATE_FORM: "2026年5月8日",
            Rule.DATE_PLACE: "靠右",
            Rule.HALF_WIDTH: "，",
        },
    ),
    (
        _as_a_street_has_it,
        {
            Rule.PAGE_MARGINS: "25.4毫米",
            Rule.TITLE_FACE: "宋体",
            Rule.TITLE_BREAK: "中间换行",
            Rule.FACE: "应为仿宋",
            Rule.SIZE: "四号",
            Rule.LINE_PITCH: "22磅",
            Rule.AUTO_NUMBER: "自动编号",
            Rule.EMPTY_LINES: "6个空行",
            Rule.DATE_FORM: "2026年5月8日",
        },
    ),
    (
        _as_a_careful_one_has_it,
        {
            Rule.TITLE_BREAK: "社区嵌入式服务设施",
            Rule.HEADING_GAP: "应为“二、”",
            Rule.TABLE_HEAD: "20行",
            Rule.ATTACHMENT_NOTE: "没有列出这个附件",
            Rule.COMMENTS: "1条批注",
            Rule.PAGE_NUMBER: "没有页码",
        },
    ),
]


@pytest.mark.parametrize(("write", "faults"), OFFICES, ids=lambda value: getattr(value, "__name__", ""))
def test_every_fault_of_a_file_is_told(
    write: Callable[[docx.document.Document], None], faults: dict[Rule, str], tmp_path: Path
) -> None:
    """By its rule, in one sentence that has what was found."""
    word = docx.Document()
    write(word)
    path = tmp_path / "来文.docx"
    word.save(str(path))
    found = lint_docx(path)
    for rule, words in faults.items():
        said = [one.sentence for one in found if one.rule is rule]
        assert any(words in each for each in said), (rule, said, [one.sentence for one in found])


def test_one_setting_wrong_everywhere_is_said_once(tmp_path: Path) -> None:
    """宋体四号 throughout is two sentences with a count, not two for each paragraph."""
    word = docx.Document()
    _as_a_street_has_it(word)
    path = tmp_path / "来文.docx"
    word.save(str(path))
    found = lint_docx(path)
    faces = [one for one in found if one.rule is Rule.FACE and one.wanted == "仿宋"]
    assert len(faces) == 1
    assert "处：字体为宋体，应为仿宋" in faces[0].sentence
    assert len(found) < 30


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "空文件"),
        (b"PK\x03\x04 cut off", "已损坏"),
        (bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 3000, "旧版 .doc"),
        (b"%PDF-1.4\n%abc\n", "PDF"),
        ("<html><body>通知</body></html>".encode(), "网页"),
        ("一、基本情况\n".encode(), "不是 .docx"),
    ],
)
def test_what_is_no_docx_is_told_in_a_sentence(content: bytes, words: str, tmp_path: Path) -> None:
    """Whatever its name says; nothing is opened that is not one."""
    path = tmp_path / "来文.docx"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument) as told:
        lint_docx(path)
    assert words in str(told.value)
    assert str(told.value).endswith("。")
