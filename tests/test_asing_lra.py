"""``capaian`` takes an LRA: matched to the plan, cumulative or per month told apart, never added to the money workbook."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from kinerja_xl.reckoning.year import Realised
from kinerja_xl.uses.arsip import Locked
from tests.asing_pakai import Cases, Give, padanan, places, with_cells
from tests.asing_uji import xlsx
from tests.kantor_uji import kantor_bytes, office_content, year_with
from tests.realisasi_uji import clean, name, office, plan
from tests.rencana_contoh import LINES, NAMES

TW1 = (1_000_000, 0, 0, 3_000_000, 800_000)
SINCE_JANUARY = (3_000_000, 1_000_000, 9_500_000, 6_000_000, 1_600_000)
TW2 = tuple(b - a for a, b in zip(TW1, SINCE_JANUARY, strict=True))
MARCH, JUNE = "s.d. 31 Maret 2025", "Periode 1 Januari s.d. 30 Juni 2025"


def rows(title: str, amounts=SINCE_JANUARY, head="Realisasi", more=(), lines=LINES, above=()) -> list[list[object]]:
    """Sub kegiatan, accounts, budget, realisasi, what is left; ``more``: a sub kegiatan that the plan does not know."""
    body, groups = [], {}
    for (_, sub, account, _, budget), amount in zip(lines, amounts, strict=True):
        groups.setdefault(sub, []).append((account, budget, amount))
    for sub, found in [*groups.items(), *more]:
        body.append([sub, NAMES.get(sub, "Kegiatan lain"), sum(b for _, b, _ in found), sum(x for *_, x in found), None])
        body += [[account, f"Belanja {account}", budget, amount, None] for account, budget, amount in found]
    every = [one for _, found in [*groups.items(), *more] for one in found]
    body.append([None, "JUMLAH", sum(b for _, b, _ in every), sum(x for *_, x in every), None])
    for row in body:
        row[4] = row[2] - row[3]
    return [["LAPORAN REALISASI ANGGARAN"], *above, [title], [], ["Kode", "Uraian", "Anggaran", head, "Sisa"], *body]


def lra(title: str, *args, name: str = "LRA", **more) -> bytes:
    return xlsx({name: rows(title, *args, **more)})


def monthly(months: dict[str, tuple[int, ...]]) -> bytes:
    head = ["Kode Sub Kegiatan", "Kode Rekening", "Uraian", "Anggaran", *(f"Realisasi {m}" for m in months)]
    rows = [["LAPORAN REALISASI ANGGARAN TAHUN ANGGARAN 2025"], [], head]
    for index, (_, sub, account, _, budget) in enumerate(LINES):
        rows.append([sub, account, f"Belanja {index}", budget, *(amounts[index] for amounts in months.values())])
    return xlsx({"LRA": rows})


def measured(place: Path, tw: int, files: dict[str, bytes], known: bytes | None = None) -> Realised:
    """The units' clean returns, and these files in masuk/ (``TW1/LRA.xlsx``)."""
    own = {name(who, n): clean(who, n) for n in range(1, tw + 1) for who in ("pmd", "trantib")}
    (place / "Kantor.xlsx").write_bytes(kantor_bytes(office_content()))
    for file, data in (own | files).items():
        target = place / "masuk" / file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    if known:
        (place / "Padanan.xlsx").write_bytes(known)
    now = Locked(path=place / "arsip/Penetapan-2025.xlsx", plan=plan())
    return year_with(place, office=office(), _locked=((now,), ())).returns(tw)


def spent(found: Realised, tw: int) -> list[int | None]:
    return [one.quarters[tw - 1] for one in found.spent]


def status(found: Realised, file: str) -> tuple[str, int, int, int]:
    one = next(f for f in found.files if f.file == file)
    assert one.rows_read == one.rows_used + one.rows_reported
    return one.status, one.rows_read, one.rows_used, one.rows_reported


