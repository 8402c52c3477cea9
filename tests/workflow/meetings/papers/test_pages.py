"""The papers of a meeting as one PDF, from the page: asked for, made in a job, fetched, and made anew."""

import re
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from governance.models import Person
from governance.vocabulary import Role
from tests.running import RunJobs
from tests.workflow.avsteg.counting import statements_of
from tests.workflow.meetings.building import add_case, add_item, make_meeting
from tests.workflow.meetings.papers.test_freezing import add_matter, freeze
from tests.workflow.papers.checks import ARCHIVED_AND_ACCESSIBLE, bookmarks_of, claims_of
from tests.workflow.world import BEREDNING, World
from workflow.jobb.models import Jobbstatus
from workflow.meetings.models import AgendaItem, Handlingssamling, Meeting, OvrigtArende
from workflow.meetings.papers import jobs as papers_jobs
from workflow.meetings.vocabulary import ItemKind
from workflow.papers.pdf import NotSet


def browser(person: Person) -> Client:
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", response.content.decode()))


def shown(person: Person, meeting: Meeting) -> str:
    return text(browser(person).get(reverse("handlingar", args=[meeting.pk])))


def ask(person: Person, meeting: Meeting) -> Any:
    return browser(person).post(reverse("handlingar_skapa", args=[meeting.pk]))


def fetch(person: Person, meeting: Meeting) -> Any:
    return browser(person).get(reverse("handlingar_pdf", args=[meeting.pk]))


def read(response: Any) -> PdfReader:
    assert response.status_code == 200
    return PdfReader(BytesIO(response.content))


def raise_edition(meeting: Meeting) -> None:
    """Do what every act of a meeting does."""
    meeting.edition += 1
    meeting.save()


@pytest.fixture
def meeting(world: World) -> Meeting:
    """Return a called meeting about a case, another matter and some information."""
    found = make_meeting(world)
    add_case(world, found)
    add_matter(world, found)
    add_item(world, found, text="Läget är gott.")
    freeze(world, found)
    return found


def test_set_is_asked_for_made_and_fetched(world: World, meeting: Meeting, run_jobs: RunJobs) -> None:
    assert "Skapa alla handlingar som en PDF" in shown(world.secretary, meeting)
    assert fetch(world.secretary, meeting).status_code == 404

    asked = ask(world.secretary, meeting)
    work = Jobbstatus.objects.get()
    assert asked.url == reverse("jobb", args=[work.pk])
    assert "En ny PDF görs nu: 0 av 3 punkter är klara" in shown(world.secretary, meeting)
    assert run_jobs() == ["moten.handlingar"]

    work.refresh_from_db()
    assert (work.state, work.done, work.total, work.result_url) == (
        "klar",
        3,
        3,
        reverse("handlingar", args=[meeting.pk]),
    )
    page, sent = shown(world.secretary, meeting), fetch(world.secretary, meeting)
    assert "Aktuell" in page
    assert "mötets utgåva 1" in page
    assert "Gör en ny" not in page
    assert sent["Content-Type"] == "application/pdf"
    assert "Handlingar%20L%C3%A4nsstyrgruppen" in sent["Content-Disposition"]
    found = read(sent)
    assert claims_of(found) == ARCHIVED_AND_ACCESSIBLE
    assert bookmarks_of(found) == [
        "Föredragningslista",
        "1. Mobila team i hela länet",
        "2. Handlingsplan för samsjuklighet",
        "3. Läget i länet",
    ]
    kept = Handlingssamling.objects.get()
    assert (kept.pages, kept.size, kept.edition) == (len(found.pages), len(sent.content), 1)


def test_the_same_set_is_used_by_everybody_who_reads_the_same(
    world: World, meeting: Meeting, run_jobs: RunJobs
) -> None:
    ask(world.secretary, meeting)
    run_jobs()
    asked = ask(world.coordinator, meeting)
    assert asked.url == reverse("handlingar", args=[meeting.pk])
    assert fetch(world.coordinator, meeting).content == fetch(world.secretary, meeting).content
    assert Jobbstatus.objects.count() == 1


def test_asking_twice_is_one_work(world: World, meeting: Meeting) -> None:
    assert ask(world.secretary, meeting).url == ask(world.secretary, meeting).url
    assert Jobbstatus.objects.count() == 1


def test_two_who_ask_at_once_get_one_set(world: World, meeting: Meeting, run_jobs: RunJobs) -> None:
    ask(world.secretary, meeting)
    ask(world.coordinator, meeting)
    assert run_jobs() == ["moten.handlingar"] * 2
    assert Handlingssamling.objects.count() == 1
    assert set(Jobbstatus.objects.values_list("state", flat=True)) == {"klar"}


