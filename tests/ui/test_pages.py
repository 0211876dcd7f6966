"""The last wall on the server: whatever a template were to let through is cleaned."""

import re
from pathlib import Path

import jinja2
import pytest
from markupsafe import Markup

from ui import pages


@pytest.fixture
def template(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A template that forgets to escape."""
    (tmp_path / "open.html").write_text("<p>{{ raw }}</p>", encoding="utf-8")
    loader = jinja2.FileSystemLoader(tmp_path)
    monkeypatch.setattr(pages, "_environment", lambda: jinja2.Environment(loader=loader))


@pytest.mark.usefixtures("template")
@pytest.mark.parametrize(
    ("raw", "cleaned"),
    [
        ("<script>alert(1)</script>甲", "甲"),
        ("<img src=x onerror=alert(1)>", ""),
        ("<a href='javascript:alert(1)'>甲</a>", '<a rel="noopener noreferrer">甲</a>'),
        ("<a href='//evil.example/clause?'>甲</a>", '<a rel="noopener noreferrer">甲</a>'),
        ("<a href='clause?doc=1'>甲</a>", '<a href="clause?doc=1" rel="noopener noreferrer">甲</a>'),
        ("<span onclick='f()' style='x' class='badge'>甲</span>", '<span class="badge">甲</span>'),
        ("<b><input autofocus onfocus=alert(1)></b>", ""),
        ("甲\n\n# 乙", "甲&#10;&#10;# 乙"),
    ],
)
def test_what_a_template_lets_through_is_cleaned(raw: str, cleaned: str) -> None:
    """Tags, attributes and addresses that are not ours go; no line feed is left."""
    assert pages.render("open.html", raw=Markup(raw)) == f"<p>{cleaned}</p>"


def test_values_are_escaped_and_made_visible() -> None:
    """By the templates themselves."""
    html = pages.render("failure.html", sentence="<b>\x1b[31m\u202e甲")
    assert "&lt;b&gt;甲" in html


def test_every_template_is_strict() -> None:
    """A value that is not given is a mistake of ours, never an empty place on the page."""
    with pytest.raises(jinja2.UndefinedError):
        pages.render("failure.html")


def test_a_page_of_its_own_escapes_its_title() -> None:
    """The title comes from a document."""
    page = pages.whole_page("</title><script>", "<p>甲</p>")
    assert "<title>&lt;/title&gt;&lt;script&gt; · 策问</title>" in page
    assert "<main><p>甲</p></main>" in page


def test_every_block_of_the_style_sheet_is_closed_before_the_next_one_begins():
    """Only @media holds other rules; one brace left open would swallow all that follows."""
    written = (Path(pages.__file__).parent / "assets" / "page.css").read_text("utf-8")
    sheet = re.sub(r"/\*.*?\*/", "", written, flags=re.DOTALL)
    depth = 0
    for line in sheet.split("\n"):
        at_margin = line[:1] not in ("", " ", "}")
        assert depth == 0 or not at_margin, line
        depth += line.count("{") - line.count("}")
    assert depth == 0
