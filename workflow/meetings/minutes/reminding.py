"""Reminders of minutes that are not adjusted: by whoever keeps them, and by the clock around their last day.

Both record the same act, and notices and letters come of that.
"""

from collections.abc import Iterable, Sequence

from django.db import transaction
from django.utils import timezone

from governance.deadlines import Frister
from governance.models import Person
from governance.permissions import today
from governance.workdays import workdays_after
from workflow.deadlines.reminding import due_kinds
from workflow.deadlines.vocabulary import Paminnelseslag
from workflow.errors import NotFromHere
from workflow.meetings.acts import lock, record_by_clock, record_for_body
from workflow.meetings.minutes.keeper import CLOSED, keep
from workflow.meetings.minutes.rounds import named
from workflow.meetings.minutes.selectors import newest
from workflow.meetings.models import Justering, Meeting, Protokoll
from workflow.meetings.reminding import may_remind
from workflow.meetings.vocabulary import JusteringState
from workflow.vocabulary import Act

RULES = Frister()
"""When the clock reminds: as usual for last days, since minutes follow no county's path."""


def remind(meeting_id: int, *, actor: Person) -> int:
    """Remind those who have not answered, once a day at most; return how many.

    Effects, in order, in one transaction: the meeting is locked; the day's reminder is noted at each answer that waits;
    the journal is written, with a notice for each of them. The meeting's edition stays.

    Raises:
        Meeting.DoesNotExist, NoMandate: as `keeper.keep`.
        NotFromHere: nobody but the actor is waited for, those who are have left the body, or they have been reminded
            today.

    """
    with transaction.atomic():
        meeting, standing = keep(meeting_id, actor=actor, states=CLOSED)
        protokoll = newest(meeting)
        waiting = _waiting(protokoll)
        if protokoll is None or not waiting:
            raise NotFromHere("Protokollet väntar inte på någon justerare.")
        late = to_remind(waiting, actor.pk)
        if not late:
            raise NotFromHere(_why_nobody(waiting, actor.pk))
        _note(late)
        payload = _payload(meeting, protokoll, late)
        record_for_body(meeting.body, Act.JUSTERING_PAMIND, actor=actor, standing=standing, payload=payload)
        return len(late)


def to_remind(answers: Iterable[Justering], actor_id: int) -> list[Justering]:
    """Return the answers, read with their people, whose adjusters can be reminded now.

    They wait, they are not the actor's own, whoever is to give them sits in the body and may log in, and has not been
    reminded today.
    """
    waiting = [one for one in answers if one.state == JusteringState.VANTAR and may_remind(one.reminded_at)]
    return _sitting([one for one in waiting if one.membership.person_id != actor_id])


def _sitting(answers: Iterable[Justering]) -> list[Justering]:
    day = today()
    return [one for one in answers if one.membership.is_current(day) and one.membership.person.is_active]


def _why_nobody(waiting: Sequence[Justering], actor_id: int) -> str:
    others = [one for one in waiting if one.membership.person_id != actor_id]
    if not others:
        return "Bara du själv har inte svarat. Läs och justera protokollet."
    if not _sitting(others):
        return f"{', '.join(one.name for one in others)} sitter inte längre i organet. Utse en annan justerare."
    return "En påminnelse har redan gått i dag. I morgon kan du påminna igen."


def remind_all() -> int:
    """Add every reminder of minutes that is to be made today and has not been; return how many were added.

    One transaction for each meeting: what has been made stays made whatever becomes of the next.
    """
    made = 0
    for meeting_id in _near():
        with transaction.atomic():
            made += remind_of(meeting_id)
    return made


def remind_of(meeting_id: int) -> int:
    """Add the reminders of a meeting's minutes that are to be made today; return how many were added.

    Effects, in order, in the caller's transaction: the meeting is locked; for each kind of reminder the answers are
    noted and the journal is written, with a notice for each adjuster, or in the end for those who keep the minutes.
    Each answer has one of a kind. Nothing is done about minutes that are adjusted meanwhile.
    """
    meeting = lock(meeting_id)
    protokoll = newest(meeting)
    if meeting.state not in CLOSED or protokoll is None:
        return 0
    waiting, made = _waiting(protokoll), 0
    for kind in _kinds(protokoll):
        asked = [one for one in waiting if kind not in one.clock_reminders]
        if not asked:
            continue
        _note(asked, kind)
        said = {"kind": kind.value, "due": protokoll.justeras_senast.isoformat()}
        payload = _payload(meeting, protokoll, asked) | {"paminnelse": said}
        record_by_clock(meeting.body, Act.JUSTERING_PAMIND, payload=payload)
        made += len(asked)
    return made


def _kinds(protokoll: Protokoll) -> tuple[Paminnelseslag, ...]:
    """Return the kinds of reminder that are to have been made today; what came late is late from the day it came."""
    came = timezone.localdate(protokoll.made_at)
    if came <= protokoll.justeras_senast:
        return due_kinds(RULES, protokoll.justeras_senast, today())
    return tuple(kind for kind in due_kinds(RULES, came, today()) if kind != Paminnelseslag.FORE)


def _near() -> Iterable[int]:
    """Return the meetings whose minutes wait for somebody, with a last day that is near or has been."""
    near = workdays_after(today(), RULES.before)
    rows = Justering.objects.filter(state=JusteringState.VANTAR, protokoll__justeras_senast__lte=near)
    rows = rows.filter(protokoll__meeting__state__in=CLOSED)
    return rows.order_by("protokoll__meeting").values_list("protokoll__meeting", flat=True).distinct()


def _waiting(protokoll: Protokoll | None) -> list[Justering]:
    if protokoll is None:
        return []
    return list(protokoll.justeringar.filter(state=JusteringState.VANTAR).select_related("membership__person"))


def _note(answers: Sequence[Justering], kind: Paminnelseslag | None = None) -> None:
    for one in answers:
        if kind is not None:
            one.clock_reminders = [*one.clock_reminders, kind.value]
        if kind != Paminnelseslag.ESKALERING:
            one.reminded_at = timezone.now()
    Justering.objects.bulk_update(answers, ["clock_reminders", "reminded_at"])


def _payload(meeting: Meeting, protokoll: Protokoll, answers: Sequence[Justering]) -> dict[str, object]:
    return named(protokoll) | {
        "meeting": meeting.pk,
        "day": meeting.day.isoformat(),
        "adjusters": [[one.membership_id, one.name] for one in answers],
        "due": protokoll.justeras_senast.isoformat(),
    }
