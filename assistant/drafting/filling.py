"""A sentence of the frames with facts and clauses filled in (see `prompts.draft_frames`)."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from assistant.drafting.case import Desk
from assistant.drafting.demands import tail
from assistant.drafting.types import shown
from assistant.drafting.values import (
    RUNS_ON,
    SUBJECTS,
    asked,
    blank,
    is_none,
    phrase,
    prose,
    runs_on,
    tidy,
    worked,
)
from assistant.export.official import Blank, Inline, Text
from assistant.export.text import in_one_line
from assistant.rules.expressions import evaluate, parse
from assistant.rules.verdicts import Verdict
from assistant.types import Citation
from prompts.draft_frames import FIELD, Sentence

_STOPS = ("。", "：", "！", "？")
_NONE = "无"
# the comma between two phrases the first of which has commas; not before what the rules found of it
_PARTED = re.compile(rf"{RUNS_ON}，(?!符合|不符合|未达到|与《|具备《)")
# how a phrase goes on behind its subject: 项目|使用国有房产, not 项目|代码为
_GOES_ON = "为已尚不由在使符采申纳执临具涉类属交面影"
# a footnote alone would hide what these say
_NOT_NOTED = (Verdict.NOT_CITABLE, Verdict.FAIL, Verdict.EXPLAIN)


def say(sentence: Sentence, desk: Desk) -> tuple[Inline, ...]:
    """The sentence for this section; empty when its condition is not known to hold."""
    is_said = holds(sentence.when, desk)
    if is_said:
        desk.spoken.update(_the_same(sentence.when))
    text = sentence.text if is_said else sentence.otherwise
    return _ended(fill(text, desk))


def clause(sentence: Sentence, desk: Desk) -> tuple[Inline, ...]:
    """The sentence as it stands in a cell of a table: without its stop."""
    *before, last = say(sentence, desk) or (Text("—"),)
    if isinstance(last, Text) and last.text.endswith("。"):
        last = Text(last.text.removesuffix("。"), last.citations)
    return joined((*before, last))


def _ended(inlines: tuple[Inline, ...]) -> tuple[Inline, ...]:
    """A sentence with its stop, whatever optional parts were left out at its end; no doubled marks."""
    if not inlines:
        return ()
    subject = _subject_of(shown(inlines[0]))
    tidied = [
        Text(_mended(each.text, subject), each.citations) if isinstance(each, Text) else each
        for each in inlines
    ]
    if isinstance(tidied[0], Text):
        tidied[0] = Text(tidied[0].text.lstrip("，、；"), tidied[0].citations)
    last = tidied[-1]
    if isinstance(last, Text) and not last.citations:
        words = last.text.rstrip("，、；")
        tidied[-1] = Text(words if words.endswith(_STOPS) else f"{words}。")
        if len(tidied) == 1 and words in ("", "。"):
            return ()
    else:
        tidied.append(Text("。"))
    return joined(tuple(tidied))


def _mended(text: str, subject: str) -> str:
    """Marks as they should stand around what was filled in; the subject of a sentence said once in it."""
    text = _PARTED.sub("；", text).replace(RUNS_ON, "")
    text = re.sub(r"。(?=，)", "", text)
    text = re.sub(r"，其中(?=[，。])|，(?=[，、；])|(?<=配置)、|(?<=其中)、", "", text)
    text = re.sub(r"[，、；]+(?=。)|(?<=。)[，、；。]+", "", text)
    chunks = re.split(r"(?<=。)", text)
    return "".join(_said_once(each, subject if at == 0 else "") for at, each in enumerate(chunks))


def _subject_of(words: str) -> str:
    return next((one for one in SUBJECTS if words.startswith(one)), "")


def _said_once(sentence: str, subject: str) -> str:
    """项目不使用零星土地，项目符合规划 with one 项目; a subject between the two keeps the second."""
    parts = re.split(r"(?<=[，；])", sentence)
    for at, part in enumerate(parts):
        own = _subject_of(part)
        if own and own == subject and at and part[len(own) : len(own) + 1] in _GOES_ON:
            parts[at] = part.removeprefix(own)
        subject = own or subject
    return "".join(parts)


def holds(condition: str, desk: Desk) -> bool:
    """Whether a condition on the facts is known to be true; an empty one always."""
    if not condition:
        return True
    expression = parse(condition)
    desk.used.update(dict.fromkeys(sorted(expression.names)))
    return evaluate(expression, {"base_date": desk.case.as_of, **desk.case.values}).is_true


def _the_same(condition: str) -> Iterator[str]:
    """Two facts a sentence is said because they are equal: who names one of them has said both."""
    tree = parse(condition).tree if condition else None
    if isinstance(tree, ast.Compare) and isinstance(tree.ops[0], ast.Eq):
        yield from (each.id for each in (tree.left, *tree.comparators) if isinstance(each, ast.Name))


def fill(text: str, desk: Desk) -> tuple[Inline, ...]:
    """Inlines of a text: words joined, each citation behind its words, blanks apart."""
    return joined(_pieces(text, desk))


def joined(pieces: Iterator[Inline] | tuple[Inline, ...]) -> tuple[Inline, ...]:
    """Inlines with neighbouring words made one, so that a citation stands at the end of its words."""
    out: list[Inline] = []
    for piece in pieces:
        last = out[-1] if out else None
        if isinstance(piece, Text) and not piece.text and isinstance(last, Text):
            out[-1] = Text(last.text, (*last.citations, *piece.citations))
        elif isinstance(piece, Text) and isinstance(last, Text) and not last.citations:
            out[-1] = Text(last.text + piece.text, piece.citations)
        elif not isinstance(piece, Text) or piece.text or piece.citations:
            out.append(piece)
    return tuple(out)


def _pieces(text: str, desk: Desk) -> Iterator[Inline]:
    at = 0
    while at < len(text):
        start = text.find("[", at)
        if start < 0:
            yield from _flat(text[at:], desk)
            return
        end = text.index("]", start)
        yield from _flat(text[at:start], desk)
        inner = text[start + 1 : end]
        if _is_known(inner, desk):
            yield from _flat(inner, desk)
        at = end + 1


def _is_known(group: str, desk: Desk) -> bool:
    for field in FIELD.finditer(group):
        sign, name = field.group("sign"), field.group("name")
        if sign in ("", "+"):
            value = desk.value(name)
            if value is None or (is_none(value) and sign == ""):
                return False
        elif (sign == "=" and name not in desk.case.derived) or (
            sign in ('"', "^", "&") and _cited(name, desk) is None
        ):
            return False
    return True


def _flat(text: str, desk: Desk) -> Iterator[Inline]:
    at = 0
    for field in FIELD.finditer(text):
        if field.start() > at:
            yield Text(text[at : field.start()])
        yield from _field(field.group("sign"), field.group("name"), desk)
        at = field.end()
    if at < len(text):
        yield Text(text[at:])


def _field(sign: str, name: str, desk: Desk) -> Iterator[Inline]:
    if sign in ("", "+"):
        yield from _fact(sign, name, desk)
    elif sign == "?":
        yield Blank(name)
    elif sign == "=":
        yield _arithmetic(name, desk)
    elif sign == "%":
        yield _excerpt(name, desk)
    elif sign == "~":
        yield from tail(name, desk)
    else:
        citation = _cited(name, desk)
        finding = desk.case.findings.get(name)
        refused = finding is not None and finding.verdict in _NOT_NOTED
        if citation is None or (sign == "^" and refused):
            return
        name_of = desk.case.shelf.short_name(citation)
        if sign == "&":
            yield Text(name_of)
        elif sign == "^":
            yield Text("", (citation,))
        else:
            if not desk.is_broken(name):  # else it is also said that it is
                desk.worded.add(name)
            yield Text(f"{name_of}“{in_one_line(citation.quote)}”", (citation,))


def _fact(sign: str, key: str, desk: Desk) -> tuple[Inline, ...]:
    value = desk.value(key)
    if value is None:
        desk.asked.add(key)
        return asked(key) if sign else (blank(key),)
    desk.spoken.add(key)
    fact = desk.case.sheet.facts.get(key)
    if is_none(value) and not sign:
        return (Text(_NONE),)
    if not sign:
        return (Text(prose(key, value, fact)),)
    return (Text(phrase(key, value, fact) + (RUNS_ON if runs_on(key, value, fact) else "")),)


def _arithmetic(key: str, desk: Desk) -> Text:
    """How a computed fact came about, without its result."""
    derived = desk.case.derived.get(key)
    return Text(worked(derived) if derived else "")


def _excerpt(name: str, desk: Desk) -> Inline:
    """The parts of a text that speak of a subject; a blank named after the section where none does."""
    key, *subjects = name.split("|")
    value = desk.value(key)
    if not isinstance(value, str):
        desk.asked.add(key)
        return Blank(desk.section.title)
    parts = [each for each in re.split(r"[；;。\n]", value) if any(word in each for word in subjects)]
    if not parts:
        return Blank(desk.section.title)
    desk.spoken.add(key)
    return Text("；".join(tidy(each) for each in parts))


def _cited(rule_id: str, desk: Desk) -> Citation | None:
    need = desk.need(rule_id)
    return desk.citation(need) if need else None
