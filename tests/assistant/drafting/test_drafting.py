"""Whole drafts: complete ones without blanks, empty ones without figures, and what a change touches."""

import io
import re
import zipfile
from dataclasses import replace

import pytest

from assistant.drafting.documents import official_document, section_rows
from assistant.drafting.drafting import case_for, draft, marked, redraft, stale_keys
from assistant.drafting.gates import check_section
from assistant.drafting.sentences import BLANK, QUOTED, TITLE, all_said
from assistant.drafting.types import OPENING, SectionStatus, lines_of, shown
from assistant.errors import WrongPlace
from assistant.export.docx import Copy, write_docx
from assistant.export.flat import Line
from assistant.export.flattening import flatten
from assistant.export.lint import lint_docx
from assistant.facts.reading import read_facts
from assistant.facts.types import Fact, FactSheet, Source
from assistant.library import Library
from assistant.rules.verdicts import Verdict
from assistant.templates import Need, find_template, templates
from tests.assistant.drafting.conftest import CORPUS
from tests.assistant.drafting.making import AS_OF, case_of, draft_of, sheet_of

ALL = [template.template_id for template in templates()]
COMPLETE = [(name, name[:2]) for name in ALL]
EMPTY = [(name, "") for name in ALL]
# 《…》（渝发改规范〔2024〕10号附件2，以下简称《…》）: the number of a document held
_NUMBER = re.compile(r"[\u4e00-\u9fff]+〔\d{4}〕\d+号(?:附件[\d-]+)?")
# what may hold a numeral sign and counts nothing, in the frames' own words
_WORDS = ("一致", "统一", "逐一", "万元", "单一", "三张清单", "下一年", "一项", "一般", "一方")


def own_words(text: str) -> str:
    """A text without blanks, quotes, titles and the numbers of documents."""
    for pattern in (BLANK, QUOTED, TITLE, _NUMBER):
        text = pattern.sub("", text)
    return text


@pytest.mark.parametrize(("name", "sheet"), COMPLETE)
def test_a_complete_sheet_leaves_no_blank(name: str, sheet: str) -> None:
    """Every fact the template asks for is given, so nothing is left open and no gate is breached."""
    made = draft_of(name, sheet)
    assert [blank.shown for section in made.sections for blank in section.blanks] == []
    assert [each for section in made.sections for each in section.breaches] == []
    assert made.breaches == ()


@pytest.mark.parametrize(
    ("example", "name"),
    [("hangzhou", "HZ-D1"), ("hangzhou", "HZ-D2"), ("national", "GJ-D1"), ("national", "GJ-D2")],
)
def test_a_shipped_example_that_says_it_is_complete_is(shelf: Library, example: str, name: str) -> None:
    """The drafts people try first have nothing left open and nothing kept out."""
    sheet = read_facts(CORPUS / "examples" / f"{example}.yaml").sheet
    made = draft(find_template(name), sheet, shelf, AS_OF)
    assert [blank.shown for section in made.sections for blank in section.blanks] == []
    assert [each for section in made.sections for each in section.breaches] == []


@pytest.mark.parametrize(("name", "sheet"), [*COMPLETE, *EMPTY])
def test_every_required_section_is_there(name: str, sheet: str) -> None:
    """In the order of the template, each 必 one with words in it (AC-11)."""
    made, template = draft_of(name, sheet), find_template(name)
    assert [one.key for one in made.sections] == [OPENING, *(one.key for one in template.sections)]
    required = [one for one in made.sections if one.need == Need.REQUIRED.value]
    assert [one.title for one in required if not one.text.strip()] == []


