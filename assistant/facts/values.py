"""Words → values, each kind of fact in its own way: units, Chinese numerals, dates, 是/否/未知, choices.

Pure. What cannot be read safely is refused with one Chinese sentence, never guessed: a range is
no number, an amount without a unit may be 元 or 万元.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from assistant.facts.choices import NOT_HERE, all_but, named_choices, number_said, other_items, said_choice
from assistant.facts.dates import read_date
from assistant.facts.numbers import BadWords, Number, find_number
from assistant.facts.showing import plain
from assistant.facts.types import UNITS, FactKind, FactSpec, Value
from indexing.folding import fold, fold_tight
from indexing.jurisdictions import MUNICIPALITIES, NATION, find_places, lineage

_UNKNOWN = re.compile(
    r"^(?:未知|不适用|不详|不清楚|不明|待定|待核(?:实|定)?|待补(?:充)?|待确认|待明确|尚不清楚|暂不清楚|未定|暂未确定|n/?a|[-/—?？]+)[。.]?$"
)
# "无", "没有。", "尚未开展", "未取得立项批复" yes; "无障碍设计导则", "无偿", "未来社区" no
_NONE = re.compile(
    r"^(?:无|没有|暂无|尚无|否|不涉及|未|尚未|暂未|还没有?|不|零|缺失?|空白)(?:[。.，,；;（(]|$)|^(?:无需|不需要?|无须)"
    r"|^(?:尚|暂|还|目前|均)*(?:未|没有?|无|不)(?:曾|能|经)?(?:开展|进行|编制|制定|做|组织|取得|获得|办理|签订|形成|征求|征询|履行"
    r"|提供|报送|提交|完成|建立|安排|填写|实施|设置?|落实|发放|投票|召开|明确|申请|涉及|引入|列入|纳入|收到|批复|立项|评估|确定)"
)
# 用地手续：不涉及 — there is no such paper, and none is lacking
_NOT_CONCERNED = re.compile(r"^(?:本|该)?(?:项目|工程)?(?:不涉及|不适用)")
# "无行政办公用房", "不设办公区": none of it; "无线网络" no
_NO_SUCH = re.compile(
    r"^[^\d，。；]{0,6}(?:没有|不设|未设|不安排|未安排)[^\d，。；]{1,8}$|^(?:无|没有|不设|未设|不含|未安排|不安排)(?!.*\d)[^，。；]{1,12}$"
)
# "未约定", "还没有写", "不同意": whatever should be there is not; "未见异常", "未来社区", "未发现隐患" no
_UNDONE = re.compile(
    r"^(?:[\u4e00-\u9fff]{1,4}?(?=尚|还|暂|没有|未))?(?:尚|暂|还|目前|均|都|也|仍)*(?:未(?!来|成年|央|见|发现|超|出现|检出|收到|有异议|涉及)|没有?(?!有|收|发现|异议|任何|[^，。；]{0,4}(?:危险|污染|隐患|风险)|异常|投诉|纠纷)|不予?同意|反对)(?:[\u4e00-\u9fff]|$)"
    r"|^(?:暂|尚|还)?缺(?!陷)"
    r"|^(?:暂无|尚无|没有|无)(?:相关|具体|明确|专门)?(?:要求|安排|计划|标准|措施|方案|文件|说明|规定|记录|依据|协议|结论)"
)
# "验收合格", "四方面材料齐全"; "验收不合格" no
_DONE_WELL = re.compile(
    r"^[^不未没]*(?:合格|通过|齐全|达标|完成|完毕|符合(?:要求|规定)?|满足(?:要求)?|可靠|良好|安全|有?保障)$"
)
# "因面积不足未设": said at the end of what explains it
_NOT_DONE = re.compile(
    r"(?:未|不|没有?|尚未|暂不|还没)(?:能)?(?:设|建|配|办|做|签|开|提供|取得|完成|通过|列入|纳入|参与)[^，。；]{0,4}$"
)
# "暂缺，年底前补建"; "一楼已开办", "大厅旁已配" are there
_LACKING = re.compile(r"^(?:暂|尚|还|目前)*(?:缺(?!陷)|空白)")
_IN_PLACE = re.compile(
    r"^(?:同步|一并)(?:配建|建设|设置?|配置)|^[一二两三四五六七八九十\d]+[个处座间所家]|^[^未没不无缺拟将待]*已(?:经)?(?:开|建|设|办|投|配|完|通|纳|列|取|签|做|落)"
)
# "正在办理", "拟编制", "办理中": not there yet, and not said to be missing for good
_UNDER_WAY = re.compile(
    r"^(?:正在|拟(?:开展|办理|编制|征求|组织|申请|取得|签订|制定|于)|准备|待(?:批|办|编制|取得|签订|开展))|(?:办理|编制|申请|审批|评估|起草)中$|(?:还|尚|正|仍)在(?!运营|使用|营业)|(?:手续|材料|程序|资料|要件)不(?:全|齐|完整|完备)|(?:待|尚待|正在|需要?)补|补办中"
)
# "区国资公司，尚未答复": said of the thing itself, not "已开展，反馈环节尚未建立"
_NOT_YET = re.compile(r"[，,；;](?:但|不过|目前|现|至今)*(?:尚未|还没有?|还未|仍未|仍没有?|暂未)")
_NO = re.compile(r"^(?:否|无|不|非|未|没有?|尚未|暂未|暂不|尚不|×|✗|x$|n$|no$|false$|0$)")
# "也许", "可能是", "不好说": neither a yes nor a no
HEDGED = re.compile(
    r"(?:本|该)?(?:项目|社区)?(?:也许|可能|或许|大概|估计|应该是|不好说|说不准|说不清|不一定|不确定|拿不准|未必|看情况|视情况|再议)"
)
# "本项目不设", "该社区已建": who it is said of
_SUBJECT = re.compile(r"^(?:本|该)(?:项目|社区|设施|综合体|工程|点位|街道)?")
_YES = re.compile(
    r"^(?:是|有|已|设|配|建有|建成|接入|全部|均|拟?申请$|提供|开展|实行|落实|安排|具备|符合|属于?|满足|同意|通过|合格|保持|确认|经|可以?|能|需要|√|✓|☑|对$|y$|yes$|true$|1$)"
)
# 四同步：全部落实
_WHOLLY = re.compile(
    r"齐全|齐备|俱全|全覆盖|(?:均|都|全部|已|已经|全)+(?:落实|同步|具备|齐全|做到|到位|完成|涵盖|覆盖|通过|写明|约定)(?:到位|了)?"
)
# 实施主体：已明确; 报备机关：已报备: that it is settled, not what
_MERE_STATE = re.compile(
    r"(?:是|有|已|均|都|均已|已经)?(?:是|有|明确|确定|落实|完成|办理|办结|报备|备案|存档|报送|上报|上报完毕|审查|审查通过|齐全|具备|到位)?了?"
)
_BRACKETS = re.compile(r"\([^()]*\)")
_MARKS = re.compile(r"[、，,；;\n\t]+")


@dataclass(frozen=True, slots=True)
class Read:
    """What words say; `value` is None for an explicit 未知."""

    value: Value | None
    remarks: tuple[str, ...] = ()
    latest: date | None = None  # of a date written as a month


def read_value(spec: FactSpec, words: str, unit: str | None = None) -> Read:
    """The value the words state for a fact.

    Args:
        spec: the entry of the dictionary; a TABLE is read elsewhere.
        words: as written.
        unit: the unit in the label, 万元 of 总投资（万元）.

    Raises:
        BadWords: they cannot be read safely; the message says what to write instead.
    """
    text = words.strip()
    if not text:
        raise BadWords("没有填写内容")
    if _UNKNOWN.match(fold_tight(text)):
        return Read(None)
    match spec.kind:
        case FactKind.FLAG:
            return read_flag(spec, text)
        case FactKind.NUMBER | FactKind.AREA | FactKind.MONEY | FactKind.PERCENT:
            if spec.above is None and (_NONE.match(fold_tight(text)) or _NO_SUCH.match(fold_tight(text))):
                return Read(Decimal(0), (f"“{_short(text)}”按 0 读入",))
            number = find_number(spec, text, unit)
            _check_bounds(spec, number)
            return Read(number.value, number.remarks)
        case FactKind.DATE:
            first, last = read_date(text)
            return (
                Read(first)
                if first == last
                else Read(first, ("只写到月，判断时按当月首末两日分别核对",), last)
            )
        case FactKind.CHOICE | FactKind.CHOICES:
            return read_choices(spec, text)
        case FactKind.NAMES:
            names = tuple(dict.fromkeys(part.strip() for part in _MARKS.split(text) if part.strip()))
            return Read(() if _NONE.match(fold_tight(text)) else names)
        case FactKind.PLACE:
            return Read(read_place(text))
        case _:
            return _read_text(spec, text)


def _read_text(spec: FactSpec, text: str) -> Read:
    folded = fold_tight(text)
    if spec.kind is FactKind.TEXT and _MERE_STATE.fullmatch(folded):
        return Read(None, (f"“{_short(text)}”没有写出{spec.label}，按未知处理",))
    if spec.kind is FactKind.EVIDENCE and any(
        each.value == "无" and re.search(each.pattern, f"{spec.label}{text}") for each in spec.sayings
    ):
        return Read(False, _explained(text))
    if spec.kind is FactKind.EVIDENCE and _NOT_CONCERNED.match(folded):
        return Read(None, (f"“{_short(text)}”没有说有或没有，按未知处理",))
    if _NONE.match(folded) or (spec.kind is FactKind.EVIDENCE and _UNDONE.match(folded)):
        return Read(False, _explained(text))
    if spec.kind is FactKind.EVIDENCE and (_UNDER_WAY.search(folded) or _NOT_YET.search(folded)):
        return Read(None, (f"“{_short(text)}”表明尚未完成，按未知处理",))
    return Read(text)


def _predicate_said(spec: FactSpec, text: str) -> Read | None:
    """是 for words with which the label's predicate begins: 申请放宽 of 是否申请放宽面积; or None."""
    folded = _SUBJECT.sub("", fold_tight(text))
    predicate = spec.label.partition("是否")[2]
    return Read(True, _explained(text)) if len(folded) >= 2 and predicate.startswith(folded) else None


