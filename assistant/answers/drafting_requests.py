"""A request to draft a document (帮我起草北京的资金申请报告): which template drafts it, and where.

What the documents say of it is answered like any other question; the document itself is drafted from facts
that a question does not tell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.judging.forms import longest_shared
from assistant.questions.scopes import label
from indexing.folding import fold_tight
from prompts.library import fill

if TYPE_CHECKING:
    from assistant.questions.question import Question
    from prompts.applications import ApplicationTemplate

_PAPER = r"(?:方案|报告|申报书|申请书?|协议|函|自评表|材料|请示|文书|申报表|公文)"
# "起草一份资金申请报告", "帮我写个实施方案"; not "由谁起草", "方案怎么编制", "起草单位"
_REQUESTS = re.compile(
    rf"(?<![由谁何])(?:起草|草拟|拟写|撰写|代拟|代写)(?!单位|部门|人|机关|者|的)[^,，。？?]{{0,24}}?{_PAPER}"
    rf"|(?:帮我?们?|帮忙|替我?们?|给我们?|请你?|麻烦你?|能不能|能否|可以)[^,，。？?]{{0,6}}?(?:写|拟|做|编|生成|出)"
    rf"(?:一?[份篇个]|出|成)[^,，。？?]{{0,20}}?{_PAPER}"
    rf"|^(?:写|拟|编|生成)(?:一?[份篇个])[^,，。？?]{{0,20}}?{_PAPER}"
)
_ASKS_WHO = re.compile(r"谁|哪个(?:部门|单位)|怎么|如何|什么时候")
_LEAST = 3  # characters of a template's title that a request says in a row
_NAMED = 3  # templates named at most


def drafting_notice(text: str, question: Question) -> tuple[str, ...]:
    """Where the document asked for can be drafted; empty for a text that does not ask for one.

    Args:
        text: as asked, with what a follow-up leaves unsaid.
        question: the same, understood.
    """
    folded = fold_tight(text)
    asked = _REQUESTS.search(folded)
    if asked is None or _ASKS_WHO.search(folded):
        return ()
    from prompts.applications import application_templates  # a plain question needs no templates

    fitting = _fitting(asked.group(), question.jurisdictions, application_templates())
    if not fitting:
        return (fill("draft_elsewhere"),)
    named = "、".join(
        f"{label(one.jurisdiction)}{one.title}（{one.template_id}）" for one in fitting[:_NAMED]
    )
    return (fill("draft_here", templates=named, first=fitting[0].template_id),)


def _fitting(
    asked: str, codes: Sequence[str], templates: Sequence[ApplicationTemplate]
) -> list[ApplicationTemplate]:
    """The templates of the places named, of all where none is, whose titles the request says most of.

    Of two titles of which it says as much, the shorter: 项目实施方案 before 实施方案综合评估自评表.
    """
    own = [one for one in templates if not codes or one.jurisdiction in codes]
    said = {one.template_id: longest_shared(asked, fold_tight(one.title)) for one in own}
    most = max(said.values(), default=0)
    fitting = [one for one in own if said[one.template_id] == most]
    shortest = min((len(one.title) for one in fitting), default=0)
    return [one for one in fitting if len(one.title) == shortest] if most >= _LEAST else []
