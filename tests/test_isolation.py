"""Two counties in one installation: every address of the site, asked by everybody who may not see what lies behind it.

The addresses come from the URL resolver, so a page added tomorrow is asked too. An argument of an address that has no
example in `EXAMPLES` makes the test fail: give it one that belongs to Sörmland's case.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from governance.models import County, CountyDraft, CountyLoad, Franvaro, Membership, Organisation, PeopleImport, Person
from governance.permissions import today
from governance.vocabulary import Role, StationKind
from satsningar.models import Bilaga, Delversion, Handling, Revision, Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from tests.addresses import ALL, SITE, asked, browser, leaving_nothing, read
from tests.factories import orebro
from tests.workflow.hands import Hands
from tests.workflow.meetings.after_building import one_of_each
from tests.workflow.meetings.minutes_building import hold_meeting
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP, World, make_world
from workflow.absence.acts import delegate
from workflow.avsteg.actions import ask
from workflow.coauthors.actions import invite
from workflow.comments.actions import comment
from workflow.deadlines.stopping import stop
from workflow.documents import add_files
from workflow.inputs import Inputs
from workflow.jobb.models import Jobblage, Jobbstatus
from workflow.meetings.models import (
    AgendaItem,
    Beslutsuppdrag,
    Justering,
    Meeting,
    OvrigBilaga,
    OvrigtArende,
    Protokoll,
    Reservation,
    Utdrag,
)
from workflow.meetings.models.reading import PrivateNote
from workflow.meetings.planning.actions import Plan, plan
from workflow.meetings.planning.matters.files import add_files as add_matter_files
from workflow.models import (
    Avsteg,
    Delivery,
    JournalEntry,
    Kommentar,
    Kommentarsinlagg,
    Komplettering,
    Mall,
    Medforfattare,
    Notice,
    Publicering,
    Round,
    RoundAnswer,
    Versionsflytt,
)
from workflow.notices.sorting import sort_new
from workflow.rounds.actions import open_round
from workflow.vocabulary import Act, RoundKind

DAY = timedelta(days=1)
TITLE, DRAFT, FOREIGN_TITLE = "Kvarnstensprojektet", "Utkastkvarnen", "Närkeskvarnen"
SURNAME, BODY, SERIES = "Kvarnhemlig", "Kvarnorganet", "KVARN"


@dataclass
class Two:
    """Sörmland with a case that has everything and a draft, Örebro län with a case of its own, and the strangers."""

    world: World
    case: Satsning
    draft: Satsning
    people: dict[str, Person | None] = field(default_factory=dict)


Example = Callable[[Two], object]
EXAMPLES: dict[str, Example] = {
    "satsning_id": lambda two: two.case.pk,
    "part": lambda _two: "uppdrag",
    "move": lambda _two: "begar_komplettering",
    "kind": lambda _two: "remiss",
    "slug": lambda _two: "om-tjansten",
    "ending": lambda _two: "xlsx",
    "number": lambda _two: 1,
    "body_id": lambda two: two.case.ansvarig_grupp_id,
    "version_id": lambda two: two.case.version_id,
    "organisation_id": lambda two: Organisation.objects.filter(county=two.world.county)[0].pk,
    "person_id": lambda two: Membership.objects.filter(body=two.case.ansvarig_grupp)[0].person_id,
    "membership_id": lambda two: Membership.objects.filter(body=two.case.ansvarig_grupp)[0].pk,
    "round_id": lambda two: Round.objects.filter(satsning=two.case)[0].pk,
    "answer_id": lambda two: RoundAnswer.objects.filter(round__satsning=two.case)[0].pk,
    "bilaga_id": lambda two: Bilaga.objects.filter(satsning=two.case)[0].pk,
    "handling_id": lambda two: Handling.objects.filter(satsning=two.case)[0].pk,
    "revision_id": lambda two: Revision.objects.filter(satsning=two.case)[0].pk,
    "komplettering_id": lambda two: Komplettering.objects.filter(satsning=two.case)[0].pk,
    "county_id": lambda two: two.world.county.pk,
    "load_id": lambda two: CountyLoad.objects.filter(county=two.world.county)[0].pk,
    "draft_id": lambda _two: CountyDraft.objects.get().pk,
    "import_id": lambda _two: PeopleImport.objects.get().pk,
    "avsteg_id": lambda _two: Avsteg.objects.get().pk,
    "medforfattare_id": lambda two: Medforfattare.objects.filter(satsning=two.case)[0].pk,
    "franvaro_id": lambda _two: Franvaro.objects.get().pk,
    "kommentar_id": lambda two: Kommentar.objects.filter(satsning=two.case)[0].pk,
    "gate": lambda _two: "beslut",
    "requirement": lambda _two: "del_uppfoljning",
    "mall_id": lambda _two: Mall.objects.get().pk,
    "publicering_id": lambda _two: Publicering.objects.get().pk,
    "arendegang_id": lambda two: two.case.version.arendegang_id,
    "other_id": lambda two: two.case.version_id,
    "flytt_id": lambda _two: Versionsflytt.objects.get().pk,
    "jobb_id": lambda _two: Jobbstatus.objects.get().pk,
    "guide": lambda _two: "arbetsgrupp",
    "step": lambda _two: "organ",
    "token": lambda _two: "ingen-sadan-lank",
    "matter_id": lambda _two: OvrigBilaga.objects.get().matter_id,
    "matter_file_id": lambda _two: OvrigBilaga.objects.get().pk,
    "meeting_id": lambda _two: Protokoll.objects.get().meeting_id,
    "item_id": lambda _two: AgendaItem.objects.filter(meeting__protokoll__isnull=False)[0].pk,
    "protokoll_id": lambda _two: Protokoll.objects.get().pk,
    "utdrag_id": lambda _two: Utdrag.objects.get().pk,
    "uppdrag_id": lambda _two: Beslutsuppdrag.objects.all()[0].pk,
    "justering_id": lambda _two: Justering.objects.all()[0].pk,
    "reservation_id": lambda _two: Reservation.objects.all()[0].pk,
    "notice_id": lambda two: Notice.objects.filter(entry__satsning=two.case)[0].pk,
    "delivery_id": lambda _two: Delivery.objects.all()[0].pk,
    "entry_id": lambda _two: JournalEntry.objects.filter(act=Act.MOTE_BESLUT)[0].pk,
}
"""A real value, of Sörmland and its case, for every argument that an address of the site takes."""
SEVERAL: dict[str, tuple[str, ...]] = {"ending": ("xlsx", "csv", "pdf", "docx")}
"""Arguments that are tried with more than one value."""


def filled(route: str, two: Two, case: Satsning) -> Iterator[str]:
    """Yield the addresses of a route about a case.

    Raises:
        AssertionError: the route has an argument that no example is declared for.

    """
    address = "/" + route
    several: list[tuple[str, tuple[str, ...]]] = []
    for name in ALL[route]:
        assert name in EXAMPLES, f"declare an example for ”{name}” of {route} in tests/test_isolation.py"
        value = case.pk if name == "satsning_id" else EXAMPLES[name](two)
        if name in SEVERAL:
            several.append((name, SEVERAL[name]))
        else:
            address = re.sub(rf"<(?:\w+:)?{name}>", str(value), address)
    if not several:
        yield address
    for name, values in several:
        yield from (re.sub(rf"<(?:\w+:)?{name}>", value, address) for value in values)


@pytest.fixture
def two(db: None, settings: Settings, tmp_path: Path) -> Two:
    """Return the two counties with everything in them."""
    settings.MEDIA_ROOT = tmp_path
    world = make_world()
    for body in world.county.bodies.all():
        body.name, body.reference_pattern = f"{body.name} {BODY}", body.reference_pattern.replace("LSG", SERIES)
        body.save()
    other = Hands(orebro())
    other.make("vp-prover", FOREIGN_TITLE)
    return Two(world, *cases(world), people=strangers(world, other))


def cases(world: World) -> tuple[Satsning, Satsning]:
    """Make a case in preparation with file, remiss, statement and revision, and a draft beside it."""
    case = world.make(TITLE)
    world.fill(case, *(part for part in DECIDED_PARTS if part != PartCode.UPPFOLJNING))
    file = SimpleUploadedFile("kvarnstensritning.txt", f"Ritning till {TITLE}".encode())
    add_files(case.pk, [file], actor=world.author)
    invite(case.pk, "inbjuden@example.org", "skriva", f"Skriv i {TITLE}", actor=world.author)
    world.do(case, "lamna_in", world.author)
    world.do(case, "ta_upp", world.officer, inputs=Inputs(handlaggare_id=world.officer.pk))
    world.state(case)
    receivers = [world.body("kontakt-flen").pk, world.body("kontakt-trosa").pk]
    open_round(
        case.pk,
        RoundKind.REMISS,
        actor=world.officer,
        purpose=f"Synpunkter på {TITLE}",
        deadline=today() + 14 * DAY,
        receivers=receivers,
    )
    draft = world.make(DRAFT)
    around(world, world.fresh(case))
    for person in world.people.values():
        person.name = f"{person.name} {SURNAME}"
        person.save()
    return world.fresh(case), world.fresh(draft)


def around(world: World, case: Satsning) -> None:
    """Let the county have one of each thing that an address can be about and that no case is made with."""
    reason = f"{TITLE} behöver börja före sommaren."
    comment(case.pk, "uppdrag", "malgrupp", f"Vem är {TITLE} för?", actor=world.officer, names=[world.author.pk])
    case = world.fresh(case)
    ask(case.pk, "beslut", "del_uppfoljning", reason=reason, actor=world.author, expected_edition=case.edition)
    by, now = world.coordinator, case.created_at
    moved = Versionsflytt.objects.create(before=case.version, after=case.version, mapping={}, reason=reason, made_by=by)
    moved.rader.create(satsning=case, edition=case.edition)
    Mall.objects.create(county=world.county, name=f"Mall för {TITLE}", parts={}, saved_by=by)
    CountyDraft.objects.create(person=by, code=world.county.code, text=f"# {TITLE}")
    jobb = {"kind": "prov", "title": f"Handlingar om {TITLE}", "state": Jobblage.MISSLYCKAD, "finished_at": now}
    Jobbstatus.objects.create(owner=by, county=world.county, **jobb)
    PeopleImport.objects.create(county=world.county, file_name=f"{TITLE}.xlsx", uploaded_by=by)
    plan(
        world.body(STYRGRUPP).pk,
        Plan(day=today() + 30 * DAY, starts=time(9), ends=time(12), place=f"Salen i {TITLE}", title=TITLE),
        actor=world.secretary,
    )
    one_of_each(Meeting.objects.get(), by, TITLE)
    matter = OvrigtArende.objects.create(body=case.beslutsorgan, kind="annat", title=TITLE, created_by=by)
    add_matter_files(matter.pk, [SimpleUploadedFile("kvarnstensritning.txt", b"Ritning")], actor=world.secretary)
    Publicering.objects.create(
        satsning=case,
        revision=case.revisions.latest("number"),
        title=TITLE,
        county_name=world.county.name,
        published_at=now,
        published_by=by,
        withdrawn_at=now,
        withdrawn_by=by,
    )
    held = hold_meeting(world)
    AgendaItem.objects.filter(meeting=held.meeting).update(title=TITLE)
    noted = AgendaItem.objects.filter(meeting=held.meeting)[0]
    PrivateNote.objects.create(item=noted, person=world.secretary, text=f"Min fråga om {TITLE}")
    held.send()
    stop(case.pk, "annat", f"Väntar på {TITLE}", actor=world.author, expected_edition=world.fresh(case).edition)
    seat = Membership.objects.get(person=world.officer, body=world.body(BEREDNING))
    delegate(seat.pk, world.seat(BEREDNING, Role.HANDLAGGARE).pk, today(), today() + DAY, actor=world.officer)
    sort_new()


def strangers(world: World, other: Hands) -> dict[str, Person | None]:
    """Return everybody who is outside the county, by what they are."""
    coordinator = other.person("stod-orebro", Role.SAMORDNARE)
    superuser = Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord")
    return {
        "nobody": None,
        "other county's coordinator": coordinator,
        "other county's secretary": other.person("vp-styrgrupp", Role.SEKRETERARE),
        "ended membership": world.seat(STOD, Role.SAMORDNARE, ends_on=today() - DAY),
        "membership to come": world.seat(STOD, Role.SAMORDNARE, starts_on=today() + DAY),
        "superuser": superuser,
    }


def questions(two: Two) -> tuple[str, ...]:
    """Return what may be asked in an address without arguments: searches and filters that name what is Sörmland's."""
    county, case = two.world.county, two.case
    return (
        "",
        "?q=Kvarnsten",
        f"?lan={county.pk}",
        f"?lan={county.code}",
        f"?organ={case.ansvarig_grupp_id}&grupp={case.ansvarig_grupp_id}&handlaggare={case.handlaggare_id}",
        "?steg=alla&sena=on&mina=on&sida=1",
    )


