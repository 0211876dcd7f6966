"""What the question before was about: its place, document, subject, and the clause that answered it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversing.unsaid import NATION_NAMED, Asked, names_thing
from assistant.library import Library
from assistant.questions.steps import RANKS, read_steps
from assistant.questions.wording import question_words
from assistant.writing.citing import display_path
from indexing import segmentation
from indexing.folding import fold_aligned, fold_tight
from indexing.jurisdictions import NATION, name_of
from indexing.types import Span

_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{0,6}[〔\[(（]\d{4}[〕\])）]\s*\d+\s*号|《[^》]*》")
JOINED = re.compile(r"[、,，和与跟同及]|以及")
_MOST = re.compile(r"最[多少高低大小长短]|一共|总共|还能再?|还可以|再|多大")
_EVERYONE = re.compile(r"(?:每|各)个?(?:试点)?(?:城市|市|区县?|街道)的?")
_TOPIC_CHARS = 30
_AS_HEAVY = 0.75
"""Of pieces about as heavy the first is the subject: 运营主体 of 运营主体可以是个人吗."""
# "每百户面积不少于": how much is no part of what it is about
_HAS_END = re.compile(r"(?<=[\u4e00-\u9fff]{2})有$")  # 托育有 of 托育有什么要求
_BOUND_END = re.compile(r"(?:不应?[少小低高多大超][于过]?|最[多少高低]|至少|达到|要求)+$")


def stem_of(before: Asked) -> str:
    """The question without its mark at the end."""
    return re.sub(r"[?？。！\s]+$", "", before.text)


def named_document(before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str:
    """The document a question names as it names it, else the one its answer cites; "" for none or several."""
    named = _DOCUMENT.search(before.text)
    if named:
        return named.group()
    doc_ids = {doc_id for doc_id, _ in cited}
    if len(doc_ids) != 1:
        return ""
    document = library.document(doc_ids.pop())
    return "".join((document.document_number or f"《{document.title}》").split())


def where_of(before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str:
    """The place or document of the question before; where it named none, the one place its answer cites."""
    start, end = place_span(before)
    if end > start:
        return "国家层面" if NATION_NAMED.fullmatch(before.text[start:end]) else before.text[start:end]
    codes = {library.document(doc_id).metadata.jurisdiction for doc_id, _ in cited}
    code = codes.pop() if len(codes) == 1 else None
    return "" if code is None else "国家层面" if code == NATION else name_of(code)


def subject_of(before: Asked) -> str:
    """The piece of a question that says most of what it is about, without place and words that ask."""
    start, end = place_span(before)
    rest = before.folded[:start] + " " * (end - start) + before.folded[end:]
    likely, most = "", 0.0
    for part in re.finditer(r"[^,，。?？;；]+", _blanked(rest)):
        spans = [match.span() for match in re.finditer(r"\S+", part.group())]
        pieces = [before.text[part.start() + begin : part.start() + stop] for begin, stop in spans]
        weights = [_weight(piece, before) * (1 + _names(piece, before)) for piece in pieces]
        if weights and max(weights) > most:
            most = max(weights)
            likely = next(p for p, w in zip(pieces, weights, strict=True) if w >= _AS_HEAVY * most)
    best = _trimmed(likely, before)
    return best if _weight(best, before) and len(best) <= _TOPIC_CHARS else ""


def _names(piece: str, before: Asked) -> bool:
    """Whether a piece names a thing, not only what is done: 老年食堂, not 扶持; 每个城市 is everyone."""
    if _EVERYONE.fullmatch(piece):
        return False
    return any(names_thing(term.surface) for term in before.nouns if term.surface in fold_tight(piece))


def _trimmed(piece: str, before: Asked) -> str:
    """A piece without words at its ends that name nothing: 对, 报给, 不应少于."""
    piece = _HAS_END.sub("", _BOUND_END.sub("", piece))
    words = segmentation.cut(piece)
    if "".join(words) != fold_tight(piece):
        return piece
    subjects = {fold_tight(term.surface) for term in before.nouns}

    def names(word: str) -> bool:
        return any(word in one or one in word for one in subjects if len(word) > 1) or names_thing(word)

    kept = [index for index, word in enumerate(words) if names(word)]
    if not kept:
        return piece
    if kept[0] and words[kept[0] - 1] == "每":
        kept[0] -= 1
    start = sum(map(len, words[: kept[0]]))
    return piece[start : start + sum(map(len, words[kept[0] : kept[-1] + 1]))]


def _blanked(folded: str) -> str:
    """The text with words that ask blanked, every character in its place."""
    asking = question_words().asking.sub(lambda match: " " * len(match.group()), folded)
    return _MOST.sub(lambda match: " " * len(match.group()), asking)


def _weight(piece: str, before: Asked) -> float:
    folded = fold_tight(piece)
    return sum(term.weight for term in before.terms if term.is_known and term.surface in folded)


def address_of(cited: Sequence[tuple[str, str]], library: Library, below: int | None = None) -> str:
    """The first clause cited as a reader writes it, down to what may hold a step of rank `below`."""
    doc_id, path = cited[0]
    document = library.document(doc_id)
    called = document.document_number or f"《{document.title}》"
    shown = "".join(display_path(path).split())
    if below is not None:
        kept = [step for step in read_steps(fold_aligned(shown)) if RANKS[step.kind] < below]
        shown = shown[: kept[-1].end] if kept else ""
    return f"{''.join(called.split())}{shown}"


def place_span(before: Asked) -> Span:
    """Where a question says where: its places as joined, else the document it names, else its start."""
    if before.places:
        start, end = before.places[0]
        for more in before.places[1:]:
            between = before.folded[end : more[0]]
            if between and not JOINED.fullmatch(between):
                break
            end = more[1]
        return start, end
    named = _DOCUMENT.search(before.text)
    return named.span() if named else (0, 0)
