"""Trying out a move to another version: where each case would stand, what it would lack there, and why not."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from governance.paths import PathVersion, StationValue
from satsningar import content as contents
from satsningar.models import Satsning
from satsningar.requirements import Gap
from workflow import facts as all_facts
from workflow.awaited import awaited_move
from workflow.gates import gaps
from workflow.versions.entering import bodies_of, obstacles, open_stations, open_to_some, tabled_in
from workflow.versions.origins import Origin, origins_of

Landing = Mapping[str, str]
"""From the code of each step in the old version to that of a step in the new one."""


def proposed_mapping(old: PathVersion, new: PathVersion) -> dict[str, str]:
    """Return where cases at each step of the old version would stand: the same code, else the only one of the kind.

    A step that has several to choose among, or none of its kind, is left out: somebody must choose. So are ends.
    """
    found = {}
    for station in old.stations.values():
        likely = [each for each in open_stations(old, station, new) if each.kind == station.kind]
        if not station.is_final and likely and (likely[0].code == station.code or len(likely) == 1):
            found[station.code] = likely[0].code
    return found


def lost(
    old: PathVersion, new: PathVersion, mapping: Landing, stations: Iterable[str], origins: Collection[Origin] = ()
) -> dict[str, str]:
    """Return a sentence for each of the steps that the mapping does not lead to a step of the new version.

    Args:
        old: the version the cases follow.
        new: the version they would follow.
        mapping: where they would stand.
        stations: the codes of the steps where they stand.
        origins: those of the cases that have been moved between versions before.

    """
    found = {}
    for code in stations:
        station = old.stations[code]
        offered = open_to_some(old, station, new, origins)
        if not offered:
            continue
        if not mapping.get(code):
            found[code] = f"Välj var satsningar i steget {station.name} ska stå."
        elif mapping[code] not in {each.code for each in offered}:
            found[code] = f"Satsningar i steget {station.name} kan inte ställas där. Välj ett av stegen i listan."
    return found


@dataclass(frozen=True, slots=True)
class Trial:
    """What would become of one case."""

    satsning: Satsning
    title: str
    here: StationValue
    there: StationValue | None
    awaits: str
    gaps: tuple[Gap, ...]
    obstacles: tuple[str, ...]

    @property
    def is_movable(self) -> bool:
        """Tell whether it can be moved."""
        return not self.obstacles


def try_out(cases: Sequence[Satsning], old: PathVersion, new: PathVersion, mapping: Landing) -> list[Trial]:
    """Return what would become of each case; four statements, however many they are, and nothing is written.

    Where something lies before a body there is a fifth, for the county's bodies.

    Args:
        cases: cases of the old version, each with its deciding body.
        old: the version they follow.
        new: the version they would follow.
        mapping: where they would stand.

    """
    ids = [case.pk for case in cases]
    content, facts = contents.read_many(ids), all_facts.read_many(ids)
    tabled, origins = tabled_in(ids), origins_of(ids)
    bodies = bodies_of(old.county_id) if tabled else []
    found = []
    for case in cases:
        brought = tabled.get(case.pk)
        here, there = old.stations[case.station], new.stations.get(mapping.get(case.station, ""))
        move = awaited_move(new, there.code, brought.move if brought else "") if there else None
        known, read = facts[case.pk], replace(content[case.pk], omfattning=new.omfattning)
        found.append(
            Trial(
                satsning=case,
                title=read.title,
                here=here,
                there=there,
                awaits=move.name if move else "",
                gaps=gaps(move.gate, read, known) if move else (),
                obstacles=obstacles(
                    case,
                    old,
                    new,
                    there.code if there else "",
                    known=known,
                    origin=origins.get(case.pk),
                    tabled=brought,
                    bodies=bodies,
                ),
            )
        )
    return found
