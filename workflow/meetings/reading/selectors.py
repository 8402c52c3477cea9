"""A meeting's papers as one person reads them: in which order, what is read, own notes, and whose figures are shown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.db.models import OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.http import Http404

from governance.models import Membership, Organisation, Person
from governance.permissions import today
from workflow.meetings.models import AgendaItem, Meeting, PrivateNote, ReadMark, Underlag
from workflow.meetings.rights import is_secret, may_read_secret
from workflow.meetings.selectors import Items, items_of
from workflow.meetings.vocabulary import ItemKind, MeetingState, StandingItem
from workflow.rights import Viewer

CONTENT = frozenset({StandingItem.FOREGAENDE, StandingItem.OPPNA_BESLUT, StandingItem.MELLAN_MOTEN})
"""Standing items that there is something to read in."""
TO_READ = frozenset({MeetingState.KALLAT, MeetingState.PAGAR})
"""While papers are to be read: read marks are shown, and the desk says what is left."""


class Reading(StrEnum):
    """How far one person has come with an item; `kompletterad` is read, with papers that have come since."""

    OLAST = "olast"
    KOMPLETTERAD = "kompletterad"
    LAST = "last"


@dataclass(frozen=True, slots=True)
class Line:
    """An item as one person reads it; `number` is its number on the agenda."""

    item: AgendaItem
    number: int
    is_hidden: bool
    state: Reading

    @property
    def has_papers(self) -> bool:
        """Tell whether there is anything to read in the item."""
        return has_papers(self.item)

    @property
    def is_secret(self) -> bool:
        """Tell whether the item or its matter carries a secrecy mark."""
        return is_secret(self.item)

    @property
    def is_unread(self) -> bool:
        """Tell whether there is something in the item that the person may read and has not."""
        return self.has_papers and not self.is_hidden and self.state != Reading.LAST


@dataclass(frozen=True, slots=True)
class Course:
    """An item among those that are read one after another: `place` of `count`, None for one without papers."""

    line: Line
    lines: tuple[Line, ...]
    previous: Line | None
    next: Line | None
    place: int | None

    @property
    def count(self) -> int:
        """Return how many items are read."""
        return len(self.lines)


def has_papers(item: AgendaItem) -> bool:
    """Tell whether there is anything to read in an item; the formalities of a meeting have nothing."""
    return item.kind != ItemKind.STAENDE or item.standing in CONTENT or bool(item.text)


def with_reading(rows: QuerySet[AgendaItem], person_id: int) -> QuerySet[AgendaItem]:
    """Return items that know what `reading_of` asks of the person; no statement of their own."""
    mark = ReadMark.objects.filter(item=OuterRef("pk"), person=person_id).values("underlag")[:1]
    newest = Underlag.objects.filter(item=OuterRef("pk")).order_by("-number").values("number")[:1]
    return rows.annotate(read_number=Subquery(mark), paper_number=Coalesce(Subquery(newest), 0))


def reading_of(item: AgendaItem) -> Reading:
    """Return how far the person has come with an item that `with_reading` gave."""
    known = vars(item)
    if known["read_number"] is None:
        return Reading.OLAST
    return Reading.KOMPLETTERAD if known["read_number"] < known["paper_number"] else Reading.LAST


def lines_of(who: Viewer, meeting: Meeting) -> list[Line]:
    """Return everything on the agenda as the person reads it, in its order; one statement."""
    return lines_among(who, meeting, list(with_reading(items_of(meeting), who.person_id)))


def lines_among(who: Viewer, meeting: Meeting, items: Items) -> list[Line]:
    """Return everything on the agenda as the person reads it, from what `with_reading` gave; no statements."""
    reads_secret = may_read_secret(who, meeting)
    return [
        Line(item, number, is_secret(item) and not reads_secret, reading_of(item))
        for number, item in enumerate(items, 1)
    ]


def course_of(who: Viewer, meeting: Meeting, item_id: int) -> Course:
    """Return an item of the meeting with what is read before and after it; one statement.

    Raises:
        Http404: it does not stand on the agenda.

    """
    everything = lines_of(who, meeting)
    line = next((one for one in everything if one.item.pk == item_id), None)
    if line is None:
        raise Http404
    read = tuple(one for one in everything if one.has_papers)
    before = [one for one in read if one.number < line.number]
    after = [one for one in read if one.number > line.number]
    place = len(before) + 1 if line.has_papers else None
    return Course(line, read, before[-1] if before else None, after[0] if after else None, place)


def first_unread(lines: Iterable[Line]) -> Line | None:
    """Return the first item that the person has left to read."""
    return next((one for one in lines if one.is_unread), None)


def shows_marks(who: Viewer, meeting: Meeting) -> bool:
    """Tell whether the person's own read marks are shown: to whoever sits in the body, once it is called to meet."""
    return meeting.body_id in who.bodies and meeting.state in TO_READ


def notes_of(person: Person, items: Iterable[AgendaItem]) -> dict[int, str]:
    """Return the person's own notes on items, those that say anything, by the item's id; one statement.

    The only way to many notes: nobody's but the person's own are ever read.
    """
    rows = PrivateNote.objects.filter(person=person, item__in=[item.pk for item in items]).exclude(text="")
    return dict(rows.values_list("item_id", "text"))


def note_of(person_id: int, item_id: int) -> PrivateNote | None:
    """Return the person's own note on an item; one statement."""
    return PrivateNote.objects.filter(person=person_id, item=item_id).first()


def represented(who: Viewer, body_id: int) -> Sequence[Organisation]:
    """Return the organisations that the person represents in a body today; one statement."""
    seats = Membership.objects.current(today()).filter(person=who.person_id, body=body_id)
    return list(Organisation.objects.filter(pk__in=seats.values("represents")).order_by("position", "name"))
