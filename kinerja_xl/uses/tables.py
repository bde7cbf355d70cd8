"""What was read and reckoned as tables (pandas): for Python, and as files for other programs (``--data``)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields
from decimal import Decimal
from functools import partial
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.rule_book import checked_rows
from kinerja_xl.foreign.model import ForeignBook
from kinerja_xl.frames import Consolidated
from kinerja_xl.frames.export import csv_bytes, package, parquet_bytes
from kinerja_xl.frames.tables import Frame, consolidated, judged, records
from kinerja_xl.office.folder import KANTOR_FILE, InputError
from kinerja_xl.reckoning.capaian import Capaian
from kinerja_xl.reckoning.capaian import Year as Measured
from kinerja_xl.reckoning.recap import Entry, RabLine, Recap, RktLine, Source
from kinerja_xl.reckoning.recap.ledger import ancestors
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.output import Written, put


class Tables(Mapping[str, Frame]):
    """Tables by name, each also an attribute: ``tables.rab``. They are made when they are asked for."""

    def __init__(self, makers: Mapping[str, Callable[[], Frame]]) -> None:
        self._makers, self._made = makers, dict[str, Frame]()

    def __getitem__(self, key: str) -> Frame:
        if key not in self._made:
            self._made[key] = self._makers[key]()
        return self._made[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._makers)

    def __len__(self) -> int:
        return len(self._makers)

    def __getattr__(self, key: str) -> Frame:
        if key.startswith("_") or key not in self._makers:
            raise AttributeError(f"tidak ada tabel {key}; yang ada: {', '.join(self)}")
        return self[key]

    def __dir__(self) -> list[str]:
        return [*super().__dir__(), *self._makers]

    def __repr__(self) -> str:
        return f"<tabel: {', '.join(self)}>"

    def simpan(self, folder: Path | str, bentuk: str = "csv") -> list[Path]:
        """Write every table to ``folder`` as ``csv`` or ``parquet``, with their schema in datapackage.json; the files' paths."""
        return [written.path for written in write_tables(self, Path(folder), bentuk)]


# ---- the recap ----


def recap_tables(year: Year) -> Tables:
    """The tables of a recap. ``rab``, ``indikator``, ``tor``, … hold the columns of the form with what was judged of each row;
    ``jumlah_dihitung`` and ``jumlah_ditahan`` are whole rupiah, ``belum_diketahui`` counts amounts that nobody knows."""
    recap, of = year.recap, {table.block.key: table for table in year.tables}

    def shown(key: str, entries: Iterable[Entry], more: Callable[[list[Entry]], dict[str, list[object]]] = lambda _: {}) -> Frame:
        listed = [entry for entry in entries if key in of]
        counted = {"dihitung": [entry.counted for entry in listed]}
        return judged(of[key], [entry.row for entry in listed], {**counted, **more(listed)}) if key in of else records((), ())

    return Tables(
        {
            "unit": partial(_units, recap),
            "rab": partial(shown, "rab", recap.lines, _of_lines),
            "indikator": partial(shown, "indikator", recap.indikator),
            "iku": partial(shown, "iku", recap.iku),
            "tor": partial(shown, "tor", recap.tors),
            "pk_kinerja": partial(shown, "pk_kinerja", recap.pk_kinerja),
            "pk_anggaran": partial(shown, "pk_anggaran", recap.pk_anggaran),
            "rkt": partial(_of_records, RktLine, recap.in_force.rkt),
            "per_unit": partial(_totals, recap, "unit"),
            "per_jenis": partial(_totals, recap, "unit", "jenis"),
            "per_program": partial(_totals, recap, "program", "kegiatan", "kode_sub"),
            "per_rekening": partial(_totals, recap, "rekening"),
            "harga": partial(_prices, year),
            "tanpa_nilai": partial(_lacks, year.tables),
            "asal_data": partial(_of_records, Source, recap.sources),
            "catatan": partial(findings_table, recap.findings),
        }
    )


