"""Reading text → clauses: parts, frame, numbering tree, tables, and an address for each.

    ReadingText ──parts──► notice, body, annexes ──clause_tree──► branches ──clause_nodes──► Clause

Pure functions. `doc_id` is empty and `order` 0 in what comes out; `documents.py` fills them in.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from indexing.clause_nodes import Context, Node, content_nodes, count_tables, span_node
from indexing.clause_tree import NumberingIssue, build_tree, walk
from indexing.closing import take_closing
from indexing.frame import MAIN, NOTICE, Part, Role, Segment
from indexing.marks import Family
from indexing.metadata import clean_title
from indexing.parts import split_parts
from indexing.reading import Paragraph, ReadingText
from indexing.responsible import responsible_bodies
from indexing.types import Clause, Level, Span, text_hash

_UNIT_ROLES = {Role.ADDRESSEE, Role.ANNEX_LIST, Role.SIGNATURE, Role.IMPRINT, Role.TRAILER}
_SUBSTANTIAL = 12  # characters of a container's own text that make it worth finding


def parse_clauses(reading: ReadingText) -> tuple[tuple[Clause, ...], tuple[NumberingIssue, ...]]:
    """The clauses of a document, parents before children in document order, and what did not fit.

    Every character of `reading.text` that is not white space is in exactly one clause's `own`.
    """
    addresser = _Addresser(reading.text)
    for part in split_parts(reading.paragraphs):
        title = _part_title(part)
        for node in _part_nodes(part, reading.text, addresser.issues):
            addresser.add(node, part, _Above("", title, ()))
    return tuple(addresser.clauses), tuple(addresser.issues)


def _part_nodes(part: Part, text: str, issues: list[NumberingIssue]) -> list[Node]:
    nodes: list[Node] = []
    root: Node | None = None
    for segment in part.segments:
        if segment.role is Role.ANNEX_MARK:
            root = span_node(part.name, Level.PART, segment.paragraphs)
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
    if part.title:
        return f"{part.name} {part.title}"
    titles = [
        each.text for segment in part.segments if segment.role is Role.TITLE for each in segment.paragraphs
    ]
    return " ".join([part.name, clean_title("\n".join(titles)) or ""]).strip()


def _frame_node(segment: Segment, part: Part) -> Node:
    node = span_node(segment.role.value, Level.FRAME, segment.paragraphs)
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
    closing = take_closing(tree) if tree.branches else []
    nodes: list[Node] = []
    numbered = first < len(tree.content)
    if intro:
        nodes.append(
            _text_node(_intro_name(part, numbered), intro, part.prefix if numbered else part.frame_prefix)
        )
    articles = [each for each in walk(tree) if each.mark and each.mark.family is Family.ARTICLE]
    through = len({each.mark.name for each in articles if each.mark}) == len(articles)
    tables = count_tables(tree)
    context = Context(part, text, through, bool(articles), tables)
    nodes += content_nodes(tree.content[first:], context, at_root=True)
    if closing:
        nodes.append(_text_node("结尾段", closing, part.prefix))
    return nodes


def _intro_name(part: Part, numbered: bool) -> str:
    if numbered:
        return "引言"
    return NOTICE if part.name == NOTICE else "正文"


def _text_node(name: str, paragraphs: list[Paragraph], prefix: str) -> Node:
    node = span_node(name, Level.FRAME, paragraphs)
    node.is_unit = True
    node.path = f"{prefix}/{name}" if prefix and prefix != name else name
    if len(paragraphs) > 1:
        node.children = [
            Node(f"第{number}段", Level.PARAGRAPH, each.start, each.end, heading_end=each.start)
            for number, each in enumerate(paragraphs, 1)
        ]
    return node


@dataclass(frozen=True, slots=True)
class _Above:
    """What a clause inherits."""

    path: str
    title: str | None
    headings: tuple[str, ...]
    base: str = ""  # path that children build on
    container: str = ""  # path of the chapter above, which only sections build on
    responsible: tuple[str, ...] = ()


@dataclass(slots=True)
class _Addresser:
    """Gives the nodes of a document their addresses and collects the clauses."""

    text: str
    clauses: list[Clause] = field(default_factory=list)
    issues: list[NumberingIssue] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def add(self, node: Node, part: Part, above: _Above) -> None:
        """The node's clause, then those below it."""
        path = self._path(node, part, above)
        own = _own(node, self.text)
        headings = above.headings
        if not headings and above.title and node.level not in (Level.PART, Level.FRAME):
            headings = (above.title,)
        bodies = node.responsible or responsible_bodies("\n".join(self.text[a:b] for a, b in own))
        below = () if node.cells or node.level is Level.TABLE else _bodies_below(node, self.text)
        wording = self.text[node.start : node.end]
        self.clauses.append(
            Clause(
                doc_id="",
                version=1,
                path=path,
                part=part.name,
                level=node.level,
                mark=node.mark,
                heading=node.heading,
                headings=headings,
                text=wording,
                start=node.start,
                end=node.end,
                own=own,
                parent=above.path or None,
                order=0,
                is_unit=node.is_unit or _is_unit(node, own),
                cells=node.cells,
                responsible=bodies or below or above.responsible,
                text_hash=text_hash(wording),
            )
        )
        inherited = self._inherited(node, part, above, path, headings, bodies)
        for child in node.children:
            self.add(child, part, inherited)

    def _path(self, node: Node, part: Part, above: _Above) -> str:
        base = above.container if node.is_transparent and above.container else above.base or part.prefix
        path = node.path or _join(base, node.name, node.level)
        count = self.seen[path] = self.seen.get(path, 0) + 1
        if count == 1:
            return path
        self.issues.append(NumberingIssue("repeat", path, f"同一编号出现第{count}次"))
        return f"{path}@{count}"

    def _inherited(
        self,
        node: Node,
        part: Part,
        above: _Above,
        path: str,
        headings: tuple[str, ...],
        bodies: tuple[str, ...],
    ) -> _Above:
        """What the node hands down to the clauses below it."""
        heading = self.text[node.start : node.heading_end].strip(" 。\u3000\n") if node.heading else ""
        base = part.prefix if node.level is Level.PART else path
        return _Above(
            path,
            above.title,
            (*headings, heading) if heading else headings,
            above.base if node.is_transparent else base,
            path if node.is_transparent and node.level is not Level.TABLE else "",
            bodies or above.responsible,
        )


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


def _is_unit(node: Node, own: tuple[Span, ...]) -> bool:
    """An article, the lowest numbered heading or chapter, or one with a lead-in of its own."""
    if node.level is Level.ARTICLE:
        return True
    if not _may_hold_text(node.level):
        return False
    below = [child for child in node.children if child.level is not Level.PARAGRAPH]
    if not below:
        return True
    lead = sum(max(0, end - max(start, node.heading_end)) for start, end in own)
    lead += sum(child.end - child.start for child in node.children if child.level is Level.PARAGRAPH)
    return lead >= (_SUBSTANTIAL if node.heading else 4)


def _may_hold_text(level: Level) -> bool:
    return level in (Level.CHAPTER, Level.SECTION) or level.startswith("heading")
