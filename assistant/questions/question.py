"""What is asked: the places, documents and clauses a question names and the kind of thing it wants.

Light signals only; whether the library can answer is judged from clauses, later.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from assistant.library import Library
from assistant.questions.asked_day import asked_day
from assistant.questions.background import without_background
from assistant.questions.naming import named_documents
from assistant.questions.references import Reference, find_references
from assistant.questions.unheld import unheld_names
from assistant.questions.wording import doubts_figure, written
from indexing import segmentation
from indexing.asking import Kind, kinds_of
from indexing.aspects import Aspect, aspects_of
from indexing.folding import fold_tight
from indexing.jurisdictions import NATION, PlaceMention, library_jurisdiction, lineage, name_of
from indexing.query import names_each_city, names_each_document, nation_at, places_in
from indexing.simplifying import simplify

MAX_CHARS = 2000
"""A longer question is read up to here; a statement of a case rarely fills a page."""

_PARTS_NAMED = ("办法", "管理办法", "方案", "建设方案", "意见", "细则")
_TITLE = re.compile(r"《.*?》")
_SURROGATE = re.compile("[\ud800-\udfff]")
_HOW_MUCH = re.compile(r"多[少大高长久]|几|\d|上限|下限|最[高低多少大小]|标准|比例|百分")
_TOO_FEW = re.compile(r"[\u3400-\u9fffA-Za-z0-9]")


# "不补助哪些项目", "哪些情形不予支持", "不能建什么"; not "能不能", "不少于几项", "不合格的怎么办"
_NOT = (
    r"(?:不(?![少超低高小大足满良同仅但断一到动锈清知懂明对够会]|合格|符合|按|达标|改变)"
    r"|无需|禁止|严禁|(?<!有)没有?|(?:拿|得|领|申请|享受)不[到了])(?:能够?|可以?|得|予以?|准|允许|许|应当?|该|再|给予?|用|需要?)*"
)
_NEGATED = re.compile(
    rf"(?<!([能可要会需是有该补给])){_NOT}(?P<verb>[\u4e00-\u9fff]{{1,10}}?)(?:哪|什么|谁|几[类种项])"
    rf"|(?:哪[些个类种几项]?|什么(?:样|情况|情形|项目)?|谁|几[类种项])[\u4e00-\u9fff]{{0,14}}?(?<![能可要会需是有该]){_NOT}"
    r"(?P<after>[\u4e00-\u9fff]{0,10})"
)

# "除了重庆还有谁", places left out: the others are asked
_EXCEPT_THESE = re.compile(
    r"除了?[、和与跟及]*(?:以外|之外|外)?[,，]?(?:还有|还|都?有|其他|其它|别的|另外)?"
    r"(?:谁|哪|(?:其他|其它|别的|其余|另外)(?:的|几个|几座|[二两三四五])?(?:城市|市|地方|地区))"
)
# "重庆写了，别的城市写没写": the others are asked beside the place named
_AND_OTHERS = re.compile(
    r"(?:其他|其它|别的|其余|另外)(?:的|几个|几座|[二两三四五]个?)?(?:城市|市|地方|地区)(?!更新)"
)
_ANY_DOCUMENT = re.compile(r"谁|哪(?:几|些|一)?份|文件")

# "北京的办法是京发改规〔2024〕1号吧": the number is what is to be confirmed, not where to look
_CLAIMED_NUMBER = re.compile(
    r"是(?P<number>[\u4e00-\u9fff]{2,8}[\[(]\d{4}[\])]\d+号)(?:文件?)?[,，]?(?:吧|吗|对[吧吗]|是[吗吧]|没错|对不对|是不是)"
)


# "1月13日就印发了": the day stands right before the deed
_SPOKEN_DAY = re.compile(r"(?<=[年月日])(?:就|才|已经?)(?=印发|发布|施行|出台)")
_ENDED = re.compile(
    r"(?:办法|方案|文件|规定|政策|通知|意见)[^,，?？]{0,4}(?:(?:废止|作废|终止)(?!了?(?:哪|什么|啥|谁|多少|几))|(?:长期|永久|一直)(?:有效|管用))"
)
ISSUED_BY_SEVERAL = re.compile(
    r"(?P<number>[\d一二两三四五六七八九十]+)[个家](?:部门|单位|机关|机构)(?:一起|共同)?(?:联合)?"
    r"(?:印发|发文|发布|出台|制定|下发)的?"
)
"""两家单位联合印发: how many issued a document."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question as understood; `text` is as asked, `folded` what is compared and searched."""

    text: str
    folded: str
    body: str  # folded, without places named and without who asks and what for
    jurisdictions: tuple[str, ...]  # of the library, in order of naming
    districts: tuple[tuple[str, str], ...]  # (library code, name of the district or city asked about)
    absent: tuple[str, ...]  # codes (or names, where shared) of places the library does not hold
    all_cities: bool
    references: tuple[Reference, ...]
    kinds: frozenset[Kind]
    aspects: tuple[Aspect, ...]
    negated: str | None  # what stands behind the 不 of "不补助哪些项目"; None where nothing is negated
    parts_named: tuple[str, ...]  # 办法, 方案: the part of a document that is to speak
    is_blank: bool
    is_cut: bool
    as_of: date | None = None  # the day asked about, where the question names one
    carried: tuple[str, ...] = ()  # words of the question before, one of which the answer must be about
    placed: str | None = None  # its text behind the place it has from the question before

    @property
    def asked(self) -> str:
        """What the search is asked: the text, with its place where another question named that."""
        return self.placed or self.text


