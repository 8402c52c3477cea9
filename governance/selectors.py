"""Reads over the constitution, named by what they return."""

from datetime import date

from governance.models import (
    Arendegang,
    ArendegangVersion,
    Body,
    County,
    Membership,
    Organisation,
    Seat,
)
from governance.models.bodies import MembershipQuerySet
from governance.paths import PathVersion, path_version
from governance.permissions import standings, today
from governance.vocabulary import Mandate, Role


def organisations_of(county_id: int) -> list[Organisation]:
    """Return the county's organisations that have not ended, in the file's order."""
    return list(Organisation.objects.filter(county_id=county_id, ended_on=None))


def roles_of(body: Body) -> tuple[Role, ...]:
    """Return the roles that the county gives this kind of body, in the vocabulary's order."""
    held = set(Seat.objects.filter(body=body).values_list("role", flat=True))
    return tuple(role for role in Role if role.value in held)


def bodies_taking_cases(county_id: int) -> list[Body]:
    """Return the bodies that may be ansvarig grupp: those where some role writes satsningar."""
    return list(
        Body.objects.filter(
            county_id=county_id,
            ended_on=None,
            seats__group__groupobjectpermission__permission__codename=Mandate.FORFATTA,
        ).distinct()
    )


def arendegang_for(body: Body) -> Arendegang:
    """Return the path that cases of this body take: its own, its nearest superior's, or the county's standard.

    Raises:
        Arendegang.DoesNotExist: when the county has no path.

    """
    bodies = {one.pk: one for one in Body.objects.filter(county_id=body.county_id)}
    paths = {path.pk: path for path in Arendegang.objects.filter(county_id=body.county_id, ended_on=None)}
    at: Body | None = bodies.get(body.pk)
    while at is not None:
        if at.arendegang_id in paths:
            return paths[at.arendegang_id]
        at = bodies.get(at.parent_id) if at.parent_id else None
    for path in paths.values():
        if path.standard:
            return path
    raise Arendegang.DoesNotExist(f"{body.county_id} har ingen ärendegång.")


def version_in_force(path: Arendegang, day: date | None = None) -> PathVersion | None:
    """Return the version that new cases take on `day` (today), or None when none has come into force."""
    row = ArendegangVersion.objects.filter(arendegang=path).in_force(day or today()).first()
    return path_version(row.pk) if row else None


def paths_in_force(county_id: int) -> list[PathVersion]:
    """Return each of the county's paths in the version in force today, the standard first."""
    paths = Arendegang.objects.filter(county_id=county_id, ended_on=None).order_by("-standard", "name")
    return [version for path in paths if (version := version_in_force(path))]


def body_names(county_id: int) -> dict[str, str]:
    """Return the name of every body of the county by its code, ended ones too, for tables and pictures."""
    return dict(Body.objects.filter(county_id=county_id).values_list("code", "name"))


def memberships_of(person_id: int) -> MembershipQuerySet:
    """Return all memberships of a person, past and coming ones too, newest first."""
    rows = Membership.objects.filter(person_id=person_id).select_related("body", "body__county", "represents")
    return rows.order_by("-starts_on", "-id")


def counties_administered_by(person_id: int) -> list[County]:
    """Return the counties whose people and memberships the person administers today."""
    held = {one.county_id for one in standings(person_id) if one.mandate == Mandate.ADMINISTRERA}
    return list(County.objects.filter(pk__in=held))
