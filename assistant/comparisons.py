"""Questions about several places at once: what is asked of each, and whose clauses speak of the same.

北京和重庆的服务功能要求有什么不同 asks both for 服务功能的要求. Clauses of two places that say the same
rare words support each other where the question's own words are too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from assistant.judging import Evidence, Passage
from assistant.library import Library
from assistant.question import Question, understand
from assistant.scopes import Scope
from assistant.terms import content_terms
from indexing import segmentation
from indexing.asking import Kind
from indexing.folding import fold_tight
from indexing.jurisdictions import NATION, name_of
from indexing.query import places_in

_JOINS = r"(?:[、,，和与跟同及]|以及|还有|对比|比|vs)*"
_NATION = r"国家层面|国务院|国办|国家(?!发展|卫生|级|试点|市场|税务)|中央(?!预算)"
_DEGREE = r"(?:高|低|多|少|大|小|长|短|严格?|宽松?|早|晚|快|慢)"
# "和国家方案相比,", "比上海", "跟杭州比"
_BESIDE = re.compile(
    rf"(?:是不是|是否)?比□(?:的?(?:要求|规定|标准|方案))?(?:要|更)?{_DEGREE}(?:多少|吗|一些|一点|了)*"
    r"|(?:和|与|跟|同|比|较)?□+(?:的?(?:方案|办法|规定|文件|政策|标准|要求|做法))?"
    r"(?:相比较?|比起来|比较起来|比)[,，]?"
)
_ORDERED = re.compile(
    r"(?:谁|哪(?:一?个|里|边|座|家|几个)?(?:城市|市|地方|地区|地)?)(?:里|中|的)?(?=.{0,24}(?:最|更|较))|(?:最|更|比较|较)(?:为)?(?:高|低|多|少|大|小|长|短|严格?|宽松?|早|晚|快|慢)(?:一些|一点)?"
)
# "谁的标准高", "面积哪个大"
_WHOSE = re.compile(
    rf"(?:谁|哪(?:一?个|边|里|家|地)(?:城市|市|地方|地区)?)(?:的)?(?P<topic>[^,，]{{0,24}}?)(?:要)?[最更]?{_DEGREE}(?:一些|一点|些)?(?=[?？]?$)"
)
# "谁的试点社区更多": a count is asked for
_MORE_OF = re.compile(
    r"(?:谁|哪(?:一?个|边|里|家|地)(?:城市|市|地方|地区)?)的?[^,，]{2,24}[最更]?[多少](?:一些|一点|些)?(?=[?？]?$)"
)
# "谁提到了", "谁给了"; not "谁负责", "谁审批"
_WHO_SAYS = re.compile(r"谁(?:还|也|都|就)?(?:提|写|有(?!权)|没|给|规定|要求|允许|支持|鼓励)")
_RATIO = re.compile(r"[几多少]倍|相差|差多少|[高低多少大小长短]多少")
_COUNT = re.compile(r"[数量钱额率]|多少|几")
_COMPARING = re.compile(
    r"(?:[二两三四五六2-6]|哪?几|各)(?:份|个)文件(?:里|中)?(?:的?哪(?:几|一)?[份个])?|哪几?份(?:文件)?|分别|各自|各个?(?=[有是怎给如要让允准说按])|各(?:市|地|城市)|[两二三四五345](?:个)?(?:地|市|城市|家|份文件)(?!块|级|方)|(?:这|那)(?:几|两|三|四)(?:个)?(?:城市|市|地方|地)"
    r"|有(?:什么|何|啥|哪些|没有)?(?:区别|不同|差异|差别|异同|不一样)(?:的地方|之处)?|的?(?:区别|不同|差异|差别|异同)(?:是什么|在哪里?|何在)?"
    r"|(?:是否|是不是|能不能)?(?:都)?(?:一样|一致|相同|统一)(?:吗|不|么|的吗)?|对比(?:一下)?|比较(?:一下)?|相比|比一比|之间|各说一下"
    r"|哪(?:一?个|些|几个)(?:城市|市|地方|地区)|这(?:一点|点|方面|块|件事)上?|(?:都)?(?:有|是)(?:些)?(?:什么|何|啥|哪些)?(?:说法|规矩|讲究|做法)|的?(?:规矩|说法|讲究|口径)(?=$|[?。,])"
    r"|的?安排上?(?=$|[?。,])|(?:都)?怎么(?:说|讲|写|走)的?(?=$|[?。,])|(?:是)?(?:的)?文件写了的|说一下|讲一下"
)
ORDERS = re.compile(
    r"最|更|较(?=[高低多少大小长短严宽])|谁(?:的)?[高低多少大小长短严宽]|哪个?[高低多少大小长短严宽]"
)
SAMENESS = re.compile(r"一样|一致|相同|统一吗")
_EDGES = re.compile(
    r"^(?:[、,，和与跟同及的在对:：里都]|(?:谁|哪几?[个份]?)(?=给|有|写|规|提)|提到了?|写了|规定了?|给了?|有没有|有)+"
    r"|(?:[、,，和与跟同及:：?？。]|谁(?=$|[?])|有没有|是什么|(?:都)?(?:提到|写到|讲到|提)了?(?:什么|哪些|没有|吗)?|各?有(?:什么|哪些)(?:具体)?(?:做法|内容|安排)|上|方面)+$"
)
_CANDIDATES = 6  # clauses of a place that another's may support
AGREEMENT = 0.5
"""Least agreement at which a clause needs nothing else to be heard beside another place's clause."""
_HEARD = 0.55  # share of the threshold at which a clause is heard in a comparison where none suffices
HEARD_BESIDE = 0.8
"""Least support (1 where likelihood or agreement suffices alone) at which a place is heard beside others."""
ALONE = 0.5
"""The same where no place has a clause that suffices by itself."""
_SENTENCE_CHARS = 16
_SEVERAL = 2  # places that must bear a sentence out before it is heard for that alone
_NEARLY = 0.5  # share of the first clause's likelihood at which another may come before it
_POINTED = 1.3  # what it counts that the search pointed at a sentence of its clause
_TOGETHER = 0.3  # what full agreement with another place's clause counts beside likelihood
_SAYS_SOME = 0.3  # share of the question that a clause says whose sentences were chosen for it
_LEAST_SAID = 10.0  # weight of words below which a passage is too short to be borne out whole


