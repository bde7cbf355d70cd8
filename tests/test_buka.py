"""The page by its client: what Beranda and the seasons show, what buttons do, work that is stopped, files open elsewhere."""

from __future__ import annotations

import re
import shutil
import zipfile
from datetime import date
from pathlib import Path
from threading import Event

import pytest

from kinerja_xl.catatan import catalogue
from kinerja_xl.face.listed import compared_lines
from kinerja_xl.face.page import main, serve, words
from kinerja_xl.face.page.acts import ACTS, BUTTON_OF
from kinerja_xl.face.page.home_pages import UNIT_KEYS
from kinerja_xl.face.page.room import CLOSED_TICKS, QUIET_TICKS, Room
from kinerja_xl.face.page.seasons import SEASONS, next_button
from kinerja_xl.face.page.work import Desk, Job, State
from kinerja_xl.office.folder import MASUK, InputError, read_bytes
from kinerja_xl.reckoning import told
from kinerja_xl.reckoning.year.status import Step, YearStatus
from kinerja_xl.sheets.values import format_rupiah
from kinerja_xl.uses import buka
from kinerja_xl.uses.bandingkan import compare_books
from kinerja_xl.uses.formulir import write_forms
from kinerja_xl.uses.kunci import lock
from kinerja_xl.uses.mulai import Told, start_year
from kinerja_xl.uses.padanan import load_answers
from kinerja_xl.uses.perbarui import renew
from kinerja_xl.uses.periksa import periksa
from kinerja_xl.uses.rekap import write_rekap
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.output import put_new, write_whole
from tests.asing_uji import xlsx
from tests.formulir_asing import rka
from tests.halaman_uji import FAULTY, Window, copied, said, state
from tests.kantor_uji import Folder, with_parts
from tests.test_baca_tanya import BEFORE_AFTER, ZONES


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "rumah"
    (place / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("XDG_STATE_HOME", str(place / "state"))
    monkeypatch.chdir(place)
    return place


@pytest.fixture
def faulty(tmp_path: Path) -> Window:
    return Window(copied(tmp_path / "Rencana-2025", FAULTY))


@pytest.fixture(scope="module")
def looked_at(tmp_path_factory: pytest.TempPathFactory) -> Window:
    """The same office for tests that write nothing: it is read once."""
    return Window(copied(tmp_path_factory.mktemp("bermasalah") / "Rencana-2025", FAULTY))


@pytest.fixture
def small(tmp_path: Path) -> Window:
    """An office of two units, quick to read."""
    return Window(Folder().drop("pmd").write(tmp_path / "kecil"))


# ---- Beranda -----------------------------------------------------------------------------------------------------


def test_years_at_hand_are_shown_the_last_used_first(home: Path, tmp_path: Path):
    one, two = copied(home / "Documents" / "Rencana-2025", FAULTY), copied(tmp_path / "lain" / "Rencana-2024", FAULTY)
    assert buka.years_at_hand() == [one]
    buka.remember(two)
    buka.remember(home / "hilang")
    assert buka.years_at_hand() == [two, one]
    page = Window().get("/")
    assert page.text.index("Rencana-2024") < page.text.index("Rencana-2025")
    shutil.rmtree(two)
    assert buka.years_at_hand() == [one]


@pytest.mark.parametrize("written", ["", "bukan json", "{}", "[1, null]", '["/tidak/ada"]', "\\x00"])
def test_a_spoilt_memory_is_no_memory(home: Path, written: str):
    place = home / "state" / "kinerja-xl" / "folder-tahun.json"
    place.parent.mkdir(parents=True)
    place.write_text(written)
    assert buka.years_at_hand() == []
    buka.remember(copied(home / "lain" / "Rencana-2025", FAULTY))
    assert [path.name for path in buka.years_at_hand()] == ["Rencana-2025"]


def test_what_can_not_be_remembered_stops_nothing(home: Path, small: Window):
    (home / "state").write_text("a file where a folder should be")
    buka.remember(small.room.folder(small.ids[0]))
    assert buka.years_at_hand() == []


def test_a_card_says_stage_who_is_missing_and_what_comes_next(looked_at: Window):
    page = looked_at.get(f"/kartu/{looked_at.ids[0]}")
    assert "Kantor Kecamatan Wasuponda, Tahun Anggaran 2025, tahap usulan" in page.text
    assert "Ditunggu dari 5 unit" in page.text and "Berikutnya: Kembalikan catatan kepada unit" in page.text
    assert f'action="/tahun/{looked_at.ids[0]}/kerja/kembalikan"' in page.text


def test_a_card_of_a_broken_office_says_why(tmp_path: Path):
    folder = copied(tmp_path / "rusak", FAULTY)
    (folder / "Kantor.xlsx").write_bytes(b"bukan buku kerja")
    window = Window(folder)
    assert "Kantor.xlsx belum dapat dipakai" in window.get(f"/kartu/{window.ids[0]}").text
    assert "B111" in window.year("usulan") and "Buka Kantor.xlsx" in window.year("hasil")


@pytest.mark.parametrize("verb", ["formulir", "periksa", "rekap", "kunci", "pk", "realisasi", "capaian", "lkjip", "mulai"])
def test_every_step_has_its_button(verb: str):
    step = Step(sentence="kerjakan", words=(verb, "folder", *(["--triwulan", "2"] if verb == "realisasi" else [])), file="x")
    status = YearStatus(
        kantor="K", tahun=2025, tahap="usulan", since=None, versions=(), units=(), findings=(), next=step,
    )  # fmt: skip
    found = next_button(status, "id")
    assert found.label == "Kerjakan" and found.season in SEASONS and bool(found.act) != bool(found.href)
    assert not found.act or found.act in ACTS
    assert found.fields == {"realisasi": {"triwulan": "2"}, "capaian": {"triwulan": "4"}}.get(verb, {})


# ---- a new year --------------------------------------------------------------------------------------------------


def test_a_new_year_asks_year_office_and_units(home: Path):
    window = Window()
    place = str(buka.places().index(home / "Documents"))
    units = [
        ("tu", "Subbagian Tata Usaha", "sekcam", "7.01.01"),
        ("ekbang", "Seksi Ekbang", "camat", "7.01.03"),
        ("", "x", "camat", ""),
    ]
    form = {f"unit_{key}": [unit[n] for unit in units] for n, key in enumerate(UNIT_KEYS)}
    done = window.post("/mulai", {"tahun": "2026", "nama": "Kantor Kecamatan Seroja", "tempat": place, **form})
    folder = home / "Documents" / "Rencana-2026"
    office = Year(folder).office
    assert (office.nama, office.tahun, [(u.kode, u.nama, u.atasan) for u in office.units]) == (
        "Kantor Kecamatan Seroja", 2026, [unit[:3] for unit in units[:2]],
    )  # fmt: skip
    assert {path.name for path in (folder / "formulir").iterdir()} == {"Usulan-tu-2026.xlsx", "Usulan-ekbang-2026.xlsx"}
    assert "Folder tahun sudah siap" in said(done) and "kinerja-xl" not in said(done) and buka.years_at_hand() == [folder]
    assert "sudah ada dan tidak ditimpa" in said(window.post("/mulai", {"tahun": "2026", "tempat": place, **form}))


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"tahun": "26"}, "empat angka"), ({"tahun": "", "tempat": "0"}, "empat angka"),
        ({"tahun": "2026", "tempat": "99"}, "Pilih tempat"), ({"tahun": "2026", "tempat": "../x"}, "Pilih tempat"),
    ],
)  # fmt: skip
def test_what_a_new_year_lacks_is_a_sentence(form: dict[str, str], words: str):
    answer = Window().post("/mulai", form)
    assert answer.status_code == 400 and words in said(answer)


