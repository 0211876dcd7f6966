"""`cewen search` and `cewen ask`: clauses found, questions answered. Thin, as `ui.cli`."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import typer

from indexing.types import SearchMode
from ui.batches import answer_batch, typed_question
from ui.opening import Told, filters_for, lookup_in, open_assistant, open_index, settings_of
from ui.options import (
    AsJson,
    AsOf,
    Batch,
    City,
    Corpus,
    Explain,
    ExplainAnswer,
    Home,
    Mode,
    Part,
    Question,
    Then,
    TopK,
)
from ui.printing import print_json, print_sentence
from ui.usage import CallerMistake, checked_query, checked_question, register

if TYPE_CHECKING:
    from assistant.conversing.conversation import Turn
    from ui.jsonl import BatchQuestion


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    register(app, "search", "查找相关条款。", search)
    register(app, "ask", "回答问题，并列出每句话所依据的条款。", ask)


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

    typed = typed_question(query, batch, checked_query)
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
        raise typer.Exit(answer_batch(settings.home, batch, keys, found, jsonl.refused_hits_line))
    hits = opened.search(typed, top_k=top_k, mode=mode, filters=filters)
    told.say_new(opened.notices)
    if as_json:
        print_json(jsonl.hits_line(hits, lookup, explain=explain))
    else:
        reports.print_hits(reports.terminal(), hits, lookup, explain=explain)


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
    from assistant.conversing.conversation import turn_of
    from ui import jsonl, reports

    typed = typed_question(question, batch, checked_question)
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
        raise typer.Exit(answer_batch(settings.home, batch, keys, answered, jsonl.refused_answer_line))
    turns: tuple[Turn, ...] = ()
    for number, one in enumerate((typed, *following)):
        answer = assistant.ask(one, as_of=day, filters=filters, history=turns)
        turns = (*turns, turn_of(answer))
        told.say_new(answer.notices)
        if as_json:
            print_json(jsonl.answer_line(answer, lookup, explain=explain))
            continue
        if number:
            print_sentence(f"\n问：{one}")
        reports.print_answer(reports.terminal(), answer, lookup)
        if explain:
            reports.print_explanation(reports.terminal(), answer, lookup)
