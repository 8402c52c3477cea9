"""The list of satsningar: found by words and filters, counted only so far, and only what one may read."""

from typing import Any

import pytest

from governance.models import Person
from governance.vocabulary import Role, StationKind
from tests.factories import make_satsning
from tests.workflow.overview.conftest import Enter
from tests.workflow.world import World
from workflow.overview import listing
from workflow.overview.scope import Scope
from workflow.rights import viewer


def titles(response: Any) -> list[str]:
    return [row.title for row in response.context["rows"]]


def test_the_list_is_found_by_words_whatever_their_endings(world: World, enter: Enter) -> None:
    world.make("Mobila team i hela länet")
    world.make("Läkemedelsautomater i hemtjänsten")
    client = enter(world.coordinator)

    assert titles(client.get("/satsningar/?q=mobil")) == ["Mobila team i hela länet"]
    assert titles(client.get("/satsningar/?q=läkemedel")) == ["Läkemedelsautomater i hemtjänsten"]
    assert titles(client.get("/satsningar/?q=finns inte")) == []


def test_a_case_is_found_by_its_number(world: World, enter: Enter) -> None:
    case = world.carried_to(StationKind.INLAMNAD)
    world.make("Ett utkast")

    response = enter(world.coordinator).get("/satsningar/", {"q": case.reference.lower()})

    assert titles(response) == ["Mobila team i hela länet"]
    assert response.context["search_text"] == case.reference.lower()


def test_filters_narrow_together(world: World, enter: Enter) -> None:
    kept = world.carried_to(StationKind.INLAMNAD)
    world.make("Ett utkast")
    scope = Scope(viewer(world.coordinator))
    client = enter(world.coordinator)
    every: dict[str, str | int] = {
        "steg": "inlamnad",
        "fokus": scope.fokusomraden[0].pk,
        "organisation": scope.organisations[0].pk,
        "grupp": kept.ansvarig_grupp_id,
    }

    response = client.get("/satsningar/", every)

    assert [row.id for row in response.context["rows"]] == [kept.pk]
    assert len(response.context["chosen"]) == 4
    assert titles(client.get("/satsningar/", {**every, "organisation": scope.organisations[-1].pk})) == []


def test_mine_are_those_of_my_groups_and_those_i_handle(world: World, enter: Enter) -> None:
    mine = world.carried_to(StationKind.BEREDNING)
    other = world.seat("arbetsgrupp-barn-unga", Role.LEDAMOT)

    assert titles(enter(world.author).get("/satsningar/?mina=on")) == ["Mobila team i hela länet"]
    assert [row.id for row in enter(world.officer).get("/satsningar/?mina=on").context["rows"]] == [mine.pk]
    assert titles(enter(other).get("/satsningar/?mina=on")) == []
    assert titles(enter(other).get("/satsningar/")) == ["Mobila team i hela länet"]


def test_a_draft_is_not_found_by_those_who_may_not_read_it(world: World, enter: Enter) -> None:
    world.make("Hemligt utkast")
    superuser = Person.objects.create_superuser("chef@example.org", "Exempelchef")

    for person in (world.officer, superuser):
        response = enter(person).get("/satsningar/?q=hemligt")
        assert response.context["page"].paginator.count == 0
        assert "Hemligt utkast" not in response.content.decode()


def test_sorting_is_swedish_and_turns_round(world: World, enter: Enter) -> None:
    for title in ("Öppenvård", "Ärendehantering", "Ålder", "zon", "Band"):
        world.make(title)
    client = enter(world.coordinator)

    assert titles(client.get("/satsningar/?sortera=titel")) == ["Band", "zon", "Ålder", "Ärendehantering", "Öppenvård"]
    response = client.get("/satsningar/?sortera=-titel")
    assert titles(response) == ["Öppenvård", "Ärendehantering", "Ålder", "zon", "Band"]
    assert 'aria-sort="descending"' in response.content.decode()


def test_the_list_is_counted_only_so_far(world: World, enter: Enter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "COUNTED", 3)
    for number in range(5):
        make_satsning(world.county, f"Satsning {number}", person=world.author)

    response = enter(world.coordinator).get("/satsningar/")

    assert (response.context["has_more"], response.context["page"].paginator.count) == (True, 3)
    assert "Fler än" in response.content.decode()
    assert enter(world.coordinator).get("/satsningar.csv").getvalue().decode().count("\n") == 6


def test_an_empty_list_says_what_to_do(world: World, enter: Enter) -> None:
    outsider = Person.objects.create_user("ny@example.org", "Exempelny")

    assert "Börja med ett utkast" in enter(world.author).get("/satsningar/").content.decode()
    assert "när en arbetsgrupp har lämnat in" in enter(world.officer).get("/satsningar/").content.decode()
    assert "Ta bort ett filter" in enter(world.author).get("/satsningar/?q=x").content.decode()
    assert "Du har inget uppdrag i dag" in enter(outsider).get("/satsningar/").content.decode()
