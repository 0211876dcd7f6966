"""In what order two steps are claimed, against the order the list or sentence quoted has them in.

先编制实施方案再确定名单 is denied by （四）确定试点建设名单；（五）编制实施方案.
"""

from __future__ import annotations

import re

from assistant.premises.types import HOLDS, Premise
from assistant.questions.wording import question_words
from indexing import segmentation

# "先编制实施方案再确定名单", "先改造,再办手续"
_FIRST = re.compile(
    r"(?<!行)先(?!行|进)(?P<one>[^,，?？]{2,20}?)[,，]?(?:,?然后)?(?:再|然后|后才?|才)(?P<other>[^,，?？]{2,20}?)"
    r"(?:的)?(?=[,，]?(?:对[吧吗不]|是[吧吗不]|没错|[吧吗])|[?？,，]|$)"
)
# "验收以后才办手续", "审查通过之前就能开工"
_AFTER = re.compile(
    r"(?P<other>[^,，?？]{2,20}?)(?:之后|以后|后)[,，]?(?:才|再)(?P<one>[^,，?？]{2,20}?)(?=[,，]?(?:对|是|没错|[吧吗])|[?？]|$)"
)
_STEP = re.compile(
    r"\([一二三四五六七八九十]+\)|[。;；|]|(?<=[\u4e00-\u9fff])[,，、]|并(?=[\u4e00-\u9fff]{2})"
)
_SENTENCE, _THEN = re.compile("[。;；|]"), re.compile("后(?![期续台勤])")
_LISTED = re.compile(r"\([一二三四五六七八九十]+\)")
_NAMES = 0.5  # share of a step's words that a part must say to be it
_NEAR = 0.3  # by which a part must be the one step rather than the other


def of_sequences(asked: str, quotes: str) -> list[Premise | None]:
    """Two steps claimed in order, against the items of a list quoted, or one sentence that says 后.

    [None] where not both stand there: the claim is neither confirmed nor denied; empty where none is made.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
    """
    first, after = _FIRST.search(asked), _AFTER.search(asked)
    claim = first or after
    if claim is None:
        return []
    is_listed = len(_LISTED.findall(quotes)) > 1
    earlier, later = (claim["one"], claim["other"]) if first else (claim["other"], claim["one"])
    told = [quotes] if is_listed else [one for one in _SENTENCE.split(quotes) if _THEN.search(one)]
    for text in told:
        parts = [part for part in _STEP.split(text) if part]
        at, its = _place(earlier, later, parts), _place(later, earlier, parts)
        if at is not None and its is not None and at != its:
            return [HOLDS] if at < its else [Premise(claim.group())]
    return [None]


def _place(step: str, other: str, parts: list[str]) -> int | None:
    """The part that names a step and not the other as much; None for none."""
    scored = [(_share(step, part), -_share(other, part), -index) for index, part in enumerate(parts)]
    share, rest, index = max(scored, default=(0.0, 0.0, 0))
    return -index if share >= _NAMES and share + rest >= _NEAR else None


def _share(step: str, part: str) -> float:
    general = question_words().general
    words = [word for word in segmentation.words(step) if len(word) > 1 and word not in general]
    return sum(word in part for word in words) / len(words) if words else 0.0
