"""What the documents may call what a question says: everyday words, abbreviations, units → official forms.

`corpus/thesaurus.tsv` is reviewed data, one wording a line, parted by tabs:

    asked    forms parted by spaces    weight (optional, 0–1)    related words (optional)

A form says the thing asked; a related word only stands near it (健身 to 健身房). It may be left
out, and then everyday wording meets only itself. Read by the search, which adds forms and
related words to a question, and by the assistant, which lets only forms count as saying it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexing.errors import IndexingError
from indexing.folding import fold

DEFAULT_WEIGHT = 0.6
"""What an official form weighs beside the word asked where its line says nothing; tuned on eval/, TUNED."""

RELATED_WEIGHT = 0.4
"""What a related word weighs at most: it finds a clause and does not prove that it answers."""

_LONGEST_RUN = 5  # pieces that one wording may be cut into


@dataclass(frozen=True, slots=True)
class Wording:
    """What a wording of questions may be called in documents; neither list holds the wording itself."""

    asked: str
    forms: tuple[str, ...]  # say it; closest first
    weight: float
    related: tuple[str, ...] = ()  # stand near it; none is among the forms

    @property
    def weighted(self) -> tuple[tuple[str, float], ...]:
        """Forms, then related words, each with its weight beside the wording itself (1.0)."""
        near = min(self.weight, RELATED_WEIGHT)
        return (*((form, self.weight) for form in self.forms), *((word, near) for word in self.related))


@dataclass(frozen=True, slots=True)
class Run:
    """Pieces `start` to `end` (exclusive) of a question that stand in the thesaurus as one wording."""

    start: int
    end: int
    wording: Wording


@cache
def thesaurus() -> dict[str, Wording]:
    """Folded wording → what it may be called; empty when the table is not there.

    Raises:
        IndexingError: a line of the table is not of the form above; its number is named.
    """
    source = resources.files("corpus").joinpath("thesaurus.tsv")
    if not source.is_file():
        return {}
    table: dict[str, Wording] = {}
    for number, line in enumerate(source.read_text(encoding="utf-8").splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            wording = _read_line(line, number)
            table[wording.asked] = _joined(table.get(wording.asked), wording)
    return table


def runs(pieces: Sequence[str]) -> list[Run]:
    """Wordings of the thesaurus among the pieces of a question, longest first, left to right, no overlap.

    Args:
        pieces: the folded question as cut (`segmentation.cut`); a wording counts only between cuts.
    """
    known, out, position = thesaurus(), list[Run](), 0
    while position < len(pieces):
        for end in range(min(len(pieces), position + _LONGEST_RUN), position, -1):
            wording = known.get("".join(pieces[position:end]))
            if wording:
                out.append(Run(position, end, wording))
                position = end
                break
        else:
            position += 1
    return out


def _read_line(line: str, number: int) -> Wording:
    cells = [cell.strip() for cell in fold(line).split("\t")]
    asked, forms, given, related, *extra = [*cells, *[""] * (4 - len(cells))]
    try:
        weight = float(given) if given else DEFAULT_WEIGHT
    except ValueError:
        weight = -1.0
    key = "".join(asked.split())
    if not key or not (forms or related) or not 0.0 <= weight <= 1.0 or extra:
        raise IndexingError(
            f"同义词表 corpus/thesaurus.tsv 第{number}行应为“说法、用语、权重（0–1）、相关用语”，"
            "各项用制表符隔开，后两项可不填，请改正这一行。"
        )
    sure = _words(forms, without=(key,))
    return Wording(key, sure, weight, _words(related, without=(key, *sure)))


def _words(cell: str, without: Sequence[str]) -> tuple[str, ...]:
    """The words of a folded cell, each once."""
    return tuple(word for word in dict.fromkeys(cell.split()) if word not in without)


def _joined(one: Wording | None, other: Wording) -> Wording:
    """Two lines for one wording as one; the higher weight counts."""
    if one is None:
        return other
    forms = tuple(dict.fromkeys((*one.forms, *other.forms)))
    related = dict.fromkeys((*one.related, *other.related))
    near = tuple(word for word in related if word not in forms)
    return Wording(one.asked, forms, max(one.weight, other.weight), near)
