"""`cewen drafts …` that change a draft: its sections, its facts; and `delete`. Thin, as `ui.cli`.

Each but `delete` saves another version. They stand in one group with those of `ui.drafts_commands`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ui.drafts_commands import DraftName, Facts, book_of, drafts_app, named
from ui.options import AsJson, Corpus, Home
from ui.usage import CallerMistake, ChineseCommand, say

if TYPE_CHECKING:
    from assistant.drafting.book import DraftBook, Opened
    from assistant.drafting.types import DraftSection

__all__ = ["drafts_app"]

_PANEL = "选项"
Command = TypeVar("Command", bound=Callable[..., object])
SectionName = Annotated[
    str | None,
    typer.Option(
        "--section", metavar="章节", rich_help_panel=_PANEL, help="章节的标题，写前几个字即可；或它的第几节。"
    ),
]
Title = Annotated[
    str | None, typer.Option("--title", metavar="标题", rich_help_panel=_PANEL, help="新的一节的标题。")
]
After = Annotated[
    str | None,
    typer.Option("--after", metavar="章节", rich_help_panel=_PANEL, help="加在哪一节后面；默认最后。"),
]
TextFile = Annotated[
    Path | None,
    typer.Option(
        "--text",
        readable=False,
        metavar="文件",
        rich_help_panel=_PANEL,
        help="写有文字的 .txt，# 起头的行为小标题。",
    ),
]
Place = Annotated[
    int | None, typer.Option("--to", metavar="位置", rich_help_panel=_PANEL, help="移到第几节。")
]
Instruction = Annotated[
    str,
    typer.Option(
        "--instruction", metavar="要求", rich_help_panel=_PANEL, help="重写的要求；配置了语言模型时使用。"
    ),
]
Stale = Annotated[bool, typer.Option("--stale", rich_help_panel=_PANEL, help="重写全部已过时的章节。")]
Number = Annotated[
    int | None,
    typer.Option(
        "--clause", metavar="序号", rich_help_panel=_PANEL, help="对比页送来的第几条；不写则列出各条。"
    ),
]
Sure = Annotated[bool, typer.Option("--yes", rich_help_panel=_PANEL, help="已确认，不再询问。")]


def _command(name: str, help_text: str) -> Callable[[Command], Command]:
    return drafts_app.command(
        name, help=help_text, cls=ChineseCommand, options_metavar="[选项]", rich_help_panel="命令"
    )


@_command("add", "在草稿里新增一节；原有的章节加回来也用它。")
def add(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    title: Title = None,
    after: After = None,
    text: TextFile = None,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """A section of one's own, or one of the template that was taken out."""
    from assistant.drafting.arranging import added, lacking
    from assistant.drafting.editing import edited
    from assistant.templates import find_template

    if title is None:
        raise CallerMistake("请用 --title 写明新的一节的标题，例如：--title 风险防范。")
    book, opened = _open(ctx, name, home, corpus)
    gone = lacking(opened.draft, find_template(opened.draft.template_id))
    known = next((one for one in gone if one.title == title.strip()), None)
    if known is not None:
        _saved(book.put_back(opened, known.key, f"加回“{known.title}”"), f"已加回“{known.title}”")
        return
    made, section = added(opened.draft, title, _section(opened, after).key if after else None)
    words = _read(text) if text else ""
    done = book.arranged(opened, made, f"新增“{section.title}”")
    if words:
        own = edited(section, words, book.case(done))
        done = book.with_section(done, own, f"编辑“{section.title}”")
        _warn(own)
    _saved(done, f"已新增“{section.title}”")


