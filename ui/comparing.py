"""What `cewen compare` reads from its options, prints in a terminal and writes to files."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from indexing.files import reason
from ui.text import one_line
from ui.usage import CallerMistake

if TYPE_CHECKING:
    from rich.console import Console

    from assistant.comparing.choosing import Only
    from assistant.comparing.types import Comparison, Row

_STDOUT = Path("-")
Made = TypeVar("Made")  # what is written: a comparison, differences
_APART = re.compile(r"[,，、;；]")


@dataclass(frozen=True, slots=True)
class Output(Generic[Made]):
    """A file to write, and what makes its bytes."""

    path: Path
    render: Callable[[Made], bytes]


def places_in(given: Sequence[str]) -> list[str]:
    """The places typed after `--cities`, which may stand apart or be joined by commas.

    >>> places_in(["北京，杭州", "国家"])
    ['北京', '杭州', '国家']

    Raises:
        CallerMistake: there are only commas.
    """
    places = [place.strip() for text in given for place in _APART.split(text) if place.strip()]
    if given and not places:
        raise CallerMistake("--cities 后面没有写地区，请写地名，例如：--cities 北京,杭州,国家。")
    return places


def conditions_in(given: Sequence[str]) -> tuple[Only, ...]:
    """The conditions typed after `--only`, which may stand apart or be joined by commas.

    Raises:
        CallerMistake: one is unknown.
    """
    from assistant.comparing.choosing import Only

    known = {"有差异": Only.DIFFERENCES, "有数值": Only.FIGURES, "可比国家": Only.NATION}
    typed = [word.strip().removeprefix("只看") for text in given for word in _APART.split(text)]
    unknown = [word for word in typed if word not in known]
    if unknown:
        raise CallerMistake(f"--only 应是{'、'.join(known)}，没有“{one_line(unknown[0])}”。")
    return tuple(dict.fromkeys(known[word] for word in typed))


def checked_outputs(
    markdown: Path | None, csv: Path | None, xlsx: Path | None, docx: Path | None, *, as_json: bool
) -> tuple[Output[Comparison], ...]:
    """The files asked for.

    Raises:
        CallerMistake: two results would be mixed on standard output, a workbook or Word file would go
            there, or a file's folder is missing or the file is one.
    """
    renders = ((markdown, _markdown), (csv, _csv), (xlsx, _xlsx), (docx, _docx))
    outputs = tuple(Output(path, render) for path, render in renders if path is not None)
    check_places(outputs, binary=_STDOUT if _STDOUT in (xlsx, docx) else None, as_json=as_json)
    return outputs


def check_places(outputs: Sequence[Output[Any]], *, binary: Path | None, as_json: bool) -> None:
    """Return when each file can be written and standard output gets one text at most.

    Raises:
        CallerMistake: as `checked_outputs`.
    """
    if binary == _STDOUT:
        raise CallerMistake(
            "Excel 工作簿和 Word 文件不能写到标准输出，请给出文件名，例如：--xlsx 比对.xlsx。"
        )
    if sum(output.path == _STDOUT for output in outputs) + as_json > 1:
        raise CallerMistake("标准输出只能写一种结果，请给其余的结果各写一个文件名。")
    for output in outputs:
        if output.path != _STDOUT and (output.path.is_dir() or not output.path.expanduser().parent.is_dir()):
            raise CallerMistake(f"写不了 {output.path}（不是文件，或所在文件夹不存在），请换一个文件名。")


def write(made: Made, outputs: Sequence[Output[Made]]) -> Iterator[str]:
    """Write each file whole or not at all; a sentence on each, none for standard output.

    Raises:
        CallerMistake: a file cannot be written.
    """
    for output in outputs:
        content = output.render(made)
        if output.path == _STDOUT:
            sys.stdout.flush()
            sys.stdout.buffer.write(content)
            sys.stdout.buffer.flush()
            continue
        path = output.path.expanduser()
        beside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            beside.write_bytes(content)
            beside.replace(path)
        except OSError as exc:
            beside.unlink(missing_ok=True)
            raise CallerMistake(f"写不了 {path}（{reason(exc)}），请换一个位置或检查权限。") from exc
        yield f"已保存 {path}。"


def _markdown(comparison: Comparison) -> bytes:
    from assistant.export.markdown import as_markdown

    return as_markdown(comparison).encode("utf-8", "replace")


def _csv(comparison: Comparison) -> bytes:
    from assistant.export.csv_file import as_csv

    return as_csv(comparison).encode("utf-8", "replace")


def _json(comparison: Comparison) -> bytes:
    from ui.comparison_json import comparison_line

    return f"{comparison_line(comparison)}\n".encode()


def _xlsx(comparison: Comparison) -> bytes:
    from assistant.export.xlsx import as_xlsx

    return as_xlsx(comparison, date.today())


def _docx(comparison: Comparison) -> bytes:
    from assistant.export.comparison_docx import as_docx

    return as_docx(comparison, date.today())


RENDERS: dict[str, tuple[str, Callable[[Comparison], bytes]]] = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", _xlsx),
    "docx": ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx),
    "md": ("text/markdown; charset=utf-8", _markdown),
    "csv": ("text/csv; charset=utf-8", _csv),
    "json": ("application/json; charset=utf-8", _json),
}
"""Kind of file → its media type, and what makes its bytes."""


def print_comparison(console: Console, comparison: Comparison) -> None:
    """Each topic with a line a column, what differs, and how each stands to the nation."""
    from rich.text import Text

    for row in comparison.rows:
        console.print(Text(f"\n{one_line(row.topic.name)}", style="bold"))
        for line in _lines(row):
            console.print(Text(f"  {line}"))
    if comparison.summary:
        console.print(Text("\n综述", style="bold"))
    for statement in comparison.summary:
        console.print(Text(f"  {one_line(statement.text)}"))
    for note in comparison.notes:
        console.print(Text(f"注意：{one_line(note)}", style="dim"))


def _lines(row: Row) -> Iterator[str]:
    from assistant.export.markdown import relations
    from assistant.export.records import address, summary_line

    for cell in row.cells:
        where = f"（{address(cell.quotes[0].citation)}）" if cell.quotes else ""
        yield one_line(f"{cell.column}：{summary_line(cell)}{where}")
    told = relations(row)
    if told:
        yield one_line(f"相对国家：{told}")
    if row.differences:
        yield f"差异：{'、'.join(row.differences)}"
