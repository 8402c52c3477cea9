"""The acts of regionalt stöd on a county's letters: test mode, stop, release; and of a secretary on its decisions'."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils import timezone

from governance.models import Body, Person
from governance.permissions import Standing
from governance.vocabulary import Mandate
from workflow.errors import NoMandate, NotFromHere, Refusal
from workflow.meetings.acts import record_for_body
from workflow.models.journal import JournalEntry
from workflow.notices.concerned import DECISIONS
from workflow.notices.models import Delivery, Slappt, Utskick
from workflow.notices.sorting import new_message_id
from workflow.notices.vocabulary import Brevlage
from workflow.rights import Viewer, viewer
from workflow.vocabulary import Act

WHO_SETTLES = "Hur e-post skickas bestäms av regionalt stöd i länet."
WHO_RELEASES = (
    "Brev om ett beslut släpps av det beslutande organets sekreterare eller ordförande, eller av regionalt stöd."
)
MANY = (Brevlage.UPPGIVET, Brevlage.HALLET)
"""The states in which letters may be sent again all at once: none of them has arrived."""
_RELEASING = (Mandate.PROTOKOLLFORA, Mandate.LEDA_MOTE)


@dataclass(frozen=True, slots=True)
class Settings:
    """How a county's letters go out."""

    test_mode: bool
    stopped: bool
    holds_decisions: bool


class StaleSettings(Refusal):
    """Somebody else has changed the settings since they were shown."""

    status = 409

    def __init__(self) -> None:
        """Say what to do."""
        super().__init__("Någon annan har ändrat inställningarna. Se hur de är nu och försök igen.")


def supports(who: Viewer, county_id: int) -> Standing | None:
    """Return the standing by which the person keeps a county's letters, or None."""
    return who.holds_in(Mandate.LEDA_ARENDEN, county_id)


def settle(county_id: int, wanted: Settings, *, actor: Person, expected_edition: int) -> bool:
    """Change how a county's letters go out; return whether anything changed.

    Effects, in order: the row is locked, written, and the journal says what it was before.

    Raises:
        NoMandate: the actor is not of the county's regionalt stöd.
        StaleSettings: somebody else has changed them.

    """
    with transaction.atomic():
        standing = supports(viewer(actor), county_id)
        if standing is None:
            raise NoMandate(WHO_SETTLES)
        Utskick.objects.get_or_create(county_id=county_id)
        row = Utskick.objects.select_for_update().get(county=county_id)
        if row.edition != expected_edition:
            raise StaleSettings
        before = Settings(row.test_mode, row.stopped, row.holds_decisions)
        if before == wanted:
            return False
        row.test_mode, row.stopped, row.holds_decisions = wanted.test_mode, wanted.stopped, wanted.holds_decisions
        row.edition += 1
        row.changed_at = timezone.now()
        row.save()
        body = Body.objects.get(pk=standing.body_id)
        payload = {"before": _said(before), "after": _said(wanted), "edition": row.edition}
        record_for_body(body, Act.UTSKICK_ANDRAT, actor=actor, standing=standing, payload=payload)
        return True


def _said(settings: Settings) -> dict[str, bool]:
    return {
        "test_mode": settings.test_mode,
        "stopped": settings.stopped,
        "holds_decisions": settings.holds_decisions,
    }


def may_release(who: Viewer, entry: JournalEntry) -> Standing | None:
    """Return the standing by which the person lets the letters about a decision go, or None."""
    own = (one for one in who.standings if one.body_id == entry.body_id and one.mandate in _RELEASING)
    return next(own, None) or supports(who, entry.county_id)


def release(entry_id: int, *, actor: Person) -> JournalEntry:
    """Let the letters about a decision go, once; the next time letters are sorted they are on their way.

    Returns:
        The decision's entry.

    Raises:
        JournalEntry.DoesNotExist: there is no such decision in the actor's county.
        NoMandate: the actor neither keeps the body's records nor is of regionalt stöd.
        NotFromHere: they have been released.

    """
    with transaction.atomic():
        who = viewer(actor)
        entry = JournalEntry.objects.select_related("body").get(pk=entry_id, act__in=DECISIONS, county__in=who.counties)
        standing = may_release(who, entry)
        if standing is None:
            raise NoMandate(WHO_RELEASES)
        body = entry.body or Body.objects.get(pk=standing.body_id)
        said = {"post": entry.number, "satsning": entry.satsning_id}
        act_id = record_for_body(body, Act.BREV_SLAPPTA, actor=actor, standing=standing, payload=said)
        try:
            with transaction.atomic():
                Slappt.objects.create(entry=entry, act_id=act_id, at=timezone.now(), by=actor)
        except IntegrityError:
            raise NotFromHere("Breven om beslutet är redan släppta.") from None
        return entry


def send_again(delivery_id: int, *, actor: Person) -> Delivery:
    """Let a letter be tried again from the beginning; one that the server once took goes as a new letter.

    Raises:
        Delivery.DoesNotExist: there is none in a county whose letters the actor keeps.
        NotFromHere: it waits already.

    """
    with transaction.atomic():
        who = viewer(actor)
        kept = [county for county in who.counties if supports(who, county)]
        row = Delivery.objects.select_for_update(of=("self",)).get(pk=delivery_id, county__in=kept)
        if row.state == Brevlage.VANTAR:
            raise NotFromHere("Brevet väntar redan på att skickas.")
        if row.state == Brevlage.SANT:
            row.message_id = new_message_id()
        row.state, row.attempts, row.next_try_at, row.told = Brevlage.VANTAR, 0, timezone.now(), ""
        row.sent_at = None
        row.save()
        return row


def send_all_again(county_id: int, state: str, *, actor: Person) -> int:
    """Let every letter that did not arrive, or was held, be tried again from the beginning; return how many.

    Args:
        county_id: whose letters.
        state: one of `MANY`.
        actor: somebody of the county's regionalt stöd.

    Raises:
        NoMandate: the actor is not of the county's regionalt stöd.
        NotFromHere: letters in such a state are not sent many at a time, or there are none.

    """
    if supports(viewer(actor), county_id) is None:
        raise NoMandate(WHO_SETTLES)
    if state not in MANY:
        raise NotFromHere("Bara brev som inte gick fram, eller hölls kvar, kan skickas igen tillsammans.")
    rows = Delivery.objects.filter(county=county_id, state=state)
    count = rows.update(state=Brevlage.VANTAR, attempts=0, next_try_at=timezone.now(), told="", sent_at=None)
    if not count:
        raise NotFromHere("Det finns inga sådana brev längre.")
    return count
