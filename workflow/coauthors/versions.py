"""The saved versions of a part: who saved when, what one held and what differs since, and taking one back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from governance.vocabulary import Mandate
from satsningar.errors import Conflict
from satsningar.models import Delversion, Satsning
from satsningar.partspec import PARTS
from satsningar.partversions import version_of, versions_of
from satsningar.present import part_text
from satsningar.revisions import difference
from satsningar.services import plain_value
from satsningar.vocabulary import PartCode
from workflow.edits import save_part
from workflow.errors import NoMandate
from workflow.links import part_url
from workflow.requests import person_of, viewer_of
from workflow.rights import Access, Viewer
from workflow.selectors.cases import readable_case
from workflow.selectors.parts import PartPage, part_page
from workflow.views.comparing import compare_rows
from workflow.views.conflicts import number_posted

TOGETHER = timedelta(minutes=5)
"""What the same person saves again within this time is one line of the list."""
PER_PAGE = 50
LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Line:
    """What somebody saved without a longer pause: the last version, and how many times it was saved."""

    version: Delversion
    many: int
    is_now: bool


def lines(rows: Sequence[Delversion], now: int) -> list[Line]:
    """Return saved versions, newest first, those saved by one person without a pause as one."""
    found: list[Line] = []
    newer: Delversion | None = None
    for row in rows:
        if newer is not None and row.saved_by_id == newer.saved_by_id and newer.saved_at - row.saved_at <= TOGETHER:
            last = found.pop()
            found.append(Line(last.version, last.many + 1, last.is_now))
        else:
            found.append(Line(row, 1, row.version == now))
        newer = row
    return found


def reads_versions(who: Viewer, satsning: Satsning) -> bool:
    """Tell whether the person may see what stood in parts before: those who write the case, and regionalt stöd."""
    return (
        who.holds(Mandate.FORFATTA, satsning.ansvarig_grupp_id)
        or satsning.county_id in who.followed
        or satsning.pk in who.invited
    )


def _page_of(request: HttpRequest, satsning_id: int, part: str) -> tuple[Satsning, PartPage]:
    """Return the case and its part for whoever may see earlier versions of it.

    Raises:
        Satsning.DoesNotExist: there is no such case that the person may read.
        NoMandate: the person reads the case and does not write it.

    """
    satsning = readable_case(viewer_of(request), satsning_id)
    if part not in PARTS:
        raise Http404
    if not reads_versions(viewer_of(request), satsning):
        raise NoMandate(f"Tidigare versioner läses av dem som skriver satsningen: {satsning.ansvarig_grupp.name}.")
    return satsning, part_page(viewer_of(request), satsning, part)


def _frame(satsning: Satsning, page: PartPage) -> dict[str, Any]:
    title = page.content.title
    crumbs = [(reverse("satsning", args=[satsning.pk]), title), (part_url(satsning.pk, page.code), page.code.label)]
    return {"satsning": satsning, "title": title, "part": page.code, "crumbs": crumbs}


@login_required
@require_safe
def listed(request: HttpRequest, satsning_id: int, part: str) -> HttpResponse:
    """Show who has saved the part and when."""
    satsning, page = _page_of(request, satsning_id, part)
    found = lines(versions_of(satsning.pk, part), page.content.versions[part])
    shown = Paginator(found, PER_PAGE).get_page(request.GET.get("sida"))
    return render(request, "medforfattare/versioner.html", _frame(satsning, page) | {"page": shown})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def one(request: HttpRequest, satsning_id: int, part: str, number: int) -> HttpResponse:
    """Show what the part held when it was saved, and what differs now; take it back."""
    satsning, page = _page_of(request, satsning_id, part)
    found = version_of(satsning.pk, part, min(number, LARGEST))
    if found is None:
        raise Http404
    problems: list[str] = []
    status = 200
    if request.method == "POST":
        try:
            taken = taken_back(page, found.value)
            expected = number_posted(request, "version")
            save_part(satsning.pk, part, taken, actor=person_of(request), expected_version=expected)
        except Conflict:
            problems, status = (
                ["Någon har sparat delen sedan du öppnade sidan. Jämför igen innan du tar tillbaka."],
                409,
            )
        except ValidationError as error:
            problems, status = list(error.messages), 422
        else:
            messages.success(
                request, f"Versionen från {found.saved_at:%Y-%m-%d} är tillbaka i {page.code.label.lower()}."
            )
            return redirect("del", satsning.pk, part)
        page = part_page(viewer_of(request), satsning, part)
    differs = difference({part: found.value}, {part: page.value})
    context = _frame(satsning, page) | {
        "found": found,
        "is_now": found.version == page.content.versions[part] and not page.proposed,
        "text": part_text(part, found.value),
        "rows": [{**row, "part": ""} for one in differs for row in compare_rows(one)],
        "version": page.version,
        "may_take_back": page.access in {Access.WRITE, Access.PROPOSE} and bool(differs),
        "problems": problems,
    }
    return render(request, "medforfattare/version.html", context, status=status)


def taken_back(page: PartPage, value: Mapping[str, Any]) -> dict[str, Any]:
    """Return a former value of a part as it may be saved now: lines that are gone since are new ones."""
    spec = PARTS[PartCode(page.code)]
    plain = plain_value(spec, {**spec.empty(), **value})
    for key in spec.rows:
        known = {row["id"] for row in page.content.rows(page.code, key)}
        plain[key] = [row if row["id"] in known else {**row, "id": None} for row in plain[key]]
    return plain
