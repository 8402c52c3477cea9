"""An extract of minutes as a document: one paragraph, with who was there, and to whom it goes and for what.

Its words are those of the locked minutes, whatever the records say since; corrections made later follow it by name.
"""

from collections.abc import Iterator

from django.db.models import Q

from governance.models import Organisation
from governance.permissions import today
from governance.vocabulary import Role
from workflow.meetings.minutes.content import Entry, from_json
from workflow.meetings.minutes.gathering import entry_of
from workflow.meetings.minutes.paper import heading_of
from workflow.meetings.models import AgendaItem, Paragraf, Protokoll, Rattelse, Utdrag
from workflow.meetings.rights import mark_of, unmarked
from workflow.papers.parts import SECTION, quiet, text_blocks
from workflow.papers.signs import holdable, one_line
from workflow.papers.tokens import blocks_of
from workflow.papers.value import Block, Facts, Heading, Paper, Paragraph, Quote, plain
from workflow.papers.wording import day_of, moment_of

KIND = "Protokollsutdrag"


def extract_paper(utdrag: Utdrag) -> Paper:
    """Return the extract as a document; five statements: minutes, corrections, marks, reservations, organisations."""
    paragraf = utdrag.paragraf
    item = paragraf.item
    entry = locked_entry(paragraf)
    satsning = item.anmalan.satsning if item.anmalan else None
    blocks: list[Block] = [*_decision(entry), *_around(utdrag, entry), *_corrections(paragraf)]
    marks = ["Exempeldata: påhittade uppgifter för demonstration."] if item.meeting.is_example else []
    if mark := mark_of(item):
        marks.append(holdable(f"Sekretessmarkerad: {mark}"))
    return Paper(
        title=heading_of(entry),
        kind=KIND,
        reference=one_line(satsning.reference) if satsning else "",
        author=one_line(paragraf.body.name),
        printed_on=today(),
        facts=Facts(tuple((term, plain(holdable(said))) for term, said in _facts(utdrag, entry) if said)),
        blocks=tuple(blocks),
        marks=tuple(marks),
    )


def locked_entry(paragraf: Paragraf) -> Entry:
    """Return a paragraph as the meeting's locked minutes say it; as the records do where it has none."""
    meeting = paragraf.item.meeting
    locked = Protokoll.objects.filter(meeting=meeting, locked_at__isnull=False).order_by("-number")
    content = locked.values_list("content", flat=True).first()
    entries = from_json(content).entries if content else ()
    found = next((one for one in entries if one.paragraf_id == paragraf.pk), None)
    return found or entry_of(paragraf, meeting)


def _facts(utdrag: Utdrag, entry: Entry) -> Iterator[tuple[str, str]]:
    paragraf = utdrag.paragraf
    meeting = paragraf.item.meeting
    satsning = paragraf.item.anmalan.satsning if paragraf.item.anmalan else None
    yield "Organ", paragraf.body.name
    yield meeting.get_form_display(), day_of(meeting.day)
    yield "Ärendenummer", satsning.reference if satsning else ""
    yield "Ordförande i ärendet", entry.chair
    yield "Till", f"{utdrag.receiver.name}, {utdrag.get_purpose_display()}"
    yield "Expedierat", moment_of(utdrag.sent_at)
    yield "Protokollet justerat", day_of(meeting.justerat_at) if meeting.justerat_at else ""


def _decision(entry: Entry) -> Iterator[Block]:
    yield Heading(SECTION, holdable(f"Beslut: {entry.outcome}"))
    if entry.decided:
        yield Quote(blocks_of(entry.decided, under=SECTION, title="Beslut"))
    if entry.proposal and entry.proposal != entry.decided:
        yield from text_blocks("Förslaget som låg på bordet", entry.proposal)
    for label, text in (("Villkor", entry.condition), ("Skäl", entry.reason)):
        if text:
            yield from text_blocks(label, text)
    if entry.ballot:
        yield from text_blocks("Omröstning", entry.ballot)
    if entry.text:
        yield from text_blocks("Ur protokollet", entry.text)


def _around(utdrag: Utdrag, entry: Entry) -> Iterator[Block]:
    paragraf = utdrag.paragraf
    for one in entry.dissents:
        label = holdable(f"{one.kind}: {one.name}")
        if one.text:
            yield from text_blocks(label, one.text, level=SECTION)
        else:
            yield Heading(SECTION, label)
            yield quiet("Utan text.")
    yield Heading(SECTION, "Deltagare och beslutsförhet")
    if paragraf.quorum:
        yield Paragraph(plain(holdable(paragraf.quorum)))
    there, away = [], []
    organisations = Organisation.objects.filter(pk__in=[one[3] for one in paragraf.participants if one[3]])
    names = dict(organisations.values_list("pk", "name"))
    for _, name, role, organisation, has_vote, jav, reason in paragraf.participants:
        if jav:
            away.append((name, reason))
        else:
            details = [str(Role(role).label).lower(), names.get(organisation, ""), "" if has_vote else "utan rösträtt"]
            there.append(f"{name} ({', '.join(one for one in details if one)})")
    if there:
        yield Paragraph(plain(holdable(f"{', '.join(there)}.")))
    for name, reason in away:
        yield Paragraph(plain(holdable(f"{name} deltog inte på grund av jäv: {reason}")))


def _corrections(paragraf: Paragraf) -> Iterator[Block]:
    """Yield later corrections of the paragraph and of the minutes as a whole.

    What corrects the whole may name any of its matters: where one of them carries a mark the correction is only named.
    """
    meeting = paragraf.item.meeting
    rows = Rattelse.objects.filter(protokoll__meeting=meeting, protokoll__locked_at__isnull=False)
    found = list(rows.filter(Q(paragraf=paragraf) | Q(paragraf=None)).order_by("number"))
    if not found:
        return
    others = AgendaItem.objects.filter(~unmarked(), meeting=meeting).exclude(pk=paragraf.item_id)
    closes = any(one.paragraf_id is None for one in found) and others.exists()
    for one in found:
        about = "" if one.paragraf_id else " av hela protokollet"
        title = f"Rättelse {one.number}{about}, {day_of(one.at)}"
        if closes and one.paragraf_id is None:
            yield Heading(SECTION, title)
            yield quiet("Rättelsen läses i protokollet av den som får läsa hela det.")
        else:
            yield from text_blocks(title, one.text, level=SECTION)
