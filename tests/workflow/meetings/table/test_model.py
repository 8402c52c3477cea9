"""Random meetings held against a plain model of presence, jäv, quorum, votes and outcomes, written here alone."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from governance.models import Membership
from governance.vocabulary import OrganisationKind, Role
from tests.workflow.meetings.building import make_meeting, seat_everybody
from tests.workflow.meetings.table.conftest import Table
from tests.workflow.world import STYRGRUPP, World
from workflow.errors import Refusal
from workflow.meetings.models import AgendaItem, Ballot, Paragraf
from workflow.meetings.table.ballots import cast, close_ballot, open_ballot
from workflow.meetings.table.choices import Choice
from workflow.meetings.table.closing import adjourn, close_meeting
from workflow.meetings.table.jav import set_jav
from workflow.meetings.table.presence import set_current, set_presence
from workflow.meetings.table.state import read_table
from workflow.meetings.table.withdrawing import withdraw_item
from workflow.meetings.vocabulary import MeetingState, Outcome

SEATS, ITEMS = 14, 2
"""The chair, ten members, a substitute, one co-opted and the secretary; the matters of the agenda."""
CHAIR, SUBSTITUTE = 0, 11
KOMMUNER = 5
"""How many municipalities länsstyrgruppen needs beside the region."""


@dataclass
class Plain:
    """What the model knows of a meeting; people are numbered."""

    organisations: list[int | None]
    kinds: list[str]
    present: set[int]
    jav: dict[int, set[int]] = field(default_factory=lambda: {item: set() for item in range(ITEMS)})
    ballot: tuple[int, dict[int, str]] | None = None
    held: dict[int, dict[int, str]] = field(default_factory=dict)
    """The newest closed vote of each matter."""
    on: int | None = None
    outcomes: dict[int, str] = field(default_factory=dict)
    is_closed: bool = False

    def ordinary(self) -> set[int]:
        """Return those whom the substitute may step in for."""
        return set(range(SUBSTITUTE))

    def deciding(self, item: int | None) -> set[int]:
        """Return who decides now."""
        free = self.present - (self.jav[item] if item is not None else set())
        members = free & self.ordinary()
        steps_in = len(members) < len(self.ordinary()) and SUBSTITUTE in free
        return members | ({SUBSTITUTE} if steps_in else set())

    def is_quorate(self, item: int | None) -> bool:
        """Tell whether they are the region and enough municipalities."""
        voters = self.deciding(item)
        region = any(self.kinds[one] == OrganisationKind.REGION for one in voters)
        towns = {self.organisations[one] for one in voters if self.kinds[one] == OrganisationKind.KOMMUN}
        return region and len(towns) >= KOMMUNER

    def may(self, act: str, one: int, item: int) -> bool:
        """Tell whether an act is allowed now."""
        if self.is_closed:
            return False
        is_open, voting = item not in self.outcomes, self.ballot is not None and self.ballot[0] == item
        rules = {
            "come": one in self.present or not self._voting_on(),
            "go": one not in self.present or (one != CHAIR and not self._voting_on()),
            "on": self.on == item or not self._voting_on(),
            "jav": is_open and not voting,
            "open": is_open and self.ballot is None and self._led(item) and self.is_quorate(item),
            "vote": self.ballot is not None and one in self.deciding(self.ballot[0]) and one not in self.ballot[1],
            "count": self.ballot is not None and bool(self.ballot[1]) and self.is_quorate(self.ballot[0]),
            "decide": is_open and not voting and self._led(item) and self.is_quorate(item) and self._carried(item),
            "withdraw": is_open and not voting,
            "adjourn": not self._voting_on() and not self.is_quorate(None) and len(self.outcomes) < ITEMS,
            "close": self.ballot is None and len(self.outcomes) == ITEMS,
        }
        return rules[act]

    def _carried(self, item: int) -> bool:
        """Tell whether the matter's vote, if there was one, is by those who decide now and came out as ja."""
        votes = self.held.get(item)
        if votes is None:
            return True
        said = list(votes.values())
        yes, no = said.count("ja"), said.count("nej")
        wins = votes.get(CHAIR) == "ja" if yes == no else yes > no
        return votes.keys() <= self.deciding(item) and wins

    def _led(self, item: int) -> bool:
        return CHAIR not in self.jav[item]

    def _voting_on(self) -> bool:
        return self.ballot is not None and self.ballot[0] == self.on

    def take(self, act: str, one: int, item: int, value: str) -> None:
        """Let an allowed act have happened."""
        if act in {"come", "go"}:
            (self.present.add if act == "come" else self.present.discard)(one)
        elif act == "jav":
            self.jav[item].add(one)
        elif act in {"decide", "withdraw"}:
            self.outcomes[item] = "bifall" if act == "decide" else "utgick"
        elif act == "adjourn":
            self.outcomes |= {each: "utgick" for each in range(ITEMS) if each not in self.outcomes}
        elif act == "close":
            self.is_closed = True
        else:
            self._vote(act, one, item, value)

    def _vote(self, act: str, one: int, item: int, value: str) -> None:
        if act in {"on", "open"}:
            self.on = item
        if act == "open":
            self.ballot = (item, {})
        elif act == "vote" and self.ballot:
            self.ballot[1][one] = value
        elif act == "count" and self.ballot:
            self.held[self.ballot[0]] = self.ballot[1]
            self.ballot = None


