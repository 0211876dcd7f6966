"""What the library holds, as the assistant reads it: documents, clauses, part titles, word counts.

Built from the index's catalog; pure look-ups, no search.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from functools import cached_property
from itertools import pairwise
from math import log

from assistant.errors import AssistantError
from assistant.fields import fields_of
from indexing import segmentation
from indexing.folding import fold_tight
from indexing.jurisdictions import NO_PLACE, lineage
from indexing.naming import resolve_name
from indexing.query import own_names
from indexing.rows import row_lead
from indexing.sentences import split_sentences
from indexing.table_rows import is_responsible_column
from indexing.types import Clause, Document, Level, Span

# "第二十三条 【资金支持】支持…", "(一)优化…": what stands between the mark and the first word
# "停发补贴：（一）死亡；", "包括：一是…；": the first of several in one line
_ENUMERATION = re.compile(r"[:：]\s*(?:[（(](?:一|1)[）)]|一是|1[.．、]|①)")
_MARK_END = re.compile(r"[\s.．、)）]*(?:【[^】]*】)?\s*")


# A cell that holds a district and nothing else: 江东区, 高新区
_DISTRICT = re.compile(r"[\u4e00-\u9fff]{2,5}[区县镇乡]")
# "任何单位和个人不得…" speaks to everybody, of no 个人 in particular
_ANYBODY = re.compile(r"(?<=任何)(?:单位|组织)(?:和|或者?|、|及)个人")
_NAMES = frozenset(("nr", "ns", "nt", "m", "mq"))  # tags of persons, places, organisations and 一批
_PAIR = 2
_FIELD_UNITS = 100  # units from which documents on one matter tell what is rare among them
_QUOTED_NAME = re.compile(r"“([^”]{3,12})”")


class Library:
    """Documents and clauses by address, and how common a word is among them."""

    def __init__(
        self,
        documents: Iterable[Document],
        clauses: Iterable[Clause],
        phrasings_of: Callable[[Clause], Sequence[str]] = lambda _: (),
    ) -> None:
        self.documents = tuple(documents)
        self._phrasings_of = phrasings_of
        self._phrasings: dict[str, str] = {}
        self._asked: str | None = None
        self._documents = {document.doc_id: document for document in self.documents}
        self._clauses: dict[str, dict[str, Clause]] = defaultdict(dict)
        self._children: dict[tuple[str, str | None], list[Clause]] = defaultdict(list)
        for clause in clauses:
            self._clauses[clause.doc_id].setdefault(clause.path, clause)
            self._children[clause.doc_id, clause.parent].append(clause)
        self._folded: dict[str, str] = {}
        self._own_words: dict[str, str] = {}
        self._seams: dict[str, frozenset[int]] = {}
        self._context: dict[str, str] = {}
        self._columns: dict[str, str] = {}
        self._rows: dict[str, tuple[Clause, ...]] = {}
        self._sentences: dict[str, tuple[tuple[int, int, str], ...]] = {}
        self._titles: dict[tuple[str, str], str] = {}
        self._cores: dict[str, tuple[str, ...]] = {}
        self._frequencies: dict[str, int] = {}
        self._is_word: dict[str, bool] = {}
        self._texts: tuple[str, ...] | None = None
        self._views: dict[frozenset[str], Library] = {}
        self._units = tuple(
            clause for paths in self._clauses.values() for clause in paths.values() if clause.is_unit
        )

    @property
    def jurisdictions(self) -> frozenset[str]:
        """Places that documents of the library speak for: GB/T 2260 codes, names where there is none."""
        return frozenset(
            code for document in self.documents if (code := document.metadata.jurisdiction) is not None
        )

    @cached_property
    def own_places(self) -> dict[str, str]:
        """Names of places that the gazetteer lacks: those documents speak for, and those that fill a cell."""
        cells = (
            value.strip()
            for paths in self._clauses.values()
            for clause in paths.values()
            for _, value in clause.cells
            if _DISTRICT.fullmatch(value.strip())
        )
        return dict.fromkeys(cells, NO_PLACE) | own_names(self.jurisdictions)

    @cached_property
    def cited_titles(self) -> tuple[str, ...]:
        """Titles of documents that held ones cite and the library lacks, each once."""
        cited = (each for document in self.documents for each in document.metadata.cited_documents)
        titles = dict.fromkeys(each.title for each in cited if each.title)
        return tuple(title for title in titles if not self.is_title_tail(fold_tight(title)))

    @cached_property
    def quoted_names(self) -> tuple[str, ...]:
        """What titles of held documents set in quotation marks (“无废城市”), folded, each once."""
        titles = "|".join(fold_tight(document.title) for document in self.documents)
        return tuple(dict.fromkeys(_QUOTED_NAME.findall(titles)))

    @cached_property
    def _own_titles(self) -> tuple[str, ...]:
        """Titles of documents and parts, folded, without marks and (试行)."""
        parts = (
            clause.text for paths in self._clauses.values() for clause in paths.values() if _is_title(clause)
        )
        return tuple(title_core(title) for title in (*(d.title for d in self.documents), *parts))

    def titles_of(self, doc_id: str) -> tuple[str, ...]:
        """Titles of a document and its parts as `title_core` prints them; empty for an unknown id."""
        found = self._cores.get(doc_id)
        if found is None:
            known = self._documents.get(doc_id)
            parts = [clause.text for clause in self.clauses(doc_id) if _is_title(clause)]
            titles = [known.title, *parts] if known else parts
            found = self._cores[doc_id] = tuple(dict.fromkeys(title_core(title) for title in titles))
        return found

    def is_title_tail(self, folded: str) -> bool:
        """Whether a folded name stands in the title of a document or part held."""
        core = title_core(folded)
        return any(core in own for own in self._own_titles)

    def count(self, word: str) -> int:
        """How often a folded word occurs in all texts."""
        if self._texts is None:
            self._texts = tuple(fold_tight(document.text) for document in self.documents)
        return sum(text.count(word) for text in self._texts)

    def below(self, code: str) -> tuple[str, ...]:
        """Jurisdictions of the library that lie inside `code`, sorted: 浙江省 → 杭州市."""
        return tuple(sorted(held for held in self.jurisdictions if code in lineage(held)[1:]))

    def find(self, name: str) -> str:
        """The doc_id of the document a user calls `name`: id, 文号 or title.

        Raises:
            UnknownDocument: none or several go by that name; close ones are listed.
        """
        names = ((each.doc_id, each.document_number, each.title) for each in self.documents)
        pairs = [(one, named[0]) for named in names for one in named if one]
        return resolve_name(name, pairs)

    def document(self, doc_id: str) -> Document:
        """The document with this id.

        Raises:
            AssistantError: the library holds no such document.
        """
        found = self._documents.get(doc_id)
        if found is None:
            raise AssistantError(f"检索结果指向库中没有的文件 {doc_id}，请运行 cewen index 重建索引。")
        return found

    def clauses(self, doc_id: str) -> tuple[Clause, ...]:
        """Every clause of a document, parents before children; empty for an unknown id."""
        return tuple(self._clauses.get(doc_id, {}).values())

    def clause(self, doc_id: str, path: str) -> Clause | None:
        """The clause at this path, None where there is none."""
        return self._clauses.get(doc_id, {}).get(path)

    def children(self, clause: Clause) -> tuple[Clause, ...]:
        """The clauses right below, in order."""
        return tuple(self._children.get((clause.doc_id, clause.path), ()))

    def rows_below(self, clause: Clause) -> tuple[Clause, ...]:
        """The rows of the tables that stand inside a clause, in order; empty for a row itself."""
        found = self._rows.get(clause.clause_id)
        if found is None:
            below = self.children(clause)
            nested = (row for child in below for row in self.rows_below(child))
            rows = (*(child for child in below if child.level is Level.ROW), *nested)
            found = () if clause.level is Level.ROW else tuple(sorted(rows, key=lambda row: row.start))
            self._rows[clause.clause_id] = found
        return found

    def parent(self, clause: Clause) -> Clause | None:
        """The clause right above, None at the top."""
        return None if clause.parent is None else self.clause(clause.doc_id, clause.parent)

    def narrowest(self, clause: Clause, span: Span) -> Clause:
        """The deepest clause below `clause` (or itself) that holds the whole span."""
        for child in self.children(clause):
            if child.start <= span[0] and span[1] <= child.end:
                return self.narrowest(child, span)
        return clause

    def unit(self, clause: Clause) -> Clause:
        """The clause a hit would name: itself or the nearest unit above; itself when there is none."""
        above: Clause | None = clause
        while above is not None and not above.is_unit:
            above = self.parent(above)
        return above or clause

    def part_title(self, clause: Clause) -> str | None:
        """The title printed over the part a clause stands in: 附件2 → 重庆市…运营管理办法（试行）."""
        for path in (f"{clause.part}/标题", "正文/标题"):
            found = self.clause(clause.doc_id, path)
            if found and (path.startswith(clause.part) or clause.part not in {"通知", "正文"}):
                return found.text
        return None

    def folded(self, clause: Clause) -> str:
        """The clause's text folded without spaces; for comparing, not for offsets."""
        found = self._folded.get(clause.clause_id)
        if found is None:
            found = self._folded[clause.clause_id] = fold_tight(clause.text)
        return found

    def own_words(self, clause: Clause) -> str:
        """`folded` without the titles it cites: a clause under 《…实施方案》 lays down nothing of plans."""
        found = self._own_words.get(clause.clause_id)
        if found is None:
            found = self._own_words[clause.clause_id] = without_titles(self.folded(clause))
        return found

    def has_word(self, clause: Clause, word: str) -> bool:
        """Whether a folded string that a clause's text holds is a word there: 会计 of 社会计划 is not.

        Only pairs of characters are looked at, which are no word where each time they join the end of a
        long word to the start of another, and single ones: 钱 of 钱塘区 is only part of a name.
        """
        if word.isascii() or len(word) > _PAIR:
            return True
        if len(word) == 1:
            pieces = [piece for piece in segmentation.cut(self.folded(clause)) if word in piece]
            return any(piece == word or not _NAMES & set(segmentation.tags(piece)) for piece in pieces)
        text, seams = _ANYBODY.sub(_blank, self.folded(clause)), self._seams_of(clause)
        at = text.find(word)
        while at >= 0 and at + 1 in seams:
            at = text.find(word, at + 1)
        return at >= 0

    def _seams_of(self, clause: Clause) -> frozenset[int]:
        """Offsets in the folded text where a word of two or more characters meets another."""
        found = self._seams.get(clause.clause_id)
        if found is None:
            pieces, position, out = segmentation.cut(self.folded(clause)), 0, set()
            for left, right in pairwise(pieces):
                position += len(left)
                if len(left) >= _PAIR and len(right) >= _PAIR:
                    out.add(position)
            found = self._seams[clause.clause_id] = frozenset(out)
        return found

    def sentences(self, clause: Clause) -> tuple[tuple[int, int, str], ...]:
        """`sentences(clause)` with each one's folded text."""
        found = self._sentences.get(clause.clause_id)
        if found is None:
            found = tuple(
                (start, end, fold_tight(clause.text[start:end])) for start, end in sentences(clause)
            )
            self._sentences[clause.clause_id] = found
        return found

    def phrasings(self, clause: Clause) -> str:
        """How people ask for a clause, as far as reviewed data says, folded; empty for none."""
        found = self._phrasings.get(clause.clause_id)
        if found is None:
            found = fold_tight("|".join(self._phrasings_of(clause)))
            self._phrasings[clause.clause_id] = found
        return found

    def is_phrased(self, word: str) -> bool:
        """Whether the phrasings of any clause have a folded word; false where there are none."""
        if self._asked is None:
            self._asked = "|".join(self.phrasings(unit) for unit in self._units)
        return word in self._asked

    def context(self, clause: Clause) -> str:
        """Headings above, the clause's own, what leads in a row's table, merged cells above; folded."""
        found = self._context.get(clause.clause_id)
        if found is None:
            filled_down = (value for _, value in clause.cells if value not in clause.text)
            lead = row_lead(clause, self._clauses.get(clause.doc_id, {}))
            parts = (*clause.headings, clause.heading or "", lead, *filled_down)
            found = self._context[clause.clause_id] = fold_tight("|".join(parts))
        return found

    def columns(self, clause: Clause) -> str:
        """Heads of the columns in which a row has something, folded; empty for what is no row.

        Not of 责任单位 columns: every row has bodies, and which ones is asked of the row itself.
        """
        found = self._columns.get(clause.clause_id)
        if found is None:
            heads = [c for c, value in clause.cells if value.strip() and not is_responsible_column(c)]
            found = self._columns[clause.clause_id] = fold_tight("|".join(heads))
        return found

    def titles(self, clause: Clause) -> str:
        """Title and number of the document and title of the part, folded without spaces."""
        found = self._titles.get((clause.doc_id, clause.part))
        if found is None:
            document = self.document(clause.doc_id)
            title = f"{document.title}|{self.part_title(clause) or ''}|{document.document_number or ''}"
            found = self._titles[clause.doc_id, clause.part] = fold_tight(title)
        return found

    @cached_property
    def _fields(self) -> dict[str, frozenset[str]]:
        return fields_of({document.doc_id: self.titles_of(document.doc_id) for document in self.documents})

    def on_matter_of(self, doc_id: str) -> frozenset[str]:
        """The documents on the same matter, by their titles, the one given among them; see `fields_of`."""
        return self._fields.get(doc_id, frozenset())

    def field_of(self, doc_id: str) -> Library:
        """The library as it counts words among the documents on the matter of one alone.

        All else is the same. Itself where those are all documents, or too few to count in.
        """
        doc_ids = self.on_matter_of(doc_id)
        if len(doc_ids) == len(self.documents):
            return self
        found = self._views.get(doc_ids)
        if found is None:
            units = tuple(unit for unit in self._units if unit.doc_id in doc_ids)
            found = self._views[doc_ids] = self if len(units) < _FIELD_UNITS else self._among(units)
        return found

    def _among(self, units: tuple[Clause, ...]) -> Library:
        view = copy(self)
        view._units, view._frequencies, view._is_word, view._asked = units, {}, {}, None
        return view

    def frequency(self, word: str) -> int:
        """In how many units (article, lowest heading, row, frame text) a folded word occurs."""
        found = self._frequencies.get(word)
        if found is None:
            found = sum(1 for unit in self._units if word in self.folded(unit) or word in self.context(unit))
            self._frequencies[word] = found
        return found

    def is_word(self, word: str) -> bool:
        """Whether a folded string stands as a word in some unit; see `has_word`."""
        found = self._is_word.get(word)
        if found is None:
            holding = [unit for unit in self._units if word in self.folded(unit)]
            stands = any(self.has_word(unit, word) for unit in holding)
            found = self._is_word[word] = stands or (not holding and self.frequency(word) > 0)
        return found

    def weight(self, count: int) -> float:
        """Inverse document frequency `log((N + 1) / (n + 0.5))`, never below 0.1 (Robertson, 2004)."""
        return max(0.1, log((len(self._units) + 1) / (count + 0.5)))


