"""A file of facts → labels with the words beside them, each with its place. YAML, JSON and text here.

Nothing is interpreted: `reading` decides what a label stands for. Workbooks and Word files
are read by `office`, with the same outcome.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeGuard

import yaml

from assistant.errors import UnreadableFacts
from assistant.facts.choices import named_choices
from assistant.facts.dictionary import FactDictionary
from assistant.facts.types import FactKind, Table
from indexing.folding import fold

MAX_ENTRIES = 20_000
MAX_DEPTH = 12
CONTENT = ("内容", "值", "填写内容", "填报内容", "数值", "具体内容", "value")
ORIGIN = ("来源", "source")
UNIT = ("单位", "unit")
ASIDE = ("备注", "说明", "原话", "出处", "日期", "note")

# "综合体建筑面积：520㎡" yes; "时间10:30" no
_LABELLED = re.compile(r"^\s*(?P<label>[^：:，,。；;“”]{1,40}?)\s*[：:](?!//|\d\d(?!\d))\s*(?P<words>.*)$")
# "10. 居民意见：", "（3）场地：" number a line; "3.5公顷", "2026.3.1" do not
_ENUMERATOR = re.compile(r"^(?:\d{1,2}[.．、)）](?!\d)|[（(]\d{1,2}[)）]|[①-⑳])\s*")
_ENDS = re.compile(r"[；;。]")
_HEADS = frozenset(
    ("事实", "名称", "项目", "事项", "指标", "内容", "情况", "说明", "具体情况", "备注", "值", "填写", "数值")
)
# "户数", "3200" yes; the "-" or "1." of a list no
_SAYS_SOMETHING = re.compile(r"[^\W\d_]|\d{2}|\d\D*\d")
_STATES = re.compile(r"\d|[由拟将为是]|申请|指定|确定")  # 由街道指定 is no item of a list
_MAX_ITEM = 8  # characters of an item of a list that names none of our choices
_LONG = (FactKind.TEXT, FactKind.EVIDENCE, FactKind.CHOICES, FactKind.TABLE, FactKind.NAMES)


@dataclass(frozen=True, slots=True)
class Entry:
    """A label and the words beside it; without a label the words are running text."""

    label: str | None
    words: str
    place: str
    origin: str | None = None  # a source its writer names
    unit: str | None = None  # a unit that stands in a field of its own
    table: Table | None = None


def text_entries(text: str, dictionary: FactDictionary) -> list[Entry]:
    """The entries of a plain text, line by line; a label with nothing behind it takes the lines below."""
    entries: list[Entry] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            entries += line_entries(line, f"第{number}行", dictionary)
    return [entry for entry in _with_lines_below(entries) if entry.words.strip() or entry.table]


def line_entries(line: str, place: str, dictionary: FactDictionary) -> list[Entry]:
    """What one line or paragraph states: labelled pieces and running text, in order."""
    row = line.strip()
    is_table = row.startswith("|")  # a row of a Markdown table
    cells = [cell.strip() for cell in row.strip("|").split("|" if is_table else "\t")]
    if is_table and set(cells) <= _HEADS:
        return []
    if len(cells) == 2 and cells[0] and (is_table or dictionary.find(cells[0])):
        return [Entry(cells[0], cells[1], place)] if set(row) - set("|-: ") else []
    if is_table:
        line = "，".join(cell for cell in cells if cell)
    if set(line.strip()) <= set("|-: "):
        return []
    found: list[Entry] = []
    for piece in _pieces(_ENUMERATOR.sub("", line.strip()), dictionary):
        match = _LABELLED.match(piece)
        if match and re.search(r"[\u4e00-\u9fffa-z]", match["label"]):
            found.append(Entry(match["label"], match["words"].strip(), place))
        elif found and found[-1].label and _goes_on(found[-1].label, piece, dictionary):
            found[-1] = Entry(found[-1].label, f"{found[-1].words}；{piece}", place)
        else:
            found.append(Entry(None, piece, place))
    return found


def _pieces(line: str, dictionary: FactDictionary) -> Iterator[str]:
    """A line cut at full stops and semicolons, and at a comma before a label we know."""
    for sentence in _ENDS.split(line):
        begins = 0
        for comma in re.finditer(r"[，,\s]", sentence):
            match = _LABELLED.match(sentence[comma.end() :])
            if match and len(match["label"]) > 1 and dictionary.find(match["label"]):
                yield from _nonempty(sentence[begins : comma.start()])
                begins = comma.end()
        yield from _nonempty(sentence[begins:])


def _nonempty(text: str) -> Iterator[str]:
    if _SAYS_SOMETHING.search(text):
        yield text.strip()


def _goes_on(label: str, piece: str, dictionary: FactDictionary) -> bool:
    """Whether an unlabelled piece behind a semicolon belongs to the label before it.

    服务功能：养老服务；社区助餐 goes on; 服务功能：养老服务共1项；由街道直接指定运营单位 does not.
    """
    known = dictionary.find(label)
    if known is None or known.spec.kind not in _LONG:
        return False
    is_item = len(piece) <= _MAX_ITEM and not _STATES.search(piece)
    if known.spec.kind is FactKind.CHOICES:
        return is_item or bool(named_choices(known.spec, fold(piece))[0])
    return known.spec.kind is not FactKind.NAMES or is_item


def _with_lines_below(entries: list[Entry]) -> Iterator[Entry]:
    """A label that ends its line owns the unlabelled lines under it."""
    held: Entry | None = None
    for entry in entries:
        if held and entry.label is None:
            joint = "；" if held.words else ""
            held = Entry(held.label, f"{held.words}{joint}{entry.words.lstrip('-*·• ')}", held.place)
            continue
        if held:
            yield held
        held = entry if entry.label and not entry.words else None
        if not held:
            yield entry
    if held:
        yield held


def yaml_entries(text: str, dictionary: FactDictionary) -> list[Entry]:
    """The entries of a YAML mapping; words stay as written, a key given twice is two entries.

    Raises:
        UnreadableFacts: it is not YAML, holds several documents, or nests too deep.
    """
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError as exc:
        mark = getattr(exc, "problem_mark", None)
        where = f"第{mark.line + 1}行附近" if mark else "某处"
        raise UnreadableFacts(f"事实表不是有效的 YAML：{where}有误，请检查缩进、冒号和引号。") from exc
    if isinstance(node, yaml.ScalarNode):  # a page of text under the name .yaml
        return text_entries(text, dictionary)
    return _bounded(_yaml(node, None, dictionary, 0))


def _yaml(
    node: yaml.Node | None, label: str | None, dictionary: FactDictionary, depth: int
) -> Iterator[Entry]:
    if node is None:
        return
    if depth > MAX_DEPTH:
        raise UnreadableFacts(f"事实表嵌套超过 {MAX_DEPTH} 层，请改为一层一个事实。")
    place = f"第{node.start_mark.line + 1}行"
    if isinstance(node, yaml.ScalarNode):
        yield Entry(label, "未知" if node.value in _BLANK else node.value, place)
    elif isinstance(node, yaml.SequenceNode):
        yield from _sequence([_plain(each, depth) for each in node.value], label, place, dictionary)
    elif isinstance(node, yaml.MappingNode):
        pairs = [(str(getattr(key, "value", "")), value) for key, value in node.value]
        own = _with_content([(name, _plain(value, depth)) for name, value in pairs], label, place)
        if own:
            yield own
            return
        if label and _owns(label, [name for name, _ in pairs], dictionary):
            yield Entry(label, _spelled([(name, _plain(value, depth)) for name, value in pairs]), place)
        for name, value in pairs:
            yield from _yaml(value, _within(label, name, dictionary), dictionary, depth + 1)


def _owns(label: str, names: list[str], dictionary: FactDictionary) -> bool:
    """Whether what stands under a label is its value; under 资金, labels of their own make it a heading."""
    known = dictionary.find(label)
    own_labels = sum(dictionary.find(name) is not None for name in names)
    return known is not None and known.spec.kind in _LONG and 2 * own_labels <= len(names)


def _within(group: str | None, name: str, dictionary: FactDictionary) -> str:
    """名称 under 项目 is 项目名称, and 类型 under 社区 社区类型, where that is a label of ours."""
    joint = f"{group or ''}{name}"
    return joint if group and dictionary.find(joint) else name


def _plain(node: yaml.Node, depth: int = 0) -> object:
    """A node as strings, lists and pairs."""
    if depth > MAX_DEPTH:
        raise UnreadableFacts(f"事实表嵌套超过 {MAX_DEPTH} 层，请改为一层一个事实。")
    if isinstance(node, yaml.MappingNode):
        return [(str(getattr(key, "value", "")), _plain(value, depth + 1)) for key, value in node.value]
    if isinstance(node, yaml.SequenceNode):
        return tuple(_plain(each, depth + 1) for each in node.value)
    return str(node.value)


def json_entries(text: str, dictionary: FactDictionary) -> list[Entry]:
    """The entries of a JSON object; as `yaml_entries`.

    Raises:
        UnreadableFacts: it is not a JSON object.
    """
    try:
        data = json.loads(text, object_pairs_hook=list, parse_float=str, parse_int=str)
    except (json.JSONDecodeError, RecursionError) as exc:
        where = f"第{exc.lineno}行" if isinstance(exc, json.JSONDecodeError) else "嵌套过深处"
        raise UnreadableFacts(f"事实表不是有效的 JSON：{where}有误，请检查引号、逗号和括号。") from exc
    if not _is_pairs(data):
        raise UnreadableFacts('事实表的 JSON 应是一个对象，形如 {"服务户数": "3200户"}。')
    return _bounded(_json(data, None, "", dictionary, 0))


def _json(
    value: object, label: str | None, path: str, dictionary: FactDictionary, depth: int
) -> Iterator[Entry]:
    if depth > MAX_DEPTH:
        raise UnreadableFacts(f"事实表嵌套超过 {MAX_DEPTH} 层，请改为一层一个事实。")
    if _is_pairs(value):
        own = _with_content(value, label, path)
        if own:
            yield own
            return
        if label and _owns(label, [name for name, _ in value], dictionary):
            yield Entry(label, _spelled(value), path)
        for name, inner in value:
            yield from _json(
                inner, _within(label, name, dictionary), f"{path}/{name}".lstrip("/"), dictionary, depth + 1
            )
    elif isinstance(value, list | tuple):
        yield from _sequence(list(value), label, path, dictionary)
    else:
        yield Entry(label, _scalar(value), path or "顶层")


def _is_pairs(value: object) -> TypeGuard[list[tuple[str, object]]]:
    return isinstance(value, list) and all(
        isinstance(each, tuple) and len(each) == 2 and isinstance(each[0], str) for each in value
    )


def _scalar(value: object) -> str:
    if isinstance(value, bool):
        return "是" if value else "否"
    return "未知" if value is None else str(value)


def _sequence(
    items: list[object], label: str | None, place: str, dictionary: FactDictionary
) -> Iterator[Entry]:
    """A list of words is one entry; a list of mappings a table."""
    if items and all(_is_pairs(item) and item for item in items):
        rows: list[dict[str, str]] = [
            {str(name): _scalar_or_list(value) for name, value in item} for item in items if _is_pairs(item)
        ]
        columns = tuple(dict.fromkeys(name for row in rows for name in row))
        table = Table(columns, tuple(tuple(row.get(name) for name in columns) for row in rows))
        yield Entry(label, "", place, table=table)
    else:
        words = [_scalar_or_list(item) for item in items]
        if label:
            yield Entry(label, "、".join(words) or "无", place)
        else:
            for each in words:
                yield from line_entries(each, place, dictionary)


def _scalar_or_list(value: object) -> str:
    if _is_pairs(value):
        return _spelled(value)
    return "、".join(map(_scalar_or_list, value)) if isinstance(value, list | tuple) else _scalar(value)


def _with_content(pairs: object, label: str | None, place: str) -> Entry | None:
    """{内容: 520, 单位: ㎡, 来源: 台账} under a label, the form our own export has."""
    if not label or not isinstance(pairs, list):
        return None
    known = dict(pairs)
    if set(known) - {*CONTENT, *ORIGIN, *UNIT, *ASIDE}:  # 申报方案：{组织编制：…, 内容：…} are two facts
        return None
    content = next((known[name] for name in CONTENT if name in known), None)
    if content is None:
        return None
    origin = next((str(known[name]) for name in ORIGIN if name in known), None)
    unit = next((str(known[name]) for name in UNIT if known.get(name)), None)
    if isinstance(content, tuple | list) and content and all(_is_pairs(item) and item for item in content):
        entry = next(_sequence(list(content), label, place, _NO_LABELS))
        return Entry(label, "", place, origin, unit, entry.table)
    return Entry(label, _scalar_or_list(content), place, origin, unit)


def _spelled(pairs: list[tuple[str, object]]) -> str:
    return "；".join(f"{name}：{_scalar_or_list(value)}" for name, value in pairs)


def _bounded(entries: Iterator[Entry]) -> list[Entry]:
    found: list[Entry] = []
    for entry in entries:
        found.append(entry)
        if len(found) > MAX_ENTRIES:  # a YAML alias can stand for a billion
            raise UnreadableFacts(f"事实表超过 {MAX_ENTRIES} 项，请拆分后再读。")
    return found


_BLANK = ("", "~", "null")
_NO_LABELS = FactDictionary(())


def cell_text(value: object) -> str:
    """A cell of a workbook as words: 520.0 → 520, a day as 2025-01-13, nothing as ""."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return f"{Decimal(repr(value)).normalize():f}"
    return str(value.date()) if hasattr(value, "date") else str(value).strip()
