"""Whose drafts a browser sees: a random key in a cookie, of which the catalog keeps only a digest.

There is no login. The key tells browsers apart, so that two people at one server do not see each
other's drafts in their lists; a draft's own number, which cannot be guessed, opens it anywhere.
Whoever may read the home sees all drafts with `cewen drafts list`.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping

COOKIE = "cewen_who"
_KEY = re.compile(r"[0-9a-f]{32}")
_MAX_AGE_S = 400 * 24 * 3600  # the longest browsers keep one (RFC 6265bis)


def owner_of(cookies: Mapping[str, str]) -> str | None:
    """The owner under whom drafts of this browser are kept; None where it sent no key."""
    key = cookies.get(COOKIE, "")
    return hashlib.sha256(f"cewen:{key}".encode()).hexdigest()[:32] if _KEY.fullmatch(key) else None


def new_key_header(cookie_header: str) -> tuple[bytes, bytes] | None:
    """A Set-Cookie header for a browser that has no key yet; None for one that has.

    HttpOnly: no script can read it. SameSite=Strict: no other site can use it.
    """
    if re.search(rf"(?:^|;\s*){COOKIE}=[0-9a-f]{{32}}(?:;|$)", cookie_header):
        return None
    value = f"{COOKIE}={secrets.token_hex(16)}; Path=/; Max-Age={_MAX_AGE_S}; HttpOnly; SameSite=Strict"
    return (b"set-cookie", value.encode())
