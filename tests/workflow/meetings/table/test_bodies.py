"""The rules of every deciding body in both counties, as tables: quorum, casting vote, form, and the sentence."""

from dataclasses import dataclass

import pytest

from governance.meeting_rules import meeting_rule
from governance.models import Body, County, Membership, Organisation
from governance.vocabulary import BodyKind, OrganisationKind, Role
from tests.factories import orebro, sormland
from tests.workflow.meetings.building import add_item, make_meeting
from tests.workflow.world import BEREDNING, World
from workflow.errors import NoQuorum
from workflow.forms_of_decision import quorum_of
from workflow.meetings.models import Attendance, OvrigtArende
from workflow.meetings.table.choices import AS_RECOMMENDED
from workflow.meetings.table.counting import count_votes
from workflow.meetings.table.deciding import decide
from workflow.meetings.vocabulary import ItemKind, MeetingForm, MeetingState
from workflow.quorum import Participation, Quorum, Seat


@dataclass(frozen=True)
class Sitting:
    """Everybody who could sit in a body: a member of each organisation and a chair, first of whom is the region's."""

    body: Body
    seats: tuple[Seat, ...]

    def quorum(
        self, members: int, form: MeetingForm = MeetingForm.SAMMANTRADE, jav: frozenset[int] = frozenset()
    ) -> Quorum:
        """Return the quorum when the first so many members take part, those with jäv left out."""
        there = frozenset(range(members)) - jav
        return quorum_of(self.body, form, self.seats, Participation(there, jav))


def sitting(county: County, code: str) -> Sitting:
    """Seat one member for each organisation of the county, the region first."""
    organisations = Organisation.objects.filter(county=county).order_by("position")
    rows = sorted(organisations, key=lambda one: one.kind != OrganisationKind.REGION)
    seats = [
        Seat(key, key, one.name, Role.ORDFORANDE if key == 0 else Role.LEDAMOT, one.pk, one.kind, votes=True)
        for key, one in enumerate(rows)
    ]
    return Sitting(Body.objects.get(county=county, code=code), tuple(seats))


SORMLAND, OREBRO = "sormland", "orebro"
COUNTED = "Beslutsfört: regionen och {there} kommuner deltar, regionen och minst {there} kommuner krävs."
LEAST = [
    (SORMLAND, "nsv", 6, "Beslutsfört: 6 av 10 ledamöter deltar, minst 6 krävs."),
    (
        SORMLAND,
        "lansstyrgruppen",
        6,
        "Beslutsfört: regionen och 5 kommuner deltar, regionen och minst 5 kommuner krävs.",
    ),
    (OREBRO, "samverkansnamnden", 0, "mer än hälften"),
    (OREBRO, "lansledningen", 8, COUNTED.format(there=7)),
    (OREBRO, "vsht-styrgrupp", 0, "60 procent"),
    (OREBRO, "vp-styrgrupp", 0, "organisationer"),
]
"""The fewest members that are quorate, in the order of `sitting`; 0 where it is counted from who sits."""


@pytest.fixture(params=[SORMLAND, OREBRO])
def county(request: pytest.FixtureRequest, db: None) -> County:
    """Return each county."""
    return sormland() if request.param == SORMLAND else orebro()


def test_every_deciding_body_is_in_the_table(county: County) -> None:
    bodies = Body.objects.filter(county=county, kind__in=(BodyKind.STYRGRUPP, BodyKind.NAMND))
    assert set(bodies.values_list("code", flat=True)) == {code for where, code, *_ in LEAST if where == county.code}


