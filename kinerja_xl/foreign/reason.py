"""What columns are by reckoning alone: which figures are volume, price and amount, budget, spent and left, parts and whole.

The strongest of the ``facts`` say what kind of table it is and what its columns are for. A heading that is known keeps its
column's role: only columns nobody knows are given one.

Habits served: unknown words; the koefisien in words; tax beside the price; quarters or months with their year on either side;
budget, spent, left and per cent in any order; target, reached, per cent.
"""

from __future__ import annotations

from collections.abc import Sequence

from kinerja_xl.catatan import Finding
from kinerja_xl.foreign.kinds import Purpose
from kinerja_xl.foreign.ledger import OTHER_PLAN
from kinerja_xl.foreign.model import INDIKATOR, MEANINGS, RAB, REALISASI, finding, listed
from kinerja_xl.foreign.settle import one_volume
from kinerja_xl.foreign.targets import is_large, so_far
from kinerja_xl.formula.cellsheet import place
from kinerja_xl.regions.columns import name_columns
from kinerja_xl.regions.facts import LEAST, Fact, Figures, changes, products, remainders, shares, wholes
from kinerja_xl.regions.model import Layout
from kinerja_xl.regions.shape import RUPIAH

_KEPT = ("judul", "lanjutan", "kolom tanpa judul")
"""How the evidence of a role begins that a heading gave."""


def reasoned(made: Layout) -> tuple[str, list[str]]:
    """Give roles to the unknown columns of a region by its facts; the kind of table that they speak for ("" for none), and
    the facts as staff read them."""
    for column in [c for c in made.columns.values() if c.role and c.evidence and not c.evidence[0].startswith(_KEPT)]:
        made.change(column.col, "", "")  # what was guessed from the content is looked at anew
    name_columns(made)
    figures = Figures(made)
    budgets = sorted(wholes(figures), key=lambda f: (-len(f.columns), -f.hits))
    money = {col for col in figures.numeric if made.content[col].is_money and made.content[col].largest >= RUPIAH}
    if told := _multiplied(made, figures, budgets, money):
        return RAB, told[:1]
    measured = made.first("satuan") is not None
    ratios = [f for f in shares(figures) if _fits(made, f, money)]
    ratio = max(ratios, key=lambda f: (so_far(made.columns[f.columns[1]]), f.hits, -f.columns[0]), default=None)
    left = [f for f in remainders(figures) if made.columns[f.columns[-1]].role != "realisasi"]  # of what is spent these are parts
    remainder = max((f for f in left if not _called_alike(made, f)), key=lambda f: f.hits, default=None)
    if remainder is not None and _plans(made, remainder):
        return "", []
    parted = next((f for f in budgets if len(f.columns) > 3), None)
    aim = made.columns[ratio.columns[0]] if ratio is not None else None  # "Sasaran (orang)": how many are to be reached
    goal = aim is not None and (aim.role == "sasaran" or aim.role == "target" and measured and not is_large(made, aim))
    if ratio is not None and (goal or measured and ratio.columns[0] not in money):
        a, b, share = ratio.columns
        if _set(made, ratio, {a: "target", b: "realisasi", share: "persen"}):
            _indicators(made, a)
            return INDIKATOR, [ratio.text]
    if (ratio is not None and ratio.columns[0] in money) or (remainder is not None and remainder.columns[2] in money):
        return _spent(made, figures, ratio, remainder, budgets)
    if parted is not None and (parted.columns[-1] in money or (measured and len(parted.columns) in (5, 13))):
        *parts, total = parted.columns
        planned = {c.col for c in made.of("target")} - {*parts, total}  # beside a target of its own the sum is what was reached
        inner = "rencana" if total in money else "realisasi" if planned else "target"
        roles = {total: "jumlah" if total in money else inner, **dict.fromkeys(parts, inner)}
        if _set(made, parted, roles):
            for n, col in enumerate(parts, 1):
                mark = f"tw{n}" if len(parts) == 4 else f"b{n:02d}" if len(parts) == 12 else "s1"
                made.change(col, "" if total in money else inner, "", period=mark)
            if total not in money:
                _indicators(made, min(parted.columns))
            return (RAB if total in money else INDIKATOR), [parted.text]
    changed = max(changes(figures), key=lambda f: f.hits, default=None)
    pair = changed or next((f for f in budgets if len(f.columns) == 3), None)
    if pair is None or pair.columns[2] not in money or not _set(made, pair, {pair.columns[2]: "jumlah"}):
        return "", []
    for col in pair.columns[:2]:
        made.change(col, "bagian", f"bagian dari kolom {figures.letter(pair.columns[2])}")
    return RAB, [pair.text]


def _multiplied(made: Layout, figures: Figures, budgets: Sequence[Fact], money: set[int]) -> list[str]:
    """Give roles to what multiplies out, also to another version that has its own price and amount; these facts as staff read
    them."""
    unseen = made.region.grid.hidden_cols

    def weight(fact: Fact) -> tuple[bool, int, int]:
        """What is seen beats what is hidden, then what holds on more rows, then what tells more columns."""
        return fact.columns[-1] + 1 in unseen, -fact.hits, -len(fact.columns)

    told: list[str] = []
    taken: set[int] = set()  # by a product already: another version has its own price and amount
    for fact in sorted(products(figures), key=weight):
        *terms, total = fact.columns
        tax = [terms.pop()] if fact.kind == "pajak" else []
        *volumes, price = terms
        roles = {**dict.fromkeys(volumes, "volume"), price: "harga", total: "jumlah", **dict.fromkeys(tax, "pajak")}
        if total in money and not taken & {price, total} and _set(made, fact, roles):
            _prices_of_parts(made, budgets, price)
            one_volume(made, sorted(volumes) if {*volumes} <= {*figures.numeric} else ())
            told.append(fact.text)
            taken |= {*volumes, price, total}
    return told


