"""The support gate: what a sentence claims was done, or is so, stands in one thing at hand.

免费 may be a word of the facts, said of one hour in the gym; that does not make the whole building free.
So a claim (`prompts/drafting/claims.toml`: classes of everyday words that state a deed or a state) needs
one fact, one row of a table, one sentence of our frames or a clause cited beside it which has a word of
the same class and is about the same thing: it shares another word, and not one that is everywhere. So
does a figure that counts years, times or shares, and a day, which are easily somebody else's. Pure.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.drafting.gate_numbers import Known, days, figures, in_one_width
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.holdings import Clause, Unit, about, clauses_of, units_of
from assistant.drafting.sentences import Said, without_quotes
from indexing.folding import fold_tight
from indexing.segmentation import is_word, tags
from prompts.draft_frames import claims, wording

_COUNTS = frozenset(("年", "个月", "天", "次", "家", "期", "%", "层", "倍", "场", "份", "周", "小时", "批"))
"""Units whose figures are told from another's only by what stands beside them; 3500户 is known by itself."""
_EACH_ONCE = re.compile(r"一[次个家]$")  # 每季度支付一次 counts nothing
_A_YEAR = 1900  # 2027年 is a year, and no count of years
_WHOLE_DAY = 2  # hyphens of 2026-4-2
_DEEDS = ("v", "vn")


def unsupported(said: Said, ground: Ground, own_words: str) -> list[str]:
    """Claims of a sentence that nothing at hand makes of the same thing, as written."""
    cited = [fold_tight(one) for one in cited_texts(said.citations)]
    held, clauses = _read(said, ground, own_words)
    out: list[str] = []
    for clause in clauses:
        for claim, bearing in _patterns():
            for one in claim.finditer(clause.left):
                if any(bearing.search(text) for text in cited):
                    continue
                meant = about(clause, clauses, held, one.span())
                if not any(unit.bears_out(bearing, meant, clause.figures) for unit in held):
                    out.append(one.group())
    return list(dict.fromkeys(out))


def not_completed(said: Said, ground: Ground, own_words: str) -> list[str]:
    """Deeds said to be done that nothing at hand has of the same thing: 短板均已整改."""
    if said.citations:
        return []
    held, clauses = _read(said, ground, own_words)
    gates = wording()["gates"]
    out: list[str] = []
    for clause in clauses:
        for one in re.finditer(gates["completed"], clause.left):
            deed = one.group(1)
            if not is_word(deed) or tags(deed)[0] not in _DEEDS:
                continue
            meant = about(clause, clauses, held, one.span())
            attained = re.compile("" if re.fullmatch(gates["attained"], deed) else re.escape(deed))
            bearing = [bears for claim, bears in _patterns() if claim.search(deed)] or [attained]
            if not any(unit.bears_out(each, meant, clause.figures) for unit in held for each in bearing):
                out.append(one.group())
    return list(dict.fromkeys(out))


def unbound_counts(said: Said, ground: Ground, own_words: str) -> list[str]:
    """Years, times and shares that only things have of which the clause says no word: 协议期限五年."""
    cited = Known(cited_texts(said.citations))
    held, clauses = _read(said, ground, own_words)
    out: list[str] = []
    for clause in clauses:
        for figure in figures(clause.left):
            if figure.unit not in _COUNTS or figure.value >= _A_YEAR or cited.has(figure):
                continue
            if _EACH_ONCE.match(figure.words):
                continue
            having = [unit for unit in held if unit.known.has(figure)]
            meant = about(clause, clauses, held, (figure.start, figure.start + len(figure.words)))
            if having and not any(word in unit.text for unit in having for word in meant):
                out.append(figure.words)
    return list(dict.fromkeys(out))


def unbound_days(said: Said, ground: Ground, own_words: str) -> list[str]:
    """Days that only things have of which the clause says no word: 前期手续变更于2026年4月2日完成."""
    cited = Known(cited_texts(said.citations))
    held, clauses = _read(said, ground, own_words)
    out: list[str] = []
    for clause in clauses:
        told = tuple(days(clause.text))
        for day, written in told if len(told) == 1 else ():  # of two days it is the span that is told
            having = [unit for unit in held if day in unit.known.days]
            if day.count("-") < _WHOLE_DAY or day in cited.days or not having:
                continue
            start = in_one_width(clause.text).find(written)
            meant = about(clause, clauses, held, (start, start + len(written)))
            if meant and not any(word in unit.text for unit in having for word in meant):
                out.append(written)
    return list(dict.fromkeys(out))


def _read(said: Said, ground: Ground, own_words: str) -> tuple[tuple[Unit, ...], tuple[Clause, ...]]:
    """What is at hand, and the clauses of a sentence without what it quotes."""
    return units_of(ground.case, own_words), tuple(clauses_of(without_quotes(said.text), ground))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(said), re.compile(bearing)) for said, bearing in claims())
