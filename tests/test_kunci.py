"""The review and the lock: written, filled in, read back; what is missing is named with its cell, nothing is overwritten."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.catatan import Finding
from kinerja_xl.face.cli import main
from kinerja_xl.office.folder import InputError
from kinerja_xl.reckoning.plan import Plan, PlanLine, digest, steady
from kinerja_xl.reckoning.plan.agreed import apply_dpa, dpa_differences
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.reckoning.recap import Recap
from kinerja_xl.sheets.content import BookContent, Row, SheetContent
from kinerja_xl.sheets.penetapan import DPA
from kinerja_xl.uses import kunci
from kinerja_xl.uses.arsip import locked_plans, read_plan
from kinerja_xl.uses.rekap import rekap, write_review_book
from kinerja_xl.uses.year import Year as YearFolder
from kinerja_xl.writing.form import kantor_book
from kinerja_xl.writing.form.penelaahan import write_dpa, write_plan, write_review
from tests.kantor_uji import SUB_A, SUB_B, SUB_C, Folder, Place, cell, edit, office_content, said, without, year_with
from tests.kasus import COVERED
from tests.rencana_contoh import SUB_A as PLAN_A
from tests.rencana_contoh import SUB_B as PLAN_B
from tests.rencana_contoh import SUB_C as PLAN_C
from tests.rencana_contoh import plan

D = Decimal
Change = Callable[[BookContent], BookContent]
REVIEW = "Lembar-Penelaahan.xlsx"
SUMS = {SUB_A: 0, SUB_B: 1}
"""Row of the review's sheet Sub Kegiatan of each sub kegiatan of pmd."""

# ---- the folder and its review ------------------------------------------------------------------


@cache
def files() -> dict[str, bytes]:
    """The clean small folder's files."""
    folder = Folder()
    return {"Kantor.xlsx": folder.bytes_of("kantor")} | {f"masuk/{folder.names[k]}": folder.bytes_of(k) for k in folder.units}


def year(place: Path) -> Path:
    for name, data in files().items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_bytes(data)
    return place


@pytest.fixture(scope="module")
def recap(tmp_path_factory: pytest.TempPathFactory) -> Recap:
    return rekap(year(tmp_path_factory.mktemp("kantor")))


def agreed(content: BookContent) -> BookContent:
    """The review in which everything is agreed as proposed."""
    for index, row in enumerate(content.rows("telaah_sub")):
        content = edit(content, "telaah_sub", index, disepakati=row.get("diusulkan"))
    return edit(content, "telaah", 0, tanggal=date(2024, 12, 20), nomor="3/2024")


def filled(recap: Recap, *changes: Change) -> BookContent:
    content = agreed(review_of(recap))
    for change in changes:
        content = change(content)
    return content


def put(table: str, index: int, /, **values: object) -> Change:
    return lambda content: edit(content, table, index, **values)


def reviewed(place: Path, recap: Recap, *changes: Change) -> Path:
    """A year's folder with its filled review."""
    year(place)
    (place / "hasil").mkdir(exist_ok=True)
    (place / "hasil" / REVIEW).write_bytes(write_review(filled(recap, *changes), recap.office))
    return place


def places(findings: tuple[Finding, ...]) -> set[tuple[str, str, str]]:
    return {(f.code, f.sheet, f.cell) for f in findings}


# ---- round trip ---------------------------------------------------------------------------------


def test_a_plan_is_read_back_as_it_was_locked():
    own = plan()
    assert read_plan(write_plan(own, {}), "a.xlsx") == (own, ())
    assert own.sha256 == digest(own)
    assert own.total == sum(line.jumlah for line in own.lines) == 33_800_000


def test_a_plan_survives_libreoffice(libre, tmp_path: Path):
    path = tmp_path / "Penetapan-2025.xlsx"
    path.write_bytes(write_plan(plan(), {}))
    assert read_plan(libre.recalculate([path])[path]) == (plan(), ())


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=30)
_NUMBER = st.one_of(st.none(), st.decimals(-10**6, 10**6, places=4), st.sampled_from(["Baik", "Sangat baik"]))


