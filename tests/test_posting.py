"""Every address that only takes POST: opened by itself it leads to the page of its form, for all who may see that."""

from typing import Any

import pytest
from django.test import Client
from django.urls import resolve

from governance.posting import FORM_PAGE
from governance.vocabulary import Role
from tests.addresses import SITE, asked, browser, leaving_nothing
from tests.test_isolation import Two, filled
from tests.test_isolation import two as two  # noqa: PLC0414 - the fixture
from tests.workflow.world import BEREDNING

ANSWERED, NOT_SO = 200, 405
REFUSED = {403, 404}
"""How an address answers somebody who may not send its form, or for whom there is none."""


def posted(two: Two) -> list[str]:
    """Return the addresses that only take POST."""
    found = [address for route in SITE for address in filled(route, two, two.case)]
    return [address for address in found if FORM_PAGE in vars(resolve(address).func)]


def opened(client: Client, address: str) -> tuple[int, str]:
    """Open an address by itself and go where it leads; return where that is, and how it answers."""
    with leaving_nothing():
        response: Any = client.get(address, follow=True)
    return response.status_code, response.redirect_chain[0][0] if response.redirect_chain else ""


def test_no_address_answers_who_opens_it_with_a_bare_refusal(two: Two) -> None:
    client = browser(two.world.coordinator)
    client.raise_request_exception = False  # rows that the examples leave half made are another test's

    refused = [
        address
        for route in SITE
        for address in filled(route, two, two.case)
        if asked(client, "get", address)[0] == NOT_SO
    ]

    assert refused == []


def test_who_may_send_a_form_comes_to_its_page_by_its_address(two: Two) -> None:
    world, wrong = two.world, []
    people = (world.secretary, world.coordinator, world.author, world.officer, world.seat(BEREDNING, Role.LEDAMOT))
    addresses = posted(two)

    for person in people:
        client = browser(person)
        client.raise_request_exception = False
        for address in addresses:
            may = asked(client, "post", address)[0] not in REFUSED
            status, first = opened(client, address)
            if not first or (may and status != ANSWERED):
                wrong.append((str(person), address, first, status))

    assert wrong == []
    assert len(addresses) > 40


@pytest.mark.parametrize("method", ["put", "patch", "delete", "options"])
def test_odd_methods_are_refused(two: Two, method: str) -> None:
    client = browser(two.world.secretary)

    assert {asked(client, method, address)[0] for address in posted(two)} == {NOT_SO}


def test_who_is_logged_out_comes_to_the_form_after_log_in(two: Two) -> None:
    """The address of the form is what log-in leads on to, whichever method it was asked with."""
    address = f"/ovriga-arenden/{two.case.pk}/ta-tillbaka/"

    [(there, _)] = browser(None).get(address, follow=True).redirect_chain[:1]

    assert there.endswith(f"?next={address}")
