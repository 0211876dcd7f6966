"""From what is said to lines: marks counted, blanks shown, 落款 and 附件 set out."""

from dataclasses import replace
from datetime import date

import pytest

from assistant.export.flat import Grid, Line, Role
from assistant.export.flattening import flatten
from assistant.export.official import (
    Attachment,
    Blank,
    Column,
    Heading,
    OfficialDocument,
    Paragraph,
    Signature,
    Table,
    Text,
)
from assistant.export.title import width_of
from tests.assistant.export.samples import agreement, body, letter


def lines(document: OfficialDocument, *roles: Role) -> list[str]:
    """The texts of the lines with these roles, in order."""
    return [flat.text for flat in flatten(document) if isinstance(flat, Line) and flat.role in roles]


HEADINGS = (Role.HEADING1, Role.HEADING2, Role.HEADING3, Role.HEADING4)


def test_headings_are_marked_by_level_and_counted_anew_below_each() -> None:
    """一、（一）1.（1）, as 7.3.3 has them."""
    levels = (1, 2, 3, 4, 4, 3, 2, 1, 2)
    blocks = tuple(Heading(level, f"题{n}。") for n, level in enumerate(levels))
    assert lines(OfficialDocument(("题",), blocks), *HEADINGS) == [
        *(
            "一、题0",
            "（一）题1",
            "1.题2",
            "（1）题3",
            "（2）题4",
            "2.题5",
            "（二）题6",
            "二、题7",
            "（一）题8",
        )
    ]


def test_an_agreement_counts_articles() -> None:
    """第一条 instead of 一、; the parties sign at the end."""
    assert lines(agreement(), *HEADINGS) == [
        *("第一条　运营范围和期限", "（一）场所", "第二条　租金和资金使用")
    ]
    assert lines(agreement(), Role.PARTY)[:2] == ["甲方：某街道办事处", "（盖章）"]


def test_a_heading_may_go_on_as_a_sentence() -> None:
    """The heading then ends with a full stop, and only it is marked as heading."""
    document = OfficialDocument(("题",), (Heading(2, "范围", (Text("覆盖两个社区。"),)),))
    line = next(flat for flat in flatten(document) if isinstance(flat, Line) and flat.role is Role.HEADING2)
    assert [(piece.text, piece.heading) for piece in line.pieces] == [
        ("（一）范围。", True),
        ("覆盖两个社区。", False),
    ]


def test_a_blank_is_shown_with_its_unit() -> None:
    """In a sentence, as a recipient, for a day that is not known."""
    document = OfficialDocument(
        ("题",),
        (Paragraph((Text("服务"), Blank("服务户数", "户"), Text("。"))),),
        recipients=(Blank("主送机关"),),
        signature=Signature((Blank("申报单位"),)),
    )
    assert lines(document, Role.BODY) == ["服务【待补：服务户数（户）】。"]
    assert lines(document, Role.RECIPIENTS) == ["【待补：主送机关】："]
    assert lines(document, Role.UNIT, Role.DAY) == ["【待补：申报单位】", "【待补：成文日期】"]


def test_a_blank_written_as_words_is_a_blank_all_the_same() -> None:
    """In a title it is not broken, in a sentence it is found, in a heading it stays part of it."""
    document = OfficialDocument(
        ("【待补：项目名称】社区嵌入式服务设施试点建设项目申报方案",),
        (Heading(1, "【待补：项目名称】概况"), body("服务【待补：服务户数（户）】，【制定依据】不是。")),
    )
    blanks = [
        piece.blank
        for flat in flatten(document)
        if isinstance(flat, Line)
        for piece in flat.pieces
        if piece.blank
    ]
    assert blanks == [Blank("项目名称"), Blank("项目名称"), Blank("服务户数", "户")]
    assert lines(document, Role.HEADING1) == ["一、【待补：项目名称】概况"]


def test_annexes_are_listed_and_titled_in_the_same_words() -> None:
    """7.3.4 and 7.3.7; a single one has no number, one without blocks is enclosed apart."""
    single = letter(attachments=(Attachment("《资金表》。", (body("见下。"),)),))
    assert lines(single, Role.ATTACHMENTS) == ["附件：资金表"]
    assert lines(single, Role.ANNEX_MARK) == ["附件"]
    assert lines(letter(), Role.ATTACHMENTS)[1] == "2.\t规则自查表"
    assert lines(letter(), Role.ANNEX_MARK) == ["附件1", "附件2"]
    assert "（另附。）" in lines(letter(), Role.BODY)


