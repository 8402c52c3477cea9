"""What is put on an agenda, in which order, and what leaves it: the only writer of items while a meeting is planned.

`put_on` is for other parts that put an item of their own on an agenda: it places it and marks it late.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.models import Person
from governance.permissions import Standing, today
from satsningar.cleaning import clean_field, clean_text
from workflow.cases import lock as lock_case
from workflow.errors import Invalid
from workflow.inputs import Errors
from workflow.meetings.acts import record
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.papers.freezing import freeze_items
from workflow.meetings.planning import placing
from workflow.meetings.planning.keeper import OPEN_AGENDA, NotNow, locked
from workflow.meetings.planning.placing import DECIDED, Place
from workflow.meetings.planning.saying import as_called, standing_on
from workflow.meetings.planning.standing import LONGEST_TIME, template_of
from workflow.meetings.vocabulary import ItemKind, ItemSort, MeetingState
from workflow.models import Anmalan
from workflow.vocabulary import Act

MOST_ITEMS = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemWords:
    """What an agenda says of an item."""

    title: str
    text: str = ""
    section: str | None = None
    duration: int | None = None
    sort: str = ItemSort.ARBETA
    presenter: str = ""
    sekretess: str = ""


class OnAnotherAgenda(NotNow):
    """The matter stands on an agenda already."""


@transaction.atomic
def add_case(meeting_id: int, anmalan_id: int, *, actor: Person, expected_edition: int | None = None) -> AgendaItem:
    """Put a case with an open anmälan to the body on a meeting's agenda, in its place by the body's template.

    Effects, in order: meeting and case are locked, the item is written, after the kallelse its papers are frozen, the
    meeting's edition goes up, the journal is written.

    Args:
        meeting_id: whose agenda.
        anmalan_id: the anmälan till beslut.
        actor: who puts it there.
        expected_edition: the meeting's edition as the actor saw it, where it was seen.

    Raises:
        Meeting.DoesNotExist: there is none that the actor may read.
        NoMandate: the actor does not plan the body's meetings.
        StaleMeeting: the meeting has changed since the actor saw it.
        NotNow: the meeting is over or cancelled, or the anmälan is closed or is another body's.
        OnAnotherAgenda: the matter stands on an agenda already.

    """
    meeting, standing = locked(meeting_id, actor=actor, states=OPEN_AGENDA, expected_edition=expected_edition)
    rows = Anmalan.objects.select_related("satsning__uppdrag").filter(pk=anmalan_id, body=meeting.body_id)
    anmalan = rows.first()
    if anmalan is not None:
        lock_case(anmalan.satsning_id)
        anmalan = rows.filter(closed_at=None).first()
    if anmalan is None:
        raise NotNow(f"Satsningen är inte anmäld till beslut i {meeting.body.name}.")
    title = anmalan.satsning.uppdrag.titel or "Utan titel"
    return put_on(meeting, standing, actor=actor, kind=ItemKind.ARENDE, anmalan=anmalan, title=title)


def put_on(meeting: Meeting, standing: Standing, *, actor: Person, **columns: Any) -> AgendaItem:
    """Write an item on a locked meeting's agenda, in its place by the body's template; return it.

    Effects, in order: the item is written, late where the papers' last day has passed or the kallelse has gone out;
    those after it are numbered anew; after the kallelse its papers are frozen; the meeting's edition goes up and the
    journal is written.

    Args:
        meeting: as `keeper.locked` gave it.
        standing: as above.
        actor: who puts it there.
        columns: what the item is; at least `kind` and `title`.

    Raises:
        OnAnotherAgenda: the matter stands on an agenda already.
        Invalid: the agenda is full.

    """
    items = live_items(meeting)
    if len(items) >= MOST_ITEMS:
        raise Invalid({"title": [f"En dagordning har högst {MOST_ITEMS} punkter."]})
    called, kind = meeting.state != MeetingState.PLANERAT, ItemKind(columns["kind"])
    is_late = called or (kind in DECIDED and today() > meeting.papers_due)
    item = AgendaItem(meeting=meeting, position=len(items) + 1, added_by=actor, is_late=is_late, **columns)
    try:
        with transaction.atomic():
            item.save()
    except IntegrityError as error:
        if "on_one_agenda" not in str(error):
            raise
        raise OnAnotherAgenda(standing_on(anmalan=item.anmalan, matter=item.matter)) from None
    places = placing.insert([place_of(one) for one in items], place_of(item), template_of(meeting.body))
    write_order({one.pk: one for one in (*items, item)}, places)
    payload: dict[str, Any] = {
        "what": f"Satte upp ”{item.title}” på dagordningen.",
        "item": item.pk,
        "is_late": is_late,
    }
    if called:
        now = timezone.now()
        payload |= {"underlag": freeze_items(meeting, [item], at=now, actor=actor), "punkter": as_called([item])}
        record(meeting, Act.MOTE_TILLAGG, actor=actor, standing=standing, payload=payload, at=now)
    else:
        record(meeting, Act.MOTE_ANDRAT, actor=actor, standing=standing, payload=payload)
    return item


@transaction.atomic
def add_information(meeting_id: int, words: ItemWords, *, actor: Person, expected_edition: int) -> AgendaItem:
    """Put an item of information on an agenda; the effects are those of `put_on`.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting, NotNow: as `keeper.locked`.
        Invalid: something cannot be used; each sentence at its field.

    """
    meeting, standing = locked(meeting_id, actor=actor, states=OPEN_AGENDA, expected_edition=expected_edition)
    columns = _cleaned(words)
    section = columns.pop("section")
    item = put_on(meeting, standing, actor=actor, kind=ItemKind.INFORMATION, **columns)
    if section is not None and section != item.section:
        items = {one.pk: one for one in live_items(meeting)}
        write_order(items, placing.into_section([place_of(one) for one in items.values()], item.pk, section))
    return item


@transaction.atomic
def edit_item(meeting_id: int, item_id: int, words: ItemWords, *, actor: Person, expected_edition: int) -> None:
    """Change what an agenda says of an item; after the kallelse its title and text stand as they were called.

    Raises:
        Meeting.DoesNotExist, NoMandate, StaleMeeting, NotNow: as `keeper.locked`; NotNow also where the item is
            settled or has left the agenda.
        Invalid: something cannot be used; each sentence at its field.

    """
    meeting, standing = locked(meeting_id, actor=actor, states=OPEN_AGENDA, expected_edition=expected_edition)
    item = live_item(meeting, item_id)
    columns = _cleaned(words)
    section = columns.pop("section")
    if meeting.state != MeetingState.PLANERAT:
        errors = Errors()
        for name in ("title", "text"):
            if columns[name] != getattr(item, name):
                errors.add(name, "Kallelsen har gått ut. Det här står som det kallades; lägg till i ett tillägg.")
        if errors.found:
            raise Invalid(errors.found)
    changed = {name: value for name, value in columns.items() if getattr(item, name) != value}
    for name, value in changed.items():
        setattr(item, name, value)
    item.save()
    items = {one.pk: one for one in live_items(meeting)}
    if section is not None and section != item.section:
        changed["section"] = section
        write_order(items, placing.into_section([place_of(one) for one in items.values()], item.pk, section))
    if changed:
        payload = {"what": f"Ändrade punkten ”{item.title}”.", "item": item.pk, "changed": sorted(changed)}
        if meeting.state != MeetingState.PLANERAT:
            payload["punkter"] = as_called([item])
        record(meeting, Act.MOTE_ANDRAT, actor=actor, standing=standing, payload=payload)


def live_items(meeting: Meeting) -> list[AgendaItem]:
    """Return what stands on a meeting's agenda in its order; one statement."""
    return list(AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None).order_by("position", "pk"))


