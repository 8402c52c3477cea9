"""Läget: who sees what there, in which order, and that what is counted is what is shown."""

from datetime import datetime, time, timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.countyfile import load
from governance.models import Body, County, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from tests.factories import make_satsning, orebro
from tests.workflow.hands import Hands
from tests.workflow.overview.conftest import Enter
from tests.workflow.test_rights import OTHER_COUNTY
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, World
from workflow.overview.counts import count_by_step
from workflow.overview.filters import RUNNING
from workflow.overview.order import ORDERS, TrackedCases
from workflow.overview.scope import Scope
from workflow.rights import viewer

HOSTILE = [
    "'; DROP TABLE satsningar_satsning; --",
    "\x00",
    "<script>alert(1)</script>",
    "9" * 5000,
    "-1",
    "½",
    "å" * 100_000,
    "../../etc/passwd",
    "%s%n",
]


def at_noon(days: int) -> datetime:
    """Return noon in Stockholm that many days ago, whatever the clock is now and however it has been turned since."""
    return timezone.make_aware(datetime.combine(today() - timedelta(days=days), time(12)))


def wait(satsning: Satsning, days: int) -> None:
    Satsning.objects.filter(pk=satsning.pk).update(station_since=at_noon(days))


def rows_of(response: Any) -> list[Any]:
    return [row for group in response.context["groups"] for row in group["rows"]]


def test_a_row_says_where_the_case_is_how_long_and_what_it_lacks(world: World, enter: Enter) -> None:
    case = world.carried_to(StationKind.BEREDNING)
    wait(case, 61)

    response = enter(world.coordinator).get("/laget/")

    (row,) = rows_of(response)
    assert (row.reference, row.title, row.station.name, row.days) == (
        case.reference,
        "Mobila team i hela länet",
        "Beredning",
        61,
    )
    assert (row.holder, row.handlaggare, row.overdue) == (
        "Beredningsgruppen personcentrering",
        world.officer.name,
        True,
    )
    assert (row.awaits, row.gate, [gap.message for gap in row.gaps]) == (
        "Anmäl till beslut",
        "Beslut",
        [
            "Skriv utlåtandet.",
            "Välj rekommendation: tillstyrkan eller avstyrkan.",
            "Skriv förslaget till beslut.",
        ],
    )
    assert (row.last_act, row.last_act_at.date()) == ("Tog upp till beredning", today())
    text = response.content.decode()
    assert "3 saknas" in text
    assert "… och 1 till" in text
    assert "Beredning <span" in text


def test_what_waits_for_decision_lacks_what_the_proposed_move_asks_for(world: World, enter: Enter) -> None:
    case = world.carried_to(StationKind.UPPFOLJNING)
    (before,) = rows_of(enter(world.coordinator).get("/laget/"))
    world.fill(case, "varden", "uppfoljningsrapport", "inforande")
    world.bring(case, "breddinfor")

    (after,) = rows_of(enter(world.coordinator).get("/laget/"))

    assert (before.awaits, before.gate) == ("Anmäl till beslut", "")
    assert (after.awaits, after.gate, after.gaps) == ("Beslut om breddinförande", "Breddinförande", ())


def test_what_lies_before_a_body_is_counted_and_found_at_whatever_step_it_stands(world: World, enter: Enter) -> None:
    on_table, running = world.carried_to(StationKind.BESLUT), world.carried_to(StationKind.UPPFOLJNING)
    world.carried_to(StationKind.UPPFOLJNING)
    world.fill(running, PartCode.SLUTRAPPORT)
    world.bring(running, "avbryt")
    client = enter(world.coordinator)

    figures = {figure["label"]: figure for figure in client.get("/laget/").context["figures"]}
    found = client.get("/laget/" + figures["Väntar på beslut"]["url"])

    assert figures["Väntar på beslut"]["value"] == 2
    assert {row.id for row in rows_of(found)} == {on_table.pk, running.pk}
    assert client.get("/satsningar/?anmalda=on").context["page"].paginator.count == 2


