"""What the terminal shows: tables and JSON on stdout, progress on stderr where there is a terminal."""

from __future__ import annotations

import logging
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.console import Console, ConsoleOptions, RenderResult
from rich.progress import BarColumn, Progress, TextColumn
from rich.table import Table
from rich.text import Text

from kinerja_xl.catatan import Finding, Severity, catalogue
from kinerja_xl.face.cli import answer
from kinerja_xl.face.cli.run import say
from kinerja_xl.face.listed import by_file, place_of, summary
from kinerja_xl.reckoning import Sum, aside
from kinerja_xl.sheets import rekap
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.sheets.values import format_rupiah

if TYPE_CHECKING:
    from kinerja_xl.reckoning.recap import Recap
    from kinerja_xl.reckoning.recap.mending import Mending
    from kinerja_xl.uses.perbarui import Renewed
    from kinerja_xl.uses.tables import Tables
    from kinerja_xl.uses.year import Progress as Report
    from kinerja_xl.writing.output import Written

_log = logging.getLogger(__name__)

EXAMPLES = 3
"""Examples shown of each code in text; JSON has them all."""

_STYLES = {Severity.WAJIB: "bold red", Severity.CEK: "yellow", Severity.INFO: "blue"}
_PIPE_WIDTH, _TABLE_WIDTH, _BOUNDLESS = 120, 80, 10_000
_NUMBER = 14
"""Characters of a line of a sentence that tells an amount or a percentage."""


class _Output(Console):
    """A console that leaves a closed pipe (``… | head``) to whoever runs the verb."""

    def on_broken_pipe(self) -> None:
        raise BrokenPipeError


def open_console() -> Console:
    """stdout; without a terminal no colour and a width that does not depend on the machine. What is printed is the office's
    words, never markup: a unit "Kesra [Sosial]" keeps its brackets."""
    width = None if sys.stdout.isatty() else _PIPE_WIDTH
    return _Output(file=sys.stdout, width=width, highlight=False, emoji=False, markup=False)


@contextmanager
def progress() -> Iterator[Report]:
    """A progress bar on stderr; nothing at all where stderr is no terminal."""
    if not sys.stderr.isatty():
        yield lambda what, done, total: _log.info("%s %d dari %d", what, done, total)
        return
    bar = Progress(
        TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[place]}"),
        console=Console(stderr=True), transient=True,
    )  # fmt: skip
    with bar:
        task = bar.add_task("Membaca", total=None, place="")  # how many there are is known with the first report
        yield lambda what, done, total: bar.update(
            task, description=what, completed=done, total=total, place=f"{done}/{total}"
        )


def show_check(findings: list[Finding], form: str, everything: bool = False, recaps: Iterable[Recap] = ()) -> None:
    """The result of ``periksa``; ``recaps`` of the years' folders that were checked give each unit's status."""
    if form == "json":
        answer.keep(findings)
        return
    console = open_console()
    for recap in recaps:
        console.print(_unit_table(recap))
        console.print()
    show_findings(console, findings, everything)
    console.print(summary(findings))


def show_data(tables: Tables, folder: Path, data_form: str, form: str) -> None:
    """Write the tables to a folder and say where they are."""
    from kinerja_xl.uses.tables import write_tables

    written = write_tables(tables, folder, data_form)
    say(f"Tabel ditulis: {len(written)} berkas di {folder}", err=form == "json")


def show_mendings(mendings: list[Mending]) -> None:
    """What units that handed in again have mended, what remains, what is new: by code, a few examples of each."""
    console = open_console()
    for mending in mendings:
        counts = f"{len(mending.mended)} sudah diperbaiki, {len(mending.remaining)} masih ada, {len(mending.new)} baru"
        console.print(Text(f"{mending.after} dibanding {mending.before}: {counts}.", style="bold"))
        for title, group in (("Sudah diperbaiki", mending.mended), ("Masih ada", mending.remaining), ("Baru", mending.new)):
            by_code: dict[str, list[Finding]] = defaultdict(list)
            for finding in group:
                by_code[finding.code].append(finding)
            for code, same in by_code.items():
                places = [" ".join(part for part in (f.sheet, f.cell) if part) for f in same[:EXAMPLES]]
                named = ", ".join(place for place in places if place)
                more = f" dan {len(same) - EXAMPLES} lainnya" if len(same) > EXAMPLES else ""
                console.print(Text(f"  {title}: [{code}] {catalogue()[code].judul}{': ' if named else ''}{named}{more}"))


