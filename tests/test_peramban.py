"""The page in a real browser: a whole year by clicking, by keyboard alone, in two tabs, with the server gone, for everybody."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from openpyxl import load_workbook
from playwright.sync_api import BrowserContext, Page

from kinerja_xl.face.page.guard import HOST
from kinerja_xl.office.folder import MASUK
from kinerja_xl.uses.year import Year
from tests.halaman_uji import FAULTY, copied, state
from tests.kantor_uji import kantor_bytes, replaced
from tests.peramban import browser, follow, gone, press, served, settled, tab_to, text
from tests.rumah import ROOT
from tests.test_kantor_kedua import (
    NAMES,
    STAGES,
    TAHUN,
    handed_in,
    issue_dpa,
    kantor,
    measured_forms,
    meet,
    told,
)

SERIOUS = {"serious", "critical"}


@pytest.fixture(scope="module")
def chromium() -> Iterator[BrowserContext]:
    with browser() as found:
        yield found


@pytest.fixture
def page(chromium: BrowserContext) -> Iterator[Page]:
    found = chromium.new_page()
    wrong: list[str] = []
    found.on("pageerror", lambda error: wrong.append(str(error)))
    found.on("console", lambda message: wrong.append(message.text) if message.type == "error" else None)
    yield found
    found.close()
    assert [line for line in wrong if "ERR_CONNECTION_REFUSED" not in line] == []


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    place = tmp_path / "rumah"
    (place / "Documents").mkdir(parents=True)
    monkeypatch.setenv("HOME", str(place))
    monkeypatch.setenv("XDG_STATE_HOME", str(place / "state"))
    monkeypatch.chdir(place)
    return place


def drop(page: Page, files: dict[str, bytes]) -> None:
    """Files dropped with the mouse onto the page, which goes by itself to what is said of them."""
    held = page.evaluate_handle(
        """files => { const held = new DataTransfer();
        for (const [name, data] of files) held.items.add(new File([Uint8Array.from(atob(data), c => c.charCodeAt(0))], name));
        return held; }""",
        [[name, b64encode(data).decode()] for name, data in files.items()],
    )
    with page.expect_navigation():
        page.dispatch_event("main", "drop", {"dataTransfer": held})
    settled(page)


def tab(page: Page, name: str) -> Page:
    """A season of the year."""
    return gone(page, page.get_by_role("navigation", name="Tahap pekerjaan").get_by_role("link", name=name, exact=True))


def next_step(page: Page) -> str:
    return page.locator(".berikut .besar").inner_text().removeprefix("Berikutnya: ")


# ---- a whole year ------------------------------------------------------------------------------------------------


def test_a_whole_year_by_clicking(page: Page, home: Path):
    """What a second office's year comes to (see test_kantor_kedua), with nothing typed but what the forms ask."""
    folder = home / "Documents" / f"Rencana-{TAHUN}"
    steps: list[str] = []
    with served() as (_, address):
        begin(page, address)
        (folder / "Kantor.xlsx").write_bytes(kantor_bytes(kantor(0)))  # as the office fills it in Excel
        propose(page, folder, steps)
        lock(page, folder, "19 Desember 2025", "penetapan", 1)
        steps.append(next_step(tab(page, "Penetapan")))
        press(page, "Tulis surat PK")
        assert len(list((folder / "hasil" / "surat").iterdir())) > len(NAMES)
        follow(page, "Kembali")
        for tw in (1, 2):
            measure(page, folder, tw)
        issue_dpa(folder / "hasil" / f"DPA-{TAHUN}.xlsx")
        lock(page, folder, "15 Juli 2026", "perubahan", 2)
        for tw in (3, 4):
            measure(page, folder, tw)
        steps.append(next_step(tab(page, "LKjIP")))
        press(page, "Tulis tabel Bab III LKjIP")
        follow(page, "Kembali")
        steps.append(next_step(page))
        tab(page, "Hasil")
        follow(page, "s.d. TW IV")
        assert "Rata-rata capaian kantor" in text(page)
    year = Year(folder)
    assert (year.plan.total, len(year.plans)) == (STAGES["perubahan"].total, 2)
    assert {f"Rekap-{TAHUN}.xlsx", f"Capaian-{TAHUN}.xlsx", f"LKjIP-{TAHUN}.docx"} <= {
        p.name for p in (folder / "hasil").iterdir()
    }
    assert steps == [
        "Lengkapi Kantor.xlsx, lalu tulis formulir",
        "Kembalikan catatan kepada unit dan tunggu revisinya di masuk/",
        "Isi Lembar Penelaahan dalam rapat, lalu coba kunci; tulis tanggal rapatnya pada lembar itu, atau sebutkan dengan isian "
        "“Tanggal”",
        "Cetak dan tandatangani PK, lalu taruh formulir unit dengan lembar PK terisi di masuk/",
        "Tagih PK yang ditunggu; tulis tabel Bab III LKjIP",
        "Tagih PK yang ditunggu; mulai tahun berikutnya",
    ]


