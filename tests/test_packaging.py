"""What is shipped is complete: a wheel installed elsewhere answers with its own corpus."""

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from eval.code_tree import code_tree_hash
from indexing.documents import read_document
from tests.test_layers import PACKAGES, imports_of, our_files

ROOT = Path(__file__).resolve().parent.parent
NOT_SHIPPED = {"tests", "build", "dist", "docs"}


def project() -> dict[str, Any]:
    """Our pyproject.toml."""
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))


def manifest() -> list[dict[str, str]]:
    """The entries of the corpus manifest: file, source, sha256, jurisdiction."""
    return tomllib.loads((ROOT / "corpus" / "manifest.toml").read_text(encoding="utf-8"))["document"]


def our_packages() -> list[str]:
    """Dotted names of every package in the tree that users need, sorted."""
    return sorted(
        ".".join(path.parent.relative_to(ROOT).parts)
        for path in ROOT.rglob("__init__.py")
        if not path.relative_to(ROOT).parts[0].startswith(".")
        and path.relative_to(ROOT).parts[0] not in NOT_SHIPPED
    )


def run(*command: str | Path, cwd: Path, **environment: str) -> str:
    """Standard output of a command that must succeed."""
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env={**os.environ, **environment},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy so that the working tree stays clean."""
    source = tmp_path_factory.mktemp("source") / "tree"
    source.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    for package in {name.partition(".")[0] for name in our_packages()}:
        shutil.copytree(ROOT / package, source / package)
    into = tmp_path_factory.mktemp("wheel")
    run(
        *(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-index", "--no-deps"),
        *("--no-build-isolation", "--wheel-dir", into, source),
        cwd=into,
    )
    return next(into.glob("cewen-*.whl"))


@pytest.fixture(scope="module")
def site(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder into which the wheel was installed, away from the working tree."""
    into = tmp_path_factory.mktemp("elsewhere") / "site"
    run(
        *(
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--no-index",
            "--no-deps",
            "--target",
            into,
            wheel,
        ),
        cwd=into.parent,
    )
    return into


def test_every_package_is_listed() -> None:
    """A package missing from pyproject would work here and be absent for whoever installs."""
    assert sorted(project()["tool"]["setuptools"]["packages"]) == our_packages()


def test_every_library_imported_is_required() -> None:
    """Nothing works only because some other package happened to bring a library along."""
    required = {
        canonicalize_name(Requirement(line).name)
        for line in [
            *project()["project"]["dependencies"],
            *project()["project"]["optional-dependencies"]["eval"],
            *project()["project"]["optional-dependencies"]["train"],
        ]
    }
    trained_with = {"gensim": ["gensim"], "pypinyin": ["pypinyin"]}  # training only; need not be installed
    providers = packages_distributions() | trained_with
    missing = {
        f"{file}:{statement.line} imports {statement.module}"
        for file in our_files()
        if not file.startswith("tests/")
        for statement in imports_of(file)
        if statement.package not in {*PACKAGES, *sys.stdlib_module_names}
        and not {canonicalize_name(name) for name in providers.get(statement.package, [])} & required
    }
    assert missing == set()


def test_the_manifest_names_each_document_with_its_hash() -> None:
    """The shipped texts are, byte for byte, those the manifest describes; none is unnamed."""
    folder = ROOT / "corpus" / "documents"
    stated = {entry["file"]: entry["sha256"] for entry in manifest()}
    found = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}
    assert found == stated


@pytest.mark.parametrize("entry", manifest(), ids=lambda entry: entry["file"][:3])
def test_the_jurisdiction_read_is_the_one_expected(entry: dict[str, str]) -> None:
    """The manifest's jurisdiction was given by a reader; the parser finds it in the text alone."""
    data = (ROOT / "corpus" / "documents" / entry["file"]).read_bytes()
    metadata = read_document(data, entry["file"]).document.metadata
    assert metadata.jurisdiction == entry["jurisdiction"]
    assert metadata.document_number is not None
    assert metadata.document_number.replace(" ", "") in entry["source"]


def test_a_wheel_holds_code_and_data(wheel: Path) -> None:
    """Modules and every data file of ours are in the wheel; nothing that only a checkout needs."""
    names = set(zipfile.ZipFile(wheel).namelist())
    shipped = {
        path.relative_to(ROOT).as_posix()
        for package in {name.partition(".")[0] for name in our_packages()}
        for path in (ROOT / package).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.name != ".gitkeep"
    }
    assert {entry["file"] for entry in manifest()} <= {Path(name).name for name in names}
    assert sorted(shipped - names) == []
    assert [name for name in names if name.startswith("tests/") or name.endswith(".pyc")] == []


def test_a_wheel_carries_the_licence(wheel: Path) -> None:
    """MIT asks that its text goes with every copy."""
    archive = zipfile.ZipFile(wheel)
    licence = next(name for name in archive.namelist() if name.endswith("licenses/LICENSE"))
    assert archive.read(licence) == (ROOT / "LICENSE").read_bytes()


def test_a_wheel_installed_elsewhere_evaluates_itself(site: Path, tmp_path: Path) -> None:
    """`cewen` finds `eval` through its entry point; gold is on board, and the code hash is the checkout's."""
    environment = {"PYTHONPATH": str(site), "CEWEN_HOME": str(tmp_path / "home")}
    command = (sys.executable, "-m", "ui.cli", "eval", "--only", "deadline", "--json")
    report = json.loads(run(*command, cwd=tmp_path, **environment))
    assert report["cases"] > 0
    assert report["parse"]["exact"] == report["parse"]["expected"] > 300
    assert report["code"] == code_tree_hash(ROOT)


def test_a_wheel_installed_elsewhere_answers(site: Path, tmp_path: Path) -> None:
    """From another folder, with a new home and no checkout, a question is answered with its clause."""
    question = "北京市对社区嵌入式服务设施项目补助多少？"
    environment = {"PYTHONPATH": str(site), "CEWEN_HOME": str(tmp_path / "home")}
    where = run(
        sys.executable,
        "-c",
        "import ui, corpus; print(ui.__file__, corpus.__file__)",
        cwd=tmp_path,
        **environment,
    )
    assert all(Path(file).is_relative_to(site) for file in where.split())
    printed = run(sys.executable, "-m", "ui.cli", "ask", question, "--json", cwd=tmp_path, **environment)
    answer = json.loads(printed)
    assert answer["status"] == "ANSWERED"
    cited = {
        (citation["doc_id"], citation["path"].partition("/")[0])
        for statement in answer["statements"]
        for citation in statement["citations"]
    }
    assert ("京发改规[2025]1号", "第二十三条") in cited
