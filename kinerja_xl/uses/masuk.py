"""Reading masuk/: the units' workbooks in any layout, and what the triwulan brought back."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from kinerja_xl.catatan import Finding, cause, sort_key
from kinerja_xl.checking.rule_book import with_office_levels
from kinerja_xl.office.folder import MASUK, InputError, Submission, folder_of, incoming, is_folder, read_listed
from kinerja_xl.office.kantor import Office
from kinerja_xl.office.prefill import office_listings
from kinerja_xl.reading.intake import Return, read_return, read_submission
from kinerja_xl.reckoning.plan import Plan
from kinerja_xl.sheets.choices import Listings

if TYPE_CHECKING:
    from kinerja_xl.foreign.padanan import Padanan
    from kinerja_xl.reckoning.year import Realised

Answers = Callable[[], "Padanan | None"]
"""The Padanan.xlsx of the year, read when a file that is none of ours asks for it."""

# ---- A unit's usulan ----


def read_file(path: Path, lists: Listings, office: Office | None, padanan: Answers = lambda: None) -> Submission:
    """A unit's file as a submission; what keeps it from being read is its only finding. Raises InputError where the Padanan.xlsx
    that it asks for can't be looked at: that is no fault of the file."""
    data, trouble = read_listed(path)
    if trouble:
        return Submission(file=path.name, sha256="", unit="", version=0, content=None, findings=(trouble,))
    try:
        read = read_submission(data, path.name, lists, office)
        return _adopted(path, data, office, padanan()) or read if office and read.is_strange else read
    except InputError:
        raise
    except Exception as error:
        odd = Finding(code="B118", file=path.name, args={"galat": cause(error)})
        return Submission(file=path.name, sha256=sha256(data).hexdigest(), unit="", version=0, content=None, findings=(odd,))


def _adopted(path: Path, data: bytes, office: Office, padanan: Padanan | None) -> Submission | None:
    """A workbook in the unit's own layout, where the Padanan.xlsx of its year's folder knows it."""
    from kinerja_xl.adopt.usulan import adopt_submission  # the reader of any layout: only for a file that is none of ours

    return adopt_submission(data, path.name, padanan, office) if padanan else None


def with_parts_named(submissions: list[Submission], office: Office | None) -> list[Submission]:
    """With the parts named that the units' own layouts leave out."""
    if not any(s.parts for s in submissions):
        return submissions
    from kinerja_xl.adopt.usulan import with_missing_parts

    return with_missing_parts(submissions, office)


# ---- What a triwulan brought back ----

Strange = list[tuple[Return, Path, bytes]]
"""Files that are none of ours, with their bytes."""


def read_returns(
    folder: Path, office: Office, plan: Plan, triwulan: int, older: tuple[Plan, ...], padanan: Answers
) -> tuple[Callable[[Iterable[Finding]], Realised], bool]:
    """What masuk/TW1 to masuk/TWn brought, to be reckoned with what else is said; and whether there are files of others."""
    returns, skipped, strange = _incoming(folder, office, triwulan)
    made, told = _adopted_returns(office, plan, returns, strange, padanan)

    def realised(said: Iterable[Finding]) -> Realised:
        return told(realised_of([*returns, *made], office, plan, triwulan, [*skipped, *said], older))

    return realised, bool(strange)


def said_of_return(
    returned: Return, folder: Path, office: Office, plan: Plan, older: tuple[Plan, ...], padanan: Answers
) -> list[Finding]:
    """What ``capaian`` says of one file, after what the triwulan before it brought."""
    before, _, strange = _incoming(folder, office, returned.triwulan - 1)
    made, _ = _adopted_returns(office, plan, before, strange, padanan)
    realised = realised_of([*before, *made, returned], office, plan, returned.triwulan, older=older)
    return [f for f in realised.findings if f.file == returned.file]


