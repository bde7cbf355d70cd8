"""Finds heading blocks on a sheet: one to five rows of headings, with what each column is called from top to bottom.

Habits served: titles and key-value lines above the table; group headings over several columns, merged or not; words
stacked over rows ("Harga" over "Satuan"); a second row that repeats the headings in short; rows of column numbers
("1 2 3", "(a) (b)", "6 = 3 x 5"); the same headings again on every page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile

from kinerja_xl.formula.cellsheet import CellSheet
from kinerja_xl.regions.words import MAX_HEADING, Word, clean, word
from kinerja_xl.sheets.values import fold
from kinerja_xl.words.match import kata
from kinerja_xl.words.periods import says_quarter
from kinerja_xl.words.shapes import bentuk, numbering

# ---- Rows of column numbers below headings: "1 2 3", "(a) (b)", "6 = 3 x 5" ----

_COMPUTED, _ZONE = bentuk("rumus_kolom"), bentuk("nama_zona")


def is_numbering(grid: CellSheet, row: int) -> bool:
    """A row of column numbers or letters; a slip or two among them ("7 | 8 | 9 | 8"), 0.08 for 8 in a column of percent, or
    the last heading once more right of the numbers ("(42) | Bukti"), does not make it data."""
    if not 0 <= row < grid.height:
        return False
    cells = [round(v * 100, 9) if isinstance(v, float) and 0 < v < 1 else v for v in grid.rows[row] if v is not None]
    numbers = [value for value in cells if isinstance(value, float)]
    if len(cells) > 4 and isinstance(cells[-1], str):
        above = grid.columns[grid.filled(row)[-1]][max(0, row - MAX_DEPTH) : row]
        cells = cells[: len(cells) - (cells[-1] in above)]
    if len(cells) < 3 or (numbers and not 0 < min(numbers) <= max(numbers) < 100):  # as most rows of data
        return False
    for value in cells:
        if isinstance(value, float):
            if not (value.is_integer() and 0 < value < 100):
                return False
        elif not isinstance(value, str) or not (_lettered(text := clean(value)) or _COMPUTED(text)):
            return False
    return _ascends(cells)


def _lettered(text: str) -> bool:
    """A number of a column: 1, (a), iv, and what word processors make of (c) and (r)."""
    bare = text.strip("(). ")
    return bare in ("©", "®") or numbering(bare.upper()) == "roman" or len(bare) <= 2 and numbering(bare) not in ("", "bullet")


def _ascends(cells: list[object]) -> bool:
    """The numbers rise, or all but few follow the one before (letters: the texts differ)."""
    numbers = [int(n) for n in (_leading(cell) for cell in cells) if n]
    if len(numbers) * 2 < len(cells):
        return len({str(cell) for cell in cells}) * 4 >= len(cells) * 3
    if len(numbers) == len(cells) > 3 and sorted(numbers) == list(range(1, len(numbers) + 1)):
        return True  # columns that changed places took their numbers along
    pairs = list(zip(numbers, numbers[1:], strict=False))
    if all(a <= b for a, b in pairs):
        return len(set(numbers)) * 3 >= len(numbers) * 2
    return len(pairs) > 3 and numbers[0] <= 2 and sum(b - a == 1 for a, b in pairs) * 4 >= len(pairs) * 3


def _leading(cell: object) -> str:
    if isinstance(cell, float):
        return str(int(cell))
    bare = str(cell).strip().removeprefix("(")
    return "".join(takewhile(str.isdecimal, bare))[:2]


MAX_DEPTH = 5
TEXT_ROLES = frozenset({"uraian", "kode", "nomor", "indikator", "sasaran", "spesifikasi", "satuan", "jenis"})
NUMBER_ROLES = frozenset(
    {"volume", "harga", "jumlah", "anggaran", "realisasi", "target", "persen", "sisa", "rencana", "maju", "pajak", "versi"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """One heading block; rows and columns zero-based.

    ``paths``: column → its headings from top to bottom, without repeats; ``shared``: how many columns the path's upper
    part is shared with (1: the words are stacked, one heading in several rows); ``own``: the end of the path that is this
    column's alone ("Harga" over "Satuan" below a group is one heading). ``last`` is the last row that is no data: a
    numbering row or a repeated heading included.
    """

    top: int
    bottom: int
    last: int
    paths: dict[int, tuple[str, ...]]
    shared: dict[int, int]
    own: dict[int, tuple[str, ...]]
    numbering: int | None = None

    @property
    def left(self) -> int:
        return min(self.paths)

    @property
    def right(self) -> int:
        return max(self.paths)

    def key(self) -> tuple[tuple[int, str], ...]:
        """What makes two blocks the same headings again."""
        return tuple((col, fold("".join(path))) for col, path in sorted(self.paths.items()))


def find_heads(grid: CellSheet) -> list[Head]:
    """Every heading block from the top down."""
    found: list[Head] = []
    spans = merges_by_row(grid)
    for row in grid.unfigured:
        if found and row <= found[-1].last:
            continue
        head = again(grid, row, found) or (_head_at(grid, row, spans) if _may_start(grid, row) else None)
        inside = (again(grid, at, found) for at in range(row + 1, head.last + 1)) if head and found else ()
        head = next(filter(None, inside), head)  # the last line of the page before, all in words, is none of them
        if head is not None and (not found or _replaces(grid, head, found[-1])):
            found.append(head)
    return found


def again(grid: CellSheet, row: int, found: Sequence[Head]) -> Head | None:
    """The last headings once more, cell by cell, as a next page begins: merged or not."""
    before = found[-1] if found else None
    if before is None or row + before.bottom - before.top >= grid.height:
        return None
    first, other = fold(grid.first(before.top)), grid.first(row)
    plain = other[:1].isascii() and other[:1].isalnum()  # then what it is folded to begins with it, too
    if (plain and other[0].lower() != first[:1]) or first != fold(other) or len(grid.filled(row)) < 2:  # as most rows are
        return None
    down = row - before.top
    for at in range(before.top, before.bottom + 1):
        one, two = ([v for v in grid.rows[number] if v is not None] for number in (at, at + down))
        if len(one) != len(two) or any(fold(str(v)) != fold(str(w)) for v, w in zip(one, two, strict=True)):
            return None
    last = row + before.bottom - before.top
    last += is_numbering(grid, last + 1)
    return replace(before, top=row, bottom=row + before.bottom - before.top, last=last, numbering=None)


def _replaces(grid: CellSheet, head: Head, before: Head) -> bool:
    """Whether headings below other headings begin a table: a row of data may hold a heading's word or two ("APBD"). Two below an
    empty row do, where they name figures that the table above has not: "Program | Anggaran" below the targets of a PK."""
    fresh = (_roles(head) - _roles(before)) & NUMBER_ROLES
    apart = not grid.filled(head.top - 1) and all(word(path[-1]).known for path in head.paths.values())
    return len(_roles(head)) >= min(3, len(_roles(before))) or bool(fresh and apart)


def _roles(head: Head) -> set[str]:
    return {word(text).role for path in head.paths.values() for text in path} - {""}


Spans = dict[int, list[tuple[int, int, int, int]]]


def merges_by_row(grid: CellSheet) -> Spans:
    """Merged areas by their first row, zero-based; what of them lies below the last filled row is left out."""
    spans: Spans = {}
    for r1, c1, r2, c2 in grid.merged:
        spans.setdefault(r1 - 1, []).append((r1 - 1, c1 - 1, min(r2, grid.height) - 1, c2 - 1))
    return spans


def _texts(grid: CellSheet, row: int) -> Iterator[tuple[int, str]]:
    for col, value in enumerate(grid.rows[row]):
        if isinstance(value, str) and value.strip():
            yield col, value


def _is_year(value: object) -> bool:
    return isinstance(value, float) and value.is_integer() and 1990 <= value <= 2100


def _may_start(grid: CellSheet, row: int) -> bool:
    """Cheap: at least two short texts that are headings of different roles (or names beside a row of months), no amounts, few
    strangers."""
    roles: set[str] = set()
    periods: set[str] = set()
    known = strangers = 0
    for value in reversed(grid.rows[row]):  # the figures of a row of data stand on its right
        if value is not None and value.__class__ is not str and not _is_year(value):
            return False
    cells = [value for value in grid.rows[row] if value is not None]
    texts = [value for value in cells if isinstance(value, str)]
    if all(":" in text for text in texts) or any(text.lstrip().startswith(":") for text in texts):
        return False  # "Kegiatan : Rapat Anggaran" names the document, not its columns
    for value in cells:
        if not isinstance(value, str):
            known += 1
            continue
        found = word(value)
        if found.known:
            known += 1
            roles |= {found.role} - {""}
            periods |= {found.period} - {""}
        elif value.strip():
            strangers += 1
    several = len(roles) >= 2 or (len(periods) > 2 and bool(roles & TEXT_ROLES))
    return several and known >= 2 and known * 3 >= strangers


def _head_at(grid: CellSheet, top: int, spans: Spans) -> Head | None:
    bottom, last, numbering = _extent(grid, top, spans)
    paths, shared, own = paths_of(grid, [row for row in range(top, bottom + 1) if row != numbering], spans)
    roles = {word(text).role for path in paths.values() for text in path} - {""}
    periods = any(word(text).period or word(text).money for path in paths.values() for text in path)
    priced = {"satuan"} < roles & TEXT_ROLES  # a price list may name its columns after places: "Luar Kota"
    priced = priced or ("tempat" in roles and bool(price_title(grid, top)))  # and have no unit: fares from place to place
    priced = priced or {"indikator", "sasaran", "keterangan"} <= roles  # a decree of indicators: no unit, no figure
    priced = priced or "sasaran" in roles and any(_SERVED(fold(path[-1])) for path in paths.values())
    first = word(paths[min(paths)][-1]).role
    if not roles & TEXT_ROLES and len(roles & NUMBER_ROLES) > 1 and first == "keterangan":
        roles.add("uraian")  # "Keterangan | Jumlah | Harga | Total": what the money is for stands first, under that name
    monthly = first == "periode" and bool(roles & {"anggaran", "realisasi", "rencana"})  # months down the side
    if not (roles & TEXT_ROLES or monthly) or not (roles & NUMBER_ROLES or periods or priced):
        return None
    return Head(top=top, bottom=bottom, last=last, paths=paths, shared=shared, own=own, numbering=numbering)


_PRICES, _SERVED = kata("standar_tarif", "sebut_harga"), kata("terlayani")


def price_title(grid: CellSheet, top: int) -> str:
    """The text in the eight rows above ``top`` that announces prices: "Satuan Biaya Uang Harian …"."""
    texts = (value for row in range(max(0, top - 8), top) for value in grid.rows[row] if isinstance(value, str))
    return next((text for text in texts if _PRICES(clean(text))), "")


def _extent(grid: CellSheet, top: int, spans: Spans) -> tuple[int, int, int | None]:
    """Last heading row, last row that is no data, and the numbering row if there is one."""
    reach = max((r2 for r1, c1, r2, c2 in spans.get(top, ()) if grid.value(r1, c1) is not None), default=top)
    bottom = min(reach, top + MAX_DEPTH - 1) if reach - top < MAX_DEPTH else top
    row = bottom + 1
    numbered = _numbered_below(grid, row, top)
    while row < min(grid.height, top + MAX_DEPTH) and (row < numbered or _continues(grid, row, top, spans)):
        below = (r2 for r1, _, r2, _ in spans.get(row, ()))
        bottom = max(row, min(max(below, default=row), top + MAX_DEPTH - 1))
        row = bottom + 1
    for skipped in range(2):  # the numbers of the columns, perhaps after a blank row
        if is_numbering(grid, row + skipped) and not _names_zones(grid, row + skipped, top):
            numbers = row + skipped
            return (numbers + 1, numbers + 1, numbers) if _measures(grid, numbers + 1) else (bottom, numbers, numbers)
        if row + skipped < grid.height and grid.filled(row + skipped):
            break
    return bottom, row - 1, None


def _measures(grid: CellSheet, row: int) -> bool:
    """K, Rp and % below the numbers of the columns: the forms of planning write them there."""
    cells = [value for value in grid.rows[row] if value is not None] if row < grid.height else []
    found = [word(value) for value in cells if isinstance(value, str) and len(clean(value)) <= 12]
    return len(found) == len(cells) >= 2 and all(
        w.role == "kinerja" or (not w.role and w.money) or (w.percent and w.role in ("", "persen")) for w in found
    )


def _numbered_below(grid: CellSheet, row: int, top: int) -> int:
    """The row of column numbers below a heading: all that stands between the two is heading, whatever its words."""
    for at in range(row, min(top + MAX_DEPTH, grid.height)):
        if is_numbering(grid, at) and not _names_zones(grid, at, top):
            return at
        texts = [value for value in grid.rows[at] if value is not None]
        if not texts or any(not isinstance(v, str) and not _is_year(v) or len(str(v)) > 2 * MAX_HEADING for v in texts):
            return row
    return row


def _continues(grid: CellSheet, row: int, top: int, spans: Spans) -> bool:
    """Whether a row below headings is one of them: known words, not a single name (that is a group); or words that nobody knows,
    but each below a heading merged over its neighbours too, or with no heading above it: the names of its parts (DAU, PAD)."""
    cells = {col: grid.value(row, col) for col in grid.filled(row)}
    found = {col: word(value) if isinstance(value, str) else Word(period=str(value)) for col, value in cells.items()}
    if not all(isinstance(value, str) or _is_part(grid, row, top, col) for col, value in cells.items()):
        return False
    wide, free = below_groups(grid, row, top, spans)
    if all(any(isinstance(v, float) for v in grid.columns[col][row + 1 : row + 9]) for col in cells):
        wide |= free | {col - 1 for col in free}
    if (zones := _names_zones(grid, row, top)) or is_numbering(grid, row):
        return zones
    if len(cells) > 1 and set(cells) <= wide and all(map(_is_short, cells.values())):
        return True
    words = [one for one in found.values() if one.known]
    if not words or (len(cells) - len(words)) * 2 > len(words):
        return False
    names = [one for one in words if one.role in TEXT_ROLES]
    below_names = any(word(str(grid.value(top, col) or "")).role in TEXT_ROLES for col in cells)
    if len(words) == len(cells) == 1 and words[0].role != "jumlah" and below_names:
        return False  # a group: "Perencanaan, Penganggaran, dan Evaluasi Kinerja" below "Uraian"
    return len(words) >= 2 and len(names) < len(words) or (len(words) == 1 and not names) or _repeats(grid, row, top)


def _is_short(value: object) -> bool:
    return isinstance(value, str) and len(clean(value)) <= 24 and not any(map(str.isdigit, value))


def below_groups(grid: CellSheet, row: int, top: int, spans: Spans) -> tuple[set[int], set[int]]:
    """Where a row below headings may name their parts: below headings that are merged over several columns, and in columns
    of its own above which no heading stands."""
    boxes = (box for at in range(top, row) for box in spans.get(at, ()) if box[2] < row)
    wide = {col for r1, c1, _, c2 in boxes if c2 > c1 and grid.value(r1, c1) is not None for col in range(c1, c2 + 1)}
    free = {col for col in grid.filled(row) if all(grid.value(at, col) is None for at in range(top, row))}
    return wide, free


def _is_part(grid: CellSheet, row: int, top: int, col: int) -> bool:
    """A year with nothing above it; a year, or 1 to 4 below "Triwulan", in a run that rises by one."""
    own = grid.value(row, col)
    above = (v for r in range(row - 1, top - 1, -1) for v in reversed(grid.rows[r][: col + 1]) if v is not None)
    part = _is_year(own) or (own in range(1, 5) and says_quarter(str(next(above, ""))))
    rising = isinstance(own, float) and any(grid.value(row, col + step) == own + step for step in (-1, 1))
    return part and (rising or (_is_year(own) and grid.value(row - 1, col) is None))


def _names_zones(grid: CellSheet, row: int, top: int) -> bool:
    """ "I II III" or "A B C" below a group heading: the zones' names, not the numbers of all columns."""
    cells = [value for value in grid.rows[row] if value is not None]
    if len(cells) < 2 or not all(isinstance(value, str) and _ZONE(clean(value)) for value in cells):
        return False
    headed = {col for above in range(top, row) for col in grid.filled(above)}
    own = [col for col in grid.filled(row) if col not in headed]
    return bool(own) and len(cells) * 3 <= (len(headed) + len(own)) * 2


