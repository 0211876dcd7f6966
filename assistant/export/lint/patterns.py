"""How the parts of an official document are written, rightly or wrongly: what `roles` goes by."""

from __future__ import annotations

import re

_NUMERAL = "[一二三四五六七八九十百零〇]+"
# every way these marks are met, right or wrong: "一、", "一.", "（一）", "(一)、" yes; "一是" no
MARKS = (
    re.compile(rf"\s*(?P<mark>(?P<number>{_NUMERAL})[、.．，,])"),
    re.compile(rf"\s*(?P<mark>[（(]\s*(?P<number>{_NUMERAL})\s*[）)][、.．，,]?)"),
    re.compile(r"\s*(?P<mark>(?P<number>\d{1,2})[.．、](?!\d))"),
    re.compile(r"\s*(?P<mark>[（(]\s*(?P<number>\d{1,2})\s*[）)][、.．，,]?)"),
)
ARTICLE = re.compile(rf"\s*(?P<mark>第\s*(?P<number>{_NUMERAL}|\d+)\s*条)")
CHAPTER = re.compile(rf"\s*第\s*(?:{_NUMERAL}|\d+)\s*[章节编]")
# "2026年1月5日", "二〇二六年一月五日", "2026-01-05", "2026.1.5" alone in a paragraph; "2026年" no
DAY = re.compile(
    r"\s*(?:\d{2,4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*[日号]|[〇○零一二三四五六七八九十]{4}年[一二三四五六七八九十]+月"
    r"[一二三四五六七八九十]+日|\d{4}[-/.]\d{1,2}[-/.]\d{1,2})\s*"
)
# a day still to be filled in: "【待补：成文日期】", "　　年　月　日", "2026年×月×日"
_OPEN = r"[\s　_＿Xx×]*"
BLANK_DAY = re.compile(
    r"\s*(?:【\s*(?:待补|待填|待定)[^】]{0,12}日期?[^】]{0,4}】"
    rf"|(?:20\d\d)?{_OPEN}年{_OPEN}\d{{0,2}}{_OPEN}月{_OPEN}日)\s*"
)
# "渝府〔2026〕1号", "渝府[2026]第01号" yes; "（2026年修订）" no
NUMBER = re.compile(r"\s*\S{1,15}?[〔\[［（(【]\s*(?:\d{4}|　*)\s*[〕\]］）)】]\s*第?\s*\d*\s*号\s*")
NOTE = re.compile(r"\s*附\s*件\s*[:：]")
ANNEX = re.compile(r"\s*附\s*件\s*(?P<number>\d{0,2}|[一二三四五六七八九十]{1,2})\s*[:：]?\s*")
LISTED = re.compile(r"\s*\d{1,2}\s*[.．、]")
AUTHORITY = re.compile(r".*(?:委|局|府|厅|办|部|院|署|处|会|中心|单位|部门|公司|街道|办事处|机关)\s*")
HEAD_WORDS = re.compile(r"\s*(?:特急|加急|平急|特提|(?:绝密|机密|秘密)(?:★.*)?|\d{6}|.*签发人[:：].*)\s*")
PARTY = re.compile(
    r"\s*[甲乙丙丁]\s*方(?:（[^）]*）|\([^)]*\))?\s*[:：]|\s*（(?:盖章|签字|公章)|\s*.{0,16}签(?:字|订日期|署)?[^。]*[:：]\s*$"
)
# the lines of 版记: "抄送：某局。", "某办公室　2026年1月5日印发" yes
IMPRINT = re.compile(r"\s*抄\s*送\s*[:：]|.*\d+\s*日\s*印\s*发\s*$")
REMARK = re.compile(r"\s*[（(].*[）)]\s*", re.DOTALL)
CAPTION = re.compile(r"\s*(?:表\s*[\d一二三四五六七八九十]+(?:\s|　|[-—.、：:]|$)|(?:金额)?单位[:：])")
