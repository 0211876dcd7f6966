"""Whether a sentence speaks of another class than the question: 90岁 is not among 80—89周岁.

A figure for the wrong class is a wrong figure. Closed ranges are compared in any unit, ages also
where they stand open (60周岁以上) or alone, and open ranges of any unit where they fill a cell; sums of
money are no classes and are left alone.
"""

from __future__ import annotations

import math
import re

from indexing.numerals import NUMERAL, parse_amount

_UNIT = r"周?岁|平方米|㎡|平米|户|人|张|床|公里|分钟|分"
_SAME = {"周岁": "岁", "㎡": "平方米", "平米": "平方米"}
_NUMBER = r"\d+(?:\.\d+)?"
_SCALE = "[千万亿]?"
_BELOW, _ABOVE = "不到|不满|未满|不足|少于|低于|小于", "超过|大于|多于|高于"
_ASKED = re.compile(
    rf"(?P<before>{_BELOW}|{_ABOVE})?(?P<number>(?:{_NUMBER}|{NUMERAL}){_SCALE})(?P<unit>{_UNIT})"
)
_OPEN = re.compile(r"(?:\(含\)|及|或|和)?(?:以上|以下|以内|以外|之间)|[-~—–至到]")
_CLOSED = re.compile(
    rf"(?P<low>{_NUMBER})(?P<low_scale>{_SCALE})(?:{_UNIT})?[-~—–至到]+"
    rf"(?P<high>{_NUMBER})(?P<scale>{_SCALE})(?P<unit>{_UNIT})"
)
_AFTER = r"(?P<after>(?:\((?:含|不含)[^)]*\))?[及或]?以[上下内])"
_AGE = re.compile(
    rf"(?P<before>不满|未满|不足|年?满)?(?P<number>{_NUMBER})周?岁(?:\((?:含|不含)[^)]*\))?(?P<after>及?以[上下内])?"
)
# A whole cell of a row, which holds nothing but a class: |0.8万人以下|
_CELL = re.compile(
    rf"(?:^|(?<=\|))(?P<before>{_BELOW}|{_ABOVE})?(?P<number>{_NUMBER}{_SCALE})(?P<unit>{_UNIT}){_AFTER}?(?=\||$)"
)
_LITTLE = 1e-9


def speaks_of_another(question: str, sentence: str) -> bool:
    """Whether the question's number lies outside every class of its unit that a sentence names.

    Both folded without spaces, the cells of a row parted by |. False where the question asks for a
    range itself (80岁以上) or the sentence names no class of that unit.

    >>> speaks_of_another("90岁老人补多少", "80-89周岁老年人每月100元")
    True
    >>> speaks_of_another("85岁老人补多少", "80-89周岁老年人每月100元")
    False
    >>> speaks_of_another("不到0.8万人的要多大", "二类|0.8万人至1.5万人|不小于800平方米")
    True
    """
    for asked in _ASKED.finditer(question):
        if _OPEN.match(question, asked.end()):
            continue
        unit = _SAME.get(asked["unit"], asked["unit"])
        low, high = _range(float(parse_amount(asked["number"])), asked["before"] or "")
        classes = _classes(sentence, unit)
        if classes and not any(least <= high and low <= most for least, most in classes):
            return True
    return False


def _range(value: float, before: str) -> tuple[float, float]:
    """What a number asked about stands for: itself, or all below or above it."""
    if re.fullmatch(_BELOW, before):
        return 0.0, value - _LITTLE
    return (value + _LITTLE, math.inf) if before else (value, value)


def _classes(sentence: str, unit: str) -> list[tuple[float, float]]:
    """Least and greatest number of each class of a unit, both inclusive."""
    found, rest = [], list(sentence)
    for match in _CLOSED.finditer(sentence):
        rest[match.start() : match.end()] = " " * (match.end() - match.start())
        if _SAME.get(match["unit"], match["unit"]) == unit:
            low = parse_amount(match["low"] + (match["low_scale"] or match["scale"]))
            found.append((float(low), float(parse_amount(match["high"] + match["scale"]))))
    left = "".join(rest)
    if unit == "岁":
        return found + [_of_open(match) for match in _AGE.finditer(left)]
    cells = (match for match in _CELL.finditer(left) if _SAME.get(match["unit"], match["unit"]) == unit)
    return found + [_of_open(match) for match in cells if match["before"] or match["after"]]


def _of_open(match: re.Match[str]) -> tuple[float, float]:
    value, before, after = float(parse_amount(match["number"])), match["before"] or "", match["after"] or ""
    if re.fullmatch(_BELOW, before) or after.endswith(("下", "内")):
        return 0.0, value
    return value, math.inf if before or after else value
