"""What comes from outside: files that are no files, names that no screen shows, layouts and logos of others. One of them never
stops the rest, and nothing of it runs."""

from __future__ import annotations

import io
import json
import os
import struct
import time
import zipfile
from dataclasses import replace
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from kinerja_xl.catatan import Finding, readable
from kinerja_xl.checking.kantor import check_kantor
from kinerja_xl.checking.rules import Case
from kinerja_xl.face.cli import main
from kinerja_xl.face.page.known import marks
from kinerja_xl.office.folder import LARGEST_FILE, InputError, Submission, incoming, name_part, read_bytes, read_listed
from kinerja_xl.office.kantor import build_office
from kinerja_xl.office.logo import picture
from kinerja_xl.office.prefill import default_listings
from kinerja_xl.package import Package, repack
from kinerja_xl.uses import pk
from kinerja_xl.writing.letters import layout as own_layout
from kinerja_xl.writing.letters.post import draft
from tests.kantor_uji import Folder, clean, kantor_bytes, office_content, said, with_parts, write
from tests.kasus import covers
from tests.naskah import bupati
from tests.recap_contoh import png
from tests.test_kode import DDE
from tests.test_surat import layout

UNIX = pytest.mark.skipif(os.name == "nt", reason="Windows tidak mengenal pipa dan nama seperti ini")


def run(*args: object) -> tuple[int, str]:
    done = CliRunner().invoke(main, [str(arg) for arg in args])
    return done.exit_code, done.output


# ---- files that are none -----------------------------------------------------------------------------


def dangling(place: Path) -> Path:
    (place / "tautan.xlsx").symlink_to(place / "tidak-ada.xlsx")
    return place / "tautan.xlsx"


def pipe(place: Path) -> Path:
    os.mkfifo(place / "pipa.xlsx")
    return place / "pipa.xlsx"


def device(place: Path) -> Path:
    (place / "alat.xlsx").symlink_to("/dev/zero")
    return place / "alat.xlsx"


def no_text(place: Path) -> Path:
    path = Path(os.fsdecode(os.fsencode(place) + b"/usulan-\xff.xlsx"))
    path.write_bytes(clean("pmd"))
    return path


def escape(place: Path) -> Path:
    (place / "usulan-\x1b[31m.xlsx").write_bytes(clean("pmd"))
    return place / "usulan-\x1b[31m.xlsx"


def folder_inside(place: Path) -> Path:
    (place / "arah").mkdir()
    (place / "folder.xlsx").symlink_to(place / "arah")
    return place / "folder.xlsx"


def huge(place: Path) -> Path:
    with (place / "besar.xlsx").open("wb") as file:
        file.truncate(8 << 30)  # no block of it is on the disk
    return place / "besar.xlsx"


ODD = {"dangling": dangling, "pipe": pipe, "device": device, "no_text": no_text, "escape": escape, "huge": huge}


@UNIX
@pytest.mark.parametrize("kind", ODD)
def test_a_file_that_is_none_is_said_and_the_rest_goes_on(kind: str, tmp_path: Path):
    folder = Folder().write(tmp_path / "kantor")
    before = said(folder)
    path = ODD[kind](folder / "masuk")
    began = time.monotonic()
    data, trouble = read_listed(path)
    assert data == b"" and trouble is not None
    code = "B110" if kind == "huge" else "B112"
    assert trouble.code == code and readable(trouble.file) == trouble.file
    assert said(folder) == before | {(code, "", "")}
    for args in (("periksa", folder), ("periksa", path), ("rekap", folder), ("rekap", folder, "--format", "json")):
        status, told = run(*args)
        assert status == 1 and "gangguan" not in told and "\x1b[31m" not in told, args
    assert (folder / "hasil/Rekap-2025.xlsx").is_file()
    assert time.monotonic() - began < 60  # none of them is waited for, or read to its end


