"""Sentences on requirements: what a rule found, in words no stronger than the clause.

不符合 and 需说明理由 never become a claim of compliance, a benefit whose preconditions are not shown
is not cited, a target whose year is over is not written.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import takewhile

from assistant.drafting.case import Desk
from assistant.drafting.values import blank, phrase, tidy
from assistant.export.official import Blank, Inline, Text
from assistant.export.text import in_one_line
from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind
from assistant.rules.checking import stated_keys
from assistant.rules.expressions import Expression
from assistant.rules.types import Finding, Force
from assistant.rules.verdicts import Verdict
from assistant.templates import ClauseKind, ClauseNeed
from assistant.types import Citation
from assistant.writing.citing import display_path
from prompts.draft_frames import wording

_YEAR = re.compile(r"(20\d{2})\s*年")
_UNSAID = frozenset({"jurisdiction", "base_date"})
_BENEFIT = frozenset({Force.PERMITTED})
_WEAK = frozenset({Force.ADVICE, Force.ENCOURAGED})
Sentences = list[tuple[Inline, ...]]


def tail(rule_id: str, desk: Desk) -> Iterator[Inline]:
    """The end of a sentence that states the facts: ，符合《…》“…”的要求; nothing where no rule applies."""
    need, finding = desk.need(rule_id), desk.case.findings.get(rule_id)
    if need is None or finding is None:
        return
    desk.worded.add(rule_id)
    _used(finding, desk)
    if finding.verdict in (Verdict.NOT_APPLICABLE, Verdict.INFO, Verdict.MANUAL):
        return
    citation = _citable(need, finding, desk)
    if citation is None:
        return
    words = wording()["tails"]
    match finding.verdict:
        case Verdict.PASS:
            name = "passed"
            if finding.rule.force in _WEAK:
                name = "advised"
            elif finding.rule.force in _BENEFIT and need.kind is ClauseKind.SUPPORT:
                name = "permitted"
            yield from _clause(words[name], citation, desk)
        case Verdict.FAIL:
            yield from _clause(words["failed"], citation, desk)
            yield _remedy(finding)
        case Verdict.EXPLAIN:
            yield from _clause(words["explained"], citation, desk)
            yield _reason(finding, desk)
        case _ if _applies(finding):
            yield from _clause(words[_unknown(finding)], citation, desk)


def requirements(needs: Iterable[ClauseNeed], desk: Desk) -> Sentences:
    """A sentence for each clause not yet in words; those met by facts already stated share one."""
    met: dict[str, list[Citation]] = {}
    sentences: Sentences = []
    for need in needs:
        finding = desk.case.findings.get(need.rule_id or "")
        if need.rule_id in desk.worded or finding is None:
            continue
        desk.worded.add(need.rule_id or "")
        _used(finding, desk)
        citation = _citable(need, finding, desk)
        if citation is None:
            continue
        if _is_plainly_met(finding, desk):
            met.setdefault(_kind_of(need, finding), []).append(citation)
        else:
            sentences += _sentence(need, finding, citation, desk, len(sentences))
    return [*_together(met, desk), *sentences]


def _is_plainly_met(finding: Finding, desk: Desk) -> bool:
    """Met, and every fact it was judged by already stands in the section."""
    keys = set(_subject_keys(finding))
    return finding.verdict is Verdict.PASS and bool(keys) and keys <= desk.spoken


def _kind_of(need: ClauseNeed, finding: Finding) -> str:
    """Under which of `together` a clause that is met is put."""
    if finding.rule.force in _BENEFIT:
        return "permitted" if need.kind is ClauseKind.SUPPORT else "ruled"
    if finding.rule.force in _WEAK:
        return "advised"
    return "ruled" if finding.rule.force is Force.BAN else "required"


def _together(met: dict[str, list[Citation]], desk: Desk) -> Sentences:
    """One sentence for all clauses of a kind: 以上情况符合《甲》“…”“…”、《乙》“…”的要求."""
    out: Sentences = []
    last = ""
    parted = ((kind, part) for kind, citations in met.items() for part in _by_few(citations))
    for number, (kind, citations) in enumerate(parted):
        also = wording()["again" if kind == last else "also"]
        frame = also[kind] if number else in_turn(wording()["together"][kind], desk)
        last = kind
        before, _, after = frame.partition("{clauses}")
        inlines: list[Inline] = [Text(before)]
        name = ""
        for citation in citations:
            short = desk.case.shelf.short_name(citation)
            said = "" if short == name else f"、{short}" if name else short
            name = short
            inlines.append(Text(f"{said}“{in_one_line(citation.quote)}”", (citation,)))
        out.append((*inlines, Text(f"{_not_doubled(after, citations[-1])}。")))
    return out


def _by_few(citations: list[Citation]) -> Iterator[list[Citation]]:
    """Quotes in as many sentences as can be read: six in two of three, four still in one."""
    parts = -(-len(citations) // _AT_ONCE)
    size = -(-len(citations) // parts)
    yield from (citations[at : at + size] for at in range(0, len(citations), size))


_AT_ONCE = 4
"""Quotes one sentence takes."""


def in_turn(ways: Sequence[str], desk: Desk, nth: int = 0) -> str:
    """One of several ways to say the same: by the section's place in the template, the next for the nth."""
    keys = [one.key for one in desk.case.template.sections]
    place = keys.index(desk.section.key) if desk.section.key in keys else 0
    return ways[(place + nth) % len(ways)]


