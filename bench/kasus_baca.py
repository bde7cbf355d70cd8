"""Eleven small workbooks, each one habit of offices, against what is right in them (``kasus_baca.toml``)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from bench.ketat import places_in

TRUTH = Path(__file__).with_suffix(".toml")


def cases(folder: Path, read) -> list[tuple[str, str, list[str]]]:
    """(file, sheet, what is wrong) for each table of the truth; ``read``: bytes and name → the answer of ``baca`` as JSON."""
    tables = tomllib.loads(TRUTH.read_text(encoding="utf-8"))["tabel"]
    answers = {name: read((folder / name).read_bytes(), name) for name in {t["berkas"] for t in tables}}
    return [(t["berkas"], t["lembar"], list(wrong(t, answers[t["berkas"]]))) for t in tables]


def wrong(truth: Mapping, answer: Sequence[dict]) -> Iterator[str]:
    """Each thing that an answer has otherwise than the truth."""
    got = [r for r in answer if r["sheet"] == truth["lembar"] and r["n_leaf"]]
    if not got and "atau_ditolak" in truth:
        said = " ".join(r["message"] for r in answer)
        if not all(word in said for word in truth["atau_ditolak"]):
            yield f"alasan penolakan tidak menyebut {' dan '.join(truth['atau_ditolak'])}: {said}"
        return
    if len(got) != 1:
        yield f"{len(got)} tabel terbaca: {' '.join(r['message'] for r in answer)}"
        return
    table = got[0]
    if (table["kind"], table["n_leaf"]) != (truth["jenis"], truth["baris"]):
        yield f"{table['kind']} dengan {table['n_leaf']} baris"
    lines = table["lines"]
    for name, value in truth.get("jumlah", {}).items():
        if _whole(table["sums"].get(name)) != Decimal(value):
            yield f"{name} {table['sums'].get(name)}, seharusnya {value}"
    for key, field in (("nama", "name"), ("harga", "price"), ("target", "amount")):
        if key in truth and [_bare(line[field]) for line in lines] != [_bare(value) for value in truth[key]]:
            yield f"{key} {[line[field] for line in lines]}"
    yield from _said(truth, table)


def _said(truth: Mapping, table: dict) -> Iterator[str]:
    """What is said of it, and what should be."""
    must = {c["sel"] for c in table["catatan"] if c["tingkat"] == "wajib"}
    if must != set(truth.get("wajib", ())):
        yield f"catatan wajib pada {', '.join(sorted(must)) or 'tidak ada sel'}"
    if "catatan" in truth and not any(
        (truth["catatan"], 0) in places_in(f"{c['sel']} {c['masalah']}") for c in table["catatan"] if c["tingkat"] != "info"
    ):
        yield f"tidak ada catatan tentang baris {truth['catatan']}"
    if truth.get("tanpa") and table["message"]:
        yield f"seharusnya tanpa catatan: {table['message']}"
    if truth.get("tanpa_pertanyaan") and table["pertanyaan"]:
        yield f"seharusnya tanpa pertanyaan: {table['pertanyaan'][0]['teks']}"


def _whole(value: object) -> Decimal | None:
    if isinstance(value, Mapping):
        return sum((Decimal(str(part)) for part in value.values()), Decimal(0))
    return None if value is None else Decimal(str(value))


def _bare(value: object) -> str:
    """Without the bullet, which a reader may show or not."""
    return str(value).lstrip("-•* ").strip()
