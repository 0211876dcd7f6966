"""What a comparison is about, in the question's own words: without places and without words that compare.

北京和重庆的服务功能要求有什么不同 is about 服务功能要求. What is left names the subject where a place is
silent, so that it must read as one.
"""

from __future__ import annotations

import re

from assistant.library import Library
from assistant.questions.question import Question
from indexing.jurisdictions import NATION
from indexing.query import places_in

_JOINS = r"(?:[、,，和与跟同及]|以及|还有|对比|比|vs)*"
_NATION = (
    r"国家层面|国务院|国办|国家(?!发展|卫生|级|试点|市场|税务|重大)|中央(?!预算|资金|财政|投资|厨房|企业)"
)
_DEGREE = r"(?:高|低|多|少|大|小|长|短|严格?|宽松?|早|晚|快|慢)"
_CITIES = r"(?:城市|市(?!级|民)|地方|地区|家|地(?!下|块|方))"
_WHICH = rf"(?:谁家?|哪(?:一?个|边|里|家|座|地|几[个家]|些)?{_CITIES}?)"
# "写了", "都提到了", "说了可以", "有没有提到"; not "写进文件的条件", "提供", "列车"
_SAID = r"(?:明确)?(?:提|写|说|讲|列|规定|载明)(?:[到过及明出]了?|了|没有?)(?:可以|要)?"
# "和国家方案相比,", "比上海", "跟杭州比"
_BESIDE = re.compile(
    rf"(?:是不是|是否)?比□(?:的?(?:要求|规定|标准|方案))?(?:要|更)?{_DEGREE}(?:多少|吗|一些|一点|了)*"
    r"|(?:和|与|跟|同|比|较)?□+(?:的?(?:方案|办法|规定|文件|政策|标准|要求|做法))?"
    r"(?:相比较?|比起来|比较起来|比)[,，]?"
)
# "除了重庆还有谁"
_EXCEPT = re.compile(rf"除了?□(?:以外|之外|外)?[,，]?(?:还有|都?有|其他|别的)?{_WHICH}?(?:还|也)?")
_ORDERED = re.compile(
    rf"{_WHICH}(?:里|中|的)?(?=.{{0,24}}(?:最|更|较))|(?:最|更|比较|较)(?:为)?{_DEGREE}(?:一些|一点)?"
)
# "谁的标准高", "面积哪个大"
_WHOSE = re.compile(
    rf"{_WHICH}(?:的)?(?P<topic>[^,，]{{0,24}}?)(?:要)?[最更]?{_DEGREE}(?:一些|一点|些)?(?=[?？]?$)"
)
# "谁的试点社区更多": a count is asked for; "谁给的补助多" asks for a sum
_MORE_OF = re.compile(rf"{_WHICH}的[^,，]{{2,24}}[最更]?[多少](?:一些|一点|些)?(?=[?？]?$)")
_COUNT = re.compile(r"[数量钱额率]|多少|几")
_COMPARING = re.compile(
    r"(?:[二两三四五六2-6]|哪?几|各)(?:份|个)文件(?:里|中)?(?:的?哪(?:几|一)?[份个])?|哪几?份(?:文件)?|分别|各自"
    r"|各个?(?=[有是怎给如要让允准说按靠用凭走由选定])|各(?:市|地|城市)"
    r"|[两二三四五345](?:个)?(?:地|市|城市|家|份文件)(?!块|级|方)(?:里面?|中)?|(?:这|那)(?:几|两|三|四)(?:个)?(?:城市|市|地方|地)"
    r"|(?:一共|总共)?有?(?:几|多少)[个座家](?:城市|市(?!级)|地方|地区)(?:里面?|中|的文件)?"
    r"|有(?:什么|何|啥|哪些|没有)?(?:区别|不同|差异|差别|异同|共同点|不一样)(?:的地方|之处)?"
    r"|的?(?:区别|不同|差异|差别|异同|共同点)(?:是什么|在哪里?|何在)?"
    r"|(?:是否|是不是|能不能)?(?:都)?(?:一样|一致|相同|统一)(?:吗|不|么|的吗)(?=$|[?？,，])"
    r"|(?:是否|是不是|能不能|有没有)(?:都)?(?:一样|一致|相同|统一)|(?:都)?(?:一样|一致|相同)(?=$|[?？,，])"
    r"|[,，]?有[,，]?而?没有?(?:提|写|列)?的(?:是|有)?(?:哪些|什么|哪几[项个])?"
    r"|比?[多少](?:了|出|列)+(?:哪几[项个]|哪些|什么|几[项个])(?=$|[?？])"
    r"|[,，]?(?:相差|差了?)多少(?=$|[?？])|[,，]?是?(?:几|多少)倍(?=$|[?？])"
    r"|对比(?:一下)?|比较(?:一下)?|相比|比一比|之间|各说一下"
    r"|哪(?:一?个|些|几个|座)(?:城市|市|地方|地区)|这(?:一点|点|方面|块|件?事)上?"
    r"|(?:都)?(?:有|是)(?:些)?(?:什么|何|啥|哪些)?(?:说法|规矩|讲究|做法)|的?(?:规矩|说法|讲究|口径)(?=$|[?。,])"
    r"|的?安排上?(?=$|[?。,])|(?:都)?(?:是)?怎么(?:说|讲|写|走)的?(?=$|[?。,])|(?:是)?(?:的)?文件写了的|说一下|讲一下"
)
_EDGES = re.compile(
    rf"^(?:把|[、,，和与跟同及的在对:：里都]|关于|对于|针对|是否(?=都|也|提|写|有)|(?:文件)(?=写|提|说|规)|{_SAID}|列(?:举|出)?的"
    r"|给的|(?:谁家?|哪几?[个份]?)(?=给|有|写|规|提|要求)|提到了?|写了|规定了?|给了?|有没有|有(?![效偿限关线]))+"
    rf"|(?:[、,，和跟:：?？。的]|(?<!参)与|(?<![共协合不])同|(?<!普)及|谁(?=$|[?])|有没有|是(?:什么|哪些|哪几[项个])|(?:都|也)?{_SAID}"
    r"|(?:都|也|各)?(?:提|写|说|讲|列|规定)[到过及明出]?了?些?(?:什么|哪些|没有?|吗)|给(?:什么|哪些)(?:政策|支持)?|各?有(?:什么|哪些)(?:具体)?(?:做法|内容|安排)|(?<![线以])上|方面|都|是"
    r"|是?的?(?:文件|方案|办法)(?:里面?|中)?(?:提|写|说|讲|规定)的|(?:这|那)(?:一?块|方面|件?事)"
    r"|有(?:没有)?(?:这个|这条|这种|这样的|类似的?|相关)?(?:规定|要求)|(?<!是)吗"
    r"|(?:写|列|放|纳)[进入]了?(?:文件|方案|办法)?(?:里|中)?)+$"
)
# What only asks behind the subject: ",怎么规定", ",有没有写", ",哪些文件里", "上各有什么要求"; not "怎么用"
_TAIL = re.compile(
    r"(?:[,，、](?:都|也|各|就)?(?:怎么|如何|怎样)(?:规定|安排|要求|鼓励|支持|[弄搞办写说做])?"
    r"|(?<=.{3})(?:怎么|如何|怎样)(?:规定|要求|安排)|[,，](?:都|也|各|只)?有(?:什么|哪些|没有)?(?:政策|[写提说列])?了?"
    r"|(?<=.{2})(?:上|方面)?[,，]?[有给]了?(?:什么|哪些)(?:规定|要求|安排|内容|鼓励|优惠|措施|政策|办法)?"
    r"|[,，](?:都|也)这[么样](?:要求|规定|写|做|说)|[,，](?:的|哪些|哪几份)?(?:的?文件)(?:里|中|有涉及?)*"
    r"|[,，?？]*呢|[,，](?:让不让|能不能|可不可以)[搞做用弄]?|(?<=[”\"])[都只]?有)[?？。,，]*$"
)
_WANTED = re.compile(r"^(?:是不是|是否)?(?:都|各)?要求(?:做|建|开展|设|要)?(?=[^,，]{3,})")
# "哪个城市补得多": what is done to a degree
_TO_A_DEGREE = (("补得", "补助"), ("奖得", "奖补"), ("收得", "收费"), ("减得", "减免"), ("管得", "监管"))
_LISTED = re.compile(r"(?<=[,，])列(?:举|出)?的")
# "在北京的方案里", "杭州的"
_PLACE = re.compile(
    r"[在对和与跟同]?□(?:的?(?:方案|办法|文件)(?=[对里中的和与列规]))?(?:的|对|在|里|上|,|、)?"
)
_RULES_ON = re.compile(r"^关于(?P<on>.+?)的?(?:规定|政策)$")