def test_cases_of_a_path_whose_steps_are_held_by_named_bodies_are_shown(db: None, enter: Enter) -> None:
    hands = Hands(orebro())
    hands.make("vp-prover", "Vår primärvård")
    hands.propose_all()
    hands.act("lamna_in")
    hands.make("arbetsgrupp-palliativ", "Närkes varmande mantel")

    response = enter(hands.person("stod-orebro", Role.SAMORDNARE)).get("/laget/")

    assert [row.title for row in rows_of(response)] == ["Närkes varmande mantel", "Vår primärvård"]


def test_nobody_owes_an_answer_to_what_is_paused(world: World, enter: Enter) -> None:
    wait(world.carried_to(StationKind.VILANDE), 170)
    wait(world.carried_to(StationKind.INLAMNAD), 15)

    figures = {figure["label"]: figure for figure in enter(world.coordinator).get("/laget/").context["figures"]}

    longest = figures["Längsta väntan på ett svar"]
    assert (longest["value"], longest["hint"]) == ("15 dagar", "I steget Inlämnad")


def test_the_numbers_are_those_of_the_rows(world: World, enter: Enter) -> None:
    for kind, days in ((StationKind.UTKAST, 0), (StationKind.UTKAST, 400), (StationKind.INLAMNAD, 15)):
        wait(world.carried_to(kind), days)
    world.carried_to(StationKind.ATERKALLAD)
    client = enter(world.coordinator)

    response = client.get("/laget/")

    assert [(figure["label"], figure["value"]) for figure in response.context["figures"]] == [
        ("Pågår", 3),
        ("Överskriden väntan", 1),
        ("Väntar på beslut", 0),
        ("Längsta väntan på ett svar", "15 dagar"),
    ]
    assert [(step["tally"].station.name, step["tally"].count) for step in response.context["steps"]] == [
        ("Utkast", 2),
        ("Inlämnad", 1),
        ("Återkallad", 1),
    ]
    assert response.context["page"].paginator.count == 3
    assert client.get("/laget/?steg=alla").context["page"].paginator.count == 4
    assert client.get("/laget/?steg=avslutade").context["page"].paginator.count == 1
    assert [row.overdue for row in rows_of(client.get("/laget/?sena=on"))] == [True]


def test_every_filter_narrows_and_is_taken_away_by_its_tag(world: World, enter: Enter) -> None:
    kept = world.carried_to(StationKind.BEREDNING)
    world.make("Ett utkast")
    client = enter(world.coordinator)
    chosen = {
        "steg": "beredning",
        "organ": world.body(BEREDNING).pk,
        "handlaggare": world.officer.pk,
        "fokus": Scope(viewer(world.coordinator)).fokusomraden[0].pk,
    }

    response = client.get(f"/laget/?{urlencode(chosen)}&sortera=-dagar")

    assert [row.id for row in rows_of(response)] == [kept.pk]
    tags = {tag["text"]: tag["url"] for tag in response.context["chosen"]}
    assert set(tags) == {
        "Steg: Beredning",
        "Organ: Beredningsgruppen personcentrering",
        f"Handläggare: {world.officer.name}",
        "Fokusområde: Personcentrering",
    }
    assert "steg=" not in tags["Steg: Beredning"]
    assert "sortera=-dagar" in tags["Steg: Beredning"]
    for name in ("organ", "handlaggare", "fokus"):
        other = {"organ": world.body("beredning-halsa").pk, "handlaggare": "", "fokus": ""}[name]
        if other:
            assert rows_of(client.get(f"/laget/?{name}={other}")) == []


