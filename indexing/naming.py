"""Which document a user means by an id, 文号 or title. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from indexing.errors import UnknownDocument
from indexing.folding import fold_tight

_CLOSE_MATCHES = 3  # documents offered when none goes by the name given


def resolve_name(name: str, names: Iterable[tuple[str, str]]) -> str:
    """The doc_id of the one document called `name`, in any width, spacing or brackets.

    Args:
        name: what the user typed.
        names: (name, doc_id) pairs; a document may have several.

    >>> resolve_name("京发改规【2025】 1号", [("京发改规〔2025〕1号", "京发改规[2025]1号")])
    '京发改规[2025]1号'

    Raises:
        UnknownDocument: none or several go by that name; close ones are listed.
    """
    wanted = _plain(name)
    known: dict[str, set[str]] = {}
    for each, doc_id in names:
        known.setdefault(_plain(each), set()).add(doc_id)
    found = sorted(known.get(wanted, ()))
    if len(found) == 1:
        return found[0]
    if name in found:  # the id of one may be the title of several
        return name
    if found:
        raise UnknownDocument(f"有多份文件都叫“{name}”，请改用编号指明：{'、'.join(found)}。")
    near = [key for key in known if wanted and wanted in key]
    near += difflib.get_close_matches(wanted, known, _CLOSE_MATCHES)
    ids = list(dict.fromkeys(doc_id for key in near for doc_id in sorted(known[key])))[:_CLOSE_MATCHES]
    hint = f"相近的有：{'、'.join(ids)}" if ids else "请用 cewen documents 查看全部文件"
    raise UnknownDocument(f"文库中没有“{name}”，{hint}。")


def _plain(name: str) -> str:
    return fold_tight(name).strip("《》")