@dataclass(frozen=True)
class Answer:
    """What one question to one address was answered."""

    method: str
    address: str
    question: str
    arguments: frozenset[str]
    status: int
    said: str = field(repr=False)

    def tells(self, words: tuple[str, ...]) -> str:
        """Return what is wrong with the answer, words not to be said or that it failed; empty when all is well."""
        # The page says back what was searched for; what is found by it is another matter.
        own: tuple[str, ...] = ("Kvarnsten",) if "q=" in self.question else ()
        # What a body publishes says whose it is.
        own += (BODY,) if self.address.startswith("/offentligt/") else ()
        found = [word for word in words if word in self.said and word not in own]
        return ", ".join(found) or ("failed" if self.status >= 500 else "")


def answers(two: Two, who: Person | None, case: Satsning) -> Iterator[Answer]:
    """Ask every address of the site, each with its questions, and send it an empty form."""
    client = browser(who)
    for route, arguments in SITE.items():
        for address in filled(route, two, case):
            asking = questions(two) if set(arguments) <= {"ending"} else ("",)
            for method, question in [*(("get", question) for question in asking), ("post", "")]:
                status, said = asked(client, method, address + question)
                yield Answer(method, address, question, frozenset(arguments), status, said)


def leaks(two: Two, who: Person | None, words: tuple[str, ...], case: Satsning) -> list[tuple[str, str, int, str]]:
    """Ask every address of the site; return those that failed, or said something they should not."""
    return [
        (answer.method, answer.address + answer.question, answer.status, found)
        for answer in answers(two, who, case)
        if (found := answer.tells(words))
    ]