def begin(page: Page, address: str) -> None:
    """A new year's folder with four units of other names."""
    page.goto(address)
    follow(page, "Mulai tahun baru")
    page.get_by_label("Tahun anggaran").fill(str(TAHUN))
    page.get_by_label("Nama kantor").fill("Kantor Kecamatan Lembah Seroja")
    for number in range(1, 7):
        kode = [*NAMES, "", ""][number - 1]
        page.get_by_label(f"Kode unit {number}").fill(kode)
        page.get_by_label(f"Nama unit {number}").fill(NAMES.get(kode, ""))
    press(page, "Siapkan folder tahun")
    follow(page, "Buka tahun ini")
    assert "Kantor Kecamatan Lembah Seroja 2026" in text(page)
    assert all(name in text(page) for name in NAMES.values()) and "Seksi Trantib" not in text(page)


def propose(page: Page, folder: Path, steps: list[str]) -> None:
    """Forms handed out, files dropped, checked, given back, the recap, the review filled in."""
    steps.append(next_step(page))
    press(tab(page, "Usulan"), "Tulis formulir unit")
    follow(page, "Kembali")
    drop(page, handed_in())
    assert text(page).count("Diterima sebagai") == len(NAMES)
    follow(page, "Kembali")
    assert told(STAGES["usulan"].total) in text(page)
    steps.append(next_step(page))
    press(page, "Periksa")
    follow(page, "Lihat hasil dan catatan")
    assert "Wajib diperbaiki" in text(page)
    press(tab(page, "Usulan"), "Kembalikan ke unit")
    assert list((folder / "hasil" / "perbaikan").iterdir())
    follow(page, "Kembali")
    press(page, "Buat rekap")
    assert told(STAGES["usulan"].total) in text(page)
    follow(page, "Kembali")
    press(tab(page, "Penelaahan"), "Buat Lembar Penelaahan")
    follow(page, "Kembali")
    steps.append(next_step(page))
    meet(folder / "hasil" / "Lembar-Penelaahan.xlsx")


def lock(page: Page, folder: Path, day: str, stage: str, stages: int) -> None:
    """Shown first, with nothing written; then locked."""
    tab(page, "Penetapan")
    if stage == "perubahan":
        page.get_by_label("Dari", exact=True).select_option(label=f"DPA-{TAHUN}.xlsx di hasil/")
    page.get_by_label("Tahap", exact=True).select_option(stage)
    page.get_by_label("Tanggal ditetapkan").fill(day)
    before = state(folder)
    press(page, "Lihat yang akan dikunci")
    assert "Belum dikunci" in text(page) and told(STAGES[stage].total) in text(page)
    assert state(folder) == before
    press(page, "Kunci sekarang")
    assert f"tanggal {day}, {told(STAGES[stage].total)}" in text(page)
    (folder / "Kantor.xlsx").write_bytes(kantor_bytes(kantor(stages)))
    follow(page, "Kembali")


def measure(page: Page, folder: Path, tw: int) -> None:
    """The forms of a triwulan handed out, those that came back dropped, the capaian."""
    tab(page, f"TW {('I', 'II', 'III', 'IV')[tw - 1]}")
    press(page, "Tulis formulir realisasi")
    follow(page, "Kembali")
    forms = measured_forms(folder, tw)
    drop(page, forms)
    assert {path.name for path in (folder / MASUK / f"TW{tw}").iterdir()} == set(forms)
    follow(page, "Kembali")
    press(page, "Hitung capaian")
    follow(page, "Kembali")
    name = f"Capaian-{TAHUN}.xlsx" if tw == 4 else f"Capaian-{TAHUN}-TW{tw}.xlsx"
    assert (folder / "hasil" / name).exists()


# ---- by keyboard, in two tabs, with the server gone --------------------------------------------------------------


