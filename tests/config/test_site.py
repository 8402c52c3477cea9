"""What belongs to the site: footer pages, colours, preview, log-in, refusals."""

from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from config import sidor
from governance.models import Person

PASSWORD = "ett långt lösenord 17"


@pytest.fixture
def person(db: None) -> Person:
    person = Person(email="karin.ekstrom@example.org")
    person.set_password(PASSWORD)
    person.save()
    return person


@pytest.mark.parametrize("slug", [slug for slug, _ in sidor.PAGES])
def test_footer_pages_are_there_and_whole(client: Client, slug: str) -> None:
    answer = client.get(f"/om/{slug}/")

    assert answer.status_code == 200
    text = answer.content.decode()
    assert "{%" not in text
    assert "{{" not in text
    assert "<h2>" in text or slug == "kakor"


def test_footer_page_that_does_not_exist_is_404(client: Client) -> None:
    assert client.get("/om/finns-inte/").status_code == 404


def test_site_facts_stand_in_the_pages(client: Client, settings: Settings) -> None:
    settings.SITE_FACTS = {**settings.SITE_FACTS, "support_email": "stod@example.org"}

    assert 'href="mailto:stod@example.org"' in client.get("/om/kontakt/").content.decode()


def test_installation_may_put_its_own_text(client: Client, settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "kontakt.md").write_text("# Ring oss\n\nVardagar 8–16.", encoding="utf-8")
    settings.SITE_PAGES_DIR = str(tmp_path)

    assert "<h2>Ring oss</h2>" in client.get("/om/kontakt/").content.decode()
    assert "<h2>Vad tjänsten gör</h2>" in client.get("/om/om-tjansten/").content.decode()


def test_chosen_colours_are_remembered_and_forgotten(client: Client) -> None:
    answer = client.post("/farger/", {"val": "morkt", "tillbaka": "/om/kakor/?a=1"})
    assert answer["Location"] == "/om/kakor/?a=1"
    assert 'data-color-scheme="dark"' in client.get("/om/kakor/").content.decode()

    client.post("/farger/", {"val": "dator"})
    assert 'data-color-scheme="auto"' in client.get("/om/kakor/").content.decode()


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "javascript:alert(1)"])
def test_colours_never_lead_to_another_site(client: Client, back: str) -> None:
    assert client.post("/farger/", {"val": "ljust", "tillbaka": back})["Location"] == "/"


def test_preview_is_for_those_who_have_logged_in(client: Client, person: Person) -> None:
    assert client.post("/forhandsgranska/", {"markdown_text": "**hej**"}).status_code == 302

    client.force_login(person)
    answer = client.post("/forhandsgranska/", {"markdown_text": "**hej** <script>x</script>"})
    assert answer.content.decode() == "<p><strong>hej</strong> &lt;script&gt;x&lt;/script&gt;</p>\n"


def test_person_logs_in_and_out(client: Client, person: Person) -> None:
    answer = client.post("/konto/login/", {"login": person.email, "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")

    answer = client.post("/konto/logout/")
    assert (answer.status_code, "_auth_user_id" in client.session) == (302, False)


def test_wrong_password_is_told_in_swedish(client: Client, person: Person) -> None:
    text = client.post("/konto/login/", {"login": person.email, "password": "fel"}).content.decode()

    assert "<title>Fel: Logga in – Satsningar</title>" in text
    assert "ds-error-summary" in text
    assert PASSWORD not in text


def test_nobody_signs_up(client: Client) -> None:
    text = client.get("/konto/signup/").content.decode()

    assert "Konto läggs upp åt dig" in text
    assert "<form" not in text.split("<main")[1].split("</main>")[0]


@pytest.mark.parametrize(
    "address",
    ["/konto/password/change/", "/konto/tvastegs/", "/konto/reauthenticate/", "/konto/tvastegs/totp/activate/"],
)
def test_account_pages_have_the_look_of_the_site(client: Client, person: Person, address: str) -> None:
    client.post("/konto/login/", {"login": person.email, "password": PASSWORD})

    text = client.get(address, follow=True).content.decode()

    assert "s-door" in text
    assert "css/components.css" in text


def test_pages_that_do_not_exist_say_so_in_swedish(client: Client) -> None:
    answer = client.get("/finns/inte/")

    assert answer.status_code == 404
    assert "Sidan finns inte" in answer.content.decode()
