"""Gold questions: `eval/cases/*.jsonl`, one JSON object a line, read and checked line by line.

A case is held out or tuned on by a hash of its id and question, so nobody chooses which.
What a line says of clauses is checked against the library in `eval.case_checks`.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn

from indexing.errors import PolicyAssistantError
from indexing.files import reason

CASES_DIR = Path(__file__).resolve().parent / "cases"

CONVERSATIONS = "conversations.jsonl"
"""Of several turns, read by `eval.conversations`."""

Groups = tuple[tuple[str, ...], ...]
"""Groups of alternatives: of each group one is enough, every group is needed."""

# "未规定", "没有载明", "未作规定" yes; "未经批准", "没有责任" no
_SILENCE = re.compile(r"(?:未|没有|无)(?:作|作出)?(?:明确)?(?:规定|载明|写明|提及|涉及|说明|明确|找到)")

_HELD_IN = 3  # every third case, by hash, is held out


class CasesError(PolicyAssistantError):
    """A file of cases cannot be used; the message names file and line."""


class CaseType(StrEnum):
    """What is asked for."""

    DEFINITION = "definition"
    FIGURE = "figure"
    DEADLINE = "deadline"
    RESPONSIBLE = "responsible"
    CONDITION = "condition"
    PROCEDURE = "procedure"
    LIST = "list"
    YES_NO = "yes_no"
    TABLE_ROW = "table_row"
    SOURCE = "source"  # 文号, dates, validity, the wording of a clause
    COMPARISON = "comparison"
    UNANSWERABLE = "unanswerable"
    FALSE_PREMISE = "false_premise"


class Register(StrEnum):
    """Who speaks; all but the first use everyday words."""

    FORMAL = "formal"
    RESIDENT = "resident"
    CLERK = "clerk"
    OPERATOR = "operator"
    OFFICER = "officer"


class Expect(StrEnum):
    """What a right answer does."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    REFUSED = "refused"


class Split(StrEnum):
    """Whether a case may be looked at while tuning."""

    TUNED = "TUNED"
    HELD = "HELD"


@dataclass(frozen=True, slots=True)
class Case:
    """One gold question; `docs/evaluation.md` says what each field asks of an answer."""

    id: str
    question: str
    as_of: date
    type: CaseType
    register: Register
    expect: Expect
    gold: Groups  # clause ids `doc_id#path`; empty only where a refusal is expected
    must: Groups  # strings an answer must show
    must_not: tuple[str, ...]  # strings no statement may hold
    note: str | None
    place: str  # where it is written: "answers.jsonl:12"

    @property
    def split(self) -> Split:
        """TUNED or HELD, by hash."""
        return split_of(self.id, self.question)


def split_of(case_id: str, question: str) -> Split:
    """HELD for about a third of all cases: the first 32 bits of SHA-256 of "id|question", modulo 3.

    >>> split_of("q001", "北京市补助多少？"), split_of("q005", "北京市补助多少？")
    (<Split.TUNED: 'TUNED'>, <Split.HELD: 'HELD'>)
    """
    digest = hashlib.sha256(f"{case_id}|{question}".encode()).hexdigest()
    return Split.HELD if int(digest[:8], 16) % _HELD_IN == 0 else Split.TUNED


def is_silence(group: Sequence[str]) -> bool:
    """Whether a `must` group asks an answer to say that a text is silent: no clause can hold such words.

    >>> is_silence(("未规定", "没有载明")), is_silence(("未经批准",))
    (True, False)
    """
    return all(_SILENCE.fullmatch(one) for one in group)


def case_files(folder: Path = CASES_DIR) -> tuple[Path, ...]:
    """The files of single questions in a folder, by name; empty where there are none."""
    return tuple(sorted(file for file in folder.glob("*.jsonl") if file.name != CONVERSATIONS))


def read_cases(files: Iterable[Path]) -> tuple[Case, ...]:
    """Every case of these files, in order.

    Raises:
        CasesError: a file cannot be read, a line breaks the format, or an id or a question
            (asked about the same day) comes twice.
    """
    cases = tuple(case for file in files for case in _cases_in(file))
    _refuse_twins(cases)
    return cases


def _cases_in(file: Path) -> Iterator[Case]:
    try:
        lines = file.read_bytes().decode("utf-8").split("\n")
    except OSError as exc:
        raise CasesError(f"读不了题目文件 {file}（{reason(exc)}），请检查路径和权限。") from exc
    except UnicodeDecodeError as exc:
        raise CasesError(f"题目文件 {file} 不是 UTF-8 文本，请另存为 UTF-8 编码。") from exc
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield parse_case(line, f"{file.name}:{number}")


