"""Addresses of clauses in questions."""

import pytest

from assistant.questions.steps import addresses, find_clauses, read_steps
from indexing.folding import fold_tight

BEIJING, CHONGQING = "京发改规[2025]1号", "渝发改规范[2024]10号"


def read(question: str) -> list[str]:
    """Each address as its first forms, joined."""
    folded = fold_tight(question)
    return ["/".join(step[0] for step in one) for one in addresses(read_steps(folded), folded)]


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("第十二条和第十四条", ["第十二条", "第十四条"]),
        ("第12条、第14条第2款", ["第十二条", "第十四条/第二款"]),
        ("第七条第一款和第二款", ["第七条/第一款", "第七条/第二款"]),
        ("第一章第三条及第四条", ["第一章/第三条", "第一章/第四条"]),
        ("附件1第三条和附件2第七条", ["附件1/第三条", "附件2/第七条"]),
        ("第三至第五条", ["第三条", "第四条", "第五条"]),
        ("第十二条至第十五条", ["第十二条", "第十三条", "第十四条", "第十五条"]),
        ("附件1-2第3项第1小项", ["附件1-2/第3项/第1项"]),
        ("附件一之二第3项", ["附件1-2/第3项"]),
        ("附件1-1第21项和第22项", ["附件1-1/第21项", "附件1-1/第22项"]),
        ("第七条和第七条", ["第七条"]),
        ("第三方机构", []),
        ("四（二）1讲什么", ["四/（二）/1"]),
        ("方案三（二）1和2", ["三/（二）/1"]),
        ("第十四（二）", ["（二）"]),
        ("三（一）2个项目", ["三/（一）"]),
    ],
)
def test_a_step_no_deeper_than_the_last_begins_another_address(question, found):
    """What stands above it holds for it too."""
    assert read(question) == found


@pytest.mark.parametrize(
    ("doc_id", "question", "paths"),
    [
        (BEIJING, "第一章第三条", ["第三条"]),
        (BEIJING, "第二章第三条", []),
        (CHONGQING, "附件1-2第3项第1小项", ["附件1-2/3.1"]),
        (CHONGQING, "附件1-2第2项第2行", ["附件1-2/2.2"]),
        (CHONGQING, "附件1-2第2项第9行", []),
        (CHONGQING, "附件2第九条第二项", ["附件2/第九条/（二）"]),
    ],
)
def test_steps_lead_to_clauses(doc_id, question, paths, library):
    """A chapter that paths leave out must still be the right one; a sub-row is below its row."""
    folded = fold_tight(question)
    (one,) = addresses(read_steps(folded), folded)
    assert [clause.path for clause in find_clauses(library.clauses(doc_id), one)] == paths
