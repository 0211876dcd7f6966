"""How the command line speaks when it is misused or fails: one Chinese sentence, an exit code.

Exit codes: 0 done, 1 something of ours failed, 2 the caller's mistake, 3 a checked file has
findings, 130 interrupted, 141 whoever read our output went away. No traceback reaches a user; an
unexpected one goes to `$CEWEN_HOME/logs`.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from assistant.errors import (
    ColumnError,
    DifferenceError,
    ReviewError,
    TopicError,
    UnknownFilter,
    UnknownTemplate,
    UnreadableFacts,
    WrongPlace,
)
from indexing.errors import PolicyAssistantError, SettingsError, UnknownDocument, UnreadableDocument
from indexing.folding import fold_tight
from ui.extra_commands import BrokenCommand, extra_command, extra_names
from ui.logs import record_failure
from ui.text import one_line

if TYPE_CHECKING:
    from indexing.settings import Settings

# "2026-11-23", "2026/1/3", "2026年11月23日"; not "2026-11", "11月23日"
_TYPED_DAY = re.compile(r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?")
BLANK_QUESTION = "请输入要查询的问题，例如：北京市对社区嵌入式服务设施项目补助多少？"
MAX_QUESTION_CHARS = 2000  # four pages of a notice; whoever pastes more means a document, not a question

EXIT_FAILED = 1
EXIT_MISTAKE = 2
EXIT_INTERRUPTED = 130  # 128 + SIGINT, as shells report it
EXIT_PIPE_CLOSED = 141  # 128 + SIGPIPE

_CHINESE = re.compile("[\u4e00-\u9fff]")
# "No such command 'foo'." yes; "No such option: --foo" no
_NO_SUCH_COMMAND = re.compile(r"No such command '(.*?)'", re.DOTALL)


class CallerMistake(PolicyAssistantError):
    """What was typed cannot be done as it stands; the message says what to type instead."""


@dataclass(slots=True)
class Session:
    """What one invocation knows before its command runs; filled by the options, read when it fails."""

    home: Path | None = None
    corpus: Path | None = None
    settings: Settings | None = None
    flags: dict[str, object] = field(default_factory=dict)  # settings typed before the command


_MISTAKES = (
    CallerMistake,
    ColumnError,
    DifferenceError,
    ReviewError,
    SettingsError,
    TopicError,
    UnknownDocument,
    UnknownFilter,
    UnknownTemplate,
    WrongPlace,
    UnreadableDocument,
    UnreadableFacts,
)


def checked_question(text: str | None) -> str:
    """`text`, when it can be asked.

    Raises:
        CallerMistake: it has neither a letter nor a digit, or is too long.
    """
    text = _not_blank(text)
    if len(text) > MAX_QUESTION_CHARS:
        raise CallerMistake(f"问题有 {len(text)} 字，请缩短到 {MAX_QUESTION_CHARS} 字以内。")
    return text


def checked_day(text: str | None) -> date | None:
    """The day a question is asked about, as typed: 2026-11-23, 2026年11月23日; None for nothing typed.

    Raises:
        CallerMistake: it is no such date, or there is no such day.
    """
    typed = fold_tight(text or "")
    if not typed:
        return None
    match = _TYPED_DAY.fullmatch(typed)
    try:
        return date(int(match["year"]), int(match["month"]), int(match["day"])) if match else _no_day(typed)
    except ValueError:
        _no_day(typed)


def _no_day(typed: str) -> NoReturn:
    raise CallerMistake(
        f"查询日期“{one_line(typed)[:20]}”不是有效的日期，请写成 2026-11-23 的样子，或留空按今天查询。"
    )


def checked_query(text: str | None) -> str:
    """`text` as far as it is searched for; standard error is told where it goes on.

    An answer to half of a question may mislead; clauses found by half of a text do not.

    Raises:
        CallerMistake: it has neither a letter nor a digit.
    """
    text = _not_blank(text)
    if len(text) > MAX_QUESTION_CHARS:
        say(f"注意：问题有 {len(text)} 字，只按前 {MAX_QUESTION_CHARS} 字检索。")
    return text[:MAX_QUESTION_CHARS]


def _not_blank(text: str | None) -> str:
    if text is None or not any(map(str.isalnum, text)):  # ？？？ asks as little as a space
        raise CallerMistake(BLANK_QUESTION)
    return text


def exit_code(error: PolicyAssistantError) -> int:
    """2 when the caller can mend it by typing something else, 1 otherwise."""
    return EXIT_MISTAKE if isinstance(error, _MISTAKES) else EXIT_FAILED


def explain_usage(error: typer.TyperException) -> str:
    """The Chinese sentence for what typer objects to on a command line."""
    if isinstance(error, typer.BadParameter):
        name = error.param.get_error_hint().replace("'", "") if error.param else ""
        reason = error.message if _CHINESE.search(error.message) else "的值不正确，请改正后重试"
        return f"{name} {reason.rstrip('。')}。".lstrip()
    if found := _NO_SUCH_COMMAND.search(error.message):
        return f"没有“{found.group(1)}”这个命令，请运行 cewen --help 查看全部命令。"
    option = getattr(error, "option_name", None)
    if option is None:
        return "命令的参数不对（问题中有空格时请用引号括起来），请在命令后加 --help 查看用法。"
    if "No such option" not in error.message:
        return f"选项 {option} 的用法不对，请在命令后加 --help 查看用法。"
    near = "、".join(sorted(getattr(error, "possibilities", None) or ()))
    return f"没有 {option} 这个选项，" + (
        f"您要用的可能是 {near}。" if near else "请在命令后加 --help 查看可用的选项。"
    )


def say(sentence: str) -> None:
    """Print one sentence to standard error, without control characters."""
    print(one_line(sentence), file=sys.stderr, flush=True)  # noqa: T201 - the one place that speaks


def register(app: typer.Typer, name: str, summary: str, command: Callable[..., None]) -> None:
    """A command with a Chinese help text; its docstring is for those who read the code."""
    app.command(name, help=summary, cls=ChineseCommand, options_metavar="[选项]", rich_help_panel="命令")(
        command
    )


class ChineseCommand(TyperCommand):
    """A command whose help is Chinese, also where typer wrote it."""

    def get_usage(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The line that opens the help."""
        return _in_chinese(super().get_usage(ctx))

    def get_params(self, ctx: typer.Context) -> list[Any]:  # type: ignore[override]
        """Options and arguments, as the help lists them."""
        return _without_types(super().get_params(ctx))

    def get_help_option(self, ctx: typer.Context) -> TyperOption | None:  # type: ignore[override]
        """The option `--help`."""
        return _explained(super().get_help_option(ctx))


