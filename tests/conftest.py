"""Shared by all tests: the one LibreOffice of a test session and the hypothesis profiles."""

import gc
import os

import pytest
from hypothesis import HealthCheck, settings

from tests import ingatan
from tests.libre import Office, find

ingatan.remember()
# A session holds millions of objects that stay; looking through them at every turn takes time and finds nothing.
gc.freeze()
gc.set_threshold(100_000, 20, 50)

# derandomize: the same tree is red or green every time. Slow machines are no defect of the project.
_COMMON = {"deadline": None, "derandomize": True, "suppress_health_check": [HealthCheck.too_slow]}
settings.register_profile("biasa", max_examples=50, **_COMMON)
settings.register_profile("panjang", max_examples=500, **_COMMON)
DEEP = os.environ.get("KINERJA_XL_PROFIL") == "dalam"
"""By hand: every fault of every verb, every case of the rule tests, 2,000 mutations, twenty rounds of two at once."""
LONG = DEEP or os.environ.get("KINERJA_XL_PROFIL") == "panjang"
settings.load_profile("panjang" if LONG else "biasa")

MUTATIONS = 2_000 if DEEP else 300 if LONG else 100
"""Cells of the clean sample that ``test_mutasi`` changes."""

COMPARED = pytest.StashKey[int]()


@pytest.fixture(scope="session")
def libre(request):
    """LibreOffice with a profile of its own; without it the test skips (CI: fails), see ``tests.libre``."""
    with Office() as office:
        yield office
        request.config.stash[COMPARED] = office.compared


@pytest.fixture
def anew():
    """For a test that the same input gives the same bytes: everything is written a second time indeed."""
    with ingatan.forgotten():
        yield


def pytest_collection_finish():
    """What collecting has loaded stays as long, and the command line has set a threshold of its own."""
    gc.freeze()
    gc.set_threshold(100_000, 20, 50)


class _Workers:
    """What the workers of pytest-xdist recalculated, added up where the summary is written."""

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node, error):
        if (compared := getattr(node, "workeroutput", {}).get("compared")) is not None:
            node.config.stash[COMPARED] = node.config.stash.get(COMPARED, 0) + compared


def pytest_configure(config):
    config.pluginmanager.register(_Workers())


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["compared"] = session.config.stash.get(COMPARED, None)


def pytest_collection_modifyitems(items):
    """``-m 'not libreoffice'`` leaves out what needs LibreOffice, without a mark on each test."""
    for item in items:
        if "libre" in getattr(item, "fixturenames", ()):
            item.add_marker("libreoffice")


def pytest_terminal_summary(terminalreporter, config):
    """A judge that is absent, or was given little to judge, should be noticed."""
    if find() is None:
        terminalreporter.write_line("LibreOffice tidak ditemukan: uji yang memerlukannya tidak dijalankan.")
    if (compared := config.stash.get(COMPARED, None)) is not None:
        terminalreporter.write_line(f"LibreOffice menghitung ulang {compared} rumus.")
