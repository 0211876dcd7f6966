"""One name, amount, area and date for one thing, whoever wrote it: edits that disagree are found."""

from dataclasses import replace

import pytest

from assistant.drafting.consistency import inconsistencies
from assistant.drafting.editing import editable, edited
from assistant.drafting.types import Breach, Draft, DraftSection
from tests.assistant.drafting.making import case_of, draft_of

EDITS = [
    ("indicators", "综合体建筑面积1260平方米", "综合体建筑面积1360平方米"),
    ("goals", "建筑面积1260平方米", "建筑面积1620平方米"),
    ("indicators", "综合体建筑面积1260平方米，符合", "综合体建筑面积一千三百平方米，符合"),
    ("indicators", "项目用地面积900平方米", "项目用地面积960平方米"),
    ("indicators", "每百户面积为84平方米", "每百户面积为48平方米"),
    ("indicators", "养老服务｜300", "养老服务｜330"),
    ("indicators", "设施建筑面积2940平方米，服务户数", "设施建筑面积1260平方米，服务户数"),
    ("indicators", "服务户数3500户", "服务户数3050户"),
    ("scope", "服务常住人口9800人", "服务常住人口8900人"),
    ("scope", "户数3500户，服务常住人口9800人", "户数9800户，服务常住人口3500人"),
    ("scope", "60岁以上人口2300人", "60岁以上人口3200人"),
    ("scope", "服务小苑社区", "服务大苑社区"),
    ("scope", "观音桥街道", "观音岩街道"),
    ("scope", "属既有社区", "属新建社区"),
    ("scope", "江北区观音桥社区嵌入式服务综合体", "江北区观音桥社区嵌入式服务中心"),
    ("funding", "建设期投资估算1800万元", "建设期投资估算1900万元"),
    ("funding", "资金来源合计1800万元", "资金来源合计1000万元"),
    ("funding", "区财政资金｜区县｜1000", "区财政资金｜区县｜1100"),
    ("schedule", "2027年5月31日完工", "2027年6月30日完工"),
    ("goals", "计划于2026年9月1日开工", "计划于2026年10月1日开工"),
    ("schedule", "小苑社区居民委员会", "大苑社区居民委员会"),
    ("operation", "重庆邻里社区服务有限公司", "重庆邻居社区服务有限公司"),
    ("operation", "重庆邻里社区服务有限公司", "重庆邻里社区服务公司"),
    ("operation", "公建民营", "民办公助"),
    ("operation", "以低成本方式", "以免费方式"),
    ("site", "江北区国有资产经营管理有限公司", "江北区国有资产管理有限公司"),
    ("site", "江北国资〔2026〕12号", "江北国资〔2026〕21号"),
    ("site", "申请适用过渡期5年", "申请适用过渡期3年"),
    ("site", "场地通过划转取得", "场地通过补改取得"),
    ("functions", "共9项服务功能", "共8项服务功能"),
    ("functions", "托位30个", "托位35个"),
    ("needs", "共18项", "共28项"),
]


def after_edit(key: str, old: str, new: str) -> tuple[Draft, DraftSection]:
    """The complete draft of Chongqing with one place changed by hand."""
    made = draft_of("CQ-D1", "CQ")
    section = made.section(key)
    assert section is not None
    text = editable(section)
    assert old in text
    changed = edited(section, text.replace(old, new, 1), case_of("CQ-D1", "CQ"))
    return replace(made, sections=tuple(changed if one.key == key else one for one in made.sections)), changed


def found(key: str, old: str, new: str) -> tuple[Breach, ...]:
    """What gates and the document as a whole say of the edit."""
    made, section = after_edit(key, old, new)
    return (*section.breaches, *inconsistencies(made, case_of("CQ-D1", "CQ")))


@pytest.mark.parametrize(("key", "old", "new"), EDITS)
def test_an_edit_that_disagrees_with_the_facts_is_found(key: str, old: str, new: str) -> None:
    """Amounts, areas, dates, names, choices; in words, tables and Chinese numerals."""
    assert found(key, old, new)


@pytest.mark.parametrize(
    ("key", "old", "new"),
    [
        ("schedule", "计划2026年", "拟于2026年"),
        ("site", "场地通过划转取得，利用", "场地由区里统筹，通过划转取得，利用"),
        ("scope", "服务户数3500户，服务常住人口9800人", "服务常住人口9800人，服务户数3500户"),
        ("indicators", "项目用地面积900平方米。", ""),
        ("needs", "项目前期", "前期工作中，项目"),
    ],
)
def test_an_edit_of_style_is_no_disagreement(key: str, old: str, new: str) -> None:
    """Words moved, added or taken out that leave the facts as they are."""
    assert found(key, old, new) == ()


def test_the_message_names_section_fact_and_both_values() -> None:
    """So that it is clear what to mend."""
    made, _ = after_edit("operation", "公建民营", "民办公助")
    (breach,) = inconsistencies(made, case_of("CQ-D1", "CQ"))
    assert breach.message == "“运营保障”把运营模式写成“民办公助”，事实表是“公建民营”。"


def test_a_citation_stays_with_its_quote_when_the_words_before_it_change() -> None:
    """The other citations of the paragraph too; one whose quote was taken out goes."""
    _, section = after_edit("indicators", "综合体建筑面积1260平方米，符合", "该综合体为1260平方米，符合")
    before = draft_of("CQ-D1", "CQ").section("indicators")
    assert before is not None
    assert section.citations == before.citations
    assert section.breaches == ()
    quote = "《试点建设方案》“建筑面积因地制宜设置，一般不应小于600平方米”"
    _, section = after_edit("indicators", f"，符合{quote}的要求", "")
    assert len(section.citations) == len(before.citations) - 1


def test_a_sentence_of_the_officers_own_is_marked_not_blessed() -> None:
    """A claim without a clause, an invented grade, a promise: each is named on the section."""
    for own in ("项目全部符合有关规定的要求。", "项目将获得市级补助500万元。", "社会稳定风险等级为零风险。"):
        _, section = after_edit("schedule", "开工，", f"开工。{own}")
        assert section.breaches, own
