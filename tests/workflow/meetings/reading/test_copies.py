"""What a device may keep: named by the log-in and nobody, told to be forgotten when somebody logs out."""

import pytest
from django.test import Client

from tests.workflow.meetings.reading.helping import Called, browser, called, other_member
from tests.workflow.world import World


@pytest.fixture
def made(world: World) -> Called:
    return called(world)


def test_copies_are_named_anew_by_each_log_in(made: Called) -> None:
    address = made.address(made.case)
    first, second = browser(made.reader.person), browser(made.reader.person)
    names = [client.get(address).headers["Las-Kopia"] for client in (first, first, second)]
    other = browser(other_member(made.world)).get(address).headers["Las-Kopia"]
    assert names[0] == names[1]
    assert len({*names, other}) == 3
    assert names[0].split("-")[0] == names[2].split("-")[0] != other.split("-")[0]
    assert f'data-kopia="{names[0]}"' in first.get("/").content.decode()
    assert 'data-kopia=""' in Client().get("/konto/login/").content.decode()


def test_logging_out_tells_the_browser_to_forget(made: Called) -> None:
    client = browser(made.reader.person)
    assert "Clear-Site-Data" not in client.get("/konto/logout/")
    assert client.post("/konto/logout/").headers["Clear-Site-Data"] == '"storage"'
    assert "Clear-Site-Data" not in client.get("/konto/login/")


def test_worker_is_served_from_the_root_and_holds_nothing_of_anybodys(made: Called) -> None:
    for client in (Client(), browser(made.reader.person)):
        response = client.get("/sw.js")
        assert response.status_code == 200
        assert response.headers["Content-Type"] == "text/javascript; charset=utf-8"
        assert (response.headers["Service-Worker-Allowed"], response.headers["Cache-Control"]) == (
            "/moten/",
            "no-cache",
        )
        assert "worker-src 'self'" in response.headers["Content-Security-Policy"]
        said = response.content.decode()
        assert 'const SHELL = "/moten/las/utan-nat/";' in said
        assert "const LIFETIME = 43200 * 1000;" in said
        assert made.reader.person.name not in client.get("/moten/las/utan-nat/").content.decode()
