"""Who may comment, answer, accept and open again: by station, body and mandate, and being named where one is.

A draft is commented by those who write it and those invited to it. What has been handed in is commented by the bodies
that prepare it; the ansvarig grupp answers, with those invited to write. Whoever has commented, or prepares as the
commenter did, accepts the answer. Somebody named in a thread may write in it. From the deciding body's table on,
comments are read and not added to.
"""

from collections.abc import Collection
from dataclasses import dataclass

from governance.models import Body
from governance.permissions import Standing
from governance.vocabulary import Mandate, StationKind
from satsningar.models import Satsning
from workflow.comments.models import Kommentar
from workflow.rights import INVITED_KINDS, Viewer, matches, path_of, station_of
from workflow.vocabulary import Medverkan

OPEN_KINDS = frozenset({StationKind.UTKAST, StationKind.INLAMNAD, StationKind.BEREDNING, StationKind.KOMPLETTERING})
"""The stations where comments are made and answered."""


@dataclass(frozen=True, slots=True)
class Acting:
    """For which body somebody writes, by which role and mandate; without a mandate for whoever was named."""

    body_id: int
    body_name: str
    role: str = ""
    mandate: str = ""
    acts_for: str = ""


def _acting(standing: Standing | None) -> Acting | None:
    if standing is None:
        return None
    return Acting(standing.body_id, standing.body_name, standing.role.value, standing.mandate.value, standing.acts_for)


def is_open(satsning: Satsning) -> bool:
    """Tell whether comments may be added where the case stands."""
    return station_of(satsning).kind in OPEN_KINDS


def as_author(who: Viewer, satsning: Satsning) -> Acting | None:
    """Return by what the person writes for the ansvarig grupp, or None."""
    group = satsning.ansvarig_grupp_id
    return _acting(next((s for s in who.standings if s.body_id == group and s.mandate == Mandate.FORFATTA), None))


def as_writer(who: Viewer, satsning: Satsning) -> Acting | None:
    """Return by what the person writes the case: for the ansvarig grupp, or invited to write with it; or None."""
    return as_author(who, satsning) or as_invited(who, satsning, Medverkan.SKRIVA)


def as_invited(who: Viewer, satsning: Satsning, *roles: Medverkan) -> Acting | None:
    """Return by what somebody invited to the case in one of these roles takes part, or None."""
    if station_of(satsning).kind in INVITED_KINDS and who.invited.get(satsning.pk) in roles:
        return seat_in(who, satsning.county_id)
    return None


def as_preparer(who: Viewer, satsning: Satsning) -> Acting | None:
    """Return by what the person prepares the case, or None: a body prepares if the path lets it make any such move."""
    keys = {key for move in path_of(satsning).moves for key, held in move.made_by.items() if held == Mandate.BEREDA}
    return _acting(
        next(
            (
                s
                for s in who.standings
                if s.county_id == satsning.county_id
                and s.mandate == Mandate.BEREDA
                and any(matches(key, s.body_id, s.body_kind, s.body_code, satsning) for key in keys)
            ),
            None,
        )
    )


def may_comment(who: Viewer, satsning: Satsning) -> Acting | None:
    """Return by what the person may comment on the case now, or None."""
    if not is_open(satsning):
        return None
    if satsning.submitted_at is None:
        return as_author(who, satsning) or as_invited(who, satsning, *Medverkan)
    return as_preparer(who, satsning)


def may_answer(who: Viewer, satsning: Satsning) -> Acting | None:
    """Return by what the person may answer comments now, or None."""
    return as_writer(who, satsning) if is_open(satsning) else None


def may_accept(who: Viewer, satsning: Satsning, comment: Kommentar) -> Acting | None:
    """Return by what the person may accept the answer to a comment, or open it again, or None.

    A comment of a preparing body is the preparing bodies'; one that was made in the draft is the ansvarig grupp's.
    """
    if not is_open(satsning):
        return None
    if comment.mandate == Mandate.BEREDA:
        return as_preparer(who, satsning)
    return as_author(who, satsning) or (may_comment(who, satsning) if comment.by_id == who.person_id else None)


def may_write(who: Viewer, satsning: Satsning, named: Collection[int]) -> Acting | None:
    """Return by what the person may write in a thread without changing how it stands, or None.

    Args:
        who: the person.
        satsning: the case; the person may read it.
        named: the ids of those named in the thread.

    """
    if not is_open(satsning):
        return None
    found = as_writer(who, satsning) or as_preparer(who, satsning) or may_comment(who, satsning)
    if found is None and who.person_id in named:
        return seat_in(who, satsning.county_id)
    return found


def seat_in(who: Viewer, county_id: int) -> Acting | None:
    """Return the person's first seat in a county, as what one speaks for without a mandate; one statement."""
    ids = [body for body, county in who.seats if county == county_id]
    body = Body.objects.filter(pk__in=ids).order_by("position", "pk").first()
    return None if body is None else Acting(body.pk, body.name)


def who_comments(satsning: Satsning) -> str:
    """Return the sentence of who may comment where the case stands."""
    if not is_open(satsning):
        return f"Satsningen är i steget {station_of(satsning).name}. Kommentarer läses men skrivs inte längre."
    if satsning.submitted_at is None:
        return f"Ett utkast kommenteras av {satsning.ansvarig_grupp.name} och dem som är inbjudna."
    if satsning.beredningsgrupp is not None:
        return f"Satsningen kommenteras av {satsning.beredningsgrupp.name}, som bereder den."
    return "Satsningen kommenteras av dem som bereder den."


def who_answers(satsning: Satsning) -> str:
    """Return the sentence of who may answer comments where the case stands."""
    if not is_open(satsning):
        return who_comments(satsning)
    return f"Kommentarer besvaras av {satsning.ansvarig_grupp.name}."


def who_accepts(satsning: Satsning, comment: Kommentar) -> str:
    """Return the sentence of who accepts the answer to a comment."""
    if not is_open(satsning):
        return who_comments(satsning)
    name = comment.by_body.name if comment.mandate == Mandate.BEREDA else satsning.ansvarig_grupp.name
    return f"Svaret godtas av {name}."
