"""The acceptance checks of exported drafts, AC-1 to AC-16, one test each, read back from the XML.

The figures are written out here and not taken from `assistant.export.layout`, so that a slip there is
seen. AC-14, how fast a long document is written, is a figure of `python -m eval.bench` and not asserted.
"""

import io
import re
import shutil
import subprocess
import zipfile
from functools import cache
from pathlib import Path
from xml.etree import ElementTree as Xml

import pytest

from assistant.drafting.documents import official_document
from assistant.drafting.drafting import case_for, draft, redraft
from assistant.drafting.gates import check_section
from assistant.drafting.sentences import BLANK, QUOTED, TITLE
from assistant.drafting.types import OPENING, SectionStatus
from assistant.export.docx import write_docx
from assistant.facts.types import Fact, FactSheet, Source
from assistant.library import Library
from assistant.templates import Need, find_template, templates
from indexing.numerals import parse_amount
from tests.assistant.drafting.making import AS_OF, case_of, draft_of, sheet_of

ALL = [template.template_id for template in templates()]
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
MM = 57  # twips
FACES = {"仿宋_GB2312", "仿宋", "楷体_GB2312", "楷体", "黑体", "宋体", "方正小标宋简体", "方正小标宋_GBK"}
BODY_SIZES = {"32", "44"}  # half points: 三号, 二号
_MARKS = {
    "GW-H1": re.compile(r"^(?:(?P<n>[一二三四五六七八九十]+)、|第(?P<a>[一二三四五六七八九十]+)条　)\S"),
    "GW-H2": re.compile(r"^（(?P<n>[一二三四五六七八九十]+)）\S"),
    "GW-H3": re.compile(r"^(?P<n>\d+)[.．]\S"),
    "GW-H4": re.compile(r"^（(?P<n>\d+)）\S"),
}


@cache
def package(name: str) -> dict[str, bytes]:
    """The parts of the file of a complete draft with every annex."""
    document = official_document(draft_of(name, name[:2]), case_of(name, name[:2]), with_annexes=True)
    with zipfile.ZipFile(io.BytesIO(write_docx(document, AS_OF))) as file:
        return {part: file.read(part) for part in file.namelist()}


@cache
def body(name: str) -> tuple[Xml.Element, ...]:
    """Every paragraph of the document, tables included, in order."""
    return tuple(Xml.fromstring(package(name)["word/document.xml"]).iter(f"{W}p"))


def style(paragraph: Xml.Element) -> str:
    """The style a paragraph names."""
    found = paragraph.find(f"{W}pPr/{W}pStyle")
    return found.get(f"{W}val", "") if found is not None else ""


def words(paragraph: Xml.Element) -> str:
    """Its text."""
    return "".join(one.text or "" for one in paragraph.iter(f"{W}t"))


@pytest.mark.parametrize("name", ALL)
def test_ac_1_page_grid_and_margins(name: str) -> None:
    """A4, 37/35/28/26 mm within one, 22 lines of 28 signs."""
    root = Xml.fromstring(package(name)["word/document.xml"])
    upright = [
        one for one in root.iter(f"{W}sectPr") if one.find(f"{W}pgSz").get(f"{W}orient") != "landscape"
    ]
    assert upright
    for one in upright:
        size, margin, grid = (one.find(f"{W}{part}") for part in ("pgSz", "pgMar", "docGrid"))
        assert (size.get(f"{W}w"), size.get(f"{W}h")) == ("11906", "16838")
        wanted = {"top": 2098, "bottom": 1984, "left": 1587, "right": 1474}
        assert all(abs(int(margin.get(f"{W}{side}")) - twips) <= MM for side, twips in wanted.items())
        assert [grid.get(f"{W}{part}") for part in ("type", "linePitch", "charSpace")] == [
            "linesAndChars",
            "579",
            "-843",
        ]


@pytest.mark.parametrize("name", ALL)
def test_ac_2_faces_and_sizes(name: str) -> None:
    """Each run names an East Asian face of the standard and its size; no theme face is left anywhere."""
    for paragraph in body(name):
        for run in paragraph.iter(f"{W}r"):
            if run.find(f"{W}t") is None:
                continue
            fonts, size = run.find(f"{W}rPr/{W}rFonts"), run.find(f"{W}rPr/{W}sz")
            assert fonts is not None, words(paragraph)
            assert fonts.get(f"{W}eastAsia") in FACES
            if style(paragraph) in ("GW-Body", "GW-H1", "GW-H2", "GW-Title"):
                assert size.get(f"{W}val") in BODY_SIZES, words(paragraph)
    for part, content in package(name).items():
        assert not re.search(rb"(?:ascii|hAnsi|eastAsia|cs)Theme=", content), part


