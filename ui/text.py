"""Text made fit to be shown: nothing of it can drive a terminal or forge a line. Pure functions."""

from __future__ import annotations

import re

# control characters but tab and line feed, C1, bidi marks and overrides, tags: "\x1b" yes; "　" no
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
# terminal sequences whole, so that no "[31m" is left behind: "\x1b[31m" yes; "[31m" no
_SEQUENCES = re.compile(
    "\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[@-Z\\\\-_])|\x9b[0-?]*[ -/]*[@-~]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
_BLANKS = re.compile(r"\s+")


def visible(text: str) -> str:
    r"""`text` without terminal sequences, control and bidi characters; line feeds and tabs stay.

    A lone surrogate becomes U+FFFD, so the result can always be encoded.

    >>> visible("补助\x1b[31m标准\x07\ud800") == "补助标准\ufffd"
    True
    """
    text = _SEQUENCES.sub("", text)
    return encodable(_UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """`visible(text)` with every run of white space made one space; no line feed is left."""
    return _BLANKS.sub(" ", visible(text)).strip()


def encodable(text: str) -> str:
    r"""`text` with every lone surrogate as U+FFFD.

    >>> encodable("\ud83d补助") == "\ufffd补助"
    True
    """
    return _SURROGATES.sub("\ufffd", text)
