"""Walks a case of any county to its end through every gate: what each move asks for is written before it is made."""

from dataclasses import dataclass, field
from decimal import Decimal

from governance.countyfile import load
from governance.models import County, Malomrade, Person
from governance.paths import MoveValue
from governance.vocabulary import Mandate, MoveKind, StationKind
from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from tests.factories import complete_value
from tests.workflow.test_counties import Step, Walker, way_to_an_end
from tests.workflow.world import World
from workflow import journal
from workflow.edits import save_part
from workflow.rights import path_of, station_of

COST = Decimal(1_250_000)
"""What a satsning costs whose parts lack nothing, in kronor."""
RESULTS = (PartCode.VARDEN, PartCode.UPPFOLJNINGSRAPPORT, PartCode.INFORANDE)
NEEDED = {
    MoveKind.LAMNA_IN: DECIDED_PARTS,
    MoveKind.BESLUT_EFTER_FORSTUDIE: (PartCode.FORSTUDIERAPPORT,),
    MoveKind.STARTA: (PartCode.VARDEN,),
    MoveKind.PABORJA_UPPFOLJNING: (PartCode.UPPFOLJNINGSRAPPORT,),
    MoveKind.BREDDINFOR: RESULTS,
    MoveKind.SLUTFOR: (PartCode.LAGE, PartCode.SLUTRAPPORT),
}
"""The parts that are written before a move of each kind, or before it is brought before the body."""


@dataclass
class FillingWalker(Walker):
    """A walker that writes what the gates ask for; `way` is what remains to be walked, the present move first."""

    way: list[Step] = field(default_factory=list)
    writes_nothing_in: frozenset[str] = frozenset()

    def walk(self, satsning: Satsning, *, until: str = "") -> list[str]:
        """Walk the shortest way from where the case stands to an end, or until a step, and return the steps passed."""
        here = Satsning.objects.values_list("station", flat=True).get(pk=satsning.pk)
        self.way = way_to_an_end(path_of(satsning), here, COST)
        passed = [here]
        while self.way and passed[-1] != until:
            self.do(satsning, *self.way[0])
            self.way.pop(0)
            passed.append(Satsning.objects.values_list("station", flat=True).get(pk=satsning.pk))
        return list(dict.fromkeys(passed))

    def take(self, satsning: Satsning, *codes: str, to: str = "") -> list[str]:
        """Make these moves one after another and return where the case stood after each; `to` is the last one's target.

        A move goes to its first target unless it is the last and another is named.
        """
        passed = []
        for number, code in enumerate(codes):
            here = Satsning.objects.values_list("station", flat=True).get(pk=satsning.pk)
            coming = [move for one in codes[number:] for move in path_of(satsning).moves if move.code == one]
            self.way = [(move, "") for move in coming if move.code != code]
            move = path_of(satsning).move_from(here, code)
            assert move is not None
            target = move.targets[0] if move.targets else here
            self.way.insert(0, (move, to if to and number == len(codes) - 1 else target))
            self.do(satsning, *self.way[0])
            passed.append(Satsning.objects.values_list("station", flat=True).get(pk=satsning.pk))
        return passed

    def _proposed(self, satsning: Satsning, move: MoveValue, target: str) -> str:  # type: ignore[override] # noqa: ARG002 - knows the way
        if move.kind != MoveKind.ANMAL:
            return ""
        return next(one.code for one, _ in self.way if one.in_meeting)

    def _before(self, satsning: Satsning, move: MoveValue, actor: Person) -> None:
        brought = move.kind == MoveKind.ANMAL and not move.targets
        kind = next(one.kind for one, _ in self.way if one.in_meeting) if brought else move.kind
        self.write(satsning, *NEEDED.get(kind, ()))
        if move.kind == MoveKind.STARTA:
            World(self.county).confirm_resources(satsning, actor=actor)
        super()._before(satsning, move, actor)

    def write(self, satsning: Satsning, *parts: str) -> None:
        """Write parts so that they lack nothing; a county without målbild has nothing to link to."""
        author = self.holder(satsning.ansvarig_grupp, Mandate.FORFATTA)
        for code in (part for part in parts if part not in self.writes_nothing_in):
            if code == PartCode.KOPPLING and not Malomrade.objects.filter(county=self.county).exists():
                continue
            read = content.read(satsning.pk)
            value = complete_value(read, code)
            save_part(satsning.pk, code, value, actor=author, expected_version=read.versions[code])


def walk_to_the_end(text: str) -> list[str]:
    """Load a county file, walk a case to a completed end through all its gates, and return the steps it passed."""
    load(text)
    walker = FillingWalker(County.objects.latest("pk"))
    satsning = walker.make()
    passed = walker.walk(satsning)
    assert station_of(Satsning.objects.get(pk=satsning.pk)).kind == StationKind.SLUTFORD
    assert journal.verify(walker.county.pk, walker.county.name)[1] is None
    return passed
