"""How well figures are read out of clauses: precision and recall on annotated sentences.

    python -m eval.norms [FILE …] [--errors] [--json]

Without files, every set of `eval/cases/norms/`. A line of a set is one paragraph of a public document
with the line that introduces its list (`lead_in`, or null) and every figure in it, so that nothing else
is needed: {"id", "title", "lead_in", "text", "figures": [{"text", "at", "operator", "value", "high",
"unit", "strength"}]}. `at` is where the printed number begins; `value` and `high` are decimals in
the unit named (money in 元, shares in %). A paragraph without figures counts too: what is read
there is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from assistant.norms import Norm, Operator, Strength, read_norms
from indexing.types import Clause, Document, Level, Metadata, OffsetMap, text_hash

CASES = Path(__file__).parent / "cases" / "norms"


@dataclass(frozen=True, slots=True)
class GoldFigure:
    """One figure as a person read it."""

    text: str
    at: int  # in the paragraph
    operator: Operator
    value: Decimal
    high: Decimal | None
    unit: str
    strength: Strength


@dataclass(frozen=True, slots=True)
class GoldText:
    """A paragraph and all its figures, in order."""

    case_id: str
    lead_in: str | None
    text: str
    figures: tuple[GoldFigure, ...]


@dataclass(frozen=True, slots=True)
class Scores:
    """Counts over one set. A figure is right when operator, value and unit are; strength is told apart."""

    name: str
    texts: int
    gold: int
    read: int
    right: int
    right_with_strength: int
    errors: tuple[str, ...] = ()

    @property
    def precision(self) -> float:
        """Share of the figures read that are right; 1 where none was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Share of the gold figures read right; 1 where there are none."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def strength(self) -> float:
        """Share of the figures read right whose strength is right too; 1 where none was."""
        return self.right_with_strength / self.right if self.right else 1.0


def load_gold(path: Path) -> tuple[GoldText, ...]:
    """The paragraphs of one set, in file order.

    Raises:
        ValueError: a figure does not stand where it says.
    """
    return tuple(_gold(json.loads(line)) for line in path.read_text("utf-8").splitlines() if line.strip())


def _gold(row: dict[str, Any]) -> GoldText:
    figures = tuple(
        GoldFigure(
            each["text"],
            each["at"],
            Operator(each["operator"]),
            Decimal(each["value"]),
            Decimal(each["high"]) if each["high"] is not None else None,
            each["unit"],
            Strength(each["strength"]),
        )
        for each in row["figures"]
    )
    for figure in figures:
        if not row["text"].startswith(figure.text, figure.at):
            raise ValueError(f"{row['id']}: “{figure.text}” does not stand at {figure.at}")
    return GoldText(row["id"], row["lead_in"], row["text"], figures)


def norms_of(gold: GoldText) -> tuple[Norm, ...]:
    """The figures read in a gold paragraph, its lead-in standing above it."""
    before = f"{gold.lead_in}\n" if gold.lead_in else ""
    text = before + gold.text
    document = Document("gold", 1, Metadata(), text, OffsetMap("utf-8", ()), "", "gold.txt")
    clause = Clause(
        doc_id="gold",
        version=1,
        path="一",
        part="正文",
        level=Level.HEADING1,
        mark=None,
        heading=None,
        headings=(),
        text=gold.text,
        start=len(before),
        end=len(text),
        own=((len(before), len(text)),),
        parent=None,
        order=0,
        is_unit=True,
        text_hash=text_hash(gold.text),
    )
    return tuple(norm for norm in read_norms(clause, document) if norm.is_figure)


def score(name: str, texts: Iterable[GoldText]) -> Scores:
    """Counts over a set, and one line for each figure missed, invented or read otherwise."""
    counts: Counter[str] = Counter()
    errors: list[str] = []
    for gold in texts:
        offset = len(gold.lead_in) + 1 if gold.lead_in else 0
        norms = list(norms_of(gold))
        counts.update(texts=1, gold=len(gold.figures), read=len(norms))
        for figure in gold.figures:
            norm = _at(norms, offset + figure.at)
            if norm is not None:
                norms.remove(norm)
            if norm is None or not _same(figure, norm):
                errors.append(f"{gold.case_id}\tmissed\t{_gold_words(figure)}\t{_norm_words(norm)}")
                continue
            is_strong = norm.strength is figure.strength
            counts.update(right=1, strong=is_strong)
            if not is_strong:
                errors.append(f"{gold.case_id}\tstrength\t{_gold_words(figure)}\t{_norm_words(norm)}")
        errors += [f"{gold.case_id}\tinvented\t-\t{_norm_words(norm)}" for norm in norms]
    return Scores(
        name,
        counts["texts"],
        counts["gold"],
        counts["read"],
        counts["right"],
        counts["strong"],
        tuple(errors),
    )


def _at(norms: Sequence[Norm], position: int) -> Norm | None:
    return next((norm for norm in norms if norm.figure_start <= position < norm.figure_end), None)


def _same(figure: GoldFigure, norm: Norm) -> bool:
    return (figure.operator, figure.value, figure.high, figure.unit) == (
        norm.operator,
        norm.value,
        norm.high,
        norm.unit,
    )


def _gold_words(figure: GoldFigure) -> str:
    return f"{figure.text} {figure.operator}{figure.value}{_to(figure.high)}{figure.unit} {figure.strength}"


def _norm_words(norm: Norm | None) -> str:
    if norm is None:
        return "-"
    return f"{norm.printed} {norm.operator}{norm.value}{_to(norm.high)}{norm.unit} {norm.strength}"


def _to(high: Decimal | None) -> str:
    return "" if high is None else f"–{high}"


def _lines(scores: Sequence[Scores], *, errors: bool) -> Iterator[str]:
    yield "set\ttexts\tfigures\tread\tprecision\trecall\tstrength"
    for each in scores:
        yield (
            f"{each.name}\t{each.texts}\t{each.gold}\t{each.read}"
            f"\t{each.precision:.3f}\t{each.recall:.3f}\t{each.strength:.3f}"
        )
        yield from each.errors if errors else ()


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of each set; 0 always."""
    parser = argparse.ArgumentParser(description="precision and recall of figures read from clauses")
    parser.add_argument("files", nargs="*", type=Path, help="sets; all of eval/cases/norms by default")
    parser.add_argument("--errors", action="store_true", help="a line for each figure not read as annotated")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    scores = [score(path.stem, load_gold(path)) for path in options.files or sorted(CASES.glob("*.jsonl"))]
    if options.json:
        sys.stdout.write(json.dumps([asdict(each) for each in scores], ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(_lines(scores, errors=options.errors)) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
