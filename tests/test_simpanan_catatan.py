"""What the rule book says of a file is kept: the same recap with it and without, whatever changed since, and whatever is broken.

All that a rule is given is its ``Case``, and all of a case is in the name under which its findings are kept. That a rule reads
nothing beside it (a file, the clock, what another file left behind) is held here too.
"""

from __future__ import annotations

import ast
import pickle
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from decimal import Decimal as D
from pathlib import Path

import pytest

from kinerja_xl.catatan import Finding
from kinerja_xl.checking import rule_book, rules
from kinerja_xl.checking.rules import UPSET, Case
from kinerja_xl.office.folder import ARSIP, KANTOR_FILE, MASUK
from kinerja_xl.reading.intake import read_submission
from kinerja_xl.sheets.content import BookContent
from kinerja_xl.sheets.model import Book
from kinerja_xl.uses import kept, kunci, packed
from kinerja_xl.uses.arsip import USULAN_LAMA
from kinerja_xl.uses.kept import PLACE
from kinerja_xl.uses.year import Year
from kinerja_xl.writing.shown.recap import write_recap
from tests.kantor_uji import FILES, Folder, edit, office_content, small_office, unit_bytes
from tests.test_simpanan import Harmful, every
from tests.test_tahun_lalu import last_year

SAMPLES = Path(__file__).parent.parent / "samples"
SAMPLE_NAMES = ("wasuponda-2025", "bermasalah")
TOLERANCE = [row.get("kunci") for row in office_content().rows("kebijakan")].index("toleransi_tw")
DAY = date(2025, 3, 14)


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> None:
    """A small office counts as a large one."""
    monkeypatch.setattr(kept, "MANY", 2)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch, large: None) -> list[str]:
    """The files of which the rule book was really asked."""
    seen: list[str] = []

    def judge(case: Case) -> Iterator[Finding]:
        seen.append(case.submission.file)
        yield from rule_book.judge(case)

    monkeypatch.setattr(kept, "judge", judge)
    return seen


def of(folder: Path, day: date | None = None) -> tuple[list[Finding], bytes]:
    recap = Year(folder, tanggal=day).recap
    return list(recap.findings), write_recap(recap)


def without_keeping(folder: Path, day: date | None = None) -> tuple[list[Finding], bytes]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kept, "MANY", 10**6)
        return of(folder, day)


def kept_files(folder: Path) -> list[Path]:
    return sorted((folder / PLACE / "catatan").iterdir())


def entries(folder: Path) -> list[str]:
    return [name for path in kept_files(folder) for name in packed._listed(path)]


# ---- the same recap, whatever changed ----------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_the_samples_are_the_same_with_what_is_kept(name: str, tmp_path: Path, asked: list[str]):
    folder = shutil.copytree(SAMPLES / name, tmp_path / name)
    plain = without_keeping(folder)
    asked.clear()
    assert list(Year(folder).recap.findings) == plain[0] and asked
    asked.clear()
    assert of(folder) == plain and asked == []
    plain = without_keeping(folder, DAY)  # another day is another case
    asked.clear()
    assert of(folder, DAY) == plain and asked


def changed_kantor(folder: Path, base: Folder) -> None:
    (folder / KANTOR_FILE).write_bytes(base.bytes_of("kantor"))


def one_file(folder: Path, base: Folder) -> None:
    base.edit("trantib", "indikator", 0, tw_4=D(1))
    (folder / MASUK / FILES["trantib"]).write_bytes(base.bytes_of("trantib"))


def a_policy(folder: Path, base: Folder) -> None:
    changed_kantor(folder, base.edit("kantor", "kebijakan", TOLERANCE, nilai="1000"))


def last_years_usulan(folder: Path, base: Folder) -> None:
    before = edit(base.units["pmd"], "identitas", 0, tahun=D(2024))
    (folder / ARSIP).mkdir(exist_ok=True)
    (folder / ARSIP / USULAN_LAMA.format("pmd", 2024)).write_bytes(unit_bytes(before, replace(small_office(), tahun=2024)))


def last_years_recap(folder: Path, base: Folder) -> None:
    (folder / ARSIP).mkdir(exist_ok=True)
    (folder / ARSIP / "Rekap-2024.xlsx").write_bytes(last_year())


def the_stage(folder: Path, base: Folder) -> None:
    changed_kantor(folder, base.edit("kantor", "kantor", tahap="penetapan"))


def the_plan(folder: Path, base: Folder) -> None:
    kunci.lock(folder, "usulan", tanggal=date(2024, 12, 20))


CHANGES = {
    one_file: {"Usulan-trantib-2025.xlsx"}, a_policy: set(FILES.values()), last_years_usulan: {"Usulan-pmd-2025.xlsx"},
    last_years_recap: set(), the_stage: set(FILES.values()), the_plan: set(FILES.values()),
}  # fmt: skip
"""What is changed, one after the other, and of which files the rule book has to be asked again: last year's recap is held against
all of them together, which is not kept."""


