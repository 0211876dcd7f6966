"""`cewen drafts …`: what it prints, what it refuses, what it writes."""

import json
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.ui.test_cli import assert_one_sentence
from ui.cli import app

SHEET = Path(__file__).parent.parent / "assistant" / "drafting" / "sheets" / "CQ.yaml"


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for the module: building the index takes seconds."""
    return tmp_path_factory.mktemp("home") / "cewen"


def drafts(home: Path, *arguments: str):
    """What the command came to."""
    return CliRunner().invoke(app, ["drafts", *arguments, "--home", str(home)])


@pytest.fixture(scope="module")
def number(home: Path) -> str:
    """A draft with three versions: as begun, restored twice."""
    done = drafts(home, "new", "CQ-D1", "--facts", str(SHEET))
    assert done.exit_code == 0, done.output
    found = re.match(r"([0-9a-f]{20})　第 1 版", done.stdout)
    assert found
    for version in ("1", "2"):
        assert drafts(home, "restore", found[1][:8], "--version", version).exit_code == 0
    return found[1]


def test_drafts_are_listed_and_shown(home: Path, number: str) -> None:
    """A line a draft; then its versions and its text."""
    listed = drafts(home, "list").stdout
    assert number in listed
    assert "第 3 版" in listed
    shown = drafts(home, "show", number[:6], "--version", "1").stdout
    assert "▶第 1 版" in shown
    assert "恢复第2版" in shown
    assert "功能配置与初步策划" in shown
    (entry,) = json.loads(drafts(home, "list", "--json").stdout)
    assert (entry["draft_id"], entry["version"], entry["template_id"]) == (number, 3, "CQ-D1")
    told = json.loads(drafts(home, "show", number, "--json").stdout)
    assert [each["version"] for each in told["versions"]] == [3, 2, 1]
    assert all(section["text"] for section in told["sections"] if section["key"] != "opening")


def test_versions_are_compared(home: Path, number: str) -> None:
    """Equal ones say so; `--json` names both."""
    assert "两版文字相同" in drafts(home, "diff", number, "--from", "1").stdout
    told = json.loads(drafts(home, "diff", number, "--from", "1", "--to", "2", "--json").stdout)
    assert (told["from"], told["to"], told["sections"]) == (1, 2, [])


@pytest.mark.parametrize("options", [(), ("--clean",), ("--tracked", "1"), ("--annexes",)])
def test_a_version_is_exported(home: Path, number: str, tmp_path: Path, options: tuple[str, ...]) -> None:
    """A Word file; what should be confirmed is said beside it; nothing is overwritten."""
    out = tmp_path / "稿.docx"
    done = drafts(home, "export", number, "--out", str(out), *options)
    assert done.exit_code == 0, done.output
    assert out.read_bytes()[:2] == b"PK"
    assert "请确认：规则核对有" in done.stderr
    again = drafts(home, "export", number, "--out", str(out), *options)
    assert again.exit_code == 2
    assert "已存在" in again.stderr


def test_the_tables_are_exported(home: Path, number: str, tmp_path: Path) -> None:
    """An .xlsx by its name."""
    out = tmp_path / "附表.xlsx"
    assert drafts(home, "export", number, "--out", str(out)).exit_code == 0
    assert out.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show",), "请给出草稿的编号"),
        (("show", "zzzz"), "没有编号为 zzzz 的草稿"),
        (("new",), "请给出模板和事实表"),
        (("restore", "abcd"), "--version"),
        (("export", "abcd"), "--out"),
        (("export", "abcd", "--out", "稿.pdf"), ".docx"),
        (("export", "abcd", "--out", "稿.docx", "--clean", "--tracked", "1"), "不能一起用"),
    ],
)
def test_mistakes_are_one_sentence(home: Path, arguments: tuple[str, ...], words: str) -> None:
    """What was wrong and what to do."""
    done = drafts(home, *arguments)
    assert done.exit_code != 0
    assert words in done.stderr
    assert_one_sentence(done.stderr)


def refused(done) -> None:
    """It failed, with one sentence."""
    assert done.exit_code != 0
    assert_one_sentence(done.stderr)


def changed(home: Path, *arguments: str) -> str:
    """What a command that should succeed says."""
    done = drafts(home, *arguments)
    assert done.exit_code == 0, done.output
    return done.output


@pytest.fixture
def fresh(home: Path) -> str:
    """A draft of one version."""
    found = re.match(r"([0-9a-f]{20})", changed(home, "new", "CQ-D1", "--facts", str(SHEET)))
    assert found
    return found[1]


def titles(home: Path, number: str) -> list[str]:
    """The sections in order, the opening apart."""
    told = json.loads(drafts(home, "show", number, "--json").stdout)
    return [section["title"] for section in told["sections"]][1:]


def test_sections_are_added_moved_edited_and_taken_out(home: Path, fresh: str, tmp_path: Path) -> None:
    """Each a version; a 必 one needs --yes and can be had back by its title."""
    before = titles(home, fresh)
    words = tmp_path / "风险.txt"
    words.write_text("# 主要风险\n项目总投资9999万元。", encoding="utf-8")
    said = changed(home, "add", fresh, "--title", "风险防范", "--after", "场地", "--text", str(words))
    assert "第 3 版" in said
    assert "“9999万元”不在事实和所引条款里" in said
    assert titles(home, fresh)[before.index("场地落实") + 1] == "风险防范"
    assert "已移动" in changed(home, "move", fresh, "--section", "风险防范", "--to", "1")
    assert titles(home, fresh)[0] == "风险防范"
    words.write_text("加强风险防范。", encoding="utf-8")
    assert "已编辑" in changed(home, "edit", fresh, "--section", "1", "--text", str(words))
    assert "没有变化" in changed(home, "edit", fresh, "--section", "1", "--text", str(words))
    changed(home, "remove", fresh, "--section", "风险防范")
    taken = drafts(home, "remove", fresh, "--section", "建设目标")
    assert_one_sentence(taken.stderr)
    assert "必备章节" in taken.stderr
    changed(home, "remove", fresh, "--section", "建设目标", "--yes")
    assert "建设目标" not in titles(home, fresh)
    assert "已加回" in changed(home, "add", fresh, "--title", "建设目标")
    assert titles(home, fresh) == before


def test_sections_are_locked_and_written_again(home: Path, fresh: str, tmp_path: Path) -> None:
    """Other facts make sections stale; --stale writes them again, a locked one stays."""
    assert "已锁定" in changed(home, "lock", fresh, "--section", "技术指标")
    refused(drafts(home, "rewrite", fresh, "--section", "技术指标"))
    sheet = tmp_path / "新.yaml"
    sheet.write_text(SHEET.read_text("utf-8").replace("用地面积: 900㎡", "用地面积: 950㎡"), encoding="utf-8")
    assert "950" in sheet.read_text("utf-8")
    changed(home, "facts", fresh, "--facts", str(sheet))
    shown = drafts(home, "show", fresh).stdout
    assert "用地面积900平方米" in shown
    assert "已解锁" in changed(home, "lock", fresh, "--section", "技术指标")
    changed(home, "rewrite", fresh, "--stale")
    assert "用地面积950平方米" in drafts(home, "show", fresh).stdout
    assert "没有已过时的章节" in changed(home, "rewrite", fresh, "--stale")
    said = changed(home, "rewrite", fresh, "--section", "技术指标", "--instruction", "写得更简洁")
    assert "没有配置语言模型" in said


def test_clauses_put_aside_are_listed_and_cited(home: Path, fresh: str) -> None:
    """Those of another city are listed as not citable; one of the own goes into a section with its number."""
    from assistant.basket import Kept, empty_basket, put_aside
    from indexing.home import open_home
    from tests.assistant.drafting.making import AS_OF, case_of, citation_of

    assert "还没有送来条款" in changed(home, "cite", fresh)
    own = citation_of(case_of("CQ-D1", "CQ"), "CQ-12")
    other = citation_of(case_of("BJ-D3", "BJ"), "BJ-06")
    put_aside(
        open_home(home),
        [Kept("现状评估", "重庆市", "500000", own, AS_OF), Kept("项数", "北京市", "110000", other, AS_OF)],
    )
    listed = changed(home, "cite", fresh)
    assert "现状评估" in listed
    assert listed.count("不能引用") == 1
    rows = json.loads(drafts(home, "cite", fresh, "--json").stdout)
    assert [(row["number"], row["topic"], row["is_fit"]) for row in rows] == [
        (1, "现状评估", True),
        (2, "项数", False),
    ]
    assert rows[0]["citation"]["quote"] == own.quote
    refused(drafts(home, "cite", fresh, "--json", "--section", "组织实施", "--clause", "1"))
    assert "已加入“组织实施" in changed(home, "cite", fresh, "--section", "组织实施", "--clause", "1")
    assert "本项目的落实情况为【待补：落实情况】" in drafts(home, "show", fresh).stdout
    for wrong in (("--clause", "2"), ("--clause", "9"), ("--clause", "1")):
        refused(drafts(home, "cite", fresh, "--section", "组织实施", *wrong))
    empty_basket(open_home(home))


def test_a_draft_is_deleted_only_when_that_is_meant(home: Path, fresh: str) -> None:
    """Without --yes nothing happens; with it the number is unknown from then on."""
    refused(drafts(home, "delete", fresh))
    assert fresh in drafts(home, "list").stdout
    assert "1 个版本" in changed(home, "delete", fresh[:10], "--yes")
    assert fresh not in drafts(home, "list").stdout
    refused(drafts(home, "show", fresh))


@pytest.mark.parametrize(
    "arguments",
    [
        ("add",),
        ("edit", "--section", "场地"),
        ("move", "--section", "场地"),
        ("remove",),
        ("remove", "--section", "没有这一节"),
        ("lock", "--section", ""),
        ("rewrite",),
        ("facts",),
        ("add", "--title", "场地落实"),
    ],
)
def test_what_is_missing_or_wrong_is_one_sentence(
    home: Path, number: str, arguments: tuple[str, ...]
) -> None:
    """It names what to write, or the sections there are."""
    refused(drafts(home, arguments[0], number, *arguments[1:]))
