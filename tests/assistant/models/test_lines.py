"""A reply cut into lines: the same lines however it is cut into pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import WriterUnavailable
from assistant.models.lines import MAX_LINE_CHARS, REFUSAL, Line, Refusal, Stray, lines_of

KEY, OTHER = "K7Q2XM", "K3HHR7"


@pytest.mark.parametrize(
    ("reply", "expected"),
    [
        (f"{KEY}｜不超过30%。", [Line((KEY,), "不超过30%。")]),
        (f"{KEY}|不超过30%。\n\n", [Line((KEY,), "不超过30%。")]),
        (f" {KEY}，{OTHER} ｜ 三年。 ", [Line((KEY, OTHER), "三年。")]),
        (f"{KEY},{KEY}｜三年。", [Line((KEY,), "三年。")]),
        (f"```\n{KEY}｜三年。\n```", [Line((KEY,), "三年。")]),
        (f"<think>\n{KEY}｜九年。\n</think>\n{KEY}｜三年。", [Line((KEY,), "三年。")]),
        (f"{KEY}｜三\u200b年\u202e。", [Line((KEY,), "三年。")]),
        (f"{REFUSAL}。", [Refusal()]),
        (f"{KEY}：三年。", [Stray(f"{KEY}：三年。")]),
        ("[1] 三年。", [Stray("[1] 三年。")]),
        ("K123456｜三年。", [Stray("K123456｜三年。")]),
        ("", []),
    ],
)
def test_what_a_line_is(reply, expected):
    """Keys, a bar, a sentence; the refusal; anything else is a stray."""
    assert list(lines_of([reply])) == expected


@given(
    st.lists(
        st.sampled_from(
            [f"{KEY}｜不超过30%。", REFUSAL, "开场白", "<think>想\n想</think>", "", f"{OTHER}｜三年。<think"]
        ),
        max_size=6,
    ),
    st.randoms(use_true_random=False),
)
def test_the_pieces_do_not_matter(lines, random):
    """Marks and lines may be cut anywhere."""
    whole = "\n".join(lines)
    cuts = sorted(random.randint(0, len(whole)) for _ in range(random.randint(0, 12)))
    pieces = [whole[start:end] for start, end in zip([0, *cuts], [*cuts, len(whole)], strict=True)]
    assert list(lines_of(pieces)) == list(lines_of([whole]))


def test_a_line_is_not_read_before_its_end():
    """Nobody sees half a sentence; what broke off is dropped."""

    def breaking():
        yield f"{KEY}｜三年。\n{KEY}｜补助"
        raise WriterUnavailable("断了。")

    read = lines_of(breaking())
    assert next(read) == Line((KEY,), "三年。")
    with pytest.raises(WriterUnavailable):
        next(read)


def test_a_line_too_long_is_no_statement():
    """A little too long is a stray, far too long ends the reading."""
    (stray,) = lines_of([f"{KEY}｜{'补' * MAX_LINE_CHARS}"])
    assert isinstance(stray, Stray)
    with pytest.raises(WriterUnavailable, match="过长"):
        list(lines_of(["补" * 1000] * 10))
