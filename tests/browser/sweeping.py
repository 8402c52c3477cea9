"""What every page is held to, swept over a list of addresses: axe in light and dark, and no wider than 320 px."""

from collections.abc import Iterable

from playwright.sync_api import Page

from tests.browser.watch import OF_COLOURS, once_here, too_wide, violations

WIDE, NARROW = 1440, 320
HEIGHT = 900


def sweep(page: Page, addresses: Iterable[str]) -> dict[str, list[str]]:
    """Return what is wrong on each page that is not as it should be; nothing when all are."""
    return {address: found for address in addresses if (found := faults(page, address))}


def faults(page: Page, address: str = "") -> list[str]:
    """Return what is wrong with a page, or with the one that is open: status, axe in both schemes, sideways scroll."""
    return once_here(page, lambda: _faults(page, address))


def _faults(page: Page, address: str) -> list[str]:
    found = []
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    if address:
        response = page.goto(address)
        if response is None or not response.ok:
            found.append(f"answered {response.status if response else 'nothing'}")
    found += [f"dark: {violation}" for violation in _in(page, "dark", OF_COLOURS)]
    found += [f"light: {violation}" for violation in _in(page, "light")]
    page.set_viewport_size({"width": NARROW, "height": HEIGHT})
    found += [f"sticks out at {NARROW} px: {element}" for element in too_wide(page)]
    found += [f"narrow: {violation}" for violation in _in(page, "light")]
    page.set_viewport_size({"width": WIDE, "height": HEIGHT})
    return found


def _in(page: Page, scheme: str, rules: list[str] | None = None) -> list[str]:
    """Return what axe finds in a scheme, at the page's end, where nothing that sticks to the screen covers a field."""
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light", reduced_motion="reduce")
    page.evaluate("scrollTo(0, document.documentElement.scrollHeight)")
    return violations(page, rules)
