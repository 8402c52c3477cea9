"""Every address of the site, asked by everybody who has nothing to do with a case: no leak and no 500."""

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from governance.countyfile import load
from governance.models import County, CountyDraft, CountyLoad, PeopleImport, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import BodyKind, Role, StationKind
from satsningar.models import Bilaga, Handling, Revision, Satsning
from tests.workflow.test_rights import OTHER_COUNTY
from tests.workflow.world import ARBETSGRUPP, World, make_world
from workflow.models import Avsteg, Mall, Publicering, Round, RoundAnswer, Versionsflytt

TITLE = "Kvarnstensprojektet"
WORDS = ("Kvarnstens", "LSG ")
"""What no stranger may be shown: the case's title and its number."""
FOREIGN = ("konto/", "static/")
"""Addresses of the log-in, which kept libraries answer for."""


def addresses(patterns: list[Any], before: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield every route with the names and converters of its arguments."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from addresses(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.pattern.converters


ROUTES = [route for route, _ in addresses(get_resolver().url_patterns) if not route.startswith((*FOREIGN, "admin/"))]


@pytest.fixture
def world(db: None) -> World:
    """Return Sörmland at work."""
    return make_world()


def arguments(satsning: Satsning) -> dict[str, object]:
    """Return a real value for every argument that an address of the case takes."""
    membership = satsning.ansvarig_grupp.memberships.all()[0]
    return {
        "satsning_id": satsning.pk,
        "part": "uppdrag",
        "move": "paborja_uppfoljning",
        "kind": "remiss",
        "slug": "om-tjansten",
        "ending": "csv",
        "round_id": getattr(Round.objects.first(), "pk", 1),
        "answer_id": getattr(RoundAnswer.objects.first(), "pk", 1),
        "bilaga_id": getattr(Bilaga.objects.first(), "pk", 1),
        "handling_id": getattr(Handling.objects.first(), "pk", 1),
        "body_id": satsning.ansvarig_grupp_id,
        "person_id": membership.person_id,
        "other_id": satsning.version_id,
        "arendegang_id": satsning.version.arendegang_id,
        "flytt_id": moved(satsning).pk,
        "membership_id": membership.pk,
        "version_id": satsning.version_id,
        "county_id": satsning.county_id,
        "load_id": getattr(CountyLoad.objects.first(), "pk", 1),
        "draft_id": getattr(CountyDraft.objects.first(), "pk", 1),
        "step": "organ",
        "organisation_id": membership.represents_id,
        "import_id": getattr(PeopleImport.objects.first(), "pk", 1),
        "token": "ingen-sadan-lank",
        "publicering_id": getattr(Publicering.objects.first(), "pk", 1),
        "mall_id": getattr(Mall.objects.first(), "pk", 1),
        "komplettering_id": 1,
        "avsteg_id": getattr(Avsteg.objects.first(), "pk", 1),
        "gate": "start",
        "requirement": "baslinje",
        "guide": "arbetsgrupp",
        "revision_id": getattr(Revision.objects.first(), "pk", 1),
        "number": 1,
        "first": 1,
        "second": 2,
    }


def moved(satsning: Satsning) -> Versionsflytt:
    """Return a move to another version that the case is to take part in."""
    version, by = satsning.version, satsning.created_by
    flytt = Versionsflytt.objects.create(before=version, after=version, mapping={}, reason="Därför.", made_by=by)
    flytt.rader.create(satsning=satsning, edition=satsning.edition)
    return flytt


def filled(route: str, values: dict[str, object]) -> str:
    """Return the address with its arguments in it."""
    converters = dict(addresses(get_resolver().url_patterns))[route]
    for name, converter in converters.items():
        assert name in values, f"give the test a value for {name}"
        kind = {"IntConverter": "int", "SlugConverter": "slug", "StringConverter": "str"}[type(converter).__name__]
        route = route.replace(f"<{kind}:{name}>", str(values[name]))
    return "/" + route


def strangers(world: World) -> dict[str, Person | None]:
    """Return everybody who has nothing to do with the county's cases."""
    day = timedelta(days=1)
    load(OTHER_COUNTY.replace("LSG {ar}", "ALG {ar}"))
    other = County.objects.get(code="annat")
    foreign = Person.objects.create_user("annan@example.org", "Exempelannan", "lösenord")
    for kind, role in ((BodyKind.REGIONALT_STOD, Role.SAMORDNARE), (BodyKind.FOU, Role.LEDAMOT)):
        body = other.bodies.filter(kind=kind)[0]
        register_membership(person=foreign, body=body, role=role, starts_on=today())
    return {
        "nobody": None,
        "another county's coordinator": foreign,
        "ended": world.seat(ARBETSGRUPP, Role.LEDAMOT, ends_on=today() - day),
        "not begun": world.seat(ARBETSGRUPP, Role.LEDAMOT, starts_on=today() + day),
        "superuser": Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord"),
    }


def clients(people: Iterable[Person | None]) -> list[Client]:
    """Return a browser for each, logged in where there is a person."""
    found = []
    for person in people:
        found.append(Client())
        if person:
            found[-1].force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return found


def ask(client: Client, method: str, address: str) -> tuple[int, str]:
    """Ask for an address and leave nothing behind; return the status and what was shown."""
    with transaction.atomic():
        response: Any = getattr(client, method)(address)
        shown = text_of(response)
        transaction.set_rollback(True)
    return response.status_code, shown


def text_of(response: Any) -> str:
    """Return what a response holds, streamed or not."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode("utf-8", "replace"))


def test_addresses_tell_strangers_nothing_and_never_fail(world: World) -> None:
    satsning = world.make(TITLE)
    people = strangers(world)
    values, wrong = arguments(satsning), []

    for (label, person), client in zip(people.items(), clients(people.values()), strict=True):
        for route in ROUTES:
            of_case = "satsning_id" in route
            allowed = ({302} if person is None else {403, 404, 405}) if of_case else set(range(200, 500))
            for method in ("get", "post"):
                status, shown = ask(client, method, filled(route, values))
                if status not in allowed or any(word in shown for word in WORDS):
                    wrong.append((label, method, route, status))

    assert wrong == []


@pytest.mark.parametrize("kind", [StationKind.UTKAST, StationKind.BESLUT, StationKind.GENOMFORANDE])
def test_addresses_never_fail_for_those_who_take_part(world: World, kind: StationKind) -> None:
    satsning = world.carried_to(kind)
    values, failed = arguments(satsning), []
    people = (world.author, world.officer, world.secretary, world.coordinator, world.seat(ARBETSGRUPP, Role.ADJUNGERAD))

    for person, client in zip(people, clients(people), strict=True):
        for route in ROUTES:
            for method in ("get", "post"):
                status, _ = ask(client, method, filled(route, values))
                if status >= 500:
                    failed.append((str(person), method, route, status))

    assert failed == []


NONSENSE = ("0", "99999999999999999999", "-1", "%00", "å", "../../x")


def test_addresses_with_nonsense_in_them_never_fail(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    values, failed = arguments(satsning), []
    [client] = clients([world.coordinator])

    for route, converters in addresses(get_resolver().url_patterns):
        for name in converters if route in ROUTES else ():
            for nonsense in NONSENSE:
                for method in ("get", "post"):
                    status, _ = ask(client, method, filled(route, values | {name: nonsense}))
                    if status >= 500:
                        failed.append((method, route, nonsense, status))

    assert failed == []
