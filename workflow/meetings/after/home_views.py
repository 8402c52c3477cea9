"""The pages of what is brought home: a meeting as it concerns one organisation, and what has not been brought home."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from governance.models import Organisation
from workflow.errors import Invalid, NoMandate, NotFromHere
from workflow.forms.refusals import add_refusal
from workflow.meetings.after.brief import brief_of
from workflow.meetings.after.forms import BringHomeForm
from workflow.meetings.after.home import bring_home, who_brings_home
from workflow.meetings.after.rights import bringing_home, may_read_brief
from workflow.meetings.after.selectors import days_since, in_days, not_brought_home
from workflow.meetings.after.views import PROBLEM
from workflow.meetings.models import Aterforing, Meeting
from workflow.meetings.planning.views.common import crumbs_of
from workflow.meetings.rights import kept_bodies
from workflow.requests import person_of, viewer_of

PER_PAGE = 50
NOT_YOURS = (
    "Listan över beslut som inte är återförda läses av det regionala stödet och av den som för protokoll i det organ"
    " som har beslutat. Det som du själv ska återföra står på Mitt arbete."
)


def _found(request: HttpRequest, meeting_id: int, organisation_id: int) -> tuple[Meeting, Organisation]:
    meeting = Meeting.objects.select_related("body__county").filter(pk=meeting_id).first()
    organisation = Organisation.objects.filter(pk=organisation_id).first()
    if meeting is None or organisation is None or not may_read_brief(viewer_of(request), meeting, organisation):
        raise Http404
    return meeting, organisation


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def brief_page(request: HttpRequest, meeting_id: int, organisation_id: int) -> HttpResponse:
    """Show what a meeting decided that concerns an organisation; say that it has been brought home."""
    who = viewer_of(request)
    meeting, organisation = _found(request, meeting_id, organisation_id)
    form = BringHomeForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        status = PROBLEM
        if form.is_valid():
            try:
                bring_home(meeting.pk, organisation.pk, actor=person_of(request), **form.cleaned_data)
            except Aterforing.DoesNotExist:
                raise Http404 from None
            except Invalid as refusal:
                add_refusal(form, refusal)
            except NotFromHere as refusal:
                form.add_error(None, str(refusal))
                status = refusal.status
            else:
                messages.success(request, f"Mötets beslut är återförda till {organisation.name}.")
                return redirect("berors", meeting.pk, organisation.pk)
    row = (
        Aterforing.objects.filter(meeting=meeting, organisation=organisation)
        .select_related("organisation", "returned_by")
        .first()
    )
    is_open = row is not None and row.returned_at is None
    may = is_open and bringing_home(who, meeting, organisation) is not None
    context: dict[str, Any] = {
        "meeting": meeting,
        "brief": brief_of(who, meeting, organisation),
        "home": row,
        "form": form if may else None,
        "has_errors": bool(form.errors),
        "who": who_brings_home(meeting, row) if row and is_open and not may else "",
        "waited": in_days(days_since(row.opened_at)) if row else "",
        "crumbs": crumbs_of(meeting),
        "example_data": meeting.is_example,
    }
    return render(request, "moten/after/berors.html", context, status=status)


@login_required
@require_safe
def homes_page(request: HttpRequest) -> HttpResponse:
    """List what has not been brought home, oldest first, meeting by meeting.

    Raises:
        NoMandate: the person neither keeps a body's records nor follows a county.

    """
    who = viewer_of(request)
    if not who.followed and not kept_bodies(who):
        raise NoMandate(NOT_YOURS)
    page = Paginator(not_brought_home(who), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "page": page,
        "rows": [{"home": one, "age": in_days(days_since(one.opened_at))} for one in page],
        "example_data": any(one.meeting.is_example for one in page),
    }
    return render(request, "moten/after/aterforing.html", context)
