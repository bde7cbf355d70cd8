"""``isi``: our rows (recap, capaian workbook, locked plan) put into somebody's form; the result is written beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

from kinerja_xl.catatan import Finding
from kinerja_xl.checking.forensik import typed_over
from kinerja_xl.filling.choose import Asked, UndecidedError, with_answers, without_answers
from kinerja_xl.filling.form import Filled, fill_form
from kinerja_xl.filling.from_shown import read_measured, read_supplies
from kinerja_xl.filling.report import DIFFERENCE
from kinerja_xl.filling.supply import BOOK_KEY as PLAN_KEY
from kinerja_xl.filling.supply import MEASURED, PAGU, PK, Supply, plan_supplies
from kinerja_xl.foreign.padanan import Answer, Padanan
from kinerja_xl.lists import Level, normalise_program
from kinerja_xl.office.folder import ARSIP, PADANAN_FILE, InputError, read_bytes, there
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.pejabat import CAMAT
from kinerja_xl.office.place import folder_around
from kinerja_xl.reading.gate import inspect
from kinerja_xl.reading.own_book import subtitle
from kinerja_xl.reading.workbook import identity_of
from kinerja_xl.sheets.capaian import BOOK_KEY as CAPAIAN_KEY
from kinerja_xl.sheets.formats import terbilang_rupiah
from kinerja_xl.sheets.model import Record
from kinerja_xl.sheets.rekap import RKT
from kinerja_xl.sheets.values import fold
from kinerja_xl.uses.arsip import locked_plans, read_plan
from kinerja_xl.uses.padanan import extend, load_answers
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.output import Written, write_whole

_AGREED = "rkt"
"""The kind of rows that a recap takes from the plan in force when it is written; all others are the proposals."""

_SHARED = (("program", "kode_program", "nama_program"), ("kegiatan", "kode_kegiatan", "nama_kegiatan"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Isi:
    """What ``isi`` did. ``kept``: the Padanan.xlsx that took new answers."""

    filled: Filled
    written: Written
    kept: Path | None = None


Ask = Callable[[Asked], str | None]
"""Puts a question to a person: one of its options, None to leave it open."""


def fill(
    form: Path, source: Path, target: Path, kind: str = "", sheet: str = "", unit: str = "", code: str = "", *,
    padanan: Path | None = None, answers: Mapping[str, str] = MappingProxyType({}), ask: Ask | None = None,
) -> Isi:  # fmt: skip
    """Fill a form with the rows of a recap, a capaian workbook or a locked plan and write the result; the form is only read.

    ``kind`` "": whichever of our kinds of rows the form's headings ask for. ``unit`` and ``code`` pick rows of one unit, or of
    one program, kegiatan or sub kegiatan. Names and NIP come from the Kantor.xlsx beside the source or one folder above.
    ``padanan``: where answers about forms are kept (by default beside that Kantor.xlsx); ``answers``: given now, by heading or
    ``jenis``; ``ask`` puts what is still open to a person. Raises InputError, OutputError.
    """
    if there(target) and any(target.resolve() == path.resolve() for path in (form, source) if there(path)):
        raise InputError("Berkas hasil sama dengan formulir atau sumbernya; keduanya tidak ditimpa. Pilih nama lain dengan -o.")
    if form.suffix.lower() in (".xlsm", ".xlsx") and target.suffix.lower() != form.suffix.lower():
        raise InputError(f"Nama hasil harus berakhiran {form.suffix.lower()} seperti formulirnya.")
    data, trouble = read_bytes(form)
    ours, missing = read_bytes(source)
    if trouble or missing:
        raise InputError("Berkas tidak dapat dibuka.", tuple(f for f in (trouble, missing) if f))
    folder = folder_around(source)
    office = Year(folder).kantor.office if folder else None
    supplies, said = _supplies(ours, source, kind)
    ready = [_with_facts(supply.only(unit, code), office, unit, code) for supply in supplies]
    place = padanan or (folder / PADANAN_FILE if folder else None)

    def work(kept: Padanan) -> Filled:
        if kind == PK:
            return _both(data, form.name, ready, sheet, kept)
        return fill_form(data, form.name, ready, sheet, kept)

    filled, stopped, given = _answered(work, load_answers(place), answers, ask)
    kept = extend(place, lambda now_there: with_answers(now_there, given)).path if given and place is not None else None
    if filled is None:  # what was answered is not asked again when the rest is
        raise stopped or InputError("Formulir tidak diisi.")
    if filled.kind == _AGREED and any(finding.value in subtitle(ours, source.name, RKT) for finding in said):
        said = tuple(finding for finding in said if finding.code != "W224")
    filled = replace(filled, findings=(*said, *filled.findings))
    return Isi(filled=filled, written=write_whole(target, filled.data), kept=kept)


def _answered(
    work: Callable[[Padanan], Filled], padanan: Padanan, given: Mapping[str, str], ask: Ask | None
) -> tuple[Filled | None, UndecidedError | None, list[Answer]]:
    """The filled form or what is still open, and the answers that were given. What is not answered stays as the catatan say.
    What is answered now is asked anew, so that the same command may be given twice, and an answer changed.

    Raises InputError for an answer that fits no question of this form.
    """
    left, answers, put = dict(given), list[Answer](), set[str]()
    padanan = without_answers(padanan, given)
    for _ in range(_ROUNDS):
        filled, stopped = _tried(work, padanan)
        made: list[Answer] = []
        for question in stopped.questions if stopped else filled.questions if filled else ():
            if question.key == DIFFERENCE and made:
                continue  # an answer about a column changes what there is to be asked
            key = next((key for key in left if fold(key) in (fold(question.key), fold(question.word))), "")
            value = left.pop(key) if key else ask(question) if ask and question.text not in put else None
            put.add(question.text)
            answer = question.answered(value) if value is not None else None
            if key and answer is None:
                raise InputError(f"Jawaban {key}={value} tidak dikenal. Pilihannya: {', '.join(question.options)}.")
            made += [answer] if answer else []
        if not made:
            break
        padanan, answers = with_answers(padanan, made), [*answers, *made]
    if left:
        open_ones = stopped.findings if stopped else ()  # what has to be answered before it
        raise InputError(f"Jawaban {', '.join(left)} tidak cocok dengan pertanyaan mana pun tentang formulir ini.", open_ones)
    return filled, stopped, answers


_ROUNDS = 4
"""First which rows, then which columns, then whether its sums may differ; one more for what that opens."""


def _tried(work: Callable[[Padanan], Filled], padanan: Padanan) -> tuple[Filled | None, UndecidedError | None]:
    try:
        return work(padanan), None
    except UndecidedError as error:
        return None, error


def _both(data: bytes, file: str, supplies: Sequence[Supply], sheet: str, padanan: Padanan) -> Filled:
    """The two tables of a lampiran one after the other; a form may have only one of them."""
    done: list[Filled] = []
    refused: list[InputError] = []
    for supply in supplies:
        try:
            done.append(fill_form(done[-1].data if done else data, file, [supply], sheet, padanan))
        except InputError as error:
            refused.append(error)
    if not done or any(f.code not in _NOT_HERE for error in refused for f in error.findings):
        raise refused[0]
    told = [finding for one in done for finding in one.findings if finding.code not in _ONCE]
    return replace(
        done[-1], rows=sum(one.rows for one in done), fields=done[0].fields,
        findings=tuple(f for n, f in enumerate(told) if f not in told[:n]),
        total=next((one.total for one in done if one.total is not None), None),
        questions=tuple(question for one in done for question in one.questions),
        columns=tuple(column for one in done for column in one.columns),
    )  # fmt: skip


_NOT_HERE = ("W101", "W109")
"""Said where a table is not the one that these rows are for."""
_ONCE = ("W202",)
"""Said of one table, and untrue of the form as a whole."""


def _supplies(data: bytes, source: Path, kind: str) -> tuple[list[Supply], tuple[Finding, ...]]:
    """What the source holds, by its own mark: a locked plan, a capaian workbook, else a recap."""
    passed = inspect(data, source.name)
    identity = None if isinstance(passed, Finding) else identity_of(passed.package)
    book = identity.book if identity else ""
    if book == PLAN_KEY:
        return _locked(data, source, kind)
    if book == CAPAIAN_KEY or kind == MEASURED:
        if kind not in ("", MEASURED):
            raise InputError(f"{source.name} adalah buku capaian dan tidak memuat {kind}; pakai --sebagai {MEASURED}.")
        return read_measured(data, source.name), tuple(typed_over(data, source.name))
    supplies = read_supplies(data, source.name, kind)
    return supplies, (*typed_over(data, source.name), *_plan_beside(source, supplies))


def _plan_beside(source: Path, supplies: Sequence[Supply]) -> tuple[Finding, ...]:
    """A recap shows what was proposed: said where a plan of its year is locked."""
    folder, tahun = folder_around(source), next((supply.facts.get("tahun") for supply in supplies), None)
    plans = locked_plans(folder, int(tahun))[0] if folder and isinstance(tahun, Decimal) else ()
    return tuple(Finding(code="W224", file=source.name, value=one.plan.dated, args={"baru": one.path.name}) for one in plans[-1:])


def _locked(data: bytes, source: Path, kind: str) -> tuple[list[Supply], tuple[Finding, ...]]:
    """The rows of a locked plan; said when a later one is in force. Raises InputError when it can't be read in full."""
    plan, said = read_plan(data, source.name)
    if plan is None:
        raise InputError(f"{source.name} tidak dapat dibaca sebagai rencana yang dikunci.", said)
    latest = None
    if source.parent.name == ARSIP:
        latest = max(locked_plans(source.parent.parent, plan.tahun)[0], key=lambda one: one.plan.urutan, default=None)
    if latest is not None and latest.plan.urutan > plan.urutan:
        said = (*said, Finding(code="W215", file=source.name, args={"baru": latest.path.name}))
    return plan_supplies(plan, source.name, kind), said


