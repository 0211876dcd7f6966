"""Gates on words: promises, conclusions, markup, times that are over. Word lists are data."""

from __future__ import annotations

import re
from functools import cache

from assistant.drafting.gate_numbers import Figure, Known, figures, in_one_width
from assistant.drafting.ground import Ground, cited_texts
from assistant.drafting.sentences import BLANK, QUOTED, TITLE, Said, without_quotes
from assistant.drafting.values import is_none
from assistant.export.text import in_one_line
from assistant.facts.dictionary import dictionary
from assistant.facts.types import FactKind
from assistant.rules.types import Force
from assistant.rules.verdicts import Verdict
from assistant.types import Citation
from indexing.folding import fold_tight
from prompts.draft_frames import phrases, wording

_YEAR = re.compile(r"(20\d{2})\s*年")
_HALF_WIDTH = re.compile(r"(?<=[\u4e00-\u9fff])[,;:()?!](?=[\u4e00-\u9fff])")


@cache
def words(name: str) -> re.Pattern[str]:
    """A pattern of wording.toml, ready to search."""
    return re.compile(wording()["gates"][name], re.MULTILINE)


def residue(said: Said, ground: Ground) -> str:
    """See `Ground.residue`."""
    return ground.residue(said.text)


def marked_up(said: Said, ground: Ground) -> list[str]:
    """HTML, Markdown, control characters, traces of a model, XX, half-width marks in Chinese."""
    found = [one.group() for name in ("markup", "placeholders") for one in words(name).finditer(said.text)]
    found += [one.group() for one in words("traces").finditer(residue(said, ground))]
    outside = QUOTED.sub("", TITLE.sub("", said.text))
    found += [one.group() for one in _HALF_WIDTH.finditer(outside)]
    opened = BLANK.sub("", said.text)
    return [*found, *(["【"] if "【" in opened or "】" in opened else [])]


def approximated(said: Said, ground: Ground) -> list[str]:
    """约860平方米, 近千户: where neither the facts nor the clause cited say so."""
    text = without_quotes(said.text)
    allowed = f"{ground.folded}｜{fold_tight('｜'.join(cited_texts(said.citations)))}"
    out = [one.group() for one in words("vague").finditer(text) if one.group() not in allowed]
    for one in words("about").finditer(text):
        if one.group() == "超过" and text[: one.start()].endswith(("不", "未", "没有")):
            continue  # a limit, which is held to its clause
        around = text[max(0, one.start() - 8) : one.end() + 10]
        if (
            re.search(r"\d|[一二三四五六七八九十百千万]+(?:平方米|万元|户|人|项)", around) is None
            and len(one.group()) < 2
        ):
            continue
        near = fold_tight(text[one.start() : one.end() + 4])
        counted = re.search(r"\d[\d.]*[^\d，。；、]{0,4}$", text[: one.end()])
        before = fold_tight(counted.group() if counted else text[max(0, one.start() - 4) : one.end()])
        if _touches_number(text, one.start(), one.end()) and near not in allowed and before not in allowed:
            out.append(around.strip())
    return out


def _touches_number(text: str, start: int, end: int) -> bool:
    after = re.match(r"\s*[\d一二三四五六七八九十百千万]", text[end:]) is not None
    before = re.search(r"\d[^，。；、]{0,4}$", text[:start]) is not None
    return (
        after or before or text[start:end] in ("若干", "数十", "数百", "几十", "几百", "上百", "上千", "近千")
    )


