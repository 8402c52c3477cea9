"""A secrecy mark holds wherever the matter shows: on its case, in lists, on paper, in extracts and among the public."""

import pytest
from django.test import Client

from governance.models import Person
from tests.workflow.meetings.after_building import After
from tests.workflow.meetings.building import make_meeting, seat_everybody
from tests.workflow.meetings.minutes_building import Held, hold_meeting
from tests.workflow.meetings.table.conftest import Table, case_of
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.papers.forms import of_html
from tests.workflow.world import ARBETSGRUPP, World
from workflow import journal
from workflow.beginnings.publishing import words_beside
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.inputs import Request
from workflow.meetings.acts import StaleMeeting
from workflow.meetings.after.duties import Duty, add_duty
from workflow.meetings.after.paper import extract_paper
from workflow.meetings.after.rights import may_read_extract, readable_extracts
from workflow.meetings.minutes.marking import set_mark
from workflow.meetings.minutes.rectifying import rectify
from workflow.meetings.minutes.rounds import ask_for_correction
from workflow.meetings.models import AgendaItem, Meeting, OvrigtArende, Paragraf, Utdrag
from workflow.meetings.table.choices import Choice
from workflow.meetings.vocabulary import MeetingState, Outcome
from workflow.models import Anmalan
from workflow.papers.html import as_html
from workflow.rights import viewer

MARK = "OSL 19 kap. 3 §"
HIDDEN = "Kvarn"
"""With what every word begins that may not be shown."""


@pytest.fixture
def held(world: World) -> Held:
    """Return a meeting that has been held; the matter of its third paragraph carries a mark."""
    return hold_meeting(world)


@pytest.fixture
def table(world: World) -> Table:
    """Return a meeting that goes on with everybody there."""
    meeting = make_meeting(world, state=MeetingState.PAGAR)
    seat_everybody(world, meeting)
    return Table(world, meeting)


@pytest.fixture
def after(world: World) -> After:
    """Return a meeting whose minutes are adjusted."""
    return After(world)


def marked_case(table: Table) -> AgendaItem:
    """Return an item with a mark about a case, whose proposal nobody but those who decide may read."""
    item = table.case()
    AgendaItem.objects.filter(pk=item.pk).update(sekretess=MARK)
    Anmalan.objects.filter(agenda_items=item).update(forslag="Kvarnförslaget.", utlatande="Kvarnutlåtandet.")
    return AgendaItem.objects.get(pk=item.pk)


def decided(table: Table) -> AgendaItem:
    """Return such an item that has been approved with other words and a condition."""
    item = marked_case(table)
    choice = Choice(outcome=Outcome.BIFALL_ANDRING, amended_wording="Kvarnlydelsen.", condition="Kvarnvillkoret.")
    table.decide(item, choice)
    return item


def shown_of(person: Person, item: AgendaItem) -> dict[str, bool]:
    """Return on which of a case's pages anything hidden stands."""
    satsning, client = case_of(item), at(person)
    addresses = {
        "the case": (url("satsning", satsning), {}),
        "on paper": (url("utskrift", satsning), {"omfang": "historik"}),
        "files": (url("bilagor", satsning), {}),
    }
    return {what: HIDDEN in text_of(client.get(address, data)) for what, (address, data) in addresses.items()}


NOWHERE = {"the case": False, "on paper": False, "files": False}


def test_what_lies_on_the_table_with_a_mark_is_read_by_who_decides_and_who_brought_it(table: Table) -> None:
    item, world = marked_case(table), table.world
    readers = {"secretary": world.secretary, "officer": world.officer}
    others = {"author": world.author, "coordinator": world.coordinator}

    assert {who: shown_of(person, item)["the case"] for who, person in readers.items()} == dict.fromkeys(readers, True)
    assert {who: shown_of(person, item) for who, person in others.items()} == dict.fromkeys(others, NOWHERE)
    assert MARK in text_of(at(world.author).get(url("satsning", case_of(item))))


def test_decision_with_a_mark_is_masked_on_its_case(table: Table) -> None:
    item, world = decided(table), table.world
    paragraf = item.paragraf
    others = {"author": world.author, "coordinator": world.coordinator, "officer": world.officer}

    assert shown_of(world.secretary, item) == {"the case": True, "on paper": False, "files": False}
    assert {who: shown_of(person, item) for who, person in others.items()} == dict.fromkeys(others, NOWHERE)
    page = text_of(at(world.author).get(url("satsning", case_of(item))))
    assert ("Beslut med sekretessmarkering" in page, f"{paragraf.label} " in of_html(page)) == (True, False)
    assert case_of(item).uppdrag.titel in page


def test_words_to_work_in_are_shown_to_who_reads_the_decision(table: Table) -> None:
    item, world = decided(table), table.world
    body = world.body(ARBETSGRUPP)
    page = url("del", case_of(item), "inarbetning")
    before = HIDDEN in text_of(at(world.author).get(page))
    now = item.paragraf.recorded_at
    Utdrag.objects.create(paragraf=item.paragraf, receiver=body, purpose="atgard", sent_at=now, sent_by=world.secretary)
    assert (before, HIDDEN in text_of(at(world.author).get(page))) == (False, True)


