"""What we can put into a form: rows of one kind with their declared columns, and single facts about office and year."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from kinerja_xl.lists import JENIS_BELANJA, accounts, normalise_program, programs
from kinerja_xl.office.folder import InputError
from kinerja_xl.reading.own_book import RecapLine
from kinerja_xl.reckoning.plan import Plan, PlanIndicator
from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.model import Column, Record, Table
from kinerja_xl.sheets.penetapan import ANGGARAN_TABLE, INDIKATOR_PLAN_TABLE, KAS_TABLE, MONTH_KEYS, PENETAPAN
from kinerja_xl.sheets.rekap import RKT
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.sheets.values import fold

RECAP_KINDS = ("rab", "indikator", "rkt", "program")
"""The kinds of rows that a form may want of a recap without being asked."""
PK = "pk"
KAS = "kas"
MEASURED = "realisasi"
KINDS = (*RECAP_KINDS, PK, KAS, MEASURED)
"""Every kind: the rows of a recap, of a locked plan (``kas``), of a capaian workbook."""

_TEXT, _CODE = kinds.teks(), kinds.kode()
TREE = (
    Column(key="nama_sub", label="Nama Sub Kegiatan", kind=_TEXT, aliases=("Uraian Sub Kegiatan", "Sub Kegiatan")),
    Column(key="kode_program", label="Kode Program", kind=_CODE),
    Column(key="nama_program", label="Program", kind=_TEXT, aliases=("Nama Program", "Uraian Program")),
    Column(key="kode_kegiatan", label="Kode Kegiatan", kind=_CODE),
    Column(key="nama_kegiatan", label="Kegiatan", kind=_TEXT, aliases=("Nama Kegiatan", "Uraian Kegiatan")),
)
NAMES = ("nama_sub", "nama_kegiatan", "nama_program")
WHERE = Column(
    key="induk", label="Program / Kegiatan / Sub Kegiatan", kind=_TEXT,
    aliases=("Program/Kegiatan", "Program, Kegiatan, dan Sub Kegiatan", "Program/Kegiatan/Subkegiatan"),
)  # fmt: skip
"""The lowest name there is: of the sub kegiatan, else of the kegiatan, else of the program."""


UNIT = Column(
    key="unit", label="Unit", kind=_TEXT,
    aliases=("Nama Unit", "Unit Kerja", "Nama Unit Kerja", "Unit Pelaksana", "Seksi/Subbag", "Seksi/Bidang", "Bidang/Seksi",
             "Bidang"),
)  # fmt: skip
"""Who does it, by name: codes of units mean nothing outside of the office."""
JENIS = next(column for column in ANGGARAN_TABLE.columns if column.key == "jenis_belanja")
PRICES = ("harga_satuan", "batas_harga")
UNIT_ROWS = (UNIT.key,)
MERGED = (("jenis_belanja",), UNIT_ROWS)
"""What lines of expenditure are added up to besides their accounts."""
"""Columns of money that nobody adds up."""
PAGU, PROPOSED, DISEPAKATI, DPA = "pagu", "usulan", "disepakati", "dpa"
"""Amounts of a sub kegiatan that are never exchanged."""
PAGU_COLUMN = Column(
    key=PAGU, label="Pagu (Rp)", kind=kinds.rupiah(), aliases=("Pagu", "Pagu Indikatif", "Pagu Anggaran", "Plafon Anggaran")
)
PROPOSED_COLUMN = Column(key=PROPOSED, label="Diusulkan (Rp)", kind=kinds.rupiah(), aliases=("Usulan", "Usulan Anggaran"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Supply:
    """Rows of one kind in our order. ``tree``: the column by whose code a row belongs to a sub kegiatan, ``amount`` the
    column of its money ("" without). ``groups``: positions of rows that sum up those below them. ``facts`` by the keys of
    ``fields``; ``uncounted``: rows that the recap holds back. ``core``: of each set
    a form must ask for at least one column, else these rows are not what it wants. ``merges``: sets of columns, the widest first;
    a form that asks for those of one alone, and the money, gets a single row for all that have them alike. ``money``: which
    column is the pagu, the usulan, what was agreed,
    the DPA (``PAGU`` …); an amount that is not named there is none of ours, whatever the form calls it. ``sheet``: where in a
    workbook of ours they stand, by which rows of the same kind are told apart. ``level``: the one level that all rows
    are of; ``beyond``: rows of other levels with an indicator of their own, for which the form has no place."""

    kind: str
    columns: tuple[Column, ...]
    rows: tuple[Record, ...]
    tree: str
    amount: str = ""
    groups: frozenset[int] = frozenset()
    facts: Mapping[str, object] = field(default_factory=dict)
    uncounted: tuple[RecapLine, ...] = ()
    core: tuple[frozenset[str], ...] = ()
    merges: tuple[tuple[str, ...], ...] = ()
    money: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    level: str = ""
    beyond: tuple[Record, ...] = ()

    @property
    def name(self) -> str:
        """The kind, and the sheet of ours where there are several of that kind."""
        return f"{self.kind}: {self.sheet}" if self.sheet else self.kind

    @property
    def indicator(self) -> str:
        """The column with the indicator of a row, "" for rows of money alone."""
        return next((c.key for c in self.columns if c.key == "indikator" or fold(c.label) == "indikator"), "")

    @property
    def year(self) -> str:
        """The year whose figures these are, "" when unknown."""
        tahun = self.facts.get("tahun")
        return str(int(tahun)) if isinstance(tahun, Decimal) else ""

    def column(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)

    def kept(self, positions: Iterable[int]) -> Supply:
        """Some of the rows, in our order."""
        chosen = sorted(set(positions))
        groups = frozenset(n for n, position in enumerate(chosen) if position in self.groups)
        return replace(self, rows=tuple(self.rows[position] for position in chosen), groups=groups)

    def only(self, unit: str = "", code: str = "") -> Supply:
        """The rows of one unit, and of one program, kegiatan or sub kegiatan."""
        wanted = normalise_program(code) or code

        def fits(row: Record) -> bool:
            own = str(row.get(self.tree) or "")
            units = {fold(part) for part in str(row.get("unit") or "").split(",")}
            return (not unit or fold(unit) in units) and (not code or own == wanted or own.startswith(f"{wanted}."))

        kept = self.kept(position for position, row in enumerate(self.rows) if fits(row))
        return replace(kept, uncounted=tuple(line for line in self.uncounted if fits(line.row.values)))

    @property
    def total(self) -> Decimal:
        """The sum of the money of all rows, those that sum up others left out."""
        amounts = (row.get(self.amount) for i, row in enumerate(self.rows) if i not in self.groups)
        return sum((amount for amount in amounts if isinstance(amount, Decimal)), Decimal(0))


def with_tree(values: Record, key: str) -> dict[str, object]:
    """A row with the names of its program, kegiatan and sub kegiatan, as far as the public list knows them."""
    code = str(values.get(key) or "")
    parts = code.split(".")
    names = {k: node.nama for k, node in programs().items()}
    program, kegiatan = ".".join(parts[:3]), ".".join(parts[:5])
    found: dict[str, object] = {"kode_program": program or None, "nama_program": names.get(program)}
    if len(parts) > 4:
        found |= {"kode_kegiatan": kegiatan, "nama_kegiatan": names.get(kegiatan)}
    if len(parts) > 5:
        found["nama_sub"] = names.get(code)
    return {**found, **values}


def added(values: Iterable[object]) -> object | None:
    """The sum of amounts; one that is unknown makes it unknown, none at all is no sum."""
    listed = [value for value in values if value is not None]
    if not all(isinstance(value, Decimal) for value in listed):
        return listed[0] if len(set(listed)) == 1 else None
    return sum((value for value in listed if isinstance(value, Decimal)), Decimal(0)) if listed else None


def placed(row: Record, names: tuple[str, ...]) -> dict[str, object]:
    return {**row, "induk": next((row[name] for name in names if row.get(name)), None)}


def sums(rows: Sequence[Record]) -> frozenset[int]:
    """Positions of codes that have others below them."""
    codes = [str(row.get("kode") or "") for row in rows]
    return frozenset(i for i, code in enumerate(codes) if any(other.startswith(f"{code}.") for other in codes))


# ---- What a locked plan can put into a form: its lines per account, indicators, RKT, the tree with its money, the cash plan
#      ----

_PLAN_TEXT, _RUPIAH = kinds.teks(), kinds.rupiah()
_URAIAN = Column(key="uraian", label="Uraian", kind=_PLAN_TEXT, aliases=("Uraian Rekening", "Nama Rekening"))
_PROGRAM = (
    Column(key="kode", label="Kode", kind=kinds.kode(), aliases=("Kode Sub Kegiatan", "Kode Program/Kegiatan/Sub Kegiatan")),
    Column(key="nama", label="Program / Kegiatan / Sub Kegiatan", kind=_PLAN_TEXT, aliases=("Nama Sub Kegiatan", "Sub Kegiatan")),
    UNIT,
    Column(key="diusulkan", label="Diusulkan (Rp)", kind=_RUPIAH, aliases=("Usulan",)),
    Column(key="disepakati", label="Disepakati (Rp)", kind=_RUPIAH, aliases=("Hasil Penelaahan",)),
    Column(key="anggaran", label="Anggaran (Rp)", kind=_RUPIAH, aliases=("Pagu (Rp)", "Pagu", "Pagu Definitif")),
    Column(key="alasan", label="Alasan Selisih", kind=_PLAN_TEXT, aliases=("Alasan",)),
)
_DPA = Column(key=DPA, label="DPA (Rp)", kind=_RUPIAH, aliases=("DPA", "Anggaran DPA"))
_MONEY = ("diusulkan", "disepakati", "anggaran")


def plan_supplies(plan: Plan, file: str, kind: str = "") -> list[Supply]:
    """The rows of a locked plan: of one kind, or of every kind that it has. Raises InputError for a kind that it lacks."""
    wanted = [kind] if kind else [*RECAP_KINDS, *([KAS] if plan.kas else [])]
    if unknown := [one for one in wanted if one not in _MAKERS]:
        known = ", ".join(_MAKERS)
        raise InputError(f"{file} adalah rencana yang dikunci dan tidak memuat {unknown[0]}; yang ada: {known}.")
    return [_MAKERS[one](plan) for one in wanted]


def _meant(plan: Plan, key: str) -> dict[str, str]:
    """What the amount in force is: the pagu, and the DPA's once there is one; before that what was agreed."""
    return {PAGU: key, DPA if _given(plan) else DISEPAKATI: key}


