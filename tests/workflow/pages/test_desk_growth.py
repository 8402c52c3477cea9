"""The desk of somebody in five bodies, with meetings in every state, among 10 000 open cases and 50 000 open tasks."""

import json
from typing import Any

import pytest
from django.db import connection, connections
from django.test.utils import CaptureQueriesContext

from bench.crowd import crowd
from bench.scans import read_whole
from config.throwaway import owner_connection
from governance.dbroles import APP_ALIAS
from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from tests.workflow.desks import desk, lines
from tests.workflow.meetings.building import add_item, make_meeting
from tests.workflow.pages.helping import at
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP, World, make_world
from workflow.desk.asking import values_of
from workflow.desk.beside import BESIDE
from workflow.desk.selectors import MOST, ON_THE_WAY, SHOWN
from workflow.desk.sources import COUNT, LINES, SOURCES
from workflow.desk.turns import paths_of
from workflow.desk.vocabulary import DeskKind
from workflow.meetings.models import Meeting
from workflow.meetings.vocabulary import MeetingForm, MeetingState
from workflow.models import RoundAnswer
from workflow.rights import viewer

LARGE = {"satsningar_satsning", "satsningar_uppdrag", "workflow_round", "workflow_roundanswer"}
MOST_STATEMENTS = 12


@pytest.fixture
def crowded(transactional_db: None) -> tuple[World, Person]:
    """Return a world and somebody in five of its bodies, with meetings in every state and 10 000 open cases."""
    world = make_world()
    like = world.carried_to(StationKind.BEREDNING)
    world.carried_to(StationKind.BESLUT)
    person = world.seat(STYRGRUPP, Role.ORDFORANDE)
    seats = (
        (ARBETSGRUPP, Role.LEDAMOT),
        (BEREDNING, Role.HANDLAGGARE),
        (STOD, Role.SAMORDNARE),
        ("kontakt-trosa", Role.KONTAKTPERSON),
    )
    for body, role in seats:
        world.also(person, body, role)
    for number, state in enumerate(MeetingState):
        add_item(world, make_meeting(world, state=state, days=number + 8), text="Att läsa")
    asked = make_meeting(world, state=MeetingState.KALLAT, days=3)
    Meeting.objects.filter(pk=asked.pk).update(form=MeetingForm.PER_CAPSULAM)
    add_item(world, asked)
    with owner_connection(_database()) as owner:
        crowd(owner, world.fresh(like), 10_000)
    return world, person


def _database() -> str:
    return str(connections[APP_ALIAS].settings_dict["NAME"])


def scanned(plan: Any) -> set[str]:
    """Return the tables that a plan reads from end to end."""
    own = {plan["Relation Name"]} if plan.get("Node Type") == "Seq Scan" else set()
    return own.union(*(scanned(one) for one in plan.get("Plans", ())))


def explained(statement: str, values: dict[str, Any]) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {statement}", values)
        [[found]] = cursor.fetchall()
    plans = json.loads(found) if isinstance(found, str) else found
    return scanned(plans[0]["Plan"])


def test_desk_among_many_is_read_by_indexes_in_twelve_statements(crowded: tuple[World, Person]) -> None:
    _, person = crowded
    assert Satsning.objects.count() >= 10_000
    assert RoundAnswer.objects.count() >= 50_000
    who = viewer(person)
    paths = paths_of(who)
    assert len(who.bodies) == 5

    values = values_of(who, paths, most=SHOWN + 1)
    read_whole_by = {
        f"{kind} {number}": explained(branch, values) & LARGE
        for kind, branches in SOURCES.items()
        for number, branch in enumerate(branches)
    }
    assert {name: tables for name, tables in read_whole_by.items() if tables} == {}
    for statement, most in ((LINES, SHOWN + 1), (COUNT, MOST), (BESIDE, ON_THE_WAY)):
        assert explained(statement, values_of(who, paths, most=most)) & LARGE == set()
    browser = at(person)
    browser.get("/")
    with CaptureQueriesContext(connection) as seen:
        page = browser.get("/")
    assert len(seen) <= MOST_STATEMENTS
    assert "fler än 99 väntar på dig" in page.content.decode()
    for _ in range(6):
        assert set(read_whole(person, "/", database=_database())) & LARGE == set()
    found = desk(person)
    assert lines(person, DeskKind.SVAR)
    assert lines(person, DeskKind.LAS)
    assert [line.due for line in found.lines if line.due] == sorted(line.due for line in found.lines if line.due)
