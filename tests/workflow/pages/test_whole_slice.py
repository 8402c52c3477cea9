"""A draft is made, written and handed in by the pages alone."""

import pytest
from django.test import Client
from django.urls import reverse

from satsningar import content
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS
from tests.workflow.world import World


@pytest.fixture
def author(world: World) -> Client:
    client = Client()
    client.force_login(world.author)
    return client


def test_case_is_created_and_shown(world: World, author: Client) -> None:
    group = world.body("arbetsgrupp-mobila-team")

    response = author.post(reverse("ny_satsning"), {"titel": "Mobila team", "ansvarig_grupp": group.pk})

    satsning = Satsning.objects.get()
    assert response.headers["Location"] == reverse("satsning", args=[satsning.pk])
    page = author.get(response.headers["Location"])
    assert page.status_code == 200
    assert "Mobila team" in page.content.decode()
    assert "Lämna in till beredningsgruppen personcentrering" in page.content.decode()


def test_part_is_saved(world: World, author: Client) -> None:
    satsning = world.make()
    url = reverse("del", args=[satsning.pk, "uppdrag"])
    assert author.get(url).status_code == 200

    response = author.post(url, {"version": 1, "titel": "Ny titel", "syfte": "Att prova."})

    assert response.status_code == 302
    assert content.read(satsning.pk).part("uppdrag")["syfte"] == "Att prova."


def test_draft_is_handed_in(world: World, author: Client) -> None:
    satsning = world.make()
    world.fill(satsning, *DECIDED_PARTS)
    url = reverse("gor", args=[satsning.pk, "lamna_in"])
    page = author.get(url)
    assert page.status_code == 200

    edition = world.fresh(satsning).edition
    response = author.post(url, {"edition": edition})

    assert response.status_code == 302
    assert world.fresh(satsning).station == "inlamnad"
    assert author.get("/").status_code == 200
