"""Work in one line: what reads or writes a year's folder is done piece by piece, says what it has in hand, and can be stopped.

Two tabs never write at once. A piece is stopped between two files: what stands on the disk then is whole.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

from kinerja_xl.catatan import Finding
from kinerja_xl.face.told import sentence_of

_log = logging.getLogger(__name__)

KEPT = 60
"""Finished pieces that can still be looked at."""


class Stopped(BaseException):
    """The person does not want it any more. No ``Exception``: what catches the oddities of a file lets it pass."""


class State(StrEnum):
    """Where a piece of work stands."""

    WAITING = "menunggu"
    RUNNING = "berjalan"
    DONE = "selesai"
    STOPPED = "dibatalkan"
    FAILED = "gagal"


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Why a piece of work came to nothing: a sentence, and the catatan that say where."""

    sentence: str
    findings: tuple[Finding, ...] = ()


def trouble_of(error: Exception) -> Trouble:
    return Trouble(sentence=sentence_of(error), findings=getattr(error, "findings", ()))


@dataclass(eq=False, kw_only=True)
class Job:
    """A piece of work. ``whole``: it can't be stopped once it runs, because what it writes belongs together.

    ``key``: a second wish for the same thing while this one is not finished is this one. ``year``: the name of the folder that it
    is about; ``back``: the page from which it was asked for.
    """

    title: str
    action: Callable[[Job], Any]
    whole: bool = False
    key: Hashable = None
    year: str = ""
    back: str = "/"
    id: str = field(default_factory=lambda: secrets.token_urlsafe(9))
    state: State = State.WAITING
    what: str = ""
    done: int = 0
    total: int = 0
    result: Any = None
    trouble: Trouble | None = None
    written: list[Path] = field(default_factory=list)
    stopping: bool = False
    ended: Event = field(default_factory=Event)
    turn: Lock = field(default_factory=Lock)

    @property
    def can_stop(self) -> bool:
        return not self.ended.is_set() and not (self.whole and self.state is State.RUNNING)

    def stop(self) -> None:
        """Ask for its end: at once where it waits; what already runs ends before the next file."""
        with self.turn:
            if self.state is State.WAITING:
                self.state = State.STOPPED
                self.ended.set()
            elif self.can_stop:
                self.stopping = True

    def progress(self, what: str, done: int, total: int) -> None:
        """How far it is, as the verbs report it."""
        self.done, self.total = done, total
        self.in_hand(what)

    def in_hand(self, name: str) -> None:
        """The file that is read, or was just written. Raises Stopped where that was asked for."""
        self.what = name
        if self.stopping and not self.whole:
            raise Stopped

    def run(self) -> None:
        """Do it, whatever comes of it."""
        from kinerja_xl.office import folder
        from kinerja_xl.writing import seen

        with self.turn:
            if self.state is not State.WAITING:
                return
            self.state = State.RUNNING
        try:
            with folder.watched(self.in_hand), seen.watched(self._wrote):
                self.result = self.action(self)
            self.state = State.DONE
        except Stopped:
            self.state = State.STOPPED
        except Exception as error:
            _log.info("gagal: %s", type(error).__name__)
            self.trouble = trouble_of(error)
            self.state = State.FAILED
        finally:
            self.ended.set()

    def _wrote(self, written: Any) -> None:
        self.written.append(written.path)
        self.in_hand(written.path.name)


class Desk:
    """Does what is handed to it, one piece at a time, in a thread of its own."""

    def __init__(self) -> None:
        self._queue: SimpleQueue[Job] = SimpleQueue()
        self._jobs: dict[str, Job] = {}
        self._lock = Lock()
        Thread(target=self._work, daemon=True, name="meja").start()

    def hand(self, job: Job) -> Job:
        """Take a piece of work, or point to the same one that is not finished yet."""
        with self._lock:
            same = next((j for j in self._jobs.values() if job.key and j.key == job.key and not j.ended.is_set()), None)
            if same:
                return same
            over = [j.id for j in self._jobs.values() if j.ended.is_set()]
            for old in over[: max(0, len(self._jobs) - KEPT)]:
                del self._jobs[old]
            self._jobs[job.id] = job
            self._queue.put(job)
        return job

    def job(self, name: str) -> Job | None:
        return self._jobs.get(name)

    def ahead(self, job: Job) -> Job | None:
        """What ``job`` waits for: the first piece handed in before it that has not ended, begun or about to begin."""
        with self._lock:
            first = next((j for j in self._jobs.values() if not j.ended.is_set()), None)
            return None if job.ended.is_set() or first is job else first

    @property
    def busy(self) -> bool:
        with self._lock:
            return any(not job.ended.is_set() for job in self._jobs.values())

    def rest(self, seconds: float = 60.0) -> None:
        """Wait until nothing is being done any more."""
        for job in list(self._jobs.values()):
            job.ended.wait(seconds)

    def stop_all(self) -> None:
        with self._lock:
            for job in self._jobs.values():
                job.stop()

    def _work(self) -> None:
        while True:
            self._queue.get().run()
