"""Functions listed in running text, whatever the verb: 楼里打算放社区食堂、老人日托、理发店. Pure.

A run of items that each name a function is a list of what is there when a word of placing stands
before it, or a count or 等服务 behind it; a list of what is needed, planned or lacking is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.facts.choices import named_choices
from assistant.facts.types import FactSpec
from indexing.folding import fold

_SENTENCE = re.compile(r"[^。；;！!？?\n]+")
_BETWEEN = re.compile(r"[、，,]|(?:以及|和|及|与|还有|外加|加上)(?=[\u4e00-\u9fff]{2})")
# "打算放|社区食堂", "共入驻|", "里头有|": what follows is there
_PLACED = re.compile(
    r"(?:设|放|办|开|布|布局|安排|引入|入驻|配|配套|建|有|提供|开展|嵌入|做|含|包括|包含|分|分为|为|是|成|用于|用作|覆盖|集合|汇集|囊括|聚集|集成|整合|融合|涵盖|承载"
    r"|叠加|装|摆|推出|供|集|[一二三四五六七八首底顶地\d][层楼](?:上|下)?|[：:])[了有置好出到进给]?(?:一|两|[一二三四五六七]?[个处间家块])?$"
)
# "…三块", "…等服务", "…五个功能区" behind the last item
_COUNTED = re.compile(
    r"(?:等|共|一共|合计|这)?(?:[一二两三四五六七八九十\d]+)(?:块|样|类|项|种|大|个)(?!部门|单位|方面|要素|环节)|等(?:多种|多项|各类)?(?:社区)?(?:服务|功能|业态|场景)"
)
# what is only wished, planned, measured, priced or named for another reason
_OTHER_MATTER = re.compile(
    r"未|没|不|缺|无|除|需求|策划|反映|希望|急需|想要|盼|呼声|测算|标准|协议|约定|评估|培训|经验|七大|七类|资质|收费|价格|\d元"
    r"|调研|调查|清单|部门|公司|企业|机构有|行业|规范|体检|培育|周边|附近|原有|原来|拆除|搬迁|整个社区|全社区|社区整体|领域|投资|补助|面向|对象"
)
# the label of a list of services: 建设内容, 主要业态
_OF_SERVICES = re.compile(r"服务|功能|业态|场景|建设内容|设[了置有]?$")
# "一层|是…", "2号楼|做…": one function alone is placed by it
_SITED = re.compile(
    r"(?:[一二三四五六七八首底顶地负]|\d+)(?:[层楼]|号楼|栋)(?:[东西南北]侧)?(?:[^，。；]{0,12}?)(?:是|做|为|设|办|放|开|安排|用作|改成)"
)
_MAX_ITEM = 16
_MAX_STRANGE = 8
_MAX_SENTENCE = 600
_MAX_BEFORE = 12


def listed_functions(spec: FactSpec, text: str) -> Iterator[tuple[int, int]]:
    """Where `text` lists at least two functions as being there; spans from the first item to the last.

    Args:
        spec: the fact whose choices are the functions.
        text: running text.
    """
    for sentence in _SENTENCE.finditer(text):
        if len(sentence.group()) > _MAX_SENTENCE:  # no list a person wrote
            continue
        items = list(_items(sentence.group(), sentence.start()))
        run: list[tuple[int, int]] = []
        strange = 0  # one item that names no function may stand between two that do: 图书角 beside a 花房
        for start, end in [*items, (-1, -1)]:
            if start >= 0 and end - start <= _MAX_ITEM + _MAX_BEFORE and _names(spec, text[start:end]):
                run.append((start, end))
                strange = 0
            elif (
                start >= 0 and run and not strange and end - start <= _MAX_STRANGE and text[start - 1] == "、"
            ):
                strange = 1
            else:
                if len(run) >= 2 or (run and _SITED.match(text[slice(*run[0])])):
                    yield from _as_list(spec, text, run, sentence.start(), sentence.end())
                run, strange = [], 0


def _items(sentence: str, at: int) -> Iterator[tuple[int, int]]:
    begins = 0
    for mark in _BETWEEN.finditer(sentence):
        yield at + begins, at + mark.start()
        begins = mark.end()
    yield at + begins, at + len(sentence)


def _names(spec: FactSpec, item: str) -> bool:
    present, absent = named_choices(spec, fold(item))
    return bool(present) and not absent and not re.search(r"[不未没]", item)


def _as_list(
    spec: FactSpec, text: str, run: list[tuple[int, int]], begins: int, ends: int
) -> Iterator[tuple[int, int]]:
    first = _first_name(spec, text[slice(*run[0])])
    start, end = run[0][0] + first, run[-1][1]
    clause = max(text.rfind(mark, begins, start) + 1 for mark in "，,：:") if start > begins else begins
    before, behind = (
        text[max(clause, begins) : start],
        text[end - _MAX_ITEM if end - start > _MAX_ITEM else start : end],
    )
    whole = text[max(clause, begins) : end] + re.split(r"[，,]", text[end : min(ends, end + 10)])[0]
    if len(before) > _MAX_BEFORE or _OTHER_MATTER.search(whole):
        return
    labelled = (
        clause > begins and text[clause - 1] in "：:" and _OF_SERVICES.search(text[begins : clause - 1])
    )
    is_placed = _PLACED.search(before.rstrip('“”"')) or _COUNTED.search(behind)
    if labelled or is_placed or (clause == begins and not before):
        yield start, end


def _first_name(spec: FactSpec, item: str) -> int:
    """Where the first function's name begins in an item: 6 of 楼里打算放|社区食堂."""
    folded = fold(item)
    places = [
        folded.find(fold(word))
        for choice in spec.choices
        for word in (choice.name, *choice.words)
        if fold(word) in folded
    ]
    return min(places, default=0)
