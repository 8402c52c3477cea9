"""The one function that makes minutes into a document: pure, so that what is printed depends on what was kept alone."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.text import slugify

from workflow.meetings.minutes.content import Attending, Ballot, Entry, Minutes, Movement
from workflow.meetings.vocabulary import MeetingForm
from workflow.papers.signs import holdable, one_line
from workflow.papers.tokens import blocks_of
from workflow.papers.value import Block, Facts, Heading, Paper, Paragraph, Quote, Run, Table, plain
from workflow.words import mid_sentence

EXAMPLE = "Exempeldata: påhittade uppgifter för demonstration."
HIDDEN = "Ärende med sekretessmarkering"
"""What stands instead of the title of a matter that somebody may not read."""


@dataclass(frozen=True, slots=True)
class Adjusted:
    """What an adjuster has said: who, and when it was approved (empty before)."""

    name: str
    approved: str


@dataclass(frozen=True, slots=True)
class Course:
    """How far the minutes have come: their sum, when they were drawn up, who adjusts them, by when, and that they are.

    `printed_on` is the day that the document says it was made. `is_copy` says that something is left out of it.
    """

    sha256: str
    made: str
    due: str
    printed_on: date
    adjusters: tuple[Adjusted, ...] = ()
    locked: str = ""
    is_current: bool = True


def minutes_paper(minutes: Minutes, course: Course, hidden: Mapping[int, str]) -> Paper:
    """Return minutes as a document.

    Args:
        minutes: what was kept.
        course: how far they have come.
        hidden: the secrecy marks of the items that the reader may not see, by the item's id.

    """
    body = mid_sentence(minutes.body)
    blocks: list[Block] = [*_attendance(minutes)]
    for entry in minutes.entries:
        if entry.item_id in hidden:
            blocks += _unseen(entry, hidden[entry.item_id], body)
        else:
            blocks += entry_blocks(entry)
    blocks += _adjusting(course)
    blocks += _journal(minutes, course)
    return Paper(
        title=title_of(minutes),
        kind=_kind(minutes),
        reference=one_line(minutes.span),
        author=one_line(minutes.county),
        printed_on=course.printed_on,
        facts=Facts(tuple((term, plain(holdable(answer))) for term, answer in _facts(minutes, course) if answer)),
        blocks=tuple(blocks),
        marks=tuple(_marks(minutes, course, hidden)),
    )


def title_of(minutes: Minutes) -> str:
    """Return what the document is called: the body, the day, and the meeting's own name where it has one."""
    return one_line(" ".join(piece for piece in (minutes.body, minutes.day, minutes.title) if piece))


def _kind(minutes: Minutes) -> str:
    form = minutes.form
    return "Protokoll" if form == MeetingForm.SAMMANTRADE.label else f"Protokoll: {form.lower()}"


def _marks(minutes: Minutes, course: Course, hidden: Mapping[int, str]) -> Iterator[str]:
    if minutes.is_example:
        yield EXAMPLE
    if not course.is_current:
        yield f"Version {minutes.version} gäller inte: det finns en senare version av protokollet."
    elif not course.locked:
        yield f"Inte justerat. Det här är version {minutes.version} av protokollet, som kan komma att ändras."
    if hidden:
        count = sum(entry.item_id in hidden for entry in minutes.entries)
        what = "Ett ärende" if count == 1 else f"{count} ärenden"
        yield (
            f"{what} med sekretessmarkering är borttaget ur den här kopian."
            if count == 1
            else (f"{what} med sekretessmarkering är borttagna ur den här kopian.")
        )


def _facts(minutes: Minutes, course: Course) -> Iterator[tuple[str, str]]:
    yield "Organ", minutes.body
    yield "Dag", minutes.day
    yield "Tid", f"{minutes.opened}–{minutes.closed}" if minutes.opened and minutes.closed else minutes.opened
    yield "Plats", minutes.place
    yield "Ordförande", minutes.chair
    yield "Sekreterare", minutes.secretary
    yield "Justeras av", ", ".join([one.name for one in course.adjusters] or minutes.adjusters)
    yield "Paragrafer", minutes.span
    yield "Version", f"{minutes.version}, upprättad {course.made}"
    yield "Justerat", course.locked


# --- Attendance ------------------------------------------------------------------------------------------------------


def _attendance(minutes: Minutes) -> Iterator[Block]:
    yield Heading(1, "Närvaro")
    for title, rows in (
        ("Ledamöter", [one for one in minutes.attending if one.votes and not one.is_substitute]),
        ("Ersättare", [one for one in minutes.attending if one.is_substitute]),
        ("Övriga", [one for one in minutes.attending if not one.votes and not one.is_substitute]),
    ):
        if rows:
            yield Heading(2, title)
            head = tuple(plain(text) for text in ("Namn", "Uppdrag", "Företräder", "Närvaro"))
            yield Table(title, head, tuple(tuple(map(_cell, _attending(one))) for one in rows))


def _cell(text: str) -> tuple[Block, ...]:
    return (Paragraph(plain(holdable(text))),) if text else ()


def _attending(one: Attending) -> tuple[str, str, str, str]:
    return one.name, one.role, one.organisation, presence_of(one)


def presence_of(one: Attending) -> str:
    """Return when somebody was there, in words."""
    if not one.was_there:
        return "Frånvarande"
    at_opening = one.movements[0].came and not one.movements[0].paragraph
    first = ["Närvarande"] if at_opening else []
    moves = one.movements[1:] if at_opening else one.movements
    said = ", ".join([*first, *map(_moved, moves), *(["på distans"] if one.is_remote else [])])
    if one.is_substitute:
        said += f"; tjänstgör {', '.join(one.serves)}" if one.serves else "; tjänstgör inte"
    return said[:1].upper() + said[1:]


