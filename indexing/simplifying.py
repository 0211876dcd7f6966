"""Traditional characters to simplified ones (OpenCC), in the copy of a question that is searched."""

from __future__ import annotations


def simplify(text: str) -> str:
    """Traditional characters made simplified; the converter loads only when needed.

    >>> simplify("北京市補助多少")
    '北京市补助多少'
    """
    try:
        text.encode("gb2312", "strict")
    except UnicodeEncodeError:
        return _convert(text) if any(_beyond_gb2312(character) for character in set(text)) else text
    return text


def _beyond_gb2312(character: str) -> bool:
    """A Chinese character outside GB 2312, which holds nearly all simplified ones in use."""
    if not "\u3400" <= character <= "\u9fff":
        return False
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return True
    return False


def _convert(text: str) -> str:
    from opencc import OpenCC  # type: ignore[import-untyped]

    return str(OpenCC("t2s").convert(text))
