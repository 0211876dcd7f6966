"""Numbers, units and directions against a slow obvious reference."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from assistant.norms import Operator
from assistant.norms.units import comparable
from indexing.numerals import parse_amount
from tests.assistant.norms.clauses import document_of, figures_of, norms_of

_DIGITS = "零一二三四五六七八九"

# Words before or after a figure → how they bound it, by hand from 民法典 §1259
_BEFORE = {
    "不少于": "≥",
    "不低于": "≥",
    "不小于": "≥",
    "不得低于": "≥",
    "不应小于": "≥",
    "不宜少于": "≥",
    "至少": "≥",
    "不超过": "≤",
    "不高于": "≤",
    "不得超过": "≤",
    "不应大于": "≤",
    "不得多于": "≤",
    "最多": "≤",
    "最高": "≤",
    "低于": "<",
    "少于": "<",
    "不足": "<",
    "高于": ">",
    "超过": ">",
    "多于": ">",
    "约": "≈",
    "": "=",
}
_AFTER = {"以上": "≥", "以下": "≤", "以内": "≤", "左右": "≈"}
_UNITS = {
    "平方米": ("平方米", 1),
    "㎡": ("平方米", 1),
    "元": ("元", 1),
    "万元": ("元", 10_000),
    "亿元": ("元", 100_000_000),
    "%": ("%", 1),
    "％": ("%", 1),
    "公顷": ("公顷", 1),
    "个月": ("月", 1),
    "日": ("日", 1),
    "名": ("人", 1),
    "周岁": ("岁", 1),
    "个": ("个", 1),
    "家": ("家", 1),
    "米": ("米", 1),
    "倍": ("倍", 1),
}


def _below_10000(number: int) -> str:
    """A numeral digit by digit, from the left, 零 for a gap."""
    out, gap = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if gap and out else "") + _DIGITS[digit] + name
            gap = False
        else:
            gap = True
    return out


def han(number: int) -> str:
    """A Chinese numeral up to 10^12, group by group: 一亿零二百万零三."""
    out, rest = "", number
    for size, name in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, rest = divmod(rest, size)
        if group:
            out += ("零" if out and group < 1000 else "") + _below_10000(group) + name
    return out


@given(st.integers(1, 10**12 - 1))
def test_every_chinese_numeral_is_read_as_the_number_it_was_made_of(number: int) -> None:
    """Groups of four digits, 亿 and 万, gaps as 零."""
    assert parse_amount(han(number)) == number


@given(
    st.decimals(min_value=0, max_value=10**7, places=2, allow_nan=False), st.sampled_from(["", "万", "亿"])
)
def test_an_arabic_amount_with_a_scale_is_exact(number: Decimal, scale: str) -> None:
    """0.07亿 is seven million, not a float near it."""
    factor = {"": 1, "万": 10_000, "亿": 100_000_000}[scale]
    assert parse_amount(f"{number}{scale}") == number * factor
    assert parse_amount(f"{number:,}{scale}") == number * factor


@given(
    st.integers(2, 9999),
    st.booleans(),
    st.sampled_from(sorted(_UNITS)),
    st.sampled_from(sorted(_BEFORE)),
    st.sampled_from(["", " "]),
)
def test_a_word_before_a_figure_bounds_it_one_way_in_any_numeral_and_unit(
    number: int, is_han: bool, unit: str, word: str, space: str
) -> None:
    """Value, unit and direction do not depend on how the number is written."""
    printed = han(number) if is_han else str(number)
    name, factor = _UNITS[unit]
    (norm,) = figures_of(f"指标应当为{word}{printed}{space}{unit}。")
    assert (norm.operator, norm.value, norm.unit) == (Operator(_BEFORE[word]), Decimal(number) * factor, name)


@given(st.integers(2, 9999), st.booleans(), st.sampled_from(sorted(_UNITS)), st.sampled_from(sorted(_AFTER)))
def test_a_word_after_a_figure_bounds_it_one_way(number: int, is_han: bool, unit: str, word: str) -> None:
    """以上 is never ≤, whatever stands before it."""
    printed = han(number) if is_han else str(number)
    name, factor = _UNITS[unit]
    (norm,) = figures_of(f"指标应当为{printed}{unit}{word}。")
    assert (norm.operator, norm.value, norm.unit) == (Operator(_AFTER[word]), Decimal(number) * factor, name)


@given(
    st.integers(1, 500),
    st.integers(1, 500),
    st.sampled_from(["-", "—", "~", "～", "至", "到"]),
    st.booleans(),
)
def test_a_range_keeps_its_ends_in_order(low: int, more: int, joint: str, is_han: bool) -> None:
    """The lower end is `value`, the upper `high`, in one norm."""
    ends = (low, low + more)
    first, second = (han(end) if is_han else str(end) for end in ends)
    (norm,) = figures_of(f"数量为{first}{joint}{second}平方米。")
    assert (norm.operator, norm.value, norm.high) == (Operator.RANGE, *map(Decimal, ends))


@given(st.integers(1, 99), st.integers(1, 99))
def test_two_bounds_around_one_range_are_its_ends(low: int, more: int) -> None:
    """五百元以上五千元以下: both ends included."""
    (norm,) = figures_of(f"处{han(low)}万元以上{han(low + more)}万元以下罚款。")
    assert (norm.operator, norm.value, norm.high) == (Operator.RANGE, low * 10_000, (low + more) * 10_000)


@given(
    st.text(
        alphabet="应当不得超过少于以上下内外三五十百万亿元个%年月日平方米，。；（）“”012345 \n\t第~至每",
        max_size=60,
    )
)
def test_any_text_is_read_without_error_and_every_quote_is_verbatim(text: str) -> None:
    """Spans lie inside the clause, the figure inside its sentence, printed words are the document's."""
    document, clause = document_of(text)
    for norm in norms_of(text):
        assert 0 <= norm.start <= norm.figure_start <= norm.figure_end <= norm.end <= len(document.text)
        assert norm.printed is None or document.text[norm.figure_start : norm.figure_end] == norm.printed
        assert clause.text == text


@given(st.integers(1, 10**6))
def test_units_are_compared_in_one_measure(number: int) -> None:
    """A hectare is 10000 m², a year twelve months, and a working day no day."""
    value = Decimal(number)
    assert comparable(value, "公顷") == (value * 10_000, "平方米")
    assert comparable(value, "年") == (value * 12, "月")
    assert comparable(value, "工作日") == (value, "工作日")
