"""A sentence that says the subject outright speaks for its place."""

from assistant.answers.outright import names_in


def test_a_name_is_shown_where_it_stands(ask):
    """妇联 stands in a sentence of 杭州's, not only in the notes of who is responsible."""
    answer = ask("哪些城市的文件提到妇联？")
    of_hangzhou = next(one for one in answer.statements if one.text.startswith("杭州市"))
    assert any("妇联" in citation.quote for citation in of_hangzhou.citations)


def test_either_wording_is_looked_for(ask):
    """杭州 says 业委会, 重庆 业主委员会 too."""
    answer = ask("哪些城市提到业委会或者业主委员会？")
    assert answer.statements[0].text == "文件中有相关内容的：杭州市、重庆市。"


def test_names_asked_for_are_set_in_quotation_marks():
    """And are what is asked about; what counts (四同步) others spell out."""
    assert names_in("哪些城市提到“低空+”", "低空+") == ("低空+",)
    assert names_in("“插花”式分散建设的规定", "“插花”式分散建设") == ()
    assert names_in("都写了“四同步”吗", "四同步") == ()
    assert names_in("哪些城市提到无人机", "无人机") == ()
