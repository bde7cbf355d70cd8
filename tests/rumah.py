"""The house measured: rooms, layers, circles, sizes, from the code's own imports. ``python -m tests.rumah`` prints it.

The order of the rooms stands in docs/arsitektur.md alone and is read from there; no name of a module is kept here.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import import_module
from pathlib import Path
from statistics import median

from kinerja_xl.words import table

ROOT = Path(__file__).parent.parent
PACKAGE = "kinerja_xl"
PAGE = ROOT / "docs" / "arsitektur.md"
AT_THE_TOP = {"__init__", "__main__"}
"""The only modules outside a room."""
SPELLED_ELSEWHERE = {"kinerja_xl.foreign.targets": "tw1 to tw4 are the reader's own names of periods, not what offices write"}
"""Modules outside words/ that may hold spellings of months, numerals or quarters, each with its reason."""


def rooms() -> list[str]:
    """The rooms from the ground up, as the table of docs/arsitektur.md lists them."""
    return re.findall(r"^\| `(\w+)/` \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)


def modules() -> dict[str, Path]:
    """Every module by its dotted name."""
    found = {}
    for path in sorted((ROOT / PACKAGE).rglob("*.py")):
        parts = path.relative_to(ROOT).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


@cache
def nodes(module: str) -> tuple[ast.AST, ...]:
    """All of its tree, walked once."""
    return tuple(ast.walk(tree(module)))


@cache
def imports(module: str, *, at_start: bool = False) -> frozenset[str]:
    """Modules of the project that a module imports; ``at_start``: only what importing it imports."""
    return frozenset(name for node in _statements(tree(module), at_start) for name in _targets(node, module)) - {module}


def _statements(node: ast.AST, at_start: bool) -> Iterator[ast.AST]:
    for child in ast.iter_child_nodes(node):
        yield child
        inside = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        typing = isinstance(child, ast.If) and ast.unparse(child.test).endswith("TYPE_CHECKING")
        if not (at_start and (inside or typing)):
            yield from _statements(child, at_start)


def _targets(node: ast.AST, module: str) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (_known(alias.name) for alias in node.names if alias.name.split(".")[0] == PACKAGE)
    elif isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"{module}: relative import"
        if node.module and node.module.split(".")[0] == PACKAGE:
            yield from (_known(f"{node.module}.{alias.name}") for alias in node.names)


def _known(name: str) -> str:
    """``package.module.object`` → the module that holds the object."""
    while name not in MODULES:
        name = name.rpartition(".")[0]
        assert name, "an import of nothing"
    return name


def room(module: str) -> str:
    """``kinerja_xl.sheets.rab`` → ``sheets``; "" for the package itself and its ``__main__``."""
    name = (module.split(".") + [""])[1]
    return "" if name in AT_THE_TOP else name


def loose() -> list[str]:
    """Modules beside the rooms that belong into one."""
    return [m for m, path in MODULES.items() if path.parent == ROOT / PACKAGE and path.stem not in AT_THE_TOP]


def upward() -> list[str]:
    """Imports from a room into one above it."""
    order = rooms()
    pairs = [(m, other) for m in MODULES if room(m) for other in sorted(imports(m)) if room(other)]
    return [f"{m} imports {other}" for m, other in pairs if order.index(room(other)) > order.index(room(m))]


def circles(*, at_start: bool = False) -> list[str]:
    """Circles between modules, and between the parts of each folder, as ``a → b → a``."""
    of_modules = _circle(list(MODULES), lambda m: {o for o in imports(m, at_start=at_start) if not _own_package(o, m)})
    return [*of_modules, *(c for folder in _folders() for c in _between(folder, at_start))]


def _own_package(other: str, module: str) -> bool:
    """Importing a module runs its packages' ``__init__`` first; naming one of them is no circle."""
    return module.startswith(other + ".") and MODULES[other].name == "__init__.py"


def _folders() -> list[str]:
    return [m for m, path in MODULES.items() if path.name == "__init__.py"]


