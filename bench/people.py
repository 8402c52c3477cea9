"""Reading in people: a sheet checked, compared and written, against the plain bulk inserts of the same rows."""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO, StringIO
from itertools import count

import xlsxwriter
from django.contrib.auth.hashers import make_password
from django.db import transaction

from bench.clock import medians
from bench.stages import Actors, Stage
from governance.import_people import check_file, load
from governance.import_people.columns import COLUMNS
from governance.models import Body, Membership, Organisation, Person
from governance.vocabulary import Role

ROWS = 1_000
WARM_UP = 2
SECONDS = 30
STARTS_ON = date(2026, 1, 1)


@dataclass(frozen=True)
class MeasuredImport:
    """Milliseconds that the people of one sheet take."""

    xlsx: float
    """Check and read in, from a workbook."""
    csv: float
    """Check and read in, from CSV."""
    inserts: float
    """The same people and memberships by two `bulk_create` in one transaction."""

    @property
    def ratio(self) -> float:
        """Return how many times as long the slower of the two takes."""
        return max(self.xlsx, self.csv) / self.inserts


def measure_import(stage: Stage, actors: Actors, rounds: int) -> MeasuredImport:
    """Return what it takes to bring in `ROWS` people, other ones each time; the files are made before.

    Everything is undone after each, so that the last round finds as many people there as the first.
    """
    stage.enter()
    body = Body.objects.filter(county=actors.county, kind="arbetsgrupp")[0]
    organisation = Organisation.objects.filter(county=actors.county)[0]
    names = (f"bench{number}" for number in count())
    total = WARM_UP + rounds
    books = iter([_book(_rows(next(names), body, organisation)) for _ in range(total)])
    texts = iter([_text(_rows(next(names), body, organisation)) for _ in range(total)])

    def read_in(files: Iterator[bytes], name: str) -> None:
        with transaction.atomic():
            checked, kept = check_file(next(files), name, actor=actors.coordinator, county=actors.county)
            if kept is None:
                raise ValueError(checked.problems[:3])
            load(kept, actor=actors.coordinator, seen=checked.digest)
            transaction.set_rollback(True)

    def insert() -> None:
        prefix = next(names)
        with transaction.atomic():
            people = Person.objects.bulk_create(
                Person(
                    email=f"{prefix}-{number}@exempel.test",
                    name=f"Exempel {prefix} {number}",
                    title="Verksamhetschef",
                    password=make_password(None),
                    added_in=actors.county,
                )
                for number in range(ROWS)
            )
            Membership.objects.bulk_create(
                Membership(
                    person=person,
                    body=body,
                    role=Role.LEDAMOT.value,
                    represents=organisation,
                    starts_on=STARTS_ON,
                    created_by=actors.coordinator,
                )
                for person in people
            )
            transaction.set_rollback(True)

    found = medians(
        {
            "xlsx": lambda: read_in(books, "personer.xlsx"),
            "csv": lambda: read_in(texts, "personer.csv"),
            "inserts": insert,
        },
        rounds=rounds,
        warm_up=WARM_UP,
        seconds=SECONDS,
    )
    return MeasuredImport(**found)


def _rows(prefix: str, body: Body, organisation: Organisation) -> list[list[str]]:
    return [
        [
            f"Exempel {prefix} {number}",
            f"{prefix}-{number}@exempel.test",
            "Verksamhetschef",
            body.name,
            str(Role.LEDAMOT.label),
            organisation.name,
            STARTS_ON.isoformat(),
            "",
        ]
        for number in range(ROWS)
    ]


def _heads() -> list[str]:
    return [column.heading for column in COLUMNS]


def _text(rows: list[list[str]]) -> bytes:
    buffer = StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerows([_heads(), *rows])
    return buffer.getvalue().encode("utf-8-sig")


def _book(rows: list[list[str]]) -> bytes:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet("Personer")
        for number, row in enumerate([_heads(), *rows]):
            sheet.write_row(number, 0, row)
    return file.getvalue()
