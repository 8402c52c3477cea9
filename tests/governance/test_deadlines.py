"""Last days in working days, against a plain count of days."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.countyfile import CountyFileError, read_county
from governance.deadlines import Frister, began_too_early, frister_of, last_day, workdays_between
from governance.vocabulary import Eskalering, Rundfrist
from governance.workdays import is_workday

DAYS = st.dates(date(2024, 1, 1), date(2030, 12, 31))
DAY = timedelta(days=1)


def counted(began: date, days: int) -> date:
    """Return the day by which so many working days have passed after `began`, one calendar day at a time."""
    day = began
    while days:
        day += DAY
        days -= 1 if is_workday(day) else 0
    return day


@given(DAYS, st.integers(1, 60))
def test_last_day_is_so_many_working_days_after_the_first(began: date, days: int) -> None:
    assert last_day(began, days) == counted(began, days)


@given(DAYS, st.integers(-40, 40))
def test_working_days_between_are_those_that_are_passed(day: date, distance: int) -> None:
    other = day + distance * DAY
    first, last = min(day, other), max(day, other)
    passed = sum(is_workday(first + number * DAY) for number in range(1, (last - first).days + 1))

    assert workdays_between(day, other) == (passed if distance >= 0 else -passed)


@given(DAYS, st.integers(1, 30), st.integers(-45, 10))
def test_what_is_late_is_what_began_before_one_day(today: date, days: int, distance: int) -> None:
    began = today + distance * DAY

    assert (last_day(began, days) < today) == (began < began_too_early(days, today))


@given(
    st.builds(
        Frister,
        before=st.integers(1, 9),
        after=st.integers(1, 9),
        escalate=st.integers(10, 30),
        to=st.sampled_from(Eskalering),
        rounds=st.dictionaries(st.sampled_from(Rundfrist), st.integers(1, 90)),
    )
)
def test_rules_are_stored_and_read_back(frister: Frister) -> None:
    assert frister_of(frister.stored) == frister


SORMLAND = "governance/counties/sormland.toml"


@pytest.mark.parametrize(
    ("line", "becomes", "said"),
    [
        ("tid_arbetsdagar = 10", "tid_arbetsdagar = 0", "Talet ligger utanför 1–750."),
        ("tid_arbetsdagar = 10", 'tid_arbetsdagar = "tio"', "ett heltal från 1 till 750"),
        ("paminn_efter = 2", "paminn_efter = 20", "förs vidare innan någon har blivit påmind"),
        ("remiss = 20", "remis = 20", "remis"),
        ('slag = "slutford"', 'slag = "slutford"\ntid_arbetsdagar = 5', "Ett avslutande steg har ingen sista dag."),
    ],
)
def test_a_county_file_that_says_it_wrong_is_told_where(line: str, becomes: str, said: str) -> None:
    with open(SORMLAND, encoding="utf-8") as file:  # noqa: PTH123 - the file as it lies
        text = file.read()
    assert line in text

    with pytest.raises(CountyFileError) as refused:
        read_county(text.replace(line, becomes, 1))

    assert any(said in f"{problem.message} {problem.remedy}" for problem in refused.value.problems)
