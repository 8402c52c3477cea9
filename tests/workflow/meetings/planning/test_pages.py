"""The pages of planning: what each shows to whom, what a form that came too late keeps, and what a page costs."""

import io
import re
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from django.utils import timezone
from pypdf import PdfReader

from governance.permissions import today
from governance.vocabulary import Role
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.meetings.building import add_item
from tests.workflow.meetings.planning.helping import a_day, edition, planned, put, titles, waiting
from tests.workflow.pages.helping import at, text_of, url
from tests.workflow.world import BEREDNING, STYRGRUPP, World
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.planning.calling import call
from workflow.meetings.planning.leaving import remove
from workflow.meetings.planning.standing import template_of
from workflow.meetings.vocabulary import MeetingState

POSTED = {"starts": "9", "ends": "12.00", "place": "Exempelsalen", "link": "", "title": ""}


def test_a_meeting_is_planned_on_its_page(world: World) -> None:
    client, body = at(world.secretary), world.body(STYRGRUPP)
    day = a_day().isoformat()
    shown = client.post("/moten/ny/", {"body": body.pk, "day": day, "visa": "1"})
    assert (shown.status_code, Meeting.objects.count()) == (200, 0)
    assert "Kallelse senast" in text_of(shown)
    wrong = client.post("/moten/ny/", POSTED | {"body": body.pk, "day": "i morgon", "ends": "lunch"})
    assert wrong.status_code == 422
    for said in ("Skriv datumet som år, månad, dag", "Skriv klockslaget som timme och minut", 'value="i morgon"'):
        assert said in text_of(wrong)

    done = client.post("/moten/ny/", POSTED | {"body": body.pk, "day": day})

    meeting = Meeting.objects.get()
    assert done["Location"] == f"/moten/{meeting.pk}/"
    again = client.post("/moten/ny/", POSTED | {"body": body.pk, "day": day})
    assert (again.status_code, "möts redan" in text_of(again)) == (422, True)
    assert at(world.author).get("/moten/ny/").status_code == 403


def test_a_years_meetings_are_shown_before_they_are_planned(world: World) -> None:
    client, body = at(world.secretary), world.body(STYRGRUPP)
    year = today().year + 1
    filled = client.post(
        "/moten/ny/aret/", {"fyll": "1", "ordning": "2", "veckodag": "3", "ar": year, "manader": ["2", "3"], **POSTED}
    )
    days = [line for line in text_of(filled).split() if line.startswith(f"{year}-")]
    data = POSTED | {"body": body.pk, "days": f"{year}-02-11\n{year}-12-25"}
    shown = text_of(client.post("/moten/ny/aret/", data | {"kontrollera": "1"}))
    assert len(days) >= 1
    assert "2 möten att planera i Länsstyrgruppen" in shown
    assert "Helgdag." in shown or "ingen arbetsdag" in shown
    seen = f"{body.pk} {year}-02-11 {year}-12-25"
    unseen = client.post("/moten/ny/aret/", data | {"planera": "1", "sedda": f"{body.pk} {year}-02-11"})
    assert (unseen.status_code, Meeting.objects.count()) == (200, 0)
    wrong = client.post("/moten/ny/aret/", data | {"days": f"{year}-02-30", "kontrollera": "1"})
    assert (wrong.status_code, "är ingen dag" in text_of(wrong)) == (422, True)
    past = client.post(
        "/moten/ny/aret/", data | {"days": "2020-01-09", "planera": "1", "sedda": f"{body.pk} 2020-01-09"}
    )
    assert (past.status_code, "Mötet ligger i det förflutna" in text_of(past)) == (422, True)
    assert client.post("/moten/ny/aret/", data | {"planera": "1", "sedda": seen}).status_code == 302
    assert [one.day.isoformat() for one in Meeting.objects.all()] == [f"{year}-02-11", f"{year}-12-25"]


