"""Questions about several places at once: what is asked of each, and in what form.

北京和重庆的服务功能要求有什么不同 asks both for 服务功能的要求.
"""

from __future__ import annotations

import re
from dataclasses import replace
from enum import Enum, auto

from assistant.answers.compared_topic import topic_compared
from assistant.library import Library
from assistant.questions.question import Question, understand
from assistant.questions.scopes import Scope
from assistant.questions.terms import content_terms
from indexing.asking import Kind, kinds_of
from indexing.jurisdictions import NATION, name_of

_WHERE = r"(?:谁家?|哪(?:一?个|边|里|家|地|几个|些)?(?:城市|市(?!级)|地方|地区)?)"
# "哪个城市的上限最高", "谁更严"; "面积哪个大", "谁的标准高"; not "各补多少"
_ORDERED = re.compile(
    rf"{_WHERE}(?=.{{0,24}}(?:最|更|较))|[最更较](?:为)?[高低多少大小长短严宽早晚快慢]"
    rf"|{_WHERE}[^,，]{{0,24}}(?:[高低多大小长短严宽早晚快慢]|严格|宽松|(?<!多)少)(?:一些|一点|些)?(?=[?？]?$)"
)
# "谁提到了", "谁给了"; not "谁负责", "谁审批"
_WHO_SAYS = re.compile(r"谁家?(?:还|也|都|就)?(?:提|写|有(?!权)|没|给|规定|要求|允许|支持|鼓励)")
# "哪些城市", "几个城市写到"; "有没有", "都提了没", "是否都有", "都允许…吗"; not "都是发改委吗"
_WHICH = re.compile(
    r"哪(?:一?个|些|几个|几家|家|几?座)?(?:城市|市(?!级)|地方|地区|地|家)|(?:其他|其它|别的|其余)[^,，?？]{0,6}(?:城市|地方)|哪(?:几|些)?份|谁家?(?:还|也|都)?(?:提|写|有(?!权)|没|给|规定|要求|允许|支持|鼓励)"
    r"|有没有(?!区别|不同|差)|都[^,，?？]{1,6}(?:没有?|不)(?=[?？]?$)"
)
_ALL = re.compile(
    r"都(?!是|为|由|归|叫|一样|一致|相同)[^,，?？]{1,24}(?:吗|没有?|不|(?<![什怎])么)(?=[?？]?$)"
    r"|(?:是否|是不是)都(?!是|为|由|归|叫|一样|一致|相同)"
)
_COUNTS = re.compile(r"(?:有|共|是)[几多]|[提写说列规][到了过明定]|都?有")
_HOW_MANY = re.compile(r"(?<!哪)(?:几|多少)[个座家](?:城市|市(?!级)|地方|地区)")
# "哪些城市优先推进", "什么样的城市能试点"; not "哪些城市提到", "哪些城市的文件", "哪些城市对…有规定"
_KIND_OF_CITY = re.compile(
    r"(?:哪些|哪类|哪种|什么样的)城市(?!的|对|在)(?![^,，?？]{0,3}(?:提|写|说|讲|列|规定|要求|允许|支持|鼓励|有|没))"
)
_DIFFERS = re.compile(r"差别|区别|不同|不一样|一样|一致|相同|差异|统一")
_MEASURE = re.compile(r"面积|比例|数量|期限|时限|上限|下限|额度|金额|标准高|[项个区]数")
_RATIO = re.compile(r"[几多少]倍|相差|差多少|[高低多少大小长短]多少")
_SAMENESS = re.compile(r"一样|一致|相同|统一吗")


class Form(Enum):
    """What a comparison wants to know of all its places together."""

    EACH = auto()  # 分别怎么规定: each for itself
    WHICH = auto()  # 哪些城市提到, 有没有
    ALL = auto()  # 都提到…吗
    COUNT = auto()  # 几个城市写到


def form_of(question: Question) -> Form:
    """Whether it asks which places speak of a thing at all, whether all do, or how many."""
    if is_ordered(question):
        return Form.EACH
    if _ALL.search(question.folded):
        return Form.ALL
    if _HOW_MANY.search(question.folded) and _COUNTS.search(question.folded):
        return Form.COUNT
    return Form.WHICH if _WHICH.search(question.folded) else Form.EACH


def is_ordered(question: Question) -> bool:
    """Whether places are to be set in an order: 谁的标准高, 哪个城市补得最多."""
    return _ORDERED.search(question.folded) is not None


def asks_kind_of_city(question: Question) -> bool:
    """Whether it asks what cities a rule is for (哪些城市优先推进), which the nation's text may say.

    Not which cities' documents say a thing (哪些城市提到), nor which has most.
    """
    return _KIND_OF_CITY.search(question.folded) is not None and not is_ordered(question)


def asked_of(question: Question, scope: Scope, library: Library) -> Question:
    """The question as put to the place of one scope alone; as it is where a document is named."""
    if scope.code is None or any(reference.document is not None for reference in question.references):
        return question
    topic = topic_compared(question, library)
    place = "国家层面" if scope.code == NATION else name_of(scope.code)
    alone = understand(f"{place}{topic}", library)
    if not content_terms(alone, library):
        return question
    ordered = is_ordered(question) or asks_ratio(question)
    kinds = alone.kinds - {Kind.OTHER} | {Kind.FIGURE} if ordered else alone.kinds
    if not _SAMENESS.search(question.folded):
        kinds |= kinds_of(_HOW_MANY.sub("", question.body)) - {Kind.OTHER, Kind.YES_NO}
    if ordered or _WHO_SAYS.search(question.folded):  # 谁 is one of the places, no body
        kinds -= {Kind.BODY}
    return replace(alone, kinds=frozenset(kinds), jurisdictions=(scope.code,), absent=(), districts=())


def asks_ratio(question: Question) -> bool:
    """Whether two figures are to be set off against each other: 是杭州的几倍, 相差多少."""
    return _RATIO.search(question.folded) is not None


def measure_named(question: Question) -> str | None:
    """What is measured, where it is asked which places speak of it: 面积 of 哪些城市对面积有要求."""
    named = None if form_of(question) is Form.EACH else _MEASURE.search(question.folded)
    return named.group() if named else None


def compares_measure(question: Question) -> bool:
    """Whether things measured are compared though no figure is asked for: 面积有没有差别."""
    return _DIFFERS.search(question.folded) is not None and _MEASURE.search(question.folded) is not None
