"""Citation recall and precision after ALCE, with the clause as passage and no model to judge.

ALCE (Gao et al. 2023, https://arxiv.org/abs/2305.14627, §4) asks a language model whether the
passages a statement cites entail it. Here it is decided by rule, so that a run can be
repeated: cited clauses support a statement when together they hold

1. every figure (with its % 万 亿), date, clause number, 《title》 and “quotation” of it,
2. every word of it that bounds or softens: 不超过, 以上, 左右, 原则上, 鼓励, 不得 …,
3. at least `WORDING_SHARE` of its pairs of Chinese characters,

compared without spaces and widths. The rule is our own and stricter in figures, blinder in
meaning than a model; it is written apart from the assistant's own check of its statements.

A statement's recall is 1 when the clauses it cites, all together, support it. A citation's
precision is 1 when its statement is supported and the citation is not idle: idle is one whose
clause alone does not support the statement while the others without it do.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from eval.metrics import holds
from indexing.folding import fold_tight

# Frames around spans add words of their own (据此推算, 发文机关). Measured on the 335 statements the
# extractive writer made for tests/assistant/cases on 22 November 2026: its own clauses hold 0.78 and
# more of a statement's pairs, the clause before or after 0.23 in the middle.
WORDING_SHARE = 0.7

BOUNDS = (
    "不超过", "不低于", "不少于", "不高于", "不大于", "不小于", "不得", "不应", "至少", "至多", "最高",
    "最低", "以上", "以下", "以内", "左右", "原则上", "一般", "鼓励", "力争", "优先", "应当", "可以", "必须",
)  # fmt: skip

_NUMERAL = "零〇一二两三四五六七八九十百千万亿"
# On folded text. "30%", "5000万", "2025年1月13日", "第二十三条", "百分之三十", "三年", "《办法》", “清单”
_FACTS = re.compile(
    rf"\d+(?:\.\d+)*(?:年\d+月(?:\d+日)?)?[%万亿]?|第[{_NUMERAL}]+[编章节条款项]|百分之[{_NUMERAL}]+"
    rf"|[{_NUMERAL}]+(?=[年月日天个项倍级类种元名家处次])|《[^》]+》|“[^”]+”"
)
_HAN_PAIR = re.compile("(?=([\u3400-\u9fff]{2}))")


def supports(statement: str, passages: Sequence[str]) -> bool:
    """Whether `passages` together hold what `statement` says, by the rule above.

    No passages support nothing.

    >>> supports("北京市：总额不超过5000万元。", ["北京市|两项补助资金总额不超过 5000万元"])
    True
    >>> supports("总额不超过5000万元。", ["总额不少于5000万元"]), supports("补助30%", ["补助20%"])
    (False, False)
    """
    if not passages:
        return False
    folded = fold_tight(statement)
    facts = [match.group().strip("《》“”") for match in _FACTS.finditer(folded)]
    bounds = [word for word in BOUNDS if word in folded]
    told = all(any(holds(passage, fact) for passage in passages) for fact in (*facts, *bounds))
    return told and wording_share(statement, passages) >= WORDING_SHARE


def wording_share(statement: str, passages: Sequence[str]) -> float:
    """The share of the statement's distinct pairs of Chinese characters that stand in a passage.

    1.0 for a statement without such a pair.

    >>> wording_share("给予补助。", ["给予适当补助"])
    0.6666666666666666
    """
    pairs = set(_HAN_PAIR.findall(fold_tight(statement)))
    known = {pair for passage in passages for pair in _HAN_PAIR.findall(fold_tight(passage))}
    return len(pairs & known) / len(pairs) if pairs else 1.0


def citation_recall(statement: str, passages: Sequence[str]) -> float:
    """ALCE's citation recall of one statement: 1.0 when its passages together support it, else 0.0.

    >>> citation_recall("补助30%。", ["给予30%的补助"]), citation_recall("补助30%。", [])
    (1.0, 0.0)
    """
    return float(supports(statement, passages))


def citation_precision(statement: str, passages: Sequence[str]) -> float:
    """ALCE's citation precision of one statement: the share of its citations that count.

    Args:
        statement: its text.
        passages: what each cited clause holds, each clause once; at least one.

    Raises:
        ValueError: there are no passages.

    >>> citation_precision("补助30%。", ["给予30%的补助", "本办法由市发展改革委负责解释"])
    0.5
    """
    if not passages:
        raise ValueError("precision needs citations")
    if not supports(statement, passages):
        return 0.0
    idle = sum(
        not supports(statement, [passage])
        and supports(statement, [*passages[:number], *passages[number + 1 :]])
        for number, passage in enumerate(passages)
    )
    return 1.0 - idle / len(passages)
