"""What was frozen of a case, and what differs between two states of it."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from governance.paths import PathVersion, path_version
from governance.vocabulary import StationKind
from satsningar.content import Content
from satsningar.models import Revision, Satsning
from satsningar.partspec import PARTS
from satsningar.references import named
from satsningar.revisions import PartDifference, difference, revision_content
from workflow.models import Andringsforslag, JournalEntry
from workflow.proposals import with_proposals
from workflow.rights import station_of
from workflow.selectors.decisions import Decided
from workflow.vocabulary import Act, RoundKind

NOW, PROPOSED = "nu", "forslag"
"""What a revision may be compared with beside another revision."""


def revisions_of(satsning_id: int) -> list[Revision]:
    """Return a case's revisions without their content, newest first, in one statement."""
    return list(Revision.objects.filter(satsning=satsning_id).defer("content").order_by("-number"))


def revision_of(satsning_id: int, number: int) -> Revision | None:
    """Return one revision with its content; None when the case has none with that number."""
    return Revision.objects.filter(satsning=satsning_id, number=number).first()


def name_of_act(satsning: Satsning, revision: Revision) -> str:
    """Return the name of the move that a revision was frozen at, in the version of the path that the case then had."""
    return names_of_acts(satsning, [revision])[revision.number]


def names_of_acts(satsning: Satsning, revisions: Collection[Revision]) -> dict[int, str]:
    """Return what `name_of_act` says of several revisions of a case, by their numbers; one statement."""
    entries = JournalEntry.objects.filter(satsning=satsning, revision__in=revisions).order_by("-number")
    then = dict(entries.values_list("revision", "version"))
    return {one.number: _name_in(path_version(then.get(one.pk) or satsning.version_id), one.act) for one in revisions}


def _name_in(path: PathVersion, act: str) -> str:
    """Return a move's name, or what else something was frozen for."""
    others = {kind.value: str(kind.label) for kind in RoundKind} | {Act.INSKRIVNING_KLAR.value: "Inskriven i efterhand"}
    return next((move.name for move in path.moves if move.code == act), others.get(act, act))


def proposed_content(satsning_id: int, read: Content) -> dict[str, Any]:
    """Return the content with the open proposals in it, every reference named."""
    open_ones = Andringsforslag.objects.filter(satsning=satsning_id, closed_at=None)
    proposals = {row.part: named(PARTS[row.part], {**read.part(row.part), **row.value}, read) for row in open_ones}
    return with_proposals(read.parts, proposals)


def amended_difference(satsning: Satsning, decided: Sequence[Decided], read: Content) -> list[PartDifference]:
    """Return what has been worked in since a decision with an amendment or condition; empty once the case has started.

    The revision on the table is compared with the content as it is.
    """
    if station_of(satsning).kind != StationKind.BESLUTAD or not decided:
        return []
    newest = decided[0].beslut
    if not newest.amended_wording and not newest.condition:
        return []
    return difference(_parts_that_were(revision_content(newest.revision), read.parts), read.parts)


def _parts_that_were(frozen: Mapping[str, Any], now: Mapping[str, Any]) -> dict[str, Any]:
    return {code: frozen.get(code, value) for code, value in now.items()}
