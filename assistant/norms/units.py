"""Units as printed → one name each, and the factor between them.

Money is counted in 元 (万 and 亿 belong to the number), shares in %. Areas keep the unit they are
printed in; `comparable` brings 公顷 and 亩 to 平方米, 年 to 月 and so on where numbers must meet.
"""

from __future__ import annotations

import re
from decimal import Decimal

# As printed (folded: half width, lower case) → name; the longest that fits counts
_NAMES = {
    "平方米": "平方米", "平米": "平方米", "㎡": "平方米", "m2": "平方米", "m²": "平方米",
    "平方公里": "平方公里", "公顷": "公顷", "亩": "亩", "立方米": "立方米", "m3": "立方米",
    "公里": "公里", "千米": "公里", "米": "米", "厘米": "厘米", "毫米": "毫米", "海里": "海里",
    "吨": "吨", "千克": "千克", "公斤": "千克", "克": "克", "毫克": "毫克", "毫升": "毫升", "升": "升",
    "千瓦时": "千瓦时", "千瓦": "千瓦", "兆瓦": "兆瓦", "分贝": "分贝", "摄氏度": "摄氏度", "℃": "摄氏度",
    "元": "元", "元人民币": "元", "美元": "美元", "港元": "港元", "欧元": "欧元",
    "%": "%", "个百分点": "百分点", "‰": "‰", "倍": "倍",
    "年": "年", "周年": "年", "个月": "月", "周": "周", "星期": "周", "个星期": "周", "天": "日", "日": "日",
    "个工作日": "工作日", "工作日": "工作日", "个自然日": "日", "个小时": "小时", "小时": "小时",
    "分钟": "分钟", "秒": "秒", "个季度": "季度", "个学期": "学期", "个学年": "学年", "个年度": "年",
    "岁": "岁", "周岁": "岁", "人次": "人次", "居民": "人", "人口": "人", "人": "人", "名": "人", "户": "户", "户次": "户次",
    "学时": "学时", "课时": "课时", "个学时": "学时", "个课时": "课时", "票": "票", "张": "张", "床": "张",
    "个": "个", "个等级": "级", "个级别": "级", "家": "家", "处": "处", "项": "项", "类": "类", "种": "种",
    "大类": "类", "大": "项", "次": "次", "台": "台", "台次": "台次", "座": "座", "栋": "栋", "幢": "幢", "间": "间",
    "套": "套", "只": "只", "条": "条", "头": "头", "匹": "匹", "所": "所", "班": "班", "个班": "班", "件": "件",
    "份": "份", "辆": "辆", "艘": "艘", "架": "架", "层": "层", "组": "组", "支": "支", "块": "块",
    "枚": "枚", "副": "副", "位": "位", "分": "分", "门": "门", "道": "道", "级": "级", "页": "页",
    "字": "字", "株": "株", "场": "场", "本": "本", "箱": "箱", "桶": "桶", "部": "部", "例": "例",
}  # fmt: skip
UNIT = "(?:" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + ")"
"""Regex source of a unit as printed, folded."""

# What one of it is in the unit that numbers are compared in. 亩 is 2000/3 平方米 (国务院, 1984)
_COMPARABLE: dict[str, tuple[str, Decimal]] = {
    "平方公里": ("平方米", Decimal(1_000_000)),
    "公顷": ("平方米", Decimal(10_000)),
    "亩": ("平方米", Decimal(2000) / Decimal(3)),
    "公里": ("米", Decimal(1000)),
    "厘米": ("米", Decimal("0.01")),
    "毫米": ("米", Decimal("0.001")),
    "吨": ("千克", Decimal(1000)),
    "克": ("千克", Decimal("0.001")),
    "毫升": ("升", Decimal("0.001")),
    "年": ("月", Decimal(12)),
    "季度": ("月", Decimal(3)),
    "周": ("日", Decimal(7)),
    "小时": ("分钟", Decimal(60)),
    "‰": ("%", Decimal("0.1")),
}
COUNTERS = frozenset("个人户张家处项类种次台座栋幢间套只条头匹所班件份辆艘架层组支块枚副位分级门道页字株场本箱桶部例票")
"""Names of units that count things."""


def unit_name(printed: str) -> str:
    """The one name of a unit as printed, in half width.

    >>> unit_name("㎡"), unit_name("名"), unit_name("个月"), unit_name("周岁")
    ('平方米', '人', '月', '岁')

    Raises:
        KeyError: not a unit of ours.
    """
    return _NAMES[printed]


def comparable(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """A value in the unit in which figures of its kind are compared; other units stay as they are.

    >>> comparable(Decimal(2), "公顷"), comparable(Decimal(3), "年"), comparable(Decimal(5), "工作日")
    ((Decimal('20000'), '平方米'), (Decimal('36'), '月'), (Decimal('5'), '工作日'))
    """
    name, factor = _COMPARABLE.get(unit, (unit, Decimal(1)))
    return value * factor, name
