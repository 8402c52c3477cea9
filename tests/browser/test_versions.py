"""A new version in the browser: loaded by the command, looked at, tried out, and cases moved to it."""

from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import reverse
from playwright.sync_api import Page, expect

from governance.models import ArendegangVersion
from governance.vocabulary import StationKind
from satsningar.models import Satsning
from tests.browser.conftest import OpenPage
from tests.browser.people import follow, log_in, press, write
from tests.browser.sweeping import faults, sweep
from tests.workflow.versions.helping import (
    put_into_force,
    recoded,
    renamed,
    second_level,
    text_of_version,
    without,
)
from tests.workflow.world import World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CHANGES = (
    recoded("uppfoljning", "utvardering"),
    renamed("utvardering", "Utvärdering"),
    second_level,
    without("komplettering"),
)


@pytest.fixture
def world(transactional_db: None) -> World:
    """Give the county with somebody in every seat."""
    world = make_world()
    world.members()
    return world


@pytest.mark.parametrize("javascript", [True, False])
def test_version_is_loaded_looked_at_and_cases_moved_to_it(
    world: World, open_page: OpenPage, tmp_path: Path, *, javascript: bool
) -> None:
    going, staying = world.carried_to(StationKind.UPPFOLJNING), world.carried_to(StationKind.KOMPLETTERING)
    file = tmp_path / "sormland.toml"
    file.write_text(text_of_version(2, *CHANGES), encoding="utf-8")
    call_command("county", "load", str(file))
    page = log_in(open_page(javascript=javascript), world.coordinator)

    assert _look(page, swept=javascript) == []
    assert _try_out(page, swept=javascript) == []
    write(page, "reason", "Länsstyrgruppen har beslutat om en ny ärendegång.")
    press(page, "Flytta 1 satsning")

    expect(page.get_by_role("heading", level=1)).to_have_text("Flytten är klar")
    assert seen(page, swept=javascript) == []
    assert [world.fresh(case).version.number for case in (going, staying)] == [2, 1]
    page.locator("main").get_by_role("link", name="Mobila team i hela länet", exact=True).last.click()
    expect(page.locator("main")).to_contain_text("Från version 1 (steget Uppföljning) till version 2")
    expect(page.locator("main")).to_contain_text("Utvärdering")
    assert seen(page, swept=javascript) == []


def seen(page: Page, *, swept: bool) -> list[str]:
    """Return what is wrong with the page; nothing is asked of a browser without JavaScript, where axe cannot run."""
    return faults(page) if swept else []


def _look(page: Page, *, swept: bool) -> list[str]:
    """Find the versions from the page of the path, and look at what differs; return what is wrong with the pages."""
    page.goto("/arendegang/")
    follow(page, "Versioner, skillnader och hur många som följer dem")
    expect(page.locator("tbody tr")).to_have_count(2)
    found = seen(page, swept=swept)
    page.locator("main").get_by_role("link", name="Vad som skiljer").click()
    expect(page.locator("svg.path-picture")).to_be_visible()
    expect(page.locator("tbody")).to_contain_text("Utvärdering")
    page.get_by_role("link", name="Visa som tabell").click()
    expect(page.get_by_role("heading", name="Skillnaden som tabell")).to_be_in_viewport()
    found += seen(page, swept=swept)
    page.go_back()
    page.go_back()
    return found


def _try_out(page: Page, *, swept: bool) -> list[str]:
    """Choose every case and try it out; what cannot be moved is named. Return what is wrong with the pages."""
    page.locator("main").get_by_role("link", name="Flytta satsningar").click()
    found = seen(page, swept=swept)
    press(page, "Provkör")
    expect(page.locator("main")).to_contain_text("Välj minst en satsning.")
    found += seen(page, swept=swept)
    for box in page.locator('input[name="satsning"]').all():
        box.check()
    press(page, "Provkör")
    expect(page.get_by_role("heading", level=1)).to_have_text("Så blir det om du flyttar")
    expect(page.locator("main")).to_contain_text("1 kan inte flyttas och står kvar i version 1")
    found += seen(page, swept=swept)
    press(page, "Flytta 1 satsning")
    expect(page.locator("ds-error-summary")).to_contain_text("Skriv varför.")
    return found + seen(page, swept=swept)


def test_pages_of_versions_without_anything_to_move(world: World, open_page: OpenPage) -> None:
    satsning = world.make()
    path = satsning.version.arendegang_id
    page = log_in(open_page(), world.coordinator)

    assert (
        sweep(page, [reverse("versioner", args=[path]), reverse("flytta_satsningar", args=[satsning.version_id])]) == {}
    )

    second = put_into_force(2)
    same = reverse("versionsskillnad", args=[satsning.version_id, second.pk])
    empty = reverse("flytta_satsningar", args=[second.pk])
    assert sweep(page, [same, empty]) == {}
    assert ArendegangVersion.objects.count() == 2
    assert Satsning.objects.filter(version=second).count() == 0


def test_page_of_a_move_on_its_way(world: World, open_page: OpenPage, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(3):
        world.make(f"Satsning {number}")
    put_into_force(2)
    monkeypatch.setattr("workflow.versions.moving.move_some.__kwdefaults__", {"at_most": 1, "seconds": 60.0})
    page = log_in(open_page(), world.coordinator)
    page.goto(reverse("flytta_satsningar", args=[ArendegangVersion.objects.get(number=1).pk]))
    page.get_by_label("Alla 3 pågående i version 1").check()
    press(page, "Provkör")
    write(page, "reason", "Nya regler.")
    press(page, "Flytta 3 satsningar")

    expect(page.get_by_role("heading", level=1)).to_have_text("1 av 3 är klara")
    assert faults(page) == []
    press(page, "Fortsätt")
    press(page, "Fortsätt")
    expect(page.get_by_role("heading", level=1)).to_have_text("Flytten är klar")
