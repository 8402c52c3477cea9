"""One matter of a meeting as blocks: first one screen of what it is about, then the whole."""

from collections.abc import Iterator, Mapping
from typing import Any

from satsningar.present import kronor, part_text
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from workflow.meetings.models import AgendaItem
from workflow.meetings.papers.changes import change_blocks
from workflow.meetings.papers.content import Tabled, TabledFile
from workflow.meetings.papers.own import for_organisation
from workflow.meetings.papers.tabled import differences
from workflow.papers.avsteg import granted_blocks, granted_then
from workflow.papers.levels import lowered
from workflow.papers.parts import NOTHING, part_blocks, quiet, text_blocks
from workflow.papers.signs import holdable, one_line
from workflow.papers.tokens import blocks_of
from workflow.papers.value import Block, Facts, Heading, Listing, Paragraph, Quote, Run, Table, plain
from workflow.selectors.documents import size_in_words
from workflow.vocabulary import Rekommendation

MATTER, WITHIN, FIELD = 1, 2, 3
"""Levels of headings: a matter, what stands in it, and a text there."""
NOT_FROZEN = "Handlingarna är inte frysta: det här är ärendet som det är nu, och det kan ändras före sammanträdet."
CANNOT = "Punkten kunde inte skrivas ut här. Läs den i tjänsten:"
"""What stands instead of a matter; where it is read follows."""
Parts = Mapping[str, Mapping[str, Any]]


def heading_of(number: int, item: AgendaItem) -> str:
    """Return what the matter is called in the document: its number on the agenda and its title."""
    return f"{number}. {one_line(item.title) or 'Punkt utan rubrik'}"


def matter_blocks(
    number: int, item: AgendaItem, tabled: Tabled, previous: Parts | None, *, time: str = ""
) -> Iterator[Block]:
    """Yield a matter's papers.

    Args:
        number: its number on the agenda.
        item: the item.
        tabled: what lies on the table.
        previous: what the body had of it last time, None where it sees it for the first time.
        time: when it comes up, in words.

    """
    yield Heading(MATTER, heading_of(number, item))
    if tabled.damaged:
        yield Paragraph(plain(holdable(f"{tabled.damaged} Kontakta regionalt stöd.")))
        return
    yield Facts(tuple((term, plain(holdable(answer))) for term, answer in _facts(item, tabled, time) if answer))
    if not tabled.is_frozen:
        yield quiet(NOT_FROZEN)
    yield from _summary(tabled)
    yield from lowered(granted_blocks(granted_then(tabled.avsteg)))  # type: ignore[arg-type] # as they were frozen
    if tabled.changed and previous is not None:
        yield Heading(WITHIN, f"Ändrat sedan revision {tabled.last_revision}")
        yield from change_blocks(differences(tabled, previous), level=FIELD)
    if tabled.utlatande or tabled.utlatande_sekretess:
        yield from _statement(tabled)
    if tabled.background:
        yield from text_blocks("Bakgrund" if tabled.forslag else "Information", tabled.background, level=WITHIN)
    yield from lowered(tabled_parts(tabled))
    if tabled.files:
        yield Heading(WITHIN, "Bilagor")
        yield _files(tabled)


def _facts(item: AgendaItem, tabled: Tabled, time: str) -> Iterator[tuple[str, str]]:
    yield "Ärendenummer", tabled.reference
    yield "Slag", f"{item.get_kind_display()}, {item.sort_beside.lower()}"
    yield "Tid", time
    yield "Föredragande", item.presenter
    yield "Sekretessmarkering", tabled.sekretess
    yield "Anmält av", tabled.made_by
    yield "Föreslaget", tabled.move_name + (f", till {tabled.target}" if tabled.target else "")
    if tabled.rekommendation:
        yield "Rekommendation", str(Rekommendation(tabled.rekommendation).label)
    yield "Underlag", f"Revision {tabled.revision_number}" if tabled.revision_number else ""
    if item.is_late:
        yield "Anmält", "För sent" + (", tas upp ändå" if item.late_accepted else "; mötet avgör om det tas upp")


