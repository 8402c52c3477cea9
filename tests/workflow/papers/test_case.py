"""What a paper on a case holds: the acts, the parts, a revision as it was, and no more than every reader may see."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from governance.vocabulary import Role, StationKind
from satsningar.models import Handling, Satsning
from satsningar.revisions import RevisionDamaged
from tests.workflow.pages.helping import at, url
from tests.workflow.papers.making import bare_matter
from tests.workflow.world import World
from workflow.documents import add_files, mark_secrecy
from workflow.papers.case import case_paper
from workflow.papers.matter import Scope
from workflow.papers.reading import matter_of, source_of
from workflow.papers.tokens import blocks_of
from workflow.papers.value import Heading, Paper, Paragraph, Table, texts_of, words
from workflow.rights import viewer
from workflow.selectors.cases import readable_case


def paper_of(world: World, satsning: Satsning, scope: Scope = Scope.WHOLE, revision: int = 0) -> Paper:
    found = readable_case(viewer(world.coordinator), satsning.pk)
    source = source_of(found, revision) if revision else None
    return case_paper(matter_of(found, scope, source), scope)


def said(paper: Paper) -> str:
    return "\n".join(texts_of(paper))


def sections(paper: Paper) -> list[str]:
    return [block.text for block in paper.blocks if isinstance(block, Heading) and block.level == 1]


PROPOSAL = [
    "Uppdrag",
    "Koppling till målbilden",
    "Omfattning",
    "Resurser",
    "Ekonomi",
    "Brukarmedverkan",
    "Plan för uppföljning",
    "Plan för införande",
]


def test_draft_holds_its_parts_and_says_that_it_is_a_draft(world: World) -> None:
    paper = paper_of(world, world.make())

    assert sections(paper) == PROPOSAL
    assert paper.marks == ("Utkast: satsningen är inte inlämnad.",)
    assert paper.reference == ""
    assert said(paper).count("Inte ifyllt.") > 20


def test_decided_case_begins_with_what_was_decided(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)

    paper = paper_of(world, satsning)

    around = ["Remisser och bekräftelser", "Handlingar"]
    assert sections(paper) == ["Beslut", *PROPOSAL, "Mätvärden", *around]
    assert paper.reference == world.fresh(satsning).reference
    text = said(paper)
    for expected in ("Bifall, § 1", "Länsstyrgruppen", "Satsningen godkänns.", "Utlåtande: tillstyrkan", "Väl berett."):
        assert expected in text
    assert "Bekräftar" in text
    assert "1\xa0250\xa0000\xa0kr" in text


def test_matter_on_the_table_shows_what_is_proposed(world: World) -> None:
    paper = paper_of(world, world.carried_to(StationKind.BESLUT))

    assert sections(paper)[0] == "Anmäld till beslut"
    assert "Väl berett." in said(paper)


def test_working_statement_is_not_printed(world: World) -> None:
    satsning = world.carried_to(StationKind.BEREDNING)
    world.state(satsning)

    assert "Väl berett." not in said(paper_of(world, satsning, Scope.HISTORY))


def test_scope_chooses_how_much(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)

    assert sections(paper_of(world, satsning, Scope.PARTS)) == PROPOSAL
    whole, history = (sections(paper_of(world, satsning, scope)) for scope in (Scope.WHOLE, Scope.HISTORY))
    assert history == [*whole, "Revisioner", "Händelser"]
    assert "Biföll → Beslutad" in said(paper_of(world, satsning, Scope.HISTORY))


def test_revision_is_printed_as_it_was_frozen(world: World) -> None:
    satsning = world.carried_to(StationKind.GENOMFORANDE)
    first = satsning.revisions.get(number=1)

    paper = paper_of(world, satsning, revision=1)

    assert "Innehållet är revision 1, fryst vid ”Lämna in”" in paper.marks[0]
    assert first.sha256 in said(paper)
    assert sections(paper)[0] == "Uppdrag"
    assert "Beslut" in sections(paper_of(world, satsning, revision=satsning.beslut.get().revision.number))


def test_damaged_revision_is_not_printed(world: World) -> None:
    satsning = world.carried_to(StationKind.INLAMNAD)
    found = readable_case(viewer(world.coordinator), satsning.pk)
    source = source_of(found, 1)
    assert source is not None
    source.revision.content += " "

    with pytest.raises(RevisionDamaged):
        matter_of(found, Scope.WHOLE, source)


def test_document_with_secrecy_is_named_by_its_mark_for_everybody(
    world: World, settings: Settings, tmp_path: Any
) -> None:
    settings.MEDIA_ROOT = tmp_path
    satsning = world.carried_to(StationKind.BESLUTAD)
    sent = SimpleUploadedFile("riskanalys-kvarnsten.png", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40)
    [bilaga] = add_files(satsning.pk, [sent], actor=world.author)
    assert "riskanalys-kvarnsten" in said(paper_of(world, satsning))

    mark_secrecy(satsning.pk, bilaga.handling.pk, "OSL 25 kap. 1 §", actor=world.author)

    text = said(paper_of(world, satsning, Scope.HISTORY))
    assert "riskanalys-kvarnsten" not in text
    assert "Handling med sekretessmarkering (OSL 25 kap. 1 §)" in text
    assert "riskanalys" not in at(world.author).get(url("utskrift", satsning)).content.decode()


def test_document_of_one_body_and_marked_statement_are_left_out(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    rows = Handling.objects.filter(satsning=satsning)
    statement = rows.get(kind="utlatande")
    Handling.objects.filter(pk=statement.pk).update(secrecy="OSL 21 kap. 1 §")
    rows.filter(kind="beslut").update(only_body=world.body("lansstyrgruppen"), title="Eget arbetsmaterial")

    text = said(paper_of(world, satsning))

    assert "Väl berett." not in text
    assert "Utlåtandet har en sekretessmarkering och skrivs inte ut." in text
    assert "Eget arbetsmaterial" not in text


def test_statements_are_as_many_however_much_has_been_done(world: World) -> None:
    counts = []
    for kind in (StationKind.GENOMFORANDE, StationKind.SLUTFORD):
        found = readable_case(viewer(world.coordinator), world.carried_to(kind).pk)
        with CaptureQueriesContext(connection) as caught:
            case_paper(matter_of(found, Scope.HISTORY), Scope.HISTORY)
        counts.append(len(caught))

    assert counts == [17, 17]


def test_making_a_paper_asks_nobody_anything() -> None:
    matter = bare_matter({"uppdrag": {"titel": "Mobila team", "behov": "Behovet"}})

    paper = case_paper(matter, Scope.HISTORY)

    assert (paper.title, paper.author, paper.printed_on.isoformat()) == ("Mobila team", "Sörmland", "2026-11-27")
    assert paper.marks == ("Exempeldata: påhittade uppgifter för demonstration.",)


def test_markdown_is_read_as_on_the_pages() -> None:
    blocks = blocks_of(
        "# Rubrik\n#### Djup\nText [länk](https://exempel.test/a), [ful](javascript:x).\n\n| A |\n|---|\n| b |",
        under=2,
        title="Behov",
    )

    heading, deep, paragraph, table = blocks
    assert (heading, deep) == (Heading(3, "Rubrik"), Heading(4, "Djup"))
    assert isinstance(paragraph, Paragraph)
    assert words(paragraph.runs) == "Text länk (https://exempel.test/a), [ful](javascript:x)."
    assert [run.href for run in paragraph.runs if run.href] == ["https://exempel.test/a"]
    assert isinstance(table, Table)
    assert (table.title, words(table.head[0])) == ("Tabell i behov", "A")


def test_link_that_says_its_address_does_not_say_it_twice() -> None:
    [paragraph] = blocks_of("[https://exempel.test/](https://exempel.test/) <rut@exempel.test>", under=2, title="x")

    assert isinstance(paragraph, Paragraph)
    assert words(paragraph.runs) == "https://exempel.test/ rut@exempel.test"


def test_columns_that_hold_nothing_are_left_out() -> None:
    row = {"organisation_id": 1, "organisation_namn": "Trosa kommun", "roll": "Sjuksköterska", "timmar": 40}
    paper = case_paper(bare_matter({"resurser": {"kommentar": "", "resurser": [row]}}), Scope.PARTS)

    [table] = [block for block in paper.blocks if isinstance(block, Table)]
    assert [words(head) for head in table.head] == ["Organisation", "Roll", "Timmar"]


def test_print_is_the_same_for_every_reader(world: World) -> None:
    satsning = world.carried_to(StationKind.BESLUTAD)
    other = world.seat("fouis", Role.LEDAMOT)

    mine, theirs = (at(person).get(url("utskrift_pdf", satsning)).content for person in (world.author, other))

    assert mine == theirs
