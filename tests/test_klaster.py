"""``gabung`` on a Dask cluster of this computer: a real scheduler with two workers, of which one is killed midway."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kinerja_xl.office.folder import InputError
from kinerja_xl.uses.gabung import cluster, gabung
from kinerja_xl.uses.rekap import rekap
from tests.kantor_uji import Folder
from tests.rumah import ROOT

OFFICES = 6


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(InputError, match="klaster"), cluster("tcp://127.0.0.1:1"):
        pass


def test_without_an_address_there_is_none():
    with cluster(None) as executor:
        assert executor is None


@pytest.mark.filterwarnings("ignore")
def test_one_worker_is_killed_midway(tmp_path: Path):
    distributed = pytest.importorskip("distributed")
    for number in range(OFFICES):
        Folder().edit("kantor", "kantor", pemda=f"Kabupaten {number}").write(tmp_path / "kab" / f"k{number}")
    started: list[subprocess.Popen[bytes]] = []
    environment = os.environ | {"PYTHONPATH": os.pathsep.join((str(ROOT), os.environ.get("PYTHONPATH", "")))}

    def start(*words: str) -> subprocess.Popen[bytes]:
        quiet = subprocess.DEVNULL
        process = subprocess.Popen(
            [sys.executable, "-m", *words], cwd=tmp_path, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
        )
        started.append(process)
        return process

    try:
        note = tmp_path / "penjadwal.json"
        here = ("--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        start("distributed.cli.dask_scheduler", *here, "--scheduler-file", str(note))
        worker = ("distributed.cli.dask_worker", "--scheduler-file", str(note), "--nthreads", "1", "--no-nanny", "--no-dashboard")
        doomed, _ = start(*worker), start(*worker)
        _wait(note.exists)
        with distributed.Client(scheduler_file=str(note), timeout=60, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
            address = client.scheduler.address
            done: list[int] = []

            def kill(what: str, number: int, total: int) -> None:
                if not done:
                    os.killpg(doomed.pid, signal.SIGKILL)
                done.append(number)

            with cluster(address) as executor:
                several = gabung(tmp_path / "kab", executor=executor, progress=kill).several
        assert doomed.wait(60) == -signal.SIGKILL and done == list(range(1, OFFICES + 1))
        assert [office.trouble for office in several.offices] == [""] * OFFICES
        assert several.counted == OFFICES * rekap(tmp_path / "kab" / "k0").total_rab
    finally:
        for process in started:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(60)


def _wait(ready) -> None:  # noqa: ANN001
    end = time.monotonic() + 60
    while not ready() and time.monotonic() < end:
        time.sleep(0.1)
    assert ready()
