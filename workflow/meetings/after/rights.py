"""Who receives extracts, brings decisions home and carries them out: from body and mandate, for one and for many.

Extracts are sent by whoever keeps the body's records. They are received by anybody with a mandate of work in the
receiving body. Decisions are brought home by the organisation's contact, or by the member who represents it in the
body that decided.
"""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from governance.models import Body, Membership, Organisation
from governance.permissions import Standing, today
from governance.vocabulary import Mandate
from workflow.meetings.models import Aterforing, Beslutsuppdrag, Meeting, Utdrag
from workflow.meetings.rights import (
    is_secret,
    keeping,
    kept_bodies,
    may_read_minutes,
    meetings_with_readable_minutes,
    read_by_receiver,
    unmarked,
)
from workflow.meetings.vocabulary import MeetingState
from workflow.rights import Viewer

RECEIVING = (
    Mandate.FORFATTA,
    Mandate.BEREDA,
    Mandate.SVARA,
    Mandate.BESLUTA,
    Mandate.LEDA_MOTE,
    Mandate.PROTOKOLLFORA,
    Mandate.LEDA_ARENDEN,
)
"""The mandates of which one is needed to receive an extract, and to say that a duty is carried out."""
OPEN_MATTER = unmarked("paragraf__item__")
"""Rows with a paragraph whose matter carries no secrecy mark."""


def receiving(who: Viewer, body: Body) -> Standing | None:
    """Return the standing by which the person receives extracts and carries out duties for a body, or None."""
    return next((one for one in who.standings if one.body_id == body.pk and one.mandate in RECEIVING), None)


def receiving_bodies(who: Viewer) -> frozenset[int]:
    """Return the ids of the bodies that the person receives extracts for; `receiving` is the same rule for one."""
    return frozenset(one.body_id for one in who.standings if one.mandate in RECEIVING)


def may_read_extract(who: Viewer, utdrag: Utdrag) -> bool:
    """Tell whether the person may read an extract; `readable_extracts` is the same rule for many.

    Whoever sits in the receiving body, and whoever reads the minutes that it is taken from: where the matter carries a
    secrecy mark, of those only who sits in the body that decided. A mark set after the meeting hides what was sent
    before it from the receiver too, until it is sent again.
    """
    item, meeting = utdrag.paragraf.item, utdrag.paragraf.item.meeting
    if meeting.body_id in who.bodies:
        return True
    if utdrag.receiver_id in who.bodies and not sent_before_mark(utdrag):
        return True
    return not is_secret(item) and may_read_minutes(who, meeting)


def sent_before_mark(utdrag: Utdrag) -> bool:
    """Tell whether the matter was marked after the extract was sent; `read_by_receiver` is the rule for many."""
    item = utdrag.paragraf.item
    return is_secret(item) and item.marked_at is not None and utdrag.sent_at < item.marked_at


def readable_extracts(who: Viewer) -> QuerySet[Utdrag]:
    """Return the extracts that the person may read; `may_read_extract` is the same rule for one."""
    read = OPEN_MATTER & Q(paragraf__item__meeting__in=meetings_with_readable_minutes(who))
    received = Q(receiver__in=who.bodies) & read_by_receiver()
    return Utdrag.objects.filter(received | Q(paragraf__body__in=who.bodies) | read)


def bringing_home(who: Viewer, meeting: Meeting, organisation: Organisation) -> Standing | None:
    """Return the standing by which the person brings the meeting's decisions home to the organisation, or None.

    Its contact; or somebody who decides in the body that decided and represents it there today: one statement, for
    those alone who sit in that body.
    """
    contact = next(
        (one for one in who.standings if one.organisation_id == organisation.pk and one.mandate == Mandate.SVARA), None
    )
    if contact is not None or meeting.body_id not in who.bodies:
        return contact
    seats = Membership.objects.current(today()).filter(
        person=who.person_id, body=meeting.body_id, represents=organisation
    )
    held = set(seats.values_list("pk", flat=True))
    return next((one for one in who.standings if one.membership_id in held and one.mandate == Mandate.BESLUTA), None)


def may_read_brief(who: Viewer, meeting: Meeting, organisation: Organisation) -> bool:
    """Tell whether the person may read what a meeting decided that concerns an organisation.

    Once the minutes are adjusted: everybody who reads them and belongs to the body that decided, follows the county's
    cases, or answers for the organisation.
    """
    if meeting.state != MeetingState.JUSTERAT or organisation.county_id != meeting.body.county_id:
        return False
    inside = meeting.body_id in who.bodies or meeting.body.county_id in who.followed
    return inside or organisation.pk in who.organisations


def home_rows(who: Viewer) -> QuerySet[Aterforing]:
    """Return what has, or has not, been brought home that the person keeps an eye on: as keeper or regionalt stöd."""
    return Aterforing.objects.filter(Q(meeting__body__in=kept_bodies(who)) | Q(meeting__body__county__in=who.followed))


def may_read_duty(who: Viewer, duty: Beslutsuppdrag) -> bool:
    """Tell whether the person may read an open decision; `readable_duties` is the same rule for many.

    Whoever sits in the body that decided or is to carry it out; others as they read the minutes, nothing with a secrecy
    mark.
    """
    if duty.body_id in who.bodies or (duty.responsible_id in who.bodies):
        return True
    return not is_secret(duty.paragraf.item) and may_read_minutes(who, duty.paragraf.item.meeting)


def readable_duties(who: Viewer) -> QuerySet[Beslutsuppdrag]:
    """Return the open decisions that the person may read; `may_read_duty` is the same rule for one."""
    read = OPEN_MATTER & Q(paragraf__item__meeting__in=meetings_with_readable_minutes(who))
    return Beslutsuppdrag.objects.filter(Q(body__in=who.bodies) | Q(responsible__in=who.bodies) | read)


def hidden_duties(who: Viewer, duties: Iterable[Beslutsuppdrag]) -> frozenset[int]:
    """Return the paragraphs of those duties whose words the person may not read, though they are listed.

    A body that is to carry out something in a matter with a secrecy mark sees that there is something; what it is, once
    it has been sent the extract. One statement where there is any such, else none.
    """
    secret = {one.paragraf_id for one in duties if one.body_id not in who.bodies and is_secret(one.paragraf.item)}
    if not secret:
        return frozenset()
    sent = Utdrag.objects.filter(read_by_receiver(), paragraf__in=secret, receiver__in=who.bodies)
    return frozenset(secret - set(sent.values_list("paragraf_id", flat=True)))


def carrying_out(who: Viewer, duty: Beslutsuppdrag) -> Standing | None:
    """Return the standing by which the person says that a duty is carried out, or None.

    Anybody with a mandate of work in the body that is responsible, or whoever keeps the records of the deciding one.
    """
    own = receiving(who, duty.responsible) if duty.responsible else None
    return own or keeping(who, duty.body)
