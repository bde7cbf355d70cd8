"""What the recap makes of the plan as a whole: the chain from misi to rupiah, the cascade of the PK, what needs the Camat."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.catatan import Finding
from kinerja_xl.office.kantor import Price
from kinerja_xl.reckoning import Sum, summed
from kinerja_xl.reckoning.recap import Entry
from kinerja_xl.reckoning.recap.alignment import Break, Gap, Promise, Step, _side_by_side, align, cascade
from kinerja_xl.reckoning.recap.build import Kind, Over, matters
from kinerja_xl.sheets.content import Row
from tests import recap_contoh

SUB = "7.01.01.2.01.0001"
"""A sub kegiatan of the Subbag Perencanaan, who is on time."""


def goal(unit, code, level, nama, **more):
    values = {"kode": code, "level": level, "nama": nama, "target": Decimal(5), "satuan": "Dokumen"} | more
    return Entry(unit=unit, unit_nama=unit, file="a.xlsx", row=Row(values=values), kode_sub=code)


def recap_of(*indikator, goals=None, serves=None, lines=None, **changes):
    """Lines of one sub kegiatan, these indicators, and what the office says of its Renstra."""
    base = recap_contoh.small()
    own = [line for line in base.lines if line.kode_sub == SUB] if lines is None else lines
    kantor = replace(base.office, program_sasaran={"7.01.01": "S1"} if serves is None else serves, pk_pimpinan=())
    if goals is not None:
        kantor = replace(kantor, renstra=goals)
    return replace(base, office=kantor, lines=tuple(own), indikator=tuple(indikator), pk_kinerja=(), findings=(), **changes)


def shown(recap):
    return [(link.step, link.kode, link.unit, set(link.gaps)) for link in align(recap)]


AMOUNT = sum(line.jumlah for line in recap_contoh.lines() if line.kode_sub == SUB)


def test_a_whole_chain_has_no_gap():
    recap = recap_of(
        goal("perencanaan", "7.01.01", "Outcome", "IKU 1 kecamatan"),
        goal("perencanaan", SUB, "Output", "Jumlah dokumen"),
        goal("perencanaan", SUB, "Proses", "Jumlah rapat"),
    )
    assert shown(recap) == [
        (Step.SASARAN, "S1", "", set()),
        (Step.IKU, "S1", "perencanaan", set()),
        (Step.PROGRAM, "7.01.01", "", set()),
        (Step.INDIKATOR, "7.01.01", "perencanaan", set()),
        (Step.SUB, SUB, "perencanaan", set()),
        (Step.INDIKATOR, SUB, "perencanaan", set()),
    ]
    amounts = {link.step: link.anggaran for link in align(recap) if link.anggaran is not None}
    assert amounts == dict.fromkeys((Step.SASARAN, Step.PROGRAM, Step.SUB), AMOUNT)


OUTCOME = goal("perencanaan", "7.01.01", "Outcome", "IKU 1 kecamatan")
OUTPUT = goal("perencanaan", SUB, "Output", "Jumlah dokumen")
GAPS = {
    "iku": (recap_of(replace(OUTCOME, row=Row(values={**OUTCOME.row.values, "nama": "Lain"})), OUTPUT), {(Step.IKU, Gap.IKU)}),
    "outcome": (recap_of(OUTPUT), {(Step.IKU, Gap.IKU), (Step.PROGRAM, Gap.OUTCOME)}),
    "output": (recap_of(OUTCOME), {(Step.SUB, Gap.OUTPUT)}),
    "rab": (recap_of(OUTCOME, OUTPUT, lines=()), {(Step.PROGRAM, Gap.USULAN), (Step.SUB, Gap.RAB)}),
    "tidak dihitung": (
        recap_of(OUTCOME, replace(OUTPUT, counted=False)), {(Step.SUB, Gap.OUTPUT)},
    ),
    "program": (
        recap_of(OUTCOME, OUTPUT, serves={}),
        {(Step.SASARAN, Gap.SASARAN), (Step.SASARAN, Gap.PROGRAM)},
    ),
    "renstra kosong": (recap_of(OUTCOME, OUTPUT, goals=()), {(Step.SASARAN, Gap.PROGRAM)}),
}  # fmt: skip


@pytest.mark.parametrize("name", GAPS)
def test_each_break_is_named_where_it_is(name):
    recap, expected = GAPS[name]
    assert {(link.step, gap) for link in align(recap) for gap in link.gaps} == expected


@pytest.mark.parametrize("make", [recap_contoh.small, recap_contoh.empty, recap_contoh.hard])
def test_the_sub_kegiatan_add_up_to_the_recap(make):
    recap = make()
    links = align(recap)
    for step in (Step.SUB, Step.PROGRAM, Step.SASARAN):
        assert sum(link.anggaran for link in links if link.step is step) == recap.total_rab, step


# ---- the cascade of the PK ---------------------------------------------------------------------------


def promise(who, sasaran, indikator):
    return Row(values={"jabatan_kode": who, "sasaran": sasaran, "indikator": indikator, "target": Decimal(8), "satuan": "Nilai"})


def pk(unit, sasaran, indikator):
    return Entry(unit=unit, unit_nama=unit, file="a.xlsx", row=promise(unit, sasaran, indikator))


def ladder(leaders, *units):
    base = recap_contoh.small()
    kantor = replace(base.office, pk_pimpinan=tuple(leaders), units=base.office.units[:3])
    return [
        tuple(p and p.indikator for p in (rung.camat, rung.sekcam, rung.unit)) + (rung.gap,)
        for rung in cascade(replace(base, office=kantor, pk_kinerja=units))
    ]


def test_promises_stand_beside_those_they_carry():
    """Subbag under the Sekcam, a Seksi under the Camat; the same sasaran or a shared indicator ties them."""
    leaders = [promise("camat", "Pelayanan prima", "Indeks Kepuasan"), promise("camat", "Akuntabel", "Nilai SAKIP"),
               promise("sekcam", "akuntabel ", "Ketepatan laporan"), promise("sekcam", "Tertib", "Jumlah rapat")]  # fmt: skip
    units = (pk("perencanaan", "Dokumen", "Ketepatan laporan kinerja"), pk("umum", "Tertib", "Jumlah surat"),
             pk("pemerintahan", "Pelayanan prima", "Jumlah layanan"), pk("umum", "Lain", "Jumlah kendaraan"))  # fmt: skip
    assert ladder(leaders, *units) == [
        ("Indeks Kepuasan", None, "Jumlah layanan", None),
        ("Nilai SAKIP", "Ketepatan laporan", "Ketepatan laporan kinerja", None),
        (None, "Jumlah rapat", "Jumlah surat", None),
        (None, None, "Jumlah kendaraan", None),
    ]


def test_the_same_indicator_stands_on_one_line_in_whatever_order_it_was_written():
    """Sekcam and two units under one sasaran: nobody's indicator stands beside another one that somebody else carries."""
    goal = "Akuntabel"
    leaders = [promise("camat", goal, "Nilai SAKIP"), promise("sekcam", goal, "Ketepatan keuangan"),
               promise("sekcam", goal, "Kualitas perencanaan"), promise("sekcam", goal, "Jumlah rapat")]  # fmt: skip
    units = (pk("perencanaan", goal, "Kualitas Perencanaan"), pk("perencanaan", goal, "Jumlah arsip"),
             pk("umum", goal, "Nilai SAKIP"), pk("umum", goal, "Ketepatan keuangan"))  # fmt: skip
    assert ladder(leaders, *units)[:4] == [
        ("Nilai SAKIP", None, "Nilai SAKIP", None),
        (None, "Ketepatan keuangan", "Ketepatan keuangan", None),
        (None, "Kualitas perencanaan", "Kualitas Perencanaan", None),
        (None, "Jumlah rapat", "Jumlah arsip", None),
    ]


