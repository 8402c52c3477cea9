"""The pages of writing together: inviting, accepting, the saved versions of a part, and choosing in a conflict."""

import re
from typing import Any

import pytest
from django.core import mail
from django.urls import reverse
from pytest_django.fixtures import Settings

from governance.models import Membership, Person
from governance.vocabulary import Role
from satsningar import content
from satsningar.models import Delversion, Uppdrag
from tests.workflow.coauthors.conftest import PURPOSE, Together
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import ARBETSGRUPP
from workflow.coauthors.models import Medforfattare

INVITED = {"role": "skriva", "purpose": PURPOSE}


def value(together: Together, **changed: Any) -> dict[str, Any]:
    """Return what a browser posts for the first part, with some fields changed."""
    read = content.read(together.draft.pk).part("uppdrag")
    return {name: found or "" for name, found in read.items() if not name.endswith("_namn")} | changed


def version(together: Together) -> int:
    return content.read(together.draft.pk).versions["uppdrag"]


def save(together: Together, actor: Person, **changed: Any) -> None:
    posted = value(together, version=version(together), **changed)
    assert at(actor).post(url("del", together.draft, "uppdrag"), posted).status_code == 302


def test_invitation_goes_by_letter_and_is_accepted(together: Together, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    author, guest = at(together.world.author), at(together.guest)

    done: Any = author.post(url("medforfattare", together.draft), {"email": together.guest.email, **INVITED})
    assert done.status_code == 302
    [letter] = mail.outbox
    assert letter.to == [together.guest.email]
    said = f"{letter.subject} {letter.body}"
    assert ("Mobila" in said, PURPOSE in said) == (False, False)
    [link] = re.findall(r"http://testserver(/medforfattare/\S+)", said)

    page = text_of(guest.get(link))
    assert (PURPOSE in page, "Mobila" in page) == (True, False)
    seat = Membership.objects.get(person=together.guest)
    done = guest.post(link, {"membership": seat.pk})
    assert (done.status_code, done.url) == (302, url("satsning", together.draft))
    assert "Mobila team" in text_of(guest.get(done.url))
    assert together.guest.name in text_of(author.get(url("satsning", together.draft)))


def test_without_mail_the_link_is_shown_once(together: Together, settings: Settings) -> None:
    settings.MAIL_IS_SENT = False
    author = at(together.world.author)

    page = text_of(author.post(url("medforfattare", together.draft), {"email": together.guest.email, **INVITED}))

    [link] = re.findall(r"http://testserver(/medforfattare/[\w-]+/)", page)
    assert at(together.guest).get(link).status_code == 200
    assert link not in text_of(author.get(url("medforfattare", together.draft)))


def test_name_stands_in_the_letter_as_it_is_written(together: Together, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    author = together.world.author
    author.name = "Ex'empel & Co"
    author.save()

    at(author).post(url("medforfattare", together.draft), {"email": together.guest.email, **INVITED})

    [letter] = mail.outbox
    assert letter.subject == "Ex'empel & Co bjuder in dig att skriva tillsammans"
    assert "Ex'empel & Co i Arbetsgruppen mobila team har bjudit in dig" in letter.body


def test_header_cannot_be_smuggled_in_by_a_name(together: Together, settings: Settings) -> None:
    settings.MAIL_IS_SENT = True
    author = together.world.author
    author.name = "Exempel\r\nBcc: alla@example.org"
    author.save()

    at(author).post(url("medforfattare", together.draft), {"email": together.guest.email, **INVITED})

    [letter] = mail.outbox
    assert "\n" not in letter.subject
    assert letter.recipients() == [together.guest.email]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        ({"email": "ingen"}, "Skriv en hel e-postadress"),
        ({"email": ""}, "Skriv en hel e-postadress"),
        ({"email": f"{'a' * 200}@{'b' * 60}.se"}, "Skriv en hel e-postadress"),
        ({"email": f"namn@{'å' * 60}.se"}, "Skriv en hel e-postadress"),
        ({"role": "allt"}, "Välj vad den inbjudna får göra."),
        ({"purpose": ""}, "Skriv vad inbjudan är till för."),
    ],
)
def test_bad_invitation_gets_a_sentence_and_loses_nothing(
    together: Together, data: dict[str, str], message: str
) -> None:
    posted = {"email": "ny@example.org", **INVITED, **data}

    answer = at(together.world.author).post(url("medforfattare", together.draft), posted)

    assert (answer.status_code, message in text_of(answer)) == (422, True)
    assert all(text in text_of(answer) for name, text in posted.items() if name not in data)
    assert Medforfattare.objects.count() == 0


