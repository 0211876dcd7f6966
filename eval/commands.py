"""`cewen eval`: answers every gold question and reports; `python -m eval.commands` where not installed.

Found by `cewen` through the entry point in pyproject.toml, so that no product module imports
this package. Runs in a home of its own that is thrown away, unless `--home` names one.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from eval.cases import Case, CasesError, CaseType, Register, Split, case_files, read_cases
from indexing.files import reason
from indexing.types import SearchMode
from ui.options import Home, Mode
from ui.usage import CallerMistake, ChineseCommand

if TYPE_CHECKING:
    from eval.report import Report

_PANEL = "选项"
_KINDS: tuple[CaseType | Register, ...] = (*CaseType, *Register)


def _read_kind(text: str) -> CaseType | Register:
    for kind in _KINDS:
        if text == kind.value:
            return kind
    raise typer.BadParameter(f"应是 {'、'.join(_KINDS)} 之一。")


Files = Annotated[
    list[Path] | None,
    typer.Option(
        "--cases",
        readable=False,
        metavar="文件",
        rich_help_panel=_PANEL,
        help="题目文件（.jsonl），可重复；默认用随附的全部题目。",
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        parser=_read_kind,
        metavar="类别",
        rich_help_panel=_PANEL,
        help="只评某类题或某种说法，如 figure、resident，可重复；同为题类或同为说法时取其一，否则须都符合。",
    ),
]
Failures = Annotated[
    bool,
    typer.Option("--failures", rich_help_panel=_PANEL, help="逐题列出没有全对的：应当怎样，结果怎样。"),
]
Held = Annotated[
    bool,
    typer.Option(
        "--held", rich_help_panel=_PANEL, help="连保留题一并列出；看过的保留题不能再算作没见过的题。"
    ),
]
Out = Annotated[
    Path | None,
    typer.Option(
        "--out",
        readable=False,
        metavar="目录",
        rich_help_panel=_PANEL,
        help="把 scores.json 和 scores.md 写入这个目录。",
    ),
]
Plot = Annotated[
    bool, typer.Option("--plot", rich_help_panel=_PANEL, help="另画各题类成绩 by_type.svg，与 --out 同用。")
]
AsJson = Annotated[
    bool, typer.Option("--json", rich_help_panel=_PANEL, help="输出 JSON，键见 docs/evaluation.md。")
]

Task = Annotated[
    str | None,
    typer.Argument(
        metavar="calibrate",
        rich_help_panel="参数",
        help="写上 calibrate 则不评测，而是重新确定“有无依据”的判定参数。",
    ),
]

app = typer.Typer(add_completion=False)


@app.command(
    "eval",
    help="用随附的题目评测检索和回答。",
    cls=ChineseCommand,
    options_metavar="[选项]",
    rich_help_panel="命令",
)
def eval_command(
    ctx: typer.Context,
    *,
    task: Task = None,
    cases: Files = None,
    only: Only = None,
    failures: Failures = False,
    held: Held = False,
    mode: Mode = SearchMode.HYBRID,
    out: Out = None,
    plot: Plot = False,
    as_json: AsJson = False,
    home: Home = None,
) -> None:
    """Read the cases, run them, write and print."""
    if plot and out is None:
        raise CallerMistake("--plot 要与 --out 同用，请给出保存的目录，例如：--out 评测结果 --plot。")
    if only and out is not None:
        raise CallerMistake("--only 只评一部分题目，不能与 --out 同用，请去掉其中一个。")
    if task not in {None, "calibrate"}:
        raise CallerMistake(f"不认识 {task}；评测不必写参数，重新确定判定参数请写 cewen eval calibrate。")
    chosen = _chosen(cases, only)
    if task == "calibrate":
        with tempfile.TemporaryDirectory(prefix="cewen-eval-") as folder:
            _calibrate(ctx, home or Path(folder) / "home", chosen)
        return
    spoken = not (cases or only)
    if home is not None:
        run = _run(ctx, home, chosen, mode, date.today(), spoken=spoken)
    else:
        with tempfile.TemporaryDirectory(prefix="cewen-eval-") as folder:
            run = _run(ctx, Path(folder) / "home", chosen, mode, date.today(), spoken=spoken)
    compared = () if cases or only or mode is not SearchMode.HYBRID else _against_committed(run.report)
    if out is not None:
        _write(run.report, out, plot=plot)
    listed = _listed(run, held=held) if failures else []
    if as_json:
        _print(_json(run.report, listed if failures else None))
    else:
        _print(_text(run, listed if failures else None, compared, held=held))


@dataclass(frozen=True, slots=True)
class _Failing:
    """A failing case, for a program and for people."""

    values: dict[str, object]
    described: str


@dataclass(frozen=True, slots=True)
class _Run:
    """A report, and its failing cases with whether each is held out."""

    report: Report
    failing: tuple[tuple[Split, _Failing], ...]


def _chosen(files: Sequence[Path] | None, only: Sequence[object] | None) -> tuple[Case, ...]:
    """The cases asked for.

    Raises:
        CallerMistake: a file cannot be used, or no case is left.
    """
    try:
        cases = read_cases(files or case_files())
    except CasesError as exc:
        raise CallerMistake(str(exc)) from exc
    types = {kind for kind in only or () if isinstance(kind, CaseType)} or set(CaseType)
    registers = {kind for kind in only or () if isinstance(kind, Register)} or set(Register)
    kept = tuple(case for case in cases if case.type in types and case.register in registers)
    if not kept:
        raise CallerMistake("没有符合条件的题目，请放宽 --only，或用 --cases 指明题目文件。")
    return kept


def _run(
    ctx: typer.Context, home: Path, cases: Sequence[Case], mode: SearchMode, day: date, *, spoken: bool
) -> _Run:
    """Open the library in `home`, check the cases against it, run them; `spoken` the conversations too."""
    from eval.case_checks import check_against
    from eval.clause_gold import parse_score, read_clause_gold
    from eval.code_tree import code_tree_hash
    from eval.conversations import read_conversations, score_conversations, turn_asker
    from eval.failures import describe, failing, values_of
    from eval.harness import assistant_asker, evaluate, index_searcher, library_of
    from eval.report import Report, subject_of, summarise
    from ui.opening import open_assistant, settings_of

    assistant = open_assistant(ctx, settings_of(ctx, home=home, corpus=None))
    index = assistant.index
    library, documents = library_of(index), index.documents()
    try:
        conversations = read_conversations() if spoken else ()
        check_against([*cases, *(turn for each in conversations for turn in each.turns)], library)
    except CasesError as exc:
        raise CallerMistake(str(exc)) from exc
    outcomes = evaluate(cases, library, index_searcher(index, mode), assistant_asker(assistant))
    parse = parse_score(read_clause_gold(), documents, index.clauses())
    subject = subject_of(code_tree_hash(), index.encoder, documents, day)
    told = score_conversations(conversations, library, turn_asker(assistant))
    report = Report(subject, parse, summarise(outcomes), told)
    wrong = failing(outcomes, held=True)
    described = [(one.case.split, _Failing(values_of(one), describe(one, library))) for one in wrong]
    index.close()
    return _Run(report, tuple(described))


def _calibrate(ctx: typer.Context, home: Path, cases: Sequence[Case]) -> None:
    """Learn anew when a clause suffices, write the file, say what it does."""
    from assistant.judging.sufficiency import FILE
    from eval.calibrate import calibrate, write
    from eval.harness import library_of
    from ui.opening import open_assistant, settings_of

    assistant = open_assistant(ctx, settings_of(ctx, home=home, corpus=None))
    try:
        done = calibrate(assistant, cases, library_of(assistant.index), date.today())
        write(done.model, FILE)
    except OSError as exc:
        raise CallerMistake(f"无法重新确定判定参数（{reason(exc)}），请在源码目录中运行。") from exc
    finally:
        assistant.index.close()
    said = (
        f"已写入 {FILE}，门槛 {done.model.phrased.threshold:.3f}。",
        f"可答的 {done.n_answerable} 题：{done.answered:.1%} 作答，{done.rightly:.1%} 首条即对。",
        f"答不了的题：相近的拒答 {done.near_refused:.1%}，无关的拒答 {done.far_refused:.1%}。",
    )
    _print("\n".join(said))


def _listed(run: _Run, *, held: bool) -> list[_Failing]:
    """Failing cases that may be shown."""
    return [failing for split, failing in run.failing if held or split is not Split.HELD]


def _against_committed(report: Report) -> tuple[str, ...]:
    """How the headline scores differ from the committed ones; empty where nothing is committed."""
    from eval.gate import changes, read_committed

    try:
        return tuple(str(change) for change in changes(read_committed(), report))
    except CasesError:  # a first run, before there are any
        return ()


def _write(report: Report, folder: Path, *, plot: bool) -> None:
    """Write the results into `folder`, which is made where it is missing.

    Raises:
        CallerMistake: the folder cannot be written.
    """
    from eval.report import as_json, as_markdown

    files = {
        "scores.json": as_json(report).encode() + b"\n",
        "scores.md": as_markdown(report).encode() + b"\n",
    }
    if plot:
        from eval.plot import plot_by_type

        files["by_type.svg"] = plot_by_type(report)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as exc:
        raise CallerMistake(f"写不了目录 {folder}（{reason(exc)}），请换一个目录或检查权限。") from exc


def _json(report: Report, listed: Sequence[_Failing] | None) -> str:
    """The report on one line; with the failing cases where they were asked for."""
    from eval.report import as_json

    whole = json.loads(as_json(report))
    if listed is not None:
        whole["failures"] = [failing.values for failing in listed]
    return json.dumps(whole, ensure_ascii=False)


def _text(run: _Run, listed: Sequence[_Failing] | None, compared: Sequence[str], *, held: bool) -> str:
    """The tables, what changed since the committed scores, and the failing cases."""
    from eval.report import as_markdown

    blocks = [as_markdown(run.report)]
    if compared:
        blocks.append("与已提交的成绩相比：\n" + "\n".join(f"  {line}" for line in compared))
    if listed is not None:
        blocks += [failing.described for failing in listed]
        hidden = sum(split is Split.HELD for split, _ in run.failing)
        if hidden and not held:
            blocks.append(f"另有 {hidden} 道保留题没有全对，内容不显示；加 --held 可显示。")
    return "\n\n".join(blocks)


def _print(text: str) -> None:
    """UTF-8 whatever the locale says."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """The same from a checkout that is not installed: `python -m eval.commands …`."""
    from ui.cli import app as doorway

    group = typer.main.get_command(doorway)
    group.commands["eval"] = typer.main.get_command(app)  # type: ignore[attr-defined]
    sys.argv[1:1] = ["eval"]
    group.main(prog_name="cewen")


if __name__ == "__main__":
    main()
