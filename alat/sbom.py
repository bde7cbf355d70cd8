"""What is delivered, part by part, for whoever looks a weakness up: ``python -m alat.sbom`` prints it as CycloneDX 1.6.

Made of the lock file alone, without a clock, a number by chance or the network: the same lock file gives the same bytes. setup.py
puts it into every wheel, in ``sboms/`` of its metadata, where PEP 770 looks for it.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent.parent
LOCK = ROOT / "alat" / "pustaka.txt"
_PINNED = re.compile(r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)==(?P<version>[^\s;]+)(?:\s*;\s*(?P<marker>.*?))?\s*(?=--hash|$)")
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)")


def components(lock: str) -> Iterator[dict[str, Any]]:
    """The parts that a lock file (requirements of pip with hashes) pins. Raises ValueError for a line that pins nothing or has
    no hash: what is delivered would not be what is written."""
    joined = re.sub(r"\\\n\s*", "", re.sub(r"(?m)^\s*#.*\n?", "", lock))
    for line in filter(None, map(str.strip, joined.splitlines())):
        found, hashes = _PINNED.match(line), _HASH.findall(line)
        if found is None or not hashes:
            raise ValueError(f"not pinned by version and hash: {line[:80]}")
        name = re.sub(r"[-_.]+", "-", found["name"]).lower()
        purl = f"pkg:pypi/{name}@{found['version']}"
        # One hash for each file that the index offers of this version: which one comes depends on the system and Python.
        part: dict[str, Any] = {"type": "library", "bom-ref": purl, "name": name, "version": found["version"], "purl": purl}
        if found["marker"]:  # one version for some Pythons, another for others
            part["bom-ref"] = f"{purl} ; {found['marker']}"
            part["properties"] = [{"name": "kinerja-xl:marker", "value": found["marker"]}]
        yield part | {"hashes": [{"alg": "SHA-256", "content": one} for one in sorted(hashes)]}


def sbom(lock: str, project: dict[str, Any]) -> str:
    """The whole document; ``project``: the table of that name in pyproject.toml."""
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    parts = sorted(components(lock), key=lambda part: part["bom-ref"])
    document = {
        "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {"component": {
            "type": "application", "bom-ref": own, "name": project["name"], "version": project["version"], "purl": own,
            "licenses": [{"license": {"id": project["license"]}}],
        }},
        "components": parts,
    }  # fmt: skip
    return json.dumps(document, indent=1, ensure_ascii=False) + "\n"


def current() -> str:
    """Of this project as it stands."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return sbom(LOCK.read_text(encoding="utf-8"), project)


if __name__ == "__main__":
    sys.stdout.write(current())
