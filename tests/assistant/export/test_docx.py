"""A written file, opened again: page, faces, marks, notes, blanks, and nothing of the machine."""

import io
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from assistant.export.docx import Copy, write_docx
from assistant.export.flattening import chinese_day
from assistant.export.official import Blank, Heading, OfficialDocument, Paragraph, Signature, Text
from assistant.export.references import note
from assistant.export.revisions import write_revision
from tests.assistant.export.samples import DAY, agreement, body, citation, letter, saved, table

MM = 1440 / 25.4


def opened(document: OfficialDocument, copy: Copy = Copy.REVIEW) -> "docx.document.Document":
    """The document, written and opened by python-docx."""
    return docx.Document(io.BytesIO(write_docx(document, DAY, copy)))


def members(document: OfficialDocument, copy: Copy = Copy.REVIEW) -> dict[str, str]:
    """Every XML member of the file as text."""
    archive = zipfile.ZipFile(io.BytesIO(write_docx(document, DAY, copy)))
    return {name: archive.read(name).decode("utf-8") for name in archive.namelist()}


def test_the_page_is_that_of_the_standard() -> None:
    """A4, 37/35/28/26 mm, a grid of 22 lines and 28 characters; the wide annex lies on its side."""
    upright, lying = opened(letter()).sections
    sides = (upright.top_margin, upright.bottom_margin, upright.left_margin, upright.right_margin)
    assert [round(side.mm) for side in sides] == [37, 35, 28, 26]
    assert (round(upright.page_width.mm), round(upright.page_height.mm)) == (210, 297)
    grid = upright._sectPr.find(qn("w:docGrid"))
    assert grid.get(qn("w:type")) == "linesAndChars"
    assert (
        upright.page_height - upright.top_margin - upright.bottom_margin
    ) // 635 // 579 == 22  # EMU a twip
    assert (grid.get(qn("w:linePitch")), grid.get(qn("w:charSpace"))) == ("579", "-843")
    assert (round(lying.page_width.mm), round(lying.left_margin.mm), round(lying.top_margin.mm)) == (
        297,
        35,
        28,
    )


def test_a_section_ends_with_a_paragraph_of_its_own_text() -> None:
    """An empty one could fall on a page of its own."""
    paragraphs = opened(letter()).element.body.xpath("./w:p[w:pPr/w:sectPr]")
    assert ["".join(node.text for node in p.iter(qn("w:t"))) for p in paragraphs] == ["（另附。）"]


def test_every_run_names_its_faces_and_sizes() -> None:
    """No theme, no default: a paragraph keeps its form wherever it is pasted."""
    allowed = {
        "方正小标宋_GBK": {44, 84, 78},
        "仿宋_GB2312": {32, 24, 21},
        "仿宋": {32},
        "黑体": {32, 24, 21},
        "楷体_GB2312": {32},
    }
    document = opened(letter())
    for run in document.element.body.iter(qn("w:r")):
        if run.find(qn("w:t")) is None:
            continue
        fonts, size = run.rPr.rFonts, int(run.rPr.find(qn("w:sz")).get(qn("w:val")))
        if size == 28:
            continue  # 版记
        assert fonts.get(qn("w:ascii")) == "Times New Roman"
        assert size in allowed[fonts.get(qn("w:eastAsia"))]
    assert not any(re.search(r"Theme=", text) for text in members(letter()).values())


@pytest.mark.parametrize(
    ("text", "style", "face", "size"),
    [
        ("一、项目概况", "GW-H1", "黑体", 32),
        ("（一）实施范围", "GW-H2", "楷体_GB2312", 32),
        ("（1）场地来源", "GW-H4", "仿宋_GB2312", 32),
        ("市发展改革委：", "GW-Recipients", "仿宋_GB2312", 32),
        ("附件1", "GW-AttachNo", "黑体", 32),
    ],
)
def test_each_kind_of_line_has_its_face(text: str, style: str, face: str, size: int) -> None:
    """Marks are typed text, never automatic numbers, and nothing is bold."""
    document = opened(letter())
    line = next(p for p in document.paragraphs if p.text == text)
    assert line.style.style_id == style
    assert line.runs[0]._element.rPr.rFonts.get(qn("w:eastAsia")) == face
    assert line.runs[0].font.size.pt * 2 == size
    assert line._element.pPr.numPr is None
    assert not any(run.bold for p in document.paragraphs for run in p.runs)


