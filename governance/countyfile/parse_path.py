"""Reads one `[[arendegang]]`: its steps, gates and moves, with the defaults of each kind filled in."""

from governance.conditions import HIGHEST, Condition
from governance.countyfile import defaults
from governance.countyfile.fields import CODE, Table, choose
from governance.countyfile.frister import parse_frister
from governance.countyfile.spec import GateSpec, MoveSpec, PathSpec, StationSpec
from governance.deadlines import LONGEST
from governance.vocabulary import (
    BUILT_IN_MOVES,
    ConditionKind,
    Mandate,
    MoveKind,
    Omfattning,
    RequirementCode,
    StationKind,
)

_CODE = 40
_NAME = 100
_MAX_VERSION = 9999


def parse_path(table: Table, *, only: bool) -> PathSpec:
    """Return the path as a value.

    Args:
        table: the `[[arendegang]]`.
        only: whether it is the file's only one, which is then the county's standard without saying so.

    """
    path = PathSpec(
        code=table.code("kod"),
        name=table.text("namn"),
        standard=table.flag("standard", default=only),
        number=table.integer("version", 1, _MAX_VERSION),
        decided_on=table.optional_day("beslutad"),
        decided_by=table.text("beslutad_av", default=""),
        in_force_from=table.day("galler_fran"),
        omfattning=table.choice("omfattning", Omfattning),
        stations=tuple(_station(entry) for entry in table.tables("steg", required="Ärendegången har inga steg.")),
        gates=_gates(table.table("grind")),
        frister=parse_frister(table.table("frister")),
        moves=tuple(
            _move(entry) for entry in table.tables("forflyttning", required="Ärendegången har inga förflyttningar.")
        ),
        place=table.place,
    )
    table.close()
    return path


def _station(table: Table) -> StationSpec:
    kind = table.choice("slag", StationKind)
    station = StationSpec(
        code=table.code("kod", limit=_CODE, default=kind.value),
        name=table.text("namn", limit=_NAME, default="") or str(kind.label),
        kind=kind,
        held_by=table.code("hos", default=defaults.held_by(kind)),
        days=table.optional_integer("tid_arbetsdagar", 1, LONGEST),
        place=table.place,
    )
    table.close()
    return station


def _gates(table: Table | None) -> tuple[GateSpec, ...]:
    if table is None:
        return ()
    found = []
    for code in table.keys():  # noqa: SIM118 - not a mapping
        entry = table.table(code)
        if entry is None:
            continue
        if not CODE.fullmatch(code) or len(code) > _CODE:
            table.problems.add(entry.place, f"”{code}” är inte en giltig kod.", "Skriv små bokstäver och siffror.")
        words = entry.words("krav", required=True)
        chosen = (
            choose(word, RequirementCode, f"{entry.at('krav')}[{index}]", table.problems)
            for index, word in enumerate(words)
        )
        found.append(
            GateSpec(
                code=code,
                name=entry.text("namn", limit=_NAME),
                requirements=tuple(requirement for requirement in chosen if requirement),
                place=entry.place,
            )
        )
        entry.close()
    return tuple(found)


def _move(table: Table) -> MoveSpec:
    kind = table.choice("slag", MoveKind)
    made_by: dict[str, Mandate] = {}
    av = table.table("av", required=True)
    if av is not None:
        if not av.keys():
            table.problems.add(av.place, "Ingen gör förflyttningen.", 'Skriv av = { organslag = "mandat" }.')
        for who in av.keys():  # noqa: SIM118
            made_by[who] = av.choice(who, Mandate)
    villkor = table.table("villkor")
    move = MoveSpec(
        code=table.code("kod", limit=_CODE, default=kind.value),
        name=table.text("namn", limit=_NAME, default="") or str(kind.label),
        kind=kind,
        sources=table.words("fran"),
        targets=table.words("till"),
        made_by=made_by,
        in_meeting=table.flag("mote", default=defaults.in_meeting(kind)),
        needs_reason=table.flag("skal", default=defaults.needs_reason(kind)),
        gate=table.code("grind", limit=_CODE, default=""),
        condition=_condition(villkor) if villkor else None,
        place=table.place,
    )
    if kind in BUILT_IN_MOVES:
        table.problems.add(
            table.at("slag"), f"”{kind.value}” finns i varje ärendegång utan att skrivas.", "Ta bort förflyttningen."
        )
    elif move.code in BUILT_IN_MOVES:
        table.problems.add(
            table.at("kod"),
            f"Koden ”{move.code}” är upptagen: så heter en förflyttning som alltid finns.",
            "Välj en annan.",
        )
    table.close()
    return move


def _condition(table: Table) -> Condition | None:
    """Read a `villkor`: one limit of cost or two, in whole kronor."""
    over = table.optional_integer(ConditionKind.KOSTNAD_OVER.value, 0, HIGHEST)
    hogst = table.optional_integer(ConditionKind.KOSTNAD_HOGST.value, 0, HIGHEST)
    empty = not any(table.has(kind.value) for kind in ConditionKind)
    table.close()
    if empty:
        table.problems.add(table.place, "Villkoret säger inget om kostnaden.", "Skriv { kostnad_over = 5000000 }.")
    elif over is not None and hogst is not None and over >= hogst:
        table.problems.add(
            table.place, "Ingen kostnad är både över och högst.", "Skriv en större kostnad_hogst, eller bara en av dem."
        )
    return Condition(over, hogst) if over is not None or hogst is not None else None
