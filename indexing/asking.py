"""What kind of thing a question wants, and whether a text holds a thing of that kind.

Light signals from the wording alone: 多少 wants a figure, 谁 a body. The search prefers clauses
that hold one, and the assistant asks for it in the sentence it quotes.
"""

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
    (Kind.DATE, re.compile(r"什么时候|何时|哪天|哪一天|哪年|哪一年|几月|几号|什么日期|日期是|截止到?什么")),
    (
        Kind.BODY,
        re.compile(
            r"谁|哪(?:个|些|几个|家)(?:部门|单位|机构|机关|局|委)|(?:什么|啥)(?:部门|单位|机构)|归哪"
            r"|(?:责任|牵头|配合|主管|实施|负责)(?:单位|部门)|(?:部门|单位|机构|机关)(?:是|为)(?:哪|什么|啥)"
            r"|找哪|哪(?:几|些)?(?:家|方)|哪几个(?=负责|牵头|管|来)"
        ),
    ),
    (
        Kind.FIGURE,
        re.compile(
            r"多少|(?<!哪)几[个项家成年天名平种级万类条处岁次份元分张台座间床倍]|多大|多长|多久|多高|百分之几|标准是多"
        ),
    ),
    (
        Kind.LIST,
        re.compile(r"哪些|哪几|什么条件|什么要求|什么材料|流程|程序|步骤|条件|怎么|怎样|如何|什么样|包括"),
    ),
    (
        Kind.DEFINITION,
        re.compile(r"什么叫|叫什么|何谓|什么意思|指的?是?(?:什么|哪)|定义|含义|是什么(?=[?？]?$)|怎么理解"),
    ),
    (
        Kind.YES_NO,
        re.compile(r"吗|是否|能不能|可不可以|有没有|是不是|能否|可否|要不要|需不需要|(?<![什怎])么[?？]?$"),
    ),
)

# Words of measure: they ask for a figure unless something else is asked: "什么前提下可以放宽面积要求"
_MEASURED = re.compile(
    r"比例|上限|下限|限额|最[高低多少大小](?!化|的?城市)|封顶|数量|数额|面积(?:标准|要求|指标)|额度|金额|期限"
)
_ASKS_ELSE = re.compile(
    r"什么(?!标准|比例|面积|数|价)|怎么(?!补|规定|收|算)|如何(?!规定|计|确定)|谁|哪(?!个比例|个标准)|为何"
)

_MONEY = r"(?:\d|[一二三四五六七八九十百千万]+)\s*(?:%|％|万元|亿元|元|倍)|百分之"
_AREA = r"\d\s*(?:平方米|㎡|平米|公顷|亩)"
_TIME = r"(?:(?<!\d)\d{1,3}|[一二三四五六七八九十两半]+)\s*(?:个?(?:工作日|月|年)|年|日|天|小时|岁)"
_COUNT = r"(?:\d|[一二三四五六七八九十两]+)\s*(?:个|项|家|名|人|处|种|级|类|条|岁|次)"
# "多少个社区", "几项", "几元": the answer counts with the same word; 个 of 个月 only where 月 is asked
_COUNTED = re.compile(
    r"(?:多少|几)(个月|个工作日|[个项家名人处种级类条岁所件套次户成分元份张台座间床辆倍年天])"
)
_LARGE = r"[百千万亿]*"  # 5000万元, 100 万人
_COUNTED_AS = {
    "项": "[项种类]",
    "种": "[项种类]",
    "类": "[项种类]",
    "个": "个(?!月|工作日)",
    "元": f"{_LARGE}元",
    "人": f"{_LARGE}人",
}
_ANY = r"\d(?!\s*号)|[一二三四五六七八九十]+(?:年|个月|项|个|级|类|大)"
_DATE = re.compile(r"\d{4}\s*年|\d+\s*月\s*\d+\s*日|之日起|\d{4}年|每年|年内|月底")


class Measure(StrEnum):
    """What a figure measures; the value is its one-letter code in a unit table."""

    AGE = "g"
    PEOPLE = "p"
    AREA = "a"
    TIME = "t"
    RATIO = "r"
    MONEY = "m"
    COUNT = "c"


