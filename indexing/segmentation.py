"""Text to search terms: jieba's words with our own policy terms, and character bigrams.

Both indexes and the encoder see text through this module. jieba's dictionary and
algorithm run in Rust (rjieba); words, frequencies and the hidden Markov model are
jieba's, and a test holds the two to the same output. Our own words stand in
`corpus/dictionary.txt` in jieba's user-dictionary format (`word [frequency] [tag]`).

rjieba is loaded by the first call, never at import. Unlike jieba it keeps no cache
file, so nothing is read from or written to a shared temporary folder.
"""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Protocol, cast

from indexing.errors import IndexingError
from indexing.files import reason
from indexing.folding import fold

DICTIONARY = Path(__file__).resolve().parent.parent / "corpus" / "dictionary.txt"
"""Our policy terms; shipped beside the code, in the source tree and in a wheel."""

_SCHEME = "1"  # raise it when the same text may give other terms than before
_SURROGATES = re.compile("[\ud800-\udfff]")  # not encodable; Rust refuses them
# jieba 0.42.1, finalseg/__init__.py re_skip: "2.5%" one piece, "1-1" three. jieba-rs wrote the dot
# unescaped and keeps "1-1" and "4.3.2" whole, so runs of these characters are cut again.
_LATIN_RUN = re.compile(r"[a-zA-Z0-9+#&._%\-]+")
_LATIN_PIECE = re.compile(r"([a-zA-Z0-9]+(?:\.\d+)?%?)")
_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_HAN_SPACE = re.compile(rf"(?<=[{_HAN}])[ \u3000]+(?=[{_HAN}])")
# "总则" and "0.5%" are runs; "、" and a tab between two cells are not and part their neighbours
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|[^\W_{_HAN}]+(?:\.\d+)*")


class _Segmenter(Protocol):
    """What of rjieba we call."""

    def cut(self, text: str, hmm: bool = ...) -> list[str]: ...

    def has_word(self, word: str) -> bool: ...

    def tag(self, text: str, hmm: bool = ...) -> list[tuple[str, str]]: ...

    def suggest_freq(self, segment: str) -> int: ...


def words(text: str) -> list[str]:
    """The words of `text` in order, folded, without punctuation and spaces.

    >>> words("对社区嵌入式服务设施项目给予补助。")
    ['对', '社区嵌入式服务设施', '项目', '给予', '补助']
    """
    return [word for word in cut(text) if _is_word(word)]


def search_words(text: str) -> list[str]:
    """The words of `text` and the dictionary words of two and three characters inside them.

    A word stands behind its own parts, as jieba's search mode gives them.

    >>> search_words("养老服务")
    ['养老', '服务', '养老服务']
    """
    return [word for word in cut_for_search(text) if _is_word(word)]


def bigrams(text: str) -> list[str]:
    """Overlapping pairs of Chinese characters, and every Latin or digit run whole.

    A lone Chinese character stands for itself. Spaces between Chinese characters
    are layout and dropped; a tab or a line break parts words.

    >>> bigrams("总　则 30%")
    ['总则', '30']
    """
    out: list[str] = []
    for run in _RUN.finditer(_HAN_SPACE.sub("", _clean(text))):
        piece = run.group()
        if run.lastgroup == "han" and len(piece) > 1:
            out.extend(piece[i : i + 2] for i in range(len(piece) - 1))
        else:
            out.append(piece)
    return out


def cut(text: str) -> list[str]:
    """Every piece of the folded text, punctuation and spaces included, as `jieba.lcut` gives it."""
    segmenter = _segmenter()
    out: list[str] = []
    run = ""
    for piece in segmenter.cut(_clean(text), True):
        if _LATIN_RUN.fullmatch(piece) and (len(piece) == 1 or not segmenter.has_word(piece)):
            run += piece
            continue
        out.extend(part for part in _LATIN_PIECE.split(run) if part)
        run = ""
        out.append(piece)
    out.extend(part for part in _LATIN_PIECE.split(run) if part)
    return out


def cut_by_dictionary(text: str) -> list[str]:
    """Pieces of `text` that the dictionary knows, and single characters; nothing is guessed (no HMM).

    >>> cut_by_dictionary("各选")
    ['各', '选']
    """
    return _segmenter().cut(text, False)


def is_word(text: str) -> bool:
    """Whether the dictionary has `text` as a word.

    >>> is_word("养老"), is_word("养劳")
    (True, False)
    """
    return _segmenter().has_word(text)


def commonness(word: str) -> int:
    """How often a word stands in the texts jieba's dictionary was counted on; 0 for one it does not have.

    >>> commonness("提供") > commonness("续约") > commonness("养劳") == 0
    True
    """
    return _segmenter().suggest_freq(word) if is_word(word) else 0


def tags(text: str) -> list[str]:
    """The part-of-speech tags of the words of `text`, in order: n noun, v verb, vn verbal noun.

    >>> tags("北京老人")
    ['ns', 'n']
    """
    return [tag for _, tag in _segmenter().tag(text, True)]


def cut_for_search(text: str) -> list[str]:
    """Every piece of the folded text as `jieba.lcut_for_search` gives it.

    Before a long word stand its pairs, then its triples of characters that are words.
    """
    known = _segmenter().has_word
    out: list[str] = []
    for piece in cut(text):
        for size in (2, 3):
            if len(piece) > size:
                parts = (piece[i : i + size] for i in range(len(piece) - size + 1))
                out.extend(part for part in parts if known(part))
        out.append(piece)
    return out


@lru_cache(maxsize=1)
def dictionary_fingerprint() -> str:
    """SHA-256 (hex) over our words and the segmenter's version.

    An index made under another fingerprint must be rebuilt.

    Raises:
        IndexingError: our dictionary cannot be read.
    """
    head = f"{_SCHEME}\0rjieba {version('rjieba')}\0".encode()
    return hashlib.sha256(head + _read_dictionary()).hexdigest()


def _clean(text: str) -> str:
    return _SURROGATES.sub(" ", fold(text))


def _is_word(piece: str) -> bool:
    return any(character.isalnum() for character in piece)


@lru_cache(maxsize=1)
def _segmenter() -> _Segmenter:
    """The instance rjieba makes for itself, with our words added; about 0.15 s and 40 MB, once a process.

    A second instance would hold the dictionary twice.
    """
    import rjieba

    for line in _read_dictionary().decode("utf-8").splitlines():
        word, frequency, tag = _parse_entry(line)
        if word:
            rjieba.add_word(word, frequency, tag)
    return cast(_Segmenter, rjieba)  # its stub leaves out has_word


def _parse_entry(line: str) -> tuple[str, int | None, str | None]:
    """A line of a jieba user dictionary; without a frequency jieba works out the lowest that wins."""
    word, *rest = line.split()[:3] or [""]
    frequency = int(rest.pop(0)) if rest and rest[0].isdecimal() else None
    return word, frequency, rest[0] if rest else None


def _read_dictionary() -> bytes:
    try:
        return DICTIONARY.read_bytes()
    except OSError as exc:
        raise IndexingError(f"读不到策问的词典 {DICTIONARY}（{reason(exc)}），请重新安装策问。") from exc
