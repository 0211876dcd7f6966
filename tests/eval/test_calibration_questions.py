"""Questions the five documents do not answer: what each line holds, and that nothing scored is among them."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from assistant.library import Library
from eval.cases import Register, case_files, read_cases
from eval.relations import clause_at
from indexing.folding import fold_tight
from indexing.jurisdictions import find_places, library_jurisdiction

FILE = Path(__file__).resolve().parents[2] / "eval" / "calibration" / "unanswerable.jsonl"
KEYS = ["id", "question", "near", "why", "register"]

# `why` opens with one of these: docs/evaluation.md says what each means
EVEN = ("未给出", "该市未规定", "邻近领域", "实施细节", "领域之外", "对象不符")
RARER = ("文件未收录", "条款不存在", "地区未收录")

_PUNCTUATION = re.compile(r"[\W_]+")  # “，” and “？” yes; “补” and “5” no
_TITLE = re.compile(r"《([^《》]+)》")
# the number in 第三十七条, 第（十五）条, 第34项, 第五部分; not in 第一次
_NUMBER = re.compile(
    r"(第[一二三四五六七八九十]+[条章])|第(（?[一二三四五六七八九十\d]+）?)[条项部]|(附件\d+)"
)


def bare(question: str) -> str:
    """A question without widths, case, spaces and punctuation."""
    return _PUNCTUATION.sub("", fold_tight(question))


def rows() -> list[dict[str, str]]:
    """Every line as an object."""
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def of_kind(kind: str) -> list[dict[str, str]]:
    """The lines of one kind; never none, so that no test passes for want of lines."""
    found = [row for row in rows() if row["why"].startswith(f"{kind}：")]
    assert found
    return found


def cities_in(question: str, library: Library) -> set[str | None]:
    """Jurisdictions a question names: of the library, or None for a place it has no document of."""
    held = library.jurisdictions - {"000000"}
    codes = {code for mention in find_places(question) for code in mention.codes}
    return {library_jurisdiction(code, held) for code in codes}


def test_every_line_keeps_the_format() -> None:
    """Five non-empty strings, in one order, written as people read them; registers are those of the gold."""
    for number, (line, row) in enumerate(
        zip(FILE.read_text(encoding="utf-8").splitlines(), rows(), strict=True), 1
    ):
        assert list(row) == KEYS, number
        assert all(isinstance(value, str) and value.strip() == value != "" for value in row.values()), number
        assert row["register"] in set(Register), number
        assert line == json.dumps(row, ensure_ascii=False), number


def test_ids_and_questions_are_unique() -> None:
    """Punctuation and width make no second question."""
    for values in ([row["id"] for row in rows()], [bare(row["question"]) for row in rows()]):
        assert [value for value, count in Counter(values).items() if count > 1] == []
    assert all(re.fullmatch(r"u\d{3}", row["id"]) for row in rows())


def test_the_kinds_are_known_and_even() -> None:
    """Six kinds of about one size, so that none decides the threshold; three rarer ones beside them."""
    counts = Counter(row["why"].partition("：")[0] for row in rows())
    assert set(counts) == {*EVEN, *RARER}
    sizes = [counts[kind] for kind in EVEN]
    assert min(sizes) >= 50
    assert max(sizes) <= 1.5 * min(sizes)
    assert sum(sizes) >= 320
    assert sum(counts[kind] for kind in RARER) >= 40


def test_every_register_speaks() -> None:
    """Most questions are in everyday words, as most that people ask are."""
    counts = Counter(row["register"] for row in rows())
    assert set(counts) == set(Register)
    assert counts[Register.FORMAL] < len(rows()) / 4


def test_the_nearest_clause_exists(shipped_library) -> None:
    """`near` is the address of a clause of the library, for whoever reviews the line."""
    assert [row["near"] for row in rows() if clause_at(row["near"], shipped_library) is None] == []


def test_no_question_is_scored_too() -> None:
    """A threshold must not be set on questions that are then used to judge it."""
    scored = {bare(case.question) for case in read_cases(case_files())}
    assert scored
    assert [row["id"] for row in rows() if bare(row["question"]) in scored] == []


def test_a_silent_city_is_named_and_another_citys_clause_is_near(shipped_library) -> None:
    """Exactly one held city is asked about, and the nearest clause is not of that city."""
    for row in of_kind("该市未规定"):
        document = shipped_library.document(row["near"].partition("#")[0])
        (city,) = cities_in(row["question"], shipped_library)
        assert city is not None, row
        assert city != document.metadata.jurisdiction, row


def test_a_strange_city_has_no_document(shipped_library) -> None:
    """The place asked about is one of which the library holds nothing."""
    for row in of_kind("地区未收录"):
        assert cities_in(row["question"], shipped_library) == {None}, row


def test_a_document_that_is_not_held_is_not_held(shipped_library) -> None:
    """Neither a title in 《》 nor a 文号 in the question belongs to a document of the library."""
    numbers = {fold_tight(document.doc_id) for document in shipped_library.documents}
    for row in of_kind("文件未收录"):
        held = [title for title in _TITLE.findall(row["question"]) if shipped_library.is_title_tail(title)]
        assert held == [], row
        assert not any(number in fold_tight(row["question"]) for number in numbers), row


def test_a_clause_that_does_not_exist_does_not_exist(shipped_library) -> None:
    """The number asked for stands nowhere in the part that is asked about, nor does it name a part."""
    for row in of_kind("条款不存在"):
        near = clause_at(row["near"], shipped_library)
        named = [number for found in _NUMBER.findall(row["question"]) for number in found if number]
        beside = [one for one in shipped_library.clauses(near.doc_id) if one.part in (near.part, one.path)]
        assert named, row
        assert not {step for one in beside for step in one.path.split("/")} & set(named), row


@pytest.mark.parametrize("kind", EVEN)
def test_every_kind_comes_close_in_more_than_one_document(kind: str) -> None:
    """No kind is about one document alone."""
    assert len({row["near"].partition("#")[0] for row in of_kind(kind)}) >= 4