def _repeats(grid: CellSheet, row: int, top: int) -> bool:
    """The headings once more in other words: the same roles in the same columns."""
    pairs = [(word(text).role, word(str(grid.value(top, col) or "")).role) for col, text in _texts(grid, row)]
    return len(pairs) >= 2 and sum(a == b and a != "" for a, b in pairs) * 4 >= len(pairs) * 3


Paths = dict[int, tuple[str, ...]]


def paths_of(grid: CellSheet, rows: Sequence[int], spans: Spans) -> tuple[Paths, dict[int, int], Paths]:
    """Headings per column, top to bottom: merged ones over all their columns, unmerged groups to their right; with how many
    columns each is shared, and what is the column's own."""
    shown: list[dict[int, tuple[str, int]]] = []  # per row: column → text and the column it stands in
    for row in rows:
        wide = {c1 for r1, c1, _, c2 in spans.get(row, ()) if r1 == row and c1 < c2}  # "Triwulan" above 1, 2, 3, 4
        here = {c: (_heading(v), c) for c, v in enumerate(grid.rows[row]) if _is_heading(v) or (c in wide and v in range(1, 10))}
        for r1, c1, _, c2 in spans.get(row, ()):
            if c1 in here and r1 == row:
                here.update(dict.fromkeys(range(c1, c2 + 1), here[c1]))
        shown.append(here)
    _spread(shown)
    columns = sorted({col for here in shown for col in here})
    paths: dict[int, tuple[str, ...]] = {}
    shared: dict[int, int] = {}
    own: dict[int, tuple[str, ...]] = {}
    for col in columns:
        texts = [here[col] for here in shown if col in here]
        path: list[str] = []
        for text, _ in texts:
            if not path or fold(path[-1]) != fold(text):
                path.append(text)
        paths[col] = tuple(path)
        upper = {(i, here[col][1]) for i, here in enumerate(shown[:-1]) if col in here and len(texts) > 1}
        shared[col] = max(
            (sum(other in shown[i] and shown[i][other][1] == at for other in columns) for i, at in upper), default=1
        )
        alone = [here[col][0] for here in shown if col in here and sum(o[1] == here[col][1] for o in here.values()) == 1]
        own[col] = tuple(alone)
    return paths, shared, own


def _spread(shown: list[dict[int, tuple[str, int]]]) -> None:
    """A group heading that was not merged belongs to the nameless columns on its right that have names below."""
    for depth, here in enumerate(shown[:-1]):
        below = set().union(*(set(rows) for rows in shown[depth + 1 :]))
        for col in sorted(below - set(here)):
            left = here.get(col - 1)
            other = any(col in rows and rows.get(col - 1, ("", -1))[1] != rows[col][1] for rows in shown[:depth])
            if left is not None and col - 1 in below and not other and word(left[0]).role != "nomor":
                here[col] = left


def _is_heading(value: object) -> bool:
    if isinstance(value, float):  # a year, a quarter: no other figure stands in a row of headings
        return value.is_integer()
    return isinstance(value, str) and 0 < len(value.strip()) <= len(value) <= MAX_HEADING * 3


def _heading(value: object) -> str:
    return str(int(value)) if isinstance(value, float) else clean(str(value))
