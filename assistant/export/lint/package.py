"""A .docx opened with suspicion: what it is by its bytes, how large it unpacks, what its XML holds.

Nothing is written to disk and nothing outside the file is looked up. Every refusal is one Chinese
sentence. A ZIP's own sizes are not believed: each member is unpacked up to a limit.
"""

from __future__ import annotations

import io
import re
import stat
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lxml import etree

from indexing.errors import UnreadableDocument
from indexing.files import reason

MAX_FILE = 50 * 1024 * 1024
MAX_MEMBERS = 2_000
MAX_PART = 48 * 1024 * 1024  # of one XML part; a thousand pages of text make about 30 MB
MAX_TOTAL = 200 * 1024 * 1024  # of everything, as the ZIP states it
MAX_RATIO = 200  # XML of real documents shrinks to a fiftieth, pages of one sentence to a 300th
SMALL_PART = 16 * 1024 * 1024  # a part that unpacks to less is harmless, however well it shrinks
MAX_ELEMENTS = 1_000_000  # of one part; lxml needs about 200 bytes for each

_MAIN = "word/document.xml"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
}
"""Namespaces of ISO/IEC 29500 strict, as "Strict Open XML" saves them, and what everybody else uses."""

_KINDS = (
    (b"%PDF", "PDF 文件"),
    (b"{\\rtf", "RTF 文件"),
    (b"\x89PNG", "图片"),
    (b"\xff\xd8\xff", "图片"),
    (b"MZ", "程序"),
    (b"<!DOCTYPE", "网页"),
    (b"<html", "网页"),
    (b"<?xml", "XML 文件"),
)
# a ZIP that is another kind of document, by a member it has: "xl/workbook.xml" yes
_OTHERS = (
    ("xl/workbook.xml", "Excel 工作簿"),
    ("ppt/presentation.xml", "演示文稿"),
    ("OFD.xml", "OFD 版式文件"),
    ("content.xml", "OpenDocument 文件"),
)

Tree = Any  # lxml's elements have no types


@dataclass(frozen=True, slots=True)
class Opened:
    """The members of a .docx, by name; XML is parsed when asked for."""

    name: str  # for messages
    archive: zipfile.ZipFile

    def has(self, member: str) -> bool:
        """Whether there is a member of that name."""
        return member in self.archive.namelist()

    def tree(self, member: str) -> Tree | None:
        """The root of an XML part; None where there is no such part.

        Raises:
            UnreadableDocument: it is damaged, too large, or holds what no Word file does.
        """
        if not self.has(member):
            return None
        data = self._read(member)
        if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
            raise UnreadableDocument(f"{self.name} 的 {member} 含有文档类型声明，可能有害，已停止读取。")
        if data.count(b"<") > 2 * MAX_ELEMENTS:
            raise UnreadableDocument(
                f"{self.name} 的内容过多（超过 {MAX_ELEMENTS} 个元素），请拆分后再检查。"
            )
        for strict, usual in _STRICT.items():
            data = data.replace(strict, usual)
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True
        )
        try:
            return etree.fromstring(data, parser)
        except (etree.XMLSyntaxError, ValueError) as exc:
            raise _damaged(self.name, f"{member} 读不通") from exc

    def _read(self, member: str) -> bytes:
        try:
            with self.archive.open(member) as stream:
                data = stream.read(MAX_PART + 1)
        except (
            zipfile.BadZipFile,
            zlib.error,
            NotImplementedError,
            RuntimeError,
            EOFError,
            OSError,
            ValueError,
        ) as exc:
            raise _damaged(self.name, f"{member} 解不开") from exc
        if len(data) > MAX_PART:
            limit = MAX_PART // 1024 // 1024
            raise UnreadableDocument(
                f"{self.name} 的 {member} 解开后超过 {limit} MB，已停止读取，请拆分文件。"
            )
        return data


