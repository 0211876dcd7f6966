"""`cewen`: the command line. Thin: options in, one call, a report or JSON out.

Only typer loads here; the assistant, the index and the page are imported inside
the command that needs them, so that `cewen ask` starts quickly.
"""

from __future__ import annotations

import gc
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import typer

from indexing.errors import PolicyAssistantError
from indexing.files import reason
from indexing.types import SearchMode
from ui import compare_commands, draft_commands, layout_commands
from ui.drafts_changing import drafts_app
from ui.fact_commands import check, facts_app
from ui.logs import record_failure
from ui.opening import Told, filters_for, lookup_in, open_assistant, open_index, say_notices, settings_of
from ui.options import (
    AllowRemote,
    AsCsv,
    AsDocx,
    AsJson,
    AsMarkdown,
    AsOf,
    AsXlsx,
    Batch,
    Cities,
    City,
    Corpus,
    Doc,
    Documents,
    Explain,
    ExplainAnswer,
    Home,
    Host,
    Mode,
    Only,
    Part,
    Paths,
    Port,
    Question,
    Restore,
    Then,
    Topics,
    TopK,
    Unreviewed,
    WithPhrasings,
)
from ui.setting_flags import given_settings, with_setting_flags
from ui.usage import (
    EXIT_FAILED,
    EXIT_MISTAKE,
    CallerMistake,
    ChineseCommand,
    Doorway,
    Session,
    checked_query,
    checked_question,
    exit_code,
)

if TYPE_CHECKING:
    from assistant.conversation import Turn
    from ui.jsonl import BatchQuestion

# Starting makes some 300,000 objects that nearly all stay. Looking through them every 700, as Python
# does by itself, takes a tenth of the time to the first answer.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000

