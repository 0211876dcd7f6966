"""Tables of a fact sheet: columns as officers call them, amounts in 万元 and ㎡, rows out of words."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from assistant.facts.numbers import BadWords, find_number
from assistant.facts.types import FactKind, FactSpec, Table
from assistant.facts.values import Read, read_choices
from indexing.folding import fold

_OTHER_NAMES = {
    "来源": ("资金来源", "渠道", "资金渠道", "名称", "项目"),
    "级次": ("级别", "层级"),
    "金额": ("数额", "投资", "投资额", "资金", "费用", "投资金额", "资金额"),
    "状态": ("落实情况", "到位情况", "资金状态"),
    "依据文号": ("依据", "文号", "批复文号"),
    "分项": ("费用名称", "项目", "名称", "费用", "分项名称"),
    "功能": ("功能名称", "服务功能", "场景", "功能场景", "名称"),
    "建筑面积": ("面积",),
    "机制创新举措": ("机制创新",),
    "设施配置标准": ("配置标准",),
    "类别": ("功能类别",),
    "指标": ("指标名称", "名称"),
    "现状": ("现状值", "改造前"),
    "改造后": ("改造后值",),
}
_AMOUNTS = {"金额": FactKind.MONEY, "建筑面积": FactKind.AREA}
# "见附件", "尚未落实": names no source
_ELSEWHERE = re.compile(r"附[件表后]|详见|另附|未|没|无|待定|不详|^\W*$")
# a sum of the others, a share of a request, money already moved: no item of a table of amounts
_NO_ITEM = re.compile(
    r"^(?:共计?|合计|总计|小计|总额|总投资)$|^(?:其中)?(?:基本|普惠)(?:公共服务)?类?$|已(?:下达|拨付|到账|收到|支付|转拨)"
)
_NUMBERS = frozenset(("现状", "改造后"))
# "中央预算内投资2000万元", "市级补助 1000万元（已批复）"; "养老服务200㎡"
_PART = re.compile(
    r"(?P<name>[^\d，,、；;：:（()）]{2,30}?)\s*[:：]?\s*(?:为|约|共|计|投入|安排)?\s*"
    r"(?P<amount>\d[\d,]*(?:\.\d+)?\s*(?:亿元?|千?百?万元?|元|㎡|m2|平方米|平米))(?P<rest>（[^（）]*）|\([^()]*\))?"
)


def read_table(spec: FactSpec, table: Table, unit: str | None = None) -> Read:
    """A table with the columns of the dictionary; columns it does not know are left out and named.

    Raises:
        BadWords: none of the columns is known, or an amount cannot be read.
    """
    places = {name: at for at, name in enumerate(column_of(spec, each) for each in table.columns) if name}
    if not places:
        raise BadWords(f"{spec.label}应有这些栏：{'、'.join(spec.columns)}")
    columns = tuple(name for name in spec.columns if name in places)
    units = {name: _unit_of(table.columns[places[name]]) or unit for name in columns}
    rows = tuple(
        tuple(_cell(spec, name, row[places[name]], units[name]) for name in columns)
        for row in table.rows
        if not _is_total(row)
    )
    strange = [written for written in table.columns if not column_of(spec, written)]
    remarks = (f"没有用到的栏：{'、'.join(strange)}",) if strange else ()
    return Read(_standard(spec, _without_blanks(Table(columns, rows))), remarks)


def _without_blanks(table: Table) -> Table:
    """The table without columns nobody filled in."""
    kept = [
        at for at, name in enumerate(table.columns) if any(cell is not None for cell in table.column(name))
    ]
    return Table(
        tuple(table.columns[at] for at in kept), tuple(tuple(row[at] for at in kept) for row in table.rows)
    )


# "未列入市级预算" beside 列入区级预算 is no source
_NO_SOURCE = re.compile(r"(?:也|均|都|尚|还)?(?:未(?!来)|没有?|无|不)")


def words_to_table(spec: FactSpec, words: str) -> Read:
    """A table out of 中央预算内投资2000万元、区财政500万元 or 养老服务200㎡、社区助餐120㎡.

    Raises:
        BadWords: the words name no amounts.
    """
    name, amount = spec.columns[0], next((column for column in spec.columns if column in _AMOUNTS), None)
    amounts = list(_PART.finditer(words)) if amount else []
    found = [each for each in amounts if not _NO_ITEM.search(each["name"])]
    parts = [part.strip() for part in re.split(r"[；;，,]|、(?!区)", words)]
    sources = [part for part in parts if part and not _NO_SOURCE.match(part)]
    if not amounts and name == "来源" and sources and not _ELSEWHERE.search("，".join(sources)):
        return Read(Table((name,), tuple((part,) for part in sources)), ("没有写金额",))  # 县财政全额保障
    if not found or amount is None:
        raise BadWords(f"从“{words[:40]}”里没有读出{spec.label}的各项{amount or '内容'}，请逐项写明")
    has_status = "状态" in spec.columns and any(each["rest"] for each in found)
    columns = (name, amount, "状态") if has_status else (name, amount)
    rows = []
    for each in found:
        source = (
            re.sub(r"^(?:其中|包括|含|以及|和|及|拟|由|申请|其余)+", "", each["name"].strip())
            or each["name"].strip()
        )
        cells: list[str | Decimal | None] = [source, _cell(spec, amount, each["amount"], None)]
        rows.append(
            (*cells, each["rest"].strip("（）()") if each["rest"] else None) if has_status else tuple(cells)
        )
    return Read(_standard(spec, Table(columns, tuple(tuple(row) for row in rows))))


def _standard(spec: FactSpec, table: Table) -> Table:
    """The same table with functions named as the dictionary names them."""
    if not spec.columns or spec.columns[0] != "功能" or "功能" not in table.columns:
        return table
    from assistant.facts.dictionary import dictionary

    functions, at = dictionary().spec("functions"), table.columns.index("功能")
    rows = []
    for row in table.rows:
        named = _one_function(functions, str(row[at] or ""))
        rows.append((*row[:at], named, *row[at + 1 :]))
    return Table(table.columns, tuple(rows))


def _one_function(functions: FactSpec, words: str) -> str:
    try:
        found = read_choices(functions, words).value if words else ()
    except BadWords:
        return words
    return found[0] if isinstance(found, tuple) and len(found) == 1 else words


def column_of(spec: FactSpec, written: str) -> str | None:
    """The column of the dictionary that a column name as written stands for; None for a strange one."""
    bare = re.sub(r"[（(][^（）()]*[)）]$", "", written.strip())
    for column in spec.columns:
        if bare == column or bare in _OTHER_NAMES.get(column, ()):
            return column
    return None


def shared_columns(spec: FactSpec, columns: Iterable[str]) -> int:
    """How many columns of a fact's table these names stand for; 0 without the one that names a row."""
    named = {column_of(spec, column) for column in columns} - {None}
    return len(named) if spec.columns and spec.columns[0] in named else 0


def _unit_of(column: str) -> str | None:
    match = re.search(r"[（(]([^（）()]*)[)）]$", column.strip())
    return match.group(1) if match else None


def _cell(spec: FactSpec, column: str, words: str | Decimal | None, unit: str | None) -> str | Decimal | None:
    if words is None or not str(words).strip():
        return None
    if column in _AMOUNTS:
        like = FactSpec("", f"{spec.label}的{column}", _AMOUNTS[column], "")
        number = find_number(like, str(words), unit).value
        if number < 0:
            raise BadWords(f"{like.label}不能小于 0，写的是“{words}”")
        return number
    if column in _NUMBERS:
        return find_number(FactSpec("", f"{spec.label}的{column}", FactKind.NUMBER, ""), str(words)).value
    return str(words).strip()


def _is_total(row: tuple[str | Decimal | None, ...]) -> bool:
    """Whether a row only adds up the others: 合计, 总计."""
    first = next((fold(str(cell)).strip() for cell in row if cell), "")
    return first in {"合计", "总计", "小计", "总额", "共计"}
