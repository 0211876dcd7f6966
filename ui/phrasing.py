"""`cewen add --phrasings`: the language model configured writes for the files added, and what came of it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

from assistant.models.chat import complete
from assistant.models.phrasing import Phrased, phrase_document
from indexing.errors import SettingsError
from indexing.ingest import FileReport, Outcome
from indexing.titles import titled
from ui.reports import terminal
from ui.usage import say

if TYPE_CHECKING:
    from assistant.models.chat import ChatModel
    from indexing.index import ClauseIndex
    from indexing.settings import Settings

NO_MODEL = "没有编写问法：没有设置语言模型（llm_url 和 llm_model）；文件已入库，设好后再添加一次即可补写。"
_TAKEN_IN = frozenset({Outcome.ADDED, Outcome.UPDATED, Outcome.EXISTS})


def write_phrasings(index: ClauseIndex, settings: Settings, done: Sequence[FileReport]) -> None:
    """Have the language model configured write how people ask for the clauses of the files taken in.

    A file that was known already takes part: so what a first run could not write is written by a second.
    One sentence a document on standard error says what came of it; whatever the model does, the files
    stay added and the exit code stays theirs.

    Raises:
        HomeUnusable, HomeBusy: what was written cannot be kept.
    """
    from assistant.models.client import configured_chat  # httpx takes 100 ms that adding files does not need

    taken_in = {report.doc_id for report in done if report.doc_id and report.outcome in _TAKEN_IN}
    if not taken_in:
        return
    try:
        chat = configured_chat(settings)
    except SettingsError as exc:
        say(f"没有编写问法：{exc}")
        return
    if chat is None:
        say(NO_MODEL)
        return
    for doc_id in sorted(taken_in):
        phrased = _phrase(index, doc_id, chat)
        document = index.document(doc_id)
        say(sentence_on(phrased, document.title if document else doc_id, chat.name))


def _phrase(index: ClauseIndex, doc_id: str, chat: ChatModel) -> Phrased:
    """`phrase_document` under a progress bar on standard error."""
    console = terminal(stderr=True)
    columns = (TextColumn("正在编写问法"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("", total=None)

        def one_done(number: int, of: int) -> None:
            bar.update(task, completed=number, total=of)

        return phrase_document(index, doc_id, partial(complete, chat), chat.name, one_done)


def sentence_on(phrased: Phrased, title: str, author: str) -> str:
    """What came of writing for one document, and why not all of it.

    >>> sentence_on(Phrased("d", 2, 2, 0, None), "某办法", "qwen3")
    '《某办法》：语言模型 qwen3 为 2 个条款编写了问法（未经审阅，只用于检索）。'
    """
    if not phrased.n_asked:
        return f"{titled(title)}的条款都已有问法，没有再编写。"
    if phrased.trouble is not None:
        why = phrased.trouble
    elif phrased.n_written < phrased.n_asked:
        why = "答复不合要求，未采用。"
    else:
        why = "一次只问这么多，请再次添加同一文件以续写。"
    if not phrased.n_written:
        return f"没有为{titled(title)}编写问法，文件已照常入库，可以检索。语言模型 {author}：{why}"
    told = (
        f"{titled(title)}：语言模型 {author} 为 {phrased.n_written} 个条款编写了问法（未经审阅，只用于检索）"
    )
    return f"{told}；还有 {phrased.n_left} 个没有：{why}" if phrased.n_left else f"{told}。"
