"""Whether gold questions agree with the library: their clauses exist and say what an answer must show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from assistant.library import Library
from eval.cases import Case, CasesError, is_silence
from eval.metrics import missing_groups
from eval.passages import passage_of
from eval.relations import clause_at


def check_against(cases: Iterable[Case], library: Library) -> None:
    """Return when every case holds against the library.

    Raises:
        CasesError: names file and line of the first that does not, and how many there are.
    """
    wrong = [problem for case in cases for problem in problems_of(case, library)]
    if wrong:
        more = f"（这样的问题共 {len(wrong)} 处）" if len(wrong) > 1 else ""
        raise CasesError(f"{wrong[0]}，请改正{more}。")


def problems_of(case: Case, library: Library) -> Iterator[str]:
    """What is wrong with a case, each as file:line and a Chinese clause without a full stop.

    Of each `must` group one string must stand in a gold clause or in what a page shows
    around it (headings, columns, 责任单位, title, number, dates): else no right answer could
    show it. A group that asks for silence to be told (未规定) stands in none.
    """
    absent = [one for group in case.gold for one in group if clause_at(one, library) is None]
    for clause_id in absent:
        yield f"{case.place}：gold 中的 {clause_id} 不在资料库里"
    if absent or not case.gold:
        return
    clauses = [clause_at(one, library) for group in case.gold for one in group]
    passages = [passage_of(clause, library) for clause in clauses if clause]
    sought = [group for group in case.must if not is_silence(group)]
    for group in missing_groups(sought, passages):
        yield f"{case.place}：must 中的“{'／'.join(group)}”不在 gold 的任何条款里"
