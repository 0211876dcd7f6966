"""`cewen draft`: a document of a template from a fact sheet, as Word file or JSON. Thin, as `ui.cli`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.options import AsJson, AsOf, Corpus, Home, TemplateName
from ui.printing import print_json
from ui.usage import CallerMistake, register, say

if TYPE_CHECKING:
    from assistant.drafting.case import Case
    from assistant.drafting.polishing import Polisher
    from assistant.drafting.types import Draft
    from assistant.export.official import OfficialDocument
    from assistant.facts.types import FactSheet
    from assistant.library import Library
    from assistant.templates import ApplicationTemplate
    from indexing.settings import Settings

_PANEL = "选项"
_WITHIN = "文内"
_NO_MODEL = "--polish 要先配置语言模型，见 docs/settings.md；不加 --polish 也能起草。"
_EXAMPLE = "cewen draft CQ-D1 --facts 事实表.yaml --out 申报方案.docx"

Facts = Annotated[
    Path | None,
    typer.Option(
        "--facts", readable=False, metavar="事实表", rich_help_panel=_PANEL, help="写有项目事实的文件。"
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        readable=False,
        metavar="文件",
        rich_help_panel=_PANEL,
        help="要生成的 .docx；不覆盖已有的文件。",
    ),
]
Clean = Annotated[
    bool, typer.Option("--clean", rich_help_panel=_PANEL, help="清洁稿：没有依据脚注和待补批注。")
]
Tracked = Annotated[
    Path | None,
    typer.Option(
        "--tracked",
        readable=False,
        metavar="旧事实表",
        rich_help_panel=_PANEL,
        help="修订稿：与按旧事实表起草的稿件相比，用修订标出改动。",
    ),
]
Polish = Annotated[
    bool,
    typer.Option(
        "--polish", rich_help_panel=_PANEL, help="由已配置的语言模型润色，逐段核对，不合格的保留原文。"
    ),
]
Annexes = Annotated[
    str | None,
    typer.Option(
        "--annexes",
        metavar="去处",
        rich_help_panel=_PANEL,
        help="规则自查表、依据对照表、章节依据表：文内 作为附件，或另存为一个 .xlsx 文件。",
    ),
]


def add_to(app: typer.Typer) -> None:
    """Register the command."""
    register(app, "draft", "用事实表起草一份文书，每项要求注明依据，缺的事实标为待补。", draft)


def draft(
    ctx: typer.Context,
    *,
    name: TemplateName = None,
    facts: Facts = None,
    out: Out = None,
    clean: Clean = False,
    tracked: Tracked = None,
    annexes: Annexes = None,
    polish: Polish = False,
    as_of: AsOf = None,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Write a document; without `--out` its text is printed."""
    from assistant.drafting.drafting import case_for
    from assistant.drafting.drafting import draft as write
    from assistant.facts.reading import read_facts
    from assistant.library import Library
    from assistant.templates import find_template
    from ui import draft_reports, reports
    from ui.opening import open_index, settings_of

    template_name, facts_file = _asked(name, facts, out, annexes, clean=clean, tracked=tracked)
    template = find_template(template_name)
    reading = read_facts(facts_file)
    settings = settings_of(ctx, home=home, corpus=corpus)
    polisher = _polisher(settings) if polish else None
    opened = open_index(ctx, settings)
    library = Library(opened.documents(), opened.clauses())
    day = as_of or date.today()
    made = write(template, reading.sheet, library, day, polish=polisher)
    case = case_for(template, reading.sheet, library, day)
    if out is not None:
        before = _earlier(template, tracked, library, day) if tracked else None
        _save(out, made, case, day, annexes=annexes, clean=clean, before=before)
    if as_json:
        print_json(draft_reports.draft_object(made, case))
    elif out is None:
        draft_reports.print_draft(reports.terminal(), made)
    draft_reports.print_open_points(reports.terminal(stderr=True), made, case, reading.issues)


def _asked(
    name: str | None,
    facts: Path | None,
    out: Path | None,
    annexes: str | None,
    *,
    clean: bool,
    tracked: Path | None,
) -> tuple[str, Path]:
    """The template and the fact sheet.

    Raises:
        CallerMistake: one is missing, or options do not fit together.
    """
    if name is None or facts is None:
        raise CallerMistake(f"请给出模板和事实表，例如：{_EXAMPLE}；全部模板见 cewen templates。")
    if out is not None and out.suffix.lower() != ".docx":
        raise CallerMistake(f"--out 的 {out.name} 应是 .docx 文件。")
    if out is None and (clean or tracked or annexes):
        raise CallerMistake(f"--clean、--tracked、--annexes 要与 --out 一起用，例如：{_EXAMPLE}。")
    if clean and tracked:
        raise CallerMistake("--clean 和 --tracked 不能一起用，请分两次生成。")
    if annexes is not None and annexes != _WITHIN and Path(annexes).suffix.lower() != ".xlsx":
        raise CallerMistake(f"--annexes 应是“{_WITHIN}”，或一个 .xlsx 文件名。")
    return name, facts.expanduser()


def _polisher(settings: Settings) -> Polisher:
    """What words sections anew.

    Raises:
        CallerMistake: no language model is configured.
        SettingsError: one is named by half.
    """
    from assistant.drafting.polishing import Polisher
    from assistant.models.client import configured_chat

    chat = configured_chat(settings)
    if chat is None:
        raise CallerMistake(_NO_MODEL)
    return Polisher(chat)


def _earlier(template: ApplicationTemplate, facts: Path, library: Library, day: date) -> tuple[Draft, Case]:
    from assistant.drafting.drafting import case_for
    from assistant.drafting.drafting import draft as write
    from assistant.facts.reading import read_facts

    sheet: FactSheet = read_facts(facts.expanduser()).sheet
    return write(template, sheet, library, day), case_for(template, sheet, library, day)


def _save(
    out: Path,
    made: Draft,
    case: Case,
    day: date,
    *,
    annexes: str | None,
    clean: bool,
    before: tuple[Draft, Case] | None,
) -> None:
    from assistant.drafting.documents import official_document
    from assistant.export.docx import Copy, write_docx
    from assistant.export.revisions import write_revision

    within = annexes == _WITHIN
    document = official_document(made, case, with_annexes=within)
    if before is not None:
        old = official_document(before[0], before[1], with_annexes=within)
        data = write_revision(old, document, day)
    else:
        data = write_docx(document, day, Copy.CLEAN if clean else Copy.REVIEW)
    _write(out, data)
    if annexes is not None and not within:
        _write(Path(annexes), _workbook(made, case, document, day))


def _workbook(made: Draft, case: Case, document: OfficialDocument, day: date) -> bytes:
    from assistant.drafting.checking import check_rows
    from assistant.drafting.documents import section_sheet
    from assistant.export.workbook import draft_sheets, write_workbook

    sheets = (*draft_sheets(document, check_rows(case)), section_sheet(made, case.template))
    return write_workbook(sheets, day)


def _write(out: Path, data: bytes) -> None:
    from indexing.files import reason

    try:
        with out.expanduser().open("xb") as file:
            file.write(data)
    except FileExistsError as exc:
        raise CallerMistake(f"{out} 已存在，没有覆盖；请换一个文件名。") from exc
    except OSError as exc:
        raise CallerMistake(f"写不了文件 {out}（{reason(exc)}），请检查路径和权限。") from exc
    say(f"已保存到 {out}。")
