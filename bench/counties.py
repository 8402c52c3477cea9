"""The same county file and the same satsning in a county of forty-nine municipalities and in one of nine."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import connections, transaction
from django.test.utils import CaptureQueriesContext

from bench.clock import Work, medians
from bench.server import Browser, serving
from config.throwaway import throwaway_database
from governance.countyfile import load
from governance.countyfile.begin import default_answers, write_new_county
from governance.dbroles import APP_ALIAS
from governance.models import Body, County, Person
from governance.vocabulary import BodyKind, Mandate, StationKind
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.walking import FillingWalker
from tests.workflow.world import PASSWORD

COUNTIES = {9: "04", 49: "14"}
"""The counties by how many municipalities they have: Sörmland and Västra Götaland."""
LOADS, WARM_UP, SECONDS = 7, 4, 25
PAGES = {
    "case": ("author", "/satsningar/{running}/"),
    "part omfattning": ("author", "/satsningar/{draft}/del/omfattning/"),
    "part införande": ("author", "/satsningar/{draft}/del/inforande/"),
    "part läge": ("author", "/satsningar/{running}/del/lage/"),
    "läget": ("coordinator", "/laget/"),
}
"""What is asked for in each county: whose page, and its address."""


@dataclass(frozen=True)
class Counties:
    """What was measured, by the number of municipalities; times in milliseconds."""

    statements: Mapping[int, int]
    loads: Mapping[int, float]
    pages: Mapping[str, Mapping[int, float]]


def measure_counties(rounds: int) -> Counties:
    """Load both counties into a database that is thrown away, carry a satsning in each, and ask for their pages."""
    files = {
        size: write_new_county(default_answers(code, in_force_from=date(2026, 1, 1))) for size, code in COUNTIES.items()
    }
    with throwaway_database("counties") as name:
        loads = medians(
            {str(size): _loading(text) for size, text in files.items()}, rounds=LOADS, warm_up=1, seconds=SECONDS
        )
        statements, places = {}, {}
        for size, text in files.items():
            with CaptureQueriesContext(connections[APP_ALIAS]) as seen:
                load(text)
            statements[size] = len(seen)
            places[size] = _carry(County.objects.latest("pk"))
        connections.close_all()
        with serving(name) as port:
            times = _ask(places, port, rounds)
    return Counties(statements, {size: loads[str(size)] for size in files}, times)


def _loading(text: str) -> Work:
    """Return the load of a county that is not there, undone afterwards."""

    def work() -> None:
        with transaction.atomic():
            load(text)
            transaction.set_rollback(True)

    return work


@dataclass(frozen=True)
class Place:
    """A county with its satsningar and the people who look at them."""

    people: Mapping[str, Person]
    ids: Mapping[str, int]


def _carry(county: County) -> Place:
    """Make a complete draft, carry another satsning until it is being carried out, and let two people log in."""
    walker = FillingWalker(county)
    draft, running = walker.make(), walker.make()
    walker.write(draft, *DECIDED_PARTS)
    walker.walk(running, until=StationKind.GENOMFORANDE)
    support = Body.objects.get(county=county, kind=BodyKind.REGIONALT_STOD)
    people = {
        "author": walker.holder(draft.ansvarig_grupp, Mandate.FORFATTA),
        "coordinator": walker.holder(support, Mandate.FOLJA),
    }
    for person in people.values():
        person.set_password(PASSWORD)
        person.save()
    return Place(people, {"draft": draft.pk, "running": running.pk})


def _ask(places: Mapping[int, Place], port: int, rounds: int) -> dict[str, dict[int, float]]:
    works: dict[str, Work] = {}
    for size, place in places.items():
        browsers = {name: Browser(port) for name in place.people}
        for name, browser in browsers.items():
            browser.log_in(place.people[name])
        for page, (who, address) in PAGES.items():
            works[f"{page} {size}"] = _asking(browsers[who], address.format(**place.ids))
    times = medians(works, rounds=rounds, warm_up=WARM_UP, seconds=SECONDS)
    return {page: {size: times[f"{page} {size}"] for size in places} for page in PAGES}


def _asking(browser: Browser, address: str) -> Work:
    return lambda: browser.get(address)
