"""The writer of people and memberships one by one; `import_people` and `terms` write many, county files all else."""

from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Q

from governance.admission import take_in
from governance.errors import NotAdministrator, Refused
from governance.membership_rules import (
    LATEST,
    check_period,
    check_represents,
    check_seat,
    clean_email,
    clean_line,
    represented_by,
)
from governance.models import Body, Membership, Organisation, Person
from governance.permissions import holds, standings, today
from governance.selectors import counties_administered_by, roles_of
from governance.vocabulary import Mandate, Role


def add_membership(  # noqa: PLR0913 - what a membership is
    *,
    actor: Person,
    person: Person,
    body: Body,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    represents: Organisation | None = None,
) -> Membership:
    """Give a person a role in a body for a period, as somebody who administers the county's people.

    Nobody gives a role to themselves. Otherwise as `register_membership`.

    Raises:
        NotAdministrator: when the actor does not administer the body's county.
        Refused: when the membership cannot be as asked.

    """
    _demand_administrator(actor, body.county_id, str(body.county))
    if actor.pk == person.pk:
        raise Refused("Ingen ger sig själv ett uppdrag. Be en kollega i regionalt stöd.", "person")
    return register_membership(
        person=person,
        body=body,
        role=role,
        starts_on=starts_on,
        ends_on=ends_on,
        represents=represents,
        registered_by=actor,
    )


def register_membership(  # noqa: PLR0913 - what a membership is
    *,
    person: Person,
    body: Body,
    role: Role,
    starts_on: date,
    ends_on: date | None = None,
    represents: Organisation | None = None,
    registered_by: Person | None = None,
) -> Membership:
    """Give a person a role in a body for a period, without asking whether anybody may.

    For set-up from the command line, where the first administrator comes from; pages use
    `add_membership`. Effects, in order: the person's row is locked; the membership is checked; the county takes the
    person in, `governance.admission`; the membership is added.
    A contact represents the organisation whose contact it is, without saying so.

    Raises:
        Refused: when the body has no such role or has ended, the dates are impossible, the represented
            organisation is missing or another county's, or the person has the role already then.

    """
    represents = represented_by(body, represents)
    check_period(starts_on, ends_on)
    check_seat(body, role, roles_of(body))
    check_represents(body, role, represents)
    with transaction.atomic():
        Person.objects.select_for_update().get(pk=person.pk)
        overlapping = Membership.objects.filter(person=person, body=body, role=role.value).filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=starts_on)
        )
        if ends_on is not None:
            overlapping = overlapping.filter(starts_on__lte=ends_on)
        if other := overlapping.first():
            until = f"till och med {other.ends_on}" if other.ends_on else "tills vidare"
            raise Refused(
                f"{person} är redan {role.label.lower()} i {body} från och med {other.starts_on} {until}.", "starts_on"
            )
        take_in([person.pk], body.county_id)
        return Membership.objects.create(
            person=person,
            body=body,
            role=role.value,
            represents=represents,
            starts_on=starts_on,
            ends_on=ends_on,
            created_by=registered_by,
        )


def end_membership(*, actor: Person, membership: Membership, ends_on: date) -> Membership:
    """Let a membership end on a day, that day included; one that has an end can only end earlier.

    Effects, in order: the row is locked and read again; its last day and who set it are written.

    Raises:
        NotAdministrator: when the actor does not administer the county.
        Refused: when the day comes before the first day, or after a last day that is set.

    """
    _demand_administrator(actor, membership.body.county_id, str(membership.body.county))
    with transaction.atomic():
        row = Membership.objects.select_for_update(of=("self",)).get(pk=membership.pk)
        if ends_on < row.starts_on:
            raise Refused(f"Uppdraget börjar {row.starts_on} och kan inte sluta före den dagen.", "ends_on")
        if ends_on >= LATEST:
            raise Refused(f"Skriv en dag före {LATEST}.", "ends_on")
        if row.ends_on is not None and ends_on > row.ends_on:
            raise Refused(
                f"Uppdraget slutar redan {row.ends_on}. Lägg till ett nytt uppdrag om det ska fortsätta.", "ends_on"
            )
        row.ends_on = ends_on
        row.ended_by = actor
        row.save(update_fields=["ends_on", "ended_by"])
    return row


def add_person(*, actor: Person, email: str, name: str, title: str = "") -> Person:
    """Add a person who may log in, without a password: they set one, or come from their organisation's login.

    Until there is a role, the person is seen in the actor's county alone.

    Raises:
        NotAdministrator: when the actor administers no county.
        Refused: when the address or the name cannot be used, or the address is taken.

    """
    counties = [one.county_id for one in standings(actor.pk) if one.mandate == Mandate.ADMINISTRERA]
    if not counties:
        raise NotAdministrator
    values: dict[str, Any] = {"title": clean_line(title, "title", empty=True), "added_in_id": counties[0]}
    name, address = clean_line(name, "name"), clean_email(email)
    try:
        with transaction.atomic():
            return Person.objects.create_user(address, name, None, **values)
    except IntegrityError:
        raise Refused(
            f"{address} finns redan. Den som finns i ett annat län får uppdrag här genom att de läses in från fil.",
            "email",
        ) from None


def change_person(*, actor: Person, person: Person, name: str, title: str, is_active: bool) -> Person:
    """Change a person's name and title, and whether they may log in.

    Raises:
        NotAdministrator: when the actor does not administer every county the person has a role in, now or to come.
        Refused: when the name cannot be used, or the actor would shut themselves out.

    """
    mine = {county.pk for county in counties_administered_by(actor.pk)}
    lasting = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today()), person=person)
    for membership in lasting.select_related("body__county"):
        if membership.body.county_id not in mine:
            raise NotAdministrator(str(membership.body.county))
    if not mine or person.is_superuser or person.is_staff:
        raise NotAdministrator
    if actor.pk == person.pk and not is_active:
        raise Refused("Du kan inte stänga av dig själv.", "is_active")
    values: dict[str, Any] = {
        "name": clean_line(name, "name"),
        "title": clean_line(title, "title", empty=True),
        "is_active": is_active,
    }
    for key, value in values.items():
        setattr(person, key, value)
    person.save(update_fields=list(values))
    return person


def _demand_administrator(actor: Person, county_id: int, county: str) -> None:
    if not holds(actor.pk, Mandate.ADMINISTRERA, county_id=county_id):
        raise NotAdministrator(county)