@pytest.mark.parametrize("name", ALL)
def test_ac_3_marks_of_headings(name: str) -> None:
    """Well formed, counted without a gap, no level left out."""
    at: dict[int, int] = {}
    for paragraph in body(name):
        level = int(style(paragraph)[-1]) if style(paragraph) in _MARKS else 0
        if style(paragraph) == "GW-AttachNo":
            at = {}
        if not level:
            continue
        found = _MARKS[style(paragraph)].match(words(paragraph))
        assert found, words(paragraph)
        assert level == 1 or level - 1 in at, words(paragraph)
        mark = next(one for one in found.groups() if one)
        at = {each: number for each, number in at.items() if each <= level}
        at[level] = at.get(level, 0) + 1
        assert (int(mark) if mark.isdecimal() else parse_amount(mark)) == at[level], words(paragraph)


@pytest.mark.parametrize("name", ALL)
def test_ac_4_page_numbers_odd_and_even(name: str) -> None:
    """Both footers are there, with the field PAGE between two dashes."""
    parts = package(name)
    relations = parts["word/_rels/document.xml.rels"].decode()
    files = dict(re.findall(r'Id="([^"]+)"[^>]*?Target="([^"]+)"', relations))
    files |= {key: target for target, key in re.findall(r'Target="([^"]+)"[^>]*?Id="([^"]+)"', relations)}
    root = Xml.fromstring(parts["word/document.xml"])
    kinds = {one.get(f"{W}type"): one for one in root.iter(f"{W}footerReference")}
    assert {"default", "even"} <= set(kinds)
    assert b"evenAndOddHeaders" in parts["word/settings.xml"]
    for kind in ("default", "even"):
        rel = next(value for key, value in kinds[kind].attrib.items() if key.endswith("}id"))
        footer = parts["word/" + files[rel]].decode()
        assert "PAGE" in footer
        assert footer.count("—") == 2


@pytest.mark.parametrize("name", ALL)
def test_ac_5_annexes_are_those_listed(name: str) -> None:
    """附件说明 and the titles of the annexes, word for word and in order."""
    listed, titled, numbered = [], [], False
    for paragraph in body(name):
        text = words(paragraph)
        if style(paragraph) == "GW-Attachments":
            listed.append(re.sub(r"^(?:附件：)?(?:\d+[.．])?", "", text))
        elif style(paragraph) == "GW-AttachNo":
            numbered = True
            titled.append("")
        elif style(paragraph) == "GW-Title" and numbered:
            titled[-1] += text
    assert listed == titled
    assert listed


@pytest.mark.parametrize("name", ALL)
def test_ac_6_day_and_number(name: str) -> None:
    """成文日期 without leading zeros, 发文字号 in its brackets."""
    days = [words(one) for one in body(name) if style(one) == "GW-Day"]
    assert all(re.fullmatch(r"\d{4}年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日", day) for day in days)
    assert days or name == "CQ-D4"  # an agreement is dated by its parties
    text = "\n".join(map(words, body(name)))
    assert not re.search(r"[\[（(]20\d\d[\]）)]\s*第?\d+号|〔20\d\d〕\s*(?:第|0)\d*号", text)


@pytest.mark.parametrize("name", ALL)
def test_ac_7_marks_are_full_width(name: str) -> None:
    """No half-width , ; : ( ) beside Chinese outside quotes; quotes in pairs."""
    for paragraph in body(name):
        if not style(paragraph).startswith(("GW-Body", "GW-H")):
            continue
        text = words(paragraph)
        own = TITLE.sub("", QUOTED.sub("", text))
        assert not re.search(r"[\u4e00-\u9fff][,;:()]|[,;:()][\u4e00-\u9fff]", own), text
        assert text.count("“") == text.count("”"), text


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("is_empty", [False, True])
def test_ac_8_no_gate_is_breached(name: str, is_empty: bool) -> None:
    """With all facts and with none: what could not be said is a blank."""
    sheet = "" if is_empty else name[:2]
    case = case_of(name, sheet)
    assert [one for section in draft_of(name, sheet).sections for one in check_section(section, case)] == []


@pytest.mark.parametrize("name", ALL)
def test_ac_9_a_footnote_for_each_citation(name: str) -> None:
    """As many notes as marks; each names its document and quotes its clause word for word."""
    made, case, parts = draft_of(name, name[:2]), case_of(name, name[:2]), package(name)
    marks = Xml.fromstring(parts["word/document.xml"]).findall(f".//{W}footnoteReference")
    notes = Xml.fromstring(parts["word/footnotes.xml"]).findall(f"{W}footnote")
    told = ["".join(map(words, one.iter(f"{W}p"))) for one in notes if one.get(f"{W}type") is None]
    assert len(marks) == len(told)
    cited = [one for section in made.sections for one in section.citations]
    for one in cited:
        clause = case.shelf.library.clause(one.doc_id, one.path)
        assert clause is not None
        assert one.quote in clause.text
        quote = re.sub(r"\s", "", one.quote)
        assert any(one.document_number in note and quote in re.sub(r"\s", "", note) for note in told), one