def said(tw: int, files: dict[str, bytes], known: bytes | None = None) -> Give:
    """Findings about the LRA; that nobody registered its receipt (C205) is said of TW I alone."""
    return lambda place: [
        f for f in measured(place, tw, files, known).findings if "LRA" in f.file and f.code != "C205"
    ]  # fmt: skip


FIRST = {"TW1/LRA.xlsx": lra(MARCH, TW1)}
BARE = lra("Tahun Anggaran 2025")
MONTH = {m: lra(f"Bulan {m} 2025", TW1) for m in ("April", "Mei", "Juni")}
CELLS = [("L534", "LRA", f"D{row}") for row in (6, 7, 9, 11, 12)]

# fmt: off
case = Cases()
case("L531", said(2, FIRST | {"TW2/LRA.xlsx": BARE}), {("L531", "LRA", "")},
     said(2, FIRST | {"TW2/LRA.xlsx": BARE}, padanan({BARE: {"periode": "kumulatif"}})), set())
case("L532", said(2, FIRST | {"TW2/LRA.xlsx": lra("s.d. 31 Mei 2025")}), {("L532", "LRA", "")},
     said(2, FIRST | {"TW2/LRA.xlsx": lra("s.d. 30 Juni 2025")}), set())
case("L533", said(2, FIRST | {f"TW2/LRA {m}.xlsx": MONTH[m] for m in ("April", "Juni")}), {("L533", "", "")},
     said(2, FIRST | {f"TW2/LRA {m}.xlsx": data for m, data in MONTH.items()}), set())
case("L534", said(2, {"TW2/LRA.xlsx": lra(JUNE)}), set(CELLS),
     said(2, {"TW2/LRA.xlsx": lra("Periode 1 April s.d. 30 Juni 2025")}), set())
case("L535", said(1, FIRST | {name("uang", 1): clean("uang", 1)}), {("L535", "", "")}, said(1, FIRST), set())
ALL = FIRST | {f"TW2/LRA {m}.xlsx": data for m, data in MONTH.items()}
SINCE = {"TW2/LRA sd Juni.xlsx": lra(JUNE)}
SHEETS = ("Januari", "Februari", "Maret", "April", "Mei", "Juni")


def by_month(names=SHEETS, title="Bulan {} 2025", amounts=TW1) -> bytes:
    """A sheet per month, the n-th with n times these amounts."""
    return xlsx({m: rows(title.format(m), tuple((SHEETS.index(m) + 1) * x for x in amounts)) for m in names})


SMALL = (10_000, 0, 0, 30_000, 8_000)
ALIKE = lra(JUNE, above=[["SKPD : 7.01.0.00.01 Kecamatan Seberang"]])


case("L536", said(2, ALL | SINCE), {("L536", "", "")}, said(2, FIRST | SINCE), set())
case("L537", said(2, FIRST | {"TW2/LRA.xlsx": by_month(SHEETS[2:], amounts=SMALL)}), {("L537", "Maret", "")},
     said(2, FIRST | {"TW2/LRA.xlsx": by_month(SHEETS[3:], amounts=SMALL)}), set())
case("T205", said(2, FIRST | {"TW2/LRA.xlsx": lra("s.d. 30 Juni 2024")}), {("T205", "LRA", "")},
     said(2, FIRST | {"TW2/LRA.xlsx": lra("s.d. 30 Juni 2025")}), set())
case("T207", said(2, FIRST | {"TW2/LRA.xlsx": ALIKE}), {("T207", "LRA", "A2")},
     said(2, FIRST | {"TW2/LRA.xlsx": lra(JUNE, above=[["KECAMATAN BATU PUTIH"]])}), set())
# fmt: on


@pytest.mark.parametrize("one", case, ids=lambda one: one.code)
def test_a_file_that_says_it_and_one_that_nearly_does(one, tmp_path: Path):
    one.check(tmp_path)


LATE = (500_000, 0, 0, 1_100_000, 300_000)


