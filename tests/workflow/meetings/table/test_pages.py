"""The pages of the table: what each act leads to, how a refusal is shown where it was, and what a page costs."""

from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone

from governance.models import Membership, Person
from governance.vocabulary import Role
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.meetings.building import add_item, make_meeting
from tests.workflow.meetings.table.conftest import Table, case_of
from tests.workflow.pages.helping import at, text_of
from tests.workflow.world import ARBETSGRUPP, STYRGRUPP, World
from workflow.journal import verify
from workflow.meetings.models import (
    AgendaItem,
    Attendance,
    Ballot,
    Beslutsuppdrag,
    Jav,
    Meeting,
    Paragraf,
    PrivateNote,
    Reservation,
    Vote,
)
from workflow.meetings.table.jav import set_jav
from workflow.meetings.table.options import options_of
from workflow.meetings.vocabulary import ItemKind, MeetingState, StandingItem
from workflow.models import JournalEntry
from workflow.rights import path_of

STAYS = {"X-Stays": "1"}


def page(table: Table, more: object = "") -> str:
    """Return an address of the meeting's table."""
    return f"/moten/{table.meeting.pk}/bordet/{more}"


def post(table: Table, item: AgendaItem, act: str, data: dict[str, Any], actor: Person | None = None) -> Any:
    """Press something on an item's page, as the secretary or somebody else."""
    return at(actor or table.world.secretary).post(page(table, f"{item.pk}/{act}/"), data)


def test_a_meeting_is_opened_on_its_page(world: World) -> None:
    meeting = make_meeting(world, state=MeetingState.KALLAT, days=0)
    add_item(world, meeting)
    client, members = at(world.secretary), world.members()
    shown = text_of(client.get(f"/moten/{meeting.pk}/bordet/"))
    chair = world.person(STYRGRUPP, Role.ORDFORANDE)
    assert "Öppna mötet" in shown
    seats = {one.person_id: one.pk for one in meeting.body.memberships.all()}
    data = {
        "edition": meeting.edition,
        "chair": seats[chair.pk],
        "secretary": seats[world.secretary.pk],
        "justerare_1": members[0].pk,
        "present": [seats[chair.pk], seats[world.secretary.pk], *(one.pk for one in members[1:])],
    }
    wrong = client.post(f"/moten/{meeting.pk}/bordet/oppna/", data)
    assert (wrong.status_code, text_of(wrong).count("Justerare är ledamöter med rösträtt som är här.")) == (422, 2)
    assert "Mötet kan fortsätta." not in text_of(wrong)
    stale = client.post(f"/moten/{meeting.pk}/bordet/oppna/", data | {"edition": 99})
    assert (stale.status_code, "Någon annan har ändrat mötet" in text_of(stale)) == (409, True)
    data["present"] = list(seats.values())

    done = client.post(f"/moten/{meeting.pk}/bordet/oppna/", data)

    assert done["Location"] == f"/moten/{meeting.pk}/bordet/"
    assert Meeting.objects.get(pk=meeting.pk).state == MeetingState.PAGAR
    again = client.post(f"/moten/{meeting.pk}/bordet/oppna/", data, follow=True)
    assert "Mötet är redan öppnat." in text_of(again)
    member = at(members[0].person)
    assert member.post(f"/moten/{meeting.pk}/bordet/oppna/", data).status_code == 403


def test_the_table_waits_for_the_opening_and_is_no_page_before_the_kallelse(world: World) -> None:
    member = at(world.members()[0].person)
    called, planned = make_meeting(world, state=MeetingState.KALLAT), make_meeting(world)
    assert "Mötet är inte öppnat" in text_of(member.get(f"/moten/{called.pk}/bordet/"))
    assert member.get(f"/moten/{planned.pk}/bordet/")["Location"] == f"/moten/{planned.pk}/"