def _with_facts(supply: Supply, office: Office | None, unit: str, code: str) -> Supply:
    """The single facts: of the office, of whoever answers for the rows, and what all rows have in common."""
    facts = dict(supply.facts) | _common(supply)
    if supply.amount and supply.rows:
        facts |= {"total": supply.total, "terbilang": terbilang_rupiah(int(supply.total))}
    if PAGU in supply.money and supply.money[PAGU] == supply.amount:
        facts |= {PAGU: supply.total if supply.amount and supply.rows else None}
    elif office is not None:
        supply = replace(supply, rows=tuple(_with_pagu(row, supply, office) for row in supply.rows))
        facts |= {PAGU: _pagu(supply, office, unit, code)}
    if office is not None:
        facts |= {"kantor": office.nama, "pemda": office.pemda, "alamat": office.alamat, "tahun": Decimal(office.tahun)}
        own = office.unit(unit) if unit else None
        head = office.official(own.kode if own else CAMAT)
        facts["nama_unit"] = own.nama if own else ""
        supply = replace(supply, rows=tuple(_unit_named(row, office) for row in supply.rows))
        if head is not None:
            facts |= {"nama_pejabat": head.nama, "nip": head.nip, "jabatan": head.post, "pangkat": head.pangkat}
    return replace(supply, facts={key: value for key, value in facts.items() if value not in (None, "")})