# What a question says of the measure it wants, and what such a figure looks like; the first that fits counts
_MEASURES: tuple[tuple[Measure, re.Pattern[str], re.Pattern[str]], ...] = (
    (
        Measure.AGE,
        re.compile(r"年龄|几岁|多大.{0,3}(?:孩|儿|娃|学生|人(?!口)|年纪|岁数)|(?:孩子|儿童|幼儿|老人)多大"),
        re.compile(r"\d\s*岁|\d\s*[~-]\s*\d+\s*岁"),
    ),
    (Measure.PEOPLE, re.compile(r"人口"), re.compile(r"\d\s*[百千万亿]*人")),
    (Measure.AREA, re.compile(r"面积|平方|平米|多大|㎡"), re.compile(_AREA)),
    (Measure.TIME, re.compile(r"多久|多长时间|几年|几天|几个月|期限|年限|时限"), re.compile(_TIME)),
    (
        Measure.RATIO,
        re.compile(r"比例|百分之|几成"),
        re.compile(r"\d\s*[%％]|百分之|分之|[\d一二三四五六七八九]\s*成"),
    ),
    (
        Measure.MONEY,
        re.compile(r"补助|补贴|奖补|津贴|补多少|补几|多少钱|资金|金额|额度|万元|投资|封顶|收费|罚款"),
        re.compile(_MONEY),
    ),
    (
        Measure.COUNT,
        re.compile(r"数量|几个|几项|多少个|多少项|几种|几类|几级|几家|几条|多少家|多少社区|多少城市"),
        re.compile(_COUNT),
    ),
)
# Somebody who acts: "由区发展改革部门上报", "市发展改革委", "各区", "运营主体"
_ACTOR = re.compile(
    r"(?:市|区|县|省|国家|各|街道|乡镇|有关|相关|主管|职能|专业)[^，。；]{0,14}?(?:委|局|部门|政府|办事处|厅|机构|部|单位|中心)"
    r"|街镇|各区|街道|居民|主体|项目单位|由[^，。；]{2,20}(?:负责|组织|牵头|作为|上报|提出)"
)
# Numbers that measure nothing: 国办函〔2023〕121号, 第七条, （一）
_LABELS = re.compile(
    r"[〔\[(（]\d{4}[〕\])）]\s*\d+\s*号|第[\d零〇一二三四五六七八九十百]+[条章款项]|^\s*\d+[.、\t]|[“\"《][^”\"》]*[”\"》]"
)


def kinds_of(question: str) -> frozenset[Kind]:
    """The kinds a folded question without places asks for; OTHER alone when it gives no sign.

    >>> [kind.value for word in ("补助多少", "建设导则") for kind in kinds_of(word)]
    ['figure', 'other']
    """
    kinds = {kind for kind, pattern in _KINDS if pattern.search(question)}
    if _MEASURED.search(question) and not _ASKS_ELSE.search(question):
        kinds.add(Kind.FIGURE)
    return frozenset(kinds) or frozenset({Kind.OTHER})


def holds_body(text: str) -> bool:
    """Whether a text names somebody who acts: 市发展改革委, 各区, 由街道负责."""
    return bool(_ACTOR.search(text))


def holds_date(text: str) -> bool:
    """Whether a text names a day, a year or a recurring term; 文号 and clause numbers are none."""
    return bool(_DATE.search(without_labels(text)))


def holds_figure(text: str, question: str) -> bool:
    """Whether a text holds a figure of the measure a folded question asks for (any, where it names none).

    >>> holds_figure("不小于600平方米", "面积多大"), holds_figure("第十条 三年内", "面积多大")
    (True, False)
    """
    bare = without_labels(text)
    counted = _COUNTED.search(question)
    if counted:
        counter = _COUNTED_AS.get(counted.group(1), counted.group(1))
        return bool(re.search(rf"(?:\d|[一二三四五六七八九十两])\s*多?{counter}", bare))
    for _, asked, fitting in _MEASURES:
        if asked.search(question):
            return bool(fitting.search(bare))
    return bool(re.search(_ANY, bare))


def traits(text: str) -> str:
    """What kinds of thing a text holds, as letters: each `Measure`, `f` any figure, `d` a date, `b` a body.

    >>> traits("第七条 由街道负责，不小于600平方米")
    'abf'
    """
    bare = without_labels(text)
    held = {measure.value for measure, _, fitting in _MEASURES if fitting.search(bare)}
    held |= {"f"} if re.search(_ANY, bare) else set()
    held |= {"d"} if _DATE.search(bare) else set()
    held |= {"b"} if _ACTOR.search(text) else set()
    return "".join(sorted(held))


def wanted_traits(question: str) -> str:
    """Letters of `traits` that a folded question asks for; "" when any clause will do.

    >>> wanted_traits("面积多大"), wanted_traits("由谁负责"), wanted_traits("建设导则")
    ('a', 'b', '')
    """
    kinds, wanted = kinds_of(question), set[str]()
    if Kind.FIGURE in kinds:
        measured = (measure.value for measure, asked, _ in _MEASURES if asked.search(question))
        wanted.add(next(measured, "c" if _COUNTED.search(question) else "f"))
    wanted |= {"d"} if Kind.DATE in kinds else set()
    wanted |= {"b"} if Kind.BODY in kinds else set()
    return "".join(sorted(wanted))


def without_labels(text: str) -> str:
    """Text without numbers that measure nothing: 文号, clause numbers, what stands in quotation marks."""
    return _LABELS.sub(" ", text)
