"""A figure a person reads otherwise: `不少于30平方米→≥60㎡/百户（应）` → the figure as it should be.

Only a number that the quoted sentence says can take the place of another: a cell shows what a document
says, however it is corrected.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from assistant.comparing.types import Figure
from assistant.errors import ReviewError
from assistant.export.records import figure_text
from assistant.norms import Operator, Strength
from assistant.norms.quantities import quantities
from indexing.folding import fold_aligned, fold_tight

MOST_CHARS = 100
_EXAMPLE = "不少于30平方米→≥60㎡/百户（应）"
_ARROW = re.compile(r"→|=>|->|改为")
_SIGNS = {one.value: one for one in Operator if one is not Operator.RANGE} | {
    ">=": Operator.AT_LEAST,
    "<=": Operator.AT_MOST,
    "约": Operator.ABOUT,
    "": Operator.EQUAL,
}
_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000), "": Decimal(1)}
_UNITS = {"个月": "月", "天": "日"}
_AREA, _PRINTED_AREA = "㎡", "平方米"  # folded, ㎡ is m2, whose 2 is no number
# "≥60㎡/百户(应)", "500—5000元", "约50个", "3年", folded; not "60", "≥㎡"
_FIGURE = re.compile(
    r"(?P<sign>>=|<=|[≥≤=≈><约]?)(?P<value>\d{1,15}(?:\.\d{1,6})?)(?:[-—–~至](?P<high>\d{1,15}(?:\.\d{1,6})?))?"
    r"(?P<scale>[万亿]?)(?P<unit>[^\d\s(),、.<>=≥≤]{1,12}?)(?P<about>左右)?(?:\((?P<strength>[^()]{1,3})\))?"
)


@dataclass(frozen=True, slots=True)
class Correction:
    """A figure, by what is printed or shown of it, and what it should be read as."""

    printed: str
    operator: Operator
    value: Decimal
    high: Decimal | None
    unit: str
    is_approximate: bool
    strength: Strength | None  # None keeps the one it has


def read_correction(text: str) -> Correction:
    """What is typed as a correction.

    >>> read_correction("不超过5千万元 → ≤5000万元").value
    Decimal('50000000')

    Raises:
        ReviewError: it is not of that form; the sentence shows one that is.
    """
    sides = [side.strip() for side in _ARROW.split(text[: MOST_CHARS + 1])]
    is_form = len(sides) == 2 and len(text) <= MOST_CHARS
    typed = fold_tight(sides[1]).replace(fold_tight(_AREA), _PRINTED_AREA) if is_form else ""
    found = _FIGURE.fullmatch(typed)
    strengths = {one.value: one for one in Strength}
    if found is None or not sides[0] or (found["strength"] and found["strength"] not in strengths):
        raise ReviewError(f"没有读懂要更正的数值，请照这样写：{_EXAMPLE}。")
    scale = _SCALES[found["scale"]]
    high = Decimal(found["high"]) * scale if found["high"] else None
    sign = _SIGNS[found["sign"]]
    return Correction(
        printed=sides[0],
        operator=Operator.RANGE if high is not None else sign,
        value=Decimal(found["value"]) * scale,
        high=high,
        unit=_UNITS.get(found["unit"], found["unit"]).replace(_PRINTED_AREA, _AREA),
        is_approximate=bool(found["about"]) or sign is Operator.ABOUT,
        strength=strengths[found["strength"]] if found["strength"] else None,
    )


def corrected(
    figures: Sequence[Figure], corrections: Iterable[Correction]
) -> tuple[tuple[Figure, Figure], ...]:
    """Each figure as it was beside what it becomes; the same twice where nothing is corrected. In order.

    Raises:
        ReviewError: no figure, or several, go by the name of a correction, or the sentence it stands in
            does not say the number.
    """
    now = list(figures)
    for each in corrections:
        places = [place for place, figure in enumerate(figures) if _is_named(figure, each.printed)]
        if len(places) != 1:
            found = f"有 {len(places)} 个数值" if places else "没有数值"
            raise ReviewError(
                f"这一格{found}写作“{each.printed}”，请照表中所示写明一个，如：{_listed(figures)}。"
            )
        now[places[0]] = _replaced(figures[places[0]], each)
    return tuple(zip(figures, now, strict=True))


def _replaced(figure: Figure, correction: Correction) -> Figure:
    said = {
        number
        for quantity in quantities(fold_aligned(figure.citation.quote))
        for number in (quantity.value, quantity.high)
    }
    wanted = [number for number in (correction.value, correction.high) if number is not None]
    if not said.issuperset(wanted):
        raise ReviewError(
            f"“{figure.printed}”所在的原文没有更正后的数，请按原文改；不属于本主题的数值请去掉，不要改。"
        )
    return replace(
        figure,
        operator=correction.operator,
        value=correction.value,
        high=correction.high,
        unit=correction.unit,
        is_approximate=correction.is_approximate,
        strength=correction.strength or figure.strength,
    )


def _is_named(figure: Figure, name: str) -> bool:
    """Whether a figure goes by a name: as printed, or as the table shows it, with or without its basis."""
    shown = fold_tight(figure_text(figure))
    return fold_tight(name) in (fold_tight(figure.printed), shown, shown.partition("(")[0])


def _listed(figures: Sequence[Figure]) -> str:
    return "、".join(dict.fromkeys(map(figure_text, figures))) or "（这一格没有数值）"


def trail(pairs: Iterable[tuple[Figure, Figure]]) -> str | None:
    """What was corrected, old → new, for the record; None where nothing was."""
    told = [f"{figure_text(old)} → {figure_text(new)}" for old, new in pairs if old != new]
    return f"更正数值：{'；'.join(told)}。" if told else None
