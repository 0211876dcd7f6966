"""How the words around a quantity bound it: 不少于, 以上, 左右 → `Operator`. A direction is never flipped.

民法典 §1259: 以上, 以下, 以内 include the figure; 超过, 不满, 以外 do not.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.norms.quantities import Quantity
from assistant.norms.types import Operator

_NOT = r"(?:不|未|无|没有|禁止|避免|勿|毋)(?:得|应当|应|宜|能|可以|可|准|许|允许|再|需|必)?(?:使|让)?"
_LESS = r"(?:少于|低于|小于|短于|早于|弱于|下于|少過|亚于)"
_MORE = r"(?:高于|超过|超出|多于|大于|长于|晚于|迟于|逾|突破|高過)"
# Strongest first at one place; "不低于", "不得超过", "未满", "至少", "最高", "年满", "约"
_BEFORE = re.compile(
    rf"(?P<at_least>≥|提前|(?:[满期开工行束]|之日)前|>=|{_NOT}{_LESS}|至少|最少|最低(?!生活)|起码|下限(?:为|是)?|不下|(?:年|已|届时|凡)?满(?![足意])|达到|达(?!标|成)|高达|多达)"
    rf"|(?P<at_most>≤|<=|{_NOT}{_MORE}|最多|最高|最大|最长|最迟|最晚|至多|上限(?:为|是)?|限额(?:为|是)?|封顶|限期|控制在|(?<![期时年权界])限[于在])"
    rf"|(?P<less><|{_LESS}|不满|未满|不足|不到|未达到?|尚未达到|不及)"
    rf"|(?P<more>>|{_MORE})"
    rf"|(?P<about>大约|约(?!定|束)|大致|平均约|近(?=\d)|将近|接近|左右)"
)
# What may stand between the word and its figure: the thing measured, no second verb
_INTERRUPTED = re.compile(
    r"给予|按照|处以|并处|补助|补贴|奖励|应当|可以|不得|[,，。;；：,;:\n\t]|的(?=[，按给处])|后(?=[^\d]{2})|且|之日起|时(?=[应可须])"
)
_SUPERLATIVE = re.compile(r"最|至|上限|下限|限额|封顶")
_ENDS_TERM = re.compile("[届期圆充丰美]")  # 届满
_OTHER_WORD = re.compile("[合条契公节预签传到送]")  # 合约, 到达
_GAP_CHARS = 24
_LONG_GAP_CHARS = 48  # 至少包括养老服务、社区助餐、婴幼儿托育、儿童托管服务功能中的2项
_SUPERLATIVE_INTERRUPTED = re.compile(r"[,，。;；：:\n\t]|且|不得")
_TIMES = frozenset("年月日周小时分钟工作日季度学期秒岁")
# 以上, (含)以上, 及以上, 名以上; 日内, 年之内, 三十日的期限内; 左右; 日前, 年以前; 个月后
_AFTER = re.compile(
    r"\s*(?:\([^()]{0,12}(?:含|本数)[^()]{0,8}\))?(?:的)?(?:范围|期限|时间|时限)?(?:及|含|或|或者|和)?(?:其)?"
    r"(?P<word>以上|以下|以内|之内|之下|之上|以外|之外|左右|上下|以前|之前|前|以后|之后|后|内|起步|封顶)"
)
_MEANS = {
    "以上": Operator.AT_LEAST,
    "之上": Operator.AT_LEAST,
    "起步": Operator.AT_LEAST,
    "以下": Operator.AT_MOST,
    "之下": Operator.AT_MOST,
    "以内": Operator.AT_MOST,
    "之内": Operator.AT_MOST,
    "内": Operator.AT_MOST,
    "封顶": Operator.AT_MOST,
    "以外": Operator.MORE_THAN,
    "之外": Operator.MORE_THAN,
    "左右": Operator.ABOUT,
    "上下": Operator.ABOUT,
    "以前": Operator.AT_LEAST,  # 会议召开十五日以前: at least so long before
    "之前": Operator.AT_LEAST,
    "前": Operator.AT_LEAST,
    "以后": Operator.AT_LEAST,
    "之后": Operator.AT_LEAST,
    "后": Operator.AT_LEAST,
}
_ONLY_OF_TIME = frozenset(("以前", "之前", "前", "以后", "之后", "后"))
_INNER = frozenset(("内", "之内"))
_SPACES_OF = frozenset(
    (
        "年",
        "月",
        "日",
        "周",
        "小时",
        "分钟",
        "工作日",
        "季度",
        "学期",
        "学年",
        "秒",
        "米",
        "公里",
        "%",
        "海里",
    )
)
# "为限", "为上限"
_LIMIT_AFTER = re.compile(r"\s*(?:为|作为)(?P<word>上限|下限|限|最高限额|起点|底线)")
_BY_LIMIT = {"下限": Operator.AT_LEAST, "起点": Operator.AT_LEAST, "底线": Operator.AT_LEAST}


@dataclass(frozen=True, slots=True)
class Bound:
    """How a quantity is bounded and where the words that say so begin and end."""

    operator: Operator
    is_about: bool
    start: int
    end: int
    is_worded: bool  # a word says it; False for a bare figure
    word: str = ""  # the word before the figure, as folded


def bound(text: str, quantity: Quantity, since: int) -> Bound:
    """How the folded text around a quantity bounds it; a bare figure is EQUAL, a bare range RANGE.

    Args:
        text: the folded text.
        quantity: the quantity in it.
        since: where its own clause begins: words before that bound another figure.

    >>> from assistant.norms.quantities import quantities
    >>> texts = ("不低于3项", "低于3项", "3项以下", "约3项")
    >>> [bound(text, quantities(text)[0], 0).operator.value for text in texts]
    ['≥', '<', '≤', '≈']
    """
    before, after = _before(text, quantity, since), _after(text, quantity)
    is_about = quantity.is_about or any(each and each.operator is Operator.ABOUT for each in (before, after))
    start = before.start if before else quantity.start
    end = after.end if after else quantity.end
    word = before.word if before else ""
    chosen = _chosen(before, after)
    if chosen is None:
        if quantity.is_majority:
            operator = Operator.MORE_THAN
        elif quantity.high is not None:
            operator = Operator.RANGE
        else:
            operator = Operator.ABOUT if is_about else Operator.EQUAL
        return Bound(operator, is_about, start, end, quantity.is_majority or is_about, word)
    if quantity.high is not None:
        # 三至五年内, 达到3%至5%: the range says more than the word
        return Bound(Operator.RANGE, is_about, start, end, True, word)
    return Bound(chosen.operator, is_about, start, end, True, word)


def _chosen(before: Bound | None, after: Bound | None) -> Bound | None:
    """Which word counts: a bound before what is only approximate, 不超过 before 以上, else what follows."""
    bounds = [each for each in (before, after) if each and each.operator is not Operator.ABOUT]
    if not bounds:
        return None
    if len(bounds) == 1:
        return bounds[0]
    first, second = bounds
    if (first.operator, second.operator) == (Operator.MORE_THAN, Operator.AT_LEAST):
        return second  # 超出预算百分之十以上: 以上 includes the figure
    is_weak = (
        re.fullmatch(r".前|提前|达到?|高达|多达|(?:年|已|凡)?满|控制在|限期|最.|至.", first.word) is not None
    )
    return second if is_weak else first


def _before(text: str, quantity: Quantity, since: int) -> Bound | None:
    begin = max(since, quantity.start - _LONG_GAP_CHARS)
    found: re.Match[str] | None = None
    for match in _BEFORE.finditer(text, begin, quantity.start):
        found = match
    if found is None:
        return None
    gap = text[found.end() : quantity.start]
    is_superlative = _SUPERLATIVE.match(found.group()) is not None
    barred = _SUPERLATIVE_INTERRUPTED if is_superlative else _INTERRUPTED
    if (
        barred.search(gap)
        or (len(gap) > _GAP_CHARS and not is_superlative)
        or _is_other_word(found, text, gap, quantity)
    ):
        return None
    kinds = {
        "at_least": Operator.AT_LEAST,
        "at_most": Operator.AT_MOST,
        "less": Operator.LESS_THAN,
        "more": Operator.MORE_THAN,
        "about": Operator.ABOUT,
    }
    operator = kinds[found.lastgroup or "about"]
    return Bound(operator, operator is Operator.ABOUT, found.start(), quantity.end, True, found.group())


def _is_other_word(found: re.Match[str], text: str, gap: str, quantity: Quantity) -> bool:
    """Whether what looks like a bound is another word here: 届满, 期满, 合约; or is cut off by the gap."""
    word, previous = found.group(), text[max(0, found.start() - 1) : found.start()]
    is_apart = bool(gap.strip("占为有 "))
    if word == "满":
        return is_apart or _ENDS_TERM.match(previous) is not None
    if word.endswith("前"):
        return is_apart or quantity.unit not in _SPACES_OF
    if word in ("达", "约", "左右", "近", "限期"):
        return is_apart or _OTHER_WORD.match(previous) is not None
    return False


def _after(text: str, quantity: Quantity) -> Bound | None:
    limit = _LIMIT_AFTER.match(text, quantity.end)
    if limit:
        operator = _BY_LIMIT.get(limit["word"], Operator.AT_MOST)
        return Bound(operator, False, quantity.start, limit.end(), True)
    match = _AFTER.match(text, quantity.end)
    if match is None or not _applies(match, text, quantity.unit):
        return None
    operator = _MEANS[match["word"]]
    return Bound(operator, operator is Operator.ABOUT, quantity.start, match.end(), True)


def _applies(match: re.Match[str], text: str, unit: str) -> bool:
    word, following = match["word"], text[match.end() : match.end() + 1]
    if word in _ONLY_OF_TIME:
        return (
            unit in _SPACES_OF - {"%", "米", "公里", "海里"} and following not in "款条项者来述续期置台勤往"
        )
    if word in _INNER:
        return unit in _SPACES_OF and following not in "部外容"
    return True
