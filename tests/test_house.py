"""The walls that no linter knows: imports at run time, sizes, loose ends, locked requirements."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TUI = ROOT / "tui"
MODULES = sorted(path.relative_to(ROOT) for path in TUI.rglob("*.py"))
MOST_LINES = 400
MOST_FUNCTION_LINES = 60


def dotted(path: Path) -> str:
    name = ".".join(path.with_suffix("").parts)
    return name.removesuffix(".__init__")


def outside_ui() -> list[str]:
    return [dotted(p) for p in MODULES if p.parts[1] != "ui" and p.name != "__main__.py"]


def test_nothing_but_ui_draws() -> None:
    code = (
        "import importlib, sys\n"
        f"for name in {outside_ui()!r}: importlib.import_module(name)\n"
        "sys.exit(' '.join(sorted({'textual', 'rich'} & set(sys.modules))) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("first", ["tui.cli", "tui.ui.run", "tui.client.client"])
def test_start_up_imports_are_lazy(first: str) -> None:
    """Nothing of the network stack or the keyring is loaded before the first frame."""
    heavy = {
        "httpx",
        "mattermostdriver",
        "keyring",
        "websockets",
        "requests",
        "markdown_it",
        "pygments.lexers",
    }
    code = f"import sys, {first}\nsys.exit(' '.join(sorted({heavy!r} & set(sys.modules))) or 0)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr


def test_modules_stay_readable() -> None:
    long = {str(p): n for p in MODULES if (n := len((ROOT / p).read_text().splitlines())) > MOST_LINES}
    assert long == {}


def test_functions_stay_readable() -> None:
    long = {}
    for path in MODULES:
        for node in ast.walk(ast.parse((ROOT / path).read_text())):
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > MOST_FUNCTION_LINES:
                    long[f"{path}:{node.name}"] = length
    assert long == {}


def test_every_module_says_what_it_is_for() -> None:
    silent = [str(p) for p in MODULES if not ast.get_docstring(ast.parse((ROOT / p).read_text()))]
    assert silent == []


def test_no_loose_ends() -> None:
    pattern = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b|NotImplementedError|unittest\.mock")
    loose = [str(p) for p in MODULES if pattern.search((ROOT / p).read_text())]
    assert loose == []


def catch_alls(path: Path) -> Iterator[ast.ExceptHandler]:
    for node in ast.walk(ast.parse((ROOT / path).read_text())):
        if isinstance(node, ast.ExceptHandler):
            kinds = {name.id for name in ast.walk(node.type or node) if isinstance(name, ast.Name)}
            if node.type is None or kinds & {"Exception", "BaseException"}:
                yield node


def test_catch_all_handlers_are_explained() -> None:
    """A catch-all stands only at task boundaries, each with its reason, unless it raises on."""
    bare = [
        f"{path}:{handler.lineno}"
        for path in MODULES
        for handler in catch_alls(path)
        if not any(isinstance(node, ast.Raise) for node in ast.walk(handler))
        and not re.search(r"BLE001\W+\w+", (ROOT / path).read_text().splitlines()[handler.lineno - 1])
    ]
    assert bare == []


def test_remote_text_never_meets_a_markup_parser() -> None:
    banned = re.compile(r"from_markup\(|Text\.from_ansi|markup=True|\.Markdown\(|open_links=True")
    found = [str(p) for p in MODULES if p.parts[1] == "ui" and banned.search((ROOT / p).read_text())]
    assert found == []


def test_requirements_are_locked_with_hashes() -> None:
    for name in ("run.txt", "dev.txt"):
        text = (ROOT / "requirements" / name).read_text()
        assert text.count("==") <= text.count("--hash=")
        assert "://" not in text
