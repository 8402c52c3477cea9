"""The pages of what comes of decisions, through the client: shown, sent, refused with what was typed, and counted."""

import re
from datetime import datetime, time, timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from governance.models import Person
from governance.permissions import today
from governance.vocabulary import StationKind
from satsningar.vocabulary import PartCode
from tests.workflow.meetings.after_building import FLEN, TROSA, After
from tests.workflow.meetings.building import make_meeting
from tests.workflow.meetings.test_after_acts import add, case_of, edition_of, home
from tests.workflow.world import ARBETSGRUPP, World
from workflow.edits import save_part
from workflow.inputs import Inputs
from workflow.meetings.after.extracts import confirm_delivery
from workflow.meetings.after.open_duties import open_duties
from workflow.meetings.after.pa_motet import after_block
from workflow.meetings.models import Aterforing, Beslutsuppdrag, Meeting, Utdrag
from workflow.meetings.vocabulary import MeetingState
from workflow.rights import viewer

DAY = timedelta(days=1)
SECRET = "OSL 26 kap. 1 §"


@pytest.fixture
def after(world: World) -> After:
    """Return a meeting whose minutes are adjusted."""
    return After(world)


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(person: Person, address: str, status: int = 200) -> str:
    response = browser(person).get(address)
    assert response.status_code == status
    return response.content.decode()


def queries(person: Person, address: str) -> int:
    client = browser(person)
    client.get(address)
    with CaptureQueriesContext(connection) as caught:
        assert client.get(address).status_code == 200
    return len(caught)


def outbox(after: After) -> str:
    return f"/moten/{after.meeting.pk}/utdrag/"


def brief(after: After, body: str = FLEN) -> str:
    return f"/moten/{after.meeting.pk}/beror/{after.organisation(body).pk}/"


# --- What goes to whom -----------------------------------------------------------------------------------------------


def test_keeper_sees_the_proposal_and_sends_it(after: After) -> None:
    paragraf = after.decided_case()
    shown = page(after.world.secretary, outbox(after))
    assert "Föreslås gå till" in shown
    assert "Ingen kan ta emot i dag" in shown
    receivers = [(one.split('"')[0]) for one in shown.split(f'name="till-{paragraf.pk}" value="')[1:]]

    response = browser(after.world.secretary).post(
        outbox(after),
        {"edition": edition_of(after), "paragraf": [paragraf.pk], f"till-{paragraf.pk}": receivers},
        follow=True,
    )

    assert "1 paragraf är expedierad" in response.content.decode()
    assert Utdrag.objects.filter(paragraf=paragraf).count() == len(receivers) > 3
    assert "utdrag är inte mottagna" in response.content.decode()


@pytest.mark.parametrize(
    ("sent", "says", "status"),
    [
        ({}, "Kryssa för minst en paragraf.", 422),
        ({"paragraf": "x"}, "Sidan kunde inte läsas.", 422),
        ({"paragraf": "9" * 30}, "Sidan kunde inte läsas.", 422),
        ({"edition": ""}, "Sidan kunde inte läsas.", 422),
        ({"paragraf": "999999", "till-999999": "1:atgard"}, "", 404),
    ],
)
def test_what_cannot_be_sent_is_said_and_nothing_is(after: After, sent: dict[str, Any], says: str, status: int) -> None:
    after.decided_case()

    response = browser(after.world.secretary).post(outbox(after), {"edition": edition_of(after), **sent})

    assert response.status_code == status
    assert says in response.content.decode()
    assert not Utdrag.objects.exists()


def test_title_says_the_day_and_a_meeting_that_is_over_has_no_agenda_to_order(after: After) -> None:
    name, secretary = f"{after.meeting.body.name} {after.meeting.day.isoformat()}", after.world.secretary
    assert f"<title>Utdrag – {name} – Satsningar</title>" in page(secretary, outbox(after))
    shown = page(secretary, f"/moten/{after.meeting.pk}/")
    assert ("Ordna dagordningen" in shown, "Visa för sig" in shown) == (False, True)


