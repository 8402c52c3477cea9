"""What the kinds of round are called on the pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from workflow.rounds.models import Round
from workflow.vocabulary import RoundEnding, RoundKind


@dataclass(frozen=True, slots=True)
class RoundWords:
    """The words of one kind of round, as its pages say them."""

    open_title: str
    open_button: str
    sent: str
    purpose: str
    answer_title: str
    close_title: str
    close_button: str
    closed: str
    withdrawn: str
    thing: str
    """What it is in the middle of a sentence, with its article."""
    after_opening: tuple[str, ...]
    when: str = ""
    who_opens: str = ""


_ANSWERS_STAY = "Ett svar som har kommit in är en inkommen handling och ändras inte."

WORDS: Mapping[RoundKind, RoundWords] = {
    RoundKind.REMISS: RoundWords(
        open_title="Skicka på remiss",
        open_button="Skicka remissen",
        sent="Remissen är skickad.",
        purpose="Synpunkter inför beslut",
        answer_title="Svara på remissen",
        close_title="Stäng remissen",
        close_button="Stäng remissen",
        closed="Remissen är stängd.",
        withdrawn="Remissen är tillbakadragen.",
        thing="remissen",
        when="En remiss skickas",
        who_opens="skickar ut remisser",
        after_opening=(
            "Satsningen fryses som den är nu, och varje mottagare får den för synpunkter.",
            "Mottagarna ser remissen på Mitt arbete och svarar var för sig.",
            "Alla i länet som läser satsningen ser svaren.",
            "Remissen stängs när alla har svarat, eller när ni stänger den.",
            _ANSWERS_STAY,
        ),
    ),
    RoundKind.SAMRAD: RoundWords(
        open_title="Samråd med en annan beredningsgrupp",
        open_button="Skicka frågan",
        sent="Frågan om samråd är skickad.",
        purpose="Samråd under beredningen",
        answer_title="Svara i samrådet",
        close_title="Stäng samrådet",
        close_button="Stäng samrådet",
        closed="Samrådet är stängt.",
        withdrawn="Samrådet är tillbakadraget.",
        thing="samrådet",
        when="Samråd begärs",
        who_opens="begär samråd",
        after_opening=(
            "Satsningen fryses som den är nu, och de andra beredningsgrupperna får den för synpunkter.",
            "De som bereder i grupperna ser frågan på Mitt arbete. Varje grupp ger ett svar.",
            "Alla i länet som läser satsningen ser svaren.",
            "Samrådet stängs när alla har svarat, eller när ni stänger det. Ett öppet samråd hindrar inte beslut.",
            _ANSWERS_STAY,
        ),
    ),
    RoundKind.RESURSBEKRAFTELSE: RoundWords(
        open_title="Be om bekräftelse av resurser",
        open_button="Skicka frågan",
        sent="Frågan om resurser är skickad.",
        purpose="Bekräftelse av resurser inför start",
        answer_title="Bekräfta resurser",
        close_title="Stäng frågan om resurser",
        close_button="Stäng frågan",
        closed="Frågan om resurser är stängd.",
        withdrawn="Frågan om resurser är tillbakadragen.",
        thing="frågan om resurser",
        after_opening=(
            "Satsningen fryses som den är nu, och varje organisation får den som underlag för sitt beslut.",
            "Kontaktpersonerna ser frågan på Mitt arbete. De bekräftar, eller svarar varför de inte gör det.",
            "Frågan stängs när alla har svarat, eller när ni stänger den. Den som inte har bekräftat kan få den igen.",
            _ANSWERS_STAY,
        ),
    ),
}


def state_of(held: Round) -> str:
    """Return how a round stands: open, or how it ended and when."""
    if held.closed_at is None:
        return "Sista svarsdag har passerat" if held.is_late else "Öppen"
    how = RoundEnding(held.ending).label if held.ending else "Stängd"
    return f"{how}, {timezone.localdate(held.closed_at).isoformat()}"
