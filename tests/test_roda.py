"""The wheel: the same source gives the same bytes, whoever builds it and wherever; it says what it is delivered with."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from importlib import metadata
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest

from alat import sbom

ROOT = Path(__file__).parent.parent
NEEDED = ("kinerja_xl", "samples", "docs", "alat")
FILES = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE")
BUILD = "import os, sys; os.umask(int(sys.argv[2], 8)); from setuptools import build_meta; build_meta.build_wheel(sys.argv[1])"
HASH = "0f" * 32


def _too_old() -> bool:
    try:
        return int(metadata.version("setuptools").partition(".")[0]) < 77
    except metadata.PackageNotFoundError:
        return True


def build(at: Path, *, umask: str, born: int) -> Path:
    """Build in a copy of the source whose files have other rights and another age."""
    source = at / "sumber"
    for name in NEEDED:
        copytree(ROOT / name, source / name, ignore=ignore_patterns("__pycache__", "hasil", "formulir"))
    for name in FILES:
        (source / name).write_bytes((ROOT / name).read_bytes())
    for path in source.rglob("*"):
        if path.is_file():
            path.chmod(0o666 & ~int(umask, 8))
        os.utime(path, (born, born))
    env = {**os.environ, "SOURCE_DATE_EPOCH": "1735689600", "PYTHONHASHSEED": str(born % 1000)}
    done = subprocess.run([sys.executable, "-c", BUILD, str(at), umask], cwd=source, env=env, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-2000:]
    (wheel,) = at.glob("*.whl")
    return wheel


@pytest.mark.skipif(_too_old(), reason="setuptools 77 tidak terpasang; pembuat paket harus diambil dari luar")
def test_built_twice_it_is_the_same_byte_for_byte(tmp_path: Path):
    first = build(tmp_path / "satu", umask="022", born=1_600_000_000)
    second = build(tmp_path / "tempat" / "lain", umask="077", born=1_700_000_001)
    assert first.name == second.name
    assert first.read_bytes() == second.read_bytes()
    with zipfile.ZipFile(first) as wheel:
        (listed,) = (name for name in wheel.namelist() if name.endswith(".dist-info/sboms/kinerja-xl.cdx.json"))
        assert wheel.read(listed).decode() == sbom.current()
        assert not [name for name in wheel.namelist() if name.startswith("alat/")]


def test_the_list_names_all_that_is_locked_and_all_that_we_ask_for():
    document = json.loads(sbom.current())
    listed = {part["name"]: part for part in document["components"]}
    assert {"click", "openpyxl", "pandas", "lxml", "docxtpl", "matplotlib"} <= set(listed)
    assert len({part["bom-ref"] for part in document["components"]}) == len(document["components"])
    lock = sbom.LOCK.read_text(encoding="utf-8")
    assert lock.count("--hash=sha256:") == sum(len(part["hashes"]) for part in document["components"])
    assert not {"timestamp", "serialNumber"} & {*document, *document["metadata"]}  # no clock, no chance


def test_a_part_is_read_with_its_marker_and_all_its_hashes():
    first = f"# note\nJinja2==3.1.6 \\\n    --hash=sha256:{HASH} \\\n    --hash=sha256:{HASH[::-1]}\n"
    lock = first + f"a_b==1 ; sys_platform == 'win32' \\\n    --hash=sha256:{HASH}\n    # via x\n"
    one, two = sbom.components(lock)
    assert (one["purl"], [h["content"] for h in one["hashes"]]) == ("pkg:pypi/jinja2@3.1.6", [HASH, HASH[::-1]])
    assert (two["name"], two["version"], two["properties"][0]["value"]) == ("a-b", "1", "sys_platform == 'win32'")


UNPINNED = ("click>=8\n", "click==8.1.0\n", "click==8.1.0 --hash=md5:00\n", f"./luar --hash=sha256:{HASH}\n")


@pytest.mark.parametrize("line", UNPINNED)
def test_what_is_not_pinned_is_refused(line: str):
    with pytest.raises(ValueError, match="not pinned"):
        list(sbom.components(line))
