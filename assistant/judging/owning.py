"""Whose figure a sentence tells: 卫生院补助多少 is not answered by what a 养老服务中心 gets.

A wrong object with a right figure is the worst answer there is. Held against the sentence that has the
figure: the things the question names before it asks, the thing it counts (多少个宝宝屋), the thing it asks
for each of (每个区), and whether it asks of a district what the text says of a whole city. A word counts as
said when the clause, its headings, the reviewed ways of asking for it, a synonym or a near word says it.
Pure but for the vectors of words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.judging.nearness import nearness
from assistant.judging.saying import as_words
from assistant.library import Library
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.questions.wording import question_words
from assistant.questions.words import forms_of, has_noun
from indexing import segmentation
from indexing.asking import Kind
from indexing.holding import COUNTED_AS, holds_figure
from indexing.rows import ROWS
from indexing.types import Clause

NEAR, NEAR_OWN = 0.45, 0.8
"""How near by vectors a word of the text must be to one of the question to say it; 卫生院 is 0.41 near 养老.

Where documents here have the word itself (社区养老服务站), a near one hardly ever means the same.
"""
_LEAST_WEIGHT = 1.5
"""What a word weighs at least that may decide whose figure it is; guesses of the segmenter weigh less."""
_HALF = 0.5
_NOUN_CHARS = 10  # behind a counter, of the thing counted

_COUNTER = r"(?:大类|个(?!月|工作日)|[项家名处座所间张床位种类级条户台套辆])"
_N = r"[\d零〇一二两三四五六七八九十百千万]"
_ASKS_COUNT = re.compile(rf"(?:多少|几)[百千万]?(?P<counter>{_COUNTER})的?(?P<noun>[\u4e00-\u9fff]*)")
_ASKS_SHARE = re.compile(r"(?:百分之(?:几|多少)|几成)的(?P<noun>[\u4e00-\u9fff]+)")
# What a question of a figure asks with; things named before it are whose figure it is
_CUE = re.compile(r"多少|百分之几|几(?!乎)|多[大高长]|比例|上限|下限|封顶|限额|最[高低多少大小]")
_OF_THING = re.compile(
    r"[补奖资津投][助补贴金额]|补|面积|平方|平米|万元|多少钱|几块|" + rf"(?:多少|几)[百千万]?{_COUNTER}"
)
"""Sums granted, areas and counts; who asks for a term or an age rarely names a thing whose it is."""
_PER_DISTRICT = re.compile(r"每一?个?[区县](?![级域块间])")
_EACH_DISTRICT = re.compile(r"[每各]一?个?[区县]")
# Things that a place has a number of: 浦东有几个; not 服务功能不少于几项
_THINGS_COUNTED = frozenset("个家名处座所间张床位户台套辆")
_FOR_EACH = re.compile(r"[每各](?:一?个|家|处)?(?:社区|街道|乡镇|区|县|街镇|项目|点|站)")
_PER = re.compile(r"每一?[个家处名张座所间户](?P<noun>[\u4e00-\u9fff]+)")
# "标准一共有多少项", "清单共几项"
_OF_WHOLE = re.compile(
    r"(?P<noun>[\u4e00-\u9fff]{2,8}?)[里中]?(?:一共|总共|共|合计)(?:有|分|列|含|包括)?了?$"
)
# What a yes-or-no question asks of its subject; the subject stands before it in the same part
_MODAL = re.compile(
    r"能|可不?可?以|有没有|有(?!关|限|机|条件)|要(?!求|素)|是否|是不是|应|得|算|免|补|给|享受|需要|让|准|允许|必须|鼓励|支持"
)
# Money is given to the one named only: 幼儿园能申请补助吗
_BENEFIT = re.compile(r"补助|补贴|奖补|奖励|减免|免[征税租]|优惠|租金|经费|资金")
# "每月补贴多少", "一年补多少": the sum is asked for a span of time
_PERIOD = re.compile(r"(?:每个?|一个?)(?P<unit>年|月|季度|天|小时|学期)(?![度初末底前内级])")
_OF_PERIOD = {
    "年": r"[每一][^，。；,;]{0,2}年|年度|[按逐]年|[/·]年|年均|月|季度",
    "月": r"[每一]个?月|[按逐]月|[/·]月|月均",
    "季度": r"[每一]个?季度?|按季|[/·]季",
    "天": r"[每一][天日]|[按逐][天日]|[/·][天日]|日均",
    "小时": r"每?小时|[/·](?:小?时|h)",
    "学期": r"学期|学年",
}
_FAR = 0.3
"""A word less near than this to any of a clause is another thing: KTV 0.17, 医院 0.20, 中学 0.25."""
# "综合体里可以开便利店吗": where it is done, by a general name of these facilities
_INSIDE = re.compile(r"(?:服务)?(?:综合体|共同体|综合楼|设施)(?:里面?|内部?|当?中)")
_PART = re.compile(r"[,，;；。:：]")


def is_its_own(
    question: Question, sentence: str, clause: Clause, terms: tuple[Term, ...], library: Library
) -> bool:
    """Whether the figures of a folded sentence can be those of the thing a question asks about.

    True where no figure is asked, and where the question names nothing they could belong to.

    Args:
        question: as understood.
        sentence: of the clause, folded; with the rest of its row where it is a bare number.
        clause: it stands in.
        terms: what the question is about.
        library: the clause stands in.
    """
    body = question.body
    if Kind.YES_NO in question.kinds and not _says_subject(body, clause, terms, library):
        return False
    if Kind.FIGURE not in question.kinds:
        return True
    counted, share = _ASKS_COUNT.search(body), _ASKS_SHARE.search(body)
    if counted is not None and not _counts_asked(question, counted, sentence, clause, terms, library):
        return False
    if not _is_of_period(body, sentence, clause, library):
        return False
    if _PER_DISTRICT.search(body) and not _EACH_DISTRICT.search(sentence):
        return False
    if share is not None and not _shares(share["noun"], sentence, library):
        return False
    if not _OF_THING.search(body):
        return True
    each = _PER.search(body)
    if each is not None and not all(_is_said(noun, sentence, library) for noun in _nouns(each["noun"])[-1:]):
        return False
    owners = _owners(body, terms)
    return not owners or not _unsaid(owners, clause, library)


def _says_subject(body: str, clause: Clause, terms: tuple[Term, ...], library: Library) -> bool:
    """Whether a clause says what a yes-or-no question is about, or something near: KTV of KTV能领补助吗."""
    modal = _MODAL.search(body)
    part = _PART.split(body[: modal.start()])[-1] if modal else ""
    part = _INSIDE.sub("", part)
    subject = tuple(
        term
        for term in terms
        if term.surface in part
        and (names_thing(term.surface) or "b" in segmentation.tags(term.surface))
        and not _is_no_thing(term.surface)
    )
    far = (NEAR, NEAR_OWN) if _BENEFIT.search(body) else (_FAR, _FAR)
    return not subject or not _unsaid(subject, clause, library, *far)


def _counts_asked(
    question: Question,
    asked: re.Match[str],
    sentence: str,
    clause: Clause,
    terms: Sequence[Term],
    library: Library,
) -> bool:
    """Whether a sentence counts what is asked for, of the place and of the whole asked about."""
    if asked["counter"] in _THINGS_COUNTED and not _is_of_district(question, sentence):
        return False
    whole = _OF_WHOLE.search(question.body[: asked.start()])
    around = f"{sentence}|{library.context(clause)}|{library.titles(clause)}"
    if whole and not asked["noun"] and segmentation.cut(whole["noun"])[-1] not in around:
        return False
    heads = (
        f"{library.context(clause)}|{library.columns(clause)}"
        if clause.level in ROWS
        else clause.heading or ""
    )
    return _counts(asked, sentence, terms, library, heads)


def _is_of_period(body: str, sentence: str, clause: Clause, library: Library) -> bool:
    """Whether a sum is for each month or year where that is asked: 一次性奖补8万元 tells no 每月."""
    asked = _PERIOD.search(body)
    if asked is None or not _BENEFIT.search(body):
        return True
    told = f"{sentence}|{library.folded(clause)}|{library.columns(clause)}"
    return re.search(_OF_PERIOD[asked["unit"]], told) is not None


def _shares(of: str, sentence: str, library: Library) -> bool:
    """Whether the part of a sentence with a share says what it is a share of: 百分之几的建筑面积."""
    whole = [word for word in segmentation.cut(of) if len(word) > 1 and names_thing(word)][:1]
    parts = [part for part in _PART.split(sentence) if holds_figure(part, "百分之几")]
    return not whole or any(_is_said(whole[0], part, library) for part in parts)


def _is_of_district(question: Question, sentence: str) -> bool:
    """Whether a number of things may be a named district's: the sentence has its name, or says for each."""
    named = [name for _, name in question.districts]
    return not named or bool(_FOR_EACH.search(sentence)) or any(name in sentence for name in named)


