"""What can be set, and where each value comes from: flag > environment > config.toml > default.

The first thing a doorway asks for; standard library only, so that `cewen --help`
stays instant. `OPTIONS` is the one table the code, the checks and the printed help
are made from.
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

CONFIG_NAME = "config.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything a run may be told; built by `load_settings`, checked once."""

    home: Path
    corpus: Path
    host: str = "127.0.0.1"
    port: int = 7860
    encoder: Path | None = None
    max_file_mb: int = 20
    lock_timeout_s: int = 60

    @property
    def max_file_bytes(self) -> int:
        """Largest file that is read, in bytes."""
        return self.max_file_mb * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Option:
    """One row of the settings table: a field of `Settings` and the ways to set it."""

    name: str  # the field, the flag (--max-file-mb) and the TOML key (max_file_mb)
    env: str
    kind: type[str] | type[int] | type[Path]
    default: str  # as printed in the help; "" where there is none
    help: str  # Chinese
    low: int = 0  # smallest and largest allowed value of an int
    high: int = 0
    in_file: bool = True  # may stand in config.toml

    @property
    def allowed(self) -> str:
        """Chinese description of the values allowed, for messages and documentation."""
        if self.kind is int:
            return f" {self.low} 到 {self.high} 的整数"
        return "一个路径（字符串）" if self.kind is Path else "一个非空的字符串"


OPTIONS: tuple[Option, ...] = (
    Option(
        "home",
        "CEWEN_HOME",
        Path,
        "~/.local/share/cewen",
        "数据目录：目录库、索引和 config.toml",
        in_file=False,
    ),
    Option("corpus", "CEWEN_CORPUS", Path, "随程序安装的 corpus", "随附的政策文库（只读）"),
    Option("host", "CEWEN_HOST", str, "127.0.0.1", "网页监听的地址"),
    # 0 lets the system choose a free port
    Option("port", "CEWEN_PORT", int, "7860", "网页监听的端口", low=0, high=65535),
    Option("encoder", "CEWEN_ENCODER", Path, "随程序安装的模型", "句向量模型所在的文件夹"),
    Option("max_file_mb", "CEWEN_MAX_FILE_MB", int, "20", "单个文件大小上限（MB）", low=1, high=1024),
    Option(
        "lock_timeout_s",
        "CEWEN_LOCK_TIMEOUT_S",
        int,
        "60",
        "数据目录被另一个进程占用时最多等待的秒数",
        low=0,
        high=3600,
    ),
)
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
        name: _checked(_BY_NAME[name], value, f"命令行参数 --{name.replace('_', '-')}")
        for name, value in flags.items()
        if value is not None
    }


def _from_environment(environ: Mapping[str, str]) -> dict[str, object]:
    values: dict[str, object] = {}
    for option in OPTIONS:
        raw = environ.get(option.env, "").strip()
        if raw:
            value = int(raw) if option.kind is int and _is_integer(raw) else raw
            values[option.name] = _checked(option, value, f"环境变量 {option.env}")
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
        if key not in allowed:
            raise SettingsError(f"配置文件 {path} 中有未知的键 {key}，可用的键是：{'、'.join(allowed)}。")
    return {
        key: _checked(_BY_NAME[key], value, f"配置文件 {path} 的键 {key}") for key, value in table.items()
    }


def _place_of(error: tomllib.TOMLDecodeError) -> str:
    """Where the file stops being TOML: "(at line 2, column 5)" or "(at end of document)"."""
    found = re.search(r"line (\d+), column (\d+)", str(error))
    return f"（第{found.group(1)}行第{found.group(2)}列）" if found else "（文件末尾）"


def _is_integer(raw: str) -> bool:
    return raw.isascii() and raw.removeprefix("-").isdecimal()


def _checked(option: Option, value: object, place: str) -> object:
    """`value` in the option's type.

    Raises:
        SettingsError: it has another type or lies outside the range.
    """
    if option.kind is int:
        # bool is an int to Python but `port = true` is a mistake
        if isinstance(value, int) and not isinstance(value, bool) and option.low <= value <= option.high:
            return value
    elif isinstance(value, (str, Path)) and str(value).strip() and "\0" not in str(value):
        return Path(value).expanduser().absolute() if option.kind is Path else str(value)
    raise SettingsError(f"{place} 的值 {value!r} 无效，应为{option.allowed}。")
