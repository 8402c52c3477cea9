"""Decisions between meetings, where the body's rule allows them: by everybody's answer, or by the chair alone.

Each is a meeting of its own form with one item, so that its paragraph, minutes and extracts are made like any other's.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.meeting_rules import may_meet, meeting_rule
from governance.models import Body, Person
from governance.permissions import Standing, today
from governance.vocabulary import Role
from workflow.cases import lock as lock_case
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import record
from workflow.meetings.models import AgendaItem, Attendance, Ballot, Meeting, OvrigtArende, Paragraf
from workflow.meetings.papers.freezing import freeze_items
from workflow.meetings.planning.saying import as_called, standing_on
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import seats_on
from workflow.meetings.table.ballots import close_as, close_counted, said_of
from workflow.meetings.table.choices import AS_RECOMMENDED, Choice
from workflow.meetings.table.closing import finish
from workflow.meetings.table.deciding import decide_kept
from workflow.meetings.table.keeping import Kept, keep, who_keeps
from workflow.meetings.table.presence import enter_all, enter_events
from workflow.meetings.table.state import read_table
from workflow.meetings.table.withdrawing import withdraw_kept
from workflow.meetings.vocabulary import ItemKind, ItemSort, MeetingForm, MeetingState, VoteValue
from workflow.models import Anmalan
from workflow.quorum import Seat, members_of
from workflow.rights import viewer
from workflow.vocabulary import Act

MEANS_YES = "Beslut enligt förslaget, utan möte"
MEANS_NO = "Frågan tas upp på ett möte"


@dataclass(frozen=True, slots=True)
class Brought:
    """What is to be decided between meetings: an open anmälan, or another matter of the body."""

    anmalan_id: int | None = None
    matter_id: int | None = None


def propose_per_capsulam(body_id: int, brought: Brought, *, answer_by: date, actor: Person) -> Meeting:
    """Ask every voting member to decide on a matter as proposed, without a meeting; return what was made.

    Effects, in order: the matter is found; the decision is made as a called meeting of that form with the one item;
    its vote is opened; the journal is written. Members answer by `table.ballots.cast`.

    Args:
        body_id: the body.
        brought: what is to be decided.
        answer_by: the last day to answer; later it goes to a meeting.
        actor: who keeps the body's meetings.

    Raises:
        Body.DoesNotExist: there is none that the actor sits in.
        NoMandate: the actor does not keep its meetings.
        NotFromHere: the body's rule does not allow it, or the matter is not the body's or stands on an agenda.
        Invalid: the day has been.

    """
    with transaction.atomic():
        body, standing = _kept_body(body_id, actor)
        _check_allowed(body, allowed=meeting_rule(body).per_capsulam, what="per capsulam")
        if answer_by < today():
            raise Invalid({"answer_by": ["Välj en svarsdag som inte har varit."]})
        item, said = _made(body, brought, MeetingForm.PER_CAPSULAM, actor=actor, until=answer_by)
        now = timezone.now()
        ballot = Ballot.objects.create(item=item, number=1, yes=MEANS_YES, no=MEANS_NO, opened_at=now, opened_by=actor)
        said |= {"answer_by": answer_by.isoformat(), "omrostning": said_of(ballot)}
        payload = {"form": item.meeting.form, "title": item.title} | said
        record(item.meeting, Act.MOTE_KALLAT, actor=actor, standing=standing, payload=payload, at=now)
        return item.meeting


def settle_per_capsulam(meeting_id: int, *, actor: Person) -> Paragraf:
    """Decide as everybody answered, or hand the matter back to be taken up in a meeting; return the paragraph.

    It is decided, as recommended, once every voting member without jäv has said ja. A nej or an abstention, silence
    when the day has been, or an answer of somebody who decides no longer, hands it back: its anmälan stays open.

    Raises:
        Meeting.DoesNotExist, NoMandate: as `table.keeping.keep`.
        NotFromHere: it is no such decision or is over, or answers are awaited; who has not answered is named.
        Refusal: whatever the decision refuses.

    """
    with transaction.atomic():
        kept = keep(meeting_id, actor=actor, states=(MeetingState.KALLAT,), form=MeetingForm.PER_CAPSULAM)
        meeting = kept.meeting
        item = AgendaItem.objects.get(meeting=meeting)
        ballot = Ballot.objects.get(item=item, closed_at=None)
        values = dict(ballot.votes.values_list("membership_id", "value"))
        refused = [id_ for id_, value in values.items() if value != VoteValue.JA]
        silent = _silent(meeting, item, values)
        if silent and not refused and timezone.localdate(meeting.ends_at) >= today():
            raise NotFromHere(f"Svar väntas från {', '.join(seat.name for seat in silent)}.")
        changed = _no_longer(meeting, item, values)
        came = _begin(kept, item)
        if not refused and not silent and not changed:
            close_counted(kept, ballot)
            paragraf = decide_kept(kept, item.pk, AS_RECOMMENDED)
        else:
            close_as(kept, ballot, VoteValue.NEJ)
            why = "Alla var inte eniga." if refused else "Alla svarade inte i tid."
            if changed and not refused:
                why = "Någon som svarade beslutar inte längre."
            paragraf = withdraw_kept(kept, item, read_table(meeting), f"{why} Frågan tas upp på ett möte.")
        finish(kept, read_table(meeting), [], {"narvaro": came})
        return paragraf


def _silent(meeting: Meeting, item: AgendaItem, answered: dict[int, str]) -> list[Seat]:
    """Return the voting members without jäv who have not answered, by who sits in the body today; each person once."""
    seats = seats_on(meeting.body, today())
    away = read_table(meeting, seats).away(item.pk)
    done = {seat.person_id for id_, seat in seats.items() if id_ in answered}
    waits: dict[int, Seat] = {}
    for one in members_of(seats.values()):
        if one.membership_id not in away and one.person_id not in done:
            waits.setdefault(one.person_id, one)
    return list(waits.values())


def _no_longer(meeting: Meeting, item: AgendaItem, answered: dict[int, str]) -> bool:
    """Tell whether somebody who has answered sits in the body no longer, or has got jäv since."""
    seats = seats_on(meeting.body, today())
    asked = {seat.membership_id for seat in members_of(seats.values())} - read_table(meeting, seats).away(item.pk)
    return not answered.keys() <= asked


def _begin(kept: Kept, item: AgendaItem) -> list[list[Any]]:
    """Let the decision be made now, by those who have answered; nobody leads it who has jäv.

    Returns who took part as the act that ends it says so in the journal.
    """
    kept.meeting.opened_at = timezone.now()
    kept.meeting.state = MeetingState.PAGAR
    kept.meeting.current_item = item
    if kept.meeting.chair_id in read_table(kept.meeting).away(item.pk):
        kept.meeting.chair = None
    kept.meeting.save(update_fields=["opened_at", "state", "current_item", "chair"])
    answered = Attendance.objects.filter(meeting=kept.meeting).values_list("membership_id", flat=True)
    return enter_events(kept.meeting, answered, actor=kept.actor, at=kept.meeting.opened_at)


def decide_on_delegation(
    body_id: int, brought: Brought, choice: Choice, *, declares_no_jav: bool, actor: Person
) -> Paragraf:
    """Let the chair decide a matter alone, where the body has said so; return the paragraph.

    Effects, in order: the decision is made as a meeting of that form with the one item and the chair present; it is
    opened, decided as any other and closed.

    Args:
        body_id: the body.
        brought: what is decided.
        choice: what of it.
        declares_no_jav: the chair's word for having no conflict of interest; kept in the journal.
        actor: the body's chair, who decides in person.

    Raises:
        Body.DoesNotExist: there is none that the actor sits in.
        NoMandate: the actor is not its chair.
        NotFromHere: the body's rule does not allow it, or the matter stands on an agenda.
        Invalid: the matter is not the body's, or there is no word about jäv.
        Refusal: whatever the decision refuses.

    """
    with transaction.atomic():
        body, standing = _kept_body(body_id, actor)
        _check_allowed(body, allowed=meeting_rule(body).delegation, what="på delegation")
        if standing.role != Role.ORDFORANDE:
            raise NoMandate(f"På delegation beslutar ordföranden i {body.name}.")
        if not declares_no_jav:
            raise Invalid({"utan_jav": ["Kryssa för att du inte har jäv. Har du jäv tas ärendet upp på ett möte."]})
        item, said = _made(body, brought, MeetingForm.DELEGATION, actor=actor, until=today())
        meeting, now = item.meeting, timezone.now()
        seat = standing.membership_id
        said["narvaro"] = enter_all(meeting, [seat], actor=actor, at=now)
        meeting.state, meeting.opened_at, meeting.current_item = MeetingState.PAGAR, now, item
        payload = {"form": meeting.form, "title": item.title, "chair": actor.name, "utan_jav": True} | said
        record(meeting, Act.MOTE_OPPNAT, actor=actor, standing=standing, payload=payload, at=now)
        kept = Kept(meeting, actor, standing)
        paragraf = decide_kept(kept, item.pk, choice)
        finish(kept, read_table(meeting), [])
        return paragraf


def _kept_body(body_id: int, actor: Person) -> tuple[Body, Standing]:
    """Return a body and the standing by which the actor keeps its meetings; the chair's own first."""
    who = viewer(actor)
    body = Body.objects.get(pk=body_id)
    standing = keeping(who, body)
    if standing is None:
        if body.pk not in who.bodies and body.county_id not in who.followed:
            raise Body.DoesNotExist
        raise NoMandate(who_keeps(body))
    if not may_meet(body):
        raise NotFromHere(f"{body.name} håller inga möten.")
    return body, standing


