"""Which documents and clauses a question names outright: 京发改规〔2025〕1号第七条, 附件1-1第21项.

Read on a folded copy of the question, so any bracket, space or width will do; resolved
against what the library holds. Naming a document the library lacks is recognised too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.library import Library, title_core
from assistant.unheld import MENTIONED, unheld_names
from indexing.folding import fold_tight
from indexing.numerals import NUMERAL, chinese_numeral, parse_numeral
from indexing.types import Clause, Document, Level

# 国办函[2023]121号, 京发改规2025年1号; the Han run before it may carry words of the question
_NUMBER = re.compile(r"([\u4e00-\u9fff]{1,14})[\[(]?((?:19|20)\d\d)[\])]?年?第?(\d{1,4})号")
# 121号文, 国办函121号: a serial without a year; "1号线", "3号楼" are none
_SERIAL = re.compile(r"([\u4e00-\u9fff]{0,8}?)(\d{1,4})号(?=文|函|通知|办法|意见|方案|第|附件)")
_TITLE = re.compile(r"《(.{2,80})》")
_LEAD = re.compile(
    r"^.*(?:根据|按照|依据|依照|符合|请问|关于|落实|参照|查询|查一下|查|问|的|和|与|及|在|是|看|以及|对照|执行|中)(?=.)"
)

_HAN = r"[零〇一二两三四五六七八九十百]+"
_STEP = re.compile(
    rf"(?P<annex>附件\s*(?P<annex_n>\d+|{_HAN})(?:-(?P<annex_m>\d+|{_HAN}))?)"
    rf"|第(?P<article>{NUMERAL})条(?:之(?P<sub>{NUMERAL}))?"
    rf"|第?(?P<paragraph>{NUMERAL})款"
    rf"|第\((?P<bracketed>{NUMERAL})\)(?:项|小?点|条)"
    rf"|第(?P<item>{NUMERAL})(?:[项行]|小?点)"
    rf"|第(?P<segment>{NUMERAL})段"
    rf"|第(?P<chapter>{NUMERAL})(?P<unit>[章节])"
    rf"|第(?P<division>{NUMERAL})(?:大?部分|大点)"
    rf"|(?<![\u4e00-\u9fff])(?P<top>{_HAN})、?(?=[(])"
    rf"|(?:^|(?<=[号》的,，。:]))(?P<heading>{_HAN})、"
    rf"|[(](?P<second>{_HAN})[)]"
    rf"|(?<=[)/])、?(?P<third>\d{{1,2}})(?=[.、,。?的是说规要有]|$)"
)
# Group → the forms its number takes in a path; 第二项 is （二） of an article and row 2 of a table
_PRINTED: dict[str, tuple[str, ...]] = {
    "article": ("第{han}条之{after}", "第{han}条"),
    "paragraph": ("第{han}款",),
    "bracketed": ("（{han}）",),
    "item": ("第{arabic}项", "{arabic}", "（{han}）"),
    "segment": ("第{arabic}段",),
    "chapter": ("第{han}{after}",),
    "division": ("{han}",),
    "top": ("{han}",),
    "heading": ("{han}",),
    "second": ("（{han}）",),
    "third": ("{arabic}",),
}


@dataclass(frozen=True, slots=True)
class Reference:
    """A document or clause a question names.

    `document` is the folded number or the title as asked; `doc_ids` the documents of the
    library it can mean; `clauses` (doc_id, path) of the clause asked for. A reference that
    asks for a clause (`steps`) and resolves to none names something that is not there.
    """

    document: str | None
    doc_ids: tuple[str, ...]
    steps: tuple[tuple[str, ...], ...]
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
    steps = _steps(folded)
    groups: dict[int, list[tuple[str, ...]]] = {}
    for position, step in steps:
        if any(start <= position < end for start, end, _ in named):
            continue
        owner = max((index for index, (start, _, _) in enumerate(named) if start < position), default=-1)
        groups.setdefault(owner, []).append(step)
    out = []
    for index, (_, _, reference) in enumerate(named):
        asked = tuple(groups.get(index, ()))
        out.append(_resolved(reference, asked, reference.doc_ids, library) if asked else reference)
    if -1 in groups:
        searched = doc_ids or tuple(document.doc_id for document in library.documents)
        searched = _of_type(folded, searched, library) or searched
        out.append(_resolved(Reference(None, (), (), ()), tuple(groups[-1]), searched, library))
    return tuple(out)


def mask_references(folded: str) -> str:
    """The folded question without document numbers, titles and clause marks.

    >>> mask_references("京发改规[2025]1号第七条功能不少于几项")
    '功能不少于几项'
    """
    masked = _TITLE.sub("", folded)
    masked = _NUMBER.sub(lambda m: m.group(1)[: len(m.group(1)) - len(_prefix(m.group(1)))], masked)
    return _STEP.sub("", _SERIAL.sub("", masked))


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
    for match in _TITLE.finditer(folded):
        reference = _by_title(match.group(1), folded[: match.start()], library)
        if not any(set(reference.doc_ids) & set(other.doc_ids) for _, _, other in found):
            found.append((match.start(), match.end(), reference))
    for name in unheld_names(folded, library):
        if not any(start < name.end and name.start < end for start, end, _ in found):
            bare = Reference(f"《{name.title}》", (), (), (), name.is_mention, is_cited=True)
            found.append((name.start, name.end, bare))
    held_or_alone = [entry for entry in found if entry[2].doc_ids or not _beside(entry, found)]
    return sorted(held_or_alone, key=lambda entry: entry[0])


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


# ---- clauses ----


def _steps(folded: str) -> list[tuple[int, tuple[str, ...]]]:
    """Path steps named, each with the forms it may take in a path; (position, forms)."""
    out = []
    for match in _STEP.finditer(folded):
        forms = _forms(match)
        if forms:
            out.append((match.start(), forms))
    return out


def _forms(match: re.Match[str]) -> tuple[str, ...]:
    group = match.groupdict()
    if group["annex"]:
        minor = f"-{parse_numeral(group['annex_m'])}" if group["annex_m"] else ""
        return (f"附件{parse_numeral(group['annex_n'])}{minor}",)
    name = next(name for name in _PRINTED if group[name])
    number = parse_numeral(group[name])
    if not 1 <= number <= 9999:
        return ()
    han, after = chinese_numeral(number), group["sub"] or group["unit"] or ""
    if group["sub"]:
        after = chinese_numeral(parse_numeral(after))
    printed = _PRINTED[name]
    if name == "article":
        printed = printed[:1] if group["sub"] else printed[1:]
    return tuple(form.format(han=han, arabic=number, after=after) for form in printed)


def _resolved(
    reference: Reference, steps: tuple[tuple[str, ...], ...], doc_ids: tuple[str, ...], library: Library
) -> Reference:
    clauses = tuple(
        (doc_id, clause.path) for doc_id in doc_ids for clause in find_clauses(library.clauses(doc_id), steps)
    )
    return Reference(
        reference.document, reference.doc_ids, steps, clauses, reference.is_mention, reference.is_cited
    )


def find_clauses(clauses: tuple[Clause, ...], steps: tuple[tuple[str, ...], ...]) -> tuple[Clause, ...]:
    """Clauses of one document whose path ends in these steps; a part before them may go unsaid.

    第一款 of an article that has one paragraph only is the article itself.
    """
    exact = [clause for clause in clauses if _ends_in(clause.path, steps)]
    if not exact and steps and steps[-1][0] == "第一款":
        whole = [clause for clause in clauses if _ends_in(clause.path, steps[:-1])]
        exact = [
            clause
            for clause in whole
            if not any(c.parent == clause.path and c.level is Level.PARAGRAPH for c in clauses)
        ]
    if not exact and len(steps) == 1 and steps[0][0].startswith("第") and steps[0][0][-1] in "章节":
        exact = [clause for clause in clauses if clause.mark and fold_tight(clause.mark) == steps[0][0]]
    if not exact and steps and _runs_through(clauses):
        # a notice without 条 that counts （一）…（十三） through its sections: readers say "第八条"
        asked = tuple((f"（{step[0][1:-1]}）",) if step[0].endswith("条") else step for step in steps)
        exact = [clause for clause in clauses if asked != steps and _ends_in(clause.path, asked)]
    shortest = min((clause.path.count("/") for clause in exact), default=0)
    return tuple(clause for clause in exact if clause.path.count("/") == shortest)


def _runs_through(clauses: tuple[Clause, ...]) -> bool:
    """Whether （一）（二）… number a whole document without articles, none of them twice."""
    marks = [clause.path.rsplit("/", 1)[-1] for clause in clauses if clause.level is Level.HEADING2]
    has_articles = any(clause.level is Level.ARTICLE for clause in clauses)
    return bool(marks) and not has_articles and len(marks) == len(set(marks))


def _ends_in(path: str, steps: tuple[tuple[str, ...], ...]) -> bool:
    """Whether the asked steps are the last ones of the path, in order; an annex may stand further out."""
    have = path.split("/")
    for forms in reversed(steps):
        if forms[0].startswith("附件") and have and have[-1] not in forms:
            return have[0] in forms
        if not have or have[-1] not in forms:
            return False
        have.pop()
    return True
