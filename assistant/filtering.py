"""What a caller's city, part and day let through: names as people write them → SearchFilter.

Between a doorway (command line, page, llama-index) and `search` or `ask`.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from assistant.errors import UnknownFilter
from indexing.index import ClauseIndex
from indexing.jurisdictions import NATION, find_places, library_jurisdiction, lineage
from indexing.query import own_names
from indexing.types import SearchFilter

_NATION_NAMES = frozenset({"国家", "全国", "中央", NATION})


def filters_for(
    index: ClauseIndex, city: str | None = None, part: str | None = None, as_of: date | None = None
) -> SearchFilter:
    """Restrictions to a place, a part of documents, a day; None does not restrict.

    Args:
        index: whose documents and parts are meant.
        city: one or more places by name, 国家, or a GB/T 2260 code. A district stands for
            the city whose documents the library holds; a place without documents stays
            itself, so that nothing of another place is returned.
        part: 正文, 附件1 … as `cewen clauses` lists them.
        as_of: leave out documents not in force on this day.

    Raises:
        UnknownFilter: `city` names no place, or one name shared by several; no document
            has a part called `part`.
    """
    return SearchFilter(
        jurisdictions=() if city is None else _jurisdictions(index, city),
        parts=() if part is None else (_known_part(index, part),),
        as_of=as_of,
    )


def _known_part(index: ClauseIndex, part: str) -> str:
    known = dict.fromkeys(clause.part for clause in index.clauses())
    if part.strip() not in known:
        offered = f"现有的是：{'、'.join(known)}" if known else "请先用 cewen add 添加文件"
        raise UnknownFilter(f"文库里没有哪份文件有“{part}”这一部分，{offered}。")
    return part.strip()


def _jurisdictions(index: ClauseIndex, city: str) -> tuple[str, ...]:
    held = {one for document in index.documents() if (one := document.metadata.jurisdiction)}
    codes = (library_jurisdiction(code, held) or code for code in _place_codes(city, held))
    return tuple(dict.fromkeys(codes))


def _place_codes(city: str, held: Collection[str]) -> list[str]:
    name = city.strip()
    if name in _NATION_NAMES:
        return [NATION]
    if name in held or (len(name) == len(NATION) and name.isascii() and name.isdecimal()):
        return [name]
    mentions = find_places(name, own=own_names(held))
    if any(len(mention.codes) > 1 for mention in mentions):
        raise UnknownFilter(f"“{city}”有多处同名，请连同上级地区一起写，例如：杭州市西湖区。")
    if not mentions:
        raise UnknownFilter(f"不认识“{city}”这个地区，请写地名，例如：北京、杭州市、余杭区，或写“国家”。")
    codes = [mention.codes[0] for mention in mentions]
    above = {step for code in codes for step in lineage(code)[1:]}
    return [code for code in codes if code not in above]
