"""`cewen`: the command line. Thin: options in, one call, a report or JSON out.

Only typer loads here; the assistant, the index and the page are imported inside
the command that needs them, so that `cewen ask` starts quickly.
"""

from __future__ import annotations

import gc
import sys

import typer

from ui import ask_commands, compare_commands, draft_commands, layout_commands, library_commands
from ui.drafts_changing import drafts_app
from ui.fact_commands import check, facts_app
from ui.opening import settings_of
from ui.options import (
    AllowRemote,
    AsJson,
    Corpus,
    Home,
    Host,
    Port,
)
from ui.printing import print_json, print_sentence
from ui.setting_flags import given_settings, with_setting_flags
from ui.usage import (
    Doorway,
    Session,
    register,
)

# Starting makes some 300,000 objects that nearly all stay. Looking through them every 700, as Python
# does by itself, takes a tenth of the time to the first answer.
_OBJECTS_BETWEEN_COLLECTIONS = 50_000

app = typer.Typer(
    cls=Doorway,
    add_completion=False,
    invoke_without_command=True,
    subcommand_metavar="命令",
    options_metavar="[选项]",
    context_settings={"help_option_names": ["--help", "-h"]},
)


@app.callback(help="策问：逐句有条款依据的政策助手。")
@with_setting_flags
def _start(ctx: typer.Context, home: Home = None, corpus: Corpus = None, **settings: str | None) -> None:
    session = ctx.ensure_object(Session)
    session.home, session.corpus = home, corpus
    session.flags = given_settings(settings)
    if ctx.invoked_subcommand is None:
        typer.echo(ctx.get_help())


def serve(
    ctx: typer.Context,
    *,
    host: Host = None,
    port: Port = None,
    allow_remote: AllowRemote = False,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Serve the page until interrupted."""
    settings = settings_of(ctx, home=home, corpus=corpus, host=host, port=port)
    from ui import jsonl, server

    def announce(url: str) -> None:
        if as_json:
            print_json(jsonl.serving_object(url))
        else:
            print_sentence(f"策问已就绪，请用浏览器打开 {url}（按 Ctrl+C 停止）。")

    server.serve(settings, announce, allow_remote=allow_remote)


library_commands.add_to(app)
ask_commands.add_to(app)
compare_commands.add_to(app)
register(app, "serve", "打开网页服务，默认 http://127.0.0.1:7860。", serve)
app.add_typer(drafts_app, name="drafts", help="查看、修改、导出保存的草稿。", rich_help_panel="命令")
app.add_typer(facts_app, name="facts", help="读出、整理项目事实。", rich_help_panel="命令")
register(app, "check", "用辖区和国家的规则核对一份事实表，逐条列出依据。", check)
draft_commands.add_to(app)
layout_commands.add_to(app)


def main() -> None:
    """The `cewen` program."""
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    app(prog_name="cewen")


if __name__ == "__main__":
    main()
