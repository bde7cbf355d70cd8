"""Ten honest offices: the sample office as other people would have filled it in. Nothing above an info is said of any."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.office.kantor import Office, build_office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.package import patch
from kinerja_xl.package.patch import CellValue
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.formats import format_date
from kinerja_xl.sheets.rab import jumlah_value
from kinerja_xl.sheets.tor import COSTS, SHORT_KIND, SHORT_OPTIONAL
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form import form_name, kantor_book, unit_book
from samples.bangun import ROOT
from samples.isi import kantor_content, unit_content
from tests.kantor_uji import edit

SAMPLE = ROOT / "samples/wasuponda-2025"
Change = Callable[[Path], None]


@cache
def office() -> Office:
    return build_office(kantor_content())


def _write(folder: Path, kode: str, content: BookContent) -> None:
    unit = office().unit(kode)
    assert unit
    (folder / "masuk" / form_name(office(), unit)).write_bytes(unit_book(content, office(), unit))


def _rows(content: BookContent, table: str, rows: Iterable[Row]) -> BookContent:
    kept = tuple(rows)
    sheets = (replace(s, tables={k: kept if k == table else v for k, v in s.tables.items()}) for s in content.sheets)
    return replace(content, sheets=tuple(sheets))


def _with(row: Row, **values: object) -> Row:
    return replace(row, values={**row.values, **values})


def _retype(folder: Path, kode: str, change: Callable[[str, Row], dict[str, CellValue]], *tables: str) -> None:
    """Raw cells of a unit's finished file; ``change`` gives new contents by column key."""
    unit = office().unit(kode)
    assert unit
    path = folder / "masuk" / form_name(office(), unit)
    content = read_submission(path.read_bytes(), path.name, office_listings(office()), office()).content
    assert content
    rows = [(key, row) for s in content.sheets for key, found in s.tables.items() for row in found]
    rows += [(key, row) for s in content.sheets for key, row in s.forms.items()]
    cells = {
        (row.sheet, row.cell(column)): value
        for key, row in rows
        if key in tables
        for column, value in change(key, row).items()
        if row.get(column) is not None
    }
    assert cells
    path.write_bytes(patch(path.read_bytes(), cells))


def other_order(folder: Path) -> None:
    """Rows of RAB and Indikator the other way round."""
    content = unit_content("pmd")
    turned = _rows(_rows(content, "rab", reversed(content.rows("rab"))), "indikator", reversed(content.rows("indikator")))
    _write(folder, "pmd", turned)


def blank_options(folder: Path) -> None:
    """What nobody has to fill in is blank: Keterangan, Prakiraan Maju, the rows' price standard."""
    content = unit_content("pelayanan")
    empty = dict.fromkeys(("keterangan", "prakiraan_maju", "jenis_standar", "kode_standar", "spesifikasi"))
    rows = [_with(row, **empty) for row in content.rows("rab")]
    goals = [_with(row, keterangan=None, baseline=None) for row in content.rows("indikator")]
    _write(folder, "pelayanan", _rows(_rows(content, "rab", rows), "indikator", goals))


def blank_rows(folder: Path) -> None:
    """A blank row between any two sub kegiatan."""
    content, rows = unit_content("trantib"), list[Row]()
    for row in content.rows("rab"):
        if rows and rows[-1].get("kode_sub") != row.get("kode_sub"):
            rows.append(Row(values={}))
        rows.append(row)
    _write(folder, "trantib", _rows(content, "rab", rows))


def spellings(folder: Path) -> None:
    """Codes, dates, choices and employee numbers as people type them."""

    def typed(key: str, row: Row) -> dict[str, CellValue]:
        if key == "rab":
            return {"kode_sub": f" {row.text('kode_sub')} ", "jenis_belanja": row.text("jenis_belanja").upper()}
        start = row.get("tanggal_mulai")
        assert isinstance(start, date)
        return {"tanggal_mulai": format_date(start), "kode_sub": row.text("kode_sub") + ".", "sifat": row.text("sifat").lower()}

    _retype(folder, "umum", typed, "rab", "tor")


def synonyms(folder: Path) -> None:
    """Units of measure by their other names."""
    names = {"Orang/Hari": "OH", "Orang/Kali": "org/kali", "Orang": "org", "Buah": "bh", "Lembar": "lbr", "Liter": "ltr"}
    _retype(folder, "trantib", lambda _, row: {k: names.get(row.text(k), row.text(k)) for k in ("satuan", "sat_1")}, "rab")


