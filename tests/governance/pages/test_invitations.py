"""Invitations: a link works once and until its day, a new one voids the old, and it never reaches an account in use."""

import re
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django.fixtures import Settings

from governance.errors import NotAdministrator, Refused
from governance.invitations import NotUsable, State, choose_password, find, invite, invite_many, state_of, with_state
from governance.models import Invitation, Person
from governance.permissions import today
from governance.services import add_person, register_membership
from governance.vocabulary import Role
from tests.governance.pages.conftest import DAY, Counties, Enter

PASSWORD = "en mycket egen fras 93"
CHOSEN = {"new_password1": PASSWORD, "new_password2": PASSWORD}

pytestmark = pytest.mark.django_db


@pytest.fixture
def kim(counties: Counties) -> Person:
    """Return somebody just added, who sits in a body of the county."""
    person = add_person(actor=counties.administrator, email="kim@exempel.test", name="Kim Exempel")
    body = counties.body("fouis")
    register_membership(person=person, body=body, role=Role.LEDAMOT, starts_on=today())
    return person


def state(person: Person) -> State:
    fresh = Person.objects.get(pk=person.pk)
    return state_of(fresh, Invitation.objects.filter(person=fresh).first(), timezone.now())


def said(client: Client, path: str) -> tuple[int, str]:
    response: Any = client.get(path)
    return response.status_code, response.content.decode()


def test_a_link_is_kept_as_a_digest_alone(counties: Counties, kim: Person) -> None:
    made = invite(actor=counties.administrator, person=kim)

    (row,) = Invitation.objects.values()
    assert made.token not in str(row)
    assert (row["invited_by_id"], row["person_id"]) == (counties.administrator.pk, kim.pk)
    assert (row["expires_at"] - row["created_at"]) == timedelta(days=14)
    assert len(made.token) >= 43


def test_a_person_goes_from_not_invited_to_having_chosen(counties: Counties, kim: Person) -> None:
    seen = [state(kim)]
    made = invite(actor=counties.administrator, person=kim)
    seen.append(state(kim))
    visitor = Client()
    page: Any = visitor.get(made.path)
    seen.append(state(kim))
    answer: Any = visitor.post(made.path, CHOSEN)
    seen.append(state(kim))

    assert seen == [State.NOT_INVITED, State.INVITED, State.OPENED, State.DONE]
    assert "Du loggar sedan in med <b>kim@exempel.test</b>" in page.content.decode()
    assert page["Cache-Control"].startswith("max-age=0, no-cache, no-store")
    assert answer.url == "/konto/login/"
    assert Person.objects.get(pk=kim.pk).check_password(PASSWORD)
    assert "_auth_user_id" not in visitor.session


def test_a_link_that_is_used_old_void_or_altered_says_what_to_do(counties: Counties, kim: Person) -> None:
    first = invite(actor=counties.administrator, person=kim)
    second = invite(actor=counties.administrator, person=kim)

    assert said(Client(), first.path)[0] == 410
    assert "nyare inbjudan" in said(Client(), first.path)[1]
    altered = said(Client(), f"/inbjudan/{second.token[:-1]}x/")
    assert altered[0] == 404
    assert "Kopiera hela länken ur brevet" in altered[1]
    assert "/konto/password/reset/" in altered[1]

    Invitation.objects.filter(pk=second.invitation_id).update(
        created_at=timezone.now() - 2 * DAY, expires_at=timezone.now() - DAY
    )
    assert said(Client(), second.path)[0] == 410
    assert "har gått ut" in said(Client(), second.path)[1]
    assert Client().post(second.path, CHOSEN).status_code == 410
    assert state(kim) is State.EXPIRED
    assert not Person.objects.get(pk=kim.pk).has_usable_password()

    third = invite(actor=counties.administrator, person=kim)
    Client().post(third.path, CHOSEN)
    assert "redan använd" in said(Client(), third.path)[1]
    assert Client().post(third.path, {"new_password1": "x" * 20, "new_password2": "x" * 20}).status_code == 410
    assert Person.objects.get(pk=kim.pk).check_password(PASSWORD)


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"new_password1": "kort", "new_password2": "kort"}, "12 tecken"),
        ({"new_password1": "123456789012345", "new_password2": "123456789012345"}, "siffror"),
        ({"new_password1": PASSWORD, "new_password2": "annat"}, "Lösenorden är inte lika."),
        ({}, "Välj ett lösenord."),
    ],
)
def test_a_password_that_cannot_be_is_refused_and_the_link_still_works(
    counties: Counties, kim: Person, sent: dict[str, str], message: str
) -> None:
    made = invite(actor=counties.administrator, person=kim)

    answer: Any = Client().post(made.path, sent)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert find(made.token).used_at is None


