"""What the tests of the desk share: somebody's desk, and the lines on it of some kinds."""

from governance.models import Person
from workflow.desk.lines import Line
from workflow.desk.selectors import Desk, Narrowed, desk_of
from workflow.desk.turns import paths_of
from workflow.desk.vocabulary import DeskKind
from workflow.rights import viewer


def desk(person: Person, narrowed: Narrowed | None = None) -> Desk:
    """Return somebody's desk as it is read today."""
    who = viewer(person)
    return desk_of(who, paths_of(who), narrowed)


def lines(person: Person, *kinds: DeskKind) -> list[Line]:
    """Return the lines of somebody's desk that are of these kinds, all of them."""
    return [line for line in desk(person, Narrowed(everything=True)).lines if line.kind in kinds]
