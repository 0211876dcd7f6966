"""What can only be answered by a text that speaks of it: a fine, a telephone number, a form, opening hours.

怎么罚款 is not answered by a clause on the same thing that fines nobody, 范本在哪下载 not by what the
contract must hold. Each line: how the attribute is asked for, and what a sentence on it looks like. Pure.
"""

from __future__ import annotations

import re

_ATTRIBUTES: tuple[tuple[str, str], ...] = (
    (r"电话|热线|传真|手机号", r"\d{7,}|\d{3,4}-\d{7,8}|\b1\d{4}\b"),
    (r"网址|链接|网站是", r"https?:|www\.|\.(?:gov|com|cn)\b"),
    (r"邮箱|电子邮件", r"\S@\S"),
    (r"邮编|邮政编码", r"\d{6}"),
    (
        r"(?:什么|哪个|寄到|寄给|送到|的)?地址(?:是|在|寄|$|[?？])|门牌|在哪(?:里|儿|条路)?办公|怎么坐车|坐几路|离[^,，?？]{1,12}最近的[^,，?？]{1,14}在哪",
        r"[路街巷道]\s*\d+\s*号|大厦|\d+\s*室",
    ),
    (r"罚款|罚金|怎么罚|罚多少|罚几|被罚|罚不罚", r"罚"),
    (r"处罚(?!权|依据|机关)", r"罚|处分|责令|没收|吊销|追[究回缴]|警告|解除|收回|取消|扣[分减]|退[回还]"),
    # "周末开放吗", "节假日上不上班"; not "节假日托管服务面向谁"
    (
        r"(?:周末|双休|周[六日]|星期[六天日]|节假日|春节|国庆|晚上|夜里|中午)[^,，。?？]{0,6}(?:开放?|营业|上班|办公|休息|关门|打烊)(?!始|展|设)",
        r"周末|双休|节假日|周[一二三四五六日末]|24\s*小时|全天|工作日|每[天日]|时段|课后|错时|夜间|晚",
    ),
    (
        r"范本|模板|样本|样表|范文|表样|(?:什么|统一的?|哪[张个种])表格?|填什么表|格式文本",
        r"范本|模板|样[本表式]|附表|表格|格式|编制(?:大纲|要求)|附件",
    ),
    (r"下载", r"下载|网站|平台|公众号|系统|附件"),
    (r"(?:哪个|什么|哪些|有没有)(?:网站|公众号|小程序|app|微信)", r"网站|公众号|小程序|app|平台|应用"),
    # "多久开一次会", "每年开几次会"; not "开展", "社会"
    (
        r"开[^,，。?？]{0,4}[次场](?:全?体?会议?|例会)|[几多][少次]*次会",
        r"会议|例会|会商|召开|开会|联席|议事",
    ),
    (r"截止|截至(?:什么|哪|几)", r"截止|截至|[前内止]|不[迟晚]于|最[迟晚]"),
    (r"工资|薪[水酬资]|月薪|年薪", r"工资|薪|报酬|待遇|津贴"),
    (r"注册资[本金]", r"注册资[本金]"),
    (r"(?:什么|哪[些种]|多高的?)(?:学历|文凭)|学历(?:要求|有|怎么|是)", r"学历|文凭|专科|本科|毕业"),
    (r"什么图案|标志图|logo|什么颜色|长什么样", r"图案|图形|颜色|[红黄蓝绿白黑]色"),
    (r"第几名|排第几|得了几分|排名多少", r"第[一二三四五六七八九十\d]+名|\d\s*分"),
)
_ASKED = tuple((re.compile(asked), re.compile(told)) for asked, told in _ATTRIBUTES)


def tells_attributes(text: str, question: str) -> bool:
    """Whether a text speaks of every such attribute a folded question asks for; true where none is asked.

    >>> tells_attributes("通过平台报送", "平台的网址是什么"), tells_attributes("通过平台报送", "怎么报送")
    (False, True)
    >>> tells_attributes("限期三个月整改", "怎么罚款"), tells_attributes("处二百元罚款", "怎么罚款")
    (False, True)
    """
    return all(told.search(text) for asked, told in _ASKED if asked.search(question))
