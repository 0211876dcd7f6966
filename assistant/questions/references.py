"""Which documents and clauses a question names outright: 京发改规〔2025〕1号第七条, 附件1-1第21项.

Read on a folded copy of the question, so any bracket, space or width will do; resolved
against what the library holds. Naming a document the library lacks is recognised too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.library import Library, title_core
from assistant.questions.naming import NamedDocument, named_documents
from assistant.questions.steps import STEP, Step, Steps, addresses, find_clauses, read_steps
from assistant.questions.unheld import MENTIONED, unheld_names
from indexing.folding import fold_tight
from indexing.types import Document

# 国办函[2023]121号, 京发改规2025年1号; the Han run before it may carry words of the question
_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,14})[\[(]?((?:19|20)\d\d)[\])]?年?第?(\d{1,4})号")
# 121号文, 国办函121号: a serial without a year; "1号线", "3号楼" are none
_SERIAL = re.compile(
    r"([\u4e00-\u9fff]{0,8}?)(\d{1,4})号(?=文|函|通知|办法|意见|方案|第|附件|[一二三四五六七八九十]+、?[(])"
)
_TITLE = re.compile(r"《(.{2,80})》")
_LEAD = re.compile(
    r"^.*(?:根据|按照|依据|依照|符合|请问|关于|落实|参照|查询|查一下|查|问|的|和|与|及|在|是|看|以及|对照|执行|中)(?=.)"
)


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or clause a question names.

    `document` is the folded number or the title as asked; `doc_ids` the documents of the
    library it can mean; `clauses` (doc_id, path) of the clause asked for. A reference that
    asks for a clause (`steps`) and resolves to none names something that is not there.
    """

    document: str | None
    doc_ids: tuple[str, ...]
    steps: Steps
    clauses: tuple[tuple[str, str], ...]
    is_mention: bool = False  # "符合《…》": mentioned, not asked to speak
    is_cited: bool = False  # the library cites it but does not hold it

    @property
    def is_held(self) -> bool:
        """Whether the library holds the document named (true where none is named)."""
        return self.document is None or bool(self.doc_ids)

    @property
    def display(self) -> str:
        """The clause asked for as a reader writes it: 第十五条第二款."""
        return "".join(_display_step(step[0]) for step in self.steps)


def _display_step(step: str) -> str:
    return step if step.startswith(("第", "附件", "（")) else f"{step}、" if not step.isdecimal() else step


def find_references(folded: str, library: Library, doc_ids: tuple[str, ...] = ()) -> tuple[Reference, ...]:
    """References in a folded, space-free question, in order of naming.

    Args:
        folded: `fold_tight` of the question.
        library: what they are resolved against.
        doc_ids: documents of the jurisdictions named; a clause without a document is looked for
            there, and in the whole library when empty.

    Returns:
        One reference a document named, one more for clauses named without a document.
    """
    named = _documents(folded, library)
    groups: dict[int, list[Step]] = {}
    for step in read_steps(folded):
        if any(start <= step.start < end for start, end, _ in named):
            continue
        owner = max((index for index, (start, _, _) in enumerate(named) if start < step.start), default=-1)
        groups.setdefault(owner, []).append(step)
    out: list[Reference] = []
    for index, (_, _, reference) in enumerate(named):
        asked = addresses(groups.get(index, []), folded)
        out += [resolved(reference, one, reference.doc_ids, library) for one in asked] or [reference]
    if -1 in groups:
        searched = doc_ids or tuple(document.doc_id for document in library.documents)
        searched = _of_type(folded, searched, library) or searched
        bare = Reference(None, (), (), ())
        out += [resolved(bare, one, searched, library) for one in addresses(groups[-1], folded)]
    return tuple(out)


def mask_references(folded: str) -> str:
    """The folded question without document numbers, titles and clause marks.

    >>> mask_references("京发改规[2025]1号第七条功能不少于几项")
    '功能不少于几项'
    """
    masked = _TITLE.sub("", folded)
    masked = _NUMBER.sub(lambda m: m.group(1)[: len(m.group(1)) - len(_prefix(m.group(1)))], masked)
    return STEP.sub("", _SERIAL.sub("", masked))


def _prefix(run: str) -> str:
    """The issuer's code at the end of a Han run: 根据京发改规 → 京发改规."""
    return _LEAD.sub("", run)


# ---- documents ----


