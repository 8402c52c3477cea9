"""The only place that asks for a meeting's set of papers, and that says which set is whose to read."""

from dataclasses import dataclass

from governance.models import Person
from workflow.errors import Refusal
from workflow.jobb import actions as jobb
from workflow.jobb.models import Jobblage, Jobbstatus
from workflow.meetings.models import Handlingssamling, Meeting
from workflow.meetings.papers.agendas import digest_of, has_secret
from workflow.meetings.papers.jobs import make_set
from workflow.meetings.rights import may_read_secret
from workflow.meetings.selectors import items_of, readable_meeting
from workflow.papers.wording import long_day_of
from workflow.rights import Viewer


class NothingToMake(Refusal):
    """There is nothing on the agenda yet."""

    status = 422


@dataclass(frozen=True, slots=True)
class Shelf:
    """What there is of a meeting's set for one person.

    `kept` is the newest set the person may read, without its PDF; `is_current` says that nothing has changed since.
    `running` is the person's own work on a new one; `failed` where the newest such work has failed.
    """

    meeting: Meeting
    items: int
    with_secret: bool
    kept: Handlingssamling | None
    is_current: bool
    running: Jobbstatus | None
    failed: Jobbstatus | None


def shelf_of(who: Viewer, meeting: Meeting) -> Shelf:
    """Return what there is of the meeting's set for somebody who may read the meeting; five statements.

    An old set may name what has got a secrecy mark since, so it is for those alone who read such things.
    """
    items = list(items_of(meeting))
    inside = may_read_secret(who, meeting)
    with_secret, agenda = inside and has_secret(items), digest_of(meeting, items)
    sets = list(Handlingssamling.objects.filter(meeting=meeting).defer("pdf"))
    current = next((one for one in sets if one.agenda == agenda and one.with_secret == with_secret), None)
    older = sorted(sets, key=lambda one: (one.with_secret, one.edition, one.pk)) if inside else []
    mine = Jobbstatus.objects.filter(owner=who.person_id, kind=make_set.name, arguments__meeting_id=meeting.pk)
    newest = mine.order_by("-pk").first()
    return Shelf(
        meeting=meeting,
        items=len(items),
        with_secret=with_secret,
        kept=current or (older[-1] if older else None),
        is_current=current is not None,
        running=newest if newest and not newest.is_over else None,
        failed=newest if newest and newest.state == Jobblage.MISSLYCKAD and current is None else None,
    )


def ask_for_set(who: Viewer, meeting_id: int, *, actor: Person) -> Jobbstatus | None:
    """Ask for the set of a meeting as it is now; return the work, None where the set is there already.

    Work of the person's own that is not over yet is returned instead of a new one.

    Raises:
        Http404: there is no such meeting that the person may read.
        NothingToMake: nothing stands on the agenda.

    """
    meeting = readable_meeting(who, meeting_id)
    shelf = shelf_of(who, meeting)
    if shelf.is_current:
        return None
    if shelf.running:
        return shelf.running
    if not shelf.items:
        raise NothingToMake("Det står inget på dagordningen än, så det finns inga handlingar att samla.")
    return jobb.start(
        make_set,
        owner=actor,
        county=meeting.body.county,
        title=f"Handlingar till {meeting.body.name} {long_day_of(meeting.day)}",
        total=shelf.items,
        meeting_id=meeting.pk,
        with_secret=int(shelf.with_secret),
    )
