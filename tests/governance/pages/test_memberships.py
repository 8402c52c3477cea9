"""Roles in bodies: given and ended by those who administer the county, each refusal at its field."""

from typing import Any

import pytest

from governance.models import Membership, Organisation, Person
from governance.permissions import today
from governance.vocabulary import Role
from tests.governance.pages.conftest import DAY, Counties, Enter


def address(counties: Counties, code: str = "arbetsgrupp-mobila-team", **more: object) -> str:
    query = "&".join(f"{name}={value}" for name, value in more.items())
    return f"/uppdrag/nytt/?organ={counties.body(code).pk}&{query}"


def values(**changes: object) -> dict[str, Any]:
    return {"person": "maria@sormland.example", "role": "sekreterare", "starts_on": str(today())} | changes


def test_a_role_is_given_from_the_bodys_page(counties: Counties, enter: Enter) -> None:
    organisation = Organisation.objects.filter(county=counties.own)[1]

    response = enter(counties.administrator).post(
        address(counties), values(person="Maria <MARIA@sormland.example>", represents=organisation.pk)
    )

    assert response.url == f"/organ/{counties.body('arbetsgrupp-mobila-team').pk}/"  # type: ignore[attr-defined]
    row = Membership.objects.get(person=counties.member, role=Role.SEKRETERARE)
    assert (row.represents, row.starts_on, row.ends_on, row.created_by) == (
        organisation,
        today(),
        None,
        counties.administrator,
    )


def test_a_role_is_given_from_the_persons_page_and_leads_back(counties: Counties, enter: Enter) -> None:
    back = f"/personer/{counties.member.pk}/"

    response = enter(counties.administrator).post(
        address(counties, person=counties.member.pk, tillbaka=back),
        {"role": "sekreterare", "starts_on": str(today()), "ends_on": str(today() + DAY)},
    )

    assert response.url == back  # type: ignore[attr-defined]
    assert Membership.objects.get(person=counties.member, role=Role.SEKRETERARE).ends_on == today() + DAY


@pytest.mark.parametrize(
    ("changes", "field", "message"),
    [
        ({"person": "okand@example.org"}, "person", "Ingen person i länet har den adressen"),
        ({"person": "gunnar@grannlan.example"}, "person", "Ingen person i länet har den adressen"),
        ({"person": ""}, "person", "Skriv vem uppdraget gäller."),
        ({"role": "samordnare"}, "role", "giltigt alternativ"),
        ({"role": "ledamot"}, "starts_on", "redan ledamot"),
        ({"starts_on": "1899-12-31"}, "starts_on", "Skriv en dag från 1900-01-01"),
        ({"starts_on": "11/21/2026"}, "starts_on", "år, månad, dag"),
        ({"starts_on": "9" * 5000}, "starts_on", "år, månad, dag"),
        ({"ends_on": "2020-01-01"}, "ends_on", "slutar innan det börjar"),
        ({"ends_on": "9999-12-31"}, "ends_on", "Skriv en dag före"),
        ({"represents": "999999"}, "represents", "giltigt alternativ"),
    ],
)
def test_a_role_that_cannot_be_is_refused_at_the_field(
    counties: Counties, enter: Enter, changes: dict[str, str], field: str, message: str
) -> None:
    before = Membership.objects.count()

    response = enter(counties.administrator).post(address(counties), values(**changes))

    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert message in str(response.context["form"].errors[field])
    assert 'href="#id_' in response.content.decode()
    assert Membership.objects.count() == before


def test_a_body_that_counts_organisations_asks_for_one(counties: Counties, enter: Enter) -> None:
    response = enter(counties.administrator).post(address(counties, "lansstyrgruppen"), values(role="ledamot"))

    assert list(response.context["form"].errors) == ["represents"]


def test_nobody_gives_a_role_to_themselves(counties: Counties, enter: Enter) -> None:
    response = enter(counties.administrator).post(
        address(counties, "lansstyrgruppen"), values(person=counties.administrator.email)
    )

    assert "Ingen ger sig själv ett uppdrag" in str(response.context["form"].errors["person"])


def test_those_who_do_not_administer_are_refused(counties: Counties, enter: Enter) -> None:
    membership = Membership.objects.get(person=counties.member)
    superuser = Person.objects.create_superuser("rot@example.org", "Rot")
    before = list(Membership.objects.values())

    for person, status in ((counties.member, 403), (counties.neighbour, 404), (superuser, 404)):
        client = enter(person)
        for target in (address(counties), f"/uppdrag/{membership.pk}/avsluta/"):
            assert client.get(target).status_code == status
            assert client.post(target, values(ends_on=str(today()))).status_code == status

    assert list(Membership.objects.values()) == before


def test_another_countys_body_takes_nobody(counties: Counties, enter: Enter) -> None:
    other = counties.body("arbetsgrupp-mobila-team", other=True)

    assert enter(counties.administrator).post(f"/uppdrag/nytt/?organ={other.pk}", values()).status_code == 404


@pytest.mark.parametrize("organ", ["", "x", "-1", "9" * 30, "9" * 6000, "\x00", "½", "١"])
def test_a_body_that_is_none_is_not_found(counties: Counties, enter: Enter, organ: str) -> None:
    assert enter(counties.administrator).get("/uppdrag/nytt/", {"organ": organ}).status_code == 404
    assert enter(counties.administrator).get(address(counties), {"person": "x"}).status_code == 404


def test_a_role_is_ended_and_stays_in_the_list(counties: Counties, enter: Enter) -> None:
    membership = Membership.objects.get(person=counties.member)
    client = enter(counties.administrator)

    client.post(f"/uppdrag/{membership.pk}/avsluta/", {"ends_on": str(today() - DAY)})

    membership.refresh_from_db()
    assert (membership.ends_on, membership.ended_by) == (today() - DAY, counties.administrator)
    page = client.get(f"/personer/{counties.member.pk}/")
    assert [row.pk for row in page.context["former"]] == [membership.pk]
    assert page.context["now"] == []


@pytest.mark.parametrize(
    ("ends_on", "message"),
    [
        ("1899-01-01", "kan inte sluta före den dagen"),
        ("9999-12-31", "Skriv en dag före"),
        ("", "Skriv uppdragets sista dag."),
        ("i morgon", "år, månad, dag"),
    ],
)
def test_an_end_that_cannot_be_is_refused(counties: Counties, enter: Enter, ends_on: str, message: str) -> None:
    membership = Membership.objects.get(person=counties.member)

    response = enter(counties.administrator).post(f"/uppdrag/{membership.pk}/avsluta/", {"ends_on": ends_on})

    assert response.status_code == 422
    assert message in str(response.context["form"].errors["ends_on"])


def test_an_end_is_not_moved_on(counties: Counties, enter: Enter) -> None:
    membership = Membership.objects.get(person=counties.member)
    Membership.objects.filter(pk=membership.pk).update(ends_on=today())

    response = enter(counties.administrator).post(f"/uppdrag/{membership.pk}/avsluta/", {"ends_on": str(today() + DAY)})

    assert "slutar redan" in str(response.context["form"].errors["ends_on"])


@pytest.mark.parametrize("back", ["https://annan.example/", "//annan.example", "javascript:alert(1)", "/\\a.example"])
def test_nobody_is_sent_to_another_site(counties: Counties, enter: Enter, back: str) -> None:
    membership = Membership.objects.get(person=counties.member)

    response = enter(counties.administrator).post(
        f"/uppdrag/{membership.pk}/avsluta/?tillbaka={back}", {"ends_on": str(today())}
    )

    assert response.url == f"/organ/{membership.body_id}/"  # type: ignore[attr-defined]
