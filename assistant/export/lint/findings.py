"""What the lint says: a rule, a place, what was found, what is wanted, in one Chinese sentence.

The sentences stand in prompts/layout_rules.toml under the rule's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources

from prompts.library import Template, read_templates

MAX_OF_A_RULE = 10
"""Findings shown of one rule; the rest are counted in one more."""


class Rule(StrEnum):
    """What is checked, most of it after GB/T 9704—2012."""

    PAGE_SIZE = "page-size"
    PAGE_MARGINS = "page-margins"
    GRID = "grid"
    PAGE_NUMBER = "page-number"
    PAGE_NUMBER_FORM = "page-number-form"
    PAGE_NUMBER_FACE = "page-number-face"
    PAGE_NUMBER_SIDE = "page-number-side"
    TITLE_MISSING = "title-missing"
    TITLE_FACE = "title-face"
    TITLE_SIZE = "title-size"
    TITLE_PLACE = "title-place"
    TITLE_BREAK = "title-break"
    RECIPIENT_MISSING = "recipient-missing"
    RECIPIENT_COLON = "recipient-colon"
    RECIPIENT_PLACE = "recipient-place"
    FACE = "face"
    SIZE = "size"
    BOLD = "bold"
    THEME_FACE = "theme-face"
    LINE_PITCH = "line-pitch"
    PARAGRAPH_SPACE = "paragraph-space"
    INDENT = "indent"
    JUSTIFY = "justify"
    SPACES_AS_INDENT = "spaces-as-indent"
    HEADING_MARK = "heading-mark"
    HEADING_GAP = "heading-gap"
    HEADING_SKIP = "heading-skip"
    AUTO_NUMBER = "auto-number"
    DOCUMENT_NUMBER = "document-number"
    DATE_FORM = "date-form"
    DATE_PLACE = "date-place"
    SIGNATURE = "signature"
    ATTACHMENT_NOTE = "attachment-note"
    ATTACHMENT_TITLE = "attachment-title"
    ATTACHMENT_MARK = "attachment-mark"
    BLANK = "blank"
    PLACEHOLDER = "placeholder"
    HALF_WIDTH = "half-width"
    QUOTES = "quotes"
    DOUBLE_SPACE = "double-space"
    EMPTY_LINES = "empty-lines"
    HIDDEN = "hidden"
    TABLE_WIDTH = "table-width"
    TABLE_HEAD = "table-head"
    TABLE_SIZE = "table-size"
    CHANGES = "changes"
    COMMENTS = "comments"
    EXTERNAL = "external"
    MACROS = "macros"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it should be."""

    rule: Rule
    place: str
    found: str
    wanted: str
    sentence: str


@cache
def sentences() -> dict[str, Template]:
    """The sentence of every rule, by its name."""
    source = resources.files("prompts").joinpath("layout_rules.toml").read_text(encoding="utf-8")
    return read_templates(source)


def finding(rule: Rule, place: str, found: str, wanted: str) -> Finding:
    """A finding with its sentence."""
    values = {"place": place, "found": found, "wanted": wanted}
    template = sentences()[rule.value]
    said = template.fill({name: values[name] for name in template.fields})
    return Finding(rule, place, found, wanted, said)


def shortened(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The findings in order, at most `MAX_OF_A_RULE` of a rule and then how many more there are."""
    found = tuple(_together(tuple(findings)))
    counts = Counter(one.rule for one in found)
    shown: Counter[Rule] = Counter()
    out: list[Finding] = []
    for one in found:
        shown[one.rule] += 1
        if shown[one.rule] <= MAX_OF_A_RULE:
            out.append(one)
        elif shown[one.rule] == counts[one.rule]:
            more = counts[one.rule] - MAX_OF_A_RULE
            said = sentences()["more"].fill({"count": str(more), "example": out_of(one.rule, out).sentence})
            out.append(Finding(one.rule, "全文", f"另有{more}处", one.wanted, said))
    return tuple(out)


_OF_FORM = frozenset(
    (
        Rule.FACE,
        Rule.SIZE,
        Rule.BOLD,
        Rule.THEME_FACE,
        Rule.LINE_PITCH,
        Rule.PARAGRAPH_SPACE,
        Rule.INDENT,
        Rule.JUSTIFY,
        Rule.AUTO_NUMBER,
    )
)
_MANY = 4
"""From so many places on, the same thing said of a paragraph's form is said once: it is one setting."""


def _together(found: tuple[Finding, ...]) -> Iterator[Finding]:
    """What is the same in many paragraphs as one finding, at the first of them; the others as they are."""
    alike: dict[tuple[Rule, str, str], list[Finding]] = {}
    for one in found:
        if one.rule in _OF_FORM:
            alike.setdefault((one.rule, one.found, one.wanted), []).append(one)
    for one in found:
        same = alike.get((one.rule, one.found, one.wanted), [one])
        if len(same) < _MANY:
            yield one
        elif one is same[0]:
            yield finding(one.rule, f"{one.place}等{len(same)}处", one.found, one.wanted)


def out_of(rule: Rule, findings: list[Finding]) -> Finding:
    """The first finding of `rule`."""
    return next(one for one in findings if one.rule is rule)
