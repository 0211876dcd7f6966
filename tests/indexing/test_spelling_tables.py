"""Like sounds and like shapes, as shipped."""

import pytest

from indexing import spelling_tables
from indexing.spelling_tables import like_shapes, like_sounds, near_sounds, readings, sounds


@pytest.mark.parametrize(("one", "other"), [("住", "助"), ("如", "入"), ("行", "杭"), ("吕", "旅")])
def test_characters_of_one_syllable_sound_alike(one, other):
    """Whatever their tones, whichever of several readings; both ways."""
    assert other in like_sounds(one)
    assert one in like_sounds(other)
    assert one not in like_sounds(one)


@pytest.mark.parametrize(
    ("one", "other"), [("组", "助"), ("蓝", "难"), ("赏", "陕"), ("心", "星"), ("夫", "湖")]
)
def test_sounds_that_speakers_confuse_are_near(one, other):
    """Zu and zhu, lan and nan, shang and shan; what sounds the same is not among them."""
    assert other in near_sounds(one)
    assert not set(near_sounds(one)) & {one, *like_sounds(one)}


@pytest.mark.parametrize(
    ("one", "other"), [("科", "料"), ("己", "已"), ("有", "育"), ("贷", "货"), ("未", "末")]
)
def test_characters_of_like_shape_are_known_both_ways(one, other):
    """And none looks like itself."""
    assert other in like_shapes(one)
    assert one in like_shapes(other)
    assert one not in like_shapes(one)


def test_every_syllable_is_letters_and_every_character_has_one():
    """ü is v; the 6,763 characters of GB 2312 can be read."""
    assert all(syllable.isascii() and syllable.islower() for syllable in sounds())
    assert readings()["绿"] == ("lu", "lv")
    assert len(readings()) == 6763
    assert like_sounds("a") == like_shapes("a") == near_sounds("") == ""


def test_without_the_tables_nothing_is_alike(tmp_path, monkeypatch):
    """They may be left out like all reviewed data."""
    monkeypatch.setattr(spelling_tables.resources, "files", lambda _: tmp_path)
    spelling_tables._table.cache_clear()
    like_sounds.cache_clear()
    assert sounds() == {}
    assert like_sounds("住") == like_shapes("科") == ""
    spelling_tables._table.cache_clear()
    like_sounds.cache_clear()
