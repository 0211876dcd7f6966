"""What a question leaves unsaid, taken from the one before: place, document, clause, subject.

Pure text work on two questions. The words of both stay as they were typed; what is made of them
is a question that reads as one and says all it means.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.citing import display_path
from assistant.library import Library
from assistant.question import Question, understand
from assistant.steps import RANKS, Step, read_steps
from assistant.terms import ROLES, Term, content_terms, has_noun
from assistant.wording import question_words
from indexing import segmentation
from indexing.asking import Kind
from indexing.folding import fold_aligned, fold_tight
from indexing.jurisdictions import NATION, name_of
from indexing.query import places_in
from indexing.types import Span

# "那么，", "好的，那", "再问一下"; taken off before a fragment is read
_LEAD = re.compile(
    r"^(?:那么?|哦|噢|嗯|好的?|对了|请问|再问一?下?|还有|另外|顺便(?:问一?下?)?|然后|换成?|改成|如果是?|要是|假如|对于|至于|[,、。\s])+"
)
_TAIL = re.compile(r"(?:呢|吗|吧|啊|呀)*[?!。\s]*$")
_WHY = re.compile(
    r"^(?:这是)?(?:为什么|为何|为啥|凭什么|什么(?:原因|理由)|原因|理由)(?:呢|啊|是什么|要?这[样么](?:规定|说)?)?$"
)
_SOURCE = re.compile(
    r"^(?:依据|根据|出处|原文)(?:呢|(?:是|在)?(?:什么|哪里?|哪一?条|怎么[写说]的?))?$|^(?:是)?哪一?条(?:规定|写|说)?的?$"
)
_COMPARED = re.compile(r"(?:和|跟|与|同).{1,12}?(?:相?比|对比|比较|区别|不同|差别|一样|哪个)")
# "它", "这笔钱", "该办法", "上述规定": stand for what was asked about before
_POINTS = re.compile(
    r"它们?|(?:这|那)(?:笔|份|个|项|条|类|种|些)(?:钱|资金|补助|文件|办法|方案|规定|条款|政策|项目|事|工作)?"
    r"|该(?:办法|方案|文件|通知|规定|条|项目?|设施)|上述(?:规定|内容|条款)?|上面(?:说的|提到的)?|(?:^|(?<=[,，]))其中"
)
# … and these even where a place is named: 北京要求按它执行吗; 杭州这项工作 says itself what it is
_POINTS_BACK = re.compile(r"它|(?:这|那)笔|上述|上面说的|(?:^|(?<=[,，]))其中")
_POINTS_TO_DOCUMENT = re.compile(
    r"它|(?:这|那)(?:份|个)(?:文件|办法|方案|规定|政策)|该(?:办法|方案|文件|通知|规定)"
)
_NATION = re.compile(r"国家层面|国务院|国办|国家(?!发展|卫生|级|试点|市场|税务)|中央(?!预算)|全国")
_DOCUMENT = re.compile(r"[\u4e00-\u9fff]{0,6}[〔\[(（]\d{4}[〕\])）]\s*\d+\s*号|《[^》]*》")
_YEAR = re.compile(r"(?:到|截至)?(?:19|20)\d\d年?(?:底|末|前)?")
_JOINED = re.compile(r"[、,，和与跟同及]|以及")
_EACH = re.compile(r"分别|各自|各(?=[有是怎给])|三地|两地|四地")
_ASKS = re.compile(
    r"([^\W\d_])不\1|多少|几|什么|哪|谁|吗|是否|怎么|如何|多久|多大|何时|能否|可否|有没有|[能可要行让许]不[能可要行让许]"
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
_ROLE = re.compile(rf"(?:{'|'.join(sorted(ROLES))})(?:单位|部门|主体)?")
_SUBJECT_CHARS = 6
_RARE = 2.5  # weight of a deed that can be a subject by itself
_LIKE_CHARS = 4
_TOPIC_CHARS = 30
_SHARED = 2


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as read for what it says and what it leaves unsaid."""

    text: str
    folded: str  # as long as the text, character by character
    question: Question
    terms: tuple[Term, ...]
    places: tuple[Span, ...]  # where it names places, the nation among them
    names_subject: bool  # whether it calls the field of the library's documents by its full name

    @classmethod
    def read(cls, text: str, library: Library) -> Asked:
        """Read a text against what the library holds."""
        plain = text.strip()
        folded = fold_aligned(plain)
        question = understand(plain, library)
        mentions = [(one.start, one.end) for one in places_in(folded)]
        if NATION in (*question.jurisdictions, *question.absent):
            mentions += [match.span() for match in _NATION.finditer(folded)][:1]
        return cls(
            plain,
            folded,
            question,
            content_terms(question, library),
            tuple(sorted(mentions)),
            _names_subject(fold_tight(plain), library),
        )

    @property
    def core(self) -> str:
        """The text without 那 before and 呢 behind."""
        lead = _LEAD.match(self.folded)
        start = lead.end() if lead else 0
        tail = _TAIL.search(self.folded, start)
        return self.text[start : tail.start() if tail else len(self.text)].strip()

    @property
    def nouns(self) -> tuple[Term, ...]:
        """Known words that can be a subject: things, and deeds rarely spoken of (下棋), no mere roles."""
        return tuple(term for term in self.terms if term.is_known and _is_subject(term))

    @property
    def has_place(self) -> bool:
        """Whether it says where: a place held or not, the nation, all cities."""
        asked = self.question
        return bool(asked.jurisdictions or asked.absent or asked.all_cities or _is_nation(self.core))

    @property
    def names_document(self) -> bool:
        """Whether it names a document, held or not."""
        return any(reference.document is not None for reference in self.question.references)

    @property
    def points(self) -> bool:
        """Whether a word in it stands for something said before."""
        if self.has_place:
            return _POINTS_BACK.search(self.folded) is not None
        return _POINTS.search(self.folded) is not None

    @property
    def is_on_topic(self) -> bool:
        """Whether it asks something the library knows words for."""
        asked = self.question
        return bool(any(term.is_known for term in self.terms) or asked.references or asked.aspects)

    @property
    def is_complete(self) -> bool:
        """Whether it says itself what it is about, and where."""
        if self.points and not self.names_document:
            return False
        if self.names_document or (self.names_subject and _ASKS.search(self.folded)):
            return True
        if self.has_place:
            return bool(self.terms or self.question.aspects or self.question.references)
        return bool(self.terms) and not any(term.is_known for term in self.terms)


