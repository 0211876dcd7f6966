"""From a span of a clause to a citation, and from a citation to its printed name.

Code, never a model, prints 《…》（文号）第二十三条.
"""

from __future__ import annotations

import re

from assistant.errors import CitationError
from assistant.types import Citation
from indexing.types import Clause, Document, text_hash

_ARTICLE = re.compile(r"第.+条(?:之.+)?")
_ORDINAL = re.compile(r"第\d+段|第.+款")
_FRAMES = frozenset(
    re.split(" ", "标题 主送 通知 引言 附件说明 落款 结尾段 版记 发文字号 版头 署名 附注 表头")
)


def cite(document: Document, clause: Clause, start: int, end: int) -> Citation:
    """A citation of `document.text[start:end]`, which must lie in `clause` of that document.

    Raises:
        CitationError: the clause is of another document or version, or the span leaves it
            or holds nothing but white space.
    """
    if (clause.doc_id, clause.version) != (document.doc_id, document.version):
        raise CitationError(f"条款 {clause.clause_id} 不属于 {document.doc_id} 的第{document.version}版。")
    if not (clause.start <= start < end <= clause.end) or not document.text[start:end].strip():
        raise CitationError(f"引文位置 {start}–{end} 不在条款 {clause.clause_id} 内。")
    return Citation(
        doc_id=document.doc_id,
        document_number=document.document_number,
        title=document.title,
        version=document.version,
        path=clause.path,
        text_hash=clause.text_hash or text_hash(clause.text),
        quote=document.text[start:end],
        start=start,
        end=end,
    )


def printed_name(citation: Citation) -> str:
    """《title》（文号）第二十三条; the number is left out where the document has none."""
    title = re.sub(r"\s+", "", citation.title).replace("《", "〈").replace("》", "〉")
    number = re.sub(r"\s+", "", f"（{citation.document_number}）") if citation.document_number else ""
    return f"《{title}》{number}{display_path(citation.path)}"


def display_path(path: str) -> str:
    """A path as a reader writes it.

    >>> display_path("二/（一）"), display_path("第七条/第二款"), display_path("附件1-1/21")
    ('二、（一）', '第七条第二款', '附件1-1 第21项')
    >>> display_path("附件2/第九条/（二）"), display_path("附件1/二/（一）/1"), display_path("附件1-2/3.1")
    ('附件2 第九条第（二）项', '附件1 二、（一）1', '附件1-2 第3项第1行')
    """
    out, before = "", ""
    for step in path.split("/"):
        out += _display_step(step, before)
        before = step
    return out.rstrip("、 ")


def _display_step(step: str, before: str) -> str:
    if step.startswith("附件") and step not in _FRAMES:
        return f"{step} "
    if step in _FRAMES or step == "正文":
        return step
    if before.startswith("附件") and re.fullmatch(r"\d+(?:\.\d+)?", step):
        row, _, sub = step.partition(".")
        return f"第{row}项" + (f"第{sub}行" if sub else "")
    below_article = bool(_ARTICLE.fullmatch(before) or _ORDINAL.fullmatch(before) or before.startswith("第"))
    if step.startswith("（"):
        return f"第{step}项" if below_article else step
    if step.startswith("第"):
        return step
    return f"第{step}目" if below_article else step if step.isdecimal() else f"{step}、"
