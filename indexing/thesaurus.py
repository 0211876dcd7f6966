"""What the documents may call what a question says: everyday words, abbreviations, units → official forms.

`corpus/thesaurus.tsv` is reviewed data, one wording a line, parted by tabs:

    asked    forms parted by spaces    weight (optional, 0–1)

It may be left out, and then everyday wording meets only itself. Read by the search, which
adds the forms to a question, and by the assistant, which judges what a clause says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from indexing.errors import IndexingError
from indexing.folding import fold_tight

DEFAULT_WEIGHT = 0.6
"""What an official form weighs beside the word asked where its line says nothing; tuned on eval/, TUNED."""

_LONGEST_RUN = 5  # pieces that one wording may be cut into


@dataclass(frozen=True, slots=True)
class Wording:
    """What a wording of questions may be called in documents; `forms` never holds the wording itself."""

    asked: str
    forms: tuple[str, ...]
    weight: float


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
    cells = [cell.strip() for cell in line.split("\t")]
    try:
        asked, forms = cells[:2]
        weight = float(cells[2]) if len(cells) > 2 and cells[2] else DEFAULT_WEIGHT
    except ValueError as exc:
        message = f"同义词表 corpus/thesaurus.tsv 第{number}行应为“说法、制表符、用语”，请改正这一行。"
        raise IndexingError(message) from exc
    key = fold_tight(asked)
    folded = dict.fromkeys(fold_tight(form) for form in forms.split())
    return Wording(key, tuple(form for form in folded if form != key), weight)


def _joined(one: Wording | None, other: Wording) -> Wording:
    """Two lines for one wording as one; the higher weight counts."""
    if one is None:
        return other
    return Wording(one.asked, tuple(dict.fromkeys((*one.forms, *other.forms))), max(one.weight, other.weight))
