"""The same place, another thing: 它, 有效期多久; 既有的呢 stands where its like stood before."""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

from assistant.conversing.before import address_of, named_document, place_span, subject_of, where_of
from assistant.conversing.unsaid import ASKS, LEAD, NATION_NAMED, POINTS, ROLE, Asked, names_thing
from assistant.library import Library
from assistant.premises.bodies import actors_in
from assistant.questions.wording import question_words
from assistant.questions.words import has_noun
from indexing import segmentation
from indexing.asking import Kind
from indexing.folding import fold_aligned

_POINTS_TO_DOCUMENT = re.compile(
    r"它|(?:这|那)(?:份|个)(?:文件|办法|方案|规定|政策)|该(?:办法|方案|文件|通知|规定)"
)
# Words of one row stand for each other: 新建的面积 … 既有的呢
_ALTERNATIVES = (
    ("新建", "既有", "存量", "改扩建", "改建", "改造", "老旧"),
    ("街道", "社区", "乡镇", "区县", "小区", "市级", "区级", "国家级"),
    ("优秀", "良好", "合格", "不合格"),
    ("建设", "运营", "申报", "验收", "考核"),
)
# "对托育有什么要求", "对变更怎么规定": what stands between is the subject
_ON = re.compile(r"(?<=对)(?P<subject>.{2,20}?)(?=(?:有|是|怎么|如何|的(?:要求|规定|标准))(?!关))")
YEAR = re.compile(r"(?:到|截至)?(?:19|20)\d\d年?(?:底|末|前)?")
_WHICH = re.compile(
    r"(?:分别|都|各|具体|又|到底)*(?:是|有|包括|指)?(?:哪些|什么|哪几[个项类种级家]|哪[两三四五六七]\w?)"
)
_HOW_MANY = re.compile(r"(?:几|多少)(?:大类|[个项类种级家名条])?(?!钱|[年月天日岁])(?=[\u4e00-\u9fff]{2})")
_COMPOSED = re.compile(r"(?P<head>[^，]{3,})，[^，]{1,8}怎么规定？")
_KINDS = ("类", "型", "级", "费", "税", "区", "站")
_LIKE_CHARS, _AKIN_CHARS = 4, 6
_SHARED = 2
_EARLIER = 3  # questions whose subject a leaning one may have