@pytest.mark.parametrize("codes", [["../x"], ["Tata Usaha"], ["tu", "tu"], ["a" * 40]])
def test_a_unit_code_that_can_name_no_file_makes_no_folder(tmp_path: Path, codes: list[str]):
    units = tuple({"kode": code, "nama": f"Unit {n}", "atasan": "camat", "tugas": "7.01.01"} for n, code in enumerate(codes))
    with pytest.raises(InputError):
        list(start_year(tmp_path / "baru", 2026, told=Told(units=units)))
    assert not (tmp_path / "baru").exists()


def test_the_sample_office_is_copied_again_and_again(home: Path):
    window = Window()
    for name in ("Contoh", "Contoh (2)"):
        done = window.post("/contoh", {"tempat": "0"})
        assert "Buka tahun ini" in said(done) and (home / "Documents" / name / "Kantor.xlsx").exists()
    assert "Buka tahun ini" in said(window.post("/contoh", {"tempat": "0", "bermasalah": "ya"}))


# ---- a year ------------------------------------------------------------------------------------------------------


def test_a_year_shows_its_units_as_the_recap_counts_them(looked_at: Window):
    page = looked_at.year("usulan")
    recap = Year(looked_at.room.folder(looked_at.ids[0])).recap
    for unit in recap.units:
        assert f"{unit.nama} {unit.status.value} {unit.counted_words}" in page
    held = recap.total_tidak_dihitung
    assert held.unknown and told(held) in page and "perbaikan usulan, batas 27 September 2024" in page


