"""A county as keys and values in the file's own words; the difference and the export are both made from it."""

from collections.abc import Mapping
from datetime import date
from typing import TypeAlias

from governance.countyfile import defaults
from governance.countyfile.fields import code_of
from governance.countyfile.spec import (
    ArstemaSpec,
    BodySpec,
    CountySpec,
    FokusomradeSpec,
    GateSpec,
    IndikatorSpec,
    ItemSpec,
    MalbildSpec,
    MalomradeSpec,
    MoveSpec,
    OrganisationSpec,
    PathSpec,
    RuleSpec,
    StationSpec,
)
from governance.meeting_rules import differing
from governance.vocabulary import StationKind

Value: TypeAlias = "str | int | bool | date | tuple[str, ...] | Mapping[str, Value]"
Entry: TypeAlias = dict[str, Value]


def _without_empty(entry: Mapping[str, "Value | None"]) -> Entry:
    return {key: value for key, value in entry.items() if value is not None and value not in ("", ())}


def county_entry(spec: CountySpec) -> Entry:
    """Return `[lan]`."""
    return _without_empty({"kod": spec.code, "namn": spec.name, "lanskod": spec.county_code})


def organisation_entry(organisation: OrganisationSpec) -> Entry:
    """Return an `[[organisation]]`."""
    return _without_empty(
        {
            "kod": organisation.code,
            "namn": organisation.name,
            "slag": organisation.kind.value,
            "kommunkod": organisation.kommunkod,
        }
    )


def _rule(rule: RuleSpec) -> Entry:
    entry: dict[str, Value | None] = {"kvorum": rule.quorum.value, "andel": rule.share, "kommuner": rule.municipalities}
    return _without_empty({**entry, "formalia": rule.formalities or None})


def body_entry(body: BodySpec) -> Entry:
    """Return an `[[organ]]`."""
    return _without_empty(
        {
            "kod": body.code,
            "namn": body.name,
            "slag": body.kind.value,
            "syfte": body.purpose,
            "mandat": body.mandate_text,
            "arbetar_at": body.parent,
            "organisation": body.organisation,
            "arendegang": body.arendegang,
            "arendenummer": body.reference_pattern,
            "beslutsregel": _rule(body.rule) if body.rule else None,
            "mote": differing(body.kind, body.meeting) if body.meeting else None,
        }
    )


def item_entry(item: ItemSpec) -> Entry:
    """Return a coded line of the target picture."""
    return _without_empty({"kod": item.code, "namn": item.name, "enhet": item.unit, "beskrivning": item.description})


def short_item(item: ItemSpec) -> str | Entry:
    """Return the line as its name alone where that says it all."""
    if not item.description and not item.unit and item.code == code_of(item.name):
        return item.name
    return item_entry(item)


def malbild_entry(malbild: MalbildSpec) -> Entry:
    """Return `[malbild]` without its lists."""
    return _without_empty({"namn": malbild.name, "ar": malbild.year, "beslutad_av": malbild.decided_by})


def malomrade_entry(area: MalomradeSpec) -> Entry:
    """Return a `[[malomrade]]` without its value words."""
    return item_entry(area.item)


def fokusomrade_entry(focus: FokusomradeSpec) -> Entry:
    """Return a `[[fokusomrade]]` without its aims."""
    period: Entry = {"fran": focus.starts_on, "till": focus.ends_on, "beslutat_av": focus.decided_by}
    return _without_empty({**item_entry(focus.item), **period})


def arstema_entry(theme: ArstemaSpec) -> Entry:
    """Return an `[[arstema]]`."""
    return {**item_entry(theme.item), "ar": theme.year}


def indikator_entry(indikator: IndikatorSpec) -> Entry:
    """Return an `[[indikator]]` without its mått."""
    return {**item_entry(indikator.item), "malomrade": indikator.malomrade}


def path_entry(path: PathSpec) -> Entry:
    """Return an `[[arendegang]]` without its steps, gates and moves."""
    return _without_empty(
        {
            "kod": path.code,
            "namn": path.name,
            "standard": path.standard,
            "version": path.number,
            "beslutad": path.decided_on,
            "beslutad_av": path.decided_by,
            "galler_fran": path.in_force_from,
            "omfattning": path.omfattning.value,
            "frister": path.frister.stored or None,
        }
    )


def station_entry(station: StationSpec, *, short: bool = False) -> Entry:
    """Return an `[[arendegang.steg]]`; `short` leaves out what its kind implies."""
    kind: StationKind = station.kind
    return _without_empty(
        {
            "kod": None if short and station.code == kind.value else station.code,
            "namn": None if short and station.name == kind.label else station.name,
            "slag": kind.value,
            "hos": None if short and station.held_by == defaults.held_by(kind) else station.held_by,
            "tid_arbetsdagar": station.days,
        }
    )


def gate_entry(gate: GateSpec) -> Entry:
    """Return an `[arendegang.grind.<kod>]`."""
    return {"namn": gate.name, "krav": tuple(requirement.value for requirement in gate.requirements)}


def move_entry(move: MoveSpec, *, short: bool = False) -> Entry:
    """Return an `[[arendegang.forflyttning]]`; `short` leaves out what its kind implies."""
    kind = move.kind
    return _without_empty(
        {
            "kod": None if short and move.code == kind.value else move.code,
            "namn": None if short and move.name == kind.label else move.name,
            "slag": kind.value,
            "fran": move.sources,
            "till": move.targets,
            "av": {who: mandate.value for who, mandate in move.made_by.items()},
            "mote": None if short and move.in_meeting == defaults.in_meeting(kind) else move.in_meeting,
            "skal": None if short and move.needs_reason == defaults.needs_reason(kind) else move.needs_reason,
            "grind": move.gate,
            "villkor": dict(move.condition.stored) if move.condition else None,
        }
    )
