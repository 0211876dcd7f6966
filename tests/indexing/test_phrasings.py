"""How people might ask: the reader of phrasings, and the ones shipped for the five documents."""

from collections import Counter
from pathlib import Path

import pytest

from indexing.documents import read_document
from indexing.errors import CorpusError
from indexing.phrasings import HASH_CHARS, Phrasings, read_phrasings
from indexing.types import Clause, Level, text_hash

CORPUS = Path(__file__).resolve().parent.parent.parent / "corpus"
FILES = sorted((CORPUS / "phrasings").glob("*.tsv"))
MIN_PHRASINGS = 5  # for each unit that lays something down
MAX_COPIED = 19  # characters of its clause a phrasing may repeat in a row
RULES = {
    Level.ARTICLE,
    Level.HEADING1,
    Level.HEADING2,
    Level.HEADING3,
    Level.HEADING4,
    Level.HEADING5,
    Level.ROW,
    Level.SUBROW,
}

WORDING = "社区老年食堂可享受用水、用电优惠。"


@pytest.fixture(scope="module")
def shipped() -> dict[str, Clause]:
    """Every unit of the shipped documents by `doc_id#path`."""
    paths = sorted((CORPUS / "documents").glob("*.txt"))
    parsed = [read_document(path.read_bytes(), path.name) for path in paths]
    return {clause.clause_id: clause for each in parsed for clause in each.clauses if clause.is_unit}


