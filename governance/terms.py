"""The only place that begins a new term of office: a body's memberships end on one day and begin anew, all or none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.db.models import Q

from governance.admission import take_in
from governance.directory import Insight, people_for
from governance.errors import NotAdministrator, Refused
from governance.membership_rules import check_period, check_represents, check_seat, clean_email, clean_line
from governance.membership_rules import represented_by as represented
from governance.models import Body, Membership, Organisation, Person
from governance.permissions import holds
from governance.selectors import roles_of
from governance.vocabulary import Mandate, Role


@dataclass(frozen=True, slots=True)
class Seat:
    """A place in the new term: somebody's role and whom they represent."""

    role: Role
    represents: Organisation | None


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody who comes in with the new term, known by address; the name is needed for somebody who is new."""

    email: str
    name: str
    seat: Seat


@dataclass(frozen=True, slots=True)
class Term:
    """A new term of office as it was put together."""

    last_day: date
    first_day: date
    stays: Mapping[int, Seat]
    """By the old membership's id."""
    leaves: frozenset[int]
    """The ids of memberships that end without a new one."""
    newcomers: tuple[Newcomer, ...] = ()


class TermRefused(Refused):
    """A new term cannot be as asked; every error at once, by the row it is in and the field."""

    def __init__(self, errors: Sequence[tuple[str, str, str]]) -> None:
        """Keep the errors: row (`m<membership id>`, `n<number>` or empty), field, sentence."""
        super().__init__(" ".join(message for _, _, message in errors))
        self.errors = tuple(errors)


def of_term(body: Body, last_day: date) -> list[Membership]:
    """Return the memberships that hold on the last day of a term, by role and name; one statement."""
    rank = {role.value: number for number, role in enumerate(Role)}
    rows = Membership.objects.current(last_day).filter(body=body).select_related("person", "represents")
    return sorted(rows, key=lambda row: (rank[row.role], row.person.name.casefold(), row.pk))


def mark_of_members(rows: Sequence[Membership]) -> str:
    """Return a mark of memberships as they stand, by which they are known to have been seen."""
    parts = sorted(f"{row.pk}:{row.role}:{row.represents_id}:{row.starts_on}:{row.ends_on}" for row in rows)
    return sha256("|".join(parts).encode()).hexdigest()[:32]


def begin_term(*, actor: Person, body: Body, term: Term, seen: str) -> list[Membership]:
    """End the old term and begin the new; return the new memberships.

    Effects, in order, in one transaction: the body's people and those who come in are locked in order of their ids; the
    memberships must be those that were seen; every seat is checked; those who are new to the site are added; the old
    memberships end on the last day; the new ones are added. The actor's own membership stays as it is: nobody gives a
    role to themselves.

    Args:
        actor: who administers the county's people.
        body: whose term it is.
        term: what was put together.
        seen: the mark of the memberships it was put together from, `mark_of_members`.

    Raises:
        NotAdministrator: the actor does not administer the body's county.
        Refused: the body's memberships have changed since.
        TermRefused: something in it cannot be; every error is told.

    """
    if not holds(actor.pk, Mandate.ADMINISTRERA, county_id=body.county_id):
        raise NotAdministrator(str(body.county))
    _check_days(term)
    try:
        with transaction.atomic():
            return _begin(actor, body, term, seen)
    except IntegrityError:
        raise Refused("Någon har lagt upp en av personerna samtidigt. Försök igen.") from None


