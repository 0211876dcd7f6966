"""The search copy of a text: one form for full and half width, spaces and odd characters.

Document text is kept as issued; only what is compared or searched is folded.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff\ufff9-\ufffb]")
_SPACES = re.compile(r"\s+")
# NFKC leaves these alone; one form each so that 〔2023〕, [2023], 【2023】 and 〈…〉 compare equal
_FORMS = str.maketrans("〔〕【】〖〗［］〈〉—–―－‐‑〇○・•", "[][][][]《》------零零··")


_KEPT_CHARS = 400  # a longer text is a clause or a document, folded once


def fold(text: str) -> str:
    """`text` for comparison: NFKC, lower case, one form of brackets and dashes, no invisible characters.

    Length may change; never use its offsets in the original.

    >>> fold("国办函〔2023〕121 号")
    '国办函[2023]121 号'
    """
    return unicodedata.normalize("NFKC", _INVISIBLE.sub("", text).translate(_FORMS)).translate(_FORMS).lower()


def fold_tight(text: str) -> str:
    """`fold` without any white space.

    >>> fold_tight("总　则 121 号")
    '总则121号'
    """
    return _kept(text) if len(text) <= _KEPT_CHARS else _SPACES.sub("", fold(text))


@lru_cache(maxsize=16384)
def _kept(text: str) -> str:
    """`fold_tight` of a sentence: a question has the same ones folded many times over."""
    return _SPACES.sub("", fold(text))


def fold_aligned(text: str) -> str:
    """A fold that keeps every character in place: `len(fold_aligned(t)) == len(t)`.

    Characters whose folded form is not one character stay as they are, so offsets
    found in the copy hold in the original.
    """
    return "".join(map(_in_place, text))


@lru_cache(maxsize=8192)
def _in_place(character: str) -> str:
    folded = fold(character)
    return folded if len(folded) == 1 else character
