"""What the two torch adapters share: a quiet, offline import, devices, and failures as Chinese sentences."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

from indexing.model_files import go_offline

Model = TypeVar("Model")


def load_quietly(load: Callable[[], Model]) -> Model:
    """What `load` returns; libraries say nothing on the terminal meanwhile and look for no network."""
    go_offline()
    with _silence():
        from transformers.utils import logging

        # To our log, which the root logger leads to, instead of the terminal
        logging.disable_default_handler()
        logging.enable_propagation()
        logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        return load()


@contextmanager
def _silence() -> Iterator[None]:
    """Without the deprecation warnings that torch and transformers have for each other."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def running(call: Callable[[], Model]) -> Model:
    """What `call` returns, a forward pass of a model, without libraries' warnings."""
    with _silence():
        return call()


def why_not_loaded(name: str, folder: Path, setting: str, error: Exception) -> str:
    """One Chinese sentence for a model that could not be loaded."""
    said = str(error)
    if "trust_remote_code" in said:
        return f"模型 {name} 要运行它自带的程序代码，策问出于安全不允许，请换一个不带代码的 {setting}。"
    if is_out_of_memory(error):
        return f"内存或显存不足，载入不了模型 {name}，请换小一些的模型，或改用另一个 {setting}_device。"
    if any(sign in said for sign in ("CUDA", "cuda", "device", "Torch not compiled", "mps", "npu", "xpu")):
        return f"模型 {name} 不能在所设的设备上运行，请检查 {setting}_device，或设为 cpu。"
    return (
        f"载入不了模型 {name}（{type(error).__name__}）：请确认 {folder} 中是完整的 "
        f"sentence-transformers 模型，必要时重新拷贝，或换一个 {setting}。"
    )


def is_out_of_memory(error: Exception) -> bool:
    """Whether memory of the machine or of the accelerator ran out."""
    return isinstance(error, MemoryError) or "out of memory" in str(error).lower()
