"""The lint: silent about our own files, and each rule speaks when it is broken."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.document import Document as WordDocument
from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement
from docx.shared import Mm, Pt

from assistant.export.docx import Copy, write_docx
from assistant.export.lint import Rule, lint_docx
from assistant.export.lint.findings import MAX_OF_A_RULE, sentences
from assistant.export.official import Blank, Imprint, Letterhead, OfficialDocument, Paragraph, Signature, Text
from assistant.export.revisions import write_revision
from assistant.templates import templates
from tests.assistant.export.samples import DAY, agreement, body, letter, of_template, saved, table


@pytest.mark.parametrize("copy", list(Copy))
@pytest.mark.parametrize(
    "document",
    [
        letter(),
        letter(
            letterhead=Letterhead("某市某区人民政府", "某府〔2026〕3号", "某同志"), title=("关于某事的请示",)
        ),
        letter(letterhead=None, imprint=None, remark=None, origin=None, attachments=()),
        letter(signature=Signature(("甲局", "某市住房和城乡建设委员会"), DAY, sealed=True)),
        letter(imprint=Imprint((), "某办公室", date(2026, 1, 5))),
        agreement(),
    ],
    ids=["letter", "upward", "bare", "joint-sealed", "imprint", "agreement"],
)
def test_our_own_files_have_no_finding(document: OfficialDocument, copy: Copy, tmp_path: Path) -> None:
    """What we write is what we ask of others."""
    assert lint_docx(saved(tmp_path, document, copy)) == ()


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.template_id)
def test_every_template_filled_in_full_has_no_finding(template: Any, tmp_path: Path) -> None:
    """All sixteen, with all their clauses in footnotes."""
    assert lint_docx(saved(tmp_path, of_template(template, blanks=False))) == ()


@pytest.mark.parametrize("template", templates()[:4], ids=lambda one: one.template_id)
def test_a_template_of_blanks_has_nothing_but_blanks(template: Any, tmp_path: Path) -> None:
    """Layout is right before the facts are."""
    rules = {one.rule for one in lint_docx(saved(tmp_path, of_template(template, blanks=True)))}
    assert rules <= {Rule.BLANK, Rule.COMMENTS}
    assert Rule.BLANK in rules


def line(word: WordDocument, text: str) -> Any:
    """The paragraph that begins with `text`."""
    return next(p for p in word.paragraphs if p.text.startswith(text))


def face(paragraph: Any, name: str) -> None:
    """Set every run of a paragraph in another face."""
    for run in paragraph.runs:
        run._element.rPr.rFonts.set(qn("w:eastAsia"), name)


def reworded(paragraph: Any, text: str) -> None:
    """The same paragraph with other words, in the form of its first run."""
    for run in paragraph.runs[1:]:
        run._element.getparent().remove(run._element)
    paragraph.runs[0].text = text


def properties(paragraph: Any, child: str, **attributes: str) -> None:
    """Set attributes of a property of a paragraph."""
    found = paragraph._element.pPr.find(qn(f"w:{child}"))
    for name, value in attributes.items():
        found.set(qn(f"w:{name}"), value)


def without(paragraph: Any) -> None:
    """Take a paragraph out."""
    paragraph._element.getparent().remove(paragraph._element)


def theme(word: WordDocument) -> None:
    """A theme's face beside the name."""
    line(word, "总投资").runs[0]._element.rPr.rFonts.set(qn("w:eastAsiaTheme"), "minorEastAsia")


def one_footer(word: WordDocument) -> None:
    """The same footer on all pages."""
    word.settings.odd_and_even_pages_header_footer = False


def no_footers(word: WordDocument) -> None:
    """Footers without a number."""
    for footer in (word.sections[0].footer, word.sections[0].even_page_footer):
        for node in list(footer.paragraphs[0]._element.iter(qn("w:r"))):
            node.getparent().remove(node)


