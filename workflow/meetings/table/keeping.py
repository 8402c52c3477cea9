"""Who acts on a meeting that goes on: the lock, the right and the state that every act at the table begins with."""

from collections.abc import Collection
from dataclasses import dataclass

from django.core.exceptions import ValidationError

from governance import prepared
from governance.models import Body, Person
from governance.permissions import Standing
from satsningar.cleaning import clean_text
from satsningar.models import Satsning
from workflow.errors import Invalid, NotFromHere
from workflow.meetings.acts import check_fresh, keeper_of, lock
from workflow.meetings.models import AgendaItem, Meeting, OvrigtArende
from workflow.meetings.rights import may_read_meeting
from workflow.meetings.vocabulary import ItemKind, MeetingForm, MeetingState
from workflow.models import Anmalan
from workflow.rights import Viewer, viewer

MATTERS = frozenset({ItemKind.ARENDE, ItemKind.OVRIGT})
"""The kinds of item that the body decides on."""

_NOT_SO = {
    MeetingState.PLANERAT: "Kallelsen har inte gått ut.",
    MeetingState.KALLAT: "Mötet är inte öppnat.",
    MeetingState.PAGAR: "Mötet pågår redan.",
    MeetingState.AVSLUTAT: "Mötet är avslutat.",
    MeetingState.JUSTERAT: "Mötet är avslutat och protokollet justerat.",
    MeetingState.INSTALLT: "Mötet är inställt.",
}

_OTHER_FORM = {
    MeetingForm.SAMMANTRADE: "Mötet är ett sammanträde och öppnas i stället.",
    MeetingForm.PER_CAPSULAM: "Beslutet tas per capsulam: alla svarar skriftligt. Det behandlas inte som ett möte.",
    MeetingForm.DELEGATION: "Beslutet tas på delegation av ordföranden. Det behandlas inte som ett möte.",
}
"""By the form that a meeting has, why an act of another form is not done."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A locked meeting, and the standing by which somebody keeps its records."""

    meeting: Meeting
    actor: Person
    standing: Standing


def keep(
    meeting_id: int,
    *,
    actor: Person,
    expected_edition: int | None = None,
    states: Collection[MeetingState] = (MeetingState.PAGAR,),
    form: MeetingForm = MeetingForm.SAMMANTRADE,
) -> Kept:
    """Lock a meeting for somebody who keeps its records; two statements.

    Args:
        meeting_id: which.
        actor: who acts: the body's secretary or whoever may lead its meetings.
        expected_edition: the meeting's edition as it was seen, where that matters.
        states: how far it may have come.
        form: the form that the act is for: a decision between meetings is not opened and decided as an ordinary one.

    Raises:
        Meeting.DoesNotExist: there is none that the actor may read.
        NoMandate: the actor does not keep the body's records.
        StaleMeeting: it has changed since then.
        NotFromHere: it is of another form, or not in such a state.

    """
    meeting = lock(meeting_id)
    standing = keeper_of(meeting, actor, who_keeps)
    check_fresh(meeting, expected_edition)
    if meeting.form != form:
        raise NotFromHere(_OTHER_FORM[MeetingForm(meeting.form)])
    check_state(meeting, states)
    return Kept(meeting, actor, standing)


def refuse_strangers(meeting: Meeting, actor: Person) -> Viewer:
    """Return the actor's rights, for somebody who may read the meeting.

    Raises:
        Meeting.DoesNotExist: the actor may not.

    """
    who = viewer(actor)
    if not may_read_meeting(who, meeting):
        raise Meeting.DoesNotExist
    return who


def who_keeps(body: Body) -> str:
    """Return the sentence of who leads the body's meetings and keeps their records."""
    return f"Möten i {body.name} leds av dess ordförande och förs in av dess sekreterare eller ordförande."


def check_state(meeting: Meeting, states: Collection[MeetingState]) -> None:
    """Refuse what is not done where the meeting stands.

    Raises:
        NotFromHere: it is not in one of the states.

    """
    if meeting.state not in states:
        raise NotFromHere(_NOT_SO[MeetingState(meeting.state)])


def open_item(meeting: Meeting, item_id: int) -> AgendaItem:
    """Return an item of the meeting that has no outcome yet; one statement.

    Raises:
        AgendaItem.DoesNotExist: the agenda has no such item.
        NotFromHere: it is settled, or has left the agenda.

    """
    row = prepared.fetch_one(_ITEM, [item_id, meeting.pk])
    if row is None:
        raise AgendaItem.DoesNotExist
    item: AgendaItem
    item, anmalan, case, made_by, matter = prepared.instances_of(row, AgendaItem, Anmalan, Satsning, Body, OvrigtArende)
    item.meeting, item.anmalan, item.matter = meeting, anmalan, matter
    if anmalan is not None:
        anmalan.satsning, anmalan.made_by = case, made_by
    check_open(item)
    return item


_ITEM = f"""
SELECT {prepared.columns_of(AgendaItem, "i")}, {prepared.columns_of(Anmalan, "a")},
    {prepared.columns_of(Satsning, "s")}, {prepared.columns_of(Body, "b")}, {prepared.columns_of(OvrigtArende, "m")}
FROM workflow_agendaitem i LEFT JOIN workflow_anmalan a ON a.id = i.anmalan_id
LEFT JOIN satsningar_satsning s ON s.id = a.satsning_id LEFT JOIN governance_body b ON b.id = a.made_by_id
LEFT JOIN workflow_ovrigtarende m ON m.id = i.matter_id WHERE i.id = %s AND i.meeting_id = %s
"""  # noqa: S608 - the models' own names


def check_open(item: AgendaItem) -> None:
    """Refuse what comes after an item has its outcome.

    Raises:
        NotFromHere: it is settled, or has left the agenda.

    """
    if item.settled_at is not None:
        raise NotFromHere(f"”{item.title}” är redan behandlad: {item.paragraf.label}, {item.paragraf.outcome_words}.")
    if item.withdrawn_at is not None:
        raise NotFromHere(f"”{item.title}” har utgått från dagordningen.")


def written(text: str, field: str, *, limit: int | None = None, missing: str = "") -> str:
    """Return a text as it is stored.

    Args:
        text: what was written.
        field: where the sentence goes if it cannot be used.
        limit: characters that it may have; on one line then.
        missing: the sentence for an empty one; empty where it may be empty.

    Raises:
        Invalid: it is too long, or empty and may not be.

    """
    try:
        clean = (clean_text(text) if limit is None else clean_text(text, limit=limit, one_line=True)).strip()
    except ValidationError as error:
        raise Invalid({field: error.messages}) from None
    if missing and not clean:
        raise Invalid({field: [missing]})
    return clean


def touch(meeting: Meeting) -> None:
    """Save what an act that is not the journal's changed of a locked meeting, and raise its edition; one statement."""
    meeting.edition += 1
    prepared.run(_TOUCH, [meeting.edition, meeting.current_item_id, meeting.chair_id, meeting.secretary_id, meeting.pk])


_TOUCH = """
UPDATE workflow_meeting SET edition = %s, current_item_id = %s, chair_id = %s, secretary_id = %s WHERE id = %s
"""