@pytest.mark.parametrize("name", ALL)
def test_ac_10_other_programs_open_it(name: str) -> None:
    """python-docx reads every paragraph of the body back."""
    import docx

    parts = io.BytesIO()
    with zipfile.ZipFile(parts, "w") as file:
        for part, content in package(name).items():
            file.writestr(part, content)
    read = [one.text for one in docx.Document(parts).paragraphs]
    title = "".join(each if isinstance(each, str) else "" for each in official_title(name))
    assert "".join(read).startswith(title)


def official_title(name: str) -> tuple[str, ...]:
    """The title as the document has it."""
    return official_document(draft_of(name, name[:2]), case_of(name, name[:2])).title


@pytest.mark.skipif(shutil.which("soffice") is None, reason="未安装 LibreOffice，跳过转换")
def test_ac_10_libreoffice_converts_it(tmp_path: Path) -> None:
    """To a PDF, with a profile of its own; the letter, the shortest."""
    document = official_document(draft_of("CQ-D6", "CQ"), case_of("CQ-D6", "CQ"))
    file = tmp_path / "letter.docx"
    file.write_bytes(write_docx(document, AS_OF))
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    subprocess.run(
        [*command, "--convert-to", "pdf", "--outdir", str(tmp_path), str(file)],
        check=True,
        capture_output=True,
        timeout=180,
    )
    assert (tmp_path / "letter.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("name", ALL)
def test_ac_11_every_required_section(name: str) -> None:
    """Is there with words in it; CQ-D1 has seven functions by four elements."""
    made, template = draft_of(name, ""), find_template(name)
    assert [one.key for one in made.sections] == [OPENING, *(one.key for one in template.sections)]
    assert all(one.text.strip() for one in made.sections if one.need == Need.REQUIRED.value)
    if name == "CQ-D1":
        functions = made.section("functions")
        assert functions is not None
        elements = re.findall("目标愿景|功能业态|设施配置标准|机制创新举措", BLANK.sub("", functions.text))
        assert len(elements) == 28


@pytest.mark.parametrize("name", ALL)
def test_ac_12_the_same_facts_give_the_same_file(name: str, shelf: Library) -> None:
    """Byte for byte, made from the facts anew."""
    template, sheet = find_template(name), sheet_of(name[:2])
    case = case_for(template, sheet, shelf, AS_OF)
    again = official_document(draft(template, sheet, shelf, AS_OF), case, with_annexes=True)
    with zipfile.ZipFile(io.BytesIO(write_docx(again, AS_OF))) as file:
        assert file.read("word/document.xml") == package(name)["word/document.xml"]


@pytest.mark.parametrize("name", ALL)
def test_ac_13_no_placeholder_is_left(name: str) -> None:
    """XX, 某某, ××, ○○, TODO; blanks are another thing."""
    text = BLANK.sub("", "\n".join(map(words, body(name))))
    assert not re.search(r"[XxＸ×]{2,}|某某|○○|TODO|待定|…{3,}", text)


def test_ac_15_one_fact_touches_only_its_sections(shelf: Library) -> None:
    """For each of three facts of every place: a section is stale when, and only when, it used the fact."""
    for name, key in (("CQ-D1", "site_owner"), ("BJ-D3", "bidding_plan"), ("HZ-D1", "digital_platforms")):
        template, sheet = find_template(name), sheet_of(name[:2])
        made = draft(template, sheet, shelf, AS_OF)
        other = Fact(key, "另外写的内容", Source("表", "", ""))
        after = redraft(made, template, FactSheet({**sheet.facts, key: other}), shelf, keys=())
        users = {one.key for one in made.sections if key in {use.key for use in one.facts}}
        assert users
        assert {one.key for one in after.sections if one.status is SectionStatus.STALE} == users
        assert [one.blocks for one in after.sections] == [one.blocks for one in made.sections]


@pytest.mark.parametrize("name", ALL)
def test_ac_16_an_empty_sheet_gives_no_figure(name: str) -> None:
    """No digit and no date outside quotes, titles, numbers of documents and blanks."""
    made = draft_of(name, "")
    for section in made.sections:
        text = TITLE.sub("", QUOTED.sub("", BLANK.sub("", section.text)))
        text = re.sub(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号(?:附件[\d-]+)?", "", text)
        assert not re.search(r"\d", text), text
