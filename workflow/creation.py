"""Making a case: the one move that has no station to leave from."""

from collections.abc import Iterable
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from governance.models import ArendegangVersion, Body, Person
from governance.paths import PathVersion, path_version
from governance.permissions import standings, today
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, MoveKind
from satsningar import services
from workflow import journal
from workflow.actions import Performed
from workflow.errors import Invalid, NoMandate
from workflow.machine import Arende
from workflow.rights import find_standing
from workflow.saying import refusal_of_mandate
from workflow.vocabulary import Act


def create_satsning(
    ansvarig_grupp: Body,
    titel: str,
    *,
    actor: Person,
    beredningsgrupp: Body | None = None,
    is_example: bool = False,
) -> tuple[int, Performed]:
    """Make a case in the path that its ansvarig grupp's structure follows; return its id and the act.

    Effects, in order, in one transaction: the version in force is found, the case's bodies are found along the chain
    that the ansvarig grupp works for, the actor's standing is found, the case and its title are written, the journal
    is written.

    Args:
        ansvarig_grupp: the body that answers for the case.
        titel: its title.
        actor: a member of that group who may write, or of the deciding body on its behalf.
        beredningsgrupp: who prepares it, where the group's chain does not say.
        is_example: marks the case as example data for ever.

    Raises:
        NoMandate: the actor may not make a case for that group.
        Invalid: there is no title, no path in force, or the chain does not say who prepares it.

    """
    with transaction.atomic():
        path = path_in_force(ansvarig_grupp)
        bodies = tuple(Body.objects.filter(county=ansvarig_grupp.county_id, ended_on=None).order_by("position", "pk"))
        at = timezone.now()
        arende = Arende(
            county_id=ansvarig_grupp.county_id,
            version_id=path.id,
            station=path.creating.targets[0],
            station_since=at,
            edition=1,
            ansvarig_grupp=ansvarig_grupp,
            beredningsgrupp=beredningsgrupp or _preparing_body(path, ansvarig_grupp, bodies),
            beslutsorgan=_deciding_body(path, ansvarig_grupp, bodies),
            is_example=is_example,
            created_at=at,
            created_by=actor,
            last_act_at=at,
        )
        standing = find_standing(standings(actor.pk), path.creating, arende)
        if standing is None:
            raise NoMandate(refusal_of_mandate(path.creating, arende, actor))
        try:
            title = services.clean_title(titel)
        except ValidationError as error:
            raise Invalid(error.message_dict) from None
        arende.save(force_insert=True)
        services.create_content(arende.pk, title, person_id=actor.pk)
        act_id = uuid4()
        number = journal.append(
            journal.Envelope(
                county_id=arende.county_id,
                act_id=act_id,
                act=Act.SKAPA,
                at=at,
                actor_id=actor.pk,
                body_id=standing.body_id,
                role=standing.role,
                mandate=standing.mandate,
                move=path.creating.code,
                satsning_id=arende.pk,
                version_id=path.id,
                to_station=arende.station,
            ),
            {
                "actor": actor.name,
                "body": standing.body_name,
                "move": path.creating.name,
                "to": path.stations[arende.station].name,
                "title": title,
                "ansvarig_grupp": ansvarig_grupp.name,
            },
        )
    return arende.pk, Performed(act_id, arende.station, arende.edition, number, "")


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
    bodies = tuple(Body.objects.filter(county=ansvarig_grupp.county_id, ended_on=None).order_by("position", "pk"))
    keys = _keys(path, MoveKind.TA_UPP)
    if _along_the_chain(keys, ansvarig_grupp, bodies) is not None:
        return ()
    return tuple(body for body in bodies if body.kind in keys or body.code in keys)


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
