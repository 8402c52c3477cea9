"""Shows a county, from a file or as loaded, as the lines that are read aloud."""

from governance.countyfile.spec import CountySpec, PathSpec
from governance.drawing import text_lines
from governance.drawing.table import who_is
from governance.meeting_rules import MEETS, meeting_in_words, usual_rule
from governance.paths import GateValue, MoveValue, PathVersion, StationValue
from governance.vocabulary import MoveKind, Role


def as_version(path: PathSpec) -> PathVersion:
    """Return a path that need not be loaded as the value that pictures and tables are drawn from."""
    gates = {gate.code: GateValue(gate.code, gate.name, gate.requirements) for gate in path.gates}
    moves = tuple(
        MoveValue(
            code=move.code,
            name=move.name,
            kind=move.kind,
            sources=move.sources,
            targets=move.targets,
            made_by={who: mandate.value for who, mandate in move.made_by.items()},
            in_meeting=move.in_meeting,
            needs_reason=move.needs_reason,
            gate=gates.get(move.gate),
            condition=move.condition,
        )
        for move in path.moves
    )
    return PathVersion(
        id=0,
        county_id=0,
        arendegang_id=0,
        name=path.name,
        number=path.number,
        omfattning=path.omfattning,
        stations={
            station.code: StationValue(
                station.code, station.name, station.kind, station.held_by, position, station.days
            )
            for position, station in enumerate(path.stations)
        },
        moves=moves,
        gates=gates,
        creating=next(move for move in moves if move.kind == MoveKind.SKAPA),
        _leaving={(source, move.code): move for move in moves for source in move.sources},
        frister=path.frister,
    )


def show(spec: CountySpec) -> str:
    """Return the county in words: organisations, bodies, what each role may do, and every path line by line."""
    names = {body.code: body.name for body in spec.bodies}
    lines = [spec.name, "", "Organisationer:"]
    lines += [
        f"  {one.name} ({one.kind.label.lower()}{', ' + one.kommunkod if one.kommunkod else ''})"
        for one in spec.organisations
    ]
    lines += ["", "Organ:"]
    for body in spec.bodies:
        parent = f", arbetar åt {names[body.parent]}" if body.parent else ""
        lines.append(f"  {body.name} ({who_is(body.kind, {})}{parent})")
    lines += ["", "Så håller organen möten:"]
    for body in spec.bodies:
        if body.kind in MEETS:
            lines.append(f"  {body.name}:")
            lines += [f"    {sentence}" for sentence in meeting_in_words(body.meeting or usual_rule(body.kind))]
    lines += ["", "Vad rollerna får göra:"]
    for kind, roles in spec.mandates.items():
        lines.append(f"  {kind.label}:")
        lines += [f"    {_role(role, [str(mandate.label) for mandate in held])}" for role, held in roles.items()]
    for path in spec.paths:
        lines += ["", *text_lines(as_version(path), names)]
    return "\n".join(lines)


def _role(role: Role, held: list[str]) -> str:
    words = ", ".join(word[0].lower() + word[1:] for word in held)
    return f"{role.label}: {words or 'deltar utan mandat'}"