def _is_subject(term: Term) -> bool:
    if _ROLE.fullmatch(term.surface):
        return False
    return _names_thing(term.surface) or term.weight >= _RARE


def _names_thing(word: str) -> bool:
    """Whether a word names a thing: a noun, a place where things are (场地), a word of our dictionary."""
    tags = segmentation.tags(word)
    return len(word) > 1 and (has_noun(word) or any(tag in ("", "s") for tag in tags))


def _is_nation(core: str) -> bool:
    return bool(_NATION.fullmatch(re.sub(r"(?:的|方案|文件|政策|规定)+$", "", core)))


def _names_subject(folded: str, library: Library) -> bool:
    titles = (title for document in library.documents for title in library.titles_of(document.doc_id))
    return any(
        SequenceMatcher(None, folded, title, autojunk=False).find_longest_match().size >= _SUBJECT_CHARS
        for title in titles
    )


def is_pointing(asked: Asked) -> bool:
    """Whether a question means nothing by itself: 那上海呢, 第二款呢, 为什么, 它的文号是多少."""
    core = fold_tight(asked.core)
    if _WHY.match(core) or _SOURCE.match(core):
        return True
    if asked.names_document or asked.names_subject:
        return False
    if asked.points and not (asked.nouns or asked.has_place):
        return True
    references = asked.question.references
    if references and not asked.has_place and not asked.terms:
        return asked.folded.rstrip("?").endswith("呢") or _below_article(read_steps(asked.folded))
    if references or asked.question.aspects:
        return False
    if asked.has_place and not asked.terms:
        return True
    return asked.folded.startswith("那") and asked.folded.rstrip("?").endswith("呢") and not asked.has_place


def _below_article(steps: Sequence[Step]) -> bool:
    return bool(steps) and RANKS[steps[0].kind] > RANKS["article"]


