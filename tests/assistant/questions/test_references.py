"""Documents and clauses a question names outright."""

import pytest

from assistant.questions.references import find_references, mask_references
from indexing.folding import fold_tight

BEIJING, CHONGQING, NATION = "京发改规[2025]1号", "渝发改规范[2024]10号", "国办函[2023]121号"


@pytest.mark.parametrize(
    ("question", "doc_id", "path"),
    [
        ("京发改规〔2025〕1号第七条规定了什么", BEIJING, "第七条"),
        ("京发改规[2025]1号 第 7 条", BEIJING, "第七条"),
        ("京发改规（2025）１号第七条", BEIJING, "第七条"),
        ("京发改规2025年第1号第二十三条", BEIJING, "第二十三条"),
        ("请问根据京发改规〔2025〕1号第七条第二款", BEIJING, "第七条/第二款"),
        ("京发改规〔2025〕1号第二十三条第一款", BEIJING, "第二十三条"),
        ("渝发改规范〔2024〕10号附件1-1第21项", CHONGQING, "附件1-1/21"),
        ("渝发改规范〔2024〕10号附件1—1 第21项补助多少", CHONGQING, "附件1-1/21"),
        ("渝发改规范〔2024〕10号第九条第（二）项", CHONGQING, "附件2/第九条/（二）"),
        ("渝发改规范〔2024〕10号第九条第二项", CHONGQING, "附件2/第九条/（二）"),
        ("渝发改规范〔2024〕10号附件1二（一）", CHONGQING, "附件1/二/（一）"),
        ("国办函〔2023〕121号（八）", NATION, "三/（八）"),
        ("国办函〔2023〕121号二、（一）", NATION, "二/（一）"),
        ("国办函121号文三（八）", NATION, "三/（八）"),
        ("国办函〔2023〕121号第八条", NATION, "三/（八）"),
    ],
)
def test_a_clause_named_in_any_writing_is_found(question, doc_id, path, library):
    """Brackets, widths, spaces and Arabic numbers do not matter."""
    (reference,) = find_references(fold_tight(question), library)
    assert reference.clauses == ((doc_id, path),)


def test_a_clause_without_a_document_is_looked_for_where_the_place_is(library):
    """重庆办法第十五条第二款: the place gives the document."""
    (reference,) = find_references(fold_tight("重庆办法第十五条第二款"), library, (CHONGQING,))
    assert reference.clauses == ((CHONGQING, "附件2/第十五条/第二款"),)


@pytest.mark.parametrize("question", ["京发改规〔2025〕1号第九十九条", "京发改规〔2025〕1号第七条第九款"])
def test_a_clause_that_is_not_there_resolves_to_nothing(question, library):
    """Naming 第九十九条 of 36 finds no neighbour instead."""
    (reference,) = find_references(fold_tight(question), library)
    assert reference.doc_ids == (BEIJING,)
    assert reference.steps
    assert reference.clauses == ()


def test_a_number_that_restarts_in_each_section_is_not_an_article(library):
    """杭州's （五） stands under 三 only, but （一） under several: 第五条 is not there."""
    (reference,) = find_references(fold_tight("杭政办函〔2024〕11号第五条"), library)
    assert reference.clauses == ()


@pytest.mark.parametrize(
    ("question", "name", "is_cited"),
    [
        ("发改社会〔2024〕5号规定了哪些设计标准", "发改社会[2024]5号", True),
        ("京政发〔2015〕7号第三条", "京政发[2015]7号", True),
        ("请问国发〔2021〕30号讲什么", "国发[2021]30号", False),
        ("《未来城市建设条例》怎么说", "《未来城市建设条例》", False),
    ],
)
def test_a_document_the_library_lacks_is_recognised(question, name, is_cited, library):
    """Cited by a document we hold, or not at all; either way it is not held."""
    (reference,) = find_references(fold_tight(question), library)
    assert (reference.document, reference.is_held, reference.is_cited) == (name, False, is_cited)


@pytest.mark.parametrize(
    "title",
    [
        "北京市社区嵌入式服务设施项目建设运营管理办法",
        "北京市社区嵌入式服务设施项目建设运营管理办法（试行）",
        "北京市发展和改革委员会关于印发北京市社区嵌入式服务设施项目建设运营管理办法(试行)的通知",
    ],
)
def test_a_title_names_its_document(title, library):
    """With or without （试行）, the 通知's title or the 办法's own."""
    (reference,) = find_references(fold_tight(f"《{title}》第七条"), library)
    assert reference.clauses == ((BEIJING, "第七条"),)


@pytest.mark.parametrize(
    "question", ["北京补助多少", "第三方机构怎么评估", "一照多址怎么办", "3号楼能改造吗"]
)
def test_ordinary_words_name_nothing(question, library):
    """第三方 is no article and 3号楼 no document."""
    assert find_references(fold_tight(question), library) == ()


def test_masking_leaves_what_is_asked():
    """Numbers and marks go, the words around them stay."""
    assert (
        mask_references(fold_tight("根据京发改规〔2025〕1号第七条，功能不少于几项？"))
        == "根据,功能不少于几项?"
    )
