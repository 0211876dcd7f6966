"""What the terminal shows of fact sheets and rule checks, without `--json`. Plain text, never markup."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text

from assistant.facts.dictionary import dictionary
from assistant.facts.showing import show
from assistant.facts.types import Issue, Reading, Severity, Unplaced
from assistant.rules.types import Finding, Report
from assistant.rules.verdicts import Verdict
from assistant.writing.citing import display_path
from indexing.jurisdictions import name_of
from ui.text import one_line

_ORDER = (
    Verdict.FAIL,
    Verdict.EXPLAIN,
    Verdict.UNKNOWN,
    Verdict.ADVICE,
    Verdict.NOT_CITABLE,
    Verdict.MANUAL,
    Verdict.PASS,
    Verdict.INFO,
)
_STYLES = {
    Verdict.FAIL: "bold red",
    Verdict.EXPLAIN: "bold yellow",
    Verdict.UNKNOWN: "bold magenta",
    Verdict.ADVICE: "bold blue",
    Verdict.PASS: "bold green",
}
_MARKS = {True: "✓", False: "✗", None: "？"}


def print_reading(console: Console, reading: Reading) -> None:
    """Each fact with the words it came from, then what is doubtful, then what was not placed."""
    known = dictionary()
    console.print(Text(f"读出 {len(reading.sheet.facts)} 项事实，请逐项确认：", style="bold"))
    for key, fact in reading.sheet.facts.items():
        console.print(
            Text.assemble(
                "\n", (known.label(key), "bold"), f"：{one_line(show(known.spec(key), fact.value))}"
            )
        )
        console.print(
            Text(f"    {one_line(fact.source.place)}　“{one_line(fact.source.words)}”", style="dim")
        )
        for remark in fact.remarks:
            console.print(Text(f"    注意：{one_line(remark)}"))
    print_doubts(console, reading.issues, reading.unplaced)


def print_doubts(console: Console, issues: Iterable[Issue], unplaced: Iterable[Unplaced]) -> None:
    """Errors first, then warnings, then words that state no fact we know."""
    for severity in (Severity.ERROR, Severity.WARNING):
        for issue in issues:
            if issue.severity is severity:
                console.print(Text.assemble("\n", (severity.value, "bold"), f"　{one_line(issue.message)}"))
    for each in unplaced:
        near = f"　最接近的是：{'、'.join(each.nearest)}" if each.nearest else ""
        words = one_line(each.source.words)
        console.print(
            Text.assemble("\n", ("未能归位", "bold"), f"　{one_line(each.source.place)}“{words}”{near}")
        )


def print_report(console: Console, report: Report, reading: Reading, *, everything: bool) -> None:
    """Counts, notices, then the findings by verdict, the gravest first, then doubts of the sheet; no score.

    Args:
        console: where to.
        report: what was found.
        reading: the facts it was found with.
        everything: also list what is not applicable.
    """
    place = name_of(report.jurisdiction) if report.jurisdiction else "未写明"
    console.print(Text(f"辖区：{place}；基准日期：{report.base_date}", style="bold"))
    counts = report.counts()
    console.print(
        Text("　".join(f"{verdict.value} {counts[verdict]}" for verdict in (*_ORDER, Verdict.NOT_APPLICABLE)))
    )
    if said := _doubted(reading):
        console.print(Text(said, style="bold"))
    for notice in report.notices:
        console.print(Text(f"注意：{one_line(notice)}"))
    for derived in report.derived:
        if derived.arithmetic and not isinstance(derived.value, bool):
            console.print(Text(f"核算：{dictionary().label(derived.key)} ＝ {one_line(derived.arithmetic)}"))
    numbers = {document.doc_id: document.number for document in report.documents}
    for verdict in (*_ORDER, *((Verdict.NOT_APPLICABLE,) if everything else ())):
        found = [finding for finding in report.findings if finding.verdict is verdict]
        if found:
            console.print(Text(f"\n{verdict.value}（{len(found)} 条）", style=_STYLES.get(verdict, "bold")))
        for finding in found:
            _print_finding(console, finding, numbers.get(finding.rule.doc_id, finding.rule.doc_id))
    print_doubts(console, reading.issues, reading.unplaced)


def _doubted(reading: Reading) -> str:
    """How much of the sheet was not used, said before the verdicts; "" where all was."""
    errors = sum(issue.severity is Severity.ERROR for issue in reading.issues)
    parts = [f"{errors}处错误"] * bool(errors) + [f"{len(reading.unplaced)}处没有归位"] * bool(
        reading.unplaced
    )
    return f"事实表有{'、'.join(parts)}，列在最后；没有采用的按缺少事实处理。" if parts else ""


def _print_finding(console: Console, finding: Finding, number: str) -> None:
    rule = finding.rule
    console.print(Text.assemble("\n", (rule.rule_id, "bold"), f"　{one_line(finding.message)}"))
    for step in finding.steps if finding.verdict is not Verdict.NOT_APPLICABLE else ():
        console.print(Text(f"    {_MARKS[step.holds]} {one_line(step.text)}"))
    if finding.reason:
        console.print(Text(f"    理由：{one_line(finding.reason)}"))
    for remark in finding.remarks:
        console.print(Text(f"    注意：{one_line(remark)}"))
    where = f"{number}{display_path(rule.path)}"
    console.print(Text(f"    依据：{where}“{one_line(rule.quote)}”（{rule.strength}）", style="dim"))
