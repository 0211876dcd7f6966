"""Paragraphs → the parts of an official document and the frame around each body.

GB/T 9704—2012 §7 names the elements: 版头 (发文机关标志, 发文字号), 主体 (标题, 主送机关, 正文,
附件说明, 发文机关署名, 成文日期, 附注, 附件) and 版记 (抄送, 印发机关, 印发日期). A notice may carry
the document it issues as a second body, and annexes with bodies of their own.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexing.annexes import ANNEX_WITH_TITLE, annex_name, starts_annex
from indexing.folding import fold_tight
from indexing.frame import (
    MAIN,
    NOTICE,
    Part,
    Role,
    Segment,
    belongs_to_body,
    body_and_tail,
    imprint_start,
    is_byline,
    move_imprint,
)
from indexing.marks import Family, read_mark
from indexing.readers.patterns import (
    ANNEX_MARK,
    COPIED,
    DATE,
    DOCUMENT_NUMBER,
    EXPLANATION,
    HISTORY,
    NOTE,
    NUMBER_AND_SIGNER,
    ORGANISATION,
    PRINTED,
    ends_sentence,
    ends_title,
    is_banner,
)
from indexing.reading import Paragraph

_LONGEST_TITLE = 160


_SECRECY = re.compile(
    r"(?:绝密|机密|秘密|特急|加急|急件|平急|内部资料)(?:[★☆]?.{0,8})?|签发人\s*[:：].*|\d{6}"
)
_ADDRESSEE = re.compile(r"[^。；]{2,400}[:：]")
_ADDRESSEE_WORDS = re.compile(r"各|政府|委|局|部|厅|单位|机构|企业|公司|院|会|省|市|区|县|同志|代表")
# "索 引 号：000014349/1996-00073" heads a web page's copy of a document, its value beside or below
_CATALOGUE = re.compile(
    r"(?:索\s*引\s*号|主题分类|发文机关|发布机构|成文日期|生成日期|标\s*题|名\s*称|文\s*号|发文字号|发布日期|主\s*题\s*词|公开方式|有效性|效力状态)\s*[:：].*"
)
_CHAPTERS = re.compile(r"第[零一二三四五六七八九十百\d]+[章节编]")
_CONTENTS = re.compile(r"目\s*[录次]")
_QUOTED_TITLE = re.compile(r"《([^《》]+(?:〈[^〈〉]+〉[^《》]*)*)》")


def split_parts(paragraphs: Sequence[Paragraph]) -> list[Part]:
    """The parts in document order; every paragraph is in exactly one segment."""
    starts = [
        index
        for index in range(len(paragraphs))
        if starts_annex(paragraphs, index) or _starts_explanation(paragraphs, index)
    ]
    imprint = imprint_start(paragraphs)
    cuts = [*starts, len(paragraphs)]
    parts = _main_parts(list(paragraphs[: cuts[0]]), has_annexes=bool(starts))
    for start, end in zip(starts, cuts[1:], strict=True):
        parts.append(_annex(list(paragraphs[start:end])))
    if imprint is not None:
        move_imprint(parts, paragraphs[imprint])
    _rename_twins(parts)
    return parts


def _rename_twins(parts: list[Part]) -> None:
    """Annexes of one name (an annex of an annex numbered afresh) are told apart."""
    seen: dict[str, int] = {}
    for part in parts:
        seen[part.name] = seen.get(part.name, 0) + 1
        if seen[part.name] > 1:
            part.name = part.prefix = part.frame_prefix = f"{part.name}@{seen[part.name]}"


def _starts_explanation(paragraphs: Sequence[Paragraph], index: int) -> bool:
    """Whether a 解读 of the document, with numbers of its own, begins here."""
    return index > 3 and bool(EXPLANATION.fullmatch(paragraphs[index].text))


def _is_title_line(paragraph: Paragraph) -> bool:
    text = paragraph.text
    return (
        len(text) <= _LONGEST_TITLE
        and paragraph.table is None
        and not ends_sentence(text)
        and read_mark(text) is None
        and not DATE.fullmatch(text)
        and not HISTORY.fullmatch(text)
    )


def _front(paragraphs: list[Paragraph], *, is_annex: bool) -> tuple[list[Segment], int]:
    """The elements above a body, and how many paragraphs they take."""
    segments: list[Segment] = []
    index, has_title, complete = 0, False, False
    while index < len(paragraphs) and paragraphs[index].table is None:
        paragraph, text = paragraphs[index], paragraphs[index].text
        length = 1
        if not has_title and not is_annex and _is_banner(paragraphs, index):
            role = Role.BANNER
        elif DOCUMENT_NUMBER.fullmatch(text) or NUMBER_AND_SIGNER.fullmatch(text):
            role = Role.NUMBER
        elif HISTORY.fullmatch(text) and not DATE.fullmatch(text):
            role = Role.HISTORY
        elif listed := _contents_length(paragraphs, index):
            role, length = Role.CONTENTS, listed
        elif has_title and not is_annex and _is_addressee(text):
            role = Role.ADDRESSEE
        elif has_title and (DATE.fullmatch(text) or (complete and is_byline(text))):
            role = Role.BYLINE
        elif _is_title_line(paragraph) and not (complete and not _title_continues(segments, text)):
            role = Role.TITLE
            has_title = True
            complete = ends_title(text) or paragraph.hashes > 0 or is_annex
        else:
            break
        _add(segments, role, paragraphs[index : index + length])
        index += length
        if role is Role.ADDRESSEE:
            break
    return segments, index


def _add(segments: list[Segment], role: Role, paragraphs: list[Paragraph]) -> None:
    if segments and segments[-1].role is role:
        segments[-1].paragraphs.extend(paragraphs)
    else:
        segments.append(Segment(role, list(paragraphs)))


def _title_continues(segments: list[Segment], text: str) -> bool:
    return (
        bool(segments)
        and segments[-1].role is Role.TITLE
        and text.startswith(("（", "("))
        and len(text) <= 30
    )


def _is_banner(paragraphs: list[Paragraph], index: int) -> bool:
    text = paragraphs[index].text
    above = paragraphs[index - 1].text if index else ""
    if _CATALOGUE.fullmatch(text) or (_CATALOGUE.fullmatch(above) and above.rstrip()[-1] in ":："):
        return True
    if _SECRECY.fullmatch(text) or is_banner(text):
        return True
    following = paragraphs[index + 1].text if index + 1 < len(paragraphs) else ""
    return bool(ORGANISATION.fullmatch(text)) and bool(DOCUMENT_NUMBER.fullmatch(following))


def _is_addressee(text: str) -> bool:
    return (
        bool(_ADDRESSEE.fullmatch(text))
        and read_mark(text) is None
        and bool(_ADDRESSEE_WORDS.search(text))
        and "《" not in text
        and not re.search(r"(?:如下|以下|下列|通知|意见|要求|事项)[:：]$", text)
    )


def _contents_length(paragraphs: list[Paragraph], index: int) -> int:
    """Paragraphs that a table of contents takes from here; 0 where none begins.

    It stands under 目录, on one line (第一章 总则 第二章 …), or without a word before the
    chapters themselves.
    """
    text = paragraphs[index].text
    if len(_CHAPTERS.findall(text)) >= 3 and not ends_sentence(text):
        return 1
    if _CONTENTS.fullmatch(text):
        return 1 + _listed(paragraphs, index + 1)
    mark = read_mark(text)
    if mark is None or mark.family >= Family.ARTICLE:
        return 0
    length = _listed(paragraphs, index)
    after = paragraphs[index + length].text if index + length < len(paragraphs) else ""
    return length if length > 1 and fold_tight(after) == fold_tight(text) else 0


def _listed(paragraphs: list[Paragraph], index: int) -> int:
    """How many short lines name chapters and sections, up to where the first of them comes again."""
    position, first = index, ""
    while position < len(paragraphs):
        text = re.sub(r"[.·…\s\d]+$", "", paragraphs[position].text)
        mark = read_mark(paragraphs[position].text)
        if (first and fold_tight(text) == first) or len(text) > 60 or ends_sentence(text):
            break
        if mark.family is Family.ARTICLE if mark else not _is_title_line(paragraphs[position]):
            break
        first = first or fold_tight(text)
        position += 1
    return position - index


def _main_parts(paragraphs: list[Paragraph], *, has_annexes: bool) -> list[Part]:
    front, used = _front(paragraphs, is_annex=False)
    rest = paragraphs[used:]
    split = _inner_body(front, rest)
    if split is None:
        part = Part(MAIN, "", "", front + body_and_tail(rest))
        body = [each for segment in part.segments if segment.role is Role.BODY for each in segment.paragraphs]
        is_notice = has_annexes or any(
            "通知" in each.text for segment in front for each in segment.paragraphs
        )
        if is_notice and not any(belongs_to_body(each) for each in body):
            part.name = NOTICE
        return [part]
    notice = Part(NOTICE, NOTICE, "", front + body_and_tail(rest[:split]))
    inner = rest[split:]
    inner_front, inner_used = _front(inner, is_annex=True)
    main = Part(MAIN, "", MAIN, inner_front + body_and_tail(inner[inner_used:]))
    return [notice, main]


def _inner_body(front: list[Segment], rest: list[Paragraph]) -> int | None:
    """Where, after the notice, the title of the document it issues stands."""
    heads = " ".join(each.text for segment in front for each in segment.paragraphs)
    quoted = {
        fold_tight(title) for title in _QUOTED_TITLE.findall(heads + " ".join(p.text for p in rest[:6]))
    }
    issued = _issued_title(front)
    if issued:
        quoted.add(issued)
    signed = False
    for index, paragraph in enumerate(rest):
        text = paragraph.text
        if signed and _is_title_line(paragraph) and not NOTE.fullmatch(text) and not PRINTED.fullmatch(text):
            if COPIED.match(text) or ORGANISATION.fullmatch(text):
                return None if COPIED.match(text) else _after_signature(rest, index)
            return index if _has_body(rest, index) else None
        if fold_tight(text) in quoted and _is_title_line(paragraph) and index and _has_body(rest, index):
            return index
        if DATE.fullmatch(text):
            signed = True
        elif signed and not NOTE.fullmatch(text):
            signed = False
    return None


def _after_signature(rest: list[Paragraph], index: int) -> int | None:
    """A title that begins with its authority's name on a line of its own."""
    following = rest[index + 1] if index + 1 < len(rest) else None
    if following is not None and _is_title_line(following) and not PRINTED.search(following.text):
        return index if _has_body(rest, index + 1) else None
    return None


