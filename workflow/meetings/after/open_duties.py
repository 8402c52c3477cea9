"""Decisions that are to be carried out, as a list: what their paragraphs ask for, and conditions of older decisions.

A condition of a decision that was recorded by hand has no paragraph here and no state of its own: it is open until its
case says how it was worked in, and its line leads there.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import CharField, Exists, F, OuterRef, Q, QuerySet, Value
from django.urls import reverse
from django.utils import timezone

from governance.models import Body, Station
from governance.permissions import today
from governance.vocabulary import FINAL_KINDS, MoveKind
from satsningar.models import Inarbetning
from workflow.meetings.after.rights import OPEN_MATTER, hidden_duties, readable_duties
from workflow.meetings.after.selectors import in_days
from workflow.meetings.models import Beslutsuppdrag, Meeting
from workflow.models import Beslut
from workflow.rights import Viewer, readable

HIDDEN = "Ärende med sekretessmarkering"
HIDDEN_WORDS = "Visas när ni har fått protokollsutdraget."
OWN, OLDER = "uppdrag", "aldre"
WORK_IN_WORDS = "Arbeta in den ändrade lydelsen."
_ADOPTING = (MoveKind.BIFALL, MoveKind.BESLUT_EFTER_FORSTUDIE, MoveKind.ANDRINGSBESLUT)
Key = tuple[str, int, datetime]


@dataclass(frozen=True, slots=True)
class OpenDuty:
    """Something that a decision asks for, as a line of the list."""

    url: str
    text: str
    kind: str
    title: str
    body: str
    paragraph: str
    decided_on: date
    responsible: str
    due: date | None
    done_on: date | None
    done_text: str
    as_of: date
    is_hidden: bool = False
    """Whether its words are left out, for the matter carries a secrecy mark and the reader may not read it."""

    @property
    def age(self) -> int:
        """Return how many days it has been open."""
        return ((self.done_on or self.as_of) - self.decided_on).days

    @property
    def age_in_words(self) -> str:
        """Return the age in words."""
        return in_days(self.age)

    @property
    def late_by(self) -> int:
        """Return how many days too late it is; nothing when it is done, has no day or is in time."""
        return 0 if self.due is None or self.done_on else max(0, (self.as_of - self.due).days)

    @property
    def late_in_words(self) -> str:
        """Return how late it is in words; empty when it is not."""
        return f"{in_days(self.late_by)} försenat" if self.late_by else ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the list is narrowed by."""

    body: int | None = None
    responsible: int | None = None
    late: bool = False
    done: bool = False


class Duties(Sequence[Key]):
    """The duties that a person may read, oldest first, without any of them being read before it is asked for."""

    def __init__(self, who: Viewer, asked: Asked) -> None:
        """Say whose list it is and what it is narrowed by."""
        own = readable_duties(who).filter(_narrowed(asked))
        rows = _keys(own, OWN, "created_at")
        if not asked.done and not asked.late:
            older = _older().filter(satsning__in=readable(who))
            if asked.body:
                older = older.filter(body=asked.body)
            if asked.responsible:
                older = older.filter(satsning__ansvarig_grupp=asked.responsible)
            rows = rows.union(_keys(older, OLDER, "recorded_at"), all=True)
        self.rows = rows.order_by("since", "key")

    def __len__(self) -> int:
        """Return how many there are; one statement."""
        return self.rows.count()

    def __getitem__(self, place: Any) -> Any:
        """Return keys; one statement."""
        return list(self.rows[place]) if isinstance(place, slice) else self.rows[place]


def _narrowed(asked: Asked) -> Q:
    narrowed = Q(done_at__isnull=not asked.done)
    if asked.body:
        narrowed &= Q(body=asked.body)
    if asked.responsible:
        narrowed &= Q(responsible=asked.responsible)
    if asked.late:
        narrowed &= Q(due__lt=today(), done_at=None)
    return narrowed


def _keys(rows: QuerySet[Any], kind: str, since: str) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(of=Value(kind, CharField()), key=F("pk"), since=F(since))
    keys: QuerySet[Any, Any] = named.values_list("of", "key", "since")
    return keys


def _older() -> QuerySet[Beslut]:
    """Return decisions recorded by hand whose condition or changed wording their case has not said how it worked in."""
    worked_in = Inarbetning.objects.filter(satsning=OuterRef("satsning"), saved_at__gt=OuterRef("recorded_at"))
    ended = Station.objects.filter(
        version=OuterRef("satsning__version"), code=OuterRef("satsning__station"), kind__in=FINAL_KINDS
    )
    rows = Beslut.objects.filter(paragraf_i_mote=None, kind__in=_ADOPTING)
    rows = rows.exclude(condition="", amended_wording="")
    return rows.filter(~Exists(worked_in.exclude(hur="")), ~Exists(ended))


