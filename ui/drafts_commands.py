"""`cewen drafts …`: drafts kept with all their versions. Thin, as `ui.cli`."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.options import AsJson, Corpus, Home, TemplateName
from ui.usage import CallerMistake, ChineseCommand, ChineseGroup, say

if TYPE_CHECKING:
    from assistant.drafting.book import DraftBook

drafts_app = typer.Typer(
    cls=ChineseGroup,
    add_completion=False,
    subcommand_metavar="命令",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["--help", "-h"]},
)

_PANEL = "选项"
DraftName = Annotated[
    str | None,
    typer.Argument(metavar="编号", rich_help_panel="参数", help="草稿的编号，写前几位即可。"),
]
Number = Annotated[
    int | None, typer.Option("--version", metavar="版次", rich_help_panel=_PANEL, help="第几版；默认最新版。")
]
Since = Annotated[
    int | None, typer.Option("--from", metavar="版次", rich_help_panel=_PANEL, help="从第几版；默认上一版。")
]
Until = Annotated[
    int | None, typer.Option("--to", metavar="版次", rich_help_panel=_PANEL, help="到第几版；默认最新版。")
]
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
        help="要生成的 .docx，或 .xlsx（规则自查表等）；不覆盖已有的文件。",
    ),
]
Clean = Annotated[
    bool, typer.Option("--clean", rich_help_panel=_PANEL, help="清洁稿：没有依据脚注和待补批注。")
]
Tracked = Annotated[
    int | None,
    typer.Option(
        "--tracked", metavar="版次", rich_help_panel=_PANEL, help="修订稿：标出自这一版以来的改动。"
    ),
]
Within = Annotated[
    bool, typer.Option("--annexes", rich_help_panel=_PANEL, help="规则自查表、依据对照表等附在文后。")
]


@drafts_app.command(
    "list", help="列出全部草稿。", cls=ChineseCommand, options_metavar="[选项]", rich_help_panel="命令"
)
def list_drafts(ctx: typer.Context, *, as_json: AsJson = False, home: Home = None) -> None:
    """The drafts of the home, the one saved last first."""
    from ui import drafts_reports, reports

    entries = book_of(ctx, home, None).store.entries()
    if as_json:
        drafts_reports.print_value(drafts_reports.entries_array(entries))
    else:
        drafts_reports.print_entries(reports.terminal(), entries)


@drafts_app.command(
    "new",
    help="用事实表起草一份文书并保存为第 1 版。",
    cls=ChineseCommand,
    options_metavar="[选项]",
    rich_help_panel="命令",
)
def new(
    ctx: typer.Context,
    *,
    name: TemplateName = None,
    facts: Facts = None,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Begin a draft; its number is printed."""
    from assistant.facts.reading import read_facts
    from assistant.templates import find_template

    if name is None or facts is None:
        raise CallerMistake("请给出模板和事实表，例如：cewen drafts new CQ-D1 --facts 事实表.yaml。")
    template, sheet = find_template(name), read_facts(facts.expanduser()).sheet
    made = book_of(ctx, home, corpus).begin(template, sheet, date.today())
    typer.echo(f"{made.draft_id}　第 1 版　{made.title}")


@drafts_app.command(
    "show",
    help="显示一份草稿的版本，或某一版的文字。",
    cls=ChineseCommand,
    options_metavar="[选项]",
    rich_help_panel="命令",
)
def show(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    version: Number = None,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """History and text of a draft."""
    from ui import drafts_reports, reports

    book = book_of(ctx, home, corpus)
    draft_id = book.store.find(named(name))
    opened, history = book.open(draft_id, version), book.store.history(draft_id)
    if as_json:
        drafts_reports.print_value(drafts_reports.draft_object(opened, history))
    else:
        drafts_reports.print_draft(reports.terminal(), opened, history)


@drafts_app.command(
    "diff",
    help="比较一份草稿的两个版本。",
    cls=ChineseCommand,
    options_metavar="[选项]",
    rich_help_panel="命令",
)
def diff(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    since: Since = None,
    until: Until = None,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """What changed, by section, line and character."""
    from assistant.drafting.changes import changes
    from ui import drafts_reports, reports

    book = book_of(ctx, home, corpus)
    draft_id = book.store.find(named(name))
    after = book.open(draft_id, until)
    before = book.open(draft_id, since if since is not None else max(1, after.version - 1))
    found = changes(before.draft, after.draft)
    if as_json:
        drafts_reports.print_value(drafts_reports.changes_object(before, after, found))
    else:
        drafts_reports.print_changes(reports.terminal(), before, after, found)


@drafts_app.command(
    "restore",
    help="把较早的一版恢复为最新版；中间各版仍保留。",
    cls=ChineseCommand,
    options_metavar="[选项]",
    rich_help_panel="命令",
)
def restore(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    version: Number = None,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """An earlier version once more, as the newest."""
    if version is None:
        raise CallerMistake("请用 --version 写明恢复第几版；各版见 cewen drafts show 编号。")
    book = book_of(ctx, home, corpus)
    opened = book.restore(book.store.find(named(name)), version)
    say(f"已把第 {version} 版恢复为第 {opened.version} 版。")


@drafts_app.command(
    "export",
    help="把一版草稿存为 Word 文件或附表。",
    cls=ChineseCommand,
    options_metavar="[选项]",
    rich_help_panel="命令",
)
def export(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    out: Out = None,
    version: Number = None,
    clean: Clean = False,
    tracked: Tracked = None,
    annexes: Within = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """A .docx or .xlsx of a version; what should be confirmed is said on standard error."""
    from assistant.drafting.exporting import confirmations, document_file, tables_file, tracked_file

    if out is None or out.suffix.lower() not in (".docx", ".xlsx"):
        raise CallerMistake("请用 --out 给出要生成的 .docx 或 .xlsx 文件，例如：--out 申报方案.docx。")
    if clean and tracked is not None:
        raise CallerMistake("--clean 和 --tracked 不能一起用，请分两次生成。")
    book = book_of(ctx, home, corpus)
    opened = book.open(book.store.find(named(name)), version)
    day = date.today()
    if out.suffix.lower() == ".xlsx":
        data = tables_file(book, opened, day)
    elif tracked is not None:
        data = tracked_file(book, book.open(opened.draft_id, tracked), opened, day, annexes=annexes)
    else:
        data = document_file(book, opened, day, clean=clean, annexes=annexes)
    _write(out, data)
    for sentence in confirmations(book, opened).sentences:
        say(f"请确认：{sentence}")


def book_of(ctx: typer.Context, home: Path | None, corpus: Path | None) -> DraftBook:
    """The drafts of a home, over the library as it is now."""
    from assistant.drafting.book import DraftBook
    from assistant.library import Library
    from ui.opening import open_index, settings_of

    index = open_index(ctx, settings_of(ctx, home=home, corpus=corpus))
    return DraftBook(index.drafts, Library(index.documents(), index.clauses()))


def named(name: str | None) -> str:
    """The number given.

    Raises:
        CallerMistake: none was.
    """
    if name is None:
        raise CallerMistake("请给出草稿的编号，例如：cewen drafts show 3eb5；全部草稿见 cewen drafts list。")
    return name


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
