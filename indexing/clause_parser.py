"""Reading text → clauses: parts, frame, numbering tree, tables, and an address for each.

    ReadingText ──parts──► notice, body, annexes ──clause_tree──► branches ──► Clause

Pure functions. `doc_id` is empty in what comes out; `documents.py` fills it in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from indexing.clause_tree import Branch, NumberingIssue, Table, build_tree, walk
from indexing.marks import Family
from indexing.numerals import chinese_numeral
from indexing.parts import MAIN, NOTICE, Part, Role, Segment, split_parts
from indexing.reading import Paragraph, ReadingText
from indexing.readers.patterns import ends_sentence
from indexing.responsible import responsible_bodies
from indexing.table_rows import read_table
from indexing.types import Clause, Level, Span, text_hash

_LEVELS = {
    Family.BOOK: Level.CHAPTER,
    Family.CHAPTER: Level.CHAPTER,
    Family.SECTION: Level.SECTION,
    Family.ARTICLE: Level.ARTICLE,
    Family.HEADING1: Level.HEADING1,
    Family.HEADING2: Level.HEADING2,
    Family.HEADING3: Level.HEADING3,
    Family.HEADING4: Level.HEADING4,
    Family.HEADING5: Level.HEADING5,
    Family.DECIMAL: Level.HEADING4,
}
_UNIT_ROLES = {Role.ADDRESSEE, Role.ANNEX_LIST, Role.SIGNATURE, Role.IMPRINT}
_LONGEST_INLINE_HEADING = 40
_LONGEST_HEADING = 60
_SUBSTANTIAL = 12  # characters of a container's own text that make it worth finding
# "【资金支持】", "（目的）" after an article's mark
_ARTICLE_HEADING = re.compile(
    r"[【〔\[]([^】〕\]]{1,30})[】〕\]]\s*|[（(]([^）)。，；]{2,16})[）)]\s*(?=[\u4e00-\u9fff])"
)
# "本方案自2024年4月8日起施行", "本办法由市发展改革委负责解释"
_CLOSING = re.compile(
    r"(?:本|该|以上|上述)[\u4e00-\u9fff]{0,12}(?:自|从|由|有效期|执行期|印发)|此前|原|特此|各(?:地|区|省|有关|级|单位|部门)|(?:此|本)(?:复|文)"
)


@dataclass(slots=True)
class Node:
    """A clause under construction."""

    name: str  # last component of its path
    level: Level
    start: int
    end: int
    mark: str | None = None
    heading: str | None = None
    heading_end: int = 0  # where the mark and heading stop; start for none
    children: list[Node] = field(default_factory=list)
    cells: tuple[tuple[str, str], ...] = ()
    responsible: tuple[str, ...] = ()
    is_unit: bool = False
    is_transparent: bool = False  # takes no place in the paths below it
    path: str = ""


def parse_clauses(reading: ReadingText) -> tuple[tuple[Clause, ...], tuple[NumberingIssue, ...]]:
    """The clauses of a document, parents before children in document order, and what did not fit.

    Every character of `reading.text` that is not white space is in exactly one clause's `own`.
    """
    issues: list[NumberingIssue] = []
    clauses: list[Clause] = []
    paths: dict[str, int] = {}
    for part in split_parts(reading.paragraphs):
        nodes = _part_nodes(part, reading.text, issues)
        title = _part_title(part)
        for node in nodes:
            clauses += _clauses(node, part, reading.text, _Above("", title, ()), paths, issues)
    ordered = (replace(clause, order=index) for index, clause in enumerate(clauses))
    return tuple(ordered), tuple(issues)


# --- parts to nodes -----------------------------------------------------------------------------


def _part_nodes(part: Part, text: str, issues: list[NumberingIssue]) -> list[Node]:
    nodes: list[Node] = []
    root: Node | None = None
    for segment in part.segments:
        if segment.role is Role.ANNEX_MARK:
            root = _span_node(part.name, Level.PART, segment.paragraphs)
            root.mark = segment.paragraphs[0].text
            root.path = part.name
        elif segment.role is Role.BODY:
            nodes += _body_nodes(segment, part, text, issues)
        else:
            nodes.append(_frame_node(segment, part))
    if root is None:
        return nodes
    for node in nodes:
        if node.path.startswith(f"{part.name}/") or node.is_transparent or not node.path:
            root.children.append(node)
    outside = [node for node in nodes if node not in root.children]
    root.end = max([root.end, *(child.end for child in root.children)])
    return [root, *outside]


def _part_title(part: Part) -> str | None:
    if part.name in (NOTICE, MAIN):
        return None
    titles = [
        each.text for segment in part.segments if segment.role is Role.TITLE for each in segment.paragraphs
    ]
    return " ".join([part.name, "".join(titles)]).strip()


def _span_node(name: str, level: Level, paragraphs: Sequence[Paragraph]) -> Node:
    start, end = paragraphs[0].start, paragraphs[-1].end
    return Node(name, level, start, end, heading_end=start)


def _frame_node(segment: Segment, part: Part) -> Node:
    node = _span_node(segment.role.value, Level.FRAME, segment.paragraphs)
    node.is_unit = segment.role in _UNIT_ROLES
    prefix = "" if segment.role is Role.IMPRINT else part.frame_prefix
    node.path = f"{prefix}/{node.name}" if prefix else node.name
    return node


def _body_nodes(segment: Segment, part: Part, text: str, issues: list[NumberingIssue]) -> list[Node]:
    tree, found = build_tree(segment.paragraphs)
    issues += found
    first = next(
        (i for i, each in enumerate(tree.content) if not isinstance(each, Paragraph)), len(tree.content)
    )
    intro = [each for each in tree.content[:first] if isinstance(each, Paragraph)]
    closing = _take_closing(tree) if tree.branches else []
    nodes: list[Node] = []
    numbered = first < len(tree.content)
    if intro:
        nodes.append(
            _text_node(_intro_name(part, numbered), intro, part.prefix if numbered else part.frame_prefix)
        )
    articles = [each for each in walk(tree) if each.mark and each.mark.family is Family.ARTICLE]
    through = len({each.mark.name for each in articles if each.mark}) == len(articles)
    tables = _count_tables(tree)
    context = _Context(part, text, through, tables)
    nodes += _content_nodes(tree.content[first:], context, at_root=True)
    if closing:
        nodes.append(_text_node("结尾段", closing, part.prefix))
    return nodes


def _intro_name(part: Part, numbered: bool) -> str:
    if numbered:
        return "引言"
    return NOTICE if part.name == NOTICE else "正文"


def _text_node(name: str, paragraphs: list[Paragraph], prefix: str) -> Node:
    node = _span_node(name, Level.FRAME, paragraphs)
    node.is_unit = True
    node.path = f"{prefix}/{name}" if prefix and prefix != name else name
    if len(paragraphs) > 1:
        node.children = [
            Node(f"第{number}段", Level.PARAGRAPH, each.start, each.end, heading_end=each.start)
            for number, each in enumerate(paragraphs, 1)
        ]
    return node


def _count_tables(tree: Branch) -> int:
    return sum(1 for branch in walk(tree) for each in branch.content if isinstance(each, Table))


def _take_closing(tree: Branch) -> list[Paragraph]:
    """The paragraphs after the last clause that speak for the whole document: 结尾段."""
    branch = tree
    while branch.branches:
        branch = branch.branches[-1]
    if branch.mark is None or any(each.mark and each.mark.family is Family.ARTICLE for each in walk(tree)):
        return []
    trailing = branch.paragraphs[1:]
    if not trailing or not isinstance(branch.content[-1], Paragraph):
        return []
    keep = _closing_start(branch, trailing, tree)
    closing = trailing[keep:]
    branch.content = [
        each for each in branch.content if not (isinstance(each, Paragraph) and each in closing)
    ]
    return closing


def _closing_start(branch: Branch, trailing: list[Paragraph], tree: Branch) -> int:
    """Index in `trailing` of the first paragraph that no longer belongs to the last clause."""
    first = branch.paragraphs[0]
    for index, paragraph in enumerate(trailing):
        before = trailing[index - 1].text if index else first.text
        has_body = index > 0 or ends_sentence(first.text)
        if not has_body:
            continue
        if responsible_bodies(before[-120:]) and ends_sentence(before) and before.rstrip()[-1] in "）)]］】":
            return index
        if _CLOSING.match(paragraph.text):
            return index
    siblings = [
        each for each in walk(tree) if each.mark and branch.mark and each.mark.family == branch.mark.family
    ]
    single = [each for each in siblings if each is not branch and not each.branches]
    if len(single) >= 2 and all(len(each.paragraphs) == 1 for each in single) and ends_sentence(first.text):
        return 0
    return len(trailing)


# --- branches to nodes --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Context:
    part: Part
    text: str
    through: bool  # articles number through the part, so chapters stay out of paths
    tables: int


def _content_nodes(
    content: Sequence[Paragraph | Branch | Table],
    context: _Context,
    *,
    at_root: bool = False,
    in_article: bool = False,
) -> list[Node]:
    nodes: list[Node] = []
    texts = 0
    for each in content:
        if isinstance(each, Branch):
            nodes.append(_branch_node(each, context, in_article=in_article))
        elif isinstance(each, Table):
            nodes.append(
                _table_node(each, context, len([n for n in nodes if n.level is Level.TABLE]) + 1, at_root)
            )
        elif at_root:
            texts += 1
            node = Node(
                f"第{texts}段", Level.PARAGRAPH, each.start, each.end, heading_end=each.start, is_unit=True
            )
            nodes.append(node)
    return nodes


def _branch_node(branch: Branch, context: _Context, *, in_article: bool) -> Node:
    mark = branch.mark
    if mark is None:
        raise ValueError("the root has no node")
    first = branch.paragraphs[0]
    node = Node(mark.name, _level(mark.family, in_article), first.start, first.end, mark.text)
    node.is_transparent = mark.family in (Family.BOOK, Family.CHAPTER, Family.SECTION) and context.through
    node.heading, node.heading_end = _heading(branch, first, mark.end)
    if node.level in (Level.ITEM, Level.SUBITEM):  # 项 and 目 are sentences; their first one is no heading
        node.heading, node.heading_end = None, first.start + mark.end
    inside = in_article or mark.family is Family.ARTICLE
    if mark.family is Family.ARTICLE:
        node.children = _article_children(branch, node, context)
    else:
        node.children = _other_children(branch, node, context, in_article=inside)
    node.end = max(
        [first.end, *(each.end for each in node.children), *(each.end for each in branch.paragraphs)]
    )
    return node


def _level(family: Family, in_article: bool) -> Level:
    if in_article and family is Family.HEADING2:
        return Level.ITEM
    if in_article and family not in (Family.ARTICLE, Family.SECTION, Family.CHAPTER):
        return Level.ITEM if family is Family.HEADING1 else Level.SUBITEM
    return _LEVELS[family]


def _heading(branch: Branch, first: Paragraph, mark_end: int) -> tuple[str | None, int]:
    """The clause's own heading and the offset where it ends (the mark's end where there is none)."""
    family = branch.mark.family if branch.mark else Family.ARTICLE
    rest = first.text[mark_end:]
    offset = first.start + mark_end
    if family is Family.ARTICLE:
        found = _ARTICLE_HEADING.match(rest)
        return ((found.group(1) or found.group(2)), offset + found.end()) if found else (None, offset)
    has_more = len(branch.content) > 1
    stop = rest.find("。")
    if stop < 0 and not ends_sentence(rest) and len(rest) <= _LONGEST_HEADING:
        return (rest or None), first.end
    if 0 < stop < len(rest) - 1 and stop <= _LONGEST_INLINE_HEADING and family >= Family.HEADING1:
        return rest[:stop], offset + stop + 1
    if stop == len(rest) - 1 and has_more and stop <= _LONGEST_INLINE_HEADING:
        return rest[:stop], first.end
    return None, offset


def _article_children(branch: Branch, node: Node, context: _Context) -> list[Node]:
    """第一款 … where there is more than one, with the 项 of each below it; else the 项."""
    groups: list[tuple[Paragraph, int, list[Branch | Table]]] = []
    for each in branch.content:
        if isinstance(each, Paragraph):
            start = max(each.start, node.heading_end)
            if start < each.end:
                groups.append((each, start, []))
        elif groups:
            groups[-1][2].append(each)
        else:
            groups.append((branch.paragraphs[0], node.heading_end, [each]))
    if len(groups) <= 1:
        return _content_nodes([each for group in groups for each in group[2]], context, in_article=True)
    children = []
    for number, (paragraph, start, below) in enumerate(groups, 1):
        child = Node(
            f"第{chinese_numeral(number)}款", Level.PARAGRAPH, start, paragraph.end, heading_end=start
        )
        child.children = _content_nodes(below, context, in_article=True)
        child.end = max([paragraph.end, *(each.end for each in child.children)])
        children.append(child)
    return children


def _other_children(branch: Branch, node: Node, context: _Context, *, in_article: bool) -> list[Node]:
    """段 where there is more than one unnumbered paragraph, and the numbered clauses, in order."""
    starts = [(each, max(each.start, node.heading_end)) for each in branch.paragraphs]
    texts = [(each, start) for each, start in starts if start < each.end]
    children = _content_nodes(
        [each for each in branch.content if not isinstance(each, Paragraph)], context, in_article=in_article
    )
    if len(texts) > 1:
        children += [
            Node(f"第{number}段", Level.PARAGRAPH, start, each.end, heading_end=start)
            for number, (each, start) in enumerate(texts, 1)
        ]
    return sorted(children, key=lambda each: each.start)


def _table_node(table: Table, context: _Context, number: int, at_root: bool) -> Node:
    name = "表" if context.tables == 1 else f"表{number}"
    node = _span_node(name, Level.TABLE, table.rows)
    node.is_transparent = at_root and context.tables == 1 and context.part.name not in (MAIN, NOTICE)
    node.heading_end = node.start
    _, rows = read_table(table.rows)
    for row in rows:
        span = (row.paragraph.start, row.paragraph.end)
        leaf = Node(row.group, Level.ROW, *span, mark=row.group, heading_end=span[0])
        leaf.cells, leaf.responsible, leaf.is_unit = row.cells, row.responsible, True
        if row.sub is None:
            node.children.append(leaf)
            continue
        if row.sub == 1:
            node.children.append(Node(row.group, Level.ROW, *span, mark=row.group, heading_end=span[0]))
        group = node.children[-1]
        leaf.name, leaf.level, leaf.mark = f"{row.group}.{row.sub}", Level.SUBROW, None
        group.children.append(leaf)
        group.end = leaf.end
        group.cells = group.cells or tuple((name, value) for name, value in row.cells if len(value) <= 40)[:2]
        group.responsible = tuple(dict.fromkeys(group.responsible + row.responsible))
    return node


# --- nodes to clauses ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Above:
    """What a clause inherits."""

    path: str
    title: str | None
    headings: tuple[str, ...]
    base: str = ""  # path that children build on
    responsible: tuple[str, ...] = ()


def _clauses(
    node: Node, part: Part, text: str, above: _Above, paths: dict[str, int], issues: list[NumberingIssue]
) -> Iterator[Clause]:
    path = node.path or _join(above.base or part.prefix, node.name, node.level)
    count = paths[path] = paths.get(path, 0) + 1
    if count > 1:
        issues.append(NumberingIssue("repeat", path, f"同一编号出现第{count}次"))
        path = f"{path}@{count}"
    own = _own(node, text)
    headings = above.headings
    if not headings and above.title and node.level not in (Level.PART, Level.FRAME):
        headings = (above.title,)
    bodies = node.responsible or responsible_bodies("\n".join(text[a:b] for a, b in own))
    below = () if node.cells or node.level is Level.TABLE else _bodies_below(node, text)
    responsible = bodies or below or above.responsible
    yield Clause(
        doc_id="",
        version=1,
        path=path,
        part=part.name,
        level=node.level,
        mark=node.mark,
        heading=node.heading,
        headings=headings,
        text=text[node.start : node.end],
        start=node.start,
        end=node.end,
        own=own,
        parent=above.path or None,
        order=0,
        is_unit=node.is_unit or _is_unit(node, own, text),
        cells=node.cells,
        responsible=responsible,
        text_hash=text_hash(text[node.start : node.end]),
    )
    own_heading = text[node.start : node.heading_end].strip(" 。\u3000\n") if node.heading else ""
    chain = (*headings, own_heading) if own_heading else headings
    base = above.base if node.is_transparent else (path if node.level is not Level.PART else part.prefix)
    inherited = _Above(path, above.title, chain, base, bodies or above.responsible)
    for child in node.children:
        yield from _clauses(child, part, text, inherited, paths, issues)


def _join(base: str, name: str, level: Level) -> str:
    if level is Level.SUBROW:
        return f"{base.rpartition('/')[0]}/{name}" if "/" in base else name
    return f"{base}/{name}" if base else name


def _bodies_below(node: Node, text: str) -> tuple[str, ...]:
    """Bodies named in the 段 of a clause whose text is cut into 段."""
    names: list[str] = []
    for child in node.children:
        if child.level is Level.PARAGRAPH:
            names += responsible_bodies(text[child.start : child.end])
    return tuple(dict.fromkeys(names))


def _own(node: Node, text: str) -> tuple[Span, ...]:
    """The stretches of a node that lie in none of its children, without white space at their ends."""
    spans: list[Span] = []
    position = node.start
    for child in [*sorted(node.children, key=lambda each: each.start), None]:
        end = child.start if child else node.end
        piece = text[position:end]
        stripped = piece.strip()
        if stripped:
            start = position + piece.index(stripped)
            spans.append((start, start + len(stripped)))
        position = child.end if child else end
    return tuple(spans)


def _is_unit(node: Node, own: tuple[Span, ...], text: str) -> bool:
    """An article, the lowest numbered heading, or a heading with a lead-in of its own."""
    if node.level is Level.ARTICLE:
        return True
    if not node.level.startswith("heading"):
        return False
    numbered = [
        child for child in node.children if child.level.startswith("heading") or child.level is Level.TABLE
    ]
    if not numbered:
        return True
    lead = sum(max(0, end - max(start, node.heading_end)) for start, end in own)
    lead += sum(child.end - child.start for child in node.children if child.level is Level.PARAGRAPH)
    return lead >= _SUBSTANTIAL
