"""All papers of a meeting as one document: its agenda, then each matter on pages of its own.

One bad matter never stops the set: where its blocks cannot be made or set, its page says so and where to read it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

import structlog
from django.urls import reverse

from governance.permissions import today
from workflow.meetings.models import AgendaItem, Meeting
from workflow.meetings.papers.content import Tabled
from workflow.meetings.papers.matters import CANNOT, MATTER, WITHIN, Parts, matter_blocks
from workflow.meetings.papers.tabled import previous_of, tabled_of
from workflow.meetings.selectors import items_of
from workflow.meetings.vocabulary import ItemKind
from workflow.papers.parts import NOTHING, quiet
from workflow.papers.pdf import NotSet, as_pdf
from workflow.papers.signs import holdable, one_line
from workflow.papers.value import Block, Facts, Heading, Paper, Paragraph, Run, Section, Table, plain
from workflow.papers.wording import day_of, long_day_of, moment_of, time_of

SECRET = "Punkt med sekretessmarkering"  # noqa: S105 - what such an item is called
STANDING = "Stående punkter"
WITHOUT = "Punkten har inga handlingar."
CLOSED = "Punkten har en sekretessmarkering. Dess handlingar läses av den som sitter i organet."
Told = Callable[[int, int], None]
"""Told how many matters are done, of how many."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Line:
    """An item as the set holds it: its number, when it comes up, and its papers; None where they are closed."""

    number: int
    time: str
    item: AgendaItem
    tabled: Tabled | None

    @property
    def title(self) -> str:
        """Return what the agenda calls it."""
        return SECRET if self.tabled is None else one_line(self.item.title)

    @property
    def has_pages(self) -> bool:
        """Tell whether there is anything to read of it beside the agenda."""
        if self.tabled is None or self.item.kind != ItemKind.STAENDE:
            return True
        return bool(self.tabled.background or self.tabled.damaged)


def lines_of(meeting: Meeting, *, with_secret: bool) -> tuple[list[Line], Mapping[int, Parts]]:
    """Return the agenda with its papers, and what the body had of each case last time, in one number of statements.

    Args:
        meeting: the meeting with its body.
        with_secret: whether the set is for somebody who reads what carries a secrecy mark.

    """
    items = list(items_of(meeting))
    papers = tabled_of(items)
    lines, begins = [], meeting.starts_at
    for number, item in enumerate(items, 1):
        tabled = papers[item.pk]
        time = time_of(begins) if item.duration is not None else ""
        lines.append(Line(number, time, item, tabled if with_secret or not tabled.sekretess else None))
        begins += timedelta(minutes=item.duration or 0)
    return lines, previous_of(line.tabled for line in lines if line.tabled)


def set_of(meeting: Meeting, *, with_secret: bool, edition: int, told: Told | None = None) -> Paper:
    """Return the meeting's papers as one document, read in one number of statements.

    Args:
        meeting: the meeting with its body and county.
        with_secret: whether it is for somebody who reads what carries a secrecy mark; where not, such items are named
            by the mark alone.
        edition: the meeting's edition that it is made from.
        told: told of each matter that is done.

    """
    lines, previous = lines_of(meeting, with_secret=with_secret)
    return paper_of(meeting, lines, previous, edition=edition, printed_on=today(), told=told)


def paper_of(  # noqa: PLR0913 - what the document is made of
    meeting: Meeting,
    lines: Sequence[Line],
    previous: Mapping[int, Parts],
    *,
    edition: int,
    printed_on: date,
    told: Told | None = None,
) -> Paper:
    """Return the document of a meeting, its agenda and papers read beforehand; no statements."""
    sections, waiting = list[Section](), list[Line]()
    for done, line in enumerate(lines, 1):
        if not line.has_pages:
            waiting.append(line)
        else:
            sections += [*_without_papers(waiting), _section(line, previous)]
            waiting = []
        if told:
            told(done, len(lines))
    sections += _without_papers(waiting)
    return Paper(
        title=f"{one_line(meeting.body.name)} {long_day_of(meeting.day)}",
        kind="Kallelse och handlingar",
        reference=day_of(meeting.day),
        author=one_line(meeting.body.county.name),
        printed_on=printed_on,
        facts=Facts(tuple((term, plain(holdable(answer))) for term, answer in _facts(meeting, edition) if answer)),
        blocks=tuple(_agenda(lines)),
        marks=tuple(_marks(meeting, lines)),
        sections=tuple(sections),
    )


def set_as_pdf(paper: Paper) -> bytes:
    """Return the set as PDF; a matter that cannot be set is replaced by a page that says so.

    Raises:
        NotSet: not even the front page and those pages can be set.

    """
    try:
        return as_pdf(paper)
    except NotSet:
        return as_pdf(replace(paper, sections=tuple(_settable(paper))))