def _given(plan: Plan) -> bool:
    """Whether the DPA of every sub kegiatan is known."""
    return all(sub.dpa is not None for sub in plan.subs)


def _facts(plan: Plan) -> dict[str, object]:
    found = {"kantor": plan.kantor, "tahun": Decimal(plan.tahun), "dasar": plan.dasar, "tanggal_dasar": plan.tanggal}
    return {key: value for key, value in found.items() if value}


def _of_plan(table: Table) -> tuple[Column, ...]:
    """The columns of what is locked, the unit's code first; names for people come from ``with_tree`` and the office."""
    locked = [column for column in table.columns if column.since == 1]
    return (*(c for c in locked if c.key == UNIT.key), *(c for c in locked if c.key != UNIT.key))


def _lines(plan: Plan) -> Supply:
    """Money by account: a locked plan knows no volumes and no prices."""
    names = {code: account.uraian for code, account in accounts().items()}
    rows = tuple(
        with_tree(
            {
                "unit": line.unit, "kode_sub": line.kode_sub, "kode_rekening": line.rekening, "jumlah": Decimal(line.jumlah),
                "uraian": names.get(line.rekening) or line.rekening, "nama_rekening": names.get(line.rekening),
                "jenis_belanja": JENIS_BELANJA.get(line.jenis, line.jenis),
            },
            "kode_sub",
        )
        for line in plan.lines
    )  # fmt: skip
    columns = (column for column in _of_plan(ANGGARAN_TABLE) if column.key != UNIT.key)
    return Supply(
        kind="rab", columns=(_URAIAN, *columns, *TREE, UNIT), rows=rows, tree="kode_sub", amount="jumlah",
        facts=_facts(plan), core=(frozenset({"uraian", "nama_rekening"}), frozenset({"jumlah"})), money=_meant(plan, "jumlah"),
        merges=(("kode_rekening", "uraian", "nama_rekening", "jenis_belanja"), *MERGED),
    )  # fmt: skip


