"""What the pages of the table share: whose meeting, how a press is answered, and where a refusal is shown."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ObjectDoesNotExist
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse

from satsningar.models import Satsning
from workflow.errors import Invalid, NoMandate, Refusal
from workflow.meetings.models import Meeting
from workflow.meetings.planning.views.common import frame
from workflow.meetings.rights import keeping
from workflow.meetings.selectors import readable_meeting
from workflow.meetings.table.keeping import who_keeps
from workflow.meetings.table.screen import Screen, screen_of
from workflow.requests import viewer_of

STAYS = "X-Stays"
"""The header of a press that wants its answer as JSON and leaves the page as it is."""
UNCHANGED = 204
GONE = "Ärendet finns inte längre."
Shown = Callable[[Refusal], HttpResponse]


def meeting_of(request: HttpRequest, meeting_id: int) -> Meeting:
    """Return a meeting that the person may read.

    Raises:
        Http404: there is none.

    """
    return readable_meeting(viewer_of(request), meeting_id)


def kept_meeting(request: HttpRequest, meeting_id: int) -> Meeting:
    """Return a meeting whose records the person keeps.

    Raises:
        Http404: there is none that the person may read.
        NoMandate: the person only reads it.

    """
    meeting = meeting_of(request, meeting_id)
    if keeping(viewer_of(request), meeting.body) is None:
        raise NoMandate(who_keeps(meeting.body))
    return meeting


def seen(request: HttpRequest, meeting: Meeting) -> Screen:
    """Return the meeting as the person sees it at the table, as the database has it now."""
    return screen_of(viewer_of(request), meeting)


def framed(screen: Screen, *, below: bool = True) -> dict[str, Any]:
    """Return what every page of the table shows; `below` is a page under the table's own."""
    context = frame(screen.meeting)
    if below:
        context["crumbs"].append((reverse("bordet", args=[screen.meeting.pk]), "Vid bordet"))
    return context | {"screen": screen}


def is_seen(request: HttpRequest, meeting: Meeting) -> bool:
    """Tell whether the page that asks shows the meeting as it is now."""
    return request.GET.get("utgava", "") == str(meeting.edition)


def key_posted(request: HttpRequest, name: str) -> int:
    """Return a key that was sent along; 0, which nothing has, where it is none."""
    said = request.POST.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 10 else 0  # noqa: PLR2004 - digits


def answered(request: HttpRequest, act: Callable[[], str], *, to: str, shown: Shown) -> HttpResponse:
    """Do an act and answer it: by a page, or in a few words where the page stays.

    Args:
        request: a POST.
        act: does it, and returns what is said of it.
        to: the address to go to when it is done.
        shown: the page that says why it was refused.

    Raises:
        Http404: what it is about is not there.

    """
    try:
        said = act()
    except Satsning.DoesNotExist:
        return _refused(request, Refusal(GONE), shown)
    except ObjectDoesNotExist:
        raise Http404 from None
    except Refusal as refusal:
        return _refused(request, refusal, shown)
    if request.headers.get(STAYS):
        return JsonResponse({"said": said})
    messages.success(request, said)
    return redirect(to)


def _refused(request: HttpRequest, refusal: Refusal, shown: Shown) -> HttpResponse:
    if request.headers.get(STAYS):
        return JsonResponse({"refused": str(refusal)}, status=refusal.status)
    return shown(refusal)


def valid(form: Any) -> dict[str, Any]:
    """Return what a form that was sent says.

    Raises:
        Invalid: something in it cannot be used.

    """
    if not form.is_valid():
        raise Invalid({name: [str(one) for one in sentences] for name, sentences in form.errors.items()})
    said: dict[str, Any] = form.cleaned_data
    return said


def with_errors(form: Any, refusal: Refusal, renamed: dict[str, str] | None = None) -> None:
    """Put a refusal into a form that was sent: at its fields, or above it; one that says it itself is left so."""
    if not form.is_valid():
        return
    if not isinstance(refusal, Invalid):
        form.add_error(None, str(refusal))
        return
    for name, sentences in refusal.errors.items():
        field = (renamed or {}).get(name, name)
        for sentence in sentences:
            form.add_error(field if field in form.fields else None, sentence)
