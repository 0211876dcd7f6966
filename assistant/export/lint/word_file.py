"""What the rules look at: paragraphs, tables, sections and footers of a .docx, frozen."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from assistant.export.lint.forms import ParaForm, RunForm

PAGE = "\ue000"
"""Stands in a footer's text where the page number is."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one form."""

    text: str
    form: RunForm


@dataclass(frozen=True)
class Para:
    """A paragraph, as if every change had been accepted; no slots, for its text is put together once."""

    runs: tuple[Run, ...]
    form: ParaForm
    style: str | None = None
    starts_page: bool = False  # a page break stands before its first words

    @cached_property
    def text(self) -> str:
        """Its words, without notes and comments."""
        return "".join(run.text for run in self.runs)

    @property
    def first(self) -> Run | None:
        """The first run with words."""
        return next((run for run in self.runs if run.text.strip()), None)


@dataclass(frozen=True, slots=True)
class TableFile:
    """A table: the paragraphs of each cell by row, its width in twips where it is stated."""

    rows: tuple[tuple[tuple[Para, ...], ...], ...]
    width: int | None = None
    head_repeats: bool = False
    floats: bool = False  # set by position, like 版记


@dataclass(frozen=True, slots=True)
class Footer:
    """A footer that numbers pages: its paragraph with `PAGE` where the number is."""

    para: Para


@dataclass(frozen=True, slots=True)
class Paper:
    """A section: sheet, margins, grid, in twips; what is not stated is None."""

    width: int | None = None
    height: int | None = None
    top: int | None = None
    bottom: int | None = None
    left: int | None = None
    right: int | None = None
    footer: int | None = None
    grid: str | None = None
    line_pitch: int | None = None
    character_space: int | None = None
    landscape: bool = False
    odd_footer: Footer | None = None
    even_footer: Footer | None = None


Item = Para | TableFile


@dataclass(frozen=True, slots=True)
class WordFile:
    """A whole document in reading order. `papers[i]` is the i-th section."""

    items: tuple[Item, ...]
    papers: tuple[Paper, ...]
    odd_and_even: bool = False
    changes: int = 0
    comments: int = 0
    external: tuple[str, ...] = ()
    has_macros: bool = False