def test_no_page_shows_a_command(looked_at: Window, small: Window, tmp_path: Path):
    """People who click are told which button, not what to type."""
    pages = [looked_at.year(season) for season in (*SEASONS, "hasil", "hasil?dari=tw1")]
    pages += [said(small.act(act)) for act in ACTS]
    for page in pages:
        assert "kinerja-xl " not in page and "--" not in page and str(tmp_path) not in page, page


COMMANDS = {
    'Belum ada {folder}/hasil/L.xlsx. Buat dengan kinerja-xl rekap "{folder}" --penelaahan, sebutkan DPA dengan --dari X.': (
        "Belum ada hasil/L.xlsx. Buat dengan tombol “Buat rekap”, sebutkan DPA dengan isian “Dari”."
    ),
    "Rencana belum dikunci; jalankan dahulu kinerja-xl kunci {folder}.": (
        "Rencana belum dikunci; pakai dahulu tombol “Kunci” di tab Penetapan."
    ),
    "Versi baru: kinerja-xl kunci {folder} --dari {folder}/hasil/DPA-2025.xlsx --tahap perubahan --tanggal TANGGAL.": (
        "Versi baru: tombol “Kunci” di tab Penetapan."
    ),
    'Belum diketahui. Tambahkan pada perintah yang sama, misalnya: --tanggal "21 Juli 2026".': (
        "Belum diketahui. Isi “Tanggal”, misalnya 21 Juli 2026."
    ),
    "Taruh di arsip, atau sebutkan dengan --tahun-lalu. Periksa --tanggal.": "Taruh di arsip. Periksa isian “Tanggal”.",
    "{folder} terkunci; tutup lalu ulangi perintah ini.": "Rencana 2025 terkunci; tutup lalu ulangi.",
    "Buku kerja buatan kinerja-xl.": "Buku kerja buatan kinerja-xl.",
}


@pytest.mark.parametrize("sentence", COMMANDS)
def test_a_sentence_names_the_button_instead_of_the_command(sentence: str):
    folder = Path("/tmp/Rencana 2025")
    assert words.without_commands(sentence.format(folder=folder), folder, BUTTON_OF) == COMMANDS[sentence]


def test_no_catatan_asks_for_a_command_on_the_page():
    for code in catalogue().values():
        for sentence in (code.masalah, code.perbaikan, code.contoh):
            told_there = words.without_commands(sentence, None, BUTTON_OF)
            assert not re.search(r"--[a-z]|kinerja-xl (?!di )[a-z]", told_there), (code.kode, told_there)


def test_hasil_filters_groups_and_explains(looked_at: Window):
    folder = looked_at.room.folder(looked_at.ids[0])
    findings = periksa([folder])
    page = looked_at.get(f"/tahun/{looked_at.ids[0]}/hasil")
    codes = {f.code for f in findings}
    assert set(re.findall(r"Jelaskan (\w\d+)", page.text)) == codes
    for f in findings:
        assert " ".join(f.masalah.split()) in said(page) and catalogue()[f.code].judul in said(page)
    only = looked_at.get(f"/tahun/{looked_at.ids[0]}/hasil?tingkat=cek&untuk=unit&unit=umum").text
    wanted = {f.code for f in findings if (f.severity.value, f.untuk.value, f.unit) == ("cek", "unit", "umum")}
    assert set(re.findall(r"Jelaskan (\w\d+)", only)) == wanted != codes
    assert "Tidak ada catatan yang sesuai" in looked_at.year("hasil?unit=tidak-ada")


def test_numbers_of_a_triwulan_are_those_of_capaian(tmp_path: Path):
    window = Window(copied(tmp_path / "bersih"))
    for page in (window.year("tw4"), window.year("hasil?dari=tw4")):
        assert "98,64 % Sangat Tinggi" in page and "sedikitnya Rp1.923.846.500 (1 rekening belum diketahui)" in page
    assert "7 berkas masuk" in window.year("tw2") and "belum diukur" not in window.year("tw1")


def test_what_is_not_there_yet_is_a_sentence(looked_at: Window):
    for page in ("tw1", "lkjip"):
        assert "Rencana belum dikunci" in looked_at.year(page)
    assert "belum dikunci; pakai dahulu tombol “Kunci”" in looked_at.year("hasil?dari=tw1")
    assert looked_at.get(f"/tahun/{looked_at.ids[0]}/musim-hujan").status_code == 404
    assert looked_at.act("hapus-semua").status_code == 404


