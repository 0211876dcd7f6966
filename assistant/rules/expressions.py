"""A small language for rules and cross-checks, read from data: comparison, and/or/not, sets, arithmetic.

    complex_area_m2 >= 600
    count(functions & {'养老服务', '社区助餐'}) >= 2 and not claimed(lacks_centralised_conditions)

Python's own parser reads it and nothing but the forms below is let through; nothing is ever
handed to `eval`. The logic has three values (Kleene, 1952): a fact nobody stated makes what
depends on it unknown, `False and unknown` is False, `True or unknown` is True.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, DivisionByZero, InvalidOperation

from assistant.facts.types import Value
from assistant.rules.expression_values import FUNCTIONS, QUIET, Computed, as_set, compare


class ExpressionError(ValueError):
    """An expression in the data cannot be read: our mistake, met by the test that loads them all."""


@dataclass(frozen=True, slots=True)
class Expression:
    """One expression: as written, its tree, and the facts it names."""

    source: str
    tree: ast.expr
    names: frozenset[str]


@dataclass(frozen=True, slots=True)
class Result:
    """What an expression comes to; `value` is None when `missing` facts leave it open."""

    value: Computed | None
    missing: tuple[str, ...] = ()

    @property
    def is_true(self) -> bool:
        """Known and true."""
        return self.value is True

    @property
    def is_false(self) -> bool:
        """Known and false."""
        return self.value is False


Facts = Mapping[str, Value]
"""Known facts by key; one that is not known is not in it."""

_ARITHMETIC: dict[type[ast.operator], Callable[[Decimal, Decimal], Decimal]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}
_SETS: dict[type[ast.operator], Callable[[frozenset[str], frozenset[str]], frozenset[str]]] = {
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.Sub: operator.sub,
}
_COMPARISONS = (ast.Lt, ast.LtE, ast.Gt, ast.GtE, ast.Eq, ast.NotEq, ast.In, ast.NotIn)


def parse(source: str) -> Expression:
    """The expression a text stands for.

    >>> sorted(parse("population <= households * 8").names)
    ['households', 'population']

    Raises:
        ExpressionError: it is no expression, or uses a form that is not let through.
    """
    try:
        tree = ast.parse(source.strip(), mode="eval").body
    except SyntaxError as exc:
        raise ExpressionError(f"not an expression: {source!r}") from exc
    names: set[str] = set()
    _let_through(tree, source, names)
    return Expression(source, tree, frozenset(names))


def _let_through(node: ast.expr, source: str, names: set[str]) -> None:
    children: list[ast.expr]
    match node:
        case ast.Name(id=name):
            names.add(name)
            return
        case ast.Constant(value=bool() | int() | float() | str()):
            return
        case ast.BoolOp(values=children) | ast.Set(elts=children):
            pass
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            children = [operand]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in _ARITHMETIC | _SETS:
            children = [left, right]
        case ast.Compare(left=left, ops=[op], comparators=[right]) if isinstance(op, _COMPARISONS):
            children = [left, right]
        case ast.IfExp(test=test, body=body, orelse=orelse):
            children = [test, body, orelse]
        case ast.Call(func=ast.Name(id=name), args=children, keywords=[]) if name in FUNCTIONS | QUIET:
            pass
        case _:
            raise ExpressionError(f"not allowed in {source!r}: {ast.unparse(node)}")
    for child in children:
        _let_through(child, source, names)


def evaluate(expression: Expression, facts: Facts) -> Result:
    """What the expression comes to with the facts known.

    >>> evaluate(parse("households > 0 and area > 0"), {"households": Decimal(0)}).value
    False
    >>> evaluate(parse("households > 0"), {})
    Result(value=None, missing=('households',))
    """
    return _evaluate(expression.tree, facts)


def _evaluate(node: ast.expr, facts: Facts) -> Result:
    match node:
        case ast.Name(id=name):
            return Result(facts[name]) if name in facts else Result(None, (name,))
        case ast.Constant(value=value):
            return Result(value if isinstance(value, bool | str) else Decimal(str(value)))
        case ast.Set(elts=members):
            return Result(
                frozenset(str(member.value) for member in members if isinstance(member, ast.Constant))
            )
        case ast.BoolOp(op=op, values=values):
            return _logic(values, facts, decides=isinstance(op, ast.Or))
        case ast.UnaryOp(op=op, operand=operand):
            inner = _evaluate(operand, facts)
            if inner.value is None:
                return inner
            return Result(not _truth(inner.value) if isinstance(op, ast.Not) else -_number(inner.value))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            chosen = _evaluate(test, facts)
            return (
                chosen if chosen.value is None else _evaluate(body if _truth(chosen.value) else orelse, facts)
            )
        case ast.Call(func=ast.Name(id=name), args=args):
            return _call(name, [_evaluate(each, facts) for each in args])
        case ast.BinOp(left=left, op=op, right=right):
            return _both(_evaluate(left, facts), _evaluate(right, facts), lambda a, b: _combine(op, a, b))
        case ast.Compare(left=left, ops=[sign], comparators=[right]):
            return _both(_evaluate(left, facts), _evaluate(right, facts), lambda a, b: compare(sign, a, b))
    raise ExpressionError(f"not an expression: {ast.unparse(node)}")


def _logic(values: list[ast.expr], facts: Facts, *, decides: bool) -> Result:
    """`and` is decided by a False, `or` by a True; else what is open stays open."""
    results = [_evaluate(value, facts) for value in values]
    if any(each.value is not None and _truth(each.value) is decides for each in results):
        return Result(decides)
    missing = _missing(each for each in results if each.value is None)
    return Result(None, missing) if any(each.value is None for each in results) else Result(not decides)


def _call(name: str, results: list[Result]) -> Result:
    if name in QUIET:
        return Result(QUIET[name](*(each.value for each in results)))
    if name == "first":
        return next((each for each in results if each.value is not None), Result(None, _missing(results)))
    if any(each.value is None for each in results):
        return Result(None, _missing(each for each in results if each.value is None))
    return Result(FUNCTIONS[name](*(each.value for each in results)))


def _both(left: Result, right: Result, combine: Callable[[Computed, Computed], Computed | None]) -> Result:
    if left.value is None or right.value is None:
        return Result(None, _missing(each for each in (left, right) if each.value is None))
    return Result(combine(left.value, right.value))


def _missing(results: object) -> tuple[str, ...]:
    seen: dict[str, None] = {}
    for each in results:  # type: ignore[attr-defined]
        seen.update(dict.fromkeys(each.missing))
    return tuple(seen)


def _combine(op: ast.operator, left: Computed, right: Computed) -> Computed | None:
    if isinstance(left, Decimal) and isinstance(right, Decimal):
        try:
            return _ARITHMETIC[type(op)](left, right)
        except (DivisionByZero, InvalidOperation):
            return None
    return _SETS[type(op)](as_set(left), as_set(right))


def _truth(value: Computed) -> bool:
    return bool(value)


def _number(value: Computed) -> Decimal:
    if not isinstance(value, Decimal):
        raise ExpressionError(f"not a number: {value!r}")
    return value


def constant_text(value: object) -> str:
    """A constant as a user reads it.

    >>> constant_text(date(2025, 1, 13)), constant_text(True)
    ('2025年1月13日', '是')
    """
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, date):
        return f"{value.year}年{value.month}月{value.day}日"
    return str(value)
