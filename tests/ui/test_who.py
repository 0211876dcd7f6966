"""The key that tells browsers apart."""

from ui.who import COOKIE, new_key_header, owner_of


def test_a_browser_gets_one_key_and_keeps_it() -> None:
    """A script cannot read it, another site not use it; a wrong one is replaced."""
    header = new_key_header("")
    assert header is not None
    value = header[1].decode()
    assert "HttpOnly" in value
    assert "SameSite=Strict" in value
    key = value.split(";")[0]
    assert new_key_header(f"a=b; {key}; c=d") is None
    assert new_key_header(f"{COOKIE}=zzz") is not None
    assert new_key_header(f"not_{key}") is not None
    assert new_key_header("") != header


def test_owners_are_digests_of_keys() -> None:
    """Two keys, two owners; none without a key that could be ours."""
    first, second = owner_of({COOKIE: "0" * 32}), owner_of({COOKIE: "1" * 32})
    assert first
    assert second
    assert first != second
    assert "0" * 32 not in first
    assert owner_of({}) is None
    assert owner_of({COOKIE: "x" * 32}) is None
