"""Chapter III of the LKjIP as a Word document: the year on a page, then capaian per sasaran of the Renstra with its IKU first,
money, efisiensi, room for the analysis. Tables and the chart are numbered, and listed in front.

The tables are real Word tables under real headings. The analysis under each begins with what the units wrote; blank paragraphs
stand for the rest, which no program can write. The chart needs an optional library; without it the document is complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from types import MappingProxyType

from kinerja_xl.reckoning import LEAST, Sum, grouped, told
from kinerja_xl.reckoning.capaian import NOT_FILLED, YEAR_END, Capaian, IndicatorResult, MoneyLine, Year
from kinerja_xl.reckoning.capaian.accumulate import quarter_names
from kinerja_xl.reckoning.capaian.janji import due
from kinerja_xl.reckoning.capaian.measure import FULL, IkuTrend, official, progress, remark, way_of
from kinerja_xl.reckoning.capaian.rule import yardsticks
from kinerja_xl.reckoning.year import COUNTED
from kinerja_xl.reckoning.year.due import Promise
from kinerja_xl.sheets.capaian import at_most
from kinerja_xl.sheets.formats import format_number, format_rupiah
from kinerja_xl.words.periods import ROMAN
from kinerja_xl.words.text import fold
from kinerja_xl.writing.letters.chart import reached_against_spent
from kinerja_xl.writing.letters.looks import Element, el, field, paragraph, run, twips
from kinerja_xl.writing.letters.rows import NONE, Cell, Column, Row, summed
from kinerja_xl.writing.letters.style import DOTS
from kinerja_xl.writing.letters.tables import Letter
from kinerja_xl.writing.shown.capaian.indikator import in_line, noted

INDICATOR = Column(head="Indikator Kinerja", width=52)
REACHED = (
    Column(head="No", width=9, side="tengah"), INDICATOR, Column(head="Satuan", width=23, side="tengah"),
    Column(head="Target", width=25, side="kanan"), Column(head="Realisasi", width=25, side="kanan"),
    Column(head="Capaian (%)", width=19, side="kanan"), Column(head="Predikat", width=21, side="tengah"),
)  # fmt: skip


def over_years(tahun: int) -> tuple[Column, ...]:
    """The columns of an IKU: two years before, this year, the end of the Renstra."""
    return (
        Column(head="Indikator Kinerja Utama", width=40), Column(head="Satuan", width=17, side="tengah"),
        *(Column(head=str(year), width=16, side="kanan", group="Realisasi") for year in (tahun - 2, tahun - 1)),
        *(Column(head=head, width=width, side="kanan", group=str(tahun))
          for head, width in (("Target", 16), ("Realisasi", 18), ("Capaian (%)", 18))),
        Column(head="Target", width=16, side="kanan", group="Akhir Renstra"),
        Column(head="Kemajuan (%)", width=20, side="kanan", group="Akhir Renstra"),
    )  # fmt: skip


PROMISED = (
    Column(head="Outcome", width=78), Column(head="Satuan", width=23, side="tengah"),
    Column(head="Target", width=25, side="kanan"), Column(head="Realisasi", width=25, side="kanan"),
    Column(head="Tercapai (%)", width=20, side="kanan"),
)  # fmt: skip
MONEY = (
    Column(head="Kode", width=31), Column(head="Uraian", width=50), Column(head="Pagu (Rp)", width=35, side="kanan"),
    Column(head="Realisasi (Rp)", width=35, side="kanan"), Column(head="Serapan (%)", width=19, side="kanan"),
)  # fmt: skip
EFFICIENCY = (
    Column(head="Sub Kegiatan", width=62), Column(head="Capaian (%)", width=21, side="kanan"),
    Column(head="Serapan (%)", width=21, side="kanan"), Column(head="Efisiensi", width=67),
)  # fmt: skip
COST = (
    Column(head="Output", width=57), Column(head="Satuan", width=23, side="tengah"),
    Column(head="Rencana per satuan (Rp)", width=28, side="kanan"),
    Column(head="Realisasi per satuan (Rp)", width=28, side="kanan"), Column(head="Keterangan", width=47),
)  # fmt: skip
CHAPTER, _MOST_NOTES, _TOGETHER = 3, 4, 2
_SUMMED_UP = 600
"""Letters of notes on the one page of the summary, at least one note."""
TABLES, FIGURES = "Tabel", "Gambar"
NOTES = (("penghambat", "Kendala"), ("tindak_lanjut", "Tindak lanjut"))
DRIVING = ("pendorong", "Faktor pendorong")
NATIONAL = f"Perbandingan dengan standar nasional (bila ada): {DOTS}"
"""What Permenpan RB 53/2014 asks of an IKU as well, and no workbook holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A sasaran of the Renstra with its IKU and the other indicators that serve it."""

    name: str
    iku: tuple[IndicatorResult, ...]
    others: tuple[IndicatorResult, ...]


def goals_of(year: Year) -> tuple[Goal, ...]:
    """The sasaran of the Renstra in its order; what serves none of them stands last, by its own sasaran.

    An indicator belongs to the sasaran whose IKU bears its name, that its program serves, or that it names itself.
    """
    office = year.office
    names = {goal.kode_sasaran: goal.sasaran for goal in reversed(office.renstra)}
    iku_of = {fold(goal.indikator): goal.kode_sasaran for goal in office.renstra}
    by_words = {fold(goal.sasaran): goal.kode_sasaran for goal in reversed(office.renstra)}
    order = list(dict.fromkeys(goal.kode_sasaran for goal in office.renstra))

    def place(result: IndicatorResult) -> tuple[int, str]:
        served = office.program_sasaran.get(".".join(result.indicator.kode.split(".")[:3]))
        kode = iku_of.get(fold(result.indicator.nama)) or served or by_words.get(fold(result.indicator.sasaran), "")
        return (order.index(kode), names[kode]) if kode in names else (len(order), result.indicator.sasaran or NO_GOAL)

    found = grouped((place(result), result) for result in year.results)
    return tuple(
        Goal(
            name=name, iku=tuple(r for r in own if r.indicator.iku), others=tuple(r for r in own if not r.indicator.iku)
        )
        for (_, name), own in sorted(found.items())
    )  # fmt: skip


NO_GOAL = "Sasaran lain"


class _Report(Letter):
    """The chapter: a letter over the measured year. ``trends``: the IKU over the years. Tables are numbered as they come."""

    def __init__(self, year: Year, trends: tuple[IkuTrend, ...]) -> None:
        tahun = year.plan.tahun
        super().__init__(year.office, f"LKjIP {tahun}, Bab III", f"LKjIP {tahun}, {year.office.nama}")
        self.year, self.trends = year, trends
        self.captions: dict[str, list[str]] = {TABLES: [], FIGURES: []}

    def caption(self, kind: str, words: str) -> Element:
        """``Tabel 3.1 …``: the caption of the next table or figure, marked for the list in front."""
        found = self.captions[kind]
        found.append(f"{kind} {CHAPTER}.{len(found) + 1} {words}")
        number = sum(map(len, self.captions.values()))
        start = el("w:bookmarkStart", id=number, name=mark_of(len(found), kind))
        return paragraph("Caption", start, run(found[-1]), el("w:bookmarkEnd", id=number))

    def captioned(
        self, caption: str, columns: tuple[Column, ...], rows: Iterable[Row], own: Iterable[IndicatorResult] = ()
    ) -> None:
        """A numbered table, and room for what it means: first what hindered and what follows, as the units wrote it."""
        self.append(self.caption(TABLES, caption))
        self.table(columns, rows, nothing="Belum ada data.", tie=True, company=_TOGETHER)
        self.say("Analisis:", bold=True, keep_next=True)
        for words in _begun(list(own), self.year):
            self.say(words)
        self.append(paragraph("BodyText"), paragraph("BodyText"))


def _begun(results: list[IndicatorResult], year: Year) -> Iterator[str]:
    """The first words of an analysis; of IKU also what drove them and what they are held against. Dots where it has none."""
    if not results:
        yield DOTS
    for key, words in NOTES if results else ():
        yield f"{words}: {_noted(results, key, year)}"
    iku = any(r.indicator.iku for r in results)
    if iku or any(noted(r, DRIVING[0], year.triwulan) for r in results):
        yield f"{DRIVING[1]}: {_noted(results, DRIVING[0], year)}"
    if iku:
        yield NATIONAL


def mark_of(number: int, kind: str = TABLES) -> str:
    """The bookmark of a caption, by its number in the chapter."""
    return f"{kind.lower()}{number}"


def write_lkjip(year: Year, trends: tuple[IkuTrend, ...] = (), pages: Mapping[str, int] = MappingProxyType({})) -> bytes:
    """The document as bytes. ``trends``: the IKU over the years; ``pages``: of the tables by ``mark_of``, known to a program
    that lays the document out. Same year, same bytes."""
    report = _Report(year, trends)
    title = f"LAPORAN KINERJA INSTANSI PEMERINTAH (LKjIP) TAHUN {year.plan.tahun}"
    report.head(title, year.office.nama.upper(), f"Ikhtisar Eksekutif dan Bab III{_unfinished(year)}")
    _summary(report)
    place = paragraph("BodyText")
    report.append(place)
    report.say("BAB III AKUNTABILITAS KINERJA", "Heading1")
    _reached(report)
    _money(report)
    _efficiency(report)
    _lists(report, place, pages)
    return report.finished()


def _unfinished(year: Year) -> str:
    """Of a year whose last triwulan nobody has reported yet: that the report is a draft."""
    latest = max((file.triwulan for file in year.realised.files if file.status in COUNTED), default=0)
    missing = range(latest + 1, year.triwulan + 1)
    return f" (rancangan, laporan {quarter_names(missing)} belum ada)" if missing else ""


def _lists(report: _Report, place: Element, pages: Mapping[str, int]) -> None:
    """In front of the chapter, once it is known which tables and figures there are; the chapter begins on a page of its own. The
    pages are fields: Word reckons them again (F9) once somebody wrote more into the chapter."""
    tabs = el("w:tabs", el("w:tab", val="right", leader="dot", pos=twips(report.paper.room)))
    for kind, captions in report.captions.items():
        if captions:
            head = paragraph("Heading1", run(f"DAFTAR {kind.upper()}"))
            head[0].extend([el("w:pageBreakBefore")] if kind == TABLES else [])
            place.addprevious(head)
        for number, caption in enumerate(captions, start=1):
            mark = mark_of(number, kind)
            page = field(f"PAGEREF {mark} \\h", shown=str(pages.get(mark, "")))
            line = paragraph("BodyText", run(caption), el("w:r", el("w:tab")), *page)
            line[0].append(copy(tabs))
            place.addprevious(line)
    place.append(el("w:r", el("w:br", type="page")))


def _summary(report: _Report) -> None:
    """Ikhtisar eksekutif: the year on one page."""
    year = report.year
    report.say("IKHTISAR EKSEKUTIF", "Heading1")
    whose = f"{year.office.nama} tahun {year.plan.tahun}{_until(year)}"
    words = f"Laporan ini memuat capaian kinerja dan realisasi anggaran {whose}"
    report.say(f"{words}, dengan target dan anggaran menurut {'; '.join(filter(None, (year.dated, year.keadaan())))}.")
    iku = _iku(year)
    met = [r for r in iku if r.of_year.percent is not None and r.of_year.percent >= FULL]
    mean = year.averages["iku"][0].percent if year.averages["iku"] else None
    if iku:
        words = f"{len(met)} mencapai target; rata-rata capaiannya {_points(mean)} %."
        report.say(f"Dari {len(iku)} Indikator Kinerja Utama, {words}")
        report.table(REACHED, [_indicator(number, result) for number, result in enumerate(iku, start=1)], whole=True)
    else:
        report.say("Rencana ini tidak memuat Indikator Kinerja Utama.")
    report.say(_office_words(year))
    whole = next(line for line in year.money if line.level == "kantor")
    report.say(f"Realisasi anggaran {whole.told} dari {format_rupiah(whole.pagu)}, serapan {whole.serapan_told} %.")
    over = [line.nama for line in year.money if line.level == "subkegiatan" and (line.spent or 0) > line.pagu]
    if over:
        report.say(f"Realisasi yang melebihi pagu: {'; '.join(over)}.")
    for key, words in NOTES:
        report.say(f"{words}: {_noted(year.results, key, year, _SUMMED_UP)}")


def _noted(results: Iterable[IndicatorResult], key: str, year: Year, room: int = 0) -> str:
    """What the units wrote under ``key``, each with its indicator, as one sentence; dots where none did. ``room``: how many
    letters of it, 0 without such a limit."""
    noted_by = grouped((in_line(text), r.indicator.nama) for r in results if (text := noted(r, key, year.triwulan)))
    told = [f"{text.removesuffix('.')} ({'; '.join(names)})" for text, names in noted_by.items()]
    fits = sum(1 for total in accumulate(map(len, told)) if not room or total <= room)
    shown = min(max(fits, 1), _MOST_NOTES)
    more = f"; dan {len(told) - shown} lainnya" if len(told) > shown else ""
    return "; ".join(told[:shown]) + more + "." if told else DOTS


def _until(year: Year) -> str:
    return "" if year.triwulan == YEAR_END else f" sampai triwulan {ROMAN[year.triwulan - 1]}"


def _office_words(year: Year) -> str:
    office = year.averages["kantor"][0]
    words = (
        f"Dari {office.counted + len(office.left_out)} indikator yang ditetapkan, {office.counted} dapat dinilai, "
        f"dengan rata-rata capaian {_points(office.percent)} %"
    )
    return f"{words} ({office.predicate_told})." if office.predicate else f"{words}."


# ---- A. capaian ------------------------------------------------------------------------------------


def _reached(report: _Report) -> None:
    year = report.year
    report.say("A. Capaian Kinerja Organisasi", "Heading2")
    report.say(f"Target dan anggaran menurut {year.dated}.")
    report.say(_office_words(year))
    if left_out := year.averages["kantor"][0].left_out:
        left = "; ".join(f"{name} ({official(reason)})" for name, reason in left_out)
        report.say(f"Tidak ikut dinilai: {left}.")
    for number, goal in enumerate(goals_of(year), start=1):
        report.say(f"Sasaran {number}: {goal.name}", "Heading3")
        if goal.iku:
            caption = f"Capaian Indikator Kinerja Utama sasaran {number}"
            report.captioned(caption, over_years(year.plan.tahun), [_over_years(report, r) for r in goal.iku], goal.iku)
        if goal.others:
            rows = [_indicator(i, r) for i, r in enumerate(goal.others, start=1)]
            report.captioned(f"Capaian indikator pendukung sasaran {number}", REACHED, rows, goal.others)
    if promises := due(year.office, year.realised.promises):
        report.say("Outcome yang dijanjikan tahun-tahun sebelumnya", "Heading3")
        report.captioned("Outcome menurut TOR tahun-tahun sebelumnya", PROMISED, map(_promise, promises))


def _promise(one: Promise) -> Row:
    reached = NOT_FILLED if one.reached is None else _shown(one.reached)
    return Row(cells=(Cell(text=one.outcome, small=one.source), one.satuan, _shown(one.target), reached, _points(one.percent)))


def _indicator(number: int, result: IndicatorResult) -> Row:
    of_year, one = result.of_year, result.indicator
    return Row(
        cells=(
            str(number), Cell(text=one.nama, small=_beside(result)), one.satuan, _shown(of_year.target), _realised(of_year),
            of_year.told, result.predicate_told or NONE,
        )
    )  # fmt: skip


def _realised(of_year: Capaian) -> str:
    """Of a sum that lacks a quarter at least what is known."""
    if of_year.realised is None:
        return str(of_year.lack)
    return f"{LEAST if of_year.floor or of_year.ceiling else ''}{_shown(of_year.realised)}"


def _beside(result: IndicatorResult) -> str:
    """What has to be known beside the figure, and the most of it that counts in means."""
    words = remark(result)
    known = words == str(result.of_year.lack)  # which stands in the row already
    return "; ".join(filter(None, ("" if known else words, "" if result.limited is None else at_most(result.limited))))


def _iku(year: Year) -> list[IndicatorResult]:
    return [result for result in year.results if result.indicator.iku]


def _over_years(report: _Report, result: IndicatorResult) -> Row:
    """Progress is said by the method of the indicator's own direction, as on the sheet Tren IKU."""
    year, now = report.year, result.of_year
    trend = next((t for t in report.trends if fold(t.nama) == fold(result.indicator.nama)), None)
    before = {point.tahun: point.realised for point in trend.points} if trend else {}
    final = trend.final if trend else None
    return Row(
        cells=(
            Cell(text=result.indicator.nama, small=_beside(result)), result.indicator.satuan,
            *(_shown(before.get(year.plan.tahun - back)) for back in (2, 1)), _shown(now.target), _realised(now), now.told,
            _shown(final), _points(progress(way_of(result.indicator, year.policies, year.triwulan), now.realised, final)),
        )
    )  # fmt: skip


