"""A person at a browser: logs in, goes to addresses, presses buttons, and writes a part's value into its form."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

import pytest
from django.core.servers.basehttp import WSGIRequestHandler
from playwright.sync_api import Locator, Page, expect

from governance.models import Person
from satsningar.models import KopplingRad
from tests.browser.watch import once_here

PASSWORD = "lösenord"

Value = Mapping[str, Any]

PATIENCE, PAUSE = 30.0, 0.1
"""Seconds that something may take to become true, and between two looks."""

YES_NO = {True: "ja", False: "nej"}


def log_in(page: Page, person: Person, password: str = PASSWORD) -> Page:
    """Log a person in by the log-in page."""
    page.goto("/konto/login/")
    page.get_by_label("E-postadress").fill(person.email)
    page.get_by_label("Lösenord", exact=True).fill(password)
    page.get_by_role("button", name="Logga in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mitt arbete")
    return page


def press(page: Page, name: str) -> None:
    """Press a button by what it says."""
    page.get_by_role("button", name=name, exact=True).click()


def follow(page: Page, name: str) -> None:
    """Follow a link of the page's content by what it says."""
    page.locator("main").get_by_role("link", name=name, exact=True).first.click()


def says(page: Page, text: str) -> None:
    """Expect a message above the page's content."""
    expect(page.locator(".s-messages")).to_contain_text(text)


def becomes_true(page: Page, script: str, arg: object = None) -> None:
    """Wait until an asynchronous function of the page returns true; `wait_for_function` takes its promise for that."""
    last = time.monotonic() + PATIENCE
    while not once_here(page, lambda: page.evaluate(script, arg)):
        assert time.monotonic() < last, f"still not true: {script}"
        page.wait_for_timeout(PAUSE * 1000)


@contextmanager
def without_network(page: Page) -> Iterator[None]:
    """Take the network away: the page knows, and what it sends all the same, as when it is left, is not answered."""

    def hang_up(handler: WSGIRequestHandler) -> bool:
        handler.close_connection = True
        return False

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(WSGIRequestHandler, "parse_request", hang_up)
        page.context.set_offline(True)
        yield
    page.context.set_offline(False)


def write(page: Page, name: str, answer: object) -> None:
    """Write an answer into the control of that name, whatever kind it is."""
    control = page.locator(f'[name="{name}"]')
    kind = control.first.evaluate("element => element.type")
    if kind in {"checkbox", "radio"}:
        _tick(control, answer)
    elif kind == "select-one":
        control.select_option(YES_NO[answer] if isinstance(answer, bool) else str(answer))
    else:
        control.fill(str(answer))


def _tick(control: Locator, answer: object) -> None:
    if control.count() > 1:
        control.page.locator(f'[name="{control.first.get_attribute("name")}"][value="{answer}"]').check()
    elif answer:
        control.check()


def write_part(page: Page, value: Value) -> None:
    """Write a part's value into its form; lists are made longer by their own buttons."""
    for name, answer in value.items():
        if name == "kopplingar":
            _write_links(page, answer)
        elif isinstance(answer, list):
            _write_list(page, name, answer)
        elif answer not in (None, ""):
            write(page, name, answer)


def _write_links(page: Page, rows: list[Value]) -> None:
    for row in rows:
        kind = next(kind for kind in KopplingRad.TARGETS if row.get(f"{kind}_id"))
        prefix = f"kopplingar-{kind}-{row[f'{kind}_id']}"
        write(page, f"{prefix}-vald", answer=True)
        if page.locator(f'[name="{prefix}-varfor"]').is_visible():
            write(page, f"{prefix}-varfor", row["varfor"])


def _write_list(page: Page, key: str, rows: list[Value]) -> None:
    adds = page.locator(f'button[name="lagg_till_{key}"]')
    for number, row in enumerate(rows):
        line = number if adds.count() else row["organisation_id"]
        if adds.count() and not page.locator(f'[name^="{key}-{number}-"]').count():
            adds.click()
            expect(page.locator(f'[name^="{key}-{number}-"]').first).to_be_attached()
        for name, answer in row.items():
            if name != "id" and not (name == "organisation_id" and not adds.count()) and answer not in (None, ""):
                write(page, f"{key}-{line}-{name}", answer)