@pytest.mark.parametrize(("lost", "code"), [("#REF!", "L413"), ("=2*550000", "L421")])
@pytest.mark.parametrize("apart", [False, True], ids=["kolom", "berkas"])
def test_a_month_that_cant_be_read_leaves_its_triwulan_unknown(tmp_path: Path, lost: str, code: str, apart: bool):
    """Columns of one file, or a file per month: never what the other months hold."""
    if apart:
        files = {f"TW1/LRA {month}.xlsx": lra(f"Bulan {month} 2025", LATE) for month in SHEETS[:3]}
        files["TW1/LRA Februari.xlsx"] = with_cells(files["TW1/LRA Februari.xlsx"], D11=lost)
    else:
        files = {"TW1/LRA.xlsx": with_cells(monthly({"Januari": TW1, "Februari": LATE, "Maret": LATE}), F7=lost)}
    found = measured(tmp_path, 1, files)
    assert spent(found, 1) == [1_500_000 if apart else 2_000_000, 0, 0, None, 900_000 if apart else 1_400_000]
    assert code in {f.code for f in found.findings}


def test_figures_since_january_lose_what_came_before(tmp_path: Path):
    found = measured(tmp_path, 2, FIRST | {"TW2/LRA.xlsx": lra(JUNE)})
    assert (spent(found, 1), spent(found, 2)) == (list(TW1), list(TW2))
    assert status(found, "TW2/LRA.xlsx") == ("DIHITUNG", 5, 5, 0)
    assert found.spent[0].place.cells["uang_2"] == "D6"


def test_figures_since_january_follow_our_money_workbook_too(tmp_path: Path):
    found = measured(tmp_path, 2, {name("uang", 1): clean("uang", 1), "TW2/LRA.xlsx": lra(JUNE)})
    own = [1_000_000, 0, 0, 3_000_000, 800_000]
    assert spent(found, 1) == own
    assert spent(found, 2) == [b - a for a, b in zip(own, SINCE_JANUARY, strict=True)]


def test_months_add_to_their_triwulan(tmp_path: Path):
    found = measured(tmp_path, 2, FIRST | {f"TW2/LRA {m}.xlsx": data for m, data in MONTH.items()})
    assert spent(found, 2) == [3 * x for x in TW1]


def test_the_order_and_the_names_of_the_files_change_nothing(tmp_path: Path):
    for at, order in enumerate(itertools.permutations("abc")):
        (tmp_path / str(at)).mkdir()
        files = {f"TW2/LRA {letter}.xlsx": data for letter, data in zip(order, MONTH.values(), strict=True)}
        found = measured(tmp_path / str(at), 2, FIRST | files)
        assert spent(found, 2) == [3 * x for x in TW1]
        assert {status(found, name) for name in files} == {("DIHITUNG", 5, 5, 0)}
        assert (found.spent[0].place.file, found.spent[0].place.cells["uang_2"]) == (f"TW2/LRA {order[0]}.xlsx", "D6")


def test_every_row_of_several_months_keeps_its_own_file(tmp_path: Path):
    alien = ("7.01.02.2.01.0001", [("5.1.02.01.01.0024", 500_000, 400_000)])
    found = measured(tmp_path, 2, ALL | {"TW2/LRA Mei.xlsx": lra("Bulan Mei 2025", TW1, more=[alien])})
    assert spent(found, 2) == [3 * x for x in TW1]
    assert {(f.file, f.sheet, f.cell) for f in found.findings if f.code == "C220"} == {("TW2/LRA Mei.xlsx", "LRA", "A14")}
    assert status(found, "TW2/LRA Mei.xlsx") == ("DIHITUNG", 6, 5, 1)
    assert status(found, "TW2/LRA April.xlsx") == status(found, "TW2/LRA Juni.xlsx") == ("DIHITUNG", 5, 5, 0)
    assert len({f.sha256 for f in found.files if "LRA" in f.file}) == 4


