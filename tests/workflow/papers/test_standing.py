"""What stands first on a paper: granted avsteg, that a case was registered afterwards, and what it was begun from."""

from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.vocabulary import StationKind
from satsningar.models import Satsning
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from tests.workflow.avsteg.conftest import BECAUSE, REASON, Asking
from tests.workflow.papers.making import bare_matter
from tests.workflow.papers.test_case import PROPOSAL, paper_of, said, sections
from tests.workflow.papers.test_same_words import check
from tests.workflow.world import ARBETSGRUPP, World
from workflow.beginnings.copying import mark_reviewed
from workflow.beginnings.sources import find_start
from workflow.creation import create_satsning
from workflow.papers.case import case_paper
from workflow.papers.matter import Scope
from workflow.papers.reading import matter_of
from workflow.papers.value import Facts, Heading, Paper, words
from workflow.registration.actions import register
from workflow.registration.entries import Entry
from workflow.rights import viewer
from workflow.selectors.cases import readable_case

GRANTED = "Medgivna avsteg"


@pytest.fixture
def asking(world: World) -> Asking:
    return Asking(world)


def rows_below(paper: Paper, title: str) -> dict[str, str]:
    """Return the short answers that stand next below a heading."""
    at = next(n for n, block in enumerate(paper.blocks) if isinstance(block, Heading) and block.text == title)
    facts = paper.blocks[at + 1]
    assert isinstance(facts, Facts)
    return {term: words(answer) for term, answer in facts.rows}


def brought_without_economy(world: World, asking: Asking) -> Satsning:
    """Return a case on the table whose economy was waived."""
    satsning = asking.without_economy()
    asking.granted(satsning)
    world.state(satsning)
    world.do(satsning, "anmal", world.officer)
    return world.fresh(satsning)


@pytest.mark.parametrize("scope", Scope)
def test_granted_one_stands_first_in_every_scope_with_who_and_why(world: World, asking: Asking, scope: Scope) -> None:
    satsning = asking.without_economy()
    asking.granted(satsning)

    paper = paper_of(world, satsning, scope)

    assert sections(paper)[0] == GRANTED
    rows = rows_below(paper, "Ekonomin är komplett, beslut")
    today = paper.printed_on.isoformat()
    assert list(rows) == ["Grind", "Saknas", "Begärt av", "Medgivet av"]
    assert rows["Grind"] == "Beslut"
    assert rows["Begärt av"] == f"{world.author.name}, {world.body(ARBETSGRUPP).name}, {today}"
    assert rows["Medgivet av"] == f"{asking.chair.name}, Länsstyrgruppen, {today}"
    text = said(paper)
    assert text.count(REASON) == (2 if scope is Scope.HISTORY else 1)
    assert text.count(BECAUSE) == (2 if scope is Scope.HISTORY else 1)


def test_decision_papers_say_what_was_let_through_and_what_came_later(world: World, asking: Asking) -> None:
    satsning = world.carried_to(StationKind.BREDDINFORANDE)
    world.fill(satsning, PartCode.LAGE, PartCode.SLUTRAPPORT)
    world.bring(satsning, "slutfor")
    world.clear_report(satsning)
    asking.granted(satsning, "slutrapport", "slut")

    rows = rows_below(paper_of(world, satsning), "Slutrapport med lärdomar, slut")

    assert rows["Medgivet"] == "Efter anmälan till beslut"
    assert rows["Saknas"]


def test_decided_case_keeps_the_avsteg_first_and_says_that_the_gate_is_passed(world: World, asking: Asking) -> None:
    satsning = brought_without_economy(world, asking)
    world.decide(satsning, "bifall")

    paper = paper_of(world, satsning)

    assert sections(paper)[:2] == [GRANTED, "Beslut"]
    rows = rows_below(paper, "Ekonomin är komplett, beslut")
    assert rows["Läge"] == "Medgivet, grinden är passerad"
    assert rows["Saknas"]
    assert rows["Gällde till"].startswith("”Bifall”, ")
    assert rows_below(paper, "Bifall, § 1")["Med avsteg från"] == "Ekonomin är komplett"


def test_revision_has_those_that_it_was_frozen_with_and_no_other(world: World, asking: Asking) -> None:
    satsning = brought_without_economy(world, asking)
    world.decide(satsning, "bifall")
    tabled = satsning.beslut.get().revision.number
    asking.granted(satsning, "resurser_bekraftade", "start")

    then, first, now = (
        paper_of(world, satsning, revision=tabled),
        *(paper_of(world, satsning, Scope.HISTORY, revision=number) for number in (1, 0)),
    )

    assert "har bekräftat sina resurser, start" not in said(then)
    assert list(rows_below(then, "Ekonomin är komplett, beslut")) == ["Grind", "Saknas", "Begärt av", "Medgivet av"]
    assert sections(first)[0] == "Uppdrag"
    assert "Begäranden om avsteg" in sections(first)
    assert [block.text for block in now.blocks if isinstance(block, Heading) and block.level == 2][:2] == [
        "Ekonomin är komplett, beslut",
        "Varje deltagande organisation har bekräftat sina resurser, start",
    ]


