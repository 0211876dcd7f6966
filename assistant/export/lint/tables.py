"""Tables: inside 版心, head repeated when they may break, one size of text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from assistant.export.layout import MM, TEXT_HEIGHT, TEXT_WIDTH
from assistant.export.lint.findings import Finding, Rule, finding
from assistant.export.lint.kinds import size_shown
from assistant.export.lint.roles import Placed
from assistant.export.lint.word_file import TableFile, WordFile

_GRACE = 230  # twips: borders and the margins of cells may stand out by 4 mm
_MAY_BREAK = 15  # rows; shorter tables fit on a page


def check_tables(word: WordFile, items: tuple[Placed, ...]) -> Iterator[Finding]:
    """What is wrong with each table, 版记 left out."""
    widest = TEXT_HEIGHT if any(paper.landscape for paper in word.papers) else TEXT_WIDTH
    for one in items:
        if isinstance(one.item, TableFile) and not one.item.floats and len(one.item.rows) > 1:
            yield from _table(one.item, one.place, widest)


def _table(table: TableFile, place: str, widest: int) -> Iterator[Finding]:
    if table.width and table.width > widest + _GRACE:
        yield finding(Rule.TABLE_WIDTH, place, f"{table.width / MM:.0f}毫米", f"{widest / MM:.0f}毫米")
    if len(table.rows) > _MAY_BREAK and not table.head_repeats:
        yield finding(
            Rule.TABLE_HEAD, place, f"{len(table.rows)}行", "把首行设为“在各页顶端以标题行形式重复出现”"
        )
    sizes = Counter(
        run.form.size
        for row in table.rows
        for cell in row
        for para in cell
        for run in para.runs
        if run.text.strip()
    )
    if len(sizes) > 2:  # a head may be larger than what stands below it
        shown = "、".join(size_shown(size) for size, _ in sizes.most_common())
        yield finding(Rule.TABLE_SIZE, place, shown, "全表统一")