def _moved(one: Movement) -> str:
    what = "kom" if one.came else "gick"
    return f"{what} {one.paragraph} ({one.time})" if one.paragraph else f"{what} {one.time}"


# --- Paragraphs ------------------------------------------------------------------------------------------------------


def heading_of(entry: Entry) -> str:
    """Return a paragraph's number and title."""
    return one_line(f"{entry.label} {entry.title}")


def anchor_of(label: str) -> str:
    """Return what an address points at a paragraph by, in the page of the minutes."""
    return f"paragraf-{slugify(label)}"


def _unseen(entry: Entry, mark: str, body: str) -> Iterator[Block]:
    yield Heading(1, one_line(f"{entry.label} {HIDDEN}"), anchor_of(entry.label))
    said = f"Markering: {mark}. Ärendet visas bara för den som sitter i {body}."
    yield Paragraph(plain(holdable(said)), quiet=True)


def entry_blocks(entry: Entry) -> Iterator[Block]:
    """Yield a paragraph of the minutes."""
    yield Heading(1, heading_of(entry), anchor_of(entry.label))
    facts = (
        ("Ärendenummer", entry.reference),
        ("Utfall", entry.outcome),
        ("Ordförande i ärendet", entry.chair),
        ("Bordläggs till", entry.to_meeting),
        ("Sekretess", entry.sekretess),
    )
    yield Facts(tuple((term, plain(holdable(answer))) for term, answer in facts if answer))
    yield from _written("Förslag till beslut", entry.proposal, quoted=True)
    yield from _written("Beslut", entry.decided, quoted=True)
    yield from _written("Villkor", entry.condition)
    yield from _written("Skäl", entry.reason)
    yield from _written("Redogörelse", entry.text)
    yield from _deciding(entry)
    yield from _voting(entry)
    yield from _dissents(entry)


def _written(title: str, text: str, *, quoted: bool = False) -> Iterator[Block]:
    if text.strip():
        yield Heading(2, title)
        blocks = blocks_of(text, under=2, title=title)
        yield from (Quote(blocks),) if quoted else blocks


def _deciding(entry: Entry) -> Iterator[Block]:
    if not (entry.quorum or entry.jav or entry.participants):
        return
    yield Heading(2, "Vilka som deltar i beslutet")
    if entry.quorum:
        yield Paragraph(plain(holdable(entry.quorum)))
    if entry.participants:
        yield Paragraph(plain(holdable(f"I beslutet deltar {_together(entry.participants)}.")))
    for away in entry.jav:
        yield Paragraph(plain(holdable(f"{away.name} deltar inte på grund av jäv: {away.reason}")))


def _together(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} och {last}" if first else last


def _voting(entry: Entry) -> Iterator[Block]:
    if not (entry.votes or entry.ballot):
        return
    yield Heading(2, "Omröstning")
    if entry.ballot:
        yield Paragraph(plain(holdable(entry.ballot)))
    if entry.votes:
        noted = {one.noted_by for one in entry.votes}
        alone = noted.pop() if len(noted) == 1 else ""
        rows = tuple((_cell(one.name), _cell(_vote(one, tells=not alone))) for one in entry.votes)
        yield Table("Hur var och en röstade", (plain("Namn"), plain("Röst")), rows)
        if alone:
            yield Paragraph(plain(holdable(f"Rösterna antecknades av {alone}.")))


def _vote(one: Ballot, *, tells: bool) -> str:
    """Return a vote in words, with who noted it where the others were not all noted by the same."""
    casting = ", utslagsröst" if one.casting else ""
    return f"{one.value}{casting}" + (f", antecknad av {one.noted_by}" if tells and one.noted_by else "")


def _dissents(entry: Entry) -> Iterator[Block]:
    if not entry.dissents:
        return
    yield Heading(2, "Reservationer och anteckningar")
    for one in entry.dissents:
        yield Paragraph((Run(holdable(f"{one.kind}: {one.name}"), strong=True),))
        if one.text:
            yield Quote(blocks_of(one.text, under=2, title=one.kind))
        else:
            said = f"Texten lämnas senast {one.due}." if one.due else "Ingen text har lämnats."
            yield Paragraph(plain(said), quiet=True)


# --- How they were adjusted ------------------------------------------------------------------------------------------


def _adjusting(course: Course) -> Iterator[Block]:
    yield Heading(1, "Justering")
    if course.locked:
        yield Paragraph(plain(f"Protokollet justerades {course.locked}."))
    else:
        yield Paragraph(plain(f"Protokollet är inte justerat. Det ska justeras senast {course.due}."), quiet=True)
    if course.adjusters:
        rows = tuple((_cell(one.name), _cell(one.approved or "Inte godkänt")) for one in course.adjusters)
        yield Table("Justering", (plain("Justerare"), plain("Godkänt")), rows)


def _journal(minutes: Minutes, course: Course) -> Iterator[Block]:
    yield Heading(1, "Så kontrolleras protokollet")
    said = (
        "Länets journal över allt som görs kan bara läggas till. Uppgifterna nedan visar vad som stod sist i den när"
        " protokollet upprättades. Den som förvaltar tjänsten kan kontrollera att inget före den posten har ändrats."
    )
    yield Paragraph(plain(said))
    facts = (
        ("Journalens nummer", str(minutes.journal_number)),
        ("Journalens kedja", minutes.journal_hash),
        ("Kontrollsumma", course.sha256),
    )
    yield Facts(tuple((term, plain(answer)) for term, answer in facts if answer))
