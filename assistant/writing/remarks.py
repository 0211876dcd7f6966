"""What a reader should know of the texts an answer rests on: reviewed remarks, and targets that are past.

Remarks are data (`corpus/remarks/*.toml`): places that are silent, loose or at odds with another,
each named by address and by words that stand there. Without the data nothing is remarked and
everything else works.
"""

from __future__ import annotations

import calendar
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from importlib import resources
from typing import Any

from assistant.errors import AssistantError
from assistant.library import Library
from assistant.types import Citation, Statement
from assistant.writing.citing import cite
from indexing.folding import fold_tight
from prompts.library import fill

MOST = 1
"""Remarks shown behind one statement: the first in order of the files."""

# "到 2025 年", "2024年12月底前", "2025年底前", 纳入"2024年市政府民生实事考核";
# not "2025年1月13日", "〔2024〕11号", "自2024年4月8日起"
_TARGET = re.compile(
    r"(?:(?:到|至|截至)\s*(?P<till>20\d\d)\s*年(?!\s*\d)(?:底|末)?"
    r"|(?<!\d)(?P<year>20\d\d)\s*年\s*(?:(?P<month>\d{1,2})\s*月)?\s*(?:底|末)?\s*(?:之?前|内)"
    r"|(?<=纳入)(?P<test>20\d\d)\s*年度?[^，,。；;、\d]{0,12}(?:考核|计划|实事))"
)


@dataclass(frozen=True, slots=True)
class Place:
    """Words that stand in a clause."""

    doc_id: str
    path: str
    words: str


@dataclass(frozen=True, slots=True)
class Remark:
    """A sentence on places; shown where an answer cites one and what was asked says a word of `when`."""

    text: str
    when: tuple[str, ...]
    about: tuple[Place, ...]


@cache
def shipped_remarks() -> tuple[Remark, ...]:
    """All remarks of `corpus/remarks`, files and remarks in order; empty where there are none.

    Raises:
        AssistantError: a file is not of the form that `library.toml` describes.
    """
    folder = resources.files("corpus").joinpath("remarks")
    if not folder.is_dir():
        return ()
    out: list[Remark] = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".toml"):
            try:
                out += read_remarks(file.read_text(encoding="utf-8"))
            except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as exc:
                raise AssistantError(
                    f"条文提示 {file.name} 的写法有误（{exc}），请改正或重新安装策问。"
                ) from exc
    return tuple(out)


def read_remarks(text: str) -> list[Remark]:
    """The remarks of one file.

    Raises:
        tomllib.TOMLDecodeError, KeyError, TypeError, ValueError: it is of another form.
    """
    return [
        Remark(str(row["text"]), tuple(map(str, row["when"])), tuple(map(_place, row["about"])))
        for row in tomllib.loads(text).get("remark", [])
    ]


def with_remarks(
    statement: Statement, library: Library, remarks: Sequence[Remark], asked: Sequence[str]
) -> Statement:
    """The statement with the remarks that touch it behind its text, at most `MOST`, their places cited.

    Only what was asked is remarked on: `asked` are the parts of the statement that speak to the question.

    A remark one of whose places no longer has its words, or is not in the library, is left out.
    """
    touching = [remark for remark in remarks if _touches(remark, statement, asked)]
    shown = 0
    for remark in touching:
        citations = [_cited(place, library) for place in remark.about]
        found = tuple(citation for citation in citations if citation is not None)
        if shown < MOST and len(found) == len(citations):
            shown += 1
            text = fill("remark", statement=statement.text, text=remark.text)
            statement = replace(statement, text=text, citations=_together(statement.citations, found))
    return statement


def _together(cited: Sequence[Citation], further: Sequence[Citation]) -> tuple[Citation, ...]:
    """Citations, and those of the further ones that none of them quotes already."""
    new = [
        one
        for one in further
        if not any(
            one.doc_id == other.doc_id and other.start <= one.start and one.end <= other.end
            for other in cited
        )
    ]
    return (*cited, *new)


def with_past_targets(statement: Statement, as_of: date) -> Statement:
    """The statement, with a word on targets in its quotes whose day is before `as_of`, where it shows them.

    到 2025 年 is over on the first of January 2026, 2024年12月底前 on that of 2025.
    """
    said = [
        match.group()
        for citation in statement.citations
        for match in _TARGET.finditer(citation.quote)
        if _last_day(match) < as_of and fold_tight(match.group()) in fold_tight(statement.text)
    ]
    if not said:
        return statement
    targets = "”“".join(dict.fromkeys(re.sub(r"\s+", "", one) for one in said))
    return replace(statement, text=fill("past_target", statement=statement.text, targets=targets))


def _place(row: dict[str, Any]) -> Place:
    doc_id, found, path = str(row["clause"]).rpartition("#")
    if not found or not row["words"]:
        raise ValueError(f"clause = {row['clause']!r}")
    return Place(doc_id, path, str(row["words"]))


def _touches(remark: Remark, statement: Statement, asked: Sequence[str]) -> bool:
    """Whether a statement cites one of the places (or around, within it), and what is asked says a `when`."""
    shown, about = fold_tight(statement.text), "|".join(asked)
    words = [fold_tight(word) for word in remark.when]
    if words and not any(word in shown and word in about for word in words):
        return False
    return any(
        citation.doc_id == place.doc_id and _meet(citation.path, place.path)
        for citation in statement.citations
        for place in remark.about
    )


def _meet(one: str, other: str) -> bool:
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")


def _cited(place: Place, library: Library) -> Citation | None:
    clause = library.clause(place.doc_id, place.path)
    at = clause.text.find(place.words) if clause else -1
    if clause is None or at < 0:
        return None
    start = clause.start + at
    span = (start, start + len(place.words))
    return cite(library.document(place.doc_id), library.narrowest(clause, span), *span)


def _last_day(match: re.Match[str]) -> date:
    year = int(match["till"] or match["year"] or match["test"])
    month = int(match["month"] or 12)
    if not 1 <= month <= 12:
        return date.max
    return date(year, month, calendar.monthrange(year, month)[1])
