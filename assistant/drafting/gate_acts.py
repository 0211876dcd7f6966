"""The gate on acts: who is said to do something was said to do it, by a fact, a frame or a document. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from assistant.drafting.case import Case
from assistant.drafting.gate_bodies import bodies_of, is_body
from assistant.drafting.gate_matter import PLAIN_TAGS, is_plain, told_words
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.holdings import facts_of, siblings_of
from assistant.drafting.sentences import Said
from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind
from indexing.folding import fold_tight
from indexing.segmentation import cut, tags
from prompts.draft_frames import wording

_CLAUSES = re.compile(r"[，。；：！？]")
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_PAIR = 2


def strange_acts(said: Said, ground: Ground, own_words: str) -> list[str]:
    """由运营单位开展专项体检: an act of one of those at hand that no fact, frame or document gives it."""
    out = []
    for clause in _CLAUSES.split(told_words(said)):
        for names in actors_of(ground.case):
            at = next((one for one in (_acting(name, clause) for name in names) if one), None)
            if at is not None:
                out += [f"{at.group()}…{word}" for word in _acts(clause, at, names, ground)]
                break
        else:
            out += _charged(clause, said, ground, own_words)
        out += _agreed(clause, said, ground, own_words)
        out += [
            one.group() for one in _agents().finditer(clause) if not _is_at_hand(one.group(1), said, ground)
        ]
    return list(dict.fromkeys(out))


def _agreed(clause: str, said: Said, ground: Ground, own_words: str) -> Iterator[str]:
    """甲公司与街道签订了协议, where nothing at hand has the two agree."""
    pacts = wording()["gates"]["pacts"]
    cited = fold_tight("｜".join(cited_texts(said.citations)))
    told = (*ground.sentences, *re.split(r"[｜。；]", own_words), cited, *_facts_told(ground))
    for one in re.finditer(
        rf"([\u4e00-\u9fff]{{2,24}}?)[与和同]([\u4e00-\u9fff]{{2,16}}?)(?:已|均|正式)*(?:{pacts})", clause
    ):
        heads = [(cut(party) or [party])[-1] for party in one.groups()]
        known = (text for text in told if re.search(rf"{pacts}|协议|合同", text))
        if not any(all(head in text for head in heads) for text in known):
            yield one.group()


def _facts_told(ground: Ground) -> tuple[str, ...]:
    return tuple(unit.text for unit in facts_of(ground.case))


def _charged(clause: str, said: Said, ground: Ground, own_words: str) -> Iterator[str]:
    """社区卫生服务站承担托育管理: who is no actor of the sheet in charge of what nothing at hand gives it."""
    found = _IN_CHARGE.match(clause)
    if found is None:
        return
    who, what = found.groups()
    if any(who != name and who.endswith(name) for names in actors_of(ground.case) for name in names):
        return  # 实施主体甲委员会: named with what it is
    last = (cut(who) or [who])[-1]
    head = last if len(last) > 1 else who
    cited = fold_tight("｜".join(cited_texts(said.citations)))
    rows = (unit.text for each in siblings_of(ground.case) for unit in each)
    told = (*ground.sentences, *rows, *re.split(r"[｜。；]", own_words), cited)
    words = _telling(what)
    by_name = any(word in one for one in told if who in one for word in _deeds(words))
    # of a street by its name a document says what streets do
    if words and not by_name and not any(all(word in one for word in (head, *words)) for one in told):
        yield found.group()


# "社区卫生服务站承担婴幼儿托育的日常管理"; not 由…负责, which the actors see to
_IN_CHARGE = re.compile(
    r"^([\u4e00-\u9fff]{2,16}?)(?:负责|承担|牵头)(?!人|单位|主体|部门|责任)([\u4e00-\u9fff]{2,})"
)


def _telling(text: str) -> list[str]:
    """Words of two signs and more that say what is done: not 负责, 进行, and nothing like 日常."""
    acting = re.compile(wording()["gates"]["acting"])
    words = [word for word in cut(text) if len(word) > 1 and _HAN.fullmatch(word)]
    return [word for word in words if not acting.fullmatch(word) and tags(word)[0] not in PLAIN_TAGS]


def _deeds(words: list[str]) -> list[str]:
    """The last verb of them, which is what is done to the rest: 改造 of 场地改造; all where none is one."""
    return [word for word in words if tags(word)[0] in _VERBS][-1:] or words


_VERBS = ("v", "vn")


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
    words = [word for part in parts for word in _telling(part)]
    if len(names) == 1 and any(_is_done(word, names, ground) for word in words):
        return []
    for part in parts:
        told = [word for word in cut(part) if len(word) > 1 and _HAN.fullmatch(word) and not is_plain(word)]
        told = [word for word in told if word not in ground.project_name]
        if told:
            return [word for word in told if not _is_done(word, names, ground)]
    is_known = any(_is_done(word, names[:_PAIR], ground) for word in _deeds(words))
    return [] if is_known or not re.search(wording()["gates"]["acting"], clause) else words[:1]


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
