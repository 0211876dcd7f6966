"""Elements of WordprocessingML, in the order the schema asks for (ISO/IEC 29500-1, 17.3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from docx.oxml.ns import qn
from docx.oxml.parser import OxmlElement

from assistant.export.layout import BODY_SIZE, CHARACTER, SQUEEZE, WIDER, Faces, in_gb2312
from assistant.export.settings import Setting

Element = Any  # lxml and python-docx give their elements no types


_MOTLEY = 20


def element(tag: str, /, *children: Element, **attributes: str | int) -> Element:
    """An element of the namespace w, with its attributes in that namespace too.

    `element("spacing", line=578)` is `<w:spacing w:line="578"/>`.
    """
    made = OxmlElement(f"w:{tag}", {qn(f"w:{name}"): str(value) for name, value in attributes.items()})
    made.extend(children)
    return made


def faces_of(text: str, face: Faces) -> Iterator[tuple[Faces, str]]:
    """`text` in runs of one face: a face of GB 2312 hands signs it lacks to its wider sister.

    >>> [(face.name, words) for face, words in faces_of("朱镕某", Faces.BODY)]
    [('BODY', '朱'), ('WIDE_BODY', '镕'), ('BODY', '某')]
    """
    if not face.value.gb2312_only:
        yield face, text
        return
    parts = [(known, "".join(signs)) for known, signs in groupby(text, key=in_gb2312)]
    if len(parts) > _MOTLEY:  # Traditional text, for one: whole in one face, not in two by turns
        yield WIDER[face], text
        return
    for known, signs_ in parts:
        yield (face if known else WIDER[face]), signs_


def run(text: str, face: Faces, size: int, /, *extra: Element, deleted: bool = False) -> Element:
    """A run of one face and size. `extra` are properties that follow the size: highlight, position."""
    made = element("r", run_properties(face, size, *extra))
    made.extend(run_content(text, deleted=deleted))
    return made


def run_properties(face: Faces, size: int, /, *extra: Element, colour: str | None = None) -> Element:
    """Faces by name in all four slots, never a theme's, which Word would prefer to the name."""
    latin, name = Faces.LATIN.value.name, face.value.name
    fonts = element("rFonts", hint="eastAsia", ascii=latin, hAnsi=latin, eastAsia=name, cs=latin)
    properties = element("rPr", fonts)
    if colour:
        properties.append(element("color", val=colour))
    if size == BODY_SIZE:
        properties.append(element("spacing", val=SQUEEZE))
    properties.extend([element("sz", val=size), element("szCs", val=size), *extra])
    return properties


def run_content(text: str, *, deleted: bool = False) -> Iterator[Element]:
    """Text and tabs of a run."""
    for number, part in enumerate(text.split("\t")):
        if number:
            yield element("tab")
        if part:
            words = element("delText" if deleted else "t")
            words.text = part
            words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
            yield words


def field(instruction: str, face: Faces, size: int) -> list[Element]:
    """A field such as PAGE, with 1 as what shows until Word counts."""
    begin, separate, end = (element("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    code = element("instrText")
    code.text = f" {instruction} "
    code.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    shown = run("1", face, size)
    wrapped = [element("r", run_properties(face, size), part) for part in (begin, code, separate)]
    return [*wrapped, shown, element("r", run_properties(face, size), end)]


def paragraph_properties(
    setting: Setting, *extra: Element, style: bool = True, indent: Element | None = None
) -> Element:
    """Properties of a paragraph set as `setting` says; `extra` come where the schema wants them.

    Direct formatting repeats the style, so that a paragraph keeps its form when pasted elsewhere.
    """
    made = [element("pStyle", val=setting.style_id)] if style else []
    if setting.keep_next:
        made.append(element("keepNext"))
    made += [
        element("widowControl", val=0),
        element("autoSpaceDE", val=0),
        element("autoSpaceDN", val=0),
        element("snapToGrid", val=0),
        element("spacing", before=0, after=0, line=setting.pitch, lineRule="exact"),
        indent if indent is not None else first_line_indent(setting.first_line),
        element("jc", val=setting.justify),
    ]
    if setting.outline is not None:
        made.append(element("outlineLvl", val=setting.outline))
    return element("pPr", *sorted([*made, *extra], key=_place))


_ORDER = (
    *("pStyle", "keepNext", "keepLines", "pageBreakBefore", "framePr", "widowControl", "pBdr", "shd", "tabs"),
    *("autoSpaceDE", "autoSpaceDN", "adjustRightInd", "snapToGrid", "spacing", "ind", "jc", "outlineLvl"),
    *("rPr", "sectPr"),
)


def _place(property_: Element) -> int:
    return _ORDER.index(str(property_.tag).rpartition("}")[2])


def first_line_indent(characters: float) -> Element:
    """An indent of the first line alone; 0 says so outright, against whatever a template may bring."""
    return element(
        "ind", left=0, right=0, firstLineChars=round(characters * 100), firstLine=_twips(characters)
    )


def right_indent(characters: float) -> Element:
    """Room on the right, as in a signature."""
    return element("ind", left=0, rightChars=round(characters * 100), right=_twips(characters), firstLine=0)


def hanging_indent(left: float, hanging: float) -> Element:
    """Lines below the first begin at `left` characters, the first one `hanging` before that."""
    return element(
        "ind",
        leftChars=round(left * 100),
        left=_twips(left),
        hangingChars=round(hanging * 100),
        hanging=_twips(hanging),
    )


def _twips(characters: float) -> int:
    return round(characters * CHARACTER)


def wrapped(change: str, runs: Iterable[Element], number: int, author: str, day: str) -> Element:
    """Runs as inserted or deleted: `change` is "ins" or "del"."""
    return element(change, *runs, id=number, author=author, date=day)
