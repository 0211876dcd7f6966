"""Clean blocks to a badly printed file: wraps, pages, running heads, Markdown, encodings."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace

_NO_LINE_START = "，。；：、）》”】！？)"
_TERMINAL = "。！？；：…”）)"


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph, heading, signature or table before printing.

    `kind`: title, line, label, heading, para, item, signature, table. A table holds its
    header and rows in `rows`, other kinds their text in `lines`.
    """

    kind: str
    lines: tuple[str, ...]
    mark: str = ""
    rows: tuple[tuple[str, ...], ...] = ()

    @property
    def content(self) -> str:
        """All characters of the block, in order."""
        return "".join(self.lines) + "".join("".join(row) for row in self.rows)


@dataclass(frozen=True, slots=True)
class Layout:
    """How a document is printed; `width` None means one line a paragraph."""

    width: int | None
    halves: bool  # lines are cut by printed width, not by count
    indent: str
    blank_between: bool  # a blank line after every physical line
    page_break: str  # none, blank, feed, number, head, both
    page_lines: int
    number_form: str
    markdown: bool
    pipes: bool
    repeat_header: bool
    newline: str
    encoding: str

    def wrap(self, text: str) -> list[str]:
        """Physical lines of one paragraph; a closing mark never starts a line.

        >>> from dataclasses import replace
        >>> plain = replace(random_layout(random.Random(0)), width=4, halves=False)
        >>> plain.wrap("一二三四，五六")
        ['一二三四，', '五六']
        """
        if self.width is None:
            return [text]
        lines, rest = [], text
        while self._room(rest) < len(rest):
            cut = self._room(rest)
            while cut < len(rest) and rest[cut] in _NO_LINE_START:
                cut += 1
            lines.append(rest[:cut])
            rest = rest[cut:]
        return [*lines, rest] if rest else lines

    def _room(self, text: str) -> int:
        """How many characters of `text` fit on a line; half-width ones may count half."""
        assert self.width is not None
        used = 0.0
        for position, character in enumerate(text):
            used += 0.5 if self.halves and character < "\u2000" else 1.0
            if used > self.width:
                return position
        return len(text)

    def ends_short(self, text: str) -> bool:
        """Whether the last printed line leaves a visible gap at the right margin."""
        if self.width is None:
            return True
        return len(self.wrap(self.indent + text)[-1]) <= self.width * 0.7


def random_layout(rng: random.Random) -> Layout:
    """A way to print, chosen from what real files show."""
    markdown = rng.random() < 0.4
    width = None if markdown or rng.random() < 0.4 else rng.randint(24, 44)
    return Layout(
        width=width,
        halves=rng.random() < 0.6,
        indent="" if markdown else rng.choice(("", "　　")),
        blank_between=rng.random() < 0.5,
        page_break=rng.choice(("none", "blank", "feed", "number", "head", "both")),
        page_lines=rng.randint(14, 30) if width else rng.randint(6, 12),
        number_form=rng.choice(("— {n} —", "-{n}-", "第{n}页 共9页", "{n}", "－{n}－", "· {n} ·")),
        markdown=markdown,
        pipes=markdown and rng.random() < 0.5,
        repeat_header=rng.random() < 0.7,
        newline=rng.choice(("\n", "\n", "\r\n")),
        encoding=rng.choice(("utf-8", "utf-8", "utf-8-sig", "gb18030")),
    )


@dataclass(frozen=True, slots=True)
class _Line:
    """A physical line; `page_after` says whether a page may end behind it."""

    text: str
    last_of_block: bool
    page_after: bool
    kind: str


def _decorate(rng: random.Random, block: Block, text: str) -> str:
    if block.kind in ("title", "heading"):
        return f"{'#' * rng.randint(1, 4)} {text}" if rng.random() < 0.7 else f"**{text}**"
    if block.mark and text.startswith(block.mark) and rng.random() < 0.6:
        return f"**{block.mark}**{text[len(block.mark) :]}"
    if block.kind == "item" and rng.random() < 0.3:
        return f"- {text}"
    return text


