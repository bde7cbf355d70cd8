"""Which folder or file somebody meant: a year's folder around a path or below it, a name that is nearly there.

What the operating system does not let us look into is said of the path that was given and its year's folder (Refused), and
taken for not there where only a guess asks.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from itertools import islice
from pathlib import Path

from kinerja_xl.catatan import Finding
from kinerja_xl.office import folder
from kinerja_xl.office.folder import KANTOR_FILE, READ_SUFFIXES, InputError
from kinerja_xl.sheets.texts import suggest
from kinerja_xl.words import MARKS

_INSIDE = 3
"""How deep below a year's folder its files stand: masuk/TW1/x.xlsx."""
_NAMED = 3
"""Folders or files that a sentence names."""
_LOOKED = 2000
"""Names of a folder that are compared with what was typed."""

_PLAIN = frozenset("-_.,:=/\\+@~")


def typed(word: object) -> str:
    """A path or word as it is typed in Command Prompt, PowerShell and sh alike: in quotation marks where it needs them."""
    text = str(word)
    return text if text and all(ch.isalnum() or ch in _PLAIN for ch in text) else f'"{text}"'


class Misplaced(InputError):
    """A path that leads nowhere useful; ``meant`` holds what was probably meant, the likeliest first."""

    def __init__(self, sentence: str, given: Path, meant: Iterable[Path] = (), findings: tuple[Finding, ...] = ()) -> None:
        super().__init__(sentence, findings)
        self.given, self.meant = given, tuple(meant)


def there(path: Path) -> bool:
    """Whether something stands there that can be looked at."""
    with suppress(InputError):
        return folder.there(path)
    return False


def is_folder(path: Path) -> bool:
    """Whether it is a folder that can be looked at."""
    with suppress(InputError):
        return folder.is_folder(path)
    return False


def is_year(path: Path) -> bool:
    """Whether a path is a year's folder: one with a Kantor.xlsx. Raises Refused where that can't be looked into."""
    return is_folder(path) and folder.there(path / KANTOR_FILE)


def folder_around(path: Path) -> Path | None:
    """The year's folder that a file belongs to: the Kantor.xlsx beside it, or one or two folders above (``masuk/TW1``)."""
    return next((place for place in islice(path.parents, _INSIDE) if is_year(place)), None)


def years_below(below: Path) -> list[Path]:
    """The years' folders that stand in a folder, in order of name."""
    return [place for place in map(below.joinpath, _names(below)) if there(place / KANTOR_FILE)]


def year_folder(given: Path) -> Path:
    """The year's folder that was given, or that a given file belongs to. Raises Misplaced with what was meant instead."""
    if is_year(given):
        return given
    around = _above(given)
    if not folder.there(given):
        raise missing(given, "Folder")
    if not folder.is_folder(given):
        if around:
            return around
        raise Misplaced(f"{given} adalah berkas, bukan folder, dan {KANTOR_FILE} tidak ada di sekitarnya.", given)
    if around:
        raise Misplaced(f"{given} adalah bagian dari folder tahun {around}; sebutkan folder tahunnya.", given, [around])
    below = years_below(given)
    if below:
        raise Misplaced(f"{given} bukan folder tahun, tetapi memuatnya: {_listed(below)}. Sebutkan salah satu.", given, below)
    other = suggest(KANTOR_FILE, _names(given))
    if other:
        raise Misplaced(f"Di folder {given} tidak ada {KANTOR_FILE}, tetapi ada {other[0]}; ganti namanya, lalu ulangi.", given)
    raise Misplaced(
        f"{given} bukan folder tahun: {KANTOR_FILE} tidak ada di dalamnya. Sebutkan folder yang memuatnya, atau buat dengan "
        "kinerja-xl mulai.",
        given,
    )


def book(given: Path) -> Path:
    """A file that is there. Raises Misplaced with what was meant where it is missing, or a folder."""
    if is_folder(given):
        books = [path for path in map(given.joinpath, _names(given)) if path.suffix.lower() in READ_SUFFIXES]
        holds = f"; di dalamnya ada {_listed(books)}" if books else ""
        raise Misplaced(f"{given} adalah folder, bukan berkas{holds}.", given, books)
    if not folder.there(given):
        raise missing(given)
    return given


def nothing_in(place: Path, findings: tuple[Finding, ...] = ()) -> Misplaced:
    """What to say of a folder in which nothing was read: that is no clean bill. ``findings``: of files that were left aside."""
    said = f"Tidak ada buku kerja di folder {place}, sehingga tidak ada yang diperiksa."
    around = _above(place)
    meant = [around] if around else years_below(place)
    return Misplaced(f"{said} Folder tahun di sekitarnya: {_listed(meant)}." if meant else said, place, meant, findings)


def missing(given: Path, kind: str = "Berkas") -> Misplaced:
    """What to say of a path that is not there. ``kind``: Berkas or Folder."""
    base = next((place for place in given.parents if there(place)), None)
    said = f"{kind} {given} tidak ditemukan"
    if base is not None and not is_folder(base):
        return Misplaced(f"{said}: {base} adalah berkas, bukan folder.", given, [base])
    near = _nearest(base, given) if base is not None else None
    near = (_above(given) or near) if kind == "Folder" else near
    if near is not None:
        return Misplaced(f"{said}; mungkin {near}.", given, [near])
    years = years_below(base) if base is not None and kind == "Folder" else []
    if years:
        return Misplaced(f"{said}; folder tahun yang ada: {_listed(years)}.", given, years)
    made = " Folder tahun baru dibuat dengan kinerja-xl mulai." if kind == "Folder" else ""
    return Misplaced(f"{said}. Periksa ejaan dan tempatnya.{made}", given)


def _above(path: Path) -> Path | None:
    """The year's folder that a path stands in, in the words of the path where they reach it."""
    around = [*islice(path.parents, _INSIDE), *islice(path.absolute().parents, _INSIDE)]
    return next((place for place in around if is_year(place)), None)


def _nearest(base: Path, given: Path) -> Path | None:
    """The existing path whose names are nearly those of ``given``, from ``base`` on."""
    found = base
    for name in given.parts[len(base.parts) :]:
        if there(found / name):
            found /= name
            continue
        names = {Path(one).stem: one for one in _names(found)} | {one: one for one in _names(found)}
        near = suggest(name.strip(MARKS), names)
        if not near:
            return None
        found /= names[near[0]]
    return found if found != base else None


def _names(place: Path) -> list[str]:
    with suppress(OSError), os.scandir(place) as entries:
        return sorted(entry.name for entry in islice(entries, _LOOKED) if not entry.name.startswith((".", "~$")))
    return []


def _listed(paths: list[Path]) -> str:
    more = f" dan {len(paths) - _NAMED} lainnya" if len(paths) > _NAMED else ""
    return ", ".join(map(str, paths[:_NAMED])) + more
