"""What the terminal shows of several offices."""

from __future__ import annotations

from kinerja_xl.face.cli import answer, terminal
from kinerja_xl.face.cli.run import say
from kinerja_xl.face.made import joined_line
from kinerja_xl.reckoning import aside
from kinerja_xl.reckoning.several import OfficeSum, Several
from kinerja_xl.sheets.gabungan import KECAMATAN, OFFICE
from kinerja_xl.sheets.values import format_rupiah
from kinerja_xl.uses.gabung import Joined


def show_several(done: Joined, form: str) -> None:
    """The result of ``gabung``."""
    several = done.several
    if form == "json":
        answer.write(several_json(several) | {"berkas": str(done.written.path)})
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
            table.add_row(office.nama, state, format_rupiah(office.counted), held, str(office.wajib))
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
        "capaian": None if office.capaian is None else str(office.capaian), "realisasi": office.spent,
        "serapan": None if office.serapan is None else str(office.serapan), "berkas": list(office.results),
    }  # fmt: skip
