"""Paragraphs of one body → the tree of its numbering, before paths are given.

The family of marks that a body follows is found as it is read: a mark of a family
already open closes everything below it; a new family opens a level below.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexing.marks import Family, Mark, read_mark
from indexing.readers.patterns import ends_sentence
from indexing.reading import Paragraph

_LONGEST_QUOTATION = 60  # paragraphs an amendment may quote before we call the quotation marks wrong
_FIXED = (Family.BOOK, Family.CHAPTER, Family.SECTION, Family.ARTICLE)


@dataclass(slots=True)
class Branch:
    """A numbered clause being read: its mark, its paragraphs, and what hangs below.

    `content` keeps document order: paragraphs (the first is the marked one), branches
    and tables.
    """

    mark: Mark | None  # None for the body itself
    content: list[Paragraph | Branch | Table] = field(default_factory=list)

    @property
    def branches(self) -> list[Branch]:
        """The numbered clauses directly below, in order."""
        return [each for each in self.content if isinstance(each, Branch)]

    @property
    def paragraphs(self) -> list[Paragraph]:
        """Its own paragraphs, in order."""
        return [each for each in self.content if isinstance(each, Paragraph)]


@dataclass(slots=True)
class Table:
    """Consecutive rows of one table."""

    rows: list[Paragraph]


@dataclass(frozen=True, slots=True)
class NumberingIssue:
    """A number that does not follow, or a mark that was read as text."""

    kind: str  # gap, repeat, unread
    mark: str
    detail: str


def build_tree(paragraphs: Sequence[Paragraph]) -> tuple[Branch, list[NumberingIssue]]:
    """The numbering tree of a body; unnumbered text before the first mark stays in the root."""
    builder = _Builder()
    quoted = quoted_paragraphs(paragraphs)
    for index, paragraph in enumerate(paragraphs):
        if paragraph.table is not None:
            builder.add_row(paragraph)
            continue
        mark = None if index in quoted else read_mark(paragraph.text)
        if mark is not None and builder.accepts(mark, paragraph):
            builder.open(mark, paragraph)
        else:
            builder.add_text(paragraph)
    return builder.root, builder.issues


def quoted_paragraphs(paragraphs: Sequence[Paragraph]) -> set[int]:
    """Indexes of paragraphs inside a quotation that runs over several of them.

    Amending decisions quote whole articles: 将第五条修改为：“第五条 …
    """
    inside: set[int] = set()
    depth, start = 0, -1
    for index, paragraph in enumerate(paragraphs):
        text = paragraph.text
        if depth and text.startswith("“"):
            depth = 0  # each quoted paragraph opens anew, only the last one closes
            reopened = True
        else:
            reopened = False
        if depth or reopened or (text.startswith("“") and read_mark(text[1:]) is not None):
            inside.add(index)
        before = depth
        depth = max(0, depth + text.count("“") - text.count("”"))
        if depth and not before and not reopened:
            start = index
        if depth and index - start > _LONGEST_QUOTATION:
            inside -= set(range(start, index + 1))
            depth = 0
    if depth:
        inside -= set(range(start, len(paragraphs)))
    return inside


class _Builder:
    def __init__(self) -> None:
        self.root = Branch(None)
        self.stack: list[Branch] = [self.root]
        self.last: dict[Family, int] = {}  # the last number of each family anywhere in the body
        self.issues: list[NumberingIssue] = []

    def accepts(self, mark: Mark, paragraph: Paragraph) -> bool:
        """Whether the mark is one of this body's own, rather than words that look like one."""
        open_sibling = self._open(mark.family)
        here = self._number(open_sibling) if open_sibling else None
        last = self.last.get(mark.family)
        if mark.family is Family.DECIMAL:
            return True
        if "之" in mark.name and mark.family is Family.ARTICLE:
            return last is not None and (mark.number == last or (mark.number == last + 1 and mark.is_spaced))
        if here is not None and mark.number == here + 1:
            return True
        if last is not None and mark.number == last + 1:
            return True
        if mark.number == 1:
            return self._may_restart(mark, here)
        if mark.family in _FIXED:
            plausible = last is None or last < mark.number
            return self._note(mark, last, mark.is_spaced and plausible)
        reached = here if here is not None else (last or 0)
        return self._note(
            mark, reached, reached < mark.number <= reached + 3 and len(paragraph.text) > len(mark.text) + 1
        )

    def _may_restart(self, mark: Mark, here: int | None) -> bool:
        """Number one begins a list anywhere, but 第一条 and 一、 begin again only under a heading."""
        if here is None or mark.family in (Family.SECTION, Family.CHAPTER):
            return True
        if mark.family is Family.ARTICLE:
            return self._chapter_since_article()
        return mark.family > Family.HEADING1 or here == 1

    def _chapter_since_article(self) -> bool:
        return self.stack[-1].mark is not None and self.stack[-1].mark.family < Family.ARTICLE

    def _note(self, mark: Mark, last: int | None, accepted: bool) -> bool:
        kind = "gap" if accepted else "unread"
        self.issues.append(NumberingIssue(kind, mark.text, f"上一个编号是{last or 0}，此处是{mark.number}"))
        return accepted

    def open(self, mark: Mark, paragraph: Paragraph) -> None:
        """Start a clause: below the innermost open clause that may hold it."""
        while self._closes(self.stack[-1], mark):
            self.stack.pop()
        branch = Branch(mark, [paragraph])
        self.stack[-1].content.append(branch)
        self.stack.append(branch)
        self.last[mark.family] = mark.number
        if mark.family in _FIXED:  # sections and lists below it count from one again
            kept = {each.mark.family for each in self.stack if each.mark} | {Family.ARTICLE}
            self.last = {family: number for family, number in self.last.items() if family in kept}

    def _closes(self, above: Branch, mark: Mark) -> bool:
        """Whether the clause `above` ends where `mark` begins."""
        if above.mark is None:
            return False
        family = above.mark.family
        if mark.family is Family.ARTICLE and family > Family.ARTICLE and self._open(Family.ARTICLE) is None:
            return ends_sentence(above.paragraphs[0].text)  # 一、管辖 may head articles, a sentence may not
        if mark.family is Family.ARTICLE:
            return self._open(Family.ARTICLE) is not None and family >= Family.ARTICLE
        if mark.family in _FIXED:
            return family >= mark.family
        if mark.family is Family.DECIMAL:
            return family is Family.DECIMAL and not mark.name.startswith(above.mark.name + ".")
        return self._open(mark.family) is not None

    def _open(self, family: Family) -> Branch | None:
        return next((each for each in reversed(self.stack) if each.mark and each.mark.family == family), None)

    @staticmethod
    def _number(branch: Branch) -> int:
        return branch.mark.number if branch.mark else 0

    def add_text(self, paragraph: Paragraph) -> None:
        """Unnumbered text: the next 款 of the article under way, else of the innermost clause."""
        article = self._open(Family.ARTICLE)
        if article is not None:
            while self.stack[-1] is not article:
                self.stack.pop()
        self.stack[-1].content.append(paragraph)

    def add_row(self, paragraph: Paragraph) -> None:
        """A table row, in the innermost clause."""
        content = self.stack[-1].content
        if content and isinstance(content[-1], Table) and content[-1].rows[0].table == paragraph.table:
            content[-1].rows.append(paragraph)
        else:
            content.append(Table([paragraph]))


def walk(branch: Branch) -> Iterator[Branch]:
    """The branch and everything below it, in document order."""
    yield branch
    for each in branch.branches:
        yield from walk(each)