OUTSIDE = (
    TITLE,
    DRAFT,
    "Utkastkvarn",
    "kvarnstensritning",
    SERIES,
    SURNAME,
    BODY,
)
"""What nobody outside the county may be shown: titles, files, numbers, people and bodies."""
LABELS = (
    "nobody",
    "other county's coordinator",
    "other county's secretary",
    "ended membership",
    "membership to come",
    "superuser",
)


OF_A_CASE = frozenset(
    {"satsning_id", "round_id", "answer_id", "bilaga_id", "handling_id", "revision_id", "komplettering_id"}
    | {"meeting_id", "item_id"}
    | {"matter_id", "matter_file_id"}
    | {"utdrag_id", "uppdrag_id"}
    | {"kommentar_id", "medforfattare_id"}
)
"""Arguments that make an address one of a case, of a meeting or of another matter."""


@pytest.mark.parametrize("label", LABELS)
def test_nobody_outside_the_county_is_told_anything_and_no_address_of_the_case_exists(two: Two, label: str) -> None:
    """One pass over all addresses asks both: each is answered once for each stranger."""
    assert set(two.people) == set(LABELS)
    absent = {302} if label == "nobody" else {404, 405}
    told, there, of_a_case = [], [], 0
    for answer in answers(two, two.people[label], two.case):
        if found := answer.tells(OUTSIDE):
            told.append((answer, found))
        if OF_A_CASE & answer.arguments:
            of_a_case += 1
            if answer.status not in absent:
                there.append(answer)

    assert told == []
    assert there == []
    assert of_a_case >= 2 * sum(bool(OF_A_CASE & set(arguments)) for arguments in SITE.values())