@pytest.mark.parametrize(
    ("files", "who"),
    [
        ({"TW2/LRA lagi.xlsx": MONTH["Mei"]}, {"TW2/LRA lagi.xlsx", "TW2/LRA Mei.xlsx"}),
        ({"TW2/LRA Juni.xlsx": lra("Bulan Mei 2025", TW1)}, {"TW2/LRA April.xlsx", "TW2/LRA Juni.xlsx", "TW2/LRA Mei.xlsx"}),
    ],
    ids=["dua kali", "dua kali dan satu kurang"],
)
def test_a_month_twice_or_missing_is_said_of_the_file_that_holds_it(tmp_path: Path, files, who):
    found = measured(tmp_path, 2, ALL | files)
    assert spent(found, 2) == [None] * 5
    assert {f.file for f in found.findings if f.code == "L533"} == who
    assert {f.status for f in found.files if f.file.startswith("TW2/LRA")} == {"DITAHAN"}


def test_months_beside_a_report_since_january_count_nothing_and_all_are_named(tmp_path: Path):
    found = measured(tmp_path, 2, ALL | SINCE)
    assert spent(found, 2) == [None] * 5
    assert {f.file for f in found.findings if f.code == "L536"} == {name for name in ALL | SINCE if name.startswith("TW2")}


def test_a_month_of_another_year_holds_its_triwulan(tmp_path: Path):
    found = measured(tmp_path, 2, ALL | {"TW2/LRA Juni.xlsx": lra("Bulan Juni 2024", TW1)})
    assert spent(found, 2) == [None] * 5
    assert {f.file for f in found.findings if f.code == "T205"} == {"TW2/LRA Juni.xlsx"}


def test_a_sheet_per_month_adds_to_each_triwulan(tmp_path: Path):
    found = measured(tmp_path, 2, {f"TW{n}/LRA.xlsx": by_month() for n in (1, 2)})
    assert (spent(found, 1), spent(found, 2)) == ([6 * x for x in TW1], [15 * x for x in TW1])
    assert status(found, "TW2/LRA.xlsx") == ("DIHITUNG", 30, 15, 15)


def test_equal_months_on_two_sheets_are_no_copies(tmp_path: Path):
    same = xlsx({m: rows(f"Bulan {m} 2025", TW1) for m in MONTH})
    assert spent(measured(tmp_path, 2, FIRST | {"TW2/LRA.xlsx": same}), 2) == [3 * x for x in TW1]


@pytest.mark.parametrize(("answer", "wanted"), [("triwulan", [15 * x for x in TW1]), ("", [None] * 5)])
def test_a_sheet_that_is_only_called_after_a_month_is_asked_about(tmp_path: Path, answer: str, wanted: list[int | None]):
    data = by_month(SHEETS[3:], title="Tahun Anggaran 2025")
    found = measured(tmp_path, 2, FIRST | {"TW2/LRA.xlsx": data}, padanan({data: {"periode": answer}}) if answer else None)
    assert spent(found, 2) == wanted
    assert {f.sheet for f in found.findings if f.code == "L531"} == (set() if answer else set(SHEETS[3:]))


def test_a_line_that_stands_twice_in_one_month_is_not_added_up(tmp_path: Path):
    twice = xlsx({"A": rows("Bulan Mei 2025", TW1), "B": rows("Bulan Mei 2025", tuple(2 * x for x in TW1))})
    found = measured(tmp_path, 2, ALL | {"TW2/LRA Mei.xlsx": twice})
    assert spent(found, 2) == [None] * 5
    said = {(f.file, f.sheet, f.cell) for f in found.findings if f.code == "C222"}
    both = ("TW2/LRA April.xlsx", "LRA"), ("TW2/LRA Mei.xlsx", "B")
    assert said == {(*place, f"A{row}") for place in both for row in (6, 7, 9, 11, 12)}
    assert status(found, "TW2/LRA Mei.xlsx") == ("DIHITUNG", 10, 0, 10)


