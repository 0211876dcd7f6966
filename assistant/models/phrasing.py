"""How people might ask for the clauses of a document, written by a language model when it is added.

clauses of a document ──► prompt ──► the model's reply ──read_reply──► phrasings ──► the home, the index

A reply is data from a stranger: it is parsed strictly, what does not look like a question is dropped, and
what is kept is marked as machine-written, searched, and never quoted. Without a model nothing happens.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from assistant.errors import AssistantError
from indexing.folding import fold_tight
from indexing.index import ClauseIndex
from indexing.types import Clause, Document
from prompts.library import phrasing_prompt

MOST = 6
"""Phrasings kept of one clause; those reviewed for the shipped documents are seven or eight."""

MAX_CLAUSES = 400
"""Clauses of one document that a model is asked about in one run, the first ones; each costs a call."""

_MAX_CHARS = 60  # of a phrasing
_MIN_CHARS = 4
_MAX_REPLY_CHARS = 4_000  # a reply of six questions has some 300
_MAX_CLAUSE_CHARS = 1_500  # of a clause that a model reads; what it begins with says what it is about
_MAX_COPIED = 19  # characters of its clause a phrasing may repeat in a row, as for the reviewed ones
_FAILURES = 3  # calls in a row that may fail before the rest is left
_FENCED = re.compile(r"```(?:json)?\s*(.*?)\s*```", re.DOTALL)  # many models cannot do without
_HAN = re.compile("[\u3400-\u9fff]")
# "<b>", a tab, a link; a question has none
_ODD = re.compile(
    r"[<>{}\[\]\\`|]|[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]|https?:|www\.", re.IGNORECASE
)

Complete = Callable[[str], str]
"""A prompt → the model's whole reply. Raises AssistantError where there is none."""


@dataclass(frozen=True, slots=True)
class Phrased:
    """What writing came to for one document."""

    doc_id: str
    n_asked: int  # clauses the model was asked about
    n_written: int  # clauses it gave phrasings for
    n_left: int  # clauses that have none even so; a second call asks about them
    trouble: str | None  # a Chinese sentence on the last call that failed, None when none did


def phrase_document(
    index: ClauseIndex,
    doc_id: str,
    complete: Complete,
    author: str,
    progress: Callable[[int, int], None] = lambda *_: None,
) -> Phrased:
    """Have phrasings written for the clauses of a document that have none, and keep them.

    What was written stays when the rest fails or is interrupted; a second call goes on from there.

    Args:
        index: holds the document, and keeps the phrasings.
        doc_id: of a current document.
        complete: asks the model.
        author: the model's name, for the mark.
        progress: told how many of how many clauses are done.

    Raises:
        HomeUnusable, HomeBusy: the home cannot be written.
    """
    document = index.document(doc_id)
    lacking = [] if document is None else _lacking(index.clauses(doc_id), index)
    wanting = lacking[:MAX_CLAUSES]
    written: dict[str, tuple[str, ...]] = {}
    asked, failures, trouble = 0, 0, None
    try:
        for clause in wanting:
            asked += 1
            try:
                found = read_reply(complete(_prompt(clause, document)), clause.text)
                failures = 0
            except AssistantError as exc:
                found, failures, trouble = (), failures + 1, str(exc)
            if found:
                written[clause.path] = found
            progress(asked, len(wanting))
            if failures >= _FAILURES:
                break
    finally:
        if written:
            index.add_phrasings(doc_id, written, author)
    return Phrased(doc_id, asked, len(written), len(lacking) - len(written), trouble)


def read_reply(reply: str, clause_text: str) -> tuple[str, ...]:
    """The phrasings of a reply, at most `MOST`, in its order; empty where it is not what was asked for.

    It must be one JSON object with the one key `questions`, a list of strings (in a code fence or not).
    Of these only short lines of Chinese without markup, links and long copies of the clause are kept.

    >>> read_reply('{"questions": ["老人吃饭便宜吗", "<b>补助</b>"]}', "社区食堂用水执行居民价格。")
    ('老人吃饭便宜吗',)
    >>> read_reply("好的，以下是问法：1. 老人吃饭便宜吗", "")
    ()
    """
    if len(reply) > _MAX_REPLY_CHARS:
        return ()
    fenced = _FENCED.fullmatch(reply.strip())
    try:
        said = json.loads(fenced.group(1) if fenced else reply)
    except (ValueError, RecursionError):
        return ()
    questions = said.get("questions") if isinstance(said, dict) and set(said) == {"questions"} else None
    if not isinstance(questions, list) or not all(isinstance(one, str) for one in questions):
        return ()
    kept = dict.fromkeys(one.strip() for one in questions if _is_question(one.strip(), clause_text))
    return tuple(kept)[:MOST]


def _is_question(text: str, clause_text: str) -> bool:
    return (
        _MIN_CHARS <= len(text) <= _MAX_CHARS
        and bool(_HAN.search(text))
        and not _ODD.search(text)
        and not text.startswith("#")  # a comment in the file of phrasings
        and not _copies(fold_tight(text), fold_tight(clause_text))
    )


def _copies(text: str, clause_text: str) -> bool:
    """Whether a folded text repeats a long stretch of its clause: it would find what words find anyway."""
    size = _MAX_COPIED + 1
    return any(text[start : start + size] in clause_text for start in range(len(text) - size + 1))


def _lacking(clauses: Iterable[Clause], index: ClauseIndex) -> list[Clause]:
    units = [clause for clause in clauses if clause.is_unit and len(clause.text) > _MIN_CHARS]
    return [clause for clause in units if not index.phrasings_of(clause)]


def _prompt(clause: Clause, document: Document | None) -> str:
    return phrasing_prompt().fill(
        {
            "title": document.title if document else "",
            "headings": " / ".join(clause.headings) or "无",
            "text": clause.text[:_MAX_CLAUSE_CHARS],
            "most": str(MOST),
        }
    )
