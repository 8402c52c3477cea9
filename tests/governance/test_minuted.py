"""The paragraph that decided a version or a fokusområde: written once by a meeting, untouched by county files."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from governance.countyfile import load
from governance.countyfile.stored import read_stored
from governance.errors import Refused
from governance.minuted import record_paragraph
from governance.models import ArendegangVersion, Fokusomrade
from governance.permissions import today
from tests.governance.conftest import SORMLAND

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)
WHO = "Länsstyrgruppen"


def decided() -> list[ArendegangVersion | Fokusomrade]:
    return [ArendegangVersion.objects.latest("pk"), Fokusomrade.objects.earliest("pk")]


def test_a_decision_is_kept_with_what_it_decided(sormland: None) -> None:
    for row in decided():
        record_paragraph(row, paragraph=" §  14 ", decided_on=DAY, decided_by=WHO)
        row.refresh_from_db()
        assert (row.decided_paragraph, row.minuted_on, row.minuted_by) == ("§ 14", DAY, WHO)


def test_the_paragraph_is_none_of_the_county_files_business(sormland: None) -> None:
    before = read_stored("sormland").spec
    digests = set(ArendegangVersion.objects.values_list("digest", flat=True))
    for row in decided():
        record_paragraph(row, paragraph="§ 14", decided_on=DAY, decided_by=WHO)
    assert not load(SORMLAND)
    assert read_stored("sormland").spec == before
    assert set(ArendegangVersion.objects.values_list("digest", flat=True)) == digests
    renamed = SORMLAND.replace('namn = "Personcentrering"', 'namn = "Personcentrering i länet"')
    assert "Personcentrering i länet" in str(load(renamed))
    assert [row.decided_paragraph for row in decided()] == ["§ 14", "§ 14"]


def test_the_same_decision_again_changes_nothing_and_an_earlier_one_is_refused(sormland: None) -> None:
    for row in decided():
        record_paragraph(row, paragraph="§ 14", decided_on=DAY, decided_by=WHO)
        record_paragraph(row, paragraph="§ 14", decided_on=DAY, decided_by=WHO)
        for day in (DAY, DAY - timedelta(1)):
            with pytest.raises(Refused, match=r"redan fört: Länsstyrgruppen 2026-11-03, § 14\. Bara ett senare"):
                record_paragraph(row, paragraph="§ 15", decided_on=day, decided_by=WHO)
        later = record_paragraph(row, paragraph="§ 20", decided_on=DAY + timedelta(1), decided_by="NSV")
        assert (later.decided_paragraph, later.minuted_by) == ("§ 20", "NSV")


@pytest.mark.parametrize(
    ("paragraph", "days", "who", "said"),
    [
        (" ", 0, WHO, "paragrafen med 1–40 tecken"),
        ("§" * 41, 0, WHO, "paragrafen med 1–40 tecken"),
        ("§ 1", 1, WHO, "har inte varit"),
        ("§ 1", 0, "", "organet med 1–150 tecken"),
    ],
)
def test_what_is_no_decision_is_refused(sormland: None, paragraph: str, days: int, who: str, said: str) -> None:
    for row in decided():
        with pytest.raises(Refused, match=said):
            record_paragraph(row, paragraph=paragraph, decided_on=today() + timedelta(days), decided_by=who)
        row.refresh_from_db()
        assert row.minuted_on is None


def test_the_database_takes_no_half_of_a_decision(sormland: None) -> None:
    for model in (ArendegangVersion, Fokusomrade):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {model._meta.db_table} SET decided_paragraph = '§ 1'")  # noqa: S608 - our own name
