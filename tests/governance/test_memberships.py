"""Memberships: one per person, body and role at a time, given by those who administer, never extended."""

import threading
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection

from governance.errors import NotAdministrator, Refused
from governance.models import Body, Organisation, Person
from governance.permissions import today
from governance.selectors import (
    arendegang_for,
    bodies_taking_cases,
    counties_administered_by,
    roles_of,
    version_in_force,
)
from governance.services import add_membership, add_person, change_person, end_membership, register_membership
from governance.vocabulary import Role

DAY = timedelta(days=1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def samordnare(sormland: None) -> Person:
    person = Person.objects.create_user("sam@example.se", "Sam Samordnare")
    body = Body.objects.get(code="regionalt-stod")
    register_membership(person=person, body=body, role=Role.SAMORDNARE, starts_on=today() - DAY)
    return person


@pytest.fixture
def person(sormland: None) -> Person:
    return Person.objects.create_user("lena@example.se", "Lena Ledamot")


@pytest.fixture
def arbetsgrupp(sormland: None) -> Body:
    return Body.objects.get(code="arbetsgrupp-mobila-team")


def test_add_membership_is_refused_without_mandate(person: Person, arbetsgrupp: Body) -> None:
    other = Person.objects.create_superuser("root@example.se", "Rot")
    with pytest.raises(NotAdministrator):
        add_membership(actor=other, person=person, body=arbetsgrupp, role=Role.LEDAMOT, starts_on=today())


def test_nobody_gives_a_role_to_themselves(samordnare: Person, arbetsgrupp: Body) -> None:
    with pytest.raises(Refused, match="sig själv"):
        add_membership(actor=samordnare, person=samordnare, body=arbetsgrupp, role=Role.LEDAMOT, starts_on=today())


@pytest.mark.parametrize(
    "case",
    [
        (-5, -1, False),
        (-5, 0, True),
        (0, 10, True),
        (3, 4, True),
        (10, None, True),
        (11, None, False),
        (-5, None, True),
    ],
)
def test_periods_of_one_role_do_not_overlap(
    samordnare: Person, person: Person, arbetsgrupp: Body, case: tuple[int, int | None, bool]
) -> None:
    start, end, taken = case
    held: Any = {"actor": samordnare, "person": person, "body": arbetsgrupp, "role": Role.LEDAMOT}
    add_membership(**held, starts_on=today(), ends_on=today() + 10 * DAY)
    period: Any = {"starts_on": today() + start * DAY, "ends_on": None if end is None else today() + end * DAY}

    if taken:
        with pytest.raises(Refused, match="redan ledamot"):
            add_membership(**held, **period)
    else:
        add_membership(**held, **period)


@pytest.mark.django_db(transaction=True)
def test_the_same_role_given_by_many_at_once_is_given_once(sormland: None) -> None:
    person = Person.objects.create_user("lena@example.se", "Lena Ledamot")
    body = Body.objects.get(code="arbetsgrupp-mobila-team")
    given: list[str] = []

    def give() -> None:
        try:
            register_membership(person=person, body=body, role=Role.LEDAMOT, starts_on=today())
            given.append("given")
        except Refused:
            given.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=give) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(given) == ["given"] + ["refused"] * 7
    assert person.memberships.count() == 1


def test_another_role_in_the_same_body_may_be_held_at_the_same_time(person: Person, arbetsgrupp: Body) -> None:
    for role in (Role.LEDAMOT, Role.SEKRETERARE):
        register_membership(person=person, body=arbetsgrupp, role=role, starts_on=today())
    assert {membership.role for membership in person.memberships.all()} == {"ledamot", "sekreterare"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"role": Role.SAMORDNARE}, "role"),
        ({"starts_on": date(1899, 12, 31)}, "starts_on"),
        ({"starts_on": date(2200, 1, 1)}, "starts_on"),
        ({"ends_on": date(2020, 1, 1)}, "ends_on"),
        ({"ends_on": date(2300, 1, 1)}, "ends_on"),
    ],
)
def test_an_impossible_membership_is_refused_at_its_field(
    person: Person, arbetsgrupp: Body, changes: dict[str, object], field: str
) -> None:
    asked: Any = {"person": person, "body": arbetsgrupp, "role": Role.LEDAMOT, "starts_on": today(), **changes}
    with pytest.raises(Refused) as refusal:
        register_membership(**asked)
    assert refusal.value.field == field


