"""HTML for the page: our own templates, every value escaped, the result cleaned once more.

A document, a question or a sentence of an answer reaches the browser through three walls,
each enough alone: Jinja escapes it, nh3 lets only the tags and addresses of our templates
pass, and the Content-Security-Policy runs no script that is not a file of ours.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from ui.text import visible

if TYPE_CHECKING:
    import jinja2

TEMPLATES = Path(__file__).resolve().parent / "templates"
CLAUSE_ADDRESS = "clause?"
CONVERSATION_ADDRESS = "conversation?"
FILE_ADDRESS = "draft?"
COMPARISON_ADDRESS = "comparison?"
"""How our links begin, relative to the page; a link that begins otherwise is taken out."""

_ADDRESSES = (CLAUSE_ADDRESS, CONVERSATION_ADDRESS, FILE_ADDRESS, COMPARISON_ADDRESS)

_TAGS = {
    "a", "article", "blockquote", "button", "del", "details", "div", "h2", "h3", "header", "ins", "li",
    "mark", "nav", "ol", "p", "pre", "section", "span", "strong", "summary", "sup", "table", "tbody", "td",
    "th", "thead", "tr", "ul",
}  # fmt: skip
_ATTRIBUTES = {
    "*": {"class", "hidden", "id", "role", "tabindex", "title"},
    "a": {"href", "target"},
    "button": {"type"},
    "details": {"open"},
}


def render(template: str, **values: object) -> str:
    """One of `ui/templates` as a piece of HTML on a single line; see the module for what it may hold.

    Without a line feed a Markdown reader takes it for one HTML block and reads nothing
    inside as Markdown; line feeds of the text stay, as references.
    """
    import nh3

    html = _environment().get_template(template).render(values)
    cleaned = nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_only_ours,
        url_schemes=set(),
        link_rel="noopener noreferrer",
    )
    return cleaned.replace("\n", "&#10;")


def _only_ours(_: str, attribute: str, value: str) -> str | None:
    """The value of an attribute, None to take it out: links lead to clauses and files of ours only."""
    return None if attribute == "href" and not value.startswith(_ADDRESSES) else value


@cache
def _environment() -> jinja2.Environment:
    import jinja2

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def _shown(value: object) -> object:
    """What a template prints of a value: text without control and bidi characters."""
    import markupsafe

    return visible(value) if isinstance(value, str) and not isinstance(value, markupsafe.Markup) else value


def whole_page(title: str, body: str) -> str:
    """A page of its own around a piece of HTML that `render` made; for a clause opened in a new tab."""
    import markupsafe

    return _environment().get_template("page.html").render(title=title, body=markupsafe.Markup(body))
