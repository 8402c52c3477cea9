"""How sums, dates, steps and lists look on a page."""

import datetime as dt
from typing import Any

import pytest
from django.core.paginator import Paginator
from django.template import Context, Template
from django.test import RequestFactory

from governance.vocabulary import StationKind
from workflow.templatetags.satsningar_tags import STATION_COLOURS

MOMENT = dt.datetime(2026, 11, 3, 13, 5, tzinfo=dt.UTC)


def shown(source: str, **context: Any) -> str:
    return Template("{% load satsningar_tags %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("source", "value", "text"),
    [
        ("{{ value|money }}", 1250000, "1\xa0250\xa0000\xa0kr"),
        ("{{ value|money }}", None, ""),
        ("{{ value|money }}", 0, "0\xa0kr"),
        ("{{ value|number }}", -1204, "\u22121\xa0204"),
        ("{{ value|clock }}", MOMENT, "14.05"),
        ("{{ value|iso_date }}", MOMENT.date(), '<time class="s-nowrap" datetime="2026-11-03">2026-11-03</time>'),
        ("{{ value|long_date }}", MOMENT, '<time datetime="2026-11-03">3\xa0november\xa02026</time>'),
        ("{{ value|iso_date }}", None, ""),
        ("{{ value|markdown }}", None, ""),
    ],
)
def test_values_are_written_as_swedish_authorities_write(source: str, value: Any, text: str) -> None:
    assert shown(source, value=value) == text


def test_moment_is_stockholm_time() -> None:
    assert "2026-11-03\xa014.05" in shown("{{ value|moment }}", value=MOMENT)


def test_every_kind_of_step_has_one_of_five_colours() -> None:
    assert set(STATION_COLOURS) == set(StationKind.values)
    assert set(STATION_COLOURS.values()) == {"neutral", "info", "warning", "success", "danger"}


def test_station_tag_escapes_its_name() -> None:
    assert shown('{% station_tag "beslut" name %}', name="<b>") == (
        '<span class="ds-tag s-tag" data-color="warning">&lt;b&gt;</span>'
    )


def test_sorting_turns_round_and_keeps_the_filters() -> None:
    request = RequestFactory().get("/satsningar/?q=mobil&sortera=titel&sida=3")

    html = shown('{% sort_heading "Titel" "titel" %}{% sort_heading "Steg" "steg" %}', request=request)

    assert 'aria-sort="ascending"' in html
    assert 'href="?q=mobil&amp;sortera=-titel"' in html
    assert 'href="?q=mobil&amp;sortera=steg"' in html


def test_pagination_shows_the_ends_and_the_neighbours() -> None:
    request = RequestFactory().get("/satsningar/?q=mobil&sida=6")

    html = shown("{% pagination page %}", request=request, page=Paginator(range(230), 20).page(6))

    assert [number for number in range(1, 13) if f'aria-label="Sida {number}"' in html] == [1, 5, 6, 7, 12]
    assert 'href="?q=mobil&amp;sida=5"' in html
    assert "Visar 101–120 av 230" in html


def test_pagination_of_one_page_is_not_shown() -> None:
    assert shown("{% pagination page %}", request=None, page=Paginator(range(3), 20).page(1)).strip() == ""


def test_stepper_says_where_the_case_is() -> None:
    html = shown(
        "{% stepper steps %}",
        steps=[
            {"name": "Utkast", "state": "done"},
            {"name": "Beredning", "state": "current"},
            {"name": "Beslut", "state": "coming"},
        ],
    )

    assert "Steg 2 av 3: Beredning" in html
    assert html.count('aria-current="step"') == 1
    assert "(klart)" in html
