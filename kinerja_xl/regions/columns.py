"""What each column of a region holds: by its heading, by its content, by the arithmetic between columns.

Habits served: "Jumlah" that is the volume; two columns called "Target" of which the first is the unit; a name column
without any known heading; the total of the quarters that is only called "Total". Every choice keeps its evidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice, pairwise, product

from kinerja_xl.regions.amounts import SAMPLE, content_of, koefisien, style_of, weak_style
from kinerja_xl.regions.model import Column, Layout
from kinerja_xl.regions.tables import Region, without_signatures
from kinerja_xl.regions.words import Word, clean, is_plain_total, is_total, word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.periods import NUMERALS, quarter_below
from kinerja_xl.words.shapes import bare_number, bentuk, numbering
from kinerja_xl.words.units import find_satuan

FEW = 300
"""Rows looked at where the heading already says that a column holds words, or where amounts come about alike."""
_NO_AMOUNTS = (
    "nomor", "kode", "uraian", "indikator", "sasaran", "spesifikasi", "satuan", "tanggal", "tahun", "keterangan",
)  # fmt: skip


def layout(region: Region) -> Layout:
    """The columns of a region. Never fails: a column nobody knows has role ""."""
    made = Layout(region=region, columns={}, content={}, styles={})
    body = without_signatures(region)
    for col in region.columns:
        made.columns[col] = _by_heading(region, col)
        texts = made.columns[col].role in ("kode", "uraian", "spesifikasi", "satuan", "keterangan", "sasaran")
        made.content[col] = content_of(body, col, FEW if texts else SAMPLE)
        made.styles[col] = style_of(made.content[col].texts)
    _nameless_codes(made)
    _spanned_names(made)
    _share_style(made)
    _numbered_parts(made)
    _unit_called_target(made)
    _priced_by_group(made)
    _code_column(made)
    _name_column(made)
    return made


def _spanned_names(made: Layout) -> None:
    """Columns without a heading beside the names that hold words: one heading over several columns, one per level (left of it
    only where the names themselves are missing); and columns of a merged heading in which nothing stands."""
    region = made.region
    for column, step in product(made.of("uraian", "indikator"), (1, -1)):
        for col in _unheaded(made, column.col, step):
            found = content_of(region, col, FEW)
            if not found.is_text or found.words == found.units or (step < 0 and not _in_turn(region, col, column.col)):
                break
            made.add(col, column.path, column.role, "lanjutan kolom nama tanpa judul", found)
    least = min(made.columns)
    if least < region.left:
        made.region = region = replace(region, left=least, columns=(*range(least, region.left), *region.columns))
    for col in sorted(made.columns):
        before = made.columns.get(col - 1)
        again = before is not None and before.path == made.columns[col].path and before.role not in ("", "kode")
        if again and not made.content[col].filled and region.grid.value(region.head.bottom, col) is None:
            del made.columns[col]


def _unheaded(made: Layout, beside: int, step: int = 1) -> Iterator[int]:
    """The columns without a heading next to one, as far as the table reaches."""
    for col in range(beside + step, made.region.right if step > 0 else -1, step):
        if col in made.columns or col in made.region.head.paths:
            return
        yield col


def _in_turn(region: Region, col: int, name: int) -> bool:
    """Whether two columns of names are filled on different rows, both on several: the headings stand left of their lines."""
    cells = [(region.grid.value(row, col) is not None, region.grid.value(row, name) is not None) for row in region.rows]
    return cells.count((True, True)) == 0 and cells.count((True, False)) > 1 < cells.count((False, True))


def _nameless_codes(made: Layout) -> None:
    """A column without a heading left of the first heading that holds dotted codes, those at the top without a dot."""
    region = made.region
    _code_parts(made)
    col = region.left - 1
    if col < 0:
        return
    cells = (v for row in region.rows[:SAMPLE] if isinstance(v := region.grid.value(row, col), str))
    texts = [text for v in cells if (text := v.strip()) and not text.isdecimal() and not is_total(text)]
    if len(texts) >= 3 and sum(bool(_ROW_CODE(text)) for text in texts) * 5 >= len(texts) * 4:
        made.add(col, (), "kode", "kolom tanpa judul yang berisi kode", content_of(region, col))
        made.region = replace(region, left=col, columns=(col, *region.columns))


def _code_parts(made: Layout) -> None:
    """Columns without a heading right of "Kode" that hold codes or parts of them: the code is split over columns. So it is where
    several columns of one "Nomor" are filled on the same rows, and below "Kode" in columns called after their level."""
    region = made.region
    grid = region.grid
    numbers = [c for c in made.of("nomor") if c.path == made.of("nomor")[0].path]
    looked = region.rows[:FEW] if len(numbers) > 2 else ()
    full = [sum(grid.value(row, c.col) is not None for c in numbers) > 2 for row in looked if grid.filled(row)]
    below = [c for c in made.columns.values() if c.path[1:] and c.role != "kode" and word(c.path[-2]).role == "kode"]
    below = [c for c in below if (own := made.content[c.col]).filled and not (own.words or own.is_money)]
    for column in [*below, *(numbers if sum(full) * 2 > len(full) else ())]:
        made.change(column.col, "kode", "bagian kode di bawah satu judul")
    for column in made.of("kode"):
        for col in _unheaded(made, column.col):
            values = [v for row in region.rows[:SAMPLE] if (v := grid.value(row, col)) is not None]
            if not values or not all(isinstance(v, float) and v < 100 or _DIGITS(str(v)) for v in values):
                break
            made.add(col, column.path, "kode", "lanjutan kolom kode tanpa judul", content_of(region, col))


def _share_style(made: Layout) -> None:
    """A column whose texts tell nothing is typed like its neighbours."""
    figures = [c.col for c in made.columns.values() if c.role not in _NO_AMOUNTS]  # "1.1" in a code column says nothing
    told = {made.styles[col] for col in figures if made.styles[col]}
    if not told:
        product = () if made.of("volume") and made.of("harga") else ("volume", "harga", "jumlah")  # it would tell more surely
        large = {c.col for c in made.of("anggaran", "realisasi", "target", *product)}
        for col in figures:
            made.styles[col] = weak_style((own := made.content[col]).texts, few=col in large and own.in_thousands)
        made.weak.update(col for col in figures if made.styles[col])
    if len(told) == 1:
        only = told.pop()
        for col in figures:
            made.styles[col] = made.styles[col] or only


def _by_heading(region: Region, col: int) -> Column:
    path = region.head.paths[col]
    words = [word(text) for text in path]
    period = next((found.period for found in reversed(words) if found.period), "")
    below = quarter_below(path)
    period = period or (f"tw{below}" if below else "")
    when = words[-1].period or below  # "Bulan" above "Jan", "Triwulan" above "I": when, not what
    told = [replace(w, role="") if when and w.role in ("periode", "tahun") else w for w in words]
    role, why = _role(path, told, region.head.shared.get(col, 1), region.head.own.get(col, ()))
    role = role or ("periode" if below and told != words else "")
    if not role and period and len(path) > 1:  # "T | R" below a quarter
        role = next((name for name, short in SHORT.items() if short(path[-1])), "")
    period = period or next((f"t{nth}" for above, nth in pairwise(path) if nth in _NTH and _YEARS_BELOW(fold(above))), "")
    money = any(found.money for found in words)
    spelt = all(found.spelt for found in words)
    evidence = (f'judul "{" / ".join(path)}"' + ("" if spelt else " (salah ketik dikenali)"),) if why else ()
    return Column(col=col, path=path, role=role, period=period, money=money, evidence=evidence)


SHORT = {"target": kata("target_singkat"), "realisasi": kata("realisasi_singkat")}
_NTH, _YEARS_BELOW = "123456789", kata("judul_tahun_di_bawah")
_COMPONENT = kata("komponen_upah_bahan")
"""Parts of a work item's price and amount: "Upah" below "Jumlah Harga" is an amount."""


