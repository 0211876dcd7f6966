"""The library under llama-index: same clauses as search, same answer as ask, no model, no network."""

import asyncio
import json
import os
import re
import socket
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from llama_index.core import Settings
from llama_index.core.agent.workflow import FunctionAgent
from llama_index.core.callbacks import CallbackManager, CBEventType, EventPayload, LlamaDebugHandler
from llama_index.core.chat_engine import (
    CondensePlusContextChatEngine,
    CondenseQuestionChatEngine,
    ContextChatEngine,
)
from llama_index.core.embeddings import MockEmbedding
from llama_index.core.evaluation import (
    BatchEvalRunner,
    FaithfulnessEvaluator,
    RelevancyEvaluator,
    RetrieverEvaluator,
)
from llama_index.core.indices.vector_store import VectorStoreIndex
from llama_index.core.instrumentation import get_dispatcher
from llama_index.core.instrumentation.event_handlers import BaseEventHandler
from llama_index.core.llms import ChatMessage, MockLLM
from llama_index.core.llms.mock import MockFunctionCallingLLM, MockLLMWithChatMemoryOfLastCall
from llama_index.core.memory import ChatMemoryBuffer
from llama_index.core.postprocessor import SimilarityPostprocessor
from llama_index.core.query_engine import RetrieverQueryEngine, RouterQueryEngine, SubQuestionQueryEngine
from llama_index.core.question_gen.types import BaseQuestionGenerator, SubQuestion
from llama_index.core.response_synthesizers import get_response_synthesizer
from llama_index.core.retrievers import QueryFusionRetriever
from llama_index.core.schema import MetadataMode, TextNode
from llama_index.core.selectors import LLMSingleSelector
from llama_index.core.tools import QueryEngineTool, RetrieverTool
from pydantic import PrivateAttr

from assistant.errors import UnknownFilter
from assistant.llama import ClauseRetriever, query_engine, response_of
from assistant.types import AnswerStatus
from indexing.types import SearchFilter, SearchMode
from tests.assistant.conftest import AS_OF

SUBSIDY = "北京市社区嵌入式服务设施项目补助多少？"
ARTICLE = "京发改规[2025]1号#第二十三条"
UNKNOWN = "广州市对社区嵌入式服务设施补助多少？"
HALF = "北京和广州对社区嵌入式服务设施各补助多少？"
ROWS = "渝发改规范〔2024〕10号附件1-1第21项是什么？"


@pytest.fixture(autouse=True)
def offline(monkeypatch):
    """No key, no connection, no model of llama-index's own choosing; each attempt is counted."""
    attempts = []

    def refuse(*arguments, **_):
        attempts.append(arguments)
        raise OSError("no network in this test")

    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr("llama_index.core.llms.utils.resolve_llm", refuse)
    monkeypatch.setattr("llama_index.core.settings.resolve_llm", refuse)
    monkeypatch.setattr("llama_index.core.settings.resolve_embed_model", refuse)
    monkeypatch.setattr("llama_index.llms.openai.OpenAI.__init__", refuse)
    monkeypatch.setattr(Settings, "_llm", None)
    yield attempts
    assert attempts == []
    assert Settings._llm is None


@pytest.fixture
def engine(assistant):
    """The query engine on a fixed day."""
    return query_engine(assistant, as_of=AS_OF)


@pytest.fixture
def retriever(assistant):
    """Five clauses on a fixed day."""
    return ClauseRetriever(assistant, top_k=5, as_of=AS_OF)


def cited(answer):
    """Ids of the clauses an answer cites, each once, in reading order."""
    citations = [citation for statement in answer.statements for citation in statement.citations]
    return list(dict.fromkeys(f"{citation.doc_id}#{citation.path}" for citation in citations))


# ---- the guard itself ----


def test_the_guard_notices_a_default_model(offline):
    """What every other test here rests on: reaching for a default model or an address is seen."""
    with pytest.raises(OSError, match="no network"):
        Settings.llm  # noqa: B018
    with pytest.raises(OSError, match="no network"):
        socket.create_connection(("127.0.0.1", 9))
    with pytest.raises(OSError, match="no network"):
        RetrieverQueryEngine.from_args(None)
    assert len(offline) == 3
    offline.clear()


