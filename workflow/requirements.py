"""What gates demand of the acts around a case: statements, rounds, confirmations, proposals."""

from collections.abc import Callable, Iterator

from governance.vocabulary import RequirementCode
from satsningar.content import Content
from satsningar.requirements import Gap
from satsningar.vocabulary import PartCode
from workflow.facts import Facts

ActRequirement = Callable[[Content, Facts], Iterator[Gap]]
REQUIREMENTS: dict[RequirementCode, ActRequirement] = {}


def requirement(code: RequirementCode) -> Callable[[ActRequirement], ActRequirement]:
    """Register the one implementation of a requirement."""

    def register(function: ActRequirement) -> ActRequirement:
        if code in REQUIREMENTS:
            msg = f"{code} is implemented twice"
            raise ValueError(msg)
        REQUIREMENTS[code] = function
        return function

    return register


@requirement(RequirementCode.UTLATANDE)
def utlatande(_content: Content, facts: Facts) -> Iterator[Gap]:
    """A preparing body has written its statement."""
    if not any(text for text, _, _ in facts.statements):
        yield Gap(RequirementCode.UTLATANDE, "utlatande", "text", "Skriv utlåtandet.")


@requirement(RequirementCode.REKOMMENDATION)
def rekommendation(_content: Content, facts: Facts) -> Iterator[Gap]:
    """A preparing body recommends or advises against."""
    if not any(advice for _, advice, _ in facts.statements):
        yield Gap(
            RequirementCode.REKOMMENDATION,
            "utlatande",
            "rekommendation",
            "Välj rekommendation: tillstyrkan eller avstyrkan.",
        )


@requirement(RequirementCode.FORSLAG)
def forslag(_content: Content, facts: Facts) -> Iterator[Gap]:
    """A preparing body proposes the wording of the decision."""
    if not any(wording for _, _, wording in facts.statements):
        yield Gap(RequirementCode.FORSLAG, "utlatande", "forslag", "Skriv förslaget till beslut.")


@requirement(RequirementCode.REMISS_HALLEN)
def remiss_hallen(_content: Content, facts: Facts) -> Iterator[Gap]:
    """At least one remiss has been held to its end."""
    if not facts.held_remisser:
        yield Gap(RequirementCode.REMISS_HALLEN, "remiss", "remiss", "Genomför en remiss innan beslut.")


@requirement(RequirementCode.INGEN_OPPEN_REMISS)
def ingen_oppen_remiss(_content: Content, facts: Facts) -> Iterator[Gap]:
    """No remiss is open."""
    if facts.open_remisser:
        yield Gap(RequirementCode.INGEN_OPPEN_REMISS, "remiss", "remiss", "En remiss är öppen. Stäng den först.")


@requirement(RequirementCode.KOMPLETTERING_BESVARAD)
def komplettering_besvarad(_content: Content, facts: Facts) -> Iterator[Gap]:
    """Every request for completion is answered."""
    for part in facts.unanswered_parts:
        yield Gap(
            RequirementCode.KOMPLETTERING_BESVARAD,
            "komplettering",
            "svar",
            f"Svara på begäran om komplettering av {PartCode(part).label.lower()}.",
        )


@requirement(RequirementCode.RESURSER_BEKRAFTADE)
def resurser_bekraftade(content: Content, facts: Facts) -> Iterator[Gap]:
    """Every taking-part organisation has confirmed its resources."""
    for organisation in content.participants:
        if organisation.id not in facts.confirmed:
            yield Gap(
                RequirementCode.RESURSER_BEKRAFTADE,
                "resursbekraftelse",
                "resursbekraftelse",
                f"{organisation.name} har inte bekräftat sina resurser.",
                organisation.id,
            )


@requirement(RequirementCode.ANDRINGAR_INARBETADE)
def andringar_inarbetade(_content: Content, facts: Facts) -> Iterator[Gap]:
    """Amendments and conditions of the decision have been worked in since it was made."""
    if facts.amended and not facts.worked_in:
        yield Gap(
            RequirementCode.ANDRINGAR_INARBETADE,
            PartCode.INARBETNING,
            "hur",
            "Arbeta in beslutets ändringar och villkor och beskriv hur.",
        )


@requirement(RequirementCode.ANDRINGSFORSLAG)
def andringsforslag(_content: Content, facts: Facts) -> Iterator[Gap]:
    """At least one decided part has a proposed change."""
    if not facts.proposed_parts:
        yield Gap(
            RequirementCode.ANDRINGSFORSLAG,
            PartCode.UPPDRAG,
            "titel",
            "Skriv förslaget till ändring i minst en av de beslutade delarna.",
        )


@requirement(RequirementCode.INSKRIVNING_KLAR)
def inskrivning_klar(_content: Content, facts: Facts) -> Iterator[Gap]:
    """What a case registered afterwards held before is written in, and somebody has said so."""
    if facts.writing_in:
        yield Gap(
            RequirementCode.INSKRIVNING_KLAR,
            "inskrivning",
            "edition",
            "Skriv in det som fanns när satsningen registrerades, och ange att inskrivningen är klar.",
        )


@requirement(RequirementCode.KOPIERAT_GENOMGANGET)
def kopierat_genomganget(_content: Content, facts: Facts) -> Iterator[Gap]:
    """Everything that was copied from somewhere has been looked through."""
    for part in facts.copied_parts:
        message = f"Gå igenom det som är kopierat i {PartCode(part).label.lower()}."
        yield Gap(RequirementCode.KOPIERAT_GENOMGANGET, part, "kopierat", message)
