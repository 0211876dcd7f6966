"""Things a question names that the clauses quoted do not: said to be unsaid, neither confirmed nor denied.

便民商业类也补助30% is not confirmed by a clause that grants 30% to other classes.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.library import Library
from assistant.premises.types import Premise
from assistant.questions.weighing import Term
from assistant.questions.words import has_noun, words_inside
from assistant.types import Statement
from indexing import segmentation
from indexing.folding import fold_tight

_THING_CHARS = 4  # a shorter word may be said in other words: 托育 for 婴幼儿照护
_TAIL = r"(?=[,，]?(?:对[吧吗不]|是[吧吗不这]|没错|[吧吗])|[?？]|$)"
# "可以纳入长护险的是婴幼儿托育,对吧": what stands behind 的是
_CLEFT = re.compile(rf"的(?:就|只|都)?是(?!不是|否|[吗吧])(?P<thing>[\u4e00-\u9fff]{{2,12}}?){_TAIL}")
_TELLING = 3.5  # weight of a word that few clauses say
# "叫“宝宝屋”": a name between quotation marks
_NAMED = re.compile(r"[“\"「](?P<name>[^”\"」]{2,12})[”\"」]")
# Words of manner that claim more than a sentence without them says
_MANNER = re.compile(
    r"一次性|提前|全额|全部|免费|无偿|永久|终身|长期|统一|自动|直接|立即|马上|当场|首先|同时|单独|强制|无条件|无限期|不限次数|一定(?=[能会可拿])|肯定(?=[能会可])|保证(?=[能会])"
)
_BETWEEN = "[\u4e00-\u9fff]{0,4}"
_COUNTS = re.compile(r"[\d一二两三四五六七八九十百几]")
_MUST = re.compile("必须|一定要|非要|非得|强制|硬性")
_BINDS = re.compile(
    r"必须|应(?![急对用届答变诉聘激邀])|(?<!无)须(?!知)|(?<![所急按供必无])需(?!求|要)|不得|要(?!求|素|点|件|么)|禁止|严格"
    r"|不(?:少|小|低)于|不超过"
)


def unsaid_thing(statement: Statement, terms: Sequence[Term], library: Library) -> Premise | None:
    """A thing the question names that the clause cited does not, though its document does elsewhere."""
    said, whole = _clause_and_document(statement, library)
    if not said:
        return None
    for term in terms:
        is_thing = term.is_known and len(term.surface) >= _THING_CHARS and has_noun(term.surface)
        if is_thing and term.surface in whole and not _is_said(term, said):
            return Premise(term.surface, is_unsaid=True)
    return None


def of_clefts(asked: str, quotes: str, terms: Sequence[Term]) -> list[Premise | None]:
    """可以纳入的是婴幼儿托育 claimed where the quotes say nothing of 婴幼儿托育; empty where they do.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
        terms: what the question is about.
    """
    cleft = _CLEFT.search(asked)
    if cleft is None or _says_words(cleft["thing"], quotes, terms):
        return []
    return [Premise(cleft["thing"], is_unsaid=True)]


def unsaid_claim(asked: str, statement: Statement, terms: Sequence[Term], library: Library) -> Premise | None:
    """What a question puts to be confirmed beside what the clause says, in the clause's name unsaid.

    A name in quotation marks, a word of manner (一次性), a duty (必须) where the quotes bind to nothing.
    None where the quotes say it all.
    """
    said, _ = _clause_and_document(statement, library)
    quotes = fold_tight("|".join(citation.quote for citation in statement.citations))
    named = next((one["name"] for one in _NAMED.finditer(asked) if one["name"] not in said), None)
    if named is not None and said:
        return Premise(named, is_unsaid=True)
    manner = next((one for one in _MANNER.finditer(asked) if one.group() not in quotes), None)
    if manner is not None:
        return Premise(manner.group(), is_unsaid=True)
    must = _MUST.search(asked)
    if must is not None and not _BINDS.search(quotes):
        return Premise(must.group(), is_unsaid=True)
    strange = next((term for term in terms if _is_strange(term, said, library)), None)
    return Premise(strange.surface, is_unsaid=True) if strange is not None and said else None


def _is_strange(term: Term, said: str, library: Library) -> bool:
    """Whether a term names a thing that what is cited says in no words: 日照 of 日照间距 beside 消防间距."""
    return (
        term.is_known
        and term.weight >= _TELLING
        and has_noun(term.surface)
        and not _COUNTS.match(term.surface)
        and library.frequency(term.surface) > 0
        and not _is_said(term, said)
        and not any(term.surface[at : at + 2] in said for at in range(len(term.surface) - 1))  # 存量房
    )


def _says_words(thing: str, quotes: str, terms: Sequence[Term]) -> bool:
    """Whether quotes say a thing, any of its words, or what the thesaurus calls one of them."""
    words = [word for word in segmentation.words(thing) if len(word) > 1] or [thing]
    forms = [form for term in terms if term.surface in thing for form in term.forms]
    return any(word in quotes for word in (thing, *words, *forms))


def _clause_and_document(statement: Statement, library: Library) -> tuple[str, str]:
    """What the first clause cited says with its headings, and its whole document; both folded."""
    first = statement.citations[0]
    clause = library.clause(first.doc_id, first.path)
    if clause is None:
        return "", ""
    unit = library.unit(clause)
    said = "|".join((library.folded(unit), library.context(unit), library.titles(unit)))
    return said, fold_tight(library.document(first.doc_id).text)


def _is_said(term: Term, said: str) -> bool:
    """Whether a text says a thing, a part of it, or its words with others between (社区嵌入式服务)."""
    pieces = (piece for piece in segmentation.cut(term.surface) if len(piece) > 1)
    inside = words_inside(term.surface, with_general=True)
    is_made = len(inside) > 1 and "".join(inside) == term.surface
    apart = is_made and re.search(_BETWEEN.join(map(re.escape, inside)), said)
    return bool(apart) or any(form in said for form in (*term.forms, *pieces))
