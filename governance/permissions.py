"""The only module that asks who holds a mandate; it reads guardian's rows in one statement.

A membership counts from its first day to its last, by today's date in Stockholm. A superuser holds
no mandate: guardian's short-cut for superusers is not used.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import Permission
from django.utils import timezone
from guardian.models import GroupObjectPermission

from governance import prepared
from governance.models import Seat
from governance.vocabulary import HANDED_OVER, BodyKind, Mandate, Role


@dataclass(frozen=True, slots=True)
class Standing:
    """A current membership together with one mandate that its role carries in its body."""

    membership_id: int
    body_id: int
    body_code: str
    body_kind: BodyKind
    body_name: str
    county_id: int
    organisation_id: int | None
    role: Role
    mandate: Mandate
    acts_for: str = ""
    """Whom the person stands in for in the body today, by name: no right, but recorded with what is done.

    Empty for a mandate that is not handed over to a colleague.
    """


GRANTED = """SELECT FROM governance_seat t
        JOIN guardian_groupobjectpermission g ON g.group_id = t.group_id AND g.object_pk = m.body_id::text
        JOIN auth_permission q ON q.id = g.permission_id
        JOIN django_content_type k ON k.id = g.content_type_id AND k.app_label = 'governance' AND k.model = 'body'
        WHERE t.body_id = m.body_id AND t.role = m.role"""
"""The mandates `q` that the role of a membership `m` carries in its body, for `EXISTS` in other statements."""


def today() -> date:
    """Return today's date in Stockholm."""
    return timezone.localdate()


_STANDS_IN_FOR = """coalesce((SELECT string_agg(DISTINCT x.name, ', ')
    FROM governance_franvaro f JOIN governance_membership a ON a.id = f.membership_id
    JOIN governance_person x ON x.id = a.person_id
    WHERE f.substitute_id = m.person_id AND a.body_id = m.body_id AND f.revoked_at IS NULL
    AND f.starts_on <= %(day)s AND f.ends_on >= %(day)s
    AND a.starts_on <= %(day)s AND (a.ends_on IS NULL OR a.ends_on >= %(day)s)), '')"""

_STANDINGS = f"""
SELECT m.id, b.id, b.code, b.kind, b.name, b.county_id, b.organisation_id, m.role, p.codename, {_STANDS_IN_FOR}
FROM governance_membership m
JOIN governance_person w ON w.id = m.person_id AND w.is_active
JOIN governance_body b ON b.id = m.body_id AND (b.ended_on IS NULL OR b.ended_on >= %(day)s)
JOIN governance_seat s ON s.body_id = m.body_id AND s.role = m.role
JOIN guardian_groupobjectpermission g ON g.group_id = s.group_id AND g.object_pk = m.body_id::text
JOIN auth_permission p ON p.id = g.permission_id
JOIN django_content_type c ON c.id = g.content_type_id AND c.app_label = 'governance' AND c.model = 'body'
WHERE m.person_id = %(person)s AND m.starts_on <= %(day)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
ORDER BY m.id, p.codename
"""  # noqa: S608 - made of constants


def standings(person_id: int) -> tuple[Standing, ...]:
    """Return every mandate the person holds today, in every county, in one statement."""
    return tuple(_standing(row) for row in prepared.fetch_all(_STANDINGS, {"person": person_id, "day": today()}))


_HELD = f"""
SELECT m.id, b.id, b.code, b.kind, b.name, b.county_id, b.organisation_id, m.role, h.codename, {_STANDS_IN_FOR}
FROM governance_membership m
JOIN governance_person w ON w.id = m.person_id AND w.is_active
JOIN governance_body b ON b.id = m.body_id AND (b.ended_on IS NULL OR b.ended_on >= %(day)s)
LEFT JOIN LATERAL (
    SELECT p.codename FROM governance_seat s
    JOIN guardian_groupobjectpermission g ON g.group_id = s.group_id AND g.object_pk = m.body_id::text
    JOIN auth_permission p ON p.id = g.permission_id
    JOIN django_content_type c ON c.id = g.content_type_id AND c.app_label = 'governance' AND c.model = 'body'
    WHERE s.body_id = m.body_id AND s.role = m.role) h ON true
WHERE m.person_id = %(person)s AND m.starts_on <= %(day)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
ORDER BY m.id, h.codename
"""  # noqa: S608 - made of constants