def test_somebody_goes_and_comes_at_one_press(table: Table) -> None:
    one, client = table.members()[0], at(table.world.secretary)
    gone = client.post(page(table, "narvaro/"), {"membership": one.pk, "har": "nej"})
    assert gone["Location"] == page(table, "#narvaro")
    assert not Attendance.objects.get(meeting=table.meeting, membership=one).is_present
    stays = client.post(page(table, "narvaro/"), {"membership": one.pk, "har": "distans"}, headers=STAYS)
    assert stays.json() == {"said": f"{one.person.name} är med på distans."}
    assert Attendance.objects.get(meeting=table.meeting, membership=one).is_remote

    refused = client.post(page(table, "narvaro/"), {"membership": table.chair.pk, "har": "nej"})

    assert refused.status_code == 409
    assert "Byt ordförande innan" in text_of(refused)
    quiet = client.post(page(table, "narvaro/"), {"membership": table.chair.pk, "har": "nej"}, headers=STAYS)
    assert "Byt ordförande innan" in quiet.json()["refused"]
    other = at(one.person).post(page(table, "narvaro/"), {"membership": one.pk, "har": "nej"})
    assert other.status_code == 403


def test_the_chair_steps_from_item_to_item(table: Table) -> None:
    first, second = table.matter("Första"), table.matter("Andra")
    client = at(table.world.secretary)
    went = client.post(page(table, "punkt/"), {"item": second.pk})
    assert went["Location"] == page(table, f"{second.pk}/")
    assert table.fresh.current_item_id == second.pk
    shown = text_of(client.get(page(table, f"{second.pk}/")))
    assert "Föregående<" in shown
    assert f'name="item" value="{first.pk}"' in shown
    assert client.post(page(table, "punkt/"), {"item": 0}).status_code == 404


def said_of(item: AgendaItem) -> tuple[str, str]:
    """Return what is proposed of a case, and who recommends it."""
    assert item.anmalan is not None
    return item.anmalan.forslag, f"{item.anmalan.made_by.name} tillstyrker förslaget."


def test_a_matter_is_decided_as_proposed(table: Table) -> None:
    item = table.case()
    shown = text_of(at(table.world.secretary).get(page(table, f"{item.pk}/")))
    assert "Besluta enligt förslaget" in shown
    assert "Beslutsfört" in shown
    assert "Besluta enligt förslaget" not in text_of(at(table.members()[0].person).get(page(table, f"{item.pk}/")))
    order = ["Förslag till beslut", *said_of(item), "Besluta enligt förslaget", "Beslutet blir:", "Klubba beslutet"]
    places = [shown.index(words) for words in order]
    assert places == sorted(places)

    done = post(table, item, "besluta", {})

    paragraf = Paragraf.objects.get(item=item)
    assert done["Location"] == page(table, f"{item.pk}/")
    after = text_of(at(table.world.secretary).get(page(table, f"{item.pk}/")))
    assert f"{paragraf.label} Bifall" in after
    again = post(table, item, "besluta", {})
    assert (again.status_code, "är redan behandlad" in text_of(again)) == (409, True)


def test_a_refused_decision_is_shown_on_the_matter_and_the_meeting_goes_on(table: Table) -> None:
    item, other = table.case(), table.matter()
    table.leave(*table.members())
    refused = post(table, item, "besluta", {})
    assert refused.status_code == 422
    assert "Inte beslutsfört" in text_of(refused)
    assert "Mötet kan fortsätta." in text_of(refused)
    assert not Paragraf.objects.exists()
    assert post(table, other, "utga", {"utga-reason": "Mötet är inte beslutsfört."}).status_code == 302


