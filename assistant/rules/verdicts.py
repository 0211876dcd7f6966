"""What a rule can say of a fact sheet. Standard library only: docs and reports name these too."""

from enum import StrEnum


class Verdict(StrEnum):
    """What a rule says of a fact sheet. A missing fact never passes."""

    PASS = "通过"
    EXPLAIN = "需说明理由"
    FAIL = "不符合"
    UNKNOWN = "无法判定"
    NOT_CITABLE = "不可引用"  # a benefit whose preconditions are not shown
    ADVICE = "建议"  # 宜, 优先, 鼓励 not followed: no breach
    MANUAL = "人工核对"  # no machine can judge it
    INFO = "提示"
    NOT_APPLICABLE = "不适用"
