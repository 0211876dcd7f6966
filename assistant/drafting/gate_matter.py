"""The matter gate: a sentence says nothing that neither the facts, nor its clauses, nor our frames say.

Words are held against what may be said: the facts, the words of the template's frames and the clauses
cited beside the sentence. What is left over must be plain: words everybody uses all the time, counted
by the dictionary of the segmenter, or listed in `prompts/drafting/plain.toml`. So 续约, 抵扣 and 驾驶舱
are new matter, whatever they are about, and no list of forbidden words is needed. Beside it: what a
sentence permits or denies though nothing at hand does, and what belongs to another row of a table. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache, lru_cache

from assistant.drafting.case import Case
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.sentences import Said, without_quotes
from assistant.drafting.values import tidy
from assistant.facts.showing import plain as plain_number
from assistant.facts.types import Table
from indexing.folding import fold_tight
from indexing.segmentation import commonness, cut, cut_for_search, is_word, tags
from prompts.draft_frames import claims, plain

_COMMON = 5_000
"""So often a word of everyday prose stands in the texts jieba's dictionary was counted on: 提供, 方便."""
# adverbs, adjectives, conjunctions, prepositions, pronouns, numerals, measures, times, particles
PLAIN_TAGS = frozenset(("d", "ad", "a", "an", "c", "p", "r", "m", "q", "t", "f", "u", "uj", "ul", "y", "zg"))
_LEADING = frozenset("不由以并共各均已于在与为另仍拟再又其该本及或经按从向对把将被")
_TRAILING = frozenset("区内外间处站点室端侧旁里上下中前后时类性型式着")  # 托育区, 综合体内
_PAIR = 2
_HAN = re.compile(r"[\u4e00-\u9fff]+")
_DATED = re.compile(r"\d+[年月日]")  # 8月20日报 is no 日报
# "以海发改〔2026〕33号文"
_NUMBERED = re.compile(r"以?[\u4e00-\u9fff]{0,8}〔\d{4}〕第?\d+号文?")
_CLAUSES = re.compile(r"[，。；：！？]")
# "可对外出租", "允许叠加"; not 可持续, 不可, 许可, 可行
_PERMITTED = re.compile(
    r"(?<![不许认宁尚])(?:可以|均可|即可|允许|准许|可(?![持行靠能见观及达供容口爱以溯到选用覆]))"
)
_DENIED = re.compile(r"(?:未|没有|尚未|无需|不再|不)([\u4e00-\u9fff]{2})")
_LEAST_CELL = 3


def new_matter(said: Said, ground: Ground, own_words: str) -> list[str]:
    """Words of a sentence that nothing at hand has and that are not plain, in order."""
    allowed = _allowed(said, ground, own_words)
    found = (word for run in _HAN.findall(told_words(said)) for word in cut(run))
    new = (word for word in found if len(word) > 1 and not _is_known(word, allowed))
    return list(dict.fromkeys(word for word in new if not is_claim(word)))


@cache
def is_claim(word: str) -> bool:
    """Whether a word states a deed or a state; then the support gate says whether it may stand."""
    return any(re.fullmatch(said, word) for said, _ in claims())


def told_words(said: Said) -> str:
    """A sentence without what it quotes and the 文号 it names, which other gates hold to the facts."""
    return _DATED.sub(" ", _NUMBERED.sub(" ", without_quotes(said.text)))


def _allowed(said: Said, ground: Ground, own_words: str) -> str:
    cited = fold_tight("｜".join(cited_texts(said.citations)))
    return "｜".join((ground.folded, own_words, ground.labels, ground.met, cited))


def _is_known(word: str, allowed: str) -> bool:
    """Whether a word, or each word it is made of, is at hand or plain."""
    if word in allowed or is_plain(word):
        return True
    halves = [word[at : at + 2] for at in range(0, len(word), 2)] if len(word) % 2 == 0 else []
    if word[0] in _LEADING and not is_word(word):
        # 由区, 并设, 由小苑: the segmenter took a preposition for part of a word
        return len(word) == _PAIR or _is_known(word[1:], allowed)
    if word[-1] in _TRAILING and (len(word) == _PAIR or _is_known(word[:-1], allowed)):
        return True
    parts = [one for one in (*cut_for_search(word), *halves) if one != word]
    covered = {at for one in parts if one in allowed or is_plain(one) for at in _places(one, word)}
    return len(covered) == len(word)


def _places(part: str, word: str) -> range:
    return range(word.index(part), word.index(part) + len(part))


@cache
def is_plain(word: str) -> bool:
    """Whether a word by itself says nothing of any project: 提供, 逐步, 围绕; not 续约."""
    if word in plain()["words"]:
        return True
    if not is_word(word) and len(word) == _PAIR and not plain()["signs"].isdisjoint(word):
        return True  # 委和, 时看: no word, the segmenter put two together
    if word in plain()["telling"]:
        return False
    return is_word(word) and (commonness(word) >= _COMMON or tags(word)[0] in PLAIN_TAGS)


