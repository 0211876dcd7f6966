"""Which documents of a library are on one matter, by what their titles share.

A word is rare or common among documents on the same matter: 社区 tells nothing in a text on 社区嵌入式服务
设施, however rare it is among the statutes on dogs and lifts that stand in the same library. Pure.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

_SHARED = 6  # characters of a subject that two titles share: 生活垃圾分类, 社区嵌入式服务设施
# Who issued it, and where: "国务院办公厅关于", "德州市"; not "城市"
_BEFORE = re.compile(r"^(?:.*关于)?(?:[\u4e00-\u9fff]{2,4}?(?<!城)[省市](?!级|场|民))?")
# What titles say of any matter
_GENERAL = re.compile(
    r"印发|转发|制[订定]|实施|国家发展改革委|中华人民共和国|人民政府|办公[厅室]|通知|方案|办法|条例|规定|细则|意见|决定"
    r"|规划|标准|导则|指引|工程|工作|项目|试点|建设|运营|管理|监督|促进|保障|推进|加强|若干|试行|暂行|修订|的|[^\u4e00-\u9fff]"
)


def fields_of(titles: Mapping[str, Sequence[str]]) -> dict[str, frozenset[str]]:
    """doc_id → the documents on the same matter, itself among them.

    Two are on one matter when their titles share `_SHARED` characters that name it, or both do with a third.

    Args:
        titles: doc_id → titles of the document and its parts.

    >>> of = fields_of({"1": ["甲市生活垃圾分类条例"], "2": ["乙市生活垃圾分类办法"], "3": ["乙市养犬条例"]})
    >>> sorted(of["1"]), sorted(of["3"])
    (['1', '2'], ['3'])
    """
    named: dict[str, set[str]] = defaultdict(set)
    for doc_id, its in titles.items():
        for run in (run for title in its for run in _GENERAL.split(_BEFORE.sub("", title))):
            for start in range(len(run) - _SHARED + 1):
                named[run[start : start + _SHARED]].add(doc_id)
    groups = {doc_id: {doc_id} for doc_id in titles}
    for together in named.values():
        merged = set[str]().union(*(groups[doc_id] for doc_id in together))
        groups.update(dict.fromkeys(merged, merged))
    return {doc_id: frozenset(group) for doc_id, group in groups.items()}
