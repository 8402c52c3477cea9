"""The only place that makes the demonstration's people; who they are stands in a file for each county."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from django.contrib.auth.hashers import make_password

from governance import services
from governance.models import Body, County, Membership, Organisation, Person
from governance.vocabulary import Role

HERE = Path(__file__).resolve().parent
FILES = {"sormland": "people.toml", "orebro": "people_orebro.toml"}
"""The counties of the demonstration, and who takes part there; a person of the same key in both is one person."""
PASSWORD = "god-och-nara-vard"  # noqa: S105 - of people who do not exist, printed to whoever runs the demonstration
DOMAIN = "exempel.test"
"""Reserved for tests (RFC 2606): no mail to these people goes anywhere."""
BEGAN = date(2024, 1, 1)
"""The first day of every membership."""


@dataclass(frozen=True, slots=True)
class Post:
    """A role in a body: the body's code, for whom, and the last day if the membership has ended."""

    body: str
    role: Role
    represents: str = ""
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Account:
    """One person of the demonstration, and what to try as that person."""

    key: str
    name: str
    title: str
    posts: tuple[Post, ...]
    to_try: str = ""

    @property
    def email(self) -> str:
        """Return the address the person logs in with."""
        return f"{self.key}@{DOMAIN}"


@cache
def accounts_of(county: str) -> tuple[Account, ...]:
    """Return everybody in a county of the demonstration, in the file's order; the first one administers the others."""
    read = tomllib.loads((HERE / FILES[county]).read_text(encoding="utf-8"))
    return tuple(_account(entry) for entry in read["person"])


def accounts() -> tuple[Account, ...]:
    """Return everybody in the demonstration, once each, with what to try as the first file says."""
    found: dict[str, Account] = {}
    for county in FILES:
        for account in accounts_of(county):
            found.setdefault(account.key, account)
    return tuple(found.values())


def _account(entry: dict[str, Any]) -> Account:
    posts = tuple(
        Post(post["organ"], Role(post["roll"]), post.get("foretrader", ""), post.get("till"))
        for post in entry["uppdrag"]
    )
    return Account(entry["nyckel"], entry["namn"], entry["befattning"], posts, entry.get("prova", ""))


def ensure_people(county: County) -> dict[str, Person]:
    """Make those people and memberships of a county that are not there, by the services; return everybody by key.

    Effects, in order: the first person is made with its memberships, as an installation's first administrator is;
    the others are added by that person. Who is there already stays as they are, their password too.
    """
    bodies = {body.code: body for body in Body.objects.filter(county=county)}
    organisations = {one.code: one for one in Organisation.objects.filter(county=county)}
    there = {person.email: person for person in Person.objects.filter(email__endswith=f"@{DOMAIN}")}
    seats = Membership.objects.filter(person__in=there.values(), body__county=county)
    held = set(seats.values_list("person__email", "body__code", "role"))
    hashed = make_password(PASSWORD)
    people: dict[str, Person] = {}
    administrator: Person | None = None
    for account in accounts_of(county.code):
        person = there.get(account.email)
        if person is None:
            if administrator is None:
                person = Person.objects.create_user(account.email, account.name, title=account.title)
            else:
                person = services.add_person(
                    actor=administrator, email=account.email, name=account.name, title=account.title
                )
            person.password = hashed
            person.save(update_fields=["password"])
        for post in account.posts:
            if (account.email, post.body, post.role.value) not in held:
                _add(post, person, bodies, organisations, administrator)
        administrator = administrator or person
        people[account.key] = person
    return people


def _add(
    post: Post,
    person: Person,
    bodies: dict[str, Body],
    organisations: dict[str, Organisation],
    administrator: Person | None,
) -> None:
    seat: dict[str, Any] = {
        "person": person,
        "body": bodies[post.body],
        "role": post.role,
        "starts_on": BEGAN,
        "ends_on": post.ends_on,
        "represents": organisations[post.represents] if post.represents else None,
    }
    if administrator is None:
        services.register_membership(**seat)
    else:
        services.add_membership(actor=administrator, **seat)
