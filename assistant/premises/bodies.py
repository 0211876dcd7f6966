"""Who is claimed to act, against who acts in the sentences quoted: 市民政局牵头 beside 市发展改革委牵头."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from assistant.premises.types import HOLDS, Premise
from indexing.holding import holds_body

_BODY = re.compile(
    r"(?:(?:省|市|县|区|乡)级(?:以上)?(?:地方)?(?:人民)?政府)|(?:市|区|县|省|国家)?[\u4e00-\u9fff]{0,8}?(?:发展改革委|发改委|改革委|建设(?:管理)?委|健康委|委员会|[\u4e00-\u9fff]{2}局"
    r"|[住卫建国]?[建健资工管]委|(?:市|区|县|省)[\u4e00-\u9fff]{1,8}?委(?![员托会派任])|(?:商务|旅游|资源|信息)委(?![员托会派任])|(?:建设|资源|教育|民政|财政|旅游|商务|公安)部(?!门)|[\u4e00-\u9fff]{2}部门|社会工作部"
    r"|街道(?:办事处|办)?|街乡镇|街镇|乡镇(?:政府)?|居委会|办公厅|(?:常务)?副?[市区县]长|副?书记|[县区市省]政府|国务院)"
)
# "三个部门", "有关部门": no body by name
_NOBODY = re.compile(r"(?:[有相]关|主管|职能|各级?|[一二两三四五六七八九十几多哪]个|哪些|什么|政府|其他)部门")
_LISTED = re.compile(r"(?:责任|牵头)单位[:：]([^)）\]|。]+)")
# One deed under several names; the first row of each that the claim says is looked for
_DEEDS = (
    r"(?:审批|批准|批复|审定)(?!手续|流程|权限|程序|事项|的)",
    r"报备|备案|存档",
    r"制定|制订|拟订|拟定",
    r"编制|编写",
    r"签订|签署|签",
    r"牵头",
    r"解释",
    r"印发|发布|出台",
    r"副组长",
    r"(?<!副)组长",
    r"验收",
    r"审核|审查",
    r"评审",
    r"评估|评价|考核",
    r"拨付|下达",
    r"上报|报送",
    r"责任单位|配合单位|牵头单位",
)
# What nearly every body does: heard only where the claim names nothing else
_COMMON = (r"负责", r"组织", r"推进", r"主管", r"出面", r"指导", r"管(?!理)")
_ACTS = re.compile("|".join((*_DEEDS, *_COMMON)))
_CONFUSED = {
    "委员会": "委",
    "和": "",
    "人民政府": "政府",
    "发改": "发展改革",
    "住建": "住房城乡建设",
    "城乡建委": "城乡建设委",
    "卫健": "卫生健康",
    "人社": "人力资源社会保障",
    "文旅": "文化旅游",
}
_LINKS = re.compile(
    r"[是由的让归在对把叫,，报送向给和与跟同经]|要求|方案|办法|听说|据说|应当|应该|(?<!社会)工作|(?:审查|审核|验收|完成|通过)后"
)
# "变更报居委会就行", "及时上报区发展改革部门", "报市发展改革委存档"
_REPORTED = re.compile(
    r"(?:上报|报送|报给|报请|报(?![告备批名表酬销])|提交给?|交给)(?P<to>[\u4e00-\u9fff]{0,10}?(?:居委会|街道(?:办事处|办)?|社区|乡镇政府|[\u4e00-\u9fff](?:部门|委|局)|政府)(?![员会托]))"
)
# Deeds whose body may stand behind them: 报送市发展改革委; 审查后报送… does not say who 审查
_BEHIND = re.compile("报|送|备案|单位|组长|下达|负责|牵头|主管")
_ASIDE = re.compile(r"(?<=[区县市镇])\([^()]{1,6}\)")
_TO = ("报", "送", "报给", "交", "交给", "上报", "报请", "报送给")
_HANDS_ON = re.compile("报|送|交|备案|存档")
_ACT_CHARS = 8  # between a body and what it does
_SENTENCE, _PART = re.compile(r"[。;；|]"), re.compile(r"[,，:：]")
# "会同市发展改革委审定", "并报…备案": who does it stands in the part before
_GOES_ON = re.compile(r"^(?:会同|并|同时|且)")
_LEVELS = (("国家", "国务院"), ("省",), ("市",), ("区县", "区", "县"))
_LEVEL = re.compile(r"^(?:国家|省|市|区县|区|县)")


def of_bodies(asked: str, quotes: str, told: str = "") -> list[Premise | None]:
    """A body claimed to act, against those the quotes name; empty where they name none for that act.

    Args:
        asked: the question, folded, without places.
        quotes: what is quoted, folded, joined by "|".
        told: the statement, folded: it names the column that a body quoted stands in (牵头单位：…).
    """
    named = claimed_bodies(asked)
    if not named:
        return _of_recipients(asked, quotes)
    if not holds_body(quotes):
        return []
    deed = _deed_of(named[0], asked, quotes)
    if deed is None:
        return _of_listed(named[0], asked, f"{quotes}|{told}")
    doing = list(_parts_doing(deed, quotes))
    for body in named:
        handed = _handed_to(body, deed, asked, doing)
        if handed is not None:
            return [handed]
        if not any(names_body(body, before) for before, _ in doing):
            others = [
                text for past, part in doing if (text := _bodies_in(part, deed) or _bodies_in(past, deed))
            ]
            if doing and not others and names_body(body, quotes):
                continue
            return [Premise(body, others[0] if others else None)]
    return [HOLDS]


def _handed_to(body: str, deed: str, asked: str, doing: Sequence[tuple[str, str]]) -> Premise | None:
    """That the quotes do not have a body do what is claimed, but be told of it (报送); None where it acts."""
    naming = [(before, part) for before, part in doing if names_body(body, before)]
    act = re.search(deed, asked)
    if not naming or not act or _HANDS_ON.search(asked) or not all(_receives(body, one) for one, _ in naming):
        return None
    return Premise(f"{body}{act.group()}", naming[0][1], is_unsaid=True)


def _deed_of(body: str, asked: str, quotes: str) -> str | None:
    """What a body is claimed to do that the quotes speak of: of several the one named next behind it."""
    behind = max(asked.find(body), 0)
    for row in (_DEEDS, _COMMON):
        found = [
            (match is None, match.start() if match else 0, deed)
            for deed in row
            if re.search(deed, asked) and re.search(deed, quotes)
            for match in [re.compile(deed).search(asked, behind)]
        ]
        if found:
            return min(found, key=lambda one: one[:2])[2]
    return None


def _receives(body: str, text: str) -> bool:
    """Whether a text names a body, and only as the one a thing is handed to: 报送市发展改革委."""
    spans = [span for span in _spans(text) if names_body(body, text[slice(*span)])]
    return bool(spans) and all(text[:start].endswith(_TO) for start, _ in spans)


def _of_recipients(asked: str, quotes: str) -> list[Premise | None]:
    """To whom a thing is claimed to be reported (报居委会就行), against those the quotes name for it."""
    claim, told = _REPORTED.search(asked), list(_REPORTED.finditer(quotes))
    if claim is None or not told or any(names_body(claim["to"], one["to"]) for one in told):
        return []
    return [Premise(claim.group(), told[0].group())]


def _of_listed(body: str, asked: str, quotes: str) -> list[Premise | None]:
    """A body claimed to answer for something, against the 责任单位 printed behind it."""
    listed = _LISTED.findall(quotes)
    if not listed or not re.search(r"负责|牵头|主管|责任", asked):
        return []
    return [HOLDS] if any(names_body(body, one) for one in listed) else [Premise(body, listed[0])]


def of_authors(asked: str, authors: str) -> list[Premise | None]:
    """A body claimed to have issued or drafted a document, against those that did, as named."""
    named = claimed_bodies(asked)
    strangers = [body for body in named if not names_body(body, authors)]
    return [Premise(strangers[0], authors)] if strangers else [HOLDS] if named else []


def _parts_doing(deed: str, quotes: str) -> Iterator[tuple[str, str]]:
    """Of each part between commas that says the deed: its sentence up to it, and the part."""
    for sentence in _SENTENCE.split(quotes):
        before, last = "", ""
        for part in _PART.split(sentence):
            before += f",{part}"
            if re.search(deed, part):
                yield before, f"{last},{part}" if _GOES_ON.match(part) else part
            last = part


def _bodies_in(part: str, deed: str) -> str:
    """The bodies that stand before the deed, as named, from the first to the last; "" for none."""
    match = re.search(deed, part)
    stop = match.start() if match else len(part)
    spans = [span for span in _spans(part) if span[1] <= stop]
    if not spans and match and _BEHIND.search(deed):
        spans = [span for span in _spans(part) if span[0] >= match.end()][:1]
    named = part[spans[0][0] : spans[-1][1]] if spans else ""
    return named if named.count("(") == named.count(")") else named.partition("(")[0]


def _spans(text: str) -> list[tuple[int, int]]:
    """Where bodies are named; words that link or report to them are left out."""
    out = []
    for match in _BODY.finditer(text):
        name = _LINKS.split(match.group())[-1]
        if len(name) > 1 and not _NOBODY.fullmatch(name):
            start = match.end() - len(name)
            charge = _WITH_CHARGE.search(text, 0, start)
            out.append((charge.start() if charge else start, match.end()))
    return out


def claimed_bodies(text: str) -> list[str]:
    """Bodies said to act: right before what they do, or right behind 是, 由, 为, 在, 归."""
    out = []
    for start, end in _spans(text):
        is_linked = text[max(0, start - 1) : start] in {"是", "由", "为", "在", "归"}
        if is_linked or _ACTS.search(text[end : end + _ACT_CHARS]):
            out.append(text[start:end])
    return out


# "分管城建工作的副市长": what for tells them apart
_WITH_CHARGE = re.compile(r"分管[\u4e00-\u9fff]{2,6}?(?:工作)?的$")
_IN_CHARGE = re.compile(r"分管(?P<of>[\u4e00-\u9fff]{2,6}?)(?:工作)?的副")
# Who may be asked about beside authorities: 街道能不能收费
_ACTORS = re.compile(r"街道(?:办事处|办)?|街镇|乡镇(?:政府)?|居委会|业委会|业主委员会|物业(?:公司|企业)?")


def actors_in(text: str) -> list[str]:
    """Bodies and other actors a folded text names, in order; empty for none."""
    found = [text[start:end] for start, end in _spans(text)]
    return found + [
        one.group() for one in _ACTORS.finditer(text) if not any(one.group() in body for body in found)
    ]


def names_body(body: str, text: str) -> bool:
    """Whether a text names the body, at the level claimed: 国家发展改革委 is not 市发展改革委."""
    text = _ASIDE.sub("", text)  # 区县(自治县)人民政府
    for short, full in _CONFUSED.items():
        text, body = text.replace(short, full), body.replace(short, full)
    charge = _IN_CHARGE.match(body)
    if charge is not None:
        return re.search(rf"分管{charge['of']}(?:工作)?的副", text) is not None
    if body.endswith("市长") and not body.startswith(("常务", "副")):
        return re.search(r"(?<![副])市长", text) is not None
    level = _LEVEL.match(body)
    bare = body[level.end() :] if level else body
    if level is None or len(bare) <= 2:
        return body in text
    return any(_is_of_level(level.group(), text[: one.start()]) for one in re.finditer(re.escape(bare), text))


def _is_of_level(level: str, before: str) -> bool:
    """Whether a body named behind `before` may be one of that level: 市 behind 市 or nothing."""
    said = next((row for row in _LEVELS if before.endswith(row)), None)
    return said is None or level in said