def test_address_of_a_pending_invitation_is_shown_to_those_who_invite(together: Together) -> None:
    together.invite("hemlig@example.org")
    address = url("medforfattare", together.draft)

    assert "hemlig@example.org" in text_of(at(together.world.author).get(address))
    assert "hemlig@example.org" not in text_of(at(together.world.coordinator).get(address))
    assert at(together.world.coordinator).post(address, {"email": "a@example.org", **INVITED}).status_code == 403


def test_ended_guest_is_out(together: Together) -> None:
    row = together.joined()
    done = at(together.world.author).post(
        reverse("medforfattare_avsluta", args=[together.draft.pk, row.pk]),
    )

    assert done.status_code == 302
    assert at(together.guest).get(url("satsning", together.draft)).status_code == 404


def test_bad_link_says_why(together: Together) -> None:
    answer = at(together.guest).get(reverse("medforfattare_svara", args=["ingen-sadan"]))

    assert (answer.status_code, "Länken gäller inte" in text_of(answer)) == (404, True)


def test_person_without_membership_is_told_what_to_do(together: Together) -> None:
    person = Person.objects.create_user("ny@example.org", "Exempelny", "lösenord")
    made = together.invite("ny@example.org")

    answer = at(person).get(made.path)

    assert (answer.status_code, "be regionalt stöd i länet" in text_of(answer)) == (200, True)


def test_earlier_version_is_seen_compared_and_taken_back(together: Together) -> None:
    author = together.world.author
    colleague = together.world.seat(ARBETSGRUPP, Role.LEDAMOT)
    save(together, author, syfte="Det första syftet.")
    first = version(together)
    save(together, colleague, syfte="Det andra syftet.")
    client = at(author)

    listed = text_of(client.get(url("delversioner", together.draft, "uppdrag")))
    assert (colleague.name in listed, author.name in listed) == (True, True)
    address = url("delversion", together.draft, "uppdrag", first)
    shown = text_of(client.get(address))
    assert ("Det första syftet." in shown, "Ta tillbaka den här versionen" in shown) == (True, True)
    done = client.post(address, {"version": version(together)})

    assert done.status_code == 302
    assert content.read(together.draft.pk).part("uppdrag")["syfte"] == "Det första syftet."
    assert version(together) == first + 2
    kept = Delversion.objects.filter(satsning=together.draft, part="uppdrag").order_by("version")
    assert [one.value["syfte"] for one in kept][-2:] == ["Det andra syftet.", "Det första syftet."]


def test_lines_that_are_gone_come_back(together: Together) -> None:
    together.world.fill(together.draft, "ekonomi")
    before = content.read(together.draft.pk)
    first = before.versions["ekonomi"]
    posted = {"version": first, "kostnader-TOTAL_FORMS": 0, "kostnader-INITIAL_FORMS": 0, "grov_kostnad": "5"}
    assert at(together.world.author).post(url("del", together.draft, "ekonomi"), posted).status_code == 302
    assert content.read(together.draft.pk).rows("ekonomi", "kostnader") == []

    address = url("delversion", together.draft, "ekonomi", first)
    assert at(together.world.author).post(address, {"version": first + 1}).status_code == 302

    def words(rows: list[Any]) -> list[dict[str, Any]]:
        return [{name: found for name, found in row.items() if name != "id"} for row in rows]

    after = content.read(together.draft.pk).rows("ekonomi", "kostnader")
    assert words(after) == words(before.rows("ekonomi", "kostnader"))


@pytest.mark.parametrize("sent", ["1", "x", "", "99999999999999"])
def test_what_was_saved_since_is_not_overwritten_by_taking_back(together: Together, sent: str) -> None:
    save(together, together.world.author, syfte="Det första syftet.")
    first = version(together)
    save(together, together.world.author, syfte="Det andra syftet.")

    answer = at(together.world.author).post(url("delversion", together.draft, "uppdrag", first), {"version": sent})

    assert (answer.status_code, "Någon har sparat delen" in text_of(answer)) == (409, True)
    assert content.read(together.draft.pk).part("uppdrag")["syfte"] == "Det andra syftet."


