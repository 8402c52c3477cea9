"""The table of an ärendegång: one line a move, in words that a secretary reads aloud."""

from collections.abc import Mapping
from dataclasses import dataclass

from governance.paths import MoveValue, PathVersion
from governance.vocabulary import ANSVARIG_GRUPP, BodyKind, Mandate, RequirementCode


@dataclass(frozen=True, slots=True)
class PathRow:
    """A move in words; `sources` is empty for the move that makes a case, `targets` where the case stays."""

    code: str
    name: str
    sources: tuple[str, ...]
    targets: tuple[str, ...]
    made_by: tuple[str, ...]
    in_meeting: bool
    needs_reason: bool
    gate: str
    requirements: tuple[str, ...]
    condition: str = ""

    @property
    def sources_text(self) -> str:
        """Return the names of the steps it leaves from."""
        return ", ".join(self.sources) or "(början)"

    @property
    def targets_text(self) -> str:
        """Return the names of the steps it goes to."""
        return " eller ".join(self.targets) or "(stannar)"

    @property
    def made_by_text(self) -> str:
        """Return who makes it, and whether in a meeting."""
        who = " eller ".join(self.made_by)
        return f"{who}, på möte" if self.in_meeting else who

    @property
    def conditions_text(self) -> str:
        """Return what else it asks for."""
        gate = f"grinden {self.gate}" if self.gate else ""
        cost = f"att satsningen {self.condition}" if self.condition else ""
        return ", ".join(part for part in (gate, "skäl" if self.needs_reason else "", cost) if part)

    def __str__(self) -> str:
        """Return the move as one line."""
        asks = f" Kräver {self.conditions_text}." if self.conditions_text else ""
        return f"{self.name}: {self.sources_text} → {self.targets_text}. Görs av {self.made_by_text}.{asks}"


def who_is(who: str, names: Mapping[str, str]) -> str:
    """Return the words for a key of a move's `av` or a step's `hos`.

    Args:
        who: `ansvarig_grupp`, a body kind or a body's code.
        names: the names of the county's bodies by code.

    """
    if who == ANSVARIG_GRUPP:
        return "ansvarig grupp"
    if who in BodyKind.values:
        label = str(BodyKind(who).label)
        return label[0].lower() + label[1:]
    return names.get(who, who)


def path_rows(version: PathVersion, names: Mapping[str, str]) -> list[PathRow]:
    """Return the moves of a version in the file's order.

    Args:
        version: which.
        names: the names of the county's bodies by code, as `governance.selectors.body_names` gives.

    """
    return [_row(version, move, names) for move in version.moves]


def _row(version: PathVersion, move: MoveValue, names: Mapping[str, str]) -> PathRow:
    return PathRow(
        code=move.code,
        name=move.name,
        sources=tuple(version.stations[code].name for code in move.sources),
        targets=tuple(version.stations[code].name for code in move.targets),
        made_by=tuple(f"{who_is(who, names)} ({_mandate(mandate)})" for who, mandate in _makers(move)),
        in_meeting=move.in_meeting,
        needs_reason=move.needs_reason,
        gate=move.gate.name if move.gate else "",
        requirements=tuple(str(requirement.label) for requirement in move.gate.requirements) if move.gate else (),
        condition=str(move.condition or ""),
    )


def _makers(move: MoveValue) -> list[tuple[str, str]]:
    """Return who makes the move, ansvarig grupp first, then kinds, then single bodies: the rows keep no order."""
    ranks = {who: rank for rank, who in enumerate((ANSVARIG_GRUPP, *BodyKind.values))}
    return sorted(move.made_by.items(), key=lambda pair: (ranks.get(pair[0], len(ranks)), pair[0]))


def _mandate(mandate: str) -> str:
    label = str(Mandate(mandate).label)
    return label[0].lower() + label[1:]


def text_lines(version: PathVersion, names: Mapping[str, str]) -> list[str]:
    """Return the version as lines of plain text: its steps, its moves and its gates."""
    steps = [
        f"  {station.name}"
        + (f", hos {who_is(station.held_by, names)}" if station.held_by else ", avslutat")
        + (f", högst {station.days} arbetsdagar" if station.days else "")
        for station in version.stations.values()
    ]
    gates = [f"  {gate.name}: {_labels(gate.requirements)}." for gate in version.gates.values()]
    return [
        f"{version.name}, version {version.number}",
        "Steg:",
        *steps,
        "Förflyttningar:",
        *(f"  {row}" for row in path_rows(version, names)),
        *(["Grindar:", *gates] if gates else []),
    ]


def _labels(requirements: tuple[RequirementCode, ...]) -> str:
    return "; ".join(str(requirement.label) for requirement in requirements)


def markdown(version: PathVersion, names: Mapping[str, str], *, picture: str) -> str:
    """Return the version as a page of Markdown with its picture.

    Args:
        version: which.
        names: the names of the county's bodies by code.
        picture: the address of the picture.

    """
    rows = [
        f"| {row.name} | {row.sources_text} | {row.targets_text} | {row.made_by_text} | {row.conditions_text or '–'} |"
        for row in path_rows(version, names)
    ]
    steps = [
        f"| {station.name} | {who_is(station.held_by, names) if station.held_by else '–'} |"
        f" {f'{station.days} arbetsdagar' if station.days else '–'} |"
        for station in version.stations.values()
    ]
    gates = [f"- **{gate.name}**: {_labels(gate.requirements)}." for gate in version.gates.values()]
    return "\n".join(
        [
            f"# {version.name}, version {version.number}",
            "",
            "Bilden och tabellerna är ritade ur den laddade länsfilen med `manage.py county draw`.",
            "",
            f"![{version.name}: stegen och förflyttningarna mellan dem, samma som i tabellen nedan]({picture})",
            "",
            "## Förflyttningar",
            "",
            "| Förflyttning | Från | Till | Görs av | Kräver |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "## Steg",
            "",
            "| Steg | Ärendet är hos | Högst |",
            "|---|---|---|",
            *steps,
            "",
            *(["## Grindar", "", *gates, ""] if gates else []),
        ]
    )