def _documents(folded: str, library: Library) -> list[tuple[int, int, Reference]]:
    """Documents named: (start, end, reference), in order; a title that restates a number is dropped."""
    found: list[tuple[int, int, Reference]] = []
    for match in _NUMBER.finditer(folded):
        number = f"{match.group(1)}[{match.group(2)}]{int(match.group(3))}号"
        found.append((match.start(), match.end(), _by_number(number, folded[: match.start()], library)))
    taken = [(start, end) for start, end, _ in found]
    for match in _SERIAL.finditer(folded):
        if not any(start <= match.start() < end for start, end in taken):
            doc_ids = _by_serial(match.group(1), int(match.group(2)), library)
            if doc_ids:
                found.append((match.start(), match.end(), Reference(match.group(0), doc_ids, (), ())))
    outer = [(name.start, name.end, _by_name(name)) for name in named_documents(folded, library)]
    for match in _TITLE.finditer(folded):
        if any(start < match.end() and match.start() < end for start, end, _ in outer):
            continue  # the title inside 重庆市实施《…法》办法
        reference = _by_title(match.group(1), folded[: match.start()], library)
        if not any(set(reference.doc_ids) & set(other.doc_ids) for _, _, other in found):
            found.append((match.start(), match.end(), reference))
    found += [
        entry
        for entry in outer
        if not any(start < entry[1] and entry[0] < end for start, end, _ in found)
        and not any(set(entry[2].doc_ids) & set(other.doc_ids) for _, _, other in found)
    ]
    for name in unheld_names(folded, library):
        if not any(start < name.end and name.start < end for start, end, _ in found):
            bare = Reference(f"《{name.title}》", (), (), (), name.is_mention, is_cited=True)
            found.append((name.start, name.end, bare))
    held_or_alone = [entry for entry in found if entry[2].doc_ids or not _beside(entry, found)]
    return sorted(held_or_alone, key=lambda entry: entry[0])


def _by_name(name: NamedDocument) -> Reference:
    title = name.text.replace("《", "〈").replace("》", "〉")
    return Reference(f"《{title}》", name.doc_ids, (), (), name.is_mention, name.is_cited)


def _beside(entry: tuple[int, int, Reference], found: list[tuple[int, int, Reference]]) -> bool:
    """Whether an unheld name only restates its neighbour: 《…导则》（发改社会〔2024〕5号）."""
    return any(other is not entry and 0 <= entry[0] - other[1] <= 1 for other in found)


def _by_number(number: str, before: str, library: Library) -> Reference:
    for document in library.documents:
        held = fold_tight(document.document_number or "")
        if held and _canonical(number).endswith(_canonical(held)):
            return Reference(held, (document.doc_id,), (), ())
    for cited in _cited_numbers(library):
        if _canonical(number).endswith(_canonical(cited)):
            return Reference(cited, (), (), (), bool(MENTIONED.search(before)), is_cited=True)
    prefix, bracket, rest = number.partition("[")
    return Reference(_prefix(prefix) + bracket + rest, (), (), (), bool(MENTIONED.search(before)))


def _canonical(number: str) -> str:
    """国办函[2023]0121号 and 国办函2023年第121号 as one: 国办函[2023]121号."""
    match = _NUMBER.search(number)
    return f"{match.group(1)}[{match.group(2)}]{int(match.group(3))}号" if match else number


def _cited_numbers(library: Library) -> set[str]:
    return {
        fold_tight(cited.document_number)
        for document in library.documents
        for cited in document.metadata.cited_documents
        if cited.document_number
    }


def _by_serial(prefix: str, serial: int, library: Library) -> tuple[str, ...]:
    out = []
    for document in library.documents:
        match = _NUMBER.fullmatch(fold_tight(document.document_number or ""))
        if match and int(match.group(3)) == serial:
            out.append((match.group(1), document.doc_id))
    exact = tuple(doc_id for held, doc_id in out if prefix and prefix.endswith(held))
    return exact or tuple(doc_id for _, doc_id in out if not prefix or len(out) == 1)


def _by_title(title: str, before: str, library: Library) -> Reference:
    asked = title_core(title)
    held = tuple(
        document.doc_id
        for document in library.documents
        if any(_same(asked, own) for own in _titles(document, library))
    )
    if held:
        return Reference(f"《{title}》", held, (), ())
    cited = any(
        cited.title and title_core(cited.title) == asked
        for document in library.documents
        for cited in document.metadata.cited_documents
    )
    return Reference(f"《{title}》", (), (), (), bool(MENTIONED.search(before)), is_cited=cited)


def _titles(document: Document, library: Library) -> list[str]:
    parts = [clause.text for clause in library.clauses(document.doc_id) if clause.path.endswith("标题")]
    return [title_core(title) for title in (document.title, *parts)]


def _same(asked: str, own: str) -> bool:
    """Whether a title asked for is this one: equal, or the tail of "…关于印发…办法的通知"."""
    if len(asked) < 6:
        return asked == own
    return asked == own or asked in own


def _of_type(folded: str, doc_ids: tuple[str, ...], library: Library) -> tuple[str, ...]:
    """Documents whose titles end in the 文种 the question says (办法, 方案), when that narrows."""
    kinds = [kind for kind in ("办法", "方案", "条例", "规定", "意见", "细则", "通知") if kind in folded]
    return tuple(
        doc_id
        for doc_id in doc_ids
        if any(kind in title for kind in kinds for title in _titles(library.document(doc_id), library))
    )


def resolved(reference: Reference, steps: Steps, doc_ids: tuple[str, ...], library: Library) -> Reference:
    """The reference with the clauses of these documents that its steps lead to."""
    clauses = tuple(
        (doc_id, clause.path) for doc_id in doc_ids for clause in find_clauses(library.clauses(doc_id), steps)
    )
    return Reference(
        reference.document, reference.doc_ids, steps, clauses, reference.is_mention, reference.is_cited
    )
