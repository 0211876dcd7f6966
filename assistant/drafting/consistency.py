"""The document as a whole: one name, one amount, one date for one thing; sums that add up.

What a person edited is also held beside what the facts give: words that stand where a fact stood, and
are not the fact, are named.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from assistant.drafting.case import Case
from assistant.drafting.composing import compose
from assistant.drafting.gate_numbers import figures
from assistant.drafting.sentences import all_said, own_words
from assistant.drafting.types import Breach, Draft, DraftSection, Gate, SectionStatus
from assistant.drafting.values import prose
from assistant.export.official import Table, Text
from assistant.facts.dictionary import dictionary
from assistant.facts.types import Table as Rows

_NEAR = 5
"""Characters on either side that say where a fact stood."""
_NAMED = (
    "project_name",
    "operator",
    "implementing_entity",
    "maintenance_entity",
    "applicant_org",
    "site_owner",
)
# "综合体建筑面积为860平方米": a label, then its figure
_LABELLED = re.compile(r"([\u4e00-\u9fff]{3,20}?)(?:为|共|达|：)?(\d[\d.]*)(平方米|万元|户|人|个|张|%)")


def inconsistencies(made: Draft, case: Case) -> tuple[Breach, ...]:
    """What does not agree: figures given twice with two values, sums that do not add up, names half right.

    And every fact that an edited section gives otherwise than the sheet.
    """
    found = (*_figures(made), *_sums(made), *_names(made, case), *_exchanged(made, case))
    return tuple(dict.fromkeys(found))


def _exchanged(made: Draft, case: Case) -> Iterator[Breach]:
    planned = {one.key: one for one in case.template.sections}
    for section in made.sections:
        is_edited = SectionStatus.EDITED in (section.status, section.before)
        if is_edited and section.key in planned:
            yield from _otherwise(section, compose(planned[section.key], case), case)


def _otherwise(section: DraftSection, composed: DraftSection, case: Case) -> Iterator[Breach]:
    """Facts of the composed section between whose neighbours the edited one has other words."""
    labels: dict[str, list[str]] = defaultdict(list)  # a value → what has it
    for use in composed.facts:
        value = case.values.get(use.key)
        if value is not None and not isinstance(value, bool | Rows):
            stated = prose(use.key, value, case.sheet.facts.get(use.key))
            labels[stated].append(dictionary().label(use.key))
    for line in composed.text.splitlines():
        for stated, start, end in _standing(labels, line):
            before, after = line[max(0, start - _NEAR) : start], line[end : end + _NEAR]
            if len(before + after) < _NEAR:
                continue
            label = max(labels[stated], key=lambda name: sum(each in name for each in before))
            for said in _between(before, after, section.text):
                if stated not in said and "【" not in said:
                    message = f"“{section.title}”把{label}写成“{said}”，事实表是“{stated}”。"
                    yield Breach(Gate.CONSISTENCY, said, message)


def _standing(values: Iterable[str], line: str) -> Iterator[tuple[str, int, int]]:
    """Where values stand in a line; 综合体 inside the name of the project is none."""
    spans = [(one, at.start(), at.end()) for one in values for at in re.finditer(re.escape(one), line)]
    for one, start, end in spans:
        if not any(s <= start and end <= e and e - s > end - start for _, s, e in spans):
            yield one, start, end


def _between(before: str, after: str, text: str) -> Iterator[str]:
    """What stands between two neighbours, within a clause of a sentence."""
    ending = re.escape(after) if after else "$"
    pattern = rf"{re.escape(before)}([^，。；｜\n]{{1,60}}?){ending}"
    yield from (one.group(1) for one in re.finditer(pattern, text, re.MULTILINE))


def _figures(made: Draft) -> list[Breach]:
    labels = {spec.label for spec in dictionary().specs}
    seen: dict[str, dict[str, str]] = defaultdict(dict)
    for section in made.sections:
        for said in all_said(section.blocks):
            for one in _LABELLED.finditer(own_words(said.text)):
                label = max((each for each in labels if one.group(1).endswith(each)), key=len, default=None)
                if label:
                    seen[label].setdefault(f"{one.group(2)}{one.group(3)}", section.title)
    return [_several(label, values) for label, values in seen.items() if len(values) > 1]


def _several(label: str, values: dict[str, str]) -> Breach:
    named = "、".join(f"{value}（{where}）" for value, where in values.items())
    return Breach(Gate.CONSISTENCY, "、".join(values), f"“{label}”在文中有几个数：{named}。")


def _sums(made: Draft) -> list[Breach]:
    out = []
    for section in made.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                out += _table_sums(block, section.title)
    return out


def _table_sums(table: Table, where: str) -> list[Breach]:
    rows = [
        ["".join(each.text for each in cell if isinstance(each, Text)) for cell in row] for row in table.rows
    ]
    if not rows or rows[-1][0] != "合计":
        return []
    out = []
    for at, column in enumerate(table.columns):
        total = _number(rows[-1][at])
        parts = [_number(row[at]) for row in rows[:-1]]
        known = [part for part in parts if part is not None]
        if total is not None and len(known) == len(parts) and sum(known, Decimal(0)) != total:
            message = f"“{where}”表中{column.head}各行之和为{sum(known, Decimal(0))}，合计写的是{total}。"
            out.append(Breach(Gate.CONSISTENCY, column.head, message))
    return out


def _number(cell: str) -> Decimal | None:
    found = list(figures(cell))
    return found[0].value if len(found) == 1 and found[0].words.strip() == cell.strip() else None


def _names(made: Draft, case: Case) -> list[Breach]:
    """A name that stands in the text with its last characters changed or cut."""
    out = []
    for key in _NAMED:
        name = case.values.get(key)
        if not isinstance(name, str) or len(name) < 6:
            continue
        head = name[: len(name) - 2]
        for section in made.sections:
            text = section.text
            for one in re.finditer(re.escape(head), text):
                if not text.startswith(name, one.start()):
                    words = text[one.start() : one.start() + len(name)]
                    message = f"“{section.title}”把“{name}”写成了“{words}”。"
                    out.append(Breach(Gate.CONSISTENCY, words, message))
    return out
