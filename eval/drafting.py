"""Speed of drafting on the shipped examples, beside what we aim for: `python -m eval.drafting [--json]`.

Each template of the examples' places is checked, composed and written to Word several times; the
median counts. The first draft of a process, which also reads dictionaries and terms, is shown apart.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from assistant.drafting.documents import official_document
from assistant.drafting.drafting import case_for, draft
from assistant.export.docx import write_docx
from assistant.export.official import Block, Heading, OfficialDocument, Paragraph, Text
from assistant.facts.reading import read_facts
from assistant.library import Library
from assistant.rules.checking import check_facts
from assistant.templates import templates
from indexing.documents import read_document
from indexing.jurisdictions import lineage
from indexing.settings import default_corpus
from indexing.types import Clause, Document

_T = TypeVar("_T")
RUNS = 5
LONG_SECTIONS, LONG_CHARS = 20, 20_000
LONG_AIM_MS = 10_000.0
"""Writing a Word file of so many sections and characters (AC-14 of the requirements), without a model."""
AIMS_MS = {"check_ms": 100.0, "draft_ms": 3000.0, "docx_ms": 2000.0}
"""Rule check, a full draft without a model, its Word file with all tables."""


@dataclass(frozen=True, slots=True)
class Timing:
    """One template with one example; milliseconds, medians of `RUNS`."""

    template: str
    example: str
    check_ms: float
    first_draft_ms: float
    draft_ms: float
    docx_ms: float
    blanks: int
    breaches: int  # sentences the gates took out


def library_of(corpus: Path) -> Library:
    """The shipped documents, read from their files."""
    documents: list[Document] = []
    clauses: list[Clause] = []
    for file in sorted((corpus / "documents").glob("*.txt")):
        read = read_document(file.read_bytes(), file.name)
        documents.append(read.document)
        clauses += read.clauses
    return Library(documents, clauses)


def measure(corpus: Path, day: date) -> tuple[Timing, ...]:
    """Every example with every template of its place and of the nation."""
    library = library_of(corpus)
    found = []
    for example in sorted((corpus / "examples").iterdir()):
        sheet = read_facts(example).sheet
        place = sheet.value("jurisdiction")
        places = {"000000", *(lineage(place) if isinstance(place, str) else ())}
        for template in templates():
            if template.jurisdiction not in places:
                continue
            first, made = _timed(lambda t=template, s=sheet: draft(t, s, library, day))  # type: ignore[misc]
            case = case_for(template, sheet, library, day)
            document = official_document(made, case, with_annexes=True)
            timing = Timing(
                template=template.template_id,
                example=example.name,
                check_ms=_median(lambda s=sheet: check_facts(s, day)),  # type: ignore[misc]
                first_draft_ms=first,
                draft_ms=_median(lambda t=template, s=sheet: draft(t, s, library, day)),  # type: ignore[misc]
                docx_ms=_median(lambda d=document: write_docx(d, day)),  # type: ignore[misc]
                blanks=sum(len(section.blanks) for section in made.sections),
                breaches=sum(len(section.breaches) for section in made.sections),
            )
            found.append(timing)
    return tuple(found)


def measure_long(corpus: Path, day: date) -> float:
    """Milliseconds to write a Word file of `LONG_SECTIONS` sections and `LONG_CHARS` characters; a median.

    The characters are those of the first shipped document, from its beginning as often as needed.
    """
    text = "".join(library_of(corpus).documents[0].text.split())
    each = LONG_CHARS // LONG_SECTIONS
    source = (text * (LONG_CHARS // len(text) + 1))[:LONG_CHARS]
    blocks: list[Block] = []
    for number in range(LONG_SECTIONS):
        blocks += [
            Heading(1, f"章节{number + 1}"),
            Paragraph((Text(source[number * each : (number + 1) * each]),)),
        ]
    document = OfficialDocument(title=("二十节两万字的方案",), blocks=tuple(blocks))
    return _median(lambda: write_docx(document, day))


def _timed(run: Callable[[], _T]) -> tuple[float, _T]:
    start = time.perf_counter()
    out = run()
    return (time.perf_counter() - start) * 1000, out


def _median(run: Callable[[], object]) -> float:
    return statistics.median(_timed(run)[0] for _ in range(RUNS))


def main(arguments: list[str] | None = None) -> int:
    """Print the table; 1 where an aim is missed."""
    parser = argparse.ArgumentParser(prog="python -m eval.drafting", description=__doc__)
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    found = measure(default_corpus(), date.today())
    if given.json:
        sys.stdout.write(json.dumps([asdict(each) for each in found], ensure_ascii=False) + "\n")
    else:
        for each in found:
            sys.stdout.write(
                f"{each.template}  {each.example:16}  check {each.check_ms:5.0f} ms  "
                f"draft {each.draft_ms:5.0f} (first {each.first_draft_ms:5.0f}) ms  "
                f"docx {each.docx_ms:5.0f} ms  blanks {each.blanks}  breaches {each.breaches}\n"
            )
        long_ms = measure_long(default_corpus(), date.today())
        sys.stdout.write(f"{LONG_SECTIONS} sections, {LONG_CHARS} characters: docx {long_ms:.0f} ms\n")
    slowest = {
        "check_ms": max(each.check_ms for each in found),
        "draft_ms": max(each.first_draft_ms for each in found),
        "docx_ms": max(each.docx_ms for each in found),
    }
    return int(any(slowest[name] > aim for name, aim in AIMS_MS.items()))


if __name__ == "__main__":
    raise SystemExit(main())
