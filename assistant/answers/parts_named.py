"""Which parts of a document a question names: 支持政策清单, 分工表, the 办法 of two texts."""

from __future__ import annotations

import re

from assistant.library import Library
from assistant.questions.question import Question
from indexing.folding import fold_tight
from indexing.types import Document, Level

_SHORTEST = 2  # characters of a table's title by which it can be named: 分工表 of 重点任务分工


def parts_named(question: Question, document: Document, library: Library) -> tuple[str, ...]:
    """The parts of a document that a question names, in order; empty where it names none of them.

    A table goes by its whole title or the end of it (分工表), a text by what it is (办法, 方案).
    """
    tables = tables_named(question.body, document, library)
    texts = {
        part: title
        for part, title in _titles(document, library).items()
        if part not in _tables(document, library) and part != "通知"
    }
    kinds = question.parts_named
    return tables or tuple(part for part, title in texts.items() if any(kind in title for kind in kinds))


def tables_named(body: str, document: Document, library: Library) -> tuple[str, ...]:
    """The parts of a document with a table whose title a folded question says, or the end of it; in order."""
    tables, titles = _tables(document, library), _titles(document, library)
    return tuple(part for part, title in titles.items() if part in tables and _names_table(body, title))


def _tables(document: Document, library: Library) -> set[str]:
    return {one.part for one in library.clauses(document.doc_id) if one.level is Level.TABLE}


def _titles(document: Document, library: Library) -> dict[str, str]:
    """The folded title printed over each part."""
    return {
        one.part: fold_tight(one.text)
        for one in library.clauses(document.doc_id)
        if one.level is Level.FRAME and one.path.endswith("标题")
    }


def _names_table(body: str, title: str) -> bool:
    """Whether a folded question says a table's title or how it ends: 分工表 for 重点任务分工."""
    core = title.removesuffix("表")
    if len(core) >= 2 * _SHORTEST and core[-2 * _SHORTEST :] in body:
        return True
    return re.search(rf"{re.escape(core[-_SHORTEST:])}(?:表|(?<=清单)|(?<=目录))", body) is not None