@UNIX
def test_what_can_not_be_looked_at_hides_no_change_from_the_page(tmp_path: Path):
    """A page shows what it read for as long as the files stay as they were."""
    names = [f"{number:02}.xlsx" for number in range(12)]
    for number, name in enumerate(names):
        (tmp_path / name).write_bytes(b"x" * number)
    (tmp_path / "masuk").mkdir()
    (tmp_path / "masuk/a.xlsx").write_bytes(b"a")
    dangling(tmp_path)
    (tmp_path / "lingkar").symlink_to(tmp_path / "lingkar")
    pipe(tmp_path)
    seen = {Path(path).name: size for path, _, size in marks(tmp_path)}
    sizes = {name: number for number, name in enumerate(names)}
    assert seen == {**sizes, "a.xlsx": 1, "tautan.xlsx": -1, "lingkar": -1, "pipa.xlsx": 0}


@UNIX
def test_a_folder_of_that_name_is_no_file(tmp_path: Path):
    folder_inside(tmp_path)
    assert incoming(tmp_path) == ([], [])
    assert "folder" in read_listed(tmp_path / "folder.xlsx")[1].args["rincian"]


def test_the_size_is_looked_at_before_reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    with (tmp_path / "besar.xlsx").open("wb") as file:
        file.truncate(LARGEST_FILE + 1)
    monkeypatch.setattr(Path, "read_bytes", lambda self: pytest.fail("dibaca"))
    assert read_bytes(tmp_path / "besar.xlsx")[1].code == "B110"


@pytest.mark.parametrize("name", ["u" * 300 + ".xlsx", "/".join(["m" * 200] * 30) + "/u.xlsx"])
def test_a_path_that_is_too_long_is_a_sentence(name: str, tmp_path: Path):
    for args in (("periksa", tmp_path / name), ("baca", tmp_path / name), ("rekap", tmp_path / name)):
        status, told = run(*args)
        assert status in (1, 2) and told.strip() and "gangguan" not in told


def test_nothing_checked_is_no_clean_bill(tmp_path: Path):
    folder = Folder().write(tmp_path / "kantor")
    for path in (folder / "masuk").iterdir():
        path.unlink()
    (folder / "masuk").rmdir()
    (tmp_path / "kosong").mkdir()
    for place in (folder, tmp_path / "kosong"):
        done = CliRunner().invoke(main, ["periksa", str(place), "--format", "json"])
        told = json.loads(done.stdout)
        assert (done.exit_code, told["status"], told["catatan"]) == (2, 2, [])
        assert str(place) in told["kesalahan"] and told["kesalahan"] in done.stderr


@given(st.text(max_size=30))
def test_what_is_shown_steers_no_screen(text: str):
    shown = Finding(code="B112", file=text, sheet=text, value=text, args={"rincian": text})
    for part in (shown.file, shown.sheet, shown.value, shown.masalah):
        assert not {c for c in part if ord(c) < 32 and c not in "\t\n\r" or 0x7F <= ord(c) < 0xA0 or 0xD800 <= ord(c) < 0xE000}
    assert readable(readable(text)) == readable(text)


# ---- the logo ----------------------------------------------------------------------------------------


def jpeg(width: int, height: int) -> bytes:
    """The segments of a small JPEG; what a picture shows does not matter here."""
    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    app = b"JFIF\x00\x01\x01\x01\x00\x60\x00\x60\x00\x00"
    segments = ((0xE0, app), (0xDB, b"\x00" + b"\x01" * 64), (0xC0, frame), (0xDA, b"\x01\x01\x00\x00\x3f\x00"))
    body = b"".join(struct.pack(">BBH", 0xFF, kind, len(data) + 2) + data for kind, data in segments)
    return b"\xff\xd8" + body + b"\x7f\x00\xff\xd9"


LOGOS = {"png": png(40, 50), "jpg": jpeg(40, 50)}


@pytest.mark.parametrize("kind", LOGOS)
def test_a_logo_that_was_cut_is_refused_whole(kind: str):
    data = LOGOS[kind]
    found = picture(data)
    assert found is not None and (found.width, found.height) == (40, 50)
    assert [n for n in range(len(data)) if picture(data[:n])] == []