def _role(path: tuple[str, ...], words: Sequence[Word], shared: int, own: tuple[str, ...]) -> tuple[str, bool]:
    """The deepest heading that says what the column is; words stacked over rows are one heading."""
    if len(stacked := path if shared == 1 else own) > 1:
        joined = word(" ".join(stacked))
        if joined.role and joined.role not in {"kinerja", "versi", *(found.role for found in words[-1:])}:
            return joined.role, True
    if words and not words[-1].role and (words[-1].percent or path[-1].endswith("(%)")):
        return "persen", True
    for i in range(len(words) - 1, -1, -1):
        role = words[i].role
        if role in ("kinerja", "versi"):
            continue
        above = next((w.role for w in reversed(words[:i]) if w.role in ("jumlah", "harga")), "")
        if above and _COMPONENT(path[i]):
            return above, True
        if role == "satuan" and above == "harga":  # where it holds units, its cells say so
            return above, True
        if role == "jumlah":  # "Jumlah" below "Realisasi" is the realisasi's total
            upper = next((w.role for w in reversed(words[:i]) if w.role in ("realisasi", "anggaran", "target", "harga")), "")
            return upper or role, True
        if role:
            return role, True
    versions = any(found.role == "versi" for found in words)  # "Sebelum | Sesudah" with nothing else: the budget's versions
    return "anggaran" if versions else "", any(found.known for found in words)


