"""The page is for this browser alone: foreign names, wrong tokens, forms of others, paths that lead out, hostile names."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pytest

from kinerja_xl.face.page import year_pages
from kinerja_xl.face.page.guard import ENTRY, HOST, MARK
from kinerja_xl.uses.terima import plain_name, receive
from kinerja_xl.writing import styles
from tests.halaman_uji import HEADS, PORT, SAMPLE, Window, copied, said, state
from tests.rumah import ROOT

HOSTILE = "<img src=x onerror=alert(1)>&'.xlsx"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied(tmp_path_factory.mktemp("aman") / "Rencana <b>2025</b>")


@pytest.fixture
def window(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)
    return Window(folder)


# ---- who may ask -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "host", ["evil.example", f"evil.example:{PORT}", f"localhost:{PORT}", HOST, f"{HOST}:1", f"[::1]:{PORT}"]
)
def test_a_foreign_host_is_refused(window: Window, host: str):
    for path in ("/", f"/{ENTRY}?token={window.room.guard.token}", "/static/halaman.css"):
        assert window.client.get(path, headers={"Host": host}).status_code == 403


def test_the_token_of_this_start_opens_and_no_other(window: Window):
    fresh = window.app.test_client()
    assert fresh.get("/", headers=HEADS).status_code == 403
    assert fresh.get(f"/{ENTRY}?token=salah", headers=HEADS).status_code == 403
    assert fresh.get(f"/{ENTRY}", headers=HEADS).status_code == 403
    answer = fresh.get(f"/{ENTRY}?token={window.room.guard.token}", headers=HEADS)
    cookie = answer.headers["Set-Cookie"]
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert {"HttpOnly", "SameSite=Strict"} <= {part.strip() for part in cookie.split(";")}
    assert fresh.get("/", headers=HEADS).status_code == 200
    assert window.room.guard.token != Window().room.guard.token


@pytest.mark.parametrize("origin", [None, "null", "http://evil.example", f"http://localhost:{PORT}", f"https://{HOST}:{PORT}"])
def test_a_form_of_another_origin_is_refused(window: Window, origin: str | None):
    heads = {"Host": HEADS["Host"]} | ({"Origin": origin} if origin else {})
    answer = window.client.post("/selesai", data={MARK: window.room.guard.mark}, headers=heads)
    assert answer.status_code == 403 and not window.room.ended.is_set()


@pytest.mark.parametrize("mark", [{}, {MARK: ""}, {MARK: "salah"}])
def test_a_form_without_its_mark_is_refused(window: Window, mark: dict[str, str]):
    assert window.client.post("/selesai", data=mark, headers=HEADS).status_code == 403
    assert not window.room.ended.is_set()


def test_acts_are_no_links(window: Window):
    """Whatever changes something answers to no GET."""
    acts = [rule for rule in window.app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    assert len(acts) > 12
    for rule in acts:
        if "GET" not in {m for r in window.app.url_map.iter_rules(rule.endpoint) for m in r.methods or ()}:
            path = re.sub(r"<\w+>", window.ids[0], rule.rule)
            assert window.client.get(path, headers=HEADS).status_code in (200, 404, 405)
    before = state(window.room.folder(window.ids[0]))
    for act in ("rekap", "kunci", "batal", "formulir"):
        assert window.client.get(f"/tahun/{window.ids[0]}/kerja/{act}", headers=HEADS).status_code == 405
    assert state(window.room.folder(window.ids[0])) == before


def test_every_answer_carries_its_headers(window: Window):
    for path in ("/", "/tidak-ada", "/static/halaman.js", "/mulai"):
        with window.client.get(path, headers=HEADS) as answer:
            heads = answer.headers
        policy = heads["Content-Security-Policy"]
        assert "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy
        assert (heads["X-Content-Type-Options"], heads["X-Frame-Options"], heads["Cache-Control"]) == (
            "nosniff",
            "DENY",
            "no-store",
        )


def test_pages_load_nothing_from_outside():
    page = ROOT / "kinerja_xl" / "face" / "page"
    for path in [*page.glob("templates/*"), *page.glob("static/*")]:
        text = path.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert not re.search(r"https?://|//cdn|@import|style=|onclick|<script>|\|\s*safe", text), path.name


# ---- where a page may reach --------------------------------------------------------------------------------------

OUTSIDE = [
    "../../etc/passwd",
    "/etc/passwd",
    "..",
    "masuk/../../x",
    "\0",
    "a" * 5000,
    "masuk/tautan.xlsx",
    "C:\\Windows",
    "masuk/x.exe",
]


@pytest.mark.parametrize("given", OUTSIDE)
def test_no_path_leads_out_of_the_folder(
    window: Window, folder: Path, given: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    link, program = folder / "masuk" / "tautan.xlsx", folder / "masuk" / "x.exe"
    secret = tmp_path / "rahasia.xlsx"
    secret.write_bytes(b"x")
    link.symlink_to(secret)
    program.write_bytes(b"MZ")
    opened: list[Path] = []
    monkeypatch.setattr(year_pages, "show_file", lambda path: bool(opened.append(path)) or True)
    try:
        answer = window.post(f"/tahun/{window.ids[0]}/buka", {"berkas": given})
    finally:
        link.unlink()
        program.unlink()
    assert (answer.status_code, opened) == (404, [])


def test_what_stands_in_the_folder_is_opened(window: Window, folder: Path, monkeypatch: pytest.MonkeyPatch):
    opened: list[Path] = []
    monkeypatch.setattr(year_pages, "show_file", lambda path: bool(opened.append(path)) or True)
    for given in ("Kantor.xlsx", "masuk", "."):
        assert window.post(f"/tahun/{window.ids[0]}/buka", {"berkas": given}).status_code == 204
    assert opened == [folder / "Kantor.xlsx", folder / "masuk", folder]
    monkeypatch.setattr(year_pages, "show_file", lambda path: False)
    answer = window.post(f"/tahun/{window.ids[0]}/buka", {"berkas": "Kantor.xlsx"})
    assert answer.status_code == 400 and "Tidak ada program yang dapat membuka Kantor.xlsx" in said(answer)


@pytest.mark.parametrize("name", ["x", "0" * 16, "../..", "%2e%2e"])
def test_a_folder_that_nobody_named_is_not_known(window: Window, name: str):
    for page in ("", "/usulan", "/hasil"):
        assert window.client.get(f"/tahun/{name}{page}", headers=HEADS).status_code == 404
    assert window.post(f"/tahun/{name}/kerja/rekap").status_code == 404


@pytest.mark.parametrize("source", ["../x.xlsx", "/etc/passwd", "masuk/../../x.xlsx"])
def test_a_plan_is_locked_from_the_folder_alone(window: Window, source: str):
    assert "tidak ditemukan di folder tahun ini" in said(window.act("coba-kunci", dari=source, tahap="perubahan"))


def test_a_path_is_told_by_the_person_alone(window: Window, tmp_path: Path):
    """A folder that is none of a year opens nothing, and is a sentence."""
    for given, part in (
        ("", "Tulis atau tempel"),
        (str(tmp_path), "bukan folder tahun"),
        (str(tmp_path / "x"), "tidak ditemukan"),
    ):
        answer = window.post("/folder", {"folder": given})
        assert answer.status_code == 400 and part in said(answer)
    other = copied(tmp_path / "Lain")
    assert "Kantor Kecamatan Wasuponda" in said(window.get(window_location(window, other)))


def window_location(window: Window, folder: Path) -> str:
    answer = window.client.post("/folder", data={MARK: window.room.guard.mark, "folder": f'"{folder}"'}, headers=HEADS)
    assert answer.status_code == 303
    return answer.headers["Location"]


# ---- hostile files -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../Kantor.xlsx", "Kantor.xlsx"),
        ("..\\..\\Kantor.xlsx", "Kantor.xlsx"),
        ("C:\\x\\usulan pmd.xlsx", "usulan pmd.xlsx"),
        ("a\0b\nc.xlsx", "abc.xlsx"),
        ("x\u202exslx.exe.xlsx", "xxslx.exe.xlsx"),
        ("CON.xlsx", "_CON.xlsx"),
        ("com1.x.xlsx", "_com1.x.xlsx"),
        (HOSTILE, "img src=x onerror=alert(1)&'.xlsx"),
        ('a"|?*b.xlsx', "ab.xlsx"),
        ("Usulan é.xlsx", "Usulan é.xlsx"),
        (". .xlsx", "xlsx"),
        ("", ""),
        ("///", ""),
        ("a" * 300 + ".xlsx", "a" * 100 + ".xlsx"),
        ("usulan .xlsx. ", "usulan.xlsx"),
    ],
)
def test_a_name_is_made_plain(given: str, kept: str):
    assert plain_name(given) == kept


def test_hostile_names_and_folders_are_shown_as_text(window: Window, folder: Path):
    data = (SAMPLE / "masuk" / "Usulan-pmd-2025.xlsx").read_bytes()
    answer = window.drop("", (HOSTILE, data))
    kept = folder / "masuk" / plain_name(HOSTILE)
    assert kept.read_bytes() == data
    pages = [answer, *(window.get(path) for path in ("/", f"/tahun/{window.ids[0]}/usulan", f"/tahun/{window.ids[0]}/hasil"))]
    kept.unlink()
    for page in pages:
        assert "<img" not in page.text and "<b>2025</b>" not in page.text
    assert "<img src=x onerror=alert(1)>" in said(answer)


def test_files_are_taken_in_under_names_that_overwrite_nothing(tmp_path: Path):
    folder = copied(tmp_path / "Rencana")
    before, name = state(folder), "Usulan-pmd-2025.xlsx"
    same, other = (SAMPLE / "masuk" / name).read_bytes(), (SAMPLE / "masuk" / "Usulan-umum-2025.xlsx").read_bytes()
    files = [
        (name, same),
        (name, other),
        (name, other),
        ("surat.docx", b"PK"),
        ("~$Usulan.xlsx", b"x"),
        ("", b"x"),
        ("x.xlsx", b"bukan"),
    ]
    found = receive(folder, files)
    assert [one.path and one.path.name for one in found] == [
        name,
        name.replace(".", " (2)."),
        name.replace(".", " (2)."),
        None,
        None,
        None,
        "x.xlsx",
    ]
    assert [{f.code for f in one.findings} for one in found[3:]] == [{"B115"}, {"B114"}, {"B115"}, {"B111"}]
    after = state(folder)
    assert {path: after[path] for path in before} == before and set(after) - set(before) == {
        "masuk/Usulan-pmd-2025 (2).xlsx",
        "masuk/x.xlsx",
    }


def test_a_file_that_is_too_large_is_a_sentence(window: Window, monkeypatch: pytest.MonkeyPatch):
    window.app.config["MAX_CONTENT_LENGTH"] = 1000
    answer = window.drop("", ("x.xlsx", b"x" * 5000))
    assert answer.status_code == 413 and "MB" in said(answer)
    heads = {**HEADS, "X-Tanda": window.room.guard.mark}
    answer = window.client.post(
        f"/tahun/{window.ids[0]}/terima", data={"berkas": (BytesIO(b"x" * 5000), "x.xlsx")}, headers=heads
    )
    assert answer.status_code == 413


# ---- one quiet style ---------------------------------------------------------------------------------------------


def test_colours_are_those_of_our_workbooks():
    sheet = (ROOT / "kinerja_xl" / "face" / "page" / "static" / "halaman.css").read_text(encoding="utf-8")
    own = dict(re.findall(r"--([\w-]+): (#[0-9A-F]{6})", sheet))
    charts = {f"chart-{n}": colour for n, colour in enumerate(styles.CHART_FILLS, 1)}
    for name, colour in own.items():
        assert colour == (charts.get(name) or getattr(styles, name.upper().replace("-", "_"))), name
    assert set(re.findall(r"#[0-9A-Fa-f]{3,6}\b", sheet)) == set(own.values()) and len(own) > 20
