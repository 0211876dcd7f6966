"""Commands that other packages add to `cewen`: found when a command is unknown or help is listed.

A package names a `typer.Typer` with one command in the entry-point group `cewen.commands`.
Our own evaluation does, so that nothing of ours has to import it.
"""

from __future__ import annotations

import typer
from typer.core import TyperCommand

from indexing.errors import PolicyAssistantError

GROUP = "cewen.commands"


class BrokenCommand(PolicyAssistantError):
    """An installed package names a command that cannot be loaded."""


def extra_names() -> tuple[str, ...]:
    """The names of all added commands, sorted; empty where nothing adds one. Loads none of them."""
    from importlib.metadata import entry_points  # takes 20 ms, and `cewen ask` never comes here

    return tuple(sorted(entry_points(group=GROUP).names))


def extra_command(name: str) -> TyperCommand | None:
    """The command added under `name`, None where there is none.

    Raises:
        BrokenCommand: what the entry point names cannot be imported, or is no typer app with
            one command.
    """
    from importlib.metadata import entry_points

    found = entry_points(group=GROUP, name=name)
    if not found:
        return None
    try:
        command = typer.main.get_command(next(iter(found)).load())
    except Exception as exc:
        # whatever a stranger's module raises when imported
        raise BrokenCommand(f"命令 {name} 无法载入（{exc}），请重新安装提供它的软件包。") from exc
    if not isinstance(command, TyperCommand):
        raise BrokenCommand(f"命令 {name} 的入口不是单个命令，请联系提供它的软件包。")
    command.name = name
    return command
