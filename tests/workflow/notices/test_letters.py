"""From notices to letters: what each chose, what a letter says and never says, digests and what waits for release."""

from datetime import UTC, datetime, timedelta
from email import message_from_string
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from governance.letters import NOT_SENT
from governance.models import Person
from governance.vocabulary import Role, StationKind
from satsningar.models import Handling, Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.meetings.building import add_case, make_meeting
from tests.workflow.world import ARBETSGRUPP, BEREDNING, World
from workflow.inputs import Inputs
from workflow.meetings.models import AgendaItem
from workflow.models import Delivery, JournalEntry, Notice, Utskick
from workflow.notices.choosing import choose
from workflow.notices.county import Settings, release, settle
from workflow.notices.jobs import forget_old
from workflow.notices.selectors import described
from workflow.notices.sending import SHUT, TEST_MODE, send_due
from workflow.notices.sorting import sort_new, write_digests
from workflow.notices.vocabulary import Brevlage, Postlage, Slag, Takt
from workflow.notices.wording import say
from workflow.rights import viewer


def send_all() -> list[Any]:
    """Sort and send; return what has been sent since the test began."""
    sort_new()
    send_due()
    return list(mail.outbox)


def to(person: Person) -> list[Any]:
    return [letter for letter in mail.outbox if letter.to == [person.email]]


def submitted(world: World, title: str = "Mobila team i hela länet") -> Satsning:
    """Return a case that has been handed in, of which the officer is told."""
    world.person(BEREDNING, Role.HANDLAGGARE)
    satsning = world.make(title)
    world.fill(satsning, *DECIDED_PARTS)
    world.do(satsning, "lamna_in", world.author)
    return world.fresh(satsning)


def seven(days: int = 0) -> datetime:
    """Return seven in the morning here, some days from today."""
    here = timezone.localtime() + timedelta(days=days)
    return here.replace(hour=7, minute=1, second=0, microsecond=0)


@pytest.mark.usefixtures("sends")
def test_letter_says_what_happened_what_is_expected_and_one_link(world: World) -> None:
    officer = world.officer
    satsning = submitted(world)
    send_all()
    [letter] = to(officer)
    assert letter.subject == f"Ta upp: {satsning.reference} Mobila team i hela länet"
    assert f"{world.author.name} ({world.body(ARBETSGRUPP).name}) lämnade in." in letter.body
    assert "Det här väntar på dig: Ta upp" in letter.body
    [html] = [part for part, kind in letter.alternatives if kind == "text/html"]
    for text in (letter.body, html):
        assert text.count("http") == 1
    assert letter.extra_headers["Message-ID"] == Delivery.objects.get().message_id


@pytest.mark.usefixtures("sends")
def test_title_cannot_inject_a_header(world: World) -> None:
    officer = world.officer
    satsning = submitted(world)
    nasty = "Rad ett\r\nBcc: alla@example.org\n\nKropp\x00 \x1b[31m\u2028"
    satsning.uppdrag.__class__.objects.filter(satsning=satsning).update(titel=nasty.replace("\x00", ""))
    send_all()
    [letter] = to(officer)
    parsed = message_from_string(letter.message().as_string())
    assert parsed["Bcc"] is None
    assert set(parsed) >= {"Subject", "Message-ID", "To"}
    assert letter.recipients() == [officer.email]
    assert "\n" not in letter.subject


@pytest.mark.usefixtures("sends")
def test_letter_says_nothing_where_there_is_a_secrecy_mark(world: World) -> None:
    officer = world.officer
    satsning = submitted(world)
    Handling.objects.filter(satsning=satsning).update(secrecy="OSL 25 kap. 1 §")
    send_all()
    [letter] = to(officer)
    assert letter.subject == "Det finns något nytt att se"
    for text in (letter.body, letter.alternatives[0][0]):
        for secret in ("Mobila", satsning.reference, world.author.name, "lämnade in", "Ta upp"):
            assert secret not in text