@pytest.mark.parametrize(
    ("body", "role"),
    [
        ("arbetsgrupp-barn-unga", Role.LEDAMOT),
        (BEREDNING, Role.ADJUNGERAD),
        (STYRGRUPP, Role.LEDAMOT),
        ("fouis", Role.HANDLAGGARE),
    ],
)
def test_draft_is_its_groups_alone(two: Two, body: str, role: Role) -> None:
    assert leaks(two, two.world.seat(body, role), (DRAFT, "Utkastkvarn"), two.draft) == []


def test_those_inside_find_it_in_all_those_places(two: Two) -> None:
    """What is asked above is where it would be found."""
    found = {address for method, address, _, _ in leaks(two, two.world.author, (TITLE,), two.case) if method == "get"}
    handling = Handling.objects.filter(satsning=two.case)[0].bilaga_id

    assert found >= {
        "/",
        f"/satsningar/{two.case.pk}/",
        f"/satsningar/{two.case.pk}/del/uppdrag/",
        f"/satsningar/{two.case.pk}/bilagor/{handling}/",
        f"/satsningar/{two.case.pk}/revisioner/1/",
        "/satsningar/?q=Kvarnsten",
        "/satsningar.xlsx",
        "/satsningar.csv",
        "/laget.xlsx",
        "/laget/",
    }


