"""Who holds a post of the office, from when to when, and whether two names are one person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata

_TITLES = frozenset({"dr", "drs", "dra", "ir", "h", "hj", "prof"})
ACTING = kata("pelaksana_tugas")

BUPATI, CAMAT, SEKCAM = "bupati", "camat", "sekcam"
POSTS = {BUPATI: "Bupati", CAMAT: "Camat", SEKCAM: "Sekretaris Camat"}
"""How the posts above the units are called where nobody holds one; who holds it brings the words of the sheet Pejabat."""


def person(name: str) -> str:
    """A name without its titles, for comparison: ``Drs. H. Anu, M.Si.`` is ``anu``."""
    words = name.split(",")[0].replace(".", ". ").split()
    return fold("".join(word for word in words if fold(word) not in _TITLES))


def head_of(unit: str) -> str:
    """The post of a unit's head as it is signed: ``Kepala Subbagian …`` of a Subbag."""
    return f"Kepala {re.sub(r'^Sub ?bag ', 'Subbagian ', unit)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Official:
    """Somebody in office for a period; ``mulai`` or ``sampai`` None: open on that side."""

    jabatan_kode: str
    nama: str
    nip: str
    pangkat: str
    jabatan: str
    status: str
    mulai: date | None
    sampai: date | None

    @property
    def acting(self) -> bool:
        """Plt. or Plh.: holds the post for somebody else."""
        return ACTING(self.status) is not None

    @property
    def post(self) -> str:
        """The post as it is signed: ``Plt. Kepala Seksi …``, however Kantor.xlsx has it."""
        return f"{self.status} {self.jabatan}" if self.acting and self.plain else self.jabatan

    def in_office(self, day: date | None) -> bool:
        """In office on that day; without a day: who has no end date."""
        if day is None:
            return self.sampai is None
        return (self.mulai is None or self.mulai <= day) and (self.sampai is None or day <= self.sampai)

    @property
    def plain(self) -> bool:
        """Whether Kantor.xlsx has the post without a Plt. or Plh. before it."""
        return not ACTING(self.jabatan.strip())

    @classmethod
    def named(cls, nama: str, nip: str = "", jabatan: str = "") -> Official:
        """Somebody of whom a paper says no more than this."""
        return cls(
            jabatan_kode="", nama=nama, nip=nip, pangkat="", jabatan=jabatan, status="", mulai=None, sampai=None
        )  # fmt: skip

    def same(self, other: Official | None) -> bool:
        """Whether both are one person, in whatever posts: by NIP, else by name without titles."""
        if other is None:
            return False
        if self.nip and other.nip:
            return fold(self.nip) == fold(other.nip)
        return person(self.nama) == person(other.nama)