def number_in_words(word: WordDocument) -> None:
    """第1页."""
    runs = word.sections[0].footer.paragraphs[0].runs
    runs[0].text, runs[-1].text = "第", "页"


def auto_number(word: WordDocument) -> None:
    """An automatic list."""
    mark = OxmlElement("w:numPr")
    number = OxmlElement("w:numId", {qn("w:val"): "1"})
    mark.append(number)
    line(word, "总投资")._element.pPr.append(mark)


def external(word: WordDocument) -> None:
    """A link to a picture elsewhere."""
    word.part.relate_to("http://127.0.0.1:9/x.png", "http://example.org/image", is_external=True)


def empty_lines(word: WordDocument) -> None:
    """Five empty lines instead of a page break."""
    for _ in range(5):
        line(word, "二、资金筹措").insert_paragraph_before("")


def table_text(word: WordDocument) -> None:
    """Three sizes in one table."""
    cells = word.tables[0].rows[1].cells
    cells[0].paragraphs[0].runs[0].font.size, cells[1].paragraphs[0].runs[0].font.size = Pt(9), Pt(10)


def wide_table(word: WordDocument) -> None:
    """A column that leaves the page."""
    word.tables[0]._tbl.tblGrid[0].set(qn("w:w"), "15000")


def head_once(word: WordDocument) -> None:
    """A long table whose head does not repeat."""
    properties_ = word.tables[1].rows[0]._tr.trPr
    properties_.remove(properties_.find(qn("w:tblHeader")))


