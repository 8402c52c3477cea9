"""The order and the times of an agenda: all of it in one act."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import transaction

from governance.models import Person
from workflow.errors import Invalid
from workflow.inputs import Errors
from workflow.meetings.acts import record
from workflow.meetings.models import AgendaItem
from workflow.meetings.planning import placing
from workflow.meetings.planning.agenda import live_items, place_of, write_order
from workflow.meetings.planning.keeper import OPEN_AGENDA, locked
from workflow.meetings.planning.standing import LONGEST_TIME
from workflow.vocabulary import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrangement:
    """How somebody wants an agenda: minutes and places by item, those that are to change, then one step up or down."""

    durations: Mapping[int, int | None]
    places: Mapping[int, int]
    step_up: int | None = None
    step_down: int | None = None


@transaction.atomic
def arrange(meeting_id: int, wanted: Arrangement, *, actor: Person, expected_edition: int) -> None:
    """Set the times of an agenda's items and move one of them.

    Effects, in order: the meeting is locked, times and order are written, its edition goes up and the journal is
    written; nothing where nothing differs. What is settled or has left the agenda meanwhile is passed over.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting, NotNow: as `keeper.locked`.
        Invalid: a time is no number of minutes; the field is `tid-` and the item's key.

    """
    meeting, standing = locked(meeting_id, actor=actor, states=OPEN_AGENDA, expected_edition=expected_edition)
    errors = Errors()
    for key, minutes in wanted.durations.items():
        if minutes is not None and not 0 <= minutes <= LONGEST_TIME:
            errors.add(f"tid-{key}", f"Skriv tiden i minuter, högst {LONGEST_TIME}.")
    if errors.found:
        raise Invalid(errors.found)
    items = {one.pk: one for one in live_items(meeting)}
    said = []
    for key, minutes in wanted.durations.items():
        if key in items and items[key].settled_at is None and items[key].duration != minutes:
            items[key].duration = minutes
            said.append(items[key].title)
    AgendaItem.objects.bulk_update(items.values(), ["duration"]) if said else None
    what = ["Ändrade tider."] if said else []
    open_keys = {key for key, one in items.items() if one.settled_at is None}
    places = _wanted_places(tuple(place_of(one) for one in items.values()), wanted, open_keys)
    if write_order(items, places):
        what.append("Ändrade ordningen.")
    if what:
        order = [items[place.key].title for place in places]
        payload = {"what": " ".join(what), "items": order}
        record(meeting, Act.MOTE_ANDRAT, actor=actor, standing=standing, payload=payload)


def _wanted_places(places: placing.Places, wanted: Arrangement, keys: Collection[int]) -> placing.Places:
    """Return the places as they are wanted, of the items `keys` alone; from the top down, so that all end there."""
    for key, to in sorted(wanted.places.items(), key=lambda one: one[1]):
        if key in keys:
            places = placing.move(places, key, to)
    for one, up in ((wanted.step_up, True), (wanted.step_down, False)):
        if one is not None and one in keys:
            places = placing.step(places, one, up=up)
    return places