def read_flag(spec: FactSpec, text: str) -> Read:
    """是 or 否, from how the words begin or from a wording the dictionary knows.

    Raises:
        BadWords: neither can be told.
    """
    folded = fold_tight(text)
    if HEDGED.match(folded):
        raise BadWords(f"看不出“{_short(text)}”是“是”还是“否”，请写“是”“否”或“未知”")
    if said := said_flag(spec, text):
        return said
    first = re.split(r"[，；]|,(?!\d)|;", text, maxsplit=1)[0]
    if first != text and (said := _predicate_said(spec, first)):  # 申请放宽，已请专家论证
        return replace(said, remarks=_explained(text))
    folded = _SUBJECT.sub("", folded)
    predicate = spec.label.partition("是否")[2]
    if said := _predicate_said(spec, text):
        return said
    core = spec.label.partition("是否不")[2][:2]  # 是否不影响相邻关系：无影响 is a yes
    if core and core in folded:
        return Read(bool(re.search(rf"(?:无|没有?|不|未)[^，。；]{{0,4}}{core}", folded)), _explained(text))
    if _NO.match(folded):
        return Read(False, _explained(text))
    if _YES.match(folded) or _DONE_WELL.match(folded):
        return Read(True, _explained(text))
    if _NOT_DONE.search(folded) or _LACKING.search(folded):
        return Read(False, _explained(text))
    if _IN_PLACE.search(folded):
        return Read(True, _explained(text))
    if predicate and (at := folded.find(predicate)) >= 0:  # 是否毗邻：就在隔壁，毗邻
        return Read(not NOT_HERE.search(folded[max(0, at - 4) : at]), _explained(text))
    raise BadWords(f"看不出“{_short(text)}”是“是”还是“否”，请写“是”“否”或“未知”")


