"""Facts held against rules: `check_facts`, a pure function of the fact sheet and the rulebook.

Three things never happen: a fact that is missing passes, a rule of another city is applied, a
verdict stands without the clause it comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import product

from assistant.facts.checks import check_facts_together, derive, fill, stated_values
from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind, FactSheet, Value
from assistant.rules.expression_text import Step, steps
from assistant.rules.expressions import Expression, Result, evaluate, parse
from assistant.rules.rulebook import HASH_CHARS, documents_for, holds_rules_of
from assistant.rules.types import Finding, Force, Report, Rule, RuledDocument
from assistant.rules.verdicts import Verdict
from indexing.jurisdictions import NATION, lineage, name_of

Wording = Mapping[str, str]
"""clause_id → text_hash of the clause as the library holds it now."""

MIN_REASON_CHARS = 20
"""A reason shorter than this explains nothing; it is asked for again."""


def check_facts(
    sheet: FactSheet, as_of: date, jurisdiction: str | None = None, wording: Wording | None = None
) -> Report:
    """Every rule of a project's place and of the nation, held against its facts.

    Args:
        sheet: the facts; its own 基准日期 wins over `as_of`.
        as_of: the day documents must be in force.
        jurisdiction: a GB/T 2260 code that overrides the sheet's 所属辖区.
        wording: the clauses of the library, to notice changed ones; None does not look.

    Returns:
        One finding for each rule, in the order of the documents; never empty.
    """
    values = stated_values(sheet)
    stated = values.get("jurisdiction")
    place = jurisdiction or (stated if isinstance(stated, str) else None)
    if place:
        values["jurisdiction"] = place
    day = values.setdefault("base_date", as_of)
    base_date = day if isinstance(day, date) else as_of
    values = _local(values, place)
    places = (NATION, *(lineage(place) if place else ()))
    derived = derive(values, places)
    documents = documents_for(place)
    findings = tuple(
        _with_wording(_judge_months(rule, values, sheet, places), wording)
        for document in documents
        for rule in document.rules
    )
    return Report(
        jurisdiction=place,
        base_date=base_date,
        documents=documents,
        findings=findings,
        derived=tuple(each for each in derived if each.value is not None),
        issues=check_facts_together(values),
        notices=tuple(_notices(place, stated, documents, base_date, values)),
    )


def _local(values: dict[str, Value], place: str | None) -> dict[str, Value]:
    """The facts without those that only another place's documents know."""
    codes = set(lineage(place)) if place else set()
    known = dictionary()
    return {
        key: value
        for key, value in values.items()
        if key not in known or not known.spec(key).jurisdictions or codes & set(known.spec(key).jurisdictions)
    }


def _judge_months(rule: Rule, values: dict[str, Value], sheet: FactSheet, places: tuple[str, ...]) -> Finding:
    """`_judge`; where a date is written as a month, only what holds for its first and its last day."""
    finding = _judge(rule, values, sheet)
    named = stated_keys(
        tuple(name for part in (rule.when, rule.check, rule.unsure) if part for name in part.names)
    )
    spans = {
        key: (fact.value, fact.latest)
        for key in named
        if (fact := sheet.facts.get(key)) and fact.latest and key in values
    }
    if not spans:  # every day is known: nothing to derive anew
        return finding
    for days in product(*spans.values()):
        other = {
            key: value
            for key, value in values.items()
            if key not in dictionary() or not dictionary().spec(key).is_derived
        }
        other |= {key: day for key, day in zip(spans, days, strict=True) if day is not None}
        derive(other, places)
        if _judge(rule, other, sheet).verdict is not finding.verdict:
            message = f"{rule.title}：{_names(tuple(spans))}只写到月，首末两日的结果不同，请写到日。"
            return replace(finding, verdict=Verdict.UNKNOWN, message=message, missing=tuple(spans))
    return finding


