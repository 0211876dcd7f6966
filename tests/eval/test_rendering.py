"""What LibreOffice makes of our files: 22 lines of 28 characters, page numbers, nothing lost."""

from pathlib import Path

import pytest

from assistant.export.docx import write_docx
from assistant.export.lint import lint_docx
from assistant.export.lint.findings import Rule
from assistant.export.official import OfficialDocument
from eval import rendering
from tests.assistant.export.samples import DAY, body, letter, saved

needs_office = pytest.mark.skipif(rendering.office() is None, reason=rendering.MISSING)


@needs_office
def test_a_page_holds_22_lines_of_28_characters(tmp_path: Path) -> None:
    """5.2.3, counted on a rendered page of plain text."""
    text = "甲乙丙丁戊己庚辛壬癸子丑寅卯" * 100  # no stop that could hang out of a line
    pdf = rendering.to_pdf(saved(tmp_path, OfficialDocument(("题",), (body(text),))), tmp_path)
    lines = rendering.page_lines(pdf, 2)
    assert lines[-1].replace(" ", "") == "—2—"
    assert [len(line) for line in lines[:-1]] == [28] * 22


@needs_office
def test_a_whole_letter_is_rendered_with_its_notes_and_annexes(tmp_path: Path) -> None:
    """Title, 主送, footnote, 落款, 附件, 版记; odd pages are numbered on the right."""
    pdf = rendering.to_pdf(saved(tmp_path, letter()), tmp_path)
    pages = rendering.to_images(pdf, 30)
    text = "\n".join("".join(rendering.page_lines(pdf, page)) for page in range(1, len(pages) + 1)).replace(
        " ", ""
    )
    for words in (
        "市发展改革委：",
        "一、项目概况",
        "附件2第七条第二款",
        "2026年11月5日",
        "附件1",
        "抄送：区发展改革委",
    ):
        assert words in text
    assert "—1—" in text
    assert f"—{len(pages)}—" in text


@needs_office
def test_what_libreoffice_saves_again_is_still_sound(tmp_path: Path) -> None:
    """The lint reads its files too, which differ in a hundred small ways."""
    import subprocess

    path = saved(tmp_path, letter(imprint=None))
    out = tmp_path / "again"
    command = [
        rendering.office() or "",
        f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}",
        "--headless",
    ]
    subprocess.run(
        [*command, "--convert-to", "docx", "--outdir", str(out), str(path)],
        check=True,
        capture_output=True,
        timeout=120,
    )
    assert {one.rule for one in lint_docx(out / path.name)} <= {Rule.PAGE_NUMBER_FACE}


def test_without_libreoffice_a_sentence_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Nothing is rendered, and nobody takes that for success."""
    monkeypatch.setattr(rendering, "office", lambda: None)
    path = tmp_path / "稿件.docx"
    path.write_bytes(write_docx(letter(), DAY))
    assert rendering.main([str(path), "--out", str(tmp_path)]) == 2
    assert capsys.readouterr().err.strip() == rendering.MISSING
    with pytest.raises(rendering.RenderingFailed, match="跳过渲染"):
        rendering.to_pdf(path, tmp_path)


@needs_office
def test_the_script_renders_and_names_what_it_could_not(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A page image for each page; a bad file does not stop the next."""
    bad, good = tmp_path / "坏.docx", saved(tmp_path, OfficialDocument(("题",), (body("甲。"),)))
    bad.write_bytes(b"PK\x03\x04")
    assert rendering.main([str(bad), str(good), "--out", str(tmp_path / "out")]) in {0, 1}
    assert (tmp_path / "out" / "稿件-1.png").exists()
    assert "稿件.docx：1 页" in capsys.readouterr().out
