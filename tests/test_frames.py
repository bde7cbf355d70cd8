"""The consolidated tables: exact columns, the three non-values apart, and the sums of the recap taken from them."""

from __future__ import annotations

import random
import subprocess
import sys
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from kinerja_xl import frames
from kinerja_xl.frames import ledger as ledger_room
from kinerja_xl.frames.ledger import Added, added, ledger
from kinerja_xl.frames.tables import PLACE, Checked, consolidated, plain, series
from kinerja_xl.reckoning import Sum, summed
from kinerja_xl.reckoning.recap import ledger as recap_ledger
from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import Lack, Row
from kinerja_xl.sheets.model import Column, Table
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.uses.year import Year
from tests import recap_contoh
from tests.kantor_uji import FILES, Folder
from tests.rumah import ROOT

D = Decimal


def test_rupiah_are_int64_and_decimals_stay_what_they_are():
    assert str(series(kinds.rupiah(), [D(10), None, D("12E+3")]).dtype) == "Int64"
    odd = series(kinds.rupiah(), [D(10), D("0.1")])
    assert (odd.dtype, odd.tolist()) == (object, [D(10), D("0.1")])
    assert series(kinds.angka(), [D("0.1"), None, D("0.2")]).tolist() == [D("0.1"), None, D("0.2")]
    huge = series(kinds.rupiah(), [D(2) ** 62, D(2) ** 62])
    assert sum(huge.tolist()) == 2**63
    assert str(series(kinds.tanggal(), [date(2025, 1, 2), None]).dtype) == "datetime64[s]"
    assert str(series(kinds.pilihan("ya_tidak"), ["Ya", None]).dtype) == "category"


def test_a_table_says_where_its_rows_stood(tmp_path: Path):
    year = Year(Folder().write(tmp_path / "kantor"))
    (rab,) = (table for table in year.tables if table.block.key == "rab")
    assert tuple(rab.frame.columns[: len(PLACE)]) == PLACE
    assert [(one["berkas"], one["lembar"], one["baris"]) for one in plain(rab.frame)] == [
        (one.file, one.row.sheet, one.row.row) for one in rab.rows
    ]
    assert set(rab.frame["berkas"]) == set(FILES.values()) and set(rab.frame["kantor"]) == {year.office.nama}
    for column in rab.block.columns:
        want = [one.row.values.get(column.key) for one in rab.rows]
        assert [row[column.key] for row in plain(rab.frame)] == want, column.key


def test_the_three_nonvalues_stay_apart():
    columns = tuple(Column(key=key, label=key, kind=kinds.angka()) for key in ("a", "b", "c", "d"))
    table = Table(key="uji", title="", columns=columns)
    old = replace(table, columns=columns[:3])
    row = Row(values={"a": None, "b": None, "c": D(0), "d": None}, row=7, sheet="S", places={k: f"{k}7" for k in "abcd"})
    before = replace(row, row=8, values={"a": D(1)}, places={k: f"{k}8" for k in "abc"})
    rows = [
        Checked(block=table, row=row, file="f", unit="u", reported=frozenset({("S", "b7")}), excused=frozenset("d")),
        Checked(block=old, row=before, file="f", unit="u", reported=frozenset()),
    ]
    (made,) = consolidated(rows)
    assert [(n["baris"], n["kolom"], n["sebab"]) for n in plain(made.lacks())] == [
        (7, "a", Lack.BELUM), (7, "b", Lack.TIDAK_DAPAT), (7, "d", Lack.TIDAK_BERLAKU),
        (8, "b", Lack.BELUM), (8, "c", Lack.BELUM), (8, "d", Lack.TIDAK_BERLAKU),
    ]  # fmt: skip


@pytest.mark.parametrize(("value", "codes"), [("0.1", []), ("-1", ["N408"]), ("9007199254740993", ["N408"]), (None, ["N401"])])
def test_bounds_are_judged_exactly(value: str | None, codes: list[str]):
    """2^53 + 1 is no float: a bound of 2^53 would let its neighbour pass."""
    column = Column(key="a", label="a", kind=kinds.angka(0, 2**53), required=True)
    row = Row(values={"a": value and D(value)}, row=1, sheet="S", places={"a": "A1"})
    checked = Checked(block=Table(key="t", title="", columns=(column,)), row=row, file="f", unit="u", reported=frozenset())
    assert [f.code for f in frames.check_rows([checked], Listings(by_name={}))] == codes