def pointed(asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str:
    """它, 这笔钱, 其中 replaced by what the question before was about."""
    match = POINTS.search(asked.folded)
    assert match is not None
    subject = f"{'' if asked.has_place else where_of(before, cited, library)}{subject_of(before)}"
    if cited and any(one.steps for one in before.question.references) and not (asked.has_place and subject):
        subject = address_of(cited, library)  # 它 behind 第八条说了什么
    wants_document = asked.question.aspects or before.names_document or match.group() != "它"
    if _POINTS_TO_DOCUMENT.fullmatch(match.group()) and (wants_document or not subject):
        named = named_document(before, cited, library) or subject
    else:
        named = subject
    if match.group() == "其中":
        return f"{named}，{asked.core}？"
    head = _unled(asked, match.start())
    return f"{head}{named}{asked.text[match.end() :]}"


def _unled(asked: Asked, end: int) -> str:
    lead = LEAD.match(asked.folded)
    return asked.text[min(lead.end() if lead else 0, end) : end]


def further_readings(
    asked: Asked, earlier: Sequence[Asked], cited: Sequence[tuple[str, str]], library: Library
) -> tuple[str, ...]:
    """The same question with the subject of each question before it, the last one first.

    Only of one that names no place or document itself (谁来评, 选好以后要签什么): it may lean on the one
    before, and where it names no thing either, on an older one. Empty for any other.

    Args:
        asked: the new question.
        earlier: complete questions answered before, the last one first; at most three are heard.
        cited: clauses the last answer cites.
        library: what words are read against.
    """
    says_what = asked.question.references or asked.question.aspects or asked.asks_ground
    if asked.has_place and asked.nouns and not (says_what or ASKS.search(asked.folded)):
        return (f"{asked.core}怎么规定？",)  # 上海的托育呢, where 上海的托育服务给多大的孩子 finds nothing
    if asked.has_place or says_what:
        return ()
    if not ASKS.search(asked.folded):  # 理发呢 may be a new thing in the same place
        bare = asked.core.removesuffix("的")
        where = where_of(earlier[0], cited, library) if earlier and asked.nouns else ""
        return (f"{where}{bare}怎么规定？",) if where else ()
    soft = question_words().soft  # 前提是什么 is of something
    names = any(names_thing(one.surface) and one.surface not in soft for one in asked.terms)
    place = where_of(earlier[0], cited, library) if earlier else ""
    said = asked.text[_lead_end(asked) :]
    readings = []
    for before in earlier[: 1 if names else _EARLIER]:
        where, subject = place or where_of(before, cited, library), subject_of(before)
        is_thing = any(has_noun(term.surface) for term in before.nouns if term.surface in subject)
        if subject and (is_thing or not names):  # 还能拿市级资金吗 is not of 下达
            readings.append(f"{where}{subject}{'' if _joins(subject, said) else '，'}{said}")
    return tuple(dict.fromkeys(readings))


def placed(asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str | None:
    """谁负责运营 in the place of the question before, without its subject; None where it names nothing."""
    where = where_of(before, cited, library)
    measures = question_words().measures
    if not where or not any(term.is_known and term.surface not in measures for term in asked.terms):
        return None  # 要收多少钱 is of something
    return f"{where}{asked.text[_lead_end(asked) :]}"


def listed(asked: Asked, before: Asked) -> str | None:
    """分别是哪些 behind 要具备几类服务功能: the same question, for the things counted, not their number."""
    if not _WHICH.fullmatch(fold_aligned(asked.core)):
        return None
    counted = _HOW_MANY.search(before.folded)
    return f"{before.text[: counted.start()]}哪些{before.text[counted.end() :]}" if counted else None


def elliptic(asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str | None:
    """有效期多久, 谁来批, 场地要交租金吗: the place, and the subject where the question names none."""
    said = asked.text[len(asked.text) - len(asked.text[_lead_end(asked) :]) :]
    if asked.question.aspects:
        named = named_document(before, cited, library) or where_of(before, cited, library)
        return f"{named}{said}" if named else None
    where = "" if asked.has_place else where_of(before, cited, library)
    if _asks_who(asked) and len(cited) == 1 and _has_bodies(cited[0], library):
        return f"{address_of(cited, library)}的{said}"
    if not asked.nouns:
        topic = subject_of(before)
        is_clause = any(one.steps for one in before.question.references)
        if cited and is_clause and not (topic or asked.has_place):  # 能改吗 behind 第十一条怎么规定
            return f"{address_of(cited, library)}，{said}"
        return f"{where}{topic}{'' if _joins(topic, said) else '，'}{said}" if topic or where else None
    return f"{where}{said}" if where else None


def _asks_who(asked: Asked) -> bool:
    """责任单位是谁, 哪个部门管, 谁负责: bodies, and nothing they answer for."""
    return Kind.BODY in asked.question.kinds and all(ROLE.fullmatch(one.surface) for one in asked.terms)


def _has_bodies(address: tuple[str, str], library: Library) -> bool:
    """Whether 责任单位 are printed for a clause."""
    clause = library.clause(*address)
    return clause is not None and bool(library.unit(clause).responsible)


def _joins(topic: str, said: str) -> bool:
    """Whether a subject and what is asked of it read as one sentence: 试点建设谁来批."""
    return (
        bool(topic)
        and not topic.endswith("的")
        and bool(re.match(r"由?谁|哪|什么时候|多久|多少|怎么|如何|的", said))
    )


def _lead_end(asked: Asked) -> int:
    lead = LEAD.match(asked.folded)
    return lead.end() if lead else 0


def beside(asked: Asked, before: Asked) -> str | None:
    """既有的呢, 社区养老服务站呢: put where its like stands in the question before."""
    core = asked.core
    bare = core.removesuffix("的")
    if not bare:
        return None
    composed = _COMPOSED.fullmatch(before.text)
    if composed is not None and asked.nouns and not asked.mends:  # 房租呢 behind 重庆老年食堂，水电怎么规定
        return f"{composed['head']}，{core}怎么规定？"
    for put in (
        _another_year,
        _another_of_row,
        _another_body,
        _another_like,
        _another_of_kind,
        _another_akin,
        _another_subject,
    ):
        text = None if asked.mends and put is _another_like else put(bare, before)
        if text:
            return text
    known = [term for term in before.terms if term.is_known]
    if len(known) == 1 and known[0].surface in before.folded and asked.terms and len(bare) <= _LIKE_CHARS:
        name, measures = known[0].surface, question_words().measures
        is_of_it = bare in measures and name not in measures  # 我说的是比例 behind 补助多少: 补助比例多少
        return before.text.replace(name, f"{name}{bare}" if is_of_it else bare, 1)
    where = before.text[slice(*place_span(before))]
    where = "国家层面" if NATION_NAMED.fullmatch(where) else where
    topic = "" if asked.mends and asked.nouns else subject_of(before)
    return f"{where}{topic}，{core}怎么规定？" if topic else f"{where}{core}怎么规定？"


def _another_year(core: str, before: Asked) -> str | None:
    year = YEAR.search(fold_aligned(core))
    if year is None:
        return None
    if YEAR.search(before.folded):
        return YEAR.sub(year.group(), before.text, count=1)
    _, end = place_span(before)
    return f"{before.text[:end]}{core}{before.text[end:]}"


def _another_of_row(core: str, before: Asked) -> str | None:
    for row in _ALTERNATIVES:
        mine = [word for word in row if word in core]
        its = [word for word in row if word in before.folded and word not in mine]
        if mine and its and len(core) <= len(max(mine, key=len)) + _SHARED:
            return before.text.replace(its[0], max(mine, key=len), 1)
    return None


def _another_like(core: str, before: Asked) -> str | None:
    """A name that shares a word with one in the question before: 副组长 for 组长."""
    folded = fold_aligned(core)
    shared = SequenceMatcher(None, folded, before.folded, autojunk=False).find_longest_match()
    if shared.size < _SHARED:
        return None
    start, end = shared.b, shared.b + shared.size
    position = 0
    for piece in segmentation.cut(before.folded):
        stop = position + len(piece)
        touches = position <= end and start <= stop and piece not in question_words().general
        if touches and names_thing(piece):
            start, end = min(start, position), max(end, stop)
        position = stop
    return f"{before.text[:start]}{core}{before.text[end:]}"


def _another_akin(core: str, before: Asked) -> str | None:
    """One thing put for another whose name shares a character with it: 托育 for 儿童托管."""
    named = [one.surface for one in before.nouns] or [one.surface for one in before.terms if one.is_known]
    named += [one.surface for one in before.terms if one.is_known and len(one.surface) == len(core)]
    akin = [one for one in dict.fromkeys(named) if set(one) & set(core) and core not in one]
    if len(core) > _AKIN_CHARS or len(akin) != 1 or akin[0] not in before.folded:
        return None
    return before.text.replace(akin[0], core, 1)


def _another_body(core: str, before: Asked) -> str | None:
    """国资委呢 behind 街道办负责什么: the one body named there is put aside for this one."""
    mine, its = actors_in(fold_aligned(core)), actors_in(before.folded)
    if len(mine) != 1 or len(its) != 1 or fold_aligned(core) != mine[0]:
        return None
    start = before.folded.index(its[0])
    return f"{before.text[:start]}{core}{before.text[start + len(its[0]) :]}"


def _another_of_kind(core: str, before: Asked) -> str | None:
    """基本公共服务类呢 behind 便民商业类包括什么: names that end with the same word for a kind."""
    kind = next((word for word in _KINDS if core.endswith(word) and len(core) > len(word)), None)
    pieces = list(segmentation.cut(before.folded))
    at = next((n for n, piece in enumerate(pieces) if kind and piece.endswith(kind)), None)
    if at is None or "".join(pieces) != before.folded:
        return None
    first = at
    while first and len(pieces[first - 1]) > 1 and names_thing(pieces[first - 1]):
        first -= 1
    start = sum(map(len, pieces[:first]))
    end = start + sum(map(len, pieces[first : at + 1]))
    span = place_span(before)
    start = max(start, span[1]) if span[1] < end else start
    return f"{before.text[:start]}{core}{before.text[end:]}" if end - start > len(kind or "") else None


def _another_subject(core: str, before: Asked) -> str | None:
    found = _ON.search(before.folded)
    return f"{before.text[: found.start()]}{core}{before.text[found.end() :]}" if found else None