def test_two_secretaries_see_each_other(after: After) -> None:
    paragraf = after.decided_case()
    edition, flen = edition_of(after), after.world.body(FLEN).pk
    after.send(paragraf, {flen: "atgard"})
    sent = {"edition": edition, "paragraf": [paragraf.pk], f"till-{paragraf.pk}": [f"{flen}:atgard"]}

    response = browser(after.world.secretary).post(outbox(after), sent)

    assert response.status_code == 409
    assert "Någon annan har ändrat mötet" in response.content.decode()


def test_receivers_are_chosen_for_a_paragraph(after: After) -> None:
    paragraf = after.decided_matter(sekretess=SECRET)
    address, flen = f"{outbox(after)}{paragraf.item_id}/", after.world.body(FLEN).pk
    assert "Ärendet är sekretessmarkerat." in page(after.world.secretary, address)

    nobody = browser(after.world.secretary).post(address, {"edition": edition_of(after)})
    wrong = browser(after.world.secretary).post(address, {"edition": edition_of(after), f"mottagare-{flen}": "x"})
    right = browser(after.world.secretary).post(address, {"edition": edition_of(after), f"mottagare-{flen}": "atgard"})

    assert (nobody.status_code, wrong.status_code, right.status_code) == (422, 422, 302)
    assert "Välj minst en mottagare" in nobody.content.decode()
    assert [one.receiver.code for one in Utdrag.objects.all()] == [FLEN]


def test_only_the_keeper_chooses(after: After) -> None:
    paragraf = after.decided_case()

    page(after.representative(), f"{outbox(after)}{paragraf.item_id}/", 404)
    page(after.representative(), f"{outbox(after)}{paragraf.item_id}/uppdrag/", 404)
    assert "Expediera</button>" not in page(after.representative(), outbox(after))
    page(after.contact(), outbox(after), 404)


def test_marked_matter_is_named_to_those_alone_who_sit_in_the_body(after: After) -> None:
    after.decided_matter(sekretess=SECRET, title="Kvarnhemlig utnämning")

    assert "Kvarnhemlig" in page(after.representative(), outbox(after))
    assert "Kvarnhemlig" not in page(after.world.coordinator, outbox(after))


def test_receiver_without_members_is_told_with_who_can_help(after: After) -> None:
    after.send(after.decided_case())

    assert "Ingen kan ta emot utdrag i" in page(after.world.secretary, outbox(after))
    assert "Regionalt stöd kan lägga till någon" in page(after.world.secretary, outbox(after))


# --- The receiver ----------------------------------------------------------------------------------------------------


def test_receiver_finds_reads_and_confirms(after: After) -> None:
    paragraf = after.decided_case(condition="Flen är med från start.")
    after.send(paragraf)
    extract = after.sent_to(paragraf, FLEN)
    contact = after.contact()
    address = f"/utdrag/{extract.pk}/"
    assert address in page(contact, "/")
    shown = page(contact, address)
    assert "Satsningen godkänns i sin helhet." in shown
    assert "Flen är med från start." in shown
    assert "Exempelperson Närvarande (ledamot, Flens kommun)" in shown

    response = browser(contact).post(f"{address}mottaget/", follow=True)

    assert "har tagit emot utdraget" in response.content.decode()
    assert address not in page(contact, "/")
    case = page(after.world.author, f"/satsningar/{case_of(paragraf).pk}/")
    assert "Beslut och utdrag" in case
    assert "mottaget" in case[case.index('id="utdrag"') :]


def test_extract_is_a_pdf_with_its_words(after: After) -> None:
    paragraf = after.decided_case()
    after.send(paragraf)

    response = browser(after.contact()).get(f"/utdrag/{after.sent_to(paragraf, FLEN).pk}/pdf/")

    assert response["Content-Type"] == "application/pdf"
    assert response.content.startswith(b"%PDF-")