def test_notice_of_a_decision_with_a_mark_says_nothing_of_it(table: Table) -> None:
    item, client = decided(table), at(table.world.author)
    hidden = "biföll" in text_of(client.get("/notiser/"))
    AgendaItem.objects.filter(pk=item.pk).update(sekretess="")
    assert (hidden, "biföll" in text_of(client.get("/notiser/"))) == (False, True)


def test_what_a_hidden_decision_asks_to_be_completed_is_read_by_who_completes_it(table: Table) -> None:
    item, world = marked_case(table), table.world
    asked = (Request("ekonomi", "Kvarnkalkylen saknas."),)
    table.decide(
        item, Choice(outcome=Outcome.ATERREMISS, target="komplettering", reason="Kvarnskälet.", requests=asked)
    )
    page = url("satsning", case_of(item))

    shown = ["Kvarnkalkylen" in text_of(at(one).get(page)) for one in (world.author, world.coordinator)]

    assert shown == [True, False]
    assert "Kvarnskälet" not in text_of(at(world.author).get(page))


def test_nothing_of_a_decision_with_a_mark_is_shared_with_other_counties(table: Table) -> None:
    item = decided(table)
    satsning = table.world.fresh(case_of(item))
    assert words_beside(satsning) == ()
    AgendaItem.objects.filter(pk=item.pk).update(sekretess="")
    assert len(words_beside(satsning)) == 1


def test_who_has_been_sent_the_extract_reads_the_decision(after: After) -> None:
    paragraf = after.decided_case(condition="Kvarnvillkoret.", sekretess=MARK)
    author, case = after.world.author, case_of(paragraf.item)
    before = "Beslut med sekretessmarkering" in text_of(at(author).get(url("satsning", case)))

    after.send(paragraf, {after.world.body(ARBETSGRUPP).pk: "atgard"})

    after_it = "Beslut med sekretessmarkering" in text_of(at(author).get(url("satsning", case)))
    assert (before, after_it) == (True, False)


def mark(world: World, paragraf: Paragraf, section: str, reason: str = "", *, actor: Person | None = None) -> None:
    """Set a mark, or lift it, as somebody who has just looked at the meeting."""
    meeting = Meeting.objects.get(items=paragraf.item_id)
    actor, edition = actor or world.secretary, meeting.edition
    set_mark(meeting.pk, paragraf.item_id, section, reason, actor=actor, expected_edition=edition)


def test_mark_set_after_the_meeting_hides_at_once_and_is_lifted_with_a_reason(held: Held) -> None:
    held.publishing()
    protokoll, world, paragraf = held.adjusted(), held.world, held.items[1].paragraf
    pages = ("/offentligt/", f"/offentligt/protokoll/{protokoll.pk}/")

    def is_open() -> list[bool]:
        return ["Svar på remiss" in of_html(text_of(Client().get(page))) for page in pages]

    assert is_open() == [True, True]
    mark(world, paragraf, MARK)
    assert is_open() == [False, False]
    with pytest.raises(Invalid, match="Skriv varför"):
        mark(world, paragraf, "", " ")
    mark(world, paragraf, "", "Uppgiften är allmänt känd.")
    assert is_open() == [True, True]
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_mark_in_the_minutes_holds_until_an_act_lifts_it(held: Held) -> None:
    held.publishing()
    protokoll, item = held.adjusted(), held.items[2]
    OvrigtArende.objects.update(sekretess="")
    AgendaItem.objects.filter(pk=item.pk).update(sekretess="")
    pages = ("/offentligt/", f"/offentligt/protokoll/{protokoll.pk}/", "/offentligt/?q=kvarnhemligt")

    def is_open() -> list[bool]:
        return ["Kvarnhemligt" in of_html(text_of(Client().get(page))) for page in pages]

    assert is_open() == [False, False, False]
    mark(held.world, item.paragraf, "", "Avtalet är offentligt.")
    assert is_open() == [True, True, True]


def test_mark_is_set_by_who_keeps_the_minutes_alone(held: Held) -> None:
    held.adjusted()
    paragraf, world = held.items[1].paragraf, held.world
    with pytest.raises(NoMandate):
        mark(world, paragraf, MARK, actor=world.coordinator)
    with pytest.raises(Invalid):
        mark(world, paragraf, "x" * 101)
    with pytest.raises(Invalid):
        mark(world, paragraf, "", "Därför.")
    with pytest.raises(NotFromHere, match="Ingen ändring"):
        mark(world, held.items[2].paragraf, "OSL 19 kap. 3 §")
    with pytest.raises(StaleMeeting):
        set_mark(held.meeting.pk, paragraf.item_id, MARK, "", actor=world.secretary, expected_edition=1)


