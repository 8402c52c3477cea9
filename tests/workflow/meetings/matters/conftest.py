"""Matters before länsstyrgruppen, brought by the acts."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone

from governance.models import Person
from tests.workflow.meetings.building import make_meeting
from tests.workflow.world import STYRGRUPP, World
from workflow.meetings.models import AgendaItem, Meeting, OvrigtArende, Paragraf
from workflow.meetings.planning.matters.actions import create_matter, put_on_agenda, save_matter
from workflow.meetings.planning.matters.words import MatterWords
from workflow.meetings.vocabulary import MatterKind, Outcome

WORDS = MatterWords(
    kind=MatterKind.REMISSVAR,
    title="Svar på remiss om habilitering",
    background="Socialstyrelsen vill ha svar.",
    forslag="Svaret lämnas.",
)


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    """Keep files in a folder of the test's own."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@dataclass
class Matters:
    """The acts on matters."""

    world: World

    def make(self, words: MatterWords = WORDS, *, actor: Person | None = None) -> OvrigtArende:
        """Return a matter brought before länsstyrgruppen, by its secretary unless somebody else is named."""
        body = self.world.body(STYRGRUPP)
        return self.fresh(create_matter(body.pk, words, actor=actor or self.world.secretary))

    def fresh(self, matter: OvrigtArende | int) -> OvrigtArende:
        """Return the matter as the database has it."""
        pk = matter if isinstance(matter, int) else matter.pk
        return OvrigtArende.objects.select_related("body", "created_by_body").get(pk=pk)

    def save(self, matter: OvrigtArende, words: MatterWords, *, actor: Person | None = None) -> int:
        """Save a matter as somebody who has seen it as it is in the argument."""
        return save_matter(matter.pk, words, actor=actor or self.world.secretary, expected_edition=matter.edition)

    def on_agenda(self, matter: OvrigtArende, meeting: Meeting | None = None) -> AgendaItem:
        """Put a matter on an agenda; return the item."""
        meeting = meeting or make_meeting(self.world)
        return put_on_agenda(matter.pk, meeting.pk, actor=self.world.secretary)

    def decided(self, item: AgendaItem, outcome: str, *, number: int = 14) -> Paragraf:
        """Let a meeting that is held today give an item its paragraph."""
        now = timezone.now()
        Meeting.objects.filter(pk=item.meeting_id).update(state="pagar", opened_at=now)
        AgendaItem.objects.filter(pk=item.pk).update(settled_at=now)
        return Paragraf.objects.create(
            item=AgendaItem.objects.select_related("meeting").get(pk=item.pk),
            body=self.world.body(STYRGRUPP),
            year=now.year,
            number=number,
            label=f"§ {number}",
            outcome=outcome,
            outcome_words=str(Outcome(outcome).label),
            act_id="00000000-0000-0000-0000-000000000000",
            recorded_at=now,
            recorded_by=self.world.secretary,
        )


@pytest.fixture
def matters(world: World) -> Matters:
    """Give the acts on matters."""
    return Matters(world)
