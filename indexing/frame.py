"""The frame around a body: what its elements are called, and those that stand below it.

GB/T 9704—2012 §7: 附件说明, 发文机关署名 and 成文日期 (together 落款), 附注, and the 版记.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from indexing.annexes import annex_list_start
from indexing.marks import Family, read_mark
from indexing.readers.patterns import COPIED, DATE, NOTE, ORGANISATION, PRINTED, SIGNATORY, SIGNED
from indexing.reading import Paragraph


class Role(StrEnum):
    """What a run of paragraphs is; the value is its name in a path."""

    BANNER = "版头"
    NUMBER = "发文字号"
    TITLE = "标题"
    HISTORY = "题注"
    ADDRESSEE = "主送"
    BYLINE = "署名"
    CONTENTS = "目录"
    ANNEX_MARK = "附件标记"
    BODY = "正文"  # numbered clauses, tables, and the text around them
    ANNEX_LIST = "附件说明"
    SIGNATURE = "落款"
    NOTE = "附注"
    TRAILER = "文末"  # what stands below the signature and is no annex: footnotes
    IMPRINT = "版记"


NOTICE = "通知"
MAIN = "正文"


@dataclass(slots=True)
class Segment:
    """Consecutive paragraphs of one role."""

    role: Role
    paragraphs: list[Paragraph]


@dataclass(slots=True)
class Part:
    """A body with its frame: the notice, the plan it issues, or one annex."""

    name: str  # 通知, 正文, 附件1 …
    prefix: str  # of its clauses' paths; "" for the 正文
    frame_prefix: str  # of its 标题, 落款 …
    segments: list[Segment] = field(default_factory=list)
    title: str | None = None  # where it stands on the annex mark's own line


_LONGEST_TRAILER = 12  # paragraphs below a signature
_LONGEST_IMPRINT = 30  # paragraphs a 版记 may take


def is_byline(text: str) -> bool:
    """Whether a line holds only the names of those who wrote or signed the text."""
    if SIGNATORY.fullmatch(text):
        return True
    inner = text.strip("（）() ")
    return (
        all(ORGANISATION.fullmatch(each) for each in re.split(r"[\s、]+", inner) if each) and len(text) <= 80
    )


def body_and_tail(paragraphs: list[Paragraph]) -> list[Segment]:
    """The body and what follows it: 附件说明, 落款, 附注."""
    end = _end_of_signature(paragraphs)
    tail = [Segment(Role.TRAILER, paragraphs[end:])] if end < len(paragraphs) else []
    while end and NOTE.fullmatch(paragraphs[end - 1].text):
        tail.insert(0, Segment(Role.NOTE, [paragraphs[end - 1]]))
        end -= 1
    signature = _signature_start(paragraphs, end)
    if signature < end:
        tail.insert(0, Segment(Role.SIGNATURE, paragraphs[signature:end]))
        end = signature
    listed = annex_list_start(paragraphs, end)
    if listed < end:
        tail.insert(0, Segment(Role.ANNEX_LIST, paragraphs[listed:end]))
        end = listed
    body = [Segment(Role.BODY, paragraphs[:end])] if end else []
    return body + tail


def _end_of_signature(paragraphs: list[Paragraph]) -> int:
    """Where the 落款 ends that has other lines below it; the length where it stands last or there is none."""
    for index in range(len(paragraphs) - 2, max(0, len(paragraphs) - _LONGEST_TRAILER), -1):
        if any(belongs_to_body(each) and not _is_footnote(each) for each in paragraphs[index + 1 :]):
            break
        signed = SIGNED.fullmatch(paragraphs[index].text)
        named = DATE.fullmatch(paragraphs[index].text) and is_byline(paragraphs[index - 1].text)
        if named or (signed and ORGANISATION.fullmatch(signed.group("by"))):
            below = index + 1
            while below < len(paragraphs) and NOTE.fullmatch(paragraphs[below].text):
                below += 1
            return below
    return len(paragraphs)


def _is_footnote(paragraph: Paragraph) -> bool:
    """Whether a paragraph is a note such as ①含物价补贴, which numbers nothing above it."""
    mark = read_mark(paragraph.text)
    return mark is not None and mark.family is Family.HEADING5


def _signature_start(paragraphs: list[Paragraph], end: int) -> int:
    """Where the 落款 begins: a date with the names above it, or names alone at the very end."""
    if not end or paragraphs[end - 1].table is not None:
        return end
    last = paragraphs[end - 1].text
    together = SIGNED.fullmatch(last)  # "上海市发展和改革委员会 2024年12月10日"
    if not DATE.fullmatch(last) and not (together and ORGANISATION.fullmatch(together.group("by"))):
        return end
    start = end - 1
    while (
        start
        and end - start < 20
        and is_byline(paragraphs[start - 1].text)
        and not paragraphs[start - 1].hashes
    ):
        start -= 1
    return start


def imprint_start(paragraphs: Sequence[Paragraph]) -> int | None:
    """First paragraph of the 版记: 抄送, or the name above or beside 印发."""
    last = max(0, len(paragraphs) - _LONGEST_IMPRINT)
    for index in range(last, len(paragraphs)):
        text = paragraphs[index].text
        named = index + 1 < len(paragraphs) and PRINTED.fullmatch(paragraphs[index + 1].text)
        is_first = COPIED.match(text) or PRINTED.fullmatch(text) or (named and ORGANISATION.fullmatch(text))
        if is_first and not any(belongs_to_body(each) for each in paragraphs[index + 1 :]):
            return index
    return None


def belongs_to_body(paragraph: Paragraph) -> bool:
    """Whether a paragraph is numbered, tabled or a heading, and so no part of the frame."""
    return paragraph.table is not None or read_mark(paragraph.text) is not None or paragraph.hashes > 0


def move_imprint(parts: list[Part], first: Paragraph) -> None:
    """Take the 版记 out of the part it trails and put it at the end of that part."""
    for part in parts:
        taken: list[Paragraph] = []
        for segment in part.segments:
            taken += [each for each in segment.paragraphs if each.start >= first.start]
            segment.paragraphs = [each for each in segment.paragraphs if each.start < first.start]
        if taken:
            kept = [each for segment in part.segments for each in segment.paragraphs]
            body = next((k for k, s in enumerate(part.segments) if s.role is Role.BODY), len(part.segments))
            above = part.segments[:body]
            below = kept[sum(len(segment.paragraphs) for segment in above) :]
            part.segments = above + body_and_tail(below) + [Segment(Role.IMPRINT, taken)]
        part.segments = [segment for segment in part.segments if segment.paragraphs]
