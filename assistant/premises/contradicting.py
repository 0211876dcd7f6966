"""Words that a question denies and a sentence affirms: 不合格的 beside 合格及以上, 不包括 beside 包括.

What a sentence rules for the one does not hold for the other, so it neither confirms nor decides.
"""

from __future__ import annotations

import re

# "不合格", "未经评估", "没有备案", "不用报备"; not "不少于", "不超过", "不得", "不是"
_DENIED = re.compile(
    r"(?:不|未|没有?|无需|无须)(?:会|能|可以|予|再|经过?|曾|用|需要?|必|打算)?"
    r"(?P<word>(?!是|得|仅|但|断|同|应|宜|到|过|可|能|要)[\u4e00-\u9fff]{2})"
)
_BOUNDS = re.compile(r"[少低小高大多短长早晚超][于过出]|超出")
_NEGATORS = r"(?:不|未|没有?|无|非)[\u4e00-\u9fff]{0,3}"


def contradicted(asked: str, said: str) -> tuple[str, str] | None:
    """The words a question denies, and the word of a sentence that affirms them; None for none.

    Args:
        asked: the question, folded.
        said: the sentence, folded.

    >>> contradicted("不合格的能拿补助吗", "评估等级为合格及以上等级的,可获得补助")
    ('不合格', '合格')
    >>> contradicted("要不要征求意见", "应征求意见") is None
    True
    """
    for match in _DENIED.finditer(asked):
        word, before = match["word"], asked[max(0, match.start() - 1) : match.start()]
        if before and before == asked[match.start() + 1 : match.start() + 2]:  # 要不要, 能不能
            continue
        if _BOUNDS.match(word) or word not in said or re.search(_NEGATORS + word, said):
            continue
        return match.group(), word
    return None
