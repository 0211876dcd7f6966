"""Files of a draft: to review, clean, with changes shown; and the tables that go along."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.drafting.arranging import lacking
from assistant.drafting.book import DraftBook, Opened
from assistant.drafting.case import Case
from assistant.drafting.checking import check_rows
from assistant.drafting.documents import blanks_left, official_document, section_sheet
from assistant.drafting.types import SectionStatus
from assistant.export.docx import Copy, write_docx
from assistant.export.revisions import write_revision
from assistant.export.workbook import draft_sheets, write_workbook
from assistant.facts.privacy import personal_warnings
from assistant.rules.verdicts import Verdict
from assistant.templates import ApplicationTemplate, Need

_NAMED = 8  # blanks listed by name


@dataclass(frozen=True, slots=True)
class Confirmation:
    """Chinese sentences a person should have read before a draft leaves the house; may be none."""

    sentences: tuple[str, ...]


def confirmations(book: DraftBook, opened: Opened) -> Confirmation:
    """Missing sections, blanks, stale sections, breaches, rules, privacy, notices, in that order."""
    case = book.case(opened)
    return Confirmation(
        (
            *_of_template(opened, case.template),
            *_of_blanks(opened, case),
            *_of_sections(opened),
            *_of_rules(case.report.counts()),
            *_of_privacy(opened, case),
            *dict.fromkeys((*opened.draft.notes, *case.report.notices)),
            *(breach.message for breach in opened.draft.breaches),
        )
    )


def _of_template(opened: Opened, template: ApplicationTemplate) -> Iterator[str]:
    gone = [one.title for one in lacking(opened.draft, template) if one.need is Need.REQUIRED]
    if gone:
        yield f"缺 {len(gone)} 节必备章节：{'、'.join(gone)}。"


def _of_blanks(opened: Opened, case: Case) -> Iterator[str]:
    blanks = [each.shown for each in blanks_left(opened.draft, case)]
    if blanks:
        named = list(dict.fromkeys(blanks))
        more = "等" if len(named) > _NAMED else ""
        yield f"有 {len(blanks)} 处待补：{'、'.join(named[:_NAMED])}{more}。"


def _of_sections(opened: Opened) -> Iterator[str]:
    sections = opened.draft.sections
    for status, said in (
        (SectionStatus.STALE, "所用事实已经改变，还没有重写"),
        (SectionStatus.EDITED, "由人编辑过，请核对引用"),
    ):
        named = [one.title or "标题和开头" for one in sections if one.status is status]
        if named:
            yield f"{len(named)} 节{said}：{'、'.join(named)}。"
    for one in sections:
        for breach in one.breaches:
            yield f"“{one.title or '标题和开头'}”没有通过{breach.gate.value}检查：{breach.message}"


def _of_privacy(opened: Opened, case: Case) -> Iterator[str]:
    """Numbers of persons and marks of secrecy in the words that would go out, whoever wrote them."""
    remark = official_document(opened.draft, case).remark or ""
    text = "\n".join((opened.title, *(one.text for one in opened.draft.sections), remark))
    yield from (f"稿件里{warning}" for warning in personal_warnings(text))


def _of_rules(counts: Mapping[Verdict, int]) -> Iterator[str]:
    said = {
        Verdict.FAIL: "条不符合文件要求",
        Verdict.EXPLAIN: "条需要说明理由",
        Verdict.UNKNOWN: "条缺事实，无法判定",
        Verdict.MANUAL: "条须人工核对",
    }
    for verdict, words in said.items():
        if counts.get(verdict):
            yield f"规则核对有 {counts[verdict]} {words}。"


def document_file(
    book: DraftBook, opened: Opened, day: date, *, clean: bool = False, annexes: bool = False
) -> bytes:
    """The draft as a .docx, with footnotes and comments, or the clean copy without."""
    document = official_document(opened.draft, book.case(opened), with_annexes=annexes)
    return write_docx(document, day, Copy.CLEAN if clean else Copy.REVIEW)


def tracked_file(
    book: DraftBook, before: Opened, after: Opened, day: date, *, annexes: bool = False
) -> bytes:
    """`after` as a .docx in which everything changed since `before` is marked as a revision."""
    old, new = (
        official_document(each.draft, book.case(each), with_annexes=annexes) for each in (before, after)
    )
    return write_revision(old, new, day)


def tables_file(book: DraftBook, opened: Opened, day: date) -> bytes:
    """规则自查表, 依据对照表, 待补清单 and 章节依据表 as an .xlsx."""
    case = book.case(opened)
    document = official_document(opened.draft, case)
    sheets = (*draft_sheets(document, check_rows(case)), section_sheet(opened.draft, case.template))
    return write_workbook(sheets, day)