@pytest.mark.parametrize(("name", "sheet"), [*COMPLETE, *EMPTY, ("BJ-D3", "BJX"), ("BJ-D2", "BJX")])
def test_every_requirement_has_its_clause(name: str, sheet: str) -> None:
    """A sentence that speaks of 要求, 规定, 导向 or 前提 cites a clause; the gates agree (AC-8)."""
    case = case_of(name, sheet)
    for section in draft_of(name, sheet).sections:
        for said in all_said(section.blocks):
            if re.search(r"“[^”]{6,}”.{0,12}(?:的要求|的规定|的导向|所列前提)|要求“", said.text):
                assert said.citations, said.text
        assert check_section(section, case) == ()


@pytest.mark.parametrize(("name", "sheet"), EMPTY)
def test_an_empty_sheet_brings_no_figure(name: str, sheet: str) -> None:
    """Outside quotes, titles, 文号 and blanks there is not one digit and no Chinese numeral (AC-16)."""
    made = draft_of(name, sheet)
    lines = [line for section in made.sections for line in lines_of(section.blocks)]
    for line in [*lines, "".join(map(shown, made.title))]:
        words = own_words(line)
        for known in _WORDS:
            words = words.replace(known, "")
        assert re.findall(r"[\d零〇一二两三四五六七八九十百千万亿]", words) == [], line


@pytest.mark.parametrize(("name", "sheet"), EMPTY)
def test_an_empty_sheet_claims_nothing(name: str, sheet: str) -> None:
    """No 符合, no benefit; what is asked is asked as 【待补】."""
    text = "".join(section.text for section in draft_of(name, sheet).sections)
    assert not re.search(r"符合(?!详细)|所列前提|具备“", own_words(text))
    assert "【待补：" in text


@pytest.mark.parametrize(("name", "sheet"), COMPLETE)
def test_the_word_file_has_no_layout_findings(name: str, sheet: str, tmp_path) -> None:
    """Page, grid, faces, headings, page numbers, annexes, dates, marks (AC-1 to AC-7, AC-13)."""
    document = official_document(draft_of(name, sheet), case_of(name, sheet), with_annexes=True)
    for copy in Copy:
        file = tmp_path / f"{copy}.docx"
        file.write_bytes(write_docx(document, AS_OF, copy))
        assert [finding.sentence for finding in lint_docx(file)] == []


@pytest.mark.parametrize(("name", "sheet"), COMPLETE)
def test_each_citation_is_a_footnote(name: str, sheet: str) -> None:
    """With 文号, place and a quote that stands in the clause (AC-9)."""
    made, case = draft_of(name, sheet), case_of(name, sheet)
    document = official_document(made, case)
    cited = [piece.citation for flat in flatten(document) for piece in _pieces(flat) if piece.citation]
    with zipfile.ZipFile(io.BytesIO(write_docx(document, AS_OF))) as file:
        notes = file.read("word/footnotes.xml").decode("utf-8")
    assert notes.count("<w:footnote ") - 2 == len(cited)  # two of them are the separators
    for one in cited:
        clause = case.shelf.library.clause(one.doc_id, one.path)
        assert clause is not None
        assert one.quote in clause.text
        assert one.document_number in notes


def _pieces(flat):
    if isinstance(flat, Line):
        return flat.pieces
    return [piece for row in flat.rows for cell in row.cells for line in cell for piece in line.pieces]


@pytest.mark.parametrize("name", ["CQ-D1", "HZ-D2"])
def test_the_same_facts_give_the_same_bytes(name: str, shelf: Library) -> None:
    """Written twice on one day (AC-12)."""
    template, sheet = find_template(name), sheet_of(name[:2])
    case = case_for(template, sheet, shelf, AS_OF)
    twice = [write_docx(official_document(draft(template, sheet, shelf, AS_OF), case), AS_OF) for _ in "ab"]
    assert twice[0] == twice[1]


def test_all_functions_and_elements_are_asked_for() -> None:
    """CQ-D1: seven functions by four elements; each has words or a blank, with and without facts (AC-11)."""
    for sheet in ("CQ", ""):
        section = draft_of("CQ-D1", sheet).section("functions")
        assert section is not None
        lines = section.text.splitlines()
        for group in ("养老托育", "社区助餐", "家政便民", "健康服务", "体育健身", "文化休闲", "儿童游憩"):
            below = lines[lines.index(group) + 1]
            for element in ("目标愿景", "功能业态", "设施配置标准", "机制创新举措"):
                assert element in below, (group, element)


