"""The paragraphs after the last numbered clause that speak for the whole document: 结尾段."""

from __future__ import annotations

import re

from indexing.clause_tree import Branch, walk
from indexing.marks import Family
from indexing.readers.patterns import ends_sentence
from indexing.reading import Paragraph
from indexing.responsible import responsible_bodies

# "本方案自2024年4月8日起施行", "本办法由市发展改革委负责解释"
_CLOSING = re.compile(
    r"(?:本|该|以上|上述)[\u4e00-\u9fff]{0,12}(?:自|从|由|有效期|执行期|印发)|此前|原|特此|以上请|请(?:认真|遵照|各)|各(?:地|区|省|有关|级|单位|部门)|(?:此|本)(?:复|文)"
)


def take_closing(tree: Branch) -> list[Paragraph]:
    """The paragraphs after the last clause that speak for the whole document: 结尾段."""
    branch = tree
    while branch.branches:
        branch = branch.branches[-1]
    if branch.mark is None or any(each.mark and each.mark.family is Family.ARTICLE for each in walk(tree)):
        return []
    last = max(i for i, each in enumerate(branch.content) if not i or not isinstance(each, Paragraph))
    trailing = [each for each in branch.content[last + 1 :] if isinstance(each, Paragraph)]
    if not trailing:
        return []
    keep = _closing_start(branch, trailing, tree)
    closing = trailing[keep:]
    branch.content = [
        each for each in branch.content if not (isinstance(each, Paragraph) and each in closing)
    ]
    return closing


def _closing_start(branch: Branch, trailing: list[Paragraph], tree: Branch) -> int:
    """Index in `trailing` of the first paragraph that no longer belongs to the last clause."""
    first = branch.paragraphs[0]
    for index, paragraph in enumerate(trailing):
        before = trailing[index - 1].text if index else first.text
        has_body = index > 0 or ends_sentence(first.text)
        if not has_body:
            continue
        if responsible_bodies(before[-120:]) and ends_sentence(before) and before.rstrip()[-1] in "）)]］】":
            return index
        if _CLOSING.match(paragraph.text):
            return index
    siblings = [
        each for each in walk(tree) if each.mark and branch.mark and each.mark.family == branch.mark.family
    ]
    single = [each for each in siblings if each is not branch and not each.branches]
    if len(single) >= 2 and all(len(each.paragraphs) == 1 for each in single) and ends_sentence(first.text):
        return 0
    return len(trailing)
