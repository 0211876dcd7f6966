"""Short invented policies, a hashing encoder and homes for the tests of state and index."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

from indexing.catalog import Catalog
from indexing.documents import ParsedDocument, read_document
from indexing.home import Home, open_home
from indexing.settings import Settings
from indexing.types import FloatMatrix
from tests.hashing_encoder import HashingEncoder

ROOT = Path(__file__).resolve().parent.parent.parent
TOPICS = ("社区食堂", "托育服务", "便民理发", "健身场地", "图书借阅", "家政服务")


class RecordingEncoder(HashingEncoder):
    """A hashing encoder that remembers what it was asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.encoded: list[str] = []

    def encode_passages(self, texts: Sequence[str]) -> FloatMatrix:
        """As the hashing encoder's."""
        self.encoded.extend(texts)
        return super().encode_passages(texts)


def policy(
    city: str = "北京市", number: int = 1, topic: str = "社区食堂", amount: int = 30, **dates: str
) -> str:
    """A notice with a 办法 of four articles; `since` and `lasts` put dates into the last one."""
    since = dates.get("since", "2024年1月1日")
    lasts = f"，有效期{dates['lasts']}" if "lasts" in dates else ""
    return (
        f"{city}民政局关于印发《{city}{topic}补助办法》的通知\n"
        f"{city[0]}民发〔2024〕{number}号\n"
        f"各区民政局：\n"
        f"现将《{city}{topic}补助办法》印发给你们，请认真贯彻执行。\n"
        f"{city}民政局\n"
        f"2023年12月20日\n\n"
        f"{city}{topic}补助办法\n"
        f"第一条 为规范{topic}补助资金管理，制定本办法。\n"
        f"第二条 本办法适用于{city}行政区域内的{topic}项目。\n"
        f"第三条 对新建的{topic}项目给予补助，具体标准如下：\n"
        f"（一）一次性建设补助{amount}万元；\n"
        f"（二）每年运营补助{amount // 10}万元。\n"
        f"第四条 本办法自{since}起施行{lasts}。\n"
    )


def doc_id(city: str = "北京市", number: int = 1) -> str:
    """The id `policy` gets."""
    return f"{city[0]}民发[2024]{number}号"


def parsed(text: str, name: str = "a.txt") -> tuple[ParsedDocument, bytes]:
    """What `Catalog.add` takes."""
    data = text.encode()
    return read_document(data, name), data


def make_corpus(folder: Path, texts: Sequence[str] = ()) -> Path:
    """A shipped corpus without a manifest."""
    (folder / "documents").mkdir(parents=True)
    for number, text in enumerate(texts):
        (folder / "documents" / f"{number:03d}.txt").write_text(text, "utf-8")
    return folder


def make_settings(base: Path, texts: Sequence[str] = (), **changes: object) -> Settings:
    """Settings of a fresh home below `base` and a corpus of `texts`."""
    corpus = base / "corpus"
    if not corpus.exists():
        make_corpus(corpus, texts)
    values: dict[str, object] = {"home": base / "home", "corpus": corpus, "lock_timeout_s": 10} | changes
    return Settings(**values)  # type: ignore[arg-type]


def make_home(base: Path, writable: bool = True) -> Home:
    """An opened home below `base`, or one that must be taken for read-only."""
    home = open_home(base / "home", 5)
    return home if writable else Home(home.path, False)


def filled_catalog(base: Path, *texts: str) -> Catalog:
    """A catalog of these documents."""
    catalog = Catalog.open(make_home(base))
    for text in texts:
        catalog.add(*parsed(text))
    return catalog


def child_environment() -> dict[str, str]:
    """The environment for a Python process that imports our packages."""
    return os.environ | {"PYTHONPATH": str(ROOT)}


def python(module: str, *arguments: str) -> list[str]:
    """The command that runs one of our modules."""
    return [sys.executable, "-m", module, *arguments]
