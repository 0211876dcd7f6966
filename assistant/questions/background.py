"""What stands in a question only to say who asks and for what errand; it is not what is asked about.

"我是渝北区一个街道的工作人员，领导让我把申报流程梳理出来写个材料，请问程序是什么" asks for the
procedure of applying. What the asker is, and that it has to be written up, no clause says. What may be the
subject stays: of "我家小区要加装电梯，补贴多少" nothing is taken. Pure.
"""

from __future__ import annotations

import re

_END = r"(?=[，,。；;：:？?！!\s]|$)"
_START = r"(?:(?<=[，,。；;：:？?！!\s])|^)"
_ASKER = (
    r"工作人员|干部|科员|职员|公务员|负责人|经办人|记者|编辑|社工|网格员|书记|主任|副主任|科长|处长|局长|居民|市民|业主|住户|村民"
    r"|老师|学生|研究生|志愿者|创业者|退休(?:人员|职工)?|退休的|新人|新手|外行|老百姓|上班族|宝妈|宝爸|家长"
)
_ERRAND = r"材料|报道|提纲|报告|汇报|稿子?|论文|通稿|新闻|发言稿|ppt|总结|简报|台账|请示|申报书|答复|回复"
_OFFICE = r"委|局|办|厅|街道|镇|社区|村|公司|部门|单位|报社|电视台|协会|学校"
# "我是重庆渝北区一个街道的工作人员", "本人系某社区居民", "作为一名记者"; not "我是独生子女", "我们是养老机构"
_WHO = re.compile(
    rf"{_START}(?:(?:我|本人|俺|咱|我们|咱们)(?:是|系|叫|就是|算是)|作为)[^，,。；;？?！!]{{0,24}}?(?:{_ASKER}|(?:{_OFFICE})里?的){_END}"
)
# "在街道工作", "我在社区上班", "刚调到发改委"; the place is read elsewhere
_WORKS = re.compile(
    rf"{_START}(?:我|本人|俺|我们)?(?:刚|新|现在|目前)?(?:在|调到|分到|来到)[^，,。；;？?！!]{{1,16}}?(?:工作|上班|任职|挂职|实习|跑口|住){_END}"
)
# "领导让我这周把…", "单位要求我们", "老师布置"
_TOLD = re.compile(
    rf"{_START}(?:我们?)?(?:领导|主任|处长|科长|局长|上级|上面|老板|书记|老师|组长|单位|编辑部|部门)[^，,。；;？?！!]{{0,4}}?(?:让|要求|叫|安排|交代|布置|催|派|问)"
    r"(?:了)?(?:我们?|咱们?)(?:[这今明本下]?(?:周|天|月|两天|几天|个月)(?:内|之内|就|要|前)?)?(?:把|将|去|来|要)?"
)
# "梳理出来写个材料", "写一份报告"; "整理一下"
_TO_WRITE = re.compile(
    rf"(?:(?:梳理|整理|归纳|汇总|总结|摸清|搞清楚?|弄清楚?)(?:出来|清楚|一下|好)?[，,]?)?(?:要|来|再|去|并)?(?:写|做|准备|起草|编)(?:成|出)?[一个份篇段]{{0,2}}(?:{_ERRAND}){_END}"
    rf"|(?:梳理|整理|归纳|汇总)(?:出来|清楚|一下){_END}"
)
# "我正在写一份材料", "在准备申报书"
_WRITING = re.compile(
    rf"{_START}(?:我们?|本人|最近|这两天|正|正在|在|要|想|打算|准备|需要|得)+(?:写|做|编|起草|准备|整理|跑)[一个份篇条些]{{0,2}}[^，,。；;？?！!]{{0,6}}?(?:{_ERRAND})(?:要?用)?{_END}"
)
# "听邻居说", "昨天开会有人问我", "网上看到"
_HEARD = re.compile(
    rf"{_START}(?:(?:今天|昨天|前两天|最近|上午|下午|刚才|刚刚|上次|上周)?(?:开会|培训|路上|群里|小区里|网上|新闻上?|电视上?|抖音上?|公众号上?)?(?:的时候)?(?:我)?"
    r"(?:听|看到?|刷到|碰到|遇到|有)(?:邻居|同事|朋友|物业|人|有人|别人|人家|新闻|网上|群里|居民|群众|媒体|记者|领导|亲戚|大家)(?:都|来|在)?(?:说|讲|问我?们?|传|提到|反映|咨询)[，,：:]?)"
)
# "想请教一下", "麻烦帮忙看下", "比较急", "谢谢"
_POLITE = re.compile(
    rf"{_START}(?:(?:想|想要|跟您|向您|麻烦|打扰|冒昧|帮忙|帮我|请|就|有个)*(?:请教|咨询|打听|了解|确认|核实|问|看|查)(?:一?下|个事|个问题|您|你们?)*(?:这个问题|个事)?"
    rf"|(?:我们?)?(?:比较|有点|挺|很|特别|也)?(?:急|着急|不太懂|不懂|不清楚|搞不清|搞不懂|不明白|头疼|糊涂)(?:了|的|啊)?|谢谢(?:您|你|啦|了)?|多谢|辛苦了?|感谢){_END}"
)
_ALL = (_WHO, _WORKS, _HEARD, _TOLD, _WRITING, _TO_WRITE, _POLITE)
_LEAST = 4  # characters that must be left for a question


def without_background(text: str) -> str:
    """The text with what only says who asks and why blanked out, as long as it was.

    Unchanged where nothing else would be left.

    >>> without_background("我是街道的工作人员,申报程序是什么").strip(" ,")
    '申报程序是什么'
    >>> without_background("我家小区要加装电梯,补贴多少")
    '我家小区要加装电梯,补贴多少'
    """
    out = text
    for pattern in _ALL:
        out = pattern.sub(lambda found: " " * len(found.group()), out)
    left = re.sub(r"[\s，,。；;：:？?！!]", "", out)
    return out if len(left) >= _LEAST else text
