"""What the terminal shows of a year: its stage, the locked plans, what every unit owes, and the next step."""

from __future__ import annotations

from datetime import date

from rich.table import Table
from rich.text import Text

from kinerja_xl.catatan import by_level
from kinerja_xl.face.cli import answer
from kinerja_xl.face.cli.terminal import open_console, plain_table
from kinerja_xl.reckoning.year.status import Version, YearStatus
from kinerja_xl.sheets.formats import format_date, format_rupiah


def show_status(found: YearStatus, form: str) -> None:
    """The result of ``status``."""
    if form == "json":
        answer.write(status_json(found))
        return
    console = open_console()
    console.print(Text(f"{found.kantor}, Tahun Anggaran {found.tahun}", style="bold"))
    console.print(f"Tahap {found.tahap}" + (f" sejak {format_date(found.since)}" if found.since else ""))
    for version in found.versions:
        console.print(Text(f"Dikunci: {_version(version)}" + (" (berlaku)" if version is found.versions[-1] else "")))
    if not found.versions:
        console.print("Belum ada rencana yang dikunci.")
    console.print(_table(found))
    console.print(f"Catatan: {by_level(found.counts)}")
    console.print(Text(f"Buka: {found.next.file}"))
    console.print(Text(f"Berikutnya: {found.next.sentence}: {found.next.command}"), soft_wrap=True)


def _version(version: Version) -> str:
    day = format_date(version.tanggal) if version.tanggal else "tanpa tanggal"
    return f"{version.judul}, {day}, {format_rupiah(version.total)}, {version.berkas}"


def _table(found: YearStatus) -> Table:
    table = plain_table("", ("Unit", "Usulan", "Yang ditunggu"), ())
    for unit in found.units:
        table.add_row(unit.nama, unit.status.value, Text("\n".join(owed.told for owed in unit.owes) or "–"))
    return table


def status_json(found: YearStatus) -> dict[str, object]:
    """The JSON of a year's standing; money as integers, days as texts such as 2024-12-20."""
    return {
        "kantor": found.kantor, "tahun": found.tahun, "tahap": found.tahap, "sejak": _day(found.since),
        "dikunci": [
            {"judul": v.judul, "tanggal": _day(v.tanggal), "total": v.total, "berkas": v.berkas} for v in found.versions
        ],
        "unit": [
            {
                "kode": unit.kode, "nama": unit.nama, "status": unit.status.value,
                "ditunggu": [
                    {"hal": o.what, "status": o.status.value, "sejak": _day(o.since), "batas_waktu": o.deadline}
                    for o in unit.owes
                ],
            }
            for unit in found.units
        ],
        "catatan": {level.value: count for level, count in found.counts.items()},
        "berikutnya": {"kalimat": found.next.sentence, "perintah": found.next.command, "berkas": found.next.file},
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