@pytest.mark.parametrize("outcome", ["avslag", "aterremiss", "bordlaggning", "bifall_andring"])
def test_a_matter_is_decided_otherwise(table: Table, outcome: str) -> None:
    item = table.case()
    later = make_meeting(table.world, days=30)
    client, address = at(table.world.secretary), page(table, f"{item.pk}/annat/?val={outcome}")
    assert client.get(address).status_code == 200
    data = {
        "reason": "Mötet vill se mer av kostnaden.",
        "to_meeting": later.pk,
        "condition": "Kostnaden ryms i budgeten.",
        "condition_responsible": table.meeting.body_id,
        "begaran_ekonomi": "Kostnaden år för år.",
        "uppdrag-TOTAL_FORMS": "0",
        "uppdrag-INITIAL_FORMS": "0",
    }
    form = client.get(address).context["form"]
    if "target" in form.fields:
        data["target"] = form.fields["target"].choices[0][0]
    wrong = client.post(address, {})
    assert (wrong.status_code, Paragraf.objects.exists()) == (422, False)

    done = client.post(address, data)

    assert done["Location"] == page(table, f"{item.pk}/")
    paragraf = Paragraf.objects.get(item=item)
    assert paragraf.outcome == outcome
    assert Beslutsuppdrag.objects.count() == (outcome == "bifall_andring")
    assert table.is_sound()


def test_a_decision_gives_several_bodies_something_to_do(table: Table) -> None:
    """Rows are added and taken away without a script, nothing typed is lost, and what is wrong is said at its row."""
    item, body = table.case(), table.meeting.body_id
    client, address = at(table.world.secretary), page(table, f"{item.pk}/annat/?val=bifall_andring")
    row = {"uppdrag-0-text": "Redovisa bemanningen.", "uppdrag-0-responsible": body, "uppdrag-0-due": ""}
    data = {"condition": "Kostnaden ryms.", "uppdrag-TOTAL_FORMS": 1, "uppdrag-INITIAL_FORMS": 1, **row}
    added: Any = client.post(address, data | {"lagg_till_uppdrag": "1"})
    assert (added.status_code, len(added.context["form"].rows.forms), Paragraf.objects.exists()) == (200, 2, False)
    assert "Redovisa bemanningen." in text_of(added)
    assert "Kostnaden ryms." in text_of(added)
    two = data | {"uppdrag-TOTAL_FORMS": 2, "uppdrag-1-text": "", "uppdrag-1-due": "2020-01-01"}
    fewer: Any = client.post(address, two | {"ta_bort_uppdrag-0": "1"})
    assert [form["due"].value() for form in fewer.context["form"].rows] == ["2020-01-01"]

    wrong = client.post(address, two)
    done = client.post(address, two | {"uppdrag-1-text": "Följ upp.", "uppdrag-1-due": ""})

    assert (wrong.status_code, done.status_code) == (422, 302)
    assert "Skriv vad uppdraget är." in text_of(wrong)
    assert "Dagen 2020-01-01 har redan varit." in text_of(wrong)
    rows = Beslutsuppdrag.objects.order_by("pk").values_list("kind", "text", "responsible")
    assert list(rows) == [
        ("villkor", "Kostnaden ryms.", None),
        ("uppdrag", "Redovisa bemanningen.", body),
        ("uppdrag", "Följ upp.", None),
    ]
    assert table.is_sound()


def test_every_choice_offered_is_one_that_the_path_knows(table: Table) -> None:
    item = table.case()
    shown = text_of(at(table.world.secretary).get(page(table, f"{item.pk}/annat/")))
    path = path_of(case_of(item))
    assert "Besluta på annat sätt" in shown
    assert "?val=forslag" not in shown
    for move in path.moves_from(case_of(item).station):
        assert f"?val=flytt-{move.code}" not in shown or move.in_meeting
    assert at(table.world.secretary).get(page(table, f"{item.pk}/annat/?val=hittepa")).status_code == 404
    assert at(table.members()[0].person).get(page(table, f"{item.pk}/annat/")).status_code == 403