def test_buttons_write_what_their_verbs_write(faulty: Window, tmp_path: Path):
    twin = copied(tmp_path / "kembar", FAULTY)
    faulty.act("rekap")
    write_rekap(Year(twin))
    folder = faulty.room.folder(faulty.ids[0])
    assert (folder / "hasil/Rekap-2025.xlsx").read_bytes() == (twin / "hasil/Rekap-2025.xlsx").read_bytes()
    before = state(folder)
    assert "Catatan: " in said(faulty.act("periksa")) and state(folder) == before
    returned = faulty.act("kembalikan", kembali="//evil.example/")
    copies = {path.name for path in (folder / "hasil/perbaikan").iterdir()}
    assert f"{len(copies)} salinan bertanda ditulis" in said(returned) and "Usulan-umum-2025.xlsx" in copies
    assert "evil" not in returned.text


def test_an_old_form_becomes_todays_form(small: Window):
    """Beside the old one, under a name that overwrites nothing; a file that is not in the folder is none."""
    folder = small.room.folder(small.ids[0])
    (folder / "arsip").mkdir()
    assert not (folder / "hasil").exists()
    shutil.copy(folder / "masuk/Usulan-trantib-2025.xlsx", folder / "arsip/Usulan-lama.xlsx")
    assert "masuk/Usulan-trantib-2025.xlsx" in small.get(f"/tahun/{small.ids[0]}/usulan").text
    for _ in range(2):
        done = said(small.act("perbarui", lama="arsip/Usulan-lama.xlsx"))
        assert "baris tabel dibawa" in done and "Semua isi terbawa." in done
    renew(folder / "arsip/Usulan-lama.xlsx", folder / "kembar.xlsx", folder)
    assert {path.name for path in (folder / "hasil").iterdir()} == {"Usulan-lama baru.xlsx", "Usulan-lama baru (2).xlsx"}
    assert (folder / "hasil/Usulan-lama baru.xlsx").read_bytes() == (folder / "kembar.xlsx").read_bytes()
    for given, expected in {"": "Pilih dahulu berkasnya", "../x.xlsx": "tidak ditemukan", "masuk": "tidak ditemukan"}.items():
        assert expected in said(small.act("perbarui", lama=given))


def test_two_books_are_compared(small: Window):
    folder = small.room.folder(small.ids[0])
    write_rekap(Year(folder))
    page = small.get(f"/tahun/{small.ids[0]}/penetapan").text
    assert "hasil/Rekap-2025.xlsx" in page and "masuk/Usulan-trantib-2025.xlsx" in page
    done = said(small.act("bandingkan", lama="masuk/Usulan-trantib-2025.xlsx", baru="hasil/Rekap-2025.xlsx"))
    compared = compare_books(folder / "masuk/Usulan-trantib-2025.xlsx", folder / "hasil/Rekap-2025.xlsx", folder / "kembar.xlsx")
    assert all(line in done for line in compared_lines(compared))
    beda = folder / "hasil" / "Beda Usulan-trantib-2025 dan Rekap-2025.xlsx"
    assert beda.read_bytes() == (folder / "kembar.xlsx").read_bytes()
    other = small.act("bandingkan", lama="Kantor.xlsx", baru="hasil/Rekap-2025.xlsx")
    assert "bukan penetapan, rekap, atau usulan" in said(other)


def test_offices_are_joined_from_beranda(tmp_path: Path):
    """What can't be read is said, and the total with it."""
    kabupaten = tmp_path / "Kabupaten"
    for name in ("satu", "dua"):
        Folder().edit("kantor", "kantor", pemda=name).drop("pmd").write(kabupaten / name)
    (kabupaten / "tiga").mkdir()
    window = Window()
    done = window.post("/gabung", {"folder": f'"{kabupaten}"', "triwulan": ""})
    page, total = said(done), sum(Year(kabupaten / name).recap.total_rab for name in ("satu", "dua"))
    assert "2 dari 3 kecamatan digabungkan" in page and f"sedikitnya {format_rupiah(total)}" in page
    assert (kabupaten / "hasil/Gabungan.xlsx").is_file() and "Buka hasil" in page
    for given, expected in {"": "Tulis atau tempel", str(tmp_path / "x"): "tidak ditemukan"}.items():
        assert expected in said(window.post("/gabung", {"folder": given}))
    assert "angka dari 1 sampai 4" in said(window.post("/gabung", {"folder": str(kabupaten), "triwulan": "9"}))


