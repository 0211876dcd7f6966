"""Text made fit to stand in an Office file: what XML forbids or nobody sees is taken out."""

from __future__ import annotations

import re

# XML 1.0, production 2, forbids the C0 signs but tab, line feed and return; bidi marks, zero-width
# signs and tags could hide or turn text: "\x0b" and "\u202e" yes; "\t" and "　" no
_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
# not characters: "\ud800", "\uffff" yes; "😀" no
_IMPOSSIBLE = re.compile("[\ud800-\udfff\ufdd0-\ufdef]|[\ufffe\uffff]")
_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_BLANKS = re.compile(r"[ \t\n\u00a0]+")


def printable(text: str) -> str:
    r"""`text` as an Office file can hold it; line feeds and tabs stay, what is no character is U+FFFD.

    >>> printable("补\x00助\r\n标准\ud800") == "补助\n标准\ufffd"
    True
    """
    return _IMPOSSIBLE.sub("\ufffd", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def in_one_line(text: str) -> str:
    """`printable(text)` with every run of white space made one space."""
    return _BLANKS.sub(" ", printable(text)).strip()


def lines_of(text: str) -> list[str]:
    """The lines of `printable(text)` that hold something, each trimmed; none for a blank text."""
    return [line.strip() for line in printable(text).split("\n") if line.strip()]
