"""Units as printed → one name each, and the factor between them.

Money is counted in 元 (万 and 亿 belong to the number), shares in %. Areas keep the unit they are
printed in; `comparable` brings 公顷 and 亩 to 平方米, 年 to 月 and so on where numbers must meet.
"""

from __future__ import annotations

import re
from decimal import Decimal

# As printed (folded: half width, lower case) → name; the longest that fits counts
_MEASURES = {
    "平方米": "平方米", "平米": "平方米", "㎡": "平方米", "m2": "平方米", "m²": "平方米",
    "平方公里": "平方公里", "公顷": "公顷", "亩": "亩", "立方米": "立方米", "m3": "立方米",
    "公里": "公里", "千米": "公里", "米": "米", "厘米": "厘米", "毫米": "毫米", "海里": "海里",
    "吨": "吨", "千克": "千克", "公斤": "千克", "克": "克", "毫克": "毫克", "毫升": "毫升", "升": "升",
    "千瓦时": "千瓦时", "千瓦": "千瓦", "兆瓦": "兆瓦", "分贝": "分贝", "摄氏度": "摄氏度", "℃": "摄氏度",
    "元": "元", "元人民币": "元", "美元": "美元", "港元": "港元", "欧元": "欧元",
    "%": "%", "个百分点": "百分点", "‰": "‰", "倍": "倍", "岁": "岁", "周岁": "岁",
    "年": "年", "周年": "年", "个年度": "年", "个月": "月", "周": "周", "星期": "周", "个星期": "周",
    "天": "日", "日": "日", "个自然日": "日", "个工作日": "工作日", "工作日": "工作日", "个小时": "小时",
    "小时": "小时", "分钟": "分钟", "秒": "秒", "个季度": "季度", "个学期": "学期", "个学年": "学年",
    "学时": "学时", "课时": "课时", "个学时": "学时", "个课时": "课时",
}  # fmt: skip
_COUNTED = {
    "居民": "人", "人口": "人", "人": "人", "名": "人", "床": "张", "大类": "类", "大": "项",
    "个班": "班", "个等级": "级", "个级别": "级", "人次": "人次", "户次": "户次", "台次": "台次",
    "楼": "层",
}  # fmt: skip
COUNTERS = frozenset(
    "个人户张家处项类种次台座栋幢间套只条头匹所班件份辆艘架层组支块枚副位分级门道页字株场本箱桶部例票届"
)
"""Names of units that count things."""
_NAMES = {**_MEASURES, **_COUNTED, **{counter: _COUNTED.get(counter, counter) for counter in COUNTERS}}
UNIT = "(?:" + "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True)) + ")"
"""Regex source of a unit as printed, folded."""

# Unit → what follows it in words that are no unit: 元旦, 处罚, 名称, 三年级, 两人民…; regex sources
_OTHER_WORDS = {
    "元": "[旦宵素件]", "处": "[理罚置以于分]", "分": "[别类级配期析工管支]|公司|之", "名": "[称录单]|额以内",
    "人": "[民均才工力大格]|行(?!道)", "项": "目", "次": "[要生性日月年]", "家": "[庭长政园属具]",
    "户": "[籍口型外]", "个": "[人体别性]", "条": "[件例款块]", "本": "条例|办法|[市级地村]|规定",
    "部": "[门分队委署]", "位": "[置于数]", "件": "事", "门": "[店诊户口]", "道": "[路德]",
    "场": "[所地馆景]", "字": "号", "级": "政府|人民|以上人民|部门|[医党]|财政", "天": "[然津]",
    "所": "[有在需属]|学校", "日": "[常照用间托报制]", "年": "[度级龄代限初底末报检审轻鉴均终会]",
    "层": "[次面级]", "楼": "[房栋宇梯盘道市面层下上内顶]",
    "组": "[织成长]", "支": "[持付出撑部]", "块": "状", "张": "[贴家]", "头": "部",
    "台": "[账风湾胞]", "岁": "月", "周": "[边围期转末]", "克": "服", "米": "[线粉]", "座": "[谈椅位]",
    "间": "[距接隔]", "套": "[餐内]", "班": "[子组]", "份": "额", "票": "[价据]", "页": "面",
    "例": "[如行会外]", "大": "(?!类|功能|服务功能|场景|工程|体系|任务|行动)",
}  # fmt: skip
NO_UNIT = re.compile("|".join(f"{unit}(?:{following})" for unit, following in _OTHER_WORDS.items()))
"""Matches at a unit that only begins another word."""

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
COUNTERS = frozenset(
    "个人户张家处项类种次台座栋幢间套只条头匹所班件份辆艘架层组支块枚副位分级门道页字株场本箱桶部例票届"
)
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
