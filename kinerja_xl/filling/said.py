"""Findings about one form while it is filled, and what stops the work."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from kinerja_xl.findings import Finding
from kinerja_xl.folder import InputError

if TYPE_CHECKING:
    from kinerja_xl.filling.asked import Asked


@dataclass(slots=True, kw_only=True)
class Said:
    """Findings about one file."""

    file: str
    listed: list[Finding] = field(default_factory=list)

    def add(self, code: str, sheet: str = "", cell: str = "", **args: str) -> None:
        self.listed.append(Finding(code=code, file=self.file, sheet=sheet, cell=cell, args=args))

    def stop(self) -> InputError:
        """The form is left alone."""
        return InputError(f"{self.file} tidak diisi.", tuple(self.listed))


class UndecidedError(InputError):
    """The form is left alone until somebody answers ``questions``."""

    def __init__(self, said: Said, questions: Sequence[Asked]) -> None:
        super().__init__(f"{said.file} tidak diisi.", tuple(said.listed))
        self.questions = tuple(questions)
