"""How many public documents come out complete and gap-free, why the others do not, and how fast.

    python -m eval.parsing DATA_FOLDER [--sample N] [--generated N] [--json]

DATA_FOLDER holds `policy_docs/docs.jsonl.gz` (with `expected_counts.jsonl`) and
`laws/laws.jsonl.gz`, one JSON object a line with id, title and text. A document is complete
when it is read, every mark its lines begin with became a clause and nothing else did, numbers
rise without gap or duplicate, and the clauses' own texts cover it once. Generated documents
are compared with their known truth instead.
"""

from __future__ import annotations

import argparse
import gzip
import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

from eval.parsing_checks import (
    all_problems,
    lost_pieces,
    source_problems,
    span_problems,
    tree_problems,
    visible_paths,
)
from eval.policy_draft import tight
from eval.policy_generator import hard_document
from eval.printed_marks import printed_marks
from indexing.documents import ParsedDocument, read_document
from indexing.errors import CorpusError
from indexing.numerals import parse_numeral
from indexing.types import Level

EXAMPLES = 3  # shown for each reason
_NUMERALS = "一二三四五六七八九十百"
_DIGITS = tuple("0123456789")


@dataclass(frozen=True, slots=True)
class Failing:
    """One document that is not complete: its most telling reason, and what was seen."""

    doc: str
    reason: str
    detail: str


@dataclass(frozen=True, slots=True)
class SetReport:
    """One set: how many documents, how many complete, why not, and speed on one core."""

    name: str
    documents: int
    complete: int
    reasons: tuple[tuple[str, int], ...]
    failing: tuple[Failing, ...]
    megabytes: float
    seconds: float

    @property
    def mb_per_second(self) -> float:
        """Megabytes (10^6 bytes of UTF-8 text) parsed in a second of CPU time."""
        return self.megabytes / self.seconds if self.seconds else 0.0


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _marks(parsed: ParsedDocument, *levels: Level) -> tuple[str, ...]:
    """Last path segments of the clauses of these levels, in document order."""
    return tuple(clause.path.rsplit("/", 1)[-1] for clause in parsed.clauses if clause.level in levels)


def _of_form(parsed: ParsedDocument, starts: str) -> tuple[str, ...]:
    """Headings and items of any depth whose mark begins with one of the characters: （三） or 三."""
    levels = (Level.HEADING1, Level.HEADING2, Level.HEADING3, Level.ITEM, Level.SUBITEM)
    return tuple(mark for mark in _marks(parsed, *levels) if mark[0] in starts and mark[1:2] not in _DIGITS)


def _number(mark: str) -> tuple[int, int]:
    """第十二条之一 as (12, 1)."""
    body, _, after = mark.removeprefix("第").partition("条")
    return parse_numeral(body), parse_numeral(after.removeprefix("之")) if after else 0


def numbering_breaks(marks: Sequence[str]) -> list[str]:
    """Places where article numbers neither follow on nor begin again at 第一条.

    >>> numbering_breaks(["第一条", "第二条", "第二条之一", "第三条", "第一条"])
    []
    >>> numbering_breaks(["第一条", "第三条", "第三条"])
    ['第一条→第三条', '第三条→第三条']
    """
    out = []
    for before, after in pairwise(marks):
        (n, sub), (m, next_sub) = _number(before), _number(after)
        follows = (m, next_sub) in ((n + 1, 0), (n, sub + 1), (1, 0))
        if not follows or (m, next_sub) == (n, sub):
            out.append(f"{before}→{after}")
    return out


def item_breaks(marks: Sequence[str]) -> bool:
    """Whether some list of （一） in the document lacks its beginning or a number in between.

    >>> item_breaks(["（一）", "（二）", "（一）"]), item_breaks(["（一）", "（五）"])
    (False, True)
    """
    numbers = [0, *(parse_numeral(mark.strip("（）")) for mark in marks)]
    return any(after not in (1, before + 1) for before, after in pairwise(numbers))


