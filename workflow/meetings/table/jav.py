"""Jäv in a matter: declared by oneself from the kallelse on, found or tried at the table; the only writer of it."""

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import lock, record
from workflow.meetings.models import AgendaItem, Jav, Meeting, Vote
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import seats_at
from workflow.meetings.table.ballots import refuse_while_voting
from workflow.meetings.table.keeping import MATTERS, check_state, open_item, refuse_strangers, who_keeps, written
from workflow.meetings.table.suggesting import suggested_jav
from workflow.meetings.vocabulary import JavSource, JavState, MeetingForm, MeetingState
from workflow.vocabulary import Act

REASON_LIMIT = 250


class TriedSince(NotFromHere):
    """What was suggested has been answered since the suggestion was shown."""

    def __init__(self, name: str) -> None:
        """Say whose jäv it is."""
        super().__init__(f"{name} har anmält jäv eller är redan prövad. Se hur det är nu innan du ändrar det.")


def set_jav(  # noqa: PLR0913 - a jäv is made of this many facts
    meeting_id: int,
    item_id: int,
    membership_id: int,
    *,
    state: str,
    reason: str,
    actor: Person,
    source: str = "",
) -> None:
    """Record that a member has jäv in a matter, or that it was tried and there is none.

    A member declares it for oneself; who keeps the meeting records it for anybody.

    Args:
        meeting_id: the meeting, called or going on.
        item_id: the matter, not settled.
        membership_id: whose.
        state: `JavState`.
        reason: why; one line.
        actor: who says so.
        source: how it came to be known, `JavSource`; by itself from who says so and when.

    Raises:
        Meeting.DoesNotExist: there is none that the actor may read.
        AgendaItem.DoesNotExist: the agenda has no such item.
        NoMandate: the actor speaks for somebody else without keeping the meeting, or tries one's own jäv.
        NotFromHere: the matter has its outcome, it is none to decide, or a vote on it goes on.
        Invalid: the member does not sit in the body, or the reason is missing.
        TriedSince: it answers a suggestion, and the member has declared it, or it has been tried, meanwhile.

    """
    with transaction.atomic():
        meeting = lock(meeting_id)
        who = refuse_strangers(meeting, actor)
        check_state(meeting, (MeetingState.KALLAT, MeetingState.PAGAR))
        item = open_item(meeting, item_id)
        if item.kind not in MATTERS:
            raise NotFromHere("Jäv gäller bara det som mötet beslutar om.")
        _check_voting(meeting, item, membership_id)
        seat = seats_at(meeting).get(membership_id)
        if seat is None:
            raise Invalid({"membership": [f"Bara den som sitter i {meeting.body.name} kan ha jäv vid mötet."]})
        is_own = seat.person_id == actor.pk
        keeper = keeping(who, meeting.body)
        own = next((one for one in who.standings if one.membership_id == membership_id), None)
        standing = keeper or own
        if standing is None:
            raise NoMandate(f"Du anmäler bara ditt eget jäv, som ledamot. {who_keeps(meeting.body)}")
        if state not in JavState.values:
            raise Invalid({"state": ["Välj om ledamoten har jäv."]})
        if is_own and state == JavState.INTE_JAV:
            raise NoMandate("Ditt eget jäv prövas av någon annan som leder eller för in mötet.")
        text = written(reason, "reason", limit=REASON_LIMIT, missing="Skriv varför.")
        found = _source(source, begun=meeting.state == MeetingState.PAGAR)
        if found == JavSource.FORESLAGET and Jav.objects.filter(item=item, membership_id=membership_id).exists():
            raise TriedSince(seat.name)
        Jav.objects.update_or_create(
            item=item,
            membership_id=membership_id,
            defaults={
                "state": state,
                "source": found,
                "reason": text,
                "at": timezone.now(),
                "recorded_by": actor,
            },
        )
        payload = {"item": item.pk, "title": item.title, "member": [membership_id, seat.name]}
        said = {"jav": state, "reason": text, "source": found.value}
        record(meeting, Act.JAV_PROVAT, actor=actor, standing=standing, payload=payload | said)


def set_jav_of_organisation(  # noqa: PLR0913 - a jäv is made of this many facts
    meeting_id: int, item_id: int, organisation_id: int, *, state: str, reason: str, actor: Person
) -> list[str]:
    """Record that all who are suggested because their organisation would be paid have jäv, or that none has.

    Effects, in order, in one transaction: the meeting is locked, then as `set_jav` for each, each with an entry of its
    own in the journal. One who is tried already is left as found, and so is the actor's own where it would be
    dismissed: somebody else tries that.

    Returns:
        The names of those it was recorded for.

    Raises:
        NotFromHere: nobody is left to try for that organisation; and as `set_jav`.
        NoMandate, Invalid: as `set_jav`.

    """
    with transaction.atomic():
        meeting = lock(meeting_id)
        refuse_strangers(meeting, actor)
        item = open_item(meeting, item_id)
        rows = [one for one in suggested_jav(item) if one.paid and one.paid.organisation_id == organisation_id]
        if state == JavState.INTE_JAV:
            seats = seats_at(meeting)
            others = [one for one in rows if seats[one.membership_id].person_id != actor.pk]
            rows = others or rows
        if not rows:
            raise NotFromHere("Alla som företräder organisationen är redan prövade.")
        for one in rows:
            set_jav(
                meeting_id,
                item_id,
                one.membership_id,
                state=state,
                reason=reason,
                actor=actor,
                source=JavSource.FORESLAGET,
            )
        return [one.name for one in rows]


def _check_voting(meeting: Meeting, item: AgendaItem, membership_id: int) -> None:
    """Refuse jäv while a vote goes on; per capsulam, where the vote is the whole of it, of who has answered."""
    if meeting.form != MeetingForm.PER_CAPSULAM:
        refuse_while_voting(item)
    elif Vote.objects.filter(ballot__item=item, membership=membership_id).exists():
        raise NotFromHere("Den som har svarat kan inte få jäv. Låt frågan tas upp på ett möte.")


def _source(source: str, *, begun: bool) -> JavSource:
    if source == JavSource.FORESLAGET:
        return JavSource.FORESLAGET
    return JavSource.VID_BORDET if begun else JavSource.ANMALT
