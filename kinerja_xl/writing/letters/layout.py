"""The office's own layout of a letter: a .docx with placeholders, filled by docxtpl (optional extra ``templat``).

A layout comes from outside like any file: it passes a gate, and its placeholders are worked out in a process of its own
(``python -m kinerja_xl.writing.letters.layout``). A placeholder that is unknown, or that is left over because it is written
wrongly, stops the letter and is named: a letter with holes must not reach a signature.
"""

from __future__ import annotations

import io
import re
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

import docx
from docx.document import Document

from kinerja_xl import MEMORY, SECONDS
from kinerja_xl.office.folder import InputError
from kinerja_xl.package import Archive, BombError, DoctypeError, PackageError, refuse_doctype
from kinerja_xl.package.apart import Failed, TooMuch, answer, ask
from kinerja_xl.reading.gate import Limits
from kinerja_xl.writing.letters.looks import legal
from kinerja_xl.writing.letters.style import finished

NOT_INSTALLED = (
    "{file} memerlukan pustaka docxtpl yang belum terpasang. Pasang dengan: pip install kinerja-xl[templat], "
    "atau pindahkan {file} agar tata letak bawaan dipakai."
)
NO_DOCUMENT = "{file} tidak dapat dibaca sebagai dokumen Word (.docx). Simpan ulang dari Word, lalu ulangi."
_LIMITS = Limits(file_bytes=10 << 20, inflated_bytes=100 << 20)
"""A layout with a picture has some hundred KiB."""
_PER_LETTER = 1
"""Seconds more for each letter than for the first."""


def fill(layout: bytes, file: str, contexts: Sequence[Mapping[str, Any]]) -> list[bytes]:
    """The layout with its placeholders filled, once for each context.

    Raises InputError: docxtpl is missing, the file is no .docx that may be opened, holds a wrong placeholder, or takes too long.
    """
    if not _installed():
        raise InputError(NOT_INSTALLED.format(file=file))
    if refused := refusal(layout):
        raise InputError(f"{file} tidak dipakai: {refused}. Hapus itu di Word, simpan sebagai .docx, lalu ulangi.")
    question = {"layout": b64encode(layout).decode(), "contexts": [_legal(dict(context)) for context in contexts]}
    seconds = SECONDS + _PER_LETTER * len(contexts)
    try:
        said = ask(__name__, question, seconds=seconds)
    except TooMuch as error:
        limits = f"lebih dari {seconds} detik atau {MEMORY >> 20} MB memori"
        raise InputError(f"{file} tidak dipakai: mengisinya memerlukan {limits}. Sederhanakan penandanya.") from error
    except Failed as error:
        raise InputError(NO_DOCUMENT.format(file=file)) from error
    if wrong := said.get("penanda"):
        raise InputError(f"{file}: ada penanda yang tidak dapat dibaca ({wrong}). Periksa kurung {{{{ … }}}} dan {{% … %}}.")
    if said.get("unknown") or said.get("left"):
        raise InputError(_complaint(file, said["unknown"], said["left"], contexts[0]))
    if "made" not in said:
        raise InputError(NO_DOCUMENT.format(file=file))
    return [finished(docx.Document(io.BytesIO(b64decode(one)))) for one in said["made"]]


def _installed() -> bool:
    try:
        return find_spec("docxtpl") is not None
    except ValueError:  # barred
        return False


# ---- The gate ----

_MACRO = re.compile(r"vbaproject|activex|embeddings/|\.bin$", re.IGNORECASE)
_EXTERNAL = re.compile(rb"<[^<>]*\bTargetMode\s*=\s*[\"']External[\"'][^<>]*>")
_LINK = re.compile(rb"/relationships/hyperlink[\"']")


def refusal(layout: bytes) -> str:
    """Why a layout is not opened; "" where it may be. Macros, embedded objects and what Word would fetch from elsewhere
    (a template, a picture, a frame) are refused; a link that a reader may click is not."""
    if len(layout) > _LIMITS.file_bytes:
        return f"ukurannya melebihi {_LIMITS.file_bytes >> 20} MB"
    try:
        archive = Archive.open(layout)
        return next(_refusals(archive), "")
    except BombError:
        return "isinya jauh lebih besar daripada berkasnya"
    except DoctypeError as error:
        return error.reason
    except PackageError:
        return "" if layout[:2] != b"PK" else "berkasnya rusak"


