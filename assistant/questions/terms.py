"""The content words of a question, with what the documents may call the same thing.

Everyday wording (老人吃饭) meets official wording (老年助餐) through `corpus/thesaurus.tsv`;
a long word (托育服务) may be met by its parts (托育) at a discount.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.references import mask_references
from assistant.questions.surfaces import neighbours, surfaces_of, unread_object
from assistant.questions.weighing import Term, name_term, phrase_term, terms_of
from assistant.questions.wording import question_words, without_premises
from assistant.questions.words import forms_of, has_noun, is_general, is_guess, is_noun
from indexing import segmentation
from indexing.asking import Kind, kinds_of
from indexing.thesaurus import runs, thesaurus

_RARE = 3.0
"""Weight from which a general word tells clauses apart: about one clause in twenty says it."""
_CODE = re.compile(r"[0-9a-z]+(?:\+[0-9a-z]+)+")  # "1+n": a number in it is no premise
# "纳入名单后多久开工", "方案批了以后还能改吗"; not "后期", "售后", "最后"
_AFTER = re.compile(
    r"^(?P<what>[^,，。;；？?]{2,18}?)(?:以后|之后|(?<![今往先前最落售])后(?![期续台勤备])),?(?=.)"
)
_CIRCUMSTANCE_SHARE = 0.5
_TELLS = 1.5  # weight from which a word behind it says what is asked


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
    surfaces = wordings + [surface for piece in text.split() for surface in surfaces_of(piece, library)]
    if not surfaces and not question.aspects and Kind.BODY not in question.kinds:
        surfaces = _wordings(asked) or _rare_general(text, library)
    surfaces = [*unread_object(text, surfaces), *surfaces]
    names = [*codes, *(name for name in library.quoted_names if name in text)]
    surfaces = [surface for surface in surfaces if not any(surface in name for name in names)]
    terms = [name_term(name, library) for name in names]
    terms += [term for surface in dict.fromkeys(surfaces) for term in terms_of(surface, library)]
    if not names and all(surface.isdecimal() for surface in surfaces):
        return ()  # "①②", "2024": numbers of nothing
    terms += [phrase_term(pair, library) for pair in neighbours(surfaces, text, library)]
    return _less_by_circumstance(_once({term.surface: term for term in terms}.values()), asked)


def _once(terms: Iterable[Term]) -> tuple[Term, ...]:
    """The terms without single characters that stand for what another one says: 钱 of 补助多少钱."""
    every = tuple(terms)
    return tuple(
        one
        for one in every
        if len(one.surface) > 1
        or not any(other is not one and set(one.forms[1:]) & set(other.forms) for other in every)
    )


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


def _wordings(text: str) -> list[str]:
    """Wordings of the synonym table that ask by themselves: 钱从哪来; all there is of some questions."""
    return [run.wording.asked for run in runs(segmentation.cut(text)) if run.wording.forms]


def _rare_general(text: str, library: Library) -> list[str]:
    """General nouns that few clauses say, where a question holds nothing else: 细则 of 能自己出细则吗."""
    words = dict.fromkeys(word for word in segmentation.cut(text) if is_general(word) and is_noun(word))
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
            out += terms_of(word, library)
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


def topic_of(question: Question) -> str:
    """What is asked about, short enough to stand in a sentence: the question without its tail mark."""
    topic = re.sub(r"[?？!！。\s]+$", "", question.text.strip())
    topic = re.sub(r"\s+", " ", topic)
    return topic if len(topic) <= 40 else topic[:39] + "…"
