"""One book of each kind that we write and read again, of a small office with invented people.

``python -m tests.arsip_buku 0.2.0`` writes those of today's code into ``tests/arsip/0.2.0``, where what a release wrote stays and
is read for ever (``test_arsip``).
"""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from kinerja_xl.foreign.padanan import Answer, Padanan
from kinerja_xl.reckoning.plan.review import review_of
from kinerja_xl.sheets.usulan import USULAN_VERSIONS
from kinerja_xl.uses.padanan import padanan_book
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.form.penelaahan import first_dpa, write_plan, write_review
from kinerja_xl.writing.shown.capaian import write_capaian
from kinerja_xl.writing.shown.recap import write_recap
from tests import kantor_uji, realisasi_uji, rencana_contoh, tahun_contoh

ARSIP = Path(__file__).parent / "arsip"
ANSWER = Answer(
    sidik="0123456789abcdef", asal="Belanja.xlsx, lembar RAB", judul=("Uraian", "Harga"), kunci="unit", pertanyaan="Unit siapa?",
    pilihan=("pmd", "trantib"), jawaban="pmd",
)  # fmt: skip


def books() -> dict[str, bytes]:
    """Every book by its file name, as today's code writes it."""
    with TemporaryDirectory() as place:
        recap = rekap(kantor_uji.Folder().write(Path(place) / "kantor"))
    office, plan = recap.office, rencana_contoh.plan()
    forms = {
        f"Usulan-pmd-v{version}.xlsx": kantor_uji.unit_bytes(kantor_uji.unit_content("pmd", book))
        for version, book in USULAN_VERSIONS.items()
    }
    return forms | {
        "Kantor.xlsx": kantor_uji.clean("kantor"),
        "Padanan.xlsx": padanan_book(Padanan(answers=(ANSWER,))),
        "Rekap-2025.xlsx": write_recap(recap),
        "Lembar-Penelaahan.xlsx": write_review(review_of(recap), office),
        "DPA.xlsx": first_dpa(plan, office),
        "Penetapan-2025.xlsx": write_plan(plan, {}),
        "Realisasi-pmd-TW1.xlsx": realisasi_uji.Year().bytes_of("pmd", 1, whole=True),
        "Realisasi-keuangan-TW1.xlsx": realisasi_uji.Year().bytes_of("uang", 1, whole=True),
        "Capaian-2025.xlsx": write_capaian(tahun_contoh.year()),
    }


def main(release: str) -> None:
    """Write them into the folder of a release; one that is there already is left, because it is what was released."""
    place = ARSIP / release
    place.mkdir(parents=True)
    for name, data in books().items():
        (place / name).write_bytes(data)
    sys.stdout.write(f"Ditulis: {place}\n")


if __name__ == "__main__":
    main(sys.argv[1])
