"""What has been done around a case, as blocks: decisions, what lies on the table, rounds, documents, history."""

from collections.abc import Iterator, Sequence

from governance.models import Organisation
from satsningar.models import Handling
from workflow.avsteg.applied import names_of
from workflow.models import Anmalan, Beslut, Round, RoundAnswer
from workflow.papers.matter import Matter
from workflow.papers.parts import FIELD, NOTHING, SECTION, quiet, text_blocks
from workflow.papers.signs import holdable
from workflow.papers.tokens import blocks_of
from workflow.papers.value import Block, Facts, Heading, Paragraph, Quote, Run, Runs, Table, plain
from workflow.papers.wording import day_of, moment_of
from workflow.rounds.words import state_of
from workflow.selectors.decisions import Decided
from workflow.selectors.documents import HIDDEN_TITLE
from workflow.selectors.timeline import WEEDED, Entry, said_in, what_of
from workflow.vocabulary import RoundKind

WITHIN = FIELD + 1
"""The level of what stands inside a decision."""
DECISION_NOT_PRINTED = "Beslutet har en sekretessmarkering och skrivs inte ut."
BROUGHT_NOT_PRINTED = "Det som ligger på bordet har en sekretessmarkering och skrivs inte ut."
NOT_PRINTED = "Utlåtandet har en sekretessmarkering och skrivs inte ut."

Cells = tuple[tuple[Block, ...], ...]


def acts_of_case(matter: Matter) -> Iterator[Block]:
    """Yield what was decided, newest first, and what is before a body now."""
    if matter.decided:
        yield Heading(SECTION, "Beslut")
        for decided in matter.decided:
            yield from _decision(decided, matter)
    if matter.brought:
        yield from _brought(matter.brought, matter)


def around_case(matter: Matter) -> Iterator[Block]:
    """Yield what was asked of others, the documents, and the organisations' own numbers."""
    if matter.rounds:
        yield Heading(SECTION, "Remisser och bekräftelser")
        for one in matter.rounds:
            yield from _round(one)
    if matter.documents:
        yield Heading(SECTION, "Handlingar")
        yield _documents(matter.documents)
    if matter.numbers:
        yield Heading(SECTION, "Diarienummer")
        yield Facts(tuple((holdable(name), _line(number)) for name, number in matter.numbers))


def history_of_case(matter: Matter) -> Iterator[Block]:
    """Yield the case's revisions and its journal, newest first."""
    if matter.revisions:
        yield Heading(SECTION, "Revisioner")
        rows = tuple(
            _cells(
                f"Revision {one.number}",
                matter.acts[one.number],
                moment_of(one.created_at),
                one.sha256,
            )
            for one in matter.revisions
        )
        yield Table("Revisioner", _head("Revision", "Fryst vid", "När", "Kontrollsumma"), rows)
    yield Heading(SECTION, "Händelser")
    for entry in matter.entries:
        yield from _entry(entry)


def _decision(decided: Decided, matter: Matter) -> Iterator[Block]:
    """Yield one decision: what was decided, by whom, and why; the parts that are empty are left out."""
    beslut = decided.beslut
    if decided.mark:
        yield Heading(FIELD, holdable(beslut.outcome))
        yield Facts(tuple((term, _line(answer)) for term, answer in _marked_facts(decided)))
        yield quiet(DECISION_NOT_PRINTED)
        return
    yield Heading(FIELD, holdable(f"{beslut.outcome}, {beslut.paragraph}"))
    yield Facts(tuple((term, _line(answer)) for term, answer in _decision_facts(decided) if answer))
    if beslut.amended_wording:
        yield from _wording("Beslutad lydelse", beslut.amended_wording)
        yield from _wording("Föreslagen lydelse", beslut.wording)
    else:
        yield from _wording("Beslut" if decided.as_proposed else "Förslaget som låg på bordet", beslut.wording)
    for label, text in (("Villkor", beslut.condition), ("Skäl", beslut.reason)):
        if text:
            yield from text_blocks(label, text, level=WITHIN)
    if decided.ends_matter:
        yield from _statement(beslut.anmalan, matter)
    yield from _present(decided)


