"""What a query says to the search: words, concepts, places, clause numbers, the kind of thing it wants."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from indexing import segmentation
from indexing.aspects import asked_letters, subject_words
from indexing.folding import fold_tight
from indexing.holding import wanted_traits
from indexing.jurisdictions import (
    MUNICIPALITIES,
    NATION,
    PlaceMention,
    find_places,
    library_jurisdiction,
    name_of,
    short_names,
)
from indexing.lexical import Alternative
from indexing.numerals import NUMERAL, parse_numeral
from indexing.thesaurus import runs

MAX_CHARS = 2000
"""A longer query is searched by its first characters; people ask in tens."""

# "国家对…", "国家层面" yes; "国家试点", "国家级", "国家建设导则" no
_NATION = re.compile(
    r"国务院|国办|国家层面|国家(?=叫什么|呢|发文|禁止|不准|不许|不允许|不让|强制|明确|规定|一共|到|总共|准备|分别|各|也|都|同样|允许|[:：]|在(?!建)|的(?!试点|标准|建设导则|有关|相关|[,，])|对|要|有|会|给|选|补|允许|鼓励|出台|的?规定|的?要求|的?政策|的?文件|[讲说提](?!明|法|到底)|定[的了]|想|把|优先|还|怎么|怎样|如何|是|有没有|有什么|和|与|跟|、|，|,|牵头|负责|谁|由|哪|支持|让|准|计划|打算|什么|多少|最|几|的?方案|试点[,，]|[“\"]|关于|更|谁|哪|可以(?!级)|[这那][个份]|消防(?!救援|局)|综合体|托育|专项债|运营|审批|面积|新建|老旧|选址|[一二三四五六七八九]、?\(|[高低严宽多少](?!质量|新|端|等)|[?？。]|$)"
    r"|(?<=[比和与跟同])国家(?!级|试点|标准|建设|发展|卫生|有关|相关|重大|基本|市场|税务)"
    r"|中央(?=层面|文件|的?规定|的?政策|的?要求|怎么|对)|全国(?!人民|人大|经验|推广)"
)
_BY_THE_ROAD = frozenset("侧边内外面旁段政")
# "各市", "四个城市", "哪个城市", "哪里补得多" yes; "各市级部门", "城市社区", "各区", "去哪里打" no
_ALL_CITIES = re.compile(
    r"各(?:个)?(?:城市|市(?!级|民|场|政|直|区|委|属)|地(?!方|区|块))|(?:[二两三四五几45]个?|多个|所有|全部|哪些|哪个|哪[一几]?[个座]|[几多]座|这些|这几个|其他|其它|别的|其余|另外几个)"
    r"(?:试点)?(?:城市(?!社区|更新|体检)|市(?!级|民|场|政府|委)|地方(?!政府|标准|财政))|[三四五345](?:市|地|城)(?!方|块|级)"
    r"|谁家?(?:还|也|都)?(?:的?文件)?(?:提[到了过]|写[了到明]|说[了到]|规定了?|要求|允许|支持|鼓励)|谁家(?:的|补|给|最|更)"
    r"|(?<![去到从在由往自上])(?:哪里|哪儿|哪边)(?!(?:可以|能够?)?(?:看|查|办|买|领|打|找|咨询|下载|报|登记|交|听))"
    r"|(?:哪份文件|哪个文件|各份文件|五[份个]文件|几份文件)"
)

# "五份文件", "哪几个文件", "各份文件": the nation's document is one of them
_ALL_DOCUMENTS = re.compile(
    r"(?:[各几哪]|哪[几些]|这[几些]|所有|全部|[二两三四五六七八九十2-9]){1,2}[份个]?(?:政策)?文件(?:[里中都各分]|哪|有|对|关|是|写|规|提|怎|,|$)"
)

# Beside the nation only these widen the question: "国家要选几个城市" is the nation's alone
_EACH_CITY = re.compile(
    r"各(?:个)?(?:城市|市(?!级|民|场|政|直|区|委|属)|地(?!方|区|块))|[三四五345]个?(?:市|地|城)(?!方|块|级)"
)
# "三个直辖市", "各直辖市"; not "省、自治区、直辖市人民政府", which laws say of every place
_EACH_MUNICIPALITY = re.compile(r"(?:[各几三四34这]|哪[些几]?|所有|全部)个?直辖市(?!人民?政府)")
# "国家要求所有城市都要达到…", "国家鼓励各地推广…吧": whom the nation rules for, not who is asked
_RULED_FOR = re.compile(
    r"^国家(?:层面|方案)?(?:强制|硬性|明确)?(?:要求|规定|允许|鼓励|支持|强制)(?:所有|全部|各个?|每个?)(?:地方?|城市|市)(?!.*(?:分别|各自|哪))"
)
_THREE = 3
_SHORT = 2  # characters of the shortest name of a place
_TITLE = re.compile(r"《([^《》]+)》")
_ARTICLE = re.compile(rf"第({NUMERAL})条")
_ANNEX = re.compile(r"附件(\d+(?:-\d+)?)")


@dataclass(frozen=True, slots=True)
class Query:
    """A query as the search reads it; `text` is as asked, cut to `MAX_CHARS`."""

    text: str
    folded: str
    groups: tuple[tuple[Alternative, ...], ...]  # each word, with what the documents may call it
    jurisdictions: tuple[str, ...]  # of the library, in order of naming; all cities for 各市
    documents: tuple[str, ...]  # doc_ids whose 文号 it names
    articles: frozenset[int]  # 第二十三条 → 23
    annexes: frozenset[str]  # 附件1-1 → "1-1"
    wanted: str  # letters of `asking.traits`
    particulars: str  # letters of `aspects.said_letters`: what it asks of a document itself
    subject: frozenset[str]  # words that name a subject, beside places and particulars
    titles: tuple[str, ...]  # 《…》 it names


def read_query(text: str, doc_ids: Collection[str], jurisdictions: Collection[str]) -> Query:
    """Read a query against the documents and jurisdictions the index holds. Never raises.

    Args:
        text: as asked.
        doc_ids: of the documents indexed; a 文号 is one in folded form.
        jurisdictions: GB/T 2260 codes of the documents indexed.
    """
    text = text[:MAX_CHARS]
    folded = fold_tight(text)
    mentions = places_in(folded, own_names(jurisdictions), jurisdictions)
    body = "".join(folded[start:end] for start, end in _between(mentions, len(folded)))
    held = _held(mentions, folded, jurisdictions)
    if _EACH_CITY.search(body) and set(held) <= {NATION} and not _RULED_FOR.search(body):
        held = (*held, *sorted(set(jurisdictions) - {NATION, *held}))
    named = tuple(doc_id for doc_id in doc_ids if doc_id in folded)
    return Query(
        text=text,
        folded=folded,
        groups=concept_groups(text),
        jurisdictions=held,
        documents=named,
        articles=frozenset(parse_numeral(found) for found in _ARTICLE.findall(folded)),
        annexes=frozenset(_ANNEX.findall(folded)),
        wanted=wanted_traits(body),
        particulars=asked_letters(body) if held or not mentions else "",  # of a place not held: nothing
        subject=subject_words(_without(body, named)),
        titles=tuple(_TITLE.findall(folded)),
    )


def own_names(jurisdictions: Collection[str | None]) -> dict[str, str]:
    """Names of the places that the gazetteer lacks, short ones too where they are no word.

    Of a county that it knows by its full name only, the short one: 临江 of 临江市.

    >>> own_names({"330100", "海安湾市", "光明市", None}) == {
    ...     "海安湾市": "海安湾市", "海安湾": "海安湾市", "光明市": "光明市"
    ... }
    True
    """
    out: dict[str, str] = {}
    for place in sorted(place for place in jurisdictions if place):
        name = name_of(place)
        short = re.sub(r"(?:省|自治[区州县]|[市县区州盟旗])$", "", name)
        if name == place:
            out[place] = place
        if not short_names(place) and _names_nothing_else(short):
            out[short] = place
    return out


def _names_nothing_else(short: str) -> bool:
    """Whether a short name is long enough and no common word: 海安湾, 临江; not 光明."""
    if len(short) < _SHORT:
        return False
    is_word = len(segmentation.cut_by_dictionary(short)) == 1
    return not is_word or all(tag.startswith("ns") for tag in segmentation.tags(short))


def places_in(
    folded: str, own: Mapping[str, str] | None = None, held: Collection[str] = ()
) -> tuple[PlaceMention, ...]:
    """Places a folded question names, short names only between words; 各直辖市 names all four.

    Args:
        folded: the question.
        own: names that the gazetteer lacks, see `find_places`.
        held: jurisdictions of the library; what opens a question with the short name of one means it,
            whatever the segmenter makes of it (临江老 旧小区).
    """
    boundaries, position = {0}, 0
    boundaries |= {len(name) for code in held for name in short_names(code) if folded.startswith(name)}
    for piece in segmentation.cut(folded):
        position += len(piece)
        boundaries.add(position)
        if piece.endswith("路") and folded[position : position + 1] in _BY_THE_ROAD:  # 北京路|侧停车
            boundaries.add(position - 1)
    grouped = [
        PlaceMention(*match.span(), name_of(code), (code,))
        for match in _EACH_MUNICIPALITY.finditer(folded)
        for code in _municipalities_meant(match.group(), held)
    ]
    found = find_places(folded, boundaries, own)
    return tuple(sorted((*found, *grouped), key=lambda mention: mention.start))


def _municipalities_meant(said: str, held: Collection[str]) -> list[str]:
    """三个直辖市 are the three held, where three are; any other wording means all four."""
    known = [code for code in MUNICIPALITIES if code in held]
    is_three = said[0] in "三3" and len(known) == _THREE
    return known if is_three else list(MUNICIPALITIES)


def names_nation(folded: str) -> bool:
    """Whether a folded question asks what the nation lays down: 国务院, 国家对…; not 国家级, 国家试点."""
    return nation_at(folded) is not None


def nation_at(folded: str) -> int | None:
    """Where a folded question first names the nation; None where it does not."""
    named = _NATION.search(folded)
    return named and named.start()


def names_each_city(body: str, held: Collection[str]) -> bool:
    """Whether a folded question without places asks for every city: 各市, 四个城市, 哪个城市.

    Args:
        body: the question.
        held: jurisdictions it names besides; a city among them is the one it is about.
    """
    is_each = bool((_EACH_CITY if held else _ALL_CITIES).search(body)) and set(held) <= {NATION}
    return is_each and not _RULED_FOR.search(body)


def names_each_document(body: str) -> bool:
    """Whether a folded question asks every document held, the nation's among them: 五份文件, 哪几个文件."""
    return bool(_ALL_DOCUMENTS.search(body))


