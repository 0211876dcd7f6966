"""A composed paragraph read as one: who it speaks of is said at its head, a month only once.

Sentences are filled in one by one from facts, so that one would begin with 已于2026年2月完成… and the
next again with 已于2026年2月. Quotes are left as they are. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.export.official import Inline, Text

# "已形成资源清单", "以低成本方式提供场地", "不设行政办公用房"; not 已有, 不少于
_HEADLESS = re.compile(r"^(?:已(?!有|知)|以[^，。“”]{1,8}方式|不设)")
_MONTH = r"20\d\d年\d{1,2}月"
# "已于2026年2月完成": of a day nothing is left out, and nothing inside quotes
_DONE_IN = re.compile(rf"已于({_MONTH})(?=[\u4e00-\u9fff])|({_MONTH})|“[^”]*”")
_SAME = "同月"


def smoothed(inlines: tuple[Inline, ...], subject: str) -> tuple[Inline, ...]:
    """The inlines of a paragraph with its subject first and each month once; else as they were.

    >>> smoothed((Text("已于2026年2月完成现状评估，已于2026年2月组织问卷。已于2026年2月完成调研。"),), "项目")
    (Text(text='项目已于2026年2月完成现状评估，组织问卷。同月完成调研。', citations=()),)
    """
    if not inlines:
        return inlines
    first = inlines[0]
    if isinstance(first, Text) and _HEADLESS.match(first.text):
        inlines = (Text(f"{subject}{first.text}", first.citations), *inlines[1:])
    return tuple(_said_once(inlines))


def _said_once(inlines: tuple[Inline, ...]) -> Iterator[Inline]:
    month = ""  # the last one named

    def shorter(found: re.Match[str]) -> str:
        nonlocal month
        done, named = found.groups()
        if not done:
            month = named or month
            return found.group()
        is_same, month = done == month, done
        if not is_same:
            return found.group()
        return "" if found.string[: found.start()].endswith(("，", "、")) else _SAME

    for one in inlines:
        yield Text(_DONE_IN.sub(shorter, one.text), one.citations) if isinstance(one, Text) else one