def _sentence(need: ClauseNeed, finding: Finding, citation: Citation, desk: Desk, nth: int) -> Sentences:
    words = wording()["other"]
    match finding.verdict:
        case Verdict.PASS:
            return [
                (*_with_subject(wording()["passed"][finding.rule.force], finding, citation, desk), Text("。"))
            ]
        case Verdict.FAIL:
            return [(*_with_subject(words["failed"], finding, citation, desk), _remedy(finding), Text("。"))]
        case Verdict.EXPLAIN:
            stated = _with_subject(words["explained"], finding, citation, desk)
            return [(*stated, _reason(finding, desk), Text("。"))]
        case Verdict.UNKNOWN:
            return _open(in_turn(words[_unknown(finding)], desk, nth), finding, citation, desk)
        case Verdict.MANUAL:
            is_stated = finding.rule.force is Force.STATED
            frame = in_turn(words["stated" if is_stated else "manual"], desk, nth)
            return [(*_clause(frame, citation, desk), Text("。"))]
    if need.kind is ClauseKind.TARGET:
        return [(*_clause(words["target"], citation, desk), Text("。"))]
    is_definition = need.kind is ClauseKind.DEFINITION
    frame = words["defined"] if is_definition else in_turn(words["stated"], desk, nth)
    return [(*_clause(frame, citation, desk), Text("。"))]


def _open(frame: str, finding: Finding, citation: Citation, desk: Desk) -> Sentences:
    """What is required, and blanks for what is missing; nothing where the section asks already."""
    missing = [key for key in finding.missing if key not in desk.asked and key not in desk.case.values]
    if not missing or not _applies(finding):
        return []
    blanks: list[Inline] = []
    for key in missing:
        desk.asked.add(key)
        blanks += [Text("、"), blank(key)] if blanks else [blank(key)]
    return [(*_clause(frame, citation, desk), *blanks, Text("。"))]


def _unknown(finding: Finding) -> str:
    """How an open requirement is put: what only advises is not called a 要求."""
    return "unknown_advised" if finding.rule.force in _WEAK else "unknown"


def _applies(finding: Finding) -> bool:
    """Whether it is known that a rule is meant, whatever else is missing."""
    when = finding.rule.when
    return when is None or not set(finding.missing) & set(stated_keys(tuple(when.names)))


def _with_subject(frame: str, finding: Finding, citation: Citation, desk: Desk) -> Iterator[Inline]:
    subject = _subject(finding, desk)
    above = wording()["passed"]["above"]
    filled = frame.replace("{subject}，", subject if subject == above else f"{subject}，")
    yield from _clause(filled, citation, desk)


def _subject(finding: Finding, desk: Desk) -> str:
    """The facts a rule was judged by, as one phrase; 以上情况 where the section has stated them."""
    keys = _subject_keys(finding)
    if keys and set(keys) <= desk.spoken:
        return str(wording()["passed"]["above"])
    phrases = []
    for key in keys:
        value = desk.case.values.get(key)
        if value is not None and key not in desk.spoken:
            desk.spoken.add(key)
            told = phrase(key, value, desk.case.sheet.facts.get(key))
            phrases.append(_told_before(key) if _is_told_before(key, told, desk) else told)
    return "，".join(phrases) or str(wording()["passed"]["above"])


