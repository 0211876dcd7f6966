"""What must not be trained on: every question kept for reports, and the passages that answer it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexing.folding import fold

GRAM = 6
OVERLAP = 0.7
"""Share of a text's 6-grams found among held-out text at which it counts as held out."""

SHORT = 12
"""A text of fewer characters is held out only when it is equal to a held-out one."""

# 第三条之一 and （二） at a head; not 第三条 inside a sentence
_MARK = re.compile(
    r"^\s*(?:第[零〇一二三四五六七八九十百千]+条(?:之[一二三四五六七八九十])?"
    r"|[（(][一二三四五六七八九十]+[）)])[\s　]*"
)


def normalised(text: str) -> str:
    """`text` folded (NFKC, lower case), letters and digits only.

    >>> normalised("第一条　本法，自 2020 年起。")
    '第一条本法自2020年起'
    """
    return "".join(character for character in fold(text) if character.isalnum())


def without_mark(text: str) -> str:
    """`text` without the mark of an article or item at its head, which another printing lacks.

    >>> without_mark("第三条之一　社区食堂"), without_mark("（二）价格")
    ('社区食堂', '价格')
    """
    return _MARK.sub("", text)


class HeldOut:
    """Texts that no training text may repeat."""

    def __init__(self, questions: Iterable[str], passages: Iterable[str]) -> None:
        """Hold out `questions` and `passages`, each compared by its normalised wording."""
        texts = [normalised(without_mark(text)) for text in (*questions, *passages)]
        self._texts = frozenset(texts)
        self._grams = frozenset(text[i : i + GRAM] for text in texts for i in range(len(text) - GRAM + 1))

    def holds(self, text: str) -> bool:
        """Whether `text` repeats held-out text: equal, or sharing `OVERLAP` of its 6-grams.

        A text without a letter or digit is not held out.
        """
        plain = normalised(without_mark(text))
        if len(plain) < SHORT:
            return plain in self._texts and bool(plain)
        n_grams = len(plain) - GRAM + 1
        shared = sum(plain[i : i + GRAM] in self._grams for i in range(n_grams))
        return shared >= OVERLAP * n_grams
