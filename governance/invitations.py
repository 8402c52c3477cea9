"""The only place that makes, and takes, the link by which somebody new chooses a first password.

A link is made only for somebody who has never logged in and has no password: otherwise whoever administers people could
set the password of a member of the deciding body and act in their name. For the same reason the right to invite is
asked when the link is used too: somebody may have got a role in another county meanwhile. It is random, kept as a
digest alone, works once and until its day; a new one makes the old one void. Whoever has chosen a password is reached
by no link again.
"""

import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils import timezone

from governance.directory import elsewhere
from governance.errors import NotAdministrator, Refused
from governance.models import Invitation, Membership, Person
from governance.permissions import standings, today
from governance.vocabulary import Mandate

DAYS: int = settings.INVITATION_DAYS
"""How many days a link works."""
MOST_AT_ONCE = 200
"""People invited by one act: each letter takes a moment to send."""
NO_PASSWORD = "!"  # noqa: S105 - how Django marks that there is none
LOGGED_IN = "Personen har redan loggat in. Den som har glömt sitt lösenord begär ett nytt vid inloggningen."


class State(Enum):
    """How far somebody has come from being added to logging in; the value is what lists say."""

    DONE = ""
    SHUT = "Får inte logga in"
    NOT_INVITED = "Inte inbjuden"
    INVITED = "Inbjuden"
    OPENED = "Har öppnat länken"
    EXPIRED = "Inbjudan har gått ut"


@dataclass(frozen=True, slots=True)
class Made:
    """A link just made; its token is known here and nowhere else."""

    invitation_id: int
    person: Person
    token: str
    expires_at: datetime

    @property
    def path(self) -> str:
        """Return its address within the site."""
        return reverse("valj_losenord", args=[self.token])


class NotUsable(Refused):
    """A link does not work; says why and what to do. `is_known` tells that it was once made."""

    def __init__(self, message: str, *, is_known: bool = True) -> None:
        """Keep the sentence."""
        super().__init__(message)
        self.is_known = is_known


def needs_invitation(person: Person) -> bool:
    """Tell whether the person may log in but has never done so and has no password; `in_need` is the rule for many."""
    return person.is_active and person.last_login is None and not person.has_usable_password()


def in_need(people: QuerySet[Person]) -> QuerySet[Person]:
    """Return those who may log in but have never done so and have no password."""
    return people.filter(is_active=True, last_login=None, password__startswith=NO_PASSWORD)


def with_state(people: QuerySet[Person], state: State, now: datetime) -> QuerySet[Person]:
    """Return the people in that state; `state_of` is the same rule for one."""
    pending = Invitation.objects.filter(person=OuterRef("pk"), used_at=None, voided_at=None)
    is_open = Exists(pending.filter(expires_at__gt=now))
    if state is State.NOT_INVITED:
        return in_need(people).filter(~Exists(pending))
    if state is State.EXPIRED:
        return in_need(people).filter(Exists(pending), ~is_open)
    return in_need(people).filter(is_open)


def state_of(person: Person, invitation: Invitation | None, now: datetime) -> State:
    """Return how far a person has come, by their newest invitation if there is one."""
    if not person.is_active:
        return State.SHUT
    if not needs_invitation(person):
        return State.DONE
    if invitation is None or invitation.used_at is not None or invitation.voided_at is not None:
        return State.NOT_INVITED
    if not invitation.is_open(now):
        return State.EXPIRED
    return State.OPENED if invitation.opened_at else State.INVITED


def newest(person_ids: Collection[int]) -> Mapping[int, Invitation]:
    """Return the newest invitation of each of these people who has one, with who made it; one statement."""
    rows = Invitation.objects.filter(person__in=person_ids).select_related("invited_by")
    return {row.person_id: row for row in rows.order_by("person_id", "-pk").distinct("person_id")}


def invite(*, actor: Person, person: Person) -> Made:
    """Make a link for somebody; one made before stops working.

    Raises:
        NotAdministrator: the actor does not administer every county where the person has a role today, or the person
            is a technical administrator.
        Refused: the person has a password or has logged in.

    """
    mine = _administered(actor)
    if person.is_staff or person.is_superuser:
        raise NotAdministrator
    if others := elsewhere(person, mine):
        raise NotAdministrator(str(others[0]))
    made = _make(actor, [person.pk])
    if not made:
        raise Refused(LOGGED_IN)
    return made[0]