def _difference(printed: Sequence[str], parsed: Sequence[str]) -> str:
    """Where two lists of marks part."""
    missing, extra = Counter(printed) - Counter(parsed), Counter(parsed) - Counter(printed)
    if not missing and not extra:
        return "same marks in another order"
    return (
        f"printed {len(printed)}, parsed {len(parsed)}; missing {list(missing)[:4]}, extra {list(extra)[:4]}"
    )


def judge(doc: str, text: str, parsed: ParsedDocument, data: bytes) -> Failing | None:
    """Why the document is not complete, or None when it is."""
    for reason, problems in (
        ("own texts do not cover the document once", span_problems(parsed)),
        ("clauses do not form a tree", tree_problems(parsed)),
        ("offsets do not lead back to the file", source_problems(parsed, data)),
        ("characters of the file are missing", lost_pieces(parsed, data)),
    ):
        if problems:
            return Failing(doc, reason, problems[0])
    printed = printed_marks(text)
    for reason, expected, found in (
        ("articles differ from the printed marks", printed.articles, _marks(parsed, Level.ARTICLE)),
        (
            "chapters differ from the printed marks",
            printed.chapters,
            _marks(parsed, Level.CHAPTER, Level.SECTION),
        ),
        (
            "（一） differ from the printed marks",
            printed.items,
            _of_form(parsed, "（"),
        ),
        ("一、 differ from the printed marks", printed.headings, _of_form(parsed, _NUMERALS)),
    ):
        if expected != found:
            own_fault = reason.startswith("（一）") and item_breaks(printed.items)
            why = "the document itself skips or repeats （一）" if own_fault else reason
            return Failing(doc, why, _difference(expected, found))
    if breaks := numbering_breaks(printed.articles):
        return Failing(doc, "the document itself skips or repeats article numbers", ", ".join(breaks[:3]))
    return None


def measure(name: str, rows: Iterable[dict[str, Any]]) -> SetReport:
    """Parse every row on this core and judge it. The clock runs for parsing alone."""
    documents, size, seconds, failing = 0, 0, 0.0, []
    for row in rows:
        data = row["text"].encode()
        label = f"{row['id']} {row['title']}"
        documents, size = documents + 1, size + len(data)
        began = time.process_time()
        try:
            parsed = read_document(data, f"{row['id']}.txt")
        except CorpusError as error:
            seconds += time.process_time() - began
            failing.append(Failing(label, "refused", str(error)))
            continue
        seconds += time.process_time() - began
        if found := judge(label, row["text"], parsed, data):
            failing.append(found)
    return _report(name, documents, failing, size, seconds)


def _report(name: str, documents: int, failing: list[Failing], size: int, seconds: float) -> SetReport:
    reasons = tuple(Counter(item.reason for item in failing).most_common())
    return SetReport(name, documents, documents - len(failing), reasons, tuple(failing), size / 1e6, seconds)


def measure_generated(count: int) -> SetReport:
    """Generated hard documents, compared with the paths and texts they were made from."""
    size, seconds, failing = 0, 0.0, []
    for seed in range(count):
        hard = hard_document(seed)
        size += len(hard.data)
        began = time.process_time()
        parsed = read_document(hard.data, "generated.txt")
        seconds += time.process_time() - began
        texts = {clause.path: tight(clause.text) for clause in parsed.clauses}
        label = f"seed {seed} ({hard.shape})"
        if visible_paths(parsed) != [clause.path for clause in hard.expected]:
            detail = _difference([clause.path for clause in hard.expected], visible_paths(parsed))
            failing.append(Failing(label, "paths differ from the truth", detail))
        elif wrong := [clause.path for clause in hard.expected if texts[clause.path] != clause.text]:
            failing.append(Failing(label, "texts differ from the truth", ", ".join(wrong[:4])))
        elif problems := all_problems(parsed, hard.data):
            failing.append(Failing(label, "a property does not hold", problems[0]))
    return _report(f"{count} generated hard documents", count, failing, size, seconds)


