"""Questions of a file, one a line: `--batch` of `cewen search` and `cewen ask`."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from indexing.errors import PolicyAssistantError
from indexing.files import reason
from ui.logs import record_failure
from ui.printing import print_json
from ui.usage import EXIT_FAILED, EXIT_MISTAKE, CallerMistake, exit_code

if TYPE_CHECKING:
    from ui.jsonl import BatchQuestion


def typed_question(question: str | None, batch: Path | None, check: Callable[[str | None], str]) -> str:
    """The question on the command line as `check` lets it pass, "" when a batch is given instead.

    Raises:
        CallerMistake: there are both, or `check` refuses the question.
    """
    if batch is not None and question is not None:
        raise CallerMistake("问题和 --batch 只能用一个，请去掉其中一个。")
    return "" if batch is not None else check(question)


def answer_batch(
    home: Path,
    source: Path,
    keys: tuple[str, ...],
    answer: Callable[[BatchQuestion], str],
    refuse: Callable[[BatchQuestion, str], str],
) -> int:
    """Answer each line as it is read; the exit code: 2 after a bad line, 1 after a failure of ours."""
    from ui import jsonl

    code = 0
    with _lines_of(source) as lines:
        for one in jsonl.read_batch(lines, keys):
            if isinstance(one, jsonl.BadLine):
                code = EXIT_MISTAKE
                print_json(jsonl.error_line(one.line, one.id, one.reason))
                continue
            try:
                printed = answer(one)
            except CallerMistake as error:
                code = EXIT_MISTAKE
                printed = refuse(one, str(error))
            except PolicyAssistantError as error:
                code = max(code, exit_code(error))
                printed = jsonl.error_line(one.line, one.id, str(error))
            except Exception as error:  # noqa: BLE001 - recorded in the log; the other lines deserve theirs
                code = max(code, EXIT_FAILED)
                printed = jsonl.error_line(one.line, one.id, record_failure(error, home))
            print_json(printed)
    return code


def _lines_of(source: Path) -> AbstractContextManager[BinaryIO]:
    """The batch file opened for reading; standard input for "-".

    Raises:
        CallerMistake: there is no such file, or it cannot be read.
    """
    if str(source) == "-":
        return nullcontext(sys.stdin.buffer)
    try:
        return source.expanduser().open("rb")
    except OSError as exc:
        raise CallerMistake(f"读不了批量文件 {source}（{reason(exc)}），请检查路径和权限。") from exc