def asked_of(question: Question, scope: Scope, library: Library) -> Question:
    """The question as put to the place of one scope alone; as it is where a document is named."""
    if scope.code is None or any(reference.document is not None for reference in question.references):
        return question
    topic = topic_compared(question)
    place = "国家层面" if scope.code == NATION else name_of(scope.code)
    alone = understand(f"{place}{topic}", library)
    if not content_terms(alone, library):
        return question
    is_ordered = _ORDERED.search(question.folded) or _WHOSE.search(question.folded)
    kinds = alone.kinds - {Kind.OTHER} | {Kind.FIGURE} if is_ordered else alone.kinds
    if not SAMENESS.search(question.folded):
        kinds |= question.kinds - {Kind.OTHER, Kind.YES_NO}
    if is_ordered or _WHO_SAYS.search(question.folded):  # 谁 is one of the places, no body
        kinds -= {Kind.BODY}
    return replace(alone, kinds=frozenset(kinds), jurisdictions=(scope.code,), absent=(), districts=())


def topic_compared(question: Question) -> str:
    """What is compared, in the question's words: without places and words that compare."""
    masked, end = "", 0
    for start, stop in _places(question.folded):
        between = question.folded[end:start]
        masked += "" if masked.endswith("□") and re.fullmatch(_JOINS, between) else between
        masked += "□"
        end = stop
    masked += question.folded[end:]
    masked = _WHOSE.sub(r"\g<topic>", masked)
    masked = _BESIDE.sub("", re.sub("□+", "□", masked))
    masked = re.sub(
        r"[在对和与跟同]?□(?:的?(?:方案|办法|文件)(?=[对里中的]))?(?:的|对|在|里|上|,|、)?", "", masked
    )
    bare = _COMPARING.sub("", _COMPARING.sub("", _ORDERED.sub("", masked)))
    previous = None
    while bare != previous:
        previous, bare = bare, _EDGES.sub("", bare)
    return f"{bare}数量" if _MORE_OF.search(question.folded) and not _COUNT.search(bare) else bare


