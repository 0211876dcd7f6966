"""How the tables of like sounds and like shapes were made: `python -m indexing.training.spellings FONT`.

    corpus/sounds.tsv       syllable without tone (ü as v)    characters that may be read so
    corpus/lookalikes.tsv   character                         characters that look like it

Sounds are pypinyin's readings (MIT) of the 6,763 characters of GB 2312. Shapes are compared as
pictures: the 3,755 characters of its first level, which nearly all text in use is made of, are
drawn with FONT (Noto Sans CJK SC, SIL OFL; no glyph of it is kept), blurred, and held against
each other. Run once; the product reads the tables and needs neither library nor font.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

CORPUS = Path(__file__).resolve().parents[2] / "corpus"
_SIZE, _GLYPH = 48, 44  # pixels of a picture and of the character in it
_SHIFTS = ((0, 0), (2, 0), (-2, 0), (0, 2), (0, -2))  # a like part often stands a little aside
_BLUR = 2.2  # pixels: less sees strokes, more sees only how dark a part is
_LIKE, _MOST = 0.6, 6  # 贷货 .82, 拔拨 .68, 有育 .62; 养美 .32
_SOUNDS_HEAD = (
    "# 不带声调的音节（ü 写作 v）	可以这样读的字。"
    "由 indexing.training.spellings 生成，读音出自 pypinyin（MIT）。\n"
)
_SHAPES_HEAD = "# 字	形近的字（最近的在前）。由 indexing.training.spellings 比较字形图像生成。\n"


def characters(first_rows: tuple[int, int]) -> list[str]:
    """The characters of GB 2312 whose first byte lies in a range: level one is 0xB0–0xD7, all 0xB0–0xF7."""
    out = []
    for high in range(first_rows[0], first_rows[1] + 1):
        for low in range(0xA1, 0xFF):
            try:
                out.append(bytes([high, low]).decode("gb2312"))
            except UnicodeDecodeError:
                continue  # five places of the first level are empty
    return out


def sounds() -> dict[str, str]:
    """Syllable → the characters read so, in the order of GB 2312."""
    from pypinyin import Style, pinyin

    found: dict[str, list[str]] = defaultdict(list)
    for character in characters((0xB0, 0xF7)):
        for syllable in dict.fromkeys(pinyin(character, style=Style.NORMAL, heteronym=True, v_to_u=False)[0]):
            if syllable.isascii() and syllable.isalpha():
                found[syllable].append(character)
    return {syllable: "".join(found[syllable]) for syllable in sorted(found)}


def lookalikes(font: Path) -> dict[str, str]:
    """Character → those that look like it, the nearest first; a character without any is left out.

    Two look alike where either is among the `_MOST` nearest of the other.
    """
    drawn = characters((0xB0, 0xD7))
    pictures = {shift: _pictures(drawn, font, shift) for shift in _SHIFTS}
    likeness = np.max([pictures[0, 0] @ pictures[shift].T for shift in _SHIFTS], axis=0)
    likeness = np.maximum(likeness, likeness.T)
    np.fill_diagonal(likeness, 0.0)
    least = np.maximum(-np.partition(-likeness, _MOST - 1)[:, _MOST - 1], _LIKE)
    is_like = (likeness >= least[:, None]) | (likeness >= least[None, :])
    out = {}
    for row, character in enumerate(drawn):
        nearest = [place for place in np.argsort(-likeness[row]) if is_like[row, place]]
        if nearest:
            out[character] = "".join(drawn[place] for place in nearest)
    return out


def _pictures(drawn: Sequence[str], font: Path, shift: tuple[int, int]) -> npt.NDArray[np.float32]:
    """Blurred pictures less the mean picture, unit-norm, shape `(len(drawn), _SIZE * _SIZE)`."""
    from PIL import Image, ImageDraw, ImageFilter, ImageFont

    face: Any = ImageFont.truetype(str(font), _GLYPH)
    rows = []
    for character in drawn:
        image = Image.new("L", (_SIZE, _SIZE), 0)
        place = (_SIZE / 2 + shift[0], _SIZE / 2 + shift[1])
        ImageDraw.Draw(image).text(place, character, fill=255, font=face, anchor="mm")
        rows.append(np.asarray(image.filter(ImageFilter.GaussianBlur(_BLUR)), dtype=np.float32).ravel())
    table = np.stack(rows)
    table -= table.mean(axis=0)
    table /= np.linalg.norm(table, axis=1, keepdims=True)
    return table


def _write(path: Path, head: str, table: dict[str, str]) -> None:
    path.write_text(head + "".join(f"{key}\t{value}\n" for key, value in table.items()), encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> int:
    """Write both tables; 0."""
    parser = argparse.ArgumentParser(prog="python -m indexing.training.spellings")
    parser.add_argument("font", type=Path, help="a font with simplified Chinese characters")
    options = parser.parse_args(arguments)
    _write(CORPUS / "sounds.tsv", _SOUNDS_HEAD, sounds())
    _write(CORPUS / "lookalikes.tsv", _SHAPES_HEAD, lookalikes(options.font))
    return 0


if __name__ == "__main__":
    sys.exit(main())
