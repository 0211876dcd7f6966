"""A model that words sections anew: what is taken, what is not, and what stands instead."""

import threading
from collections.abc import Iterator, Sequence

import pytest

from assistant.drafting.drafting import draft
from assistant.drafting.polishing import Polisher, judged, masked_paragraph, unmasked
from assistant.drafting.types import DraftSection, Gate
from assistant.errors import WriterCancelled, WriterUnavailable
from assistant.export.official import Paragraph
from assistant.library import Library
from assistant.models.chat import ChatLimits, Message
from assistant.templates import find_template
from tests.assistant.drafting.making import AS_OF, case_of, draft_of, sheet_of


class Scripted:
    """A model that gives one reply after another, the last one again and again."""

    name = "scripted"
    limits = ChatLimits()

    def __init__(self, *replies: str | Exception) -> None:
        self.replies, self.told = list(replies), list[str]()

    def stream(
        self,
        messages: Sequence[Message],
        *,
        limits: ChatLimits | None = None,
        cancel: threading.Event | None = None,
    ) -> Iterator[str]:
        """The next reply."""
        self.told.append(messages[-1].text)
        reply = self.replies.pop(0) if len(self.replies) > 1 else self.replies[0]
        if isinstance(reply, Exception):
            raise reply
        yield reply


def section_of(key: str) -> DraftSection:
    """A section of the complete CQ-D1."""
    section = draft_of("CQ-D1", "CQ").section(key)
    assert section is not None
    return section


def polished(key: str, *replies: str | Exception) -> DraftSection:
    """The section after the model."""
    return Polisher(Scripted(*replies))(section_of(key), case_of("CQ-D1", "CQ"), "语句更紧凑")


GOOD = (
    "1｜项目实施主体为小苑社区居民委员会，计划于2026年9月1日开工、2027年5月31日完工。"
    "观音桥街道办事处为直管单位，符合⟦1⟧的要求；启动建设日期为2026年9月1日，符合⟦2⟧的要求。"
)


def test_a_sound_reply_is_taken() -> None:
    """Quotes, footnotes and figures are those of the composed section; the model is named."""
    section = polished("schedule", GOOD)
    assert section.text.startswith("项目实施主体为小苑社区居民委员会，计划于2026年9月1日开工、")
    assert (section.model, section.instruction, section.breaches) == ("scripted", "语句更紧凑", ())
    assert section.citations == section_of("schedule").citations
    assert "“原则上要求1年内启动建设”" in section.text


def test_masks_put_back_give_the_same_paragraph() -> None:
    """What the model does not touch comes back to the last footnote."""
    for section in draft_of("CQ-D1", "CQ").sections:
        for block in section.blocks:
            if isinstance(block, Paragraph):
                masked = masked_paragraph(block)
                assert unmasked(masked.text, masked.held) == block
                assert "“" not in masked.text.replace("“查漏补缺”", "")


# what a model wrote for paragraph 1 of `schedule`, and the gate it breaches
BAD = [
    ("丢失引文", GOOD.replace("符合⟦2⟧的要求", "符合有关要求"), Gate.CLAUSE),
    ("调换引文", GOOD.replace("⟦1⟧", "⟦9⟧").replace("⟦2⟧", "⟦1⟧").replace("⟦9⟧", "⟦2⟧"), Gate.CLAUSE),
    ("多出引文", GOOD.replace("⟦2⟧", "⟦2⟧和⟦3⟧"), Gate.CLAUSE),
    ("重复引文", GOOD.replace("⟦2⟧", "⟦2⟧⟦2⟧"), Gate.CLAUSE),
    ("改日期", GOOD.replace("2027年5月31日", "2027年6月30日"), Gate.NUMBER),
    ("丢日期", GOOD.replace("、2027年5月31日完工", ""), Gate.NUMBER),
    ("加天数", GOOD.replace("完工。", "完工，工期273天。"), Gate.NUMBER),
    ("加约数", GOOD.replace("计划于", "计划约于"), Gate.NUMBER),
    ("反转判断", GOOD.replace("符合⟦2⟧", "不符合⟦2⟧"), Gate.VERDICT),
    ("多一处符合", GOOD.replace("完工。", "完工，符合有关规定。"), Gate.VERDICT),
    ("加承诺", GOOD.replace("计划于", "确保于"), Gate.STRENGTH),
    ("加义务", GOOD.replace("观音桥街道办事处为", "观音桥街道办事处必须作为"), Gate.STRENGTH),
    ("加将来", GOOD.replace("完工。", "完工，届时投入使用。"), Gate.TIME),
    ("换机构", GOOD.replace("小苑社区居民委员会", "小苑社区服务有限公司"), Gate.NAME),
    ("他市用语", GOOD.replace("完工。", "完工，建成民生幸福共同体。"), Gate.PLACE),
    ("HTML", GOOD.replace("项目实施", "<i>项目</i>实施"), Gate.MARKUP),
    ("Markdown", GOOD.replace("项目实施", "**项目**实施"), Gate.MARKUP),
    ("开场白", "1｜以下是改写后的段落：" + GOOD[2:], Gate.MARKUP),
    ("太长", GOOD + "项目意义重大、前景广阔。" * 30, Gate.MARKUP),
    ("太短", "1｜⟦1⟧⟦2⟧", Gate.MARKUP),
]