def test_a_column_per_month_adds_to_its_triwulan(tmp_path: Path):
    months = {m: tuple(i * x for x in TW1) for i, m in enumerate(("Januari", "Februari", "Maret", "April", "Mei", "Juni"), 1)}
    found = measured(tmp_path, 2, {f"TW{n}/LRA.xlsx": monthly(months) for n in (1, 2)})
    assert (spent(found, 1), spent(found, 2)) == ([6 * x for x in TW1], [15 * x for x in TW1])


@pytest.mark.parametrize(
    "title", ["s.d. 31 Mrt 2025", "per 31 Mar 2025", "Periode 1 Jan. s.d. 31 Mrt. 2025", "Januari hingga March 2025"]
)
def test_an_lra_says_its_months_as_dates_do(tmp_path: Path, title: str):
    found = measured(tmp_path, 1, {"TW1/LRA.xlsx": lra(title, TW1)})
    assert spent(found, 1) == list(TW1)
    assert {f.code for f in found.findings if "LRA" in f.file} == {"C205"}


@pytest.mark.parametrize(
    ("tw", "months"),
    [(1, ("Jan", "Peb", "Mrt")), (1, ("January", "February", "March")),
     (3, ("Jul", "Agst", "Sept")), (3, ("July", "Agust", "Sep"))],
)  # fmt: skip
def test_a_column_per_month_in_any_spelling(tmp_path: Path, tw: int, months: tuple[str, ...]):
    files = {f"TW{tw}/LRA.xlsx": monthly(dict.fromkeys(months, TW1))}
    assert spent(measured(tmp_path, tw, files), tw) == [3 * x for x in TW1]


@pytest.mark.parametrize("last", ["Agst", "Ags", "Agt", "Aug"])
def test_an_lra_until_another_month_is_told_so_in_any_spelling(tmp_path: Path, last: str):
    found = measured(tmp_path, 3, {"TW3/LRA.xlsx": lra(f"s.d. 31 {last} 2025")})
    assert [f.code for f in found.findings if "LRA" in f.file] == ["L532"]
    assert [f.args["rincian"] for f in found.findings if f.code == "L532"] == ["Agustus"]


def test_beside_the_money_workbook_only_one_counts(tmp_path: Path):
    other = {"TW1/LRA.xlsx": lra(MARCH, tuple(2 * x for x in TW1))}
    found = measured(tmp_path, 1, other | {name("uang", 1): clean("uang", 1)})
    assert sum(x or 0 for x in spent(found, 1)) == 4_800_000
    assert status(found, "TW1/LRA.xlsx") == ("PEMBANDING", 5, 0, 5)
    (finding,) = [f for f in found.findings if f.code == "L535"]
    assert (finding.value, finding.args["lain"]) == ("Rp9.600.000", "Rp4.800.000")


def test_two_lra_of_one_triwulan_count_for_nobody(tmp_path: Path):
    found = measured(tmp_path, 1, FIRST | {"TW1/LRA lagi.xlsx": lra(MARCH, TW1)})
    assert spent(found, 1) == [None] * 5
    assert {f.file for f in found.findings if f.code == "C203"} == {"TW1/LRA.xlsx", "TW1/LRA lagi.xlsx"}


def test_an_account_outside_the_plan_is_named_and_not_counted(tmp_path: Path):
    alien = ("7.01.02.2.01.0001", [("5.1.02.01.01.0024", 500_000, 400_000)])
    found = measured(tmp_path, 1, {"TW1/LRA.xlsx": lra(MARCH, TW1, more=[alien])})
    assert spent(found, 1) == list(TW1)
    assert status(found, "TW1/LRA.xlsx") == ("DIHITUNG", 6, 5, 1)
    assert ("C220", "LRA", "A14") in places(found.findings)


def test_an_unanswered_period_counts_nothing(tmp_path: Path):
    found = measured(tmp_path, 2, FIRST | {"TW2/LRA.xlsx": BARE})
    assert spent(found, 2) == [None] * 5
    assert status(found, "TW2/LRA.xlsx") == ("DITAHAN", 5, 0, 5)
