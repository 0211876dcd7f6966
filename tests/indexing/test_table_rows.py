"""Table rows: serials, sub-rows, merged cells and who is responsible."""

from indexing.documents import read_document
from indexing.table_rows import split_bodies
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


def test_rows_wrapped_anywhere_are_put_together() -> None:
    """Lines cut inside cells, with a page head between them, come out as the rows they were."""
    rows = _rows(
        "序号\t类型\t内容\t责任单位\n1\t场地\t鼓励利用闲置用\n房建设养老服务\n设施。\t民政局、住\n房城乡建委\n"
        "2\t\t整合零星用地，\n\n— 3 —\n\n以划拨方式供地。\t规划局\n3\t资金\t给予不超过1\n5%的补助。\t财政局\n"
    )
    assert [path for path in rows if rows[path].is_unit] == ["附件1/1", "附件1/2", "附件1/3"]
    assert dict(rows["附件1/1"].cells)["责任单位"] == "民政局、住房城乡建委"
    assert dict(rows["附件1/2"].cells)["内容"] == "整合零星用地，以划拨方式供地。"
    assert dict(rows["附件1/3"].cells)["内容"] == "给予不超过15%的补助。"


def test_two_tables_in_one_annex_keep_their_headers_apart() -> None:
    """A caption ends a table; the same column names below it begin another."""
    rows = _rows(
        "表一 建设\n序号\t任务\t责任单位\n1\t建食堂\t民政局\n"
        "表二 运营\n序号\t任务\t责任单位\n1\t选运营方\t街道办\n备注：按季推进。\n"
    )
    assert dict(rows["附件1/表2/1"].cells) == {"序号": "1", "任务": "选运营方", "责任单位": "街道办"}
    assert rows["附件1/表1/1"].responsible == ("民政局",)


def test_bodies_on_lines_of_one_cell_are_apart() -> None:
    """<br> in a Markdown cell leaves a wide space, which no body has in its name."""
    assert split_bodies("市卫生健康委\u3000市财政局、各区") == ("市卫生健康委", "市财政局", "各区")