def _marked_facts(decided: Decided) -> Iterator[tuple[str, str]]:
    yield "Organ", decided.beslut.body.name
    yield "Möte", day_of(decided.beslut.meeting_date)
    yield "Sekretess", decided.mark


def _decision_facts(decided: Decided) -> Iterator[tuple[str, str]]:
    beslut: Beslut = decided.beslut
    yield "Organ", beslut.body.name
    yield "Möte", day_of(beslut.meeting_date)
    yield "Underlag", f"Revision {beslut.revision.number}"
    yield "Med avsteg från", names_of(beslut.avsteg)
    yield "Bordlagt till", day_of(beslut.to_meeting) if beslut.to_meeting else ""
    yield "Infört", f"{moment_of(beslut.recorded_at)}, {beslut.recorded_by.name}"


def _present(decided: Decided) -> Iterator[Block]:
    yield Heading(WITHIN, "Deltagare och beslutsförhet")
    yield Paragraph(_line(decided.beslut.quorum))
    if decided.present:
        yield Paragraph(_line(f"{', '.join(decided.present)}."))
    for name, why in decided.away:
        yield Paragraph(_line(f"{name} deltog inte på grund av jäv: {why}"))


def _statement(anmalan: Anmalan, matter: Matter) -> Iterator[Block]:
    """Yield the preparing body's words as they were brought."""
    advice = anmalan.get_rekommendation_display()
    yield Heading(WITHIN, f"Utlåtande: {advice.lower()}")
    yield quiet(holdable(f"{anmalan.made_by.name}, {day_of(anmalan.opened_at)}"))
    if anmalan.revision_id in matter.closed_statements:
        yield quiet(NOT_PRINTED)
    else:
        yield from blocks_of(anmalan.utlatande, under=WITHIN, title="Utlåtande")


def _wording(label: str, text: str) -> Iterator[Block]:
    yield Heading(WITHIN, label)
    yield Quote(blocks_of(text, under=WITHIN, title=label))


def _brought(anmalan: Anmalan, matter: Matter) -> Iterator[Block]:
    yield Heading(SECTION, "Anmäld till beslut")
    if matter.brought_mark:
        yield Facts((("Till", _line(anmalan.body.name)), ("Sekretess", _line(matter.brought_mark))))
        yield quiet(BROUGHT_NOT_PRINTED)
        return
    rows = (
        ("Till", anmalan.body.name),
        ("Föreslaget", matter.brought_move),
        ("Rekommendation", anmalan.get_rekommendation_display()),
        ("Anmäld", moment_of(anmalan.opened_at)),
        ("Underlag", f"Revision {anmalan.revision.number}"),
    )
    yield Facts(tuple((term, _line(answer)) for term, answer in rows))
    yield Heading(FIELD, "Förslag till beslut")
    yield Quote(blocks_of(anmalan.forslag, under=FIELD, title="Förslag till beslut"))
    yield Heading(FIELD, "Utlåtande")
    yield quiet(holdable(anmalan.made_by.name))
    if anmalan.revision_id in matter.closed_statements:
        yield quiet(NOT_PRINTED)
    else:
        yield from blocks_of(anmalan.utlatande, under=FIELD, title="Utlåtande")


