"""Labels in an officer's own words: the same thing by another name, several things in one label. Pure.

运营商产生方式 → 运营单位选择方式; 需求清单、资源清单、项目清单 → three labels
"""

from __future__ import annotations

import re

# Each group of words stands for one notion of these forms; the first is kept.
_SAME = tuple(
    (re.compile(pattern), word)
    for pattern, word in (
        # "运营商", "运营主体" yes; "运营方式", "运营方案" no
        (r"运营(?:主体|机构|企业|公司|商|方(?![式案]))", "运营单位"),
        (r"遴选|引入|确定|产生|选取|选定|择选|选聘|招募", "选择"),
        (r"机关|部门|机构", "单位"),
        (r"时间|日(?!期|照|常|托)", "日期"),
        (r"办法|形式(?!主)", "方式"),
        (r"后期(?:管护|维护|管养)|日常(?:管护|维护|管养)|管养|管护责任", "管护"),
        (r"投资额|投资金额", "投资"),
        (r"批准单位|审批单位|批复单位|立项批复单位|立项单位|核准单位", "审批单位"),
        (r"征询|听取|收集", "征求"),
        (r"婴幼儿照护|婴幼儿托育", "托育"),
        (r"㎡|平方米|平米", ""),
        (r"数量|个数|户数量", "数"),
        (r"场所|用房", "场地"),
        (r"补贴", "补助"),
    )
)
# Words that only frame a notion: with or without them a label asks the same
_IDLE = re.compile(
    r"是否(?:已经?)?|有无|本(?:项目|社区|工程|市|区)|该(?:项目|社区)|项目的?|工程|相关|有关|对应|拟|已经?"
    r"|其中|具体|主要|情况|说明|如何|的|总(?=投资|建筑|面积|户|人)|建设期|落实|(?:拟)?[配设](?:置)?(?=功能|服务)|区级|街道(?=意见)|及其"
)
_BETWEEN = re.compile(r"[、，,/／＋+]|(?<=[\u4e00-\u9fff]{2})(?:和|与|及|以及)(?=[\u4e00-\u9fff]{2})")
# "是否在试点名单", "有没有设微型消防站": the question with its verb; what is asked of is behind it
_ASKS = re.compile(
    r"^(?:是否|是不是|有无|有没有|能否|可否)(?:已经?|拟|能够?|会)?(?:在|列入|纳入|进入|属于|属|为|是|有|设置?|配[置备]?|提供|签订?|完成|开展|做|进行|办理|取得|编制|建立|形成|安排)?(?:了|过)?"
)
# What officers leave off a label: 计划完工 for 计划完工日期; longest known wins by being asked first
_LEFT_OFF = ("日期", "情况", "面积", "建筑面积", "金额", "单位", "方式", "类型", "数", "报告", "方案", "文件")
_MIN_CHARS = 3


def canonical(name: str) -> str:
    """A folded label in the one wording all its variants share; "" where too little is left to tell.

    >>> canonical("项目运营商遴选方式") == canonical("运营单位的选择方式")
    True
    """
    for pattern, word in _SAME:
        name = pattern.sub(word, name)
    name = _IDLE.sub("", name)
    return name if len(name) >= _MIN_CHARS else ""


def split_label(label: str) -> tuple[str, ...]:
    """The labels one label joins, at least two; empty for a single one.

    >>> split_label("需求清单、资源清单和项目清单")
    ('需求清单', '资源清单', '项目清单')
    """
    parts = tuple(part.strip() for part in _BETWEEN.split(label) if part.strip())
    return parts if len(parts) > 1 else ()


def fuller_labels(label: str) -> tuple[str, ...]:
    """What a short label may stand for, likeliest first: without its question, or with its noun again.

    >>> fuller_labels("是否在试点名单")[0]
    '试点名单'
    """
    asked = _ASKS.sub("", label)
    bare = (asked,) if asked != label and len(asked) >= _MIN_CHARS else ()
    return (*bare, *(label + noun for noun in _LEFT_OFF if not label.endswith(noun)))
