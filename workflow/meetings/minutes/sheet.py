"""The sheet of corrections that belongs to adjusted minutes, as a document: pure, as `paper` is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from workflow.meetings.minutes.content import Minutes
from workflow.meetings.minutes.paper import EXAMPLE, title_of
from workflow.papers.signs import holdable, one_line
from workflow.papers.tokens import blocks_of
from workflow.papers.value import Block, Facts, Heading, Paper, Quote, plain


@dataclass(frozen=True, slots=True)
class Rectified:
    """A correction of adjusted minutes, as it is shown."""

    number: int
    about: str
    text: str
    reason: str
    by: str
    at: str
    sha256: str


def rectification_paper(minutes: Minutes, rectified: Iterable[Rectified], printed_on: date) -> Paper:
    """Return the sheet of corrections that belongs to adjusted minutes, which do not change themselves."""
    rows = tuple(rectified)
    facts = (("Organ", minutes.body), ("Protokoll", f"{minutes.day}, {minutes.span}"), ("Rättelser", str(len(rows))))
    return Paper(
        title=one_line(f"Rättelser till protokoll, {title_of(minutes)}"),
        kind="Rättelseblad",
        reference=one_line(minutes.span),
        author=one_line(minutes.county),
        printed_on=printed_on,
        facts=Facts(tuple((term, plain(holdable(answer))) for term, answer in facts)),
        blocks=tuple(rectification_blocks(rows)),
        marks=(EXAMPLE,) if minutes.is_example else (),
    )


def rectification_blocks(rows: Iterable[Rectified]) -> Iterator[Block]:
    """Yield corrections, each under a heading of its own."""
    for one in rows:
        yield Heading(1, one_line(f"Rättelse {one.number}: {one.about}"))
        yield Quote(blocks_of(one.text, under=1, title="Rättelsen"))
        facts = (("Skäl", one.reason), ("Rättat av", f"{one.by}, {one.at}"), ("Kontrollsumma", one.sha256))
        yield Facts(tuple((term, plain(holdable(answer))) for term, answer in facts))
