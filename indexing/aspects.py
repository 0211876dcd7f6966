"""What a question asks of a document itself, and which of its clauses say so. Pure.

A 文号, a title or the day of signing stands in the frame around the rules, and 施行日期 in one clause
among many; words alone find neither, because every document repeats its own subject everywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from indexing import segmentation
from indexing.folding import fold_tight
from indexing.types import Clause, Level


class Aspect(StrEnum):
    """What a document says of itself."""

    EFFECTIVE = "施行日期"
    EXPIRY = "有效期"
    NUMBER = "发文字号"
    AUTHORITY = "发文机关"
    ISSUED = "成文日期"
    PRINTED = "印发日期"
    DRAFTED = "拟订单位"
    ADDRESSED = "主送机关"
    COPIED = "抄送机关"
    PUBLIC = "公开方式"
    BASIS = "制定依据"


ASPECTS: tuple[tuple[Aspect, re.Pattern[str]], ...] = (
    (
        Aspect.EFFECTIVE,
        re.compile(
            r"施行|生效|开始实[施行]|起实[施行]|开始执行|什么时候(?:开始)?(?:实施|执行)|(?:实施|执行)(?:日期|时间)"
            r"|(?:方案|办法|文件|政策|规定|通知|意见|细则|条例)[是从自]{0,2}(?:什么时候|何时|哪一?天|几号)(?:开始|起)(?:实行|管用|算)?的?(?=$|[,，。?？])"
        ),
    ),
    (
        Aspect.EXPIRY,
        re.compile(
            r"有效期|有效(?:几年|多久|多长时间|多少年|年限)|失效|到期|有效到|过期|还有效|管到"
            r"|管(?:几年|多久|多长时间|多少年)|作废|还(?:能|可以)(?:当|作)依据|还(?:管用|作数|算数|适用)|还能(?:适用|用吗)"
            r"|(?:用|管|执行|施行|试行|沿用)到(?:哪一?[年天日]|几[年时月号]|什么时候|何时)"
        ),
    ),
    (Aspect.NUMBER, re.compile(r"文号|发文字号|文件号|发文号|字号")),
    (
        Aspect.AUTHORITY,
        re.compile(
            r"发文机关|发文单位|印发(?:机关|单位)|制定(?:机关|单位)|(?<!给)(?:谁|哪个部门|哪些部门|哪个单位|哪些单位|哪几?家(?:单位|部门)?|哪几个(?:部门|单位)|几家(?:单位|部门)?|哪个委)(?:联合|一起)?(?:印发|发布|出台|制定|转发|发|下发|印)"
            r"|是[^,，。?？]{2,14}(?:局|委|厅|部|办|府|会)(?:联合)?(?:印发|发布|出台|制[定订]|起草|发)的"
            r"|由[^,，。?？]{2,14}(?:局|委|厅|部|办|府|会|部门|单位)(?:联合)?(?:印发|发布|转发|下发|制[定订]|起草)"
        ),
    ),
    (
        Aspect.DRAFTED,
        re.compile(
            r"(?:谁|哪个部门|哪个单位|哪个委|哪家单位)(?:起草|拟[订定]|制订|拟的)|起草单位|拟订单位|制订单位"
        ),
    ),
    (
        Aspect.PRINTED,
        re.compile(r"印发(?:日期|时间)|(?:什么时候|何时|哪天|哪一天|\d年[底末初]?|\d月[底末初]?|\d日)印发"),
    ),
    (
        Aspect.ISSUED,
        re.compile(
            r"成文|落款|发文(?:日期|时间)|发布(?:日期|时间)|(?:什么时候|何时|哪一?天|哪年|几号|\d年|\d月|\d日)(?:发布|发的?|出台|出的|下发|制定|印的|印出)"
            r"|(?:印发|发布|出台|下发)的?[,、]?(?:是|在)?(?:什么时候|何时|哪天|哪一天|哪年|几号)"
            r"|(?:最|谁|更)[早晚先后新][^,，。?？]{0,4}(?:出台|发布|发文|制定|下发|印发)"
            r"|(?:谁|哪[个份]?(?:文件|城市|市|方案|办法)?)[^,，。?？]{0,6}先(?:出来|出|发)的?(?=$|[?？,，])"
            r"|(?:出台|发布|发文|制定|下发|印发)[^,，。?？]{0,6}(?:最[早晚先后新]|先后|更[早晚])"
            r"|(?:文号|字号)[和与及、]日期|日期[和与及、](?:文号|字号)"
        ),
    ),
    (
        Aspect.ADDRESSED,
        re.compile(
            r"主送|给(?:谁|哪些?(?:单位|部门|地方|机关))(?:印|转|下)?发的|(?:印|转|下)?发[给到]?了?(?:谁|哪些?(?:单位|部门|地方|机关)|哪几[个家](?:单位|部门|地方)?)(?:[看执]行?|的|了)?(?=$|[,，。?？])"
        ),
    ),
    (Aspect.COPIED, re.compile(r"抄送")),
    (
        Aspect.BASIS,
        re.compile(
            r"(?:根据|依据|按照?|照着?)(?:的是)?(?:什么|哪[些个份]?)(?:文件|规定|政策|精神)?(?:来)?(?:制[定订]|[定订编写]|出台|印发|起草)的?"
            r"|制[定订](?:的)?(?:依据|根据)(?:是|有)?(?:什么|哪[些个份]?)?(?:文件)?|(?:依据|上位文件)(?:是|有)(?:什么|哪[些个份]?)(?:文件)?(?=[?？]?$)"
        ),
    ),
    (
        Aspect.PUBLIC,
        re.compile(
            r"(?:文件|办法|方案|通知|政策|意见|规定)[^,，。?？]{0,6}?(?:公开(?!招|征|透|择|选|竞|募)(?:发布|发行)?|保密|涉密)|公开(?:方式|属性)|公开发布的?(?=[吗不没?？])"
        ),
    ),
)
"""What asks for each aspect in a folded question."""

ASPECT_WORDS = re.compile("|".join(f"(?:{pattern.pattern})" for _, pattern in ASPECTS))
"""What asks for a particular of the document; taken away, only the document's name may be left."""

