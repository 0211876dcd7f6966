"""A draft as an official document: numbered headings, annexes, signature, the tables that go along.

The layout is `assistant.export`'s; here it is decided what stands in the document, and nothing is
written that the draft does not have. Marks such as 格式参照 stay out of the body.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from assistant.drafting.arranging import lacking
from assistant.drafting.case import Case
from assistant.drafting.checking import check_rows
from assistant.drafting.types import OPENING, Draft, DraftSection, shown
from assistant.drafting.values import blank
from assistant.export.annexes import basis_annex, check_annex, open_blanks
from assistant.export.flattening import chinese_day
from assistant.export.official import (
    Alignment,
    Attachment,
    Blank,
    Block,
    Column,
    Heading,
    Letterhead,
    Numbering,
    OfficialDocument,
    Origin,
    Paragraph,
    Party,
    Signature,
    Table,
    Text,
)
from assistant.export.workbook import Sheet
from assistant.templates import ApplicationTemplate, Layout, Need
from prompts.draft_frames import document_frame

SECTIONS_TITLE = "章节依据表"
SECTION_HEADS = ("序号", "章节", "性质", "依据")
_ADDRESSED = frozenset(("报告", "函", "请示", "申请材料"))
"""文种 that name whom they are sent to."""


def official_document(made: Draft, case: Case, *, with_annexes: bool = False) -> OfficialDocument:
    """The draft laid out; `with_annexes` adds 规则自查表, 依据对照表 and 章节依据表 to its own annexes."""
    template = case.template
    body = tuple(_body(made, template))
    if template.closing:
        body = (*body, Paragraph((Text(template.closing),)))
    is_agreement = template.layout is Layout.AGREEMENT
    document = OfficialDocument(
        title=("".join(shown(each) for each in made.title),),
        blocks=body,
        recipients=() if is_agreement else _recipients(case),
        attachments=tuple(_annexes(made)),
        signature=None if is_agreement else _signature(case),
        parties=_parties(case) if is_agreement else (),
        remark=_contact(case),
        letterhead=_letterhead(case),
        numbering=Numbering.ARTICLES if is_agreement else Numbering.OFFICIAL,
        origin=_origin(made),
    )
    if not with_annexes:
        return document
    tables = (check_annex(check_rows(case)), basis_annex(document), section_annex(made, case.template))
    return replace(document, attachments=(*document.attachments, *tables))


def blanks_left(made: Draft, case: Case) -> tuple[Blank, ...]:
    """Every blank of the whole document in reading order: title, addressee, sections, signature, day."""
    return tuple(one.blank for one in open_blanks(official_document(made, case)))


def frame_lines(made: Draft, case: Case) -> tuple[tuple[str, str], ...]:
    """What stands around the sections, by name: 主送机关, 结语, 落款, or the parties; blanks as shown."""
    document = official_document(made, case)
    said = [
        ("主送机关", "、".join(one if isinstance(one, str) else one.shown for one in document.recipients))
    ]
    said.append(("结语", case.template.closing or ""))
    if document.signature is not None:
        units = (one if isinstance(one, str) else one.shown for one in document.signature.units)
        day = document.signature.signed_on
        said.append(("落款", "、".join(units)))
        said.append(("成文日期", chinese_day(day) if day else Blank("成文日期").shown))
    for party in document.parties:
        said.append((party.role, party.name if isinstance(party.name, str) else party.name.shown))
    return tuple((name, words) for name, words in said if words)


def section_rows(made: Draft, template: ApplicationTemplate) -> tuple[tuple[str, ...], ...]:
    """Each section: number, title, 必 or 选, and the clauses that prescribe it or 格式参照，非文件规定.

    Sections of the person's own stand in their place; 必 ones that were taken out follow as 缺.
    """
    known = {section.key: section for section in template.sections}
    rows: list[tuple[str, ...]] = []
    for section in made.sections:
        if section.key == OPENING:
            continue
        planned = known.get(section.key)
        basis = "；".join(f"“{need.quote}”" for need in planned.prescribed_by) if planned else ""
        rows.append((str(len(rows) + 1), section.title, section.need, basis or section.mark))
    gone = [one for one in lacking(made, template) if one.need is Need.REQUIRED]
    return (*rows, *(("缺", one.title, one.need.value, "必备章节，已由编制人删去") for one in gone))


def section_annex(made: Draft, template: ApplicationTemplate) -> Attachment:
    """章节依据表: which sections a document prescribes, and which are only customary."""
    columns = (
        Column("序号", 0.6),
        Column("章节", 1.6, Alignment.LEFT),
        Column("性质", 0.7),
        Column("依据", 4.0, Alignment.LEFT),
    )
    rows = tuple(tuple((Text(cell),) for cell in row) for row in section_rows(made, template))
    return Attachment(SECTIONS_TITLE, (Table(columns, rows),) if rows else ())


def section_sheet(made: Draft, template: ApplicationTemplate) -> Sheet:
    """章节依据表 as a sheet of the workbook that goes along."""
    return Sheet(SECTIONS_TITLE, SECTION_HEADS, section_rows(made, template))


def _body(made: Draft, template: ApplicationTemplate) -> Iterator[Block]:
    frames = document_frame(template.template_id).sections
    for section in made.sections:
        if section.annex or not section.blocks:
            continue
        is_bare = section.key in frames and frames[section.key].bare
        if section.title and not is_bare:
            yield Heading(1, section.title)
        yield from section.blocks


def _annexes(made: Draft) -> Iterator[Attachment]:
    for section in made.sections:
        if section.annex:
            yield from _parted(section)


def _parted(section: DraftSection) -> Iterator[Attachment]:
    """An annex for each first-level heading of the section; what stands before one has no place."""
    title, blocks = "", list[Block]()
    for block in section.blocks:
        if isinstance(block, Heading) and block.level == 1:
            if title:
                yield Attachment(title, tuple(blocks))
            title, blocks = block.text, []
        else:
            blocks.append(block)
    if title:
        yield Attachment(title, tuple(blocks))


def _recipients(case: Case) -> tuple[str | Blank, ...]:
    if case.template.document_type not in _ADDRESSED:
        return ()
    stated = case.values.get("recipient_org")
    if isinstance(stated, str):
        return (stated.rstrip("：:"),)
    return (case.template.recipient or blank("recipient_org"),)


def _signature(case: Case) -> Signature:
    keys = document_frame(case.template.template_id).signed_by
    names = [case.values.get(key) for key in keys]
    unit = next((name for name in names if isinstance(name, str)), None)
    day = case.values.get("sign_date")
    return Signature((unit or blank(keys[0]),), day if isinstance(day, date) else None)


def _parties(case: Case) -> tuple[Party, ...]:
    """甲方 and 乙方 of an agreement: the unit in charge of the site, and who runs it."""
    roles = (("甲方", "direct_manager"), ("乙方", "operator"))
    named = ((role, key, case.values.get(key)) for role, key in roles)
    return tuple(Party(role, name if isinstance(name, str) else blank(key)) for role, key, name in named)


def _contact(case: Case) -> str | None:
    """附注 of a letter or request; where nobody is named there is none."""
    contact = case.values.get("contact")
    is_letter = case.template.document_type in ("函", "请示")
    return f"联系人及电话：{contact}" if is_letter and isinstance(contact, str) else None


def _letterhead(case: Case) -> Letterhead | None:
    number, signer = case.values.get("doc_number"), case.values.get("signer")
    if not isinstance(number, str) and not isinstance(signer, str):
        return None
    return Letterhead(
        document_number=number if isinstance(number, str) else None,
        signer=signer if isinstance(signer, str) else None,
    )


def _origin(made: Draft) -> Origin:
    models = dict.fromkeys(section.model for section in made.sections if section.model)
    return Origin(model="、".join(models) or None)
