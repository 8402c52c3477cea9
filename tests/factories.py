"""What tests begin with: Sörmland loaded, people, a satsning, and content that lacks nothing."""

import uuid
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from governance.models import (
    ArendegangVersion,
    Body,
    County,
    Fokusomrade,
    Forflyttning,
    FundingArea,
    Malomrade,
    Malsattning,
    Matt,
    Person,
    Perspektiv,
)
from governance.vocabulary import Omfattning, OrganisationKind, StationKind
from satsningar import content, services
from satsningar.content import Content
from satsningar.models import Satsning
from satsningar.partspec import PARTS
from satsningar.requirements.looking import answers_for_state, spreads_to
from tests.kept import load_once
from workflow.models import JournalEntry
from workflow.vocabulary import Act

COUNTIES = Path(__file__).resolve().parent.parent / "governance" / "counties"
SORMLAND = COUNTIES / "sormland.toml"
OREBRO = COUNTIES / "orebro.toml"
DAY = date(2027, 3, 1)

Value = dict[str, Any]


def sormland() -> County:
    """Load Sörmland's own county file and return the county."""
    load_once(SORMLAND)
    return County.objects.get(code="sormland")


def orebro() -> County:
    """Load Örebro län's own county file and return the county."""
    load_once(OREBRO)
    return County.objects.get(code="orebro")


def make_person(name: str = "Anna Andersson") -> Person:
    """Make a person with an address of their own."""
    return Person.objects.create_user(f"{uuid.uuid4().hex}@example.org", name)


def make_satsning(
    county: County, titel: str = "Mobila team i hela länet", *, station: str = "", person: Person | None = None
) -> Satsning:
    """Make a satsning with a title at a station, past the acts: for tests of content alone.

    It gets the journal entry that the database asks for, with no payload and no place in the chain.
    """
    version = ArendegangVersion.objects.filter(arendegang__county=county).latest("pk")
    if not station:
        station = version.stations.get(kind=StationKind.UTKAST).code
    person = person or make_person()
    now = timezone.now()
    bodies = Body.objects.filter(county=county)
    with transaction.atomic():
        satsning = Satsning.objects.create(
            county=county,
            version=version,
            station=station,
            station_since=now,
            ansvarig_grupp=bodies.filter(kind="arbetsgrupp")[0],
            beslutsorgan=bodies.filter(kind="styrgrupp")[0],
            created_at=now,
            created_by=person,
            last_act_at=now,
        )
        JournalEntry.objects.create(
            county=county,
            number=JournalEntry.objects.filter(county=county).count() + 1,
            act_id=uuid.uuid4(),
            act=Act.SKAPA,
            satsning=satsning,
            actor=person,
            to_station=station,
            at=now,
            digest="0" * 64,
            hash="0" * 64,
        )
        services.create_content(satsning.pk, titel, person_id=person.pk)
    return satsning


def fill(satsning: Satsning, parts: Iterable[str] = tuple(PARTS), *, person: Person | None = None) -> Content:
    """Write the parts so that they lack nothing, in order; return the content afterwards."""
    person_id = (person or satsning.created_by).pk
    for code in parts:
        with transaction.atomic():
            read = content.read(satsning.pk)
            value = complete_value(read, code)
            services.write_part(satsning.pk, code, value, person_id=person_id, expected_version=read.versions[code])
    return content.read(satsning.pk)


def complete_value(read: Content, code: str) -> Value:
    """Return a value of a part that lacks nothing."""
    return MAKERS[code](read)


def _uppdrag(read: Content) -> Value:
    return {
        "titel": read.title or "Mobila team i hela länet",
        "behov": "Personer med stora behov åker in till akuten för sådant som kan bedömas hemma.",
        "behov_kalla": "Vårdstatistik för 2025 och brukardialog i mars 2026.",
        "syfte": "Fler får bedömning och vård hemma.",
        "malgrupp": "Personer över 65 år med hemsjukvård.",
        "effekt": "Jag får besök av ett team som känner mig.",
        "far_besluta": "Schema och arbetsfördelning.",
        "aterfors": "Ändrad målgrupp och kostnader över budget.",
        "startar": "2027-01-11",
        "slutar": "2028-12-31",
        "tidplan": "- Januari 2027: pilot\n- Hösten 2027: uppföljning",
        "ledare": "Karin Ek, verksamhetschef",
        "ledande_organisation_id": _region(read),
    }


