"""What is no .docx, or a hostile one, gets one clear sentence; nothing is believed, nothing fetched."""

import io
import random
import struct
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.export.docx import write_docx
from assistant.export.lint import lint_docx
from assistant.export.workbook import Sheet, write_workbook
from indexing.errors import UnreadableDocument
from tests.assistant.export.samples import DAY, letter

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def zipped(members: dict[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP of these members."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


def with_document(xml: str | bytes, **others: str) -> bytes:
    """A .docx whose main part is this XML."""
    return zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": xml, **others})


def wrapped(body: str) -> str:
    """A main part with this body."""
    return f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'


def encrypted_entry() -> bytes:
    """A ZIP whose entries say they are encrypted."""
    data = bytearray(with_document(wrapped("<w:p/>")))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = 0
        while (place := data.find(mark, start)) >= 0:
            data[place + offset] |= 1
            start = place + 4
    return bytes(data)


def lying_size() -> bytes:
    """A ZIP that states a small size for a member that inflates to 60 MB."""
    data = bytearray(with_document(b"<" + b" " * 60_000_000))
    small = struct.pack("<I", 2000)
    place = data.rfind(b"PK\x01\x02")
    for entry in (data.find(b"PK\x01\x02"), place):
        data[entry + 24 : entry + 28] = small
    return bytes(data)


def duplicate_member() -> bytes:
    """Two main parts: which one would be shown?"""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", wrapped("<w:p/>"))
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("word/document.xml", wrapped("<w:p/><w:p/>"))
    return packed.getvalue()


ENTITY = '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
LAUGHS = '<!DOCTYPE w [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty": (lambda: b"", "空文件"),
    "one-byte": (lambda: b"P", "不是 .docx"),
    "nul": (lambda: b"\0\0\0", "不是 .docx"),
    "text": ("各区人民政府：".encode, "不是 .docx"),
    "pdf": (lambda: b"%PDF-1.7\n", "PDF"),
    "rtf": (lambda: b"{\\rtf1}", "RTF"),
    "png": (lambda: b"\x89PNG\r\n\x1a\n", "图片"),
    "exe": (lambda: b"MZ\x90\x00", "程序"),
    "html": (lambda: b"<!doctype html><p>", "网页"),
    "doc": (lambda: OLE + b"\0" * 600, "另存为 .docx"),
    "encrypted": (lambda: OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), "密码"),
    "xlsx": (lambda: write_workbook((Sheet("表", ("甲",), ()),), DAY), "Excel"),
    "odt": (lambda: zipped({"content.xml": "<a/>"}), "OpenDocument"),
    "ofd": (lambda: zipped({"OFD.xml": "<a/>"}), "OFD"),
    "plain-zip": (lambda: zipped({"a.txt": "a"}), "缺少正文"),
    "no-types": (lambda: zipped({"word/document.xml": wrapped("")}), "内容类型"),
    "half": (lambda: write_docx(letter(), DAY)[:4000], "损坏"),
    "not-xml": (lambda: with_document("<w:document"), "损坏"),
    "empty-part": (lambda: with_document(""), "损坏"),
    "no-body": (lambda: with_document("<a/>"), "没有正文"),
    "entity": (lambda: with_document(ENTITY + wrapped("<w:p/>")), "文档类型声明"),
    "laughs": (lambda: with_document(LAUGHS + wrapped("<w:p/>")), "文档类型声明"),
    "styles-entity": (
        lambda: with_document(wrapped("<w:p/>"), **{"word/styles.xml": ENTITY + "<a/>"}),
        "文档类型声明",
    ),
    "bomb": (lambda: with_document(b" " * 60_000_000), "压缩"),
    "many-paragraphs": (lambda: with_document(wrapped("<w:p/>" * 3_000_000)), "压缩"),
    "lying": (lying_size, "损坏"),
    "encrypted-entry": (encrypted_entry, "密码"),
    "duplicate": (duplicate_member, "同名"),
    "members": (lambda: zipped({f"{n}": "" for n in range(2100)}), "部件"),
    "deep": (
        lambda: with_document(wrapped("<w:tbl><w:tr><w:tc>" * 300 + "</w:tc></w:tr></w:tbl>" * 300)),
        "损坏",
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_read_is_said_in_one_chinese_sentence(name: str, tmp_path: Path) -> None:
    """What it is and what to do, within seconds."""
    make, said = BAD[name]
    path = tmp_path / "稿件.docx"
    path.write_bytes(make())
    started = time.monotonic()
    with pytest.raises(UnreadableDocument, match=said) as caught:
        lint_docx(path)
    assert time.monotonic() - started < 20
    message = str(caught.value)
    assert message.endswith("。")
    assert message.count("。") == 1
    assert "Traceback" not in message


def test_many_elements_are_refused_before_they_are_parsed(tmp_path: Path) -> None:
    """Also where they do not shrink suspiciously: three million paragraphs need gigabytes."""
    chance = random.Random(1)
    body = "".join(f'<w:p w:x="{chance.getrandbits(28):x}"/>' for _ in range(2_100_000))
    path = tmp_path / "大.docx"
    path.write_bytes(with_document(wrapped(body)))
    with pytest.raises(UnreadableDocument, match=r"元素|MB"):
        lint_docx(path)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda folder: folder / "没有.docx", "找不到"),
        (lambda folder: folder, "不是普通文件"),
        (lambda folder: folder / "甲\0.docx", "无效"),
        (lambda folder: folder / ("长" * 300 + ".docx"), "失败"),
        (lambda _: Path("/dev/null"), "不是普通文件"),
    ],
)
def test_what_is_no_file_is_told_apart(make: Callable[[Path], Path], said: str, tmp_path: Path) -> None:
    """A path that leads nowhere, a folder, a device."""
    with pytest.raises(UnreadableDocument, match=said):
        lint_docx(make(tmp_path))


