"""Invitations: who is sent what, by a real mail server on loopback, once and never lost."""

from dataclasses import replace
from datetime import time, timedelta
from email.message import EmailMessage
from typing import Any

import pytest
import vobject
from django.db import connection, transaction
from django.test import Client
from django.utils import timezone

from governance.models import Membership, Person
from governance.permissions import today
from governance.vocabulary import Role
from tests.running import RunJobs
from tests.workflow.meetings.building import add_item, make_meeting
from tests.workflow.meetings.calendar.smtp import Post, server
from tests.workflow.pages.helping import at, text_of
from tests.workflow.world import PASSWORD, STYRGRUPP, World
from workflow.meetings.acts import lock
from workflow.meetings.calendar.invitations import queue_invitations
from workflow.meetings.models import Invitation, Meeting
from workflow.meetings.planning.actions import Plan, cancel
from workflow.meetings.planning.actions import change as change_meeting
from workflow.meetings.planning.calling import call
from workflow.meetings.vocabulary import MeetingForm, MeetingState

DAY = timedelta(days=1)


@pytest.fixture
def post(settings: Any) -> Any:
    """Give the mail that has come to a server that the settings name."""
    found = Post()
    with server(found) as port:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT, settings.MAIL_IS_SENT = "127.0.0.1", port, True
        settings.DEFAULT_FROM_EMAIL = "Satsningar <moten@exempel.test>"
        yield found


def called(world: World, **columns: Any) -> Meeting:
    """Return a meeting that has just been called, with chair and secretary in the body."""
    world.person(STYRGRUPP, Role.ORDFORANDE)
    meeting = make_meeting(world, state=MeetingState.KALLAT)
    Meeting.objects.filter(pk=meeting.pk).update(**columns)
    return Meeting.objects.select_related("body").get(pk=meeting.pk)


def queue(world: World, meeting: Meeting) -> int:
    with transaction.atomic():
        return queue_invitations(lock(meeting.pk), actor=world.secretary)


def change(meeting: Meeting, **columns: Any) -> None:
    Meeting.objects.filter(pk=meeting.pk).update(sequence=meeting.sequence + 1, **columns)
    meeting.refresh_from_db()


def parts(message: EmailMessage) -> tuple[str, str, Any]:
    """Return a message's text, its calendar's method in the header, and the calendar as another library reads it."""
    text, calendar = message.iter_parts()
    assert (message.get_content_type(), text.get_content_type()) == ("multipart/alternative", "text/plain")
    assert calendar.get_content_type() == "text/calendar"
    content = calendar.get_payload(decode=True)
    assert isinstance(content, bytes)
    return str(text.get_content()), str(calendar.get_param("method")), vobject.readOne(content.decode())


def test_every_member_is_sent_text_and_calendar(world: World, post: Post, run_jobs: RunJobs) -> None:
    meeting = called(world, title="Extra", sequence=1)
    assert queue(world, meeting) == 2
    assert queue(world, meeting) == 0, "nothing has changed"
    run_jobs()

    assert sorted(post.receivers) == sorted([[world.secretary.email], [world.person(STYRGRUPP, Role.ORDFORANDE).email]])
    for message in post.messages:
        text, method, calendar = parts(message)
        assert message["From"] == "Satsningar <moten@exempel.test>"
        assert message["Subject"] == f"Kallelse: Länsstyrgruppen: Extra {meeting.day}"
        assert "Du är kallad till ett möte." in text
        assert f"http://127.0.0.1:8000/moten/{meeting.pk}/" in text
        assert (method, calendar.method.value) == ("REQUEST", "REQUEST")
        event = calendar.vevent
        assert (event.uid.value, event.sequence.value, event.status.value) == (str(meeting.uid), "1", "CONFIRMED")
        assert event.attendee.value == f"mailto:{message['To']}"
        assert event.organizer.value == "mailto:moten@exempel.test"
    assert {row.sent_at is not None for row in Invitation.objects.all()} == {True}


