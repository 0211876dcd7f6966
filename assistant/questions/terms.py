"""The content words of a question, with what the documents may call the same thing.

Everyday wording (老人吃饭) meets official wording (老年助餐) through `corpus/thesaurus.tsv`;
a long word (托育服务) may be met by its parts (托育) at a discount.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.references import mask_references
from assistant.questions.spoken import activity_of, is_manner, plain
from assistant.questions.wording import question_words, without_premises
from indexing import segmentation
from indexing.asking import Kind, kinds_of
from indexing.thesaurus import runs, thesaurus

ROLES = frozenset(
    ("负责", "牵头", "主管", "承担", "落实", "实施", "执行", "责任", "分管", "主抓", "挑头", "配合")
)
"""Words for what somebody does with a subject; alone they name no subject."""

_TRIM = re.compile(r"^[能可要会想给把被让请再还就都也将已各]|[了吗呢吧的]$")
# What is left of a verb with its auxiliary when no document knows the two together: "要选", "能领"
_AUXILIARY = re.compile(r"[要能可想会给该被将再得有需].")
_KNOWN_VERB, _UNKNOWN_VERB, _UNKNOWN_MANNER = 0.7, 0.6, 0.15
_SUFFIXED = re.compile(r"(..)[类型式性化里]")  # 普惠类 is 普惠; 居住证 is not 居住
_OBJECT = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]|(?<=[\u3400-\u9fff])的$")
_SOFT_SHARE = 0.5
"""What 要求 or 条件 weigh: they say what is wanted of the subject more than what the subject is."""
_RARE = 3.0
"""Weight from which a general word tells clauses apart: about one clause in twenty says it."""
_CODE = re.compile(r"[0-9a-z]+(?:\+[0-9a-z]+)+")  # "1+n": a number in it is no premise
# "纳入名单后多久开工", "方案批了以后还能改吗"; not "后期", "售后", "最后"
_AFTER = re.compile(
    r"^(?P<what>[^,，。;；？?]{2,18}?)(?:以后|之后|(?<![今往先前最落售])后(?![期续台勤备])),?(?=.)"
)
_CIRCUMSTANCE_SHARE = 0.5
_TELLS = 1.5  # weight from which a word behind it says what is asked
_RUN = 5  # pieces that one wording of the synonym table may be cut into


@dataclass(frozen=True, slots=True)
class Term:
    """One thing asked about; any of `forms` in a clause says it, all its `parts` nearly do."""

    surface: str
    forms: tuple[str, ...]
    weight: float
    is_own: bool  # the library uses this very word, so a synonym says it less surely
    is_known: bool  # the library uses it or a synonym
    parts: tuple[Part, ...] = ()

    def said_in_parts(self, text: str) -> float:
        """The share of the word's parts that a folded text says; 0 when its core is not among them."""
        if not self.parts or not self.parts[0].is_in(text):
            return 0.0
        total = sum(part.weight for part in self.parts)
        return sum(part.weight for part in self.parts if part.is_in(text)) / total


@dataclass(frozen=True, slots=True)
class Part:
    """A word inside a longer one; the heaviest, its core, stands first."""

    forms: tuple[str, ...]
    weight: float

    def is_in(self, text: str) -> bool:
        """Whether a folded text says it."""
        return any(form in text for form in self.forms)


def content_terms(question: Question, library: Library) -> tuple[Term, ...]:
    """What the question is about, in order, without places, references, figures and interrogatives.

    Empty when the question holds nothing but these.
    """
    codes = [code for code in _CODE.findall(question.body) if library.frequency(code)]
    asked = without_premises(_without_words(mask_references(question.body), codes))
    wordings = [wording for wording in _asking_wordings() if wording in asked]
    for wording in wordings:
        asked = asked.replace(wording, " ")
    text = _without_asking(asked)
    surfaces = wordings + [surface for piece in text.split() for surface in _surfaces(piece, library)]
    if not surfaces and not question.aspects and Kind.BODY not in question.kinds:
        surfaces = _wordings(asked) or _rare_general(text, library)
    surfaces = [*_unread_object(text, surfaces), *surfaces]
    names = [*codes, *(name for name in library.quoted_names if name in text)]
    surfaces = [surface for surface in surfaces if not any(surface in name for name in names)]
    terms = [_name(name, library) for name in names]
    terms += [term for surface in dict.fromkeys(surfaces) for term in _terms(surface, library)]
    if not names and all(surface.isdecimal() for surface in surfaces):
        return ()  # "①②", "2024": numbers of nothing
    terms += [_phrase(pair, library) for pair in _neighbours(surfaces, text, library)]
    return _less_by_circumstance(tuple({term.surface: term for term in terms}.values()), asked)


