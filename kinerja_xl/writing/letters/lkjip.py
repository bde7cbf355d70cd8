"""Chapter III of the LKjIP as a Word document: capaian per sasaran, comparisons, money, efisiensi, room for the analysis.

The tables are real Word tables under real headings; a blank paragraph stands under each for the analysis, which no program
can write. The chart needs an optional library; without it the document is complete.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from decimal import Decimal

from kinerja_xl.reckoning import Sum, told
from kinerja_xl.reckoning.capaian import NOT_FILLED, IndicatorResult, MoneyLine, Year
from kinerja_xl.reckoning.capaian.janji import Promise, due
from kinerja_xl.reckoning.capaian.measure import IkuTrend, TrendPoint, progress
from kinerja_xl.reckoning.capaian.rule import words_of
from kinerja_xl.sheets.capaian import EFISIENSI
from kinerja_xl.sheets.formats import format_number, format_rupiah
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.words.text import fold
from kinerja_xl.writing.letters.looks import paragraph
from kinerja_xl.writing.letters.tables import Cell, Column, Letter, Row

# ---- The chart of the LKjIP as a picture: capaian against serapan per unit. The plotting library is optional ----

DPI = 200
_INCHES = (6.6, 3.0)
_COLOURS = ("#1F3864", "#A6B8D4")
"""Dark and light: they differ on a black-and-white printer too."""


def reached_against_spent(year: Year) -> bytes:
    """A PNG with two bars per unit, in percent; empty where the library is missing or there is nothing to show."""
    try:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure
    except ImportError:
        return b""
    spent = {line.kode: line.serapan for line in year.money if line.level == "unit"}
    units = [(average.label, average.percent, spent.get(average.key)) for average in year.averages["unit"]]
    if not any(value is not None for _, *values in units for value in values):
        return b""
    figure = Figure(figsize=(_INCHES[0], max(_INCHES[1], 0.55 * len(units) + 0.8)), layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    for offset, (label, colour) in enumerate(zip(("Capaian (%)", EFISIENSI.table.own("serapan").label), _COLOURS, strict=True)):
        values = [float(pair[offset] or 0) for _, *pair in units]
        places = [index + 0.38 * offset for index in range(len(units))]
        bars = axes.barh(places, values, height=0.36, label=label, color=colour, edgecolor=_COLOURS[0], linewidth=0.5)
        words = ["belum ada" if pair[offset] is None else f"{pair[offset]}".replace(".", ",") for _, *pair in units]
        axes.bar_label(bars, labels=words, padding=2, fontsize=7)
    axes.set_yticks([index + 0.19 for index in range(len(units))], [label for label, *_ in units], fontsize=8)
    axes.invert_yaxis()
    axes.margins(x=0.12)
    axes.tick_params(axis="x", labelsize=7)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    axes.legend(fontsize=8, frameon=False, loc="lower center", bbox_to_anchor=(0.5, 1.0), ncols=2)
    out = io.BytesIO()
    figure.savefig(out, format="png", dpi=DPI, metadata={"Software": None})
    return out.getvalue()


NONE = "–"
CHART_HEIGHT = 75.0
"""Millimetres."""

INDICATOR = Column(head="Indikator Kinerja", width=60)
REACHED = (
    Column(head="No", width=9, side="tengah"), INDICATOR, Column(head="Satuan", width=23, side="tengah"),
    Column(head="Target", width=25, side="kanan"), Column(head="Realisasi", width=25, side="kanan"),
    Column(head="Capaian (%)", width=19, side="kanan"), Column(head="Predikat", width=21, side="tengah"),
)  # fmt: skip
AGAINST_LAST = (
    INDICATOR, Column(head="Satuan", width=23, side="tengah"),
    *(Column(head=head, width=width, side="kanan", group=group)
      for group in ("Tahun lalu", "Tahun ini") for head, width in (("Realisasi", 22), ("Capaian (%)", 20))),
    Column(head="Naik/turun (poin)", width=19, side="kanan"),
)  # fmt: skip
MEDIUM = (
    INDICATOR, Column(head="Satuan", width=23, side="tengah"), Column(head="Realisasi tahun ini", width=24, side="kanan"),
    Column(head="Target tahun ini", width=24, side="kanan"), Column(head="Target akhir Renstra", width=24, side="kanan"),
    Column(head="Tingkat kemajuan (%)", width=22, side="kanan"),
)  # fmt: skip
PROMISED = (
    Column(head="Outcome", width=78), Column(head="Satuan", width=23, side="tengah"),
    Column(head="Target", width=25, side="kanan"), Column(head="Realisasi", width=25, side="kanan"),
    Column(head="Capaian (%)", width=20, side="kanan"),
)  # fmt: skip
MONEY = (
    Column(head="Kode", width=31), Column(head="Uraian", width=50), Column(head="Pagu (Rp)", width=35, side="kanan"),
    Column(head="Realisasi (Rp)", width=35, side="kanan"), Column(head="Serapan (%)", width=19, side="kanan"),
)  # fmt: skip
EFFICIENCY = (
    Column(head="Sub Kegiatan", width=62), Column(head="Capaian (%)", width=21, side="kanan"),
    Column(head="Serapan (%)", width=21, side="kanan"), Column(head="Efisiensi", width=21, side="kanan"),
    Column(head="Penilaian", width=46),
)  # fmt: skip
COST = (
    Column(head="Output", width=58), Column(head="Satuan", width=23, side="tengah"),
    Column(head="Rencana per satuan (Rp)", width=35, side="kanan"),
    Column(head="Realisasi per satuan (Rp)", width=35, side="kanan"), Column(head="Keterangan", width=32),
)  # fmt: skip


class _Report(Letter):
    """The chapter: a letter over the measured year. ``trends``: the IKU over the years, for the two comparisons."""

    def __init__(self, year: Year, trends: tuple[IkuTrend, ...]) -> None:
        tahun = year.plan.tahun
        super().__init__(year.office, f"LKjIP {tahun}, Bab III", f"LKjIP {tahun}, {year.office.nama}")
        self.year, self.trends = year, trends

    def captioned(self, caption: str, columns: tuple[Column, ...], rows: Iterable[Row], said: Iterable[str] = ()) -> None:
        """A captioned table, what the units said of it, and room for what it means."""
        self.say(caption, "Caption")
        self.table(columns, rows, nothing="Belum ada data.", tie=True, whole=True)
        self.say("Analisis:", bold=True, keep_next=True)
        for text in said:
            self.say(text)
        self.append(paragraph("BodyText"), paragraph("BodyText"))


def write_lkjip(year: Year, trends: tuple[IkuTrend, ...] = ()) -> bytes:
    """The document as bytes. ``trends``: the IKU over the years, for the two comparisons. Same year, same bytes."""
    report = _Report(year, trends)
    report.head(f"LAPORAN KINERJA INSTANSI PEMERINTAH (LKjIP) TAHUN {year.plan.tahun}", year.office.nama.upper())
    report.say("BAB III AKUNTABILITAS KINERJA", "Heading1")
    _reached(report)
    _money(report)
    _efficiency(report)
    return report.finished()


# ---- A. capaian ------------------------------------------------------------------------------------


def _reached(report: _Report) -> None:
    year = report.year
    report.say("A. Capaian Kinerja Organisasi", "Heading2")
    report.say(f"Target dan anggaran menurut {year.plan.dated}.")
    office = year.averages["kantor"][0]
    words = (
        f"Dari {office.counted + len(office.left_out)} indikator yang ditetapkan, {office.counted} dapat dinilai, "
        f"dengan rata-rata capaian {_points(office.percent)} %"
    )
    report.say(f"{words} ({office.predicate})." if office.predicate else f"{words}.")
    if office.left_out:
        left = "; ".join(f"{name} ({reason})" for name, reason in office.left_out)
        report.say(f"Tidak ikut dinilai: {left}.")
    groups: dict[str, list[IndicatorResult]] = {}
    for result in year.results:
        groups.setdefault(fold(result.indicator.sasaran), []).append(result)
    for number, own in enumerate(groups.values(), start=1):
        name = own[0].indicator.sasaran or "(tanpa sasaran)"
        report.say(f"Sasaran {number}: {name}", "Heading3")
        rows = [_indicator(i, r) for i, r in enumerate(own, start=1)]
        report.captioned("Target, realisasi, dan capaian", REACHED, rows, filter(None, map(_said, own)))
    report.say("Perbandingan dengan tahun lalu", "Heading3")
    against = [_against_last(report, result) for result in _iku(year)]
    report.captioned("Realisasi dan capaian IKU tahun lalu dan tahun ini", AGAINST_LAST, against)
    report.say("Perbandingan dengan target jangka menengah", "Heading3")
    report.captioned("Kemajuan IKU menuju target akhir Renstra", MEDIUM, (_towards_final(report, one) for one in _iku(year)))
    if promises := due(year.office):
        report.say("Outcome yang dijanjikan tahun-tahun sebelumnya", "Heading3")
        report.captioned("Outcome menurut TOR tahun-tahun sebelumnya", PROMISED, map(_promise, promises))


_SAID = (("pendorong", "faktor pendorong"), ("penghambat", "kendala"), ("tindak_lanjut", "tindak lanjut"))


def _said(result: IndicatorResult) -> str:
    """What the unit itself said of an indicator, quarter by quarter: the beginning of an analysis, not more (V.A.3)."""
    notes = result.realised.notes if result.realised else {}
    words = [
        f"TW {ROMAN[n - 1]} {label}: {' '.join(text.split()).rstrip('.')}"
        for n, own in sorted(notes.items())
        for key, label in _SAID
        if (text := own.get(key, "").strip())
    ]
    return f"{result.indicator.nama}, menurut laporan unit: {'; '.join(words)}." if words else ""


def _indicator(number: int, result: IndicatorResult) -> Row:
    of_year, one = result.of_year, result.indicator
    realised = _shown(of_year.realised) if of_year.realised is not None else str(of_year.lack)
    small = "" if of_year.percent is not None else f"{of_year.lack}: {of_year.reason}".removesuffix(": ")
    if of_year.missing:
        small = "TW " + ", ".join(ROMAN[n - 1] for n in of_year.missing) + " belum diisi"
    return Row(
        cells=(
            str(number), Cell(text=one.nama, small=small), one.satuan, _shown(of_year.target), realised,
            _points(of_year.percent), result.predicate or NONE,
        )
    )  # fmt: skip


def _iku(year: Year) -> list[IndicatorResult]:
    return [result for result in year.results if result.indicator.iku]


def _against_last(report: _Report, result: IndicatorResult) -> Row:
    before, now = _point(report, result, report.year.plan.tahun - 1), result.of_year
    past = before.percent if before else None
    change = None if past is None or now.percent is None else now.percent - past
    return Row(
        cells=(
            result.indicator.nama, result.indicator.satuan, _shown(before.realised if before else None), _points(past),
            _shown(now.realised), _points(now.percent), _points(change),
        )
    )  # fmt: skip


def _promise(one: Promise) -> Row:
    origin = f"TOR tahun {one.origin}, untuk dicapai tahun {one.due}"
    reached = NOT_FILLED if one.reached is None else _shown(one.reached)
    return Row(cells=(Cell(text=one.outcome, small=origin), one.satuan, _shown(one.target), reached, _points(one.percent)))


def _towards_final(report: _Report, result: IndicatorResult) -> Row:
    """Progress is said by the method of the indicator's own direction, as on the sheet Capaian IKU."""
    trend = next((t for t in report.trends if fold(t.nama) == fold(result.indicator.nama)), None)
    point, final = _point(report, result, report.year.plan.tahun), trend.final if trend else None
    return Row(
        cells=(
            result.indicator.nama, result.indicator.satuan, _shown(result.of_year.realised),
            _shown(point.target if point else None), _shown(final),
            _points(progress(result.indicator, result.of_year.realised, final, report.year.policies)),
        )
    )  # fmt: skip


