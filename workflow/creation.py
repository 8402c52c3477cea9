"""Making a case: the one move that has no station to leave from, and what every new case is built of."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import ArendegangVersion, Body, Person
from governance.paths import PathVersion, path_version
from governance.permissions import Standing, standings, today
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, MoveKind
from satsningar import services
from workflow import journal
from workflow.actions import Performed
from workflow.beginnings.copying import Start, copy_into
from workflow.errors import Invalid, NoMandate
from workflow.machine import Arende
from workflow.rights import find_standing
from workflow.saying import refusal_of_mandate
from workflow.vocabulary import Act


def create_satsning(  # noqa: PLR0913 - a case is made of this many facts
    ansvarig_grupp: Body,
    titel: str,
    *,
    actor: Person,
    beredningsgrupp: Body | None = None,
    is_example: bool = False,
    start: Start | None = None,
) -> tuple[int, Performed]:
    """Make a case in the path that its ansvarig grupp's structure follows; return its id and the act.

    Effects, in order, in one transaction: the version in force is found, the case's bodies are found along the chain
    that the ansvarig grupp works for, the actor's standing is found, the case and its title are written, the journal
    is written, and what the case begins from is copied into it.

    Args:
        ansvarig_grupp: the body that answers for the case.
        titel: its title.
        actor: a member of that group who may write, or of the deciding body on its behalf.
        beredningsgrupp: who prepares it, where the group's chain does not say.
        is_example: marks the case as example data for ever.
        start: what its content begins from, as the actor may read it.

    Raises:
        NoMandate: the actor may not make a case for that group.
        Invalid: there is no title, no path in force, the chain does not say who prepares it, or what it begins from is
            of another path or county.

    """
    with transaction.atomic():
        path = path_in_force(ansvarig_grupp)
        if start is not None:
            _check_start(start, path, ansvarig_grupp)
        arende = build_case(
            path,
            bodies_of(ansvarig_grupp.county_id),
            ansvarig_grupp,
            station=path.creating.targets[0],
            actor=actor,
            at=timezone.now(),
            beredningsgrupp=beredningsgrupp,
            is_example=is_example or (start is not None and start.is_example),
        )
        standing = find_standing(standings(actor.pk), path.creating, arende)
        if standing is None:
            raise NoMandate(refusal_of_mandate(path.creating, arende, actor))
        begun = Begun(Act.SKAPA, uuid4(), standing, move=path.creating.code)
        payload = {"move": path.creating.name, "ansvarig_grupp": ansvarig_grupp.name}
        if start is not None:
            payload["forlaga"] = start.label
        number = keep_case(arende, path, begun, titel, actor=actor, payload=payload)
        if start is not None:
            copy_into(arende, start, services.clean_title(titel), person_id=actor.pk)
    return arende.pk, Performed(begun.act_id, arende.station, arende.edition, number, "")


def _check_start(start: Start, path: PathVersion, group: Body) -> None:
    """Refuse what is of another county and not published, and a template of a path that the group does not take."""
    if start.county_id is not None and start.county_id != group.county_id:
        raise Invalid({"ansvarig_grupp": ["Det du börjar från hör till ett annat län. Välj en grupp där."]})
    if (
        start.path_id is not None
        and not ArendegangVersion.objects.filter(pk=path.id, arendegang=start.path_id).exists()
    ):
        raise Invalid({"ansvarig_grupp": [f"Mallen är för en annan ärendegång än {path.name}, som gruppen följer."]})


@dataclass(frozen=True, slots=True)
class Begun:
    """The act that a case begins with."""

    act: Act
    act_id: UUID
    standing: Standing
    move: str = ""


def build_case(  # noqa: PLR0913 - a case is made of this many facts
    path: PathVersion,
    bodies: tuple[Body, ...],
    ansvarig_grupp: Body,
    *,
    station: str,
    actor: Person,
    at: datetime,
    beredningsgrupp: Body | None = None,
    is_example: bool = False,
) -> Arende:
    """Return a new case that is not kept yet, its bodies found along the chain that its group works for.

    Args:
        path: the version of the path that it follows.
        bodies: the county's bodies that have not ended, in order.
        ansvarig_grupp: the body that answers for it.
        station: where it stands from the beginning.
        actor: who makes it.
        at: when.
        beredningsgrupp: who prepares it, where the group's chain does not say.
        is_example: marks it as example data for ever.

    Raises:
        Invalid: the chain does not say who prepares it, or who decides; or the body that is named to prepare it is not
            one of the county's that takes cases up in this path.

    """
    return Arende(
        county_id=ansvarig_grupp.county_id,
        version_id=path.id,
        station=station,
        station_since=at,
        edition=1,
        ansvarig_grupp=ansvarig_grupp,
        beredningsgrupp=_named_preparing(path, beredningsgrupp, bodies)
        if beredningsgrupp
        else _preparing_body(path, ansvarig_grupp, bodies),
        beslutsorgan=_deciding_body(path, ansvarig_grupp, bodies),
        is_example=is_example,
        created_at=at,
        created_by=actor,
        last_act_at=at,
    )


def keep_case(  # noqa: PLR0913 - the case, the act it begins with, and what is said of it
    arende: Arende, path: PathVersion, begun: Begun, titel: str, *, actor: Person, payload: dict[str, Any]
) -> int:
    """Write a built case with its title and its first journal entry; return the entry's number.

    Raises:
        Invalid: there is no title, or it is too long.

    """
    try:
        title = services.clean_title(titel)
    except ValidationError as error:
        raise Invalid(error.message_dict) from None
    arende.save(force_insert=True)
    services.create_content(arende.pk, title, person_id=actor.pk)
    return journal.append(
        journal.Envelope(
            county_id=arende.county_id,
            act_id=begun.act_id,
            act=begun.act,
            at=arende.created_at,
            actor_id=actor.pk,
            body_id=begun.standing.body_id,
            role=begun.standing.role,
            mandate=begun.standing.mandate,
            move=begun.move,
            satsning_id=arende.pk,
            version_id=path.id,
            to_station=arende.station,
        ),
        {
            "actor": actor.name,
            "body": begun.standing.body_name,
            "to": path.stations[arende.station].name,
            "title": title,
        }
        | payload,
    )


def bodies_of(county_id: int) -> tuple[Body, ...]:
    """Return the county's bodies that have not ended, in the county's order."""
    return tuple(Body.objects.filter(county=county_id, ended_on=None).order_by("position", "pk"))


def path_in_force(ansvarig_grupp: Body) -> PathVersion:
    """Return the version in force today of the path that the group's cases take.

    The nearest body along its chain that names a path decides; without one the county's standard path.

    Raises:
        Invalid: when no version of it is in force.

    """
    body: Body | None = ansvarig_grupp
    while body is not None and body.arendegang_id is None:
        body = body.parent
    versions = ArendegangVersion.objects.filter(arendegang__county=ansvarig_grupp.county_id)
    if body is not None:
        versions = versions.filter(arendegang=body.arendegang_id)
    else:
        versions = versions.filter(arendegang__standard=True)
    version = versions.in_force(today()).first()
    if version is None:
        raise Invalid({"ansvarig_grupp": [f"Ingen ärendegång gäller i dag för {ansvarig_grupp.name}."]})
    return path_version(version.pk)


def possible_preparing_bodies(ansvarig_grupp: Body) -> tuple[Body, ...]:
    """Return the bodies to choose among for preparation; empty when the group's chain says it or nobody prepares."""
    path = path_in_force(ansvarig_grupp)
    bodies = bodies_of(ansvarig_grupp.county_id)
    keys = _keys(path, MoveKind.TA_UPP)
    if _along_the_chain(keys, ansvarig_grupp, bodies) is not None:
        return ()
    return tuple(body for body in bodies if body.kind in keys or body.code in keys)


