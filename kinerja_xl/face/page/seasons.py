"""The seasons of a year as tabs, and the one large button: what comes next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from kinerja_xl.office.folder import ARSIP, HASIL, MASUK, folder_of, listed, there
from kinerja_xl.reckoning.capaian import Year as Measured
from kinerja_xl.reckoning.year.status import LAST_QUARTER, USULAN, YearStatus
from kinerja_xl.uses.arsip import REVIEW_FILE
from kinerja_xl.words.periods import ROMAN

REVIEW, LOCK, REPORT = "penelaahan", "penetapan", "lkjip"
QUARTERS = {f"tw{n}": n for n in range(1, LAST_QUARTER + 1)}
SEASONS: Mapping[str, str] = {
    USULAN: "Usulan", REVIEW: "Penelaahan", LOCK: "Penetapan",
    **{key: f"TW {ROMAN[n - 1]}" for key, n in QUARTERS.items()}, REPORT: "LKjIP",
}  # fmt: skip
"""Tabs of a year, with their words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Next:
    """The large button: what it says, the act with its fields or else the page it leads to, the tab it belongs to, the file."""

    label: str
    season: str
    act: str = ""
    href: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    file: str = ""


_PLACES: Mapping[str, tuple[str, str]] = {
    "formulir": (USULAN, "formulir"), "periksa": (USULAN, "periksa"), "rekap": (REVIEW, "penelaahan"), "kunci": (LOCK, ""),
    "pk": (LOCK, "pk"), "lkjip": (REPORT, "lkjip"), "mulai": (REPORT, ""),
}  # fmt: skip
"""Where the button of a verb stands, and its act; "" leads to a page that asks first."""


def next_button(status: YearStatus, name: str) -> Next:
    """What ``status`` advises, as a button."""
    step, words = status.next, status.next.words
    verb, options = words[0], words[2:]
    label = step.sentence[:1].upper() + step.sentence[1:]
    if verb in ("realisasi", "capaian"):
        number = int(options[options.index("--triwulan") + 1]) if "--triwulan" in options else LAST_QUARTER
        fields = {"triwulan": str(number)}
        return Next(label=label, season=f"tw{number}", act=verb, fields=fields, file=step.file)
    season, act = _PLACES[verb]
    if "--kembalikan" in options:
        act = "kembalikan"
    href = f"/mulai?dari={name}&tahun={status.tahun + 1}" if verb == "mulai" else f"/tahun/{name}/{season}"
    return Next(label=label, season=season, act=act, href="" if act else href, file=step.file)


def lock_sources(folder: Path) -> list[tuple[str, str]]:
    """What a plan can be locked from: (path inside the folder, words); the usual one first."""
    found = [(f"{HASIL}/{REVIEW_FILE}", f"Lembar Penelaahan di {HASIL}/")] if there(folder / HASIL / REVIEW_FILE) else []
    for place in (HASIL, ARSIP):
        for name in [path.name for path in listed(folder / place) if path.suffix == ".xlsx"]:
            own = name.startswith(("DPA", "Lembar-Penelaahan")) or (place == ARSIP and not name.startswith(_OTHERS))
            if own and "-dibatalkan-" not in name and (place, name) != (HASIL, REVIEW_FILE) and not name.startswith(("~$", ".")):
                found.append((f"{place}/{name}", f"{name} di {place}/"))
    return [*found, (USULAN, "Usulan apa adanya, tanpa penelaahan")]


def books(folder: Path, *places: tuple[str, str]) -> list[str]:
    """Workbooks inside a year's folder, as paths: those of each (place, beginning of the name),
    a Penetapan before its Perubahan. Raises Refused."""
    return [
        f"{place}/{path.name}" for place, start in places
        for path in sorted(listed(folder / place), key=lambda path: path.stem)
        if path.name.startswith(start) and path.suffix.startswith(".xls")
        and not path.name.startswith(("~$", ".")) and "-dibatalkan-" not in path.name
    ]  # fmt: skip


OLD_FORMS = ((MASUK, ""), (ARSIP, "Usulan-"))
"""Where forms of an older version may be."""
COMPARED = ((ARSIP, "Penetapan-"), (HASIL, "Rekap-"), (ARSIP, "Rekap-"), (MASUK, ""))
"""Plans, recaps and proposals that can be compared."""


_OTHERS = ("Penetapan-", "Rekap-", "Capaian-", "Usulan-", "Kantor-")


def handed_in(folder: Path, triwulan: int) -> list[str]:
    """The names of what came back of a triwulan. Raises Refused."""
    return [path.name for path in listed(folder / MASUK / folder_of(triwulan)) if not path.name.startswith((".", "~$"))]


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarterLine:
    """A unit in a triwulan: what it owes, what it reached and spent."""

    kode: str
    nama: str
    owes: tuple[str, ...]
    reached: object = None
    money: object = None


def quarter_lines(status: YearStatus, triwulan: int, measured: Measured | None) -> list[QuarterLine]:
    """The units of a triwulan as rows."""
    averages = {a.key: a for a in measured.averages["unit"]} if measured else {}
    money = {line.kode: line for line in measured.money if line.level == "unit"} if measured else {}
    mark = folder_of(triwulan)
    return [
        QuarterLine(
            kode=unit.kode, nama=unit.nama, owes=tuple(o.told for o in unit.owes if o.what.endswith(mark)),
            reached=averages.get(unit.kode), money=money.get(unit.kode),
        )
        for unit in status.units
    ]  # fmt: skip