@pytest.mark.usefixtures("sends")
def test_digest_does_not_tell_which_case_a_mark_is_about(world: World) -> None:
    author = world.author
    meeting = make_meeting(world)
    item = add_case(world, meeting)
    AgendaItem.objects.filter(pk=item.pk).update(sekretess="OSL 25 kap. 1 §")
    assert item.anmalan
    world.do(item.anmalan.satsning, "bifall", world.secretary, inputs=Inputs(decision=world.decision()))
    rows = Notice.objects.filter(person=author, entry__satsning=item.anmalan.satsning)
    assert {row.kind for row in rows} == {Slag.ARENDE, Slag.BESLUT}
    said = say(list(described(rows)), viewer(author), in_letter=True)
    assert len({one.group for one in said if one.about} & {one.group for one in said if not one.about}) == 0


@pytest.mark.usefixtures("sends")
def test_letter_says_nothing_of_what_is_in_a_draft(world: World) -> None:
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    choose({Slag.ARENDE: Takt.STRAX}, actor=colleague)
    satsning = world.make("Hemligt utkast")
    world.do(satsning, "aterkalla", world.author, reason="Inte aktuell.")
    send_all()
    [letter] = to(colleague)
    assert "Hemligt" not in letter.subject + letter.body + letter.alternatives[0][0]
    assert f"Ett utkast i {world.body(ARBETSGRUPP).name}" in letter.body


@pytest.mark.parametrize(
    ("takt", "when_must", "otherwise"),
    [
        (Takt.BLANDAT, Postlage.BREV, Postlage.DAG),
        (Takt.STRAX, Postlage.BREV, Postlage.BREV),
        (Takt.DAG, Postlage.DAG, Postlage.DAG),
        (Takt.VECKA, Postlage.VECKA, Postlage.VECKA),
        (Takt.BARA_JAG, Postlage.BREV, Postlage.INGET),
        (Takt.ALDRIG, Postlage.INGET, Postlage.INGET),
    ],
)
def test_each_choice_for_what_must_be_done_and_what_need_not(
    world: World, takt: Takt, when_must: Postlage, otherwise: Postlage
) -> None:
    officer, colleague = world.officer, world.seat(ARBETSGRUPP, Role.LEDAMOT)
    for person in (officer, colleague):
        choose({Slag.ARENDE: takt}, actor=person)
    submitted(world)
    sort_new()
    found = {row.person_id: row.mail for row in Notice.objects.all()}
    assert (found[officer.pk], found[colleague.pk]) == (when_must, otherwise)


@pytest.mark.usefixtures("sends")
def test_many_new_at_once_come_in_one_letter(world: World) -> None:
    officer = world.officer
    for number in range(5):
        submitted(world, f"Satsning nummer {number}")
    send_all()
    [letter] = to(officer)
    assert letter.subject == "Satsningar: 5 händelser nu"
    for number in range(5):
        assert f"Satsning nummer {number}" in letter.body


@pytest.mark.usefixtures("sends")
def test_digest_is_written_once_a_day_and_late_rather_than_never(world: World) -> None:
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    submitted(world)
    sort_new()
    assert write_digests(seven() - timedelta(hours=1)) == 0
    assert write_digests(seven(1)) == 1
    assert write_digests(seven(1) + timedelta(hours=3)) == 0
    submitted(world, "Nästa")
    sort_new()
    assert write_digests(seven(3)) == 1
    Delivery.objects.update(next_try_at=timezone.now())
    send_due()
    assert len(to(colleague)) == 2


def test_weekly_digest_comes_on_mondays(world: World) -> None:
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    choose({Slag.ARENDE: Takt.VECKA}, actor=colleague)
    submitted(world)
    sort_new()
    monday = next(seven(days) for days in range(1, 9) if seven(days).weekday() == 0)
    assert [write_digests(monday - timedelta(minutes=2)), write_digests(monday)] == [0, 1]


def test_changed_choice_counts_for_what_already_waits(world: World) -> None:
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    submitted(world)
    sort_new()
    choose({Slag.ARENDE: Takt.ALDRIG}, actor=colleague)
    sort_new()
    assert Notice.objects.get(person=colleague).mail == Postlage.INGET