def _with_pagu(row: Record, supply: Supply, office: Office) -> Record:
    """The pagu of Kantor.xlsx on the line that has the money of its sub kegiatan, where these rows have a column for it."""
    if supply.money.get(PAGU) != PAGU or row.get(supply.amount) is None or PAGU in row:
        return row
    amount = office.pagu.get((str(row.get("unit") or ""), str(row.get(supply.tree) or "")))
    return row if amount is None else {**row, PAGU: Decimal(amount)}


def _pagu(supply: Supply, office: Office, unit: str, code: str) -> Decimal | None:
    """The pagu in Kantor.xlsx of what the rows are about; None where one of their sub kegiatan has none there."""
    wanted = normalise_program(code) or code
    known = {
        key: amount
        for key, amount in office.pagu.items()
        if (not unit or fold(key[0]) == fold(unit)) and (not code or key[1] == wanted or key[1].startswith(f"{wanted}."))
    }
    asked = {
        (own.strip(), sub)
        for row in supply.rows
        if (sub := str(row.get(supply.tree) or "")) in office.programs and office.programs[sub].level is Level.SUBKEGIATAN
        for own in str(row.get("unit") or "").split(",")
        if not unit or fold(own) == fold(unit)
    }
    return Decimal(sum(known.values())) if known and asked <= known.keys() else None


def _unit_named(row: Record, office: Office) -> Record:
    """Units by their names: their codes mean nothing outside of the office."""
    codes = [part.strip() for part in str(row.get("unit") or "").split(",")]
    units = [office.unit(code) for code in codes]
    return {**row, "unit": ", ".join(unit.nama for unit in units if unit)} if codes[0] and all(units) else row


def _common(supply: Supply) -> dict[str, object]:
    """Program, kegiatan and sub kegiatan where all rows belong to one."""
    found: dict[str, object] = {}
    for key, code, name in (*_SHARED, ("sub_kegiatan", supply.tree, "nama_sub")):
        pairs = {(row.get(code), row.get(name)) for row in supply.rows}
        if len(pairs) == 1 and all(pair := pairs.pop()):
            found[key] = f"{pair[0]} {pair[1]}"
    return found