def lines_of(path: Path) -> list[tuple[str, str, str]]:
    """The cells of a shipped file, comments left out; read without the reader under test."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    return [(address, key, phrasing) for address, key, phrasing in rows]


def write(folder: Path, content: str, name: str = "a.tsv") -> Path:
    """`folder`, with a file of phrasings below it."""
    (folder / "phrasings").mkdir(parents=True, exist_ok=True)
    (folder / "phrasings" / name).write_text(content, "utf-8")
    return folder


def line(phrasing: str, wording: str = WORDING, address: str = "某办法#第一条") -> str:
    """One line in the form of the files."""
    return f"{address}\t{text_hash(wording)[:HASH_CHARS]}\t{phrasing}\n"


def test_phrasings_are_read_in_the_order_of_the_files(tmp_path):
    """Comments and blank lines are skipped, spaces around cells do not count, repeats are read once."""
    write(tmp_path, "# 说明\n\n" + line("老人吃饭便宜吗") + line(" 食堂水费 "), "a.tsv")
    write(tmp_path, line("食堂电费") + line("食堂水费"), "b.tsv")
    found = read_phrasings([tmp_path])
    assert found.of(text_hash(WORDING)) == ("老人吃饭便宜吗", "食堂水费", "食堂电费")


def test_a_folder_without_phrasings_gives_none(tmp_path):
    """Neither a home without the folder nor one that does not exist is an error."""
    for folders in ([], [tmp_path], [tmp_path / "不存在"], [write(tmp_path / "空", "# 只有说明\n")]):
        assert read_phrasings(folders).of(text_hash(WORDING)) == ()
    assert Phrasings().of(text_hash(WORDING)) == ()


def test_a_home_adds_to_what_is_shipped(tmp_path):
    """Folders are read one after the other, those without phrasings in between."""
    corpus = write(tmp_path / "corpus", line("随附的问法"))
    home = write(tmp_path / "home", line("自己的问法"))
    found = read_phrasings([corpus, tmp_path / "不存在", home])
    assert found.of(text_hash(WORDING)) == ("随附的问法", "自己的问法")


def test_a_changed_wording_loses_its_phrasings(tmp_path):
    """One character is enough: nobody reviewed how people ask for the new wording."""
    found = read_phrasings([write(tmp_path, line("食堂水费"))])
    assert found.of(text_hash(WORDING)) == ("食堂水费",)
    assert found.of(text_hash(WORDING.replace("用水", "用气"))) == ()


def test_clauses_that_say_the_same_share_their_phrasings(tmp_path):
    """What binds a phrasing is the wording, not the address it was written for."""
    content = line("食堂水费", address="甲办法#第一条") + line("食堂电费", address="乙办法#第九条")
    found = read_phrasings([write(tmp_path, content)])
    assert found.of(text_hash(WORDING)) == ("食堂水费", "食堂电费")


def test_the_fingerprint_follows_every_change(tmp_path):
    """An index built from other phrasings is stale; the same phrasings give the same fingerprint."""
    first = read_phrasings([write(tmp_path, line("食堂水费"))]).fingerprint
    assert read_phrasings([tmp_path]).fingerprint == first
    assert read_phrasings([write(tmp_path, line("食堂电费"))]).fingerprint != first
    assert read_phrasings([]).fingerprint != first


@pytest.mark.parametrize(
    "bad",
    [
        "某办法#第一条\t食堂水费",
        f"某办法#第一条\t{'a' * (HASH_CHARS - 1)}\t食堂水费",
        f"某办法#第一条\t{'a' * (HASH_CHARS + 1)}\t食堂水费",
        f"某办法#第一条\t{'a' * HASH_CHARS}\t ",
        f"某办法#第一条\t{'a' * HASH_CHARS}\t食堂水费\t食堂电费",
        f"某办法#第一条 {'a' * HASH_CHARS} 食堂水费",
    ],
)
def test_a_line_of_another_form_is_named(tmp_path, bad):
    """File and line number stand in the message, counted with comments."""
    write(tmp_path, f"# 说明\n{line('食堂水费')}{bad}\n", "某地.tsv")
    with pytest.raises(CorpusError, match=r"某地\.tsv 第3行"):
        read_phrasings([tmp_path])


def test_a_file_that_is_no_text_is_named(tmp_path):
    """Bytes of another encoding end in a sentence that names the file."""
    write(tmp_path, "", "某地.tsv")
    (tmp_path / "phrasings" / "某地.tsv").write_bytes("食堂".encode("gb18030"))
    with pytest.raises(CorpusError, match=r"某地\.tsv（不是 UTF-8 文本）"):
        read_phrasings([tmp_path])


def test_shipped_phrasings_point_to_the_wording_they_were_written_for(shipped):
    """Every line names a unit that exists, with the hash of what that unit says today."""
    wrong = [
        f"{path.name}: {address} {phrasing}"
        for path in FILES
        for address, key, phrasing in lines_of(path)
        if address not in shipped or text_hash(shipped[address].text)[:HASH_CHARS] != key
    ]
    assert len(FILES) == 5
    assert wrong == []


def test_every_rule_of_the_shipped_documents_has_phrasings(shipped):
    """Each article, heading, row and sub-row has at least five."""
    rules = [clause for clause in shipped.values() if clause.level in RULES]
    phrasings = Counter(address for path in FILES for address, _, _ in lines_of(path))
    assert rules
    assert [rule.clause_id for rule in rules if phrasings[rule.clause_id] < MIN_PHRASINGS] == []


def test_the_reader_gives_units_what_was_written_for_them(shipped):
    """What the files hold for an address arrives under the hash of its wording."""
    found = read_phrasings([CORPUS])
    lost = [
        (address, phrasing)
        for path in FILES
        for address, _, phrasing in lines_of(path)
        if phrasing not in found.of(text_hash(shipped[address].text))
    ]
    assert lost == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_phrasing_is_repeated_within_a_file(path):
    """The same words for two clauses of one city would tell neither from the other."""
    counts = Counter(phrasing for _, _, phrasing in lines_of(path))
    assert [phrasing for phrasing, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_no_phrasing_copies_its_clause(path, shipped):
    """They are people's words: never 20 characters in a row of the clause."""
    size = MAX_COPIED + 1
    copied = [
        phrasing
        for address, _, phrasing in lines_of(path)
        for start in range(len(phrasing) - size + 1)
        if phrasing[start : start + size] in shipped[address].text
    ]
    assert copied == []
