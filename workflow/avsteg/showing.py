"""What pages show of avsteg beside what a case lacks: asked for, denied, or a link to ask."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from django.urls import reverse

from governance.paths import GateValue
from governance.vocabulary import RequirementCode
from satsningar.models import Satsning
from satsningar.requirements import Gap
from workflow.avsteg.models import Avsteg
from workflow.avsteg.rights import may_be_waived, standing_to_ask
from workflow.facts import Facts
from workflow.links import gap_rows
from workflow.rights import Viewer
from workflow.vocabulary import Avstegslage

COLOURS = {
    Avstegslage.BEGART: "warning",
    Avstegslage.MEDGIVET: "info",
    Avstegslage.AVSLAGET: "danger",
}
"""The colour of each state's tag; the others are neutral."""

Row = dict[str, Any]


def gaps_with_avsteg(
    who: Viewer, satsning: Satsning, gates: Iterable[GateValue | None], gaps: Sequence[Gap], known: Facts
) -> list[Row]:
    """Return gaps as `gap_rows` does, the last one of each requirement with how its avsteg stands; no statements.

    Args:
        who: whose page it is; asking is offered to those who may ask.
        satsning: the case.
        gates: the gates that lack something.
        gaps: what they lack.
        known: the case's facts.

    """
    rows: list[Row] = list(gap_rows(satsning.pk, gaps))
    asking = standing_to_ask(who, satsning) is not None
    asked = {code: gate for gate in reversed([g for g in gates if g]) for code in gate.requirements}
    for code, place in {gap.code: place for place, gap in enumerate(gaps)}.items():
        if code in asked and may_be_waived(code):
            rows[place]["avsteg"] = _beside(satsning, asked[code], code, known, asking=asking)
    return rows


def _beside(satsning: Satsning, gate: GateValue, code: RequirementCode, known: Facts, *, asking: bool) -> Row:
    newest = next((one for one in reversed(known.avsteg) if (one.gate, one.requirement) == (gate.code, code)), None)
    state = newest.state if newest else None
    row: Row = {"label": code.label}
    if newest and state in {Avstegslage.BEGART, Avstegslage.AVSLAGET}:
        text = "Avsteg begärt" if state == Avstegslage.BEGART else "Avsteg avslaget"
        row |= {"text": text, "color": COLOURS[newest.state], "url": reverse("avsteg", args=[satsning.pk, newest.id])}
    if asking and state != Avstegslage.BEGART:
        row |= {
            "ask": reverse("avsteg_begar", args=[satsning.pk, gate.code, code.value]),
            "again": state == Avstegslage.AVSLAGET,
        }
    return row


def case_rows(found: Iterable[Avsteg], told: Collection[int] = ()) -> list[Row]:
    """Return a case's avsteg as `avsteg/pa_satsningen.html` shows them; `told` are those whose words stand above."""
    return [
        {"avsteg": one, "state": one.state, "color": COLOURS.get(one.state, "neutral"), "told": one.pk in told}
        for one in found
    ]