def test_a_pk_that_carries_nothing_is_a_gap():
    leaders = [promise("camat", "Pelayanan prima", "Indeks Kepuasan"), promise("sekcam", "Tertib", "Jumlah rapat")]
    assert ladder(leaders, pk("pemerintahan", "Lain", "Jumlah pohon"), pk("pemerintahan", "Lain", "Jumlah batu")) == [
        ("Indeks Kepuasan", None, None, Break.CARRIED),
        (None, "Jumlah rapat", None, Break.SEKCAM),
        (None, None, "", Break.EMPTY),
        (None, None, "", Break.EMPTY),
        (None, None, "Jumlah pohon", Break.UNIT),
        (None, None, "Jumlah batu", None),
    ]


def test_the_same_indicator_has_one_target_on_every_rung():
    """Camat 8, Sekcam 8, the unit 5: said on the unit's rung; an indicator of its own has any target."""
    leaders = [promise("camat", "Pelayanan prima", "Indeks Kepuasan"), promise("sekcam", "Pelayanan prima", "Indeks Kepuasan")]
    low = replace(promise("pemerintahan", "Pelayanan prima", "INDEKS kepuasan"), values={
        **promise("pemerintahan", "Pelayanan prima", "INDEKS kepuasan").values, "target": Decimal(5)
    })  # fmt: skip
    unit = Entry(unit="pemerintahan", unit_nama="", file="a.xlsx", row=low)
    assert ladder(leaders, unit, pk("pemerintahan", "Pelayanan prima", "Jumlah layanan"))[:2] == [
        ("Indeks Kepuasan", "Indeks Kepuasan", "INDEKS kepuasan", Break.TARGET), (None, None, "Jumlah layanan", None)
    ]  # fmt: skip
    assert ladder(leaders, pk("pemerintahan", "Pelayanan prima", "Indeks Kepuasan"))[0][-1] is None


