"""``gabung``: the offices below a folder, each reckoned by itself in whatever process has time, and one workbook above them.

Where they are reckoned: a Dask cluster by its address (extra ``klaster``), else the processes of this computer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import BrokenExecutor, Executor, Future, ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from threading import active_count

from kinerja_xl.catatan import cause
from kinerja_xl.frames.joined import WORK, line_table
from kinerja_xl.frames.tables import records
from kinerja_xl.lists import programs
from kinerja_xl.office.folder import HASIL, InputError, listed
from kinerja_xl.office.kantor import Office, build_office
from kinerja_xl.office.place import is_folder, is_year
from kinerja_xl.reckoning.capaian import YEAR_END
from kinerja_xl.reckoning.capaian import Year as Measured
from kinerja_xl.reckoning.plan import PROPOSAL
from kinerja_xl.reckoning.recap import LACKING, RabLine, Recap, Status
from kinerja_xl.reckoning.recap.ledger import ancestors
from kinerja_xl.reckoning.several import OfficeSum, Several, in_order, kecamatan_of, of_one_year, one_folder_each
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.values import fold
from kinerja_xl.uses.capaian import measured, write_year
from kinerja_xl.uses.rekap import write_rekap
from kinerja_xl.uses.year import Progress, Year, quiet
from kinerja_xl.writing.output import OutputError, Written, put
from kinerja_xl.writing.shown.gabungan import write_several

Reckon = Callable[[Path], OfficeSum]


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What ``gabung`` did."""

    several: Several
    written: Written


def gabung(
    folder: Path, triwulan: int | None = None, target: Path | None = None, executor: Executor | None = None,
    progress: Progress = quiet, tahun: int | None = None,
) -> Joined:  # fmt: skip
    """Reckon every office below ``folder`` and write one workbook above them. ``triwulan``: capaian until then too, where a plan
    is locked. ``executor``: where the offices are reckoned; processes of this computer by default. ``tahun``: the year that is
    joined, the newest by default. Raises InputError and OutputError."""
    places = offices_below(folder)
    wanted = target or folder / HASIL / "Gabungan.xlsx"
    reckon = partial(one_office, folder=folder, triwulan=triwulan, results=wanted.parent)
    found = []
    for done, office in enumerate(_reckoned(places, folder, reckon, executor), 1):
        progress("Menghitung", done, len(places))
        found.append(office)
    names = programs()
    several = Several(
        nama=folder.absolute().name, offices=in_order(one_folder_each(of_one_year(found, tahun))), triwulan=triwulan,
        name_of=lambda code: names[code].nama if code in names else "",
    )  # fmt: skip
    years = {office.tahun for office in several.read}
    blank = build_office(BookContent(book=KANTOR, sheets=()))
    pages = replace(blank, nama=several.nama, tahun=max(years, default=0))
    return Joined(several=several, written=put(wanted, write_several(several, pages)))


def offices_below(folder: Path) -> list[Path]:
    """The offices' folders: each with its Kantor.xlsx, or with one year's folder in it that has one. A folder that holds neither
    is listed as well: somebody expects an office there."""
    if not is_folder(folder):
        raise InputError(f"Folder {folder} tidak ditemukan.")
    inside = sorted(place for place in listed(folder) if is_folder(place) and place.name != HASIL and place.name[0] not in ".~")
    found = []
    for place in inside:
        years = [] if is_year(place) else sorted(below for below in listed(place) if is_year(below))
        found += years or [place]
    if not any(map(is_year, found)):
        words = f"Di {folder} tidak ada folder kantor (folder yang memuat Kantor.xlsx). Beri tiap kecamatan satu folder."
        raise InputError(words)
    return found


def _reckoned(places: list[Path], folder: Path, reckon: Reckon, executor: Executor | None) -> Iterator[OfficeSum]:
    """In the order in which they are done; what a process that died took with it is tried once more, each alone."""
    lost: list[Path] = []
    with _pool(len(places)) if executor is None else executor as pool:
        waiting = {pool.submit(reckon, place): place for place in places}
        try:
            for future in as_completed(waiting):
                office = _result(future, waiting[future], folder, lost if executor is None else None)
                if office is not None:
                    yield office
        finally:  # whoever stops waits for the offices that are being reckoned, not for all
            for future in waiting:
                future.cancel()
    for place in lost:
        with _pool(1) as pool:
            office = _result(pool.submit(reckon, place), place, folder, None)
            assert office is not None
            yield office


def _pool(offices: int) -> Executor:
    # A fork of a program with threads, as the page is, may stand still for ever.
    way = get_context("spawn") if active_count() > 1 else None
    return ProcessPoolExecutor(max_workers=max(1, min(offices, cpu_count() or 1)), mp_context=way)


def _result(future: Future[OfficeSum], place: Path, folder: Path, lost: list[Path] | None) -> OfficeSum | None:
    """What became of one office; None where its process died and it may be tried again. One never stops the others."""
    try:
        return future.result()
    except BrokenExecutor:
        if lost is not None:
            lost.append(place)
            return None
        return unread(place, folder, "proses yang menghitungnya terhenti, mungkin karena memori tidak cukup")
    except Exception as error:
        return unread(place, folder, f"penghitungannya terhenti: {cause(error)}")


def unread(place: Path, folder: Path, why: str) -> OfficeSum:
    """An office of which nothing is known, and why."""
    key = _key(place, folder)
    return OfficeSum(key=key, nama=kecamatan_of(key), trouble=f"TIDAK DAPAT DIBACA: {why}")