def test_copies_go_back_without_active_content(tmp_path: Path):
    window = Window(Folder().write(tmp_path / "kecil"))
    folder = window.room.folder(window.ids[0])
    path = folder / "masuk/Usulan-pmd-2025.xlsx"
    path.write_bytes(with_parts(path.read_bytes(), lambda old: {"xl/vbaProject.bin": b"makro"}))
    for form, left in (({}, True), ({"tanpa-isi-aktif": "ya"}, False)):
        window.act("kembalikan", **form)
        (copy,) = (folder / "hasil/perbaikan").iterdir()
        assert ("xl/vbaProject.bin" in zipfile.ZipFile(copy).namelist()) is left


def test_forms_of_one_unit_as_large_as_asked(small: Window):
    folder = small.room.folder(small.ids[0])
    small.act("formulir", unit="pmd", tor="3", baris="90")
    (form,) = (folder / "formulir").iterdir()
    done = small.room.folder(small.ids[0]) / "kembar"
    shutil.copytree(folder, done, ignore=shutil.ignore_patterns("kembar", "formulir"))
    list(write_forms(done, "pmd", 3, 90))
    assert form.read_bytes() == (done / "formulir" / form.name).read_bytes()
    for field, expected in {"tor": "tulis angka dari 1 sampai 60", "baris": "tulis angka dari 10 sampai 2000"}.items():
        assert expected in said(small.act("formulir", **{field: "x"}))


def test_a_date_that_is_none_is_a_sentence(looked_at: Window):
    assert "tulis seperti 1 Oktober 2024" in said(looked_at.act("coba-kunci", dari="usulan", tanggal="kemarin"))
    assert "Triwulan adalah angka" in said(looked_at.act("realisasi", triwulan="5"))
    assert "tidak lengkap" in said(looked_at.act("surel", kepada="camat"))


ODD = ["Rencana #1 & 100%25", "a'b;c", "Rencana\nbaru", "balik\u202etxt", "\udce9\udcff", "Rencana 😀", "x" * 200]


@pytest.mark.parametrize("name", ODD)
def test_a_folder_of_any_name_is_shown(tmp_path: Path, name: str):
    try:
        folder = Folder().drop("pmd").write(tmp_path / name)
    except (OSError, UnicodeError):
        pytest.skip("this disk takes no such name")
    window = Window(folder)
    buka.remember(folder)
    for path in (
        "/",
        "/mulai",
        "/isi",
        f"/kartu/{window.ids[0]}",
        *(f"/tahun/{window.ids[0]}/{season}" for season in (*SEASONS, "hasil")),
    ):
        answer = window.get(path)
        assert answer.status_code == 200 and "gangguan" not in answer.text, path
    assert "Jumlah RAB yang dihitung" in said(window.act("rekap"))


def test_a_folder_that_loses_its_parts_is_said(small: Window):
    folder = small.room.folder(small.ids[0])
    shutil.rmtree(folder / MASUK)
    assert "buat folder itu dan taruh formulir unit di dalamnya" in small.year("usulan")
    shutil.rmtree(folder)
    for page in ("usulan", "hasil", "penetapan"):
        assert "tidak ditemukan" in small.year(page) and "gangguan" not in small.year(page)
    assert "tidak ditemukan" in said(small.act("rekap")) and not folder.exists()
    assert folder.name not in small.get("/").text


# ---- locking -----------------------------------------------------------------------------------------------------


def test_what_is_locked_is_what_was_shown(small: Window):
    folder = small.room.folder(small.ids[0])
    form = {"dari": "usulan", "tahap": "penetapan", "tanggal": "20 Desember 2024"}
    shown = small.act("coba-kunci", **form)
    sign = re.search(r'name="sidik" value="(\w+)"', shown.text)
    assert sign is not None and "Belum dikunci" in said(shown)
    assert not Year(folder).plans
    again = small.act("kunci", **form, sidik="0" * 64)
    assert "berubah sejak ditampilkan" in said(again) and not Year(folder).plans
    assert "Dikunci: Penetapan tanggal 20 Desember 2024" in said(small.act("kunci", **form, sidik=sign[1]))
    (one,) = Year(folder).plans
    assert (one.plan.sha256, one.plan.tanggal) == (sign[1], date(2024, 12, 20))
    assert "sudah dikunci dan tidak ditimpa" in said(small.act("coba-kunci", **form))
    assert "Belum dibatalkan" in said(small.act("coba-batal")) and Year(folder).plans
    assert "Dibatalkan: Penetapan 2025" in said(small.act("batal")) and not Year(folder).plans


def test_a_plan_with_wajib_is_not_offered(looked_at: Window):
    shown = looked_at.act("coba-kunci", dari="usulan", tanggal="20 Desember 2024")
    assert "Belum dapat dikunci" in said(shown) and 'name="sidik"' not in shown.text


