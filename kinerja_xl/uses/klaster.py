"""Where offices are reckoned: a Dask cluster by its address (extra ``klaster``), else the processes of this computer."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import Executor
from contextlib import contextmanager

from kinerja_xl.office.folder import InputError

RETRIES = 3
"""How often an office is given to another worker when the one that reckoned it dies."""


@contextmanager
def cluster(address: str | None) -> Iterator[Executor | None]:
    """The cluster at ``tcp://…`` as an executor; None without an address. Its workers must see the same folders under the same
    names. Raises InputError where the extra is missing or nobody answers."""
    if not address:
        yield None
        return
    try:
        from distributed import Client
    except ImportError as error:
        raise InputError("Klaster memerlukan pustaka distributed: pasang dengan pip install kinerja-xl[klaster].") from error
    try:
        client = Client(address, timeout="10s", set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        words = f"Klaster {address} tidak menjawab. Periksa alamat penjadwalnya, seperti tcp://10.0.0.5:8786."
        raise InputError(words) from error
    with client:
        yield client.get_executor(retries=RETRIES, pure=False)
