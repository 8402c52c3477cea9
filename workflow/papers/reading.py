"""Reads what a paper on a case is made of: the same for every reader, in a fixed number of statements."""

from dataclasses import replace

from governance.permissions import today
from governance.vocabulary import StationKind
from satsningar import content
from satsningar.models import Handling, Satsning
from satsningar.revisions import revision_content
from satsningar.selectors import registernummer_of
from satsningar.vocabulary import Handlingsslag
from workflow import facts
from workflow.meetings.masking import masked_for
from workflow.models import Anmalan
from workflow.papers.matter import Matter, Scope, Source
from workflow.papers.standing import with_standing
from workflow.rights import path_of, station_of
from workflow.rounds.selectors import rounds_in_full
from workflow.selectors.decisions import decisions_of
from workflow.selectors.revisions import name_of_act, names_of_acts, revision_of, revisions_of
from workflow.selectors.timeline import entries_of


def source_of(satsning: Satsning, number: int) -> Source | None:
    """Return a frozen revision of the case, None when it has none with that number."""
    revision = revision_of(satsning.pk, number)
    return None if revision is None else Source(revision, name_of_act(satsning, revision))


def matter_of(satsning: Satsning, scope: Scope, source: Source | None = None) -> Matter:
    """Return the case as a paper needs it.

    Nothing here depends on who reads: what is bound to one body is left out, and what carries a secrecy mark is named
    by the mark, since a paper is handed on. With a revision, decisions and rounds are those that rested on it.

    Args:
        satsning: the case with its bodies, as `readable_case` gives it to somebody who may read it.
        scope: how much is wanted; what is not wanted is not read.
        source: the revision to show, None for the case as it is now.

    Raises:
        RevisionDamaged: the revision is no longer what was frozen.

    """
    station, known = station_of(satsning), facts.read(satsning.pk)
    read = None if source else content.read(satsning.pk)
    matter = Matter(
        satsning=satsning,
        county=satsning.county.name,
        station=station.name,
        is_draft=station.kind == StationKind.UTKAST,
        parts=read.parts if read else revision_content(source.revision) if source else {},
        source=source,
        printed_on=today(),
        since=satsning.station_since,
    )
    matter = with_standing(matter, read, known)
    return matter if scope is Scope.PARTS else _with_acts(matter, scope)


def _with_acts(matter: Matter, scope: Scope) -> Matter:
    satsning, source = matter.satsning, matter.source
    frozen = source.revision.pk if source else None
    anmalan = _brought(satsning, frozen)
    move = path_of(satsning).move_from(satsning.station, anmalan.move) if anmalan else None
    documents = tuple(_documents(satsning))
    revisions = tuple(revisions_of(satsning.pk)) if scope is Scope.HISTORY else ()
    masked = masked_for(None, satsning.pk)
    decided = masked.decided(decisions_of(satsning.pk))
    return replace(
        matter,
        decided=tuple(one for one in decided if frozen in {None, one.beslut.revision_id}),
        brought=anmalan,
        brought_mark=masked.on_table(anmalan),
        brought_move=move.name if move else anmalan.move if anmalan else "",
        rounds=tuple(one for one in rounds_in_full(satsning) if frozen in {None, one.revision_id}),
        documents=tuple(masked.printed(documents)),
        closed_statements=frozenset(
            one.revision_id for one in documents if one.kind == Handlingsslag.UTLATANDE and one.secrecy
        ),
        numbers=tuple((one.organisation.name, one.number) for one in registernummer_of(satsning.pk)),
        revisions=revisions,
        acts=names_of_acts(satsning, revisions),
        entries=tuple(masked.entries(entries_of(satsning.pk))) if scope is Scope.HISTORY else (),
    )


def _brought(satsning: Satsning, frozen: int | None) -> Anmalan | None:
    """Return what is before a deciding body now, where it rests on what is shown."""
    anmalan = (
        Anmalan.objects.filter(satsning=satsning.pk, closed_at=None)
        .select_related("revision", "body", "made_by")
        .first()
    )
    return anmalan if anmalan and frozen in {None, anmalan.revision_id} else None


def _documents(satsning: Satsning) -> list[Handling]:
    """Return the documents that every reader of the case sees listed, oldest first."""
    rows = Handling.objects.filter(satsning=satsning.pk, only_body=None).exclude(bilaga__removed_at__isnull=False)
    return list(rows.select_related("owner").order_by("date", "id"))