@_command("edit", "用文件里的文字替换一节。")
def edit(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    section: SectionName = None,
    text: TextFile = None,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """The words of a file as a section's; the gates warn, nothing is taken out."""
    from assistant.drafting.editing import edited
    from assistant.drafting.types import SectionStatus

    if text is None:
        raise CallerMistake("请用 --text 给出写有这一节文字的文件。")
    book, opened = _open(ctx, name, home, corpus)
    old = _section(opened, section)
    if old.status is SectionStatus.LOCKED:
        raise CallerMistake(f"“{old.title}”已锁定，请先用 cewen drafts lock 解锁。")
    new = edited(old, _read(text), book.case(opened))
    if new is old:
        say("文字没有变化，没有另存。")
        return
    done = book.with_section(opened, new, f"编辑“{old.title or '开头'}”")
    _warn(new)
    _saved(done, f"已编辑“{old.title or '开头'}”")


@_command("remove", "删去草稿的一节；必备章节要加 --yes。")
def remove(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    section: SectionName = None,
    sure: Sure = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """The draft without a section; earlier versions keep it."""
    from assistant.drafting.arranging import removed
    from assistant.templates import Need

    book, opened = _open(ctx, name, home, corpus)
    found = _section(opened, section)
    if found.need == Need.REQUIRED.value and not sure:
        raise CallerMistake(f"“{found.title}”是必备章节，删去后自查表会标“缺”；确要删去，请加 --yes。")
    made = removed(opened.draft, found.key)
    _saved(book.arranged(opened, made, f"删去“{found.title}”"), f"已删去“{found.title}”")


@_command("move", "改变一节的次序。")
def move(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    section: SectionName = None,
    to: Place = None,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """A section to another place; the first is the one behind the opening."""
    from assistant.drafting.arranging import moved

    if to is None:
        raise CallerMistake("请用 --to 写明移到第几节，例如：--to 3。")
    book, opened = _open(ctx, name, home, corpus)
    found = _section(opened, section)
    now = next(at for at, one in enumerate(opened.draft.sections) if one.key == found.key)
    made = moved(opened.draft, found.key, to - now)
    if made == opened.draft:
        say(f"“{found.title}”已在那里，没有另存。")
        return
    _saved(book.arranged(opened, made, f"移动“{found.title}”"), f"已移动“{found.title}”")


@_command("lock", "锁定一节，不再重写；再用一次即解锁。")
def lock(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    section: SectionName = None,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """A section locked, or free again."""
    from assistant.drafting.editing import locked
    from assistant.drafting.types import SectionStatus

    book, opened = _open(ctx, name, home, corpus)
    found = _section(opened, section)
    is_locked = found.status is not SectionStatus.LOCKED
    done = f"{'锁定' if is_locked else '解锁'}“{found.title or '开头'}”"
    _saved(book.with_section(opened, locked(found, is_locked=is_locked), done), f"已{done}")


@_command("rewrite", "按事实重写一节，或全部已过时的章节。")
def rewrite(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    section: SectionName = None,
    stale: Stale = False,
    instruction: Instruction = "",
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Sections written again; with an instruction and a model, worded by it under the gates."""
    from assistant.drafting.arranging import is_own
    from assistant.drafting.types import SectionStatus

    if stale == (section is not None):
        raise CallerMistake("请用 --section 写明重写哪一节，或用 --stale 重写全部已过时的章节。")
    book, opened = _open(ctx, name, home, corpus)
    if stale:
        keys = tuple(one.key for one in opened.draft.sections if one.status is SectionStatus.STALE)
        if not keys:
            say("没有已过时的章节。")
            return
        _saved(book.rewritten(opened, keys, f"重写 {len(keys)} 节已过时的章节"), f"已重写 {len(keys)} 节")
        return
    found = _section(opened, section)
    if found.status is SectionStatus.LOCKED:
        raise CallerMistake(f"“{found.title}”已锁定，请先用 cewen drafts lock 解锁。")
    if is_own(found):
        raise CallerMistake(f"“{found.title}”是自己加的一节，没有可据以重写的模板，请用 cewen drafts edit。")
    after = _rewritten(ctx, book, opened, found, instruction, home, corpus)
    _saved(after, f"已重写“{found.title or '开头'}”")


def _rewritten(
    ctx: typer.Context,
    book: DraftBook,
    opened: Opened,
    section: DraftSection,
    instruction: str,
    home: Path | None,
    corpus: Path | None,
) -> Opened:
    from assistant.drafting.polishing import MODEL_NOTE, Polisher
    from assistant.models.client import configured_chat
    from ui.opening import settings_of

    chat = configured_chat(settings_of(ctx, home=home, corpus=corpus)) if instruction.strip() else None
    if instruction.strip() and chat is None:
        say("没有配置语言模型，填写的要求没有用上，按事实和条款重写。")
    after = book.rewritten(
        opened,
        (section.key,),
        f"重写“{section.title or '开头'}”",
        polish=Polisher(chat) if chat else None,
        instructions={section.key: instruction},
    )
    written = after.draft.section(section.key)
    for note in written.notes if written else ():
        if note.startswith(MODEL_NOTE):
            say(note)
    return after


@_command("facts", "换用另一份事实表；用到已改事实的章节标为已过时。")
def facts_of(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    facts: Facts = None,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """Other facts under the same draft; nothing is rewritten."""
    from assistant.drafting.types import SectionStatus
    from assistant.facts.reading import read_facts

    if facts is None:
        raise CallerMistake("请用 --facts 给出新的事实表。")
    book, opened = _open(ctx, name, home, corpus)
    after = book.with_facts(opened, read_facts(facts.expanduser()).sheet, "更新事实")
    titles = [one.title or "开头" for one in after.draft.sections if one.status is SectionStatus.STALE]
    if titles:
        say(f"{len(titles)} 节已过时：{'、'.join(titles)}。")
    _saved(after, "已更新事实")


@_command("cite", "把对比页送来的条款加进一节。")
def cite(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    section: SectionName = None,
    clause: Number = None,
    as_json: AsJson = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """A clause of the basket at the end of a section; without its number, what there is."""
    from assistant.basket import read_basket
    from assistant.drafting.arranging import fits, with_clause
    from ui import drafts_reports, reports

    book, opened = _open(ctx, name, home, corpus)
    case, basket = book.case(opened), read_basket(book.store.home)
    if clause is None:
        rows = [(at, one, fits(one, case)) for at, one in enumerate(basket, start=1)]
        if as_json:
            drafts_reports.print_value(drafts_reports.basket_array(rows))
        else:
            drafts_reports.print_basket(reports.terminal(), rows)
        return
    if as_json:
        raise CallerMistake("--json 只用来列出送来的条款，不能与 --clause 同用；请去掉其中一个。")
    if not 1 <= clause <= len(basket):
        raise CallerMistake(f"没有第 {clause} 条；用 cewen drafts cite 编号 列出对比页送来的条款。")
    found = _section(opened, section)
    after = with_clause(found, basket[clause - 1], case)
    done = book.with_section(opened, after, f"在“{found.title or '开头'}”加入条款")
    _warn(after)
    _saved(done, f"已加入“{found.title or '开头'}”")


@_command("delete", "删除一份草稿和它的全部版本，不能恢复。")
def delete(
    ctx: typer.Context,
    *,
    name: DraftName = None,
    sure: Sure = False,
    home: Home = None,
    corpus: Corpus = None,
) -> None:
    """The catalog forgets the draft; asked for once more unless --yes says it is meant."""
    book, opened = _open(ctx, name, home, corpus)
    if not sure:
        if not sys.stdin.isatty():
            raise CallerMistake("删除后不能恢复；确要删除，请加 --yes。")
        typer.confirm(f"删除“{opened.title}”和它的全部版本，不能恢复，确定吗", abort=True)
    versions = book.delete(opened.draft_id)
    say(f"已删除“{opened.title}”和它的 {versions} 个版本。")


def _open(
    ctx: typer.Context, name: str | None, home: Path | None, corpus: Path | None
) -> tuple[DraftBook, Opened]:
    book = book_of(ctx, home, corpus)
    return book, book.open(book.store.find(named(name)))


def _section(opened: Opened, name: str | None) -> DraftSection:
    """The section whose title begins with these words, or the one with this number.

    Raises:
        CallerMistake: none does, or several do.
    """
    sections = opened.draft.sections
    if name is None:
        raise CallerMistake("请用 --section 写明哪一节，例如：--section 场地落实。")
    wanted = name.strip()
    if wanted.isdigit() and 0 < int(wanted) < len(sections):
        return sections[int(wanted)]
    exact = [one for one in sections if (one.title or "开头") == wanted]
    found = exact or [one for one in sections if wanted and (one.title or "开头").startswith(wanted)]
    if len(found) != 1:
        titles = "、".join(one.title for one in sections if one.title)
        raise CallerMistake(f"{'有几节' if found else '没有一节'}以“{wanted[:20]}”开头；各节是：{titles}。")
    return found[0]


def _read(file: Path) -> str:
    from assistant.drafting.editing import MAX_SECTION_CHARS
    from indexing.files import reason

    try:
        text = file.expanduser().read_text("utf-8-sig")
    except UnicodeDecodeError as exc:
        raise CallerMistake(f"{file} 不是 UTF-8 编码的文字，请另存为 UTF-8 的 .txt。") from exc
    except OSError as exc:
        raise CallerMistake(f"读不了文件 {file}（{reason(exc)}），请检查路径。") from exc
    if len(text) > MAX_SECTION_CHARS:
        raise CallerMistake(f"{file} 有 {len(text)} 字，超过 {MAX_SECTION_CHARS} 字，请分成几节。")
    if not text.strip():
        raise CallerMistake(f"{file} 里没有文字。")
    return text


def _warn(section: DraftSection) -> None:
    for breach in section.breaches:
        say(f"请核对：{breach.gate.value}：{breach.message}")


def _saved(after: Opened, done: str) -> None:
    overtaken = "、".join(f"第 {each} 版" for each in after.overtaken)
    also = f"注意：{overtaken}在此期间由别处保存，没有覆盖。" if overtaken else ""
    say(f"{done}，保存为第 {after.version} 版。{also}")
