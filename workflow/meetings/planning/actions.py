"""Planning meetings, changing them and cancelling them: the only writer of a meeting's time, place and title."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils import timezone

from governance.meeting_rules import MEETS, may_meet
from governance.models import Body, Person
from governance.permissions import today
from satsningar.cleaning import clean_field, clean_text
from workflow.errors import Invalid, NoMandate
from workflow.inputs import Errors
from workflow.meetings.acts import record
from workflow.meetings.calendar.invitations import queue_invitations
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.dates import MOST_DAYS, YEARS_AHEAD, at_clock, deadlines
from workflow.meetings.planning.keeper import BEFORE_OPENING, locked, who_plans
from workflow.meetings.planning.standing import begin_agenda, template_of
from workflow.meetings.rights import keeping
from workflow.meetings.vocabulary import MeetingForm, MeetingState
from workflow.notices.whom import MEMBERS, NOTHING, Given
from workflow.rights import viewer
from workflow.vocabulary import Act

REASON_LIMIT = 250


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """When and where a body meets; the clock is Stockholm's."""

    day: date
    starts: time
    ends: time
    place: str = ""
    link: str = ""
    title: str = ""


def plan(body_id: int, wanted: Plan, *, actor: Person) -> Meeting:
    """Plan one meeting; `plan_many` says how."""
    return plan_many(body_id, (wanted,), actor=actor)[0]


@transaction.atomic
def plan_many(body_id: int, wanted: Sequence[Plan], *, actor: Person) -> list[Meeting]:
    """Plan meetings of a body, all or none; return them in their order.

    Effects, in order: the body's row is locked, each meeting is written with its last days by the body's rule, its
    agenda begins by the body's template, the journal is written.

    Args:
        body_id: whose.
        wanted: when and where; at least one.
        actor: who plans, by keeping the body's records or leading its meetings.

    Raises:
        Body.DoesNotExist: there is no such body in a county of the actor's.
        NoMandate: the actor does not plan the body's meetings.
        Invalid: the body holds no meetings, a time cannot be used, or the body meets then already.

    """
    who = viewer(actor)
    body = Body.objects.select_for_update(no_key=True, of=("self",)).get(pk=body_id, county__in=who.counties)
    standing = keeping(who, body)
    if standing is None:
        raise NoMandate(who_plans(body))
    if not may_meet(body):
        raise Invalid({"body": [_why_no_meetings(body)]})
    if not 0 < len(wanted) <= MOST_DAYS:
        raise Invalid({"day": [f"Välj minst en dag, högst {MOST_DAYS}."]})
    cleaned = [_cleaned(one, several=len(wanted) > 1) for one in wanted]
    _refuse_overlaps(body, cleaned)
    lines, made = template_of(body), []
    for values in cleaned:
        meeting = Meeting.objects.create(body=body, created_by=actor, **values)
        begin_agenda(meeting, lines, actor=actor)
        record(meeting, Act.MOTE_PLANERAT, actor=actor, standing=standing, payload=_said(meeting))
        made.append(meeting)
    return made


@transaction.atomic
def change(meeting_id: int, wanted: Plan, *, actor: Person, expected_edition: int) -> Meeting:
    """Change a meeting's time, place or title before it is opened.

    Effects, in order: the meeting's row is locked, what differs is written with new last days, its calendar's
    `sequence` and its edition go up, the journal is written, those who were called are told by letters that are queued.
    Nothing happens where nothing differs.

    Args:
        meeting_id: which.
        wanted: when and where it is to be.
        actor: who changes it.
        expected_edition: its edition as the actor saw it.

    Raises:
        Meeting.DoesNotExist: there is none that the actor may read.
        NoMandate: the actor does not plan the body's meetings.
        StaleMeeting: it has changed since the actor saw it.
        NotNow: it has been opened or cancelled.
        Invalid: the time cannot be used, or the body meets then already.

    """
    meeting, standing = locked(meeting_id, actor=actor, states=BEFORE_OPENING, expected_edition=expected_edition)
    Body.objects.select_for_update(no_key=True).get(pk=meeting.body_id)
    values = _cleaned(wanted, several=False)
    before = _said(meeting)
    changed = [name for name, value in values.items() if getattr(meeting, name) != value]
    if not changed:
        return meeting
    _refuse_overlaps(meeting.body, [values], but=meeting.pk)
    for name in changed:
        setattr(meeting, name, values[name])
    _set_deadlines(meeting)
    meeting.sequence += 1
    payload = _said(meeting) | {"what": "Ändrade tid, plats eller rubrik.", "before": before}
    given = Given(told=(MEMBERS,)) if meeting.state == MeetingState.KALLAT else NOTHING
    record(meeting, Act.MOTE_ANDRAT, actor=actor, standing=standing, payload=payload, given=given)
    queue_invitations(meeting, actor=actor)
    return meeting