def test_several_are_confirmed_at_once(after: After) -> None:
    flen = after.world.body(FLEN)
    for paragraf in (after.decided_case(), after.decided_matter()):
        after.send(paragraf, {flen.pk: "atgard"})
    ids = list(Utdrag.objects.values_list("pk", flat=True))
    client = browser(after.contact())

    none = client.post("/utdrag/", {})
    foreign = client.post("/utdrag/", {"utdrag": [999_999]})
    both = client.post("/utdrag/", {"utdrag": ids}, follow=True)

    assert (none.status_code, foreign.status_code) == (422, 422)
    assert "2 utdrag är mottagna." in both.content.decode()
    assert Utdrag.objects.filter(delivered_at=None).count() == 0


def test_secretary_sees_what_has_not_come_and_reminds(after: After) -> None:
    paragraf, flen = after.decided_case(), after.world.body(FLEN)
    after.contact()
    after.send(paragraf, {flen.pk: "atgard"})
    Utdrag.objects.update(sent_at=timezone.now() - 5 * DAY)
    shown = page(after.world.secretary, "/")
    assert ("Har inte bekräftat" in shown, "5 dagar" in shown) == (True, True)

    response = browser(after.world.secretary).post(f"{outbox(after)}paminn/{flen.pk}/", {"fran": "arbete"}, follow=True)

    assert "Påminnelsen om 1 utdrag är införd." in response.content.decode()
    assert "Påmint" in page(after.contact(), "/")


# --- Brought home ----------------------------------------------------------------------------------------------------


def test_brief_tells_what_the_decisions_cost_and_ask_of_the_organisation(after: After) -> None:
    paragraf = after.decided_case()
    after.send(paragraf)
    add(after, paragraf)
    shown = page(after.contact(), brief(after))

    assert "Det här berör Flens kommun" in shown
    assert "Redovisa bemanningen." in shown
    assert "Återför" in page(after.contact(), "/")
    assert "Det här väntas av er" in shown


def test_brief_is_marked_as_brought_home(after: After) -> None:
    after.send(after.decided_case())
    client = browser(after.contact())

    wrong = client.post(brief(after), {"form": "annat", "held_on": today().isoformat(), "how": ""})
    right = client.post(brief(after), {"form": "namnd", "held_on": today().isoformat(), "how": ""}, follow=True)

    assert wrong.status_code == 422
    assert "Skriv hur besluten återfördes." in wrong.content.decode()
    assert "är återförda till Flens kommun" in right.content.decode()
    assert Aterforing.objects.get(organisation=after.organisation()).form == "namnd"


def test_brief_is_read_by_those_it_concerns_and_not_before_the_minutes_are_adjusted(after: After) -> None:
    after.send(after.decided_case())

    for person in (after.representative(TROSA), after.world.coordinator):
        assert "Det här berör Flens kommun" in page(person, brief(after))
    page(after.contact(TROSA), brief(after), 404)
    page(after.world.author, brief(after), 404)
    Meeting.objects.update(state=MeetingState.AVSLUTAT)
    page(after.contact(), brief(after), 404)


def test_marked_decision_stands_in_the_brief_of_a_receiver_alone(after: After) -> None:
    after.send(
        after.decided_matter(sekretess=SECRET, title="Kvarnhemlig utnämning"), {after.world.body(FLEN).pk: "atgard"}
    )

    assert "Kvarnhemlig" in page(after.contact(), brief(after))
    assert "Kvarnhemlig" in page(after.world.secretary, brief(after))
    assert "Kvarnhemlig" not in page(after.world.coordinator, brief(after))


def test_what_has_not_been_brought_home_is_listed_oldest_first(after: After) -> None:
    after.send(after.decided_case())
    Aterforing.objects.filter(organisation=after.organisation("kontakt-eskilstuna")).update(
        opened_at=timezone.make_aware(datetime.combine(today() - 40 * DAY, time(12)))
    )
    home(after, after.contact())
    shown = page(after.world.coordinator, "/aterforing/")

    assert shown.index("Eskilstuna kommun</a>") < shown.index("Region Sörmland</a>")
    assert "Flens kommun</a>" not in shown
    assert "40 dagar" in shown
    assert "Inte återfört" in page(after.world.coordinator, "/laget/")
    page(after.world.author, "/aterforing/", 403)