def said_flag(spec: FactSpec, text: str) -> Read | None:
    """What a wording of the dictionary says in a text: 是 or 否; None where none does or both do."""
    if "是否" in text or re.search(r"有无(?![偿障])", text):
        return None
    said = {saying.value for saying in spec.sayings[:1] if re.search(saying.pattern, text)} or {
        saying.value for saying in spec.sayings if re.search(saying.pattern, text)
    }
    return Read(said == {"是"}, _explained(text)) if len(said) == 1 else None


def _explained(text: str) -> tuple[str, ...]:
    return (f"原文：{_short(text)}",) if len(text) > 4 else ()


def read_choices(spec: FactSpec, text: str) -> Read:
    """The choices named, in order; what is said not to be provided is left out.

    Raises:
        BadWords: none is named, or several where there can be one.
    """
    return _one_choice(spec, text) if spec.kind is FactKind.CHOICE else _several_choices(spec, text)


def _one_choice(spec: FactSpec, text: str) -> Read:
    folded = fold_tight(text)
    spelled = next((each.name for each in spec.choices if folded in map(fold_tight, each.words)), None)
    if spelled:  # 未办理登记 is a kind of its own, not a no
        return Read(spelled, _explained(text))
    if _NONE.match(folded):
        return Read(False)
    if said := said_choice(spec, text):
        return Read(said, _explained(text))
    found, left_out = named_choices(spec, fold(text))
    if not found and not left_out and _UNDONE.match(folded):
        return Read(False, _explained(text))
    if len(found) > 1:  # 社会组织（民办非企业单位）: what is in brackets only explains
        found = named_choices(spec, _BRACKETS.sub("", fold(text)))[0] or found
    if len(found) > 1:
        raise BadWords(f"“{_short(text)}”同时写了{'、'.join(found)}，请只写一种")
    if found:
        return Read(found[0], _left_out(left_out))
    if spec.is_open and other_items(spec, text):
        return Read(text, (*_left_out(left_out), "不在常见写法之列"))
    raise BadWords(f"“{_short(text)}”不是{'、'.join(choice.name for choice in spec.choices)}之一")


