"""The office's own layout of the PK: a .docx with placeholders, filled by docxtpl (optional extra ``templat``).

A placeholder that is unknown, or that is left over because it is written wrongly, stops the letter and is named: a
letter with holes must not reach a signature.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from typing import Any

import docx
from docx.document import Document

from kinerja_xl.folder import InputError
from kinerja_xl.office import Office
from kinerja_xl.reckoning.agreements import BUDGET_LEVEL, Agreement, Party, shown
from kinerja_xl.sheets.formats import format_date, format_number
from kinerja_xl.sheets.terbilang import terbilang_rupiah
from kinerja_xl.writing.letters.normalise import finished
from kinerja_xl.writing.letters.oxml import legal
from kinerja_xl.writing.letters.pk import LEVEL_WORDS
from kinerja_xl.writing.letters.prose import DOTS

NOT_INSTALLED = (
    "{file} memerlukan pustaka docxtpl yang belum terpasang. Pasang dengan: pip install kinerja-xl[templat], "
    "atau pindahkan {file} agar tata letak bawaan dipakai."
)
_BRACES = re.compile(r"\{[{%#]?[^{}\n]{0,60}[%#}]?\}?|[%#}]?\}")


def pk_context(agreement: Agreement, office: Office) -> dict[str, Any]:
    """Every placeholder that a PK layout may use, with its text. Lists: ``kinerja`` and ``anggaran``."""
    return {
        "tahun": str(agreement.tahun), "kantor": office.nama, "pemda": office.pemda, "alamat": office.alamat,
        "tempat": agreement.tempat or DOTS, "tanggal": format_date(agreement.tanggal) if agreement.tanggal else DOTS,
        **_party("pertama", agreement.first), **_party("kedua", agreement.second),
        "tingkat": LEVEL_WORDS[BUDGET_LEVEL[agreement.rank].value],
        "jumlah": format_number(agreement.total), "terbilang": terbilang_rupiah(agreement.total),
        "kinerja": [
            {
                "no": str(n), "sasaran": g.sasaran or DOTS, "indikator": g.indikator, "satuan": g.satuan,
                "target": shown(g.target) or DOTS,
            }
            for n, g in enumerate(agreement.goals, start=1)
        ],
        "anggaran": [
            {"no": str(n), "kode": m.kode, "nama": m.nama, "anggaran": format_number(m.anggaran), "keterangan": m.keterangan}
            for n, m in enumerate(agreement.money, start=1)
        ],
    }  # fmt: skip


def _party(prefix: str, party: Party) -> dict[str, str]:
    nip = party.nip or ("" if party.elected else DOTS)
    return {
        f"{prefix}_nama": party.nama or DOTS, f"{prefix}_jabatan": party.jabatan or DOTS, f"{prefix}_nip": nip,
        f"{prefix}_pangkat": party.pangkat,
    }  # fmt: skip


def fill(layout: bytes, file: str, context: Mapping[str, Any]) -> bytes:
    """The layout with its placeholders filled.

    Raises InputError: docxtpl is missing, the file is no .docx, or it holds a wrong placeholder.
    """
    try:
        import docxtpl
        import jinja2
        from jinja2.sandbox import SandboxedEnvironment
    except ImportError as error:
        raise InputError(NOT_INSTALLED.format(file=file)) from error
    unknown: dict[str, None] = {}

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
    try:
        template.render(_legal(dict(context)), SandboxedEnvironment(undefined=Unknown, autoescape=True), autoescape=True)
    except jinja2.TemplateError as error:
        raise InputError(
            f"{file}: ada penanda yang tidak dapat dibaca ({error.message}). Periksa kurung {{{{ … }}}} dan {{% … %}}."
        ) from error
    except Exception as error:  # docxtpl and python-docx raise whatever the zip and XML libraries below them do
        raise InputError(
            f"{file} tidak dapat dibaca sebagai dokumen Word (.docx). Simpan ulang dari Word, lalu ulangi."
        ) from error
    document: Document = template.docx
    left = [name for name in _left(document) if name not in unknown]
    if unknown or left:
        raise InputError(_complaint(file, [f"{{{{ {name} }}}}" for name in unknown], left, context))
    return finished(docx.Document(io.BytesIO(_saved(document))))


def _legal(value: Any) -> Any:
    """Text without what XML cannot hold, at any depth."""
    if isinstance(value, dict):
        return {key: _legal(one) for key, one in value.items()}
    return [_legal(one) for one in value] if isinstance(value, list) else legal(value)


def _saved(document: Document) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _left(document: Document) -> list[str]:
    """Braces that are still there: in the text, its tables, the headers and the footers."""
    roots = [document.element.body]
    for section in document.sections:
        roots += [section.header._element, section.footer._element]
    found: dict[str, None] = {}
    for root in roots:
        for paragraph in root.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}p"):
            text = "".join(
                t.text or "" for t in paragraph.iter("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}t")
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
