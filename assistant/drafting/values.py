"""Facts as prose: 860平方米, 服务户数3200户, 【待补：服务户数（户）】. Pure.

Nothing is computed here; amounts come from the sheet or from `assistant.facts.checks.derive`.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import ROUND_DOWN, Decimal

from assistant.drafting.types import shown
from assistant.export.official import Blank, Inline, Text
from assistant.export.text import in_one_line
from assistant.facts.dictionary import dictionary
from assistant.facts.showing import plain, show
from assistant.facts.types import Derived, Fact, FactKind, FactSpec, Table, Value
from prompts.draft_frames import Phrase, phrases

UNITS = {FactKind.AREA: "平方米", FactKind.MONEY: "万元", FactKind.PERCENT: "%"}
_FINAL = "。；;，,、.！!"
_FULL = {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "?": "？", "!": "！"}
# a half-width mark beside Chinese text: "问卷600份,回收582份" yes; "1,280", "12:30", "GB(2024)" no
_HALF = re.compile(r"(?<=[\u4e00-\u9fff”》）])[,;:()?!]|[,;:()?!](?=[\u4e00-\u9fff“《（])")
MAX_INLINE = 1_000
"""Characters of one fact that a sentence takes; longer ones stay in the fact sheet."""
LONG = "内容较长，见事实表"
_MYRIAD = 10_000
_COUNTED = "（核算用）"  # of a sum the program takes where it has choice; to a reader it is the sum
# "甲300万元×0.3与5000中较小的90": what the arithmetic of a cap says
_SMALLER = re.compile(r"^(.*)与(\d+)中较小的[\d.]+$")
_IS = re.compile(r"^是否")
RUNS_ON = "\u2063"
"""Stands behind a phrase that has commas of its own, until `filling` has parted it from the next by ；."""
_NOTE = "（{v}）"
# goes on as a clause: "2026年2月完成，列出短板6项", "共7项"; does not: "江北区2026年项目清单"
_CLAUSE = re.compile(r"^(?:于|已|共|按|由|每|在|经|结合|与|20\d\d年\d{1,2}月(?:\d{1,2}日)?[\u4e00-\u9fff])")
# "已开展现状评估（{v}）", and "2026年2月完成" before its end or a mark
_DEED = re.compile(r"^已(开展|组织|完成|制定|编制|形成|建立|安排)([^（），{}]+)（\{v\}）$")
_ON = re.compile(r"^于?(20\d\d年\d{1,2}月(?:\d{1,2}日)?)(完成|组织|开展|制定|编制|形成|建立)(?=$|[，；])")
_LASTING = ("形成", "建立")  # a list is formed, not completed
# what stands in brackets by custom: "江北国资〔2026〕12号，2026年3月9日"
_NUMBERED = re.compile(r"〔\d{4}〕")
SUBJECTS = ("项目", "设施", "运营单位", "社区", "本市")
"""What phrases begin with; said once a sentence."""


def prose(key: str, value: Value, fact: Fact | None = None) -> str:
    """A value as it stands in a sentence, with its unit; never empty for a known one.

    Args:
        key: of the dictionary.
        value: as known.
        fact: the entry of the sheet; a date written as a month is shown as one.
    """
    known = dictionary()
    spec = known.spec(key) if key in known else None
    match value:
        case Decimal() if spec is not None:
            return _number(value, spec)
        case date() if fact is not None and fact.latest is not None:
            return f"{value.year}年{value.month}月"
        case str() if spec is not None and spec.kind is not FactKind.PLACE:
            return tidy(value)
        case tuple():
            return "、".join(tidy(each) for each in value)
    return show(spec, value) if spec is not None else str(value)


def tidy(words: str) -> str:
    """What an applicant wrote, fit for a sentence: one line, no final stop, full-width marks.

    What is too long for a sentence is only pointed to; nobody could read it there.

    >>> tidy("发放600份, 回收582份。 ")
    '发放600份，回收582份'
    """
    if len(words) > MAX_INLINE:
        return LONG
    line = in_one_line(words).rstrip(_FINAL + " ")
    line = re.sub(r"(?<=[\u4e00-\u9fff])([,;:])\s+", r"\1", line)
    line = re.sub(r"\s+(?=[\u4e00-\u9fff])(?<=[\u4e00-\u9fff]\s)", "", line)
    return _HALF.sub(lambda mark: _FULL[mark.group()], line)


def is_none(value: Value) -> bool:
    """Whether a fact says 否 or 无."""
    return value is False or value == () or (isinstance(value, Table) and not value.rows)


def blank(key: str) -> Blank:
    """The blank that stands for a fact nobody stated."""
    known = dictionary()
    if key not in known:
        return Blank(key)
    spec = known.spec(key)
    note = spec.note or None
    return Blank(spec.label, prose_unit(spec) or None, note)


def _number(value: Decimal, spec: FactSpec) -> str:
    """Whole ten thousands of people as 320万人; what was divided with two decimals, never rounded up.

    Rounding up could show 30 beside a floor of 30 that 29.996 does not meet.
    """
    unit = prose_unit(spec)
    if unit == "人" and value >= _MYRIAD and value % _MYRIAD == 0:
        return f"{plain(value / _MYRIAD)}万{unit}"
    if spec.is_derived:
        value = value.quantize(Decimal("0.01"), rounding=ROUND_DOWN)
    return f"{plain(value)}{unit}"


def prose_unit(spec: FactSpec) -> str:
    """The unit as prose has it: 平方米, 万元; 平方米 for ㎡/百户, the label says the rest."""
    return UNITS.get(spec.kind, spec.unit.removesuffix("/百户").replace("㎡", "平方米"))


def asked(key: str) -> tuple[Inline, ...]:
    """A phrase for a fact nobody stated: 结构等 for its words, with a blank where the value would stand."""
    known, hole = dictionary(), blank(key)
    if key not in known or known.spec(key).kind is FactKind.FLAG:
        return (hole,)
    words = (phrases().get(key) or _default(key)).yes
    if "（" in words or "{v}" not in words:
        return (Text(f"{_label(key)}为"), hole)
    before, _, after = words.partition("{v}")
    return tuple(each for each in (Text(before), hole, Text(after)) if shown(each))


def phrase(key: str, value: Value, fact: Fact | None = None) -> str:
    """A known fact inside a sentence: 服务户数3200户, 保持所有权不变, 尚未开展选址安全评估.

    Wordings are data; without one the label stands before the value. What the applicant wrote as a
    clause goes on behind a comma (已开展现状评估，2026年2月完成), a name or 文号 stands in brackets.
    """
    words = phrases().get(key) or _default(key)
    if is_none(value) or (value == 0 and words.no):
        return words.no or f"{_label(key)}：{prose(key, value, fact)}"
    said = "" if value is True else prose(key, value, fact)
    if not said:
        return re.sub(r"（[^（）]*\{v\}[^（）]*）", "", words.yes).replace("{v}", "")
    done = _done_on(words.yes, said)
    if done:
        return done
    if words.yes.endswith(_NOTE) and _CLAUSE.match(said) and not _NUMBERED.search(said):
        return f"{words.yes.removesuffix(_NOTE)}，{said}"
    return words.yes.replace("{v}", said)


def _done_on(words: str, said: str) -> str:
    """已于2026年2月完成现状评估，列出短板6项, of 已开展现状评估（…） and when that was; else empty.

    What ends in the very thing that was done takes its place: 已安排结合验收开展运营绩效评估.
    """
    head = _DEED.match(words)
    if head is None:
        return ""
    deed, thing = head.groups()
    if said.endswith(thing):
        return f"已{deed}{said}"
    on = _ON.match(said)
    if on is None or (on[2] not in (deed, "完成")):
        return ""
    verb = deed if deed in _LASTING else on[2]
    return f"已于{on[1]}{verb}{thing}{said[on.end() :]}"


def runs_on(key: str, value: Value, fact: Fact | None = None) -> bool:
    """Whether the phrase of a fact has a comma, so that what follows is better parted by ；."""
    return "，" in re.sub(r"（[^（）]*）|“[^“”]*”", "", phrase(key, value, fact))


def without_subject(words: str) -> str:
    """A phrase that goes on with the subject of its sentence: 项目使用国有房产 → 使用国有房产."""
    return next((words.removeprefix(each) for each in SUBJECTS if words.startswith(each)), words)


def _default(key: str) -> Phrase:
    known = dictionary()
    label = _label(key)
    kind = known.spec(key).kind if key in known else FactKind.TEXT
    match kind:
        case FactKind.FLAG:
            return Phrase(label, f"不{label}")
        case FactKind.EVIDENCE:
            return Phrase(f"已具备{label}（{{v}}）", f"尚无{label}")
        case FactKind.TABLE:
            return Phrase(f"已列明{label}", f"尚无{label}")
        case FactKind.NUMBER | FactKind.AREA | FactKind.MONEY | FactKind.PERCENT:
            return Phrase(f"{label}{{v}}", f"{label}{{v}}")
    return Phrase(f"{label}为{{v}}", f"{label}为无")


def _label(key: str) -> str:
    return _IS.sub("", dictionary().label(key))


def worked(derived: Derived) -> str:
    """How a computed fact came about, as prose has it and without the result; the smaller of two as a cap."""
    shown = derived.arithmetic.rpartition(" ＝ ")[0].replace(" ", "").replace(_COUNTED, "")
    return _SMALLER.sub(r"\1，且不超过\2万元", shown).replace("㎡", "平方米")


def fingerprint(value: Value | None) -> str:
    """Twelve digits that tell one value from another; "" for an unknown one."""
    if value is None:
        return ""
    return hashlib.sha256(f"{type(value).__name__}:{value!r}".encode()).hexdigest()[:12]