def _key(place: Path, folder: Path) -> str:
    """Where the office's folder is below the one of all: two kecamatan may both call theirs Rencana-2025."""
    return place.relative_to(folder).as_posix()


# ---- one office, in whatever process ----


def one_office(place: Path, folder: Path, triwulan: int | None, results: Path) -> OfficeSum:
    """Reckon one office below ``folder`` and write its recap (and capaian) below ``results``. Never raises: what stops it is its
    result."""
    if not is_year(place):
        return unread(place, folder, "Kantor.xlsx tidak ada di foldernya")
    try:
        year = Year(place)
        own = year.recap
        found = measured(year, triwulan) if triwulan and year.locked else None
        mine = results / _key(place, folder)
        written = [write_rekap(year, mine / f"Rekap-{year.office.tahun}.xlsx")]
        if found:
            part = "" if triwulan == YEAR_END else f"-TW{triwulan}"
            written.append(write_year(found, year, mine / f"Capaian-{year.office.tahun}{part}.xlsx"))
        links = tuple(one.path.relative_to(results).as_posix() for one in written)
        return _with_year(replace(_sum(_key(place, folder), own, links), rencana=_plan(year)), found)
    except InputError as error:
        said = next((f.masalah for f in error.findings), str(error))
        return unread(place, folder, said)
    except OutputError as error:
        return unread(place, folder, f"hasilnya tidak dapat ditulis ({error})")
    except Exception as error:
        return unread(place, folder, cause(error))


def _plan(year: Year) -> str:
    """The plan that holds, as Capaian calls it; nothing is locked: a proposal."""
    return year.locked.plan.dated if year.locked else PROPOSAL.capitalize()


def _sum(key: str, recap: Recap, links: tuple[str, ...]) -> OfficeSum:
    office, tally = recap.office, recap.tally
    lacking = [(words, _of(recap, status)) for status, words in _WORDS.items()]
    return OfficeSum(
        key=key, nama=office.nama, pemda=office.pemda, tahun=office.tahun, tahap=office.tahap, tanggal=office.tanggal,
        units=tally.units, submitted=tally.submitted, wajib=tally.wajib, cek=tally.cek, pagu=sum(office.pagu.values()),
        counted=recap.total_rab, held=recap.total_tidak_dihitung, results=links,
        lacking=tuple((words, units) for words, units in lacking if units),
        lines=line_table(_line(line, office) for line in recap.lines),
        work=records((_work(tor, office.nama) for tor in recap.tors if tor.counted), WORK),
    )  # fmt: skip


_WORDS = {status: f"usulan {word}" for status, word in LACKING.items()} | {Status.PERBAIKAN: "usulan perlu perbaikan"}


def _of(recap: Recap, status: Status) -> tuple[str, ...]:
    return tuple(unit.nama for unit in recap.units if unit.status is status)


def _line(line: RabLine, office: Office) -> tuple[object, ...]:
    get, text = line.row.get, line.row.text
    price = line.row.number("harga_satuan")
    program, kegiatan = ancestors(line.kode_sub)
    return (
        office.nama, office.unit_name(line.unit), program, kegiatan, line.kode_sub, get("nama_sub"), line.jenis, _goods(line),
        get("uraian"),
        get("spesifikasi"), text("satuan").strip() or None, None if price is None or price != int(price) else int(price),
        line.row.number("volume"), line.jumlah, line.counted, line.file, line.row.row,
    )  # fmt: skip


def _goods(line: RabLine) -> str:
    """What makes two lines the same goods: its account, words and specification."""
    words = fold(line.row.text("uraian"))
    return "|".join((line.row.text("kode_rekening"), words, fold(line.row.text("spesifikasi")))) if words else ""


def _work(tor: object, kantor: str) -> tuple[object, ...]:
    from kinerja_xl.reckoning.recap import TorLine

    assert isinstance(tor, TorLine)
    amount = None if tor.rab.unknown else tor.rab.amount
    get = tor.row.get
    return kantor, tor.kode_sub, tor.nama_sub, get("output"), tor.row.number("output_target"), get("output_satuan"), amount


def _with_year(office: OfficeSum, year: Measured | None) -> OfficeSum:
    """With what was reached and spent, where a year was measured."""
    if year is None:
        return office
    money = next(line for line in year.money if line.level == "kantor")
    average = next(iter(year.averages["kantor"]), None)
    reached: Decimal | None = average.percent if average else None
    return replace(
        office, capaian=reached, predikat=average.predicate_told if average else "", budget=money.pagu, spent=money.spent,
        unreported=money.unreported, serapan=money.serapan,
    )  # fmt: skip


RETRIES = 3
"""How often an office is given to another worker when the one that reckoned it dies."""


@contextmanager
def cluster(address: str | None) -> Iterator[Executor | None]:
    """The cluster at ``tcp://…`` as an executor; None without an address. Its workers must see the same folders under the same
    names. Raises InputError where the extra is missing or nobody answers."""
    if not address:
        yield None
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("Klaster memerlukan pustaka distributed: pasang dengan pip install kinerja-xl[klaster].") from error
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        words = f"Klaster {address} tidak menjawab. Periksa alamat penjadwalnya, seperti tcp://10.0.0.5:8786."
        raise InputError(words) from error
    with client:
        yield client.get_executor(retries=RETRIES, pure=False)
