"""What must hold for every parsed document, whoever wrote it: spans, coverage, order, source.

Each check gives Chinese-free, one-line descriptions of what is wrong; an empty list is a
pass. Used by `eval.parsing` on public sets and by the parser's property tests.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

from indexing.documents import ParsedDocument
from indexing.types import Clause, Level

# "—3—", "第3页共9页"; white space is gone by now. Not "第三条"
_PAGE_NUMBER = re.compile(r"[-—–―－·•]*第?\d{1,4}页?(?:[，,/]?共\d{1,4}页)?[-—–―－·•]*")
# "---", "|---|---|", "# ", "**", "- " are Markdown; "第三条" is not
_MARKDOWN = re.compile(r"[#*|\-:_=>`~\\\s\ufeff\u3000]*")

_UNSEEN = re.compile(r"[\s\ufeff\u200b-\u200f\u2060]+")
_SENTENCE = re.compile("[，。；：！？]")


def span_problems(parsed: ParsedDocument) -> list[str]:
    """Clauses whose text is not their span, and characters owned by none or by two clauses."""
    text = parsed.document.text
    problems = [
        f"text of {clause.path} is not its span"
        for clause in parsed.clauses
        if text[clause.start : clause.end] != clause.text
    ]
    owners = bytearray(len(text))
    for clause in parsed.clauses:
        for start, end in clause.own:
            if not clause.start <= start <= end <= clause.end:
                problems.append(f"own span ({start}, {end}) of {clause.path} lies outside it")
            for position in range(start, end):
                owners[position] = min(owners[position] + 1, 2)
    for position, count in enumerate(owners):
        if count == 2 or (count == 0 and not text[position].isspace()):
            what = "two clauses" if count else "no clause"
            problems.append(f"{what} own {text[position : position + 12]!r} at {position}")
            break
    return problems


def tree_problems(parsed: ParsedDocument) -> list[str]:
    """Duplicate paths, unknown parents, children outside or before their parent, wrong order."""
    problems = [f"path {path} {n} times" for path, n in _path_counts(parsed).items() if n > 1]
    seen: dict[str, Clause] = {}
    for position, clause in enumerate(parsed.clauses):
        if position and parsed.clauses[position - 1].order >= clause.order:
            problems.append(f"order of {clause.path} does not rise")
        if clause.parent is not None:
            parent = seen.get(clause.parent)
            if parent is None:
                problems.append(f"parent {clause.parent} of {clause.path} does not come before it")
            elif not parent.start <= clause.start <= clause.end <= parent.end:
                problems.append(f"{clause.path} lies outside its parent {clause.parent}")
        seen[clause.path] = clause
    return problems


def _path_counts(parsed: ParsedDocument) -> Counter[str]:
    return Counter(clause.path for clause in parsed.clauses)


def source_problems(parsed: ParsedDocument, data: bytes) -> list[str]:
    """Runs of the offset map that do not lead to the same characters, or that overlap."""
    document, problems = parsed.document, []
    taken: list[tuple[int, int]] = []
    for run in document.offsets.runs:
        piece = document.text[run.text_start : run.text_end]
        raw = piece.encode(document.offsets.encoding)
        found = data[run.source_start : run.source_start + len(raw)]
        if found != raw:
            problems.append(f"text at {run.text_start} is {piece[:12]!r}, the file has {found[:24]!r}")
        taken.append((run.source_start, run.source_start + len(raw)))
    taken.sort()
    for (_, end), (start, _) in pairwise(taken):
        if start < end:
            problems.append(f"two runs share the byte at {start}")
    mapped = bytearray(len(document.text))
    for run in document.offsets.runs:
        mapped[run.text_start : run.text_end] = b"\1" * (run.text_end - run.text_start)
    for position, character in enumerate(document.text):
        if not character.isspace() and not mapped[position]:
            problems.append(f"no source for {document.text[position : position + 12]!r} at {position}")
            break
    return problems


def left_out(parsed: ParsedDocument, data: bytes) -> list[str]:
    """Pieces of the file that are not in the text, one a physical line, white space removed."""
    encoding = parsed.document.offsets.encoding
    covered = bytearray(len(data))
    for run in parsed.document.offsets.runs:
        length = len(parsed.document.text[run.text_start : run.text_end].encode(encoding))
        covered[run.source_start : run.source_start + length] = b"\1" * length
    pieces: list[str] = []
    offset = 0
    for line in re.split(r"(?<=[\n\f])", data.decode(encoding)):
        kept = ""
        for character in line:
            size = len(character.encode(encoding))
            if not covered[offset]:
                kept += character
            offset += size
        if tight := _UNSEEN.sub("", kept):
            pieces.append(tight)
    return pieces


def lost_pieces(parsed: ParsedDocument, data: bytes) -> list[str]:
    """Pieces left out of the text that are neither Markdown, page numbers, nor repeated lines.

    A running head or table header counts as furniture when it stands in the file at
    least twice and holds no punctuation of a sentence.
    """
    tight_file = re.sub(r"[\s|*#\ufeff]+", "", data.decode(parsed.document.offsets.encoding))
    return [
        piece
        for piece in left_out(parsed, data)
        if not _MARKDOWN.fullmatch(piece)
        and not _PAGE_NUMBER.fullmatch(piece)
        and (_SENTENCE.search(piece) or tight_file.count(re.sub(r"[|*#]+", "", piece)) < 2)
    ]


def all_problems(parsed: ParsedDocument, data: bytes) -> list[str]:
    """Every check above, and `lost_pieces` as problems."""
    lost = [f"not in the text: {piece[:40]!r}" for piece in lost_pieces(parsed, data)]
    return span_problems(parsed) + tree_problems(parsed) + source_problems(parsed, data) + lost


def visible_paths(parsed: ParsedDocument) -> list[str]:
    """Paths in document order without table nodes, whose header rows have no issued mark."""
    return [clause.path for clause in parsed.clauses if clause.level is not Level.TABLE]