Harm = Callable[[WordDocument], None]
HARMS: list[tuple[Rule, Harm]] = [
    (Rule.PAGE_SIZE, lambda w: setattr(w.sections[0], "page_width", Mm(216))),
    (Rule.PAGE_MARGINS, lambda w: setattr(w.sections[0], "left_margin", Mm(31.8))),
    (Rule.GRID, lambda w: w.sections[0]._sectPr.find(qn("w:docGrid")).set(qn("w:linePitch"), "312")),
    (Rule.GRID, lambda w: w.sections[0]._sectPr.find(qn("w:docGrid")).set(qn("w:type"), "default")),
    (Rule.PAGE_NUMBER, no_footers),
    (Rule.PAGE_NUMBER_FORM, number_in_words),
    (
        Rule.PAGE_NUMBER_FACE,
        lambda w: setattr(w.sections[0].footer.paragraphs[0].runs[0].font, "size", Pt(9)),
    ),
    (Rule.PAGE_NUMBER_SIDE, lambda w: setattr(w.sections[0].footer.paragraphs[0], "alignment", 1)),
    (Rule.PAGE_NUMBER_SIDE, one_footer),
    (
        Rule.TITLE_MISSING,
        lambda w: [
            reworded(line(w, "关于"), "长" * 130),
            without(line(w, "试点建设项目")),
        ],
    ),
    (Rule.TITLE_FACE, lambda w: face(line(w, "关于报送"), "黑体")),
    (Rule.TITLE_SIZE, lambda w: setattr(line(w, "关于报送").runs[0].font, "size", Pt(18))),
    (Rule.TITLE_PLACE, lambda w: setattr(line(w, "关于报送"), "alignment", 0)),
    (
        Rule.TITLE_BREAK,
        lambda w: [
            reworded(line(w, "关于报送"), "关于报送某街道社区嵌入式服"),
            reworded(line(w, "试点建设项目"), "务设施项目的函"),
        ],
    ),
    (Rule.RECIPIENT_MISSING, lambda w: without(line(w, "市发展改革委"))),
    (Rule.RECIPIENT_COLON, lambda w: reworded(line(w, "市发展改革委"), "市发展改革委:")),
    (Rule.RECIPIENT_COLON, lambda w: reworded(line(w, "市发展改革委"), "市发展改革委")),
    (Rule.RECIPIENT_PLACE, lambda w: properties(line(w, "市发展改革委"), "ind", firstLineChars="200")),
    (Rule.FACE, lambda w: face(line(w, "一、项目概况"), "宋体")),
    (Rule.FACE, lambda w: face(line(w, "（一）实施范围"), "黑体")),
    (Rule.FACE, lambda w: face(line(w, "总投资"), "微软雅黑")),
    (Rule.SIZE, lambda w: setattr(line(w, "总投资").runs[0].font, "size", Pt(14))),
    (Rule.BOLD, lambda w: setattr(line(w, "一、项目概况").runs[0].font, "bold", True)),
    (Rule.BOLD, lambda w: setattr(line(w, "关于报送").runs[0].font, "bold", True)),
    (Rule.THEME_FACE, theme),
    (Rule.LINE_PITCH, lambda w: properties(line(w, "总投资"), "spacing", line="600")),
    (Rule.LINE_PITCH, lambda w: properties(line(w, "总投资"), "spacing", line="360", lineRule="auto")),
    (Rule.LINE_PITCH, lambda w: properties(line(w, "总投资"), "spacing", lineRule="atLeast")),
    (Rule.PARAGRAPH_SPACE, lambda w: properties(line(w, "总投资"), "spacing", after="156")),
    (Rule.INDENT, lambda w: properties(line(w, "总投资"), "ind", firstLineChars="0", firstLine="0")),
    (Rule.JUSTIFY, lambda w: setattr(line(w, "总投资"), "alignment", 0)),
    (Rule.SPACES_AS_INDENT, lambda w: reworded(line(w, "总投资"), "　　总投资1500万元。")),
    (Rule.HEADING_MARK, lambda w: reworded(line(w, "（一）实施范围"), "(一)实施范围")),
    (Rule.HEADING_MARK, lambda w: reworded(line(w, "（一）实施范围"), "（一）、实施范围")),
    (Rule.HEADING_MARK, lambda w: reworded(line(w, "一、项目概况"), "一.项目概况")),
    (Rule.HEADING_MARK, lambda w: reworded(line(w, "1.建设形态"), "1、建设形态")),
    (Rule.HEADING_GAP, lambda w: reworded(line(w, "二、资金筹措"), "三、资金筹措")),
    (Rule.HEADING_GAP, lambda w: reworded(line(w, "二、资金筹措"), "一、资金筹措")),
    (Rule.HEADING_SKIP, lambda w: reworded(line(w, "（一）实施范围"), "（1）实施范围")),
    (Rule.AUTO_NUMBER, auto_number),
    (Rule.DOCUMENT_NUMBER, lambda w: reworded(line(w, "某府函"), "某府函[2026]12号")),
    (Rule.DOCUMENT_NUMBER, lambda w: reworded(line(w, "某府函"), "某府函〔2026〕第012号")),
    (Rule.DATE_FORM, lambda w: reworded(line(w, "2026年11月5日"), "2026年11月05日")),
    (Rule.DATE_FORM, lambda w: reworded(line(w, "2026年11月5日"), "二〇二六年十一月五日")),
    (Rule.DATE_FORM, lambda w: reworded(line(w, "2026年11月5日"), "2026年2月30日")),
    (Rule.DATE_PLACE, lambda w: setattr(line(w, "2026年11月5日"), "alignment", 0)),
    (Rule.SIGNATURE, lambda w: without([p for p in w.paragraphs if p.text == "某市某区人民政府"][-1])),
    (Rule.ATTACHMENT_NOTE, lambda w: reworded(line(w, "2.\t规则"), "2.\t规则自查表。")),
    (Rule.ATTACHMENT_NOTE, lambda w: reworded(line(w, "2.\t规则"), "3.\t规则自查表")),
    (Rule.ATTACHMENT_NOTE, lambda w: without(line(w, "附件2"))),
    (Rule.ATTACHMENT_NOTE, lambda w: without(line(w, "2.\t规则"))),
    (Rule.ATTACHMENT_TITLE, lambda w: reworded(line(w, "规则自查表"), "规则核对表")),
    (Rule.ATTACHMENT_MARK, lambda w: reworded(line(w, "附件2"), "附件二")),
    (Rule.ATTACHMENT_MARK, lambda w: face(line(w, "附件2"), "宋体")),
    (Rule.BLANK, lambda w: reworded(line(w, "总投资"), "总投资【待补：总投资（万元）】。")),
    (Rule.PLACEHOLDER, lambda w: reworded(line(w, "总投资"), "项目位于XX街道。")),
    (Rule.PLACEHOLDER, lambda w: reworded(line(w, "总投资"), "联系人：某某。")),
    (Rule.HALF_WIDTH, lambda w: reworded(line(w, "总投资"), "总投资,其中补助。")),
    (Rule.HALF_WIDTH, lambda w: reworded(line(w, "总投资"), "总投资(估算)较大。")),
    (Rule.HALF_WIDTH, lambda w: reworded(line(w, "总投资"), '总投资"估算"较大。')),
    (Rule.QUOTES, lambda w: reworded(line(w, "总投资"), "总投资“估算较大。")),
    (Rule.QUOTES, lambda w: reworded(line(w, "总投资"), "见《办法第三条。")),
    (Rule.DOUBLE_SPACE, lambda w: reworded(line(w, "总投资"), "总投资 较大。")),
    (Rule.EMPTY_LINES, empty_lines),
    (Rule.HIDDEN, lambda w: setattr(line(w, "总投资").runs[0].font, "hidden", True)),
    (Rule.TABLE_WIDTH, wide_table),
    (Rule.TABLE_HEAD, head_once),
    (Rule.TABLE_SIZE, table_text),
    (Rule.COMMENTS, lambda w: w.add_comment(line(w, "总投资").runs, "看看", "某人")),
    (Rule.EXTERNAL, external),
]