# ---- work --------------------------------------------------------------------------------------------------------


def test_work_is_done_one_piece_after_the_other(tmp_path: Path):
    desk, go, order = Desk(), Event(), list[str]()

    def first(job: Job) -> None:
        go.wait(60)
        order.append("first")

    one, two = desk.hand(Job(title="satu", action=first)), desk.hand(Job(title="dua", action=lambda job: order.append("second")))
    assert desk.busy and two.state is State.WAITING
    go.set()
    assert two.ended.wait(60) and order == ["first", "second"] and not desk.busy and one.state is State.DONE


def test_the_same_wish_is_one_piece_of_work():
    desk, go = Desk(), Event()
    one, two = (desk.hand(Job(title="baca", action=lambda job: go.wait(60), key="x")) for _ in range(2))
    go.set()
    assert one is two and one.ended.wait(60)
    assert desk.hand(Job(title="baca", action=lambda job: None, key="x")) is not one


def test_work_stops_between_two_files_and_what_stands_is_whole(tmp_path: Path):
    for name in "abc":
        (tmp_path / name).write_bytes(b"x")
    reached, go = Event(), Event()

    def action(job: Job) -> None:
        for name in "abc":
            data, _ = read_bytes(tmp_path / name)
            write_whole(tmp_path / f"{name}.hasil", data)
            reached.set()
            go.wait(60)

    job = Desk().hand(Job(title="tulis", action=action))
    assert reached.wait(60)
    job.stop()
    go.set()
    assert job.ended.wait(60) and (job.state, job.what) == (State.STOPPED, "b")
    assert {path.name for path in tmp_path.glob("*.hasil")} == {"a.hasil"} and [p.name for p in job.written] == ["a.hasil"]


def test_what_belongs_together_is_not_stopped(tmp_path: Path):
    (tmp_path / "a").write_bytes(b"x")
    go, running = Event(), Event()

    def action(job: Job) -> str:
        running.set()
        go.wait(60)
        read_bytes(tmp_path / "a")
        return "utuh"

    job = Desk().hand(Job(title="kunci", action=action, whole=True))
    assert running.wait(60) and not job.can_stop
    job.stop()
    go.set()
    assert job.ended.wait(60) and (job.state, job.result) == (State.DONE, "utuh")


def test_the_oddities_of_a_file_do_not_swallow_the_wish_to_stop(small: Window):
    """Readers catch every Exception of a strange file; stopping is none."""
    folder = small.room.folder(small.ids[0])
    job = Job(title="rekap", action=lambda job: write_rekap(Year(folder, job.progress)))
    job.stopping = True  # asked for as soon as it runs
    job.run()
    assert job.state is State.STOPPED and not (folder / "hasil").exists()


def test_a_stopped_piece_says_so(small: Window):
    """One that waits ends at once, though what it waits for goes on."""
    go, done = Event(), list[str]()
    running = small.room.desk.hand(Job(title="lama", action=lambda job: go.wait(60)))
    job = small.room.desk.hand(Job(title="Buat rekap", action=lambda job: done.append("x"), year=small.ids[0]))
    page = small.client.get(f"/kerja/{job.id}", headers={"Host": "127.0.0.1:4711"})
    assert "menunggu selesainya: lama" in said(page)
    assert "Dibatalkan. Yang sudah ditulis utuh" in said(small.post(f"/kerja/{job.id}/henti"))
    go.set()
    assert running.ended.wait(60) and not small.room.desk.busy and done == []


def test_a_defect_is_a_sentence(small: Window):
    job = small.room.desk.hand(Job(title="rusak", action=lambda job: 1 / 0))
    assert job.ended.wait(60)
    shown = said(small.get(f"/kerja/{job.id}"))
    assert "Program mengalami gangguan (ZeroDivisionError di test_buka.py" in shown and "Traceback" not in shown


def test_a_folder_is_read_again_only_when_it_changed(small: Window, monkeypatch: pytest.MonkeyPatch):
    from kinerja_xl.face.page import reads

    count: list[Path] = []
    real = reads.READS[reads.STANDING]
    monkeypatch.setattr(reads, "READS", {**reads.READS, reads.STANDING: lambda f, p: (count.append(f), real(f, p))[1]})
    for _ in range(3):
        small.year("usulan")
    assert len(count) == 1
    folder = small.room.folder(small.ids[0])
    (folder / MASUK / "catatan.txt").write_text("x")
    small.year("usulan")
    assert len(count) == 2


# ---- files that are open elsewhere, the end ----------------------------------------------------------------------


