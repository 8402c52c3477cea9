"""Who is reminded of a last day, and to whom it is taken further: the rows that notices are made of.

`remind` is the one function that adds a row, with its entry in the journal: notices and letters come of that.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from governance import prepared
from governance.deadlines import Frister, workdays_between
from governance.models import ArendegangVersion, Body, Membership
from governance.paths import PathVersion, path_version
from governance.permissions import today
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, Eskalering, Role
from satsningar.models import Satsning
from workflow.cases import lock, record_by_clock
from workflow.deadlines.due import due_at, may_be_near
from workflow.deadlines.vocabulary import Paminnelseslag
from workflow.notices.whom import Given
from workflow.vocabulary import Act

_INSERT = """
INSERT INTO workflow_paminnelse (satsning_id, kind, station, since, due, to_id, chair_only, act_id, made_at)
VALUES (%(satsning)s, %(kind)s, %(station)s, %(since)s, %(due)s, %(to)s, %(chair_only)s, %(act_id)s, %(now)s)
ON CONFLICT DO NOTHING RETURNING id
"""
EXPECTED = {
    Paminnelseslag.FORE: "Se till att satsningen lämnar steget i tid",
    Paminnelseslag.EFTER: "Se till att satsningen lämnar steget",
    Paminnelseslag.ESKALERING: "Se till att satsningen kommer vidare",
}
"""What those who are reminded are to do."""
_CHAIRS = (Role.ORDFORANDE, Role.VICE_ORDFORANDE)


@dataclass(frozen=True, slots=True)
class Stay:
    """A case's stay at a step that has a last day."""

    satsning_id: int
    county_id: int
    station: str
    since: datetime
    due: date
    bodies: Mapping[str, int | None]
    """The case's own bodies, by what a step's holder may be called."""


def remind(stay: Stay, kind: Paminnelseslag, *, to_id: int, chair_only: bool = False) -> int | None:
    """Add a reminder; return its id, or None where this stay has one of the kind, or the case has left.

    However many ask at once, one row is added: the constraint sees to that. Effects, in order, in the caller's
    transaction: the case is locked, the row is written, the journal with a notice for each person concerned.
    """
    arende = lock(stay.satsning_id)
    if (arende.station, arende.station_since) != (stay.station, stay.since):
        return None
    act_id, now = uuid4(), timezone.now()
    values = {
        "satsning": stay.satsning_id,
        "kind": kind.value,
        "station": stay.station,
        "since": stay.since,
        "due": stay.due,
        "to": to_id,
        "chair_only": chair_only,
        "act_id": act_id,
        "now": now,
    }
    row = prepared.fetch_one(_INSERT, values)
    if row is None:
        return None
    said = {"kind": kind.value, "due": stay.due.isoformat(), "to": to_id}
    record_by_clock(
        arende,
        Act.PAMINNELSE,
        act_id,
        payload={"reason": _sentence(kind, stay.due), "paminnelse": said},
        given=told_to(to_id, chair_only=chair_only, expected=EXPECTED[kind], due=stay.due),
    )
    return int(row[0])


def told_to(to_id: int, *, chair_only: bool, expected: str, due: date) -> Given:
    """Return that a body, or its chairs alone, are told of a last day, and what they are to do."""
    chairs = _chairs(to_id) if chair_only else ()
    return Given(bodies=() if chair_only else (to_id,), seats=chairs, expected=expected, due=due, organ=to_id)


def _sentence(kind: Paminnelseslag, due: date) -> str:
    tense = "är" if kind == Paminnelseslag.FORE else "var"
    further = " Det är fört vidare." if kind == Paminnelseslag.ESKALERING else ""
    return f"Sista dagen i steget {tense} {due.isoformat()}.{further}"


def _chairs(body_id: int) -> tuple[int, ...]:
    seats = Membership.objects.current(today()).filter(body=body_id, role__in=_CHAIRS, person__is_active=True)
    return tuple(seats.order_by("pk").values_list("pk", flat=True))


def remind_all() -> int:
    """Add every reminder that is to be made today and has not been; return how many were added.

    One transaction for each reminder, so that one that fails takes back none of those made before it.
    """
    made, bodies = 0, Bodies()
    for path in _paths():
        for stay in _stays(path):
            for kind in due_kinds(path.frister, stay.due, today()):
                to = bodies.receiver(path, stay, kind)
                if to is None:
                    continue
                with transaction.atomic():
                    made += remind(stay, kind, to_id=to[0], chair_only=to[1]) is not None
    return made


def due_kinds(frister: Frister, due: date, day: date) -> tuple[Paminnelseslag, ...]:
    """Return the kinds of reminder that are to have been made by a day for what has this last day.

    What is late is not reminded of as something to come.
    """
    left = workdays_between(day, due)
    if day <= due:
        return (Paminnelseslag.FORE,) if left <= frister.before else ()
    found = []
    if -left >= frister.after:
        found.append(Paminnelseslag.EFTER)
    if -left >= frister.escalate:
        found.append(Paminnelseslag.ESKALERING)
    return tuple(found)


def _paths() -> list[PathVersion]:
    ids = ArendegangVersion.objects.filter(stations__days__isnull=False).order_by("pk").values_list("pk", flat=True)
    return [path_version(id_) for id_ in ids.distinct()]


def _stays(path: PathVersion) -> Iterator[Stay]:
    """Yield the stays of a version's cases whose last day is near or has been."""
    cases = Satsning.objects.filter(may_be_near((path,), path.frister.before)).order_by("pk")
    for case in cases.select_related("beslutsorgan").iterator(chunk_size=500):
        due = due_at(path.stations[case.station], case.station_since)
        if due is not None:
            bodies = {
                ANSVARIG_GRUPP: case.ansvarig_grupp_id,
                BodyKind.BEREDNINGSGRUPP.value: case.beredningsgrupp_id,
                case.beslutsorgan.kind: case.beslutsorgan_id,
            }
            yield Stay(case.pk, case.county_id, case.station, case.station_since, due.day, bodies)


class Bodies:
    """The bodies that are reminded, each county's read once."""

    def __init__(self) -> None:
        """Know of none yet."""
        self.of_county: dict[int, list[Body]] = {}
        self.chaired: dict[int, bool] = {}

    def receiver(self, path: PathVersion, stay: Stay, kind: Paminnelseslag) -> tuple[int, bool] | None:
        """Return which body is told, and whether its chair alone is; None where there is none."""
        holder = stay.bodies.get(path.stations[stay.station].held_by) or self._named(
            stay.county_id, path.stations[stay.station].held_by
        )
        if kind != Paminnelseslag.ESKALERING:
            return (holder, False) if holder else None
        return self.further(path.frister, stay.county_id, holder)

    def further(self, frister: Frister, county_id: int, holder: int | None) -> tuple[int, bool] | None:
        """Return to which body what a body is late with is taken, and whether it is for its chair alone."""
        if frister.to == Eskalering.ORDFORANDE and holder and self._has_chair(holder):
            return holder, True
        support = self._named(county_id, BodyKind.REGIONALT_STOD)
        return (support, False) if support else None

    def _named(self, county_id: int, key: str) -> int | None:
        if county_id not in self.of_county:
            rows = Body.objects.filter(county=county_id, ended_on=None).order_by("position", "pk")
            self.of_county[county_id] = list(rows)
        return next((body.pk for body in self.of_county[county_id] if key in {body.code, body.kind}), None)

    def _has_chair(self, body_id: int) -> bool:
        if body_id not in self.chaired:
            self.chaired[body_id] = bool(_chairs(body_id))
        return self.chaired[body_id]
