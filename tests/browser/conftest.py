"""The browser of the tests: Debian's chromium without a window, one process per run, a new context per page."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import wraps

import pytest
from playwright.sync_api import Browser, Locator, Page, expect, sync_playwright
from playwright.sync_api import TimeoutError as BrowserTimeoutError

from tests.browser.watch import Watcher

CHROMIUM = "/usr/bin/chromium-headless-shell"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

PATIENCE = 60_000
"""Milliseconds that the browser may take to start before it is started again."""
OpenPage = Callable[..., Page]

expect.set_options(timeout=30_000)


@pytest.fixture(scope="session", autouse=True)
def _clicks_arrive() -> Iterator[None]:
    """End a click or a key when the page it leads to has been loaded, as a person waits for it.

    Playwright ends them when the new page begins to come, and what is asked at once is asked of half a page.
    """

    def arriving(act: Callable[..., None]) -> Callable[..., None]:
        @wraps(act)
        def arrive(locator: Locator, *args: object, **kwargs: object) -> None:
            act(locator, *args, **kwargs)
            locator.page.wait_for_load_state()

        return arrive

    with pytest.MonkeyPatch.context() as patch:
        for act in (Locator.click, Locator.press):
            patch.setattr(Locator, act.__name__, arriving(act))
        yield


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Give the browser, started once."""
    with sync_playwright() as playwright:
        try:
            started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=PATIENCE)
        except BrowserTimeoutError:
            started = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS, timeout=2 * PATIENCE)
        yield started
        started.close()


@pytest.fixture
def open_page(browser: Browser, live_server: object) -> Iterator[OpenPage]:
    """Give a function that opens an empty page: ``open_page(width=320, scheme="dark", javascript=False)``.

    When the test ends, no page may have asked another site for anything, broken the content policy or logged an error.
    """
    watcher = Watcher(str(live_server))
    with ExitStack() as stack:

        def make(*, width: int = 1440, height: int = 900, scheme: str = "light", javascript: bool = True) -> Page:
            context = browser.new_context(
                viewport={"width": width, "height": height},
                color_scheme="dark" if scheme == "dark" else "light",
                java_script_enabled=javascript,
                locale="sv-SE",
                timezone_id="Europe/Stockholm",
                base_url=str(live_server),
            )
            stack.callback(context.close)
            page = context.new_page()
            page.set_default_timeout(30_000)
            watcher.watch(page)
            return page

        yield make
        watcher.assert_quiet()