def _settable(paper: Paper) -> Iterator[Section]:
    """Yield the sections, each tried by itself; one that cannot be set becomes the page that says so."""
    for section in paper.sections:
        try:
            as_pdf(replace(paper, blocks=(), sections=(section,)))
        except NotSet:
            log.error("matter_not_set", title=paper.reference, number=section.number)  # noqa: TRY400 - no words of it
            yield replace(section, blocks=section.instead)
        else:
            yield section


def _section(line: Line, previous: Mapping[int, Parts]) -> Section:
    name = f"{line.number}. {line.title}"
    instead = (Heading(MATTER, name), Paragraph(plain(f"{CANNOT} {_where(line.item)}")))
    try:
        blocks = tuple(_blocks(line, previous))
    except Exception as error:  # noqa: BLE001 - whatever it is, the other matters are read
        log.error("matter_not_written", item=line.item.pk, error=type(error).__name__)  # noqa: TRY400 - no words of it
        blocks = instead
    return Section(name=name, number=f"Punkt {line.number}", blocks=blocks, instead=instead)


def _without_papers(lines: Sequence[Line]) -> list[Section]:
    """Return one section for items that follow on each other and have nothing to read, each with its heading."""
    if not lines:
        return []
    first, last = lines[0].number, lines[-1].number
    number = f"Punkt {first}" if first == last else f"Punkt {first}–{last}"
    blocks: list[Block] = []
    for line in lines:
        when = f"Klockan {line.time}. " if line.time else ""
        blocks += [Heading(MATTER, f"{line.number}. {line.title}"), quiet(f"{when}{WITHOUT}")]
    return [Section(name=lines[0].title if first == last else STANDING, number=number, blocks=tuple(blocks))]


def _where(item: AgendaItem) -> str:
    """Return the address in the service where the matter is read."""
    if item.anmalan:
        return reverse("satsning", args=[item.anmalan.satsning_id])
    return reverse("mote", args=[item.meeting_id])


def _blocks(line: Line, previous: Mapping[int, Parts]) -> Iterator[Block]:
    if line.tabled is None:
        yield Heading(MATTER, f"{line.number}. {SECRET}")
        yield Paragraph(plain(CLOSED))
        return
    had = previous.get(line.tabled.satsning_id or 0)
    yield from matter_blocks(line.number, line.item, line.tabled, had, time=line.time)


def _facts(meeting: Meeting, edition: int) -> Iterator[tuple[str, str]]:
    yield "Organ", meeting.body.name
    yield "Form", str(meeting.get_form_display())
    yield "Dag", long_day_of(meeting.starts_at)
    yield "Tid", f"{time_of(meeting.starts_at)}–{time_of(meeting.ends_at)}"
    yield "Plats", meeting.place
    yield "Digitalt möte", meeting.link
    yield "Kallat", moment_of(meeting.called_at) if meeting.called_at else "Inte än"
    yield "Utgåva", str(edition)


def _marks(meeting: Meeting, lines: Sequence[Line]) -> Iterator[str]:
    if meeting.is_example:
        yield "Exempeldata: påhittade uppgifter för demonstration."
    if any(line.tabled and line.has_pages and not line.tabled.is_frozen for line in lines):
        yield "Handlingarna är inte frysta: kallelsen har inte gått ut, eller punkter har lagts till efter den."
    if any(line.tabled and line.tabled.sekretess for line in lines):
        yield "Innehåller uppgifter med sekretessmarkering. Lämna inte vidare till någon utanför organet."


def _agenda(lines: Sequence[Line]) -> Iterator[Block]:
    yield Heading(MATTER, "Föredragningslista")
    if not lines:
        yield quiet("Det står inget på föredragningslistan än.")
    presented = any(line.tabled and line.item.presenter for line in lines)
    names = ("Nr", "Tid", "Punkt", "Sort", "Minuter", *(["Föredragande"] if presented else []))
    head = tuple((Run(text),) for text in names)
    for name, group in _by_section(lines):
        if name:
            yield Heading(WITHIN, holdable(name))
        title = f"Föredragningslista, {one_line(name)}" if name else "Föredragningslista"
        yield Table(title, head, tuple(_row(line)[: len(head)] for line in group))


def _by_section(lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """Yield the items that follow on each other in the same section."""
    group: list[Line] = []
    for line in lines:
        if group and group[-1].item.section != line.item.section:
            yield group[-1].item.section, group
            group = []
        group.append(line)
    if group:
        yield group[-1].item.section, group


def _row(line: Line) -> tuple[tuple[Block, ...], ...]:
    item = line.item
    late = " (för sent anmält)" if item.is_late and not item.late_accepted else ""
    texts = (
        str(line.number),
        line.time,
        line.title + late,
        str(item.get_sort_display()),
        str(item.duration or NOTHING),
        "" if line.tabled is None else item.presenter,
    )
    return tuple((Paragraph(plain(holdable(text)) or (Run(NOTHING),)),) for text in texts)