def _refusals(archive: Archive) -> Iterator[str]:
    if len(archive.entries) > _LIMITS.entries or sum(entry.file_size for entry in archive.entries) > _LIMITS.inflated_bytes:
        yield "isinya jauh lebih besar daripada berkasnya"
        return
    for entry in archive.entries:
        if entry.file_size > max(_LIMITS.ratio_floor, _LIMITS.part_ratio * entry.compress_size):
            yield "isinya jauh lebih besar daripada berkasnya"
            return
    for path in archive.index:
        if _MACRO.search(path):
            yield "memuat makro atau objek yang dapat dijalankan"
        if path.endswith((".xml", ".rels")):
            part = archive.read(path)
            refuse_doctype(part, path)
            if path == "[content_types].xml" and b"macroenabled" in part.lower():
                yield "memuat makro atau objek yang dapat dijalankan"
            if path.endswith(".rels") and any(not _LINK.search(one) for one in _EXTERNAL.findall(part)):
                yield "mengambil templat atau gambar dari tempat lain"


# ---- The process of its own ----

_BRACES = re.compile(r"\{[{%#]?[^{}\n]{0,60}[%#}]?\}?|[%#}]?\}")


def _filled(question: Mapping[str, Any]) -> object:
    """The documents as base64, or what is wrong with the placeholders."""
    import jinja2

    layout, made = b64decode(question["layout"]), []
    try:
        for context in question["contexts"]:
            unknown: dict[str, None] = {}
            document = _rendered(layout, context, unknown)
            left = [name for name in _left(document) if name not in unknown]
            if unknown or left:
                return {"unknown": [f"{{{{ {name} }}}}" for name in unknown], "left": left}
            out = io.BytesIO()
            document.save(out)
            made.append(b64encode(out.getvalue()).decode())
    except jinja2.TemplateError as error:
        return {"penanda": error.message or "tidak diketahui"}
    except MemoryError:
        raise
    except Exception:  # docxtpl and python-docx raise whatever the zip and XML libraries below them do
        return {}
    return {"made": made}


def _rendered(layout: bytes, context: Mapping[str, Any], unknown: dict[str, None]) -> Document:
    """One document; names that nobody gave are noted in ``unknown``."""
    import docxtpl
    import jinja2
    from jinja2.sandbox import SandboxedEnvironment

    class Unknown(jinja2.ChainableUndefined):
        """A name that the layout uses and nobody gave: it is written down instead of standing empty."""

        def _note(self) -> str:
            unknown[self._undefined_name or "?"] = None
            return ""

        def __str__(self) -> str:
            return self._note()

        def __html__(self) -> str:
            return self._note()

        def __iter__(self) -> Any:
            self._note()
            return iter(())

        def __bool__(self) -> bool:
            self._note()
            return False

    template = docxtpl.DocxTemplate(io.BytesIO(layout))
    template.render(context, SandboxedEnvironment(undefined=Unknown, autoescape=True), autoescape=True)
    document: Document = template.docx
    return document


def _legal(value: Any) -> Any:
    """Text without what XML cannot hold, at any depth."""
    if isinstance(value, dict):
        return {key: _legal(one) for key, one in value.items()}
    return [_legal(one) for one in value] if isinstance(value, list) else legal(value)


def _left(document: Document) -> list[str]:
    """Braces that are still there: in the text, its tables, the headers and the footers."""
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    found: dict[str, None] = {}
    for root in roots:
        for element in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
            text = "".join(
                t.text or "" for t in element.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
            )
            found |= dict.fromkeys(match.group().strip() for match in _BRACES.finditer(text))
    return list(found)


def _complaint(file: str, unknown: list[str], left: list[str], context: Mapping[str, Any]) -> str:
    parts = []
    if unknown:
        parts.append(f"penanda tidak dikenal: {', '.join(unknown)}")
    if left:
        parts.append(f"penanda yang tersisa karena salah tulis: {', '.join(left)}")
    known = ", ".join(context)
    return f"{file}: {'; '.join(parts)}. Surat tidak ditulis. Penanda yang ada: {known}."


if __name__ == "__main__":
    answer(_filled)
