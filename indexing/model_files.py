"""Model folders on this machine: found by path or name, read without torch, told apart by content.

A name is looked up in the caches of huggingface_hub and sentence-transformers only.
Nothing here opens a connection.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexing.errors import EncoderMismatch
from indexing.files import is_folder, reason

_PATH_SIGNS = ("/", "./", "../", "~", ".\\", "\\")

# What no vector depends on: documentation, pictures, and weights for other runtimes
_IGNORED_SUFFIXES = frozenset(
    (".md", ".png", ".jpg", ".jpeg", ".gif", ".svg", ".pdf", ".onnx", ".onnx_data", ".h5", ".msgpack", ".ot")
)
_IGNORED_FOLDERS = frozenset(("onnx", "openvino", "imgs", "images", "assets", "coreml"))

_PROMPTS_FOR_QUERIES = ("query", "search_query", "s2p_query", "retrieval.query")
_PROMPTS_FOR_PASSAGES = ("document", "passage", "corpus", "search_document", "retrieval.passage")


@dataclass(frozen=True, slots=True)
class StoredModel:
    """What a folder in sentence-transformers' format says of itself."""

    folder: Path
    modules: tuple[str, ...]  # class names in order: Transformer, Pooling, Normalize; none where unsaid
    query_prompt: str
    passage_prompt: str
    similarity: str | None  # as written: cosine, dot, euclidean …
    made_as: str | None  # SentenceTransformer, CrossEncoder; None where unsaid, as in older ones
    architecture: str  # BertModel, BertForSequenceClassification; "" where unsaid

    @property
    def is_static(self) -> bool:
        """Whether `StaticEncoder` can be tried: a table of word vectors and a WordLevel tokenizer."""
        if self.modules:
            return self.modules[0] == "StaticEmbedding" and _tokenizer_kind(self.folder) in {
                None,
                "WordLevel",
            }
        kind = _read_object(self.folder / "config.json").get("model_type")
        return kind is None or kind == "model2vec"

    @property
    def judges_pairs(self) -> bool:
        """Whether it is a reranker. The libraries run any model as one, with weights out of thin air."""
        if self.made_as is not None:
            return self.made_as == "CrossEncoder"
        if self.modules:
            return "Pooling" not in self.modules
        return self.architecture.endswith(("ForSequenceClassification", "ForCausalLM"))

    @property
    def makes_vectors(self) -> bool:
        """Whether it is an encoder; a bare transformer is one, with the mean of its tokens."""
        if self.made_as is not None:
            return self.made_as == "SentenceTransformer"
        return bool(self.modules) or not self.architecture.endswith("ForSequenceClassification")

    @property
    def normalises(self) -> bool:
        """Whether it ends in unit-norm vectors, so that dot product and cosine are one."""
        return "Normalize" in self.modules


def locate_model(given: str, setting: str, organisation: str) -> Path:
    """The folder of the model called `given`.

    Args:
        given: a folder, or a name as on the Hugging Face Hub.
        setting: the setting it stands in, for messages.
        organisation: whose models may be named without one: "sentence-transformers", "cross-encoder".

    Raises:
        EncoderMismatch: there is no such folder, or no such model in this machine's cache.
    """
    folder = Path(given).expanduser()
    if is_folder(folder):
        return folder.absolute()
    if given.startswith(_PATH_SIGNS) or given.count("/") > 1:
        raise EncoderMismatch(f"{setting} 所指的文件夹 {folder} 不存在，请改为模型所在的文件夹。")
    found = _in_cache(given if "/" in given else f"{organisation}/{given}")
    if found is None:
        raise EncoderMismatch(
            f"本机没有模型 {given}，策问不会联网下载：请在能上网的机器上运行 "
            f"hf download {given} --local-dir 文件夹，把该文件夹拷到本机，再把 {setting} 设为它的路径。"
        )
    return found


def go_offline() -> None:
    """Tell the hub client and transformers to stay off the network; call before importing them."""
    os.environ.update(
        HF_HUB_OFFLINE="1", TRANSFORMERS_OFFLINE="1", HF_HUB_DISABLE_TELEMETRY="1", DO_NOT_TRACK="1"
    )


