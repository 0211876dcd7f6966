"""Which characters sound or look alike, and how a character is read: two shipped tables.

`corpus/sounds.tsv` and `corpus/lookalikes.tsv`, made by `indexing.training.spellings`; read when a
question first holds a word that nothing knows. Without the tables nothing is alike.
"""

from __future__ import annotations

from collections import defaultdict
from functools import cache, lru_cache
from importlib import resources

# Initials and finals that many speakers do not tell apart; the left is written as the right
_LIKE_INITIALS = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("n", "l"), ("r", "l"), ("h", "f"))
_LIKE_FINALS = (("ang", "an"), ("eng", "en"), ("ing", "in"))


@lru_cache(maxsize=4096)
def like_sounds(character: str) -> str:
    """Other characters with a reading of the same syllable, tone aside; "" for an unknown character."""
    groups = [group for group in sounds().values() if character in group]
    return "".join(dict.fromkeys("".join(groups).replace(character, "")))


@lru_cache(maxsize=4096)
def near_sounds(character: str) -> str:
    """Characters of syllables that many do not tell apart (zh, z; n, l; an, ang), but not of the same one."""
    blurred = {_blurred(syllable) for syllable, group in sounds().items() if character in group}
    near = (group for key, group in _by_blurred().items() if key in blurred)
    same = set(like_sounds(character)) | {character}
    return "".join(each for each in dict.fromkeys("".join(near)) if each not in same)


def like_shapes(character: str) -> str:
    """Characters that look like it, the nearest first; "" where none does."""
    return _table("lookalikes.tsv").get(character, "")


@cache
def readings() -> dict[str, tuple[str, ...]]:
    """Character → its syllables without tone."""
    found: dict[str, list[str]] = defaultdict(list)
    for syllable, group in sounds().items():
        for character in group:
            found[character].append(syllable)
    return {character: tuple(syllables) for character, syllables in found.items()}


def sounds() -> dict[str, str]:
    """Syllable without tone → the characters read so."""
    return _table("sounds.tsv")


@lru_cache(maxsize=1)
def _by_blurred() -> dict[str, str]:
    """Blurred syllable → the characters of all syllables that blur to it."""
    out: dict[str, str] = defaultdict(str)
    for syllable, group in sounds().items():
        out[_blurred(syllable)] += group
    return dict(out)


def _blurred(syllable: str) -> str:
    """A syllable as one hears it who does not tell like sounds apart.

    >>> _blurred("zhang"), _blurred("lan")
    ('zan', 'lan')
    """
    for initial, heard in _LIKE_INITIALS:
        if syllable.startswith(initial) and len(syllable) > len(initial):
            syllable = heard + syllable[len(initial) :]
            break
    for final, heard in _LIKE_FINALS:
        if syllable.endswith(final):
            return syllable[: -len(final)] + heard
    return syllable


@cache
def _table(name: str) -> dict[str, str]:
    """Key → value of a table of two columns; empty when it is not there."""
    source = resources.files("corpus").joinpath(name)
    if not source.is_file():
        return {}
    lines = (line.split("\t") for line in source.read_text(encoding="utf-8").splitlines())
    return {cells[0]: cells[1] for cells in lines if len(cells) == 2 and not cells[0].startswith("#")}
