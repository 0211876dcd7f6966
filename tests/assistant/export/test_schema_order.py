"""The parts of a written file as ECMA-376 orders them: Word refuses what LibreOffice forgives."""

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from assistant.export.docx import Copy, write_docx
from assistant.export.revisions import write_revision
from tests.assistant.export.samples import DAY, agreement, body, citation, letter, table

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
REL = "{http://schemas.openxmlformats.org/package/2006/relationships}"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

_TEXT = (Path(__file__).parent / "schema_order.txt").read_text("utf-8")
_STEPS = re.findall(r"^(\w+): (.*(?:\n  .*)*)", _TEXT, re.MULTILINE)
ORDER = {name: [step.split("|") for step in steps.split()] for name, steps in _STEPS}
"""Of an element of WordprocessingML the children it may have, in the order they must have."""

FILES = {
    "送审稿": lambda: write_docx(letter(), DAY, Copy.REVIEW),
    "清洁稿": lambda: write_docx(letter(), DAY, Copy.CLEAN),
    "协议": lambda: write_docx(agreement(), DAY),
    "修订稿": lambda: write_revision(
        letter(),
        letter(title=("关于另一事的请示",), blocks=(body("新的一段", citation()), table(landscape=True))),
        DAY,
    ),
}


def _members(name: str) -> dict[str, bytes]:
    archive = zipfile.ZipFile(io.BytesIO(FILES[name]()))
    return {one: archive.read(one) for one in archive.namelist()}


def misplaced(root: etree._Element) -> Iterator[str]:
    """Children that stand before what has to go before them, or that their parent cannot have."""
    for parent in root.iter():
        name = str(parent.tag).removeprefix(W)
        if not str(parent.tag).startswith(W) or name not in ORDER:
            continue
        places = ORDER[name]
        last = 0
        for child in parent:
            own = etree.QName(child).localname
            at = next((at for at, step in enumerate(places) if own in step or step == ["*"]), None)
            if at is None or at < last:
                yield f"{name}: {own}"
            else:
                last = at


def test_a_wrong_order_is_seen() -> None:
    """An indent behind jc, a stranger, a run's properties behind its text: else no test could fail."""
    wrong = f"<w:p xmlns:w='{W[1:-1]}'><w:pPr><w:jc/><w:ind/><w:sz/></w:pPr><w:r><w:t/><w:rPr/></w:r></w:p>"
    assert list(misplaced(etree.fromstring(wrong))) == ["pPr: ind", "pPr: sz", "r: rPr"]


@pytest.mark.parametrize("name", FILES)
def test_children_stand_in_the_order_of_the_schema(name: str) -> None:
    """In every part: text, styles, settings, notes, comments, headers and footers."""
    parts = {
        one: data for one, data in _members(name).items() if one.startswith("word/") and one.endswith(".xml")
    }
    assert {"word/document.xml", "word/styles.xml", "word/settings.xml", "word/fontTable.xml"} <= set(parts)
    found = {one: sorted(set(misplaced(etree.fromstring(data)))) for one, data in parts.items()}
    assert {one: wrong for one, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize("name", FILES)
def test_notes_begin_with_the_separators_word_asks_for(name: str) -> None:
    """Where there are notes: -1 or 0 and the next a separator and its continuation, named in the settings."""
    members = _members(name)
    if "word/footnotes.xml" not in members:
        assert name == "清洁稿"
        return
    notes = list(etree.fromstring(members["word/footnotes.xml"]))
    assert [one.get(f"{W}type") for one in notes[:2]] == ["separator", "continuationSeparator"]
    ids = [one.get(f"{W}id") for one in notes]
    assert len(ids) == len(set(ids))
    settings = etree.fromstring(members["word/settings.xml"])
    assert [one.get(f"{W}id") for one in settings.iter(f"{W}footnote")] == ids[:2]
    used = [
        one.get(f"{W}id")
        for one in etree.fromstring(members["word/document.xml"]).iter(f"{W}footnoteReference")
    ]
    assert sorted(used) == sorted(ids[2:])


@pytest.mark.parametrize("name", FILES)
def test_numbers_of_changes_and_comments_are_their_own(name: str) -> None:
    """No two w:ins and w:del share a number; a comment begins, ends and is shown once, in that order."""
    members = _members(name)
    text = etree.fromstring(members["word/document.xml"])
    changes = [one.get(f"{W}id") for one in text.iter(f"{W}ins", f"{W}del")]
    assert len(changes) == len(set(changes))
    marks = [
        (etree.QName(one).localname, one.get(f"{W}id")) for one in text.iter() if "comment" in str(one.tag)
    ]
    steps = ("commentRangeStart", "commentRangeEnd", "commentReference")
    by_number = {number: [step for step, own in marks if own == number] for _, number in marks}
    assert all(found == list(steps) for found in by_number.values())
    written = members.get("word/comments.xml")
    comments = [one.get(f"{W}id") for one in etree.fromstring(written)] if written else []
    assert sorted(comments) == sorted(by_number)


@pytest.mark.parametrize("name", FILES)
def test_every_part_has_its_type_and_every_link_its_part(name: str) -> None:
    """No relationship points nowhere, no part is of an unknown type, no r:id is without its relationship."""
    members = _members(name)
    assert max(Counter(zipfile.ZipFile(io.BytesIO(FILES[name]())).namelist()).values()) == 1
    types = etree.fromstring(members["[Content_Types].xml"])
    defaults = {one.get("Extension") for one in types.iter(f"{TYPES}Default")}
    overrides = {str(one.get("PartName")).removeprefix("/") for one in types.iter(f"{TYPES}Override")}
    assert overrides <= set(members)
    assert [one for one in members if one not in overrides and one.rpartition(".")[2] not in defaults] == []
    for rels in (one for one in members if one.endswith(".rels")):
        folder = rels.replace("_rels/", "").rpartition("/")[0]
        links = list(etree.fromstring(members[rels]).iter(f"{REL}Relationship"))
        assert len({one.get("Id") for one in links}) == len(links)
        inside = [str(one.get("Target")) for one in links if one.get("TargetMode") != "External"]
        assert [
            one
            for one in inside
            if (one[1:] if one[0] == "/" else f"{folder}/{one}".lstrip("/")) not in members
        ] == []
        source = members.get(rels.replace("_rels/", "").removesuffix(".rels"))
        asked = (
            {one.get(R_ID) for one in etree.fromstring(source).iter() if one.get(R_ID)} if source else set()
        )
        assert asked <= {one.get("Id") for one in links}


def test_odd_and_even_pages_differ_in_the_settings() -> None:
    """Without evenAndOddHeaders Word shows the odd footer everywhere."""
    settings = etree.fromstring(_members("送审稿")["word/settings.xml"])
    switch = settings.find(f"{W}evenAndOddHeaders")
    assert switch is not None
    assert switch.get(f"{W}val") not in ("0", "false", "off")