def parse_case(line: str, place: str) -> Case:
    """The case one line describes.

    Args:
        line: a JSON object with exactly the keys of the format; `note` may be absent.
        place: file and line, for messages.

    Raises:
        CasesError: it is not such an object, a value has another type or is unknown, or
            the values contradict each other.
    """
    row = _Row(_object(line, place), place)
    case = Case(
        id=row.text("id"),
        question=row.text("question"),
        as_of=row.day("as_of"),
        type=CaseType(row.one_of("type", tuple(CaseType))),
        register=Register(row.one_of("register", tuple(Register))),
        expect=Expect(row.one_of("expect", tuple(Expect))),
        gold=row.groups("gold"),
        must=row.groups("must"),
        must_not=row.strings("must_not"),
        note=row.text("note") if row.has("note") else None,
        place=place,
    )
    row.refuse_strangers()
    if contradiction := _contradiction(case):
        row.refuse(contradiction)
    return case


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except ValueError as exc:
        raise CasesError(f"{place}：这一行不是有效的 JSON，请改正。") from exc
    if not isinstance(row, dict):
        raise CasesError(f"{place}：这一行应是一个 JSON 对象，请改正。")
    return row


@dataclass(slots=True)
class _Row:
    """The values of one line, each taken out with a check of its type."""

    values: dict[str, Any]
    place: str

    def refuse(self, what: str) -> NoReturn:
        raise CasesError(f"{self.place}：{what}，请改正。")

    def has(self, key: str) -> bool:
        return key in self.values

    def _take(self, key: str) -> Any:  # noqa: ANN401 - whatever JSON holds
        if key not in self.values:
            self.refuse(f"缺少 {key}")
        return self.values.pop(key)

    def text(self, key: str) -> str:
        value = self._take(key)
        if not isinstance(value, str) or not value.strip():
            self.refuse(f"{key} 应是非空字符串")
        return value

    def day(self, key: str) -> date:
        value = self.text(key)
        try:
            return date.fromisoformat(value)
        except ValueError:
            self.refuse(f"{key} 应是形如 2026-11-22 的日期")

    def one_of(self, key: str, allowed: Sequence[str]) -> str:
        value = self.text(key)
        if value not in allowed:
            self.refuse(f"{key} 不能是 {value}，应是 {'、'.join(allowed)} 之一")
        return value

    def strings(self, key: str) -> tuple[str, ...]:
        return self._strings(key, self._take(key))

    def groups(self, key: str) -> Groups:
        value = self._take(key)
        if not isinstance(value, list) or [] in value:
            self.refuse(f"{key} 应是若干组非空的字符串列表")
        return tuple(self._strings(key, group) for group in value)

    def _strings(self, key: str, value: object) -> tuple[str, ...]:
        if not isinstance(value, list) or not all(isinstance(one, str) and one.strip() for one in value):
            self.refuse(f"{key} 应由非空字符串的列表组成")
        return tuple(value)

    def refuse_strangers(self) -> None:
        if self.values:
            self.refuse(f"有不认识的键 {sorted(self.values)[0]}")


def _contradiction(case: Case) -> str | None:
    """What of a case contradicts the rest, None when nothing does."""
    refused = case.expect is Expect.REFUSED
    if refused and (case.gold or case.must):
        return "应拒答（refused）的题目不应有 gold 或 must"
    if not refused and not case.gold:
        return "应回答的题目至少要有一组 gold"
    if case.type is CaseType.UNANSWERABLE and case.expect is Expect.ANSWERED:
        return "unanswerable 的题目不应是 answered"
    if case.type is CaseType.FALSE_PREMISE and not refused and not case.must:
        return "false_premise 的题目要有 must，否则看不出是否纠正"
    if clash := [bad for bad in case.must_not for group in case.must if all(bad in good for good in group)]:
        return f"must_not 的“{clash[0]}”就在 must 里"
    return None


def _refuse_twins(cases: Sequence[Case]) -> None:
    """Return when no id and no question comes twice.

    The split hashes both, so a question under two ids could be tuned on and held out.
    """
    ids: dict[str, str] = {}
    asked: dict[tuple[str, date], str] = {}
    for case in cases:
        first = ids.setdefault(case.id, case.place)
        if first != case.place:
            raise CasesError(f"{case.place}：id {case.id} 与 {first} 重复，请改正。")
        first = asked.setdefault((case.question, case.as_of), case.place)
        if first != case.place:
            raise CasesError(f"{case.place}：问题与 {first} 重复，请删去一个。")
