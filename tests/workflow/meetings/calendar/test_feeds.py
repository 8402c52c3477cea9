"""The secret addresses: made, shown once, ended at once, and what each gives out to whom."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from structlog.testing import capture_logs

from config.quiet import hide_secret_addresses
from governance.models import Membership
from governance.permissions import today
from governance.vocabulary import Role
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.meetings.building import make_meeting
from tests.workflow.meetings.calendar.conftest import events_in
from tests.workflow.pages.helping import at, text_of
from tests.workflow.test_rights import in_other_county
from tests.workflow.world import BEREDNING, STOD, STYRGRUPP, World
from workflow.meetings.calendar.addresses import find_address, make_address
from workflow.meetings.models import CalendarAddress, Meeting
from workflow.meetings.vocabulary import MeetingForm, MeetingState

DAY = timedelta(days=1)
SHOWN = re.compile(r"http://127\.0\.0\.1:8000(/kalender/[\w-]{43}\.ics)")


def address_in(response: Any) -> str:
    found = SHOWN.search(text_of(response))
    assert found
    return found[1]


def uids(address: str) -> list[str]:
    response = Client().get(address)
    assert response.status_code == 200
    return [event.uid.value for event in events_in(response.content)]


def fetched(token: str) -> list[str]:
    return uids(reverse("kalenderfil", args=[token]))


def test_an_address_is_shown_once_and_a_new_one_ends_it(world: World) -> None:
    meeting, secretary = make_meeting(world), at(world.secretary)
    first = address_in(secretary.post(reverse("kalender_ny_adress"), {"organ": ""}))
    assert uids(first) == [str(meeting.uid)]
    page = text_of(secretary.get(reverse("kalender")))
    assert first not in page
    assert "Skapa ny adress" in page

    second = address_in(secretary.post(reverse("kalender_ny_adress"), {"organ": ""}))

    assert Client().get(first).status_code == 404
    assert uids(second) == [str(meeting.uid)]
    assert secretary.post(reverse("kalender_ta_bort_adress"), {"organ": ""}).status_code == 302
    assert Client().get(second).status_code == 404
    assert not CalendarAddress.objects.exists()


def test_only_the_digest_of_an_address_is_kept(world: World) -> None:
    token = make_address(actor=world.secretary)
    row = CalendarAddress.objects.get()
    assert token not in str(vars(row))
    assert len(row.digest) == 64
    assert find_address(row.digest) is None


def test_ones_own_calendar_holds_the_meetings_of_the_bodies_one_sits_in(world: World) -> None:
    meeting = make_meeting(world)
    elsewhere = make_meeting(world, body=world.body(BEREDNING))
    between = make_meeting(world)
    Meeting.objects.filter(pk=between.pk).update(form=MeetingForm.PER_CAPSULAM)
    make_meeting(world, days=-400)

    assert fetched(make_address(actor=world.secretary)) == [str(meeting.uid)]
    assert fetched(make_address(actor=world.officer)) == [str(elsewhere.uid)]
    assert fetched(make_address(actor=in_other_county())) == []


def test_with_a_membership_that_ends_the_later_meetings_are_gone(world: World) -> None:
    before, after = make_meeting(world, days=10), make_meeting(world, days=30)
    token = make_address(actor=world.secretary)
    assert fetched(token) == [str(before.uid), str(after.uid)]

    membership = Membership.objects.get(person=world.secretary)
    Membership.objects.filter(pk=membership.pk).update(ends_on=today() + 20 * DAY)
    assert fetched(token) == [str(before.uid)]
    Membership.objects.filter(pk=membership.pk).update(ends_on=today() - DAY)
    assert fetched(token) == []


def test_a_bodys_calendar_is_for_those_who_read_its_meetings(world: World) -> None:
    meeting, body = make_meeting(world, state=MeetingState.INSTALLT), world.body(STYRGRUPP)
    coordinator = at(world.coordinator)
    assert body.name in text_of(coordinator.get(reverse("kalender")))
    address = address_in(coordinator.post(reverse("kalender_ny_adress"), {"organ": body.pk}))
    assert uids(address) == [str(meeting.uid)]
    for person in (world.author, in_other_county()):
        assert at(person).post(reverse("kalender_ny_adress"), {"organ": body.pk}).status_code == 404
    assert at(world.author).post(reverse("kalender_ny_adress"), {"organ": "x"}).status_code == 404

    Membership.objects.filter(person=world.coordinator).update(ends_on=today() - DAY)
    assert Client().get(address).status_code == 404


def test_somebody_who_may_not_log_in_has_no_calendar(world: World) -> None:
    person = world.person(STYRGRUPP, Role.LEDAMOT)
    token = make_address(actor=person)
    person.is_active = False
    person.save()
    assert Client().get(reverse("kalenderfil", args=[token])).status_code == 404


def test_a_client_that_has_the_calendar_is_told_so(world: World) -> None:
    meeting = make_meeting(world)
    address = reverse("kalenderfil", args=[make_address(actor=world.secretary)])
    first = Client().get(address)
    assert first["Content-Type"] == "text/calendar; charset=utf-8"
    assert first["Cache-Control"] == "private, no-cache"
    again = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert Client().get(address, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
    assert Client().head(address).status_code == 200
    assert Client().post(address).status_code == 405

    meeting.place = "Nya salen"
    meeting.save()

    changed = Client().get(address, headers={"if-none-match": first["ETag"]})
    assert changed.status_code == 200
    assert changed["ETag"] != first["ETag"]


def test_a_feed_costs_the_same_for_many(world: World) -> None:
    make_meeting(world)
    address = reverse("kalenderfil", args=[make_address(actor=world.secretary)])
    few = statements_of(lambda: Client().get(address))
    for days in range(30, 60):
        make_meeting(world, days=days)
    assert statements_of(lambda: Client().get(address)) == few
    page = reverse("kalender")
    assert at(world.person(STOD, Role.SAMORDNARE)).get(page).status_code == 200


def test_the_secret_part_of_an_address_is_not_logged(world: World) -> None:
    address = reverse("kalenderfil", args=[make_address(actor=world.secretary)])
    with capture_logs(processors=[hide_secret_addresses]) as lines:
        Client().get(address)
        Client().get(address.replace(".ics", "x.ics"))
    assert lines
    token = address.removeprefix("/kalender/").removesuffix(".ics")
    assert token not in str(lines)
    assert "/kalender/….ics" in str(lines)