# ---- the retriever ----


@pytest.mark.parametrize("mode", list(SearchMode))
@pytest.mark.parametrize(
    ("narrowed", "filters"),
    [
        ({}, SearchFilter(as_of=AS_OF)),
        ({"city": "重庆"}, SearchFilter(jurisdictions=("500000",), as_of=AS_OF)),
        ({"part": "附件1"}, SearchFilter(parts=("附件1",), as_of=AS_OF)),
    ],
)
def test_the_nodes_are_the_hits_of_search(mode, narrowed, filters, assistant):
    """Same clauses, order and scores, whatever mode and restriction."""
    query = "养老服务设施补助标准"
    nodes = ClauseRetriever(assistant, top_k=7, mode=mode, as_of=AS_OF, **narrowed).retrieve(query)
    hits = assistant.index.search(query, top_k=7, mode=mode, filters=filters)
    assert len(nodes) > 0
    assert [(node.node_id, node.text, node.score) for node in nodes] == [
        (hit.clause.clause_id, hit.clause.text, hit.score) for hit in hits
    ]


def test_a_node_carries_where_its_clause_stands(assistant, retriever):
    """Text verbatim; address, headings, place, validity and span beside it, flat and JSON."""
    node = retriever.retrieve(SUBSIDY)[0].node
    clause = assistant.index.clause("京发改规[2025]1号", "第二十三条")
    document = assistant.index.document("京发改规[2025]1号")
    said = node.metadata
    assert isinstance(node, TextNode)
    assert (node.node_id, node.ref_doc_id) == (ARTICLE, document.doc_id)
    assert document.text[node.start_char_idx : node.end_char_idx] == node.text == clause.text
    assert (said["start"], said["end"], said["version"]) == (clause.start, clause.end, 1)
    assert (said["clause_id"], said["path"], said["part"]) == (ARTICLE, "第二十三条", clause.part)
    assert (said["title"], said["document_number"]) == (document.title, "京发改规〔2025〕1号")
    assert said["headings"] == "第四章 项目审批"
    assert (said["jurisdiction"], said["place"]) == ("110000", "北京市")
    assert (said["effective_from"], said["expires_on"]) == ("2025-01-13", "2028-01-13")
    assert document.text[said["focus_start"] : said["focus_end"]] == said["focus"]
    assert json.loads(json.dumps(said)) == said
    assert all(value is None or isinstance(value, str | int | float) for value in said.values())


def test_a_model_is_shown_the_address_and_a_vector_only_the_matter(retriever):
    """Ids, offsets and hashes reach neither; what is unknown never reads "None"."""
    for found in retriever.retrieve(f"{SUBSIDY} 任务清单 责任单位"):
        shown, embedded = found.node.get_content(MetadataMode.LLM), found.node.get_content(MetadataMode.EMBED)
        assert found.node.metadata["title"] in shown
        assert found.node.metadata["title"] in embedded
        assert found.node.metadata["path"] in shown
        assert shown.endswith(found.node.text)
        assert embedded.endswith(found.node.text)
        for hidden in ("text_hash", "focus", "start", "doc_id", "None"):
            assert f"{hidden}:" not in shown.replace(found.node.text, "")
            assert f"{hidden}:" not in embedded.replace(found.node.text, "")
        assert ": None" not in shown + embedded


def test_a_row_of_a_table_is_read_with_its_columns(assistant):
    """A row alone is a line of cells; a model needs to know what each is."""
    filters = {"city": "重庆", "part": "附件1-1"}
    found = ClauseRetriever(assistant, top_k=3, as_of=AS_OF, **filters).retrieve("便民服务 建设标准")
    rows = [node.node for node in found if node.node.metadata["level"] in {"row", "subrow"}]
    assert rows
    for row in rows:
        clause = assistant.index.clause(row.metadata["doc_id"], row.metadata["path"])
        assert all(
            f"{column}：{value}" in row.get_content(MetadataMode.LLM) for column, value in clause.cells
        )


