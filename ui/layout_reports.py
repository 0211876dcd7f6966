"""What `cewen lint` and `cewen templates` print, for people and as JSON (keys in docs/json.md)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.text import Text

from assistant.facts.dictionary import dictionary
from assistant.writing.citing import display_path
from indexing.jurisdictions import name_of
from ui.text import encodable, one_line

if TYPE_CHECKING:
    from assistant.export.lint import Finding
    from assistant.templates import ApplicationTemplate, ClauseNeed, Section


def print_findings(console: Console, path: Path, findings: Sequence[Finding]) -> None:
    """One sentence a finding, numbered, then how many there are."""
    name = one_line(path.name)
    for number, finding in enumerate(findings, start=1):
        console.print(Text(f"{number}. {one_line(finding.sentence)}"))
    if findings:
        console.print(Text(f"\n{name}：发现{len(findings)}处版式问题。", style="bold"))
    else:
        console.print(Text(f"{name}：未发现版式问题（按 GB/T 9704—2012 检查，不核对内容）。", style="bold"))


def print_templates(console: Console, known: Iterable[ApplicationTemplate]) -> None:
    """The templates place by place: id, title, how many sections, who writes to whom."""
    place = ""
    for one in known:
        if name_of(one.jurisdiction) != place:
            place = name_of(one.jurisdiction)
            console.print(Text(f"\n{place}", style="bold"))
        required = sum(1 for section in one.sections if section.need.value == "必")
        console.print(
            Text(f"  {one.template_id}  {one.title}（{len(one.sections)}节，其中必备{required}节）")
        )
    console.print(Text("\n运行 cewen templates 编号 查看各节的内容、所需事实和依据。"))


def print_template(console: Console, template: ApplicationTemplate) -> None:
    """One template: its frame, its notes, then each section with facts and clauses."""
    console.print(Text(f"{template.template_id}  {template.title}", style="bold"))
    frame = (
        ("适用地区", name_of(template.jurisdiction)),
        ("文种", template.document_type),
        ("编制", template.prepared_by),
        ("报送", template.submitted_to),
        ("报送方式", template.carrier),
        ("深度", template.depth),
        ("结语", template.closing),
    )
    for label, value in frame:
        if value:
            console.print(Text(f"  {label}：{value}"))
    for note in template.notes:
        console.print(Text(f"  注意：{note}"))
    for number, section in enumerate(template.sections, start=1):
        _print_section(console, number, section)


def _print_section(console: Console, number: int, section: Section) -> None:
    mark = f"  {section.mark}" if section.mark else ""
    console.print(Text.assemble(f"\n{number}. {section.title}（{section.need}）", (mark, "dim")))
    console.print(Text(f"    {section.content}"))
    if section.facts:
        console.print(Text(f"    所需事实：{'、'.join(map(dictionary().label, section.facts))}"))
    if section.optional_facts:
        console.print(Text(f"    有则写入：{'、'.join(map(dictionary().label, section.optional_facts))}"))
    for clause in section.clauses:
        doc_id, _, path = clause.clause_id.partition("#")
        console.print(Text(f"    {clause.kind}：{doc_id} {display_path(path)}“{one_line(clause.quote)}”"))


def lint_object(path: Path, findings: Iterable[Finding]) -> str:
    """What `cewen lint --json` prints."""
    return _dump({"path": str(path), "findings": [_finding(one) for one in findings]})


def templates_array(known: Iterable[ApplicationTemplate]) -> str:
    """What `cewen templates --json` prints: a template a line."""
    return "[\n" + ",\n".join(template_object(one) for one in known) + "\n]"


def template_object(template: ApplicationTemplate) -> str:
    """What `cewen templates 编号 --json` prints."""
    return _dump(
        {
            "id": template.template_id,
            "title": template.title,
            "heading": template.heading,
            "jurisdiction": template.jurisdiction,
            "document_type": template.document_type,
            "layout": template.layout.value,
            "prepared_by": template.prepared_by,
            "submitted_to": template.submitted_to,
            "recipient": template.recipient,
            "carrier": template.carrier,
            "depth": template.depth,
            "closing": template.closing,
            "requires": list(template.requires),
            "notes": list(template.notes),
            "clauses": [_clause(one) for one in template.clauses],
            "sections": [_section(one) for one in template.sections],
        }
    )


def _section(section: Section) -> dict[str, Any]:
    return {
        "key": section.key,
        "title": section.title,
        "need": section.need.value,
        "mark": section.mark,
        "content": section.content,
        "annex": section.annex,
        "facts": list(section.facts),
        "optional_facts": list(section.optional_facts),
        "clauses": [_clause(one) for one in section.clauses],
    }


def _clause(clause: ClauseNeed) -> dict[str, Any]:
    doc_id, _, path = clause.clause_id.partition("#")
    kind, quote = clause.kind.value, clause.quote
    return {"kind": kind, "doc_id": doc_id, "path": path, "quote": quote, "rule": clause.rule_id}


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "rule": finding.rule.value,
        "place": finding.place,
        "found": finding.found,
        "wanted": finding.wanted,
        "message": finding.sentence,
    }


def _dump(record: dict[str, Any]) -> str:
    return encodable(json.dumps(record, ensure_ascii=False, allow_nan=False))
