"""Two texts → pieces kept, removed and added. The adapter of diff-match-patch (Myers 1986, cleaned up).

Long texts are matched sentence by sentence first, so that the time stays bounded; what is shown is
the characters of both texts and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import groupby

from assistant.differing.types import Piece, PieceKind

_SENTENCE = re.compile(r"[^。；;！？\n]*[。；;！？\n]*")
_TOO_LONG = 1_500  # characters on one side; comparing them one by one takes the square of it

_KINDS = {0: PieceKind.KEPT, -1: PieceKind.REMOVED, 1: PieceKind.ADDED}


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """The pieces of both texts in reading order, removed ones before added ones; empty for two empty texts.

    >>> [(one.kind.value, one.text) for one in pieces("不少于3项", "不少于5项")]
    [('kept', '不少于'), ('removed', '3'), ('added', '5'), ('kept', '项')]
    """
    return tuple(_joined(_pieces(before, after)))


def _pieces(before: str, after: str) -> Iterator[Piece]:
    if max(len(before), len(after)) <= _TOO_LONG:
        yield from _by_character(before, after)
        return
    old, new = _sentences(before), _sentences(after)
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, a_start, a_end, b_start, b_end in matcher.get_opcodes():
        gone, come = "".join(old[a_start:a_end]), "".join(new[b_start:b_end])
        if kind == "equal":
            yield Piece(PieceKind.KEPT, gone)
        elif max(len(gone), len(come)) <= _TOO_LONG:
            yield from _by_character(gone, come)
        else:
            yield Piece(PieceKind.REMOVED, gone)
            yield Piece(PieceKind.ADDED, come)


def _sentences(text: str) -> list[str]:
    return [one for one in _SENTENCE.findall(text) if one]


def _by_character(before: str, after: str) -> Iterator[Piece]:
    from diff_match_patch import diff_match_patch

    engine = diff_match_patch()
    engine.Diff_Timeout = 0  # never a worse answer on a busy machine; the texts are short
    found = engine.diff_main(before, after, False)
    engine.diff_cleanupSemantic(found)
    for kind, text in found:
        yield Piece(_KINDS[kind], text)


def _joined(found: Iterator[Piece]) -> Iterator[Piece]:
    """Neighbours of one kind as one; between two kept pieces what was removed stands first."""
    for is_kept, run in groupby(found, key=lambda one: one.kind is PieceKind.KEPT):
        held = list(run)
        for kind in (PieceKind.KEPT,) if is_kept else (PieceKind.REMOVED, PieceKind.ADDED):
            text = "".join(one.text for one in held if one.kind is kind)
            if text:
                yield Piece(kind, text)