def unsourced_permissions(said: Said, ground: Ground, own_words: str) -> list[str]:
    """可, 可以, 允许 without a clause behind it, unless it says what people are able to do."""
    if said.citations:
        return []
    known = f"{ground.folded}｜{own_words}"
    out = []
    for clause in _CLAUSES.split(ground.residue(said.text)):
        for one in _PERMITTED.finditer(clause):
            near = fold_tight(clause[one.start() : one.end() + 2])
            what = tags(clause[one.end() :])[:1]
            if near not in known and what != ["a"] and not re.search(plain()["people"], clause):
                out.append(clause[one.start() : one.end() + 6])
    return out


def false_denials(said: Said, ground: Ground) -> list[str]:
    """未收到不同意见, where a fact has 收到意见9条 and nothing denies it."""
    out = []
    for clause in _CLAUSES.split(without_quotes(said.text)):
        for one in _DENIED.finditer(clause):
            verb = one.group(1)
            if is_word(verb) and _is_stated(verb, clause[one.end() :], ground):
                out.append(one.group())
    return out


def _is_stated(verb: str, rest: str, ground: Ground) -> bool:
    """Whether one part of a fact has a verb undenied, with another word of the clause right behind it."""
    after = [word for word in cut(rest) if len(word) > 1 and word not in ("情况", "项目")]
    parts = (part for text in ground.fact_texts for part in re.split(r"[，；。、：]", text))
    told = [part for part in parts if verb in part and any(word in part.partition(verb)[2] for word in after)]
    return bool(told) and not any(_DENIED.search(part) or f"无{verb}" in part for part in told)


def misplaced_cells(said: Said, ground: Ground) -> list[str]:
    """What a table says of another row: 养老服务设阅读区, which is 儿童托管's."""
    text = without_quotes(said.text)
    out = []
    for names, amounts, cells in _cells_of(ground.case):
        found = [(words, owners) for words, owners in cells if words in text]
        bare = text
        for words, _ in found:  # 居家养老服务中心 holds the name of a row, and is the cell of another
            bare = bare.replace(words, "＊" * len(words))
        for words, owners in found:
            before = bare[: text.index(words)]
            named = [name for name in names if name in before]
            last = max(named, key=before.rindex, default=None)
            at = before.rindex(last) if last else len(before)
            told = [amount for amount in amounts if amount in before[at:]]
            # 甲200万元，区财政1000万元: the amount named last tells which
            last = amounts[max(told, key=before.rindex)] if told else last
            if last is None or ("分别" in before and any(owner in named for owner in owners)):
                continue  # 甲和乙分别设…和…: which is whose is not told by what stands nearest
            if not any(_alike(last, owner) for owner in owners):
                out.append(f"{last}：{words}")
    return out


def _alike(name: str, owner: str) -> bool:
    return name == owner or owner in name


Cells = tuple[tuple[str, ...], dict[str, str], tuple[tuple[str, tuple[str, ...]], ...]]
"""Of a table the names of its rows, which of them has which amount, each described cell with its rows."""


def _amounts(table: Table) -> dict[str, str]:
    """Amounts that only one row has, with its name: 1000万元 of 区财政资金."""
    if "金额" not in table.columns:
        return {}
    cells = [one for one in table.column("金额") if isinstance(one, Decimal)]
    rows = zip(table.column("金额"), table.rows, strict=True)
    return {
        f"{plain_number(cell)}万元": str(row[0])
        for cell, row in rows
        if isinstance(cell, Decimal) and cells.count(cell) == 1
    }


@lru_cache(maxsize=8)
def _cells_of(case: Case) -> tuple[Cells, ...]:
    """For each table its `Cells`."""
    out = []
    for value in case.values.values():
        if isinstance(value, Table) and len(value.rows) > 1:
            names = tuple(str(row[0]) for row in value.rows)
            cells: dict[str, list[str]] = {}
            for row in value.rows:
                for words in _described(row[1:]):
                    cells.setdefault(words, []).append(str(row[0]))
            parts = tuple((words, tuple(owners)) for words, owners in cells.items() if words not in names)
            out.append((names, _amounts(value), parts))
    return tuple(out)


def _described(cells: tuple[object, ...]) -> Iterator[str]:
    """Cells in words and their parts: 设阅读区和作业区, 阅读区, 作业区."""
    for cell in cells:
        if isinstance(cell, str):
            whole = tidy(cell)
            parts = (
                each for each in re.split(r"[和、，及]", whole.removeprefix("设")) if _HAN.fullmatch(each)
            )
            yield from (each for each in dict.fromkeys((whole, *parts)) if len(each) >= _LEAST_CELL)
