"""Whether a sentence rules for those that the question excludes: 本市户籍老年人 for 非户籍老人.

Both say 户籍 and 老人, and the words alone cannot tell them apart.
"""

from __future__ import annotations

import re
from functools import lru_cache

from indexing import segmentation

_OWN = re.compile(r"本[地市区县省]?|当地")  # 非 本地 户籍: the head is 户籍
_OUTSIDERS = re.compile(r"外地|外来(?!务工)|外省|外市|(?:没有?|无)(?:本地|本市|当地)?的?户[口籍]")
_RESIDENCE = ("户籍", "户口")


def rules_for_the_opposite(question: str, sentence: str) -> bool:
    """Whether a sentence speaks of what the question says 非 of, and never with 非 itself.

    Args:
        question: folded.
        sentence: folded.

    >>> rules_for_the_opposite("非本地户籍老人能享受吗", "本市户籍老年人可以享受优惠;")
    True
    >>> rules_for_the_opposite("非本地户籍老人能享受吗", "持有居住证满1年的非户籍老年人参照执行。")
    False
    """
    return any(_is_opposed(head, sentence) for head in _excluded(question))


@lru_cache(maxsize=64)
def _excluded(question: str) -> tuple[str, ...]:
    """The words that the question sets 非 before."""
    pieces, heads = segmentation.cut(question), list[str]()
    for at, piece in enumerate(pieces):
        if piece != "非" and not (len(piece) == 2 and piece.endswith("非")):  # 对非 试点城市
            continue
        rest = [each for each in pieces[at + 1 : at + 3] if not _OWN.fullmatch(each)]
        heads += [each for each in rest[:1] if len(each) > 1]
    return (*heads, *(_RESIDENCE if _OUTSIDERS.search(question) else ()))


def _is_opposed(head: str, sentence: str) -> bool:
    if head not in sentence:
        return False
    return not re.search(rf"(?:非|外地|外来|外省|没?[无有])[^，,。；;、]{{0,6}}{re.escape(head)}", sentence)
