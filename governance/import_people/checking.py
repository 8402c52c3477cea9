"""The check of a sheet: every row against what is known, every error at once at its cell, and then the difference."""

from collections.abc import Callable, Mapping
from datetime import date
from difflib import get_close_matches
from typing import TypeVar

from governance.errors import Refused
from governance.import_people.difference import compare, digest_of
from governance.import_people.known import Known, names_of
from governance.import_people.same import ask_who_is_who
from governance.import_people.spec import Checked, Column, SeatRow
from governance.membership_rules import (
    check_period,
    check_represents,
    check_seat,
    clean_email,
    clean_line,
    represented_by,
)
from governance.models import Body, Organisation
from governance.sheets import Line, Sheet, in_order
from governance.sheets.days import read_day
from governance.sheets.names import Names, folded
from governance.vocabulary import Role

Value = TypeVar("Value")

_FIELDS = {
    "name": Column.NAMN,
    "email": Column.EPOST,
    "title": Column.BEFATTNING,
    "body": Column.ORGAN,
    "role": Column.ROLL,
    "represents": Column.FORETRADER,
    "starts_on": Column.FRAN,
    "ends_on": Column.TILL,
}
"""The column that a refusal of the common rules is about, by the field it names."""
_ROLES = {folded(text): role for role in Role for text in (role.value, str(role.label))}
LONGEST = 1_000
"""Characters that are looked at of one cell; nothing that is asked for is as long, so what is longer is refused."""
_OF_MEMBERSHIP = (Column.ORGAN, Column.ROLL, Column.FORETRADER, Column.FRAN, Column.TILL)


def emails_of(sheet: Sheet, answers: Mapping[str, str]) -> set[str]:
    """Return the addresses that a sheet and the answers about it name, as they would be kept."""
    written = {line.values[Column.EPOST].strip().lower() for line in sheet.lines if Column.EPOST in line.values}
    return written | set(answers.values())


def check(sheet: Sheet, known: Known, answers: Mapping[str, str]) -> Checked:
    """Return everything that is to mend and to answer and, when nothing is to mend, what would change.

    Args:
        sheet: as read.
        known: the county and the people that the sheet names.
        answers: for an address asked about, the address of the one it is, or `ANOTHER`.

    """
    found = Checked(problems=sheet.told(), notices=list(sheet.notices))
    rows = _Rows(sheet, known).read(found)
    rows = ask_who_is_who(rows, known, answers, found)
    difference = compare(rows, known, sheet, found)
    found.problems = in_order(found.problems)
    if not found.problems:
        found.difference, found.digest = difference, digest_of(difference, found.questions)
    return found


class _Rows:
    """Turns lines into checked rows; what is wrong with each cell is told where it stands."""

    def __init__(self, sheet: Sheet, known: Known) -> None:
        self.sheet = sheet
        self.unread = sheet.unread()
        self.known = known
        self.bodies = names_of(known.bodies.values())
        self.organisations = names_of(known.organisations.values())
        self.days: dict[str, date] = {}

    def read(self, found: Checked) -> list[SeatRow]:
        """Return the rows that are right; tell of those that are not."""
        rows = []
        for line in self.sheet.lines:
            before = len(found.problems)
            row = self._row(line, found)
            if row is not None and len(found.problems) == before:
                rows.append(row)
        return rows

    def _row(self, line: Line, found: Checked) -> SeatRow | None:
        def tell(column: Column, message: str) -> None:
            problem = self.sheet.at(line.number, column, message)
            if (problem.row, problem.position) not in self.unread:
                found.problems.append(problem)

        def attempt(column: Column, work: Callable[[], Value]) -> Value | None:
            try:
                return work()
            except Refused as refusal:
                tell(_FIELDS.get(refusal.field, column), refusal.message)
                return None

        def text(column: Column, empty: str = "") -> str:
            return line.values.get(column, empty)[:LONGEST]

        name = attempt(Column.NAMN, lambda: clean_line(text(Column.NAMN, ""), "name"))
        email = attempt(Column.EPOST, lambda: clean_email(text(Column.EPOST, "")))
        title = attempt(Column.BEFATTNING, lambda: clean_line(text(Column.BEFATTNING, ""), "title", empty=True))
        if not any(text(column) for column in _OF_MEMBERSHIP):
            return SeatRow(line.number, email or "", name or "", title or "")
        body = attempt(Column.ORGAN, lambda: self._body(text(Column.ORGAN, "")))
        role = attempt(Column.ROLL, lambda: self._role(text(Column.ROLL, ""), body))
        wanted = text(Column.FORETRADER, "")
        represents = attempt(Column.FORETRADER, lambda: self._organisation(wanted))
        starts_on = attempt(Column.FRAN, lambda: self._day(text(Column.FRAN, ""), needed=True))
        ends_on = attempt(Column.TILL, lambda: self._day(text(Column.TILL, ""), needed=False))
        if starts_on is not None:
            attempt(Column.FRAN, lambda: check_period(starts_on, ends_on))
        if body is not None and role is not None:
            attempt(Column.ROLL, lambda: check_seat(body, role, self.known.roles.get(body.pk, ())))
            represents = represented_by(body, represents)
            if represents is not None or not wanted:
                attempt(Column.FORETRADER, lambda: check_represents(body, role, represents))
        return SeatRow(
            number=line.number,
            email=email or "",
            name=name or "",
            title=title or "",
            body_id=body.pk if body else None,
            role=role,
            represents_id=represents.pk if represents else None,
            starts_on=starts_on,
            ends_on=ends_on,
        )

    def _day(self, text: str, *, needed: bool) -> date | None:
        if not text:
            if needed:
                raise Refused("Skriv vilken dag uppdraget börjar, till exempel 2026-11-03.")
            return None
        if text not in self.days:
            self.days[text] = read_day(text)
        return self.days[text]

    def _body(self, text: str) -> Body:
        if not text:
            raise Refused("Skriv vilket organ uppdraget gäller, eller töm radens andra uppgifter om uppdraget.")
        ids = self.bodies.named(text)
        if len(ids) == 1:
            return self.known.bodies[ids[0]]
        if ids:
            codes = ", ".join(self.known.bodies[id_].code for id_ in ids)
            raise Refused(f"Flera organ heter så. Skriv organets kod: {codes}.")
        raise Refused(f"Det finns inget organ som heter ”{text[:60]}” i {self.known.county}.{_near(text, self.bodies)}")

    def _organisation(self, text: str) -> Organisation | None:
        if not text:
            return None
        ids = self.organisations.named(text)
        if len(ids) == 1:
            return self.known.organisations[ids[0]]
        near = _near(text, self.organisations)
        raise Refused(f"Det finns ingen organisation som heter ”{text[:60]}” i {self.known.county}.{near}")

    def _role(self, text: str, body: Body | None) -> Role:
        if not text:
            raise Refused(f"Skriv vilken roll personen har.{self._choices(body)}")
        role = _ROLES.get(folded(text))
        if role is not None:
            return role
        near = get_close_matches(folded(text), _ROLES, n=1, cutoff=0.6)
        meant = f" Menar du {_ROLES[near[0]].label.lower()}?" if near else ""
        raise Refused(f"Det finns ingen roll som heter ”{text[:40]}”.{meant}{self._choices(body)}")

    def _choices(self, body: Body | None) -> str:
        roles = self.known.roles.get(body.pk, ()) if body else ()
        return f" Välj bland: {', '.join(role.label.lower() for role in roles)}." if roles else ""


def _near(text: str, names: Names[int]) -> str:
    return names.ask(text) or " Namnen står på mallens blad ”Organ och roller”."