def _between(folder: str, at_start: bool) -> list[str]:
    """Circles between the direct parts of a folder, each with all that lies below it."""
    depth = folder.count(".") + 2
    edges: dict[str, set[str]] = {}
    for module in MODULES:
        if module.startswith(folder + "."):
            part = _head(module, depth)
            inside = {_head(o, depth) for o in imports(module, at_start=at_start) if o.startswith(folder + ".")}
            edges.setdefault(part, set()).update(inside - {part})
    return _circle(list(edges), lambda part: edges[part])


def _head(module: str, depth: int) -> str:
    return ".".join(module.split(".")[:depth])


def _circle(names: list[str], targets: Callable[[str], set[str]]) -> list[str]:
    done: set[str] = set()
    found: list[str] = []

    def visit(name: str, path: list[str]) -> None:
        if name in path:
            found.append(" → ".join([*path[path.index(name) :], name]))
        elif name not in done:
            for other in sorted(targets(name)):
                visit(other, [*path, name])
            done.add(name)

    for name in names:
        visit(name, [])
    return found


def lines() -> dict[str, int]:
    """How many lines each module has."""
    return {m: path.read_text(encoding="utf-8").count("\n") for m, path in MODULES.items()}


def functions() -> list[int]:
    """The length of every function, in lines."""
    kinds = ast.FunctionDef | ast.AsyncFunctionDef
    return [f.end_lineno - f.lineno + 1 for m in MODULES for f in nodes(m) if isinstance(f, kinds) and f.end_lineno]


def same_names() -> dict[str, list[str]]:
    """Base names that more than one module has (``__init__`` apart)."""
    found: dict[str, list[str]] = {}
    for module, path in MODULES.items():
        if path.name != "__init__.py":
            found.setdefault(path.stem, []).append(module)
    return {stem: names for stem, names in found.items() if len(names) > 1}


# ---- Spellings outside words/: a month, a row of numerals, a pattern of a quarter ----

NUMERALS = {"I", "II", "III", "IV"}
_MONTH = {row["ejaan"].lower() for row in table("bulan")}
_QUARTER = {row["ejaan"] for row in table("triwulan") if row["ejaan"].isalpha() and row["letak"] != "awal"}
_NUMERAL_PATTERN = re.compile(r"\[ivx]+\]|\biv\W{1,2}iii\b|\biii\W{1,2}iv\b|i\{1,\d\}", re.IGNORECASE)
_QUARTER_WORD = re.compile(rf"triwulan|(?<![a-z])(?:{'|'.join(sorted(_QUARTER))})(?![a-z])|sdtw", re.IGNORECASE)
_IS_PATTERN = re.compile(r"\\|\(\?|\S\|\S")


def spelled_outside() -> list[str]:
    """Months, numerals and quarters that code outside words/ spells itself, as ``module:line what``."""
    watched = [m for m in MODULES if room(m) != "words" and m not in SPELLED_ELSEWHERE]
    return [f"{m}:{node.lineno} {found}" for m in watched for node in _code(nodes(m)) if (found := _spelled(node))]


def _code(of: Iterable[ast.AST]) -> Iterator[ast.expr]:
    """All expressions but docstrings."""
    docstrings = {id(node.value) for node in of if isinstance(node, ast.Expr)}
    yield from (node for node in of if isinstance(node, ast.expr) and id(node) not in docstrings)


def _spelled(node: ast.expr) -> str:
    if isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
        texts = set(map(_text, node.keys if isinstance(node, ast.Dict) else node.elts))
        several = {"numerals": {text.upper() for text in texts} & NUMERALS, "quarters": texts & _QUARTER}
        return next((name for name, found in several.items() if len(found) > 1), "")
    text = _text(node)
    months = [word for word in re.findall(r"[a-z]+", text.lower()) if word in _MONTH]
    if text.lower() in _MONTH or len(set(months)) > 1:
        return f"months {months}"
    if _NUMERAL_PATTERN.search(text):
        return f"numerals {text!r}"
    return f"quarters {text!r}" if _QUARTER_WORD.search(text) and _IS_PATTERN.search(text) else ""


def _text(node: ast.AST | None) -> str:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


# ---- Labels: each stands in its declaration, and nowhere a second time as a text ----

DECLARES = {"Column", "Shown", "Form", "Table", "Sheet", "Around", "RecapSheet", "Book", "Head", "replace"}
"""What declares a label; a function that returns one of them does so too."""

