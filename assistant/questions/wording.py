"""The language of questions: words that ask, words too general to tell clauses apart, premises.

Read from `prompts/question_words.toml`, the code's own. What documents may call a word is the
thesaurus's business (`indexing.thesaurus`).
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from assistant.questions.spoken import joined

_HAN = "一二两三四五六七八九十百千万半"
_YEAR = r"(?:19|20)\d\d(?=年|$|[^\d.%])"
# "1亿元", "600平方米", "30%", "六个月", "两项" are premises; "2027年", "15分钟", "每百户", "一照多址" are not
_UNIT = (
    r"%|[十百千万亿]*(?:元|块钱|平方米|平米|平方|㎡|人|户|个月|个|项|家|名|处|种|类|岁|天|日|小时|月|年|倍"
    r"|成|次|米|座)?"
)
_HAN_UNIT = (  # not 三年级, 两家政公司, 三项目, 一成立
    r"(?:万|亿)?元|平方米|平米|成(?![立为果员])|倍|个月|个|年(?!级)|天|岁|项(?!目)|家(?![政庭长])|份|种|座"
    r"|小时"
)
_AMOUNT = (
    rf"(?<![\d.第附件A-Za-z-])(?!{_YEAR})\d+(?:\.\d+)?(?:[~-]\d+(?:\.\d+)?)?(?:{_UNIT})"
    rf"|(?<![第每{_HAN}年])(?:百分之[{_HAN}]+|[{_HAN}]+(?:{_HAN_UNIT}))"
)
_PREMISE = re.compile(_AMOUNT)
# "是不是1亿元", "50%吧", "六个月,是这样吗", "200个吗": the figure itself is what is asked about
_DOUBTED = re.compile(
    rf"(?:是不是|是否为?|是|达到|(?<![不未])满)(?:{_AMOUNT})"
    rf"|(?:{_AMOUNT})(?:左右|以上|以内)?(?:吗|吧|[,，]?(?:对|是(?:吗|不是|这样|真)|这个))"
)


@dataclass(frozen=True, slots=True)
class QuestionWords:
    """What stands in a question without being its subject."""

    variants: tuple[tuple[str, str], ...]  # spoken form, written form
    asking: re.Pattern[str]
    general: frozenset[str]
    soft: frozenset[str]
    deeds: frozenset[str]
    measures: frozenset[str]
    opposites: tuple[tuple[str, str], ...]  # pairs of words that exclude each other
    everyday: frozenset[str]
    claiming_nothing: frozenset[str]


@cache
def question_words() -> QuestionWords:
    """The table shipped beside the frames.

    Raises:
        KeyError, re.error: our own file is wrong; the tests load it.
    """
    text = resources.files("prompts").joinpath("question_words.toml").read_text(encoding="utf-8")
    table = tomllib.loads(text)
    return QuestionWords(
        tuple(table["variants"].items()),
        re.compile("|".join(table["asking"])),
        frozenset(table["general"]),
        frozenset(table["soft"]),
        frozenset(table["deeds"]),
        frozenset(table["measures"]),
        tuple((one, other) for one, other in table["opposites"]),
        frozenset(table["everyday"]),
        frozenset(table["claiming_nothing"]),
    )


def written(folded: str) -> str:
    """Spoken forms in their written form.

    >>> written("咋申请,要交啥材料"), written("还要备个案不")
    ('怎么申请,要交什么材料', '还要备案不')
    """
    for spoken, plain in question_words().variants:
        folded = folded.replace(spoken, plain)
    return joined(folded)


def without_premises(text: str) -> str:
    """Text without its figures: what a question supposes is not what it is about. Years stay.

    >>> without_premises("补助上限是不是1亿元"), without_premises("到2027年建600平方米")
    ('补助上限是不是 ', '到2027年建 ')
    """
    return _PREMISE.sub(" ", text)


def doubts_figure(folded: str) -> bool:
    """Whether the question puts a figure to be confirmed.

    >>> doubts_figure("补助比例是50%吧"), doubts_figure("3岁以下能入托吗")
    (True, False)
    """
    return bool(_DOUBTED.search(folded))
