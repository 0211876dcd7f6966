"""Bytes become characters, or one clear sentence says why not."""

import pytest

from indexing.errors import UnreadableDocument
from indexing.readers.decoding import decode

POLICY = "第一条 为规范社区嵌入式服务设施建设，制定本办法。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_known_encodings(encoding: str) -> None:
    """UTF-8 with and without a mark, GB18030 and UTF-16 with a mark are read."""
    text, codec, mark = decode(POLICY.encode(encoding), "a.txt")
    assert text == POLICY
    assert POLICY.encode(encoding)[mark:].decode(codec) == POLICY


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"  \n\t ",
        b"\0\0\0",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
        b"MZ\x90\0\x03\0\0\0",
        b"\xff\xfe\xfd\xfc" * 40,
    ],
    ids=["empty", "blank", "nul", "png", "exe", "noise"],
)
def test_what_is_not_text_is_refused(data: bytes) -> None:
    """The sentence names the file and ends with what to do."""
    with pytest.raises(UnreadableDocument) as caught:
        decode(data, "材料.txt")
    assert "材料.txt" in str(caught.value)
    assert "请" in str(caught.value)


def test_big5_is_not_taken_for_gb18030() -> None:
    """Text of another Chinese encoding is refused rather than read as other characters."""
    data = ("社區嵌入式服務設施建設與營運管理辦法，應當符合下列條件。" * 20).encode("big5")
    with pytest.raises(UnreadableDocument):
        decode(data, "big5.txt")
