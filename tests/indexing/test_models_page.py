"""docs/models.md stays true: its table is the settings table, and every example is accepted."""

import re
import tomllib
from pathlib import Path

import pytest

from assistant.models.client import configured_chat
from indexing.errors import EncoderMismatch, SettingsError
from indexing.models import configured_encoder, configured_reranking
from indexing.query_vectors import REST_S
from indexing.settings import OPTIONS, load_settings

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "models.md").read_text("utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL)


def test_the_table_lists_every_setting_of_the_models() -> None:
    """Name, variable, meaning and default, in the order of the settings table, and no other row."""
    rows = [
        f"| `{option.name}` | `{option.env}` | {option.help} | {option.default} |"
        for option in OPTIONS
        if option.name.startswith(("encoder", "rerank", "llm"))
    ]
    assert re.findall(r"^\| `(?:encoder|rerank|llm)\w*` \| `CEWEN.*$", PAGE, re.MULTILINE) == rows


@pytest.mark.parametrize("example", EXAMPLES)
def test_every_example_is_accepted(tmp_path: Path, example: str) -> None:
    """As config.toml; services are configured, models that are not on this machine are asked for by name."""
    (tmp_path / "config.toml").write_text(example, "utf-8")
    settings = load_settings({"home": tmp_path}, {})
    given = tomllib.loads(example)
    if "encoder_api_key_file" in given:
        with pytest.raises(SettingsError, match="encoder_api_key_file"):
            configured_encoder(settings, {})
    elif "llm_url" in given:
        chat = configured_chat(settings, {})
        assert chat is not None
        assert chat.name == given["llm_model"]
    elif "encoder_url" in given:
        assert configured_encoder(settings, {}).name == given["encoder_model"]
    elif "encoder" in given:
        with pytest.raises(EncoderMismatch, match=given["encoder"]):
            configured_encoder(settings, {})
    else:
        assert settings.reranker == given["reranker"]
    assert given.keys() <= {option.name for option in OPTIONS}


def test_prefixes_and_numbers_of_the_text_are_those_of_the_code() -> None:
    """Quoted settings in the text and the table can be copied as they stand."""
    assert len(EXAMPLES) >= 6
    for line in re.findall(r"`(encoder_\w+ = \"[^`]*\")`", PAGE):
        assert tomllib.loads(line).keys() <= {option.name for option in OPTIONS}
    assert f"之后 {REST_S:g} 秒内" in PAGE
    assert configured_reranking(load_settings({"home": ROOT / "no-home"}, {})) is None