# --- To carry out ----------------------------------------------------------------------------------------------------


def test_list_is_oldest_first_with_the_late_said_in_words(after: After) -> None:
    paragraf = after.decided_case(condition="Flen är med från start.")
    late = add(after, paragraf, TROSA, due=today())
    Beslutsuppdrag.objects.filter(pk=late.pk).update(due=today() - 3 * DAY, created_at=timezone.now() - DAY)
    shown = page(after.world.coordinator, "/beslut-att-verkstalla/")

    assert shown.index("Redovisa bemanningen.") < shown.index("Flen är med från start.")
    assert "3 dagar försenat" in shown
    only_late = page(after.world.coordinator, "/beslut-att-verkstalla/?lage=sena")
    assert ("Redovisa bemanningen." in only_late, "Flen är med från start." in only_late) == (True, False)
    group = after.world.body(ARBETSGRUPP).pk
    of_group = page(after.world.coordinator, f"/beslut-att-verkstalla/?ansvarig={group}")
    assert ("Redovisa bemanningen." in of_group, "Flen är med från start." in of_group) == (False, True)
    assert "Inget beslut passar in" in page(after.world.coordinator, "/beslut-att-verkstalla/?lage=verkstallda")


def test_condition_of_a_decision_recorded_by_hand_stands_until_it_is_worked_in(after: After) -> None:
    world = after.world
    satsning = world.carried_to(StationKind.BESLUT)
    decision = world.decision(condition="Trosa är med från 2028.")
    world.do(satsning, "bifall", world.secretary, inputs=Inputs(decision=decision))
    address = f'href="/satsningar/{satsning.pk}/#beslut"'
    assert address in page(world.coordinator, "/beslut-att-verkstalla/")
    assert [one.text for one in open_duties(after.meeting.body, today(), with_secret=True)] == [
        "Trosa är med från 2028."
    ]

    save_part(satsning.pk, PartCode.INARBETNING, {"hur": "Trosa är med."}, actor=world.author, expected_version=0)

    assert address not in page(world.coordinator, "/beslut-att-verkstalla/")


def test_list_as_sheet_holds_the_same(after: After) -> None:
    add(after, after.decided_case())
    client = browser(after.world.coordinator)

    response: Any = client.get("/beslut-att-verkstalla.xlsx")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))

    assert rows[1][0] == "Redovisa bemanningen."
    assert b"Redovisa bemanningen." in b"".join(
        client.get("/beslut-att-verkstalla.csv").streaming_content  # type: ignore[attr-defined]
    )
    assert client.get("/beslut-att-verkstalla.doc").status_code == 404


def test_duty_is_added_and_carried_out_from_its_pages(after: After) -> None:
    paragraf = after.decided_case()
    address = f"{outbox(after)}{paragraf.item_id}/uppdrag/"
    keeper, contact = browser(after.world.secretary), browser(after.contact())
    said = {"kind": "uppdrag", "text": "Redovisa.", "responsible": after.world.body(FLEN).pk, "due": "2020-01-01"}

    assert keeper.post(address, {**said, "text": ""}).status_code == 422
    early = keeper.post(address, said)
    assert early.status_code == 422
    assert "Redovisa." in early.content.decode()
    assert keeper.post(address, {**said, "due": ""}).status_code == 302
    one = f"/beslut-att-verkstalla/{Beslutsuppdrag.objects.get().pk}/"
    assert contact.post(one, {"text": ""}).status_code == 422
    assert contact.post(one, {"text": "Redovisat."}).status_code == 302
    assert "Så har det verkställts" in page(after.world.coordinator, one)
    assert contact.post(one, {"text": "Igen."}).status_code == 409


