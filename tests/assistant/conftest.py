"""One library of the shipped corpus, read once, for every test of the assistant."""

from datetime import date

import pytest

from assistant.answers.answering import answer_question
from assistant.library import Library
from assistant.questions.scopes import Desk
from assistant.service import PolicyAssistant
from assistant.types import Answer
from assistant.writing.writer import ExtractiveWriter
from indexing.settings import load_settings
from indexing.types import SearchFilter

AS_OF = date(2026, 1, 1)


@pytest.fixture(scope="session")
def assistant(tmp_path_factory):
    """The assistant as a doorway opens it: shipped corpus, shipped encoder, a home of its own."""
    opened = PolicyAssistant.open(load_settings({"home": tmp_path_factory.mktemp("home") / "cewen"}))
    yield opened
    opened.index.close()


@pytest.fixture(scope="session")
def library(assistant) -> Library:
    """The five documents as the assistant reads them."""
    return Library(assistant.index.documents(), assistant.index.clauses())


@pytest.fixture(scope="session")
def ask(assistant):
    """Ask on a fixed day."""

    def ask_on(question: str, as_of: date = AS_OF, filters: SearchFilter | None = None) -> Answer:
        return assistant.ask(question, as_of=as_of, filters=filters)

    return ask_on


@pytest.fixture
def ask_in(assistant):
    """Ask of a library given by the test, with the search of the whole corpus."""

    def ask_of(question: str, library: Library, searcher: object) -> Answer:
        desk = Desk(library, searcher, ExtractiveWriter(), SearchFilter(as_of=AS_OF), AS_OF)
        return answer_question(question, desk)

    return ask_of
