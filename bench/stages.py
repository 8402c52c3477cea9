"""Two databases that are alike but for how many satsningar they hold, and ways into each."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test.utils import CaptureQueriesContext

from bench.fill import fill
from bench.progress import say
from config.throwaway import DJANGOS_OWN, owner_connection, throwaway_database
from governance.dbroles import APP_ALIAS
from governance.models import County, Person
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.factories import sormland
from tests.workflow.world import ROUTES, World
from workflow.actions import Performed
from workflow.journal import verify

MOVE = "lamna_in"
"""The move that is measured: it asks a gate, freezes a revision, gives a number and writes a handling."""

BARE = "/golv/"
"""Where the bare application answers, beside the site."""


@dataclass
class Stage:
    """One of the databases."""

    name: str
    size: int
    django: BaseDatabaseWrapper
    plain: psycopg.Connection
    drafts: list[int] = field(default_factory=list)
    """Ids of complete drafts that wait to be handed in."""

    def enter(self) -> None:
        """Let this thread's Django work in this database."""
        connections[APP_ALIAS] = self.django


@dataclass
class Actors:
    """The people whose acts and pages are measured, and what is known of the cases."""

    county: County
    author: Person
    officer: Person
    secretary: Person
    coordinator: Person
    draft: int
    edition: int
    statements: dict[str, int]
    """How many statements each move took, by its code."""


def plain_address(name: str) -> dict[str, Any]:
    """Return psycopg's parameters of a plain connection of the application's role to a database."""
    values = connections[APP_ALIAS].get_connection_params()
    return {key: value for key, value in values.items() if key not in DJANGOS_OWN} | {"dbname": name}


@contextmanager
def two_stages(small: int, large: int) -> Iterator[tuple[Stage, Stage, Actors]]:
    """Make both databases, the larger as a copy of the smaller with more in it; drop them at the end.

    Args:
        small: satsningar in the smaller one, at least as many as there are kinds of stations.
        large: satsningar in the larger one.

    """
    say("Carrying one satsning to each kind of station, by the acts …")
    with throwaway_database("small") as name:
        actors, originals = _carry()
        _fill(name, originals, small - len(originals))
        connections.close_all()
        with throwaway_database("large", copy_of=name) as larger:
            say(f"Copying them until there are {large} …")
            _fill(larger, originals, large - small)
            with _stage(name, small) as one, _stage(larger, large) as other:
                yield one, other, actors


def add_drafts(stage: Stage, actors: Actors, wanted: int) -> None:
    """Add complete drafts, beside the satsningar that were there, for moves to be made with."""
    with owner_connection(stage.name) as owner:
        stage.drafts += fill(owner, [actors.draft], wanted)


def intact_entries(stage: Stage, actors: Actors) -> int:
    """Return how many entries the county's journal has, all of them verified.

    Raises:
        ValueError: a link is broken, so that what was measured is not what the application does.

    """
    stage.enter()
    entries, broken = verify(actors.county.pk, actors.county.name)
    if broken is not None:
        raise ValueError(broken.message)
    return entries


def _fill(name: str, originals: Sequence[int], wanted: int) -> None:
    with owner_connection(name) as owner:
        fill(owner, originals, wanted)


@contextmanager
def _stage(name: str, size: int) -> Iterator[Stage]:
    before = connections[APP_ALIAS]
    wrapper = before.copy()
    wrapper.settings_dict["NAME"] = name
    try:
        with psycopg.connect(**plain_address(name), autocommit=True) as plain:
            yield Stage(name, size, wrapper, plain)
    finally:
        wrapper.close()
        connections[APP_ALIAS] = before


class CountingWorld(World):
    """A world that counts the statements of each move."""

    def __init__(self) -> None:
        """Load Sörmland."""
        super().__init__(sormland())
        self.statements: dict[str, int] = {}

    def do(self, satsning: Satsning, move: str, actor: Person, **more: object) -> Performed:
        """Make a move; the fewest statements count, for the first time in a process reads the path as well."""
        with CaptureQueriesContext(connections[APP_ALIAS]) as seen:
            done = super().do(satsning, move, actor, **more)
        count = len(seen) - ASKED_BY_WORLD
        self.statements[move] = min(count, self.statements.get(move, count))
        return done


ASKED_BY_WORLD = 1
"""What `World.do` itself reads before the move: the edition."""


def _carry() -> tuple[Actors, list[int]]:
    """Carry a case to each kind of station and make one complete draft; return the people and the cases."""
    world = CountingWorld()
    carried = [world.carried_to(kind).pk for kind in ROUTES]
    draft = world.make("Ett komplett utkast")
    world.fill(draft, *DECIDED_PARTS)
    actors = Actors(
        county=world.county,
        author=world.author,
        officer=world.officer,
        secretary=world.secretary,
        coordinator=world.coordinator,
        draft=draft.pk,
        edition=world.fresh(draft).edition,
        statements=world.statements,
    )
    return actors, [*carried, draft.pk]