def _less_by_circumstance(terms: tuple[Term, ...], asked: str) -> tuple[Term, ...]:
    """The terms, those that only say after what it is to be (纳入名单后多久开工) weighing less.

    A word that no document has keeps its weight: 跨江大桥立项后多久动工 is about the bridge.
    """
    met = _AFTER.search(asked)
    rest = asked[met.end() :] if met else ""
    if met is None or not any(term.surface in rest and term.weight >= _TELLS for term in terms):
        return terms
    return tuple(
        replace(term, weight=_CIRCUMSTANCE_SHARE * term.weight)
        if term.is_known and term.surface in met["what"] and term.surface not in rest
        else term
        for term in terms
    )


def _without_words(text: str, words: Sequence[str]) -> str:
    for word in words:
        text = text.replace(word, " ")
    return text


def _name(name: str, library: Library) -> Term:
    """What a title sets in quotation marks (“无废城市”), or 1+n: one word, though of general ones."""
    return Term(name, (name,), library.weight(library.frequency(name)), True, True)


def _wordings(text: str) -> list[str]:
    """Wordings of the synonym table that ask by themselves: 钱从哪来; all there is of some questions."""
    return [run.wording.asked for run in runs(segmentation.cut(text)) if run.wording.forms]


def _rare_general(text: str, library: Library) -> list[str]:
    """General nouns that few clauses say, where a question holds nothing else: 细则 of 能自己出细则吗."""
    words = dict.fromkeys(word for word in segmentation.cut(text) if _is_general(word) and _is_noun(word))
    weights = {word: library.weight(library.frequency(word)) for word in words if len(word) > 1}
    return [word for word, weight in weights.items() if weight >= _RARE and library.frequency(word)]


def _without_asking(text: str) -> str:
    """Text without what asks in it; 吧 ends the noun 网吧 and asks nothing."""

    def cut(match: re.Match[str]) -> str:
        word = text[match.start() - 1 : match.end()] if match.start() else ""
        is_tail = len(match.group()) == 1 and len(word) > 1 and not is_guess(word) and has_noun(word)
        return match.group() if is_tail else " "

    return question_words().asking.sub(cut, text)


def carried_terms(question: Question, terms: Sequence[Term], library: Library) -> tuple[Term, ...]:
    """What a later question of a text is about without saying it: 流感疫苗 of "…去哪儿打，免费吗".

    Empty where nothing is carried, or the question says it itself.
    """
    said = {form for term in terms for form in term.forms}
    out, met = list[Term](), set[str]()
    for word in question.carried:
        if word not in met and word not in said:
            out += _terms(word, library)
        met.update(forms_of(word))
    return tuple(out)


@lru_cache(maxsize=1)
def _asking_wordings() -> tuple[str, ...]:
    """Wordings of the thesaurus that would be lost with what asks in them: 钱从哪儿来; the longest first.

    Not 补多少, 谁来管: what they ask for is known by its kind, and any figure or body would say them.
    """
    asking, exact = question_words().asking, {Kind.FIGURE, Kind.DATE, Kind.BODY}
    found = (
        asked
        for asked, known in thesaurus().items()
        if len(asked) > 2 and known.forms and asking.search(asked) and not exact & kinds_of(asked)
    )
    return tuple(sorted(found, key=lambda asked: (-len(asked), asked)))


def _unread_object(text: str, surfaces: list[str]) -> list[str]:
    """What stands before the first word, where all words read are deeds: 犬只 of "犬只 登记".

    No dictionary knows it as a word, so nothing read it; left out, 登记 of anything would answer.
    """
    if not surfaces or any(surface not in question_words().deeds for surface in surfaces):
        return []
    before = _OBJECT.sub("", text[: text.find(surfaces[0])]) if surfaces[0] in text else ""
    left = "".join(word for word in segmentation.cut(before) if not _is_general(word))
    return [left] if left else []


def topic_of(question: Question) -> str:
    """What is asked about, short enough to stand in a sentence: the question without its tail mark."""
    topic = re.sub(r"[?？!！。\s]+$", "", question.text.strip())
    topic = re.sub(r"\s+", " ", topic)
    return topic if len(topic) <= 40 else topic[:39] + "…"


def _neighbours(surfaces: list[str], text: str, library: Library) -> list[str]:
    """Two words that stand together in the question and somewhere in the library: 服务功能."""
    out = []
    for left, right in pairwise(surfaces):
        if left + right in text:
            wholes = (left + right, left + right[:2])  # 社区托育 where no document has 社区托育服务
            out += [pair for pair in wholes if library.frequency(pair)][:1]
    return list(dict.fromkeys(out))


