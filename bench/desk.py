"""The desk of somebody in five bodies, among few open cases and tasks and among many."""

from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.clock import medians
from bench.crowd import TASKS_EACH, crowd
from bench.stages import Actors, Stage, two_stages
from config.throwaway import owner_connection
from governance.models import Body, Organisation, Person
from governance.services import register_membership
from governance.vocabulary import BodyKind, Role
from satsningar.models import Satsning
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STOD, STYRGRUPP

SEATS = (
    (ARBETSGRUPP, Role.LEDAMOT),
    (BEREDNING, Role.HANDLAGGARE),
    (STYRGRUPP, Role.ORDFORANDE),
    (STOD, Role.SAMORDNARE),
    ("kontakt-trosa", Role.KONTAKTPERSON),
)
AROUND = 100
"""Other cases in both databases."""
ROUNDS, SECONDS = 15, 30.0


@dataclass(frozen=True)
class MeasuredDesk:
    """Milliseconds and statements of the desk, few cases first, and how many open tasks there were."""

    times: tuple[float, float]
    statements: tuple[int, int]
    tasks: tuple[int, int]

    @property
    def growth(self) -> float:
        """Return how many times as long it takes among many."""
        return self.times[1] / self.times[0]


def measure_desk(sizes: tuple[int, int]) -> MeasuredDesk:
    """Return what the desk of somebody in five bodies costs, in two databases where nothing else differs.

    Args:
        sizes: how many open cases with tasks are added to each.

    """
    with two_stages(AROUND, AROUND) as (few, many, actors):
        return _measured((few, many), actors, sizes)


def _measured(stages: tuple[Stage, Stage], actors: Actors, sizes: tuple[int, int]) -> MeasuredDesk:
    clients = []
    for stage, cases in zip(stages, sizes, strict=True):
        stage.enter()
        with owner_connection(stage.name) as owner:
            crowd(owner, Satsning.objects.get(pk=actors.draft), cases)
        clients.append(_client(actors))
    works = {
        str(place): (lambda stage=stage, client=client: _opened(stage, client))
        for place, (stage, client) in enumerate(zip(stages, clients, strict=True))
    }
    taken = medians(works, rounds=ROUNDS, warm_up=8, seconds=SECONDS)
    counted = []
    for stage, client in zip(stages, clients, strict=True):
        stage.enter()
        with CaptureQueriesContext(connection) as seen:
            _opened(stage, client)
        counted.append(len(seen))
    few, many = sizes
    return MeasuredDesk((taken["0"], taken["1"]), (counted[0], counted[1]), (few * TASKS_EACH, many * TASKS_EACH))


def _client(actors: Actors) -> Client:
    person = Person.objects.create_user("fem@example.org", "Exempelperson Fem", "lösenord")
    organisation = Organisation.objects.filter(county=actors.county).order_by("position")[0]
    for code, role in SEATS:
        body = Body.objects.get(county=actors.county, code=code)
        represents = None if body.kind in {BodyKind.ORGANISATION, BodyKind.REGIONALT_STOD} else organisation
        register_membership(person=person, body=body, role=role, starts_on=date(2025, 1, 1), represents=represents)
    client = Client(SERVER_NAME="127.0.0.1")
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


def _opened(stage: Stage, client: Client) -> None:
    stage.enter()
    answer = client.get("/")
    if answer.status_code != 200:  # noqa: PLR2004 - the status of a page that is there
        raise LookupError("/")
