"""Made sheets read and held against what is true in them; ways of failing, grouped.

A sheet is exact when kind, lines, names, prices and every amount are the maker's, each planted slip is named by its own cell, and
no other cell is accused at level wajib. What is not exact is silently wrong where nothing was said of it.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bench.ketat import places_in
from bench.tata_letak.berkas import Made, Truth, workbook
from bench.tata_letak.blok import sheet
from bench.tata_letak.kata import KNOWN, UNKNOWN
from kinerja_xl.foreign.read import read_foreign
from kinerja_xl.uses.baca import as_json

TARGETS = {KNOWN: 0.90, UNKNOWN: 0.75}
_FRONT = re.compile(r"^\s*(?:[-•*]\s+|\d(?:[\d.]*\d)?\s+(?=\D))")
_SAME = {"anggaran": "jumlah", "pagu": "jumlah"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """``wrong``: ways in which it is not exact, the gravest first; ``silent``: wrong, and nothing was said; ``slips``: planted,
    and named by own cell; ``argued``: the same of those that another slip would explain as well."""

    name: str
    made: Made
    wrong: tuple[str, ...]
    silent: bool
    slips: tuple[int, int]
    argued: tuple[int, int] = (0, 0)

    @property
    def exact(self) -> bool:
        return not self.wrong


def judge(name: str, made: Made) -> Judged:
    """Read one made sheet and hold it against what is true."""
    answer = as_json(read_foreign(workbook(made), f"{name}.xlsx"))
    tables = [one for one in answer if one["n_leaf"]]
    wrong = list(_tables(made.truths, tables))
    if not tables:
        codes = {c["kode"] for one in answer for c in one["catatan"]} - {"L111"}
        wrong = [f"tidak terbaca: {' '.join(sorted(codes))}"]
    told = [c for one in answer for c in one["catatan"] if c["tingkat"] != "info"]
    decided = [slip for slip in made.slips if slip not in made.arguable]
    named, argued = (sum(any(_about(slip, c) for c in told) for slip in some) for some in (decided, made.arguable))
    said = bool(told) or any(one["pertanyaan"] or one["refused"] for one in answer)
    silent = bool(wrong) and not said
    if tables and named < len(decided):
        wrong.append("salah tercetak tidak disebut selnya")
    accused = {c["kode"] for c in told if c["tingkat"] == "wajib" and not any(_about(slip, c) for slip in made.slips)}
    if accused:
        wrong.append(f"sel yang benar dituduh: {' '.join(sorted(accused))}")
    return Judged(
        name=name, made=made, wrong=tuple(wrong), silent=silent, slips=(len(decided), named),
        argued=(len(made.arguable), argued),
    )  # fmt: skip


def _about(cell: str, catatan: Mapping) -> bool:
    return catatan["sel"] == cell or _place(cell) in places_in(catatan["masalah"])


def _place(cell: str) -> tuple[int, int]:
    return next(place for place in places_in(cell) if all(place))


def _tables(truths: Sequence[Truth], tables: Sequence[dict]) -> Iterator[str]:
    """What is wrong with the tables as read, each against the truth with whose rows it shares most."""
    left = list(tables)
    for truth in truths:
        wanted = {(row, _plain(name)) for row, name in truth.names.items()}  # side by side tables share their rows
        got = max(left, key=lambda t, w=wanted: len({(li["row"], _plain(li["name"])) for li in t["lines"]} & w), default=None)
        if got is None:
            yield f"tabel {truth.kind} hilang"
            continue
        left.remove(got)
        yield from _table(truth, got)
    if left:
        yield f"{len(left)} tabel terlalu banyak"


def _table(truth: Truth, got: dict) -> Iterator[str]:
    if got["kind"] != truth.kind:
        yield f"jenis {got['kind']}, bukan {truth.kind}"
        return
    lines = {line["row"]: line for line in got["lines"]}
    if missing := set(truth.names) - set(lines):
        reasons = Counter(row["reason"] for row in got["left_out"] if row["row"] in missing)
        yield f"baris hilang ({reasons.most_common(1)[0][0] if reasons else 'tanpa alasan'})"
    if set(lines) - set(truth.names):
        yield "yang bukan baris dihitung"
    both = sorted(set(lines) & set(truth.names))
    amounts = {row: {_SAME.get(key, key): value for key, value in lines[row]["amounts"].items()} for row in both}
    for key in dict.fromkeys(_SAME.get(k, k) for row in both for k in truth.amounts[row]):
        wanted = {row: {_SAME.get(k, k): v for k, v in truth.amounts[row].items()}[key] for row in both}
        if any(_number(amounts[row].get(key)) != wanted[row] for row in both):
            yield f"angka {key} lain" if any(key in amounts[row] for row in both) else f"angka {key} tidak ada"
    if any(_plain(truth.names[row]) != _plain(lines[row]["name"]) for row in both):
        yield "nama lain"
    if any(_number(lines[row]["price"]) != truth.prices[row] for row in both if truth.prices[row] is not None):
        yield "harga lain"


def _number(value: object) -> Decimal | None:
    """A figure; those of several years or months, which stand by their columns, together."""
    if isinstance(value, dict):
        return sum((Decimal(part) for part in value.values() if part is not None), Decimal(0))
    return None if value is None else Decimal(str(value))


def _plain(text: str) -> str:
    """Without bullet and code in front, which a reader may show with the name or not."""
    return " ".join(_FRONT.sub("", text).split()).casefold()


def run(seed: int, count: int, mode: str) -> list[Judged]:
    """Judge ``count`` made sheets; table i of a seed is always the same."""
    return [judge(f"{mode}-{seed}-{i}", sheet(f"{seed}-{i}", mode)) for i in range(count)]


def counted(judged: Sequence[Judged], mode: str) -> list[Judged]:
    """The tables of which a share must be exact: with unknown words those that arithmetic decides."""
    return [one for one in judged if mode == KNOWN or one.made.decides]


def report(judged: Sequence[Judged], mode: str) -> bool:
    """Print score and ways of failing; whether the targets are met."""
    scored = counted(judged, mode)
    exact = sum(one.exact for one in scored) / len(scored)
    silent = [one for one in judged if one.silent]
    planted, named = (sum(one.slips[i] for one in judged) for i in (0, 1))
    arguable, argued = (sum(one.argued[i] for one in judged) for i in (0, 1))
    print(f"\n== kata {mode}: {len(judged)} tabel, {len(scored)} dinilai")
    print(
        f"tepat {exact:.1%} (≥ {TARGETS[mode]:.0%}); salah diam-diam {len(silent)} (0); salah tercetak {planted}, disebut {named}"
        f" (dapat diperdebatkan {arguable}, disebut {argued})"
    )
    ways: dict[str, list[Judged]] = defaultdict(list)
    for one in scored:
        for way in one.wrong[:1]:
            ways[way].append(one)
    for way, ones in sorted(ways.items(), key=lambda item: -len(item[1])):
        names = ", ".join(one.name.rpartition("-")[2] for one in ones[:6])
        print(f"  {len(ones):5}  {way}   [{_common(ones, scored)}]   {names}")
    if silent:
        print("  salah diam-diam: " + "; ".join(f"{one.name} ({one.wrong[0]})" for one in silent[:20]))
    return exact >= TARGETS[mode] and not silent and planted == named


def _common(ones: Sequence[Judged], scored: Sequence[Judged]) -> str:
    """The features that stand out among tables that fail alike: share here against share of all."""
    found = []
    for key in scored[0].made.features:
        for value, count in Counter(one.made.features.get(key, "") for one in ones).items():
            share = count / len(ones)
            usual = sum(one.made.features.get(key, "") == value for one in scored) / len(scored)
            if count >= 2 and share >= 0.5 and share > 1.6 * usual:
                found.append((share / usual, f"{key}={value} {share:.0%}"))
    return ", ".join(text for _, text in sorted(found, reverse=True)[:4])


def write(judged: Sequence[Judged], folder: Path, each: int = 4) -> None:
    """Some tables of every way of failing, with what is true and what was read."""
    folder.mkdir(parents=True, exist_ok=True)
    seen: Counter[str] = Counter()
    for one in judged:
        if not one.wrong or seen[one.wrong[0]] >= each:
            continue
        seen[one.wrong[0]] += 1
        data = workbook(one.made)
        (folder / f"{one.name}.xlsx").write_bytes(data)
        told = {
            "salah": one.wrong, "diam": one.silent, "sel_salah": one.made.slips, "tata_letak": one.made.features,
            "benar": [_told(truth) for truth in one.made.truths],
            "terbaca": as_json(read_foreign(data, f"{one.name}.xlsx")),
        }  # fmt: skip
        (folder / f"{one.name}.json").write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def _told(truth: Truth) -> dict[str, object]:
    amounts = {row: {key: str(value) for key, value in found.items()} for row, found in truth.amounts.items()}
    return {
        "jenis": truth.kind,
        "baris": {row: [name, str(truth.prices[row]), amounts[row]] for row, name in truth.names.items()},
    }