# ---- B. money --------------------------------------------------------------------------------------


def _money(report: _Report) -> None:
    year = report.year
    report.say("B. Realisasi Anggaran", "Heading2")
    whole = next(line for line in year.money if line.level == "kantor")
    serapan = f"serapan {whole.serapan_told} %"
    report.say(f"Anggaran {format_rupiah(whole.pagu)} menurut {year.dated}, realisasi {whole.told}, {serapan}.")
    order = ("program", "kegiatan", "subkegiatan")
    lines = sorted((x for x in year.money if x.level in order and x.asked), key=lambda x: (x.kode, order.index(x.level), x.unit))
    total = summed(2, *_amounts(whole))
    report.captioned("Realisasi anggaran per program, kegiatan, dan sub kegiatan", MONEY, [*map(_line, lines), total])
    kinds = [_line(line) for line in year.money if line.level == "jenis"]
    report.captioned("Realisasi anggaran per jenis belanja", MONEY, [*kinds, total] if kinds else [])
    chart = reached_against_spent(year)
    if chart:
        place = paragraph("Kop", keep_next=True)
        report.append(place)
        report.picture(place, chart, None)
        caption = report.caption(FIGURES, "Capaian dan serapan per unit")
        caption[0].extend([el("w:keepNext", val=0), el("w:jc", val="center")])
        report.append(caption)


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
    lines = [line for line in year.money if line.level == "subkegiatan" and line.asked]
    if (cap := yardsticks(year.policies).cap) is not None:
        report.say(f"Capaian setiap indikator dalam tabel ini {at_most(cap)}.")
    rows = [Row(cells=(x.nama, x.capaian_told, x.serapan_told, x.efisiensi_told)) for x in lines]
    report.captioned("Capaian terhadap serapan per sub kegiatan", EFFICIENCY, rows)
    costs = [Row(cells=(c.output or c.nama, c.satuan, _rupiah(c.plan), _rupiah(c.realised), c.reason)) for c in year.costs]
    report.captioned("Biaya per satuan output", COST, costs)


def _rupiah(value: Decimal | None) -> str:
    return NONE if value is None else format_number(value)


def _points(value: Decimal | None) -> str:
    return NONE if value is None else format_number(value, 2)


def _shown(value: Decimal | str | None) -> str:
    """A whole figure as it is, any other with two decimals."""
    if value is None:
        return NONE
    if isinstance(value, str):
        return value
    return format_number(value, 0 if value == value.to_integral_value() else 2)
