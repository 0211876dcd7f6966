"""Whether a text holds a thing of the kind a question wants: a figure of its measure, a day, a body.

Light signals from the wording alone. The search prefers clauses that hold one, and the assistant asks for
it in the sentence it quotes.
"""

from __future__ import annotations

import re
from enum import StrEnum

from indexing.asking import Kind, kinds_of

# A numeral, as the five documents write it (20) and as 条例 do (二十)
_N = r"[\d零〇一二两三四五六七八九十百千万亿半]"
_MONEY = rf"{_N}\s*(?:%|％|万元|亿元|元|倍)|百分之"
_AREA = rf"{_N}\s*(?:平方米|㎡|平米|公顷|亩)"
_TIME = (
    r"(?:(?<!\d)\d{1,3}|[一二三四五六七八九十两半百]+)\s*(?:个?(?:工作日|月|年)|年|日|天|小时|分钟|刻钟|岁)"
)
_COUNT = (
    r"(?:\d|[一二三四五六七八九十百千万两]+)\s*(?:个|项|家|名|人|处|种|级|大?类|条|岁|次|张|户|只|台|辆|套)"
)
# "多少个社区", "几项", "几元": the answer counts with the same word; 个 of 个月 only where 月 is asked
_COUNTED = re.compile(
    r"(?:多少|几)(个月|个工作日|公斤|斤|吨|千瓦|度|大[类样]|个人|[样个项家名人处种级类条岁所件套次户分元份张台座间床辆倍年天折只栋层克])"
)
# "多久组织一次", "几年评一次": 每年, 每季度, 两年一次 answer
_ASKS_HOW_OFTEN = re.compile(
    r"(?:多久|多长时间|几[年月天周]|几个月|多少[年天]|多少个月)[^，。？]{0,8}[一几][次回趟遍轮批]"
    r"|(?:[一每半]年|每?个月|一季度?)[^，。？]{0,10}(?:几|多少)[次回趟遍轮批]|频率|频次"
)
_HOW_OFTEN = re.compile(
    r"每[年月周日天]|每[半\d一两二三四五六七八九十]*(?:个)?(?:年|月|季度?|周|工作日|[日天](?!然|性)|小时)|按[年月季]|年度|季度|定期|[一两二三四五半]年一次"
)
# "标准一共有多少项": what a clause names of it is no count of the whole
_OF_STANDARD = re.compile(r"(?:标准|清单|目录|名录|导则)[里中]?(?:一共|总共|共|合计)")
# 全日托、半日托、计时托: as many as are named; 一类80万元、二类50万元 are sums
_ENUMERATED = re.compile(r"(?:[^、，。；：\d]{1,16}、){2}")
_CLASS = re.compile(r"第?[一二三四五六七八九十]类")
# "要几个功能": 功能不少于3项 answers, though no 个 stands in it
_ANY_COUNTED = re.compile(r"(?:多少|几)个(?P<noun>(?!月|工作日)[\u4e00-\u9fff]{2})")
_TWO_CHARS = re.compile(r"的?(?P<noun>[\u4e00-\u9fff]{2})")
_COUNTERS = "[个项种类家名处级条件人]"
# What a question of time asks to the hour, the weekday or the month, and what says it
_TIMES: tuple[tuple[re.Pattern[str], re.Pattern[str]], ...] = (
    (
        re.compile(r"几点|打烊|(?:营业|开放|上班|办公|开门|关门)时间|早上|晚上几"),
        re.compile(r"\d{1,2}\s*(?:[:：]\s*\d\d|[点时](?!间|代|期))|24\s*小时|全天"),
    ),
    (
        re.compile(r"周几|星期几|礼拜几"),
        re.compile(r"[周星期礼拜][一二三四五六日末]|工作日|节假日|每天|每日"),
    ),
    (re.compile(r"几月|哪个?月|什么月份"), re.compile(r"(?:\d|[一二三四五六七八九十])\s*月|[年月]底|季度")),
    (re.compile(r"几号|哪一?天|几月几[日号]"), re.compile(r"\d\s*日|之日|[年月]底")),
)
# A span of time: "3个月", "5 年"; not the month or the day of a date: "2024年12月底", "4月8日"
_SPAN = (
    r"(?:(?<![\d年月])(?<![年月]\s)\d{1,3}|[一二三四五六七八九十两半百]+)"
    r"\s*(?:个?(?:工作日|月|年)|年|日|天|小时|分钟|刻钟|岁)"
)
_IN_YEARS = re.compile(rf"{_N}+\s*年")  # no answer to 要多少天
_OWN = re.compile(rf"{_N}+(?:周?岁|个月|年|平方米|户|%)")
_KINDS_COUNTED = frozenset({"种", "类", "项", "样", "大类", "大样"})
_LARGE = r"[百千万亿]*"  # 5000万元, 100 万人
COUNTED_AS = {
    "项": "[项种类]",
    "种": "[项种类]",
    "类": "[项种类]|大类",
    "大类": "大?类",
    "大样": "大?[类项种]",
    "样": "大?[类项种]",
    "级": "个?等?级",
    "分": "分(?:钟)?",
    "个": "个(?!月|工作日)",
    "元": f"{_LARGE}元",
    "人": f"{_LARGE}(?:人|名)",
    "个人": f"{_LARGE}(?:人|名)",
    "名": f"{_LARGE}(?:人|名)",
    "床": f"{_LARGE}[张床]",
    "岁": "周?岁",
}
_TERMS = frozenset({"个月", "个工作日", "天"})  # "多少天" is answered by 六十日 and by 三个月, not by 一年
_ANY = (
    r"\d(?!\s*号)|百分之|[一二三四五六七八九十百千万亿两]+\s*"
    r"(?:年|个月|项|个|级|类|大|日|天|小时|岁|元|倍|平方米|公顷|亩|户|人|张|名|家|次|种|处)"
)
# "什么时候能编报告" is answered by 项目取得立项等审批手续后; 资金什么时候拨 wants a day
_ASKS_FROM_WHEN = re.compile(r"(?:什么时候|何时)(?:才|就)?(?:能|可以|可|要|该|应该|应)(?!不)")
_FROM_WHEN = re.compile(
    r"(?:取得|完成|通过|经过?|竣工|获得|签订|成交)[^，。；,;]{0,16}后|前期工作|(?:设计|编制|申报|建设)阶段"
)
# "市级资金什么时候下达": where no day is set, 按照…工程进度适时下达 is what the text says of that deed
_ASKS_WHEN_DONE = re.compile(
    r"(?:什么时候|何时|啥时候?)(?:才|就|会|能|可以|可|要|该|应该|应|开始)*(?P<deed>[\u4e00-\u9fff]{2})"
)
_LOOSELY = r"(?:适时|及时|定期|随时|按照?[^，。；]{0,24}进度)[^，。；;,]{0,16}"
# "钱什么时候到手": the same deed, by what the receiver calls it
_RECEIVED = frozenset({"到手", "到账", "到位", "给钱", "打款", "发钱", "拨款", "给到", "下来"})
_GIVEN_OUT = "(?:下达|拨付|支付|发放)"
_DATE = re.compile(
    r"\d{4}\s*年|\d+\s*月\s*\d+\s*日|之日起|\d{4}年|每(?:半?年|季度?|个?月|周)|年内|[月年]底|\d+\s*日[之以]?前|季度末"
)