def compare_counts(folder: Path) -> tuple[int, int, list[str]]:
    """Documents whose parsed 章 节 条 （一） 一、 equal the line-start counts that came with the set.

    Returns:
        How many agree, how many there are, and one line for each that does not: quoted
        articles and tables of contents are in those counts, so a difference is not yet a fault.
    """
    counts = {}
    for line in (folder / "expected_counts.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        counts[row["id"]] = row
    levels = {
        "zhang": (Level.CHAPTER,),
        "jie": (Level.SECTION,),
        "tiao": (Level.ARTICLE,),
        "xiang": (),
        "yi_dun": (),
    }
    different = []
    for row in _rows(folder / "docs.jsonl.gz"):
        try:
            parsed = read_document(row["text"].encode(), f"{row['id']}.txt")
        except CorpusError:
            different.append(f"{row['id']} {row['title']}: refused")
            continue
        expected = counts[row["id"]]
        seen = {key: len(_marks(parsed, *of)) for key, of in levels.items()}
        seen |= {"xiang": len(_of_form(parsed, "（")), "yi_dun": len(_of_form(parsed, _NUMERALS))}
        if off := [f"{key} {expected[key]}→{seen[key]}" for key in levels if expected[key] != seen[key]]:
            different.append(f"{row['id']} {row['title']}: {', '.join(off)}")
    return len(counts) - len(different), len(counts), different


def _show(report: SetReport) -> Iterator[str]:
    yield f"{report.name}: {report.complete} of {report.documents} complete and gap-free"
    speed = f"{report.mb_per_second:.1f} MB/s on one core"
    yield f"  {report.megabytes:.1f} MB in {report.seconds:.1f} s CPU: {speed}"
    by_reason = defaultdict(list)
    for item in report.failing:
        by_reason[item.reason].append(item)
    for reason, count in report.reasons:
        yield f"  {count:5}  {reason}"
        for item in by_reason[reason][:EXAMPLES]:
            yield f"           {item.doc}: {item.detail}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the sets found under the folder; gives the exit status."""
    parser = argparse.ArgumentParser(prog="python -m eval.parsing", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="holds policy_docs/ and laws/")
    parser.add_argument("--sample", type=int, default=1, metavar="N", help="parse every N-th law only")
    parser.add_argument("--generated", type=int, default=0, metavar="N", help="also N generated documents")
    parser.add_argument("--json", action="store_true", help="one JSON object instead of text")
    options = parser.parse_args(arguments)
    reports, lines = [], []
    policies, laws = options.folder / "policy_docs", options.folder / "laws" / "laws.jsonl.gz"
    if (policies / "docs.jsonl.gz").exists():
        reports.append(measure("policy_docs", _rows(policies / "docs.jsonl.gz")))
        agree, total, different = compare_counts(policies)
        lines = [f"policy_docs: {agree} of {total} agree with expected_counts.jsonl"]
        lines += [f"  {line}" for line in different]
    if laws.exists():
        sampled = (row for number, row in enumerate(_rows(laws)) if number % options.sample == 0)
        reports.append(measure("laws", sampled))
    if options.generated:
        reports.append(measure_generated(options.generated))
    if not reports:
        sys.stderr.write(f"{options.folder} 里没有 policy_docs 或 laws，请指明公开语料所在的文件夹。\n")
        return 2
    if options.json:
        body = [asdict(report) | {"mb_per_second": report.mb_per_second} for report in reports]
        sys.stdout.write(json.dumps({"sets": body, "counts": lines}, ensure_ascii=False, indent=1) + "\n")
        return 0
    for report in reports:
        sys.stdout.write("\n".join(_show(report)) + "\n")
    sys.stdout.write("\n".join(lines) + "\n" if lines else "")
    return 0


if __name__ == "__main__":
    sys.exit(main())
