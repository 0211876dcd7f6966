"""Whether a document applies on a day, and how long."""

from datetime import date

import pytest

from indexing.documents import read_document
from indexing.standing import Force, part_title, standing
from indexing.types import Metadata
from indexing.units import in_force

BEGINS, ENDS = date(2025, 1, 13), date(2028, 1, 13)


@pytest.mark.parametrize(
    ("begins", "ends", "day", "force"),
    [
        (BEGINS, ENDS, date(2025, 1, 12), Force.NOT_YET),
        (BEGINS, ENDS, BEGINS, Force.IN_FORCE),
        (BEGINS, ENDS, ENDS, Force.IN_FORCE),
        (BEGINS, ENDS, date(2028, 1, 14), Force.EXPIRED),
        (BEGINS, None, date(2099, 1, 1), Force.IN_FORCE),
        (None, ENDS, date(2000, 1, 1), Force.IN_FORCE),
        (None, ENDS, date(2028, 1, 14), Force.EXPIRED),
        (None, None, BEGINS, Force.UNSTATED),
    ],
)
def test_the_dates_decide(begins: date | None, ends: date | None, day: date, force: Force) -> None:
    """First and last day count; and search leaves out exactly what is not (yet, any more) in force."""
    metadata = Metadata(effective_from=begins, expires_on=ends)
    assert standing(metadata, day).force is force
    assert in_force(metadata, day) is (force in {Force.IN_FORCE, Force.UNSTATED})


@pytest.mark.parametrize(
    ("is_trial", "title", "expected"),
    [
        (True, None, True),
        (False, None, False),
        (True, "甲市试点建设方案", False),
        (False, "甲市管理办法（试行）", True),
        (False, "甲市管理暂行办法", True),
    ],
)
def test_a_part_is_on_trial_when_its_own_title_says_so(
    is_trial: bool, title: str | None, expected: bool
) -> None:
    """A notice may issue one text on trial and another for good."""
    assert standing(Metadata(is_trial=is_trial), BEGINS, title).is_trial is expected


def test_the_title_of_a_part_stands_over_it() -> None:
    """附件1/标题 for what stands in 附件1; a part without a title has none."""
    text = (
        "甲市关于印发办法的通知\n\n各区：\n\n现予印发。\n\n附件1\n\n甲市照明办法（试行）\n\n第一条 照明。\n"
    )
    clauses = {clause.path: clause for clause in read_document(text.encode(), "甲.txt").clauses}
    assert part_title(clauses["附件1/第一条"], clauses.get) == "甲市照明办法（试行）"
    assert part_title(clauses["主送"], clauses.get) is None
