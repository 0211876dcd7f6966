"""Differences between clauses as plain text, Markdown and a Word file with the changes marked as such."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from assistant.differing.types import Differing, Pair, PairKind, Piece, PieceKind
from assistant.export.markdown import escape
from assistant.export.official import Block, Heading, OfficialDocument, Paragraph, Text
from assistant.export.text import lines_of
from assistant.writing.citing import display_path

_PLAIN = {PieceKind.KEPT: ("", ""), PieceKind.REMOVED: ("［删：", "］"), PieceKind.ADDED: ("［增：", "］")}
_MARKDOWN = {PieceKind.KEPT: ("", ""), PieceKind.REMOVED: ("~~", "~~"), PieceKind.ADDED: ("**", "**")}
_COUNTED = (PairKind.ADDED, PairKind.REMOVED, PairKind.CHANGED, PairKind.MOVED, PairKind.SAME)


def heading(pair: Pair) -> str:
    """Where a pair stands and what became of it: 第五条→第六条（修改）."""
    ends = [display_path(one.path) for one in (pair.before, pair.after) if one is not None]
    return f"{'→'.join(dict.fromkeys(ends))}（{pair.kind}）"


def counted(found: Differing) -> str:
    """How many clauses are of each kind: 新增1条，修改2条，不变30条."""
    told = [f"{kind}{found.count(kind)}条" for kind in _COUNTED if found.count(kind)]
    return "，".join(told) if told else "两边都没有可比的条款"


def plain(pair: Pair) -> str:
    """The text of a pair with what was taken out and put in between brackets that say so."""
    return "".join(_marked(piece, _PLAIN) for piece in pair.pieces)


def _marked(piece: Piece, marks: dict[PieceKind, tuple[str, str]]) -> str:
    opening, closing = marks[piece.kind]
    return f"{opening}{piece.text}{closing}"


def as_markdown(found: Differing) -> str:
    """The differences as Markdown that ends in a line feed: ~~taken out~~, **put in**."""
    blocks = ["# 条文比对", f"原：{escape(found.before.label)}", f"现：{escape(found.after.label)}"]
    blocks += [f"{counted(found)}。~~划去~~的只在原文中，**加粗**的只在现文中。"]
    for pair in found.changes:
        blocks += [f"## {escape(heading(pair))}", *_paragraphs(pair)]
    return "\n\n".join(blocks) + "\n"


def _paragraphs(pair: Pair) -> Iterator[str]:
    """Each line of the text as a paragraph; marks do not reach over line ends or blanks."""
    text = ""
    for piece in pair.pieces:
        opening, closing = _MARKDOWN[piece.kind]
        for number, line in enumerate(piece.text.split("\n")):
            text += "\n" if number else ""
            inner = line.strip()
            if inner:
                before, after = line[: line.index(inner)], line[line.index(inner) + len(inner) :]
                text += f"{before}{opening}{escape(inner)}{closing}{after}"
    yield from (line.strip() for line in text.split("\n") if line.strip())


def as_docx(found: Differing, made_on: date) -> bytes:
    """A Word file of what differs; the changes are Word's own, to be looked through in it."""
    from assistant.export.revisions import write_revision

    return write_revision(_document(found, PieceKind.ADDED), _document(found, PieceKind.REMOVED), made_on)


def _document(found: Differing, without: PieceKind) -> OfficialDocument:
    """The changed clauses as they read on one side."""
    opening = f"原：{found.before.label}。现：{found.after.label}。{counted(found)}。"
    blocks: list[Block] = [Paragraph((Text(opening),))]
    for pair in found.changes:
        blocks.append(Heading(1, heading(pair)))
        text = "".join(piece.text for piece in pair.pieces if piece.kind is not without)
        blocks += [Paragraph((Text(line),)) for line in lines_of(text)]
    return OfficialDocument(("条文比对",), tuple(blocks))