def test_marked_duty_is_hidden(after: After) -> None:
    duty = add(after, after.decided_case(sekretess=SECRET))
    address = f"/beslut-att-verkstalla/{duty.pk}/"

    page(after.world.coordinator, address, 404)
    assert "Redovisa" not in page(after.world.coordinator, "/beslut-att-verkstalla/")
    assert "Redovisa" not in page(after.contact(), address)
    desk = page(after.contact(), "/")
    assert address in desk
    assert "Redovisa" not in desk
    after.send(duty.paragraf, {duty.responsible_id or 0: "atgard"})
    assert "Redovisa" in page(after.contact(), address)
    assert "Redovisa" in page(after.contact(), "/")
    assert [one.text for one in open_duties(after.meeting.body, today(), with_secret=False)] == []


def test_body_and_meeting_tell_how_far_it_has_come(after: After) -> None:
    paragraf = after.decided_case(condition="Flen är med.")
    after.send(paragraf, {after.world.body(FLEN).pk: "atgard", after.world.body(TROSA).pk: "atgard"})
    confirm_delivery(after.sent_to(paragraf, FLEN).pk, actor=after.contact())

    assert after_block(viewer(after.world.secretary), after.meeting, []) == {
        "sent": 2,
        "delivered": 1,
        "homes": 2,
        "returned": 0,
        "open": 1,
        "may_send": True,
    }
    assert "Beslutade här" in page(after.world.secretary, f"/organ/{after.meeting.body_id}/")


def test_who_is_to_carry_out_a_decision_has_it_on_the_desk(after: After) -> None:
    """The responsible body's own, late ones first; nobody else's, and not what is done."""
    paragraf = after.decided_case()
    soon, late = add(after, paragraf), add(after, paragraf, due=today())
    noon = timezone.make_aware(datetime.combine(today() - 10 * DAY, time(12)))
    Beslutsuppdrag.objects.filter(pk=late.pk).update(due=today() - 3 * DAY, created_at=noon)
    contact, elsewhere = after.contact(), after.contact(TROSA)
    before = queries(contact, "/")

    shown = page(contact, "/")
    assert "Beslut att verkställa" in shown
    first, second = (f'href="/beslut-att-verkstalla/{one.pk}/"' for one in (late, soon))
    assert shown.index(first) < shown.index(second)
    assert "3 dagar för sent" in shown
    assert "Inget väntar på dig just nu" not in shown
    assert "Beslut att verkställa" not in page(elsewhere, "/")
    for place in range(10):
        add(after, paragraf, due=today() + place * DAY)
    assert f"/beslut-att-verkstalla/?ansvarig={after.world.body(FLEN).pk}" in page(contact, "/")
    assert queries(contact, "/") == before

    Beslutsuppdrag.objects.update(done_at=timezone.now(), done_by=contact, done_text="Gjort.")
    assert "Beslut att verkställa" not in page(contact, "/")


def test_lateness_at_a_meeting_to_come_is_counted_today_and_says_so(after: After) -> None:
    add(after, after.decided_case(), due=today() + 5 * DAY)
    coming = make_meeting(after.world, days=30)

    shown = page(after.world.secretary, f"/moten/{coming.pk}/")

    assert "Uppföljning av beslut" in shown
    assert "försenat" not in shown
    assert f"räknas per {today().isoformat()}" in re.sub("<[^>]+>", "", shown)


# --- What pages cost -------------------------------------------------------------------------------------------------


def test_pages_cost_the_same_with_few_and_many(after: After) -> None:
    paragraf = after.decided_case(condition="Flen är med.")
    after.send(paragraf)
    addresses = {
        "/": after.world.secretary,
        outbox(after): after.world.secretary,
        brief(after): after.representative(),
        "/utdrag/": after.contact(),
        "/aterforing/": after.world.coordinator,
        "/beslut-att-verkstalla/": after.world.coordinator,
        f"/organ/{after.meeting.body_id}/": after.world.coordinator,
    }
    few = {address: queries(person, address) for address, person in addresses.items()}

    for place in range(4):
        more = after.paragraf(after.world.carried_to(StationKind.BESLUTAD), condition=f"Villkor {place}.")
        after.send(more)
        add(after, more)
        after.decided_matter()

    many = {address: queries(person, address) for address, person in addresses.items()}
    assert many == few
    assert many[outbox(after)] <= 16
    assert many[brief(after)] <= 18
