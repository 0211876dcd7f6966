"""Bytes of a text file → characters, or one Chinese sentence why not."""

from __future__ import annotations

import codecs
import unicodedata

from indexing.errors import UnreadableDocument

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Chinese text lives in GB 2312 level 1 (3,755 characters, lead bytes B0–D7); text in another
# encoding read as GB18030 falls mostly outside it. Level 1 covers over 97 % of running text.
_LEVEL_ONE_SHARE = 0.8
_CONTROL_SHARE = 0.01


def decode(data: bytes, source_name: str) -> tuple[str, str, int]:
    """The characters of a text file.

    Returns:
        The text, the codec that reads it, and the length in bytes of a byte order mark.

    Raises:
        UnreadableDocument: empty, binary, or in none of UTF-8, UTF-16 with a mark, GB18030.
    """
    if not data.strip():
        raise UnreadableDocument(f"“{source_name}”是空文件，没有可读的文字；请检查后重新提供。")
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            text = _strict(data[len(bom) :], encoding)
            if text is None or (encoding != "utf-8" and not _looks_chinese(text)):
                break
            return _checked(text, source_name), encoding, len(bom)
    text = _strict(data, "utf-8")
    if text is not None:
        return _checked(text, source_name), "utf-8", 0
    text = _strict(data, "gb18030")
    if text is not None and b"\0" not in data and _looks_chinese(text):
        return _checked(text, source_name), "gb18030", 0
    raise UnreadableDocument(
        f"“{source_name}”不是可识别的文本文件（既非 UTF-8 也非 GB18030 编码）；请另存为 UTF-8 文本后再添加。"
    )


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _checked(text: str, source_name: str) -> str:
    """`text`, if it is text at all."""
    controls = sum(text.count(chr(code)) for code in range(32) if code not in (9, 10, 11, 12, 13, 27))
    if controls > max(2, _CONTROL_SHARE * len(text)) or not any(character.isalnum() for character in text):
        raise UnreadableDocument(
            f"“{source_name}”看起来是二进制文件或不含文字；请提供 .txt 或 .md 格式的政策文本。"
        )
    return text


def _looks_chinese(text: str) -> bool:
    """Whether the letters outside ASCII are mostly everyday Chinese characters."""
    letters = [each for each in text[:20_000] if each > "\x7f" and unicodedata.category(each)[0] not in "PZS"]
    if not letters:
        return False
    common = sum(
        1 for each in letters if "\u4e00" <= each <= "\u9fff" and 0xB0 <= each.encode("gb18030")[0] <= 0xD7
    )
    return common >= _LEVEL_ONE_SHARE * len(letters)