def _of_kind(read: Content, kind: OrganisationKind) -> list[int]:
    return [one.id for one in read.organisations if one.kind == kind]


def _koppling(read: Content) -> Value:
    county = Satsning.objects.values_list("county", flat=True).get(pk=read.satsning_id)
    chosen = [
        (Malomrade, "malomrade_id"),
        (Fokusomrade, "fokusomrade_id"),
        (Malsattning, "malsattning_id"),
        (Forflyttning, "forflyttning_id"),
        (Perspektiv, "perspektiv_id"),
    ]
    rows = [
        {name: first.pk, "varfor": "Vården flyttar hem till personen."}
        for model, name in chosen
        if (first := model._default_manager.filter(county=county).order_by("pk").first())
    ]
    return {"framgangsfaktorer": "Samsyn och tillit finns.", "kopplingar": rows}


def _omfattning(read: Content) -> Value:
    taking_part = [_region(read), *[organisation.id for organisation in read.municipalities[:2]]]
    if read.omfattning == Omfattning.FLERA_FORVALTNINGAR:
        taking_part = _of_kind(read, OrganisationKind.ANNAN)[:2]
    if read.omfattning == Omfattning.KOMMUN_OCH_VARDGIVARE:
        taking_part = [read.municipalities[0].id, *_of_kind(read, OrganisationKind.PRIVAT_VARDGIVARE)[:1]]
    return {
        "spridning": "Alla kommuner är med 2029.",
        "resurser_tillfors": "En projektledare på halvtid.",
        "deltagare": [{"organisation_id": id_, "roll": "Bemannar teamet."} for id_ in taking_part],
    }


def _resurser(read: Content) -> Value:
    taking_part = [organisation.id for organisation in read.participants] or [_region(read)]
    return {
        "kommentar": "Projektledaren delas med en annan satsning.",
        "resurser": [
            {
                "organisation_id": id_,
                "roll": "Distriktssköterska",
                "timmar": 240,
                "fran": "2027-01-11",
                "till": "2027-12-31",
            }
            for id_ in taking_part
        ],
    }


def _ekonomi(read: Content) -> Value:
    county = Satsning.objects.values_list("county", flat=True).get(pk=read.satsning_id)
    area = FundingArea.objects.filter(county=county).first()
    state: Value = {
        "finansiering": "statsbidrag",
        "statsbidrag_id": area.pk if area else None,
        "halso_och_sjukvard": True,
        "motivering": "Teamet ger hälso- och sjukvård i hemmet.",
    }
    own = {"finansiering": "egen"}
    if area is None:
        state = {**own, "halso_och_sjukvard": None, "motivering": ""}
    return {
        "grov_kostnad": "1250000.00",
        "effekter": "Färre vårddygn.",
        "effekter_budget": "Regionens slutenvård.",
        "efter_projektet": "Region och kommun delar lika.",
        "kostnader": [
            {"ar": 2027, "organisation_id": _region(read), "slag": "personal", "belopp": "830000.00", **state},
            {"ar": 2028, "organisation_id": _region(read), "slag": "it", "belopp": "420000.00", **own},
        ],
    }


def _brukarmedverkan(_read: Content) -> Value:
    return {
        "vilka": "Två personer med hemsjukvård och pensionärsrådet.",
        "planering": "De var med på två möten.",
        "genomforande": "En representant sitter i pilotens möte.",
        "uppfoljning": "De formulerar frågorna.",
        "andrade": "Vi lade till ett direktnummer.",
    }


def _uppfoljning(read: Content) -> Value:
    county = Satsning.objects.values_list("county", flat=True).get(pk=read.satsning_id)
    known = Matt.objects.filter(county=county).first()
    first = {"namn": "Oplanerade besök på akuten", "mal": "90", "riktning": "minska"}
    second = {"namn": "Andel som vet vem de ska ringa", "mal": "80", "riktning": "oka"}
    common = {"enhet": "per månad", "kalla": "Vårdinformationssystemet", "frekvens": "kvartal", "agare": "Controller"}
    return {
        "effekter": "Fler får vård hemma.",
        "hur": "FoU-enheten följer upp efter sex och tolv månader.",
        "matt": [{**first, **common, "matt_id": known.pk if known else None}, {**second, **common}],
    }


