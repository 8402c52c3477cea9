"""Reads for the pages about bodies and people: who sits where, now and before, within the counties one may see."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from governance.models import Body, County, Membership, Person, Seat
from governance.permissions import Standing, granted_mandates, standings, today
from governance.sorting import swedish
from governance.vocabulary import BodyKind, Mandate, QuorumRule, Role


@dataclass(frozen=True, slots=True)
class Insight:
    """What somebody sees of the constitution: the counties they take part in and those whose people they administer."""

    person_id: int
    counties: tuple[County, ...]
    administered: frozenset[int]

    @property
    def county_ids(self) -> frozenset[int]:
        """Return the ids of the counties the person takes part in."""
        return frozenset(county.pk for county in self.counties)


def insight_of(person: Person) -> Insight:
    """Read what the person sees today, in two statements; a superuser sees what their memberships give."""
    held: tuple[Standing, ...] = standings(person.pk)
    sits = Membership.objects.current(today()).filter(person=person, person__is_active=True)
    open_bodies = sits.filter(Q(body__ended_on=None) | Q(body__ended_on__gte=today()))
    counties = County.objects.filter(pk__in=open_bodies.values("body__county")).order_by("name")
    return Insight(
        person.pk,
        tuple(counties),
        frozenset(one.county_id for one in held if one.mandate == Mandate.ADMINISTRERA),
    )


@dataclass(slots=True)
class Node:
    """A body with those that work for it."""

    body: Body
    members: int
    children: list["Node"] = field(default_factory=list)

    @property
    def shows_kind(self) -> bool:
        """Tell whether the body's kind says more than its name does."""
        return str(self.body.get_kind_display()).lower() not in self.body.name.lower()


@dataclass(frozen=True, slots=True)
class CountyBodies:
    """A county's bodies as a tree, and who answers for each organisation."""

    county: County
    roots: list[Node]
    contacts: list[tuple[Body, list[Membership]]]


def bodies_by_county(counties: Collection[County]) -> list[CountyBodies]:
    """Return each county's bodies that have not ended, superiors before those that work for them; two statements."""
    bodies = list(
        Body.objects.filter(county__in=counties, ended_on=None)
        .select_related("organisation")
        .order_by("county", "position", "pk")
    )
    members: dict[int, list[Membership]] = defaultdict(list)
    for row in (
        Membership.objects.current(today()).filter(body__in=[body.pk for body in bodies]).select_related("person")
    ):
        members[row.body_id].append(row)
    return [_of_county(county, bodies, members) for county in counties]


def _of_county(county: County, bodies: Collection[Body], members: Mapping[int, list[Membership]]) -> CountyBodies:
    own = [body for body in bodies if body.county_id == county.pk]
    nodes = {
        body.pk: Node(body, len({row.person_id for row in members.get(body.pk, ())}))
        for body in own
        if body.kind != BodyKind.ORGANISATION
    }
    roots: list[Node] = []
    for node in nodes.values():
        parent = nodes.get(node.body.parent_id or 0)
        (parent.children if parent else roots).append(node)
    contacts = [(body, members.get(body.pk, [])) for body in own if body.kind == BodyKind.ORGANISATION]
    return CountyBodies(county, roots, contacts)


_RANK = {role.value: rank for rank, role in enumerate(Role)}


def body_of(body_id: int, counties: Collection[int]) -> Body:
    """Return a body of one of the counties, with its county, superior and organisation.

    Raises:
        Body.DoesNotExist: there is none, or it is another county's.

    """
    related = Body.objects.select_related("county", "parent", "organisation", "arendegang")
    return related.get(pk=body_id, county__in=counties)


def workers_of(body: Body) -> list[Body]:
    """Return the bodies that work for this one and have not ended."""
    return list(Body.objects.filter(parent=body, ended_on=None))


@dataclass(frozen=True, slots=True)
class Members:
    """Everybody who sits, will sit or has sat in a body."""

    now: list[Membership]
    coming: list[Membership]
    former: list[Membership]


FORMER_SHOWN = 50


def members_of(body: Body) -> Members:
    """Return the memberships in a body by when they hold: now by role and name, coming, former with the newest first.

    At most `FORMER_SHOWN` former ones; two statements.
    """
    rows = Membership.objects.filter(body=body).select_related("person", "represents")
    day = today()
    standing = list(rows.filter(Q(ends_on=None) | Q(ends_on__gte=day)).order_by(swedish("person__name"), "pk"))
    former = list(rows.filter(ends_on__lt=day).order_by("-ends_on", "-pk")[:FORMER_SHOWN])
    now = sorted((row for row in standing if row.starts_on <= day), key=lambda row: _RANK[row.role])
    return Members(now, sorted((r for r in standing if r.starts_on > day), key=lambda r: r.starts_on), former)


def rule_in_words(rule: Mapping[str, Any]) -> str:
    """Return a body's decision rule as a sentence; an empty text for a body that does not decide."""
    if not rule:
        return ""
    match rule.get("quorum"):
        case QuorumRule.MER_AN_HALFTEN:
            when = "mer än hälften av ledamöterna deltar"
        case QuorumRule.ANDEL:
            when = f"minst {rule['share']} procent av ledamöterna deltar"
        case QuorumRule.REGION_OCH_KOMMUNER:
            when = f"regionen och minst {rule['municipalities']} kommuner är företrädda"
        case QuorumRule.MAJORITET_AV_ORGANISATIONER:
            when = "mer än hälften av organisationerna är företrädda"
        case _:
            return ""
    formalities = (
        "Kommunallagens formalia gäller: reservation, justering och anslag."
        if rule.get("formalities")
        else "Besluten fattas på tjänstemannanivå."
    )
    return f"Beslutsför när {when}. {formalities}"


def people_for(insight: Insight) -> QuerySet[Person]:
    """Return the people somebody administers: with a role, now or before, in their counties, or added there with none.

    Technical administrators are left out where they have no role: they are none of the county's people.
    """
    within = Membership.objects.filter(person=OuterRef("pk"), body__county__in=insight.administered)
    anywhere = Membership.objects.filter(person=OuterRef("pk"))
    here = Q(added_in=None) | Q(added_in__in=insight.administered)
    return Person.objects.filter(Exists(within) | (~Exists(anywhere) & here & Q(is_staff=False, is_superuser=False)))


def roles_now(person_ids: Collection[int], counties: Collection[int]) -> dict[int, list[Membership]]:
    """Return what each of these people is in these counties today, in the bodies' order; one statement."""
    found: dict[int, list[Membership]] = defaultdict(list)
    rows = Membership.objects.current(today()).filter(person__in=person_ids, body__county__in=counties)
    for row in rows.select_related("body").order_by("body__position", "body", "pk"):
        found[row.person_id].append(row)
    return found


def mandates_of(memberships: Collection[Membership]) -> dict[int, list[Mandate]]:
    """Return what each membership's role may do in its body, by the membership's id; two statements."""
    seats = list(Seat.objects.filter(body__in={one.body_id for one in memberships}))
    granted = granted_mandates(seats)
    held = {(seat.body_id, seat.role): granted[seat.pk] for seat in seats}
    return {
        one.pk: [mandate for mandate in Mandate if mandate in held.get((one.body_id, one.role), ())]
        for one in memberships
    }


def elsewhere(person: Person, counties: Collection[int]) -> list[County]:
    """Return the other counties where the person has a role today or will have one: they have a say in the person."""
    lasting = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today()), person=person)
    rows = lasting.exclude(body__county__in=counties)
    return list(County.objects.filter(pk__in=rows.values("body__county")))
