"""The guideline's demands (BAB III to V): each is held by a code or says why no program can; no source leads nowhere."""

from __future__ import annotations

from docs.halaman_catatan import demands, references
from kinerja_xl.catatan import catalogue


def test_every_demand_has_codes_or_a_reason():
    assert [one.ref for one in demands() if not one.codes and not one.reason] == []


def test_every_source_is_a_demand_or_a_section_of_demands():
    known = [one.ref for one in demands()]
    lost = {
        (code.kode, ref)
        for code in catalogue().values()
        for ref in references(code)
        if not any(f"{one}.".startswith(f"{ref}.") or f"{ref}.".startswith(f"{one}.") for one in known)
    }
    assert lost == set()


def test_demands_are_those_of_the_guideline_and_stand_once():
    refs = [one.ref for one in demands()]
    assert len(refs) == len(set(refs))
    assert {ref.split(".")[0] for ref in refs} == {"III", "IV", "V"}
    assert {f"III.C.2.{letter}" for letter in "abcde"} | {f"IV.A.1.{letter}" for letter in "abcdefg"} <= set(refs)
    assert {f"V.C.{number}" for number in range(1, 6)} | {f"V.D.{number}" for number in (1, 2, 3)} <= set(refs)