def _check_allowed(body: Body, *, allowed: bool, what: str) -> None:
    if not allowed:
        raise NotFromHere(f"{body.name} fattar inga beslut {what}. Ta upp ärendet på ett möte.")


def _made(
    body: Body, brought: Brought, form: MeetingForm, *, actor: Person, until: date
) -> tuple[AgendaItem, dict[str, Any]]:
    """Make the decision's meeting with its one item, and freeze its papers; return it, and what the journal says."""
    anmalan, matter = _found(body, brought)
    now = timezone.now()
    ends = timezone.make_aware(datetime.combine(until, time(23, 59)))
    chair = next((seat for seat in seats_on(body, today()).values() if seat.role == Role.ORDFORANDE), None)
    meeting = Meeting.objects.create(
        body=body,
        form=form,
        title=str(form.label),
        starts_at=now,
        ends_at=max(ends, now + timedelta(minutes=1)),
        state=MeetingState.KALLAT,
        papers_due=today(),
        kallelse_due=today(),
        called_at=now,
        chair_id=chair.membership_id if chair else None,
        created_by=actor,
    )
    title = anmalan.satsning.uppdrag.titel if anmalan else matter.title if matter else ""
    try:
        with transaction.atomic():
            item = AgendaItem.objects.create(
                meeting=meeting,
                kind=ItemKind.ARENDE if anmalan else ItemKind.OVRIGT,
                position=1,
                title=title[:250],
                sort=ItemSort.ARBETA,
                anmalan=anmalan,
                matter=matter,
                sekretess=matter.sekretess if matter else "",
                added_by=actor,
            )
    except IntegrityError as error:
        if "on_one_agenda" not in str(error):
            raise
        raise NotFromHere(standing_on(anmalan=anmalan, matter=matter)) from None
    frozen = freeze_items(meeting, [item], at=now, actor=actor)
    return item, {"punkter": as_called([item]), "underlag": frozen}


def _found(body: Body, brought: Brought) -> tuple[Anmalan | None, OvrigtArende | None]:
    """Return what was brought, open and on no agenda; it is locked, so that nothing moves it meanwhile.

    Raises:
        Invalid: the body has no such thing before it.
        NotFromHere: it stands on an agenda.

    """
    anmalningar = Anmalan.objects.select_related("satsning__uppdrag").filter(body=body, closed_at=None)
    anmalan = anmalningar.filter(pk=brought.anmalan_id or 0).first()
    if anmalan is not None:
        lock_case(anmalan.satsning_id)
        anmalan = anmalningar.filter(pk=anmalan.pk).first()
    matters = OvrigtArende.objects.select_for_update().order_by("pk")
    matter = matters.filter(body=body, closed_at=None, pk=brought.matter_id or 0).first()
    if (anmalan is None) == (matter is None):
        raise Invalid({"brought": [f"Välj ett ärende som väntar på beslut i {body.name}."]})
    waiting = AgendaItem.objects.filter(anmalan=anmalan, matter=matter, settled_at=None, withdrawn_at=None)
    if waiting.exists():
        raise NotFromHere(standing_on(anmalan=anmalan, matter=matter))
    return anmalan, matter
