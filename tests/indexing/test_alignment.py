"""Word-by-word alignment against hand arithmetic and a slow obvious version."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexing.alignment import FILE, Alignment
from indexing.errors import StaleIndex
from indexing.lexical import Alternative
from indexing.types import FloatMatrix

UNITS = ("老人 助餐", "养老 设施 补助", "")
VECTORS = {"老人": (1.0, 0.0), "养老": (0.6, 0.8), "助餐": (0.0, 1.0), "吃饭": (0.28, 0.96)}


class TableEncoder:
    """Vectors from a table; other words are zeros."""

    name, fingerprint, dim = "table", "1", 2

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """A row a text."""
        return np.array([VECTORS.get(text, (0.0, 0.0)) for text in texts], dtype=np.float32).reshape(-1, 2)


ENCODER = TableEncoder()


def single(*words: str) -> list[list[Alternative]]:
    """A group a word, without alternatives."""
    return [[Alternative((word,), 1.0)] for word in words]


def slow(alignment: Alignment, groups: list[list[Alternative]], unit: int) -> float:
    """The formula at the top of the module, one word at a time."""
    listed = list(alignment.vocabulary)
    held = [listed[row] for row in alignment.ids[alignment.starts[unit] : alignment.starts[unit + 1]]]

    def nearest(word: str) -> float:
        if word in held:
            return 1.0
        mine = np.array(VECTORS.get(word, (0.0, 0.0)))
        return max([0.0, *(float(mine @ np.array(VECTORS.get(other, (0.0, 0.0)))) for other in held)])

    def idf(word: str) -> float:
        count = sum(word in text.split() for text in UNITS)
        return float(np.log(1 + (len(UNITS) - count + 0.5) / (count + 0.5)))

    weights = [float(np.mean([idf(word) for word in group[0].words])) for group in groups]
    said = [
        max(each.weight * float(np.mean([nearest(word) for word in each.words])) for each in group)
        for group in groups
    ]
    return sum(w * s for w, s in zip(weights, said, strict=True)) / sum(weights)


@pytest.fixture
def alignment() -> Alignment:
    """Of the three units above."""
    return Alignment.of(UNITS, ENCODER)


def test_a_unit_that_says_every_word_has_all_of_the_query(alignment: Alignment) -> None:
    """The words themselves count in full, also one the encoder does not know."""
    assert alignment.scores(single("养老", "补助"), [1], ENCODER) == [pytest.approx(1.0)]


def test_a_near_word_counts_by_its_cosine(alignment: Alignment) -> None:
    """吃饭 is 0.96 of 助餐, by the table."""
    assert alignment.scores(single("吃饭"), [0, 1, 2], ENCODER) == pytest.approx([0.96, 0.936, 0.0], abs=1e-5)


def test_an_official_form_counts_times_its_weight(alignment: Alignment) -> None:
    """Of a group the best alternative counts."""
    groups = [[Alternative(("饭堂",), 1.0), Alternative(("助餐",), 0.5)]]
    assert alignment.scores(groups, [0], ENCODER) == [pytest.approx(0.5)]


@given(
    st.lists(
        st.lists(
            st.builds(
                Alternative,
                st.lists(st.sampled_from([*VECTORS, "补助", "无人机"]), min_size=1, max_size=2).map(tuple),
                st.floats(0.1, 1.0),
            ),
            min_size=1,
            max_size=3,
        ),
        min_size=1,
        max_size=4,
    )
)
def test_scores_are_those_of_the_slow_version(groups: list[list[Alternative]]) -> None:
    """For any query; every score is a share."""
    built = Alignment.of(UNITS, ENCODER)
    scores = built.scores(groups, [0, 1, 2], ENCODER)
    assert scores == pytest.approx([slow(built, groups, unit) for unit in range(3)], abs=1e-5)
    assert all(0 <= score <= 1 + 1e-6 for score in scores)


def test_nothing_asked_or_nothing_held_scores_nothing(alignment: Alignment) -> None:
    """No groups, no units, an empty library."""
    assert alignment.scores([], [0, 1], ENCODER) == [0.0, 0.0]
    assert alignment.scores(single("老人"), [], ENCODER) == []
    assert Alignment.of([], ENCODER).scores(single("老人"), [], ENCODER) == []
    assert alignment.scores(single("老人"), [2], ENCODER) == [0.0]


def test_a_saved_alignment_is_loaded_as_it_was(alignment: Alignment, tmp_path: Path) -> None:
    """Half precision is all that is lost."""
    alignment.save(tmp_path)
    loaded = Alignment.load(tmp_path)
    groups = single("吃饭", "老人")
    assert loaded.vocabulary == alignment.vocabulary
    assert loaded.scores(groups, [0, 1], ENCODER) == pytest.approx(
        alignment.scores(groups, [0, 1], ENCODER), abs=1e-3
    )


@pytest.mark.parametrize("content", [None, b"", b"PK\x03\x04 not an archive"])
def test_a_missing_or_damaged_file_is_stale(tmp_path: Path, content: bytes | None) -> None:
    """The caller rebuilds."""
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(StaleIndex, match="词语对齐索引"):
        Alignment.load(tmp_path)
