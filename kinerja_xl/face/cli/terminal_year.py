"""What the terminal shows of a year: where it stands, the measured means and serapan per unit, what is pressing, the catatan;
and of several offices.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from kinerja_xl.catatan import Finding, by_level
from kinerja_xl.face.cli import answer, terminal
from kinerja_xl.face.cli.run import say
from kinerja_xl.face.cli.terminal import open_console, plain_table, show_findings
from kinerja_xl.face.listed import compared_lines, joined_line, summary
from kinerja_xl.reckoning import aside
from kinerja_xl.reckoning.capaian import NOT_DUE, Average
from kinerja_xl.reckoning.capaian.excel import shown_percent
from kinerja_xl.reckoning.capaian.rule import yardsticks
from kinerja_xl.sheets.formats import TOTAL, format_date
from kinerja_xl.sheets.gabungan import KECAMATAN, OFFICE
from kinerja_xl.sheets.penetapan import SUB_TABLE
from kinerja_xl.sheets.rekap import UNKNOWN
from kinerja_xl.sheets.values import format_number, format_rupiah
from kinerja_xl.words.periods import ROMAN

if TYPE_CHECKING:  # each verb has loaded its own; to load those of the others costs as much as reading thirty files
    from kinerja_xl.reckoning.capaian import Year
    from kinerja_xl.reckoning.plan import Plan
    from kinerja_xl.reckoning.plan.compare import Comparison
    from kinerja_xl.reckoning.several import OfficeSum, Several
    from kinerja_xl.reckoning.year.status import Version, YearStatus
    from kinerja_xl.uses.bandingkan import Compare
    from kinerja_xl.uses.gabung import Joined
    from kinerja_xl.uses.kunci import Lock, TakenBack
    from kinerja_xl.writing.output import Written
    from kinerja_xl.writing.shown.beda import Compared

_PRESSING = 5
"""Warnings that are shown; all are on the sheet Peringatan Dini."""
_HEAVY = 50
"""Lighter ones are on target, or ahead of it."""


def show_year(year: Year, findings: list[Finding], written: Written, form: str, everything: bool) -> None:
    """The result of ``capaian``."""
    if form == "json":
        answer.whole(year_json(year, findings))
        if written.sentence:
            sys.stderr.write(written.sentence + "\n")
        return
    console = open_console()
    console.print(_table(year))
    office = year.averages["kantor"][0]
    mean = f"Rata-rata capaian kantor {_points(office.percent)} {office.predicate_told}".rstrip()
    console.print(f"{mean} ({_counted(office)})")
    pressing = [warning for warning in year.warnings if warning.weight >= _HEAVY]
    if pressing:
        console.print("Paling mendesak (selengkapnya di lembar Peringatan Dini):")
        for warning in pressing[:_PRESSING]:
            console.print(Text(f"  {warning.unit} {warning.nama}: {warning.sentence}"))
    console.print()
    show_findings(console, findings, everything)
    console.print(summary(findings))
    say(f"Capaian ditulis: {written.path}")
    if written.sentence:
        sys.stderr.write(written.sentence + "\n")


def _table(year: Year) -> Table:
    title = f"{year.office.nama}, Tahun Anggaran {year.plan.tahun}, s.d. triwulan {ROMAN[year.triwulan - 1]}"
    table = terminal.plain_table(title, ("Unit", "Predikat"), ("Dinilai", "Capaian", "Realisasi", "Serapan"))
    money = {line.kode: line for line in year.money if line.level == "unit"}
    judged = {average.key: average for average in year.averages["unit"]}
    for unit in sorted(judged.keys() | {kode for kode, line in money.items() if line.asked}, key=year.office.order()):
        line = money.get(unit)
        average = judged.get(unit) or Average(key=unit, label=year.office.unit_name(unit), percent=None, predicate="", counted=0)
        spent = NOT_DUE if line is None else line.told
        table.add_row(
            average.label, average.predicate_told, _counted(average), _points(average.percent), spent,
            f"{line.serapan_told} %" if line and line.serapan is not None else _points(None),
        )  # fmt: skip
    return table


def _counted(average: Average) -> str:
    return f"{average.counted} dari {average.counted + len(average.left_out)}"


def _points(percent: Decimal | None) -> str:
    return "–" if percent is None else f"{format_number(percent, 2)} %"


def year_json(year: Year, findings: list[Finding]) -> dict[str, object]:
    """The JSON of a measured year: money as integers, percentages as text with two decimals so that nothing is rounded away."""
    return {
        "tahun": year.plan.tahun,
        "triwulan": year.triwulan,
        "indikator": [
            {
                "unit": r.indicator.unit, "kode": r.indicator.kode, "indikator": r.indicator.nama, "iku": r.indicator.iku,
                "satuan": r.indicator.satuan, "target": _text(r.indicator.target), "realisasi": _text(r.of_year.realised),
                "capaian_sd_tw": str(shown_percent(r.until[-1])), "capaian_tahun": str(shown_percent(r.of_year)),
                "predikat": r.predicate_told, "penjelasan": r.judged.explanation, "rumus": r.of_year.method,
                "cara_lain": {name: str(value) for name, value in r.of_year.others.items()},
            }
            for r in year.results
        ],
        "rata_rata": [
            {"kelompok": kind, "kunci": a.key, "capaian": None if a.percent is None else str(a.percent),
             "predikat": a.predicate_told, "dinilai": a.counted, "tidak_dinilai": len(a.left_out)}
            for kind, group in year.averages.items() for a in group
        ],
        "anggaran": [
            {"tingkat": line.level, "kode": line.kode, "unit": line.unit, "pagu": line.pagu, "realisasi": line.spent,
             "belum_diketahui": line.unreported,
             "serapan": None if line.serapan is None else str(line.serapan)}
            for line in year.money
        ],
        "peringatan": [
            {"unit": w.unit, "kode": w.kode, "nama": w.nama, "hal": w.what, "posisi": w.standing, "penjelasan": w.sentence,
             "proyeksi": w.projection}
            for w in year.warnings
        ],
        "kebijakan": dict(yardsticks(year.policies).words),
        "catatan": [f.as_dict() for f in findings],
    }  # fmt: skip


def _text(value: object) -> str | None:
    return None if value is None else str(value)


# ---- What the terminal shows of locked plans and of comparisons ----

def show_ready(ready: Lock, everything: bool = False, *, trial: bool = False) -> None:
    """What ``kunci`` is about to lock, with all that is to be said of it, or why it does not."""
    console = terminal.open_console()
    terminal.show_findings(console, ready.findings, everything)
    answer.detail(_locked_json(ready.plan, ready.before))
    plan = ready.plan
    if plan is None:
        console.print(Text("Belum dikunci: perbaiki dahulu catatan yang wajib.", style="bold"))
        return
    console.print(_plan_table(plan))
    if ready.before:
        gap = plan.total - ready.before.total
        console.print(f"Sebelumnya ({ready.before.title}): {format_rupiah(ready.before.total)}, selisih {format_rupiah(gap)}")
    if trial:
        console.print(Text(f"Percobaan: tidak ada yang ditulis. Yang akan dikunci: {ready.target}"))


def show_taken_back(done: TakenBack, *, trial: bool = False) -> None:
    """The result of ``kunci --batalkan``."""
    console = terminal.open_console()
    word = "Akan dibatalkan" if trial else "Dibatalkan"
    console.print(Text(f"{word}: {done.plan.title} {done.plan.tahun}, disimpan sebagai {done.kept}"))
    for path in done.moved:
        console.print(Text(f"Ikut disimpan: {path}"))
    answer.detail({"dibatalkan": _plan_json(done.plan), "berlaku": done.in_force and _plan_json(done.in_force)})
    now = f"{done.in_force.title}, {format_rupiah(done.in_force.total)}" if done.in_force else "usulan; belum ada yang dikunci"
    console.print(Text(f"Yang berlaku: {now}"))
    console.print(Text(f"Sesuaikan lembar Riwayat Tahap di Kantor.xlsx bila {done.plan.tahap} sudah ditulis di sana."))


def show_lock(done: Lock) -> None:
    """The result of ``kunci``: what was locked."""
    console = terminal.open_console()
    if done.plan is None or done.written is None:
        return
    plan = done.plan
    say(f"Dikunci: {done.written.path}")
    console.print(f"Sidik isi: {plan.sha256} (menunjukkan perubahan; bukan tanda tangan)", soft_wrap=True)
    if done.missing_stage:
        console.print(Text(done.missing_stage))
    if done.dpa:
        from kinerja_xl.uses.kunci import change_call

        call = change_call(done.folder, done.dpa.path)
        say(f"Ditulis: {done.dpa.path}. Sesuaikan bila DPA terbit, lalu kunci: {call}.")
    if done.written.sentence:
        sys.stderr.write(done.written.sentence + "\n")


def _plan_table(plan: Plan) -> Table:
    money = (SUB_TABLE.column(key).label for key in ("diusulkan", "disepakati"))
    title = f"{plan.kantor}, Tahun Anggaran {plan.tahun}, {plan.title}"
    table = terminal.plain_table(title, ["Unit"], ("Sub kegiatan", *money, "Berlaku (Rp)"))
    for unit in dict.fromkeys(sub.unit for sub in plan.subs):
        own = [sub for sub in plan.subs if sub.unit == unit]
        sums = (sum(s.diusulkan for s in own), sum(s.disepakati for s in own), sum(s.anggaran for s in own))
        table.add_row(unit, str(len(own)), *map(format_number, sums))
    sums = (sum(s.diusulkan for s in plan.subs), sum(s.disepakati for s in plan.subs), plan.total)
    table.add_section()
    table.add_row(TOTAL, str(len(plan.subs)), *map(format_number, sums))
    return table


def _locked_json(plan: Plan | None, before: Plan | None) -> dict[str, object]:
    """The JSON of what is locked beside what was in force; money as integers, null where there is no plan."""
    return {
        "rencana": plan and _plan_json(plan), "sebelumnya": before and _plan_json(before),
        "selisih": plan.total - before.total if plan and before else None,
    }  # fmt: skip


def _plan_json(plan: Plan) -> dict[str, object]:
    return {
        "judul": plan.title, "tahun": plan.tahun, "tahap": plan.tahap, "nomor": plan.nomor, "tanggal": _day(plan.tanggal),
        "dasar": plan.dasar, "sidik": plan.sha256, "total": plan.total,
        "sub_kegiatan": [
            {"unit": s.unit, "kode": s.kode, "nama": s.nama, "diusulkan": s.diusulkan, "disepakati": s.disepakati, "dpa": s.dpa,
             "berlaku": s.anggaran}
            for s in plan.subs
        ],
    }  # fmt: skip


def _compared_json(found: Comparison, sides: Iterable[Compared]) -> dict[str, object]:
    """The JSON of a comparison; money as integers, null where nothing of an amount is known."""
    return {
        **{
            word: {"judul": side.label, "tahun": side.tahun, "baris": side.baris, "jumlah": side.total.value,
                   "belum_diketahui": side.total.unknown}
            for word, side in zip(("lama", "baru"), sides, strict=True)
        },
        "selisih": found.baru - found.lama, "belum_diketahui": found.unknown,
        "perubahan": [
            {"perubahan": c.kind.value, "bagian": c.item.bagian, "unit": c.item.unit, "kode": c.item.kode,
             "rekening": c.item.rekening, "nama": c.item.nama, "lama": c.old and c.old.amount, "baru": c.new and c.new.amount,
             "belum_diketahui": sum(item.unknown for item in (c.old, c.new) if item),
             "isi": [{"kolom": f.label, "lama": _text(f.old), "baru": _text(f.new)} for f in c.fields]}
            for c in found.changes
        ],
        "pergeseran": [{"tingkat": s.tingkat, "kode": s.kode, "unit": s.unit, "jumlah": s.jumlah} for s in found.shifts],
    }  # fmt: skip


def show_comparison(done: Compare, everything: bool = False) -> None:
    """The result of ``bandingkan``: totals, counts, shifts, and where the rows stand."""
    answer.detail(_compared_json(done.comparison, done.sides))
    console = terminal.open_console()
    if done.findings:
        terminal.show_findings(console, done.findings, everything)
    for line in compared_lines(done, None if everything else terminal.EXAMPLES, " (semuanya dengan --semua)"):
        console.print(Text(line))
    say(f"Perbandingan ditulis: {done.written.path}")
    if done.written.sentence:
        sys.stderr.write(done.written.sentence + "\n")


def show_status(found: YearStatus, form: str) -> None:
    """The result of ``status``."""
    if form == "json":
        answer.whole(status_json(found))
        return
    console = open_console()
    console.print(Text(f"{found.kantor}, Tahun Anggaran {found.tahun}", style="bold"))
    console.print(f"Tahap {found.tahap}" + (f" sejak {format_date(found.since)}" if found.since else ""))
    for version in found.versions:
        console.print(Text(f"Dikunci: {_version(version)}" + (" (berlaku)" if version is found.versions[-1] else "")))
    if not found.versions:
        console.print("Belum ada rencana yang dikunci.")
    console.print(_units_table(found))
    console.print(f"Catatan: {by_level(found.counts)}")
    console.print(Text(f"Buka: {found.next.file}"))
    console.print(Text(f"Berikutnya: {found.next.sentence}: {found.next.command}"), soft_wrap=True)


def _version(version: Version) -> str:
    day = format_date(version.tanggal) if version.tanggal else "tanpa tanggal"
    return f"{version.judul}, {day}, {format_rupiah(version.total)}, {version.berkas}"


def _units_table(found: YearStatus) -> Table:
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
        "jumlah_catatan": {level.value: count for level, count in found.counts.items()},
        "catatan": [f.as_dict() for f in found.findings],
        "berikutnya": {"kalimat": found.next.sentence, "perintah": found.next.command, "berkas": found.next.file},
    }  # fmt: skip


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def show_several(done: Joined, form: str) -> None:
    """The result of ``gabung``."""
    several = done.several
    if form == "json":
        answer.whole(several_json(several))
        return
    console = terminal.open_console()
    heads = [KECAMATAN.table.own(key).label for key in ("dihitung", "ditahan", "wajib")]
    table = terminal.plain_table(several.nama, (OFFICE.label, KECAMATAN.table.own("keadaan").label), heads)
    for office in several.offices:
        if office.trouble:
            table.add_row(office.nama, office.trouble, "–", "–", "–")
        else:
            state = f"{office.submitted} dari {office.units} unit"
            held = aside(office.held) if office.held else ""
            counted = format_rupiah(office.counted) if office.submitted else UNKNOWN
            table.add_row(office.nama, state, counted, held, str(office.wajib))
    console.print(table)
    console.print(joined_line(several))
    say(f"Gabungan ditulis: {done.written.path}" + (f"\n{done.written.sentence}" if done.written.sentence else ""))


def several_json(several: Several) -> dict[str, object]:
    """The JSON of several offices; money as integers, percentages as exact texts."""
    return {
        "kecamatan": [_office(office) for office in several.offices],
        "total_rab": several.counted, "total_tidak_dihitung": several.held.amount, "belum_diketahui": several.held.unknown,
        "tidak_terbaca": [office.nama for office in several.offices if office.trouble],
    }  # fmt: skip


def _office(office: OfficeSum) -> dict[str, object]:
    if office.trouble:
        return {"nama": office.nama, "folder": office.key, "keadaan": office.trouble}
    return {
        "nama": office.nama, "folder": office.key, "keadaan": "", "tahun": office.tahun, "unit": office.units,
        "menyampaikan": office.submitted,
        "wajib": office.wajib, "cek": office.cek, "pagu": office.pagu, "total_rab": office.counted,
        "total_tidak_dihitung": office.held.amount, "belum_diketahui": office.held.unknown,
        "capaian": None if office.capaian is None else str(office.capaian), "predikat": office.predikat,
        "realisasi": office.spent, "realisasi_belum_diketahui": office.unreported,
        "serapan": None if office.serapan is None else str(office.serapan), "berkas": list(office.results),
    }  # fmt: skip