_WHOLE_DATE = re.compile(r"\d{4}\s*年\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?")  # no answer to 多少


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
        re.compile(
            r"年龄|几岁|多大.{0,3}(?:孩|儿|娃|学生|人(?!口)|年纪|岁数)|(?:孩|儿童?|娃|宝宝|老人|托|学生)[^，。？]{0,8}多大(?!面积|地方|的?场地)"
        ),
        re.compile(rf"{_N}\s*周?岁"),
    ),
    (
        Measure.PEOPLE,
        re.compile(
            r"人口(?!.*(?:面积|多大|平方|平米|[几多少]+[项个种类钱万元]))|多大(?:规模)?的?[大中小特]{0,2}城市|多少人的[大中小特]{0,2}城市"
        ),
        re.compile(rf"{_N}\s*[百千万亿]*人"),
    ),
    (
        Measure.RATIO,
        re.compile(r"比例|百分之|几成|(?:覆盖|满意|入住|使用|达标|普及|合格|完成)率"),
        re.compile(
            r"\d\s*[%％]|百分之|分之|[\d一二三四五六七八九]\s*成|\d\s*[:：]\s*\d|[一二三四五]比[一二三四五]"
        ),
    ),
    (
        Measure.AREA,
        re.compile(r"面积|(?<!每)平方|(?<!每)平米|多大|(?<!每)㎡"),
        re.compile(
            rf"{_AREA}|[%％][^，。；]{{0,14}}面积|面积[^，。；]{{0,6}}[%％]"
        ),  # 按原建筑面积15%左右比例给予建筑面积支持
    ),
    (
        Measure.TIME,
        re.compile(r"多久|多长时间|[期限][是有]?多长|几年|几天|几个月|期限|年限|时限"),
        re.compile(_TIME),
    ),
    (
        Measure.MONEY,
        re.compile(
            r"补助|补贴|奖补|津贴|[补奖]多少|[补奖]几|多少钱|资金|金额|额度|万元|投资|封顶|收费|罚款|罚多少|罚几|怎么罚|[扣退交缴领拿返]多少|[收付花]多少(?:[钱元费]|$|[?？,，。])|能扣几|多少[万亿]+(?![人户册平个家名辆吨])|[补收交拿贴要]几[块毛]|几[块毛]钱"
        ),
        re.compile(_MONEY),
    ),
    (
        Measure.COUNT,
        re.compile(r"数量|几个|几项|多少个|多少项|几种|几类|几级|几家|几条|多少家|多少社区|多少城市"),
        re.compile(_COUNT),
    ),
)
# 面积能降到多少: a share of what is required answers too
_CHANGED = re.compile(r"[降缩减增提][到低小少加高至]|放宽|[打折]几折")
_SHARE = re.compile(r"\d\s*[%％]|百分之|[一二三四五六七八九十]分之|[\d一二三四五六七八九]成")
# "间距留多大", "离家多远": metres, or what the distance is held to
_ASKS_DISTANCE = re.compile(
    r"半径[^，。？?]{0,6}(?:多[大少远长]|几|要求)|(?:间距|距离)[^，。？?]{0,6}(?:多[大少远宽]|几)|多[大少远宽]的?(?:间距|距离)|[离隔走]多[远宽]"
)
_DISTANCE = re.compile(
    rf"{_N}\s*(?:米|公里|里|倍|分钟)(?!²)|间距[^，。；]{{0,8}}(?:不[小低少]于|即可|控制)|步行|间距即可"
)
# A fine is no price: "处一百元罚款" does not say what an hour costs
_PENALTY = re.compile(r"处以?[^，。；]{0,40}?罚款")
_PENALISED = re.compile(r"罚|处|违|后果|责任|欠|逾期|不[交缴付]|未[交缴付]")
# What an hour or a bed costs is a sum; what is granted, deducted or returned may be a share
_PRICE = re.compile(r"多少钱|[收付花]多少|多少元|几块|票价|价钱")
_GIVEN = re.compile(r"[补奖贴返减扣退给拨投]|支持|资金")
_SUM = re.compile(rf"{_N}\s*(?:万元|亿元|元)")
# Somebody who acts: "由区发展改革部门上报", "市发展改革委", "各区", "运营主体"
_ACTOR = re.compile(
    r"(?:市|区|县|省|国家|各|街道|乡镇|有关|相关|主管|职能|专业)[^，。；]{0,14}?(?:委|局|部门|政府|办事处|厅|机构|部|单位|中心)"
    r"|(?:公安|税务|海关|司法|检察|审批|登记|监察|执法)(?:行政)?机关|人民政府|人民法院|检察院|[\u4e00-\u9fff]{2}部门"
    r"|街镇|各区|街道|居民|业主大会|业主委员会|业委会|代表大会|主体|项目单位|由[^，。；]{2,20}(?:负责|组织|牵头|作为|上报|提出)"
)
# Numbers that measure nothing: 国办函〔2023〕121号, 第七条, （一）
_LABELS = re.compile(
    r"[〔\[(（]\d{4}[〕\])）]\s*\d+\s*号|第[\d零〇一二三四五六七八九十百]+[条章款项]|^\s*\d+[.、\t]|[“\"《][^”\"》]*[”\"》]"
)


