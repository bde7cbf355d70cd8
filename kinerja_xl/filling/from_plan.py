"""What a locked plan can put into a form: its lines per account, indicators, RKT, the tree with its money, the cash plan."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal

from kinerja_xl.filling.supply import (
    DISEPAKATI,
    DPA,
    KAS,
    NAMES,
    PAGU,
    PROPOSED,
    RECAP_KINDS,
    TREE,
    WHERE,
    Supply,
    placed,
    sums,
    with_tree,
)
from kinerja_xl.lists.accounts import JENIS_BELANJA, accounts
from kinerja_xl.lists.codes import programs
from kinerja_xl.office.folder import InputError
from kinerja_xl.reckoning.plan import Plan, PlanIndicator
from kinerja_xl.sheets import kinds
from kinerja_xl.sheets.indikator import QUARTERS
from kinerja_xl.sheets.model import Column, Record
from kinerja_xl.sheets.penetapan import ANGGARAN_TABLE, INDIKATOR_PLAN_TABLE, KAS_TABLE, MONTH_KEYS, PENETAPAN
from kinerja_xl.sheets.rekap import RKT
from kinerja_xl.sheets.usulan import USULAN

_TEXT, _RUPIAH = kinds.teks(), kinds.rupiah()
_URAIAN = Column(key="uraian", label="Uraian", kind=_TEXT, aliases=("Uraian Rekening", "Nama Rekening"))
_PROGRAM = (
    Column(key="kode", label="Kode", kind=kinds.kode(), aliases=("Kode Sub Kegiatan", "Kode Program/Kegiatan/Sub Kegiatan")),
    Column(key="nama", label="Program / Kegiatan / Sub Kegiatan", kind=_TEXT, aliases=("Nama Sub Kegiatan", "Sub Kegiatan")),
    Column(key="unit", label="Unit", kind=_TEXT),
    Column(key="diusulkan", label="Diusulkan (Rp)", kind=_RUPIAH, aliases=("Usulan",)),
    Column(key="disepakati", label="Disepakati (Rp)", kind=_RUPIAH, aliases=("Hasil Penelaahan",)),
    Column(key="anggaran", label="Anggaran (Rp)", kind=_RUPIAH, aliases=("Pagu (Rp)", "Pagu", "Pagu Definitif")),
    Column(key="alasan", label="Alasan Selisih", kind=_TEXT, aliases=("Alasan",)),
)
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
    given = all(sub.dpa is not None for sub in plan.subs)
    return {PAGU: key, DPA if given else DISEPAKATI: key}


def _facts(plan: Plan) -> dict[str, object]:
    found = {"kantor": plan.kantor, "tahun": Decimal(plan.tahun), "dasar": plan.dasar, "tanggal_dasar": plan.tanggal}
    return {key: value for key, value in found.items() if value}


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
    return Supply(
        kind="rab", columns=(_URAIAN, *ANGGARAN_TABLE.columns, *TREE), rows=rows, tree="kode_sub", amount="jumlah",
        facts=_facts(plan), core=(frozenset({"uraian", "nama_rekening"}), frozenset({"jumlah"})),
        merges=("kode_rekening", "uraian", "nama_rekening", "jenis_belanja"), money=_meant(plan, "jumlah"),
    )  # fmt: skip


def _indicators(plan: Plan) -> Supply:
    rows = tuple(placed(with_tree(_indicator(one), "kode"), NAMES) for one in plan.promised)
    return Supply(
        kind="indikator", columns=(*INDIKATOR_PLAN_TABLE.columns, *TREE, WHERE), rows=rows, tree="kode", facts=_facts(plan),
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
    for sub in plan.subs:
        parts = sub.kode.split(".")
        amounts = {"diusulkan": Decimal(sub.diusulkan), "disepakati": Decimal(sub.disepakati), "anggaran": Decimal(sub.anggaran)}
        for length in (3, 5):
            _add(listed.setdefault(code := ".".join(parts[:length]), {"kode": code, "nama": names.get(code)}), amounts)
        start: dict[str, object] = {"kode": sub.kode, "nama": names.get(sub.kode) or sub.nama, "alasan": sub.alasan or None}
        own = listed.setdefault(sub.kode, start)
        own["unit"] = ", ".join(filter(None, (str(own.get("unit") or ""), sub.unit)))
        _add(own, amounts)
    rows = [listed[code] for code in sorted(listed)]
    return Supply(
        kind="program", columns=_PROGRAM, rows=tuple(rows), tree="kode", amount="anggaran", groups=sums(rows), facts=_facts(plan),
        core=(frozenset({"nama"}), frozenset(_MONEY)),
        money={**_meant(plan, "anggaran"), PROPOSED: "diusulkan", DISEPAKATI: "disepakati"},
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
        kind=KAS, columns=(*KAS_TABLE.columns, *TREE, WHERE, budget), rows=rows, tree="kode_sub", amount="jumlah",
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
