"""Words that do not belong in a fact sheet: ID-card and telephone numbers, marks of secrecy. Pure.

A found number is shown masked, so that neither screen nor log repeats it.
"""

from __future__ import annotations

import re

from indexing.folding import fold

_ID_CARD = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
# one said to be one, with a wrong check digit or of the old 15: "身份证号：500103…"
_NAMED = re.compile(r"身份证(?:件)?(?:号码?)?[^\d]{0,4}(?P<number>\d{14,17}[\dXx])(?![\dA-Za-z])")
_MOBILE = re.compile(r"(?<![\dA-Za-z])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?![\dA-Za-z])")
# "秘密★10年", "机密", "绝密" as marks; "商业秘密", "保守国家秘密" and "保密" are ordinary words
_SECRET = re.compile(
    r"(?<!商业)(?<!国家)(?<!个人)(?:绝密|机密|秘密)\s*(?:[★☆*]|$|(?=[\s，。；,;]))|(?:绝密|机密)(?:级|文件|件)|密级\s*[:：]\s*(?:绝密|机密|秘密)"
)
# GB 11643—1999: weights and check characters of the 18-digit citizen number
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
MAX_SCANNED = 1_000_000


def personal_warnings(text: str) -> list[str]:
    """One Chinese sentence for each kind of word found, numbers masked; empty for clean text."""
    folded = fold(text[:MAX_SCANNED]).upper()
    found = []
    numbers = [match.group() for match in _ID_CARD.finditer(folded) if _is_citizen_number(match.group())]
    numbers += [match["number"] for match in _NAMED.finditer(folded)]
    found += [f"疑似身份证号 {mask(each)}：请删去，事实表不需要个人证件信息。" for each in numbers]
    found += [
        f"疑似手机号 {mask(match.group())}：请确认可以写入，不需要时请删去。"
        for match in _MOBILE.finditer(folded)
    ]
    secret = _SECRET.search(folded)
    if secret:
        found.append(f"出现密级标志“{secret.group().strip()}”：本系统不得录入涉密信息，请核实后删去。")
    return list(dict.fromkeys(found))


def _is_citizen_number(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number[:17], _WEIGHTS, strict=True))
    return number[17] == _CHECKS[total % 11]


def mask(number: str) -> str:
    """The first three and the last two characters, the rest as stars.

    >>> mask("13800001234")
    '138******34'
    """
    return f"{number[:3]}{'*' * (len(number) - 5)}{number[-2:]}"
