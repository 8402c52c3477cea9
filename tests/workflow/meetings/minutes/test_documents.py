"""Minutes as PDF and DOCX: what is locked is given as it was locked, and both can be read aloud and kept."""

from datetime import date
from io import BytesIO
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from tests.workflow.meetings.minutes_building import Held
from tests.workflow.papers.checks import ARCHIVED_AND_ACCESSIBLE, claims_of, skipped_levels, tags_of
from tests.workflow.papers.forms import of_docx, of_html, of_pdf, squeezed
from tests.workflow.papers.making import LINES, TEXTS
from workflow.meetings.minutes.content import (
    Attending,
    Away,
    Ballot,
    Dissenting,
    Entry,
    Minutes,
    Movement,
    as_json,
    from_json,
)
from workflow.meetings.minutes.documents import paper_of, pdf_of
from workflow.meetings.minutes.paper import Course, minutes_paper
from workflow.meetings.models import Protokoll
from workflow.papers.docx import as_docx
from workflow.papers.html import as_html
from workflow.papers.pdf import as_pdf
from workflow.papers.value import texts_of

COURSE: dict[str, Any] = {"sha256": "a" * 64, "made": "2026-11-27 10.00", "due": "2026-12-11"}


def test_locked_pdf_is_given_as_it_was_locked(held: Held) -> None:
    protokoll = held.adjusted()
    kept = bytes(Protokoll.objects.get(pk=protokoll.pk).pdf or b"")

    assert pdf_of(protokoll, reads_secret=True) == kept
    copy = pdf_of(protokoll, reads_secret=False)
    assert copy != kept
    said = of_pdf(copy)
    assert ("Kvarnhemligt avtal" in of_pdf(kept), "Kvarnhemligt avtal" in said) == (True, False)
    assert "borttaget ur den här kopian" in squeezed_line(said)


def squeezed_line(text: str) -> str:
    return " ".join(text.split())


def test_pdf_is_archive_and_accessible(held: Held) -> None:
    protokoll = held.adjusted()
    read = PdfReader(BytesIO(pdf_of(protokoll, reads_secret=True)))

    assert claims_of(read) == ARCHIVED_AND_ACCESSIBLE
    assert skipped_levels(tags_of(read)) == []
    top = [str(one.title) for one in read.outline if not isinstance(one, list)]
    assert top == [
        "Närvaro",
        "§ 1 Sammanträdet öppnas",
        "§ 2 Svar på remiss",
        "§ 3 Kvarnhemligt avtal",
        "§ 4 Handlingsplan",
        "§ 5 Läget i länet 0",
        "§ 6 Sammanträdet avslutas",
        "Justering",
        "Så kontrolleras protokollet",
    ]
    found = tags_of(read)
    assert found.count("/THead") == 4
    assert {"/H1", "/H2", "/TH", "/TD", "/P"} <= set(found)


def test_page_pdf_and_docx_say_the_same(held: Held) -> None:
    protokoll = held.draw_up()
    paper, _ = paper_of(protokoll, reads_secret=True)
    forms = {
        "page": of_html(as_html((paper.facts, *paper.blocks))),
        "pdf": of_pdf(pdf_of(protokoll, reads_secret=True)),
        "docx": of_docx(as_docx(paper)),
    }
    head = {paper.kind, paper.title, *paper.marks}
    for form, said in forms.items():
        text = squeezed(said)
        missing = [one for one in texts_of(paper) if one not in head and squeezed(one) not in text]
        assert (form, missing) == (form, [])


def test_minutes_print_the_journals_end_and_their_own_sum(held: Held) -> None:
    protokoll = held.adjusted()
    said = squeezed(of_pdf(pdf_of(protokoll, reads_secret=True)))
    for expected in (str(protokoll.journal_number), protokoll.journal_hash, protokoll.sha256):
        assert squeezed(expected) in said


ENTRIES = st.builds(
    Entry,
    paragraf_id=st.integers(1, 9),
    item_id=st.integers(1, 9),
    label=st.just("§ 1"),
    title=LINES,
    reference=LINES,
    kind=LINES,
    outcome=LINES,
    proposal=TEXTS,
    decided=TEXTS,
    condition=TEXTS,
    reason=TEXTS,
    quorum=LINES,
    ballot=LINES,
    text=TEXTS,
    to_meeting=st.just(""),
    sekretess=LINES,
    participants=st.lists(LINES, max_size=3).map(tuple),
    votes=st.lists(st.builds(Ballot, name=LINES, value=st.just("Ja"), casting=st.booleans()), max_size=2).map(tuple),
    jav=st.lists(st.builds(Away, name=LINES, reason=LINES), max_size=2).map(tuple),
    dissents=st.lists(st.builds(Dissenting, kind=st.just("Reservation"), name=LINES, text=TEXTS), max_size=2).map(
        tuple
    ),
)
MINUTES = st.builds(
    Minutes,
    county=LINES,
    body=LINES,
    form=LINES,
    title=LINES,
    day=st.just("2026-11-27"),
    opened=st.just("09.00"),
    closed=st.just(""),
    place=LINES,
    chair=LINES,
    secretary=LINES,
    adjusters=st.lists(LINES, max_size=2).map(tuple),
    is_example=st.booleans(),
    version=st.integers(1, 3),
    journal_number=st.integers(0, 9),
    journal_hash=st.just("b" * 64),
    attending=st.lists(
        st.builds(
            Attending,
            membership_id=st.integers(1, 9),
            name=LINES,
            role=LINES,
            organisation=LINES,
            votes=st.booleans(),
            is_substitute=st.booleans(),
            movements=st.lists(
                st.builds(Movement, came=st.booleans(), paragraph=LINES, time=st.just("09.00")), max_size=2
            ).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    entries=st.lists(ENTRIES, max_size=2).map(tuple),
)


def surrogate_free(minutes: Minutes) -> bool:
    try:
        as_json(minutes).encode()
    except UnicodeEncodeError:
        return False
    return True


@given(MINUTES)
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_words_are_kept_and_printed(minutes: Minutes) -> None:
    paper = minutes_paper(minutes, Course(**COURSE, printed_on=date(2026, 11, 27)), {})
    assert as_pdf(paper)[:5] == b"%PDF-"
    as_html((paper.facts, *paper.blocks))
    if surrogate_free(minutes):
        assert from_json(as_json(minutes)) == minutes


@pytest.mark.parametrize("hidden", [{}, {1: "OSL 19 kap."}])
def test_reader_who_may_not_sees_the_mark_alone(hidden: dict[int, str]) -> None:
    entry = Entry(
        *(
            1,
            1,
            "§ 7",
            "Kvarnen",
            "LSG 1",
            "Övrigt",
            "Bifall",
            "Kvarnen köps.",
            "Kvarnen köps.",
            "",
            "",
            "",
            "",
            "",
            "",
        ),
        "OSL 19 kap.",
    )
    minutes = Minutes(
        *("Län", "Gruppen", "Sammanträde", "", "2026-11-27", "", "", "", "", "", (), False, 1, 1, "c"), (), (entry,)
    )
    said = "\n".join(texts_of(minutes_paper(minutes, Course(**COURSE, printed_on=date(2026, 11, 27)), hidden)))
    assert ("Kvarnen" in said, "§ 7 Ärende med sekretessmarkering" in said) == (not hidden, bool(hidden))
    assert "OSL 19 kap." in said
