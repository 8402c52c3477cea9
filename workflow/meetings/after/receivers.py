"""To whom an extract is proposed to go, and for what: read from the decided case, for a whole meeting at once."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from governance.models import Body
from governance.permissions import mandate_holders, today
from governance.vocabulary import BodyKind
from satsningar.models import Deltagande, Satsning
from workflow.meetings.after.rights import RECEIVING
from workflow.meetings.models import Beslutsuppdrag, Meeting, Paragraf
from workflow.meetings.rights import is_secret
from workflow.meetings.vocabulary import ItemKind, MatterKind, Outcome, SharePurpose

DECISIONS = frozenset(
    {
        Outcome.BIFALL,
        Outcome.BIFALL_ANDRING,
        Outcome.AVSLAG,
        Outcome.ATERREMISS,
        Outcome.BORDLAGGNING,
        Outcome.OVERLAMNAD,
    }
)
"""The outcomes of which extracts go out."""
APPROVING = frozenset({Outcome.BIFALL, Outcome.BIFALL_ANDRING})
"""What the organisations that take part have something to do about."""
OF_THE_COUNTY = frozenset(
    {MatterKind.FOKUSOMRADE, MatterKind.HANDLINGSPLAN, MatterKind.ARENDEGANG, MatterKind.REMISSVAR}
)
"""The kinds of matter without a satsning that concern every organisation of the county."""


@dataclass(frozen=True, slots=True)
class Proposed:
    """A receiver that an extract is proposed to go to, for what, and whether anybody there can receive it today."""

    body: Body
    purpose: SharePurpose
    has_members: bool = True


def decided_paragraphs(meeting: Meeting) -> list[Paragraf]:
    """Return the meeting's paragraphs that decide on a satsning or another matter, in their order; one statement."""
    rows = Paragraf.objects.filter(
        item__meeting=meeting, item__kind__in=(ItemKind.ARENDE, ItemKind.OVRIGT), outcome__in=DECISIONS
    )
    return list(rows.select_related("item__anmalan__satsning", "item__matter", "body").order_by("year", "number"))


def proposed_receivers(paragrafer: Sequence[Paragraf]) -> dict[int, tuple[Proposed, ...]]:
    """Return the proposed receivers of each paragraph by its id; four statements whatever their number.

    For a satsning: its ansvarig grupp for åtgärd, its beredningsgrupp (for åtgärd where it comes back) and the contact
    body of every taking-part organisation, of all the county's where it names none. For another matter that concerns
    the whole county, decided by a body that is no single organisation's: all of them for kännedom. For any matter: the
    bodies that it gave something to do. For a matter with a
    secrecy mark nothing is proposed: whoever keeps the records chooses each receiver.
    """
    cases = {one.pk: one.item.anmalan.satsning_id for one in paragrafer if one.item.anmalan}
    taking_part: dict[int, list[int]] = {}
    for satsning_id, organisation_id in Deltagande.objects.filter(satsning__in=cases.values()).values_list(
        "satsning_id", "organisation_id"
    ):
        taking_part.setdefault(satsning_id, []).append(organisation_id)
    given: dict[int, set[int]] = {}
    duties = Beslutsuppdrag.objects.filter(paragraf__in=[one.pk for one in paragrafer]).exclude(responsible=None)
    for paragraf_id, body_id in duties.values_list("paragraf_id", "responsible_id"):
        given.setdefault(paragraf_id, set()).add(body_id)
    counties = {one.body.county_id for one in paragrafer}
    bodies = {body.pk: body for body in bodies_of(counties)}
    contacts = {body.organisation_id: body.pk for body in bodies.values() if body.kind == BodyKind.ORGANISATION}
    reached = with_members(bodies)
    found: dict[int, tuple[Proposed, ...]] = {}
    for one in paragrafer:
        satsning = one.item.anmalan.satsning if one.item.anmalan else None
        wanted: dict[int, SharePurpose] = {}
        if not is_secret(one.item):
            if satsning is not None:
                named = taking_part.get(satsning.pk, [])
                own = {key: pk for key, pk in contacts.items() if bodies[pk].county_id == satsning.county_id}
                wanted = _of_case(one, satsning, [own[key] for key in named or own if key in own])
            elif _is_of_the_county(one):
                wanted = dict.fromkeys(contacts.values(), SharePurpose.KANNEDOM)
            wanted |= dict.fromkeys(given.get(one.pk, ()), SharePurpose.ATGARD)
        found[one.pk] = tuple(
            Proposed(body, wanted[body.pk], has_members=body.pk in reached)
            for body in bodies.values()
            if body.pk in wanted
        )
    return found


def _is_of_the_county(paragraf: Paragraf) -> bool:
    """Tell whether a matter without a satsning concerns every organisation of the county."""
    matter = paragraf.item.matter
    return matter is not None and matter.kind in OF_THE_COUNTY and paragraf.body.organisation_id is None


def _of_case(paragraf: Paragraf, satsning: Satsning, contacts: Iterable[int]) -> dict[int, SharePurpose]:
    approved = paragraf.outcome in APPROVING
    wanted = dict.fromkeys(contacts, SharePurpose.ATGARD if approved else SharePurpose.KANNEDOM)
    if satsning.beredningsgrupp_id is not None:
        back = paragraf.outcome == Outcome.ATERREMISS
        wanted[satsning.beredningsgrupp_id] = SharePurpose.ATGARD if back else SharePurpose.KANNEDOM
    wanted[satsning.ansvarig_grupp_id] = SharePurpose.ATGARD
    return wanted


def bodies_of(counties: Collection[int]) -> list[Body]:
    """Return the bodies that extracts can go to, in the county's order; one statement."""
    return list(Body.objects.filter(county__in=counties, ended_on=None).order_by("position", "pk"))


def with_members(bodies: Collection[int]) -> frozenset[int]:
    """Return the ids of the bodies where somebody can receive an extract today; one statement."""
    return frozenset(one.body_id for one in mandate_holders(bodies, today()) if one.mandate in RECEIVING)