def followed(asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str | None:
    """The complete question `asked` stands for behind `before`; None where it stands for itself.

    Args:
        asked: the new question.
        before: the complete question answered last.
        cited: clauses that answer cited, best first.
        library: what the clauses stand in.
    """
    core = fold_tight(asked.core)
    if _WHY.match(core):
        return f"{_stem(before)}，为什么？"
    if _SOURCE.match(core):
        return f"{_address(cited, library)}的原文是什么？" if cited else before.text
    if asked.is_complete and not (asked.has_place and _COMPARED.search(asked.folded)):
        return None
    if asked.question.references:
        return _other_clause(asked, before, cited, library)
    if asked.has_place and not asked.terms:
        return _other_place(asked, before)
    if asked.points:
        return _pointed(asked, before, cited, library)
    if _ASKS.search(asked.folded):
        return _elliptic(asked, before, cited, library)
    return _beside(asked, before)


# ---- another clause, another place ----


def _other_clause(
    asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library
) -> str | None:
    """第二款呢 behind 第十五条第一款: the clause named put where the other stood, or below what was cited."""
    steps, own = read_steps(asked.folded), read_steps(before.folded)
    if not steps or asked.has_place:
        return None
    rank = RANKS[steps[0].kind]
    named = asked.text[steps[0].start : steps[-1].end]
    above = [step for step in own if RANKS[step.kind] < rank]
    deeper = [step for step in own if RANKS[step.kind] >= rank]
    rest = asked.text[steps[-1].end :] if asked.terms else ""
    if own:
        start = deeper[0].start if deeper else above[-1].end
        end = deeper[-1].end if deeper else above[-1].end
        return f"{before.text[:start]}{named}{rest or before.text[end:]}"
    if not cited:
        return None
    return f"{_address(cited, library, below=rank)}{named}{rest or '怎么规定？'}"


def _address(cited: Sequence[tuple[str, str]], library: Library, below: int | None = None) -> str:
    """The first clause cited as a reader writes it, down to what may hold a step of rank `below`."""
    doc_id, path = cited[0]
    document = library.document(doc_id)
    called = document.document_number or f"《{document.title}》"
    shown = "".join(display_path(path).split())
    if below is not None:
        kept = [step for step in read_steps(fold_aligned(shown)) if RANKS[step.kind] < below]
        shown = shown[: kept[-1].end] if kept else ""
    return f"{''.join(called.split())}{shown}"


def _other_place(asked: Asked, before: Asked) -> str:
    """那上海呢: the question before, asked of another place; 跟上海比呢: of both."""
    place = _places_of(asked)
    start, end = _place_span(before)
    if _COMPARED.search(asked.folded) and before.has_place:
        place = f"{before.text[start:end]}和{place}"
    text = f"{before.text[:start]}{place}{before.text[end:]}"
    if not _JOINED.search(place):
        text = _EACH.sub("", text)
    year = _YEAR.search(asked.folded)
    return _YEAR.sub(year.group(), text, count=1) if year else text


def _places_of(asked: Asked) -> str:
    spans = asked.places
    if not spans:
        return "国家层面" if _is_nation(asked.core) else "各市"
    named = [asked.text[start:end] for start, end in spans]
    return "、".join("国家层面" if _NATION.fullmatch(name) else name for name in named)


def _place_span(before: Asked) -> Span:
    """Where a question says where: its places as joined, else the document it names, else its start."""
    if before.places:
        start, end = before.places[0]
        for more in before.places[1:]:
            between = before.folded[end : more[0]]
            if between and not _JOINED.fullmatch(between):
                break
            end = more[1]
        return start, end
    named = _DOCUMENT.search(before.text)
    return named.span() if named else (0, 0)


# ---- the same place, another thing ----


def _pointed(asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str:
    """它, 这笔钱, 其中 replaced by what the question before was about."""
    match = _POINTS.search(asked.folded)
    assert match is not None
    if _POINTS_TO_DOCUMENT.fullmatch(match.group()):
        named = _named_document(before, cited, library) or f"{_where(before, cited, library)}{_topic(before)}"
    else:
        named = f"{_where(before, cited, library)}{_topic(before)}"
    if match.group() == "其中":
        return f"{named}，{asked.core}？"
    head = _unled(asked, match.start())
    return f"{head}{named}{asked.text[match.end() :]}"


def _unled(asked: Asked, end: int) -> str:
    lead = _LEAD.match(asked.folded)
    return asked.text[min(lead.end() if lead else 0, end) : end]


def _elliptic(asked: Asked, before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str | None:
    """有效期多久, 谁来批, 场地要交租金吗: the place, and the subject where the question names none."""
    said = asked.text[len(asked.text) - len(asked.text[_lead_end(asked) :]) :]
    if asked.question.aspects:
        named = _named_document(before, cited, library) or _where(before, cited, library)
        return f"{named}{said}" if named else None
    where = _where(before, cited, library)
    if _asks_who(asked) and len(cited) == 1 and _has_bodies(cited[0], library):
        return f"{_address(cited, library)}的{said}"
    if not asked.nouns:
        topic = _topic(before)
        return f"{where}{topic}{'' if _joins(topic, said) else '，'}{said}" if topic or where else None
    return f"{where}{said}" if where else None


def _asks_who(asked: Asked) -> bool:
    """责任单位是谁, 哪个部门管, 谁负责: bodies, and nothing they answer for."""
    return Kind.BODY in asked.question.kinds and all(_ROLE.fullmatch(one.surface) for one in asked.terms)


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
    lead = _LEAD.match(asked.folded)
    return lead.end() if lead else 0


def _beside(asked: Asked, before: Asked) -> str | None:
    """既有的呢, 社区养老服务站呢: put where its like stands in the question before."""
    core = asked.core
    bare = core.removesuffix("的")
    if not bare:
        return None
    for put in (_another_year, _another_of_row, _another_like, _another_subject):
        text = put(bare, before)
        if text:
            return text
    known = [term for term in before.terms if term.is_known]
    if len(known) == 1 and known[0].surface in before.folded and asked.terms and len(bare) <= _LIKE_CHARS:
        return before.text.replace(known[0].surface, bare, 1)
    where = before.text[slice(*_place_span(before))]
    topic = _topic(before)
    return f"{where}{topic}，{core}怎么规定？" if topic else f"{where}{core}怎么规定？"


def _another_year(core: str, before: Asked) -> str | None:
    year = _YEAR.search(fold_aligned(core))
    if year is None:
        return None
    if _YEAR.search(before.folded):
        return _YEAR.sub(year.group(), before.text, count=1)
    _, end = _place_span(before)
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
        if touches and _names_thing(piece):
            start, end = min(start, position), max(end, stop)
        position = stop
    return f"{before.text[:start]}{core}{before.text[end:]}"


def _another_subject(core: str, before: Asked) -> str | None:
    found = _ON.search(before.folded)
    return f"{before.text[: found.start()]}{core}{before.text[found.end() :]}" if found else None


# ---- what the question before was about ----


def _stem(before: Asked) -> str:
    return re.sub(r"[?？。！\s]+$", "", before.text)


def _named_document(before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str:
    """The document a question names as it names it, else the one its answer cites; "" for none or several."""
    named = _DOCUMENT.search(before.text)
    if named:
        return named.group()
    doc_ids = {doc_id for doc_id, _ in cited}
    if len(doc_ids) != 1:
        return ""
    document = library.document(doc_ids.pop())
    return "".join((document.document_number or f"《{document.title}》").split())


def _where(before: Asked, cited: Sequence[tuple[str, str]], library: Library) -> str:
    """The place or document of the question before; where it named none, the one place its answer cites."""
    start, end = _place_span(before)
    if end > start:
        return "国家层面" if _NATION.fullmatch(before.text[start:end]) else before.text[start:end]
    codes = {library.document(doc_id).metadata.jurisdiction for doc_id, _ in cited}
    code = codes.pop() if len(codes) == 1 else None
    return "" if code is None else "国家层面" if code == NATION else name_of(code)


def _topic(before: Asked) -> str:
    """The piece of a question that says most of what it is about, without place and words that ask."""
    start, end = _place_span(before)
    rest = before.folded[:start] + " " * (end - start) + before.folded[end:]
    spans = [match.span() for match in re.finditer(r"[^\s,，。?？;；]+", _blanked(rest))]
    pieces = [before.text[slice(*span)] for span in spans]
    best = _trimmed(max(pieces, key=lambda piece: _weight(piece, before), default=""), before)
    return best if _weight(best, before) and len(best) <= _TOPIC_CHARS else ""


def _trimmed(piece: str, before: Asked) -> str:
    """A piece without words at its ends that name nothing: 对, 报给, 不应少于."""
    words = segmentation.cut(piece)
    if "".join(words) != fold_tight(piece):
        return piece
    subjects = {fold_tight(term.surface) for term in before.nouns}

    def names(word: str) -> bool:
        return any(word in one or one in word for one in subjects if len(word) > 1) or _names_thing(word)

    kept = [index for index, word in enumerate(words) if names(word)]
    if not kept:
        return piece
    start = sum(map(len, words[: kept[0]]))
    return piece[start : start + sum(map(len, words[kept[0] : kept[-1] + 1]))]


def _blanked(folded: str) -> str:
    """The text with words that ask blanked, every character in its place."""
    return question_words().asking.sub(lambda match: " " * len(match.group()), folded)


def _weight(piece: str, before: Asked) -> float:
    folded = fold_tight(piece)
    return sum(term.weight for term in before.terms if term.is_known and term.surface in folded)