def stranger(question: Question, clause: Clause, terms: tuple[Term, ...], library: Library) -> str | None:
    """The heaviest thing named as the owner of a figure that a clause does not say; None for none."""
    if not _OF_THING.search(question.body):
        return None
    left = _unsaid(owners, clause, library) if (owners := _owners(question.body, terms)) else ()
    return max(left, key=lambda term: term.weight).surface if left else None


def _counts(asked: re.Match[str], sentence: str, terms: Sequence[Term], library: Library, heads: str) -> bool:
    """Whether a sentence counts the thing asked for, beside the figure; `heads` are those of a row's table.

    True for what is counted by naming it (全日托、半日托), and where no thing is named.
    """
    counter = asked["counter"]
    figure = re.compile(rf"{_N}\s*多?(?:左右|余)?(?:{COUNTED_AS.get(counter, counter)})")
    parts = [part for part in _PART.split(sentence) if figure.search(part)]
    if not parts:
        return True
    behind = _nouns(asked["noun"][:_NOUN_CHARS])
    if behind:
        forms = _forms_of(behind[-1], terms)
        return any(_is_said(form, part, library) or form in heads for form in forms for part in parts)
    return True


def _nouns(text: str) -> list[str]:
    """The nouns that a text begins with, up to the first other word: 试点, 社区 of 试点社区要建."""
    found: list[str] = []
    for word in segmentation.cut(text):
        if len(word) < 2 or not names_thing(word) or _is_no_thing(word):
            break
        found.append(word)
    return found


