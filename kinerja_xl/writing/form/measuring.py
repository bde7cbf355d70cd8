"""The measuring workbooks of a triwulan: their covers and the Cek Mandiri that computes while somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from kinerja_xl.reckoning.plan import PlanIndicator
from kinerja_xl.sheets.choices import Listings
from kinerja_xl.sheets.content import BookContent, Identity
from kinerja_xl.sheets.model import Table
from kinerja_xl.sheets.realisasi import CEK_UANG, CEK_UNIT, PETUNJUK, REALISASI_UANG, ROMAN
from kinerja_xl.writing.form import write_book
from kinerja_xl.writing.form.cover import write_cover
from kinerja_xl.writing.form.measured_check import MoneyCheck, UnitCheck

# ---- The bytes of a measuring workbook: the form's machinery with covers and Cek Mandiri of its own ----

_LISTS = ("skala", "status_pejabat")
"""The lists that these workbooks use; targets are shown, not chosen."""

_SHOWN = "Putih: sudah terisi dari rencana dan triwulan sebelumnya; dibaca saja. Mengubahnya tidak mengubah rencana."

_UNIT_STEPS = (
    "Lengkapi lembar Identitas: nomor revisi dan tanggal disampaikan.",
    "Isi lembar Realisasi Indikator pada kolom kuning, yaitu triwulan ini. Realisasi adalah angka triwulan itu sendiri; hanya "
    "indikator dengan cara Nilai terakhir yang ditulis menurut keadaan terakhir.",
    "Persentase dan rasio: isi pembilang dan penyebutnya di halaman kedua. Realisasinya dihitung dari sana.",
    "Isi lembar Bukti dan Kendala: bukti dukung, faktor pendorong, faktor penghambat, dan tindak lanjutnya.",
    "Isi lembar Fisik: persen pekerjaan yang selesai sejak Januari untuk tiap sub kegiatan.",
    "Buka lembar Cek Mandiri. Capaiannya dihitung selagi Anda mengetik. Bila tertulis SIAP DISAMPAIKAN, serahkan berkas ini ke "
    "Subbag Perencanaan, yang menaruhnya di folder masuk triwulan ini.",
)
_MONEY_STEPS = (
    "Lengkapi lembar Identitas: nomor revisi dan tanggal disampaikan.",
    "Isi lembar Realisasi Keuangan pada kolom kuning: belanja tiap rekening dalam triwulan ini menurut SPJ fungsional, "
    "bukan jumlah sejak Januari. Tulis 0 bila tidak ada belanja.",
    "Lembar Rencana Kas hanya untuk dibaca.",
    "Buka lembar Cek Mandiri. Serapannya dihitung selagi Anda mengetik. Bila tertulis SIAP DISAMPAIKAN, serahkan berkas ini ke "
    "Subbag Perencanaan.",
)
_RULES = (
    "Angka diketik tanpa titik ribuan dan tanpa satuan: 1500, bukan 1.500 dan bukan 1500 dokumen.",
    "Persen diketik sebagai 85, bukan 0,85 dan bukan 85%.",
    "Nol berarti tidak ada hasil. Kosong berarti belum diisi. Tanda - tidak dipakai.",
    "Bila realisasi memang belum dapat ada pada triwulan ini, tulis tidak berlaku, dan jelaskan di Keterangan.",
    "Angka triwulan yang lalu tidak diubah di sini; perbaikannya disampaikan sebagai revisi berkas triwulan itu.",
    "Jangan menghapus kolom A dan baris tersembunyi di atas judul tabel: di sanalah tanda baca program.",
)


def write_measuring_book(
    content: BookContent, lists: Listings, identity: Identity, *, subtitle: str, triwulan: int, paper: str,
    indicators: tuple[PlanIndicator, ...] = (), policies: Mapping[str, str] | None = None,
) -> bytes:  # fmt: skip
    """The workbook of one triwulan (1 to 4). ``indicators``: the unit's in the plan; ``policies`` choose methods."""
    money = content.book.key == REALISASI_UANG.key
    cover = partial(write_cover, steps=_MONEY_STEPS if money else _UNIT_STEPS, rules=_RULES, shown=_SHOWN)
    check = UnitCheck(indicators=indicators, policies=policies or {}, triwulan=triwulan)
    return write_book(
        content,
        Listings(by_name={name: lists.by_name[name] for name in _LISTS}),
        identity,
        subtitle=f"{subtitle}, Triwulan {ROMAN[triwulan - 1]}",
        paper=paper,
        rows=_prepared(content),
        special={PETUNJUK.key: cover, CEK_UNIT.key: check.write, CEK_UANG.key: MoneyCheck(triwulan=triwulan).write},
    )


def _prepared(content: BookContent) -> dict[str, int]:
    """As many rows as the plan has: what is not in the plan is not asked."""
    tables = [block.key for sheet in content.book.sheets for block in sheet.blocks if isinstance(block, Table)]
    return {key: max(1, len(content.rows(key))) for key in tables}


__all__ = ["write_measuring_book"]
