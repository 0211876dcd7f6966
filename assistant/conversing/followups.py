"""What a question leaves unsaid, taken from the one before: place, document, clause, subject.

Pure text work on two questions. The words of both stay as they were typed; what is made of them
is a question that reads as one and says all it means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.conversing.before import JOINED, address_of, place_span, stem_of
from assistant.conversing.ellipses import YEAR, beside, elliptic, listed, pointed
from assistant.conversing.unsaid import (
    ASKS,
    NATION_NAMED,
    POINTS,
    ROLE,
    SOURCE,
    WHY,
    Asked,
    names_nation_alone,
)
from assistant.library import Library
from assistant.questions.steps import RANKS, read_steps
from indexing.folding import fold_tight
from indexing.numerals import chinese_numeral, parse_numeral

_COMPARED = re.compile(r"(?:和|跟|与|同).{1,12}?(?:相?比|对比|比较|区别|不同|差别|一样|哪个)")
_EACH_CITY = re.compile(r"每个?(?:试点)?(?:城市|市)的?")  # what the nation asks of each, a city does not
# "下一条", "再下一款", "上一条"
_NEXT = re.compile(
    r"(?:再|那)?(?P<way>[上下])一(?P<mark>[条款项])(?:的?(?P<below>第[一二三四五六七八九十\d]+款))?(?:是什么|怎么[说写讲]的?|说了?什么|写了?什么)?"
)
_NUMBERED = re.compile(r"第?[(（]?(?P<number>[零〇一二三四五六七八九十百\d]+)[)）]?(?P<mark>[条款项])")
_ROLE_CHARS = 2  # 负责 alone asks who does it
_EACH = re.compile(r"分别|各自|各(?=[有是怎给])|三地|两地|四地")


def followed(asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str | None:
    """The complete question `asked` stands for behind `before`; None where it stands for itself.

    Args:
        asked: the new question.
        before: the complete question answered last.
        cited: clauses that answer cited, best first.
        library: what the clauses stand in.
    """
    core = fold_tight(asked.core)
    if WHY.match(core):
        return f"{stem_of(before)}，为什么？"
    if SOURCE.match(core):
        return f"{address_of(cited, library)}的原文是什么？" if cited else before.text
    if (asked.is_only_place or _repeats(asked, before)) and not asked.question.references:
        return _other_place(asked, before)
    whole = (
        listed(asked, before)
        or _next_clause(asked, before, cited, library)
        or _bodies_of(asked, cited, library)
    )
    if whole is not None:
        return whole
    if asked.is_complete and not (asked.has_place and _COMPARED.search(asked.folded)):
        return None
    if asked.question.references:
        return _other_clause(asked, before, cited, library)
    if asked.points or (asked.has_place and not asked.terms and POINTS.search(asked.folded)):
        return pointed(asked, before, cited, library)
    if ASKS.search(asked.folded) or asked.question.aspects:
        return elliptic(asked, before, cited, library)
    return beside(asked, before)


def _other_clause(
    asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library
) -> str | None:
    """第二款呢 behind 第十五条第一款: the clause named put where the other stood, or below what was cited."""
    steps, own = read_steps(asked.folded), read_steps(before.folded)
    if not steps or asked.has_place:
        return None
    rank = RANKS[steps[0].kind]
    named = asked.text[steps[0].start : steps[-1].end]
    above = [step for step in own if RANKS[step.kind] < rank]
    deeper = [step for step in own if RANKS[step.kind] >= rank]
    rest = asked.text[steps[-1].end :] if asked.terms else ""
    if own:
        start = deeper[0].start if deeper else above[-1].end
        end = deeper[-1].end if deeper else above[-1].end
        return f"{before.text[:start]}{named}{rest or before.text[end:]}"
    if not cited:
        return None
    return f"{address_of(cited, library, below=rank)}{named}{rest or '怎么规定？'}"


def _bodies_of(asked: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str | None:
    """配合单位呢: of the clause cited first; None of anything else."""
    is_role = ROLE.fullmatch(asked.core) is not None and len(asked.core) > _ROLE_CHARS
    if not (is_role and cited) or asked.has_place:
        return None
    return f"{address_of(cited, library)}的{asked.core}是谁？"


def _next_clause(
    asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library
) -> str | None:
    """下一条呢 behind 第二十一条: the clause with the next number; None where none is named or left.

    Counted from the clause cited first where the question before names none.
    """
    match, steps = _NEXT.fullmatch(fold_tight(asked.core)), read_steps(before.folded)
    if match is None:
        return None
    if not steps and cited:
        before = Asked.read(f"{address_of(cited, library)}怎么规定？", library)
        steps = read_steps(before.folded)
    numbered = [(step, _NUMBERED.fullmatch(before.text[step.start : step.end])) for step in steps]
    found = [(step, number) for step, number in numbered if number and number["mark"] == match["mark"]]
    if not found:
        return None
    last, number = found[-1]
    value = parse_numeral(number["number"]) + (1 if match["way"] == "下" else -1)
    if value < 1:
        return None
    step = f"第{chinese_numeral(value)}{number['mark']}{match['below'] or ''}"
    return f"{before.text[: last.start]}{step}{before.text[steps[-1].end :]}"


def _other_place(asked: Asked, before: Asked) -> str:
    """那上海呢: the question before, asked of another place; 跟上海比呢: of both."""
    place = _places_of(asked)
    start, end = place_span(before)
    if _COMPARED.search(asked.folded) and before.has_place:
        place = _joined(before.text[start:end], asked)
    text = f"{before.text[:start]}{place}{before.text[end:]}"
    if not JOINED.search(place):
        text = _EACH.sub("", text)
    if not names_nation_alone(place):
        text = _EACH_CITY.sub("", text)
    year = YEAR.search(asked.folded)
    text = text.lstrip("，、, ")
    return YEAR.sub(year.group(), text, count=1) if year else text


def _joined(its: str, asked: Asked) -> str:
    """The place of the question before and the others named with it, each once: 国家和重庆."""
    names = [asked.text[start:end] for start, end in asked.places]
    is_nation = NATION_NAMED.search(its) is not None
    others = [one for one in names if one not in its and not (is_nation and NATION_NAMED.fullmatch(one))]
    return "和".join([its, "、".join(others)]) if others else its


def _repeats(asked: Asked, before: Asked) -> bool:
    """Whether beside its place it only names what was asked about: 上海的场地呢 behind 北京场地要钱吗."""
    if not (asked.has_place and asked.terms and before.has_place) or ASKS.search(asked.core):
        return False
    said = fold_tight(before.folded)
    return asked.folded.rstrip("?。 ").endswith("呢") and all(one.surface in said for one in asked.terms)


def _places_of(asked: Asked) -> str:
    spans = asked.places
    if not spans:
        return "国家层面" if names_nation_alone(asked.core) else "各市"
    named = [asked.text[start:end] for start, end in spans]
    return "、".join("国家层面" if NATION_NAMED.fullmatch(name) else name for name in named)
