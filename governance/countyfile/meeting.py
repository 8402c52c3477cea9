"""The only reader of a body's `mote` in a county file: its keys, and what must agree between them."""

from dataclasses import replace
from typing import Any

from governance.countyfile.fields import Table
from governance.countyfile.patterns import pattern_fault
from governance.meeting_rules import LONGEST_WAIT, MEETS, MOST_ADJUSTERS, MeetingRule, unusual, usual_rule
from governance.models.minuted import LONGEST_PARAGRAPH
from governance.vocabulary import BodyKind

_MOST = {
    "kallelse": LONGEST_WAIT,
    "handlingar": LONGEST_WAIT,
    "justerare": MOST_ADJUSTERS,
    "justering": LONGEST_WAIT,
    "reservation": LONGEST_WAIT,
}
_FLAGS = ("utslagsrost", "per_capsulam", "delegation", "publicerar")


def read_meeting(table: Table | None, kind: BodyKind, *, formalities: bool) -> MeetingRule | None:
    """Return the rule that is written, with the default of the kind for what is left out; None for the default itself.

    What is wrong is noted in the table's problems.

    Args:
        table: the `mote`, or None where there is none.
        kind: what kind of body it is of.
        formalities: whether the body has a nämnd's formalities, by its `beslutsregel`.

    """
    if table is None:
        return None
    usual = usual_rule(kind)
    said: dict[str, Any] = {key: table.optional_integer(key, 0, most) for key, most in _MOST.items()}
    said |= {key: table.flag(key, default=getattr(usual, key)) for key in _FLAGS}
    # no pattern is longer than the paragraphs it makes may be: a number takes no more room than its name does
    said["paragraf"] = table.text("paragraf", limit=LONGEST_PARAGRAPH, default=usual.paragraf) or usual.paragraf
    rule = replace(usual, **{key: value for key, value in said.items() if value is not None})
    table.close()
    if kind not in MEETS and not table.problems.under(f"{table.place.rpartition('.')[0]}.slag"):
        kinds = ", ".join(one.value for one in BodyKind if one in MEETS)
        message = f"Ett organ av slaget ”{kind.value}” håller inga möten här."
        table.problems.add(table.place, message, f"Ta bort mote; det hör till {kinds}.")
    elif not table.problems.under(table.place):
        _check(table, rule, formalities=formalities)
    return unusual(kind, rule)


def _check(table: Table, rule: MeetingRule, *, formalities: bool) -> None:
    """Note what does not agree; a period that is left out is blamed on the one that is written."""
    add = table.problems.add
    if rule.handlingar < rule.kallelse:
        add(
            table.at("handlingar" if table.has("handlingar") else "kallelse"),
            f"Kallelsen går ut {rule.kallelse} arbetsdagar före mötet, men handlingarna kommer först {rule.handlingar} "
            "arbetsdagar före.",
            f"Skriv handlingar = {rule.kallelse} eller mer.",
        )
    if rule.reservation > rule.justering:
        add(
            table.at("reservation" if table.has("reservation") else "justering"),
            f"Protokollet är justerat {rule.justering} arbetsdagar efter mötet, men en reservation får skrivas "
            f"{rule.reservation} arbetsdagar efter.",
            f"Skriv reservation = {rule.justering} eller mindre.",
        )
    if formalities and not rule.utslagsrost:
        add(
            table.at("utslagsrost"),
            "I ett organ med en nämnds formalia har ordföranden utslagsröst.",
            "Skriv utslagsrost = true, eller ta bort formalia.",
        )
    if formalities and rule.per_capsulam:
        add(
            table.at("per_capsulam"),
            "Ett organ med en nämnds formalia beslutar bara på möten.",
            "Skriv per_capsulam = false, eller ta bort formalia.",
        )
    if fault := pattern_fault(rule.paragraf, kind="ett paragrafnummer", needs_year=False, more="§:"):
        add(table.at("paragraf"), fault, 'Skriv till exempel "§ {nummer}".')
