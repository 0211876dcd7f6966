"""Checks any .docx against the layout of GB/T 9704—2012: opened with care, read, every rule applied.

`lint_docx` is the doorway. What it finds is a list of `Finding`s; an empty one means that no rule is
broken, not that the text is right.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from assistant.export.lint.closing import check_closing
from assistant.export.lint.findings import Finding, Rule, finding, shortened
from assistant.export.lint.form import check_form
from assistant.export.lint.numbering import check_numbering
from assistant.export.lint.package import open_docx
from assistant.export.lint.page import check_pages
from assistant.export.lint.reading import read_word
from assistant.export.lint.roles import placed
from assistant.export.lint.tables import check_tables
from assistant.export.lint.word_file import WordFile
from assistant.export.lint.wording import check_wording

__all__ = ["Finding", "Rule", "lint_docx"]


def lint_docx(path: Path) -> tuple[Finding, ...]:
    """What in the .docx at `path` is not as GB/T 9704—2012 has it: page, form, numbering, words, frame.

    At most ten findings of a rule, then one that counts the rest. Nothing is changed.

    Raises:
        UnreadableDocument: it cannot be read as a .docx; one Chinese sentence says why.
    """
    word = read_word(open_docx(path))
    return shortened(_findings(word))


def _findings(word: WordFile) -> Iterator[Finding]:
    items = placed(word)
    yield from check_pages(word)
    yield from check_form(word, items)
    yield from check_numbering(items)
    yield from check_closing(items)
    yield from check_wording(items)
    yield from check_tables(word, items)
    yield from _leftovers(word)


def _leftovers(word: WordFile) -> Iterator[Finding]:
    """What must not leave the office in a file: open changes, comments, links, programs."""
    if word.changes:
        yield finding(Rule.CHANGES, "文件中", f"{word.changes}处修订", "逐处接受或拒绝")
    if word.comments:
        yield finding(Rule.COMMENTS, "文件中", f"{word.comments}条批注", "处理后删去")
    for target in word.external:
        yield finding(Rule.EXTERNAL, "文件中有内容", target[:60], "改为文件内的内容或删去")
    if word.has_macros:
        yield finding(Rule.MACROS, "文件", "带有宏（程序）", "另存为不含宏的 .docx")
