"""What a line of an official document can be, told from its characters alone."""

from __future__ import annotations

import re

DATE_SOURCE = (
    r"(?:(?:19|20)\d{2}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[一二][〇○零九OＯ0][〇○零一二三四五六七八九OＯ0]{2}年[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日)"
)
# "2024年3月8日" yes; "2024年3月8日印发" no
DATE = re.compile(rf"[（(]?{DATE_SOURCE}[）)]?")
# "京发改规〔2025〕1号", "国务院令第666号" yes; "按照国办函〔2023〕121号" no (a line of its own)
DOCUMENT_NUMBER_SOURCE = (
    r"[\u4e00-\u9fffA-Za-z]{1,16}?\s*[〔\[（(【［]\s*(?:19|20)\d{2}\s*[〕\]）)】］]\s*(?:第\s*)?\d{1,5}\s*号"
)
DOCUMENT_NUMBER = re.compile(
    rf"[（(]?(?:{DOCUMENT_NUMBER_SOURCE}|(?:(?:19|20)\d{{2}}\s*年\s*)?第\s*\d{{1,5}}\s*号|[〔\[［]\s*(?:19|20)\d{{2}}\s*[〕\]］]\s*\d{{1,5}}\s*号"
    r"|[\u4e00-\u9fff]{0,20}(?:令|公告)\s*[（(]?\s*第?\s*[\d零〇一二三四五六七八九十百]+\s*号[）)]?)[）)]?"
)
# "某政发〔2022〕10号    签发人：李四" stands in the head of an upward document
NUMBER_AND_SIGNER = re.compile(rf"{DOCUMENT_NUMBER_SOURCE}[\s\u3000]*签\s*发\s*人\s*[:：].*")
# "附件 1—1", "附件2", "附件：", "附", "附录A" yes; "附件1所列" no
ANNEX_MARK_SOURCE = (
    r"附\s*(?:件|录|表)?\s*(?:[0-9０-９]{1,2}(?:\s*[—–―\-－‐.．]+\s*[0-9０-９]{1,2})*"
    r"|[一二三四五六七八九十]{1,3}|[A-HＡ-Ｈ])?"
)
ANNEX_MARK = re.compile(rf"(?=附\s*(?:[件录表\d０-９:：]|$))({ANNEX_MARK_SOURCE})\s*[:：.．]?")
# "某某市人民政府办公厅　　2024年6月3日": a signature on one line
SIGNED = re.compile(rf"(?P<by>[\u4e00-\u9fff（）()]{{2,40}})[\s\u3000]*{DATE_SOURCE}")
# "扫一扫在手机打开当前页", "【打印本页】【关闭窗口】", "责任编辑：张三" are the web page's
WEB_TAIL = re.compile(
    r"[【\[](?:打印|关闭|返回)[^】\]]{0,6}[】\]].{0,30}|扫一扫在?手机.{0,12}|(?:打印本页|关闭窗口|返回顶部)[\s\u3000]*(?:关闭窗口|打印本页)?"
    r"|(?:分享到|责任编辑|信息来源|浏览次数)[:：].{0,40}"
)
# "政策解读", "《…办法》解读": another text begins
EXPLANATION = re.compile(
    r"(?:(?:政策|文件|图文|一图)?解读|(?:起草|编制|制定)说明|(?:关于)?《.{2,80}》的?(?:政策|文件)?解读)[:：]?"
)
# "总理 李克强", "市长　张三": who signs an order
SIGNATORY = re.compile(
    r"(?:总理|省长|市长|区长|县长|州长|主席|主任|部长|局长|行长|署长)[\s\u3000]+[\u4e00-\u9fff·\s\u3000]{2,8}"
)
# "（此件公开发布）", "（本文有删减）" yes
NOTE = re.compile(
    r"[（(](?:此件|本件|此文|联系人|信息公开|公开方式|主动公开|依申请公开|不予公开|本文有删减).{0,60}[）)]"
)
# "杭州市人民政府办公厅 2024年3月8日印发" yes
PRINTED = re.compile(rf"(?P<by>[\u4e00-\u9fff（）()\s]{{0,40}}?)\s*(?P<date>{DATE_SOURCE})\s*印\s*[发制]")
# "抄送：市委各部门" yes
COPIED = re.compile(r"(?:抄\s*送|抄\s*报|分\s*送|主\s*送|报\s*送|发\s*送)\s*[:：]")
# "2018年11月22日 上海市第十五届…会议修正" yes: the history under a law's title
HISTORY = re.compile(
    rf"[（(]?\s*{DATE_SOURCE}.{{0,400}}?(?:通过|批准|修正|修订|公布|发布|施行|废止|公告|令)(?:[）)]|\s|，|。|.{{0,30}}(?:公布|发布|施行|修正|修订)[）)]?)*"
)
_ORGANISATION_END = (
    "委员会|政府|办公厅|办公室|法院|检察院|总局|分局|管理局|局|厅|部|署|银行|分行|支行|总会|联合会|协会|学会|工会|妇联|团市委"
    "|团中央|残联|公司|集团|中心|委|办|院|会|处|站|指挥部|领导小组|总队|支队|大学|学院|研究院|研究所|管委会"
)
# "重庆市规划和自然资源局" yes; "关于加强…工作的通知" no
ORGANISATION = re.compile(
    rf"(?!.*(?:关于|《|》|的))[\u4e00-\u9fff（）()·]{{2,40}}(?:{_ORGANISATION_END})(?:[（(][\u4e00-\u9fff]{{2,10}}[）)])?"
)
DOCUMENT_TYPES = (
    "实施方案|工作方案|建设方案|行动方案|行动计划|实施办法|管理办法|暂行办法|实施意见|指导意见|若干意见|实施细则|暂行规定|若干规定"
    "|若干措施|任务分工|通知|通告|通报|公告|公报|意见|决定|决议|命令|令|方案|办法|规定|细则|条例|规划|计划|纲要|清单|分工|标准|导则"
    "|指南|指引|规程|规范|规则|批复|复函|函|答复|报告|请示|议案|纪要|目录|要点|措施|政策|章程|协议|合同|解释|法典|法|表|一览|名单|范本"
    "|模板|样式|说明|要求|流程|制度"
)
# "…管理办法(试行)", "…的通知" yes; "…服务设施" no: a title that goes on
TITLE_END = re.compile(rf"(?:{DOCUMENT_TYPES})\s*(?:[（(〔\[][^（()）]{{1,20}}[）)〕\]]\s*)*$")
# "关于实施…的通知" is a whole title; "关于全面推行行政执法公示制度" goes on
_ABOUT_END = re.compile(
    rf"的[^的]{{0,8}}?(?:{DOCUMENT_TYPES})\s*(?:[（(〔\[][^（()）]{{1,20}}[）)〕\]]\s*)*$"
)
# "责任单位：市发展改革委"
RESPONSIBLE_LINE = re.compile(
    r"[（(\[［【]?\s*(?:责任|牵头|配合|实施|负责|主管|主办|协办)(?:单位|部门|处室)\s*[:：]"
)

