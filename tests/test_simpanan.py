"""Readings that are kept: the same recap from them, never of a changed file, never from what is damaged or not ours."""

from __future__ import annotations

import pickle
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

import pytest

from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.reading import workbook
from kinerja_xl.uses import kept, year
from kinerja_xl.uses.kept import PLACE
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.shown.recap import write_recap
from tests.kantor_uji import FILES, Folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small office that counts as a large one, with a mistake in it."""
    monkeypatch.setattr(kept, "MANY", 2)
    return Folder().edit("pmd", "rab", 0, harga_satuan="mahal").write(tmp_path / "kantor")


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The files that were really read."""
    seen: list[str] = []
    real = workbook._read

    def read(data, file, accepted, lists):  # noqa: ANN001, ANN202
        seen.append(file)
        return real(data, file, accepted, lists)

    monkeypatch.setattr(workbook, "_read", read)
    monkeypatch.setattr("kinerja_xl.reading.intake.read_workbook", workbook.read_workbook)
    return seen


def entries(folder: Path) -> list[Path]:
    """What is kept of readings; what is kept of the rule book has tests of its own."""
    return sorted(path for path in (folder / PLACE).rglob("*") if path.is_file() and path.parent.name != "catatan")


def test_the_same_recap_from_kept_readings(folder: Path, reads: list[str]):
    first = write_recap(rekap(folder))
    assert sorted(name for name in reads if name in FILES.values()) == sorted(FILES.values())
    assert len(entries(folder)) == len(FILES)
    reads.clear()
    again = rekap(folder)
    assert [name for name in reads if name in FILES.values()] == []
    assert write_recap(again) == first


def test_a_reading_comes_back_as_it_was(folder: Path, reads: list[str]):
    before, after = Year(folder).received, Year(folder).received
    assert len([name for name in reads if name in FILES.values()]) == len(FILES)
    for one, other in zip(before, after, strict=True):
        assert one == other and [*map(dict, (row.places for row in one.rab))] == [*map(dict, (row.places for row in other.rab))]
        assert one.content.book is other.content.book


def test_a_changed_file_is_never_held_back(folder: Path, reads: list[str]):
    before = rekap(folder).total_rab
    Folder().write(folder.parent / "lain")
    own = folder / "masuk" / FILES["pmd"]
    own.write_bytes((folder.parent / "lain" / "masuk" / FILES["pmd"]).read_bytes())
    reads.clear()
    assert rekap(folder).total_rab > before
    assert [name for name in reads if name in FILES.values()] == [FILES["pmd"]]
    assert len(entries(folder)) == len(FILES)  # what nobody asks for any more is gone


@pytest.mark.parametrize("damage", [lambda data: data[:-1], lambda data: b"", lambda data: data[:40] + b"x" + data[41:]])
def test_a_damaged_reading_is_not_believed(folder: Path, reads: list[str], damage):  # noqa: ANN001
    first = write_recap(rekap(folder))
    for path in entries(folder):
        path.write_bytes(damage(path.read_bytes()))
    reads.clear()
    assert write_recap(rekap(folder)) == first
    assert len([name for name in reads if name in FILES.values()]) == len(FILES)


class Harmful:
    def __reduce__(self) -> tuple[object, ...]:
        return Path.touch, (Path("tersentuh"),)


def test_nothing_but_our_records_is_brought_back(folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(folder.parent)
    first = rekap(folder).total_rab
    data = pickle.dumps(Harmful())
    for path in entries(folder):
        path.write_bytes(sha256(path.name.encode() + data).digest() + data)
    reads.clear()
    assert rekap(folder).total_rab == first and not (folder.parent / "tersentuh").exists()
    assert len([name for name in reads if name in FILES.values()]) == len(FILES)


def test_another_version_of_the_program_reads_anew(folder: Path, reads: list[str], monkeypatch: pytest.MonkeyPatch):
    rekap(folder)
    reads.clear()
    monkeypatch.setattr(kept, "_program", lambda: b"lain")
    rekap(folder)
    assert len([name for name in reads if name in FILES.values()]) == len(FILES)


def test_other_lists_read_anew_and_a_small_office_keeps_nothing(tmp_path: Path):
    folder = Folder().write(tmp_path / "kantor")
    rekap(folder)
    assert not (folder / PLACE).exists()


def test_what_is_said_of_a_large_list_is_kept_with_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Its declared checks are not gone through again; a changed file, or a keeping that is damaged, has its own."""
    monkeypatch.setattr(kept, "LARGE", 1)
    folder = Folder().edit("kantor", "harga", 0, uraian="-", harga=Decimal("-5")).write(tmp_path / "kantor")
    judged: list[str] = []
    real = year._declared

    def declared(content, file, reading):  # noqa: ANN001, ANN202
        judged.append(file)
        return real(content, file, reading)

    monkeypatch.setattr(year, "_declared", declared)
    first, again = Year(folder).kantor.findings, Year(folder).kantor.findings
    assert again == first and len(judged) == 1
    assert {("N418", "Standar Harga"), ("N408", "Standar Harga")} <= {(f.code, f.sheet) for f in first}
    for path in entries(folder):
        path.write_bytes(path.read_bytes()[:-1])
    assert Year(folder).kantor.findings == first and len(judged) == 2
    (folder / KANTOR_FILE).write_bytes(Folder().write(tmp_path / "lain").joinpath(KANTOR_FILE).read_bytes())
    assert Year(folder).kantor.findings != first and len(judged) == 3
