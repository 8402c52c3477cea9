"""A county that gives somebody a role does not let in whoever another county has let into the account."""

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from governance.import_people import check_file, check_kept
from governance.import_people import load as read_in
from governance.invitations import NotUsable, State, choose_password, find, invite, state_of
from governance.models import Invitation, Person
from governance.permissions import today
from governance.services import add_membership, add_person, end_membership
from governance.terms import Newcomer, Seat, Term, begin_term, mark_of_members, of_term
from governance.vocabulary import Role
from tests.governance.importing.sheets import row, xlsx
from tests.governance.pages.conftest import DAY, Counties, Enter, seat

PASSWORD = "en mycket egen fras 93"
BODY = "arbetsgrupp-mobila-team"

pytestmark = pytest.mark.django_db


def by_hand(counties: Counties, person: Person) -> None:
    add_membership(
        actor=counties.administrator, person=person, body=counties.body(BODY), role=Role.LEDAMOT, starts_on=today()
    )


def by_sheet(counties: Counties, person: Person) -> None:
    data = xlsx([row(person.name, person.email)])
    _, kept = check_file(data, "personer.xlsx", actor=counties.administrator, county=counties.own)
    assert kept is not None
    _, checked = check_kept(kept, actor=counties.administrator)
    read_in(kept, actor=counties.administrator, seen=checked.digest)


def by_term(counties: Counties, person: Person) -> None:
    body = counties.body(BODY)
    rows = of_term(body, today())
    newcomer = Newcomer(person.email, person.name, Seat(Role.LEDAMOT, None))
    leaves = frozenset(one.pk for one in rows)
    term = Term(today(), today() + DAY, stays={}, leaves=leaves, newcomers=(newcomer,))
    begin_term(actor=counties.administrator, body=body, term=term, seen=mark_of_members(rows))


Give = Callable[[Counties, Person], None]
every_way = pytest.mark.parametrize("give", [by_hand, by_sheet, by_term])


@pytest.fixture
def rut(counties: Counties) -> Person:
    """Return somebody whom the neighbour has added, without a role."""
    return add_person(actor=counties.neighbour, email="rut@exempel.test", name="Rut Exempelberg")


@every_way
def test_a_link_of_another_county_is_void_when_there_is_a_role(counties: Counties, rut: Person, give: Give) -> None:
    made = invite(actor=counties.neighbour, person=rut)

    give(counties, rut)

    with pytest.raises(NotUsable, match="gäller inte längre"):
        choose_password(made.token, PASSWORD)
    assert Invitation.objects.get().voided_at is not None
    choose_password(invite(actor=counties.administrator, person=rut).token, PASSWORD)


@every_way
def test_an_account_that_another_county_has_set_up_is_invited_anew(
    counties: Counties, rut: Person, give: Give, enter: Enter
) -> None:
    choose_password(invite(actor=counties.neighbour, person=rut).token, PASSWORD)
    client = Client()
    assert client.login(email=rut.email, password=PASSWORD)
    EmailAddress.objects.create(user=rut, email="annan@exempel.test", verified=True)
    Authenticator.objects.create(user=rut, type=Authenticator.Type.TOTP, data={})

    give(counties, rut)

    fresh = Person.objects.get(pk=rut.pk)
    assert not fresh.has_usable_password()
    assert "_auth_user_id" not in client.get("/").wsgi_request.session
    assert not EmailAddress.objects.filter(user=rut).exists()
    assert not Authenticator.objects.filter(user=rut).exists()
    assert state_of(fresh, Invitation.objects.get(), timezone.now()) is State.NOT_INVITED
    for path in ("/personer/", f"/personer/{rut.pk}/", "/personer/bjud-in/"):
        page = enter(counties.administrator).get(path)
        assert page.status_code == 200
        assert rut.name in page.content.decode()
        assert str(counties.neighbour) not in page.content.decode()
    choose_password(invite(actor=counties.administrator, person=fresh).token, PASSWORD)


def test_an_account_with_a_role_elsewhere_or_of_the_own_county_stays_as_it_is(counties: Counties) -> None:
    for number, (actor, county) in enumerate(((counties.neighbour, counties.other), (counties.administrator, None))):
        person = add_person(actor=actor, email=f"kim{number}@exempel.test", name="Kim Exempel")
        if county is not None:
            body = counties.body(BODY, other=True)
            add_membership(actor=actor, person=person, body=body, role=Role.LEDAMOT, starts_on=today())
        choose_password(invite(actor=actor, person=person).token, PASSWORD)

        by_hand(counties, person)

        assert Person.objects.get(pk=person.pk).check_password(PASSWORD)


def test_a_link_works_while_its_maker_may_invite(counties: Counties, rut: Person) -> None:
    colleague = seat(counties.other, "regionalt-stod", Role.SAMORDNARE, "Kim Kollega")
    made = invite(actor=colleague, person=rut)
    find(made.token)
    membership = colleague.memberships.get()
    end_membership(actor=counties.neighbour, membership=membership, ends_on=today() - DAY)

    with pytest.raises(NotUsable, match="Be regionalt stöd"):
        find(made.token)


def test_a_role_to_come_in_another_county_stops_a_link_that_was_not_voided(counties: Counties, rut: Person) -> None:
    made = invite(actor=counties.neighbour, person=rut)
    body = counties.body(BODY)
    body.memberships.create(person=rut, role=Role.LEDAMOT, starts_on=today() + DAY)

    with pytest.raises(NotUsable, match="gäller inte längre"):
        choose_password(made.token, PASSWORD)


def test_taking_in_costs_the_same_at_1_and_20(counties: Counties) -> None:
    def cost(many: int) -> int:
        people = [
            add_person(actor=counties.neighbour, email=f"rut{many}-{number}@exempel.test", name=f"Rut {many} {number}")
            for number in range(many)
        ]
        for person in people:
            choose_password(invite(actor=counties.neighbour, person=person).token, PASSWORD)
        data = xlsx([row(person.name, person.email) for person in people])
        _, kept = check_file(data, "personer.xlsx", actor=counties.administrator, county=counties.own)
        assert kept is not None
        _, checked = check_kept(kept, actor=counties.administrator)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read_in(kept, actor=counties.administrator, seen=checked.digest)
        return len(queries)

    assert cost(1) == cost(20)
