"""Which document a text is: another version of one we hold, or another one of the same name.

A 文号 decides alone. Without one, 公告 of one authority on one day, or two files called
附件.txt, share title and date and may still have nothing to do with each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from indexing.types import Level, text_hash

if TYPE_CHECKING:
    from indexing.documents import ParsedDocument

SEPARATOR = "~"
"""Between the id that a text asks for and what tells it from its namesakes."""


_SAME = 0.5
"""Share of the shorter text's wordings that the other must have; 自发布之日起施行 alone says nothing."""


def _overlap(held: frozenset[str], said: frozenset[str]) -> float:
    return len(held & said) / min(len(held), len(said)) if held and said else 1.0


def wordings(parsed: ParsedDocument) -> frozenset[str]:
    """Hashes of the wordings a document rules in: its units without frame texts."""
    units = (clause for clause in parsed.clauses if clause.is_unit and clause.level is not Level.FRAME)
    return frozenset(clause.text_hash for clause in units)


def own_id(parsed: ParsedDocument, namesakes: Mapping[str, frozenset[str]]) -> str:
    """The id to store a text under.

    Args:
        parsed: the text, under the id it asks for.
        namesakes: wordings of the documents held under that id or one made from it.
    """
    asked = parsed.document.doc_id
    if parsed.document.document_number or asked not in namesakes:
        return asked
    said = wordings(parsed)
    related = [doc_id for doc_id, held in sorted(namesakes.items()) if _overlap(held, said) >= _SAME]
    return related[0] if related else f"{asked}{SEPARATOR}{text_hash(parsed.document.text)[:8]}"
