"""One case as a page begins with it: the row with its bodies, found only by those who may read it."""

from governance import prepared
from governance.models import Body, County, Person
from governance.permissions import holders, today
from governance.selectors import bodies_taking_cases
from governance.vocabulary import BodyKind, Mandate
from satsningar.models import Satsning
from workflow.rights import Viewer, may_read

GROUP_KINDS = (BodyKind.ARBETSGRUPP, BodyKind.REGIONALT_STOD)
"""The kinds of body that may answer for a case."""

_OF_CASE = (Satsning, County, Body, Body, Body, Person)
_COLUMNS = ", ".join(prepared.columns_of(model, table) for model, table in zip(_OF_CASE, "scabdh", strict=True))
_CASE = f"""
SELECT {_COLUMNS} FROM satsningar_satsning s JOIN governance_county c ON c.id = s.county_id
JOIN governance_body a ON a.id = s.ansvarig_grupp_id LEFT JOIN governance_body b ON b.id = s.beredningsgrupp_id
JOIN governance_body d ON d.id = s.beslutsorgan_id LEFT JOIN governance_person h ON h.id = s.handlaggare_id
WHERE s.id = %s
"""  # noqa: S608 - the models' own names


def readable_case(who: Viewer, satsning_id: int) -> Satsning:
    """Return the case with its bodies and handläggare, in one statement.

    Raises:
        Satsning.DoesNotExist: there is no such case that the person may read.

    """
    row = prepared.fetch_one(_CASE, [satsning_id])
    if row is None:
        raise Satsning.DoesNotExist
    satsning: Satsning
    satsning, county, ansvarig, beredning, beslut, handlaggare = prepared.instances_of(row, *_OF_CASE)
    if not may_read(who, satsning):
        raise Satsning.DoesNotExist
    satsning.county, satsning.ansvarig_grupp, satsning.beredningsgrupp = county, ansvarig, beredning
    satsning.beslutsorgan, satsning.handlaggare = beslut, handlaggare
    return satsning


def title_of(satsning_id: int) -> str:
    """Return a case's title."""
    return str(Satsning.objects.values_list("uppdrag__titel", flat=True).get(pk=satsning_id) or "")


def bodies_of_county(county_id: int) -> tuple[Body, ...]:
    """Return the county's bodies that have not ended, contacts' too, in the county's order."""
    return tuple(Body.objects.filter(county=county_id, ended_on=None).order_by("position", "pk"))


def groups_to_create_for(who: Viewer) -> list[Body]:
    """Return the bodies that the person may make a case for: one's own; every group for a member who decides."""
    own = {standing.body_id for standing in who.standings if standing.mandate == Mandate.FORFATTA}
    deciding = {standing.county_id for standing in who.standings if standing.mandate == Mandate.BESLUTA}
    groups = {body.pk: body for body in Body.objects.filter(pk__in=own, ended_on=None).select_related("parent")}
    for county_id in sorted(deciding):
        groups |= {body.pk: body for body in bodies_taking_cases(county_id)}
    return sorted(groups.values(), key=lambda body: (body.pk not in own, body.position, body.pk))


def possible_handlaggare(body_id: int) -> list[tuple[int, str]]:
    """Return those who may prepare in a body, by name, each once."""
    return list({holder.person_id: holder.name for holder in holders(body_id, Mandate.BEREDA, today())}.items())


def possible_groups(satsning: Satsning) -> list[tuple[int, str]]:
    """Return the bodies that may take over a case."""
    rows = Body.objects.filter(county=satsning.county_id, ended_on=None, kind__in=GROUP_KINDS)
    return list(rows.exclude(pk=satsning.ansvarig_grupp_id).values_list("pk", "name"))
