"""Hard policy documents made from a seed, each with the clauses it must come out as.

A document is first written as clean blocks (`eval.policy_draft`), so every path and text is known
by construction, and then printed badly (`eval.policy_printer`): hard wraps, page breaks inside sentences
and table rows, running heads, Markdown marks, odd encodings. What a human could not decide
either (a full last line followed by an unmarked paragraph) is not made.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass

from eval.policy_draft import Draft, tight
from eval.policy_printer import Block, Layout, print_document, random_layout
from eval.policy_wording import (
    AUTHORITIES,
    BODIES,
    HEADINGS,
    PLACES,
    TOPICS,
    long_sentence,
    sentence,
)
from indexing.numerals import chinese_numeral


@dataclass(frozen=True, slots=True)
class ExpectedClause:
    """One clause the parser must find; white space removed from `text`."""

    path: str
    text: str
    responsible: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HardDocument:
    """A damaged file and the truth about it."""

    seed: int
    data: bytes
    expected: tuple[ExpectedClause, ...]
    text: str  # every character that is not furniture, white space removed
    layout: Layout
    shape: str


def _write_items(draft: Draft, path: str, count: int) -> None:
    """（一）…； with 目 1. below one of them now and then."""
    with_subitems = draft.rng.randrange(count) if draft.rng.random() < 0.4 else -1
    for number in range(1, count + 1):
        mark, item = draft.bracket(number), f"{path}/（{chinese_numeral(number)}）"
        end = "。" if number == count else "；"
        handle = draft.open(item)
        if number - 1 == with_subitems:
            draft.block("item", f"{mark}{draft.rng.choice(TOPICS)}，包括：", mark=mark)
            dot = draft.rng.choice((". ", "．", "."))
            for sub in (1, 2, 3):
                draft.leaf(f"{item}/{sub}", "item", draft.item(f"{sub}{dot}", "；" if sub < 3 else end))
        else:
            draft.block("item", draft.item(mark, end), mark=mark)
        draft.close(handle)


def _write_article(draft: Draft, prefix: str, number: int, suffix: str = "") -> None:
    path = f"{prefix}第{chinese_numeral(number)}条{suffix}"
    mark = f"第{f' {number} ' if draft.arabic else chinese_numeral(number)}条{suffix}"
    caption = f"【{draft.rng.choice(HEADINGS)[:4]}】" if draft.captions else ""
    lead = mark + draft.rng.choice(("　", " ", "  ")) + caption
    paragraphs = draft.rng.choice((1, 1, 1, 2, 3))
    with_items = draft.rng.randint(1, paragraphs) if draft.rng.random() < 0.35 else 0
    article = draft.open(path)
    for index in range(1, paragraphs + 1):
        below = f"{path}/第{chinese_numeral(index)}款" if paragraphs > 1 else path
        start = lead if index == 1 else ""
        handle = draft.open(below, start) if paragraphs > 1 else None
        if index == with_items:
            draft.block("para", draft.opening(start), mark=mark if index == 1 else "")
            _write_items(draft, below, draft.rng.randint(2, 5))
        else:
            draft.block("para", draft.prose(start), mark=mark if index == 1 else "")
        if handle is not None:
            draft.close(handle)
    draft.close(article)


def _write_regulation(draft: Draft, prefix: str) -> None:
    """Chapters (sometimes sections) of articles that number through; sometimes no chapters."""
    number, chapters = 0, draft.rng.choice((0, 3, 4, 5))
    for chapter in range(1, max(chapters, 1) + 1):
        name = f"第{chinese_numeral(chapter)}章"
        handle = draft.open(prefix + name) if chapters else None
        if chapters:
            draft.block("heading", draft.heading(f"{name}　"), mark=name)
        sections = 2 if chapters and draft.rng.random() < 0.2 else 0
        for section in range(1, max(sections, 1) + 1):
            inner = draft.open(f"{prefix}{name}/第{chinese_numeral(section)}节") if sections else None
            if sections:
                draft.block("heading", draft.heading(f"第{chinese_numeral(section)}节　"))
            for _ in range(draft.rng.randint(2, 4)):
                number += 1
                _write_article(draft, prefix, number)
                if draft.rng.random() < 0.06:
                    _write_article(draft, prefix, number, "之一")
            if inner is not None:
                draft.close(inner)
        if handle is not None:
            draft.close(handle)


def _responsible(draft: Draft) -> tuple[str, tuple[str, ...]]:
    """A 责任单位 remark and the bodies it names, or nothing."""
    if draft.rng.random() < 0.5:
        return "", ()
    bodies = tuple(draft.rng.sample(BODIES, draft.rng.randint(1, 4)))
    listed = "、".join(bodies[:-1]) + ("，" if len(bodies) > 1 else "") + bodies[-1]
    return f"（责任单位：{listed}）", bodies


def _write_point(draft: Draft, path: str, mark: str) -> None:
    """A lowest heading: run-in heading and text in one paragraph, 责任单位 sometimes."""
    for _ in range(200):
        remark, bodies = _responsible(draft)
        text = draft.prose(f"{mark}{draft.rng.choice(HEADINGS)}。") + remark
        if draft.layout.ends_short(text):
            break
    else:
        raise AssertionError("no paragraph fits the layout")
    handle = draft.open(path)
    draft.block("para", text, mark=mark)
    draft.close(handle, bodies)


def _write_section(draft: Draft, path: str, first: int, deep: bool) -> int:
    """（一）（二）… below 一、; gives the number after the last one used."""
    count = draft.rng.randint(2, 4)
    for number in range(first, first + count):
        mark, below = draft.bracket(number), f"{path}/（{chinese_numeral(number)}）"
        if deep and draft.rng.random() < 0.6:
            handle = draft.open(below)
            draft.block("heading", draft.heading(mark) + draft.rng.choice(("", "。")), mark=mark)
            for sub in range(1, draft.rng.randint(2, 3) + 1):
                _write_point(draft, f"{below}/{sub}", f"{sub}{draft.rng.choice(('. ', '．', '.'))}")
            draft.close(handle)
        else:
            _write_point(draft, below, mark)
    return first + count


def _write_plan(draft: Draft, prefix: str, closing: bool) -> None:
    """一、 with lead-ins, paragraphs, （一） and 1. below; numbering of （一） may run on."""
    runs_on, deep, number = draft.rng.random() < 0.3, draft.rng.random() < 0.5, 1
    ends_in_points, headings = False, draft.rng.randint(3, 5)
    for heading in range(1, headings + 1):
        path = prefix + chinese_numeral(heading)
        handle = draft.open(path)
        mark = f"{chinese_numeral(heading)}、"
        draft.block("heading", draft.heading(mark), mark=mark)
        form = draft.rng.choice(("points", "points", "lead", "paragraphs"))
        if form == "paragraphs":
            for index in range(1, draft.rng.randint(2, 4) + 1):
                # so that the last one does not read like a closing paragraph
                opening = "对符合条件的项目，" if heading == headings else ""
                draft.leaf(f"{path}/第{index}段", "para", draft.prose(opening))
        elif form == "lead":
            draft.block("para", draft.prose("对符合条件的项目，"))
        ends_in_points = form == "points" or (form == "lead" and draft.rng.random() < 0.6)
        if ends_in_points:
            number = _write_section(draft, path, number if runs_on else 1, deep)
        draft.close(handle)
    if closing and ends_in_points:  # after bare paragraphs it would be one more of them
        text = "本方案自2024年5月1日起施行，由市发展改革委负责解释。"
        draft.leaf(f"{prefix}结尾段", "para", draft.fixed(text))


def _table_rows(draft: Draft, prefix: str, count: int) -> list[tuple[str, ...]]:
    """序号 类型 内容 责任单位, the second column merged downwards."""
    rows: list[tuple[str, ...]] = []
    for number in range(1, count + 1):
        label = draft.rng.choice(HEADINGS)[:8] if number == 1 or draft.rng.random() < 0.3 else ""
        bodies = tuple(draft.rng.sample(BODIES, draft.rng.randint(1, 3)))
        cells = (str(number), label, long_sentence(draft.rng) + sentence(draft.rng), "、".join(bodies))
        handle = draft.open(f"{prefix}{number}")
        draft.size += len(tight("".join(cells)))
        draft.close(handle, bodies)
        rows.append(cells)
    return rows


def _group_rows(draft: Draft, prefix: str, count: int) -> list[tuple[str, ...]]:
    """序号 重点任务 主要内容 牵头单位 配合单位; every group has sub-rows, even one."""
    rows: list[tuple[str, ...]] = []
    for number in range(1, count + 1):
        group = draft.open(f"{prefix}{number}")
        subrows = 2 if number == 1 else draft.rng.choice((1, 2, 3))
        for sub in range(1, subrows + 1):
            first = (str(number), draft.rng.choice(HEADINGS)) if sub == 1 else ("", "")
            partner = draft.rng.choice(BODIES) if sub == 1 else ""
            lead = draft.rng.choice(BODIES)
            cells = (*first, long_sentence(draft.rng) + sentence(draft.rng), lead, partner)
            handle = draft.open(f"{prefix}{number}.{sub}")
            draft.size += len(tight("".join(cells)))
            draft.close(handle, (lead,))
            rows.append(cells)
        draft.close(group)
    return rows


def _write_table(draft: Draft, prefix: str, grouped: bool) -> None:
    header: tuple[str, ...] = ("序号", "类型", "政策内容", "责任单位")
    if grouped:
        header = ("序号", "重点任务", "主要内容", "牵头单位", "配合单位")
    draft.size += len("".join(header))
    make = _group_rows if grouped else _table_rows
    rows = make(draft, prefix, draft.rng.randint(4, 9))
    draft.blocks.append(Block("table", (), "", (header, *rows)))


def _write_annex(draft: Draft, label: str, title: str, family: str) -> None:
    handle = draft.open(label)
    draft.block("label", re.sub(r"(\d)", draft.rng.choice((r"\1", r" \1")), label))
    prefix = f"{label}/"
    draft.leaf(f"{prefix}标题", "title", title)
    if family == "plan" and draft.rng.random() < 0.7:
        draft.leaf(f"{prefix}引言", "para", draft.prose("为贯彻落实有关文件精神，"))
    if family == "plan":
        _write_plan(draft, prefix, closing=False)
    elif family == "regulation":
        _write_regulation(draft, prefix)
    else:
        _write_table(draft, prefix, grouped=family == "grouped")
    draft.close(handle)


_FAMILY_TITLES = {
    "plan": "{place}{topic}实施方案",
    "regulation": "{place}{topic}管理办法（试行）",
    "table": "{topic}支持政策清单",
    "grouped": "{topic}重点任务分工",
}


def _write_head(draft: Draft, place: str, authority: str, subject: str, verb: str) -> None:
    number = f"{place[0]}政办发〔2024〕{draft.rng.randint(1, 99)}号"
    title = f"{authority}关于{verb}{subject}的通知"
    banner = draft.rng.random() < 0.5
    if banner:
        draft.leaf("版头", "title", f"{authority}文件")
        draft.leaf("发文字号", "line", number)
    cut = len(authority) + 2 if draft.rng.random() < 0.5 else len(title)
    draft.leaf("标题", "title", *(part for part in (title[:cut], title[cut:]) if part))
    if not banner:
        draft.leaf("发文字号", "line", number)
    draft.leaf("主送", "line", "各区县人民政府，市政府各部门、各直属单位：")


def _write_tail(draft: Draft, authority: str, annexes: list[str]) -> None:
    if len(annexes) == 1 and draft.single:
        draft.leaf("附件说明", "signature", f"附件：{annexes[0]}")
    elif annexes:
        lines = [f"{index}. {title}" for index, title in enumerate(annexes, 1)]
        draft.leaf("附件说明", "signature", f"附件：{lines[0]}", *lines[1:])
    draft.leaf("落款", "signature", authority, "2024年4月12日")
    if draft.rng.random() < 0.5:
        draft.leaf("附注", "line", "（此件公开发布）")


def _write_imprint(draft: Draft, authority: str) -> None:
    if draft.rng.random() < 0.5:
        lines = ("抄送：市委各部门，市人大常委会办公室，市政协办公室。", f"{authority}　　2024年4月15日印发")
        draft.leaf("版记", "signature", *lines)


def _forwarded(draft: Draft, place: str, authority: str, topic: str) -> None:
    """通知 + 正文: a plan or an 办法 issued by the notice."""
    family = draft.rng.choice(("plan", "regulation"))
    title = _FAMILY_TITLES[family].format(place=place, topic=topic)
    _write_head(draft, place, authority, f"《{title}》", "印发")
    order = f"《{title}》已经市政府同意，现印发给你们，请结合实际认真贯彻执行。"
    draft.leaf("通知", "para", draft.fixed(order))
    _write_tail(draft, authority, [])
    draft.leaf("正文/标题", "title", title)
    if family == "plan":
        if draft.rng.random() < 0.4:
            draft.leaf("正文/署名", "title", draft.rng.choice(BODIES))
        draft.leaf("引言", "para", draft.prose("为贯彻落实有关文件精神，"))
        _write_plan(draft, "", closing=draft.rng.random() < 0.4)
    else:
        _write_regulation(draft, "")


def _carrier(draft: Draft, place: str, authority: str, topic: str) -> None:
    """通知 that only carries annexes: parts of different families."""
    families = draft.rng.sample(list(_FAMILY_TITLES), draft.rng.randint(2, 3))
    titles = [_FAMILY_TITLES[family].format(place=place, topic=topic) for family in families]
    _write_head(draft, place, authority, f"《{titles[0]}》等文件", "印发")
    order = f"《{titles[0]}》等文件已经市政府同意，现印发给你们，请结合实际抓好落实。"
    draft.leaf("通知", "para", draft.fixed(order))
    _write_tail(draft, authority, titles)
    for index, (family, title) in enumerate(zip(families, titles, strict=True), 1):
        _write_annex(draft, f"附件{index}", title, family)


def _ordering(draft: Draft, place: str, authority: str, topic: str) -> None:
    """通知 with 一、 of its own (itself the body), and annexes that use 一、 too."""
    families = ["plan", *draft.rng.sample(["regulation", "table", "grouped"], draft.rng.randint(0, 2))]
    titles = [_FAMILY_TITLES[family].format(place=place, topic=topic) for family in families]
    _write_head(draft, place, authority, f"做好{topic}工作", "进一步")
    draft.leaf("引言", "para", draft.prose("为贯彻落实有关文件精神，", 1) + "现就有关事项通知如下：")
    _write_plan(draft, "", closing=False)
    draft.single = len(families) == 1 and draft.rng.random() < 0.5  # 附件 without a number
    _write_tail(draft, authority, titles)
    for index, (family, title) in enumerate(zip(families, titles, strict=True), 1):
        _write_annex(draft, "附件" if draft.single else f"附件{index}", title, family)


def _both(draft: Draft, place: str, authority: str, topic: str) -> None:
    """通知 with 一、 of its own, and a plan below it that is no annex: the plan takes no prefix."""
    title = _FAMILY_TITLES["plan"].format(place=place, topic=topic)
    _write_head(draft, place, authority, f"《{title}》", "印发")
    order = f"《{title}》已经市政府同意，现印发给你们，并就有关事项通知如下："
    draft.leaf("通知/引言", "para", draft.fixed("", order))
    _write_plan(draft, "通知/", closing=False)
    _write_tail(draft, authority, [])
    draft.leaf("正文/标题", "title", title)
    draft.leaf("引言", "para", draft.prose("为贯彻落实有关文件精神，"))
    _write_plan(draft, "", closing=draft.rng.random() < 0.4)


_SHAPES = {"forwarded": _forwarded, "carrier": _carrier, "ordering": _ordering, "both": _both}


def hard_document(seed: int) -> HardDocument:
    """The document of this seed: same seed, same bytes."""
    rng = random.Random(seed)
    draft = Draft(rng, random_layout(rng))
    draft.arabic, draft.half_width, draft.captions = (rng.random() < p for p in (0.2, 0.3, 0.3))
    shape = rng.choice(list(_SHAPES))
    place = rng.choice(PLACES)
    authority = place + rng.choice(AUTHORITIES)
    _SHAPES[shape](draft, place, authority, rng.choice(TOPICS))
    _write_imprint(draft, authority)
    clean = tight("".join(block.content for block in draft.blocks))
    assert len(clean) == draft.size
    expected = tuple(
        ExpectedClause(node.path, clean[node.start : node.end], node.responsible) for node in draft.nodes
    )
    data = print_document(rng, draft.layout, draft.blocks, f"{authority}行政规范性文件")
    return HardDocument(seed, data, expected, clean, draft.layout, shape)
