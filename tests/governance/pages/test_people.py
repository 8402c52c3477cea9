"""People: found and changed by those who administer their county, let in once, and by nobody else."""

import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from governance.models import Membership, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role
from tests.governance.pages.conftest import DAY, Counties, Enter

PASSWORD = "en mycket egen fras 93"


def names(response: Any) -> list[str]:
    return [row["person"].name for row in response.context["rows"]]


def new_person(client: Client, **changes: str) -> Any:
    return client.post("/personer/ny/", {"name": "Kim Ny", "email": "kim@ny.example", "title": "Chef", **changes})


def test_the_list_holds_the_countys_people_and_those_without_a_role(counties: Counties, enter: Enter) -> None:
    Person.objects.create_user("ny@example.org", "Ylva Utan")
    Person.objects.create_superuser("rot@example.org", "Rot")

    response = enter(counties.administrator).get("/personer/")

    assert names(response) == ["Maria Lindqvist", "Ylva Utan", "Åsa Nyström"]
    assert "Ledamot, Arbetsgruppen mobila team" in response.content.decode()


def test_people_are_found_by_words_body_and_state(counties: Counties, enter: Enter) -> None:
    Person.objects.create_user("ny@example.org", "Ylva Utan")
    client = enter(counties.administrator)

    assert names(client.get("/personer/?q=lindqv maria")) == ["Maria Lindqvist"]
    assert names(client.get(f"/personer/?organ={counties.body('regionalt-stod').pk}")) == ["Åsa Nyström"]
    assert names(client.get("/personer/?visa=utan")) == ["Ylva Utan"]
    assert names(client.get("/personer/?visa=avstangda")) == []
    assert "Ingen person passar in" in client.get("/personer/?q=zzz").content.decode()


def test_others_are_told_who_can(counties: Counties, enter: Enter) -> None:
    superuser = Person.objects.create_superuser("rot@example.org", "Rot")
    for person in (counties.member, superuser):
        client = enter(person)
        for address in ("/personer/", "/personer/ny/", f"/personer/{counties.member.pk}/"):
            response = client.get(address)
            assert response.status_code == 403
            assert "rollen samordnare i regionalt stöd" in response.content.decode()
        assert new_person(client).status_code == 403
    assert "Länsgemensamt regionalt stöd" in enter(counties.member).get("/personer/").content.decode()
    assert not Person.objects.filter(email="kim@ny.example").exists()


def test_an_administrator_whose_role_has_ended_is_refused(counties: Counties, enter: Enter) -> None:
    Membership.objects.filter(person=counties.administrator).update(ends_on=today() - DAY)

    assert enter(counties.administrator).get("/personer/").status_code == 403


def test_another_countys_people_are_not_there(counties: Counties, enter: Enter) -> None:
    client = enter(counties.neighbour)

    for method in (client.get, client.post):
        assert method(f"/personer/{counties.member.pk}/").status_code == 404
    assert client.post(f"/personer/{counties.member.pk}/inbjudan/").status_code == 404
    assert names(client.get("/personer/")) == ["Gunnar Granne"]


def test_somebody_with_roles_in_two_counties_is_changed_by_neither_alone(counties: Counties, enter: Enter) -> None:
    body = counties.body("fouis", other=True)
    register_membership(person=counties.member, body=body, role=Role.LEDAMOT, starts_on=today())
    client = enter(counties.administrator)

    page = client.get(f"/personer/{counties.member.pk}/")
    answer = client.post(f"/personer/{counties.member.pk}/", {"name": "Maria Ny", "title": "", "is_active": "on"})

    assert "Personen har också uppdrag i Grannlän" in page.content.decode()
    assert "FoU i Sörmland" not in page.content.decode().split("<main")[1].split("<aside")[0]
    assert answer.status_code == 403
    counties.member.refresh_from_db()
    assert counties.member.name == "Maria Lindqvist"


def test_a_new_person_chooses_a_password_by_a_link_that_works_once(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    page = new_person(client)
    person = Person.objects.get(email="kim@ny.example")
    assert page.url == f"/personer/{person.pk}/"
    assert not person.has_usable_password()

    shown = client.post(f"/personer/{person.pk}/inbjudan/")
    link = re.search(r'value="(http://testserver/[^"]+)"', shown.content.decode())
    assert link is not None
    assert shown["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
    visitor = Client()
    assert visitor.get(link[1]).status_code == 200
    visitor.post(link[1], {"new_password1": PASSWORD, "new_password2": PASSWORD})

    person.refresh_from_db()
    assert person.check_password(PASSWORD)
    assert "Länken gäller inte" in Client().get(link[1], follow=True).content.decode()
    again = client.post(f"/personer/{person.pk}/inbjudan/")
    assert again.status_code == 422
    assert "redan loggat in" in again.content.decode()


def test_nobody_gets_a_link_to_the_account_of_somebody_who_has_a_password(counties: Counties, enter: Enter) -> None:
    response = enter(counties.administrator).post(f"/personer/{counties.member.pk}/inbjudan/")

    assert response.status_code == 422
    assert "http://testserver/inbjudan/" not in response.content.decode()
    assert not counties.member.invitations.exists()


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"email": "maria@sormland.example"}, "email", "finns redan"),
        ({"email": "inte en adress"}, "email", "Skriv en e-postadress"),
        ({"email": "x" * 300 + "@a.se"}, "email", "254"),
        ({"name": "  "}, "name", "Skriv personens namn."),
        ({"name": "a\u202eb"}, "name", "tecken som inte syns"),
        ({"name": "a\x00b"}, "name", "Null-tecken"),
        ({"name": "å" * 100_000}, "name", "150"),
    ],
)
def test_a_person_that_cannot_be_is_refused_at_the_field(
    counties: Counties, enter: Enter, changes: dict[str, str], field: str, message: str
) -> None:
    before = Person.objects.count()

    response = new_person(enter(counties.administrator), **changes)

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert message.lower() in str(response.context["form"].errors[field]).lower()
    assert Person.objects.count() == before


def test_an_administrator_changes_a_name_and_shuts_a_log_in(counties: Counties, enter: Enter) -> None:
    client = enter(counties.administrator)
    address = f"/personer/{counties.member.pk}/"

    client.post(address, {"name": "Maria  Ek", "title": "Enhetschef"})
    counties.member.refresh_from_db()
    own = client.post(f"/personer/{counties.administrator.pk}/", {"name": "Åsa Nyström", "title": ""})

    assert (counties.member.name, counties.member.title, counties.member.is_active) == ("Maria Ek", "Enhetschef", False)
    assert own.status_code == 422
    assert "Du kan inte stänga av dig själv." in own.content.decode()


@pytest.mark.parametrize("address", ["/personer/", "/organ/", "/malbild/", "/arendegang/"])
def test_a_page_costs_the_same_at_1_and_50_people(counties: Counties, enter: Enter, address: str) -> None:
    client = enter(counties.administrator)
    client.get(address)
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(50):
        person = Person.objects.create_user(f"p{number}@example.org", f"Exempelperson {number}")
        body = counties.body("arbetsgrupp-mobila-team")
        register_membership(person=person, body=body, role=Role.LEDAMOT, starts_on=today())
    with CaptureQueriesContext(connection) as many:
        assert client.get(address).status_code == 200
    assert len(many) == len(few) <= 25
