"""The layers of docs/arsitektur.md: imports point down, nothing goes in a circle, the command line starts light."""

from __future__ import annotations

import ast
import subprocess
import sys
from statistics import median

import pytest

from tests.rumah import (
    EXCUSED,
    MODULES,
    PACKAGE,
    ROOT,
    SPELLED_ELSEWHERE,
    circles,
    functions,
    labels,
    lines,
    loose,
    nodes,
    room,
    rooms,
    sheets_in_formulas,
    spelled_outside,
    told_twice,
    upward,
)


def test_every_module_has_its_room():
    assert loose() == []
    assert {room(module) for module in MODULES} - {"", "__main__"} == set(rooms())


def test_imports_point_down():
    assert upward() == []


def test_the_ground_knows_nothing_of_the_project():
    ground = rooms()[:2]
    assert ground == ["formula", "package"]


@pytest.mark.parametrize("at_start", [False, True])
def test_there_is_no_circle(at_start: bool):
    assert circles(at_start=at_start) == []


def test_a_module_is_one_room_and_a_function_fits_a_screen():
    size = lines()
    assert {module: n for module, n in size.items() if n >= 400} == {}
    assert median(functions()) < 10


def test_months_numerals_and_quarters_are_spelled_in_one_room():
    assert spelled_outside() == []
    assert set(SPELLED_ELSEWHERE) <= set(MODULES) and all(SPELLED_ELSEWHERE.values())


def test_a_label_stands_in_its_declaration_alone():
    assert told_twice() == []
    assert sheets_in_formulas() == []


def test_the_measure_of_labels_sees_them():
    known = labels()
    assert len(known) > 250
    assert {"Jumlah Dihitung (Rp)", "Kode Sub Kegiatan", "Capaian Indikator", "Per Program"} <= known
    assert not EXCUSED.keys() & known


HEAVY = ("pandas", "numpy", "pandera", "openpyxl", "xlsxwriter", "python_calamine", "defusedxml", "docx", "lxml")


def test_the_command_line_starts_light():
    """``--help`` answers at once: what is heavy is imported inside the verbs."""
    code = f"import sys, {PACKAGE}.face.cli; print([m for m in {HEAVY!r} if m in sys.modules])"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert (run.stdout.strip(), run.returncode) == ("[]", 0), run.stderr


def test_a_reader_library_is_asked_in_one_place():
    """``reading.cells`` alone asks a reader library for cells, ``writing`` alone writes, ``frames`` alone has pandas."""
    for module in MODULES:
        names = {
            name
            for node in nodes(module)
            if isinstance(node, ast.Import | ast.ImportFrom)
            for name in ([node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names])
            if not name.startswith("openpyxl.formula")  # splits a formula, reads no cell
        }
        top = {name.split(".")[0] for name in names}
        apart = {f"{PACKAGE}.reading.old.{form}" for form in ("xls", "xls_formulas", "xlsb")}  # in a process apart
        readers = {f"{PACKAGE}.reading.cells"} | apart
        assert not top & {"python_calamine", "openpyxl", "xlrd"} or module in readers, module
        assert "xlsxwriter" not in top or room(module) == "writing", module
        assert not top & {"pandas", "pandera"} or room(module) == "frames", module
