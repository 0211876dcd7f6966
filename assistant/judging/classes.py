"""Whether a sentence speaks of another class than the question: 90岁 is not among 80—89周岁.

A figure for the wrong class is a wrong figure. Closed ranges are compared in any unit, ages also
where they stand open (60周岁以上) or alone; sums of money are no classes and are left alone.
"""

from __future__ import annotations

import math
import re

from indexing.numerals import NUMERAL, parse_amount

_UNIT = r"周?岁|平方米|㎡|平米|户|人|张|床|公里|分钟|分"
_SAME = {"周岁": "岁", "㎡": "平方米", "平米": "平方米"}
_NUMBER = r"\d+(?:\.\d+)?"
_ASKED = re.compile(rf"(?P<number>{_NUMBER}|{NUMERAL})(?P<unit>{_UNIT})")
_OPEN = re.compile(r"(?:\(含\)|及|或|和)?(?:以上|以下|以内|以外|之间)|[-~—–至到]")
_CLOSED = re.compile(rf"(?P<low>{_NUMBER})(?:{_UNIT})?[-~—–至到]+(?P<high>{_NUMBER})(?P<unit>{_UNIT})")
_AGE = re.compile(
    rf"(?P<before>不满|未满|不足|年?满)?(?P<number>{_NUMBER})周?岁(?:\((?:含|不含)[^)]*\))?(?P<after>及?以[上下内])?"
)


def speaks_of_another(question: str, sentence: str) -> bool:
    """Whether the question's number lies outside every class of its unit that a sentence names.

    Both folded without spaces. False where the question asks for a range itself (80岁以上) or
    the sentence names no class of that unit.

    >>> speaks_of_another("90岁老人补多少", "80-89周岁老年人每月100元")
    True
    >>> speaks_of_another("85岁老人补多少", "80-89周岁老年人每月100元")
    False
    """
    for asked in _ASKED.finditer(question):
        if _OPEN.match(question, asked.end()):
            continue
        unit = _SAME.get(asked["unit"], asked["unit"])
        number = asked["number"]
        value = float(parse_amount(number))
        classes = _classes(sentence, unit)
        if classes and not any(low <= value <= high for low, high in classes):
            return True
    return False


def _classes(sentence: str, unit: str) -> list[tuple[float, float]]:
    """Least and greatest number of each class of a unit, both inclusive."""
    found, rest = [], list(sentence)
    for match in _CLOSED.finditer(sentence):
        rest[match.start() : match.end()] = " " * (match.end() - match.start())
        if _SAME.get(match["unit"], match["unit"]) == unit:
            found.append((float(match["low"]), float(match["high"])))
    if unit == "岁":
        found += [_ages(match) for match in _AGE.finditer("".join(rest))]
    return found


def _ages(match: re.Match[str]) -> tuple[float, float]:
    age, before, after = float(match["number"]), match["before"] or "", match["after"] or ""
    if before in ("不满", "未满", "不足") or after.endswith(("下", "内")):
        return 0.0, age
    return age, math.inf if before or after else age
