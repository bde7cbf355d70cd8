"""The policies of Kantor.xlsx as they can be followed: each held against its declaration, a wrong one replaced and named."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from kinerja_xl.sheets.kantor import FALLING, POLICIES, Policy
from kinerja_xl.sheets.values import Doubt, fold, format_number, parse_number, parse_rupiah

BY_KEY: Mapping[str, Policy] = MappingProxyType({policy.key: policy for policy in POLICIES})


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """A policy that could not be followed: what stands there, what is used instead, and why."""

    key: str
    value: str
    used: str
    reason: str


def settled(given: Mapping[str, str], units: Collection[str] | None = None) -> tuple[dict[str, str], tuple[Wrong, ...]]:
    """Every policy as it is followed (texts by key), and the wrong ones. ``units``: the codes on the sheet Unit, None where
    they are not known. Blank is the default; keys that are none of ours stay as they are."""
    followed, wrong = dict(given), []
    for policy in POLICIES:
        typed = given.get(policy.key, "").strip() or policy.default
        meant = _meant(policy, typed, units)
        followed[policy.key] = policy.default if meant is None else meant
        if meant is None:
            lacking = policy.unit and policy.default not in (units or ())  # no unit can stand in for it
            used = "tidak ada unit" if lacking else policy.default
            wrong.append(Wrong(key=policy.key, value=typed, used=used, reason=policy.allows))
    for keys in FALLING:
        wrong += _fallen(followed, keys)
    return followed, tuple(wrong)


def number(policies: Mapping[str, str], key: str) -> Decimal:
    """A policy as a number: its declared default where it stands nowhere or is none."""
    read = _number(BY_KEY[key], policies.get(key, ""))
    return Decimal(BY_KEY[key].default) if read is None else read


def _meant(policy: Policy, typed: str, units: Collection[str] | None) -> str | None:
    """The value as it is followed; None where it is not allowed."""
    words = {fold(word): word for word in policy.words} | {fold(other): word for other, word in policy.other}
    if policy.unit and units is not None:
        words |= {fold(unit): unit for unit in units}
    if fold(typed) in words:
        return words[fold(typed)]
    if policy.minimum is not None:
        read = _number(policy, typed)
        return None if read is None else format_number(read).replace(".", "")
    return typed if not policy.words and not (policy.unit and units is not None) else None


def _number(policy: Policy, typed: str) -> Decimal | None:
    """A plain number within the bounds, rupiah as they are written or with a percent sign; None for anything else."""
    value = _plain(typed, policy.rupiah)
    low, high = policy.minimum, policy.maximum
    return value if value is not None and (low is None or low <= value) and (high is None or value <= high) else None


@lru_cache(maxsize=1000)  # the same few texts in every office, most of them the defaults
def _plain(typed: str, rupiah: bool) -> Decimal | None:
    parsed = parse_rupiah(typed) if rupiah else parse_number(typed.replace("%", ""))
    return parsed.value if parsed.doubt in {None, Doubt.TEKS_ANGKA} else None


def _fallen(followed: dict[str, str], keys: tuple[str, ...]) -> list[Wrong]:
    """Bounds that do not fall from one to the next are all replaced: a half of a scale is none."""
    values = [number(followed, key) for key in keys]
    if all(higher > lower for higher, lower in zip(values, values[1:], strict=False)):
        return []
    used, shown = (", ".join(texts) for texts in ([BY_KEY[k].default for k in keys], [followed[k] for k in keys]))
    followed.update({key: BY_KEY[key].default for key in keys})
    return [Wrong(key=keys[0], value=shown, used=used, reason=f"batasnya menurun dari {keys[0]} ke {keys[-1]}")]
