"""The gate on who and whether: bodies, sources of money, and what is said to be settled.

A body that a fact names is not what another fact is said to be; money that is still asked for is not
there; what the sheet leaves open, or says 无 to, is not settled. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from assistant.drafting.case import Case
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.sentences import Said, without_quotes
from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind, FactSpec, Table, Value
from prompts.draft_frames import wording

_LEAST_LABEL, _LEAST_NAME = 2, 4
# 重庆安信评估有限公司2026年5月出具; what stands before the name is cut off by its own marks
_COMPANY = re.compile(
    r"[\u4e00-\u9fff]{2,24}?(?:有限责任公司|有限公司|集团|事务所|研究院|设计院|检测站|鉴定中心|基金会)"
)
_BODY_END = re.compile(
    r"(?:公司|集团|委员会|办事处|人民政府|政府|管理局|局|委|中心|研究院|设计院|事务所|院|站|会|街道)$"
)


@lru_cache(maxsize=8)
def bodies_of(case: Case) -> tuple[str, ...]:
    """Every body any fact names, longest first; made once a case, which is told from others by identity."""
    found = {body for value in case.values.values() for body in _bodies(value)}
    return tuple(sorted(found, key=lambda one: (-len(one), one)))


def misplaced_bodies(said: Said, ground: Ground) -> list[str]:
    """A body said to be what another one is: 实施主体为 followed by the 运营单位."""
    text = without_quotes(said.text)
    bodies = bodies_of(ground.case)
    if not any(body in text for body in bodies):
        return []
    out: list[str] = []
    for key, names in _roles():
        if not any(name in text for name in names):
            continue
        own = _bodies(ground.case.values.get(key))
        if not own and key in _papers():
            continue  # of a paper that names nobody 由 says who made it, which `doers` sees to
        for words in _said_of(names, text, bodies):
            named = [body for body in bodies if body in words]
            if named and not any(body in words or words in body for body in own):
                out.append(f"{names[0]}：{named[0]}")
    return list(dict.fromkeys((*out, *_doers(text, bodies, ground), *_makers(text, bodies, ground))))


def _makers(text: str, bodies: tuple[str, ...], ground: Ground) -> Iterator[str]:
    """甲公司出具了选址安全评估, where the sheet has it from another."""
    for key, names in _roles():
        own = _bodies(ground.case.values.get(key)) if key in _papers() else ()
        for body in (one for one in bodies if own and one in text):
            found = re.search(_MADE.format(body=re.escape(body), paper=re.escape(names[0])), text)
            if found and not any(body in one or one in body for one in own):
                yield found.group()


def _doers(text: str, bodies: tuple[str, ...], ground: Ground) -> Iterator[str]:
    """由甲单位批复, 产权属于甲单位, 报甲单位备案, where the sheet has another one for that."""
    named = [body for body in bodies if body in text]
    for table, patterns in _PATTERNS.items():
        for key, words in wording()[table].items():
            own = _bodies(ground.case.values.get(key))
            for body in named:
                if any(body in each or each in body for each in own):
                    continue
                for pattern in patterns:
                    found = re.search(pattern.format(body=re.escape(body), words=words), text)
                    if found is None or any(each in found.group() for each in own):
                        continue
                    if own or not _is_told(body, found.group(), ground):
                        yield found.group()


_MADE = "{body}[^，。；、]{{0,6}}(?:出具|编制|作出|完成|开展|提供)[^，。；、]{{0,4}}{paper}"


def _is_told(body: str, words: str, ground: Ground) -> bool:
    """Whether some sentence at hand has a body together with how the words end: what it is said to do."""
    act = words[-_LEAST_LABEL:]
    return any(body in one and act in one.replace(body, "") for one in ground.sentences)


_PATTERNS = {
    "doers": (
        r"[由经]{body}[^，。；、]{{0,14}}?(?:{words})",
        r"{body}(?:负责|承担|组织|作为|具体|统一|进行|直接|日常)?[^，。；、由与和对]{{0,3}}(?:{words})(?!单位|主体|机关|部门)",
    ),
    "held": (
        r"(?:{words})(?:人|方|单位)?(?:属于|归属于?|归|属|为|是|由){body}",
        r"{body}(?:作为|为|是|承担|享有|拥有|持有|负)[^，。；、]{{0,6}}(?:{words})",
    ),
    "owned": (r"归{body}(?:{words})",),
    "recipients": (r"[报向]{body}[^，。；、]{{0,4}}(?:{words})",),
}
"""How a sentence says of whom: who does, whose it is, to whom it goes."""


def _said_of(names: tuple[str, ...], text: str, bodies: tuple[str, ...]) -> Iterator[str]:
    """What a text says of a role: 产权人为…, 由…作为产权人."""
    for name in names:
        if name not in text:
            continue
        for one in re.finditer(rf"{re.escape(name)}(?:均|同)?(?:为|是|由|：)([^，。；、（]{{2,40}})", text):
            before = text[: one.start() + len(name)]
            if not before.endswith(_longer(name)):
                yield one.group(1)
        for body in bodies:
            if re.search(
                rf"{re.escape(body)}(?:作为|担任|为|是)(?:本|该)?(?:项目|设施)?的?{re.escape(name)}", text
            ):
                yield body


@cache
def _roles() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Facts that may name a body, with what they are called."""
    specs = (spec for spec in dictionary().specs if spec.kind in (FactKind.TEXT, FactKind.EVIDENCE))
    return tuple((spec.key, _role_names(spec)) for spec in specs)


