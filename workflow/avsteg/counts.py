"""How many avsteg have been asked for, granted and denied: per requirement and per body; one statement."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Case, CharField, Count, F, QuerySet, Value, When

from governance.vocabulary import RequirementCode
from workflow.avsteg.models import Avsteg
from workflow.avsteg.selectors import at
from workflow.vocabulary import Avstegslage

GRANTED = frozenset({Avstegslage.MEDGIVET, Avstegslage.UPPHORT})
WITHOUT_ANSWER = frozenset({Avstegslage.ATERTAGET, Avstegslage.FORFALLET})


@dataclass(slots=True)
class Tally:
    """A number of avsteg by how they stand, with what is counted and the address of those."""

    name: str = ""
    key: str = ""
    by_state: dict[Avstegslage, int] = field(default_factory=dict)

    def add(self, state: Avstegslage, count: int) -> None:
        """Add more avsteg."""
        self.by_state[state] = self.by_state.get(state, 0) + count

    @property
    def asked(self) -> int:
        """Return how many have been asked for."""
        return sum(self.by_state.values())

    @property
    def open(self) -> int:
        """Return how many wait for an answer."""
        return self.by_state.get(Avstegslage.BEGART, 0)

    @property
    def granted(self) -> int:
        """Return how many have been granted, those that have ended too."""
        return sum(self.by_state.get(state, 0) for state in GRANTED)

    @property
    def denied(self) -> int:
        """Return how many have been denied."""
        return self.by_state.get(Avstegslage.AVSLAGET, 0)

    @property
    def without_answer(self) -> int:
        """Return how many were taken back or lapsed."""
        return sum(self.by_state.get(state, 0) for state in WITHOUT_ANSWER)


@dataclass(frozen=True, slots=True)
class Counts:
    """The avsteg counted: all, per requirement, per body that asked and per deciding body."""

    whole: Tally
    requirements: tuple[Tally, ...]
    asking: tuple[Tally, ...]
    deciding: tuple[Tally, ...]


_STATE = Case(
    *(When(at(state), then=Value(state.value)) for state in Avstegslage),
    output_field=CharField(),
)


def count(rows: QuerySet[Avsteg]) -> Counts:
    """Return the avsteg counted, in one statement; requirements in the vocabulary's order, bodies in the county's."""
    whole = Tally("Alla")
    requirements: dict[str, Tally] = {}
    asking: dict[int, Tally] = {}
    deciding: dict[int, Tally] = {}
    order: dict[int, int] = {}
    found = (
        rows.order_by()
        .annotate(asker=F("asked_by_body__name"), decider=F("body__name"), place=F("asked_by_body__position"))
        .values_list("requirement", "asked_by_body_id", "asker", "place", "body_id", "decider")
        .annotate(stands=_STATE, count=Count("pk"))
    )
    for requirement, asker_id, asker, place, decider_id, decider, state, number in found:
        order[asker_id] = place
        label = str(RequirementCode(requirement).label)
        for tally in (
            whole,
            requirements.setdefault(requirement, Tally(label, requirement)),
            asking.setdefault(asker_id, Tally(asker, str(asker_id))),
            deciding.setdefault(decider_id, Tally(decider, str(decider_id))),
        ):
            tally.add(Avstegslage(state), number)
    return Counts(
        whole,
        tuple(requirements[code.value] for code in RequirementCode if code.value in requirements),
        _in_order(asking, order),
        _in_order(deciding, dict.fromkeys(deciding, 0)),
    )


def _in_order(tallies: Mapping[int, Tally], order: Mapping[int, int]) -> tuple[Tally, ...]:
    keys: Iterable[int] = sorted(tallies, key=lambda id_: (order[id_], tallies[id_].name))
    return tuple(tallies[id_] for id_ in keys)
