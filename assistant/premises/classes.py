"""To which class a thing is claimed to belong, against the classes the quotes list: 便民商业类指…包括…."""

from __future__ import annotations

import re

from assistant.premises.claim import SENTENCE, claim_of
from assistant.premises.types import HOLDS, Premise

# "养老服务属于便民商业类", "零售商业是普惠非基本公共服务类"; not "哪一类"
_CLAIMED = re.compile(
    r"(?P<thing>[\u4e00-\u9fff]{2,12}?)(?:服务)?(?:是属于|属于|算作?是?|归入?|列入|纳入|是|为)(?P<kind>[\u4e00-\u9fff]{2,14}?类)(?:功能|服务|别)?$"
)
# "便民商业类包括养老助老"
_HOLDING = re.compile(
    r"(?P<kind>[\u4e00-\u9fff]{2,14}?类)(?:功能|服务)?(?:包括|包含|含有?|涵盖|里?有)(?P<thing>[\u4e00-\u9fff]{2,12})$"
)
_LISTED = re.compile(r"^(?P<kind>[\u4e00-\u9fff]{2,14}?类)(?:功能|服务)?(?:是?指|包括|包含)(?P<list>.+)$")


def of_classes(asked: str, quotes: str) -> list[Premise | None]:
    """A thing claimed of one class, against the sentences that list what each class holds.

    Empty where the class claimed is not among those listed, or no list names the thing.
    """
    claim = _CLAIMED.search(claim_of(asked)) or _HOLDING.search(claim_of(asked))
    listed = [match for one in SENTENCE.split(quotes) if (match := _LISTED.match(one))]
    kinds = {match["kind"]: match["list"] for match in listed}
    if claim is None or claim["kind"] not in kinds:
        return []
    thing = claim["thing"]
    if thing in kinds[claim["kind"]]:
        return [HOLDS]
    other = next((kind for kind, members in kinds.items() if thing in members), None)
    return [Premise(claim["kind"], other)] if other else []