def _indicators(plan: Plan) -> Supply:
    rows = tuple(placed(with_tree(_indicator(one), "kode"), NAMES) for one in plan.promised)
    return Supply(
        kind="indikator", columns=(*_of_plan(INDIKATOR_PLAN_TABLE), *TREE, WHERE), rows=rows, tree="kode", facts=_facts(plan),
        core=(frozenset({"nama"}),), money={PAGU: ""},
    )  # fmt: skip


def _indicator(one: PlanIndicator) -> Record:
    names = ("unit", "kode", "level", "nama", "satuan", "arah", "akumulasi", "baseline", "target", "sasaran", "tipe", "dimensi",
             "tingkat", "pembilang", "penyebut", "penanggung_jawab")  # fmt: skip
    found = {name: getattr(one, name) or None for name in names} | {"baseline": one.baseline, "target": one.target}
    quarters = dict(zip(QUARTERS, one.quarters, strict=True))
    return found | quarters | {"batas_bawah": one.bawah, "batas_atas": one.atas, "iku": "Ya" if one.iku else "Tidak"}


def _rkt(plan: Plan) -> Supply:
    """Indicators with the money of their sub kegiatan, once per unit and sub kegiatan; one without indicators has its own row."""
    money = {(sub.unit, sub.kode): sub for sub in plan.funded}
    rows = []
    for one in sorted(plan.promised, key=lambda i: i.kode):
        sub = money.pop((one.unit, one.kode), None)
        row = {"unit": one.unit, "kode_sub": one.kode, "level": one.level, "indikator": one.nama, "sasaran": one.sasaran,
               "target": one.target, "satuan": one.satuan, "anggaran": Decimal(sub.anggaran) if sub else None}  # fmt: skip
        rows.append(row)
    rows += [{"unit": sub.unit, "kode_sub": sub.kode, "anggaran": Decimal(sub.anggaran)} for sub in money.values()]
    done = []
    for row in rows:
        named = with_tree(row, "kode_sub")
        done.append(placed(named | {"program": named.get("nama_program"), "kegiatan": named.get("nama_kegiatan")}, NAMES))
    return Supply(
        kind="rkt", columns=(*RKT.table.columns(USULAN), WHERE), rows=tuple(done), tree="kode_sub", amount="anggaran",
        facts=_facts(plan), core=(frozenset({"indikator"}), frozenset({"target", "anggaran"})), money=_meant(plan, "anggaran"),
    )  # fmt: skip