def over_promised(said: Said, ground: Ground) -> list[str]:
    """A promise or duty where the clause only encourages or permits; a figure without its 原则上, 左右."""
    left = residue(said, ground)
    found = [one.group() for one in words("lowered").finditer(left)]
    for citation in said.citations:
        quote = in_one_line(citation.quote)
        is_whole = quote in in_one_line(said.text)
        if _is_weak(citation, quote, ground):
            found += [one.group() for one in words("promises").finditer(left)]
            found += [one.group() for one in words("duties").finditer(left) if one.group() not in quote]
            if _is_open(citation, ground):
                found += [one.group() for one in _HAD.finditer(left) if one.group(1) in quote]
            is_told = BLANK.search(said.text) is None and not words("hedged").search(left)
            if is_told and _is_open(citation, ground):
                found.append(left.strip(" ，。；")[-_SHOWN:])
        if _obliges(citation, ground):
            found += [one.group() for one in _PERMITS.finditer(left) if one.group() not in quote]
            found += [one.group() for one in words("waivers").finditer(left)]
            found += [one.group() for one in words("loosening").finditer(left) if one.group() not in quote]
        if not is_whole:
            found += _dropped(quote, left)
        elif any(_is_of(each, quote, ground) for each in figures(left)):
            found += _unqualified(quote, left)
    return list(dict.fromkeys(found))


def _is_weak(citation: Citation, quote: str, ground: Ground) -> bool:
    """Whether a clause only encourages, advises or permits: as reviewed, or by its words where no rule is."""
    findings = ground.findings_of((citation,))
    if findings:
        return all(each.rule.force in _WEAK for each in findings)
    strong = words("strong").search(_NO_DUTY.sub("", quote))
    return words("weak").search(quote) is not None and strong is None


def _is_open(citation: Citation, ground: Ground) -> bool:
    """Whether nothing shows that the project has what a clause offers; then 拟申请 has to be said."""
    findings = ground.findings_of((citation,))
    return bool(findings) and all(each.verdict is not Verdict.PASS for each in findings)


_SHOWN = 20
# "已减免地价" of a clause that only lets it be done
_HAD = re.compile(r"已(?:经|相应|全部)*([\u4e00-\u9fff]{2})")
# 可以变更, 可延长; not 不可, 可持续
_PERMITS = re.compile(r"(?<![不许认])(?:可以|允许|准许|可(?=[\u4e00-\u9fff]{2})(?![持行靠能见观及达供容]))")


def _obliges(citation: Citation, ground: Ground) -> bool:
    """Whether a clause was reviewed as a duty, a ban or a principle."""
    return any(each.rule.force in _STRONG for each in ground.findings_of((citation,)))


_STRONG = (Force.DUTY, Force.BAN, Force.PRINCIPLE)
_WEAK = (Force.PERMITTED, Force.ENCOURAGED, Force.ADVICE)
# 要 of 主要 and 应 of 应对 oblige nobody
_NO_DUTY = re.compile(r"需求|要求|主要|重要|必要|需要的|应用|应对|相应|适应|供应|响应|急需")


def _dropped(quote: str, left: str) -> list[str]:
    """Qualifiers and negations of a quote that its paraphrase leaves out."""
    clause, out = Known((quote,)), []
    if any(clause.has(each) for each in figures(left)):
        out += _unqualified(quote, left)
    out += [one for one in _DENIED_VERB.findall(quote) if _affirmed(one, left)]
    banned = re.search(r"不得|不再|不应|不宜|避免|禁止|不予", quote)
    if banned and not words("negations").search(left) and not words("denials").search(left):
        out.append(banned.group())
    return out


def _is_of(figure: Figure, quote: str, ground: Ground) -> bool:
    """Whether a measure is the clause's and no fact's: 应达到600平方米 beside 一般不应小于600平方米."""
    is_measure = figure.unit in ("元", "平方米", "%", "户", "人")
    return is_measure and Known((quote,)).has(figure) and not ground.known.has(figure)


# how a paraphrase keeps what limits a clause: 不少于3项的原则要求, 未超过30%
_ROOTS = {"原则上": "原则", "不超过": "(?:不|未|没有)超过|未超出|以内"}


def _unqualified(quote: str, left: str) -> list[str]:
    return [
        one.group()
        for one in words("qualifiers").finditer(quote)
        if re.search(_ROOTS.get(one.group(), re.escape(one.group())), left) is None
    ]


