"""What people have checked: for a topic and a document, the cell as it should be, and who says so when.

One JSON object a line, in `corpus/norms/*.jsonl` (shipped) and `$CEWEN_HOME/norms/*.jsonl` (the user's
own, which go before); of two on the same topic and document the later counts, so a file is its own
history. Everything works without either folder.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from assistant.comparing.correcting import Correction
from assistant.comparing.types import SAID, CellStatus
from assistant.errors import ReviewError
from assistant.norms import Operator, Strength
from indexing.files import reason
from indexing.home import Home, make_private_dir

FOLDER = "norms"
OWN_FILE = "reviewed.jsonl"
MOST_REVIEWER_CHARS = 40
_STATUSES = SAID | {CellStatus.SILENT}


@dataclass(frozen=True, slots=True)
class ReviewedQuote:
    """A sentence that speaks to the topic, and the wording of the clause it was checked in."""

    path: str
    text_hash: str  # of the clause; another wording voids the review
    quote: str  # verbatim
    strength: Strength


@dataclass(frozen=True, slots=True)
class ReviewedFigure:
    """A figure as it should be read; `words` and `printed` are verbatim parts of its quote."""

    operator: Operator
    value: Decimal
    high: Decimal | None
    unit: str
    is_approximate: bool
    strength: Strength
    printed: str
    words: str
    subject: str | None
    basis: tuple[str, ...]
    quote: int  # which of the quotes it stands in


@dataclass(frozen=True, slots=True)
class Review:
    """What a person has confirmed that one document says to one topic."""

    topic: str  # Topic.id
    doc_id: str
    status: CellStatus  # never 未检出规定
    strength: Strength | None
    quotes: tuple[ReviewedQuote, ...]
    figures: tuple[ReviewedFigure, ...]
    bodies: tuple[str, ...]
    dates: tuple[str, ...]
    cited: tuple[str, ...]
    text_hash: str | None  # of the whole document, for silence
    reviewer: str
    reviewed_on: date
    note: str | None = None
    is_withdrawn: bool = False  # what is extracted counts again

    def __post_init__(self) -> None:
        if not self.reviewer.strip() or len(self.reviewer) > MOST_REVIEWER_CHARS:
            raise ReviewError(f"请写明核对人（{MOST_REVIEWER_CHARS} 字以内）。")
        if self.is_withdrawn:
            return
        if self.status not in _STATUSES or (self.status in SAID) != bool(self.quotes):
            raise ReviewError(f"核对为“{self.status}”的一格要有原文，核对为“未规定”的不能有，请检查后重试。")
        if (self.status is CellStatus.SILENT) != (self.text_hash is not None):
            raise ReviewError("核对为“未规定”时要记下文件全文的散列值，其余状态不记，请检查后重试。")
        if any(not 0 <= figure.quote < len(self.quotes) for figure in self.figures):
            raise ReviewError("核对记录中的数值没有对应的原文，请检查后重试。")


@dataclass(frozen=True, slots=True)
class Check:
    """What a person says of a cell: it is right as shown, or what of it is not."""

    reviewer: str
    day: date
    status: CellStatus | None = None  # the right one, where the one shown is wrong
    without: tuple[str, ...] = ()  # figures, as printed, that do not belong to the topic
    note: str | None = None
    is_withdrawn: bool = False  # take the review back; what code extracts counts again
    corrections: tuple[Correction, ...] = ()  # figures that should be read otherwise


@dataclass(frozen=True, slots=True)
class Reviews:
    """The reviews in force, by topic and document; `notes` are sentences on lines that were left out."""

    held: Mapping[tuple[str, str], Review]
    notes: tuple[str, ...] = ()

    def of(self, topic: str, doc_id: str) -> Review | None:
        """The review of a topic in a document, None where nobody has made one."""
        found = self.held.get((topic, doc_id))
        return None if found is None or found.is_withdrawn else found


NO_REVIEWS = Reviews({})


def read_reviews(folders: Iterable[Path]) -> Reviews:
    """The reviews below these folders (`norms/*.jsonl`), later ones first; empty where there are none.

    A line that cannot be read is left out and named in `notes`: the others still count.
    """
    held: dict[tuple[str, str], Review] = {}
    notes: list[str] = []
    for folder in folders:
        for file in sorted((folder / FOLDER).glob("*.jsonl")):
            for number, line in _lines(file, notes):
                try:
                    review = read_review(json.loads(line))
                except (ValueError, KeyError, TypeError, InvalidOperation, ReviewError):
                    notes.append(
                        f"核对记录 {file.name} 第 {number} 行不是规定的格式，没有采用，请改正或删去。"
                    )
                    continue
                held[review.topic, review.doc_id] = review
    return Reviews(held, tuple(notes))


def _lines(file: Path, notes: list[str]) -> Iterator[tuple[int, str]]:
    try:
        text = file.read_bytes().decode("utf-8", "replace")
    except OSError as exc:
        notes.append(f"核对记录 {file.name} 读不了（{reason(exc)}），没有采用。")
        return
    yield from ((n, line) for n, line in enumerate(text.split("\n"), start=1) if line.strip())


def read_review(row: Mapping[str, Any]) -> Review:
    """A review from the object that `as_object` made.

    Raises:
        ValueError, KeyError, TypeError, InvalidOperation: it is not of that form.
        ReviewError: it contradicts itself.
    """
    strength = row.get("strength")
    return Review(
        topic=_text(row["topic"]),
        doc_id=_text(row["doc_id"]),
        status=CellStatus(row["status"]),
        strength=Strength(strength) if strength is not None else None,
        quotes=tuple(map(_quote, row.get("quotes", ()))),
        figures=tuple(map(_figure, row.get("figures", ()))),
        bodies=_texts(row, "bodies"),
        dates=_texts(row, "dates"),
        cited=_texts(row, "cited"),
        text_hash=row.get("text_hash"),
        reviewer=_text(row["reviewer"]),
        reviewed_on=date.fromisoformat(row["reviewed_on"]),
        note=row.get("note"),
        is_withdrawn=row.get("withdrawn") is True,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError(type(value).__name__)
    return value


def _texts(row: Mapping[str, Any], key: str) -> tuple[str, ...]:
    return tuple(map(_text, row.get(key, ())))


def _quote(row: Mapping[str, Any]) -> ReviewedQuote:
    return ReviewedQuote(
        _text(row["path"]), _text(row["text_hash"]), _text(row["quote"]), Strength(row["strength"])
    )


def _figure(row: Mapping[str, Any]) -> ReviewedFigure:
    value, high = Decimal(row["value"]), row.get("high")
    if not value.is_finite():
        raise ValueError(row["value"])
    return ReviewedFigure(
        operator=Operator(row["operator"]),
        value=value,
        high=Decimal(high) if high is not None else None,
        unit=_text(row["unit"]),
        is_approximate=row.get("is_approximate") is True,
        strength=Strength(row["strength"]),
        printed=_text(row["printed"]),
        words=_text(row["words"]),
        subject=row.get("subject"),
        basis=_texts(row, "basis"),
        quote=int(row["quote"]),
    )


def as_object(review: Review) -> dict[str, Any]:
    """A review as it is written to a file; what is empty is left out."""
    row: dict[str, Any] = {
        "topic": review.topic,
        "doc_id": review.doc_id,
        "status": review.status.value,
        "strength": review.strength.value if review.strength else None,
        "quotes": [
            {"path": one.path, "text_hash": one.text_hash, "quote": one.quote, "strength": one.strength.value}
            for one in review.quotes
        ],
        "figures": [_figure_object(one) for one in review.figures],
        "bodies": list(review.bodies),
        "dates": list(review.dates),
        "cited": list(review.cited),
        "text_hash": review.text_hash,
        "reviewer": review.reviewer,
        "reviewed_on": review.reviewed_on.isoformat(),
        "note": review.note,
        "withdrawn": review.is_withdrawn or None,
    }
    return {key: value for key, value in row.items() if value not in (None, [])}


def _figure_object(figure: ReviewedFigure) -> dict[str, Any]:
    row: dict[str, Any] = {
        "operator": figure.operator.value,
        "value": format(figure.value, "f"),
        "high": format(figure.high, "f") if figure.high is not None else None,
        "unit": figure.unit,
        "is_approximate": figure.is_approximate or None,
        "strength": figure.strength.value,
        "printed": figure.printed,
        "words": figure.words,
        "subject": figure.subject,
        "basis": list(figure.basis),
        "quote": figure.quote,
    }
    return {key: value for key, value in row.items() if value not in (None, [])}


def write_reviews(home: Home, reviews: Sequence[Review]) -> None:
    """Add reviews to the user's own file, at its end; what stood there stays as history.

    Raises:
        HomeUnusable: the home cannot be written.
        HomeBusy: another process holds it.
        ReviewError: the file cannot be written.
    """
    lines = "".join(json.dumps(as_object(one), ensure_ascii=False) + "\n" for one in reviews)
    with home.lock():
        make_private_dir(home.path / FOLDER)
        append_lines(home.path / FOLDER / OWN_FILE, lines)


def append_lines(file: Path, lines: str) -> None:
    """Append whole lines, on disk before this returns; after a torn last line they begin a new one.

    Raises:
        ReviewError: the file cannot be written.
    """
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "r+b") as stream:
            size = stream.seek(0, os.SEEK_END)
            is_torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
            stream.write((("\n" if is_torn else "") + lines).encode("utf-8", "replace"))
            stream.flush()
            os.fsync(descriptor)
    except OSError as exc:
        raise ReviewError(f"写不了 {file}（{reason(exc)}），没有保存，请检查磁盘和权限后重试。") from exc