def _judge(rule: Rule, values: dict[str, Value], sheet: FactSheet) -> Finding:
    applies = evaluate(rule.when, values) if rule.when else Result(True)
    if applies.is_false:
        return _finding(
            rule, Verdict.NOT_APPLICABLE, f"{rule.title}：适用条件不成立", values, steps_of=rule.when
        )
    if rule.check is None:
        verdict = Verdict.MANUAL if rule.manual else Verdict.INFO
        return _finding(rule, verdict, rule.manual or rule.title, values, missing=applies.missing)
    if applies.value is None:
        missing = _lacking(applies.missing or tuple(sorted(rule.when.names if rule.when else ())), values)
        message = f"{rule.title}：不知道是否适用，需要：{_names(missing)}"
        return _finding(rule, Verdict.UNKNOWN, message, values, steps_of=rule.when, missing=missing)
    if rule.unsure and evaluate(rule.unsure, values).is_true:
        return _finding(
            rule, Verdict.MANUAL, fill(rule.unsure_say, values, dictionary()), values, steps_of=rule.check
        )
    return _checked(rule, evaluate(rule.check, values), values, sheet)


def _checked(rule: Rule, outcome: Result, values: dict[str, Value], sheet: FactSheet) -> Finding:
    if outcome.is_true:
        said = "前提已写明，可以引用" if rule.force is Force.PERMITTED else "符合"
        return _finding(rule, Verdict.PASS, f"{rule.title}：{said}", values, steps_of=rule.check)
    if outcome.value is None:
        missing = _lacking(outcome.missing or tuple(sorted(rule.check.names if rule.check else ())), values)
        verdict = Verdict.NOT_CITABLE if rule.force is Force.PERMITTED else Verdict.UNKNOWN
        said = "前提没有写明，不能引用；需要" if verdict is Verdict.NOT_CITABLE else "缺少事实，需要"
        return _finding(
            rule,
            verdict,
            f"{rule.title}：{said}：{_names(missing)}",
            values,
            steps_of=rule.check,
            missing=missing,
        )
    if rule.excuse and evaluate(rule.excuse, values).is_true:
        return _finding(rule, Verdict.EXPLAIN, rule.excuse_say, values, steps_of=rule.check)
    finding = _finding(
        rule, rule.on_fail, f"{rule.title}：{_WHAT[rule.on_fail]}", values, steps_of=rule.check
    )
    if finding.verdict is Verdict.EXPLAIN:
        return _with_reason(finding, sheet)
    return finding


_WHAT = {
    Verdict.FAIL: "不符合",
    Verdict.EXPLAIN: "没有达到，请填写理由",
    Verdict.ADVICE: "没有做到，不是违规，建议考虑",
    Verdict.NOT_CITABLE: "前提不具备，不能引用这项政策",
}


def _with_reason(finding: Finding, sheet: FactSheet) -> Finding:
    reason = sheet.value("deviation_reason")
    if not isinstance(reason, str):
        return finding
    if len(reason.strip()) < MIN_REASON_CHARS:
        return replace(finding, remarks=(*finding.remarks, f"已填理由不足{MIN_REASON_CHARS}字，请写清楚"))
    return replace(
        finding, reason=reason, message=f"{finding.rule.title}：没有达到，已填理由，请核对理由是否成立"
    )


def _finding(
    rule: Rule,
    verdict: Verdict,
    message: str,
    values: dict[str, Value],
    *,
    steps_of: Expression | None = None,
    missing: tuple[str, ...] = (),
) -> Finding:
    known = dictionary()
    shown: tuple[Step, ...] = steps(steps_of, values, known) if steps_of else ()
    names = steps_of.names if steps_of else frozenset()
    used = tuple(sorted(name for name in names if name in values))
    remarks = () if verdict is Verdict.NOT_APPLICABLE else tuple(_remarks(rule, values))
    if rule.hint and verdict in _HINTED:
        message = f"{message}；{rule.hint}"
    return Finding(rule, verdict, f"{message}。", used, stated_keys(missing), shown, remarks)


