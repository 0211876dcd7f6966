"""What must not be trained on: every question kept for reports, and the passages that answer it."""

from __future__ import annotations

from collections.abc import Iterable

from indexing.folding import fold

GRAM = 6
OVERLAP = 0.7
"""Share of a text's 6-grams found among held-out text at which it counts as held out."""

SHORT = 12
"""A text of fewer characters is held out only when it is equal to a held-out one."""


def normalised(text: str) -> str:
    """`text` folded (NFKC, lower case), letters and digits only.

    >>> normalised("第一条　本法，自 2020 年起。")
    '第一条本法自2020年起'
    """
    return "".join(character for character in fold(text) if character.isalnum())


class HeldOut:
    """Texts that no training text may repeat."""

    def __init__(self, questions: Iterable[str], passages: Iterable[str]) -> None:
        """Hold out `questions` and `passages`, each compared by its normalised wording."""
        texts = [normalised(text) for text in (*questions, *passages)]
        self._texts = frozenset(texts)
        self._grams = frozenset(text[i : i + GRAM] for text in texts for i in range(len(text) - GRAM + 1))

    def holds(self, text: str) -> bool:
        """Whether `text` repeats held-out text: equal, or sharing `OVERLAP` of its 6-grams.

        A text without a letter or digit is not held out.
        """
        plain = normalised(text)
        if len(plain) < SHORT:
            return plain in self._texts and bool(plain)
        n_grams = len(plain) - GRAM + 1
        shared = sum(plain[i : i + GRAM] in self._grams for i in range(n_grams))
        return shared >= OVERLAP * n_grams