def _summary(tabled: Tabled) -> Iterator[Block]:
    """Yield what one screen holds: the proposed decision, cost and time, what is missing, waived and changed."""
    if tabled.forslag:
        yield Heading(WITHIN, "Förslag till beslut")
        yield Quote(blocks_of(tabled.forslag, under=WITHIN, title="Förslag till beslut"))
    rows = tuple((term, plain(holdable(text))) for term, text in _in_short(tabled) if text)
    if rows:
        yield Heading(WITHIN, "I korthet")
        yield Facts(rows)
    shares = list(_shares(tabled))
    if shares:
        yield Heading(WITHIN, "Kostnad och tid för varje organisation")
        head = tuple((Run(name),) for name in ("Organisation", "År", "Kostnad", "Timmar", "Del av heltid"))
        yield Table("Kostnad och tid för varje organisation", head, tuple(shares))
    if tabled.gaps:
        yield Heading(WITHIN, "Det här saknas")
        yield Listing(tuple((Paragraph(plain(holdable(gap))),) for gap in tabled.gaps))


def _in_short(tabled: Tabled) -> Iterator[tuple[str, str]]:
    if not tabled.parts:
        return
    rough = tabled.parts.get(PartCode.EKONOMI, {}).get("grov_kostnad")
    yield "Grov kostnad", kronor(rough) if rough not in {None, ""} else ""
    yield "Avsteg", ", ".join(str(one.get("label", "")) for one in tabled.avsteg) or "Inga"
    yield "Saknas", _count(len(tabled.gaps)) or tabled.no_gaps
    if tabled.last_revision is None:
        yield "Sedan sist", "Organet har inte haft ärendet tidigare."
    else:
        changed = ", ".join(PartCode(code).label for code in tabled.changed)
        yield "Sedan sist", f"Ändrat: {changed}" if changed else "Inget är ändrat."


def _shares(tabled: Tabled) -> Iterator[tuple[tuple[Block, ...], ...]]:
    for id_, name in _organisations(tabled):
        share = for_organisation(tabled.parts, id_)
        for year in share.years:
            yield _cells(
                name,
                str(year.year) if year.year else "Inte angivet",
                kronor(year.cost) if year.cost else NOTHING,
                str(year.hours) if year.hours else NOTHING,
                f"{year.share} %" if year.share else NOTHING,
            )


def _organisations(tabled: Tabled) -> list[tuple[int, str]]:
    """Return the organisations that the papers say a cost or time of, in the order they take part."""
    found: dict[int, str] = {}
    for code, key in (
        (PartCode.OMFATTNING, "deltagare"),
        (PartCode.EKONOMI, "kostnader"),
        (PartCode.RESURSER, "resurser"),
    ):
        for row in tabled.parts.get(code, {}).get(key, ()):
            if row.get("organisation_id") is not None:
                found.setdefault(row["organisation_id"], str(row.get("organisation_namn") or ""))
    return list(found.items())


def _statement(tabled: Tabled) -> Iterator[Block]:
    yield Heading(WITHIN, "Utlåtande")
    yield quiet(holdable(tabled.made_by))
    if tabled.utlatande_sekretess:
        yield quiet(
            holdable(f"Utlåtandet har en sekretessmarkering ({tabled.utlatande_sekretess}) och skrivs inte ut.")
        )
    else:
        yield from blocks_of(tabled.utlatande, under=WITHIN, title="Utlåtande")


def tabled_parts(tabled: Tabled) -> Iterator[Block]:
    """Yield the parts: those of the proposal always, later ones once something is written in them."""
    for code in PartCode:
        value = tabled.parts.get(code)
        if value is None:
            continue
        if code in DECIDED_PARTS or any(answer not in (None, "", []) for answer in value.values()):
            yield from part_blocks(part_text(code, value))


def _files(tabled: Tabled) -> Table:
    head = tuple((Run(name),) for name in ("Fil", "Storlek"))
    return Table("Bilagor", head, tuple(_file(one) for one in tabled.files))


def _file(file: TabledFile) -> tuple[tuple[Block, ...], ...]:
    return _cells(file.name, size_in_words(file.size) if file.size else NOTHING)


def _cells(*texts: str) -> tuple[tuple[Block, ...], ...]:
    return tuple((Paragraph(plain(holdable(text)) or (Run(NOTHING),)),) for text in texts)


def _count(gaps: int) -> str:
    return "" if not gaps else "En sak, se nedan" if gaps == 1 else f"{gaps} saker, se nedan"
