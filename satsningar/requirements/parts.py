"""What makes each of the seven parts complete (gate *beslut*, domain section 3)."""

from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from governance.vocabulary import Omfattning, RequirementCode
from satsningar.content import Content
from satsningar.requirements import proposal
from satsningar.requirements.looking import empty_fields, empty_row_fields, is_filled, own_row, spreads_to
from satsningar.requirements.registry import Gap, requirement
from satsningar.vocabulary import Finansiering, PartCode


@requirement(RequirementCode.DEL_UPPDRAG)
def del_uppdrag(content: Content) -> Iterator[Gap]:
    """The assignment: what, why, for whom, within which mandate, when, by whom."""
    messages = {
        "titel": "Ge satsningen en titel.",
        "behov": "Skriv vilket behov satsningen svarar mot.",
        "behov_kalla": "Skriv hur ni vet att behovet finns: källan.",
        "syfte": "Skriv vad satsningen syftar till.",
        "malgrupp": "Skriv vilka satsningen är till för.",
        "effekt": "Skriv vilken effekt invånaren ska märka.",
        "far_besluta": "Skriv vad gruppen själv får besluta om.",
        "aterfors": "Skriv vad som måste tillbaka för beslut.",
        "startar": "Ange vilken dag satsningen startar.",
        "slutar": "Ange vilken dag satsningen slutar.",
        "tidplan": "Skriv en tidplan.",
        "ledare": "Skriv vem som leder satsningen.",
        "ledande_organisation_id": "Välj vilken organisation som leder satsningen.",
    }
    yield from empty_fields(content, RequirementCode.DEL_UPPDRAG, PartCode.UPPDRAG, messages)


@requirement(RequirementCode.DEL_OMFATTNING)
def del_omfattning(content: Content) -> Iterator[Gap]:
    """Who takes part in what way, and the intention to spread it."""
    code, part = RequirementCode.DEL_OMFATTNING, PartCode.OMFATTNING
    for gap in proposal.omfattning(content):
        yield Gap(code, part, gap.field, gap.message)
    yield from empty_row_fields(
        content, code, part, "deltagare", {"roll": "Skriv vad {organisation_namn} gör i satsningen."}
    )
    where = "till hela länet" if content.omfattning == Omfattning.REGION_OCH_KOMMUN else "till fler verksamheter"
    messages = {"spridning": f"Skriv hur arbetssättet är tänkt att spridas {where}."}
    yield from empty_fields(content, code, part, messages)


@requirement(RequirementCode.DEL_RESURSER)
def del_resurser(content: Content) -> Iterator[Gap]:
    """Time and staff: somebody from every organisation that takes part, how much and when."""
    code, part = RequirementCode.DEL_RESURSER, PartCode.RESURSER
    rows = content.rows(part, "resurser")
    if not content.participants and not rows:
        yield Gap(code, part, "resurser", "Lägg till vilken tid och personal som avsätts.")
    having = {row["organisation_id"] for row in rows}
    for organisation in content.participants:
        if organisation.id not in having:
            yield Gap(
                code, part, "resurser", f"{organisation.name} saknar avsatt tid. Lägg till en rad.", organisation.id
            )
    for number, row in enumerate(rows):
        if not is_filled(row["timmar"]) and not is_filled(row["andel"]):
            message = f"Ange timmar eller procent för {row['roll']}, {row['organisation_namn']}."
            yield Gap(code, part, f"resurser-{number}-timmar", message, row["organisation_id"])
    messages = {
        "fran": "Ange från vilken dag {roll}, {organisation_namn}, är avsatt.",
        "till": "Ange till vilken dag {roll}, {organisation_namn}, är avsatt.",
    }
    yield from empty_row_fields(content, code, part, "resurser", messages)


@requirement(RequirementCode.DEL_EKONOMI)
def del_ekonomi(content: Content) -> Iterator[Gap]:
    """Cost, effects and who pays afterwards; state-grant money says its area and side of the border to health care."""
    code, part = RequirementCode.DEL_EKONOMI, PartCode.EKONOMI
    yield from (Gap(code, part, gap.field, gap.message) for gap in proposal.grov_kostnad(content))
    rows, rough = content.rows(part, "kostnader"), content.part(part)["grov_kostnad"]
    if not rows and not (is_filled(rough) and Decimal(rough) == 0):
        yield Gap(code, part, "kostnader", "Lägg till kostnaderna år för år.")
    for number, row in enumerate(rows):
        if row["finansiering"] == Finansiering.STATSBIDRAG:
            yield from _state_grant(number, row)
    messages = {
        "effekter": "Skriv vilka ekonomiska effekter resultatet väntas ge.",
        "effekter_budget": "Skriv i vems budget effekterna hamnar.",
        "efter_projektet": "Skriv vem som betalar efter projektet.",
    }
    yield from empty_fields(content, code, part, messages)