class ChineseGroup(TyperGroup):
    """A group of commands whose help is Chinese, also where typer wrote it."""

    def get_usage(self, ctx: typer.Context) -> str:  # type: ignore[override]
        """The line that opens the help."""
        return _in_chinese(super().get_usage(ctx))

    def get_params(self, ctx: typer.Context) -> list[Any]:  # type: ignore[override]
        """Options and arguments, as the help lists them."""
        return _without_types(super().get_params(ctx))

    def get_help_option(self, ctx: typer.Context) -> TyperOption | None:  # type: ignore[override]
        """The option `--help`."""
        return _explained(super().get_help_option(ctx))


class Doorway(ChineseGroup):
    """The group of all commands; what goes wrong below it is translated here, at one seam."""

    def get_command(self, ctx: typer.Context, cmd_name: str) -> TyperCommand | None:  # type: ignore[override]
        """One of ours, or one that an installed package adds.

        Raises:
            BrokenCommand: the package's command cannot be loaded.
        """
        ours: TyperCommand | None = super().get_command(ctx, cmd_name)  # type: ignore[assignment]
        return ours or extra_command(cmd_name)

    def list_commands(self, ctx: typer.Context) -> list[str]:  # type: ignore[override]
        """Ours in order, then those that packages add; one that cannot be loaded is named on stderr."""
        listed = super().list_commands(ctx)
        for name in extra_names():
            try:
                extra_command(name)
            except BrokenCommand as error:
                say(f"注意：{error}")
            else:
                listed.append(name)
        return listed

    def main(  # type: ignore[override]
        self, args: Sequence[str] | None = None, prog_name: str | None = None, **_: object
    ) -> NoReturn:
        """Run the command line; always ends with `SystemExit`."""
        try:
            outcome = super().main(args=args, prog_name=prog_name, standalone_mode=False)
        except typer.TyperException as error:
            say(explain_usage(error))
            sys.exit(EXIT_MISTAKE)
        except typer.Abort:
            say("已取消。")
            sys.exit(EXIT_FAILED)
        if outcome == EXIT_INTERRUPTED:
            say("已中断。")
        sys.exit(outcome if isinstance(outcome, int) else 0)

    def invoke(self, ctx: typer.Context) -> object:  # type: ignore[override]
        """Run the chosen command; our errors and unexpected ones become sentences."""
        session = ctx.ensure_object(Session)
        try:
            result: object = super().invoke(ctx)
            sys.stdout.flush()
        except (typer.TyperException, typer.Exit, typer.Abort):
            raise
        except PolicyAssistantError as error:
            say(str(error))
            raise typer.Exit(exit_code(error)) from error
        except BrokenPipeError as error:
            # nobody reads on; without this the interpreter complains when it flushes at exit
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(EXIT_PIPE_CLOSED) from error
        except Exception as error:
            say(record_failure(error, session.settings.home if session.settings else session.home))
            raise typer.Exit(EXIT_FAILED) from error
        return result


def _in_chinese(usage: str) -> str:
    return usage.replace("Usage:", "用法：", 1)


class _Argument(TyperArgument):
    """An argument whose help names no Python type."""

    def display_type_rich(self, ctx: typer.Context) -> None:  # type: ignore[override]
        """Nothing."""


def _without_types(params: list[Any]) -> list[Any]:
    """The same parameters; <bool> behind a flag and <str> behind an argument are not shown."""
    for param in params:
        if isinstance(param, TyperArgument):
            param.__class__ = _Argument  # typer makes arguments itself and lets no class be given
        elif isinstance(param, TyperOption) and param.is_flag and param.metavar is None:
            param.metavar = ""
    return params


def _explained(option: TyperOption | None) -> TyperOption | None:
    if option is not None:
        option.help, option.rich_help_panel = "显示本说明。", "选项"
    return option
