"""The settings there are: `OPTIONS`, the one table that code, checks and printed help are made from.

Standard library only, as `indexing.settings`, which reads the values.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from indexing.errors import SettingsError


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
    form: str = ""  # regular expression a str must match whole; "" where any will do
    wanted: str = ""  # what `form` asks for, in Chinese
    verbatim: bool = False  # a str whose spaces count, and which may be empty
    shown: bool = True  # a wrong value may be repeated in a message: nobody pastes a password here

    @property
    def flag(self) -> str:
        """As typed on the command line: --max-file-mb."""
        return f"--{self.name.replace('_', '-')}"

    @property
    def allowed(self) -> str:
        """Chinese description of the values allowed, for messages and documentation."""
        if self.kind is int:
            return f" {self.low} 到 {self.high} 的整数"
        if self.verbatim:
            return "一个字符串"
        return "一个路径（字符串）" if self.kind is Path else self.wanted or "一个非空的字符串"


# "auto", "cpu", "cuda:1" yes; "gpu", "cuda:" no
_DEVICE = r"auto|cpu|mps|(?:cuda|xpu|npu)(?::\d{1,2})?"
_DEVICES = " auto、cpu、cuda、cuda:1、mps、xpu 或 npu "
# "http://10.0.0.8:11434/v1" yes; "10.0.0.8:11434", "https://name:password@host/v1", "http://h/v1?key=1" no
_URL = r"https?://[^\s/?#@]+(?:/[^\s?#@]*)?"
_URLS = "以 http:// 或 https:// 开头的地址，其中不带用户名、密码和问号"
_OWN_PREFIX = "模型自带的"

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
    Option(
        "encoder",
        "CEWEN_ENCODER",
        str,
        "随程序安装的模型",
        "句向量模型：文件夹，或已在本机缓存中的模型名",
    ),
    Option(
        "encoder_url",
        "CEWEN_ENCODER_URL",
        str,
        "不使用",
        "与 OpenAI 兼容的向量服务的地址，写到 /v1 为止",
        form=_URL,
        wanted=_URLS,
        shown=False,
    ),
    Option("encoder_model", "CEWEN_ENCODER_MODEL", str, "无", "向量服务中的模型名"),
    # The key itself is no setting: it comes from CEWEN_ENCODER_API_KEY or this file, and is never printed
    Option(
        "encoder_api_key_file",
        "CEWEN_ENCODER_API_KEY_FILE",
        Path,
        "无",
        "存放向量服务密钥的文件",
        shown=False,
    ),
    Option(
        "encoder_query_prefix",
        "CEWEN_ENCODER_QUERY_PREFIX",
        str,
        _OWN_PREFIX,
        "加在问题前面的文字",
        verbatim=True,
    ),
    Option(
        "encoder_passage_prefix",
        "CEWEN_ENCODER_PASSAGE_PREFIX",
        str,
        _OWN_PREFIX,
        "加在条款句子前面的文字",
        verbatim=True,
    ),
    Option(
        "encoder_similarity",
        "CEWEN_ENCODER_SIMILARITY",
        str,
        "auto",
        "向量的比较方式：auto（按模型所写）、cosine（余弦）或 dot（点积）",
        form="auto|cosine|dot",
        wanted=" auto、cosine 或 dot ",
    ),
    Option(
        "encoder_device",
        "CEWEN_ENCODER_DEVICE",
        str,
        "auto",
        "句向量模型在什么设备上运行",
        form=_DEVICE,
        wanted=_DEVICES,
    ),
    Option(
        "encoder_batch_size",
        "CEWEN_ENCODER_BATCH_SIZE",
        int,
        "32",
        "一次计算多少句的向量",
        low=1,
        high=1024,
    ),
    Option(
        "encoder_max_chars",
        "CEWEN_ENCODER_MAX_CHARS",
        int,
        "2000",
        "发给向量服务的一句话最多多少字，超出的截去",
        low=50,
        high=100000,
    ),
    Option(
        "encoder_timeout_s",
        "CEWEN_ENCODER_TIMEOUT_S",
        int,
        "60",
        "建索引时等待服务答复的秒数（含重试）",
        low=1,
        high=3600,
    ),
    Option(
        "encoder_query_timeout_ms",
        "CEWEN_ENCODER_QUERY_TIMEOUT_MS",
        int,
        "5000",
        "提问时等待服务的毫秒数（含重试），到时改为只按词语检索",
        low=50,
        high=600000,
    ),
    Option(
        "reranker",
        "CEWEN_RERANKER",
        str,
        "不使用",
        "重排模型：文件夹，或已在本机缓存中的模型名",
    ),
    Option(
        "reranker_device",
        "CEWEN_RERANKER_DEVICE",
        str,
        "auto",
        "重排模型在什么设备上运行",
        form=_DEVICE,
        wanted=_DEVICES,
    ),
    Option(
        "rerank_budget_ms",
        "CEWEN_RERANK_BUDGET_MS",
        int,
        "1000",
        "一次检索最多用多少毫秒重排，到时其余条款保持原来的次序",
        low=1,
        high=600000,
    ),
    Option(
        "rerank_depth",
        "CEWEN_RERANK_DEPTH",
        int,
        "20",
        "重排前多少个条款",
        low=2,
        high=200,
    ),
    Option(
        "llm_url",
        "CEWEN_LLM_URL",
        str,
        "不使用",
        "语言模型服务的地址（与 OpenAI 兼容），写到 /v1 为止",
        form=_URL,
        wanted=_URLS,
        shown=False,
    ),
    Option("llm_model", "CEWEN_LLM_MODEL", str, "无", "语言模型服务中的模型名"),
    # As above: the key comes from CEWEN_LLM_API_KEY or this file
    Option(
        "llm_api_key_file",
        "CEWEN_LLM_API_KEY_FILE",
        Path,
        "无",
        "存放语言模型服务密钥的文件",
        shown=False,
    ),
    Option(
        "llm_timeout_s",
        "CEWEN_LLM_TIMEOUT_S",
        int,
        "60",
        "语言模型写完一次答复最多用多少秒，到时改用原文摘录",
        low=1,
        high=3600,
    ),
    Option(
        "llm_idle_timeout_s",
        "CEWEN_LLM_IDLE_TIMEOUT_S",
        int,
        "20",
        "语言模型最多可以停顿多少秒（含开始之前），到时改用原文摘录",
        low=1,
        high=3600,
    ),
    Option(
        "llm_max_tokens",
        "CEWEN_LLM_MAX_TOKENS",
        int,
        "1024",
        "语言模型一次答复最多写多少个词元（token）",
        low=16,
        high=131072,
    ),
    Option(
        "llm_check",
        "CEWEN_LLM_CHECK",
        str,
        "on",
        "程序核对之后，再请模型逐句判断与否",
        form="on|off",
        wanted=" on 或 off ",
    ),
    Option("max_file_mb", "CEWEN_MAX_FILE_MB", int, "20", "单个文件大小上限（MB）", low=1, high=1024),
    Option(
        "lock_timeout_s",
        "CEWEN_LOCK_TIMEOUT_S",
        int,
        "60",
        "数据目录被占用时最多等待的秒数",
        low=0,
        high=3600,
    ),
)


def typed(option: Option, text: str) -> int | str:
    """What was typed as text: a number where the option wants one and it is one, else unchanged."""
    return int(text) if option.kind is int and _is_integer(text) else text


def checked(option: Option, value: object, place: str) -> object:
    """`value` in the option's type.

    Raises:
        SettingsError: it has another type or lies outside the range.
    """
    if option.kind is int:
        # bool is an int to Python but `port = true` is a mistake
        if isinstance(value, int) and not isinstance(value, bool) and option.low <= value <= option.high:
            return value
    elif (
        isinstance(value, (str, Path)) and "\0" not in str(value) and (option.verbatim or str(value).strip())
    ):
        if option.kind is Path:
            return Path(value).expanduser().absolute()
        if not option.form or re.fullmatch(option.form, str(value)):
            return str(value)
    said = f" {value!r}" if option.shown else ""
    raise SettingsError(f"{place} 的值{said} 无效，应为{option.allowed.rstrip()}。")


def _is_integer(raw: str) -> bool:
    return len(raw) < 20 and raw.isascii() and raw.removeprefix("-").isdecimal()