@pytest.mark.parametrize("mark", ["~$Kantor.xlsx", ".~lock.Kantor.xlsx#"])
def test_an_open_office_book_is_said(small: Window, mark: str):
    folder = small.room.folder(small.ids[0])
    assert "tampaknya sedang terbuka" not in small.year("usulan")
    (folder / mark).write_bytes(b"x")
    for page in ("usulan", "hasil", "penetapan"):
        assert f"sedang terbuka di Excel atau LibreOffice ({mark})" in small.year(page)
    assert mark in small.get(f"/kartu/{small.ids[0]}").text


def test_a_locked_file_is_said_and_never_a_failure(small: Window, monkeypatch: pytest.MonkeyPatch):
    """As Windows answers while Excel has the recap open: the result gets another name, and the page says so."""
    folder = small.room.folder(small.ids[0])
    small.act("rekap")
    real = Path.replace

    def held(self: Path, target: Path) -> Path:
        if Path(target).name == "Rekap-2025.xlsx":
            raise PermissionError(13, "held")
        return real(self, target)

    monkeypatch.setattr(Path, "replace", held)
    monkeypatch.setattr("kinerja_xl.writing.output.time.sleep", lambda seconds: None)
    (folder / "hasil/Rekap-2025.xlsx").write_bytes(b"diubah orang")
    shown = said(small.act("rekap"))
    assert "sedang terbuka di Excel atau terkunci" in shown and "Buka hasil/Rekap-2025 (2).xlsx" in shown
    assert (folder / "hasil/Rekap-2025.xlsx").read_bytes() == b"diubah orang"


def test_put_new_overwrites_nothing(tmp_path: Path):
    target = tmp_path / "baru" / "x.xlsx"
    assert [put_new(target, data).name for data in (b"1", b"2", b"1", b"2", b"3")] == [
        "x.xlsx", "x (2).xlsx", "x.xlsx", "x (2).xlsx", "x (3).xlsx",
    ]  # fmt: skip
    assert sorted(p.read_bytes() for p in target.parent.iterdir()) == [b"1", b"2", b"3"]


def test_it_ends_when_nobody_is_there():
    room = Room()
    assert [room.tick() for _ in range(QUIET_TICKS)].index(True) == QUIET_TICKS - 1
    room.seen()
    assert not room.tick()
    room.closed = True
    assert [room.tick() for _ in range(CLOSED_TICKS)].index(True) == CLOSED_TICKS - 2
    go = Event()
    job = room.desk.hand(Job(title="lama", action=lambda job: go.wait(60)))
    assert not room.tick()  # never while something is being done
    go.set()
    assert job.ended.wait(60) and room.tick()


def test_a_start_ends_by_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    """Nobody opens the page: the address is said, and after the last look there is no program any more."""
    monkeypatch.setattr("kinerja_xl.face.page.room.TICK", 0.001)
    seen: list[str] = []
    monkeypatch.setattr("webbrowser.open", seen.append)
    serve()
    (address,) = capsys.readouterr().out.split()
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/masuk\?token=[\w-]{32}", address) and seen == [address]


def test_signs_of_life_and_selesai(small: Window):
    small.room.quiet = QUIET_TICKS
    assert small.post("/denyut").status_code == 204 and small.room.quiet == 0
    assert small.post("/tutup").status_code == 204 and small.room.closed
    small.get("/")
    assert not small.room.closed
    assert "boleh ditutup" in said(small.post("/selesai")) and small.room.ended.is_set()


def test_the_icon_says_on_the_page_what_is_wrong_with_a_dropped_folder(home: Path, monkeypatch: pytest.MonkeyPatch):
    asked: list[tuple[Path | None, str]] = []
    monkeypatch.setattr("kinerja_xl.face.page.serve", lambda folder, *, browser, notice: asked.append((folder, notice)))
    folder = copied(home / "Rencana-2025", FAULTY)
    for given in ([], [str(folder)], [str(folder / "Kantor.xlsx")], [str(home / "tidak-ada")]):
        monkeypatch.setattr("sys.argv", ["kinerja-xl-buka", *given])
        main()
    assert [path for path, _ in asked] == [None, folder, folder, None]
    assert [bool(notice) for _, notice in asked] == [False, False, False, True] and "tidak ditemukan" in asked[-1][1]


# ---- workbooks of others -----------------------------------------------------------------------------------------


def opened(window: Window, path: str, name: str, data: bytes, **form: str) -> str:
    """A file dropped on a page of its own; the address of what is shown of it."""
    from io import BytesIO

    from kinerja_xl.face.page.guard import MARK
    from tests.halaman_uji import HEADS

    data_ = {MARK: window.room.guard.mark, "berkas": (BytesIO(data), name), **form}
    answer = window.client.post(path, data=data_, headers=HEADS, content_type="multipart/form-data")
    assert answer.status_code == 303
    return answer.headers["Location"]


