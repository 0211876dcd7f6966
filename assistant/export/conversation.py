"""A conversation as Markdown and as a Word document: questions, statements, and the clause behind each.

Every citation is printed with title, 文号 and clause, and its quote; what has no basis is said too.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from assistant.export.docx import write_docx
from assistant.export.markdown import escape
from assistant.export.official import Block, Heading, OfficialDocument, Origin, Paragraph, Text
from assistant.export.references import note
from assistant.export.text import in_one_line
from assistant.types import Answer, AnswerStatus

_STATUS = {
    AnswerStatus.ANSWERED: "有依据",
    AnswerStatus.PARTIAL: "部分有依据",
    AnswerStatus.NO_BASIS: "未找到依据",
}
_TITLE = "政策问答记录"


def conversation_markdown(answers: Sequence[Answer], made_on: date) -> str:
    """The whole conversation, oldest question first, as one Markdown text that ends in a line feed."""
    blocks = [f"# {_TITLE}", f"导出日期：{made_on.isoformat()}"]
    for number, answer in enumerate(answers, 1):
        blocks += [f"## {number}. {escape(answer.question)}", *_markdown_of(answer)]
    return "\n\n".join(blocks) + "\n"


def _markdown_of(answer: Answer) -> Iterator[str]:
    if answer.resolved:
        yield f"理解为：{escape(answer.resolved)}"
    yield f"**{_STATUS[answer.status]}**（按{answer.as_of.isoformat()}有效的规定）"
    for statement in answer.statements:
        cited = "\n".join(f"  - 依据：{escape(note(citation))}" for citation in statement.citations)
        yield f"- {escape(statement.text)}\n{cited}"
    remarks = [f"缺少依据：{each}" for each in answer.missing] + [f"注意：{each}" for each in answer.notices]
    if remarks:
        yield "\n".join(f"- {escape(each)}" for each in remarks)


def conversation_docx(answers: Sequence[Answer], made_on: date) -> bytes:
    """The same as a .docx: a heading a question, each statement with its clauses in footnotes.

    Raises:
        ValueError: there are no answers.
    """
    if not answers:
        raise ValueError("a conversation to export has at least one answer")
    blocks = tuple(block for answer in answers for block in _blocks_of(answer))
    origin = Origin("本记录由策问生成，引用前请核对条款原文", None)
    return write_docx(OfficialDocument((_TITLE,), blocks, origin=origin), made_on)


def _blocks_of(answer: Answer) -> Iterator[Block]:
    yield Heading(1, in_one_line(answer.question) or "（空）")
    status = f"{_STATUS[answer.status]}（按{answer.as_of.isoformat()}有效的规定）。"
    resolved = f"理解为：{in_one_line(answer.resolved)}。" if answer.resolved else ""
    yield Paragraph((Text(resolved + status),))
    for statement in answer.statements:
        yield Paragraph((Text(in_one_line(statement.text), statement.citations),))
    for sentence in answer.missing:
        yield Paragraph((Text(f"缺少依据：{in_one_line(sentence)}"),))
    for sentence in answer.notices:
        yield Paragraph((Text(f"注意：{in_one_line(sentence)}"),))
