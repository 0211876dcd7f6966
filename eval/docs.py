"""Documentation that would drift, made from the program itself: `python -m eval.docs` or `make docs`.

Stands outside the flow: reads the command line, the settings and the JSON keys, writes into
docs/ and README.md between marks like

    <!-- generated: settings -->
    <!-- end -->

and nothing outside them; a test tells when the files on disk are behind. Commands that our own
pyproject.toml adds through the entry points `cewen.commands` are met too, installed or not;
those of other packages are not ours to document.
"""

from __future__ import annotations

import argparse
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from importlib.metadata import EntryPoint
from pathlib import Path
from typing import Any

import typer
import typer.main

from eval import search_page
from indexing.setting_table import OPTIONS, Option
from ui.cli import app
from ui.json_keys import RECORDS, Record

ROOT = Path(__file__).resolve().parent.parent
PROGRAM = "cewen"
ENTRY_POINTS = "cewen.commands"

# a mark, anything, <!-- end -->, both at the start of a line; a mark inside a line, or in this comment, no
_BLOCK = re.compile(r"^<!-- generated: (?P<name>\w+) -->\n(?P<body>.*?)^<!-- end -->$", re.M | re.S)
_MARK = re.compile(r"^<!-- (?:generated\b|end -->)", re.M)


class DocsError(ValueError):
    """A page has marks that cannot be filled: our mistake, met by the test."""


# ---- what is generated ----


def cli_block() -> str:
    """Each command as a section: what it does, how it is called, its arguments and options."""
    return "\n\n".join(_section(context) for context in _contexts())


def commands_block() -> str:
    """A table of the commands, one a row."""
    rows = ((f"`{context.command_path}`", _help_of(context)) for context in _contexts())
    return _table(("命令", "用途"), rows)


def settings_block() -> str:
    """A table of all settings, each with the ways to give it."""
    flags = {name for context in _contexts() for param in _params(context) for name in param.opts}
    return _table(
        ("设置（config.toml 的键）", "环境变量", "命令行", "默认", "可取的值", "含义"),
        (_setting(option, flags) for option in OPTIONS),
    )


def json_block() -> str:
    """A table of keys for each kind of JSON object; commands a level above what stands inside them."""
    commands = {_name_of(context) for context in _contexts()}
    return "\n\n".join(_keys(record, is_command=record.name in commands) for record in RECORDS)


BLOCKS: dict[str, Callable[[], str]] = {
    "cli": cli_block,
    "commands": commands_block,
    "settings": settings_block,
    "json": json_block,
    "search_measured": search_page.measured_block,
    "search_signals": search_page.signals_block,
    "search_reviewed": search_page.reviewed_block,
    "search_spelling": search_page.spelling_block,
    "search_failing": search_page.failing_block,
}


# ---- how it is printed ----


def _contexts() -> Iterator[Any]:
    """The contexts of all commands in the order of `cewen --help`: ours, then those added."""
    group: Any = typer.main.get_command(app)
    root = group.make_context(PROGRAM, [], resilient_parsing=True)
    commands: dict[str, Any] = dict(group.commands)
    for name, where in sorted(_added(ROOT / "pyproject.toml").items()):
        commands[name] = typer.main.get_command(EntryPoint(name, where, ENTRY_POINTS).load())
    for name, command in commands.items():
        if not command.hidden:
            yield from _with_subcommands(name, command, root)


def _with_subcommands(name: str, command: Any, parent: Any) -> Iterator[Any]:  # noqa: ANN401
    """The context of a command; of a group (cewen facts …) those of its commands instead."""
    context = command.make_context(name, [], parent=parent, resilient_parsing=True)
    inner: dict[str, Any] = getattr(command, "commands", {})
    if not inner:
        yield context
    for each, below in inner.items():
        yield from _with_subcommands(each, below, context)


def _name_of(context: Any) -> str:  # noqa: ANN401
    """What follows the program's name: ask; facts read."""
    return str(context.command_path).removeprefix(PROGRAM).strip()


def _added(project: Path) -> dict[str, str]:
    """Commands that a pyproject.toml adds, name → "module:app"; empty when it adds none."""
    said = tomllib.loads(project.read_text(encoding="utf-8"))["project"]
    return dict(said.get("entry-points", {}).get(ENTRY_POINTS, {}))