@pytest.mark.parametrize("largest", [10**6, 10**15, 10**30])
def test_a_ledger_adds_up_exactly_with_unknown_apart(largest: int):
    chance = random.Random(largest)
    rows = [(chance.choice("abc"), chance.choice("xy"), chance.choice([None, chance.randint(-9, largest)])) for _ in range(500)]
    counted = [amount is not None and chance.random() < 0.7 for *_, amount in rows]
    made = ledger({"k": [r[0] for r in rows], "l": [r[1] for r in rows]}, [r[2] for r in rows], counted)
    found = added(made, "k", "l")
    assert list(found) == list(dict.fromkeys(row[:2] for row in rows))
    for key, got in found.items():
        mine = [(amount, counts) for (k, x, amount), counts in zip(rows, counted, strict=True) if (k, x) == key]
        held = summed(amount for amount, counts in mine if not counts)
        total, rows_counted = sum(amount for amount, counts in mine if counts), sum(counts for _, counts in mine)
        assert got == Added(total, held.amount, held.known, held.unknown, len(mine), rows_counted)
    assert added(made)[()] == Added(*(sum(parts) for parts in zip(*found.values(), strict=True)))
    assert added(ledger({"k": []}, [], []), "k") == {} and added(ledger({}, [], []))[()] == Added()


def test_what_is_not_known_never_counts():
    with pytest.raises(Exception, match="counted without an amount"):
        ledger({"k": ["a"]}, [None], [True])


def test_the_recap_s_ledger_is_the_sum_of_its_lines_by_every_group():
    recap = recap_contoh.hard()
    for keys, of in {
        ("unit",): lambda x: x.unit, ("unit", "kode_sub"): lambda x: (x.unit, x.kode_sub), ("jenis",): lambda x: x.jenis,
        ("berkas",): lambda x: x.file, ("rekening",): lambda x: x.row.text("kode_rekening"),
    }.items():  # fmt: skip
        for key, amount in recap.ledger.by(*keys).items():
            mine = [line for line in recap.lines if of(line) == key]
            assert amount.counted == sum(line.rupiah for line in mine if line.counted)
            assert amount.uncounted == summed(line.jumlah for line in mine if not line.counted)
            assert amount.all == summed(line.jumlah for line in mine)
    assert recap.ledger.by("unit")["tidak ada"].all == Sum()


# ---- no ornament: without them there is no recap ----


def test_the_sums_of_the_recap_are_those_of_the_frames(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = Folder().write(tmp_path / "kantor")
    before = rekap(folder)
    total, per_jenis = before.total_rab, before.per_jenis

    def twice(frame, *keys):  # noqa: ANN001, ANN002, ANN202
        return {key: found._replace(counted=2 * found.counted) for key, found in ledger_room.added(frame, *keys).items()}

    monkeypatch.setattr(recap_ledger, "added", twice)
    after = rekap(folder)
    assert total > 0 and after.total_rab == 2 * total
    assert [u.total_rab for u in after.units] == [2 * u.total_rab for u in before.units]
    assert after.per_jenis == {key: 2 * amount for key, amount in per_jenis.items()}
    assert [s.total for s in after.sources] == [2 * s.total for s in before.sources]
    assert sum(line.anggaran or 0 for line in after.rkt) == 2 * sum(line.anggaran or 0 for line in before.rkt)


@pytest.mark.parametrize("library", ["pandas", "pandera"])
def test_without_pandas_there_is_no_recap(library: str):
    code = f"import sys; sys.modules[{library!r}] = None\nimport kinerja_xl.uses.rekap"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert run.returncode == 1 and "ModuleNotFoundError" in run.stderr and library in run.stderr


def test_a_recap_loads_nothing_that_it_does_not_use():
    """What marks or fills somebody's book, the triwulan, the forms and the RKA are loaded by the verbs that need them."""
    others = ["package.marking", "package.notes", "checking.forensik", "checking.realisasi", "writing.form", "writing.shown.rka"]
    code = (
        "import sys; import kinerja_xl.face.cli.terminal, kinerja_xl.uses.rekap\n"
        f"print([m for m in {[f'kinerja_xl.{m}' for m in others] + ['openpyxl', 'docx']!r} if m in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
    assert (run.stdout.strip(), run.returncode) == ("[]", 0), run.stderr
