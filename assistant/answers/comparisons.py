"""Questions about several places at once: what is asked of each.

北京和重庆的服务功能要求有什么不同 asks both for 服务功能的要求.
"""

from __future__ import annotations

import re
from dataclasses import replace

from assistant.library import Library
from assistant.questions.question import Question, understand
from assistant.questions.scopes import Scope
from assistant.questions.terms import content_terms
from indexing.asking import Kind
from indexing.jurisdictions import NATION, name_of
from indexing.query import places_in

_JOINS = r"(?:[、,，和与跟同及]|以及|还有|对比|比|vs)*"
_NATION = r"国家层面|国务院|国办|国家(?!发展|卫生|级|试点|市场|税务)|中央(?!预算)"
_DEGREE = r"(?:高|低|多|少|大|小|长|短|严格?|宽松?|早|晚|快|慢)"
# "和国家方案相比,", "比上海", "跟杭州比"
_BESIDE = re.compile(
    rf"(?:是不是|是否)?比□(?:的?(?:要求|规定|标准|方案))?(?:要|更)?{_DEGREE}(?:多少|吗|一些|一点|了)*"
    r"|(?:和|与|跟|同|比|较)?□+(?:的?(?:方案|办法|规定|文件|政策|标准|要求|做法))?"
    r"(?:相比较?|比起来|比较起来|比)[,，]?"
)
_ORDERED = re.compile(
    r"(?:谁|哪(?:一?个|里|边|座|家|几个)?(?:城市|市|地方|地区|地)?)(?:里|中|的)?(?=.{0,24}(?:最|更|较))|(?:最|更|比较|较)(?:为)?(?:高|低|多|少|大|小|长|短|严格?|宽松?|早|晚|快|慢)(?:一些|一点)?"
)
# "谁的标准高", "面积哪个大"
_WHOSE = re.compile(
    rf"(?:谁|哪(?:一?个|边|里|家|地)(?:城市|市|地方|地区)?)(?:的)?(?P<topic>[^,，]{{0,24}}?)(?:要)?[最更]?{_DEGREE}(?:一些|一点|些)?(?=[?？]?$)"
)
# "谁的试点社区更多": a count is asked for
_MORE_OF = re.compile(
    r"(?:谁|哪(?:一?个|边|里|家|地)(?:城市|市|地方|地区)?)的?[^,，]{2,24}[最更]?[多少](?:一些|一点|些)?(?=[?？]?$)"
)
# "谁提到了", "谁给了"; not "谁负责", "谁审批"
_WHO_SAYS = re.compile(r"谁(?:还|也|都|就)?(?:提|写|有(?!权)|没|给|规定|要求|允许|支持|鼓励)")
_WHICH = re.compile(
    r"哪(?:一?个|些|几个|几家|家)?(?:城市|市(?!级)|地方|地区|地|家)|哪(?:几|些)?份|谁(?:还|也|都)?(?:提|写|有(?!权)|没|给|规定|要求|允许|支持|鼓励)"
    r"|有没有|是否都|都[^,，?？]{1,16}吗"
)
_DIFFERS = re.compile(r"差别|区别|不同|不一样|一样|一致|相同|差异|统一")
_MEASURE = re.compile(r"面积|比例|数量|期限|时限|上限|下限|额度|金额|标准高|项数|个数")
_RATIO = re.compile(r"[几多少]倍|相差|差多少|[高低多少大小长短]多少")
_COUNT = re.compile(r"[数量钱额率]|多少|几")
_COMPARING = re.compile(
    r"(?:[二两三四五六2-6]|哪?几|各)(?:份|个)文件(?:里|中)?(?:的?哪(?:几|一)?[份个])?|哪几?份(?:文件)?|分别|各自|各个?(?=[有是怎给如要让允准说按])|各(?:市|地|城市)|[两二三四五345](?:个)?(?:地|市|城市|家|份文件)(?!块|级|方)|(?:这|那)(?:几|两|三|四)(?:个)?(?:城市|市|地方|地)"
    r"|有(?:什么|何|啥|哪些|没有)?(?:区别|不同|差异|差别|异同|不一样)(?:的地方|之处)?|的?(?:区别|不同|差异|差别|异同)(?:是什么|在哪里?|何在)?"
    r"|(?:是否|是不是|能不能)?(?:都)?(?:一样|一致|相同|统一)(?:吗|不|么|的吗)?|对比(?:一下)?|比较(?:一下)?|相比|比一比|之间|各说一下"
    r"|哪(?:一?个|些|几个)(?:城市|市|地方|地区)|这(?:一点|点|方面|块|件事)上?|(?:都)?(?:有|是)(?:些)?(?:什么|何|啥|哪些)?(?:说法|规矩|讲究|做法)|的?(?:规矩|说法|讲究|口径)(?=$|[?。,])"
    r"|的?安排上?(?=$|[?。,])|(?:都)?怎么(?:说|讲|写|走)的?(?=$|[?。,])|(?:是)?(?:的)?文件写了的|说一下|讲一下"
)
ORDERS = re.compile(
    r"最|更|较(?=[高低多少大小长短严宽])|谁(?:的)?[高低多少大小长短严宽]|哪个?[高低多少大小长短严宽]"
)
SAMENESS = re.compile(r"一样|一致|相同|统一吗")
_EDGES = re.compile(
    r"^(?:把|[、,，和与跟同及的在对:：里都]|(?:谁|哪几?[个份]?)(?=给|有|写|规|提)|提到了?|写了|规定了?|给了?|有没有|有)+"
    r"|(?:[、,，和与跟同及:：?？。]|谁(?=$|[?])|有没有|是什么|(?:都)?(?:提到|写到|讲到|提)了?(?:什么|哪些|没有|吗)?|各?有(?:什么|哪些)(?:具体)?(?:做法|内容|安排)|上|方面"
    r"|有(?:没有)?(?:规定|要求)|(?:写|列|放|纳)[进入]了?(?:文件|方案|办法)?(?:里|中)?)+$"
)


