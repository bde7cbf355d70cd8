"""LibreOffice, the independent judge: every formula that we write shows the value that we computed."""

from __future__ import annotations

import random
from decimal import Decimal
from pathlib import Path

import pytest
from xlsxwriter.workbook import Workbook

from kinerja_xl.sheets.rab import FACTORS, RAB_TABLE
from kinerja_xl.uses.rekap import rekap
from kinerja_xl.writing.shown.recap import write_recap
from samples.bangun import ROOT
from tests.libre import REQUIRED

CASES = 20_000 if REQUIRED else 2_000


def _workbooks() -> list[Path]:
    return [*sorted((ROOT / "templates_xlsx").glob("*.xlsx")), *sorted((ROOT / "samples/wasuponda-2025").rglob("masuk/*.xlsx"))]


def test_templates_and_filled_samples(libre):
    count, differences = libre.judge([*_workbooks(), ROOT / "samples/wasuponda-2025/Kantor.xlsx"])
    assert differences == []
    assert count > 1_500


@pytest.mark.parametrize("office", ["wasuponda-2025", "bermasalah"])
def test_recap(libre, tmp_path, office):
    target = tmp_path / f"{office}.xlsx"
    target.write_bytes(write_recap(rekap(ROOT / "samples" / office)))
    count, differences = libre.judge([target])
    assert differences == []
    assert count > 100


def test_volume_and_jumlah_over_many_random_rows(libre, tmp_path):
    """The measured Excel forms of volume and jumlah against exact decimals, fractions and large prices included."""
    rng = random.Random(20250110)
    target = tmp_path / "acak.xlsx"
    keys = [*FACTORS, "harga_satuan", "ppn", "volume", "jumlah"]
    workbook = Workbook(target)
    sheet = workbook.add_worksheet("RAB")
    for row in range(CASES):
        record = _random_record(rng)
        for column, key in enumerate(keys):
            if key in record and record[key] is not None:
                sheet.write_number(row, column, float(record[key]))
        refs = {key: f"{chr(65 + column)}{row + 1}" for column, key in enumerate(keys)}
        for key in ("volume", "jumlah"):
            computed = RAB_TABLE.column(key).computed
            value = computed.value(record, None)
            sheet.write_formula(
                row, keys.index(key), "=" + computed.excel(refs.__getitem__), None, "" if value is None else float(value)
            )
    workbook.close()
    count, differences = libre.judge([target])
    assert differences == []
    assert count == 2 * CASES


def _random_record(rng: random.Random) -> dict[str, Decimal | None]:
    """One to four factors, some with up to three decimals; prices to nine digits; jumlah stays below 10^11."""
    record: dict[str, Decimal | None] = dict.fromkeys((*FACTORS, "harga_satuan", "ppn"))
    for key in FACTORS[: rng.randint(1, 4)]:
        places = rng.choice((0, 0, 0, 1, 2, 3))
        record[key] = Decimal(rng.randint(1, 40 * 10**places)).scaleb(-places)
    record["harga_satuan"] = Decimal(rng.randint(1, 30_000))
    if rng.random() < 0.1:
        record["harga_satuan"] = Decimal(rng.randint(1, 99_999)) / 100
    if rng.random() < 0.2:
        record["ppn"] = Decimal(rng.randint(1, 10_000_000))
    return record
