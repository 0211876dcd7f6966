"""What each paragraph of a stranger's document is: title, 主送, heading, body, 落款. A reading, not a proof.

Words decide before form, for form is what is being checked.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from assistant.export.lint.patterns import (
    ANNEX,
    ARTICLE,
    AUTHORITY,
    BLANK_DAY,
    CAPTION,
    CHAPTER,
    DAY,
    HEAD_WORDS,
    IMPRINT,
    LISTED,
    MARKS,
    NOTE,
    NUMBER,
    PARTY,
    REMARK,
)
from assistant.export.lint.word_file import Item, Para, TableFile, WordFile

_MAX_TITLE = 120  # characters of a line; a paragraph without headings is longer
_LARGE = 60  # half points: only the name in a red head is larger


class Part(StrEnum):
    """What a paragraph is taken for."""

    EMPTY = "empty"
    HEAD = "head"  # 版头
    NUMBER = "number"
    TITLE = "title"
    UNDER_TITLE = "under_title"  # 题注, 署名 below the title
    RECIPIENTS = "recipients"
    HEADING = "heading"
    BODY = "body"
    NOTE = "note"  # 附件说明
    UNIT = "unit"
    DAY = "day"
    REMARK = "remark"
    ANNEX = "annex"
    CAPTION = "caption"
    PARTY = "party"
    IMPRINT = "imprint"
    TABLE = "table"


@dataclass(frozen=True, slots=True)
class Placed:
    """An item with what it is and where to find it."""

    item: Item
    part: Part
    place: str
    level: int = 0  # of a heading: 1–4
    article: bool = False  # a heading 第X条
    annex: int = 0  # 0: before the first annex; then 1, 2 …

    @property
    def para(self) -> Para:
        """The paragraph; not for a table."""
        assert isinstance(self.item, Para)
        return self.item


def placed(word: WordFile) -> tuple[Placed, ...]:
    """Every paragraph and table of the document with its part."""
    out: list[Placed] = []
    for number, chapter in enumerate(_chapters(word.items)):
        parts = _annex_parts(chapter) if number else _main_parts(chapter)
        out.extend(_place(item, part, number) for item, part in zip(chapter, parts, strict=True))
    return tuple(_numbered_tables(out))


def _place(item: Item, part: Part, annex: int) -> Placed:
    if isinstance(item, TableFile):
        return Placed(item, Part.TABLE, "表", annex=annex)
    level, article = level_of(item.text) if part is Part.HEADING else (0, False)
    return Placed(item, part, _quoted(item.text), level, article, annex)


def _numbered_tables(items: list[Placed]) -> Iterator[Placed]:
    number = 0
    for one in items:
        if one.part is Part.TABLE and isinstance(one.item, TableFile) and not one.item.floats:
            number += 1
            yield Placed(one.item, one.part, f"第{number}个表格", annex=one.annex)
        else:
            yield one


def _quoted(text: str) -> str:
    """A paragraph by its first words, for a reader who looks for it."""
    words = " ".join(text.split())
    return f"“{words[:16]}……”一段" if len(words) > 16 else f"“{words}”一行"


def level_of(text: str) -> tuple[int, bool]:
    """The level of a heading by its mark and whether it is 第X条; 0 for no heading.

    >>> level_of("（一）实施范围"), level_of("第三条　期限"), level_of("一是加强")
    ((2, False), (1, True), (0, False))
    """
    if ARTICLE.match(text):
        return 1, True
    return next(((level, False) for level, mark in enumerate(MARKS, 1) if mark.match(text)), (0, False))


def _chapters(items: tuple[Item, ...]) -> Iterator[list[Item]]:
    """The main text, then each annex: it begins with 附件1 alone at the top of a page."""
    chapter: list[Item] = []
    for item in items:
        if chapter and isinstance(item, Para) and _begins_annex(item, chapter):
            yield chapter
            chapter = []
        chapter.append(item)
    yield chapter


def _begins_annex(para: Para, before: list[Item]) -> bool:
    if not ANNEX.fullmatch(para.text) or not para.text.strip():
        return False
    words = [item for item in before if isinstance(item, TableFile) or item.text.strip()]
    return bool(words)


def _annex_parts(chapter: list[Item]) -> list[Part]:
    parts = [_plain(item) for item in chapter]
    parts[0] = Part.ANNEX
    first = next((i for i in range(1, len(chapter)) if parts[i] is not Part.EMPTY), None)
    if first is not None and parts[first] is Part.BODY and _may_be_title(chapter[first]):
        _mark_title(chapter, parts, first)
    return _with_captions(chapter, parts)


def _main_parts(chapter: list[Item]) -> list[Part]:
    parts = [_plain(item) for item in chapter]
    place = _skip_head(chapter, parts)
    if place is not None and parts[place] in {Part.BODY, Part.REMARK} and _may_be_title(chapter[place]):
        place = _mark_title(chapter, parts, place)
        _mark_recipients(chapter, parts, place)
    _mark_closing(chapter, parts)
    return _with_captions(chapter, parts)


def _plain(item: Item) -> Part:
    if isinstance(item, TableFile):
        return Part.TABLE
    if not item.text.strip():
        return Part.EMPTY
    if PARTY.match(item.text):
        return Part.PARTY
    if len(item.text) < _MAX_TITLE and IMPRINT.match(item.text):
        return Part.IMPRINT
    return Part.HEADING if level_of(item.text)[0] or CHAPTER.match(item.text) else Part.BODY


def _skip_head(chapter: list[Item], parts: list[Part]) -> int | None:
    """Marks 版头 and the document number; the place of the first line after them."""
    seen = 0
    for place, item in enumerate(chapter):
        if parts[place] is Part.EMPTY:
            continue
        seen += 1
        if not isinstance(item, Para) or seen > 8:
            return place
        first = item.first
        is_large = first is not None and (first.form.size or 0) >= _LARGE
        if NUMBER.match(item.text) and len(item.text) < 60:
            parts[place] = Part.NUMBER
        elif (
            is_large or (first is not None and _is_red(first.form.colour)) or HEAD_WORDS.fullmatch(item.text)
        ):
            parts[place] = Part.HEAD
        else:
            return place
    return None


def _is_red(colour: str | None) -> bool:
    """Whether a colour is the red of a head: much red, little else."""
    try:
        red, green, blue = (int((colour or "")[i : i + 2], 16) for i in (0, 2, 4))
    except ValueError:
        return False
    return red >= 0xC0 and green <= 0x40 and blue <= 0x40


def _may_be_title(item: Item) -> bool:
    return isinstance(item, Para) and len(item.text) <= _MAX_TITLE and not item.text.rstrip().endswith("。")


def _mark_title(chapter: list[Item], parts: list[Part], place: int) -> int:
    """Marks a title and the centred lines that go on with it; the place after it."""
    first = chapter[place]
    assert isinstance(first, Para)
    parts[place] = Part.TITLE
    place += 1
    while place < len(chapter) and parts[place] is Part.BODY:
        item = chapter[place]
        assert isinstance(item, Para)
        if item.form.justify != "center" or not _may_be_title(item):
            break
        same = _size(item) == _size(first)
        parts[place] = Part.TITLE if same and not REMARK.fullmatch(item.text) else Part.UNDER_TITLE
        place += 1
    return place


def _size(para: Para) -> int | None:
    return para.first.form.size if para.first else None


def _mark_recipients(chapter: list[Item], parts: list[Part], place: int) -> None:
    while place < len(chapter) and parts[place] is Part.EMPTY:
        place += 1
    if place >= len(chapter) or parts[place] is not Part.BODY:
        return
    item = chapter[place]
    assert isinstance(item, Para)
    text = item.text.strip()
    ends = text.endswith((":", "："))
    if len(text) <= 200 and "。" not in text and (ends or (len(text) <= 60 and AUTHORITY.fullmatch(text))):
        parts[place] = Part.RECIPIENTS


def _mark_closing(chapter: list[Item], parts: list[Part]) -> None:
    """附件说明, the signing units, the day, 附注: looked for from the end."""
    texts = [item.text if isinstance(item, Para) else "" for item in chapter]
    days = [
        place
        for place, text in enumerate(texts)
        if parts[place] is Part.BODY and (DAY.fullmatch(text) or BLANK_DAY.fullmatch(text))
    ]
    if days:
        day = days[-1]
        parts[day] = Part.DAY
        _mark_units(chapter, parts, texts, day)
        for place in range(day + 1, len(chapter)):
            if parts[place] in {Part.BODY, Part.HEADING} and REMARK.fullmatch(texts[place]):
                parts[place] = Part.REMARK
    for place, text in enumerate(texts):
        if parts[place] is Part.BODY and NOTE.match(text):
            parts[place] = Part.NOTE
            following = place + 1
            while (
                following < len(chapter)
                and parts[following] is Part.HEADING
                and LISTED.match(texts[following])
            ):
                parts[following] = Part.NOTE
                following += 1


def _mark_units(chapter: list[Item], parts: list[Part], texts: list[str], day: int) -> None:
    place = day - 1
    while place > 0 and day - place <= 4 and parts[place] is Part.BODY:
        item = chapter[place]
        text = texts[place].strip()
        if (
            not isinstance(item, Para)
            or len(text) > 40
            or text.endswith(("。", "；", "："))
            or "附件" in text[:3]
        ):
            break
        parts[place] = Part.UNIT
        place -= 1


def _with_captions(chapter: list[Item], parts: list[Part]) -> list[Part]:
    """Marks the lines that belong to a table: its caption before it, 单位 and 注 around it."""
    for place, part in enumerate(parts):
        if part is not Part.TABLE:
            continue
        for near in (place - 1, place - 2, place + 1):
            if 0 <= near < len(parts) and parts[near] in {Part.BODY, Part.HEADING}:
                item = chapter[near]
                assert isinstance(item, Para)
                centred = near < place and item.form.justify == "center"
                note = near > place and item.text.lstrip().startswith(
                    ("注：", "注:", "说明：", "资料来源", "备注：", "数据来源")
                )
                if centred or note or (near < place and CAPTION.match(item.text)):
                    parts[near] = Part.CAPTION
    return parts
