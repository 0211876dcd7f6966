"""A language model as the writer: evidence in under opaque keys, verified statements out one by one.

    evidence ──keys──► prompt ──► ChatModel ──lines──► statement ──verify──► shown at once
                                     └── fails, lies, is slow, writes rubbish ──► the extractive writer

The model never sees article numbers or titles and never writes a citation: it names a key, and code
finds the sentences of that clause which its line rests on and cites them. It has no tools. One
`ModelWriter` serves one question, so that all its parts share one deadline.
"""

from __future__ import annotations

import re
import secrets
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from assistant.errors import WriterCancelled, WriterTooSlow, WriterUnavailable
from assistant.judging.evidence import Evidence
from assistant.library import Library
from assistant.models.chat import ChatLimits, ChatModel, Clock, Message, Role, complete
from assistant.models.lines import REFUSAL, Line, Refusal, Stray, lines_of
from assistant.questions.question import Question
from assistant.types import Rejected, Statement
from assistant.verification.supporting import as_statement, as_told, headings_of, overlap
from assistant.verification.verifying import first_doubt_of_model
from assistant.writing.writer import Writer
from prompts.library import fill, writing

MOST_LINES = 12
"""Lines asked for; of a model that writes more, the rest is not read."""
_MOST_STRAYS = 4  # lines out of form after which a reply is no answer but something else
_NEAR = 0.5  # least share of a line's characters in its clause for the clause to stand in for it
_CHECK_S = 20.0
_CHECK_CHARS = 2000
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # no 0 and O, no 1 and I
_KEY_CHARS = 5
_MOST_REJECTED_CHARS = 400

Show = Callable[[Statement], None]


def new_keys(count: int) -> list[str]:
    """Different keys nobody can guess: K7Q2XM. A document cannot speak of a key it does not know."""
    keys: dict[str, None] = {}
    while len(keys) < count:
        keys["K" + "".join(secrets.choice(_ALPHABET) for _ in range(_KEY_CHARS))] = None
    return list(keys)


@dataclass(slots=True)
class WritingLog:
    """What a model's writing came to beside its statements; filled while a question is answered."""

    show: Show = lambda _: None  # told of each statement that holds, as soon as it does
    rejected: list[Rejected] = field(default_factory=list)
    notices: dict[str, None] = field(default_factory=dict)  # in order, each once
    writers: dict[str, None] = field(default_factory=dict)  # models that wrote, with the prompts' version


class ModelWriter:
    """Writes with a model what can be verified, and falls back to another writer for all else."""

    def __init__(
        self,
        chat: ChatModel,
        fallback: Writer,
        log: WritingLog,
        *,
        check: bool = True,
        keys: Callable[[int], Sequence[str]] = new_keys,
        clock: Clock = time.monotonic,
        cancel: threading.Event | None = None,
    ) -> None:
        """For one question; `check` asks the model once more whether the clause supports each line."""
        self._chat = chat
        self._fallback = fallback
        self._log = log
        self._check = check
        self._keys = keys
        self._clock = clock
        self._cancel = cancel
        self._ends: float | None = None
        self._is_out = False  # it failed once; the other parts of the question do not wait for it again

    def write(
        self, question: Question, evidence: Sequence[Evidence], library: Library
    ) -> tuple[Statement, ...]:
        """Statements in the model's order, the best clause always among them; empty for no evidence.

        Whatever goes wrong with the model, the fallback's statements come back and a notice says why.

        Raises:
            WriterCancelled: whoever asked has had enough.
        """
        usable = [item for item in evidence if item.passages]
        if not usable or self._is_out:
            return self._fallback.write(question, evidence, library)
        attempt = _Attempt(question, usable, library, self._fallback, self._log)
        try:
            for line in self._lines(question, usable, library, attempt):
                attempt.take(line, self._supports)
                if attempt.is_full:
                    break
            attempt.finish()
        except WriterCancelled:
            raise
        except WriterUnavailable as exc:
            self._is_out = not isinstance(exc, _Unfit)
            self._log.notices[fill("model_fell_back", reason=str(exc))] = None
            return self._fallback.write(question, evidence, library)
        self._log.notices[fill("model_wrote", model=self._chat.name)] = None
        self._log.writers[f"{self._chat.name}@{writing().version}"] = None
        return tuple(attempt.statements)

    def _lines(
        self, question: Question, evidence: Sequence[Evidence], library: Library, attempt: _Attempt
    ) -> Iterator[Line | Stray | Refusal]:
        keys = list(self._keys(len(evidence)))
        attempt.by_key = dict(zip(keys, evidence, strict=True))
        prompts = writing()
        told = "\n".join(
            prompts.fill(
                "evidence", key=key, headings=headings_of(item, library), text=as_told(item, library)
            )
            for key, item in attempt.by_key.items()
        )
        messages = [
            Message(
                Role.SYSTEM,
                prompts.fill("answer_system", example=keys[0], most=str(MOST_LINES), refusal=REFUSAL),
            ),
            Message(Role.USER, prompts.fill("answer_user", evidence=told, question=question.text)),
        ]
        limits = replace(self._chat.limits, total_s=self._left())
        yield from lines_of(self._chat.stream(messages, limits=limits, cancel=self._cancel))

    def _supports(self, statement: Statement) -> bool:
        """Whether the model, asked about this one line and its quotes alone, says yes and nothing else."""
        if not self._check:
            return True
        prompts = writing()
        key = self._keys(1)[0]
        quotes = "\n".join(citation.quote for citation in statement.citations)
        asked = prompts.fill("check_user", key=key, quotes=quotes, statement=statement.text)
        limits = ChatLimits(min(_CHECK_S, self._left()), self._chat.limits.idle_s, _CHECK_CHARS)
        said = complete(
            self._chat,
            asked,
            system=prompts.fill("check_system"),
            limits=limits,
            cancel=self._cancel,
            retries=0,
        )
        return re.sub(r"[\s。.!！“”\"]", "", said) == "是"

    def _left(self) -> float:
        """Seconds of the question's deadline that are left.

        Raises:
            WriterTooSlow: none are.
        """
        now = self._clock()
        if self._ends is None:
            self._ends = now + self._chat.limits.total_s
        if now >= self._ends:
            raise WriterTooSlow("语言模型没有及时写完，请检查该服务，或调大 llm_timeout_s。")
        return self._ends - now


