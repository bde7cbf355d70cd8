"""Any trouble as one Indonesian sentence; never a traceback, never the system's own words."""

from __future__ import annotations


def sentence_of(error: Exception) -> str:
    """What staff read of a failure: ours is a sentence already, the system's refusal gets one, a defect names its place."""
    from kinerja_xl.office.folder import InputError, Missing, refusal
    from kinerja_xl.office.place import missing
    from kinerja_xl.writing.output import OutputError

    if isinstance(error, Missing):
        return str(missing(error.path, error.kind))
    if isinstance(error, InputError | OutputError):
        return str(error)
    if isinstance(error, OSError):
        what = f"{error.filename} tidak dapat dipakai" if error.filename else "Keluaran tidak dapat ditulis"
        return f"{what}: {refusal(error)}."
    return _defect(error)


def _defect(error: Exception) -> str:
    """A defect of the program is a sentence too; the place in the code is for whoever mends it."""
    from traceback import walk_tb

    place = "tempat tidak diketahui"
    if error.__traceback__ is not None:
        *_, (frame, line) = walk_tb(error.__traceback__)
        from pathlib import Path

        place = f"{Path(frame.f_code.co_filename).name} baris {line}"
    return (
        f"Program mengalami gangguan ({type(error).__name__} di {place}) dan berhenti; berkas masukan tidak diubah. "
        "Kirimkan pesan ini beserta berkas yang sedang dibaca kepada pengembangnya."
    )
