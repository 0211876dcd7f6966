"""Train the shipped static encoder and write it as a folder any runtime of static models reads.

    python -m indexing.training.train_static --texts FOLDER --out indexing/models/static-zh

Skip-gram vectors (Mikolov et al. 2013) by gensim, which only this program needs
(`pip install gensim`), over the shipped corpus and a folder of public-domain texts.
Words are weighted a/(a+p) and the common direction is removed (Arora et al. 2017,
"A simple but tough-to-beat baseline for sentence embeddings"), both written into
the model, so that a plain mean of rows is the sentence vector. One thread and one
seed: the same texts give the same bytes.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from indexing.documents import read_document
from indexing.encoder import SHIPPED_MODEL, UNKNOWN
from indexing.segmentation import words
from indexing.sentences import split_sentences
from indexing.types import FloatMatrix

CORPUS = Path(__file__).resolve().parents[2] / "corpus" / "documents"
CORPUS_COPIES = 20  # a hundred thousand characters beside millions of others
SIF_A = 1e-3  # Arora et al. 2017, §4
SPLIT_SHARE = 0.15  # of long words trained as characters, so unseen words split to known ones
_MARKUP = re.compile(r"[*#_]+|^\s*[-—]{3,}\s*$", re.MULTILINE)

Sentences = list[list[str]]


@dataclass(frozen=True, slots=True)
class Recipe:
    """What decides the model, together with the texts."""

    dim: int = 64
    vocabulary: int = 26_000  # with dim 64 the folder stays below 4 MB
    max_chars: int = 14_000_000
    epochs: int = 5
    seed: int = 1


def read_texts(folder: Path, max_chars: int, seed: int) -> list[str]:
    """Texts of every `.txt`, `.jsonl` and `.jsonl.gz` (field `text`) in `folder`, at most `max_chars`.

    Small files are taken whole; large ones give a random sample of their documents.
    """
    files = sorted(path for path in folder.iterdir() if path.name.endswith((".txt", ".jsonl", ".jsonl.gz")))
    by_file = sorted((list(_documents(path)) for path in files), key=lambda texts: sum(map(len, texts)))
    taken: list[str] = []
    for number, texts in enumerate(by_file):
        share = (max_chars - sum(map(len, taken))) // (len(by_file) - number)
        random.Random(seed).shuffle(texts)
        for text in texts:
            share -= len(text)
            if share < 0:
                break
            taken.append(text)
    return taken


def _documents(path: Path) -> Iterator[str]:
    if path.suffix == ".txt":
        yield path.read_text(encoding="utf-8")
        return
    raw = path.read_bytes()
    for line in (gzip.decompress(raw) if path.suffix == ".gz" else raw).splitlines():
        yield json.loads(line)["text"]


def read_corpus(folder: Path = CORPUS) -> list[str]:
    """The shipped documents, each twice: as they are read for the index, and as printed."""
    paths = sorted(folder.glob("*.txt"))
    read = [read_document(path.read_bytes(), path.name).document.text for path in paths]
    return read + [_MARKUP.sub("", path.read_text(encoding="utf-8")) for path in paths]


def segment(texts: list[str]) -> Sentences:
    """Every sentence of `texts` as words, those without a word left out."""
    sentences = ([*words(text[start:end])] for text in texts for start, end in split_sentences(text))
    return [sentence for sentence in sentences if sentence]


def choose_vocabulary(corpus: Sentences, others: Sentences, size: int) -> list[str]:
    """`[UNK]`, every word and character of the corpus, then the others' most frequent, `size` in all."""
    counts = Counter(word for sentence in corpus for word in sentence)
    chosen = dict.fromkeys([UNKNOWN, *sorted(counts), *sorted({char for word in counts for char in word})])
    frequent = Counter(word for sentence in others for word in sentence)
    frequent.update(Counter(char for word, count in frequent.items() for char in word * min(count, 3)))
    for word, _ in sorted(frequent.items(), key=lambda item: (-item[1], item[0])):
        if len(chosen) >= size:
            break
        chosen[word] = None
    return list(chosen)


def train_vectors(sentences: Sentences, vocabulary: list[str], recipe: Recipe) -> FloatMatrix:
    """Unit-norm skip-gram vectors, one row a word of `vocabulary`; zeros for `[UNK]` and the untrained."""
    from gensim.models import Word2Vec

    keep, chance = set(vocabulary), random.Random(recipe.seed)
    prepared = []
    for sentence in sentences:
        tokens: list[str] = []
        for word in sentence:
            if word in keep and not (len(word) > 1 and chance.random() < SPLIT_SHARE):
                tokens.append(word)
            else:
                tokens.extend(char for char in word if char in keep)
        prepared.append(tokens)
    model = Word2Vec(
        prepared, vector_size=recipe.dim, window=6, min_count=1, sg=1, negative=8, sample=1e-4,
        epochs=recipe.epochs, seed=recipe.seed, workers=1,
    )  # fmt: skip
    matrix = np.zeros((len(vocabulary), recipe.dim), dtype=np.float32)
    for row, word in enumerate(vocabulary):
        if word in model.wv:
            vector = model.wv[word]
            matrix[row] = vector / max(float(np.linalg.norm(vector)), 1e-9)
    return matrix


