"""A claim as words: what is to be confirmed without what asks, each word with what the thesaurus calls it.

北京社区助餐优先供应特色菜，对吧 claims 社区助餐, 优先, 供应, 特色菜.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from assistant.premises.bodies import actors_in, names_body
from assistant.premises.counts import listing_of
from assistant.questions.weighing import Term, is_verb_with_auxiliary
from assistant.questions.wording import question_words
from assistant.questions.words import forms_of, words_inside
from indexing import segmentation
from indexing.numerals import parse_numeral

SENTENCE = re.compile(r"[。;；|]")
"""What parts the sentences of folded quotes."""
PART = re.compile(r"[,，:：]")
"""What parts a sentence."""
_TAIL = re.compile(
    r"[,，]?(?:是不是|对不对|是吗|是吧|对吗|对吧|没错吧?|没说错吧?|是这样[的吗吧]*|是真的吗?|真的吗"
    r"|是否(?:正确|准确|属实|如此)|(?:正确|准确|属实)吗|吧|吗)*[?？。!]*$"
)
_LEAD = re.compile(r"^(?:听说|据说|有人说|我?记得(?:是)?|好像|是不是|国家(?:层面)?(?!发展|级|卫生))[,，]?")
_NUMBER = re.compile(
    r"(?<![第每进逐\d一二两三四五六七八九十百])[一二两三四五六七八九十]{1,3}(?=个|项|年(?!级)|日|天|岁|家(?!政|庭|务)|次|倍|户|种|类|级|档|步|条)"
)
# "不得新建和扩建", "暂不改变", "避免替代"; not "不少于", "不断", "无障碍"
NEGATOR = re.compile(
    r"不(?![少低小高大多][于]|超过|仅|断|同|限于|足|便|良|动产|管|论|变(?!更|动)|符)|未(?!来)|无需|无须|没有?|禁止|严禁|避免|防止|拒绝|拿不到|得不到"
)
# "一年征集一次项目" is 每年征集
_YEARLY = re.compile(r"(?<!\d)1年([^,，\d]{0,10})1次")
# "不能变更" is cut as one word
_MODAL = re.compile(
    r"^(?:不(?:能|得|可以?|再|予|应|许|准|允许)|可以|应当?|必须|需要?|能够)(?=[\u4e00-\u9fff]{2})"
)
# "后要", "都可": cut from between two words
_LOOSE = re.compile("[后就都还也才再均前时][要应须需可能会被]")
_SCOPE_END = re.compile(r"[,，。;；:：|]|的(?!话)")
_DEED_CHARS = 2
_SUFFIXES = "式型性类里"
_HAN_DIGITS = "二三四五六七八九"


def claim_of(asked: str) -> str:
    """A folded question without what asks to confirm it, its small numbers in figures.

    >>> claim_of("听说评估等级有四个,对吧?")
    '评估等级有4个'
    """
    return _YEARLY.sub(r"每年\1", in_figures(_TAIL.sub("", _LEAD.sub("", asked))))


def in_figures(text: str) -> str:
    """A folded text with small numbers of Chinese numerals in figures: 三个月 is 3个月, 一照多址 stays."""
    return _NUMBER.sub(lambda match: str(parse_numeral(match.group().replace("两", "二"))), text)


def words_of(claim: str) -> list[str]:
    """The words of a claim that say something, in order; empty for none."""
    bodies = "|".join(re.escape(body) for body in actors_in(claim))
    pieces = re.split(f"({bodies})", claim) if bodies else [claim]
    words = (word for at, one in enumerate(pieces) for word in ([one] if at % 2 else segmentation.words(one)))
    cut = (_MODAL.sub("", word) or word for word in _with_adjectives(words))
    return [
        word
        for word in cut
        if len(word) > 1
        and word not in question_words().claiming_nothing
        and not (is_verb_with_auxiliary(word) or _LOOSE.fullmatch(word))
    ]


def _with_adjectives(words: Iterable[str]) -> Iterator[str]:
    """The words, one of a single character that tells things apart joined to the next: 小 城市 is 小城市."""
    before = ""
    for word in words:
        if len(word) == 1 and any(tag.startswith(("a", "b")) for tag in segmentation.tags(word)):
            before = word
            continue
        yield f"{before}{word}" if len(word) > 1 else word
        before = ""


def is_said(word: str, said: str, terms: Sequence[Term]) -> bool:
    """Whether a word, a form of the term it belongs to, or each pair of its characters stands in a text."""
    if word in said or not word[0].isalnum():
        return True
    forms = [form for term in terms if word == term.surface for form in term.forms]
    if any(form in said for form in (*forms, *forms_of(word))):
        return True
    if word in actors_in(word):
        return names_body(word, said)
    inside = words_inside(word, with_general=True)
    if len(inside) > 1 and "".join(inside) == word and all(is_said(one, said, ()) for one in inside):
        return True
    if len(word) > _DEED_CHARS and _core(word) in said:
        return True
    if (word[0] in _HAN_DIGITS) and (found := listing_of(word[1:], said)):
        return found.count(word[1:]) == parse_numeral(word[0])
    pairs = [word[at : at + 2] for at in range(len(word) - 1)]
    return len(word) > _DEED_CHARS and all(pair in said for pair in pairs)


def _core(word: str) -> str:
    """A word without a suffix (插花 of 插花式), or without the end of the word before it (组长 of 组组长)."""
    if word[0] == word[1]:
        return word[1:]
    return word[:-1] if word[-1] in _SUFFIXES else word


def is_denied(word: str, text: str) -> bool | None:
    """Whether a text denies a word (不得新建和扩建) wherever it says it; None where both, or it does not."""
    scopes = []
    for match in NEGATOR.finditer(text):
        end = _SCOPE_END.search(text, match.end())
        scopes.append((match.start(), end.start() if end else len(text)))
    told = {
        any(start <= one.start() < end for start, end in scopes) for one in re.finditer(re.escape(word), text)
    }
    return told.pop() if len(told) == 1 else None
