"""Meetings and agendas as pages read them: lists, the agenda with its clock, the backlog, and where a case stands."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone

from governance.meeting_rules import MEETS
from governance.models import Body
from governance.permissions import today
from governance.vocabulary import Role
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.keeper import OPEN_AGENDA
from workflow.meetings.planning.placing import DECIDED
from workflow.meetings.reading.selectors import has_papers, reading_of, shows_marks, with_reading
from workflow.meetings.rights import (
    is_secret,
    kept_bodies,
    mark_of,
    may_read_meeting,
    may_read_secret,
    readable_meetings,
)
from workflow.meetings.vocabulary import MeetingForm, MeetingState, Outcome
from workflow.models import Anmalan
from workflow.quorum import Seat
from workflow.rights import Viewer

COLOURS: Mapping[str, str] = {
    MeetingState.PLANERAT: "neutral",
    MeetingState.KALLAT: "info",
    MeetingState.PAGAR: "warning",
    MeetingState.AVSLUTAT: "info",
    MeetingState.JUSTERAT: "success",
    MeetingState.INSTALLT: "danger",
}
"""The colour of each state's tag."""
OUTCOME_COLOURS: Mapping[str, str] = {
    Outcome.BIFALL: "success",
    Outcome.BIFALL_ANDRING: "success",
    Outcome.AVSLAG: "danger",
    Outcome.ATERREMISS: "warning",
    Outcome.BORDLAGGNING: "warning",
    Outcome.OVERLAMNAD: "info",
    Outcome.UTGICK: "neutral",
    Outcome.NOTERAT: "neutral",
    Outcome.BEHANDLAT: "neutral",
}
"""The colour of each outcome's tag."""
HIDDEN_TITLE = "Punkt med sekretessmarkering"
COMING_SHOWN = 100
"""Coming meetings of one list."""
BACKLOG_SHOWN = 100
"""Matters of one backlog; the oldest."""
_GROUPS = (
    ("Ledamöter", (Role.ORDFORANDE, Role.VICE_ORDFORANDE, Role.LEDAMOT)),
    ("Ersättare", (Role.ERSATTARE,)),
    ("Adjungerade", (Role.ADJUNGERAD,)),
)
"""Who is called, in the order of the kallelse; everybody else is called as an officer."""
_OFFICERS = "Sekreterare och handläggare"


@dataclass(frozen=True, slots=True)
class Row:
    """An item of an agenda as somebody reads it; `number` is None where it has left the agenda."""

    item: AgendaItem
    number: int | None
    starts: datetime | None
    title: str
    is_hidden: bool
    is_first: bool = False
    is_last: bool = False
    reading: str = ""
    """The person's own read mark, where it is shown; empty elsewhere."""
    is_read_here: bool = False
    """Whether the title leads to the papers as they are read for the meeting."""

    @property
    def is_decided(self) -> bool:
        """Tell whether something is decided in the item."""
        return self.item.kind in DECIDED

    @property
    def mark(self) -> str:
        """Return the secrecy mark, the item's own or its matter's; empty where there is none."""
        return mark_of(self.item)

    @property
    def outcome_color(self) -> str:
        """Return the colour of the tag of what became of a settled item."""
        return OUTCOME_COLOURS[self.item.paragraf.outcome]

    @property
    def is_closed(self) -> bool:
        """Tell whether the matter is no longer before the body, though it stands here unsettled."""
        closed = self.item.anmalan.closed_at if self.item.anmalan else self.item.matter and self.item.matter.closed_at
        return bool(closed) and self.item.settled_at is None