def invite_many(*, actor: Person, people: QuerySet[Person]) -> list[Made]:
    """Make a link for each of these people who needs one and is the actor's to invite; the rest are passed over.

    Effects, in order: the people are locked in order of their ids; links made before become void; new ones are added.
    As many statements however many people there are.

    Args:
        actor: who invites.
        people: among those the actor sees; at most `MOST_AT_ONCE` are taken.

    Raises:
        NotAdministrator: the actor administers no county.

    """
    mine = _administered(actor)
    lasting = Membership.objects.filter(Q(ends_on=None) | Q(ends_on__gte=today()), person=OuterRef("pk"))
    rows = people.filter(~Exists(lasting.exclude(body__county__in=mine)), is_staff=False, is_superuser=False)
    ids = list(in_need(rows).order_by("pk").values_list("pk", flat=True)[:MOST_AT_ONCE])
    return _make(actor, ids) if ids else []


def _administered(actor: Person) -> set[int]:
    mine = {one.county_id for one in standings(actor.pk) if one.mandate == Mandate.ADMINISTRERA}
    if not mine:
        raise NotAdministrator
    return mine


def _make(actor: Person, person_ids: Collection[int]) -> list[Made]:
    now = timezone.now()
    expires_at = now + timedelta(days=DAYS)
    with transaction.atomic():
        people = Person.objects.filter(pk__in=person_ids).select_for_update(no_key=True).order_by("pk")
        tokens = {person.pk: (person, secrets.token_urlsafe(32)) for person in people if needs_invitation(person)}
        pending = Invitation.objects.filter(person__in=tokens, used_at=None, voided_at=None)
        pending.update(voided_at=now)
        rows = Invitation.objects.bulk_create(
            Invitation(person_id=pk, invited_by=actor, created_at=now, expires_at=expires_at, digest=_digest(token))
            for pk, (_, token) in tokens.items()
        )
    return [Made(row.pk, *tokens[row.person_id], expires_at) for row in rows]


def mark_sent(made: Iterable[Made]) -> None:
    """Note that these links were sent by e-mail."""
    Invitation.objects.filter(pk__in=[one.invitation_id for one in made]).update(sent_at=timezone.now())


def _digest(token: str) -> str:
    return sha256(token.encode("utf-8", "replace")).hexdigest()


def find(token: str, *, opened: bool = False) -> Invitation:
    """Return the invitation of a link that works, with its person; note that it was opened, the first time.

    Raises:
        NotUsable: it is altered, used, void or too old, the person has a password by now, or whoever made it may not
            invite the person any longer.

    """
    row = Invitation.objects.filter(digest=_digest(token)).select_related("person").first()
    _demand_usable(row)
    if row is None:
        raise NotUsable("")
    if opened and row.opened_at is None:
        Invitation.objects.filter(pk=row.pk, opened_at=None).update(opened_at=timezone.now())
    return row


def choose_password(token: str, password: str) -> Person:
    """Set a first password by a link, which then has been used; return whose it is.

    Effects, in order, in one transaction: the person is locked, then the invitation; it must work still, and the person
    may have no password; the password is set; the invitation is marked as used.

    Raises:
        NotUsable: as for `find`; of two at once, the second.

    """
    with transaction.atomic():
        rows = Invitation.objects.filter(digest=_digest(token))
        # The person first, as everybody who makes or voids links does.
        person_ids = list(rows.values_list("person", flat=True))
        known = Person.objects.select_for_update(no_key=True).filter(pk__in=person_ids).first()
        row = rows.select_for_update().first()
        if row is not None and known is not None:
            row.person = known
        _demand_usable(row)
        if row is None:
            raise NotUsable("")
        person: Person = row.person
        person.set_password(password)
        person.save(update_fields=["password"])
        row.used_at = timezone.now()
        row.save(update_fields=["used_at"])
        return person


def _demand_usable(row: Invitation | None) -> None:
    if row is None:
        raise NotUsable(
            "Länken är inte hel. Kopiera hela länken ur brevet, eller be den som bjöd in dig om en ny.", is_known=False
        )
    if not row.person.is_active:
        raise NotUsable("Ditt konto är stängt. Fråga regionalt stöd i ditt län.")
    if row.used_at is not None or not needs_invitation(row.person):
        raise NotUsable("Länken är redan använd. Logga in med lösenordet du valde, eller begär ett nytt.")
    if row.voided_at is not None:
        raise NotUsable(
            "Länken gäller inte längre. Har du fått en nyare inbjudan, öppna länken i den. Be annars regionalt stöd i "
            "ditt län om en ny."
        )
    if not row.is_open(timezone.now()):
        raise NotUsable("Länken har gått ut. Be den som bjöd in dig, eller regionalt stöd i ditt län, om en ny.")
    mine = {one.county_id for one in standings(row.invited_by_id) if one.mandate == Mandate.ADMINISTRERA}
    if not mine or elsewhere(row.person, mine):
        raise NotUsable("Länken gäller inte längre. Be regionalt stöd i ditt län om en ny.")