def test_a_foreign_workbook_is_shown_asked_about_and_answered_once(small: Window):
    folder = small.room.folder(small.ids[0])
    book = xlsx({"SSH": ZONES, "Pagu": BEFORE_AFTER})
    where = opened(small, "/berkas-lain", "daftar.xlsx", book, tahun=small.ids[0])
    page = small.get(where)
    assert "Daftar harga, 2 baris" in said(page) and "RAB, 2 baris" in said(page) and "D harga satuan" in said(page)
    asked = dict(re.findall(r'name="([^"]+\|[^"]+)" value="([^"]+)"', page.text))
    assert {key.partition("|")[2] for key in asked} == {"zona", "kolom:jumlah"} or len(asked) == 2
    zone = next(key for key in asked if key.endswith("|zona"))
    assert "1 jawaban disimpan" in said(small.post(f"{where}/jawab", {zone: "Harga Zona 2"}))
    assert [(a.kunci, a.jawaban) for a in load_answers(folder / "Padanan.xlsx").answers] == [("zona", "Harga Zona 2")]
    assert zone not in small.get(where).text
    assert "Belum ada yang dijawab" in said(small.post(f"{where}/jawab", {zone: "bukan pilihan"}))
    again = opened(small, "/berkas-lain", "daftar lagi.xlsx", book, tahun=small.ids[0])
    assert zone not in small.get(again).text
    with small.client.get(f"{where}/unduh", headers={"Host": "127.0.0.1:4711"}) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment") and answer.data[:2] == b"PK"


def test_a_foreign_workbook_without_a_year_keeps_nothing(small: Window):
    where = opened(small, "/berkas-lain", "ssh.xlsx", xlsx({"SSH": ZONES}))
    zone = re.findall(r'name="([^"]+\|zona)"', small.get(where).text)[0]
    small.post(f"{where}/jawab", {zone: "Harga Zona 2"})
    assert "57.500" in said(small.get(where))
    assert not (small.room.folder(small.ids[0]) / "Padanan.xlsx").exists()
    small.room.finish()
    assert not small.room.scratch.exists()


def test_a_units_own_layout_goes_to_masuk_with_its_answer(small: Window):
    folder = small.room.folder(small.ids[0])
    where = opened(small, "/berkas-lain", "rab umum.xlsx", xlsx({"RAB": BEFORE_AFTER}), tahun=small.ids[0])
    shown = said(small.post(f"{where}/milik", {"unit": "pmd"}))
    assert "Diterima sebagai rab umum.xlsx" in shown and (folder / MASUK / "rab umum.xlsx").exists()
    assert ("unit", "pmd") in [(a.kunci, a.jawaban) for a in load_answers(folder / "Padanan.xlsx").answers]


@pytest.mark.parametrize("data", [b"", b"bukan", b"PK\x03\x04rusak", b"<html><script>alert(1)</script></html>"])
def test_what_is_no_workbook_is_a_sentence(small: Window, data: bytes):
    page = small.get(opened(small, "/berkas-lain", "x.xlsx", data, tahun=small.ids[0]))
    assert "<script>alert" not in page.text and ("tidak dapat dibaca" in said(page) or "Tidak ada tabel" in said(page))


def test_a_form_of_others_is_filled_beside_it(small: Window):
    folder = small.room.folder(small.ids[0])
    small.act("rekap")
    before = state(folder)
    for name in ("rka terisi.xlsx", "rka terisi (2).xlsx"):
        where = opened(small, "/isi", "rka.xlsx", rka(), sumber=f"{small.ids[0]}|hasil/Rekap-2025.xlsx")
        assert small.room.desk.job(where.rpartition("/")[2]).ended.wait(60)  # type: ignore[union-attr]
        page = small.get(where)
        assert "baris rab" in said(page) and "dipakai" in page.text and (folder / "hasil" / name).exists()
    assert {name: data for name, data in state(folder).items() if name in before} == before
    assert small.get(where.replace("/kerja/", "/isi/")).status_code in (404, 405)


def test_a_plan_locked_elsewhere_is_seen_at_once(small: Window):
    """The page keeps nothing of its own: what another program does to the folder shows with the next click."""
    folder = small.room.folder(small.ids[0])
    assert "belum ada rencana yang dikunci" in small.year("usulan")
    lock(folder, "usulan", tanggal=date(2024, 12, 20))
    assert "berlaku Penetapan tanggal 20 Desember 2024" in small.year("usulan")
