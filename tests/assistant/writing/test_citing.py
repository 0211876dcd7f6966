"""Citations are verbatim and their names are printed by code."""

import pytest

from assistant.errors import CitationError
from assistant.writing.citing import cite, display_path
from indexing.frame import MAIN, NOTICE, Role


@pytest.mark.parametrize(
    ("path", "printed"),
    [
        ("第二十三条", "第二十三条"),
        ("第七条/第二款", "第七条第二款"),
        ("第十二条之一", "第十二条之一"),
        ("二/（一）", "二、（一）"),
        ("二", "二"),
        ("二/（一）/1", "二、（一）1"),
        ("一/第2段", "一、第2段"),
        ("附件1-1/21", "附件1-1 第21项"),
        ("附件1-2/3.1", "附件1-2 第3项第1行"),
        ("附件2/第九条/（二）", "附件2 第九条第（二）项"),
        ("附件2/第七条/第二款/（一）", "附件2 第七条第二款第（一）项"),
        ("附件1/二/（一）/1", "附件1 二、（一）1"),
        ("附件1/标题", "附件1 标题"),
        ("结尾段", "结尾段"),
        ("二/表/3", "二、表第3项"),
        ("附件3/表2/行1", "附件3 表2第1行"),
        ("1/1.2/1.2.1", "1.2.1"),
        ("解读/一", "解读 一"),
        ("第十五条/第二款/（一）/1", "第十五条第二款第（一）项第1目"),
    ],
)
def test_paths_as_a_reader_writes_them(path, printed):
    """条款项 run together, notices keep their marks, rows are 项."""
    assert display_path(path) == printed


def test_a_citation_is_verbatim(library):
    """Quote is the document's own text, under the identity of its wording."""
    document = library.document("京发改规[2025]1号")
    clause = library.clause(document.doc_id, "第二十三条")
    citation = cite(document, clause, clause.start, clause.end)
    assert citation.quote == document.text[citation.start : citation.end] == clause.text
    assert citation.text_hash == clause.text_hash


@pytest.mark.parametrize(("before", "after"), [(-1, 0), (0, 1)])
def test_a_span_outside_the_clause_is_refused(before, after, library):
    """One character beyond either end is not the clause."""
    document = library.document("京发改规[2025]1号")
    clause = library.clause(document.doc_id, "第七条")
    with pytest.raises(CitationError, match="第七条"):
        cite(document, clause, clause.start + before, clause.end + after)


def test_a_clause_of_another_document_is_refused(library):
    """Beijing's clause cannot be cited from Hangzhou's text."""
    clause = library.clause("京发改规[2025]1号", "第七条")
    with pytest.raises(CitationError):
        cite(library.document("杭政办函[2024]11号"), clause, clause.start, clause.end)


def test_every_frame_text_is_printed_by_its_name():
    """Names the parser gives are names the address knows."""
    names = [role.value for role in Role] + [NOTICE, MAIN, "引言", "结尾段"]
    assert [display_path(name) for name in names] == names