def test_every_deciding_body_is_quorate_from_its_least_number_on(county: County) -> None:
    for where, code, least, sentence in LEAST:
        if where != county.code:
            continue
        table = sitting(county, code)
        every = len(table.seats)
        rule = table.body.rule["quorum"]
        wanted = least or {"mer_an_halften": every // 2 + 1, "andel": -(-every * 60 // 100)}.get(rule, every // 2 + 1)
        assert [table.quorum(number).holds for number in range(every + 1)] == [
            number >= wanted for number in range(every + 1)
        ]
        if least:
            assert table.quorum(wanted).sentence == sentence


def test_a_deciding_body_without_its_region_is_not_quorate_where_the_region_is_asked_for(county: County) -> None:
    for where, code, *_ in LEAST:
        table = sitting(county, code) if where == county.code else None
        if table is None or table.body.rule["quorum"] != "region_och_kommuner":
            continue
        assert not table.quorum(len(table.seats), jav=frozenset({0})).holds


BETWEEN = {
    "nsv": (False, False),
    "lansstyrgruppen": (True, True),
    "samverkansnamnden": (False, False),
    "lansledningen": (False, True),
    "vsht-styrgrupp": (True, False),
    "vp-styrgrupp": (False, False),
}
"""Whether each body decides per capsulam, and its chair on delegation."""
EVEN = {"vp-styrgrupp"}
"""The bodies in which an even vote falls; in every other the chair decides."""


def test_bodies_decide_between_meetings_only_as_their_rule_says(county: County) -> None:
    for where, code, *_ in LEAST:
        if where != county.code:
            continue
        table = sitting(county, code)
        rule, every = meeting_rule(table.body), len(table.seats)
        assert (rule.per_capsulam, rule.delegation) == BETWEEN[code]
        assert rule.utslagsrost == (code not in EVEN)
        assert table.quorum(1, MeetingForm.DELEGATION).holds == rule.delegation
        assert not table.quorum(2, MeetingForm.DELEGATION).holds
        assert not table.quorum(0, MeetingForm.DELEGATION).holds
        said = f"Beslutat per capsulam: alla {every} ledamöter utan jäv har svarat."
        assert table.quorum(every, MeetingForm.PER_CAPSULAM).sentence == said
        assert not table.quorum(every - 1, MeetingForm.PER_CAPSULAM).holds
        assert table.quorum(every, MeetingForm.PER_CAPSULAM, frozenset({every - 1})).holds


def test_an_even_vote_comes_out_as_each_body_has_it(county: County) -> None:
    for where, code, *_ in LEAST:
        if where != county.code:
            continue
        rule = meeting_rule(Body.objects.get(county=county, code=code))
        even = count_votes({1: "ja", 2: "nej"}, chair=1, has_casting_vote=rule.utslagsrost)
        assert (even.result, even.by_casting_vote) == (("nej", False) if code in EVEN else ("ja", True))


def test_a_preparing_body_decides_on_its_own_matter_by_its_members_votes(world: World) -> None:
    body, officer = world.body(BEREDNING), world.officer
    people = [world.seat(BEREDNING, role) for role in (Role.ORDFORANDE, Role.LEDAMOT, Role.LEDAMOT)]
    meeting = make_meeting(world, state=MeetingState.PAGAR, body=body)
    matter = OvrigtArende.objects.create(
        body=body, kind="handlingsplan", title="Plan", forslag="Planen antas.", created_by=people[0]
    )
    item = add_item(world, meeting, kind=ItemKind.OVRIGT, matter=matter, title="Plan")
    for there in (officer, people[0]):
        seat = Membership.objects.get(person=there)
        Attendance.objects.create(meeting=meeting, membership=seat, is_present=True)
    with pytest.raises(NoQuorum, match="1 av 3 ledamöter deltar"):
        decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=people[0])
    Attendance.objects.create(meeting=meeting, membership=people[1].memberships.get(), is_present=True)
    paragraf = decide(meeting.pk, item.pk, AS_RECOMMENDED, actor=people[0])
    assert paragraf.quorum == "Beslutsfört: 2 av 3 ledamöter deltar, minst 2 krävs."
    assert {name for _, name, _, _, votes, *_ in paragraf.participants if votes} == {one.name for one in people[:2]}