def word_weights(corpus: Sentences, others: Sentences, vocabulary: list[str]) -> FloatMatrix:
    """SIF weight a/(a+p) of each word, shape `(n_words,)`; p is the mean of its share in both text sets.

    Taking the two sets alike keeps the corpus' own commonplaces (社区, 服务) light.
    """
    shares: Counter[str] = Counter()
    for sentences in (corpus, others or corpus):
        counts = Counter(word for sentence in sentences for word in sentence)
        total = sum(counts.values())
        for word, count in counts.items():
            shares[word] += count / total / 2  # type: ignore[assignment]
    weights = np.array([SIF_A / (SIF_A + shares[word]) for word in vocabulary], dtype=np.float32)
    weights[0] = 0.0
    return weights


def remove_common(
    matrix: FloatMatrix, weights: FloatMatrix, vocabulary: list[str], sentences: Sentences
) -> FloatMatrix:
    """`matrix` without the direction that sentence means share most."""
    rows = {word: row for row, word in enumerate(vocabulary)}
    weighted = matrix * weights[:, None]
    means = [weighted[[rows[word] for word in sentence if word in rows]] for sentence in sentences]
    stacked = np.stack([mean.mean(axis=0) for mean in means if len(mean)])
    stacked /= np.maximum(np.linalg.norm(stacked, axis=1, keepdims=True), 1e-9)
    _, _, directions = np.linalg.svd(stacked, full_matrices=False)
    common = directions[0].astype(np.float32)
    cleaned: FloatMatrix = matrix - np.outer(matrix @ common, common)
    return cleaned


def save_model(folder: Path, vocabulary: list[str], matrix: FloatMatrix, weights: FloatMatrix) -> None:
    """Write `matrix` (as float16) and `weights` in model2vec's format, with a `modules.json` beside them."""
    from safetensors.numpy import save_file

    folder.mkdir(parents=True, exist_ok=True)
    save_file(
        {"embeddings": np.ascontiguousarray(matrix, dtype=np.float16), "weights": weights.astype(np.float32)},
        folder / "model.safetensors",
    )
    (folder / "model.safetensors").chmod(0o644)  # safetensors writes files for the owner alone
    rows = {word: row for row, word in enumerate(vocabulary)}
    tokenizer: dict[str, object] = {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [], "normalizer": None,
        "pre_tokenizer": {"type": "WhitespaceSplit"}, "post_processor": None, "decoder": None,
        "model": {"type": "WordLevel", "vocab": rows, "unk_token": UNKNOWN},
    }  # fmt: skip
    config = {
        "model_type": "model2vec", "architectures": ["StaticModel"], "normalize": True,
        "hidden_dim": int(matrix.shape[1]), "embedding_dtype": "float16", "max_length": None,
    }  # fmt: skip
    modules = [
        {"idx": 0, "name": "0", "path": "", "type": "sentence_transformers.models.StaticEmbedding"},
    ]
    for name, content in (("tokenizer", tokenizer), ("config", config), ("modules", modules)):
        indent = None if name == "tokenizer" else 2
        text = json.dumps(content, ensure_ascii=False, indent=indent) + "\n"
        (folder / f"{name}.json").write_text(text, encoding="utf-8")


def main() -> None:
    """Train and save; a summary on standard output."""
    usual = Recipe()
    parser = argparse.ArgumentParser(description="Train the static encoder that ships with Cewen.")
    parser.add_argument("--texts", type=Path, help="folder of public-domain texts; none: the corpus alone")
    parser.add_argument("--out", type=Path, default=SHIPPED_MODEL)
    parser.add_argument("--seed", type=int, default=usual.seed)
    parser.add_argument("--dim", type=int, default=usual.dim)
    parser.add_argument("--vocabulary", type=int, default=usual.vocabulary)
    parser.add_argument("--max-chars", type=int, default=usual.max_chars)
    args = parser.parse_args()
    recipe = Recipe(dim=args.dim, vocabulary=args.vocabulary, max_chars=args.max_chars, seed=args.seed)
    corpus = segment(read_corpus())
    others = segment(read_texts(args.texts, recipe.max_chars, recipe.seed)) if args.texts else []
    vocabulary = choose_vocabulary(corpus, others, recipe.vocabulary)
    matrix = train_vectors(corpus * CORPUS_COPIES + others, vocabulary, recipe)
    weights = word_weights(corpus, others, vocabulary)
    matrix = remove_common(matrix, weights, vocabulary, corpus)
    save_model(args.out, vocabulary, matrix, weights)
    n_words = sum(map(len, others))
    sys.stdout.write(f"{len(vocabulary)} words × {recipe.dim}, from {n_words} words, in {args.out}\n")


if __name__ == "__main__":
    main()
