"""What a case must be able to find from its group: its path, the body that decides on it, and a number."""

from collections.abc import Mapping

from governance.countyfile.fields import listed
from governance.countyfile.problems import Problems
from governance.countyfile.spec import BodySpec, CountySpec, PathSpec
from governance.vocabulary import BodyKind, Mandate, MoveKind


def check_chain(spec: CountySpec, problems: Problems) -> None:
    """See that every body that may be ansvarig grupp leads to one deciding body, and that it numbers its cases.

    The same search is made when a case is created: the body that `bifall` names by its code, else the
    nearest upwards of the kind that it names, else the only one of that kind.
    """
    if problems.under("organ") or problems.under("mandat") or problems.under("arendegang"):
        return
    bodies = {body.code: body for body in spec.bodies}
    paths = {path.code: path for path in spec.paths}
    standard = next(path for path in spec.paths if path.standard)
    for body in spec.bodies:
        if not any(Mandate.FORFATTA in held for held in spec.mandates.get(body.kind, {}).values()):
            continue
        chain = _chain(body, bodies)
        path = next((paths[one.arendegang] for one in chain if one.arendegang), standard)
        keys = _deciders(path)
        if _deciding(keys, chain, spec) is None:
            problems.add(
                f"{body.place}.arbetar_at",
                f"Det går inte att se vem som beslutar om satsningar från {body.name}: "
                f"bifall i {path.name} görs av {listed(sorted(keys))}.",
                "Låt organet arbeta åt det som beslutar, direkt eller genom andra, eller skriv organets kod i av.",
            )
    for path in spec.paths:
        keys = _deciders(path)
        for body in spec.bodies:
            if {body.code, body.kind} & keys and not body.reference_pattern:
                problems.add(
                    f"{body.place}.arendenummer",
                    f"{body.name} beslutar om satsningar men ger dem inget ärendenummer.",
                    'Skriv till exempel arendenummer = "LSG {ar}-{nummer:04d}".',
                )


def _chain(body: BodySpec, bodies: Mapping[str, BodySpec]) -> list[BodySpec]:
    """Return the body and those it works for, nearest first."""
    found = [body]
    while found[-1].parent:
        found.append(bodies[found[-1].parent])
    return found


def _deciders(path: PathSpec) -> set[str]:
    return {who for move in path.moves if move.kind == MoveKind.BIFALL for who in move.made_by}


def _deciding(keys: set[str], chain: list[BodySpec], spec: CountySpec) -> BodySpec | None:
    named = [body for body in spec.bodies if body.code in keys]
    above = [body for body in chain[1:] if body.kind in keys]
    only = [body for body in spec.bodies if body.kind in keys and body.kind != BodyKind.ORGANISATION]
    return next(iter(named or above or (only if len(only) == 1 else [])), None)
