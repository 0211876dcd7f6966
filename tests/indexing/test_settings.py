"""Settings: one table, one order of precedence, one clear sentence for every mistake."""

import re
from dataclasses import fields
from pathlib import Path

import pytest

from indexing.errors import SettingsError
from indexing.setting_table import OPTIONS
from indexing.settings import Settings, default_corpus, load_settings


def write_config(home: Path, content: str) -> None:
    """Put `content` where the settings of `home` are read."""
    home.mkdir(exist_ok=True)
    (home / "config.toml").write_text(content, "utf-8")


def test_every_field_of_settings_is_one_row_of_the_table() -> None:
    """Nothing can be set that the table, and so the documentation, does not list."""
    assert [option.name for option in OPTIONS] == [each.name for each in fields(Settings)]
    assert all(option.env == f"CEWEN_{option.name.upper()}" for option in OPTIONS)
    assert all(option.help and option.default for option in OPTIONS)


def test_printed_defaults_are_the_defaults(tmp_path: Path) -> None:
    """What the table prints as default is what an unset setting is."""
    settings = load_settings({"home": tmp_path}, {})
    for option in OPTIONS:
        value = getattr(settings, option.name)
        if option.kind in {int, str} and value is not None:
            assert str(value) == option.default


def test_flag_beats_environment_beats_file_beats_default(tmp_path: Path) -> None:
    """Flag > environment > config.toml > default."""
    assert load_settings({"home": tmp_path}, {}).port == 7860
    write_config(tmp_path, "port = 1001\nhost = '0.0.0.0'")
    assert load_settings({"home": tmp_path}, {}).port == 1001
    assert load_settings({"home": tmp_path}, {"CEWEN_PORT": "1002"}).port == 1002
    chosen = load_settings({"home": tmp_path, "port": 1003, "host": None}, {"CEWEN_PORT": "1002"})
    assert (chosen.port, chosen.host) == (1003, "0.0.0.0")


def test_home_comes_from_flag_environment_or_xdg(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The home decides which config.toml is read, so it cannot stand in that file."""
    monkeypatch.setenv("HOME", str(tmp_path))
    assert load_settings({}, {}).home == tmp_path / ".local/share/cewen"
    assert load_settings({}, {"XDG_DATA_HOME": "/x"}).home == Path("/x/cewen")
    assert load_settings({}, {"XDG_DATA_HOME": "relative"}).home == tmp_path / ".local/share/cewen"
    assert load_settings({}, {"CEWEN_HOME": "~/a", "XDG_DATA_HOME": "/x"}).home == tmp_path / "a"
    assert load_settings({"home": "b"}, {"CEWEN_HOME": "~/a"}).home == Path.cwd() / "b"


def test_shipped_corpus_is_found_from_any_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder called corpus where the user happens to be does not stand in for the shipped one."""
    (tmp_path / "corpus").mkdir()
    monkeypatch.chdir(tmp_path)
    corpus = load_settings({"home": tmp_path}, {}).corpus
    assert corpus == default_corpus()
    assert (corpus / "documents").is_dir()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("prot = 1", ["prot", "config.toml", "port"]),
        ("home = '/x'", ["home"]),
        ("port = '7860'", ["port", "'7860'", "0 到 65535 的整数"]),
        ("port = true", ["port", "True"]),
        ("port = 70000", ["70000"]),
        ("max_file_mb = 0", ["max_file_mb", "1 到 1024"]),
        ("host = ''", ["host", "非空"]),
        ("corpus = 3", ["corpus", "路径"]),
        ("encoder_similarity = 'euclidean'", ["encoder_similarity", "euclidean", "cosine", "dot"]),
        ("encoder_device = 'gpu'", ["encoder_device", "gpu", "cuda"]),
        ("encoder_url = '10.0.0.8:11434/v1'", ["encoder_url", "http"]),
        ("encoder_url = 'ftp://host/v1'", ["encoder_url", "http"]),
        ("encoder_api_key = 'sk-1'", ["encoder_api_key", "CEWEN_ENCODER_API_KEY", "encoder_api_key_file"]),
        ("encoder_query_prefix = 3", ["encoder_query_prefix", "字符串"]),
        ("rerank_budget_ms = 0", ["rerank_budget_ms", "1 到 600000"]),
        ("[port]\nvalue = 1", ["port"]),
        ("port = ", ["config.toml", "TOML", "文件末尾"]),
        ("port = 1\nhost = yes", ["config.toml", "TOML", "第2行第8列"]),
    ],
)
def test_wrong_config_names_key_file_and_what_is_allowed(
    tmp_path: Path, content: str, named: list[str]
) -> None:
    """A typo in config.toml is found by reading the message alone."""
    write_config(tmp_path, content)
    with pytest.raises(SettingsError) as caught:
        load_settings({"home": tmp_path}, {})
    assert all(part in str(caught.value) for part in named)
    assert str(caught.value).endswith("。")
    assert not re.search("[a-zA-Z]+ [a-zA-Z]+ [a-zA-Z]+", str(caught.value))  # no sentence of a library


