"""The figures of GB/T 9704—2012 as Word counts them; the exporter sets them, the lint checks them.

A twip is 1/20 pt, 1 mm is 56.69 twips; Word gives font sizes in half points. Figures that the
standard leaves to the typesetter (table text, footnotes) say so.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import cache

MM = 1440 / 25.4  # twips
TOLERANCE = round(MM)  # 5.2.1: 天头 37 mm ± 1 mm, 订口 28 mm ± 1 mm

# 5.1: A4. 5.2.1: 天头 37, 订口 28, 版心 156 × 225; what is left over is 切口 26 and 地脚 35.
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
MARGIN_TOP, MARGIN_BOTTOM, MARGIN_LEFT, MARGIN_RIGHT = (round(mm * MM) for mm in (37, 35, 28, 26))
TEXT_WIDTH = PAGE_WIDTH - MARGIN_LEFT - MARGIN_RIGHT
TEXT_HEIGHT = PAGE_HEIGHT - MARGIN_TOP - MARGIN_BOTTOM

# 5.2.3: 22 lines a page, 28 characters a line, filling 版心.
LINES, CHARACTERS = 22, 28
LINE_PITCH = 578  # 28.9 pt: 22 lines make 635.8 of 637.8 pt; from 29 pt only 21 lines fit
MAX_LINE_PITCH = TEXT_HEIGHT // LINES  # 579
MIN_LINE_PITCH = 560  # 28 pt, the least in use; below it 23 lines fit
GRID_PITCH = 579
# charSpace counts 1/4096 pt on top of the 16 pt of a character: (442.2 / 28 - 16) * 4096 = -843
GRID_CHARACTER_SPACE = -843
CHARACTER = TEXT_WIDTH / CHARACTERS  # twips of one cell of the grid
# The grid alone gives 28 characters in Word, but LibreOffice gives each character that is wider than
# its cell two of them. So our lines do not snap to it and are set narrower by 0.3 pt: 28 * 15.7 =
# 439.6 of 442.2 pt (with 0.25 pt, LibreOffice's rounding leaves room for 27 only).
SQUEEZE = -6

# 7.5: page numbers 7 mm below 版心, so 25 mm above the edge of the sheet where they end.
FOOTER = round(25 * MM)
HEADER = round(15 * MM)  # the notice of origin; not in the standard

TITLE_SIZE, BODY_SIZE, PAGE_NUMBER_SIZE = 44, 32, 28  # half points: 二号, 三号, 四号
IMPRINT_SIZE = 28
NOTE_SIZE = 18  # 小五, footnotes and comments; ours
TABLE_SIZE = 24  # 小四, tables; ours
TABLE_PITCH = 400  # 20 pt; ours
WIDE_TABLE_SIZE = 21  # 五号, tables on their side: a hundred rules with their quotes; ours
WIDE_TABLE_PITCH = 300  # 15 pt; ours
NUMBER_LINE_GAP = 4 * MM  # 7.2.7: the red line stands 4 mm below the document number
AUTHORITY_TOP = 35 * MM  # 7.2.4: 发文机关标志 stands 35 mm below the upper edge of 版心

DASH = "—"  # 7.5: 一字线 on either side of the page number


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: the name written, its stand-ins, and whether it has only the signs of GB 2312."""

    name: str
    alternatives: tuple[str, ...]
    gb2312_only: bool = False
    panose: str = "02010609030101010101"
    pitch: str = "default"


class Faces(Enum):
    """The typefaces of an official document; the standard names the kind, never a maker."""

    TITLE = Face("方正小标宋_GBK", ("方正小标宋简体", "华文中宋", "宋体"))
    BODY = Face("仿宋_GB2312", ("仿宋", "方正仿宋_GBK", "华文仿宋"), gb2312_only=True)
    WIDE_BODY = Face("仿宋", ("方正仿宋_GBK", "华文仿宋"))  # for signs that GB 2312 lacks
    BLACK = Face("黑体", ("方正黑体_GBK", "华文黑体"))
    SCRIPT = Face("楷体_GB2312", ("楷体", "方正楷体_GBK", "华文楷体"), gb2312_only=True)
    WIDE_SCRIPT = Face("楷体", ("方正楷体_GBK", "华文楷体"))
    SONG = Face("宋体", ("方正书宋_GBK", "华文宋体"))
    LATIN = Face("Times New Roman", ("Liberation Serif",), panose="02020603050405020304", pitch="variable")


WIDER = {Faces.BODY: Faces.WIDE_BODY, Faces.SCRIPT: Faces.WIDE_SCRIPT}
"""What stands in for a face of GB 2312 where a sign is not in it."""


@cache
def in_gb2312(character: str) -> bool:
    """Whether a face limited to GB 2312 has this sign.

    >>> in_gb2312("策"), in_gb2312("镕")
    (True, False)
    """
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