@cache
def _papers() -> frozenset[str]:
    return frozenset(spec.key for spec in dictionary().specs if spec.kind is FactKind.EVIDENCE)


def _role_names(spec: FactSpec) -> tuple[str, ...]:
    """The label, and other names that begin like it: 运营主体 for 运营单位; 项目单位 may be many a body."""
    label = re.sub(r"（[^）]*）", "", spec.label)
    alike = (one for one in spec.aliases if one[:_LEAST_LABEL] == label[:_LEAST_LABEL])
    return tuple(one for one in (label, *alike) if len(one) > _LEAST_LABEL)


@cache
def _longer(name: str) -> tuple[str, ...]:
    """Names of other roles that end with this one: 后期管护责任主体 is no 责任主体."""
    return tuple(one for _, names in _roles() for one in names if one != name and one.endswith(name))


def is_body(name: str) -> bool:
    """Whether words end as the name of a body does: 办事处, 公司, 委员会."""
    return len(name) >= _LEAST_NAME and _BODY_END.search(name) is not None


def _bodies(value: Value | None) -> tuple[str, ...]:
    """The bodies a fact names: itself, or the companies in what it says."""
    parts = (
        value if isinstance(value, tuple) else re.split(r"[、，；]", value) if isinstance(value, str) else ()
    )
    own = [one for one in parts if len(one) >= _LEAST_NAME and _BODY_END.search(one)]
    return (*own, *(one.group() for part in parts for one in _COMPANY.finditer(part)))


def unsettled_funds(said: Said, ground: Ground) -> list[str]:
    """Money still asked for said to be there, and sources nobody named: 专项债券足额保障."""
    text, gates = without_quotes(said.text), wording()["gates"]
    clauses = [one for one in re.split(r"[，。；]", text) if re.search(gates["settled"], one)]
    still = tuple(_open_rows(ground))
    out = [
        one
        for one in clauses
        if any(name in one for name in still) or (still and re.search(gates["all_funds"], one))
    ]
    cited = "｜".join(cited_texts(said.citations))
    sources = re.finditer(gates["sources"], ground.residue(said.text))
    return out + [one.group() for one in sources if one.group() not in cited]


def _open_rows(ground: Ground) -> Iterator[str]:
    """The names of rows whose 状态 is still open: 申请中, 意向."""
    for value in ground.case.values.values():
        if isinstance(value, Table) and "状态" in value.columns:
            for name, state in zip(value.column(value.columns[0]), value.column("状态"), strict=True):
                if (
                    isinstance(name, str)
                    and isinstance(state, str)
                    and re.search(wording()["gates"]["open"], state)
                ):
                    yield name


def unfounded(said: Said, ground: Ground) -> list[str]:
    """What nobody settled said to be settled: 已落实后期管护责任主体, where the sheet says 无 or nothing."""
    left = ground.residue(said.text)
    done = wording()["gates"]["done"]
    out = []
    for spec in dictionary().specs:
        value = ground.case.values.get(spec.key)
        if (
            len(spec.label) < _LEAST_NAME
            or spec.label not in left
            or (value is not None and value is not False)
        ):
            continue
        label = re.escape(spec.label)
        found = re.search(rf"(?:{done})[^，。；、]{{0,4}}{label}|{label}[^，。；、]{{0,4}}(?:{done})", left)
        if found:
            out.append(found.group())
    return out