def test_a_changed_agenda_makes_the_set_an_old_one_until_a_new_one_is_made(
    world: World, meeting: Meeting, run_jobs: RunJobs
) -> None:
    ask(world.secretary, meeting)
    run_jobs()
    add_item(world, meeting, title="Nytt på listan")
    raise_edition(meeting)

    page = shown(world.secretary, meeting)
    assert "Inaktuell" in page
    assert "mötets utgåva 1" in page
    assert "Gör en ny PDF" in page
    assert "Nytt på listan" not in read(fetch(world.secretary, meeting)).pages[0].extract_text()
    assert "Hämta PDF:en" not in shown(world.coordinator, meeting)
    assert fetch(world.coordinator, meeting).status_code == 404

    ask(world.secretary, meeting)
    run_jobs()
    assert "mötets utgåva 2" in shown(world.secretary, meeting)
    assert "Nytt på listan" in read(fetch(world.secretary, meeting)).pages[0].extract_text()
    assert Handlingssamling.objects.count() == 1


@pytest.mark.parametrize("what", ["attendance", "title", "supplement", "mark", "withdrawn"])
def test_only_what_the_set_says_makes_it_old(world: World, meeting: Meeting, run_jobs: RunJobs, what: str) -> None:
    ask(world.secretary, meeting)
    run_jobs()
    raise_edition(meeting)
    match what:
        case "title":
            AgendaItem.objects.filter(kind=ItemKind.INFORMATION).update(title="Nytt namn")
        case "supplement":
            OvrigtArende.objects.update(forslag="Ändrat.")
            freeze(world, meeting)
        case "mark":
            OvrigtArende.objects.update(sekretess="OSL 25 kap. 1 §")
        case "withdrawn":
            AgendaItem.objects.filter(kind=ItemKind.INFORMATION).update(withdrawn_at=timezone.now())
    assert ("Inaktuell" in shown(world.secretary, meeting)) == (what != "attendance")


def test_what_has_a_secrecy_mark_is_in_the_sets_of_those_alone_who_read_it(
    world: World, meeting: Meeting, run_jobs: RunJobs
) -> None:
    OvrigtArende.objects.update(sekretess="OSL 25 kap. 1 §")
    for person in (world.secretary, world.coordinator):
        ask(person, meeting)
    run_jobs()

    assert bookmarks_of(read(fetch(world.secretary, meeting)))[2] == "2. Handlingsplan för samsjuklighet"
    outside = read(fetch(world.coordinator, meeting))
    assert bookmarks_of(outside)[2] == "2. Punkt med sekretessmarkering"
    said = "".join(page.extract_text() for page in outside.pages)
    assert "samsjuklighet" not in said
    assert "Planen gäller" not in said
    assert Handlingssamling.objects.count() == 2


def test_a_set_made_before_the_mark_is_not_given_to_those_outside_the_body(
    world: World, meeting: Meeting, run_jobs: RunJobs
) -> None:
    ask(world.coordinator, meeting)
    run_jobs()
    assert fetch(world.coordinator, meeting).status_code == 200
    AgendaItem.objects.update(sekretess="OSL 25 kap. 1 §")
    assert fetch(world.coordinator, meeting).status_code == 404
    assert fetch(world.secretary, meeting).status_code == 200


def test_strangers_meet_nothing(world: World, meeting: Meeting) -> None:
    stranger = world.person(BEREDNING, Role.LEDAMOT)
    assert ask(stranger, meeting).status_code == 404
    assert fetch(stranger, meeting).status_code == 404
    assert browser(stranger).get(reverse("handlingar", args=[meeting.pk])).status_code == 404
    assert not Jobbstatus.objects.exists()


def test_an_empty_agenda_has_nothing_to_make(world: World) -> None:
    empty = make_meeting(world)
    assert "Det står inget på dagordningen än" in shown(world.secretary, empty)
    refused = ask(world.secretary, empty)
    assert refused.status_code == 422
    assert "Det står inget på dagordningen än, så det finns inga handlingar att samla." in text(refused)
    assert not Jobbstatus.objects.exists()


def test_work_that_failed_is_told_of_and_writes_nothing(
    world: World, meeting: Meeting, run_jobs: RunJobs, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_paper: object) -> bytes:
        raise NotSet

    monkeypatch.setattr(papers_jobs, "set_as_pdf", fails)
    ask(world.secretary, meeting)
    run_jobs(failing=True)
    Jobbstatus.objects.update(state="misslyckad")
    assert "PDF:en kunde inte göras förra gången." in shown(world.secretary, meeting)
    assert not Handlingssamling.objects.exists()


def test_page_takes_as_many_statements_for_many_items_as_for_few(world: World, meeting: Meeting) -> None:
    client, url = browser(world.secretary), reverse("handlingar", args=[meeting.pk])
    client.get(url)
    few = statements_of(lambda: client.get(url))
    for _ in range(5):
        add_matter(world, meeting)
    freeze(world, meeting)
    assert statements_of(lambda: client.get(url)) == few <= 15
