"""Several offices as one: what each came to, and what they come to together. An office that can't be read is one that is not
known, never 0."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import groupby

from kinerja_xl.frames.joined import LINE, OFFICE, WORK, costs, prices, sums_by, together
from kinerja_xl.frames.ledger import Added
from kinerja_xl.frames.tables import Frame
from kinerja_xl.reckoning import Sum, grouped
from kinerja_xl.sheets.choices import JENIS_BELANJA
from kinerja_xl.words.text import fold


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeSum:
    """One office as it goes from the process that read it to the one that joins. ``key``: its folder below that of all, whose
    first name is the kecamatan's; ``trouble``: why it could not be read, "" where it could; ``lacking``: (what, which units);
    ``results``: files that were written, for links; ``rencana``: the plan that holds, which ``budget`` and ``spent`` are of;
    ``tanggal``: the day of what is printed."""

    key: str
    nama: str
    pemda: str = ""
    rencana: str = ""
    tahun: int = 0
    tahap: str = ""
    tanggal: date | None = None
    trouble: str = ""
    units: int = 0
    submitted: int = 0
    wajib: int = 0
    cek: int = 0
    pagu: int = 0
    counted: int = 0
    held: Sum = Sum()
    capaian: Decimal | None = None
    predikat: str = ""
    budget: int | None = None
    spent: int | None = None
    unreported: int = 0
    serapan: Decimal | None = None
    lacking: tuple[tuple[str, tuple[str, ...]], ...] = ()
    results: tuple[str, ...] = ()
    lines: Frame | None = field(default=None, compare=False)
    work: Frame | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rupiah of one program, kegiatan, sub kegiatan, or of a jenis belanja of an office."""

    tingkat: str
    kode: str
    nama: str
    offices: int
    sums: Added
    kecamatan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacking:
    """What an office still owes."""

    kecamatan: str
    apa: str
    siapa: tuple[str, ...]
    total: int


LEVELS = (("Program", "program"), ("Kegiatan", "kegiatan"), ("Sub kegiatan", "kode_sub"))


@dataclass(frozen=True, kw_only=True)
class Several:
    """All offices, in the order of their folders; ``triwulan``: until when realisasi was asked for."""

    nama: str
    offices: tuple[OfficeSum, ...]
    name_of: Callable[[str], str]
    triwulan: int | None = None

    @property
    def read(self) -> list[OfficeSum]:
        return [office for office in self.offices if not office.trouble]

    @property
    def none_yet(self) -> bool:
        """Whether no unit of any office has handed in anything: then no amount is known, and none is 0."""
        return not any(office.submitted for office in self.read)

    @property
    def counted(self) -> int:
        return sum(office.counted for office in self.read)

    @property
    def held(self) -> Sum:
        return sum((office.held for office in self.read), Sum())

    @cached_property
    def lines(self) -> Frame:
        return together((office.lines for office in self.read if office.lines is not None), LINE)

    @cached_property
    def programs(self) -> tuple[Group, ...]:
        """Every level by code, the codes below each after it."""
        found = [
            Group(tingkat=word, kode=key[0], nama=self._name(level, key[0]), offices=self._offices(level)[key[0]], sums=own)
            for word, level in LEVELS
            for key, own in sums_by(self.lines, level).items()
        ]
        ranks = {word: number for number, (word, _) in enumerate(LEVELS)}
        return tuple(sorted(found, key=lambda group: (group.kode.split("."), ranks[group.tingkat])))

    @cached_property
    def _names(self) -> dict[str, str]:
        """What the offices call their sub kegiatan; the first that names one."""
        named = self.lines[["kode_sub", "nama_sub"]].dropna().drop_duplicates("kode_sub")
        return dict(zip(named["kode_sub"], named["nama_sub"], strict=True))

    def _name(self, level: str, code: str) -> str:
        return (self._names.get(code, "") if level == "kode_sub" else "") or self.name_of(code)

    def _offices(self, level: str) -> dict[str, int]:
        pairs = self.lines[[level, OFFICE]].fillna("").drop_duplicates()
        return Counter(pairs[level].tolist())

    @cached_property
    def kinds(self) -> tuple[Group, ...]:
        """The jenis belanja of each office; what is of none stands last."""
        found = sums_by(self.lines, OFFICE, "jenis")
        keys = [*JENIS_BELANJA, *sorted({jenis for _, jenis in found} - JENIS_BELANJA.keys())]
        return tuple(
            Group(
                tingkat="", kode=jenis, nama=JENIS_BELANJA.get(jenis, ""), offices=1, sums=found[office.nama, jenis],
                kecamatan=office.nama,
            )
            for office in self.read for jenis in keys if (office.nama, jenis) in found
        )  # fmt: skip

    @cached_property
    def prices(self) -> Frame:
        return prices(self.lines)

    @cached_property
    def costs(self) -> Frame:
        return costs(together((office.work for office in self.read if office.work is not None), WORK))

    @cached_property
    def lacking(self) -> tuple[Lacking, ...]:
        """The office that owes most first; one that can't be read owes everything."""
        found = []
        for office in self.offices:
            what = (((office.trouble, ()),) if office.trouble else office.lacking)
            total = sum(max(1, len(units)) for _, units in what)
            found += [Lacking(kecamatan=office.nama, apa=words, siapa=units, total=total) for words, units in what]
        lost = {office.nama for office in self.offices if office.trouble}
        return tuple(sorted(found, key=lambda one: (one.kecamatan not in lost, -one.total, one.kecamatan)))

    def rank(self, office: OfficeSum, of: Callable[[OfficeSum], Decimal | None]) -> int | None:
        """The place of an office, 1 for the highest figure; equal figures share it. None where it has none."""
        own = of(office)
        figures: Sequence[Decimal] = [x for x in map(of, self.read) if x is not None]
        return None if own is None or office.trouble else 1 + sum(x > own for x in figures)


