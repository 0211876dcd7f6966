"""A claim that one sentence quoted makes itself, word for word or nearly: it is confirmed.

Only where the sentence says nearly all the claim's words, every number of it, denies what the claim denies
and is no weaker: 必须 is not confirmed by 鼓励, 都 and 只能 not by a sentence without them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.norms import Strength
from assistant.norms.wording import governing
from assistant.premises.contradicting import contradicted
from assistant.premises.types import HOLDS, Premise
from assistant.questions.weighing import Term

_SENTENCE = re.compile(r"[。;；|]")
_SAID = 0.9  # share of the claim's words, by weight, that the sentence must say
# Words that claim more than a sentence without them says
_MORE = re.compile(
    r"必须|一定|强制|只能|只有|只要|只是|仅|都|所有|全部|一律|任何|随便|直接|立即|马上|首先|同时|才|就行|不会|永久|长期"
)
_ENCOURAGES = re.compile("鼓励|提倡|倡导")
_SUPPORTS = re.compile("支持")
_PERMITS = re.compile(r"可以|允许|能(?!够|力|源|耗)|(?<![许认])可(?![持靠行及视控比])")
_DENIES = re.compile(r"(?<![要能可用是算收])(?:不(?!同|仅|但|断)|未|无需|无须|没有)")
# "区里不管", "不包括": not 对不对, 不是…吗, 不少于, 不得
_DENIED = re.compile(
    r"(?<![对是要能可会用该需有])不(?![是对得少低小高大多短超可能应宜会用需同仅但断])[\u4e00-\u9fff]"
)
_NUMBER = re.compile(
    r"\d+(?:\.\d+)?|(?<![\u4e00-\u9fff])?[一二两三四五六七八九十百千]+(?=[个项步档级类种大年月岁倍家处名])"
)


def of_restated(asked: str, quotes: str, terms: Sequence[Term]) -> list[Premise | None]:
    """HOLDS where one sentence quoted makes the claim itself; else empty.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
        terms: what the question is about.
    """
    total = sum(term.weight for term in terms)
    if not total or not numbers_said(asked, quotes):
        return []
    for sentence in _SENTENCE.split(quotes):
        told = sum(term.weight for term in terms if any(form in sentence for form in term.forms))
        if told >= _SAID * total and _is_as_strong(asked, sentence, terms):
            return [HOLDS]
    return []


def numbers_said(asked: str, quotes: str) -> bool:
    """Whether every number of a question stands in the quotes; true of one without numbers."""
    return all(one.group() in quotes for one in _NUMBER.finditer(asked))


def denials_said(asked: str, quotes: str) -> bool:
    """Whether the quotes deny what a question denies (区里不管); true of one that denies nothing."""
    if contradicted(asked, quotes):
        return False
    said = [one.group() for one in _DENIED.finditer(asked)]
    return all(one in quotes for one in said)


def _is_as_strong(asked: str, sentence: str, terms: Sequence[Term]) -> bool:
    """Whether a sentence denies, permits, encourages and limits as the claim does."""
    if contradicted(asked, sentence) or any(one.group() not in sentence for one in _MORE.finditer(asked)):
        return False
    parts = [
        part for part in re.split("[,，:：]", sentence) if any(f in part for t in terms for f in t.forms)
    ]
    strengths = {governing(part) for part in parts}
    if bool(_DENIES.search(asked)) is not bool(_DENIES.search("|".join(parts))):
        return False
    if _ENCOURAGES.search(asked):
        return Strength.ENCOURAGED in strengths
    if _SUPPORTS.search(asked):
        return Strength.SUPPORTED in strengths
    if _PERMITS.search(asked):
        return bool(strengths & {Strength.MAY, Strength.ENCOURAGED, Strength.SUPPORTED})
    return not strengths & {Strength.MAY, Strength.ENCOURAGED, Strength.SUPPORTED, Strength.SHOULD} or any(
        word in asked for word in ("宜", "优先", "探索", "推广")
    )
