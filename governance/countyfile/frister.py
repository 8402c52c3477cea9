"""Reads the `frister` of an `[[arendegang]]`: when somebody is reminded, and how long rounds of answers last."""

from governance.countyfile.fields import Table
from governance.deadlines import LONGEST, Frister
from governance.vocabulary import Eskalering, Rundfrist


def parse_frister(table: Table | None) -> Frister:
    """Read `[arendegang.frister]`; what is left out is the usual."""
    usual = Frister()
    if table is None:
        return usual
    before, after, escalate = (
        table.optional_integer(key, low, LONGEST)
        for key, low in (("paminn_fore", 1), ("paminn_efter", 1), ("eskalera_efter", 1))
    )
    rounds = {kind: table.optional_integer(kind.value, 1, LONGEST) for kind in Rundfrist}
    found = Frister(
        before=usual.before if before is None else before,
        after=usual.after if after is None else after,
        escalate=usual.escalate if escalate is None else escalate,
        to=table.choice("eskalera_till", Eskalering) if table.has("eskalera_till") else usual.to,
        rounds={kind: days for kind, days in rounds.items() if days is not None},
    )
    if found.escalate <= found.after:
        table.problems.add(
            table.place,
            "Det som är sent förs vidare innan någon har blivit påmind.",
            "Skriv en större eskalera_efter, eller en mindre paminn_efter.",
        )
    table.close()
    return found