def _forms_of(word: str, terms: Sequence[Term]) -> tuple[str, ...]:
    """A word and what the term that has it may be called."""
    return next((term.forms for term in terms if term.surface == word), (word,))


def _is_said(word: str, part: str, library: Library) -> bool:
    """Whether a part of a sentence says a word, all words in it (试点社区: 社区先行先试), or one near it."""
    inner = [each for each in segmentation.search_words(word) if 1 < len(each) < len(word)]
    if word in part or (inner and all(any(form in part for form in forms_of(each)) for each in inner)):
        return True
    near = nearness().said((Term(word, (word,), 1.0, True, True),), (part,))[0, 0]
    return float(near) >= (NEAR_OWN if library.frequency(word) else NEAR)


def names_thing(word: str) -> bool:
    """Whether a word names a thing; one of our own dictionary (党群服务中心) has no tag and does."""
    return has_noun(word) or not any(segmentation.tags(word))


def _is_no_thing(word: str) -> bool:
    words = question_words()
    return word in words.soft | words.deeds | words.everyday | words.general | words.measures


def _owners(body: str, terms: Sequence[Term]) -> tuple[Term, ...]:
    """The things a question names before it asks for the figure, without words made of two others."""
    cue = _CUE.search(body)
    end = cue.start() if cue and cue.start() else len(body)
    surfaces = [term.surface for term in terms]
    pairs = {left + right[:size] for left in surfaces for right in surfaces for size in (2, len(right))}
    return tuple(
        term
        for term in terms
        if term.weight >= _LEAST_WEIGHT
        and term.surface not in pairs
        and not _is_no_thing(term.surface)
        and names_thing(term.surface)
        and -1 < body.find(term.surface) < end
    )


def _unsaid(
    owners: tuple[Term, ...], clause: Clause, library: Library, near: float = NEAR, near_own: float = NEAR_OWN
) -> tuple[Term, ...]:
    """The things that neither the clause nor what stands around it says in any way."""
    above = (library.context(clause), library.columns(clause), library.titles(clause))
    text = "|".join((library.own_words(clause), *above))
    asked = library.phrasings(clause)
    nearest = nearness().said(owners, (library.folded(clause),))[:, 0].tolist()
    return tuple(
        term
        for term, nearly in zip(owners, nearest, strict=True)
        if nearly < (near_own if term.is_own else near)
        and not any(form in text or form in asked for form in as_words(term, clause, library).forms)
        and term.said_in_parts(text) < _HALF
    )