def test_retrieving_asynchronously_is_the_same(retriever, monkeypatch):
    """And off the event loop's thread, so that a server stays responsive."""
    index = retriever.assistant.index
    expected, search, threads = retriever.retrieve(SUBSIDY), index.search, []

    def noted(*arguments, **options):
        threads.append(threading.get_ident())
        return search(*arguments, **options)

    monkeypatch.setattr(index, "search", noted)
    assert asyncio.run(retriever.aretrieve(SUBSIDY)) == expected
    assert len(threads) == 1
    assert threads != [threading.get_ident()]


def test_without_a_day_the_library_of_today_is_searched(assistant, monkeypatch):
    """The day is read at each query, not when the retriever is made: a server runs for months."""
    retriever = ClauseRetriever(assistant, top_k=5, city="北京")
    assert retriever.retrieve(SUBSIDY)

    class Later(date):
        """A day after the Beijing rules expire."""

        @classmethod
        def today(cls):
            return cls(2028, 2, 1)

    monkeypatch.setattr("assistant.llama.date", Later)
    assert retriever.retrieve(SUBSIDY) == []


@pytest.mark.parametrize("narrowed", [{"city": "某某星球"}, {"city": "鼓楼区"}, {"part": "附件99"}])
@pytest.mark.parametrize("make", [ClauseRetriever, query_engine])
def test_a_wrong_restriction_is_met_when_made(make, narrowed, assistant):
    """Not in the midst of a conversation."""
    with pytest.raises(UnknownFilter):
        make(assistant, **narrowed)


def test_a_wrong_mode_is_met_when_made(assistant):
    """A mode may be given by its name."""
    assert ClauseRetriever(assistant, mode="lexical", as_of=AS_OF).retrieve("补助")
    with pytest.raises(ValueError, match="fuzzy"):
        ClauseRetriever(assistant, mode="fuzzy")


def test_a_blank_query_retrieves_nothing(retriever):
    """Nothing found is a list, not an error."""
    assert retriever.retrieve(" \n") == []


# ---- the query engine ----


@pytest.mark.parametrize(
    "question",
    [
        SUBSIDY,
        ROWS,
        "重庆市社区嵌入式服务设施的建设补助和上海市的服务设施功能配置分别怎么规定？",
        "京发改规〔2025〕1号什么时候施行？有效期多久？",
    ],
)
def test_the_response_is_the_answer_of_ask(question, ask, engine):
    """Text, sources in reading order, each a clause verbatim with a quote of the answer in it."""
    answer, response = ask(question), engine.query(question)
    assert answer.statements
    assert response.metadata["answer"] == answer.text
    assert str(response).startswith(answer.text)
    assert [node.node_id for node in response.source_nodes] == cited(answer)
    texts = {node.node_id: node.text for node in response.source_nodes}
    for statement in answer.statements:
        for citation in statement.citations:
            assert citation.quote in texts[f"{citation.doc_id}#{citation.path}"]
    assert response.metadata["status"] == answer.status.value
    assert response.metadata["missing"] == list(answer.missing)
    assert response.metadata["as_of"] == AS_OF.isoformat()
    assert json.loads(json.dumps(response.metadata)) == response.metadata


def test_a_fully_answered_question_says_nothing_else(ask, engine):
    """str(response) is the answer's text to the letter."""
    assert ask(SUBSIDY).status is AnswerStatus.ANSWERED
    assert str(engine.query(SUBSIDY)) == ask(SUBSIDY).text


def test_each_citation_names_its_sentence_and_its_clause(ask, engine, assistant):
    """What a chat window needs to set a superscript."""
    found = engine.query(SUBSIDY).metadata["citations"]
    answer = ask(SUBSIDY)
    expected = [(each.text, one.quote) for each in answer.statements for one in each.citations]
    assert [(one["statement"], one["quote"]) for one in found] == expected
    for one in found:
        document = assistant.index.document(one["doc_id"])
        assert document.text[one["start"] : one["end"]] == one["quote"]
        assert one["clause_id"] == f"{one['doc_id']}#{one['path']}"