def asks_ratio(question: Question) -> bool:
    """Whether two figures are to be set off against each other: 是杭州的几倍, 相差多少."""
    return _RATIO.search(question.folded) is not None


def _places(folded: str) -> list[tuple[int, int]]:
    named = [(one.start, one.end) for one in places_in(folded)]
    nation = [match.span() for match in re.finditer(_NATION, folded)]
    return sorted({*named, *(span for span in nation if not any(a <= span[0] < b for a, b in named))})


def in_agreement(
    found: Mapping[str, Sequence[Evidence]],
    judged: Mapping[str, Sequence[Evidence]],
    library: Library,
    threshold: float | None,
) -> dict[str, Evidence]:
    """For places without sufficient evidence, the clause that says what another place's clause says.

    Args:
        found: label of a place → sufficient evidence, best first; empty where there is none.
        judged: label → all that was judged, in the order of the search.
        library: what the clauses stand in.
        threshold: likelihood at which a clause alone suffices; None where nothing tells it.

    Returns:
        Label → the clause that agrees best, with the sentence that does, of those places alone where one
        agrees enough. Where no place has evidence, two clauses that agree with each other stand for both.
    """
    known = {label: evidence[0] for label, evidence in found.items() if evidence}
    silent = [label for label in found if label not in known]
    if not known:
        sentences = {label: _candidates(judged[label], library) for label in silent}
        known = _first_pair(sentences, library, supporters=_SEVERAL if threshold else 1)
    if not known and threshold:
        known = _likeliest(judged, _HEARD * threshold)
    out = {label: one for label, one in known.items() if label in silent}
    for label in (label for label in silent if label not in out and known):
        ranked = [
            (_support(one, known.values(), library, threshold), -rank, one)
            for rank, one in enumerate(_candidates(judged[label], library))
        ]
        best = max(ranked, key=lambda item: item[:2], default=None)
        if best is not None and best[0] >= HEARD_BESIDE:
            out[label] = known[label] = _with_own(best[2], judged[label])
    return out


def best_together(
    found: Mapping[str, Sequence[Evidence]], judged: Mapping[str, Sequence[Evidence]], library: Library
) -> dict[str, Evidence]:
    """Of each place with evidence the clause that most likely answers and agrees with the others' clauses.

    A clause nearly as likely as the first comes before it where it says what another place's clause says.
    """
    choices = {
        label: [evidence[0], *(one for one in judged[label] if one.fits and one is not evidence[0])]
        for label, evidence in found.items()
        if evidence
    }
    choices = {
        label: [one for one in some if one.confidence >= _NEARLY * some[0].confidence][:_CANDIDATES]
        for label, some in choices.items()
    }
    out: dict[str, Evidence] = {}
    for label, some in choices.items():
        others = [one for other, its in choices.items() if other != label for one in its]
        scores = [
            one.confidence
            + _TOGETHER * max((agreement(one, other, library) for other in others), default=0.0)
            for one in some
        ]
        out[label] = some[scores.index(max(scores))]
    return out


def _with_own(sentence: Evidence, judged: Sequence[Evidence]) -> Evidence:
    """A clause heard for one of its sentences, with those that say some of the question themselves."""
    whole = next(one for one in judged if one.clause.clause_id == sentence.clause.clause_id)
    if whole.coverage < _SAYS_SOME:
        return sentence
    passages = {(one.start, one.end): one for one in (*whole.passages, *sentence.passages)}
    return replace(sentence, passages=tuple(passages[span] for span in sorted(passages)))


