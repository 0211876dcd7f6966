"""The place gate: terms, 文号 and place names that only another place's documents have.

Computed from the library as it is, with no list of words: what stands in quotes or title marks, or
is a phrase that comes back again and again, in documents of one other place, and nowhere in those of
the draft's own place or of the nation. What the facts say is the applicant's, and allowed.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from assistant.drafting.shelf import ClauseShelf
from assistant.library import Library
from indexing.folding import fold_tight
from indexing.jurisdictions import find_places, lineage
from indexing.segmentation import cut
from indexing.types import Document

_QUOTED = re.compile(r"[“《]([^“”《》]{2,24})[”》]")
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,8}[〔\[（(]\d{4}[〕\]）)]\d+号")
_CHINESE = re.compile(r"[\u4e00-\u9fff]+")
_MIN_TIMES = 3  # a phrase that comes back this often is a term of its place
_MIN_CHARS, _MAX_WORDS = 4, 3
_NAME_CHARS = 6
_THINGS = ("平台", "网格", "系统", "应用", "驿站")
_EMPTY = frozenset("的和与及或在对为以等是有将按由从并各其该本可应要不了中上下")


@lru_cache(maxsize=16)
def foreign_terms(library: Library, jurisdiction: str) -> frozenset[str]:
    """Terms of other places' documents that those of the place and the nation never use, folded.

    Empty where the library holds no other place.
    """
    shelf_places = {"000000", *lineage(jurisdiction)}
    own = [each for each in library.documents if (each.metadata.jurisdiction or "000000") in shelf_places]
    others = [each for each in library.documents if each not in own]
    own_text = "｜".join(fold_tight(f"{each.title}{each.text}") for each in own)
    homes: dict[str, set[str | None]] = defaultdict(set)
    for document in others:
        for term in _terms_of(document):
            homes[term].add(document.metadata.jurisdiction)
    # what two other places both say (一老一小) is nobody's own
    return frozenset(term for term, found in homes.items() if len(found) == 1 and term not in own_text)


def _terms_of(document: Document) -> Iterator[str]:
    text = fold_tight(f"{document.title}\n{document.text}")
    yield from (fold_tight(one) for one in _QUOTED.findall(text) if len(one) >= 2)
    yield from _NUMBER.findall(text)
    for phrase, times in _phrases(text).items():
        if times >= _MIN_TIMES:
            yield phrase


def _phrases(text: str) -> Counter[str]:
    """How often two or three neighbouring words stand together, as one string."""
    counted: Counter[str] = Counter()
    for run in _CHINESE.findall(text):
        pieces = cut(run)
        for size in range(1, _MAX_WORDS + 1):
            for at in range(len(pieces) - size + 1):
                chosen = pieces[at : at + size]
                phrase = "".join(chosen)
                if len(phrase) >= _MIN_CHARS and not _EMPTY & {chosen[0], chosen[-1]}:
                    counted[phrase] += _MIN_TIMES if _is_name(chosen) else 1
    return counted


def _is_name(words: Sequence[str]) -> bool:
    """Whether words are what a place calls a thing of its own, for which once is enough.

    城市 综合 网格, 调度 与 服务平台; not 综合 服务平台, which anybody may have.
    """
    if len(words) == 1:  # a term of the dictionary: 市政府固定资产投资, 社区养老服务站
        return len(words[0]) >= _NAME_CHARS
    return len(words) == _MAX_WORDS and words[-1].endswith(_THINGS) and len("".join(words)) >= _NAME_CHARS


def foreign_words(text: str, allowed: str, shelf: ClauseShelf) -> list[str]:
    """Terms and place names in a text that belong to another place, as folded; none is good.

    Args:
        text: a sentence.
        allowed: words of facts and of our own frames, folded, whatever they hold.
        shelf: the library, and the draft's place.
    """
    folded, known = fold_tight(text), allowed
    found = [term for term in foreign_terms(shelf.library, shelf.jurisdiction) if term in folded]
    found += _places(text, shelf)
    return sorted({each for each in found if each not in known}, key=lambda each: (-len(each), each))


def _places(text: str, shelf: ClauseShelf) -> Iterable[str]:
    """Place names that are neither the draft's own nor above nor below it."""
    own = lineage(shelf.jurisdiction)
    for mention in find_places(text):
        if not any(shelf.jurisdiction in lineage(code) or code in own for code in mention.codes):
            yield fold_tight(text[mention.start : mention.end])
