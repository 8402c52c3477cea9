"""A person's own notices: the list, one opened, marked as read, and when letters come."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from governance.posting import posted_from
from workflow.meetings.rights import readable_matters
from workflow.notices.choosing import choices_of, choose, mark_all_read, mark_read
from workflow.notices.forms import ChoiceForm
from workflow.notices.models import Notice
from workflow.notices.post import held_count
from workflow.notices.selectors import page_of, visible
from workflow.notices.settled import settled
from workflow.notices.vocabulary import Slag
from workflow.notices.wording import say
from workflow.requests import paths_for, person_of, viewer_of
from workflow.rights import Viewer


@login_required
@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    """Show one's notices, the unread first."""
    kind, only_unread = _kind(request.GET.get("slag", "")), request.GET.get("visa") == "olasta"
    who = viewer_of(request)
    page = page_of(who, kind=kind, only_unread=only_unread, begins=request.GET.get("fran", ""))
    rows = say(page.rows, who, settled=settled(page.rows, who, paths_for(request)))
    context = {
        "rows": rows,
        "unread": [row for row in rows if row.is_unread],
        "read": [row for row in rows if not row.is_unread],
        "newest": max((row.id for row in rows), default=0),
        "kind": kind,
        "only_unread": only_unread,
        "choices": [(url_of(slag, only_unread=only_unread), text, slag == kind) for slag, text in _kinds()],
        "unread_url": url_of(kind, only_unread=not only_unread),
        "following": url_of(kind, only_unread=only_unread, begins=page.following) if page.following else "",
        "first_page": "fran" not in request.GET,
        "held": held_count(who),
    }
    return render(request, "notiser/notiser.html", context)


def _kinds() -> list[tuple[str, str]]:
    return [("", "Alla"), *((slag.value, str(slag.label)) for slag in Slag)]


def _kind(text: str) -> str:
    return text if text in Slag.values else ""


def url_of(kind: str, *, only_unread: bool, begins: str = "") -> str:
    """Return the address of the list as it is narrowed."""
    query = {"slag": kind, "visa": "olasta" if only_unread else "", "fran": begins}
    chosen = urlencode({name: value for name, value in query.items() if value})
    return f"{reverse('notiser')}{'?' if chosen else ''}{chosen}"


@login_required
@require_safe
def opened(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark a notice as read and go to what it is about."""
    who = viewer_of(request)
    row = mark_read(notice_id, who=who)
    if row is None:
        raise Http404
    return redirect(place_of(row, who))


def place_of(row: Notice, who: Viewer) -> str:
    """Return the address of the page that a notice is about; the list where there is no such page any more.

    Whoever is to carry out what was decided of a matter that is not theirs to read finds it among the open decisions.
    """
    if row.page == "ovrigt_arende" and not readable_matters(who).filter(pk=row.page_id or 0).exists():
        return reverse("oppna_beslut")
    try:
        return reverse(row.page, args=[] if row.page_id is None else [row.page_id])
    except NoReverseMatch:
        return reverse("notiser")


@login_required
@posted_from("notiser")
def read(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Mark one notice as read and stay on the list."""
    if mark_read(notice_id, who=viewer_of(request)) is None:
        raise Http404
    return redirect(url_of(_kind(request.POST.get("slag", "")), only_unread=request.POST.get("visa") == "olasta"))


@login_required
@posted_from("notiser")
def all_read(request: HttpRequest) -> HttpResponse:
    """Mark everything that was shown, and what is older, as read."""
    kind, newest = _kind(request.POST.get("slag", "")), request.POST.get("nyaste", "")
    known = newest.isascii() and newest.isdigit() and visible(viewer_of(request)).filter(pk=_key(newest)).exists()
    count = mark_all_read(actor=person_of(request), kind=kind, newest=_key(newest)) if known else 0
    messages.success(request, "Allt är markerat som läst." if count else "Det fanns inget oläst att markera.")
    return redirect(url_of(kind, only_unread=request.POST.get("visa") == "olasta"))


def _key(text: str) -> int:
    return min(int(text[:19]), 2**63 - 1)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choices(request: HttpRequest) -> HttpResponse:
    """Show and change when letters come."""
    person = person_of(request)
    form = ChoiceForm(request.POST if request.method == "POST" else None, choices_of(person.pk))
    if form.is_valid():
        choose(form.choices, actor=person)
        messages.success(request, "Dina val är sparade.")
        return redirect("notisval")
    return render(
        request, "notiser/val.html", {"form": form, "email": person.email}, status=422 if form.errors else 200
    )
