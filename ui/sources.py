"""What an answer cites and found, counted as the reader sees it on the page and in the terminal. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.types import Answer, AnswerStatus, Citation, Statement
from indexing.types import ClauseHit

STATUS_NAMES = {
    AnswerStatus.ANSWERED: "✔ 有依据",
    AnswerStatus.PARTIAL: "◐ 部分有依据",
    AnswerStatus.NO_BASIS: "✖ 未找到依据",
}
"""What a user reads for each status: told apart by mark and word, colour only helps."""

MISSING = "缺少依据："
TOLD = "说明："
"""Stands before what is only told: of places compared, which texts are silent."""
NOTICE = "注意："

SIGNAL_NAMES = {
    "words": "词语",
    "bigrams": "字对",
    "concepts": "词语及同义说法",
    "headings": "标题词语",
    "dense": "语义相近",
    "whole": "整条语义相近",
    "phrased": "常见问法的词语",
    "phrased_bigrams": "常见问法的字对",
    "phrased_dense": "常见问法的语义",
    "aligned": "逐词相近",
    "reference": "点名的文号、条款",
    "place": "点名的地区",
    "shape": "所问的数字、日期或主体",
}
"""What a user reads for each signal of the search."""

STAGE_NAMES = {
    "understand": "理解问题",
    "search": "检索",
    "judge": "判断",
    "write": "撰写",
    "verify": "核对",
    "total": "合计",
}
"""What a user reads for each stage of an answer."""

NEAREST_CAUTION = "以下条款只是内容相近，不构成对问题的回答。"
N_NEAREST = 3
"""How many of them are shown: enough to see what the library does hold."""
# what frames a document but rules nothing: "落款", "附件1/标题" yes; "通知", "引言", "结尾段" no
_FORMALITIES = frozenset(
    {"标题", "主送", "附件说明", "落款", "版记", "发文字号", "版头", "署名", "附注", "表头"}
)


@dataclass(frozen=True, slots=True)
class Source:
    """A cited clause under the one number the reader sees, with what is quoted of it, in text order."""

    number: int
    quoted: tuple[Citation, ...]  # at least one


def numbered_sources(answer: Answer) -> tuple[Source, ...]:
    """The clauses an answer cites, each once, numbered from 1 in reading order.

    A quote that stands inside another of the same clause is not shown again.
    """
    clauses: dict[tuple[str, int, str], list[Citation]] = {}
    for statement in answer.statements:
        for citation in statement.citations:
            clauses.setdefault(clause_of(citation), []).append(citation)
    return tuple(Source(number, _outermost(cited)) for number, cited in enumerate(clauses.values(), start=1))


def clause_of(citation: Citation) -> tuple[str, int, str]:
    """What tells cited clauses apart: document, version, path."""
    return citation.doc_id, citation.version, citation.path


def _outermost(citations: list[Citation]) -> tuple[Citation, ...]:
    kept: list[Citation] = []
    for citation in sorted(citations, key=lambda one: (one.start, -one.end)):
        if not kept or citation.end > kept[-1].end:
            kept.append(citation)
    return tuple(kept)


def marks(statement: Statement, sources: tuple[Source, ...]) -> str:
    """The numbers of a statement's sources, as in "[1][3]"."""
    numbers = {clause_of(source.quoted[0]): source.number for source in sources}
    cited = dict.fromkeys(numbers[clause_of(citation)] for citation in statement.citations)
    return "".join(f"[{number}]" for number in cited)


def shown_hits(answer: Answer) -> tuple[ClauseHit, ...]:
    """The hits a person is shown, best first: all, or with NO_BASIS the few nearest that rule something."""
    if answer.status is not AnswerStatus.NO_BASIS:
        return answer.hits
    return tuple(hit for hit in answer.hits if not _is_formality(hit))[:N_NEAREST]


def _is_formality(hit: ClauseHit) -> bool:
    return hit.clause.path.rpartition("/")[2] in _FORMALITIES


def missing_label(answer: Answer) -> str:
    """What stands before the sentences of `answer.missing`: an answer that is whole lacks no basis."""
    return TOLD if answer.status is AnswerStatus.ANSWERED else MISSING
