"""An invented library cut by the real parser, with answers written by the test."""

from datetime import date

import pytest

from assistant.library import Library
from assistant.service import PolicyAssistant
from assistant.types import Answer, AnswerStatus, Statement
from assistant.writing.citing import cite
from eval.harness import library_of
from indexing.documents import read_document
from indexing.settings import load_settings
from tests.assistant.shelf import NANJING, SUZHOU, WUHAN

DAY = date(2026, 1, 1)
SU, NING, WU = "苏州市历史建筑保护管理办法@2020-03-01", "宁园规[2025]3号", "武科规[2025]6号"


@pytest.fixture(scope="session")
def invented() -> Library:
    """Three documents: articles with 项, a notice with a body, a table."""
    texts = {"苏州.txt": SUZHOU, "南京.txt": NANJING, "武汉.txt": WUHAN}
    parsed = [read_document(text.encode(), name) for name, text in texts.items()]
    return Library([one.document for one in parsed], [clause for one in parsed for clause in one.clauses])


@pytest.fixture(scope="session")
def state(invented: Library):
    """A statement that cites (clause id, quote) pairs of the invented library."""

    def build(text: str, *cited: tuple[str, str]) -> Statement:
        citations = []
        for clause_id, quote in cited:
            doc_id, _, path = clause_id.rpartition("#")
            document, clause = invented.document(doc_id), invented.clause(doc_id, path)
            assert clause is not None, clause_id
            start = document.text.index(quote, clause.start)
            citations.append(cite(document, clause, start, start + len(quote)))
        return Statement(text, tuple(citations))

    return build


def answer(question: str, *statements: Statement, missing: tuple[str, ...] = ()) -> Answer:
    """An answer of these statements: refused without any, partial where something is missing."""
    status = AnswerStatus.PARTIAL if missing else AnswerStatus.ANSWERED
    status = status if statements else AnswerStatus.NO_BASIS
    return Answer(question, status, statements, missing, (), (), DAY, ())


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory):
    """The assistant over the five documents, as a doorway opens it, in a home of its own."""
    opened = PolicyAssistant.open(load_settings({"home": tmp_path_factory.mktemp("home") / "cewen"}))
    yield opened
    opened.index.close()


@pytest.fixture(scope="session")
def shipped_library(shipped: PolicyAssistant) -> Library:
    """Its documents and clauses."""
    return library_of(shipped.index)