@pytest.mark.parametrize(
    ("rule", "harm"), HARMS, ids=lambda value: value.value if isinstance(value, Rule) else ""
)
def test_a_broken_rule_is_found_and_nothing_is_said_of_the_others(
    rule: Rule, harm: Harm, tmp_path: Path
) -> None:
    """One thing harmed in a perfect letter: that rule speaks, in one Chinese sentence."""
    path = saved(tmp_path, letter())
    word = docx.Document(str(path))
    harm(word)
    word.save(str(path))
    found = lint_docx(path)
    assert rule in {one.rule for one in found}
    also = {one.rule for one in found} - {rule, *FOLLOWS.get(rule, ())}
    assert also == set(), [one.sentence for one in found]
    for one in found:
        assert one.sentence.endswith("。")
        assert one.sentence.count("。") <= 1 + one.found.count("。") + one.wanted.count(
            "。"
        ) + one.place.count("。")
        assert "{" not in one.sentence


# what a harm cannot but do besides: another level is missing then, a line counts as something else
FOLLOWS = {
    Rule.PAGE_SIZE: (Rule.GRID,),
    Rule.PAGE_MARGINS: (Rule.GRID,),
    Rule.TITLE_MISSING: (Rule.INDENT, Rule.JUSTIFY, Rule.FACE, Rule.SIZE, Rule.RECIPIENT_MISSING),
    Rule.HEADING_SKIP: (Rule.FACE, Rule.HEADING_GAP),
    Rule.ATTACHMENT_NOTE: (Rule.FACE, Rule.SIZE, Rule.INDENT, Rule.JUSTIFY),
    Rule.THEME_FACE: (Rule.FACE,),
}


def test_every_rule_is_broken_by_some_test() -> None:
    """And every rule has its sentence; no sentence is left without a rule."""
    others = {Rule.CHANGES, Rule.MACROS}  # below
    assert {rule for rule, _ in HARMS} | others == set(Rule)
    assert set(sentences()) == {rule.value for rule in Rule} | {"more"}


