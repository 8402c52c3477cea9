"""What has changed since a body last had a matter, as blocks: each field before and now, words of a text marked."""

from collections.abc import Iterable, Iterator

from satsningar.revisions import FieldDifference, PartDifference, RowDifference
from workflow.papers.parts import NOTHING, quiet
from workflow.papers.signs import holdable
from workflow.papers.value import NEW_LINE, Block, Heading, Paragraph, Run, Runs, Table, plain

SAME_KEPT = 60
"""Characters of unchanged text shown on each side of a change."""
MOST_SHOWN = 4_000
"""Characters of a change that are shown; a longer one is told of, and read where the part stands."""
HOW = {"added": "Tillagt", "removed": "Borttaget", "changed": "Ändrat"}


def change_blocks(parts: Iterable[PartDifference], *, level: int) -> Iterator[Block]:
    """Yield each part that differs under a heading at the level, with a table of what differs in it."""
    for part in parts:
        yield Heading(level, holdable(part.title))
        rows = [_row(field.label, field) for field in part.fields]
        for line in part.rows:
            rows += _rows_of(line)
        head = tuple((Run(name),) for name in ("Uppgift", "Förut", "Nu"))
        yield Table(f"Ändrat i {part.title.lower()}", head, tuple(rows))
        if any(field.words for field in part.fields):
            yield quiet("I texter är det borttagna struket och det tillagda i fet stil.")


def _rows_of(line: RowDifference) -> Iterator[tuple[tuple[Block, ...], ...]]:
    name = f"{line.list_title}: {line.name}"
    if line.change == "changed":
        for field in line.fields:
            yield _row(f"{name}, {field.label.lower()}", field)
        return
    said = "; ".join(
        f"{field.label}: {text}" for field in line.fields if (text := field.after or field.before) and text.strip()
    )
    here, nothing = _cell(plain(holdable(_short(said)))), _cell(())
    cells = (here, nothing) if line.change == "removed" else (nothing, here)
    yield (_cell((Run(holdable(f"{name} ({HOW[line.change].lower()})")),)), *cells)


def _row(label: str, field: FieldDifference) -> tuple[tuple[Block, ...], ...]:
    name = _cell((Run(holdable(label)),))
    if field.words:
        return name, _cell(_marked(field, "removed")), _cell(_marked(field, "added"))
    return name, _cell(plain(holdable(_short(field.before)))), _cell(plain(holdable(_short(field.after))))


def _marked(field: FieldDifference, op: str) -> Runs:
    """Return one side of a text: what changed marked, and a little of what stands around it."""
    shown = [(done, text) for done, text in field.words if done in {"same", op}]
    runs: list[Run] = []
    left = MOST_SHOWN
    for number, (done, text) in enumerate(shown):
        piece = text if done == op else _around(text, first=number == 0, last=number == len(shown) - 1)
        piece, left = holdable(piece[:left]), left - len(piece)
        runs += _styled(piece, strike=done == op == "removed", strong=done == op == "added")
        if left <= 0:
            return (*runs, Run(" …"))
    return tuple(runs)


def _styled(text: str, *, strike: bool, strong: bool) -> list[Run]:
    return [run if run.text == NEW_LINE else Run(run.text, strong=strong, strike=strike) for run in plain(text)]


def _around(text: str, *, first: bool, last: bool) -> str:
    """Return what stands beside a change, its far end left out where it is long."""
    if len(text) <= 2 * SAME_KEPT:
        return text
    before = "" if first else f"{text[:SAME_KEPT]} "
    after = "" if last else f" {text[-SAME_KEPT:]}"
    return f"{before}…{after}"


def _short(text: str) -> str:
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} …"


def _cell(runs: Runs) -> tuple[Block, ...]:
    return (Paragraph(runs or (Run(NOTHING),)),)
