"""Does a statement say what its quotes say: the same places, the same 不, 可 and 应, the same words?

Looks at wording only, on folded text; figures and days are compared in `figures`. A check
may refuse a true paraphrase; what a model wrote and is refused is replaced by the document's own
sentence. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.norms import Strength
from assistant.norms.wording import modals
from assistant.verification.figures import WEAK
from indexing.jurisdictions import NATION, find_places, lineage
from indexing.query import own_names
from indexing.segmentation import bigrams
from indexing.types import Document

_NOT = (
    r"(?:不得|不予|不再|不可|不能|不应当?|不宜|不准|不允许|不会|不用|不必|不需要?|禁止|严禁"
    r"|不|未|非(?!常)|并非|无需|无法|没有|免于|免除|拒绝)"
)
_NEGATED = re.compile(rf"{_NOT}(?:以|将|被|按|在)?(?P<verb>[一-龥]{{2}})")
_NEGATOR = re.compile(rf"{_NOT}$")
_NEGATIVE = re.compile(r"不|未|禁|没有|无需|无法|免于|免除|除外|并非|拒绝|取消")
# Words that bound a figure are compared with their figure: 最高 may stand for 不超过
_BOUNDING = re.compile(r"不(?:得|应当?|宜|能)?(?:超过|高于|多于|大于|长于|晚于|迟于|[少低小短早]于)")
_HAN = re.compile(r"[一-龥]")
_CLAIM_CHARS = 14
_SAID = 0.6  # share of what a quote permits that makes a statement one on the same thing
_PARTS = re.compile(r"[,，。;；：:！？!?|、]")
# Somebody who acts, by how such names end: 市发展改革委, 各区政府, 街道办事处
_BODY = re.compile(
    r"(?:国家|中央|各|有关|相关|省|市|区|县|镇|乡|街道)[一-龥]{0,14}?"
    r"(?:委员会|办公室|办事处|政府|部门|[委局厅署院](?![一-龥]{0,2}(?:会|员|托)))|国务院|[一-龥]{2,8}(?:委员会|管理局)"
)
_AFTER_BODY = 2


def alien_place(text: str, documents: Sequence[Document], quotes: str) -> str | None:
    """The first place a statement names that is neither that of its documents nor said in its quotes."""
    codes = {document.metadata.jurisdiction for document in documents}
    for mention in find_places(text, own=own_names(codes)):
        if mention.text in quotes or not codes - {None}:
            continue
        named = {step for code in mention.codes for step in lineage(code)}
        above = {step for code in codes if code for step in lineage(code)}
        if not (named & codes or set(mention.codes) & above):
            return mention.text
    is_national = NATION in codes
    found = re.search(r"国家(?!层面)|全国|国务院", text)
    return found.group() if found and not is_national and found.group() not in quotes else None


def alien_modal(text: str, quotes: str, *, is_aligned: bool = False) -> str | None:
    """The first word of duty or permission that differs: one added, or one left out that weakens a rule.

    Of a statement that is held against a sentence word for word (`is_aligned`, see `following`) only
    what it adds is looked for.
    """
    mine = {strength for _, strength in modals(text)}
    its = {strength for _, strength in modals(quotes)}
    for place, strength in modals(text):
        is_softer_ok = strength is Strength.MUST and not its & WEAK
        if strength not in its and not is_softer_ok:
            return text[place : place + 2]
    for part in () if is_aligned else _PARTS.split(quotes):
        for place, strength in modals(part):
            if strength not in WEAK | {Strength.MUST_NOT} or strength in mine:
                continue
            claim = part[place + 1 : place + _CLAIM_CHARS]
            if _share(bigrams(claim), text) >= _SAID:
                return part[place : place + 2]
    return None


def alien_negation(text: str, quotes: str, *, is_aligned: bool = False) -> str | None:
    """The first verb that is denied on one side and never on the other; see `alien_modal`."""
    sides = ((text, quotes),) if is_aligned else ((text, quotes), (quotes, text))
    for one, other in sides:
        for match in _NEGATED.finditer(one):
            verb = match["verb"]
            found = list(_occurrences(verb, other))
            if found and not any(_NEGATOR.search(other[max(0, at - 4) : at]) for at in found):
                return match.group()
    added = _NEGATIVE.search(_BOUNDING.sub("", text))
    return added.group() if added and not _NEGATIVE.search(quotes) else None


def alien_body(text: str, quotes: str) -> str | None:
    """The first body a statement names that the quotes do not, or that does another thing there."""
    for match in _BODY.finditer(text):
        body = match.group()
        if body not in quotes:
            return body
        after = text[match.end() : match.end() + _AFTER_BODY]
        if len(_HAN.findall(after)) == _AFTER_BODY and body + after not in quotes:
            return body
    return None


def _share(pieces: Sequence[str], text: str) -> float:
    kept = [piece for piece in pieces if _HAN.match(piece)]
    return sum(piece in text for piece in kept) / len(kept) if kept else 0.0


def _occurrences(word: str, text: str) -> Iterator[int]:
    at = text.find(word)
    while at >= 0:
        yield at
        at = text.find(word, at + 1)