def _several_choices(spec: FactSpec, text: str) -> Read:
    if _NONE.match(fold_tight(text)):
        return Read(())
    if spec.whole and _WHOLLY.fullmatch(fold_tight(text)):
        return Read(tuple(name for kind in spec.whole for name in kind), _explained(text))
    found, left_out = named_choices(spec, fold(text))
    if not found and not left_out and _UNDONE.match(fold_tight(text)):
        return Read((), _explained(text))
    whole = all_but(spec, text)
    if whole is not None:
        return Read(whole, (f"按“{'、'.join(whole)}”读入，请核对", *_left_out(left_out)))
    rest = other_items(spec, text) if spec.is_open else ()
    remarks = _left_out(left_out)
    if not found and not rest:
        if left_out:
            return Read((), remarks)
        raise BadWords(f"从“{_short(text)}”里没有认出{spec.label}")
    if rest:
        remarks += (f"“{'、'.join(rest)}”不在字典列名之中，请确认",)
    number = number_said(text)
    if number is not None and number != len(found) + len(rest):
        counted = f"{len(found) + len(rest)}项：{'、'.join((*found, *rest))}"
        remarks += (f"原文写{number}项，认出{counted}，请核对",)
    return Read((*found, *rest), remarks)


def _left_out(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"“{name}”写明不设，未计入" for name in names)


def read_place(text: str) -> str:
    """The GB/T 2260 code of the one city named; 重庆市渝北区 is 重庆, 四川省成都市 成都.

    Raises:
        BadWords: no place, or several that do not contain each other.
    """
    if fold_tight(text) in {"全国", "国家", "中国"}:
        return NATION
    places = find_places(text)
    codes = {place.codes[0] for place in places if len(place.codes) == 1}
    if shared := next((place.text for place in places if len(place.codes) > 1 and not codes), None):
        raise BadWords(f"叫“{shared}”的不止一处，请连同市名写明，如 北京市朝阳区")
    if not codes:
        raise BadWords(f"“{_short(text)}”不是我们认得的地区，请写省、市名，如 重庆市")
    within = {parent for code in codes for parent in lineage(code) if parent != code}
    cities = {code for code in codes if code in MUNICIPALITIES or code not in within}
    tops = {code[:4] if code[:2] + "0000" not in MUNICIPALITIES else code[:2] for code in cities}
    if len(tops) > 1:
        raise BadWords(f"“{_short(text)}”写了不止一个地区，请只写项目所在的一个")
    named = codes & {code[:4] + "00" for code in cities} or cities
    return min(named, key=lambda code: (not code.endswith("00"), not code.endswith("0000"), code))


def _check_bounds(spec: FactSpec, number: Number) -> None:
    value, unit = number.value, UNITS.get(spec.kind, spec.unit)
    if spec.above is not None and value <= spec.above:
        raise BadWords(f"应大于 {spec.above}{unit}，写的是 {plain(value)}{unit}")
    if spec.minimum is not None and value < spec.minimum:
        raise BadWords(f"不能小于 {spec.minimum}{unit}，写的是 {plain(value)}{unit}")
    if spec.maximum is not None and value > spec.maximum:
        raise BadWords(f"不能大于 {spec.maximum}{unit}，写的是 {plain(value)}{unit}")
    if spec.is_whole and value != value.to_integral_value():
        raise BadWords(f"应是整数，写的是 {plain(value)}{unit}")


def _short(text: str) -> str:
    return text if len(text) <= 40 else text[:40] + "…"
