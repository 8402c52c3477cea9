"""The acts that say why a case stands still, and that it goes on; asked and journaled like every act."""

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from governance.permissions import Standing
from governance.vocabulary import Mandate
from satsningar.models import Satsning
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.deadlines.models import Stopp
from workflow.deadlines.vocabulary import Stopporsak
from workflow.errors import Invalid, NoMandate, NotFromHere, Stale
from workflow.rights import Viewer, station_of, viewer
from workflow.vocabulary import Act

LONGEST_TEXT = 250
WHO = "Ansvarig grupp, den beredningsgrupp som har ärendet eller regionalt stöd säger varför satsningen står still."


def stopping_standing(who: Viewer, satsning: Satsning) -> Standing | None:
    """Return the standing by which the person says why the case stands still, and that it goes on; None for others.

    Whoever writes in the ansvarig grupp, prepares in the case's own body, or leads the county's cases.
    """
    if station_of(satsning).is_final:
        return None
    for one in who.standings:
        writes = one.mandate == Mandate.FORFATTA and one.body_id == satsning.ansvarig_grupp_id
        prepares = (
            one.mandate == Mandate.BEREDA
            and one.body_id == satsning.beredningsgrupp_id
            and satsning.submitted_at is not None
        )
        leads = one.mandate == Mandate.LEDA_ARENDEN and one.county_id == satsning.county_id
        if writes or prepares or leads:
            return one
    return None


def open_stop(satsning_id: int) -> Stopp | None:
    """Return why the case stands still, None where it does not; one statement."""
    return Stopp.objects.select_related("set_by").filter(satsning=satsning_id, cleared_at=None).first()


def stop(satsning_id: int, cause: str, text: str, *, actor: Person, expected_edition: int) -> None:
    """Say why a case stands still; another cause than before takes the place of that.

    Effects, in order: the case is locked, what was said before ends, the new cause is written, the journal.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor is not one of those who say so, or the case has ended.
        Stale: the case has changed since the form was shown.
        Invalid: no such cause, or *annat* without words.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = stopping_standing(viewer(actor), arende)
            if standing is None:
                raise NoMandate(WHO)
            if arende.edition != expected_edition:
                raise Stale
            words = " ".join(text.replace("\0", "").split())
            _check(cause, words)
            before = open_stop(arende.pk)
            if before is not None and (before.cause, before.text) == (cause, words):
                raise NotFromHere("Det står redan att satsningen står still av den orsaken.")
        payload = {"stopp": {"cause": cause, "text": words, "label": str(Stopporsak(cause).label)}}
        act_id = record_act(arende, Act.STOPP, actor=actor, standing=standing, payload=payload)
        now = timezone.now()
        if before is not None:
            Stopp.objects.filter(pk=before.pk).update(cleared_at=now, cleared_by=actor, cleared_act_id=act_id)
        Stopp.objects.create(
            satsning_id=arende.pk,
            cause=cause,
            text=words,
            act_id=act_id,
            set_at=now,
            set_by=actor,
            set_by_body_id=standing.body_id,
        )


def _check(cause: str, words: str) -> None:
    errors: dict[str, list[str]] = {}
    if cause not in Stopporsak.values:
        errors["cause"] = ["Välj en orsak."]
    if cause == Stopporsak.ANNAT and not words:
        errors["text"] = ["Skriv vad det är som gör att satsningen står still."]
    if len(words) > LONGEST_TEXT:
        errors["text"] = [f"Skriv högst {LONGEST_TEXT} tecken. Det är {len(words)} nu."]
    if errors:
        raise Invalid(errors)


def go_on(satsning_id: int, *, actor: Person) -> None:
    """Say that a case that stood still goes on.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor is not one of those who say so.
        NotFromHere: it does not stand still.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            standing = stopping_standing(viewer(actor), arende)
            if standing is None:
                raise NoMandate(WHO)
            found = open_stop(arende.pk)
            if found is None:
                raise NotFromHere("Det står inte att satsningen står still.")
        payload = {"stopp_slut": {"cause": found.cause, "label": str(found)}}
        act_id = record_act(arende, Act.STOPP_SLUT, actor=actor, standing=standing, payload=payload)
        Stopp.objects.filter(pk=found.pk).update(cleared_at=timezone.now(), cleared_by=actor, cleared_act_id=act_id)
