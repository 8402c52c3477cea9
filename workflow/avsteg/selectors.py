"""Avsteg as pages read them: those of a case, those that wait for somebody, and the conditions that lists narrow by."""

import json

from django.db.models import F, Q, QuerySet

from governance.models import Body
from governance.permissions import holders, today
from governance.vocabulary import Mandate
from satsningar.models import Satsning
from workflow.avsteg.applied import Applied
from workflow.avsteg.models import Avsteg
from workflow.models import JournalEntry
from workflow.rights import Viewer, readable
from workflow.vocabulary import Avstegslage

_OWN_PATH = Q(version=F("satsning__version"))
_ANSWERED = Q(svar__isnull=False)
_GRANTED = Q(svar__outcome=Avstegslage.MEDGIVET.value)
_ENDED = Q(slut__isnull=False) | ~_OWN_PATH


def at(state: Avstegslage) -> Q:
    """Return the condition that an avsteg stands so; `Avsteg.state` is the same rule for one."""
    match state:
        case Avstegslage.BEGART:
            return ~_ANSWERED & _OWN_PATH
        case Avstegslage.MEDGIVET:
            return _GRANTED & ~_ENDED
        case Avstegslage.UPPHORT:
            return _GRANTED & _ENDED
        case Avstegslage.FORFALLET:
            return Q(svar__outcome=state.value) | (~_ANSWERED & ~_OWN_PATH)
    return Q(svar__outcome=state.value)


def with_words(rows: QuerySet[Avsteg]) -> QuerySet[Avsteg]:
    """Return the avsteg with everything that a page says of them."""
    return rows.select_related(
        "satsning", "asked_by", "asked_by_body", "body", "svar", "svar__by", "svar__by_body", "slut"
    )


def avsteg_of(satsning_id: int) -> list[Avsteg]:
    """Return a case's avsteg, the newest first, in one statement."""
    return list(with_words(Avsteg.objects.filter(satsning=satsning_id)))


def avsteg_in(satsning: Satsning, avsteg_id: int) -> Avsteg:
    """Return one avsteg of a case.

    Raises:
        Satsning.DoesNotExist: the case has none with that id.

    """
    found = with_words(Avsteg.objects.filter(satsning=satsning.pk, pk=avsteg_id)).first()
    if found is None:
        raise Satsning.DoesNotExist
    return found


def avsteg_at(satsning_id: int, revision_id: int) -> list[Applied]:
    """Return the avsteg that applied when a revision was frozen, as the journal has them; one statement."""
    entries = JournalEntry.objects.filter(satsning=satsning_id, revision=revision_id).order_by("number")
    for said in entries.values_list("payload__content", flat=True):
        if said and (found := json.loads(said).get("avsteg")):
            return list(found)
    return []


def answering(body: Body) -> list[str]:
    """Return the names of those who may answer for the body today, whatever their interest; one statement."""
    found = holders(body.pk, Mandate.GE_AVSTEG, today())
    return list(dict.fromkeys(holder.name for holder in found))


def follows(who: Viewer) -> Q | None:
    """Return which avsteg the person sees counted, None for whoever sees none.

    Those of the counties whose cases one follows, and those put to a deciding body that one sits in.
    """
    own = {standing.body_id for standing in who.standings if standing.mandate in _DECIDING}
    if not who.followed and not own:
        return None
    return Q(satsning__county__in=who.followed) | Q(body__in=own)


_DECIDING = frozenset({Mandate.BESLUTA, Mandate.PROTOKOLLFORA, Mandate.LEDA_MOTE, Mandate.GE_AVSTEG})


def followed(who: Viewer) -> QuerySet[Avsteg]:
    """Return the avsteg that the person sees counted, in cases that the person may read."""
    condition = follows(who)
    if condition is None:
        return Avsteg.objects.none()
    return Avsteg.objects.filter(condition, satsning__in=readable(who))