@given(_TEXT, _TEXT, _NUMBER, _NUMBER, st.integers(0, 10**14))
def test_any_plan_is_read_back_as_it_was_locked(nama: str, alasan: str, target: object, quarter: object, jumlah: int):
    base = plan()
    own = steady(
        replace(
            base,
            dasar=alasan,
            subs=(replace(base.subs[0], nama=nama, alasan=alasan, disepakati=jumlah, dpa=jumlah // 2), *base.subs[1:]),
            lines=(replace(base.lines[0], jumlah=jumlah), *base.lines[1:]),
            indicators=(
                replace(base.indicators[0], nama=nama or "x", target=target, quarters=(quarter, None, target, quarter)),
                *base.indicators[1:],
            ),
        )
    )
    assert read_plan(write_plan(own, {}), "a.xlsx") == (own, ())


def test_order_of_rows_is_no_content():
    own = plan()
    assert digest(replace(own, lines=own.lines[::-1], subs=own.subs[::-1])) == own.sha256


# ---- the catalogue of D: each code with a case that nearly gives it -----------------------------


Found = Callable[[], tuple[Finding, ...]]
CASES: list[tuple[str, tuple[Change, ...] | Found, set[Place], tuple[Change, ...] | Found]] = []


def case(
    code: str, broken: tuple[Change, ...] | Found, said: set[Place] | Place, nearly: tuple[Change, ...] | Found = ()
) -> None:
    """A review with these changes, or what gives the findings of a locked plan or a DPA; ``nearly`` gives none."""
    COVERED.add(code)
    CASES.append((code, broken, {said} if isinstance(said, tuple) else said, nearly))


def at(table: str, index: int, key: str) -> Place:
    return table, f"{index}.{key}"


def place_of(place: Place) -> Place:
    """(sheet, cell) of (table, "row.column") as the small recap's review has it."""
    from kinerja_xl.sheets.penetapan import PENELAAHAN
    from kinerja_xl.writing.form.places import plan_sheet

    table, where = place
    index, key = where.split(".")
    sheet = next(s for s in PENELAAHAN.sheets if any(b.key == table for b in s.blocks))
    spot = plan_sheet(sheet, sheet.name, {}).tables[table]
    letters = openpyxl.utils.get_column_letter(spot.index(key) + 1)
    return sheet.name, f"{letters}{spot.first_row + int(index) + 1}"


def cut(content: BookContent) -> BookContent:
    """SUB_A agreed one million lower, in its accounts too, without a reason."""
    rows = content.rows("telaah_sub")
    content = edit(content, "telaah_sub", 0, disepakati=rows[0].get("diusulkan") - D(1_000_000))
    account = content.rows("telaah_rekening")[2]
    assert account.get("kode_sub") == rows[0].get("kode")
    return edit(content, "telaah_rekening", 2, disepakati=account.get("disepakati") - D(1_000_000))


def raised(more: int) -> Change:
    """SUB_A agreed so that its unit gets its pagu and so much more, in its accounts too, with a reason."""

    def change(content: BookContent) -> BookContent:
        row, account = content.rows("telaah_sub")[0], content.rows("telaah_rekening")[2]
        agreed, proposed = D(22_000_000 - 9_750_000 + more), row.get("diusulkan")
        content = edit(content, "telaah_sub", 0, disepakati=agreed, alasan="Peserta bertambah")
        return edit(content, "telaah_rekening", 2, disepakati=account.get("disepakati") + agreed - proposed)

    return change


# fmt: off
case("D101", (put("telaah_sub", 1, disepakati=None),), at("telaah_sub", 1, "disepakati"),
     (put("telaah_sub", 1, disepakati=D(0), alasan="Ditolak"),))
case("D102", (cut,), at("telaah_sub", 0, "alasan"), (cut, put("telaah_sub", 0, alasan="Peserta dikurangi")))
case("D103", (put("telaah_sub", 0, disepakati=D(1), alasan="x"),), at("telaah_sub", 0, "disepakati"),
     (put("telaah_sub", 0, disepakati=D(0), alasan="x"),))
case("D104", (put("telaah_rekening", 8, unit="pmd", kode_sub=SUB_C, kode_rekening="5.1.02.01.01.0024", disepakati=D(1)),),
     at("telaah_rekening", 8, "kode_sub"))
case("D105", (put("telaah_sub", 4, unit="keuangan", kode=SUB_A, disepakati=D(0)),), at("telaah_sub", 4, "unit"),
     (put("telaah_sub", 4, unit="PMD", kode=SUB_C, disepakati=D(0)),))
case("D106", (put("telaah_sub", 4, unit="pmd", kode=SUB_A, disepakati=D(0)),), at("telaah_sub", 4, "kode"),
     (put("telaah_sub", 4, unit="trantib", kode=SUB_A, disepakati=D(0)),))
case("D107", (put("telaah_indikator", 0, target=None),), at("telaah_indikator", 0, "target"),
     (put("telaah_indikator", 0, target=None), put("telaah_sub", 0, disepakati=D(0), alasan="Ditolak")))
case("D108", (put("telaah_indikator", 0, target=D(77), tw_1=D(74)),), at("telaah_indikator", 0, "alasan"),
     (put("telaah_indikator", 0, target=D(77), tw_1=D(74), alasan="Peserta bertambah"),))
case("I703", (put("telaah_indikator", 0, target=D(850), tw_1=D(897), alasan="Peserta bertambah"),),
     at("telaah_indikator", 0, "target"), (put("telaah_indikator", 0, target=D(850), tw_1=D(847), alasan="Peserta bertambah"),))
case("I706", (put("telaah_indikator", 5, batas_bawah=D(5)),), at("telaah_indikator", 5, "batas_bawah"),
     (put("telaah_indikator", 5, batas_bawah=D(4)),))
case("R506", (put("telaah_rekening", 0, jenis_belanja="Belanja Modal"),), at("telaah_rekening", 0, "jenis_belanja"),
     (put("telaah_rekening", 0, jenis_belanja="Belanja Barang dan Jasa"),))
case("U906", (raised(1),), at("telaah_sub", 0, "disepakati"), (raised(0),))
case("D109", (put("telaah_kas", 0, bulan_1=D(1)),), at("telaah_kas", 0, "bulan_1"),
     (lambda c: edit(c, "telaah_kas", 0, bulan_1=c.rows("telaah_sub")[0].get("diusulkan")),))
case("D110", (put("telaah_sub", 4, unit="pmd", disepakati=D(0)),), at("telaah_sub", 4, "kode"))
case("D120", lambda: tampered("Anggaran", "H9", 6_550_001), ("Penetapan", "C18"), lambda: tampered("Anggaran", "H9", 6_550_000))
case("D121", lambda: tampered("Anggaran", "H9", None), ("Anggaran", "H9"), lambda: tampered("Anggaran", "H9", 6_550_000))
case("D131", lambda: from_dpa({PLAN_A: 1}), ("DPA", "E7"), lambda: from_dpa({PLAN_A: 1}, {("pmd", PLAN_A): "Harga naik"}))
case("D132", lambda: from_dpa(drop=PLAN_C), ("", ""), lambda: from_dpa(drop=PLAN_C, reasons={("trantib", PLAN_C): "Ditunda"}))
case("D133", lambda: from_dpa(more=[("trantib", PLAN_A, "5.2", 5)]), ("", ""), lambda: from_dpa(more=[("pmd", PLAN_A, "5.2", 0)]))
# fmt: on

WARNS = {"D109", "U906"}


def tampered(sheet: str, where: str, value: object) -> tuple[Finding, ...]:
    """What is said of a locked plan in which somebody changed a cell; what another program leaves unsaid is left out."""
    book = openpyxl.load_workbook(io.BytesIO(write_plan(plan(), {})))
    assert book[sheet][where].value is not None
    book[sheet][where] = value
    out = io.BytesIO()
    book.save(out)
    own, findings = read_plan(out.getvalue(), "Penetapan-2025.xlsx")
    assert all(f.file == "Penetapan-2025.xlsx" for f in findings)
    assert (own is None) == any(f.code == "D121" for f in findings)
    return tuple(f for f in findings if f.severity == "wajib")


def from_dpa(
    more_of: dict[str, int] | None = None, reasons: dict[tuple[str, str], str] | None = None, drop: str = "",
    more: Sequence[tuple[str, str, str, int]] = (),
) -> tuple[Finding, ...]:  # fmt: skip
    """What is said of a DPA that gives other amounts than were agreed."""
    before = replace(plan(), kas={})
    rows = [(u, k, r, n + (more_of or {}).get(k, 0)) for u, k, r, n in dpa_rows(before) if k != drop]
    own = apply_dpa(before, [*rows, *more], reasons=reasons)
    return tuple(dpa_differences(own, before, "DPA.xlsx", {("pmd", PLAN_A): ("DPA", "E7")}))


@pytest.mark.parametrize(("code", "broken", "said", "nearly"), CASES, ids=[one[0] for one in CASES])
def test_what_stands_in_the_way_is_named(
    code: str, broken: tuple[Change, ...] | Found, said: set[Place], nearly: tuple[Change, ...] | Found, recap: Recap,
    tmp_path: Path,
):  # fmt: skip
    if callable(broken) and callable(nearly):
        assert places(broken()) == {(code, *place) for place in said}
        assert places(nearly()) == set()
        return
    done = kunci.lock(reviewed(tmp_path / "a", recap, *broken))
    assert places(done.findings) == {(code, *place_of(place)) for place in said}
    assert (done.written is not None) == (code in WARNS) == (tmp_path / "a/arsip/Penetapan-2025.xlsx").exists()
    done = kunci.lock(reviewed(tmp_path / "b", recap, *nearly))
    assert places(done.findings) == set()
    assert done.written is not None


# ---- the lock -----------------------------------------------------------------------------------


def test_the_agreed_amounts_are_locked(recap: Recap, tmp_path: Path):
    done = kunci.lock(reviewed(tmp_path, recap, cut, put("telaah_sub", 0, alasan="Peserta dikurangi")))
    own = done.plan
    assert own is not None
    assert (own.tahap, own.nomor, own.urutan, own.tanggal) == ("penetapan", 0, 0, date(2024, 12, 20))
    assert own.dasar == "Berita Acara Penelaahan Nomor 3/2024"
    assert own.total == recap.total_rab - 1_000_000 == sum(line.jumlah for line in own.lines)
    first = own.subs[0]
    assert (first.kode, first.diusulkan - first.disepakati, first.alasan) == (SUB_A, 1_000_000, "Peserta dikurangi")
    assert read_plan(tmp_path / "arsip/Penetapan-2025.xlsx") == (own, ())


def test_a_review_saved_by_libreoffice_locks_the_same_plan(libre, recap: Recap, tmp_path: Path):
    folder = reviewed(tmp_path, recap, cut, put("telaah_sub", 0, alasan="Peserta dikurangi\nbaris kedua"))
    ours = kunci.lock(folder).plan
    again = libre.recalculate([folder / "hasil" / REVIEW])[folder / "hasil" / REVIEW]
    theirs = kunci.lock(year(tmp_path / "lagi"), str(again))
    assert theirs.findings == ()
    assert ours is not None
    assert theirs.plan is not None
    assert replace(theirs.plan, sha256="") == replace(ours, sha256="")


def test_the_verbs_end_with_their_status(recap: Recap, tmp_path: Path):
    def status(*args: object) -> int:
        with pytest.raises(SystemExit) as end:
            main([str(arg) for arg in args])
        return int(str(end.value.code))

    folder = year(tmp_path)
    assert status("kunci", folder) == 2
    assert status("rekap", folder, "--penelaahan") in (0, 1)
    assert status("kunci", folder) == 1
    (folder / "hasil" / REVIEW).write_bytes(write_review(filled(recap), recap.office))
    assert status("kunci", folder) == 0
    assert status("kunci", folder) == 2
    assert status("kunci", folder, "--tahap", "pergeseran", "--tanggal", "2025-05-02") == 0
    first, second = (folder / "arsip" / name for name in ("Penetapan-2025.xlsx", "Penetapan-2025-pergeseran-1.xlsx"))
    assert status("bandingkan", first, second, "-o", tmp_path / "BEDA.xlsx") == 0
    assert status("bandingkan", first, tmp_path / "tidak-ada.xlsx", "-o", tmp_path / "BEDA.xlsx") == 2


def test_other_programs_get_amounts_as_data(recap: Recap, tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def told(*args: object) -> dict[str, Any]:
        with pytest.raises(SystemExit):
            main([*map(str, args), "--format", "json"])
        found: dict[str, Any] = json.loads(capsys.readouterr().out)["isi"]
        return found

    folder, total = year(tmp_path), recap.total_rab
    locked = told("kunci", folder, "--dari", "usulan", "--tanggal", "2024-12-20")
    plan, subs = locked["rencana"], locked["rencana"]["sub_kegiatan"]
    assert (plan["total"], sum(s["berlaku"] for s in subs), locked["sebelumnya"], locked["selisih"]) == (total, total, None, None)
    own = sum(s["diusulkan"] for s in subs if s["unit"] == "pmd")
    assert own == next(u.total_rab for u in recap.units if u.kode == "pmd")
    changed = told("kunci", folder, "--dari", "usulan", "--tahap", "pergeseran", "--tanggal", "2025-05-02")
    assert (changed["sebelumnya"]["total"], changed["selisih"], changed["rencana"]["judul"]) == (total, 0, "Pergeseran ke-1")
    first, second = (folder / "arsip" / name for name in ("Penetapan-2025.xlsx", "Penetapan-2025-pergeseran-1.xlsx"))
    beside = told("bandingkan", first, folder / "masuk" / "Usulan-pmd-2025.xlsx", "-o", tmp_path / "BEDA.xlsx")
    assert (beside["lama"]["jumlah"], beside["baru"]["jumlah"], beside["selisih"]) == (total, own, own - total)
    gone = [c for c in beside["perubahan"] if c["perubahan"] == "dihapus" and c["unit"] != "pmd"]
    assert sum(c["lama"] or 0 for c in gone) == total - own
    back = told("kunci", folder, "--batalkan")
    assert (back["dibatalkan"]["judul"], back["berlaku"]["total"], second.exists()) == ("Pergeseran ke-1", total, False)
    assert told("kunci", folder, "--batalkan")["berlaku"] is None


@pytest.mark.parametrize(
    ("history", "wanted"),
    [
        ((), "penetapan"), (({"tahap": "penetapan", "tanggal": date(2025, 1, 3)},), ""),
        (({"tahap": "Penetapan"},), "penetapan"), (({"tahap": "usulan", "tanggal": date(2024, 8, 1)},), "penetapan"),
    ],
)  # fmt: skip
def test_only_a_stage_that_its_history_lacks_is_asked_for(history: tuple[dict[str, object], ...], wanted: str, tmp_path: Path):
    folder = Folder()
    for number, row in enumerate(history):
        folder.edit("kantor", "riwayat_tahap", number, **row)
    place = folder.write(tmp_path / "kantor")
    said = kunci.lock(place, "usulan", tanggal=date(2025, 1, 3)).missing_stage
    assert wanted in said.split() if wanted else said == ""
    assert "perubahan nomor 1" in kunci.lock(place, "usulan", tahap="perubahan", tanggal=date(2025, 7, 1)).missing_stage


@pytest.mark.parametrize(
    ("folder", "wanted"),
    [
        (Folder(), set()), (Folder().put("pmd", cell("rab", 0, "harga_satuan"), "dua ribu"), {"pmd"}),
        (Folder().drop("trantib"), {"trantib"}), (Folder().edit("kantor", "penerimaan", 0, tanggal=date(2024, 9, 20)), {"pmd"}),
    ],
    ids=["bersih", "ditahan", "belum", "terlambat"],
)  # fmt: skip
def test_what_the_counted_proposal_leaves_out_is_said_before_it_is_locked(folder: Folder, wanted: set[str], tmp_path: Path):
    ready = kunci.prepare(folder.write(tmp_path / "kantor"), "usulan", tanggal=date(2025, 1, 3))
    assert ready.plan is not None
    assert {f.unit for f in ready.findings if f.code == "D111"} == wanted


COVERED.update(("D111", "D112"))
DEARER = Folder().edit("pmd", "rab", 0, harga_satuan=D(60_000))
"""Ten of the first line's things cost 50.000 more."""
AGREED = (
    put("telaah_sub", 0, disepakati=D(8_310_000), alasan="Harga naik"),
    put("telaah_rekening", 0, disepakati=D(600_000)),
)


@pytest.mark.parametrize(
    ("folder", "changes", "rows"),
    [
        (Folder(), (), set()), (DEARER, (), {0}), (DEARER, AGREED, set()), (Folder().drop("pmd"), (), {0, 1}),
        (Folder(), (lambda review: without(review, "telaah_sub", 2),), {None}),
    ],
    ids=["sama", "lain", "disepakati", "hilang", "baru"],
)  # fmt: skip
def test_an_usulan_that_changed_since_its_review_is_said(
    folder: Folder, changes: tuple[Change, ...], rows: set[int | None], recap: Recap, tmp_path: Path
):
    """But not one that is now what was agreed, as units hand it in again after the meeting."""
    place = folder.write(tmp_path / "kantor")
    (place / "hasil").mkdir()
    (place / "hasil" / REVIEW).write_bytes(write_review(filled(recap, *changes), recap.office))
    ready = kunci.prepare(place)
    wanted = {place_of(at("telaah_sub", row, "diusulkan")) if row is not None else ("", "") for row in rows}
    assert {(f.sheet, f.cell) for f in ready.findings if f.code == "D112"} == wanted
    assert {f.file for f in ready.findings if f.code == "D112"} <= {REVIEW}


def test_a_rejected_sub_kegiatan_has_no_accounts_and_no_indicators(recap: Recap, tmp_path: Path):
    done = kunci.lock(reviewed(tmp_path, recap, put("telaah_sub", 1, disepakati=D(0), alasan="Ditolak")))
    assert done.plan is not None
    assert [sub.kode for sub in done.plan.subs if not sub.anggaran] == [SUB_B]
    assert SUB_B not in {line.kode_sub for line in done.plan.lines} | {one.kode for one in done.plan.indicators}


def test_text_instead_of_an_amount_is_named_once(recap: Recap, tmp_path: Path):
    folder = reviewed(tmp_path, recap)
    path = folder / "hasil" / REVIEW
    book = openpyxl.load_workbook(path)
    sheet, where = place_of(at("telaah_sub", 0, "disepakati"))
    book[sheet][where] = "sesuai usulan"
    book.save(path)
    done = kunci.lock(folder)
    assert done.written is None
    wajib = {(f.code, f.cell) for f in done.findings if f.severity == "wajib"}
    assert wajib == {("N404", where)}


def test_a_locked_plan_is_never_overwritten(recap: Recap, tmp_path: Path):
    folder = reviewed(tmp_path, recap)
    kunci.lock(folder)
    before = (folder / "arsip/Penetapan-2025.xlsx").read_bytes()
    with pytest.raises(InputError):
        kunci.lock(folder)
    first = kunci.lock(folder, tahap="perubahan", tanggal=date(2025, 5, 2))
    with pytest.raises(InputError):
        kunci.lock(folder, tahap="perubahan", nomor=1)
    second = kunci.lock(folder, tahap="pergeseran", tanggal=date(2025, 6, 2))
    third = kunci.lock(folder, tahap="perubahan", tanggal=date(2025, 7, 21))
    assert [(p.plan.tahap, p.plan.nomor, p.plan.urutan) for p in (first, second, third) if p.plan] == [
        ("perubahan", 1, 1), ("pergeseran", 1, 2), ("perubahan", 2, 3),
    ]  # fmt: skip
    assert (folder / "arsip/Penetapan-2025.xlsx").read_bytes() == before
    assert [one.path.name for one in locked_plans(folder, 2025)[0]] == [
        "Penetapan-2025.xlsx", "Penetapan-2025-perubahan-1.xlsx", "Penetapan-2025-pergeseran-1.xlsx",
        "Penetapan-2025-perubahan-2.xlsx",
    ]  # fmt: skip
    current = YearFolder(folder)
    assert current.plan == third.plan == current.in_force.plan and not current.said_of_plans
    assert current.plan.menggantikan == "Penetapan-2025-pergeseran-1.xlsx"


def test_nothing_is_locked_without_a_source(tmp_path: Path):
    folder = year(tmp_path)
    with pytest.raises(InputError):
        kunci.lock(folder)
    with pytest.raises(InputError):
        kunci.lock(folder, "usulan", tahap="perubahan")
    assert not (folder / "arsip").exists()


def test_the_proposal_is_locked_when_asked_for(recap: Recap, tmp_path: Path):
    folder = year(tmp_path)
    stage = {"tahap": "penetapan", "tanggal": date(2024, 12, 20), "dasar": "DPA/A.1/7.01/2025"}
    (folder / "Kantor.xlsx").write_bytes(kantor_book(edit(office_content(), "riwayat_tahap", 0, **stage)))
    done = kunci.lock(folder, "usulan", tanggal=date(2024, 12, 20))
    assert done.plan is not None and (done.plan.total, done.plan.dasar) == (recap.total_rab, "DPA/A.1/7.01/2025")
    assert len(done.plan.indicators) == sum(entry.counted for entry in recap.indikator)


def test_a_review_of_another_year_or_office_is_refused(recap: Recap, tmp_path: Path):
    folder = reviewed(tmp_path, recap)
    for office in (replace(recap.office, tahun=2024), replace(recap.office, nama="Kantor Lain")):
        (folder / "hasil" / REVIEW).write_bytes(write_review(filled(recap), office))
        with pytest.raises(InputError) as error:
            kunci.lock(folder)
        assert {f.code for f in error.value.findings} == {"T205" if office.tahun == 2024 else "T207"}


def test_a_filled_review_is_left_alone(recap: Recap, tmp_path: Path):
    folder = year(tmp_path)
    path = folder / "hasil" / REVIEW
    assert write_review_book(year_with(folder, recap=recap)).startswith("Ditulis")
    blank = path.read_bytes()
    assert write_review_book(year_with(folder, recap=recap)).startswith("Ditulis")
    assert path.read_bytes() == blank
    path.write_bytes(write_review(edit(review_of(recap), "telaah_sub", 0, tanggapan="Setuju"), recap.office))
    typed = path.read_bytes()
    assert write_review_book(year_with(folder, recap=recap)).startswith("Dibiarkan")
    assert path.read_bytes() == typed


# ---- a changed lock -----------------------------------------------------------------------------

@pytest.mark.parametrize(
    ("sheet", "where", "value"), [("Sub Kegiatan", "H9", "Alasan lain"), ("Penetapan", "C18", "0" * 64), ("Rencana Kas", "E9", 1)]
)
def test_a_change_anywhere_is_seen(sheet: str, where: str, value: object):
    assert {f.code for f in tampered(sheet, where, value)} == {"D120"}


def test_a_saved_lock_is_no_changed_one():
    book = openpyxl.load_workbook(io.BytesIO(write_plan(plan(), {})))
    out = io.BytesIO()
    book.save(out)
    own, findings = read_plan(out.getvalue(), "Penetapan-2025.xlsx")
    assert own == plan()
    assert not {f.code for f in findings} & {"D120", "D121"}


# ---- the DPA ------------------------------------------------------------------------------------


def dpa_rows(own: Plan) -> list[tuple[str, str, str, int]]:
    return [(line.unit, line.kode_sub, line.rekening, line.jumlah) for line in own.lines]


def test_a_dpa_replaces_the_agreed_accounts():
    before = plan()
    paper = "5.1.02.01.01.0024"
    rows = [("pmd", PLAN_A, paper, 7_000_000), ("pmd", PLAN_A, paper, 1), ("trantib", PLAN_B, "5.2", 5)]
    own = apply_dpa(before, rows, reasons={("pmd", PLAN_A): "Rasionalisasi"}, names={PLAN_B: "Baru"})
    assert own.lines == (
        PlanLine(unit="pmd", kode_sub=PLAN_A, rekening="5.1.02.01.01.0024", jenis="5.1.02", jumlah=7_000_001),
        PlanLine(unit="trantib", kode_sub=PLAN_B, rekening="5.2", jenis="5.2", jumlah=5),
    )
    assert [(s.unit, s.kode, s.dpa, s.anggaran, s.alasan_dpa) for s in own.subs] == [
        *((s.unit, s.kode, 7_000_001, 7_000_001, "Rasionalisasi") if s.kode == PLAN_A else (s.unit, s.kode, 0, 0, "")
          for s in before.subs),
        ("trantib", PLAN_B, 5, 5, ""),
    ]  # fmt: skip
    assert own.subs[-1].nama == "Baru"
    assert own.total == 7_000_006


def test_each_difference_of_a_dpa_is_named():
    before = replace(plan(), kas={})
    rows = dpa_rows(before)
    assert dpa_differences(apply_dpa(before, rows), before, "DPA.xlsx", {}) == []
    changed = [(u, k, r, n + (k == PLAN_A)) for u, k, r, n in rows if k != PLAN_C] + [("trantib", PLAN_A, "5.2", 1)]
    own = apply_dpa(before, changed)
    said = dpa_differences(own, before, "DPA.xlsx", {("pmd", PLAN_A): ("DPA", "E7")})
    found = {(f.code, f.value.split()[1], f.cell) for f in said}
    assert found == {("D131", PLAN_A, "E7"), ("D132", PLAN_C, ""), ("D133", PLAN_A, "")}
    reasons = {("pmd", PLAN_A): "a", ("trantib", PLAN_C): "b"}
    own = apply_dpa(before, changed, reasons=reasons)
    assert {f.code for f in dpa_differences(own, before, "DPA.xlsx", {})} == {"D133"}


def test_a_dpa_in_our_layout_is_locked(recap: Recap, tmp_path: Path):
    folder = reviewed(tmp_path, recap)
    first = kunci.lock(folder).plan
    assert first is not None
    rows = [
        {"unit": line.unit.upper(), "kode_sub": line.kode_sub, "kode_rekening": line.rekening, "anggaran": D(line.jumlah)}
        for line in first.lines
    ]
    rows[0] |= {"anggaran": rows[0]["anggaran"] + D(5), "alasan": "Harga naik"}
    rows[1] |= {"alasan": "dan lebih banyak"}
    path = folder / "DPA.xlsx"

    def write(*changed: dict[str, object]) -> None:
        table = {"dpa": tuple(Row(values=row) for row in changed)}
        content = BookContent(book=DPA, sheets=(SheetContent(key="s_dpa", tables=table),))
        path.write_bytes(write_dpa(content, recap.office))

    write(*rows)
    done = kunci.lock(folder, str(path), tahap="perubahan", tanggal=date(2025, 7, 1), dasar="DPPA Nomor 1")
    assert done.findings == () and done.plan is not None
    own = done.plan
    assert (own.total, own.tanggal, own.dasar) == (first.total + 5, date(2025, 7, 1), "DPPA Nomor 1")
    assert own.subs[0].alasan_dpa == "Harga naik; dan lebih banyak"
    assert [s.disepakati for s in own.subs] == [s.disepakati for s in first.subs]
    stranger = {"unit": "asing", "kode_sub": SUB_A, "kode_rekening": "5.2", "anggaran": D(1)}
    write(*rows, stranger, {"unit": "pmd", "anggaran": D(1)})
    done = kunci.lock(folder, str(path), tahap="perubahan")
    row = 9 + len(rows)
    assert done.plan is None
    assert {(f.code, f.cell) for f in done.findings if f.severity == "wajib"} == {
        ("D105", f"G{row}"), ("N401", f"C{row + 1}"), ("N401", f"E{row + 1}"),
    }  # fmt: skip


# ---- the PK against the locked plan -------------------------------------------------------------


def test_from_penetapan_on_the_pk_equals_the_locked_plan(tmp_path: Path):
    folder = Folder().edit("kantor", "kantor", tahap="penetapan").write(tmp_path)
    assert said(folder) == set()
    kunci.lock(folder, "usulan", tanggal=date(2024, 12, 20))
    assert said(folder) == set()
    own = read_plan(folder / "arsip/Penetapan-2025.xlsx")[0]
    assert own is not None
    lower = [(u, k, r, n - (k == SUB_A)) for u, k, r, n in dpa_rows(own)]
    names = {one.nama: one for one in own.indicators if one.unit == "pmd" and one.kode == SUB_A}
    goals = tuple(
        replace(one, target=one.target + 1) if one.nama in names and isinstance(one.target, Decimal) else one
        for one in own.indicators
    )
    changed = steady(replace(apply_dpa(own, lower), tahap="perubahan", nomor=1, urutan=1, indicators=goals))
    (folder / "arsip/Penetapan-2025-perubahan-1.xlsx").write_bytes(write_plan(changed, {}))
    less = sum(1 for u, k, _, _ in dpa_rows(own) if k == SUB_A)
    assert less
    assert said(folder) == {("P803", *cell("pk_anggaran", 0, "anggaran")), ("P803", *cell("pk_kinerja", 0, "target"))}


def test_the_newest_stage_of_the_history_counts(tmp_path: Path):
    folder = Folder().edit("kantor", "riwayat_tahap", 0, tahap="penetapan", tanggal=date(2025, 1, 3))
    folder.edit("kantor", "riwayat_tahap", 1, tahap="usulan", tanggal=date(2024, 8, 1))
    folder.without("pmd", "pk_kinerja").without("pmd", "pk_anggaran")
    assert said(folder.write(tmp_path / "a")) == {("P801", "PK", "")}
    nearly = Folder(kantor=without(folder.kantor, "riwayat_tahap"), units=folder.units)
    assert said(nearly.write(tmp_path / "b")) == set()


# ---- formulas and looks -------------------------------------------------------------------------


def test_libreoffice_agrees_with_every_formula(libre, recap: Recap, tmp_path: Path):
    books = {
        "penetapan": write_plan(apply_dpa(plan(), dpa_rows(plan())), {}),
        "telaah": write_review(review_of(recap), recap.office),
        "telaah-isi": write_review(filled(recap, cut, put("telaah_sub", 1, disepakati=D(0))), recap.office),
    }
    paths = []
    for name, data in books.items():
        (tmp_path / f"{name}.xlsx").write_bytes(data)
        paths.append(tmp_path / f"{name}.xlsx")
    compared, differences = libre.judge(paths)
    assert differences == []
    assert compared > 100


def test_a_blank_review_shows_no_amount_that_nobody_agreed(recap: Recap):
    """On paper: totals of what is not filled in are blank, what was proposed is added up, each cash row says what it is of."""
    book = openpyxl.load_workbook(io.BytesIO(write_review(review_of(recap), recap.office)), data_only=True)
    keys = {cell.value: cell.column for cell in book["Sub Kegiatan"][7]}
    asked = ("diusulkan", "pagu", "disepakati", "selisih", "rincian")
    shown = {key: book["Sub Kegiatan"].cell(6, keys[key]).value or "" for key in asked}
    assert shown == {"diusulkan": 31_410_000, "pagu": 42_000_000, "disepakati": "", "selisih": "", "rincian": 31_410_000}
    cash = [row[1:4] for row in book["Rencana Kas"].iter_rows(min_row=9, values_only=True) if row[2]]
    assert cash == [(one.get("unit"), one.get("kode"), one.get("nama")) for one in review_of(recap).rows("telaah_sub")]
    assert len(cash) == 4 and all(name for *_, name in cash)
    told = "Diisi selama rapat: Disepakati, Alasan, dan Tanggapan Unit di lembar-lembar berikut."
    assert book["Penelaahan"]["B3"].value == told


def test_same_content_same_bytes(recap: Recap):
    assert write_review(filled(recap), recap.office) == write_review(filled(recap), recap.office)
    assert write_plan(plan(), {}) == write_plan(plan(), {})


def test_the_first_lock_leaves_a_dpa_to_correct(recap: Recap, tmp_path: Path):
    folder = reviewed(tmp_path, recap)
    first = kunci.lock(folder)
    path = folder / "hasil" / "DPA-2025.xlsx"
    assert first.dpa is not None and first.dpa.path == path and first.plan is not None
    done = kunci.lock(folder, str(path), tahap="perubahan", tanggal=date(2025, 7, 21))
    assert (done.findings, done.dpa) == ((), None)
    assert done.plan is not None and done.plan.lines == first.plan.lines
    assert all(sub.dpa == sub.disepakati for sub in done.plan.subs)


def test_what_is_missing_is_said_in_the_order_of_the_sheet(tmp_path: Path):
    """The office's order of units, trantib first here, and not that of their codes."""
    kantor = Folder().edit("kantor", "unit", 0, kode="zpmd")  # any other office: its first unit sorts last
    for table in ("pejabat", "pagu", "penerimaan", "tugas"):
        for number, row in enumerate(kantor.kantor.rows(table)):
            if row.get("unit") == "pmd":
                kantor.edit("kantor", table, number, unit="zpmd")
    folder = kantor.edit("pmd", "identitas", 0, unit="zpmd").write(tmp_path)
    write_review_book(YearFolder(folder))
    said_ = [f for f in kunci.prepare(folder, tanggal=date(2024, 12, 18)).findings if f.code == "D101"]
    assert [f.unit for f in said_] == ["zpmd", "zpmd", "trantib", "trantib"]
    assert [f.row for f in said_] == sorted(f.row for f in said_)


def test_what_only_the_dpa_funds_has_its_indicators(recap: Recap, tmp_path: Path):
    """Rejected in the meeting and funded after all: as the meeting left them on the sheet Indikator, without it as proposed; a
    sub kegiatan that nobody proposed has none, and D133 says where they are written."""
    reject = (put("telaah_sub", 0, disepakati=D(0), alasan="Ditolak"),)
    folder = reviewed(tmp_path, recap, *reject, put("telaah_indikator", 0, target=D(77), tw_1=D(74), alasan="Baru"))
    first = kunci.lock(folder).plan
    assert first is not None and not [one for one in first.indicators if one.kode == SUB_A]
    rows = [{"unit": "pmd", "kode_sub": SUB_A, "kode_rekening": "5.1.02.01.01.0024", "anggaran": D(8_260_000)}]
    rows += [
        {"unit": x.unit, "kode_sub": x.kode_sub, "kode_rekening": x.rekening, "anggaran": D(x.jumlah)} for x in first.lines
    ]
    content = BookContent(book=DPA, sheets=(SheetContent(key="s_dpa", tables={"dpa": tuple(Row(values=row) for row in rows)}),))
    (folder / "DPA.xlsx").write_bytes(write_dpa(content, recap.office))

    def goals() -> list[tuple[str, object]]:
        plan = kunci.prepare(folder, str(folder / "DPA.xlsx"), tahap="perubahan", tanggal=date(2025, 7, 1)).plan
        assert plan is not None and {one for one in plan.indicators if one.kode != SUB_A} == set(first.indicators)
        return [(one.unit, one.target) for one in plan.indicators if one.kode == SUB_A]

    told = [e.row.get("target") for e in recap.indikator if e.kode_sub == SUB_A]
    changed = [e.row.get("target") for e in recap.indikator].index(told[0]) == 0
    assert goals() == [("pmd", D(77) if changed and n == 0 else target) for n, target in enumerate(told)]
    (folder / "hasil" / REVIEW).unlink()
    assert goals() == [("pmd", target) for target in told]
