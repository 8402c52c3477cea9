"""What is open to everyone: adjusted minutes of bodies that publish, nothing with a secrecy mark, and no cookie."""

import re
from typing import Any

import pytest
from django.test import Client

from governance.models import Person
from tests.workflow.meetings.minutes_building import Held
from tests.workflow.papers.forms import of_html, of_pdf
from workflow.meetings.minutes.rectifying import rectify
from workflow.meetings.models import AgendaItem, Meeting, OvrigtArende, Protokoll
from workflow.meetings.vocabulary import MeetingState

SECRET = "Kvarnhemligt avtal"
OPEN = "Svar på remiss"


def text(response: Any) -> str:
    return of_html(response.content.decode())


def said(client: Client, protokoll: Protokoll) -> dict[str, str]:
    """Return what everybody is told, by address; empty where there is nothing."""
    found = {}
    for address in ("/offentligt/", "/offentligt/?q=kvarnhemligt", f"/offentligt/protokoll/{protokoll.pk}/"):
        response = client.get(address)
        found[address] = text(response) if response.status_code == 200 else ""
    response = client.get(f"/offentligt/protokoll/{protokoll.pk}.pdf")
    found["pdf"] = of_pdf(response.content) if response.status_code == 200 else ""
    return found


@pytest.mark.parametrize("publishes", [False, True])
@pytest.mark.parametrize("state", list(MeetingState))
def test_minutes_are_open_after_justering_where_the_body_publishes(held: Held, state: str, *, publishes: bool) -> None:
    held.publishing(publishes=publishes)
    protokoll = held.adjusted()
    Meeting.objects.filter(pk=held.meeting.pk).update(state=state)
    is_open = publishes and state == MeetingState.JUSTERAT

    found = said(Client(), protokoll)

    assert (OPEN in found["/offentligt/"], OPEN in found["pdf"]) == (is_open, is_open)
    assert bool(found[f"/offentligt/protokoll/{protokoll.pk}/"]) == is_open
    assert not any(SECRET in one for one in found.values())


def test_a_decision_leads_to_its_paragraph(held: Held) -> None:
    held.publishing()
    protokoll = held.adjusted()
    listed = Client().get("/offentligt/").content.decode()
    there = f"/offentligt/protokoll/{protokoll.pk}/"

    anchors = re.findall(rf'href="{there}#([^"]+)"', listed)
    minutes = Client().get(there).content.decode()

    assert anchors
    assert len(set(anchors)) == len(anchors)
    for anchor in anchors:
        assert minutes.count(f'id="{anchor}"') == 1


def test_minutes_before_justering_are_nowhere(held: Held) -> None:
    held.publishing()
    for protokoll in (held.draw_up(), held.send()):
        assert not any(OPEN in one for one in said(Client(), protokoll).values())
        assert Client().get(f"/offentligt/protokoll/{protokoll.pk}/").status_code == 404
    Meeting.objects.filter(pk=held.meeting.pk).update(state=MeetingState.JUSTERAT)
    assert Client().get(f"/offentligt/protokoll/{protokoll.pk}/").status_code == 404


def test_mark_set_afterwards_hides_too(held: Held) -> None:
    held.publishing()
    protokoll = held.adjusted()
    AgendaItem.objects.filter(pk=held.items[1].pk).update(sekretess="OSL 39 kap.")

    found = said(Client(), protokoll)

    assert not any(OPEN in one or SECRET in one for one in found.values())
    page = found[f"/offentligt/protokoll/{protokoll.pk}/"]
    assert "§ 2 Ärende med sekretessmarkering" in page
    assert "Markering: OSL 39 kap." in page
    assert "2 ärenden med sekretessmarkering är borttagna" in page


def test_reservations_and_names_are_shown_and_addresses_are_not(held: Held) -> None:
    held.publishing()
    protokoll = held.adjusted()
    addresses = list(Person.objects.values_list("email", flat=True))

    found = said(Client(), protokoll)

    page = found[f"/offentligt/protokoll/{protokoll.pk}/"]
    assert "Jag reserverar mig mot beslutet." in page
    assert held.chair.person.name in page
    assert not any(email in one for email in addresses for one in found.values())


