"""Allowed where the quotes forbid, refused where they allow: 允许扩建 beside 不得新建和扩建.

A claim is denied only by a part of a sentence that says the deed itself, and speaks of the same thing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.norms import Strength
from assistant.norms.wording import governing
from assistant.premises.claim import PART, SENTENCE, claim_of, in_figures, is_denied, is_said, words_of
from assistant.premises.contradicting import contradicted
from assistant.premises.restating import BOUNDED
from assistant.premises.types import Premise
from assistant.questions.weighing import Term
from assistant.questions.words import has_tag, words_inside

_ABOUT = 0.5  # share of a claim's other words that the sentence and its headings must say
_SAYS = 0.6  # share of a deed's words that a part must say to allow it
_PART_CHARS = 60  # a longer part is not set against the words denied
# "允许存量改造时扩建", "可对已运营设施进行扩建", "要变更所有权"
_AFFIRMS = re.compile(
    r"允许|可以|可(?![持靠行及视控比])|能(?!够?不|源|力|耗)|鼓励|支持|提倡|要(?!求|素|点)|需要?(?!求)|应当?(?!急)|会(?!议)|必须"
)
_FORBIDS = re.compile(r"不得|禁止|严禁|不准|不允许|不予|不再|避免|防止")
# "不允许微利经营", "拿不到补助", "不用征求意见"
_REFUSED = re.compile(
    r"(?P<neg>(?<![对是])不(?:允许|能够?|可以?|得|给予?|予|准|支持|鼓励|提倡|再|用|需要?|必|会|让)|拿不到|得不到|享受不到|无权|没有|无需|无须|禁止|严禁)"
    r"(?P<deed>[^,，?？]{2,30})$"
)
_FREED = re.compile(r"不用|不需|不必|无需|无须")
# "保持所有权不变", and what is claimed to change it
_KEEPS = re.compile(r"保持(?P<what>[\u4e00-\u9fff]{2,10}?)不变")
_CHANGES = r"变更|改变|转移|转让|移交|调整|变动|过户"
_GIVES_WAY = frozenset({Strength.MAY, Strength.ENCOURAGED, Strength.SUPPORTED, Strength.SHOULD})


def of_forbidden(asked: str, quotes: str, around: str, terms: Sequence[Term]) -> list[Premise | None]:
    """A deed claimed to be allowed or due, against a part that forbids it; empty where none does.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
        around: headings and titles over it, folded.
        terms: what the question is about.
    """
    claim = claim_of(asked)
    kept = _of_kept(claim, quotes)
    affirmed = _AFFIRMS.search(claim)
    words = words_of(claim)
    if kept or affirmed is None or _REFUSED.search(claim):
        return kept
    said = claim[affirmed.start() :]
    deeds = [word for word in words_of(said) if has_tag(word, ("v",)) and is_denied(word, claim) is False]
    for sentence, part in _parts(quotes):
        refusal = _FORBIDS.search(part)
        deed = next((word for word in deeds if is_denied(word, part)), None)
        others = [word for word in words if word != deed]
        if refusal and deed and _share(others, f"{sentence}|{around}", terms) >= _ABOUT:
            return [Premise(said, part[refusal.start() :])]
    return []


def _of_kept(claim: str, quotes: str) -> list[Premise | None]:
    """转移所有权 claimed where the quotes have it kept as it is: 保持所有权不变."""
    for told in _KEEPS.finditer(quotes):
        what = re.escape(told["what"])
        change = re.search(rf"(?:{_CHANGES})[^,，]{{0,4}}{what}|{what}(?:的)?(?:{_CHANGES})", claim)
        if change is not None and is_denied(told["what"], claim) is False:
            return [Premise(change.group(), told.group())]
    return []


def of_refused(asked: str, quotes: str, around: str, terms: Sequence[Term]) -> list[Premise | None]:
    """A deed claimed to be refused or needless, against a part that allows or orders it; else empty.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
        around: headings and titles over it, folded.
        terms: what the question is about.
    """
    claim = claim_of(asked)
    refused = _REFUSED.search(claim)
    if refused is None or BOUNDED.search(refused.group()):
        return []
    deeds, subject = words_of(refused["deed"]), words_of(claim[: refused.start()])
    is_freed = _FREED.match(refused["neg"]) is not None
    if not deeds or any(is_denied(word, part) for word in deeds for _, part in _parts(quotes)):
        return []
    for sentence, part in _parts(quotes):
        said = [word for word in deeds if _says(word, part, terms)]
        if (
            len(said) < _SAYS * len(deeds)
            or deeds[-1] not in said
            or contradicted(claim[: refused.start()], sentence)
        ):
            continue
        gives_way = governing(part) in _GIVES_WAY
        if _share(subject, f"{sentence}|{around}", terms) >= _ABOUT and not (is_freed and gives_way):
            return [Premise(refused.group(), part if len(part) <= _PART_CHARS else None)]
    return []


def _parts(quotes: str) -> list[tuple[str, str]]:
    """Each part between commas with its sentence."""
    return [
        (sentence, part)
        for sentence in SENTENCE.split(in_figures(quotes))
        for part in PART.split(sentence)
        if part
    ]


def _share(words: Sequence[str], text: str, terms: Sequence[Term]) -> float:
    """Share of some words that a text says; 1 of none."""
    return sum(is_said(word, text, terms) for word in words) / len(words) if words else 1.0


def _says(word: str, text: str, terms: Sequence[Term]) -> bool:
    """Whether a text says a word, or each word it is made of: 市场主体 in 引入市场经营主体."""
    inside = words_inside(word, with_general=True)
    is_made = len(inside) > 1 and "".join(inside) == word
    return is_said(word, text, terms) or (is_made and all(one in text for one in inside))
