"""Readings that are kept: the same recap from them, never of a changed file, never from what is damaged or not ours."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.reading import workbook
from kinerja_xl.uses import kept, packed, year
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


def kept_files(folder: Path) -> list[Path]:
    """Where readings are kept; what is kept of the rule book has tests of its own."""
    return sorted(path for path in (folder / PLACE).rglob("*") if path.is_file() and path.parent.name != "catatan")


def entries(folder: Path) -> list[str]:
    return [name for path in kept_files(folder) for name in packed._listed(path)]


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


def every(data: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """A file of records with each of them changed, one of no record as long as one was."""
    parts = packed._entries(Path(), data).items()
    first = min(part.start for _, part in parts)
    return data[:first] + b"".join(change(name, data[part.start : part.start + part.size]) for name, part in parts)


DAMAGES = {
    "short": lambda data: data[:90],
    "torn": lambda data: data[: min(part.start for part in packed._entries(Path(), data).values()) + 40],
    "empty": lambda data: b"", "zeros": lambda data: bytes(len(data)), "no such count": lambda data: b"\xff" * 4 + data[4:],
    "other names": lambda data: data[:20] + b"x" * 9 + data[29:72] + b"x" * 9 + data[81:],
    "a letter in each": lambda data: every(data, lambda _, record: record[:50] + b"x" + record[51:]),
    "no name": lambda data: data[:4] + b"\xff" * 64 + data[68:],
    "names the other way round": lambda data: data[:4] + data[72:136] + data[68:72] + data[4:68] + data[136:],
    "old, a record a file": lambda data: data[200:],
}  # fmt: skip


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_reading_is_not_believed(folder: Path, reads: list[str], damage):  # noqa: ANN001
    first = write_recap(rekap(folder))
    for path in kept_files(folder):
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
    for path in kept_files(folder):
        names = [*packed._listed(path)]
        path.unlink()
        forged = packed.Packed(path.parent)
        for name in names:
            forged.put(name, data)
        forged.close()
    assert entries(folder)
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
    for path in kept_files(folder):
        path.write_bytes(every(path.read_bytes(), lambda _, record: record[:-1] + b"x"))
    assert Year(folder).kantor.findings == first and len(judged) == 2
    (folder / KANTOR_FILE).write_bytes(Folder().write(tmp_path / "lain").joinpath(KANTOR_FILE).read_bytes())
    assert Year(folder).kantor.findings != first and len(judged) == 3


# ---- many records in a few files -------------------------------------------------------------------------


def record(number: int) -> tuple[str, bytes]:
    return f"{number:064}", bytes([number % 256]) * 1000


def run(place: Path, numbers: Iterable[int]) -> list[int]:
    """One run that asks for these records and keeps those that are not there; which they were."""
    records, missing = packed.Packed(place), []
    for number in numbers:
        name, data = record(number)
        known = records.get(name)
        assert known in (None, data)
        if known is None:
            missing.append(number)
            records.put(name, data)
            assert records.get(name) == data
    records.close()
    return missing


def test_a_few_files_hold_what_is_asked_for_and_little_else(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed, "FULL", 20_000)
    assert run(tmp_path, range(100)) == [*range(100)]
    before = {path: path.read_bytes() for path in tmp_path.iterdir()}
    assert len(before) == 5 and run(tmp_path, range(100)) == []
    assert {path: path.read_bytes() for path in tmp_path.iterdir()} == before  # nothing is written where nothing is new
    for day in range(100, 300, 3):  # each day three others, mostly of those that stand together
        missing = run(tmp_path, range(day - 97, day + 3))
        assert missing == [day, day + 1, day + 2]
        held = [name for path in tmp_path.iterdir() for name in packed._listed(path)]
        assert len(held) == len(set(held)) < 200 and len([*tmp_path.iterdir()]) <= 12
    assert run(tmp_path, [5000]) == [5000] and len([*tmp_path.iterdir()]) == 1
    assert run(tmp_path, []) == [] and len([*tmp_path.iterdir()]) == 1  # who asks for nothing takes nothing away


def test_two_runs_at_once_lose_nothing_that_the_next_one_has_to_believe(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed, "FULL", 20_000)
    run(tmp_path, range(40))
    one, other = packed.Packed(tmp_path), packed.Packed(tmp_path)
    for both in (one, other):
        assert both.get(record(0)[0]) == record(0)[1]
    for number in (*range(20, 40), *range(50, 70)):
        for both in (one, other):
            if both.get(record(number)[0]) is None:
                both.put(*record(number))
    one.close()
    assert other.get(record(1)[0]) is None or other.get(record(1)[0]) == record(1)[1]
    other.close()
    assert set(run(tmp_path, range(70))) <= {*range(20), *range(40, 50)}
    assert run(tmp_path, range(70)) == []


def test_what_cannot_be_written_or_read_stops_nothing(tmp_path: Path):
    place = tmp_path / "berkas"
    place.write_bytes(b"")
    assert run(place, range(3)) == [0, 1, 2] == run(place, range(3))
    run(tmp_path / "ada", range(3))
    (tmp_path / "ada" / "folder").mkdir()
    assert run(tmp_path / "ada", range(3)) == []
    records = packed.Packed(tmp_path / "ada")
    assert records.get(record(0)[0])
    for path in kept_files_of(tmp_path / "ada"):
        path.unlink()
    assert run(tmp_path / "ada", range(3)) == [0, 1, 2]


def kept_files_of(place: Path) -> list[Path]:
    return [path for path in place.iterdir() if path.is_file()]