def holds_body(text: str) -> bool:
    """Whether a text names somebody who acts: 市发展改革委, 各区, 由街道负责."""
    return bool(_ACTOR.search(text))


def holds_date(text: str, question: str = "") -> bool:
    """Whether a text names a day, a year or a recurring term, as exactly as a folded question asks.

    文号 and clause numbers are none.

    >>> holds_date("每年定期组织", "什么时候组织"), holds_date("每年定期组织", "几月份组织")
    (True, False)
    """
    bare = without_labels(text)
    for asked, fitting in _TIMES:
        if asked.search(question):
            return bool(fitting.search(bare))
    if _ASKS_FROM_WHEN.search(question) and _FROM_WHEN.search(bare):
        return True
    done = _ASKS_WHEN_DONE.search(question)
    deed = _GIVEN_OUT if done and done["deed"] in _RECEIVED else done and done["deed"]
    if deed and re.search(_LOOSELY + deed, bare):
        return True
    return bool(_DATE.search(bare))


def holds_figure(text: str, question: str) -> bool:
    """Whether a text holds a figure of the measure a folded question asks for (any, where it names none).

    >>> holds_figure("不小于600平方米", "面积多大"), holds_figure("第十条 三年内", "面积多大")
    (True, False)
    """
    bare = without_labels(text)
    if _ASKS_HOW_OFTEN.search(question):
        return bool(_HOW_OFTEN.search(bare))
    counted = _COUNTED.search(question)
    if counted:
        word = counted.group(1)
        if word in _TERMS and re.search(_SPAN, bare if word == "个月" else _IN_YEARS.sub(" ", bare)):
            return True
        is_named = word in _KINDS_COUNTED and not _OF_STANDARD.search(question)
        if is_named and _names_each(text, question[counted.end() :]):
            return True
        counter = COUNTED_AS.get(word, word)
        named = (
            text if word == "分" else _without_classes(bare)
        )  # “15分钟社区生活圈” is a name and says how many
        is_quarter = word == "分" and "一刻钟" in text
        if is_quarter or _counts_noun(text, question):
            return True
        headed = rf"[(（](?:{counter})[)）]\s*[:：]\s*\d"  # a cell under 2025年（个）
        return bool(re.search(rf"(?:\d|[一二三四五六七八九十百千万两])\s*多?(?:{counter})|{headed}", named))
    if _ASKS_DISTANCE.search(question):
        return bool(_DISTANCE.search(bare))
    for measure, asked, fitting in _MEASURES:
        if asked.search(question):
            if measure is Measure.MONEY:
                return _holds_sum(bare, question)
            if measure is Measure.AREA and _CHANGED.search(question) and _SHARE.search(bare):
                return True
            return bool(re.search(_SPAN, bare) if measure is Measure.TIME else fitting.search(bare))
    return bool(re.search(_ANY, _without_own(_WHOLE_DATE.sub(" ", bare), question)))


