"""What has changed since last time, as a reader sees it."""

from typing import Any

from satsningar.revisions import difference
from tests.workflow.meetings.papers.making import contents
from workflow.meetings.papers.changes import MOST_SHOWN, change_blocks
from workflow.papers.levels import lowered
from workflow.papers.value import Block, Heading, Listing, Paragraph, Quote, Run, Table, words
from workflow.papers.widths import numeric_columns, text_of


def changed(before: dict[str, Any], after: dict[str, Any], part: str = "uppdrag") -> list[Block]:
    old, new = contents(0), contents(0)
    old[part] |= before
    new[part] |= after
    return list(change_blocks(difference(old, new), level=3))


def rows(blocks: list[Block]) -> list[tuple[str, ...]]:
    return [tuple(map(text_of, row)) for block in blocks if isinstance(block, Table) for row in block.rows]


def test_short_answer_stands_before_and_now() -> None:
    blocks = changed({"titel": "Mobila lag"}, {"titel": "Mobila team"})
    assert blocks[0] == Heading(3, "Uppdrag")
    assert rows(blocks) == [("Titel", "Mobila lag", "Mobila team")]
    assert len(blocks) == 2


def test_words_of_a_text_are_marked_and_what_is_the_same_is_shortened() -> None:
    long = "Det här är oförändrat och upprepas. " * 20
    blocks = changed({"behov": f"{long}Lag behövs. {long}"}, {"behov": f"{long}Team behövs. {long}"})
    [[label, before, now]] = [row for block in blocks if isinstance(block, Table) for row in block.rows]
    assert text_of(label) == "Behov"
    for cell, word, style in ((before, "Lag", "strike"), (now, "Team", "strong")):
        [paragraph] = cell
        assert isinstance(paragraph, Paragraph)
        assert [run.text for run in paragraph.runs if getattr(run, style)] == [word]
        said = words(paragraph.runs)
        assert said.startswith("… ")
        assert said.endswith(" …")
        assert f"upprepas. {word} behövs." in said
        assert len(said) < 200
    assert text_of((blocks[-1],)) == "I texter är det borttagna struket och det tillagda i fet stil."


def test_a_long_new_text_is_cut() -> None:
    [(_, before, now)] = rows(changed({"behov": ""}, {"behov": "Behov. " * 20_000}))
    assert before == "–"
    assert len(now) == MOST_SHOWN + 2


def test_lines_are_told_as_added_removed_and_changed() -> None:
    def line(id_: int, kronor: str) -> dict[str, Any]:
        named = {"organisation_id": 1, "organisation_namn": "Region Exempel", "slag": "personal"}
        return {"id": id_, "ar": 2027, "finansiering": "egen", "belopp": kronor} | named

    before = {"kostnader": [line(1, "100.00"), line(2, "200.00")]}
    after = {"kostnader": [line(2, "250.00"), line(3, "300.00")]}
    said = "År: 2027; Organisation: Region Exempel; Slag: Personal; Finansiering: Egen budget; Belopp, kronor: {}\xa0kr"
    assert rows(changed(before, after, "ekonomi")) == [
        (
            "Kostnader: 2027, Region Exempel, Personal (borttaget)",
            said.format("100"),
            "–",
        ),
        ("Kostnader: 2027, Region Exempel, Personal, belopp, kronor", "200\xa0kr", "250\xa0kr"),
        (
            "Kostnader: 2027, Region Exempel, Personal (tillagt)",
            "–",
            said.format("300"),
        ),
    ]


def test_headings_are_lowered_wherever_they_stand_and_never_too_far() -> None:
    cell = (Heading(2, "c"),)
    inside: tuple[Block, ...] = (Quote((Heading(4, "q"),)), Listing(((Heading(5, "l"),),)))
    found = list(lowered((Heading(1, "a"), *inside, Table("t", ((Run("h"),),), ((cell,),)))))
    assert found == [
        Heading(2, "a"),
        Quote((Heading(5, "q"),)),
        Listing(((Heading(5, "l"),),)),
        Table("t", ((Run("h"),),), (((Heading(3, "c"),),),)),
    ]


def test_a_column_of_dashes_is_no_column_of_sums() -> None:
    def cell(text: str) -> tuple[Block, ...]:
        return (Paragraph((Run(text),)),)

    head = tuple((Run(name),) for name in ("A", "B", "C"))
    table = Table("t", head, ((cell("x"), cell("–"), cell("–")), (cell("y"), cell("–"), cell("7"))))
    assert numeric_columns(table) == frozenset({2})
