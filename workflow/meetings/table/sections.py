"""Deciding a section at once: its matters one after another, each in a transaction of its own."""

from dataclasses import dataclass

from governance.models import Person
from satsningar.models import Satsning
from workflow.errors import Refusal
from workflow.meetings.models import AgendaItem, Paragraf
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice
from workflow.meetings.table.deciding import decide
from workflow.meetings.table.keeping import MATTERS


@dataclass(frozen=True, slots=True)
class Result:
    """How it went for one matter of a section: its paragraph, or why not."""

    item: AgendaItem
    paragraf: Paragraf | None
    refusal: str = ""


def decide_section(meeting_id: int, section: str, choice: Choice = AS_RECOMMENDED, *, actor: Person) -> list[Result]:
    """Decide every matter of a section that has no outcome yet, in the agenda's order; stop at nothing.

    Args:
        meeting_id: the meeting, which goes on.
        section: the section's name.
        choice: what is decided of each; as recommended unless something else is said.
        actor: who records it.

    """
    rows = AgendaItem.objects.filter(meeting=meeting_id, section=section, kind__in=MATTERS)
    left = rows.filter(settled_at=None, withdrawn_at=None).order_by("position", "pk")
    return [_decided(meeting_id, item, choice, actor) for item in left]


def _decided(meeting_id: int, item: AgendaItem, choice: Choice, actor: Person) -> Result:
    try:
        return Result(item, decide(meeting_id, item.pk, choice, actor=actor))
    except Refusal as refusal:
        return Result(item, None, str(refusal))
    except Satsning.DoesNotExist:
        return Result(item, None, "Ärendet finns inte längre.")
