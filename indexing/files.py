"""Files a user points at, found and read with care: one Chinese sentence for each that cannot be used.

Bytes only; what they mean is the reader's business.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexing.errors import UnreadableDocument

SUFFIXES = (".txt", ".md")

_REASONS = {
    errno.ENOENT: "不存在",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "是一个文件夹",
    errno.ENOTDIR: "路径中有一段不是文件夹",
    errno.EEXIST: "已存在",
    errno.ELOOP: "链接指向自己",
    errno.ENAMETOOLONG: "名称过长",
    errno.EROFS: "只读",
    errno.ENOSPC: "磁盘已满",
    errno.EDQUOT: "超出磁盘配额",
    errno.EIO: "磁盘读写出错",
    errno.EMFILE: "打开的文件过多",
    errno.ENOLCK: "此处不支持文件锁",
    errno.EADDRINUSE: "端口已被占用",
    errno.EADDRNOTAVAIL: "这不是本机的地址",
}
"""What the system says in English, as a user reads it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A file to read, or, with `skipped`, something in a folder that is not read and why."""

    path: Path
    skipped: str | None = None


def reason(exc: OSError) -> str:
    """Why the system refused, in a few Chinese words; the bare number where we know no better.

    >>> reason(PermissionError(13, "Permission denied")), reason(OSError(95, "Operation not supported"))
    ('没有权限', '系统错误 95')
    """
    return _REASONS.get(exc.errno or 0, f"系统错误 {exc.errno}" if exc.errno else "系统未说明原因")


def find_files(paths: Sequence[Path]) -> Iterator[Found]:
    """Every file below `paths`, in the order given, folders by name.

    A path named by the user is always tried; what is met on the way through a folder is
    skipped, with a reason, when it is hidden, of another format, no regular file, or a
    link that leads out of the folder. Linked folders are not entered.
    """
    for path in paths:
        if is_folder(path):
            yield from _walk(path, path.resolve())
        else:
            yield Found(path)


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder we can tell to be one; False below a folder we may not search."""
    try:
        return path.is_dir()
    except PermissionError:  # pathlib hides a missing path from us, but not this
        return False


def read_file(path: Path, max_bytes: int) -> bytes:
    """The bytes of a regular file.

    Raises:
        UnreadableDocument: it is missing, has another format, is too large, no regular
            file, or not readable.
    """
    try:
        mode = path.stat().st_mode
        if not stat.S_ISREG(mode):  # a FIFO would block, a device would never end
            raise UnreadableDocument(f"{_shown(path)} 不是普通文件，请指定 .txt 或 .md 文件。")
        if path.suffix.lower() not in SUFFIXES:
            raise UnreadableDocument(f"{_shown(path)} 的格式暂不支持，目前只能读取 .txt 和 .md 文件。")
        with path.open("rb") as file:
            data = file.read(max_bytes + 1)
    except FileNotFoundError as exc:
        raise UnreadableDocument(f"找不到文件 {_shown(path)}，请检查路径。") from exc
    except PermissionError as exc:
        raise UnreadableDocument(f"没有权限读取 {_shown(path)}，请检查文件权限。") from exc
    except ValueError as exc:  # a NUL in the name
        raise UnreadableDocument(f"文件名 {_shown(path)} 无效，请检查路径。") from exc
    except OSError as exc:
        raise UnreadableDocument(f"读取 {_shown(path)} 失败（{reason(exc)}），请检查文件。") from exc
    if len(data) > max_bytes:
        limit = max_bytes // (1024 * 1024)
        raise UnreadableDocument(
            f"{_shown(path)} 超过单个文件 {limit} MB 的上限，请拆分，或调整设置 max_file_mb。"
        )
    return data


def _walk(folder: Path, root: Path) -> Iterator[Found]:
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as exc:
        yield Found(folder, f"无法列出文件夹 {_shown(folder)}（{reason(exc)}），已跳过。")
        return
    for entry in entries:
        path = Path(entry.path)
        try:
            objection = _reason_to_skip(entry, path, root)
        except OSError as exc:  # a link to where we may not look
            objection = f"无法查看（{reason(exc)}）"
        if objection:
            yield Found(path, f"{_shown(path)} {objection}，已跳过。")
        elif entry.is_dir(follow_symlinks=False):
            yield from _walk(path, root)
        else:
            yield Found(path)


def _reason_to_skip(entry: os.DirEntry[str], path: Path, root: Path) -> str | None:
    if entry.name.startswith("."):
        return "是隐藏文件"
    if entry.is_symlink():
        # not `Path.resolve`: it raises on a link that leads to itself
        if not Path(os.path.realpath(path)).is_relative_to(root):
            return "是指向文件夹以外的链接"
        if path.is_dir():
            return "是指向文件夹的链接"
    if entry.is_dir():
        return None
    if not entry.is_file():
        return "不是普通文件"
    return None if path.suffix.lower() in SUFFIXES else "不是 .txt 或 .md 文件"


def _shown(path: Path) -> str:
    """The name for a message: characters that could disguise or break the line are made visible."""
    return "".join(character if character.isprintable() else repr(character)[1:-1] for character in str(path))
