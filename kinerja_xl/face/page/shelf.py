"""What was read stays on the shelf for as long as what it was read from stays as it is."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from kinerja_xl.face.page.work import Desk, Job, State, Trouble, trouble_of

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
            found = job.result or job.trouble
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
