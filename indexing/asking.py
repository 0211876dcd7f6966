"""What kind of thing a question wants: 多少 a figure, 谁 a body. Told by its wording alone."""

from __future__ import annotations

import re
from enum import StrEnum


class Kind(StrEnum):
    """What would count as an answer."""

    FIGURE = "figure"  # 多少, 几项, 上限
    DATE = "date"  # 什么时候
    BODY = "body"  # 谁, 哪个部门
    YES_NO = "yes_no"  # 吗, 是否
    LIST = "list"  # 哪些, 流程, 条件
    DEFINITION = "definition"  # 什么叫, 指什么
    OTHER = "other"


_KINDS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (
        Kind.DATE,
        re.compile(
            r"什么时候|何时|哪天|哪一天|哪年|哪一年|几月|哪个?月|什么月份|几号|几点|周几|星期几|礼拜几|什么日期|日期是|截止到?什么"
            r"|(?:营业|开放|上班|办公|开门|关门)时间|打烊"
        ),
    ),
    (
        Kind.BODY,
        re.compile(
            r"谁|哪(?:个|些|[一二两三几]?家|[一二两三几]个)(?:[市区县省]级|有关|相关|主管|职能|政府|具体)?(?:部门|单位|机构|机关|局|委)|(?:什么|啥)(?:部门|单位|机构)|归哪"
            r"|(?:责任|牵头|配合|主管|实施|负责)(?:单位|部门)|(?:部门|单位|机构|机关)(?:是|为)(?:哪|什么|啥)"
            r"|找哪|哪(?:[一二两三几]|些)?(?:家|方(?![式面法案针向便]))|哪几个(?=负责|牵头|管|来)"
        ),
    ),
    (
        Kind.FIGURE,
        re.compile(
            r"多少|(?<![哪好这那想])几(?:[十百千]|公斤|斤|吨|千瓦|大?[类样]|[个项家成年天名平种级万类条处岁次份元分张台座间床倍折位所]|[块毛](?:钱|$|[?,，]))|折扣|多大|多长|多久|多高|百分之几|标准是多"
        ),
    ),
    (
        Kind.LIST,
        re.compile(
            r"哪些|哪几|哪[二两三四五六七八九十]+[个项条类种大]|什么条件|什么要求|什么材料|流程|程序|步骤|条件|[一二两三四五六七八九十\d]+[项条点大][\u4e00-\u9fff]{2,8}是什么|原则(?:都|分别)?是什么|怎么|怎样|如何|什么样|包括|些什么|都有什么"
            r"|(?:都|主要)?(?<!需要)(?:看|审|查|写|干|管|考核|评估)(?:什么|哪)(?=[?？]?$)"
        ),
    ),
    (
        Kind.DEFINITION,
        re.compile(
            r"什么叫|叫什么|何谓|什么意思|指的?是?(?:什么|哪)|定义|含义|界定|是什么(?=[?？]?$)|怎么理解"
        ),
    ),
    (
        Kind.YES_NO,
        # "收不收费", "算没算"; "鼓励不", "有说法没"; not "不得不"
        re.compile(
            r"吗|是否|能不能|可不可以|有没有|是不是|能否|可否|要不要|需不需要|(?<![什怎])么[?？]?$"
            r"|(?P<deed>[\u4e00-\u9fff])[不没](?P=deed)(?<!得不得)|(?<![要差])[不没][?？]?$"
        ),
    ),
)

# 几个 that asks for no number: "几个小项目能不能捆在一起", "改造几间空房"; not "几个城市", "几年，怎么算"
_A_FEW = re.compile(
    r"(?<!第)几[个家间条片处张栋座](?!是)(?=[\u4e00-\u9fff]{1,14}(?:能不能|可不可以|要不要|能否|可否|行不行|(?:可以|能)[^，。？]{0,12}吗|[行成让准]吗|(?:[行成让准]|可以)不|怎么|怎样|如何))"
    r"|(?:(?<=能不能)|(?<=可不可以)|(?<=能否))几(?=[个家处条张座](?!月|工作))|几(?=[个家处条][\u4e00-\u9fff]{1,4}都)"
    r"|几(?=[个家][\u4e00-\u9fff]{1,6}(?:一起|共同(?!体)|共用|合用|合建|同时|都[想要]))"
    r"|(?<=[改租占腾造])几[间块处片个]|(?<=[想要]多)几[间块处片个家]|(?<!第)几[个家间处条](?=[行成让准][吗不])|[好没]几[个年天月家次人项间处]"
)
# … and 几 behind what may be done: "能一张执照开几个点吗"; not "能告诉我要几个吗", "能补几个月吗"
_MAY_A_FEW = re.compile(
    r"((?:能|可以|可不可以|能否)(?!不能|告诉|说|查|问)[^，。？?]{0,8}?(?:[开设建办做搞弄用租]|[进入兼报](?=几[^，。？?]{1,10}吗)))几(?=[个家间处条张座](?!月|工作)[^，。？?]{0,8}(?:吗|[?？]?$))"
)
# Words of measure: they ask for a figure unless something else is asked: "什么前提下可以放宽面积要求"
_MEASURED = re.compile(
    r"(?:补助|补贴|奖补)标准|比例|上限|下限|限额|最[高低多少大小](?!化|的?城市)|封顶|数量|数额|面积(?:标准|要求|指标)|额度|金额|期限"
    r"|(?:覆盖|满意|入住|使用|达标|普及|合格|完成)率"
)
_ASKS_ELSE = re.compile(
    r"什么(?!标准|比例|面积|数|价)|怎么(?!补|规定|要求|收|算)|如何(?!规定|计|确定)|谁|由[\u4e00-\u9fff]{1,8}?(?:设置|制[定订]|确定|规定|决定)|哪(?!个比例|个标准)|为何|([算能计要给])不\1"
)


def kinds_of(question: str) -> frozenset[Kind]:
    """The kinds a folded question without places asks for; OTHER alone when it gives no sign.

    >>> [kind.value for word in ("补助多少", "建设导则") for kind in kinds_of(word)]
    ['figure', 'other']
    """
    asked = without_a_few(question)
    kinds = {kind for kind, pattern in _KINDS if pattern.search(asked)}
    if _MEASURED.search(question) and not _ASKS_ELSE.search(question):
        kinds.add(Kind.FIGURE)
    return frozenset(kinds) or frozenset({Kind.OTHER})


def without_a_few(question: str) -> str:
    """A question in which 几 asks, if it stands there: 几个 that only means some is 些.

    >>> without_a_few("几个小项目能不能捆在一起报批"), without_a_few("要选几个城市")
    ('些小项目能不能捆在一起报批', '要选几个城市')
    """
    return _MAY_A_FEW.sub(r"\1些", _A_FEW.sub("些", question))
