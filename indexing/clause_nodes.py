"""Branches of a numbering tree → nodes with a name, a span and a heading, ready to be addressed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from indexing.clause_tree import Branch, Table, walk
from indexing.frame import MAIN, NOTICE, Part
from indexing.marks import Family
from indexing.numerals import chinese_numeral
from indexing.readers.patterns import ends_sentence
from indexing.reading import Paragraph
from indexing.table_rows import read_table
from indexing.types import Level

_LEVELS = {
    Family.BOOK: Level.CHAPTER,
    Family.SUBBOOK: Level.CHAPTER,
    Family.CHAPTER: Level.CHAPTER,
    Family.SECTION: Level.SECTION,
    Family.ARTICLE: Level.ARTICLE,
    Family.HEADING1: Level.HEADING1,
    Family.HEADING2: Level.HEADING2,
    Family.HEADING3: Level.HEADING3,
    Family.HEADING4: Level.HEADING4,
    Family.HEADING5: Level.HEADING5,
    Family.DECIMAL_TOP: Level.HEADING3,
    Family.DECIMAL: Level.HEADING4,
}
_LONGEST_INLINE_HEADING = 40
_LONGEST_HEADING = 60
# "对首次入库企业奖励5万元", "每半年开展一次" rule something; "健全运营模式" only names a subject
_STATES = re.compile(
    r"\d\s*(?:[%％]|万|亿|元|平方|㎡|个|项|户|人|家|所|张|处|次|名|倍|岁|年|月|日|天)|不得|应当|必须"
)
# "摸底评估（2025年4月—6月）。": when it is to be done, beside its name
_ASIDE = re.compile(r"[（(][^（）()]{1,30}[）)]$")
# "下列人员可以申请补贴。" above a list is its lead-in
_LEADS_IN = re.compile(r"下列|以下|如下|可以|可申请|应(?!用|急)|须|负责")
# "【资金支持】", "（目的）" after an article's mark
_ARTICLE_HEADING = re.compile(
    r"[【〔\[]([^】〕\]]{1,30})[】〕\]]\s*|[（(]([^）)。，；]{2,16})[）)]\s*(?=[\u4e00-\u9fff])"
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


@dataclass(frozen=True, slots=True)
class Context:
    """What every branch of one body needs to know of the whole."""

    part: Part
    text: str
    through: bool  # articles number through the part, so chapters stay out of paths
    has_articles: bool
    tables: int


def content_nodes(
    content: Sequence[Paragraph | Branch | Table],
    context: Context,
    *,
    at_root: bool = False,
    in_article: bool = False,
) -> list[Node]:
    """Nodes of the branches and tables in `content`, and at the root of its loose paragraphs."""
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


def _branch_node(branch: Branch, context: Context, *, in_article: bool) -> Node:
    mark = branch.mark
    if mark is None:
        raise ValueError("the root has no node")
    first = branch.paragraphs[0]
    node = Node(mark.name, _level(mark.family, in_article), first.start, first.end, mark.text)
    below = [each for each in walk(branch) if each is not branch]
    holds_articles = any(each.mark and each.mark.family is Family.ARTICLE for each in below)
    fixed = mark.family < Family.ARTICLE
    node.is_transparent = context.through and context.has_articles and (fixed or holds_articles)
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
    if not 0 < stop <= _LONGEST_INLINE_HEADING or _STATES.search(_ASIDE.sub("", rest[:stop])):
        return None, offset
    if stop < len(rest) - 1 and family >= Family.HEADING1:
        return rest[:stop], offset + stop + 1
    is_rule = "，" in rest or "," in rest or _LEADS_IN.search(rest)
    if stop == len(rest) - 1 and has_more and not is_rule:
        return rest[:stop], first.end
    return None, offset


def _article_children(branch: Branch, node: Node, context: Context) -> list[Node]:
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
        return content_nodes([each for group in groups for each in group[2]], context, in_article=True)
    children = []
    for number, (paragraph, start, below) in enumerate(groups, 1):
        child = Node(
            f"第{chinese_numeral(number)}款", Level.PARAGRAPH, start, paragraph.end, heading_end=start
        )
        child.children = content_nodes(below, context, in_article=True)
        child.end = max([paragraph.end, *(each.end for each in child.children)])
        children.append(child)
    return children


def _other_children(branch: Branch, node: Node, context: Context, *, in_article: bool) -> list[Node]:
    """段 where there is more than one unnumbered paragraph, and the numbered clauses, in order."""
    starts = [(each, max(each.start, node.heading_end)) for each in branch.paragraphs]
    texts = [(each, start) for each, start in starts if start < each.end]
    children = content_nodes(
        [each for each in branch.content if not isinstance(each, Paragraph)], context, in_article=in_article
    )
    if len(texts) > 1:
        children += [
            Node(f"第{number}段", Level.PARAGRAPH, start, each.end, heading_end=start)
            for number, (each, start) in enumerate(texts, 1)
        ]
    return sorted(children, key=lambda each: each.start)


def _table_node(table: Table, context: Context, number: int, at_root: bool) -> Node:
    name = "表" if context.tables == 1 else f"表{number}"
    node = span_node(name, Level.TABLE, table.rows)
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


def span_node(name: str, level: Level, paragraphs: Sequence[Paragraph]) -> Node:
    """A node over consecutive paragraphs."""
    start, end = paragraphs[0].start, paragraphs[-1].end
    return Node(name, level, start, end, heading_end=start)


def count_tables(tree: Branch) -> int:
    """How many tables a body holds, at any depth."""
    return sum(1 for branch in walk(tree) for each in branch.content if isinstance(each, Table))
