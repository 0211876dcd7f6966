"""Answers and clauses as escaped Markdown: the last step before the page. Pure functions.

Everything that comes from a document or a question passes `escape`, after which
no character of it can open a tag, a link, an image, a formula or a list. The
structure around it (headings, quotes, bold) is written here and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from assistant.types import Answer, AnswerStatus, Citation
from indexing.types import ClauseHit

if TYPE_CHECKING:
    from indexing.types import Document

STATUS_NAMES = {
    AnswerStatus.ANSWERED: "有依据",
    AnswerStatus.PARTIAL: "部分有依据",
    AnswerStatus.NO_BASIS: "未找到依据",
}
"""What a user reads for each status."""

NEAREST_CAUTION = "以下条款只是内容相近，不构成对问题的回答。"
N_NEAREST = 3
"""How many of them are shown: enough to see what the library does hold."""

DocumentLookup = Callable[[str], "Document | None"]
"""doc_id → the document, None where it has left the library."""

# control characters but tab and line feed, C1, bidi marks and overrides, tags: "\x1b" yes; "　" no
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)
# terminal sequences whole, so that no "[31m" is left behind: "\x1b[31m" yes; "[31m" no
_SEQUENCES = re.compile(
    "\x1b(?:\\[[0-?]*[ -/]*[@-~]|\\][^\x07\x1b]*(?:\x07|\x1b\\\\)?|[@-Z\\\\-_])|\x9b[0-?]*[ -/]*[@-~]"
)
_SURROGATES = re.compile("[\ud800-\udfff]")
_LINE_ENDS = re.compile("\r\n?|\x0b|\x0c|\x85|\u2028|\u2029")
# every ASCII sign means something to Markdown or HTML somewhere: "*" and ":" yes; "a", "。" no
_SIGNS = re.compile(r"[!-/:-@\[-`{-~]")
_BLANKS = re.compile(r"\s+")
# "第七条" and "第2段" yes; "（一）" no
_SPOKEN = re.compile(r"第.+[条章节款段项目]|第.+条之.+")
_CHINESE_NUMBER = re.compile(r"[一二三四五六七八九十百]+")
_INNER_TITLE = str.maketrans("《》", "〈〉")
_ARABIC_NUMBER = re.compile(r"\d+(?:\.\d+)*")


def visible(text: str) -> str:
    r"""`text` without terminal sequences, control and bidi characters; line feeds and tabs stay.

    A lone surrogate becomes U+FFFD, so the result can always be encoded.

    >>> visible("补助\x1b[31m标准\x07\ud800") == "补助标准\ufffd"
    True
    """
    text = _SEQUENCES.sub("", text)
    return _SURROGATES.sub("\ufffd", _UNSEEN.sub("", _LINE_ENDS.sub("\n", text)))


def one_line(text: str) -> str:
    """`visible(text)` with every run of white space made one space; no line feed is left."""
    return _BLANKS.sub(" ", visible(text)).strip()


def escape(text: str) -> str:
    """`text` as one line of Markdown that shows exactly these characters and nothing else.

    ASCII signs become numeric references, which neither Markdown nor an
    autolinker reads as syntax.

    >>> escape("<b>[点我](http://x)</b>")
    '&#60;b&#62;&#91;点我&#93;&#40;http&#58;&#47;&#47;x&#41;&#60;&#47;b&#62;'
    """
    return _SIGNS.sub(lambda sign: f"&#{ord(sign.group())};", one_line(text))


def quoted(text: str) -> str:
    """`text` as a Markdown block quote, one quoted line per line; empty lines are left out."""
    lines = [escape(line) for line in visible(text).split("\n")]
    return "\n>\n".join(f"> {line}" for line in lines if line)


def place(path: str) -> str:
    """A clause path as one says it.

    >>> place("第七条/第二款"), place("二/（一）/1"), place("二")
    ('第七条第二款', '二、（一）1', '第二部分')
    >>> place("附件1-1/21"), place("附件1-2/3.1"), place("附件2/第九条/（二）")
    ('附件1-1第21项', '附件1-2第3.1项', '附件2第九条（二）')
    """
    segments = path.split("/")
    if len(segments) == 1 and _CHINESE_NUMBER.fullmatch(path):
        return f"第{path}部分"
    said, last = "", len(segments) - 1
    for position, segment in enumerate(segments):
        if _CHINESE_NUMBER.fullmatch(segment):
            said += f" {segment}、" if said else f"{segment}、"
        elif _ARABIC_NUMBER.fullmatch(segment):
            in_table = position > 0 and segments[position - 1].startswith("附件")
            said += f"第{segment}项" if in_table else segment + ("." if position < last else "")
        elif _SPOKEN.fullmatch(segment) or not said or segment.startswith("（"):
            said += segment
        else:
            said += f" {segment}"
    return said.rstrip("、")


def address(title: str, document_number: str | None, path: str) -> str:
    """《title》（文号）place, the form in which officials cite; without 文号 where there is none.

    Book title marks inside the title become single ones (GB/T 15834—2011, 4.15.3.3).

    >>> address("关于转发《实施方案》的通知", "国办函〔2023〕121号", "二/（一）")
    '《关于转发〈实施方案〉的通知》（国办函〔2023〕121号）二、（一）'
    """
    title, number = one_line(title), f"（{document_number}）" if document_number else ""
    if title.startswith("《") and title.find("》") == len(title) - 1:
        title = title[1:-1]
    return f"《{title.translate(_INNER_TITLE)}》{number}{place(path)}"


def numbered_citations(answer: Answer) -> dict[Citation, int]:
    """Every different citation of the answer with the number the reader sees, from 1, in reading order."""
    numbers: dict[Citation, int] = {}
    for statement in answer.statements:
        for citation in statement.citations:
            numbers.setdefault(citation, len(numbers) + 1)
    return numbers


def render_answer(answer: Answer) -> str:
    """Markdown of the status, the statements with their citation numbers, and what has no basis."""
    numbers = numbered_citations(answer)
    blocks = [f"**依据状态：{STATUS_NAMES[answer.status]}**"]
    for statement in answer.statements:
        marks = "".join(f"&#91;{numbers[citation]}&#93;" for citation in statement.citations)
        blocks.append(f"{escape(statement.text)} {marks}")
    blocks += [f"缺少依据：{escape(sentence)}" for sentence in answer.missing]
    return "\n\n".join(blocks)


def render_sources(answer: Answer) -> str:
    """Markdown of the numbered citations, each with its verbatim quote; "" where there are none."""
    blocks = []
    for citation, number in numbered_citations(answer).items():
        where = address(citation.title, citation.document_number, citation.path)
        blocks.append(f"&#91;{number}&#93; {escape(where)}\n\n{quoted(citation.quote)}")
    return "\n\n".join(["#### 依据条款", *blocks]) if blocks else ""


def shown_hits(answer: Answer) -> tuple[ClauseHit, ...]:
    """The hits a person is shown, best first: all, or with NO_BASIS the few nearest."""
    return answer.hits[:N_NEAREST] if answer.status is AnswerStatus.NO_BASIS else answer.hits


def render_hits(answer: Answer, lookup: DocumentLookup) -> str:
    """Markdown of the clauses found, best first, in full; "" where nothing was found.

    With NO_BASIS they are called the nearest clauses, which are not an answer.
    """
    caution = [escape(NEAREST_CAUTION)] if answer.status is AnswerStatus.NO_BASIS and answer.hits else []
    return "\n\n".join([*caution, *_hit_blocks(shown_hits(answer), lookup)])


def _hit_blocks(hits: Iterable[ClauseHit], lookup: DocumentLookup) -> Iterable[str]:
    for hit in hits:
        document = lookup(hit.clause.doc_id)
        title = document.title if document else hit.clause.doc_id
        where = address(title, document.document_number if document else None, hit.clause.path)
        yield f"{escape(where)}\n\n{quoted(hit.clause.text)}"


def render_failure(sentence: str) -> str:
    """Markdown of the one sentence a user reads when something went wrong."""
    return f"**{escape(sentence)}**"
