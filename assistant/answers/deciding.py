"""Yes or no, decided by code: the polarity of the question against that of the clause that answers it.

Only where the part of the sentence that speaks of the thing asked says itself whether it may, must or
must not be is anything decided. Its modality is kept: 原则上不可以 is not 不可以. Else the clause speaks
for itself.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

from assistant.answers.measuring import asks_whether_enough, measured
from assistant.answers.rulings import is_ruled_apart, least_figure, rules_another_role, ruling_on
from assistant.comparing.cells import focus_strengths, ruled_by
from assistant.comparing.passages import Passage
from assistant.judging.binding import ASKS_DUTY, OMITS
from assistant.library import Library
from assistant.norms import Strength
from assistant.premises.bodies import actors_in, names_body
from assistant.premises.checking import corrected, is_said_whole, premise_of, unsaid_of
from assistant.premises.contradicting import contradicted
from assistant.questions.question import Question
from assistant.questions.weighing import Term
from assistant.types import Statement
from indexing.folding import fold_tight
from prompts.library import fill


class Asks(Enum):
    """What a yes-or-no question wants to know of a deed."""

    COUNTS = re.compile(
        r"算不算|计不计|纳不纳入|是否(?:计入|纳入|计算|算)|(?:计入|纳入|计算|(?<![概估预结决核测演换])算作?)[^,，?？]{0,20}[吗么][?？]?$"
    )
    MAY = re.compile(
        r"能不能|可不可以|可以不可以|能否|可否|是否(?:可以|可|能|允许|准许)|是不是(?:可以|能)|允不允许|让不让|准不准|行不行|(?:能|可以|允许|让|准)[^,，?？]{0,30}[吗么不][?？]?$|(?:可以|行|允许)(?:吗|么|不)"
        r"|(?:可以|允许)[^,，?？]{0,30}[,，]?(?:是吧|对吧|对吗|是吗|没错吧|吧)[?？]?$"
    )
    MUST = ASKS_DUTY
    SUPPORTS = re.compile(
        r"(?:支持|鼓励|提倡|推广)(?:不|吗|么)[?？]?$|支不支持|鼓不鼓励|推不推|是否(?:支持|鼓励|推广|提倡)|(?:支持|鼓励|提倡|推广)[^,，?？]{1,30}[吗么不][?？]?$"
    )
    EXISTS = re.compile(
        r"有没有|是否有|(?<![没具享只才还须要得该应定国所私公现原既共特持含拥保占自])有[^,，?？]{1,20}[吗么][?？]?$"
    )


# 不用…可以吗, 能不交吗, 不合格也能…吗: a negated deed is not decided
_NEGATED = re.compile(
    r"[少低小]于|超过|[高多大]于|不到|不足|以[上下内]|(?:能|可以|允许)(?:不|没)(?!能|可|允)|不[^能可要需应让准行用是必]{1,6}(?:行吗|可以吗|行不行)|(?:没有?|不)[^,，?？]{0,10}(?:也|都)?(?:能|可以|行)(?:吗|么)"
)
_FREES = re.compile(
    r"无需|无须|不需要?|不必|免于|免除|可(?:暂)?不(?!超|少|低)|暂不(?!具备)|不再(?:要求|需要)|不作要求"
)
_FORBIDS = re.compile(
    r"不得|禁止|严禁|不准|不予|不允许|不可(?!抗|分|避|或)|不能(?!满足|达到)|不应(?!少|低|小|超)|不宜|避免|不再(?!要求|需要)"
)
_ALLOWS = re.compile(
    r"允许|可以|有权|(?<![不许认])可(?!持续|靠|行|能|及|燃|回收|视|控|比|操作|追溯|再生|承受|拓展|转换|不|暂不)"
)
_GENERALLY = re.compile(r"一般(?=不|应|为|按|在|可|由)")
# of "养老服务或托育服务" one alone may be left out
_EITHER = re.compile("或|之一|其中|至少")
_OMITTED = {"must": "may_not", "no_need": "may"}
_ENCOURAGES = frozenset({Strength.ENCOURAGED, Strength.SUPPORTED})
_ORDER = (Asks.COUNTS, Asks.SUPPORTS, Asks.EXISTS, Asks.MUST, Asks.MAY)
_LACKS = re.compile(r"不设置?|未设|没有|不作|无(?!障碍|偿|论)")
_DENIES = re.compile(r"不(?![便少足同断仅超低小])")
_EXISTS = {
    Strength.MAY: "exists_may",
    Strength.ENCOURAGED: "exists_encouraged",
    Strength.SUPPORTED: "exists_supported",
}
_BINDS = frozenset({Strength.MUST, Strength.IN_PRINCIPLE, Strength.GENERALLY})
_KIND_OF_FIRM = re.compile(r"(?<=物业)(?:公司|企业)$")  # 物业、家政等行业 are meant by 物业公司
# "可以吗", "行不行" end a question; "能住人吗" holds what is done
_MODAL = re.compile("可以|允许|必须|需要|应[该当]|[能可否行让准要得是不吗么的?？]")
# 陈述 of what is to be done binds: 编制…报告, 解除合同; 指, 包括 only say what a thing is
_ORDERED = re.compile(
    r"编制|报送|上报|报备|备案|提交|签订|征求|征询|履行|办理|解除|整改|明确|提出|达到|公布|公示|申报|验收|评估|考核|审[查核批]|纳入|建立|落实"
)
# 坚持常态化开展 neither supports nor leaves free
_UPHELD = re.compile(r"坚持(?![^,]*(?:支持|鼓励|推广|探索))")
_DEFINES = re.compile(r"指(?!导|标|定|引)|包括|主要是|称为")
# "探索建筑师负责制" is no support yet; "鼓励探索…" encourages
_ONLY_EXPLORED = re.compile(r"^(?!.*(?:鼓励|支持|推广|提倡)).*探索")
_EXPLORED = {
    "yes_supported": "yes_explored",
    "may_supported": "may_explored",
    "exists_supported": "exists_explored",
    "not_must_supported": "not_must_explored",
}
_GRANTS = re.compile(r"以[^,，]{2,8}方式|享受|减免|免征|免费|适当(?:提高|放宽|增加)")
_AFFIRMS = re.compile("可以|需要|应当|是的")  # nothing softens it: not 原则上需要


def with_verdict(
    question: Question, statements: Sequence[Statement], terms: Sequence[Term], library: Library
) -> tuple[Statement, ...]:
    """Statements with what they decide at the head of the first: a premise corrected, or yes or no.

    Empty for none; unchanged where code cannot decide.
    """
    if not statements:
        return ()
    is_measured = asks_whether_enough(question) and measured(question, statements[0], terms, library)
    for at, statement in enumerate(() if is_measured else statements):
        finding = premise_of(question, statement, terms, library)
        if finding is not None:
            others = (*statements[:at], *statements[at + 1 :])
            return (corrected(statement, finding), *others)
    first, *rest = statements
    verdict = verdict_of(question, first, terms, library)
    if verdict and _AFFIRMS.match(verdict) and not is_said_whole(question, first, terms, library):
        verdict = None  # 可以，是吧 is confirmed of what the clause says only
    if verdict is None:
        unsaid = unsaid_of(question, first, terms, library)
        return (corrected(first, unsaid), *rest) if unsaid else tuple(statements)
    place, mark, said = first.text.partition("：")
    text = fill("verdict", head=f"{place}{mark}", verdict=verdict, text=said) if said else first.text
    elsewhere = [one for one in rest if one.text.partition("：")[0] != place]  # its own place has decided
    return (Statement(text, first.citations, denied=first.denied), *elsewhere)


def verdict_of(
    question: Question, statement: Statement, terms: Sequence[Term], library: Library
) -> str | None:
    """可以, 原则上不可以, 需要, 鼓励 … with the modality of the clause; None where it decides nothing."""
    told = measured(question, statement, terms, library)
    if told is not None:
        return told
    may_omit = OMITS.search(question.body) is not None
    asks = (
        Asks.MUST if may_omit else next((each for each in _ORDER if each.value.search(question.body)), None)
    )
    if asks is None or (_NEGATED.search(question.body) and not may_omit):
        return None
    found = _found(asks, question, statement, terms, library, may_omit=may_omit)
    if found is None:
        return None
    passage, index = found
    sentence = "，".join(part.folded for part in passage.parts)
    if not may_omit and contradicted(question.body, sentence):
        return None
    if any(not names_body(_KIND_OF_FIRM.sub("", actor), sentence) for actor in actors_in(question.body)):
        return None
    if rules_another_role(question.body, sentence) or is_ruled_apart(passage, index, terms, library):
        return None
    if asks is Asks.COUNTS:
        return _counted(passage.parts[index].folded)
    said = passage.parts[index].folded
    if said.endswith("的"):  # of 通过验收的,不需变更 what stands behind it
        said = passage.parts[ruled_by(passage, index)].folded
    strength = focus_strengths(passage)[0]
    if _UPHELD.match(said) and strength in _ENCOURAGES:
        return None
    if may_omit:
        omitted = _OMITTED.get(_name(asks, said, strength) or "") if strength is not Strength.STATED else None
        return None if omitted is None or _EITHER.search(said) else _softened(fill(omitted), said, strength)
    if asks is Asks.MUST and _BOTH.search(question.body) and _names_either(said, terms):
        return fill("either", rule=said)
    name = "may" if asks is Asks.MAY and _is_member(said, terms) else _explored(asks, said, strength)
    to_whom = _PERMITTED.search(sentence) if name == "may" else None
    if to_whom is not None and fold_tight(to_whom["who"]) not in question.folded:
        return fill("may_for", who=to_whom["who"])
    return None if name is None else _softened(fill(name), said, strength)


def _names_either(said: str, terms: Sequence[Term]) -> bool:
    """Whether things asked about stand on either side of an 或: 配置养老服务或婴幼儿托育服务功能."""
    before, either, behind = said.partition("或")
    named = [any(form in side for term in terms for form in term.forms) for side in (before, behind)]
    return bool(either) and all(named)


def _found(
    asks: Asks,
    question: Question,
    statement: Statement,
    terms: Sequence[Term],
    library: Library,
    *,
    may_omit: bool,
) -> tuple[Passage, int] | None:
    """The part that rules what is asked, by the most telling reading of the question first."""
    deeds = list(terms) if may_omit else _deeds(asks, question, terms)
    found = least_figure(statement, question, library) if asks is Asks.MUST else None
    if asks is Asks.COUNTS:
        found = ruling_on(statement, deeds, terms, library, saying=_COUNTED_IN)
    found = found or ruling_on(statement, deeds, terms, library)
    if found is None and asks is Asks.MUST and not may_omit:
        found = ruling_on(statement, _behind(asks, question, terms), terms, library)
    return found


def _softened(verdict: str, said: str, strength: Strength) -> str:
    """The verdict with the 原则上 or 一般 of the part that decides, its own or that of the parts before."""
    if strength is Strength.IN_PRINCIPLE or "原则上" in said:
        return fill("in_principle", verdict=verdict)
    if strength is Strength.GENERALLY or _GENERALLY.search(said):
        return fill("generally", verdict=verdict)
    return verdict


def deeds_of(question: Question, terms: Sequence[Term]) -> list[Term]:
    """What a question wants to know whether it may or must be done; empty where it asks nothing of the kind.

    Of 方案通过以后还能改吗 the words behind 能, not 方案 and 通过.
    """
    asks = next((each for each in _ORDER if each.value.search(question.body)), None)
    return [] if asks is None else _deeds(asks, question, terms)


def _deeds(asks: Asks, question: Question, terms: Sequence[Term]) -> list[Term]:
    """What may or must be done, not what it is done to: of 旧仓库能往上加一层吗 the words behind 能."""
    match = asks.value.search(question.body)
    assert match is not None
    is_bare = not _MODAL.sub("", question.body[match.start() :])  # 加一层可以吗: the words before
    if is_bare or asks in (Asks.SUPPORTS, Asks.MUST, Asks.COUNTS):
        return [term for term in terms if not _AMOUNT.fullmatch(term.surface)]
    return _behind(asks, question, terms)


def _behind(asks: Asks, question: Question, terms: Sequence[Term]) -> list[Term]:
    """The words behind what asks: of 调整规模用不用报区发改 those of 报区发改; an amount names no deed."""
    match = asks.value.search(question.body)
    assert match is not None
    behind = question.body[match.start() :]
    return [term for term in terms if term.surface in behind and not _AMOUNT.fullmatch(term.surface)]


def _counted(said: str) -> str | None:
    """The words of a part that say whether a thing is counted in: 可不计入, 纳入; None for none."""
    match = _COUNTED_IN.search(said)
    if match is None:
        return None
    return (
        fill("may")
        if match.group().startswith(("允许", "可以", "可")) and "不" not in match.group()
        else match.group()
    )


def _is_member(said: str, terms: Sequence[Term]) -> bool:
    """Whether a word asked about is in the list of what a thing is to be: 自然人 of 应当为企业或自然人."""
    listed = _TO_BE.search(said)
    return listed is not None and any(form in listed["list"] for term in terms for form in term.forms)


# "一层", "三项": how much is no deed
_AMOUNT = re.compile(r"[\d一二两三四五六七八九十百半]+[层项个次名人间栋所家处种类]?")
# "不计入", "可不计入", "允许纳入", "纳入"; what is counted in something else is said with the same words
_COUNTED_IN = re.compile(r"(?:可以?|允许|暂)?(?:暂)?(?:不(?:再|予)?)?(?:计入|计算|纳入)|允许[^,]{0,4}计入")
# "应当为企事业单位、社会组织或自然人"
_TO_BE = re.compile(r"(?:应当?|可以?)(?:为|是)(?P<list>[^,，。;；]*[、或][^,，。;；]*)")
# "允许试点城市经科学评估论证…放宽": who may, where not everyone
_BOTH = re.compile(r"[和与及]|都|两[项种个类]|同时")
_PERMITTED = re.compile(r"允许(?P<who>(?:试点|有条件的)[\u4e00-\u9fff]{2,4}?)(?=[,，经按结因在对]|$)")
_GIVES = re.compile(r"给予[^,，]{0,40}?(?:补助|补贴|奖励|奖补|减免)")
_ONLY_THEN = re.compile(r"方[可能]|才[可能]|始得")


def _explored(asks: Asks, said: str, strength: Strength) -> str | None:
    """The frame of what a part decides; what is only to be explored is not yet supported."""
    name = _name(asks, said, strength)
    return _EXPLORED.get(name, name) if name is not None and _ONLY_EXPLORED.search(said) else name


def _name(asks: Asks, said: str, strength: Strength) -> str | None:
    """The frame of what a part decides; None of a condition, 满一个计时单位后方可收取."""
    if _ONLY_THEN.search(said):
        return None
    frees, forbids = _FREES.search(said), _FORBIDS.search(said)
    if asks is Asks.EXISTS:
        if _LACKS.search(said):
            return "exists_not"
        return None if frees or forbids or _DENIES.search(said) else _EXISTS.get(strength, "exists")
    if asks is Asks.SUPPORTS:
        if strength in _ENCOURAGES and not forbids:
            return "yes_encouraged" if strength is Strength.ENCOURAGED else "yes_supported"
        return None
    if frees:
        return "no_need" if asks is Asks.MUST else None
    if forbids:
        return "must_not" if asks is Asks.MUST else "may_not"
    allows = _ALLOWS.search(said)
    if asks is Asks.MAY and _GIVES.search(said) and not _DENIES.search(said):  # 能申请补助吗: 给予30%补助
        return "may"
    if allows and _DENIES.search(said, allows.end()):  # 允许5年内不变更: no word on who wants to change
        return None
    if asks is Asks.MUST:
        if strength in _BINDS:
            return "must"
        return {
            Strength.ENCOURAGED: "not_must_encouraged",
            Strength.SUPPORTED: "not_must_supported",
            Strength.MAY: "not_must_may",
            Strength.SHOULD: "should",
            Strength.STATED: "must" if _ORDERED.search(said) and not _DEFINES.search(said) else "",
        }.get(strength) or None
    if allows or strength is Strength.MAY or (strength is Strength.STATED and _GRANTS.search(said)):
        return "may"
    return {Strength.ENCOURAGED: "may_encouraged", Strength.SUPPORTED: "may_supported"}.get(strength)
