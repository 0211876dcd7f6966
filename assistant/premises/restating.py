"""A claim that one sentence quoted makes itself, word for word or nearly: it is confirmed.

Only where the sentence says the claim's words, every number of it, denies what the claim denies and is no
weaker: 必须 is not confirmed by 鼓励, 都 and 只能 not by a sentence without them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.norms import Strength
from assistant.norms.wording import governing
from assistant.premises.claim import (
    NEGATOR,
    PART,
    SENTENCE,
    claim_of,
    in_figures,
    is_denied,
    is_said,
    words_of,
)
from assistant.premises.claims import turned
from assistant.premises.confirming import acts
from assistant.premises.contradicting import contradicted
from assistant.premises.types import HOLDS, Premise
from assistant.questions.weighing import Term
from assistant.questions.words import ROLES
from indexing import segmentation

_OWN = 0.5  # share of a claim's words that the sentence must say itself, not the headings over it
# Words that claim more than a sentence without them says
_MORE = re.compile(
    r"必须|一定|强制|只|仅|都|所有|全部|一律|任何|随便|直接|立即|马上|首先|同时|才|就行|不会|永久|长期"
)
# "面向小学生": whom a thing is for is not taken from another word
_AIMED = re.compile(r"面向(?P<who>[\u4e00-\u9fff]{2,8})")
# “应融尽融”是指便民服务: what a name means stands beside it
_MEANS = re.compile("是?指|叫做?|意思是")
_ENCOURAGES = re.compile("鼓励|提倡|倡导")
_SUPPORTS = re.compile(r"支持(?=[^的,，]{2})")
_PERMITS = re.compile(
    r"(?<!不)(?:可以|允许|(?<![功职性智机动可])能(?!够|力|源|耗))|(?<![许认不])可(?![持靠行及视控比])|有权|就行|即可|有资格|拿到|享受"
)
_SOFT = re.compile("宜|优先|探索|推广|一般|原则上")
# "区里不管", "不包括": not 对不对, 不是…吗, 不少于, 不得
_DENIED = re.compile(
    r"(?<![对是要能可会用该需有])不(?![是对得少低小高大多短超可能应宜会用需同仅但断])[\u4e00-\u9fff]"
)
# A sentence with a case of its own is not on what the sentence before it is about
_OWN_CASE = re.compile(r"的[,，]|^(?:对|涉及|属于|经|其中|凡|除)")
_ITEM = re.compile(r"\(?[一二三四五六七八九十\d]{1,2}[\).、]|[一二三四五六七八九]是")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
BOUNDED = re.compile(
    r"不(?:能|得|可以?|应|宜|允许)?[少低小高大多超][于过出]|(?:大|小|多|少|高|低)于|超过|至[少多]|最[多少高低]|以[上下内]"
)
"""What bounds a figure: 不能小于, 至少, 以上."""
_GIVES_WAY = frozenset({Strength.MAY, Strength.ENCOURAGED, Strength.SUPPORTED})


def of_restated(asked: str, quotes: str, around: str, terms: Sequence[Term]) -> list[Premise | None]:
    """HOLDS where one sentence quoted makes the claim itself; else empty.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
        around: headings and titles over it, folded.
        terms: what the question is about.
    """
    for claim, sentence, own in _saying(asked, quotes, around, terms):
        is_turned = _denial(claim, sentence, own) is not None
        if not is_turned and acts(claim, sentence, around) and _is_as_strong(claim, sentence, own):
            return [HOLDS]
    return []


def of_reversed(asked: str, quotes: str, around: str, terms: Sequence[Term]) -> list[Premise | None]:
    """The denial of a claim of which one sentence quoted says all words, but turns one round; else empty.

    增设地上停车库也要算容积率 beside 增设地上停车库不计算容积率. Arguments as of `of_restated`.
    """
    for claim, sentence, own in _saying(asked, quotes, around, terms):
        if (denial := _denial(claim, sentence, own)) is not None:
            return [denial]
    return []


def _saying(
    asked: str, quotes: str, around: str, terms: Sequence[Term]
) -> Iterator[tuple[str, str, list[str]]]:
    """The claim, each sentence that says all its words, what it is about apart, and those it says itself."""
    claim = claim_of(asked)
    words = words_of(claim)
    is_told = sum(word not in ROLES for word in words) > 1  # 由市民政局牵头 alone names nothing to lead
    before = ""
    for sentence in _sentences(in_figures(quotes)) if is_told else ():
        case = _OWN_CASE.search(sentence)
        is_apart = case is not None and not any(word in PART.split(sentence)[0] for word in words)
        above, before = f"{around}|{'' if is_apart else before}", sentence
        if not numbers_said(asked, f"{sentence}|{around}"):
            continue
        own = [word for word in words if is_said(word, sentence, terms)]
        n_over = next((at for at, word in enumerate(words) if word in own), len(words))
        is_own = words[-1] in own and len(own) >= _OWN * len(words)
        over = all(is_said(word, above, terms) for word in words[:n_over])  # what it is about, and no more
        is_whole = is_own and over and all(word in own for word in words[n_over:])
        if is_whole and len(own) > 1 and not _is_contrasted(own, sentence) and not turned(claim, sentence):
            yield claim, sentence, own


def _denial(claim: str, sentence: str, words: Sequence[str]) -> Premise | None:
    """What stands instead of the last word that only one of a claim and its part of the sentence denies."""
    part = max(_deciding(sentence, words), key=len)
    for word in reversed(words):
        mine, its = is_denied(word, _unbounded(claim)), is_denied(word, _unbounded(part))
        if mine is None or its is None or mine is its:
            continue
        denying = claim if mine else part
        negator = [
            one.start() for one in NEGATOR.finditer(_unbounded(denying)) if one.start() < denying.find(word)
        ][-1]
        before = [one for one in words if one in claim and one in part and one in denying[:negator]]
        behind = before[-1] if before else ""
        return Premise(_stretch(claim, behind, word), _stretch(part, behind, word))
    return None


def _unbounded(text: str) -> str:
    """A text of the same length in which 不应小于 denies nothing."""
    return BOUNDED.sub(lambda match: " " * len(match.group()), text)


def _stretch(text: str, before: str, word: str) -> str:
    """What stands behind one word of a text, up to the end of another: 不计算容积率."""
    start = text.find(before) + len(before)
    return text[start : text.find(word, start) + len(word)].lstrip("也都还就")


def _sentences(quotes: str) -> Iterator[str]:
    """The sentences of quotes; each item of a list behind the line that introduces it."""
    lead = ""
    for sentence in SENTENCE.split(quotes):
        if _ITEM.match(sentence):
            yield f"{lead},{sentence}"
        else:
            yield sentence
            lead = sentence or lead


def numbers_said(asked: str, quotes: str) -> bool:
    """Whether every number of a question stands in the quotes; true of one without numbers."""
    told = set(_NUMBER.findall(in_figures(quotes)))
    return all(one in told for one in _NUMBER.findall(claim_of(asked)))


def denials_said(asked: str, quotes: str) -> bool:
    """Whether the quotes deny what a question denies (区里不管); true of one that denies nothing."""
    if contradicted(asked, quotes):
        return False
    said = [one.group() for one in _DENIED.finditer(asked)]
    return all(one in quotes for one in said)


def _is_as_strong(claim: str, sentence: str, words: Sequence[str]) -> bool:
    """Whether a sentence denies, permits, encourages and limits as the claim does."""
    said = sentence.replace("即可", "就行")
    if contradicted(claim, sentence) or any(one.group() not in said for one in _MORE.finditer(claim)):
        return False
    aimed = _AIMED.search(claim)
    if aimed is not None and segmentation.words(aimed["who"])[0] not in sentence:
        return False
    if _MEANS.search(claim) and not any(all(word in part for word in words) for part in PART.split(sentence)):
        return False
    for word in words:
        mine, its = is_denied(word, claim), is_denied(word, sentence)
        if mine is not None and its is not None and mine is not its:
            return False
    strengths = {governing(part) for part in _deciding(sentence, words)}
    if _ENCOURAGES.search(claim):
        return Strength.ENCOURAGED in strengths
    if _SUPPORTS.search(claim):
        return Strength.SUPPORTED in strengths
    if _PERMITS.search(claim):
        return Strength.MUST_NOT not in strengths
    return not strengths & (_GIVES_WAY | {Strength.SHOULD}) or bool(_SOFT.search(claim))


def _deciding(sentence: str, words: Sequence[str]) -> list[str]:
    """The parts of a sentence that say the last word of a claim; of several those that say most of it."""
    parts = [part for part in PART.split(sentence) if words[-1] in part] or PART.split(sentence)
    most = max(sum(word in part for word in words) for part in parts)
    return [part for part in parts if sum(word in part for word in words) == most]


def _is_contrasted(words: Sequence[str], sentence: str) -> bool:
    """Whether another word of the same make stands where the last word is claimed to stand.

    办公空间最小化、服务空间最大化 makes no 办公空间最大化.
    """
    *_, before, last = words
    at, its = sentence.find(before), sentence.find(last)
    if at < 0 or its < at or len(last) < 3:
        return False
    between = sentence[at + len(before) : its]
    return re.search(f"{re.escape(last[0])}[^{re.escape(last[1])}]{re.escape(last[2:])}", between) is not None
