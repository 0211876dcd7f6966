"""Whether a document is still in force, where that is asked: 到仍有效, 已失效; or a claim corrected."""

from __future__ import annotations

import re
from datetime import date

from assistant.premises.checking import DOUBTS, corrected
from assistant.premises.types import HOLDS, Premise
from assistant.questions.question import Question
from assistant.types import Statement
from indexing.types import Document
from prompts.library import fill

# "还有效吗", "是否失效", "还能当依据吗"
# "已经废止了吧", "是长期有效的吗"
# "2026年1月就到期了吧"
_CLAIMED_END = re.compile(
    r"(?P<day>(?:19|20)\d\d年(?:(?P<month>\d{1,2})月(?:\d{1,2}日)?)?)?[底末初]?(?:已经?|早就?|都|就|便)?(?:废止|作废|失效|过期|到期)"
    r"|(?P<for_ever>(?:长期|永久|一直)(?:有效|管用))"
)
_VALID = re.compile(
    r"(?:还|仍|是否|有没有|是不是|能不能)[^,，?？]{0,6}(?:有效|过期|失效|作废|管用|作数|算数|适用|依据|能用)|(?:有效|过期|失效|作废|管用)[了]?[吗么]"
)


def with_validity(question: Question, statement: Statement, document: Document, as_of: date) -> Statement:
    """The statement on a document's validity with 仍有效 or 已失效 at its head where that is asked."""
    ends = document.metadata.expires_on
    if ends is None:
        return statement
    claimed = _CLAIMED_END.search(question.body)
    if claimed is not None and DOUBTS.search(question.body):
        on = question.as_of if claimed["day"] else None
        if on and (on.year, on.month if claimed["month"] else ends.month) == (ends.year, ends.month):
            return corrected(statement, HOLDS)
        if claimed["for_ever"] or ends >= as_of:
            instead = None if claimed["for_ever"] else fill("still_valid")
            return corrected(statement, Premise(claimed.group(), instead))
    if not _VALID.search(question.body):
        return statement
    verdict = fill("no_longer_valid" if ends < as_of else "still_valid")
    place, _, said = statement.text.partition("：")
    text = fill("verdict", head=f"{place}：", verdict=verdict, text=said) if said else statement.text
    return Statement(text, statement.citations, denied=statement.denied)
