"""What kind of thing a question wants."""

import pytest

from indexing.asking import Kind, kinds_of


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("要选几个城市", True),
        ("有效期几年", True),
        ("几个小项目能不能捆在一起报批", False),
        ("好几个项目想一块儿报批", False),
        ("我想改造几间空房", False),
        ("开发商送的房子算不算面积指标", False),
        ("面积指标是多少", True),
        ("能一张执照开几个点吗", False),
        ("能同时算进几个部门的指标吗", False),
        ("阅读室一次能进几个家长？", True),
        ("一个场地几个部门共用", False),
        ("几个邻近社区能合起来建吗", False),
        ("可以建几处吗", False),
        ("用一个名头开几处行吗", False),
        ("想多几家便宜的店", False),
        ("最多几家", True),
        ("能不能几个口子都申请", False),
        ("零散摆几个点可以不", False),
        ("先选几十个城市来试", True),
        ("每千名老人配几张是怎么规定的", True),
        ("灭火器要几公斤的", True),
        ("能告诉我要建几个吗", True),
        ("最多能建几个", True),
    ],
)
def test_few_is_no_number_asked_for(question: str, is_asked: bool) -> None:
    """几个 that means some asks for no figure."""
    assert (Kind.FIGURE in kinds_of(question)) is is_asked


@pytest.mark.parametrize(
    ("question", "is_asked"),
    [
        ("这里收不收费", True),
        ("名单算没算上我们", True),
        ("国家鼓励不", True),
        ("有这种说法没", True),
        ("不得不搬的时候怎么办", False),
    ],
)
def test_yes_or_no_is_asked_in_many_ways(question: str, is_asked: bool) -> None:
    """A verb with its denial, and 不 or 没 at the end, ask as 吗 does."""
    assert (Kind.YES_NO in kinds_of(question)) is is_asked


@pytest.mark.parametrize(
    ("question", "kind", "is_asked"),
    [
        ("上海降低成本有哪些方式", Kind.BODY, False),
        ("哪方承担费用", Kind.BODY, True),
        ("养老服务站的补助标准", Kind.FIGURE, True),
        ("家政服务怎么界定", Kind.DEFINITION, True),
    ],
)
def test_what_a_wording_asks_for(question: str, kind: Kind, is_asked: bool) -> None:
    """哪些方式 names nobody; a standard of subsidy is a sum."""
    assert (kind in kinds_of(question)) is is_asked