@dataclass(frozen=True, slots=True)
class Agenda:
    """An agenda: its rows by section, the minutes set aside and those that the meeting has."""

    rows: tuple[Row, ...]
    minutes: int
    length: int

    @property
    def sections(self) -> Iterator[tuple[str, list[Row]]]:
        """Yield each section with its rows, in their order."""
        name, rows = "", list[Row]()
        for row in self.rows:
            if rows and row.item.section != name:
                yield name, rows
                rows = []
            name = row.item.section
            rows.append(row)
        if rows:
            yield name, rows

    @property
    def over(self) -> int:
        """Return by how many minutes the items are longer than the meeting; negative where there is time left."""
        return self.minutes - self.length

    @property
    def standing(self) -> list[AgendaItem]:
        """Return the items that stand on the agenda."""
        return [row.item for row in self.rows if row.number is not None]

    @property
    def live(self) -> int:
        """Return how many items stand on the agenda."""
        return len(self.standing)


def agenda_of(who: Viewer, meeting: Meeting) -> Agenda:
    """Return the meeting's agenda as the person reads it; one statement.

    What carries a secrecy mark is named by its mark for whoever does not sit in the body.
    """
    rows = AgendaItem.objects.filter(meeting=meeting).select_related("anmalan__satsning", "matter", "paragraf")
    items = list(with_reading(rows, who.person_id).order_by("position", "pk"))
    live = [item for item in items if item.withdrawn_at is None]
    numbers = {item.pk: number for number, item in enumerate(live, 1)}
    reads_secret, clock, found = may_read_secret(who, meeting), meeting.starts_at, list[Row]()
    marked, called_to = shows_marks(who, meeting), meeting.called_at is not None
    for item in items:
        number = numbers.get(item.pk)
        hidden = is_secret(item) and not reads_secret
        found.append(
            Row(
                item=item,
                number=number,
                starts=clock if number else None,
                title=HIDDEN_TITLE if hidden else item.title,
                is_hidden=hidden,
                is_first=number == 1,
                is_last=number == len(live),
                reading=reading_of(item) if marked and number and has_papers(item) and not hidden else "",
                is_read_here=called_to and bool(number) and has_papers(item) and not hidden,
            )
        )
        clock += timedelta(minutes=(item.duration or 0) if number else 0)
    minutes = sum(item.duration or 0 for item in live)
    return Agenda(tuple(found), minutes, int((meeting.ends_at - meeting.starts_at).total_seconds()) // 60)


def called(seats: Iterable[Seat]) -> list[tuple[str, list[Seat]]]:
    """Return who is called by what they are, those groups that have anybody."""
    groups: dict[str, list[Seat]] = {name: [] for name in (*(name for name, _ in _GROUPS), _OFFICERS)}
    for seat in seats:
        name = next((name for name, roles in _GROUPS if seat.role in roles), _OFFICERS)
        groups[name].append(seat)
    return [(name, people) for name, people in groups.items() if people]


def with_body(rows: QuerySet[Meeting]) -> QuerySet[Meeting]:
    """Return meetings with their bodies and how many items stand on their agendas."""
    live = Count("items", filter=Q(items__withdrawn_at=None))
    return rows.select_related("body", "body__county").annotate(n_items=live)


def coming(who: Viewer) -> QuerySet[Meeting]:
    """Return the meetings that are to be or are going on, of those that the person may read, the soonest first."""
    return readable_meetings(who).filter(is_coming()).order_by("starts_at", "pk")


def is_coming() -> Q:
    """Return the condition that a meeting is to be or is going on; one that was never closed stays until it is."""
    midnight = timezone.make_aware(datetime.combine(today(), datetime.min.time()))
    return Q(state=MeetingState.PAGAR) | Q(state__in=OPEN_AGENDA, ends_at__gte=midnight)


def past(who: Viewer) -> QuerySet[Meeting]:
    """Return the other meetings that the person may read, the newest first."""
    return readable_meetings(who).exclude(is_coming()).order_by("-starts_at", "-pk")


def bodies_with_meetings(who: Viewer) -> list[tuple[int, str]]:
    """Return the bodies whose meetings the person may read, those that hold any; one statement."""
    rows = Body.objects.filter(pk__in=readable_meetings(who).values("body")).order_by("position", "name")
    return list(rows.values_list("pk", "name"))


def years_with_meetings(who: Viewer) -> list[int]:
    """Return the years in which the person may read meetings, the latest first; one statement."""
    rows = readable_meetings(who).order_by().annotate(year=ExtractYear("starts_at"))
    return sorted(rows.values_list("year", flat=True).distinct(), reverse=True)


def planned_bodies(who: Viewer) -> list[Body]:
    """Return the bodies whose meetings the person may plan; no statement for whoever plans none."""
    kept = kept_bodies(who)
    if not kept:
        return []
    return list(Body.objects.filter(pk__in=kept, kind__in=MEETS, ended_on=None).order_by("position", "name"))


@dataclass(frozen=True, slots=True)
class Waiting:
    """A case that waits for a place on an agenda, and for how many days it has."""

    anmalan: Anmalan
    title: str
    days: int


def backlog_of(body: Body) -> list[Waiting]:
    """Return the cases brought before the body that stand on no agenda, the oldest first; one statement."""
    placed = AgendaItem.objects.filter(anmalan=OuterRef("pk"), settled_at=None, withdrawn_at=None)
    rows = Anmalan.objects.filter(~Exists(placed), body=body, closed_at=None)
    rows = rows.select_related("satsning", "satsning__uppdrag", "made_by").order_by("opened_at", "pk")
    return [
        Waiting(one, one.satsning.uppdrag.titel or "Utan titel", (today() - timezone.localdate(one.opened_at)).days)
        for one in rows[:BACKLOG_SHOWN]
    ]


@dataclass(frozen=True, slots=True)
class OnAgenda:
    """Where a case that is brought before a body is taken up, or to which meetings the person may put it."""

    body: Body
    meeting: Meeting | None = None
    number: int = 0
    is_readable: bool = False
    choices: Sequence[Meeting] = field(default=())


def on_agenda(who: Viewer, anmalan: Anmalan | None) -> OnAgenda | None:
    """Return where an open anmälan is taken up; one statement, one more for whoever may put it on an agenda.

    None where there is no anmälan, and where it stands on no agenda and the person cannot put it on one.
    """
    if anmalan is None:
        return None
    before = AgendaItem.objects.filter(
        meeting=OuterRef("meeting"), withdrawn_at=None, position__lt=OuterRef("position")
    )
    counted = before.order_by().values("meeting").annotate(n=Count("pk")).values("n")
    rows = AgendaItem.objects.filter(anmalan=anmalan, settled_at=None, withdrawn_at=None)
    rows = rows.annotate(number=Coalesce(Subquery(counted, IntegerField()), 0) + 1)
    item = rows.select_related("meeting__body").first()
    if item is not None:
        reads = may_read_meeting(who, item.meeting)
        return OnAgenda(item.meeting.body, item.meeting, item.number, is_readable=reads)
    if anmalan.body_id not in kept_bodies(who):
        return None
    return OnAgenda(anmalan.body, choices=open_meetings(anmalan.body))


def open_meetings(body: Body) -> list[Meeting]:
    """Return the body's meetings whose agendas may be added to, the soonest first; one statement."""
    rows = Meeting.objects.filter(is_coming(), body=body, form=MeetingForm.SAMMANTRADE)
    return list(rows.select_related("body").order_by("starts_at")[:COMING_SHOWN])


def reads_meetings_of(who: Viewer, body: Body) -> bool:
    """Tell whether the person may read the body's meetings, were there any."""
    return body.pk in who.bodies or body.county_id in who.followed


def meetings_of_body(who: Viewer, body: Body) -> list[Meeting]:
    """Return the body’s next meetings, for whoever may read them; one statement."""
    if not reads_meetings_of(who, body):
        return []
    rows = Meeting.objects.filter(body=body, form=MeetingForm.SAMMANTRADE)
    return list(rows.filter(is_coming()).order_by("starts_at")[:_OF_A_BODY])


_OF_A_BODY = 6
"""Coming meetings on a body's page."""