def test_somebody_logged_in_chooses_no_password_for_another(counties: Counties, kim: Person, enter: Enter) -> None:
    made = invite(actor=counties.administrator, person=kim)
    client = enter(counties.administrator)

    for method in (client.get, client.post):
        response: Any = method(made.path, CHOSEN)
        assert response.status_code == 409
        assert "Du är redan inloggad" in response.content.decode()
    assert not Person.objects.get(pk=kim.pk).has_usable_password()


def test_a_link_does_not_reach_an_account_that_has_come_into_use(counties: Counties, kim: Person) -> None:
    """Somebody who has meanwhile asked for a password by e-mail is not taken over by an old link."""
    made = invite(actor=counties.administrator, person=kim)
    kim.set_password("mitt eget lösenord 12")
    kim.save()

    with pytest.raises(NotUsable, match="redan använd"):
        choose_password(made.token, PASSWORD)

    Person.objects.filter(pk=kim.pk).update(password="!x", is_active=False)
    with pytest.raises(NotUsable, match="stängt"):
        choose_password(made.token, PASSWORD)


def test_who_may_not_invite_is_refused(counties: Counties, kim: Person) -> None:
    superuser = Person.objects.create_superuser("rot@exempel.test", "Rot")
    for actor in (counties.member, superuser, counties.neighbour):
        with pytest.raises(NotAdministrator):
            invite(actor=actor, person=kim)
    for person in (counties.member, counties.administrator):
        with pytest.raises(Refused, match="redan loggat in"):
            invite(actor=counties.administrator, person=person)
    with pytest.raises(NotAdministrator):
        invite(actor=counties.administrator, person=superuser)
    register_membership(person=kim, body=counties.body("fouis", other=True), role=Role.LEDAMOT, starts_on=today() + DAY)
    with pytest.raises(NotAdministrator, match="Grannlän"):
        invite(actor=counties.administrator, person=kim)
    assert invite_many(actor=counties.administrator, people=Person.objects.all()) == []
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_use_a_link_at_once_one_chooses(counties: Counties) -> None:
    kim = add_person(actor=counties.administrator, email="kim@exempel.test", name="Kim Exempel")
    made = invite(actor=counties.administrator, person=kim)
    outcomes: list[str] = []

    def choose(number: int) -> None:
        try:
            choose_password(made.token, f"{PASSWORD} {number}")
            outcomes.append("chosen")
        except NotUsable:
            outcomes.append("refused")
        finally:
            connection.close()

    threads = [threading.Thread(target=choose, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["chosen", "refused", "refused", "refused"]


@pytest.mark.django_db(transaction=True)
def test_of_two_who_invite_at_once_one_link_works(counties: Counties) -> None:
    kim = add_person(actor=counties.administrator, email="kim@exempel.test", name="Kim Exempel")
    tokens: list[str] = []

    def make() -> None:
        tokens.append(invite(actor=counties.administrator, person=kim).token)
        connection.close()

    threads = [threading.Thread(target=make) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    working = 0
    for token in tokens:
        try:
            find(token)
            working += 1
        except NotUsable:
            pass
    assert (len(tokens), working) == (4, 1)


# --- By mail, and many -----------------------------------------------------------------------------------------------


def test_a_letter_holds_the_link_in_plain_swedish(
    counties: Counties, kim: Person, enter: Enter, settings: Settings
) -> None:
    settings.MAIL_IS_SENT = True

    answer: Any = enter(counties.administrator).post(f"/personer/{kim.pk}/inbjudan/", {"skicka": "1"})

    (letter,) = mail.outbox
    assert answer.status_code == 302
    assert (letter.to, letter.subject) == (["kim@exempel.test"], "Välj ditt lösenord i Satsningar")
    link = re.search(r"http://testserver(/inbjudan/\S+/)", str(letter.body))
    assert link is not None
    assert "Kim Exempel, du är inbjuden till Satsningar av Åsa Nyström." in letter.body
    assert "&" not in str(letter.body)
    assert said(Client(), link[1])[0] == 200
    row = Invitation.objects.get()
    assert row.sent_at is not None
    page = enter(counties.administrator).get(f"/personer/{kim.pk}/").content.decode()
    assert "med brev till kim@exempel.test" in page


def test_a_letter_that_cannot_be_sent_shows_the_link_instead(
    counties: Counties, kim: Person, enter: Enter, settings: Settings
) -> None:
    settings.MAIL_IS_SENT = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    client = enter(counties.administrator)

    one = client.post(f"/personer/{kim.pk}/inbjudan/", {"skicka": "1"}).content.decode()
    many = client.post("/personer/bjud-in/", {"skicka": "1", "person": [kim.pk]}).content.decode()

    for page in (one, many):
        assert "kunde inte skickas" in page
        assert "http://testserver/inbjudan/" in page
    assert not Invitation.objects.exclude(sent_at=None).exists()


def test_a_letter_that_cannot_be_written_to_the_address_shows_the_link_instead(
    counties: Counties, kim: Person, enter: Enter, settings: Settings
) -> None:
    settings.MAIL_IS_SENT = True
    Person.objects.filter(pk=kim.pk).update(email=f"kim@{'å' * 60}.test")

    page = enter(counties.administrator).post(f"/personer/{kim.pk}/inbjudan/", {"skicka": "1"}).content.decode()

    assert "kunde inte skickas" in page
    assert "http://testserver/inbjudan/" in page


def test_many_are_invited_at_once_and_nobody_else(counties: Counties, enter: Enter, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    people = [
        add_person(actor=counties.administrator, email=f"p{number}@exempel.test", name=f"Exempel {number}")
        for number in range(3)
    ]
    other = add_person(actor=counties.neighbour, email="annan@exempel.test", name="Annan Exempel")
    client = enter(counties.administrator)
    page = client.get("/personer/bjud-in/")
    assert [row["person"].name for row in page.context["rows"]] == ["Exempel 0", "Exempel 1", "Exempel 2"]

    chosen = [people[0].pk, people[1].pk, other.pk, counties.member.pk, "x", "9" * 30]
    answer: Any = client.post("/personer/bjud-in/", {"person": chosen, "skicka": "1"})

    assert answer.url == "/personer/?visa=inbjudna"
    assert sorted(letter.to[0] for letter in mail.outbox) == ["p0@exempel.test", "p1@exempel.test"]
    assert set(Invitation.objects.values_list("person", flat=True)) == {people[0].pk, people[1].pk}


def test_without_mail_the_links_are_shown_once(counties: Counties, kim: Person, enter: Enter) -> None:
    client = enter(counties.administrator)
    assert "skickar inga brev" in client.get("/personer/bjud-in/").content.decode()

    shown = client.post("/personer/bjud-in/", {"person": [kim.pk], "skicka": "1"})

    links = re.findall(r'value="http://testserver(/inbjudan/[^"]+)"', shown.content.decode())
    assert len(links) == 1
    assert said(Client(), links[0])[0] == 200
    assert mail.outbox == []
    assert "no-store" in shown["Cache-Control"]


def test_the_list_says_who_was_invited_when_and_by_whom(counties: Counties, kim: Person, enter: Enter) -> None:
    client = enter(counties.administrator)

    def found(show: str) -> list[str]:
        return [row["person"].name for row in client.get(f"/personer/?visa={show}").context["rows"]]

    assert (found("oinbjudna"), found("inbjudna"), found("utgangna")) == (["Kim Exempel"], [], [])
    made = invite(actor=counties.administrator, person=kim)
    assert (found("oinbjudna"), found("inbjudna"), found("utgangna")) == ([], ["Kim Exempel"], [])
    page = client.get("/personer/?visa=inbjudna").content.decode()
    assert "Inbjuden" in page
    assert f"{today()}</time> av Åsa Nyström" in page
    Invitation.objects.filter(pk=made.invitation_id).update(
        created_at=timezone.now() - 2 * DAY, expires_at=timezone.now() - DAY
    )
    assert (found("oinbjudna"), found("inbjudna"), found("utgangna")) == ([], [], ["Kim Exempel"])


def test_states_of_one_and_of_many_agree(counties: Counties, kim: Person) -> None:
    for number in range(3):
        add_person(actor=counties.administrator, email=f"p{number}@exempel.test", name=f"Exempel {number}")
    invite(actor=counties.administrator, person=kim)
    expired = invite(actor=counties.administrator, person=Person.objects.get(email="p1@exempel.test"))
    Invitation.objects.filter(pk=expired.invitation_id).update(
        created_at=timezone.now() - 2 * DAY, expires_at=timezone.now() - DAY
    )
    now = timezone.now()

    for each in (State.NOT_INVITED, State.INVITED, State.EXPIRED):
        many = {person.pk for person in with_state(Person.objects.all(), each, now)}
        one = {
            person.pk
            for person in Person.objects.all()
            if state_of(person, Invitation.objects.filter(person=person).first(), now) is each
        }
        assert many == one != set()


def test_inviting_many_costs_the_same_at_1_and_50(counties: Counties) -> None:
    counts = []
    for size in (1, 50):
        for number in range(size):
            add_person(actor=counties.administrator, email=f"s{size}n{number}@exempel.test", name="Exempel")
        with CaptureQueriesContext(connection) as caught:
            made = invite_many(
                actor=counties.administrator, people=Person.objects.filter(email__startswith=f"s{size}n")
            )
        assert len(made) == size
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 8


@pytest.mark.parametrize("asked", ["x", "", "1", "9" * 30, "½"])
def test_inviting_from_a_file_that_is_none_is_not_found(counties: Counties, enter: Enter, asked: str) -> None:
    assert enter(counties.administrator).get("/personer/bjud-in/", {"inlasning": asked}).status_code == 404
