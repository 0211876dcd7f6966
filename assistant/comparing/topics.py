"""The topics that ship with Cewen, as data (`corpus/topics/*.toml`), and topics typed by a user.

A shipped topic says in patterns what a sentence on it looks like; nothing in it names a document
or a clause. Any other text is a free topic, looked up through the search.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from functools import cache
from importlib import resources
from itertools import chain
from typing import Any

from assistant.comparing.types import FigureNeed, Topic
from assistant.errors import TopicError
from indexing.folding import fold_tight

MOST_TOPICS = 100
"""A table of more rows is no longer read; whoever wants more compares twice."""

FREE_GROUP = "自拟主题"
_MAX_CHARS = 100
_PLAIN_CHARS = 3  # 面积 stands in many names and means none of them
_LISTS = frozenset({"asks", "unless", "also", "units", "figure_says", "figure_unless"})
_ASIDE = re.compile(r"\(.*?\)")


@cache
def shipped_topics() -> tuple[Topic, ...]:
    """Every shipped topic, in the order of the files and within them; empty where none are shipped.

    Raises:
        TopicError: a file cannot be read as topics; file and topic are named.
    """
    folder = resources.files("corpus").joinpath("topics")
    if not folder.is_dir():
        return ()
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda f: f.name)
    topics = tuple(topic for file in files for topic in read_topics(file.read_text("utf-8"), file.name))
    twice = [one.id for one in topics if sum(other.id == one.id for other in topics) > 1]
    if twice:
        raise TopicError(f"比对主题 {twice[0]} 在 corpus/topics 中出现了两次，请改名。")
    return topics


def read_topics(text: str, file: str) -> tuple[Topic, ...]:
    """The topics of one file.

    Args:
        text: TOML; `group` and an array of tables `topic`.
        file: its name, for messages.

    Raises:
        TopicError: it is not TOML, a key is missing or unknown, or a pattern cannot be read.
    """
    try:
        values = tomllib.loads(text)
        return tuple(_topic(dict(each), values["group"]) for each in values["topic"])
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, re.error) as exc:
        raise TopicError(f"比对主题文件 {file} 无法读取（{exc}），请改正。") from exc


def _topic(values: dict[str, Any], group: str) -> Topic:
    """A topic of the file's table; figures are optional where units are given and nothing is said."""
    lists: dict[str, tuple[str, ...]] = {name: tuple(values.pop(name, ())) for name in sorted(_LISTS)}
    default = FigureNeed.OPTIONAL if lists["units"] else FigureNeed.NONE
    topic = Topic(
        id=values.pop("id"),
        name=values.pop("name"),
        group=group,
        says=tuple(tuple(one) for one in values.pop("says")),
        figure=FigureNeed(values.pop("figure", default)),
        is_dated=bool(values.pop("dated", False)),
        asks=lists["asks"],
        unless=lists["unless"],
        also=lists["also"],
        units=lists["units"],
        figure_says=lists["figure_says"],
        figure_unless=lists["figure_unless"],
    )
    if values:
        raise ValueError(f"{topic.id}: {'、'.join(values)}")
    kinds = (*topic.says, topic.also, topic.unless, topic.figure_says, topic.figure_unless)
    for pattern in chain.from_iterable(kinds):
        re.compile(pattern)
    return topic


def choose_topics(names: Sequence[str], known: Iterable[Topic] | None = None) -> tuple[Topic, ...]:
    """The topics a user names, in order and each once; all shipped ones where none is named.

    A name is a topic's id, its name (what stands in brackets may be left out), a way it is asked
    for or a part of these that no other topic has; a group's name, which stands for all its topics;
    or any other text, which becomes a free topic.

    Raises:
        TopicError: a name is blank or too long, or there are more than `MOST_TOPICS`.
    """
    shipped = shipped_topics() if known is None else tuple(known)
    chosen = [topic for name in names for topic in _named(name, shipped)] if names else list(shipped)
    distinct = tuple({topic.id: topic for topic in chosen}.values())
    if len(distinct) > MOST_TOPICS:
        raise TopicError(f"一次最多比对 {MOST_TOPICS} 个主题，现有 {len(distinct)} 个，请分几次比对。")
    return distinct


def _named(name: str, shipped: Sequence[Topic]) -> tuple[Topic, ...]:
    folded = fold_tight(name)
    if not any(map(str.isalnum, folded)):
        raise TopicError("比对主题不能为空，请写明要比什么，例如：cewen compare 综合体建筑面积。")
    if len(folded) > _MAX_CHARS:
        raise TopicError(f"主题“{name[:20]}…”有 {len(folded)} 字，请缩短到 {_MAX_CHARS} 字以内。")
    for topic in shipped:
        if folded in {topic.id, *wordings(topic)}:
            return (topic,)
    group = tuple(topic for topic in shipped if fold_tight(topic.group) == folded)
    inside = tuple(topic for topic in shipped if any(folded in own for own in wordings(topic)))
    is_plain = len(folded) >= _PLAIN_CHARS and len(inside) == 1
    return group or (inside if is_plain else (free_topic(name),))


def wordings(topic: Topic) -> tuple[str, ...]:
    """What a topic is called and how it is asked for, folded; the name also without its brackets."""
    own = fold_tight(topic.name)
    return (own, _ASIDE.sub("", own), *map(fold_tight, topic.asks))


def free_topic(text: str) -> Topic:
    """A topic of a user's own words."""
    name = re.sub(r"\s+", " ", text).strip()
    return Topic(
        id=f"free:{fold_tight(name)}",
        name=name,
        group=FREE_GROUP,
        asks=(name,),
        figure=FigureNeed.OPTIONAL,
        is_free=True,
    )
