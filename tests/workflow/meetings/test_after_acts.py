"""Extracts, what is brought home and what is to be carried out: who may, what is refused, and what it leaves behind."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from governance.models import Body, Person
from governance.permissions import today
from governance.vocabulary import BodyKind, Role
from satsningar.models import Deltagande, Handling, Satsning
from satsningar.vocabulary import Handlingsslag, Handlingsstatus
from tests.workflow.desks import lines
from tests.workflow.meetings.after_building import FLEN, TROSA, After
from tests.workflow.test_rights import in_other_county
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STYRGRUPP, World
from workflow import journal
from workflow.desk.vocabulary import DeskKind
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.after.duties import Duty, add_duty, carry_out
from workflow.meetings.after.extracts import confirm_delivery, remind, send, send_all
from workflow.meetings.after.home import bring_home
from workflow.meetings.after.receivers import decided_paragraphs, proposed_receivers
from workflow.meetings.after.rights import (
    bringing_home,
    may_read_duty,
    may_read_extract,
    readable_duties,
    readable_extracts,
)
from workflow.meetings.models import Aterforing, Beslutsuppdrag, Meeting, Paragraf, Utdrag
from workflow.meetings.vocabulary import MeetingState, Outcome, SharePurpose
from workflow.models import JournalEntry
from workflow.rights import viewer
from workflow.vocabulary import Act

DAY = timedelta(days=1)
LONG = "a" * 100_000


@pytest.fixture
def after(world: World) -> After:
    """Return a meeting whose minutes are adjusted."""
    return After(world)


def acts_of(satsning: Satsning) -> list[str]:
    return list(JournalEntry.objects.filter(satsning=satsning).order_by("number").values_list("act", flat=True))


def said_last(act: Act) -> dict[str, Any]:
    entry = JournalEntry.objects.filter(act=act).select_related("payload").latest("number")
    found: dict[str, Any] = json.loads(entry.payload.content)
    return found


def edition_of(after: After) -> int:
    return Meeting.objects.values_list("edition", flat=True).get(pk=after.meeting.pk)


def proposed(after: After, paragraf: Paragraf) -> dict[str, str]:
    [row] = [one for one in decided_paragraphs(after.meeting) if one.pk == paragraf.pk]
    return {one.body.code: one.purpose.value for one in proposed_receivers([row])[row.pk]}


def case_of(paragraf: Paragraf) -> Satsning:
    assert paragraf.item.anmalan is not None
    return Satsning.objects.get(pk=paragraf.item.anmalan.satsning_id)


# --- Who is proposed -------------------------------------------------------------------------------------------------


def test_approval_is_proposed_to_group_preparing_body_and_every_taking_part_organisation(after: After) -> None:
    paragraf = after.decided_case()
    found = proposed(after, paragraf)
    taking_part = Deltagande.objects.filter(satsning=case_of(paragraf)).values_list("organisation", flat=True)
    contacts = Body.objects.filter(kind=BodyKind.ORGANISATION, organisation__in=taking_part)

    assert found[ARBETSGRUPP] == SharePurpose.ATGARD
    assert found[BEREDNING] == SharePurpose.KANNEDOM
    assert {code: found.get(code) for code in contacts.values_list("code", flat=True)} == {
        code: purpose for code, purpose in found.items() if code.startswith("kontakt-")
    }
    assert found[FLEN] == SharePurpose.ATGARD


@pytest.mark.parametrize(
    ("outcome", "group", "preparing", "organisations"),
    [
        (Outcome.AVSLAG, "atgard", "kannedom", "kannedom"),
        (Outcome.ATERREMISS, "atgard", "atgard", "kannedom"),
        (Outcome.BORDLAGGNING, "atgard", "kannedom", "kannedom"),
    ],
)
def test_purpose_follows_the_outcome(
    after: After, outcome: str, group: str, preparing: str, organisations: str
) -> None:
    found = proposed(after, after.decided_case(outcome))

    assert (found[ARBETSGRUPP], found[BEREDNING], found[FLEN]) == (group, preparing, organisations)


def test_nothing_is_proposed_for_another_matter_but_to_whom_it_gave_something_to_do(after: After) -> None:
    paragraf = after.decided_matter()
    assert proposed(after, paragraf) == {}

    add(after, paragraf, TROSA)

    assert proposed(after, paragraf) == {TROSA: "atgard"}


@pytest.mark.parametrize("kind", ["fokusomrade", "handlingsplan", "arendegang", "remissvar"])
def test_what_concerns_the_county_is_proposed_to_all_its_organisations(after: After, kind: str) -> None:
    paragraf = after.decided_matter(kind=kind)

    assert proposed(after, paragraf) == {body.code: "kannedom" for body in after.contact_bodies()}


def test_a_case_that_names_no_organisation_is_proposed_to_all(after: After) -> None:
    paragraf = after.decided_case()
    Deltagande.objects.filter(satsning=case_of(paragraf)).delete()

    found = proposed(after, paragraf)

    assert {code for code in found if code.startswith("kontakt-")} == {body.code for body in after.contact_bodies()}
    assert found[FLEN] == SharePurpose.ATGARD


def test_nothing_is_proposed_for_a_matter_with_a_secrecy_mark(after: After) -> None:
    assert proposed(after, after.decided_case(sekretess="OSL 26 kap. 1 §")) == {}


def test_information_gives_no_extract(after: After) -> None:
    after.noted()

    assert decided_paragraphs(after.meeting) == []


# --- Sending ---------------------------------------------------------------------------------------------------------


def test_extract_is_sent_listed_among_documents_recorded_and_opens_what_is_to_be_brought_home(after: After) -> None:
    paragraf = after.decided_case()
    satsning, edition = case_of(paragraf), edition_of(after)
    receivers = {after.world.body(ARBETSGRUPP).pk: "atgard", after.world.body(FLEN).pk: "kannedom"}

    after.send(paragraf, receivers)

    assert dict(Utdrag.objects.values_list("receiver__code", "purpose")) == {ARBETSGRUPP: "atgard", FLEN: "kannedom"}
    rows = Handling.objects.filter(satsning=satsning, kind=Handlingsslag.UTDRAG)
    flen = rows.get(receiver=after.world.body(FLEN).name)
    assert (rows.count(), flen.purpose, flen.status, flen.sender) == (
        2,
        "för kännedom",
        Handlingsstatus.EXPEDIERAD,
        after.meeting.body.name,
    )
    home = Aterforing.objects.get()
    assert (home.organisation, home.returned_at) == (after.organisation(), None)
    assert acts_of(satsning)[-1] == Act.UTDRAG_EXPEDIERAT
    assert {tuple(one) for one in said_last(Act.UTDRAG_EXPEDIERAT)["utdrag"]} == {
        (body.pk, body.name, receivers[body.pk]) for body in Body.objects.filter(pk__in=receivers)
    }
    assert edition_of(after) == edition + 1
    assert journal.verify(after.world.county.pk, "Sörmland")[1] is None


def test_extract_of_another_matter_is_recorded_without_a_case(after: After) -> None:
    after.send(after.decided_matter(), {after.world.body(TROSA).pk: "atgard"})

    entry = JournalEntry.objects.filter(act=Act.UTDRAG_EXPEDIERAT).get()
    assert (entry.satsning, entry.body) == (None, after.meeting.body)
    assert not Handling.objects.filter(kind=Handlingsslag.UTDRAG).exists()


def test_several_paragraphs_are_sent_one_after_another_and_what_went_before_a_refusal_stays_sent(after: After) -> None:
    first, second = after.decided_case(), after.decided_matter()
    flen = after.world.body(FLEN).pk

    with pytest.raises(Invalid):
        send_all(
            after.meeting.pk,
            {first.pk: {flen: "atgard"}, second.pk: {flen: "något"}},
            actor=after.world.secretary,
            expected_edition=edition_of(after),
        )

    assert list(Utdrag.objects.values_list("paragraf", flat=True)) == [first.pk]


def test_mark_of_the_item_follows_to_the_documents(after: After) -> None:
    paragraf = after.decided_case(sekretess="OSL 26 kap. 1 §")
    after.send(paragraf, {after.world.body(ARBETSGRUPP).pk: "atgard"})

    assert Handling.objects.get(kind=Handlingsslag.UTDRAG).secrecy == "OSL 26 kap. 1 §"


REFUSED: dict[str, tuple[Callable[[After], dict[str, Any]], type[Exception]]] = {
    "no receiver": (lambda _after: {"receivers": {}}, Invalid),
    "unknown purpose": (lambda after: {"receivers": {after.world.body(FLEN).pk: "för nöjes skull"}}, Invalid),
    "unknown body": (lambda _after: {"receivers": {999_999: "atgard"}}, Invalid),
    "another county's body": (
        lambda _after: {"receivers": {in_other_county().memberships.get().body_id: "atgard"}},
        Invalid,
    ),
    "stale": (lambda after: {"expected_edition": edition_of(after) - 1}, StaleMeeting),
    "unknown paragraph": (lambda _after: {"paragraf_id": 999_999}, Paragraf.DoesNotExist),
}


@pytest.mark.parametrize("what", REFUSED)
def test_sending_is_refused_and_nothing_is_written(after: After, what: str) -> None:
    paragraf = after.decided_case()
    make, error = REFUSED[what]
    asked: dict[str, Any] = {
        "paragraf_id": paragraf.pk,
        "receivers": {after.world.body(FLEN).pk: "atgard"},
        "expected_edition": edition_of(after),
        **make(after),
    }

    refused(lambda: send(after.meeting.pk, actor=after.world.secretary, **asked), error)


def test_extract_waits_for_the_minutes(after: After) -> None:
    paragraf = after.decided_case()
    Meeting.objects.filter(pk=after.meeting.pk).update(state=MeetingState.AVSLUTAT)

    refused(lambda: after.send(paragraf), NotFromHere)


def test_paragraph_that_decides_nothing_is_not_sent(after: After) -> None:
    paragraf = after.noted()

    refused(lambda: after.send(paragraf, {after.world.body(FLEN).pk: "atgard"}), NotFromHere)


def test_receiver_is_not_sent_the_same_twice(after: After) -> None:
    paragraf = after.decided_case()
    after.send(paragraf)

    refused(lambda: after.send(paragraf, {after.world.body(FLEN).pk: "kannedom"}), Invalid)


def refused(call: Callable[[], object], error: type[Exception]) -> None:
    """Expect a refusal that leaves nothing behind."""
    tables = (JournalEntry, Utdrag, Aterforing, Beslutsuppdrag, Handling)
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    with pytest.raises(error):
        call()
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


# --- The matrix ------------------------------------------------------------------------------------------------------

PEOPLE: dict[str, Callable[[After], Person]] = {
    "secretary": lambda after: after.world.secretary,
    "chair": lambda after: after.world.person(STYRGRUPP, Role.ORDFORANDE),
    "representative": lambda after: after.representative(),
    "another representative": lambda after: after.representative(TROSA),
    "contact": lambda after: after.contact(),
    "another contact": lambda after: after.contact(TROSA),
    "group": lambda after: after.world.author,
    "preparing": lambda after: after.world.officer,
    "support": lambda after: after.world.coordinator,
    "observer": lambda after: after.world.seat(ARBETSGRUPP, Role.ADJUNGERAD),
    "ended": lambda after: after.world.seat(STYRGRUPP, Role.SEKRETERARE, ends_on=today() - DAY),
    "coming": lambda after: after.world.seat(FLEN, Role.KONTAKTPERSON, starts_on=today() + DAY),
    "another county": lambda _after: in_other_county(),
    "superuser": lambda _after: Person.objects.create_superuser("chef@example.org", "Exempelchef", "lösenord"),
}
MAY: dict[str, set[str]] = {
    "send": {"secretary", "chair"},
    "remind": {"secretary", "chair"},
    "receive": {"contact"},
    "bring home": {"contact", "representative"},
    "add": {"secretary", "chair"},
    "carry out": {"secretary", "chair", "contact"},
}
UNSEEN = {"ended", "coming", "another county", "superuser"}
"""Those to whom none of it exists."""


def add(after: After, paragraf: Paragraf, body: str = FLEN, **more: Any) -> Beslutsuppdrag:
    """Add something to do for a body, as the secretary."""
    duty = Duty("Redovisa bemanningen.", after.world.body(body).pk, **{"due": today() + 30 * DAY, **more})
    return Beslutsuppdrag.objects.get(pk=add_duty(after.meeting.pk, paragraf.pk, duty, actor=after.world.secretary))


def home(after: After, actor: Person, **more: Any) -> None:
    said = {"form": "namnd", "held_on": today(), "how": "", **more}
    bring_home(after.meeting.pk, after.organisation().pk, actor=actor, **said)


def act_of(after: After, what: str) -> Callable[[Person], object]:
    """Return the act on a decision of which Flen has got its extract."""
    paragraf, matter = after.decided_case(), after.decided_matter()
    after.send(paragraf)
    duty = add(after, paragraf)
    extract = after.sent_to(paragraf, FLEN)
    flen = after.world.body(FLEN)
    found: dict[str, Callable[[Person], object]] = {
        "send": lambda person: after.send(matter, {flen.pk: "atgard"}, actor=person),
        "remind": lambda person: remind(after.meeting.pk, flen.pk, actor=person),
        "receive": lambda person: confirm_delivery(extract.pk, actor=person),
        "bring home": lambda person: home(after, person),
        "add": lambda person: add_duty(after.meeting.pk, paragraf.pk, Duty("Mer.", flen.pk), actor=person),
        "carry out": lambda person: carry_out(duty.pk, "Gjort.", actor=person),
    }
    return found[what]


@pytest.mark.parametrize("what", MAY)
def test_only_those_who_may_do_it(after: After, what: str) -> None:
    """Each person tries in a savepoint of its own, so that the meeting is made once."""
    act, could = act_of(after, what), set()
    absent = (Meeting.DoesNotExist, Utdrag.DoesNotExist, Aterforing.DoesNotExist, Beslutsuppdrag.DoesNotExist)
    told_that_it_is = set()
    for who, make in PEOPLE.items():
        person, entries = make(after), JournalEntry.objects.count()
        with transaction.atomic():
            try:
                act(person)
            except absent:
                pass
            except NoMandate:
                told_that_it_is.add(who)
            else:
                could.add(who)
            assert JournalEntry.objects.count() == entries + (who in could)
            transaction.set_rollback(True)

    assert could == MAY[what]
    assert told_that_it_is & UNSEEN == set()


@pytest.mark.parametrize("sekretess", ["", "OSL 26 kap. 1 §"])
def test_one_rule_in_two_shapes(after: After, sekretess: str) -> None:
    paragraf = after.decided_case(condition="Flen är med.", sekretess=sekretess)
    after.send(paragraf, {after.world.body(FLEN).pk: "atgard", after.world.body(ARBETSGRUPP).pk: "atgard"})
    add(after, paragraf, TROSA)
    for who, make in PEOPLE.items():
        person = make(after)
        seen = viewer(person)
        extracts = {one.pk for one in Utdrag.objects.all() if may_read_extract(seen, one)}
        duties = {one.pk for one in Beslutsuppdrag.objects.all() if may_read_duty(seen, one)}
        homes = {one.pk for one in Aterforing.objects.all() if bringing_home(seen, after.meeting, one.organisation)}

        assert set(readable_extracts(seen).values_list("pk", flat=True)) == extracts
        assert set(readable_duties(seen).values_list("pk", flat=True)) == duties
        assert {line.key for line in lines(person, DeskKind.HEM)} == homes
        if sekretess and who in {"support", "another contact", "preparing"}:
            assert extracts == set()
        if who in UNSEEN:
            assert (extracts, duties, homes) == (set(), set(), set())


# --- Receiving and reminding -----------------------------------------------------------------------------------------


def test_extract_is_received_once(after: After) -> None:
    paragraf = after.decided_case()
    after.send(paragraf)
    extract = after.sent_to(paragraf, FLEN)
    edition = edition_of(after)
    confirm_delivery(extract.pk, actor=after.contact())

    extract.refresh_from_db()
    assert extract.delivered_by == after.contact()
    assert acts_of(case_of(paragraf))[-1] == Act.UTDRAG_MOTTAGET
    assert edition_of(after) == edition
    refused(lambda: confirm_delivery(extract.pk, actor=after.contact()), NotFromHere)


def test_receiver_is_reminded_of_all_of_a_meeting_once_a_day(after: After) -> None:
    flen = after.world.body(FLEN)
    for paragraf in (after.decided_case(), after.decided_matter()):
        after.send(paragraf, {flen.pk: "atgard"})

    assert remind(after.meeting.pk, flen.pk, actor=after.world.secretary) == 2
    refused(lambda: remind(after.meeting.pk, flen.pk, actor=after.world.secretary), NotFromHere)

    Utdrag.objects.update(reminded_at=timezone.now() - 2 * DAY)
    assert remind(after.meeting.pk, flen.pk, actor=after.world.secretary) == 2
    assert said_last(Act.UTDRAG_PAMINT)["receiver"] == flen.name


def test_nobody_is_reminded_of_what_has_come(after: After) -> None:
    paragraf = after.decided_case()
    after.send(paragraf)
    confirm_delivery(after.sent_to(paragraf, FLEN).pk, actor=after.contact())

    refused(lambda: remind(after.meeting.pk, after.world.body(FLEN).pk, actor=after.world.secretary), NotFromHere)


# --- Bringing home ---------------------------------------------------------------------------------------------------


def test_decisions_are_brought_home_once_and_again_when_more_has_come(after: After) -> None:
    flen = after.world.body(FLEN)
    after.send(after.decided_case(), {flen.pk: "atgard"})
    home(after, after.contact(), form="annat", how="I ett  brev till cheferna.")

    row = Aterforing.objects.get()
    assert (row.form, row.held_on, row.how, row.returned_by) == (
        "annat",
        today(),
        "I ett brev till cheferna.",
        after.contact(),
    )
    refused(lambda: home(after, after.contact()), NotFromHere)

    after.send(after.decided_matter(), {flen.pk: "atgard"})

    row.refresh_from_db()
    assert (row.returned_at, row.form, row.held_on) == (None, "", None)
    assert journal.verify(after.world.county.pk, "Sörmland")[1] is None
    home(after, after.representative())
    assert journal.verify(after.world.county.pk, "Sörmland")[1] is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"form": ""}, "form"),
        ({"form": "viskning"}, "form"),
        ({"held_on": today() + DAY}, "held_on"),
        ({"held_on": today() - DAY}, "held_on"),
        ({"form": "annat"}, "how"),
        ({"how": LONG}, "how"),
    ],
)
def test_what_is_said_of_bringing_home_is_checked(after: After, said: dict[str, Any], field: str) -> None:
    after.send(after.decided_case())

    with pytest.raises(Invalid) as refusal:
        home(after, after.contact(), **said)

    assert list(refusal.value.errors) == [field]
    assert Aterforing.objects.exclude(returned_at=None).count() == 0


# --- What is to be carried out ---------------------------------------------------------------------------------------


def test_duty_is_added_and_carried_out(after: After) -> None:
    paragraf = after.decided_case()
    duty = add(after, paragraf)
    assert (duty.text, duty.responsible, duty.body) == (
        "Redovisa bemanningen.",
        after.world.body(FLEN),
        after.meeting.body,
    )

    carry_out(duty.pk, "Bemanningen är redovisad.", actor=after.contact())

    duty.refresh_from_db()
    assert (duty.done_by, duty.done_text) == (after.contact(), "Bemanningen är redovisad.")
    assert acts_of(case_of(paragraf))[-2:] == [Act.UPPDRAG_INFORT, Act.UPPDRAG_UTFORT]
    refused(lambda: carry_out(duty.pk, "Igen.", actor=after.contact()), NotFromHere)
    assert journal.verify(after.world.county.pk, "Sörmland")[1] is None


def test_condition_of_a_paragraph_is_carried_out_by_the_group(after: After) -> None:
    after.decided_case(condition="Flen är med från start.")
    duty = Beslutsuppdrag.objects.get()

    carry_out(duty.pk, "Flen är med.", actor=after.world.author)

    duty.refresh_from_db()
    assert duty.done_by == after.world.author
    assert journal.verify(after.world.county.pk, "Sörmland")[1] is None


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"text": " \n "}, "text"),
        ({"text": LONG}, "text"),
        ({"responsible_id": 999_999}, "responsible"),
        ({"due": today() - 400 * DAY}, "due"),
        ({"kind": "önskan"}, "kind"),
    ],
)
def test_what_a_duty_says_is_checked(after: After, said: dict[str, Any], field: str) -> None:
    paragraf = after.decided_case()
    duty = Duty(**{"text": "Redovisa.", "responsible_id": after.world.body(FLEN).pk, **said})

    with pytest.raises(Invalid) as refusal:
        add_duty(after.meeting.pk, paragraf.pk, duty, actor=after.world.secretary)

    assert list(refusal.value.errors) == [field]
    assert Beslutsuppdrag.objects.count() == 0


def test_nothing_is_asked_for_by_a_paragraph_that_decides_nothing(after: After) -> None:
    paragraf = after.noted()

    refused(lambda: add(after, paragraf), NotFromHere)


@pytest.mark.parametrize("text", ["", "  ", LONG])
def test_how_it_was_carried_out_is_said(after: After, text: str) -> None:
    duty = add(after, after.decided_case())

    refused(lambda: carry_out(duty.pk, text, actor=after.contact()), Invalid)
