"""What a body loses when memberships end: mandates that nobody else holds there, and who could take over."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q

from governance.models import Body
from governance.permissions import MandateHolder, Standing, mandate_holders, today
from governance.vocabulary import BodyKind, Mandate, Role
from workflow.desk.turns import paths_of, waits_for
from workflow.models import Anmalan, RoundAnswer
from workflow.rights import Viewer, readable
from workflow.rounds.rights import answering_mandates
from workflow.vocabulary import AnswerState

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Gap:
    """A mandate that nobody in the body will hold, and how many acts wait for somebody who does."""

    body_id: int
    body: str
    mandate: Mandate
    waiting: int

    @property
    def sentence(self) -> str:
        """Say it."""
        acts = {0: "Ingenting väntar på det just nu.", 1: "1 sak väntar på det."}
        waiting = acts.get(self.waiting, f"{self.waiting} saker väntar på det.")
        return f"Ingen annan i {self.body} har mandatet ”{self.mandate.label.lower()}”. {waiting}"


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who holds a mandate in the body both today and after the others have left."""

    person_id: int
    name: str


@dataclass(frozen=True)
class After:
    """A body today and on the day after some memberships have ended."""

    body: Body
    held_today: tuple[MandateHolder, ...]
    held_after: tuple[MandateHolder, ...]

    def lost(self, person_id: int) -> frozenset[Mandate]:
        """Return the mandates that the person holds in the body today and will not hold."""
        now = {one.mandate for one in self.held_today if one.person_id == person_id}
        return frozenset(now - {one.mandate for one in self.held_after if one.person_id == person_id})

    def orphaned(self) -> list[Mandate]:
        """Return the mandates that somebody holds in the body today and nobody will hold."""
        left = {one.mandate for one in self.held_after}
        held = {one.mandate for one in self.held_today}
        return [mandate for mandate in Mandate if mandate in held and mandate not in left]

    def colleagues(self, mandates: Collection[Mandate], *, leaving: Collection[int]) -> list[Colleague]:
        """Return those who hold one of the mandates both now and after, by name, each once."""
        now = {one.person_id for one in self.held_today if one.mandate in mandates}
        found = {
            one.person_id: Colleague(one.person_id, one.name)
            for one in self.held_after
            if one.mandate in mandates and one.person_id in now and one.person_id not in leaving
        }
        return list(found.values())

    def preparing(self, *, leaving: Collection[int]) -> list[Colleague]:
        """Return those who can take over a case to handle."""
        return self.colleagues([Mandate.BEREDA], leaving=leaving)

    def answering(self, *, leaving: Collection[int]) -> list[Colleague]:
        """Return those who can take over an answer in a round."""
        return self.colleagues(answering_mandates(self.body.kind), leaving=leaving)


def after_ending(body: Body, ending: Collection[int], last_day: date) -> After:
    """Return what a body is without these memberships from the day after; two statements.

    Args:
        body: which body.
        ending: the ids of the memberships that end.
        last_day: their last day.

    """
    day = max(last_day + DAY, today())
    after = tuple(one for one in mandate_holders([body.pk], day) if one.membership_id not in ending)
    return After(body, mandate_holders([body.pk], today()), after)


def gaps(who: Viewer, after: After) -> list[Gap]:
    """Return every mandate that the body loses, with what waits for it as far as the viewer may read.

    At most four statements, however many mandates and cases there are.
    """
    mandates = after.orphaned()
    if not mandates:
        return []
    waiting = _waiting(who, after.body, mandates)
    return [Gap(after.body.pk, after.body.name, mandate, waiting.get(mandate, 0)) for mandate in mandates]


def _waiting(who: Viewer, body: Body, mandates: Iterable[Mandate]) -> dict[Mandate, int]:
    paths = [path for path in paths_of(who).values() if path.county_id == body.county_id]
    asked = {
        mandate: query for mandate in mandates if (query := waits_for(_standing(body, mandate), paths)) is not None
    }
    found: dict[Mandate, int] = {}
    if asked:
        counts: dict[str, Any] = {mandate.value: Count("pk", filter=query) for mandate, query in asked.items()}
        counted = readable(who).filter(_any(asked.values())).aggregate(**counts)
        found = {mandate: counted[mandate.value] for mandate in asked}
    cases = readable(who).filter(county=body.county_id).values("pk")
    if Mandate.PROTOKOLLFORA in mandates:
        found[Mandate.PROTOKOLLFORA] = Anmalan.objects.filter(body=body, closed_at=None, satsning__in=cases).count()
    if body.kind == BodyKind.ORGANISATION and Mandate.SVARA in mandates:
        answers = RoundAnswer.objects.filter(body=body, state=AnswerState.VANTAR, round__closed_at=None)
        found[Mandate.SVARA] = answers.filter(round__satsning__in=cases).count()
    return found


def _any(queries: Iterable[Q]) -> Q:
    whole = Q(pk__in=())
    for query in queries:
        whole |= query
    return whole


def _standing(body: Body, mandate: Mandate) -> Standing:
    """Return a standing as a member of the body with the mandate would have it, to ask what waits for one."""
    return Standing(
        membership_id=0,
        body_id=body.pk,
        body_code=body.code,
        body_kind=BodyKind(body.kind),
        body_name=body.name,
        county_id=body.county_id,
        organisation_id=body.organisation_id,
        role=Role.LEDAMOT,
        mandate=mandate,
    )
