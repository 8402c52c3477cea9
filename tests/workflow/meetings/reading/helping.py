"""What the tests of reading share: a called meeting with one of each kind of item, and somebody who reads."""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from governance.models import Membership, Person
from governance.vocabulary import Role
from tests.workflow.meetings.building import add_case, add_item, make_meeting
from tests.workflow.world import STYRGRUPP, World
from workflow.meetings.models import AgendaItem, Meeting, OvrigtArende
from workflow.meetings.papers.freezing import freeze_items
from workflow.meetings.selectors import items_of
from workflow.meetings.vocabulary import ItemKind, MatterKind, MeetingState, StandingItem

SECRET = "Kvarnhemligt avtal"


@dataclass(frozen=True, slots=True)
class Called:
    """A called meeting, its items by what they are, and a member who reads."""

    world: World
    meeting: Meeting
    opening: AgendaItem
    case: AgendaItem
    matter: AgendaItem
    secret: AgendaItem
    information: AgendaItem
    duties: AgendaItem
    reader: Membership

    def address(self, item: AgendaItem, rest: str = "") -> str:
        """Return the address of an item's page."""
        return f"/moten/{self.meeting.pk}/las/{item.pk}/{rest}"

    def freeze(self, minutes: int = 0) -> None:
        """Freeze what has changed of the papers."""
        with transaction.atomic():
            at = timezone.now() + timedelta(minutes=minutes)
            freeze_items(self.meeting, items_of(self.meeting), at=at, actor=self.world.secretary)


def called(world: World) -> Called:
    """Return a called meeting of länsstyrgruppen with its papers frozen."""
    reader = world.members()[1]
    meeting = make_meeting(world, state=MeetingState.KALLAT)

    def standing(code: StandingItem) -> AgendaItem:
        return add_item(world, meeting, kind=ItemKind.STAENDE, standing=code, title=str(code.label))

    def matter(title: str, **more: str) -> AgendaItem:
        words = {"background": "Planen gäller till 2030.", "forslag": "Anta planen."}
        made = OvrigtArende.objects.create(
            body=meeting.body,
            kind=MatterKind.HANDLINGSPLAN,
            title=title,
            created_by=world.secretary,
            **(words | more),
        )
        return add_item(world, meeting, kind=ItemKind.OVRIGT, matter=made, title=title)

    opening = standing(StandingItem.OPPNANDE)
    case = add_case(world, meeting)
    plan = matter("Handlingsplan för samsjuklighet")
    secret = matter(SECRET, sekretess="OSL 21 kap. 1 §", forslag="Teckna kvarnavtalet.")
    information = add_item(world, meeting, title="Läget i länet", text="Sommaren gick bra.")
    made = Called(world, meeting, opening, case, plan, secret, information, standing(StandingItem.OPPNA_BESLUT), reader)
    made.freeze()
    return made


def browser(person: Person) -> Client:
    """Return a browser that the person is logged in with."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def text(response: Any) -> str:
    """Return what a page's content says, without its frame."""
    html = response.content.decode()
    main = html[html.index("<main") : html.index("</main>")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", main)).replace("\xa0", " ").strip()


def outsider(world: World) -> Person:
    """Return somebody who reads meetings without sitting in the body."""
    return world.coordinator


def other_member(world: World) -> Person:
    """Return another who sits in the body."""
    return world.person(STYRGRUPP, Role.ORDFORANDE)
