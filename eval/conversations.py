"""Gold conversations: `eval/cases/conversations.jsonl`, one a line, each turn asked behind those before.

A turn has the keys of a gold question but `id`, `as_of`, `register` and `note`, which stand once for
the whole. A conversation is held out or tuned on as one, by a hash of its id and first question.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant.conversing.conversation import Conversation, Turn
from assistant.library import Library
from assistant.service import PolicyAssistant
from assistant.types import Answer
from eval.cases import CASES_DIR, CONVERSATIONS, Case, CasesError, Split, parse_case, split_of
from eval.harness import Outcome, evaluate
from indexing.files import reason

_SHARED = ("as_of", "register", "note")

TurnAsker = Callable[[str, date, Sequence[Turn]], Answer]
"""Question, day and the turns before → answer."""


@dataclass(frozen=True, slots=True)
class GoldConversation:
    """Turns in order, each a case of its own with the id `c001.1`."""

    id: str
    turns: tuple[Case, ...]

    @property
    def split(self) -> Split:
        """TUNED or HELD, for all turns."""
        return split_of(self.id, self.turns[0].question)


@dataclass(frozen=True, slots=True)
class ConversationScore:
    """How many turns, follow-ups and whole conversations of one split came out right."""

    split: Split
    conversations: int
    conversations_right: int
    turns: int
    turns_right: int
    followups: int  # turns behind another
    followups_right: int


def read_conversations(file: Path = CASES_DIR / CONVERSATIONS) -> tuple[GoldConversation, ...]:
    """Every conversation of a file, in order; none where there is no such file.

    Raises:
        CasesError: it cannot be read, a line breaks the format, or an id comes twice.
    """
    if not file.exists():
        return ()
    try:
        lines = file.read_text("utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as exc:
        why = reason(exc) if isinstance(exc, OSError) else "不是 UTF-8 文本"
        raise CasesError(f"读不了对话题目文件 {file}（{why}），请检查。") from exc
    read = tuple(_conversation(line, f"{file.name}:{n}") for n, line in enumerate(lines, 1) if line.strip())
    ids = [one.id for one in read]
    twice = next((one for one in ids if ids.count(one) > 1), None)
    if twice is not None:
        raise CasesError(f"{file.name}：对话 {twice} 出现了两次，请改正。")
    return read


def _conversation(line: str, place: str) -> GoldConversation:
    try:
        row = json.loads(line)
        known, turns, shared = (
            str(row["id"]),
            list(row["turns"]),
            {key: row[key] for key in _SHARED if key in row},
        )
    except (ValueError, KeyError, TypeError) as exc:
        raise CasesError(f"{place}：这一行应是有 id 和 turns 的 JSON 对象，请改正。") from exc
    if not turns or not all(isinstance(turn, dict) for turn in turns):
        raise CasesError(f"{place}：turns 应是至少一个 JSON 对象的列表，请改正。")
    cases = [
        parse_case(
            json.dumps({"id": f"{known}.{n}", **shared, **turn}, ensure_ascii=False), f"{place}，第{n}问"
        )
        for n, turn in enumerate(turns, 1)
    ]
    return GoldConversation(known, tuple(cases))


def turn_asker(assistant: PolicyAssistant) -> TurnAsker:
    """Asks an assistant, with the turns before."""
    return lambda question, as_of, turns: assistant.ask(question, as_of=as_of, history=turns)


def converse(conversation: GoldConversation, library: Library, asker: TurnAsker) -> tuple[Outcome, ...]:
    """The outcome of every turn, asked in order, each behind the answers given before."""
    so_far, out = Conversation(), list[Outcome]()
    for case in conversation.turns:
        answer = asker(case.question, case.as_of, so_far.turns)
        out += evaluate([case], library, lambda *_: (), lambda *_, given=answer: given)
        so_far = so_far.after(answer)
    return tuple(out)


def score_conversations(
    conversations: Iterable[GoldConversation], library: Library, asker: TurnAsker
) -> tuple[ConversationScore, ...]:
    """The score of each split; one without a conversation is left out."""
    done = [(each.split, [one.is_right for one in converse(each, library, asker)]) for each in conversations]
    return tuple(
        _score(split, [right for its, right in done if its is split])
        for split in Split
        if any(its is split for its, _ in done)
    )


def _score(split: Split, rights: Sequence[Sequence[bool]]) -> ConversationScore:
    return ConversationScore(
        split,
        len(rights),
        sum(all(turns) for turns in rights),
        sum(len(turns) for turns in rights),
        sum(sum(turns) for turns in rights),
        sum(len(turns) - 1 for turns in rights),
        sum(sum(turns[1:]) for turns in rights),
    )