def asked_of(question: Question, scope: Scope, library: Library) -> Question:
    """The question as put to the place of one scope alone; as it is where a document is named."""
    if scope.code is None or any(reference.document is not None for reference in question.references):
        return question
    topic = topic_compared(question)
    place = "国家层面" if scope.code == NATION else name_of(scope.code)
    alone = understand(f"{place}{topic}", library)
    if not content_terms(alone, library):
        return question
    is_ordered = _ORDERED.search(question.folded) or _WHOSE.search(question.folded)
    kinds = alone.kinds - {Kind.OTHER} | {Kind.FIGURE} if is_ordered else alone.kinds
    if not SAMENESS.search(question.folded):
        kinds |= question.kinds - {Kind.OTHER, Kind.YES_NO}
    if is_ordered or _WHO_SAYS.search(question.folded):  # 谁 is one of the places, no body
        kinds -= {Kind.BODY}
    return replace(alone, kinds=frozenset(kinds), jurisdictions=(scope.code,), absent=(), districts=())


def topic_compared(question: Question) -> str:
    """What is compared, in the question's words: without places and words that compare."""
    masked, end = "", 0
    for start, stop in _places(question.folded):
        between = question.folded[end:start]
        masked += "" if masked.endswith("□") and re.fullmatch(_JOINS, between) else between
        masked += "□"
        end = stop
    masked += question.folded[end:]
    masked = _WHOSE.sub(r"\g<topic>", masked)
    masked = _BESIDE.sub("", re.sub("□+", "□", masked))
    masked = re.sub(
        r"[在对和与跟同]?□(?:的?(?:方案|办法|文件)(?=[对里中的]))?(?:的|对|在|里|上|,|、)?", "", masked
    )
    bare = _COMPARING.sub("", _COMPARING.sub("", _ORDERED.sub("", masked)))
    previous = None
    while bare != previous:
        previous, bare = bare, _EDGES.sub("", bare)
    bare = bare[1:-1] if re.fullmatch(r"[“\"][^“”\"]*[”\"]", bare) else bare
    return f"{bare}数量" if _MORE_OF.search(question.folded) and not _COUNT.search(bare) else bare


def asks_ratio(question: Question) -> bool:
    """Whether two figures are to be set off against each other: 是杭州的几倍, 相差多少."""
    return _RATIO.search(question.folded) is not None


def asks_which(question: Question) -> bool:
    """Whether it asks which places speak of a thing at all: 哪些城市提到, 谁写了, 有没有, 都有…吗."""
    return _WHICH.search(question.folded) is not None and _ORDERED.search(question.folded) is None


def compares_measure(question: Question) -> bool:
    """Whether things measured are compared though no figure is asked for: 面积有没有差别."""
    return _DIFFERS.search(question.folded) is not None and _MEASURE.search(question.folded) is not None


def _places(folded: str) -> list[tuple[int, int]]:
    named = [(one.start, one.end) for one in places_in(folded)]
    nation = [match.span() for match in re.finditer(_NATION, folded)]
    return sorted({*named, *(span for span in nation if not any(a <= span[0] < b for a, b in named))})
