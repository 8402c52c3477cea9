"""The one function that makes a case into a document: pure, so that what is printed depends on what was read alone."""

from collections.abc import Iterator

from satsningar.present import part_text
from satsningar.vocabulary import DECIDED_PARTS, PartCode
from workflow.models import Registrering
from workflow.papers.avsteg import granted_blocks, other_blocks
from workflow.papers.matter import Matter, Scope
from workflow.papers.parts import part_blocks
from workflow.papers.sections import acts_of_case, around_case, history_of_case
from workflow.papers.signs import holdable, one_line
from workflow.papers.value import Block, Facts, Paper, plain
from workflow.papers.wording import day_of, moment_of

UNTITLED = "Satsning utan titel"


def case_paper(matter: Matter, scope: Scope) -> Paper:
    """Return the case as a document.

    Args:
        matter: the case, read beforehand.
        scope: how much of it is wanted.

    """
    blocks: list[Block] = [*granted_blocks(matter.avsteg)]
    if scope is not Scope.PARTS:
        blocks += acts_of_case(matter)
    blocks += _parts(matter)
    if scope is not Scope.PARTS:
        blocks += around_case(matter)
    if scope is Scope.HISTORY:
        blocks += other_blocks(matter.other_avsteg, beside=bool(matter.avsteg))
        blocks += history_of_case(matter)
    return Paper(
        title=title_of(matter),
        kind="Gemensam satsning",
        reference=one_line(matter.satsning.reference),
        author=one_line(matter.county),
        printed_on=matter.printed_on,
        facts=Facts(tuple((term, plain(holdable(answer))) for term, answer in _facts(matter) if answer)),
        blocks=tuple(blocks),
        marks=tuple(_marks(matter)),
    )


def title_of(matter: Matter) -> str:
    """Return what the document is called: the satsning's title as it stands in what is shown."""
    return one_line(str(matter.parts[PartCode.UPPDRAG].get("titel") or "")) or UNTITLED


def _marks(matter: Matter) -> Iterator[str]:
    if matter.satsning.is_example:
        yield "Exempeldata: påhittade uppgifter för demonstration."
    if matter.is_draft:
        yield "Utkast: satsningen är inte inlämnad."
    if matter.registration:
        yield holdable(" ".join(_registered(matter.registration)))
    if matter.writing_in:
        yield "Inskrivningen pågår: det som saknas här kan finnas på annat håll."
    if matter.unreviewed:
        yield f"Kopierat och inte genomgånget: {', '.join(matter.unreviewed).lower()}."
    if matter.source:
        frozen = matter.source
        yield (
            f"Innehållet är revision {frozen.number}, fryst vid ”{holdable(frozen.act)}”"
            f" {moment_of(frozen.revision.created_at)}. Det kan ha ändrats sedan dess."
        )


def _registered(entered: Registrering) -> Iterator[str]:
    yield f"Registrerad i efterhand {day_of(entered.registered_at)}."
    if entered.decided_on:
        yield f"Beslutad {day_of(entered.decided_on)}."
    if entered.source:
        yield f"Källa till beslutet: {entered.source}"


def _facts(matter: Matter) -> Iterator[tuple[str, str]]:
    satsning = matter.satsning
    yield "Ärendenummer", satsning.reference
    yield "Län", matter.county
    yield "Steg", matter.station + (f", sedan {day_of(matter.since)}" if matter.since else "")
    yield "Ansvarig grupp", satsning.ansvarig_grupp.name
    yield "Beredningsgrupp", satsning.beredningsgrupp.name if satsning.beredningsgrupp else ""
    yield "Handläggare", satsning.handlaggare.name if satsning.handlaggare else ""
    yield "Beslutande organ", satsning.beslutsorgan.name
    yield "Bygger på", matter.builds_on
    yield "Kopierat därifrån", ", ".join(matter.copied)
    if matter.source:
        yield "Kontrollsumma", matter.source.revision.sha256
    yield "Utskriven", day_of(matter.printed_on)


def _parts(matter: Matter) -> Iterator[Block]:
    """Yield the parts: those of the proposal always, later ones once something is written in them."""
    for code in PartCode:
        value = matter.parts.get(code)
        if value is None:
            continue
        if code in DECIDED_PARTS or any(answer not in (None, "", []) for answer in value.values()):
            yield from part_blocks(part_text(code, value))
