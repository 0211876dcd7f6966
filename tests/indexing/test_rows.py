"""A row of a table is found by the heads of its columns and by what leads in its table."""

from indexing.documents import read_document
from indexing.rows import cell_told, row_lead, row_told
from indexing.types import Clause

TABLE = """舟山市邻里驿站管理细则
舟民规〔2025〕2号
第一条 为了规范驿站，制定本细则。
第二条 驿站建设标准按照下表执行：
类型\t服务人口\t建筑面积
甲类\t2万人以上\t不小于900平方米
乙类\t2万人以下\t不小于500平方米
第三条 本细则自2025年3月1日起施行。
"""
TASKS = """舟山市工作方案
舟政办〔2025〕3号
一、任务分工
序号\t任务\t牵头单位
1\t开展现状评估，查找社区服务设施短板和居民急难愁盼问题，形成问题台账、整改清单和年度建设计划，逐级报市人民政府备案。\t市住建局
2\t组织开展居民需求调查，摸清养老托育、助餐助浴、家政便民等服务的供给和缺口，提出设施建设和服务配置的建议方案。\t市民政局
"""


def _clauses(text: str) -> dict[str, Clause]:
    return {clause.path: clause for clause in read_document(text.encode(), "表.txt").clauses}


def test_short_cells_are_told_with_the_heads_of_their_columns() -> None:
    """And a cell with what its row is of."""
    row = _clauses(TABLE)["第二条/表/行2"]
    assert row_told(row) == "类型：乙类；服务人口：2万人以下；建筑面积：不小于500平方米"
    assert cell_told(row, row.text.index("不小于")) == "乙类，建筑面积：不小于500平方米"
    assert cell_told(row, 0) == "类型：乙类"


def test_the_sentence_above_a_table_leads_in_its_rows() -> None:
    """Without the article's number; an article has no lead-in of this kind."""
    clauses = _clauses(TABLE)
    assert row_lead(clauses["第二条/表/行1"], clauses) == "驿站建设标准按照下表执行"
    assert row_lead(clauses["第二条"], clauses) == ""


def test_long_cells_speak_for_themselves() -> None:
    """They are searched by their own sentences, as they stand."""
    clauses = _clauses(TASKS)
    long = [clause for clause in clauses.values() if clause.cells]
    assert long
    assert not any(row_told(clause) or cell_told(clause, 0) for clause in long)