def test_a_source_has_the_score_of_the_hit_it_lies_in(ask, engine):
    """A narrower clause cited inside a hit; the answer's own hits decide."""
    scores = {hit.clause.clause_id: hit.score for hit in ask(SUBSIDY).hits}
    assert [node.score for node in engine.query(SUBSIDY).source_nodes] == [scores[ARTICLE]]


def test_half_an_answer_says_what_is_missing(ask, engine):
    """An agent reads only the text; what has no basis stands in it, below what has one."""
    answer, response = ask(HALF), engine.query(HALF)
    assert answer.status is AnswerStatus.PARTIAL
    assert str(response) == "\n".join([answer.text, *(f"缺少依据：{said}" for said in answer.missing)])
    assert response.metadata["status"] == "PARTIAL"
    assert [node.node_id for node in response.source_nodes] == cited(answer)
    assert response.metadata["nearest"] == []


@pytest.mark.parametrize("question", [UNKNOWN, "", "？？"])
def test_a_refusal_is_said_and_has_no_source(question, ask, engine):
    """Never an empty text (llama-index prints it as "None"); the nearest clauses are called so."""
    answer, response = ask(question), engine.query(question)
    assert answer.status is AnswerStatus.NO_BASIS
    assert str(response) == "\n".join(answer.missing) != ""
    assert response.source_nodes == []
    assert response.metadata["citations"] == []
    nearest = response.metadata["nearest"]
    assert [one["clause_id"] for one in nearest] == [hit.clause.clause_id for hit in answer.hits]
    assert [one["text"] for one in nearest] == [hit.clause.text for hit in answer.hits]
    assert json.loads(json.dumps(response.metadata)) == response.metadata


def test_restrictions_reach_ask(assistant):
    """Place, part and day are those of ask."""
    of_shanghai = query_engine(assistant, city="上海", as_of=AS_OF).query("服务设施有哪些功能？")
    assert {node.node.metadata["jurisdiction"] for node in of_shanghai.source_nodes} == {"310000"}
    outside = query_engine(assistant, city="上海", as_of=AS_OF).query(SUBSIDY)
    assert outside.metadata["status"] == "NO_BASIS"
    later = query_engine(assistant, as_of=date(2029, 1, 1)).query(SUBSIDY)
    assert later.metadata["as_of"] == "2029-01-01"
    assert ARTICLE not in [node.node_id for node in later.source_nodes]
    annex = query_engine(assistant, part="附件1-1", as_of=AS_OF).query("重庆社区嵌入式服务设施托育服务")
    assert {node.node.metadata["part"] for node in annex.source_nodes} <= {"附件1-1"}


def test_answering_asynchronously_is_the_same(engine):
    """Text, sources, metadata; several at once."""

    async def both():
        return await asyncio.gather(engine.aquery(SUBSIDY), engine.aquery(UNKNOWN))

    assert asyncio.run(both()) == [engine.query(SUBSIDY), engine.query(UNKNOWN)]


def test_a_stream_adds_up_to_the_response(assistant, engine):
    """Line by line, also asynchronously, with the same sources and metadata."""
    streaming = query_engine(assistant, as_of=AS_OF, streaming=True)
    whole, streamed = engine.query(HALF), streaming.query(HALF)
    pieces = list(streamed.response_gen)
    assert len(pieces) > 1
    assert "".join(pieces) == str(whole)
    assert (streamed.source_nodes, streamed.metadata) == (whole.source_nodes, whole.metadata)

    async def later():
        response = await streaming.aquery(HALF)
        return [piece async for piece in response.async_response_gen()]

    assert asyncio.run(later()) == pieces


def test_a_source_outlives_its_clause(ask, assistant):
    """Where the document was replaced while the answer was made, the quote itself is the source."""
    answer = ask(SUBSIDY)
    one = answer.statements[0].citations[0]
    gone = replace(answer.statements[0], citations=(replace(one, version=one.version + 1),))
    sources = response_of(replace(answer, statements=(gone,)), assistant.index).source_nodes
    assert [(node.node_id, node.text, node.score) for node in sources] == [(ARTICLE, one.quote, None)]


def test_no_prompt_is_ours_to_change(engine):
    """Nothing is sent to a model, so there is nothing to tune."""
    assert engine.get_prompts() == {}


