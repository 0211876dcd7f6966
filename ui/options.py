"""The options and arguments of `cewen`, each declared once, with checks that answer in Chinese."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from indexing.types import SearchMode

# Every path below is declared readable=False: not "must be unreadable" but "do not check", because
# typer would refuse the whole command in its own words where ours name the file and go on.
MAX_TOP_K = 100

# "2026-01-31" yes; "20260131" no
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _read_day(text: str) -> date:
    """The day written as YYYY-MM-DD."""
    try:
        # fromisoformat also reads 20260131 and weeks; one form is enough for people
        return date.fromisoformat(text if _DAY.fullmatch(text) else "")
    except ValueError as exc:
        raise typer.BadParameter("应是形如 2026-01-31 的日期。") from exc


def _read_mode(text: str) -> SearchMode:
    try:
        return SearchMode(text)
    except ValueError as exc:
        raise typer.BadParameter(f"应是 {'、'.join(SearchMode)} 之一。") from exc


def _read_top_k(given: str | int) -> int:
    text = str(given)  # typer hands the default to the parser too
    if not (text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= MAX_TOP_K):
        raise typer.BadParameter(f"应是 1 到 {MAX_TOP_K} 的整数。")
    return int(text)


def _read_port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and int(text[:9]) <= 65535):
        raise typer.BadParameter("应是 0 到 65535 的整数。")
    return int(text)


_PANEL = "选项"
Home = Annotated[
    Path | None,
    typer.Option(
        "--home",
        readable=False,
        metavar="目录",
        rich_help_panel=_PANEL,
        help="数据目录，默认 ~/.local/share/cewen。",
    ),
]
Corpus = Annotated[
    Path | None,
    typer.Option("--corpus", readable=False, metavar="目录", rich_help_panel=_PANEL, help="随附文库的目录。"),
]
AsJson = Annotated[
    bool, typer.Option("--json", rich_help_panel=_PANEL, help="输出 JSON，键见 docs/json.md。")
]
AsOf = Annotated[
    date | None,
    typer.Option(
        "--as-of",
        parser=_read_day,
        metavar="日期",
        rich_help_panel=_PANEL,
        help="按哪一天有效的规定，如 2026-01-31；默认今天。",
    ),
]
City = Annotated[
    str | None,
    typer.Option(
        "--city", metavar="地区", rich_help_panel=_PANEL, help="只查某地的文件，如 北京、余杭区、国家。"
    ),
]
Part = Annotated[
    str | None,
    typer.Option(
        "--part", metavar="部分", rich_help_panel=_PANEL, help="只查文件的某一部分，如 正文、附件1。"
    ),
]
TopK = Annotated[
    int,
    typer.Option(
        "--top-k",
        parser=_read_top_k,
        metavar="个数",
        show_default=False,
        rich_help_panel=_PANEL,
        help="最多列出几个条款，默认 10。",
    ),
]
Mode = Annotated[
    SearchMode,
    typer.Option(
        "--mode",
        parser=_read_mode,
        metavar="方式",
        show_default=False,
        rich_help_panel=_PANEL,
        help="hybrid（默认）、lexical 或 dense。",
    ),
]
Explain = Annotated[
    bool,
    typer.Option("--explain", rich_help_panel=_PANEL, help="列出每条结果的各项检索信号：名次、取值和权重。"),
]
Then = Annotated[
    list[str] | None,
    typer.Option(
        "--then",
        metavar="问题",
        rich_help_panel=_PANEL,
        help="接着问，如 --then 那上海呢？，可重复；承接上文的问题先补全再回答。",
    ),
]
ExplainAnswer = Annotated[
    bool,
    typer.Option(
        "--explain",
        rich_help_panel=_PANEL,
        help="另列检索过程：条款、信号、用时和版本。",
    ),
]
Batch = Annotated[
    Path | None,
    typer.Option(
        "--batch",
        readable=False,
        metavar="文件",
        rich_help_panel=_PANEL,
        help="逐行读取 JSON 问题，逐行输出 JSON；- 表示标准输入。",
    ),
]
Port = Annotated[
    int | None,
    typer.Option(
        "--port", parser=_read_port, metavar="端口", rich_help_panel=_PANEL, help="网页的端口，默认 7860。"
    ),
]
Host = Annotated[
    str | None,
    typer.Option("--host", metavar="地址", rich_help_panel=_PANEL, help="网页监听的地址，默认 127.0.0.1。"),
]
AllowRemote = Annotated[
    bool,
    typer.Option(
        "--allow-remote",
        rich_help_panel=_PANEL,
        help="允许其他机器访问（能连上的人都可查询）。",
    ),
]
Cities = Annotated[
    list[str] | None,
    typer.Option(
        "--cities",
        metavar="地区",
        rich_help_panel=_PANEL,
        help="比哪些地区，如 北京,杭州,国家；默认库中全部地区。",
    ),
]
Documents = Annotated[
    list[str] | None,
    typer.Option(
        "--documents",
        metavar="文件",
        rich_help_panel=_PANEL,
        help="只读这份文件（文号、标识或标题），可重复；不指定地区时每份文件一列。",
    ),
]
AsMarkdown = Annotated[
    Path | None,
    typer.Option(
        "--md", readable=False, metavar="文件", rich_help_panel=_PANEL, help="存为 Markdown；- 表示标准输出。"
    ),
]
AsCsv = Annotated[
    Path | None,
    typer.Option(
        "--csv",
        readable=False,
        metavar="文件",
        rich_help_panel=_PANEL,
        help="存为 CSV，每格一行；- 表示标准输出。",
    ),
]
AsXlsx = Annotated[
    Path | None,
    typer.Option(
        "--xlsx",
        readable=False,
        metavar="文件",
        rich_help_panel=_PANEL,
        help="存为 Excel 工作簿：矩阵、数值、条款原文、说明。",
    ),
]
AsDocx = Annotated[
    Path | None,
    typer.Option(
        "--docx",
        readable=False,
        metavar="文件",
        rich_help_panel=_PANEL,
        help="存为 Word 文件（公文版式）：综述、横排比对表、分主题说明。",
    ),
]
Unreviewed = Annotated[
    bool,
    typer.Option("--unreviewed", rich_help_panel=_PANEL, help="不采用人工核对的结果，只看程序抽取出来的。"),
]
Reviewer = Annotated[
    str | None,
    typer.Option("--reviewer", metavar="姓名", rich_help_panel=_PANEL, help="核对人，必须写明。"),
]
Status = Annotated[
    str | None,
    typer.Option(
        "--status",
        metavar="状态",
        show_default=False,
        rich_help_panel=_PANEL,
        help="更正为：有规定、原则性、指向库外或未规定；不写则确认现有结果。",
    ),
]
Without = Annotated[
    list[str] | None,
    typer.Option(
        "--without",
        metavar="数值",
        rich_help_panel=_PANEL,
        help="去掉不属于本主题的数值（按原文写，如 不少于30平方米），可重复。",
    ),
]
Correct = Annotated[
    list[str] | None,
    typer.Option(
        "--correct",
        metavar="更正",
        rich_help_panel=_PANEL,
        help="更正数值，如 “不少于30平方米→≥30㎡/百户（应）”；改后的数须是原文所写，可重复。",
    ),
]
Only = Annotated[
    list[str] | None,
    typer.Option(
        "--only",
        metavar="条件",
        rich_help_panel=_PANEL,
        help="只看哪些主题：有差异、有数值、可比国家（与国家相比有严于、等于或宽于）；可重复，须同时符合。",
    ),
]
Note = Annotated[
    str | None, typer.Option("--note", metavar="说明", rich_help_panel=_PANEL, help="留在核对记录中的说明。")
]
Withdraw = Annotated[
    bool, typer.Option("--withdraw", rich_help_panel=_PANEL, help="撤回核对，恢复程序抽取的结果。")
]
_ARGUMENTS = "参数"
Topic = Annotated[
    str | None,
    typer.Argument(metavar="主题", rich_help_panel=_ARGUMENTS, help="一个主题的名称，或任何文字。"),
]
Sides = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="原 现",
        rich_help_panel=_ARGUMENTS,
        help="文件、文件@版本 或 文件#条款；只写一份文件则比它最近两版。",
    ),
]
Topics = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="主题",
        rich_help_panel=_ARGUMENTS,
        help="随附主题或主题组的名称，或任何文字；不写则比全部随附主题。",
    ),
]
Doc = Annotated[
    str | None,
    typer.Argument(metavar="文件", rich_help_panel=_ARGUMENTS, help="文号、标识或标题。"),
]
Paths = Annotated[
    list[Path] | None,
    typer.Argument(
        readable=False,
        metavar="路径",
        rich_help_panel=_ARGUMENTS,
        help=".txt 或 .md 文件，或含有它们的文件夹。",
    ),
]
Question = Annotated[
    str | None, typer.Argument(metavar="问题", rich_help_panel=_ARGUMENTS, help="要查询的问题。")
]
DocxFile = Annotated[
    Path | None,
    typer.Argument(readable=False, metavar="文件", rich_help_panel=_ARGUMENTS, help="要检查的 .docx 文件。"),
]
TemplateName = Annotated[
    str | None,
    typer.Argument(
        metavar="模板", rich_help_panel=_ARGUMENTS, help="编号（如 CQ-D1）或名称；省略则列出全部。"
    ),
]
WithPhrasings = Annotated[
    bool,
    typer.Option(
        "--phrasings",
        rich_help_panel=_PANEL,
        help="请语言模型为所加文件编写常见问法，只用于检索。",
    ),
]
Restore = Annotated[
    bool,
    typer.Option("--restore", rich_help_panel=_PANEL, help="把移除过的随附文件也重新读入。"),
]
