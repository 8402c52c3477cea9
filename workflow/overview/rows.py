"""The cases of a page or a part of a sheet, each with what it waits for and what that lacks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db import connection
from django.utils import timezone

from governance.paths import StationValue
from satsningar import content as contents
from satsningar.cost import cost_of
from satsningar.models import Satsning
from satsningar.requirements import Gap
from workflow import facts as all_facts
from workflow.avsteg.counts import GRANTED
from workflow.awaited import awaited_move
from workflow.deadlines.due import Due, due_at
from workflow.deadlines.showing import stops_of
from workflow.facts import KnownAvsteg
from workflow.gates import gaps
from workflow.models import Anmalan
from workflow.overview.scope import Scope
from workflow.overview.waiting import days_since, is_overdue
from workflow.vocabulary import Act, Avstegslage

GAPS_SHOWN = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedCase:
    """A case as Läget shows it."""

    id: int
    county: str
    reference: str
    title: str
    station: StationValue
    since: date
    days: int
    overdue: bool
    due: Due | None
    stop: str
    holder: str
    handlaggare: str
    ansvarig_grupp: str
    beredningsgrupp: str
    fokusomraden: tuple[str, ...]
    awaits: str
    gate: str
    gaps: tuple[Gap, ...]
    avsteg: tuple[KnownAvsteg, ...]
    last_act: str
    last_act_at: datetime
    is_example: bool
    is_registered: bool

    @property
    def first_gaps(self) -> tuple[Gap, ...]:
        """Return the gaps that a table shows."""
        return self.gaps[:GAPS_SHOWN]

    @property
    def further_gaps(self) -> int:
        """Return how many more gaps there are."""
        return max(0, len(self.gaps) - GAPS_SHOWN)

    @property
    def open_avsteg(self) -> int:
        """Return how many avsteg wait for an answer."""
        return sum(one.state == Avstegslage.BEGART for one in self.avsteg)

    @property
    def granted_avsteg(self) -> int:
        """Return how many avsteg have been granted, those that the case has passed too."""
        return sum(one.state in GRANTED for one in self.avsteg)

    @property
    def avsteg_in_words(self) -> str:
        """Return each avsteg with how it stands, as a sheet has them."""
        return "; ".join(f"{one.requirement.label}: {one.state.label.lower()}" for one in self.avsteg)


_LAST_ACTS = """
SELECT wanted.id, entry.act, entry.at FROM unnest(%s::bigint[]) AS wanted(id)
CROSS JOIN LATERAL (SELECT j.act, j.at FROM workflow_journalentry j WHERE j.satsning_id = wanted.id
                    ORDER BY j.number DESC LIMIT 1) entry
"""


def last_acts(ids: Sequence[int]) -> dict[int, tuple[str, datetime]]:
    """Return the newest journal entry of each case: what was done, and when; one statement."""
    with connection.cursor() as cursor:
        cursor.execute(_LAST_ACTS, [list(ids)])
        return {id_: (str(Act(act).label), at) for id_, act, at in cursor.fetchall()}


def tracked(scope: Scope, ids: Sequence[int]) -> list[TrackedCase]:
    """Return the cases in the order of their ids; six statements, however many they are."""
    if not ids:
        return []
    cases = Satsning.objects.select_related("handlaggare").in_bulk(list(ids))
    content, facts, acts = contents.read_many(ids), all_facts.read_many(ids), last_acts(ids)
    open_ones = Anmalan.objects.filter(satsning__in=ids, closed_at=None).order_by()
    proposed = dict(open_ones.values_list("satsning_id", "move"))
    stops = stops_of(ids)
    found = []
    for id_ in ids:
        case, path = cases[id_], scope.versions[cases[id_].version_id]
        station = path.stations[case.station]
        move = awaited_move(path, case.station, proposed.get(id_, ""), cost_of(content[id_].parts))
        gate = move.gate if move else None
        act, at = acts.get(id_, ("", case.last_act_at))
        days = days_since(case.station_since)
        links = content[id_].rows("koppling", "kopplingar")
        found.append(
            TrackedCase(
                id=id_,
                county=scope.counties[case.county_id].name,
                reference=case.reference,
                title=content[id_].title,
                station=station,
                since=timezone.localdate(case.station_since),
                days=days,
                overdue=is_overdue(station, case.station_since),
                due=due_at(station, case.station_since),
                stop="" if station.is_final else stops.get(id_, ""),
                holder=scope.holder_of(station, case.ansvarig_grupp_id, case.beredningsgrupp_id, case.beslutsorgan_id),
                handlaggare=case.handlaggare.name if case.handlaggare else "",
                ansvarig_grupp=scope.body_name(case.ansvarig_grupp_id),
                beredningsgrupp=scope.body_name(case.beredningsgrupp_id),
                fokusomraden=tuple(row["fokusomrade_namn"] for row in links if row["fokusomrade_namn"]),
                awaits=move.name if move else "",
                gate=gate.name if gate else "",
                gaps=gaps(gate, content[id_], facts[id_]),
                avsteg=facts[id_].avsteg,
                last_act=act[:1].upper() + act[1:],
                last_act_at=timezone.localtime(at),
                is_example=case.is_example,
                is_registered=facts[id_].registered,
            )
        )
    return found