def test_a_choice_that_the_path_alone_names_says_what_it_means(table: Table) -> None:
    item = AgendaItem.objects.select_related("anmalan__body", "anmalan__satsning").get(pk=table.case().pk)
    assert item.anmalan is not None
    item.anmalan.satsning.__dict__["station"] = "uppfoljning"
    said = {one.label: one.hint for one in options_of(item)}
    assert said["Avbryt satsningen"].startswith("Satsningen avslutas i förtid.")
    assert said["Fortsätt genomförandet"].startswith("Piloten fortsätter.")


def test_members_vote_on_their_own_devices(table: Table) -> None:
    item, members = table.matter(), table.members()
    opened = post(table, item, "omrostning", {"rost-yes": "Bifall", "rost-no": "Avslag"})
    assert opened["Location"] == page(table, f"{item.pk}/#rost")
    ballot = Ballot.objects.get()
    mine = at(members[0].person)
    assert "Din röst" in text_of(mine.get(page(table, f"{item.pk}/")))
    vote = {"ballot": ballot.pk, "membership": members[0].pk, "value": "nej"}
    said = mine.post(page(table, f"{item.pk}/rosta/"), vote, headers=STAYS)
    assert said.json() == {"said": f"{members[0].person.name} har röstat nej."}
    shown = text_of(mine.get(page(table, f"{item.pk}/")))
    assert "Din röst" not in shown
    assert "<b>1 nej</b>" in shown
    twice = mine.post(page(table, f"{item.pk}/rosta/"), vote)
    assert (twice.status_code, "har redan röstat" in text_of(twice)) == (422, True)
    theirs = mine.post(page(table, f"{item.pk}/rosta/"), vote | {"membership": members[1].pk})
    assert (theirs.status_code, "Du röstar bara för dig själv." in text_of(theirs)) == (403, True)
    for one in (members[1], members[2]):
        recorded = post(table, item, "rosta", {"ballot": ballot.pk, "membership": one.pk, "value": "ja"})
        assert recorded.status_code == 302
    early = post(table, item, "besluta", {})
    assert (early.status_code, "En omröstning pågår." in text_of(early)) == (409, True)

    closed = post(table, item, "resultat", {"ballot": ballot.pk})

    assert closed.status_code == 302
    assert Vote.objects.count() == 3
    assert "Omröstningen är avslutad" in text_of(mine.get(page(table, f"{item.pk}/")))
    assert post(table, item, "besluta", {}).status_code == 302
    assert Paragraf.objects.get(item=item).ballot_result.startswith("2 ja, 1 nej")


def test_jav_is_recorded_tried_and_declared_by_oneself(table: Table) -> None:
    item, members = table.case(), table.members()
    case = case_of(item)
    case.created_by = members[1].person
    case.save()
    shown = text_of(at(table.world.secretary).get(page(table, f"{item.pk}/")))
    assert "Kan ha jäv enligt uppgifterna" in shown
    assert "Skrev förslaget." in shown
    assert "Jäv är inte prövat:" in shown
    tried = {"jav-membership": members[1].pk, "jav-reason": "Hon lämnade arbetet i våras.", "state": "inte_jav"}
    assert post(table, item, "jav", tried | {"foreslaget": "1"}).status_code == 302
    own = post(table, item, "jav", {"jav-membership": members[0].pk, "jav-reason": "Jag leder den."}, members[0].person)
    assert own["Location"] == page(table, f"{item.pk}/#jav")
    rows = Jav.objects.order_by("pk").values_list("membership", "state", "source")
    assert list(rows) == [(members[1].pk, "inte_jav", "foreslaget"), (members[0].pk, "jav", "vid_bordet")]
    empty = post(table, item, "jav", {"jav-membership": members[0].pk, "jav-reason": " "}, members[0].person)
    assert (empty.status_code, "Skriv varför." in text_of(empty)) == (422, True)
    theirs = post(table, item, "jav", {"jav-membership": members[2].pk, "jav-reason": "Ja."}, members[0].person)
    assert (theirs.status_code, Jav.objects.count()) == (422, 2)


