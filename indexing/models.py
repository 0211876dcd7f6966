"""From the settings to the encoder and the reranker they name.

folder or name ──► StaticEncoder or TransformerEncoder        address ──► EndpointEncoder
"""

from __future__ import annotations

from collections.abc import Mapping

from indexing.cross_encoder import CrossEncoderReranker
from indexing.encoder import load_encoder
from indexing.endpoint import EndpointEncoder, EndpointOptions
from indexing.endpoint_client import EmbeddingClient, read_api_key
from indexing.errors import EncoderMismatch, RerankerUnavailable, SettingsError
from indexing.model_files import locate_model, read_model
from indexing.reranking import RerankPlan
from indexing.settings import Settings
from indexing.transformer import TransformerEncoder, TransformerOptions
from indexing.types import Encoder, Similarity

_AUTO = "auto"


def configured_encoder(settings: Settings, environ: Mapping[str, str] | None = None) -> Encoder:
    """The encoder the settings name, or the one that ships with Cewen; nothing heavy is loaded yet.

    Args:
        settings: `encoder` and what belongs to it.
        environ: where the key may be, `os.environ` by default.

    Raises:
        SettingsError: settings contradict each other, or the key cannot be read.
        EncoderMismatch: there is no such model on this machine, or it cannot be run.
    """
    if settings.encoder_url is not None:
        return _endpoint(settings, environ)
    if settings.encoder_model is not None:
        raise SettingsError(
            "设了 encoder_model 而没有 encoder_url，请补上向量服务的地址，或删去 encoder_model。"
        )
    if settings.encoder is None:
        _refuse_unused(settings, "随程序安装的模型")
        return load_encoder()
    folder = locate_model(settings.encoder, "encoder", "sentence-transformers")
    stored = read_model(folder)
    if stored.is_static:
        _refuse_unused(settings, settings.encoder)
        return load_encoder(folder)
    if not stored.makes_vectors:
        raise EncoderMismatch(f"{settings.encoder} 是重排模型，不能用作 encoder；请设为 reranker。")
    options = TransformerOptions(
        settings.encoder_query_prefix,
        settings.encoder_passage_prefix,
        _similarity(settings),
        _device(settings.encoder_device),
        settings.encoder_batch_size,
    )
    return TransformerEncoder(settings.encoder, folder, options)


def configured_reranking(settings: Settings) -> RerankPlan | None:
    """The reranker the settings name with its limits; None where they name none.

    Raises:
        RerankerUnavailable: there is no such model on this machine, or it is of another kind.
    """
    if settings.reranker is None:
        return None
    try:
        folder = locate_model(settings.reranker, "reranker", "cross-encoder")
        stored = read_model(folder)
    except EncoderMismatch as exc:
        raise RerankerUnavailable(str(exc)) from exc
    if not stored.judges_pairs:
        raise RerankerUnavailable(f"{settings.reranker} 不是重排模型（CrossEncoder），请换一个 reranker。")
    reranker = CrossEncoderReranker(settings.reranker, folder, _device(settings.reranker_device))
    return RerankPlan(reranker, settings.rerank_depth, settings.rerank_budget_ms / 1000)


def _endpoint(settings: Settings, environ: Mapping[str, str] | None) -> EndpointEncoder:
    if settings.encoder is not None:
        raise SettingsError("encoder 和 encoder_url 只能设一个：请删去其中一个。")
    if settings.encoder_model is None or settings.encoder_url is None:
        raise SettingsError("设了 encoder_url，还要用 encoder_model 写明向量服务中的模型名，例如 bge-m3。")
    file = settings.encoder_api_key_file
    key = read_api_key(file) if environ is None else read_api_key(file, environ)
    options = EndpointOptions(
        settings.encoder_model,
        settings.encoder_query_prefix or "",
        settings.encoder_passage_prefix or "",
        _similarity(settings),
        settings.encoder_timeout_s,
        settings.encoder_query_timeout_ms / 1000,
        settings.encoder_batch_size,
        settings.encoder_max_chars,
    )
    return EndpointEncoder(EmbeddingClient(settings.encoder_url, key), settings.encoder_url, options)


def _refuse_unused(settings: Settings, model: str) -> None:
    """Return when nothing is set that a bag of words has no use for.

    Raises:
        SettingsError: something is: whoever set it means another model.
    """
    given = {
        "encoder_query_prefix": bool(settings.encoder_query_prefix),
        "encoder_passage_prefix": bool(settings.encoder_passage_prefix),
        "encoder_similarity": settings.encoder_similarity == Similarity.DOT,
    }
    unused = next((name for name, is_set in given.items() if is_set), None)
    if unused:
        raise SettingsError(
            f"{unused} 对静态词向量模型（{model}）不起作用：请删去它，或用 encoder 换一个模型。"
        )


def _similarity(settings: Settings) -> Similarity | None:
    chosen = settings.encoder_similarity
    return None if chosen == _AUTO else Similarity(chosen)


def _device(chosen: str) -> str | None:
    return None if chosen == _AUTO else chosen
