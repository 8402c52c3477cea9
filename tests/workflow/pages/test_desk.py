"""Mitt arbete: what waits for whom, what is on its way, and that it costs the same whatever the number of cases."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar.models import Satsning
from tests.workflow.desks import desk, lines
from tests.workflow.meetings.building import add_case, make_meeting
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World
from workflow.desk.selectors import SHOWN
from workflow.desk.vocabulary import DeskKind
from workflow.inputs import Inputs

MANY = 50


def waiting(person: Person) -> dict[str, list[tuple[int, str]]]:
    """Return what waits for each of the person's bodies: the case and the move."""
    found: dict[str, list[tuple[int, str]]] = {}
    for line in lines(person, DeskKind.DRAG):
        found.setdefault(line.body, []).append((line.key, line.do))
    return found


@pytest.mark.parametrize(
    ("kind", "who", "body", "move"),
    [
        (StationKind.UTKAST, "author", "Arbetsgruppen mobila team", "Lämna in"),
        (StationKind.INLAMNAD, "officer", "Beredningsgruppen personcentrering", "Ta upp"),
        (StationKind.BEREDNING, "officer", "Beredningsgruppen personcentrering", "Anmäl till beslut"),
        (StationKind.KOMPLETTERING, "author", "Arbetsgruppen mobila team", "Lämna komplettering"),
        (StationKind.BESLUTAD, "author", "Arbetsgruppen mobila team", "Starta"),
        (StationKind.GENOMFORANDE, "author", "Arbetsgruppen mobila team", "Påbörja uppföljning"),
        (StationKind.UPPFOLJNING, "officer", "Beredningsgruppen personcentrering", "Anmäl till beslut"),
        (StationKind.VILANDE, "coordinator", "Länsgemensamt regionalt stöd", "Återuppta"),
    ],
)
def test_case_waits_for_the_body_whose_turn_it_is(
    world: World, kind: StationKind, who: str, body: str, move: str
) -> None:
    satsning = world.carried_to(kind)

    found = {name: waiting(getattr(world, name)) for name in ("author", "officer", "coordinator", "secretary")}

    assert found[who] == {body: [(satsning.pk, move)]}
    others = {name for name, lines in found.items() if lines} - {who}
    assert others <= ({"coordinator"} if kind == StationKind.UPPFOLJNING else set())


@pytest.mark.parametrize("kind", [StationKind.SLUTFORD, StationKind.AVSLAGEN, StationKind.ATERKALLAD])
def test_ended_case_is_on_nobodys_desk(world: World, kind: StationKind) -> None:
    world.carried_to(kind)

    for person in (world.author, world.officer, world.coordinator, world.secretary):
        assert not desk(person).lines
        assert not desk(person).table
        assert not desk(person).on_the_way


def test_gaps_are_counted_at_the_case(world: World) -> None:
    world.make()

    text = text_of(at(world.author).get("/"))

    assert "saker saknas" in text


def test_matter_on_the_table_is_for_members_to_read_and_for_the_secretary_to_record(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUT)
    member = world.seat(STYRGRUPP, Role.LEDAMOT)

    assert [one.about for one in desk(member).table] == [satsning.pk]
    assert [line.about for line in lines(member, DeskKind.BESLUT)] == []
    assert [one.about for one in desk(world.secretary).table] == []
    assert [line.about for line in lines(world.secretary, DeskKind.BESLUT)] == [satsning.pk]
    assert "Läs inför mötet" in text_of(at(member).get("/"))
    assert "För in beslutet" in text_of(at(world.secretary).get("/"))


def test_matter_on_an_agenda_is_to_be_taken_up_on_that_day(world: World) -> None:
    meeting = make_meeting(world)
    item = add_case(world, meeting)

    [line] = lines(world.secretary, DeskKind.BESLUT)

    assert (line.do, line.due, line.url) == ("Ta upp på mötet", meeting.day, f"/moten/{meeting.pk}/")
    assert item.anmalan
    assert line.link == (f"/satsningar/{item.anmalan.satsning_id}/", "Se satsningen")


def test_brought_case_waits_for_nobody_else(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    world.fill(satsning, "slutrapport")
    world.bring(satsning, "avbryt")

    assert waiting(world.author) == {}
    assert [line.satsning_id for line in desk(world.author).on_the_way] == [satsning.pk]


def test_draft_is_on_no_desk_outside_its_group(world: World) -> None:
    world.make()

    assert not desk(world.officer).lines
    assert not desk(world.officer).on_the_way


def test_desk_without_anything_says_so_kindly(world: World) -> None:
    assert "Inget väntar på dig just nu" in text_of(at(world.author).get("/"))
    stranger = Person.objects.create_user("ny@example.org", "Ny Person", "lösenord")
    assert "Du har inget uppdrag i dag" in text_of(at(stranger).get("/"))


@pytest.mark.parametrize("body", ["9" * 5000, "-1", "ett", ""])
def test_desk_narrowed_to_no_body_of_the_persons_is_the_whole(world: World, body: str) -> None:
    case = world.make()

    answer = at(world.author).get("/", {"organ": body})

    assert (answer.status_code, url("satsning", case) in text_of(answer)) == (200, True)


def test_desk_shows_the_oldest_and_says_that_there_are_more(world: World) -> None:
    made = [world.make(f"Satsning {number}").pk for number in range(SHOWN + 2)]

    found = desk(world.author)

    assert [line.key for line in found.lines] == made[:SHOWN]
    assert found.more
    assert "Visa alla" in text_of(at(world.author).get("/"))


def queries(person: Person, address: str) -> int:
    """Return how many statements a page costs a person whose browser is warm."""
    browser = at(person)
    browser.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(address).status_code == 200
    return len(captured)


def test_desk_costs_the_same_for_one_case_and_for_many(world: World) -> None:
    world.carried_to(StationKind.BESLUT)
    world.make()
    people = (world.author, world.officer, world.coordinator, world.secretary)
    few = [queries(person, "/") for person in people]

    for number in range(MANY):
        world.make(f"Satsning {number}")
    for satsning in Satsning.objects.filter(station="utkast")[:12]:
        world.fill(satsning, *("uppdrag", "koppling", "omfattning", "ekonomi", "brukarmedverkan"))
        world.do(satsning, "lamna_in", world.author)

    assert [queries(person, "/") for person in people] == few
    assert max(few) <= 12


def test_case_costs_the_same_with_little_and_with_much(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    person = world.author
    few = queries(person, url("satsning", satsning))

    for number in range(MANY):
        world.do(satsning, "byt_ansvarig_grupp", world.coordinator, reason=f"Skäl {number}", **_other(world, number))

    assert queries(person, url("satsning", satsning)) == few
    assert few <= 28


def _other(world: World, number: int) -> dict[str, object]:

    groups = (ARBETSGRUPP, "arbetsgrupp-egenmonitorering")
    for code in groups:
        world.person(code, Role.LEDAMOT)
    return {"inputs": Inputs(ansvarig_grupp_id=world.body(groups[(number + 1) % 2]).pk)}


@pytest.mark.parametrize("page", ["del", "gor", "jamfor"])
def test_other_pages_cost_the_same_with_much_around(world: World, page: str) -> None:
    satsning = world.make()
    more = {"del": ("uppdrag",), "gor": ("lamna_in",), "jamfor": ()}[page]
    address = url(page, satsning, *more)
    few = queries(world.author, address)

    for number in range(MANY):
        world.make(f"Satsning {number}")

    assert queries(world.author, address) == few
