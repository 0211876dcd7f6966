"""Who a clause makes responsible: 责任单位 brackets and （…牵头，…配合） at a sentence's end."""

from __future__ import annotations

import re

from indexing.table_rows import split_bodies

_OPEN, _CLOSE = "（([［【", "）)]］】"
# "（责任单位：市建委，相关区政府）", "责任单位：市民政局" yes
_LABEL = re.compile(
    r"(?:责任|牵头|配合|实施|主办|协办|承办|负责|主管|参与|参加)(?:单位|部门|处室|主体)\s*[:：]"
)
# "（发展改革委牵头，财政部等按职责分工负责）" yes, "（民政部、财政部负责。列第一位者为牵头单位，下同）" too;
# "（包括由政府负责的项目）" no: it must close a sentence
_DUTY = re.compile(
    r"(?<=[。；])[（(]([^（）()]{2,200}?(?:牵头|负责|分工负责|配合|参加|参与))(?:[。，；][^（）()]{2,40}(?:下同|单位))?[）)]"
)
_DUTY_WORDS = re.compile(
    r"(?:等)?(?:按照?(?:各自)?职责(?:分工)?|根据(?:各自)?职责(?:分工)?|分别|共同|会同|具体|依职责|要)*(?:分工)?(?:牵头|负责|配合|参加|参与|组织实施)+(?:落实|实施)?$"
)


def responsible_bodies(text: str) -> tuple[str, ...]:
    """The bodies a clause's text names as responsible, each once, in order.

    >>> responsible_bodies("…标准建设。（责任单位：市规划和自然资源局、市建委，相关区政府）")
    ('市规划和自然资源局', '市建委', '相关区政府')
    >>> responsible_bodies("…融资担保。（财政部牵头，银保监会配合）")
    ('财政部', '银保监会')
    """
    names: list[str] = []
    for label in _LABEL.finditer(text):
        names += split_bodies(_until_close(text, label.end()))
    for duty in _DUTY.finditer(text):
        names += [_DUTY_WORDS.sub("", name) for name in split_bodies(duty.group(1))]
    return tuple(dict.fromkeys(name for name in names if 2 <= len(name) <= 40))


def _until_close(text: str, start: int) -> str:
    """From `start` to the bracket that closes, to the next label, or to the line's end."""
    depth = 0
    for index in range(start, len(text)):
        character = text[index]
        if character in "\n。；" and not depth:
            return text[start:index]
        if character in _OPEN:
            depth += 1
        elif character in _CLOSE:
            if not depth:
                return text[start:index]
            depth -= 1
    return text[start:]