def test_no_change_is_held_back(tmp_path: Path, asked: list[str]):
    base = Folder().edit("pmd", "rab", 0, harga_satuan="mahal").edit("trantib", "indikator", 0, tw_4=D(9))
    folder = base.write(tmp_path / "kantor")
    before = of(folder)
    for change, files in CHANGES.items():
        change(folder, base)
        plain = without_keeping(folder)
        asked.clear()
        assert of(folder) == plain, change.__name__
        assert set(asked) == files, change.__name__
        asked.clear()
        assert of(folder) == plain and asked == [], change.__name__
        assert plain != before, change.__name__  # a change that nobody would notice shows nothing
        before = plain
    plain = without_keeping(folder, DAY)
    assert of(folder, DAY) == plain and set(asked) == set(FILES.values())
    assert len(entries(folder)) == len(FILES)  # what nobody asks for any more is gone


# ---- every part of a case is in its name -----------------------------------------------------------------


def cases_of(folder: Path, monkeypatch: pytest.MonkeyPatch) -> list[Case]:
    """The cases that the recap of a folder asks the rule book about."""
    found: list[Case] = []

    def judge(case: Case) -> Iterator[Finding]:
        found.append(case)
        yield from rule_book.judge(case)

    with monkeypatch.context() as patch:
        patch.setattr(kept, "judge", judge)
        patch.setattr(kept, "MANY", 10**6)
        _ = Year(folder).recap
    return found


def other(value: object) -> object:
    """Another value of the same kind."""
    match value:
        case bool():
            return not value
        case str():
            return f"{value}x"
        case bytes():
            return value + b"x"
        case int() | D():
            return value + 1
        case date():
            return value + timedelta(days=1)
        case tuple():
            return (*value, "x")
        case frozenset():
            return value | {("x", "x")}
        case None:
            return "x"
        case _:
            return {**value, "x": "x"}  # type: ignore[dict-item]


def variants(value: object, where: str) -> Iterator[tuple[str, object]]:
    """The value with one of its fields another, each in turn; of what it consists of too."""
    for field in fields(value) if is_dataclass(value) else ():
        own, name = getattr(value, field.name), f"{where}.{field.name}"
        if name == "case.submission.content" or isinstance(own, Book):
            continue  # the hash of its file is in the name; a declaration is this program's
        inner = variants(own, name) if is_dataclass(own) else [(name, other(own))]
        for said, changed in inner:
            made = object.__new__(type(value))
            for each in fields(value):
                object.__setattr__(made, each.name, changed if each is field else getattr(value, each.name))
            yield said, made


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Case:
    """A case with all that there can be: a plan, an office, last year's book."""
    base = Folder().edit("kantor", "kantor", tahap="penetapan")
    folder = base.write(tmp_path / "kantor")
    the_plan(folder, base)
    last_years_usulan(folder, base)
    made = next(c for c in cases_of(folder, monkeypatch) if c.submission.unit == "pmd")
    assert all(getattr(made, field.name) is not None for field in fields(Case))
    return made


def test_whatever_is_another_in_a_case_gives_it_another_name(case: Case):
    own, seen = kept._Spelt().name(case), dict[str, str]()
    assert own == kept._Spelt().name(replace(case))
    for where, changed in variants(case, "case"):
        name = kept._Spelt().name(changed)  # type: ignore[arg-type]
        assert name not in (None, own), where
        assert seen.setdefault(str(name), where) == where
    known = {"case.office.policies", "case.office.tanggal", "case.plan.lines", "case.before.sheets", "case.held"}
    assert known <= set(seen.values())


def test_a_value_deep_inside_is_in_the_name_too(case: Case):
    assert case.office is not None and case.plan is not None and isinstance(case.before, BookContent)
    sheet = case.before.sheets[-1]
    key, row = next(iter(sheet.forms.items())) if sheet.forms else next((k, r[0]) for k, r in sheet.tables.items() if r)
    deeper = replace(row, values={**row.values, "x": D(1)})
    book = replace(case.before, sheets=(*case.before.sheets[:-1], replace(sheet, forms={**sheet.forms, key: deeper})))
    unit, line = case.office.units[0], case.plan.lines[0]
    office = replace(case.office, units=(replace(unit, nama="x"), *case.office.units[1:]))
    plan = replace(case.plan, lines=(replace(line, jumlah=line.jumlah + 1), *case.plan.lines[1:]))
    made = [case, replace(case, before=book), replace(case, office=office), replace(case, plan=plan)]
    spelt = kept._Spelt()
    assert len({spelt.name(one) for one in made}) == len(made)
    assert spelt.name(case) == kept._Spelt().name(case)  # what was worked out for another is not taken for it


