"""CEWEN_HOME on disk: made private, asked what may be done in it, locked for changes.

Everything Cewen remembers lives below one directory. The catalog and the index
store take a `Home` and never ask the disk these questions themselves.
"""

from __future__ import annotations

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from indexing.errors import HomeBusy, HomeUnusable
from indexing.files import reason

_POLL_S = 0.05  # how often a held lock is tried again


@dataclass(frozen=True, slots=True)
class Home:
    """A directory that exists and can be read; `writable` says whether it can be changed."""

    path: Path
    writable: bool
    lock_timeout_s: float = 60

    @property
    def catalog_file(self) -> Path:
        """The SQLite catalog."""
        return self.path / "catalog.sqlite"

    @property
    def index_dir(self) -> Path:
        """Holds the generations of the derived index."""
        return self.path / "index"

    def require_writable(self) -> None:
        """Return when changes are possible.

        Raises:
            HomeUnusable: the home can only be read.
        """
        if not self.writable:
            raise HomeUnusable(
                f"数据目录 {self.path} 是只读的，可以查询但不能修改：请修改它的权限，"
                "或用 CEWEN_HOME 指定一个可写的目录。"
            )

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the one right to change this home; released at exit and when the process dies.

        Not re-entrant: a second `lock` inside the first waits for itself.

        Raises:
            HomeUnusable: the home can only be read, or its disk knows no locks.
            HomeBusy: another process held it for longer than `lock_timeout_s`.
        """
        self.require_writable()
        try:
            descriptor = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as exc:
            raise _unusable(self.path, "写入", exc) from exc
        try:
            self._wait_for(descriptor)
            self._sign(descriptor)
            yield
        finally:
            os.close(descriptor)  # drops the lock too

    def _sign(self, descriptor: int) -> None:
        """Leave our process id for the message of whoever waits."""
        try:
            os.ftruncate(descriptor, 0)
            os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        except OSError as exc:  # the disk is full
            raise _unusable(self.path, "写入", exc) from exc

    def _wait_for(self, descriptor: int) -> None:
        deadline = time.monotonic() + self.lock_timeout_s
        while True:
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as exc:
                if time.monotonic() >= deadline:
                    holder = os.pread(descriptor, 20, 0).decode("ascii", "replace") or "未知"
                    raise HomeBusy(
                        f"另一个 cewen 进程（PID {holder}）正在更新数据目录 {self.path}，"
                        f"等待 {self.lock_timeout_s:g} 秒后仍未结束，请稍后重试。"
                    ) from exc
                time.sleep(_POLL_S)
            except OSError as exc:
                raise _unusable(self.path, "加锁", exc) from exc
            else:
                return


def open_home(path: Path, lock_timeout_s: float = 60) -> Home:
    """The home at `path`, created with mode 0700 when it does not exist.

    The mode of an existing directory is left alone: it may be one the user shares on purpose.

    Raises:
        HomeUnusable: it cannot be created, is not a directory, or cannot be read.
    """
    try:
        _make_private(path)
    except (FileExistsError, NotADirectoryError) as exc:
        raise HomeUnusable(f"数据目录 {path} 不是一个目录，请用 CEWEN_HOME 指定另一个位置。") from exc
    except OSError as exc:
        raise _unusable(path, "建立", exc) from exc
    if not os.access(path, os.R_OK | os.X_OK):
        raise HomeUnusable(f"数据目录 {path} 无法读取，请修改它的权限，或用 CEWEN_HOME 指定另一个目录。")
    return Home(path, os.access(path, os.W_OK), lock_timeout_s)


def _make_private(path: Path) -> None:
    if path.is_dir():
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    path.mkdir(mode=0o700, exist_ok=True)  # another process may have been first


def make_private_file(path: Path) -> None:
    """Create an empty file (mode 0600) below a home when it is not there.

    Raises:
        HomeUnusable: it cannot be created.
    """
    try:
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as exc:
        raise _unusable(path.parent, "写入", exc) from exc


def make_private_dir(path: Path) -> None:
    """Create `path` (mode 0700) below a home when it is not there.

    Raises:
        HomeUnusable: it cannot be created.
    """
    try:
        path.mkdir(mode=0o700, exist_ok=True)
    except OSError as exc:
        raise _unusable(path, "建立", exc) from exc


def _unusable(path: Path, action: str, exc: OSError) -> HomeUnusable:
    return HomeUnusable(
        f"无法在数据目录 {path} 中{action}（{reason(exc)}），请检查磁盘和权限，"
        "或用 CEWEN_HOME 指定一个可写的目录。"
    )