def test_the_default_library_is_that_of_the_environment(tmp_path, monkeypatch, ask):
    """`query_engine()` and `ClauseRetriever()` need nothing at all: no model, no key, no argument."""
    monkeypatch.setenv("CEWEN_HOME", str(tmp_path / "home"))
    engine = query_engine(as_of=AS_OF)
    retriever = ClauseRetriever(as_of=AS_OF)
    assert str(engine.query(SUBSIDY)) == ask(SUBSIDY).text
    assert retriever.retrieve(SUBSIDY)[0].node_id == ARTICLE
    assert (tmp_path / "home").is_dir()
    engine.assistant.index.close()
    retriever.assistant.index.close()


# ---- what watches llama-index ----


class Events(BaseEventHandler):
    """Remembers the names of instrumentation events."""

    _names: list[str] = PrivateAttr(default_factory=list)

    @classmethod
    def class_name(cls):
        """The name of this handler."""
        return "Events"

    def handle(self, event, **_):
        """Note one."""
        self._names.append(event.class_name())


@pytest.fixture
def events():
    """Names of the events that llama-index dispatches during a test."""
    handler, root = Events(), get_dispatcher()
    root.add_event_handler(handler)
    yield handler._names
    root.event_handlers.remove(handler)


def test_callbacks_hear_of_queries_and_retrievals(assistant):
    """What tracing tools hang on to: question and response, query and nodes."""
    heard = LlamaDebugHandler(print_trace_on_end=False)
    manager = CallbackManager([heard])
    response = query_engine(assistant, as_of=AS_OF, callback_manager=manager).query(SUBSIDY)
    nodes = ClauseRetriever(assistant, as_of=AS_OF, callback_manager=manager).retrieve(SUBSIDY)
    asked = heard.get_event_pairs(CBEventType.QUERY)
    assert [start.payload[EventPayload.QUERY_STR] for start, _ in asked] == [SUBSIDY]
    assert [end.payload[EventPayload.RESPONSE] for _, end in asked] == [response]
    retrieved = heard.get_event_pairs(CBEventType.RETRIEVE)
    assert [end.payload[EventPayload.NODES] for _, end in retrieved] == [nodes]


def test_the_callback_manager_of_the_settings_is_the_default(assistant, monkeypatch):
    """A user who set it once hears of the engine too."""
    heard = LlamaDebugHandler(print_trace_on_end=False)
    monkeypatch.setattr(Settings, "_callback_manager", CallbackManager([heard]))
    asyncio.run(query_engine(assistant, as_of=AS_OF).aquery(SUBSIDY))
    asyncio.run(ClauseRetriever(assistant, as_of=AS_OF).aretrieve(SUBSIDY))
    assert len(heard.get_event_pairs(CBEventType.QUERY)) == 1
    assert len(heard.get_event_pairs(CBEventType.RETRIEVE)) == 1


def test_instrumentation_hears_of_queries_and_retrievals(engine, retriever, events):
    """Start and end of each."""
    engine.query(SUBSIDY)
    retriever.retrieve(SUBSIDY)
    assert events == ["QueryStartEvent", "QueryEndEvent", "RetrievalStartEvent", "RetrievalEndEvent"]


# ---- what sits on top ----


def test_a_retriever_query_engine_writes_from_the_clauses(retriever):
    """MockLLM repeats its prompt: each clause stands in it with its address."""
    llm = MockLLM()
    synthesizer = get_response_synthesizer(llm=llm)
    engine = RetrieverQueryEngine(retriever, synthesizer, [SimilarityPostprocessor(similarity_cutoff=0.3)])
    response = engine.query(SUBSIDY)
    assert response.source_nodes[0].node_id == ARTICLE
    for node in response.source_nodes:
        assert node.text in str(response)
    assert "document_number: 京发改规〔2025〕1号" in str(response)
    made = RetrieverQueryEngine.from_args(retriever, llm=llm)
    assert asyncio.run(made.aquery(SUBSIDY)).source_nodes[0].node_id == ARTICLE