def test_form_that_came_too_late_says_what_changed_and_keeps_what_was_typed(world: World) -> None:
    client, meeting = at(world.secretary), planned(world)
    seen = edition(meeting)
    item = put(world, meeting)
    other = AgendaItem.objects.filter(meeting=meeting).order_by("position")[0]
    key = other.pk
    late = client.post(
        f"/moten/{meeting.pk}/dagordning/", {"edition": seen, f"tid-{key}": "37", f"hade-{key}": "", "upp": ""}
    )
    assert late.status_code == 409
    for said in ("Någon annan har ändrat mötet", f"Satte upp ”{item.title}” på dagordningen.", 'value="37"'):
        assert said in text_of(late)
    assert AgendaItem.objects.get(pk=key).duration is None
    for page, data in (
        ("andra/", POSTED | {"day": a_day(60).isoformat(), "place": "Trosasalen"}),
        ("stall-in/", {"reason": "Trosasalen är stängd."}),
        ("dagordning/information/", {"title": "Trosasalen", "sort": "arbeta"}),
        (f"dagordning/{key}/", {"title": "Trosasalen", "sort": "arbeta"}),
    ):
        answer = client.post(f"/moten/{meeting.pk}/{page}", data | {"edition": seen})
        said = text_of(answer)
        assert (answer.status_code, "Trosasalen" in said, "Satte upp" in said) == (409, True, True), page
        assert f'name="edition" value="{edition(meeting)}"' in said
    assert client.post(f"/moten/{meeting.pk}/kalla/", {"edition": seen}).status_code == 409


def test_agenda_is_ordered_by_buttons_and_fields(world: World) -> None:
    client, meeting = at(world.secretary), planned(world)
    address = f"/moten/{meeting.pk}/dagordning/"
    first, second = AgendaItem.objects.filter(meeting=meeting).order_by("position")[:2]
    data: dict[str, Any] = {"edition": edition(meeting), "ner": first.pk}
    done = client.post(address, data | {f"tid-{second.pk}": "15", f"hade-{second.pk}": ""})
    assert done["Location"] == f"{address}?ner={first.pk}"
    assert titles(meeting)[:2] == [second.title, first.title]
    assert "autofocus" in text_of(client.get(done["Location"]))
    moved = {f"plats-{second.pk}": "2", f"sag-{second.pk}": "1", "edition": edition(meeting)}
    client.post(address, moved | {f"plats-{first.pk}": "2", f"sag-{first.pk}": "2"})
    assert titles(meeting)[:2] == [first.title, second.title]
    wrong = client.post(address, {"edition": edition(meeting), f"tid-{first.pk}": "länge", f"hade-{first.pk}": ""})
    assert (wrong.status_code, "Skriv tiden i minuter." in text_of(wrong)) == (422, True)
    assert 'value="länge"' in text_of(wrong)
    assert client.post(address, {"edition": edition(meeting), "upp": "9" * 30}).status_code == 302


def test_a_case_goes_to_an_agenda_from_its_own_page_and_says_where(world: World) -> None:
    anmalan, secretary = waiting(world), at(world.secretary)
    page = url("satsning", anmalan.satsning)
    assert "Planera ett möte" in text_of(secretary.get(page))
    meeting, other = planned(world), planned(world, 60)
    assert "Lägg på dagordningen" in text_of(secretary.get(page))
    assert "Lägg på dagordningen" not in text_of(at(world.author).get(page))
    put_there = url("satsning_pa_dagordning", anmalan.satsning)
    assert at(world.author).post(put_there, {"mote": meeting.pk}).status_code == 404

    assert secretary.post(put_there, {"mote": meeting.pk}).status_code == 302

    assert f'<a href="/moten/{meeting.pk}/">' in text_of(secretary.get(page))
    read = text_of(at(world.author).get(page))
    assert ("Tas upp i Länsstyrgruppen" in read, f"/moten/{meeting.pk}/" in read) == (True, False)
    refused = secretary.post(put_there, {"mote": other.pk})
    assert refused.status_code == 409
    assert "Ärendet står redan på dagordningen för Länsstyrgruppens möte" in text_of(refused)


def test_kallelse_is_checked_sent_read_and_printed(world: World) -> None:
    client, meeting = at(world.secretary), planned(world)
    item = put(world, meeting)
    substitute = world.seat(STYRGRUPP, Role.ERSATTARE)
    check = text_of(client.get(f"/moten/{meeting.pk}/kalla/"))
    for said in (
        item.title,
        substitute.name,
        "10 punkter saknar tid.",
        "Kallelsen går till 2 personer",
        "Tjänsten skickar ingen e-post.",
    ):
        assert said in check
    assert "Utkast: kallelsen har inte gått ut." in text_of(client.get(f"/moten/{meeting.pk}/kallelse/"))
    assert client.post(f"/moten/{meeting.pk}/kalla/", {"edition": edition(meeting)}).status_code == 302
    member = at(world.person(STYRGRUPP, Role.LEDAMOT))
    page = text_of(member.get(f"/moten/{meeting.pk}/kallelse/"))
    assert item.title in page
    assert "Utkast" not in page
    pdf = member.get(f"/moten/{meeting.pk}/kallelse/pdf/")
    said = " ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf.content)).pages)
    assert (item.title in " ".join(said.split()), pdf["Content-Type"]) == (True, "application/pdf")
    assert "Sekreterare" in said
    remove(meeting.pk, item.pk, reason="Ofullständigt.", actor=world.secretary, expected_edition=edition(meeting))
    gone = text_of(member.get(f"/moten/{meeting.pk}/"))
    assert f"<s>{item.title}</s>" in gone
    assert "Ofullständigt." in gone