@pytest.mark.parametrize(
    "content",
    [
        "encoder_api_key = 'hunter2'",
        "encoder_url = 'https://me:hunter2@host/v1'",
        "encoder_url = 'https://host/v1?key=hunter2'",
        "encoder_api_key_file = ['hunter2']",
    ],
)
def test_a_secret_in_the_wrong_place_is_not_repeated(tmp_path: Path, content: str) -> None:
    """What may be a password never reaches a message, and so no screen and no log."""
    write_config(tmp_path, content)
    with pytest.raises(SettingsError) as caught:
        load_settings({"home": tmp_path}, {})
    assert "hunter2" not in str(caught.value)


def test_prefixes_are_taken_to_the_letter(tmp_path: Path) -> None:
    """The space after "query:" belongs to it, and an empty one is not the same as none."""
    assert load_settings({"home": tmp_path}, {}).encoder_query_prefix is None
    write_config(tmp_path, "encoder_query_prefix = ''\nencoder_passage_prefix = 'passage: '")
    settings = load_settings({"home": tmp_path}, {"CEWEN_ENCODER_QUERY_PREFIX": " "})
    assert (settings.encoder_query_prefix, settings.encoder_passage_prefix) == ("", "passage: ")
    settings = load_settings({"home": tmp_path}, {"CEWEN_ENCODER_QUERY_PREFIX": "query: "})
    assert settings.encoder_query_prefix == "query: "


def test_config_that_is_not_utf8_or_a_folder_is_named(tmp_path: Path) -> None:
    """Whatever is wrong with the file, its path is in the sentence."""
    (tmp_path / "config.toml").write_bytes("host = '主机'".encode("gb18030"))
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load_settings({"home": tmp_path}, {})
    (tmp_path / "config.toml").unlink()
    (tmp_path / "config.toml").mkdir()
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load_settings({"home": tmp_path}, {})


@pytest.mark.parametrize("value", ["abc", "1.5", "-1", "７８６０a", "65536"])
def test_wrong_environment_variable_is_named(tmp_path: Path, value: str) -> None:
    """The variable and its value are in the sentence."""
    with pytest.raises(SettingsError, match="CEWEN_PORT"):
        load_settings({"home": tmp_path}, {"CEWEN_PORT": value})


def test_empty_environment_variable_counts_as_not_set(tmp_path: Path) -> None:
    """`CEWEN_PORT= cewen serve` is the usual way to unset one."""
    assert load_settings({"home": tmp_path}, {"CEWEN_PORT": " "}).port == 7860


def test_wrong_flags_are_named(tmp_path: Path) -> None:
    """Unknown names and wrong types of flags are mistakes too."""
    with pytest.raises(SettingsError, match="prot"):
        load_settings({"home": tmp_path, "prot": 1}, {})
    with pytest.raises(SettingsError, match="--max-file-mb"):
        load_settings({"home": tmp_path, "max_file_mb": "20"}, {})
    with pytest.raises(SettingsError, match="--home"):
        load_settings({"home": "a\0b"}, {})