def remembering(*messages):
    """A conversation so far; the default memory leaves its database open when it is forgotten."""
    return ChatMemoryBuffer.from_defaults(chat_history=list(messages), token_limit=3000)


def told(llm):
    """All that a model was told in its last call."""
    return "\n".join(str(message.content) for message in llm.last_chat_messages)


@pytest.mark.parametrize("kind", [ContextChatEngine, CondensePlusContextChatEngine])
@pytest.mark.parametrize("way", ["chat", "stream_chat", "achat"])
def test_a_chat_engine_gets_its_context_from_the_clauses(way, kind, assistant):
    """The model is told each clause found with its address; the sources are those clauses."""
    llm = MockLLMWithChatMemoryOfLastCall(max_tokens=4, is_chat_model=True)
    retriever = ClauseRetriever(assistant, top_k=2, as_of=AS_OF)
    chat = kind.from_defaults(retriever=retriever, llm=llm, memory=remembering())
    answered = getattr(chat, way)(SUBSIDY)
    if way == "achat":
        answered = asyncio.run(answered)
    said = "".join(answered.response_gen) if way == "stream_chat" else str(answered)
    assert said.split()[0] == "text"
    assert answered.source_nodes[0].node_id == ARTICLE
    assert len(answered.source_nodes) == 2
    for node in answered.source_nodes:
        assert node.text in told(llm)
    assert "document_number: 京发改规〔2025〕1号" in told(llm)


class Standalone(MockLLM):
    """Always condenses to the same question."""

    def complete(self, prompt, formatted=False, **_):
        """The question a history and a follow-up come to."""
        from llama_index.core.base.llms.types import CompletionResponse

        return CompletionResponse(text=SUBSIDY)


def test_a_condensing_chat_engine_asks_the_whole_question(assistant, engine, ask):
    """A follow-up becomes a question of its own; what is said is what ask says."""
    history = [
        ChatMessage(role="user", content="北京有补助吗？"),
        ChatMessage(role="assistant", content="有。"),
    ]
    chat = CondenseQuestionChatEngine.from_defaults(engine, llm=Standalone(), memory=remembering(*history))
    answered = chat.chat("多少？")
    assert str(answered) == ask(SUBSIDY).text
    assert [node.node_id for node in answered.source_nodes] == [ARTICLE]
    assert answered.sources[0].raw_output.metadata["status"] == "ANSWERED"
    assert str(asyncio.run(chat.achat("多少？"))) == ask(SUBSIDY).text
    streaming = query_engine(assistant, as_of=AS_OF, streaming=True)
    chat = CondenseQuestionChatEngine.from_defaults(streaming, llm=Standalone(), memory=remembering(*history))
    assert "".join(chat.stream_chat("多少？").response_gen) == ask(SUBSIDY).text


def test_a_tool_hands_out_answer_and_refusal(engine, retriever, ask):
    """What a model reads of a tool is its content, so a refusal must be in it."""
    tool = QueryEngineTool.from_defaults(engine, name="policy", description="按政策文件回答")
    assert tool(SUBSIDY).content == ask(SUBSIDY).text
    assert tool(UNKNOWN).content == "\n".join(ask(UNKNOWN).missing)
    assert tool(SUBSIDY).raw_output.source_nodes[0].node_id == ARTICLE
    found = RetrieverTool.from_defaults(retriever, name="clauses", description="查条款")(SUBSIDY)
    assert "第二十三条" in found.content
    assert "京发改规〔2025〕1号" in found.content


@pytest.mark.filterwarnings("ignore::pydantic.PydanticDeprecatedSince20")  # what llama-index's own
@pytest.mark.filterwarnings("ignore::pydantic.PydanticDeprecatedSince211")  # workflows still read
def test_an_agent_calls_the_tool_and_reads_the_answer(engine, ask):
    """A function-calling model that calls once and repeats what the tool said."""
    from llama_index.core.base.llms.types import MessageRole, ToolCallBlock

    def reply(messages, **_):
        told = [message for message in messages if message.role == MessageRole.TOOL]
        if told:
            return ChatMessage(role="assistant", content=told[-1].content)
        call = ToolCallBlock(tool_call_id="1", tool_name="policy", tool_kwargs={"input": SUBSIDY})
        return ChatMessage(role="assistant", blocks=[call])

    tool = QueryEngineTool.from_defaults(engine, name="policy", description="按政策文件回答")
    llm = MockFunctionCallingLLM(response_generator=reply)

    async def talk():
        agent = FunctionAgent(tools=[tool], llm=llm, streaming=False)
        memory = remembering()
        return await agent.run(user_msg="北京补助多少", memory=memory)

    output = asyncio.run(talk())
    assert str(output) == ask(SUBSIDY).text
    assert output.tool_calls[0].tool_output.raw_output.source_nodes[0].node_id == ARTICLE