def _program(plan: Plan) -> Supply:
    """Program, kegiatan and sub kegiatan with their money; the upper levels are sums of what is below them."""
    names = {code: node.nama for code, node in programs().items()}
    listed: dict[str, dict[str, object]] = {}
    given = _given(plan)
    for sub in plan.subs:
        parts = sub.kode.split(".")
        amounts = {"diusulkan": Decimal(sub.diusulkan), "disepakati": Decimal(sub.disepakati), "anggaran": Decimal(sub.anggaran)}
        amounts |= {DPA: Decimal(sub.dpa)} if given and sub.dpa is not None else {}
        for length in (3, 5):
            _add(listed.setdefault(code := ".".join(parts[:length]), {"kode": code, "nama": names.get(code)}), amounts)
        start: dict[str, object] = {"kode": sub.kode, "nama": names.get(sub.kode) or sub.nama, "alasan": sub.alasan or None}
        own = listed.setdefault(sub.kode, start)
        own["unit"] = ", ".join(filter(None, (str(own.get("unit") or ""), sub.unit)))
        _add(own, amounts)
    rows = [listed[code] for code in sorted(listed)]
    return Supply(
        kind="program", columns=(*_PROGRAM, _DPA) if given else _PROGRAM, rows=tuple(rows), tree="kode", amount="anggaran",
        groups=sums(rows), facts=_facts(plan),
        core=(frozenset({"nama"}), frozenset((*_MONEY, DPA))),
        money={**_meant(plan, "anggaran"), PROPOSED: "diusulkan", DISEPAKATI: "disepakati", **({DPA: DPA} if given else {})},
    )  # fmt: skip


def _add(row: dict[str, object], amounts: Mapping[str, Decimal]) -> None:
    for key, value in amounts.items():
        before = row.get(key)
        row[key] = value + (before if isinstance(before, Decimal) else 0)


def _kas(plan: Plan) -> Supply:
    money = {(sub.unit, sub.kode): Decimal(sub.anggaran) for sub in plan.subs}
    rows = tuple(_months(unit, code, months, money.get((unit, code))) for (unit, code), months in plan.kas.items())
    budget = next(column for column in _PROGRAM if column.key == "anggaran")
    return Supply(
        kind=KAS, columns=(*_of_plan(KAS_TABLE), *TREE, WHERE, budget), rows=rows, tree="kode_sub", amount="jumlah",
        facts=_facts(plan), core=(frozenset({"kode_sub", "nama_sub", "induk"}), frozenset(MONTH_KEYS)),
        money=_meant(plan, "anggaran"),
    )  # fmt: skip


def _months(unit: str, code: str, months: Iterable[int], budget: Decimal | None) -> Record:
    amounts = [Decimal(month) for month in months]
    row = {"unit": unit, "kode_sub": code, "anggaran": budget, "jumlah": sum(amounts, Decimal(0))}
    return placed(with_tree({**row, **dict(zip(MONTH_KEYS, amounts, strict=True))}, "kode_sub"), NAMES)


_MAKERS: Mapping[str, Callable[[Plan], Supply]] = {
    "rab": _lines, "indikator": _indicators, "rkt": _rkt, "program": _program, KAS: _kas,
}  # fmt: skip
BOOK_KEY = PENETAPAN.key
"""The machine mark of a locked plan's workbook."""
