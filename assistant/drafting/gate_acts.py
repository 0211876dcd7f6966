"""The gate on acts: who is said to do something was said to do it, by a fact, a frame or a document. Pure."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from assistant.drafting.case import Case
from assistant.drafting.gate_bodies import bodies_of, is_body
from assistant.drafting.gate_matter import PLAIN_TAGS, is_plain, told_words
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.sentences import Said
from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind
from indexing.folding import fold_tight
from indexing.segmentation import cut, tags
from prompts.draft_frames import wording

_CLAUSES = re.compile(r"[，。；：！？]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PAIR = 2


def strange_acts(said: Said, ground: Ground) -> list[str]:
    """由运营单位开展专项体检: an act of one of those at hand that no fact, frame or document gives it."""
    out = []
    for clause in _CLAUSES.split(told_words(said)):
        for names in actors_of(ground.case):
            at = next((one for one in (_acting(name, clause) for name in names) if one), None)
            if at is not None:
                out += [f"{at.group()}…{word}" for word in _acts(clause, at, names, ground)]
                break
        out += [
            one.group() for one in _agents().finditer(clause) if not _is_at_hand(one.group(1), said, ground)
        ]
    return list(dict.fromkeys(out))


@cache
def _agents() -> re.Pattern[str]:
    return re.compile(wording()["gates"]["agents"])


def _is_at_hand(body: str, said: Said, ground: Ground) -> bool:
    """Whether facts, what they are called or a clause cited name one who acts; 有关部门 is nobody at all."""
    cited = fold_tight("｜".join(cited_texts(said.citations)))
    named = f"{ground.folded}｜{ground.labels}｜{cited}"
    return (
        fold_tight(body) in named
        or body.startswith(("有关", "相关", "各"))
        or any(body.endswith(name) for names in actors_of(ground.case) for name in names)
    )


def _acting(name: str, clause: str) -> re.Match[str] | None:
    """Where a clause has one of this name act: behind 由; a body, where the clause begins with it too."""
    first = "|^" if is_body(name) and not name.endswith(_STREETS) else ""
    return re.search(rf"(?:[由经]{first}){re.escape(name)}(?![为是的、和与及]|$)", clause)


def _acts(clause: str, actor: re.Match[str], names: tuple[str, ...], ground: Ground) -> list[str]:
    """What is not plain of what the actor does, else of what it is done to.

    One word has to be known of the actor where all of that is plain (负责场地改造), and where it has no
    role in the sheet and only made a paper (由某评估公司出具).
    """
    parts = [_without(names, part) for part in (clause[actor.end() :], clause[: actor.start()])]
    acting = re.compile(wording()["gates"]["acting"])
    words = [word for part in parts for word in cut(part) if len(word) > 1 and _HAN.fullmatch(word)]
    words = [word for word in words if not acting.fullmatch(word) and tags(word)[0] not in PLAIN_TAGS]
    if len(names) == 1 and any(_is_done(word, names, ground) for word in words):
        return []
    for part in parts:
        told = [word for word in cut(part) if len(word) > 1 and _HAN.fullmatch(word) and not is_plain(word)]
        told = [word for word in told if word not in ground.project_name]
        if told:
            return [word for word in told if not _is_done(word, names, ground)]
    is_known = any(_is_done(word, names[:_PAIR], ground) for word in words)
    return [] if is_known or not re.search(acting, clause) else words[:1]


def _without(names: tuple[str, ...], text: str) -> str:
    for name in names:
        text = text.replace(name, " ")
    return text


def _is_done(word: str, names: tuple[str, ...], ground: Ground) -> bool:
    return any(
        word in name
        or any(word in sentence.replace(name, "") for sentence in ground.sentences if name in sentence)
        for name in names
    )


@lru_cache(maxsize=8)
def actors_of(case: Case) -> tuple[tuple[str, ...], ...]:
    """Those who may do something, each with all its names: the body, and what the sheet calls it."""
    named: dict[str, list[str]] = {}
    for spec in dictionary().specs:
        value = case.values.get(spec.key)
        roles = [one for one in (spec.label, *spec.aliases) if len(one) > _PAIR]
        if spec.kind is not FactKind.TEXT or not spec.label.endswith(_ROLES):
            continue
        body = value if isinstance(value, str) and is_body(value) else ""
        named.setdefault(body or spec.label, [body] if body else []).extend(roles)
    for body in bodies_of(case):
        named.setdefault(body, [body])  # who only made a paper is no more than that
    street = case.values.get("subdistrict")
    if isinstance(street, str):
        named.setdefault(street, [street, f"{street}办事处"])
    return tuple(tuple(dict.fromkeys(names)) for names in named.values())


_STREETS = ("街道", "镇", "乡")  # 观音桥街道小苑社区 says where
_ROLES = ("单位", "主体", "机关", "部门", "产权人")
"""How the label of a fact ends that is a body."""