def test_mark_is_set_on_its_page(held: Held) -> None:
    held.adjusted()
    address = f"/moten/{held.meeting.pk}/protokoll/sekretess/{held.items[2].pk}/"
    client, sent = at(held.world.secretary), {"edition": held.fresh().edition, "section": "", "reason": ""}

    listed = text_of(client.get(f"/moten/{held.meeting.pk}/protokoll/"))
    refused = client.post(address, sent)
    lifted = client.post(address, sent | {"reason": "Avtalet är offentligt."}, follow=True)

    assert address in listed
    assert (refused.status_code, "Skriv varför markeringen hävs." in text_of(refused)) == (422, True)
    assert "är hävd." in text_of(lifted)
    assert at(held.world.coordinator).get(address).status_code == 404


def test_extract_sent_before_a_mark_is_hidden_from_its_receiver_until_it_is_sent_again(after: After) -> None:
    paragraf, world = after.decided_matter(title="Kvarnvalet"), after.world
    author, group = world.author, {world.body(ARBETSGRUPP).pk: "atgard"}
    after.send(paragraf, group)

    def reads() -> tuple[bool, bool, int]:
        sent = after.sent_to(paragraf, ARBETSGRUPP)
        listed = readable_extracts(viewer(author)).filter(pk=sent.pk).exists()
        return may_read_extract(viewer(author), sent), listed, at(author).get(f"/utdrag/{sent.pk}/").status_code

    assert reads() == (True, True, 200)
    mark(world, paragraf, MARK)
    assert reads() == (False, False, 404)
    assert "Dolt för mottagaren" in text_of(at(world.secretary).get(f"/moten/{after.meeting.pk}/utdrag/"))
    after.send(paragraf, group)
    assert reads() == (True, True, 200)
    assert Utdrag.objects.filter(paragraf=paragraf).count() == 1
    assert journal.verify(world.county.pk, world.county.name)[1] is None


def test_duty_of_a_marked_matter_says_nothing_before_the_extract(after: After) -> None:
    paragraf, world = after.decided_matter(title="Kvarnvalet", sekretess=MARK), after.world
    duty = Duty("Kvarnuppdraget.", world.body(ARBETSGRUPP).pk)
    key = add_duty(after.meeting.pk, paragraf.pk, duty, actor=world.secretary)
    addresses = ("/beslut-att-verkstalla/", f"/beslut-att-verkstalla/{key}/", "/beslut-att-verkstalla.csv")

    def shown(person: Person) -> list[bool]:
        found = [at(person).get(address) for address in addresses]
        assert {one.status_code for one in found} == {200}
        return [HIDDEN in b"".join(one).decode() for one in found]

    assert (shown(world.author), shown(world.secretary)) == ([False] * 3, [True] * 3)
    assert "Ärende med sekretessmarkering" in text_of(at(world.author).get(addresses[0]))
    assert HIDDEN not in text_of(at(world.author).get("/"))
    after.send(paragraf, {world.body(ARBETSGRUPP).pk: "atgard"})
    assert shown(world.author) == [True] * 3


def test_what_adjusters_want_corrected_is_hidden_from_who_may_not_read_the_matter(held: Held) -> None:
    protokoll = held.send()
    ask_for_correction(protokoll.pk, "Kvarnavtalet har fel datum.", actor=held.adjuster.person)
    address = f"/moten/{held.meeting.pk}/protokoll/"

    shown = {
        who: "Kvarnavtalet har fel" in text_of(at(person).get(address))
        for who, person in (("secretary", held.world.secretary), ("coordinator", held.world.coordinator))
    }

    assert shown == {"secretary": True, "coordinator": False}


def text_of_extract(held: Held, item: AgendaItem) -> str:
    paragraf = Paragraf.objects.select_related("item__meeting__body").get(item=item)
    body = held.world.body(ARBETSGRUPP)
    sent = Utdrag(paragraf=paragraf, receiver=body, purpose="kannedom", sent_at=paragraf.recorded_at)
    paper = extract_paper(sent)
    return paper.title + of_html(as_html(paper.blocks))


def test_extract_prints_the_locked_words_and_names_later_corrections(held: Held) -> None:
    protokoll, world, item = held.adjusted(), held.world, held.items[1]
    rectify(protokoll.pk, item.paragraf.pk, "Ska vara nio.", "Fel.", actor=world.secretary)
    rectify(protokoll.pk, None, "Kvarnen nämns.", "Fel.", actor=world.secretary)
    AgendaItem.objects.filter(pk=item.pk).update(title="Kvarntiteln", minutes_text="Kvarntexten.")

    said = text_of_extract(held, item)

    assert "Svar på remiss" in said
    assert HIDDEN not in said
    assert ("Ska vara nio." in said, "Rättelse 2 av hela protokollet" in said) == (True, True)
    mark(world, held.items[2].paragraf, "", "Avtalet är offentligt.")
    assert "Kvarnen nämns." in text_of_extract(held, item)