def test_by_keyboard_alone(page: Page, tmp_path: Path):
    folder = copied(tmp_path / "Rencana-2025", FAULTY)
    with served(folder) as (_, address):
        settled(page).goto(address)
        tab_to(page, page.get_by_role("link", name="Langsung ke isi"))
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_role("link", name="Rencana-2025"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/usulan")
        settled(page)
        tab_to(page, page.get_by_role("button", name="Buat rekap"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/kerja/*")
        tab_to(settled(page), page.get_by_role("link", name="Lihat hasil dan catatan"))
        page.keyboard.press("Enter")
        page.wait_for_url("**/hasil*")
        settled(page)
        tab_to(page, page.get_by_label("Info", exact=True))
        page.keyboard.press("Space")
        page.wait_for_url("**tingkat=wajib&tingkat=cek*")
        settled(page)
        opens = page.locator("summary").first
        tab_to(page, opens)
        page.keyboard.press("Enter")
        assert page.locator("details[open] dl").count() == 1
    assert (folder / "hasil" / "Rekap-2025.xlsx").exists()


def test_two_tabs_at_once(chromium: BrowserContext, tmp_path: Path):
    folder = copied(tmp_path / "Rencana-2025")
    with served(folder) as (room, address):
        one, two = chromium.new_page(), chromium.new_page()
        for each in (one, two):
            each.goto(address)
            settled(each).goto(f"{room.guard.origin}/tahun/{room.known.add(folder)}/usulan")
            settled(each)
        one.get_by_role("button", name="Kembalikan ke unit").click(no_wait_after=True)
        two.get_by_role("button", name="Buat rekap").click(no_wait_after=True)
        for each in (one, two):
            each.wait_for_url("**/kerja/*")
        assert "salinan bertanda" in text(settled(one)) or "Tidak ada yang perlu dikembalikan" in text(one)
        assert "Jumlah RAB yang dihitung" in text(settled(two))
        one.close()
        two.close()
    assert not list(folder.rglob("*.tmp")) and (folder / "hasil" / "Rekap-2025.xlsx").exists()


def until(wanted: Callable[[], object]) -> None:
    for _ in range(600):
        if wanted():
            return
        time.sleep(0.1)
    raise AssertionError("in vain")


HELD = """
from threading import Event
from kinerja_xl.face.cli import main
from kinerja_xl.face.page.work import Job

Job._wrote = lambda job, written: Event().wait()
main(prog_name="kinerja-xl")
"""
"""The program, but a piece of work never comes back from the first file that it has written: to be killed there, whatever the
machine's speed."""


def started(home: Path, *args: object, program: tuple[str, ...] = ("-m", "kinerja_xl")) -> tuple[subprocess.Popen[str], str]:
    """``kinerja-xl buka`` as a process, with the address that it prints first."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(home), "XDG_STATE_HOME": str(home / "state")}
    command = [sys.executable, *program, "buka", *map(str, args), "--tanpa-peramban"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=home, env=env)
    assert process.stdout is not None
    return process, process.stdout.readline().strip()


def test_the_server_killed_midway_leaves_everything_whole(page: Page, home: Path, tmp_path: Path):
    folder = copied(tmp_path / "Rencana-2025")
    before = state(folder)
    process, address = started(home, folder, program=("-c", HELD))
    try:
        assert address.startswith(f"http://{HOST}:")
        page.goto(address)
        follow(page, "Rencana-2025")
        page.get_by_role("button", name="Kembalikan ke unit").click(no_wait_after=True)
        page.wait_for_selector("[data-kerja]")
        until(lambda: state(folder).keys() - before.keys())
    finally:
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert process.stdout is not None
        process.stdout.close()
    page.wait_for_selector("#putus:visible")
    after = state(folder)
    assert {name: after[name] for name in before} == before
    (new,) = after.keys() - before.keys()
    assert new.startswith("hasil/") and load_workbook(folder / new).sheetnames
    with served(folder) as (_, address):
        page.goto(address)
        follow(page, "Rencana-2025")
        press(page, "Buat rekap")
        assert "Jumlah RAB yang dihitung" in text(page)


def test_selesai_ends_the_program(page: Page, home: Path):
    process, address = started(home)
    assert process.stdout is not None
    try:
        page.goto(address)
        press(page, "Selesai")
        assert "Jendela ini boleh ditutup" in text(page)
        assert process.wait(60) == 0
    finally:
        process.kill()
        process.stdout.close()


# ---- for everybody -----------------------------------------------------------------------------------------------

PAGES = ("usulan", "penelaahan", "penetapan", "tw1", "tw4", "lkjip", "hasil", "hasil?dari=tw4&semua=ya")


def test_every_page_fits_and_is_for_everybody(page: Page, tmp_path: Path):
    """Names for screen readers, contrast and order by axe-core; no page is wider than a small screen."""
    clean, faulty = copied(tmp_path / "Rencana-2025"), copied(tmp_path / f"Rencana {'yang namanya panjang ' * 4}", FAULTY)
    (faulty / "~$Kantor.xlsx").write_bytes(b"x")
    own, name = faulty / "Kantor.xlsx", ">Kantor Kecamatan {}<"  # one office in two folders would be counted in neither
    own.write_bytes(replaced(own.read_bytes(), "xl/sharedStrings.xml", name.format("Wasuponda"), name.format("Lain")))
    with served(clean, faulty) as (room, address):
        page.goto(address)
        page.locator(".kartu .berikut").nth(1).wait_for()
        paths = ["/", "/mulai", "/berkas-lain", "/isi"]
        paths += [f"/tahun/{room.known.add(clean)}/{name}" for name in PAGES]
        paths += [f"/tahun/{room.known.add(faulty)}/{name}" for name in PAGES]
        found = {path: judged(page, f"{room.guard.origin}{path}") for path in paths}
        press(page.goto(f"{room.guard.origin}/tahun/{room.known.add(faulty)}/usulan") and settled(page), "Buat rekap")
        found["kerja"] = judged(page, page.url)
        page.goto(address)
        page.locator("summary", has_text="Gabungkan").click()
        page.get_by_label("Folder yang memuat folder setiap kecamatan").fill(str(tmp_path))
        found["gabung"] = judged(press(page, "Gabungkan kecamatan"), page.url)
        assert "2 dari 3 kecamatan digabungkan" in text(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


def judged(page: Page, address: str) -> list[str]:
    """What is wrong with a page."""
    page.goto(address)
    settled(page)
    results = Axe().run(page).response["violations"]
    wrong = [f"{v['id']}: {v['nodes'][0]['html'][:120]}" for v in results if v["impact"] in SERIOUS]
    wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
    named = page.locator("h1").count()
    return [*wrong, *([f"{wide} pixel terlalu lebar"] if wide > 0 else []), *(["tanpa judul"] if named != 1 else [])]


def test_a_page_is_printed_without_its_buttons(page: Page, tmp_path: Path):
    folder = copied(tmp_path / "Rencana-2025")
    with served(folder) as (room, address):
        page.goto(address)
        page.goto(f"{room.guard.origin}/tahun/{room.known.add(folder)}/usulan")
        settled(page).emulate_media(media="print")
        shown = page.locator("button:visible").all_inner_texts()
        assert page.locator("table:visible").count() == 1 and all(name.endswith(".xlsx") for name in shown)


def test_many_pages_at_once_right_after_the_start(tmp_path: Path):
    """A browser asks for all of Beranda's cards together, while the verbs are still being loaded."""
    folder = copied(tmp_path / "Rencana-2025", FAULTY)
    code = (
        "import sys\nfrom concurrent.futures import ThreadPoolExecutor\nfrom pathlib import Path\n"
        "from tests.halaman_uji import HEADS, Window\nwindow = Window(Path(sys.argv[1]))\n"
        "year = '/tahun/' + window.ids[0]\n"
        "paths = ['/', '/mulai', '/berkas-lain', '/isi', '/kartu/' + window.ids[0]]\n"
        "paths += [year + page for page in ('/usulan', '/hasil', '/tw1')]\n"
        "def get(path):\n    client = window.app.test_client()\n"
        "    client.set_cookie(window.room.guard.cookie, window.room.guard.token, domain='127.0.0.1')\n"
        "    return client.get(path, headers=HEADS).status_code\n"
        "print(set(ThreadPoolExecutor(8).map(get, paths)) <= {200, 202})"
    )
    command = [sys.executable, "-c", code, str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, check=False, timeout=120)
    assert done.stdout == "True\n", done.stderr


def test_the_first_page_loads_no_reader():
    """Whoever starts sees a page before the readers are loaded: they are what takes long."""
    code = (
        "import sys\nfrom kinerja_xl.face.page import make_app\nfrom kinerja_xl.face.page.room import Room\nroom = Room()\n"
        "room.guard.port = 1\napp = make_app(room)\nclient = app.test_client()\n"
        "client.set_cookie(room.guard.cookie, room.guard.token, domain='127.0.0.1')\n"
        "print(client.get('/', headers={'Host': '127.0.0.1:1'}).status_code)\n"
        "print([m for m in ('pandas', 'pandera', 'openpyxl', 'xlsxwriter', 'docx', 'lxml') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert done.stdout.split("\n")[:2] == ["200", "[]"], done.stderr