def kecamatan_of(key: str) -> str:
    return key.partition("/")[0]


def of_one_year(offices: Iterable[OfficeSum], tahun: int | None = None) -> Iterator[OfficeSum]:
    """Those of ``tahun``, the newest by default: two years are never added. A kecamatan that has no folder of that year, or two
    of them, is not known, and says so."""
    every = sorted(offices, key=lambda office: office.key)
    year = tahun or max((office.tahun for office in every), default=0)
    for place, group in groupby(every, key=lambda office: kecamatan_of(office.key)):
        own = list(group)
        mine = [office for office in own if office.trouble or office.tahun == year]
        read = [office.key for office in mine if not office.trouble]
        if len(read) > 1:
            words = f"DUA FOLDER TAHUN {year}: {' dan '.join(read)}. Sisakan satu, lalu gabungkan lagi."
            yield OfficeSum(key=place, nama=place, trouble=words)
        elif mine:
            yield from mine
        else:
            years = ", ".join(str(office.tahun) for office in own)
            yield OfficeSum(key=place, nama=own[0].nama, trouble=f"TIDAK ADA TAHUN {year}: yang ada di foldernya {years}")


def one_folder_each(offices: Iterable[OfficeSum]) -> Iterator[OfficeSum]:
    """The office of one pemda and one name that stands in several folders is not known, and each says so: added up it would
    count twice."""
    every = list(offices)
    folders = grouped(((fold(one.pemda), fold(one.nama)), one.key) for one in every if not one.trouble)
    for one in every:
        own = folders[fold(one.pemda), fold(one.nama)] if not one.trouble else []
        if len(own) > 1:
            which = f"KANTOR YANG SAMA DI {len(own)} FOLDER: {' dan '.join(own)}"
            words = f"{which}. Sisakan satu, atau betulkan nama kantor di Kantor.xlsx, lalu gabungkan lagi."
            yield OfficeSum(key=one.key, nama=one.nama, pemda=one.pemda, trouble=words)
        else:
            yield one


def in_order(offices: Iterable[OfficeSum]) -> tuple[OfficeSum, ...]:
    """By folder; two of one name are told apart by it, in their lines too."""
    every = sorted(offices, key=lambda office: office.key)
    times = Counter(office.nama for office in every)
    return tuple(_called(o, f"{o.nama} ({o.key})" if times[o.nama] > 1 else o.nama) for o in every)


def _called(office: OfficeSum, name: str) -> OfficeSum:
    lines, work = (None if table is None else table.assign(**{OFFICE: name}) for table in (office.lines, office.work))
    return replace(office, nama=name, lines=lines, work=work)
