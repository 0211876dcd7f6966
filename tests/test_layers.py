"""The arrows of docs/architecture.md, read from our own imports.

Data flows corpus → indexing → assistant → ui, prompts joins at assistant; imports point
back along it. Heavy libraries stay inside their adapters and load when first used.
"""

import ast
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("corpus", "prompts", "indexing", "assistant", "ui", "eval", "tests")

# Layer → what else of ours it may import. `eval` and `tests` stand outside and may import all.
ARROWS = {
    "corpus": set(),
    "prompts": set(),
    "indexing": {"corpus"},
    "assistant": {"corpus", "indexing", "prompts"},
    "ui": {"corpus", "indexing", "assistant"},
}

# Library → the files (or folders, ending in "/") that may name it.
ADAPTERS = {
    "faiss": ("indexing/dense.py",),
    "tantivy": ("indexing/lexical.py",),
    "gradio": (
        "ui/app.py",
        "ui/ask_tab.py",
        "ui/compare_tab.py",
        "ui/draft_parts.py",
        "ui/draft_showing.py",
        "ui/draft_tab.py",
        "ui/server.py",
    ),
    "jinja2": ("ui/pages.py",),
    "nh3": ("ui/pages.py",),
    "matplotlib": ("eval/plot.py",),
    "sentence_transformers": ("indexing/transformer.py", "indexing/cross_encoder.py", "indexing/training/"),
    "torch": ("indexing/transformer.py", "indexing/cross_encoder.py", "indexing/training/"),
    "transformers": ("indexing/torch_models.py",),
    "huggingface_hub": ("indexing/model_files.py",),
    "httpx": ("indexing/endpoint_client.py", "assistant/models/client.py"),
    "openai": ("assistant/models/client.py",),
    "openpyxl": ("assistant/facts/office.py", "assistant/facts/export.py", "assistant/export/"),
    "docx": ("assistant/facts/office.py", "assistant/export/"),
    "llama_index": ("assistant/llama.py", "assistant/models/client.py"),
}

# What else the command line must not load when it starts.
OTHERS = ("transformers", "sklearn", "pandas", "docx", "lxml", "openpyxl")

# What can only define itself with a library at hand (its classes derive from the library's): the
# page, and the adapter a llama-index user imports. Nothing of ours may import the adapter. What writes
# Word files is made of python-docx throughout; commands import it when they run, and
# tests/ui/test_end_to_end.py sees that a question loads none of it.
DEFINED_BY_A_LIBRARY = ("ui/", "assistant/llama.py", "assistant/export/")


@dataclass(frozen=True, slots=True)
class Import:
    """One import statement: the module named, its line, whether it runs at module import."""

    module: str
    line: int
    at_module_level: bool

    @property
    def package(self) -> str:
        """The outermost name: "llama_index" of "llama_index.core"."""
        return self.module.partition(".")[0]


def is_type_checking(test: ast.expr) -> bool:
    """Whether an `if` guards what only type checkers read."""
    return ast.unparse(test) in {"TYPE_CHECKING", "typing.TYPE_CHECKING"}