def test_a_member_declares_jav_before_the_meeting(world: World) -> None:
    meeting = make_meeting(world, state=MeetingState.KALLAT, days=3)
    item = Table(world, meeting).matter()
    member = world.members()[0]
    client = at(member.person)
    assert "Anmäl jäv" in text_of(client.get(f"/moten/{meeting.pk}/"))
    wrong = client.post(f"/moten/{meeting.pk}/jav/", {"item": item.pk})
    assert (wrong.status_code, "Skriv varför du har jäv." in text_of(wrong)) == (422, True)
    done = client.post(f"/moten/{meeting.pk}/jav/", {"item": item.pk, "reason": "Min syster leder arbetet."})
    assert done.status_code == 302
    found = Jav.objects.get()
    assert (found.membership_id, found.state, found.source) == (member.pk, "jav", "anmalt")
    after = text_of(client.get(f"/moten/{meeting.pk}/jav/"))
    assert "Min syster leder arbetet." in after
    assert "Du har anmält jäv i alla ärenden som är kvar att besluta." in after
    other = Table(world, meeting).matter("Handlingsplan")
    assert [key for key, _ in client.get(f"/moten/{meeting.pk}/jav/").context["matters"]] == [other.pk]


def test_a_member_reserves_and_writes_the_text_later(table: Table) -> None:
    item, member, other = table.matter(), *table.members()[:2]
    assert (
        post(table, item, "avvikande", {"avvikande-membership": member.pk, "avvikande-kind": "reservation"}).status_code
        == 404
    )
    table.decide(item)
    data = {"avvikande-membership": member.pk, "avvikande-kind": "reservation", "avvikande-text": ""}
    done = post(table, item, "avvikande", data, member.person)
    assert done["Location"] == page(table, f"{item.pk}/#avvikande")
    row = Reservation.objects.get()
    address = page(table, f"reservation/{row.pk}/")
    assert at(other.person).get(address).status_code == 404
    assert at(member.person).get(address).status_code == 200
    empty = at(member.person).post(address, {"text": ""})
    assert (empty.status_code, "Skriv texten." in text_of(empty)) == (422, True)
    assert at(member.person).post(address, {"text": "Kostnaden är för hög."}).status_code == 302
    row.refresh_from_db()
    assert row.text == "Kostnaden är för hög."
    again = post(table, item, "avvikande", data, member.person)
    assert (again.status_code, "har redan en sådan" in text_of(again)) == (422, True)


def test_the_secretarys_text_saves_itself(table: Table) -> None:
    item, address = table.matter(), "text"
    client = at(table.world.secretary)
    saved = client.post(
        page(table, f"{item.pk}/{address}/"),
        {"text": "Projektledaren föredrar.", "version": item.minutes_edition},
        headers={"X-Autosave": "1"},
    )
    item.refresh_from_db()
    assert (saved.status_code, saved.json()["version"]) == (200, item.minutes_edition)
    assert item.minutes_text == "Projektledaren föredrar."
    late = client.post(
        page(table, f"{item.pk}/{address}/"), {"text": "Annat.", "version": 1}, headers={"X-Autosave": "1"}
    )
    assert (late.status_code, "Projektledaren föredrar." in late.json()["html"]) == (409, True)
    plain = client.post(page(table, f"{item.pk}/{address}/"), {"text": "Annat.", "version": 1})
    assert plain.status_code == 409
    member = at(table.members()[0].person)
    assert member.post(page(table, f"{item.pk}/{address}/"), {"text": "Annat.", "version": 2}).status_code == 403


