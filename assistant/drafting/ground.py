"""What a section may say: the words of its facts, and of the clauses it cites. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from assistant.drafting.case import Case
from assistant.drafting.gate_numbers import Known
from assistant.drafting.sentences import without_quotes
from assistant.drafting.shelf import Refused
from assistant.drafting.values import MAX_INLINE, phrase, prose, tidy, without_subject, worked
from assistant.export.text import in_one_line
from assistant.facts.dictionary import dictionary
from assistant.facts.showing import plain, show
from assistant.facts.types import FactKind, Table, Value
from assistant.rules.types import Finding, Force
from assistant.rules.verdicts import Verdict
from assistant.types import Citation
from assistant.writing.citing import display_path
from indexing.folding import fold_tight
from indexing.jurisdictions import lineage, name_of

_PARTS = re.compile(r"[；;。\n]")
_CLAUSES = re.compile(r"[，,；;。\n]")
_LEAST, _LEAST_CLAUSE = 4, 6
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_IN_NAME = re.compile(r"（([^（）\d]{1,4})）$")  # the unit in 绿地率（%）, what a row is called
_BRACKETS = re.compile(r"（[^（）]*）")
_NO_DIGIT = r"(?<![\d.])"  # 30个 is not in 130个


@dataclass(frozen=True, eq=False)
class Ground:
    """The facts of a case as words."""

    case: Case

    @cached_property
    def fact_texts(self) -> tuple[str, ...]:
        """Every known fact in every form a sentence may give it, its arithmetic with it."""
        return tuple(dict.fromkeys(each for each in self._texts() if each))

    @cached_property
    def joined(self) -> str:
        """All of them in one text, parted so that no word runs over."""
        return "｜".join(self.fact_texts)

    @cached_property
    def longest_first(self) -> tuple[re.Pattern[str], ...]:
        """The texts that say something, longest first, so that none is taken out before what holds it.

        A bare number says nothing: 600 of 600万元 is not the 600 of 600平方米.
        """
        texts = (each for each in self.fact_texts if len(each) >= 2 and _CHINESE.search(each))
        ordered = sorted(texts, key=len, reverse=True)
        return tuple(
            re.compile(rf"{_NO_DIGIT if each[0].isdigit() else ''}{re.escape(each)}") for each in ordered
        )

    @cached_property
    def labels(self) -> str:
        """What the known facts are called, and the columns of those that are tables; folded."""
        known = dictionary()
        specs = [known.spec(key) for key in self.case.values if key in known]
        named = [name for spec in specs for name in (spec.label, *spec.columns)]
        # other names of a choice may be those of a choice that was not made: 租赁方式
        free = (spec for spec in specs if spec.kind not in (FactKind.CHOICE, FactKind.CHOICES))
        named += [name for spec in free for name in spec.aliases]
        named += self.chosen_words
        governed = (each for each in self.fact_texts if each.endswith("人民政府"))
        named += [f"{each.removesuffix('人民政府')[-1:]}政府" for each in governed]  # 区政府
        return fold_tight("｜".join(named))

    @cached_property
    def chosen_words(self) -> tuple[str, ...]:
        """Other words for what was chosen: 托育服务 for 婴幼儿托育."""
        known = dictionary()
        specs = [known.spec(key) for key in self.case.values if key in known]
        chosen = (
            one for spec in specs for one in spec.choices if one.name in _chosen(self.case.values[spec.key])
        )
        return tuple(word for one in chosen for word in one.words)

    @cached_property
    def met(self) -> str:
        """The clauses of the template that the facts were found to meet, folded."""
        template = self.case.template
        needs = (*template.clauses, *(each for section in template.sections for each in section.clauses))
        found = ((need.quote, self.case.findings.get(need.rule_id or "")) for need in needs)
        return fold_tight("｜".join(quote for quote, one in found if one and one.verdict is Verdict.PASS))

    @cached_property
    def documents(self) -> str:
        """The texts of the documents that may be cited, folded."""
        return fold_tight("｜".join(each.text for each in self.case.shelf.own_documents))

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """What facts and the documents that may be cited say, sentence by sentence, folded."""
        told = (*self.fact_texts, *(each.text for each in self.case.shelf.own_documents))
        return tuple(fold_tight(one) for text in told for one in re.split(r"[。；;]", text) if one)

    @cached_property
    def project_name(self) -> str:
        """What the project is called; empty where that is not known."""
        name = self.case.values.get("project_name")
        return name if isinstance(name, str) else ""

    @cached_property
    def own_place(self) -> str:
        """The name of the draft's place and of those above it."""
        return "｜".join(name_of(code) for code in lineage(self.case.shelf.jurisdiction))

    @cached_property
    def short_names(self) -> frozenset[str]:
        """What the opening calls the documents."""
        shelf, template = self.case.shelf, self.case.template
        needs = (*template.clauses, *(each for section in template.sections for each in section.clauses))
        found = (shelf.find(need.clause_id, need.quote) for need in needs)
        return frozenset(shelf.short_name(one) for one in found if not isinstance(one, Refused))

    @cached_property
    def rule_ids(self) -> dict[tuple[str, str], str]:
        """Clause and quote → the rule the template names for them."""
        template = self.case.template
        needs = (*template.clauses, *(each for section in template.sections for each in section.clauses))
        return {(each.clause_id, each.quote): each.rule_id for each in needs if each.rule_id}

    @cached_property
    def known(self) -> Known:
        """The figures of the facts, and by how much a row changes."""
        return Known((*self.fact_texts, *self.changes))

    @cached_property
    def changes(self) -> tuple[str, ...]:
        """By how much what the rows of a table count changes, with its unit: 1个百分点 of 25% and 26%."""
        out = []
        tables = (value for value in self.case.values.values() if isinstance(value, Table))
        for table in tables:
            for was, becomes in (one for one in _CHANGED if set(one) <= set(table.columns)):
                names = table.column(table.columns[0])
                rows = zip(names, table.column(was), table.column(becomes), strict=True)
                out += [_change(str(name), before, after) for name, before, after in rows]
        return tuple(one for one in out if one)

    def _texts(self) -> Iterator[str]:
        known = dictionary()
        for key, value in self.case.values.items():
            fact = self.case.sheet.facts.get(key)
            yield prose(key, value, fact)
            yield phrase(key, value, fact)
            yield without_subject(phrase(key, value, fact))
            yield _BRACKETS.sub("", phrase(key, value, fact))  # 已履行国有资产管理程序, without its 文号
            if isinstance(value, str) and len(value) > MAX_INLINE:
                continue
            if key in known:
                yield show(known.spec(key), value)
            yield from _cells(value)
            if isinstance(value, str):
                yield from (tidy(part) for part in _PARTS.split(value) if len(part) >= _LEAST)
                yield from (tidy(part) for part in _CLAUSES.split(value) if len(part) >= _LEAST_CLAUSE)
            elif isinstance(value, tuple):
                yield from (tidy(part) for part in value if len(part) >= _LEAST)
        for derived in self.case.derived.values():
            yield derived.arithmetic
            yield worked(derived)

    @cached_property
    def in_rows(self) -> tuple[tuple[str, Known], ...]:
        """The figures of rows whose name says what they are counted in, by that name: 绿地率（%）."""
        rows = (row for value in self.case.values.values() if isinstance(value, Table) for row in value.rows)
        named = ((_IN_NAME.search(str(row[0])), row) for row in rows)
        return tuple(
            (_IN_NAME.sub("", str(row[0])), Known(f"{_shown(cell)}{unit[1]}" for cell in row[1:]))
            for unit, row in named
            if unit
        )

    @cached_property
    def lists(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What facts and cells list, two things and more, with what it is called."""
        known, out = dictionary(), []
        for key, value in self.case.values.items():
            label = known.label(key) if key in known else key
            if isinstance(value, tuple):
                out.append((label, value))
            elif isinstance(value, Table):
                cells = (cell for row in value.rows for cell in row if isinstance(cell, str))
                out += [(label, tuple(cell.split("、"))) for cell in cells]
            elif isinstance(value, str):
                out.append((label, tuple(value.split("、"))))
        return tuple((label, items) for label, items in out if len(items) > 1)

    @cached_property
    def folded(self) -> str:
        """The words of the facts, folded."""
        return fold_tight(self.joined)

    def residue(self, text: str) -> str:
        """What a text says beyond quotes, titles, blanks and the words of facts; parted by spaces."""
        known = self._residues.get(text)
        if known is None:
            left = without_quotes(text)
            for fact in self.longest_first:
                left = fact.sub(" ", left)
            known = self._residues[text] = left
        return known

    def masked(self, text: str) -> str:
        """A text with stars over the words of facts, as long as it was."""
        known = self._masks.get(text)
        if known is None:
            left = text
            for fact in self.longest_first:
                left = fact.sub(lambda one: "＊" * len(one.group()), left)
            known = self._masks[text] = left
        return known

    @cached_property
    def _masks(self) -> dict[str, str]:
        return {}

    @cached_property
    def _residues(self) -> dict[str, str]:
        return {}

    def findings_of(self, citations: Iterable[Citation]) -> list[Finding]:
        """The findings of the rules whose words are cited; one clause may hold several rules."""
        out = []
        for citation in citations:
            quote = fold_tight(citation.quote)
            at = f"{citation.doc_id}#{citation.path}"
            rules = [each for each in self.case.report.findings if each.rule.clause_id == at]
            reviewed = self.rule_ids.get((at, citation.quote))
            named = [each for each in rules if each.rule.rule_id == reviewed]
            named = named or [each for each in rules if _same(fold_tight(each.rule.quote), quote)]
            out += named or ([rules[0]] if len(rules) == 1 else [])
        return [each for each in out if each.rule.force is not Force.STATED]


def _same(rule: str, quote: str) -> bool:
    return rule in quote or quote in rule


def cited_texts(citations: Iterable[Citation]) -> Iterator[str]:
    """What a citation lets a sentence say: its quote, its title, its 文号, its place."""
    for one in citations:
        yield in_one_line(one.quote)
        yield in_one_line(one.title)
        yield one.document_number or ""
        yield display_path(one.path)
        yield one.path


_CHANGED = (("现状", "改造后"), ("原标准", "拟定值"), ("变更前", "变更后"))


def _change(name: str, before: object, after: object) -> str:
    unit = _IN_NAME.search(name)
    numbers = [one for one in (before, after) if re.fullmatch(r"[\d.]+", _shown(one))]
    if unit is None or len(numbers) != 2:
        return ""
    first, second = (Decimal(_shown(one)) for one in numbers)
    return f"{plain(abs(second - first))}{'个百分点' if unit[1] == '%' else unit[1]}"


def _chosen(value: Value) -> tuple[str, ...]:
    """What was chosen of a list: one, or several."""
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


def _shown(cell: object) -> str:
    return plain(cell) if isinstance(cell, Decimal) else str(cell or "")


def _cells(value: Value) -> Iterator[str]:
    if isinstance(value, Table):
        for row in value.rows:
            for name, cell in zip(value.columns, row, strict=True):
                if isinstance(cell, str):
                    yield tidy(cell)
                    if len(cell) <= MAX_INLINE:
                        yield cell
                elif cell is not None:
                    unit = {"金额": "万元", "建筑面积": "平方米"}.get(name, "")
                    yield f"{plain(cell)}{unit}"
                    yield plain(cell)
