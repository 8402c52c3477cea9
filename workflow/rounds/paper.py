"""The answers of a round as a document and as a sheet, from `compiled`."""

from collections.abc import Iterator
from datetime import date

from django.utils import timezone

from governance.permissions import today
from workflow.overview.sheets import Column
from workflow.papers.parts import FIELD, NOTHING, SECTION, text_blocks
from workflow.papers.signs import holdable
from workflow.papers.tokens import blocks_of
from workflow.papers.value import Block, Facts, Heading, Paper, Paragraph, Run, Runs, Table, plain
from workflow.papers.wording import day_of
from workflow.rounds.compiled import Compilation, Compiled, Opinion
from workflow.rounds.models import RoundAnswer
from workflow.rounds.words import state_of
from workflow.vocabulary import RoundKind

EXAMPLE = "Exempeldata: påhittade uppgifter för demonstration."
Cells = tuple[tuple[Block, ...], ...]


def paper_of(found: Compilation, title: str) -> Paper:
    """Return the compilation as a document.

    Args:
        found: the answers put together.
        title: the satsning's title.

    """
    held = found.held
    return Paper(
        title=title,
        kind=f"Sammanställning av svar, {RoundKind(held.kind).label.lower()}",
        reference=held.satsning.reference,
        author=held.opened_by_body.name,
        printed_on=today(),
        facts=_facts(found),
        blocks=tuple(_blocks(found)),
        marks=(EXAMPLE,) if held.satsning.is_example else (),
    )


def _facts(found: Compilation) -> Facts:
    held = found.held
    rows = (
        ("Syfte", held.purpose),
        ("Från", f"{held.opened_by_body.name}, {day_of(held.opened_at)}"),
        ("Svar senast", held.deadline.isoformat()),
        ("Läge", state_of(held)),
        ("Underlag", f"Revision {held.revision.number}"),
        ("Svar", f"{len(found.given)} av {len(found.answers)}"),
    )
    return Facts(tuple((term, _line(answer)) for term, answer in rows))


def _blocks(found: Compilation) -> Iterator[Block]:
    yield Heading(SECTION, "Ställningstaganden")
    head = _head("Fråga", "Ställningstagande", "Antal")
    rows = [_cells(one.title, stance, str(count)) for one in found.everything for stance, count in one.counts if count]
    yield Table("Antal av varje ställningstagande", head, tuple(rows))
    yield Heading(SECTION, "Sammantaget")
    yield _opinions(found.whole, "Svar")
    for about, those in found.parts:
        yield Heading(SECTION, about)
        for one in those:
            yield from _question(one)
    added = [answer for answer in found.given if answer.addenda.all()]
    if added:
        yield Heading(SECTION, "Kompletterat i efterhand")
        for answer in added:
            yield from _added(answer)


def _question(one: Compiled) -> Iterator[Block]:
    yield Heading(FIELD, one.title)
    if one.question:
        yield from blocks_of(one.question.text, under=FIELD, title=one.title)
    yield _opinions(one, one.title)


def _opinions(one: Compiled, title: str) -> Table:
    return Table(title, _head("Mottagare", "Ställningstagande", "Svar"), tuple(_row(each) for each in one.opinions))


def _row(one: Opinion) -> Cells:
    text = tuple(
        Paragraph((Run(each.text, strong=True),)) if isinstance(each, Heading) else each
        for each in blocks_of(one.text, under=FIELD, title="Svar")
    )
    late = " (efter sista svarsdag)" if one.answer.late else ""
    return (*_cells(one.answer.receiver, f"{one.outcome}{late}"), text or (Paragraph((Run(NOTHING),)),))


def _added(answer: RoundAnswer) -> Iterator[Block]:
    for one in answer.addenda.all():
        yield from text_blocks(f"{answer.receiver}, {day_of(one.added_at)}", one.text, level=FIELD)


def _line(text: str) -> Runs:
    return plain(holdable(text))


def _head(*names: str) -> tuple[Runs, ...]:
    return tuple((Run(name),) for name in names)


def _cells(*texts: str) -> Cells:
    return tuple((Paragraph(_line(text) or (Run(NOTHING),)),) for text in texts)


Line = tuple[str, Compiled, Opinion]
"""A line of the sheet: about what part, which question, whose opinion."""


def lines_of(found: Compilation) -> Iterator[Line]:
    """Yield a line for each receiver and question, the whole first."""
    yield from (("", found.whole, one) for one in found.whole.opinions)
    for about, those in found.parts:
        for question in those:
            yield from ((about, question, one) for one in question.opinions)


COLUMNS: tuple[Column[Line], ...] = (
    Column("Mottagare", 28, lambda line: line[2].answer.receiver),
    Column("Gäller", 24, lambda line: line[0]),
    Column("Nummer", 10, lambda line: line[1].question.number if line[1].question else None),
    Column("Fråga", 44, lambda line: line[1].question.text if line[1].question else "Sammantaget"),
    Column("Ställningstagande", 24, lambda line: line[2].outcome),
    Column("Svar", 60, lambda line: line[2].text),
    Column("Svarade", 12, lambda line: _day(line[2].answer)),
    Column("Efter sista svarsdag", 12, lambda line: "Ja" if line[2].answer.late else ""),
    Column("Svarade av", 24, lambda line: line[2].answer.answered_by.name if line[2].answer.answered_by else ""),
    Column("Eget beslut", 24, lambda line: _home(line[2].answer)),
    Column("Kompletterat", 44, lambda line: "\n\n".join(one.text for one in line[2].answer.addenda.all())),
)


def _day(answer: RoundAnswer) -> date | None:
    return timezone.localdate(answer.answered_at) if answer.answered_at else None


def _home(answer: RoundAnswer) -> str:
    day = answer.home_decision_date.isoformat() if answer.home_decision_date else ""
    return ", ".join(piece for piece in (day, answer.home_decision_number) if piece)
