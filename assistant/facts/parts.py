"""Several amounts under one label: 1786㎡，其中共同体980㎡; 3640户、9800人.

Pure. Which parts a fact can have, and which fact each is, stands in the dictionary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.facts.types import FactSpec

# "1786㎡|，其中共同体980㎡|": marks part, but not the comma of 1,786
_MARKS = re.compile(r"(?:[，；;、。（）()\n]|,(?!\d{3}(?!\d)))+")
_AMOUNT = re.compile(r"[-负]?\d|[一二两三四五六七八九十百千]+(?=[户人亩万]|平|公顷)")
# what only introduces a part: "其中|共同体", "含|加建"
_INTRODUCES = re.compile(
    r"^(?:其中|其|含有?|包含|包括|另有|另|内有|分别为|现有|共有|共(?!同体|享|建)|约|为)*[：:]?"
)
_BEHIND = re.compile(r"(?:为|约|共|有|是|计|安排|投入|各|[：:\s])*$")
_MAX_NAME = 16


@dataclass(frozen=True, slots=True)
class Part:
    """One amount with what it is called; `name` is "" for the bare amount of the label itself."""

    name: str
    words: str


def parts_of(words: str) -> tuple[Part, ...]:
    """The pieces of words that begin with an amount or name one, in order; empty without any.

    >>> [(part.name, part.words) for part in parts_of("1,786㎡，其中共同体980㎡")]
    [('', '1,786㎡'), ('共同体', '980㎡')]
    """
    found = []
    for piece in _MARKS.split(words):
        amount = _AMOUNT.search(piece)
        if amount is None:
            continue
        name = _BEHIND.sub("", _INTRODUCES.sub("", piece[: amount.start()].strip()))
        if len(name) <= _MAX_NAME:
            found.append(Part(name, piece[amount.start() :].strip()))
    return tuple(found)


def named_parts(spec: FactSpec, words: str) -> tuple[tuple[str, str], ...]:
    """The facts that parts of an amount state, as key and words; empty where the fact has no parts."""
    if not spec.parts:
        return ()
    has_own = bare_part(spec, words) is not None  # 服务户数：3200人 is a slip, not a population
    return tuple(
        (named.key, part.words)
        for part in parts_of(words)
        for named in spec.parts
        if named.pattern.fullmatch(part.name) and (part.name or (has_own and named.unit in part.words))
    )


def bare_part(spec: FactSpec, words: str) -> str | None:
    """The one amount that belongs to the label itself; None without one or with several."""
    own = [
        part.words
        for part in parts_of(words)
        if not part.name
        and not any(not each.pattern.pattern and each.unit in part.words for each in spec.parts)
    ]
    return own[0] if len(set(own)) == 1 else None