_BANNER = re.compile(rf"[\u4e00-\u9fff（）()]{{2,36}}(?:{_ORGANISATION_END})文件(?:[（(].{{1,10}}[）)])?")
_TERMINAL = "。！？；：!?;:…"
_CLOSERS = "”’」』）)】]》〉\"'"
_BRACKETS = re.compile(r"[（）()《》〔〕［］「」【】]")
_OPENING = {"（": "）", "(": ")", "《": "》", "〔": "〕", "［": "］", "「": "」", "【": "】"}


def ends_sentence(text: str) -> bool:
    """Whether the text ends where a sentence or lead-in may end.

    >>> ends_sentence("逐步补齐其他服务。"), ends_sentence("现就扎"), ends_sentence("达到以下要求：")
    (True, False, True)
    """
    stripped = text.rstrip(_CLOSERS + " ")
    if stripped and stripped[-1] in _TERMINAL:
        return True
    return text.endswith(("）", ")", "]", "］", "】")) and is_responsible_end(text)


def is_banner(text: str) -> bool:
    """Whether a line is a 发文机关标志, letter-spaced or not.

    >>> is_banner("某 某 市 人 民 政 府 文 件"), is_banner("关于文件")
    (True, False)
    """
    tight = re.sub(r"\s+", "", text)
    return len(tight) <= 40 and bool(_BANNER.fullmatch(tight))


def ends_title(text: str) -> bool:
    """Whether a title is whole: it ends in a 文种, after 关于 in 的 and a 文种.

    >>> ends_title("建设运营管理办法（试行）"), ends_title("关于全面推行行政执法公示制度")
    (True, False)
    """
    return bool((_ABOUT_END if "关于" in text.split("《", maxsplit=1)[0] else TITLE_END).search(text))


def is_responsible_end(text: str) -> bool:
    """Whether the text closes with a bracket naming who is responsible.

    >>> is_responsible_end("…试点。（责任单位：市建委，相关区政府）"), is_responsible_end("管理办法（试行）")
    (True, False)
    """
    start = max(
        text.rfind(opening + word) for opening in "（([［【" for word in ("责任", "牵头", "配合", "负责")
    )
    if start >= 0:
        return True
    opening = max(text.rfind("（"), text.rfind("("))
    inside = text[opening + 1 : -1] if opening >= 0 else ""
    return (
        opening > 0
        and text[opening - 1] in "。；"
        and any(word in inside for word in ("负责", "牵头", "分工"))
    )


def open_bracket(text: str) -> str | None:
    """The innermost bracket opened in the last 400 characters and not closed, if any.

    >>> open_bracket("转发《城市社区嵌入式服务设施")
    '《'
    """
    stack: list[str] = []
    closing = {close: opening for opening, close in _OPENING.items()}
    for character in _BRACKETS.findall(text[-400:]):
        if character in _OPENING:
            stack.append(character)
        elif character in closing and stack:
            if stack[-1] == closing[character] or {stack[-1], character} in ({"（", ")"}, {"(", "）"}):
                stack.pop()
            elif closing[character] in stack:
                del stack[stack.index(closing[character]) :]
    return stack[-1] if stack else None


def needs_space(before: str, after: str) -> bool:
    """Whether two pieces of a wrapped line were parted by a space: Latin words are, a cut number is not.

    >>> needs_space("采用 EPC", "mode"), needs_space("社", "区"), needs_space("不超过1", "5%")
    (True, False, False)
    """
    last, first = before[-1:], after[:1]
    return last.isascii() and first.isascii() and last.isalpha() and first.isalpha()


def display_width(text: str) -> int:
    """Columns a terminal or page would give the text: two for a full-width character.

    >>> display_width("第1条")
    5
    """
    return 2 * len(text) - len(text.encode("ascii", "ignore"))
