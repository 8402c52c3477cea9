"""Whatever valid county file is loaded, a case can be walked from its draft to an end by people of its bodies."""

from collections import deque
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings

from governance.countyfile import load
from governance.models import Body, County, Organisation, Person, Seat
from governance.paths import MoveValue, PathVersion
from governance.permissions import granted_mandates, holders, today
from governance.services import register_membership
from governance.vocabulary import BodyKind, Mandate, MoveKind, Role, StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from tests.strategies import county_texts
from workflow import journal
from workflow.actions import perform
from workflow.creation import create_satsning, possible_preparing_bodies
from workflow.inputs import Decision, Inputs, Participant, Request
from workflow.preparation import StatementText, answer_completion, save_statement
from workflow.rights import bodies_for, path_of, station_of

BEGAN = date(2020, 1, 1)


@dataclass
class Walker:
    """Walks one case through whatever path its county has."""

    county: County
    people: dict[tuple[int, str], Person] = field(default_factory=dict)
    paragraph: int = 0

    def bodies(self) -> tuple[Body, ...]:
        """Return the county's bodies."""
        return tuple(Body.objects.filter(county=self.county, ended_on=None))

    def holder(self, body: Body, mandate: Mandate) -> Person:
        """Return somebody who holds the mandate in the body, seated when first asked for."""
        key = (body.pk, mandate.value)
        if key not in self.people:
            seats = list(Seat.objects.filter(body=body))
            held = granted_mandates(seats)
            seat = next(seat for seat in seats if mandate in held[seat.pk])
            self.people[key] = self.seated(body, Role(seat.role), None)
        return self.people[key]

    def seated(self, body: Body, role: Role, represents: Organisation | None) -> Person:
        """Seat a new person."""
        number = Person.objects.count()
        person = Person.objects.create_user(f"p{number}@example.org", f"Exempelperson {number}")
        if represents is None and body.kind != BodyKind.ORGANISATION:
            represents = Organisation.objects.filter(county=self.county).order_by("position")[0]
        register_membership(person=person, body=body, role=role, starts_on=BEGAN, represents=represents)
        return person

    def voters(self, body: Body) -> tuple[Participant, ...]:
        """Return a voter for every organisation, seated when first asked for."""
        if len(holders(body.pk, Mandate.BESLUTA, today())) < 2:
            seats = list(Seat.objects.filter(body=body).exclude(role=Role.ERSATTARE))
            held = granted_mandates(seats)
            role = next(seat.role for seat in seats if Mandate.BESLUTA in held[seat.pk])
            for organisation in Organisation.objects.filter(county=self.county, ended_on=None):
                self.seated(body, Role(role), organisation)
        return tuple(Participant(one.membership_id) for one in holders(body.pk, Mandate.BESLUTA, today()))

    def make(self) -> Satsning:
        """Make a draft for a group that the path lets make one."""
        for group in self.bodies():
            if group.kind in {BodyKind.ARBETSGRUPP, BodyKind.REGIONALT_STOD} and self._writes(group):
                preparing = possible_preparing_bodies(group)
                id_, _ = create_satsning(
                    group,
                    "En satsning",
                    actor=self.holder(group, Mandate.FORFATTA),
                    beredningsgrupp=preparing[0] if preparing else None,
                )
                return Satsning.objects.get(pk=id_)
        pytest.fail("no group of the county can make a case")

    @staticmethod
    def _writes(group: Body) -> bool:
        return any(Mandate.FORFATTA in held for held in granted_mandates(list(group.seats.all())).values())

    def do(self, satsning: Satsning, move: MoveValue, target: str) -> None:
        """Make a move as somebody of the body that makes it."""
        satsning = Satsning.objects.select_related("beslutsorgan", "ansvarig_grupp").get(pk=satsning.pk)
        key, body = next(
            (key, body)
            for key in move.made_by
            for body in bodies_for(move, satsning, self.bodies())
            if key in {body.kind, body.code} or (key == "ansvarig_grupp" and body == satsning.ansvarig_grupp)
        )
        actor = self.holder(body, Mandate.PROTOKOLLFORA if move.in_meeting else Mandate(move.made_by[key]))
        self._before(satsning, move, actor)
        perform(
            satsning.pk,
            move.code,
            actor=actor,
            expected_edition=Satsning.objects.values_list("edition", flat=True).get(pk=satsning.pk),
            reason="Därför.",
            target=target if len(move.targets) > 1 else "",
            inputs=Inputs(
                handlaggare_id=actor.pk,
                requests=(Request(PartCode.UPPDRAG, "Skriv mer."),),
                proposed_move=self._proposed(satsning, move, target),
                decision=self._decision(body, move),
            ),
        )

    def _before(self, satsning: Satsning, move: MoveValue, actor: Person) -> None:
        if move.kind == MoveKind.ANMAL:
            words = StatementText(text="Berett.", rekommendation="tillstyrkan", forslag="Bifall.", anteckningar="")
            held = satsning.utlatanden.filter(body__memberships__person=actor).first()
            save_statement(satsning.pk, words, actor=actor, expected_version=held.version if held else 0)
        if move.kind == MoveKind.LAMNA_KOMPLETTERING:
            rows = satsning.kompletteringar.filter(closed_at=None)
            author = self.holder(satsning.ansvarig_grupp, Mandate.FORFATTA)
            answer_completion(satsning.pk, {row.pk: "Klart." for row in rows}, actor=author)

    @staticmethod
    def _proposed(satsning: Satsning, move: MoveValue, target: str) -> str:
        if move.kind != MoveKind.ANMAL:
            return ""
        return next(one.code for one in path_of(satsning).moves_from(target) if one.in_meeting)

    def _decision(self, body: Body, move: MoveValue) -> Decision | None:
        if not move.in_meeting:
            return None
        self.paragraph += 1
        return Decision(meeting_date=today(), paragraph=f"§ {self.paragraph}", participants=self.voters(body))