@transaction.atomic
def cancel(meeting_id: int, *, reason: str, actor: Person, expected_edition: int) -> Meeting:
    """Cancel a meeting that has not been opened; its matters go back to the body's backlog.

    Effects, in order: the meeting's row is locked, matters leave its agenda, state, reason and the calendar's
    `sequence` are written, its edition goes up, the journal is written, letters to those who were called are queued.

    Raises:
        Meeting.DoesNotExist: there is none that the actor may read.
        NoMandate: the actor does not plan the body's meetings.
        StaleMeeting: it has changed since the actor saw it.
        NotNow: it has been opened, or cancelled already.
        Invalid: there is no reason.

    """
    meeting, standing = locked(meeting_id, actor=actor, states=BEFORE_OPENING, expected_edition=expected_edition)
    text = written_reason(reason, "Skriv varför mötet ställs in. Skälet står i det som går ut till ledamöterna.")
    now = timezone.now()
    matters = AgendaItem.objects.filter(meeting=meeting, withdrawn_at=None).exclude(anmalan=None, matter=None)
    matters.update(withdrawn_at=now, withdraw_reason="Mötet ställdes in.")
    meeting.state, meeting.cancelled_at, meeting.cancel_reason = MeetingState.INSTALLT, now, text
    meeting.sequence += 1
    payload = _said(meeting) | {"reason": text}
    record(meeting, Act.MOTE_INSTALLT, actor=actor, standing=standing, payload=payload, at=now)
    queue_invitations(meeting, actor=actor)
    return meeting


def written_reason(reason: str, missing: str) -> str:
    """Return a reason of one line.

    Raises:
        Invalid: it is empty or too long; at the field `reason`.

    """
    try:
        text = clean_text(reason, limit=REASON_LIMIT, one_line=True).strip()
    except ValidationError as error:
        raise Invalid({"reason": error.messages}) from None
    if not text:
        raise Invalid({"reason": [missing]})
    return text


def _why_no_meetings(body: Body) -> str:
    if body.kind not in MEETS:
        return f"{body.name} är av ett slag som inte håller möten här."
    return f"{body.name} har upphört och håller inga möten."


def _cleaned(wanted: Plan, *, several: bool) -> dict[str, Any]:
    """Return the columns of a plan.

    Raises:
        Invalid: something cannot be used; each sentence at its field.

    """
    errors = Errors()
    columns: dict[str, Any] = {}
    for name in ("place", "link", "title"):
        try:
            columns[name] = clean_field(Meeting._meta.get_field(name), getattr(wanted, name))  # type: ignore[arg-type]
            if name == "link" and columns[name]:
                URLValidator(["https", "http"], message="Skriv hela länken, med https:// först.")(columns[name])
        except ValidationError as error:
            errors.add(name, error.messages[0])
    which = f"{wanted.day.isoformat()}: " if several else ""
    starts, ends = at_clock(wanted.day, wanted.starts), at_clock(wanted.day, wanted.ends)
    if ends <= starts:
        errors.add("ends", "Mötet behöver sluta efter att det har börjat, samma dag.")
    if starts <= timezone.now():
        errors.add("day", f"{which}Mötet ligger i det förflutna. Välj en tid framåt.")
    elif wanted.day.year > today().year + YEARS_AHEAD:
        errors.add("day", f"{which}Mötet ligger mer än {YEARS_AHEAD} år fram. Är årtalet rätt?")
    if errors.found:
        raise Invalid(errors.found)
    return columns | {"starts_at": starts, "ends_at": ends}


def _set_deadlines(meeting: Meeting) -> None:
    last = deadlines(meeting.body, meeting.day)
    meeting.papers_due, meeting.kallelse_due = last.papers, last.kallelse


def _refuse_overlaps(body: Body, cleaned: Sequence[dict[str, Any]], *, but: int | None = None) -> None:
    """Add the last days to each plan; refuse two meetings of the body at one time, one statement.

    Raises:
        Invalid: there are two.

    """
    for values in cleaned:
        last = deadlines(body, timezone.localdate(values["starts_at"]))
        values |= {"papers_due": last.papers, "kallelse_due": last.kallelse}
    first, last_end = min(one["starts_at"] for one in cleaned), max(one["ends_at"] for one in cleaned)
    rows = Meeting.objects.filter(body=body, form=MeetingForm.SAMMANTRADE, starts_at__lt=last_end, ends_at__gt=first)
    rows = rows.exclude(state=MeetingState.INSTALLT).exclude(pk=but or 0)
    taken: list[tuple[datetime, datetime]] = list(rows.values_list("starts_at", "ends_at"))
    sentences = []
    for values in cleaned:
        starts, ends = values["starts_at"], values["ends_at"]
        for other_starts, other_ends in taken:
            if starts < other_ends and other_starts < ends:
                sentences.append(f"{body.name} möts redan {_period(other_starts, other_ends)}.")
        taken.append((starts, ends))
    if sentences:
        raise Invalid({"day": list(dict.fromkeys(sentences))})


def _period(starts: datetime, ends: datetime) -> str:
    begins, stops = timezone.localtime(starts), timezone.localtime(ends)
    return f"{begins:%Y-%m-%d} klockan {begins:%H.%M}\u2013{stops:%H.%M}"


def _said(meeting: Meeting) -> dict[str, Any]:
    return {
        "title": meeting.title,
        "starts": timezone.localtime(meeting.starts_at).isoformat(),
        "ends": timezone.localtime(meeting.ends_at).isoformat(),
        "place": meeting.place,
        "link": meeting.link,
        "papers_due": meeting.papers_due.isoformat(),
        "kallelse_due": meeting.kallelse_due.isoformat(),
    }
