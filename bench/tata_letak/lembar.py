"""Rows laid down for a tree, what is true in them, and the slip that is planted in a printed sum. Equal seeds, equal sheets."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from random import Random

from bench.tata_letak.berkas import Made, Truth
from bench.tata_letak.bukti import arguable
from bench.tata_letak.kata import Voice
from bench.tata_letak.kolom import (
    BULLETS,
    CODED_NAMES,
    CODES,
    COLUMNS,
    DASHES,
    FLAT,
    INDENTS,
    SPLIT,
    Col,
    columns,
    mark,
    style_of,
)
from bench.tata_letak.pohon import (
    AGREEMENT,
    CASHES,
    CHANGE,
    INDICATORS,
    ITEMS,
    KINDS,
    LISTED,
    RAB,
    READ_AS,
    REPORTS,
    TARGETS,
    Node,
    listed,
    percent,
    tree,
)  # fmt: skip
from kinerja_xl.formula.references import address, column_letters


def make(seed: str, mode: str) -> Made:
    """One sheet out of a seed."""
    rng = Random(seed)
    kind = rng.choice(KINDS)
    style = style_of(rng, kind)
    depth = 0 if style == FLAT else rng.choice((1, 1, 2)) if style in (BULLETS, DASHES) else rng.choice((1, 1, 2, 2, 3))
    bare = kind in (*LISTED, *INDICATORS)
    sums = "tanpa" if bare or not depth else rng.choice(("atas", "atas", "bawah", "tanpa"))
    if kind in (*REPORTS, *CASHES):  # without a sum nothing but the words tells their groups
        sums = "atas" if style == CODES else rng.choice(("atas", "atas", "bawah"))
    grand = "tanpa" if bare else rng.choice(("bawah", "bawah", "bawah", "atas", "tanpa"))
    root = tree(rng, kind, depth)
    mark(rng, root, style)
    voice = Voice(rng, mode)
    cols = columns(rng, voice, kind, style, depth + 1 if style == COLUMNS else 1)
    return Plan(rng=rng, voice=voice, kind=kind, style=style, depth=depth, sums=sums, grand=grand, root=root, cols=cols).build()


@dataclass(slots=True, kw_only=True)
class Plan:
    """What was drawn for one sheet, and how it becomes rows. ``printed``: the sums printed: row, column, of what, key."""

    rng: Random
    voice: Voice
    kind: str
    style: str
    depth: int
    sums: str
    grand: str
    root: Node
    cols: list[Col]
    part: bool = False  # of a sheet with more on it: no signature, no formulas
    left: int = 0
    rows: list[list[object]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    printed: list[tuple[int, int, Node, str]] = field(default_factory=list)
    features: dict[str, str] = field(default_factory=dict)
    head: list[list[object]] = field(default_factory=list)

    def build(self) -> Made:
        self.left = 0 if self.part else self.rng.choice((0, 0, 0, 1))
        self._title()
        self._heading()
        if self.grand == "atas":
            self._sum_row(self.root, self.voice("total"))
        self._walk(self.root, 0)
        self._spare()
        if self.grand == "bawah":
            if self.rng.random() < 0.15:
                self.rows.append([])
            self._sum_row(self.root, self.voice("total"))
            self._tax()
        truths = [self._truth(), *([self._programs()] if self.kind == AGREEMENT else [])]
        slips, argued = self._slip()
        self._foot()
        self._write_numbers()
        self.features |= {
            "jenis": self.kind, "tingkat": self.style, "dalam": str(self.depth), "jumlah": self.sums, "total": self.grand,
            "salah": "ya" if slips else "tidak",
        }  # fmt: skip
        return Made(
            rows=self.rows, merged=self.merged, truths=tuple(truths), slips=slips, arguable=slips if argued else (),
            decides=self._decides(), features=self.features,
        )  # fmt: skip

    def _put(self, cells: Sequence[object]) -> int:
        self.rows.append([None] * self.left + list(cells))
        return len(self.rows) - 1

    def _merge(self, top: int, left: int, bottom: int, right: int) -> None:
        if (top, left) != (bottom, right):
            self.merged.append((top, left + self.left, bottom, right + self.left))

    def _at(self, key: str) -> int:
        return next((i for i, col in enumerate(self.cols) if col.key == key), 0)

    # ---- above ----

    def _title(self) -> None:
        words = {"judul_harga": LISTED, "judul_realisasi": REPORTS, "judul_kinerja": INDICATORS}
        key = next((key for key, kinds in words.items() if self.kind in kinds), "judul")
        for _ in range(self.rng.choice((0, 1, 1, 2, 3))):
            row = self._put([self.voice.new(key)])
            if self.rng.random() < 0.5:
                self._merge(row, 0, row, len(self.cols) - 1)
        if self.rows and self.rng.random() < 0.7:
            self.rows.append([])

    def _heading(self) -> None:
        """One or two rows; equal texts beside each other are one heading, merged or only written once."""
        tall = max(len(col.path) for col in self.cols)
        merges = self.rng.random() < 0.75
        head: list[list[object]] = [[None] * len(self.cols) for _ in range(tall)]
        for level in range(tall):
            start = 0
            while start < len(self.cols):
                path = self.cols[start].path
                end = start
                while len(path) > level and end + 1 < len(self.cols) and self._joined(start, end + 1, level):
                    end += 1
                if len(path) > level:
                    head[level][start] = path[level]
                    down = tall - 1 if level == len(path) - 1 else level
                    if merges or end > start:
                        self._merge(len(self.rows) + level, start, len(self.rows) + (down if merges else level), end)
                start = end + 1
        self.head = head
        self._again()
        self.features["judul lagi"] = "tidak"
        self.features["judul"] = f"{tall} baris" + (" gabung" if merges else "")
        self._numbering(head)

    def _joined(self, first: int, other: int, level: int) -> bool:
        """Whether two columns stand below one heading: groups of columns, the columns of a name, of a split code."""
        one, two = self.cols[first], self.cols[other]
        if one.path[: level + 1] != two.path[: level + 1]:
            return False
        return len(one.path) > level + 1 or one.key.rstrip("0123456789") in ("nama", "kode", "tanda")

    def _numbering(self, head: Sequence[Sequence[object]]) -> None:
        """The row that numbers the columns, sometimes with a slip, letters, or what is reckoned; one number to a heading."""
        n = len(self.cols)
        how = self.rng.choice(("tanpa", "tanpa", "tanpa", "angka", "angka", "kurung", "huruf", "salah", "rumus"))
        self.features["penomoran"] = how
        if how == "tanpa":
            return
        starts = [i for i in range(n) if any(row[i] is not None for row in head)]
        numbers: dict[int, object] = {at: i for i, at in enumerate(starts, 1)}
        last = len(starts)
        if how == "salah":
            numbers[starts[-1]] = last - 1
        elif how == "rumus":
            numbers[starts[-1]] = f"{last} = {last - 2} x {last - 1}"
        elif how != "angka":
            numbers = {at: f"({i})" if how == "kurung" else chr(96 + i) for at, i in numbers.items()}  # type: ignore[operator]
        self._put([numbers.get(i) for i in range(n)])

    # ---- the body ----

    def _walk(self, node: Node, level: int) -> None:
        for child in node.children:
            child.row = self._put(self._cells(child, level))
            if not child.children:
                continue
            if self.sums == "atas":
                self._sums(child.row, child)
            self._walk(child, level + 1)
            if self.sums == "bawah":
                self._sum_row(child, f"{self.voice('subtotal')} {child.mark or child.name}")
            if self.rng.random() < 0.06:
                self.rows.append([])
            if level == 0 and self.rng.random() < 0.05 and child is not node.children[-1]:
                self._again()

    def _again(self) -> None:
        """The headings once more, as at the top of a page."""
        self.features["judul lagi"] = "ya"
        for row in self.head:
            self._put(row)

    def _cells(self, node: Node, level: int) -> list[object]:
        """A row of the table, a cell per column; the sums of a group are put in afterwards."""
        leaf = not node.children
        parts = node.code.split(".", SPLIT - 1) + [""] * SPLIT
        known: dict[str, object] = {"no": self._number(node), "kode": node.code or None, "tanda": "-" if leaf else None}
        known |= {f"kode{i}": parts[i] or None for i in range(SPLIT)}
        known[f"nama{level}" if self.style == COLUMNS and level else "nama"] = self._name(node, level)
        if self.style == DASHES and not leaf:
            known |= {"tanda": node.name, "nama": None}  # the heading spans both, a group's name begins in the first
        if leaf:
            known |= node.texts | node.values
            known |= {"target_teks": node.texts.get("target")}
            if self.kind in REPORTS:
                known["persen"] = percent(node.values)
        return [known.get(col.key) or (Decimal(0) if known.get(col.key) == 0 else None) for col in self.cols]

    def _name(self, node: Node, level: int) -> str:
        if self.style == INDENTS:
            return " " * (3 * level) + node.name
        if self.style == BULLETS and not node.children:
            return f"- {node.name}"
        return f"{node.code} {node.name}" if self.style == CODED_NAMES else node.name

    def _number(self, node: Node) -> object:
        if self.style == FLAT:
            return Decimal(self.root.children.index(node) + 1)
        return Decimal(node.mark) if node.mark.isdigit() else node.mark or None

    def _added(self) -> list[str]:
        """The columns that are added up."""
        if self.kind in ITEMS:
            return ["jumlah"]
        keys = ("jumlah", "anggaran", "realisasi", "sisa", "sebelum", "beda")
        return [col.key for col in self.cols if col.key in keys or col.key[1:].isdigit()]

    def _sums(self, row: int, node: Node) -> None:
        for i, col in enumerate(self.cols):
            if col.key in self._added():
                self.rows[row][i + self.left] = node.total(col.key)
                self.printed.append((row, i + self.left, node, col.key))
            elif col.key == "persen":
                self.rows[row][i + self.left] = percent({key: node.total(key) for key in ("anggaran", "realisasi")})

    def _sum_row(self, node: Node, label: str) -> None:
        place = self._at("nama") if self.rng.random() < 0.7 else 0
        label = "" if node is self.root and self.grand == "bawah" and self.rng.random() < 0.08 else label
        row = self._put([(label or None) if i == place else None for i in range(len(self.cols))])
        if place == 0 and self.rng.random() < 0.5:
            self._merge(row, 0, row, self._at("nama"))
        self._sums(row, node)

    def _spare(self) -> None:
        """Prepared rows below the lines of a RAB, whose formulas show 0."""
        self.features["siap"] = "tidak"
        if self.kind not in ITEMS or self.style != FLAT or self.rng.random() > 0.4 or "volume" not in {c.key for c in self.cols}:
            return
        self.features["siap"] = "ya"
        for i in range(self.rng.randint(2, 8)):
            row = len(self.rows) + 1
            cells: dict[str, object] = {"no": Decimal(len(self.root.children) + i + 1)}
            letters = [column_letters(self._at(key) + self.left + 1) for key in ("volume", "harga")]
            cells["jumlah"] = (f"={letters[0]}{row}*{letters[1]}{row}", Decimal(0))
            self._put([cells.get(col.key) for col in self.cols])

    def _tax(self) -> None:
        """PPN below the total of a RAB, and what both come to."""
        self.features["pajak"] = "tidak"
        if self.kind != RAB or self.rng.random() > 0.2:
            return
        self.features["pajak"] = "ya"
        amount, tax = self.root.total("jumlah"), self.root.total("jumlah") * 11 // 100
        for label, figure in (("PPN 11%", tax), (self.voice("akhir"), amount + tax)):
            cells: dict[int, object] = {self._at("nama"): label, self._at("jumlah"): figure}
            self._put([cells.get(i) for i in range(len(self.cols))])

    # ---- what is true, and what is wrong ----

    def _truth(self) -> Truth:
        kind = READ_AS[self.kind]
        keys = {"rab": ["jumlah"], "realisasi": ["anggaran", "realisasi"], "standar_harga": [], "indikator": ["target"]}[kind]
        keys = [*keys, "realisasi"] if self.kind == TARGETS else keys
        leaves = self.root.leaves()
        return Truth(
            kind=kind,
            names={leaf.row + 1: leaf.name for leaf in leaves},
            prices={leaf.row + 1: leaf.values.get("harga") for leaf in leaves},
            amounts={leaf.row + 1: {key: leaf.values[key] for key in keys} for leaf in leaves},
        )

    def _programs(self) -> Truth:
        """The programs with their money below the indicators of a PK."""
        self.rows.append([])
        self._put([self.voice("no"), self.voice("uraian"), self.voice("anggaran"), self.voice("keterangan")])
        programs = [row["nama"] for row in listed("program") if row["level"] == "program"]
        names = self.rng.sample(programs, self.rng.randint(2, 4))
        amounts = [Decimal(self.rng.randint(10, 900)) * 1_000_000 for _ in names]
        rows = [self._put([Decimal(i), *pair, "APBD"]) + 1 for i, pair in enumerate(zip(names, amounts, strict=True), 1)]
        self._put([None, self.voice("total"), sum(amounts), None])
        return Truth(
            kind="rab",
            names=dict(zip(rows, names, strict=True)),
            prices=dict.fromkeys(rows),
            amounts={row: {"jumlah": amount} for row, amount in zip(rows, amounts, strict=True)},
        )

    def _slip(self) -> tuple[tuple[str, ...], bool]:
        """Now and then one printed sum is wrong; whether something else may be."""
        keys = ("jumlah", "anggaran", "realisasi")
        sums = [one for one in self.printed if one[3] in keys and one[2].total(one[3])]
        if not sums or self.rng.random() > 0.3:
            return (), False
        row, col, node, key = slip = self.rng.choice(sums)
        if (wrong := mistaken(self.rng, node.total(key), [leaf.values[key] for leaf in node.leaves()])) in (0, node.total(key)):
            return (), False
        self.rows[row][col] = wrong
        self.printed.remove(slip)
        keys = {one.key for one in self.cols}
        return (address(row + 1, col + 1),), arguable(slip, wrong, self.printed, self.kind, keys, self.root, self.voice.known)

    def _decides(self) -> bool:
        if len(self.root.leaves()) < 2:  # what holds on one row may be chance
            return False
        if self.kind in REPORTS:
            return bool({col.key for col in self.cols} & {"sisa", "persen"})
        if self.kind == CHANGE:  # before + change = after, as realisasi + what is left = anggaran: only words tell them apart
            return False
        return self.kind in (*ITEMS, *CASHES, TARGETS)

    # ---- below, and how numbers are written ----

    def _foot(self) -> None:
        """Notes and signatures, sometimes with amounts that are no lines."""
        how = self.rng.choice(("tanpa", "tanpa", "tanda tangan", "tanda tangan", "catatan", "angka"))
        how = "tanpa" if self.part else how
        self.features["bawah"] = how
        if how == "tanpa":
            return
        self.rows.append([])
        if how == "catatan":
            for text in ("Catatan:", "1. Harga sudah termasuk ongkos kirim", "2. Pagu tahun lalu Rp12.500.000"):
                self._put([text if self.voice.known else self.voice.new("judul")])
            return
        right = max(1, len(self.cols) - 2)
        for text in ("Malili, 12 Januari 2026", "Camat Contoh", None, None, "NAMA CONTOH, S.Sos", "NIP 19700101 199001 1 001"):
            self._put([None] * right + [text] if text else [])
        if how == "angka" and self._added():
            self.rows.append([])
            self._put([None] * self._at(self._added()[0]) + [Decimal(self.rng.randint(100, 9000)) * 1000])

    def _write_numbers(self) -> None:
        """Sums as formulas where they are right; amounts as Indonesian text here and there."""
        how = self.rng.choice(("angka", "angka", "rumus", "rumus", "teks"))
        how = "angka" if self.part else how
        self.features["angka"] = how
        if how == "rumus":
            for row, col, node, _ in self.printed:
                self.rows[row][col] = (f"=SUM({_runs(node, col)})", self.rows[row][col])
        elif how == "teks" and self.kind not in INDICATORS:
            for line in self.rows:
                line[:] = [_written(value) if isinstance(value, Decimal) and value >= 1000 else value for value in line]


def _runs(node: Node, col: int) -> str:
    """The cells of a group's lines, runs of rows as ranges."""
    runs: list[list[int]] = []
    for row in sorted(leaf.row + 1 for leaf in node.leaves()):
        if runs and row == runs[-1][-1] + 1:
            runs[-1].append(row)
        else:
            runs.append([row])
    letters = column_letters(col + 1)
    return ",".join(f"{letters}{run[0]}:{letters}{run[-1]}" if len(run) > 1 else f"{letters}{run[0]}" for run in runs)


def _written(value: Decimal) -> str:
    return f"{int(value):,}".replace(",", ".") + ",00"


def mistaken(rng: Random, right: Decimal, parts: Sequence[Decimal]) -> Decimal:
    """A sum as people get it wrong: a line forgotten, two digits swapped, an old figure, one digit."""
    digits = list(str(int(right)))
    how = rng.choice(("angka", "tertukar", "terlewat", "lama"))
    if how == "terlewat" and len(parts) > 1:
        return right - rng.choice(parts)
    if how == "tertukar" and len(digits) > 2:
        i = rng.randrange(len(digits) - 1)
        digits[i], digits[i + 1] = digits[i + 1], digits[i]
    elif how == "lama":
        return right + Decimal(rng.randint(1, 40)) * 50_000
    else:
        i = rng.randrange(min(3, len(digits)))
        digits[i] = str((int(digits[i]) + rng.randint(1, 8)) % 10)
    return Decimal("".join(digits))