def _split_point(rng: random.Random, text: str) -> int:
    """Where a page cuts `text`: between two ordinary characters, well inside."""
    for _ in range(50):
        cut = rng.randint(len(text) // 3, 2 * len(text) // 3)
        if all("\u4e00" <= character <= "\u9fff" for character in text[cut - 1 : cut + 1]):
            return cut
    return 0


def _print_text(rng: random.Random, layout: Layout, block: Block) -> list[_Line]:
    indented = block.kind in ("para", "item", "heading")
    out: list[_Line] = []
    for index, text in enumerate(block.lines):
        shown = _decorate(rng, block, text) if layout.markdown else text
        pieces = layout.wrap((layout.indent if indented else "") + shown)
        paged = layout.width is None and layout.page_break != "none"
        if paged and block.kind == "para" and len(text) > 60:
            cut = _split_point(rng, pieces[0]) if rng.random() < 0.3 else 0
            pieces = [pieces[0][:cut], pieces[0][cut:]] if cut > 8 else pieces
        for number, piece in enumerate(pieces, 1):
            last = number == len(pieces) and index == len(block.lines) - 1
            inside = number < len(pieces)
            # a fragment that ends like a paragraph must not stand at a page's end
            fits = piece[-1] not in _TERMINAL if inside else block.kind in ("para", "item")
            out.append(_Line(piece, last or not inside, fits, "cut" if inside else "text"))
    return out


def _print_row(layout: Layout, cells: tuple[str, ...]) -> str:
    return f"| {' | '.join(cells)} |" if layout.pipes else "\t".join(cells)


def _print_table(rng: random.Random, layout: Layout, block: Block) -> list[_Line]:
    """Rows one a line; where pages break, a long cell may go on in a row of empty cells."""
    header, *rows = block.rows
    head = [_print_row(layout, header)]
    if layout.pipes:
        head.append("|" + "---|" * len(header))
    out = [_Line(text, True, False, "row") for text in head]
    for number, cells in enumerate(rows):
        cut = _split_point(rng, cells[2]) if layout.page_break != "none" and rng.random() < 0.25 else 0
        pieces = [cells]
        if cut:
            gap = tuple("" for _ in cells)
            pieces = [(*cells[:2], cells[2][:cut], *cells[3:]), (*gap[:2], cells[2][cut:], *gap[3:])]
        for index, piece in enumerate(pieces):
            kind = "cut" if index < len(pieces) - 1 else "row"
            out.append(_Line(_print_row(layout, piece), True, number < len(rows) - 1, kind))
            if kind == "cut" and layout.repeat_header:
                out.append(_Line("\f", True, False, "break"))
                out += [_Line(text, True, False, "row") for text in head]
            elif kind == "cut":
                out.append(_Line("\f", True, False, "break"))
    return out


def _page_break(layout: Layout, page: int, running_head: str) -> list[str]:
    number = layout.number_form.format(n=page)
    parts: dict[str, list[str]] = {
        "none": [""],
        "blank": ["", "", ""],
        "feed": ["\f"],
        "number": ["", number, ""],
        "head": ["", running_head, ""],
        "both": ["", number, "\f" + running_head, ""],
    }
    return parts[layout.page_break]


def print_document(rng: random.Random, layout: Layout, blocks: list[Block], running_head: str) -> bytes:
    """The file's bytes; pages end every `page_lines` lines, also inside sentences and rows."""
    lines: list[_Line] = []
    for block in blocks:
        printer = _print_table if block.kind == "table" else _print_text
        lines += printer(rng, layout, block)
    out, breaks = _paginate(lines, layout, running_head)
    if breaks < 2 and layout.page_break in ("head", "both"):
        # a head seen once cannot be told from text
        out, _ = _paginate(lines, replace(layout, page_break="blank"), running_head)
    return (layout.newline.join(out) + layout.newline).encode(layout.encoding)


def _paginate(lines: list[_Line], layout: Layout, running_head: str) -> tuple[list[str], int]:
    """Physical lines with page breaks put in, and how many there are."""
    out: list[str] = []
    page, on_page = 1, 0
    for index, line in enumerate(lines):
        follows_break = index + 1 < len(lines) and lines[index + 1].kind == "break"
        if line.kind != "break":
            out.append(line.text)
            on_page += 1
            forced = layout.width is None and line.kind == "cut"
            full = on_page >= layout.page_lines
            if follows_break or not line.page_after or not (forced or full):
                if line.kind != "row" and (layout.blank_between or (layout.markdown and line.last_of_block)):
                    out.append("")
                continue
        out += _page_break(layout, page, running_head)
        page, on_page = page + 1, 0
    return out, page - 1
