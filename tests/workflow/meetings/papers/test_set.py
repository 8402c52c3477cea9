"""The papers of a meeting as one PDF, as other programs see it; and what becomes of a matter that cannot be written."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import typst
from hypothesis import HealthCheck, given, settings
from pypdf import PdfReader
from structlog.testing import capture_logs

from tests.workflow.meetings.papers.making import bare_meeting, bare_set, bare_tabled, contents, line_of
from tests.workflow.papers.checks import ARCHIVED_AND_ACCESSIBLE, bookmarks_of, claims_of, skipped_levels, tags_of
from tests.workflow.papers.forms import of_pdf, squeezed
from tests.workflow.papers.making import MARKDOWN, NASTY, TEXTS
from workflow.meetings.papers.content import Tabled
from workflow.meetings.papers.set import Line, paper_of, set_as_pdf
from workflow.meetings.vocabulary import ItemKind, ItemSort
from workflow.papers.value import Heading, Paper, texts_of

DAY = date(2026, 11, 27)


def paper(*lines: Line, previous: dict[int, Any] | None = None, **meeting: Any) -> Paper:
    return paper_of(bare_meeting(**meeting), lines, previous or {}, edition=7, printed_on=DAY)


def three() -> Paper:
    first = bare_tabled(1, gaps=("Ange ett mått.",), last_revision=2, changed=("uppdrag",))
    before = contents()
    before["uppdrag"] = {**first.parts["uppdrag"], "titel": "Mobila lag"}
    told = Tabled(title="Läget i länet", background="Läget är *gott*.", number=1)
    return paper(
        line_of(1, first, presenter="Pontus Exempeldahl", section="Beslut", kind=ItemKind.OVRIGT),
        line_of(2, bare_tabled(2), section="Beslut"),
        line_of(3, told, section="Information", kind=ItemKind.INFORMATION, sort=ItemSort.BRA_ATT_VETA, is_late=True),
        line_of(4, Tabled(title="Sammanträdet avslutas"), section="Information", kind=ItemKind.STAENDE),
        previous={1: before},
    )


@pytest.fixture(scope="module")
def made() -> bytes:
    return set_as_pdf(three())


@pytest.fixture(scope="module")
def read(made: bytes) -> PdfReader:
    return PdfReader(BytesIO(made))


def test_set_claims_archive_and_accessibility(read: PdfReader) -> None:
    assert claims_of(read) == ARCHIVED_AND_ACCESSIBLE
    about = read.metadata
    assert about is not None
    assert (about.title, about.author) == ("Länsstyrgruppen 3\xa0december\xa02026", "Sörmland")


def test_each_matter_is_a_bookmark_of_the_highest_level(read: PdfReader) -> None:
    assert bookmarks_of(read) == [
        "Föredragningslista",
        "1. Mobila team i hela länet 1",
        "2. Mobila team i hela länet 2",
        "3. Läget i länet",
        "4. Sammanträdet avslutas",
    ]


def test_items_without_papers_that_follow_on_each_other_share_a_page() -> None:
    opening = [line_of(n, Tabled(title=f"Formalia {n}"), kind=ItemKind.STAENDE) for n in (1, 2)]
    ending = line_of(4, Tabled(title="Avslutas"), kind=ItemKind.STAENDE)

    read = PdfReader(BytesIO(set_as_pdf(paper(*opening, line_of(3, bare_tabled(3)), ending))))

    assert bookmarks_of(read)[1:] == ["1. Formalia 1", "2. Formalia 2", "3. Mobila team i hela länet 3", "4. Avslutas"]
    second, last = squeezed(read.pages[1].extract_text()), squeezed(read.pages[-1].extract_text())
    assert squeezed("Punkt 1–2") in second
    assert second.count(squeezed("Punkten har inga handlingar.")) == 2
    assert squeezed("4. Avslutas") in last


def test_set_is_tagged_and_skips_no_level(read: PdfReader) -> None:
    found = tags_of(read)
    assert found[0] == "/Document"
    assert {"/Title", "/H1", "/H2", "/H3", "/Table", "/TH", "/TD", "/L", "/LI", "/P", "/BlockQuote"} <= set(found)
    assert skipped_levels(found) == []


def test_every_page_says_which_it_is_and_of_which_matter(read: PdfReader) -> None:
    texts = [page.extract_text() for page in read.pages]
    for number, text in enumerate(texts, 1):
        assert f"sida {number} av {len(texts)}" in text
    heads = [next((n for n in (1, 2, 3, 4) if f"Punkt {n}\n" in f"{text}\n"), 0) for text in texts]
    assert heads == sorted(heads)
    assert set(heads) == {0, 1, 2, 3, 4}


def test_set_is_read_in_order(made: bytes) -> None:
    said, at = squeezed(of_pdf(made)), 0
    for text in [squeezed(text) for text in texts_of(three())]:
        found = said.find(text, at)
        assert found >= at, text
        at = found + len(text)


def test_front_page_holds_the_agenda_with_times_and_sort(read: PdfReader) -> None:
    text = squeezed(read.pages[0].extract_text())
    for expected in (
        "Organ Länsstyrgruppen",
        "Dag 3 december 2026",
        "Tid 09.00–13.00",
        "Plats Exempelsalen",
        "Utgåva 7",
        "1 09.00 Mobila team i hela länet 1 Arbeta 10 Pontus Exempeldahl",
        "3 09.00 Läget i länet (för sent anmält) Bra att veta 10 –",
        "4 09.00 Sammanträdet avslutas",
    ):
        assert squeezed(expected) in text


def test_a_matter_begins_with_what_is_proposed_and_what_has_changed(made: bytes) -> None:
    text = " ".join(of_pdf(made).split())
    for expected in (
        "Förslag till beslut Länsstyrgruppen godkänner satsningen.",
        "Saknas En sak, se nedan",
        "Sedan sist Ändrat: Uppdrag",
        "Ändrat sedan revision 2 Uppdrag Uppgift Förut Nu Titel Mobila lag Mobila team i hela länet 1",
        "Exempelköpings kommun 1 2027 1 250 000 kr",
        "Bilagor Fil Storlek kalkyl.pdf 23 kB",
    ):
        assert expected in text


def test_same_set_gives_the_same_bytes(made: bytes) -> None:
    assert set_as_pdf(three()) == made


def test_a_matter_whose_blocks_cannot_be_made_gets_a_page_that_says_so() -> None:
    broken = bare_tabled(2, parts={"uppdrag": {"titel": object()}, "ekonomi": {"kostnader": 7}})
    with capture_logs() as logged:
        text = " ".join(
            of_pdf(set_as_pdf(bare_set(bare_tabled(1, paragraphs=0), broken, bare_tabled(3, paragraphs=0)))).split()
        )

    assert "2. Mobila team i hela länet 2 Punkten kunde inte skrivas ut här. Läs den i tjänsten: /moten/1/" in text
    assert "3. Mobila team i hela länet 3 Ärendenummer LSG 2026-0003" in text
    assert [(one["event"], one["item"], one["error"]) for one in logged] == [("matter_not_written", 2, "TypeError")]


def test_a_matter_that_cannot_be_set_gets_a_page_that_says_so() -> None:
    whole = bare_set(*(bare_tabled(number, paragraphs=0) for number in (1, 2, 3)))
    first, second, third = whole.sections
    broken = replace(second, blocks=(*second.blocks, Heading(0, "Ingen nivå")))
    with capture_logs() as logged:
        made = set_as_pdf(replace(whole, sections=(first, broken, third)))

    text = " ".join(of_pdf(made).split())
    assert "2. Mobila team i hela länet 2 Punkten kunde inte skrivas ut här. Läs den i tjänsten: /moten/1/" in text
    assert "LSG 2026-0002" not in text
    assert "LSG 2026-0001" in text
    assert "LSG 2026-0003" in text
    assert claims_of(PdfReader(BytesIO(made))) == ARCHIVED_AND_ACCESSIBLE
    assert [(one["event"], one["number"]) for one in logged] == [("matter_not_set", "Punkt 2")]


def test_a_matter_on_which_the_program_panics_gets_a_page_that_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    compiled = typst.compile

    def panics(sources: Any, **more: Any) -> Any:
        if b"LSG 2026-0002" in sources["paper.json"]:
            raise PanicException
        return compiled(sources, **more)

    monkeypatch.setattr(typst, "compile", panics)
    text = " ".join(of_pdf(set_as_pdf(bare_set(*(bare_tabled(number, paragraphs=0) for number in (1, 2))))).split())
    assert "2. Mobila team i hela länet 2 Punkten kunde inte skrivas ut här." in text
    assert "LSG 2026-0001" in text


def test_damaged_papers_say_so() -> None:
    text = of_pdf(set_as_pdf(bare_set(Tabled(title="Plan", damaged="Revision 3 stämmer inte med sin kontrollsumma."))))
    assert "Revision 3 stämmer inte med sin kontrollsumma. Kontakta regionalt stöd." in " ".join(text.split())


def test_item_with_a_secrecy_mark_is_named_by_the_mark_alone() -> None:
    hidden = line_of(1, None, title="Annas sak", presenter="Anna Exempel")
    text = " ".join(of_pdf(set_as_pdf(paper(hidden))).split())
    assert "Annas" not in text
    assert "Anna Exempel" not in text
    assert "1. Punkt med sekretessmarkering Punkten har en sekretessmarkering." in text


def test_set_with_secret_matters_says_so_first() -> None:
    marked = replace(bare_tabled(1), sekretess="OSL 25 kap. 1 §")
    text = " ".join(of_pdf(set_as_pdf(bare_set(marked))).split())
    assert "Innehåller uppgifter med sekretessmarkering." in text
    assert "Sekretessmarkering OSL 25 kap. 1 §" in text


def test_papers_that_are_not_frozen_say_so() -> None:
    text = " ".join(of_pdf(set_as_pdf(bare_set(replace(bare_tabled(1), number=None)))).split())
    assert "Handlingarna är inte frysta: kallelsen har inte gått ut" in text


def test_an_empty_agenda_is_a_document_too() -> None:
    assert "Det står inget på föredragningslistan än." in of_pdf(set_as_pdf(paper()))


def test_progress_is_told_of_each_matter() -> None:
    told: list[tuple[int, int]] = []
    bare_set(bare_tabled(1), bare_tabled(2), told=lambda done, total: told.append((done, total)))
    assert told == [(1, 2), (2, 2)]


def nasty(text: str, title: str = "") -> Tabled:
    """Return a matter whose need is the text, and whose other words begin as it does."""
    value, title, some = contents(0), title or text[:250], text[:400]
    value["uppdrag"] |= {"titel": title, "behov": text}
    return bare_tabled(1, title=title, forslag=some, utlatande=some, parts=value, gaps=(text[:200],), files=())


EVERY_SCRIPT = "".join(map(chr, range(0x20, 0x2FFF, 7)))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("x" * 100_000, "xxxxxxxx"),
        ("Ord och " * 12_500, "Ordoch"),
        (EVERY_SCRIPT, "[U+"),
        ("😀 漢字 שלום مرحبا \uf0b7 punkt", "[U+1F600][U+6F22][U+5B57]"),
        ("\uf0b7 ett\n\uf0b7 två", "[U+F0B7]ett"),
        ('#import "x" $a^2$ @ref <label> #set page(width: 1cm)', '#import"x"'),
        ("\n\n".join((*NASTY, *MARKDOWN)), "[U+202E]"),
    ],
    ids=["long-word", "long-text", "scripts", "emoji", "word-bullets", "typst", "nasty"],
)
def test_any_words_are_set(text: str, said: str) -> None:
    with capture_logs() as logged:
        made = set_as_pdf(bare_set(nasty(text), nasty(text[:400], title='#strong[x] $ *y* _z_ "å"')))

    assert logged == []
    read = PdfReader(BytesIO(made))
    assert said in squeezed("".join(page.extract_text() for page in read.pages[1:4]))
    assert "2. #strong[x]" in read.pages[-1].extract_text()
    assert claims_of(read) == ARCHIVED_AND_ACCESSIBLE
    assert bookmarks_of(read)[2] == '2. #strong[x] $ *y* _z_ "å"'


@given(TEXTS)
@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_no_words_stop_a_set(text: str) -> None:
    with capture_logs() as logged:
        set_as_pdf(bare_set(nasty(text), bare_tabled(2, paragraphs=0)))
    assert logged == []
