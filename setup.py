"""The wheel carries the sample offices and the guide, which stand beside the package, not in it (see uses/contoh.py)."""

from __future__ import annotations

from pathlib import Path
from shutil import copytree, ignore_patterns

from setuptools import setup
from setuptools.command.build_py import build_py

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


setup(cmdclass={"build_py": BuildWithSamples})
