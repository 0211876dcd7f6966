"""What commands print: a line of JSON for programs, a Chinese sentence for people."""

from __future__ import annotations

import sys

__all__ = ["print_json", "print_sentence"]


def print_json(text: str) -> None:
    """UTF-8 whatever the locale says, and out at once, so that a pipe can read along."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8") + b"\n")
    sys.stdout.buffer.flush()


def print_sentence(sentence: str) -> None:
    """One line on the terminal, wrapped to its width."""
    from ui import reports

    reports.terminal().print(sentence)