def concept_groups(text: str) -> tuple[tuple[Alternative, ...], ...]:
    """Each word of a query with what documents may say instead: one group a word, the word itself first.

    A wording of the thesaurus is one group whole; its own words weigh as any other's.
    """
    pieces = segmentation.cut(text)
    found = {run.start: run for run in runs(pieces)}
    groups: dict[tuple[Alternative, ...], None] = {}
    position = 0
    while position < len(pieces):
        run = found.get(position)
        end = run.end if run else position + 1
        piece = "".join(pieces[position:end])
        own = dict.fromkeys(word for part in pieces[position:end] for word in segmentation.search_words(part))
        if run:
            forms = tuple(
                Alternative(tuple(segmentation.words(form)), weight) for form, weight in run.wording.weighted
            )
            groups[(Alternative(tuple(segmentation.words(piece)), 1.0), *forms)] = None
        else:
            groups.update(dict.fromkeys((Alternative((word,), 1.0),) for word in own))
        position = end
    return tuple(group for group in groups if group[0].words)


def _without(body: str, names: Collection[str]) -> str:
    for name in names:
        body = body.replace(name, " ")
    return body


def _between(mentions: tuple[PlaceMention, ...], length: int) -> list[tuple[int, int]]:
    starts = [0, *(mention.end for mention in mentions)]
    return list(zip(starts, [*(mention.start for mention in mentions), length], strict=True))


def _held(mentions: tuple[PlaceMention, ...], folded: str, jurisdictions: Collection[str]) -> tuple[str, ...]:
    homes = [library_jurisdiction(mention.codes[0], jurisdictions) for mention in mentions]
    nation = [NATION] if NATION in jurisdictions and names_nation(folded) else []
    return tuple(dict.fromkeys([*(home for home in homes if home), *nation]))