def test_a_body_that_counts_organisations_asks_whom_a_member_represents(person: Person) -> None:
    body = Body.objects.get(code="lansstyrgruppen")
    with pytest.raises(Refused) as refusal:
        register_membership(person=person, body=body, role=Role.LEDAMOT, starts_on=today())
    assert refusal.value.field == "represents"
    register_membership(person=person, body=body, role=Role.SEKRETERARE, starts_on=today())


def test_a_contact_represents_the_organisation_and_no_other(person: Person) -> None:
    body = Body.objects.get(code="kontakt-flen")
    membership = register_membership(person=person, body=body, role=Role.KONTAKTPERSON, starts_on=today())
    assert membership.represents == Organisation.objects.get(code="flen")
    with pytest.raises(Refused):
        register_membership(
            person=person,
            body=Body.objects.get(code="kontakt-trosa"),
            role=Role.KONTAKTPERSON,
            starts_on=today(),
            represents=Organisation.objects.get(code="flen"),
        )


def test_end_membership_shortens_and_never_extends(samordnare: Person, person: Person, arbetsgrupp: Body) -> None:
    held = register_membership(person=person, body=arbetsgrupp, role=Role.LEDAMOT, starts_on=today())
    with pytest.raises(Refused):
        end_membership(actor=samordnare, membership=held, ends_on=today() - DAY)
    ended = end_membership(actor=samordnare, membership=held, ends_on=today() + DAY)
    assert (ended.ends_on, ended.ended_by) == (today() + DAY, samordnare)
    with pytest.raises(Refused, match="slutar redan"):
        end_membership(actor=samordnare, membership=held, ends_on=today() + 2 * DAY)
    with pytest.raises(NotAdministrator):
        end_membership(actor=person, membership=held, ends_on=today())


def test_an_administrator_counts_only_while_the_membership_holds(samordnare: Person) -> None:
    assert [county.code for county in counties_administered_by(samordnare.pk)] == ["sormland"]
    samordnare.memberships.update(ends_on=today() - DAY)
    assert counties_administered_by(samordnare.pk) == []


@pytest.mark.parametrize(
    ("email", "name", "field"),
    [
        ("ingen adress", "Nisse", "email"),
        (f"{'a' * 60}@{'b.' * 100}se", "Nisse", "email"),
        ("LENA@example.se", "Lena igen", "email"),
        ("ny@example.se", "  ", "name"),
        ("ny@example.se", "N" * 151, "name"),
        ("ny@example.se", "Nis\x00se", "name"),
    ],
)
def test_a_person_that_cannot_be_is_refused_at_the_field(
    samordnare: Person, person: Person, email: str, name: str, field: str
) -> None:
    with pytest.raises(Refused) as refusal:
        add_person(actor=samordnare, email=email, name=name)
    assert refusal.value.field == field


def test_people_are_added_and_changed_by_administrators_alone(samordnare: Person, person: Person) -> None:
    added = add_person(actor=samordnare, email=" Ny@Example.se ", name="Ny  Person", title="Enhetschef")
    assert (added.email, added.name, added.has_usable_password()) == ("ny@example.se", "Ny Person", False)
    change_person(actor=samordnare, person=added, name="Nya Person", title="", is_active=False)
    added.refresh_from_db()
    assert (added.name, added.title, added.is_active) == ("Nya Person", "", False)
    with pytest.raises(NotAdministrator):
        add_person(actor=person, email="b@example.se", name="B")
    with pytest.raises(NotAdministrator):
        change_person(actor=person, person=added, name="C", title="", is_active=True)
    with pytest.raises(Refused, match="stänga av dig själv"):
        change_person(actor=samordnare, person=samordnare, name="Sam", title="", is_active=False)


def test_selectors_answer_by_what_the_file_says(arbetsgrupp: Body) -> None:
    county = arbetsgrupp.county_id
    assert roles_of(Body.objects.get(code="kontakt-flen")) == (Role.KONTAKTPERSON,)
    assert {body.kind for body in bodies_taking_cases(county)} == {"arbetsgrupp", "regionalt_stod"}
    path = arendegang_for(arbetsgrupp)
    version = version_in_force(path)
    assert version is not None
    assert (version.number, version_in_force(path, date(2022, 11, 24))) == (1, None)
