"""The package a document starts from: styles, settings, fonts and notes, written out whole.

python-docx brings a template of its own with 160 styles and theme fonts, which Word prefers to the
names set beside them; this one holds what an official document needs and nothing else.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from lxml import etree

from assistant.export.layout import BODY_SIZE, NOTE_SIZE, Faces
from assistant.export.ooxml import Element, element, faces_of, paragraph_properties, run, run_properties
from assistant.export.settings import EVERY, Setting

_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"

_EMPTY = f'{_HEAD}<w:document xmlns:w="{_W}" xmlns:r="{_R}"><w:body><w:sectPr/></w:body></w:document>'

NOTE = Setting("FootnoteText", "footnote text", Faces.SONG, NOTE_SIZE, pitch=240)
REMARK = Setting("CommentText", "annotation text", Faces.SONG, NOTE_SIZE, "left", pitch=300)

_PARTS = {
    "styles": ("styles", "styles"),
    "settings": ("settings", "settings"),
    "fontTable": ("fontTable", "fontTable"),
    "footnotes": ("footnotes", "footnotes"),
}  # file → kind of content, kind of relationship


def base_package() -> bytes:
    """An empty .docx with our styles, ready for python-docx to open."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": _content_types(),
        "_rels/.rels": _relationships([("officeDocument", "word/document.xml")]),
        "word/document.xml": _EMPTY,
        "word/_rels/document.xml.rels": _relationships(
            (kind, f"{name}.xml") for name, (_, kind) in _PARTS.items()
        ),
        "word/styles.xml": _xml(_styles()),
        "word/settings.xml": _xml(_settings()),
        "word/fontTable.xml": _xml(_fonts()),
        "word/footnotes.xml": footnotes_xml(()),
    }
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


def note_numbers() -> tuple[Element, ...]:
    """How footnotes are numbered: ①②③, anew on each page."""
    return element("numFmt", val="decimalEnclosedCircleChinese"), element("numRestart", val="eachPage")


def footnotes_xml(notes: Iterable[str]) -> bytes:
    """The part word/footnotes.xml: Word's two separators, then the notes, numbered from 1."""
    root = element("footnotes")
    for number, kind in ((-1, "separator"), (0, "continuationSeparator")):
        line = element("p", paragraph_properties(NOTE, style=False), element("r", element(kind)))
        root.append(element("footnote", line, type=kind, id=number))
    for number, text in enumerate(notes, start=1):
        raised = element("vertAlign", val="superscript")
        mark = element("r", run_properties(Faces.SONG, NOTE_SIZE, raised), element("footnoteRef"))
        words = [run(part, face, NOTE_SIZE) for face, part in faces_of(f" {text}", Faces.SONG)]
        root.append(element("footnote", element("p", paragraph_properties(NOTE), mark, *words), id=number))
    return _xml(root)


def custom_properties_xml(properties: Iterable[tuple[str, str]]) -> bytes:
    """The part docProps/custom.xml: text properties by name."""
    entries = "".join(
        f'<property fmtid="{{D5CDD505-2E9C-101B-9397-08002B2CF9AE}}" pid="{number}" name={quoteattr(name)}>'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(properties, start=2)
    )
    space = f'xmlns="{_OFFICE}/custom-properties" xmlns:vt="{_OFFICE}/docPropsVTypes"'
    return f"{_HEAD}<Properties {space}>{entries}</Properties>".encode()


def _content_types() -> str:
    kinds = {"document": "document.main", **{name: kind for name, (kind, _) in _PARTS.items()}}
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_WORD}.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    return (
        f'{_HEAD}<Types xmlns="{types}"><Default Extension="rels" ContentType="{rels}"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )


def _relationships(targets: Iterable[tuple[str, str]]) -> str:
    entries = "".join(
        f'<Relationship Id="rId{number}" Type="{_R}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{_HEAD}<Relationships xmlns="{_RELATIONSHIPS}">{entries}</Relationships>'


def _styles() -> Element:
    defaults = element(
        "docDefaults",
        element("rPrDefault", _with_language(run_properties(Faces.BODY, BODY_SIZE))),
        element("pPrDefault", element("pPr", element("spacing", before=0, after=0))),
    )
    normal = Setting("Normal", "Normal")
    root = element("styles", defaults, _style(normal, is_default=True))
    root.extend(_style(setting) for setting in (*EVERY, NOTE, REMARK))
    root.append(_character_style("CommentReference", "annotation reference", element("sz", val=NOTE_SIZE)))
    return root


def _with_language(properties: Element) -> Element:
    properties.append(element("lang", val="en-US", eastAsia="zh-CN", bidi="ar-SA"))
    return properties


def _style(setting: Setting, *, is_default: bool = False) -> Element:
    made = element("style", element("name", val=setting.name), type="paragraph", styleId=setting.style_id)
    if is_default:
        made.set(f"{{{_W}}}default", "1")
    else:
        made.append(element("basedOn", val="Normal"))
    made.append(element("qFormat"))
    made.append(paragraph_properties(setting, style=False))
    made.append(run_properties(setting.face, setting.size, colour=setting.colour))
    return made


def _character_style(style_id: str, name: str, *properties: Element) -> Element:
    named = element("name", val=name)
    return element("style", named, element("rPr", *properties), type="character", styleId=style_id)


def _settings() -> Element:
    """Odd and even pages differ (7.5); notes are ①②③, counted anew on each page."""
    notes = element(
        "footnotePr",
        *note_numbers(),
        element("footnote", id=-1),
        element("footnote", id=0),
    )
    names = ("spaceForUL", "balanceSingleByteDoubleByteWidth", "doNotLeaveBackslashAlone", "ulTrailSpace")
    mode = element(
        "compatSetting", name="compatibilityMode", uri="http://schemas.microsoft.com/office/word", val=15
    )
    return element(
        "settings",
        element("zoom", percent=100),
        element("defaultTabStop", val=420),
        element("evenAndOddHeaders"),
        element("characterSpacingControl", val="doNotCompress"),
        notes,
        element(
            "compat", *map(element, names), element("adjustLineHeightInTable"), element("useFELayout"), mode
        ),
        element("themeFontLang", val="en-US", eastAsia="zh-CN"),
        element("decimalSymbol", val="."),
        element("listSeparator", val=","),
    )


def _fonts() -> Element:
    """The faces by name, each with a stand-in that Word takes where the face is not installed."""
    root = element("fonts")
    for face in Faces:
        known = face.value
        root.append(
            element(
                "font",
                element("altName", val=known.alternatives[0]),
                element("panose1", val=known.panose),
                element("charset", val="00" if face is Faces.LATIN else "86"),
                element("family", val="roman" if face is Faces.LATIN else "modern"),
                element("pitch", val=known.pitch),
                name=known.name,
            )
        )
    return root


def _xml(root: Element) -> bytes:
    written: bytes = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    return written
