"""The weights file: shipped, readable, refused when it is none."""

from pathlib import Path

import pytest

from indexing.errors import IndexingError
from indexing.fusion import Source
from indexing.weights import fusion_weights


def test_the_shipped_weights_are_shares_of_known_signals() -> None:
    """None is negative and they sum to about 1, as they were learned."""
    weights = fusion_weights()
    assert sum(weights.values()) == pytest.approx(1.0, abs=0.05)
    assert min(weights.values()) > 0
    assert {Source.BIGRAMS, Source.DENSE} <= set(weights)


def test_a_signal_without_weight_is_not_asked(tmp_path: Path) -> None:
    """0 in the file means left out."""
    path = tmp_path / "fusion.json"
    path.write_text('{"weights": {"words": 0.7, "dense": 0}}', "utf-8")
    assert fusion_weights(path) == {Source.WORDS: 0.7}


@pytest.mark.parametrize(
    "content", ["", "[]", "{}", '{"weights": {"stars": 1}}', '{"weights": {"words": "x"}}']
)
def test_a_file_of_another_form_is_refused(tmp_path: Path, content: str) -> None:
    """One Chinese sentence naming the file, not a traceback."""
    path = tmp_path / "fusion.json"
    path.write_text(content, "utf-8")
    with pytest.raises(IndexingError, match=r"检索权重.*无效"):
        fusion_weights(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """The reason and what to do."""
    with pytest.raises(IndexingError, match="重新安装"):
        fusion_weights(tmp_path / "none.json")
