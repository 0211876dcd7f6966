"""`cewen index`, `documents`, `clauses`, `add`, `remove`: what the library holds. Thin, as `ui.cli`."""

from __future__ import annotations

import typer

from indexing.titles import titled
from ui.opening import lookup_in, open_index, say_notices, settings_of
from ui.options import AsJson, Corpus, Doc, Home, Paths, Restore, WithPhrasings
from ui.printing import print_json, print_sentence
from ui.usage import EXIT_FAILED, EXIT_MISTAKE, CallerMistake, register


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    register(app, "index", "建立或更新索引，并读入随附的政策文件。", index)
    register(app, "documents", "列出资料库里的文件。", documents)
    register(app, "clauses", "列出一份或全部文件的条款。", clauses)
    register(app, "add", "添加文件，并逐个报告结果。", add)
    register(app, "remove", "从资料库中移除一份文件。", remove)


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
        print_json(jsonl.index_object(n_documents, n_clauses, settings.home, read))
    else:
        print_sentence(f"索引可用：{n_documents} 份文件，{n_clauses} 个条款，保存在 {settings.home}。")
    raise typer.Exit(code if opened.is_complete else EXIT_FAILED)


def documents(
    ctx: typer.Context, *, as_json: AsJson = False, home: Home = None, corpus: Corpus = None
) -> None:
    """List the documents."""
    from ui import jsonl, reports

    opened = open_index(ctx, settings_of(ctx, home=home, corpus=corpus))
    listed = [(document, len(opened.clauses(document.doc_id))) for document in opened.documents()]
    if as_json:
        print_json(jsonl.documents_array(listed))
    else:
        reports.print_documents(reports.terminal(), listed)


def clauses(
    ctx: typer.Context, *, doc: Doc = None, as_json: AsJson = False, home: Home = None, corpus: Corpus = None
) -> None:
    """List the clauses of one document or of all."""
    from ui import jsonl, reports

    opened = open_index(ctx, settings_of(ctx, home=home, corpus=corpus))
    chosen = opened.find(doc) if doc is not None else None
    listed = opened.clauses(chosen)
    if as_json:
        print_json(jsonl.clauses_array(listed, lookup_in(opened)))
    else:
        reports.print_clauses(reports.terminal(), listed)


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
        print_json(jsonl.file_reports_array(done))
    if phrasings:
        from ui.phrasing import write_phrasings

        write_phrasings(opened, settings, done)
    raise typer.Exit(adding.exit_code_of(done, failed=EXIT_MISTAKE))


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
        print_json(jsonl.removed_object(removed))
    else:
        print_sentence(f"已移除{titled(removed.title)}（{removed.doc_id}）。")
