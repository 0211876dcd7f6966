"""The templates of application documents, found by the name a user gives them.

The data and its types stand in `prompts/applications.py`; doorways come here.
"""

from __future__ import annotations

from assistant.errors import UnknownTemplate
from prompts.applications import (
    REFERENCE_ONLY,
    ApplicationTemplate,
    ClauseKind,
    ClauseNeed,
    Layout,
    Need,
    Section,
    application_template,
    application_templates,
)

__all__ = [
    "REFERENCE_ONLY",
    "ApplicationTemplate",
    "ClauseKind",
    "ClauseNeed",
    "Layout",
    "Need",
    "Section",
    "find_template",
    "templates",
]


def templates() -> tuple[ApplicationTemplate, ...]:
    """Every template, the nation's first, then by place and id."""
    return application_templates()


def find_template(name: str) -> ApplicationTemplate:
    """The template that goes by this id, in any case, or by this title.

    Raises:
        UnknownTemplate: none does, or several share the title; the message names the nearest.
    """
    found = application_template(name)
    if found is not None:
        return found
    wanted = name.strip()
    near = [one for one in application_templates() if wanted and _resembles(wanted, one)]
    if near:
        named = "、".join(f"{one.template_id}（{one.title}）" for one in near[:5])
        raise UnknownTemplate(f"没有名为“{wanted}”的模板，您要用的可能是 {named}。")
    raise UnknownTemplate(f"没有名为“{wanted}”的模板，请运行 cewen templates 查看全部模板。")


def _resembles(wanted: str, template: ApplicationTemplate) -> bool:
    """Whether an id begins alike, or a title holds or is held by what was asked for."""
    prefix = template.template_id.casefold().startswith(wanted.casefold())
    return prefix or wanted in template.title or template.title in wanted
