"""What has been decided about a case, and what is before a deciding body, as its page shows them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from governance.paths import PathVersion
from governance.vocabulary import MoveKind, Role
from satsningar.models import Satsning
from workflow.models import Anmalan, Beslut, Beslutsdeltagare


@dataclass(frozen=True, slots=True)
class Decided:
    """One decision with those who took part in it."""

    beslut: Beslut
    present: tuple[str, ...]
    away: tuple[tuple[str, str], ...]
    """Who was away because of jäv, and why."""
    mark: str = ""
    """The secrecy mark of a decision whose words are not shown, which `workflow.meetings.masking` has taken away."""

    @property
    def as_proposed(self) -> bool:
        """Whether the body decided the move that was proposed, so that the proposed wording is what it decided."""
        return self.beslut.move == self.beslut.anmalan.move

    @property
    def ends_matter(self) -> bool:
        """Whether the matter left the table with the decision."""
        return self.beslut.kind != MoveKind.BORDLAGGNING


def decisions_of(satsning_id: int) -> list[Decided]:
    """Return a case's decisions, newest first, in two statements."""
    rows = list(
        Beslut.objects.filter(satsning=satsning_id).select_related(
            "body", "revision", "recorded_by", "anmalan__made_by"
        )
    )
    there = Beslutsdeltagare.objects.filter(beslut__satsning=satsning_id).select_related("represents")
    by_decision: dict[int, list[Beslutsdeltagare]] = {}
    for one in there:
        by_decision.setdefault(one.beslut_id, []).append(one)
    return [_decided(row, by_decision.get(row.pk, ())) for row in rows]


def _decided(beslut: Beslut, people: Iterable[Beslutsdeltagare]) -> Decided:
    present, away = [], []
    for one in sorted(people, key=_order_in_minutes):
        if one.jav:
            away.append((one.name, one.jav_reason))
        else:
            present.append(_with_role(one))
    return Decided(beslut, tuple(present), tuple(away))


def _order_in_minutes(one: Beslutsdeltagare) -> tuple[int, int]:
    """Return where somebody stands in the minutes: the chair first, then the vocabulary's order of roles."""
    return list(Role).index(Role(one.role)), one.pk


def _with_role(one: Beslutsdeltagare) -> str:
    details = [Role(one.role).label.lower()]
    if one.represents:
        details.append(one.represents.name)
    if not one.votes:
        details.append("utan rösträtt")
    return f"{one.name} ({', '.join(details)})"


def brought(satsning: Satsning, path: PathVersion, anmalan: Anmalan | None, mark: str = "") -> Mapping[str, Any] | None:
    """Return what is before a deciding body now, None when nothing is.

    Args:
        satsning: the case.
        path: the version that it follows.
        anmalan: what is brought, if anything.
        mark: the secrecy mark that hides its words from the reader; empty where they are shown.

    """
    if anmalan is None:
        return None
    move = path.move_from(satsning.station, anmalan.move)
    return {"anmalan": anmalan, "move": move.name if move else anmalan.move, "mark": mark}
