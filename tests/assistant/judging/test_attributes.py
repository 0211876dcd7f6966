"""What can only be answered by a text that speaks of it."""

import pytest

from assistant.judging.attributes import tells_attributes


@pytest.mark.parametrize(
    ("text", "question", "tells"),
    [
        ("通过投资项目调度与服务平台报送", "平台的网址是什么", False),
        ("网址 www.example.gov.cn", "平台的网址是什么", True),
        ("由区发展改革部门受理", "受理电话是多少", False),
        ("咨询电话：010-55590000", "受理电话是多少", True),
        ("由区发展改革部门受理", "由谁受理", True),
        ("限期三个月整改", "不整改罚款多少", False),
        ("处五百元以上二千元以下罚款", "不整改罚款多少", True),
        ("解除运营服务合同", "会受什么处罚", True),
        ("为居民提供照护服务", "周末开放吗", False),
        ("提供课后和节假日托管服务", "节假日开放吗", True),
        ("签订运营监管协议", "协议有没有范本", False),
        ("定期会商服务规划", "多久开一次会", True),
        ("定期评选标志性成果", "多久开一次会", False),
        ("每年定期组织征集", "什么时候截止", False),
    ],
)
def test_a_text_must_speak_of_the_attribute(text, question, tells):
    """Naming the thing is not telling its number, form, fine or hours."""
    assert tells_attributes(text, question) is tells