def test_information_is_noted_late_items_taken_up_and_items_withdrawn(table: Table) -> None:
    info = add_item(table.world, table.meeting)
    late, gone = table.matter("Sent"), table.matter("Utgår")
    AgendaItem.objects.filter(pk=late.pk).update(is_late=True)
    assert post(table, info, "notera", {}).status_code == 302
    assert Paragraf.objects.get(item=info).outcome == "noterat"
    early = post(table, late, "besluta", {})
    assert (early.status_code, "kom in för sent" in text_of(early)) == (409, True)
    assert "Mötet tar upp punkten" in text_of(at(table.world.secretary).get(page(table, f"{late.pk}/")))
    assert post(table, late, "sent", {"tas_upp": "ja"}).status_code == 302
    assert post(table, late, "besluta", {}).status_code == 302
    silent = post(table, gone, "utga", {"utga-reason": ""})
    assert (silent.status_code, "Skriv varför punkten utgår." in text_of(silent)) == (422, True)
    assert post(table, gone, "utga", {"utga-reason": "Underlaget är inte klart."}).status_code == 302
    assert Paragraf.objects.get(item=gone).outcome == "utgick"


def test_a_section_is_decided_one_matter_after_another(table: Table) -> None:
    first, second = table.case("Beslut"), table.matter("Svar", "Beslut")
    late = table.matter("Sent", "Beslut")
    AgendaItem.objects.filter(pk=late.pk).update(is_late=True)
    client, address = at(table.world.secretary), page(table, "avsnitt/?avsnitt=Beslut")
    assert "avsnitt/?avsnitt=Beslut" in text_of(client.get(page(table)))
    shown = text_of(client.get(address))
    assert shown.count("Klubba 3 beslut") == 1
    assert all(words in shown for words in said_of(first))

    done = text_of(client.post(address))

    assert [row.item for row in Paragraf.objects.order_by("number")] == [first, second]
    assert done.count("Inte beslutat") == 1
    assert "kom in för sent" in done
    for name in ("Inget", "%00", ""):
        assert client.get(page(table, f"avsnitt/?avsnitt={name}")).status_code == 404
        assert client.post(page(table, f"avsnitt/?avsnitt={name}")).status_code == 404
    assert post(table, late, "utga", {"utga-reason": "Kom för sent."}).status_code == 302
    assert client.get(address)["Location"] == page(table)
    assert at(table.members()[0].person).post(address).status_code == 403


def test_jav_of_all_who_represent_an_organisation_is_tried_at_one_press(table: Table) -> None:
    """Each has a record and an entry of one's own; who is tried already is left as found, and so is who presses."""
    item = table.case()
    region = next(one for one in table.members() if one.represents and one.represents.kind == "region")
    for _ in range(2):
        table.world.seat(STYRGRUPP, Role.LEDAMOT, represents=region.represents)
    asked: Any = at(table.world.secretary).get(page(table, f"{item.pk}/"))
    [group], shown = asked.context["matter"].suggested[1], text_of(asked)
    seats = [one.membership_id for one in group.members]
    others = [pk for pk in seats if Membership.objects.get(pk=pk).person_id != table.world.secretary.pk]
    assert region.pk in seats
    assert len(seats) > len(others) > 2
    assert "skulle få 830\xa0000\xa0kr (statsbidrag)" in shown
    assert f"Alla {len(seats)} har jäv" in shown
    post(table, item, "jav", {"jav-membership": others[0], "jav-reason": "Ja.", "state": "jav"})
    before = JournalEntry.objects.filter(act="jav_provat").count()

    data = {"organisation": region.represents_id, "reason": "Pengarna går till en stiftelse.", "state": "inte_jav"}
    empty = post(table, item, "jav", data | {"reason": " "})
    done = post(table, item, "jav", data)

    assert (empty.status_code, "Skriv varför." in text_of(empty)) == (422, True)
    assert done["Location"] == page(table, f"{item.pk}/#jav")
    rows = dict(Jav.objects.values_list("membership", "state"))
    assert rows == dict.fromkeys(others, "inte_jav") | {others[0]: "jav"}
    assert JournalEntry.objects.filter(act="jav_provat").count() == before + len(others) - 1
    again = post(table, item, "jav", data)
    assert (again.status_code, "prövas av någon annan" in text_of(again)) == (403, True)
    assert post(table, item, "jav", data, table.members()[1].person).status_code in {403, 409}
    assert table.is_sound()


