"""The task list of a case: its parts, how far each has come, and whether the person may write it."""

from dataclasses import dataclass

from governance.vocabulary import DECIDED_KINDS, FINAL_KINDS, StationKind
from satsningar.content import Content
from satsningar.models import Satsning
from satsningar.requirements import PartState, part_state
from satsningar.requirements.state import OF_PART, Progress
from satsningar.vocabulary import DECIDED_PARTS, LATER_PARTS, PartCode
from workflow.facts import Facts
from workflow.links import part_url
from workflow.rights import Access, Viewer, access, station_of

STATES = {Progress.KLART: "done", Progress.PABORJAD: "started", Progress.INTE_PABORJAD: "empty"}
UNREVIEWED = "Kopierad, inte granskad"
HINTS = {
    Access.PROPOSE: "Ändras genom ett ändringsförslag",
    Access.OWN_ROWS: "Du skriver för din organisation",
}


@dataclass(frozen=True, slots=True)
class Tasks:
    """The rows of the two task lists, as `components/task_list.html` shows them."""

    decided: list[dict[str, str]]
    later: list[dict[str, str]]


def tasks_of(who: Viewer, satsning: Satsning, read: Content, known: Facts) -> Tasks:
    """Return the parts of the proposal and, once decided, those that are written afterwards; no statements."""
    later = later_parts(satsning, read, known)
    return Tasks(
        [_row(who, satsning, read, known, part) for part in DECIDED_PARTS],
        [_row(who, satsning, read, known, part) for part in later],
    )


def later_parts(satsning: Satsning, read: Content, known: Facts) -> tuple[PartCode, ...]:
    """Return the parts written after the decision that have a place where the case stands now."""
    kind = station_of(satsning).kind
    if kind not in DECIDED_KINDS | FINAL_KINDS:
        return ()
    written = {part for part in LATER_PARTS if read.versions[part]}
    if kind in FINAL_KINDS and not known.writing_in:
        return tuple(part for part in LATER_PARTS if part in written)
    wanted = set(LATER_PARTS) if known.amended else set(LATER_PARTS) - {PartCode.INARBETNING}
    if kind != StationKind.FORSTUDIE:
        wanted -= {PartCode.FORSTUDIERAPPORT}
    if kind in {StationKind.BESLUTAD, StationKind.FORSTUDIE}:
        wanted -= {PartCode.UPPFOLJNINGSRAPPORT, PartCode.LAGE, PartCode.SLUTRAPPORT}
    return tuple(part for part in LATER_PARTS if part in wanted | written)


def shown_parts(satsning: Satsning, read: Content, known: Facts) -> tuple[str, ...]:
    """Return the codes of all parts that the case's page lists, in order."""
    return tuple(part.value for part in (*DECIDED_PARTS, *later_parts(satsning, read, known)))


def _row(who: Viewer, satsning: Satsning, read: Content, known: Facts, part: PartCode) -> dict[str, str]:
    how = access(who, satsning, part, known)
    state = part_state(read, part)
    hint = HINTS.get(how, "")
    if part in known.requested_parts:
        hint = "Komplettering är begärd"
    elif part in known.copied_parts:
        return {**_named(satsning, part), "state": "started", "status": UNREVIEWED, "hint": str(state)}
    elif part in known.proposed_parts:
        hint = "Det finns ett ändringsförslag"
    elif not hint and any(code in OF_PART[part] for _, code in known.waived):
        hint = "Avsteg är medgivet"
    return {
        **_named(satsning, part),
        "state": _shown(state, how),
        "status": str(state),
        "hint": hint,
    }


def _named(satsning: Satsning, part: PartCode) -> dict[str, str]:
    return {"name": part.label, "url": part_url(satsning.pk, part)}


def _shown(state: PartState, how: Access) -> str:
    """Return the state by which a row is coloured; what the person cannot mend is said without colour."""
    if how is Access.NONE and state.progress is not Progress.KLART:
        return "locked"
    return STATES[state.progress]