def _without_own(bare: str, question: str) -> str:
    """A text without the figures a question names itself: of 3岁以下婴幼儿能抵多少 the age is no answer."""
    for own in _OWN.findall(question):
        bare = bare.replace(own, " ")
    return bare


def _without_classes(text: str) -> str:
    """A text without the names of classes it tells apart: 一类80万元、二类50万元 counts no 类."""
    labels = set(_CLASS.findall(text))
    return _CLASS.sub(" ", text) if len(labels) > 1 else text


def _names_each(text: str, counted: str) -> bool:
    """Whether a text names one by one what is counted: 全日托、半日托等多种形式, not 功能集成、布局合理.

    Args:
        text: a sentence.
        counted: the question behind 几项.
    """
    if not _ENUMERATED.search(text):
        return False
    found = _TWO_CHARS.match(counted)
    noun = found["noun"] if found else ""
    if not noun or noun not in text:
        return True
    members = r"(?:[^、，。；,;]{1,16}、){2,}"
    return bool(
        re.search(rf"{members}[^、，。；,;]{{1,20}}{noun}", text)
        or re.search(rf"{noun}[^、，。；,;]{{0,6}}(?:为|是|包括|包含|有|分为|[:：(（]){members}", text)
    )


def _counts_noun(text: str, question: str) -> bool:
    """Whether a text counts what 几个 asks for otherwise, or names it one by one: 同步规划、同步建设."""
    asked = _ANY_COUNTED.search(question)
    if asked is None:
        return False
    noun, number = re.escape(asked["noun"]), rf"(?:\d|[一二两三四五六七八九十])\s*(?:多|大)?{_COUNTERS}"
    is_counted = rf"{noun}[^，。；,;]{{0,8}}?{number}|{number}[^，。；,;]{{0,6}}?{noun}"
    is_named = rf"(?:{noun}[^、，。；]{{1,8}}、){{2}}"
    return bool(re.search(is_counted, without_labels(text)) or re.search(is_named, text))


def _holds_sum(bare: str, question: str) -> bool:
    """Whether a text without labels holds money as asked: no fine for a price, no share for a cost."""
    if _PENALISED.search(question):
        return bool(re.search(_MONEY, bare))
    is_price = _PRICE.search(question) and not _GIVEN.search(question)
    return bool(re.search(_SUM if is_price else _MONEY, _PENALTY.sub(" ", bare)))


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
