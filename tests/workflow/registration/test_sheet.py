"""Registration from a sheet: what each row comes to, everything wrong with its cell, and nothing half done."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from governance.models import Body, Fokusomrade, Organisation
from governance.permissions import today
from satsningar import content
from satsningar.models import Satsning
from tests.governance.sheets.test_reading import workbook
from tests.workflow.registration.conftest import MakeEntry
from tests.workflow.test_rights import in_other_county
from tests.workflow.world import ARBETSGRUPP, BEREDNING, STYRGRUPP, World
from workflow import journal
from workflow.registration.actions import register_all
from workflow.registration.columns import COLUMNS
from workflow.registration.sheet import Plan, entries_of, plan_sheet, read_satsningar

KEYS = [column.key for column in COLUMNS]
GROUP = "Arbetsgruppen mobila team"


def line(**values: Any) -> list[Any]:
    """Return a row of a case in genomförande, with what differs; dots in keys are written as two underscores."""
    said: dict[str, Any] = {
        "titel": "Trygg hemgång",
        "ansvarig_grupp": GROUP,
        "station": "Genomförande",
        "decided_on": date(2024, 11, 22),
        "source": "LSG protokoll 2024-11-22 § 31",
    }
    said |= {key.replace("__", "."): value for key, value in values.items()}
    assert set(said) <= set(KEYS)
    return [said.get(key) for key in KEYS]


def sheet(*rows: list[Any]) -> bytes:
    return workbook(rows, headings=[column.heading for column in COLUMNS])


def plan(world: World, *rows: list[Any]) -> Plan:
    return plan_sheet(read_satsningar(sheet(*rows)), world.county.pk, actor=world.coordinator)


def told(world: World, *rows: list[Any]) -> list[str]:
    return [str(problem) for problem in plan(world, *rows).problems]


def test_a_row_becomes_a_case_with_all_that_it_says(world: World) -> None:
    focus = list(Fokusomrade.objects.filter(county=world.county).values_list("name", flat=True))[:2]
    found = plan(
        world,
        line(
            station="breddinförande",
            since=date(2025, 1, 13),
            reference="LSG 2024-0031",
            handlaggare=world.officer.email.upper(),
            uppdrag__behov="Många åker in i onödan.",
            uppdrag__startar="2025-01-13",
            omfattning__deltagare="Region Sörmland; Flen, Trosa kommun",
            ekonomi__grov_kostnad="1 250 000 kr",
            koppling__kopplingar="; ".join(focus),
        ),
    )
    assert found.problems == ()

    [(id_, _)] = register_all(list(entries_of(found)), actor=world.coordinator)

    satsning, read = Satsning.objects.get(pk=id_), content.read(id_)
    assert (satsning.station, satsning.reference, satsning.handlaggare) == (
        "breddinforande",
        "LSG 2024-0031",
        world.officer,
    )
    assert [one.name for one in read.participants] == ["Region Sörmland", "Flens kommun", "Trosa kommun"]
    assert read.part("ekonomi")["grov_kostnad"] == "1250000.00"
    assert read.part("uppdrag")["startar"] == "2025-01-13"
    assert [row["fokusomrade_namn"] for row in read.rows("koppling", "kopplingar")] == focus


def test_everything_wrong_in_every_row_is_told_at_once(world: World) -> None:
    found = told(
        world,
        line(
            ansvarig_grupp="Arbetsgruppen mobila teem",
            decided_on="i våras",
            omfattning__deltagare="Nyköpings kommun; Ystad",
        ),
        line(titel=None, station="Beslut", source=None),
        line(handlaggare="ingen@exempel.test", since=date(2020, 1, 1), koppling__kopplingar="Krig"),
        line(titel="Ny", uppdrag__startar=date(2025, 2, 1), uppdrag__slutar=date(2025, 1, 1), ekonomi__grov_kostnad=-1),
    )

    assert [problem.partition(": ")[0] for problem in found] == [
        "Rad 2, Ansvarig grupp (B2)",
        "Rad 2, Beslutsdatum (E2)",
        "Rad 2, Deltagande organisationer (P2)",
        "Rad 3, Titel (A3)",
        "Rad 3, Steg (D3)",
        "Rad 4, I steget sedan (G4)",
        "Rad 4, Handläggare e-post (I4)",
        "Rad 4, Fokusområde (R4)",
        "Rad 5, Slutar (O5)",
        "Rad 5, Grov kostnad (Q5)",
    ]
    assert "Menar du ”Arbetsgruppen mobila team”?" in found[0]


def test_what_is_decided_lacks_day_and_source_at_their_cells(world: World) -> None:
    assert [problem.partition(": ")[0] for problem in told(world, line(decided_on=None, source=None))] == [
        "Rad 2, Beslutsdatum (E2)",
        "Rad 2, Källa (F2)",
    ]


def test_rows_that_are_the_same_case_are_told(world: World) -> None:
    found = told(
        world,
        line(),
        line(titel="TRYGG  hemgång"),
        line(titel="En", reference="A 1"),
        line(titel="Två", reference="A 1"),
    )

    assert found == [
        "Rad 3, Titel (A3): Samma satsning står redan på rad 2. Ta bort den ena raden.",
        "Rad 5, Ärendenummer (H5): Samma ärendenummer står redan på rad 4. Ta bort den ena raden.",
    ]


def test_what_is_registered_already_is_passed_over(world: World, entry: MakeEntry) -> None:
    first = plan(world, line(), line(titel="Med nummer", reference="lsg 2024-31"))
    ids = [id_ for id_, _ in register_all(list(entries_of(first)), actor=world.coordinator)]

    again = plan(
        world,
        line(),
        line(titel="Med nummer", reference="LSG 2024-0031", decided_on=date(2024, 12, 1)),
        line(titel="Ny"),
    )

    assert [(one.row, one.satsning_id) for one in again.skipped] == [(2, ids[0]), (3, ids[1])]
    assert [one.row for one in again.new] == [4]
    assert again.problems == ()


def test_a_number_of_another_case_is_told_and_not_passed_over(world: World) -> None:
    first = plan(world, line(reference="LSG 2024-0031"))
    register_all(list(entries_of(first)), actor=world.coordinator)

    assert told(world, line(titel="Något annat", reference="LSG 2024-0031")) == [
        "Rad 2, Ärendenummer (H2): LSG 2024-0031 har redan satsningen ”Trygg hemgång”. Rätta numret eller lämna tomt."
    ]


def test_a_body_that_has_ended_is_unknown(world: World) -> None:
    Body.objects.filter(name=GROUP).update(ended_on=today())

    assert told(world, line())[0].startswith("Rad 2, Ansvarig grupp (B2): Länet har inget organ som heter så")


def test_a_name_that_two_bodies_share_asks_for_the_code(world: World) -> None:
    Body.objects.filter(code="fouis", county=world.county).update(name=GROUP)

    assert told(world, line()) == [
        "Rad 2, Ansvarig grupp (B2): Flera organ heter så. Skriv organets kod: arbetsgrupp-mobila-team, fouis."
    ]
    assert told(world, line(ansvarig_grupp="arbetsgrupp-mobila-team")) == []


def test_cells_as_spreadsheets_and_people_write_them_are_read(world: World) -> None:
    found = plan(
        world,
        line(ansvarig_grupp="Arbetsgruppen\xa0mobila  team", decided_on="22 november 2024", since="45670"),
    )

    [one] = found.new
    assert (one.checked.decided_on, one.checked.since) == (date(2024, 11, 22), date(2025, 1, 13))


def test_another_countys_bodies_organisations_and_people_are_unknown(world: World) -> None:
    stranger = in_other_county()
    Organisation.objects.filter(county__code="annat", name="Flens kommun").update(name="Fjärran kommun")

    found = told(world, line(handlaggare=stranger.email, omfattning__deltagare="Fjärran kommun"))

    assert [problem.partition(": ")[0] for problem in found] == [
        "Rad 2, Handläggare e-post (I2)",
        "Rad 2, Deltagande organisationer (P2)",
    ]


def test_the_number_of_statements_does_not_grow_with_the_check_of_more_rows(
    world: World, django_assert_max_num_queries: Any
) -> None:
    world.officer  # noqa: B018 - made before statements are counted
    with django_assert_max_num_queries(40):
        plan(world, *(line(titel=f"Satsning {number}", handlaggare=world.officer.email) for number in range(200)))


def test_the_command_registers_a_file_and_passes_over_what_is_there(world: World, tmp_path: Path) -> None:
    file, out = tmp_path / "satsningar.xlsx", StringIO()
    file.write_bytes(sheet(line(), line(titel="En till")))
    options: dict[str, Any] = {"county": "sormland", "address": world.coordinator.email, "stdout": out}

    call_command("register_satsningar", str(file), check=True, **options)
    assert not Satsning.objects.exists()
    call_command("register_satsningar", str(file), **options)
    call_command("register_satsningar", str(file), **options)

    assert Satsning.objects.count() == 2
    assert "2 satsningar registered, 0 were there already." in out.getvalue()
    assert "0 satsningar registered, 2 were there already." in out.getvalue()
    assert journal.verify(world.county.pk, world.county.name) == (2, None)


def test_the_command_refuses_in_words(world: World, tmp_path: Path) -> None:
    file = tmp_path / "satsningar.xlsx"
    file.write_bytes(sheet(line(station="Beslut")))
    stod: dict[str, Any] = {"county": "sormland", "address": world.coordinator.email}

    for path, options, words in (
        (file, stod, "Rad 2, Steg"),
        (tmp_path / "ingen.xlsx", stod, "cannot be read"),
        (file, stod | {"county": "inget"}, "no county"),
        (file, stod | {"address": world.author.email}, "may not register"),
        (file, stod | {"address": "ingen@exempel.test"}, "may not register"),
    ):
        with pytest.raises(CommandError, match=words):
            call_command("register_satsningar", str(path), **options)
    assert not Satsning.objects.exists()


@pytest.mark.parametrize("kind", ["styrgrupp", "beredningsgrupp", "organisation"])
def test_a_body_that_takes_no_cases_is_no_ansvarig_grupp(world: World, kind: str) -> None:
    body = Body.objects.filter(county=world.county, kind=kind)[0]

    for preparing in (None, world.body(BEREDNING).name):
        [problem] = told(world, line(ansvarig_grupp=body.name, beredningsgrupp=preparing))

        assert f"{body.name} svarar inte för satsningar i länet. Välj bland " in problem
        assert GROUP in problem


@pytest.mark.parametrize("code", [STYRGRUPP, ARBETSGRUPP])
def test_a_body_that_takes_up_no_cases_prepares_none(world: World, code: str) -> None:
    body = world.body(code)

    [problem] = told(world, line(beredningsgrupp=body.name))

    assert f"{body.name} tar inte upp satsningar i " in problem
    assert world.body(BEREDNING).name in problem


def test_a_body_that_takes_up_cases_prepares_those_it_is_named_for(world: World) -> None:
    assert told(world, line(beredningsgrupp=world.body(BEREDNING).name)) == []


def test_the_sheet_does_not_tell_who_has_an_account(world: World) -> None:
    neighbour = in_other_county()

    known, unknown = (told(world, line(handlaggare=address)) for address in (neighbour.email, "ingen@exempel.test"))

    assert len(known) == 1
    assert known == unknown


def test_unknown_step_is_told_beside_an_unknown_group(world: World) -> None:
    found = told(world, line(ansvarig_grupp="Finns inte", station="Finns inte"), line(ansvarig_grupp="Finns inte"))

    assert [problem.partition(": ")[0] for problem in found] == [
        "Rad 2, Ansvarig grupp (B2)",
        "Rad 2, Steg (D2)",
        "Rad 3, Ansvarig grupp (B3)",
    ]