def _round(held: Round) -> Iterator[Block]:
    """Yield one round: what was asked, of whom, and what each has answered."""
    kind = RoundKind(held.kind).label
    yield Heading(FIELD, holdable(f"{kind}: {held.purpose}"))
    rows = (
        ("Utskickad", f"{day_of(held.opened_at)}, {held.opened_by_body.name}"),
        ("Svar senast", day_of(held.deadline)),
        ("Läge", state_of(held)),
        ("Underlag", f"Revision {held.revision.number}"),
    )
    yield Facts(tuple((term, _line(answer)) for term, answer in rows))
    for question in held.questions.all():
        about = f" om {question.about.lower()}" if question.about else ""
        yield from text_blocks(f"Fråga {question.number}{about}", question.text, level=WITHIN)
    answers = tuple(held.answers.all())
    if answers:
        head = _head("Mottagare", "Svar", "Datum", "Motivering")
        yield Table(f"Svar: {holdable(held.purpose)}", head, tuple(_answer(one) for one in answers))
    for number, question in enumerate(held.questions.all()):
        if replies := tuple(_reply(one, number) for one in answers if len(one.replies.all()) > number):
            title = f"Svar på fråga {question.number}: {holdable(held.purpose)}"
            yield Table(title, _head("Mottagare", f"Fråga {question.number}", "Svar"), replies)
    for answer in answers:
        for added in answer.addenda.all():
            title = f"{holdable(answer.receiver)} kompletterade sitt svar {day_of(added.added_at)}"
            yield from text_blocks(title, added.text, level=WITHIN)


def _reply(answer: RoundAnswer, place: int) -> Cells:
    """Return what a receiver answers to one question: replies are written for all of them, in their order."""
    reply = answer.replies.all()[place]
    cell = _in_cell(reply.text)
    return (*_cells(answer.receiver, reply.get_stance_display()), cell or (Paragraph((Run(NOTHING),)),))


def _in_cell(text: str) -> tuple[Block, ...]:
    """Return a text as it stands in a cell, where a heading is only strong."""
    blocks = blocks_of(text, under=FIELD, title="Svar")
    return tuple(Paragraph((Run(each.text, strong=True),)) if isinstance(each, Heading) else each for each in blocks)


def _answer(answer: RoundAnswer) -> Cells:
    said = f"{answer.outcome}, efter sista svarsdag" if answer.late else answer.outcome
    day = day_of(answer.answered_at) if answer.answered_at else NOTHING
    cell = _in_cell(answer.text)
    home = _home(answer)
    more = (Paragraph(_line(home)),) if home else ()
    return (*_cells(answer.receiver, said, day), (*cell, *more) or (Paragraph((Run(NOTHING),)),))


def _home(answer: RoundAnswer) -> str:
    day = day_of(answer.home_decision_date) if answer.home_decision_date else ""
    found = ", ".join(piece for piece in (day, answer.home_decision_number) if piece)
    return f"Beslut hemma: {found}" if found else ""


def _documents(documents: Sequence[Handling]) -> Table:
    """Return the list of documents. A marked one is named by its mark: a paper goes to others than who printed it."""
    head = _head("Datum", "Handling", "Slag", "Från", "Till", "Status", "Ägs av")
    return Table("Handlingar", head, tuple(_document(one) for one in documents))


def _document(handling: Handling) -> Cells:
    title = f"{HIDDEN_TITLE} ({handling.secrecy})" if handling.secrecy else handling.title
    owner: Organisation | None = handling.owner
    return _cells(
        day_of(handling.date),
        title,
        handling.get_kind_display(),
        handling.sender,
        ", ".join(piece for piece in (handling.receiver, handling.purpose) if piece),
        handling.get_status_display(),
        owner.name if owner else "",
    )


def _entry(entry: Entry) -> Iterator[Block]:
    yield Heading(FIELD, holdable(f"{moment_of(entry.at)} {what_of(entry)}"))
    who = ", ".join(str(piece) for piece in (entry.said.get("actor", WEEDED), entry.said.get("body")) if piece)
    revision = f". Revision {entry.revision}." if entry.revision else "."
    yield quiet(holdable(who + revision))
    for said in said_in(entry):
        if said.title:
            yield Paragraph((Run(holdable(said.title), strong=True),))
        if said.markdown:
            yield from blocks_of(said.text, under=FIELD, title="Händelser")
        else:
            yield Paragraph(_line(said.text))


def _line(text: str) -> Runs:
    return plain(holdable(text))


def _head(*names: str) -> tuple[Runs, ...]:
    return tuple((Run(name),) for name in names)


def _cells(*texts: str) -> Cells:
    return tuple((Paragraph(_line(text) or (Run(NOTHING),)),) for text in texts)