# "暂不改变规划性质", "不计入容积率": what is not done to something
_DENIED_VERB = re.compile(r"不(改变|变更|计入|纳入|扩建|新建|收取)")


def _affirmed(verb: str, text: str) -> bool:
    """Whether a text has a verb, and never with a negation before it."""
    return verb in text and re.search(rf"(?:[不未免]|没有|无需)[^，。；]{{0,3}}{verb}", text) is None


def past_as_future(said: Said, ground: Ground) -> list[str]:
    """A year that is over as something to come, unless the facts name it."""
    left = in_one_width(residue(said, ground))
    today = ground.case.as_of.year
    out = []
    for year in _YEAR.finditer(left):
        if int(year.group(1)) < today and (
            words("future").search(left) or re.search(rf"到\s*{year.group(1)}", left)
        ):
            out.append(year.group())
    quoted = [int(year) for quote in QUOTED.findall(said.text) for year in _YEAR.findall(quote)]
    if (
        quoted
        and max(quoted) < today
        and re.search(r"到\s*20\d\d", said.text)
        and words("future").search(left)
    ):
        out.append(f"{max(quoted)}年")
    return out


def unsourced_duty(said: Said, ground: Ground) -> list[str]:
    """A requirement in a sentence without a citation."""
    if said.citations:
        return []
    left = residue(said, ground)
    found = words("duties").finditer(left)
    return [one.group() for one in found if not _is_quoted_fact(left, one.start(), one.end(), ground)]


def _is_quoted_fact(text: str, start: int, end: int, ground: Ground) -> bool:
    """Whether a word stands in a fact with what follows it here: 应 of 应到96人."""
    after, before = text[start : end + 3], text[max(0, start - 2) : end]
    is_after = len(after) > end - start + 1 and fold_tight(after) in ground.folded
    return is_after or (len(before.strip()) > end - start + 1 and fold_tight(before) in ground.folded)


def conclusions_unstated(said: Said, ground: Ground) -> list[str]:
    """A conclusion on safety, risk, satisfaction or grade that no fact states."""
    left = residue(said, ground)
    told = (one for name in ("conclusions", "superlatives") for one in words(name).finditer(left))
    # 评估等级不合格的，限期整改: a case a clause provides for
    found = [one.group() for one in told if not (said.citations and left[one.end() :].startswith("的，"))]
    return [one for one in found if not _is_flagged(one, ground)]


def _is_flagged(conclusion: str, ground: Ground) -> bool:
    """Whether all it is about is 是 in the sheet: 结构和消防安全均有保障."""
    known = dictionary()
    flags = [known.label(key) for key, value in ground.case.values.items() if value is True and key in known]
    about = [one for one in ("结构", "消防", "日照") if one in conclusion]
    said_of = [next((flag for flag in flags if one in flag), "") for one in about]
    return bool(about) and all(flag and flag[-2:] in conclusion for flag in said_of)


def contrary(said: Said, ground: Ground) -> list[str]:
    """A flag or paper said to be there that is not, or the other way round: 已取得立项批复, 尚未…."""
    left = residue(said, ground)
    out = []
    for key, yes, no in _flags():
        value = ground.case.values.get(key)
        if (value is None or is_none(value)) and yes in left:
            out.append(yes)
        if value is not None and not is_none(value) and no and no in left:
            out.append(no)
    return out


@cache
def _flags() -> tuple[tuple[str, str, str], ...]:
    """Key, what says that it is, what says that it is not; of facts that are 是 or 否, there or not."""
    kinds = (FactKind.FLAG, FactKind.EVIDENCE)
    found = ((key, phrase) for key, phrase in phrases().items() if dictionary().spec(key).kind in kinds)
    stems = ((key, phrase.yes.partition("（")[0], phrase.no) for key, phrase in found)
    return tuple((key, yes, no) for key, yes, no in stems if len(yes) >= _STEM and "{v}" not in yes)


_STEM = 5
