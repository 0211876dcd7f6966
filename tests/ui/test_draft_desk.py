"""The steps of the drafting tab, without a browser: what stands on the desk afterwards, what is said."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from assistant.basket import Kept, empty_basket, put_aside
from assistant.drafting.editing import editable
from assistant.drafting.types import SectionStatus
from assistant.errors import CannotArrange, UnreadableFacts, WrongPlace
from assistant.models.client import configured_chat
from assistant.service import PolicyAssistant
from indexing.errors import UnknownDraft
from indexing.settings import load_settings
from tests.assistant.chat_service import Asked, Reply, raw, running, writing
from tests.assistant.drafting.making import AS_OF, case_of, citation_of
from ui.draft_arranging import SectionSteps, lacking_on
from ui.draft_desk import DraftDesk, fitting_template, template_choices
from ui.draft_facts_rendering import (
    ASK_AT_ONCE,
    missing_keys,
    render_check,
    render_facts,
    render_missing,
)
from ui.draft_files import COPIES, add_draft_files, file_address
from ui.draft_rendering import (
    render_basis,
    render_changes,
    render_export,
    render_outline,
    render_plan,
)
from ui.draft_work import MAX_PASTED_CHARS, Work
from ui.usage import CallerMistake

SHEET = Path(__file__).parent.parent / "assistant" / "drafting" / "sheets" / "CQ.yaml"
PLAIN = """重庆市渝中区
综合体建筑面积：520㎡
服务户数：3200户
由街道直接指定运营单位
服务功能：养老服务、社区助餐共2项"""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory):
    """A desk over the shipped library, in a home of its own."""
    assistant = PolicyAssistant.open(load_settings({"home": tmp_path_factory.mktemp("home") / "cewen"}))
    yield DraftDesk(assistant)
    assistant.index.close()


@pytest.fixture
def drafted(desk: DraftDesk, tmp_path: Path) -> Work:
    """Complete facts read from an upload, and a draft of them."""
    upload = tmp_path / "CQ.yaml"
    upload.write_bytes(SHEET.read_bytes())
    work, _ = desk.read_file(Work(), upload)
    return desk.begin(work, "CQ-D1", "甲")[0]


def test_an_upload_is_read_and_removed(desk: DraftDesk, tmp_path: Path) -> None:
    """Nothing of the file stays on the machine but the facts; a bad one is removed too."""
    upload = tmp_path / "情况.txt"
    upload.write_text(PLAIN, encoding="utf-8")
    work, said = desk.read_file(Work(), upload)
    assert not upload.exists()
    assert "读出" in said
    assert work.sheet.value("operator_selection") == "直接指定"
    bad = tmp_path / "坏.docx"
    bad.write_bytes(b"no Word file")
    with pytest.raises(UnreadableFacts):
        desk.read_file(work, bad)
    assert not bad.exists()


def test_each_fact_is_shown_with_its_words(desk: DraftDesk) -> None:
    """The words it was read from stand beside it; nothing of them comes alive."""
    work, _ = desk.read_text(Work(), f"{PLAIN}\n项目名称：<img src=x onerror=alert(1)>\n奇怪的第十七行")
    html = render_facts(work.sheet, work.issues, work.unplaced)
    assert "520㎡" in html
    assert "由街道直接指定" in html
    assert "奇怪的第十七行" in html
    assert "<img" not in html
    assert "&lt;img" in html


def test_two_materials_that_disagree_are_named(desk: DraftDesk) -> None:
    """The earlier one is kept until the person says otherwise."""
    first, _ = desk.read_text(Work(), PLAIN)
    work, said = desk.read_text(first, "综合体建筑面积：700㎡")
    assert "综合体建筑面积与先前读入的不同" in said
    assert str(work.sheet.value("complex_area_m2")) == "520"
    work, said = desk.supply(work, "综合体建筑面积：700㎡")
    assert str(work.sheet.value("complex_area_m2")) == "700"
    assert "综合体建筑面积" in said


def test_what_is_not_confirmed_is_not_used(desk: DraftDesk) -> None:
    """A fact unticked counts neither for the rules nor for the draft; supplying it brings it back."""
    work, _ = desk.read_text(Work(), PLAIN)
    kept = [key for key in work.sheet.facts if key != "households"]
    work, said = desk.confirm(work, kept)
    assert "1 项不用" in said
    assert work.facts.value("households") is None
    assert "households" in missing_keys(desk.report(work), work.facts, None)
    work, _ = desk.supply(work, "服务户数：3300户")
    assert str(work.facts.value("households")) == "3300"


def test_findings_show_facts_arithmetic_and_clause(desk: DraftDesk) -> None:
    """Counts without a score; the clause can be opened."""
    work, _ = desk.read_text(Work(), PLAIN + "\n社区综合服务设施建筑面积：700㎡")
    html = render_check(desk.report(work))
    assert "700㎡ ÷ 服务户数 3200户 × 100 ＝ 21.875㎡/百户" in html
    assert 'href="clause?doc=' in html
    assert "每百户居民拥有社区综合服务设施面积平均不少于30平方米" in html
    assert "%</" not in html


def test_at_most_five_facts_are_asked_at_once(desk: DraftDesk) -> None:
    """The one most rules wait for first; the others by name."""
    work, _ = desk.read_text(Work(), PLAIN)
    html = render_missing(desk.report(work), work.facts, fitting_template("CQ-D1", work.facts))
    assert html.count("<li>") == ASK_AT_ONCE
    assert "其余" in html


def test_a_template_of_another_city_is_not_drafted(desk: DraftDesk) -> None:
    """The plan is not shown, and beginning says what to do."""
    work, _ = desk.read_text(Work(), PLAIN)
    assert fitting_template("HZ-D1", work.facts) is None
    with pytest.raises(WrongPlace, match="杭州"):
        desk.begin(work, "HZ-D1", "甲")
    with pytest.raises(CallerMistake, match="先选择"):
        desk.begin(work, "", "甲")
    assert fitting_template("CQ-D1", work.facts) is not None
    assert {value for _, value in template_choices()} >= {"CQ-D1", "HZ-D1", "GJ-D1"}
    assert "格式参照" in render_plan(fitting_template("CQ-D1", work.facts))  # type: ignore[arg-type]


def test_a_place_switched_midway_names_what_no_longer_applies(desk: DraftDesk) -> None:
    """Every fact is kept; those only the first place uses are named, and back there they are not."""
    work, _ = desk.read_text(Work(), "所属辖区：重庆市\n申请奖励面积：90㎡\n是否试点：是\n服务户数：3200户")
    assert not [each for each in work.issues if "不会用于判断" in each.message]
    moved, said = desk.supply(work, "所属辖区：上海市")
    assert set(moved.sheet.facts) == set(work.sheet.facts)
    assert "所属辖区由重庆市改为上海市，有 1 项只用于其他地方的文件，仍保留在表里" in said
    named = [each.message for each in moved.issues if "不会用于判断" in each.message]
    assert named == ["“申请奖励建筑面积”只有重庆市的文件用到，所属辖区是上海市，不会用于判断。"]
    further, _ = desk.supply(moved, "服务户数：3300户")
    assert [each.message for each in further.issues if "不会用于判断" in each.message] == named
    back, said = desk.supply(further, "所属辖区：重庆市")
    assert said.endswith("所属辖区由上海市改为重庆市，事实都保留。")
    assert not [each for each in back.issues if "不会用于判断" in each.message]


def test_a_draft_is_in_the_catalog_at_once(desk: DraftDesk, drafted: Work) -> None:
    """Whatever happens to the browser; another owner does not see it, its number opens it."""
    assert drafted.opened is not None
    number = drafted.opened.draft_id
    assert number in {entry.draft_id for entry in desk.book.store.entries("甲")}
    assert number not in {entry.draft_id for entry in desk.book.store.entries("乙")}
    again, _ = desk.open(f" {number.upper()} ")
    assert again.opened is not None
    assert again.opened.draft == drafted.opened.draft
    with pytest.raises(UnknownDraft):
        desk.open(number[:8])
    with pytest.raises(CallerMistake):
        desk.open("")


def test_sections_are_edited_locked_and_written_again(desk: DraftDesk, drafted: Work) -> None:
    """Each step is a version; a locked section refuses."""
    section = drafted.opened.draft.section(drafted.section or "")  # type: ignore[union-attr]
    assert section is not None
    work, said = desk.save_section(drafted, editable(section))
    assert work.opened.version == 1  # type: ignore[union-attr]
    assert "没有变化" in said
    work, _ = desk.save_section(drafted, editable(section) + "\n另有12345平方米。")
    work, said = desk.toggle_lock(work)
    assert "锁定" in said
    for step in (lambda: desk.save_section(work, "改"), lambda: desk.rewrite(work, "")):
        with pytest.raises(CallerMistake, match="先解锁"):
            step()
    work, _ = desk.toggle_lock(work)
    work, said = desk.rewrite(work, "写得简短些")
    assert "没有配置语言模型" in said
    assert "12345" not in work.opened.draft.section(work.section).text  # type: ignore[union-attr, arg-type]
    html = render_outline(work.opened, desk.book.case(work.opened), work.section)  # type: ignore[arg-type]
    assert "第 5 版" in html


def test_changed_facts_make_sections_stale_and_rewriting_mends_them(desk: DraftDesk, drafted: Work) -> None:
    """Through the desk: supply, update, rewrite what is stale, compare, restore."""
    work, _ = desk.supply(drafted, "综合体建筑面积：1300㎡")
    work, said = desk.update_facts(work)
    assert "标为已过时" in said
    stale = [one for one in work.opened.draft.sections if one.status is SectionStatus.STALE]  # type: ignore[union-attr]
    assert stale
    assert "还是旧的" in render_basis(stale[0], desk.book.case(work.opened))  # type: ignore[arg-type]
    work, said = desk.rewrite_stale(work)
    assert "第 3 版" in said
    assert any("1300" in one.text for one in work.opened.draft.sections)  # type: ignore[union-attr]
    assert desk.rewrite_stale(work)[1] == "没有已过时的章节。"
    work, said = desk.restore(work, 1)
    assert "恢复为第 4 版" in said
    assert work.sheet.value("complex_area_m2") == drafted.sheet.value("complex_area_m2")


def test_who_saves_second_is_told(desk: DraftDesk, drafted: Work) -> None:
    """Two windows on one draft: both are kept, the later is warned."""
    section = drafted.opened.draft.section(drafted.section or "")  # type: ignore[union-attr]
    assert section is not None
    desk.save_section(drafted, editable(section) + "\n甲写的。")
    _, said = desk.save_section(drafted, editable(section) + "\n乙写的。")
    assert "第 2 版在此期间由别处保存，没有覆盖" in said


def test_changes_are_marked_in_words_too(desk: DraftDesk, drafted: Work) -> None:
    """For those who do not see colours."""
    from assistant.drafting.changes import changes

    section = drafted.opened.draft.section(drafted.section or "")  # type: ignore[union-attr]
    assert section is not None
    work, _ = desk.save_section(drafted, editable(section) + "\n多出一句。")
    assert drafted.opened
    assert work.opened
    html = render_changes(drafted.opened, work.opened, changes(drafted.opened.draft, work.opened.draft))
    assert '<span class="added"><span class="unseen">增：</span>多出一句。</span>' in html


def test_files_appear_only_when_confirmed(drafted: Work) -> None:
    """What is wrong stands above; links lead to our own route."""
    assert drafted.opened is not None
    sentences = ["规则核对有 2 条不符合文件要求。"]
    assert "draft?" not in render_export(sentences, drafted.opened, is_confirmed=False)
    html = render_export(sentences, drafted.opened, is_confirmed=True)
    assert f'href="draft?id={drafted.opened.draft_id}&amp;version=1&amp;copy=clean"' in html
    assert "修订稿" not in html
    later = replace(drafted.opened, version=2)
    assert "修订稿" in render_export(sentences, later, is_confirmed=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [("", "请先写下"), ("  \n", "请先写下"), ("甲" * (MAX_PASTED_CHARS + 1), "超过")],
)
def test_pasting_nothing_or_too_much_is_one_sentence(desk: DraftDesk, text: str, words: str) -> None:
    """Nothing on the desk changes."""
    with pytest.raises(CallerMistake, match=words):
        desk.read_text(Work(), text)


def test_words_that_supply_nothing_name_the_nearest(desk: DraftDesk) -> None:
    """A typing mistake is not lost."""
    with pytest.raises(CallerMistake, match="名称：内容"):
        desk.supply(Work(), "绿化率：35%")


def test_steps_without_a_draft_say_so(desk: DraftDesk) -> None:
    """Nothing is open yet."""
    for step in (desk.update_facts, desk.toggle_lock, desk.rewrite_stale):
        with pytest.raises(CallerMistake, match="还没有草稿"):
            step(Work())


def test_files_are_made_when_they_are_fetched(desk: DraftDesk, drafted: Work, tmp_path: Path) -> None:
    """Every kind, named after the draft; an unknown number, version or kind is one sentence."""
    app = FastAPI()
    add_draft_files(app, desk.assistant, tmp_path)
    client = TestClient(app)
    assert drafted.opened is not None
    number = drafted.opened.draft_id
    for copy in COPIES:
        response = client.get(f"/{file_address(number, 1, copy)}")
        assert response.status_code == 200, copy
        assert response.content[:2] == b"PK"
        assert "filename*=UTF-8''%E6%B1%9F%E5%8C%97" in response.headers["content-disposition"]
    for query in ("id=0123456789abcdef0123&version=1", "", f"id={number}&copy=exe", f"id={number}&version=9"):
        response = client.get(f"/draft?{query}")
        assert response.status_code == 404
        assert response.text.startswith("没有")


def test_sections_are_added_moved_and_taken_out_on_the_desk(desk: DraftDesk, drafted: Work) -> None:
    """Each a version; the editor shows the section meant; a 必 one goes only when that is confirmed."""
    steps = SectionSteps(desk)
    work, said = steps.add(replace(drafted, section="site"), "风险防范")
    assert "第 2 版" in said
    assert work.opened is not None
    assert work.opened.draft.section(work.section or "").title == "风险防范"  # type: ignore[union-attr]
    work, said = steps.move(work, -1)
    assert "上移" in said
    with pytest.raises(CallerMistake, match="没有可据以重写的模板"):
        desk.rewrite(work, "")
    work, _ = steps.remove(work, is_sure=False)
    work = replace(work, section="goals")
    with pytest.raises(CallerMistake, match="必备章节"):
        steps.remove(work, is_sure=False)
    work, _ = steps.remove(work, is_sure=True)
    assert [one.key for one in lacking_on(work)] == ["goals"]
    with pytest.raises(CallerMistake, match="请先选择"):
        steps.put_back(work, None)
    work, said = steps.put_back(work, "goals")
    assert lacking_on(work) == []
    assert "加回“建设目标”" in said
    assert work.section == "goals"


def test_rows_sent_from_the_comparison_are_cited(desk: DraftDesk, drafted: Work) -> None:
    """Only those of the own place and the nation are offered; a section takes one once."""
    steps, home = SectionSteps(desk), desk.assistant.index.home
    own = citation_of(case_of("CQ-D1", "CQ"), "CQ-12")
    other = citation_of(case_of("BJ-D3", "BJ"), "BJ-06")
    put_aside(
        home, [Kept("项数", "北京市", "110000", other, AS_OF), Kept("评估", "重庆市", "500000", own, AS_OF)]
    )
    (offered,) = steps.clauses(drafted)
    assert offered[0].startswith("评估　重庆市　开展现状评估")
    work = replace(drafted, section="schedule")
    work, said = steps.cite(work, offered[1])
    assert "第 2 版" in said
    assert work.opened is not None
    schedule = work.opened.draft.section("schedule")
    assert schedule is not None
    assert schedule.citations[-1].quote == own.quote
    with pytest.raises(CannotArrange, match="已经引用"):
        steps.cite(work, offered[1])
    with pytest.raises(CannotArrange, match="不能写进"):
        steps.cite(work, 0)
    with pytest.raises(CallerMistake, match="请先选择一条"):
        steps.cite(work, None)
    assert steps.clauses(Work()) == []
    empty_basket(home)


def test_a_draft_is_deleted_with_all_its_versions(desk: DraftDesk, drafted: Work) -> None:
    """Only when confirmed; the facts stay on the desk."""
    steps = SectionSteps(desk)
    assert drafted.opened is not None
    with pytest.raises(CallerMistake, match="确认删除"):
        steps.delete_draft(drafted, is_sure=False)
    work, said = steps.delete_draft(drafted, is_sure=True)
    assert "1 个版本" in said
    assert work.opened is None
    assert work.sheet == drafted.sheet
    with pytest.raises(UnknownDraft):
        desk.open(drafted.opened.draft_id)


def reworded(asked: Asked) -> str:
    """A model that words the paragraphs it is shown a little differently and keeps what stands for quotes."""
    lines = re.findall(r"^(\d+)｜(.*)$", asked.messages[-1]["content"], re.MULTILINE)
    return "\n".join(f"{number}｜{text.replace('计划2026年', '计划于2026年')}" for number, text in lines)


@pytest.mark.parametrize(
    ("reply", "said", "model"),
    [
        (writing(reworded), "", "m"),
        (writing(lambda _: "1｜项目将投资9999万元，必须获得补助。"), "没有通过核对，保留程序写的文字", None),
        (raw(b"{}", code=500), "没有改写这一节", None),
    ],
)
def test_a_section_is_worded_by_a_model_as_asked(
    desk: DraftDesk, drafted: Work, reply: Reply, said: str, model: str | None
) -> None:
    """Over a real connection: what passes is taken; anything else is said, and changes nothing."""
    with running(reply) as service:
        settings = load_settings({"llm_url": service.url, "llm_model": "m"})
        asking = DraftDesk(PolicyAssistant(desk.assistant.index, chat=configured_chat(settings)))
        before = drafted.opened.draft.section("schedule") if drafted.opened else None
        work, told = asking.rewrite(replace(drafted, section="schedule"), "写得更简洁")
        assert "写得更简洁" in service.told
    assert work.opened is not None
    after = work.opened.draft.section("schedule")
    assert after is not None
    assert before is not None
    assert after.model == model
    assert said in told
    assert "第 2 版" in told
    assert (after.text == before.text) is (model is None)
    assert after.citations == before.citations
