"""Many cases registered from one sheet: its columns, and what each row comes to before anything is written."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from governance.models import Body, Fokusomrade, Organisation, Person
from governance.sheets import Problem, Sheet, in_order, read_sheet
from governance.sheets.names import Names
from governance.sheets.values import SheetRow, read_values
from workflow.errors import Invalid
from workflow.registration.checking import NO_OFFICER, Checked, check_entry
from workflow.registration.columns import COLUMNS, FIELDS
from workflow.registration.entries import Entry, enterable
from workflow.registration.grounds import Grounds, key_of

MOST_ROWS = 500
OF_GROUP = frozenset({"ansvarig_grupp", "station", "beredningsgrupp", "handlaggare", "reference"})
"""What cannot be judged before it is known which group a case is of."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A row that will be a case."""

    row: int
    entry: Entry
    checked: Checked

    @property
    def station(self) -> str:
        """Return the name of the step."""
        return self.checked.path.stations[self.entry.station].name


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row whose case is registered already."""

    row: int
    title: str
    satsning_id: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sheet comes to: the cases that will be made, those that are there, and everything to mend first."""

    new: tuple[Planned, ...] = ()
    skipped: tuple[Skipped, ...] = ()
    problems: tuple[Problem, ...] = ()
    notices: tuple[str, ...] = ()
    """What to know of the file, with nothing to mend."""

    @property
    def may_be_made(self) -> bool:
        """Tell whether there is something to make and nothing to mend."""
        return bool(self.new) and not self.problems


def read_satsningar(data: bytes) -> Sheet:
    """Return what a file holds: XLSX or CSV, with the columns of `COLUMNS`.

    Raises:
        Refused: the file cannot be read at all.

    """
    return read_sheet(data, COLUMNS, most_rows=MOST_ROWS)


def plan_sheet(sheet: Sheet, county_id: int, *, actor: Person) -> Plan:
    """Return what a sheet comes to in a county; nothing is written.

    Args:
        sheet: as `read_satsningar` gives it.
        county_id: whose cases they are.
        actor: who would register them.

    """
    rows, problems = read_values(sheet)
    reader = _Reader(Grounds(county_id), actor, rows)
    unread: dict[int, set[int]] = {}
    for problem in problems:
        unread.setdefault(problem.row, set()).add(problem.position)
    for row in rows:
        problems += reader.read(row, unread.get(row.number, ()))
    return Plan(tuple(reader.new), tuple(reader.skipped), tuple(in_order(problems)), tuple(sheet.notices))