def read_model(folder: Path) -> StoredModel:
    """What the JSON files of a model folder say; all of them may be missing.

    Raises:
        EncoderMismatch: one is there and cannot be read.
    """
    config = _read_object(folder / "config_sentence_transformers.json")
    listed = _read_json(folder / "modules.json", default=[])
    kinds = [str(each.get("type", "")) for each in listed if isinstance(each, dict)]
    prompts = config.get("prompts") or {}
    if not isinstance(prompts, dict):
        raise _damaged(folder / "config_sentence_transformers.json")
    return StoredModel(
        folder,
        tuple(kind.rpartition(".")[2] for kind in kinds),
        _first(prompts, _PROMPTS_FOR_QUERIES),
        _first(prompts, _PROMPTS_FOR_PASSAGES),
        config.get("similarity_fn_name"),
        config.get("model_type"),
        _architecture(folder),
    )


def content_digest(folder: Path) -> str:
    """SHA-256 (hex) over every file a vector may depend on, by relative path; 1 to 2 GB a second.

    Raises:
        EncoderMismatch: a file cannot be read.
    """
    digest = hashlib.sha256()
    for path in _files(folder):
        try:
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").digest()
        except OSError as exc:
            raise EncoderMismatch(
                f"模型文件 {path} 读不出来（{reason(exc)}），请检查权限或重新拷贝模型。"
            ) from exc
        digest.update(
            path.relative_to(folder).as_posix().encode("utf-8", "surrogateescape") + b"\0" + content
        )
    return digest.hexdigest()


def _files(folder: Path) -> Iterator[Path]:
    """Files that matter, sorted; links are followed, as the hub's cache consists of them."""
    for path in sorted(folder.rglob("*")):
        inside = path.relative_to(folder).parts
        hidden = any(part.startswith(".") for part in inside)
        if hidden or _IGNORED_FOLDERS & set(inside[:-1]) or path.suffix.lower() in _IGNORED_SUFFIXES:
            continue
        if path.is_file():
            yield path


def _in_cache(repository: str) -> Path | None:
    """The snapshot of a repository in this machine's caches; None where there is none."""
    go_offline()
    from huggingface_hub import snapshot_download
    from huggingface_hub.errors import HFValidationError, LocalEntryNotFoundError

    for cache in dict.fromkeys((os.environ.get("SENTENCE_TRANSFORMERS_HOME") or None, None)):
        try:
            return Path(str(snapshot_download(repository, cache_dir=cache, local_files_only=True)))
        except (LocalEntryNotFoundError, HFValidationError):
            continue
    return None


def _first(prompts: Mapping[str, object], names: tuple[str, ...]) -> str:
    """The first of the prompts that is not empty; sentence-transformers also tells these names apart."""
    return next((str(prompts[name]) for name in names if prompts.get(name)), "")


def _architecture(folder: Path) -> str:
    """The class the weights belong to; "" where config.json does not say."""
    named = _read_object(folder / "config.json").get("architectures")
    return str(named[0]) if isinstance(named, list) and named else ""


def _tokenizer_kind(folder: Path) -> str | None:
    """WordLevel, WordPiece …; None where there is no tokenizer or it says nothing."""
    model = _read_object(folder / "tokenizer.json").get("model")
    return str(model.get("type")) if isinstance(model, dict) else None


def _read_object(path: Path) -> dict[str, Any]:
    found = _read_json(path, default={})
    if not isinstance(found, dict):
        raise _damaged(path)
    return found


def _read_json(path: Path, default: object) -> Any:  # noqa: ANN401
    """The content of a JSON file, `default` where there is none.

    Raises:
        EncoderMismatch: it cannot be read or is not JSON.
    """
    try:
        return json.loads(path.read_bytes())
    except FileNotFoundError:
        return default
    except NotADirectoryError:
        return default
    except OSError as exc:
        raise EncoderMismatch(f"模型文件 {path} 读不出来（{reason(exc)}），请检查权限。") from exc
    except (ValueError, RecursionError) as exc:
        raise _damaged(path) from exc


def _damaged(path: Path) -> EncoderMismatch:
    return EncoderMismatch(f"模型文件 {path} 已损坏，请重新拷贝模型或换一个。")
