"""A meeting's page with few matters and many, and its papers as one PDF with few pages and many."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from io import BytesIO

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pypdf import PdfReader

from bench.clock import medians
from bench.stages import Actors, Stage
from governance.models import Body, Membership, Organisation, Person
from governance.permissions import today
from governance.services import register_membership
from governance.vocabulary import Role
from tests.workflow.meetings.papers.making import bare_set, bare_tabled
from tests.workflow.world import BEGAN, STYRGRUPP
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.papers.freezing import freeze_items
from workflow.meetings.papers.set import set_as_pdf
from workflow.meetings.selectors import items_of
from workflow.meetings.vocabulary import ItemKind, MeetingState
from workflow.models import Anmalan

FEW, MANY, MEMBERS = 4, 40, 25
SHORT = 2
"""Matters of the short PDF: about ten pages, where the long one of `MANY` matters has about two hundred."""
ROUNDS, SECONDS, PDF_ROUNDS = 15, 5.0, 3


@dataclass(frozen=True)
class MeasuredMeetings:
    """Statements and milliseconds of a meeting's pages, few matters first, by the page's name."""

    statements: dict[str, tuple[int, int]]
    times: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class MeasuredSet:
    """Pages and seconds of a set of papers."""

    pages: int
    seconds: float

    @property
    def each(self) -> float:
        """Return the seconds that a page takes."""
        return self.seconds / self.pages


def measure_set() -> tuple[MeasuredSet, MeasuredSet]:
    """Return what the papers of few matters and of many take as PDF; no database."""
    _set(1)
    return _set(SHORT), _set(MANY)


def _set(matters: int) -> MeasuredSet:
    """Return the quickest of some rounds: what disturbs a machine only makes it slower."""
    best, made = float("inf"), b""
    for _ in range(PDF_ROUNDS):
        with _clock() as taken:
            made = set_as_pdf(bare_set(*(bare_tabled(number, paragraphs=2) for number in range(1, matters + 1))))
        best = min(best, taken[0])
    return MeasuredSet(len(PdfReader(BytesIO(made)).pages), best)


def measure_meetings(stage: Stage, actors: Actors) -> MeasuredMeetings:
    """Return what a meeting's page and its page of papers cost with few and with many matters and 25 members.

    Args:
        stage: the database; members and two meetings are added to it.
        actors: who looks.

    """
    stage.enter()
    body = Body.objects.get(county=actors.county, code=STYRGRUPP)
    _seat(body)
    cases = iter(Anmalan.objects.filter(body=body, closed_at=None).order_by("pk")[: FEW + MANY])
    few, many = (_meeting(body, [next(cases) for _ in range(count)], actors) for count in (FEW, MANY))
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(actors.secretary, backend="django.contrib.auth.backends.ModelBackend")
    statements, times = {}, {}
    for name, ending in (("the meeting", ""), ("its agenda", "dagordning/"), ("its papers", "handlingar/")):
        urls = {str(count): f"/moten/{meeting.pk}/{ending}" for count, meeting in ((FEW, few), (MANY, many))}
        works = {count: (lambda url=url: _opened(client, url)) for count, url in urls.items()}
        found = medians(works, rounds=ROUNDS, warm_up=2, seconds=SECONDS)
        times[name] = (found[str(FEW)], found[str(MANY)])
        statements[name] = (_statements(client, urls[str(FEW)]), _statements(client, urls[str(MANY)]))
    return MeasuredMeetings(statements, times)


def _seat(body: Body) -> None:
    organisations = list(Organisation.objects.filter(county=body.county_id).order_by("position"))
    held = Membership.objects.filter(body=body).count()
    for number in range(held, MEMBERS):
        person = Person.objects.create_user(f"ledamot{number}@example.org", f"Exempelledamot {number}", "lösenord")
        represents = organisations[number % len(organisations)]
        register_membership(person=person, body=body, role=Role.LEDAMOT, starts_on=BEGAN, represents=represents)


def _meeting(body: Body, cases: list[Anmalan], actors: Actors) -> Meeting:
    now = timezone.now()
    meeting = Meeting.objects.create(
        body=body,
        starts_at=now + timedelta(days=21),
        ends_at=now + timedelta(days=21, hours=3),
        papers_due=today(),
        kallelse_due=today(),
        state=MeetingState.KALLAT,
        called_at=now,
        created_by=actors.secretary,
    )
    for position, anmalan in enumerate(cases, 1):
        AgendaItem.objects.create(
            meeting=meeting,
            kind=ItemKind.ARENDE,
            anmalan=anmalan,
            position=position,
            title=f"Ärende {position}",
            duration=5,
            added_by=actors.secretary,
        )
    freeze_items(meeting, items_of(meeting), at=now, actor=actors.secretary)
    return meeting


def _opened(client: Client, url: str) -> None:
    response = client.get(url)
    if response.status_code != 200:  # noqa: PLR2004 - a page that is shown
        msg = f"{url} answered {response.status_code}, so that what was measured is not a page"
        raise ValueError(msg)


def _statements(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        _opened(client, url)
    return len(caught)


@contextmanager
def _clock() -> Iterator[list[float]]:
    """Give a list that holds the seconds that passed, once they have."""
    found: list[float] = []
    begins = time.perf_counter()
    yield found
    found.append(time.perf_counter() - begins)
