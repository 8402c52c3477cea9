"""What loading a county file would change, one line a change, in words for whoever is to press the button."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from governance.countyfile import entries
from governance.countyfile.entries import Entry, Value
from governance.countyfile.spec import CountySpec, ItemSpec, PathSpec

_LONGEST = 80
_WORDS = {"+": ("Nytt", "success"), "~": ("Ändras", "info"), "-": ("Upphör", "warning")}


@dataclass(frozen=True, slots=True)
class Change:
    """A thing that is new (`+`), changed (`~`) or ends (`-`)."""

    sign: str
    what: str
    code: str
    detail: str = ""

    @property
    def word(self) -> str:
        """Return what happens to the thing, in a word."""
        return _WORDS[self.sign][0]

    @property
    def colour(self) -> str:
        """Return the colour of the word."""
        return _WORDS[self.sign][1]

    def __str__(self) -> str:
        """Return the change on one line."""
        return f"{self.sign} {self.what} {self.code}".rstrip() + (f": {self.detail}" if self.detail else "")


@dataclass(frozen=True, slots=True)
class Difference:
    """All that differs, in the file's order; false when nothing does."""

    changes: tuple[Change, ...]

    def __bool__(self) -> bool:
        """Tell whether anything differs."""
        return bool(self.changes)

    @property
    def in_short(self) -> str:
        """Return how many things are new, change and end, as in ”2 nya, 1 ändrad”."""
        counts = {sign: sum(change.sign == sign for change in self.changes) for sign in _WORDS}
        words = {"+": ("ny", "nya"), "~": ("ändrad", "ändrade"), "-": ("upphör", "upphör")}
        told = [f"{count} {words[sign][count > 1]}" for sign, count in counts.items() if count]
        return ", ".join(told) or "ingen skillnad"

    def __str__(self) -> str:
        """Return the changes on a line each, or one line that says there are none."""
        return "\n".join(str(change) for change in self.changes) or "Ingen skillnad."


Things = dict[tuple[str, str], Entry]


def compare(before: CountySpec | None, after: CountySpec) -> Difference:
    """Return what differs between what is loaded and what a file says."""
    return Difference(tuple(_changes(_things(before) if before else {}, _things(after))))


def compare_paths(before: PathSpec, after: PathSpec) -> Difference:
    """Return what differs between two versions of a path."""
    return Difference(tuple(_changes(dict(_path_things(before)), dict(_path_things(after)))))


def _changes(before: Things, after: Things) -> Iterable[Change]:
    for (what, code), entry in after.items():
        old = before.get((what, code))
        if old is None:
            yield Change("+", what, code, str(entry.get("namn", "")))
        elif detail := _details(old, entry):
            yield Change("~", what, code, detail)
    for what, code in before:
        if (what, code) not in after:
            yield Change("-", what, code, "upphör")
    for what in dict.fromkeys(what for what, _ in after):
        kept = [thing for thing in after if thing[0] == what and thing in before]
        if kept != [thing for thing in before if thing[0] == what and thing in after]:
            yield Change("~", what, "", "ordningen ändras")


def _details(old: Entry, new: Entry) -> str:
    keys = [key for key in {**old, **new} if old.get(key) != new.get(key)]
    return "; ".join(f"{key} {_shown(old.get(key))} → {_shown(new.get(key))}" for key in keys)


def _shown(value: "Value | None") -> str:
    if value is None:
        return "(inget)"
    if isinstance(value, bool):
        return _plain(value)
    if isinstance(value, Mapping):
        return "(" + ", ".join(f"{key}: {_plain(part)}" for key, part in value.items()) + ")"
    if isinstance(value, tuple):
        return "(" + ", ".join(value) + ")"
    return f"”{_plain(value)}”"


def _plain(value: Value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nej"
    text = value.isoformat() if isinstance(value, date) else str(value)
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"


def _things(spec: CountySpec) -> Things:
    """Return everything in the county under what it is and its code, in the file's order."""
    found: Things = {("län", spec.code): entries.county_entry(spec)}
    found.update({("organisation", one.code): entries.organisation_entry(one) for one in spec.organisations})
    found.update({("organ", one.code): entries.body_entry(one) for one in spec.bodies})
    for kind, roles in spec.mandates.items():
        found["mandat", kind.value] = {role.value: tuple(held) for role, held in roles.items()}
    if spec.malbild:
        found["målbild", ""] = entries.malbild_entry(spec.malbild)
        found.update(_items("framgångsfaktor", spec.malbild.framgangsfaktorer))
        found.update(_items("förflyttning i målbilden", spec.malbild.forflyttningar))
        found.update(_items("perspektiv", spec.malbild.perspektiv))
    found.update({("målområde", one.item.code): entries.malomrade_entry(one) for one in spec.malomraden})
    found.update({("fokusområde", one.item.code): entries.fokusomrade_entry(one) for one in spec.fokusomraden})
    found.update({("indikator", one.item.code): entries.indikator_entry(one) for one in spec.indikatorer})
    for area in spec.malomraden:
        found.update(_items("värdeord", area.vardeord, under={"malomrade": area.item.code}))
    for focus in spec.fokusomraden:
        found.update(_items("mål", focus.malsattningar, under={"fokusomrade": focus.item.code}))
    for indikator in spec.indikatorer:
        found.update(_items("mått", indikator.matt, under={"indikator": indikator.item.code}))
    found.update({("årstema", one.item.code): entries.arstema_entry(one) for one in spec.arsteman})
    found.update(_items("statsbidrag", spec.funding))
    for path in spec.paths:
        found.update(_path_things(path))
    return found


def _items(what: str, items: Iterable[ItemSpec], *, under: Mapping[str, str] | None = None) -> Things:
    return {(what, item.code): {**entries.item_entry(item), **(under or {})} for item in items}


def _path_things(path: PathSpec) -> Things:
    found: Things = {("ärendegång", path.code): entries.path_entry(path)}
    for station in path.stations:
        found[f"steg i {path.code}", station.code] = entries.station_entry(station)
    for gate in path.gates:
        found[f"grind i {path.code}", gate.code] = entries.gate_entry(gate)
    counts: dict[str, int] = {}
    for move in path.moves:
        counts[move.code] = counts.get(move.code, 0) + 1
        code = move.code if counts[move.code] == 1 else f"{move.code} ({counts[move.code]})"
        found[f"förflyttning i {path.code}", code] = entries.move_entry(move)
    return found
