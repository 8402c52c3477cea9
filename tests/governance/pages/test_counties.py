"""Somebody who sits in bodies of two counties chooses among them, by an address that can be sent to a colleague."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.countyfile import load
from governance.models import County, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role
from tests.factories import SORMLAND, orebro, sormland

PAGES = ("organ", "malbild", "arendegangar")
pytestmark = pytest.mark.django_db


def person_of(*bodies: tuple[County, str, Role]) -> Client:
    """Return a browser of somebody who sits in these bodies."""
    person = Person.objects.create_user(f"p{Person.objects.count()}@example.org", "Exempelperson")
    for county, code, role in bodies:
        body, represents = county.bodies.get(code=code), county.organisations.order_by("position")[0]
        register_membership(person=person, body=body, role=role, starts_on=today(), represents=represents)
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def both() -> Client:
    """Return a browser of somebody in both counties."""
    return person_of(
        (sormland(), "fouis", Role.HANDLAGGARE),
        (orebro(), "beredning-orebro", Role.ADJUNGERAD),
    )


WORDS = {
    "organ": ("Länsstyrgruppen", "Samverkansnämnden i Örebro län"),
    "malbild": ("Målbild 2035", "Länsgemensam målbild för god och nära vård"),
    "arendegangar": ("Ärendegång för gemensamma satsningar", "Länsgemensam ärendegång i Örebro län"),
}


@pytest.mark.parametrize("name", PAGES)
def test_address_shows_the_county_that_it_names(both: Client, name: str) -> None:
    first, second = WORDS[name]

    for code, shown, hidden in (("sormland", first, second), ("orebro", second, first)):
        text = both.get(reverse(name), {"lan": code}).content.decode()
        main = text[text.index("<h1") :]
        assert f"?lan={code}" in text
        assert shown in main
        assert hidden not in main or name == "arendegangar"


@pytest.mark.parametrize("name", ["organ", "malbild"])
def test_without_a_choice_both_counties_are_shown(both: Client, name: str) -> None:
    text = both.get(reverse(name)).content.decode()

    assert all(word in text for word in WORDS[name])
    assert "Alla län" in text


@pytest.mark.parametrize("name", PAGES)
def test_county_that_the_person_is_not_in_is_not_there(name: str) -> None:
    client = person_of((sormland(), "fouis", Role.HANDLAGGARE))
    orebro()

    assert client.get(reverse(name), {"lan": "orebro"}).status_code == 404
    assert client.get(reverse(name), {"lan": "finns-inte"}).status_code == 404
    assert "Välj län" not in client.get(reverse(name)).content.decode()


def test_theme_of_the_year_stands_on_the_target_picture(both: Client) -> None:
    text = both.get(reverse("malbild"), {"lan": "orebro"}).content.decode()

    assert "Årets tema" in text
    assert "Den fasta kontakten" in text
    assert "Årets tema" not in both.get(reverse("malbild"), {"lan": "sormland"}).content.decode()


def test_condition_stands_in_the_table_of_moves(both: Client) -> None:
    text = both.get(reverse("arendegangar"), {"lan": "orebro"}).content.decode().replace("\xa0", " ")

    assert "Satsningar som kostar högst 5 000 000 kr" in text


def test_loading_one_county_leaves_the_other_as_it_is(both: Client) -> None:
    assert not load(SORMLAND.read_text(encoding="utf-8"))
    assert County.objects.count() == 2
