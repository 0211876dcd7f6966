"""An expression as a user reads it, with the facts filled in: 综合体建筑面积 520㎡ ≥ 600㎡. Pure.

Every number shown is one that was computed with; nothing is computed here again by other means.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from assistant.facts.dictionary import FactDictionary
from assistant.facts.showing import plain, show
from assistant.facts.types import FactKind, Table
from assistant.rules.expressions import Expression, Facts, evaluate

_SIGNS = {ast.Lt: "＜", ast.LtE: "≤", ast.Gt: "＞", ast.GtE: "≥", ast.Eq: "＝", ast.NotEq: "≠"}
_OPERATORS = {ast.Add: "＋", ast.Sub: "－", ast.Mult: "×", ast.Div: "÷"}
_UNITS = {FactKind.AREA: "㎡", FactKind.MONEY: "万元", FactKind.PERCENT: "%"}
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Step:
    """One condition with its facts; `holds` is None while facts are missing."""

    text: str
    holds: bool | None


def steps(expression: Expression, facts: Facts, dictionary: FactDictionary) -> tuple[Step, ...]:
    """The conditions an expression joins with `and`, in order; a single one for any other form."""
    tree = expression.tree
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    shown = _Shown(facts, dictionary)
    return tuple(Step(shown.text(part), _holds(part, facts)) for part in parts)


def arithmetic(expression: Expression, facts: Facts, dictionary: FactDictionary) -> str:
    """A formula with the facts filled in: 社区综合服务设施建筑面积 300㎡ ÷ 服务户数 1000户 × 100."""
    return _Shown(facts, dictionary).text(expression.tree)


def _holds(node: ast.expr, facts: Facts) -> bool | None:
    value = _value(node, facts)
    return None if value is None else bool(value)


def _value(node: ast.expr, facts: Facts) -> object:
    return evaluate(Expression("", node, frozenset()), facts).value


class _Shown:
    """Prints the nodes of one expression over one set of facts."""

    def __init__(self, facts: Facts, dictionary: FactDictionary) -> None:
        self._facts, self._dictionary = facts, dictionary

    def text(self, node: ast.expr) -> str:
        match node:
            case ast.Name(id=key):
                return self._fact(key)
            case ast.Constant():
                return self._bare(_value(node, self._facts))
            case ast.Set(elts=members):
                return "、".join(str(member.value) for member in members if isinstance(member, ast.Constant))
            case ast.BoolOp(op=op, values=values):
                return ("，或" if isinstance(op, ast.Or) else "，且").join(
                    self.text(value) for value in values
                )
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                return self._negated(operand)
            case ast.UnaryOp(operand=operand):
                return f"－{self.text(operand)}"
            case ast.IfExp(test=test, body=body, orelse=orelse):
                chosen = _value(test, self._facts)
                return self.text(body if chosen else orelse) if chosen is not None else self.text(test)
            case ast.Call(func=ast.Name(id=name), args=args):
                return self._call(name, args)
            case ast.BinOp(left=left, op=op, right=right):
                return self._combined(node, left, op, right)
            case ast.Compare(left=left, ops=[sign], comparators=[right]):
                return self._compared(left, sign, right)
        return ast.unparse(node)

    def _fact(self, key: str) -> str:
        label, value = self._dictionary.label(key), self._facts.get(key)
        if value is None:
            return f"{label}（未知）"
        shown = show(self._dictionary.spec(key), value) if key in self._dictionary else self._bare(value)
        return f"{label} {shown if len(shown) <= _LONGEST else shown[:_LONGEST] + '…'}"

    def _unit(self, node: ast.expr) -> str:
        """The unit of the fact a constant is compared with."""
        match node:
            case ast.Name(id=key) if key in self._dictionary:
                spec = self._dictionary.spec(key)
                return _UNITS.get(spec.kind, spec.unit)
            case ast.Call(func=ast.Name(id="count")):
                return "项"
        return ""

    def _bare(self, value: object, unit: str = "") -> str:
        match value:
            case bool():
                return "是" if value else "否"
            case Decimal():
                return f"{plain(value)}{unit}"
            case date():
                return f"{value.year}年{value.month}月{value.day}日"
            case frozenset():
                return "、".join(sorted(value)) or "无"
            case Table():
                return f"{len(value.rows)}行"
        return "未知" if value is None else str(value)

    def _compared(self, left: ast.expr, sign: ast.cmpop, right: ast.expr) -> str:
        if isinstance(sign, ast.In | ast.NotIn):
            among = "属于" if isinstance(sign, ast.In) else "不属于"
            if isinstance(left, ast.Constant):
                return f"{self.text(right)} {'含' if isinstance(sign, ast.In) else '不含'}“{left.value!s}”"
            return f"{self.text(left)} {among}“{self.text(right)}”"
        if isinstance(sign, ast.LtE) and isinstance(left, ast.Set):
            return f"{self.text(right)} 应齐全：{self.text(left)}{self._lacking(left, right)}"
        unit = self._unit(left) or self._unit(right)
        parts = (
            self._bare(_value(each, self._facts), unit) if isinstance(each, ast.Constant) else self.text(each)
            for each in (left, right)
        )
        return f" {_SIGNS[type(sign)]} ".join(parts)

    def _lacking(self, wanted: ast.Set, there: ast.expr) -> str:
        value = _value(there, self._facts)
        if not isinstance(value, tuple | frozenset):
            return ""
        lacking = [
            str(each.value)
            for each in wanted.elts
            if isinstance(each, ast.Constant) and each.value not in value
        ]
        return f"（缺{'、'.join(lacking)}）" if lacking else ""

    def _combined(self, node: ast.expr, left: ast.expr, op: ast.operator, right: ast.expr) -> str:
        value = _value(node, self._facts)
        if isinstance(value, frozenset) or type(op) not in _OPERATORS:
            source = next((each for each in (left, right) if isinstance(each, ast.Name)), left)
            if value is not None and isinstance(op, ast.BitAnd) and isinstance(right, ast.Set):
                return f"{self.text(source)}，其中属于“{self.text(right)}”的：{self._bare(value)}"
            return self._bare(value) if value is not None else self.text(source)
        return f"{self.text(left)} {_OPERATORS[type(op)]} {self.text(right)}"

    def _negated(self, operand: ast.expr) -> str:
        match operand:
            case ast.Call(func=ast.Name(id="surely" | "claimed"), args=[ast.Name() as inner]):
                return f"{self.text(inner)}（不应为“是”）"
            case ast.Call(func=ast.Name(id="surely" | "claimed"), args=[inner]):
                return f"不应出现：{self.text(inner)}"
            case ast.Name():
                return f"{self.text(operand)}（应为“否”）"
            case ast.Call(func=ast.Name(id="has"), args=[inner]):
                return f"{self.text(inner)}（应为“无”）"
        return f"不应出现：{self.text(operand)}"

    def _call(self, name: str, args: list[ast.expr]) -> str:
        value = _value(ast.Call(ast.Name(name, ast.Load()), args, []), self._facts)
        first = args[0]
        match name:
            case "count":
                return (
                    f"{self.text(first)}（共{self._bare(value)}项）"
                    if value is not None
                    else self.text(first)
                )
            case "first":
                known = next((each for each in args if _value(each, self._facts) is not None), first)
                return self.text(known)
            case "mentions":
                words = "或".join(f"“{word.value!s}”" for word in args[1:] if isinstance(word, ast.Constant))
                return f"{self.text(first)} 应写到{words}"
            case "months_after":
                return f"{self.text(first)}满{self.text(args[1])}个月（{self._bare(value)}）"
            case "equal":
                return f"{self.text(first)} ＝ {self.text(args[1])}（允许相差{self.text(args[2])}）"
            case "filled":
                return f"{self._label(first)}各行应填：{'、'.join(self.text(each) for each in args[1:])}"
            case "total" | "column":
                name = "合计" if name == "total" else ""
                return f"{self._label(first)}的{self.text(args[1])}{name} {self._bare(value)}"
            case "not_below":
                return f"{self._label(first)}：{self.text(args[1])}逐项不低于{self.text(args[2])}"
            case "in_order":
                return "日期先后：" + "、".join(self.text(each) for each in args)
            case "smaller":
                return f"{self.text(first)} 与 {self.text(args[1])} 中较小的 {self._bare(value)}"
            case "date":
                return self._bare(value)
        return self.text(first)

    def _label(self, node: ast.expr) -> str:
        return self._dictionary.label(node.id) if isinstance(node, ast.Name) else self.text(node)