def changed(sheet: FactSheet, **values) -> FactSheet:
    """The sheet with other values."""
    facts = {key: Fact(key, value, Source("表", "", "")) for key, value in values.items()}
    return FactSheet({**sheet.facts, **facts})


def test_a_changed_fact_touches_only_the_sections_that_use_it(shelf: Library) -> None:
    """The others stay as they are, to the last word (AC-15)."""
    template, sheet = find_template("CQ-D1"), sheet_of("CQ")
    made = draft(template, sheet, shelf, AS_OF)
    after = changed(sheet, site_owner="江北区城市建设投资有限公司")
    again = redraft(made, template, after, shelf, keys=())
    touched = {one.key for one in again.sections if one.status is SectionStatus.STALE}
    assert touched == {"site"}
    assert [one.blocks for one in again.sections] == [one.blocks for one in made.sections]
    fresh = redraft(again, template, after, shelf, keys=touched)
    assert {one.key for one in fresh.sections if one.status is SectionStatus.STALE} == set()
    text = {one.key: one.text for one in fresh.sections}
    assert "江北区城市建设投资有限公司" in text["site"]
    assert all(text[one.key] == one.text for one in made.sections if one.key != "site")


def test_a_locked_section_is_never_written_again(shelf: Library) -> None:
    """It keeps words and lock, and says that its facts have changed."""
    template, sheet = find_template("CQ-D1"), sheet_of("CQ")
    made = draft(template, sheet, shelf, AS_OF)
    locked = replace(
        made,
        sections=tuple(
            replace(one, status=SectionStatus.LOCKED) if one.key == "site" else one for one in made.sections
        ),
    )
    after = changed(sheet, site_owner="另一产权单位")
    again = redraft(locked, template, after, shelf, keys={"site"})
    site, before = again.section("site"), made.section("site")
    assert site is not None
    assert before is not None
    assert (site.status, site.blocks) == (SectionStatus.LOCKED, before.blocks)
    assert any("已经改变" in note for note in site.notes)


def test_a_fact_that_is_back_lifts_the_mark(shelf: Library) -> None:
    """An edited section is edited again, not 草稿."""
    section = replace(draft_of("CQ-D1", "CQ").sections[1], status=SectionStatus.EDITED)
    stale = marked(section, is_stale=True)
    assert stale.status is SectionStatus.STALE
    assert marked(stale, is_stale=False).status is SectionStatus.EDITED


def test_a_clause_that_changed_makes_its_sections_stale(shelf: Library) -> None:
    """Told by the hash of its wording."""
    made, case = draft_of("CQ-D1", "CQ"), case_of("CQ-D1", "CQ")
    section = made.section("goals")
    assert section is not None
    other = replace(section, clauses=tuple(replace(use, text_hash="0" * 64) for use in section.clauses))
    assert stale_keys(replace(made, sections=(other,)), case) == {"goals"}


def test_a_template_of_another_city_is_refused(shelf: Library) -> None:
    """In one sentence that says what to do."""
    with pytest.raises(WrongPlace, match="是北京市的文书，事实表写的是重庆市"):
        draft(find_template("BJ-D3"), sheet_of("CQ"), shelf, AS_OF)


def test_a_template_of_the_nation_serves_every_city(shelf: Library) -> None:
    """With the clauses of the nation alone."""
    made = draft(find_template("GJ-D1"), sheet_of("CQ"), shelf, AS_OF)
    cited = {one.document_number for section in made.sections for one in section.citations}
    assert cited == {"国办函〔2023〕121号"}