def test_a_change_and_a_cancellation_have_the_same_uid_and_a_higher_sequence(
    world: World, post: Post, run_jobs: RunJobs
) -> None:
    meeting = called(world)
    queue(world, meeting)
    run_jobs()
    change(meeting, place="Nya salen", starts_at=meeting.starts_at + DAY, ends_at=meeting.ends_at + DAY)
    assert queue(world, meeting) == 2
    run_jobs()
    change(meeting, state=MeetingState.INSTALLT, cancelled_at=timezone.now(), cancel_reason="Sjukdom.")
    assert queue(world, meeting) == 2
    assert queue(world, meeting) == 0
    run_jobs()

    mine = [message for message in post.messages if message["To"] == world.secretary.email]
    read = [parts(message) for message in mine]
    assert [method for _, method, _ in read] == ["REQUEST", "REQUEST", "CANCEL"]
    assert [calendar.vevent.sequence.value for _, _, calendar in read] == ["0", "1", "2"]
    assert {calendar.vevent.uid.value for _, _, calendar in read} == {str(meeting.uid)}
    assert [str(message["Subject"]).split(":")[0] for message in mine] == ["Kallelse", "Ändrat", "Inställt"]
    assert read[1][2].vevent.location.value == "Nya salen"
    assert "Skäl: Sjukdom." in read[2][0]
    assert read[2][2].vevent.status.value == "CANCELLED"


def test_members_who_come_and_go_are_told_at_the_next_call(world: World, post: Post, run_jobs: RunJobs) -> None:
    meeting = called(world)
    queue(world, meeting)
    run_jobs()
    gone = world.person(STYRGRUPP, Role.ORDFORANDE)
    Membership.objects.filter(person=gone).update(ends_on=today())
    new = world.seat(STYRGRUPP, Role.LEDAMOT)
    post.messages.clear()

    assert queue(world, meeting) == 2
    run_jobs()

    told = {str(message["To"]): parts(message) for message in post.messages}
    assert {to: method for to, (_, method, _) in told.items()} == {new.email: "REQUEST", gone.email: "CANCEL"}
    assert "inte längre kallad" in told[gone.email][0]
    assert int(told[gone.email][2].vevent.sequence.value) > meeting.sequence
    Membership.objects.filter(person=gone).update(ends_on=None)
    assert queue(world, meeting) == 1
    row = Invitation.objects.get(membership__person=gone)
    assert (row.sequence, row.is_cancelled, row.is_update) == (2, False, False)


def test_two_roles_are_one_invitation(world: World) -> None:
    meeting = called(world)
    world.also(world.secretary, STYRGRUPP, Role.LEDAMOT)
    assert queue(world, meeting) == 2
    assert queue(world, meeting) == 0


def test_what_is_planned_or_decided_between_meetings_invites_nobody(world: World) -> None:
    assert queue(world, called(world, state=MeetingState.PLANERAT)) == 0
    assert queue(world, called(world, form=MeetingForm.PER_CAPSULAM)) == 0
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_an_act_that_is_undone_sends_nothing(world: World, run_jobs: RunJobs) -> None:
    meeting = called(world)
    with transaction.atomic():
        queue_invitations(lock(meeting.pk), actor=world.secretary)
        transaction.set_rollback(True)
    assert run_jobs() == []
    assert not Invitation.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_down_gets_the_letter_once_when_it_is_up(
    world: World, post: Post, run_jobs: RunJobs, settings: Any
) -> None:
    meeting = called(world)
    Membership.objects.filter(body=meeting.body).exclude(person=world.secretary).delete()
    post.is_busy = True
    queue(world, meeting)
    assert len(run_jobs(failing=True)) == 1
    row = Invitation.objects.get()
    assert (row.sent_at, row.failed) == (None, "E-postservern tog inte emot brevet (SMTPDataError).")
    up, settings.EMAIL_PORT = settings.EMAIL_PORT, 1
    _now()
    run_jobs(failing=True)
    assert "ConnectionRefusedError" in Invitation.objects.get().failed
    assert post.messages == []

    post.is_busy, settings.EMAIL_PORT = False, up
    for _ in range(3):
        _now()
        run_jobs()

    assert len(post.messages) == 1
    row = Invitation.objects.get()
    assert (row.sent_at is not None, row.failed) == (True, "")


def _now() -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET scheduled_at = now() WHERE status = 'todo'")


def test_a_version_that_was_never_sent_gives_way_to_the_next(world: World, post: Post, run_jobs: RunJobs) -> None:
    meeting = called(world)
    queue(world, meeting)
    change(meeting, place="Nya salen")
    queue(world, meeting)
    run_jobs()

    assert len(post.messages) == 2
    for message in post.messages:
        assert parts(message)[2].vevent.sequence.value == "1"
        assert str(message["Subject"]).startswith("Kallelse:"), "nobody has been sent a first one"


@pytest.mark.parametrize("evil", ["Rum 1\r\nBcc: ond@exempel.test", "A\nSubject: B", 'Å"ä; <x>, \\', "A\u2028B"])
def test_headers_in_what_people_write_are_harmless(world: World, post: Post, run_jobs: RunJobs, evil: str) -> None:
    meeting = called(world, title=evil, place=evil)
    queue(world, meeting)
    run_jobs()

    assert sorted(post.receivers) == sorted([[person.email] for person in people_of(meeting)])
    for message in post.messages:
        assert (message.get_all("Bcc"), len(message.get_all("Subject", []))) == (None, 1)
        _, _, calendar = parts(message)
        assert calendar.vevent.location.value == " ".join(evil.split())


