"""What a matter's page says of its papers: whose cost and hours, what changed since last time, and the whole."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.safestring import SafeString

from governance.models import Organisation
from satsningar.present import kronor
from satsningar.vocabulary import PartCode
from workflow.links import address
from workflow.meetings.models import AgendaItem
from workflow.meetings.papers.content import Tabled, TabledFile
from workflow.meetings.papers.matters import tabled_parts
from workflow.meetings.papers.own import OwnShare, OwnYear, for_organisation, summed
from workflow.meetings.papers.tabled import BILAGA, differences
from workflow.meetings.rights import may_read_matter
from workflow.papers.avsteg import granted_blocks, granted_then
from workflow.papers.html import as_html
from workflow.rights import Viewer, may_read
from workflow.selectors.documents import size_in_words
from workflow.views.comparing import compare_rows
from workflow.vocabulary import Rekommendation

Parts = Mapping[str, Mapping[str, Any]]
EVERYBODY = "Alla organisationer"
_COLOURS = {
    Rekommendation.TILLSTYRKAN: "success",
    Rekommendation.AVSTYRKAN: "danger",
}


@dataclass(frozen=True, slots=True)
class Share:
    """What a matter asks of an organisation, or of all; `said` stands instead of years where there are none."""

    name: str
    years: tuple[OwnYear, ...]
    said: str = ""

    @property
    def cost(self) -> Decimal:
        """Return the cost of all years."""
        return sum((one.cost for one in self.years), Decimal(0))

    @property
    def hours(self) -> int:
        """Return the hours of all years."""
        return sum(one.hours for one in self.years)

    @property
    def has_share(self) -> bool:
        """Tell whether any time is said as a share of full time."""
        return any(one.share for one in self.years)


def shares_of(tabled: Tabled, organisations: Iterable[Organisation]) -> list[Share]:
    """Return what a case means for each organisation, or for all together where none is asked about; no statements."""
    if not tabled.parts:
        return []
    asked = [_share(one.name, for_organisation(tabled.parts, one.pk)) for one in organisations]
    return asked or [_whole(tabled)]


def _share(name: str, found: OwnShare) -> Share:
    if found.years:
        return Share(name, found.years)
    if found.takes_part or found.leads:
        done = "leder satsningen" if found.leads else "deltar"
        return Share(name, (), f"{name} {done}. Ingen kostnad eller tid är angiven.")
    return Share(name, (), f"{name} har ingen kostnad och ingen tid i handlingarna.")


def _whole(tabled: Tabled) -> Share:
    lines = ((PartCode.EKONOMI, "kostnader"), (PartCode.RESURSER, "resurser"))
    ids = {row.get("organisation_id") for code, key in lines for row in tabled.parts.get(code, {}).get(key, ())}
    years = summed(one for id_ in ids for one in for_organisation(tabled.parts, id_).years)
    rough = tabled.parts.get(PartCode.EKONOMI, {}).get("grov_kostnad")
    said = f"Grov kostnad: {kronor(rough)}." if rough not in {None, ""} else "Ingen kostnad eller tid är angiven."
    return Share(EVERYBODY, years, "" if years else said)


def changed_names(tabled: Tabled) -> list[str]:
    """Return the names of the parts that read otherwise than last time."""
    return [str(PartCode(code).label) for code in tabled.changed]


def changes_of(tabled: Tabled, previous: Parts | None) -> list[dict[str, Any]]:
    """Return what differs from last time, as `components/compare.html` shows it."""
    if previous is None or not tabled.changed:
        return []
    return [row for part in differences(tabled, previous) for row in compare_rows(part)]


def recommended(tabled: Tabled) -> dict[str, str] | None:
    """Return the recommendation as a tag, and by whom; None where nothing is recommended."""
    if not tabled.rekommendation:
        return None
    found = Rekommendation(tabled.rekommendation)
    return {"text": str(found.label), "color": _COLOURS.get(found, "warning"), "by": tabled.made_by}


def whole_of(tabled: Tabled) -> dict[str, SafeString]:
    """Return what is granted and every part of the papers, as HTML."""
    return {
        "granted": as_html(granted_blocks(granted_then(tabled.avsteg))),  # type: ignore[arg-type] # as they were frozen
        "parts": as_html(tabled_parts(tabled)),
    }


def files_of(who: Viewer, item: AgendaItem, tabled: Tabled) -> list[dict[str, str]]:
    """Return the files, with the address of each that the person may fetch; no statements."""
    case = item.anmalan.satsning if item.anmalan else None
    reads = may_read(who, case) if case else bool(item.matter and may_read_matter(who, item.matter))
    return [_file(one, item, reads=reads) for one in tabled.files]


def _file(file: TabledFile, item: AgendaItem, *, reads: bool) -> dict[str, str]:
    url = ""
    if reads and file.sha256:
        if file.kept_in == BILAGA and item.anmalan:
            url = address("bilaga", item.anmalan.satsning_id, file.id)
        elif item.matter_id:
            url = address("ovrig_bilaga", item.matter_id, file.id)
    return {"name": file.name, "size": size_in_words(file.size) if file.size else "", "url": url}
