"""Reads what stands first on a paper: granted avsteg, that a case was registered afterwards, what it was begun from."""

from collections.abc import Iterable
from dataclasses import replace

from satsningar.content import Content
from satsningar.models import Satsning
from satsningar.vocabulary import PartCode
from workflow.avsteg.applied import Applied, applied, in_papers
from workflow.avsteg.selectors import avsteg_at, avsteg_of
from workflow.decisions import open_anmalan
from workflow.facts import Facts
from workflow.models import Beslut, Forlaga, KopieradDel, Registrering
from workflow.papers.avsteg import granted_now, granted_then, others
from workflow.papers.matter import Matter
from workflow.rights import path_of


def with_standing(matter: Matter, read: Content | None, known: Facts) -> Matter:
    """Return the case with what stands first on the paper; only what the facts say is there is read.

    Args:
        matter: the case.
        read: its content as it is now; None where a frozen revision is shown.
        known: its facts.

    """
    if known.avsteg:
        matter = _with_avsteg(matter, read, known)
    if known.registered:
        found = Registrering.objects.get(satsning=matter.satsning.pk)
        matter = replace(matter, registration=found, writing_in=known.writing_in and read is not None)
    return _with_source(matter, known) if known.has_source else matter


def _with_avsteg(matter: Matter, read: Content | None, known: Facts) -> Matter:
    satsning, source = matter.satsning, matter.source
    found = avsteg_of(satsning.pk)
    if read is None and source:
        frozen = [*avsteg_at(satsning.pk, source.revision.pk), *_decided_with(satsning, source.revision.pk)]
        shown = {one["id"] for one in frozen}
        return replace(matter, avsteg=granted_then(frozen), other_avsteg=others(found, shown=shown))
    through = _let_through(satsning, read, known) if read else []
    return replace(matter, avsteg=granted_now(found, through), other_avsteg=others(found))


def _let_through(satsning: Satsning, read: Content, known: Facts) -> list[Applied]:
    """Return what is known of the avsteg that lie on the table, of those that hold, and of those decided with."""
    path, anmalan = path_of(satsning), open_anmalan(satsning)
    proposed = path.move_from(satsning.station, anmalan.move) if anmalan else None
    gate = proposed.gate if proposed else None
    tabled = in_papers(anmalan.avsteg, (gate,), read, known) if anmalan else []
    return [*tabled, *applied(path.gates.values(), read, known), *_decided_with(satsning)]


def _decided_with(satsning: Satsning, revision_id: int | None = None) -> Iterable[Applied]:
    """Yield the avsteg of the case's decisions, or of those that rested on a revision, newest first; one statement."""
    rows = Beslut.objects.filter(satsning=satsning.pk)
    rows = rows if revision_id is None else rows.filter(revision=revision_id)
    for frozen in rows.values_list("avsteg", flat=True):
        yield from frozen


def _with_source(matter: Matter, known: Facts) -> Matter:
    copied = KopieradDel.objects.filter(satsning=matter.satsning.pk).order_by("pk").values_list("part", flat=True)
    return replace(
        matter,
        builds_on=Forlaga.objects.values_list("label", flat=True).get(satsning=matter.satsning.pk),
        copied=_names(copied),
        unreviewed=() if matter.source else _names(known.copied_parts),
    )


def _names(parts: Iterable[str]) -> tuple[str, ...]:
    return tuple(PartCode(part).label for part in parts)