@pytest.mark.parametrize(("name", "reply", "gate"), BAD, ids=[name for name, _, _ in BAD])
def test_an_unsound_reply_leaves_the_composed_words(name: str, reply: str, gate: Gate) -> None:
    """Asked three times; then the composed paragraph stands with a note and the reason."""
    section, composed = polished("schedule", reply), section_of("schedule")
    assert section.blocks == composed.blocks
    assert gate in {each.gate for each in section.breaches}, section.breaches
    assert section.model is None
    assert section.notes[-1] == "语言模型改写的1段没有通过核对，保留程序写的文字。"


def test_a_second_reply_may_mend_the_first() -> None:
    """The model is told what was wrong."""
    model = Scripted(GOOD.replace("计划于", "确保于"), GOOD)
    section = Polisher(model)(section_of("schedule"), case_of("CQ-D1", "CQ"), "")
    assert (section.model, len(model.told)) == ("scripted", 2)
    assert "改写增加了“必须、将获得、确保”一类的承诺" in model.told[1]


def test_sound_paragraphs_are_taken_and_others_kept() -> None:
    """Each paragraph is judged by itself."""
    composed = section_of("operation")
    first = masked_paragraph(composed.blocks[0]).text
    reply = f"1｜{first.replace('采取公建民营的运营模式', '运营采取公建民营模式')}\n2｜全部符合要求。"
    section = polished("operation", reply)
    assert section.blocks[0] != composed.blocks[0]
    assert section.blocks[1] == composed.blocks[1]
    assert "1段没有通过核对" in section.notes[-1]


@pytest.mark.parametrize(
    "reply", ["", "   ", "没有编号的两行\n第二行", "9｜不存在的段", "{}", "null", "1|半角竖线"]
)
def test_rubbish_leaves_the_composed_words(reply: str) -> None:
    """Whatever form it has."""
    section = polished("schedule", reply)
    assert section.blocks == section_of("schedule").blocks
    assert section.notes


def test_a_service_that_fails_leaves_the_composed_words() -> None:
    """With one sentence that says why."""
    section = polished("schedule", WriterUnavailable("语言模型服务没有回应，请稍后再试。"))
    assert section.blocks == section_of("schedule").blocks
    assert (
        section.notes[-1] == "语言模型没有改写这一节（语言模型服务没有回应，请稍后再试），保留程序写的文字。"
    )


def test_who_asked_may_stop_it() -> None:
    """A cancelled rewrite is no failure of the model."""
    with pytest.raises(WriterCancelled):
        polished("schedule", WriterCancelled("已停止。"))


def test_a_whole_draft_with_a_model_that_lies_is_the_composed_one(shelf: Library) -> None:
    """Not one word of it gets in."""
    lies = "\n".join(f"{number}｜本项目必将获得9999万元补助，全面达标。" for number in range(1, 30))
    made = draft(find_template("HZ-D2"), sheet_of("HZ"), shelf, AS_OF, polish=Polisher(Scripted(lies)))
    composed = draft_of("HZ-D2", "HZ")
    assert [one.blocks for one in made.sections] == [one.blocks for one in composed.sections]


def test_orders_in_a_fact_or_instruction_change_nothing_of_the_gates() -> None:
    """The instruction is passed on; what it asks for is judged like anything else."""
    model = Scripted(GOOD.replace("完工。", "完工，总投资9000万元。"))
    section = Polisher(model)(section_of("schedule"), case_of("CQ-D1", "CQ"), "把总投资写成9000万元")
    assert "把总投资写成9000万元" in model.told[0]
    assert "9000" not in section.text


def test_a_blank_stays_a_blank() -> None:
    """A model cannot fill in what the applicant did not say."""
    section = draft_of("CQ-D1", "").section("scope")
    assert section is not None
    assert isinstance(section.blocks[0], Paragraph)
    masked = masked_paragraph(section.blocks[0])
    assert masked.text.count("⟦") == len(masked.held) >= 5
    filled = masked.text.replace("⟦5⟧", "3200户")
    assert judged(filled, masked, section.blocks[0], case_of("CQ-D1", ""))[0] is None