def _issued_title(front: list[Segment]) -> str | None:
    """What a notice's title says it issues, where the title has no 《》: 关于印发X的通知."""
    title = "".join(
        each.text for segment in front if segment.role is Role.TITLE for each in segment.paragraphs
    )
    found = re.search(
        r"(?:印发|转发|批转|发布|公布|下发)(.{4,80}?)的(?:通知|通告|公告|决定|令)$", fold_tight(title)
    )
    return found.group(1) if found else None


def _has_body(rest: list[Paragraph], index: int) -> bool:
    following = rest[index + 1 : index + 8]
    return any(
        ends_sentence(each.text) or read_mark(each.text) or each.table is not None for each in following
    )


def _annex(paragraphs: list[Paragraph]) -> Part:
    text = paragraphs[0].text
    if EXPLANATION.fullmatch(text):
        name = "解读"
        part = Part(name, name, name, [Segment(Role.ANNEX_MARK, paragraphs[:1])], title=text)
        part.segments += body_and_tail(paragraphs[1:])
        return part
    titled = None if ANNEX_MARK.fullmatch(text) else ANNEX_WITH_TITLE.fullmatch(text)
    name = annex_name(titled.group(1) if titled else text)
    part = Part(name, name, name, [Segment(Role.ANNEX_MARK, paragraphs[:1])])
    part.title = titled.group("title").strip() if titled else None
    front, used = ([], 0) if titled else _front(paragraphs[1:], is_annex=True)
    part.segments += front + body_and_tail(paragraphs[1 + used :])
    return part
