"""A composed section worded anew by a language model, held to the same gates and to its own words.

    composed paragraph ──⟦1⟧ for each quote and blank──► model ──► reply
        ──⟦1⟧ put back──► gates, and: the same figures, quotes, denials and claims ──► taken
                                        └── anything else: asked again, then the composed words stand

The model never sees or writes a quote, a citation or a blank, only their places. Tables and headings
are not shown to it. Whatever it writes, the composed section is there to fall back on.
"""

from __future__ import annotations

import re
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from assistant.drafting.case import Case
from assistant.drafting.filling import joined
from assistant.drafting.gate_numbers import days, figures
from assistant.drafting.gate_words import words
from assistant.drafting.gates import check_blocks
from assistant.drafting.sentences import QUOTED, TITLE, own_words
from assistant.drafting.types import OPENING, Breach, DraftSection, Gate, shown
from assistant.drafting.values import prose
from assistant.errors import WriterCancelled, WriterUnavailable
from assistant.export.official import Blank, Block, Inline, Paragraph, Text
from assistant.models.chat import ChatLimits, ChatModel, complete
from prompts.library import writing

_HOLE = re.compile(r"⟦(\d+)⟧")
# what a token stands for: 《试点建设方案》“…”, or a quote alone
_NAMED_QUOTE = re.compile(rf"(?:{TITLE.pattern})?(?:{QUOTED.pattern})+）?$")
_TIMES = 3  # replies asked for one section, the first one included
_MOST, _LEAST = 1.8, 0.4  # how much longer or shorter a paragraph may become
_SPARE_CHARS = 40  # a short paragraph may grow by this in any case
_MAX_INSTRUCTION = 500
MODEL_NOTE = "语言模型"
"""How a note begins that says what the model did not do."""
_LIMITS = ChatLimits(total_s=60.0, idle_s=20.0, max_chars=8_000)


@dataclass(frozen=True, slots=True)
class Masked:
    """A paragraph as the model sees it, and what its tokens stand for."""

    text: str
    held: tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Polisher:
    """Words sections anew by a model; what `drafting.draft` takes as `polish`."""

    model: ChatModel
    cancel: threading.Event | None = None

    def __call__(self, section: DraftSection, case: Case, instruction: str) -> DraftSection:
        """The section with the paragraphs the model worded well; the others as composed, with a note.

        Raises:
            WriterCancelled: `cancel` was set.
        """
        paragraphs = [at for at, block in enumerate(section.blocks) if isinstance(block, Paragraph)]
        if section.key == OPENING or not paragraphs:
            return section
        try:
            return self._polished(section, case, paragraphs, instruction)
        except WriterCancelled:
            raise
        except WriterUnavailable as exc:
            note = f"{MODEL_NOTE}没有改写这一节（{str(exc).rstrip('。')}），保留程序写的文字。"
            return replace(section, notes=(*section.notes, note), instruction=instruction)

    def _polished(
        self, section: DraftSection, case: Case, paragraphs: list[int], instruction: str
    ) -> DraftSection:
        masked = {at: masked_paragraph(_paragraph(section.blocks[at])) for at in paragraphs}
        taken: dict[int, Paragraph] = {}
        breaches: dict[int, tuple[Breach, ...]] = {}
        for _ in range(_TIMES):
            wanted = [at for at in paragraphs if at not in taken]
            if not wanted:
                break
            reply = self._ask(section, masked, wanted, breaches, instruction)
            for at, text in _numbered(reply, wanted):
                composed = _paragraph(section.blocks[at])
                worded, breaches[at] = judged(text, masked[at], composed, case)
                if worded is not None:
                    taken[at] = worded
        return self._finished(section, taken, breaches, paragraphs, instruction)

    def _ask(
        self,
        section: DraftSection,
        masked: dict[int, Masked],
        wanted: list[int],
        breaches: dict[int, tuple[Breach, ...]],
        instruction: str,
    ) -> str:
        told = "\n".join(f"{number}｜{masked[at].text}" for number, at in enumerate(wanted, start=1))
        wrong = "；".join(dict.fromkeys(each.message for at in wanted for each in breaches.get(at, ())))
        prompts = writing()
        prompt = prompts.fill(
            "polish_user",
            title=section.title,
            instruction=instruction[:_MAX_INSTRUCTION] or "（没有）",
            wrong=wrong[:_MAX_INSTRUCTION] or "（没有）",
            paragraphs=told,
        )
        system = prompts.fill("polish_system")
        return complete(self.model, prompt, system=system, limits=_LIMITS, cancel=self.cancel)

    def _finished(
        self,
        section: DraftSection,
        taken: dict[int, Paragraph],
        breaches: dict[int, tuple[Breach, ...]],
        paragraphs: list[int],
        instruction: str,
    ) -> DraftSection:
        blocks = tuple(taken.get(at, block) for at, block in enumerate(section.blocks))
        kept = [at for at in paragraphs if at not in taken]
        note = f"{MODEL_NOTE}改写的{len(kept)}段没有通过核对，保留程序写的文字。" if kept else ""
        return replace(
            section,
            blocks=blocks,
            model=self.model.name if taken else None,
            instruction=instruction,
            notes=(*section.notes, note) if note else section.notes,
            breaches=(*section.breaches, *(each for at in kept for each in breaches.get(at, ()))),
        )


