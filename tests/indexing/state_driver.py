"""Processes for the tests of state: killed at every step, racing each other, on a read-only mount.

python -m tests.indexing.state_driver kill|add|look ARGUMENTS
"""

import json
import os
import shutil
import signal
import sys
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy import event

from indexing.errors import PolicyAssistantError
from indexing.index import ClauseIndex
from tests.hashing_encoder import HashingEncoder
from tests.indexing.state_helpers import make_settings

_CHANGES = {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "os.chmod"}


class DieAt:
    """Counts every change to the disk that Python makes and kills the process at the n-th."""

    def __init__(self, n: int) -> None:
        self.left = n

    def arm(self) -> None:
        """From here on each step counts."""
        sys.addaudithook(self.on_audit)
        os.fsync = lambda _: self.step()  # a killed process loses nothing that was written
        event.listen(sa.Engine, "commit", lambda _: self.step())

    def on_audit(self, name: str, arguments: tuple[object, ...]) -> None:
        """Python's own audit events: renames, removals, files opened for writing."""
        if name in _CHANGES or (name == "open" and "w" in str(arguments[1])):
            self.step()

    def step(self) -> None:
        """One step nearer to the end."""
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


def _tell(outcome: dict[str, object]) -> None:
    sys.stdout.write(json.dumps(outcome) + "\n")


def kill(base: str, new: str) -> None:
    """Add `new` in a copy of `base` once for every step there is, dying at that step; prints how many.

    Trial n lies in `base`-n; what was reported before the end in its file `reported`.
    """
    n = 0
    while True:
        n += 1
        trial = Path(f"{base}-{n}")
        shutil.copytree(base, trial)
        child = os.fork()  # nothing here has started a thread yet
        if child == 0:
            _die_adding(trial, Path(new), n)
        _, status = os.waitpid(child, 0)
        if os.WIFEXITED(status):
            _tell({"steps": n - 1, "code": os.WEXITSTATUS(status)})
            return


def _die_adding(trial: Path, new: Path, n: int) -> None:
    reported = os.open(trial / "reported", os.O_CREAT | os.O_WRONLY)
    with ClauseIndex.open(make_settings(trial), encoder=HashingEncoder()) as index:
        DieAt(n).arm()
        index.add([new], lambda report: os.write(reported, f"{report.doc_id}\n".encode()) and None)
    os._exit(0)


def add(base: str, new: str) -> None:
    """Add `new` to the home below `base`; prints outcomes or the error."""
    try:
        with ClauseIndex.open(make_settings(Path(base)), encoder=HashingEncoder()) as index:
            _tell({"outcomes": [report.outcome for report in index.add([Path(new)])]})
    except PolicyAssistantError as exc:
        _tell({"error": type(exc).__name__, "message": str(exc)})


def look(base: str, query: str) -> None:
    """Search the home below `base`, then try to add to it; prints what came of both."""
    seen: dict[str, object] = {}
    try:
        with ClauseIndex.open(make_settings(Path(base)), encoder=HashingEncoder()) as index:
            seen["hits"] = [hit.clause.clause_id for hit in index.search(query)]
            seen["notices"] = index.notices
            index.add([Path(base) / "corpus"])
    except PolicyAssistantError as exc:
        seen |= {"error": type(exc).__name__, "message": str(exc)}
    _tell(seen)


if __name__ == "__main__":
    {"kill": kill, "add": add, "look": look}[sys.argv[1]](*sys.argv[2:])
