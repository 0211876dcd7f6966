"""Segmentation: jieba's words with our dictionary, and bigrams."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from indexing import segmentation
from indexing.errors import IndexingError
from indexing.folding import fold, fold_tight
from indexing.segmentation import bigrams, cut, cut_for_search, dictionary_fingerprint, search_words, words

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = sorted((ROOT / "corpus" / "documents").glob("*.txt"))


@pytest.fixture(scope="module")
def reference(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """The original jieba with our dictionary, its cache kept in a folder of our own."""
    import warnings

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # jieba 0.42.1: pkg_resources, invalid escapes
        import jieba

        jieba.setLogLevel("WARNING")
        tokenizer = jieba.Tokenizer()
        tokenizer.tmp_dir = str(tmp_path_factory.mktemp("jieba"))  # W16: never the shared temp folder
        with segmentation.DICTIONARY.open("rb") as dictionary:
            tokenizer.load_userdict(dictionary)
        yield tokenizer


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.stem)
def test_cuts_every_corpus_line_as_jieba_does(path: Path, reference: Any) -> None:
    """The Rust segmenter gives jieba's own words on every line of the shipped documents."""
    lines = path.read_text(encoding="utf-8").splitlines()
    assert len(lines) > 50
    for line in lines:
        assert cut(line) == reference.lcut(fold(line))
        assert cut_for_search(line) == reference.lcut_for_search(fold(line))


@pytest.mark.parametrize(
    "text",
    [
        "附件1-1第21项", "4.3.2 省级", "r-400.000", "2015-2020年增长5%-10%", "1-2.5倍", "a+b&c_d%", "--",
        "C++语言", "eVTOL起降场", "２０２４年４月８日", "", "   ", "。。。", "😀社区😀",
    ],
)  # fmt: skip
def test_cuts_latin_runs_as_jieba_does(text: str, reference: Any) -> None:
    """jieba-rs keeps "1-1" and "4.3.2" whole; we cut them where jieba does."""
    assert cut(text) == reference.lcut(fold(text))
    assert cut_for_search(text) == reference.lcut_for_search(fold(text))


def test_our_terms_are_one_word_and_search_finds_their_parts() -> None:
    """A policy term is a word; search mode adds what stands inside it."""
    assert words("社区嵌入式服务设施补助") == ["社区嵌入式服务设施", "补助"]
    assert {"社区", "嵌入式", "服务", "设施", "社区嵌入式服务设施"} <= set(search_words("社区嵌入式服务设施"))


def test_full_width_and_capital_forms_give_the_same_terms() -> None:
    """What a query types and what a document prints meet in the folded form."""
    for function in (words, search_words, bigrams):
        assert function("ｅＶＴＯＬ　３０％") == function("evtol 30%") != []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("社区服务", ["社区", "区服", "服务"]),
        ("总　则", ["总则"]),
        ("款", ["款"]),
        ("2024年4月8日", ["2024", "年", "4", "月", "8", "日"]),
        ("0.5倍，eVTOL", ["0.5", "倍", "evtol"]),
        ("市民\t政局", ["市民", "政局"]),
        ("21\t30", ["21", "30"]),
        ("。\ud800😀", []),
        ("", []),
    ],
)
def test_bigrams(text: str, expected: list[str]) -> None:
    """Pairs of characters inside a run; digits and letters stay whole; cells do not touch."""
    assert bigrams(text) == expected


@pytest.mark.parametrize("text", ["", " \n", "。，！", "\ud800", "😀", "\x00"])
def test_text_without_a_word_has_no_terms(text: str) -> None:
    """Nothing to search for is an empty list, not an error."""
    assert words(text) == search_words(text) == bigrams(text) == []


def test_the_dictionary_is_in_the_form_it_is_looked_up() -> None:
    """Each entry is one folded word without a frequency, once, so jieba's own loader reads the file too."""
    entries = segmentation.DICTIONARY.read_text(encoding="utf-8").splitlines()
    assert len(entries) == len(set(entries)) > 200
    assert [entry for entry in entries if fold_tight(entry) != entry] == []


def test_the_fingerprint_follows_the_dictionary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another dictionary, another fingerprint; the same one gives the same."""
    shipped = dictionary_fingerprint()
    changed = tmp_path / "dictionary.txt"
    changed.write_bytes(segmentation.DICTIONARY.read_bytes() + "长者食堂\n".encode())
    monkeypatch.setattr(segmentation, "DICTIONARY", changed)
    assert dictionary_fingerprint.__wrapped__() != shipped
    monkeypatch.undo()
    assert dictionary_fingerprint.__wrapped__() == shipped


def test_a_missing_dictionary_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A broken installation says which file it lacks."""
    monkeypatch.setattr(segmentation, "DICTIONARY", tmp_path / "dictionary.txt")
    with pytest.raises(IndexingError, match=r"dictionary\.txt"):
        dictionary_fingerprint.__wrapped__()


def test_nothing_is_loaded_at_import_and_no_cache_is_used(tmp_path: Path) -> None:
    """Importing is free; segmenting imports no jieba and leaves the temporary folder empty."""
    program = (
        "import sys, indexing.segmentation as s; assert 'rjieba' not in sys.modules; "
        "assert s.words('养老服务') == ['养老服务']; assert 'jieba' not in sys.modules"
    )
    subprocess.run(
        [sys.executable, "-c", program], check=True, cwd=ROOT, env={**os.environ, "TMPDIR": str(tmp_path)}
    )
    assert list(tmp_path.iterdir()) == []