def _point(report: _Report, result: IndicatorResult, tahun: int) -> TrendPoint | None:
    """What the trend of this indicator says of a year."""
    own = (t for t in report.trends if fold(t.nama) == fold(result.indicator.nama))
    return next((point for trend in own for point in trend.points if point.tahun == tahun), None)


# ---- B. money --------------------------------------------------------------------------------------


def _money(report: _Report) -> None:
    year = report.year
    report.say("B. Realisasi Anggaran", "Heading2")
    whole = next(line for line in year.money if line.level == "kantor")
    serapan = f"serapan {whole.serapan_told} %"
    report.say(f"Anggaran {format_rupiah(whole.pagu)} menurut {year.plan.dated}, realisasi {whole.told}, {serapan}.")
    order = ("program", "kegiatan", "subkegiatan")
    lines = sorted((x for x in year.money if x.level in order), key=lambda x: (x.kode, order.index(x.level), x.unit))
    total = Row(cells=("", "Jumlah", *_amounts(whole)), kind="jumlah")
    report.captioned("Realisasi anggaran per program, kegiatan, dan sub kegiatan", MONEY, [*map(_line, lines), total])
    kinds = [_line(line) for line in year.money if line.level == "jenis"]
    report.captioned("Realisasi anggaran per jenis belanja", MONEY, [*kinds, total] if kinds else [])
    chart = reached_against_spent(year)
    if chart:
        report.say("Capaian dan serapan per unit", "Caption")
        place = paragraph("TandaTangan")
        report.append(place)
        report.picture(place, chart, CHART_HEIGHT)


