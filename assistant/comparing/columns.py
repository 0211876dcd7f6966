"""Which columns a comparison has: places, or documents where these are named."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date

from assistant.answers.particulars import name
from assistant.comparing.types import Column
from assistant.errors import ColumnError
from assistant.library import Library
from indexing.jurisdictions import NATION, name_of
from indexing.types import Document
from indexing.units import in_force

FEWEST = 2
MOST = 60
"""Columns at most; a sheet of more can be neither printed nor read."""

_UNPLACED = "地区不明"


def columns_of(
    library: Library, places: Sequence[str], doc_ids: Sequence[str], as_of: date
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    """The columns, the nation first, and sentences on what was joined or left out.

    Args:
        library: what is held.
        places: GB/T 2260 codes in the order asked; empty for all, or for those of `doc_ids`.
        doc_ids: documents to read; empty for all in force. Without `places` each is a column.
        as_of: documents not in force that day are left out, unless they are named.

    Raises:
        ColumnError: fewer than two columns or more than `MOST`, a place without documents, a named
            document of none of the places.
    """
    notes = _repeated(places, label) + _repeated(doc_ids, lambda each: name(library.document(each)))
    places, doc_ids = tuple(dict.fromkeys(places)), tuple(dict.fromkeys(doc_ids))
    if doc_ids:
        chosen = tuple(library.document(doc_id) for doc_id in doc_ids)
    else:
        chosen = tuple(one for one in library.documents if in_force(one.metadata, as_of))
        notes += _left_out(library, chosen, places, as_of)
    if places or not doc_ids:
        _refuse_misfits(places, chosen if doc_ids else library.documents, are_named=bool(doc_ids))
        columns = _by_place(chosen, places)
    else:
        columns = _by_document(chosen)
    if len(columns) < FEWEST:
        raise ColumnError("".join((*notes, _too_few(columns, library))))
    if len(columns) > MOST:
        raise ColumnError(
            f"一次最多比对 {MOST} 列，现有 {len(columns)} 列，请用 --cities 或 --documents 缩小范围。"
        )
    return columns, tuple(notes)


def _refuse_misfits(places: Sequence[str], documents: Sequence[Document], *, are_named: bool) -> None:
    """Return when each place has a document and each document that was named belongs to a place.

    Raises:
        ColumnError: one does not.
    """
    held = dict.fromkeys(one.metadata.jurisdiction for one in documents)
    for code in places:
        if code not in held and are_named:
            raise ColumnError(f"所选文件中没有{label(code)}的文件，请补上一份，或从 --cities 中去掉它。")
        if code not in held:
            known = "、".join(label(each) for each in sorted(filter(None, held)))
            where = f"库中有：{known}" if known else "库中还没有文件"
            raise ColumnError(
                f"库中没有{label(code)}的文件（{where}），请先用 cewen add 添加，或改选其他地区。"
            )
    strays = [one for one in documents if are_named and one.metadata.jurisdiction not in places]
    if places and strays:
        raise ColumnError(f"{name(strays[0])}不属于所选地区，请把它的地区加入 --cities，或不选这份文件。")


def _by_place(documents: Sequence[Document], places: Sequence[str]) -> tuple[Column, ...]:
    """A column a place, the nation first; without places all that have documents, sorted by code."""
    held = {one.metadata.jurisdiction for one in documents}
    wanted = places or tuple(sorted(filter(None, held)))
    columns = [
        Column(label(code), code, tuple(one.doc_id for one in documents if one.metadata.jurisdiction == code))
        for code in sorted(wanted, key=lambda code: code != NATION)
    ]
    unplaced = tuple(one.doc_id for one in documents if one.metadata.jurisdiction is None)
    return (*columns, Column(_UNPLACED, None, unplaced)) if unplaced and not places else tuple(columns)


def _by_document(documents: Sequence[Document]) -> tuple[Column, ...]:
    """A column a document, called by its place, or by its title where several are of one place."""
    codes = Counter(one.metadata.jurisdiction for one in documents)
    columns = []
    for one in sorted(documents, key=lambda one: one.metadata.jurisdiction != NATION):
        code = one.metadata.jurisdiction
        place = label(code) if code else _UNPLACED
        title = place if code and codes[code] == 1 else f"{place}《{one.title}》"
        columns.append(Column(title, code, (one.doc_id,)))
    repeated = Counter(column.label for column in columns)
    return tuple(
        column
        if repeated[column.label] == 1
        else Column(f"{column.label}（{column.doc_ids[0]}）", column.code, column.doc_ids)
        for column in columns
    )


def label(code: str) -> str:
    """What a column is called: 国家 for the nation, else the name of the place."""
    return "国家" if code == NATION else name_of(code)


def _repeated(given: Sequence[str], named: Callable[[str], str]) -> list[str]:
    return [f"{named(each)}写了多次，只列一次。" for each, count in Counter(given).items() if count > 1]


def _left_out(library: Library, chosen: Sequence[Document], places: Sequence[str], as_of: date) -> list[str]:
    return [
        f"{name(one)}在 {as_of.isoformat()} 不在有效期内，没有列入比对。"
        for one in library.documents
        if one not in chosen and (not places or one.metadata.jurisdiction in places)
    ]


def _too_few(columns: Sequence[Column], library: Library) -> str:
    if not library.documents:
        return "库中还没有文件，请先运行 cewen add 添加要比对的文件。"
    only = f"现在只有{columns[0].label}" if columns else "现在一列也没有"
    return f"比对至少要有两个地区或两份文件，{only}，请再指定一个，例如：--cities 北京,杭州。"
