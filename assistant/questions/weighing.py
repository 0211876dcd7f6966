"""A word of a question as a term: what documents may call it, what it weighs, the words inside it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.library import Library
from assistant.questions.spoken import activity_of, is_manner
from assistant.questions.wording import question_words
from assistant.questions.words import forms_of, has_noun, has_tag, is_general, is_guess, is_noun, words_inside

# What is left of a verb with its auxiliary when no document knows the two together: "要选", "能领"
_AUXILIARY = re.compile(r"[要能可想会给该被将再得有需].")
_KNOWN_VERB, _UNKNOWN_VERB, _UNKNOWN_MANNER = 0.7, 0.6, 0.15
_SUFFIXED = re.compile(r"(..)[类型式性化里]")  # 普惠类 is 普惠; 居住证 is not 居住
_MADE_SO = re.compile(r"(..)[化式]")  # 连锁化, 托管式
_SOFT_SHARE = 0.5
"""What 要求 or 条件 weigh: they say what is wanted of the subject more than what the subject is."""


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


def name_term(name: str, library: Library) -> Term:
    """What a title sets in quotation marks (“无废城市”), or 1+n: one word, though of general ones."""
    return Term(name, (name,), library.weight(library.frequency(name)), True, True)


def phrase_term(pair: str, library: Library) -> Term:
    """Two words that stand together as one more, which weighs half of what it tells."""
    weight = _SOFT_SHARE * library.weight(library.frequency(pair))
    return Term(pair, (pair,), weight, True, True, _parts(pair, library))


def _forms_here(word: str, library: Library) -> tuple[str, ...]:
    """`forms_of`; of a place or a person no document names, what is done there too: 理发 of 理发店.

    连锁化 may be called 连锁; 规模化 is another thing than 规模.
    """
    forms = forms_of(word)
    core = _MADE_SO.fullmatch(word)
    if core and not has_noun(core.group(1)) and library.frequency(core.group(1)):
        return (*forms, core.group(1))
    deed = activity_of(word) if len(forms) == 1 and not library.frequency(word) else None
    return forms if deed is None or not library.frequency(deed) else (*forms, *forms_of(deed))


def terms_of(surface: str, library: Library) -> list[Term]:
    """A content word as terms: one, or its parts where no document has it; empty for a bare auxiliary."""
    forms = _forms_here(surface, library)
    count = max(library.frequency(form) for form in forms)
    if not count and is_verb_with_auxiliary(surface):
        return []
    core = _SUFFIXED.fullmatch(surface)
    if not count and core and library.frequency(core.group(1)):
        return terms_of(core.group(1), library)
    tiles = words_inside(surface) if len(surface) > 3 else []
    if count or not tiles:
        share = (
            1.0 if not count and _is_strange(surface, library) else _share_of(surface, is_known=bool(count))
        )
        weight = library.weight(count) * share
        parts = _parts(surface, library) if tiles and len(forms) == 1 else ()
        return [Term(surface, forms, weight, library.frequency(surface) > 0, count > 0, parts)]
    return [term for part in dict.fromkeys(tiles) for term in terms_of(part, library)]


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
    tiles = [tile for tile in words_inside(word) if not is_general(tile)]
    left = word
    for tile in sorted(words_inside(word, with_general=True), key=len, reverse=True):
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
    if is_noun(surface) and (is_known or not is_guess(surface)):
        return 1.0
    if is_known:
        return _KNOWN_VERB
    if surface in question_words().deeds:
        return _UNKNOWN_VERB
    return _UNKNOWN_VERB if has_tag(surface, ("v", "a", "x", "un")) else _UNKNOWN_MANNER


def is_verb_with_auxiliary(surface: str) -> bool:
    """能领, 要选; not 能源, 会计 (which jieba calls a verb)."""
    if not _AUXILIARY.fullmatch(surface):
        return False
    return is_guess(surface) or not (is_noun(surface) or surface.startswith("会"))


def is_thing(term: Term) -> bool:
    """Whether a word can be what a question is about: a noun, or one that no dictionary knows (犬只)."""
    return has_noun(term.surface) or (not term.is_known and not has_tag(term.surface, ("v", "a", "d", "m")))
