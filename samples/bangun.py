"""Build ``templates_xlsx/`` and ``samples/`` from the declarations: ``python -m samples.bangun``.

Everything that is committed there equals a fresh build (a test holds that). The content stands in ``samples/isi``.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path

from kinerja_xl.office.folder import KANTOR_FILE, MASUK
from kinerja_xl.office.kantor import build_office
from kinerja_xl.office.prefill import blank_unit, new_kantor
from kinerja_xl.sheets.usulan import USULAN_VERSIONS
from kinerja_xl.writing.form import form_name, kantor_book, unit_book
from samples.isi import UNITS, kantor_content, unit_content
from samples.rusak import build_faulty
from samples.tahun_lalu import build_last_years
from samples.tahun_penetapan import build_locked
from samples.tahun_realisasi import build_returns

ROOT = Path(__file__).resolve().parent.parent
TEMPLATE_UNIT = "pemerintahan"


def build_all() -> dict[str, bytes]:
    """Every built file by its path below the project's folder."""
    files: dict[str, bytes] = {}
    files |= {f"templates_xlsx/{name}": data for name, data in build_templates().items()}
    files |= {f"samples/wasuponda-2025/{name}": data for name, data in build_clean().items()}
    files |= {f"samples/bermasalah/{name}": data for name, data in build_faulty().items()}
    return files


def build_templates() -> dict[str, bytes]:
    """Blank Kantor.xlsx and a unit's blank form in every accepted version."""
    kantor = new_kantor(2025)
    office = build_office(kantor)
    unit = office.unit(TEMPLATE_UNIT)
    assert unit is not None
    files = {KANTOR_FILE: kantor_book(kantor)}
    for version, book in USULAN_VERSIONS.items():
        files[f"Usulan-v{version}.xlsx"] = unit_book(blank_unit(office, unit, book=book), office, unit)
    return files


def build_clean() -> dict[str, bytes]:
    """The sample office: Kantor.xlsx, what the six units handed in, the review, the locked plans, the returns of the year,
    and what the years before left in arsip/."""
    kantor = kantor_content()
    office = build_office(kantor)
    files = {KANTOR_FILE: kantor_book(kantor)}
    for kode in UNITS:
        unit = office.unit(kode)
        assert unit is not None
        files[f"{MASUK}/{form_name(office, unit)}"] = unit_book(unit_content(kode), office, unit)
    files |= build_locked(files)
    files |= build_returns(files).files
    return files | build_last_years()


def write(files: Mapping[str, bytes], root: Path = ROOT) -> None:
    """Write the files, and nothing else: hasil/ and other folders of a year stay as they are."""
    for name, data in files.items():
        target = root / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)


def main() -> None:
    files = build_all()
    write(files)
    sys.stdout.write(f"{len(files)} berkas ditulis di {ROOT}\n")


if __name__ == "__main__":
    main()
