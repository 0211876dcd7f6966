"""Documents named by title without 《》 around the whole name."""

import pytest

from assistant.questions.naming import named_documents
from indexing.folding import fold_tight

BEIJING, CHONGQING, NATION = "京发改规[2025]1号", "渝发改规范[2024]10号", "国办函[2023]121号"


@pytest.mark.parametrize(
    ("question", "name"),
    [
        ("民法典第二十三条", "民法典"),
        ("请问劳动合同法的第三十九条是什么", "劳动合同法"),
        ("北京市养犬管理规定第五条", "北京市养犬管理规定"),
        ("养犬的管理规定第五条", "养犬的管理规定"),
        ("上海市公租房管理办法（试行）第二条", "上海市公租房管理办法(试行)"),
        ("第七条和上海市公租房管理办法第二条", "上海市公租房管理办法"),
        ("重庆市母婴保健办法第三条", "重庆市母婴保健办法"),
        ("重庆市实施《中华人民共和国母婴保健法》办法第三条", "重庆市实施《中华人民共和国母婴保健法》办法"),
        ("关于修改《城市更新条例》的决定怎么说", "关于修改《城市更新条例》的决定"),
        ("北京市物业管理条例对社区服务设施补助多少", "北京市物业管理条例"),
        ("请问一下北京市物业管理条例里怎么规定", "北京市物业管理条例"),
        (
            "天津市社区嵌入式服务设施项目建设运营管理办法第七条",
            "天津市社区嵌入式服务设施项目建设运营管理办法",
        ),
        ("北京市社区嵌入式服务设施项目管理条例第七条", "北京市社区嵌入式服务设施项目管理条例"),
        ("上海市社区服务设施规划标准第三条", "上海市社区服务设施规划标准"),
        ("重庆条例第三条", "重庆条例"),
    ],
)
def test_a_name_no_held_title_fits_is_not_held(question, name, library):
    """Another subject, another place or another 文种 is another document."""
    (found,) = named_documents(fold_tight(question), library)
    assert (found.text, found.doc_ids) == (name, ())


@pytest.mark.parametrize(
    ("question", "doc_id"),
    [
        ("北京市社区嵌入式服务设施项目建设运营管理办法第七条", BEIJING),
        ("北京社区嵌入式服务设施管理办法第七条", BEIJING),
        ("重庆市城市社区嵌入式服务设施试点建设方案三、（四）", CHONGQING),
        ("城市社区嵌入式服务设施建设工程实施方案第二章", NATION),
    ],
)
def test_most_of_a_held_title_names_it(question, doc_id, library):
    """A shortened title will do; the place decides between those alike."""
    names = named_documents(fold_tight(question), library)
    assert doc_id in {held for name in names for held in name.doc_ids}


@pytest.mark.parametrize(
    "question",
    [
        "第二十三条",
        "本办法第七条",
        "该办法第七条",
        "这个方案第二条",
        "北京的办法第七条",
        "重庆管理办法第八条",
        "建设方案第三条",
        "京发改规〔2025〕1号规定第七条",
        "有什么办法可以申请补助",
        "依法怎么申请",
        "执法怎么规定",
        "北京的补助标准是多少",
        "社区服务设施有哪些规定",
        "北京怎么规定运营方案",
    ],
)
def test_generic_words_name_nothing(question, library):
    """The 文种 alone, with a place or a pointing word, resolves as a bare clause number does."""
    assert named_documents(fold_tight(question), library) == ()


def test_a_document_mentioned_does_not_silence_the_rest(ask):
    """根据劳动合同法第三十九条，北京…: Beijing answers, the law is told to be absent."""
    answer = ask("根据劳动合同法第三十九条，北京社区嵌入式服务设施补助多少？")
    assert [c.path for s in answer.statements for c in s.citations] == ["第二十三条"]
    assert [one.split("，")[0] for one in answer.missing] == ["《劳动合同法》不在库中"]
