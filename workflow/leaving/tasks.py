"""What people have open: cases they handle, answers that are theirs, cases they lead; a fixed number of statements."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Lower
from django.urls import reverse

from satsningar.models import Satsning
from workflow.desk.turns import paths_of
from workflow.models import RoundAnswer
from workflow.rights import Viewer, readable
from workflow.vocabulary import AnswerState


@dataclass(frozen=True, slots=True)
class Task:
    """One thing that is open, with the case it is about and the body it is done in."""

    satsning_id: int
    title: str
    reference: str
    body_id: int
    body: str
    answer_id: int = 0

    @property
    def url(self) -> str:
        """Return the address of the case, or of the answer."""
        return (
            reverse("runda_svara", args=[self.answer_id])
            if self.answer_id
            else reverse("satsning", args=[self.satsning_id])
        )


@dataclass(slots=True)
class OpenTasks:
    """What one person has open."""

    cases: list[Task] = field(default_factory=list)
    """Cases they handle."""
    answers: list[Task] = field(default_factory=list)
    """Answers in rounds that have been handed over to them."""
    leads: list[Task] = field(default_factory=list)
    """Cases that name them as the one who leads; only the ansvarig grupp can write somebody else."""

    @property
    def count(self) -> int:
        """Return how many there are."""
        return len(self.cases) + len(self.answers) + len(self.leads)

    def within(self, body_id: int) -> "OpenTasks":
        """Return those done in one body."""
        return OpenTasks(
            [task for task in self.cases if task.body_id == body_id],
            [task for task in self.answers if task.body_id == body_id],
            [task for task in self.leads if task.body_id == body_id],
        )


def open_tasks(who: Viewer, people: Mapping[int, str], counties: Collection[int]) -> dict[int, OpenTasks]:
    """Return what each of these people has open in these counties, as far as the viewer may read; four statements.

    Args:
        who: who looks.
        people: their ids, with their names as cases name whoever leads.
        counties: the ids of the counties whose cases are looked through.

    """
    found = {person_id: OpenTasks() for person_id in people}
    running = Q(pk__in=())
    for path in paths_of(who).values():
        stations = [code for code, station in path.stations.items() if not station.is_final]
        running |= Q(version=path.id, station__in=stations)
    cases = readable(who).filter(running, county__in=counties)
    for pk, title, reference, body_id, body, person_id in (
        cases.filter(handlaggare__in=people, beredningsgrupp__isnull=False)
        .order_by("station_since", "pk")
        .values_list("pk", "uppdrag__titel", "reference", "beredningsgrupp", "beredningsgrupp__name", "handlaggare")
    ):
        found[person_id].cases.append(Task(pk, title or "", reference, body_id, body))
    for answer in (
        RoundAnswer.objects.filter(
            assigned_to__in=people,
            state=AnswerState.VANTAR,
            round__closed_at=None,
            round__satsning__in=cases.values("pk"),
        )
        .select_related("body", "round__satsning")
        .annotate(titel=F("round__satsning__uppdrag__titel"))
        .order_by("deadline", "pk")
    ):
        case = answer.round.satsning
        task = Task(case.pk, answer.titel or "", case.reference, answer.body_id, answer.body.name, answer.pk)
        found[answer.assigned_to_id or 0].answers.append(task)
    by_name = {name.casefold(): person_id for person_id, name in people.items()}
    for row in _led(cases, by_name):
        found[by_name[row[-1].casefold()]].leads.append(Task(*row[:-1]))
    return found


def _led(cases: QuerySet[Satsning], names: Collection[str]) -> list[tuple[int, str, str, int, str, str]]:
    rows = (
        cases.annotate(ledare=Lower("uppdrag__ledare"))
        .filter(ledare__in=list(names))
        .order_by("station_since", "pk")
        .values_list("pk", "uppdrag__titel", "reference", "ansvarig_grupp", "ansvarig_grupp__name", "uppdrag__ledare")
    )
    return [row for row in rows if row[-1].casefold() in names]