def people_of(meeting: Meeting) -> list[Person]:
    return [row.person for row in Membership.objects.filter(body=meeting.body).select_related("person")]


def test_without_mail_and_for_who_may_not_log_in_the_row_says_why(
    world: World, post: Post, run_jobs: RunJobs, settings: Any
) -> None:
    meeting = called(world)
    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    Person.objects.filter(pk=chair.pk).update(is_active=False)
    queue(world, meeting)
    run_jobs()
    assert Invitation.objects.get(membership__person=chair).failed == "Personen får inte logga in."
    settings.MAIL_IS_SENT = False
    change(meeting, place="Nya salen")
    queue(world, meeting)
    run_jobs()
    assert {row.failed for row in Invitation.objects.all()} == {"Tjänsten skickar ingen e-post."}
    assert len(post.messages) == 1


def test_calling_changing_and_cancelling_are_told_by_letter(world: World, post: Post, run_jobs: RunJobs) -> None:
    planned = make_meeting(world)
    add_item(world, planned)

    def seen() -> dict[str, Any]:
        return {"actor": world.secretary, "expected_edition": Meeting.objects.get(pk=planned.pk).edition}

    starts = timezone.localtime(planned.starts_at)
    wanted = Plan(day=planned.day, starts=starts.time(), ends=time(13), place="Exempelsalen")
    change_meeting(planned.pk, wanted, **seen())
    assert run_jobs() == [], "what is planned is told to nobody"

    call(planned.pk, **seen())
    run_jobs()
    change_meeting(planned.pk, replace(wanted, place="Nya salen"), **seen())
    run_jobs()
    change_meeting(planned.pk, replace(wanted, place="Nya salen"), **seen())
    assert run_jobs() == [], "nothing differs"
    cancel(planned.pk, reason="Sjukdom.", **seen())
    run_jobs()

    told = [
        (str(message["Subject"]).split(":")[0], parts(message)[2].vevent.sequence.value) for message in post.messages
    ]
    assert told == [("Kallelse", "1"), ("Ändrat", "2"), ("Inställt", "3")]


def test_the_meetings_page_says_whom_the_letters_have_not_reached(world: World, post: Post, run_jobs: RunJobs) -> None:
    meeting = called(world)
    queue(world, meeting)
    page = at(world.secretary)
    assert "0 kallelser skickade med e-post, 2 på väg" in text_of(page.get(f"/moten/{meeting.pk}/"))
    post.is_busy = True
    run_jobs(failing=True)
    shown = text_of(page.get(f"/moten/{meeting.pk}/"))
    assert f"{world.secretary.name}. E-postservern tog inte emot brevet" in shown
    member = text_of(at(world.person(STYRGRUPP, Role.ORDFORANDE)).get(f"/moten/{meeting.pk}/"))
    assert "Få mötena i din egen kalender" in member


def test_letters_that_nobody_took_are_sent_again_and_new_members_get_theirs(
    world: World, post: Post, run_jobs: RunJobs
) -> None:
    meeting = called(world)
    queue(world, meeting)
    run_jobs()
    late = Invitation.objects.get(membership__person=world.secretary)
    Invitation.objects.filter(pk=late.pk).update(sent_at=None, failed="E-postservern tog inte emot brevet.")
    new = world.seat(STYRGRUPP, Role.LEDAMOT)
    post.messages.clear()
    again = f"/moten/{meeting.pk}/kalender/skicka/"
    assert at(world.coordinator).post(again).status_code == 403
    assert at(world.author).post(again).status_code == 404

    assert at(world.secretary).post(again).status_code == 302

    run_jobs()
    assert sorted(str(message["To"]) for message in post.messages) == sorted([new.email, world.secretary.email])
    assert "Alla har fått brevet." in text_of(at(world.secretary).post(again, follow=True))
    planned = make_meeting(world)
    assert at(world.secretary).post(f"/moten/{planned.pk}/kalender/skicka/").status_code == 409


def test_the_link_of_a_letter_lands_on_the_meeting_after_log_in(world: World) -> None:
    meeting, client = called(world), Client()
    link = f"/moten/{meeting.pk}/"
    asked = client.get(link)
    assert asked["Location"] == f"/konto/login/?next={link}"
    landed = client.post(asked["Location"], {"login": world.secretary.email, "password": PASSWORD, "next": link})
    assert landed["Location"] == link
    assert client.get(link).status_code == 200