Step = tuple[MoveValue, str]


def way_to_an_end(path: PathVersion, start: str, cost: Decimal | None = None) -> list[Step]:
    """Return the shortest way to a completed case, or to any end where the path has none completed.

    Moves that the cost rules out are passed by. Moves in a meeting are open once the case has been brought before the
    body from where it then stands; one that is handed over lies before the next body.
    """
    done = {code for code, station in path.stations.items() if station.kind == StationKind.SLUTFORD}
    ends = done or {code for code, station in path.stations.items() if station.is_final}
    waiting: deque[tuple[str, bool, list[Step]]] = deque([(start, False, [])])
    seen = set()
    while waiting:
        here, brought, way = waiting.popleft()
        if here in ends:
            return way
        if (here, brought) in seen:
            continue
        seen.add((here, brought))
        for move in path.moves_from(here):
            if (move.in_meeting and not brought) or not move.is_open_to(cost):
                continue
            for target in move.targets or (here,):
                if move.kind == MoveKind.ANMAL:
                    after = any(one.in_meeting for one in path.moves_from(target)) and not brought
                    if not after:
                        continue
                    waiting.append((target, True, [*way, (move, target)]))
                elif target != here:
                    waiting.append((target, move.kind == MoveKind.OVERLAMNA, [*way, (move, target)]))
    pytest.fail(f"no way from {start} to an end")


def walk(text: str) -> None:
    """Load a county and walk a case to its end."""
    load(text)
    walker = Walker(County.objects.latest("pk"))
    satsning = walker.make()
    for move, target in way_to_an_end(path_of(satsning), satsning.station):
        walker.do(satsning, move, target)
    satsning = Satsning.objects.get(pk=satsning.pk)
    assert station_of(satsning).is_final
    assert journal.verify(walker.county.pk, walker.county.name)[1] is None


QUIET = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=15, deadline=None, suppress_health_check=QUIET)
@given(text=county_texts(gates=False))
def test_case_is_walked_to_an_end_in_any_county(db: None, text: str) -> None:
    with_rollback(text)


@pytest.mark.soak
@settings(max_examples=300, deadline=None, suppress_health_check=QUIET)
@given(text=county_texts(gates=False))
def test_case_is_walked_to_an_end_in_many_counties(db: None, text: str) -> None:
    with_rollback(text)


def with_rollback(text: str) -> None:
    """Walk, and leave nothing behind, since examples may have counties of one code."""
    with transaction.atomic():
        walk(text)
        transaction.set_rollback(True)
