"""The only place that says on which page and at which field something about a case is mended."""

from collections.abc import Iterable

from django.urls import NoReverseMatch, reverse

from satsningar.partspec import PARTS
from satsningar.requirements import Gap
from satsningar.vocabulary import PartCode

BESIDE_THE_PARTS = {
    "utlatande": ("utlatande", "Utlåtande"),
    "komplettering": ("komplettering", "Komplettering"),
    "inskrivning": ("inskrivning", "Registrerad i efterhand"),
}
"""What is mended on a page of its own: the page's name and its label."""
IN_ROUNDS = {"remiss": "Remiss", "resursbekraftelse": "Bekräftelse av resurser"}
"""What is mended by a round of answers."""


def part_url(satsning_id: int, part: str) -> str:
    """Return the address of a part's page."""
    return reverse("del", args=[satsning_id, part])


def gap_url(satsning_id: int, gap: Gap) -> str:
    """Return the address of the field to mend."""
    if gap.part in PARTS:
        return f"{part_url(satsning_id, gap.part)}#{gap.anchor}"
    if gap.part in BESIDE_THE_PARTS:
        anchor = f"#{gap.anchor}" if gap.part == "utlatande" else ""
        return reverse(BESIDE_THE_PARTS[gap.part][0], args=[satsning_id]) + anchor
    return reverse("satsning", args=[satsning_id]) + "#rundor"


def gap_label(gap: Gap) -> str:
    """Return what the gap is in, as a heading."""
    if gap.part in PARTS:
        return PartCode(gap.part).label
    if gap.part in BESIDE_THE_PARTS:
        return BESIDE_THE_PARTS[gap.part][1]
    return IN_ROUNDS.get(gap.part, "")


def gap_rows(satsning_id: int, gaps: Iterable[Gap]) -> list[dict[str, str]]:
    """Return gaps as `components/gaps.html` shows them."""
    return [
        {"part": gap_label(gap), "message": gap.message, "url": gap_url(satsning_id, gap), "code": gap.part}
        for gap in gaps
    ]


def address(name: str, *args: object) -> str:
    """Return the address of a page, or nothing where the site has no such page."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
