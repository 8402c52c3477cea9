"""A gunicorn of our own for each database, and a browser of the plainest kind to ask it with."""

import http.client
import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from django.conf import settings

from governance.models import Person
from tests.workflow.world import PASSWORD

PATIENCE = 60.0
"""Seconds to wait for the first answer."""
_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


class ServerError(Exception):
    """The server does not answer as it should; the sentence says how."""


@dataclass
class Browser:
    """One person at the site, over one connection that is kept open."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Make the connection, which opens at the first request."""
        self._connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)

    def get(self, address: str) -> str:
        """Return a page.

        Raises:
            ServerError: it is not there.

        """
        status, text = self._ask("GET", address)
        if status != http.client.OK:
            raise ServerError(f"{address} answers {status}")
        return text

    def post(self, address: str, fields: Mapping[str, object]) -> None:
        """Send a form and see that it is accepted.

        Raises:
            ServerError: the answer is not a redirect.

        """
        status, text = self._ask("POST", address, urlencode(fields))
        if status not in {http.client.FOUND, http.client.SEE_OTHER}:
            raise ServerError(f"{address} answers {status} to what was sent: {text[-2000:]}")

    def log_in(self, person: Person) -> None:
        """Log in through the site's own form."""
        fields = {"login": person.email, "password": PASSWORD, "csrfmiddlewaretoken": self.token("/konto/login/")}
        self.post("/konto/login/", fields)

    def token(self, address: str) -> str:
        """Return the token of the form on a page."""
        found = _TOKEN.search(self.get(address))
        if found is None:
            raise ServerError(f"{address} holds no form")
        return found[1]

    def _ask(self, method: str, address: str, body: str = "") -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        if method == "POST":
            headers |= {"Content-Type": "application/x-www-form-urlencoded"}
        self._connection.request(method, address, body.encode() if body else None, headers)
        answer = self._connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie", []):
            self.cookies |= {name: morsel.value for name, morsel in SimpleCookie(line).items()}
        return answer.status, text


@contextmanager
def serving(database: str) -> Iterator[int]:
    """Serve the site and the bare application on a database with the project's own gunicorn; yield the port."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(128)
        listener.set_inheritable(True)
        port: int = listener.getsockname()[1]
        environment = {
            **os.environ,
            "BENCH_DATABASE": database,
            "SATSNINGAR_WORKERS": "1",
            "SATSNINGAR_ADDRESS": "",
        }
        command = [
            sys.executable,
            "-m",
            "gunicorn",
            "--config",
            "python:config.gunicorn",
            "--keep-alive=120",
            "bench.wsgi",
        ]
        server = subprocess.Popen(  # noqa: S603 - the project's own server
            [*command, "--bind", f"fd://{listener.fileno()}"],
            env=environment,
            cwd=settings.BASE_DIR,
            pass_fds=[listener.fileno()],
        )
    try:
        _wait(server, port)
        yield port
    finally:
        server.terminate()
        server.wait(PATIENCE)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    """Return when the server answers."""
    begun = time.monotonic()
    while True:
        try:
            Browser(port).get("/konto/login/")
        except OSError:
            if server.poll() is not None or time.monotonic() > begun + PATIENCE:
                raise ServerError("gunicorn does not answer") from None
            time.sleep(0.1)
        else:
            return