def _numbered_parts(made: Layout) -> None:
    """Four or twelve columns under one heading that only numbers them ("Target | I | II | III | IV"): quarters, months."""
    groups: dict[tuple[str, ...], dict[str, Column]] = defaultdict(dict)
    for column in made.of("target", "realisasi", "persen"):
        if not column.period and column.path[1:]:
            groups[column.path[:-1]][column.path[-1].strip(" .()").upper()] = column
    for upper, parts in groups.items():
        if (size := len(parts)) in (4, 12) and [*parts] in ([*NUMERALS[:size]], [str(n) for n in range(1, size + 1)]):
            for n, column in enumerate(parts.values(), 1):
                made.change(column.col, column.role, "", period=f"tw{n}" if size == 4 else f"b{n:02d}")
            for year in (c for c in made.of("tahun") if c.path[:-1] == upper):
                made.change(year.col, column.role, "tahun di samping triwulan atau bulannya")


def _unit_called_target(made: Layout) -> None:
    """Two columns "Target", "Volume", "Harga" or "Indikator" of which one holds units: that one is the unit. So is the column
    right of the volumes that has no heading."""
    if made.first("satuan") is not None:
        return
    for role in ("target", "volume", "harga", "jumlah", "indikator"):
        columns = made.of(role)
        worded = [c for c in columns if made.content[c.col].is_text and made.content[c.col].units]
        if len(columns) >= 2 and len(worded) == 1:
            made.change(worded[0].col, "satuan", "isinya satuan, bukan angka", period="")
            return
    for column in made.of("volume", "target"):
        for col in islice(_unheaded(made, column.col), 1):
            found = content_of(made.region, col, FEW)
            if found.is_text and found.units * 2 > found.filled and not found.different <= {"Rp", "Rp."}:
                made.add(col, column.path, "satuan", "satuan tanpa judul", found)
                return


def _priced_by_group(made: Layout) -> None:
    """A zone below "Harga Satuan" or a village below "Target" may be a place whose name begins like another heading
    ("Sumberwaras"): it holds figures as its neighbours do."""
    for column in made.of("keterangan", "uraian", "sasaran", "kode", "jenis", "tempat"):
        grouped = len(column.path) > 1 and made.region.head.shared.get(column.col, 1) > 1
        role, content = word(column.path[-2]).role if grouped else "", made.content[column.col]
        if (role == "harga" and content.is_money) or (role in ("target", "realisasi") and content.is_numeric):
            made.change(column.col, role, f'angka di bawah judul "{column.path[-2]}"')


def _name_column(made: Layout) -> None:
    """Without a name column the one with the longest texts is it; "Kebutuhan" may be what is needed, not how much of it, and
    "Mata Anggaran" what it is for."""
    for column in made.of("indikator"):  # how many there are names nothing
        if made.content[column.col].numbers > 1 and not made.content[column.col].words:
            made.change(column.col, "", "angka, bukan nama")
    if made.of("uraian", "indikator"):
        return
    for column in made.of("volume", "anggaran", "jumlah"):
        content = made.content[column.col]
        if content.words == content.filled > content.units * 2 and not any(text[0].isdigit() for text in content.different):
            made.change(column.col, "", "isinya nama, bukan angka")
    named = made.of("", "tempat", "sasaran", "jenis", "kode", "spesifikasi", "periode", "keterangan")
    counted = min((c.col for c in made.of("volume", "harga", "jumlah", "anggaran")), default=len(made.columns))
    named = [c for c in named if c.role != "keterangan" or c.col < counted]  # remarks stand behind the figures
    candidates = [c for c in named if made.content[c.col].words]
    best = max(candidates, key=lambda c: made.content[c.col].letters * made.content[c.col].variety, default=None)
    long = best is not None and made.content[best.col].letters >= 3 * made.content[best.col].words
    if best is not None and best.role in ("", "tempat", "sasaran", "periode", "jenis", "keterangan") and long:
        made.change(best.col, "uraian", "kolom dengan teks terpanjang")