@pytest.mark.usefixtures("sends")
def test_decision_letters_wait_until_they_are_released(world: World) -> None:
    author, colleague = world.author, world.seat(ARBETSGRUPP, Role.LEDAMOT)
    satsning = world.carried_to(StationKind.BESLUT)
    sort_new()
    send_due()
    mail.outbox.clear()
    world.decide(satsning, "bifall")
    entry = JournalEntry.objects.filter(satsning=satsning).latest("number")
    send_all()
    assert (to(author), to(colleague)) == ([], [])
    assert set(Notice.objects.filter(entry=entry).values_list("mail", flat=True)) == {Postlage.BESLUT}

    release(entry.pk, actor=world.secretary)
    send_all()
    [letter] = to(author)
    assert "biföll" in letter.body
    assert world.body("lansstyrgruppen").name in letter.body
    assert len(to(colleague)) == 1


@pytest.mark.usefixtures("sends")
def test_county_may_let_decision_letters_go_at_once(world: World) -> None:
    author = world.author
    satsning = world.carried_to(StationKind.BESLUT)
    settle(world.county.pk, Settings(False, False, holds_decisions=False), actor=world.coordinator, expected_edition=0)
    sort_new()
    send_due()
    mail.outbox.clear()
    world.decide(satsning, "bifall")
    send_all()
    assert len(to(author)) == 1


@pytest.mark.usefixtures("sends")
def test_test_mode_holds_everything_and_the_stop_lets_it_wait(world: World) -> None:
    Utskick.objects.create(county=world.county, test_mode=True)
    submitted(world)
    assert send_all() == []
    assert set(Delivery.objects.values_list("state", "told")) == {(Brevlage.HALLET, TEST_MODE)}

    Utskick.objects.update(test_mode=False, stopped=True)
    submitted(world, "Nästa")
    assert send_all() == []
    assert Delivery.objects.filter(state=Brevlage.VANTAR).count() == 1
    Utskick.objects.update(stopped=False)
    assert len(send_all()) == 1


def test_letters_are_held_where_the_installation_sends_none(world: World) -> None:
    submitted(world)
    assert send_all() == []
    assert set(Delivery.objects.values_list("told", flat=True)) <= {NOT_SENT}


@pytest.mark.usefixtures("sends")
def test_whoever_may_not_log_in_gets_no_letter(world: World) -> None:
    officer = world.officer
    submitted(world)
    sort_new()
    Person.objects.filter(pk=officer.pk).update(is_active=False)
    assert send_all() == []
    assert Delivery.objects.get(person=officer).told == SHUT


@pytest.mark.usefixtures("sends")
def test_whoever_has_left_gets_no_letter(world: World) -> None:
    chair = world.seat(BEREDNING, Role.ORDFORANDE)
    submitted(world)
    sort_new()
    chair.memberships.update(ends_on="2025-02-01")
    send_all()
    assert to(chair) == []
    assert Delivery.objects.get(person=chair).state == Brevlage.HALLET


@pytest.mark.usefixtures("sends")
def test_digest_with_five_thousand_events_is_one_short_letter(world: World) -> None:
    colleague = world.seat(ARBETSGRUPP, Role.LEDAMOT)
    satsning = submitted(world)
    entry = JournalEntry.objects.filter(satsning=satsning).latest("number")
    begun, number = entry.at - timedelta(days=1), entry.number
    made = [_copied(entry, number + place, begun) for place in range(1, 5001)]
    JournalEntry.objects.bulk_create(made)
    Notice.objects.bulk_create(
        Notice(entry=one, person=colleague, kind=Slag.ARENDE, page="satsning", page_id=satsning.pk, mail=Postlage.DAG)
        for one in made
    )
    assert write_digests(seven(1)) == 1
    Delivery.objects.update(next_try_at=timezone.now())
    send_due()
    [letter] = to(colleague)
    assert "5 000 händelser i dagens brev" in letter.subject
    assert "Och 4\xa0995 händelser till." in letter.body
    assert len(letter.body) < 5000
    assert letter.body.count("http") == 1


def _copied(entry: JournalEntry, number: int, at: datetime) -> JournalEntry:
    values = {field.attname: getattr(entry, field.attname) for field in entry._meta.concrete_fields}
    return JournalEntry(**values | {"id": None, "number": number, "at": at})


def test_old_notices_and_their_letters_are_removed(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    submitted(world)
    sort_new()
    assert Delivery.objects.exists()
    later = datetime.now(UTC) + timedelta(days=366)
    monkeypatch.setattr(timezone, "now", lambda: later)
    forget_old()
    assert (Notice.objects.count(), Delivery.objects.count()) == (0, 0)
    assert JournalEntry.objects.exists()