def _params(context: Any) -> list[Any]:  # noqa: ANN401 - typer's classes for these are private
    return [param for param in context.command.get_params(context) if not param.hidden]


def _help_of(context: Any) -> str:  # noqa: ANN401
    return (context.command.help or "").strip()


def _section(context: Any) -> str:  # noqa: ANN401
    usage = " ".join([context.command_path, *context.command.collect_usage_pieces(context)])
    rows = ((f"`{_spelled(param)}`", param.help or "") for param in _params(context))
    table = _table(("参数与选项", "含义"), rows)
    return f"## {_name_of(context)}\n\n{_help_of(context)}\n\n```text\n{usage}\n```\n\n{table}"


def _spelled(param: Any) -> str:  # noqa: ANN401
    """问题; --as-of 日期; --help, -h."""
    if param.param_type_name == "argument":
        return str(param.display_name_raw)
    names = ", ".join(sorted(param.opts, key=len, reverse=True))
    return f"{names} {param.metavar}" if param.metavar else names


def _setting(option: Option, flags: set[str]) -> tuple[str, ...]:
    flag = f"--{option.name.replace('_', '-')}"
    return (
        f"`{option.name}`" if option.in_file else f"{option.name}（不能写在 config.toml 里）",
        f"`{option.env}`",
        f"`{flag}`" if flag in flags else "—",
        option.default or "无",
        option.allowed.strip(),
        option.help,
    )


def _keys(record: Record, *, is_command: bool) -> str:
    head = f"{'##' if is_command else '###'} {record.name}"
    table = _table(("键", "含义"), ((f"`{key}`", meaning) for key, meaning in record.keys))
    return "\n\n".join(part for part in (head, record.intro, table) if part)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    printed = ("| " + " | ".join(cell.replace("|", "\\|") for cell in line) + " |" for line in lines)
    return "\n".join(printed).replace("| --- | ", "|---|").replace("--- |", "---|")


# ---- pages ----


def render(page: str) -> str:
    """`page` with what stands between marks made anew; a page without marks is returned as it is.

    Raises:
        DocsError: a mark names nothing that can be generated, or has no counterpart.
    """
    rendered = _BLOCK.sub(_filled, page)
    if len(_MARK.findall(page)) != 2 * len(_BLOCK.findall(page)):
        raise DocsError("a mark <!-- generated: … --> without <!-- end -->, or the other way round")
    return rendered


def _filled(block: re.Match[str]) -> str:
    make = BLOCKS.get(block["name"])
    if make is None:
        raise DocsError(f"nothing is called {block['name']}; known: {', '.join(BLOCKS)}")
    if _MARK.search(block["body"]):
        raise DocsError(f"the mark of {block['name']} is not closed")
    return f"<!-- generated: {block['name']} -->\n\n{make()}\n\n<!-- end -->"


def outdated(root: Path) -> dict[Path, str]:
    """Pages whose generated parts are behind, each with what it should be; empty when all are current."""
    pages = [*sorted((root / "docs").glob("*.md")), root / "README.md"]
    texts = {page: page.read_text(encoding="utf-8") for page in pages if page.is_file()}
    return {page: fresh for page, text in texts.items() if (fresh := render(text)) != text}


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages that are behind; with --check only name them and return 1 when there are any."""
    parser = argparse.ArgumentParser(prog="python -m eval.docs", description="由程序生成文档中的各表")
    parser.add_argument("--check", action="store_true", help="只检查，不写入")
    options = parser.parse_args(arguments)
    if not (ROOT / "docs").is_dir():  # installed, not checked out
        sys.stderr.write(f"{ROOT} 下没有 docs 文件夹；请在源代码目录中运行 make docs。\n")
        return 2
    behind = outdated(ROOT)
    for page, text in behind.items():
        if options.check:
            sys.stderr.write(f"{page.relative_to(ROOT)} 与程序不一致，请运行 make docs。\n")
        else:
            page.write_text(text, encoding="utf-8")
            sys.stdout.write(f"已更新 {page.relative_to(ROOT)}\n")
    return int(options.check and bool(behind))


if __name__ == "__main__":
    sys.exit(main())