@dataclass
class Real:
    """The same acts on the real thing."""

    table: Table
    seats: list[Membership]
    items: list[AgendaItem]

    def act(self, act: str, one: int, item: int, value: str) -> None:
        """Do it, or be refused."""
        meeting, secretary = self.table.meeting.pk, self.table.world.secretary
        key, seat = self.items[item].pk, self.seats[one]
        ballot = Ballot.objects.filter(item__in=self.items).order_by("-pk").values_list("pk", flat=True).first()
        calls: dict[str, Callable[[], object]] = {
            "come": lambda: set_presence(meeting, seat.pk, is_present=True, actor=secretary),
            "go": lambda: set_presence(meeting, seat.pk, is_present=False, actor=secretary),
            "on": lambda: set_current(meeting, key, actor=secretary),
            "jav": lambda: set_jav(meeting, key, seat.pk, state="jav", reason="Släkt.", actor=secretary),
            "open": lambda: open_ballot(meeting, key, yes="Bifall", no="Avslag", actor=secretary),
            "vote": lambda: cast(meeting, ballot or 0, seat.pk, value, actor=seat.person),
            "count": lambda: close_ballot(meeting, ballot or 0, actor=secretary),
            "decide": lambda: self.table.decide(self.items[item], Choice(outcome=Outcome.BIFALL)),
            "withdraw": lambda: withdraw_item(meeting, key, reason="Därför.", actor=secretary),
            "adjourn": lambda: adjourn(meeting, actor=secretary),
            "close": lambda: close_meeting(meeting, actor=secretary),
        }
        calls[act]()

    def tried(self, *step: Any) -> Exception | None:
        """Do it; return the refusal, if it was refused."""
        try:
            self.act(*step)
        except (Refusal, Ballot.DoesNotExist) as refusal:
            return refusal
        return None


@pytest.fixture
def seats(world: World) -> list[Membership]:
    """Return the chair, the members, a substitute, one co-opted and the secretary."""
    world.person(STYRGRUPP, Role.ORDFORANDE)
    world.members()
    others = [world.seat(STYRGRUPP, role) for role in (Role.ERSATTARE, Role.ADJUNGERAD)]
    by = {seat.person_id: seat for seat in Membership.objects.filter(body=world.body(STYRGRUPP))}
    members = [seat.person for seat in world.members()]
    chair, secretary = world.person(STYRGRUPP, Role.ORDFORANDE), world.secretary
    by[secretary.pk] = Membership.objects.get(person=secretary)
    return [by[person.pk] for person in (chair, *members, *others, secretary)]


STEP = st.tuples(
    st.sampled_from(
        (
            *("come", "go", "go", "go", "on", "jav", "open", "vote", "vote", "vote", "count"),
            *("decide", "withdraw", "adjourn", "close"),
        )
    ),
    st.integers(0, SEATS - 1),
    st.integers(0, ITEMS - 1),
    st.sampled_from(("ja", "nej", "avstar")),
)
GO = [[("go", one, 0, "ja") for one in range(1, last)] for last in (1, 4, 7, 10)]


def hold_against_model(world: World, seats: list[Membership], steps: list[tuple[str, int, int, str]]) -> None:
    """Do every act in both; they agree on what is refused, on quorum, and on what the paragraphs say."""
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    table = Table(world, meeting)
    real = Real(table, seats, [table.matter(f"Ärende {number}") for number in range(ITEMS)])
    plain = Plain(
        organisations=[seat.represents_id for seat in seats],
        kinds=[seat.represents.kind if seat.represents else "" for seat in seats],
        present=set(range(SUBSTITUTE)),
    )
    before = Paragraf.objects.count()
    for step in steps:
        allowed = plain.may(*step[:3])
        refusal = real.tried(*step)
        assert (refusal is None) == allowed, f"{step}: {refusal}; {plain}"
        if allowed:
            plain.take(*step)
        for number, item in enumerate(real.items):
            assert read_table(table.fresh).quorum(table.fresh, item.pk).holds == plain.is_quorate(number)
    numbers = {one.pk: number for number, one in enumerate(seats)}
    rows = list(Paragraf.objects.filter(item__in=real.items).order_by("number"))
    assert {real.items.index(row.item): row.outcome for row in rows} == plain.outcomes
    assert [row.number for row in rows] == list(range(before + 1, before + 1 + len(rows)))
    for row in rows:
        voters = {numbers[id_] for id_, _, _, _, votes, jav, _ in row.participants if votes and not jav}
        assert voters.isdisjoint(plain.jav[real.items.index(row.item)])
    assert table.is_sound()


@settings(
    max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(beginning=st.sampled_from(GO), steps=st.lists(STEP, max_size=20))
def test_meetings_agree_with_the_plain_model(
    world: World, seats: list[Membership], beginning: list[Any], steps: list[Any]
) -> None:
    hold_against_model(world, seats, [*beginning, *steps])


@pytest.mark.soak
@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(beginning=st.sampled_from(GO), steps=st.lists(STEP, max_size=50))
def test_many_more_meetings_agree_with_the_plain_model(
    world: World, seats: list[Membership], beginning: list[Any], steps: list[Any]
) -> None:
    hold_against_model(world, seats, [*beginning, *steps])