def test_locked_pdf_itself_is_open_when_nothing_is_marked(held: Held) -> None:
    held.publishing()
    AgendaItem.objects.filter(pk=held.items[2].pk).update(title="Öppet avtal")
    OvrigtArende.objects.update(sekretess="")
    protokoll = held.adjusted()
    kept = bytes(Protokoll.objects.get(pk=protokoll.pk).pdf or b"")

    response = Client().get(f"/offentligt/protokoll/{protokoll.pk}.pdf")

    assert response.content == kept


def test_pages_set_no_cookie_and_may_be_kept(held: Held) -> None:
    held.publishing()
    protokoll = held.adjusted()
    rectify(protokoll.pk, held.items[1].paragraf.pk, "Rätt.", "Fel.", actor=held.world.secretary)
    client = Client()
    base = f"/offentligt/protokoll/{protokoll.pk}"
    for address in ("/offentligt/", f"{base}/", f"{base}.pdf", f"{base}/rattelser.pdf"):
        response = client.get(address)
        assert (response.status_code, dict(response.cookies)) == (200, {})
        assert response["Cache-Control"] == "public, no-cache"
        again = client.get(address, headers={"if-none-match": response["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert "noindex" not in response.get("X-Robots-Tag", "")
    client.force_login(held.world.author, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(f"{base}/")["Cache-Control"] == "private, no-store"


def test_tag_changes_with_a_rectification(held: Held) -> None:
    held.publishing()
    protokoll = held.adjusted()
    address = f"/offentligt/protokoll/{protokoll.pk}/"
    before = Client().get(address)["ETag"]
    rectify(protokoll.pk, held.items[1].paragraf.pk, "Ska vara 3.", "Fel.", actor=held.world.secretary)
    after = Client().get(address)
    assert after["ETag"] != before
    assert "Ska vara 3." in text(after)


def test_rectification_of_a_marked_matter_is_not_open(held: Held) -> None:
    held.publishing()
    protokoll = held.adjusted()
    rectify(protokoll.pk, held.items[2].paragraf.pk, "Kvarnen.", "Fel.", actor=held.world.secretary)
    rectify(protokoll.pk, None, "Kvarnen igen.", "Fel.", actor=held.world.secretary)
    page = text(Client().get(f"/offentligt/protokoll/{protokoll.pk}/"))
    assert "Kvarnen" not in page
    assert Client().get(f"/offentligt/protokoll/{protokoll.pk}/rattelser.pdf").status_code == 404


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("", {"Svar på remiss", "Handlingsplan"}),
        ("?q=remiss", {"Svar på remiss"}),
        ("?q=REMISS+godkänns", {"Svar på remiss"}),
        ("?q=finns+inte", set()),
        ("?ar=2020", {"Svar på remiss", "Handlingsplan"}),
        ("?organ=x&ar=y&sida=z", {"Svar på remiss", "Handlingsplan"}),
        ("?q=%00%25_", set()),
    ],
)
def test_decisions_are_found_by_words(held: Held, question: str, found: set[str]) -> None:
    held.publishing()
    held.adjusted()
    response = Client().get(f"/offentligt/{question}")
    page = text(response)
    titles = {"Svar på remiss", SECRET, "Handlingsplan", "Läget i länet 0"}
    assert (response.status_code, {title for title in titles if title in page}) == (200, found)


def test_body_and_year_narrow_the_list(held: Held) -> None:
    held.publishing()
    held.adjusted()
    year = held.meeting.day.year
    page = text(Client().get(f"/offentligt/?organ={held.meeting.body_id}&ar={year}"))
    assert (OPEN in page, "Beslut (2)" in " ".join(page.split())) == (True, True)


def test_page_about_public_access_leads_there() -> None:
    assert 'href="/offentligt/"' in Client().get("/om/offentlighet/").content.decode()
