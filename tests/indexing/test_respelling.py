"""A question is read as it was meant: what nothing knows as a word the library has, and nothing else."""

import pytest

from indexing.lexicon import Lexicon
from indexing.respelling import Reading, Respelled, respell

DOCUMENTS = (
    "托育服务补助标准，社区嵌入式服务设施建设条件，申报流程，日间照料中心，项目运营管理单位不得收取押金，"
    "支持改建，社区助餐，一次性建设补助"
)
WORDS = {
    "托育": 5, "托幼": 1, "补助": 7, "服务": 20, "社区": 20, "嵌入式": 20, "申报": 10, "日间照料": 2,
    "运营管理": 3, "改建": 3, "社区助餐": 3, "标准": 9, "养老": 8, "多少": 4, "实施方案": 2,
    "非营利机构": 2, "营利": 2, "机构": 9,
}  # fmt: skip


@pytest.fixture
def lexicon() -> Lexicon:
    """The words of a small library; pairs of characters as its text has them."""
    return Lexicon(WORDS, lambda word: WORDS.get(word, 0), lambda pair: pair in DOCUMENTS)


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("托有补助多少", "托育补助多少"),  # like shape, and far commoner than 托幼 of the same sound
        ("建设补住标准", "建设补助标准"),  # same sound
        ("嵌如式设施", "嵌入式设施"),
        ("申抱流程", "申报流程"),
        ("育托补助", "托育补助"),  # changed places
        ("日间照科", "日间照料"),  # like shape
        ("施实方案", "实施方案"),
        ("运营管里", "运营管理"),
        ("运营官理", "运营官理"),  # 运营官 is a word of the dictionary
        ("实施放案", "实施方案"),
        ("日间料", "日间照料"),  # a character lacking
        ("运营的管理", "运营的管理"),  # 的 stands beside anything: nothing is one too many
        ("实施方方案", "实施方案"),  # doubled
    ],
)
def test_a_slip_is_read_as_the_word_meant(lexicon, asked, read):
    """Sound, shape, order, one character of a long word; the rest of the question stays."""
    assert respell(asked, lexicon).text == read


def test_what_was_read_otherwise_is_told(lexicon):
    """Every reading once, in the order of the question, in one sentence."""
    read = respell("托有补住，托有多少", lexicon)
    assert read.readings == (Reading("托有", "托育"), Reading("补住", "补助"))
    assert read.notices == ("「托有」按「托育」，「补住」按「补助」检索；如不是这个意思，请改写后再问。",)
    assert Respelled("托育").notices == ()


@pytest.mark.parametrize(
    "asked",
    [
        "托幼补助",  # a word of the library, though a rare one
        "老人去哪吃饭",
        "不住这里有补助吗",  # a negation is never read away
        "三住一付",  # nor a number
        "营利机构",  # 非营利机构 is another thing
        "补了多少",  # words of grammar stand beside anything
        "办园许可条件",  # 园许: 许 belongs to 许可
        "托你办",
        "😀？！……",
        "",
        "补",
        "魑魅魍魉",
        "ABC123",
    ],
)
def test_what_is_known_or_unclear_stays(lexicon, asked):
    """No word is changed that the library, the thesaurus or the dictionary knows, and none by a guess."""
    assert respell(asked, lexicon) == Respelled(asked)


def test_a_word_the_library_lacks_is_never_read_into_a_question():
    """A library without 托育 leaves 托有 alone: the search could not find it either."""
    assert respell("托有补助", Lexicon({"补助": 3}, lambda _: 3, lambda _: False)) == Respelled("托有补助")


def test_what_stands_side_by_side_in_the_library_is_no_slip(lexicon):
    """托有 of 委托有关单位: a pair that documents have is not strange."""
    pairs = Lexicon(WORDS, lambda word: WORDS.get(word, 0), lambda pair: pair in DOCUMENTS + "委托有关")
    assert respell("托有补助", lexicon).readings
    assert not respell("托有补助", pairs).readings


def test_traditional_characters_become_simplified_ones_without_a_word(lexicon):
    """They say the same, so nobody needs to be told."""
    assert respell("補助標準", lexicon) == Respelled("补助标准")


@pytest.mark.parametrize(
    ("asked", "read"),
    [
        ("yanglao补助", "养老补助"),
        ("tuoyu buzhu duoshao", "托育补助多少"),
        ("Tuoyu Buzhu", "托育补助"),
        ("tuōyù bǔzhù", "托育补助"),
        ("tuo yu bu zhu", "托育补助"),
        ("tuo'yu 补助", "托育 补助"),
        ("ｔｕｏｙｕ补助", "托育补助"),
        ("shequ zhucan怎么建", "社区助餐怎么建"),
        ("tuoyu EPC", "托育 EPC"),
        ("canting buzhu", "餐厅补助"),  # 餐厅: only the thesaurus has it
        ("jiaxing buzhu", "嘉兴补助"),  # a city no document is of; not 加行
        ("shishi fangan", "实施方案"),
    ],
)
def test_pinyin_is_read_as_words_of_the_library(lexicon, asked, read):
    """With and without tones, spaces and capitals; several syllables may be one long word."""
    assert respell(asked, lexicon).text == read


@pytest.mark.parametrize(
    "asked", ["PPP项目", "wifi", "qwertyuiop", "de", "A4纸", "www.gov.cn", "TUOYU", "Excel表"]
)
def test_letters_that_are_no_pinyin_stay(lexicon, asked):
    """English, abbreviations, garbage, single syllables."""
    assert respell(asked, lexicon) == Respelled(asked)


def test_a_word_does_not_run_over_a_gap_where_another_reading_fits() -> None:
    """Shuidian qijia ge and shuidianqi jiage are the same letters; who types says which."""
    words = {"水电": 3, "起": 9, "价格": 9, "企家": 9, "可": 9}
    small = Lexicon(words, lambda word: words.get(word, 0), lambda _: False)
    assert respell("shuidianqi jiage", small).text == "水电起价格"


def test_characters_one_by_one_are_no_reading() -> None:
    """Letters that only single characters spell beside one word are left to the reader."""
    words = {"有": 9, "还": 9, "听": 9, "残": 9, "老人": 9}
    small = Lexicon(words, lambda word: words.get(word, 0), lambda _: False)
    assert respell("youhai laoren tingcan", small).text == "youhai 老人 tingcan"


def test_reading_twice_changes_nothing_more(lexicon):
    """What was read is made of known words, so whoever reads it again reads the same."""
    for asked in ("托有补住嵌如式shequ zhucan申抱", "養老tuoyu"):
        once = respell(asked, lexicon)
        assert respell(once.text, lexicon) == Respelled(once.text)
