"""Whether a case can be registered as somebody says: everything that is wrong with it at once, by field."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from governance.models import Person
from governance.paths import PathVersion
from governance.permissions import today
from satsningar import services
from satsningar.cleaning import clean_text
from satsningar.models import Satsning
from satsningar.newcontent import clean_new
from workflow.creation import build_case
from workflow.errors import Invalid
from workflow.inputs import Errors
from workflow.machine import Arende
from workflow.registration.entries import BY_DECISION, SOURCE_LIMIT, Entry, enterable
from workflow.registration.grounds import Grounds
from workflow.registration.numbers import InSeries, read_reference

EARLIEST = date(1990, 1, 1)
NO_OFFICER = "Handläggaren behöver ha uppdraget att bereda i den grupp som bereder."
REFERENCE_LIMIT = Satsning._meta.get_field("reference").max_length or 60


@dataclass(frozen=True, slots=True)
class Checked:
    """An entry that can be registered: the case as it will be, and what goes with it."""

    arende: Arende
    path: PathVersion
    title: str
    source: str
    decided_on: date | None
    since: date
    number: InSeries | None
    parts: dict[str, dict[str, Any]]


def check_entry(entry: Entry, grounds: Grounds, *, actor: Person) -> Checked:
    """Return the entry as it can be registered.

    Raises:
        Invalid: with every sentence, by field; the field of a part is `<part>.<field>`.

    """
    errors = Errors()
    title = _text(errors, "titel", entry)
    path, arende = _case(entry, grounds, actor, errors)
    source = _source(entry, errors)
    since = _days(entry, path, source, errors)
    parts = _parts(entry, grounds, errors)
    number = None
    if arende is not None and path is not None:
        number = _reference(entry, arende, grounds, errors)
        if entry.handlaggare_id is not None:
            if entry.handlaggare_id not in grounds.officers(arende, path):
                errors.add("handlaggare", NO_OFFICER)
            arende.handlaggare_id = entry.handlaggare_id
    if errors.found or arende is None or path is None:
        raise Invalid(errors.found)
    arende.station_since = timezone.make_aware(datetime.combine(since, time()))
    return Checked(arende, path, title, source, entry.decided_on, since, number, parts)


def _text(errors: Errors, name: str, entry: Entry) -> str:
    try:
        return services.clean_title(entry.titel)
    except ValidationError as error:
        for message in error.message_dict[name]:
            errors.add(name, message)
        return ""


def _case(entry: Entry, grounds: Grounds, actor: Person, errors: Errors) -> tuple[PathVersion | None, Arende | None]:
    """Return the group's path and the case built on it, as far as they can be found."""
    try:
        path = grounds.path(entry.ansvarig_grupp)
    except Invalid as refusal:
        _add_all(errors, refusal)
        return None, None
    stations = {station.code: station for station in enterable(path)}
    if entry.station not in stations:
        names = ", ".join(station.name for station in stations.values())
        errors.add("station", f"Välj ett steg i {path.name} där en satsning kan registreras: {names}.")
    if entry.ansvarig_grupp not in grounds.groups:
        names = ", ".join(group.name for group in grounds.groups)
        name = entry.ansvarig_grupp.name
        errors.add("ansvarig_grupp", f"{name} svarar inte för satsningar i länet. Välj bland {names}.")
        return path, None
    at = timezone.now()
    try:
        arende = build_case(
            path,
            grounds.bodies,
            entry.ansvarig_grupp,
            station=entry.station,
            actor=actor,
            at=at,
            beredningsgrupp=entry.beredningsgrupp,
            is_example=entry.is_example,
        )
    except Invalid as refusal:
        _add_all(errors, refusal)
        return path, None
    arende.submitted_at = at
    return path, arende


def _add_all(errors: Errors, refusal: Invalid) -> None:
    for name, messages in refusal.errors.items():
        for message in messages:
            errors.add(name, message)


def _source(entry: Entry, errors: Errors) -> str:
    try:
        return clean_text(entry.source, limit=SOURCE_LIMIT, one_line=True)
    except ValidationError as error:
        errors.add("source", error.messages[0])
        return ""


def _days(entry: Entry, path: PathVersion | None, source: str, errors: Errors) -> date:
    """Return the day the case came to its step; what is decided has a day and a source, and nothing lies ahead."""
    station = path.stations.get(entry.station) if path else None
    if station is not None and station.kind in BY_DECISION:
        if entry.decided_on is None:
            errors.add("decided_on", f"Ange dagen för beslutet: en satsning i steget {station.name} är beslutad.")
        if not source and "source" not in errors.found:
            errors.add("source", "Ange var beslutet står, till exempel styrgruppens protokoll 2024-11-22 § 31.")
    since = entry.since or entry.decided_on or today()
    for name, day in (("decided_on", entry.decided_on), ("since", entry.since)):
        if day is not None and not EARLIEST <= day <= today():
            errors.add(name, f"Dagen ska ligga mellan {EARLIEST.isoformat()} och i dag.")
    if entry.decided_on is not None and since < entry.decided_on:
        errors.add("since", "Satsningen kan inte ha stått i steget innan den beslutades.")
    return since


def _reference(entry: Entry, arende: Arende, grounds: Grounds, errors: Errors) -> InSeries | None:
    """Put the number it has already on the case; return its place in the deciding body's series."""
    body = arende.beslutsorgan
    try:
        text = clean_text(entry.reference, limit=REFERENCE_LIMIT, one_line=True)
        arende.reference, number = read_reference(body, text)
    except ValidationError as error:
        errors.add("reference", error.messages[0])
        return None
    except ValueError as error:
        errors.add("reference", str(error))
        return None
    if (taken := grounds.taken.get((body.pk, arende.reference))) is not None:
        errors.add("reference", f"{arende.reference} har redan satsningen ”{taken[1]}”. Rätta numret eller lämna tomt.")
    return number


def _parts(entry: Entry, grounds: Grounds, errors: Errors) -> dict[str, dict[str, Any]]:
    """Return what is known of the content, cleaned."""
    parts: dict[str, dict[str, Any]] = {}
    for code, value in entry.parts.items():
        try:
            cleaned = clean_new(code, value, grounds.references)
        except ValidationError as error:
            for name, messages in error.message_dict.items():
                for message in messages:
                    errors.add(f"{code}.{name}", message)
        else:
            parts[code] = {name: cleaned[name] for name in value}
    return parts
