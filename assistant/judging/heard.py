"""What a clause says of a question when the ways people ask for it are heard too, and what it leaves unsaid.

Everyday wording never stands in a document; the reviewed phrasings of a clause have much of it. A word
that neither has is more likely another thing than another word: 驾校 in a clause on 考核, 礼品 in one on
积分. Which kind of word is left counts: a noun names what is asked about, and the word beside 什么 or
多少 (什么证, 工资多少) what is asked of it. Between the judge and the model of sufficiency; pure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.judging.nearness import nearness
from assistant.library import Library
from assistant.questions.weighing import Term
from assistant.questions.wording import question_words
from assistant.questions.words import has_noun, is_guess
from indexing import segmentation
from indexing.folding import fold_tight
from indexing.types import Clause

# "工资多少", "补助能拿几成", "学历怎么要求"
_ASKED_BEHIND = re.compile(
    r"什么|哪[些个种家项类]|哪几|哪[里儿]|多少|几[个项家成年天名种级类条处岁次份元分张]|怎么|怎样|如何|多久|多大|谁|([能可有])[不没]\1|是否|吗"
)
_BESIDE = 2  # characters between a word and what asks it: 要多少, 是什么, 能拿多少
# "什么图案", "哪个会议室", "哪几个文件"
_ASKED_BEFORE = re.compile(r"(?:什么样?的?|哪[些个种家项类张份门]|哪几[个种家项类份])$")
# "要考什么证", "开什么课,": a noun of one character, which the terms leave out
_SHORT = re.compile(
    r"(?:什么|哪[个种张门])(?P<noun>[\u4e00-\u9fff])(?=$|[?,。!;]|怎|可|才|要|吗|[办拿领开上])"
)
# "在哪里看", "去哪儿打", "在哪个窗口办", "哪里能看到"; not "建在哪里", "钱从哪里来"
_WHERE = re.compile(
    r"(?:(?:在|去|到|上)哪(?:里|儿|个\w{2,3}|家\w{2,3})?|(?<!找)哪[里儿])(?:能够?|可以|可)?(?:看|查|办|领|打|买|开|交|递|咨询|下载|报|登记|申请|缴|预约|找)"
)
_WHEREABOUTS = re.compile(
    r"平台|网站|网址|官网|公众号|小程序|app|窗口|大厅|热线|办事处"
    r"|向[^，。；,;]{2,14}(?:部门|机构|局|委|中心|政府)|(?:服务中心|服务站)(?:办理|领取|预约)"
)
# What a question asks for by name, and what a clause has that tells it: a way to book, papers, a 文号
_TOLD: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (_WHERE, _WHEREABOUTS),
    (
        re.compile(r"(?:怎么|如何|怎样)(?:预约|报名|挂号|下载|取号)"),
        re.compile(r"预约|报名|挂号|点单|下载"),
    ),
    (
        re.compile(r"(?:要|需要?)带(?:上|些|点)?(?:什么|哪些)|(?:什么|哪些)(?:证件|资料)"),
        re.compile(r"材料|资料|证[件明书照]|报告|申请[书表]|申报[书表]"),
    ),
    (re.compile(r"文号"), re.compile(r"[〔\[]\d{4}[〕\]]")),
    (re.compile(r"哪[几些]?家(?:公司|企业)(?=$|[?？,，])"), re.compile(r"(?:有限|集团|股份)公司")),
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What is left unsaid by a clause and its phrasings; weights are inverse document frequencies."""

    coverage: float = 0.0  # share of the question said
    unsaid: float = 0.0  # the weight left unsaid of all words
    heaviest: float = 0.0  # the greatest of one word
    known: float = 0.0  # the same of a noun that documents here have: 学校 before a clause on 老年食堂
    foreign: float = 0.0  # of a noun that no document, thesaurus or phrasing here has: 驾校
    asked: float = 0.0  # of the word that stands beside what asks: 工资多少
    short: float = 0.0  # 1 where a noun of one character is asked for that ends no word: 什么证
    where: float = 0.0  # 1 where a place to go, a way to book, papers are asked for and none is told

    @property
    def lacks(self) -> bool:
        """Whether the very thing asked for, a 证 or a place to go, is not there, whatever else is said."""
        return bool(self.short or self.where)


NOTHING_HEARD = Heard()


def heard(body: str, terms: Sequence[Term], clause: Clause, library: Library) -> Heard:
    """What a clause with its phrasings leaves unsaid of a question; all of it for no terms.

    Args:
        body: the question, folded, without places.
        terms: its content words.
        clause: what may answer.
        library: where it stands.
    """
    if not terms:
        return NOTHING_HEARD
    phrasings = library.phrasings(clause)
    text = f"{fold_tight(clause.text)}|{library.context(clause)}|{library.titles(clause)}|{phrasings}"
    weights = np.array([term.weight for term in terms])
    left = (weights * (1.0 - nearness().said(tuple(terms), (text,))[:, 0])).tolist()
    each = list(zip(terms, left, strict=True))
    single = [each[n] for n in _without_pairs(terms)]
    return Heard(
        coverage=1.0 - sum(left) / float(weights.sum()),
        unsaid=sum(left),
        heaviest=max(left),
        known=max((rest for term, rest in single if term.is_own and has_noun(term.surface)), default=0.0),
        foreign=max((rest for term, rest in single if _is_foreign(term, library)), default=0.0),
        asked=max((rest for term, rest in single if _is_asked(body, term.surface)), default=0.0),
        short=float(_lacks_short(body, text)),
        where=float(any(asked.search(body) and not told.search(clause.text) for asked, told in _TOLD)),
    )


def _is_foreign(term: Term, library: Library) -> bool:
    """Whether a word names a thing or a deed (上牌) that nothing here has a word for; 街坊 names none."""
    if term.is_known:
        return False
    is_deed = term.surface in question_words().deeds
    if not is_deed and (not has_noun(term.surface) or is_guess(term.surface)):
        return False
    return term.surface not in question_words().everyday and not library.is_phrased(term.surface)


def _without_pairs(terms: Sequence[Term]) -> list[int]:
    """Places of the terms that are not made of two others: 运营考核 beside 运营 and 考核."""
    surfaces = [term.surface for term in terms]
    pairs = {left + right for left in surfaces for right in surfaces}
    pairs |= {left + right[:2] for left in surfaces for right in surfaces if len(right) > 2}
    return [n for n, surface in enumerate(surfaces) if surface not in pairs]


def _is_asked(body: str, word: str) -> bool:
    """Whether a word stands right before or behind what asks for it, and is no mere deed."""
    at = body.find(word)
    if at < 0 or word in question_words().deeds:
        return False
    behind = _ASKED_BEHIND.search(body, at + len(word))
    is_before = behind is not None and behind.start() - (at + len(word)) <= _BESIDE
    return is_before or _ASKED_BEFORE.search(body[:at]) is not None


def _lacks_short(body: str, text: str) -> bool:
    """Whether a noun of one character is asked for that no word of the text ends with: 证 of 许可证."""
    match = _SHORT.search(body)
    if match is None or match["noun"] in question_words().general or not has_noun(match["noun"]):
        return False
    return not any(word.endswith(match["noun"]) for word in _words(text))


@lru_cache(maxsize=1024)
def _words(text: str) -> frozenset[str]:
    return frozenset(segmentation.cut(text))