def _is_told_before(key: str, told: str, desk: Desk) -> bool:
    """Whether an earlier section has told of a paper in a clause of its own, which need not be told again."""
    before = takewhile(lambda one: one.key != desk.section.key, desk.case.template.sections)
    return "，" in told and _is_paper(key) and any(key in one.facts for one in before)


def _is_paper(key: str) -> bool:
    return key in dictionary() and dictionary().spec(key).kind is FactKind.EVIDENCE


def _told_before(key: str) -> str:
    return str(wording()["passed"]["before"]).format(label=dictionary().label(key))


def _subject_keys(finding: Finding) -> tuple[str, ...]:
    names = finding.rule.check.names if finding.rule.check else frozenset()
    order = {spec.key: at for at, spec in enumerate(dictionary().specs)}
    keys = (key for key in finding.facts if key in names and key not in _UNSAID)
    return tuple(sorted(keys, key=lambda key: order.get(key, len(order))))


def _clause(frame: str, citation: Citation, desk: Desk) -> Iterator[Inline]:
    """The frame with {clause} as 《简称》“原文” and its footnote."""
    name = desk.case.shelf.short_name(citation)
    frame = frame.replace("{name}", name)
    before, _, after = frame.partition("{quote}" if "{quote}" in frame else "{clause}")
    said = name if "{clause}" in frame else ""
    closed = "）" if after.startswith("）") else ""  # a mark stands behind the bracket
    after = after.removeprefix(closed)
    yield Text(f"{before}{said}“{in_one_line(citation.quote)}”{closed}", (citation,))
    after = _not_doubled(after, citation)
    if after:
        yield Text(after)


def _not_doubled(after: str, citation: Citation) -> str:
    """What follows a quote, not its last word again: “……不少于30平方米要求”的规定, not 要求”的要求."""
    for word, other in (("要求", "规定"), ("规定", "要求"), ("目标", "要求")):
        if citation.quote.endswith(word) and after.startswith(f"的{word}"):
            return after.replace(word, other, 1)
    return after


def _remedy(finding: Finding) -> Blank:
    return Blank(wording()["blanks"]["remedy"], None, finding.message)


def _reason(finding: Finding, desk: Desk) -> Inline:
    desk.used["deviation_reason"] = None
    if finding.reason:
        return Text(tidy(finding.reason))
    return Blank(wording()["blanks"]["reason"], None, finding.message)


def _used(finding: Finding, desk: Desk) -> None:
    parts: list[Expression | None] = [finding.rule.when, finding.rule.check, finding.rule.unsure]
    for part in parts:
        if part is not None:
            desk.used.update(dict.fromkeys(sorted(part.names - _UNSAID)))


def _citable(need: ClauseNeed, finding: Finding, desk: Desk) -> Citation | None:
    """The citation of a clause that may stand in the text; else None, with a note that says why."""
    verdict, notes = finding.verdict, wording()["notes"]
    if verdict is Verdict.NOT_APPLICABLE:
        return None
    citation = desk.citation(need)
    if citation is None:
        return None
    place = f"{citation.document_number or citation.title}{display_path(citation.path)}"
    said = {"title": finding.rule.title, "place": place, "message": finding.message, "quote": need.quote}
    key = _NOTED.get(verdict)
    if need.kind is ClauseKind.TARGET and _is_over(need.quote, desk):
        key = "target_over"
    is_claim = need.kind is ClauseKind.SUPPORT and verdict in (Verdict.MANUAL, Verdict.INFO, Verdict.UNKNOWN)
    if key is None and is_claim:
        key = "info"
    if key:
        desk.note(notes[key].format(**said))
    dropped = key == "target_over" or is_claim or verdict in (Verdict.NOT_CITABLE, Verdict.ADVICE)
    return None if dropped else citation


_NOTED = {
    Verdict.NOT_CITABLE: "not_citable",
    Verdict.FAIL: "failed",
    Verdict.EXPLAIN: "explain",
    Verdict.UNKNOWN: "unknown",
    Verdict.MANUAL: "manual",
    Verdict.ADVICE: "advice",
}


def _is_over(quote: str, desk: Desk) -> bool:
    years = [int(year) for year in _YEAR.findall(quote)]
    return bool(years) and max(years) < desk.case.as_of.year
