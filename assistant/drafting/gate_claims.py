"""The verdict gate: nothing is said to be met, or claimed, that the rules did not find so."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from assistant.drafting.gate_words import residue, words
from assistant.drafting.ground import Ground
from assistant.drafting.sentences import BLANK, Said, without_quotes
from assistant.drafting.values import phrase, prose
from assistant.export.text import in_one_line
from assistant.facts.dictionary import dictionary
from assistant.facts.showing import plain
from assistant.facts.types import Fact, Table, Value
from assistant.rules.types import Finding
from assistant.rules.verdicts import Verdict
from indexing.folding import fold_tight

# 于【待补：实施方案审查通过日期】审查通过: a form to fill in, which claims nothing yet
_LEFT_OPEN = re.compile(rf"{BLANK.pattern}(?:审查|验收)通过")
_BAD = (Verdict.FAIL, Verdict.EXPLAIN)
_SPANS = re.compile(r"要求|规定|上限|下限|限额|额度|标准|条件|政策|前提|指标|导则|办法|方案|规范")


def claims_unproved(said: Said, ground: Ground) -> list[str]:
    """符合, 达到 … where a clause cited was not found to be met, or where none is cited at all."""
    left = ground.residue(_LEFT_OPEN.sub(" ", said.text))
    claimed = [one.group() for one in words("claims").finditer(words("denials").sub(" ", left))]
    claimed = [
        one for one in claimed if not _is_named(one, left, ground) and not _is_of_day(one, said.text, ground)
    ]
    if not claimed:
        return []
    if not said.citations:
        return claimed if _SPANS.search(left) else []
    quoted = tuple(one for one in said.citations if in_one_line(one.quote) in said.text)
    verdicts = {each.verdict for each in ground.findings_of(quoted or said.citations)}
    if verdicts & {Verdict.FAIL, Verdict.EXPLAIN, Verdict.NOT_CITABLE}:
        return claimed
    return claimed if verdicts - {Verdict.PASS} and _SPANS.search(left) else []


def _is_named(claim: str, left: str, ground: Ground) -> bool:
    """Whether a known fact is called so: 已通过 with 联审, where the sheet has 已通过联审的部门."""
    known = dictionary()
    labels = (known.label(key) for key in ground.case.values if key in known)
    after = (label.partition(claim)[2][:_NAMED] for label in labels if claim in label)
    if any(len(each) == _NAMED and each in left for each in after):
        return True
    after_it = left.partition(claim)[2][:_NAMED]
    return len(after_it.strip()) == _NAMED and fold_tight(_root(claim) + after_it) in ground.folded


def _is_of_day(claim: str, text: str, ground: Ground) -> bool:
    """Whether a day is known that is called so, and the text has it: 8月3日审查通过, of 审查通过日期."""
    known = dictionary()
    days = ((key, value) for key, value in ground.case.values.items() if isinstance(value, date))
    return any(claim in known.label(key) and prose(key, value) in text for key, value in days)


def _root(word: str) -> str:
    """What is done, of a word that says that it is: 批复 of 已获批复, 通过 of 已通过."""
    return re.sub(r"^已(?:经)?获?(?=[\u4e00-\u9fff]{2})", "", word)


_NAMED = 2


def approvals_unstated(said: Said, ground: Ground) -> list[str]:
    """已批复, 审议通过 … that no fact states: who has approved what is for a paper to say."""
    text = without_quotes(_LEFT_OPEN.sub(" ", said.text))
    out = []
    for clause in re.split(r"[，。；]", text):
        for one in words("approvals").finditer(clause):
            if text.strip() == one.group() or _is_named(one.group(), clause, ground):
                continue  # a cell of a table by itself, or what a fact is called
            if not _stands_with_its_fact(one.group(), clause, ground):
                out.append(one.group())
    return out


def _stands_with_its_fact(word: str, clause: str, ground: Ground) -> bool:
    """Whether a clause has the fact a word is of: more of its text, or the row of a table it stands in."""
    said, word = word, _root(word)
    rows = (row for value in ground.case.values.values() if isinstance(value, Table) for row in value.rows)
    named = any(
        any(isinstance(cell, str) and word in cell for cell in row)
        and any(_is_in(cell, clause) for cell in row if cell not in (said, word))
        for row in rows
    )
    return named or any(
        word in one and one not in (said, word) and one in clause for one in ground.fact_texts
    )


def _is_in(cell: str | Decimal | None, clause: str) -> bool:
    """Whether a clause names a row by one of its cells: what it is of, its amount, its 文号."""
    if isinstance(cell, Decimal):
        return f"{plain(cell)}万元" in clause
    return isinstance(cell, str) and len(cell) > _NAMED and cell in clause


def hidden_breach(said: Said, ground: Ground) -> list[str]:
    """The title of a rule that was not met, in a sentence that gives its facts and does not say so."""
    left = residue(said, ground)
    if words("denials").search(left):
        return []
    bad = (each for each in ground.findings_of(said.citations) if each.verdict in _BAD)
    return [each.rule.title for each in bad if _states(said.text, each, ground)]


def _states(text: str, finding: Finding, ground: Ground) -> bool:
    """Whether a sentence gives every known fact that a rule was judged by."""
    names = finding.rule.check.names if finding.rule.check else frozenset()
    values = {key: ground.case.values[key] for key in names if key in ground.case.values}
    sheet = ground.case.sheet.facts
    forms = [_forms(key, value, sheet.get(key)) for key, value in values.items()]
    return bool(forms) and all(any(form in text for form in each) for each in forms)


def _forms(key: str, value: Value, fact: Fact | None) -> tuple[str, ...]:
    """A fact in words; a bare amount is none, another fact may have the same."""
    named = phrase(key, value, fact)
    return (named,) if isinstance(value, Decimal | bool) else (named, prose(key, value, fact))


def unproved_benefits(said: Said, ground: Ground) -> list[str]:
    """A benefit said to be had; or cited though its preconditions are not shown."""
    found = [
        each.rule.title for each in ground.findings_of(said.citations) if each.verdict is Verdict.NOT_CITABLE
    ]
    left = residue(said, ground)
    return found + [one.group() for one in words("benefits").finditer(left)]
