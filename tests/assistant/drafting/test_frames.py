"""The wordings as data: every field, rule, condition and section they name is there."""

import re

import pytest

from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind
from assistant.rules.expressions import parse
from assistant.rules.rulebook import ruled_documents
from assistant.rules.types import Force
from assistant.templates import templates
from prompts.draft_frames import (
    AnnexFrame,
    FunctionsFrame,
    Sentence,
    TableFrame,
    document_frame,
    phrases,
    wording,
)

ALL = [template.template_id for template in templates()]
RULES = {rule.rule_id for document in ruled_documents() for rule in document.rules}


def sentences_of(name: str) -> list[Sentence]:
    """Every sentence of a template's frames."""
    frame = document_frame(name)
    parts = [part for section in frame.sections.values() for part in section.parts]
    return [sentence for part in parts if isinstance(part, tuple) for sentence in part]


def test_every_section_of_every_template_has_a_frame() -> None:
    """118 sections; and no frame is for a section that is not there."""
    known = {(one.template_id, section.key) for one in templates() for section in one.sections}
    framed = {(name, key) for name in ALL for key in document_frame(name).sections}
    assert framed == known
    assert len(known) == 118


@pytest.mark.parametrize("name", ALL)
def test_every_field_names_a_fact_or_a_rule(name: str) -> None:
    """Facts of the dictionary, rules of the rulebook."""
    for sentence in sentences_of(name):
        for sign, field in sentence.fields:
            if sign in ("", "+", "=", "%"):
                assert field.split("|")[0] in dictionary(), (name, field)
            elif sign != "?":
                assert field in RULES, (name, field)


@pytest.mark.parametrize("name", ALL)
def test_conditions_tables_and_annexes_can_be_read(name: str) -> None:
    """Conditions are expressions over the dictionary; tables are made of facts that are tables."""
    for section in document_frame(name).sections.values():
        assert set(section.silent) <= RULES
        for part in section.parts:
            whens = [part.when] if isinstance(part, TableFrame | AnnexFrame) else []
            whens += [each.when for each in part] if isinstance(part, tuple) else []
            for when in filter(None, whens):
                assert all(key in dictionary() for key in parse(when).names), when
            if isinstance(part, TableFrame):
                spec = dictionary().spec(part.fact)
                assert spec.kind is FactKind.TABLE
                assert set(part.columns) | set(part.keep) <= set(spec.columns)
                assert not part.total or dictionary().spec(part.total).is_derived
            if isinstance(part, FunctionsFrame):
                assert set(part.columns) <= set(dictionary().spec("func_details").columns)


def test_frames_hold_no_figure_of_their_own() -> None:
    """Whatever number a draft has comes from a fact or a clause."""
    for name in ALL:
        for sentence in sentences_of(name):
            bare = re.sub(r"\{[^{}]*\}", "", sentence.text + sentence.otherwise)
            assert not re.search(r"\d", bare), (name, bare)


def test_phrases_are_of_known_facts() -> None:
    """A flag and a paper say both what is and what is not."""
    for key, phrase in phrases().items():
        spec = dictionary().spec(key)
        assert "{v}" in phrase.yes or spec.kind in (FactKind.FLAG, FactKind.TABLE), key
        if spec.kind in (FactKind.FLAG, FactKind.EVIDENCE):
            assert phrase.no, key


def test_every_force_has_its_words() -> None:
    """A clause of any force that is met can be put in words."""
    assert set(wording()["passed"]) >= {force.value for force in Force} - {Force.STATED.value}
