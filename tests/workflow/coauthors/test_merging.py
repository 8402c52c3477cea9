"""Merging two versions of a part: nothing is lost that is not chosen away, whatever the two have done."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from satsningar.partspec import PARTS
from workflow.views.merging import BOTH, CHOICE, MINE, THEIRS, merged, units

patient = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])

TEXTS = st.sampled_from(["", "Ett.", "Två.", "Tre."])
FIELDS = ("syfte", "malgrupp", "behov")


def part(values: dict[str, str]) -> dict[str, Any]:
    return {**PARTS["uppdrag"].empty(), **values}


VALUES = st.fixed_dictionaries(dict.fromkeys(FIELDS, TEXTS)).map(part)
CHOICES = st.fixed_dictionaries({name: st.sampled_from([MINE, THEIRS, BOTH]) for name in FIELDS})


@patient
@given(mine=VALUES, theirs=VALUES, base=st.none() | VALUES)
def test_every_field_that_differs_is_shown_with_both_sides(
    mine: dict[str, Any], theirs: dict[str, Any], base: dict[str, Any] | None
) -> None:
    found = {unit.key: (unit.mine, unit.theirs, unit.chosen) for unit in units("uppdrag", mine, theirs, base)}

    assert found == {
        name: (mine[name], theirs[name], THEIRS if base is not None and base[name] == mine[name] else MINE)
        for name in FIELDS
        if mine[name] != theirs[name]
    }


@patient
@given(mine=VALUES, theirs=VALUES, chosen=CHOICES)
def test_each_field_is_what_was_chosen(mine: dict[str, Any], theirs: dict[str, Any], chosen: dict[str, str]) -> None:
    value = merged("uppdrag", mine, theirs, {f"{CHOICE}{name}": choice for name, choice in chosen.items()})

    for name in FIELDS:
        one, other = mine[name], theirs[name]
        expected = {MINE: one, THEIRS: other, BOTH: f"{other}\n\n{one}" if one and other and one != other else one}
        assert value[name] == expected[chosen[name]], name


def line(row_id: int | None, roll: str) -> dict[str, Any]:
    return {"id": row_id, "roll": roll, "organisation_id": 1, "timmar": None, "kommentar": ""}


ROLES = st.sampled_from(["Sjuksköterska", "Läkare", "Chef"])
STORED = st.dictionaries(st.integers(1, 4), ROLES, max_size=4)


@patient
@given(base=STORED, theirs=STORED, mine=STORED, new=st.lists(ROLES, max_size=2))
def test_proposed_choices_keep_what_only_one_has_changed(
    base: dict[int, str], theirs: dict[int, str], mine: dict[int, str], new: list[str]
) -> None:
    """A line that one has changed, added or taken away, and the other left alone, becomes as that one left it."""
    sides = [{"resurser": [line(row_id, roll) for row_id, roll in side.items()]} for side in (mine, theirs, base)]
    sides[0]["resurser"] += [line(None, roll) for roll in new]
    empty = PARTS["resurser"].empty()
    own, there, before = ({**empty, **side} for side in sides)

    shown = units("resurser", own, there, before)
    value = merged("resurser", own, there, {unit.name: unit.chosen for unit in shown})

    kept = {row["id"]: row["roll"] for row in value["resurser"] if row["id"] is not None}
    for row_id in base.keys() | theirs.keys() | mine.keys():
        was, is_theirs, is_mine = base.get(row_id), theirs.get(row_id), mine.get(row_id)
        if is_theirs == was and is_mine != was and row_id in theirs:
            assert kept.get(row_id) == is_mine
        if is_mine == was and is_theirs != was:
            assert kept.get(row_id) == is_theirs
    added = [row["roll"] for row in value["resurser"] if row["id"] is None]
    assert [roll for roll in new if roll not in added] == []


@patient
@given(theirs=STORED, mine=STORED)
def test_lines_that_are_the_same_ask_nothing(theirs: dict[int, str], mine: dict[int, str]) -> None:
    empty = PARTS["resurser"].empty()
    own = {**empty, "resurser": [line(row_id, roll) for row_id, roll in mine.items()]}
    there = {**empty, "resurser": [line(row_id, roll) for row_id, roll in theirs.items()]}

    assert len(units("resurser", own, there, None)) == sum(
        mine.get(row_id) != theirs.get(row_id) for row_id in mine.keys() | theirs.keys()
    )


def test_line_of_an_organisation_that_two_added_is_one_line() -> None:
    empty = PARTS["omfattning"].empty()
    own = {**empty, "deltagare": [{"id": None, "organisation_id": 7, "roll": "Leder."}]}
    there = {**empty, "deltagare": [{"id": 3, "organisation_id": 7, "roll": "Deltar."}]}

    [unit] = units("omfattning", own, there, empty)
    assert unit.chosen == MINE
    for choice, roll in ((MINE, "Leder."), (THEIRS, "Deltar.")):
        rows = merged("omfattning", own, there, {unit.name: choice})["deltagare"]
        assert [(row["id"], row["roll"]) for row in rows] == [(3, roll)]