def _code_column(made: Layout) -> None:
    """A column called like a name ("Belanja Modal", "Kegiatan") that holds amounts or codes instead; of one heading over several
    columns ("Aspek / Indikator") those with the numbers. One called like a code ("Rekening") that holds names."""
    for column in made.of("kode"):
        content, names = made.content[column.col], [text for text in made.content[column.col].different if " " in text]
        plain = not any(letter.isdigit() for text in content.different for letter in text[:3])
        if content.words == content.filled and len(names) * 2 > len(content.different) and plain:
            made.change(column.col, "uraian", "isinya nama, bukan kode")
    unit = made.first("satuan")
    for column in made.of("keterangan", "kode"):  # "Rumus" may be the office's word for anything
        content = made.content[column.col]
        some = content.numbers == content.filled and content.nonzero > 2 and content.numbers * 2 > content.looked
        some = some and word(column.path[-1]).role == column.role
        if some and (column.role == "keterangan" or unit is not None and column.col > unit and len(made.of("kode")) > 1):
            made.change(column.col, "", "isinya angka")
    for column in made.of("uraian", "indikator"):
        content = made.content[column.col]
        bullets = content.words > 0 and all(map(_numbered, content.different))
        if not content.filled or (content.words * 5 >= content.filled and not bullets):
            continue
        upper = [word(text).role for text in reversed(column.path[:-1])]
        written = content.numbers + (any(map(_RUPIAH, content.texts)) and content.text_numbers)  # "4301" is a code
        if measured := next((role for role in upper if role in ("target", "realisasi") and content.is_numeric), ""):
            made.change(column.col, measured, "isinya angka, bukan nama")  # "Output | Mutu | Waktu" below "Target"
        elif column.role == "uraian" and written * 2 > content.filled and (content.is_money or not content.nonzero):
            beside = [c for c in made.columns.values() if column.path[:-1] and c.path[:-1] == column.path[:-1]]
            upper += [c.role for c in beside if c.role != "realisasi" or word(c.path[-1]).role != c.role]
            other = "harga" if made.of("harga") and not made.of("volume", "jumlah", "anggaran") else "jumlah"  # names of shops
            role = next((role for role in upper if role in ("anggaran", "realisasi", "sisa", "harga", "rencana")), other)
            made.change(column.col, role, "isinya rupiah, bukan nama")
        elif sum(column.role == "uraian" or c.path == column.path for c in made.of("uraian", "indikator")) > 1:
            made.change(column.col, "kode", "isinya kode, bukan nama")


# ---- Columns of words ----

_ROW_CODE, _DIGITS, _RUPIAH = bentuk("kode_baris"), bentuk("angka_saja"), bentuk("uang_tertulis")


def _numbered(text: str) -> bool:
    kind, length = numbering(text), len(bare_number(text))
    return kind == "roman" or kind == "arabic" and length <= 3 or kind in ("upper", "lower") and length == 1


def _texts(made: Layout, col: int) -> list[str]:
    cells = (made.region.grid.value(row, col) for row in made.region.rows[:FEW])
    return [text for v in cells if isinstance(v, str) and (text := clean(v))]


def name_columns(made: Layout, *, strict: bool = False) -> None:
    """Roles of the columns of words: number, code, unit, name, specification; only where no heading says one. ``strict``: a few
    short words that come again and again are no units yet."""
    unknown = [col for col in sorted(made.columns) if made.columns[col].role == ""]
    strict = strict or made.first("satuan") is not None
    for col in unknown:
        texts = _texts(made, col)
        numbers = [v for row in made.region.rows[:FEW] if isinstance(v := made.region.grid.value(row, col), float)]
        points = max((text.count(".") for text in texts), default=0)
        rupiah = points == 1 and made.content[col].is_numeric and made.content[col].is_money
        codes = 0 if rupiah else sum(bool(_ROW_CODE(text)) for text in texts)  # "1250000.00" is none
        marks = sum(map(_numbered, texts)) + sum(v.is_integer() and 0 < v < 1000 for v in numbers)
        filled = len(texts) + len(numbers)
        if not filled or (not numbers and {text.lower() for text in texts} == {"x"}):  # between what multiplies
            continue
        beside = [c for c in (col - 1, col + 1) if c in made.columns and made.columns[c].path == made.columns[col].path]
        parts = any(made.content[c].numbers or any(map(_numbered, _texts(made, c))) for c in beside)
        if parts and marks * 10 >= filled * 9 and max(numbers, default=0) < 100:
            made.change(col, "kode", "bagian kode di bawah satu judul")
        elif codes * 2 > filled or (codes and (codes + marks) * 5 >= filled * 4 and texts):
            made.change(col, "kode", "isinya kode")
        elif marks * 10 >= filled * 7 and col == min(made.columns) and _counts(numbers, texts):
            made.change(col, "nomor", "isinya nomor urut")
        elif len(texts) * 2 > filled and _units(texts, strict=strict):
            made.change(col, "satuan", "isinya satuan")
    _name(made)


