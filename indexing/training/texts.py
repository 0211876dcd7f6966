"""The texts that may be trained on, as documents of sentences, without anything held out.

Only public documents (statutes, regulations, reports: 著作权法第五条) and news under Apache-2.0
or MIT are read; the model card names them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from indexing.sentences import split_sentences
from indexing.training.held_out import HeldOut
from indexing.training.question_sets import read_rows


class Kind(StrEnum):
    """What a training text is, as far as pairs are cut from it."""

    LAW = "law"
    POLICY = "policy"
    REPORT = "report"
    BULLETIN = "bulletin"  # 新闻联播: with a title
    NEWS = "news"  # without one


@dataclass(frozen=True, slots=True)
class Text:
    """A document as its lines, each as its sentences; sentences held out are gone, lines left empty too."""

    kind: Kind
    title: str
    date: str  # as its source writes it, "" where it does not
    lines: tuple[tuple[str, ...], ...]

    @property
    def sentences(self) -> Iterator[str]:
        """All sentences in order."""
        return (sentence for line in self.lines for sentence in line)


@dataclass(frozen=True, slots=True)
class _Source:
    kind: Kind
    folder: str
    stem: str


_SOURCES = (
    _Source(Kind.LAW, "laws", "laws"),
    _Source(Kind.POLICY, "policy_docs", "docs"),
    _Source(Kind.REPORT, "gov_reports", "reports"),
    _Source(Kind.BULLETIN, "news", "xinwenlianbo"),
    _Source(Kind.NEWS, "news", "crud_news"),
)
# 【领航中国】共护一江水 → 共护一江水; an advertisement pasted into a news text ends with ×
_TITLE_LABEL = re.compile(r"^【[^】]*】")
_CLUTTER = re.compile(r"广告 [^×。]{0,40}×|^原标题：|[*#]+")


def read_texts(data: Path, held_out: HeldOut) -> Iterator[Text]:
    """Every training text in `data`, source by source in file order.

    Raises:
        OSError: a source is missing.
    """
    for source in _SOURCES:
        for row in read_rows(data / source.folder, source.stem):
            title = _TITLE_LABEL.sub("", row.get("title", "")).strip()
            yield Text(source.kind, title, row.get("date", ""), tuple(_lines(row["text"], held_out)))


def _lines(text: str, held_out: HeldOut) -> Iterator[tuple[str, ...]]:
    for line in text.splitlines():
        clean = _CLUTTER.sub("", line).strip()
        sentences = (clean[start:end] for start, end in split_sentences(clean))
        kept = tuple(sentence for sentence in sentences if not held_out.holds(sentence))
        if kept:
            yield kept