class _Unfit(WriterUnavailable):
    """The model replied and nothing of it can be shown; it may do better with another part."""


class _Attempt:
    """One reply of a model on its way to statements."""

    def __init__(
        self,
        question: Question,
        evidence: Sequence[Evidence],
        library: Library,
        fallback: Writer,
        log: WritingLog,
    ) -> None:
        self.by_key: dict[str, Evidence] = {}
        self.statements: list[Statement] = []
        self._question = question
        self._evidence = evidence
        self._library = library
        self._fallback = fallback
        self._log = log
        self._strays = 0
        self._n_lines = 0
        self._is_refused = False

    @property
    def is_full(self) -> bool:
        """Whether as many lines were read as were asked for."""
        return self._n_lines >= MOST_LINES

    def take(self, line: Line | Stray | Refusal, supports: Callable[[Statement], bool]) -> None:
        """Show what a line says if it holds, else the clause's own words, else nothing.

        Raises:
            WriterUnavailable: too many lines are out of form, or the check could not be made.
        """
        if isinstance(line, Refusal):
            self._is_refused = True
            return
        if isinstance(line, Stray):
            self._strays += 1
            self._reject(line.text, fill("rejected_key"))
            if self._strays > _MOST_STRAYS:
                raise _Unfit(fill("model_shapeless"))
            return
        self._n_lines += 1
        self._judge(line, supports)

    def _judge(self, line: Line, supports: Callable[[Statement], bool]) -> None:
        cited = [self.by_key[key] for key in line.keys if key in self.by_key]
        if len(cited) != len(line.keys):
            self._reject(line.text, fill("rejected_key"))
            return
        statement = as_statement(line.text, cited, self._question, self._library)
        if statement is None:
            self._reject(line.text, fill("rejected_mixed"))
            return
        doubt = first_doubt_of_model(statement, self._library)
        if doubt is None and not supports(statement):
            doubt = fill("rejected_by_model")
        if doubt is None:
            self._keep(statement)
        elif overlap(line.text, cited, self._library) >= _NEAR:
            self._reject(line.text, fill("replaced", reason=doubt))
            for verbatim in self._fallback.write(self._question, cited, self._library):
                self._keep(verbatim)
        else:
            self._reject(line.text, doubt)

    def finish(self) -> None:
        """See to it that the sentences judged to answer best are among those cited.

        Raises:
            WriterUnavailable: nothing was written, or nothing of it could be shown.
        """
        if not self.statements:
            reason = "model_silent" if self._is_refused or not self._n_lines else "model_unfit"
            raise _Unfit(fill(reason))
        best = self._evidence[0]
        spans = [
            (citation.start, citation.end)
            for statement in self.statements
            for citation in statement.citations
            if citation.doc_id == best.clause.doc_id
        ]
        if not any(
            passage.start < end and start < passage.end for passage in best.passages for start, end in spans
        ):
            for verbatim in self._fallback.write(self._question, [best], self._library):
                self._keep(verbatim)

    def _keep(self, statement: Statement) -> None:
        if all(statement.text != other.text for other in self.statements):
            self.statements.append(statement)
            self._log.show(statement)

    def _reject(self, text: str, reason: str) -> None:
        self._log.rejected.append(Rejected(text[:_MOST_REJECTED_CHARS], reason))