def _begin(actor: Person, body: Body, term: Term, seen: str) -> list[Membership]:
    involved = Q(pk__in=Membership.objects.filter(body=body).values("person"))
    involved |= Q(email__in=[one.email.strip().lower() for one in term.newcomers])
    list(Person.objects.filter(involved).select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    rows = [row for row in of_term(body, term.last_day) if row.person_id != actor.pk]
    if mark_of_members(rows) != seen:
        raise Refused("Någon har ändrat uppdragen sedan du öppnade sidan, och ingenting är ändrat. Gå igenom dem igen.")
    by_id = {row.pk: row for row in rows}
    if set(by_id) != set(term.stays) | set(term.leaves):
        raise Refused("Säg för var och en om den fortsätter eller slutar.")
    check = _Check(actor, body, term)
    wanted = [(f"m{key}", by_id[key].person, seat) for key, seat in term.stays.items()]
    wanted += check.newcomers()
    check.seats(wanted)
    check.raise_errors()
    for person in check.new:
        person.added_in_id = body.county_id
        person.set_unusable_password()
    Person.objects.bulk_create(check.new)
    lasting = Membership.objects.filter(pk__in=by_id).filter(Q(ends_on=None) | Q(ends_on__gt=term.last_day))
    lasting.update(ends_on=term.last_day, ended_by=actor)
    take_in({person.pk for row, person, _ in wanted if row.startswith("n")}, body.county_id)
    return Membership.objects.bulk_create(
        Membership(
            person=person,
            body=body,
            role=seat.role.value,
            represents=represented(body, seat.represents),
            starts_on=term.first_day,
            created_by=actor,
        )
        for _, person, seat in wanted
    )


def _check_days(term: Term) -> None:
    errors = []
    for field, day in (("last_day", term.last_day), ("first_day", term.first_day)):
        try:
            check_period(day, None)
        except Refused as refusal:
            errors.append(("", field, refusal.message))
    if not errors and term.first_day <= term.last_day:
        errors.append(("", "first_day", "Den nya perioden börjar dagen efter den gamla, eller senare."))
    if errors:
        raise TermRefused(errors)


class _Check:
    """Everything that can be wrong with the seats of a new term, gathered."""

    def __init__(self, actor: Person, body: Body, term: Term) -> None:
        self.actor = actor
        self.body = body
        self.term = term
        self.errors: list[tuple[str, str, str]] = []
        self.roles = roles_of(body)
        self.new: list[Person] = []
        """Those who come in and have no account yet."""

    def newcomers(self) -> list[tuple[str, Person, Seat]]:
        """Return those who come in, each with an account or with one to be made."""
        found = []
        emails = {}
        for number, one in enumerate(self.term.newcomers):
            try:
                emails[number] = clean_email(one.email)
            except Refused as refusal:
                self.errors.append((f"n{number}", "email", refusal.message))
        people = {person.email: person for person in Person.objects.filter(email__in=emails.values())}
        for number, email in emails.items():
            one = self.term.newcomers[number]
            person = people.get(email)
            if person is None:
                try:
                    person = Person(email=email, name=clean_line(one.name, "name"))
                except Refused as refusal:
                    self.errors.append((f"n{number}", "name", refusal.message))
                    continue
                people[email] = person
                self.new.append(person)
            found.append((f"n{number}", person, one.seat))
        return found

    def seats(self, wanted: Sequence[tuple[str, Person, Seat]]) -> None:
        """Check each seat by the common rules, and that nobody has one twice.

        Of somebody who comes in nothing is told that the county does not know: not the name that is kept, nor that
        another county has shut the account. A role there gives nothing until the account is opened.
        """
        shut = self._shut([person for row, person, _ in wanted if row.startswith("n") and not person.is_active])
        taken: set[tuple[str, Role]] = set()
        later = Membership.objects.filter(body=self.body, starts_on__gt=self.term.last_day)
        held = set(later.exclude(ends_on__lt=self.term.first_day).values_list("person__email", "role"))
        for row, person, seat in wanted:
            key = (person.email, seat.role)
            name = self._called(row, person)
            if person.pk == self.actor.pk:
                self._tell(row, "email", "Ingen ger sig själv ett uppdrag. Be en kollega i regionalt stöd.")
            if person.pk in shut and row.startswith("n"):
                self._tell(row, "email", "Personen får inte logga in.")
            if key in taken:
                self._tell(row, "role", f"{name} står två gånger som {seat.role.label.lower()}.")
            if (person.email, seat.role.value) in held:
                self._tell(row, "role", f"{name} är redan utsedd till {seat.role.label.lower()} senare.")
            taken.add(key)
            try:
                check_seat(self.body, seat.role, self.roles)
                check_represents(self.body, seat.role, represented(self.body, seat.represents))
            except Refused as refusal:
                self._tell(row, refusal.field, refusal.message)

    def _shut(self, people: Sequence[Person]) -> set[int]:
        """Return the ids of those who are the county's own to know of; nothing is asked when nobody is shut."""
        own = Insight(self.actor.pk, (), frozenset({self.body.county_id}))
        ids = [person.pk for person in people]
        return set(people_for(own).filter(pk__in=ids).values_list("pk", flat=True)) if ids else set()

    def _called(self, row: str, person: Person) -> str:
        """Return a person's name, of somebody who comes in as it was typed."""
        if not row.startswith("n"):
            return person.name
        return " ".join(self.term.newcomers[int(row[1:])].name.split()) or person.email

    def _tell(self, row: str, field: str, message: str) -> None:
        self.errors.append((row, field, message))

    def raise_errors(self) -> None:
        """Raise everything that was told.

        Raises:
            TermRefused: something was.

        """
        if self.errors:
            raise TermRefused(self.errors)
