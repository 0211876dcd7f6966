"""What a user names (a document, a version of it, a clause) → what is compared.

国办函〔2023〕121号                  a document
国办函〔2023〕121号@1                its first version
国办函〔2023〕121号#二/（一）         a clause; 第七条第二款 is understood too
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from assistant.answers.particulars import name
from assistant.differing.matching import pair_up, paired, units_of
from assistant.differing.types import Differing, Pair, Side
from assistant.errors import DifferenceError
from assistant.types import Citation
from assistant.writing.citing import cite, display_path
from indexing.errors import UnknownDocument
from indexing.folding import fold_tight
from indexing.types import Clause, Document

# "甲办法@2#第三条", "甲办法#二/（一）", "甲办法"; an @ or # inside a title is none
_NAMED = re.compile(r"(?P<document>[^#]+?)(?:@(?P<version>\d{1,6}))?(?:#(?P<path>.+))?")
_NEAR = 5  # paths listed for one that is not there

Loader = Callable[[str, int | None], tuple[Document, tuple[Clause, ...]]]
"""Id and version (None for the current one) → the document and its clauses."""


@dataclass(frozen=True, slots=True)
class Named:
    """A side as a user wrote it."""

    document: str
    version: int | None
    path: str | None


def read_side(text: str) -> Named:
    """The parts of what a user typed.

    >>> read_side("甲办法@2#第三条")
    Named(document='甲办法', version=2, path='第三条')

    Raises:
        DifferenceError: there is no document in it.
    """
    found = _NAMED.fullmatch(text.strip())
    if found is None:
        raise DifferenceError(f"“{text[:40]}”没有写明文件，请写成 文件、文件@版本 或 文件#条款。")
    version = int(found["version"]) if found["version"] else None
    return Named(found["document"].strip(), version, found["path"])


def differing(before: Named, after: Named, find: Callable[[str], str], load: Loader) -> Differing:
    """What differs between two sides: both clauses, or both documents.

    Args:
        before: the first side.
        after: the second side.
        find: what a user calls a document → its id.
        load: gives a version of a document.

    Raises:
        DifferenceError: a clause is compared with a document, a clause is not there, or both sides
            are the same.
        UnknownDocument: no document or version goes by the name.
    """
    if (before.path is None) != (after.path is None):
        raise DifferenceError("一边是条款，一边是整份文件，请两边都写到条款，或两边都写文件。")
    old, new = load(*_address(before, find)), load(*_address(after, find))
    if before.path is None or after.path is None:
        if (old[0].doc_id, old[0].version) == (new[0].doc_id, new[0].version):
            raise DifferenceError("两边是同一份文件的同一版，没有可比的，请换一份或写明 @版本。")
        pairs = pair_up(units_of(*old), units_of(*new))
        return Differing(_side(old[0], new[0]), _side(new[0], old[0]), pairs)
    mine, its = _clause(old, before.path), _clause(new, after.path)
    if mine == its:
        raise DifferenceError("两边是同一个条款，请换一个条款。")
    return Differing(
        _side(old[0], new[0], mine), _side(new[0], old[0], its), (_two(old[0], mine, new[0], its),)
    )


def of_citations(before: Citation, after: Citation) -> Differing:
    """Two quoted sentences character by character, whatever clauses they stand in."""
    sides = [
        Side(f"{one.document_number or f'《{one.title}》'}{display_path(one.path)}", one.doc_id, one.version)
        for one in (before, after)
    ]
    is_same = fold_tight(before.quote) == fold_tight(after.quote)
    return Differing(sides[0], sides[1], (paired(before, after, is_same=is_same),))


def _address(named: Named, find: Callable[[str], str]) -> tuple[str, int | None]:
    """Id and version; an id may itself end in @ and digits."""
    if named.version is not None:
        try:
            return find(f"{named.document}@{named.version}"), None
        except UnknownDocument:
            return find(named.document), named.version
    return find(named.document), None


def _two(old: Document, mine: Clause, new: Document, its: Clause) -> Pair:
    one, other = _whole(old, mine), _whole(new, its)
    return paired(one, other, is_same=fold_tight(one.quote) == fold_tight(other.quote))


def _whole(document: Document, clause: Clause) -> Citation:
    return cite(document, clause, clause.start, clause.end)


def _side(document: Document, other: Document, clause: Clause | None = None) -> Side:
    version = f"第{document.version}版" if document.doc_id == other.doc_id else ""
    path = display_path(clause.path) if clause else ""
    return Side(f"{name(document)}{version}{path}", document.doc_id, document.version)


def _clause(held: tuple[Document, tuple[Clause, ...]], wanted: str) -> Clause:
    """The clause a user names by its path or as it is printed.

    Raises:
        DifferenceError: the document has none of that name; near ones are listed.
    """
    document, clauses = held
    folded = fold_tight(wanted).replace("/", "")
    for one in clauses:
        if one.path == wanted or folded in _names(one):
            return one
    paths = [one.path for one in clauses]
    known = get_close_matches(wanted, paths, n=_NEAR, cutoff=0.3) or paths[:_NEAR]
    raise DifferenceError(
        f"{name(document)}中没有“{wanted[:40]}”，可写的条款如：{'、'.join(known)}；"
        "运行 cewen clauses 可以查看全部。"
    )


def _names(clause: Clause) -> tuple[str, str]:
    return fold_tight(clause.path).replace("/", ""), fold_tight(display_path(clause.path))


def latest(doc_id: str, versions: Sequence[int]) -> tuple[Named, Named]:
    """The last two versions of a document.

    Raises:
        DifferenceError: there is only one.
    """
    if len(versions) < 2:
        raise DifferenceError(
            f"文库里 {doc_id} 只有一版，没有可比的旧版；添加改动后的文件后会存为新的一版，"
            "或再写一份文件来比。"
        )
    return Named(doc_id, versions[-2], None), Named(doc_id, versions[-1], None)