def _counts(numbers: Sequence[float], texts: Sequence[str]) -> bool:
    """Whether running numbers begin (again) with 1 or go on by one from one above, as numbers of rows and of their groups do."""
    steps = sum(n == 1 or n - 1 in numbers[:i] for i, n in enumerate(numbers[1:], 1))
    return (not numbers or numbers[0] <= 2) and steps * 5 >= (len(numbers) - 1) * 4


def _units(texts: Sequence[str], *, strict: bool) -> bool:
    known = sum(find_satuan(text) is not None for text in texts if len(text) <= 24)
    short = not strict and all(len(text) <= 20 and not any(map(str.isdigit, text)) for text in texts)
    return known * 2 >= len(texts) or (short and len(texts) > 5 and len(set(texts)) * 3 <= len(texts))


def _name(made: Layout) -> None:
    """The columns with the most different and longest words are the names; a second one is the specification or a remark.
    Where the known ones only say what stands above the lines, an unknown one with more of them says what the lines are."""
    known = [c for c in made.of("uraian", "indikator") if not _units([*made.content[c.col].different], strict=True)]
    if known:  # units below "Rincian Perhitungan" are no names
        for column in made.of(""):
            if column.path == known[0].path and made.content[column.col].words:  # bullets may be most of what stands in it
                made.change(column.col, known[0].role, "di bawah judul kolom nama")
            elif _tells_more(made, column, known):
                made.change(column.col, "uraian", MORE_TOLD)
        return
    words: dict[tuple[str, ...], list[int]] = {}
    for column in made.of(""):
        if made.content[column.col].is_text and not made.content[column.col].is_numeric and not is_koefisien(made, column.col):
            words.setdefault(column.path, []).append(column.col)

    def weight(cols: list[int]) -> tuple[float, int]:
        texts = [text for col in cols for text in _texts(made, col)]
        distinct = len(set(texts)) / max(1, len(texts))
        return (len(texts) * min(40.0, sum(map(len, texts)) / max(1, len(texts))) * distinct, -cols[0])

    best = max(words, key=lambda path: weight(words[path]), default=None)
    for column in [c for c in made.of("") if c.path == best and made.content[c.col].words]:
        made.change(column.col, "uraian", "kolom dengan nama yang paling beragam")


MORE_TOLD = "lebih rinci dari kolom nama yang dikenal"


def _tells_more(made: Layout, column: Column, known: Sequence[Column]) -> bool:
    """Whether a column names what the known ones only group: program and kegiatan, or one text over many of its rows."""
    own, most = _texts_of(made, column), max(_texts_of(made, c) for c in known)
    if of_level(known):
        return own * 2 >= 3 * most or (own > 2 and own > most and own == made.content[column.col].words)
    if own <= 3:
        return False
    rows = [i for i, text in enumerate(made.region.column(column.col)) if isinstance(text, str)]
    return own >= 4 * max(len({told[i] for i in rows}) for told in (made.region.column(c.col) for c in known))


_LEVEL = kata("nama_tingkat")


def of_level(columns: Sequence[Column]) -> bool:
    """Whether headings name only what stands above the lines, one row or several: program, kegiatan."""
    return all(_LEVEL(fold(c.path[-1])) for c in columns if c.path)


def _texts_of(made: Layout, column: Column) -> int:
    """How many different names a column of words holds."""
    content = made.content[column.col]
    return sum(not is_plain_total(text) for text in content.different) if content.is_text else 0


def is_koefisien(made: Layout, col: int, least: int = 1) -> bool:
    texts = _texts(made, col)
    return len(texts) >= least and sum(koefisien(text) is not None for text in texts) * 5 >= len(texts) * 4