def masked_paragraph(paragraph: Paragraph) -> Masked:
    """The paragraph with ⟦1⟧, ⟦2⟧ … for its quotes with their footnotes, and for its blanks."""
    held: list[Inline] = []
    out = ""
    for each in paragraph.inlines:
        if isinstance(each, Blank):
            held.append(each)
            out += f"⟦{len(held)}⟧"
        elif each.citations:
            found = _NAMED_QUOTE.search(each.text)
            start = found.start() if found else len(each.text)
            held.append(Text(each.text[start:], each.citations))
            out += f"{each.text[:start]}⟦{len(held)}⟧"
        else:
            out += each.text
    return Masked(out, tuple(held))


def unmasked(text: str, held: tuple[Inline, ...]) -> Paragraph:
    """The paragraph a reply stands for, its tokens put back."""
    pieces: list[Inline] = []
    at = 0
    for hole in _HOLE.finditer(text):
        if hole.start() > at:
            pieces.append(Text(text[at : hole.start()]))
        pieces.append(held[int(hole.group(1)) - 1])
        at = hole.end()
    if at < len(text):
        pieces.append(Text(text[at:]))
    return Paragraph(joined(tuple(pieces)))


def judged(
    reply: str, masked: Masked, composed: Paragraph, case: Case
) -> tuple[Paragraph | None, tuple[Breach, ...]]:
    """The reply as a paragraph when nothing is wrong with it; else None and what is."""
    text = reply.strip()
    found = list(_unlike(text, masked))
    if found:
        return None, tuple(found)
    paragraph = unmasked(text, masked.held)
    lost = _lost_facts(paragraph, composed, case)
    found = [*_changed(paragraph, composed), *lost, *check_blocks((paragraph,), case)]
    return (None, tuple(found)) if found else (paragraph, ())


def _unlike(text: str, masked: Masked) -> Iterator[Breach]:
    """Tokens lost, doubled, invented or out of order; a reply far too long or short."""
    wanted = [str(number) for number in range(1, len(masked.held) + 1)]
    if _HOLE.findall(text) != wanted:
        yield Breach(Gate.CLAUSE, text[:80], "改写丢失、重复或调换了引文和待补的位置。")
    size = len(masked.text)
    if not _LEAST * size <= len(text) <= max(_MOST * size, size + _SPARE_CHARS):
        yield Breach(Gate.MARKUP, text[:80], "改写的长短与原文相差太大。")


def _changed(paragraph: Paragraph, composed: Paragraph) -> Iterator[Breach]:
    """Figures, denials and claims that are not those of the composed paragraph."""
    new, old = _own(paragraph), _own(composed)
    lost = Counter(_amounts(old)) - Counter(_amounts(new))
    more = Counter(_amounts(new)) - Counter(_amounts(old))
    if lost or more:
        yield Breach(Gate.NUMBER, new[:80], "改写增加、丢失或改变了数字。")
    for name, gate, message in _MEASURED:
        pattern = words(name)
        if Counter(pattern.findall(new)) != Counter(pattern.findall(old)):
            yield Breach(gate, new[:80], message)
    for name, gate, message in _NOT_MORE:
        pattern = words(name)
        if Counter(pattern.findall(new)) - Counter(pattern.findall(old)):
            yield Breach(gate, new[:80], message)


def _lost_facts(paragraph: Paragraph, composed: Paragraph, case: Case) -> Iterator[Breach]:
    """Names and descriptions of the applicant that the composed paragraph gives and the reply does not."""
    new, old = _own(paragraph), _own(composed)
    for key, fact in case.sheet.facts.items():
        values = fact.value if isinstance(fact.value, tuple) else (fact.value,)
        for value in values:
            said = prose(key, value, fact) if isinstance(value, str) else ""
            if len(said) >= _LEAST_NAME and said in old and said not in new:
                yield Breach(Gate.NAME, said, f"改写丢失或改变了“{said[:30]}”。")


_LEAST_NAME = 3
_MEASURED = (
    ("denials", Gate.VERDICT, "改写增加或丢失了否定。"),
    ("claims", Gate.VERDICT, "改写增加或丢失了符合、达到一类的判断。"),
)
_NOT_MORE = (
    ("promises", Gate.STRENGTH, "改写增加了“必须、将获得、确保”一类的承诺。"),
    ("duties", Gate.STRENGTH, "改写增加了“应当、不得”一类的要求。"),
    ("about", Gate.NUMBER, "改写增加了约数。"),
    ("future", Gate.TIME, "改写增加了将来的说法。"),
    ("weak", Gate.STRENGTH, "改写增加了鼓励、支持一类的说法。"),
)


def _own(paragraph: Paragraph) -> str:
    return own_words("".join(shown(each) for each in paragraph.inlines))


def _amounts(text: str) -> list[tuple[str, str]]:
    found = [(str(each.value.normalize()), each.unit) for each in figures(text)]
    return found + [(day, "日") for day, _ in days(text)]


def _numbered(reply: str, wanted: list[int]) -> Iterator[tuple[int, str]]:
    """The paragraphs of a reply by their numbers; a lone paragraph may come without one."""
    lines = [line.strip() for line in reply.splitlines() if line.strip()]
    if len(wanted) == 1 and len(lines) == 1 and "｜" not in lines[0]:
        yield wanted[0], lines[0]
        return
    for line in lines:
        number, bar, text = line.partition("｜")
        if bar and number.strip().isdecimal() and 1 <= int(number) <= len(wanted):
            yield wanted[int(number) - 1], text


def _paragraph(block: Block) -> Paragraph:
    if not isinstance(block, Paragraph):
        raise TypeError(f"not a paragraph: {block!r}")
    return block