def test_closing_says_what_lacks_an_outcome_and_leads_to_the_minutes(table: Table) -> None:
    item = table.matter("Svar på remiss")
    add_item(table.world, table.meeting)
    client, address = at(table.world.secretary), page(table, "avsluta/")
    shown = text_of(client.get(address))
    assert "Det här saknar utfall" in shown
    assert page(table, f"{item.pk}/") in shown
    early = client.post(address, {"edition": table.fresh.edition})
    assert (early.status_code, "saknar utfall" in text_of(early)) == (409, True)
    table.decide(item)
    assert client.post(address, {"edition": 1}).status_code == 409

    done = client.post(address, {"edition": table.fresh.edition})

    assert done["Location"] == page(table)
    assert f"/moten/{table.meeting.pk}/protokoll/" in text_of(client.get(page(table)))
    assert client.get(address)["Location"] == page(table)
    late = post(table, item, "besluta", {})
    assert (late.status_code, "Mötet är avslutat." in text_of(late)) == (409, True)


def test_a_meeting_without_quorum_is_adjourned(table: Table) -> None:
    table.matter()
    client = at(table.world.secretary)
    quorate = client.post(page(table, "ajournera/"))
    assert (quorate.status_code, "ger varje ärende ett utfall" in text_of(quorate)) == (409, True)
    table.leave(*table.members())
    assert "Ajournera: ärendena utgår" in text_of(client.get(page(table, "avsluta/")))
    assert client.post(page(table, "ajournera/")).status_code == 302
    assert Paragraf.objects.get().outcome == "utgick"


def test_what_has_changed_is_given_once(table: Table) -> None:
    item = table.matter()
    client, edition = at(table.members()[0].person), table.fresh.edition
    for address in (page(table, "nu/"), page(table, f"{item.pk}/nu/")):
        assert client.get(address, {"utgava": edition}).status_code == 204
    table.decide(item)
    for address in (page(table, "nu/"), page(table, f"{item.pk}/nu/")):
        fresh = client.get(address, {"utgava": edition})
        assert fresh.status_code == 200
        assert f"Beslutet är infört: {Paragraf.objects.get().label}, bifall." in text_of(fresh)


def test_what_carries_a_secrecy_mark_is_no_page_for_whoever_only_follows(table: Table) -> None:
    item = table.matter("Kvarnhemligt avtal")
    AgendaItem.objects.filter(pk=item.pk).update(sekretess="OSL 19 kap. 3 §")
    table.decide(item)
    follows = at(table.world.coordinator)
    shown = text_of(follows.get(page(table)))
    assert "Kvarnhemligt" not in shown
    for address in ("", "nu/"):
        assert follows.get(page(table, f"{item.pk}/{address}")).status_code == 404
    assert at(table.world.person(ARBETSGRUPP, Role.LEDAMOT)).get(page(table)).status_code == 404


def test_the_table_costs_as_much_with_many_items_and_members_as_with_few(table: Table) -> None:
    item = table.matter()
    add_item(table.world, table.meeting)
    client, addresses = at(table.world.secretary), [page(table), page(table, f"{item.pk}/"), page(table, "nu/")]
    for address in addresses:
        client.get(address)
    few = [statements_of(partial(client.get, address)) for address in addresses]
    for number in range(38):
        add_item(table.world, table.meeting, title=f"Punkt {number}", section=f"Avsnitt {number % 4}")
    for _ in range(16):
        table.also(Role.LEDAMOT)
    many = [statements_of(partial(client.get, address)) for address in addresses]
    assert many == few
    assert many[0] <= 12
    assert statements_of(lambda: client.get(page(table, "nu/"), {"utgava": table.fresh.edition})) <= 7