def test_a_sign_that_gb2312_lacks_is_set_in_the_wider_face() -> None:
    """㎡ and 镕 in 仿宋, their neighbours in 仿宋_GB2312."""
    line = next(
        p
        for p in opened(OfficialDocument(("题",), (body("面积1200㎡，朱镕某"),))).paragraphs
        if "㎡" in p.text
    )
    faces = [(run.text, run._element.rPr.rFonts.get(qn("w:eastAsia"))) for run in line.runs]
    assert faces == [
        *(
            ("面积1200", "仿宋_GB2312"),
            ("㎡", "仿宋"),
            ("，朱", "仿宋_GB2312"),
            ("镕", "仿宋"),
            ("某", "仿宋_GB2312"),
        )
    ]


def test_body_lines_are_indented_pitched_and_justified() -> None:
    """Two characters, 28.9 pt exactly, both edges."""
    line = next(p for p in opened(letter()).paragraphs if p.text.startswith("总投资"))
    properties = line._element.pPr
    assert properties.find(qn("w:ind")).get(qn("w:firstLineChars")) == "200"
    spacing = properties.find(qn("w:spacing"))
    assert (spacing.get(qn("w:line")), spacing.get(qn("w:lineRule"))) == ("578", "exact")
    assert properties.find(qn("w:jc")).get(qn("w:val")) == "both"


def test_odd_and_even_pages_are_numbered_outside() -> None:
    """— 1 —, right on odd pages and left on even ones, 四号宋体."""
    document = opened(letter())
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    for footer, side in (
        (section.footer, "right"),
        (section.even_page_footer, "left"),
        (section.first_page_footer, "right"),
    ):
        line = footer.paragraphs[0]
        assert line.text == "— 1 —"
        assert line._element.pPr.find(qn("w:jc")).get(qn("w:val")) == side
        assert {run.font.size.pt for run in line.runs} == {14}
        assert " PAGE " in line._element.xml
    assert opened(letter()).sections[1].footer.is_linked_to_previous


def test_notes_are_native_footnotes_with_number_place_and_quote() -> None:
    """One for each citation, in order; the quote as issued."""
    parts = members(letter())
    shown = re.findall(
        r"<w:footnote w:id=\"[1-9]\d*\".*?</w:footnote>", parts["word/footnotes.xml"], re.DOTALL
    )
    texts = ["".join(re.findall(r"<w:t[^>]*>([^<]*)</w:t>", one)).strip() for one in shown]
    assert texts == [note(citation()), note(citation("附件1/二/（一）/1"), is_known=True)]
    assert texts[1].startswith("甲发改〔2025〕1号附件1")  # the title stands in the first
    title = "《关于印发〈某市社区嵌入式服务设施建设运营管理办法（试行）〉的通知》"
    assert texts[0].startswith(f"{title}（甲发改〔2025〕1号）附件2 第七条第二款：“申报方案应")
    assert parts["word/document.xml"].count("<w:footnoteReference ") == 2


def test_a_clean_copy_has_neither_notes_nor_comments() -> None:
    """But the same words, and blanks stay yellow."""
    document = letter(
        blocks=(Paragraph((Text("服务"), Blank("户数", "户", "由街道提供"), Text("。", (citation(),)))),)
    )
    review, clean = opened(document), opened(document, Copy.CLEAN)
    assert [p.text for p in review.paragraphs] == [p.text for p in clean.paragraphs]
    parts = members(document, Copy.CLEAN)
    assert "footnoteReference " not in parts["word/document.xml"]
    assert "word/comments.xml" not in parts
    assert 'w:highlight w:val="yellow"' in parts["word/document.xml"]


def test_no_comment_has_the_number_of_a_footnote() -> None:
    """LibreOffice 7.4 leaves a footnote empty whose number a comment has too."""
    blank = Blank("户数", "户")
    notes = (Paragraph((Text("服务"), blank, Text("，达标", (citation(),)))),)
    parts = members(OfficialDocument(("题",), notes))
    commented = set(re.findall(r'commentReference w:id="(\d+)"', parts["word/document.xml"]))
    noted = set(re.findall(r'<w:footnote w:id="(\d+)"', parts["word/footnotes.xml"]))
    assert commented
    assert noted
    assert not commented & noted
    assert commented == set(re.findall(r'<w:comment [^>]*w:id="(\d+)"', parts["word/comments.xml"]))


def test_a_blank_is_yellow_and_its_comment_says_what_is_missing() -> None:
    """By the program, dated with the day passed in."""
    document = OfficialDocument(
        ("题",), (Paragraph((Text("服务"), Blank("户数", "户", "由街道提供"), Text("。"))),)
    )
    word = opened(document)
    run = next(run for p in word.paragraphs for run in p.runs if "待补" in run.text)
    assert run.font.highlight_color is not None
    (comment,) = word.comments
    assert (comment.author, comment.text) == ("政策助手", "待补：户数，单位：户。由街道提供")
    assert comment.timestamp.date() == DAY


