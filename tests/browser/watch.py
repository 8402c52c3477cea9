"""What every page is held to in the browser: accessible, no wider than the screen, and nothing asked of other sites."""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Page, Request
from playwright.sync_api import Error as BrowserError

Seen = TypeVar("Seen")

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""The rules among them that look at colours, and so the only ones whose answer the colour scheme can change."""
EXPECTED_STATUS = ("403", "404", "409", "422")
"""Answers that chromium logs as errors and that the pages give on purpose."""
TAKEN_AWAY = ("net::ERR_INTERNET_DISCONNECTED", "net::ERR_EMPTY_RESPONSE")
"""What chromium logs where a test has taken the network away."""


class Watcher:
    """Collects what pages do that they must not."""

    def __init__(self, site: str) -> None:
        """Allow requests to this site alone."""
        self.site = site
        self.found: list[str] = []

    def watch(self, page: Page) -> None:
        """Listen to a page until it closes."""
        page.on("request", self._request)
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.found.append(f"error in a script: {error}"))

    def assert_quiet(self) -> None:
        """Fail with all that was found."""
        assert self.found == []

    def _request(self, request: Request) -> None:
        if not request.url.startswith((self.site, "data:", "about:", "blob:")):
            self.found.append(f"asked another site: {request.url}")

    def _console(self, message: ConsoleMessage) -> None:
        if any(one in message.text for one in TAKEN_AWAY):
            return
        if message.type == "error" and not any(f"status of {code}" in message.text for code in EXPECTED_STATUS):
            self.found.append(f"{message.text} ({message.location.get('url')})")


def once_here(page: Page, look: Callable[[], Seen]) -> Seen:
    """Look at a page that has come; one that is taken away for another meanwhile is looked at when that has come."""
    page.wait_for_load_state()
    try:
        return look()
    except BrowserError:
        page.wait_for_load_state()
        return look()


@cache
def _axe() -> str:
    folder = Path(axe_playwright_python.__file__).parent
    return next(folder.rglob("axe.min.js")).read_text(encoding="utf-8")


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds on the page as it stands, by all its rules or by those named, a line for each element."""
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_axe())
    only = {"type": "rule", "values": rules} if rules else {"type": "tag", "values": RULES}
    result: dict[str, Any] = page.evaluate(
        "only => axe.run(document, {runOnly: only, resultTypes: ['violations']})", only
    )
    return [
        f"{violation['id']}: {node['html'][:200]} ({node['failureSummary'].splitlines()[-1].strip()})"
        for violation in result["violations"]
        for node in violation["nodes"]
    ]


def too_wide(page: Page) -> list[str]:
    """Return the elements that stick out of a page that can be scrolled sideways; none when it cannot."""
    found: list[str] = page.evaluate(
        """() => {
            const width = document.documentElement.clientWidth;
            if (document.documentElement.scrollWidth <= width) return [];
            return [...document.querySelectorAll("body *")]
                .filter((element) => element.getBoundingClientRect().right > width + 1 && !element.closest(".s-scroll"))
                .map((element) => element.outerHTML.slice(0, 160));
        }"""
    )
    return found
