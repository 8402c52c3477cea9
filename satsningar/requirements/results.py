"""What is asked after the decision: of values, reports and the state of each organisation."""

from collections.abc import Iterator

from governance.vocabulary import RequirementCode
from satsningar.content import Content
from satsningar.requirements.looking import answers_for_state, empty_fields, is_filled, own_row, spreads_to
from satsningar.requirements.registry import Gap, requirement
from satsningar.vocabulary import FINAL_STATUSES, Inforandestatus, PartCode, Vardeslag


def _value_for_each(content: Content, code: RequirementCode, kind: Vardeslag) -> Iterator[Gap]:
    measures = content.rows(PartCode.UPPFOLJNING, "matt")
    if not measures:
        yield Gap(code, PartCode.UPPFOLJNING, "matt", "Planen för uppföljning har inga mått. Lägg till minst ett.")
    having = {row["effektmatt_id"] for row in content.rows(PartCode.VARDEN, "varden") if row["slag"] == kind}
    for measure in measures:
        if measure["id"] not in having:
            message = f"Måttet ”{measure['namn']}” saknar {kind.label.lower()}."
            yield Gap(code, PartCode.VARDEN, "varden", message)


@requirement(RequirementCode.FORSTUDIERAPPORT)
def forstudierapport(content: Content) -> Iterator[Gap]:
    """The report of the pre-study."""
    messages = {
        "fragor": "Skriv vad förstudien skulle svara på.",
        "resultat": "Skriv vad förstudien visar.",
        "alternativ": "Skriv vilka alternativ som har prövats.",
        "brukarmedverkan": "Skriv hur brukarna har medverkat i förstudien, eller varför inte.",
        "risker": "Skriv vilka risker som finns och vad som fortfarande är oklart.",
        "forslag": "Skriv vad förstudien föreslår: gå vidare, ändra eller sluta här.",
    }
    yield from empty_fields(content, RequirementCode.FORSTUDIERAPPORT, PartCode.FORSTUDIERAPPORT, messages)


@requirement(RequirementCode.BASLINJE)
def baslinje(content: Content) -> Iterator[Gap]:
    """Every measure has a value from before the start."""
    yield from _value_for_each(content, RequirementCode.BASLINJE, Vardeslag.BASLINJE)


@requirement(RequirementCode.UTFALL)
def utfall(content: Content) -> Iterator[Gap]:
    """Every measure has an outcome."""
    yield from _value_for_each(content, RequirementCode.UTFALL, Vardeslag.UTFALL)


@requirement(RequirementCode.UPPFOLJNINGSRAPPORT)
def uppfoljningsrapport(content: Content) -> Iterator[Gap]:
    """The follow-up report; what it says of brukarmedverkan is a requirement of its own."""
    messages = {
        "resultat": "Skriv vad uppföljningen visar.",
        "larande": "Skriv vad ni har lärt er.",
        "forslag": "Skriv vad ni föreslår att nästa steg blir.",
    }
    yield from empty_fields(content, RequirementCode.UPPFOLJNINGSRAPPORT, PartCode.UPPFOLJNINGSRAPPORT, messages)


@requirement(RequirementCode.BRUKARMEDVERKAN_REDOVISAD)
def brukarmedverkan_redovisad(content: Content) -> Iterator[Gap]:
    """How users took part, and what came of it."""
    messages = {"brukarmedverkan": "Skriv hur brukarna har medverkat och vad det gav."}
    yield from empty_fields(content, RequirementCode.BRUKARMEDVERKAN_REDOVISAD, PartCode.UPPFOLJNINGSRAPPORT, messages)


@requirement(RequirementCode.INFORANDE_DETALJ)
def inforande_detalj(content: Content) -> Iterator[Gap]:
    """Every municipality has a year, somebody who answers for it and its local adaptation."""
    messages = {"ar": "år för införande", "ansvarig": "ansvarig", "anpassning": "beskriven lokal anpassning"}
    for organisation in spreads_to(content):
        row = own_row(content, PartCode.INFORANDE, "kommuner", organisation) or {}
        for field, what in messages.items():
            if not is_filled(row.get(field)):
                yield Gap(
                    RequirementCode.INFORANDE_DETALJ,
                    PartCode.INFORANDE,
                    f"kommuner-{organisation.id}-{field}",
                    f"{organisation.name} saknar {what}.",
                    organisation.id,
                )


@requirement(RequirementCode.LAGE_SLUTLIGT)
def lage_slutligt(content: Content) -> Iterator[Gap]:
    """Every organisation has introduced it, or abstained with a reason."""
    for organisation in answers_for_state(content):
        row = own_row(content, PartCode.LAGE, "organisationer", organisation)
        status = row["status"] if row else Inforandestatus.EJ_PABORJAT
        if status not in FINAL_STATUSES:
            field, message = "status", f"{organisation.name} har varken infört eller avstått."
        elif status == Inforandestatus.AVSTATT and row and not is_filled(row["kommentar"]):
            field, message = "kommentar", f"{organisation.name} har avstått utan skäl. Skriv skälet."
        else:
            continue
        name = f"organisationer-{organisation.id}-{field}"
        yield Gap(RequirementCode.LAGE_SLUTLIGT, PartCode.LAGE, name, message, organisation.id)


_LARDOMAR = {"lardomar": "Skriv vilka lärdomar satsningen har gett."}


@requirement(RequirementCode.SLUTRAPPORT)
def slutrapport(content: Content) -> Iterator[Gap]:
    """The final report, learnings included."""
    messages = {
        "resultat": "Skriv resultatet i förhållande till målen.",
        "ekonomi": "Skriv det ekonomiska utfallet.",
        **_LARDOMAR,
        "forvaltning": "Skriv vem som håller arbetssättet vid liv.",
    }
    yield from empty_fields(content, RequirementCode.SLUTRAPPORT, PartCode.SLUTRAPPORT, messages)


@requirement(RequirementCode.LARDOMAR)
def lardomar(content: Content) -> Iterator[Gap]:
    """Learnings, asked of a satsning that is stopped too."""
    yield from empty_fields(content, RequirementCode.LARDOMAR, PartCode.SLUTRAPPORT, _LARDOMAR)