def without_titles(folded: str) -> str:
    """Folded text without the titles it cites, nested 〈〉 included.

    >>> without_titles("根据《国务院办公厅关于转发〈方案〉的通知》制定")
    '根据《》制定'
    """
    return re.sub(r"《[^》]*》", "《》", folded)


def title_core(title: str) -> str:
    """A title for comparing: folded, no quotation marks, no (试行).

    >>> title_core("《城市社区嵌入式服务设施建设导则（试行）》")
    '城市社区嵌入式服务设施建设导则'
    """
    return re.sub(r"[《》<>〈〉\"“”]|\((?:试行|暂行)\)|暂行", "", fold_tight(title))


def _blank(match: re.Match[str]) -> str:
    """As many strokes as characters, so that offsets stay."""
    return "|" * len(match.group())


def _is_title(clause: Clause) -> bool:
    return clause.path.rsplit("/", 1)[-1] == "标题"


def sentences(clause: Clause) -> list[Span]:
    """Spans of a clause's sentences in `clause.text`, the mark and a 【heading】 at the start left out.

    An enumeration that runs on in its line (：（一）…；（二）…。) is one: half of it misleads.
    """
    opening = opening_length(clause)
    spans: list[Span] = []
    for begin, end in split_sentences(clause.text):
        start = max(begin, opening)
        if start >= end:
            continue
        if spans and _is_under_way(clause.text[spans[-1][0] : start]):
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
    return spans


def _is_under_way(text: str) -> bool:
    """Whether a sentence has begun an enumeration that goes on behind its ；in the same line."""
    return text.rstrip(" \u3000").endswith(("；", ";")) and _ENUMERATION.search(text) is not None


def opening_length(clause: Clause) -> int:
    """Characters the mark and a 【heading】 take at the start of the clause; 0 without a mark."""
    if not clause.mark or not clause.text.startswith(clause.mark):
        return 0
    match = _MARK_END.match(clause.text, len(clause.mark))
    return match.end() if match and match.end() < len(clause.text) else 0
