"""The wheel carries the sample offices and the guide, which stand beside the package, not in it (see uses/contoh.py), and the
list of what is delivered with it (alat/sbom.py). With SOURCE_DATE_EPOCH set, the same source gives the same bytes
(tests/test_roda.py).
"""

from __future__ import annotations

import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

from setuptools import setup
from setuptools.command.bdist_wheel import bdist_wheel
from setuptools.command.build_py import build_py

sys.path.insert(0, str(Path(__file__).parent))  # the build back end looks only among installed packages
from alat.sbom import current  # noqa: E402

SAMPLES = ("wasuponda-2025", "bermasalah")


class BuildWithSamples(build_py):
    """Copies them into the package that is built; an editable installation finds them where they are."""

    def run(self) -> None:
        super().run()
        if self.editable_mode:
            return
        root, carried = Path(__file__).parent, Path(self.build_lib) / "kinerja_xl" / "contoh"
        for name in SAMPLES:
            left = ignore_patterns("hasil", "formulir", "~$*", ".*")
            copytree(root / "samples" / name, carried / name, ignore=left, dirs_exist_ok=True)
        (carried / "panduan").mkdir(exist_ok=True)
        for page in sorted((root / "docs").glob("*.md")):
            if page.name != "arsitektur.md":  # for developers
                (carried / "panduan" / page.name).write_bytes(page.read_bytes())
        for printed in sorted((root / "docs").glob("Panduan.*")):
            (carried / "panduan" / printed.name).write_bytes(printed.read_bytes())
        copytree(root / "docs" / "gambar", carried / "panduan" / "gambar", ignore=ignore_patterns("*.json"), dirs_exist_ok=True)


class WheelWithParts(bdist_wheel):
    """Adds what the package is delivered with, and takes out who built it: the rights of the files in a clone are its owner's."""

    def write_wheelfile(self, wheelfile_base: str, *args: str) -> None:
        super().write_wheelfile(wheelfile_base, *args)
        listed = Path(wheelfile_base, "sboms")
        listed.mkdir(exist_ok=True)
        (listed / "kinerja-xl.cdx.json").write_bytes(current().encode())
        for path in Path(self.bdist_dir).rglob("*"):
            path.chmod(0o755 if path.is_dir() else 0o644)


setup(cmdclass={"build_py": BuildWithSamples, "bdist_wheel": WheelWithParts})