def test_members_that_point_outside_are_never_unpacked(tmp_path: Path) -> None:
    """Nothing is written; the odd members are simply not read."""
    path = tmp_path / "稿件.docx"
    path.write_bytes(
        with_document(
            wrapped("<w:p><w:r><w:t>题</w:t></w:r></w:p>"), **{"../../evil": "x", "/etc/x": "x", "a\\b": "x"}
        )
    )
    assert lint_docx(path)
    assert [one.name for one in tmp_path.iterdir()] == ["稿件.docx"]


def test_tables_nested_deep_do_not_overflow(tmp_path: Path) -> None:
    """As deep as the XML parser lets through."""
    path = tmp_path / "稿件.docx"
    path.write_bytes(
        with_document(wrapped("<w:tbl><w:tr><w:tc>" * 80 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 80))
    )
    assert isinstance(lint_docx(path), tuple)


def test_styles_in_a_circle_end(tmp_path: Path) -> None:
    """甲 based on 乙 based on 甲."""
    style = '<w:style w:type="paragraph" w:styleId="{}"><w:basedOn w:val="{}"/></w:style>'
    styles = f'<w:styles xmlns:w="{W}">{style.format("a", "b")}{style.format("b", "a")}</w:styles>'
    path = tmp_path / "稿件.docx"
    body = '<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr><w:r><w:t>题</w:t></w:r></w:p>'
    path.write_bytes(with_document(wrapped(body), **{"word/styles.xml": styles}))
    assert lint_docx(path)


def test_strict_open_xml_is_read_too(tmp_path: Path) -> None:
    """As Word saves it on request: other names for the same things."""
    archive = zipfile.ZipFile(io.BytesIO(write_docx(letter(), DAY)))
    swaps = (
        (
            b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
            b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        ),
        (
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        ),
    )
    members: dict[str, bytes | str] = {}
    for name in archive.namelist():
        data = archive.read(name)
        for usual, strict in swaps:
            data = data.replace(usual, strict)
        members[name] = data
    path = tmp_path / "严格.docx"
    path.write_bytes(zipped(members))
    assert lint_docx(path) == ()


@pytest.mark.parametrize(
    "piece", ["【待补", "1", "“", "《甲", "(", " 甲", "签：", "附件1", "X", "〔", "——", "甲,"]
)
def test_a_paragraph_of_a_million_signs_is_read_through(piece: str, tmp_path: Path) -> None:
    """No pattern looks twice at what it has seen; a quadratic one would take hours here."""
    path = tmp_path / "稿件.docx"
    text = piece * (400_000 // len(piece))
    run = f"<w:p><w:r><w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"
    title = "<w:p><w:r><w:t>题</w:t></w:r></w:p>"
    path.write_bytes(with_document(wrapped(title + run * 3)))
    assert lint_docx(path)


def test_damaged_bytes_give_findings_or_a_sentence_never_anything_else(tmp_path: Path) -> None:
    """Two hundred mutations of a good file, packed and inside its XML."""
    chance = random.Random(7)
    good = write_docx(letter(), DAY)
    archive = zipfile.ZipFile(io.BytesIO(good))
    parts = {name: archive.read(name) for name in archive.namelist()}
    path = tmp_path / "稿件.docx"
    refused: list[str] = []
    for trial in range(200):
        if trial % 2:
            data = bytearray(good)
            for _ in range(chance.randint(1, 20)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        else:
            name = chance.choice([one for one in parts if one.startswith("word/")])
            part = bytearray(parts[name])
            start = chance.randrange(len(part))
            part[start : start + chance.randint(0, 30)] = chance.choice(
                [b"", b"<w:p>", b'"-9e99"', b"\xff", b"x" * 40]
            )
            data = bytearray(zipped({**parts, name: bytes(part)}))
        path.write_bytes(data)
        try:
            lint_docx(path)
        except UnreadableDocument as error:
            refused.append(str(error))
    assert len(refused) > 20
    assert all(message.endswith("。") for message in refused)
