"""How drafts read: what an applicant wrote goes on as a clause, subjects once, no mark left over."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest

from assistant.drafting.case import Desk
from assistant.drafting.documents import blanks_left, frame_lines, official_document
from assistant.drafting.drafting import draft, sections_of
from assistant.drafting.filling import say
from assistant.drafting.sentences import BLANK, QUOTED, all_said
from assistant.drafting.types import lines_of, shown
from assistant.drafting.values import phrase, runs_on
from assistant.facts.types import Fact, FactSheet, Source
from assistant.library import Library
from assistant.rules.types import Force
from assistant.templates import find_template, templates
from prompts.draft_frames import Sentence
from tests.assistant.drafting.making import AS_OF, case_of, draft_of, sheet_of

ALL = [template.template_id for template in templates()]
# a mark beside another, a sentence that begins with one, a subject twice, a word for nothing
_ODD = re.compile(
    r"[，、；][，、；。]|。[，、；。]|其中[、。]|配置、|项目项目|的的|^[，、；。]", re.MULTILINE
)


@pytest.mark.parametrize(
    ("key", "value", "words"),
    [
        ("baseline_assessment", "2026年2月完成，列出短板6项", "已于2026年2月完成现状评估，列出短板6项"),
        ("questionnaire", "2026年2月组织", "已于2026年2月组织需求问卷调查"),
        ("demand_list", "2026年2月完成，共18项", "已于2026年2月形成居民需求建议清单，共18项"),
        ("public_consultation", "2026年3月公示7日", "已开展社会意见征询，2026年3月公示7日"),
        ("performance_eval", "结合验收开展运营绩效评估", "已安排结合验收开展运营绩效评估"),
        ("demand_list", "共18项", "已形成居民需求建议清单，共18项"),
        ("project_list", "江北区2026年申报项目清单", "已形成江北区2026年申报项目清单"),
        ("soa_procedure_doc", "江北国资〔2026〕12号", "已履行国有资产管理程序（江北国资〔2026〕12号）"),
        ("baseline_assessment", True, "已开展现状评估"),
        ("baseline_assessment", False, "尚未开展现状评估"),
    ],
)
def test_what_an_applicant_wrote_reads_on(key: str, value: str | bool, words: str) -> None:
    """A clause behind a comma, a name or 文号 in brackets; what was done on a day, with the day before it."""
    assert phrase(key, value) == words
    assert runs_on(key, value) is ("，" in words)


def test_what_an_earlier_section_told_is_only_pointed_to() -> None:
    """A consultation told in the second section is not told again where a later clause asks for it."""
    section = draft_of("BJ-D2", "BJ").section("building")
    assert section is not None
    assert "前文所述征求居民意见情况，符合《" in section.text
    assert draft_of("BJ-D2", "BJ").sections[2].text.count("入户征询380户") == 1
    assert "入户征询380户" not in section.text


def test_one_body_in_two_roles_is_named_once() -> None:
    """Who builds and who keeps it up; two bodies are told apart."""
    section = draft_of("BJ-D1", "BJ").section("operation")
    assert section is not None
    assert "实施主体和后期管护责任主体均为海淀区学院路街道办事处。" in section.text


def said(text: str, **values: str | bool) -> str:
    """A frame filled in for the funding section of Chongqing, over these facts alone."""
    template = find_template("CQ-D1")
    case = replace(case_of("CQ-D1", ""), values=values)
    return "".join(map(shown, say(Sentence(text), Desk(case, sections_of(template)[1]))))


@pytest.mark.parametrize(
    ("text", "values", "words"),
    [
        (
            "{+uses_state_property}，{+plan_conform}。",
            {"uses_state_property": True, "plan_conform": True},
            "项目使用国有房产，符合详细规划。",
        ),
        (
            "{+built_by_government}，{+plan_conform}。",
            {"built_by_government": True, "plan_conform": True},
            "设施由政府建设，项目符合详细规划。",
        ),
        (
            "{+demand_survey}，{+demand_list}。",
            {"demand_survey": "共走访380户", "demand_list": True},
            "已开展居民需求调研，共走访380户；已形成居民需求建议清单。",
        ),
        ("服务人口多，其中[{+nursery_house}]。", {}, "服务人口多。"),
        ("[{+fire_safe}][，{+structure_safe}。]", {"structure_safe": True}, "结构安全有保障。"),
    ],
)
def test_joins_are_grammatical(text: str, values: dict[str, str | bool], words: str) -> None:
    """One subject a sentence, ； behind a phrase with commas, no mark where something was left out."""
    assert said(text, **values) == words


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("every", [1, 2, 3])
def test_no_mark_is_left_over(name: str, every: int, shelf: Library) -> None:
    """With all facts, with every second and with every third of them."""
    facts = sheet_of(name[:2]).facts
    kept = {
        key: fact for at, (key, fact) in enumerate(facts.items()) if at % every == 0 or key == "jurisdiction"
    }
    made = draft(find_template(name), FactSheet(kept), shelf, AS_OF)
    for section in made.sections:
        text = BLANK.sub("甲", QUOTED.sub("乙", section.text))
        assert not _ODD.search(text), (section.title, text)


@pytest.mark.parametrize("name", ALL)
def test_neighbouring_sections_say_it_differently(name: str) -> None:
    """The sentence on what is met does not begin alike in two sections running."""
    starts = []
    for section in draft_of(name, name[:2]).sections:
        found = [each.text for each in all_said(section.blocks)]
        starts.append(next((text[:4] for text in found if re.match(r"以上|上述|前述|有关情况", text)), ""))
    assert all(not a or a != b for a, b in pairwise(starts)), starts


@pytest.mark.parametrize("name", ALL)
@pytest.mark.parametrize("sheet", ["whole", "empty"])
def test_no_word_stands_twice_around_a_quote(name: str, sheet: str) -> None:
    """“……不少于30平方米要求”的规定, never 要求”的要求."""
    made = draft_of(name, name[:2] if sheet == "whole" else "")
    text = "".join(section.text for section in made.sections)
    assert not re.search(r"(要求|规定|目标)”的\1", text)


@pytest.mark.parametrize("name", ALL)
def test_advice_is_not_called_a_requirement(name: str) -> None:
    """With no fact at all: what is only 宜, 优先 or 鼓励 is 提出, not 要求."""
    case = case_of(name, "")
    soft = {
        each.rule.quote
        for each in case.report.findings
        if each.rule.force in (Force.ADVICE, Force.ENCOURAGED)
    }
    for section in draft_of(name, "").sections:
        for said in all_said(section.blocks):
            quotes = {one.quote for one in said.citations}
            if quotes and quotes <= soft:
                assert not re.search(r"要求“|”的要求", said.text), said.text


def letter(shelf: Library, **values: bool | str) -> str:
    """The letter of Chongqing over the complete sheet with other values."""
    facts = {key: Fact(key, value, Source("表", "", "")) for key, value in values.items()}
    sheet = FactSheet({**sheet_of("CQ").facts, **facts})
    made = draft(find_template("CQ-D6"), sheet, shelf, AS_OF)
    assert all(section.breaches == () for section in made.sections)
    return "".join(section.text for section in made.sections)


def test_the_letter_serves_its_three_uses(shelf: Library) -> None:
    """A plan that passed is 报备, one not yet listed 报送, a changed one 报备 with its reason; each cited."""
    passed, listed = letter(shelf), letter(shelf, on_list=False)
    changed = letter(shelf, plan_changed=True, change_reason="居民对托育的需求增加")
    assert "审查通过" in passed
    assert "审查通过后报送市发展改革委报备" in passed
    assert "项目申报方案由区县（自治县）人民政府组织编制" in listed
    assert "现予报送" in listed
    assert "报备" not in listed
    assert "变更理由为居民对托育的需求增加" in changed
    assert "确需变更的应按原程序审查报备" in changed
    assert all(each.endswith("特此函报。") for each in (passed, listed, changed))


def test_the_letter_ends_without_a_heading_for_its_closing() -> None:
    """结语 is a section on the page and one line of the document."""
    document = official_document(draft_of("CQ-D6", "CQ"), case_of("CQ-D6", "CQ"))
    lines = list(lines_of(document.blocks))
    assert lines.count("特此函报。") == 1
    assert "结语" not in lines


def test_a_breach_of_contract_is_spelled_out() -> None:
    """违约细则 names what counts as one and what follows, with and without facts."""
    for sheet in ("CQ", ""):
        section = draft_of("CQ-D4", sheet).section("breach")
        assert section is not None
        assert "擅自改变场所用途" in section.text
        assert "限期改正" in section.text


def test_a_change_is_shown_before_and_after() -> None:
    """The table of a change report calls its columns by what they are here."""
    section = draft_of("BJ-D4", "BJ").section("change")
    assert section is not None
    assert "指标｜变更前｜变更后" in section.text
    assert "变更理由为居民对儿童托管的需求增加" in section.text


def test_another_addressee_is_pointed_out() -> None:
    """The sheet names a body, the document usually goes to another: written as stated, and said."""
    made = draft_of("CQ-D6", "CQ")
    assert any(note.startswith("主送机关按事实表写为") for note in made.notes)


def test_a_change_report_does_not_say_that_nothing_changed(shelf: Library) -> None:
    """原批准内容 of a report on a change: the approval, not 按批准内容实施 beside 较大变更."""
    approved = draft_of("BJ-D4", "BJ").section("approved")
    assert approved is not None
    assert "海发改〔2026〕33号" in approved.text
    assert "按批准的建设地点" not in approved.text


def test_the_self_assessment_lists_every_point_with_its_place() -> None:
    """CQ-D3: each point of 第十条 has a row: what the project has, and where the plan says it."""
    text = "".join(section.text for section in draft_of("CQ-D3", "CQ").sections)
    for point in (
        "前瞻性",
        "科学性",
        "可行性",
        "特色性",
        "衔接性",
        "服务功能落实情况",
        "分项费用设置",
        "计算方法合理性",
    ):
        assert f"{point}｜" in text, point
    assert "打分" not in text


def test_a_function_no_group_means_has_its_own_heading() -> None:
    """儿童托管 is none of the seven functions of 第七条; it stands after them under its own name."""
    section = draft_of("CQ-D1", "CQ").section("functions")
    assert section is not None
    lines = section.text.splitlines()
    assert lines[lines.index("儿童托管") + 1].startswith("建筑面积100平方米")


def test_a_rule_that_may_not_be_meant_is_not_required(shelf: Library) -> None:
    """Without 社区类型 neither the floor for new nor that for old communities is quoted."""
    facts = {key: fact for key, fact in sheet_of("HZ").facts.items() if key != "community_type"}
    scale = draft(find_template("HZ-D1"), FactSheet(facts), shelf, AS_OF).section("scale")
    assert scale is not None
    assert "【待补：社区类型】" in scale.text
    assert "不小于100平方米" not in scale.text


def test_what_is_known_is_not_asked_for(shelf: Library) -> None:
    """每百户面积 lacks 服务户数 only; the area that was given is not a blank beside it."""
    facts = dict(sheet_of("CQ").facts)
    facts["households"] = Fact("households", None, Source("表", "", ""))
    made = draft(find_template("CQ-D1"), FactSheet(facts), shelf, AS_OF)
    asked = {blank.name for section in made.sections for blank in section.blanks}
    assert "服务户数" in asked
    assert "社区综合服务设施建筑面积" not in asked


def test_the_cap_is_worked_out_for_who_asks_too_much() -> None:
    """The example of Beijing asks beyond 5000万元: what the documents come to is stated all the same."""
    section = draft_of("BJ-D3", "BJX").section("request")
    assert section is not None
    assert "按文件试算的补助上限为5000万元" in section.text
    assert section.breaches == ()


def test_blanks_around_the_sections_count(shelf: Library) -> None:
    """Who signs, when and to whom are named among the blanks and beside the outline."""
    made, case = draft_of("CQ-D6", ""), case_of("CQ-D6", "")
    shown_ = [blank.shown for blank in blanks_left(made, case)]
    assert shown_[0] == "【待补：项目名称】"
    assert shown_[-2:] == ["【待补：申报（编制）单位】", "【待补：成文日期】"]
    around = dict(frame_lines(made, case))
    assert around["主送机关"] == "重庆市发展和改革委员会"
    assert around["成文日期"] == "【待补：成文日期】"
    assert dict(frame_lines(draft_of("CQ-D4", "CQ"), case_of("CQ-D4", "CQ")))["甲方"] == "观音桥街道办事处"
