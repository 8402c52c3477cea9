"""What a meeting may choose between in a matter, and what each choice asks for; the acts decide whether it can be."""

from collections.abc import Iterator
from dataclasses import dataclass

from governance.paths import MoveValue, PathVersion, path_version
from governance.vocabulary import MoveKind
from workflow.meetings.models import AgendaItem
from workflow.meetings.table.choices import KINDS, OUTCOMES, WITHOUT_MOVE
from workflow.meetings.vocabulary import Outcome
from workflow.models import Anmalan
from workflow.vocabulary import Rekommendation
from workflow.words import WORDS

MOVED = "flytt-"
"""Begins the code of a choice that is a move of its own, named by the path alone."""
_WHAT: dict[Outcome, tuple[str, str]] = {
    Outcome.BIFALL: ("Bifall till förslaget", "Beslutet blir som det är föreslaget."),
    Outcome.BIFALL_ANDRING: ("Bifall med ändring eller villkor", "Mötet ändrar lydelsen eller ställer ett villkor."),
    Outcome.AVSLAG: ("Avslag", "Mötet säger nej till förslaget."),
    Outcome.ATERREMISS: ("Återremiss", "Ärendet går tillbaka för att kompletteras eller beredas mer."),
    Outcome.BORDLAGGNING: ("Bordläggning", "Mötet väntar och tar upp ärendet på ett senare möte."),
    Outcome.OVERLAMNAD: ("Lämna över till ett annat organ", "Beslutet fattas någon annanstans."),
}
"""What each outcome is called as something to choose, and what it means."""
_OF_A_MATTER = (Outcome.BIFALL_ANDRING, *KINDS)
"""What is chosen in a matter without a satsning, beside what is proposed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """Something that the meeting may decide otherwise than proposed, and what it needs to be told."""

    code: str
    label: str
    hint: str = ""
    outcome: Outcome | None = None
    move: str = ""
    targets: tuple[tuple[str, str], ...] = ()
    amends: bool = False
    has_condition: bool = False
    needs_reason: bool = False
    asks: bool = False
    puts_off: bool = False


def is_refusal(item: AgendaItem) -> bool:
    """Tell whether deciding as recommended is to refuse the proposal."""
    return item.anmalan is not None and item.anmalan.rekommendation != Rekommendation.TILLSTYRKAN


def options_of(item: AgendaItem) -> tuple[Option, ...]:
    """Return what may be decided otherwise than recommended in a matter, in the order that a meeting thinks of it.

    Args:
        item: a matter to decide, with its anmälan and satsning.

    """
    if item.anmalan is None:
        return tuple(_option(outcome, None) for outcome in _OF_A_MATTER)
    case = item.anmalan.satsning
    return tuple(_of_case(item.anmalan, path_version(case.version_id), case.station))


def _of_case(anmalan: Anmalan, path: PathVersion, station: str) -> Iterator[Option]:
    leaving = [move for move in path.moves_from(station) if move.in_meeting]
    proposed = path.move_from(station, anmalan.move)
    refuses = anmalan.rekommendation != Rekommendation.TILLSTYRKAN
    used = set[str]()
    if proposed is not None:
        used.add(proposed.code)
        if refuses:
            yield _option(Outcome.BIFALL, None)
        yield _option(Outcome.BIFALL_ANDRING, None, amends=True)
    for outcome, kind in KINDS.items():
        move = next((one for one in leaving if one.kind == kind), None)
        if move is None and outcome not in WITHOUT_MOVE:
            continue
        used.add(move.code if move else "")
        if not (refuses and outcome == Outcome.AVSLAG):
            yield _option(outcome, move, targets=_targets(path, move))
    for move in leaving:
        if move.code not in used:
            comes_to, words = OUTCOMES.get(move.kind), WORDS[move.kind]
            yield Option(
                code=f"{MOVED}{move.code}",
                label=words.button if words.button.startswith(move.name) else move.name,
                hint=next((line for line in words.happens if "{" not in line), ""),
                move=move.code,
                targets=_targets(path, move),
                amends=comes_to in {None, Outcome.OVERLAMNAD},
                has_condition=comes_to is None,
                needs_reason=move.needs_reason,
                asks=move.kind == MoveKind.ATERREMISS,
                puts_off=move.kind == MoveKind.BORDLAGGNING,
            )


def _option(
    outcome: Outcome, move: MoveValue | None, *, amends: bool = False, targets: tuple[tuple[str, str], ...] = ()
) -> Option:
    label, hint = _WHAT[outcome]
    refuses = outcome in {Outcome.AVSLAG, Outcome.ATERREMISS}
    return Option(
        code=outcome.value,
        label=label,
        hint=hint,
        outcome=outcome,
        targets=targets,
        amends=amends or outcome in {Outcome.BIFALL_ANDRING, Outcome.OVERLAMNAD},
        has_condition=outcome == Outcome.BIFALL_ANDRING,
        needs_reason=move.needs_reason if move else refuses,
        asks=outcome == Outcome.ATERREMISS and move is not None,
        puts_off=outcome == Outcome.BORDLAGGNING,
    )


def _targets(path: PathVersion, move: MoveValue | None) -> tuple[tuple[str, str], ...]:
    """Return the steps to choose between where a move leads to several."""
    if move is None or len(move.targets) < 2:  # noqa: PLR2004 - a choice
        return ()
    return tuple((code, path.stations[code].name) for code in move.targets)
