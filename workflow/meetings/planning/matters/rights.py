"""Who brings a matter that is no satsning before a body, and who changes it.

It is brought by who keeps the body's records, by regionalt stöd, and by who prepares matters in a body under it: one
whose chain of parents leads there. It is changed by who keeps those records and by the body that brought it.
"""

from collections.abc import Iterator, Mapping

from governance.meeting_rules import may_meet
from governance.models import Body
from governance.permissions import Standing
from governance.vocabulary import Mandate
from workflow.meetings.models import OvrigtArende
from workflow.meetings.rights import keeping
from workflow.rights import Viewer

Parents = Mapping[int, int | None]
"""The parent of each body, by the bodies' ids."""
_LEADING = (Mandate.LEDA_ARENDEN, Mandate.FOLJA)


def standings_to_bring(who: Viewer, body: Body, parents: Parents | None = None) -> Iterator[Standing]:
    """Yield the standings by which the person may bring a matter before the body: the rule, in one place.

    Args:
        who: the person.
        body: before which.
        parents: those of the county's bodies; read where they are needed, in one statement, if not given.

    """
    if not may_meet(body):
        return
    if (keeper := keeping(who, body)) is not None:
        yield keeper
    for mandate in _LEADING:
        yield from (s for s in who.standings if s.county_id == body.county_id and s.mandate == mandate)
    preparing = [s for s in who.standings if s.county_id == body.county_id and s.mandate == Mandate.BEREDA]
    if preparing:
        known = parents_in(body.county_id) if parents is None else parents
        yield from (standing for standing in preparing if is_under(standing.body_id, body.pk, known))


def parents_in(county_id: int) -> Parents:
    """Return the parent of each of a county's bodies; one statement."""
    return dict(Body.objects.filter(county=county_id).values_list("pk", "parent_id"))


def is_under(below: int, above: int, parents: Parents) -> bool:
    """Tell whether the chain of parents of a body leads to another one, itself not counted."""
    seen = {below}
    found = parents.get(below)
    while found is not None and found not in seen:
        if found == above:
            return True
        seen.add(found)
        found = parents.get(found)
    return False


def standing_to_bring(who: Viewer, body: Body) -> Standing | None:
    """Return the standing by which the person may bring a matter before the body, or None; many: `open_bodies`."""
    return next(standings_to_bring(who, body), None)


def open_bodies(who: Viewer) -> list[Body]:
    """Return the bodies before which the person may bring a matter; one statement."""
    rows = list(Body.objects.filter(county__in=who.counties).select_related("county").order_by("county", "position"))
    parents = {row.pk: row.parent_id for row in rows}
    return [row for row in rows if next(standings_to_bring(who, row, parents), None) is not None]


def standing_to_edit(who: Viewer, matter: OvrigtArende) -> Standing | None:
    """Return the standing by which the person may change or withdraw the matter, or None."""
    if matter.closed_at is not None:
        return None
    inside = {matter.body_id, matter.created_by_body_id}
    return next((one for one in standings_to_bring(who, matter.body) if one.body_id in inside), None)


def who_brings(body: Body) -> str:
    """Return the sentence of who brings matters before the body."""
    return (
        f"Ärenden till {body.name} anmäls av sekreteraren och ordföranden där, av grupper som bereder åt {body.name}"
        " och av regionalt stöd."
    )


def who_edits(matter: OvrigtArende) -> str:
    """Return the sentence of who changes the matter."""
    brought = f" eller av {matter.created_by_body.name}, som anmälde det" if matter.created_by_body else ""
    return f"Ärendet ändras av sekreteraren och ordföranden i {matter.body.name}{brought}."
