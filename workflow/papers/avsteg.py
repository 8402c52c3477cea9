"""The avsteg of a case on paper: those granted stand first; the other requests are part of its history."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from workflow.avsteg.applied import Applied
from workflow.avsteg.models import Avsteg
from workflow.papers.parts import FIELD, SECTION, text_blocks
from workflow.papers.signs import holdable
from workflow.papers.value import Block, Facts, Heading, plain
from workflow.papers.wording import day_of
from workflow.vocabulary import Avstegslage

MET = "Ingenting: kravet är uppfyllt ändå."
GRANTED = frozenset({Avstegslage.MEDGIVET, Avstegslage.UPPHORT})
WITHIN = FIELD + 1
"""The level of the texts of one avsteg."""


@dataclass(frozen=True, slots=True)
class PrintedAvsteg:
    """An avsteg as a paper says it: for what, short answers, and the reasons that people have written."""

    requirement: str
    gate: str
    rows: tuple[tuple[str, str], ...]
    texts: tuple[tuple[str, str], ...]


def granted_now(found: Iterable[Avsteg], let_through: Iterable[Applied]) -> tuple[PrintedAvsteg, ...]:
    """Return the granted avsteg of a case, those too whose gate has been passed, in the order they were asked for.

    Args:
        found: the case's avsteg with their words, the newest first.
        let_through: what is known of those that hold and of those that decisions rested on; the first of each counts.

    """
    frozen: dict[int, Applied] = {}
    for one in let_through:
        frozen.setdefault(one["id"], one)
    return tuple(_printed(one, frozen.get(one.pk, {})) for one in reversed(list(found)) if one.state in GRANTED)


def granted_then(frozen: Iterable[Applied]) -> tuple[PrintedAvsteg, ...]:
    """Return avsteg as they were frozen, each once."""
    return tuple(map(_thawed, {one["id"]: one for one in frozen}.values()))


def others(found: Iterable[Avsteg], *, shown: Iterable[int] | None = None) -> tuple[PrintedAvsteg, ...]:
    """Return the other requests of a case: unanswered, denied, taken back, lapsed, and those granted but not shown.

    Args:
        found: the case's avsteg with their words, the newest first.
        shown: ids of those that stand first on the paper; None where all that are granted do.

    """
    first = {one.pk for one in found if one.state in GRANTED} if shown is None else set(shown)
    return tuple(_printed(one, {}) for one in reversed(list(found)) if one.pk not in first)


def granted_blocks(rows: Iterable[PrintedAvsteg]) -> Iterator[Block]:
    """Yield the avsteg that stand first on the paper."""
    yield from _blocks("Medgivna avsteg", rows)


def other_blocks(rows: Iterable[PrintedAvsteg], *, beside: bool) -> Iterator[Block]:
    """Yield the other requests; `beside` says that some stand first on the paper."""
    yield from _blocks("Andra begäranden om avsteg" if beside else "Begäranden om avsteg", rows)


def _blocks(title: str, rows: Iterable[PrintedAvsteg]) -> Iterator[Block]:
    for number, one in enumerate(rows):
        if number == 0:
            yield Heading(SECTION, title)
        yield Heading(FIELD, holdable(f"{one.requirement}, {one.gate.lower()}"))
        yield Facts(tuple((term, plain(holdable(answer))) for term, answer in one.rows if answer))
        for label, text in one.texts:
            if text:
                yield from text_blocks(label, text, level=WITHIN)


def _printed(one: Avsteg, frozen: Mapping[str, Any]) -> PrintedAvsteg:
    """Return an avsteg in the words of its rows; `frozen` holds what is known of what it let through."""
    svar, slut = getattr(one, "svar", None), getattr(one, "slut", None)
    is_granted = one.state in GRANTED
    return PrintedAvsteg(
        one.requirement_label,
        one.gate_name,
        (
            ("Grind", one.gate_name),
            ("Läge", "" if is_granted and not slut else one.state.label),
            *_let_through(frozen),
            ("Begärt av", _who(one.asked_by.name, one.asked_by_body.name, day_of(one.asked_at))),
            (
                _answered(one.state),
                _who(svar.by.name, svar.by_body.name, day_of(svar.at)) if svar and svar.by and svar.by_body else "",
            ),
            ("Gällde till", f"”{slut.move}”, {day_of(slut.at)}" if slut else ""),
        ),
        (("Skäl för begäran", one.reason), ("Skäl för svaret", svar.reason if svar else "")),
    )


def _thawed(frozen: Applied) -> PrintedAvsteg:
    return PrintedAvsteg(
        frozen["label"],
        frozen["gate_name"],
        (
            ("Grind", frozen["gate_name"]),
            *_let_through(frozen),
            ("Begärt av", _who(frozen["by"], frozen["body"], frozen["on"])),
            ("Medgivet av", _who(frozen["granted_by"], frozen["granted_body"], frozen["granted_on"])),
        ),
        (("Skäl för begäran", frozen["reason"]), ("Skäl för svaret", frozen["answer"])),
    )


def _let_through(frozen: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    if "lacks" in frozen:
        yield "Saknas", " ".join(frozen["lacks"]) or MET
    if frozen.get("later"):
        yield "Medgivet", "Efter anmälan till beslut"


def _answered(state: Avstegslage) -> str:
    if state in GRANTED:
        return "Medgivet av"
    return "Avslaget av" if state == Avstegslage.AVSLAGET else "Återtaget av"


def _who(*pieces: str) -> str:
    return ", ".join(pieces)