def read(who: Viewer, keys: Sequence[Key], as_of: date | None = None) -> list[OpenDuty]:
    """Return the duties that keys stand for, in their order, as the person may read them; at most three statements."""
    day = as_of or today()
    wanted = {kind: [key for of, key, _ in keys if of == kind] for kind in (OWN, OLDER)}
    rows = list(with_words(Beslutsuppdrag.objects.filter(pk__in=wanted[OWN])))
    hidden = hidden_duties(who, rows)
    own = {row.pk: of_duty(row, day, hides=row.paragraf_id in hidden) for row in rows}
    older = {
        row.pk: _of_decision(row, day)
        for row in Beslut.objects.filter(pk__in=wanted[OLDER]).select_related(
            "body", "satsning__ansvarig_grupp", "satsning__uppdrag"
        )
    }
    found = {OWN: own, OLDER: older}
    return [found[of][key] for of, key, _ in keys if key in found[of]]


def with_words(rows: QuerySet[Beslutsuppdrag]) -> QuerySet[Beslutsuppdrag]:
    """Return duties with all that their lines say."""
    return rows.select_related("body", "responsible", "paragraf__item__meeting", "paragraf__item__matter", "done_by")


def of_duty(row: Beslutsuppdrag, day: date, *, hides: bool = False) -> OpenDuty:
    """Return the line of what a paragraph asks for; one whose words the reader may not read has none."""
    item = row.paragraf.item
    return OpenDuty(
        url=reverse("beslutsuppdrag", args=[row.pk]),
        text=HIDDEN_WORDS if hides else row.text,
        kind=row.get_kind_display(),
        title=HIDDEN if hides else item.title,
        body=row.body.name,
        paragraph=row.paragraf.label,
        decided_on=item.meeting.day,
        responsible=row.responsible.name if row.responsible else "",
        due=row.due,
        done_on=timezone.localdate(row.done_at) if row.done_at else None,
        done_text="" if hides else row.done_text,
        as_of=day,
        is_hidden=hides,
    )


def _of_decision(row: Beslut, day: date) -> OpenDuty:
    return OpenDuty(
        url=reverse("satsning", args=[row.satsning_id]) + "#beslut",
        text=row.condition or WORK_IN_WORDS,
        kind="Villkor i äldre beslut" if row.condition else "Ändring i äldre beslut",
        title=row.satsning.uppdrag.titel or "Utan titel",
        body=row.body.name,
        paragraph=row.paragraph,
        decided_on=row.meeting_date,
        responsible=row.satsning.ansvarig_grupp.name,
        due=None,
        done_on=None,
        done_text="",
        as_of=day,
    )


def counted_on(meeting: Meeting) -> date:
    """Return the day that ages and lateness are counted on for a meeting: its own, today until it is held."""
    return min(meeting.day, today())


def open_duties(body: Body, as_of: date, *, with_secret: bool) -> list[OpenDuty]:
    """Return what a body's decisions asked for that was open on a day, oldest first; two statements.

    Args:
        body: whose decisions.
        as_of: the day; what was carried out after it was still open.
        with_secret: whether the reader may see what carries a secrecy mark.

    """
    day_after = Q(done_at=None) | Q(done_at__date__gt=as_of)
    own = Beslutsuppdrag.objects.filter(day_after, body=body, created_at__date__lte=as_of)
    if not with_secret:
        own = own.filter(OPEN_MATTER)
    rows = [(row.created_at, of_duty(row, as_of)) for row in with_words(own)]
    older = _older().filter(body=body, recorded_at__date__lte=as_of)
    rows += [
        (row.recorded_at, _of_decision(row, as_of))
        for row in older.select_related("body", "satsning__ansvarig_grupp", "satsning__uppdrag")
    ]
    return [duty for _, duty in sorted(rows, key=lambda pair: pair[0])]


def bodies_in(who: Viewer) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Return the bodies that have decided on, and those responsible for, what the person may read; three statements."""
    ids = readable_duties(who).order_by().values_list("body_id", "responsible_id").distinct()
    deciding, responsible = set(), set()
    for body_id, responsible_id in ids:
        deciding.add(body_id)
        responsible.add(responsible_id)
    for body_id, group_id in (
        _older().filter(satsning__in=readable(who)).order_by().values_list("body_id", "satsning__ansvarig_grupp_id")
    ):
        deciding.add(body_id)
        responsible.add(group_id)
    names = list(
        Body.objects.filter(pk__in=deciding | (responsible - {None}))
        .order_by("position", "name")
        .values_list("pk", "name")
    )
    return [row for row in names if row[0] in deciding], [row for row in names if row[0] in responsible]
