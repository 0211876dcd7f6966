"""Transformers of a few hundred weights, saved as any model is: made here, downloaded never."""

from __future__ import annotations

import json
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CHARACTERS = (
    "北上京海市社区食堂托育补助建设运营养老服务收费标准给予多少万元项目验收图书理发健身家政"
    "一二三四五0123456789:，。？"
)


@contextmanager
def quiet() -> Iterator[None]:
    """Without the deprecation warnings inside torch and transformers, which would fail the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def save_bert(folder: Path, *, labels: int | None = None, seed: int = 0, longest: int = 64) -> Path:
    """A BERT of 16 dimensions over single characters; with `labels` one that judges pairs."""
    with quiet():
        import torch
        from transformers import BertConfig, BertForSequenceClassification, BertModel, BertTokenizerFast

        folder.mkdir(parents=True)
        words = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", *dict.fromkeys(CHARACTERS)]
        (folder / "vocab.txt").write_text("\n".join(words), "utf-8")
        tokenizer = BertTokenizerFast(str(folder / "vocab.txt"), model_max_length=longest)
        tokenizer.save_pretrained(folder)
        torch.manual_seed(seed)
        sizes = {
            "vocab_size": len(words),
            "hidden_size": 16,
            "num_hidden_layers": 1,
            "num_attention_heads": 2,
            "intermediate_size": 16,
            "max_position_embeddings": longest,
        }
        if labels is None:
            BertModel(BertConfig(**sizes)).save_pretrained(folder)
        else:
            BertForSequenceClassification(BertConfig(num_labels=labels, **sizes)).save_pretrained(folder)
    return folder


def save_sentence_model(
    folder: Path,
    *,
    seed: int = 0,
    longest: int = 64,
    normalise: bool = False,
    **config: object,
) -> Path:
    """A sentence-transformers model with mean pooling; `config` goes into its own JSON file."""
    with quiet():
        from sentence_transformers import SentenceTransformer
        from sentence_transformers.sentence_transformer.modules import Normalize, Pooling, Transformer

        bert = Transformer(
            str(save_bert(folder.with_name(folder.name + "-bert"), seed=seed, longest=longest))
        )
        modules = [bert, Pooling(bert.get_embedding_dimension())]
        if normalise:
            modules.append(Normalize())
        SentenceTransformer(modules=modules, device="cpu").save(str(folder))
    stored = folder / "config_sentence_transformers.json"
    said = json.loads(stored.read_text("utf-8"))
    said.pop("similarity_fn_name", None)
    stored.write_text(json.dumps(said | config), "utf-8")
    return folder


def save_cross_encoder(folder: Path, *, labels: int = 1, seed: int = 0) -> Path:
    """A CrossEncoder with one score a pair, or with `labels` classes."""
    with quiet():
        from sentence_transformers import CrossEncoder

        bert = save_bert(folder.with_name(folder.name + "-bert"), labels=labels, seed=seed)
        CrossEncoder(str(bert), device="cpu", local_files_only=True).save_pretrained(str(folder))
    return folder
