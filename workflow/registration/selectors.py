"""What the pages of registration show."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from governance.models import Body, County, Person
from governance.paths import StationValue, path_version
from governance.permissions import holders, today
from governance.selectors import bodies_taking_cases
from governance.vocabulary import Mandate
from satsningar.models import Satsning
from workflow.errors import Invalid
from workflow.models import Registrering
from workflow.registration.checking import Checked
from workflow.registration.entries import enterable
from workflow.registration.grounds import Grounds
from workflow.rights import Viewer


def counties_led_by(who: Viewer) -> list[tuple[int, str]]:
    """Return the counties where the person registers cases, by name."""
    ids = {standing.county_id for standing in who.standings if standing.mandate == Mandate.LEDA_ARENDEN}
    return list(County.objects.filter(pk__in=ids).values_list("pk", "name"))


def choices_in(counties: Iterable[int]) -> dict[str, Any]:
    """Return what the form of one case offers in these counties."""
    bodies: list[Body] = []
    groups: list[Body] = []
    stations: dict[str, StationValue] = {}
    for county_id in counties:
        grounds = Grounds(county_id)
        taking = bodies_taking_cases(county_id)
        bodies += grounds.bodies
        groups += taking
        for group in taking:
            try:
                stations |= {station.code: station for station in enterable(grounds.path(group))}
            except Invalid:
                continue
    officers = {
        holder.person_id: holder.name
        for body in bodies
        if body.kind == "beredningsgrupp"
        for holder in holders(body.pk, Mandate.BEREDA, today())
    }
    ordered = sorted(stations.values(), key=lambda station: station.position)
    return {"bodies": bodies, "groups": groups, "stations": ordered, "officers": officers}


def rows_of(checked: Checked) -> list[dict[str, str]]:
    """Return what will be registered, as `components/summary_list.html` shows it."""
    arende = checked.arende
    preparing = arende.beredningsgrupp
    officer = Person.objects.filter(pk=arende.handlaggare_id or 0).values_list("name", flat=True).first()
    rows = [
        ("Titel", checked.title),
        ("Steg", checked.path.stations[arende.station].name),
        ("I steget sedan", checked.since.isoformat()),
        ("Dag för beslutet", checked.decided_on.isoformat() if checked.decided_on else ""),
        ("Källa till beslutet", checked.source),
        ("Ärendenummer", arende.reference),
        ("Ansvarig grupp", arende.ansvarig_grupp.name),
        ("Beredningsgrupp", preparing.name if preparing else ""),
        ("Beslutande organ", arende.beslutsorgan.name),
        ("Handläggare", officer or ""),
    ]
    of_people = {"Handläggare", "Beredningsgrupp"}
    return [{"term": term, "value": value, "empty": "Ingen" if term in of_people else "Inget"} for term, value in rows]


def registration_of(satsning: Satsning) -> list[dict[str, str]]:
    """Return what was said when a case was registered afterwards, as definitions; nothing for every other case."""
    found = Registrering.objects.filter(satsning=satsning.pk).select_related("registered_by").first()
    if found is None:
        return []
    station = path_version(satsning.version_id).stations.get(found.entered_at)
    rows = [
        ("Registrerad i steget", station.name if station else found.entered_at),
        ("I steget sedan", found.stood_since.isoformat()),
        ("Beslutad", found.decided_on.isoformat() if found.decided_on else ""),
        ("Källa", found.source),
        ("Registrerad", f"{timezone.localdate(found.registered_at)} av {found.registered_by.name}"),
    ]
    return [{"term": term, "value": value} for term, value in rows if value]
