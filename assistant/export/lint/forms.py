"""How runs and paragraphs come out once defaults, styles and direct formatting are laid over each other.

ISO/IEC 29500-1, 17.7.2: document defaults, then the chain of styles from the oldest, then what is
set directly. A property that is set nowhere is None.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any, TypeVar

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
Tree = Any

_OFF = frozenset({"0", "false", "off", "none"})


@dataclass(frozen=True, slots=True)
class RunForm:
    """What a run looks like. `east_asian_theme` and `latin_theme` say that a theme chose the face."""

    east_asian: str | None = None
    east_asian_theme: bool | None = None
    latin: str | None = None
    latin_theme: bool | None = None
    size: int | None = None  # half points
    bold: bool | None = None
    colour: str | None = None
    hidden: bool | None = None
    highlight: str | None = None
    space: int | None = None  # twips between characters


@dataclass(frozen=True, slots=True)
class ParaForm:
    """What a paragraph looks like; measures in twips, the -chars ones in hundredths of a character."""

    justify: str | None = None
    line: int | None = None
    line_rule: str | None = None
    before: int | None = None
    after: int | None = None
    left: int | None = None
    left_chars: int | None = None
    right: int | None = None
    right_chars: int | None = None
    first_line: int | None = None  # negative: hanging
    first_line_chars: int | None = None
    number: str | None = None  # of an automatic list; "0" takes it away
    page_break: bool | None = None
    snap: bool | None = None
    outline: int | None = None


_Form = TypeVar("_Form", RunForm, ParaForm)


def over(base: _Form, top: _Form) -> _Form:
    """`base` with what `top` sets."""
    said = {one.name: value for one in fields(top) if (value := getattr(top, one.name)) is not None}
    return replace(base, **said) if said else base


def run_form(properties: Tree | None, theme: dict[str, str]) -> RunForm:
    """What a `w:rPr` sets itself. `theme` gives the faces of the theme's slots."""
    if properties is None:
        return RunForm()
    fonts = properties.find(f"{W}rFonts")
    east, east_theme = _face(fonts, "eastAsia", "eastAsiaTheme", theme)
    latin, latin_theme = _face(fonts, "ascii", "asciiTheme", theme)
    return RunForm(
        east_asian=east,
        east_asian_theme=east_theme,
        latin=latin,
        latin_theme=latin_theme,
        size=_integer(_value(properties, "sz")),
        bold=_flag(properties, "b"),
        colour=_value(properties, "color"),
        hidden=_flag(properties, "vanish"),
        highlight=_value(properties, "highlight"),
        space=_integer(_value(properties, "spacing")),
    )


def _face(
    fonts: Tree | None, name: str, theme_name: str, theme: dict[str, str]
) -> tuple[str | None, bool | None]:
    """The face a slot names and whether a theme chose it: at one place, Word prefers the theme's."""
    if fonts is None:
        return None, None
    slot = fonts.get(f"{W}{theme_name}")
    if slot:
        return theme.get(slot, f"主题字体 {slot}"), True
    face = fonts.get(f"{W}{name}")
    return (face, False) if face else (None, None)


def para_form(properties: Tree | None) -> ParaForm:
    """What a `w:pPr` sets itself."""
    if properties is None:
        return ParaForm()
    spacing, indent = properties.find(f"{W}spacing"), properties.find(f"{W}ind")
    numbering = properties.find(f"{W}numPr/{W}numId")
    hanging = _attribute(indent, "hanging")
    hanging_chars = _attribute(indent, "hangingChars")
    return ParaForm(
        justify=_value(properties, "jc"),
        line=_attribute(spacing, "line"),
        line_rule=spacing.get(f"{W}lineRule") if spacing is not None else None,
        before=_attribute(spacing, "before"),
        after=_attribute(spacing, "after"),
        left=_attribute(indent, "left", "start"),
        left_chars=_attribute(indent, "leftChars", "startChars"),
        right=_attribute(indent, "right", "end"),
        right_chars=_attribute(indent, "rightChars", "endChars"),
        first_line=-hanging if hanging else _attribute(indent, "firstLine"),
        first_line_chars=-hanging_chars if hanging_chars else _attribute(indent, "firstLineChars"),
        number=numbering.get(f"{W}val") if numbering is not None else None,
        page_break=_flag(properties, "pageBreakBefore"),
        snap=_flag(properties, "snapToGrid"),
        outline=_integer(_value(properties, "outlineLvl")),
    )


