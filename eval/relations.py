"""Which clauses count as right for a gold clause: itself, those around it, those inside it."""

from __future__ import annotations

from assistant.library import Library
from eval.cases import Groups
from indexing.types import Clause


def clause_at(clause_id: str, library: Library) -> Clause | None:
    """The clause at `doc_id#path`, None where the library has none."""
    doc_id, _, path = clause_id.rpartition("#")
    return library.clause(doc_id, path)


def right_ids(clause_id: str, library: Library) -> frozenset[str]:
    """Ids of the clause, of every clause that encloses it and of every clause inside it.

    Empty for an id the library does not hold. Read from the tree of clauses, not from the
    paths: a table row's path does not name its table, nor an article's its chapter.
    """
    clause = clause_at(clause_id, library)
    if clause is None:
        return frozenset()
    related = {clause.clause_id, *_inside(clause, library)}
    above = library.parent(clause)
    while above is not None:
        related.add(above.clause_id)
        above = library.parent(above)
    return frozenset(related)


def _inside(clause: Clause, library: Library) -> set[str]:
    found: set[str] = set()
    for child in library.children(clause):
        found |= {child.clause_id, *_inside(child, library)}
    return found


def right_groups(gold: Groups, library: Library) -> tuple[frozenset[str], ...]:
    """For each group, every id that is right for one of its alternatives."""
    return tuple(
        frozenset(found for clause_id in group for found in right_ids(clause_id, library)) for group in gold
    )