class _Reader:
    """Reads rows one after another, remembering what stands above."""

    def __init__(self, grounds: Grounds, actor: Person, rows: Sequence[SheetRow]) -> None:
        """Read what the cells of all rows may name."""
        self.grounds, self.actor = grounds, actor
        self.new: list[Planned] = []
        self.skipped: list[Skipped] = []
        self._seen: dict[object, int] = {}
        self._bodies = Names[Body]()
        for body in grounds.bodies:
            self._bodies.add(body.name, body, offer=body.name)
            self._bodies.add(body.code, body)
        self._organisations = _organisations(grounds.county_id)
        self._focus = Names[int]()
        for one in Fokusomrade.objects.filter(county=grounds.county_id, ended_on=None):
            self._focus.add(one.name, one.pk, offer=one.name)
        addresses = {row.text("handlaggare").lower() for row in rows if row.text("handlaggare")}
        self._people = dict(Person.objects.filter(email__in=addresses).values_list("email", "pk"))

    def read(self, row: SheetRow, unread: Collection[int]) -> list[Problem]:
        """Plan a row, or return what is wrong with it beside the cells that could not be read."""
        found: list[Problem] = []
        group = self._find(row, "ansvarig_grupp", found)
        if group is None and row.text("station") and row.text("station").casefold() not in self._steps:
            found.append(row.problem("station", "Ingen ärendegång i länet har ett sådant steg att registrera vid."))
        entry = self._entry(row, group or self.grounds.bodies[0], found)
        there = self.grounds.there_already(entry) if group else None
        checked = None
        if there is None:
            try:
                checked = check_entry(entry, self.grounds, actor=self.actor)
            except Invalid as refusal:
                passed_over = OF_GROUP if group is None else ()
                found += [
                    self._problem(row, name, text)
                    for name, texts in refusal.errors.items()
                    if name not in passed_over
                    for text in texts
                ]
            else:
                found += self._twice(row, entry, checked) if group else ()
        problems = [problem for problem in found if problem.position not in unread]
        if not problems and not unread and group:
            if there is not None:
                self.skipped.append(Skipped(row.number, entry.titel, there))
            elif checked is not None:
                self.new.append(Planned(row.number, entry, checked))
        return problems

    @cached_property
    def _steps(self) -> frozenset[str]:
        """Return what the steps are called where some group of the county may have a case registered."""
        found: set[str] = set()
        for group in self.grounds.groups:
            with suppress(Invalid):
                found |= {
                    word for one in enterable(self.grounds.path(group)) for word in (one.name.casefold(), one.code)
                }
        return frozenset(found)

    def _problem(self, row: SheetRow, name: str, message: str) -> Problem:
        """Return a refusal at the cell it is about; what is about a line of a list, at the cell the list is written."""
        part, _, rest = name.partition(".")
        key = f"{part}.{rest.partition('-')[0]}" if rest else name
        return row.problem(key, message)

    def _entry(self, row: SheetRow, group: Body, problems: list[Problem]) -> Entry:
        preparing = self._find(row, "beredningsgrupp", problems)
        return Entry(
            ansvarig_grupp=group,
            titel=row.text("titel"),
            station=self._station(row, group),
            decided_on=row.day("decided_on"),
            source=row.text("source"),
            since=row.day("since"),
            reference=row.text("reference"),
            beredningsgrupp=preparing,
            handlaggare_id=self._officer(row, problems),
            parts=self._parts(row, problems),
        )

    def _station(self, row: SheetRow, group: Body) -> str:
        """Return the code of the step that is named, by its name or its code; else what is written."""
        written = row.text("station").casefold()
        try:
            stations = enterable(self.grounds.path(group))
        except Invalid:
            return written
        return next((one.code for one in stations if written in {one.name.casefold(), one.code}), written)

    def _officer(self, row: SheetRow, problems: list[Problem]) -> int | None:
        address = row.text("handlaggare").lower()
        if address and address not in self._people:
            problems.append(row.problem("handlaggare", NO_OFFICER))
        return self._people.get(address)

    def _parts(self, row: SheetRow, problems: list[Problem]) -> dict[str, dict[str, Any]]:
        parts: dict[str, dict[str, Any]] = {}
        for part, names in FIELDS.items():
            for name in names:
                if (value := row.values.get(f"{part}.{name}")) is not None:
                    parts.setdefault(part, {})[name] = value
        taking_part = self._each(row, "omfattning.deltagare", self._organisations, "Länet har ingen sådan organisation")
        focus = self._each(row, "koppling.kopplingar", self._focus, "Länet har inget sådant fokusområde")
        for wrong in (taking_part[1], focus[1]):
            problems += wrong
        if taking_part[0]:
            parts["omfattning"] = {"deltagare": [{"organisation_id": one} for one in dict.fromkeys(taking_part[0])]}
        if focus[0]:
            parts["koppling"] = {"kopplingar": [{"fokusomrade_id": one} for one in dict.fromkeys(focus[0])]}
        return parts

    def _each(self, row: SheetRow, key: str, known: Names[int], unknown: str) -> tuple[list[int], list[Problem]]:
        """Return what each name in a cell stands for, and the problems with those that stand for nothing."""
        found: list[int] = []
        problems: list[Problem] = []
        for name in _names_in(row.text(key), known):
            if name in known:
                found += known.named(name)[:1]
            else:
                problems.append(row.problem(key, _not_found(unknown, name, known)))
        return found, problems

    def _find(self, row: SheetRow, key: str, problems: list[Problem]) -> Body | None:
        """Return the body that a cell names; a name of none, or of several, is told."""
        name = row.text(key)
        found = self._bodies.named(name)
        if name and not found:
            problems.append(row.problem(key, _not_found("Länet har inget organ som heter så", name, self._bodies)))
        elif len(found) > 1:
            codes = ", ".join(body.code for body in found)
            problems.append(row.problem(key, f"Flera organ heter så. Skriv organets kod: {codes}."))
        return found[0] if name and len(found) == 1 else None

    def _twice(self, row: SheetRow, entry: Entry, checked: Checked) -> list[Problem]:
        """Return what the row shares with one above it that no two cases share."""
        problems = []
        same: tuple[tuple[str, object, str], ...] = (
            ("titel", key_of(entry.titel, entry.ansvarig_grupp.pk, entry.decided_on), "Samma satsning"),
            ("reference", (checked.arende.beslutsorgan_id, checked.arende.reference), "Samma ärendenummer"),
        )
        for key, what, words in same:
            if key == "reference" and not checked.arende.reference:
                continue
            first = self._seen.setdefault((key, what), row.number)
            if first != row.number:
                problems.append(row.problem(key, f"{words} står redan på rad {first}. Ta bort den ena raden."))
        return problems


def _names_in(text: str, known: Names[int]) -> Iterator[str]:
    """Yield the names in a cell: parted by semicolons or lines, and by commas where no name has one."""
    for piece in re.split(r"[;\n]", text):
        if piece.strip() in known:
            yield piece.strip()
        else:
            yield from (name.strip() for name in piece.split(",") if name.strip())


def _not_found(unknown: str, name: str, known: Names[Any]) -> str:
    return f"{unknown}: ”{name[:60]}”.{known.ask(name) or ' Rätta namnet.'}"


def _organisations(county_id: int) -> Names[int]:
    """Return the county's organisations by their names, and by the names without what kind they are."""
    rows = list(Organisation.objects.filter(county=county_id, ended_on=None).values_list("name", "pk"))
    names = Names[int]()
    for name, pk in rows:
        names.add(name, pk, offer=name)
    for name, pk in rows:
        bare = name.removesuffix(" kommun")
        for short in {bare, bare.removesuffix("s")} if bare != name else ():
            if short not in names:
                names.add(short, pk)
    return names


def entries_of(plan: Plan) -> Iterable[Entry]:
    """Return the entries that a plan makes."""
    return (planned.entry for planned in plan.new)
