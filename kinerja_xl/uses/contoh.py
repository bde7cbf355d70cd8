"""``contoh``: the sample office and the guide, which come with the program, as a folder to try things in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from kinerja_xl.office.folder import FORMULIR, HASIL, InputError, is_file, listed, read_bytes
from kinerja_xl.office.place import typed
from kinerja_xl.writing.output import FileSet, save

CLEAN, FAULTY = "wasuponda-2025", "bermasalah"
"""The sample offices, by their folder."""
GUIDE, PRINTED = Path("panduan"), "Panduan.pdf"
_PACKAGE = Path(__file__).parents[1]
_OURS = frozenset({FORMULIR, HASIL})
"""What a trial may have left in a checkout; it is no part of the sample."""
_GUIDE = ("*.md", "Panduan.*", "gambar/*.png")
"""The pages of the guide, the same as a book to print, its pictures."""
_HOUSE = "arsitektur.md"
"""A page for developers, whose links lead to the code."""


def carried() -> tuple[Path, Path]:
    """Where the sample offices and the pages of the guide are: inside an installed package (setup.py puts them there),
    else beside the package in a checkout."""
    inside = _PACKAGE / "contoh"
    return (inside, inside / GUIDE) if inside.is_dir() else (_PACKAGE.parent / "samples", _PACKAGE.parent / "docs")


def copy_sample(folder: Path, *, faulty: bool = False) -> Iterator[str]:
    """Copy a sample office and the guide into a folder that is not there yet, or empty; yields what was done.

    A copy that was stopped is taken up. Raises InputError where the folder holds anything else or the program came without its
    samples, and OutputError.
    """
    samples, guide = carried()
    office = samples / (FAULTY if faulty else CLEAN)
    own = ((path, path.relative_to(office)) for path in sorted(office.rglob("*")) if path.is_file())
    files = [(path, place) for path, place in own if place.parts[0] not in _OURS]
    found = (path for pattern in _GUIDE for path in sorted(guide.glob(pattern)) if path.name != _HOUSE)
    pages = [(path, GUIDE / path.relative_to(guide)) for path in found]
    if not files:
        raise InputError("Kantor contoh tidak ikut terpasang bersama program ini; pasang ulang dari paket yang lengkap.")
    wanted = {target: _data(source) for source, target in (*files, *pages)}
    if is_file(folder) or (listed(folder) and not _is_begun(folder, wanted)):
        raise InputError(f"{folder} sudah ada dan berisi; sebutkan nama folder lain untuk kantor contoh.")
    made = FileSet(save)  # their names are what the guide speaks of
    for target, data in wanted.items():
        made.put(folder / target, data)
    made.end()
    yield f"Ditulis: {folder} ({len(files)} berkas kantor contoh); panduannya {folder / GUIDE / PRINTED}"
    yield f"Cobalah: kinerja-xl rekap {typed(folder)}"


def _data(source: Path) -> bytes:
    data, trouble = read_bytes(source)
    if trouble:
        raise InputError(f"{source} tidak dapat disalin.", (trouble,))
    return data


def _is_begun(folder: Path, wanted: Mapping[Path, bytes]) -> bool:
    """Whether what stands there is part of this very copy, and no more than that."""
    there = [path for path in sorted(folder.rglob("*")) if is_file(path) and not path.name.startswith(".")]
    return len(there) < len(wanted) and all(wanted.get(path.relative_to(folder)) == _data(path) for path in there)
