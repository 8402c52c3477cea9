"""The write: a difference into the tables, one statement for each kind of row however many there are."""

from collections.abc import Sequence
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import connection

from governance.admission import take_in
from governance.import_people.spec import ChangedPerson, Difference, NewPerson, SeatChange
from governance.models import Membership, Person

_CHANGE_PEOPLE = """
UPDATE governance_person p SET name = v.name, title = v.title
FROM unnest(%s::bigint[], %s::text[], %s::text[]) AS v(id, name, title) WHERE p.id = v.id
"""
_END_SEATS = """
UPDATE governance_membership m SET ends_on = v.day, ended_by_id = %s
FROM unnest(%s::bigint[], %s::date[]) AS v(id, day) WHERE m.id = v.id
"""


def write(difference: Difference, *, actor: Person, county_id: int) -> list[int]:
    """Write a difference that has been checked, within the caller's transaction; return the ids of the new people.

    Effects, in order: people are added, without passwords; names and titles are changed; memberships are ended;
    those who get one and had an account are taken in, `governance.admission`; memberships are added.
    """
    added = _add_people(difference.people, county_id)
    _change_people(difference.changed)
    _end_seats(difference.ended, actor)
    take_in({one.person_id for one in difference.added if one.person_id is not None}, county_id)
    _add_seats(difference.added, added, actor)
    return list(added.values())


def _add_people(people: Sequence[NewPerson], county_id: int) -> dict[str, int]:
    rows = [
        Person(email=one.email, name=one.name, title=one.title, password=make_password(None), added_in_id=county_id)
        for one in people
    ]
    return {row.email: row.pk for row in Person.objects.bulk_create(rows)}


def _change_people(changed: Sequence[ChangedPerson]) -> None:
    if changed:
        with connection.cursor() as cursor:
            cursor.execute(
                _CHANGE_PEOPLE,
                [
                    [one.person_id for one in changed],
                    [one.after[0] for one in changed],
                    [one.after[1] for one in changed],
                ],
            )


def _end_seats(ended: Sequence[SeatChange], actor: Person) -> None:
    if ended:
        days: list[date | None] = [one.ends_on for one in ended]
        with connection.cursor() as cursor:
            cursor.execute(_END_SEATS, [actor.pk, [one.membership_id for one in ended], days])


def _add_seats(added: Sequence[SeatChange], people: dict[str, int], actor: Person) -> None:
    Membership.objects.bulk_create(
        Membership(
            person_id=one.person_id if one.person_id is not None else people[one.email],
            body_id=one.body_id,
            role=one.role.value,
            represents_id=one.represents_id,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            created_by=actor,
        )
        for one in added
    )
