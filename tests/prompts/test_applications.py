"""The templates of application documents are sound, and every clause they name says what they quote."""

import json
from pathlib import Path

import pytest

from indexing.documents import read_document
from prompts.applications import (
    REFERENCE_ONLY,
    ApplicationTemplate,
    ClauseKind,
    ClauseNeed,
    Need,
    application_template,
    application_templates,
    read_application,
)
from prompts.library import TemplateError

ROOT = Path(__file__).resolve().parent.parent.parent
IDS = [one.template_id for one in application_templates()]


@pytest.fixture(scope="module")
def clauses() -> dict[str, tuple[str, str]]:
    """Clause id → its text and the jurisdiction of its document, from the shipped files."""
    out = {}
    for path in sorted((ROOT / "corpus" / "documents").glob("*.txt")):
        read = read_document(path.read_bytes(), path.name)
        for clause in read.clauses:
            out[clause.clause_id] = (clause.text, read.document.metadata.jurisdiction or "")
    return out


def needs_of(template: ApplicationTemplate) -> list[ClauseNeed]:
    """Every clause a template names, of the whole and of its sections."""
    return [*template.clauses, *(clause for section in template.sections for clause in section.clauses)]


def test_all_sixteen_documents_are_there() -> None:
    """Two of the nation, four of Beijing, two of Shanghai, two of Hangzhou, six of Chongqing."""
    counts: dict[str, int] = {}
    for template in application_templates():
        counts[template.jurisdiction] = counts.get(template.jurisdiction, 0) + 1
    assert counts == {"000000": 2, "110000": 4, "310000": 2, "330100": 2, "500000": 6}
    assert len(set(IDS)) == 16


@pytest.mark.parametrize("name", IDS)
def test_every_quote_stands_in_its_clause(name: str, clauses: dict[str, tuple[str, str]]) -> None:
    """Verbatim, in a clause of that address, of the template's own place or the nation."""
    template = application_template(name)
    assert template is not None
    for need in needs_of(template):
        text, jurisdiction = clauses[need.clause_id]
        assert need.quote in text, need
        assert jurisdiction in {template.jurisdiction, "000000"}, need
        assert need.quote.strip() == need.quote != ""


@pytest.mark.parametrize("name", IDS)
def test_only_what_a_clause_prescribes_goes_without_a_mark(name: str) -> None:
    """A section is prescribed when a clause lists its content for this very document."""
    template = application_template(name)
    assert template is not None
    for section in template.sections:
        prescribed = any(clause.kind is ClauseKind.CONTENT for clause in section.clauses)
        assert section.mark == ("" if prescribed else REFERENCE_ONLY)
        if section.need is Need.REQUIRED:
            assert section.clauses, section.title
            assert section.facts, section.title
        assert section.content.endswith("。")


def test_the_contents_chongqing_prescribes_each_have_a_section() -> None:
    """附件2第七条 (four matters, two demands), 第九条 (four demands), 第十四条, 第十条."""
    for name, paths in (
        ("CQ-D1", {"第七条/第二款", "第七条/第二款/（一）", "第七条/第二款/（二）"}),
        ("CQ-D2", {"第九条", "第九条/（一）", "第九条/（二）", "第九条/（三）", "第九条/（四）"}),
        ("CQ-D3", {"第十条/（一）", "第十条/（二）", "第十条/（三）", "第十条/（四）"}),
        ("CQ-D4", {"第十四条", "第十四条/（一）", "第十四条/（二）"}),
    ):
        template = application_template(name)
        assert template is not None
        prescribing = {
            one.clause_id.partition("#附件2/")[2]
            for section in template.sections
            for one in section.prescribed_by
        }
        assert prescribing == paths


def test_the_named_words_of_article_seven_are_covered() -> None:
    """实施范围、建设目标、功能配置、运营保障, then 技术指标 and 资金筹措: a required section for each."""
    template = application_template("CQ-D1")
    assert template is not None
    titles = "".join(section.title for section in template.sections if section.need is Need.REQUIRED)
    for words in ("实施范围", "建设目标", "功能配置", "运营保障", "技术指标", "投资估算", "资金筹措"):
        assert words in titles


def test_no_text_of_beijing_shanghai_or_the_nation_prescribes_sections() -> None:
    """They give demands and matters of review, so every section there is marked."""
    for template in application_templates():
        if template.jurisdiction in {"000000", "110000", "310000"}:
            assert {section.mark for section in template.sections} == {REFERENCE_ONLY}


def test_facts_are_named_as_the_dictionary_names_them() -> None:
    """A key nobody can fill would be a blank for ever."""
    dictionary = ROOT / "corpus" / "facts" / "dictionary.jsonl"
    if not dictionary.exists():
        pytest.skip("the dictionary of facts is not in this tree")
    keys = {json.loads(line)["key"] for line in dictionary.read_text(encoding="utf-8").splitlines() if line}
    asked = {fact for template in application_templates() for fact in template.facts}
    assert asked <= keys


def test_a_template_goes_by_id_in_any_case_or_by_title() -> None:
    """A title two of them share is nobody's."""
    assert application_template(" cq-d1 ") is application_template("项目申报方案")
    assert application_template("没有") is None


GOOD = """
id = "A-1"
title = "甲"
heading = "{project_name}甲"
jurisdiction = "000000"
document_type = "方案"
layout = "official"
prepared_by = "乙"
submitted_to = "丙"
carrier = "丁"
clauses = []
[[sections]]
key = "a"
title = "一"
need = "必"
content = "写明。"
facts = ["households"]
clauses = [{ kind = "要求", at = "x#一", quote = "原文" }]
"""


def test_a_sound_template_is_read() -> None:
    """Facts of the heading come first."""
    template = read_application(GOOD, "a.toml")
    assert template.facts == ("project_name", "households")
    assert (template.recipient, template.closing, template.requires) == (None, None, ())
    assert template.sections[0].kinds == (ClauseKind.DEMAND,)


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        ('title = "甲"\n', "", "missing"),
        ("clauses = []", "clauses = []\nodd = 1", "unknown"),
        ('layout = "official"', 'layout = "nice"', "none of"),
        ('need = "必"', 'need = "可"', "none of"),
        ('kind = "要求"', 'kind = "其他"', "none of"),
        ('quote = "原文"', 'quot = "原文"', "quot"),
        ("[[sections]]", "[[sections", "not TOML"),
        ('facts = ["households"]\n', "", "section a"),
    ],
)
def test_a_wrong_template_is_named(old: str, new: str, complaint: str) -> None:
    """Our mistake, with the file and what is wrong."""
    with pytest.raises(TemplateError, match=complaint) as caught:
        read_application(GOOD.replace(old, new), "a.toml")
    assert "a.toml" in str(caught.value)


def test_a_section_named_twice_is_refused() -> None:
    """A writer finds sections by their key."""
    twice = GOOD + GOOD[GOOD.index("[[sections]]") :]
    with pytest.raises(TemplateError, match="key of its own"):
        read_application(twice, "a.toml")