def show_recap(recap: Recap, written: Written, form: str, everything: bool = False) -> None:
    """The result of ``rekap``."""
    if form == "json":
        answer.whole(recap_json(recap))
        if written.sentence:
            sys.stderr.write(written.sentence + "\n")
        return
    console = open_console()
    console.print(_unit_table(recap))
    for key, amount in recap.per_jenis.items() if not recap.none_yet else ():
        console.print(f"{JENIS_BELANJA[key]:<26} {format_rupiah(amount):>22}")
    console.print(f"{'Jumlah RAB yang dihitung':<26} {recap.counted_words:>22}")
    if recap.total_tidak_dihitung:
        console.print(f"{'Tidak dihitung':<26} {aside(recap.total_tidak_dihitung):>22}")
    console.print(f"Unit yang menyampaikan: {recap.tally.words}")
    if recap.agreed:
        console.print(Text(f"Rencana yang berlaku {recap.agreed.menurut}: {format_rupiah(recap.agreed.total)}"))
    console.print()
    show_findings(console, list(recap.findings), everything)
    console.print(summary(recap.findings))
    say(f"Rekap ditulis: {written.path}")
    if written.sentence:
        sys.stderr.write(written.sentence + "\n")


def show_renewed(renewed: Renewed) -> None:
    """The result of ``perbarui``: what was carried over, and what was not."""
    from kinerja_xl.face.listed import renewed_lines  # what a recap never shows

    console = open_console()
    head, *lines = renewed_lines(renewed)
    say(head)
    if renewed.written.sentence:
        sys.stderr.write(renewed.written.sentence + "\n")
    for line in lines:
        console.print(Text(line))


def recap_json(recap: Recap) -> dict[str, object]:
    """The JSON of a recap; money as integers."""
    return {
        "unit": [
            {
                "kode": u.kode,
                "nama": u.nama,
                "berkas": u.berkas,
                "status": u.status.value,
                "total_rab": u.total_rab,
                **_held(u.total_tidak_dihitung),
                "jumlah_catatan": u.jumlah_catatan,
            }
            for u in recap.units
        ],
        "unit_menyampaikan": recap.tally.submitted,
        "catatan_terbuka": recap.tally.open,
        "rencana": {"menurut": recap.in_force.menurut, "anggaran": recap.in_force.total},
        "total_rab": recap.total_rab,
        **_held(recap.total_tidak_dihitung),
        "per_jenis_belanja": dict(recap.per_jenis),
        "catatan": [f.as_dict() for f in recap.findings],
    }


def _held(total: Sum) -> dict[str, int]:
    """What is not counted: the known part in whole rupiah, and how many rows are not known."""
    return {"total_tidak_dihitung": total.amount, "belum_diketahui": total.unknown}


class PlainTable(Table):
    """Fits 80 columns: texts wrap, numbers (to the right) stay whole: a sentence that tells one is broken between its words.
    A terminal that is wider is used; what goes through a pipe (``| more``) is not wider than the usual one."""

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        options = options if options.is_terminal else options.update(width=_TABLE_WIDTH)
        if self.__rich_measure__(console, options.update(width=_BOUNDLESS)).maximum > options.max_width:
            for column in (column for column in self.columns if column.no_wrap):
                texts = [str(column.header), *map(str, column.cells)]
                word = max(len(word) for text in texts for word in ["", *text.split()])
                column.width, column.no_wrap = min(max(map(len, texts)), max(word, _NUMBER)), False
        return super().__rich_console__(console, options)


def plain_table(title: str, texts: Iterable[str], numbers: Iterable[str]) -> Table:
    """An empty ``PlainTable`` with these columns."""
    table = PlainTable(title=title or None, title_justify="left", box=SIMPLE_HEAD, collapse_padding=True, pad_edge=False)
    table.show_edge = False
    for head in texts:
        table.add_column(head, overflow="fold")
    for head in numbers:
        table.add_column(head, justify="right", overflow="fold", no_wrap=True)
    return table


def _unit_table(recap: Recap) -> Table:
    title = f"{recap.office.nama}, Tahun Anggaran {recap.office.tahun}, tahap {recap.office.tahap}"
    total = rekap.RINGKASAN.part("unit").own("total_rab").label
    table = plain_table(title, ("Unit", "Status"), (total, "Tidak dihitung (Rp)", "Catatan"))
    for u in recap.units:
        held = aside(u.total_tidak_dihitung) if u.total_tidak_dihitung else ""
        table.add_row(u.nama, u.status.value, u.counted_words, held, str(u.jumlah_catatan))
    return table


def show_findings(console: Console, findings: Iterable[Finding], everything: bool) -> None:
    """By file what its unit can mend, then what is for others; wajib and the cause first, three examples of each code."""
    findings = [*findings]
    answer.keep(findings)
    for file, groups in by_file(findings):
        console.print(Text(file, style="bold"))
        for group in groups:
            console.print(Text(f"  {group.heading}", style=_STYLES[group.severity]))
            shown = group.findings if everything else group.findings[:EXAMPLES]
            for finding in shown:
                place = place_of(finding)
                console.print(Text(f"    {place + ': ' if place else ''}{finding.masalah} {finding.perbaikan}"))
            if len(group.findings) > len(shown):
                console.print(f"    dan {len(group.findings) - len(shown)} lainnya (semuanya dengan --semua)")
        console.print()
