"""How a title is printed: 《关于印发〈…办法〉的通知》, titles inside it in single marks.

Source: GB/T 15834—2011, 4.15.3.3.
"""

from __future__ import annotations

_INNER = str.maketrans("《》", "〈〉")


def titled(title: str) -> str:
    """A title in its marks.

    >>> titled("关于印发《某办法》的通知")
    '《关于印发〈某办法〉的通知》'
    """
    return f"《{title.translate(_INNER)}》"
