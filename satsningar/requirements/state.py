"""How far each part has come, for the task list."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from governance.vocabulary import RequirementCode
from satsningar.content import Content
from satsningar.partspec import PARTS
from satsningar.requirements.looking import is_filled
from satsningar.requirements.registry import Gap, content_gaps
from satsningar.vocabulary import PartCode

OF_PART: Mapping[str, tuple[RequirementCode, ...]] = {
    PartCode.UPPDRAG: (RequirementCode.DEL_UPPDRAG,),
    PartCode.KOPPLING: (RequirementCode.FOKUSOMRADE,),
    PartCode.OMFATTNING: (RequirementCode.DEL_OMFATTNING,),
    PartCode.RESURSER: (RequirementCode.DEL_RESURSER,),
    PartCode.EKONOMI: (RequirementCode.DEL_EKONOMI,),
    PartCode.BRUKARMEDVERKAN: (RequirementCode.DEL_BRUKARMEDVERKAN,),
    PartCode.UPPFOLJNING: (RequirementCode.DEL_UPPFOLJNING,),
    PartCode.INFORANDE: (RequirementCode.DEL_INFORANDE, RequirementCode.INFORANDE_ALLA),
    PartCode.FORSTUDIERAPPORT: (RequirementCode.FORSTUDIERAPPORT,),
    PartCode.INARBETNING: (),
    PartCode.VARDEN: (RequirementCode.BASLINJE, RequirementCode.UTFALL),
    PartCode.UPPFOLJNINGSRAPPORT: (RequirementCode.UPPFOLJNINGSRAPPORT, RequirementCode.BRUKARMEDVERKAN_REDOVISAD),
    PartCode.LAGE: (RequirementCode.LAGE_SLUTLIGT,),
    PartCode.SLUTRAPPORT: (RequirementCode.SLUTRAPPORT,),
}
"""The requirements that together make a part complete."""


class Progress(StrEnum):
    """The three states that a task list shows."""

    KLART = "klart"
    PABORJAD = "paborjad"
    INTE_PABORJAD = "inte_paborjad"


@dataclass(frozen=True, slots=True)
class PartState:
    """How far a part has come, and how many things are missing."""

    progress: Progress
    missing: int

    def __str__(self) -> str:
        """Return the state in words, as it stands in a task list."""
        match self.progress:
            case Progress.KLART:
                return "Klart"
            case Progress.INTE_PABORJAD:
                return "Inte påbörjad"
            case Progress.PABORJAD:
                things = "1 sak" if self.missing == 1 else f"{self.missing} saker"
                return f"Påbörjad, {things} saknas"


def part_gaps(content: Content, part_code: str) -> tuple[Gap, ...]:
    """Return what a part still lacks to be complete."""
    if part_code == PartCode.INARBETNING and not is_filled(content.part(part_code)["hur"]):
        message = "Skriv hur ändringarna och villkoren i beslutet har arbetats in."
        return (Gap(RequirementCode.ANDRINGAR_INARBETADE, part_code, "hur", message),)
    return content_gaps(content, OF_PART[part_code])


def is_begun(content: Content, part_code: str) -> bool:
    """Tell whether anybody has written anything in a part."""
    return any(answer not in (None, "", []) for answer in content.part(part_code).values())


def part_state(content: Content, part_code: str) -> PartState:
    """Return how far a part has come."""
    missing = len(part_gaps(content, part_code))
    if not is_begun(content, part_code):
        return PartState(Progress.INTE_PABORJAD, missing)
    return PartState(Progress.PABORJAD if missing else Progress.KLART, missing)


def part_states(content: Content) -> dict[str, PartState]:
    """Return how far every part has come, in the order they are shown."""
    return {code: part_state(content, code) for code in PARTS}
