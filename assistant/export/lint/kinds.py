"""The typefaces that pass for 仿宋, 黑体, 楷体, 小标宋 and 宋体, by every name they go by; sizes by name.

The standard names kinds of faces, not makers. Names are compared without case and spaces.
"""

from __future__ import annotations

from enum import Enum

_SIZES = {
    84: "初号", 72: "小初", 52: "一号", 48: "小一", 44: "二号", 36: "小二", 32: "三号", 30: "小三",
    28: "四号", 24: "小四", 21: "五号", 18: "小五", 15: "六号", 13: "小六",
}  # fmt: skip


class Kind(Enum):
    """A kind of typeface: its Chinese name, and the beginnings of the names of its faces."""

    FANGSONG = (
        "仿宋",
        ("仿宋", "方正仿宋", "华文仿宋", "fangsong", "stfangsong", "fzfangsong", "fzfs", "汉仪仿宋"),
    )
    HEITI = (
        "黑体",
        ("黑体", "方正黑体", "华文黑体", "simhei", "stheiti", "fzhei", "fzht", "汉仪黑体", "思源黑体"),
    )
    KAITI = (
        "楷体",
        ("楷体", "方正楷体", "华文楷体", "kaiti", "stkaiti", "fzkai", "fzkt", "simkai", "汉仪楷体"),
    )
    XIAOBIAOSONG = (
        "小标宋",
        ("方正小标宋", "小标宋", "华文中宋", "stzhongsong", "fzxiaobiaosong", "fzxbs", "汉仪大宋"),
    )
    SONGTI = (
        "宋体",
        ("宋体", "新宋体", "方正书宋", "华文宋体", "simsun", "nsimsun", "stsong", "fzshusong", "fzss"),
    )

    @property
    def shown(self) -> str:
        """The kind in Chinese."""
        name: str = self.value[0]
        return name

    def has(self, face: str | None) -> bool:
        """Whether a face is of this kind.

        >>> Kind.FANGSONG.has("仿宋_GB2312"), Kind.SONGTI.has("仿宋"), Kind.FANGSONG.has(None)
        (True, False, False)
        """
        name = (face or "").replace(" ", "").casefold()
        return name.startswith(self.value[1])


def face_shown(face: str | None) -> str:
    """A face as a message names it; nothing set means what Word takes by itself."""
    return face or "默认字体（未指定）"


def size_shown(half_points: int | None) -> str:
    """A size by its Chinese name, in points where it has none.

    >>> size_shown(32), size_shown(31), size_shown(None)
    ('三号', '15.5磅', '默认字号（未指定）')
    """
    if half_points is None:
        return "默认字号（未指定）"
    return _SIZES.get(half_points, f"{half_points / 2:g}磅")
