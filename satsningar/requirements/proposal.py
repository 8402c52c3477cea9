"""What is asked when a satsning is handed in (gate *inlämning*, domain section 3)."""

from collections.abc import Iterator

from governance.vocabulary import Omfattning, OrganisationKind, RequirementCode
from satsningar.content import Content
from satsningar.requirements.looking import empty_fields, is_filled
from satsningar.requirements.registry import Gap, requirement
from satsningar.vocabulary import PartCode

TWO = 2


@requirement(RequirementCode.TITEL)
def titel(content: Content) -> Iterator[Gap]:
    """A title."""
    yield from empty_fields(content, RequirementCode.TITEL, PartCode.UPPDRAG, {"titel": "Ge satsningen en titel."})


@requirement(RequirementCode.BEHOV)
def behov(content: Content) -> Iterator[Gap]:
    """A need, and where the knowledge of it comes from."""
    messages = {
        "behov": "Skriv vilket behov satsningen svarar mot.",
        "behov_kalla": "Skriv hur ni vet att behovet finns: källan.",
    }
    yield from empty_fields(content, RequirementCode.BEHOV, PartCode.UPPDRAG, messages)


@requirement(RequirementCode.SYFTE)
def syfte(content: Content) -> Iterator[Gap]:
    """A purpose."""
    yield from empty_fields(
        content, RequirementCode.SYFTE, PartCode.UPPDRAG, {"syfte": "Skriv vad satsningen syftar till."}
    )


@requirement(RequirementCode.MALGRUPP)
def malgrupp(content: Content) -> Iterator[Gap]:
    """A target group."""
    yield from empty_fields(
        content, RequirementCode.MALGRUPP, PartCode.UPPDRAG, {"malgrupp": "Skriv vilka satsningen är till för."}
    )


@requirement(RequirementCode.OMFATTNING)
def omfattning(content: Content) -> Iterator[Gap]:
    """The organisations that the county's form of scope demands."""
    kinds = {organisation.kind for organisation in content.participants}
    missing: list[str] = []
    match content.omfattning:
        case Omfattning.REGION_OCH_KOMMUN:
            if OrganisationKind.REGION not in kinds:
                missing.append("Regionen ska delta. Lägg till regionen.")
            if OrganisationKind.KOMMUN not in kinds:
                missing.append("Minst en kommun ska delta. Lägg till en kommun.")
        case Omfattning.KOMMUN_OCH_VARDGIVARE:
            if OrganisationKind.KOMMUN not in kinds:
                missing.append("Minst en kommun ska delta. Lägg till en kommun.")
            if OrganisationKind.PRIVAT_VARDGIVARE not in kinds:
                missing.append("Minst en privat vårdgivare ska delta. Lägg till en vårdgivare.")
        case Omfattning.FLERA_FORVALTNINGAR:
            taking_part = [one.kind for one in content.participants].count(OrganisationKind.ANNAN)
            if taking_part < TWO:
                more = "en till" if taking_part else "dem"
                missing.append(f"Minst två förvaltningar ska delta. Lägg till {more}.")
    for message in missing:
        yield Gap(RequirementCode.OMFATTNING, PartCode.OMFATTNING, "deltagare", message)


@requirement(RequirementCode.FOKUSOMRADE)
def fokusomrade(content: Content) -> Iterator[Gap]:
    """A fokusområde and an aim, and why for every link that is made."""
    code, part = RequirementCode.FOKUSOMRADE, PartCode.KOPPLING
    rows = content.rows(part, "kopplingar")
    if all(row["fokusomrade_id"] is None for row in rows):
        yield Gap(code, part, "kopplingar-fokusomrade", "Välj minst ett fokusområde och skriv varför.")
    if all(row["malsattning_id"] is None for row in rows):
        yield Gap(code, part, "kopplingar-malsattning", "Välj minst en målsättning och skriv varför.")
    for row in rows:
        if not is_filled(row["varfor"]):
            kind = next(name.removesuffix("_id") for name, key in row.items() if name.endswith("_id") and key)
            field = f"kopplingar-{kind}-{row[f'{kind}_id']}-varfor"
            yield Gap(code, part, field, f"Skriv varför satsningen kopplas till ”{row[f'{kind}_namn']}”.")


@requirement(RequirementCode.GROV_KOSTNAD)
def grov_kostnad(content: Content) -> Iterator[Gap]:
    """A rough cost; 0 is an answer."""
    messages = {"grov_kostnad": "Ange ungefär vad satsningen kostar i kronor. Skriv 0 om den inte kostar något."}
    yield from empty_fields(content, RequirementCode.GROV_KOSTNAD, PartCode.EKONOMI, messages)


@requirement(RequirementCode.BRUKARMEDVERKAN_FORSTA)
def brukarmedverkan_forsta(content: Content) -> Iterator[Gap]:
    """A first answer on brukarmedverkan: anything written about it."""
    if not any(is_filled(answer) for answer in content.part(PartCode.BRUKARMEDVERKAN).values()):
        yield Gap(
            RequirementCode.BRUKARMEDVERKAN_FORSTA,
            PartCode.BRUKARMEDVERKAN,
            "vilka",
            "Skriv ett första svar om hur brukare, patienter eller närstående medverkar.",
        )


@requirement(RequirementCode.LEDARE)
def ledare(content: Content) -> Iterator[Gap]:
    """Who leads."""
    yield from empty_fields(
        content, RequirementCode.LEDARE, PartCode.UPPDRAG, {"ledare": "Skriv vem som leder satsningen."}
    )