_HINTED = (Verdict.FAIL, Verdict.EXPLAIN, Verdict.UNKNOWN, Verdict.ADVICE, Verdict.NOT_CITABLE)


def _remarks(rule: Rule, values: dict[str, Value]) -> Iterable[str]:
    for remark in rule.remarks:
        if remark.when is None or evaluate(remark.when, values).is_true:
            yield fill(remark.text, values, dictionary())


def stated_keys(missing: tuple[str, ...]) -> tuple[str, ...]:
    """Missing facts as people can state them: a computed one stands for what it is computed from."""
    keys: dict[str, None] = {}
    known = dictionary()
    for key in missing:
        spec = known.spec(key) if key in known else None
        if spec is not None and spec.formula:
            keys.update(dict.fromkeys(stated_keys(tuple(sorted(parse(spec.formula).names)))))
        elif not key.endswith("_stated"):  # a substitute for what is better computed
            keys[key] = None
    return tuple(keys)


def _lacking(missing: tuple[str, ...], values: Mapping[str, Value]) -> tuple[str, ...]:
    """What people have still to state: of an area per household the households, where the area is known."""
    keys = stated_keys(missing)
    return tuple(key for key in keys if key not in values) or keys


def _names(missing: tuple[str, ...]) -> str:
    known = dictionary()
    return "、".join(
        _named(known.spec(key).label, _UNITS.get(known.spec(key).kind, known.spec(key).unit))
        for key in stated_keys(missing)
        if key in known
    )


_UNITS = {FactKind.AREA: "㎡", FactKind.MONEY: "万元", FactKind.PERCENT: "%"}


def _named(label: str, unit: str) -> str:
    return f"{label}（{unit}）" if unit else label


def _with_wording(finding: Finding, wording: Wording | None) -> Finding:
    """The finding, or 无法判定 where the clause is not what was reviewed."""
    if wording is None:
        return finding
    rule, held = finding.rule, wording.get(finding.rule.clause_id)
    if held is not None and held.startswith(rule.text_hash):
        return finding
    said = "资料库里没有这一条款" if held is None else "这一条款的文字已经改变"
    message = f"{said}，规则须重新审定后才能判断；{finding.message}"
    verdict = (
        finding.verdict
        if finding.verdict in (Verdict.NOT_APPLICABLE, Verdict.MANUAL, Verdict.INFO)
        else Verdict.UNKNOWN
    )
    return replace(finding, verdict=verdict, message=message)


def clause_hashes(clauses: Iterable[tuple[str, str]]) -> Wording:
    """clause_id → text_hash, cut to what rules keep."""
    return {clause_id: text_hash[:HASH_CHARS] for clause_id, text_hash in clauses}


def _notices(
    place: str | None,
    stated: Value | None,
    documents: tuple[RuledDocument, ...],
    day: date,
    values: Mapping[str, Value],
) -> Iterable[str]:
    if place is None:
        yield "没有所属辖区，只核对了国家文件；请写明，如 所属辖区：重庆市。"
    elif not holds_rules_of(place):
        yield f"没有{name_of(place)}的规则，只核对了国家文件；不得用其他城市的规定代替。"
    if isinstance(stated, str) and place and lineage(stated)[-1:] != lineage(place)[-1:] and stated != place:
        yield f"事实表写的是{name_of(stated)}，按要求改用{name_of(place)}的规则；原辖区的规则结果不再适用。"
    for document in documents:
        if document.effective_from and day < document.effective_from:
            yield f"{document.number}在{day}尚未施行（{document.effective_from}起），判断结果只供参考。"
        if document.expires_on and day > document.expires_on:
            yield f"{document.number}已过有效期（至{document.expires_on}），不得再作为依据。"
        if document.is_trial and document.expires_on is None:
            yield f"{document.number}是试行文件，没有写有效期，请核对最新效力。"
        local = document.jurisdiction != NATION or len(documents) == 1
        for silence in document.silences:
            if local and any(key in values for key in silence.facts):
                yield f"{silence.text}（{document.number}）。"
