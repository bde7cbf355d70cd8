"""The layers of docs/arsitektur.md: imports point down, nothing goes in a circle, the command line starts light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = "kinerja_xl"

LAYERS = (
    {"findings"},
    {"sheets"},
    {"lists"},
    {"package"},
    {"office", "office_build", "logo", "listings", "prefill", "submission", "folder"},
    {"reading"},
    {"foreign"},
    {"checking", "reckoning", "writing"},
    {"filling", "adopt"},
    {"workbooks", "forms", "renew", "workflow", "plans", "locking", "comparing", "letters", "printing", "prefill_realisasi",
     "carried", "year_before", "returning", "rka_book",
     "measuring", "yearend", "reporting", "fillform", "foreign_use", "adopting"},
    {"terminal", "terminal_plan", "terminal_capaian", "terminal_isi", "terminal_baca", "terminal_harga", "cli_common",
     "cli_words", "verbs", "cli"},
)
"""From the bottom up, by the first name below the package. A new module has to find its place here."""

FREE = {"package"}
"""Knows nothing of the rest of the project."""


def modules() -> dict[str, Path]:
    """Every module by its dotted name."""
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


@cache
def imports(module: str, *, at_start: bool = False) -> frozenset[str]:
    """Modules of the project that a module imports; ``at_start``: only what importing it imports."""
    tree = ast.parse(MODULES[module].read_text(encoding="utf-8"))
    return frozenset(name for node in _statements(tree, at_start) for name in _targets(node, module)) - {module}


def _statements(node: ast.AST, at_start: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield child
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        if not (at_start and (inside or typing)):
            yield from _statements(child, at_start)


def _targets(node: ast.AST, module: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (_known(alias.name) for alias in node.names if alias.name.split(".")[0] == PACKAGE)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"{module}: relative import"
        if node.module and node.module.split(".")[0] == PACKAGE:
            yield from (_known(f"{node.module}.{alias.name}") for alias in node.names)


def _known(name: str) -> str:
    """``package.module.object`` → the module that holds the object."""
    while name not in MODULES:
        name = name.rpartition(".")[0]
        assert name, "an import of nothing"
    return name


def room(module: str) -> str:
    """``kinerja_xl.sheets.rab`` → ``sheets``; "" for the package itself."""
    return (module.split(".") + [""])[1]


def level(module: str) -> int:
    return next(i for i, layer in enumerate(LAYERS) if room(module) in layer)


def test_every_module_has_its_layer():
    rooms = {room(module) for module in MODULES} - {""}
    assert rooms == set().union(*LAYERS)


@pytest.mark.parametrize("module", [m for m in MODULES if room(m)])
def test_imports_point_down(module: str):
    """Rooms of one layer do not know each other, but for the loose modules of the office's and the workflow's layer."""
    loose = {name for layer in LAYERS for name in layer if (ROOT / PACKAGE / f"{name}.py").exists()} | {"verbs"}
    for other in imports(module):
        if not room(other):
            continue
        up = level(other) > level(module)
        across = level(other) == level(module) and room(other) != room(module)
        allowed = room(module) in loose or (room(module), room(other)) in NEIGHBOURS
        assert not up and (not across or allowed), f"{module} imports {other}"
        assert room(module) not in FREE or room(other) == room(module), f"{module} imports {other}"


NEIGHBOURS = {
    ("checking", "reckoning"),  # rules between units look at the recap's lines
    ("writing", "reckoning"),  # the recap workbook shows the recap
}


@pytest.mark.parametrize("at_start", [False, True])
def test_there_is_no_circle(at_start: bool):
    done: set[str] = set()
    path: list[str] = []

    def visit(module: str) -> None:
        assert module not in path, " → ".join([*path[path.index(module) :], module])
        if module in done:
            return
        path.append(module)
        for other in sorted(imports(module, at_start=at_start)):
            if not (other in module and MODULES[other].name == "__init__.py"):  # its own package
                visit(other)
        path.pop()
        done.add(module)

    for module in MODULES:
        visit(module)


HEAVY = ("pandas", "numpy", "pandera", "openpyxl", "xlsxwriter", "python_calamine", "defusedxml", "docx", "lxml")


def test_the_command_line_starts_light():
    """``--help`` answers at once: what is heavy is imported inside the verbs."""
    code = f"import sys, {PACKAGE}.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert (run.stdout.strip(), run.returncode) == ("[]", 0), run.stderr


def test_a_reader_library_is_asked_in_one_place():
    """``reading.cells`` alone asks a reader library for cells, ``writing`` alone writes, ``checking`` alone has pandas."""
    for module, path in MODULES.items():
        names = {
            name
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
            if not name.startswith("openpyxl.formula")  # splits a formula, reads no cell
        }
        top = {name.split(".")[0] for name in names}
        readers = {f"{PACKAGE}.reading.cells", f"{PACKAGE}.foreign.child"}  # the second: old formats, in a process of their own
        assert not top & {"python_calamine", "openpyxl"} or module in readers, module
        assert "xlsxwriter" not in top or room(module) == "writing", module
        assert not top & {"pandas", "pandera"} or room(module) == "checking", module