@pytest.mark.parametrize(
    ("question", "expected", "reciprocal"),
    [
        (SUBSIDY, [ARTICLE], 1.0),
        (SUBSIDY, ["京发改规[2025]1号#第九十九条"], 0.0),
        (SUBSIDY, ["second"], 0.5),
    ],
)
def test_a_retriever_evaluator_scores_by_clause_id(question, expected, reciprocal, retriever):
    """Hit rate and reciprocal rank as computed by hand from the order of the nodes."""
    found = [node.node_id for node in retriever.retrieve(question)]
    expected = [found[1]] if expected == ["second"] else expected
    evaluator = RetrieverEvaluator.from_metric_names(["hit_rate", "mrr"], retriever=retriever)
    result = evaluator.evaluate(question, expected)
    assert result.metric_vals_dict == {"hit_rate": float(reciprocal > 0), "mrr": reciprocal}
    assert result.retrieved_ids == found


@pytest.mark.filterwarnings("ignore:asyncio_module:DeprecationWarning")  # llama-index's own
def test_answers_can_be_judged_by_llama_indexs_evaluators(engine):
    """Faithfulness and relevancy read the response and its sources; a batch runner asks several at once."""
    judge = MockLLM()  # repeats the prompt, in which "YES" stands: what is tested is the plumbing
    response = engine.query(SUBSIDY)
    for evaluator in (FaithfulnessEvaluator(llm=judge), RelevancyEvaluator(llm=judge)):
        result = evaluator.evaluate_response(query=SUBSIDY, response=response)
        assert list(result.contexts) == [node.text for node in response.source_nodes]
        assert result.response == str(response)
        assert response.source_nodes[0].text in result.feedback
    runner = BatchEvalRunner({"faithfulness": FaithfulnessEvaluator(llm=judge)})
    results = asyncio.run(runner.aevaluate_queries(engine, queries=[SUBSIDY, UNKNOWN]))
    assert [result.response for result in results["faithfulness"]] == [
        str(engine.query(question)) for question in (SUBSIDY, UNKNOWN)
    ]


def test_retrievers_can_be_fused_and_engines_routed(assistant, retriever):
    """Nodes of one clause found twice are one; a router chooses between cities."""
    lexical = ClauseRetriever(assistant, mode="lexical", top_k=5, as_of=AS_OF)
    fused = QueryFusionRetriever(
        [retriever, lexical], llm=MockLLM(), num_queries=1, similarity_top_k=5, mode="reciprocal_rerank"
    )
    ids = [node.node_id for node in fused.retrieve(SUBSIDY)]
    assert ids[0] == ARTICLE
    assert len(ids) == len(set(ids)) == 5

    class First(MockLLM):
        """Chooses the first."""

        def complete(self, prompt, formatted=False, **_):
            from llama_index.core.base.llms.types import CompletionResponse

            return CompletionResponse(text='[{"choice": 1, "reason": "北京"}]')

    tools = [
        QueryEngineTool.from_defaults(query_engine(assistant, city=city, as_of=AS_OF), description=city)
        for city in ("北京", "上海")
    ]
    router = RouterQueryEngine(
        LLMSingleSelector.from_defaults(llm=First()), tools, llm=MockLLM(), verbose=False
    )
    assert router.query(SUBSIDY).source_nodes[0].node_id == ARTICLE