@pytest.mark.parametrize("kind", LOGOS)
@pytest.mark.parametrize("half", [True, False])
def test_letters_are_written_with_a_logo_that_is_whole_and_without_one_that_is_not(kind: str, half: bool, tmp_path: Path):
    data = LOGOS[kind]
    folder = bupati().edit("kantor", "kantor", 0, logo=f"logo.{kind}").write(tmp_path / "kantor")
    (folder / f"logo.{kind}").write_bytes(data[: len(data) // 2] if half else data)
    done = pk.pk_letters(folder, "pmd")
    shown = zipfile.ZipFile(done.written[0].path).namelist()
    assert any(name.startswith("word/media/") for name in shown) is not half
    assert any("logo" in note.sentence for note in done.notes) is half
    assert run("rekap", folder)[0] in (0, 1)


# ---- names of offices and units ----------------------------------------------------------------------


def test_a_name_with_line_breaks_makes_no_header_of_a_mail(tmp_path: Path):
    data = draft(["a@contoh.go.id"], "Rekap\r\nBcc: x@contoh.id\n Kantor", "isi", "R.xlsx", b"PK")
    mail = message_from_bytes(data, policy=default)
    assert (mail["Subject"], mail["Bcc"]) == ("Rekap Bcc: x@contoh.id Kantor", None)
    folder = Folder().edit("kantor", "kantor", 0, nama="Kecamatan\nTelaga Biru").write(tmp_path / "kantor")
    assert run("surel", folder, "--kepada", "camat@contoh.go.id")[0] in (0, 1)
    assert run("surel", folder, "--kepada", "a\x1b@contoh.go.id")[0] == 2


@pytest.mark.parametrize("kode", ["a:b", "x/y", "..", "../../luar", "CON", "a\\b", "a*b?", "<x>"])
def test_a_unit_code_never_leads_out_of_the_folder(kode: str, tmp_path: Path):
    part = name_part(kode)
    assert not set(part) & set('/\\:*?"<>|') and Path("formulir", f"Usulan-{part}-2025.xlsx").parent == Path("formulir")
    content = office_content()
    rows = content.rows("unit")
    sheet = next(s for s in content.sheets if "unit" in s.tables)
    more = replace(rows[0], values={**rows[0].values, "kode": kode, "nama": "Seksi Baru"})
    changed = replace(sheet, tables={**sheet.tables, "unit": (*rows, more)})
    content = replace(content, sheets=tuple(changed if s is sheet else s for s in content.sheets))
    folder = write(tmp_path / "kantor", kantor=content)
    run("formulir", folder)
    outside = {path.name for path in tmp_path.rglob("*") if path.is_file() and path.parent != folder / "formulir"}
    assert outside == {"Kantor.xlsx"}
    assert (folder / f"formulir/Usulan-{part}-2025.xlsx").is_file()


@covers("G117")
def test_a_unit_code_that_is_no_file_name_is_said():
    def codes(*kodes: str) -> list[str]:
        content = office_content()
        sheet = next(s for s in content.sheets if "unit" in s.tables)
        rows = tuple(replace(content.rows("unit")[0], values={"kode": kode, "nama": kode}) for kode in kodes)
        changed = replace(sheet, tables={**sheet.tables, "unit": rows})
        content = replace(content, sheets=tuple(changed if s is sheet else s for s in content.sheets))
        form = Submission(file="Kantor.xlsx", sha256="", unit="", version=1, content=content)
        case = Case(submission=form, lists=default_listings())
        return [found.value for found in check_kantor(case, build_office(content)) if found.code == "G117"]

    assert codes("pmd", "a:b", "x/y", "..", "sub-umum", "k_1.2") == ["a:b", "x/y", ".."]
    assert codes("a-b", "a:b") == ["a:b"]
    assert codes("pmd", "PMD") == []  # the same code twice has its own catatan


# ---- what a workbook brings along --------------------------------------------------------------------


def test_what_a_workbook_brings_is_named_and_goes_back_with_a_word(tmp_path: Path):
    dde = DDE % (b"ddeLink", b"ddeLink")
    parts = {"xl/externalLinks/externalLink1.xml": dde, "xl/vbaProject.bin": b"makro", "xl/activeX/activeX1.xml": b"<a/>"}
    data = with_parts(clean("pmd"), lambda old: parts)
    assert Package.open(data).brought.words == ("makro", "kontrol ActiveX", "tautan DDE")
    assert Package.open(clean("pmd")).brought.words == ()
    folder = Folder().write(tmp_path / "kantor")
    next(path for path in (folder / "masuk").iterdir() if "pmd" in path.name).write_bytes(data)
    assert ("B127", "", "") in said(folder)
    assert run("periksa", folder, "--kembalikan")[0] == 1
    (copy,) = (folder / "hasil/perbaikan").iterdir()
    book = zipfile.ZipFile(copy)
    told = b"".join(book.read(name) for name in book.namelist() if name.endswith(".xml")).decode()
    assert "Berkas asli membawa makro, kontrol ActiveX, tautan DDE" in told


# ---- the office's own layout of the PK ---------------------------------------------------------------


def with_docx_part(data: bytes, name: str, content: bytes) -> bytes:
    old = {one: zipfile.ZipFile(io.BytesIO(data)).read(one) for one in zipfile.ZipFile(io.BytesIO(data)).namelist()}
    return repack({**old, name: content})


_RELS = (b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
         b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/%b" Target="http://contoh.invalid/t.dotm" '
         b'TargetMode="External"/></Relationships>')  # fmt: skip
GATED = {
    "templat dari luar": ("word/_rels/settings.xml.rels", _RELS % b"attachedTemplate"),
    "gambar dari luar": ("word/_rels/header9.xml.rels", _RELS % b"image"),
    "makro": ("word/vbaProject.bin", b"makro"),
    "objek": ("word/embeddings/oleObject1.bin", b"ole"),
    "doctype": ("word/lain.xml", b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'),
    "bom": ("word/media/isi.xml", b" " * (60 << 20)),
}


@pytest.mark.parametrize("name", GATED)
def test_a_layout_that_brings_more_than_words_is_not_opened(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    data = with_docx_part(layout("{{ tahun }}"), *GATED[name])
    assert own_layout.refusal(layout("{{ tahun }}")) == ""
    monkeypatch.setattr(own_layout, "ask", lambda *args, **more: pytest.fail("dibuka"))
    folder = bupati().write(tmp_path / "kantor")
    (folder / "templat").mkdir()
    (folder / "templat/PK.docx").write_bytes(data)
    with pytest.raises(InputError, match=r"templat/PK\.docx"):
        pk.pk_letters(folder)
    assert not (folder / "hasil/surat").exists()


def test_a_link_to_click_is_no_reason(tmp_path: Path):
    assert own_layout.refusal(with_docx_part(layout("x"), "word/_rels/footer9.xml.rels", _RELS % b"hyperlink")) == ""


def test_a_layout_that_never_ends_is_stopped(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(own_layout, "SECONDS", 2)
    loops = "".join(f"{{% for a{n} in range(99999) %}}" for n in range(4)) + "x" + "{% endfor %}" * 4
    with pytest.raises(InputError, match="memerlukan lebih dari"):
        own_layout.fill(layout(loops), "templat/PK.docx", [{"tahun": "2025"}])


@pytest.mark.parametrize("text", ["{{ ''.__class__.__mro__[1].__subclasses__() }}", "{{ tahun.__init__.__globals__ }}"])
def test_a_layout_reaches_nothing_but_its_placeholders(text: str):
    with pytest.raises(InputError):
        own_layout.fill(layout(text), "templat/PK.docx", [{"tahun": "2025"}])


def test_kantor_bytes_are_what_they_were():
    """The office of these tests is read without a catatan: what they find is theirs."""
    assert Package.open(kantor_bytes(office_content())).brought.words == ()
