"""What a case must be able to find from its group: its path, the bodies that decide on it, and a number."""

from collections.abc import Mapping

from governance.countyfile.fields import listed
from governance.countyfile.problems import Problems
from governance.countyfile.spec import BodySpec, CountySpec, PathSpec
from governance.vocabulary import BodyKind, Mandate, MoveKind


def check_chain(spec: CountySpec, problems: Problems) -> None:
    """See that every body that may be ansvarig grupp leads to one deciding body, and that it numbers its cases.

    The same search is made when a case is created, for each `bifall` in the file's order until one gives a body: the
    body that it names by its code, else the nearest upwards of the kind that it names, else the only one of that kind.
    """
    if problems.under("organ") or problems.under("mandat") or problems.under("arendegang"):
        return
    bodies = {body.code: body for body in spec.bodies}
    paths = {path.code: path for path in spec.paths}
    standard = next(path for path in spec.paths if path.standard)
    found: dict[str, set[str]] = {path.code: set() for path in spec.paths}
    for body in spec.bodies:
        if not any(Mandate.FORFATTA in held for held in spec.mandates.get(body.kind, {}).values()):
            continue
        chain = _chain(body, bodies)
        path = next((paths[one.arendegang] for one in chain if one.arendegang), standard)
        deciding = _deciding(path, chain, spec)
        if deciding is None:
            problems.add(
                f"{body.place}.arbetar_at",
                f"Det går inte att se vem som beslutar om satsningar från {body.name}: "
                f"bifall i {path.name} görs av {listed(sorted(set().union(*_deciders(path))))}.",
                "Låt organet arbeta åt det som beslutar, direkt eller genom andra, eller skriv organets kod i av.",
            )
        else:
            found[path.code].add(deciding.code)
    for path in spec.paths:
        keys = _deciders(path)[0] | found[path.code]
        for body in spec.bodies:
            if {body.code, body.kind} & keys and not body.reference_pattern:
                problems.add(
                    f"{body.place}.arendenummer",
                    f"{body.name} beslutar om satsningar men ger dem inget ärendenummer.",
                    'Skriv till exempel arendenummer = "LSG {ar}-{nummer:04d}".',
                )
        _check_other_deciders(spec, path, {bodies[code].kind for code in found[path.code]}, problems)


def _check_other_deciders(spec: CountySpec, path: PathSpec, own: set[BodyKind], problems: Problems) -> None:
    """See that what another body than the case's own decides in a meeting is decided by one that can be told.

    A case finds its own deciding body and its own beredningsgrupp; any other is the only one of its kind.
    """
    for move in path.moves:
        for who in move.made_by if move.in_meeting else ():
            kind = {body.code for body in spec.bodies if body.kind == who}
            if len(kind) > 1 and who != BodyKind.BEREDNINGSGRUPP and (own - {who}):
                problems.add(
                    f"{move.place}.av.{who}",
                    f"Länet har {len(kind)} organ av slaget ”{who}”, så det går inte att se vilket som beslutar.",
                    f"Skriv organets kod: {listed(sorted(kind))}.",
                )


def _chain(body: BodySpec, bodies: Mapping[str, BodySpec]) -> list[BodySpec]:
    """Return the body and those it works for, nearest first."""
    found = [body]
    while found[-1].parent:
        found.append(bodies[found[-1].parent])
    return found


def _deciders(path: PathSpec) -> list[set[str]]:
    """Return who makes each bifall, in the file's order."""
    return [set(move.made_by) for move in path.moves if move.kind == MoveKind.BIFALL]


def _deciding(path: PathSpec, chain: list[BodySpec], spec: CountySpec) -> BodySpec | None:
    return next((body for keys in _deciders(path) if (body := _named(keys, chain, spec))), None)


def _named(keys: set[str], chain: list[BodySpec], spec: CountySpec) -> BodySpec | None:
    named = [body for body in spec.bodies if body.code in keys]
    above = [body for body in chain[1:] if body.kind in keys]
    only = [body for body in spec.bodies if body.kind in keys and body.kind != BodyKind.ORGANISATION]
    return next(iter(named or above or (only if len(only) == 1 else [])), None)
