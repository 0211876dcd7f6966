"""A question as read for what it says and what it leaves unsaid: place, document, subject, pointing words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from assistant.library import Library
from assistant.questions.question import Question, understand
from assistant.questions.steps import RANKS, Step, read_steps
from assistant.questions.terms import content_terms
from assistant.questions.weighing import Term
from assistant.questions.words import ROLES, has_noun
from indexing import segmentation
from indexing.folding import fold_aligned, fold_tight
from indexing.jurisdictions import NATION
from indexing.query import places_in
from indexing.types import Span

# "那么，", "好的，那", "再问一下"; taken off before a fragment is read
_MENDED = (
    r"(?:不对|不是(?:这个|那个|的|啊|吧)?(?:意思)?(?=[,，。])|错了|你?(?:理解|搞|弄)错了?|我?(?:说|打|问|写)错了?|更正一?下?|应该是)[,，。!\s]*"
    r"|(?:其实)?我(?:想|要|是想?)?(?:问|说|指)的(?:其实)?是|我是(?:想)?(?:问|说|指)(?=[^,，]{2,})"
)
# "不对，我问的是综合体": the user says what was meant instead
MENDS = re.compile(rf"^(?:[,、。\s]*(?:{_MENDED}))+")
LEAD = re.compile(
    rf"^(?:{_MENDED}|换个?(?:话题|问题)|说回|那么?|哦|噢|嗯|好的?|对了|请问|再问一?下?|还有|另外|顺便(?:问一?下?)?|然后|换成?|改成|如果是?|要是|假如|对于|至于|[,、。\s])+"
)
_TAIL = re.compile(r"(?:呢|吗|吧|啊|呀)*[?!。\s]*$")
_ANOTHER_SUBJECT = re.compile(
    r"^\s*(?:我们?)?(?:换个?(?:话题|问题)|另外一?个?问题|不说这个了?)(?:吧|问)?[,，。:：、\s]+"
)
WHY = re.compile(
    r"^(?:这是)?(?:为什么|为何|为啥|凭什么|什么(?:原因|理由)|原因|理由)(?:呢|啊|是什么|要?这[样么](?:规定|说)?)?$"
)
SOURCE = re.compile(
    r"^(?:依据|根据|出处|原文)(?:呢|(?:是|在)?(?:什么|哪里?|哪一?条|怎么[写说]的?))?$|^(?:是)?哪一?条(?:规定|写|说)?的?$"
    r"|^(?:把)?(?:刚才|上面|前面)?(?:那|这)?一?(?:条|款|段)?的?(?:原文|原话|条文|全文)(?:也|再)?(?:发|给|贴|念|列)[^,，]{0,8}$"
)
# "它", "这笔钱", "该办法", "上述规定": stand for what was asked about before
POINTS = re.compile(
    r"它们?|[他她]们|(?:这|那)(?:笔|份|个|项|条|类|种|些|件)(?:钱|资金|补助|文件|办法|方案|规定|条款|政策|项目|事|工作)?"
    r"|该(?:办法|方案|文件|通知|规定|条|项目?|设施)|上述(?:规定|内容|条款)?|上面(?:说的|提到的)?|(?:^|(?<=[,，]))其中|(?<=对)此|这方面|此事"
)
# … and these even where a place is named: 北京要求按它执行吗; 杭州这项工作 says itself what it is
_POINTS_BACK = re.compile(r"它|[他她]们|(?:这|那)笔|上述|上面说的|(?:^|(?<=[,，]))其中|(?<=对)此|这方面|此事")
NATION_NAMED = re.compile(r"国家层面|国务院|国办|国家(?!发展|卫生|级|试点|市场|税务)|中央(?!预算)|全国")
ASKS = re.compile(
    r"([^\W\d_])不\1|多少|几|什么|哪|谁|吗|是否|怎么|怎样|如何|啥|咋|多久|多大|何时|能否|可否|有没有|[能可要行让许]不[能可要行让许]"
    r"|吧[?。!]*$|没错|是这样"
)
# "也是这样吗", "怎么规定", "有吗": beside a place they ask what was asked before
_ASKS_THE_SAME = re.compile(
    r"(?:有没有|有|也有|设没设|设了?)(?:这个|这种|这类|这样的|类似的|同样的)[\u4e00-\u9fff]{1,4}?(?:呢|吗|么)?"
    r"|的?(?:情况|规定|要求|标准|政策|文件|方案)?(?:也|都|又|同样|是不是|是否)?(?:是|有|要)?(?:没有)?"
    r"(?:这样|这么(?:规定|要求)|一样|如此|相同|类似|同样|这[种类项个]|相应)?的?(?:规定|要求|政策|说法|做法|标准)?"
    r"(?:怎么(?:样|说|讲|规定|要求|办)|如何|有没有|有(?:什么|哪些)?(?:规定|要求)|多少|几个|比|相比|对比)?(?:呢|吗|么)?"
)
_PLACE_AND_LITTLE = 6  # characters beside a place that cannot be a question of its own
ROLE = re.compile(rf"(?:{'|'.join(sorted(ROLES))})(?:单位|部门|主体)?")
_SUBJECT_CHARS = 6
_RARE = 2.5  # weight of a deed that can be a subject by itself


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
        mentions = [
            (one.start, one.end) for one in places_in(folded, library.own_places, library.jurisdictions)
        ]
        if NATION in (*question.jurisdictions, *question.absent):
            mentions += [match.span() for match in NATION_NAMED.finditer(folded)][:1]
        return cls(
            plain,
            folded,
            question,
            content_terms(question, library),
            tuple(sorted(set(mentions))),  # 各直辖市 names four at once
            _names_subject(fold_tight(plain), library),
        )

    @property
    def mends(self) -> bool:
        """Whether it says that something else was meant: 不对，我问的是综合体."""
        return MENDS.match(self.folded) is not None

    @property
    def core(self) -> str:
        """The text without 那 before and 呢 behind."""
        lead = LEAD.match(self.folded)
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
        return bool(asked.jurisdictions or asked.absent or asked.all_cities or names_nation_alone(self.core))

    @property
    def is_only_place(self) -> bool:
        """Whether it says where and nothing else: 那上海呢, 国家也是这样吗; not 北京的办法管几年."""
        if not self.has_place:
            return False
        beside = self.folded
        for start, end in reversed(self.places):
            beside = beside[:start] + beside[end:]
        beside = fold_tight(LEAD.sub("", re.sub(r"[和与跟同比及、,?!。]|\d{4}年", "", beside)))
        if _ASKS_THE_SAME.fullmatch(beside):
            return True
        is_whole = self.question.parts_named or POINTS.search(self.folded)
        return not (self.terms or is_whole) and len(beside) <= _PLACE_AND_LITTLE

    @property
    def asks_ground(self) -> bool:
        """Whether it asks for the reason or the clause of what was said: 为什么, 依据呢."""
        core = fold_tight(self.core)
        return bool(WHY.match(core) or SOURCE.match(core))

    @property
    def names_document(self) -> bool:
        """Whether it names a document, held or not."""
        return any(reference.document is not None for reference in self.question.references)

    @property
    def points(self) -> bool:
        """Whether a word in it stands for something said before."""
        mended = MENDS.match(self.folded)
        said = self.folded[mended.end() if mended else 0 :]
        return (_POINTS_BACK if self.has_place else POINTS).search(said) is not None

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
        if self.names_document or (self.names_subject and ASKS.search(self.folded)):
            return True
        if self.has_place:
            return bool(self.terms or self.question.aspects or self.question.references)
        return bool(self.terms) and not any(term.is_known for term in self.terms)


def _is_subject(term: Term) -> bool:
    if ROLE.fullmatch(term.surface):
        return False
    return names_thing(term.surface) or term.weight >= _RARE


def changes_subject(text: str) -> str:
    """A question without the words that leave the last one behind: 换个话题，北京的办法管几年 is whole."""
    return _ANOTHER_SUBJECT.sub("", text)


def names_thing(word: str) -> bool:
    """Whether a word names a thing: a noun, a place where things are (场地), a word of our dictionary."""
    tags = segmentation.tags(word)
    return len(word) > 1 and (has_noun(word) or any(tag in ("", "s") for tag in tags))


def names_nation_alone(core: str) -> bool:
    """Whether a text is the nation and nothing else: 国家层面, 国家的规定."""
    return bool(NATION_NAMED.fullmatch(re.sub(r"(?:的|方案|文件|政策|规定)+$", "", core)))


def _names_subject(folded: str, library: Library) -> bool:
    titles = (title for document in library.documents for title in library.titles_of(document.doc_id))
    return any(
        SequenceMatcher(None, folded, title, autojunk=False).find_longest_match().size >= _SUBJECT_CHARS
        for title in titles
    )


def is_pointing(asked: Asked) -> bool:
    """Whether a question means nothing by itself: 那上海呢, 第二款呢, 为什么, 它的文号是多少."""
    if asked.asks_ground:
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
    if asked.is_only_place:
        return True
    return asked.folded.startswith("那") and asked.folded.rstrip("?").endswith("呢") and not asked.has_place


def _below_article(steps: Sequence[Step]) -> bool:
    return bool(steps) and RANKS[steps[0].kind] > RANKS["article"]