def _of_lines(entries: list[Entry]) -> dict[str, list[object]]:
    lines = [line for line in entries if isinstance(line, RabLine)]
    trees = [ancestors(line.kode_sub) for line in lines]
    return {
        "jumlah": [line.jumlah for line in lines], "alasan": [line.reason or None for line in lines],
        "jenis": [line.jenis or None for line in lines], "program": [tree[0] for tree in trees],
        "kegiatan": [tree[1] for tree in trees],
    }  # fmt: skip


_AMOUNTS = ("baris", "baris_dihitung", "jumlah_dihitung", "jumlah_ditahan", "belum_diketahui")


def _totals(recap: Recap, *keys: str) -> Frame:
    groups = recap.ledger.by(*keys)
    rows = (
        (*(key if len(keys) > 1 else (key,)), a.rows, a.rows_counted, a.counted, a.uncounted.amount, a.uncounted.unknown)
        for key, a in groups.items()
    )
    return records(rows, (*keys, *_AMOUNTS))


def _units(recap: Recap) -> Frame:
    names = ("kode", "nama", "berkas", "status", *_AMOUNTS[1:], "pagu", "jumlah_catatan", "alasan")
    rows = (
        (u.kode, u.nama, u.berkas, u.status.value, u.jumlah_baris, u.total_rab, u.total_tidak_dihitung.amount,
         u.total_tidak_dihitung.unknown, u.pagu, u.jumlah_catatan, u.alasan)
        for u in recap.units
    )  # fmt: skip
    return records(rows, names)


def _prices(year: Year) -> Frame:
    """The price list of Kantor.xlsx."""
    content = year.office.content
    rows = checked_rows(content, KANTOR_FILE, "", frozenset()) if content else ()
    made = consolidated((row for row in rows if row.block.key == "harga"), year.office.nama)
    return made[0].frame if made else records((), ())


def _lacks(tables: Iterable[Consolidated]) -> Frame:
    every = [(table.block.key, *row) for table in tables for row in table.lacks().itertuples(index=False, name=None)]
    return records(every, ("tabel", "unit", "berkas", "lembar", "baris", "kolom", "sebab"))


def _of_records(kind: type, every: Iterable[object]) -> Frame:
    """A table of one of our records, a column per field."""
    names = [field.name for field in fields(kind)]
    return records(([getattr(one, name) for name in names] for one in every), names)


def findings_table(findings: Iterable[Finding]) -> Frame:
    """Catatan as a table: unit, code, level, for whom, where, what is wrong, what to do."""
    names = ("kode", "tingkat", "untuk", "berkas", "lembar", "sel", "kolom", "nilai", "masalah", "perbaikan")
    return records(((f.unit, *f.as_dict().values()) for f in findings), ("unit", *names))


# ---- the measured year ----


def capaian_tables(year: Measured, findings: Iterable[Finding]) -> Tables:
    """The tables of a measured year. Percentages are exact Decimals in percent points; ``sebab`` is the non-value where there is
    no figure: belum diisi, tidak berlaku, tidak dapat dihitung."""
    return Tables(
        {
            "indikator": partial(_indicators, year),
            "realisasi": partial(_quarters, year),
            "keuangan": partial(_spent, year),
            "rata_rata": partial(_averages, year),
            "anggaran": partial(_money, year),
            "catatan": partial(findings_table, findings),
        }
    )


def _percent(found: Capaian) -> tuple[Decimal | None, str | None]:
    return found.percent, found.lack.value if found.lack else None


def _indicators(year: Measured) -> Frame:
    names = ("unit", "kode", "indikator", "level", "satuan", "target", "realisasi", "capaian_sd_tw", "sebab_sd_tw",
             "capaian_tahun", "sebab_tahun", "predikat", "penjelasan")  # fmt: skip
    rows = (
        (r.indicator.unit, r.indicator.kode, r.indicator.nama, r.indicator.level, r.indicator.satuan, r.indicator.target,
         r.of_year.realised, *_percent(r.until[-1]), *_percent(r.of_year), r.predicate_told or None, r.judged.explanation)
        for r in year.results
    )  # fmt: skip
    return records(rows, names)