def live_item(meeting: Meeting, item_id: int) -> AgendaItem:
    """Return an item that stands on the agenda and is not settled.

    Raises:
        NotNow: there is none such.

    """
    rows = AgendaItem.objects.select_related("anmalan", "matter")
    item = rows.filter(meeting=meeting, pk=item_id, withdrawn_at=None).first()
    if item is None:
        raise NotNow("Punkten finns inte längre på dagordningen.")
    if item.settled_at is not None:
        raise NotNow(f"Punkten ”{item.title}” är behandlad.")
    return item


def place_of(item: AgendaItem) -> Place:
    """Return an item's place as `placing` knows it."""
    return Place(item.pk, item.section, item.kind, item.standing, item.title)


def write_order(items: Mapping[int, AgendaItem], places: placing.Places) -> bool:
    """Write positions and sections that differ, one statement; tell whether any did."""
    changed = []
    for position, place in enumerate(places, 1):
        item = items[place.key]
        if (item.position, item.section) != (position, place.section):
            item.position, item.section = position, place.section
            changed.append(item)
    if changed:
        AgendaItem.objects.bulk_update(changed, ["position", "section"])
    return bool(changed)


def _cleaned(words: ItemWords) -> dict[str, Any]:
    """Return the columns of an item's words.

    Raises:
        Invalid: something cannot be used.

    """
    errors = Errors()
    columns: dict[str, Any] = {"duration": words.duration, "sort": words.sort, "section": words.section}
    for name in ("title", "presenter", "sekretess", "section"):
        value = getattr(words, name)
        if value is None:
            continue
        try:
            columns[name] = clean_field(AgendaItem._meta.get_field(name), value)  # type: ignore[arg-type]
        except ValidationError as error:
            errors.add(name, error.messages[0])
    try:
        columns["text"] = clean_text(words.text)
    except ValidationError as error:
        errors.add("text", error.messages[0])
    if words.duration is not None and not 0 <= words.duration <= LONGEST_TIME:
        errors.add("duration", f"Skriv tiden i minuter, högst {LONGEST_TIME}.")
    if words.sort not in ItemSort.values:
        errors.add("sort", "Välj om gruppen ska arbeta med punkten eller känna till den.")
    if errors.found:
        raise Invalid(errors.found)
    return columns