def topic_compared(question: Question, library: Library) -> str:
    """What is compared, in the question's words: without places and words that compare."""
    masked, end = "", 0
    for start, stop in _places(question, library):
        between = question.folded[end:start]
        masked += "" if masked.endswith("□") and re.fullmatch(_JOINS, between) else between
        masked += "□"
        end = stop
    masked += question.folded[end:]
    masked = _EXCEPT.sub("", masked)
    masked = _WHOSE.sub(r"\g<topic>", masked)
    masked = _BESIDE.sub("", re.sub("□+", "□", masked))
    masked = _PLACE.sub("", masked)
    bare = _COMPARING.sub("", _COMPARING.sub("", _ORDERED.sub("", masked)))
    previous = None
    while bare != previous:
        previous, bare = bare, _EDGES.sub("", _LISTED.sub("", _RULES_ON.sub(r"\g<on>", _TAIL.sub("", bare))))
    bare = _WANTED.sub("", bare)
    for spoken, plain in _TO_A_DEGREE:
        bare = bare.removesuffix(spoken) + plain if bare.endswith(spoken) else bare
    bare = bare[1:-1] if re.fullmatch(r"[“\"][^“”\"]*[”\"]", bare) else bare
    return f"{bare}数量" if _MORE_OF.search(question.folded) and not _COUNT.search(bare) else bare


def _places(question: Question, library: Library) -> list[tuple[int, int]]:
    folded = question.folded
    named = [(one.start, one.end) for one in places_in(folded, library.own_places, library.jurisdictions)]
    is_asked = NATION in (*question.jurisdictions, *question.absent)  # not 国家 of 国家重大建设项目库
    nation = [match.span() for match in re.finditer(_NATION, folded)] if is_asked else []
    return sorted({*named, *(span for span in nation if not any(a <= span[0] < b for a, b in named))})
