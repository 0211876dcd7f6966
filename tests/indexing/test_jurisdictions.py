"""Places in names of authorities and in running text."""

import re
from collections import Counter
from pathlib import Path

import pytest

from indexing.jurisdictions import find_places, jurisdiction_of_text, library_jurisdiction, lineage, name_of

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"


@pytest.mark.parametrize(
    ("authority", "code"),
    [
        ("北京市发展和改革委员会", "110000"),
        ("杭州市人民政府办公厅", "330100"),
        ("余杭区人民政府", "330110"),
        ("杭州市余杭区人民政府", "330110"),
        ("中共重庆市委社会工作部", "500000"),
        ("浙江省民政厅", "330000"),
        ("石柱县人民政府", "500240"),
        ("内蒙古自治区人民政府", "150000"),
        ("国务院办公厅", "000000"),
        ("国家发展改革委", "000000"),
        ("住房城乡建设部", "000000"),
        ("全国人民代表大会常务委员会", "000000"),
        ("市发展改革委", None),
        ("市委宣传部", None),
        ("各区县（自治县）人民政府", None),
        ("西湖区人民政府", None),  # Hangzhou has one, Nanchang too
        ("", None),
    ],
)
def test_the_place_an_authority_belongs_to(authority, code):
    """The narrowest place named; the nation for its bodies; None where the name does not tell."""
    assert jurisdiction_of_text(authority) == code


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("渝中区", ["500103"]),
        ("京沪渝杭四地", ["110000", "310000", "500000", "330100"]),
        ("在杭企业", ["330100"]),
        ("南昌市西湖区", ["360100", "360103"]),
        ("北京的办法在朝阳怎么执行", ["110000", "110105"]),
        ("辽宁朝阳", ["210000", "211300"]),
        ("重庆忠县", ["500000", "500233"]),
        ("北京东路", []),
        ("北京、天津、河北哪个补助多", ["110000", "120000", "130000"]),  # no 河北区 of Tianjin
        ("沪的试点社区", ["310000"]),
        ("蓉城和渝的整改期限", ["510100", "500000"]),
        ("京剧和沪剧", []),
        ("渝邻汇", []),
        ("新城区建设", []),
        ("中心城区和郊区", []),
        ("青岛老城区", ["370200"]),  # Luoyang has a 老城区
        ("洛阳老城区", ["410300", "410302"]),
        ("各市和县", []),
        ("日照、消防等规范", []),
        ("和平时期", []),
        ("本市、我市、各区", []),
    ],
)
def test_places_in_running_text(text, codes):
    """Longest match; roads, common words and bare 市/区 are no places."""
    assert [mention.codes[0] for mention in find_places(text)] == codes


def test_word_boundaries_keep_short_names_out_of_other_words():
    """推广|安全 holds no 广安, and 广元 stands alone between its bounds."""
    assert find_places("确保定期推广元素", {0, 2, 4, 6, 8}) == ()
    assert [m.text for m in find_places("在广元建", {0, 1, 3, 4})] == ["广元"]


def test_no_false_places_in_the_shipped_documents():
    """Every place found in the five documents is one they name."""
    found = Counter(
        mention.text
        for file in sorted((CORPUS / "documents").iterdir())
        for mention in find_places(file.read_text(encoding="utf-8"))
    )
    hangzhou = set(re.findall("..区", "上城区拱墅区西湖区滨江区萧山区余杭区临平区钱塘区富阳区临安区"))
    assert (
        set(found) <= {"北京市", "北京", "上海市", "杭州市", "杭州", "重庆市", "重庆", "两江新区"} | hangzhou
    )


def test_the_library_jurisdiction_that_holds_a_place():
    """A district belongs to its city; a province above it does not."""
    held = {"000000", "330100", "500000"}
    assert library_jurisdiction("330110", held) == "330100"
    assert library_jurisdiction("500103", held) == "500000"
    assert library_jurisdiction("330000", held) is None
    assert library_jurisdiction("440100", held) is None


def test_the_gazetteer_is_whole():
    """Codes are six digits, unique while current, and every one has a parent that is listed."""
    rows = [line.split("\t") for line in (CORPUS / "jurisdictions.tsv").read_text("utf-8").splitlines()[1:]]
    assert all(len(code) == 6 and code.isdecimal() and name and len(name) > 1 for code, name, _, _ in rows)
    current = [code for code, _, _, status in rows if status == "current"]
    assert len(current) == len(set(current)) > 2800
    codes = {code for code, *_ in rows}
    assert all(set(lineage(code)) <= codes for code in codes)
    assert name_of("500112") == "渝北区"


@pytest.mark.parametrize(
    ("text", "code"), [("魔都的社区食堂", "310000"), ("在帝都开店", "110000"), ("沪上几个试点", "310000")]
)
def test_a_city_is_known_by_its_nickname(text, code):
    """People write 魔都; 山城, which is any town on a hill, names none."""
    assert [mention.codes for mention in find_places(text)] == [(code,)]
    assert find_places("山城的路") == ()
