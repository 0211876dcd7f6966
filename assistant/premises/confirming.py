"""Whether what is to be confirmed is said whole: each word of the claim, and who acts before what is done.

A wrong 是的 is the worst answer to a wrong claim, so a claim of which the quotes leave a word unsaid is
shown its clause and no verdict.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.premises.bodies import actors_in
from assistant.premises.claim import SENTENCE, claim_of, in_figures, is_said, words_of
from assistant.questions.weighing import Term

_HALF = 0.5
_ROLES = frozenset({"负责", "牵头", "组织", "统筹", "来管", "承担"})
_LEADS = re.compile("牵头|负责|主管|责任")
# "各不超过", "均不少于": a figure for each is no figure for all
_EACH = re.compile(r"(?:各|均|分别|都)(?=不|给|补|为|是|超|达|至|\d)")


def says_whole(asked: str, quotes: str, around: str, terms: Sequence[Term]) -> bool:
    """Whether quotes say every word of a claim, by itself or by what the thesaurus calls it.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
        around: headings and titles over it, folded, which say what it is about.
        terms: what the question is about.
    """
    claim = claim_of(asked)
    said = in_figures(f"{quotes}|{around}")
    each = _EACH.search(claim)
    if each is not None and each.group()[0] not in quotes:
        return False
    return all(is_said(word, said, terms) for word in words_of(claim)) and acts(claim, quotes, around)


def acts(claim: str, quotes: str, around: str) -> bool:
    """Whether each body named stands before what is claimed of it, in one sentence.

    审查后报送市发展改革委 is no 由市发展改革委审查, and another sentence speaks of another body.
    """
    for actor in actors_in(claim):
        behind = claim[claim.find(actor) + len(actor) :] if actor in claim else ""
        deeds = [word for word in words_of(behind) if word not in _ROLES]
        told = [one for one in SENTENCE.split(quotes) if actor in one]
        is_listed = re.search(rf"(?:牵头|责任|主管)单位[:：][^。]*{re.escape(actor)}", around)
        if not deeds or not told or (is_listed and _LEADS.search(claim)):
            continue
        said = [one[one.find(actor) :] for one in told]
        if not any(_most_in(deeds, one) for one in said):
            return False
    return True


def _most_in(words: Sequence[str], text: str) -> bool:
    """Whether the first of some words and at least half of them stand in a text."""
    return words[0] in text and sum(word in text for word in words) >= _HALF * len(words)