def test_sub_questions_go_to_one_engine_each(assistant):
    """A comparison as llama-index does it: one engine a city, sources of all."""

    class PerCity(BaseQuestionGenerator):
        """One question a tool."""

        def generate(self, tools, query):
            return [
                SubQuestion(sub_question="社区服务设施有哪些功能？", tool_name=tool.name) for tool in tools
            ]

        async def agenerate(self, tools, query):
            return self.generate(tools, query)

        def _get_prompts(self):
            return {}

        def _update_prompts(self, prompts):
            pass

    tools = [
        QueryEngineTool.from_defaults(
            query_engine(assistant, city=city, as_of=AS_OF), name=code, description=city
        )
        for city, code in (("北京", "beijing"), ("上海", "shanghai"))
    ]
    engine = SubQuestionQueryEngine.from_defaults(
        tools, llm=MockLLM(), question_gen=PerCity(), verbose=False, use_async=False
    )
    sources = engine.query("北京和上海的社区服务设施各有哪些功能？").source_nodes
    places = {node.node.metadata["place"] for node in sources if node.node.metadata}
    assert places == {"北京市", "上海市"}


def test_nodes_can_be_indexed_elsewhere(retriever):
    """Clauses put into an index of llama-index's own keep id and metadata."""
    nodes = [found.node for found in retriever.retrieve(SUBSIDY)]
    index = VectorStoreIndex(nodes, embed_model=MockEmbedding(embed_dim=4))
    found = index.as_retriever(similarity_top_k=5).retrieve("补助")
    assert {node.node_id for node in found} == {node.node_id for node in nodes}
    assert all(node.metadata["clause_id"] == node.node_id for node in found)


# ---- the example in the documentation ----

EXAMPLE = Path(__file__).resolve().parent.parent.parent / "docs" / "llama_index.md"
_BLOCK = re.compile(r"```python\n(?P<code>.*?)```(?:\s*```text\n(?P<output>.*?)```)?", re.DOTALL)

# Runs the blocks given as JSON on standard input, in order, and prints what each prints
RUN_BLOCKS = """
import contextlib, io, json, socket, sys

def refuse(*_, **__):
    raise SystemExit("the example reaches for the network")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
known, printed = {"__name__": "__main__"}, []
for code in json.load(sys.stdin):
    with contextlib.redirect_stdout(io.StringIO()) as output:
        exec(code, known)
    printed.append(output.getvalue())
print(json.dumps(printed))
"""


def test_the_example_prints_what_it_says(tmp_path):
    """Every block of docs/llama_index.md runs, in order, and prints the block beneath it.

    In a process of its own, as a reader would: no key is set, the model it names may be made, and
    nothing connects to anything.
    """
    blocks = list(_BLOCK.finditer(EXAMPLE.read_text(encoding="utf-8")))
    assert len(blocks) >= 7
    environment = {name: value for name, value in os.environ.items() if name != "OPENAI_API_KEY"}
    done = subprocess.run(
        [sys.executable, "-c", RUN_BLOCKS],
        cwd=EXAMPLE.parent.parent,
        env={**environment, "CEWEN_HOME": str(tmp_path / "home")},
        input=json.dumps([block["code"] for block in blocks]),
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    for block, printed in zip(blocks, json.loads(done.stdout), strict=True):
        assert printed == (block["output"] or ""), block["code"]


def test_the_documentation_names_every_key(engine, retriever):
    """Its tables list the keys of node, hit, response and citation in order, and no others."""
    tables = [
        re.findall(r"^\| `(\w+)` \|", section, flags=re.MULTILINE)
        for section in EXAMPLE.read_text(encoding="utf-8").split("\n## ")
    ]
    node, hit, response, citation = [table for table in tables if table]
    answered = engine.query(SUBSIDY)
    assert [list(source.metadata) for source in answered.source_nodes] == [node]
    assert [list(found.metadata) for found in retriever.retrieve(SUBSIDY)] == [[*node, *hit]] * 5
    assert list(answered.metadata) == response
    assert [list(one) for one in answered.metadata["citations"]] == [citation]
    nearest = engine.query(UNKNOWN).metadata["nearest"]
    assert nearest
    assert all(list(one) == [*node, *hit, "text", "score"] for one in nearest)
