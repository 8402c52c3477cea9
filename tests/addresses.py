"""Every address of the site, from the URL resolver, and how a test asks one without leaving anything behind."""

import io
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from governance.models import Person
from governance.posting import FORM_PAGE

KEPT_BY_LIBRARIES = ("konto/", "static/")
"""Addresses of the log-in, which kept libraries answer for."""

Routes = Iterator[tuple[str, Mapping[str, Any]]]


def routes(patterns: list[Any], before: str = "") -> Routes:
    """Yield every route of the site with the converters of its arguments."""
    for pattern in patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from routes(pattern.url_patterns, route)
        elif isinstance(pattern, URLPattern):
            yield route, pattern.pattern.converters


ALL = {route: of for route, of in routes(get_resolver().url_patterns) if not route.startswith(KEPT_BY_LIBRARIES)}
SITE = {route: of for route, of in ALL.items() if not route.startswith("admin/")}


def browser(person: Person | None) -> Client:
    """Return a browser, logged in where there is a person."""
    client = Client()
    if person:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return client


@contextmanager
def leaving_nothing() -> Iterator[None]:
    """Take back what is written to the database meanwhile.

    What only reads is not rolled back: at a rollback the database's driver forgets the plans of the statements that it
    keeps, and to plan them anew costs more than all else on a page.
    """
    wrote = False

    def watch(execute: Callable[..., Any], sql: str, *rest: Any) -> Any:
        nonlocal wrote
        wrote = wrote or not sql.lstrip().upper().startswith(("SELECT", "SAVEPOINT", "RELEASE"))
        return execute(sql, *rest)

    with transaction.atomic(), connection.execute_wrapper(watch):
        yield
        if wrote:
            transaction.set_rollback(True)


def asked(client: Client, method: str, address: str) -> tuple[int, str]:
    """Ask for an address and leave nothing behind; return the status and all that was said, headers too.

    An address that only takes POST is followed to where it leads one who asks for it.
    """
    with leaving_nothing():
        response: Any = getattr(client, method)(address)
        there = response.headers.get("Location", "")
        if (
            method == "get"
            and there
            and "/login/" not in there
            and FORM_PAGE in vars(resolve(address.partition("?")[0]).func)
        ):
            response = client.get(there)
        body = b"".join(response.streaming_content) if response.streaming else response.content
    headers = " ".join(f"{key}: {value}" for key, value in response.headers.items())
    return response.status_code, headers + read(body)


def read(body: bytes) -> str:
    """Return what a body says; a sheet is a ZIP of XML."""
    if body[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(body)) as sheet:
            return " ".join(sheet.read(name).decode("utf-8", "replace") for name in sheet.namelist())
    return body.decode("utf-8", "replace")
