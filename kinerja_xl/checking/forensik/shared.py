"""Where each shared formula begins: Excel writes a copied formula once and lets the copies point to its first cell.

The scan of the package hands a copy the first cell's text but not its place, without which it cannot be shifted.
"""

from __future__ import annotations

from kinerja_xl.checking.forensik.formula import Place
from kinerja_xl.package import PackageError, coordinates
from kinerja_xl.package.markup import feed, parser


def shared_origins(data: bytes, path: str) -> dict[Place, Place]:
    """Each copy's cell → the first cell of its group, from the bytes of a worksheet part. {} when it cannot be read."""
    groups: dict[str, Place] = {}
    copies: list[tuple[Place, str]] = []
    here: list[Place] = [(0, 0)]

    def start(name: str, attrs: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        if local == "c":
            here[0] = _place(attrs.get("r", ""))
        elif local == "f" and attrs.get("t") == "shared":
            group = attrs.get("si", "")
            if "ref" in attrs:
                groups[group] = here[0]
            else:
                copies.append((here[0], group))

    made = parser(path)
    made.StartElementHandler = start
    try:
        feed(made, data, path)
    except PackageError:
        return {}
    finally:
        made.StartElementHandler = None
    return {place: groups[group] for place, group in copies if group in groups}


def _place(ref: str) -> Place:
    try:
        return coordinates(ref)
    except ValueError:
        return (0, 0)
