"""The mail draft: opens as a draft, carries the recap, tells the five figures, and no clock writes into it."""

from __future__ import annotations

import email
import hashlib
from datetime import date
from email.policy import default

import pytest

from kinerja_xl.catatan import Severity
from kinerja_xl.office.folder import InputError
from kinerja_xl.reckoning.recap.build import matters
from kinerja_xl.sheets.formats import format_rupiah
from kinerja_xl.uses import surel
from kinerja_xl.uses.rekap import rekap, write_rekap
from kinerja_xl.uses.year import Year
from tests.naskah import bupati
from tests.test_di_samping import OUTSIDE

TO = ("camat@contoh.go.id",)


@pytest.fixture
def year(tmp_path):
    return bupati().write(tmp_path / "kantor")


def parsed(path):
    return email.message_from_bytes(path.read_bytes(), policy=default)


def test_the_draft_opens_with_the_recap_in_it(year):
    (written,) = surel.mail_draft(year, TO).written
    message = parsed(written.path)
    assert (message["To"], message["X-Unsent"], message["Date"], message["From"]) == (TO[0], "1", None, None)
    assert message["Subject"] == "Rekap usulan rencana kinerja dan anggaran 2025, Kantor Kecamatan Batu Putih"
    assert message.defects == []
    (attached,) = message.iter_attachments()
    assert attached.get_filename() == "Rekap-2025.xlsx"
    recap = write_rekap(Year(year)).path
    assert hashlib.sha256(attached.get_content()).hexdigest() == hashlib.sha256(recap.read_bytes()).hexdigest()


def test_the_text_holds_the_five_figures(year):
    recap = rekap(year)
    text = parsed(surel.mail_draft(year, TO).written[0].path).get_body(("plain",)).get_content()
    assert dict(surel.five_figures(recap)) == {
        "Unit yang menyampaikan": "2 dari 2", "Usulan yang dihitung": format_rupiah(recap.total_rab),
        "Bagian dari pagu": "74,79 % dari Rp42.000.000", "Catatan": "0 Wajib diperbaiki, 0 Perlu dicek, 0 Info",
        "Terlambat, belum menyampaikan, atau tidak terbaca": "tidak ada",
    }  # fmt: skip
    assert recap.total_rab == 31_410_000  # of 42.000.000: 74,7857…%
    for name, value in surel.five_figures(recap):
        assert f"- {name}: {value}" in text.replace("\r\n", "\n")
    assert surel.NOT_AWAITED in text
    # this office has no unit of planning: the office itself sends it
    assert text.replace("\r\n", "\n").rstrip().endswith("Hormat kami,\n\nKantor Kecamatan Batu Putih")


def test_late_units_and_open_catatan_are_told(tmp_path):
    folder = bupati().edit("kantor", "penerimaan", 0, tanggal=date(2024, 9, 20))
    recap = rekap(folder.write(tmp_path / "kantor"))
    figures = dict(surel.five_figures(recap))
    assert figures["Terlambat, belum menyampaikan, atau tidak terbaca"] == "1 terlambat (Seksi Pemberdayaan Masyarakat)"
    awaited = f"{len(matters(recap))} hal menunggu keputusan Bapak/Ibu; daftarnya pada lembar Ringkasan."
    assert matters(recap) and awaited in surel.covering_text(recap)
    levels = [sum(f.severity is level for f in recap.findings) for level in Severity]
    assert figures["Catatan"] == "{} Wajib diperbaiki, {} Perlu dicek, {} Info".format(*levels) and sum(levels) > 0
    assert OUTSIDE.format(format_rupiah(recap.total_tidak_dihitung.amount)) in surel.covering_text(recap)


def test_same_input_same_bytes_and_another_address_another_mark(year, tmp_path):
    first = surel.mail_draft(year, TO).written[0].path.read_bytes()
    again = surel.mail_draft(year, TO, tmp_path / "lain.eml").written[0].path.read_bytes()
    other = surel.mail_draft(year, (*TO, "sekcam@contoh.go.id"), tmp_path / "lagi.eml").written[0].path
    assert first == again
    assert parsed(other)["Message-ID"] != email.message_from_bytes(first, policy=default)["Message-ID"]
    assert parsed(other)["To"] == "camat@contoh.go.id, sekcam@contoh.go.id"
    assert first.isascii()
    assert max(len(line) for line in first.split(b"\r\n")) <= 998  # RFC 5322


@pytest.mark.parametrize("address", ["camat", "", "a@b", "a@b.id\nBcc: x@y.id", "a b@c.id", "a@b@c.id"])
def test_a_wrong_address_is_a_sentence_and_nothing_is_written(year, address):
    with pytest.raises(InputError):
        surel.mail_draft(year, (address,))
    assert not (year / "hasil").exists()