def _support(one: Evidence, others: Iterable[Evidence], library: Library, threshold: float | None) -> float:
    """What speaks for a clause: its own likelihood and its agreement with others, 1 where either suffices."""
    agreed = max(agreement(one, other, library) for other in others) / AGREEMENT
    return agreed + (one.confidence / threshold if threshold else 0.0)


def _likeliest(judged: Mapping[str, Sequence[Evidence]], least: float) -> dict[str, Evidence]:
    """The clause of all places that most likely answers, if it does so likely enough."""
    every = [(one.confidence, label, one) for label, items in judged.items() for one in items if one.fits]
    best = max(every, key=lambda each: each[:2], default=None)
    return {best[1]: best[2]} if best and best[0] >= least else {}


def _candidates(judged: Sequence[Evidence], library: Library) -> list[Evidence]:
    """The first clauses that may answer, once for each of their sentences; headings and bodies left out."""
    return [
        replace(one, passages=(Passage(one.clause.start + start, one.clause.start + end, 0.0),))
        for one in [each for each in judged if each.fits][:_CANDIDATES]
        for start, end, folded in library.sentences(one.clause)
        if len(folded) >= _SENTENCE_CHARS
        and folded.rstrip("。.:") != fold_tight(one.clause.heading or "").rstrip("。.:")
        and not folded.startswith("(责任单位")
    ]


def _first_pair(
    candidates: Mapping[str, Sequence[Evidence]], library: Library, *, supporters: int
) -> dict[str, Evidence]:
    """The sentence that most other places bear out, and the one that bears it out best.

    None where fewer than `supporters` do.

    Those the search puts first count for more: many documents share sentences on other things.
    """
    best: tuple[float, dict[str, Evidence]] = (0.0, {})
    top = {label: max((one.hit.score for one in its), default=0.0) for label, its in candidates.items()}
    for label, its in candidates.items():
        for mine in its:
            total, count, pair = 0.0, 0, (0.0, "", mine)
            for other in (name for name in candidates if name != label):
                share, rank = max(
                    ((agreement(mine, yours, library), -at) for at, yours in enumerate(candidates[other])),
                    default=(0.0, 0),
                )
                if share >= ALONE:
                    count += 1
                    yours = candidates[other][-rank]
                    weight = _POINTED if _is_pointed_at(yours) else 1.0
                    total += weight * share * yours.hit.score / top[other]
                    pair = max(pair, (share, other, yours), key=lambda each: each[0])
            total *= (mine.hit.score / top[label]) * (_POINTED if _is_pointed_at(mine) else 1.0)
            if total > best[0] and count >= supporters:
                best = (total, {label: mine, pair[1]: pair[2]})
    return best[1]


def _is_pointed_at(one: Evidence) -> bool:
    """Whether the search pointed at the sentence of its clause."""
    focus = one.hit.focus
    return any(focus.start < span.end and span.start < focus.end for span in one.passages)


def agreement(one: Evidence, other: Evidence, library: Library) -> float:
    """Share of the shorter passage, by rarity of its words, that the other says too; 0–1."""
    mine, its = _words(one, library), _words(other, library)
    shared = sum(weight for word, weight in mine.items() if word in its)
    least = min(sum(mine.values()), sum(its.values()))
    return shared / max(least, _LEAST_SAID) if least else 0.0


def _words(evidence: Evidence, library: Library) -> dict[str, float]:
    text = library.document(evidence.clause.doc_id).text
    said = fold_tight("。".join(text[one.start : one.end] for one in evidence.passages))
    words = {word for word in segmentation.search_words(said) if len(word) > 1}
    return {word: library.weight(library.frequency(word)) for word in words}
