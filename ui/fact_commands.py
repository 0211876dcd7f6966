"""`cewen facts …` and `cewen check`: thin, as `ui.cli`, which hangs them onto the command line."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from ui.options import AsJson, AsOf, City, Corpus, Home
from ui.printing import print_json
from ui.usage import EXIT_MISTAKE, CallerMistake, ChineseCommand, ChineseGroup

facts_app = typer.Typer(
    cls=ChineseGroup,
    add_completion=False,
    subcommand_metavar="命令",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["--help", "-h"]},
)

_ARGUMENTS, _PANEL = "参数", "选项"
FactsFile = Annotated[
    Path | None,
    typer.Argument(
        readable=False,
        metavar="事实表",
        rich_help_panel=_ARGUMENTS,
        help="写有项目事实的 .yaml、.json、.txt、.md、.xlsx 或 .docx 文件。",
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        readable=False,
        metavar="文件",
        rich_help_panel=_PANEL,
        help="另存为 .yaml、.json 或 .xlsx；不覆盖已有的文件。",
    ),
]
Everything = Annotated[bool, typer.Option("--all", rich_help_panel=_PANEL, help="也列出不适用的规则。")]


@facts_app.command(
    "read",
    help="读出一份材料里的项目事实，逐项列出依据的原话。",
    cls=ChineseCommand,
    options_metavar="[选项]",
    rich_help_panel="命令",
)
def facts_read(*, file: FactsFile = None, out: Out = None, as_json: AsJson = False) -> None:
    """Show how each fact was read; exit code 2 when some words could not be used."""
    from assistant.facts.reading import read_facts
    from ui import fact_json, fact_reports, reports

    reading = read_facts(_required(file))
    if as_json:
        print_json(fact_json.reading_object(reading, _required(file).name))
    else:
        fact_reports.print_reading(reports.terminal(), reading)
    if out is not None:
        _save(out, reading)
    raise typer.Exit(EXIT_MISTAKE if reading.has_errors else 0)


@facts_app.command(
    "form",
    help="生成一份空白的事实表，供填写。",
    cls=ChineseCommand,
    options_metavar="[选项]",
    rich_help_panel="命令",
)
def facts_form(*, city: City = None, out: Out = None) -> None:
    """Write an empty workbook with the facts that rules of a place use."""
    from assistant.facts.export import form_specs, to_workbook
    from assistant.facts.types import FactSheet
    from assistant.rules.rulebook import documents_for

    if out is None or out.suffix.lower() != ".xlsx":
        raise CallerMistake(
            "请用 --out 给出要生成的文件，例如：cewen facts form --city 重庆 --out 事实表.xlsx。"
        )
    place = _place(city)
    documents = documents_for(place)
    used = {
        name
        for document in documents
        for rule in document.rules
        for part in (rule.when, rule.check)
        if part
        for name in part.names
    }
    _write(out, to_workbook(FactSheet(), form_specs(place, _stated(used))))


@facts_app.command(
    "schema",
    help="输出事实表的 JSON Schema。",
    cls=ChineseCommand,
    options_metavar="[选项]",
    rich_help_panel="命令",
)
def facts_schema() -> None:
    """Print the JSON schema of a fact sheet with typed values."""
    import json

    from assistant.facts.schema import json_schema

    print_json(json.dumps(json_schema(), ensure_ascii=False, indent=2))


def check(
    ctx: typer.Context,
    *,
    file: FactsFile = None,
    city: City = None,
    as_of: AsOf = None,
    everything: Everything = False,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Hold a fact sheet against the rules of its place and of the nation."""
    from assistant.facts.reading import read_facts
    from assistant.rules.checking import check_facts, clause_hashes
    from ui import fact_json, fact_reports, reports
    from ui.opening import open_index, settings_of

    reading = read_facts(_required(file))
    opened = open_index(ctx, settings_of(ctx, home=home, corpus=corpus))
    wording = clause_hashes((clause.clause_id, clause.text_hash) for clause in opened.clauses())
    report = check_facts(reading.sheet, as_of or date.today(), _place(city), wording)
    if as_json:
        print_json(fact_json.report_object(report, reading, _required(file).name))
        return
    console = reports.terminal()
    fact_reports.print_report(console, report, reading, everything=everything)


def _required(file: Path | None) -> Path:
    if file is None:
        raise CallerMistake("请给出写有项目事实的文件，例如：cewen facts read 项目情况.docx。")
    return file.expanduser()


def _place(city: str | None) -> str | None:
    """The GB/T 2260 code of the place named after `--city`; None without one."""
    from assistant.facts.numbers import BadWords
    from assistant.facts.values import read_place

    try:
        return read_place(city) if city is not None else None
    except BadWords as exc:
        raise CallerMistake(f"--city {exc}。") from exc


def _stated(keys: set[str]) -> set[str]:
    """The facts people state behind the ones rules name."""
    from assistant.rules.checking import stated_keys

    return set(stated_keys(tuple(keys)))


def _save(out: Path, reading: object) -> None:
    from assistant.facts.export import to_json, to_workbook, to_yaml
    from assistant.facts.types import Reading

    if not isinstance(reading, Reading):
        raise TypeError("a Reading is saved")
    suffix = out.suffix.lower()
    if suffix == ".xlsx":
        _write(out, to_workbook(reading.sheet))
    elif suffix in (".yaml", ".yml"):
        _write(out, to_yaml(reading.sheet).encode("utf-8"))
    elif suffix == ".json":
        _write(out, to_json(reading.sheet).encode("utf-8"))
    else:
        raise CallerMistake(f"--out 的 {out.name} 应是 .yaml、.json 或 .xlsx 文件。")


def _write(out: Path, data: bytes) -> None:
    from indexing.files import reason
    from ui.usage import say

    try:
        with out.expanduser().open("xb") as file:
            file.write(data)
    except FileExistsError as exc:
        raise CallerMistake(f"{out} 已存在，没有覆盖；请换一个文件名。") from exc
    except OSError as exc:
        raise CallerMistake(f"写不了文件 {out}（{reason(exc)}），请检查路径和权限。") from exc
    say(f"已保存到 {out}。")
