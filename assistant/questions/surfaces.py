"""The content words of a question as they stand in it, without words that only ask or join."""

from __future__ import annotations

import re
from itertools import pairwise

from assistant.library import Library
from assistant.questions.spoken import plain
from assistant.questions.wording import question_words
from assistant.questions.words import by_dictionary, has_forms, is_function, is_general
from indexing import segmentation

_TRIM = re.compile(r"^[能可要会想给把被让请再还就都也将已各]|[了吗呢吧的]$")
_OBJECT = re.compile(r"[^\u3400-\u9fffA-Za-z0-9]|(?<=[\u3400-\u9fff])的$")
_RUN = 5  # pieces that one wording of the synonym table may be cut into


def unread_object(text: str, surfaces: list[str]) -> list[str]:
    """What stands before the first word, where all words read are deeds: 犬只 of "犬只 登记".

    No dictionary knows it as a word, so nothing read it; left out, 登记 of anything would answer.
    """
    if not surfaces or any(surface not in question_words().deeds for surface in surfaces):
        return []
    before = _OBJECT.sub("", text[: text.find(surfaces[0])]) if surfaces[0] in text else ""
    left = "".join(word for word in segmentation.cut(before) if not is_general(word))
    return [left] if left else []


def neighbours(surfaces: list[str], text: str, library: Library) -> list[str]:
    """Two words that stand together in the question and somewhere in the library: 服务功能."""
    out = []
    for left, right in pairwise(surfaces):
        if left + right in text:
            wholes = (left + right, left + right[:2])  # 社区托育 where no document has 社区托育服务
            out += [pair for pair in wholes if library.frequency(pair)][:1]
    return list(dict.fromkeys(out))


def surfaces_of(piece: str, library: Library) -> list[str]:
    """Content words of a piece, in order; wording in the synonym table is kept whole."""
    words = [word for raw in segmentation.cut(piece) for word in _dictionary_words(raw, library)]
    words = _with_prefixes(_rejoined(words, library), library)
    out, position = list[str](), 0
    while position < len(words):
        runs = ("".join(words[position:end]) for end in range(min(len(words), position + _RUN), position, -1))
        for size, run in zip(range(min(len(words) - position, _RUN), 0, -1), runs, strict=True):
            if has_forms(run) or (size > 1 and run in question_words().deeds):
                out.append(run)
                position += size
                break
        else:
            word = _content(words[position], library)
            out += [word] if word else []
            position += 1
    return out


def _rejoined(words: list[str], library: Library) -> list[str]:
    """Words as cut, two single characters joined where documents have them as one word: 留样, 养犬.

    No dictionary has all words of a trade; what it cuts into characters would be lost.
    """
    out: list[str] = []
    for word in words:
        before = out[-1] if out else ""
        pair = before + word
        is_apart = len(before) == len(word) == 1 and not is_general(before) and not is_function(word)
        if is_apart and pair.isalpha() and not pair.isascii() and library.is_word(pair):
            out[-1] = pair
        else:
            out.append(word)
    return out


def _with_prefixes(words: list[str], library: Library) -> list[str]:
    """Words as cut, 非 and 被 joined to what they turn around where a document does: 非独生子女, 被赡养人."""
    out: list[str] = []
    for word in words:
        if out and out[-1] in ("非", "被") and len(word) > 1 and library.frequency(f"{out[-1]}{word}"):
            out[-1] += word
        else:
            out.append(word)
    return out


def _dictionary_words(raw: str, library: Library) -> list[str]:
    """A piece as cut; one that was guessed and that no document knows, cut again by the dictionary.

    jieba's hidden Markov model makes words of what is left over: 内要 of "多长时间内要开工".
    """
    if len(raw) < 2 or not raw[0].isalpha() or raw.isascii() or library.is_word(raw):
        return [raw]
    pieces = by_dictionary(raw)
    if len(pieces) == 1:
        return [raw]
    is_made_of_words = any(len(part) > 1 or is_general(part) or has_forms(part) for part in pieces)
    return list(pieces) if is_made_of_words else [raw]


def _content(word: str, library: Library) -> str | None:
    if not (word[0].isalnum() or has_forms(word)):
        return None
    word = _TRIM.sub("", word) if len(word) > 2 else word
    if len(word) > 2 and not library.frequency(word) and not has_forms(word):
        word = plain(word)
    if word.startswith("不") and not library.frequency(
        word
    ):  # "不配": what is left out is what is asked about
        word = word[1:]
    if not word or is_general(word) or (len(word) == 1 and not word.isdecimal()):
        return None
    return word
