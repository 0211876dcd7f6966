"""The library as llama-index sees it: clauses to retrieve, and `ask` as a query engine.

    ClauseIndex.search  ──► ClauseRetriever ──► NodeWithScore
    PolicyAssistant.ask ──► AskQueryEngine  ──► Response

The one module that names llama-index. Its classes can only be defined with the library at
hand, so it is imported here at the top, and nothing of ours imports this module: whoever
writes `from assistant.llama import ClauseRetriever` uses llama-index, and `cewen ask` never
loads it. No language model, key or network is needed or looked for; what the engine says is
what `ask` says, word for word.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Generator
from datetime import date
from typing import Any

from llama_index.core.base.base_query_engine import BaseQueryEngine
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.base.response.schema import (
    RESPONSE_TYPE,
    AsyncStreamingResponse,
    Response,
    StreamingResponse,
)
from llama_index.core.callbacks.base import CallbackManager
from llama_index.core.callbacks.schema import CBEventType, EventPayload
from llama_index.core.prompts.mixin import PromptMixinType
from llama_index.core.schema import (
    NodeRelationship,
    NodeWithScore,
    ObjectType,
    QueryBundle,
    RelatedNodeInfo,
    TextNode,
)

from assistant.filtering import filters_for
from assistant.records import answer_record, citation_record, clause_record, focus_record
from assistant.service import PolicyAssistant
from assistant.types import Answer, AnswerStatus, Citation
from indexing.index import ClauseIndex
from indexing.settings import load_settings
from indexing.types import ClauseHit, Document, SearchFilter, SearchMode
from prompts.library import fill

# A language model is shown these above a clause; ids, offsets and hashes tell it nothing
_FOR_THE_MODEL = frozenset(
    ("title", "document_number", "path", "headings", "cells", "place", "effective_from", "expires_on")
)
# Embedded with a clause: what it is about; numbers, dates and addresses only blur a vector
_FOR_EMBEDDING = frozenset(("title", "headings"))


class ClauseRetriever(BaseRetriever):
    """Clauses of the library for a query, best first; the same ones as `cewen search` finds.

    Each node's text is its clause, verbatim, and its id the clause_id (`doc_id#path`), so gold
    for `RetrieverEvaluator` is a list of clause ids. docs/llama_index.md lists the metadata.
    """

    def __init__(
        self,
        assistant: PolicyAssistant | None = None,
        *,
        top_k: int = 10,
        mode: SearchMode | str = SearchMode.HYBRID,
        city: str | None = None,
        part: str | None = None,
        as_of: date | None = None,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """A retriever over the library of `assistant`, by default the one `cewen` uses.

        Args:
            assistant: whose index is searched; None opens the home that the environment names.
            top_k: at most so many nodes.
            mode: "hybrid", "lexical" or "dense".
            city: only documents of this place: 北京, 余杭区, 国家.
            part: only this part of documents: 正文, 附件1.
            as_of: only documents in force that day; None means the day of each query.
            callback_manager: that of llama-index's `Settings` by default.

        Raises:
            UnknownFilter: there is no such place or part, or several places of that name.
            ValueError: there is no such mode.
            IndexingError: the library cannot be opened.
        """
        super().__init__(callback_manager=callback_manager)  # None: that of llama-index's Settings
        self.assistant = assistant or PolicyAssistant.open(load_settings())
        self._top_k, self._mode = top_k, SearchMode(mode)
        self._city, self._part, self._as_of = city, part, as_of
        filters_for(self.assistant.index, city, part)  # a wrong name is met here, not in the midst of a chat

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        index = self.assistant.index
        filters = filters_for(index, self._city, self._part, self._as_of or date.today())
        query = query_bundle.query_str
        hits = index.search(query, top_k=self._top_k, mode=self._mode, filters=filters)
        return [_found(hit, index.document(hit.clause.doc_id)) for hit in hits]

    async def _aretrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return await asyncio.to_thread(self._retrieve, query_bundle)  # the search computes: off the loop


class AskQueryEngine(BaseQueryEngine):
    """`PolicyAssistant.ask` as a query engine; made by `query_engine`.

    The response's text is the answer's sentences, one a line, then a line for each thing that
    has no basis; without a basis those lines alone, never an empty text. Source nodes are the
    cited clauses, each once, in reading order. docs/llama_index.md lists the metadata.
    """

    def __init__(
        self,
        assistant: PolicyAssistant,
        *,
        city: str | None = None,
        part: str | None = None,
        as_of: date | None = None,
        streaming: bool = False,
        callback_manager: CallbackManager | None = None,
    ) -> None:
        """See `query_engine`."""
        super().__init__(callback_manager)
        self.assistant = assistant
        self._city, self._part, self._as_of = city, part, as_of
        self._streaming = streaming
        self._filters()

    def _filters(self) -> SearchFilter:
        return filters_for(self.assistant.index, self._city, self._part)

    def _get_prompt_modules(self) -> PromptMixinType:
        return {}  # no prompt is sent to anything

    def _answered(self, question: str) -> Response:
        answer = self.assistant.ask(question, as_of=self._as_of, filters=self._filters())
        return response_of(answer, self.assistant.index)

    def _query(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        question = query_bundle.query_str
        with self.callback_manager.event(CBEventType.QUERY, {EventPayload.QUERY_STR: question}) as event:
            response = self._answered(question)
            event.on_end({EventPayload.RESPONSE: response})
        if not self._streaming:
            return response
        return StreamingResponse(_lines(response), response.source_nodes, response.metadata)

    async def _aquery(self, query_bundle: QueryBundle) -> RESPONSE_TYPE:
        question = query_bundle.query_str
        with self.callback_manager.event(CBEventType.QUERY, {EventPayload.QUERY_STR: question}) as event:
            response = await asyncio.to_thread(self._answered, question)
            event.on_end({EventPayload.RESPONSE: response})
        if not self._streaming:
            return response
        return AsyncStreamingResponse(_lines_async(response), response.source_nodes, response.metadata)


def query_engine(
    assistant: PolicyAssistant | None = None,
    *,
    city: str | None = None,
    part: str | None = None,
    as_of: date | None = None,
    streaming: bool = False,
    callback_manager: CallbackManager | None = None,
) -> AskQueryEngine:
    """A query engine that answers as `cewen ask` does, for tools, agents, chat engines, evaluators.

    Args:
        assistant: who answers; None opens the home that the environment names.
        city: only documents of this place: 北京, 余杭区, 国家.
        part: only this part of documents: 正文, 附件1.
        as_of: answer by the documents in force that day; None means the day of each question.
        streaming: hand out the answer line by line, for `stream_chat`; it is complete and
            verified before its first line leaves.
        callback_manager: that of llama-index's `Settings` by default.

    Raises:
        UnknownFilter: there is no such place or part, or several places of that name.
        IndexingError: the library cannot be opened.
    """
    return AskQueryEngine(
        assistant or PolicyAssistant.open(load_settings()),
        city=city,
        part=part,
        as_of=as_of,
        streaming=streaming,
        callback_manager=callback_manager,
    )


def response_of(answer: Answer, index: ClauseIndex) -> Response:
    """An answer as llama-index hands it on; its metadata is `answer_record`."""
    return Response("\n".join(_spoken(answer)), _sources(answer, index), answer_record(answer, index))


def _spoken(answer: Answer) -> list[str]:
    """The lines of an answer: who reads only these still hears what has no basis."""
    if answer.status is AnswerStatus.NO_BASIS:
        return list(answer.missing)
    said = [statement.text for statement in answer.statements]
    return said + [fill("without_basis", sentence=sentence) for sentence in answer.missing]


def _lines(response: Response) -> Generator[str, None, None]:
    yield from (response.response or "").splitlines(keepends=True)


async def _lines_async(response: Response) -> AsyncGenerator[str, None]:
    for line in _lines(response):
        yield line


def _sources(answer: Answer, index: ClauseIndex) -> list[NodeWithScore]:
    """The clauses cited, each once, in reading order; scored as the hit each lies in, else without score."""
    first: dict[tuple[str, int, str], Citation] = {}
    for statement in answer.statements:
        for citation in statement.citations:
            first.setdefault((citation.doc_id, citation.version, citation.path), citation)
    return [NodeWithScore(node=_cited(one, index), score=_score(one, answer.hits)) for one in first.values()]


def _cited(citation: Citation, index: ClauseIndex) -> TextNode:
    """The clause cited; its quote alone where another process has just replaced the document."""
    clause = index.clause(citation.doc_id, citation.path)
    if clause is not None and clause.version == citation.version:
        return _node(clause.text, clause_record(clause, index.document(citation.doc_id)))
    record = citation_record(citation)
    return _node(record.pop("quote"), record)


def _score(citation: Citation, hits: tuple[ClauseHit, ...]) -> float | None:
    around = [
        float(hit.score)
        for hit in hits
        if (hit.clause.doc_id, hit.clause.version) == (citation.doc_id, citation.version)
        and hit.clause.start <= citation.start
        and citation.end <= hit.clause.end
    ]
    return max(around, default=None)


def _found(hit: ClauseHit, document: Document | None) -> NodeWithScore:
    record = clause_record(hit.clause, document) | focus_record(hit.focus)
    return NodeWithScore(node=_node(hit.clause.text, record), score=float(hit.score))


def _node(text: str, record: dict[str, Any]) -> TextNode:
    """A node of its document; a model is not shown ids and offsets, nor "None" for what is unknown."""
    known = {key for key, value in record.items() if value is not None}
    source = RelatedNodeInfo(node_id=record["doc_id"], node_type=ObjectType.DOCUMENT)
    return TextNode(
        id_=record["clause_id"],
        text=text,
        metadata=record,
        excluded_llm_metadata_keys=[key for key in record if key not in known & _FOR_THE_MODEL],
        excluded_embed_metadata_keys=[key for key in record if key not in known & _FOR_EMBEDDING],
        relationships={NodeRelationship.SOURCE: source},
        start_char_idx=record["start"],
        end_char_idx=record["end"],
    )
