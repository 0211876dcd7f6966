"""Any sentence-transformers CrossEncoder in a local folder as a `Reranker`; torch stays in here."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from indexing.errors import RerankerUnavailable
from indexing.torch_models import is_out_of_memory, load_quietly, running, why_not_loaded
from indexing.vectors import whole_characters


class CrossEncoderReranker:
    """A CrossEncoder, loaded once when first needed; one that failed to load is not tried again."""

    def __init__(self, name: str, folder: Path, device: str | None = None) -> None:
        """`device` None: an accelerator if there is one."""
        self._name = name
        self._folder = folder
        self._device = device
        self._loading = threading.Lock()
        self._model: Any = None
        self._failure = ""

    @property
    def name(self) -> str:
        """What the settings call it."""
        return self._name

    def prepare(self) -> None:
        """Load the model; see `Reranker`."""
        with self._loading:
            if self._failure:
                raise RerankerUnavailable(self._failure)
            if self._model is None:
                try:
                    self._model = self._load()
                except RerankerUnavailable as exc:
                    self._failure = str(exc)
                    raise

    def scores(self, query: str, passages: Sequence[str]) -> tuple[float, ...]:
        """See `Reranker`; longer passages than the model reads are cut by it."""
        self.prepare()
        if not passages:
            return ()
        pairs = [(whole_characters(query), whole_characters(passage)) for passage in passages]
        try:
            found = running(
                lambda: self._model.predict(pairs, batch_size=len(pairs), show_progress_bar=False)
            )
        except (RuntimeError, MemoryError) as exc:
            cause = "内存或显存不足" if is_out_of_memory(exc) else f"运行出错（{type(exc).__name__}）"
            raise RerankerUnavailable(
                f"重排模型 {self._name} {cause}，请把 reranker_device 设为 cpu 或换一个 reranker。"
            ) from exc
        values = np.asarray(found, dtype=np.float64)
        if values.shape != (len(pairs),) or not np.isfinite(values).all():
            raise RerankerUnavailable(f"重排模型 {self._name} 给出了无效的分数，请换一个 reranker。")
        return tuple(values.tolist())

    def _load(self) -> Any:  # noqa: ANN401
        """The model on its device.

        Raises:
            RerankerUnavailable: it cannot be loaded, or classifies instead of scoring.
        """

        def load() -> Any:  # noqa: ANN401
            import torch
            from sentence_transformers import CrossEncoder

            model = CrossEncoder(
                str(self._folder), device=self._device, local_files_only=True, trust_remote_code=False
            )
            return model.to(torch.float32) if model.device.type == "cpu" else model

        try:
            model = load_quietly(load)
        except Exception as exc:
            # Whatever the libraries find wrong with a folder, in any of their exceptions
            raise RerankerUnavailable(why_not_loaded(self._name, self._folder, "reranker", exc)) from exc
        if model.num_labels != 1:
            raise RerankerUnavailable(
                f"{self._name} 是有 {model.num_labels} 个类别的分类模型，不是重排模型，请换一个 reranker。"
            )
        return model
