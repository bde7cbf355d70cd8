"""The years' folders that this start has been shown or told of, by a name that no page can make up; and what was read of them,
which stays on the shelf for as long as what it was read from stays as it is.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Hashable, Iterator
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Any

from kinerja_xl.face.page.work import Desk, Job, State, Trouble, trouble_of
from kinerja_xl.office import folder as disk
from kinerja_xl.office.folder import KANTOR_FILE
from kinerja_xl.office.place import there
from kinerja_xl.uses import buka
from kinerja_xl.writing.output import make_folder

PATIENCE = 1.5
"""Seconds that a page waits for a reading before it shows how far that is."""


class Busy(Exception):
    """A page whose reading is not finished yet."""

    def __init__(self, job: Job) -> None:
        super().__init__(job.title)
        self.job = job


class Unread(Exception):
    """A page of something that can't be read, and why."""

    def __init__(self, trouble: Trouble) -> None:
        super().__init__(trouble.sentence)
        self.trouble = trouble


class Shelf:
    """Results by slot, each with the mark of what it was read from."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: dict[Hashable, tuple[Hashable, Any]] = {}

    def get(self, slot: Hashable, mark: Hashable, title: str, action: Callable[[Job], Any]) -> Any:
        """What ``action`` gives, done once for a mark. Raises Busy while that takes long, Unread where it can't be had."""
        kept, found = self._kept.get(slot, (None, None))
        if kept != mark or found is None:
            work = Job(title=title, action=lambda job: self._put(slot, mark, action, job), key=(slot, mark))
            job = self._desk.hand(work)
            if not job.ended.wait(PATIENCE):
                raise Busy(job)
            if job.state is State.STOPPED:
                raise Unread(Trouble(sentence="Pembacaan dibatalkan. Muat ulang halaman ini untuk membaca lagi."))
            found = job.trouble if job.result is None else job.result  # no catatan at all is a result as well
        if isinstance(found, Trouble):
            raise Unread(found)
        return found

    def _put(self, slot: Hashable, mark: Hashable, action: Callable[[Job], Any], job: Job) -> Any:
        """Keep the result, and why there is none as well: asked again, nothing would be different."""
        try:
            found = action(job)
        except Exception as error:
            found = trouble_of(error)
        self._kept[slot] = mark, found
        return found


_DEEP = 3
"""masuk/TW1/x.xlsx."""

def inside(folder: Path, given: str) -> Path | None:
    """A file or folder inside ``folder``; None for what leads out of it, by links too, or is not there."""
    with suppress(OSError, ValueError):
        path = (folder / given).resolve(strict=True)
        return path if path.is_relative_to(folder) else None
    return None


def free_name(place: Path, stem: str, suffix: str) -> Path:
    """A name in a folder, which is made where it is not there, that nothing has yet. Raises OutputError, and InputError where
    nobody may look."""
    make_folder(place)
    names = (place / f"{stem}{'' if number == 1 else f' ({number})'}{suffix}" for number in range(1, 100))
    return next((path for path in names if not disk.there(path)), place / f"{stem}{suffix}")


class Known:
    """Folders by name. Only what stands in one of them is ever opened."""

    def __init__(self, desk: Desk) -> None:
        self.shelf = Shelf(desk)
        self._folders: dict[str, Path] = {}

    def look_around(self) -> list[tuple[str, Path]]:
        """The folders at hand, those of this start first, each with its name."""
        for folder in buka.years_at_hand():
            self.add(folder)
        return [(name, folder) for name, folder in self._folders.items() if there(folder / KANTOR_FILE)]

    def add(self, folder: Path) -> str:
        """The name of a folder from now on."""
        folder = folder.resolve()
        name = sha256(os.fsencode(folder)).hexdigest()[:16]
        self._folders.setdefault(name, folder)
        return name

    def folder(self, name: str) -> Path | None:
        return self._folders.get(name)

    def read(self, folder: Path, what: str) -> Any:
        """What ``READS`` gives of a folder as it stands now. Raises Busy while that takes long, Unread where it can't be had."""
        mark = tuple(sorted(marks(folder)))
        return self.shelf.get((folder, what), mark, f"Membaca {folder.name}", lambda job: _read(folder, what, job))


def _read(folder: Path, what: str, job: Job) -> Any:
    from kinerja_xl.face.page.reads import READS  # brings the readers: loaded when something is read

    return READS[what](folder, job.progress)


def marks(place: Path, deep: int = _DEEP) -> Iterator[tuple[str, int, int]]:
    """Name, time and size of every file but hidden ones: a reading holds as long as they stay. The time never enters a result.

    A link that leads nowhere has neither, and hides no file behind it.
    """
    with suppress(OSError), os.scandir(place) as entries:
        for entry in entries:
            with suppress(OSError):
                if entry.is_dir():
                    yield from marks(Path(entry.path), deep - 1) if deep else ()
                    continue
            if not entry.name.startswith("."):
                time = size = -1
                with suppress(OSError):
                    time, size = entry.stat().st_mtime_ns, entry.stat().st_size
                yield entry.path, time, size
