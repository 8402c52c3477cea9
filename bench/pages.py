"""The pages that show many satsningar, and the move as a form, asked of real servers by people who are logged in."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from bench.clock import Work, medians
from bench.server import Browser, serving
from bench.stages import BARE, MOVE, Actors, Stage, add_drafts

WARM_UP = 12
PAGE_SECONDS, POST_SECONDS = 45, 20

PAGES = {
    "list": ("coordinator", "/satsningar/"),
    "list, search and filter": ("author", "/satsningar/?q=hemsjukv%C3%A5rd&steg=beredning"),
    "list, by title, page 3": ("officer", "/satsningar/?sortera=titel&sida=3"),
    "läget": ("coordinator", "/laget/"),
    "mitt arbete, arbetsgrupp": ("author", "/"),
    "mitt arbete, beredning": ("officer", "/"),
    "mitt arbete, styrgrupp": ("secretary", "/"),
    "mitt arbete, stöd": ("coordinator", "/"),
}
"""What is asked for: whose page, and its address."""


@dataclass
class Site:
    """The site on one of the databases, with everybody logged in."""

    stage: Stage
    browsers: dict[str, Browser]

    @property
    def author(self) -> Browser:
        """Return the browser of the member of the working group."""
        return self.browsers["author"]


@contextmanager
def sites(stages: tuple[Stage, ...], actors: Actors) -> Iterator[list[Site]]:
    """Serve the site on each database and log everybody in."""
    with ExitStack() as servers:
        found = []
        for stage in stages:
            port = servers.enter_context(serving(stage.name))
            people = {name: getattr(actors, name) for name, _ in PAGES.values()}
            browsers = {name: Browser(port) for name in people}
            for name, browser in browsers.items():
                browser.log_in(people[name])
            found.append(Site(stage, browsers))
        yield found


def measure_pages(found: list[Site], rounds: int) -> dict[str, list[float]]:
    """Return the milliseconds of each page, by its name, on each site."""
    works: dict[str, Work] = {}
    for name, (person, address) in PAGES.items():
        for site in found:
            works[f"{name} {site.stage.name}"] = _asking(site.browsers[person], address)
    times = medians(works, rounds=rounds, warm_up=WARM_UP // 2, seconds=PAGE_SECONDS)
    return {name: [times[f"{name} {site.stage.name}"] for site in found] for name in PAGES}


def _asking(browser: Browser, address: str) -> Work:
    return lambda: browser.get(address)


def measure_posts(site: Site, actors: Actors, rounds: int) -> tuple[float, float]:
    """Return the milliseconds of the move as a form sent to the site, and to the bare application beside it."""
    stage = site.stage
    add_drafts(stage, actors, 2 * (WARM_UP + rounds) + 1)
    token = site.author.token(f"/satsningar/{stage.drafts[0]}/gor/{MOVE}/")
    form = {"csrfmiddlewaretoken": token, "edition": actors.edition}
    fields = {"person": actors.author.pk, "namn": actors.author.name}
    works: dict[str, Work] = {
        "site": lambda: site.author.post(f"/satsningar/{stage.drafts.pop()}/gor/{MOVE}/", form),
        "bare": lambda: site.author.post(f"{BARE}{stage.drafts.pop()}", fields),
    }
    times = medians(works, rounds=rounds, warm_up=WARM_UP, seconds=POST_SECONDS)
    return times["site"], times["bare"]