def test_an_old_opening_is_not_shown_when_the_meeting_is_over(world: World) -> None:
    meeting = make_meeting(world, state=MeetingState.AVSLUTAT)
    Meeting.objects.filter(pk=meeting.pk).update(closed_at=timezone.now() - timedelta(hours=1))
    item = add_item(world, meeting, kind=ItemKind.INFORMATION)
    client = at(world.secretary)
    assert "Mötet är avslutat" in text_of(client.get(f"/moten/{meeting.pk}/bordet/"))
    assert client.get(f"/moten/{meeting.pk}/bordet/{item.pk}/").status_code == 200


def test_the_readers_own_note_lies_on_the_table_for_nobody_else(table: Table) -> None:
    item, (first, second) = table.case(), table.world.members()[:2]
    PrivateNote.objects.create(item=item, person=first.person, text="Fråga om kostnaden efter 2028.")
    own, other = (text_of(at(one.person).get(page(table, f"{item.pk}/"))) for one in (first, second))
    assert "Fråga om kostnaden efter 2028." in own
    assert "Fråga om kostnaden" not in other
    assert "Du har ingen anteckning om ärendet." in other


def test_whoever_has_the_minutes_as_a_task_is_proposed_to_keep_them(world: World) -> None:
    meeting = make_meeting(world, state=MeetingState.KALLAT, days=0)
    add_item(world, meeting)
    world.person(STYRGRUPP, Role.ORDFORANDE)
    secretary = meeting.body.memberships.get(person=world.secretary)

    shown = at(world.secretary).get(f"/moten/{meeting.pk}/bordet/").context["form"]

    assert shown["secretary"].value() == secretary.pk


def test_the_opening_and_the_choice_of_adjusters_come_first_in_the_minutes(world: World) -> None:
    meeting = make_meeting(world, state=MeetingState.KALLAT, days=0)
    add_item(world, meeting, title="Läget")
    for standing in StandingItem.AVSLUTANDE, StandingItem.OPPNANDE, StandingItem.JUSTERARE:
        add_item(world, meeting, kind=ItemKind.STAENDE, standing=standing, title=standing.label)
    world.person(STYRGRUPP, Role.ORDFORANDE)
    members, client = world.members(), at(world.secretary)
    first = client.get(f"/moten/{meeting.pk}/bordet/").context["form"]
    usual = {name: first[name].value() for name in ("edition", "chair", "secretary", "present")}

    client.post(f"/moten/{meeting.pk}/bordet/oppna/", {**usual, "justerare_1": members[0].pk})

    written = Paragraf.objects.order_by("number").values_list("label", "item__standing", "decided")
    name = members[0].person.name
    assert list(written) == [
        ("§ 1", "oppnande", ""),
        ("§ 2", "justerare", f"Att justera protokollet utses {name}, jämte ordföranden."),
    ]
    opened = Meeting.objects.get(pk=meeting.pk)
    assert (opened.state, opened.current_item) == (MeetingState.PAGAR, AgendaItem.objects.get(title="Läget"))
    assert verify(world.county.pk, "Sörmland")[1] is None


def test_somebody_else_leads_a_matter_in_which_the_chair_has_jav(table: Table) -> None:
    item, vice = table.matter(), table.also(Role.VICE_ORDFORANDE)
    client = at(table.world.secretary)
    assert "Byt ordförande för punkten" not in client.get(page(table, f"{item.pk}/")).content.decode()
    set_jav(table.meeting.pk, item.pk, table.chair.pk, state="jav", reason="Leder.", actor=table.world.secretary)

    shown = client.get(page(table, f"{item.pk}/")).content.decode()
    empty = client.post(page(table, f"{item.pk}/ordforande/"))
    chosen = client.post(page(table, f"{item.pk}/ordforande/"), {"leder-chair": vice.pk}, follow=True)

    assert ("har jäv och leder inte ärendet" in shown, "Byt ordförande för punkten" in shown) == (True, True)
    assert empty.status_code == 422
    assert f"{vice.person.name} leder punkten." in chosen.content.decode()
    assert table.decide(item).chair_id == vice.pk
