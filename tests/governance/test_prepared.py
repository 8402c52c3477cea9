"""Statements that are planned once: kept, counted, and the same where plans cannot be kept."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.test.utils import CaptureQueriesContext

from governance import prepared
from governance.models import County, Organisation

_BY_CODE = "SELECT id, name FROM governance_county WHERE code = %(code)s"


def plans() -> list[str]:
    """Return the statements that the connection keeps plans of."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements WHERE NOT from_sql")
        return [row[0] for row in cursor.fetchall()]


@pytest.fixture
def county(db: None) -> County:
    return County.objects.create(code="litet", name="Litet län")


def test_plan_is_kept_from_the_first_time(county: County) -> None:
    assert prepared.fetch_all(_BY_CODE, {"code": "litet"}) == [(county.pk, "Litet län")]
    assert prepared.fetch_one(_BY_CODE, {"code": "annat"}) is None
    assert plans().count("SELECT id, name FROM governance_county WHERE code = $1") == 1


def test_values_that_look_cheaper_are_not_planned_anew(county: County) -> None:
    several = "SELECT id FROM governance_county WHERE id = ANY(%(ids)s::bigint[]) ORDER BY id"
    for _ in range(8):
        prepared.fetch_all(several, {"ids": [county.pk]})
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT generic_plans, custom_plans FROM pg_prepared_statements WHERE statement = %s",
            ["SELECT id FROM governance_county WHERE id = ANY($1::bigint[]) ORDER BY id"],
        )
        assert cursor.fetchall() == [(8, 0)]


@pytest.mark.django_db(databases=["default", "owner"])
def test_only_the_connection_of_the_application_is_told_to() -> None:
    modes = {}
    for alias in ("default", "owner"):
        with connections[alias].cursor() as cursor:
            cursor.execute("SELECT current_setting('plan_cache_mode'), current_setting('jit')")
            modes[alias] = cursor.fetchone()
    assert modes == {"default": ("force_generic_plan", "off"), "owner": ("auto", "on")}


def test_no_plan_is_kept_where_the_settings_forbid_it(county: County, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.connection, "prepare_threshold", None)
    assert prepared.fetch_one(_BY_CODE, {"code": "litet"}) == (county.pk, "Litet län")
    assert "SELECT id, name FROM governance_county WHERE code = $1" not in plans()


def test_statement_works_after_a_rollback_has_dropped_the_plans(county: County) -> None:
    prepared.fetch_one(_BY_CODE, {"code": "litet"})
    with pytest.raises(IntegrityError), transaction.atomic():
        prepared.insert([County(code="litet", name="En gång till")])
    assert prepared.fetch_one(_BY_CODE, {"code": "litet"}) == (county.pk, "Litet län")


def test_statement_is_counted_as_django_counts(county: County) -> None:
    with CaptureQueriesContext(connection) as seen:
        prepared.fetch_one(_BY_CODE, {"code": "litet"})
    assert [query["sql"] for query in seen.captured_queries] == [_BY_CODE]


def test_rows_are_added_in_one_statement(county: County) -> None:
    rows = [Organisation(county=county, code=code, name=code.title(), kind="kommun") for code in ("ett", "två")]
    with CaptureQueriesContext(connection) as seen:
        prepared.insert(rows)
        prepared.insert([])
    assert len(seen) == 1
    assert list(Organisation.objects.filter(county=county).values_list("code", "kommunkod")) == [
        ("ett", ""),
        ("två", ""),
    ]


def test_objects_are_those_that_the_models_read(county: County) -> None:
    Organisation.objects.create(county=county, code="ett", name="Ett", kind="kommun", ended_on=date(2026, 1, 31))
    columns = f"{prepared.columns_of(Organisation, 'o')}, {prepared.columns_of(County, 'c')}"
    joined = "governance_organisation o LEFT JOIN governance_county c ON c.id = o.county_id AND c.code = %s"
    for code, found in (("litet", county), ("annat", None)):
        row = prepared.fetch_one(f"SELECT {columns} FROM {joined}", [code])  # noqa: S608 - the models' own names
        assert row is not None
        organisation, held = prepared.instances_of(row, Organisation, County)
        assert organisation == Organisation.objects.get()
        assert organisation.ended_on == date(2026, 1, 31)
        assert held == found
