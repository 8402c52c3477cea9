"""Writes a county as a county file; reading it back gives the same county."""

import re
from collections.abc import Iterable, Mapping
from datetime import date

from governance.countyfile import defaults, entries
from governance.countyfile.entries import Entry, Value
from governance.countyfile.spec import CountySpec, ItemSpec, PathSpec

_BARE = re.compile(r"[A-Za-z0-9_-]+")


def export_spec(spec: CountySpec) -> str:
    """Return the county as TOML, with what the defaults imply left out."""
    blocks = [_block("[lan]", entries.county_entry(spec))]
    blocks += [_block("[[organisation]]", entries.organisation_entry(one)) for one in spec.organisations]
    blocks += [_block("[[organ]]", entries.body_entry(one)) for one in spec.bodies]
    for kind, roles in spec.mandates.items():
        if dict(roles) != dict(defaults.MANDATES[kind]):
            blocks.append(
                _block(f"[mandat.{kind.value}]", {role.value: tuple(held) for role, held in roles.items()}, lists=True)
            )
    if spec.malbild:
        block = _block("[malbild]", entries.malbild_entry(spec.malbild))
        block += _list("framgangsfaktorer", spec.malbild.framgangsfaktorer)
        block += _list("forflyttningar", spec.malbild.forflyttningar)
        blocks.append(block + _list("perspektiv", spec.malbild.perspektiv))
    blocks += [
        _block("[[malomrade]]", entries.malomrade_entry(one)) + _list("vardeord", one.vardeord)
        for one in spec.malomraden
    ]
    blocks += [
        _block("[[fokusomrade]]", entries.fokusomrade_entry(one)) + _list("mal", one.malsattningar)
        for one in spec.fokusomraden
    ]
    blocks += [
        _block("[[indikator]]", entries.indikator_entry(one)) + _list("matt", one.matt) for one in spec.indikatorer
    ]
    blocks += [_block("[[arstema]]", entries.arstema_entry(one)) for one in spec.arsteman]
    blocks += [_block("[[statsbidrag]]", entries.item_entry(one)) for one in spec.funding]
    for path in spec.paths:
        blocks += _path(path)
    return "\n".join(blocks)


def _path(path: PathSpec) -> Iterable[str]:
    yield _block("[[arendegang]]", entries.path_entry(path))
    for gate in path.gates:
        yield _block(f"[arendegang.grind.{gate.code}]", entries.gate_entry(gate), lists=True)
    for station in path.stations:
        yield _block("[[arendegang.steg]]", entries.station_entry(station, short=True))
    for move in path.moves:
        yield _block("[[arendegang.forflyttning]]", entries.move_entry(move, short=True))


def _block(header: str, entry: Mapping[str, Value], *, lists: bool = False) -> str:
    lines = [f"{_key(key)} = {_value(value, lists=lists)}" for key, value in entry.items()]
    return "\n".join([header, *lines, ""])


def _list(key: str, items: Iterable[ItemSpec]) -> str:
    lines = [f"    {_value(entries.short_item(item))}," for item in items]
    return "\n".join([f"{key} = [", *lines, "]", ""]) if lines else ""


def _key(key: str) -> str:
    return key if _BARE.fullmatch(key) else _string(key)


def _value(value: "Value | Entry", *, lists: bool = False) -> str:
    """Return a value as TOML; a list of one is written as its only text unless `lists`."""
    if isinstance(value, tuple) and len(value) == 1 and not lists:
        value = value[0]
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return "[" + ", ".join(_string(part) for part in value) + "]"
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{_key(key)} = {_value(part)}" for key, part in value.items()) + " }"
    return value.isoformat() if isinstance(value, date) else str(value)


def _string(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t")
    if "\n" in text:
        return f'"""\n{escaped}"""'
    return f'"{escaped}"'