def _state_grant(number: int, row: Mapping[str, Any]) -> Iterator[Gap]:
    messages = {
        "statsbidrag_id": "Välj område för statsbidraget på kostnadsrad {rad}.",
        "halso_och_sjukvard": "Svara på om kostnadsrad {rad} är hälso- och sjukvård.",
        "motivering": "Skriv varför statsbidraget får användas till kostnadsrad {rad}.",
    }
    for field, message in messages.items():
        if not is_filled(row[field]):
            yield Gap(
                RequirementCode.DEL_EKONOMI,
                PartCode.EKONOMI,
                f"kostnader-{number}-{field}",
                message.format(rad=number + 1),
                row["organisation_id"],
            )


@requirement(RequirementCode.DEL_BRUKARMEDVERKAN)
def del_brukarmedverkan(content: Content) -> Iterator[Gap]:
    """Who takes part and how, in planning, carrying out and follow-up, and what it has changed."""
    messages = {
        "vilka": "Skriv vilka brukare, patienter eller närstående som medverkar.",
        "planering": "Skriv hur de medverkar i planeringen, eller varför inte.",
        "genomforande": "Skriv hur de medverkar i genomförandet, eller varför inte.",
        "uppfoljning": "Skriv hur de medverkar i uppföljningen, eller varför inte.",
        "andrade": "Skriv vad medverkan har ändrat hittills.",
    }
    yield from empty_fields(content, RequirementCode.DEL_BRUKARMEDVERKAN, PartCode.BRUKARMEDVERKAN, messages)


@requirement(RequirementCode.DEL_UPPFOLJNING)
def del_uppfoljning(content: Content) -> Iterator[Gap]:
    """Which effects are wanted and how they are measured."""
    code, part = RequirementCode.DEL_UPPFOLJNING, PartCode.UPPFOLJNING
    messages = {
        "effekter": "Skriv vilka effekter ni vill se.",
        "hur": "Skriv hur uppföljningen går till.",
    }
    yield from empty_fields(content, code, part, messages)
    if not content.rows(part, "matt"):
        yield Gap(code, part, "matt", "Lägg till minst ett mått.")
    row_messages = {
        "mal": "Ange målvärde för måttet ”{namn}”.",
        "riktning": "Välj åt vilket håll måttet ”{namn}” ska gå.",
        "kalla": "Ange varifrån värdena till måttet ”{namn}” hämtas.",
        "frekvens": "Välj hur ofta måttet ”{namn}” mäts.",
        "agare": "Ange vem som ansvarar för måttet ”{namn}”.",
    }
    yield from empty_row_fields(content, code, part, "matt", row_messages)


@requirement(RequirementCode.DEL_INFORANDE)
def del_inforande(content: Content) -> Iterator[Gap]:
    """Tried on a small scale, what is core, what may be adapted. The municipalities are `inforande_alla`."""
    messages = {
        "pilot": "Skriv hur arbetssättet prövas i liten skala först.",
        "karna": "Skriv vad som är kärnan och ska vara lika överallt.",
        "anpassas": "Skriv vad som får anpassas lokalt.",
    }
    yield from empty_fields(content, RequirementCode.DEL_INFORANDE, PartCode.INFORANDE, messages)


@requirement(RequirementCode.INFORANDE_ALLA)
def inforande_alla(content: Content) -> Iterator[Gap]:
    """Every municipality of the county has a planned year, or waits for the pilot."""
    for organisation in spreads_to(content):
        row = own_row(content, PartCode.INFORANDE, "kommuner", organisation)
        if row is None or not (is_filled(row["ar"]) or row["efter_piloten"]):
            yield Gap(
                RequirementCode.INFORANDE_ALLA,
                PartCode.INFORANDE,
                f"kommuner-{organisation.id}-ar",
                f"{organisation.name} saknar planerat år. Ange ett år eller kryssa för ”efter piloten”.",
                organisation.id,
            )