def new_chief(folder: Path) -> None:
    """The chief of a unit changed before the forms were filled in: the old one's time ends, the new one's begins, all say so."""
    kantor = kantor_content()
    rows = list(kantor.rows("pejabat"))
    at = next(i for i, row in enumerate(rows) if row.get("jabatan_kode") == "pelayanan")
    new = _with(rows[at], nama="Andi Sulolipu, S.Sos.", nip="198507072010011007", mulai=date(2024, 9, 2))
    rows[at] = _with(rows[at], sampai=date(2024, 9, 1))
    (folder / "Kantor.xlsx").write_bytes(kantor_book(_rows(kantor, "pejabat", [*rows, new])))
    content = unit_content("pelayanan")
    content = edit(content, "identitas", 0, kepala_nama=new.get("nama"), kepala_nip=new.get("nip"))
    content = edit(content, "pk", 0, pertama_nama=new.get("nama"))
    for index, _ in enumerate(content.all("tor")):
        content = edit(content, "tor", 0, index, penanda_tangan=new.get("nama"), penanda_nip=new.get("nip"))
    _write(folder, "pelayanan", content)


def _costs(content: BookContent) -> BookContent:
    """Section VI of every TOR and the PK's amounts as the RAB now adds up."""
    rab, totals = content.rows("rab"), dict[str, Decimal]()
    for index, sheet in enumerate(content.all("tor")):
        sub, costs = sheet.forms["tor"].get("kode_sub"), dict[str, Decimal]()
        for row in rab:
            if row.get("kode_sub") == sub:
                key = COSTS[{"Belanja Pegawai": "5.1.01", "Belanja Modal": "5.2"}.get(row.text("jenis_belanja"), "5.1.02")]
                costs[key] = costs.get(key, Decimal(0)) + (jumlah_value(row.values) or 0)
        content, totals[str(sub)] = edit(content, "tor", 0, index, **costs), sum(costs.values(), Decimal(0))
    money = [_with(row, anggaran=totals[row.text("kode")]) for row in content.rows("pk_anggaran")]
    return _rows(content, "pk_anggaran", money)


def with_ppn(folder: Path) -> None:
    """A price without tax, the tax beside it, and everything that follows from it."""
    content = unit_content("pmd")
    first, *rest = content.rows("rab")
    taxed = _with(first, ppn=Decimal(11_000))
    kantor = kantor_content()
    pagu = [_with(row, pagu=Decimal(str(row.get("pagu"))) + 500_000) for row in kantor.rows("pagu")]
    (folder / "Kantor.xlsx").write_bytes(kantor_book(_rows(kantor, "pagu", pagu)))
    _write(folder, "pmd", _costs(_rows(content, "rab", [taxed, *rest])))


def supported_modal(folder: Path) -> None:
    """Belanja modal without a specification, but with an offer, a picture and a specification attached to its TOR."""
    content = unit_content("umum")
    rows = [_with(row, spesifikasi=None) if row.get("jenis_belanja") == "Belanja Modal" else row for row in content.rows("rab")]
    assert rows != list(content.rows("rab"))
    _write(folder, "umum", _rows(content, "rab", rows))


def one_sub_kegiatan(folder: Path) -> None:
    """A unit that proposes a single sub kegiatan."""
    content, sub = unit_content("pmd"), "7.01.03.2.01.0003"
    content = replace(
        content, sheets=tuple(s for s in content.sheets if s.key != "tor" or s.forms["tor"].get("kode_sub") == sub)
    )
    goals = [row for row in content.rows("indikator") if row.get("level") != "Output" or row.get("kode") == sub]
    content = _rows(_rows(content, "indikator", goals), "rab", [row for row in content.rows("rab") if row.get("kode_sub") == sub])
    names = {row.get("nama") for row in goals}
    content = _rows(content, "pk_kinerja", [row for row in content.rows("pk_kinerja") if row.get("indikator") in names])
    _write(folder, "pmd", _rows(content, "pk_anggaran", [row for row in content.rows("pk_anggaran") if row.get("kode") == sub]))


def short_salaries(folder: Path) -> None:
    """Salaries and bills with as little in their TOR as the short one asks for."""
    content = unit_content("umum")
    tors = [sheet.forms["tor"].get("sifat") for sheet in content.all("tor")]
    assert SHORT_KIND in tors
    for index in (i for i, kind in enumerate(tors) if kind == SHORT_KIND):
        content = edit(content, "tor", 0, index, **dict.fromkeys(SHORT_OPTIONAL))
    _write(folder, "umum", content)


VARIANTS: tuple[Change, ...] = (
    other_order, blank_options, blank_rows, spellings, synonyms, new_chief, with_ppn, supported_modal, one_sub_kegiatan,
    short_salaries,
)  # fmt: skip


@pytest.mark.parametrize("change", VARIANTS, ids=[change.__name__ for change in VARIANTS])
def test_an_honest_office_raises_nothing_above_info(change: Change, tmp_path: Path):
    folder = tmp_path / "kantor"
    shutil.copytree(SAMPLE / "masuk", folder / "masuk")
    shutil.copy(SAMPLE / "Kantor.xlsx", folder)
    change(folder)
    found = rekap(folder).findings
    assert {(f.code, f.file, f.sheet, f.cell) for f in found if f.severity is not Severity.INFO} == set()
