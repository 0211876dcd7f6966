"""Table rows: serials, sub-rows, merged cells and who is responsible."""

from indexing.documents import read_document
from indexing.types import Clause

_HEAD = "附件1\n任务分工\n"


def _rows(table: str) -> dict[str, Clause]:
    parsed = read_document((_HEAD + table).encode(), "表.txt")
    return {clause.path: clause for clause in parsed.clauses}


def test_merged_labels_are_filled_down_in_cells_only() -> None:
    """An empty label takes the value above it; the text stays as printed."""
    rows = _rows(
        "序号\t类型\t内容\t责任单位\n1\t场地\t利用闲置用房。\t民政局\n2\t\t整合零星用地。\t规划局、民政局\n"
    )
    assert dict(rows["附件1/2"].cells)["类型"] == "场地"
    assert rows["附件1/2"].text == "2\t\t整合零星用地。\t规划局、民政局"
    assert rows["附件1/2"].responsible == ("规划局", "民政局")


def test_lines_without_a_serial_are_sub_rows() -> None:
    """A grouped table numbers its lines 1.1, 1.2 under each row; supporters are not in charge."""
    rows = _rows(
        "序号\t任务\t内容\t牵头单位\t配合单位\n1\t规划\t开展评估。\t住建委\t各区政府\n\t\t形成蓝图。\t民政局\t\n2\t资源\t盘活用地。\t规划局\t\n"
    )
    assert [path for path in rows if rows[path].is_unit] == ["附件1/1.1", "附件1/1.2", "附件1/2.1"]
    assert rows["附件1/1.1"].responsible == ("住建委",)
    assert dict(rows["附件1/1.2"].cells) == {
        "序号": "1", "任务": "规划", "内容": "形成蓝图。", "牵头单位": "民政局", "配合单位": "",
    }  # fmt: skip
    assert rows["附件1/1.1"].parent == "附件1/1"


def test_a_markdown_table_reads_like_a_tabbed_one() -> None:
    """Pipes and the rule under the header are marks, not text."""
    rows = _rows(
        "| 序号 | 内容 | 责任单位 |\n|---|---|---|\n| 1 | 利用闲置用房。 | 民政局 |\n"
        "| 2 | 整合用地。 | 规划局 |\n"
    )
    assert rows["附件1/2"].text == "2\t整合用地。\t规划局"


def test_rows_without_serials_are_numbered_by_place() -> None:
    """Where a table has no serial column, 行1, 行2 … address its rows."""
    rows = _rows("区域\t标准\n新建社区\t每百户100平方米\n既有社区\t每百户60平方米\n")
    assert dict(rows["附件1/行2"].cells) == {"区域": "既有社区", "标准": "每百户60平方米"}