def understand(text: str, library: Library) -> Question:
    """Read a question against what the library holds.

    Only the first `MAX_CHARS` characters are read; Traditional characters, full-width forms
    and lone surrogates are folded away in the copy that is compared. Never raises.
    """
    shown = as_shown(text)
    folded = written(fold_tight(simplify(shown[:MAX_CHARS])))
    masked = _TITLE.sub(lambda title: _hidden(title.group()), folded)
    for start, end in _names(folded, library):  # a place in a document's name is not the place asked about
        masked = masked[:start] + _hidden(folded[start:end]) + masked[end:]
    mentions = places_in(masked, library.own_places, library.jurisdictions)
    held, districts, absent = _sorted_places(mentions, library)
    body = fold_tight(without_background(_without(masked, mentions)))
    all_documents = names_each_document(body) and set(held) <= {NATION}
    at = nation_at(masked)
    if at is not None or all_documents:
        is_first = not mentions or (at or 0) < mentions[0].start
        (held if NATION in library.jurisdictions else absent).insert(0 if is_first else len(held), NATION)
    if held and _EXCEPT_THESE.search(body):
        held = _others(held, library, body)
    elif set(held) - {NATION} and _AND_OTHERS.search(body):
        held += _others(held, library, body)
    doc_ids = tuple(d.doc_id for d in library.documents if d.metadata.jurisdiction in held)
    return Question(
        text=shown,
        folded=folded,
        body=body,
        jurisdictions=tuple(dict.fromkeys(held)),
        districts=tuple(dict.fromkeys(districts)),
        absent=tuple(dict.fromkeys(absent)),
        all_cities=all_documents or names_each_city(body, held),
        references=_asked_references(find_references(folded, library, doc_ids), folded, held),
        kinds=_kinds(body),
        aspects=_aspects(body),
        negated=_negated(body),
        parts_named=tuple(word for word in _PARTS_NAMED if word in segmentation.words(body)),
        is_blank=not _TOO_FEW.search(folded),
        is_cut=len(text) > MAX_CHARS,
        as_of=asked_day(body),
    )


