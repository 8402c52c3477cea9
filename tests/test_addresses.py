"""Every address of the site, asked by everybody who takes part in a case, and with nonsense in it: it never fails.

What it tells strangers is `test_isolation`'s.
"""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from governance.models import CountyDraft, CountyLoad, Franvaro, PeopleImport, Person
from governance.vocabulary import Role, StationKind
from satsningar.models import Bilaga, Handling, Revision, Satsning
from tests.addresses import SITE, asked, browser
from tests.workflow.meetings.after_building import one_of_each
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
    for name, converter in SITE[route].items():
        assert name in values, f"give the test a value for {name}"
        kind = {"IntConverter": "int", "SlugConverter": "slug", "StringConverter": "str"}[type(converter).__name__]
        route = route.replace(f"<{kind}:{name}>", str(values[name]))
    return "/" + route


PARTIES: dict[str, Callable[[World], Person]] = {
    "author": lambda world: world.author,
    "officer": lambda world: world.officer,
    "secretary": lambda world: world.secretary,
    "coordinator": lambda world: world.coordinator,
    "observer": lambda world: world.seat(ARBETSGRUPP, Role.ADJUNGERAD),
}
"""Those who take part in a case."""


@pytest.mark.parametrize("party", PARTIES)
@pytest.mark.parametrize("kind", [StationKind.UTKAST, StationKind.BESLUT, StationKind.GENOMFORANDE])
def test_addresses_never_fail_for_those_who_take_part(world: World, kind: StationKind, party: str) -> None:
    values = arguments(world.carried_to(kind))
    client, failed = browser(PARTIES[party](world)), []

    for route in SITE:
        for method in ("get", "post"):
            status, _ = asked(client, method, filled(route, values))
            if status >= 500:
                failed.append((method, route, status))

    assert failed == []


@pytest.mark.parametrize("nonsense", ["0", "99999999999999999999", "-1", "%00", "å", "../../x"])
def test_addresses_with_nonsense_in_them_never_fail(world: World, nonsense: str) -> None:
    values = arguments(world.carried_to(StationKind.INLAMNAD))
    client, failed = browser(world.coordinator), []

    for route in SITE:
        for name in SITE[route]:
            for method in ("get", "post"):
                status, _ = asked(client, method, filled(route, values | {name: nonsense}))
                if status >= 500:
                    failed.append((method, route, name, status))

    assert failed == []
