"""A body claimed to act is looked for in the sentence that says the act, at the level claimed."""

import pytest

from assistant.premises.bodies import of_authors, of_bodies
from assistant.premises.types import HOLDS, Premise


@pytest.mark.parametrize(
    ("asked", "quotes", "found"),
    [
        ("报国家发展改革委备案吧", "报送市发展改革委报备", [Premise("国家发展改革委", "市发展改革委")]),
        (
            "由区发展改革部门批复吧",
            "由区发展改革部门上报。市发改委批复",
            [Premise("区发展改革部门", "市发改委")],
        ),
        (
            "由市民政局牵头吧",
            "市发改委和市建委双牵头,市民政局参与",
            [Premise("市民政局", "市发改委和市建委")],
        ),
        ("由市建委牵头吧", "市发改委和市建委双牵头,市民政局参与", [HOLDS]),
        (
            "由街乡镇牵头吧",
            "各区发展改革部门(含开发区,下同)是本项工作的牵头部门,负责组织街乡镇",
            [Premise("街乡镇", "各区发展改革部门")],
        ),
        (
            "变更报居委会就行吧",
            "做较大变更的,上报区发展改革部门",
            [Premise("报居委会", "上报区发展改革部门")],
        ),
        ("由三个部门联合印发吧", "市发改委印发", []),
    ],
)
def test_who_does_it(asked, quotes, found):
    """Who only reports, only takes part, or acts at another level does not."""
    assert of_bodies(asked, quotes) == found


def test_who_issued_it():
    """As named in the document; a short name is the same body."""
    assert of_authors("是市住建委印发的吧", "市人民政府办公厅") == [Premise("市住建委", "市人民政府办公厅")]
    assert of_authors("是市发改委印发的吧", "市发展改革委") == [HOLDS]