def test_an_item_of_an_open_meeting_is_taken_off_at_the_table(world: World) -> None:
    client, meeting = at(world.secretary), planned(world)
    item = put(world, meeting)
    off = f"/moten/{meeting.pk}/dagordning/{item.pk}/ta-bort/"
    assert off in client.get(f"/moten/{meeting.pk}/dagordning/").content.decode()
    Meeting.objects.filter(pk=meeting.pk).update(state=MeetingState.PAGAR, opened_at=timezone.now())
    page = client.get(f"/moten/{meeting.pk}/dagordning/").content.decode()
    assert (off in page, f'href="/moten/{meeting.pk}/bordet/{item.pk}/">Ta bort' in page) == (False, True)
    refused = client.post(off, {"reason": "Ofullständigt.", "edition": edition(meeting)})
    assert (refused.status_code, "utgå vid bordet" in text_of(refused)) == (409, True)
    item.refresh_from_db()
    assert item.withdrawn_at is None


def test_template_is_written_on_its_page(world: World) -> None:
    client, body = at(world.secretary), world.body(STYRGRUPP)
    address = f"/moten/mall/{body.pk}/"
    page = text_of(client.get(address))
    seen = page.split('name="sett" value="')[1].split('"')[0]
    data = {
        "sett": seen,
        "rader-TOTAL_FORMS": "3",
        "rader-INITIAL_FORMS": "0",
        **{f"rader-0-{name}": value for name, value in {"order": "2", "kind": "plats", "sort": "arbeta"}.items()},
        **{f"rader-1-{name}": value for name, value in {"order": "1", "kind": "oppnande", "sort": "arbeta"}.items()},
        **{f"rader-2-{name}": value for name, value in {"kind": "information", "title": "Runda", "sort": "x"}.items()},
    }
    assert client.post(address, data).status_code == 422
    added = text_of(client.post(address, data | {"lagg_till_rader": "1"}))
    assert ("Runda" in added, 'name="rader-3-kind"' in added) == (True, True)
    assert "Runda" not in text_of(client.post(address, data | {"ta_bort_rader-2": "1"}))
    assert "Övriga frågor" in text_of(client.post(address, data | {"standard": "1"}))
    assert client.post(address, data | {"rader-2-sort": "arbeta"}).status_code == 302
    assert [line.title for line in template_of(body)] == ["Sammanträdet öppnas", "Beslutsärenden", "Runda"]
    assert client.post(address, data | {"rader-2-sort": "arbeta"}).status_code == 422
    assert at(world.coordinator).get(address).status_code == 403


def test_lines_of_the_template_are_moved_by_buttons(world: World) -> None:
    """As on the agenda: the pressed button keeps the focus, the other takes it at the end; nothing typed is lost."""
    client, body = at(world.secretary), world.body(STYRGRUPP)
    address = f"/moten/mall/{body.pk}/"
    seen = text_of(client.get(address)).split('name="sett" value="')[1].split('"')[0]
    rows = [("1", "oppnande", ""), ("2", "information", "Runda"), ("3", "avslutande", "")]
    data = {"sett": seen, "rader-TOTAL_FORMS": "3", "rader-INITIAL_FORMS": "0"}
    for place, (order, kind, title) in enumerate(rows):
        said = {"order": order, "kind": kind, "title": title, "sort": "arbeta"}
        data |= {f"rader-{place}-{name}": value for name, value in said.items()}

    def moved(button: str, row: int) -> tuple[list[str], str]:
        shown: Any = client.post(address, data | {button: f"rader-{row}"})
        assert shown.status_code == 200
        names = [form["title"].value() or form["kind"].value() for form in shown.context["lines"]]
        [focused] = re.findall(r'name="(upp|ner)" value="(rader-\d)"[^>]* autofocus', text_of(shown))
        return names, " ".join(focused)

    assert moved("ner", 0) == (["Runda", "oppnande", "avslutande"], "ner rader-1")
    assert moved("upp", 1) == (["Runda", "oppnande", "avslutande"], "ner rader-0")
    assert moved("ner", 1) == (["oppnande", "avslutande", "Runda"], "upp rader-2")
    assert moved("upp", 0) == (["oppnande", "Runda", "avslutande"], "ner rader-0")