app = typer.Typer(
    cls=Doorway,
    add_completion=False,
    invoke_without_command=True,
    subcommand_metavar="命令",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _command(name: str, summary: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """A command with a Chinese help text; its docstring is for those who read the code."""
    return app.command(
        name, help=summary, cls=ChineseCommand, options_metavar="[选项]", rich_help_panel="命令"
    )


@app.callback(help="策问：逐句有条款依据的政策助手。")
@with_setting_flags
def _start(ctx: typer.Context, home: Home = None, corpus: Corpus = None, **settings: str | None) -> None:
    session = ctx.ensure_object(Session)
    session.home, session.corpus = home, corpus
    session.flags = given_settings(settings)
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


@_command("index", "建立或更新索引，并读入随附的政策文件。")
def index(
    ctx: typer.Context,
    *,
    restore: Restore = False,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Bring the library up to date with the shipped documents, then the index."""
    from ui import adding, jsonl

    settings = settings_of(ctx, home=home, corpus=corpus)
    opened = open_index(ctx, settings, ready=False)
    read = adding.refresh(opened, restore=restore, quiet=as_json)
    say_notices(opened, told=[report.message for report in read])
    n_documents, n_clauses = len(opened.documents()), len(opened.clauses())
    code = adding.exit_code_of(read, failed=EXIT_FAILED)
    if as_json:
        _print_json(jsonl.index_object(n_documents, n_clauses, settings.home, read))
    else:
        _print(f"索引可用：{n_documents} 份文件，{n_clauses} 个条款，保存在 {settings.home}。")
    raise typer.Exit(code if opened.is_complete else EXIT_FAILED)


@_command("documents", "列出资料库里的文件。")
def documents(
    ctx: typer.Context, *, as_json: AsJson = False, home: Home = None, corpus: Corpus = None
) -> None:
    """List the documents."""
    from ui import jsonl, reports

    opened = open_index(ctx, settings_of(ctx, home=home, corpus=corpus))
    listed = [(document, len(opened.clauses(document.doc_id))) for document in opened.documents()]
    if as_json:
        _print_json(jsonl.documents_array(listed))
    else:
        reports.print_documents(reports.terminal(), listed)


@_command("clauses", "列出一份或全部文件的条款。")
def clauses(
    ctx: typer.Context, *, doc: Doc = None, as_json: AsJson = False, home: Home = None, corpus: Corpus = None
) -> None:
    """List the clauses of one document or of all."""
    from ui import jsonl, reports

    opened = open_index(ctx, settings_of(ctx, home=home, corpus=corpus))
    chosen = opened.find(doc) if doc is not None else None
    listed = opened.clauses(chosen)
    if as_json:
        _print_json(jsonl.clauses_array(listed, lookup_in(opened)))
    else:
        reports.print_clauses(reports.terminal(), listed)


@_command("add", "添加文件，并逐个报告结果。")
def add(
    ctx: typer.Context,
    *,
    paths: Paths = None,
    phrasings: WithPhrasings = False,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Add files and report on each; with `phrasings` a language model then writes for their clauses."""
    if not paths:
        raise CallerMistake("请给出要添加的文件或文件夹，例如：cewen add 某某办法.txt。")
    from ui import adding, jsonl

    settings = settings_of(ctx, home=home, corpus=corpus)
    opened = open_index(ctx, settings)
    told = opened.notices
    done = adding.add_files(opened, paths, quiet=as_json)
    say_notices(opened, told=told)
    if as_json:
        _print_json(jsonl.file_reports_array(done))
    if phrasings:
        from ui.phrasing import write_phrasings

        write_phrasings(opened, settings, done)
    raise typer.Exit(adding.exit_code_of(done, failed=EXIT_MISTAKE))


@_command("remove", "从资料库中移除一份文件。")
def remove(
    ctx: typer.Context, *, doc: Doc = None, as_json: AsJson = False, home: Home = None, corpus: Corpus = None
) -> None:
    """Remove a document."""
    from ui import jsonl

    if doc is None:
        raise CallerMistake("请给出要移除的文件的文号、标识或标题；运行 cewen documents 可以查看。")
    opened = open_index(ctx, settings_of(ctx, home=home, corpus=corpus))
    removed = opened.remove(doc)
    if as_json:
        _print_json(jsonl.removed_object(removed))
    else:
        _print(f"已移除《{removed.title}》（{removed.doc_id}）。")


@_command("search", "查找相关条款。")
def search(
    ctx: typer.Context,
    *,
    query: Question = None,
    batch: Batch = None,
    as_of: AsOf = None,
    city: City = None,
    part: Part = None,
    top_k: TopK = 10,
    mode: Mode = SearchMode.HYBRID,
    explain: Explain = False,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Find clauses."""
    from ui import jsonl, reports

    typed = _typed_question(query, batch, checked_query)
    settings = settings_of(ctx, home=home, corpus=corpus)
    opened = open_index(ctx, settings)
    lookup, filters = lookup_in(opened), filters_for(opened, city, part, as_of or date.today())
    told = Told(opened.notices)

    def found(one: BatchQuestion) -> str:
        hits = opened.search(checked_query(one.question), top_k=top_k, mode=mode, filters=filters)
        told.say_new(opened.notices)
        return jsonl.hits_line(hits, lookup, one.id, explain=explain)

    if batch is not None:
        keys = ("question", "query")
        raise typer.Exit(_answer_batch(settings.home, batch, keys, found, jsonl.refused_hits_line))
    hits = opened.search(typed, top_k=top_k, mode=mode, filters=filters)
    told.say_new(opened.notices)
    if as_json:
        _print_json(jsonl.hits_line(hits, lookup, explain=explain))
    else:
        reports.print_hits(reports.terminal(), hits, lookup, explain=explain)


@_command("ask", "回答问题，并列出每句话所依据的条款。")
def ask(
    ctx: typer.Context,
    *,
    question: Question = None,
    batch: Batch = None,
    then: Then = None,
    as_of: AsOf = None,
    city: City = None,
    part: Part = None,
    explain: ExplainAnswer = False,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Answer a question and what is asked behind it, or each line of a batch."""
    from assistant.conversation import turn_of
    from ui import jsonl, reports

    typed = _typed_question(question, batch, checked_question)
    following = [checked_question(one) for one in then or ()]
    if following and batch is not None:
        raise CallerMistake("--then 不能与 --batch 同用，请去掉其中一个。")
    settings = settings_of(ctx, home=home, corpus=corpus)
    assistant = open_assistant(ctx, settings)
    lookup, day = lookup_in(assistant.index), as_of or date.today()
    filters = filters_for(assistant.index, city, part, None)
    told = Told(assistant.index.notices)

    def answered(one: BatchQuestion) -> str:
        answer = assistant.ask(checked_question(one.question), as_of=day, filters=filters)
        told.say_new(answer.notices)
        return jsonl.answer_line(answer, lookup, one.id, explain=explain)

    if batch is not None:
        keys = ("question",)
        raise typer.Exit(_answer_batch(settings.home, batch, keys, answered, jsonl.refused_answer_line))
    turns: tuple[Turn, ...] = ()
    for number, one in enumerate((typed, *following)):
        answer = assistant.ask(one, as_of=day, filters=filters, history=turns)
        turns = (*turns, turn_of(answer))
        told.say_new(answer.notices)
        if as_json:
            _print_json(jsonl.answer_line(answer, lookup, explain=explain))
            continue
        if number:
            _print(f"\n问：{one}")
        reports.print_answer(reports.terminal(), answer, lookup)
        if explain:
            reports.print_explanation(reports.terminal(), answer, lookup)


@_command("compare", "逐主题比对各地规定：数值、力度、有无，以及相对国家的严宽。")
def compare(
    ctx: typer.Context,
    *,
    topics: Topics = None,
    cities: Cities = None,
    documents: Documents = None,
    as_of: AsOf = None,
    as_json: AsJson = False,
    as_markdown: AsMarkdown = None,
    as_csv: AsCsv = None,
    as_xlsx: AsXlsx = None,
    as_docx: AsDocx = None,
    only: Only = None,
    unreviewed: Unreviewed = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Set places or documents side by side, and write what was asked for."""
    from assistant.comparing.choosing import narrowed
    from ui import comparing

    outputs = comparing.checked_outputs(as_markdown, as_csv, as_xlsx, as_docx, as_json=as_json)
    conditions = comparing.conditions_in(only or ())
    assistant = open_assistant(ctx, settings_of(ctx, home=home, corpus=corpus))
    compared = assistant.compare(
        topics or (),
        cities=comparing.places_in(cities or ()),
        documents=documents or (),
        as_of=as_of,
        reviewed=not unreviewed,
    )
    compared = narrowed(compared, conditions)
    for saved in comparing.write(compared, outputs):
        _print(saved)
    if as_json:
        from ui.comparison_json import comparison_line

        _print_json(comparison_line(compared))
    elif not outputs:
        from ui import reports

        comparing.print_comparison(reports.terminal(), compared)


@_command("serve", "打开网页服务，默认 http://127.0.0.1:7860。")
def serve(
    ctx: typer.Context,
    *,
    host: Host = None,
    port: Port = None,
    allow_remote: AllowRemote = False,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Serve the page until interrupted."""
    settings = settings_of(ctx, home=home, corpus=corpus, host=host, port=port)
    from ui import jsonl, server

    def announce(url: str) -> None:
        if as_json:
            _print_json(jsonl.serving_object(url))
        else:
            _print(f"策问已就绪，请用浏览器打开 {url}（按 Ctrl+C 停止）。")

    server.serve(settings, announce, allow_remote=allow_remote)


app.add_typer(drafts_app, name="drafts", help="查看、修改、导出保存的草稿。", rich_help_panel="命令")
app.add_typer(facts_app, name="facts", help="读出、整理项目事实。", rich_help_panel="命令")
_command("check", "用辖区和国家的规则核对一份事实表，逐条列出依据。")(check)
draft_commands.add_to(app)
layout_commands.add_to(app)
compare_commands.add_to(app)


def _typed_question(question: str | None, batch: Path | None, check: Callable[[str | None], str]) -> str:
    """The question on the command line as `check` lets it pass, "" when a batch is given instead.

    Raises:
        CallerMistake: there are both, or `check` refuses the question.
    """
    if batch is not None and question is not None:
        raise CallerMistake("问题和 --batch 只能用一个，请去掉其中一个。")
    return "" if batch is not None else check(question)


def _answer_batch(
    home: Path,
    source: Path,
    keys: tuple[str, ...],
    answer: Callable[[BatchQuestion], str],
    refuse: Callable[[BatchQuestion, str], str],
) -> int:
    """Answer each line as it is read; the exit code: 2 after a bad line, 1 after a failure of ours."""
    from ui import jsonl

    code = 0
    with _lines_of(source) as lines:
        for one in jsonl.read_batch(lines, keys):
            if isinstance(one, jsonl.BadLine):
                code = EXIT_MISTAKE
                _print_json(jsonl.error_line(one.line, one.id, one.reason))
                continue
            try:
                printed = answer(one)
            except CallerMistake as error:
                code = EXIT_MISTAKE
                printed = refuse(one, str(error))
            except PolicyAssistantError as error:
                code = max(code, exit_code(error))
                printed = jsonl.error_line(one.line, one.id, str(error))
            except Exception as error:  # noqa: BLE001 - recorded in the log; the other lines deserve theirs
                code = max(code, EXIT_FAILED)
                printed = jsonl.error_line(one.line, one.id, record_failure(error, home))
            _print_json(printed)
    return code


def _lines_of(source: Path) -> AbstractContextManager[BinaryIO]:
    """The batch file opened for reading; standard input for "-".

    Raises:
        CallerMistake: there is no such file, or it cannot be read.
    """
    if str(source) == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return source.expanduser().open("rb")
    except OSError as exc:
        raise CallerMistake(f"读不了批量文件 {source}（{reason(exc)}），请检查路径和权限。") from exc


def _print_json(text: str) -> None:
    """UTF-8 whatever the locale says, and out at once, so that a pipe can read along."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def _print(sentence: str) -> None:
    from ui import reports

    reports.terminal().print(sentence)


def main() -> None:
    """The `cewen` program."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    app(prog_name="cewen")


if __name__ == "__main__":
    main()
