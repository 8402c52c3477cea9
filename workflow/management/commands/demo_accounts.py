"""`manage.py demo_accounts`: who to log in as in the demonstration, and what to try."""

import os
from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from governance.models import Membership, Person
from governance.permissions import today
from workflow.demo.people import DOMAIN, PASSWORD, accounts

NOTHING = "inget uppdrag i dag"
SHOWN_POSTS = 2


class Command(BaseCommand):
    """Print everybody with role and body, then whom to begin with, the password and the address if one is set."""

    help = "Print the demonstration's accounts: name, address, role and body, and what to try."

    def handle(self, *_: Any, **__: Any) -> None:
        """Print.

        Raises:
            CommandError: this is no demonstration, or nobody is loaded.

        """
        if not settings.DEMONSTRATION:
            raise CommandError("This installation is no demonstration: it has no accounts with a known password.")
        people = {person.email: person for person in Person.objects.filter(email__endswith=f"@{DOMAIN}")}
        known = [(account, people[account.email]) for account in accounts() if account.email in people]
        if not known:
            raise CommandError("Nobody is loaded yet: run manage.py load_demo first.")
        posts = _posts(people.values())
        self._table("Alla konton", [(person.name, person.email, _said(posts[person.pk])) for _, person in known])
        first = [
            (person.name, person.email, f"{_said(posts[person.pk], 1)}. {account.to_try}")
            for account, person in known
            if account.to_try
        ]
        self._table("Börja till exempel med", first)
        self.stdout.write(f"\nLösenord för alla: {PASSWORD}")
        if address := os.environ.get("SATSNINGAR_ADDRESS"):
            self.stdout.write(f"Adress: {address}")

    def _table(self, heading: str, rows: Sequence[tuple[str, str, str]]) -> None:
        widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
        self.stdout.write(f"\n{heading}")
        for name, email, rest in rows:
            self.stdout.write(f"  {name:<{widths[0]}}  {email:<{widths[1]}}  {rest}")


def _posts(people: Iterable[Person]) -> dict[int, list[str]]:
    """Return the roles and bodies that each person has today, by the person's key."""
    posts: dict[int, list[str]] = {person.pk: [] for person in people}
    current = Membership.objects.current(today()).filter(person__in=posts).select_related("body")
    for seat in current.order_by("pk"):
        posts[seat.person_id].append(f"{seat.get_role_display().lower()}, {seat.body.name}")
    return posts


def _said(posts: Sequence[str], shown: int = SHOWN_POSTS) -> str:
    """Return the first posts in words, and how many there are beside."""
    if not posts:
        return NOTHING
    rest = len(posts) - shown
    more = f" och {rest} organ till" if rest > 0 else ""
    return f"{'; '.join(posts[:shown])}{more}"