@pytest.mark.parametrize(
    ("unit", "day", "gaps"),
    [
        ("重庆市渝中区人民政府", date(2026, 1, 5), (2.0, 4.0)),  # 10 and 6 wide: 2 to the right, 4 left over
        ("某局", date(2026, 1, 5), (8.0, 2.0)),  # the day is longer: it keeps 2, the unit moves
        ("某某某某某某某某", date(2026, 1, 5), (2.0, 2.0)),  # 8 and 6: both rules give the same
    ],
)
def test_a_bare_signature_begins_two_characters_before_its_day(
    unit: str, day: date, gaps: tuple[float, float]
) -> None:
    """7.3.5.2, worked out by hand."""
    document = OfficialDocument(("题",), (), signature=Signature((unit,), day))
    unit_line, day_line = (
        flat for flat in flatten(document) if isinstance(flat, Line) and flat.role in {Role.UNIT, Role.DAY}
    )
    assert (unit_line.gap, day_line.gap) == gaps
    starts = [-line.gap - width_of(line.text) for line in (unit_line, day_line)]
    assert starts[1] - starts[0] == 2


def test_a_sealed_signature_leaves_room_and_is_centred_above_its_day() -> None:
    """7.3.5.1: the day four characters from the right."""
    signature = Signature(("重庆市渝中区人民政府",), date(2026, 1, 5), sealed=True)
    found = [
        flat for flat in flatten(OfficialDocument(("题",), (), signature=signature)) if isinstance(flat, Line)
    ]
    unit_line, day_line = (line for line in found if line.role in {Role.UNIT, Role.DAY})
    assert day_line.gap == 4
    assert unit_line.gap + width_of(unit_line.text) / 2 == day_line.gap + width_of(day_line.text) / 2
    assert sum(line.role is Role.EMPTY for line in found) > 2


def test_line_feeds_begin_paragraphs_and_typed_layout_goes() -> None:
    """Pasted text: indents by spaces, runs of spaces, signs XML cannot hold."""
    document = OfficialDocument(("题",), (body("　　甲  乙\n\n 丙\x00\x0b丁\ud800"),))
    assert lines(document, Role.BODY) == ["甲 乙", "丙", "丁\ufffd"]


def test_a_table_is_numbered_and_keeps_its_shape() -> None:
    """Caption above, note below, an empty cell stays a cell."""
    one = Table((Column("甲"), Column("乙")), ((((Text("1"),), ()),)), caption="投资。", note="单位见表。")
    found = flatten(OfficialDocument(("题",), (one, replace(one, caption="来源"))))
    assert [flat.text for flat in found if isinstance(flat, Line) and flat.role is Role.CAPTION] == [
        *("表1　投资", "表2　来源")
    ]
    grid = next(flat for flat in found if isinstance(flat, Grid))
    assert [[[line.text for line in cell] for cell in row.cells] for row in grid.rows] == [
        *([["甲"], ["乙"]], [["1"], [""]])
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        lambda: Heading(5, "题"),
        lambda: Heading(1, " "),
        lambda: Table((Column("甲"),), (((), ()),)),
        lambda: OfficialDocument((" ",), ()),
    ],
)
def test_what_cannot_be_laid_out_cannot_be_built(wrong) -> None:
    """Our mistake shows where it is made."""
    with pytest.raises(ValueError, match="needs"):
        wrong()


def test_the_list_of_annexes_and_a_partys_lines_stay_together() -> None:
    """附件说明 is bound to 落款 and to the line before it; nobody signs on another page than his name."""
    made = [flat for flat in flatten(letter()) if isinstance(flat, Line)]
    listed = [at for at, line in enumerate(made) if line.role is Role.ATTACHMENTS]
    assert len(listed) > 1
    assert all(made[at].keep_next for at in range(listed[0] - 2, listed[-1] + 1))
    signing = [line for line in flatten(agreement()) if isinstance(line, Line) and line.role is Role.PARTY]
    assert {line.keep_next for line in signing} == {True, False}
    assert not signing[-1].keep_next
