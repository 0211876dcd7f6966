"""Token lists packed end to end say what the encoder would look up."""

from indexing.segmentation import words
from indexing.training.tokens import TokenTable

ROWS = {"食堂": 1, "开": 2, "放": 3, "老人": 4}


def test_rows_are_gathered_in_any_order() -> None:
    """开放 is split, 每日 unknown; an empty list has no tokens."""
    table = TokenTable.of(["食堂开放", "", "老人每日"], ROWS, words)
    assert len(table) == 3
    flat, offsets = table.gather([2, 0, 1, 0])
    assert flat.tolist() == [4, 1, 2, 3, 1, 2, 3]
    assert offsets.tolist() == [0, 1, 4, 4]
