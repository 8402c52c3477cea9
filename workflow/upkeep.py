"""Acts that keep a case in order without moving it: another handläggare, an anmälan taken back."""

from django.db import transaction
from django.utils import timezone

from governance.models import Person
from governance.permissions import Standing, holders, today
from governance.vocabulary import Mandate, MoveKind, StationKind
from satsningar.models import Satsning
from workflow.cases import hidden_from_strangers, lock, record_act
from workflow.decisions import open_anmalan
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.machine import Arende
from workflow.models import Anmalan
from workflow.rights import Viewer, path_of, standing_for, station_of, viewer
from workflow.vocabulary import Act


def may_name_handlaggare(who: Viewer, satsning: Satsning) -> bool:
    """Tell whether the person may name another handläggare: somebody who prepares in the case's own body."""
    return (
        satsning.handlaggare_id is not None
        and not station_of(satsning).is_final
        and satsning.beredningsgrupp_id is not None
        and who.holds(Mandate.BEREDA, satsning.beredningsgrupp_id)
    )


def name_handlaggare(satsning_id: int, person_id: int | None, *, actor: Person) -> None:
    """Name another handläggare.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NoMandate: the actor does not prepare in the case's body, or the case has not been taken up.
        Invalid: the one named may not prepare there.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            who = viewer(actor)
            if arende.beredningsgrupp_id is None or not may_name_handlaggare(who, arende):
                raise NoMandate("Handläggaren byts av den beredningsgrupp som har tagit upp satsningen.")
        names = {
            holder.person_id: holder.name for holder in holders(arende.beredningsgrupp_id, Mandate.BEREDA, today())
        }
        if person_id not in names:
            raise Invalid({"handlaggare": ["Välj någon som har uppdraget att bereda i gruppen."]})
        standing = next(
            s for s in who.standings if s.body_id == arende.beredningsgrupp_id and s.mandate == Mandate.BEREDA
        )
        change_handlaggare(arende, person_id, names[person_id], actor=actor, standing=standing)


def change_handlaggare(  # noqa: PLR0913 - an act is made of this many facts
    arende: Arende, person_id: int, name: str, *, actor: Person, standing: Standing, reason: str = ""
) -> None:
    """Write another handläggare and record it; the caller holds the lock, has asked the right and chosen rightly."""
    before = arende.handlaggare.name if arende.handlaggare else ""
    arende.handlaggare_id = person_id
    payload = {"handlaggare": [before, name]} | ({"reason": reason} if reason else {})
    record_act(arende, Act.BYT_HANDLAGGARE, actor=actor, standing=standing, payload=payload)


def may_withdraw_anmalan(who: Viewer, satsning: Satsning, anmalan: Anmalan | None) -> bool:
    """Tell whether the person may take back the open anmälan: in the body that made it, while the case runs.

    What lies on the table at *beslut* is taken from it by a decision, or by the ansvarig grupp's återkallan.
    """
    if anmalan is None or station_of(satsning).kind == StationKind.BESLUT:
        return False
    standing = _standing_to_bring(who, satsning)
    return standing is not None and any(s.body_id == anmalan.made_by_id for s in who.standings)


def _standing_to_bring(who: Viewer, satsning: Satsning) -> Standing | None:
    moves = (move for move in path_of(satsning).moves_from(satsning.station) if move.kind == MoveKind.ANMAL)
    return next((standing for move in moves if (standing := standing_for(who, move, satsning))), None)


def withdraw_anmalan(satsning_id: int, *, actor: Person) -> None:
    """Take back the open anmälan till beslut of a running case.

    Raises:
        Satsning.DoesNotExist: there is no such case that the actor may read.
        NotFromHere: nothing is before the deciding body, or the case lies on its table.
        NoMandate: the actor does not sit in the body that made it.

    """
    with transaction.atomic():
        arende = lock(satsning_id)
        with hidden_from_strangers(arende, actor):
            who, anmalan = viewer(actor), open_anmalan(arende)
            if anmalan is None or station_of(arende).kind == StationKind.BESLUT:
                raise NotFromHere("Det finns ingen anmälan att ta tillbaka här.")
            standing = _standing_to_bring(who, arende)
            if standing is None or not may_withdraw_anmalan(who, arende, anmalan):
                raise NoMandate(f"Anmälan tas tillbaka av {anmalan.made_by.name}.")
        Anmalan.objects.filter(pk=anmalan.pk).update(closed_at=timezone.now())
        payload = {"anmalan": anmalan.forslag}
        record_act(arende, Act.ANMALAN_ATERTAGEN, actor=actor, standing=standing, payload=payload)
