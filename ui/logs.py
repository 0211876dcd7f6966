"""Where failures are written: `$CEWEN_HOME/logs`, so that no traceback reaches a user's screen."""

from __future__ import annotations

import logging
import os
import traceback
from datetime import datetime
from pathlib import Path

from indexing.errors import HomeUnusable
from indexing.home import make_private_dir, open_home

LOG_NAME = "cewen.log"


def record_failure(error: BaseException, home: Path | None) -> str:
    """Write the traceback below `home` and return the Chinese sentence for the user.

    Where nothing can be written, or the home is not known yet, the sentence names the
    kind of error instead of the log.
    """
    kind = type(error).__name__
    if home is None:
        return f"程序遇到意外错误（{kind}），没有完成；请检查输入后重试，或向维护人员报告。"
    try:
        log = _append(home, "".join(traceback.format_exception(error)))
    except (OSError, HomeUnusable):
        return f"程序遇到意外错误（{kind}），且无法在 {home} 中写日志；请检查该目录的权限后重试。"
    return f"程序遇到意外错误，没有完成；详情已记入 {log}，请把它交给维护人员。"


def log_to(home: Path) -> None:
    """Send warnings and errors of every library to the log below `home`, none to the terminal."""
    logging.basicConfig(level=logging.WARNING, handlers=[_HomeLog(home)], force=True)


class _HomeLog(logging.Handler):
    """Opens the log for each record: a run without warnings writes nothing."""

    def __init__(self, home: Path) -> None:
        super().__init__()
        self._home = home
        self.setFormatter(logging.Formatter("%(levelname)s %(name)s %(message)s"))

    def emit(self, record: logging.LogRecord) -> None:
        """Append one record; a log that cannot be written must not break what it reports on."""
        try:
            _append(self._home, self.format(record) + "\n")
        except (OSError, HomeUnusable):
            return


def _append(home: Path, text: str) -> Path:
    """Add a dated entry to the log of `home`; returns the log.

    Raises:
        HomeUnusable: the home or its folder of logs cannot be made.
        OSError: the log cannot be written.
    """
    open_home(home)
    make_private_dir(home / "logs")
    log = home / "logs" / LOG_NAME
    entry = f"{datetime.now().astimezone().isoformat(timespec='milliseconds')} {text}"
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as file:
        file.write(entry.encode("utf-8", "backslashreplace"))
    return log
