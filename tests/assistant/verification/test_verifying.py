"""A statement that says more than its quotes is not shown."""

import pytest

from assistant.types import Statement
from assistant.verification.verifying import first_stranger, verify
from assistant.writing.citing import cite


@pytest.fixture
def quoting(library):
    """A statement over Beijing's 第二十三条."""
    document = library.document("京发改规[2025]1号")
    clause = library.clause(document.doc_id, "第二十三条")
    citation = cite(document, clause, clause.start, clause.end)
    return lambda text: Statement(text, (citation,))


@pytest.mark.parametrize(
    "text",
    [
        "北京市：基本公共服务类功能给予30%工程总投资补助。",
        "两项补助资金总额不超过５０００万元。",
        "京发改规〔2025〕1号第二十三条：不超过30%。",
        "《北京市发展和改革委员会关于印发北京市社区嵌入式服务设施项目建设运营管理办法(试行)的通知》，2025年1月13日印发。",
        "北京市：有效期至2028年1月13日。",
    ],
)
def test_what_the_quote_or_the_document_says_passes(text, quoting, library):
    """Widths do not matter; dates and number of the document itself are known."""
    assert first_stranger(quoting(text), library) is None


@pytest.mark.parametrize(
    ("text", "stranger"),
    [
        ("给予35%工程总投资补助。", "35%"),
        ("给予3%工程总投资补助。", "3%"),
        ("总额不超过500万元。", "500万"),
        ("有效期五年。", "五"),
        ("百分之四十的补助。", "百分之四十"),
        ("依据第二十四条。", "第二十四条"),
        ("依据《北京市补助条例》。", "《北京市补助条例》"),
        ("称为“特殊补助”。", "“特殊补助”"),
        ("2026年3月1日起施行。", "2026"),
    ],
)
def test_a_stranger_is_named(text, stranger, quoting, library):
    """A part of a number is not the number: 3% is not in 30%."""
    assert first_stranger(quoting(text), library) == stranger


def test_rejected_statements_keep_their_reason(quoting, library):
    """What is dropped is recorded with the first thing not found."""
    good, bad = quoting("给予30%补助。"), quoting("给予40%补助。")
    kept, rejected = verify((good, bad), library)
    assert kept == (good,)
    assert [(item.text, item.reason) for item in rejected] == [("给予40%补助。", "“40%”在所引条款中找不到。")]