def held(person_id: int) -> tuple[tuple[Standing, ...], frozenset[tuple[int, int]]]:
    """Return what the person holds today, in one statement.

    Every mandate, as `standings` returns them; and body and county of every membership, those without a mandate too.
    """
    rows = prepared.fetch_all(_HELD, {"person": person_id, "day": today()})
    return tuple(_standing(row) for row in rows if row[8] is not None), frozenset((row[1], row[5]) for row in rows)


def _standing(row: prepared.Row) -> Standing:
    membership, body, code, kind, name, county, organisation, role, mandate, acts_for = row
    held_by = (membership, body, code, BodyKind(kind), name, county, organisation)
    return Standing(*held_by, Role(role), Mandate(mandate), acts_for if mandate in HANDED_OVER else "")


@dataclass(frozen=True, slots=True)
class Holder:
    """A member of a body who holds a mandate there."""

    membership_id: int
    person_id: int
    name: str


_HOLDERS = """
SELECT m.id, w.id, w.name FROM governance_membership m
JOIN governance_person w ON w.id = m.person_id
JOIN governance_seat s ON s.body_id = m.body_id AND s.role = m.role
JOIN guardian_groupobjectpermission g ON g.group_id = s.group_id AND g.object_pk = m.body_id::text
JOIN auth_permission p ON p.id = g.permission_id AND p.codename = %(mandate)s
JOIN django_content_type c ON c.id = g.content_type_id AND c.app_label = 'governance' AND c.model = 'body'
WHERE m.body_id = %(body)s AND m.starts_on <= %(day)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
ORDER BY w.name, m.id
"""


def holders(body_id: int, mandate: Mandate, day: date) -> tuple[Holder, ...]:
    """Return the members of the body who hold the mandate there on that day, by name."""
    rows = prepared.fetch_all(_HOLDERS, {"body": body_id, "mandate": mandate.value, "day": day})
    return tuple(Holder(*row) for row in rows)


@dataclass(frozen=True, slots=True)
class MandateHolder:
    """Somebody who holds a mandate in a body on a day, by one membership."""

    body_id: int
    mandate: Mandate
    membership_id: int
    person_id: int
    name: str


_ALL_HOLDERS = """
SELECT m.body_id, p.codename, m.id, w.id, w.name FROM governance_membership m
JOIN governance_person w ON w.id = m.person_id AND w.is_active
JOIN governance_seat s ON s.body_id = m.body_id AND s.role = m.role
JOIN guardian_groupobjectpermission g ON g.group_id = s.group_id AND g.object_pk = m.body_id::text
JOIN auth_permission p ON p.id = g.permission_id
JOIN django_content_type c ON c.id = g.content_type_id AND c.app_label = 'governance' AND c.model = 'body'
WHERE m.body_id = ANY(%(bodies)s) AND m.starts_on <= %(day)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
ORDER BY w.name, m.id, p.codename
"""


