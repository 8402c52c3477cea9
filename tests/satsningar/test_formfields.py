"""The fields of forms: what they read, and the sentence they answer bad input with."""

from datetime import date
from typing import Any

import pytest
from django import forms
from django.core.exceptions import ValidationError

from satsningar.formfields import DayField, LineField, MarkdownField
from satsningar.widgets import MoneyInput


def test_money_is_shown_with_no_break_spaces_and_mistypings_as_typed() -> None:
    assert MoneyInput().format_value(1250000) == "1\xa0250\xa0000"
    assert MoneyInput().format_value("tio") == "tio"
    assert MoneyInput().format_value(None) is None


@pytest.mark.parametrize("typed", ["1899-12-31", "2101-01-01"])
def test_day_refuses_days_nobody_means(typed: str) -> None:
    with pytest.raises(ValidationError, match="Datumet ska ligga mellan 1900-01-01 och 2100-12-31"):
        DayField().clean(typed)


@pytest.mark.parametrize("typed", ["i morgon", "2026-02-30", "11/03/2026", "0000-00-00"])
def test_day_refuses_what_is_no_day(typed: str) -> None:
    with pytest.raises(ValidationError, match="Skriv datumet som år, månad, dag"):
        DayField().clean(typed)


def test_day_reads_what_browsers_send() -> None:
    assert DayField().clean("2026-11-03") == date(2026, 11, 3)


@pytest.mark.parametrize("field", [LineField(max_length=10), MarkdownField(max_length=10)])
def test_texts_have_a_limit_that_says_so(field: forms.Field) -> None:
    with pytest.raises(ValidationError, match=r"skriv högst 10 tecken \(nu 100000\)"):
        field.clean("a" * 100_000)


@pytest.mark.parametrize(
    ("field", "typed", "read"),
    [
        (LineField(), " Mobila\x00 team\n", "Mobila team"),
        (MarkdownField(), "\uf0b7\tEtt\r\n\uf0b7\tTvå\x00", "- Ett\n- Två"),
        (LineField(required=False), "\x00", ""),
    ],
)
def test_texts_are_normalised_on_their_way_in(field: forms.Field, typed: str, read: Any) -> None:
    assert field.clean(typed) == read