def test_meetings_are_found_where_one_looks(world: World) -> None:
    meeting, later = planned(world), planned(world, 400)
    old = planned(world, 60)
    Meeting.objects.filter(pk=old.pk).update(
        starts_at=timezone.now() - timedelta(days=40),
        ends_at=timezone.now() - timedelta(days=39),
        state=MeetingState.JUSTERAT,
    )
    secretary, outsider = at(world.secretary), at(world.person(BEREDNING, Role.LEDAMOT))
    page = text_of(secretary.get("/moten/"))
    assert ("2 kommande möten" in page, "1 tidigare möte" in page) == (True, True)
    assert (
        "1 kommande möte<" in text_of(secretary.get(f"/moten/?ar={later.day.year}"))
        or later.day.year == meeting.day.year
    )
    assert secretary.get("/moten/?ar=nonsens&organ=%00").status_code == 200
    desk = text_of(secretary.get("/"))
    assert "Nästa möte" in desk
    assert "Kalla senast" in desk
    assert "Nästa möte" not in text_of(outsider.get("/"))
    body = f"/organ/{meeting.body_id}/"
    assert "Så håller organet möten" in text_of(secretary.get(body))
    assert "kallelsen går ut" in text_of(secretary.get(body)).split("Så håller organet möten")[1].split("</ul>")[0]
    assert f"/moten/{meeting.pk}/" in text_of(secretary.get(body))
    assert f"/moten/{meeting.pk}/" not in text_of(outsider.get(body))
    assert "0 kommande möten" in text_of(outsider.get("/moten/"))
    assert outsider.get(f"/moten/{meeting.pk}/").status_code == 404


def test_secret_items_are_named_by_their_mark_outside_the_body(world: World) -> None:
    meeting = planned(world)
    add_item(
        world, meeting, title="Hemlig punkt", text="Hemlig text", presenter="Hemlig röst", sekretess="25 kap. 1 § OSL"
    )
    for address in ("", "dagordning/", "kallelse/"):
        inside = text_of(at(world.person(STYRGRUPP, Role.ADJUNGERAD)).get(f"/moten/{meeting.pk}/{address}"))
        outside = text_of(at(world.coordinator).get(f"/moten/{meeting.pk}/{address}"))
        assert ("Hemlig punkt" in inside, "Hemlig" in outside) == (True, False)
        assert "sekretessmarkering" in outside.lower()


@pytest.mark.parametrize(
    ("address", "is_called"),
    [("", False), ("", True), ("dagordning/", False), ("dagordning/", True), ("kallelse/", True), ("kalla/", False)],
)
def test_a_page_costs_as_much_with_forty_items_as_with_four(world: World, address: str, is_called: bool) -> None:
    meeting = planned(world)
    put(world, meeting)
    if is_called:
        call(meeting.pk, actor=world.secretary, expected_edition=edition(meeting))
    client, page = at(world.secretary), f"/moten/{meeting.pk}/{address}"
    client.get(page)
    few = statements_of(lambda: client.get(page))
    for number in range(40):
        add_item(world, meeting, title=f"Punkt {number}")
    for _ in range(22):
        world.seat(STYRGRUPP, Role.LEDAMOT)
    many = statements_of(lambda: client.get(page))
    assert many == few
    assert many <= 12


def test_lists_cost_as_much_with_many_meetings_as_with_few(world: World) -> None:
    meeting, client = planned(world), at(world.secretary)
    pages = ("/moten/", "/", f"/organ/{meeting.body_id}/")
    for page in pages:
        client.get(page)
    few = [statements_of(partial(client.get, page)) for page in pages]
    for ahead in range(40, 200, 15):
        call(planned(world, ahead).pk, actor=world.secretary, expected_edition=2)
    assert [statements_of(partial(client.get, page)) for page in pages] == few
