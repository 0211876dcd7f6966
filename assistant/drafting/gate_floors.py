"""The gate on floors: a room is on the floor the sheet puts it on. Pure."""

from __future__ import annotations

import re

from assistant.drafting.gate_numbers import in_one_width
from assistant.drafting.ground import Ground
from assistant.drafting.holdings import clauses_of, siblings_of
from assistant.drafting.sentences import Said, without_quotes

# "首层", "二层东侧", "3层"; not 共三层, 地上三层, 分层
FLOOR = re.compile(r"(?<![共总高有上下分])(负?[首底一二三四五六七八九十\d])层(?![级次面])")
_GROUND = {"首": "一", "底": "一", "1": "一", "2": "二", "3": "三", "4": "四"}
_ROOT = 2  # 养老 of 养老服务


def misplaced_floors(said: Said, ground: Ground) -> list[str]:
    """儿童游憩设在首层, where its row says 二层东侧布置; nothing of what the sheet puts on no floor."""
    out: list[str] = []
    for clause in clauses_of(in_one_width(without_quotes(said.text)), ground):
        told = _floors(clause.text)
        for siblings in siblings_of(ground.case) if told else ():
            placed = {unit.parts[1]: _floors(unit.text) for unit in siblings if len(unit.parts) > 1}
            named = [
                floors for name, floors in placed.items() if floors and _root(name, placed) in clause.text
            ]
            if named and all(told.isdisjoint(floors) for floors in named):
                out.append(clause.text.strip())
    return list(dict.fromkeys(out))


def _root(name: str, names: dict[str, set[str]]) -> str:
    """What tells a row from the others at its head: 养老 of 功能养老服务; all of it where two begin alike."""
    column = next((at for at, signs in enumerate(zip(*names, strict=False)) if len(set(signs)) > 1), 0)
    heads = [one[column : column + _ROOT] for one in names]
    return name[column : column + _ROOT] if len(set(heads)) == len(heads) else name[column:]


def _floors(text: str) -> set[str]:
    return {_GROUND.get(one, one) for one in FLOOR.findall(text)}