def imports_in(node: ast.AST, package: str, at_module_level: bool = True) -> Iterator[Import]:
    """Imports below `node`, in order; relative ones resolved against `package` ("indexing.readers")."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            for alias in child.names:
                yield Import(alias.name, child.lineno, at_module_level)
        elif isinstance(child, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - child.level + 1] if child.level else []
            yield Import(".".join([*above, child.module or ""]).strip("."), child.lineno, at_module_level)
        elif isinstance(child, ast.If) and is_type_checking(child.test):
            for statement in child.body:
                yield from imports_in(ast.Module([statement], []), package, False)
            for statement in child.orelse:
                yield from imports_in(ast.Module([statement], []), package, at_module_level)
        else:
            runs_later = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
            yield from imports_in(child, package, at_module_level and not runs_later)


def our_files() -> list[str]:
    """Our modules as "indexing/types.py", every package, sorted."""
    return sorted(
        path.relative_to(ROOT).as_posix() for package in PACKAGES for path in (ROOT / package).rglob("*.py")
    )


def imports_of(file: str) -> list[Import]:
    """Every import of one of our files."""
    source = (ROOT / file).read_text(encoding="utf-8")
    return list(imports_in(ast.parse(source), ".".join(Path(file).parent.parts)))


def names_in(file: str) -> set[str]:
    """Dotted names of all that a file imports: modules, and what it takes from them."""
    names = {statement.module for statement in imports_of(file)}
    for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def may_name(file: str, library: str) -> bool:
    """Whether `file` is, or lies in, a home of `library`."""
    return any(file.startswith(home) if home.endswith("/") else file == home for home in ADAPTERS[library])


def swallows(handler: ast.ExceptHandler) -> bool:
    """Whether a handler takes every exception and does nothing at all with it."""
    names = (
        {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)} if handler.type else set()
    )
    is_broad = handler.type is None or bool(names & {"Exception", "BaseException"})
    return is_broad and all(
        isinstance(statement, ast.Pass | ast.Continue)
        or (isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant))
        for statement in handler.body
    )


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import faiss", [("faiss", True)]),
        ("import torch.nn as nn, faiss", [("torch.nn", True), ("faiss", True)]),
        ("def f():\n    from gradio import Blocks", [("gradio", False)]),
        ("class A:\n    import faiss", [("faiss", True)]),
        ("class A:\n    def f(self):\n        import faiss", [("faiss", False)]),
        ("try:\n    import faiss\nexcept ImportError:\n    faiss = None", [("faiss", True)]),
        ("if TYPE_CHECKING:\n    import faiss", [("faiss", False)]),
        ("if TYPE_CHECKING:\n    pass\nelse:\n    import faiss", [("faiss", True)]),
        ("from . import types", [("indexing.readers", True)]),
        ("from ..types import Clause", [("indexing.types", True)]),
    ],
)
def test_the_reader_of_imports_sees_each_form(source: str, found: list[tuple[str, bool]]) -> None:
    """What the other tests here rest on: no form of import is overlooked."""
    read = imports_in(ast.parse(source), "indexing.readers")
    assert [(statement.module, statement.at_module_level) for statement in read] == found


def test_all_layers_are_read() -> None:
    """A renamed package cannot slip out of the tests below."""
    folders = {
        path.parent.name
        for path in ROOT.glob("*/__init__.py")
        if not path.parent.name.startswith(".") and path.parent.name != "build"
    }
    assert folders == set(PACKAGES)
    assert {file.partition("/")[0] for file in our_files()} == set(PACKAGES)


def test_imports_point_back_along_the_data() -> None:
    """A layer imports only what lies before it; prompts nothing of ours; nobody imports eval or tests."""
    against = [
        f"{file}:{statement.line} imports {statement.module}"
        for file in our_files()
        if (layer := file.partition("/")[0]) in ARROWS
        for statement in imports_of(file)
        if statement.package in PACKAGES and statement.package not in {layer, *ARROWS[layer]}
    ]
    assert against == []


def test_measurements_need_no_test() -> None:
    """eval/ is shipped and tests/ is not; a measurement must run wherever Cewen runs."""
    against = [
        f"{file}:{statement.line}"
        for file in our_files()
        if file.startswith("eval/")
        for statement in imports_of(file)
        if statement.package == "tests"
    ]
    assert against == []


@pytest.mark.parametrize("library", sorted(ADAPTERS))
def test_a_library_is_named_only_in_its_adapter(library: str) -> None:
    """So that it can be replaced, and its objects never travel between modules."""
    strangers = [
        f"{file}:{statement.line} imports {statement.module}"
        for file in our_files()
        if not file.startswith(("tests/", "eval/"))
        for statement in imports_of(file)
        if statement.package == library and not may_name(file, library)
    ]
    assert strangers == []


def test_heavy_libraries_load_when_first_used() -> None:
    """No heavy import runs at module import, but where a module cannot define itself otherwise."""
    eager = [
        f"{file}:{statement.line} imports {statement.module}"
        for file in our_files()
        if not file.startswith(("tests/", *DEFINED_BY_A_LIBRARY))
        for statement in imports_of(file)
        if statement.package in ADAPTERS and statement.at_module_level
    ]
    assert eager == []


def test_nothing_of_ours_imports_the_llama_index_adapter() -> None:
    """It is a doorway for others; importing it is what loads llama-index, so no path of ours may."""
    importing = [
        file for file in our_files() if not file.startswith("tests/") and "assistant.llama" in names_in(file)
    ]
    assert importing == []
    assert "assistant.llama" in names_in("tests/assistant/test_llama.py")  # the reader sees one that does


@pytest.mark.parametrize(
    ("handler", "expected"),
    [
        ("except Exception: pass", True),
        ("except: pass", True),
        ("except (OSError, Exception): ...", True),
        ("except BaseException:\n    'for now'", True),
        ("except Exception: raise", False),
        ("except OSError: pass", False),
        ("except Exception as exc: raise ValueError from exc", False),
    ],
)
def test_a_swallowing_handler_is_recognised(handler: str, expected: bool) -> None:
    """What the next test rests on."""
    tree = ast.parse(f"try:\n    f()\n{handler}\n")
    assert [swallows(node) for node in ast.walk(tree) if isinstance(node, ast.ExceptHandler)] == [expected]


def test_no_failure_is_swallowed() -> None:
    """`except Exception: pass` breaks the chain from answer to clause and hides the break."""
    hidden = [
        f"{file}:{node.lineno}"
        for file in our_files()
        for node in ast.walk(ast.parse((ROOT / file).read_text(encoding="utf-8")))
        if isinstance(node, ast.ExceptHandler) and swallows(node)
    ]
    assert hidden == []


def test_the_command_line_starts_without_heavy_libraries() -> None:
    """`cewen --help` and every command's start import none of them; `ask` must be quick when cold."""
    program = (
        "import json, sys, ui.cli; print(json.dumps(sorted({m.partition('.')[0] for m in sys.modules})))"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == 0, done.stderr
    assert set(json.loads(done.stdout)) & {*ADAPTERS, *OTHERS} == set()
