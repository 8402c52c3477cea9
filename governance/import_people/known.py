"""What a check compares a sheet with, read in a fixed number of statements: bodies, roles, people and their seats."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NamedTuple

from django.db import connection

from governance.models import Body, County, Organisation, Seat
from governance.permissions import today
from governance.sheets.names import Names, words_of
from governance.vocabulary import Role


class KnownPerson(NamedTuple):
    """Somebody with an account, as far as the county may know."""

    id: int
    email: str
    name: str
    title: str
    is_active: bool
    is_own: bool
    """Whether the county's administrators see the person: with a role there, now or before, or with none anywhere."""
    is_changeable: bool
    """Whether name and title are theirs to change: no role elsewhere, no technical administrator."""


class KnownSeat(NamedTuple):
    """A membership that is kept."""

    id: int
    body_id: int
    role: Role
    represents_id: int | None
    starts_on: date
    ends_on: date | None


@dataclass(slots=True)
class Known:
    """What is known of a county when a sheet is checked against it."""

    county: County
    actor_id: int
    bodies: dict[int, Body]
    roles: dict[int, tuple[Role, ...]]
    organisations: dict[int, Organisation]
    people: dict[str, KnownPerson] = field(default_factory=dict)
    """By address: those that the sheet names, and those the county administers."""
    names: dict[str, list[KnownPerson]] = field(default_factory=dict)
    """The county's own people by `name_key`."""
    seats: dict[int, list[KnownSeat]] = field(default_factory=dict)
    """The memberships in the county of those with the addresses asked about, by person."""


def name_key(name: str) -> str:
    """Return what two spellings of a name have in common: its words in order of the alphabet, without accents."""
    return " ".join(sorted(words_of(name)))


_PEOPLE = """
SELECT p.id, lower(p.email), p.name, p.title, p.is_active,
    here.person_id IS NOT NULL OR (anywhere.person_id IS NULL AND NOT p.is_staff AND NOT p.is_superuser
        AND (p.added_in_id IS NULL OR p.added_in_id = %(county)s)) AS own,
    elsewhere.person_id IS NULL AND NOT p.is_staff AND NOT p.is_superuser AS changeable
FROM governance_person p
LEFT JOIN (SELECT DISTINCT m.person_id FROM governance_membership m JOIN governance_body b ON b.id = m.body_id
    WHERE b.county_id = %(county)s) here ON here.person_id = p.id
LEFT JOIN (SELECT DISTINCT m.person_id FROM governance_membership m) anywhere ON anywhere.person_id = p.id
LEFT JOIN (SELECT DISTINCT m.person_id FROM governance_membership m JOIN governance_body b ON b.id = m.body_id
    WHERE b.county_id <> %(county)s AND (m.ends_on IS NULL OR m.ends_on >= %(day)s)) elsewhere
    ON elsewhere.person_id = p.id
WHERE p.email = ANY(%(emails)s) OR here.person_id IS NOT NULL
    OR (anywhere.person_id IS NULL AND NOT p.is_staff AND NOT p.is_superuser
        AND (p.added_in_id IS NULL OR p.added_in_id = %(county)s))
ORDER BY p.id
"""
_SEATS = """
SELECT m.person_id, m.id, m.body_id, m.role, m.represents_id, m.starts_on, m.ends_on
FROM governance_membership m JOIN governance_body b ON b.id = m.body_id AND b.county_id = %(county)s
WHERE m.person_id = ANY(%(people)s) ORDER BY m.id
"""
_LOCK = "SELECT id FROM governance_person WHERE id = ANY(%(people)s) ORDER BY id FOR NO KEY UPDATE"


def read_known(county: County, actor_id: int, emails: Collection[str], *, lock: bool = False) -> Known:
    """Return what is known of the county and of these addresses; five statements, six with the lock.

    Args:
        county: where the sheet is to be read in.
        actor_id: who reads it in.
        emails: the addresses that the sheet and the answers name, in small letters.
        lock: hold the rows of everybody with one of these addresses until the transaction ends, in order of their ids,
            as every writer of memberships does.

    """
    bodies = Body.objects.filter(county=county).select_related("county", "organisation").order_by("position", "pk")
    known = Known(
        county=county,
        actor_id=actor_id,
        bodies={body.pk: body for body in bodies},
        roles=_roles(county),
        organisations={one.pk: one for one in Organisation.objects.filter(county=county, ended_on=None)},
    )
    values = {"county": county.pk, "day": today(), "emails": list(emails)}
    rows = _fetch(_PEOPLE, values)
    asked = set(emails)
    if lock and (named := [row[0] for row in rows if row[1] in asked]):
        _fetch(_LOCK, {"people": named})
        # Read again: somebody may have changed while the lock was waited for.
        rows = _fetch(_PEOPLE, values)
    people = [KnownPerson(*row) for row in rows]
    known.people = {person.email: person for person in people}
    by_name: dict[str, list[KnownPerson]] = defaultdict(list)
    for person in people:
        if person.is_own:
            by_name[name_key(person.name)].append(person)
    known.names = by_name
    known.seats = _seats(county, [person for person in people if person.email in asked])
    return known


def _roles(county: County) -> dict[int, tuple[Role, ...]]:
    held: dict[int, set[str]] = defaultdict(set)
    for body_id, role in Seat.objects.filter(body__county=county).values_list("body", "role"):
        held[body_id].add(role)
    return {body_id: tuple(role for role in Role if role.value in roles) for body_id, roles in held.items()}


def _seats(county: County, people: Sequence[KnownPerson]) -> dict[int, list[KnownSeat]]:
    found: dict[int, list[KnownSeat]] = defaultdict(list)
    for row in _fetch(_SEATS, {"county": county.pk, "people": [person.id for person in people]}):
        found[row[0]].append(KnownSeat(row[1], row[2], Role(row[3]), *row[4:]))
    return found


def _fetch(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def names_of(rows: Iterable[Body | Organisation]) -> Names[int]:
    """Return the ids of rows by what may be written for them, name or code; those that have ended are not offered."""
    names = Names[int]()
    for row in rows:
        names.add(row.name, row.pk, offer=str(row) if row.ended_on is None else "")
        names.add(row.code, row.pk)
    return names