def test_without_a_pk_of_the_camat_nothing_hangs_on_anything():
    assert [gap for *_, gap in ladder([])] == [Break.TOP, *[Break.EMPTY] * 3]


# ---- what needs the Camat ----------------------------------------------------------------------------


def test_matters_name_units_and_amounts():
    recap = recap_contoh.small()
    by_kind = {matter.kind: matter for matter in matters(recap)}
    late = summed(line.jumlah for line in recap.lines if line.unit == "pmd")
    held = summed(line.jumlah for line in recap.lines if line.unit == "umum" and not line.counted)
    assert (held.amount, held.unknown) == (914_181, 2)
    pagu_of = {unit.kode: unit.pagu for unit in recap.units}
    assert {kind: (matter.units, matter.amount) for kind, matter in by_kind.items() if kind is not Kind.PAGU} == {
        Kind.BELUM: (("pelayanan",), Sum(pagu_of["pelayanan"])),
        Kind.TIDAK_TERBACA: (("trantib",), Sum(pagu_of["trantib"])),
        Kind.TERLAMBAT: (("pmd",), late),
        Kind.DITAHAN: (("umum",), held),
    }
    code = "7.01.01.2.02.0001"
    counted = sum(line.jumlah or 0 for line in recap.lines if line.counted and (line.unit, line.kode_sub) == ("umum", code))
    pagu = recap.office.pagu["umum", code]
    assert by_kind[Kind.PAGU].over == (Over(unit="umum", kode_sub=code, pagu=pagu, counted=counted),)
    assert by_kind[Kind.PAGU].amount.value == counted - pagu


def price(harga, **more):
    values = {"kode": "02.06.05.06.02", "uraian": "x", "spesifikasi": "", "satuan": "Orang/Kali", "jenis": "SSH",
              "harga": harga, "batas": True, "kode_rekening": ""} | more  # fmt: skip
    return {values["kode"]: Price(**values)}


@pytest.mark.parametrize(
    ("prices", "expected"),
    [
        (price(100_000), 25_375 + 2 * 37_720),
        (price(125_375), 2 * 12_345),
        (price(137_720), None),
        (price(100_000, batas=False), None),
        (price(100_000, jenis="ASB"), None),
        (price(100_000, satuan="Buah"), None),
        ({}, None),
    ],
)
def test_what_exceeds_the_price_standard_is_told_in_rupiah(prices, expected):
    """Two lines: 1 x 125.375 and 2 x 137.720; only ceilings of a row, in the row's own unit, limit it."""
    base = recap_contoh.small()
    unit = recap_contoh.UNITS[0]
    rows = [recap_contoh.rab_line(unit, SUB, n, koef_1=Decimal(n + 1), koef_2=None, ppn=None) for n in (0, 1)]
    kantor = replace(base.office, prices=prices, pagu={})
    found = {m.kind: m.amount and m.amount.value for m in matters(replace(base, office=kantor, lines=tuple(rows), findings=()))}
    assert found.get(Kind.STANDAR) == expected


def test_programs_without_an_outcome_are_named():
    """Those that no unit gives one: what another unit states stands in the RKT."""
    finding, base = Finding(code="I702", file="a.xlsx", unit="umum", value="7.01.01"), recap_contoh.small()
    bare = replace(base, indikator=tuple(entry for entry in base.indikator if entry.row.get("level") != "Outcome"))
    asked = [{m.kind: m.codes for m in matters(replace(one, findings=(finding, finding)))} for one in (bare, base)]
    assert [found.get(Kind.OUTCOME) for found in asked] == [(("umum", "7.01.01"),), None]


def promises(line):
    return {place: Promise(who=str(place), sasaran="", indikator="", target="") for place in line}


def walked(lines):
    """What is meant, by looking through all lines for each of them."""
    found = []
    for line in lines:
        beside = next((own for own, tied in found if not tied and max(own) < min(line)), None)
        if beside is None:
            found.append((line, len(line) > 1))
        else:
            beside.update(line)
    return [line for line, _ in found]


@given(st.lists(st.sets(st.integers(0, 2), min_size=1), max_size=30))
def test_lines_that_nothing_ties_stand_side_by_side_as_if_each_had_looked_through_all(lines):
    assert _side_by_side([promises(line) for line in lines]) == walked([promises(line) for line in lines])