EXCUSED = {
    "Sub Kegiatan": "a level of the tree of programs, as are Program and Kegiatan",
    "Rencana Kas": "a part of a comparison, in the words of its sheets",
    "Dapat Dicapai": "a criterion of SMART in a list that the office edits; the column is made from the list",
    "Batas Waktu": "a criterion of SMART in a list that the office edits; the column is made from the list",
    "Selisih (Rp)": "the difference of any two amounts",
    "Tanda Tangan": "a style of Word, and a place to sign",
}
"""Labels of several words that are also something else."""

VOCABULARIES = {
    "regions": "reads the headings of other people's workbooks: its words are what others write",
    "foreign": "says what their tables mean: its words are what others write",
    "filling": "finds its way in other people's forms: its words are what others write",
    "words": "the words by which workbooks of any origin are read",
}
"""Rooms whose texts are compared with workbooks of others, never shown."""


def labels() -> set[str]:
    """Every label, title and name that a sheet of ours declares. One plain word (Unit, Program, Keterangan) is a word of the
    language and stands for more than a heading: such labels are left out."""
    found: set[str] = set()
    for module in MODULES:
        if room(module) == "sheets":
            for value in vars(import_module(module)).values():
                _collect(value, found)
    return {text for text in found if " " in text} - EXCUSED.keys()


def _collect(value: object, found: set[str]) -> None:
    if isinstance(value, tuple):
        for one in value:
            _collect(one, found)
    elif type(value).__name__ in DECLARES and is_dataclass(value):
        for part in fields(value):
            held = getattr(value, part.name)
            if part.name in ("label", "name", "title") and isinstance(held, str):
                found.add(held)
            elif isinstance(held, tuple):
                _collect(held, found)


@cache
def _declaring(module: str) -> frozenset[str]:
    """The module's own functions that return declarations."""
    functions = (f for f in nodes(module) if isinstance(f, ast.FunctionDef) and f.returns)
    return frozenset(f.name for f in functions if f.returns and set(re.findall(r"\w+", ast.unparse(f.returns))) & DECLARES)


def told_twice() -> list[str]:
    """Labels that stand again as a text outside any declaration, as ``module:line 'label'``."""
    known = labels()
    makers = DECLARES.union(*(_declaring(module) for module in MODULES))
    here = [module for module in MODULES if room(module) not in VOCABULARIES]
    texts = ((module, *found) for module in here for found in _texts(tree(module), makers))
    return [f"{module}:{line} {text!r}" for module, line, text in texts if text in known]


def sheets_in_formulas() -> list[str]:
    """Texts that name a sheet in a reference or a link (``RAB!$K$9``) instead of asking its declaration."""
    reference = re.compile(r"[\w ']{3,}!\$?[A-Z]{1,3}\$?\d")
    texts = ((module, *found) for module in MODULES for found in _texts(tree(module), set()))
    return [f"{module}:{line} {text!r}" for module, line, text in texts if reference.search(text)]


def _texts(node: ast.AST, makers: set[str]) -> Iterator[tuple[int, str]]:
    """Texts outside declarations, docstrings apart."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
            continue
        if isinstance(child, ast.Call) and getattr(child.func, "id", getattr(child.func, "attr", "")) in makers:
            continue
        if isinstance(child, ast.Constant) and isinstance(child.value, str):
            yield child.lineno, child.value
        yield from _texts(child, makers)


def main() -> None:
    """Print the measures."""
    size, length = lines(), functions()
    largest = max(size, key=lambda m: size[m])
    print(f"rooms {len(rooms())}, modules {len(size)}, lines {sum(size.values())}")
    print(f"largest module {largest}: {size[largest]} lines; functions {len(length)}, median {median(length):g} lines")
    measures = {"loose modules": loose, "upward imports": upward, "circles": circles, "spelled outside words/": spelled_outside,
                "labels told twice": told_twice, "names of sheets in formulas": sheets_in_formulas}  # fmt: skip
    for title, found in ((title, measure()) for title, measure in measures.items()):
        print(f"{title}: {len(found)}", *(f"  {one}" for one in found), sep="\n")
    print(f"names that occur more than once: {len(same_names())}")
    for stem, names in sorted(same_names().items()):
        print(f"  {stem}: {', '.join(names)}")


if __name__ == "__main__":
    main()