def test_the_same_document_gives_the_same_bytes() -> None:
    """Copies can be compared, and a test can hold one."""
    assert write_docx(letter(), DAY) == write_docx(letter(), DAY)
    assert write_docx(letter(), DAY) != write_docx(letter(), date(2026, 11, 23))


def test_nothing_of_the_machine_and_nothing_outside_is_in_the_file() -> None:
    """Author, times, program paths, links."""
    data = write_docx(letter(), DAY)
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    properties = docx.Document(io.BytesIO(data)).core_properties
    assert (properties.author, properties.last_modified_by, properties.created.date()) == (
        "策问",
        "策问",
        DAY,
    )
    texts = "".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())
    assert "TargetMode" not in texts
    assert not re.search(r"/(?:home|root|tmp|usr|var)\b", texts)
    assert "word/media/" not in archive.namelist()


def test_the_origin_is_shown_and_kept_and_can_be_left_out() -> None:
    """A notice on the first page, a label and a number in the properties."""
    parts = members(letter())
    assert (
        opened(letter()).sections[0].first_page_header.paragraphs[0].text
        == "本稿由人工智能辅助生成，须经人工审核"
    )
    label = re.search(r'name="AIGC"[^>]*><vt:lpwstr>([^<]*)<', parts["docProps/custom.xml"])
    assert label
    assert '"ContentProducer": "策问"' in label.group(1)
    bare = members(letter(origin=None))
    assert "docProps/custom.xml" not in bare
    assert not opened(letter(origin=None)).sections[0].different_first_page_header_footer


def test_signs_xml_forbids_do_not_break_the_file() -> None:
    """Wherever they come from: title, name, cell, quote, blank."""
    dirt = "甲\x00\x0b\ud800\uffff\u202e乙"
    document = OfficialDocument(
        (f"{dirt}的报告",),
        (Heading(1, dirt), body(dirt, citation(quote=dirt)), Paragraph((Blank(dirt, dirt, dirt),)), table()),
        recipients=(dirt,),
        signature=Signature((dirt,), DAY),
    )
    text = "\n".join(p.text for p in opened(document).paragraphs)
    assert "\u202e" not in text
    assert "甲" in text


def test_what_looks_like_markup_or_a_field_stays_text() -> None:
    """A fact is data."""
    said = '<w:p/>&amp;{ INCLUDETEXT "C:\\\\x" } ]]>'
    line = next(
        p for p in opened(OfficialDocument(("题",), (body(said),))).paragraphs if "INCLUDETEXT" in p.text
    )
    assert line.text == said
    assert "instrText" not in line._element.xml


def test_a_document_of_twenty_sections_is_written_in_full(tmp_path: Path) -> None:
    """Twenty thousand characters with a note a paragraph (AC-14, its time is no test): none is lost."""
    blocks = tuple(
        block
        for n in range(20)
        for block in (Heading(1, f"第{n}节内容"), *(body("正文" * 100, citation()) for _ in range(5)))
    )
    word = docx.Document(str(saved(tmp_path, OfficialDocument(("题",), blocks))))
    assert sum(len(p.text) for p in word.paragraphs) > 20_000
    assert word.element.xml.count("<w:footnoteReference ") == 100


def test_a_table_repeats_its_head_and_fills_the_page() -> None:
    """As wide as 版心; rows do not break."""
    found = opened(OfficialDocument(("题",), (table(30),))).tables[0]
    assert len(found.rows) == 31
    assert found.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    width = sum(int(column.get(qn("w:w"))) for column in found._tbl.tblGrid)
    assert abs(width - 156 * MM) < MM


def test_an_agreement_has_its_parties_and_no_letterhead() -> None:
    """Contracts are not laid out as official letters."""
    texts = [p.text for p in opened(agreement()).paragraphs]
    assert "第一条　运营范围和期限" in texts
    assert "乙方：某养老服务有限公司" in texts


def test_the_day_has_no_leading_zero() -> None:
    """7.3.5.4."""
    assert chinese_day(date(2026, 1, 5)) == "2026年1月5日"
    assert replace(letter(), signature=None).signature is None


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_another_word_processor_opens_every_copy(tmp_path: Path) -> None:
    """LibreOffice reads the three copies and an agreement, and makes pages of them (AC-10)."""
    for name, data in {
        "送审稿": write_docx(letter(), DAY, Copy.REVIEW),
        "清洁稿": write_docx(letter(), DAY, Copy.CLEAN),
        "协议": write_docx(agreement(), DAY),
        "修订稿": write_revision(letter(), letter(title=("关于另一事的请示",)), DAY),
    }.items():
        (tmp_path / f"{name}.docx").write_bytes(data)
    files = sorted(str(path) for path in tmp_path.glob("*.docx"))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), *files]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert all(Path(file).with_suffix(".pdf").stat().st_size > 5_000 for file in files)
