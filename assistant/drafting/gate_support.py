"""The support gate: what a sentence claims was done, or is so, stands in one thing at hand.

免费 may be a word of the facts, said of one hour in the gym; that does not make the whole building free.
So a claim (`prompts/drafting/claims.toml`: classes of everyday words that state a deed or a state) needs
one fact, one row of a table, one sentence of our frames or a clause cited beside it which has a word of
the same class and is about the same thing: it shares another word, and not one that is everywhere. So
does a figure that counts years, times or shares, and a day, which are easily somebody else's. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from assistant.drafting.gate_floors import FLOOR
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
# "现按程序报备", "请予备案": what the paper itself does or asks for, which claims nothing; not 现已备案
_ASKED = re.compile(
    r"^(?:现|兹|特此|请|敬请|恳请|妥否)(?![已经由在将拟])[^，。；]{0,8}(?:报送|报备|备案|上报|审批|批复|审查|审核|批准)$"
)


def unsupported(said: Said, ground: Ground, own_words: str) -> list[str]:
    """Claims of a sentence that nothing at hand makes of the same thing, as written."""
    cited = [fold_tight(one) for one in cited_texts(said.citations)]
    held, clauses = _read(said, ground, own_words)
    out: list[str] = []
    for clause in clauses:
        if _ASKED.search(clause.left):
            continue
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
    gates, out = wording()["gates"], list[str]()
    planned = re.compile(gates["planned"])  # what is planned is no ground for what is done
    for clause in clauses:
        for one in re.finditer(gates["completed"], clause.left):
            deed = one.group(1)
            if not is_word(deed) or tags(deed)[0] not in _DEEDS:
                continue
            meant = about(clause, clauses, held, one.span())
            is_attained = re.fullmatch(gates["attained"], deed) is not None and _ALL not in one.group()
            attained = re.compile("" if is_attained else re.escape(deed))
            bearing = [bears for claim, bears in _patterns() if claim.match(clause.left, one.start(1))] or [
                attained
            ]
            done = [unit for unit in held if _is_told(unit, deed, planned, ground)]
            if is_attained:  # anything may be completed, so one word is too little to tell what
                done = [
                    unit for unit in done if sum(word in unit.text for word in meant) >= min(2, len(meant))
                ]
            if not any(unit.bears_out(each, meant, clause.figures) for unit in done for each in bearing):
                out.append(one.group())
    return list(dict.fromkeys(out))


def _is_told(unit: Unit, deed: str, planned: re.Pattern[str], ground: Ground) -> bool:
    """Whether a thing may tell that something is done: no plan does that, and no clause."""
    is_open = planned.search(unit.text) is not None or unit.text in ground.met
    return not is_open or f"已{deed}" in unit.text


def unbound_counts(said: Said, ground: Ground, own_words: str) -> list[str]:
    """Years, times and shares that only things have of which the clause says no word: 协议期限五年."""
    cited = Known(cited_texts(said.citations))
    held, clauses = _read(said, ground, own_words)
    out: list[str] = []
    for clause in clauses:
        for figure in figures(clause.left):
            if figure.unit not in _COUNTS or figure.value >= _A_YEAR or cited.has(figure):
                continue
            if _EACH_ONCE.match(figure.words) or FLOOR.match(clause.left, figure.start):
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
        out += _torn(told, held, cited)
        for day, written in told if len(told) == 1 else ():  # of two days it is the span that is told
            having = [unit for unit in held if day in unit.known.days]
            if day.count("-") < _WHOLE_DAY or day in cited.days or not having:
                continue
            start = in_one_width(clause.text).find(written)
            meant = about(clause, clauses, held, (start, start + len(written)))
            if meant and not any(word in unit.text for unit in having for word in meant):
                out.append(written)
    return list(dict.fromkeys(out))


def _torn(told: tuple[tuple[str, str], ...], held: tuple[Unit, ...], cited: Known) -> Iterator[str]:
    """Of two days of a clause the one that is only known as an end of another span."""
    if len(told) != _SPAN or any(day in cited.days for day, _ in told):
        return
    for (day, written), (other, _) in (told, told[::-1]):
        having = [unit for unit in held if day in unit.known.days]
        if having and all(_is_span(unit) and other not in unit.known.days for unit in having):
            yield written


def _is_span(unit: Unit) -> bool:
    return len([day for day in unit.known.days if day.count("-") == _WHOLE_DAY]) == _SPAN


_SPAN = 2
_ALL = "全部"  # 已列防范措施 does not say that they are 已全部落实


def _read(said: Said, ground: Ground, own_words: str) -> tuple[tuple[Unit, ...], tuple[Clause, ...]]:
    """What is at hand, and the clauses of a sentence without what it quotes."""
    return units_of(ground.case, own_words), tuple(clauses_of(without_quotes(said.text), ground))


@cache
def _patterns() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((re.compile(said), re.compile(bearing)) for said, bearing in claims())