def mandate_holders(body_ids: Collection[int], day: date) -> tuple[MandateHolder, ...]:
    """Return who holds which mandate in these bodies on that day, by name, in one statement."""
    rows = prepared.fetch_all(_ALL_HOLDERS, {"bodies": list(body_ids), "day": day})
    return tuple(MandateHolder(row[0], Mandate(row[1]), *row[2:]) for row in rows)


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a body, whom the member represents, and whether the role carries the mandate that was asked for."""

    membership_id: int
    person_id: int
    name: str
    role: Role
    represents_id: int | None
    represents_kind: str
    holds: bool


_MEMBERS = """
SELECT m.id, w.id, w.name, m.role, m.represents_id, coalesce(o.kind, ''), EXISTS (
    SELECT FROM governance_seat s
    JOIN guardian_groupobjectpermission g ON g.group_id = s.group_id AND g.object_pk = m.body_id::text
    JOIN auth_permission p ON p.id = g.permission_id AND p.codename = %(mandate)s
    JOIN django_content_type c ON c.id = g.content_type_id AND c.app_label = 'governance' AND c.model = 'body'
    WHERE s.body_id = m.body_id AND s.role = m.role)
FROM governance_membership m JOIN governance_person w ON w.id = m.person_id
LEFT JOIN governance_organisation o ON o.id = m.represents_id
WHERE m.body_id = %(body)s AND m.starts_on <= %(day)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)
ORDER BY m.id
"""


def members(body_id: int, mandate: Mandate, day: date) -> tuple[Member, ...]:
    """Return everybody who sits in the body on that day, with or without the mandate, in one statement."""
    rows = prepared.fetch_all(_MEMBERS, {"body": body_id, "mandate": mandate.value, "day": day})
    return tuple(Member(row[0], row[1], row[2], Role(row[3]), *row[4:]) for row in rows)


def granted_mandates(seats: Collection[Seat]) -> dict[int, set[Mandate]]:
    """Return the mandates that each seat holds on its own body, by the seat's id, in one statement."""
    by_group = {seat.group_id: seat for seat in seats}
    held: dict[int, set[Mandate]] = {seat.pk: set() for seat in seats}
    rows = GroupObjectPermission.objects.filter(
        group_id__in=by_group, content_type__app_label="governance", content_type__model="body"
    ).values_list("group_id", "object_pk", "permission__codename")
    for group_id, object_pk, codename in rows:
        seat = by_group[group_id]
        if object_pk == str(seat.body_id):
            held[seat.pk].add(Mandate(codename))
    return held


def grant_mandates(wanted: Mapping[Seat, Collection[str]]) -> None:
    """Make guardian's rows for each seat exactly these mandates on its body, however many seats there are.

    Effects, in order: rows for mandates no longer held are removed, rows for new ones are added. At most
    four statements.
    """
    permissions = {
        codename: (permission_id, content_type_id)
        for codename, permission_id, content_type_id in Permission.objects.filter(
            content_type__app_label="governance", content_type__model="body"
        ).values_list("codename", "pk", "content_type_id")
    }
    rows = GroupObjectPermission.objects.filter(group_id__in=[seat.group_id for seat in wanted])
    held = {
        (group_id, object_pk, permission_id): pk
        for pk, group_id, object_pk, permission_id in rows.values_list("pk", "group_id", "object_pk", "permission_id")
    }
    right = {
        (seat.group_id, str(seat.body_id), permissions[mandate][0]): permissions[mandate][1]
        for seat, mandates in wanted.items()
        for mandate in mandates
    }
    if gone := [pk for row, pk in held.items() if row not in right]:
        GroupObjectPermission.objects.filter(pk__in=gone).delete()
    GroupObjectPermission.objects.bulk_create(
        GroupObjectPermission(
            group_id=group_id, object_pk=object_pk, permission_id=permission_id, content_type_id=content_type_id
        )
        for (group_id, object_pk, permission_id), content_type_id in right.items()
        if (group_id, object_pk, permission_id) not in held
    )


def holds(person_id: int, mandate: Mandate, *, body_id: int | None = None, county_id: int | None = None) -> bool:
    """Tell whether the person holds the mandate today, in that body or county if one is given."""
    return any(
        standing.mandate == mandate
        and (body_id is None or standing.body_id == body_id)
        and (county_id is None or standing.county_id == county_id)
        for standing in standings(person_id)
    )
