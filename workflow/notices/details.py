"""What the payload of an act says of whom it concerns: adjusters, receivers, who is to carry out what was decided."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from governance.vocabulary import Mandate
from workflow.deadlines.vocabulary import Paminnelseslag
from workflow.notices.vocabulary import Slag
from workflow.notices.whom import KEEPERS, ORGANET, Given, Telling, Told
from workflow.vocabulary import Act

Payload = Mapping[str, Any]
Detail = Callable[[Payload], Given]

CARRY_OUT = "Verkställ beslutet"
"""What is expected of whoever is to carry out what was decided."""

PER_CAPSULAM = Telling(Slag.MOTE, (Told(ORGANET, Mandate.BESLUTA.value, "Svara på frågan"),), page="per_capsulam")
"""A question between meetings: a call to answer, of which no invitation tells."""


SEE_TO_IT = "Se till att protokollet justeras"
NOT_ADJUSTED = Telling(Slag.MOTE, (replace(KEEPERS, expected=SEE_TO_IT),), page="protokoll")
"""Minutes that are late for long: for those who keep them."""


def telling_of(telling: Telling, act: Act, payload: Payload) -> Telling:
    """Return the telling of an act, another where its payload says that it was something else."""
    if act == Act.MOTE_KALLAT and payload.get("form") == "per_capsulam":
        return PER_CAPSULAM
    if act == Act.JUSTERING_PAMIND and _is_taken_further(payload):
        return NOT_ADJUSTED
    return telling


def given_by(act: Act, payload: Payload, given: Given) -> Given:
    """Return what the act gave, with what its payload says where the act said nothing of it."""
    found = _DETAILS[act](payload) if act in _DETAILS else _duties(payload)
    return replace(
        given,
        bodies=given.bodies or found.bodies,
        seats=given.seats or found.seats,
        expected=given.expected or found.expected,
        due=given.due or found.due,
    )


def place_of(satsning_id: int | None, payload: Payload, page: str) -> tuple[str, int | None]:
    """Return the page where an act is seen, with its key."""
    meeting, matter, held = payload.get("meeting"), payload.get("matter"), payload.get("round")
    if page in {"utdrag_lista", "oppna_beslut"}:
        return page, None
    if page == "runda" and isinstance(held, int):
        return page, held
    if page in {"protokoll", "per_capsulam"} and isinstance(meeting, int):
        return page, meeting
    if satsning_id is not None:
        return "kommentarer" if page == "kommentarer" else "satsning", satsning_id
    if isinstance(matter, int):
        return "ovrigt_arende", matter
    return ("mote", meeting) if isinstance(meeting, int) else ("moten", None)


def _day(text: object) -> date | None:
    return date.fromisoformat(text) if isinstance(text, str) and text else None


def _adjusters(payload: Payload) -> Given:
    seats = tuple(seat for seat, _ in payload["adjusters"])
    return Given(seats=seats, expected="Justera protokollet", due=_day(payload.get("due")))


def _is_taken_further(payload: Payload) -> bool:
    return bool(payload.get("paminnelse", {}).get("kind") == Paminnelseslag.ESKALERING)


def _reminded(payload: Payload) -> Given:
    return Given(due=_day(payload["due"])) if _is_taken_further(payload) else _adjusters(payload)


def _receivers(payload: Payload) -> Given:
    return Given(bodies=tuple(body for body, *_ in payload["utdrag"]), expected="Ta emot utdraget")


def _duty(payload: Payload) -> Given:
    duty = payload["uppdrag"]
    return Given(bodies=(duty["responsible"],), expected=CARRY_OUT, due=_day(duty["due"]))


def _duties(payload: Payload) -> Given:
    """Return who is to carry out what a decision asks for, as its paragraph says."""
    decided, paragraphs = payload.get("beslut"), payload.get("paragrafer")
    facts = paragraphs or ([decided["mote"]] if isinstance(decided, Mapping) and "mote" in decided else [])
    rows = [row for one in facts for row in one.get("uppdrag", ()) if row[2] is not None]
    if not rows:
        return Given()
    days = [day for *_, text in rows if (day := _day(text))]
    return Given(bodies=tuple({row[2] for row in rows}), expected=CARRY_OUT, due=min(days) if days else None)


_DETAILS: Mapping[Act, Detail] = {
    Act.JUSTERING_BEGARD: _adjusters,
    Act.JUSTERING_PAMIND: _reminded,
    Act.JUSTERARE_UTSEDD: lambda payload: Given(seats=(payload["named"][0],), expected="Justera protokollet"),
    Act.UTDRAG_EXPEDIERAT: _receivers,
    Act.UPPDRAG_INFORT: _duty,
    Act.MOTE_KALLAT: lambda payload: Given(due=_day(payload.get("answer_by") or str(payload.get("starts", ""))[:10])),
}
