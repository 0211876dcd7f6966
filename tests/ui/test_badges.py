"""The words for how a document stands: short, told apart, never empty."""

from datetime import date

import pytest

from indexing.standing import Force, standing
from indexing.types import Metadata
from ui.badges import badges, validity_line, validity_note
from ui.clause_page import ASSETS

BEGINS, ENDS = date(2025, 1, 13), date(2028, 1, 13)


@pytest.mark.parametrize(
    ("metadata", "day", "words", "note"),
    [
        (
            Metadata(
                effective_from=BEGINS,
                expires_on=ENDS,
                expires_on_inferred=True,
                valid_for="三年",
                is_trial=True,
            ),
            date(2026, 1, 1),
            ["现行有效", "试行"],
            "2025年1月13日起施行，有效期至2028年1月13日（按有效期三年推算）",
        ),
        (Metadata(expires_on=ENDS), date(2029, 1, 1), ["已过期"], "未载明施行日期，有效期至2028年1月13日"),
        (
            Metadata(effective_from=BEGINS),
            date(2024, 1, 1),
            ["尚未施行"],
            "2025年1月13日起施行，未载明有效期",
        ),
        (Metadata(issued_on=BEGINS), BEGINS, ["未载明"], "2025年1月13日成文，未载明施行日期和有效期"),
        (Metadata(valid_for="两年"), BEGINS, ["未载明"], "未载明施行日期，有效期两年"),
    ],
)
def test_the_words_say_what_the_document_says(
    metadata: Metadata, day: date, words: list[str], note: str
) -> None:
    """现行有效, 试行, 有效期至…, 已过期, 未载明; what we worked out says so."""
    stands = standing(metadata, day)
    assert [badge.text for badge in badges(stands)] == words
    assert validity_note(stands) == note
    assert validity_line(stands).endswith(note)


def test_every_badge_has_its_colour() -> None:
    """The style sheet knows each class a badge may bear."""
    style = (ASSETS / "page.css").read_text(encoding="utf-8")
    for kind in (*(force.value for force in Force), "trial"):
        assert f".badge.{kind}" in style
