"""Numbers that measure nothing, blanked out before figures are read.

文号, clause and list numbers, titles, standards, ordinals, and names that hold a number: “15分钟”生活圈,
一刻钟, "四同步", 三年行动计划, 党的二十大. Dates are read elsewhere (`dates`) and blanked too.
"""

from __future__ import annotations

import re

_N = r"[零〇○一二两三四五六七八九十百千\d]{1,9}"  # bounded: no quadratic time in long runs
_QUOTED_CHARS = 24  # a longer quotation is a text of its own, such as an amended article

_NAMES = re.compile(
    "|".join(
        (
            rf"“[^“”\n。；]{{1,{_QUOTED_CHARS}}}”|\"[^\"\n。；]{{1,{_QUOTED_CHARS}}}\"",  # “1+N”
            rf"‘[^‘’\n。；]{{1,{_QUOTED_CHARS}}}’|「[^」\n]{{1,{_QUOTED_CHARS}}}」",
            r"《[^》《\n]{0,200}》|《[^》\n]{0,200}》|〈[^〉〈\n]{0,200}〉",
            r"[〔\[(【]\s*(?:19|20)\d{2}\s*[〕\])】]\s*第?\s*\d*\s*号?",  # 国办函〔2023〕121号
            r"第?\s?(?<!\d)\d{1,9}\s?号(?!线|楼)",
            # 第三批, 第七条, 第一、二项, 第十三届; 第三方
            rf"第\s*{_N}(?:\s*[、至到和或及—~-]\s*第?\s*{_N})*\s*(?:季度|年级|[^\s，。、；：])?",
            rf"(?m:^)[ \u3000]{0, 8}(?:[（(]\s*{_N}\s*[）)]|{_N}\s*[、.．](?!\d)|{_N}(?:\.\d+)+(?=\s)|[①-⑳])",
            rf"[（(]\s*(?:{_N})\s*[）)]\s*(?:项|目)?",
            rf"(?<![一-龥]){_N}是(?=[一-龥])",  # 一是, 二是
            r"(?:附件|附表|附录|附图|表|图|注|电话|传真|邮编|邮政编码|热线)\s?[:：]?\s?\d{1,12}(?:[—–-]\d{1,9}){0,3}",
            r"(?<!\d)\d{5,12}(?=\s?(?:政务|热线|电话|平台|服务热线))",
            # GB/T 9704—2012
            r"(?<![A-Za-z])[A-Za-z]{2,9}\s?/?\s?[A-Za-z]{0,3}\s?\d{1,9}(?:\.\d{1,6}){0,4}(?:[—–-]\d{1,6})?",
            rf"{_N}\s*分钟[^,，。;；\s]{{0,10}}?圈|一刻钟",
            rf"{_N}\s*年(?:以来)?(?:(?![内来后前以])[一-龥]){{0,6}}?(?:行动|规划|计划|纲要)",
            rf"{_N}(?:届(?={_N}|全国|中央|全会)|中全会|大(?=精神|报告|以来))",
            r"(?:前|上|后|本|这|该|以下|以上|上述|下列|如下|其他|其余|各)\s*[一二两三四五六七八九十]{1,4}\s*"
            r"(?:项|款|条|种|类|个(?!月|工作日|小时|季度|学期|学年|自然日|星期|百分点)|次(?!数)|者|方面)",
            rf"{_N}个(?:方面|阶段|环节|层面|维度|坚持|统筹|意识|自信|维护|确保|文明|结合|步骤|关键|梯次)",
            r"[一二三四五六七八九]元(?=化|制|论|素|结构)|[一二三四五六七八九十]位一体|一分为二|万分(?=感|紧)",
            r"[一二两三四五六]级(?!以上|以下|及以上)",
            # 8时40分, 19日晚: when something happened; 九年义务教育
            rf"{_N}\s?[时点]\s?{_N}\s?分(?![钟之])|{_N}\s?日(?=[早晚夜]|[上下]午|凌晨|中午)|{_N}年制?义务教育",
            rf"{_N}年(?:级|代|检|审|报|鉴|制|期(?=国债|债券))|{_N}(?:日(?:报|制|托)|时令)",
            r"[一二三四五六七八九十百千万]{1,6}(?:村|镇|乡|街|路|桥|店|里|岭|山|河|江)",
            r"一(?:次性|种或多种|家亲|条龙|条街|件事|张网|张图|张蓝图|层次|半天)",
            r"(?:两|双)(?:侧|端|岸|翼|会|岗|委|院|网)|[零一二三四五六七八九十]{1,4}(?:[站点线]式|网格|中心|板块)",
            r"红十字|[上下次][一]?(?:年|个?月|周)(?:度)?|本世纪|同一",
            r"[日每]?(?<!\d)\d{1,2}\s?[×xX*]\s?(?=\d{1,2}\s?小时)",  # 7×24小时: the 24 stays
        )
    )
)
BLANK = "\ue000"
"""Stands for every character blanked out; a private-use character, so no white space and in no unit."""


def without_names(text: str) -> str:
    """`text` with everything that only looks like a figure replaced by blanks, in place.

    >>> without_names("按第七条打造“15分钟”生活圈，补助30%。").replace(BLANK, "")
    '按打造生活圈，补助30%。'
    """
    return _NAMES.sub(lambda match: BLANK * len(match.group()), text)