def realised_of(
    returns: Iterable[Return], office: Office, plan: Plan, triwulan: int, said: Iterable[Finding] = (),
    older: tuple[Plan, ...] = (),
) -> Realised:  # fmt: skip
    """The same from files that were read already. ``said`` before: findings about files that are no workbooks; ``older``:
    plans that were in force before, from which the forms of earlier triwulan were made."""
    # What the recap of a year's proposals never needs is loaded when a triwulan is reckoned.
    from kinerja_xl.checking.realisasi import Judging, against_plan, declared, with_reported
    from kinerja_xl.checking.realisasi_angka import in_one, judge_figures, judge_money, judge_promises
    from kinerja_xl.reckoning import grouped
    from kinerja_xl.reckoning.capaian.janji import due as promises_due
    from kinerja_xl.reckoning.year import MONEY_KIND, UNIT_KIND, Status, place_returns
    from kinerja_xl.reckoning.year.due import first_due
    from kinerja_xl.reckoning.year.tracks import build_realised, build_tracks

    lists = office_listings(office)
    returns = list(returns)
    due = first_due(plan, older)
    placing = place_returns(returns, office, plan, triwulan, due)
    findings = [*said, *placing.findings]
    shown = [p for p in placing.placed if p.status is not Status.DIGANTI]  # what was replaced accuses nobody
    findings += [f if f.unit else f.at(unit=p.unit) for p in shown for f in p.returned.submission.findings]
    required = declared((r for kind in (UNIT_KIND, MONEY_KIND) for r in placing.counted(kind)), lists)
    findings += required
    said_of = grouped((f.file, f) for f in required)
    placed = [replace(p, returned=with_reported(p.returned, said_of.get(p.returned.file, ()))) for p in placing.placed]
    placing = replace(placing, placed=placed)
    tracks = build_tracks(placing, plan, triwulan, due, older, promises_due(office))
    judging = Judging(tracks=tracks, plan=plan, older=older, office=office, lists=lists, triwulan=triwulan)
    figures = in_one([*judge_figures(judging), *judge_money(judging)])
    findings += [*against_plan(judging), *figures, *judge_promises(judging)]
    findings = sorted(with_office_levels(findings, office), key=sort_key)
    return replace(build_realised(placing, tracks, findings, triwulan), due=due)


def _adopted_returns(
    office: Office, plan: Plan, returns: list[Return], strange: Strange, padanan: Answers
) -> tuple[list[Return], Callable[[Realised], Realised]]:
    """Files that are none of ours as returns: a realisasi of the budgeting system (LRA), else unread as they are; and what
    gives the rows of several months their own files again in what is reckoned.

    Figures since January need what counts before them, reports of earlier triwulan first.
    """
    if not strange:
        return [], lambda realised: realised
    from kinerja_xl.adopt.money import read_lra, returns_of
    from kinerja_xl.adopt.period import Lra, apart

    lras: list[Lra] = []
    made: list[Return] = []
    for returned, path, data in strange:
        found = read_lra(data, path.name, returned.triwulan, plan, office, padanan())
        lras += found
        made += [] if found else [returned]
    for number in range(1, 5):
        mine = [lra for lra in lras if lra.triwulan == number]
        known = [r for r in (*returns, *made) if r.triwulan < number]
        made += returns_of(mine, plan, office, partial(realised_of, known, office, plan))
    return made, lambda realised: apart(realised, lras)


def _incoming(folder: Path, office: Office, triwulan: int) -> tuple[list[Return], list[Finding], Strange]:
    """The files of every triwulan's folder, and apart those that are none of ours; a folder that is not there brought nothing."""
    lists = office_listings(office)
    returns: list[Return] = []
    said: list[Finding] = []
    strange: Strange = []
    for number in range(1, triwulan + 1):
        place = folder / MASUK / folder_of(number)
        if not is_folder(place):
            continue
        paths, skipped = incoming(place)
        said += [f.at(file=f"{folder_of(number)}/{f.file}") for f in skipped]
        for path in paths:
            data, trouble = read_listed(path)
            found = read_return(data, path.name, number, lists, office) if not trouble else None
            if trouble:
                said.append(trouble.at(file=f"{folder_of(number)}/{path.name}"))
            elif found and found.submission.is_strange:
                strange.append((found, path, data))
            elif found:
                returns.append(found)
    return returns, said, strange
