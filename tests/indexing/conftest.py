"""Tiny models, made once for all tests of a run: importing torch takes longer than any of them."""

from pathlib import Path

import pytest

from tests.indexing.tiny_models import save_cross_encoder, save_sentence_model


@pytest.fixture(scope="session")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of models: `prompted` (dot, own prompts), `plain` (says nothing), `unit`, and a `judge`."""
    folder = tmp_path_factory.mktemp("models")
    prompts = {"query": "问：", "document": "", "passage": "文："}
    save_sentence_model(folder / "prompted", prompts=prompts, similarity_fn_name="dot")
    save_sentence_model(folder / "plain", seed=1)
    save_sentence_model(folder / "unit", seed=2, normalise=True)
    save_cross_encoder(folder / "judge")
    return folder