@pytest.mark.parametrize("turned", ["", "-"])
@pytest.mark.parametrize("only_overdue", [False, True])
@pytest.mark.parametrize("order", ORDERS)
def test_slices_put_together_are_the_whole_list(world: World, order: str, turned: str, only_overdue: bool) -> None:
    codes = ["utkast", "inlamnad", "beredning", "beslut", "vilande", "genomforande", "slutford"]
    for number in range(21):
        case = make_satsning(
            world.county, f"Satsning {number % 5}", station=codes[number % len(codes)], person=world.author
        )
        wait(case, number * 40)
    scope = Scope(viewer(world.coordinator))
    steps = count_by_step(scope, scope.cases)
    cases = TrackedCases(scope, scope.cases, steps, kinds=RUNNING, only_overdue=only_overdue, order=turned + order)

    whole = cases[0 : cases.count()]
    put_together = [id_ for start in range(0, cases.count(), 4) for id_ in cases[start : start + 4]]

    assert put_together == whole
    assert len(set(whole)) == len(whole) == cases.count() > 0
    if order == "steg":
        rows = Satsning.objects.in_bulk(whole)
        places = [scope.station_of(rows[id_].version_id, rows[id_].station).position for id_ in whole]
        assert places == sorted(places, reverse=bool(turned))


def test_each_sees_what_they_may_read(world: World, enter: Enter) -> None:
    draft = world.make("Ett utkast")
    submitted = world.carried_to(StationKind.INLAMNAD)
    load(OTHER_COUNTY)
    other = County.objects.get(code="annat")
    foreign = Person.objects.create_user("annan@example.org", "Exempelannan")
    register_membership(
        person=foreign, body=Body.objects.get(county=other, code=STOD), role=Role.SAMORDNARE, starts_on=today()
    )
    ended = world.seat(ARBETSGRUPP, Role.LEDAMOT, ends_on=today() - timedelta(days=1))
    superuser = Person.objects.create_superuser("chef@example.org", "Exempelchef")

    def seen(person: Person) -> set[int]:
        response = enter(person).get("/laget/")
        assert response.status_code == 200
        counted = sum(step["tally"].count for step in response.context["steps"])
        ids = {row.id for row in rows_of(response)}
        assert counted == len(ids)
        return ids

    assert seen(world.coordinator) == {draft.pk, submitted.pk}
    assert seen(world.author) == {draft.pk, submitted.pk}
    assert seen(world.officer) == {submitted.pk}
    assert seen(foreign) == set()
    assert seen(ended) == set()
    assert seen(superuser) == set()


def test_another_countys_filter_values_are_not_offered_and_narrow_nothing(world: World, enter: Enter) -> None:
    world.make()
    load(OTHER_COUNTY)
    body = Body.objects.get(county__code="annat", code=BEREDNING)

    response = enter(world.coordinator).get(f"/laget/?organ={body.pk}")

    assert len(rows_of(response)) == 1
    assert list(response.context["filter_form"].errors) == ["organ"]


def test_nobody_is_sent_to_the_log_in(client: Any, world: World) -> None:
    for address in ("/laget/", "/laget.xlsx", "/laget.csv", "/satsningar/", "/satsningar.csv"):
        response = client.get(address)
        assert (response.status_code, response.url.split("?")[0]) == (302, "/konto/login/")


@pytest.mark.parametrize("value", HOSTILE)
def test_nothing_in_the_address_fails(world: World, enter: Enter, value: str) -> None:
    world.make()
    client = enter(world.coordinator)
    names = ("q", "lan", "steg", "organ", "grupp", "handlaggare", "fokus", "organisation", "visa", "sortera", "sida")
    for page in ("/laget/", "/satsningar/", "/laget.csv", "/personer/"):
        response = client.get(page, dict.fromkeys(names, value))
        assert response.status_code == 200, page
        assert b"<script>alert" not in response.getvalue()


@pytest.mark.parametrize("address", ["/laget/", "/laget/?sortera=titel", "/satsningar/", "/satsningar/?q=mobila"])
def test_a_page_costs_the_same_at_1_and_50_rows(world: World, enter: Enter, address: str) -> None:
    client = enter(world.coordinator)
    world.carried_to(StationKind.BEREDNING)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    case = world.make("Mobila team med innehåll")
    world.fill(case, *DECIDED_PARTS)
    for number in range(49):
        make_satsning(world.county, f"Mobila team {number}", person=world.author)
    with CaptureQueriesContext(connection) as many:
        response = client.get(address)
    assert response.context["page"].paginator.count == 51
    assert len(many) == len(one)
    assert len(one) <= 22
