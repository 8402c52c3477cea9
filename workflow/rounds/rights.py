"""Who answers in a round, hands an answer over and closes the round: asked by the acts, shown by the pages."""

from governance.models import Body
from governance.permissions import Standing
from governance.vocabulary import BodyKind, Mandate
from satsningar.models import Satsning
from workflow.rights import Viewer, may_open_round
from workflow.rounds.models import Round
from workflow.vocabulary import RoundKind

ANSWERS_FOR_ORGANISATION = (Mandate.SVARA,)
ANSWERS_FOR_BODY = (Mandate.BEREDA, Mandate.BESLUTA, Mandate.FORFATTA)
OPENS_ROUNDS = frozenset({Mandate.BEREDA, Mandate.FORFATTA, Mandate.LEDA_ARENDEN})


def answering_mandates(body_kind: str) -> tuple[Mandate, ...]:
    """Return the mandates of which one is needed to answer for a body of this kind.

    An organisation's contacts answer by `svara`. Other bodies have no mandate for answering alone: their members answer
    by the one that their work rests on, `bereda`, `besluta` or `forfatta`. A body where nobody holds any of them
    cannot be asked.
    """
    return ANSWERS_FOR_ORGANISATION if body_kind == BodyKind.ORGANISATION else ANSWERS_FOR_BODY


def answering_standing(who: Viewer, body: Body) -> Standing | None:
    """Return the standing by which the person may answer for the body today, or None."""
    mandates = answering_mandates(body.kind)
    return next((held for held in who.standings if held.body_id == body.pk and held.mandate in mandates), None)


def closing_standing(who: Viewer, satsning: Satsning, held: Round) -> Standing | None:
    """Return the standing by which the person may close the round, or None.

    Those who may open such a round on the case now, and the body that opened it wherever the case has gone since.
    """
    now = may_open_round(who, satsning, RoundKind(held.kind))
    if now is not None:
        return now
    return next(
        (one for one in who.standings if one.body_id == held.opened_by_body_id and one.mandate in OPENS_ROUNDS), None
    )
