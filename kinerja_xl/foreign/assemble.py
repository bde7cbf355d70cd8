"""One region, read: its lines, what was left out, sums, checks, catatan. What is no table is a Table of kind none."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.analysis import analysed
from kinerja_xl.foreign.columns import Layout, layout
from kinerja_xl.foreign.contract import breaches
from kinerja_xl.foreign.kinds import Purpose, purpose
from kinerja_xl.foreign.lines import choose
from kinerja_xl.foreign.model import (
    HARGA,
    INDIKATOR,
    MEANINGS,
    NONE,
    RAB,
    Check,
    Column,
    Heading,
    LeftOut,
    Line,
    Sum,
    Table,
    clean,
    finding,
    listed,
)
from kinerja_xl.foreign.padanan import (
    Padanan,
    amount_question,
    answered_columns,
    apply,
    fingerprint,
    kind_question,
    only_column,
    wanted_kind,
)
from kinerja_xl.foreign.prove import (
    added_rows,
    beside_findings,
    disagreements,
    group_sums,
    price_called_amount,
    products_prove,
    unproven,
)
from kinerja_xl.foreign.reason import name_columns, reasoned
from kinerja_xl.foreign.rowcheck import due_amounts, row_findings
from kinerja_xl.foreign.rowset import AFTER, AGAIN, EMPTY, HEADING, TOTAL, VALUE, Names, Row, build_rows, names_of
from kinerja_xl.foreign.settle import by_content, settle
from kinerja_xl.foreign.sums import Reading, Verdict
from kinerja_xl.foreign.tables import Region, title_above, without_signatures
from kinerja_xl.foreign.targets import figures
from kinerja_xl.foreign.tell import another_trade, kind_doubts, table_findings
from kinerja_xl.foreign.tree import shaped
from kinerja_xl.foreign.unfold import unfolded, where_it_stood
from kinerja_xl.foreign.words import word
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.formula.references import column_letters
from kinerja_xl.words.match import Finder, kata


def assemble(
    region: Region, file: str, wanted: str | None = None, padanan: Padanan | None = None, *, worded: bool = True
) -> Table:
    """Read a region: as its words say, and where they say nothing that can be read, as its figures do.

    ``wanted``: the kind that the user named; ``padanan``: answers kept from before; ``worded``: words found its headings."""
    region, kept = unfolded(region), padanan or Padanan()
    table = _attempt(region, file, wanted, kept, _by_words) if worded or wanted else None
    if table is not None and (table.settled or (table.kind != NONE and not _against(table))):
        return table
    reckoned = _attempt(region, file, wanted, kept, _by_figures)
    if table is None or (reckoned.kind != NONE and (table.kind == NONE or not _against(reckoned, also=("L401",)))):
        return reckoned
    return replace(table, questions=table.questions or reckoned.questions) if table.kind == NONE else table


_CONTRARY = ("L303", "L305", "L306", "L317", "L406", "L417", "L419", "L481")
"""What speaks against a reading by words: unknown rupiah, products that do not come out, no names, no proof."""


def _against(table: Table, also: Sequence[str] = ()) -> bool:
    return any(found.code in (*_CONTRARY, *also) for found in table.findings)


def _by_words(made: Layout) -> tuple[str, list[str]]:
    return "", []


def _by_figures(made: Layout) -> tuple[str, list[str]]:
    """By the figures, where they tell the meaning of a column that no word tells; a table whose words are known for the most
    part but speak of no plan is left to them."""
    figures = {c.col for c in made.of("") if made.content[c.col].is_numeric}
    if not _speaks_of_ours(made, _OURS):
        return "", []
    kind, told = reasoned(made)
    return (kind, told) if any(made.columns[col].role not in ("", "bagian") for col in figures) else ("", [])


_OURS, _MONEY = kata("kata_rab", "kata_indikator", "kata_harga"), kata("kata_rab")


def _speaks_of_ours(made: Layout, ours: Finder) -> bool:
    """Whether words speak of a plan, or most headings are in words that nobody knows."""
    headed = [c for c in made.columns.values() if c.path]
    strange = sum(not any(word(text).known for text in c.path) for c in headed) * 2 >= len(headed)
    words = " ".join([title_above(made.region), made.region.grid.name, *(text for c in headed for text in c.path)])
    return strange or bool(ours(words))


Way = Callable[[Layout], tuple[str, list[str]]]
"""How the columns nobody knows get their roles: the kind that this speaks for, and the evidence."""


def _attempt(region: Region, file: str, wanted: str | None, kept: Padanan, way: Way) -> Table:
    """One way to read a region; kind none where it does not lead to a table."""
    made = layout(without_signatures(region) if way is _by_figures else region)
    by_content(made)
    name_columns(made, strict=True)
    price_called_amount(made)
    table = _bare(made, file)
    answers = kept.of(table.fingerprint)
    answered_kind = wanted or wanted_kind(answers)
    answered = answered_columns(made, answers)
    kind, evidence = way(made)
    if answered and not kind:
        kind, evidence = RAB, []
    if way is _by_figures and not kind:
        kind, evidence = only_column(made, wanted)
    if way is _by_figures and not kind:
        which = amount_question(made) if _speaks_of_ours(made, _MONEY) else None
        unread = _none(table, made, "judul kolomnya tidak dikenal, dan tidak ada hitungan yang menunjukkan mana kolom jumlahnya")
        return replace(unread, questions=(which,) if which else ())
    goal = purpose(made, table.title, answered_kind or kind or None)
    if goal.kind == NONE or not (goal.main or goal.listed):
        unread = _none(table, made, goal.why or "tidak ada kolom angka yang dikenali", settled=goal.settled)
        return (analysed(made, table) or unread) if unread.findings[0].code == "L202" else unread
    asked, said = apply(made, goal, answers)
    said += _drift(table, made, kept)
    said += settle(made, goal)
    names = names_of(made, goal)
    rows = build_rows(made, goal, names)
    reading = choose(rows, goal, _above(made, goal), due_amounts(made, goal, names, rows))
    _after_total(reading)
    if not reading.lines():
        return _none(table, made, "tidak ada baris rincian yang berangka")
    if not goal.listed and not any(row.broken or _filled(made, goal, row) for row in reading.lines()):
        return _none(table, made, "formulirnya belum diisi: tidak satu pun barisnya berangka", settled=True)
    context = "" if answered_kind or answers else f"{file} {table.sheet} {table.title}"
    if context and (why := another_trade(made, goal, context)):
        return _none(table, made, why, settled=True)
    doubts = [] if evidence or not context else list(kind_doubts(made, goal, context))
    if evidence and not answers:
        said.append(_reckoned(made, goal, evidence))
    said += [*_proof(made, goal, reading), *row_findings(made, goal, names, rows, reading), *doubts]
    said += beside_findings(made, goal, reading.lines())
    said += table_findings(made, goal, rows, reading, asked)
    question = kind_question(made, goal, doubts[0].args["lain"]) if doubts else None
    if question is not None and len(question.options) > 1:
        asked.append(question)
    read = replace(
        table, kind=goal.kind, columns=_columns(made), lines=_lines(made, names, rows, reading),
        left_out=tuple(_left_out(goal, rows, reading)),
        checks=tuple(_checks(reading)), sums=_sums(made, goal, reading.lines()),
        amount_columns={name: tuple(cols) for name, cols in goal.amounts.items()},
        findings=tuple(where_it_stood(found, region).at(file=file) for found in said), questions=tuple(asked),
        places=_places(names), headings=tuple(_headings(made, rows, reading)),
    )  # fmt: skip
    return replace(read, findings=(*read.findings, *(found.at(file=file) for found in breaches(read))))


def _reckoned(made: Layout, goal: Purpose, evidence: Sequence[str]) -> Finding:
    """The headings are not known: the kind and the columns were told by what is reckoned from what."""
    first = goal.main[0]
    cell = place(made.region.head.bottom, first)
    names = [f"{made.columns[col].letter} {MEANINGS.get(name, name)}" for name, cols in goal.amounts.items() for col in cols]
    return finding(
        "L471", made.region.grid.name, cell, column=made.columns[first].name, value=made.columns[first].name,
        jenis=goal.kind.replace("_", " "), bukti="; ".join(evidence), daftar=listed(names),
    )  # fmt: skip


def _filled(made: Layout, goal: Purpose, row: Row) -> bool:
    """Whether somebody entered an amount; a typed 0 is a target ("0 konflik"), but no budget."""
    typed = (col for col in row.values if isinstance(made.region.grid.value(row.at, col), float))
    return any(row.values.values()) or goal.kind == INDIKATOR and any(True for _ in typed)


def _headings(made: Layout, rows: Sequence[Row], reading: Reading) -> Iterator[Heading]:
    region, grid = made.region, made.region.grid
    left = 0 if region.left == region.head.left else region.left
    right = grid.width if region.right == region.head.right else region.right + 1
    chosen = {id(row) for row in reading.lines()}
    stops = sorted([*(row.at for row in rows if id(row) in chosen), *region.repeats])

    def heading(at: int, row: Row | None) -> Iterator[Heading]:
        words = {col: clean(v) for col in range(left, right) if isinstance(v := grid.value(at, col), str) and clean(v)}
        split = (".".join(part for part in row.parts if part),) if row and len(row.parts) > 1 else ()
        typed = (clean(row.code),) if row and clean(row.code) and clean(row.code) not in words.values() else ()
        if texts := (*split, *typed, *words.values()):
            after = next((stop for stop in stops if stop > at), -1)
            yield Heading(
                row=at + 1, cell=place(at, min(words, default=made.region.left)), texts=texts,
                group=row is not None and row.kind in (VALUE, HEADING), again=row is not None and after in region.repeats,
            )  # fmt: skip

    for at in range(region.floor, region.head.top):
        yield from heading(at, None)
    for row in rows:
        if id(row) not in chosen and row.kind not in (EMPTY, TOTAL):
            yield from heading(row.at, row)


def _places(names: Names) -> dict[str, int]:
    roles = {
        "kode": names.code[-1] if names.code else None, "uraian": names.name, "spesifikasi": names.specification,
        "satuan": names.unit, "volume": names.volume, "harga": names.price,
    }  # fmt: skip
    return {role: col for role, col in roles.items() if col is not None}


def _bare(made: Layout, file: str) -> Table:
    """A table as far as its headings tell."""
    region = made.region
    names = [column.name for column in made.columns.values() if column.path]
    return Table(
        file=file, sheet=region.grid.name, kind=NONE, columns=_columns(made), title=title_above(region),
        fingerprint=fingerprint(names),
        first_row=region.head.top + 1, last_row=region.rows[-1] + 1 if region.rows else region.head.last + 1,
        heading_rows=tuple(range(region.head.top + 1, region.head.bottom + 2)),
    )  # fmt: skip


def _none(table: Table, made: Layout, why: str, *, settled: bool = False) -> Table:
    """Seen, but none of ours: said with the reason. ``settled``: whatever its columns may mean."""
    code = "L202" if why.startswith("analisa") else "L201"
    said = finding(code, table.sheet, alasan=why).at(file=table.file)
    return replace(table, settled=settled, columns=_columns(made), findings=(said,))


def _columns(made: Layout) -> tuple[Column, ...]:
    return tuple(made.columns[col] for col in sorted(made.columns))


def _drift(table: Table, made: Layout, kept: Padanan) -> list[Finding]:
    """A layout that resembles a kept one without being it."""
    names = [column.name for column in made.columns.values() if column.path]
    old = kept.drifted(names, table.fingerprint)
    return [] if old is None else [finding("L501", table.sheet, value=old.asal, rincian=kept.changed(old, names))]


def _proof(made: Layout, goal: Purpose, reading: Reading) -> Iterator[Finding]:
    yield from disagreements(made, goal, reading)
    yield from added_rows(made, goal, reading)
    told_beside = group_sums(made, goal, reading)
    for col in told_beside:
        made.change(col, "bagian", f"jumlah kelompok dari kolom {made.columns[goal.main[0]].name}")
    if goal.kind not in (HARGA, INDIKATOR) and not told_beside and not products_prove(made, goal, reading):
        yield from unproven(made, goal, reading)


def _above(made: Layout, goal: Purpose) -> dict[int, Decimal]:
    """Amounts in the three rows above the headings, by amount column."""
    top = made.region.head.top
    found: dict[int, Decimal] = {}
    for col in goal.main:
        for row in range(top - 1, max(-1, top - 4), -1):
            value = made.value(row, col)
            if value:
                found[col] = value
                break
    return found


def _after_total(reading: Reading) -> None:
    """Figures below the grand total that no sum counts (cash in hand, a remark) are no lines."""
    if not reading.levels and not reading.verdicts:
        return
    _spread_again(reading)
    grand = max(
        (
            v for v in reading.verdicts
            if v.start == 0 and v.item >= 0 and 1 < v.end <= reading.before[v.item] and (v.agrees or _all_shaped(reading, v))
        ), key=lambda v: v.item, default=None,
    )  # fmt: skip
    if (
        grand is None
        or reading.items[grand.item].kind != TOTAL
        or any(row.kind == TOTAL for row in reading.items[grand.item + 1 :])
    ):
        return
    tail = [i for i in range(grand.item + 1, len(reading.items)) if reading.line[i]]
    if len(tail) <= 5 and not any(shaped(reading.items[i]) or re.match(r"\s*\d", reading.items[i].code) for i in tail):
        for i in tail:
            reading.line[i] = False
            reading.items[i].kind = AFTER


def _all_shaped(reading: Reading, total: Verdict) -> bool:
    """A total that is wrong ends the table as well where every line above it has a shape, and what follows has none."""
    return all(map(shaped, reading.lines()[: total.end]))


def _spread_again(reading: Reading) -> None:
    """A block below the grand total with the very same total is the same money once more: the plan per triwulan that an
    RKA prints below its rincian, a table of sources."""
    totals = [v for v in reading.verdicts if v.agrees and v.item >= 0 and v.printed and reading.items[v.item].kind == TOTAL]
    grand = next((v for v in totals if v.start == 0 and v.end > 1), None)
    last = totals[-1] if totals else None
    if grand is None or last is None or last.printed != grand.printed or last.item <= grand.item or last.start < grand.end:
        return
    for i in range(grand.item + 1, last.item):
        if reading.line[i] and not shaped(reading.items[i]):
            reading.line[i] = False
            reading.items[i].kind = AGAIN


def _lines(made: Layout, names: Names, rows: Sequence[Row], reading: Reading) -> tuple[Line, ...]:
    chosen = {id(row) for row in reading.lines()}
    groups: list[tuple[float, str]] = []
    found: list[Line] = []
    other = [c for c in made.of("realisasi", "anggaran", "target", "jumlah") if not made.content[c.col].is_text]
    coded, grid = [c.col for c in made.of("kode")], made.region.grid
    other += [c for c in figures(made, "", "rencana") if c.period.startswith(("b", "tw"))]  # a cash plan beside the budget
    beside = [c.col for c in made.of("uraian", "sasaran") if c.col not in (*names.names, *names.code)]
    depth = {id(row): (reading.levels[i] if reading.levels is not None else None) for i, row in enumerate(reading.items)}
    for row in rows:
        if id(row) in chosen:
            found.append(
                Line(
                    row=row.at + 1,
                    kode=clean(row.code),
                    uraian=clean(row.name),
                    spesifikasi=row.specification,
                    satuan=row.unit,
                    volume=row.volume,
                    harga=row.price,
                    values=dict(row.values),
                    groups=tuple(text for _, text in groups),
                    hidden=row.at + 1 in grid.hidden_rows,
                    codes=tuple(_code(grid.value(row.at, col)) for col in coded),
                    others=tuple(clean(v) for col in beside if isinstance(v := grid.value(row.at, col), str)),
                    more={c.col: value for c in other if (value := made.value(row.at, c.col)) is not None},
                )  # fmt: skip
            )
        elif row.kind in (VALUE, HEADING) and clean(row.name or row.code):
            level = depth.get(id(row))
            own = 0.0 if level is None else float(level)
            groups = [(d, t) for d, t in groups if d < own] + [(own, f"{clean(row.code)} {clean(row.name)}".strip())]
    return tuple(found)


def _code(value: object) -> str:
    return clean(value) if isinstance(value, str) else clean(str(value or ""))


def _left_out(goal: Purpose, rows: Sequence[Row], reading: Reading) -> Iterator[LeftOut]:
    chosen = {id(row) for row in reading.lines()}
    col = goal.main[0] if goal.main else -1
    for row in rows:
        if id(row) in chosen or row.kind == EMPTY:
            continue
        reason = "subtotal" if row.kind == VALUE else row.kind
        yield LeftOut(
            row=row.at + 1, reason=reason, text=clean(row.name or row.label or row.code)[:120], amount=row.values.get(col)
        )


def _checks(reading: Reading) -> Iterator[Check]:
    lines = reading.lines()
    for v in reading.verdicts:
        if v.item < 0:
            continue
        row = reading.items[v.item]
        block = lines[v.start : v.end]
        yield Check(
            row=row.at + 1, col=v.col, printed=v.printed, lines=v.lines, label=clean(row.name or row.label)[:80],
            first=block[0].at + 1 if block else row.at + 1, last=block[-1].at + 1 if block else row.at + 1,
        )  # fmt: skip


def _sums(made: Layout, goal: Purpose, lines: Sequence[Row]) -> dict[str, Sum]:
    sums: dict[str, Sum] = {}
    for name, cols in goal.amounts.items():
        by_column = {col: sum((row.values.get(col, Decimal(0)) for row in lines), Decimal(0)) for col in cols}
        if len(cols) == 1:
            sums[name] = by_column[cols[0]]
        else:
            labels = {col: made.columns[col].name for col in cols}
            twice = len(set(labels.values())) < len(labels)
            sums[name] = {
                f"{labels[c]} ({column_letters(c + 1)})" if twice else labels[c]: value for c, value in by_column.items()
            }
    return sums
