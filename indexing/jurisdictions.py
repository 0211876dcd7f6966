"""Which place a text names: GB/T 2260 codes from names, short names and authorities.

Read by the metadata reader (who issued this?) and by questions (which city is meant?).
The gazetteer is `corpus/jurisdictions.tsv`; it is loaded when first asked. A place that a document
speaks for and the gazetteer lacks (a new district, a made-up city) goes by its name instead of a code.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources

NATION = "000000"

# Bodies of the nation, recognised only where no place is named: "国家发展改革委", "财政部", "国务院办公厅"
# but not "市发展改革委", "中共重庆市委社会工作部", "各部门", "宣传部"
_NATIONAL = re.compile(
    r"国务院|^国家|国家(?:发展|卫生|市场|税务|医疗|统计|能源|文物|粮食|数据|消防|体育|林业|金融)|中共中央|党中央"
    r"|全国人民代表大会|全国人大|最高人民(?:法院|检察院)|中国人民银行|中央(?:办公厅|组织部|宣传部|社会工作部|军委)"
    r"|(?<![市区县省委])(?:外交|国防|教育|科学技术|科技|工业和信息化|公安|国家安全|民政|司法|财政|人力资源和?社会保障|自然资源"
    r"|生态环境|住房和?城乡建设|交通运输|水利|农业农村|商务|文化和旅游|退役军人事务|应急管理|审计)部"
    r"|海关总署|体育总局|税务总局|市场监管总局"
)
# "北京东路", "南京路" are roads; "北京市路灯", "北京路边停车" are not
_ROAD = re.compile(r"[东西南北中]?[一二三]?(?:路|街(?!道|镇|办|乡)|大道)(?![灯网口线边侧内面外段政沿旁])")
# "京沪杭渝四地", "川渝", "京津冀": two or more in a row; single ones only after 在/来/赴/驻 ("在杭企业")
_ABBREVIATIONS = {
    "京": "110000", "津": "120000", "冀": "130000", "沪": "310000", "渝": "500000", "豫": "410000",
    "鄂": "420000", "湘": "430000", "粤": "440000", "琼": "460000", "川": "510000", "苏": "320000",
    "浙": "330000", "皖": "340000", "闽": "350000", "赣": "360000", "鲁": "370000", "晋": "140000",
    "陕": "610000", "桂": "450000", "杭": "330100", "穗": "440100", "蓉": "510100", "甬": "330200",
}  # fmt: skip
_RUN = re.compile(
    "[" + "".join(_ABBREVIATIONS) + "](?:[、和与]?[" + "".join(_ABBREVIATIONS) + "])+(?![市省县区路])"
)
# "沪的试点社区", "蓉城和渝的"; of a question, so only where nothing else can begin with it
_ALONE = re.compile(
    r"(?:(?<=^)|(?<=[和与跟、,，]))[京津沪渝](?=(?:的|和|与|跟|、|[,，]|方案|试点|文件|办法$|市的))"
)
_RESIDENT = re.compile(r"(?<=[在来赴驻])[京津沪渝杭穗蓉甬](?![沪杭津剧派市菜”’」])")
# Ordinary words too: they count only right after their parent (呼和浩特市新城区)
_GENERIC = frozenset(
    (
        "新城区",
        "市中区",
        "老城区",
        "城中区",
        "城东区",
        "城西区",
        "城北区",
        "城关区",
        "市北区",
        "市南区",
        "新市区",
        "新建区",
    )
)
_LONGEST = 16

NO_PLACE = ""
"""In a table of own names: what looks like a place and is none of its own, 江西区 as a row of a table."""

# What opens the name of an authority or a title: "北岭县人民政府办公室", "青岚省食品小作坊…办法";
# not "农贸市场", "城市社区"
_OWN_NAME = re.compile(
    r"(?P<base>[\u4e00-\u9fff]{2,6}?)(?P<kind>省|自治[区州县]|[州盟市县旗]|(?<![社小园校景新])区)"
    r"(?![场域级容值价直面况区]|民(?!政)|政(?!府|协))"
)
_NOT_OWN = re.compile(
    r"^[原驻在]|[的和与及在对为各全本我该《〈“]|关于|印发|[城县都超夜菜股楼]$|[省市县]|开发$|高新$|试点|示范|重点|中心|老旧|贫困"
)
_WIDE = frozenset(("省", "自治区", "自治州", "自治县", "市"))


@dataclass(frozen=True, slots=True)
class Place:
    """One administrative division; `former` when it has since been renamed or merged."""

    code: str
    name: str
    former: bool = False


MUNICIPALITIES = ("110000", "120000", "310000", "500000")
"""直辖市: 北京, 天津, 上海, 重庆."""


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """A place named at `text[start:end]`; several codes when the name alone does not decide."""

    start: int
    end: int
    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Gazetteer:
    places: dict[str, Place]
    full: dict[str, tuple[str, ...]]
    short: dict[str, tuple[str, ...]]


@cache
def _gazetteer() -> _Gazetteer:
    places: dict[str, Place] = {NATION: Place(NATION, "全国")}
    full: dict[str, tuple[str, ...]] = {}
    short: dict[str, tuple[str, ...]] = {}
    table = resources.files("corpus").joinpath("jurisdictions.tsv").read_text(encoding="utf-8")
    for line in table.splitlines()[1:]:
        code, name, shorts, status = line.split("\t")
        places.setdefault(code, Place(code, name, status == "former"))
        full[name] = _with(full.get(name, ()), code)
        for alias in filter(None, shorts.split("|")):
            # rows are sorted by code; 吉林 and 海南 mean the province, which comes first
            known = short.get(alias, ())
            if not any(other.endswith("0000") for other in known):
                short[alias] = _with(known, code)
    return _Gazetteer(places, full, short)


def _with(codes: tuple[str, ...], code: str) -> tuple[str, ...]:
    return codes if code in codes else (*codes, code)


def name_of(code: str) -> str:
    """The name of a place, the code itself where the gazetteer does not know it.

    >>> name_of("330100"), name_of("000000"), name_of("123456")
    ('杭州市', '全国', '123456')
    """
    place = _gazetteer().places.get(code)
    return place.name if place else code


def short_names(code: str) -> tuple[str, ...]:
    """Names a place goes by without 市, 省 or 区 behind it; empty for one that the gazetteer lacks.

    >>> short_names("330100"), short_names("北岭县")
    (('杭州', '杭城'), ())
    """
    return _short_by_code().get(code, ())


@cache
def _short_by_code() -> dict[str, tuple[str, ...]]:
    out: dict[str, tuple[str, ...]] = {}
    for name, codes in _gazetteer().short.items():
        for code in codes:
            out[code] = (*out.get(code, ()), name)
    return out


def city_names() -> tuple[str, ...]:
    """Short names of provinces and cities (嘉兴, 浙江), not of counties; as the gazetteer has them.

    >>> "嘉兴" in city_names(), "宁津" in city_names()
    (True, False)
    """
    return tuple(name for name, codes in _gazetteer().short.items() if codes[0].endswith("00"))


def parent_code(code: str) -> str | None:
    """The division above; None above the nation.

    >>> parent_code("330110"), parent_code("330100"), parent_code("500103"), parent_code("北岭县")
    ('330100', '330000', '500000', '000000')
    """
    if code == NATION:
        return None
    if not code.isdecimal():
        return NATION
    if code.endswith("0000"):
        return NATION
    prefecture = f"{code[:4]}00"
    if not code.endswith("00") and prefecture in _gazetteer().places:
        return prefecture
    return f"{code[:2]}0000"


def lineage(code: str) -> tuple[str, ...]:
    """The place and all above it, narrowest first, the nation left out.

    >>> lineage("330110")
    ('330110', '330100', '330000')
    """
    out: list[str] = []
    step: str | None = code
    while step is not None and step != NATION:
        out.append(step)
        step = parent_code(step)
    return tuple(out)


def full_name(code: str) -> str:
    """The name of a place behind that of its city, or of its province where it has none; else as `name_of`.

    >>> full_name("440305"), full_name("440300"), full_name("500103"), full_name("130000")
    ('深圳市南山区', '深圳市', '重庆市渝中区', '河北省')
    """
    above = parent_code(code) if code in _gazetteer().places and not code.endswith("00") else None
    return f"{name_of(above)}{name_of(code)}" if above else name_of(code)


def library_jurisdiction(code: str, library: Collection[str]) -> str | None:
    """The jurisdiction of the library that holds this place; None when none does.

    >>> library_jurisdiction("330110", {"000000", "330100"}), library_jurisdiction("440100", {"000000"})
    ('330100', None)
    """
    if code == NATION:
        return NATION if NATION in library else None
    return next((step for step in lineage(code) if step in library), None)


def find_places(
    text: str, boundaries: Collection[int] | None = None, own: Mapping[str, str] | None = None
) -> tuple[PlaceMention, ...]:
    """Places named in `text`, longest match first at each position, in order, never overlapping.

    Args:
        text: as asked or issued; offsets of the result count its characters.
        boundaries: where words begin and end, if known; a short name (广安) then counts
            only between two of them, so that 推广安全 names no city.
        own: names that the gazetteer lacks, with what they go by; those of `NO_PLACE` name none.

    Returns:
        Mentions; several codes when the name is shared (鼓楼区) and nothing beside it decides.
        Empty when no place is named. 本市, 我市, 各区 name none.

    >>> [(m.text, m.codes) for m in find_places("杭州余杭区和北京东路")]
    [('杭州', ('330100',)), ('余杭区', ('330110',))]
    """
    gazetteer, mentions, position = _gazetteer(), list[PlaceMention](), 0
    while position < len(text):
        mention = _mention_at(gazetteer, text, position, boundaries, mentions)
        known = _own_at(text, position, own or {})
        if known is not None and (mention is None or known.end >= mention.end):
            mentions += [known] if known.codes else []
            position = known.end
        elif mention is None:
            position += 1
        else:
            mentions.append(mention)
            position = mention.end
    covered = {index for mention in mentions for index in range(mention.start, mention.end)}
    mentions += [mention for mention in _abbreviations(text) if mention.start not in covered]
    return tuple(sorted(_decided(mentions), key=lambda mention: mention.start))


def _own_at(text: str, position: int, own: Mapping[str, str]) -> PlaceMention | None:
    """The longest of the own names that stands at a position; without codes where it names no place."""
    names = [name for name in own if text.startswith(name, position)]
    if not names:
        return None
    name = max(names, key=len)
    return PlaceMention(position, position + len(name), name, (own[name],) if own[name] else ())


def _mention_at(
    gazetteer: _Gazetteer,
    text: str,
    position: int,
    boundaries: Collection[int] | None,
    before: list[PlaceMention],
) -> PlaceMention | None:
    for length in range(min(_LONGEST, len(text) - position), 1, -1):
        piece, end = text[position : position + length], position + length
        codes = gazetteer.full.get(piece)
        if codes and length == 2 and not (before and before[-1].end == position):
            # "忠县" stands alone at the start of a question; "各市和县" is no 和县, "中心城区" no 城区
            codes = codes if position == 0 and piece.endswith("县") else None
        if codes and piece in _GENERIC and not (before and before[-1].end == position):
            codes = None
        if codes and piece in _GENERIC and before:  # "青岛老城区" is no 老城区 of Luoyang
            codes = tuple(code for code in codes if set(lineage(code)) & set(before[-1].codes)) or None
        if not codes and _stands_alone(position, end, boundaries):
            codes = gazetteer.short.get(piece)
        if codes and not _ROAD.match(text, end):
            return PlaceMention(position, end, piece, codes)
    return None


def _stands_alone(start: int, end: int, boundaries: Collection[int] | None) -> bool:
    return boundaries is None or (start in boundaries and end in boundaries)


def _abbreviations(text: str) -> list[PlaceMention]:
    """Places named by one character, each place in the text once."""
    found = [
        PlaceMention(run.start() + offset, run.start() + offset + 1, character, (_ABBREVIATIONS[character],))
        for run in _RUN.finditer(text)
        for offset, character in enumerate(run.group())
        if character in _ABBREVIATIONS
    ]
    found += [
        PlaceMention(one.start(), one.end(), one.group(), (_ABBREVIATIONS[one.group()],))
        for pattern in (_RESIDENT, _ALONE)
        for one in pattern.finditer(text)
    ]
    return list({mention.start: mention for mention in found}.values())


def _decided(mentions: list[PlaceMention]) -> list[PlaceMention]:
    """Shared names narrowed by the other places named: 南昌市西湖区, or 朝阳 beside 北京."""
    certain = {mention.codes[0] for mention in mentions if len(mention.codes) == 1}
    out = []
    for mention in (_as_district(each, certain) for each in mentions):
        inside = tuple(code for code in mention.codes if certain.intersection(lineage(code)[1:]))
        out.append(
            PlaceMention(mention.start, mention.end, mention.text, inside)
            if len(mention.codes) > 1 and inside
            else mention
        )
    return out


def _as_district(mention: PlaceMention, certain: set[str]) -> PlaceMention:
    """A short name as the district of another place named, where it lies in none itself: 朝阳 beside 北京."""
    above = certain - set(mention.codes)
    if any(above.intersection(lineage(code)) for code in mention.codes):
        return mention
    named = _gazetteer().full
    codes = [code for kind in "区县市" for code in named.get(f"{mention.text}{kind}", ())]
    inside = tuple(code for code in codes if above.intersection(lineage(code)[1:]))
    is_province = any(code.endswith("0000") for code in mention.codes)  # 天津、河北: no 河北区
    return replace(mention, codes=inside) if inside and not is_province else mention


def jurisdiction_of_text(name_or_authority: str) -> str | None:
    """The GB/T 2260 code of the place an authority belongs to; None when the name does not tell.

    The narrowest place named counts: 杭州市余杭区人民政府 belongs to 余杭区.

    >>> jurisdiction_of_text("北京市发展和改革委员会"), jurisdiction_of_text("杭州市人民政府办公厅")
    ('110000', '330100')
    >>> jurisdiction_of_text("国务院办公厅"), jurisdiction_of_text("市民政局")
    ('000000', None)

    A place the gazetteer lacks goes by its name.

    >>> jurisdiction_of_text("北岭县人民政府办公室"), jurisdiction_of_text("农贸市场管理办法")
    ('北岭县', None)
    """
    own, named = _own_name(name_or_authority), find_places(name_or_authority)
    behind = name_or_authority.find(own or "") + len(own or "")
    if own is not None and not any(one.text in _gazetteer().full for one in named if one.start >= behind):
        return own
    certain = [mention.codes[0] for mention in named if len(mention.codes) == 1]
    if certain:
        first = certain[0]
        within = [code for code in certain if first in lineage(code)]
        return max(within, key=lambda code: len(lineage(code)))
    return NATION if _NATIONAL.search(name_or_authority) else None


def _own_name(text: str) -> str | None:
    """The place that a title or authority opens with and the gazetteer lacks; None for any other.

    Of an authority also a county or district; a title may open with 高新区 and mean no place.
    """
    gazetteer = _gazetteer()
    head = next((one for one in find_places(text[:_LONGEST]) if one.start == 0), None)
    start = 0
    if head is not None:
        is_province = head.codes[0].endswith("0000") and head.codes[0] not in MUNICIPALITIES
        rest = _OWN_NAME.match(text, head.end)
        if head.text in gazetteer.full and not is_province:
            return None
        if rest and _is_own(rest, text):
            if not is_province:
                return None  # a district of a city that is known: 杭州星河区
            start = head.end
        elif is_province or head.text in gazetteer.full:
            return None
    name = _OWN_NAME.match(text, start)
    if name is None or (head is not None and head.end >= name.end()):  # 石柱县, an alias
        return None
    return name.group() if _is_own(name, text) else None


def _is_own(name: re.Match[str], text: str) -> bool:
    """Whether a match of `_OWN_NAME` is the name of a place that the gazetteer lacks."""
    known = _gazetteer().full
    inside = [one.start for one in find_places(name.group()) if one.text in known]
    if _NOT_OWN.search(name["base"]) or any(start != 1 for start in inside):
        return False  # 中共重庆市 names 重庆市, 海沙湾市 is not 沙湾市
    return (
        name["kind"] in _WIDE
        or text.startswith(("人民", "政府"), name.end())
        or "委员会" in text[name.end() :]
    )
