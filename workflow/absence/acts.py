"""The acts that let a colleague do one's work for a period and take that back; journaled by the body."""

from datetime import date, timedelta
from typing import NoReturn

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from governance.models import Body, Franvaro, Membership, Person
from governance.permissions import MandateHolder, Standing, mandate_holders, standings, today
from governance.vocabulary import HANDED_OVER, BodyKind, Mandate
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.meetings.acts import record_for_body
from workflow.notices.whom import Given
from workflow.vocabulary import Act

LONGEST = timedelta(days=366)
AT_TABLE = (
    "Röster och beslut vid bordet lämnas inte över till en kollega: där tjänstgör organets ersättare. "
    "Den som justerar protokollet byts av mötets sekreterare."
)


def substitutes(membership: Membership) -> list[tuple[int, str]]:
    """Return the colleagues who may stand in today, id and name, by name.

    They hold every mandate of work that the membership has, in the same body, or for the same organisation where the
    body is that of its contacts. Two statements.
    """
    bodies = Body.objects.filter(pk=membership.body_id)
    if membership.body.kind == BodyKind.ORGANISATION:
        bodies = Body.objects.filter(
            kind=BodyKind.ORGANISATION, organisation=membership.body.organisation_id, ended_on=None
        )
    rows = mandate_holders(list(bodies.values_list("pk", flat=True)), today())
    needed = {one.mandate for one in rows if one.membership_id == membership.pk and one.mandate in HANDED_OVER}
    found = {one.person_id: one.name for one in rows if needed <= _of(one.person_id, rows)}
    found.pop(membership.person_id, None)
    return sorted(found.items(), key=lambda pair: (pair[1], pair[0])) if needed else []


def _of(person_id: int, rows: tuple[MandateHolder, ...]) -> set[Mandate]:
    return {one.mandate for one in rows if one.person_id == person_id}


def in_force(first: date, last: date) -> QuerySet[Franvaro]:
    """Return the absences that are not revoked and have a day in a period."""
    return Franvaro.objects.filter(revoked_at=None, starts_on__lte=last, ends_on__gte=first)


def delegate(membership_id: int, substitute_id: int, starts_on: date, ends_on: date, *, actor: Person) -> Franvaro:
    """Let a colleague do one's work in a body for a period.

    Effects, in order: the memberships of both are locked, everything that refuses is asked, the row and the journal
    are written.

    Raises:
        NoMandate: the membership is not the actor's own, or has nothing that a colleague may do.
        Invalid: the period or the colleague cannot be: each with its sentence.

    """
    with transaction.atomic():
        people = sorted({actor.pk, substitute_id})
        list(Person.objects.select_for_update(of=("self",)).filter(pk__in=people).order_by("pk").values_list("pk"))
        rows = Membership.objects.current(today()).select_related("body")
        membership = rows.filter(pk=membership_id, person=actor).first()
        if membership is None:
            raise NoMandate("Du anmäler frånvaro i de organ där du själv har ett uppdrag i dag.")
        standing = _standing(actor, membership)
        names = dict(substitutes(membership))
        _check_period(membership, starts_on, ends_on)
        if substitute_id == actor.pk:
            _refuse("substitute", "Du kan inte ersätta dig själv. Välj en kollega.")
        if substitute_id not in names:
            _refuse("substitute", "Välj en kollega som har samma uppdrag som du.")
        _check_others(membership, substitute_id, names[substitute_id], starts_on, ends_on)
        payload = {
            "franvaro": {
                "membership": membership.pk,
                "substitute": substitute_id,
                "from": starts_on.isoformat(),
                "to": ends_on.isoformat(),
                "name": names[substitute_id],
            }
        }
        act_id = record_for_body(
            membership.body,
            Act.FRANVARO,
            actor=actor,
            standing=standing,
            payload=payload,
            given=_told(substitute_id),
        )
        return Franvaro.objects.create(
            membership=membership,
            substitute_id=substitute_id,
            starts_on=starts_on,
            ends_on=ends_on,
            act_id=act_id,
            made_at=timezone.now(),
        )


def _told(substitute_id: int) -> Given:
    return Given(people=(substitute_id,), page="franvaro")


def _refuse(field: str, sentence: str) -> NoReturn:
    raise Invalid({field: [sentence]})


def _standing(actor: Person, membership: Membership) -> Standing:
    held = (one for one in standings(actor.pk) if one.membership_id == membership.pk and one.mandate in HANDED_OVER)
    found = next(held, None)
    if found is None:
        raise NoMandate(f"Ditt uppdrag i {membership.body} har inget som en kollega kan göra. {AT_TABLE}")
    return found


def _check_period(membership: Membership, starts_on: date, ends_on: date) -> None:
    if ends_on < starts_on:
        _refuse("ends_on", "Sista dagen är före den första.")
    if ends_on < today():
        _refuse("ends_on", "Perioden har redan varit.")
    if ends_on - starts_on > LONGEST:
        _refuse("ends_on", "Välj högst ett år.")
    if membership.ends_on is not None and ends_on > membership.ends_on:
        _refuse("ends_on", f"Ditt uppdrag slutar {membership.ends_on.isoformat()}. Välj en dag som inte är senare.")


def _check_others(membership: Membership, substitute_id: int, name: str, first: date, last: date) -> None:
    """Refuse what overlaps, goes round in a circle, or would be handed on by somebody who is away as well."""
    near = in_force(first, last).select_related("substitute", "membership__person", "membership__body")
    here = Q(membership__body=membership.body_id)
    if membership.body.organisation_id:
        here |= Q(membership__body__organisation=membership.body.organisation_id)
    for one in near.filter(here):
        away, stands_in = one.membership.person_id, one.substitute_id
        if one.membership_id == membership.pk:
            _refuse("starts_on", f"Du har redan anmält frånvaro {one} med {one.substitute} som ersättare.")
        if away == substitute_id and stands_in == membership.person_id:
            _refuse("substitute", f"Du ersätter {name} {one}. Ni kan inte ersätta varandra på samma gång.")
        if away == substitute_id:
            _refuse("substitute", f"{name} är själv frånvarande {one}.")
        if stands_in == membership.person_id:
            _refuse(
                "starts_on",
                f"Du ersätter {one.membership.person} {one}. Den frånvaron måste återkallas först, "
                "annars går ersättningen runt.",
            )


def revoke(franvaro_id: int, *, actor: Person) -> None:
    """Take back an absence of one's own; it has no effect from now on.

    Raises:
        Franvaro.DoesNotExist: there is none that is the actor's.
        NotFromHere: it is revoked already, or over.

    """
    with transaction.atomic():
        rows = Franvaro.objects.select_for_update(of=("self",)).select_related("membership__body")
        row = rows.get(pk=franvaro_id, membership__person=actor)
        if row.revoked_at is not None or row.ends_on < today():
            raise NotFromHere("Frånvaron är redan slut.")
        held = (one for one in standings(actor.pk) if one.membership_id == row.membership_id)
        standing = next(held, None)
        if standing is None:
            raise NotFromHere("Ditt uppdrag i organet är slut, och frånvaron med det.")
        payload = {"franvaro_slut": {"membership": row.membership_id, "substitute": row.substitute_id}}
        row.revoked_act_id = record_for_body(
            row.membership.body,
            Act.FRANVARO_SLUT,
            actor=actor,
            standing=standing,
            payload=payload,
            given=_told(row.substitute_id),
        )
        row.revoked_at = timezone.now()
        row.save(update_fields=["revoked_at", "revoked_act_id"])
