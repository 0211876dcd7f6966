"""Steps of a clause's address in a question: 附件1-2第3项第1小项, 第十二条和第十四条.

Read on a folded copy; found again as the last steps of a clause's path.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexing.folding import fold_tight
from indexing.numerals import NUMERAL, chinese_numeral, parse_numeral
from indexing.types import Clause, Level

Steps = tuple[tuple[str, ...], ...]
"""Each step with the forms it may take in a path, outermost first."""

_DIGITS = "零〇一二两三四五六七八九十百"
_HAN = rf"[{_DIGITS}]+"
_MEASURES = "个项万亿元年月日号天时分%平人户岁公里米条章节次家种类点部"
STEP = re.compile(
    rf"(?P<annex>附件\s*(?P<annex_n>\d+|{_HAN})(?:[-之](?P<annex_m>\d+|{_HAN}))?)"
    rf"|第(?P<article>{NUMERAL})(?:条(?:之(?P<sub>{NUMERAL}))?|(?=[至到、和与及~-]第(?:{NUMERAL})条))"
    rf"|第?(?P<paragraph>{NUMERAL})款"
    rf"|第\((?P<bracketed>{NUMERAL})\)(?:小?项|小?点|条)"
    rf"|第(?P<item>{NUMERAL})(?:小?[项行]|小?点|目)"
    rf"|第(?P<segment>{NUMERAL})段"
    rf"|第(?P<chapter>{NUMERAL})(?P<unit>[章节])"
    rf"|第(?P<division>{NUMERAL})(?:大?部分|大点)"
    rf"|(?<![第之{_DIGITS}])(?P<top>{_HAN})、?(?=[(]{_HAN}[)])"
    rf"|(?<![\u4e00-\u9fff])(?P<lone>{_HAN})、?(?=[(])"
    rf"|(?:^|(?<=[号》的,，。:]))(?P<heading>{_HAN})、"
    rf"|[(](?P<second>{_HAN})[)]"
    rf"|(?<=[)/])、?(?P<third>\d{{1,2}})(?![\d{_MEASURES}])"
)
# Group → the forms its number takes in a path; 第二项 is （二） of an article and row 2 of a table
_PRINTED: dict[str, tuple[str, ...]] = {
    "article": ("第{han}条之{after}", "第{han}条"),
    "paragraph": ("第{han}款",),
    "bracketed": ("（{han}）",),
    "item": ("第{arabic}项", "{arabic}", "（{han}）"),
    "segment": ("第{arabic}段",),
    "chapter": ("第{han}{after}",),
    "division": ("{han}",),
    "top": ("{han}",),
    "lone": ("{han}",),
    "heading": ("{han}",),
    "second": ("（{han}）",),
    "third": ("{arabic}",),
}

# How deep a step stands; one no deeper than the last begins another address
RANKS = {
    "annex": 0, "chapter": 1, "article": 2, "division": 2, "top": 2, "lone": 2, "heading": 2, "paragraph": 3,
    "segment": 3, "bracketed": 4, "second": 4, "item": 4, "third": 5,
}  # fmt: skip
_RUN_OF_ARTICLES = re.compile(r"[至到~-]")
_LONGEST_RUN = 20


@dataclass(frozen=True, slots=True)
class Step:
    """One step at `folded[start:end]`."""

    start: int
    end: int
    kind: str
    forms: tuple[str, ...]


def read_steps(folded: str) -> list[Step]:
    """Steps of addresses in a folded question, in order."""
    out = []
    for match in STEP.finditer(folded):
        forms = _forms(match)
        if forms:
            kind = "annex" if match.group("annex") else next(name for name in _PRINTED if match.group(name))
            out.append(Step(match.start(), match.end(), kind, forms))
    return out


def addresses(steps: list[Step], folded: str) -> list[Steps]:
    """The steps as one address each clause asked for: a second 条 begins another, 第3项第1小项 goes on.

    第十二条至第十四条 is three; what stands above a step holds for the next one of its depth.
    """
    out: list[Steps] = []
    current: list[Step] = []
    for step in steps:
        if current and not _goes_deeper(current[-1], step, folded):
            out.append(tuple(one.forms for one in current))
            out += _between(current, step, folded)
            current = [one for one in current if RANKS[one.kind] < RANKS[step.kind]]
        current.append(step)
    if current:
        out.append(tuple(one.forms for one in current))
    return list(dict.fromkeys(out))


def _goes_deeper(before: Step, step: Step, folded: str) -> bool:
    if RANKS[step.kind] > RANKS[before.kind]:
        return True
    return before.kind == step.kind == "item" and folded[before.end : step.start] in ("", "的")


def _between(current: list[Step], step: Step, folded: str) -> list[Steps]:
    """The articles between the ends of 第十二条至第十四条; none elsewhere, or where the run is long."""
    last = current[-1]
    if last.kind != "article" or step.kind != "article":
        return []
    if not _RUN_OF_ARTICLES.fullmatch(folded[last.end : step.start]) or "之" in last.forms[0] + step.forms[0]:
        return []
    first, end = (parse_numeral(one.forms[0][1:-1]) for one in (last, step))
    above = tuple(one.forms for one in current[:-1])
    numbers = range(first + 1, end) if end - first <= _LONGEST_RUN else range(0)
    return [(*above, (f"第{chinese_numeral(number)}条",)) for number in numbers]


def _forms(match: re.Match[str]) -> tuple[str, ...]:
    group = match.groupdict()
    if group["annex"]:
        minor = f"-{parse_numeral(group['annex_m'])}" if group["annex_m"] else ""
        return (f"附件{parse_numeral(group['annex_n'])}{minor}",)
    name = next(name for name in _PRINTED if group[name])
    number = parse_numeral(group[name])
    if not 1 <= number <= 9999:
        return ()
    han, after = chinese_numeral(number), group["sub"] or group["unit"] or ""
    if group["sub"]:
        after = chinese_numeral(parse_numeral(after))
    printed = _PRINTED[name]
    if name == "article":
        printed = printed[:1] if group["sub"] else printed[1:]
    return tuple(form.format(han=han, arabic=number, after=after) for form in printed)


def find_clauses(clauses: tuple[Clause, ...], steps: Steps) -> tuple[Clause, ...]:
    """Clauses of one document whose path ends in these steps; a part before them may go unsaid.

    第一款 of an article that has one paragraph only is the article itself.
    """
    exact = [clause for clause in clauses if _ends_in(clause.path, steps)]
    if not exact and steps and steps[-1][0] == "第一款":
        whole = [clause for clause in clauses if _ends_in(clause.path, steps[:-1])]
        exact = [
            clause
            for clause in whole
            if not any(c.parent == clause.path and c.level is Level.PARAGRAPH for c in clauses)
        ]
    if not exact and len(steps) == 1 and steps[0][0].startswith("第") and steps[0][0][-1] in "章节":
        exact = [clause for clause in clauses if clause.mark and fold_tight(clause.mark) == steps[0][0]]
    if not exact and len(steps) > 1 and any(_is_chapter(step) for step in steps[:-1]):
        exact = _in_chapters(clauses, steps)
    if not exact and len(steps) > 1 and (merged := _subrow(steps)):
        exact = [clause for clause in clauses if _ends_in(clause.path, merged)]
    if not exact and steps and _runs_through(clauses):
        # a notice without 条 that counts （一）…（十三） through its sections: readers say "第八条"
        asked = tuple((f"（{step[0][1:-1]}）",) if step[0].endswith("条") else step for step in steps)
        exact = [clause for clause in clauses if asked != steps and _ends_in(clause.path, asked)]
    shortest = min((clause.path.count("/") for clause in exact), default=0)
    return tuple(clause for clause in exact if clause.path.count("/") == shortest)


def _is_chapter(step: tuple[str, ...]) -> bool:
    return step[0].startswith("第") and step[0][-1] in "章节"


def _in_chapters(clauses: tuple[Clause, ...], steps: Steps) -> list[Clause]:
    """Clauses whose paths leave chapters out, found by the other steps below the headings named."""
    chapters = [step[0] for step in steps if _is_chapter(step)]
    others = tuple(step for step in steps if not _is_chapter(step))
    return [
        clause
        for clause in clauses
        if _ends_in(clause.path, others)
        and all(any(fold_tight(h).startswith(chapter) for h in clause.headings) for chapter in chapters)
    ]


def _subrow(steps: Steps) -> Steps | None:
    """第3项第1小项 of a table as its sub-row 3.1; None for steps that no row has."""
    row, sub = (next((form for form in step if form.isdecimal()), None) for step in steps[-2:])
    return (*steps[:-2], (f"{row}.{sub}",)) if row and sub else None


def _runs_through(clauses: tuple[Clause, ...]) -> bool:
    """Whether （一）（二）… number a whole document without articles, none of them twice."""
    marks = [clause.path.rsplit("/", 1)[-1] for clause in clauses if clause.level is Level.HEADING2]
    has_articles = any(clause.level is Level.ARTICLE for clause in clauses)
    return bool(marks) and not has_articles and len(marks) == len(set(marks))


def _ends_in(path: str, steps: Steps) -> bool:
    """Whether the asked steps are the last ones of the path, in order; an annex may stand further out."""
    have = path.split("/")
    for forms in reversed(steps):
        if forms[0].startswith("附件") and have and have[-1] not in forms:
            return have[0] in forms
        if not have or have[-1] not in forms:
            return False
        have.pop()
    return True