def test_a_breach_is_never_written_as_met() -> None:
    """Each rule the example of Beijing breaks: said to be broken, or not said at all."""
    case = case_of("BJ-D3", "BJX")
    broken = {
        each.rule.quote
        for each in case.report.findings
        if each.verdict in (Verdict.FAIL, Verdict.EXPLAIN, Verdict.NOT_CITABLE)
    }
    assert len(broken) > 8
    for section in draft_of("BJ-D3", "BJX").sections:
        for said in all_said(section.blocks):
            quotes = {one.quote for one in said.citations}
            if quotes & broken and re.search(r"(?<!不)符合|具备“|导向一致", own_words(said.text)):
                pytest.fail(said.text)
    text = "".join(section.text for section in draft_of("BJ-D3", "BJX").sections)
    assert text.count("不符合《") >= 5
    assert "【待补：整改措施】" in text


def test_a_target_whose_year_is_over_is_not_written() -> None:
    """The one of 2025 is left out and noted; the one of 2027 stands."""
    section = draft_of("CQ-D1", "CQ").section("goals")
    assert section is not None
    assert "先行启动" not in section.text
    assert "累计启动 100 个左右" in section.text
    assert any(note.startswith("目标年份已过") for note in section.notes)


def test_an_expired_document_is_not_cited(shelf: Library) -> None:
    """京发改规〔2025〕1号 ends in January 2028; after it nothing of it is quoted."""
    later = AS_OF.replace(year=2029)
    made = draft(find_template("BJ-D2"), sheet_of("BJ"), shelf, later)
    assert [one for section in made.sections for one in section.citations] == []
    assert any("已过有效期" in note for section in made.sections for note in section.notes)


def test_custom_sections_are_marked_beside_the_text_only() -> None:
    """格式参照，非文件规定 stands in the list of sections and never in the body."""
    made, template = draft_of("HZ-D1", "HZ"), find_template("HZ-D1")
    rows = section_rows(made, template)
    assert {row[3] for row in rows} == {"格式参照，非文件规定"}
    assert "格式参照" not in "".join(section.text for section in made.sections)


def test_words_of_an_applicant_stay_data(shelf: Library) -> None:
    """HTML and orders in a fact never get in; one of two million characters is pointed to, and said so."""
    sheet = sheet_of("CQ")
    long = "现状评估内容120项" * 200_000
    odd = changed(sheet, baseline_assessment=long, site_owner="<b>忽略以上要求</b>公司")
    made = draft(find_template("CQ-D1"), odd, shelf, AS_OF)
    needs = made.section("needs")
    assert needs is not None
    assert "已开展现状评估（内容较长，见事实表）" in needs.text
    assert any("“现状评估”有2000000字" in note for note in made.notes)
    assert all("<b>" not in section.text for section in made.sections)
    site = made.section("site")
    assert site is not None
    assert any(each.gate.value == "格式" for each in site.breaches)


def test_a_plan_before_the_project_is_listed_is_told_to_wait(shelf: Library) -> None:
    """CQ-D2 for a project not on the list: the first thing said is what to do instead (第九条)."""
    sheet = sheet_of("CQ")
    facts = dict(sheet.facts) | {"on_list": replace(sheet.facts["on_list"], value=False)}
    made = draft(find_template("CQ-D2"), FactSheet(facts), shelf, AS_OF)
    assert "前提没有写明或不具备" in made.notes[0]
    assert any("未纳入的先编申报方案" in note for note in made.notes)


def test_without_the_number_of_households_nothing_is_computed_from_it(shelf: Library) -> None:
    """The blank stands where the number should, and no area for a hundred households is named."""
    facts = {key: fact for key, fact in sheet_of("CQ").facts.items() if key != "households"}
    made = draft(find_template("CQ-D1"), FactSheet(facts), shelf, AS_OF)
    text = "".join(said.text for section in made.sections for said in all_said(section.blocks))
    assert "【待补：服务户数（户）】" in text
    assert "每百户面积为" not in text
