"""What a checked sheet would change: people and memberships that are new, change, end or are there already."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from governance.import_people.known import Known, KnownPerson, KnownSeat, name_key
from governance.import_people.spec import (
    ChangedPerson,
    Checked,
    Column,
    Difference,
    NewPerson,
    Question,
    SeatChange,
    SeatRow,
)
from governance.last_acts import last_used
from governance.sheets import Sheet


def compare(rows: Sequence[SeatRow], known: Known, sheet: Sheet, found: Checked) -> Difference:
    """Return what would change; rows that contradict each other or what is kept are told among the problems."""
    return _Comparison(rows, known, sheet, found).made()


def digest_of(difference: Difference, questions: Sequence[Question]) -> str:
    """Return a mark of a difference and the answers it rests on, the same as long as both are."""
    answers = [(question.email, question.answer) for question in questions]
    return sha256(repr((difference, answers)).encode()).hexdigest()


def _overlap(start: date, end: date | None, other_start: date, other_end: date | None) -> bool:
    return (end is None or other_start <= end) and (other_end is None or start <= other_end)


class _Comparison:
    def __init__(self, rows: Sequence[SeatRow], known: Known, sheet: Sheet, found: Checked) -> None:
        self.rows = rows
        self.known = known
        self.sheet = sheet
        self.found = found
        self.added: list[SeatChange] = []
        self.ended: list[SeatChange] = []
        self.ending: list[tuple[SeatRow, str, int, date]] = []
        """Row, name, membership and last day of those that end."""
        self.unchanged: list[SeatChange] = []
        self.by_email: dict[str, list[SeatRow]] = defaultdict(list)
        for row in rows:
            self.by_email[row.email].append(row)

    def made(self) -> Difference:
        people, changed = [], []
        for email, rows in self.by_email.items():
            person = self.known.people.get(email)
            name, title = self._name_and_title(rows)
            if person is None:
                people.append(NewPerson(email, name, title))
            elif person.is_own:
                if change := self._changed(person, name, title, rows):
                    changed.append(change)
                if not person.is_active and any(row.body_id for row in rows):
                    self._tell(rows[0], Column.EPOST, f"{person.name} får inte logga in. Ändra det på personens sida.")
                name = person.name if change is None else change.after[0]
            held = self._held(rows, person)
            for row in self._apart(rows):
                self._seat(row, name, person, held)
        self._check_last_use()
        seats = (tuple(self.added), tuple(self.ended), tuple(self.unchanged))
        return Difference(tuple(people), tuple(changed), *seats)

    def _tell(self, row: SeatRow, column: Column, message: str) -> None:
        self.found.problems.append(self.sheet.at(row.number, column, message))

    def _name_and_title(self, rows: Sequence[SeatRow]) -> tuple[str, str]:
        """Return the name and the title that a person's rows agree on."""
        first = rows[0]
        titled = next((row for row in rows if row.title), None)
        for row in rows[1:]:
            if name_key(row.name) != name_key(first.name):
                self._tell(
                    row,
                    Column.NAMN,
                    f"Rad {first.number} har samma adress men namnet {first.name}. "
                    "Skriv samma namn på båda raderna, eller rätta adressen.",
                )
            if titled and row.title and row.title.casefold() != titled.title.casefold():
                self._tell(
                    row,
                    Column.BEFATTNING,
                    f"Rad {titled.number} har befattningen {titled.title} för samma person. Skriv samma på båda.",
                )
        return first.name, titled.title if titled else ""

    def _changed(self, person: KnownPerson, name: str, title: str, rows: Sequence[SeatRow]) -> ChangedPerson | None:
        """Return how name and title differ; an empty title says nothing."""
        after = (name, title or person.title)
        if after == (person.name, person.title):
            return None
        if not person.is_changeable:
            self.found.notices.append(
                f"Rad {rows[0].number}: namn och befattning ändras inte för {person.name}, som också har uppdrag i ett "
                "annat län."
            )
            return None
        return ChangedPerson(person.id, person.email, (person.name, person.title), after)

    def _apart(self, rows: Sequence[SeatRow]) -> list[SeatRow]:
        """Return a person's rows with a membership, those said twice once; overlapping ones are told."""
        kept: list[SeatRow] = []
        by_seat: dict[tuple[int | None, object], list[SeatRow]] = defaultdict(list)
        for row in rows:
            if row.body_id is None or row.starts_on is None:
                continue
            others = by_seat[row.body_id, row.role]
            twin = next((one for one in others if _says_the_same(one, row)), None)
            if twin is not None:
                self.found.notices.append(f"Rad {row.number} säger samma som rad {twin.number}.")
                continue
            clash = next(
                (
                    one
                    for one in others
                    if one.starts_on is not None and _overlap(row.starts_on, row.ends_on, one.starts_on, one.ends_on)
                ),
                None,
            )
            if clash is not None:
                self._tell(
                    row,
                    Column.FRAN,
                    f"Uppdraget överlappar det på rad {clash.number}: samma person, organ och roll. "
                    "Ändra dagarna, eller ta bort en av raderna.",
                )
                continue
            others.append(row)
            kept.append(row)
        return kept

    def _held(self, rows: Sequence[SeatRow], person: KnownPerson | None) -> list[tuple[KnownSeat, date | None]]:
        """Return a person's memberships, each with its last day as the sheet leaves it."""
        said = {(row.body_id, row.role, row.starts_on): row.ends_on for row in rows if row.ends_on is not None}
        held = []
        for seat in self.known.seats.get(person.id, ()) if person else ():
            end = said.get((seat.body_id, seat.role, seat.starts_on))
            is_earlier = end is not None and (seat.ends_on is None or end < seat.ends_on)
            held.append((seat, end if is_earlier else seat.ends_on))
        return held

    def _seat(
        self,
        row: SeatRow,
        name: str,
        person: KnownPerson | None,
        held: Sequence[tuple[KnownSeat, date | None]],
    ) -> None:
        """Put a membership among those that are new, end, or are as they were."""
        if row.body_id is None or row.role is None or row.starts_on is None:
            return
        of_seat = [(seat, end) for seat, end in held if (seat.body_id, seat.role) == (row.body_id, row.role)]
        same = next((seat for seat, _ in of_seat if seat.starts_on == row.starts_on), None)
        if same is not None:
            self._same(row, name, same, person)
            return
        clash = next((one for one in of_seat if _overlap(row.starts_on, row.ends_on, one[0].starts_on, one[1])), None)
        if clash is not None:
            seat, end = clash
            until = f"till och med {end}" if end else "tills vidare"
            self._tell(
                row,
                Column.FRAN,
                f"{name} har redan uppdraget från och med {seat.starts_on} {until}. Skriv den dagen, eller en dag "
                "efter att det har slutat.",
            )
            return
        if person is not None and person.id == self.known.actor_id:
            self._tell(row, Column.EPOST, "Ingen ger sig själv ett uppdrag. Be en kollega i regionalt stöd.")
            return
        self.added.append(_change(row, name, row.ends_on, person))

    def _same(self, row: SeatRow, name: str, seat: KnownSeat, person: KnownPerson | None) -> None:
        """Put a membership that is there already among those that end or stay."""
        if row.represents_id not in {None, seat.represents_id}:
            self._tell(
                row,
                Column.FORETRADER,
                f"{name} företräder redan {self._organisation(seat.represents_id)} i uppdraget. Avsluta det med en "
                "dag i Till, och skriv ett nytt från dagen efter på en egen rad.",
            )
        elif row.ends_on is None or row.ends_on == seat.ends_on:
            if row.ends_on != seat.ends_on:
                self.found.notices.append(
                    f"Rad {row.number} har ingen dag i Till. Uppdraget slutar redan {seat.ends_on}, och det står kvar."
                )
            self.unchanged.append(_change(row, name, seat.ends_on, person, seat))
        elif seat.ends_on is not None and row.ends_on > seat.ends_on:
            self._tell(
                row,
                Column.TILL,
                f"Uppdraget slutar redan {seat.ends_on} och kan inte förlängas. Skriv den dagen, och ett nytt uppdrag "
                "från dagen efter på en egen rad.",
            )
        else:
            self.ended.append(_change(row, name, row.ends_on, person, seat))
            self.ending.append((row, name, seat.id, row.ends_on))

    def _check_last_use(self) -> None:
        """Tell of memberships that would end before something that was done by them; asked once for all of them."""
        last = last_used([membership_id for _, _, membership_id, _ in self.ending])
        for row, name, membership_id, ends_on in self.ending:
            day = last.get(membership_id)
            if day is not None and day > ends_on:
                self._tell(row, Column.TILL, f"{name} använde uppdraget senast {day}. Skriv den dagen eller en senare.")

    def _organisation(self, organisation_id: int | None) -> str:
        found = self.known.organisations.get(organisation_id or 0)
        return str(found) if found else "ingen organisation"


def _says_the_same(one: SeatRow, other: SeatRow) -> bool:
    return (one.starts_on, one.ends_on, one.represents_id) == (other.starts_on, other.ends_on, other.represents_id)


def _change(
    row: SeatRow, name: str, ends_on: date | None, person: KnownPerson | None, seat: KnownSeat | None = None
) -> SeatChange:
    if row.body_id is None or row.role is None or row.starts_on is None:
        raise ValueError(row)
    return SeatChange(
        email=row.email,
        name=name,
        body_id=row.body_id,
        role=row.role,
        represents_id=seat.represents_id if seat else row.represents_id,
        starts_on=row.starts_on,
        ends_on=ends_on,
        person_id=person.id if person else None,
        membership_id=seat.id if seat else None,
        ended_before=seat.ends_on if seat else None,
    )