def _plans(made: Layout, fact: Fact) -> bool:
    """Whether nothing was spent: a budget less what was blocked is another budget; HPS and RKA are plans themselves; of an honor
    its tax is kept back."""
    spent, left, whole = (made.columns[col] for col in fact.columns)
    taxed = "pajak" in (spent.role, left.role)
    return taxed or left.role == whole.role == "anggaran" or bool(OTHER_PLAN(" ".join(spent.path)))


def _called_alike(made: Layout, fact: Fact) -> bool:
    """Whether both parts, beside each other in the headings, have the same first word ("Tahap I", "Tahap II"): then none of them
    is what is left of the other."""
    one, two = (made.columns[col].path for col in fact.columns[:2])
    first, other = (" ".join(path).casefold().split()[:1] for path in (one, two))
    return len(one) == len(two) and bool(first) and first == other


def _indicators(made: Layout, target: int) -> None:
    """The name of an indicator is the last column of long texts before its figures that differ; a goal may stand before it."""
    texts = [(c.col, made.content[c.col]) for c in made.of("uraian", "") if c.col < target]
    long = [col for col, content in texts if content.is_text and content.letters >= 12 * max(1, content.words)]
    named = [col for col in long if made.content[col].variety * 2 > 1] or long  # the same words on every row name nothing
    for col in set(long) - set(named[-1:]):
        made.change(col, "sasaran", "")
    for col in named[-1:]:
        made.change(col, "indikator", "nama di samping angkanya")


def _fits(made: Layout, fact: Fact, money: set[int]) -> bool:
    """The share of what is left, or of a change, tells nothing of what was reached."""
    a, b, _ = fact.columns
    return ((a in money) == (b in money) or a in money) and made.columns[b].role != "sisa"


def _set(made: Layout, fact: Fact, roles: dict[int, str]) -> bool:
    """Give these roles to the columns; False where known headings say something else: what is called after a month or quarter, or
    "s.d.", is no amount of a year."""
    if any(role == "jumlah" and made.columns[col].period.startswith(("b", "tw", "sd")) for col, role in roles.items()):
        return False
    allowed = {
        "target": ("sasaran", "jumlah"), "realisasi": ("jumlah",), "jumlah": ("anggaran",), "volume": ("jumlah", "satuan"),
        "harga": ("jumlah",),
    }  # fmt: skip
    if fact.kind == "ubah":  # "Murni | Perubahan | Selisih": what is called the change may be the budget after it
        allowed["jumlah"] += ("sisa",)
    against = [col for col, role in roles.items() if made.columns[col].role not in ("", "bagian", role, *allowed.get(role, ()))]
    if against and (len(against) * 3 > len(roles) or fact.rows - fact.hits > fact.rows // 8 or fact.rows <= LEAST):
        return False  # words are priors: one of them may mean something else here, where every row says so but for a slip
    for col, role in roles.items():
        if made.columns[col].role not in (role, "anggaran"):
            made.change(col, role, fact.text)
    total = fact.columns[-1]
    if fact.kind in ("kali", "pajak") and made.columns[total].role == "anggaran":
        made.change(total, "anggaran", fact.text)
    return True


def _prices_of_parts(made: Layout, budgets: Sequence[Fact], price: int) -> None:
    """Wage and material that add up to the price are its parts."""
    for fact in budgets:
        if fact.columns[-1] == price:
            for col in fact.columns[:-1]:
                if made.columns[col].role in ("", "harga"):
                    made.change(col, "bagian", fact.text)


def _spent(
    made: Layout, figures: Figures, ratio: Fact | None, remainder: Fact | None, budgets: Sequence[Fact]
) -> tuple[str, list[str]]:
    """Budget, spent and what is left or reached of it; the quarters that add up to what was spent."""
    told: list[str] = []
    if remainder is not None:
        one, two, budget = remainder.columns
        spent, left = (two, one) if ratio is not None and ratio.columns[1] == two else (one, two)
        whole = next((f for f in budgets if len(f.columns) > 3 and f.columns[-1] in (one, two)), None)
        if whole is not None:
            spent, left = (whole.columns[-1], one if whole.columns[-1] == two else two)
        roles = {budget: "anggaran", spent: "realisasi", left: "sisa"}
        told.append(remainder.text)
    else:
        assert ratio is not None
        budget, spent, _ = ratio.columns
        roles = {budget: "anggaran", spent: "realisasi"}
    if ratio is not None:
        roles[ratio.columns[2]] = "persen"
        told.append(ratio.text)
    if not _set(made, remainder or ratio, roles):  # type: ignore[arg-type]
        return "", []
    for fact in budgets:
        if fact.columns[-1] == spent and len(fact.columns) > 3:
            told.append(fact.text)
            for n, col in enumerate(fact.columns[:-1], 1):
                mark = f"tw{n}" if len(fact.columns) == 5 else f"b{n:02d}"
                if made.columns[col].role in ("", "realisasi"):
                    made.change(col, "realisasi", fact.text, period=mark)
            break
    return REALISASI, told


def reckoned(made: Layout, goal: Purpose, evidence: Sequence[str]) -> Finding:
    """The headings are not known: the kind and the columns were told by what is reckoned from what."""
    first = goal.main[0]
    names = [f"{made.columns[col].letter} {MEANINGS.get(name, name)}" for name, cols in goal.amounts.items() for col in cols]
    return finding(
        "L471", made.region.grid.name, place(made.region.head.bottom, first), column=made.columns[first].name,
        value=made.columns[first].name, jenis=goal.kind.replace("_", " "), bukti="; ".join(evidence), daftar=listed(names),
    )  # fmt: skip
