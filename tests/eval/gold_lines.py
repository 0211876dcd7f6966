"""Gold questions about the invented library, as lines of a file of cases."""

from __future__ import annotations

import json
from typing import Any

from tests.eval.conftest import NING, SU, WU


def line(**changes: Any) -> str:
    """One line of gold, right as it stands; `changes` replace keys, a value of None removes one."""
    whole = {
        "id": "q1",
        "question": "苏州历史建筑修缮补助多少？",
        "as_of": "2026-01-01",
        "type": "figure",
        "register": "formal",
        "expect": "answered",
        "gold": [[f"{SU}#第五条"]],
        "must": [["百分之四十"], ["60万元"]],
        "must_not": [],
        "note": "",
        **changes,
    }
    whole = {key: value for key, value in whole.items() if value is not None and value != ""}
    return json.dumps(whole, ensure_ascii=False)


COMPARISON = line(
    id="q2",
    question="苏州和南京的补助有什么不同？",
    type="comparison",
    register="clerk",
    gold=[[f"{SU}#第五条"], [f"{NING}#第六条"]],
    must=[["百分之四十"], ["25万元"]],
)
TABLE = line(
    id="q3",
    question="星火那个孵化器拿多少补助？",
    type="table_row",
    register="resident",
    gold=[[f"{WU}#附件/2"]],
    must=[["30"]],
)
UNANSWERABLE = line(
    id="q4", question="苏州公积金贷多少？", type="unanswerable", expect="refused", gold=[], must=[]
)
FALSE_PREMISE = line(
    id="q5",
    question="南京口袋公园每处补助50万元吧？",
    type="false_premise",
    register="operator",
    gold=[[f"{NING}#第六条"]],
    must=[["25万元"]],
    must_not=["补助50万元"],
)
LINES = (line(), COMPARISON, TABLE, UNANSWERABLE, FALSE_PREMISE)
