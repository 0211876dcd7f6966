"""`cewen add` and `cewen index`: a progress bar while files go in, a report for each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.text import Text

from indexing.files import find_files
from indexing.ingest import FileReport, Outcome
from ui.reports import terminal
from ui.text import one_line
from ui.usage import CallerMistake

if TYPE_CHECKING:
    from rich.console import Console

    from indexing.index import ClauseIndex

_NAMES = {
    Outcome.ADDED: "新增",
    Outcome.UPDATED: "更新",
    Outcome.EXISTS: "已存在",
    Outcome.SKIPPED: "跳过",
    Outcome.FAILED: "失败",
}
_STYLES = {
    Outcome.ADDED: "green",
    Outcome.UPDATED: "green",
    Outcome.EXISTS: "dim",
    Outcome.SKIPPED: "dim",
    Outcome.FAILED: "bold red",
}


def add_files(index: ClauseIndex, paths: Sequence[Path], *, quiet: bool) -> tuple[FileReport, ...]:
    """Add what lies at `paths`; one report for each file, in the order met.

    Args:
        index: takes the files.
        paths: files or folders.
        quiet: show the bar on standard error and no report lines, because JSON follows.

    Raises:
        CallerMistake: there is no file at all below `paths`.
    """
    n_files = sum(1 for _ in find_files(paths))
    if not n_files:
        raise CallerMistake("给出的文件夹里没有文件，请检查路径。")
    console = terminal(stderr=quiet)
    columns = (TextColumn("正在读入"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=n_files)

        def one_done(report: FileReport) -> None:
            if not quiet:
                print_file_report(console, report)
            bar.advance(task)

        done = index.add(paths, one_done)
    if not quiet:
        print_totals(console, done)
    return done


def refresh(index: ClauseIndex, *, restore: bool, quiet: bool) -> tuple[FileReport, ...]:
    """Read new and changed shipped files and what is damaged; one report for each file read.

    Args:
        index: is brought up to date.
        restore: also read shipped documents that the user removed.
        quiet: show nothing, because JSON follows.
    """
    console = terminal(stderr=quiet)

    def one_done(report: FileReport) -> None:
        if not quiet:
            print_file_report(console, report)

    return index.refresh(one_done, everything=restore)


def exit_code_of(done: Sequence[FileReport], *, failed: int) -> int:
    """`failed` when a file could not be taken in, 0 otherwise."""
    return failed if any(report.outcome is Outcome.FAILED for report in done) else 0


def print_file_report(console: Console, report: FileReport) -> None:
    """One file: what became of it, and what the parser noticed."""
    console.print(Text(one_line(report.message), style=_STYLES[report.outcome]))
    for warning in report.warnings:
        console.print(Text(f"    注意 {one_line(warning)}", style="yellow"))


def print_totals(console: Console, done: Sequence[FileReport]) -> None:
    """How many files were added, updated, known already, skipped, refused."""
    counted = Counter(report.outcome for report in done)
    told = "，".join(f"{name} {counted[outcome]} 份" for outcome, name in _NAMES.items() if counted[outcome])
    console.print(Text(f"共 {len(done)} 份文件：{told}。"))
