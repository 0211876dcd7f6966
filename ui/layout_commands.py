"""`cewen lint` and `cewen templates`: the layout of a Word file, and what documents are made of."""

from __future__ import annotations

import typer

from ui.options import AsJson, DocxFile, TemplateName
from ui.printing import print_json
from ui.usage import CallerMistake, register

EXIT_FINDINGS = 3
"""The file was read and something in it is not as it should be."""


def add_to(app: typer.Typer) -> None:
    """Register the commands of this module."""
    register(app, "lint", "按公文版式（GB/T 9704—2012）检查一份 .docx 文件。", lint)
    register(app, "templates", "列出可起草的文书，或一种文书的各节。", templates)


def lint(*, path: DocxFile = None, as_json: AsJson = False) -> None:
    """Check the layout of a .docx; ends with 3 where something is found."""
    if path is None:
        raise CallerMistake("请给出要检查的 Word 文件，例如：cewen lint 申报方案.docx。")
    from assistant.export.lint import lint_docx
    from ui import layout_reports, reports

    found = lint_docx(path)
    if as_json:
        print_json(layout_reports.lint_object(path, found))
    else:
        layout_reports.print_findings(reports.terminal(), path, found)
    raise typer.Exit(EXIT_FINDINGS if found else 0)


def templates(*, name: TemplateName = None, as_json: AsJson = False) -> None:
    """List the templates, or show one with its sections."""
    from assistant.templates import find_template
    from assistant.templates import templates as known
    from ui import layout_reports, reports

    chosen = find_template(name) if name is not None else None
    if as_json and chosen is not None:
        print_json(layout_reports.template_object(chosen))
    elif as_json:
        print_json(layout_reports.templates_array(known()))
    elif chosen is not None:
        layout_reports.print_template(reports.terminal(), chosen)
    else:
        layout_reports.print_templates(reports.terminal(), known())