def test_open_changes_and_macros_are_told(tmp_path: Path) -> None:
    """They must not leave the office."""
    path = tmp_path / "改.docx"
    path.write_bytes(write_revision(letter(), letter(remark="联系人：另一位同志"), DAY))
    assert [one.rule for one in lint_docx(path)] == [Rule.CHANGES]
    import zipfile

    path.write_bytes(write_docx(letter(), DAY))
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    assert [one.rule for one in lint_docx(path)] == [Rule.MACROS]


def test_many_findings_of_a_rule_are_counted_in_the_end(tmp_path: Path) -> None:
    """Ten and then one that says how many more."""
    document = OfficialDocument(("题",), tuple(body("甲,乙。") for _ in range(25)))
    found = [one for one in lint_docx(saved(tmp_path, document)) if one.rule is Rule.HALF_WIDTH]
    assert len(found) == MAX_OF_A_RULE + 1
    assert "15" in found[-1].sentence


@pytest.mark.parametrize(
    "text",
    [
        "比例为1:500，金额3,000万元，执行GB/T 9704—2012。",
        "按照“保持所有权不变条件下,按规定(试行)履行程序”的要求办理。",
        "根据《管理办法(试行)》和《A,B》办理。",
        "2026年11月22日起，第一是加强管理；一是，二是。",
        "一要抓紧，二要抓实。",
        "面积120.5平方米，占比3.5%，见附件。",
        "（一）项见上文，XXL号不算。",
    ],
)
def test_what_is_right_is_not_reported(text: str, tmp_path: Path) -> None:
    """Figures, quotes as issued, words that only look like marks."""
    document = OfficialDocument(("题",), (Paragraph((Text("前文。"),)), body(f"说明：{text}")))
    assert lint_docx(saved(tmp_path, document)) == ()


def test_a_paragraph_is_named_by_its_first_words(tmp_path: Path) -> None:
    """So that it can be searched for; a cell by table and row."""
    long = OfficialDocument(("题",), (body("这是很长很长的一段话，里面有,一个半角逗号。"),))
    (found,) = lint_docx(saved(tmp_path, long))
    assert found.place == "“这是很长很长的一段话，里面有,一……”一段"
    wrong = replace(table(2), rows=(*table(2).rows, ((Text("甲,乙"),), (Text("1"),), (Text("个"),))))
    (found,) = lint_docx(saved(tmp_path, OfficialDocument(("题",), (wrong,))))
    assert found.place == "第1个表格第4行"


def test_a_blank_that_is_left_is_a_finding(tmp_path: Path) -> None:
    """In the clean copy too."""
    document = OfficialDocument(("题",), (Paragraph((Text("服务"), Blank("户数", "户"), Text("。"))),))
    assert [one.rule for one in lint_docx(saved(tmp_path, document, Copy.CLEAN))] == [Rule.BLANK]


def test_every_rule_is_documented() -> None:
    """docs/layout.md has a row for each, and none for a rule that is no more."""
    page = (Path(__file__).resolve().parents[3] / "docs" / "layout.md").read_text(encoding="utf-8")
    assert re.findall(r"^\| `([\w-]+)` \|", page, flags=re.MULTILINE) == [rule.value for rule in Rule]


@pytest.mark.parametrize(
    ("day", "rule"),
    [
        ("【待补：成文日期】", Rule.BLANK),
        ("　　年　月　日", Rule.DATE_FORM),
        ("2026年×月×日", Rule.DATE_FORM),
    ],
)
def test_a_day_still_open_is_a_day(tmp_path: Path, day: str, rule: Rule) -> None:
    """It is no body text set wrongly, and neither is the unit above it; that it is open is said."""
    word = docx.Document(str(saved(tmp_path, letter())))
    reworded(line(word, "2026年11月5日"), day)
    word.save(str(tmp_path / "空.docx"))
    found = {each.rule for each in lint_docx(tmp_path / "空.docx")}
    assert rule in found
    assert not found & {Rule.INDENT, Rule.JUSTIFY}