def test_versions_are_for_those_who_write(together: Together) -> None:
    world = together.world
    pages = [url("delversioner", together.draft, "uppdrag"), url("delversion", together.draft, "uppdrag", 1)]
    together.joined()
    people = {
        "author": (world.author, 200),
        "guest": (together.guest, 200),
        "coordinator": (world.coordinator, 200),
        "observer": (world.seat(ARBETSGRUPP, Role.ADJUNGERAD), 403),
        "officer": (world.officer, 404),
    }

    for label, (person, status) in people.items():
        assert [at(person).get(page).status_code for page in pages] == [status] * 2, label
    assert at(world.coordinator).post(pages[1], {"version": 1}).status_code == 403


def test_unknown_version_is_not_found(together: Together) -> None:
    for number in (0, 99, 2**31, 10**20):
        assert at(together.world.author).get(url("delversion", together.draft, "uppdrag", number)).status_code == 404


def conflict(together: Together) -> tuple[Any, dict[str, Any]]:
    """Let two begin from the same; return the answer to the one who saves last and what was sent."""
    author, colleague = together.world.author, together.world.seat(ARBETSGRUPP, Role.LEDAMOT)
    save(together, author, syfte="Syftet.", malgrupp="Målgruppen.", behov="Behovet.")
    seen = value(together, version=version(together))
    save(together, colleague, syfte="Deras syfte.", malgrupp="Deras målgrupp.")
    sent = {**seen, "syfte": "Mitt syfte.", "behov": "Mitt behov."}
    return at(author).post(url("del", together.draft, "uppdrag"), sent), sent


def test_conflict_shows_both_sides_and_proposes_what_each_has_changed(together: Together) -> None:
    answer, _ = conflict(together)

    page = text_of(answer)
    assert answer.status_code == 409
    chosen = dict(re.findall(r'name="val-(\w+)" value="(\w+)"[^>]* checked', page))
    assert chosen == {"syfte": "mitt", "malgrupp": "deras", "behov": "mitt"}
    assert all(text in page for text in ("Deras syfte.", "Mitt syfte.", "Deras målgrupp.", "Målgruppen."))
    assert content.read(together.draft.pk).part("uppdrag")["syfte"] == "Deras syfte."


@pytest.mark.parametrize(
    ("choice", "syfte"),
    [
        ("mitt", "Mitt syfte."),
        ("deras", "Deras syfte."),
        ("bada", "Deras syfte.\n\nMitt syfte."),
        ("påhittat", "Mitt syfte."),
    ],
)
def test_conflict_is_settled_field_by_field(together: Together, choice: str, syfte: str) -> None:
    _, sent = conflict(together)
    chosen = {"val-syfte": choice, "val-malgrupp": "deras", "val-behov": "mitt"}
    settled = {**sent, **chosen, "konflikt": "valj", "konflikt_version": version(together)}

    done = at(together.world.author).post(url("del", together.draft, "uppdrag"), settled)

    assert done.status_code == 302
    read = content.read(together.draft.pk).part("uppdrag")
    assert (read["syfte"], read["malgrupp"], read["behov"]) == (syfte, "Deras målgrupp.", "Mitt behov.")


def test_what_is_saved_while_one_chooses_is_shown_again(together: Together) -> None:
    _, sent = conflict(together)
    seen = version(together)
    save(together, together.world.author, syfte="Ett tredje syfte.")
    settled = {**sent, "val-syfte": "mitt", "konflikt": "valj", "konflikt_version": seen}

    answer = at(together.world.author).post(url("del", together.draft, "uppdrag"), settled)

    assert (answer.status_code, "Ett tredje syfte." in text_of(answer)) == (409, True)
    assert content.read(together.draft.pk).part("uppdrag")["syfte"] == "Ett tredje syfte."


def test_version_of_four_digits_is_a_number_still(together: Together) -> None:
    """Numbers are shown in groups of three; in a form they are sent as they are."""
    Uppdrag.objects.filter(satsning=together.draft).update(version=1234)

    page = text_of(at(together.world.author).get(url("del", together.draft, "uppdrag")))

    assert 'name="version" value="1234"' in page
