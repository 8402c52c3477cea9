"""Every address of the site, asked by everybody who has nothing to do with a case: no leak and no 500."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.utils import timezone

from governance.countyfile import load
from governance.models import County, CountyDraft, CountyLoad, Franvaro, PeopleImport, Person
from governance.permissions import today
from governance.posting import FORM_PAGE
from governance.services import register_membership
from governance.vocabulary import BodyKind, Role, StationKind
from satsningar.models import Bilaga, Handling, Revision, Satsning
from tests.workflow.meetings.after_building import one_of_each
from tests.workflow.test_rights import OTHER_COUNTY
from tests.workflow.world import ARBETSGRUPP, World, make_world
from workflow.jobb.models import Jobbstatus
from workflow.meetings.models import (
    AgendaItem,
    Beslutsuppdrag,
    Justering,
    Meeting,
    OvrigtArende,
    Protokoll,
    Reservation,
    Utdrag,
)
from workflow.models import (
    Avsteg,
    Delivery,
    JournalEntry,
    Kommentar,
    Mall,
    Medforfattare,
    Notice,
    Publicering,
    Round,
    RoundAnswer,
    Versionsflytt,
)

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


CONVERTERS = dict(addresses(get_resolver().url_patterns))
ROUTES = [route for route in CONVERTERS if not route.startswith((*FOREIGN, "admin/"))]


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
        "protokoll_id": getattr(Protokoll.objects.first(), "pk", 1),
        "reservation_id": getattr(Reservation.objects.first(), "pk", 1),
        "justering_id": getattr(Justering.objects.first(), "pk", 1),
        "publicering_id": getattr(Publicering.objects.first(), "pk", 1),
        "mall_id": getattr(Mall.objects.first(), "pk", 1),
        "komplettering_id": 1,
        "matter_id": getattr(OvrigtArende.objects.first(), "pk", 1),
        "matter_file_id": 1,
        "medforfattare_id": getattr(Medforfattare.objects.first(), "pk", 1),
        "kommentar_id": getattr(Kommentar.objects.first(), "pk", 1),
        "franvaro_id": getattr(Franvaro.objects.first(), "pk", 1),
        "avsteg_id": getattr(Avsteg.objects.first(), "pk", 1),
        "gate": "start",
        "requirement": "baslinje",
        "jobb_id": getattr(Jobbstatus.objects.first(), "pk", 1),
        "guide": "arbetsgrupp",
        "revision_id": getattr(Revision.objects.first(), "pk", 1),
        "number": 1,
        "meeting_id": a_meeting(satsning).pk,
        "item_id": AgendaItem.objects.latest("pk").pk,
        "utdrag_id": Utdrag.objects.latest("pk").pk,
        "uppdrag_id": Beslutsuppdrag.objects.latest("pk").pk,
        "notice_id": getattr(Notice.objects.first(), "pk", 1),
        "delivery_id": getattr(Delivery.objects.first(), "pk", 1),
        "entry_id": getattr(JournalEntry.objects.first(), "pk", 1),
        "first": 1,
        "second": 2,
    }


def a_meeting(satsning: Satsning) -> Meeting:
    """Return a planned meeting of the case's deciding body, with an item on its agenda."""
    starts = timezone.now() + timedelta(days=30)
    meeting = Meeting.objects.create(
        body=satsning.beslutsorgan,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place=TITLE,
        papers_due=starts.date() - timedelta(days=10),
        kallelse_due=starts.date() - timedelta(days=7),
        created_by=satsning.created_by,
    )
    AgendaItem.objects.create(
        meeting=meeting, kind="information", title=TITLE, position=1, added_by=satsning.created_by
    )
    one_of_each(meeting, satsning.created_by, TITLE)
    return meeting


def moved(satsning: Satsning) -> Versionsflytt:
    """Return a move to another version that the case is to take part in."""
    version, by = satsning.version, satsning.created_by
    flytt = Versionsflytt.objects.create(before=version, after=version, mapping={}, reason="Därför.", made_by=by)
    flytt.rader.create(satsning=satsning, edition=satsning.edition)
    return flytt


def filled(route: str, values: dict[str, object]) -> str:
    """Return the address with its arguments in it."""
    for name, converter in CONVERTERS[route].items():
        assert name in values, f"give the test a value for {name}"
        kind = {"IntConverter": "int", "SlugConverter": "slug", "StringConverter": "str"}[type(converter).__name__]
        route = route.replace(f"<{kind}:{name}>", str(values[name]))
    return "/" + route


STRANGERS = ("nobody", "another county's coordinator", "ended", "not begun", "superuser")


def strangers(world: World) -> dict[str, Person | None]:
    """Return everybody who has nothing to do with the county's cases, by what `STRANGERS` calls them."""
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


PARTIES: dict[str, Callable[[World], Person]] = {
    "author": lambda world: world.author,
    "officer": lambda world: world.officer,
    "secretary": lambda world: world.secretary,
    "coordinator": lambda world: world.coordinator,
    "observer": lambda world: world.seat(ARBETSGRUPP, Role.ADJUNGERAD),
}
"""Those who take part in a case."""


def browser_of(person: Person | None) -> Client:
    """Return a browser, logged in where there is a person."""
    client = Client()
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def ask(client: Client, method: str, address: str) -> tuple[int, str]:
    """Ask for an address and leave nothing behind; return the status and what was shown, also where POST's leads."""
    with transaction.atomic():
        response: Any = getattr(client, method)(address)
        there = response.headers.get("Location", "")
        if method == "get" and there and "/login/" not in there and FORM_PAGE in vars(resolve(address).func):
            response = client.get(there)
        shown = text_of(response)
        transaction.set_rollback(True)
    return response.status_code, shown


def text_of(response: Any) -> str:
    """Return what a response holds, streamed or not."""
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return str(body.decode("utf-8", "replace"))


@pytest.mark.parametrize("label", STRANGERS)
def test_addresses_tell_strangers_nothing_and_never_fail(world: World, label: str) -> None:
    satsning, people = world.make(TITLE), strangers(world)
    values, client, wrong = arguments(satsning), browser_of(people[label]), []
    assert set(people) == set(STRANGERS)

    for route in ROUTES:
        of_case = "satsning_id" in route
        allowed = ({302} if people[label] is None else {403, 404, 405}) if of_case else set(range(200, 500))
        for method in ("get", "post"):
            status, shown = ask(client, method, filled(route, values))
            if status not in allowed or any(word in shown for word in WORDS):
                wrong.append((method, route, status))

    assert wrong == []


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("kind", [StationKind.UTKAST, StationKind.BESLUT, StationKind.GENOMFORANDE])
def test_addresses_never_fail_for_those_who_take_part(world: World, kind: StationKind, party: str) -> None:
    values = arguments(world.carried_to(kind))
    client, failed = browser_of(PARTIES[party](world)), []

    for route in ROUTES:
        for method in ("get", "post"):
            status, _ = ask(client, method, filled(route, values))
            if status >= 500:
                failed.append((method, route, status))

    assert failed == []


@pytest.mark.parametrize("nonsense", ["0", "99999999999999999999", "-1", "%00", "å", "../../x"])
def test_addresses_with_nonsense_in_them_never_fail(world: World, nonsense: str) -> None:
    values = arguments(world.carried_to(StationKind.INLAMNAD))
    client, failed = browser_of(world.coordinator), []

    for route in ROUTES:
        for name in CONVERTERS[route]:
            for method in ("get", "post"):
                status, _ = ask(client, method, filled(route, values | {name: nonsense}))
                if status >= 500:
                    failed.append((method, route, name, status))

    assert failed == []
