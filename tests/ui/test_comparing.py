"""`cewen compare`: options in, files and tables out, one sentence for each mistake."""

import io
import json
from pathlib import Path

import openpyxl
import pytest
from rich.console import Console

from tests.comparisons import made
from ui import comparing
from ui.cli import app
from ui.usage import CallerMistake


@pytest.fixture(scope="module")
def home(tmp_path_factory):
    """A home of this module alone, with the shipped documents."""
    return tmp_path_factory.mktemp("home") / "cewen"


@pytest.fixture
def cewen(home, runner):
    """Runs `cewen compare …` over the shipped documents."""
    return lambda *words: runner.invoke(app, ["compare", *words, "--home", str(home)])


def test_a_topic_over_two_places(cewen):
    """The terminal shows status, words, clause, relation and differences."""
    shown = cewen("综合体建筑面积下限", "--cities", "重庆,国家", "--as-of", "2026-01-01").stdout
    assert "重庆市：有规定·已核｜“一般不应小于600平方米”；“有条件的不宜小于800平方米”。" in shown
    assert "渝发改规范〔2024〕10号附件1 二、（一）1" in shown
    assert "相对国家：重庆市：国家未规定（国家文件没有数值）" in shown


def test_json_and_files_at_once(cewen, tmp_path):
    """One line of JSON; each file is whole and none is left beside it."""
    files = [tmp_path / name for name in ("a.md", "a.csv", "a.xlsx")]
    flags = [
        word
        for flag, file in zip(("--md", "--csv", "--xlsx"), files, strict=True)
        for word in (flag, str(file))
    ]
    result = cewen("消防", "--cities", "杭州", "--cities", "国家", *flags, "--json")
    assert result.exit_code == 0
    record = json.loads(result.stdout.splitlines()[-1])
    assert [column["label"] for column in record["columns"]] == ["国家", "杭州市"]
    assert sorted(tmp_path.iterdir()) == sorted(files)
    assert openpyxl.load_workbook(io.BytesIO(files[2].read_bytes())).sheetnames[0] == "矩阵"


def test_documents_are_columns(cewen):
    """Named by 文号; the national text among them."""
    result = cewen(
        "消防", "--documents", "国办函〔2023〕121号", "--documents", "杭政办函〔2024〕11号", "--json"
    )
    assert [column["label"] for column in json.loads(result.stdout)["columns"]] == ["国家", "杭州市"]


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("消防", "--cities", "火星"), "不认识“火星”"),
        (("消防", "--cities", "成都,北京"), "库中没有成都市的文件"),
        (("消防", "--cities", "北京"), "至少要有两个地区"),
        (("消防", "--cities", "北京,北京"), "北京市写了多次"),
        (("消防", "--cities", "，"), "没有写地区"),
        (("",), "主题不能为空"),
        (tuple(f"主题{number}" for number in range(200)), "一次最多比对 100 个主题，现有 200 个"),
        (("消防", "--documents", "没有的办法"), "没有的办法"),
        (("消防", "--xlsx", "-"), "不能写到标准输出"),
        (("消防", "--md", "-", "--json"), "只能写一种结果"),
        (("消防", "--md", "没有的文件夹/a.md"), "写不了"),
        (("消防", "--as-of", "昨天"), "2026-01-31"),
    ],
)
def test_a_mistake_is_one_sentence(cewen, home, words, sentence):
    """On standard error, exit code 2, and nothing is changed."""
    result = cewen(*words)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
    assert result.stdout == ""
    assert not list(home.glob("logs/*.txt"))


def test_a_topic_found_nowhere_is_a_table_of_silence(cewen):
    """And a note; not an error."""
    result = cewen("火箭发射许可", "--cities", "北京,杭州")
    assert result.exit_code == 0
    assert result.stdout.count("未检出规定") == 2
    assert "都没有检出的主题：火箭发射许可" in result.stdout


def test_an_existing_file_survives_a_failed_write(tmp_path, monkeypatch):
    """The new one is written beside it and moved."""
    kept = tmp_path / "a.md"
    kept.write_text("旧", "utf-8")

    def refuse(self: Path, _: object) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(CallerMistake, match="写不了"):
        list(comparing.write(made(), comparing.checked_outputs(kept, None, None, None, as_json=False)))
    assert kept.read_text("utf-8") == "旧"
    assert list(tmp_path.iterdir()) == [kept]


def test_text_of_documents_cannot_drive_the_terminal():
    """A line feed in a quote stays inside its line."""
    out = io.StringIO()
    comparing.print_comparison(Console(file=out, markup=False, soft_wrap=True), made())
    assert "=1+1 <b>|不得|</b> 第二行" in out.getvalue()