def test_revision_of_a_decision_has_those_granted_after_the_matter_was_brought(world: World, asking: Asking) -> None:
    satsning = world.carried_to(StationKind.BREDDINFORANDE)
    world.fill(satsning, PartCode.LAGE, PartCode.SLUTRAPPORT)
    world.bring(satsning, "slutfor")
    world.clear_report(satsning)
    asking.granted(satsning, "slutrapport", "slut")
    world.decide(satsning, "slutfor")
    number = satsning.beslut.get(move="slutfor").revision.number

    assert "Slutrapport med lärdomar, slut" in said(paper_of(world, satsning, revision=number))


def test_unanswered_and_denied_ones_stand_in_the_history_alone(world: World, asking: Asking) -> None:
    satsning = asking.without_economy(also=(PartCode.RESURSER,))
    asking.answer(asking.ask(satsning), "avslaget", reason="Ekonomin måste vara klar.")
    asking.ask(satsning, "del_resurser")

    assert "Begäranden om avsteg" not in sections(paper_of(world, satsning))
    paper = paper_of(world, satsning, Scope.HISTORY)

    assert GRANTED not in sections(paper)
    assert sections(paper)[-3:] == ["Begäranden om avsteg", "Revisioner", "Händelser"]
    denied, asked = (
        rows_below(paper, "Ekonomin är komplett, beslut"),
        rows_below(paper, "Resurserna är kompletta, beslut"),
    )
    assert (denied["Läge"], asked["Läge"]) == ("Avslaget", "Väntar på svar")
    assert denied["Avslaget av"].startswith(asking.chair.name)
    assert "Ekonomin måste vara klar." in said(paper)


def test_case_registered_afterwards_is_marked_first_for_ever(world: World) -> None:
    entered = Entry(
        ansvarig_grupp=world.body(ARBETSGRUPP),
        titel="Trygg hemgång",
        station="genomforande",
        decided_on=date(2024, 11, 22),
        source="LSG protokoll 2024-11-22 § 31",
        since=date(2025, 1, 13),
    )
    id_, _ = register(entered, actor=world.coordinator)
    satsning = Satsning.objects.get(pk=id_)

    for scope in Scope:
        paper = paper_of(world, satsning, scope)
        day = paper.printed_on
        assert paper.marks == (
            f"Registrerad i efterhand {day}. Beslutad 2024-11-22. Källa till beslutet: LSG protokoll 2024-11-22 § 31",
            "Inskrivningen pågår: det som saknas här kan finnas på annat håll.",
        )


def test_case_begun_from_another_says_from_what_and_what_is_not_looked_through(world: World) -> None:
    earlier = world.carried_to(StationKind.BESLUTAD)
    start = find_start(viewer(world.author), f"satsning-{earlier.pk}")
    id_, _ = create_satsning(world.body(ARBETSGRUPP), "Andra försöket", actor=world.author, start=start)
    satsning = Satsning.objects.get(pk=id_)
    for part in set(DECIDED_PARTS) - {PartCode.EKONOMI, PartCode.RESURSER}:
        mark_reviewed(satsning.pk, part, actor=world.author)

    found = readable_case(viewer(world.author), satsning.pk)
    paper = case_paper(matter_of(found, Scope.PARTS), Scope.PARTS)

    facts = {term: words(answer) for term, answer in paper.facts.rows}
    assert facts["Bygger på"] == f"Mobila team i hela länet ({earlier.reference})"
    assert facts["Kopierat därifrån"] == ", ".join(PROPOSAL)
    assert paper.marks[-1] == "Kopierat och inte genomgånget: resurser, ekonomi."


def test_report_of_a_forstudie_stands_among_the_parts_once_it_is_written() -> None:
    written: dict[str, Any] = {"forstudierapport": {"resultat": "Det går att göra i hela länet."}}

    assert sections(case_paper(bare_matter(written), Scope.PARTS))[-1] == "Förstudierapport"
    assert sections(case_paper(bare_matter(), Scope.PARTS))[-1] == "Plan för införande"


def test_every_form_says_the_avsteg(world: World, asking: Asking) -> None:
    satsning = brought_without_economy(world, asking)

    check(paper_of(world, satsning, Scope.HISTORY))


def test_many_avsteg_cost_no_more_statements_than_one(world: World, asking: Asking) -> None:
    satsning = asking.without_economy(also=(PartCode.RESURSER, PartCode.UPPFOLJNING, PartCode.INFORANDE))
    counts = []
    for requirement in ("del_ekonomi", "del_resurser", "del_uppfoljning", "del_inforande"):
        asking.granted(satsning, requirement)
        found = readable_case(viewer(world.coordinator), satsning.pk)
        with CaptureQueriesContext(connection) as caught:
            case_paper(matter_of(found, Scope.HISTORY), Scope.HISTORY)
        counts.append(len(caught))

    assert len(set(counts)) == 1
    assert counts[0] <= 15
