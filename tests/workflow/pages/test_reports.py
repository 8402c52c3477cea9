"""The läge that contacts are asked for: whose, when, and that it goes away when it is answered for good."""

from datetime import date

import pytest

from governance.models import Organisation, Person
from governance.vocabulary import Role, StationKind
from satsningar.models import LageRad, Satsning
from satsningar.vocabulary import Inforandestatus, PartCode
from tests.workflow.desks import lines
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import World
from workflow.desk.lines import Line
from workflow.desk.vocabulary import DeskKind


def reports(person: Person) -> list[Line]:
    return lines(person, DeskKind.LAGE)


def own() -> Organisation:
    return Organisation.objects.get(name="Trosa kommun")


def contact(world: World) -> Person:
    return world.seat("kontakt-trosa", Role.KONTAKTPERSON)


def write_lage(satsning: Satsning, status: str) -> None:
    organisation = own().pk
    LageRad.objects.filter(satsning=satsning, organisation=organisation).delete()
    LageRad.objects.create(
        satsning=satsning, organisation_id=organisation, status=status, datum=date(2026, 1, 1), position=99
    )


def test_contact_is_asked_for_the_lage_of_the_own_organisation_during_breddinforande(world: World) -> None:
    satsning = world.carried_to(StationKind.BREDDINFORANDE)
    person = contact(world)

    (found,) = reports(person)

    assert (found.about, found.hints) == (satsning.pk, ("Hur långt har Trosa kommun kommit?",))
    page = at(person).get("/")
    assert "Hur långt har Trosa kommun kommit?" in text_of(page)
    assert "Inget väntar på dig" not in text_of(page)
    assert found.url == f"{url('del', satsning, PartCode.LAGE)}?organisation={own().pk}"
    assert at(person).get(found.url).status_code == 200


@pytest.mark.parametrize(
    ("status", "asked"),
    [(Inforandestatus.PAGAR, True), (Inforandestatus.INFORT, False), (Inforandestatus.AVSTATT, False)],
)
def test_contact_is_asked_until_the_lage_is_final(world: World, status: str, asked: bool) -> None:
    satsning = world.carried_to(StationKind.BREDDINFORANDE)
    person = contact(world)

    write_lage(satsning, status)

    assert bool(reports(person)) is asked


@pytest.mark.parametrize("kind", [StationKind.GENOMFORANDE, StationKind.SLUTFORD])
def test_nobody_is_asked_before_or_after_breddinforande(world: World, kind: StationKind) -> None:
    world.carried_to(kind)

    assert reports(contact(world)) == []


def test_those_who_answer_for_no_organisation_are_not_asked(world: World) -> None:
    world.carried_to(StationKind.BREDDINFORANDE)

    assert [reports(person) for person in (world.author, world.officer, world.coordinator)] == [[], [], []]