def _named_preparing(path: PathVersion, named: Body, bodies: tuple[Body, ...]) -> Body:
    """Return the body that is named to prepare a case; refuse one that never takes a case up here."""
    keys = _keys(path, MoveKind.TA_UPP)
    able = [body for body in bodies if body.kind in keys or body.code in keys]
    if named not in able:
        names = ", ".join(body.name for body in able)
        instead = f"Välj bland {names}." if able else "Lämna tomt."
        raise Invalid({"beredningsgrupp": [f"{named.name} tar inte upp satsningar i {path.name}. {instead}"]})
    return named


def _preparing_body(path: PathVersion, group: Body, bodies: tuple[Body, ...]) -> Body | None:
    keys = _keys(path, MoveKind.TA_UPP)
    found = _along_the_chain(keys, group, bodies)
    if found is None and any(body.kind in keys or body.code in keys for body in bodies):
        raise Invalid({"beredningsgrupp": ["Välj vilken grupp som ska bereda satsningen."]})
    return found


def _deciding_body(path: PathVersion, group: Body, bodies: tuple[Body, ...]) -> Body:
    """Return the case's own deciding body: the one that the first bifall names, where the chain has it."""
    deciding = (list(move.made_by) for move in path.moves if move.kind == MoveKind.BIFALL)
    found = next((body for keys in deciding if (body := _along_the_chain(keys, group, bodies))), None)
    if found is None:
        raise Invalid({"ansvarig_grupp": [f"Det går inte att se vem som beslutar om satsningar från {group.name}."]})
    return found


def _keys(path: PathVersion, kind: MoveKind) -> list[str]:
    return [key for move in path.moves if move.kind == kind for key in move.made_by if key != ANSVARIG_GRUPP]


def _along_the_chain(keys: Iterable[str], group: Body, bodies: tuple[Body, ...]) -> Body | None:
    """Return the body that the keys stand for: one named by code, the nearest upwards, or the only one there is."""
    wanted = set(keys)
    for body in bodies:
        if body.code in wanted and body.kind != BodyKind.ORGANISATION:
            return body
    by_id = {body.pk: body for body in bodies}
    above = by_id.get(group.parent_id) if group.parent_id else None
    while above is not None:
        if above.kind in wanted:
            return above
        above = by_id.get(above.parent_id) if above.parent_id else None
    only = [body for body in bodies if body.kind in wanted]
    return only[0] if len(only) == 1 else None
