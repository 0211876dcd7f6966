"""What words a library knows, for telling a slip of the keyboard from a word.

Words of units and phrasings come from the alignment, what documents say from the lexical index, the
rest of the language from jieba's dictionary and the thesaurus.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from indexing import segmentation
from indexing.folding import fold
from indexing.thesaurus import thesaurus

# "qwerty", "ＡＰＰ"; not "3D", which has a digit
_LATIN = re.compile(r"(?<![A-Za-z0-9])(?:[A-Za-z]|[Ａ-Ｚａ-ｚ]){2,}(?![A-Za-z0-9])")
# jieba's tags of words that carry no subject: conjunctions, adverbs, numerals, pronouns, prepositions, ...
_EMPTY = ("c", "d", "m", "r", "p", "f", "u", "y", "q", "t", "z")
_SURE = 3  # characters of a word that chance hardly makes of a slip


@dataclass(frozen=True, slots=True, eq=False)  # one is itself: its words are too many to compare
class Lexicon:
    """Words of one generation of the index."""

    counts: Mapping[str, int]  # word of the units or their phrasings, in how many units it stands
    in_documents: Callable[[str], int]  # in how many units a word stands, phrasings aside
    stands: Callable[[str], bool]  # whether two characters stand side by side in a unit or a phrasing

    def knows(self, word: str) -> bool:
        """Whether a folded word is one: of the library, of the thesaurus, of the dictionary."""
        return self._has(word) or segmentation.is_word(word)

    def without_strangers(self, text: str) -> str:
        """`text` without Latin words that neither the library nor the thesaurus has.

        A static encoder would spell them, and letters say nothing of what is asked.
        """
        return _LATIN.sub(lambda word: word.group() if self._has(fold(word.group())) else " ", text)

    def _has(self, word: str) -> bool:
        return word in self.counts or word in thesaurus()

    def weight(self, word: str) -> int:
        """How much speaks for reading a misspelt word as this one; 0 when nothing does.

        Documents must have it; for a longer one phrasings or the thesaurus are enough. A word of no
        subject (以及) is nothing to be looked for; one that jieba guessed must stand in several units.
        """
        if any(tag.startswith(_EMPTY) for tag in segmentation.tags(word)):
            return 0
        count = self.in_documents(word)
        is_word = word in thesaurus() or segmentation.is_word(word)
        if len(word) >= _SURE and is_word and (word in thesaurus() or word in self.counts):
            return count + 1
        return count if is_word or count > 1 else 0
