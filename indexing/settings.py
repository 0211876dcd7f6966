"""What can be set, and where each value comes from: flag > environment > config.toml > default.

The first thing a doorway asks for; standard library only, so that `cewen --help`
stays instant. What can be set stands in `indexing.setting_table`.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexing.errors import SettingsError
from indexing.files import reason
from indexing.setting_table import OPTIONS, checked, typed

CONFIG_NAME = "config.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run may be told; built by `load_settings`, checked once."""

    home: Path
    corpus: Path
    host: str = "127.0.0.1"
    port: int = 7860
    encoder: str | None = None  # a folder, or the name of a model in this machine's cache
    encoder_url: str | None = None
    encoder_model: str | None = None
    encoder_api_key_file: Path | None = None
    encoder_query_prefix: str | None = None  # None leaves it to the model, "" means none
    encoder_passage_prefix: str | None = None
    encoder_similarity: str = "auto"
    encoder_device: str = "auto"
    encoder_batch_size: int = 32
    encoder_max_chars: int = 2000
    encoder_timeout_s: int = 60
    encoder_query_timeout_ms: int = 5000
    reranker: str | None = None
    reranker_device: str = "auto"
    rerank_budget_ms: int = 1000
    rerank_depth: int = 20
    llm_url: str | None = None
    llm_model: str | None = None
    llm_api_key_file: Path | None = None
    llm_timeout_s: int = 60
    llm_idle_timeout_s: int = 20
    llm_max_tokens: int = 1024
    llm_check: str = "on"
    max_file_mb: int = 20
    lock_timeout_s: int = 60

    @property
    def max_file_bytes(self) -> int:
        """Largest file that is read, in bytes."""
        return self.max_file_mb * 1024 * 1024


_BY_NAME = {option.name: option for option in OPTIONS}


def load_settings(
    flags: Mapping[str, object] | None = None, environ: Mapping[str, str] | None = None
) -> Settings:
    """The settings of this run; for each one flag > environment > config.toml > default.

    Args:
        flags: values given on the command line by option name; None means "not given".
        environ: the environment, `os.environ` by default. An empty variable counts as not set.

    Raises:
        SettingsError: a value has the wrong type or range, a key is unknown, or
            config.toml cannot be read; the sentence names key, place and what is allowed.
    """
    environ = os.environ if environ is None else environ
    given = _from_environment(environ) | _from_flags(flags or {})
    home = given.get("home") or default_home(environ)
    if not isinstance(home, Path):  # cannot happen: `home` is a Path option
        raise TypeError("home is not a path")
    values = {"corpus": default_corpus()} | _from_file(home / CONFIG_NAME) | given | {"home": home}
    return Settings(**values)  # type: ignore[arg-type]  # _checked gave each its declared type


def default_home(environ: Mapping[str, str]) -> Path:
    """`$XDG_DATA_HOME/cewen`, else `~/.local/share/cewen` (XDG Base Directory Specification 0.8).

    Raises:
        SettingsError: the user has no home directory.
    """
    xdg = environ.get("XDG_DATA_HOME", "")
    if Path(xdg).is_absolute():  # the specification says to ignore a relative one
        return Path(xdg) / "cewen"
    try:
        return Path.home() / ".local" / "share" / "cewen"
    except RuntimeError as exc:
        raise SettingsError("找不到当前用户的主目录，请用环境变量 CEWEN_HOME 指定数据目录。") from exc


def default_corpus() -> Path:
    """The corpus shipped with the program: the folder `corpus` beside this package.

    Taken from our own place, not looked up by name: a folder called corpus in the
    current directory must not stand in for it.
    """
    return Path(__file__).resolve().parent.parent / "corpus"


def _from_flags(flags: Mapping[str, object]) -> dict[str, object]:
    unknown = sorted(set(flags) - set(_BY_NAME))
    if unknown:
        raise SettingsError(f"没有名为 {unknown[0]} 的设置，可用的是：{'、'.join(_BY_NAME)}。")
    return {
        name: checked(_BY_NAME[name], value, f"命令行参数 {_BY_NAME[name].flag}")
        for name, value in flags.items()
        if value is not None
    }


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for option in OPTIONS:
        raw = environ.get(option.env, "")
        if raw.strip():
            text = raw if option.verbatim else raw.strip()
            values[option.name] = checked(option, typed(option, text), f"环境变量 {option.env}")
    return values


def _from_file(path: Path) -> dict[str, object]:
    """Values of config.toml; empty where there is no such file."""
    try:
        table = tomllib.loads(path.read_bytes().decode("utf-8"))
    except FileNotFoundError:
        return {}
    except NotADirectoryError:
        return {}  # `home` is a file; opening the home says so in its own words
    except OSError as exc:
        raise SettingsError(f"读不了配置文件 {path}（{reason(exc)}），请检查它的权限。") from exc
    except UnicodeDecodeError as exc:
        raise SettingsError(f"配置文件 {path} 不是 UTF-8 文本，请另存为 UTF-8 编码。") from exc
    except tomllib.TOMLDecodeError as exc:
        raise SettingsError(f"配置文件 {path} 不是有效的 TOML{_place_of(exc)}，请改正后重试。") from exc
    allowed = [option.name for option in OPTIONS if option.in_file]
    for key in table:
        if key.endswith("api_key"):
            raise SettingsError(
                f"密钥不要写进配置文件 {path}：请删去 {key}，改用环境变量 CEWEN_{key.upper()} 或 {key}_file。"
            )
        if key not in allowed:
            raise SettingsError(f"配置文件 {path} 中有未知的键 {key}，可用的键是：{'、'.join(allowed)}。")
    return {key: checked(_BY_NAME[key], value, f"配置文件 {path} 的键 {key}") for key, value in table.items()}


def _place_of(error: tomllib.TOMLDecodeError) -> str:
    """Where the file stops being TOML: "(at line 2, column 5)" or "(at end of document)"."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f"（第{found.group(1)}行第{found.group(2)}列）" if found else "（文件末尾）"