class Styles:
    """The styles of a document, each with what it and all it is based on set."""

    def __init__(self, styles: Tree | None, theme: Tree | None) -> None:
        self.theme = _theme_faces(theme)
        self._styles = (
            {} if styles is None else {one.get(f"{W}styleId"): one for one in styles.iter(f"{W}style")}
        )
        self._done: dict[str | None, tuple[RunForm, ParaForm]] = {}
        defaults = None if styles is None else styles.find(f"{W}docDefaults")
        self.default = (
            run_form(_below(defaults, "rPrDefault", "rPr"), self.theme),
            para_form(_below(defaults, "pPrDefault", "pPr")),
        )
        self._normal = next((key for key, one in self._styles.items() if _is_default_paragraph(one)), None)

    def paragraph(self, style_id: str | None) -> tuple[RunForm, ParaForm]:
        """What a paragraph of this style starts from; an unknown style is as good as none."""
        return self._resolved(style_id if style_id in self._styles else self._normal)

    def character(self, style_id: str | None) -> RunForm:
        """What a character style sets, without the document's defaults."""
        if style_id not in self._styles:
            return RunForm()
        form = RunForm()
        for style in self._chain(style_id):
            form = over(form, run_form(style.find(f"{W}rPr"), self.theme))
        return form

    def _resolved(self, style_id: str | None) -> tuple[RunForm, ParaForm]:
        if style_id not in self._done:
            run, para = self.default
            for style in self._chain(style_id):
                run = over(run, run_form(style.find(f"{W}rPr"), self.theme))
                para = over(para, para_form(style.find(f"{W}pPr")))
            self._done[style_id] = (run, para)
        return self._done[style_id]

    def _chain(self, style_id: str | None) -> list[Tree]:
        """The style and all it is based on, oldest first; a circle is cut where it closes."""
        chain: list[Tree] = []
        while style_id in self._styles and self._styles[style_id] not in chain:
            chain.append(self._styles[style_id])
            style_id = _value(chain[-1], "basedOn")
        return chain[::-1]


def _is_default_paragraph(style: Tree) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") not in {None, *_OFF}


def _theme_faces(theme: Tree | None) -> dict[str, str]:
    """Slot → face for the Chinese and Latin slots of a theme."""
    out: dict[str, str] = {}
    for kind in ("major", "minor"):
        fonts = theme.find(f".//{A}{kind}Font") if theme is not None else None
        if fonts is None:
            continue
        latin, east = fonts.find(f"{A}latin"), fonts.find(f"{A}ea")
        hans = next((one for one in fonts.iter(f"{A}font") if one.get("script") == "Hans"), None)
        face = (east.get("typeface") if east is not None else "") or (
            hans.get("typeface") if hans is not None else ""
        )
        if face:
            out[f"{kind}EastAsia"] = face
        if latin is not None and latin.get("typeface"):
            out[f"{kind}HAnsi"] = out[f"{kind}Ascii"] = latin.get("typeface")
    return out


def _below(tree: Tree | None, *names: str) -> Tree | None:
    for name in names:
        tree = tree.find(f"{W}{name}") if tree is not None else None
    return tree


def _value(properties: Tree, name: str) -> str | None:
    found = properties.find(f"{W}{name}")
    return found.get(f"{W}val") if found is not None else None


def _flag(properties: Tree, name: str) -> bool | None:
    found = properties.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val", "1") not in _OFF


def _attribute(tree: Tree | None, *names: str) -> int | None:
    if tree is None:
        return None
    return next((number for name in names if (number := _integer(tree.get(f"{W}{name}"))) is not None), None)


def _integer(text: str | None) -> int | None:
    """A measure; other programs write 12.5 or 2cm, which count as not set when no number."""
    try:
        return round(float(text)) if text else None
    except (ValueError, OverflowError):
        return None
