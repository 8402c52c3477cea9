"""Sentences of refusal: never "you lack permission" but who can, and as what the asker takes part."""

from governance.models import Body, Membership, Person
from governance.paths import MoveValue
from governance.permissions import today
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from workflow.deciders import body_at_table
from workflow.rights import bodies_for, path_of, station_of
from workflow.words import mid_sentence


def refusal_of_mandate(move: MoveValue, satsning: Satsning, actor: Person) -> str:
    """Return who makes the move in this case, and what the actor is.

    Args:
        move: the move that was refused.
        satsning: the case.
        actor: who tried.

    """
    return f"{who_can(move, satsning)} {what_you_are(actor, satsning)}".strip()


def who_can(move: MoveValue, satsning: Satsning, bodies: tuple[Body, ...] | None = None) -> str:
    """Return the sentence of who makes the move in this case; `bodies` are the county's, if read already."""
    if bodies is None:
        bodies = tuple(Body.objects.filter(county=satsning.county_id, ended_on=None))
    names = " eller ".join(mid_sentence(body.name) for body in bodies_for(move, satsning, bodies)) or ", ".join(
        BodyKind(key).label if key != ANSVARIG_GRUPP else "Ansvarig grupp" for key in move.made_by
    )
    if move.in_meeting:
        return f"”{move.name}” beslutas på möte i {names} och förs in av dess sekreterare eller ordförande."
    return f"”{move.name}” görs av {names}."


def who_writes(satsning: Satsning, part: str) -> str:
    """Return the sentence of who writes a part where the case stands, and when."""
    station, label = station_of(satsning), PartCode(part).label
    group = satsning.ansvarig_grupp.name
    if station.is_final:
        return f"Satsningen är i steget {station.name}. Inget i den ändras längre."
    if station.kind in {StationKind.INLAMNAD, StationKind.BEREDNING}:
        return f"I steget {station.name} ändras inte ”{label}”. {group} skriver igen om komplettering begärs."
    if station.kind == StationKind.BESLUT:
        table = body_at_table(path_of(satsning), satsning).name
        return f"”{label}” ligger på bordet hos {mid_sentence(table)} och är fryst tills beslutet är fattat."
    return f"”{label}” skrivs inte av dig i steget {station.name}. Ansvarig grupp är {mid_sentence(group)}."


def what_you_are(actor: Person, satsning: Satsning) -> str:
    """Return the sentence of what the person is in the case's county today."""
    rows = Membership.objects.current(today()).filter(person=actor, body__county=satsning.county_id)
    roles = [
        f"{row.get_role_display().lower()} i {mid_sentence(_name(row.body))}"
        for row in rows.select_related("body__organisation").order_by("body__position", "pk")
    ]
    if not roles:
        return "Du har inget uppdrag i länet i dag."
    return f"Du är {' och '.join(roles)}."


def _name(body: Body) -> str:
    """Return what one takes part in: the organisation rather than the body of its contacts."""
    return body.organisation.name if body.organisation and body.kind == BodyKind.ORGANISATION else body.name
