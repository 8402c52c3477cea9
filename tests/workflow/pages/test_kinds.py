"""What pages show of a pre-study, of a condition on cost and of a second body that decides."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from governance.models import Person
from governance.vocabulary import Role
from satsningar import content
from satsningar.cost import cost_of
from satsningar.vocabulary import PartCode
from tests.factories import orebro
from tests.workflow.hands import Hands
from tests.workflow.test_orebro import BEREDER, GROUP, LEDNING, LIMIT, MUNICIPALITIES, NAMND, to_study, to_table
from workflow.rights import path_of
from workflow.selectors.steps import steps_of
from workflow.selectors.timeline import entries_of, visited


@pytest.fixture
def hands(db: None) -> Hands:
    """Return Örebro län with everybody who votes in its seats."""
    found = Hands(orebro())
    found.voters(LEDNING, ("region-orebro-lan", *MUNICIPALITIES[:7]))
    found.voters(NAMND, ("region-orebro-lan", *MUNICIPALITIES[:4]))
    found.make(GROUP)
    return found


def text(person: Person, name: str, *args: object) -> str:
    """Return what a page shows somebody, without tags and with plain spaces."""
    client = Client()
    client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get(reverse(name, args=args))
    assert response.status_code == 200, response.status_code
    shown = re.sub(r"<[^>]*>", " ", response.content.decode()).replace("\xa0", " ")
    return " ".join(shown.split())


def test_case_says_why_a_move_is_not_open_to_its_cost_and_offers_the_other(hands: Hands) -> None:
    to_table(hands, LIMIT + 1)

    shown = text(hands.person(LEDNING, Role.SEKRETERARE), "satsning", hands.id)

    assert "”Bifall” gäller satsningar som kostar högst 5 000 000 kr. Den här kostar 5 000 001 kr." in shown
    assert "Allt som behövs för ”lämna över till samverkansnämnden” är på plats." in shown
    assert "ligger på bordet hos länsledningsgruppen för god och nära vård" in text(
        hands.author, "del", hands.id, "uppdrag"
    )


def test_move_to_the_namnd_names_both_bodies_and_the_cost(hands: Hands) -> None:
    to_table(hands, LIMIT + 1)

    shown = text(hands.person(LEDNING, Role.SEKRETERARE), "gor", hands.id, "overlamna")

    assert "Länsledningsgruppen för god och nära vård lämnar över förslaget." in shown
    assert "Kostnad 5 000 001 kr" in shown
    assert "Går till Samverkansnämnden i Örebro län" in shown


def test_papers_lie_with_the_body_that_decides(hands: Hands) -> None:
    to_table(hands, LIMIT + 1)
    hands.decide("overlamna", LEDNING)
    member, secretary = hands.person(NAMND, Role.LEDAMOT), hands.person(NAMND, Role.SEKRETERARE)

    assert "Närkes värmande mantel" in text(member, "mitt_arbete")
    assert "Närkes värmande mantel" not in text(hands.person(LEDNING, Role.SEKRETERARE), "mitt_arbete")
    assert "På bordet hos Samverkansnämnden i Örebro län" in text(secretary, "satsning", hands.id)
    form = text(secretary, "gor", hands.id, "bifall")
    assert form.count("Exempelhand") >= 5
    assert "ligger på bordet hos samverkansnämnden i Örebro län" in text(hands.author, "del", hands.id, "uppdrag")
    assert "Beslut i nämnden" in text(hands.person("stod-orebro", Role.SAMORDNARE), "laget")
    laget = text(hands.person("stod-orebro", Role.SAMORDNARE), "laget")
    assert "Samverkansnämnden i Örebro län" in laget.split("Beslut i nämnden", 1)[1]


def test_report_of_the_pre_study_is_a_part_where_there_is_one(hands: Hands) -> None:
    to_table(hands)
    assert "Förstudierapport" not in text(hands.author, "satsning", hands.id)
    hands.decide("bifall", LEDNING)
    assert "Starta förstudien" in text(hands.author, "satsning", hands.id)
    hands.act("starta_forstudie")

    shown = text(hands.author, "satsning", hands.id)
    assert "Förstudierapport Inte påbörjad" in shown
    assert "6 saker saknas för ”beslut efter förstudie”" in shown
    assert "Vad förstudien skulle ta reda på" in text(hands.author, "del", hands.id, "forstudierapport")


def test_proposed_changes_of_a_pre_study_are_shown_before_it_is_decided(hands: Hands) -> None:
    to_study(hands)
    hands.write(PartCode.FORSTUDIERAPPORT)
    hands.propose(PartCode.UPPDRAG, malgrupp="Alla.")
    hands.bring(BEREDER, "beslut_efter_forstudie")

    shown = text(hands.person(LEDNING, Role.SEKRETERARE), "gor", hands.id, "beslut_efter_forstudie")

    assert "Föreslagna ändringar Uppdrag" in shown
    assert "Vart går satsningen?" in shown
    assert "Beslutad" in shown
    assert "Avslagen" in shown


def test_steps_show_the_bodies_that_the_case_meets(hands: Hands) -> None:
    def steps() -> list[str]:
        path = path_of(hands.case)
        seen = visited(entries_of(hands.id), path)
        cost = cost_of(content.read(hands.id).parts)
        shown = steps_of(path, hands.case.station, seen, "", cost)
        return [step["name"] for step in shown if step["name"].startswith("Beslut i")]

    hands.propose_all()
    assert steps() == ["Beslut i länsledningen"]
    hands.cost(LIMIT + 1)
    assert steps() == ["Beslut i länsledningen", "Beslut i nämnden"]
    hands.cost(LIMIT)
    to_table(hands, LIMIT)
    hands.decide("bifall", LEDNING)
    hands.act("starta_forstudie")
    assert steps() == ["Beslut i länsledningen"]


def test_journal_tells_what_was_done(hands: Hands) -> None:
    to_table(hands, LIMIT + 1)
    hands.decide("overlamna", LEDNING)
    hands.decide("bifall", NAMND)
    hands.act("starta_forstudie")

    shown = text(hands.author, "satsning", hands.id)

    assert "Lämna över till Samverkansnämnden → Beslut i nämnden" in shown
    assert "Startade förstudien → Förstudie" in shown