def _line(line: MoneyLine) -> Row:
    name = line.nama if line.nama != line.kode else "(tidak ada di daftar program kantor)"
    return Row(cells=(line.kode, name, *_amounts(line)), kind="kelompok" if line.level == "program" else "biasa")


def _amounts(line: MoneyLine) -> tuple[str, str, str]:
    spent = line.unfilled if line.spent is None else told(Sum(line.spent, unknown=line.unreported), format_number, "rekening")
    return format_number(line.pagu), spent, line.serapan_told


# ---- C. efficiency ---------------------------------------------------------------------------------


def _efficiency(report: _Report) -> None:
    year = report.year
    report.say("C. Efisiensi Penggunaan Sumber Daya", "Heading2")
    lines = [line for line in year.money if line.level == "subkegiatan"]
    rows = [Row(cells=(x.nama, _points(x.capaian), x.serapan_told, _points(x.efisiensi), x.efisiensi_told)) for x in lines]
    report.captioned("Capaian terhadap serapan per sub kegiatan", EFFICIENCY, rows)
    costs = [Row(cells=(c.output or c.nama, c.satuan, _rupiah(c.plan), _rupiah(c.realised), c.reason)) for c in year.costs]
    report.captioned("Biaya per satuan output", COST, costs)


def _rupiah(value: Decimal | None) -> str:
    return NONE if value is None else format_number(value)


def _points(value: Decimal | None) -> str:
    return NONE if value is None else format_number(value, 2)


def _shown(value: Decimal | str | None) -> str:
    """At most four decimals: a quotient has no end."""
    if value is None:
        return NONE
    return value if isinstance(value, str) else words_of(value)
