"""A county with its administrator, a neighbour with theirs, and browsers of them."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.test import Client

from governance.countyfile import load
from governance.models import Body, County, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role
from tests.governance.conftest import SORMLAND

Enter = Callable[[Person], Client]
NEIGHBOUR = SORMLAND.replace('kod = "sormland"', 'kod = "grannlan"').replace('namn = "Sörmland"', 'namn = "Grannlän"')
DAY = timedelta(days=1)


@dataclass
class Counties:
    """Two counties, each with somebody who administers its people, and a member of a body in the first."""

    own: County
    other: County
    administrator: Person
    neighbour: Person
    member: Person

    def body(self, code: str, *, other: bool = False) -> Body:
        """Return a body of the first county, or of the other."""
        return Body.objects.get(county=self.other if other else self.own, code=code)


def seat(county: County, code: str, role: Role, name: str) -> Person:
    """Make a person with a role in a body."""
    address = f"{name.partition(' ')[0].lower()}@{county.code}.example"
    person = Person.objects.create_user(address, name, "ett långt lösenord 17")
    body = Body.objects.get(county=county, code=code)
    register_membership(person=person, body=body, role=role, starts_on=today() - 10 * DAY)
    return person


@pytest.fixture
def counties(db: None) -> Counties:
    """Return two counties at work."""
    load(SORMLAND)
    load(NEIGHBOUR)
    own, other = County.objects.get(code="sormland"), County.objects.get(code="grannlan")
    return Counties(
        own,
        other,
        administrator=seat(own, "regionalt-stod", Role.SAMORDNARE, "Åsa Nyström"),
        neighbour=seat(other, "regionalt-stod", Role.SAMORDNARE, "Gunnar Granne"),
        member=seat(own, "arbetsgrupp-mobila-team", Role.LEDAMOT, "Maria Lindqvist"),
    )


@pytest.fixture
def enter() -> Enter:
    """Return a function that gives a browser in which a person is logged in."""

    def logged_in(person: Person) -> Client:
        client = Client()
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return logged_in