def _inforande(read: Content) -> Value:
    return {
        "pilot": "Ett team i sex månader.",
        "karna": "Gemensam bedömning inom två timmar.",
        "anpassas": "Bemanning och schema.",
        "kommuner": [
            {
                "id": _stored_id(read, "inforande", "kommuner", municipality.id),
                "organisation_id": municipality.id,
                "ar": 2028,
                "ansvarig": "Enhetschefen för hemsjukvården",
                "anpassning": "Teamet utgår från vårdcentralen.",
            }
            for municipality in spreads_to(read)
        ],
    }


def _forstudierapport(_read: Content) -> Value:
    return {
        "fragor": "Räcker underlaget, och vem får läsa i vems journal?",
        "resultat": "Underlaget räcker i åtta kommuner.",
        "alternativ": "Eget team, delade team eller ett team för länet.",
        "brukarmedverkan": "Två brukarrepresentanter i förstudiegruppen.",
        "risker": "Rekryteringen av sjuksköterskor.",
        "forslag": "Gå vidare med delade team.",
    }


def _inarbetning(_read: Content) -> Value:
    return {"hur": "Trosa är tillagd i omfattningen."}


def _varden(read: Content) -> Value:
    values = [
        {"effektmatt_id": matt["id"], "slag": slag, "datum": DAY.isoformat(), "varde": varde}
        for matt in read.rows("uppfoljning", "matt")
        for slag, varde in (("baslinje", "118"), ("utfall", "92"))
    ]
    return {"kommentar": "Värdena gäller hela länet.", "varden": values}


def _uppfoljningsrapport(_read: Content) -> Value:
    return {
        "resultat": "Besöken minskade från 118 till 92.",
        "brukarmedverkan": "Representanten föreslog direktnumret.",
        "larande": "Gemensam bedömning fungerade från början.",
        "forslag": "Inför arbetssättet i alla kommuner.",
    }


def _lage(read: Content) -> Value:
    rows = []
    answering = answers_for_state(read)
    for number, organisation in enumerate(answering):
        abstains = number == len(answering) - 1
        rows.append(
            {
                "id": _stored_id(read, "lage", "organisationer", organisation.id),
                "organisation_id": organisation.id,
                "status": "avstatt" if abstains else "infort",
                "datum": DAY.isoformat(),
                "kommentar": "Har redan ett eget team." if abstains else "",
            }
        )
    return {"kommentar": "Nästan alla har infört arbetssättet.", "organisationer": rows}


def _slutrapport(_read: Content) -> Value:
    return {
        "resultat": "Målet är nått i sju av nio kommuner.",
        "ekonomi": "1 180 000 kr av beräknade 1 250 000 kr.",
        "lardomar": "Börja med journalåtkomsten.",
        "forvaltning": "Närvårdskoordinatorn i varje kommun.",
    }


def _region(read: Content) -> int:
    return next((o.id for o in read.organisations if o.kind == "region"), read.organisations[0].id)


def _stored_id(read: Content, code: str, key: str, organisation_id: int) -> int | None:
    return next((row["id"] for row in read.rows(code, key) if row["organisation_id"] == organisation_id), None)


MAKERS: dict[str, Callable[[Content], Value]] = {
    "uppdrag": _uppdrag,
    "koppling": _koppling,
    "omfattning": _omfattning,
    "resurser": _resurser,
    "ekonomi": _ekonomi,
    "brukarmedverkan": _brukarmedverkan,
    "uppfoljning": _uppfoljning,
    "inforande": _inforande,
    "forstudierapport": _forstudierapport,
    "inarbetning": _inarbetning,
    "varden": _varden,
    "uppfoljningsrapport": _uppfoljningsrapport,
    "lage": _lage,
    "slutrapport": _slutrapport,
}
