"""The pages of minutes, for those who keep them, adjust them, read them, and for those who may not."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from governance.models import Person
from governance.vocabulary import Role
from tests.workflow.meetings.minutes_building import Held
from tests.workflow.papers.forms import of_html
from tests.workflow.world import BEREDNING, STYRGRUPP
from workflow.meetings.minutes.actions import save_text
from workflow.meetings.minutes.rounds import ask_for_correction
from workflow.meetings.models import AgendaItem, Justering, Meeting, Paragraf, Protokoll, Rattelse
from workflow.meetings.planning.kallelse import title_of
from workflow.meetings.planning.selectors import OUTCOME_COLOURS
from workflow.meetings.vocabulary import JusteringState, MeetingState

SECRET = "Kvarnhemligt avtal"


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def address(held: Held, rest: str = "") -> str:
    return f"/moten/{held.meeting.pk}/protokoll/{rest}"


def shown(response: Any) -> str:
    return of_html(response.content.decode())


def test_secretary_draws_up_sends_and_reads(held: Held) -> None:
    client = browser(held.world.secretary)
    assert "Protokollet är inte upprättat" in shown(client.get(address(held)))

    client.post(address(held, "uppratta/"), {"edition": held.fresh().edition})
    page = shown(client.get(address(held)))
    assert "Inte justerat. Det här är version 1 av protokollet" in page
    for said in (
        "§ 2 Svar på remiss",
        SECRET,
        "Jag reserverar mig mot beslutet.",
        "Ordförandens utslagsröst avgjorde.",
    ):
        assert said in page

    client.post(address(held, "skicka/"), {"edition": held.fresh().edition})
    assert "Hos justerarna" in shown(client.get(address(held)))
    response = client.post(address(held, "skicka/"), {"edition": held.fresh().edition})
    assert (response.status_code, "redan skickats" in shown(response)) == (409, True)
    assert "Påminn dem som inte har svarat" in shown(client.get(address(held)))
    assert client.post(address(held, "pamin/")).status_code == 302
    assert "Påminn dem som inte har svarat" not in shown(client.get(address(held)))
    Justering.objects.update(reminded_at=timezone.now() - timedelta(days=1))
    assert "Påminn dem som inte har svarat" in shown(client.get(address(held)))


def test_the_way_to_the_minutes_is_that_to_the_meeting(held: Held) -> None:
    client = browser(held.world.secretary)
    below = client.get(address(held, f"text/{held.items[1].pk}/")).context["crumbs"]
    assert client.get(address(held)).context["crumbs"] == [
        ("/moten/", "Möten"),
        (f"/moten/{held.meeting.pk}/", title_of(held.fresh())),
    ]
    assert [name for _, name in below] == ["Möten", title_of(held.fresh()), "Protokoll"]


def test_agenda_says_what_became_of_each_item(held: Held) -> None:
    page = browser(held.world.secretary).get(f"/moten/{held.meeting.pk}/dagordning/").content.decode()
    rows = Paragraf.objects.filter(item__meeting=held.meeting)
    tags = [f'data-color="{OUTCOME_COLOURS[one.outcome]}">{one.label} {one.outcome_words}</span>' for one in rows]
    assert [tag in page for tag in tags] == [True] * len(held.items)


def test_two_secretaries_see_each_others_text(held: Held) -> None:
    item = held.items[1]
    client = browser(held.world.secretary)
    form = address(held, f"text/{item.pk}/")
    save_text(item.pk, "Den andras text.", actor=held.chair.person, expected=1)

    response = client.post(form, {"text": "Min text.", "version": 1})
    assert response.status_code == 409
    assert {"Den andras text.", "Min text."} <= set(shown(response).split("\n")) or "Den andras text." in shown(
        response
    )
    assert AgendaItem.objects.get(pk=item.pk).minutes_text == "Den andras text."

    kept = client.post(form, {"text": "Min text.", "version": 1, "konflikt": "behall_min", "konflikt_version": 2})
    assert kept.status_code == 302
    assert AgendaItem.objects.get(pk=item.pk).minutes_text == "Min text."
    too_long = client.post(form, {"text": "x" * 20_001, "version": 3})
    assert (too_long.status_code, "Texten är för lång" in shown(too_long)) == (422, True)


def test_adjuster_reads_and_approves(held: Held) -> None:
    protokoll = held.send()
    client = browser(held.adjuster.person)
    form = address(held, "justering/")
    assert "Ditt svar" in shown(client.get(form))

    assert "Välj om du godkänner" in shown(client.post(form, {"version": 1}))
    wrong = client.post(form, {"answer": "ratta", "text": " ", "version": 1})
    assert (wrong.status_code, "Skriv vad som är fel" in shown(wrong)) == (422, True)
    both = client.post(form, {"answer": "godkann", "text": "Fel namn.", "version": 1})
    assert (both.status_code, "ta bort texten" in shown(both)) == (422, True)
    stale = client.post(form, {"answer": "godkann", "text": "", "version": 2})
    assert (stale.status_code, "nyare version" in shown(stale)) == (409, True)
    assert Justering.objects.filter(state=JusteringState.GODKAND).count() == 0

    assert client.post(form, {"answer": "godkann", "text": "", "version": 1}).status_code == 302
    browser(held.chair.person).post(form, {"answer": "godkann", "text": "", "version": 1})
    assert held.fresh().state == MeetingState.JUSTERAT
    assert "Protokollet justerades" in shown(client.get(address(held)))
    assert Protokoll.objects.get(pk=protokoll.pk).locked_at is not None


def test_versions_and_their_difference_are_shown(held: Held) -> None:
    first = held.send()
    ask_for_correction(first.pk, "Det saknas en mening.", actor=held.adjuster.person)
    save_text(held.items[1].pk, "Meningen som saknades.", actor=held.world.secretary, expected=1)
    client = browser(held.world.secretary)
    assert "Det saknas en mening." in shown(client.get(address(held)))
    assert "begär rättelse av version 1" in shown(client.get("/"))
    held.draw_up()

    page = shown(client.get(address(held)))
    assert "Meningen som saknades." in page
    old = shown(client.get(address(held, "?version=1")))
    assert "Version 1 gäller inte" in old
    difference = shown(client.get(address(held, "skillnad/2/")))
    assert "§ 2 Svar på remiss" in difference
    assert "Meningen som saknades." in difference
    for absent in ("?version=3", "?version=x", "?version=" + "9" * 40, "skillnad/1/", "skillnad/3/"):
        assert client.get(address(held, absent)).status_code == 404


@pytest.mark.parametrize("adjusted", [False, True])
def test_who_reads_minutes_and_what_is_left_out(held: Held, *, adjusted: bool) -> None:
    held.adjusted() if adjusted else held.draw_up()
    world = held.world
    for person, reads, secret in (
        (world.secretary, True, True),
        (held.members[-1].person, True, True),
        (world.person(STYRGRUPP, Role.ADJUNGERAD), True, True),
        (world.coordinator, True, False),
        (world.author, adjusted, False),
        (world.person(BEREDNING, Role.LEDAMOT), adjusted, False),
    ):
        client = browser(person)
        for rest in ("", "pdf/", "docx/"):
            response = client.get(address(held, rest))
            assert (response.status_code, rest, str(person)) == (200 if reads else 404, rest, str(person))
        page = shown(client.get(address(held)))
        assert (SECRET in page, "§ 2 Svar på remiss" in page) == (secret, reads)
        assert ("§ 3 Ärende med sekretessmarkering" in page) == (reads and not secret)


def test_pages_of_the_keeper_are_the_keepers(held: Held) -> None:
    protokoll = held.send()
    waiting = protokoll.justeringar.all()[0]
    member = browser(held.members[1].person)
    edition = held.fresh().edition
    for rest in (f"text/{held.items[1].pk}/", f"justerare/{waiting.pk}/", "ratta/", "justering/"):
        assert member.get(address(held, rest)).status_code == 404
    for rest in ("uppratta/", "skicka/", "pamin/"):
        assert member.post(address(held, rest), {"edition": edition}).status_code == 403
        assert browser(held.world.author).post(address(held, rest), {"edition": edition}).status_code == 404
    assert Protokoll.objects.count() == 1


def test_rectification_is_shown_with_the_minutes(held: Held) -> None:
    held.adjusted()
    client = browser(held.world.secretary)
    form = address(held, "ratta/")
    empty = client.post(form, {"paragraf": "", "text": "", "reason": ""})
    assert (empty.status_code, "Skriv hur det ska vara i stället." in shown(empty)) == (422, True)
    secret = held.items[2].paragraf.pk
    client.post(form, {"paragraf": secret, "text": "Avtalet gäller kvarnen.", "reason": "Skrivfel."})
    client.post(form, {"paragraf": held.items[1].paragraf.pk, "text": "Ska vara 3.", "reason": "Skrivfel."})
    assert Rattelse.objects.count() == 2

    page = shown(client.get(address(held)))
    assert ("Ska vara 3." in page, "Avtalet gäller kvarnen." in page) == (True, True)
    other = shown(browser(held.world.author).get(address(held)))
    assert ("Ska vara 3." in other, "Avtalet gäller kvarnen." in other) == (True, False)
    assert client.get(address(held, "rattelser/pdf/")).content[:5] == b"%PDF-"


def test_cost_of_the_page_does_not_grow(held: Held, django_assert_max_num_queries: Any) -> None:
    held.send()
    client = browser(held.world.secretary)
    client.get(address(held))
    with django_assert_max_num_queries(20):
        client.get(address(held))


def test_meeting_that_goes_on_has_no_minutes(held: Held) -> None:
    for state in (MeetingState.PLANERAT, MeetingState.KALLAT, MeetingState.PAGAR, MeetingState.INSTALLT):
        Meeting.objects.filter(pk=held.meeting.pk).update(state=state)
        assert browser(held.world.secretary).get(address(held)).status_code == 404
