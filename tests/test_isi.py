"""The sample office agrees with itself and with the lists: keys, required fields, choices, sums, dates, prices."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from kinerja_xl.lists import JENIS_BELANJA, accounts, example_prices, level, programs
from kinerja_xl.sheets.choices import CHOICES, EDITABLE, JENIS_LAMPIRAN_MODAL
from kinerja_xl.sheets.content import BookContent, Row
from kinerja_xl.sheets.kantor import KANTOR
from kinerja_xl.sheets.kinds import Shape
from kinerja_xl.sheets.model import Block, Column, Form
from kinerja_xl.sheets.rab import FACTOR_UNITS, FACTORS, jumlah_value, volume_value
from kinerja_xl.sheets.tor import COSTS, MONTHS
from kinerja_xl.sheets.usulan import USULAN
from kinerja_xl.words.units import find_satuan, satuan
from samples.isi import FOLDER, UNITS, kantor_content, unit_content

OFFICE = kantor_content()
BOOKS = {kode: unit_content(kode) for kode in UNITS}
TW = ("tw_1", "tw_2", "tw_3", "tw_4")
FAULTS = tomllib.loads((FOLDER / "bermasalah.toml").read_text(encoding="utf-8"))["kesalahan"]


def _blocks(content: BookContent) -> Iterator[tuple[Block, tuple[Row, ...]]]:
    for sheet in content.sheets:
        for block in content.book.sheet(sheet.key).blocks:
            yield block, (sheet.forms[block.key],) if isinstance(block, Form) else sheet.tables[block.key]


def _problems(column: Column, value: object) -> list[str]:
    """What is wrong with one value of a column; [] when nothing is."""
    kind, shown = column.kind, f"{column.key}={value!r}"
    if value is None:
        return [shown] if column.required else []
    shapes = {Shape.TEKS: str, Shape.ANGKA: Decimal, Shape.TANGGAL: date, Shape.NILAI: (Decimal, str)}
    if not isinstance(value, shapes[kind.shape]):
        return [shown]
    listed = {**CHOICES, **EDITABLE}.get(kind.list_name)
    wrong = listed is not None and not kind.open_list and value not in listed
    if isinstance(value, Decimal):
        wrong = wrong or (kind.whole and value != int(value))
        wrong = wrong or (kind.minimum is not None and value < kind.minimum)
    if isinstance(value, str):
        wrong = wrong or value != value.strip()
        wrong = wrong or (kind.name == "nip" and not (len(value) == 18 and value.isdigit()))
    return [shown] if wrong else []


@pytest.mark.parametrize("content", [OFFICE, *BOOKS.values()], ids=["kantor", *UNITS])
def test_every_block_has_exactly_the_input_keys_and_sound_values(content: BookContent):
    for block, rows in _blocks(content):
        inputs = {c.key: c for c in block.columns if c.computed is None}
        for row in rows:
            assert row.values.keys() == inputs.keys()
            assert [p for key, c in inputs.items() for p in _problems(c, row.get(key))] == [], (block.key, row.values)
        if not isinstance(block, Form):
            assert len(rows) <= block.rows, block.key
            for keys in block.unique:
                repeated = [k for k, n in Counter(tuple(r.get(key) for key in keys) for r in rows).items() if n > 1]
                assert repeated == [], block.key


def test_sheets_are_those_of_the_books():
    assert [s.key for s in OFFICE.sheets] == [s.key for s in KANTOR.sheets if s.blocks]
    for content in BOOKS.values():
        assert [s.key for s in USULAN.sheets if s.blocks] == list(dict.fromkeys(s.key for s in content.sheets))
        names = [s.name for s in content.all("tor")]
        assert names == ["TOR", *(f"TOR ({n})" for n in range(2, len(names) + 1))]


def _amounts(kode: str) -> dict[str, Counter[str]]:
    sums: dict[str, Counter[str]] = {}
    for row in BOOKS[kode].rows("rab"):
        amount = jumlah_value(row.values)
        assert amount is not None and amount > 0
        sums.setdefault(str(row.get("kode_sub")), Counter())[str(row.get("jenis_belanja"))] += int(amount)
    return sums


TOTALS = {
    "perencanaan": 34_623_000,
    "umum": 2_012_599_450,
    "pemerintahan": 47_813_000,
    "pmd": 49_159_200,
    "trantib": 74_148_600,
    "pelayanan": 46_653_800,
}


@pytest.mark.parametrize("kode", UNITS)
def test_size_of_a_unit(kode: str):
    assert 8 <= len(BOOKS[kode].rows("rab")) <= 40
    assert 3 <= len(_amounts(kode)) <= 8
    assert sum(sum(parts.values()) for parts in _amounts(kode).values()) == TOTALS[kode]


def test_size_of_the_office():
    assert sum(len(content.rows("rab")) for content in BOOKS.values()) == 148
    jenis = {str(row.get("jenis_belanja")) for content in BOOKS.values() for row in content.rows("rab")}
    assert jenis == set(JENIS_BELANJA.values())


@pytest.mark.parametrize("kode", UNITS)
def test_tor_costs_pk_and_pagu_follow_the_rab(kode: str):
    amounts = _amounts(kode)
    tors = [s.forms["tor"] for s in BOOKS[kode].all("tor")]
    assert [t.get("kode_sub") for t in tors] == list(amounts)
    for tor in tors:
        stated = {jenis: tor.get(field) for jenis, field in COSTS.items() if tor.get(field) is not None}
        named = {JENIS_BELANJA[jenis]: amount for jenis, amount in stated.items()}
        assert named == amounts[str(tor.get("kode_sub"))]
    totals = {sub: sum(parts.values()) for sub, parts in amounts.items()}
    assert {r.get("kode"): r.get("anggaran") for r in BOOKS[kode].rows("pk_anggaran")} == totals
    pagu = {r.get("kode_sub"): r.get("pagu") for r in OFFICE.rows("pagu") if r.get("unit") == kode}
    assert pagu.keys() == totals.keys()
    assert all(0 <= pagu[sub] - total < 500_000 for sub, total in totals.items())


@pytest.mark.parametrize("kode", UNITS)
def test_tor_and_pk_follow_the_indikator(kode: str):
    content = BOOKS[kode]
    outputs = {r.get("kode"): r for r in content.rows("indikator") if r.get("level") == "Output"}
    assert outputs.keys() == _amounts(kode).keys()
    for tor in (s.forms["tor"] for s in content.all("tor")):
        row = outputs[tor.get("kode_sub")]
        stated = (tor.get("output"), tor.get("output_target"), tor.get("output_satuan"))
        assert stated == (row.get("nama"), row.get("target"), row.get("satuan"))
        assert 2027 <= int(str(tor.get("outcome_tahun"))) <= 2029
    keys = ("sasaran", "nama", "level", "satuan", "target")
    wanted = [tuple(r.get(k) for k in keys) for r in content.rows("indikator") if r.get("level") in {"Output", "Outcome"}]
    pk_keys = ("sasaran", "indikator", "level", "satuan", "target")
    assert [tuple(r.get(k) for k in pk_keys) for r in content.rows("pk_kinerja")] == wanted
    form = content.form("pk")
    assert form is not None and form.get("tanggal_disampaikan") is None and form.get("tanggal_disetujui") is None


@pytest.mark.parametrize("kode", UNITS)
def test_schedule_lies_between_start_and_end(kode: str):
    for sheet in BOOKS[kode].all("tor"):
        start, end = sheet.forms["tor"].get("tanggal_mulai"), sheet.forms["tor"].get("tanggal_selesai")
        assert isinstance(start, date) and isinstance(end, date)
        assert start.year == end.year == 2025 and start < end
        rows = sheet.tables["jadwal"]
        assert 4 <= len(rows) <= 7
        months = [n for n, key in enumerate(MONTHS, start=1) if any(r.get(key) for r in rows)]
        assert (months[0], months[-1]) == (start.month, end.month), sheet.forms["tor"].get("judul")
        assert all(any(r.get(key) for key in MONTHS) for r in rows)
        assert {r.get("tahap") for r in rows} == set(CHOICES["tahap_kerja"])


@pytest.mark.parametrize("kode", UNITS)
def test_kind_of_activity_decides_the_optional_sections(kode: str):
    for sheet in BOOKS[kode].all("tor"):
        tor = sheet.forms["tor"]
        research, ongoing = tor.get("sifat") == "Penelitian/kajian", tor.get("sifat") == "Berkelanjutan/tahun jamak"
        filled = [tor.get(k) is not None for k in ("rumusan_masalah", "seminar", "kemajuan")]
        assert filled == [research, research, ongoing], tor.get("judul")
        if tor.get("biaya_modal") is not None:
            assert {r.get("jenis") for r in sheet.tables["lampiran"]} >= set(JENIS_LAMPIRAN_MODAL)


def test_every_quarter_adds_up_to_its_year():
    for row in (r for content in BOOKS.values() for r in content.rows("indikator")):
        filled = [row.get(key) for key in TW if row.get(key) is not None]
        target = row.get("target")
        if row.get("akumulasi") == "Nilai terakhir":
            assert filled[-1] == target and row.get("tw_4") is not None
        else:
            assert len(filled) == 4
            assert sum(filled) == target * (1 if row.get("akumulasi") == "Jumlah" else 4), row.get("nama")


def test_kinds_of_indicators_are_all_there():
    rows = [r for content in BOOKS.values() for r in content.rows("indikator")]
    for key, name in (("tipe", "tipe_indikator"), ("arah", "arah"), ("akumulasi", "akumulasi"), ("level", "level_indikator")):
        assert {r.get(key) for r in rows} == set(CHOICES[name])
    assert {r.get("dimensi") for r in rows} == set(EDITABLE["dimensi"])
    for row in rows:
        values = [row.get(k) for k in ("baseline", "target", *TW) if row.get(k) is not None]
        if row.get("tipe") == "Kualitatif":
            assert set(values) <= set(EDITABLE["skala"])
        else:
            assert all(isinstance(v, Decimal) for v in values)
        with_parts = row.get("pembilang") is not None and row.get("penyebut") is not None
        assert with_parts or row.get("tipe") not in {"Persentase", "Rasio", "Rata-rata"}, row.get("nama")
        bounds = (row.get("batas_bawah"), row.get("batas_atas"))
        assert (bounds != (None, None)) == (row.get("arah") == "Rentang")
    assert len({r.get("smart_alasan") for r in rows}) == len(rows) == 50


def test_renstra_goals_are_carried_by_units():
    carried = {r.get("nama"): r for content in BOOKS.values() for r in content.rows("indikator") if r.get("iku") == "Ya"}
    goals = OFFICE.rows("renstra")
    assert carried.keys() == {g.get("indikator") for g in goals}
    sasaran = {g.get("kode_sasaran"): g.get("sasaran") for g in goals}
    by_program = {r.get("kode"): r.get("kode_sasaran") for r in OFFICE.rows("program") if r.get("level") == "program"}
    assert set(by_program.values()) == sasaran.keys()
    for goal in goals:
        row = carried[goal.get("indikator")]
        own = (row.get("target"), row.get("satuan"), row.get("arah"), row.get("baseline"), row.get("sasaran"))
        kondisi = goal.get("kondisi_awal")
        assert own == (goal.get("target_0"), goal.get("satuan"), goal.get("arah"), kondisi, goal.get("sasaran"))
        assert sasaran[by_program[str(row.get("kode"))[:7]]] == row.get("sasaran")
    leaders = {(r.get("jabatan_kode"), r.get("level")) for r in OFFICE.rows("pk_pimpinan")}
    assert leaders == {(post, lvl) for post in ("camat", "sekcam") for lvl in ("Output", "Outcome")}


@pytest.mark.parametrize("kode", UNITS)
def test_every_program_of_a_unit_has_an_outcome(kode: str):
    outcomes = {r.get("kode") for r in BOOKS[kode].rows("indikator") if r.get("level") == "Outcome"}
    assert {sub[:7] for sub in _amounts(kode)} <= outcomes


@pytest.mark.parametrize("kode", UNITS)
def test_codes_accounts_units_and_prices_are_listed(kode: str):
    prices = {p.kode: p for p in example_prices()}
    (unit,) = (r for r in OFFICE.rows("unit") if r.get("kode") == kode)
    duties = str(unit.get("tugas")).split(", ")
    assert all(duty in programs() for duty in duties)
    for row in BOOKS[kode].rows("rab"):
        sub, account = str(row.get("kode_sub")), accounts()[str(row.get("kode_rekening"))]
        assert sub in programs() and level(sub) == "subkegiatan" and any(sub.startswith(f"{d}.") for d in duties)
        assert account.rinci and JENIS_BELANJA[account.jenis] == row.get("jenis_belanja")
        units = [row.get(key) for key in (*FACTOR_UNITS, "satuan") if row.get(key) is not None]
        assert all(unit in satuan() and not satuan()[str(unit)].ambigu for unit in units), units
        assert [row.get(k) is None for k in FACTORS] == [row.get(k) is None for k in FACTOR_UNITS]
        if row.get("kode_standar") is not None:
            price = prices[str(row.get("kode_standar"))]
            ceiling = (price.jenis, price.satuan, price.kode_rekening)
            assert ceiling == (row.get("jenis_standar"), row.get("satuan"), row.get("kode_rekening"))
            volume, jumlah = volume_value(row.values), jumlah_value(row.values)
            assert volume is not None and jumlah is not None
            assert jumlah <= volume * price.harga and price.jenis != "ASB", row.get("uraian")
        if row.get("jenis_belanja") == JENIS_BELANJA["5.2"]:
            assert row.get("spesifikasi") is not None
    for row in BOOKS[kode].rows("indikator"):
        known = find_satuan(str(row.get("satuan")))
        assert row.get("kode") in programs() and known is not None and known.kanonik == row.get("satuan")
        node = programs()[str(row.get("kode"))]
        if row.get("level") == "Output" and node.indikator:
            assert (row.get("nama"), str(row.get("satuan")).lower()) == (node.indikator, node.satuan.lower())


def test_prakiraan_maju_is_three_to_nine_percent_above():
    for row in (r for content in BOOKS.values() for r in content.rows("rab")):
        amount, next_year = jumlah_value(row.values), row.get("prakiraan_maju")
        assert amount is not None and isinstance(next_year, Decimal)
        assert amount * Decimal("1.03") <= next_year <= amount * Decimal("1.09") + 1000, row.get("uraian")


def test_rab_shows_all_that_it_can_hold():
    rows = [r for content in BOOKS.values() for r in content.rows("rab")]
    assert {sum(r.get(key) is not None for key in FACTORS) for r in rows} == {1, 2, 3, 4}
    assert sum(r.get("ppn") is not None for r in rows) == 3
    assert [r.get("koef_2") for r in rows if any(isinstance(f := r.get(k), Decimal) and f % 1 for k in FACTORS)] == [
        Decimal("0.5")
    ]
    assert {r.get("jenis_standar") for r in rows} == {"SSH", "SBU", "HSPK", None}


def test_officials_and_dates():
    people = OFFICE.rows("pejabat")
    nips = [r.get("nip") for r in people if r.get("nip") is not None]
    assert len(nips) == len(set(nips)) == len(people) - 1
    assert {r.get("jabatan_kode") for r in people} == {"bupati", "camat", "sekcam", *UNITS}
    assert [r.get("jabatan_kode") for r in people if r.get("status") == "Plt." and r.get("sampai")] == ["pmd"]
    changed = [r for r in people if r.get("jabatan_kode") == "trantib"]
    assert [r.get("sampai") is None for r in changed] == [False, True]
    kantor = OFFICE.form("kantor")
    assert kantor is not None
    received = {r.get("unit"): r.get("tanggal") for r in OFFICE.rows("penerimaan")}
    for kode, content in BOOKS.items():
        form = content.form("identitas")
        assert form is not None and form.get("revisi") == 0
        assert form.get("tanggal_disampaikan") == received[kode] <= kantor.get("batas_usulan")
        for tor in (s.forms["tor"] for s in content.all("tor")):
            assert tor.get("tanggal") <= received[kode] and tor.get("penanda_tangan") == form.get("kepala_nama")


def test_no_other_office_is_named():
    foreign = ("jangkar", "situbondo", "morowali", "tomoni", "direktur", "arsip nasional", "anri ")
    for path in sorted(FOLDER.rglob("*.t[os][mv]*")):
        text = path.read_text(encoding="utf-8").lower()
        assert [word for word in foreign if word in text] == [], path.name


# The faulty office: every mistake can be put in, and in a place of its own.


def _rows(fault: dict, content: BookContent) -> list[Row]:
    chosen = fault.get("baris") or fault.get("pilih") or {}
    if fault["jenis"] == "formulir":
        rows = tuple(s.forms[fault["formulir"]] for s in content.all(fault["lembar"]))
    else:
        rows = content.rows(fault["tabel"])
    return [r for r in rows if all(r.get(k) == v for k, v in chosen.items())]


def _place(fault: dict) -> tuple:
    return (fault["unit"], *sorted((fault.get("baris") or fault.get("pilih") or {}).items()), fault.get("lembar"))


def test_faults_are_numbered_described_and_apart():
    assert [f["nomor"] for f in FAULTS] == list(range(1, len(FAULTS) + 1)) and len(FAULTS) <= 20
    assert all(f["unit"] in UNITS and f["keterangan"].endswith(".") for f in FAULTS)
    places = [_place(f) for f in FAULTS if f["jenis"] in {"sel", "rusak", "timpa", "sisip", "formulir", "kantor"}]
    assert len(places) == len(set(places))
    whole = {f["unit"] for f in FAULTS if f["jenis"] in {"salinan", "terlambat", "hilang", "html"}}
    assert len(whole) == 4 and whole.isdisjoint({f["unit"] for f in FAULTS if "kolom" in f})


@pytest.mark.parametrize("fault", FAULTS, ids=lambda f: f"{f['nomor']}-{f['jenis']}")
def test_fault_finds_its_place(fault: dict):
    target = {**fault, **fault.get("ubah", {})}
    content = OFFICE if fault["jenis"] == "kantor" else BOOKS[fault["unit"]]
    if fault["jenis"] == "ganti_kode":
        subs = {r.get("kode_sub") for r in content.rows("rab")}
        assert fault["dari"] in subs and fault["menjadi"] not in subs and fault["menjadi"] in programs()
        duties = ", ".join(str(r.get("tugas")) for r in OFFICE.rows("unit")).split(", ")
        assert not any(fault["menjadi"].startswith(d) for d in duties)
    if "kolom" not in target:
        return
    block = content.book.block(target.get("tabel") or target["formulir"])
    (column,) = (c for c in block.columns if c.key == target["kolom"])
    assert (column.computed is not None) == (fault["jenis"] == "timpa")
    if fault["jenis"] != "judul":
        (row,) = _rows(target, content)
        assert row.get(target["kolom"]) != target.get("nilai")
