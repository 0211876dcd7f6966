"""Two texts as pieces: nothing lost, nothing made up, the likeness a reader sees."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.differing.texts import pieces
from assistant.differing.types import PieceKind

POLICY = st.text(alphabet="社区应当不少于三项，。；\n3 （）", max_size=60)


def sides(found):
    """The two texts the pieces make."""
    before = "".join(one.text for one in found if one.kind is not PieceKind.ADDED)
    after = "".join(one.text for one in found if one.kind is not PieceKind.REMOVED)
    return before, after


@given(POLICY, POLICY)
def test_the_pieces_make_both_texts_again(before, after):
    """Whatever they are."""
    assert sides(pieces(before, after)) == (before, after)


@given(POLICY)
def test_equal_texts_have_one_piece(text):
    """Or none when they are empty."""
    assert [one.kind for one in pieces(text, text)] == ([PieceKind.KEPT] if text else [])


@given(st.lists(POLICY, max_size=4), POLICY, st.integers(0, 3))
def test_long_texts_are_matched_by_sentences(parts, put_in, place):
    """Still whole on both sides; a text put in between two long ones is all that is added."""
    before = "。".join(["很长的一句话" * 400, *parts])
    after = before[:2400] + put_in + before[2400:]
    assert sides(pieces(before, after)) == (before, after)
    assert place >= 0


def test_one_figure_changed_is_one_piece_out_and_one_in():
    """The rest is kept."""
    found = pieces("新建社区面积不少于30平方米。", "新建社区面积不少于50平方米。")
    assert [(one.kind, one.text) for one in found] == [
        (PieceKind.KEPT, "新建社区面积不少于"),
        (PieceKind.REMOVED, "3"),
        (PieceKind.ADDED, "5"),
        (PieceKind.KEPT, "0平方米。"),
    ]