def test_what_can_hide_something_is_never_named(case: Case):
    assert case.office is not None
    assert kept._Spelt().name(replace(case, office=replace(case.office, lists={"x": object()}))) is None  # type: ignore[dict-item]
    assert kept._Spelt().name(replace(case, submission=replace(case.submission, version=0))) is None  # in the unit's own layout


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_the_content_of_a_file_is_what_its_bytes_give(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Nobody changes a content between reading and judging: so the hash of the file stands for it."""
    folder = shutil.copytree(SAMPLES / name, tmp_path / name)
    cases = cases_of(folder, monkeypatch)
    assert cases
    for case in cases:
        data = (folder / MASUK / case.submission.file).read_bytes()
        again = read_submission(data, case.submission.file, case.lists, case.office)
        assert (again.content, again.sha256) == (case.submission.content, case.submission.sha256)


# ---- a rule reads its case and nothing else -----------------------------------------------------------

_WATCHED: list[str] | None = None
_OUTSIDE = ("open", "os.", "socket.", "subprocess.", "import", "glob.", "pathlib.")


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if _WATCHED is not None and event.startswith(_OUTSIDE):
        _WATCHED.append(f"{event} {arguments}")


sys.addaudithook(_watch)


@pytest.mark.parametrize("name", SAMPLE_NAMES)
def test_the_rules_open_nothing_and_leave_nothing_behind(name: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Asked again, in another order and of other files in between, they say the same, and look at nothing outside."""
    cases = cases_of(shutil.copytree(SAMPLES / name, tmp_path / name), monkeypatch)
    said = [list(rule_book.judge(case)) for case in cases]
    assert any(said)
    monkeypatch.setattr(sys.modules[__name__], "_WATCHED", seen := list[str]())
    again = [list(rule_book.judge(case)) for case in reversed(cases)]
    monkeypatch.setattr(sys.modules[__name__], "_WATCHED", None)
    assert again[::-1] == said and seen == []


_CLOCK = {"today", "now", "utcnow", "time", "monotonic", "perf_counter", "environ", "getenv", "cwd", "random"}


def test_no_rule_asks_the_clock_or_the_machine():
    places = [Path(module.__file__ or "") for module in (rule_book, rules, *rule_book.MODULES)]
    root = Path(rule_book.__file__).parent.parent
    places += [path for room in ("office", "lists", "words") for path in (root / room).glob("*.py")]
    for path in places:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        used = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        assert not used & _CLOCK, path
        assert not any(isinstance(node, ast.Global) for node in ast.walk(tree)), path


# ---- never believed when damaged, of another version, or not ours; never kept when a rule failed ----------


def forged(path: Path) -> bytes:
    data, records = pickle.dumps((Harmful(),)), packed.Packed(path.parent / "lain")
    for name in packed._listed(path):
        records.put(name, data)
    records.close()
    (made,) = (path.parent / "lain").iterdir()
    whole = made.read_bytes()
    shutil.rmtree(made.parent)
    return whole


@pytest.mark.parametrize(
    "damage",
    [lambda path: every(path.read_bytes(), lambda _, one: one[:-1] + b"x"), lambda path: b"", forged, lambda path: b"x" * 90],
)
def test_what_is_damaged_is_not_believed(
    tmp_path: Path, asked: list[str], damage: Callable[[Path], bytes], monkeypatch: pytest.MonkeyPatch
):  # fmt: skip
    monkeypatch.chdir(tmp_path)
    folder = Folder().edit("trantib", "indikator", 0, tw_4=D(9)).write(tmp_path / "kantor")
    first = of(folder)
    for path in kept_files(folder):
        path.write_bytes(damage(path))
    asked.clear()
    assert of(folder) == first and set(asked) == set(FILES.values())
    assert not (tmp_path / "tersentuh").exists()


def test_one_files_findings_are_never_anothers(tmp_path: Path, asked: list[str]):
    folder = Folder().edit("trantib", "indikator", 0, tw_4=D(9)).write(tmp_path / "kantor")
    first, (path,) = of(folder), kept_files(folder)
    whole = path.read_bytes()
    one, two = packed._entries(path, whole).values()
    other = whole[two.start : two.start + two.size]
    sizes = [packed._ENTRY.pack(name.encode(), two.size) for name in entries(folder)]
    path.write_bytes(b"".join([packed._COUNT.pack(2), *sizes, other, other]))
    asked.clear()
    assert one != two and of(folder) == first and len(asked) == 1


def test_another_version_of_the_program_judges_anew(tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch):
    folder = Folder().write(tmp_path / "kantor")
    of(folder)
    asked.clear()
    monkeypatch.setattr(kept, "_program", lambda: b"lain")
    of(folder)
    assert set(asked) == set(FILES.values())


def test_what_a_rule_that_failed_left_out_is_asked_again(tmp_path: Path, asked: list[str], monkeypatch: pytest.MonkeyPatch):
    folder = Folder().edit("trantib", "indikator", 0, tw_4=D(9)).write(tmp_path / "kantor")
    right = without_keeping(folder)

    def fails(case: Case) -> Iterator[Finding]:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(rule_book, "RULES", [replace(entry, rule=fails) for entry in rule_book.RULES])
        assert UPSET in {finding.code for finding in of(folder)[0]}
    assert of(folder) == right


def test_a_small_office_keeps_nothing(tmp_path: Path):
    folder = Folder().write(tmp_path / "kantor")
    of(folder)
    assert not (folder / PLACE).exists()