def test_observer_reads_and_changes_nothing(two: Two) -> None:
    observer = browser(two.world.seat(ARBETSGRUPP, Role.ADJUNGERAD))
    changed = []
    for route in SITE:
        for address in filled(route, two, two.case):
            with leaving_nothing():
                before = state()
                response: Any = observer.post(address)
                if response.status_code >= 500 or state() != before:
                    changed.append((address, response.status_code))

    assert changed == []
    status, said = asked(observer, "get", f"/satsningar/{two.case.pk}/")
    assert (status, TITLE in said) == (200, True)


def state() -> tuple[object, ...]:
    """Return what an act would change."""
    return (
        list(Satsning.objects.order_by("pk").values_list("pk", "station", "edition", "handlaggare")),
        Membership.objects.count(),
        Person.objects.count(),
        Round.objects.filter(closed_at=None).count(),
        Bilaga.objects.count(),
        Kommentarsinlagg.objects.count(),
        Medforfattare.objects.filter(ended_at=None).count(),
        Delversion.objects.count(),
    )


TOKEN = re.compile(r'(name="csrfmiddlewaretoken" value="|nonce="|hx-headers=\'[^\']*: ")[^"]*"')


def test_lists_and_counts_are_the_same_with_and_without_the_other_countys_cases(db: None) -> None:
    """A number that goes up by one says that there is something."""
    world, other = make_world(), Hands(orebro())
    other.make("vp-prover", FOREIGN_TITLE)
    client = browser(other.person("stod-orebro", Role.SAMORDNARE))
    plain = [f"/{route}" for route, arguments in SITE.items() if not arguments]

    def shown() -> dict[str, str]:
        return {address: TOKEN.sub("", read(client.get(address).content)) for address in plain}

    before = shown()
    world.carried_to(StationKind.BESLUT)
    world.make(TITLE)

    assert any(FOREIGN_TITLE in page for page in before.values())
    assert shown() == before


def test_somebody_in_both_counties_sees_both(two: Two) -> None:
    county = County.objects.get(code="orebro")
    person = two.world.seat(BEREDNING, Role.ADJUNGERAD)
    hands = Hands(county)
    both = hands.seat("vp-styrgrupp", Role.ADJUNGERAD)
    Membership.objects.filter(person=both).update(person=person)

    status, said = asked(browser(person), "get", "/satsningar/")
    assert (status, TITLE in said, DRAFT in said, FOREIGN_TITLE in said) == (200, True, False, False)
    for chosen, is_there in ((two.world.county.pk, True), (county.pk, False)):
        _, narrowed = asked(browser(person), "get", f"/satsningar/?lan={chosen}")
        assert (TITLE in narrowed) == is_there


def test_argument_without_an_example_is_told(two: Two, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(ALL, "nya/<int:ny_id>/", {"ny_id": object()})

    with pytest.raises(AssertionError, match="declare an example for ”ny_id”"):
        list(filled("nya/<int:ny_id>/", two, two.case))