# "自印发之日起施行", "自2024年4月8日起施行" yes; "考核评估后实施" no
_TAKES_EFFECT = re.compile(r"自[^。；，]{0,24}起(?:施行|实施|执行|生效)")
_EXPIRES = re.compile(r"有效期|失效|(?:施行|执行|实施)至")
# Aspects that only the search knows: the assistant has no sentence for them, but the clause is there
_TITLE_ASKED = re.compile(r"标题|全称|(?:文件|方案|办法|通知)名称?(?:是|叫)?什么|叫什么(?:名|文件)")
_ANNEXES_ASKED = re.compile(r"(?:有|带|含)?(?:哪些|几个|哪几个|什么)附件|附件(?:有|是|都)(?:哪|什么|几)")

_LETTERS = {
    Aspect.EFFECTIVE: "E",
    Aspect.EXPIRY: "XE",  # many documents say only from when they apply
    Aspect.NUMBER: "N",
    Aspect.AUTHORITY: "A",
    Aspect.DRAFTED: "D",
    Aspect.PRINTED: "P",
    Aspect.ISSUED: "I",
    Aspect.ADDRESSED: "R",
    Aspect.COPIED: "R",
    Aspect.PUBLIC: "",  # the search knows no note of these
    Aspect.BASIS: "",
}
_OTHERS = (("T", _TITLE_ASKED), ("L", _ANNEXES_ASKED))
# The frame text that says it, by the last piece of its path (GB/T 9704—2012 §7); what stands in the
# notice itself comes before the same element of the 正文
_SAID_IN = {
    "发文字号": "N",
    "标题": "TAD",
    "通知": "D",
    "署名": "AD",
    "落款": "AIP",
    "版记": "PR",
    "主送": "R",
    "附件说明": "L",
}
_SAID_IN_BODY = {"标题": "T", "署名": "D", "落款": "DI", "附件说明": "L"}
# Words that stand in no title and yet say nothing of a subject
_GENERAL = re.compile(
    r"文件名?|通知|方案|办法|规定|政策|意见|细则|条例|全国|国家|中央|日期|时间|名称|全称|部门|单位|机关|请问|告诉|原文|具体|实施"
    r"|出台|发布|印发|转发|下发|发文|制定|制订|起草|拟订|联合|开始|正式|什么|多少|时候|哪[天年个些]|哪几[个家]|现在|目前|一下|知道"
    r"|[这那][个份]|原本|本来|办公厅|[市省区]里|各市|几[年月号]|何[时日年]|多久|说明|理由|组织|牵头|\d+年?|管理办法|实施方案|建设方案|实施细则"
)


def aspects_of(folded: str) -> tuple[Aspect, ...]:
    """The aspects a folded question asks for, in order of the enum's table.

    >>> [aspect.value for aspect in aspects_of("文号是多少,哪天发布的")]
    ['发文字号', '成文日期']
    """
    return tuple(aspect for aspect, pattern in ASPECTS if pattern.search(folded))


def asked_letters(folded: str) -> str:
    """Letters of what a folded question asks of a document itself, "" for nothing; see `said_letters`.

    >>> asked_letters("文号是多少"), asked_letters("补助多少")
    ('N', '')
    """
    asked = "".join(_LETTERS[aspect] for aspect in aspects_of(folded))
    return asked + "".join(letter for letter, pattern in _OTHERS if pattern.search(folded))


def said_letters(clause: Clause) -> str:
    """Letters of what a clause says of its document, "" for nothing.

    N 文号, T title, A who issued it, D who drafted it, I day of signing, P day of printing, R to whom,
    L annexes, E from when and X until when it applies.
    """
    if clause.level is Level.FRAME:
        above, _, name = clause.path.rpartition("/")
        if said := (_SAID_IN_BODY if above else _SAID_IN).get(name):
            return said
    said = "E" if _TAKES_EFFECT.search(clause.text) else ""
    return said + ("X" if _EXPIRES.search(clause.text) else "")


def subject_words(body: str) -> frozenset[str]:
    """The words of a folded question (without its places) that name a subject, beside what it asks.

    All of them stand in a document's titles where the document itself is asked about.

    >>> sorted(subject_words("这份托育补助办法的文号是多少"))
    ['托育', '补助']
    """
    rest = ASPECT_WORDS.sub(" ", body)
    for _, pattern in _OTHERS:
        rest = pattern.sub(" ", rest)
    return frozenset(
        word for word in segmentation.words(rest) if len(word) > 1 and not _GENERAL.fullmatch(word)
    )


def is_named_by(words: frozenset[str], titles: str) -> bool:
    """Whether the folded titles of a document say every word."""
    return all(word in titles for word in words)


def titles_of(title: str, clauses: Iterable[Clause]) -> str:
    """All titles of a document, folded: its own and those of its parts."""
    parts = (
        clause.text for clause in clauses if clause.level is Level.FRAME and clause.path.endswith("标题")
    )
    return fold_tight("\n".join((title, *parts)))
