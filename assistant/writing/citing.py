"""From a span of a clause to a citation, and from a citation to its printed name.

Code, never a model, prints 《…》（文号）第二十三条.
"""

from __future__ import annotations

import re

from assistant.errors import CitationError
from assistant.types import Citation
from indexing.types import Clause, Document, text_hash

_ARTICLE = re.compile(r"第.+条(?:之.+)?")
_PART = re.compile(r"(?:附件|附录|附表).*|解读")
_TABLE = re.compile(r"表\d*")
_ROW = re.compile(r"(?P<row>\d+)(?:\.(?P<sub>\d+))?|行(?P<line>\d+)")
_DECIMAL = re.compile(r"\d+(?:\.\d+)+")
# The names of frame texts (docs/paths.md), printed as they are. `indexing.frame` has them too, but
# with the parser, which an answer need not load; a test holds the two equal.
_FRAMES = frozenset(
    [
        "标题",
        "主送",
        "通知",
        "正文",
        "引言",
        "附件说明",
        "附件标记",
        "落款",
        "结尾段",
        "版记",
        "发文字号",
        "版头",
        "题注",
        "目录",
        "署名",
        "附注",
        "文末",
    ]
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


def display_path(path: str) -> str:
    """A path as a reader writes it.

    >>> display_path("二/（一）"), display_path("第七条/第二款"), display_path("附件1-1/21")
    ('二、（一）', '第七条第二款', '附件1-1 第21项')
    >>> display_path("附件2/第九条/（二）"), display_path("附件1/二/（一）/1"), display_path("附件1-2/3.1")
    ('附件2 第九条第（二）项', '附件1 二、（一）1', '附件1-2 第3项第1行')
    """
    steps = path.split("/")
    in_article = False
    out = ""
    for number, step in enumerate(steps):
        before = steps[number - 1] if number else ""
        following = steps[number + 1] if number + 1 < len(steps) else ""
        in_article = in_article or bool(_ARTICLE.fullmatch(step))
        if not (_DECIMAL.fullmatch(following) and following.startswith(f"{step}.")):  # 1.2 names 1 too
            out += _display_step(step, before, in_article=in_article)
    return out.rstrip("、 ")


def _display_step(step: str, before: str, *, in_article: bool) -> str:
    if step in _FRAMES:
        return f"{step} " if step == "通知" else step
    if _PART.fullmatch(step):
        return f"{step} "
    row = _ROW.fullmatch(step)
    if row and (row.group("line") or _PART.fullmatch(before) or _TABLE.fullmatch(before)):
        return _display_row(row)
    if step.startswith("（"):
        return f"第{step}项" if in_article else step
    if step.startswith("第") or _TABLE.fullmatch(step) or not step[0].isalnum():
        return step
    if in_article:
        return f"第{step}目"
    return step if step[0].isdecimal() else f"{step}、"


def _display_row(row: re.Match[str]) -> str:
    if row.group("line"):
        return f"第{row.group('line')}行"
    return f"第{row.group('row')}项" + (f"第{row.group('sub')}行" if row.group("sub") else "")