def open_docx(path: Path) -> Opened:
    """The .docx at `path`.

    Raises:
        UnreadableDocument: missing, not a file, too large, or not a .docx that can be read;
            the message says which and what to do.
    """
    name = _shown(path)
    data = _bytes_of(path, name)
    _refuse_strangers(data, name)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as exc:
        raise _damaged(name, "压缩结构不完整") from exc
    _check_members(archive, name)
    return Opened(name, archive)


def _bytes_of(path: Path, name: str) -> bytes:
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):  # a FIFO would block, a device would never end
            raise UnreadableDocument(f"{name} 不是普通文件，请指定一个 .docx 文件。")
        with path.open("rb") as file:
            data = file.read(MAX_FILE + 1)
    except FileNotFoundError as exc:
        raise UnreadableDocument(f"找不到文件 {name}，请检查路径。") from exc
    except ValueError as exc:  # a NUL in the name
        raise UnreadableDocument(f"文件名 {name} 无效，请检查路径。") from exc
    except OSError as exc:
        raise UnreadableDocument(f"读取 {name} 失败（{reason(exc)}），请检查文件。") from exc
    if len(data) > MAX_FILE:
        raise UnreadableDocument(f"{name} 超过 {MAX_FILE // 1024 // 1024} MB，请删去图片或拆分后再检查。")
    return data


def _refuse_strangers(data: bytes, name: str) -> None:
    """Say what a file is that is no ZIP, instead of calling it damaged."""
    if not data:
        raise UnreadableDocument(f"{name} 是空文件，请重新导出。")
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise UnreadableDocument(f"{name} 设有打开密码，请在 Word 或 WPS 中取消密码后再检查。")
        raise UnreadableDocument(
            f"{name} 是旧版 .doc（或 .wps）格式，请在 Word 或 WPS 中另存为 .docx 后再检查。"
        )
    for mark, kind in _KINDS:
        if data.lstrip()[:16].lower().startswith(mark.lower()):
            raise UnreadableDocument(f"{name} 其实是{kind}，不是 .docx，请换用 Word 文档。")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise UnreadableDocument(f"{name} 不是 .docx 文件，或已损坏，请在 Word 或 WPS 中另存为 .docx。")


def _check_members(archive: zipfile.ZipFile, name: str) -> None:
    entries = archive.infolist()
    names = [entry.filename for entry in entries]
    if len(names) > MAX_MEMBERS:
        raise UnreadableDocument(
            f"{name} 内含 {len(names)} 个部件，超过 {MAX_MEMBERS} 个的上限，已停止读取。"
        )
    if len(set(names)) != len(names):
        raise _damaged(name, "内有同名部件")
    if any(entry.flag_bits & 1 for entry in entries):
        raise UnreadableDocument(f"{name} 的内容已加密，请取消密码后再检查。")
    for entry in entries:
        if entry.file_size > SMALL_PART and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
            raise UnreadableDocument(f"{name} 的 {entry.filename} 压缩比异常，可能是压缩炸弹，已停止读取。")
    if sum(entry.file_size for entry in entries) > MAX_TOTAL:
        limit = MAX_TOTAL // 1024 // 1024
        raise UnreadableDocument(f"{name} 解开后超过 {limit} MB，已停止读取，请删去图片或拆分。")
    if _MAIN not in names:
        kind = next((kind for member, kind in _OTHERS if member in names), None)
        if kind:
            raise UnreadableDocument(f"{name} 其实是{kind}，不是 .docx，请换用 Word 文档。")
        raise _damaged(name, "缺少正文部件")
    if "[Content_Types].xml" not in names:
        raise _damaged(name, "缺少内容类型部件")


def _damaged(name: str, what: str) -> UnreadableDocument:
    return UnreadableDocument(f"{name} 已损坏（{what}），请在 Word 或 WPS 中打开修复并另存为 .docx。")


# what could disguise a name or break the line
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")


def _shown(path: Path) -> str:
    shown = _UNSEEN.sub("·", str(path))
    return shown if len(shown) <= 120 else f"{shown[:117]}……"