def _quarters(year: Measured) -> Frame:
    names = ("unit", "kode", "indikator", "triwulan", "nilai", "pembilang", "penyebut", "sebab", "berkas", "lembar", "baris")
    rows = (
        (r.indicator.unit, r.indicator.kode, r.indicator.nama, number, q.value, q.numerator, q.denominator,
         q.lack.value if q.lack else None,
         *((at.file, at.sheet, at.row) if (at := r.realised.places.get(number)) else (None,) * 3))
        for r in year.results if r.realised
        for number, q in enumerate(r.realised.quarters[: year.triwulan], 1)
    )  # fmt: skip
    return records(rows, names)


def _spent(year: Measured) -> Frame:
    names = ("unit", "kode_sub", "rekening", "triwulan", "jumlah", "berkas", "lembar", "baris")
    rows = (
        (s.unit, s.kode_sub, s.rekening, number, amount, s.place.file, s.place.sheet, s.place.row)
        for s in year.realised.spent
        for number, amount in enumerate(s.quarters[: year.triwulan], 1)
    )
    return records(rows, names)


def _averages(year: Measured) -> Frame:
    names = ("kelompok", "kunci", "nama", "capaian", "predikat", "dinilai", "tidak_dinilai")
    rows = (
        (kind, a.key, a.label, a.percent, a.predicate_told or None, a.counted, len(a.left_out))
        for kind, group in year.averages.items() for a in group
    )  # fmt: skip
    return records(rows, names)


def _money(year: Measured) -> Frame:
    names = ("tingkat", "kode", "nama", "unit", "pagu", "realisasi", "belum_diketahui", "serapan", "capaian", "efisiensi")
    rows = (
        (m.level, m.kode, m.nama, m.unit, m.pagu, m.spent, m.unreported, m.serapan, m.capaian, m.efisiensi) for m in year.money
    )
    return records(rows, names)


# ---- a workbook of any layout ----


def read_tables(books: Iterable[ForeignBook]) -> Tables:
    """What ``baca`` found: its lines with their place, the rows that were left out, what is to be said."""
    every = list(books)
    return Tables(
        {
            "baris": partial(_lines, every),
            "tidak_dihitung": partial(_left_out, every),
            "catatan": partial(findings_table, [f for book in every for f in book.all_findings()]),
        }
    )


def _lines(books: list[ForeignBook]) -> Frame:
    names = ("berkas", "lembar", "jenis", "baris", "kode", "uraian", "spesifikasi", "satuan", "volume", "harga", "kolom",
             "jumlah")  # fmt: skip
    rows = (
        (t.file, t.sheet, t.kind, x.row, x.kode, x.uraian, x.spesifikasi, x.satuan, x.volume, x.harga, name,
         x.values.get(column))
        for book in books for t in book.imported for x in t.lines
        for name, column in ([(n, c) for n, columns in t.amount_columns.items() for c in columns] or [("", -1)])
    )  # fmt: skip
    return records(rows, names)


def _left_out(books: list[ForeignBook]) -> Frame:
    rows = ((t.file, t.sheet, x.row, x.reason, x.text, x.amount) for book in books for t in book.imported for x in t.left_out)
    return records(rows, ("berkas", "lembar", "baris", "sebab", "teks", "jumlah"))


# ---- files ----

FORMS = ("csv", "parquet")


def write_tables(tables: Tables, folder: Path, form: str = "csv") -> list[Written]:
    """Every table as a file of ``folder``, and datapackage.json that describes them. Raises InputError without the extra that
    Parquet needs, OutputError."""
    made: dict[str, bytes] = {}
    for key, frame in tables.items():
        try:
            made[f"{key}.{form}"] = csv_bytes(frame) if form == "csv" else parquet_bytes(frame)
        except ImportError as error:
            words = "Parquet memerlukan pustaka pyarrow: pasang dengan pip install kinerja-xl[parquet], atau tulis sebagai CSV."
            raise InputError(words) from error
    made["datapackage.json"] = json.dumps(package(tables, form), ensure_ascii=False, indent=2).encode()
    return [put(folder / name, data) for name, data in made.items()]
