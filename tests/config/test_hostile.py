"""Requests that no browser of ours makes: answered in words, never with a failure, and nothing is kept or lost."""

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Person
from satsningar.cleaning import TEXT_LIMIT

TOKEN = "a" * 32
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def client(db: None) -> Client:
    """Return the browser of somebody logged in who takes part in nothing; a failure is shown as a page."""
    person = Person.objects.create_user("kim@example.org", "Kim Exempelson", "lösenord")
    found = Client(enforce_csrf_checks=True, raise_request_exception=False)
    found.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    found.cookies["csrftoken"] = TOKEN
    return found


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        (f"{FORM}; charset=utf-16", b"a=1"),
        (f"{FORM}; charset=latin-1", b"a=1"),
        (FORM, b"&".join(b"a%d=1" % number for number in range(5000))),
        ("multipart/form-data", b"x"),
        ("multipart/form-data; boundary=", b"x"),
    ],
)
def test_body_that_cannot_be_read_is_refused_in_words(client: Client, kind: str, body: bytes) -> None:
    answer = client.post(reverse("fargschema"), body, content_type=kind)

    assert answer.status_code == 400
    assert "Ingenting har ändrats" in answer.content.decode()


def test_form_of_many_megabytes_reaches_its_page(client: Client) -> None:
    """What is too long comes back to be shortened; a body that is refused whole would be lost."""
    answer = client.post(
        reverse("forhandsgranska"),
        {"markdown_text": "å" * 100_000, **{f"annat_{number}": "å" * 100_000 for number in range(25)}},
        headers={"X-CSRFToken": TOKEN},
    )

    assert answer.status_code == 200
    assert answer.content.decode().count("å") == TEXT_LIMIT


@pytest.mark.parametrize("address", ["/konto/email/", "/konto/confirm-email/", "/konto/confirm-email/abc/"])
def test_nobody_adds_or_changes_an_address(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_page_of_somebody_logged_in_is_not_kept(client: Client) -> None:
    for address in ("/", "/satsningar/", "/satsningar.csv", "/finns-inte/"):
        assert client.get(address)["Cache-Control"] == "private, no-store"
    assert not Client().get("/om/om-tjansten/").has_header("Cache-Control")
