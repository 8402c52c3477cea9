"""What the two kinds of round are called on the pages."""

from collections.abc import Mapping
from dataclasses import dataclass

from workflow.vocabulary import RoundKind


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
    after_opening: tuple[str, ...]


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
        after_opening=(
            "Satsningen fryses som den är nu, och varje mottagare får den för synpunkter.",
            "Mottagarna ser remissen i Mitt arbete och svarar var för sig.",
            "Alla i länet som läser satsningen ser svaren.",
            "Remissen stängs när alla har svarat, eller när ni stänger den.",
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
        after_opening=(
            "Satsningen fryses som den är nu, och varje organisation får den som underlag för sitt beslut.",
            "Kontaktpersonerna ser frågan i Mitt arbete. De bekräftar, eller svarar varför de inte gör det.",
            "Frågan stängs när alla har svarat, eller när ni stänger den. Den som inte har bekräftat kan få den igen.",
            _ANSWERS_STAY,
        ),
    ),
}