def _phrase(pair: str, library: Library) -> Term:
    weight = _SOFT_SHARE * library.weight(library.frequency(pair))
    return Term(pair, (pair,), weight, True, True, _parts(pair, library))


def _surfaces(piece: str, library: Library) -> list[str]:
    """Content words of a piece, in order; wording in the synonym table is kept whole."""
    words = [word for raw in segmentation.cut(piece) for word in _dictionary_words(raw, library)]
    words = _with_prefixes(_rejoined(words, library), library)
    out, position = list[str](), 0
    while position < len(words):
        runs = ("".join(words[position:end]) for end in range(min(len(words), position + _RUN), position, -1))
        for size, run in zip(range(min(len(words) - position, _RUN), 0, -1), runs, strict=True):
            if _has_forms(run) or (size > 1 and run in question_words().deeds):
                out.append(run)
                position += size
                break
        else:
            word = _content(words[position], library)
            out += [word] if word else []
            position += 1
    return out


def _rejoined(words: list[str], library: Library) -> list[str]:
    """Words as cut, two single characters joined where documents have them as one word: 留样, 养犬.

    No dictionary has all words of a trade; what it cuts into characters would be lost.
    """
    out: list[str] = []
    for word in words:
        before = out[-1] if out else ""
        pair = before + word
        is_apart = len(before) == len(word) == 1 and not _is_general(before) and not _is_function(word)
        if is_apart and pair.isalpha() and not pair.isascii() and library.is_word(pair):
            out[-1] = pair
        else:
            out.append(word)
    return out


@lru_cache(maxsize=4096)
def _is_function(word: str) -> bool:
    """Whether a character is never a noun, a verb or an adjective: 的, 吗, 也."""
    return not any(tag.startswith(("n", "v", "a", "q", "x", "un")) for tag in segmentation.tags(word))


def _with_prefixes(words: list[str], library: Library) -> list[str]:
    """Words as cut, 非 and 被 joined to what they turn around where a document does: 非独生子女, 被赡养人."""
    out: list[str] = []
    for word in words:
        if out and out[-1] in ("非", "被") and len(word) > 1 and library.frequency(f"{out[-1]}{word}"):
            out[-1] += word
        else:
            out.append(word)
    return out


def _dictionary_words(raw: str, library: Library) -> list[str]:
    """A piece as cut; one that was guessed and that no document knows, cut again by the dictionary.

    jieba's hidden Markov model makes words of what is left over: 内要 of "多长时间内要开工".
    """
    if len(raw) < 2 or not raw[0].isalpha() or raw.isascii() or library.is_word(raw):
        return [raw]
    pieces = _by_dictionary(raw)
    if len(pieces) == 1:
        return [raw]
    is_made_of_words = any(len(part) > 1 or _is_general(part) or _has_forms(part) for part in pieces)
    return list(pieces) if is_made_of_words else [raw]


@lru_cache(maxsize=4096)
def _by_dictionary(raw: str) -> tuple[str, ...]:
    return tuple(segmentation.cut_by_dictionary(raw))


def _is_general(word: str) -> bool:
    return word in question_words().general


def _content(word: str, library: Library) -> str | None:
    if not (word[0].isalnum() or _has_forms(word)):
        return None
    word = _TRIM.sub("", word) if len(word) > 2 else word
    if len(word) > 2 and not library.frequency(word) and not _has_forms(word):
        word = plain(word)
    if word.startswith("不") and not library.frequency(
        word
    ):  # "不配": what is left out is what is asked about
        word = word[1:]
    if not word or _is_general(word) or (len(word) == 1 and not word.isdecimal()):
        return None
    return word


def _has_forms(word: str) -> bool:
    """Whether the thesaurus says what documents call a wording; related words alone do not."""
    known = thesaurus().get(word)
    return known is not None and bool(known.forms)


def forms_of(word: str) -> tuple[str, ...]:
    """The word and what the thesaurus says documents may call it."""
    known = thesaurus().get(word)
    return (word, *known.forms) if known else (word,)


def _forms_here(word: str, library: Library) -> tuple[str, ...]:
    """`forms_of`; of a place or a person no document names, what is done there too: 理发 of 理发店."""
    forms = forms_of(word)
    deed = activity_of(word) if len(forms) == 1 and not library.frequency(word) else None
    return forms if deed is None or not library.frequency(deed) else (*forms, *forms_of(deed))


