"""How well fact sheets are read and held against the rules: each verdict beside the one a person gave.

    python -m eval.checking [FOLDER …] [--errors] [--json]

Without folders, every set of `eval/cases/sheets/`. A set is a folder of fact sheets as officers write
them and an `expected.jsonl`, one line a sheet: {"id", "file", "place", "as_of", "expect": {rule id:
verdict, or several joined by |}, "note"}. 未定 stands for any verdict that claims nothing (无法判定,
不适用, 不可引用, 人工核对, 提示). The verdicts were worked out from the documents' wording before the
sheet was ever checked. A rule not listed is one the sheet says nothing on: it must stay 未定, so every
rule of the place counts, and a verdict out of thin air is an error like a wrong one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from assistant.facts.reading import read_facts
from assistant.rules.checking import check_facts
from assistant.rules.types import Finding
from assistant.rules.verdicts import Verdict

CASES = Path(__file__).parent / "cases" / "sheets"
OPEN = "未定"
_OPEN_VERDICTS = frozenset(
    (Verdict.UNKNOWN, Verdict.NOT_APPLICABLE, Verdict.NOT_CITABLE, Verdict.MANUAL, Verdict.INFO)
)
# What must never come out as 通过: a person found the project wanting here
_WANTING = frozenset((Verdict.FAIL, Verdict.EXPLAIN, Verdict.ADVICE, Verdict.NOT_CITABLE))


@dataclass(frozen=True, slots=True)
class SheetCase:
    """One fact sheet and the verdicts a person reached from it."""

    case_id: str
    path: Path
    place: str  # GB/T 2260
    as_of: date
    expect: Mapping[str, frozenset[Verdict]]


@dataclass(frozen=True, slots=True)
class SheetScores:
    """Counts over one set of sheets."""

    name: str
    sheets: int
    decided: int  # verdicts a person could reach
    decided_right: int
    silent: int  # rules the sheets say nothing on
    silent_right: int
    violations: int
    violations_passed: int
    errors: tuple[str, ...] = ()

    @property
    def accuracy(self) -> float:
        """Share of the decided verdicts that are right; 1 where none was decided."""
        return self.decided_right / self.decided if self.decided else 1.0

    @property
    def accuracy_of_all(self) -> float:
        """Share of all verdicts that are right, silence included; 1 for no sheets."""
        total = self.decided + self.silent
        return (self.decided_right + self.silent_right) / total if total else 1.0


def load_cases(folder: Path) -> tuple[SheetCase, ...]:
    """The sheets of one set, in the order of its expected.jsonl.

    Raises:
        ValueError: a verdict is none of ours.
    """
    lines = (folder / "expected.jsonl").read_text("utf-8").splitlines()
    return tuple(_case(folder, json.loads(line)) for line in lines if line.strip())


def _case(folder: Path, row: Mapping[str, object]) -> SheetCase:
    expect = row["expect"]
    if not isinstance(expect, dict):
        raise TypeError(f"{row['id']}: expect is no object")
    return SheetCase(
        str(row["id"]),
        folder / str(row["file"]),
        str(row["place"]),
        date.fromisoformat(str(row["as_of"])),
        {rule_id: _verdicts(str(words)) for rule_id, words in expect.items()},
    )


def _verdicts(words: str) -> frozenset[Verdict]:
    found: set[Verdict] = set()
    for word in words.split("|"):
        found |= _OPEN_VERDICTS if word == OPEN else {Verdict(word)}
    return frozenset(found)


def findings_of(case: SheetCase) -> tuple[Finding, ...]:
    """What a check of the sheet says; its place is read from the sheet, as for a user."""
    return check_facts(read_facts(case.path).sheet, case.as_of).findings


def score(name: str, cases: Iterable[SheetCase]) -> SheetScores:
    """Counts over a set, and one line for each verdict that is not the person's."""
    sheets = decided = decided_right = silent = silent_right = violations = passed = 0
    errors: list[str] = []
    for case in cases:
        sheets += 1
        found = {finding.rule.rule_id: finding for finding in findings_of(case)}
        for rule_id in dict.fromkeys((*case.expect, *found)):
            wanted, finding = case.expect.get(rule_id), found.get(rule_id)
            got = finding.verdict if finding else Verdict.NOT_APPLICABLE  # the rules of another place
            right = got in (wanted or _OPEN_VERDICTS)
            if wanted is None:
                silent, silent_right = silent + 1, silent_right + right
            else:
                decided, decided_right = decided + 1, decided_right + right
                is_wanting = wanted <= _WANTING
                violations += is_wanting
                passed += is_wanting and got is Verdict.PASS
            if not right:
                errors.append(_error(case, rule_id, wanted, finding))
    return SheetScores(
        name, sheets, decided, decided_right, silent, silent_right, violations, passed, tuple(errors)
    )


def _error(case: SheetCase, rule_id: str, wanted: frozenset[Verdict] | None, finding: Finding | None) -> str:
    want = "|".join(sorted(wanted)) if wanted else OPEN
    got = finding.verdict.value if finding else "没有这条规则"
    why = "" if finding is None else f"{finding.message} {' ／ '.join(step.text for step in finding.steps)}"
    return f"{case.case_id}\t{rule_id}\t应为{want}\t得{got}\t{why}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the scores of each set; exit code 1 where a violation passed."""
    parser = argparse.ArgumentParser(prog="python -m eval.checking", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--errors", action="store_true", help="also each verdict that is wrong")
    parser.add_argument("--json", action="store_true")
    chosen = parser.parse_args(arguments)
    folders = chosen.folders or sorted(path for path in CASES.iterdir() if path.is_dir())
    results = [score(folder.name, load_cases(folder)) for folder in folders]
    if chosen.json:
        rows = [asdict(each) | {"accuracy": round(each.accuracy, 4)} for each in results]
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write("".join(_line(each, errors=chosen.errors) for each in results))
    return 1 if any(each.violations_passed for each in results) else 0


def _line(scores: SheetScores, *, errors: bool) -> str:
    head = (
        f"{scores.name}: {scores.sheets} sheets, decided {scores.decided_right}/{scores.decided}"
        f" = {scores.accuracy:.1%}, silent {scores.silent_right}/{scores.silent},"
        f" all {scores.accuracy_of_all:.1%},"
        f" violations passed {scores.violations_passed}/{scores.violations}\n"
    )
    return head + ("".join(f"  {error}\n" for error in scores.errors) if errors else "")


if __name__ == "__main__":
    sys.exit(main())
