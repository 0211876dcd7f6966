"""Paragraphs of one body → the tree of its numbering, before paths are given.

The family of marks that a body follows is found as it is read: a mark of a family
already open closes everything below it; a new family opens a level below.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from indexing.marks import Family, Mark, read_mark
from indexing.readers.patterns import ends_sentence
from indexing.reading import Paragraph

_LONGEST_QUOTATION = 60  # paragraphs an amendment may quote before we call the quotation marks wrong
_LONGEST_BARE_HEADING = 20  # characters
# "备注：1.标准含大病保险。": the numbers that follow belong to the note
_NOTE_LIST = re.compile(r"(?:备注|注|说明)\s*[:：]\s*1\s*[.、．]")
# "2 设施要求" yes; "2 年内" no (a heading line of its own, of words)
_BARE_NUMBER = re.compile(r"(\d{1,2})[\s\u3000]+[\u4e00-\u9fff][^。；，,;]{1,30}")
_FIXED = (Family.BOOK, Family.SUBBOOK, Family.CHAPTER, Family.SECTION, Family.ARTICLE)


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
    quoted = quoted_paragraphs(paragraphs)
    marks = [
        None if each.table is not None or index in quoted else read_mark(each.text)
        for index, each in enumerate(paragraphs)
    ]
    builder = _Builder({(mark.family, mark.number) for mark in marks if mark})
    for index, paragraph in enumerate(paragraphs):
        if paragraph.table is not None:
            builder.add_row(paragraph)
            continue
        mark = marks[index] or builder.bare_heading(paragraph)
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
    def __init__(self, present: set[tuple[Family, int]]) -> None:
        self.present = present  # family and number of every mark in the body, taken or not
        self.root = Branch(None)
        self.stack: list[Branch] = [self.root]
        self.last: dict[Family, int] = {}  # the last number of each family anywhere in the body
        self.issues: list[NumberingIssue] = []
        self.noted = 0  # the last number of a list that runs on inside a note: 备注：1. … 2. …

    def bare_heading(self, paragraph: Paragraph) -> Mark | None:
        """The mark of a line such as 2 设施要求, where the body numbers 2.1, 2.2 below it."""
        found = _BARE_NUMBER.fullmatch(paragraph.text) if self._numbers_by_decimals() else None
        if found is None or int(found.group(1)) != self.last.get(Family.DECIMAL_TOP, 0) + 1:
            return None
        return Mark(
            Family.DECIMAL_TOP, int(found.group(1)), found.group(1), found.group(1), found.end(1) + 1, True
        )

    def _numbers_by_decimals(self) -> bool:
        return any(family is Family.DECIMAL for family, _ in self.present)

    def accepts(self, mark: Mark, paragraph: Paragraph) -> bool:
        """Whether the mark is one of this body's own, rather than words that look like one."""
        open_sibling = self._open(mark.family)
        here = self._number(open_sibling) if open_sibling else None
        last = self.last.get(mark.family)
        if mark.family in (Family.DECIMAL, Family.DECIMAL_TOP):
            return True
        if mark.family is Family.HEADING3 and self.noted and mark.number == self.noted + 1:
            self.noted = mark.number  # the text below goes on with the note
            return False
        if mark.is_doubtful and not self._is_due(mark, here):
            return False
        if "之" in mark.name and mark.family is Family.ARTICLE:
            follows = last is not None and last <= mark.number <= last + 1
            return (follows and (mark.number == last or mark.is_spaced)) or self._note(
                mark, last, mark.is_spaced and (last is None or last < mark.number)
            )
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
        furthest = reached + (12 if mark.family is Family.HEADING2 and self._open(Family.ARTICLE) else 3)
        has_text = len(paragraph.text) > len(mark.text) + 1
        return self._note(mark, reached, reached < mark.number <= furthest and has_text)

    def _is_due(self, mark: Mark, here: int | None) -> bool:
        """Whether exactly this number is expected, and a first one has a second to follow."""
        if mark.number == 1:
            return here is None and (mark.family, 2) in self.present
        return mark.number == (here if here is not None else self.last.get(mark.family, 0)) + 1

    def _may_restart(self, mark: Mark, here: int | None) -> bool:
        """Number one begins a list anywhere, but 第一条 and 一、 begin again only under a heading."""
        if here is None or mark.family in (Family.SECTION, Family.CHAPTER):
            return True
        if mark.family is Family.ARTICLE:
            return self._chapter_since_article()
        return mark.family > Family.HEADING1 or here == 1 or self._under_bare_heading()

    def _under_bare_heading(self) -> bool:
        """Whether an unnumbered heading (教育) stands right above: its list counts from one again."""
        content = self.stack[-1].content
        last = content[-1] if content else None
        if not isinstance(last, Paragraph) or last is content[0]:
            return False
        return len(last.text) <= _LONGEST_BARE_HEADING and not ends_sentence(last.text)

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
            decimal = family in (Family.DECIMAL, Family.DECIMAL_TOP)
            return decimal and not mark.name.startswith(above.mark.name + ".")
        if mark.family is Family.DECIMAL_TOP:
            return family in (Family.DECIMAL, Family.DECIMAL_TOP)
        return self._open(mark.family) is not None

    def _open(self, family: Family) -> Branch | None:
        return next((each for each in reversed(self.stack) if each.mark and each.mark.family == family), None)

    @staticmethod
    def _number(branch: Branch) -> int:
        return branch.mark.number if branch.mark else 0

    def add_text(self, paragraph: Paragraph) -> None:
        """Unnumbered text: the next 款 of the article under way, else of the innermost clause."""
        if _NOTE_LIST.match(paragraph.text):
            self.noted = 1
        elif not paragraph.text.startswith(str(self.noted)):
            self.noted = 0
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