def _terms(surface: str, library: Library) -> list[Term]:
    forms = _forms_here(surface, library)
    count = max(library.frequency(form) for form in forms)
    if not count and _is_verb_with_auxiliary(surface):
        return []
    core = _SUFFIXED.fullmatch(surface)
    if not count and core and library.frequency(core.group(1)):
        return _terms(core.group(1), library)
    tiles = _tiles(surface) if len(surface) > 3 else []
    if count or not tiles:
        share = (
            1.0 if not count and _is_strange(surface, library) else _share_of(surface, is_known=bool(count))
        )
        weight = library.weight(count) * share
        parts = _parts(surface, library) if tiles and len(forms) == 1 else ()
        return [Term(surface, forms, weight, library.frequency(surface) > 0, count > 0, parts)]
    return [term for part in dict.fromkeys(tiles) for term in _terms(part, library)]


def _is_strange(surface: str, library: Library) -> bool:
    """Whether a guessed name has a noun of a character that no document has: 养狗 is no mere slip.

    饭端 of 把饭端来 is one: what no document has of it is a verb.
    """
    return (
        is_guess(surface)
        and has_noun(surface)
        and any(
            "\u3400" <= each <= "\u9fff" and not library.frequency(each) and has_noun(each)
            for each in surface
        )
    )


def _parts(word: str, library: Library) -> tuple[Part, ...]:
    """The words inside a word and what they leave over (托育 of 托育服务), the rarest first."""
    tiles = [tile for tile in _tiles(word) if not _is_general(tile)]
    left = word
    for tile in sorted(_tiles(word, with_general=True), key=len, reverse=True):
        left = left.replace(tile, " ", 1)
    parts = []
    for tile in dict.fromkeys((*tiles, *(rest for rest in left.split() if len(rest) > 1))):
        share = _SOFT_SHARE if tile in question_words().soft else 1.0
        parts.append(Part(forms_of(tile), share * library.weight(library.frequency(tile))))
    return tuple(sorted(parts, key=lambda part: -part.weight))


def _share_of(surface: str, *, is_known: bool) -> float:
    """Nouns carry the subject; what is done with it may be worded in many ways (拨给, 下达, 拨付)."""
    if surface in question_words().soft:
        return _SOFT_SHARE
    if not is_known and (surface in question_words().everyday or is_manner(surface)):
        return _UNKNOWN_MANNER
    if not is_known and is_guess(surface) and surface not in question_words().deeds:
        return _UNKNOWN_MANNER
    if _is_noun(surface) and (is_known or not is_guess(surface)):
        return 1.0
    if is_known:
        return _KNOWN_VERB
    if surface in question_words().deeds:
        return _UNKNOWN_VERB
    return _UNKNOWN_VERB if _has_tag(surface, ("v", "a", "x", "un")) else _UNKNOWN_MANNER


def _is_verb_with_auxiliary(surface: str) -> bool:
    """能领, 要选; not 能源, 会计 (which jieba calls a verb)."""
    if not _AUXILIARY.fullmatch(surface):
        return False
    return is_guess(surface) or not (_is_noun(surface) or surface.startswith("会"))


def is_guess(surface: str) -> bool:
    """Whether jieba's dictionary does not have a word: 价交 of "按居民价交水电费"."""
    return not surface.isascii() and len(_by_dictionary(surface)) == len(surface) > 1


def _is_noun(word: str) -> bool:
    """Whether any part of a word is a noun or verbal noun by jieba's tags; numbers count too."""
    return _has_tag(word, ("n", "vn", "l", "j", "i", "eng", "m"))


def has_noun(word: str) -> bool:
    """Whether a word names a thing; 申请 and 审批, verbal nouns, name what is done with one."""
    return _has_tag(word, ("n", "l", "j", "i", "eng"))


def is_thing(term: Term) -> bool:
    """Whether a word can be what a question is about: a noun, or one that no dictionary knows (犬只)."""
    return has_noun(term.surface) or (not term.is_known and not _has_tag(term.surface, ("v", "a", "d", "m")))


@lru_cache(maxsize=4096)
def _has_tag(word: str, tags: tuple[str, ...]) -> bool:
    return any(tag.startswith(tags) for tag in segmentation.tags(word))


def _tiles(word: str, *, with_general: bool = False) -> list[str]:
    """The words a long word is made of, left to right without overlap: 工作人员 → 人员 (工作 is general)."""
    inner = {part for part in segmentation.search_words(word) if 2 <= len(part) < len(word)}
    out, position = [], 0
    while position < len(word):
        part = max((p for p in inner if word.startswith(p, position)), key=len, default="")
        if part and (with_general or not _is_general(part)):
            out.append(part)
        position += len(part) or 1
    return out
