"""How each kind of line is set: face, size, place. One table, read by the styles and by the lines.

GB/T 9704—2012, 7.2–7.5; what the standard leaves open (tables, captions) is ours.
"""

from __future__ import annotations

from dataclasses import dataclass

from assistant.export.flat import Role
from assistant.export.layout import (
    BODY_SIZE,
    LINE_PITCH,
    TABLE_PITCH,
    TABLE_SIZE,
    TITLE_SIZE,
    WIDE_TABLE_PITCH,
    WIDE_TABLE_SIZE,
    Faces,
)


@dataclass(frozen=True, slots=True)
class Setting:
    """One kind of line. Sizes in half points, pitch in twips, indents in characters."""

    style_id: str
    name: str  # as Word lists the style
    face: Faces = Faces.BODY
    size: int = BODY_SIZE
    justify: str = "both"
    first_line: float = 0.0
    pitch: int = LINE_PITCH
    outline: int | None = None  # 0–3: in Word's navigation pane
    keep_next: bool = False
    colour: str | None = None


RED = "FF0000"

SETTINGS: dict[Role, Setting] = {
    Role.AUTHORITY: Setting("GW-Authority", "公文机关标志", Faces.TITLE, 84, "center", colour=RED),
    Role.NUMBER_LINE: Setting("GW-Number", "公文发文字号", justify="center"),
    Role.TITLE: Setting("GW-Title", "公文标题", Faces.TITLE, TITLE_SIZE, "center", keep_next=True),
    Role.RECIPIENTS: Setting("GW-Recipients", "公文主送", justify="left"),
    Role.BODY: Setting("GW-Body", "公文正文", first_line=2),
    Role.HEADING1: Setting("GW-H1", "公文一级", Faces.BLACK, first_line=2, outline=0, keep_next=True),
    Role.HEADING2: Setting("GW-H2", "公文二级", Faces.SCRIPT, first_line=2, outline=1, keep_next=True),
    Role.HEADING3: Setting("GW-H3", "公文三级", first_line=2, outline=2),
    Role.HEADING4: Setting("GW-H4", "公文四级", first_line=2, outline=3),
    Role.EMPTY: Setting("GW-Empty", "公文空行"),
    Role.ATTACHMENTS: Setting("GW-Attachments", "公文附件说明"),
    Role.UNIT: Setting("GW-Unit", "公文署名", justify="right", keep_next=True),
    Role.DAY: Setting("GW-Day", "公文成文日期", justify="right"),
    Role.REMARK: Setting("GW-Remark", "公文附注", first_line=2),
    Role.ANNEX_MARK: Setting("GW-AttachNo", "公文附件序号", Faces.BLACK, justify="left", outline=0),
    Role.CAPTION: Setting("GW-Caption", "公文表题", Faces.BLACK, TABLE_SIZE, "center", keep_next=True),
    Role.TABLE_NOTE: Setting("GW-TableNote", "公文表注", size=TABLE_SIZE, pitch=TABLE_PITCH),
    Role.PARTY: Setting("GW-Party", "合同签署", justify="left"),
}

TABLE_HEAD = Setting("GW-TableHead", "公文表头", Faces.BLACK, TABLE_SIZE, "center", pitch=TABLE_PITCH)
TABLE_TEXT = Setting("GW-Table", "公文表格", size=TABLE_SIZE, justify="left", pitch=TABLE_PITCH)
WIDE_HEAD = Setting(
    "GW-WideTableHead", "公文宽表头", Faces.BLACK, WIDE_TABLE_SIZE, "center", pitch=WIDE_TABLE_PITCH
)
WIDE_TEXT = Setting(
    "GW-WideTable", "公文宽表格", size=WIDE_TABLE_SIZE, justify="left", pitch=WIDE_TABLE_PITCH
)
EVERY = (*SETTINGS.values(), TABLE_HEAD, TABLE_TEXT, WIDE_HEAD, WIDE_TEXT)
