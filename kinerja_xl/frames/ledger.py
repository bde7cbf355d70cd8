"""Amounts of rupiah in one table, added up by whatever its rows are grouped by: counted, held and not known apart, exactly."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from functools import cache
from typing import NamedTuple

import numpy as np
import pandas as pd
import pandera.pandas as pa

from kinerja_xl.frames.tables import whole

AMOUNT, COUNTED = "jumlah", "dihitung"


class Added(NamedTuple):
    """What the rows of a group come to: rupiah that count, and of the others what is known, of how many rows, and how many
    are not known (never 0); then all rows, and those that count."""

    counted: int = 0
    held: int = 0
    held_known: int = 0
    held_unknown: int = 0
    rows: int = 0
    rows_counted: int = 0


def ledger(keys: Mapping[str, Sequence[str]], amounts: Sequence[int | None], counted: Sequence[bool]) -> pd.DataFrame:
    """A row per amount with the names it is added up under. Raises where one counts that nobody knows: a defect of ours."""
    names = {key: pd.Categorical(list(values)) for key, values in keys.items()}
    frame = pd.DataFrame({**names, AMOUNT: whole(amounts), COUNTED: np.array(counted, dtype=bool)})
    return _schema().validate(frame)


@cache
def _schema() -> pa.DataFrameSchema:
    known = pa.Check(lambda frame: ~frame[COUNTED] | frame[AMOUNT].notna(), name="counted without an amount")
    return pa.DataFrameSchema({AMOUNT: pa.Column(None, nullable=True), COUNTED: pa.Column(bool)}, checks=known)


def added(frame: pd.DataFrame, *keys: str) -> dict[Hashable, Added]:
    """The groups of a ledger by one key or several (then a tuple), in the order in which they come; the whole under ``()``."""
    parts = _parts(frame)
    if not keys:
        return {(): Added(*(int(total) for total in parts.sum()))} if len(parts) else {(): Added()}
    by = [frame[key] for key in keys]
    sums = parts.groupby(by if len(by) > 1 else by[0], sort=False, observed=True).sum()
    return dict(zip(sums.index.tolist(), map(Added._make, zip(*(map(int, sums[c]) for c in sums), strict=True)), strict=True))


def _parts(frame: pd.DataFrame) -> pd.DataFrame:
    amount, counts = frame[AMOUNT], frame[COUNTED]
    known = amount.notna()
    exact = amount.fillna(0) if amount.dtype == object else pd.Series(amount.to_numpy(dtype="int64", na_value=0))
    columns = (exact.where(counts, 0), exact.where(~counts, 0), known & ~counts, ~known & ~counts, known | True, counts)
    return pd.DataFrame({n: c if c.dtype == object else c.astype("int64") for n, c in enumerate(columns)})
