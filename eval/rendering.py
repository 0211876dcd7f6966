"""Word files as pages, through LibreOffice: `python -m eval.rendering 稿件.docx --out 文件夹`.

For looking at what is exported, and for the test that counts lines and characters on a rendered page.
LibreOffice and poppler are not needed by Cewen; where they are missing a sentence says so and nothing
is rendered.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

MISSING = (
    "未找到 LibreOffice（或 pdftoppm、pdftotext），跳过渲染；请先安装 libreoffice-writer 和 poppler-utils。"
)
_TIMEOUT_S = 120
_OFFICES = ("soffice", "libreoffice")


class RenderingFailed(RuntimeError):
    """LibreOffice ended without a PDF."""


def office() -> str | None:
    """The path of LibreOffice, None where it or poppler's tools are missing."""
    found = next((path for name in _OFFICES if (path := shutil.which(name))), None)
    return found if found and shutil.which("pdftoppm") and shutil.which("pdftotext") else None


def to_pdf(document: Path, folder: Path) -> Path:
    """The PDF LibreOffice makes of `document`, in `folder`.

    Raises:
        RenderingFailed: there is no LibreOffice, it takes too long, or it makes no PDF.
    """
    program = office()
    if program is None:
        raise RenderingFailed(MISSING)
    with tempfile.TemporaryDirectory() as profile:  # one of its own: two at once would wait for each other
        command = (
            program,
            f"-env:UserInstallation={Path(profile).as_uri()}",
            "--headless",
            "--convert-to",
            "pdf",
        )
        try:
            subprocess.run(
                [*command, "--outdir", str(folder), str(document)],
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
                timeout=_TIMEOUT_S,
            )
        except subprocess.TimeoutExpired as exc:
            raise RenderingFailed(f"{document.name} 渲染超过 {_TIMEOUT_S} 秒，已停止。") from exc
    made = folder / f"{document.stem}.pdf"
    if not made.exists():
        raise RenderingFailed(f"{document.name} 没有渲染成功，请用 Word 或 WPS 打开检查。")
    return made


def to_images(pdf: Path, dots_per_inch: int = 80) -> tuple[Path, ...]:
    """A PNG of each page beside the PDF, in order."""
    stem = pdf.with_suffix("")
    subprocess.run(
        ["pdftoppm", "-r", str(dots_per_inch), "-png", str(pdf), str(stem)], check=True, timeout=_TIMEOUT_S
    )
    return tuple(sorted(pdf.parent.glob(f"{pdf.stem}-*.png")))


def page_lines(pdf: Path, page: int) -> tuple[str, ...]:
    """The lines of text on a page, counted from 1, from top to bottom, footer included."""
    first = ["pdftotext", "-layout", "-f", str(page), "-l", str(page), str(pdf), "-"]
    done = subprocess.run(first, check=True, capture_output=True, encoding="utf-8", timeout=_TIMEOUT_S)
    return tuple(line.strip() for line in done.stdout.replace("\f", "").split("\n") if line.strip())


def main(arguments: Sequence[str] | None = None) -> int:
    """Render each file; 0 when all were, 1 when one was not, 2 where nothing can be rendered here."""
    parser = argparse.ArgumentParser(description="把 .docx 渲染成 PDF 和逐页图片。")
    parser.add_argument("files", nargs="+", type=Path, metavar="文件")
    parser.add_argument("--out", type=Path, default=Path(), metavar="文件夹")
    given = parser.parse_args(arguments)
    if office() is None:
        print(MISSING, file=sys.stderr)  # noqa: T201 - a script
        return 2
    given.out.mkdir(parents=True, exist_ok=True)
    code = 0
    for file in given.files:
        try:
            pages = to_images(to_pdf(file, given.out))
        except RenderingFailed as error:
            print(error, file=sys.stderr)  # noqa: T201 - a script
            code = 1
        else:
            print(f"{file.name}：{len(pages)} 页，在 {given.out}")  # noqa: T201 - a script
    return code


if __name__ == "__main__":
    sys.exit(main())