def _others(held: list[str], library: Library, body: str) -> list[str]:
    """The jurisdictions not named; the nation's among them where any document may speak, first."""
    others = sorted(library.jurisdictions - set(held), key=lambda code: (code != NATION, code))
    return others if _ANY_DOCUMENT.search(body) else [code for code in others if code != NATION]


def _aspects(body: str) -> tuple[Aspect, ...]:
    found = aspects_of(_SPOKEN_DAY.sub("", body))
    if Aspect.EXPIRY not in found and _ENDED.search(body):
        found = (*found, Aspect.EXPIRY)
    if Aspect.AUTHORITY not in found and ISSUED_BY_SEVERAL.search(body):
        found = (*found, Aspect.AUTHORITY)
    return found if Aspect.NUMBER in found or not _CLAIMED_NUMBER.search(body) else (*found, Aspect.NUMBER)


def _asked_references(
    references: tuple[Reference, ...], folded: str, places: list[str]
) -> tuple[Reference, ...]:
    """References without a 文号 that is only claimed of the document of a place named."""
    claimed = _CLAIMED_NUMBER.search(folded)
    if claimed is None or not places:
        return references
    number = claimed["number"]
    return tuple(one for one in references if one.steps or fold_tight(one.document or "") != number)


def as_shown(text: str) -> str:
    """A question as it can be printed: half a character of UTF-16 is shown as U+FFFD."""
    return _SURROGATE.sub("\ufffd", text)


def _hidden(title: str) -> str:
    """As many characters, none of them of the title; between marks that tell it from the rest."""
    return "《" + "□" * (len(title) - 2) + "》"


def _names(folded: str, library: Library) -> list[tuple[int, int]]:
    """Where documents that are to speak are named without 《》."""
    named = [
        (name.start, name.end)
        for name in named_documents(folded, library)
        if name.has_clause or not name.is_mention
    ]
    cited = [(name.start, name.end) for name in unheld_names(folded, library) if not name.is_mention]
    return [*named, *cited]


def _sorted_places(
    mentions: tuple[PlaceMention, ...], library: Library
) -> tuple[list[str], list[tuple[str, str]], list[str]]:
    """Library jurisdictions named, districts named inside them, and places the library lacks."""
    held: list[str] = []
    districts: list[tuple[str, str]] = []
    absent: list[str] = []
    for mention in mentions:
        inside = {code: library_jurisdiction(code, library.jurisdictions) for code in mention.codes}
        homes = [(code, home) for code, home in inside.items() if home is not None]
        if homes:
            code, home = homes[0]
            held.append(str(home))
            if code != home:
                districts.append((str(home), name_of(code)))
        elif len(mention.codes) == 1:
            absent.append(mention.codes[0])
        else:
            absent.append(mention.text)
    # 浙江省杭州市 names Hangzhou; the province is only its address
    above = {step for code in held for step in lineage(code)}
    narrower = {step for code in absent for step in lineage(code)[1:]}
    return held, districts, [code for code in absent if code not in above | narrower]


def _without(folded: str, mentions: tuple[PlaceMention, ...]) -> str:
    out, position = "", 0
    for mention in mentions:
        out += folded[position : mention.start]
        position = mention.end
    return re.sub(r"《□*》", "", out + folded[position:])


def _negated(body: str) -> str | None:
    """The words after the 不 of what is asked.

    >>> _negated("不补助哪些项目"), _negated("哪些情形不予支持"), _negated("不少于几项")
    ('补助', '支持', None)
    """
    match = _NEGATED.search(body)
    return match and (match.group("verb") or match.group("after") or "")


def _kinds(body: str) -> frozenset[Kind]:
    kinds = kinds_of(body)
    if doubts_figure(body):
        return kinds - {Kind.OTHER} | {Kind.FIGURE}
    if Kind.YES_NO in kinds and not _HOW_MUCH.search(body):  # 允许放宽面积要求吗 wants no figure
        return kinds - {Kind.FIGURE}
    return kinds
